//! Every single fault of an estate in which nothing is wrong: what is found, and whether the fixes cure it.
//!
//! The faults are made one at a time: each route removed or sent to the other region's firewall, each subnet without
//! its table, each flag of each peering off, propagation on where it is off, a direct peering between each two VNets.
//! Whatever is found, making the first fix again and again must lead to an estate without errors and warnings.

use super::*;
use crate::route::Settings;
use crate::spec::{NetworkSpec, PeeringSpec};
use crate::topology::build;

/// More fixes than any single fault needs.
const MOST_FIXES: usize = 12;

fn clean() -> NetworkSpec {
    serde_json::from_str(include_str!("estates/clean-two-regions.json")).unwrap()
}

fn look(spec: &NetworkSpec) -> Vec<Finding> {
    findings(&Routing::new(build(spec).value.into(), Settings::default()))
}

/// Makes the first fix until nothing of weight is left.
#[track_caller]
fn check(fault: &str, faulty: &NetworkSpec) {
    let mut spec = faulty.clone();
    let mut made: Vec<String> = Vec::new();
    loop {
        let found = look(&spec);
        let Some(first) = found.iter().find(|f| f.severity > Severity::Note) else {
            return;
        };
        let what = format!(
            "{fault}: {} {}\nmade: {made:#?}",
            first.kind.id(),
            first.title
        );
        assert!(made.len() < MOST_FIXES, "no end: {what}");
        let fix = first
            .fix
            .as_ref()
            .unwrap_or_else(|| panic!("no fix: {what}"));
        made.extend(fix.changes.iter().map(ToString::to_string));
        spec = fix.apply(&spec);
    }
}

#[test]
fn routes() {
    let clean = clean();
    for (table, routes) in clean
        .route_tables
        .iter()
        .map(|t| t.routes.len())
        .enumerate()
    {
        for route in 0..routes {
            let mut spec = clean.clone();
            let removed = spec.route_tables[table].routes.remove(route);
            let name = format!("{} of {}", removed.prefix, spec.route_tables[table].name);
            check(&format!("without {name}"), &spec);
            for hop in ["10.10.0.4", "10.20.0.4", "10.99.0.4"] {
                let mut spec = clean.clone();
                let route = &mut spec.route_tables[table].routes[route];
                if route.next_hop_ip_address.is_some() {
                    route.next_hop_ip_address = Some(hop.to_owned());
                    check(&format!("{name} over {hop}"), &spec);
                }
            }
        }
    }
}

#[test]
fn tables() {
    let clean = clean();
    for (vnet, subnets) in clean.vnets.iter().map(|v| v.subnets.len()).enumerate() {
        for subnet in 0..subnets {
            let mut spec = clean.clone();
            spec.vnets[vnet].subnets[subnet].route_table = None;
            let vnet = &spec.vnets[vnet];
            check(
                &format!(
                    "{}/{} without a table",
                    vnet.name, vnet.subnets[subnet].name
                ),
                &spec,
            );
        }
    }
    for table in 0..clean.route_tables.len() {
        let mut spec = clean.clone();
        spec.route_tables[table].disable_bgp_route_propagation = false;
        check(
            &format!("propagation on {}", spec.route_tables[table].name),
            &spec,
        );
    }
}

#[test]
fn flags() {
    let clean = clean();
    for link in 0..clean.peerings.len() {
        let name = format!(
            "{} -> {}",
            clean.peerings[link].from, clean.peerings[link].to
        );
        let mut spec = clean.clone();
        spec.peerings[link].allow_forwarded_traffic = false;
        check(&format!("forwarded traffic of {name}"), &spec);
        let mut spec = clean.clone();
        spec.peerings[link].allow_virtual_network_access = false;
        check(&format!("access of {name}"), &spec);
    }
}

#[test]
fn direct_links() {
    let clean = clean();
    for (position, near) in clean.vnets.iter().enumerate() {
        for far in clean.vnets.iter().skip(position + 1) {
            let known = |link: &PeeringSpec| *link.from == *near.name && *link.to == *far.name;
            if clean.peerings.iter().any(known) {
                continue;
            }
            let mut spec = clean.clone();
            for (from, to) in [(near, far), (far, near)] {
                let mut link = PeeringSpec::new(&*from.name, &*to.name);
                link.allow_forwarded_traffic = true;
                spec.peerings.push(link);
            }
            check(&format!("{} peered with {}", near.name, far.name), &spec);
        }
    }
}
