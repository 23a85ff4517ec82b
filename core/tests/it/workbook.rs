//! The public arithmetic of the workbook LargeScaleHnS 1.2 (erjosito/azure_network_design_comparison @250804b, 2026-01-23),
//! cell by cell, beside our bills: `tests/scenarios/42-workbook.md` says it in words.

use interspoke_core::intent::*;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::proof::Built;
use interspoke_core::price::{Bill, Catalog, bill_of};
use interspoke_core::units::{GbPerMonth, Quantity};

/// Its four options for so many spokes in West Europe: 0.1 GB from each spoke to each other, 5 GB of each spoke from and
/// to on-premises over ExpressRoute.
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

/// Spokes of a block at the most, by option (B24 to E24).
const MOST: [u32; 4] = [490, 590, 490, 990];

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

fn hubs(pattern: Pattern, spokes: u32) -> Vec<i128> {
    let intent = option(pattern, spokes);
    let plan = AddressPlan::new(&intent).unwrap();
    let fit = pattern.fit(&intent, &plan);
    fit.hubs[0].iter().map(|n| i128::from(*n)).collect()
}

#[test]
fn its_blocks_are_hubs_and_what_differs_is_known() {
    // (spokes, blocks of the workbook's options, hubs here)
    for (spokes, blocks, expected) in [
        (200, [1, 1, 1, 1], [1, 1, 1, 1]),
        // Its blocks hold 490, 590, 490 and 990 spokes: it leaves room below the limits of 500 peerings, 600 prefixes and
        // 1,000 spokes. Transit VNets are not peered with each other here, so that one holds 500.
        (1_000, [3, 2, 3, 2], [3, 2, 2, 2]),
        (5_000, [11, 9, 11, 6], [11, 9, 10, 6]),
    ] {
        for (at, pattern) in OPTIONS.iter().enumerate() {
            let found = hubs(*pattern, spokes).len();
            assert_eq!(
                (spokes.div_ceil(MOST[at]), found),
                (blocks[at], expected[at]),
                "{} of {spokes}",
                pattern.id()
            );
        }
    }
}

fn bill(pattern: Pattern, spokes: u32) -> Bill {
    let intent = option(pattern, spokes);
    let plan = AddressPlan::new(&intent).unwrap();
    let built = Built::new(pattern.sketch(&intent, &plan, 32));
    let routing = built.estate.routing();
    bill_of(
        routing,
        &built.sketch.spec,
        &intent.traffic_demand(),
        &Catalog::built_in(),
    )
}

/// Cents of all lines whose meter has these words.
fn sum(bill: &Bill, words: &str) -> i128 {
    let lines = bill.groups().flat_map(|(_, lines, _)| lines);
    let own = lines.filter(|line| line.meter.meter.contains(words));
    let nanos: i128 = own
        .filter_map(|line| line.amount)
        .map(|amount| amount.nanos())
        .sum();
    (nanos + 5_000_000).div_euclid(10_000_000)
}

/// A month's money of an option by row of the summary, in cents.
#[derive(Debug, PartialEq)]
struct Rows {
    /// Rows 60 and 62: peerings, and what crosses between blocks.
    peerings: i128,
    /// Row 36: data through firewalls.
    inspected: i128,
    /// Row 37: their hours.
    firewalls: i128,
    /// Rows 49 and 53: ExpressRoute gateways, scale and connection units.
    gateways: i128,
    /// Row 57: hubs of Virtual WAN with their routing units.
    hubs: i128,
    /// Row 65: VNets that Virtual Network Manager manages.
    managed: i128,
}

/// Cents of tenths of a GB at so many thousandths of a dollar.
fn at(mills: i128, tenths: i128) -> i128 {
    (mills * tenths + 50).div_euclid(100)
}

/// What its cells come to.
fn cells(option: usize, spokes: u32) -> Rows {
    let (n, most) = (i128::from(spokes), i128::from(MOST[option]));
    let blocks = i128::from(spokes.div_ceil(MOST[option]));
    // B27, B31: options 2 to 4 take the largest block where the first takes the average.
    let average = (2 * n + blocks) / (2 * blocks);
    let other = (n - if option == 0 { average } else { most }).max(0);
    // B28: the sender's spokes alone, on both sides of their peering; on one where the hub is Virtual WAN's.
    let spokes_send = at(if option == 1 { 10 } else { 20 }, n * (n - 1 + 100));
    // B41, D40, D43: one side of the peerings of blocks; a virtual hub's router.
    let between = match option {
        1 => 0,
        2 => at(10, n * (other + 100)) + at(20, n * other),
        _ => at(10, n * other),
    };
    // B35: a spoke of a block sends itself, too; what crosses blocks passes two firewalls.
    let inside = if option == 3 { 0 } else { average };
    let virtual_hubs = [0, blocks, 1, 0][option];
    Rows {
        peerings: spokes_send + between,
        inspected: at(16, n * (inside + 2 * other + 100)),
        firewalls: 91_250 * blocks,
        // A scale unit and two connection units a virtual hub.
        gateways: if virtual_hubs == 0 {
            26_353 * blocks
        } else {
            37_960 * virtual_hubs
        },
        hubs: 25_550 * virtual_hubs,
        managed: if option == 3 {
            1_460 * (n + 2 * blocks)
        } else {
            0
        },
    }
}

/// What our bill must come to by the same prices: each side of each peering, each pair once, hubs as they are.
fn expected(option: usize, spokes: u32) -> Rows {
    let (pattern, n) = (OPTIONS[option], i128::from(spokes));
    let sizes = hubs(pattern, spokes);
    let hubs = i128::try_from(sizes.len()).unwrap();
    // Tenths of a GB: inside blocks, between them, on-premises.
    let inside: i128 = sizes.iter().map(|size| size * (size - 1)).sum();
    let (between, site) = (n * (n - 1) - inside, n * 100);
    // Sides that are charged, in thousandths of a dollar a GB: spoke to spoke of a block, of two blocks, on-premises.
    let [own, other, away] = [[40, 60, 20], [20, 20, 10], [40, 60, 30], [20, 60, 20]][option];
    let through = if option == 3 { 0 } else { inside };
    let virtual_hubs = [0, hubs, hubs, 0][option];
    Rows {
        peerings: at(own * inside + other * between + away * site, 1)
            + if option == 2 { at(40, between) } else { 0 },
        inspected: at(16, through + 2 * between + site),
        firewalls: 91_250 * hubs,
        // One circuit: one connection unit a virtual hub.
        gateways: if virtual_hubs == 0 {
            26_353 * hubs
        } else {
            34_310 * virtual_hubs
        },
        hubs: 18_250 * virtual_hubs,
        managed: if option == 3 { 1_460 * (n + hubs) } else { 0 },
    }
}

fn ours(pattern: Pattern, spokes: u32) -> Rows {
    let bill = bill(pattern, spokes);
    Rows {
        peerings: sum(&bill, "Intra-Region") + sum(&bill, "Standard Hub Data Processed"),
        inspected: sum(&bill, "Standard Data Processed") + sum(&bill, "Virtual Hub Data Processed"),
        firewalls: sum(&bill, "Deployment"),
        gateways: sum(&bill, "ErGw1AZ")
            + sum(&bill, "ExpressRoute Scale Unit")
            + sum(&bill, "ExpressRoute Connection Unit"),
        hubs: sum(&bill, "Standard Hub Unit") + sum(&bill, "Routing Infrastructure Unit"),
        managed: sum(&bill, "Standard Virtual Network"),
    }
}

#[test]
fn our_lines_are_its_prices_on_every_side_of_every_way() {
    let mut missing = Vec::new();
    for spokes in [200, 1_000, 5_000] {
        for (at, pattern) in OPTIONS.iter().enumerate() {
            let (ours, expected) = (ours(*pattern, spokes), expected(at, spokes));
            assert_eq!(ours, expected, "{} of {spokes}", pattern.id());
            let row = |rows: &Rows| {
                [
                    rows.peerings,
                    rows.inspected,
                    rows.firewalls,
                    rows.gateways,
                    rows.hubs,
                    rows.managed,
                ]
            };
            let shown = row(&cells(at, spokes)).into_iter().zip(row(&ours));
            let numbers =
                shown.map(|(cell, ours)| format!("{} / {}", dollars(cell), dollars(ours)));
            let line = format!(
                "| {spokes} | `{}` | {} |",
                pattern.id(),
                numbers.collect::<Vec<_>>().join(" | ")
            );
            missing.extend((!TABLE.contains(&line)).then_some(line));
        }
    }
    assert!(
        missing.is_empty(),
        "42-workbook.md lacks:\n{}",
        missing.join("\n")
    );
}

/// Cents as dollars.
fn dollars(cents: i128) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The scenario, whose table has every figure.
const TABLE: &str = include_str!("../scenarios/42-workbook.md");
