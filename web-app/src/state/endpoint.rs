//! What can be a source or a destination, and how a typed text names one.

use interspoke_core::address::{first_host, parse_address};
use interspoke_core::spec::is_platform_subnet;
use interspoke_core::topology::{SubnetId, Topology};
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
    let mut found: Vec<Endpoint> = Vec::new();
    for vnet in topology.vnets() {
        let own: Vec<SubnetId> = vnet
            .subnets
            .iter()
            .copied()
            .filter(|id| is_workload(topology, *id))
            .collect();
        let in_hub = topology.appliances().iter().any(|a| a.vnet == vnet.id)
            || topology.gateways().iter().any(|g| g.vnet == vnet.id);
        for id in &own {
            let subnet = topology.subnet(*id);
            let Some(prefix) = subnet.prefix else {
                continue;
            };
            let host = topology.workloads().iter().find(|w| w.subnet == *id);
            let address = host.map_or_else(|| first_host(&prefix), |w| w.ip);
            let name = if own.len() == 1 {
                vnet.name.clone()
            } else {
                format!("{}/{}", vnet.name, subnet.name)
            };
            let detail = host.map_or_else(|| subnet.name.clone(), |w| w.name.clone());
            found.push(Endpoint {
                name,
                detail,
                address,
                workload: !in_hub,
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

fn is_workload(topology: &Topology, id: SubnetId) -> bool {
    let subnet = topology.subnet(id);
    let platform = is_platform_subnet(&subnet.name);
    !platform && !subnet.implicit && !topology.appliances().iter().any(|a| a.subnet == id)
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
