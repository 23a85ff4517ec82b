//! What Azure refuses about whole objects, once every name is known.

use super::range_set::RangeSet;
use super::{Destination, HubNextHop, HubStaticRoute, Topology, VnetId};
use crate::address::{covered_by, default_route, overlaps};
use crate::issue::{Issue, IssueCode};
use crate::spec::{AddressOverlap, ApplianceKind, GatewayKind, NetworkSpec, UserNextHopType};
use std::collections::BTreeMap;

/// UDRs in a table: 1,000 since May 2026, 400 before (Azure subscription limits, 2026-05-25).
pub(crate) const ROUTES_PER_TABLE: usize = 1_000;
/// UDRs in a table that Virtual Network Manager makes (reference 8.2).
pub(crate) const ROUTES_PER_MANAGED_TABLE: usize = 1_000;
/// Peerings of a VNet (reference 3.4).
pub(crate) const PEERINGS_PER_VNET: usize = 500;

/// Adds every refusal to `issues`.
pub(super) fn refusals(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    address_plan(topology, issues);
    platform_subnets(topology, issues);
    one_of_a_kind(topology, issues);
    addresses_in_use(topology, issues);
    limits(topology, spec, issues);
    virtual_wan(topology, issues);
    connected_groups(topology, issues);
}

fn address_plan(topology: &Topology, issues: &mut Vec<Issue>) {
    for vnet in &topology.vnets {
        let place = format!("vnets[{}]", vnet.name);
        for (position, range) in vnet.prefixes.iter().enumerate() {
            if let Some(other) = vnet
                .prefixes
                .iter()
                .take(position)
                .find(|other| overlaps(range, other))
            {
                let message = format!("the ranges {other} and {range} overlap");
                issues.push(Issue::new(
                    IssueCode::VnetPrefixesOverlap,
                    format!("{place}.prefixes[{position}]"),
                    message,
                ));
            }
        }
        let mut seen = Vec::new();
        for subnet in vnet.subnets.iter().map(|id| topology.subnet(*id)) {
            let Some(prefix) = subnet.prefix else {
                continue;
            };
            let place = format!("{place}.subnets[{}].prefix", subnet.name);
            if !covered_by(&prefix, &vnet.prefixes) {
                let ranges: Vec<String> = vnet.prefixes.iter().map(ToString::to_string).collect();
                let message = format!(
                    "expected a range inside {}, found {prefix}",
                    ranges.join(", ")
                );
                issues.push(Issue::new(
                    IssueCode::SubnetOutsideVnet,
                    place.clone(),
                    message,
                ));
            }
            if let Some((name, other)) = seen.iter().find(|(_, other)| overlaps(&prefix, other)) {
                let message = format!("{prefix} overlaps {other} of subnet {name}");
                issues.push(Issue::new(IssueCode::SubnetsOverlap, place, message));
            }
            seen.push((&subnet.name, prefix));
        }
    }
}

fn platform_subnets(topology: &Topology, issues: &mut Vec<Issue>) {
    for subnet in topology.subnets.iter() {
        let place = format!(
            "vnets[{}].subnets[{}]",
            topology.vnet(subnet.vnet).name,
            subnet.name
        );
        let table = subnet.route_table.map(|id| topology.route_table(id));
        let default = table.and_then(|table| {
            table
                .routes
                .iter()
                .find(|route| route.destination == Destination::Prefix(default_route()))
        });
        if subnet.name.eq_ignore_ascii_case("GatewaySubnet") {
            if default.is_some() {
                let message = "a 0.0.0.0/0 route is not supported on GatewaySubnet";
                issues.push(Issue::new(
                    IssueCode::GatewaySubnetDefaultRoute,
                    format!("{place}.routeTable"),
                    message,
                ));
            }
            if table.is_some_and(|table| table.disable_bgp_route_propagation) {
                let message = "route propagation must stay enabled on GatewaySubnet, or the gateway stops working";
                issues.push(Issue::new(
                    IssueCode::GatewaySubnetPropagation,
                    format!("{place}.routeTable"),
                    message,
                ));
            }
            if subnet.nsg.is_some() {
                let message = "a network security group on GatewaySubnet is not supported";
                issues.push(Issue::new(
                    IssueCode::GatewaySubnetNsg,
                    format!("{place}.networkSecurityGroup"),
                    message,
                ));
            }
        }
        if subnet.name.eq_ignore_ascii_case("AzureBastionSubnet") && table.is_some() {
            issues.push(Issue::new(
                IssueCode::BastionSubnetRouteTable,
                format!("{place}.routeTable"),
                "AzureBastionSubnet takes no route table",
            ));
        }
        let hosts_firewall = topology
            .appliances
            .iter()
            .any(|a| a.subnet == subnet.id && a.kind == ApplianceKind::AzureFirewall);
        let to_internet =
            default.is_some_and(|route| route.next_hop_type == UserNextHopType::Internet);
        if hosts_firewall && table.is_some() && !to_internet {
            let message =
                "a table here needs 0.0.0.0/0 to Internet unless the firewall has a management NIC";
            issues.push(Issue::new(
                IssueCode::FirewallSubnetDefaultRoute,
                format!("{place}.routeTable"),
                message,
            ));
        }
    }
}

fn one_of_a_kind(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut firewalls: BTreeMap<VnetId, &str> = BTreeMap::new();
    for firewall in topology
        .appliances
        .iter()
        .filter(|a| a.kind == ApplianceKind::AzureFirewall)
    {
        if let Some(first) = firewalls.insert(firewall.vnet, &firewall.name) {
            let vnet = &topology.vnet(firewall.vnet).name;
            let message = format!("{vnet} already has the Azure Firewall {first}: one per VNet");
            issues.push(Issue::new(
                IssueCode::SecondFirewall,
                format!("appliances[{}]", firewall.name),
                message,
            ));
        }
    }
    let mut gateways: BTreeMap<(VnetId, GatewayKind), &str> = BTreeMap::new();
    for gateway in &topology.gateways {
        if let Some(first) = gateways.insert((gateway.vnet, gateway.kind), &gateway.name) {
            let vnet = &topology.vnet(gateway.vnet).name;
            let message = format!("{vnet} already has {first} of this kind: one per VNet");
            issues.push(Issue::new(
                IssueCode::SecondGateway,
                format!("gateways[{}]", gateway.name),
                message,
            ));
        }
    }
}

fn addresses_in_use(topology: &Topology, issues: &mut Vec<Issue>) {
    let appliances = topology
        .appliances
        .iter()
        .map(|a| (a.vnet, a.ip, format!("appliances[{}].ip", a.name)));
    let endpoints = topology
        .private_endpoints
        .iter()
        .map(|e| (e.vnet, e.ip, format!("privateEndpoints[{}].ip", e.name)));
    let workloads = topology
        .workloads
        .iter()
        .map(|w| (w.vnet, w.ip, format!("workloads[{}].ip", w.name)));
    let mut seen: BTreeMap<_, String> = BTreeMap::new();
    for (vnet, ip, place) in appliances.chain(endpoints).chain(workloads) {
        if let Some(first) = seen.get(&(vnet, ip)) {
            let message = format!("{ip} is already the address of {first}");
            issues.push(Issue::new(IssueCode::AddressInUse, place, message));
        } else {
            seen.insert((vnet, ip), place);
        }
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

fn virtual_wan(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut connected: BTreeMap<VnetId, &str> = BTreeMap::new();
    let mut earlier = RangeSet::default();
    for connection in &topology.connections {
        let vnet = topology.vnet(connection.vnet);
        let place = format!(
            "virtualWan.hubs[{}].connections[{}]",
            topology.hub(connection.hub).name,
            connection.name
        );
        if let Some(first) = connected.insert(connection.vnet, &connection.name) {
            let message = format!(
                "{} is already connected by {first}: one hub per VNet",
                vnet.name
            );
            issues.push(Issue::new(
                IssueCode::SecondHubConnection,
                place.clone(),
                message,
            ));
        }
        if let Some(gateway) = topology
            .gateways
            .iter()
            .find(|gateway| gateway.vnet == connection.vnet)
        {
            let message = format!(
                "{} owns {} and cannot be connected to a hub",
                vnet.name, gateway.name
            );
            issues.push(Issue::new(
                IssueCode::ConnectedVnetOwnsGateway,
                place.clone(),
                message,
            ));
        }
        let clashes = vnet.prefixes.iter().any(|range| earlier.touches(range));
        vnet.prefixes.iter().for_each(|range| earlier.add(range));
        // Whom it overlaps is searched only where it overlaps anybody.
        for other in topology
            .connections
            .iter()
            .take_while(|other| clashes && other.id < connection.id)
            .filter(|other| other.vnet != connection.vnet)
        {
            let other = topology.vnet(other.vnet);
            let clash = vnet
                .prefixes
                .iter()
                .find(|a| other.prefixes.iter().any(|b| overlaps(a, b)));
            if let Some(clash) = clash {
                let message = format!(
                    "{clash} of {} overlaps the connected VNet {}",
                    vnet.name, other.name
                );
                issues.push(Issue::new(
                    IssueCode::ConnectedVnetsOverlap,
                    place.clone(),
                    message,
                ));
            }
        }
    }
    for hub in topology
        .hubs
        .iter()
        .filter(|hub| hub.private_policy || hub.internet_policy)
    {
        let place = format!("virtualWan.hubs[{}].routingIntent", hub.name);
        if hub.firewall.is_none() {
            issues.push(Issue::new(
                IssueCode::RoutingIntentConflict,
                place.clone(),
                "a routing policy needs a firewall in the hub",
            ));
        }
        let to_connection =
            |route: &HubStaticRoute| matches!(route.next_hop, HubNextHop::Connection(_));
        let mut tables = hub.route_tables.iter();
        if hub.route_tables.len() > 1 || tables.any(|table| table.statics.iter().any(to_connection))
        {
            let message = "routing intent excludes custom route tables and static routes to connections in the default table";
            issues.push(Issue::new(IssueCode::RoutingIntentConflict, place, message));
        }
    }
}

fn connected_groups(topology: &Topology, issues: &mut Vec<Issue>) {
    for group in &topology.connected_groups {
        let code = match group.overlap {
            AddressOverlap::Allowed => IssueCode::ConnectedGroupOverlap,
            AddressOverlap::Disallowed => IssueCode::ConnectedGroupOverlapRefused,
        };
        let mut earlier = RangeSet::default();
        for (position, member) in group.members.iter().enumerate() {
            let member = topology.vnet(*member);
            let clashes = member.prefixes.iter().any(|range| earlier.touches(range));
            member.prefixes.iter().for_each(|range| earlier.add(range));
            if !clashes {
                continue;
            }
            for other in group
                .members
                .iter()
                .take(position)
                .map(|id| topology.vnet(*id))
            {
                if let Some(clash) = member
                    .prefixes
                    .iter()
                    .find(|a| other.prefixes.iter().any(|b| overlaps(a, b)))
                {
                    let message = format!(
                        "{clash} of {} overlaps {}: traffic to the overlap is dropped",
                        member.name, other.name
                    );
                    issues.push(Issue::new(
                        code,
                        format!("avnm.groups[{}]", group.name),
                        message,
                    ));
                }
            }
        }
    }
}
