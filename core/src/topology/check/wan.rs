//! Hubs of Virtual WAN and their connections.
//!
//! | what is asked for | refused |
//! |---|---|
//! | a VNet with a gateway, or one that uses a peer's, connected | the hub's gateways are the ones it uses |
//! | a hub of 10.0.0.0/25 | /24 is the least |
//! | a hub whose range a connected VNet has | they overlap |
//! | BGP with a machine in a VNet that is not connected | the session refers to the connection |
//! | an association of one's own under routing intent | the intent sets it |
//!
//! Left out: scale and quotas.

use crate::address::{covered_by, overlaps, reserved_prefixes};
use crate::issue::{Issue, IssueCode};
use crate::topology::RangeSet;
use crate::topology::{
    Connection, DEFAULT_ROUTE_TABLE, Hub, HubNextHop, HubStaticRoute, NONE_ROUTE_TABLE, Party,
    Topology, VnetId,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// The longest prefix of a hub.
const LONGEST_HUB: u8 = 24;

pub(super) fn check(topology: &Topology, issues: &mut Vec<Issue>) {
    connections(topology, issues);
    for connection in &topology.connections {
        uses_gateways(topology, connection, issues);
        next_hops(topology, connection, issues);
        own_routing(topology, connection, issues);
    }
    for hub in &topology.hubs {
        range(topology, hub, issues);
    }
    sessions(topology, issues);
    routing_intent(topology, issues);
}

fn place_of(topology: &Topology, connection: &Connection) -> String {
    let hub = &topology.hub(connection.hub).name;
    format!("virtualWan.hubs[{hub}].connections[{}]", connection.name)
}

/// A connection is a peering that uses the hub's gateways: a VNet has one such.
fn uses_gateways(topology: &Topology, connection: &Connection, issues: &mut Vec<Issue>) {
    let mut links = topology.links_of(connection.vnet);
    if let Some(link) = links.find(|link| link.use_remote_gateways) {
        let (near, far) = (topology.vnet(link.from), topology.vnet(link.to));
        let message = format!("{} uses the gateways of {} already", near.name, far.name);
        let place = place_of(topology, connection);
        issues.push(Issue::new(
            IssueCode::ConnectedVnetUsesGateway,
            place,
            message,
        ));
    }
}

fn next_hops(topology: &Topology, connection: &Connection, issues: &mut Vec<Issue>) {
    let public = connection.statics.iter().filter(|(prefixes, _)| {
        prefixes
            .iter()
            .any(|prefix| !covered_by(prefix, &reserved_prefixes()))
    });
    let hops: Vec<_> = public.map(|(_, hop)| *hop).collect();
    if let Some(other) = hops.iter().find(|hop| Some(*hop) != hops.first()) {
        let message =
            format!("static routes to public ranges share one next hop, found also {other}");
        let place = format!("{}.staticRoutes", place_of(topology, connection));
        issues.push(Issue::new(IssueCode::ConnectionNextHops, place, message));
    }
}

/// Routing intent associates every connection with the default table and says where it propagates.
fn own_routing(topology: &Topology, connection: &Connection, issues: &mut Vec<Issue>) {
    let hub = topology.hub(connection.hub);
    let ours = |name: &str| name == DEFAULT_ROUTE_TABLE || name == NONE_ROUTE_TABLE;
    let tables = connection.propagated_tables.iter();
    let labels = connection.propagated_labels.iter();
    let own = connection.associated != DEFAULT_ROUTE_TABLE
        || tables.clone().any(|name| !ours(name))
        || labels
            .clone()
            .any(|label| label != "default" && label != "none");
    if own && (hub.private_policy || hub.internet_policy) {
        let message = "routing intent sets the association and propagation of every connection";
        let place = place_of(topology, connection);
        issues.push(Issue::new(
            IssueCode::ConnectionRoutingConflict,
            place,
            message,
        ));
    }
}

fn range(topology: &Topology, hub: &Hub, issues: &mut Vec<Issue>) {
    let Some(prefix) = hub.prefix else { return };
    let place = format!("virtualWan.hubs[{}].prefix", hub.name);
    if prefix.prefix_len() > LONGEST_HUB {
        let message = format!("expected /{LONGEST_HUB} or larger, found {prefix}");
        issues.push(Issue::new(IssueCode::HubRangeSize, &*place, message));
    }
    if let Some((name, other)) = overlapping(topology, hub, prefix) {
        let message = format!("{prefix} overlaps {other} of {name}");
        issues.push(Issue::new(IssueCode::HubRangeOverlap, place, message));
    }
}

/// An earlier hub or a connected VNet with a range that a hub has, too.
fn overlapping<'t>(
    topology: &'t Topology,
    hub: &Hub,
    prefix: Ipv4Net,
) -> Option<(&'t str, Ipv4Net)> {
    let earlier = topology.hubs.iter().take_while(|other| other.id < hub.id);
    let hubs = earlier.filter_map(|other| Some((other.name.as_str(), other.prefix?)));
    let vnets = topology.connections.iter().flat_map(|connection| {
        let vnet = topology.vnet(connection.vnet);
        vnet.prefixes
            .iter()
            .map(|range| (vnet.name.as_str(), *range))
    });
    hubs.chain(vnets)
        .find(|(_, range)| overlaps(&prefix, range))
}

fn sessions(topology: &Topology, issues: &mut Vec<Issue>) {
    for session in &topology.bgp_sessions {
        let Party::Hub(hub) = session.speaker else {
            continue;
        };
        let vnet = topology.appliance(session.appliance).vnet;
        let mut connections = topology.connections.iter();
        if !connections.any(|c| c.hub == hub && c.vnet == vnet) {
            let (hub, vnet) = (&topology.hub(hub).name, &topology.vnet(vnet).name);
            let message = format!("{vnet} is not connected to {hub}");
            let place = format!("bgpPeerings[{}]", session.id.index());
            issues.push(Issue::new(
                IssueCode::HubBgpWithoutConnection,
                place,
                message,
            ));
        }
    }
}

fn connections(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut connected: BTreeMap<VnetId, &str> = BTreeMap::new();
    let mut earlier = RangeSet::default();
    for connection in &topology.connections {
        let vnet = topology.vnet(connection.vnet);
        let place = format!(
            "virtualWan.hubs[{}].connections[{}]",
            topology.hub(connection.hub).name,
            connection.name
        );
        if let Some(first) = connected.insert(connection.vnet, &connection.name) {
            let message = format!(
                "{} is already connected by {first}: one hub per VNet",
                vnet.name
            );
            issues.push(Issue::new(
                IssueCode::SecondHubConnection,
                place.clone(),
                message,
            ));
        }
        if let Some(gateway) = topology
            .gateways
            .iter()
            .find(|gateway| gateway.vnet == connection.vnet)
        {
            let message = format!(
                "{} owns {} and cannot be connected to a hub",
                vnet.name, gateway.name
            );
            issues.push(Issue::new(
                IssueCode::ConnectedVnetOwnsGateway,
                place.clone(),
                message,
            ));
        }
        let clashes = vnet.prefixes.iter().any(|range| earlier.touches(range));
        vnet.prefixes.iter().for_each(|range| earlier.add(range));
        // Whom it overlaps is searched only where it overlaps anybody.
        for other in topology
            .connections
            .iter()
            .take_while(|other| clashes && other.id < connection.id)
            .filter(|other| other.vnet != connection.vnet)
        {
            let other = topology.vnet(other.vnet);
            let clash = vnet
                .prefixes
                .iter()
                .find(|a| other.prefixes.iter().any(|b| overlaps(a, b)));
            if let Some(clash) = clash {
                let message = format!(
                    "{clash} of {} overlaps the connected VNet {}",
                    vnet.name, other.name
                );
                issues.push(Issue::new(
                    IssueCode::ConnectedVnetsOverlap,
                    place.clone(),
                    message,
                ));
            }
        }
    }
}

fn routing_intent(topology: &Topology, issues: &mut Vec<Issue>) {
    for hub in topology
        .hubs
        .iter()
        .filter(|hub| hub.private_policy || hub.internet_policy)
    {
        let place = format!("virtualWan.hubs[{}].routingIntent", hub.name);
        if hub.firewall.is_none() {
            issues.push(Issue::new(
                IssueCode::RoutingIntentConflict,
                place.clone(),
                "a routing policy needs a firewall in the hub",
            ));
        }
        let to_connection =
            |route: &HubStaticRoute| matches!(route.next_hop, HubNextHop::Connection(_));
        let mut tables = hub.route_tables.iter();
        if hub.route_tables.len() > 1 || tables.any(|table| table.statics.iter().any(to_connection))
        {
            let message = "routing intent excludes custom route tables and static routes to connections in the default table";
            issues.push(Issue::new(IssueCode::RoutingIntentConflict, place, message));
        }
    }
}
