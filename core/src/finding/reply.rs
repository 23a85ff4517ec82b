//! F1 and F13: Azure's own drop rows, met on the way.
//!
//! Without a longer row, an address of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10 falls to `None`, and
//! any other address of the estate to 0.0.0.0/0 Internet, where it means nothing. At the host that replies, the route
//! back is missing (F1). At an appliance, the appliance was given traffic whose destination it does not know (F13).
//!
//! | flow S1 to S2 | lost at | finding |
//! |---|---|---|
//! | S1 - F - S2, reply 10.0.0.0/8 None | S2 | F1: S2 needs S1's range -> F |
//! | S1 - S2 over a subnet peering without S1's subnet | S2 | F1, a warning: it is what such a peering does |
//! | S1 - F_A, then 10.0.0.0/8 None; F_B knows S2 | F_A | F13: F_A's subnet needs S2's range -> F_B |
//! | S1 - F_A, then 10.0.0.0/8 None; nobody near knows S2 | F_A | none: S2 is meant to be apart |
//!
//! Left out: `None` routes that a person wrote, which are meant.
//!
//! Source: "Virtual network traffic routing" (2023-05) for the rows, "Use Azure Firewall to route a multi hub and
//! spoke topology" (2025-06-26) for the routes between firewalls; reference 2.1.3, 5.4 and 5.6.

use super::asymmetry::first_subnet;
use super::fix::{Change, Fix};
use super::onward::appliance_for;
use super::place::{
    decided, deciding_subnet, distinct, flow_name, front_of, is_adjacent, is_direct, link_name,
    list, range_of, range_over, subnet_name, subnet_path,
};
use super::plan::{Plan, Wish};
use super::survey::{End, Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::issue::Severity;
use crate::route::{
    Branch, Decision, Drop, DropReason, Flow, Hop, NextHopType, Origin, Outcome, Place, Routing,
    Verdict,
};
use crate::spec::GatewayKind;
use crate::topology::{DeviceId, GatewayId, LinkId, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut hosts: BTreeMap<SubnetId, Vec<Lost>> = BTreeMap::new();
    let mut holes: BTreeMap<SubnetId, Vec<Lost>> = BTreeMap::new();
    for trip in survey.trips() {
        match lost(survey.topology, trip) {
            // A site that no firewall knows and that sends nothing is meant to be apart.
            Some((_, lost)) if !lost.reply && matches!(trip.to, End::Site(_)) => {}
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
    /// How the request came there.
    way: Way,
    /// It is a reply whose request arrived.
    reply: bool,
    /// The route of an earlier stop that led it astray.
    misled: Option<(SubnetId, Ipv4Net)>,
}

/// How a request came to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// From an appliance, at this address.
    Over(Ipv4Addr),
    /// From a gateway.
    Gateway(GatewayId),
    /// From its sender, or not at all.
    Direct,
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
    let (at, way) = match (last.place, request) {
        (Place::Subnet(_), Some(request)) => (None, way_of(topology, &request.hops)),
        (Place::Appliance(id), request) => {
            let device = topology.appliance(id).device;
            let to_it = request.and_then(|request| until(topology, request, device));
            let way = to_it.map_or(Way::Direct, |hops| way_of(topology, hops));
            (Some(device), way)
        }
        _ => return None,
    };
    // A request that falls at its own host is a destination that nobody connected.
    if at.is_none() && first_subnet(branch).is_none() {
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
        way,
        reply: request.is_some(),
        misled: misled(&branch.hops),
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

/// Who handed a packet to its last stop.
fn way_of(topology: &Topology, hops: &[Hop]) -> Way {
    let Some(hop) = hops.iter().rev().nth(1) else {
        return Way::Direct;
    };
    match hop.place {
        Place::Gateway(id) => Way::Gateway(id),
        _ => front_of(topology, hop).map_or(Way::Direct, Way::Over),
    }
}

/// A request's stops up to a device.
fn until<'h>(topology: &Topology, request: &'h Branch, device: DeviceId) -> Option<&'h [Hop]> {
    let is_it = |hop: &Hop| matches!(hop.place, Place::Appliance(id) if topology.appliance(id).device == device);
    let at = request.hops.iter().position(is_it)?;
    request.hops.get(..=at)
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
        let over = match first.way {
            Way::Over(hop) => format!(" over {hop}"),
            Way::Gateway(id) => format!(" over {}", topology.gateway(id).name),
            Way::Direct => String::new(),
        };
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
    let chosen = lost
        .iter()
        .filter_map(|lost| not_chosen(topology, subnet, lost));
    let chosen = distinct(chosen.collect());
    if let Some(first) = chosen.first() {
        let link = link_name(topology, topology.link(first.0));
        finding.explanation.push_str(&format!(
            " The peering {link} is a subnet peering that does not list the sender's subnet: such a subnet can send \
             and gets no answer.",
        ));
        if chosen.len() == lost.len() {
            // Keeping subnets apart is what a subnet peering is for.
            finding.severity = Severity::Warning;
        }
        finding.fix = finding.fix.or_else(|| choose(topology, &chosen));
    }
    finding
}

/// The subnet peering back to the sender of a lost flow, and the sender's subnet that it leaves out.
fn not_chosen(topology: &Topology, subnet: SubnetId, lost: &Lost) -> Option<(LinkId, SubnetId)> {
    let home = topology.vnet_at(lost.destination)?;
    let link = topology.link_between(topology.subnet(subnet).vnet, home.id)?;
    let sender = topology.subnet_of(home.id, lost.destination)?;
    let chosen = link.remote_subnets.as_ref()?;
    (link.up && !link.managed && !chosen.contains(&sender.id)).then_some((link.id, sender.id))
}

/// Adds subnets to subnet peerings.
fn choose(topology: &Topology, missing: &[(LinkId, SubnetId)]) -> Option<Fix> {
    let changes = missing.iter().map(|(link, subnet)| Change::PeerSubnet {
        vnet: topology.vnet(topology.link(*link).to).name.clone(),
        subnet: topology.subnet(*subnet).name.clone(),
        with: topology.vnet(topology.link(*link).from).name.clone(),
    });
    let names = distinct(
        missing
            .iter()
            .map(|(_, id)| subnet_name(topology, *id))
            .collect(),
    );
    let label = format!("Let {} take part in the subnet peering", list(names));
    Some(Fix {
        label,
        changes: changes.collect(),
    })
}

/// What a route to a lost destination must cover.
fn range(topology: &Topology, lost: &Lost) -> Option<Ipv4Net> {
    match lost.way {
        Way::Over(hop) => range_over(topology, lost.destination, hop),
        _ => range_of(topology, lost.destination),
    }
}

fn missing(topology: &Topology, lost: &[Lost]) -> Vec<(Ipv4Net, Way)> {
    let ranges = lost
        .iter()
        .filter_map(|lost| Some((range(topology, lost)?, lost.way)));
    distinct(ranges.collect())
}

/// Routes over whoever brought the request; from a gateway to a site, gateway routes.
fn way_back(survey: &Survey<'_>, subnet: SubnetId, lost: &[Lost]) -> Option<Fix> {
    let topology = survey.topology;
    let (vnet, table) = (
        topology.subnet(subnet).vnet,
        topology.subnet(subnet).route_table,
    );
    let table = table.map(|id| topology.route_table(id));
    let switched_off = table.is_some_and(|table| table.disable_bgp_route_propagation);
    let mut plan = Plan::new(survey.routing);
    for (range, way) in missing(topology, lost) {
        let inside = topology.vnet_at(range.network()).is_some();
        match way {
            Way::Over(hop) => plan.wish(subnet, Wish::Over(range, hop)),
            Way::Gateway(id) if inside && serves(topology, id, vnet) => {
                plan.wish(subnet, Wish::Gateway(range));
            }
            Way::Gateway(_) if switched_off => plan.wish(subnet, Wish::Propagation(true)),
            _ => {}
        }
    }
    let name = subnet_name(topology, subnet);
    plan.fix(format!("Give {name} the way back"))
}

/// Whether a UDR of a VNet may name a gateway: a VPN gateway of its own or of its transit hub.
fn serves(topology: &Topology, id: GatewayId, vnet: VnetId) -> bool {
    let gateway = topology.gateway(id);
    let home = gateway.vnet == vnet || topology.transit_hub(vnet) == Some(gateway.vnet);
    gateway.kind == GatewayKind::Vpn && home
}

fn black_hole(survey: &Survey<'_>, subnet: SubnetId, lost: &[Lost]) -> Option<Finding> {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet);
    let mut plan = Plan::new(survey.routing);
    let (mut shown, mut ranges) = (Vec::new(), Vec::new());
    for lost in lost {
        let hop = way(survey.routing, subnet, lost);
        let range = match hop {
            Some(hop) => range_over(topology, lost.destination, hop),
            None => range_of(topology, lost.destination),
        };
        let Some(range) = range else { continue };
        match (hop, lost.misled) {
            (Some(hop), _) => plan.wish(subnet, Wish::Over(range, hop)),
            (None, Some((subnet, prefix))) => plan.wish(subnet, Wish::Without(prefix)),
            _ => {}
        }
        if hop.is_some() || lost.reply {
            shown.push(lost);
            ranges.push(range);
        }
    }
    let first = shown.first()?;
    let device = first
        .at
        .map(|id| topology.device(id).name.as_str())
        .unwrap_or_default();
    let mut finding = Finding::new(FindingKind::BlackHole, subnet_path(topology, subnet));
    let ranges = list(distinct(ranges));
    finding.title = format!("{device} does not know the way to {ranges}");
    finding.shown_by(shown.iter().map(|lost| lost.flow));
    finding.explanation = format!(
        "{} is handed to {device}, and {device} sends by the effective routes of {name}: the longest row for {} is {} \
         with next hop {}, so it is dropped. An appliance needs a row for every private range that tables send to it.",
        flow_name(first.flow),
        first.destination,
        first.row,
        first.next_hop_type,
    );
    finding.fix = plan.fix(format!("Lead {device} or its senders the right way"));
    Some(finding)
}

/// The nearest appliance that knows a destination: the one that brought the request, else any that is adjacent.
fn way(routing: &Routing, subnet: SubnetId, lost: &Lost) -> Option<Ipv4Addr> {
    let topology: &Topology = routing.topology();
    let vnet = topology.subnet(subnet).vnet;
    match lost.way {
        Way::Over(hop) if is_adjacent(topology, vnet, hop) => Some(hop),
        _ => appliance_for(routing, subnet, lost.destination, lost.at),
    }
}

/// An earlier stop that would have known the destination but for a user-defined route.
fn misled(hops: &[Hop]) -> Option<(SubnetId, Ipv4Net)> {
    let mut earlier = hops.iter().rev().skip(1);
    earlier.find_map(|hop| {
        let (row, prefix) = decided(hop)?;
        let mut losers = hop.decision.iter().flat_map(Decision::losers);
        let knew =
            losers.any(|(row, _)| is_direct(row) || matches!(row.origin, Origin::Gateway(_)));
        let user = matches!(row.origin, Origin::User(..));
        (knew && user).then_some((deciding_subnet(hop)?, prefix))
    })
}
