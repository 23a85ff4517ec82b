//! What each kind of speaker originates, passes on, accepts and prefers.

use super::{AZURE_ASN, Channel, EDGE_ASN, Path, Speaker};
use crate::address::{covered_by, default_route};
use crate::spec::{GatewayKind, NatMode, RoutingPreference};
use crate::topology::{
    CircuitId, DeviceId, GatewayId, NatRule, Party, RangeSet, SiteId, Topology, Tunnel, VnetId,
};
use crate::vwan::exchange as vwan;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Numbers for private use: the edge drops them towards sites.
pub(crate) const PRIVATE_ASNS: std::ops::RangeInclusive<u32> = 64_512..=65_534;
/// First of the numbers for documentation: what an appliance without a number is given.
const UNNUMBERED_ASN: u32 = 64_496;

pub(super) fn carries_bgp(topology: &Topology, channel: Channel) -> bool {
    match channel {
        Channel::Tunnel(id) => tunnel_carries_bgp(topology, topology.tunnel(id)),
        Channel::Wan => false,
        _ => true,
    }
}

/// Whether a gateway or hub tells its point-to-site clients what it knows, 0.0.0.0/0 of a gateway excepted ("About
/// Point-to-Site VPN routing", Microsoft Learn, read 2026-11-28: clients reach what BGP brings).
pub(super) fn tells_clients(topology: &Topology, from: Speaker, channel: Channel) -> bool {
    let Channel::Tunnel(id) = channel else {
        return false;
    };
    topology.tunnel(id).clients && !matches!(from, Speaker::Site(_))
}

/// Whether BGP runs in a tunnel: an appliance that speaks to no Route Server, hub or gateway and announces nothing runs
/// none, and a site at the other end of its tunnel is configured by hand.
fn tunnel_carries_bgp(topology: &Topology, tunnel: &Tunnel) -> bool {
    let by_hand = match (tunnel.a, tunnel.b) {
        (Party::Site(_), Party::Device(device)) | (Party::Device(device), Party::Site(_)) => {
            !runs_bgp(topology, device)
        }
        _ => false,
    };
    tunnel.bgp && !by_hand
}

fn runs_bgp(topology: &Topology, device: DeviceId) -> bool {
    let mut sessions = topology.bgp_sessions().iter();
    let own = Party::Device(device);
    let speaks = |tunnel: &Tunnel| {
        let (announced, peer) = if tunnel.a == own {
            (&tunnel.announced_by_a, tunnel.b)
        } else if tunnel.b == own {
            (&tunnel.announced_by_b, tunnel.a)
        } else {
            return false;
        };
        let numbered = tunnel.b == own && tunnel.as_path.is_some();
        let answered = !matches!(peer, Party::Site(_));
        tunnel.bgp && (answered || numbered || !announced.is_empty())
    };
    sessions.any(|session| topology.appliance(session.appliance).device == device)
        || topology.tunnels().iter().any(speaks)
}

/// Ranges that a gateway's VNet announces: its own and its transit spokes', summarised where the VNet says so
/// (reference 2.6). An empty list of summaries is none; of a subnet peering, the chosen subnets go (fabferri/az-pattern
/// `summarization-prefixes-s2s-vng-vng-active-active-bgp`, `s2s-vng-vng-subnetpeering-az-cli`).
pub(crate) fn announced_ranges(topology: &Topology, vnet: VnetId) -> Vec<Ipv4Net> {
    let mut ranges = topology.vnet(vnet).prefixes.to_vec();
    for link in topology.transit_links(vnet) {
        match link.remote_subnets {
            Some(_) => ranges.extend(link.remote_prefixes.iter()),
            None => ranges.extend(topology.vnet(link.to).prefixes.iter()),
        }
    }
    let summaries = topology.vnet(vnet).summarized_gateway_prefixes.as_ref();
    if let Some(summaries) = summaries.filter(|summaries| !summaries.is_empty()) {
        // The hub's own ranges go whether covered or not; spokes only where covered.
        let own = topology.vnet(vnet).prefixes.len();
        let kept = ranges
            .iter()
            .skip(own)
            .filter(|range| !covered_by(range, summaries))
            .copied();
        let mut summarized = summaries.clone();
        summarized.extend(kept);
        return summarized;
    }
    ranges
}

/// VNet ranges that a gateway never accepts from outside: its VNet's and its transit spokes' (reference 2.5).
pub(super) fn home_ranges(topology: &Topology, speaker: Speaker) -> RangeSet {
    let mut ranges = RangeSet::default();
    if let Speaker::Gateway(id) = speaker {
        let vnet = topology.gateway(id).vnet;
        for home in std::iter::once(vnet).chain(topology.transit_spokes(vnet)) {
            for range in topology.vnet(home).prefixes.iter() {
                ranges.add(range);
            }
        }
    }
    ranges
}

pub(super) fn own_paths(topology: &Topology, speaker: Speaker) -> Vec<Path> {
    if let Speaker::Hub(id) = speaker {
        return vwan::own_paths(topology, id);
    }
    let prefixes = match speaker {
        Speaker::Gateway(id) => announced_ranges(topology, topology.gateway(id).vnet),
        Speaker::Site(id) => topology.site(id).prefixes.clone(),
        Speaker::Edge(_) | Speaker::Device(_) | Speaker::Hub(_) => Vec::new(),
    };
    prefixes
        .into_iter()
        .map(|prefix| Path::own(prefix, speaker))
        .collect()
}

/// Prefixes configured at `holder` towards `peer`: local network gateways, the peer's BGP address, a WAN's sites.
pub(super) fn fixed_paths(
    topology: &Topology,
    holder: Speaker,
    peer: Speaker,
    channel: Channel,
) -> Vec<Path> {
    let prefixes = match channel {
        Channel::Wan => match peer {
            Speaker::Site(site) => topology.site(site).prefixes.clone(),
            _ => Vec::new(),
        },
        Channel::Tunnel(id) => {
            let tunnel = topology.tunnel(id);
            let prefixes = tunnel_statics(topology, holder, peer, tunnel).into_iter();
            prefixes
                .flat_map(|prefix| told_prefixes(tunnel, (peer, holder), prefix))
                .collect()
        }
        _ => Vec::new(),
    };
    let fixed = |prefix| Path {
        fixed: true,
        from: Some((peer, channel)),
        origin: peer,
        ..Path::own(prefix, peer)
    };
    prefixes.into_iter().map(fixed).collect()
}

fn tunnel_statics(
    topology: &Topology,
    holder: Speaker,
    peer: Speaker,
    tunnel: &Tunnel,
) -> Vec<Ipv4Net> {
    let at_a = Speaker::from(tunnel.a) == holder;
    let mut prefixes = if at_a {
        tunnel.static_at_a.clone()
    } else {
        tunnel.static_at_b.clone()
    };
    if tunnel_carries_bgp(topology, tunnel) {
        // Each side installs the other's BGP peering address as a host route, unless a Route Server runs its VNet.
        if let Speaker::Gateway(near) = holder
            && !has_route_server(topology, topology.gateway(near).vnet)
        {
            prefixes.extend(
                peer_addresses(topology, peer, tunnel)
                    .into_iter()
                    .map(Ipv4Net::from),
            );
        }
    } else if prefixes.is_empty() {
        prefixes = match (holder, peer) {
            (_, Speaker::Site(site)) => topology.site(site).prefixes.clone(),
            // A site is configured with what the gateway would announce, and a VNet-to-VNet connection knows the same: the
            // ranges of the other VNet and of the spokes that use its gateway.
            (Speaker::Site(_) | Speaker::Gateway(_), Speaker::Gateway(gateway)) => {
                announced_ranges(topology, topology.gateway(gateway).vnet)
            }
            (Speaker::Site(_), Speaker::Hub(hub)) => {
                let own = vwan::own_paths(topology, hub)
                    .into_iter()
                    .map(|path| path.prefix);
                own.chain(topology.hub(hub).prefix).collect()
            }
            // Towards an appliance: its VNet and those that are peered with it, as far as nobody says otherwise. Inferred:
            // what both ends were configured with is rarely published.
            (Speaker::Site(_), Speaker::Device(device)) => around(topology, device),
            (_, Speaker::Gateway(gateway)) => topology
                .vnet(topology.gateway(gateway).vnet)
                .prefixes
                .to_vec(),
            _ => Vec::new(),
        };
    }
    prefixes
}

/// What is told of a prefix in place of it.
pub(super) fn told_prefixes(
    tunnel: &Tunnel,
    (from, to): (Speaker, Speaker),
    prefix: Ipv4Net,
) -> Vec<Ipv4Net> {
    let applies = |rule: &&NatRule| match rule.mode {
        NatMode::EgressSnat => Speaker::from(rule.at) == from,
        NatMode::IngressSnat => Speaker::from(rule.at) == to,
    };
    let rules = tunnel.nat.iter().filter(applies);
    let mut told: Vec<Ipv4Net> = rules.clone().filter_map(|rule| rule.told(prefix)).collect();
    let whole = rules.clone().any(|rule| rule.internal.contains(&prefix));
    if !whole {
        told.push(prefix);
    }
    told.sort();
    told.dedup();
    told
}

/// The ranges of an appliance's VNet and of the VNets that are peered with it.
fn around(topology: &Topology, device: DeviceId) -> Vec<Ipv4Net> {
    let nics = topology.device(device).nics.iter();
    let mut ranges: Vec<Ipv4Net> = Vec::new();
    for vnet in nics.map(|id| topology.appliance(*id).vnet) {
        let links = topology.links_of(vnet).filter(|link| link.up);
        ranges.extend(topology.vnet(vnet).prefixes.iter());
        ranges.extend(links.flat_map(|link| link.remote_prefixes.iter()));
    }
    ranges.sort();
    ranges.dedup();
    ranges
}

/// The BGP addresses of a peer on the instances that a tunnel ends on.
fn peer_addresses(topology: &Topology, peer: Speaker, tunnel: &Tunnel) -> Vec<Ipv4Addr> {
    match peer {
        Speaker::Gateway(id) => match tunnel.instance_ip {
            Some(ip) if tunnel.a == Party::Gateway(id) => vec![ip],
            _ => topology.gateway(id).bgp_peer_ips.clone(),
        },
        Speaker::Hub(id) => topology
            .hub(id)
            .vpn
            .iter()
            .flat_map(|vpn| vpn.instance_ips.clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether the Route Server beside a gateway exchanges no routes with it.
fn has_route_server_apart(topology: &Topology, id: GatewayId) -> bool {
    let vnet = topology.gateway(id).vnet;
    let mut servers = topology.gateways().iter();
    servers.any(|server| {
        server.vnet == vnet && server.kind == GatewayKind::RouteServer && !server.branch_to_branch
    })
}

/// Whether a Route Server stands in a VNet.
pub(crate) fn has_route_server(topology: &Topology, vnet: VnetId) -> bool {
    let mut here = topology
        .gateways()
        .iter()
        .filter(|gateway| gateway.vnet == vnet);
    here.any(|gateway| gateway.kind == GatewayKind::RouteServer)
}

pub(super) fn announced_by_device(
    topology: &Topology,
    from: Speaker,
    tunnel: &Tunnel,
    channel: Channel,
) -> Vec<Path> {
    let Speaker::Device(device) = from else {
        return Vec::new();
    };
    let at_a = Speaker::from(tunnel.a) == from;
    let prefixes = if at_a {
        &tunnel.announced_by_a
    } else {
        &tunnel.announced_by_b
    };
    let as_path = match &tunnel.as_path {
        Some(path) if !at_a => path.clone(),
        _ => vec![device_asn(topology, device)],
    };
    let announce = |prefix: &Ipv4Net| Path {
        as_path: as_path.clone(),
        from: Some((from, channel)),
        ..Path::own(*prefix, from)
    };
    prefixes.iter().map(announce).collect()
}

/// The number of an appliance: of its sessions, else of what its tunnel announces, else one that nobody has.
fn device_asn(topology: &Topology, device: DeviceId) -> u32 {
    let mut sessions = topology.bgp_sessions().iter();
    if let Some(session) =
        sessions.find(|session| topology.appliance(session.appliance).device == device)
    {
        return session.asn;
    }
    let mut tunnels = topology
        .tunnels()
        .iter()
        .filter(|tunnel| tunnel.b == Party::Device(device));
    let announced = tunnels.find_map(|tunnel| tunnel.as_path.as_ref()?.first().copied());
    announced.unwrap_or(UNNUMBERED_ASN.saturating_add(device.0))
}

fn gateway_kind(topology: &Topology, speaker: Speaker) -> Option<GatewayKind> {
    match speaker {
        Speaker::Gateway(id) => Some(topology.gateway(id).kind),
        _ => None,
    }
}

/// Whether `from` passes a path it holds on to `to`.
pub(super) fn passes_on(
    topology: &Topology,
    from: Speaker,
    to: Speaker,
    channel: Channel,
    path: &Path,
) -> bool {
    let own = path.from.is_none();
    match from {
        Speaker::Site(_) => own || path.channel() == Some(Channel::Wan),
        Speaker::Edge(edge) => edge_passes_on(topology, edge, to, path),
        Speaker::Device(_) => true,
        Speaker::Hub(hub) => vwan::passes_on(topology, hub, to, path),
        Speaker::Gateway(id) => match (topology.gateway(id).kind, channel) {
            // Between a Route Server and the gateways of its VNet only what came from outside.
            (_, Channel::Branch) => !own,
            (GatewayKind::Vpn, _) => {
                path.prefix != default_route() && !is_peer_address(topology, path)
            }
            (GatewayKind::ExpressRoute, _) => own || path.channel() == Some(Channel::Branch),
            // An appliance is told the VNets' ranges; what others announced only with branch-to-branch.
            (GatewayKind::RouteServer, _) => own || topology.gateway(id).branch_to_branch,
        },
    }
}

/// Whether a path is the host route that BGP on a tunnel brought along. The same address as a configured prefix of the
/// tunnel is announced like any other (published by microsoft/WhatTheHack, 036-BGP, 2020-12). Of the host routes
/// themselves an old table shows that they went on (erjosito/azure-vpn-bgp-lab); newer ones show that they do not.
fn is_peer_address(topology: &Topology, path: &Path) -> bool {
    let Some((peer, Channel::Tunnel(tunnel))) = path.from else {
        return false;
    };
    let tunnel = topology.tunnel(tunnel);
    let configured = if Speaker::from(tunnel.a) == peer {
        &tunnel.static_at_b
    } else {
        &tunnel.static_at_a
    };
    let addresses = peer_addresses(topology, peer, tunnel);
    path.fixed
        && !configured.contains(&path.prefix)
        && addresses
            .into_iter()
            .any(|ip| Ipv4Net::from(ip) == path.prefix)
}

/// The switches of a hairpin at the edge (reference 7.3). A missing one fails silently: there is no route.
fn edge_passes_on(topology: &Topology, edge: CircuitId, to: Speaker, path: &Path) -> bool {
    let over_global_reach = path.channel() == Some(Channel::GlobalReach);
    if matches!(to, Speaker::Edge(_)) {
        return !over_global_reach && path.channel() == Some(Channel::Circuit(edge));
    }
    // What a Route Server gave a gateway goes on to sites (published by fabferri/az-pattern, hub-spoke-azfw-routeserver-er
    // and vnet-peering-summarization), and to a gateway whose own Route Server stands apart from it (published by
    // dmauser/azure-hub-spoke, er-hub-transit, 2026-03-25).
    let given = path.as_path.len() > 1;
    match (path.from, to) {
        (Some((Speaker::Gateway(a), _)), Speaker::Gateway(b)) if given => {
            return has_route_server_apart(topology, b)
                && topology.gateway(a).allow_remote_vnet_traffic
                && topology.gateway(b).allow_remote_vnet_traffic;
        }
        (Some((Speaker::Gateway(_), _)), Speaker::Hub(_) | Speaker::Device(_)) if given => {
            return false;
        }
        _ => {}
    }
    match (path.origin, to) {
        (Speaker::Gateway(a), Speaker::Gateway(b)) => {
            topology.gateway(a).allow_remote_vnet_traffic
                && topology.gateway(b).allow_remote_vnet_traffic
        }
        (Speaker::Gateway(gateway), Speaker::Hub(hub))
        | (Speaker::Hub(hub), Speaker::Gateway(gateway)) => {
            topology.gateway(gateway).allow_virtual_wan_traffic
                && topology.hub(hub).express_route == Some(true)
        }
        // Sites behind one circuit do not reach each other through it; over Global Reach they do, and what a hub or
        // gateway told the edge goes on whoever originated it.
        (Speaker::Site(_), Speaker::Site(_)) => {
            over_global_reach || !matches!(path.from, Some((Speaker::Site(_), _)))
        }
        _ => true,
    }
}

/// The AS path as the receiver sees it.
pub(super) fn sent_path(
    topology: &Topology,
    from: Speaker,
    to: Speaker,
    channel: Channel,
    path: &Path,
) -> Vec<u32> {
    let prepend = |numbers: &[u32]| {
        numbers
            .iter()
            .chain(&path.as_path)
            .copied()
            .collect::<Vec<u32>>()
    };
    match from {
        Speaker::Site(site) => site_path(topology, site, channel, path),
        Speaker::Edge(_) => match to {
            Speaker::Edge(_) => edge_path(&[EDGE_ASN, EDGE_ASN], path),
            Speaker::Site(_) if comes_from_azure(path) => {
                let told = edge_path(&[], path).into_iter();
                told.filter(|number| !PRIVATE_ASNS.contains(number))
                    .collect()
            }
            // A hub that prefers short AS paths sees what its own circuit brings back from Azure one number longer, so
            // that the way between the hubs wins (published by adstuart/vwan-hrp-aspath-lab, 2026-04, and
            // kaysalawu/azure-network-terraform, 13-vwan-er-hairpin).
            Speaker::Hub(hub)
                if topology.hub(hub).routing_preference == RoutingPreference::AsPath
                    && is_bounced(path) =>
            {
                edge_path(&[EDGE_ASN, EDGE_ASN], path)
            }
            _ => edge_path(&[EDGE_ASN], path),
        },
        Speaker::Gateway(id) => match (topology.gateway(id).kind, channel) {
            (_, Channel::Branch) => branch_path(topology, id, to, path),
            (GatewayKind::ExpressRoute, _) => prepend(&[topology.gateway(id).asn]),
            (GatewayKind::RouteServer, _) => prepend(&[AZURE_ASN]),
            (GatewayKind::Vpn, Channel::Tunnel(tunnel)) => {
                let tunnel = topology.tunnel(tunnel);
                match &tunnel.as_path {
                    Some(published) if Speaker::from(tunnel.b) == from => published.clone(),
                    _ => prepend(&[topology.gateway(id).asn]),
                }
            }
            (GatewayKind::Vpn, _) => prepend(&[topology.gateway(id).asn]),
        },
        Speaker::Device(device) => prepend(&[device_asn(topology, device)]),
        Speaker::Hub(_) => vwan::sent_path(to, path),
    }
}

/// A gateway and a Route Server of one number are one system; of two numbers each puts its own in front.
fn branch_path(topology: &Topology, from: GatewayId, to: Speaker, path: &Path) -> Vec<u32> {
    let own = topology.gateway(from).asn;
    let same = matches!(to, Speaker::Gateway(id) if topology.gateway(id).asn == own);
    let prefix = if same { None } else { Some(own) };
    prefix
        .into_iter()
        .chain(path.as_path.iter().copied())
        .collect()
}

/// Whether a gateway or hub told the edge, or originated what another edge told it.
fn comes_from_azure(path: &Path) -> bool {
    matches!(path.from, Some((Speaker::Gateway(_) | Speaker::Hub(_), _)))
        || matches!(path.origin, Speaker::Gateway(_) | Speaker::Hub(_))
}

/// Whether a circuit brings a range back that Azure announced to it, other than over Global Reach.
fn is_bounced(path: &Path) -> bool {
    matches!(path.origin, Speaker::Gateway(_) | Speaker::Hub(_))
        && path.channel() != Some(Channel::GlobalReach)
}

/// What the edge tells of a path: it puts its own number in the place of a gateway's.
fn edge_path(prefix: &[u32], path: &Path) -> Vec<u32> {
    let mut told: Vec<u32> = path.as_path.clone();
    if let Some(first) = told.iter_mut().find(|number| **number != EDGE_ASN)
        && *first == AZURE_ASN
    {
        *first = EDGE_ASN;
    }
    prefix.iter().copied().chain(told).collect()
}

fn site_path(topology: &Topology, site: SiteId, channel: Channel, path: &Path) -> Vec<u32> {
    let site = topology.site(site);
    let announced: Vec<u32> = match channel {
        Channel::Tunnel(id) => {
            let tunnel = topology.tunnel(id);
            let published = tunnel
                .as_path
                .clone()
                .filter(|_| tunnel.b == Party::Site(site.id));
            published.unwrap_or_else(|| {
                if site.as_path.is_empty() {
                    vec![site.asn]
                } else {
                    site.as_path.clone()
                }
            })
        }
        // The published path is what the first gateway sees; the edge puts its own number in front again.
        Channel::Circuit(_) => match site.as_path.split_first() {
            Some((&EDGE_ASN, rest)) => rest.to_vec(),
            Some(_) => site.as_path.clone(),
            None => vec![site.asn],
        },
        _ => vec![site.asn],
    };
    match path.origin {
        Speaker::Site(origin) if origin != site.id => {
            let behind = topology.site(origin);
            announced.into_iter().chain([behind.asn]).collect()
        }
        _ => announced,
    }
}

/// Whether a speaker keeps a path that a neighbour sent; `home` are its [`home_ranges`].
pub(super) fn accepts(
    topology: &Topology,
    speaker: Speaker,
    home: &RangeSet,
    path: &Path,
    channel: Channel,
) -> bool {
    match speaker {
        Speaker::Gateway(id) => {
            let gateway = topology.gateway(id);
            match gateway.kind {
                GatewayKind::RouteServer => {
                    channel == Channel::Branch || !path.as_path.contains(&AZURE_ASN)
                }
                GatewayKind::Vpn | GatewayKind::ExpressRoute => {
                    // A part of a range that an appliance announced comes from the Route Server nevertheless, and goes
                    // on to sites (published by fabferri/az-pattern, rs-2er-circuits).
                    let inside = match channel {
                        Channel::Branch => home.holds(&path.prefix),
                        _ => home.covers(&path.prefix),
                    };
                    let inner = channel == Channel::Branch && gateway.asn == AZURE_ASN;
                    let looped = !inner && path.as_path.contains(&gateway.asn);
                    !inside && !looped
                }
            }
        }
        Speaker::Device(device) => !path.as_path.contains(&device_asn(topology, device)),
        Speaker::Site(site) => !path.as_path.contains(&topology.site(site).asn),
        // What a gateway or hub tells with the edge's own number in the path is a loop; of a site it is taken.
        Speaker::Edge(_) => {
            matches!(path.from, Some((Speaker::Site(_) | Speaker::Edge(_), _)))
                || !path.as_path.contains(&EDGE_ASN)
        }
        Speaker::Hub(hub) => vwan::accepts(topology, hub, path, channel),
    }
}

/// Order of preference: lower is better. Paths of equal rank share the traffic.
pub(super) fn rank(topology: &Topology, speaker: Speaker, path: &Path) -> [usize; 5] {
    if let Speaker::Hub(hub) = speaker {
        return vwan::rank(topology, hub, path);
    }
    if path.from.is_none() {
        return [0; 5];
    }
    let length = path.as_path.len();
    let inner = usize::from(path.channel() == Some(Channel::Branch));
    match speaker {
        Speaker::Gateway(id) if topology.gateway(id).kind == GatewayKind::RouteServer => {
            let preference = topology.gateway(id).routing_preference;
            [
                source_rank(preference, source_kind(topology, path)),
                length,
                0,
                0,
                0,
            ]
        }
        // Published: an ExpressRoute gateway gives what the edge told it more weight than what the Route Server beside it
        // told, however long the path.
        Speaker::Gateway(id) if topology.gateway(id).kind == GatewayKind::ExpressRoute => [
            2,
            inner,
            usize::MAX.saturating_sub(weight(topology, id, path)),
            length,
            0,
        ],
        // A host answers by its own site's way out first; ExpressRoute goes before VPN at equal length.
        Speaker::Site(_) => match path.channel() {
            Some(Channel::Wan) => [3, length, 0, 0, 0],
            Some(Channel::Circuit(_)) => [1, length, 0, 0, 0],
            _ => [1, length, 1, 0, 0],
        },
        _ => [if path.fixed { 1 } else { 2 }, length, inner, 0, 0],
    }
}

/// The weight of the connection that a path came over.
fn weight(topology: &Topology, id: GatewayId, path: &Path) -> usize {
    let Some(Channel::Circuit(circuit)) = path.channel() else {
        return 0;
    };
    let connection = topology.circuit(circuit).connection(Party::Gateway(id));
    connection.map_or(0, |one| usize::try_from(one.weight).unwrap_or(usize::MAX))
}

/// What kind of neighbour a path entered Azure by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// An ExpressRoute gateway.
    ExpressRoute,
    /// A VPN gateway or an appliance.
    Vpn,
}

fn source_kind(topology: &Topology, path: &Path) -> SourceKind {
    match path.from {
        Some((Speaker::Edge(_), _)) => SourceKind::ExpressRoute,
        Some((neighbour, _))
            if gateway_kind(topology, neighbour) == Some(GatewayKind::ExpressRoute) =>
        {
            SourceKind::ExpressRoute
        }
        _ => SourceKind::Vpn,
    }
}

/// Rank of a source under a routing preference.
pub(crate) fn source_rank(preference: RoutingPreference, kind: SourceKind) -> usize {
    match (preference, kind) {
        (RoutingPreference::ExpressRoute, SourceKind::ExpressRoute)
        | (RoutingPreference::VpnGateway, SourceKind::Vpn) => 1,
        (RoutingPreference::AsPath, _) => 1,
        _ => 2,
    }
}

/// The paths that tie for best, from a list already in order.
pub(crate) fn best<'p>(topology: &Topology, speaker: Speaker, paths: &'p [Path]) -> Vec<&'p Path> {
    let Some(first) = paths.first() else {
        return Vec::new();
    };
    let top = rank(topology, speaker, first);
    paths
        .iter()
        .take_while(|path| rank(topology, speaker, path) == top)
        .collect()
}
