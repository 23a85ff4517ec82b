//! VNets with subnets, peerings, route tables, security groups, private endpoints.
//!
//! | found | made |
//! |---|---|
//! | a VNet in two files, alike | one VNet |
//! | a VNet in two files with other ranges | the fuller one, and an entry *contradictory* |
//! | a peering to a VNet that no file has | a stub with the ranges that the peering knows, and the peering back, assumed |
//! | a peering to the VNet of a Virtual WAN hub | nothing: the hub's connection says it |
//!
//! Left out: IPv6 ranges beside IPv4 ones of one subnet.

use super::index::Index;
use super::{Assembler, names};
use crate::import::gather::{Gathered, Group, Head, Machine, Nic, Peering, Subnet, Table, Vnet};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{
    NetworkSecurityGroupSpec, PeeringSpec, PeeringState, PrivateEndpointSpec, RouteTableSpec,
    SubnetSpec, VnetSpec,
};
use std::collections::{HashMap, HashSet};

fn named<'g>(heads: impl Iterator<Item = &'g Head>) -> Vec<(String, String)> {
    let named = heads.filter(|head| !head.name.is_empty());
    named
        .map(|head| (head.id.clone(), head.name.clone()))
        .collect()
}

fn index(heads: Vec<(String, String)>) -> Index {
    Index::of(names::unique(&heads))
}

impl Assembler {
    /// Gives everything its name, so that references can be followed in any order: first VNets, tables and groups.
    pub(super) fn name_networks(&mut self, gathered: &mut Gathered) {
        keep_fullest(&mut gathered.vnets, self);
        self.vnets = index(named(gathered.vnets.iter().map(|one| &one.head)));
        self.tables = index(named(gathered.tables.iter().map(|one| &one.head)));
        self.groups = index(named(gathered.groups.iter().map(|one| &one.head)));
        self.circuits = index(named(gathered.circuits.iter().map(|one| &one.head)));
    }

    /// Then whoever has addresses, and hubs.
    pub(super) fn name_parties(&mut self, gathered: &Gathered) {
        let mut parties = named(gathered.firewalls.iter().map(|one| &one.head));
        parties.extend(named(gathered.gateways.iter().map(|one| &one.head)));
        parties.extend(named(gathered.hubs.iter().map(|one| &one.head)));
        parties.extend(named(gathered.locals.iter().map(|one| &one.head)));
        parties.extend(named(gathered.vpn_sites.iter().map(|one| &one.head)));
        parties.extend(named(gathered.machines.iter().map(|one| &one.head)));
        let only = only_nics(&gathered.machines);
        let nics = gathered.nics.iter().map(|one| &one.head);
        parties.extend(named(nics.filter(|nic| !only.contains(&id::key(&nic.id)))));
        parties.extend(named(gathered.balancers.iter().map(|one| &one.head)));
        parties.extend(named(
            gathered.routing_appliances.iter().map(|one| &one.head),
        ));
        self.parties = index(parties);
    }

    /// And what is referred to by name alone.
    pub(super) fn name_rules(&mut self, gathered: &Gathered) {
        let connections = gathered.hub_connections.iter();
        let connections: Vec<(String, String)> = connections
            .map(|one| (one.id.clone(), one.name.clone()))
            .collect();
        self.hub_connections = index(connections);
        self.policies = index(named(gathered.policies.iter().map(|one| &one.head)));
        self.ip_groups = index(named(gathered.ip_groups.iter().map(|(head, _)| head)));
        self.route_maps = index(named(gathered.route_maps.iter().map(|(head, _)| head)));
        self.nat_gateways = index(named(gathered.nat_gateways.iter().map(|(head, _)| head)));
        let of_nics = gathered.nics.iter().flat_map(|nic| &nic.application_groups);
        let rules = gathered.groups.iter().flat_map(|group| &group.spec.rules);
        let of_rules = rules.flat_map(|rule| {
            let sources = rule.source_application_security_groups.iter();
            sources.chain(&rule.destination_application_security_groups)
        });
        let attached = gathered.associations.iter();
        let attached = attached.filter_map(|one| one.application_group.as_ref());
        let all = of_nics.chain(of_rules).chain(attached);
        let all = all.map(|id| (id.clone(), id::name_of(id).to_owned()));
        self.application_groups = index(all.collect());
    }

    pub(super) fn add_networks(&mut self, gathered: &mut Gathered) {
        self.add_tables(&gathered.tables);
        self.add_groups(&gathered.groups);
        self.add_child_subnets(gathered);
        attach(gathered);
    }

    pub(super) fn add_vnets(&mut self, gathered: &Gathered) {
        for vnet in &gathered.vnets {
            let spec = self.vnet(vnet);
            self.push_vnet(spec);
        }
    }

    fn vnet(&mut self, vnet: &Vnet) -> VnetSpec {
        let name = self
            .vnets
            .name(&vnet.head.id)
            .unwrap_or(&vnet.head.name)
            .to_owned();
        let mut subnets: Vec<SubnetSpec> = Vec::new();
        for subnet in &vnet.subnets {
            if subnets
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(&subnet.name))
            {
                continue;
            }
            subnets.push(self.subnet(subnet, &vnet.head.place));
        }
        VnetSpec {
            name,
            region: vnet.head.region.clone(),
            prefixes: vnet.prefixes.clone(),
            summarized_gateway_prefixes: vnet.summarized.clone(),
            subnets,
            dns_servers: vnet.dns_servers.clone(),
            private_endpoint_vnet_policies: vnet.endpoint_policies.into(),
        }
    }

    fn subnet(&mut self, subnet: &Subnet, place: &Place) -> SubnetSpec {
        let v4 = subnet.prefixes.iter().find(|prefix| !prefix.contains(':'));
        let prefix = v4.or_else(|| subnet.prefixes.first());
        let prefix = prefix.cloned().unwrap_or_default();
        if prefix.is_empty() {
            let message = format!(
                "the range of the subnet {:?} stands in no file",
                subnet.name
            );
            self.say(Verdict::Stub, place, message);
        }
        if subnet.prefixes.len() > 1 {
            self.say(
                Verdict::Assumed,
                place,
                format!(
                    "the subnet {:?} has {} ranges; {prefix} stands for them",
                    subnet.name,
                    subnet.prefixes.len()
                ),
            );
        }
        SubnetSpec {
            name: subnet.name.clone(),
            prefix,
            route_table: self.table_name(subnet.route_table.as_deref(), place),
            private_endpoint_network_policies: subnet.policies.into(),
            service_endpoints: subnet.service_endpoints.clone(),
            default_outbound_access: subnet.default_outbound,
            network_security_group: self.group_name(subnet.security_group.as_deref(), place),
            delegations: subnet.delegations.clone(),
            nat_gateway: self.nat_gateway(subnet.nat_gateway.as_deref(), place),
            ..SubnetSpec::default()
        }
    }

    /// The name of a route table; one that no file has becomes an empty stub.
    fn table_name(&mut self, id: Option<&str>, place: &Place) -> Option<String> {
        let id = id?;
        if let Some(name) = self.tables.name(id) {
            return Some(name.to_owned());
        }
        let name = self.tables.add(id, id::name_of(id));
        self.say(
            Verdict::Stub,
            place,
            format!("the route table {name:?} stands in no file; its routes are not known, it is empty here"),
        );
        self.network.route_tables.push(RouteTableSpec {
            name: name.clone(),
            ..RouteTableSpec::default()
        });
        Some(name)
    }

    /// A table of which only routes were read.
    fn add_stub_table(&mut self, table: &Table) {
        let name = self.tables.add(&table.head.id, id::name_of(&table.head.id));
        let message = format!("the route table {name:?} stands in no file; a route of it does");
        self.say(Verdict::Stub, &table.head.place, message);
        self.network.route_tables.push(RouteTableSpec {
            name,
            ..table.spec.clone()
        });
    }

    pub(super) fn group_name(&mut self, id: Option<&str>, place: &Place) -> Option<String> {
        let id = id?;
        if let Some(name) = self.groups.name(id) {
            return Some(name.to_owned());
        }
        let name = self.groups.add(id, id::name_of(id));
        self.say(
            Verdict::Stub,
            place,
            format!("the network security group {name:?} stands in no file; it has the default rules here"),
        );
        let spec = NetworkSecurityGroupSpec {
            name: name.clone(),
            rules: Vec::new(),
        };
        self.network.network_security_groups.push(spec);
        Some(name)
    }

    /// Tables of one id are one table: routes that stand on their own are added to it.
    fn add_tables(&mut self, tables: &[Table]) {
        let mut at: HashMap<String, usize> = HashMap::new();
        for table in tables.iter().filter(|table| !table.head.name.is_empty()) {
            let key = id::key(&table.head.id);
            if at.contains_key(&key) {
                continue;
            }
            at.insert(key, self.network.route_tables.len());
            let name = self
                .tables
                .name(&table.head.id)
                .unwrap_or(&table.head.name)
                .to_owned();
            self.network.route_tables.push(RouteTableSpec {
                name,
                ..table.spec.clone()
            });
        }
        for table in tables.iter().filter(|table| table.head.name.is_empty()) {
            let known = at.get(&id::key(&table.head.id)).copied();
            let known = known.and_then(|at| self.network.route_tables.get_mut(at));
            match known {
                Some(known) => {
                    for route in &table.spec.routes {
                        if !known.routes.iter().any(|other| other.name == route.name) {
                            known.routes.push(route.clone());
                        }
                    }
                }
                None => {
                    at.insert(id::key(&table.head.id), self.network.route_tables.len());
                    self.add_stub_table(table);
                }
            }
        }
    }

    fn add_groups(&mut self, groups: &[Group]) {
        let mut at: HashMap<String, usize> = HashMap::new();
        for group in groups.iter().filter(|group| !group.head.name.is_empty()) {
            let key = id::key(&group.head.id);
            if at.contains_key(&key) {
                continue;
            }
            at.insert(key, self.network.network_security_groups.len());
            let name = self
                .groups
                .name(&group.head.id)
                .unwrap_or(&group.head.name)
                .to_owned();
            let rules = group.spec.rules.iter();
            let rules = rules.map(|rule| self.with_group_names(rule)).collect();
            self.network
                .network_security_groups
                .push(NetworkSecurityGroupSpec { name, rules });
        }
        for group in groups.iter().filter(|group| group.head.name.is_empty()) {
            let place = &group.head.place;
            let Some(name) = self.group_name(Some(&group.head.id), place) else {
                continue;
            };
            let rules = group.spec.rules.iter();
            let rules: Vec<_> = rules.map(|rule| self.with_group_names(rule)).collect();
            let mut known = self.network.network_security_groups.iter_mut();
            if let Some(known) = known.find(|known| known.name == name) {
                known.rules.extend(rules);
            }
        }
    }

    /// Subnets that stand on their own join their VNet; one that no file has becomes a stub of their ranges.
    fn add_child_subnets(&mut self, gathered: &mut Gathered) {
        let mut at: HashMap<String, usize> = HashMap::new();
        for (position, vnet) in gathered.vnets.iter().enumerate() {
            at.insert(id::key(&vnet.head.id), position);
        }
        for child in std::mem::take(&mut gathered.subnets) {
            let key = id::key(&child.vnet);
            let position = at.get(&key).copied().unwrap_or_else(|| {
                let position = gathered.vnets.len();
                gathered
                    .vnets
                    .push(self.stub_of_children(&child.vnet, &child.place));
                at.insert(key, position);
                position
            });
            let Some(vnet) = gathered.vnets.get_mut(position) else {
                continue;
            };
            if vnet.weight == 0 {
                vnet.prefixes.extend(child.subnet.prefixes.iter().cloned());
            }
            let named = |one: &&mut Subnet| one.name.eq_ignore_ascii_case(&child.subnet.name);
            match vnet.subnets.iter_mut().find(named) {
                // The resource of its own is deployed later and replaces what the VNet says of it.
                Some(known) if !child.subnet.prefixes.is_empty() => *known = child.subnet,
                Some(_) => {}
                None => vnet.subnets.push(child.subnet),
            }
        }
    }

    pub(super) fn add_peerings(&mut self, gathered: &Gathered) {
        let mut seen: HashMap<String, &Peering> = HashMap::new();
        let mut back = Vec::new();
        let spaces = known_spaces(&gathered.peerings);
        for peering in &gathered.peerings {
            let key = id::key(&peering.id);
            if let Some(known) = seen.get(&key) {
                if known.spec != peering.spec {
                    self.say(
                        Verdict::Contradictory,
                        &peering.place,
                        "the peering was read twice, with other flags; the first counts",
                    );
                }
                continue;
            }
            seen.insert(key, peering);
            if is_of_hub(&peering.to) {
                self.say(
                    Verdict::Note,
                    &peering.place,
                    "a peering of a Virtual WAN hub's own; the hub's connection stands for it",
                );
                continue;
            }
            let unknown = self.vnets.name(&peering.to).is_none();
            let from = self.vnet_or_stub(&peering.from, &[], &peering.place);
            let space = spaces
                .get(&id::key(&peering.to))
                .map_or(&[][..], |space| space);
            let to = self.vnet_or_stub(&peering.to, space, &peering.place);
            if (unknown || self.report.stubs.contains(&to))
                && peering.spec.peering_state == PeeringState::Connected
            {
                back.push((from.clone(), to.clone(), peering));
            }
            if unknown {
                self.place_stub(&to, &from);
            }
            self.network.peerings.push(PeeringSpec {
                from: from.into(),
                to: to.into(),
                ..peering.spec.clone()
            });
        }
        for (from, to, peering) in back {
            self.assume_back(&from, &to, peering);
        }
    }

    /// A stub stands in the region of the VNet that refers to it, since nothing says another.
    fn place_stub(&mut self, stub: &str, peer: &str) {
        let region = self.vnet_named(peer).map(|vnet| vnet.region.clone());
        let stub = self.positions.get(stub).copied();
        let stub = stub.and_then(|at| self.network.vnets.get_mut(at));
        if let (Some(stub), Some(region)) = (stub, region) {
            stub.region = region;
        }
    }

    /// A peering that is connected has an object on the other side, which this export does not have.
    fn assume_back(&mut self, from: &str, to: &str, peering: &Peering) {
        let mut known = self.network.peerings.iter();
        if known.any(|other| *other.from == *to && *other.to == *from) {
            return;
        }
        self.say(
            Verdict::Assumed,
            &peering.place,
            format!("the peering is connected, so {to:?} has one back to {from:?}; its flags are Azure's defaults"),
        );
        self.report.assumed_peerings += 1;
        self.network.peerings.push(PeeringSpec {
            allow_gateway_transit: peering.spec.use_remote_gateways,
            ..PeeringSpec::new(to, from)
        });
    }

    pub(super) fn add_endpoints(&mut self, gathered: &Gathered) {
        let mut seen = HashSet::new();
        let by_nic = addresses_by_nic(&gathered.nics);
        for endpoint in &gathered.endpoints {
            let (Some(subnet), true) = (&endpoint.subnet, seen.insert(id::key(&endpoint.head.id)))
            else {
                continue;
            };
            let place = &endpoint.head.place;
            let Some(at) = self.subnet_of(subnet, place, "the private endpoint") else {
                continue;
            };
            let of_nics = endpoint
                .nics
                .iter()
                .filter_map(|id| by_nic.get(&id::key(id)));
            let mut ips: Vec<String> = of_nics.flatten().cloned().collect();
            ips.extend(endpoint.ips.iter().cloned());
            ips.sort();
            ips.dedup();
            let written = ips.first().map(String::as_str);
            let Some(ip) = self.address(written, &at, place, "the private endpoint") else {
                continue;
            };
            let mut ids = endpoint.nics.clone();
            ids.insert(0, endpoint.head.id.clone());
            let (fqdns, zones) = Self::names_of(gathered, &ids);
            let further = ips.get(1..).unwrap_or_default();
            for ip in std::iter::once(&ip).chain(further) {
                self.network.private_endpoints.push(PrivateEndpointSpec {
                    name: Some(endpoint.head.name.clone()),
                    vnet: at.0.clone(),
                    subnet: at.1.clone(),
                    ip: ip.clone(),
                    fqdns: fqdns.clone(),
                    private_dns_zones: zones.clone(),
                });
            }
        }
    }
}

/// NICs that are the only one of their machine, which stands for them.
fn only_nics(machines: &[Machine]) -> HashSet<String> {
    let alone = machines.iter().filter(|machine| machine.nics.len() == 1);
    let nics = alone.flat_map(|machine| &machine.nics);
    nics.map(|nic| id::key(nic)).collect()
}

/// Attaches what is associated from outside.
fn attach(gathered: &mut Gathered) {
    let at = |heads: &mut dyn Iterator<Item = String>| -> HashMap<String, usize> {
        heads.zip(0..).collect()
    };
    let vnets = at(&mut gathered.vnets.iter().map(|vnet| id::key(&vnet.head.id)));
    let nics = at(&mut gathered.nics.iter().map(|nic| id::key(&nic.head.id)));
    for one in std::mem::take(&mut gathered.associations) {
        let owner = vnets.get(&id::key(id::parent_of(&one.to))).copied();
        let vnet = owner.and_then(|at| gathered.vnets.get_mut(at));
        let named = |subnet: &&mut Subnet| subnet.name.eq_ignore_ascii_case(id::name_of(&one.to));
        if let Some(subnet) = vnet.and_then(|vnet| vnet.subnets.iter_mut().find(named)) {
            subnet.route_table = one.route_table.or(subnet.route_table.take());
            subnet.security_group = one.security_group.or(subnet.security_group.take());
            subnet.nat_gateway = one.nat_gateway.or(subnet.nat_gateway.take());
            continue;
        }
        let nic = nics.get(&id::key(&one.to)).copied();
        if let Some(nic) = nic.and_then(|at| gathered.nics.get_mut(at)) {
            nic.security_group = one.security_group.or(nic.security_group.take());
            nic.application_groups.extend(one.application_group);
        }
    }
    put_into_pools(gathered);
}

/// IP configurations that a pool names from outside know it, too.
fn put_into_pools(gathered: &mut Gathered) {
    let mut pools: HashMap<String, Vec<String>> = HashMap::new();
    for (configuration, pool) in std::mem::take(&mut gathered.pool_members) {
        pools.entry(id::key(&configuration)).or_default().push(pool);
    }
    if pools.is_empty() {
        return;
    }
    let nics = gathered.nics.iter_mut();
    for one in nics.flat_map(|nic| &mut nic.configurations) {
        one.pools
            .extend(pools.remove(&id::key(&one.id)).unwrap_or_default());
    }
}

/// The private addresses of the NICs that private endpoints have.
fn addresses_by_nic(nics: &[Nic]) -> HashMap<String, Vec<String>> {
    let of_endpoints = nics.iter().filter(|nic| nic.endpoint);
    let addresses = |nic: &Nic| {
        nic.configurations
            .iter()
            .filter_map(|one| one.ip.clone())
            .collect()
    };
    of_endpoints
        .map(|nic| (id::key(&nic.head.id), addresses(nic)))
        .collect()
}

/// The VNet that Azure keeps for a Virtual WAN hub: `RG_…/HV_…`.
fn is_of_hub(vnet: &str) -> bool {
    let group = id::segment_after(vnet, "resourceGroups").unwrap_or_default();
    id::name_of(vnet).starts_with("HV_") && group.starts_with("RG_")
}

/// What the peerings know of the ranges of VNets, by their ids.
fn known_spaces(peerings: &[Peering]) -> HashMap<String, &[String]> {
    let known = peerings
        .iter()
        .filter(|peering| !peering.remote_space.is_empty());
    known
        .map(|peering| (id::key(&peering.to), peering.remote_space.as_slice()))
        .collect()
}

/// Of a VNet that was read more than once the fullest stays.
fn keep_fullest(vnets: &mut Vec<Vnet>, assembler: &mut Assembler) {
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Vnet> = Vec::with_capacity(vnets.len());
    for vnet in std::mem::take(vnets) {
        let key = id::key(&vnet.head.id);
        let Some(known) = at.get(&key).and_then(|at| kept.get_mut(*at)) else {
            at.insert(key, kept.len());
            kept.push(vnet);
            continue;
        };
        if known.prefixes != vnet.prefixes {
            let message = format!(
                "{:?} was read twice: with {} and with {}; the fuller text counts",
                vnet.head.name,
                known.prefixes.join(" "),
                vnet.prefixes.join(" ")
            );
            assembler.say(Verdict::Contradictory, &vnet.head.place, message);
        }
        if vnet.weight > known.weight {
            *known = vnet;
        }
    }
    *vnets = kept;
}
