//! The rows of one subnet: what `az network nic show-effective-route-table` prints.
//!
//! Four origins are laid over each other (reference sections 2 and 3.1): Azure's own rows, peerings and groups,
//! gateways, the attached route table. Of rows with exactly one prefix only the strongest stays active: user-defined,
//! then gateway, then system; the others are listed as `Invalid`.
//!
//! | spoke 10.2.0.0/16 peered with hub 10.4.0.0/16, UDR 0.0.0.0/0 to 10.4.2.101 | state |
//! |---|---|
//! | 10.2.0.0/16 VnetLocal | Active |
//! | 10.4.0.0/16 VNetPeering | Active |
//! | 0.0.0.0/0 Internet | Invalid |
//! | 0.0.0.0/0 VirtualAppliance 10.4.2.101 (User) | Active |
//! | 10.0.0.0/8 and the other `None` rows | gone: a 0.0.0.0/0 route replaces the Internet one |
//!
//! A user-defined route to a machine that is switched off, or one that calls a stranger's range local, is listed with
//! `None` (published by erjosito/azure-networking-blog, 2026-10-subnet-peering-udr-nva-transit); the address stays.
//!
//! Left out: the long list of Microsoft-internal `None` rows, which changes from year to year.

use super::learned::learned_routes;
use super::{
    EffectiveRoute, EffectiveTable, HopAddress, NextHopType, Origin, RouteSource, RouteState,
    Routing,
};
use crate::address::{covered_by, default_route, overlaps, reserved_prefixes};
use crate::spec::ApplianceKind;
use crate::topology::{
    ConnectedGroup, Destination, PrivateEndpoint, RouteTable, Subnet, SubnetId, Topology,
    UserRoute, Vnet,
};
use crate::vwan;
use ipnet::Ipv4Net;
use std::collections::HashMap;

/// Computes the table of a subnet.
pub(crate) fn effective_table(routing: &Routing, id: SubnetId) -> EffectiveTable {
    let topology = routing.topology().as_ref();
    let subnet = topology.subnet(id);
    let vnet = topology.vnet(subnet.vnet);
    let table = subnet.route_table.map(|id| topology.route_table(id));
    let disabled = table.is_some_and(|table| table.disable_bgp_route_propagation);
    let users = table
        .map(|table| user_rows(topology, vnet, table))
        .unwrap_or_default();
    let gateways = if disabled {
        Vec::new()
    } else {
        gateway_rows(routing, vnet)
    };

    let mut rows: Vec<EffectiveRoute> = vnet
        .prefixes
        .iter()
        .map(|prefix| system(*prefix, NextHopType::VnetLocal, Origin::Vnet))
        .collect();
    let (near, far): (Vec<_>, Vec<_>) = peering_rows(topology, vnet)
        .into_iter()
        .partition(|row| row.next_hop_type == NextHopType::VNetPeering);
    rows.extend(near);
    rows.extend(hub_row(topology, vnet));
    rows.extend(gateways);
    let system = internet_rows(vnet, &rows, &far, &users);
    rows.extend(system);
    rows.extend(users);
    rows.extend(far);
    rows.extend(group_rows(topology, vnet));
    rows.extend(service_rows(topology, subnet));
    rows.extend(endpoint_rows(topology, vnet));
    invalidate(topology, &mut rows, table);
    EffectiveTable {
        subnet: id,
        disable_bgp_route_propagation: disabled,
        rows,
        lookup: std::cell::OnceCell::new(),
    }
}

fn system(prefix: Ipv4Net, next_hop_type: NextHopType, origin: Origin) -> EffectiveRoute {
    EffectiveRoute {
        prefixes: vec![prefix],
        next_hop_type,
        next_hop_ips: Vec::new(),
        source: RouteSource::Default,
        state: RouteState::Active,
        name: None,
        origin,
    }
}

/// One row per remote range of every connected peering (reference 2.2, 2.3).
fn peering_rows(topology: &Topology, vnet: &Vnet) -> Vec<EffectiveRoute> {
    let links = topology.links_of(vnet.id).filter(|link| link.up);
    let rows = links.flat_map(|link| {
        let kind = if link.global {
            NextHopType::VNetGlobalPeering
        } else {
            NextHopType::VNetPeering
        };
        link.remote_prefixes
            .iter()
            .map(move |prefix| system(*prefix, kind, Origin::Peering(link.id)))
    });
    rows.collect()
}

/// The attachment to a Virtual WAN hub shows as a peering with the hub's range (reference 6.1).
fn hub_row(topology: &Topology, vnet: &Vnet) -> Option<EffectiveRoute> {
    let hub = topology.hub(topology.connection_of(vnet.id)?.hub);
    let kind = if hub.region == vnet.region {
        NextHopType::VNetPeering
    } else {
        NextHopType::VNetGlobalPeering
    };
    Some(system(hub.prefix?, kind, Origin::Hub(hub.id)))
}

fn gateway_rows(routing: &Routing, vnet: &Vnet) -> Vec<EffectiveRoute> {
    let topology = routing.topology();
    if let Some(connection) = topology.connection_of(vnet.id) {
        let links = topology.links_of(vnet.id).filter(|link| link.up);
        let peered = links.flat_map(|link| link.remote_prefixes.to_vec());
        let fellows = group_rows(topology, vnet)
            .into_iter()
            .flat_map(|row| row.prefixes);
        let taken: Vec<Ipv4Net> = peered.chain(fellows).collect();
        return vwan::spoke_rows(routing, connection, vnet, &taken);
    }
    let rows = learned_routes(routing, vnet.id)
        .into_iter()
        .map(|route| EffectiveRoute {
            source: RouteSource::VirtualNetworkGateway,
            next_hop_ips: route.next_hop_ips,
            ..system(
                route.prefix,
                NextHopType::VirtualNetworkGateway,
                Origin::Gateway(route.gateway),
            )
        });
    rows.collect()
}

/// Azure's 0.0.0.0/0 and the reserved drops, as far as they are still listed (reference 2.1.3 to 2.1.12).
fn internet_rows(
    vnet: &Vnet,
    gateways: &[EffectiveRoute],
    others: &[EffectiveRoute],
    users: &[EffectiveRoute],
) -> Vec<EffectiveRoute> {
    let is_learned = |prefix: &Ipv4Net| {
        gateways.iter().any(|row| {
            row.source == RouteSource::VirtualNetworkGateway && row.prefixes.contains(prefix)
        })
    };
    if is_learned(&default_route()) {
        return Vec::new();
    }
    let mut rows = vec![system(
        default_route(),
        NextHopType::Internet,
        Origin::SystemInternet,
    )];
    let user_of = |prefix: &Ipv4Net| users.iter().find(|row| row.prefixes.contains(prefix));
    // Internet and None leave the drops where they are; an appliance or a gateway takes their packets.
    let takes_all = |row: &EffectiveRoute| {
        row.leads_to_appliance()
            || !matches!(row.next_hop_type, NextHopType::Internet | NextHopType::None)
    };
    if user_of(&default_route()).is_some_and(takes_all) {
        return rows;
    }
    for prefix in reserved_prefixes() {
        let peered = |row: &EffectiveRoute| row.prefixes.contains(&prefix);
        let replaced =
            vnet.prefixes.iter().any(|range| range.contains(&prefix)) || others.iter().any(peered);
        if !replaced && user_of(&prefix).is_none() && !is_learned(&prefix) {
            rows.push(system(prefix, NextHopType::None, Origin::Reserved));
        }
    }
    rows
}

/// User rows; where prefixes of tags coincide the more specific name stands first and wins (reference 3.3).
fn user_rows(topology: &Topology, vnet: &Vnet, table: &RouteTable) -> Vec<EffectiveRoute> {
    let mut routes: Vec<&UserRoute> = table.routes.iter().collect();
    routes.sort_by_key(|route| tag_rank(&route.destination));
    let mut rows: Vec<EffectiveRoute> = routes
        .into_iter()
        .map(|route| user_row(topology, table, route))
        .collect();
    let machines = topology.appliances().iter();
    let stopped: Vec<HopAddress> = machines
        .filter(|nic| !nic.running && nic.kind == ApplianceKind::Nva)
        .map(|nic| HopAddress::Ip(nic.ip))
        .collect();
    for row in &mut rows {
        let nowhere = match row.next_hop_type {
            NextHopType::VirtualAppliance => {
                row.next_hop_ips.iter().any(|hop| stopped.contains(hop))
            }
            NextHopType::VnetLocal => !row
                .prefixes
                .iter()
                .any(|prefix| is_near(topology, vnet, prefix)),
            _ => false,
        };
        if nowhere {
            row.next_hop_type = NextHopType::None;
        }
    }
    rows
}

/// Whether a prefix shares addresses with a VNet or with what its peerings let it see.
fn is_near(topology: &Topology, vnet: &Vnet, prefix: &Ipv4Net) -> bool {
    let mut links = topology.links_of(vnet.id).filter(|link| link.up);
    vnet.prefixes.iter().any(|range| overlaps(range, prefix))
        || links.any(|link| {
            link.remote_prefixes
                .iter()
                .any(|range| overlaps(range, prefix))
        })
}

/// An explicit prefix, a regional tag, a tag, the region's cloud, the cloud.
fn tag_rank(destination: &Destination) -> u8 {
    match destination {
        Destination::Prefix(_) => 0,
        Destination::Tag(tag) => match (tag.starts_with("AzureCloud"), tag.contains('.')) {
            (false, true) => 1,
            (false, false) => 2,
            (true, true) => 3,
            (true, false) => 4,
        },
    }
}

fn user_row(topology: &Topology, table: &RouteTable, route: &UserRoute) -> EffectiveRoute {
    let (prefixes, tag) = match &route.destination {
        Destination::Prefix(prefix) => (vec![*prefix], None),
        Destination::Tag(tag) => (topology.service_tag(tag).to_vec(), Some(tag.clone())),
    };
    EffectiveRoute {
        prefixes,
        next_hop_type: route.next_hop_type.into(),
        next_hop_ips: route.next_hop.map(HopAddress::Ip).into_iter().collect(),
        source: RouteSource::User,
        state: RouteState::Active,
        name: route.name.clone().or(tag),
        origin: Origin::User(table.id, route.spec_index),
    }
}

/// One row for each connected group, with the ranges of all other members that it connects (reference 2.4). A member
/// with a peering of its own keeps the peering's row.
pub(crate) fn group_rows(topology: &Topology, vnet: &Vnet) -> Vec<EffectiveRoute> {
    let mut rows = Vec::new();
    for group in topology
        .connected_groups()
        .iter()
        .filter(|group| group.members.contains(&vnet.id))
    {
        let prefixes: Vec<Ipv4Net> = group_members(topology, group, vnet)
            .flat_map(|other| other.prefixes.to_vec())
            .collect();
        if !prefixes.is_empty() {
            let row = system(
                default_route(),
                NextHopType::ConnectedGroup,
                Origin::ConnectedGroup(group.id),
            );
            rows.push(EffectiveRoute { prefixes, ..row });
        }
    }
    rows
}

/// The members that a group connects with a VNet.
pub(crate) fn group_members<'t>(
    topology: &'t Topology,
    group: &'t ConnectedGroup,
    vnet: &'t Vnet,
) -> impl Iterator<Item = &'t Vnet> {
    let others = group
        .members
        .iter()
        .filter(|id| **id != vnet.id)
        .map(|id| topology.vnet(*id));
    others
        .filter(|other| group.global || other.region == vnet.region)
        .filter(|other| {
            topology
                .link_between(vnet.id, other.id)
                .is_none_or(|link| !link.up)
        })
}

fn service_rows(topology: &Topology, subnet: &Subnet) -> Vec<EffectiveRoute> {
    let rows = subnet.service_endpoints.iter().map(|service| {
        let origin = Origin::ServiceEndpoint(service.clone());
        let row = system(
            default_route(),
            NextHopType::VirtualNetworkServiceEndpoint,
            origin,
        );
        EffectiveRoute {
            prefixes: topology.service_tag(endpoint_tag(service)).to_vec(),
            name: None,
            ..row
        }
    });
    rows.collect()
}

/// The tag that a service endpoint stands for: `Microsoft.KeyVault` is `AzureKeyVault`, most others are the service's name.
fn endpoint_tag(service: &str) -> &str {
    match service.strip_prefix("Microsoft.").unwrap_or(service) {
        "KeyVault" => "AzureKeyVault",
        "Web" => "AppService",
        name => name,
    }
}

/// A `/32` for each private endpoint of the VNet, of directly peered VNets and of connected groups (reference 2.9.1).
fn endpoint_rows(topology: &Topology, vnet: &Vnet) -> Vec<EffectiveRoute> {
    let seen = topology
        .private_endpoints()
        .iter()
        .filter(|endpoint| sees(topology, vnet, endpoint));
    let row = |endpoint: &PrivateEndpoint| {
        system(
            Ipv4Net::from(endpoint.ip),
            NextHopType::InterfaceEndpoint,
            Origin::PrivateEndpoint(endpoint.id),
        )
    };
    seen.map(row).collect()
}

fn sees(topology: &Topology, vnet: &Vnet, endpoint: &PrivateEndpoint) -> bool {
    if endpoint.vnet == vnet.id {
        return true;
    }
    let host = Ipv4Net::from(endpoint.ip);
    let peered = topology.link_between(vnet.id, endpoint.vnet);
    if peered.is_some_and(|link| link.up && covered_by(&host, &link.remote_prefixes)) {
        return true;
    }
    let mut groups = topology
        .connected_groups()
        .iter()
        .filter(|group| group.members.contains(&vnet.id));
    groups
        .any(|group| group_members(topology, group, vnet).any(|member| member.id == endpoint.vnet))
}

/// Marks the rows that lose to another row of their prefix.
fn invalidate(topology: &Topology, rows: &mut [EffectiveRoute], table: Option<&RouteTable>) {
    let mut strongest: HashMap<Ipv4Net, RouteSource> = HashMap::new();
    for row in rows.iter().filter(|row| row.source > RouteSource::Default) {
        for prefix in &row.prefixes {
            let held = strongest.entry(*prefix).or_insert(row.source);
            *held = row.source.max(*held);
        }
    }
    for row in rows.iter_mut() {
        let [prefix] = row.prefixes.as_slice() else {
            continue;
        };
        let beaten = strongest
            .get(prefix)
            .is_some_and(|source| *source > row.source);
        let steered = match row.origin {
            Origin::PrivateEndpoint(id) => {
                steers_endpoint(topology, topology.private_endpoint(id), table)
            }
            _ => false,
        };
        if beaten || steered {
            row.state = RouteState::Invalid;
        }
    }
}

/// Whether a UDR overrides a private endpoint's `/32`: the same `/32` always does; with route-table policy on the
/// endpoint's subnet, any prefix that covers the endpoint and is at least as long as its VNet's range (reference 2.9.2,
/// 2.9.3).
fn steers_endpoint(
    topology: &Topology,
    endpoint: &PrivateEndpoint,
    table: Option<&RouteTable>,
) -> bool {
    let applies = topology
        .subnet(endpoint.subnet)
        .private_endpoint_policies
        .applies_route_tables();
    let range = topology
        .vnet(endpoint.vnet)
        .prefixes
        .iter()
        .find(|range| range.contains(&endpoint.ip));
    let mut routes = table.into_iter().flat_map(|table| &table.routes);
    applies
        && routes.any(|route| match route.destination {
            Destination::Prefix(prefix) => {
                let long = range.is_some_and(|range| prefix.prefix_len() >= range.prefix_len());
                prefix.contains(&endpoint.ip) && long
            }
            Destination::Tag(_) => false,
        })
}
