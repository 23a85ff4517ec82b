//! What public guidance recommends, Intent by Intent: `tests/scenarios/70-archetypes.md`.

use crate::judge::Report;
use crate::scenarios::{Kind, blocks_of};
use interspoke_core::intent::*;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::select::{Comparison, compare};
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::price::{Bill, Catalog};
use interspoke_core::units::{GbPerMonth, Quantity};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Archetype {
    #[serde(rename = "id")]
    _id: String,
    title: String,
    /// The document and its date.
    source: String,
    intent: Intent,
    /// Patterns that the source's words fit.
    recommends: Vec<String>,
    /// Why ours is another one.
    #[serde(default)]
    differs: String,
    /// Patterns that the source advises against in this case.
    #[serde(default)]
    against: Vec<String>,
    /// Hubs of the first region.
    #[serde(default)]
    hubs: usize,
    /// Pairs of which the first costs less.
    #[serde(default)]
    cheaper: Vec<(String, String)>,
}

fn named(id: &str) -> Result<Pattern, String> {
    Pattern::named(id).ok_or_else(|| format!("no pattern {id:?}"))
}

fn run(json: &str) -> Result<(), String> {
    let archetype: Archetype = serde_json::from_str(json).map_err(|error| error.to_string())?;
    if archetype.source.is_empty() || archetype.title.is_empty() {
        return Err("a title and a source with its date".to_owned());
    }
    let comparison = compare(&archetype.intent, &Catalog::built_in())
        .map_err(|problems| format!("{problems:?}"))?;
    recommended(&archetype, &comparison)?;
    for id in &archetype.against {
        let found = comparison.get(named(id)?).ok_or("not assessed")?;
        if found.verdict >= Verdict::Viable {
            return Err(format!(
                "{id}: expected advice against it, found {}",
                found.verdict.word()
            ));
        }
    }
    for (less, more) in &archetype.cheaper {
        let total = |id: &str| -> Result<i128, String> {
            let found = comparison.get(named(id)?).ok_or("not assessed")?;
            Ok(found.bill.as_ref().ok_or("no bill")?.total.nanos())
        };
        if total(less)? >= total(more)? {
            return Err(format!(
                "{less}: expected less than {more}, found {} and {}",
                total(less)?,
                total(more)?
            ));
        }
    }
    Ok(())
}

fn recommended(archetype: &Archetype, comparison: &Comparison) -> Result<(), String> {
    let best = comparison.recommended().ok_or_else(|| {
        let first = &comparison.assessments[0];
        let texts: Vec<&str> = first
            .reasons
            .iter()
            .map(|reason| reason.text.as_str())
            .collect();
        format!(
            "expected a recommendation, found none; first is {}: {texts:?}",
            first.pattern.id()
        )
    })?;
    let id = best.pattern.id().to_owned();
    let fits = archetype.recommends.contains(&id);
    if !fits && archetype.differs.is_empty() {
        return Err(format!(
            "recommended: expected one of {:?}, found {id}",
            archetype.recommends
        ));
    }
    if fits && !archetype.differs.is_empty() {
        return Err(format!(
            "recommended: {id} is what the source says; strike differs"
        ));
    }
    let hubs = best.fit.hubs.first().map_or(0, Vec::len);
    if archetype.hubs > 0 && hubs != archetype.hubs {
        return Err(format!("hubs: expected {}, found {hubs}", archetype.hubs));
    }
    Ok(())
}

#[test]
fn archetypes() {
    let blocks = blocks_of(Kind::Archetype);
    assert!(blocks.len() >= 12, "{}", blocks.len());
    let mut report = Report::default();
    for (file, block) in blocks {
        report.add(&block.id(), &block.place(&file), run(&block.json));
    }
    report.finish(|_| false);
}

#[test]
fn an_archetype_that_differs_says_where() {
    let [(_, block), ..] = &blocks_of(Kind::Archetype)[..] else {
        panic!("no archetype")
    };
    let mut other: serde_json::Value = serde_json::from_str(&block.json).unwrap();
    other["recommends"] = serde_json::json!(["vpn-mesh"]);
    assert!(
        run(&other.to_string())
            .unwrap_err()
            .contains("expected one of")
    );
    let mut other: serde_json::Value = serde_json::from_str(&block.json).unwrap();
    other["against"] = serde_json::json!(["hub-firewall"]);
    assert!(
        run(&other.to_string())
            .unwrap_err()
            .contains("advice against")
    );
}

/// The four options of the workbook LargeScaleHnS 1.2 (2026-01-23) for so many spokes in West Europe: 0.1 GB from each
/// spoke to each other, 5 GB of each spoke from and to on-premises over ExpressRoute.
fn workbook(spokes: u32) -> Intent {
    let figure = |thousandths| TrafficFigure {
        gb: GbPerMonth(Quantity::from_thousandths(thousandths)),
        unit: TrafficUnit::PerPair,
    };
    Intent {
        regions: vec![RegionIntent::new("westeurope", spokes)],
        on_premises: OnPremises::ExpressRoute,
        internet: InternetPath::Any,
        traffic: TrafficIntent {
            within_regions: figure(100),
            between_regions: figure(0),
            to_on_premises: figure(5_000),
            ..TrafficIntent::default()
        },
        ..Intent::default()
    }
}

const OPTIONS: [Pattern; 4] = [
    Pattern::HubFirewall,
    Pattern::VwanSecured,
    Pattern::VwanTransit,
    Pattern::RegionalMeshHub,
];

/// Its fourth option has Virtual Network Manager make peerings and a mesh in each block.
fn option(pattern: Pattern, spokes: u32) -> Intent {
    let mut intent = workbook(spokes);
    if pattern == Pattern::RegionalMeshHub {
        intent.inspection = Inspection::None;
        intent.peerings = PeeringManagement::NetworkManagerStatic;
        intent.connected_groups = ConnectedGroupSize::HighScale;
    }
    intent
}

#[test]
fn the_workbook_s_blocks_are_hubs_and_what_differs_is_known() {
    // (spokes, blocks of the workbook's options, hubs here)
    for (spokes, blocks, hubs) in [
        (200, [1, 1, 1, 1], [1, 1, 1, 1]),
        // Its blocks hold 490, 590, 490 and 990 spokes: it leaves room below the limits of 500 peerings, 600 prefixes and
        // 1,000 spokes. Transit VNets are not peered with each other here, so that one holds 500.
        (1_000, [3, 2, 3, 2], [3, 2, 2, 2]),
        (5_000, [11, 9, 11, 6], [11, 9, 10, 6]),
    ] {
        let most = [490, 590, 490, 990_u32];
        for (at, pattern) in OPTIONS.iter().enumerate() {
            let intent = option(*pattern, spokes);
            let plan = AddressPlan::new(&intent).unwrap();
            let fit = pattern.fit(&intent, &plan);
            let found = fit.hubs[0].len();
            assert_eq!(
                (spokes.div_ceil(most[at]), found),
                (blocks[at], hubs[at]),
                "{} of {spokes}: {:?}",
                pattern.id(),
                fit.because
            );
        }
    }
}

#[test]
fn the_workbook_s_lines_are_ours_but_for_what_it_leaves_out() {
    let sum = |bill: &Bill, part: &str| -> i128 {
        let lines = bill.groups().flat_map(|(_, lines, _)| lines);
        let own = lines.filter(|line| line.meter.meter.contains(part));
        own.filter_map(|line| line.amount)
            .map(|amount| amount.nanos() / 10_000_000)
            .sum()
    };
    let intent = workbook(200);
    let plan = AddressPlan::new(&intent).unwrap();
    let bill = |pattern: Pattern| {
        Assessment::new(pattern, &intent, &plan, &Catalog::built_in())
            .bill
            .unwrap()
    };
    let hub = bill(Pattern::HubFirewall);
    // B37, B49: a firewall 912.50, a gateway ErGw1AZ 263.53.
    assert_eq!(
        (sum(&hub, "Deployment"), sum(&hub, "ErGw1AZ")),
        (91_250, 26_353)
    );
    // B29 counts the sender's peering alone, 2 × 0.01 a GB. Between spokes both peerings are charged here: 0.04 a GB of
    // 3,980; to and from on-premises one, as there: 0.02 a GB of 2,000.
    assert_eq!(sum(&hub, "Intra-Region"), 15_920 + 4_000);
    // B36: 6,000 GB through the firewall; a spoke sends itself nothing here: 5,980 × 0.016.
    assert_eq!(sum(&hub, "Standard Data Processed"), 9_568);
    let wan = bill(Pattern::VwanSecured);
    // C55, C51: a hub 182.50, a scale unit 306.60; C52 counts two connection units, one circuit is connected here.
    assert_eq!(
        (
            sum(&wan, "Standard Hub Unit"),
            sum(&wan, "ExpressRoute Scale Unit")
        ),
        (18_250, 30_660)
    );
    assert_eq!(sum(&wan, "ExpressRoute Connection Unit"), 3_650);
}
