//! (a) The obvious Rust: a trie of effective routes a subnet, and a walk a pair, both ways.
//!
//! It knows what these estates need: system routes, peerings, user-defined routes to appliances, and Virtual WAN hubs
//! whose connections all use the default tables. It checks no flags.

use interspoke_core::spec::UserNextHopType;
use interspoke_core::topology::{ApplianceId, Destination, HubId, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use prefix_trie::PrefixMap;
use std::collections::HashMap;
use std::net::Ipv4Addr;

#[derive(Clone, Copy)]
enum Hop {
    Into(VnetId),
    Appliance(Ipv4Addr),
    /// The router of a Virtual WAN hub.
    Hub(HubId),
    Nowhere,
}

struct Tables<'t> {
    topology: &'t Topology,
    tables: Vec<PrefixMap<Ipv4Net, Hop>>,
    appliances: HashMap<Ipv4Addr, ApplianceId>,
    /// What every hub knows: VNets by range, each with its hub.
    hubs: PrefixMap<Ipv4Net, (VnetId, HubId)>,
}

fn effective(topology: &Topology, subnet: SubnetId) -> PrefixMap<Ipv4Net, Hop> {
    let subnet = topology.subnet(subnet);
    let vnet = topology.vnet(subnet.vnet);
    let mut table = PrefixMap::new();
    table.insert(Ipv4Net::default(), Hop::Nowhere);
    for range in vnet.prefixes.iter() {
        table.insert(*range, Hop::Into(vnet.id));
    }
    for link in topology.links_of(vnet.id).filter(|link| link.up) {
        for range in link.remote_prefixes.iter() {
            table.insert(*range, Hop::Into(link.to));
        }
    }
    if let Some(own) = topology.connections().iter().find(|c| c.vnet == vnet.id) {
        for other in topology.connections().iter().filter(|c| c.vnet != vnet.id) {
            for range in topology.vnet(other.vnet).prefixes.iter() {
                table.insert(*range, Hop::Hub(own.hub));
            }
        }
    }
    let routes = subnet
        .route_table
        .map(|id| &topology.route_table(id).routes);
    for route in routes.into_iter().flatten() {
        let hop = match (route.next_hop_type, route.next_hop) {
            (UserNextHopType::VirtualAppliance, Some(ip)) => Hop::Appliance(ip),
            _ => Hop::Nowhere,
        };
        if let Destination::Prefix(prefix) = &route.destination {
            table.insert(*prefix, hop);
        }
    }
    table
}

fn attached(topology: &Topology) -> PrefixMap<Ipv4Net, (VnetId, HubId)> {
    let connections = topology.connections().iter();
    let ranges = connections.flat_map(|connection| {
        let vnet = topology.vnet(connection.vnet);
        let ranges = vnet.prefixes.iter();
        ranges.map(move |range| (*range, (vnet.id, connection.hub)))
    });
    ranges.collect()
}

struct Walk {
    arrives: bool,
    hops: usize,
    machines: Vec<ApplianceId>,
}

impl Tables<'_> {
    fn walk(&self, from: SubnetId, destination: Ipv4Addr) -> Walk {
        let mut walk = Walk {
            arrives: false,
            hops: 1,
            machines: Vec::new(),
        };
        let mut at = from;
        while walk.hops < 32 {
            let host = Ipv4Net::from(destination);
            let Some(table) = self.tables.get(at.index()) else {
                break;
            };
            match table.get_lpm(&host).map(|(_, hop)| *hop) {
                Some(Hop::Into(vnet)) => {
                    walk.arrives = self.topology.subnet_of(vnet, destination).is_some();
                    walk.hops += usize::from(walk.arrives);
                    break;
                }
                Some(Hop::Appliance(ip)) => {
                    let Some(id) = self.appliances.get(&ip) else {
                        break;
                    };
                    walk.machines.push(*id);
                    walk.hops += 1;
                    at = self.topology.appliance(*id).subnet;
                }
                Some(Hop::Hub(hub)) => {
                    let Some((_, (vnet, home))) = self.hubs.get_lpm(&host) else {
                        break;
                    };
                    walk.hops += 1 + usize::from(*home != hub);
                    walk.arrives = self.topology.subnet_of(*vnet, destination).is_some();
                    walk.hops += usize::from(walk.arrives);
                    break;
                }
                _ => break,
            }
        }
        walk
    }
}

/// One byte for every ordered pair of the given subnets.
pub(crate) fn matrix(topology: &Topology, ends: &[(SubnetId, Ipv4Addr)]) -> Vec<u8> {
    let tables = Tables {
        topology,
        tables: topology
            .subnets()
            .iter()
            .map(|subnet| effective(topology, subnet.id))
            .collect(),
        appliances: topology
            .appliances()
            .iter()
            .map(|nic| (nic.ip, nic.id))
            .collect(),
        hubs: attached(topology),
    };
    let mut bytes = Vec::with_capacity(ends.len() * ends.len());
    for (from, source) in ends {
        for (to, destination) in ends {
            if from == to {
                bytes.push(0);
                continue;
            }
            let there = tables.walk(*from, *destination);
            let back = tables.walk(*to, *source);
            let reached = there.arrives && back.arrives;
            let inspected = reached
                && there
                    .machines
                    .iter()
                    .any(|id| topology.appliance(*id).stateful);
            let symmetric = reached && there.machines.iter().rev().eq(&back.machines);
            let direct = reached && there.hops <= 2 && back.hops <= 2;
            let flags = u8::from(reached)
                | u8::from(inspected) << 1
                | u8::from(symmetric) << 2
                | u8::from(direct) << 3;
            bytes.push(flags | u8::try_from(there.hops.min(15)).unwrap_or(15) << 4);
        }
    }
    bytes
}
