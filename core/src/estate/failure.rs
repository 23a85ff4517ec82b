//! What if something fails: the same estate without it, and the pairs that survive, as classes.
//!
//! | failure | what happens in the model |
//! |---|---|
//! | a machine | all its NICs stop; routes to it stay, sessions with it end |
//! | a gateway or Route Server | it is gone with its tunnels, circuits and sessions; peerings keep their flags |
//! | a circuit | no connection to its edge is up |
//! | a Virtual WAN hub | it is gone with its connections |
//! | a region | its machines, gateways and hubs fail, and so do the subnets of its VNets |
//!
//! Left out: availability zones, which the model does not place machines in.

use super::change::{ClassChange, compare};
use super::{Answer, Estate};
use crate::order::Map;
use crate::topology::{
    CircuitId, ConnectionId, DeviceId, GatewayId, HubId, HubNextHop, Party, Topology, VnetId,
};
use std::rc::Rc;

/// Something that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A firewall or NVA.
    Machine(DeviceId),
    /// A gateway or Route Server in a VNet.
    Gateway(GatewayId),
    /// An ExpressRoute circuit.
    Circuit(CircuitId),
    /// A Virtual WAN hub with its firewall and gateways.
    Hub(HubId),
    /// A region, as `westeurope`.
    Region(String),
}

/// What a failure does to the pairs that were reached before, as classes.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// Still reached, on the same way or on another one.
    pub survive: Vec<ClassChange>,
    /// No longer reached.
    pub lost: Vec<ClassChange>,
}

impl Estate {
    /// The estate without something.
    #[must_use]
    pub fn without(&self, failure: &Failure) -> Self {
        self.without_all(std::slice::from_ref(failure))
    }

    /// The estate without several things at once.
    #[must_use]
    pub fn without_all(&self, failures: &[Failure]) -> Self {
        let mut topology = Topology::clone(self.topology());
        fail(&mut topology, failures);
        Self::new(Rc::new(topology), self.settings())
    }

    /// The pairs that survive a failure, and those that do not.
    #[must_use]
    pub fn what_if(&self, failure: &Failure) -> WhatIf {
        let reached =
            |answer: &Option<Answer>| answer.as_ref().is_some_and(|answer| answer.reached);
        let all = compare(self, &self.without(failure)).into_iter();
        let (survive, lost) = all
            .filter(|change| reached(&change.before))
            .partition(|change| reached(&change.after));
        WhatIf { survive, lost }
    }
}

fn fail(topology: &mut Topology, failures: &[Failure]) {
    let down: Vec<bool> = topology
        .vnets
        .iter()
        .map(|vnet| in_failed_region(failures, &vnet.region))
        .collect();
    let is_down = |vnet: VnetId| down.get(vnet.index()) == Some(&true);
    stop(topology, |device, vnet| {
        is_down(vnet) || failures.contains(&Failure::Machine(device))
    });
    for failure in failures {
        if let Failure::Circuit(id) = failure
            && let Some(circuit) = topology.circuits.get_mut(id.index())
        {
            circuit.links_up = 0;
        }
    }
    remove(
        topology,
        |gateway, vnet| is_down(vnet) || failures.contains(&Failure::Gateway(gateway)),
        |hub, region| in_failed_region(failures, region) || failures.contains(&Failure::Hub(hub)),
    );
    for subnet in &mut topology.subnets {
        if is_down(subnet.vnet) {
            subnet.prefix = None;
        }
    }
}

fn in_failed_region(failures: &[Failure], region: &str) -> bool {
    failures
        .iter()
        .any(|failure| matches!(failure, Failure::Region(failed) if failed == region))
}

fn stop(topology: &mut Topology, which: impl Fn(DeviceId, VnetId) -> bool) {
    for nic in &mut topology.appliances {
        if which(nic.device, nic.vnet) {
            nic.running = false;
        }
    }
}

/// Takes gateways and hubs out and numbers what is left anew.
fn remove(
    topology: &mut Topology,
    gateway_fails: impl Fn(GatewayId, VnetId) -> bool,
    hub_fails: impl Fn(HubId, &str) -> bool,
) {
    let mut gateways: Map<GatewayId, GatewayId> = Map::new();
    topology.gateways.retain_mut(|gateway| {
        if gateway_fails(gateway.id, gateway.vnet) {
            return false;
        }
        let new = GatewayId::new(gateways.len());
        gateways.insert(gateway.id, new);
        gateway.id = new;
        true
    });
    let mut hubs: Map<HubId, HubId> = Map::new();
    topology.hubs.retain_mut(|hub| {
        if hub_fails(hub.id, &hub.region) {
            return false;
        }
        let new = HubId::new(hubs.len());
        hubs.insert(hub.id, new);
        hub.id = new;
        true
    });
    let party = |party: Party| match party {
        Party::Gateway(id) => gateways.get(&id).copied().map(Party::Gateway),
        Party::Hub(id) => hubs.get(&id).copied().map(Party::Hub),
        Party::Site(_) | Party::Device(_) => Some(party),
    };
    connections(topology, &hubs);
    topology
        .tunnels
        .retain_mut(|tunnel| match (party(tunnel.a), party(tunnel.b)) {
            (Some(a), Some(b)) => {
                (tunnel.a, tunnel.b) = (a, b);
                true
            }
            _ => false,
        });
    for (position, tunnel) in topology.tunnels.iter_mut().enumerate() {
        tunnel.id = crate::topology::TunnelId::new(position);
    }
    for circuit in &mut topology.circuits {
        circuit.gateways = circuit
            .gateways
            .iter()
            .filter_map(|id| party(*id))
            .collect();
    }
    topology
        .bgp_sessions
        .retain_mut(|session| match party(session.speaker) {
            Some(speaker) => {
                session.speaker = speaker;
                true
            }
            None => false,
        });
    for (position, session) in topology.bgp_sessions.iter_mut().enumerate() {
        session.id = crate::topology::BgpSessionId::new(position);
    }
    for nic in &mut topology.appliances {
        nic.os_routes.retain_mut(|route| match &mut route.via {
            crate::topology::Via::Address(_) => true,
            crate::topology::Via::Object(object) => match party(*object) {
                Some(known) => {
                    *object = known;
                    true
                }
                None => false,
            },
        });
    }
}

/// Connections of hubs that are left.
fn connections(topology: &mut Topology, hubs: &Map<HubId, HubId>) {
    let mut known: Map<ConnectionId, ConnectionId> = Map::new();
    topology.connections.retain_mut(|connection| {
        let Some(hub) = hubs.get(&connection.hub) else {
            return false;
        };
        let new = ConnectionId::new(known.len());
        known.insert(connection.id, new);
        (connection.id, connection.hub) = (new, *hub);
        true
    });
    topology.connection_by_vnet.clear();
    for connection in &topology.connections {
        topology
            .connection_by_vnet
            .entry(connection.vnet)
            .or_insert(connection.id);
    }
    for hub in &mut topology.hubs {
        hub.connections = hub
            .connections
            .iter()
            .filter_map(|id| known.get(id).copied())
            .collect();
        for table in &mut hub.route_tables {
            table.statics.retain_mut(|route| match &mut route.next_hop {
                HubNextHop::Firewall => true,
                HubNextHop::Connection(id) => match known.get(id) {
                    Some(new) => {
                        *id = *new;
                        true
                    }
                    None => false,
                },
            });
        }
    }
}
