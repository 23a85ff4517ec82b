//! From what exists to the resources that make it.
//!
//! The rule: every object of a [`NetworkSpec`] becomes the resources that Azure wants for it, with every flag spelled
//! out. What the estate leaves open (keys, sizes of machines, addresses of others) becomes a parameter. What no
//! resource says (routes inside a guest, what a branch announces) becomes a note.
//!
//! | in the estate | resources |
//! |---|---|
//! | an Azure Firewall of tier Basic | policy, rules, firewall, two public addresses, `AzureFirewallManagementSubnet` |
//! | two NVAs behind 10.0.2.4 | load balancer with pool, probe and rule for all ports, two NICs, two machines |
//! | a tunnel between two gateways | two connections with one key |
//! | a route table of subnets in two regions | two tables: Azure takes a table only in its own region |
//!
//! Left out: what bills alone (`furtherMeters`), named hosts, the meaning of service tags.

mod gateway;
mod machine;
mod manager;
mod names;
mod network;
mod policy;
mod route_map;
mod wan;

pub(crate) use network::next_hop_word;
pub(super) use network::route_name;

use super::graph::{Graph, Note, Parameter, Resource, ResourceId};
use super::kind::Kind;
use super::name::{Identifiers, Names, Naming};
use super::value::Value;
use crate::region;
use crate::spec::NetworkSpec;
use std::collections::BTreeMap;

/// The resources of an estate.
pub(super) fn draw(spec: &NetworkSpec, naming: Naming) -> Graph {
    let mut draft = Draft::new(spec, naming);
    draft.networks();
    draft.policies();
    draft.machines();
    draft.gateways();
    draft.virtual_wan();
    draft.attachments();
    draft.sessions();
    draft.network_manager();
    draft.names();
    draft.private_endpoints();
    draft.left_out();
    let mut graph = draft.graph;
    graph.put_in_order();
    graph.notes.sort();
    graph.notes.dedup();
    graph
}

/// Resources while they are made, with what refers to them by name.
struct Draft<'s> {
    spec: &'s NetworkSpec,
    naming: Naming,
    graph: Graph,
    names: Names,
    parameters: Identifiers,
    vnets: BTreeMap<&'s str, ResourceId>,
    subnets: BTreeMap<(&'s str, String), ResourceId>,
    /// Tables by name and region.
    tables: BTreeMap<(&'s str, String), ResourceId>,
    security_groups: BTreeMap<(&'s str, String), ResourceId>,
    application_groups: BTreeMap<(&'s str, String), ResourceId>,
    nat_gateways: BTreeMap<(&'s str, String), ResourceId>,
    ip_groups: BTreeMap<&'s str, ResourceId>,
    policies: BTreeMap<&'s str, ResourceId>,
    /// Route maps by hub and name.
    route_maps: BTreeMap<(&'s str, &'s str), ResourceId>,
    gateways: BTreeMap<&'s str, ResourceId>,
    route_servers: BTreeMap<&'s str, ResourceId>,
    local_gateways: Vec<gateway::LocalGateway<'s>>,
    hubs: BTreeMap<&'s str, ResourceId>,
    hub_tables: BTreeMap<(&'s str, &'s str), ResourceId>,
    connections: BTreeMap<&'s str, ResourceId>,
    hub_vpns: BTreeMap<&'s str, ResourceId>,
    hub_express_routes: BTreeMap<&'s str, ResourceId>,
    virtual_wan: Option<ResourceId>,
    vpn_sites: BTreeMap<&'s str, ResourceId>,
    circuits: BTreeMap<&'s str, (ResourceId, ResourceId)>,
    /// Private DNS zones by domain.
    zones: BTreeMap<&'s str, ResourceId>,
}

impl<'s> Draft<'s> {
    fn new(spec: &'s NetworkSpec, naming: Naming) -> Self {
        Self {
            spec,
            naming,
            graph: Graph::default(),
            names: Names::default(),
            parameters: Identifiers::default(),
            vnets: BTreeMap::new(),
            subnets: BTreeMap::new(),
            tables: BTreeMap::new(),
            security_groups: BTreeMap::new(),
            application_groups: BTreeMap::new(),
            nat_gateways: BTreeMap::new(),
            ip_groups: BTreeMap::new(),
            policies: BTreeMap::new(),
            route_maps: BTreeMap::new(),
            gateways: BTreeMap::new(),
            route_servers: BTreeMap::new(),
            local_gateways: Vec::new(),
            hubs: BTreeMap::new(),
            hub_tables: BTreeMap::new(),
            connections: BTreeMap::new(),
            hub_vpns: BTreeMap::new(),
            hub_express_routes: BTreeMap::new(),
            virtual_wan: None,
            vpn_sites: BTreeMap::new(),
            circuits: BTreeMap::new(),
            zones: BTreeMap::new(),
        }
    }

    /// A resource of its own in a region.
    fn add(&mut self, kind: Kind, called: &str, region: &str, body: Value) -> ResourceId {
        let name = self.names.give(kind, None, called, self.naming);
        self.push(kind, name, called, None, region, body)
    }

    /// A child of a resource.
    fn child(&mut self, kind: Kind, called: &str, parent: ResourceId, body: Value) -> ResourceId {
        let name = self.names.give(kind, Some(parent), called, self.naming);
        self.child_named(kind, name, called, parent, body)
    }

    /// A child whose name is given by Azure.
    fn child_named(
        &mut self,
        kind: Kind,
        name: String,
        called: &str,
        parent: ResourceId,
        body: Value,
    ) -> ResourceId {
        let above = self.graph.resource(parent);
        let region = above.map_or(String::new(), |parent| parent.region.clone());
        self.push(kind, name, called, Some(parent), &region, body)
    }

    fn push(
        &mut self,
        kind: Kind,
        name: String,
        called: &str,
        parent: Option<ResourceId>,
        region: &str,
        body: Value,
    ) -> ResourceId {
        let id = ResourceId(self.graph.resources.len());
        let region = region::key(region);
        let renamed = !name.ends_with(called) && !called.is_empty();
        self.graph.resources.push(Resource {
            kind,
            called: renamed.then(|| called.to_owned()),
            name,
            parent,
            location: parent.is_none().then(|| region.clone()),
            region,
            body,
            after: Vec::new(),
            remarks: Vec::new(),
        });
        id
    }

    /// Makes a resource wait for others.
    fn wait(&mut self, id: ResourceId, others: impl IntoIterator<Item = ResourceId>) {
        if let Some(resource) = self.graph.resources.get_mut(id.0) {
            resource.after.extend(others);
        }
    }

    /// Something to know at a resource.
    fn remark(&mut self, id: ResourceId, text: impl Into<String>) {
        if let Some(resource) = self.graph.resources.get_mut(id.0) {
            resource.remarks.push(text.into());
        }
    }

    /// Addresses of an estate that Azure gives and takes from nobody.
    fn given_addresses<'a>(&mut self, id: ResourceId, known: impl IntoIterator<Item = &'a String>) {
        let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
        if !known.is_empty() {
            let text = format!(
                "Azure gives its addresses; the estate has {}",
                known.join(", ")
            );
            self.remark(id, text);
        }
    }

    /// Something that stands in no language.
    fn note(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.graph.notes.push(Note {
            place: place.into(),
            text: text.into(),
        });
    }

    /// A text that is asked for at deployment.
    fn ask(&mut self, words: &str, about: &str, default: Option<&str>) -> Value {
        self.parameter(words, about, default.map(Value::from), false, false)
    }

    /// A number that is asked for.
    fn ask_number(&mut self, words: &str, about: &str, default: Option<u32>) -> Value {
        self.parameter(words, about, default.map(Value::from), true, false)
    }

    /// A secret that is asked for, never written.
    fn ask_secret(&mut self, words: &str, about: &str) -> Value {
        self.parameter(words, about, None, false, true)
    }

    fn parameter(
        &mut self,
        words: &str,
        about: &str,
        default: Option<Value>,
        number: bool,
        secret: bool,
    ) -> Value {
        let name = self.parameters.snake(words);
        self.graph.parameters.push(Parameter {
            name: name.clone(),
            about: about.to_owned(),
            default,
            number,
            secret,
        });
        Value::Parameter(name)
    }

    /// A text that is asked for once, whoever asks.
    fn ask_once(&mut self, name: &str, about: &str, default: Option<&str>) -> Value {
        let known = self.graph.parameters.iter().any(|known| known.name == name);
        if known {
            return Value::Parameter(name.to_owned());
        }
        self.ask(name, about, default)
    }

    fn region_of(&self, vnet: &str) -> String {
        let vnet = self.spec.vnets.iter().find(|known| known.name == vnet);
        vnet.map_or_else(|| self.main_region(), |vnet| region::key(&vnet.region))
    }

    /// Where global things stand: the region of the first VNet or hub.
    fn main_region(&self) -> String {
        let vnet = self.spec.vnets.first().map(|vnet| &vnet.region);
        let hub = self.spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let region = vnet.or_else(|| hub.map(|hub| &hub.region).next());
        region.map_or_else(|| "westeurope".to_owned(), |region| region::key(region))
    }

    /// A standard public address.
    fn public_address(&mut self, called: &str, region: &str, zones: &[String]) -> ResourceId {
        let body = Value::object()
            .with("sku", Value::object().with("name", "Standard"))
            .some("zones", zones.iter().map(Value::from).collect())
            .with(
                "properties",
                Value::object().with("publicIPAllocationMethod", "Static"),
            );
        self.add(Kind::PublicAddress, called, region, body)
    }

    /// What an estate has that no resource says.
    fn left_out(&mut self) {
        let spec = self.spec;
        let hosts = spec.workloads.len();
        if hosts > 0 {
            self.note(
                format!("workloads ({hosts})"),
                "hosts are no part of the network: nothing is made for them",
            );
        }
        for meter in &spec.further_meters {
            self.note(
                format!("furtherMeters[{}]", meter.name),
                "counted in the bill, not made: the estate does not say how it is connected",
            );
        }
        for tag in &spec.service_tags {
            self.note(
                format!("serviceTags[{}]", tag.name),
                "a service tag's ranges are Azure's own: nothing is made",
            );
        }
        for site in &spec.sites {
            if !site.as_path.is_empty() || site.wan.is_some() {
                self.note(
                    format!("sites[{}]", site.name),
                    "the AS path that it announces, and its own wide area network, are set outside Azure",
                );
            }
        }
        for balancer in &spec.public_load_balancers {
            self.note(
                format!("publicLoadBalancers[{}]", balancer.name),
                "not made: the estate knows neither its ports nor its probe",
            );
        }
        for tunnel in spec.tunnels.iter().filter(|one| !one.nat_rules.is_empty()) {
            self.note(
                format!("tunnels[{} to {}]", tunnel.a, tunnel.b),
                "its NAT rules are not written: they are rules of the gateway, named at the connection",
            );
        }
    }
}
