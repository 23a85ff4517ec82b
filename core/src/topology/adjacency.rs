//! Which links a VNet stores, and which one leads to another VNet.
//!
//! Links of a VNet stand in the order in which they were added. A pair is found by a search among the VNet's own links;
//! links added in the order of the VNets they lead to, as a mesh has them, cost nothing to keep in order.

use super::{LinkId, VnetId};
use std::collections::BTreeMap;

/// Links by VNet and by pair.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adjacency {
    by_vnet: Vec<Own>,
}

/// Links that one VNet stores.
#[derive(Debug, Clone, Default)]
struct Own {
    added: Vec<LinkId>,
    by_remote: BTreeMap<VnetId, LinkId>,
}

impl Adjacency {
    /// Adds a link that the first VNet stores towards the second.
    pub(crate) fn add(&mut self, from: VnetId, to: VnetId, id: LinkId) {
        if self.by_vnet.len() <= from.index() {
            self.by_vnet.resize_with(from.index() + 1, Own::default);
        }
        if let Some(own) = self.by_vnet.get_mut(from.index()) {
            own.added.push(id);
            own.by_remote.insert(to, id);
        }
    }

    /// Links that a VNet stores, in the order they were added.
    pub(crate) fn of(&self, vnet: VnetId) -> &[LinkId] {
        self.by_vnet
            .get(vnet.index())
            .map_or(&[], |own| own.added.as_slice())
    }

    /// The link from one VNet to another.
    pub(crate) fn between(&self, from: VnetId, to: VnetId) -> Option<LinkId> {
        self.by_vnet.get(from.index())?.by_remote.get(&to).copied()
    }
}
