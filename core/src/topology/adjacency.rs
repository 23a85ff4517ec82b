//! Which links a VNet stores, and which one leads to another VNet.
//!
//! Links of a VNet stand in the order in which they were added. A pair is found in one step, whether a VNet has one
//! link or 500.

use super::{LinkId, VnetId};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Links by VNet and by pair.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adjacency {
    by_vnet: Vec<Vec<LinkId>>,
    by_pair: HashMap<(VnetId, VnetId), LinkId, BuildHasherDefault<PairHasher>>,
}

impl Adjacency {
    /// Adds a link that the first VNet stores towards the second.
    pub(crate) fn add(&mut self, from: VnetId, to: VnetId, id: LinkId) {
        if self.by_vnet.len() <= from.index() {
            self.by_vnet.resize_with(from.index() + 1, Vec::new);
        }
        if let Some(links) = self.by_vnet.get_mut(from.index()) {
            links.push(id);
        }
        self.by_pair.insert((from, to), id);
    }

    /// Links that a VNet stores, in the order they were added.
    pub(crate) fn of(&self, vnet: VnetId) -> &[LinkId] {
        self.by_vnet.get(vnet.index()).map_or(&[], Vec::as_slice)
    }

    /// The link from one VNet to another.
    pub(crate) fn between(&self, from: VnetId, to: VnetId) -> Option<LinkId> {
        self.by_pair.get(&(from, to)).copied()
    }
}

/// Hashes two small numbers: ids are dense and nobody chooses them to collide.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(32) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
