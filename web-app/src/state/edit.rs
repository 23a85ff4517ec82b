//! Changes of a document. Each takes positions and leaves the document alone where there is none.

use super::{Amount, Flag};
use interspoke_core::document::Document;
use interspoke_core::intent::TrafficFigure;
use interspoke_core::spec::{PeeringSpec, RouteSpec};
use interspoke_core::units::GbPerMonth;

/// Puts a route at a position of a table, or at its end.
pub(super) fn put_route(
    document: &mut Document,
    table: usize,
    at: Option<usize>,
    route: RouteSpec,
) {
    let Some(table) = document.network.route_tables.get_mut(table) else {
        return;
    };
    match at {
        Some(at) => {
            if let Some(slot) = table.routes.get_mut(at) {
                *slot = route;
            }
        }
        None => table.routes.push(route),
    }
}

/// Takes a route away.
pub(super) fn remove_route(document: &mut Document, table: usize, at: usize) {
    if let Some(table) = document.network.route_tables.get_mut(table)
        && at < table.routes.len()
    {
        table.routes.remove(at);
    }
}

/// Sets the propagation switch of a table.
pub(super) fn disable_propagation(document: &mut Document, table: usize, disable: bool) {
    if let Some(table) = document.network.route_tables.get_mut(table) {
        table.disable_bgp_route_propagation = disable;
    }
}

/// Sets a flag of a peering object.
pub(super) fn set_flag(document: &mut Document, at: usize, flag: Flag, on: bool) {
    if let Some(peering) = document.network.peerings.get_mut(at) {
        *flag_of(peering, flag) = on;
    }
}

fn flag_of(peering: &mut PeeringSpec, flag: Flag) -> &mut bool {
    match flag {
        Flag::Access => &mut peering.allow_virtual_network_access,
        Flag::Forwarded => &mut peering.allow_forwarded_traffic,
        Flag::Transit => &mut peering.allow_gateway_transit,
        Flag::Remote => &mut peering.use_remote_gateways,
    }
}

/// Sets a traffic figure.
pub(super) fn set_traffic(document: &mut Document, amount: Amount, to: GbPerMonth) {
    let traffic = &mut document.traffic;
    match amount {
        Amount::Within => traffic.within_regions_gb = to,
        Amount::Between => traffic.between_regions_gb = to,
        Amount::OnPremises => traffic.to_on_premises_gb = to,
    }
    if let Some(design) = &mut document.design {
        let asked = &mut design.intent.traffic;
        asked.matrix.clear();
        let figure = match amount {
            Amount::Within => &mut asked.within_regions,
            Amount::Between => &mut asked.between_regions,
            Amount::OnPremises => &mut asked.to_on_premises,
        };
        *figure = TrafficFigure::total(to);
    }
}

/// Attaches a route table to a subnet, or takes it off.
pub(super) fn attach(document: &mut Document, vnet: usize, subnet: usize, table: Option<String>) {
    let vnet = document.network.vnets.get_mut(vnet);
    if let Some(subnet) = vnet.and_then(|v| v.subnets.get_mut(subnet)) {
        subnet.route_table = table;
    }
}
