//! From what was gathered to an estate: ids become names, what hangs together is put together, what is absent is said.
//!
//! The rule: a resource keeps its Azure name where that is unique among its kind; else its resource group follows in
//! brackets, then its subscription. An address that Azure gives by itself is the first that is free in its subnet. A VNet
//! that is referred to and stands in no file becomes a stub with the ranges that its peerings know.
//!
//! | module | makes |
//! |---|---|
//! | `names`, `index` | unique names, and what an id is called |
//! | `network` | VNets, subnets, peerings, tables, groups, private endpoints |
//! | `machine` | firewalls, appliances with their load balancers, workloads |
//! | `gateway` | gateways, Route Servers, tunnels, sites, circuits |
//! | `wan` | hubs |
//! | `manager` | Virtual Network Manager |
//! | `rules` | firewall policies, IP groups, route maps |
//! | `public` | NAT gateways, public load balancers |
//! | `stub` | what is referred to and stands in no file |
//!
//! Left out: what is wrong with the estate; the topology says that.

mod dns;
mod gateway;
mod index;
mod machine;
mod manager;
mod names;
mod network;
mod public;
mod rules;
mod stub;
mod wan;

use super::gather::Gathered;
use super::report::{Place, Report, Verdict};
use crate::spec::{NetworkSpec, VnetSpec};
use index::{Addresses, Index};
use std::collections::{HashMap, HashSet};

/// An estate under construction.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    network: NetworkSpec,
    report: Report,
    /// VNets by id.
    vnets: Index,
    tables: Index,
    groups: Index,
    /// Gateways, hubs, sites, firewalls and appliances by id.
    parties: Index,
    circuits: Index,
    hub_connections: Index,
    policies: Index,
    ip_groups: Index,
    application_groups: Index,
    route_maps: Index,
    nat_gateways: Index,
    /// Public addresses by the keys of their ids.
    public_addresses: HashMap<String, String>,
    /// Policies whose rules were read.
    known_policies: HashSet<String>,
    addresses: Addresses,
    /// Names of machines and firewalls by private address within a VNet.
    holders: Vec<Holder>,
    /// Where a VNet of a name stands in the network.
    positions: HashMap<String, usize>,
}

/// Who has an address.
#[derive(Debug, Clone)]
struct Holder {
    vnet: String,
    ip: String,
    name: String,
}

/// What an import makes: the estate, and which resource is what.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    pub(super) network: NetworkSpec,
    pub(super) report: Report,
    /// Resource ids in lower case, with the names they have in the network.
    pub(super) ids: Vec<(String, String)>,
}

/// One kind of thing after another, in an order in which each finds what it refers to.
const STAGES: [fn(&mut Assembler, &mut Gathered); 21] = [
    |assembler, gathered| assembler.gather_stub_hubs(gathered),
    |assembler, gathered| assembler.name_networks(gathered),
    |assembler, gathered| assembler.name_parties(gathered),
    |assembler, gathered| assembler.name_rules(gathered),
    |assembler, gathered| assembler.take_public_addresses(gathered),
    |assembler, gathered| assembler.add_nat_gateways(gathered),
    |assembler, gathered| assembler.add_rules(gathered),
    |assembler, gathered| assembler.add_networks(gathered),
    |assembler, gathered| assembler.add_vnets(gathered),
    |assembler, gathered| assembler.add_peerings(gathered),
    |assembler, gathered| assembler.take_written_addresses(gathered),
    |assembler, gathered| assembler.add_machines(gathered),
    |assembler, gathered| assembler.add_gateways(gathered),
    |assembler, gathered| assembler.add_stub_gateways(&gathered.connections),
    |assembler, gathered| assembler.add_circuits(&gathered.circuits),
    |assembler, gathered| assembler.add_wan(gathered),
    |assembler, gathered| assembler.add_connections(gathered),
    |assembler, gathered| assembler.add_sessions(gathered),
    |assembler, gathered| assembler.add_manager(gathered),
    |assembler, gathered| assembler.add_dns(gathered),
    |assembler, gathered| assembler.add_endpoints(gathered),
];

/// An estate that is put together a stage at a time.
#[derive(Debug)]
pub(super) struct Assembling {
    assembler: Assembler,
    gathered: Gathered,
    stage: usize,
}

impl Assembling {
    pub(super) fn new(gathered: Gathered, report: Report) -> Self {
        let assembler = Assembler {
            report,
            ..Assembler::default()
        };
        Self {
            assembler,
            gathered,
            stage: 0,
        }
    }

    /// Does the next stage; whether there was one.
    pub(super) fn step(&mut self) -> bool {
        let Some(stage) = STAGES.get(self.stage) else {
            return false;
        };
        stage(&mut self.assembler, &mut self.gathered);
        self.stage = self.stage.saturating_add(1);
        true
    }

    pub(super) fn done(self) -> Assembled {
        let assembler = self.assembler;
        let mut ids = Vec::new();
        for index in [
            &assembler.vnets,
            &assembler.tables,
            &assembler.groups,
            &assembler.parties,
            &assembler.circuits,
            &assembler.policies,
            &assembler.nat_gateways,
        ] {
            ids.extend(index.all());
        }
        Assembled {
            network: assembler.network,
            report: assembler.report,
            ids,
        }
    }
}

impl Assembler {
    fn say(&mut self, verdict: Verdict, place: &Place, message: impl Into<String>) {
        self.report.add(verdict, place.clone(), message);
    }

    /// The address that was written, else the first that is free in the subnet.
    fn address(
        &mut self,
        written: Option<&str>,
        at: &(String, String),
        place: &Place,
        what: &str,
    ) -> Option<String> {
        if let Some(ip) = written {
            return Some(ip.to_owned());
        }
        let range = self.subnet_range(at).filter(|range| !range.is_empty());
        let Some(range) = range else {
            self.say(
                Verdict::Stub,
                place,
                format!(
                    "{what} has no address: the range of its subnet {} is not known",
                    at.1
                ),
            );
            return Some(String::new());
        };
        let free = self.addresses.next(at, &range);
        match &free {
            Some(ip) => self.say(
                Verdict::Assumed,
                place,
                format!(
                    "the address of {what} is {ip}, the first that is free in its subnet {}",
                    at.1
                ),
            ),
            None => self.say(
                Verdict::Skipped,
                place,
                format!(
                    "{what} has no address, and its subnet {} has none free",
                    at.1
                ),
            ),
        }
        free
    }

    fn subnet_range(&self, (vnet, subnet): &(String, String)) -> Option<String> {
        let mut subnets = self.vnet_named(vnet)?.subnets.iter();
        subnets
            .find(|spec| spec.name == *subnet)
            .map(|spec| spec.prefix.clone())
    }

    fn push_vnet(&mut self, vnet: VnetSpec) {
        self.positions
            .insert(vnet.name.clone(), self.network.vnets.len());
        self.network.vnets.push(vnet);
    }

    fn vnet_named(&self, name: &str) -> Option<&VnetSpec> {
        self.network.vnets.get(*self.positions.get(name)?)
    }

    fn hold(&mut self, vnet: &str, ip: &str, name: &str) {
        self.holders.push(Holder {
            vnet: vnet.to_owned(),
            ip: ip.to_owned(),
            name: name.to_owned(),
        });
    }

    /// Who has an address; of several, the one in this VNet.
    fn holder(&self, ip: &str, vnet: Option<&str>) -> Option<&Holder> {
        let mut all = self.holders.iter().filter(|holder| holder.ip == ip);
        let first = all.clone().next();
        vnet.and_then(|vnet| all.find(|holder| holder.vnet == vnet))
            .or(first)
    }
}
