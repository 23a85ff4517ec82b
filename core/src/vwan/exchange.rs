//! What a hub announces, accepts and prefers.

use crate::address::{covered_by, default_route, reserved_prefixes};
use crate::route::bgp::{AZURE_ASN, Channel, EDGE_ASN, Path, Speaker, mapped};
use crate::spec::{GatewayKind, RoutingPreference};
use crate::topology::{Connection, ConnectionId, DEFAULT_ROUTE_TABLE, Hub, HubId, Topology};
use ipnet::Ipv4Net;

/// What a hub prepends towards other hubs.
pub(crate) const HUB_MESH_PATH: [u32; 2] = [65_520, 65_520];

/// How a route entered the Virtual WAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    /// A VNet connection's range or a static route on it.
    Connection,
    /// An ExpressRoute circuit.
    ExpressRoute,
    /// A VPN tunnel or an NVA: the preference treats them alike.
    Vpn,
}

/// How a path that a hub holds entered the Virtual WAN.
pub(crate) fn entry(topology: &Topology, path: &Path) -> Entry {
    match (path.origin, path.from) {
        (Speaker::Hub(_), None | Some((_, Channel::HubMesh))) => Entry::Connection,
        (_, Some((_, Channel::Circuit(_)))) => Entry::ExpressRoute,
        // A remote hub's path carries the number of the edge right behind the mesh's own.
        (_, Some((_, Channel::HubMesh))) if path.as_path.get(2) == Some(&EDGE_ASN) => {
            Entry::ExpressRoute
        }
        (Speaker::Gateway(id), _) if topology.gateway(id).kind == GatewayKind::ExpressRoute => {
            Entry::ExpressRoute
        }
        _ => Entry::Vpn,
    }
}

/// Prefixes of a hub's private routing policy.
pub(crate) fn policy_prefixes(hub: &Hub) -> Vec<Ipv4Net> {
    let [ten, twelve, sixteen, _] = reserved_prefixes();
    let mut prefixes = vec![ten, twelve, sixteen];
    prefixes.extend(
        hub.private_prefixes
            .iter()
            .filter(|prefix| !prefixes.contains(prefix))
            .copied()
            .collect::<Vec<_>>(),
    );
    prefixes
}

/// What a hub originates: its connections' ranges and their static routes.
pub(crate) fn own_paths(topology: &Topology, id: HubId) -> Vec<Path> {
    let hub = topology.hub(id);
    let speaker = Speaker::Hub(id);
    let mut paths = Vec::new();
    for connection in hub.connections.iter().map(|id| topology.connection(*id)) {
        let own = |prefix: &Ipv4Net| Path {
            connection: Some(connection.id),
            ..Path::own(*prefix, speaker)
        };
        let mut brought: Vec<Path> = topology
            .vnet(connection.vnet)
            .prefixes
            .iter()
            .map(own)
            .collect();
        if connection.propagate_statics {
            for (prefixes, hop) in &connection.statics {
                let fixed = prefixes.iter().map(own);
                brought.extend(fixed.map(|path| Path {
                    fixed: true,
                    next_hop: Some(*hop),
                    ..path
                }));
            }
        }
        paths.extend(mapped(topology, connection.route_maps.inbound, brought));
    }
    paths
}

/// What a hub tells branches and appliances besides its routes: its own range, the static routes of the default table,
/// and 0.0.0.0/0 of an Internet policy.
///
/// The prefixes of a private policy are not told: branches of such hubs were seen with the single ranges alone.
pub(crate) fn announcements(topology: &Topology, id: HubId, to: Speaker) -> Vec<Path> {
    if matches!(to, Speaker::Hub(_)) {
        return Vec::new();
    }
    let hub = topology.hub(id);
    let mut prefixes: Vec<Ipv4Net> = hub.prefix.into_iter().collect();
    prefixes.extend(told_statics(hub));
    if hub.internet_policy {
        prefixes.push(default_route());
    }
    prefixes
        .into_iter()
        .map(|prefix| Path::own(prefix, Speaker::Hub(id)))
        .collect()
}

/// The static routes of the default table as branches learn them; under a private policy they stay inside.
fn told_statics(hub: &Hub) -> impl Iterator<Item = Ipv4Net> {
    let tables = hub
        .route_tables
        .iter()
        .filter(|table| table.name == DEFAULT_ROUTE_TABLE && !hub.private_policy);
    let routes = tables.flat_map(|table| &table.statics);
    routes
        .flat_map(|route| route.prefixes.iter().copied())
        .filter(|prefix| *prefix != default_route())
}

/// Whether a hub passes a path on.
pub(crate) fn passes_on(topology: &Topology, id: HubId, to: Speaker, path: &Path) -> bool {
    let from_hub = path
        .from
        .is_some_and(|(_, channel)| channel == Channel::HubMesh);
    let is_default = path.prefix == default_route();
    let from_appliance = matches!(path.from, Some((_, Channel::Session(_))));
    let on_premises = !matches!(to, Speaker::Hub(_) | Speaker::Device(_));
    // What an appliance announces of a connected VNet stays away from the hub's own branches; other hubs tell theirs.
    if from_appliance && on_premises && connection_around(topology, id, &path.prefix).is_some() {
        return false;
    }
    match to {
        // 0.0.0.0/0 never crosses hubs; what one hub told, no other repeats.
        Speaker::Hub(_) => !from_hub && !is_default,
        // Two ExpressRoute circuits are not joined by a hub (reference 6.3).
        Speaker::Edge(_) => {
            entry(topology, path) != Entry::ExpressRoute
                && !is_default
                && branches_see(topology, id, path)
        }
        _ => !is_default && branches_see(topology, id, path),
    }
}

/// Without branch-to-branch traffic a hub tells a branch nothing of another, of its own or of any hub. What a route map made
/// its own route goes on (published by erjosito/net-lab-builder, vwan-routemap-summarization, 2026-08).
pub(crate) fn between_branches(
    topology: &Topology,
    (from, to): (Speaker, Speaker),
    channel: Channel,
    mut paths: Vec<Path>,
) -> Vec<Path> {
    let Speaker::Hub(hub) = from else {
        return paths;
    };
    let to_branch = matches!(channel, Channel::Tunnel(_) | Channel::Circuit(_));
    if topology.hub(hub).branch_to_branch || !to_branch || matches!(to, Speaker::Hub(_)) {
        return paths;
    }
    let of_branch = |path: &Path| matches!(path.origin, Speaker::Site(_) | Speaker::Gateway(_));
    paths.retain(|path| !of_branch(path) || path.as_path.len() <= 1);
    paths
}

/// Branches are associated with the default table: they learn what is in it, a static route instead of a learned one.
fn branches_see(topology: &Topology, id: HubId, path: &Path) -> bool {
    let replaced = told_statics(topology.hub(id)).any(|prefix| prefix == path.prefix);
    !replaced && super::table::reaches(topology, id, path, DEFAULT_ROUTE_TABLE)
}

/// The AS path as the receiver sees it.
pub(crate) fn sent_path(to: Speaker, path: &Path) -> Vec<u32> {
    let prefix: &[u32] = match to {
        Speaker::Hub(_) => &HUB_MESH_PATH,
        _ => &[AZURE_ASN],
    };
    prefix.iter().chain(&path.as_path).copied().collect()
}

/// Whether a circuit brings what another hub told the Microsoft edge besides its range and its VNets: its branches,
/// its appliances' announcements, static routes. None of them was seen to come back. Numbers of a hub and of the edge
/// come in pairs; a site's own route enters with a single one. What crossed the mesh of the hubs already is a loop:
/// two hubs on one circuit would take turns in preferring each other's way to a third.
fn is_bounced_in_vain(topology: &Topology, path: &Path) -> bool {
    if HUB_MESH_PATH
        .iter()
        .all(|number| path.as_path.contains(number))
    {
        return true;
    }
    match path.origin {
        Speaker::Hub(origin) => {
            let hub = topology.hub(origin);
            let mut connections = hub.connections.iter().map(|id| topology.connection(*id));
            hub.prefix != Some(path.prefix)
                && !connections.any(|c| topology.vnet(c.vnet).prefixes.contains(&path.prefix))
        }
        Speaker::Site(_) | Speaker::Device(_) => {
            let numbers = path.as_path.iter();
            let edges = numbers.take_while(|number| **number == EDGE_ASN).count();
            edges.is_multiple_of(2)
        }
        _ => false,
    }
}

/// Whether a hub keeps a path: nothing may take the place of a VNet's own ranges (reference 6.5).
///
/// Parts of a range are refused as well, but for those that an appliance announces: they are listed and told to other
/// hubs, yet neither to the hub's branches ([`passes_on`]) nor do they draw packets ([`connection_around`]).
pub(crate) fn accepts(topology: &Topology, id: HubId, path: &Path, channel: Channel) -> bool {
    let own = topology.hub(id).prefix;
    if own.is_some_and(|own| own.contains(&path.prefix)) {
        return false;
    }
    // Its router's number, and the one it shows to other hubs (published by adtork/vWAN-to-vWAN-Connection-Options).
    let numbers = [AZURE_ASN, HUB_MESH_PATH[0]];
    let looped = path.as_path.iter().any(|number| numbers.contains(number));
    let inside = || connection_around(topology, id, &path.prefix).is_some();
    match channel {
        Channel::HubMesh => true,
        Channel::Circuit(_) => !is_bounced_in_vain(topology, path) && !inside(),
        Channel::Session(_) => {
            let mut ranges = connected(topology, id).flat_map(|(_, prefixes)| prefixes);
            !looped && !ranges.any(|range| *range == path.prefix)
        }
        _ => !looped && !inside(),
    }
}

/// The connections of a hub with the ranges of their VNets.
fn connected(topology: &Topology, id: HubId) -> impl Iterator<Item = (&Connection, &[Ipv4Net])> {
    let connections = topology.hub(id).connections.iter();
    connections.map(|id| {
        let connection = topology.connection(*id);
        (connection, &*topology.vnet(connection.vnet).prefixes)
    })
}

/// The connection into the VNet that a prefix lies in: what an appliance announces of it does not lead there.
pub(crate) fn connection_around(
    topology: &Topology,
    id: HubId,
    prefix: &Ipv4Net,
) -> Option<ConnectionId> {
    connected(topology, id)
        .find(|(_, ranges)| covered_by(prefix, ranges))
        .map(|(connection, _)| connection.id)
}

/// The connection by which an appliance's announcements enter the hub.
pub(crate) fn session_connection(topology: &Topology, channel: Channel) -> Option<ConnectionId> {
    let Channel::Session(session) = channel else {
        return None;
    };
    let session = topology.bgp_session(session);
    let crate::topology::Party::Hub(hub) = session.speaker else {
        return None;
    };
    let vnet = topology.appliance(session.appliance).vnet;
    let connections = topology
        .hub(hub)
        .connections
        .iter()
        .map(|id| topology.connection(*id));
    connections
        .into_iter()
        .find(|connection: &&Connection| connection.vnet == vnet)
        .map(|connection| connection.id)
}

/// Order of preference in a hub; lower is better, equal ranks share the traffic (reference 6.4).
pub(crate) fn rank(topology: &Topology, id: HubId, path: &Path) -> [usize; 5] {
    let length = path.as_path.len();
    let remote = match path.from {
        // A static route on a connection beats a learned one of its prefix.
        None => return [0, usize::from(!path.fixed), 0, 0, 0],
        Some((Speaker::Hub(other), Channel::HubMesh)) => Some(other),
        Some(_) => None,
    };
    let entry = entry(topology, path);
    let vpn_first = match topology.hub(id).routing_preference {
        RoutingPreference::VpnGateway => true,
        // With remote routes alone VPN goes before ExpressRoute.
        RoutingPreference::ExpressRoute | RoutingPreference::AsPath => remote.is_some(),
    };
    let kind = match entry {
        Entry::Connection => 0,
        Entry::ExpressRoute => 1 + usize::from(vpn_first),
        Entry::Vpn => 2 - usize::from(vpn_first),
    };
    // Of remote hubs those with a private policy go first.
    let distance = remote.map_or(0, |other| {
        if topology.hub(other).private_policy {
            1
        } else {
            2
        }
    });
    match topology.hub(id).routing_preference {
        RoutingPreference::AsPath => {
            // At equal length a VNet of another hub is reached through that hub, an on-premises prefix through the
            // circuit at hand (reference 6.4, U13).
            let distance = if remote.is_some() && entry == Entry::Connection {
                0
            } else {
                distance + 1
            };
            [1, length, distance, kind, 0]
        }
        _ => [1, distance, kind, length, 0],
    }
}
