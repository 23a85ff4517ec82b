//! F7: a packet that comes back to where it was.
//!
//! A next hop is delivered to without asking whether it knows better, and it sends by its own subnet's table. Where
//! that table points back, the packet goes round until its lifetime ends.
//!
//! | cause | fix |
//! |---|---|
//! | 0.0.0.0/0 -> N on N's own subnet | 0.0.0.0/0 -> Internet there |
//! | other prefixes -> N on N's own subnet | the routes go, or lead to an appliance that knows |
//! | a Route Server gives N the default route that N announced | 0.0.0.0/0 -> Internet on N's subnet |
//! | F_A and F_B point at each other | the route goes from the one that knows the destination without it, else from the one that sends back |
//!
//! Left out: loops inside on-premises networks.
//!
//! Source: "Virtual network traffic routing" (2023-05), an appliance belongs in another subnet than its clients;
//! reference 5.6, 7.4.

use super::onward::appliance_for;
use super::place::{
    decided, deciding_subnet, distinct, flow_name, hop_address, is_direct, list, subnet_name,
    subnet_path,
};
use super::plan::{Plan, Wish};
use super::survey::{Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::address::{default_route, is_private};
use crate::route::{Branch, Decision, EffectiveRoute, Flow, Hop, Origin, Outcome, Place};
use crate::topology::{Destination, DeviceId, SubnetId, Topology};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut circles: BTreeMap<SubnetId, Vec<Seen<'_>>> = BTreeMap::new();
    for trip in survey.trips() {
        if let Some((subnet, seen)) = trip.branches().find_map(|b| seen(survey, trip, b)) {
            circles.entry(subnet).or_default().push(seen);
        }
    }
    for (subnet, seen) in circles {
        report.findings.extend(looped(survey, subnet, &seen));
    }
}

/// A circle that a flow runs into.
struct Seen<'t> {
    flow: Flow,
    stops: &'t [Hop],
    /// The row that is wrong.
    row: &'t EffectiveRoute,
    prefix: Ipv4Net,
}

/// The circle of a branch, under the subnet whose row is wrong.
fn seen<'t>(survey: &Survey<'_>, trip: &Trip, branch: &'t Branch) -> Option<(SubnetId, Seen<'t>)> {
    let stops = circle(branch)?;
    let hop = offender(survey.topology, stops)?;
    let (row, prefix) = decided(hop)?;
    let flow = trip.flow();
    Some((
        deciding_subnet(hop)?,
        Seen {
            flow,
            stops,
            row,
            prefix,
        },
    ))
}

/// The stops of a circle, each once.
fn circle(branch: &Branch) -> Option<&[Hop]> {
    let Outcome::Loop { first } = branch.outcome else {
        return None;
    };
    branch.hops.get(first..branch.hops.len().saturating_sub(1))
}

fn looped(survey: &Survey<'_>, subnet: SubnetId, seen: &[Seen<'_>]) -> Option<Finding> {
    let topology = survey.topology;
    let first = seen.first()?;
    let name = subnet_name(topology, subnet);
    let machines: Vec<String> = first
        .stops
        .iter()
        .map(|hop| stop_name(topology, hop))
        .collect();
    let prefixes = list(distinct(seen.iter().map(|seen| seen.prefix).collect()));
    let mut finding = Finding::new(FindingKind::Loop, subnet_path(topology, subnet));
    finding.title = format!("Traffic for {prefixes} goes round in a circle at {name}");
    finding.shown_by(seen.iter().map(|seen| seen.flow));
    let own = if first.stops.len() == 1 {
        " An appliance belongs in another subnet than its clients, without their default route."
    } else {
        ""
    };
    finding.explanation = format!(
        "{} goes round over {}: each sends by its own subnet's effective routes, and at {name} {} for {} points \
         back.{own}",
        flow_name(first.flow),
        list(machines),
        match first.row.origin {
            Origin::User(..) => "the user-defined route",
            _ => "the route that Azure learned from the appliance itself",
        },
        first.prefix,
    );
    let mut plan = Plan::new(survey.routing);
    for seen in seen {
        plan.wish(subnet, cure(survey, subnet, seen));
        if let (true, Some(hop)) = (seen.stops.len() == 1, hop_address(seen.row)) {
            own_routes(topology, subnet, hop).for_each(|wish| plan.wish(subnet, wish));
        }
    }
    finding.fix = plan.fix(format!("Break the circle at {name}"));
    Some(finding)
}

/// Cures for every route of a subnet to the appliance that stands in it.
fn own_routes(
    topology: &Topology,
    subnet: SubnetId,
    hop: Ipv4Addr,
) -> impl Iterator<Item = Wish> + '_ {
    let table = topology.subnet(subnet).route_table;
    let tables = table.into_iter().map(|id| topology.route_table(id));
    let routes = tables.flat_map(|table| &table.routes);
    let own = routes.filter(move |route| route.next_hop == Some(hop));
    own.filter_map(|route| match route.destination {
        Destination::Prefix(prefix) if prefix == default_route() => Some(Wish::Internet(prefix)),
        Destination::Prefix(prefix) => Some(Wish::Without(prefix)),
        Destination::Tag(_) => None,
    })
}

/// A default route leads out instead; another route leads to an appliance that knows, or goes; a learned one is
/// stopped.
fn cure(survey: &Survey<'_>, subnet: SubnetId, seen: &Seen<'_>) -> Wish {
    let own = seen
        .stops
        .iter()
        .find(|hop| deciding_subnet(hop) == Some(subnet));
    let asking = own.and_then(|hop| device(survey.topology, hop));
    let destination = seen.stops.first().map(|hop| hop.destination);
    let outward = seen.stops.len() == 1 || !destination.is_some_and(is_private);
    let other = destination.filter(|_| seen.stops.len() == 1);
    let other = other.and_then(|to| appliance_for(survey.routing, subnet, to, asking));
    match (&seen.row.origin, other) {
        _ if seen.prefix == default_route() && outward => Wish::Internet(seen.prefix),
        (Origin::User(..), Some(hop)) => Wish::Over(seen.prefix, hop),
        (Origin::User(..), None) => Wish::Without(seen.prefix),
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
