//! From a winning row to the next stop.

use super::decide::{neighbour_place, outside_paths};
use super::front::hosts_behind;
use super::outside::out;
use super::standing::Standing;
use super::{Next, Step, owned};
use crate::address::is_private;
use crate::route::learned::gateway_home;
use crate::route::trace::{DropReason, Place, Remark};
use crate::route::{EffectiveRoute, HopAddress, NextHopType, Origin, Routing, table, walk_hub};
use crate::spec::{ApplianceKind, GatewayKind, PrivateEndpointVnetPolicies};
use crate::topology::{
    Appliance, ConnectionId, Gateway, GatewayId, Hub, HubId, LinkId, SubnetId, Topology, VnetId,
};
use std::net::Ipv4Addr;

/// From a winning row to the next stop.
pub(super) fn follow(
    routing: &Routing,
    standing: &Standing,
    subnet: SubnetId,
    row: &EffectiveRoute,
) -> Step {
    let topology = routing.topology().as_ref();
    let vnet = topology.subnet(subnet).vnet;
    let destination = standing.destination;
    match (row.next_hop_type, &row.origin) {
        _ if row.leads_to_appliance() => appliances(routing, standing, vnet, &row.next_hop_ips),
        (NextHopType::None, _) => Err(DropReason::NextHopNone),
        (NextHopType::VnetLocal, Origin::User(..)) if is_cut_off(topology, destination) => {
            Err(DropReason::EndpointNotLocal)
        }
        (NextHopType::VnetLocal, _) => deliver(topology, vnet, destination, None),
        (NextHopType::VNetPeering | NextHopType::VNetGlobalPeering, Origin::Peering(link)) => {
            deliver(topology, topology.link(*link).to, destination, Some(*link))
        }
        (NextHopType::ConnectedGroup, Origin::ConnectedGroup(group)) => {
            let group = topology.connected_group(*group);
            let members = table::group_members(topology, group, topology.vnet(vnet));
            let holders: Vec<VnetId> = members
                .filter(|member| member.contains(destination))
                .map(|m| m.id)
                .collect();
            let overlapped = group
                .members
                .iter()
                .filter(|id| topology.vnet(**id).contains(destination))
                .count()
                > 1;
            match holders.as_slice() {
                [only]
                    if !overlapped
                        && !outside_overlap(topology, *only, &group.members, destination) =>
                {
                    deliver(topology, *only, destination, None)
                }
                _ => Err(DropReason::GroupOverlap),
            }
        }
        (NextHopType::VirtualNetworkGateway, Origin::Gateway(id)) => {
            gateway_row(routing, standing, vnet, *id, row)
        }
        (NextHopType::VirtualNetworkGateway, Origin::Hub(hub)) => {
            walk_hub::from_spoke(routing, standing, vnet, *hub)
        }
        (NextHopType::VNetPeering | NextHopType::VNetGlobalPeering, Origin::Hub(hub)) => {
            let own = topology
                .hub(*hub)
                .firewall
                .as_ref()
                .and_then(|firewall| firewall.ip);
            if own == Some(destination) {
                return Ok(vec![walk_hub::firewall(routing, *hub).arrives()]);
            }
            Err(DropReason::NoHost(destination))
        }
        (NextHopType::VirtualNetworkGateway, _) => user_gateway(topology, vnet),
        (NextHopType::InterfaceEndpoint, Origin::PrivateEndpoint(id)) => {
            let endpoint = topology.private_endpoint(*id);
            let crossed = topology
                .link_between(vnet, endpoint.vnet)
                .map(|link| link.id);
            Ok(vec![
                Next {
                    crossed,
                    ..Next::to(Place::PrivateEndpoint(*id), Some(endpoint.ip))
                }
                .arrives(),
            ])
        }
        (NextHopType::VirtualNetworkServiceEndpoint, _) => {
            Ok(vec![Next::to(Place::Internet, Some(destination)).arrives()])
        }
        _ => internet(topology, standing, subnet),
    }
}

/// Whether an address is a private endpoint's that no route of type `VnetLocal` leads to: the row of the endpoint is invalid
/// and the route is not followed (MicrosoftDocs/azure-docs, pull request 128666, 2026-07-28).
fn is_cut_off(topology: &Topology, destination: Ipv4Addr) -> bool {
    let mut endpoints = topology.private_endpoints().iter();
    let endpoint = endpoints.find(|endpoint| endpoint.ip == destination);
    endpoint.is_some_and(|endpoint| {
        let vnet = topology.vnet(endpoint.vnet);
        vnet.private_endpoint_vnet_policies == PrivateEndpointVnetPolicies::Disabled
    })
}

/// What a source's subnet decides about a packet towards any destination that one row wins for: what two sources must
/// share to go the same way from their first stop on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Lead {
    /// No row, or one that drops.
    Nowhere(NextHopType),
    /// To machines, each in a VNet over a peering with these flags; of a hub, whose firewall may be meant.
    Machines(Vec<(Ipv4Addr, Option<(VnetId, Flags)>)>, Option<HubId>),
    /// Into a peered VNet.
    Peer(VnetId, Flags),
    /// By a gateway of this VNet or of a peered one.
    Gateway(GatewayId, Flags),
    /// To a hub, by one of its tables; of a connection whose own appliance speaks BGP with the hub.
    Hub(HubId, String, Option<ConnectionId>),
    /// Out, with or without a way of the subnet's own.
    Internet(bool),
}

/// The flags of a peering that a packet meets: both objects there and connected, access on either side, forwarded packets
/// taken. `None`: no peering is crossed.
type Flags = Option<[bool; 5]>;

/// What the winning row of a subnet means for everybody who has such a row; nothing where it means something to this
/// subnet alone.
pub(crate) fn lead(
    routing: &Routing,
    subnet: SubnetId,
    row: Option<&EffectiveRoute>,
) -> Option<Lead> {
    let topology = routing.topology().as_ref();
    let subnet = topology.subnet(subnet);
    let Some(row) = row else {
        return Some(Lead::Nowhere(NextHopType::None));
    };
    if row.leads_to_appliance() {
        let hub = topology
            .connection_of(subnet.vnet)
            .map(|connection| connection.hub);
        let machines = row.next_hop_ips.iter().filter_map(|hop| match hop {
            HopAddress::Ip(address) => {
                let found = next_hop_vnet(topology, subnet.vnet, *address);
                Some((
                    *address,
                    found.map(|(vnet, link)| (vnet, flags(topology, link))),
                ))
            }
            _ => None,
        });
        return Some(Lead::Machines(machines.collect(), hub));
    }
    match (row.next_hop_type, &row.origin) {
        (NextHopType::None, _) => Some(Lead::Nowhere(row.next_hop_type)),
        (NextHopType::VNetPeering | NextHopType::VNetGlobalPeering, Origin::Peering(link)) => Some(
            Lead::Peer(topology.link(*link).to, flags(topology, Some(*link))),
        ),
        (NextHopType::VirtualNetworkGateway, Origin::Gateway(id)) => {
            let home = topology.gateway(*id).vnet;
            let link = topology.link_between(subnet.vnet, home).map(|link| link.id);
            let route_server = topology.gateway(*id).kind == GatewayKind::RouteServer;
            (!route_server).then(|| Lead::Gateway(*id, flags(topology, link)))
        }
        (NextHopType::VirtualNetworkGateway, Origin::Hub(hub)) => {
            let connection = topology.connection_of(subnet.vnet)?;
            let mut sessions = topology.bgp_sessions().iter();
            let speaks =
                sessions.any(|session| topology.appliance(session.appliance).vnet == subnet.vnet);
            let own = speaks.then_some(connection.id);
            Some(Lead::Hub(*hub, connection.associated.clone(), own))
        }
        (NextHopType::Internet, _) => Some(Lead::Internet(subnet.default_outbound_access)),
        _ => None,
    }
}

fn flags(topology: &Topology, link: Option<LinkId>) -> Flags {
    let link = topology.link(link?);
    let reverse = link.reverse.map(|reverse| topology.link(reverse));
    Some([
        link.up,
        reverse.is_some(),
        link.allow_access,
        reverse.is_some_and(|reverse| reverse.allow_access),
        reverse.is_some_and(|reverse| reverse.allow_forwarded),
    ])
}

/// Whether a member is peered with a VNet outside the group that overlaps the destination: traffic of the other
/// members to the overlap is dropped (reference 2.4).
fn outside_overlap(
    topology: &Topology,
    holder: VnetId,
    members: &[VnetId],
    destination: Ipv4Addr,
) -> bool {
    let mut near = members
        .iter()
        .filter(|member| **member != holder)
        .flat_map(|member| topology.links_of(*member));
    near.any(|link| {
        link.up && !members.contains(&link.to) && topology.vnet(link.to).contains(destination)
    })
}

/// Delivery inside a VNet: a NIC, endpoint, gateway or any host of a subnet.
pub(in crate::route) fn deliver(
    topology: &Topology,
    vnet: VnetId,
    destination: Ipv4Addr,
    crossed: Option<LinkId>,
) -> Step {
    let next = |place| Next {
        crossed,
        ..Next::to(place, Some(destination))
    };
    if let Some(nic) = topology
        .appliances()
        .iter()
        .find(|nic| nic.vnet == vnet && nic.ip == destination)
    {
        return Ok(vec![next(Place::Appliance(nic.id))]);
    }
    // What a load balancer's frontend publishes with floating IP reaches the machines behind it unchanged.
    let publishes = |nic: &&Appliance| nic.dnat.iter().any(|rule| rule.public == destination);
    let pool: Vec<&Appliance> = topology
        .appliances()
        .iter()
        .filter(|nic| nic.vnet == vnet && nic.load_balancer_ip == Some(destination))
        .filter(publishes)
        .collect();
    if !pool.is_empty() {
        return Ok(balance(destination, &pool, crossed));
    }
    let hosts = hosts_behind(topology, vnet, destination, crossed);
    if !hosts.is_empty() {
        return Ok(hosts);
    }
    if let Some(endpoint) = topology
        .private_endpoints()
        .iter()
        .find(|e| e.vnet == vnet && e.ip == destination)
    {
        return Ok(vec![next(Place::PrivateEndpoint(endpoint.id)).arrives()]);
    }
    if let Some(gateway) = topology
        .gateways()
        .iter()
        .find(|g| g.vnet == vnet && g.instance_ips.contains(&destination))
    {
        return Ok(vec![next(Place::Gateway(gateway.id)).arrives()]);
    }
    match topology.subnet_of(vnet, destination) {
        Some(subnet) => Ok(vec![next(Place::Subnet(subnet.id)).arrives()]),
        None => Err(DropReason::NoHost(destination)),
    }
}

/// The machines behind next-hop addresses.
fn appliances(
    routing: &Routing,
    standing: &Standing,
    vnet: VnetId,
    addresses: &[HopAddress],
) -> Step {
    let mut next = Vec::new();
    for address in addresses {
        let HopAddress::Ip(address) = address else {
            continue;
        };
        next.extend(appliance(routing, standing, vnet, *address)?);
    }
    if next.is_empty() {
        Err(DropReason::NoRoute)
    } else {
        Ok(next)
    }
}

/// Azure delivers to a next hop in the VNet itself or in one that is directly peered; it looks nothing up again
/// (reference 1.4, 3.2).
fn appliance(routing: &Routing, standing: &Standing, vnet: VnetId, address: Ipv4Addr) -> Step {
    let topology = routing.topology().as_ref();
    let hub = topology
        .connection_of(vnet)
        .map(|connection| topology.hub(connection.hub));
    let own = |hub: &&Hub| hub.firewall.as_ref().and_then(|firewall| firewall.ip) == Some(address);
    if let Some(hub) = hub.filter(own) {
        return Ok(vec![walk_hub::firewall(routing, hub.id)]);
    }
    let found = next_hop_vnet(topology, vnet, address);
    let (target, crossed) = found.ok_or(DropReason::NextHopUnreachable(address))?;
    appliance_at(routing, standing, target, address, crossed)
}

/// The machine at an address of a connected VNet, as a hub reaches it.
pub(in crate::route) fn appliance_in(
    routing: &Routing,
    standing: &Standing,
    vnet: VnetId,
    address: Ipv4Addr,
) -> Step {
    appliance_at(routing, standing, vnet, address, None)
}

fn appliance_at(
    routing: &Routing,
    standing: &Standing,
    target: VnetId,
    address: Ipv4Addr,
    crossed: Option<LinkId>,
) -> Step {
    let topology = routing.topology().as_ref();
    let nics = || {
        topology
            .appliances()
            .iter()
            .filter(|nic| nic.vnet == target)
    };
    if let Some(nic) = nics().find(|nic| nic.ip == address) {
        return Ok(vec![Next {
            crossed,
            ..Next::to(Place::Appliance(nic.id), Some(address))
        }]);
    }
    let pool: Vec<&Appliance> = nics()
        .filter(|nic| nic.load_balancer_ip == Some(address))
        .collect();
    if !pool.is_empty() {
        return Ok(balance(address, &pool, crossed));
    }
    let mut gateways = topology.gateways().iter();
    match gateways.find(|g| g.vnet == target && g.instance_ips.contains(&address)) {
        Some(gateway) if gateway.kind == GatewayKind::Vpn => Ok(vec![Next {
            crossed,
            ..Next::to(Place::Gateway(gateway.id), Some(address))
        }]),
        Some(gateway) if gateway.kind == GatewayKind::RouteServer => {
            beside_route_server(routing, standing, target, crossed)
                .ok_or(DropReason::NoApplianceAt(address))
        }
        _ => Err(DropReason::NoApplianceAt(address)),
    }
}

/// A Route Server forwards nothing: a next hop that is its address leads to the gateway beside it that knows the
/// destination (published by fabferri/az-pattern, hub-spokes-rs-nva-fw-routingcontrol, where an appliance passes on what
/// it learned with the next hop unchanged).
fn beside_route_server(
    routing: &Routing,
    standing: &Standing,
    vnet: VnetId,
    crossed: Option<LinkId>,
) -> Option<Vec<Next>> {
    let topology = routing.topology().as_ref();
    let mut beside = topology.gateways().iter().filter(|gateway| {
        gateway.vnet == vnet
            && gateway.kind != GatewayKind::RouteServer
            && !outside_paths(routing, gateway.id, standing.destination).is_empty()
    });
    let gateway = beside.next()?;
    let step = out_by(routing, standing, gateway, crossed);
    step.ok()
}

/// Out by a gateway: into a VPN gateway, or to the edges of an ExpressRoute gateway, since packets to ExpressRoute leave
/// without passing it (reference 6.3).
fn out_by(
    routing: &Routing,
    standing: &Standing,
    gateway: &Gateway,
    crossed: Option<LinkId>,
) -> Step {
    if gateway.kind == GatewayKind::Vpn {
        let address = gateway.instance_ips.first().copied();
        return Ok(vec![Next {
            crossed,
            ..Next::to(Place::Gateway(gateway.id), address)
        }]);
    }
    let topology = routing.topology().as_ref();
    let paths = outside_paths(routing, gateway.id, standing.destination);
    let next: Vec<Next> = paths
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, standing))
        .map(|next| Next { crossed, ..next })
        .collect();
    if next.is_empty() {
        Err(DropReason::NoLearnedRoute)
    } else {
        Ok(next)
    }
}

/// The VNet that holds a next-hop address, and the link to it.
fn next_hop_vnet(
    topology: &Topology,
    vnet: VnetId,
    address: Ipv4Addr,
) -> Option<(VnetId, Option<LinkId>)> {
    if topology.vnet(vnet).contains(address) {
        return Some((vnet, None));
    }
    let mut links = topology.links_of(vnet).filter(|link| link.up);
    if let Some(link) = links.find(|link| {
        link.remote_prefixes
            .iter()
            .any(|prefix| prefix.contains(&address))
    }) {
        return Some((link.to, Some(link.id)));
    }
    let groups = topology
        .connected_groups()
        .iter()
        .filter(|group| group.members.contains(&vnet));
    let mut members =
        groups.flat_map(|group| table::group_members(topology, group, topology.vnet(vnet)));
    members
        .find(|member| member.contains(address))
        .map(|member| (member.id, None))
}

/// A load balancer sends a flow to one healthy machine; which one is anybody's guess until it remembers.
fn balance(front: Ipv4Addr, pool: &[&Appliance], crossed: Option<LinkId>) -> Vec<Next> {
    let next = |nic: &Appliance| Next {
        crossed,
        remarks: vec![Remark::LoadBalanced(front)],
        ..Next::to(Place::Appliance(nic.id), Some(nic.ip))
    };
    let healthy: Vec<Next> = pool
        .iter()
        .filter(|nic| nic.running)
        .map(|nic| next(nic))
        .collect();
    if healthy.is_empty() {
        pool.iter().take(1).map(|nic| next(nic)).collect()
    } else {
        healthy
    }
}

/// A row that a gateway or Route Server put there.
fn gateway_row(
    routing: &Routing,
    standing: &Standing,
    vnet: VnetId,
    id: GatewayId,
    row: &EffectiveRoute,
) -> Step {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let crossed = topology
        .link_between(vnet, gateway.vnet)
        .map(|link| link.id)
        .filter(|_| vnet != gateway.vnet);
    match gateway.kind {
        GatewayKind::RouteServer => appliances(routing, standing, vnet, &row.next_hop_ips),
        GatewayKind::Vpn | GatewayKind::ExpressRoute => out_by(routing, standing, gateway, crossed),
    }
}

/// A UDR with next hop `VirtualNetworkGateway`: the VPN gateway that this VNet uses (reference 3.2, 7.1). Beside an ExpressRoute
/// gateway it is of no use ("Virtual network traffic routing", Microsoft Learn: not to be specified there; a report that such a
/// route becomes unavailable: MicrosoftDocs/azure-docs issue 67804, 2020-12-17).
fn user_gateway(topology: &Topology, vnet: VnetId) -> Step {
    let home = gateway_home(topology, vnet).ok_or(DropReason::NoGateway)?;
    let here = || {
        topology
            .gateways()
            .iter()
            .filter(|gateway| gateway.vnet == home)
    };
    let crossed = topology.link_between(vnet, home).map(|link| link.id);
    if here().any(|gateway| gateway.kind == GatewayKind::ExpressRoute) {
        return Err(DropReason::ExpressRouteNextHop);
    }
    let gateway = here().find(|gateway| gateway.kind == GatewayKind::Vpn);
    let gateway = gateway.ok_or(DropReason::NoGateway)?;
    let address = gateway.instance_ips.first().copied();
    Ok(vec![Next {
        crossed,
        ..Next::to(Place::Gateway(gateway.id), address)
    }])
}

/// Whether hosts of a subnet have a public path without an address of their own.
fn has_way_out(topology: &Topology, subnet: SubnetId) -> bool {
    let subnet = topology.subnet(subnet);
    subnet.default_outbound_access || subnet.nat_gateway
}

/// Whether an address is storage of the subnet's own region, which answers a private subnet without any way out: services
/// of one region reach storage there by private addresses (published by kaysalawu/azure-network-terraform,
/// 10-network-egress-scenarios, 2024-12-11). Older notes without regions saw none answer (adstuart/azure-private-subnet, in
/// preview): they stay true of other regions.
fn is_near_storage(topology: &Topology, subnet: SubnetId, destination: Ipv4Addr) -> bool {
    let region = &topology.vnet(topology.subnet(subnet).vnet).region;
    let storage = topology.service_tag(&format!("Storage.{region}"));
    storage.iter().any(|prefix| prefix.contains(&destination))
}

/// Out to the Internet: private addresses mean nothing there, and the sender needs a public path.
fn internet(topology: &Topology, standing: &Standing, subnet: SubnetId) -> Step {
    if is_private(standing.destination) || owned(topology, standing.destination) {
        return Err(DropReason::PrivateToInternet);
    }
    if let Place::Appliance(id) = standing.place {
        let nic = topology.appliance(id);
        if nic.kind == ApplianceKind::RoutingAppliance {
            return Err(DropReason::NotForInternet(id));
        }
        if !nic.internet_egress {
            return Err(DropReason::NoInternetEgress);
        }
    } else if !has_way_out(topology, subnet)
        && !is_near_storage(topology, subnet, standing.destination)
    {
        return Err(DropReason::NoInternetEgress);
    }
    Ok(vec![out(topology, standing.destination)])
}
