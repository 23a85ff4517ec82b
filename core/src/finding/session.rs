//! BGP sessions whose packets a route table leads astray.
//!
//! A Route Server and the gateways and appliances it talks with send TCP by the tables of their subnets. A session whose
//! packets never arrive brings no routes, and nothing on the portal names the table as the cause.
//!
//! | table of GatewaySubnet | finding | fix |
//! |---|---|---|
//! | the VNet's range to a firewall that drops TCP | F14 at GatewaySubnet | the Route Server's range to VnetLocal |
//!
//! Left out: sessions over tunnels. A hub has no range to keep local, and an end in another VNet has no fix here: its range cannot be kept local.
//!
//! Source: MicrosoftDocs/azure-docs issue 106695 (2023-03-15).

use super::place::{subnet_name, subnet_path};
use super::plan::{Plan, Wish};
use super::survey::Survey;
use super::{Finding, FindingKind, Report};
use crate::route::Routing;
use crate::route::session::Fallen;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    for fallen in survey.routing.fallen_sessions() {
        report.add(finding(survey.routing, fallen));
    }
}

fn finding(routing: &Routing, fallen: &Fallen) -> Finding {
    let topology = routing.topology().as_ref();
    let path = subnet_path(topology, fallen.subnet);
    let mut finding = Finding::new(FindingKind::SessionDown, path);
    let (server, peer) = (fallen.server.name(topology), fallen.peer.name(topology));
    let from = topology.subnet(fallen.subnet);
    let to = fallen.towards.map(|id| topology.subnet(id));
    let table = from.route_table.map(|id| topology.route_table(id));
    let table = table.map_or("its route table", |table| table.name.as_str());
    finding.title = format!("The BGP session of {server} with {peer} is cut");
    finding.explanation = format!(
        "Packets from {} at {} to {} follow {table} and never arrive: the session is down, and neither side learns \
         the other's routes.",
        fallen.flow.source,
        subnet_name(topology, from.id),
        fallen.flow.destination,
    );
    finding.shown_by([fallen.flow]);
    let range = to
        .filter(|to| to.vnet == from.vnet)
        .and_then(|to| to.prefix);
    if let Some(range) = range {
        let mut plan = Plan::new(routing);
        plan.wish(from.id, Wish::Local(range));
        finding.fix = plan.fix(format!("Deliver {range} inside the VNet"));
    }
    finding
}
