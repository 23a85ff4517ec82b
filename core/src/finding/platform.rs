//! Subnets of Azure's own services, which a default route to an appliance breaks.
//!
//! | subnet | what breaks it | fix |
//! |---|---|---|
//! | `AzureBastionSubnet` | any route table | detach it |
//! | `RouteServerSubnet` | any route table | detach it |
//! | `AzureFirewallManagementSubnet` | any route but 0.0.0.0/0 -> Internet | a table with that route only, propagation off |
//! | `VirtualNetworkApplianceSubnet` | 0.0.0.0/0 to an appliance: it forwards no Internet traffic | the route goes |
//! | Application Gateway v2, known by its name | 0.0.0.0/0 that is not Internet, typed or learned | 0.0.0.0/0 -> Internet, propagation off |
//!
//! `GatewaySubnet` and `AzureFirewallSubnet` are issues of the estate already. Left out: services whose subnets have
//! no name of their own (App Service Environment, API Management, SQL Managed Instance): the estate does not say
//! where they stand.
//!
//! Sources: "Azure Bastion FAQ" (2024-04-01), "Azure Route Server frequently asked questions" (2022-07-31), "Azure
//! Firewall Management NIC" (2026-03-28), "Azure Application Gateway infrastructure configuration" (2023-07-05), "What
//! is Azure Virtual Network Routing Appliance?" (2026-08); reference 5.7.

use super::fix::{Change, Fix};
use super::kind::{
    APPLICATION_GATEWAY, BASTION, FIREWALL_MANAGEMENT, ROUTE_SERVER, ROUTING_APPLIANCE,
};
use super::place::{list, subnet_name, subnet_path};
use super::plan::{Plan, Wish};
use super::survey::Survey;
use super::{Finding, FindingKind, Report};
use crate::address::default_route;
use crate::issue::{Severity, Source};
use crate::route::{NextHopType, RouteSource, RouteState};
use crate::spec::UserNextHopType;
use crate::topology::{Destination, RouteTable, Subnet, UserRoute};
use ipnet::Ipv4Net;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    for subnet in survey.topology.subnets() {
        report.findings.extend(check(survey, subnet));
    }
}

fn check(survey: &Survey<'_>, subnet: &Subnet) -> Option<Finding> {
    let is = |name: &str| subnet.name.eq_ignore_ascii_case(name);
    if is("AzureBastionSubnet") {
        let why = "Azure Bastion supports no user-defined routes on its subnet";
        bare(survey, subnet, why, BASTION)
    } else if is("RouteServerSubnet") {
        let why = "Azure Route Server supports no user-defined routes on its subnet";
        bare(survey, subnet, why, ROUTE_SERVER)
    } else if is("AzureFirewallManagementSubnet") {
        management(survey, subnet)
    } else if is("VirtualNetworkApplianceSubnet") {
        routing_appliance(survey, subnet)
    } else if is_application_gateway(&subnet.name) {
        application_gateway(survey, subnet)
    } else {
        None
    }
}

/// Names that people give to subnets of Application Gateway.
fn is_application_gateway(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    ["applicationgateway", "appgateway", "appgw", "agw"]
        .iter()
        .any(|word| letters.contains(word))
}

fn finding(survey: &Survey<'_>, subnet: &Subnet, source: Source, why: &str) -> Finding {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet.id);
    let mut finding = Finding::new(
        FindingKind::PlatformSubnet,
        subnet_path(topology, subnet.id),
    );
    finding.title = format!("{name} does not bear its routes");
    let table = subnet
        .route_table
        .map(|id| topology.route_table(id).name.as_str());
    let table = table.map_or_else(String::new, |table| {
        format!(" Attached: route table {table}.")
    });
    finding.explanation = format!("{why}.{table} Source: {} ({}).", source.title, source.date);
    finding.source = source;
    finding
}

/// A subnet without any route table.
fn bare(survey: &Survey<'_>, subnet: &Subnet, why: &str, source: Source) -> Option<Finding> {
    table(survey, subnet)?;
    let mut finding = finding(survey, subnet, source, why);
    let change = Change::AttachRouteTable {
        vnet: survey.topology.vnet(subnet.vnet).name.clone(),
        subnet: subnet.name.clone(),
        table: None,
    };
    let label = format!(
        "Detach the route table of {}",
        subnet_name(survey.topology, subnet.id)
    );
    finding.fix = Some(Fix {
        label,
        changes: vec![change],
    });
    Some(finding)
}

fn table<'t>(survey: &Survey<'t>, subnet: &Subnet) -> Option<&'t RouteTable> {
    subnet.route_table.map(|id| survey.topology.route_table(id))
}

fn prefix(route: &UserRoute) -> Option<Ipv4Net> {
    match route.destination {
        Destination::Prefix(prefix) => Some(prefix),
        Destination::Tag(_) => None,
    }
}

fn management(survey: &Survey<'_>, subnet: &Subnet) -> Option<Finding> {
    let routes = table(survey, subnet)
        .map(|table| table.routes.as_slice())
        .unwrap_or_default();
    let default = |route: &UserRoute| prefix(route) == Some(default_route());
    let allowed =
        |route: &&UserRoute| default(route) && route.next_hop_type == UserNextHopType::Internet;
    let wrong: Vec<Ipv4Net> = routes
        .iter()
        .filter(|r| !allowed(r))
        .filter_map(prefix)
        .collect();
    let away = default_elsewhere(survey, subnet);
    if wrong.is_empty() && away.is_none() {
        return None;
    }
    let learned = away.is_some_and(|source| source == RouteSource::VirtualNetworkGateway);
    let what = match (learned, wrong.is_empty()) {
        (true, _) => "a gateway propagates 0.0.0.0/0 to it".to_owned(),
        (false, _) => format!("it has routes for {}", list(&wrong)),
    };
    let why = format!(
        "The firewall's management traffic must reach the Internet directly: the only route allowed here is 0.0.0.0/0 \
         to Internet, with disableBgpRoutePropagation = true; {what}"
    );
    let mut finding = finding(survey, subnet, FIREWALL_MANAGEMENT, &why);
    let mut plan = Plan::new(survey.routing);
    for prefix in wrong
        .into_iter()
        .filter(|prefix| *prefix != default_route())
    {
        plan.wish(subnet.id, Wish::Without(prefix));
    }
    plan.wish(subnet.id, Wish::Internet(default_route()));
    plan.wish(subnet.id, Wish::Propagation(false));
    finding.fix = plan.fix("Leave only 0.0.0.0/0 to Internet");
    Some(finding)
}

/// The origin of an active default route that does not lead to the Internet.
fn default_elsewhere(survey: &Survey<'_>, subnet: &Subnet) -> Option<RouteSource> {
    let table = survey.routing.effective(subnet.id);
    let mut rows = table
        .rows
        .iter()
        .filter(|row| row.state == RouteState::Active);
    let row = rows
        .find(|row| row.prefixes.contains(&default_route()) && row.source > RouteSource::Default)?;
    (row.next_hop_type != NextHopType::Internet).then_some(row.source)
}

fn routing_appliance(survey: &Survey<'_>, subnet: &Subnet) -> Option<Finding> {
    let source = default_elsewhere(survey, subnet)?;
    if source != RouteSource::User {
        return None;
    }
    let why = "The routing appliance forwards private traffic only: a chain of 0.0.0.0/0 over it to a firewall does \
               not carry Internet traffic";
    let mut finding = finding(survey, subnet, ROUTING_APPLIANCE, why);
    finding.severity = Severity::Warning;
    let mut plan = Plan::new(survey.routing);
    plan.wish(subnet.id, Wish::Without(default_route()));
    finding.fix = plan.fix("Remove 0.0.0.0/0 here");
    Some(finding)
}

fn application_gateway(survey: &Survey<'_>, subnet: &Subnet) -> Option<Finding> {
    let source = default_elsewhere(survey, subnet)?;
    let what = match source {
        RouteSource::User => "its route table sends 0.0.0.0/0 elsewhere",
        _ => "a gateway propagates 0.0.0.0/0 to it",
    };
    let why = format!(
        "By its name an Application Gateway stands here. Version 2 with a public frontend does not support a default \
         route over an appliance, a hub or on-premises, since its management traffic needs the Internet; {what}. A \
         private deployment is free of that"
    );
    let mut finding = finding(survey, subnet, APPLICATION_GATEWAY, &why);
    finding.severity = Severity::Warning;
    let mut plan = Plan::new(survey.routing);
    if source == RouteSource::User {
        plan.wish(subnet.id, Wish::Internet(default_route()));
    } else {
        plan.wish(subnet.id, Wish::Propagation(false));
    }
    finding.fix = plan.fix("Send 0.0.0.0/0 to the Internet here");
    Some(finding)
}
