//! What lines are drawn for: the estate, where its boxes stand, and the lane of each body.

use super::NodeKey;
use super::direct::Body;
use super::grid::{Placed, Spot};
use super::group::Known;
use super::plan::Plan;
use interspoke_core::topology::Topology;
use std::collections::BTreeMap;

/// What lines are drawn for.
pub(super) struct Wiring<'a> {
    pub(super) topology: &'a Topology,
    pub(super) plan: &'a Plan,
    pub(super) placed: &'a Placed,
    /// The lane of each body, none where arcs are drawn.
    pub(super) lanes: &'a [Option<usize>],
    pub(super) known: &'a Known,
    spots: BTreeMap<NodeKey, Spot>,
}

impl<'a> Wiring<'a> {
    pub(super) fn new(
        topology: &'a Topology,
        plan: &'a Plan,
        placed: &'a Placed,
        lanes: &'a [Option<usize>],
        known: &'a Known,
    ) -> Self {
        let spots = placed.part.spots.iter().map(|spot| (spot.key, *spot));
        Self {
            topology,
            plan,
            placed,
            lanes,
            known,
            spots: spots.collect(),
        }
    }

    pub(super) fn spot(&self, key: NodeKey) -> Option<&Spot> {
        self.spots.get(&key)
    }

    pub(super) fn bodies(&self) -> impl Iterator<Item = (&'a Body, Option<usize>)> {
        let lanes = self.lanes.iter().copied();
        self.plan.bodies.iter().zip(lanes)
    }
}
