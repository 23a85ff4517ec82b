//! What of the picture is lost when something fails.
//!
//! | what fails | what is drawn as lost |
//! |---|---|
//! | a firewall, NVA or gateway | it, and for a gateway the tunnels and circuits of its VNet |
//! | a circuit, a Virtual WAN hub | its box and every line of it |
//! | a region | every box in it and every line of them |
//! | a zone | nothing: what stands in it stands in others, too |

use super::{EdgeKind, MachineKey, NodeKey, Scene};
use interspoke_core::topology::{Failure, Topology, VnetId};
use std::collections::BTreeSet;

/// What is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    /// Boxes.
    pub nodes: BTreeSet<NodeKey>,
    /// What stands in boxes.
    pub machines: BTreeSet<MachineKey>,
    /// Lines, by their position.
    pub edges: BTreeSet<usize>,
}

/// What of a scene is lost with a failure.
#[must_use]
pub fn lost(scene: &Scene, topology: &Topology, failure: &Failure) -> Lost {
    let mut lost = Lost::default();
    match failure {
        Failure::Machine(id) => {
            let nics = topology.device(*id).nics.iter();
            lost.machines
                .extend(nics.map(|nic| MachineKey::Appliance(*nic)));
        }
        Failure::Gateway(id) => {
            lost.machines.insert(MachineKey::Gateway(*id));
            let vnet = NodeKey::Vnet(topology.gateway(*id).vnet);
            let outside = |kind| matches!(kind, EdgeKind::Tunnel | EdgeKind::Circuit);
            lost.take(scene, |(a, b), kind| {
                outside(kind) && (a == vnet || b == vnet)
            });
        }
        Failure::Circuit(id) => lost.box_of(scene, NodeKey::Circuit(*id)),
        Failure::Hub(id) => lost.box_of(scene, NodeKey::Hub(*id)),
        Failure::Region(name) => {
            let here = |vnet: VnetId| topology.vnet(vnet).region == *name;
            let own: Vec<NodeKey> = scene
                .nodes
                .iter()
                .map(|node| node.key)
                .filter(|key| match key {
                    NodeKey::Vnet(id) | NodeKey::Stack(id) => here(*id),
                    NodeKey::Hub(id) => topology.hub(*id).region == *name,
                    _ => false,
                })
                .collect();
            for key in own {
                lost.box_of(scene, key);
            }
        }
        Failure::Zone(..) => {}
    }
    lost
}

impl Lost {
    fn box_of(&mut self, scene: &Scene, key: NodeKey) {
        self.nodes.insert(key);
        self.take(scene, |(a, b), _| a == key || b == key);
    }

    fn take(&mut self, scene: &Scene, is: impl Fn((NodeKey, NodeKey), EdgeKind) -> bool) {
        let edges = scene.edges.iter().enumerate();
        let own = edges.filter(|(_, edge)| is(edge.ends, edge.kind));
        self.edges.extend(own.map(|(at, _)| at));
    }
}
