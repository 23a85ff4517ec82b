//! F7: a packet that comes back to where it was.
//!
//! A next hop is delivered to without asking whether it knows better, and it sends by its own subnet's table. Where
//! that table points back, the packet goes round until its lifetime ends.
//!
//! | cause | fix |
//! |---|---|
//! | 0.0.0.0/0 -> N on N's own subnet | 0.0.0.0/0 -> Internet there |
//! | another prefix -> N on N's own subnet | the route goes |
//! | a Route Server gives N the default route that N announced | 0.0.0.0/0 -> Internet on N's subnet |
//! | F_A and F_B point at each other | the route goes from the one that knows the destination without it, else from the one that sends back |
//!
//! Left out: loops inside on-premises networks.
//!
//! Source: "Virtual network traffic routing" (2023-05), an appliance belongs in another subnet than its clients;
//! reference 5.6, 7.4.

use super::place::{
    decided, deciding_subnet, distinct, flow_name, is_direct, list, subnet_name, subnet_path,
};
use super::plan::{Plan, Wish};
use super::survey::Survey;
use super::{Finding, FindingKind, Report};
use crate::address::default_route;
use crate::route::{Branch, Decision, Flow, Hop, Origin, Outcome, Place};
use crate::topology::{DeviceId, SubnetId, Topology};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// The rows that make up a circle.
type Rows = Vec<(SubnetId, Ipv4Net)>;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut circles: BTreeMap<Rows, Vec<Seen<'_>>> = BTreeMap::new();
    for trip in &survey.trips {
        if let Some(branch) = trip.branches().find(|branch| circle(branch).is_some()) {
            let Some(stops) = circle(branch) else {
                continue;
            };
            let rows = stops
                .iter()
                .filter_map(|hop| Some((deciding_subnet(hop)?, decided(hop)?.1)));
            let seen = Seen {
                flow: trip.flow(),
                stops,
            };
            circles
                .entry(distinct(rows.collect()))
                .or_default()
                .push(seen);
        }
    }
    for seen in circles.values() {
        report.findings.extend(looped(survey, seen));
    }
}

/// A circle that a flow runs into.
struct Seen<'t> {
    flow: Flow,
    stops: &'t [Hop],
}

/// The stops of a circle, each once.
fn circle(branch: &Branch) -> Option<&[Hop]> {
    let Outcome::Loop { first } = branch.outcome else {
        return None;
    };
    branch.hops.get(first..branch.hops.len().saturating_sub(1))
}

fn looped(survey: &Survey<'_>, seen: &[Seen<'_>]) -> Option<Finding> {
    let topology = survey.topology;
    let first = seen.first()?;
    let hop = offender(topology, first.stops)?;
    let subnet = deciding_subnet(hop)?;
    let (row, prefix) = decided(hop)?;
    let name = subnet_name(topology, subnet);
    let machines: Vec<String> = first
        .stops
        .iter()
        .map(|hop| stop_name(topology, hop))
        .collect();
    let mut finding = Finding::new(FindingKind::Loop, subnet_path(topology, subnet));
    finding.title = format!("{prefix} goes round in a circle at {name}");
    finding.shown_by(seen.iter().map(|seen| seen.flow));
    let own = if machines.len() == 1 {
        " An appliance belongs in another subnet than its clients, without their default route."
    } else {
        ""
    };
    finding.explanation = format!(
        "{} goes round over {}: each sends by its own subnet's effective routes, and at {name} {} for {prefix} \
         points back.{own}",
        flow_name(first.flow),
        list(machines),
        match row.origin {
            Origin::User(..) => "the user-defined route",
            _ => "the route that Azure learned from the appliance itself",
        },
    );
    let mut plan = Plan::new(survey.routing);
    let single = first.stops.len() == 1;
    plan.wish(
        subnet,
        cure(row.origin.clone(), prefix, single || !is_private(first)),
    );
    finding.fix = plan.fix(format!("Break the circle at {name}"));
    Some(finding)
}

fn is_private(seen: &Seen<'_>) -> bool {
    seen.stops
        .first()
        .is_some_and(|hop| crate::address::is_private(hop.destination))
}

/// A default route leads out instead; another route goes; a learned one is stopped.
fn cure(origin: Origin, prefix: Ipv4Net, outward: bool) -> Wish {
    match origin {
        _ if prefix == default_route() && outward => Wish::Internet(prefix),
        Origin::User(..) => Wish::Without(prefix),
        _ => Wish::Propagation(false),
    }
}

/// The stop whose row is wrong.
fn offender<'h>(topology: &Topology, stops: &'h [Hop]) -> Option<&'h Hop> {
    let at_appliance = || stops.iter().filter(|hop| device(topology, hop).is_some());
    let knows = |hop: &&Hop| {
        let losers = hop.decision.iter().flat_map(Decision::losers);
        let mut direct =
            losers.filter(|(row, _)| is_direct(row) || matches!(row.origin, Origin::Gateway(_)));
        direct.next().is_some()
    };
    at_appliance()
        .find(knows)
        .or_else(|| at_appliance().next_back())
        .or_else(|| stops.last())
}

fn device(topology: &Topology, hop: &Hop) -> Option<DeviceId> {
    match hop.place {
        Place::Appliance(id) => Some(topology.appliance(id).device),
        _ => None,
    }
}

fn stop_name(topology: &Topology, hop: &Hop) -> String {
    match hop.place {
        Place::Appliance(id) => topology.device(topology.appliance(id).device).name.clone(),
        Place::Gateway(id) => topology.gateway(id).name.clone(),
        Place::Site(id) => topology.site(id).name.clone(),
        Place::MicrosoftEdge(id) => format!("the edge of {}", topology.circuit(id).name),
        Place::Subnet(id) => subnet_name(topology, id),
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).name.clone(),
        Place::Internet => "the Internet".to_owned(),
        _ => "a Virtual WAN hub".to_owned(),
    }
}
