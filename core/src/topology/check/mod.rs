//! What Azure refuses about whole objects, once every name is known.
//!
//! Each rule is one kind of the table of refusals ([`crate::refusal`]), found at its place. Nothing here changes the topology: what is
//! refused stays as an object and is simulated as far as it goes.
//!
//! | what is looked at | module |
//! |---|---|
//! | ranges and addresses of VNets and subnets | [`address`] |
//! | subnets that belong to the platform | [`platform`] |
//! | gateways, tunnels, circuits, Route Servers | [`gateway`] |
//! | hubs of Virtual WAN and their connections | [`wan`] |
//! | rules of network security groups | [`security`] |
//! | connected groups of Virtual Network Manager | [`group`] |
//! | what services in subnets need | [`injected`] |
//! | numbers of routes and peerings | here |
//!
//! Left out: peerings (they are judged while they are joined) and routes (while they are read).

mod address;
mod gateway;
mod group;
mod injected;
mod platform;
mod security;
mod wan;

use super::{Destination, Topology, VnetId};
use crate::issue::{Issue, IssueCode};
use crate::spec::NetworkSpec;

/// UDRs in a table: 1,000 since May 2026, 400 before (Azure subscription limits, 2026-05-25).
pub(crate) const ROUTES_PER_TABLE: usize = 1_000;
/// UDRs in a table that Virtual Network Manager makes (reference 8.2).
pub(crate) const ROUTES_PER_MANAGED_TABLE: usize = 1_000;
/// UDRs with service tags in a table (Virtual network traffic routing, 2023-05).
const TAG_ROUTES_PER_TABLE: usize = 25;
/// Peerings of a VNet (reference 3.4).
pub(crate) const PEERINGS_PER_VNET: usize = 500;

/// Adds every refusal to `issues`.
pub(super) fn refusals(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    address::check(topology, issues);
    platform::check(topology, spec, issues);
    gateway::check(topology, spec, issues);
    limits(topology, spec, issues);
    wan::check(topology, issues);
    security::check(spec, issues);
    group::check(topology, issues);
    injected::check(topology, spec, issues);
}

/// The place of a VNet's subnet.
fn subnet_place(topology: &Topology, subnet: &super::Subnet) -> String {
    let vnet = &topology.vnet(subnet.vnet).name;
    format!("vnets[{vnet}].subnets[{}]", subnet.name)
}

/// Everything with a NIC of its own: VNet, subnet, address, and its place.
fn nics(topology: &Topology) -> impl Iterator<Item = Nic<'_>> + '_ {
    let appliances = topology.appliances.iter().map(|a| Nic {
        vnet: a.vnet,
        subnet: a.subnet,
        ip: a.ip,
        list: "appliances",
        name: &a.name,
        kind: Some(a.kind),
    });
    let endpoints = topology.private_endpoints.iter().map(|e| Nic {
        vnet: e.vnet,
        subnet: e.subnet,
        ip: e.ip,
        list: "privateEndpoints",
        name: &e.name,
        kind: None,
    });
    let workloads = topology.workloads.iter().map(|w| Nic {
        vnet: w.vnet,
        subnet: w.subnet,
        ip: w.ip,
        list: "workloads",
        name: &w.name,
        kind: None,
    });
    appliances.chain(endpoints).chain(workloads)
}

/// An address in a subnet, and whose it is.
struct Nic<'a> {
    vnet: VnetId,
    subnet: super::SubnetId,
    ip: std::net::Ipv4Addr,
    list: &'static str,
    name: &'a str,
    kind: Option<crate::spec::ApplianceKind>,
}

impl Nic<'_> {
    fn place(&self) -> String {
        format!("{}[{}]", self.list, self.name)
    }
}

fn limits(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    for table in &spec.route_tables {
        if table.routes.len() > ROUTES_PER_TABLE {
            let message = format!(
                "{} routes; Azure allows {ROUTES_PER_TABLE} in a table",
                table.routes.len()
            );
            issues.push(Issue::new(
                IssueCode::TooManyRoutes,
                format!("routeTables[{}]", table.name),
                message,
            ));
        }
    }
    tag_routes(topology, issues);
    for table in topology
        .route_tables
        .iter()
        .filter(|table| table.managed && table.routes.len() > ROUTES_PER_MANAGED_TABLE)
    {
        let message = format!(
            "{} routes; Virtual Network Manager makes {ROUTES_PER_MANAGED_TABLE} at the most",
            table.routes.len()
        );
        issues.push(Issue::new(
            IssueCode::TooManyRoutes,
            format!("avnm {}", table.name),
            message,
        ));
    }
    for vnet in &topology.vnets {
        let typed = topology
            .links_of(vnet.id)
            .filter(|link| !link.managed)
            .count();
        if typed > PEERINGS_PER_VNET {
            let message = format!("{typed} peerings; Azure allows {PEERINGS_PER_VNET} on a VNet");
            issues.push(Issue::new(
                IssueCode::TooManyPeerings,
                format!("vnets[{}]", vnet.name),
                message,
            ));
        }
    }
}

fn tag_routes(topology: &Topology, issues: &mut Vec<Issue>) {
    for table in &topology.route_tables {
        let tags = table
            .routes
            .iter()
            .filter(|route| matches!(route.destination, Destination::Tag(_)))
            .count();
        if tags > TAG_ROUTES_PER_TABLE {
            let message = format!(
                "{tags} routes with service tags; Azure allows {TAG_ROUTES_PER_TABLE} in a table"
            );
            let place = format!("routeTables[{}]", table.name);
            issues.push(Issue::new(IssueCode::TooManyTagRoutes, place, message));
        }
    }
}
