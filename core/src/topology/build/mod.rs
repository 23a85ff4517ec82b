//! From spec to topology: names resolved, prefixes read, wrong parts reported and left out.

mod attachment;
mod dns;
mod machine;
mod manager;
mod network;
mod occupancy;
mod public;
mod read;
mod route_map;
mod rule;
mod wan;

use crate::issue::{Checked, Issue};
use crate::spec::NetworkSpec;
use crate::topology::check;
use crate::topology::link;
use crate::topology::transit;
use crate::topology::{
    ApplianceId, NsgId, Party, PolicyId, RouteMapId, RouteTableId, SiteId, Topology,
};
use std::collections::BTreeMap;

/// Reads a spec: every problem at once, and the best topology without the wrong parts.
///
/// ```
/// use interspoke_core::{spec::NetworkSpec, topology::build};
/// let spec: NetworkSpec = serde_json::from_str(r#"{"vnets":[{"name":"a","prefixes":["10.0.0.1/16"]}]}"#).unwrap();
/// let checked = build(&spec);
/// assert_eq!(checked.issues[0].message, "expected 10.0.0.0/16, found 10.0.0.1/16: bits are set after the mask");
/// assert_eq!(checked.value.vnets().len(), 1);
/// ```
#[must_use]
pub fn build(spec: &NetworkSpec) -> Checked<Topology> {
    build_meshed(spec, &[])
}

/// The same, with every VNet of each mesh peered with every other of it, none of which the spec names. A mesh of n VNets
/// is n(n-1) objects that are alike: as one thing it costs n.
#[must_use]
pub(crate) fn build_meshed(spec: &NetworkSpec, meshes: &[Vec<String>]) -> Checked<Topology> {
    let mut reader = Reader::default();
    reader.service_tags(spec);
    reader.route_tables(spec);
    reader.address_groups(spec);
    reader.security_groups(spec);
    reader.firewall_policies(spec);
    reader.route_maps(spec);
    for vnet in &spec.vnets {
        reader.vnet(vnet);
    }
    link::peerings(&mut reader.topology, &mut reader.issues, spec);
    reader.appliances(spec);
    for gateway in &spec.gateways {
        reader.gateway(gateway);
    }
    reader.sites(spec);
    reader.virtual_wan(spec);
    reader.os_routes(spec);
    reader.tunnels(spec);
    reader.clients(spec);
    reader.default_sites(spec);
    reader.circuits(spec);
    reader.bgp_sessions(spec);
    reader.private_endpoints(spec);
    reader.names(spec);
    if let Some(avnm) = &spec.avnm {
        reader.network_manager(avnm);
    }
    reader.meshes(meshes);
    reader.workloads(spec);
    reader.public_sides(spec);
    reader.occupants(spec);
    transit::requests(&mut reader.topology, &mut reader.issues);
    check::refusals(&reader.topology, spec, &mut reader.issues);
    let mut issues = reader.issues;
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity()));
    Checked {
        value: reader.topology,
        issues,
    }
}

#[derive(Default)]
struct Reader {
    topology: Topology,
    issues: Vec<Issue>,
    route_tables: BTreeMap<String, RouteTableId>,
    nsgs: BTreeMap<String, NsgId>,
    policies: BTreeMap<String, PolicyId>,
    ip_groups: rule::AddressGroups,
    route_maps: BTreeMap<String, RouteMapId>,
    application_groups: rule::AddressGroups,
    parties: BTreeMap<String, Party>,
    nics: BTreeMap<String, ApplianceId>,
    sites: BTreeMap<String, SiteId>,
}
