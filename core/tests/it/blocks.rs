//! Several hubs of a region: who stays together, and that names say nothing.

use interspoke_core::intent::*;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::select::{Comparison, compare};
use interspoke_core::price::{Bill, Catalog};
use std::collections::BTreeSet;

fn asked(json: &str) -> Intent {
    serde_json::from_str(json).unwrap()
}

/// The spokes of each hub.
fn blocks(pattern: Pattern, intent: &Intent) -> Vec<BTreeSet<String>> {
    let plan = AddressPlan::new(intent).unwrap();
    let divided = pattern.plan(intent, &plan);
    let names = |region: &RegionPlan| {
        region
            .spokes
            .iter()
            .map(|spoke| spoke.name.clone())
            .collect()
    };
    divided.regions.iter().map(names).collect()
}

#[test]
fn spokes_that_exchange_much_stay_at_one_hub() {
    let mut intent =
        asked(r#"{"regions": [{"region": "eastus", "spokes": 12}], "hubsPerRegion": 3}"#);
    let talk = [
        ("eastus-spoke1", "eastus-spoke9"),
        ("eastus-spoke9", "eastus-spoke5"),
    ];
    let together = |intent: &Intent| {
        let blocks = blocks(Pattern::HubFirewall, intent);
        assert_eq!(blocks.len(), 3);
        let group = ["eastus-spoke1", "eastus-spoke5", "eastus-spoke9"];
        blocks
            .iter()
            .any(|block| group.iter().all(|name| block.contains(*name)))
    };
    assert!(!together(&intent));
    let entry = |(a, b): &(&str, &str)| MatrixEntry {
        a: (*a).to_owned(),
        b: (*b).to_owned(),
        gb: interspoke_core::units::GbPerMonth::whole(50_000),
    };
    intent.traffic.matrix = talk.iter().map(entry).collect();
    assert!(together(&intent));
}

#[test]
fn an_environment_stays_at_one_hub_where_the_limits_allow_it() {
    let mut intent = asked(
        r#"{"regions": [{"region": "eastus", "spokes": 12}], "hubsPerRegion": 2, "environments": ["dev", "prod"]}"#,
    );
    let of = |at: u32| if at.is_multiple_of(2) { "dev" } else { "prod" }.to_owned();
    intent.regions[0].spoke_environments = (0..12).map(of).collect();
    let environment = |name: &String| {
        let number = name.rsplit("spoke").next().unwrap();
        of(number.parse::<u32>().unwrap() - 1)
    };
    for block in blocks(Pattern::HubFirewall, &intent) {
        let kinds: BTreeSet<String> = block.iter().map(environment).collect();
        assert_eq!(kinds.len(), 1, "{block:?}");
    }
}

/// Every hub's part is a part of the whole: as many spokes, peerings and addresses together.
#[test]
fn the_blocks_add_up_to_the_whole() {
    let whole = asked(
        r#"{"regions": [{"region": "eastus", "spokes": 17}, {"region": "westus2", "spokes": 5}]}"#,
    );
    let divided = Intent {
        hubs_per_region: 4,
        ..whole.clone()
    };
    for pattern in [
        Pattern::HubFirewall,
        Pattern::HubNva,
        Pattern::Vwan,
        Pattern::VwanSecured,
        Pattern::HubSplit,
    ] {
        let plan = AddressPlan::new(&whole).unwrap();
        let (one, four) = (pattern.plan(&whole, &plan), pattern.plan(&divided, &plan));
        assert_eq!(four.regions.len(), 8, "{}", pattern.id());
        let networks = |plan: &AddressPlan| -> BTreeSet<(String, String)> {
            let region = |spoke: &SpokePlan| plan.regions[spoke.region].region.clone();
            plan.spokes()
                .map(|spoke| (region(spoke), spoke.name.clone()))
                .collect()
        };
        assert_eq!(networks(&one), networks(&four), "{}", pattern.id());
        let to_hubs = |intent: &Intent| {
            let spec = pattern.blueprint(intent, &plan);
            let spokes: BTreeSet<String> = plan.spokes().map(|spoke| spoke.name.clone()).collect();
            let peered = spec
                .peerings
                .iter()
                .filter(|one| spokes.contains(&*one.from))
                .count();
            let hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
            peered + hubs.map(|hub| hub.connections.len()).sum::<usize>()
        };
        assert_eq!(to_hubs(&whole), to_hubs(&divided), "{}", pattern.id());
    }
}

#[test]
fn names_of_environments_change_nothing() {
    let text = r#"{"regions": [{"region": "eastus", "spokes": 6}, {"region": "westeurope", "spokes": 4}], "environments": ["dev", "prod"],
        "inspection": "betweenEnvironments", "environmentRules": [{"a": "dev", "b": "dev", "talk": "reachable"}], "onPremises": "vpn"}"#;
    let told = |text: &str| -> Vec<(Pattern, String, String)> {
        let comparison: Comparison = compare(&asked(text), &Catalog::built_in()).unwrap();
        let why = comparison.because();
        let row = |at: usize| {
            let row = &comparison.assessments[at];
            let total = row.bill.as_ref().map(Bill::total_text).unwrap_or_default();
            (
                row.pattern,
                format!("{} {total}", row.verdict.word()),
                why.get(at).cloned().unwrap_or_default(),
            )
        };
        (0..comparison.assessments.len()).map(row).collect()
    };
    let renamed = text.replace("dev", "zeta").replace("prod", "alpha");
    assert_eq!(told(text), told(&renamed));
}
