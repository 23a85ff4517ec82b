//! What if something fails: the same estate without it, and the pairs that survive, as classes.
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
//! A machine that names no zone stands wherever Azure puts it, and is taken to survive; [`Estate::unplaced`] counts them.
//! Hubs of Virtual WAN and circuits are zone-redundant, subnets belong to no zone.
//!
//! Left out: the workloads' own zones.

use super::change::{ClassChange, compare};
use super::{Answer, Estate};
use crate::order::Map;
use crate::topology::{
    CircuitId, ConnectionId, DeviceId, Gateway, GatewayId, HubId, HubNextHop, Party, Topology,
    VnetId, Zones,
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
    /// A zone of a region.
    Zone(String, u8),
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
        let mut rest = self.begin_without(failures);
        rest.follow(usize::MAX);
        rest
    }

    /// The same with nothing followed yet: see [`Estate::follow`].
    #[must_use]
    pub fn begin_without(&self, failures: &[Failure]) -> Self {
        let mut topology = Topology::clone(self.topology());
        fail(&mut topology, failures);
        Self::grouped(Rc::new(topology), self.settings())
    }

    /// Every zone of a region that something names, in order.
    #[must_use]
    pub fn zones(topology: &Topology, region: &str) -> Vec<u8> {
        let here = |vnet: VnetId| topology.vnet(vnet).region == region;
        let mut named = Vec::new();
        for nic in topology.appliances().iter().filter(|nic| here(nic.vnet)) {
            named.extend([nic.zones, nic.load_balancer_zones]);
        }
        let gateways = topology.gateways().iter();
        named.extend(gateways.filter(|g| here(g.vnet)).map(|g| g.zones));
        let is_named = |zone: &u8| named.iter().any(|zones| zones.contains(*zone));
        (1..=Zones::MOST).filter(is_named).collect()
    }

    /// Firewalls, NVAs and gateways of a region that name no zone.
    #[must_use]
    pub fn unplaced(&self, region: &str) -> usize {
        let topology = self.topology();
        let here = |vnet: VnetId| topology.vnet(vnet).region == region;
        let nics = topology.appliances().iter();
        let nics = nics.filter(|nic| here(nic.vnet) && nic.zones.is_empty());
        let gateways = topology.gateways().iter();
        let gateways = gateways.filter(|g| here(g.vnet) && g.zones.is_empty());
        nics.count() + gateways.count()
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
    let mut gateways: Map<GatewayId, GatewayId> = Map::new();
    topology.gateways.retain_mut(|gateway| {
        if gateway_fails(gateway) {
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
