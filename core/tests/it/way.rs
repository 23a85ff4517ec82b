//! Round trips and ceilings of traced ways, for every pattern.

use interspoke_core::intent::{AddressPlan, Intent, InternetPath, RegionIntent};
use interspoke_core::latency::{Basis, RoundTripTime, between};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::price::{Catalog, Demand, Representative, Work};
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::{HubScaleSpec, NetworkSpec};
use interspoke_core::throughput::{Bound, Peaks, ceilings, loads, lowest};
use interspoke_core::topology;

fn blueprint(pattern: Pattern) -> NetworkSpec {
    let intent = Intent {
        regions: vec![
            RegionIntent::new("eastus", 2),
            RegionIntent::new("westus2", 2),
        ],
        internet: InternetPath::Any,
        ..Intent::default()
    };
    pattern.blueprint(&intent, &AddressPlan::new(&intent).unwrap())
}

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(topology::build(spec).value.into(), Settings::default())
}

fn flow(flows: &[Representative], from: &str, to: &str) -> Representative {
    let place = |flow: &&Representative| flow.places == (from.to_owned(), to.to_owned());
    flows.iter().find(place).unwrap().clone()
}

#[test]
fn the_table_is_whole_and_says_what_it_does_not_know() {
    let data = include_str!("../../data/latency-p50-2026-07.txt");
    let rows: Vec<&str> = data.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rows.len(), 58);
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row.split(' ').next().unwrap().trim_start_matches('~'))
        .collect();
    for (position, row) in rows.iter().enumerate() {
        assert_eq!(row.split(' ').count(), position + 1, "{row}");
    }
    for (a, from) in names.iter().enumerate() {
        for (b, to) in names.iter().enumerate() {
            let basis = between(from, to).basis;
            let expected = match (a == b, a >= 54 || b >= 54) {
                (true, _) => Basis::Unknown,
                (_, true) => Basis::Estimated,
                _ => Basis::Table,
            };
            assert_eq!(basis, expected, "{from} {to}");
        }
    }
    // Figures of the reference's extract, both ways.
    for (from, to, ms) in [
        ("eastus", "westeurope", 83),
        ("westeurope", "eastus", 85),
        ("uaenorth", "northeurope", 121),
        ("northeurope", "uaenorth", 128),
        ("southafricanorth", "japaneast", 247),
        ("japaneast", "southafricanorth", 251),
    ] {
        assert_eq!(between(from, to).low, ms * 1_000, "{from} {to}");
    }
}

#[track_caller]
fn says(pattern: Pattern, from: &str, to: &str, added: Option<(u32, u32)>, text: &str) {
    let spec = blueprint(pattern);
    let routing = routing(&spec);
    let flows = Work::representatives(&routing, &Demand::default());
    let time = RoundTripTime::of(routing.topology(), &flow(&flows, from, to));
    assert_eq!(
        (time.text().as_str(), time.added()),
        (text, added),
        "{}",
        pattern.id()
    );
    assert_eq!(time.total().is_some(), time.is_complete());
}

#[test]
fn a_way_says_every_part_and_never_adds_over_a_gap() {
    let (e, w) = ("eastus", "westus2");
    let leg = "eastus to westus2: 71 ms (P50, 2026-07)";
    says(Pattern::PeeringMesh, e, w, Some((0, 0)), leg);
    says(
        Pattern::HubFirewall,
        e,
        e,
        Some((500, 2_500)),
        "Azure Firewall: 0.5 to 2.5 ms (measured, 2024-07-11)",
    );
    says(
        Pattern::HubFirewall,
        e,
        w,
        Some((1_000, 5_000)),
        &format!("2 × Azure Firewall: 0.5 to 2.5 ms (measured, 2024-07-11); {leg}"),
    );
    says(
        Pattern::Vwan,
        e,
        w,
        None,
        &format!("2 × hub router: no published figure; {leg}"),
    );
    says(Pattern::HubNva, e, e, None, "NVA: no published figure");
    says(
        Pattern::VpnMesh,
        e,
        e,
        None,
        "IPsec tunnel between two gateways: no published figure",
    );
    says(
        Pattern::HubVpnGateway,
        e,
        e,
        Some((800, 1_100)),
        "VPN gateway: 0.8 to 1.1 ms (measured, 2024-07-11)",
    );
}

#[test]
fn a_ceiling_names_what_sets_it_and_the_units_that_carry_the_peak() {
    let peaks = Peaks {
        pair: 2_000,
        region: 9_000,
    };
    for (pattern, what, mbps) in [
        (Pattern::PeeringMesh, "", None),
        (Pattern::HubFirewall, "Azure Firewall Standard", Some(1_500)),
        (Pattern::Vwan, "hub router", Some(1_500)),
        (Pattern::HubNva, "machine of size D4s_v5", Some(12_500)),
        (Pattern::VpnMesh, "VPN gateway VpnGw1AZ", Some(650)),
        (
            Pattern::HubRoutingAppliance,
            "routing appliance",
            Some(50_000),
        ),
    ] {
        let spec = blueprint(pattern);
        let routing = routing(&spec);
        let flows = Work::representatives(&routing, &Demand::default());
        let all = ceilings(routing.topology(), &spec, &flow(&flows, "eastus", "eastus"));
        let (least, _) = lowest(&all);
        assert_eq!(
            least.and_then(|ceiling| ceiling.mbps),
            mbps,
            "{} {all:?}",
            pattern.id()
        );
        assert_eq!(least.map_or("", |ceiling| ceiling.what.as_str()), what);
        assert!(
            all.iter()
                .all(|ceiling| ceiling.mbps.is_none() || ceiling.source.is_some())
        );
    }
    let mut spec = blueprint(Pattern::Vwan);
    let together = |spec: &NetworkSpec| {
        let routing = routing(spec);
        let flows = Work::representatives(&routing, &Demand::default());
        let loads = loads(routing.topology(), spec, &flows, peaks);
        let load = loads
            .into_iter()
            .find(|load| load.ceiling.bound == Bound::Together)
            .unwrap();
        (load.exceeded(), load.units)
    };
    assert_eq!(together(&spec), (true, Some(9)));
    for hub in &mut spec.virtual_wan.as_mut().unwrap().hubs {
        hub.scale = HubScaleSpec {
            routing_units: Some(9),
            ..HubScaleSpec::default()
        };
    }
    assert_eq!(together(&spec), (false, Some(9)));
}

#[test]
fn the_ceiling_of_round_trips_is_held_against_every_pattern() {
    let assess = |pattern: Pattern, latency_ceiling_ms| {
        let intent = Intent {
            regions: vec![
                RegionIntent::new("eastus", 2),
                RegionIntent::new("westus2", 2),
            ],
            internet: InternetPath::Any,
            latency_ceiling_ms,
            ..Intent::default()
        };
        let plan = AddressPlan::new(&intent).unwrap();
        let assessed = Assessment::new(pattern, &intent, &plan, &Catalog::built_in());
        let texts: Vec<String> = assessed
            .reasons
            .iter()
            .filter(|reason| reason.input == "latencyCeilingMs")
            .map(|reason| format!("{:?}: {}", reason.ground, reason.text))
            .collect();
        (assessed.misses, texts)
    };
    let none: Vec<String> = Vec::new();
    let (base, texts) = assess(Pattern::PeeringMesh, 0);
    assert_eq!(texts, none);
    // The table has 71 ms one way and 73 ms the other; nothing else is on the way.
    assert_eq!(assess(Pattern::PeeringMesh, 73), (base, none.clone()));
    let (misses, texts) = assess(Pattern::PeeringMesh, 72);
    assert_eq!(misses, base + 1);
    assert_eq!(
        texts,
        [
            "Preference: westus2-spoke1 to eastus-spoke1 takes at least 73 ms, 4 of 12 flows take longer than 72 ms: westus2 to eastus: 73 ms (P50, 2026-07)"
        ]
    );
    // Two firewalls add 0.5 ms each at least: 73 ms are not enough for them, 74 are.
    let (base, _) = assess(Pattern::HubFirewall, 0);
    assert_eq!(assess(Pattern::HubFirewall, 73).0, base + 1);
    assert_eq!(assess(Pattern::HubFirewall, 74), (base, none));
    // A hub router has no figure: it never fails a ceiling that the known parts keep.
    let (base, _) = assess(Pattern::Vwan, 0);
    let (misses, texts) = assess(Pattern::Vwan, 80);
    assert_eq!(misses, base);
    assert_eq!(
        texts,
        [
            "Unknown: round trips of 12 of 12 flows are not known in full and fail nothing: no published figure for hub router"
        ]
    );
    let (misses, texts) = assess(Pattern::Vwan, 20);
    assert_eq!((misses, texts.len()), (base + 1, 2), "{texts:?}");
}
