//! In which order designs stand, and whether the sentences that say why are true.

use interspoke_core::intent::*;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::rank::{First, Rule};
use interspoke_core::pattern::select::{Comparison, compare};
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::price::Catalog;

fn asked(json: &str) -> Intent {
    serde_json::from_str(json).unwrap()
}

fn compared(json: &str, rule: Rule) -> Comparison {
    let intent = asked(json);
    let comparison = compare(&intent, &Catalog::built_in()).unwrap();
    Comparison::ranked(intent, comparison.plan, comparison.assessments, rule)
}

/// Intents of every kind: complete bills, lower bounds, several hubs, nothing viable.
const INTENTS: [&str; 7] = [
    "{}",
    r#"{"inspection": "none", "internet": "any", "regions": [{"region": "westeurope", "spokes": 5}]}"#,
    r#"{"inspection": "none", "internet": "any", "appliance": {"kind": "nva"}, "hub": "selfManaged",
        "regions": [{"region": "westeurope", "spokes": 20}], "growthPercent": 30}"#,
    r#"{"inspection": "none", "appliance": {"kind": "nva"},
        "regions": [{"region": "westeurope", "spokes": 6}, {"region": "eastus", "spokes": 6}]}"#,
    r#"{"appliance": {"kind": "nva"}, "onPremises": "both",
        "regions": [{"region": "eastus", "spokes": 10}, {"region": "westus2", "spokes": 10}]}"#,
    r#"{"encryption": true, "regions": [{"region": "eastus", "spokes": 4}]}"#,
    r#"{"regions": [{"region": "eastus", "spokes": 1}]}"#,
];

/// The two numbers of "… 3 instead of 5 …", thousands without their commas.
fn numbers(why: &str) -> Option<(f64, f64)> {
    let number = |word: &str| word.replace(',', "").parse::<f64>().ok();
    let (before, after) = why.split_once(" instead of ")?;
    let last = |text: &str| text.split_whitespace().filter_map(number).next_back();
    let first = |text: &str| text.split_whitespace().find_map(number);
    last(before).zip(first(after))
}

#[test]
fn every_reason_for_a_place_is_true() {
    let mut told = 0;
    for intent in INTENTS {
        for first in [First::Cost, First::Effort] {
            for band_percent in [0, 5, 40] {
                let rule = Rule {
                    first,
                    band_percent,
                };
                for why in compared(intent, rule).because() {
                    if let Some((one, other)) = numbers(&why) {
                        assert!(one < other, "{intent}: {why}");
                        told += 1;
                    }
                }
            }
        }
    }
    assert!(told > 300, "{told}");
}

#[test]
fn lower_bounds_that_lack_different_prices_are_not_told_apart_by_what_is_known() {
    let lacks = |row: &Assessment| -> Vec<String> {
        let open = row.bill.iter().flat_map(|bill| bill.open_lines());
        open.map(|line| format!("{} {:?}", line.region, line.meter))
            .collect()
    };
    let (mut alike, mut unlike) = (0, 0);
    for intent in INTENTS {
        let comparison = compared(intent, Rule::default());
        for (two, why) in comparison.assessments.windows(2).zip(comparison.because()) {
            let bound = |row: &Assessment| row.bill.as_ref().is_some_and(|b| !b.is_complete());
            if !two.iter().all(bound) {
                continue;
            }
            let by_cost = why.contains("because it costs");
            let covered = lacks(&two[0])
                .iter()
                .all(|what| lacks(&two[1]).contains(what));
            if by_cost {
                assert!(covered, "{intent}: {why}");
                alike += 1;
            } else if !covered && why.contains("that cost tells nothing") {
                unlike += 1;
            }
        }
    }
    assert!(alike > 3 && unlike > 3, "{alike} {unlike}");
}

#[test]
fn one_spoke_gets_no_manager_and_nothing_that_joins_nothing() {
    for (more, expected) in [
        (
            r#""inspection": "none", "internet": "any""#,
            Pattern::PeeringMesh,
        ),
        (r#""internet": "firewall""#, Pattern::HubFirewall),
        (
            r#""inspection": "none", "internet": "any", "onPremises": "expressRoute""#,
            Pattern::PeeringMesh,
        ),
        (r#""onPremises": "vpn""#, Pattern::HubFirewall),
    ] {
        let intent = format!(r#"{{"regions": [{{"region": "eastus", "spokes": 1}}], {more}}}"#);
        let comparison = compared(&intent, Rule::default());
        assert_eq!(
            comparison.recommended().unwrap().pattern,
            expected,
            "{more}"
        );
        let lost = comparison.get(Pattern::PrivateLink).unwrap();
        let says = |row: &Assessment, text: &str| row.reasons.iter().any(|r| r.text.contains(text));
        assert!(
            lost.verdict == Verdict::Impossible
                || says(lost, "a second spoke would not be reached")
        );
    }
}

#[test]
fn what_inspects_is_not_encrypted_and_every_pattern_says_why_with_its_source() {
    let comparison = compared(
        r#"{"encryption": true, "regions": [{"region": "eastus", "spokes": 4}]}"#,
        Rule::default(),
    );
    assert!(comparison.recommended().is_none());
    for (pattern, text) in [
        (Pattern::HubFirewall, "does not support Azure Firewall"),
        (
            Pattern::HubNva,
            "no source says that it covers what an NVA forwards",
        ),
        (
            Pattern::VwanSecured,
            "a hub of Virtual WAN is none of one's own",
        ),
    ] {
        let row = comparison.get(pattern).unwrap();
        let reason = row.reasons.iter().find(|reason| reason.text.contains(text));
        let reason = reason.unwrap_or_else(|| panic!("{}: {:#?}", pattern.id(), row.reasons));
        assert!(reason.source.is_some());
    }
}

#[test]
fn a_limit_says_its_name_once() {
    let intent = r#"{"inspection": "none", "internet": "any", "hub": "microsoftManaged", "regions": [{"region": "westeurope", "spokes": 600}]}"#;
    let comparison = compared(intent, Rule::default());
    let says = &comparison.get(Pattern::Vwan).unwrap().says;
    let text = says.iter().find(|says| says.text.contains("one fewer"));
    let text = &text.unwrap().text;
    assert!(
        text.ends_with(
            "one fewer would take 600 of 499 VNet connections per hub, no routing intent"
        ),
        "{text}"
    );
}
