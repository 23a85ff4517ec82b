//! What hangs on what at the edge of Azure: tunnels to sites, circuits, ways to the Internet.

use super::{MachineKey, NodeKey, direct};
use interspoke_core::spec::UserNextHopType;
use interspoke_core::topology::{Destination, Party, Topology, UserRoute};
use std::collections::BTreeSet;

/// Whether a route is the default route to an appliance.
pub(super) fn is_way_out(route: &UserRoute) -> bool {
    let all = matches!(&route.destination, Destination::Prefix(net) if net.prefix_len() == 0);
    all && route.next_hop_type == UserNextHopType::VirtualAppliance
}

/// The boxes that a site, a circuit or the Internet is attached to.
pub(super) fn hangs_on(topology: &Topology, key: NodeKey) -> Vec<NodeKey> {
    let node = |party: Party| end(topology, party).map(|(key, _)| key);
    if key == NodeKey::Internet {
        return ways_out(topology).into_iter().map(|(key, _)| key).collect();
    }
    let mut found = Vec::new();
    for tunnel in topology.tunnels() {
        if node(tunnel.a) == Some(key) {
            found.extend(node(tunnel.b));
        } else if node(tunnel.b) == Some(key) {
            found.extend(node(tunnel.a));
        }
    }
    for circuit in topology.circuits() {
        let own = NodeKey::Circuit(circuit.id) == key;
        let through = circuit.sites.iter().any(|site| NodeKey::Site(*site) == key);
        if own || through {
            found.extend(circuit.gateways.iter().filter_map(|party| node(*party)));
        }
    }
    found
}

/// Firewalls and NVAs that a default route leads to.
pub(super) fn ways_out(topology: &Topology) -> Vec<(NodeKey, Option<MachineKey>)> {
    let tables = topology
        .route_tables()
        .iter()
        .flat_map(|table| &table.routes);
    let hops: BTreeSet<_> = tables
        .filter(|route| is_way_out(route))
        .filter_map(|route| route.next_hop)
        .collect();
    let appliances = topology.appliances().iter();
    let own = appliances
        .filter(|a| hops.contains(&a.ip))
        .map(|a| (NodeKey::Vnet(a.vnet), Some(MachineKey::Appliance(a.id))));
    let hubs = topology.hubs().iter().filter(|hub| hub.internet_policy);
    let hubs = hubs.map(|hub| (NodeKey::Hub(hub.id), Some(MachineKey::HubFirewall(hub.id))));
    own.chain(hubs).collect()
}

/// The box of an end of a tunnel or circuit, and the machine in it.
pub(super) fn end(topology: &Topology, party: Party) -> Option<(NodeKey, Option<MachineKey>)> {
    Some(match party {
        Party::Gateway(id) => (
            NodeKey::Vnet(topology.gateway(id).vnet),
            Some(MachineKey::Gateway(id)),
        ),
        Party::Hub(id) => (NodeKey::Hub(id), None),
        Party::Site(id) => (NodeKey::Site(id), None),
        Party::Device(_) => (NodeKey::Vnet(direct::vnet(topology, party)?), None),
    })
}
