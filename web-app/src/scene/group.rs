//! Which VNet is a hub, and whose spoke each other one is.
//!
//! The model knows only VNets. For the picture a VNet is a hub when others meet in it:
//!
//! | a VNet with | is |
//! |---|---|
//! | a firewall, NVA or gateway and no workload | a hub |
//! | a firewall, NVA or gateway, on which a VNet with no other peering hangs | a hub |
//! | two peerings or more, one to a VNet with no other peering | a hub |
//! | two peerings or more, no workload, joining VNets that have some | a hub |
//! | anything else, a VPN gateway of its own included | a spoke |
//!
//! A Virtual WAN hub is a hub, and its connected VNets are its spokes. Names sort as people count: spoke9 before
//! spoke10.

use super::NodeKey;
use interspoke_core::topology::{HubId, Topology, VnetId};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Hubs with the spokes drawn under them: one hub, or several that share their spokes; or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) hubs: Vec<NodeKey>,
    pub(super) spokes: Vec<VnetId>,
}

/// The groups of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) name: String,
    /// Its hubs of a Virtual WAN.
    pub(super) wan: Vec<HubId>,
    pub(super) groups: Vec<Group>,
}

impl Region {
    pub(super) fn spokes(&self) -> usize {
        self.groups.iter().map(|group| group.spokes.len()).sum()
    }
}

/// What is known of each VNet, by its position.
pub(super) struct Known {
    hub: Vec<bool>,
}

impl Known {
    pub(super) fn of(topology: &Topology) -> Self {
        let all = topology.vnets().len();
        let (mut machines, mut works) = (vec![false; all], vec![false; all]);
        let mark = |list: &mut Vec<bool>, vnet: VnetId| {
            if let Some(one) = list.get_mut(vnet.index()) {
                *one = true;
            }
        };
        let appliances = topology.appliances().iter().map(|a| a.vnet);
        for vnet in appliances.chain(topology.gateways().iter().map(|g| g.vnet)) {
            mark(&mut machines, vnet);
        }
        for workload in topology.workloads() {
            mark(&mut works, workload.vnet);
        }
        let degree: Vec<usize> = topology
            .vnets()
            .iter()
            .map(|v| topology.links_of(v.id).count())
            .collect();
        let of = |list: &[bool], vnet: VnetId| list.get(vnet.index()).copied().unwrap_or(false);
        let is_hub = |vnet: VnetId| {
            let links = || topology.links_of(vnet).map(|link| link.to);
            let leaf = |to: VnetId| degree.get(to.index()) == Some(&1);
            let joins = || links().take(2).count() == 2;
            if of(&machines, vnet) {
                return !of(&works, vnet) || links().any(leaf);
            }
            joins() && (links().any(leaf) || !of(&works, vnet) && links().any(|to| of(&works, to)))
        };
        Self {
            hub: topology.vnets().iter().map(|v| is_hub(v.id)).collect(),
        }
    }

    /// Whether a VNet is drawn as a hub.
    pub(super) fn is_hub(&self, vnet: VnetId) -> bool {
        self.hub.get(vnet.index()).copied().unwrap_or(false)
    }
}

/// Every region in the order of the spec.
pub(super) fn regions(topology: &Topology, known: &Known) -> Vec<Region> {
    let mut names: Vec<&str> = Vec::new();
    let regions = topology.vnets().iter().map(|v| v.region.as_str());
    for name in regions.chain(topology.hubs().iter().map(|h| h.region.as_str())) {
        if names.last() != Some(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut here: BTreeMap<&str, Vec<VnetId>> = BTreeMap::new();
    for vnet in topology.vnets() {
        here.entry(&vnet.region).or_default().push(vnet.id);
    }
    names
        .into_iter()
        .map(|name| {
            let vnets = here.remove(name).unwrap_or_default();
            region(topology, known, name, vnets)
        })
        .collect()
}

fn region(topology: &Topology, known: &Known, name: &str, here: Vec<VnetId>) -> Region {
    let (own, spokes): (Vec<VnetId>, Vec<VnetId>) =
        here.into_iter().partition(|vnet| known.is_hub(*vnet));
    let hubs = topology.hubs().iter().filter(|h| h.region == name);
    let wan: Vec<HubId> = hubs.map(|h| h.id).collect();
    let mut of: BTreeMap<Option<NodeKey>, Vec<VnetId>> = BTreeMap::new();
    for spoke in spokes {
        of.entry(owner(topology, &own, &wan, spoke))
            .or_default()
            .push(spoke);
    }
    let mut groups: Vec<Group> = Vec::new();
    for hub in own {
        let spokes = of.remove(&Some(NodeKey::Vnet(hub))).unwrap_or_default();
        // A hub whose spokes all hang on an earlier hub stands beside it.
        let shares = |group: &&mut Group| {
            let mut spokes = group.spokes.iter();
            spokes.any(|spoke| topology.link_between(hub, *spoke).is_some())
        };
        match groups.iter_mut().find(shares).filter(|_| spokes.is_empty()) {
            Some(group) => group.hubs.push(NodeKey::Vnet(hub)),
            None => groups.push(Group {
                hubs: vec![NodeKey::Vnet(hub)],
                spokes,
            }),
        }
    }
    let rest = of.into_values().map(|spokes| Group {
        hubs: Vec::new(),
        spokes,
    });
    groups.extend(rest);
    for group in &mut groups {
        let name = |id: &VnetId| topology.vnet(*id).name.as_str();
        group.spokes.sort_by(|a, b| natural(name(a), name(b)));
    }
    Region {
        name: name.to_owned(),
        wan,
        groups,
    }
}

/// The hub of its region that a spoke is drawn under.
fn owner(topology: &Topology, own: &[VnetId], wan: &[HubId], spoke: VnetId) -> Option<NodeKey> {
    let linked = |hub: &&VnetId| {
        topology.link_between(spoke, **hub).is_some()
            || topology.link_between(**hub, spoke).is_some()
    };
    let own = own.iter().find(linked).map(|hub| NodeKey::Vnet(*hub));
    own.or_else(|| {
        let connection = topology.connection_of(spoke)?;
        let hub = wan.iter().find(|hub| **hub == connection.hub)?;
        Some(NodeKey::Hub(*hub))
    })
}

/// The order in which people count: digits by their number, the rest by its letters.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (one, two) = (part(left), part(right));
        if one.is_empty() || two.is_empty() {
            return one.len().cmp(&two.len()).then_with(|| a.cmp(b));
        }
        let order = match (number(one), number(two)) {
            (Some(one), Some(two)) => one.cmp(&two),
            _ => one.cmp(two),
        };
        if order != Ordering::Equal {
            return order;
        }
        left = left.get(one.len()..).unwrap_or_default();
        right = right.get(two.len()..).unwrap_or_default();
    }
}

/// The digits, or the other letters, that a text begins with.
fn part(text: &str) -> &str {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digits);
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn number(text: &str) -> Option<u128> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_people_count() {
        let mut names = vec!["spoke10", "spoke9", "spoke", "hub2", "spoke9b", "hub10"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            ["hub2", "hub10", "spoke", "spoke9", "spoke9b", "spoke10"]
        );
    }
}
