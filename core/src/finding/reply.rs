//! F1 and F13: Azure's own drop rows, met on the way.
//!
//! Without a longer row, an address of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10 falls to `None`, and
//! any other address of the estate to 0.0.0.0/0 Internet, where it means nothing. At the host that replies, the route
//! back is missing (F1). At an appliance, the appliance was given traffic whose destination it does not know (F13).
//!
//! | flow S1 to S2 | lost at | finding |
//! |---|---|---|
//! | S1 - F - S2, reply 10.0.0.0/8 None | S2 | F1: S2 needs S1's range -> F |
//! | S1 - F_A, then 10.0.0.0/8 None; F_B knows S2 | F_A | F13: F_A's subnet needs S2's range -> F_B |
//! | S1 - F_A, then 10.0.0.0/8 None; nobody near knows S2 | F_A | none: S2 is meant to be apart |
//!
//! Left out: `None` routes that a person wrote, which are meant.
//!
//! Source: "Virtual network traffic routing" (2023-05) for the rows, "Use Azure Firewall to route a multi hub and
//! spoke topology" (2025-06-26) for the routes between firewalls; reference 2.1.3, 5.4 and 5.6.

use super::asymmetry::first_subnet;
use super::fix::Fix;
use super::place::{
    decided, deciding_subnet, distinct, flow_name, front, front_of, hop_address, is_adjacent, list,
    range_of, subnet_name, subnet_path, winner,
};
use super::plan::{Plan, Wish};
use super::survey::{Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::route::{
    Branch, Drop, DropReason, Flow, Hop, NextHopType, Origin, Outcome, Place, Routing, Verdict,
};
use crate::topology::{Appliance, DeviceId, SubnetId, Topology};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut hosts: BTreeMap<SubnetId, Vec<Lost>> = BTreeMap::new();
    let mut holes: BTreeMap<SubnetId, Vec<Lost>> = BTreeMap::new();
    for trip in &survey.trips {
        match lost(survey.topology, trip) {
            Some((subnet, lost)) if lost.at.is_some() => {
                holes.entry(subnet).or_default().push(lost);
            }
            Some((subnet, lost)) => hosts.entry(subnet).or_default().push(lost),
            None => {}
        }
    }
    for (subnet, lost) in hosts {
        report.add(no_way_back(survey, subnet, &lost));
    }
    for (subnet, lost) in holes {
        report.findings.extend(black_hole(survey, subnet, &lost));
    }
}

/// A packet that fell to a drop row.
struct Lost {
    flow: Flow,
    destination: Ipv4Addr,
    row: Ipv4Net,
    next_hop_type: NextHopType,
    /// The appliance that did not know, unless it was the replying host.
    at: Option<DeviceId>,
    /// The address of the appliance that brought the request, as seen from there.
    brought_by: Option<Ipv4Addr>,
    /// It is a reply whose request arrived.
    reply: bool,
}

fn lost(topology: &Topology, trip: &Trip) -> Option<(SubnetId, Lost)> {
    let forward = &trip.trip.forward;
    let (branch, request) = match trip.trip.verdict {
        Verdict::RequestLost(there) => (forward.get(there)?, None),
        Verdict::ReplyLost(there, back) => {
            (trip.trip.back.get(there)?.get(back)?, forward.get(there))
        }
        _ => return None,
    };
    let last = branch.hops.last()?;
    if !fell(branch, last) {
        return None;
    }
    let (at, brought_by) = match last.place {
        Place::Subnet(_) => (None, request.and_then(|request| bringer(topology, request))),
        Place::Appliance(id) => {
            let device = topology.appliance(id).device;
            (
                Some(device),
                request.and_then(|request| before(topology, request, device)),
            )
        }
        _ => return None,
    };
    // A request that falls at its own host is a destination that nobody connected.
    if at.is_none() && (request.is_none() || first_subnet(branch).is_none()) {
        return None;
    }
    let (row, prefix) = decided(last).map_or((NextHopType::None, None), |(row, prefix)| {
        (row.next_hop_type, Some(prefix))
    });
    let lost = Lost {
        flow: trip.flow(),
        destination: last.destination,
        row: prefix.unwrap_or_else(crate::address::default_route),
        next_hop_type: row,
        at,
        brought_by,
        reply: request.is_some(),
    };
    Some((deciding_subnet(last)?, lost))
}

/// Whether a branch ends at one of Azure's own drop rows.
fn fell(branch: &Branch, last: &Hop) -> bool {
    let Outcome::Dropped(Drop { reason }) = branch.outcome else {
        return false;
    };
    let row = matches!(
        reason,
        DropReason::NoRoute | DropReason::NextHopNone | DropReason::PrivateToInternet
    );
    let meant = decided(last).is_some_and(|(row, _)| {
        matches!(row.origin, Origin::User(..)) && row.next_hop_type == NextHopType::None
    });
    row && !meant
}

/// The appliance that handed the request to its last stop.
fn bringer(topology: &Topology, request: &Branch) -> Option<Ipv4Addr> {
    request
        .hops
        .iter()
        .rev()
        .find_map(|hop| front_of(topology, hop))
}

/// The appliance that handed the request to a device.
fn before(topology: &Topology, request: &Branch, device: DeviceId) -> Option<Ipv4Addr> {
    let is_it = |hop: &Hop| matches!(hop.place, Place::Appliance(id) if topology.appliance(id).device == device);
    let at = request.hops.iter().position(is_it)?;
    let earlier = request.hops.get(..at).unwrap_or_default();
    earlier.iter().rev().find_map(|hop| front_of(topology, hop))
}

fn no_way_back(survey: &Survey<'_>, subnet: SubnetId, lost: &[Lost]) -> Finding {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet);
    let mut finding = Finding::new(
        FindingKind::ReturnRouteMissing,
        subnet_path(topology, subnet),
    );
    finding.title = format!("Replies from {name} find no route back");
    finding.shown_by(lost.iter().map(|lost| lost.flow));
    if let Some(first) = lost.first() {
        let over = first
            .brought_by
            .map_or_else(String::new, |hop| format!(" over {hop}"));
        finding.explanation = format!(
            "The request of {} arrives{over}. The reply leaves {name} by its own effective routes: the longest row for \
             {} is {} with next hop {}, so it is dropped. Missing there: {}.",
            flow_name(first.flow),
            first.destination,
            first.row,
            first.next_hop_type,
            list(missing(topology, lost).iter().map(|(range, _)| range)),
        );
    }
    finding.fix = way_back(survey, subnet, lost);
    finding
}

fn missing(topology: &Topology, lost: &[Lost]) -> Vec<(Ipv4Net, Option<Ipv4Addr>)> {
    let ranges = lost
        .iter()
        .filter_map(|lost| Some((range_of(topology, lost.destination)?, lost.brought_by)));
    distinct(ranges.collect())
}

/// Routes over whoever brought the request; where a gateway brought it, gateway routes.
fn way_back(survey: &Survey<'_>, subnet: SubnetId, lost: &[Lost]) -> Option<Fix> {
    let topology = survey.topology;
    let table = topology
        .subnet(subnet)
        .route_table
        .map(|id| topology.route_table(id));
    let switched_off = table.is_some_and(|table| table.disable_bgp_route_propagation);
    let mut plan = Plan::new(survey.routing);
    for (range, brought_by) in missing(topology, lost) {
        match brought_by {
            Some(hop) => plan.wish(subnet, Wish::Over(range, hop)),
            None if switched_off => plan.wish(subnet, Wish::Propagation(true)),
            None => {}
        }
    }
    plan.fix(format!(
        "Give {} the way back",
        subnet_name(topology, subnet)
    ))
}

fn black_hole(survey: &Survey<'_>, subnet: SubnetId, lost: &[Lost]) -> Option<Finding> {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet);
    let mut plan = Plan::new(survey.routing);
    let mut ways: BTreeMap<Ipv4Net, Option<Ipv4Addr>> = BTreeMap::new();
    let mut shown = Vec::new();
    for lost in lost {
        let Some(range) = range_of(topology, lost.destination) else {
            continue;
        };
        let way = *ways
            .entry(range)
            .or_insert_with(|| way(survey.routing, subnet, lost));
        if let Some(hop) = way {
            plan.wish(subnet, Wish::Over(range, hop));
        }
        if way.is_some() || lost.reply {
            shown.push(lost);
        }
    }
    let first = shown.first()?;
    let device = first
        .at
        .map(|id| topology.device(id).name.as_str())
        .unwrap_or_default();
    let mut finding = Finding::new(FindingKind::BlackHole, subnet_path(topology, subnet));
    finding.title = format!("{device} does not know the way to {}", list(ways.keys()));
    finding.shown_by(shown.iter().map(|lost| lost.flow));
    finding.explanation = format!(
        "{} is handed to {device}, and {device} sends by the effective routes of {name}: the longest row for {} is {} \
         with next hop {}, so it is dropped. An appliance needs a row for every private range that tables send to it.",
        flow_name(first.flow),
        first.destination,
        first.row,
        first.next_hop_type,
    );
    finding.fix = plan.fix(format!("Add the missing routes at {name}"));
    Some(finding)
}

/// The nearest appliance that knows a destination: the one that brought the request, else any that is adjacent.
fn way(routing: &Routing, subnet: SubnetId, lost: &Lost) -> Option<Ipv4Addr> {
    let topology: &Topology = routing.topology();
    let vnet = topology.subnet(subnet).vnet;
    let others = topology
        .appliances()
        .iter()
        .filter(|nic| Some(nic.device) != lost.at);
    let mut others = others.filter(|nic| nic.running && is_adjacent(topology, vnet, front(nic)));
    let brought = lost
        .brought_by
        .filter(|hop| is_adjacent(topology, vnet, *hop));
    brought.or_else(|| others.find(|nic| knows(routing, nic, lost)).map(front))
}

/// Whether an appliance's subnet leads on to a destination, other than back to the asking device.
fn knows(routing: &Routing, nic: &Appliance, lost: &Lost) -> bool {
    let topology: &Topology = routing.topology();
    let Some(winner) = winner(routing, nic.subnet, lost.destination) else {
        return false;
    };
    winner.row().is_some_and(|row| match row.next_hop_type {
        NextHopType::None | NextHopType::Internet => false,
        NextHopType::VirtualAppliance => {
            let next = hop_address(row).and_then(|hop| super::place::appliance_at(topology, hop));
            winner.prefix.prefix_len() > 0
                && next
                    .is_some_and(|next| Some(next.device) != lost.at && next.device != nic.device)
        }
        _ => true,
    })
}
