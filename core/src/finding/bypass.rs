//! F3 and F6: rows of a gateway's making that are longer than the route to the appliance.
//!
//! The longest prefix wins, whatever its origin. A summary on GatewaySubnet loses to the peering row of each spoke it
//! covers (F3); a default or summary on a workload subnet loses to each prefix that a gateway propagates (F6).
//!
//! | table | row that wins | finding |
//! |---|---|---|
//! | GatewaySubnet: 10.1.0.0/16 -> F | 10.1.1.0/24 VNetPeering | F3 |
//! | GatewaySubnet: 10.1.1.0/24 -> F | the UDR: same prefix | none |
//! | S1: 0.0.0.0/0 -> F, propagation on | 192.168.0.0/16 VirtualNetworkGateway | F6 |
//! | S1: 0.0.0.0/0 -> F, propagation off | the UDR | none |
//!
//! Left out: rows of a Route Server (they lead to an appliance themselves) and of Virtual WAN hubs.
//!
//! Source: "Use Azure Firewall to route a multi hub and spoke topology" (2025-06-26); reference 5.1, 5.6.

use super::fix::Fix;
use super::place::{
    appliance_at, distinct, gateway_subnet, hop_address, is_adjacent, is_direct, is_gateway_subnet,
    is_over_appliance, list, subnet_name, subnet_path, table_path, winner,
};
use super::plan::{Plan, Wish};
use super::survey::{End, Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::address::first_host;
use crate::route::{EffectiveRoute, EffectiveTable, Flow, Origin, RouteState};
use crate::spec::GatewayKind;
use crate::topology::{GatewayId, RouteTableId, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let topology = survey.topology;
    for subnet in topology
        .subnets()
        .iter()
        .filter(|s| is_gateway_subnet(topology, s.id))
    {
        let passed = passed_spokes(survey, subnet.id);
        if !passed.is_empty() {
            let position = report.add(gateway_subnet_bypass(survey, subnet.id, &passed));
            let claims = passed
                .iter()
                .map(|spoke| ((subnet.id, spoke.range), position));
            report.claims.extend(claims);
        }
    }
    let mut tables: BTreeMap<RouteTableId, Vec<Learned>> = BTreeMap::new();
    for subnet in survey.workload_subnets() {
        if let Some(table) = subnet.route_table {
            tables
                .entry(table)
                .or_default()
                .extend(learned(survey, subnet.id));
        }
    }
    for (table, rows) in tables.iter().filter(|(_, rows)| !rows.is_empty()) {
        let position = report.add(propagation_bypass(survey, *table, rows));
        report
            .claims
            .extend(rows.iter().map(|row| ((row.subnet, row.range), position)));
    }
}

/// The longest UDR of a subnet to an appliance it can reach, of those that cover a prefix and are shorter.
pub(super) fn shorter_route(
    survey: &Survey<'_>,
    table: &EffectiveTable,
    prefix: Ipv4Net,
) -> Option<(Ipv4Net, Ipv4Addr)> {
    let topology = survey.topology;
    let vnet = topology.subnet(table.subnet).vnet;
    let rows = table.rows.iter().filter(|row| is_over_appliance(row));
    let rows = rows.filter(|row| row.state == RouteState::Active);
    let covering = rows.filter_map(|row| {
        let net = row.prefixes.iter().find(|net| net.contains(&prefix))?;
        let hop = hop_address(row)?;
        let useful = is_adjacent(topology, vnet, hop) && appliance_at(topology, hop).is_some();
        (useful && net.prefix_len() < prefix.prefix_len()).then_some((*net, hop))
    });
    covering.max_by_key(|(net, _)| net.prefix_len())
}

/// A spoke whose peering row wins on a GatewaySubnet.
struct Passed {
    range: Ipv4Net,
    summary: Ipv4Net,
    hop: Ipv4Addr,
}

fn passed_spokes(survey: &Survey<'_>, subnet: SubnetId) -> Vec<Passed> {
    let table = survey.routing.effective(subnet);
    let rows = table
        .rows
        .iter()
        .filter(|row| row.state == RouteState::Active);
    let peerings = rows.filter(|row| matches!(row.origin, Origin::Peering(_)));
    let passed = peerings.flat_map(|row| row.prefixes.iter().map(move |range| (row, *range)));
    let passed = passed.filter_map(|(row, range)| {
        let (summary, hop) = shorter_route(survey, &table, range)?;
        let wins = winner(survey.routing, subnet, first_host(&range))?.prefix == range;
        let hosts = hosted_there(survey.topology, row, hop);
        (wins && !hosts).then_some(Passed {
            range,
            summary,
            hop,
        })
    });
    passed.collect()
}

/// Whether a peering leads to the VNet that the appliance stands in.
fn hosted_there(topology: &Topology, row: &EffectiveRoute, hop: Ipv4Addr) -> bool {
    match row.origin {
        Origin::Peering(link) => topology.vnet(topology.link(link).to).contains(hop),
        _ => false,
    }
}

fn gateway_subnet_bypass(survey: &Survey<'_>, subnet: SubnetId, passed: &[Passed]) -> Finding {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet);
    let ranges = list(passed.iter().map(|spoke| spoke.range));
    let mut finding = Finding::new(
        FindingKind::GatewaySubnetBypass,
        subnet_path(topology, subnet),
    );
    finding.title = format!("On-premises traffic to {ranges} passes the appliance by");
    let mut plan = Plan::new(survey.routing);
    for spoke in passed {
        plan.wish(subnet, Wish::Over(spoke.range, spoke.hop));
    }
    if let Some(first) = passed.first() {
        finding.explanation = format!(
            "The route table of {name} sends {} to {}. The peering rows for {ranges} are longer, so the gateway \
             delivers there directly. Routes with exactly these ranges beat the peering rows.",
            first.summary, first.hop,
        );
    }
    finding.fix = plan.fix(format!("Add exact routes on {name}"));
    let enters = survey.trips().filter(|trip| {
        let at_gateway = trip
            .trip
            .forward
            .iter()
            .flat_map(|branch| &branch.hops)
            .any(|hop| super::place::deciding_subnet(hop) == Some(subnet));
        matches!(trip.from, End::Site(_)) && at_gateway
    });
    finding.shown_by(to_ranges(
        enters,
        passed.iter().map(|spoke| spoke.range).collect(),
    ));
    finding
}

/// The flows of trips whose destination lies in one of some ranges.
fn to_ranges<'t>(
    trips: impl Iterator<Item = &'t Trip>,
    ranges: Vec<Ipv4Net>,
) -> impl Iterator<Item = Flow> {
    let flows = trips.map(Trip::flow);
    flows.filter(move |flow| ranges.iter().any(|range| range.contains(&flow.destination)))
}

/// A gateway row that wins on a workload subnet over a route to an appliance.
struct Learned {
    subnet: SubnetId,
    range: Ipv4Net,
    route: Ipv4Net,
    hop: Ipv4Addr,
    gateway: GatewayId,
}

fn learned(survey: &Survey<'_>, subnet: SubnetId) -> Vec<Learned> {
    let topology = survey.topology;
    let table = survey.routing.effective(subnet);
    let rows = table
        .rows
        .iter()
        .filter(|row| row.state == RouteState::Active);
    let learned = rows.filter_map(|row| match (&row.origin, row.prefixes.as_slice()) {
        (Origin::Gateway(gateway), [range]) => Some((*gateway, *range)),
        _ => None,
    });
    let learned =
        learned.filter(|(gateway, _)| topology.gateway(*gateway).kind != GatewayKind::RouteServer);
    let learned = learned.filter_map(|(gateway, range)| {
        let (route, hop) = shorter_route(survey, &table, range)?;
        Some(Learned {
            subnet,
            range,
            route,
            hop,
            gateway,
        })
    });
    learned.collect()
}

fn propagation_bypass(survey: &Survey<'_>, table: RouteTableId, rows: &[Learned]) -> Finding {
    let topology = survey.topology;
    let name = &topology.route_table(table).name;
    let subnets = distinct(rows.iter().map(|row| row.subnet).collect());
    let ranges = distinct(rows.iter().map(|row| row.range).collect());
    let mut finding = Finding::new(FindingKind::PropagationBypass, table_path(topology, table));
    finding.title = format!(
        "Traffic to {} passes the appliance of {name} by",
        list(&ranges)
    );
    let places = list(subnets.iter().map(|id| subnet_name(topology, *id)));
    if let Some(first) = rows.first() {
        finding.explanation = format!(
            "{name} sends {} to {}, and disableBgpRoutePropagation is false: on {places} the gateway routes of {} \
             for {} are longer and win, so the traffic goes straight to the gateway.",
            first.route,
            first.hop,
            topology.gateway(first.gateway).name,
            list(&ranges),
        );
    }
    finding.fix = no_propagation(survey, rows);
    let leaves = survey.trips().filter(|trip| {
        let first = trip
            .trip
            .forward
            .first()
            .and_then(super::asymmetry::first_subnet);
        first.is_some_and(|id| topology.subnet(id).route_table == Some(table))
    });
    finding.shown_by(to_ranges(leaves, ranges));
    finding
}

/// Switches propagation off where every gateway row is covered by the appliance's routes, else adds exact routes; and
/// makes the gateways' side send replies over the same appliance.
fn no_propagation(survey: &Survey<'_>, rows: &[Learned]) -> Option<Fix> {
    let topology = survey.topology;
    let mut plan = Plan::new(survey.routing);
    let covered = rows.iter().all(|row| all_covered(survey, row.subnet));
    for row in rows {
        if !knows_gateway(survey, row) {
            return None;
        }
        if covered {
            plan.wish(row.subnet, Wish::Propagation(false));
        } else {
            plan.wish(row.subnet, Wish::Over(row.range, row.hop));
        }
        mirror(survey, row, &mut plan);
    }
    let tables = distinct(
        rows.iter()
            .filter_map(|row| topology.subnet(row.subnet).route_table)
            .collect(),
    );
    let names = list(tables.iter().map(|id| &topology.route_table(*id).name));
    let label = if covered {
        "Switch propagation off on"
    } else {
        "Add exact routes to"
    };
    plan.fix(format!("{label} {names}"))
}

/// Whether every gateway row of a subnet lies inside a route to an appliance.
fn all_covered(survey: &Survey<'_>, subnet: SubnetId) -> bool {
    let table = survey.routing.effective(subnet);
    let mut rows = table
        .rows
        .iter()
        .filter(|row| matches!(row.origin, Origin::Gateway(_)));
    rows.all(|row| {
        row.prefixes.iter().all(|prefix| {
            row.state == RouteState::Invalid || shorter_route(survey, &table, *prefix).is_some()
        })
    })
}

/// Whether the appliance can hand the traffic to the gateway.
fn knows_gateway(survey: &Survey<'_>, row: &Learned) -> bool {
    let topology = survey.topology;
    appliance_at(topology, row.hop).is_some_and(|nic| {
        let winner = winner(survey.routing, nic.subnet, first_host(&row.range));
        winner.is_some_and(|winner| {
            winner
                .row()
                .is_some_and(|row| matches!(row.origin, Origin::Gateway(_)))
        })
    })
}

/// Exact routes on the gateway's subnet for what it reaches directly: a spoke's ranges, or a workload subnet of its
/// own VNet.
fn mirror(survey: &Survey<'_>, row: &Learned, plan: &mut Plan<'_>) {
    let topology = survey.topology;
    let home = topology.gateway(row.gateway).vnet;
    let Some(gateway) = gateway_subnet(topology, home) else {
        return;
    };
    if !is_adjacent(topology, home, row.hop) {
        return;
    }
    for range in ranges_seen_by(topology, home, row.subnet) {
        let winner = winner(survey.routing, gateway, first_host(&range));
        if winner.is_some_and(|winner| winner.row().is_some_and(is_direct)) {
            plan.wish(gateway, Wish::Over(range, row.hop));
        }
    }
}

fn ranges_seen_by(topology: &Topology, home: VnetId, subnet: SubnetId) -> Vec<Ipv4Net> {
    let subnet = topology.subnet(subnet);
    if subnet.vnet == home {
        subnet.prefix.into_iter().collect()
    } else {
        topology.vnet(subnet.vnet).prefixes.to_vec()
    }
}
