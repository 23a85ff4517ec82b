//! What gateways and Route Servers put into the tables of a VNet.
//!
//! For each prefix the candidates of all gateways of one VNet compete: the Route Server's preference where there is
//! one, else ExpressRoute before VPN; then the shorter AS path; ties share the traffic. The rows also appear in VNets
//! that use those gateways (reference 2.5, 2.6, 7.4).
//!
//! | learned in the hub 10.1.0.0/16 | row in a spoke 10.2.0.0/16 |
//! |---|---|
//! | 0.0.0.0/0 from an NVA at 10.1.2.4 | 0.0.0.0/0 VirtualNetworkGateway 10.1.2.4 |
//! | 10.1.2.0/24 from the NVA | none: inside a peered range |
//! | 192.168.0.0/16 over VPN | 192.168.0.0/16 VirtualNetworkGateway, the gateway's address |

use super::bgp::{self, Channel, Path, SourceKind, Speaker, source_rank};
use super::table::group_rows;
use super::{HopAddress, Routing};
use crate::spec::{GatewayKind, RoutingPreference};
use crate::topology::{Gateway, GatewayId, Party, RangeSet, Topology, VnetId};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// A gateway row of a VNet before any UDR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LearnedRoute {
    pub(crate) prefix: Ipv4Net,
    pub(crate) gateway: GatewayId,
    pub(crate) next_hop_ips: Vec<HopAddress>,
}

/// The VNet whose gateways serve this VNet: itself, or the one it uses by transit.
pub(crate) fn gateway_home(topology: &Topology, vnet: VnetId) -> Option<VnetId> {
    let owns = topology
        .gateways()
        .iter()
        .any(|gateway| gateway.vnet == vnet);
    if owns {
        Some(vnet)
    } else {
        topology.transit_hub(vnet)
    }
}

/// Whether a path entered the VNet here, not through a neighbouring gateway.
fn is_external(path: &Path) -> bool {
    matches!(
        path.from,
        Some((
            _,
            Channel::Tunnel(_) | Channel::Circuit(_) | Channel::Session(_)
        ))
    )
}

/// The paths a gateway would use that come from outside its VNet.
pub(crate) fn external_best<'p>(
    topology: &Topology,
    gateway: &Gateway,
    paths: &'p [Path],
) -> Vec<&'p Path> {
    let speaker = Speaker::Gateway(gateway.id);
    let Some(first) = paths.iter().position(is_external) else {
        return Vec::new();
    };
    let tail = paths.get(first..).unwrap_or_default();
    bgp::best(topology, speaker, tail)
        .into_iter()
        .filter(|path| is_external(path))
        .collect()
}

/// The paths behind the routers' own addresses: what is configured beside BGP stays with the VPN gateway where an
/// ExpressRoute gateway or a Route Server fills the tables (published by kaysalawu/azure-network-terraform,
/// 01-ipsec-over-er).
fn beside_addresses<'p>(topology: &Topology, paths: &'p [Path]) -> &'p [Path] {
    let is_address = |path: &Path| {
        path.fixed && matches!(path.from, Some((_, Channel::Tunnel(id))) if topology.tunnel(id).bgp)
    };
    let told = paths.iter().position(|path| !is_address(path));
    told.and_then(|first| paths.get(first..))
        .unwrap_or_default()
}

struct Candidate<'p> {
    gateway: &'p Gateway,
    rank: (usize, usize),
    paths: Vec<&'p Path>,
}

/// Gateway rows of a VNet, by prefix.
pub(crate) fn learned_routes(routing: &Routing, vnet: VnetId) -> Vec<LearnedRoute> {
    let topology = routing.topology().as_ref();
    let Some(home) = gateway_home(topology, vnet) else {
        return Vec::new();
    };
    let mut by_prefix: BTreeMap<Ipv4Net, Vec<Candidate<'_>>> = BTreeMap::new();
    let here: Vec<&Gateway> = topology
        .gateways()
        .iter()
        .filter(|gateway| gateway.vnet == home)
        .collect();
    let server = here
        .iter()
        .find(|gateway| gateway.kind == GatewayKind::RouteServer);
    let preference = server.map_or(RoutingPreference::ExpressRoute, |server| {
        server.routing_preference
    });
    let silent = here.iter().any(|gateway| gateway.kind != GatewayKind::Vpn);
    for gateway in &here {
        for (prefix, paths) in routing
            .bgp()
            .rib(Speaker::Gateway(gateway.id))
            .into_iter()
            .flatten()
        {
            let shown = if silent {
                beside_addresses(topology, paths)
            } else {
                paths
            };
            let paths = external_best(topology, gateway, shown);
            let Some(first) = paths.first() else { continue };
            let kind = match gateway.kind {
                GatewayKind::ExpressRoute => SourceKind::ExpressRoute,
                _ => SourceKind::Vpn,
            };
            let rank = (source_rank(preference, kind), first.as_path.len());
            by_prefix.entry(*prefix).or_default().push(Candidate {
                gateway,
                rank,
                paths,
            });
        }
    }
    let taken = taken_ranges(topology, vnet, home);
    let mut rows = Vec::new();
    for (prefix, candidates) in by_prefix {
        if taken.covers(&prefix) {
            continue;
        }
        let best = candidates.iter().map(|candidate| candidate.rank).min();
        let mut chosen = candidates
            .iter()
            .filter(|candidate| Some(candidate.rank) == best);
        let Some(first) = chosen.next() else { continue };
        let mut next_hop_ips = next_hops(topology, first.gateway, &first.paths);
        // ExpressRoute and VPN never share a prefix; two NVA and VPN sources of one length do.
        for candidate in chosen.filter(|c| c.gateway.kind != GatewayKind::ExpressRoute) {
            next_hop_ips.extend(next_hops(topology, candidate.gateway, &candidate.paths));
        }
        rows.push(LearnedRoute {
            prefix,
            gateway: first.gateway.id,
            next_hop_ips,
        });
    }
    rows
}

/// Ranges that system routes keep: gateway routes equal to or inside them never count (reference 3.1.1).
fn taken_ranges(topology: &Topology, vnet: VnetId, home: VnetId) -> RangeSet {
    let mut taken = topology.vnet(vnet).prefixes.to_vec();
    taken.extend(
        topology
            .links_of(vnet)
            .filter(|link| link.up)
            .flat_map(|link| link.remote_prefixes.iter()),
    );
    let fellows = group_rows(topology, topology.vnet(vnet));
    taken.extend(fellows.into_iter().flat_map(|row| row.prefixes));
    if home != vnet {
        taken.extend(topology.vnet(home).prefixes.iter());
        taken.extend(
            topology
                .transit_spokes(home)
                .flat_map(|spoke| topology.vnet(spoke).prefixes.iter()),
        );
    }
    let mut ranges = RangeSet::default();
    taken.iter().for_each(|range| ranges.add(range));
    ranges
}

/// The addresses that the CLI shows for a gateway's route.
fn next_hops(topology: &Topology, gateway: &Gateway, paths: &[&Path]) -> Vec<HopAddress> {
    match gateway.kind {
        GatewayKind::ExpressRoute => vec![HopAddress::MicrosoftEdge],
        GatewayKind::RouteServer => {
            let mut hops: Vec<HopAddress> = paths
                .iter()
                .filter_map(|path| path.next_hop)
                .map(HopAddress::Ip)
                .collect();
            hops.sort();
            hops.dedup();
            hops
        }
        GatewayKind::Vpn => vpn_addresses(topology, gateway, paths),
    }
}

/// A single instance shows its public address. Of an active-active gateway the instances show that the best tunnels end
/// on: two tunnels with six and seven numbers in the path leave the first one's instance alone (published by
/// kaysalawu/azure-network-terraform, 08-network-reliability). Beside a Route Server every instance is shown whichever
/// the tunnel ends on, since all of them tell it (published by malgebary/Azure-Route-Server-MicroHack).
fn vpn_addresses(topology: &Topology, gateway: &Gateway, paths: &[&Path]) -> Vec<HopAddress> {
    let public = !gateway.active_active && !gateway.public_ips.is_empty();
    let mut shown = if public {
        gateway.public_ips.clone()
    } else {
        gateway.instance_ips.clone()
    };
    if !public && !bgp::has_route_server(topology, gateway.vnet) {
        let ends: Option<Vec<Ipv4Addr>> = paths
            .iter()
            .map(|path| ends_on(topology, gateway, path))
            .collect();
        if let Some(ends) = ends {
            shown.retain(|ip| ends.contains(ip));
        }
    }
    if shown.is_empty() {
        return vec![HopAddress::GatewayInstance(gateway.id)];
    }
    shown.into_iter().map(HopAddress::Ip).collect()
}

/// The one instance of a gateway that a path came in by, where its tunnel names one.
fn ends_on(topology: &Topology, gateway: &Gateway, path: &Path) -> Option<Ipv4Addr> {
    let (_, Channel::Tunnel(tunnel)) = path.from? else {
        return None;
    };
    let tunnel = topology.tunnel(tunnel);
    tunnel
        .instance_ip
        .filter(|_| tunnel.a == Party::Gateway(gateway.id))
}
