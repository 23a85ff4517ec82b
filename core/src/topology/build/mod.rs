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
    let mut building = Building::default();
    building.reader.meshed = meshes.to_vec();
    while !building.step(spec) {}
    building.finish()
}

/// Reads one kind of thing.
type Read = fn(&mut Reader, &NetworkSpec);

/// What is read and checked, one kind of thing after another, in an order in which each finds what it refers to. Kinds
/// that are many in a large estate are a stage of their own.
const STAGES: [&[Read]; 6] = [
    &[
        |reader, spec| reader.service_tags(spec),
        |reader, spec| reader.route_tables(spec),
        |reader, spec| reader.address_groups(spec),
        |reader, spec| reader.security_groups(spec),
        |reader, spec| reader.firewall_policies(spec),
        |reader, spec| reader.route_maps(spec),
    ],
    &[|reader, spec| spec.vnets.iter().for_each(|vnet| reader.vnet(vnet))],
    &[|reader, spec| link::peerings(&mut reader.topology, &mut reader.issues, spec)],
    &[
        |reader, spec| reader.appliances(spec),
        |reader, spec| spec.gateways.iter().for_each(|it| reader.gateway(it)),
        |reader, spec| reader.sites(spec),
        |reader, spec| reader.virtual_wan(spec),
        |reader, spec| reader.os_routes(spec),
        |reader, spec| reader.tunnels(spec),
        |reader, spec| reader.clients(spec),
        |reader, spec| reader.default_sites(spec),
        |reader, spec| reader.circuits(spec),
        |reader, spec| reader.bgp_sessions(spec),
        |reader, spec| reader.private_endpoints(spec),
        |reader, spec| reader.names(spec),
        |reader, spec| spec.avnm.iter().for_each(|it| reader.network_manager(it)),
        |reader, _| reader.meshes(),
    ],
    &[
        |reader, spec| reader.workloads(spec),
        |reader, spec| reader.public_sides(spec),
        |reader, spec| reader.occupants(spec),
    ],
    &[
        |reader, _| transit::requests(&mut reader.topology, &mut reader.issues),
        |reader, spec| check::refusals(&reader.topology, spec, &mut reader.issues),
    ],
];

/// An estate that is read and checked a stage at a time, so that whoever draws meanwhile is not held up by a large one.
#[derive(Default)]
pub struct Building {
    reader: Reader,
    done: usize,
}

impl Building {
    /// Does the next stage, always of the same spec; whether it was the last.
    pub fn step(&mut self, spec: &NetworkSpec) -> bool {
        for read in STAGES.get(self.done).copied().unwrap_or_default() {
            read(&mut self.reader, spec);
        }
        self.done += 1;
        self.done >= STAGES.len()
    }

    /// What was read so far, with every issue.
    #[must_use]
    pub fn finish(self) -> Checked<Topology> {
        let mut issues = self.reader.issues;
        issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity()));
        Checked {
            value: self.reader.topology,
            issues,
        }
    }
}

impl std::fmt::Debug for Building {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Building")
            .field("done", &self.done)
            .finish()
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
    /// VNets that are peered with each other, which no spec names.
    meshed: Vec<Vec<String>>,
}
