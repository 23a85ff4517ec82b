//! Which VNet is a hub, and whose spoke each other one is.
//!
//! The model knows only VNets. For the picture a VNet is a hub when a firewall, NVA or gateway stands in it, when VNets
//! with no other peering hang on it, or when it has no workload and joins some that have. A Virtual WAN hub is a hub, and its connected VNets are its spokes.

use super::NodeKey;
use interspoke_core::topology::{Topology, VnetId};

/// Hubs with the spokes drawn under them: one hub, or several that share their spokes. Spokes without a hub in their
/// region come last, with none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) hubs: Vec<NodeKey>,
    pub(super) spokes: Vec<VnetId>,
}

/// The groups of one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) name: String,
    pub(super) groups: Vec<Group>,
}

/// Whether a VNet is drawn as a hub.
pub(super) fn is_hub(topology: &Topology, vnet: VnetId) -> bool {
    let machines = topology.appliances().iter().any(|a| a.vnet == vnet)
        || topology.gateways().iter().any(|g| g.vnet == vnet);
    let neighbours: Vec<VnetId> = topology.links_of(vnet).map(|link| link.to).collect();
    let leaf = |other: &VnetId| topology.links_of(*other).count() == 1;
    let works = |vnet: VnetId| topology.workloads().iter().any(|w| w.vnet == vnet);
    let joins = || !works(vnet) && neighbours.iter().any(|other| works(*other));
    machines || (neighbours.len() >= 2 && (neighbours.iter().any(leaf) || joins()))
}

/// Every region in the order of the spec.
pub(super) fn regions(topology: &Topology) -> Vec<Region> {
    let mut names: Vec<&str> = Vec::new();
    let regions = topology.vnets().iter().map(|v| v.region.as_str());
    for name in regions.chain(topology.hubs().iter().map(|h| h.region.as_str())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
        .into_iter()
        .map(|name| region(topology, name))
        .collect()
}

fn region(topology: &Topology, name: &str) -> Region {
    let here: Vec<VnetId> = topology
        .vnets()
        .iter()
        .filter(|v| v.region == name)
        .map(|v| v.id)
        .collect();
    let (own, spokes): (Vec<VnetId>, Vec<VnetId>) =
        here.into_iter().partition(|vnet| is_hub(topology, *vnet));
    let virtual_hubs = topology.hubs().iter().filter(|h| h.region == name);
    let hubs: Vec<NodeKey> = own
        .into_iter()
        .map(NodeKey::Vnet)
        .chain(virtual_hubs.map(|h| NodeKey::Hub(h.id)))
        .collect();
    let owner = |spoke: VnetId| {
        hubs.iter()
            .copied()
            .find(|hub| attached(topology, spoke, *hub))
    };
    let of = |hub: Option<NodeKey>| -> Vec<VnetId> {
        spokes
            .iter()
            .copied()
            .filter(|spoke| owner(*spoke) == hub)
            .collect()
    };
    let mut groups: Vec<Group> = Vec::new();
    for hub in &hubs {
        let own = of(Some(*hub));
        // A hub whose spokes all hang on an earlier hub stands beside it.
        let shares = |group: &&mut Group| {
            let mut spokes = group.spokes.iter();
            spokes.any(|spoke| attached(topology, *spoke, *hub))
        };
        match groups.iter_mut().find(shares).filter(|_| own.is_empty()) {
            Some(group) => group.hubs.push(*hub),
            None => groups.push(Group {
                hubs: vec![*hub],
                spokes: own,
            }),
        }
    }
    let alone = of(None);
    if !alone.is_empty() {
        groups.push(Group {
            hubs: Vec::new(),
            spokes: alone,
        });
    }
    Region {
        name: name.to_owned(),
        groups,
    }
}

fn attached(topology: &Topology, spoke: VnetId, hub: NodeKey) -> bool {
    match hub {
        NodeKey::Vnet(hub) => {
            topology.link_between(spoke, hub).is_some()
                || topology.link_between(hub, spoke).is_some()
        }
        NodeKey::Hub(hub) => topology
            .connections()
            .iter()
            .any(|c| c.hub == hub && c.vnet == spoke),
        NodeKey::Site(_) | NodeKey::Circuit(_) => false,
    }
}
