//! Gateways in VNets with their tunnels and users, and circuits.
//!
//! The rule: a gateway is billed by its SKU, one of scale units by their number; tunnels and users beyond those in its
//! price by the hour. A circuit is billed by its plan.
//!
//! | exists | billed |
//! |---|---|
//! | VPN gateway VpnGw1AZ, active-active | 730 hours of its SKU, two public addresses |
//! | its twelve tunnels, ten included | 2 × 730 hours |
//! | its 150 users, 128 included | 22 × 730 hours |
//! | gateway ErGwScale of three units | 3 × 730 hours |
//!
//! Left out: gateways of hubs; `hubs` has them.

use super::super::catalog::Catalog;
use super::super::line::Group;
use super::super::quote::{Quote, Unit};
use super::estate::Estate;
use super::{Gathered, addresses, unlisted};
use crate::spec::{GatewayKind, GatewaySpec};
use crate::topology::{Gateway, Party};

/// Point-to-site connections in the price of a VPN gateway.
const INCLUDED_USERS: u32 = 128;

pub(super) fn gateways(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    let mut ends: Vec<u32> = vec![0; estate.topology.gateways().len()];
    for tunnel in estate.topology.tunnels() {
        for party in [tunnel.a, tunnel.b] {
            if let Party::Gateway(id) = party
                && let Some(count) = ends.get_mut(id.index())
            {
                *count = count.saturating_add(1);
            }
        }
    }
    for gateway in estate.topology.gateways() {
        let region = estate.region(gateway.vnet);
        let spec = estate.gateways.get(gateway.name.as_str()).copied();
        let sku = spec.and_then(|spec| spec.sku.as_deref());
        let (group, quote) = gateway_quote(gateway, sku, region, catalog);
        let scaled = sku.is_some_and(|sku| sku.eq_ignore_ascii_case("ErGwScale"));
        let units = spec.and_then(|spec| spec.scale_units).filter(|_| scaled);
        let what = if scaled {
            ("scale unit", "scale units")
        } else {
            ("gateway", "gateways")
        };
        all.add(
            group,
            region,
            what,
            quote,
            &gateway.name,
            units.unwrap_or(1).max(1),
        );
        if gateway.kind == GatewayKind::Vpn {
            let instances = if gateway.active_active { 2 } else { 1 };
            let listed = u32::try_from(gateway.public_ips.len()).unwrap_or(u32::MAX);
            addresses(region, catalog, &gateway.name, listed.max(instances), all);
            let count = ends.get(gateway.id.index()).copied().unwrap_or(0);
            tunnels(gateway, count, sku, region, catalog, all);
            users(gateway, spec, region, catalog, all);
        }
    }
}

fn gateway_quote(
    gateway: &Gateway,
    sku: Option<&str>,
    region: &str,
    catalog: &Catalog,
) -> (Group, Quote) {
    let (group, service) = match gateway.kind {
        GatewayKind::RouteServer => {
            let service = "Azure Route Server";
            return (
                Group::RouteServer,
                catalog.quote([service, service, "*", "Route Server"], region),
            );
        }
        GatewayKind::Vpn => (Group::VpnGateway, "VPN Gateway"),
        GatewayKind::ExpressRoute => (Group::ExpressRoute, "ExpressRoute"),
    };
    let Some(sku) = sku else {
        return (
            group,
            Quote::open(
                unlisted(service, "SKU not given", Unit::Hour),
                "the estate names no gateway SKU",
            ),
        );
    };
    if gateway.kind == GatewayKind::Vpn {
        let meter = if sku.eq_ignore_ascii_case("Basic") {
            "Basic Gateway"
        } else {
            sku
        };
        return (
            group,
            catalog.quote([service, "VPN Gateway", sku, meter], region),
        );
    }
    let (product, meter) = match sku {
        "Standard" => (
            "ExpressRoute Standard Gateway",
            "Standard Gateway".to_owned(),
        ),
        "HighPerformance" => (
            "ExpressRoute High Performance Gateway",
            "High Performance Gateway".to_owned(),
        ),
        "UltraPerformance" => (
            "ExpressRoute Ultra High Performance Gateway",
            "Ultra High Performance Gateway".to_owned(),
        ),
        "ErGwScale" => ("ExpressRoute Gateway", "ErGwScale Unit".to_owned()),
        _ => ("ExpressRoute Gateway", format!("{sku} Gateway")),
    };
    (
        group,
        catalog.quote([service, product, sku, &meter], region),
    )
}

fn tunnels(
    gateway: &Gateway,
    count: u32,
    sku: Option<&str>,
    region: &str,
    catalog: &Catalog,
    all: &mut Gathered,
) {
    let included = catalog.rules().included_tunnels;
    let beyond = count.saturating_sub(included);
    // VpnGw4AZ and VpnGw5AZ have no meter of their own.
    let sku = match sku.unwrap_or("*") {
        sku @ ("VpnGw4AZ" | "VpnGw5AZ") => sku.trim_end_matches("AZ"),
        sku => sku,
    };
    let quote = catalog.quote(
        ["VPN Gateway", "VPN Gateway", sku, "S2S Connection"],
        region,
    );
    let name = format!("{}, whose price includes {included}", gateway.name);
    all.add(
        Group::VpnGateway,
        region,
        ("tunnel", "tunnels"),
        quote,
        &name,
        beyond,
    );
}

/// Point-to-site connections beyond those in the gateway's price.
fn users(
    gateway: &Gateway,
    spec: Option<&GatewaySpec>,
    region: &str,
    catalog: &Catalog,
    all: &mut Gathered,
) {
    let users = spec.and_then(|spec| spec.point_to_site_connections);
    let sku = spec.and_then(|spec| spec.sku.as_deref()).unwrap_or("*");
    let names = ["VPN Gateway", "VPN Gateway", sku, "P2S Connection"];
    all.add(
        Group::VpnGateway,
        region,
        ("connection", "connections"),
        catalog.quote(names, region),
        &format!("{}, whose price includes {INCLUDED_USERS}", gateway.name),
        users.unwrap_or(0).saturating_sub(INCLUDED_USERS),
    );
}

pub(super) fn circuits(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    for circuit in estate.topology.circuits() {
        let quote = match estate.circuit_plan(&circuit.name) {
            Some(plan) => catalog.circuit(plan, estate.circuit_region(circuit.id)),
            None => {
                let meter = unlisted("ExpressRoute", "Circuit", Unit::Month);
                Quote::open(meter, "the estate names neither bandwidth nor plan")
            }
        };
        all.add(
            Group::ExpressRoute,
            &circuit.name,
            ("circuit", "circuits"),
            quote,
            &circuit.name,
            1,
        );
        if !circuit.global_reach.is_empty() {
            let meter = unlisted("ExpressRoute", "Global Reach", Unit::Month);
            let quote = Quote::open(meter, "no source gives a price of Global Reach");
            let joined = u32::try_from(circuit.global_reach.len()).unwrap_or(u32::MAX);
            all.add(
                Group::ExpressRoute,
                &circuit.name,
                ("circuit joined", "circuits joined"),
                quote,
                &circuit.name,
                joined,
            );
        }
    }
}
