//! A small topology that answers for a large one: some VNets, and everything that is not a VNet.
//!
//! Whether a row, a rule or a learned route concerns a packet depends on the prefixes that contain its two addresses.
//! A VNet that holds neither, and no machine, changes nothing on the packet's way: its rows are about other
//! addresses. So a flow between two VNets that are kept takes the same way in the part as in the whole.
//!
//! Machines, gateways, hubs, sites, circuits, tunnels, groups, security groups and policies keep their ids; VNets,
//! subnets, links, connections, route tables and private endpoints are numbered anew, in the same order.

use super::{
    Adjacency, Appliance, ConnectedGroup, Connection, ConnectionId, Gateway, Hub, HubNextHop, Link,
    LinkId, PrivateEndpoint, PrivateEndpointId, RouteTableId, Subnet, SubnetId, Topology, Vnet,
    VnetId,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Some VNets of a topology, and where its things come from.
#[derive(Debug)]
pub(crate) struct Part {
    /// The VNets that were asked for and those that hold a machine or a gateway, with everything that is not a VNet.
    pub(crate) topology: Rc<Topology>,
    /// For each link of the part the one it is in the whole.
    pub(crate) links: Vec<LinkId>,
    /// For each private endpoint of the part the one it is in the whole.
    pub(crate) endpoints: Vec<PrivateEndpointId>,
    /// For each subnet of the whole the one it is in the part.
    to_part: Vec<Option<SubnetId>>,
}

impl Part {
    /// The subnet of the part that stands for one of the whole.
    pub(crate) fn subnet(&self, whole: SubnetId) -> Option<SubnetId> {
        self.to_part.get(whole.index()).copied().flatten()
    }
}

impl Topology {
    /// The VNets whose position is marked, and those that hold a machine or a gateway.
    pub(crate) fn only(&self, mut keep: Vec<bool>) -> Part {
        keep.resize(self.vnets.len(), false);
        let machines = self.appliances.iter().map(|nic| nic.vnet);
        for vnet in machines.chain(self.gateways.iter().map(|gateway| gateway.vnet)) {
            if let Some(flag) = keep.get_mut(vnet.index()) {
                *flag = true;
            }
        }
        let mut builder = Builder {
            whole: self,
            vnets: vec![None; self.vnets.len()],
            subnets: vec![None; self.subnets.len()],
            connections: vec![None; self.connections.len()],
            tables: BTreeMap::new(),
            part: Self::default(),
        };
        builder.vnets_and_subnets(&keep);
        let links = builder.links();
        builder.connections();
        let endpoints = builder.endpoints();
        builder.machines();
        builder.everything_else();
        Part {
            topology: Rc::new(builder.part),
            links,
            endpoints,
            to_part: builder.subnets,
        }
    }
}

struct Builder<'t> {
    whole: &'t Topology,
    vnets: Vec<Option<VnetId>>,
    subnets: Vec<Option<SubnetId>>,
    connections: Vec<Option<ConnectionId>>,
    tables: BTreeMap<RouteTableId, RouteTableId>,
    part: Topology,
}

impl Builder<'_> {
    fn vnet(&self, id: VnetId) -> Option<VnetId> {
        self.vnets.get(id.index()).copied().flatten()
    }

    fn subnet(&self, id: SubnetId) -> Option<SubnetId> {
        self.subnets.get(id.index()).copied().flatten()
    }

    fn vnets_and_subnets(&mut self, keep: &[bool]) {
        let whole = self.whole;
        for vnet in whole
            .vnets()
            .iter()
            .filter(|v| keep.get(v.id.index()) == Some(&true))
        {
            let id = VnetId::new(self.part.vnets.len());
            if let Some(slot) = self.vnets.get_mut(vnet.id.index()) {
                *slot = Some(id);
            }
            let mut subnets = Vec::with_capacity(vnet.subnets.len());
            for old in &vnet.subnets {
                let subnet = whole.subnet(*old);
                let new = SubnetId::new(self.part.subnets.len());
                if let Some(slot) = self.subnets.get_mut(old.index()) {
                    *slot = Some(new);
                }
                subnets.push(new);
                let route_table = subnet.route_table.map(|table| self.table(table));
                self.part.subnets.push(Subnet {
                    id: new,
                    vnet: id,
                    route_table,
                    ..subnet.clone()
                });
            }
            self.part.vnets.push(Vnet {
                id,
                subnets,
                ..vnet.clone()
            });
        }
    }

    fn table(&mut self, old: RouteTableId) -> RouteTableId {
        let new = RouteTableId::new(self.part.route_tables.len());
        let id = *self.tables.entry(old).or_insert(new);
        if id == new {
            let mut table = self.whole.route_table(old).clone();
            table.id = id;
            self.part.route_tables.push(table);
        }
        id
    }

    /// In the order of the whole, so that the order of each VNet's links stays.
    fn links(&mut self) -> Vec<LinkId> {
        let whole = self.whole;
        let mut kept: Vec<LinkId> = Vec::new();
        for vnet in whole.vnets() {
            if self.vnet(vnet.id).is_some() {
                let both = |link: &&Link| self.vnet(link.to).is_some();
                kept.extend(whole.links_of(vnet.id).filter(both).map(|link| link.id));
            }
        }
        kept.sort();
        let place = |old: LinkId| kept.binary_search(&old).ok().map(LinkId::new);
        let mut adjacency = Adjacency::default();
        let mut links = Vec::with_capacity(kept.len());
        for (position, old) in (0..).zip(&kept) {
            let link = whole.link(*old);
            let (Some(from), Some(to)) = (self.vnet(link.from), self.vnet(link.to)) else {
                continue;
            };
            let id = LinkId::new(position);
            adjacency.add(from, to, id);
            links.push(Link {
                id,
                from,
                to,
                reverse: link.reverse.and_then(place),
                remote_subnets: link
                    .remote_subnets
                    .as_ref()
                    .map(|all| all.iter().filter_map(|id| self.subnet(*id)).collect()),
                ..link.clone()
            });
        }
        self.part.adjacency = adjacency.into();
        self.part.links = links.into();
        kept
    }

    fn connections(&mut self) {
        for old in self.whole.connections() {
            let Some(vnet) = self.vnet(old.vnet) else {
                continue;
            };
            let id = ConnectionId::new(self.part.connections.len());
            if let Some(slot) = self.connections.get_mut(old.id.index()) {
                *slot = Some(id);
            }
            self.part.connection_by_vnet.entry(vnet).or_insert(id);
            self.part.connections.push(Connection {
                id,
                vnet,
                ..old.clone()
            });
        }
        let place = |old: ConnectionId| self.connections.get(old.index()).copied().flatten();
        let mut hubs: Vec<Hub> = Vec::with_capacity(self.whole.hubs().len());
        for hub in self.whole.hubs() {
            let connections = hub.connections.iter().filter_map(|id| place(*id)).collect();
            let mut hub = Hub {
                connections,
                ..copy_without_connections(hub)
            };
            for table in &mut hub.route_tables {
                for route in &mut table.statics {
                    if let HubNextHop::Connection(id) = &mut route.next_hop {
                        *id = place(*id).unwrap_or(*id);
                    }
                }
            }
            hubs.push(hub);
        }
        self.part.hubs = hubs;
    }

    fn endpoints(&mut self) -> Vec<PrivateEndpointId> {
        let mut kept = Vec::new();
        for old in self.whole.private_endpoints() {
            let (Some(vnet), Some(subnet)) = (self.vnet(old.vnet), self.subnet(old.subnet)) else {
                continue;
            };
            let endpoint = PrivateEndpoint {
                id: PrivateEndpointId::new(kept.len()),
                vnet,
                subnet,
                ..old.clone()
            };
            self.part.private_endpoints.push(endpoint);
            kept.push(old.id);
        }
        kept
    }

    /// Their VNets are always kept, so each keeps its position.
    fn machines(&mut self) {
        let at = |vnet: VnetId, subnet: SubnetId| self.vnet(vnet).zip(self.subnet(subnet));
        let nics = self.whole.appliances.iter().filter_map(|nic| {
            let (vnet, subnet) = at(nic.vnet, nic.subnet)?;
            Some(Appliance {
                vnet,
                subnet,
                ..nic.clone()
            })
        });
        let gateways = self.whole.gateways.iter().filter_map(|gateway| {
            let (vnet, subnet) = at(gateway.vnet, gateway.subnet)?;
            Some(Gateway {
                vnet,
                subnet,
                ..gateway.clone()
            })
        });
        let (nics, gateways) = (nics.collect(), gateways.collect());
        (self.part.appliances, self.part.gateways) = (nics, gateways);
    }

    fn everything_else(&mut self) {
        // Every field by name: one that is new must be thought of here.
        let Topology {
            vnets: _,
            subnets: _,
            links: _,
            route_tables: _,
            appliances: _,
            devices,
            gateways: _,
            tunnels,
            circuits,
            sites,
            bgp_sessions,
            private_endpoints: _,
            connected_groups,
            nsgs,
            firewall_policies,
            public_load_balancers,
            route_maps,
            // A part is asked for ways, never for names.
            dns: _,
            admin_rules,
            hubs: _,
            connections: _,
            workloads,
            service_tags,
            adjacency: _,
            connection_by_vnet: _,
            vnet_by_name: _,
            places: _,
        } = self.whole;
        let members = |all: &[VnetId]| -> Vec<VnetId> {
            all.iter().filter_map(|id| self.vnet(*id)).collect()
        };
        let groups = connected_groups.iter().map(|group| ConnectedGroup {
            members: members(&group.members),
            name: group.name.clone(),
            ..*group
        });
        let groups = groups.collect();
        let rules = admin_rules.iter();
        let rules = rules
            .map(|(all, rule)| (members(all), rule.clone()))
            .collect();
        let workloads = workloads.iter().filter_map(|workload| {
            let mut workload = workload.clone();
            workload.vnet = self.vnet(workload.vnet)?;
            workload.subnet = self.subnet(workload.subnet)?;
            Some(workload)
        });
        let workloads = workloads.collect();
        self.part.nsgs = Rc::clone(nsgs);
        self.part.firewall_policies = firewall_policies.clone();
        self.part.public_load_balancers = public_load_balancers.clone();
        self.part.route_maps = route_maps.clone();
        self.part.connected_groups = groups;
        self.part.admin_rules = rules;
        self.part.workloads = workloads;
        self.part.devices = devices.clone();
        self.part.tunnels = tunnels.clone();
        self.part.circuits = circuits.clone();
        self.part.sites = sites.clone();
        self.part.bgp_sessions = bgp_sessions.clone();
        self.part.service_tags = service_tags.clone();
    }
}

fn copy_without_connections(hub: &Hub) -> Hub {
    Hub {
        connections: Vec::new(),
        name: hub.name.clone(),
        region: hub.region.clone(),
        router_ips: hub.router_ips.clone(),
        firewall: hub.firewall.clone(),
        private_prefixes: hub.private_prefixes.clone(),
        route_tables: hub.route_tables.clone(),
        vpn: hub.vpn.clone(),
        branch_tables: hub.branch_tables.clone(),
        branch_labels: hub.branch_labels.clone(),
        ..*hub
    }
}
