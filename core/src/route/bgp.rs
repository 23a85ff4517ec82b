//! What gateways, Route Servers, edges, sites and appliances learn from each other.
//!
//! Announcements spread between speakers until nothing changes: each round, every speaker's routes are its own plus
//! what each neighbour exported in the round before. The rules of export and acceptance are Azure's (reference 2.5,
//! 2.6, 7.1 to 7.4):
//!
//! | speaker | announces | accepts |
//! |---|---|---|
//! | VPN gateway | VNet and transit ranges, static prefixes, what it learned except 0.0.0.0/0, own number prepended | all but its own VNets' ranges and paths with its number |
//! | ExpressRoute gateway | VNet and transit ranges; with branch-to-branch what the Route Server learned | the same |
//! | Microsoft edge (12076) | sites to gateways; gateways to gateways only when all switches allow | everything |
//! | Route Server (65515) | VNet ranges to appliances; with branch-to-branch everything to everybody | paths without 65515 |
//! | site | its prefixes and those of its WAN | everything |
//! | appliance | what it is told to, and over tunnels what it learned | paths without its number |
//!
//! AS paths over the edge, as captured: a site's `65002-65200` is seen by a gateway as `12076-65002-65200`, over
//! Global Reach as `12076-12076-12076-65002-65200`; a VNet behind the same circuit as `12076-12076`, over Global Reach
//! as four times 12076.
//!
//! Left out: timers, communities, MED. The number of rounds is bounded; running out of them is reported.

use crate::address::{covered_by, default_route};
use crate::spec::{GatewayKind, RoutingPreference};
use crate::topology::{
    BgpSessionId, CircuitId, ConnectionId, DeviceId, GatewayId, HubId, Party, SiteId, Topology,
    Tunnel, TunnelId, VnetId,
};
use crate::vwan::exchange as vwan;
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// The number of Microsoft's edge.
pub(crate) const EDGE_ASN: u32 = 12_076;
/// The number of Route Servers and Virtual WAN hubs.
pub(crate) const AZURE_ASN: u32 = 65_515;
/// More rounds than any loop-free exchange between the speakers of an estate needs.
const MAX_ROUNDS: usize = 64;

/// Somebody who exchanges routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Speaker {
    /// A VPN or ExpressRoute gateway, or a Route Server.
    Gateway(GatewayId),
    /// The Microsoft edge of a circuit.
    Edge(CircuitId),
    /// A site.
    Site(SiteId),
    /// An appliance.
    Device(DeviceId),
    /// A Virtual WAN hub.
    Hub(HubId),
}

impl From<Party> for Speaker {
    fn from(party: Party) -> Self {
        match party {
            Party::Gateway(id) => Self::Gateway(id),
            Party::Hub(id) => Self::Hub(id),
            Party::Site(id) => Self::Site(id),
            Party::Device(id) => Self::Device(id),
        }
    }
}

/// Over what two speakers talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// A tunnel.
    Tunnel(TunnelId),
    /// A connection to a circuit.
    Circuit(CircuitId),
    /// Global Reach between two circuits.
    GlobalReach,
    /// A BGP session of a Route Server or hub with an appliance.
    Session(BgpSessionId),
    /// Branch-to-branch between a Route Server and a gateway of its VNet.
    Branch,
    /// Two sites of one WAN.
    Wan,
    /// Two hubs of the Virtual WAN.
    HubMesh,
}

/// A route that a speaker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Where to.
    pub prefix: Ipv4Net,
    /// The AS path as the holder received it; empty for own and static prefixes.
    pub as_path: Vec<u32>,
    /// The neighbour and the channel it came by; `None` for an own prefix.
    pub from: Option<(Speaker, Channel)>,
    /// Who originated it.
    pub origin: Speaker,
    /// Configured at the holder, not learned.
    pub fixed: bool,
    /// The next hop that an appliance announced, or that a static route on a hub connection names.
    pub next_hop: Option<Ipv4Addr>,
    /// The Virtual WAN connection that it came in by.
    pub connection: Option<ConnectionId>,
}

impl Path {
    pub(crate) fn own(prefix: Ipv4Net, origin: Speaker) -> Self {
        Self {
            prefix,
            as_path: Vec::new(),
            from: None,
            origin,
            fixed: false,
            next_hop: None,
            connection: None,
        }
    }

    fn channel(&self) -> Option<Channel> {
        self.from.map(|(_, channel)| channel)
    }
}

/// The routes of one speaker: for each prefix every path it holds, the best first.
pub type Rib = BTreeMap<Ipv4Net, Vec<Path>>;

/// Every speaker's routes at the fixed point.
#[derive(Debug, Clone, Default)]
pub struct Bgp {
    ribs: BTreeMap<Speaker, Rib>,
    neighbours: BTreeMap<Speaker, Vec<(Speaker, Channel)>>,
    /// Rounds until nothing changed.
    pub rounds: usize,
    /// False: the bound on rounds was reached and the routes are those of the last one.
    pub converged: bool,
}

impl Bgp {
    /// Lets announcements spread until nothing changes.
    #[must_use]
    pub fn compute(topology: &Topology) -> Self {
        let neighbours = neighbours(topology);
        let mut bgp = Self {
            ribs: BTreeMap::new(),
            neighbours,
            rounds: 0,
            converged: false,
        };
        let speakers: Vec<Speaker> = bgp.neighbours.keys().copied().collect();
        for round in 0..MAX_ROUNDS {
            let next: BTreeMap<Speaker, Rib> = speakers
                .iter()
                .map(|speaker| (*speaker, bgp.next_rib(topology, *speaker)))
                .collect();
            bgp.rounds = round;
            if next == bgp.ribs {
                bgp.converged = true;
                break;
            }
            bgp.ribs = next;
        }
        bgp
    }

    /// Everything a speaker holds.
    #[must_use]
    pub fn rib(&self, speaker: Speaker) -> Option<&Rib> {
        self.ribs.get(&speaker)
    }

    /// The paths a speaker uses for an address: the longest prefix, all that tie for best.
    #[must_use]
    pub fn lookup(
        &self,
        topology: &Topology,
        speaker: Speaker,
        destination: Ipv4Addr,
    ) -> Vec<&Path> {
        let Some(rib) = self.ribs.get(&speaker) else {
            return Vec::new();
        };
        let longest = rib
            .iter()
            .filter(|(prefix, _)| prefix.contains(&destination))
            .max_by_key(|(p, _)| p.prefix_len());
        longest
            .map(|(_, paths)| best(topology, speaker, paths))
            .unwrap_or_default()
    }

    /// What a speaker announces to one neighbour, or to all.
    #[must_use]
    pub fn announced(
        &self,
        topology: &Topology,
        speaker: Speaker,
        to: Option<Speaker>,
    ) -> Vec<Path> {
        let mut paths: Vec<Path> = Vec::new();
        for (neighbour, channel) in self.neighbours.get(&speaker).into_iter().flatten() {
            if to.is_some_and(|to| to != *neighbour) {
                continue;
            }
            for path in self.export(topology, speaker, *neighbour, *channel) {
                if !paths
                    .iter()
                    .any(|known| known.prefix == path.prefix && known.as_path == path.as_path)
                {
                    paths.push(path);
                }
            }
        }
        paths
    }

    fn next_rib(&self, topology: &Topology, speaker: Speaker) -> Rib {
        let mut rib = Rib::new();
        let mut add = |path: Path| rib.entry(path.prefix).or_default().push(path);
        own_paths(topology, speaker).into_iter().for_each(&mut add);
        for (neighbour, channel) in self.neighbours.get(&speaker).into_iter().flatten() {
            for path in fixed_paths(topology, speaker, *neighbour, *channel) {
                add(path);
            }
            for path in self.export(topology, *neighbour, speaker, *channel) {
                if accepts(topology, speaker, &path, *channel) {
                    add(path);
                }
            }
        }
        for paths in rib.values_mut() {
            paths.sort_by_key(|path| rank(topology, speaker, path));
        }
        rib
    }

    /// What `from` sends to `to`, as `to` receives it.
    fn export(
        &self,
        topology: &Topology,
        from: Speaker,
        to: Speaker,
        channel: Channel,
    ) -> Vec<Path> {
        if !carries_bgp(topology, channel) {
            return Vec::new();
        }
        if let (Speaker::Device(_), Channel::Session(session)) = (from, channel) {
            let session = topology.bgp_session(session);
            let announce = |a: &crate::topology::Advertisement| Path {
                prefix: a.prefix,
                as_path: a.as_path.clone(),
                from: Some((from, channel)),
                origin: from,
                fixed: false,
                next_hop: Some(a.next_hop),
                connection: vwan::session_connection(topology, channel),
            };
            return session.advertises.iter().map(announce).collect();
        }
        let Some(rib) = self.ribs.get(&from) else {
            return Vec::new();
        };
        let mut sent: Vec<Path> = rib
            .values()
            .flat_map(|paths| sendable(topology, from, to, paths))
            .filter(|path| passes_on(topology, from, to, channel, path))
            .map(|path| Path {
                prefix: path.prefix,
                as_path: sent_path(topology, from, to, channel, path),
                from: Some((from, channel)),
                origin: path.origin,
                fixed: false,
                next_hop: path.next_hop.filter(|_| channel == Channel::Branch),
                connection: path.connection.filter(|_| channel == Channel::HubMesh),
            })
            .collect();
        if let Speaker::Hub(hub) = from {
            sent.extend(
                vwan::announcements(topology, hub, to)
                    .into_iter()
                    .map(|path| Path {
                        as_path: vwan::sent_path(to, &path),
                        from: Some((from, channel)),
                        ..path
                    }),
            );
        }
        if let Channel::Tunnel(tunnel) = channel {
            sent.extend(announced_by_device(
                topology,
                from,
                topology.tunnel(tunnel),
                channel,
            ));
        }
        sent
    }
}

/// The best path that did not come from the receiver; of a hub the best of each propagation, since its tables are
/// filled apart.
fn sendable<'p>(
    topology: &Topology,
    from: Speaker,
    to: Speaker,
    paths: &'p [Path],
) -> Vec<&'p Path> {
    let mut sent: Vec<&Path> = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.from.is_none_or(|(source, _)| source != to))
    {
        let apart = matches!((from, to), (Speaker::Hub(_), Speaker::Hub(_)));
        let local = |path: &Path| path.channel() != Some(Channel::HubMesh);
        if apart && !local(path) {
            continue;
        }
        let known = |held: &&Path| !apart || held.connection == path.connection;
        if !sent.iter().any(known) {
            sent.push(path);
        }
    }
    // Paths are in order of preference, so of a hub's several the first is best; worse ones serve other tables.
    let Some(first) = sent.first().map(|path| rank(topology, from, path)) else {
        return sent;
    };
    let propagation = |path: &Path| {
        path.connection
            .map(|id| &topology.connection(id).propagated_labels)
    };
    let best = sent.first().and_then(|path| propagation(path));
    sent.retain(|path| rank(topology, from, path) == first || propagation(path) != best);
    sent
}

/// Who talks to whom. Circuits with no connection up, and stopped appliances, talk to nobody.
fn neighbours(topology: &Topology) -> BTreeMap<Speaker, Vec<(Speaker, Channel)>> {
    let mut map: BTreeMap<Speaker, Vec<(Speaker, Channel)>> = BTreeMap::new();
    for gateway in topology.gateways() {
        map.entry(Speaker::Gateway(gateway.id)).or_default();
    }
    for site in topology.sites() {
        map.entry(Speaker::Site(site.id)).or_default();
    }
    for hub in topology.hubs() {
        map.entry(Speaker::Hub(hub.id)).or_default();
    }
    let mut join = |a: Speaker, b: Speaker, channel: Channel| {
        map.entry(a).or_default().push((b, channel));
        map.entry(b).or_default().push((a, channel));
    };
    for tunnel in topology.tunnels() {
        join(tunnel.a.into(), tunnel.b.into(), Channel::Tunnel(tunnel.id));
    }
    for circuit in topology
        .circuits()
        .iter()
        .filter(|circuit| circuit.links_up > 0)
    {
        let edge = Speaker::Edge(circuit.id);
        for party in &circuit.gateways {
            join(edge, (*party).into(), Channel::Circuit(circuit.id));
        }
        for site in &circuit.sites {
            join(edge, Speaker::Site(*site), Channel::Circuit(circuit.id));
        }
        let up = |id: &&CircuitId| **id > circuit.id && topology.circuit(**id).links_up > 0;
        for other in circuit.global_reach.iter().filter(up) {
            join(edge, Speaker::Edge(*other), Channel::GlobalReach);
        }
    }
    for hub in topology.hubs() {
        for other in topology.hubs().iter().filter(|other| other.id < hub.id) {
            join(
                Speaker::Hub(hub.id),
                Speaker::Hub(other.id),
                Channel::HubMesh,
            );
        }
    }
    for session in topology.bgp_sessions() {
        let nic = topology.appliance(session.appliance);
        if nic.running {
            join(
                session.speaker.into(),
                Speaker::Device(nic.device),
                Channel::Session(session.id),
            );
        }
    }
    for server in topology
        .gateways()
        .iter()
        .filter(|g| g.kind == GatewayKind::RouteServer && g.branch_to_branch)
    {
        for gateway in topology
            .gateways()
            .iter()
            .filter(|g| g.vnet == server.vnet && g.id != server.id)
        {
            join(
                Speaker::Gateway(server.id),
                Speaker::Gateway(gateway.id),
                Channel::Branch,
            );
        }
    }
    for site in topology.sites() {
        for other in topology
            .sites()
            .iter()
            .filter(|other| other.id < site.id && other.wan.is_some())
        {
            if other.wan == site.wan {
                join(
                    Speaker::Site(site.id),
                    Speaker::Site(other.id),
                    Channel::Wan,
                );
            }
        }
    }
    map
}

fn carries_bgp(topology: &Topology, channel: Channel) -> bool {
    match channel {
        Channel::Tunnel(id) => topology.tunnel(id).bgp,
        Channel::Wan => false,
        _ => true,
    }
}

/// Ranges that a gateway's VNet announces: its own and its transit spokes', summarised where the VNet says so
/// (reference 2.6).
pub(crate) fn announced_ranges(topology: &Topology, vnet: VnetId) -> Vec<Ipv4Net> {
    let mut ranges = topology.vnet(vnet).prefixes.clone();
    for spoke in topology.transit_spokes(vnet) {
        ranges.extend(&topology.vnet(spoke).prefixes);
    }
    if let Some(summaries) = &topology.vnet(vnet).summarized_gateway_prefixes {
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
fn home_ranges(topology: &Topology, vnet: VnetId) -> Vec<Ipv4Net> {
    let mut ranges = topology.vnet(vnet).prefixes.clone();
    for spoke in topology.transit_spokes(vnet) {
        ranges.extend(&topology.vnet(spoke).prefixes);
    }
    ranges
}

fn own_paths(topology: &Topology, speaker: Speaker) -> Vec<Path> {
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
fn fixed_paths(topology: &Topology, holder: Speaker, peer: Speaker, channel: Channel) -> Vec<Path> {
    let prefixes = match channel {
        Channel::Wan => match peer {
            Speaker::Site(site) => topology.site(site).prefixes.clone(),
            _ => Vec::new(),
        },
        Channel::Tunnel(id) => tunnel_statics(topology, holder, peer, topology.tunnel(id)),
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
    if tunnel.bgp {
        // Each side installs the other's BGP peering address as a host route.
        if let (Speaker::Gateway(_), Speaker::Gateway(gateway)) = (holder, peer) {
            prefixes.extend(
                topology
                    .gateway(gateway)
                    .bgp_peer_ips
                    .iter()
                    .map(|ip| Ipv4Net::from(*ip)),
            );
        }
    } else if prefixes.is_empty() {
        prefixes = match (holder, peer) {
            (_, Speaker::Site(site)) => topology.site(site).prefixes.clone(),
            // A site is configured with what the gateway would announce; a VNet-to-VNet connection knows the ranges
            // of the other VNet alone.
            (Speaker::Site(_), Speaker::Gateway(gateway)) => {
                announced_ranges(topology, topology.gateway(gateway).vnet)
            }
            (Speaker::Site(_), Speaker::Hub(hub)) => {
                let own = vwan::own_paths(topology, hub)
                    .into_iter()
                    .map(|path| path.prefix);
                own.chain(topology.hub(hub).prefix).collect()
            }
            (_, Speaker::Gateway(gateway)) => topology
                .vnet(topology.gateway(gateway).vnet)
                .prefixes
                .clone(),
            _ => Vec::new(),
        };
    }
    prefixes
}

fn announced_by_device(
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

fn device_asn(topology: &Topology, device: DeviceId) -> u32 {
    let mut sessions = topology.bgp_sessions().iter();
    let own = sessions.find(|session| topology.appliance(session.appliance).device == device);
    own.map_or(65_001, |session| session.asn)
}

fn gateway_kind(topology: &Topology, speaker: Speaker) -> Option<GatewayKind> {
    match speaker {
        Speaker::Gateway(id) => Some(topology.gateway(id).kind),
        _ => None,
    }
}

/// Whether `from` passes a path it holds on to `to`.
fn passes_on(
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
            (GatewayKind::RouteServer, _) => true,
        },
    }
}

fn is_peer_address(topology: &Topology, path: &Path) -> bool {
    let Some((Speaker::Gateway(peer), Channel::Tunnel(_))) = path.from else {
        return false;
    };
    path.fixed
        && topology
            .gateway(peer)
            .bgp_peer_ips
            .iter()
            .any(|ip| Ipv4Net::from(*ip) == path.prefix)
}

/// The switches of a hairpin at the edge (reference 7.3). A missing one fails silently: there is no route.
fn edge_passes_on(topology: &Topology, edge: CircuitId, to: Speaker, path: &Path) -> bool {
    let over_global_reach = path.channel() == Some(Channel::GlobalReach);
    if matches!(to, Speaker::Edge(_)) {
        return !over_global_reach && path.channel() == Some(Channel::Circuit(edge));
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
        // Sites behind one circuit do not reach each other through it; over Global Reach they do.
        (Speaker::Site(_), Speaker::Site(_)) => over_global_reach,
        _ => true,
    }
}

/// The AS path as the receiver sees it.
fn sent_path(
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
            Speaker::Edge(_) => prepend(&[EDGE_ASN, EDGE_ASN]),
            Speaker::Site(_) if matches!(path.origin, Speaker::Gateway(_) | Speaker::Hub(_)) => {
                path.as_path.clone()
            }
            _ => prepend(&[EDGE_ASN]),
        },
        Speaker::Gateway(id) => match (topology.gateway(id).kind, channel) {
            (_, Channel::Branch) => path.as_path.clone(),
            (GatewayKind::ExpressRoute, _) => prepend(&[EDGE_ASN]),
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

/// Whether a speaker keeps a path that a neighbour sent.
fn accepts(topology: &Topology, speaker: Speaker, path: &Path, channel: Channel) -> bool {
    match speaker {
        Speaker::Gateway(id) => {
            let gateway = topology.gateway(id);
            match gateway.kind {
                GatewayKind::RouteServer => {
                    channel == Channel::Branch || !path.as_path.contains(&AZURE_ASN)
                }
                GatewayKind::Vpn | GatewayKind::ExpressRoute => {
                    let inside = covered_by(&path.prefix, &home_ranges(topology, gateway.vnet));
                    let looped = channel != Channel::Branch && path.as_path.contains(&gateway.asn);
                    !inside && !looped
                }
            }
        }
        Speaker::Device(device) => !path.as_path.contains(&device_asn(topology, device)),
        Speaker::Site(site) => !path.as_path.contains(&topology.site(site).asn),
        Speaker::Edge(_) => true,
        Speaker::Hub(hub) => vwan::accepts(topology, hub, path, channel),
    }
}

/// Order of preference: lower is better. Paths of equal rank share the traffic.
fn rank(topology: &Topology, speaker: Speaker, path: &Path) -> [usize; 5] {
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
        // A host answers by its own site's way out first; ExpressRoute goes before VPN at equal length.
        Speaker::Site(_) => match path.channel() {
            Some(Channel::Wan) => [3, length, 0, 0, 0],
            Some(Channel::Circuit(_)) => [1, length, 0, 0, 0],
            _ => [1, length, 1, 0, 0],
        },
        _ => [if path.fixed { 1 } else { 2 }, length, inner, 0, 0],
    }
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
