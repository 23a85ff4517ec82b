//! The exchange itself: who talks to whom, and the rounds until nothing changes.

use super::policy::{
    accepts, announced_by_device, best, carries_bgp, fixed_paths, home_ranges, own_paths,
    passes_on, rank, sent_path, tells_clients, told_prefixes,
};
use super::{AZURE_ASN, Bgp, Channel, MAX_ROUNDS, Path, Rib, Speaker};
use crate::route::session::Fallen;
use crate::spec::GatewayKind;
use crate::topology::{CircuitId, Party, RouteMapId, Topology};
use crate::vwan::exchange as vwan;
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

impl Bgp {
    /// Lets announcements spread until nothing changes; over a session that has fallen nothing does.
    #[must_use]
    pub(crate) fn compute(topology: &Topology, fallen: Vec<Fallen>) -> Self {
        let neighbours = neighbours(topology, &fallen);
        let mut bgp = Self {
            ribs: BTreeMap::new(),
            neighbours,
            fallen,
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

    /// Sessions whose packets do not arrive.
    pub(crate) fn fallen(&self) -> &[Fallen] {
        &self.fallen
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

    /// What a speaker announces to one neighbour, or to all outside: between a Route Server and the gateways of its VNet
    /// everything is one system. That a list without a neighbour leaves those out is inferred: Azure's own command asks
    /// for a peer, and no published list was taken without.
    #[must_use]
    pub fn announced(
        &self,
        topology: &Topology,
        speaker: Speaker,
        to: Option<Speaker>,
    ) -> Vec<Path> {
        let mut paths: Vec<Path> = Vec::new();
        for (neighbour, channel) in self.neighbours.get(&speaker).into_iter().flatten() {
            if to.map_or(*channel == Channel::Branch, |to| to != *neighbour) {
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
        let home = home_ranges(topology, speaker);
        let mut add = |path: Path| rib.entry(path.prefix).or_default().push(path);
        own_paths(topology, speaker).into_iter().for_each(&mut add);
        for (neighbour, channel) in self.neighbours.get(&speaker).into_iter().flatten() {
            for path in fixed_paths(topology, speaker, *neighbour, *channel) {
                add(path);
            }
            for path in self.export(topology, *neighbour, speaker, *channel) {
                if accepts(topology, speaker, &home, &path, *channel) {
                    add(path);
                }
            }
        }
        for paths in rib.values_mut() {
            paths.sort_by(|a, b| {
                let rank = rank(topology, speaker, a).cmp(&rank(topology, speaker, b));
                rank.then_with(|| tie_break(topology, a).cmp(&tie_break(topology, b)))
            });
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
        if !carries_bgp(topology, channel) && !tells_clients(topology, from, channel) {
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
            let mut told: Vec<Path> = session.advertises.iter().map(announce).collect();
            if session.reannounces {
                told.extend(self.reannounced(topology, from, (to, channel)));
            }
            return mapped(topology, session.route_map, told);
        }
        let Some(rib) = self.ribs.get(&from) else {
            return Vec::new();
        };
        let chosen = told_by_site(topology, from, channel);
        let mut sent: Vec<Path> = rib
            .values()
            .flat_map(|paths| sendable(topology, from, (to, channel), paths))
            .filter(|path| passes_on(topology, from, to, channel, path))
            .filter(|path| chosen.is_none() || path.from.is_some())
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
        sent.extend(chosen.into_iter().flatten().map(|prefix| {
            let path = Path::own(*prefix, from);
            Path {
                as_path: sent_path(topology, from, to, channel, &path),
                from: Some((from, channel)),
                ..path
            }
        }));
        if let Channel::Tunnel(tunnel) = channel {
            sent.extend(announced_by_device(
                topology,
                from,
                topology.tunnel(tunnel),
                channel,
            ));
        }
        let sent = outward(topology, map_of(topology, (from, to), channel, false), sent);
        let sent = translated(topology, (from, to), channel, sent);
        let sent = vwan::between_branches(topology, (from, to), channel, sent);
        mapped(topology, map_of(topology, (to, from), channel, true), sent)
    }

    /// What an appliance passes on of what it learned elsewhere: it becomes the next hop.
    fn reannounced(
        &self,
        topology: &Topology,
        from: Speaker,
        (to, channel): (Speaker, Channel),
    ) -> Vec<Path> {
        let Channel::Session(session) = channel else {
            return Vec::new();
        };
        let session = topology.bgp_session(session);
        let own = topology.appliance(session.appliance).ip;
        let held = self
            .ribs
            .get(&from)
            .into_iter()
            .flat_map(|rib| rib.values());
        let learned = held.flat_map(|paths| sendable(topology, from, (to, channel), paths));
        let told = learned.filter(|path| path.from.is_some()).map(|path| Path {
            as_path: std::iter::once(session.asn)
                .chain(path.as_path.iter().copied())
                .collect(),
            from: Some((from, channel)),
            next_hop: Some(own),
            connection: vwan::session_connection(topology, channel),
            fixed: false,
            ..path.clone()
        });
        told.collect()
    }
}

/// What a site announces over a channel in place of all its prefixes.
fn told_by_site(topology: &Topology, from: Speaker, channel: Channel) -> Option<&[Ipv4Net]> {
    let Speaker::Site(site) = from else {
        return None;
    };
    let told = match channel {
        Channel::Tunnel(id) => {
            let tunnel = topology.tunnel(id);
            if Speaker::from(tunnel.a) == from {
                tunnel.announced_by_a.as_slice()
            } else {
                tunnel.announced_by_b.as_slice()
            }
        }
        Channel::Circuit(id) => {
            let mut said = topology.circuit(id).announcements.iter();
            said.find(|(own, _)| *own == site)
                .map_or(&[][..], |(_, told)| told)
        }
        _ => &[],
    };
    (!told.is_empty()).then_some(told)
}

/// What NAT rules of a tunnel make of prefixes: those of the site as Azure sees them, those of Azure as the site does. A
/// range of which a rule translates a part stays, and the part's new range comes beside it.
fn translated(
    topology: &Topology,
    (from, to): (Speaker, Speaker),
    channel: Channel,
    paths: Vec<Path>,
) -> Vec<Path> {
    let Channel::Tunnel(id) = channel else {
        return paths;
    };
    let tunnel = topology.tunnel(id);
    if tunnel.nat.is_empty() || !tunnel.translates_routes {
        return paths;
    }
    let renamed = paths.iter().flat_map(|path| {
        let told = told_prefixes(tunnel, (from, to), path.prefix);
        told.into_iter().map(|prefix| Path {
            prefix,
            ..path.clone()
        })
    });
    renamed.collect()
}

/// The route map of a hub for what it takes in from a neighbour or tells it.
fn map_of(
    topology: &Topology,
    (own, _): (Speaker, Speaker),
    channel: Channel,
    inbound: bool,
) -> Option<RouteMapId> {
    let Speaker::Hub(hub) = own else {
        return None;
    };
    let maps = match channel {
        Channel::Tunnel(id) => topology.tunnel(id).route_maps,
        Channel::Circuit(id) => topology.circuit(id).connection(Party::Hub(hub))?.route_maps,
        _ => return None,
    };
    if inbound { maps.inbound } else { maps.outbound }
}

/// What an outbound route map of a hub makes of routes: it sees them before the hub puts its own number in front, so that a
/// summary carries that number alone (published by erjosito/net-lab-builder, vwan-routemap-summarization, 2026-08).
fn outward(topology: &Topology, map: Option<RouteMapId>, paths: Vec<Path>) -> Vec<Path> {
    if map.is_none() {
        return paths;
    }
    let bare = paths.into_iter().map(|mut path| {
        path.as_path = path.as_path.split_off(1.min(path.as_path.len()));
        path
    });
    let mut told = mapped(topology, map, bare.collect());
    for path in &mut told {
        path.as_path.insert(0, AZURE_ASN);
    }
    told
}

/// What a route map makes of routes. A hub's own range passes as it is; of what becomes one route, one goes on.
pub(crate) fn mapped(topology: &Topology, map: Option<RouteMapId>, paths: Vec<Path>) -> Vec<Path> {
    let Some(map) = map.map(|id| topology.route_map(id)) else {
        return paths;
    };
    let mut all: Vec<Path> = Vec::new();
    for path in paths {
        let own = matches!(path.origin, Speaker::Hub(hub) if topology.hub(hub).prefix == Some(path.prefix));
        if own {
            all.push(path);
            continue;
        }
        for (prefix, as_path) in map.apply(path.prefix, &path.as_path) {
            let path = Path {
                prefix,
                as_path,
                ..path.clone()
            };
            let alike = |known: &Path| {
                (
                    known.prefix,
                    &known.as_path,
                    known.from,
                    known.next_hop,
                    known.connection,
                ) == (
                    path.prefix,
                    &path.as_path,
                    path.from,
                    path.next_hop,
                    path.connection,
                )
            };
            if !all.iter().any(alike) {
                all.push(path);
            }
        }
    }
    all
}

/// What orders paths of one rank: properties, never the place in a list.
fn tie_break<'p>(
    topology: &'p Topology,
    path: &'p Path,
) -> (&'p [u32], Option<Ipv4Addr>, &'p str, &'p str) {
    let neighbour = path.from.map_or("", |(speaker, _)| speaker.name(topology));
    (
        &path.as_path,
        path.next_hop,
        path.origin.name(topology),
        neighbour,
    )
}

/// The best path; nothing where the receiver told it, since a speaker never offers its second choice (published: a Route
/// Server whose best path came from the ExpressRoute gateway does not tell that gateway what an appliance announced, and
/// of two appliances that announce the same it tells the first nothing of the second). A hub tells other hubs every path
/// that ties for best, and for each set of labels apart, since tables are filled by labels. A configured prefix of one
/// tunnel is told over another to the same router (published by jocortems/azurehybridnetworking: each of two tunnels
/// brings the router's BGP address of the other).
fn sendable<'p>(
    topology: &Topology,
    from: Speaker,
    (to, channel): (Speaker, Channel),
    paths: &'p [Path],
) -> Vec<&'p Path> {
    let elsewhere = paths
        .iter()
        .filter(|path| path.from.is_none_or(|(source, _)| source != to));
    match (from, to) {
        (Speaker::Hub(_), Speaker::Hub(_)) => {}
        (Speaker::Hub(_), _) => {
            let best = paths.first().map(|path| rank(topology, from, path));
            return elsewhere
                .filter(|path| Some(rank(topology, from, path)) == best)
                .take(1)
                .collect();
        }
        _ => {
            let here = paths.iter().any(|path| path.from == Some((to, channel)));
            let best = paths.first().into_iter();
            return best
                .filter(|path| {
                    path.from.is_none_or(|(source, _)| source != to) || (path.fixed && !here)
                })
                .collect();
        }
    }
    let labels = |path: &Path| {
        path.connection
            .map(|id| &topology.connection(id).propagated_labels)
    };
    let mut sent: Vec<&Path> = Vec::new();
    for path in elsewhere.filter(|path| path.channel() != Some(Channel::HubMesh)) {
        let best = sent.iter().find(|held| labels(held) == labels(path));
        if best.is_none_or(|best| rank(topology, from, best) == rank(topology, from, path)) {
            sent.push(path);
        }
    }
    sent
}

/// Who talks to whom. Circuits with no connection up, and stopped appliances, talk to nobody.
fn neighbours(
    topology: &Topology,
    fallen: &[Fallen],
) -> BTreeMap<Speaker, Vec<(Speaker, Channel)>> {
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
    let is_down = |ends: (Speaker, Speaker)| fallen.iter().any(|f| (f.server, f.peer) == ends);
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
        let ends = (session.speaker.into(), Speaker::Device(nic.device));
        if nic.running && !is_down(ends) {
            join(ends.0, ends.1, Channel::Session(session.id));
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
            let ends = (Speaker::Gateway(server.id), Speaker::Gateway(gateway.id));
            if !is_down(ends) {
                join(ends.0, ends.1, Channel::Branch);
            }
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
