//! What can be a source or a destination, and how a typed text names one.

use interspoke_core::address::{first_host, parse_address};
use interspoke_core::spec::is_platform_subnet;
use interspoke_core::topology::{Subnet, SubnetId, Topology, VnetId, Workload};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// A place with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// How it is called in the search boxes.
    pub name: String,
    /// What it is, in a few words.
    pub detail: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// A subnet of a spoke, where workloads are at home: counted in the flows of the estate.
    pub workload: bool,
}

/// Every place worth choosing: hosts with a name, one host of each subnet for workloads, and one of each site.
#[must_use]
pub fn endpoints(topology: &Topology) -> Vec<Endpoint> {
    let appliances = topology.appliances().iter();
    let gateways = topology.gateways().iter().map(|gateway| gateway.vnet);
    let hubs: BTreeSet<VnetId> = appliances.map(|a| a.vnet).chain(gateways).collect();
    let taken: BTreeSet<SubnetId> = topology.appliances().iter().map(|a| a.subnet).collect();
    let mut hosts: BTreeMap<SubnetId, &Workload> = BTreeMap::new();
    for host in topology.workloads() {
        hosts.entry(host.subnet).or_insert(host);
    }
    let mut found: Vec<Endpoint> = Vec::new();
    for vnet in topology.vnets() {
        let subnets = vnet.subnets.iter().map(|id| topology.subnet(*id));
        let own: Vec<&Subnet> = subnets
            .filter(|subnet| is_workload(subnet) && !taken.contains(&subnet.id))
            .collect();
        for subnet in &own {
            let Some(prefix) = subnet.prefix else {
                continue;
            };
            let host = hosts.get(&subnet.id);
            let name = if own.len() == 1 {
                vnet.name.clone()
            } else {
                format!("{}/{}", vnet.name, subnet.name)
            };
            found.push(Endpoint {
                name,
                detail: host.map_or_else(|| subnet.name.clone(), |host| host.name.clone()),
                address: host.map_or_else(|| first_host(&prefix), |host| host.ip),
                workload: !hubs.contains(&vnet.id),
            });
        }
    }
    for site in topology.sites() {
        if let Some(prefix) = site.prefixes.first() {
            let (name, detail) = (site.name.clone(), prefix.to_string());
            found.push(Endpoint {
                name,
                detail,
                address: first_host(prefix),
                workload: false,
            });
        }
    }
    found
}

fn is_workload(subnet: &Subnet) -> bool {
    !is_platform_subnet(&subnet.name) && !subnet.implicit
}

/// The address that a text means: the name of an endpoint, or any address.
///
/// # Errors
/// Says what was expected and what was found.
pub fn read(endpoints: &[Endpoint], text: &str) -> Result<Ipv4Addr, String> {
    let text = text.trim();
    let named = endpoints.iter().find(|e| e.name.eq_ignore_ascii_case(text));
    let hosted = || {
        endpoints
            .iter()
            .find(|e| e.detail.eq_ignore_ascii_case(text))
    };
    if let Some(endpoint) = named.or_else(hosted) {
        return Ok(endpoint.address);
    }
    parse_address(text).map_err(|_| crate::text::expected_endpoint(text))
}
