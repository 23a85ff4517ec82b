//! What is left of a topology when something fails.
//!
//! | failure | what happens in the model |
//! |---|---|
//! | a machine | all its NICs stop; routes to it stay, sessions with it end |
//! | a gateway or Route Server | it is gone with its tunnels, circuits and sessions; peerings keep their flags |
//! | a circuit | no connection to its edge is up |
//! | a Virtual WAN hub | it is gone with its connections |
//! | a region | its machines, gateways and hubs fail, and so do the subnets of its VNets |
//! | a zone | machines, gateways and load-balancer frontends that stand in no other zone fail |
//!
//! What is left is numbered anew, in the same order; the topology itself stays as it is.
//!
//! Left out: the workloads' own zones.

use super::at::Places;
use super::{
    BgpSessionId, CircuitId, ConnectionId, DeviceId, Gateway, GatewayId, HubId, HubNextHop, Party,
    Topology, TunnelId, Via, VnetId, Zones,
};
use std::collections::BTreeMap;
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
    /// A zone of a region.
    Zone(String, u8),
}

impl Topology {
    /// The same without what fails.
    #[must_use]
    pub fn without(&self, failures: &[Failure]) -> Self {
        let mut rest = self.clone();
        fail(&mut rest, failures);
        rest.places = Places::default();
        rest
    }
}

fn fail(topology: &mut Topology, failures: &[Failure]) {
    let down: Vec<bool> = topology
        .vnets
        .iter()
        .map(|vnet| in_failed_region(failures, &vnet.region))
        .collect();
    let is_down = |vnet: VnetId| down.get(vnet.index()) == Some(&true);
    let regions: Vec<Rc<str>> = topology
        .vnets
        .iter()
        .map(|v| v.region.as_str().into())
        .collect();
    let falls = |vnet: VnetId, zones: Zones| {
        let region = regions.get(vnet.index());
        failures.iter().any(|failure| match failure {
            Failure::Zone(failed, zone) => {
                region.is_some_and(|region| **region == **failed) && zones.falls_with(*zone)
            }
            _ => false,
        })
    };
    for nic in &mut topology.appliances {
        if is_down(nic.vnet)
            || failures.contains(&Failure::Machine(nic.device))
            || falls(nic.vnet, nic.zones)
        {
            nic.running = false;
        }
        if falls(nic.vnet, nic.load_balancer_zones) {
            nic.load_balancer_ip = None;
        }
    }
    for failure in failures {
        if let Failure::Circuit(id) = failure
            && let Some(circuit) = topology.circuits.get_mut(id.index())
        {
            circuit.links_up = 0;
        }
    }
    remove(
        topology,
        |gateway| {
            is_down(gateway.vnet)
                || failures.contains(&Failure::Gateway(gateway.id))
                || falls(gateway.vnet, gateway.zones)
        },
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

/// Takes gateways and hubs out and numbers what is left anew.
fn remove(
    topology: &mut Topology,
    gateway_fails: impl Fn(&Gateway) -> bool,
    hub_fails: impl Fn(HubId, &str) -> bool,
) {
    let mut gateways: BTreeMap<GatewayId, GatewayId> = BTreeMap::new();
    topology.gateways.retain_mut(|gateway| {
        if gateway_fails(gateway) {
            return false;
        }
        let new = GatewayId::new(gateways.len());
        gateways.insert(gateway.id, new);
        gateway.id = new;
        true
    });
    let mut hubs: BTreeMap<HubId, HubId> = BTreeMap::new();
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
        tunnel.id = TunnelId::new(position);
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
        session.id = BgpSessionId::new(position);
    }
    for nic in &mut topology.appliances {
        nic.os_routes.retain_mut(|route| match &mut route.via {
            Via::Address(_) => true,
            Via::Object(object) => match party(*object) {
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
fn connections(topology: &mut Topology, hubs: &BTreeMap<HubId, HubId>) {
    let mut known: BTreeMap<ConnectionId, ConnectionId> = BTreeMap::new();
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
