//! What is to be placed: regions with their hubs and boxes, the box of each VNet, and the bodies of direct links.

use super::direct::{self, Body};
use super::fold::{self, Folding, Item};
use super::grid::{CellKeys, GroupKeys, Keys};
use super::group::{Known, Region};
use super::{Look, NodeKey};
use interspoke_core::topology::{Topology, VnetId};
use std::collections::BTreeMap;

/// Lanes for bodies under a row; more bodies share the last one.
const MOST_LANES: usize = 5;

/// What is to be placed.
pub(super) struct Plan {
    pub(super) cells: Vec<CellKeys>,
    /// The box of each VNet.
    pub(super) home: Vec<Option<NodeKey>>,
    pub(super) items: BTreeMap<NodeKey, Item>,
    pub(super) bodies: Vec<Body>,
}

pub(super) fn plan(
    topology: &Topology,
    known: &Known,
    regions: &[Region],
    look: &Look,
    folding: Folding,
) -> Plan {
    let mut home: Vec<Option<NodeKey>> = topology
        .vnets()
        .iter()
        .map(|v| known.is_hub(v.id).then_some(NodeKey::Vnet(v.id)))
        .collect();
    let mut items = BTreeMap::new();
    let groups: usize = regions.iter().map(|region| region.groups.len()).sum();
    let room = (fold::MOST / 2 / groups.max(1)).clamp(2, 40);
    let mut cells = Vec::with_capacity(regions.len());
    for region in regions {
        let groups = region.groups.iter().map(|group| {
            let blocks = fold::blocks(group, look, folding, room).into_iter();
            let blocks = blocks.map(|block| {
                let keys = block.items.iter().filter_map(Item::key).collect();
                for item in block.items {
                    let Some(key) = item.key() else { continue };
                    for vnet in &item.members {
                        if let Some(home) = home.get_mut(vnet.index()) {
                            *home = Some(key);
                        }
                    }
                    items.insert(key, item);
                }
                Keys {
                    environment: block.environment,
                    keys,
                }
            });
            GroupKeys {
                hubs: group.hubs.clone(),
                blocks: blocks.collect(),
            }
        });
        let groups = groups.collect();
        let wan = region.wan.iter().map(|id| NodeKey::Hub(*id)).collect();
        cells.push(CellKeys { wan, groups });
    }
    facing(topology, &mut cells);
    let bodies = direct::bodies(topology, known, |vnet| {
        home.get(vnet.index()).copied().flatten()
    });
    Plan {
        cells,
        home,
        items,
        bodies,
    }
}

/// Of several hubs of a group, the one that is joined to other regions stands at the inner side.
fn facing(topology: &Topology, cells: &mut [CellKeys]) {
    let all = cells.len();
    let inner = |key: &NodeKey| match key {
        NodeKey::Vnet(id) => topology.links_of(*id).any(|link| link.global),
        _ => true,
    };
    for (at, cell) in cells.iter_mut().enumerate() {
        let left = at * 2 + 1 < all;
        for group in &mut cell.groups {
            group.hubs.sort_by_key(|hub| inner(hub) == left);
        }
    }
}

impl Plan {
    /// VNets that are drawn as hubs.
    pub(super) fn vnet_hubs(&self) -> impl Iterator<Item = VnetId> {
        let groups = self.cells.iter().flat_map(|cell| &cell.groups);
        groups
            .flat_map(|group| &group.hubs)
            .filter_map(|key| match key {
                NodeKey::Vnet(id) => Some(*id),
                _ => None,
            })
    }

    /// How many regions there are.
    pub(super) fn regions(&self) -> usize {
        self.cells.len()
    }

    /// The box that a VNet is drawn in.
    pub(super) fn home(&self, vnet: VnetId) -> Option<NodeKey> {
        self.home.get(vnet.index()).copied().flatten()
    }

    /// Whether a body may be drawn by arcs.
    pub(super) fn few(&self, body: &Body) -> bool {
        let stack = |key: &NodeKey| matches!(key, NodeKey::Stack(_));
        body.members.len() <= direct::MOST_ARCS && !body.members.iter().any(stack)
    }

    /// The region of each box.
    fn cells_of(&self, body: &Body) -> Vec<usize> {
        let has = |cell: &CellKeys| {
            let blocks = cell.groups.iter().flat_map(|group| &group.blocks);
            let mut keys = blocks.flat_map(|block| &block.keys);
            keys.any(|key| body.members.contains(key))
        };
        let cells = self.cells.iter().enumerate();
        cells
            .filter(|(_, cell)| has(cell))
            .map(|(at, _)| at)
            .collect()
    }

    /// A lane for each body that is drawn as one; bodies that could meet have different ones.
    pub(super) fn lanes(&self, whole: &[bool]) -> Vec<Option<usize>> {
        let mut taken: Vec<(Vec<usize>, usize)> = Vec::new();
        let bodies = self.bodies.iter().zip(whole);
        bodies
            .map(|(body, whole)| {
                if !whole {
                    return None;
                }
                let cells = self.cells_of(body);
                let meets = |other: &Vec<usize>| {
                    cells.len() > 1 && other.len() > 1 || other.iter().any(|at| cells.contains(at))
                };
                let used: Vec<usize> = taken
                    .iter()
                    .filter(|(other, _)| meets(other))
                    .map(|(_, lane)| *lane)
                    .collect();
                let lane = (0..MOST_LANES).find(|lane| !used.contains(lane));
                let lane = lane.unwrap_or(MOST_LANES - 1);
                taken.push((cells, lane));
                Some(lane)
            })
            .collect()
    }
}
