//! Which spokes are joined directly, without a hub between them.
//!
//! Spokes that are joined by peerings, tunnels or as members of a connected group make one body each: what belongs
//! together by direct links and is apart from the others. Two environments with a mesh each are two bodies.
//!
//! | a body of | is drawn as |
//! |---|---|
//! | up to eight spokes that stand in one row | an arc for each link |
//! | more, or in several rows | one green body that touches all members and says how many links it stands for |

use super::group::Known;
use super::{EdgeKind, NodeKey};
use interspoke_core::topology::{LinkId, Party, Topology, VnetId};
use std::collections::{BTreeMap, BTreeSet};

/// Members beyond this are drawn as one body.
pub(super) const MOST_ARCS: usize = 8;

/// A direct link between two boxes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Join {
    pub(super) ends: (NodeKey, NodeKey),
    pub(super) kind: EdgeKind,
    pub(super) link: Option<LinkId>,
    pub(super) up: bool,
}

/// Spokes that direct links hold together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Body {
    /// Its boxes, in the order of the estate.
    pub(super) members: Vec<NodeKey>,
    /// Links between them; none where they are too many to be drawn one by one.
    pub(super) joins: Vec<Join>,
    /// What it is, in words.
    pub(super) words: String,
}

/// Links of one body, counted.
#[derive(Default)]
struct Counted {
    vnets: BTreeSet<VnetId>,
    peerings: usize,
    global: usize,
    tunnels: usize,
    groups: Vec<usize>,
}

/// Every body of direct links. `home` gives the box that a VNet is drawn in.
pub(super) fn bodies(
    topology: &Topology,
    known: &Known,
    home: impl Fn(VnetId) -> Option<NodeKey>,
) -> Vec<Body> {
    let links = direct(topology, known);
    let groups: Vec<Vec<VnetId>> = topology
        .connected_groups()
        .iter()
        .map(|group| {
            let spokes = group.members.iter().copied();
            spokes.filter(|vnet| !known.is_hub(*vnet)).collect()
        })
        .collect();
    let mut sets = Sets::new(topology.vnets().len());
    for (a, b, ..) in &links {
        sets.join(*a, *b);
    }
    for group in &groups {
        for pair in group.windows(2) {
            if let [a, b] = pair {
                sets.join(*a, *b);
            }
        }
    }
    let mut found: BTreeMap<usize, Counted> = BTreeMap::new();
    let mut own: BTreeMap<usize, Vec<Join>> = BTreeMap::new();
    for (a, b, kind, link, up) in links {
        let root = sets.root(a.index());
        let counted = found.entry(root).or_default();
        counted.vnets.extend([a, b]);
        match kind {
            EdgeKind::Tunnel => counted.tunnels += 1,
            _ => counted.peerings += 1,
        }
        counted.global += usize::from(kind == EdgeKind::GlobalPeering);
        let joins = own.entry(root).or_default();
        if let (Some(one), Some(two)) = (home(a), home(b))
            && one != two
            && joins.len() <= MOST_ARCS * MOST_ARCS
        {
            let ends = (one, two);
            joins.push(Join {
                ends,
                kind,
                link,
                up,
            });
        }
    }
    for members in groups.iter().filter(|group| group.len() > 1) {
        let Some(first) = members.first() else {
            continue;
        };
        let root = sets.root(first.index());
        let counted = found.entry(root).or_default();
        counted.vnets.extend(members);
        counted.groups.push(members.len());
        if members.len() <= MOST_ARCS {
            each_pair(members, &home, own.entry(root).or_default());
        }
    }
    found
        .into_iter()
        .map(|(root, counted)| body(counted, own.remove(&root).unwrap_or_default(), &home))
        .collect()
}

fn body(counted: Counted, joins: Vec<Join>, home: &impl Fn(VnetId) -> Option<NodeKey>) -> Body {
    let mut members: Vec<NodeKey> = Vec::new();
    for key in counted.vnets.iter().filter_map(|vnet| home(*vnet)) {
        if !members.contains(&key) {
            members.push(key);
        }
    }
    Body {
        members,
        joins,
        words: words(&counted),
    }
}

/// "connected group of 120", "15 direct peerings, 9 of them global".
fn words(counted: &Counted) -> String {
    let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let mut all: Vec<String> = Vec::new();
    for size in &counted.groups {
        all.push(format!("connected group of {size}"));
    }
    if counted.peerings > 0 {
        let global = match counted.global {
            0 => String::new(),
            n if n == counted.peerings => String::from(", global"),
            n => format!(", {n} of them global"),
        };
        all.push(format!(
            "{}{global}",
            many(counted.peerings, "direct peering")
        ));
    }
    if counted.tunnels > 0 {
        all.push(many(counted.tunnels, "VPN tunnel"));
    }
    all.join(" and ")
}

/// Members of a small group reach each other, each pair by its own link; pairs that are peered have one already.
fn each_pair(members: &[VnetId], home: &impl Fn(VnetId) -> Option<NodeKey>, joins: &mut Vec<Join>) {
    for (at, a) in members.iter().enumerate() {
        for b in members.iter().skip(at + 1) {
            let (Some(one), Some(two)) = (home(*a), home(*b)) else {
                continue;
            };
            let same = |join: &Join| join.ends == (one, two) || join.ends == (two, one);
            if one != two && !joins.iter().any(same) {
                joins.push(Join {
                    ends: (one, two),
                    kind: EdgeKind::Group,
                    link: None,
                    up: true,
                });
            }
        }
    }
}

type Link = (VnetId, VnetId, EdgeKind, Option<LinkId>, bool);

/// Peerings and tunnels between spokes: one of the two objects of each peering.
fn direct(topology: &Topology, known: &Known) -> Vec<Link> {
    let spokes = |a: VnetId, b: VnetId| !known.is_hub(a) && !known.is_hub(b) && a != b;
    let first = |link: &&interspoke_core::topology::Link| {
        link.reverse.is_none_or(|reverse| link.id < reverse) && spokes(link.from, link.to)
    };
    let peerings = topology.links().iter().filter(first).map(|link| {
        let kind = if link.global {
            EdgeKind::GlobalPeering
        } else {
            EdgeKind::Peering
        };
        (link.from, link.to, kind, Some(link.id), link.up)
    });
    let tunnels = topology.tunnels().iter().filter_map(|tunnel| {
        let (a, b) = (vnet(topology, tunnel.a)?, vnet(topology, tunnel.b)?);
        spokes(a, b).then_some((a, b, EdgeKind::Tunnel, None, true))
    });
    peerings.chain(tunnels).collect()
}

/// The VNet that an end of a tunnel stands in.
pub(super) fn vnet(topology: &Topology, party: Party) -> Option<VnetId> {
    match party {
        Party::Gateway(id) => Some(topology.gateway(id).vnet),
        Party::Device(id) => {
            let nic = *topology.device(id).nics.first()?;
            Some(topology.appliance(nic).vnet)
        }
        Party::Hub(_) | Party::Site(_) => None,
    }
}

/// Which VNets hold together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(next) = self.0.get(at).copied().filter(|next| *next != at) {
            let above = self.0.get(next).copied().unwrap_or(next);
            if let Some(own) = self.0.get_mut(at) {
                *own = above;
            }
            at = next;
        }
        at
    }

    fn join(&mut self, a: VnetId, b: VnetId) {
        let (a, b) = (self.root(a.index()), self.root(b.index()));
        if let Some(own) = self.0.get_mut(a.max(b)) {
            *own = a.min(b);
        }
    }
}
