//! The network that a pattern is judged by: its blueprint, in which a large mesh is one thing and not a square of objects.
//!
//! The rule: n VNets that are peered each with each are n(n-1) peering objects that say the same. From [`MANY`] members on
//! such a mesh stands as the list of its members; the simulator gives each of them one row with the ranges of all others.
//! What is asked of a design (who reaches whom and how, what it costs, what one thing more asks for) is the same either
//! way; what is shown, exported and counted is the blueprint with every object.
//!
//! | `regional-mesh-hub`, 1,000 spokes in 4 regions | peering objects written | members of meshes |
//! |---|---|---|
//! | blueprint | 251,012 | |
//! | sketch | 2,012 | 4 × 250 |
//!
//! Left out: meshes of chosen subnets, whose rows are those of subnets.

use crate::issue::Checked;
use crate::spec::NetworkSpec;
use crate::topology::{Topology, build_meshed};

/// From so many members on a mesh is one thing.
pub const MANY: usize = 32;

/// A network whose large meshes stand apart.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// Everything but the peerings of those meshes.
    pub spec: NetworkSpec,
    /// VNets that are peered each with each, by name.
    pub(super) meshes: Vec<Vec<String>>,
}

impl From<NetworkSpec> for Sketch {
    fn from(spec: NetworkSpec) -> Self {
        let meshes = Vec::new();
        Self { spec, meshes }
    }
}

impl Sketch {
    /// The network with every name resolved, and what Azure would refuse.
    #[must_use]
    pub fn join(&self) -> Checked<Topology> {
        build_meshed(&self.spec, &self.meshes)
    }
}
