//! What gateways and Route Servers print when they are asked for their routes.
//!
//! | command | origin | weight | next hop |
//! |---|---|---|---|
//! | `az network vnet-gateway list-learned-routes`, own range | `Network` | 32768 | none |
//! | the same, from a peer | `EBgp`, beside it `IBgp` | 32768; 32769 from a Microsoft edge | the peer |
//! | `az network vnet-gateway list-advertised-routes` | `Igp` | 0 | its own instance |
//! | `az network routeserver peering list-learned-routes` | `EBgp` | 32768 | as announced |
//!
//! As published: a Route Server's lists in adstuart/azure-routeserver-anycast and mddazure/azure-vnet-routing, the weights
//! of an ExpressRoute gateway in a lab of transit VNets (all read 2026-11-25).
//!
//! A gateway prints every path it holds. Which of them it uses, and why not the others, is said beside ([`PathLoss`]).
//!
//! Left out: lists by instance. Both instances of a gateway hold the same, seen from their own addresses.

use super::policy::{carries_bgp, rank};
use super::{Bgp, Channel, Path, Speaker};
use crate::spec::{GatewayKind, RoutingPreference};
use crate::topology::{GatewayId, Topology};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Where a printed route comes from, in Azure's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteOrigin {
    /// A range of the VNet, of a VNet that uses the gateway, or of a local network gateway.
    Network,
    /// From a peer of another number.
    EBgp,
    /// From a gateway or Route Server beside it.
    IBgp,
    /// Announced.
    Igp,
}

impl RouteOrigin {
    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::EBgp => "EBgp",
            Self::IBgp => "IBgp",
            Self::Igp => "Igp",
        }
    }
}

/// Why a path is held and not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathLoss {
    /// The prefix is its own, or configured.
    Configured,
    /// A peer of more weight told the same prefix.
    Weight,
    /// The routing preference puts another kind of source first.
    Preference,
    /// Another one is closer: not through a further hub.
    Remote,
    /// Another AS path is shorter.
    LongerPath,
    /// A neighbour told the same prefix itself.
    Beside,
}

/// A row as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRoute {
    /// Destination.
    pub network: Ipv4Net,
    /// Where it comes from.
    pub origin: RouteOrigin,
    /// Address of the peer that told it; its own where nobody did. None where nobody knows it beforehand.
    pub source_peer: Option<Ipv4Addr>,
    /// Who told it.
    pub peer: Option<Speaker>,
    /// AS path as received.
    pub as_path: Vec<u32>,
    /// Weight.
    pub weight: u32,
    /// Next hop, where Azure prints one that can be known.
    pub next_hop: Option<Ipv4Addr>,
    /// Why it is not used.
    pub loss: Option<PathLoss>,
}

/// Why a path is worse than the best one of its prefix; none where it shares the traffic with it.
#[must_use]
pub fn path_loss(
    topology: &Topology,
    speaker: Speaker,
    path: &Path,
    best: &Path,
) -> Option<PathLoss> {
    let (own, top) = (rank(topology, speaker, path), rank(topology, speaker, best));
    let at = own.iter().zip(&top).position(|(own, top)| own != top)?;
    let hub_by_path = match speaker {
        Speaker::Hub(id) => Some(topology.hub(id).routing_preference == RoutingPreference::AsPath),
        _ => None,
    };
    Some(match (hub_by_path, at) {
        (Some(_), 0) => PathLoss::Configured,
        (Some(true), 1) | (Some(false), 3) => PathLoss::LongerPath,
        (Some(true), 2) | (Some(false), 1) => PathLoss::Remote,
        (Some(_), _) => PathLoss::Preference,
        (None, 0) if kind(topology, speaker) == Some(GatewayKind::RouteServer) => {
            if best.from.is_none() {
                PathLoss::Configured
            } else {
                PathLoss::Preference
            }
        }
        (None, 0) => PathLoss::Configured,
        (None, 1) if kind(topology, speaker) == Some(GatewayKind::ExpressRoute) => PathLoss::Weight,
        (None, 2) if kind(topology, speaker) != Some(GatewayKind::ExpressRoute) => PathLoss::Beside,
        (None, _) => PathLoss::LongerPath,
    })
}

fn kind(topology: &Topology, speaker: Speaker) -> Option<GatewayKind> {
    match speaker {
        Speaker::Gateway(id) => Some(topology.gateway(id).kind),
        _ => None,
    }
}

impl Bgp {
    /// Everybody a gateway or Route Server exchanges routes with, each once.
    #[must_use]
    pub fn peers(&self, topology: &Topology, id: GatewayId) -> Vec<Speaker> {
        let mut peers: Vec<Speaker> = Vec::new();
        let all = self.neighbours.get(&Speaker::Gateway(id));
        for (neighbour, channel) in all.into_iter().flatten() {
            if carries_bgp(topology, *channel) && !peers.contains(neighbour) {
                peers.push(*neighbour);
            }
        }
        peers
    }

    /// What a gateway or Route Server prints as learned, from one peer or from all.
    #[must_use]
    pub fn learned_routes(
        &self,
        topology: &Topology,
        id: GatewayId,
        from: Option<Speaker>,
    ) -> Vec<ShownRoute> {
        let speaker = Speaker::Gateway(id);
        let mut shown = Vec::new();
        let held = self.rib(speaker).into_iter().flat_map(super::Rib::values);
        for paths in held {
            for path in paths {
                let peer = path.from.map(|(peer, _)| peer);
                if from.is_some() && from != peer {
                    continue;
                }
                let loss = paths
                    .first()
                    .and_then(|best| path_loss(topology, speaker, path, best));
                shown.push(shown_path(topology, id, path, loss));
            }
        }
        if from.is_none() {
            let told = self.told_by_vpn(topology, id);
            shown.extend(
                told.iter()
                    .map(|path| shown_path(topology, id, path, Some(PathLoss::Weight))),
            );
        }
        shown
    }

    /// What a gateway or Route Server prints as announced to a peer.
    #[must_use]
    pub fn advertised_routes(
        &self,
        topology: &Topology,
        id: GatewayId,
        to: Speaker,
    ) -> Vec<ShownRoute> {
        let own = own_address(topology, id);
        let sent = self.announced(topology, Speaker::Gateway(id), Some(to));
        let row = |path: Path| ShownRoute {
            network: path.prefix,
            origin: RouteOrigin::Igp,
            source_peer: own,
            peer: None,
            as_path: path.as_path,
            weight: 0,
            next_hop: path.next_hop.or(own),
            loss: None,
        };
        sent.into_iter().map(row).collect()
    }

    /// What an ExpressRoute gateway lists besides: the best of what VPN gateways of its VNet and number learned by BGP or
    /// are told of sites without it. They tell it within their number; it passes nothing of that to its circuits, and
    /// they learn nothing but ranges from it (published by kaysalawu/azure-network-terraform, 01-ipsec-over-er and
    /// 08-network-reliability, and by fabferri/az-pattern, er-vpn-coexistence).
    pub(crate) fn told_by_vpn(&self, topology: &Topology, id: GatewayId) -> Vec<Path> {
        let gateway = topology.gateway(id);
        let mut told = Vec::new();
        if gateway.kind != GatewayKind::ExpressRoute {
            return told;
        }
        for other in topology.gateways() {
            let beside = other.vnet == gateway.vnet && other.asn == gateway.asn;
            if other.kind != GatewayKind::Vpn || !beside {
                continue;
            }
            let speaker = Speaker::Gateway(other.id);
            for paths in self.rib(speaker).into_iter().flat_map(super::Rib::values) {
                let Some(path) = paths.first() else { continue };
                let Some((_, Channel::Tunnel(tunnel))) = path.from else {
                    continue;
                };
                // Beside BGP, configured prefixes are the peer's own addresses.
                if !path.fixed || !topology.tunnel(tunnel).bgp {
                    told.push(Path {
                        from: Some((speaker, Channel::Branch)),
                        next_hop: None,
                        ..path.clone()
                    });
                }
            }
        }
        told
    }
}

fn shown_path(
    topology: &Topology,
    id: GatewayId,
    path: &Path,
    loss: Option<PathLoss>,
) -> ShownRoute {
    let own = own_address(topology, id);
    let (origin, source_peer) = match path.from {
        _ if path.fixed => (RouteOrigin::Network, own),
        None => (RouteOrigin::Network, own),
        Some((peer, Channel::Branch)) => (RouteOrigin::IBgp, address(topology, peer)),
        Some((peer, _)) => (RouteOrigin::EBgp, address(topology, peer)),
    };
    let from_edge = matches!(path.from, Some((Speaker::Edge(_), _)));
    let learned = origin != RouteOrigin::Network;
    ShownRoute {
        network: path.prefix,
        origin,
        source_peer,
        peer: path.from.map(|(peer, _)| peer),
        as_path: path.as_path.clone(),
        weight: 32_768 + u32::from(from_edge),
        next_hop: path.next_hop.or(source_peer).filter(|_| learned),
        loss,
    }
}

fn own_address(topology: &Topology, id: GatewayId) -> Option<Ipv4Addr> {
    let gateway = topology.gateway(id);
    let instances = gateway.bgp_peer_ips.iter().chain(&gateway.instance_ips);
    instances.copied().next()
}

/// The address a peer speaks from, where the estate says it.
fn address(topology: &Topology, peer: Speaker) -> Option<Ipv4Addr> {
    match peer {
        Speaker::Gateway(id) => own_address(topology, id),
        Speaker::Device(id) => {
            let nic = topology.device(id).nics.first()?;
            Some(topology.appliance(*nic).ip)
        }
        Speaker::Edge(_) | Speaker::Site(_) | Speaker::Hub(_) => None,
    }
}
