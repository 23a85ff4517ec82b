//! Work that is measured natively and in a browser: each piece by name, prepared once, run as often as it takes.

use crate::export::export;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::estate::{Estate, diff};
use interspoke_core::import::Import;
use interspoke_core::intent::{AddressPlan, Intent, RegionIntent};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::select::compare;
use interspoke_core::pattern::steps::Steps;
use interspoke_core::pattern::survive::survivors_of;
use interspoke_core::pattern::verdict::Assessment;
use interspoke_core::price::Catalog;
use interspoke_core::route::Settings;
use interspoke_core::route::lookup::Lookup;
use interspoke_core::spec::{NetworkSpec, UserNextHopType};
use interspoke_core::topology::build;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Something to run; the number that it gives depends on all that it computed.
pub type Work = Box<dyn FnMut() -> usize>;

/// A plan in one expression.
#[must_use]
pub const fn plan(design: Design, spokes: usize, regions: usize, kinds: usize) -> Plan {
    Plan {
        design,
        spokes,
        regions,
        kinds,
    }
}

/// A plan in words.
#[must_use]
pub fn named(plan: &Plan) -> String {
    let design = match plan.design {
        Design::Firewalls => "firewalls",
        Design::VirtualWan => "Virtual WAN",
        Design::Mesh => "mesh",
    };
    format!("{design}, {} spokes, {} regions", plan.spokes, plan.regions)
}

/// The estates that are measured in both places.
const PLANS: [Plan; 5] = [
    plan(Design::Firewalls, 1_000, 2, 1),
    plan(Design::VirtualWan, 1_000, 2, 1),
    plan(Design::Mesh, 500, 1, 1),
    plan(Design::Firewalls, 5_000, 8, 1),
    plan(Design::VirtualWan, 5_000, 8, 1),
];
const STEPS: [&str; 5] = ["build", "by class", "written", "one edit", "what changed"];
const LOOKUPS: [u32; 2] = [25, 500];
/// An export is read in slices, one after another.
const IMPORT: &str = "an export of 50 MB, read in slices";
const SMALL: &str = "all patterns of the default Intent";
/// The largest Intent that the page has to compare at once.
pub const LARGE: &str = "all patterns, 1,000 spokes in 4 regions";
/// Regional meshes of half a million peering objects.
const MESHED: &str = "all patterns, 1,000 spokes in 2 regions";
/// What stands before a pattern's id where one step of its assessment is measured.
const ONE: &str = "1,000 spokes in 4 regions: ";
/// Steps of an assessment, then the failure of a hub.
const OF_PATTERN: [&str; 8] = [
    "plan",
    "draw",
    "join",
    "group",
    "announce",
    "prove",
    "bill",
    "hub fails",
];

/// Every piece of work that is compared.
#[must_use]
pub fn names() -> Vec<String> {
    let estates = PLANS
        .iter()
        .flat_map(|plan| STEPS.map(|step| format!("{}: {step}", named(plan))));
    let lookups = LOOKUPS.map(|routes| format!("lookup in {routes} routes"));
    let patterns = [SMALL, LARGE, MESHED].map(str::to_owned);
    estates
        .chain(lookups)
        .chain(patterns)
        .chain([IMPORT.to_owned()])
        .collect()
}

/// Every step of every pattern alone, for 1,000 spokes in 4 regions: what a page does between two frames.
#[must_use]
pub fn patterns() -> Vec<String> {
    let one = |pattern: &Pattern| {
        let id = pattern.id();
        OF_PATTERN.map(|step| format!("{ONE}{id}, {step}"))
    };
    Pattern::ALL.iter().flat_map(one).collect()
}

/// Work by its name.
#[must_use]
pub fn prepare(name: &str) -> Option<Work> {
    for plan in PLANS {
        for step in STEPS {
            if name == format!("{}: {step}", named(&plan)) {
                return estate(plan, step);
            }
        }
    }
    for routes in LOOKUPS {
        if name == format!("lookup in {routes} routes") {
            return Some(lookups(routes));
        }
    }
    if name == IMPORT {
        let text: Rc<str> = export().into();
        return Some(Box::new(move || imported(Rc::clone(&text))));
    }
    if name == SMALL {
        return Some(all_patterns(Intent::default()));
    }
    if name == LARGE {
        return Some(all_patterns(large()));
    }
    if name == MESHED {
        return Some(all_patterns(meshed()));
    }
    let (pattern, step) = name.strip_prefix(ONE)?.split_once(", ")?;
    one_step(
        Pattern::named(pattern)?,
        OF_PATTERN.iter().position(|known| *known == step)?,
    )
}

/// Reads an export in slices; how many VNets it has.
fn imported(text: Rc<str>) -> usize {
    let mut import = Import::new();
    import.open("estate.json", text);
    while import.read_on() {}
    import.finish().network.vnets.len()
}

/// Builds and answers.
#[must_use]
pub fn answered(spec: &NetworkSpec) -> Estate {
    Estate::new(Rc::new(build(spec).value), Settings::default())
}

fn estate(plan: Plan, step: &str) -> Option<Work> {
    let mut spec = plan.spec();
    if step == "build" {
        return Some(Box::new(move || build(&spec).value.subnets().len()));
    }
    let topology = Rc::new(build(&spec).value);
    let answer = move || Estate::new(Rc::clone(&topology), Settings::default());
    Some(match step {
        "by class" => Box::new(move || answer().answers().count()),
        "written" => Box::new(move || answer().matrix().bytes.len()),
        "one edit" => Box::new(move || {
            edit(&mut spec);
            answered(&spec).answers().count()
        }),
        "what changed" => {
            let before = answer();
            edit(&mut spec);
            let after = answered(&spec);
            Box::new(move || diff(&before, &after).len())
        }
        _ => return None,
    })
}

/// One edit: a route of one table points elsewhere. Where there is no table, a connection declines 0.0.0.0/0 or takes
/// it; where there is no hub, a spoke's first peering is opened or closed to forwarded packets.
pub fn edit(spec: &mut NetworkSpec) {
    let tables = spec.route_tables.iter_mut();
    if let Some(route) = tables.flat_map(|table| &mut table.routes).last() {
        let dropped = route.next_hop_type == UserNextHopType::None;
        route.next_hop_type = if dropped {
            UserNextHopType::Internet.into()
        } else {
            UserNextHopType::None.into()
        };
        route.next_hop_ip_address = None;
        return;
    }
    let hubs = spec.virtual_wan.iter_mut().flat_map(|wan| &mut wan.hubs);
    if let Some(connection) = hubs.flat_map(|hub| &mut hub.connections).last() {
        connection.enable_internet_security = !connection.enable_internet_security;
        return;
    }
    if let Some(peering) = spec.peerings.first_mut() {
        peering.allow_forwarded_traffic = !peering.allow_forwarded_traffic;
    }
}

fn large() -> Intent {
    let regions = ["eastus", "westus2", "westeurope", "japaneast"];
    Intent {
        regions: regions
            .map(|region| RegionIntent::new(region, 250))
            .to_vec(),
        ..Intent::default()
    }
}

fn meshed() -> Intent {
    let regions = ["eastus", "westus2"];
    Intent {
        regions: regions
            .map(|region| RegionIntent::new(region, 500))
            .to_vec(),
        ..Intent::default()
    }
}

fn all_patterns(intent: Intent) -> Work {
    let catalog = Catalog::built_in();
    Box::new(move || {
        let viable = |assessment: &&Assessment| assessment.proof.is_some();
        compare(&intent, &catalog).map_or(0, |all| all.assessments.iter().filter(viable).count())
    })
}

fn one_step(pattern: Pattern, position: usize) -> Option<Work> {
    let (intent, catalog) = (large(), Catalog::built_in());
    let plan = AddressPlan::new(&intent).ok()?;
    let mut steps = Steps::new(pattern, &intent, &plan);
    let Some(before) = position.checked_sub(1) else {
        return Some(Box::new(move || {
            usize::from(Steps::new(pattern, &intent, &plan).done().is_some())
        }));
    };
    for _ in 0..before {
        steps = steps.next(&intent, &plan, &catalog);
    }
    if position + 1 < OF_PATTERN.len() {
        return Some(Box::new(move || {
            let next = steps.next(&intent, &plan, &catalog);
            usize::from(next.done().is_some())
        }));
    }
    while steps.done().is_none() {
        steps = steps.next(&intent, &plan, &catalog);
    }
    let built = steps.done()?.cloned();
    Some(Box::new(move || {
        let left = built
            .as_ref()
            .and_then(|built| survivors_of(built, &intent, &plan, 0));
        left.map_or(0, |left| left.after)
    }))
}

/// Addresses that a lookup is measured with.
pub const ADDRESSES: u32 = 100_000;

/// A firewall's table: 0.0.0.0/0, four summaries, and one /22 for each spoke.
#[must_use]
pub fn table(routes: u32) -> Vec<(Ipv4Net, u32)> {
    let net = |bits: u32, length: u8| Ipv4Net::new_assert(Ipv4Addr::from_bits(bits), length);
    let mut rows = vec![
        net(0, 0),
        net(0x0a00_0000, 8),
        net(0xac10_0000, 12),
        net(0xc0a8_0000, 16),
        net(0x0a08_0000, 13),
    ];
    let spokes = routes.saturating_sub(5);
    rows.extend((0..spokes).map(|spoke| net(0x0a00_0000 + (spoke << 10), 22)));
    rows.into_iter().zip(0..).collect()
}

/// Addresses in a fixed random order: most of them in the estate's block.
#[must_use]
pub fn addresses(routes: u32) -> Vec<Ipv4Addr> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let span = u64::from(routes) << 10;
    let address = |_| {
        let drawn = next();
        let bits = if drawn >> 60 == 0 {
            drawn >> 20 & 0xffff_ffff
        } else {
            0x0a00_0000 + (drawn >> 8) % span
        };
        Ipv4Addr::from_bits(u32::try_from(bits).unwrap_or_default())
    };
    (0..ADDRESSES).map(address).collect()
}

fn lookups(routes: u32) -> Work {
    let (rows, all) = (table(routes), addresses(routes));
    let lookup = Lookup::of_prefixes(rows);
    Box::new(move || {
        all.iter()
            .map(|address| lookup.winner(*address).unwrap_or(usize::MAX))
            .fold(0, usize::wrapping_add)
    })
}
