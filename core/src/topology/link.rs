//! Peering objects joined into links, with what Azure refuses.

use super::{Link, LinkId, RangeSet, SubnetId, Topology, VnetId};
use crate::address::{Prefix, overlaps, parse_prefix};
use crate::issue::{Issue, IssueCode};
use crate::region;
use crate::spec::{NetworkSpec, PeeringSpec, PeeringState};
use crate::word::mistake;
use ipnet::Ipv4Net;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// Reads every peering object of the spec, then joins the two directions.
pub(super) fn peerings(topology: &mut Topology, issues: &mut Vec<Issue>, spec: &NetworkSpec) {
    let mut known = Names::default();
    Rc::make_mut(&mut topology.links).reserve(spec.peerings.len());
    for (position, peering) in spec.peerings.iter().enumerate() {
        let ends = [&peering.from, &peering.to].map(|name| {
            let find = || topology.vnet_by_name.get(&**name).copied();
            *known.entry(name).or_insert_with(find)
        });
        if let Some(link) = read(topology, issues, peering, ends, position) {
            add(topology, link);
        }
    }
    join(topology, issues, spec);
}

/// VNets by name: a mesh of 500 names each of them a thousand times.
type Names<'s> = HashMap<&'s str, Option<VnetId>, BuildHasherDefault<NameHasher>>;

/// Eight bytes a step; names that collide only cost time.
#[derive(Debug, Clone, Copy, Default)]
struct NameHasher(u64);

impl Hasher for NameHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn write_u8(&mut self, _: u8) {}
}

fn subject(position: usize, peering: &PeeringSpec) -> String {
    format!("peerings[{position}] {} -> {}", peering.from, peering.to)
}

fn read(
    topology: &Topology,
    issues: &mut Vec<Issue>,
    peering: &PeeringSpec,
    [from, to]: [Option<VnetId>; 2],
    position: usize,
) -> Option<Link> {
    let mut issue =
        |code, message: String| issues.push(Issue::new(code, subject(position, peering), message));
    for (name, end) in [(&peering.from, from), (&peering.to, to)] {
        if end.is_none() {
            let message = format!("no VNet is named {name:?}");
            issue(IssueCode::UnknownReference, message);
        }
    }
    let (from, to) = (from?, to?);
    let state = match peering.peering_state.known() {
        Ok(state) => state,
        Err(text) => {
            let message = format!("peeringState: {}", mistake::<PeeringState>(text));
            issue(IssueCode::UnknownWord, message);
            return None;
        }
    };
    if from == to {
        issue(
            IssueCode::PeeringWithItself,
            "a VNet cannot be peered with itself".to_owned(),
        );
        return None;
    }
    if topology.link_between(from, to).is_some() {
        issue(
            IssueCode::DuplicatePeering,
            format!("{} already has a peering with {}", peering.from, peering.to),
        );
        return None;
    }
    let remote = topology.vnet(to);
    let mut remote_prefixes = Rc::clone(&remote.prefixes);
    let mut remote_subnets = None;
    if !peering.peer_complete_vnets {
        for (vnet, names, member) in [
            (from, &peering.local_subnet_names, "localSubnetNames"),
            (to, &peering.remote_subnet_names, "remoteSubnetNames"),
        ] {
            for name in names.iter().filter(|name| {
                topology
                    .subnet_named(&topology.vnet(vnet).name, name)
                    .is_none()
            }) {
                issue(
                    IssueCode::UnknownReference,
                    format!(
                        "{member}: {} has no subnet {name:?}",
                        topology.vnet(vnet).name
                    ),
                );
            }
        }
        let chosen = peering
            .remote_subnet_names
            .iter()
            .filter_map(|name| topology.subnet_named(&remote.name, name));
        let chosen: Vec<SubnetId> = chosen.map(|subnet| subnet.id).collect();
        remote_prefixes = chosen
            .iter()
            .filter_map(|id| topology.subnet(*id).prefix)
            .collect();
        remote_subnets = Some(chosen);
    } else if let Some(synced) = &peering.remote_address_space {
        let synced: Vec<Ipv4Net> = synced
            .iter()
            .filter_map(|text| match parse_prefix(text) {
                Ok(Prefix::V4(net)) => Some(net),
                _ => None,
            })
            .collect();
        let missing: Vec<String> = remote
            .prefixes
            .iter()
            .filter(|p| !synced.contains(p))
            .map(ToString::to_string)
            .collect();
        if !missing.is_empty() {
            issue(
                IssueCode::PeeringNotInSync,
                format!(
                    "{} of {} needs a sync before it is reachable",
                    missing.join(", "),
                    remote.name
                ),
            );
        }
        remote_prefixes = synced.into();
    }
    Some(Link {
        id: LinkId::new(topology.links.len()),
        from,
        to,
        reverse: None,
        state,
        up: false,
        allow_access: peering.allow_virtual_network_access,
        allow_forwarded: peering.allow_forwarded_traffic,
        allow_gateway_transit: peering.allow_gateway_transit,
        use_remote_gateways: peering.use_remote_gateways,
        remote_prefixes,
        remote_subnets,
        global: topology.vnet(from).region != remote.region,
        managed: false,
        spec_index: Some(position),
    })
}

fn add(topology: &mut Topology, link: Link) {
    Rc::make_mut(&mut topology.adjacency).add(link.from, link.to, link.id);
    Rc::make_mut(&mut topology.links).push(link);
}

/// Finds each link's reverse and decides whether the pair is up. Pairs are judged in the order they were typed, as
/// Azure would have judged their creation.
fn join(topology: &mut Topology, issues: &mut Vec<Issue>, spec: &NetworkSpec) {
    let mut peered = Peered::of(topology);
    for position in 0..topology.links.len() {
        let id = LinkId::new(position);
        let (from, to) = (topology.link(id).from, topology.link(id).to);
        let reverse = topology.link_between(to, from).map(|reverse| reverse.id);
        let Some(reverse_id) = reverse else {
            lone(topology, issues, spec, &peered, id);
            continue;
        };
        set(topology, id, |link| link.reverse = Some(reverse_id));
        // Both directions are known: judge the pair once, at the second object.
        if reverse_id < id && pair(topology, issues, &peered, (id, reverse_id)) {
            for id in [id, reverse_id] {
                set(topology, id, |link| link.up = true);
            }
            if topology.link(id).remote_subnets.is_none() {
                peered.add(topology, from, to);
            }
        }
    }
}

/// An object without its other half.
fn lone(
    topology: &mut Topology,
    issues: &mut Vec<Issue>,
    spec: &NetworkSpec,
    peered: &Peered,
    id: LinkId,
) {
    let link = topology.link(id);
    let (state, code) = match link.state {
        PeeringState::Disconnected => (PeeringState::Disconnected, IssueCode::PeeringDisconnected),
        _ => (PeeringState::Initiated, IssueCode::PeeringInitiated),
    };
    let message = format!(
        "the object {} -> {} does not exist; no route appears and nothing passes",
        topology.vnet(link.to).name,
        topology.vnet(link.from).name
    );
    issues.push(Issue::new(code, name_of(topology, link), message));
    // The first object is refused as the second would be: Azure looks at the VNets, not at the other object.
    if state == PeeringState::Initiated {
        let other = mirrored(topology, spec, link);
        let refused = refusal(topology, peered, link, &other);
        issues.extend(
            refused.map(|(code, message)| Issue::new(code, name_of(topology, link), message)),
        );
    }
    set(topology, id, |link| link.state = state);
}

/// Whether the pair of an object and the earlier one of the other direction is up.
fn pair(
    topology: &Topology,
    issues: &mut Vec<Issue>,
    peered: &Peered,
    (id, reverse): (LinkId, LinkId),
) -> bool {
    let (link, other) = (topology.link(id), topology.link(reverse));
    for direction in [other, link] {
        let (code, message) = match direction.state {
            PeeringState::Disconnected => (
                IssueCode::PeeringDisconnected,
                "the other object was deleted once: delete this one and create both again",
            ),
            PeeringState::Initiated => (
                IssueCode::PeeringInitiated,
                "the peering is not connected; no route appears and nothing passes",
            ),
            PeeringState::Connected => continue,
        };
        let name = name_of(topology, direction);
        issues.push(Issue::new(code, name, message.to_owned()));
    }
    let gone = |link: &Link| link.state == PeeringState::Disconnected;
    if gone(link) != gone(other) {
        let (made, left) = if gone(link) {
            (other, link)
        } else {
            (link, other)
        };
        let message = format!(
            "{} is Disconnected: it must be deleted before this object can be made",
            name_of(topology, left)
        );
        let code = IssueCode::RemotePeeringDisconnected;
        issues.push(Issue::new(code, name_of(topology, made), message));
    }
    let refused = if link.remote_subnets.is_some() == other.remote_subnets.is_some() {
        refusal(topology, peered, link, other)
    } else {
        let message = "one object peers complete VNets, the other chosen subnets; they must agree";
        Some((IssueCode::PeeringKindMismatch, message.to_owned()))
    };
    let accepted = refused.is_none();
    issues
        .extend(refused.map(|(code, message)| Issue::new(code, name_of(topology, link), message)));
    let connected = PeeringState::Connected;
    accepted && link.state == connected && other.state == connected
}

/// The object that would answer a lone one: of a subnet peering with the subnets that the lone one chose on its own side.
fn mirrored(topology: &Topology, spec: &NetworkSpec, link: &Link) -> Link {
    let peering = link.spec_index.and_then(|index| spec.peerings.get(index));
    let near = topology.vnet(link.from);
    let names = peering.map_or(&[][..], |peering| &peering.local_subnet_names);
    let chosen = names
        .iter()
        .filter_map(|name| topology.subnet_named(&near.name, name));
    Link {
        from: link.to,
        to: link.from,
        remote_prefixes: chosen.filter_map(|subnet| subnet.prefix).collect(),
        ..link.clone()
    }
}

/// The ranges that each VNet is peered with so far: whether a further one overlaps them is asked for every pair, and
/// only a pair that does is worth the search for whom it overlaps. Where no two VNets of the estate overlap, no pair can.
struct Peered(Option<Vec<RangeSet>>);

impl Peered {
    fn of(topology: &Topology) -> Self {
        let mut bounds: Vec<(u32, u32)> = Vec::with_capacity(topology.vnets.len());
        for vnet in &topology.vnets {
            let ends = |net: &Ipv4Net| (net.network().to_bits(), net.broadcast().to_bits());
            bounds.extend(vnet.prefixes.iter().map(ends));
        }
        bounds.sort();
        let overlap = bounds
            .windows(2)
            .any(|pair| matches!(pair, [(_, last), (first, _)] if first <= last));
        Self(overlap.then(|| vec![RangeSet::default(); topology.vnets.len()]))
    }

    fn add(&mut self, topology: &Topology, a: VnetId, b: VnetId) {
        let Some(sets) = &mut self.0 else { return };
        for (near, far) in [(a, b), (b, a)] {
            if let Some(set) = sets.get_mut(near.index()) {
                topology
                    .vnet(far)
                    .prefixes
                    .iter()
                    .for_each(|range| set.add(range));
            }
        }
    }

    fn touches(&self, near: VnetId, ranges: &[Ipv4Net]) -> bool {
        let set = self.0.as_ref().and_then(|sets| sets.get(near.index()));
        set.is_some_and(|set| ranges.iter().any(|range| set.touches(range)))
    }
}

fn refusal(
    topology: &Topology,
    peered: &Peered,
    link: &Link,
    reverse: &Link,
) -> Option<(IssueCode, String)> {
    let (from, to) = (topology.vnet(link.from), topology.vnet(link.to));
    if link.remote_subnets.is_some() {
        // What is chosen on one side must not lie in the other VNet's address space; the rest may overlap.
        let sides = [
            (&link.remote_prefixes, to, from),
            (&reverse.remote_prefixes, from, to),
        ];
        return sides.into_iter().find_map(|(chosen, near, far)| {
            let clash = first_overlap(chosen, &far.prefixes)?;
            let message = format!(
                "the chosen subnet {} of {} overlaps {} of {}",
                clash.0, near.name, clash.1, far.name
            );
            Some((IssueCode::PeeredVnetsOverlap, message))
        });
    }
    peered.0.as_ref()?;
    if let Some(clash) = first_overlap(&from.prefixes, &to.prefixes) {
        let message = format!(
            "{} of {} and {} of {} overlap",
            clash.0, from.name, clash.1, to.name
        );
        return Some((IssueCode::PeeredVnetsOverlap, message));
    }
    for (near, far) in [(from, to), (to, from)] {
        if !peered.touches(near.id, &far.prefixes) {
            continue;
        }
        for known in topology
            .links_of(near.id)
            .filter(|known| known.up && known.to != far.id && known.remote_subnets.is_none())
        {
            let third = topology.vnet(known.to);
            if let Some(clash) = first_overlap(&third.prefixes, &far.prefixes) {
                let message = format!(
                    "{} of {} overlaps {} of {}, which is already peered with {}",
                    clash.1, far.name, clash.0, third.name, near.name
                );
                return Some((IssueCode::OverlapsPeeredVnet, message));
            }
        }
    }
    None
}

fn first_overlap(left: &[Ipv4Net], right: &[Ipv4Net]) -> Option<(Ipv4Net, Ipv4Net)> {
    left.iter()
        .find_map(|a| Some((*a, *right.iter().find(|b| overlaps(a, b))?)))
}

pub(super) fn name_of(topology: &Topology, link: &Link) -> String {
    let position = link
        .spec_index
        .map_or_else(String::new, |position| format!("[{position}]"));
    format!(
        "peerings{position} {} -> {}",
        topology.vnet(link.from).name,
        topology.vnet(link.to).name
    )
}

pub(super) fn set(topology: &mut Topology, id: LinkId, change: impl FnOnce(&mut Link)) {
    if let Some(link) = Rc::make_mut(&mut topology.links).get_mut(id.index()) {
        change(link);
    }
}

/// A pair of links that Virtual Network Manager makes, unless a peering exists already.
pub(super) fn managed(topology: &mut Topology, hub: VnetId, member: VnetId, use_hub_gateway: bool) {
    if topology.link_between(hub, member).is_some() || topology.link_between(member, hub).is_some()
    {
        return;
    }
    let has_gateway = topology.gateways.iter().any(|gateway| gateway.vnet == hub);
    // Without a gateway in the hub the member's object cannot be made and the hub's stays unconnected.
    let up = !use_hub_gateway || has_gateway;
    let ids = (
        LinkId::new(topology.links.len()),
        LinkId::new(topology.links.len() + 1),
    );
    for (id, reverse, from, to) in [(ids.0, ids.1, hub, member), (ids.1, ids.0, member, hub)] {
        let remote = topology.vnet(to);
        let link = Link {
            id,
            from,
            to,
            reverse: Some(reverse),
            state: if up {
                PeeringState::Connected
            } else {
                PeeringState::Initiated
            },
            up,
            allow_access: true,
            allow_forwarded: true,
            allow_gateway_transit: use_hub_gateway && from == hub,
            use_remote_gateways: use_hub_gateway && from == member,
            remote_prefixes: Rc::clone(&remote.prefixes),
            remote_subnets: None,
            global: region::key(&topology.vnet(from).region) != region::key(&remote.region),
            managed: true,
            spec_index: None,
        };
        add(topology, link);
    }
}
