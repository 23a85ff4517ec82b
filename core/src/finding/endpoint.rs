//! F11 and F12: traffic that Azure takes out of an appliance's hands.
//!
//! Every private endpoint is a `/32` row in its VNet and in each directly peered one. A shorter UDR to an appliance
//! does not catch it: only the same `/32` does, or, with route-table policy on the endpoint's subnet, a prefix at
//! least as long as the range of the endpoint's VNet (F11). FastPath sends from the Microsoft edge straight to
//! machines in the gateway's own VNet, whatever GatewaySubnet says; spokes are honoured (F12).
//!
//! | UDR towards an endpoint 10.1.3.5 of VNet 10.1.0.0/16 | policy | the `/32` row |
//! |---|---|---|
//! | 0.0.0.0/0 -> F | any | Active: F11, fixed by 10.1.3.5/32 -> F |
//! | 10.1.0.0/16 -> F | Disabled | Active: F11, fixed by the policy |
//! | 10.1.0.0/16 -> F | RouteTableEnabled | Invalid |
//!
//! An endpoint's reply takes no notice of routes: through an appliance in the client's own VNet that translates no
//! source address it is lost, which is reported here too. Left out: endpoints behind Virtual WAN hubs.
//!
//! Source: "Manage network policies for private endpoints" (2023-07-26) and "About Azure ExpressRoute FastPath"
//! (2023-01-05); reference 2.9, 5.6.

use super::fix::{Change, Fix};
use super::place::{
    distinct, flow_name, gateway_subnet, hop_address, is_over_appliance, list, subnet_name,
    subnet_path,
};
use super::plan::{Plan, Wish};
use super::survey::{End, Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::address::first_host;
use crate::route::{Drop, DropReason, EffectiveRoute, Flow, Origin, Outcome, Place, RouteState};
use crate::spec::{GatewayKind, PrivateEndpointPolicies, Protocol};
use crate::topology::{Appliance, ApplianceId, Gateway, PrivateEndpoint, Subnet, SubnetId};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let topology = survey.topology;
    let mut passed: BTreeMap<SubnetId, Vec<Passed<'_>>> = BTreeMap::new();
    for subnet in survey.workload_subnets() {
        for endpoint in topology.private_endpoints() {
            if let Some(bypass) = bypass(survey, subnet, endpoint) {
                passed.entry(endpoint.subnet).or_default().push(bypass);
            }
        }
    }
    for (subnet, passed) in passed {
        report.add(endpoint_bypass(survey, subnet, &passed));
    }
    for (appliance, flows) in replies(survey) {
        report.add(endpoint_reply(topology.appliance(appliance), &flows));
    }
    for gateway in topology.gateways() {
        if let Some((finding, subnet, ranges)) = fast_path(survey, gateway) {
            let position = report.add(finding);
            let claims = ranges.into_iter().map(|range| ((subnet, range), position));
            report.claims.extend(claims);
        }
    }
}

/// A client subnet whose route to an appliance an endpoint's row beats.
struct Passed<'t> {
    client: SubnetId,
    endpoint: &'t PrivateEndpoint,
    route: Ipv4Net,
    hop: Ipv4Addr,
    source: Option<Ipv4Addr>,
}

fn bypass<'t>(
    survey: &Survey<'_>,
    subnet: &Subnet,
    endpoint: &'t PrivateEndpoint,
) -> Option<Passed<'t>> {
    let table = survey.routing.effective(subnet.id);
    let mut rows = table
        .rows
        .iter()
        .filter(|row| row.state == RouteState::Active);
    rows.find(|row| row.origin == Origin::PrivateEndpoint(endpoint.id))?;
    let (route, row) = longest_other(&table.rows, endpoint.ip, subnet.vnet == endpoint.vnet)?;
    let hop = hop_address(row).filter(|_| is_over_appliance(row))?;
    let source = subnet.prefix.map(|range| first_host(&range));
    Some(Passed {
        client: subnet.id,
        endpoint,
        route,
        hop,
        source,
    })
}

/// The route that a person would expect to win: in the own VNet the longest row but the endpoint's, since nobody
/// expects a default route to catch neighbours there; elsewhere the longest user-defined one.
fn longest_other(
    rows: &[EffectiveRoute],
    address: Ipv4Addr,
    own_vnet: bool,
) -> Option<(Ipv4Net, &EffectiveRoute)> {
    let active = rows.iter().filter(|row| row.state == RouteState::Active);
    let others = active.filter(|row| match row.origin {
        Origin::PrivateEndpoint(_) => false,
        Origin::User(..) => true,
        _ => own_vnet,
    });
    let covering = others.filter_map(|row| {
        let covering = row
            .prefixes
            .iter()
            .filter(|prefix| prefix.contains(&address));
        Some((*covering.max_by_key(|prefix| prefix.prefix_len())?, row))
    });
    covering.max_by_key(|(prefix, row)| (prefix.prefix_len(), row.source))
}

fn endpoint_bypass(survey: &Survey<'_>, subnet: SubnetId, passed: &[Passed<'_>]) -> Finding {
    let topology = survey.topology;
    let mut finding = Finding::new(
        FindingKind::PrivateEndpointBypass,
        subnet_path(topology, subnet),
    );
    let endpoints = distinct(
        passed
            .iter()
            .map(|p| (p.endpoint.ip, p.endpoint.name.as_str()))
            .collect(),
    );
    let names = list(endpoints.iter().map(|(_, name)| name));
    finding.title = format!("Private endpoint {names} is reached past the appliance");
    let clients = distinct(passed.iter().map(|p| p.client).collect());
    let flows = passed.iter().filter_map(|p| {
        let (source, destination) = (p.source?, p.endpoint.ip);
        Some(Flow {
            source,
            destination,
            protocol: Protocol::Tcp,
            port: None,
        })
    });
    finding.shown_by(flows);
    if let Some(first) = passed.first() {
        finding.explanation = format!(
            "On {} {} goes to {}. The InterfaceEndpoint row {}/32 is longer and stays Active \
             (privateEndpointNetworkPolicies of {} is {:?}), so the traffic goes straight to the endpoint.",
            list(clients.iter().map(|id| subnet_name(topology, *id))),
            first.route,
            first.hop,
            first.endpoint.ip,
            subnet_name(topology, subnet),
            topology.subnet(subnet).private_endpoint_policies,
        );
    }
    finding.fix = over_appliance(survey, subnet, passed);
    finding
}

/// Route-table policy where every route is long enough for it, else a `/32` route for each endpoint.
fn over_appliance(survey: &Survey<'_>, subnet: SubnetId, passed: &[Passed<'_>]) -> Option<Fix> {
    let topology = survey.topology;
    let vnet = topology.vnet(topology.subnet(subnet).vnet);
    let long = passed.iter().all(|p| {
        let range = vnet
            .prefixes
            .iter()
            .find(|range| range.contains(&p.endpoint.ip));
        range.is_some_and(|range| p.route.prefix_len() >= range.prefix_len())
    });
    if long {
        let policies = match topology.subnet(subnet).private_endpoint_policies {
            PrivateEndpointPolicies::NetworkSecurityGroupEnabled => {
                PrivateEndpointPolicies::Enabled
            }
            _ => PrivateEndpointPolicies::RouteTableEnabled,
        };
        let subnet = topology.subnet(subnet).name.clone();
        let label = format!("Apply route tables to endpoints of {}/{subnet}", vnet.name);
        let change = Change::SetPrivateEndpointPolicies {
            vnet: vnet.name.clone(),
            subnet,
            policies,
        };
        return Some(Fix {
            label,
            changes: vec![change],
        });
    }
    let mut plan = Plan::new(survey.routing);
    for p in passed {
        plan.wish(p.client, Wish::Over(Ipv4Net::from(p.endpoint.ip), p.hop));
    }
    plan.fix("Add a route for each endpoint")
}

/// Flows to endpoints whose reply misses the appliance that brought the request.
fn replies(survey: &Survey<'_>) -> BTreeMap<ApplianceId, Vec<Flow>> {
    let missed = Outcome::Dropped(Drop {
        reason: DropReason::PrivateEndpointReply,
    });
    let mut found: BTreeMap<ApplianceId, Vec<Flow>> = BTreeMap::new();
    for trip in survey.trips() {
        let pairs = trip.trip.forward.iter().zip(&trip.trip.back);
        let lost = pairs.filter(|(_, back)| back.iter().any(|branch| branch.outcome == missed));
        let hops = lost.flat_map(|(there, _)| there.hops.iter().rev());
        let mut nics = hops.filter_map(|hop| match hop.place {
            Place::Appliance(id) => Some(id),
            _ => None,
        });
        if let Some(nic) = nics.next() {
            found.entry(nic).or_default().push(trip.flow());
        }
    }
    found
}

fn endpoint_reply(nic: &Appliance, flows: &[Flow]) -> Finding {
    let subject = format!("appliances[{}]", nic.name);
    let mut finding = Finding::new(FindingKind::PrivateEndpointBypass, subject);
    finding.severity = crate::issue::Severity::Error;
    finding.title = format!("Replies of private endpoints skip {}", nic.name);
    finding.shown_by(flows.iter().copied());
    let shown = flows
        .first()
        .map(|flow| flow_name(*flow))
        .unwrap_or_default();
    finding.explanation = format!(
        "{shown} passes {} without source NAT. A private endpoint answers past all routes, straight to the client, \
         and the flow is dropped. With source NAT at {} the reply comes back to it.",
        nic.name, nic.name,
    );
    let change = Change::SetSourceTranslation {
        appliance: nic.name.clone(),
        on: true,
    };
    finding.fix = Some(Fix {
        label: format!("Translate the source at {}", nic.name),
        changes: vec![change],
    });
    finding
}

fn fast_path(survey: &Survey<'_>, gateway: &Gateway) -> Option<(Finding, SubnetId, Vec<Ipv4Net>)> {
    let topology = survey.topology;
    if !gateway.fast_path || gateway.kind != GatewayKind::ExpressRoute {
        return None;
    }
    let subnet = gateway_subnet(topology, gateway.vnet)?;
    let ranges = steered(survey, gateway, subnet);
    if ranges.is_empty() {
        return None;
    }
    let name = &gateway.name;
    let mut finding = Finding::new(FindingKind::FastPathBypass, format!("gateways[{name}]"));
    finding.title = format!(
        "FastPath of {name} passes the routes for {} by",
        list(&ranges)
    );
    let from_sites = survey
        .trips()
        .filter(|trip| matches!(trip.from, End::Site(_)));
    let flows = from_sites.map(Trip::flow);
    finding.shown_by(
        flows.filter(|flow| ranges.iter().any(|range| range.contains(&flow.destination))),
    );
    finding.explanation = format!(
        "{} sends {} to an appliance. With FastPath the Microsoft edge sends to machines of {} directly, without the \
         gateway, so that route is ignored; for spoke VNets it is honoured.",
        subnet_name(topology, subnet),
        list(&ranges),
        topology.vnet(gateway.vnet).name,
    );
    let change = Change::SetFastPath {
        gateway: name.clone(),
        on: false,
    };
    finding.fix = Some(Fix {
        label: format!("Switch FastPath of {name} off"),
        changes: vec![change],
    });
    Some((finding, subnet, ranges))
}

/// Ranges of the gateway's own VNet that GatewaySubnet sends to an appliance.
fn steered(survey: &Survey<'_>, gateway: &Gateway, subnet: SubnetId) -> Vec<Ipv4Net> {
    let vnet = survey.topology.vnet(gateway.vnet);
    let table = survey.routing.effective(subnet);
    let rows = table
        .rows
        .iter()
        .filter(|row| is_over_appliance(row) && row.state == RouteState::Active);
    let prefixes = rows.flat_map(|row| row.prefixes.iter().copied());
    let own = prefixes.filter(|prefix| vnet.prefixes.iter().any(|range| range.contains(prefix)));
    distinct(own.collect())
}
