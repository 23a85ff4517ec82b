//! F9 and F10: settings without which Azure does not hand a packet on.
//!
//! | what is off | where | fix |
//! |---|---|---|
//! | `allowForwardedTraffic` | the object of the VNet that receives packets from elsewhere | true |
//! | `allowVirtualNetworkAccess` | either object of a peering that traffic crosses | true on both |
//! | `enableIPForwarding` | the NIC of an NVA that routes point to | true |
//! | a peering | between a UDR's subnet and the VNet of its next hop (F10) | an adjacent appliance that knows the way; else the peering; else no route |
//!
//! Azure often forwards packets without `allowForwardedTraffic`, as labs show; the documented requirement is not met
//! all the same. Left out: stopped machines and network security groups, which somebody wanted.
//!
//! Source: "Create, change, or delete a virtual network peering" (2025-06) and "Virtual network traffic routing"
//! (2023-05); reference 4.2 to 4.4, 3.4.

use super::bypass::shorter_route;
use super::fix::{Change, Fix, PeeringFlag};
use super::onward::appliance_for;
use super::place::{
    appliance_at, distinct, flow_name, is_adjacent, link_name, link_path, list, subnet_name,
    table_path, vnets_overlap, winner,
};
use super::plan::{Plan, Wish};
use super::survey::{Survey, Trip, public_address};
use super::{Finding, FindingKind, Report};
use crate::address::{default_route, first_host};
use crate::route::{Drop, DropReason, Flow, Origin, Outcome, Remark};
use crate::spec::Protocol;
use crate::topology::{
    ApplianceId, Destination, Link, LinkId, RouteTableId, Subnet, Topology, UserRoute, VnetId,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut off: BTreeMap<Off, Vec<Flow>> = BTreeMap::new();
    for trip in survey.trips() {
        for what in distinct(whats(survey.topology, trip)) {
            off.entry(what).or_default().push(trip.flow());
        }
    }
    for (what, flows) in off {
        let mut finding = match what {
            Off::Forwarded(link) => forwarded(survey, survey.topology.link(link)),
            Off::Access(link) => access(survey.topology, survey.topology.link(link)),
            Off::Forwarding(nic) => forwarding(survey.topology, nic),
        };
        finding.shown_by(flows.iter().copied());
        if let Some(flow) = flows.first() {
            finding
                .explanation
                .push_str(&format!(" {} shows it.", flow_name(*flow)));
        }
        report.add(finding);
    }
    for (key, users) in unreachable(survey.topology) {
        report.add(next_hop(survey, key, &users));
    }
}

/// A setting that is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Off {
    /// `allowForwardedTraffic` of an object.
    Forwarded(LinkId),
    /// `allowVirtualNetworkAccess` of an object or its reverse, by the lower of the two.
    Access(LinkId),
    /// `enableIPForwarding` of a NIC.
    Forwarding(ApplianceId),
}

fn whats(topology: &Topology, trip: &Trip) -> Vec<Off> {
    let mut found = Vec::new();
    for branch in trip.branches() {
        for remark in branch.hops.iter().flat_map(|hop| &hop.remarks) {
            if let Remark::ForwardedTrafficNotAllowed(link) = remark {
                found.push(Off::Forwarded(*link));
            }
        }
        let Outcome::Dropped(Drop { reason }) = branch.outcome else {
            continue;
        };
        found.extend(match reason {
            DropReason::ForwardedNotAllowed(link) => Some(Off::Forwarded(link)),
            DropReason::AccessNotAllowed(link) => {
                let reverse = topology.link(link).reverse;
                Some(Off::Access(
                    reverse.map_or(link, |reverse| reverse.min(link)),
                ))
            }
            DropReason::IpForwardingOff(nic) => Some(Off::Forwarding(nic)),
            _ => None,
        });
    }
    found
}

fn set_flag(topology: &Topology, link: &Link, flag: PeeringFlag) -> Option<Change> {
    (!link.managed).then(|| Change::SetPeeringFlag {
        from: topology.vnet(link.from).name.clone(),
        to: topology.vnet(link.to).name.clone(),
        flag,
        on: true,
    })
}

fn forwarded(survey: &Survey<'_>, link: &Link) -> Finding {
    let topology = survey.topology;
    let (near, far) = (&topology.vnet(link.from).name, &topology.vnet(link.to).name);
    let mut finding = Finding::new(FindingKind::FlagMissing, link_path(topology, link));
    finding.title = format!("{near} does not allow forwarded traffic from {far}");
    let verdict = if survey.routing.settings().strict_forwarded_traffic {
        "Under the documented rule they are dropped."
    } else {
        "Azure often forwards this anyway, but the documented requirement is not met."
    };
    finding.explanation = format!(
        "Packets reach {near} from {far} whose source is not in {far}: an appliance or gateway there forwarded them. \
         The object {} has allowForwardedTraffic = false. {verdict}",
        link_name(topology, link),
    );
    finding.fix = set_flag(topology, link, PeeringFlag::AllowForwardedTraffic).map(|change| Fix {
        label: format!("Allow forwarded traffic on {}", link_name(topology, link)),
        changes: vec![change],
    });
    finding
}

fn access(topology: &Topology, link: &Link) -> Finding {
    let both = [
        Some(link),
        link.reverse.map(|reverse| topology.link(reverse)),
    ];
    let off: Vec<&Link> = both
        .into_iter()
        .flatten()
        .filter(|link| !link.allow_access)
        .collect();
    let names = list(off.iter().map(|link| link_name(topology, link)));
    let subject = off.first().copied().unwrap_or(link);
    let mut finding = Finding::new(FindingKind::FlagMissing, link_path(topology, subject));
    finding.title = format!(
        "No access over the peering {}",
        link_name(topology, subject)
    );
    finding.explanation = format!(
        "allowVirtualNetworkAccess is false on {names}: the VirtualNetwork tag leaves the other side out, and packets \
         are dropped in both directions, although the row stays Active. A network security group rule that allows the \
         addresses lets them pass."
    );
    let flag = PeeringFlag::AllowVirtualNetworkAccess;
    let changes: Vec<Change> = off
        .iter()
        .filter_map(|link| set_flag(topology, link, flag))
        .collect();
    finding.fix = (!changes.is_empty()).then(|| Fix {
        label: format!("Allow access on {names}"),
        changes,
    });
    finding
}

fn forwarding(topology: &Topology, id: ApplianceId) -> Finding {
    let nic = topology.appliance(id);
    let mut finding = Finding::new(
        FindingKind::FlagMissing,
        format!("appliances[{}]", nic.name),
    );
    finding.title = format!("{} forwards nothing", nic.name);
    finding.explanation = format!(
        "Routes send traffic to {}, and enableIPForwarding of that NIC is false: every packet that is not for {} \
         itself is dropped. The guest must forward too.",
        nic.ip, nic.ip,
    );
    let change = Change::SetIpForwarding {
        appliance: nic.name.clone(),
        on: true,
    };
    let label = format!("Enable IP forwarding on {}", nic.name);
    finding.fix = Some(Fix {
        label,
        changes: vec![change],
    });
    finding
}

/// A table and a next-hop address.
type Pointer = (RouteTableId, Ipv4Addr);

/// Routes to appliances that cannot be reached, with the subnets that use them.
fn unreachable(topology: &Topology) -> BTreeMap<Pointer, Vec<(&Subnet, &UserRoute)>> {
    let mut found: BTreeMap<Pointer, Vec<_>> = BTreeMap::new();
    for subnet in topology.subnets() {
        let Some(table) = subnet.route_table.map(|id| topology.route_table(id)) else {
            continue;
        };
        for route in &table.routes {
            let Some(hop) = route.next_hop else { continue };
            if !is_adjacent(topology, subnet.vnet, hop) && !in_hub(topology, subnet.vnet, hop) {
                found
                    .entry((table.id, hop))
                    .or_default()
                    .push((subnet, route));
            }
        }
    }
    found
}

/// Whether an address belongs to the Virtual WAN hub that a VNet is connected to.
fn in_hub(topology: &Topology, vnet: VnetId, address: Ipv4Addr) -> bool {
    topology.connection_of(vnet).is_some_and(|connection| {
        let hub = topology.hub(connection.hub);
        let firewall = hub.firewall.as_ref().and_then(|firewall| firewall.ip);
        firewall == Some(address) || hub.prefix.is_some_and(|prefix| prefix.contains(&address))
    })
}

fn next_hop(
    survey: &Survey<'_>,
    (table, hop): Pointer,
    users: &[(&Subnet, &UserRoute)],
) -> Finding {
    let topology = survey.topology;
    let name = &topology.route_table(table).name;
    let prefixes = distinct(
        users
            .iter()
            .filter_map(|(_, route)| prefix_of(route))
            .collect(),
    );
    let vnets = distinct(users.iter().map(|(subnet, _)| subnet.vnet).collect());
    let names = list(vnets.iter().map(|id| &topology.vnet(*id).name));
    let subject = format!("{}.routes[{hop}]", table_path(topology, table));
    let mut finding = Finding::new(FindingKind::NextHopUnreachable, subject);
    finding.title = format!("{hop} cannot be reached from {names}");
    let home = topology.vnet_at(hop);
    let whose = home.map_or_else(
        || "No VNet owns that address".to_owned(),
        |home| {
            format!(
                "That address is in {}, which is not directly peered",
                home.name
            )
        },
    );
    finding.explanation = format!(
        "{name} on {} sends {} to {hop}. {whose}: Azure delivers to a next hop only in the VNet itself or in a \
         directly peered one, and drops the rest.",
        list(users_names(topology, users)),
        list(&prefixes),
    );
    let met: Vec<Flow> = survey
        .trips()
        .filter(|trip| meets(trip, hop))
        .map(Trip::flow)
        .collect();
    if met.is_empty() {
        let probes = users
            .iter()
            .filter_map(|(subnet, route)| probe(survey, subnet, route));
        finding.shown_by(probes);
    } else {
        finding.shown_by(met);
    }
    finding.fix = nearer(survey, users)
        .or_else(|| peer(topology, hop, &vnets))
        .or_else(|| without(survey, users));
    finding
}

fn users_names(topology: &Topology, users: &[(&Subnet, &UserRoute)]) -> Vec<String> {
    distinct(
        users
            .iter()
            .map(|(subnet, _)| subnet_name(topology, subnet.id))
            .collect(),
    )
}

fn prefix_of(route: &UserRoute) -> Option<Ipv4Net> {
    match route.destination {
        Destination::Prefix(prefix) => Some(prefix),
        Destination::Tag(_) => None,
    }
}

/// Whether a flow is lost because a next hop cannot be reached.
fn meets(trip: &Trip, hop: Ipv4Addr) -> bool {
    let reason = DropReason::NextHopUnreachable(hop);
    let mut branches = trip.branches();
    branches.any(|branch| branch.outcome == Outcome::Dropped(Drop { reason }))
}

/// A flow from a workload subnet that the route wins for.
fn probe(survey: &Survey<'_>, subnet: &Subnet, route: &UserRoute) -> Option<Flow> {
    let topology = survey.topology;
    let prefix = prefix_of(route)?;
    let source = first_host(&subnet.prefix?);
    let workload = survey.is_workload(subnet.id);
    let known = survey.trips().map(|trip| trip.trip.flow.destination);
    let inside = if prefix == default_route() {
        public_address(topology)
    } else {
        Some(first_host(&prefix))
    };
    let mut addresses = inside
        .into_iter()
        .chain(known)
        .filter(|address| prefix.contains(address));
    let destination = addresses.find(|address| {
        winner(survey.routing, subnet.id, *address).is_some_and(|winner| {
            winner.prefix == prefix
                && winner.row().is_some_and(
                    |row| matches!(row.origin, Origin::User(_, at) if at == route.spec_index),
                )
        })
    })?;
    workload.then_some(Flow {
        source,
        destination,
        protocol: Protocol::Tcp,
        port: None,
    })
}

/// Another route of the table covers the prefix already, or an appliance that is adjacent knows it: a second hub would
/// only split the directions.
fn nearer(survey: &Survey<'_>, users: &[(&Subnet, &UserRoute)]) -> Option<Fix> {
    let mut plan = Plan::new(survey.routing);
    for (subnet, route) in users {
        let prefix = prefix_of(route)?;
        let table = survey.routing.effective(subnet.id);
        let covered = shorter_route(survey, &table, prefix).is_some();
        let inside = if prefix == default_route() {
            public_address(survey.topology)?
        } else {
            first_host(&prefix)
        };
        let other = || appliance_for(survey.routing, subnet.id, inside, None);
        plan.wish(
            subnet.id,
            if covered {
                Wish::Without(prefix)
            } else {
                Wish::Over(prefix, other()?)
            },
        );
    }
    plan.fix("Use the appliance that can be reached")
}

/// Peers the VNets where that is possible and something answers at the address.
fn peer(topology: &Topology, hop: Ipv4Addr, vnets: &[VnetId]) -> Option<Fix> {
    let home = topology.vnet_at(hop)?;
    appliance_at(topology, hop)?;
    let possible = |id: &&VnetId| {
        let vnet = topology.vnet(**id);
        let link = topology.link_between(**id, home.id);
        let neighbours = topology
            .links_of(home.id)
            .filter(|link| link.up && link.to != **id);
        let mut neighbours = neighbours.map(|link| topology.vnet(link.to));
        !vnets_overlap(vnet, home)
            && !neighbours.any(|other| vnets_overlap(vnet, other))
            && link.is_none_or(|link| !link.up && !link.managed)
    };
    if !vnets.iter().all(|id| possible(&id)) {
        return None;
    }
    let changes = vnets.iter().map(|id| Change::AddPeering {
        a: topology.vnet(*id).name.clone(),
        b: home.name.clone(),
    });
    let names = list(vnets.iter().map(|id| &topology.vnet(*id).name));
    Some(Fix {
        label: format!("Peer {names} with {}", home.name),
        changes: changes.collect(),
    })
}

fn without(survey: &Survey<'_>, users: &[(&Subnet, &UserRoute)]) -> Option<Fix> {
    let mut plan = Plan::new(survey.routing);
    for (subnet, route) in users {
        plan.wish(subnet.id, Wish::Without(prefix_of(route)?));
    }
    plan.fix("Remove the route")
}
