//! What is hidden: networks that stand in no export and show in captured routes, as on-premises and what appliances announce.
//!
//! The rule: a captured prefix that came over a gateway, with an AS path that ends outside of Azure or with no owner in the
//! estate, belongs to a site. Prefixes of one AS path are one site. A gateway without any branch gets one; a Route Server's
//! or hub's BGP session gets what its peer's rows say.
//!
//! | captured | inferred |
//! |---|---|
//! | 10.0.0.0/8 ExpressRouteGateway 12076-65001 at a hub | a site of 65001 behind the hub's circuit |
//! | 192.168.0.0/16 VirtualNetworkGateway at a spoke | a site behind the gateway that the spoke uses |
//! | 172.16.0.0/12 from 10.0.2.4, path 65010, at a Route Server | the appliance at 10.0.2.4 announces it |
//!
//! Left out: which of two circuits a path took.

use super::capture::{Capture, CaptureKind, CapturedRow};
use super::id;
use super::report::{Place, Report, Verdict};
use crate::spec::{AdvertisementSpec, CircuitSpec, GatewayKind, NetworkSpec, SiteSpec, TunnelSpec};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// Azure's own numbers: the Microsoft edge, gateways, Route Servers and hubs.
const OF_AZURE: [u32; 3] = [12_076, 65_515, 65_520];

/// A prefix that nobody in the estate has, and the way it came.
#[derive(Debug, Clone)]
struct Hidden {
    prefix: String,
    /// AS path without Azure's own numbers in front.
    path: Vec<u32>,
    /// The gateway or hub that has it.
    gateway: String,
    express_route: bool,
    place: Place,
}

/// Adds what the captures show and no export has.
pub(super) fn infer(network: &mut NetworkSpec, captures: &[Capture], report: &mut Report) {
    let mut hidden: Vec<Hidden> = Vec::new();
    for capture in captures {
        for row in &capture.rows {
            if announced_by_appliance(network, row, &capture.place, report) {
                continue;
            }
            hidden.extend(hidden_of(network, capture, row));
        }
    }
    let mut sites: BTreeMap<(String, bool, Vec<u32>), Vec<Hidden>> = BTreeMap::new();
    for one in hidden {
        let known = sites
            .entry((one.gateway.clone(), one.express_route, one.path.clone()))
            .or_default();
        if !known.iter().any(|other| other.prefix == one.prefix) {
            known.push(one);
        }
    }
    for ((gateway, express_route, path), rows) in sites {
        add_site(network, &gateway, express_route, &path, &rows, report);
    }
}

fn hidden_of(network: &NetworkSpec, capture: &Capture, row: &CapturedRow) -> Vec<Hidden> {
    let Some((gateway, express_route)) = gateway_of(network, capture, row) else {
        return Vec::new();
    };
    let outside: Vec<u32> = row
        .as_path
        .iter()
        .copied()
        .skip_while(|number| OF_AZURE.contains(number))
        .collect();
    let prefixes = row
        .prefixes
        .iter()
        .filter(|prefix| !has_owner(network, prefix));
    prefixes
        .map(|prefix| Hidden {
            prefix: prefix.clone(),
            path: outside.clone(),
            gateway: gateway.clone(),
            express_route,
            place: capture.place.clone(),
        })
        .collect()
}

/// The gateway or hub over which a row came, and whether by ExpressRoute.
fn gateway_of(
    network: &NetworkSpec,
    capture: &Capture,
    row: &CapturedRow,
) -> Option<(String, bool)> {
    match capture.kind {
        CaptureKind::Hub => {
            let express_route = row
                .next_hop_type
                .eq_ignore_ascii_case("ExpressRouteGateway");
            let vpn = row.next_hop_type.eq_ignore_ascii_case("VPN_S2S_Gateway");
            (express_route || vpn)
                .then(|| hub_of(network, capture))
                .flatten()
                .map(|hub| (hub, express_route))
        }
        CaptureKind::Nic
            if row
                .next_hop_type
                .eq_ignore_ascii_case("VirtualNetworkGateway") =>
        {
            gateway_of_nic(network, capture, row)
        }
        CaptureKind::Exchanged if !row.as_path.is_empty() => {
            let peer = row.peer.as_ref().or(row.next_hops.first());
            let mut gateways = network
                .gateways
                .iter()
                .filter(|one| one.kind != GatewayKind::RouteServer);
            let edge = row.as_path.first() == Some(&12_076);
            let found = gateways.find(|one| (one.kind == GatewayKind::ExpressRoute) == edge)?;
            let own = peer.is_some_and(|peer| found.instance_ips.contains(peer));
            (!own).then(|| (found.name.clone(), edge))
        }
        _ => None,
    }
}

fn hub_of(network: &NetworkSpec, capture: &Capture) -> Option<String> {
    let hubs = &network.virtual_wan.as_ref()?.hubs;
    let texts = capture
        .rows
        .iter()
        .flat_map(|row| row.next_hops.iter().chain(&row.source));
    let named: Vec<&str> = texts
        .filter_map(|text| id::segment_after(text, "virtualHubs"))
        .collect();
    let found = hubs.iter().find(|hub| {
        named
            .iter()
            .any(|name| name.eq_ignore_ascii_case(&hub.name))
    });
    let only = if hubs.len() == 1 { hubs.first() } else { None };
    found.or(only).map(|hub| hub.name.clone())
}

/// The gateway that the VNet of a NIC uses: its own, or that of the hub whose gateway it borrows.
fn gateway_of_nic(
    network: &NetworkSpec,
    capture: &Capture,
    row: &CapturedRow,
) -> Option<(String, bool)> {
    let local = capture
        .rows
        .iter()
        .filter(|row| row.next_hop_type.eq_ignore_ascii_case("VnetLocal"));
    let local: Vec<&String> = local.flat_map(|row| &row.prefixes).collect();
    let vnet = network
        .vnets
        .iter()
        .find(|vnet| vnet.prefixes.iter().any(|prefix| local.contains(&prefix)))?;
    let lender = network
        .peerings
        .iter()
        .find(|one| *one.from == *vnet.name && one.use_remote_gateways);
    let home = lender.map_or(vnet.name.as_str(), |one| &one.to);
    let gateways = network
        .gateways
        .iter()
        .filter(|one| one.vnet == home && one.kind != GatewayKind::RouteServer);
    let gateways: Vec<_> = gateways.collect();
    let by_address = gateways
        .iter()
        .find(|one| one.instance_ips.iter().any(|ip| row.next_hops.contains(ip)));
    let other = gateways
        .iter()
        .find(|one| one.kind == GatewayKind::ExpressRoute)
        .or(gateways.first());
    by_address
        .or(other)
        .map(|one| (one.name.clone(), one.kind == GatewayKind::ExpressRoute))
}

/// Whether a VNet, a hub or a site has the prefix, wholly.
fn has_owner(network: &NetworkSpec, prefix: &str) -> bool {
    let Ok(net) = prefix.parse::<Ipv4Net>() else {
        return true;
    };
    let hubs = network.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let vnets = network.vnets.iter().flat_map(|vnet| &vnet.prefixes);
    let sites = network.sites.iter().flat_map(|site| &site.prefixes);
    let mut owned = vnets
        .chain(sites)
        .chain(hubs.filter_map(|hub| hub.prefix.as_ref()));
    owned.any(|own| own.parse::<Ipv4Net>().is_ok_and(|own| own.contains(&net)))
}

/// A row that a Route Server or hub has from an appliance adds to what the appliance announces.
fn announced_by_appliance(
    network: &mut NetworkSpec,
    row: &CapturedRow,
    place: &Place,
    report: &mut Report,
) -> bool {
    let hops = || row.next_hops.iter().chain(&row.peer);
    let Some(appliance) = network
        .appliances
        .iter()
        .find(|one| hops().any(|hop| *hop == one.ip))
    else {
        return false;
    };
    let name = appliance.name.clone();
    let Some(session) = network
        .bgp_peerings
        .iter_mut()
        .find(|one| one.appliance == name)
    else {
        return false;
    };
    if row.as_path.is_empty() {
        return false;
    }
    for prefix in &row.prefixes {
        if session.advertises.iter().any(|one| one.prefix == *prefix) {
            continue;
        }
        session.advertises.push(AdvertisementSpec {
            prefix: prefix.clone(),
            next_hop: None,
            as_path: Some(row.as_path.clone()),
        });
        report.add(
            Verdict::Inferred,
            place.clone(),
            format!("{name} announces {prefix}, from captured rows"),
        );
    }
    true
}

fn add_site(
    network: &mut NetworkSpec,
    gateway: &str,
    express_route: bool,
    path: &[u32],
    rows: &[Hidden],
    report: &mut Report,
) {
    let prefixes: Vec<String> = rows.iter().map(|row| row.prefix.clone()).collect();
    let Some(place) = rows.first().map(|row| row.place.clone()) else {
        return;
    };
    let asn = path.last().copied();
    let behind = sites_behind(network, gateway, express_route);
    let known = network
        .sites
        .iter_mut()
        .find(|site| behind.contains(&site.name) && asn.is_none_or(|asn| site.asn == asn));
    if let Some(site) = known {
        site.prefixes.extend(prefixes.iter().cloned());
        let message = format!(
            "{:?} announces {}, from captured rows",
            site.name,
            prefixes.join(" ")
        );
        return report.add(Verdict::Inferred, place, message);
    }
    let name = site_name(network, gateway, asn);
    report.add(
        Verdict::Inferred,
        place,
        format!(
            "a site {name:?} behind {gateway:?} announces {}, from captured rows",
            prefixes.join(" ")
        ),
    );
    network.sites.push(SiteSpec {
        name: name.clone(),
        asn: asn.unwrap_or(65_001),
        prefixes,
        as_path: path.to_vec(),
        wan: None,
        dns_servers: Vec::new(),
    });
    attach(network, gateway, express_route, &name);
}

fn sites_behind(network: &NetworkSpec, gateway: &str, express_route: bool) -> Vec<String> {
    if express_route {
        let circuits = network
            .circuits
            .iter()
            .filter(|one| one.gateways.iter().any(|name| name == gateway));
        return circuits.flat_map(|one| one.sites.clone()).collect();
    }
    let tunnels = network.tunnels.iter();
    tunnels
        .filter(|one| one.a == gateway)
        .map(|one| one.b.clone())
        .collect()
}

fn site_name(network: &NetworkSpec, gateway: &str, asn: Option<u32>) -> String {
    let wanted = asn.map_or_else(
        || format!("on-premises of {gateway}"),
        |asn| format!("on-premises {asn}"),
    );
    let taken = |name: &str| network.sites.iter().any(|site| site.name == name);
    let mut name = wanted.clone();
    let mut number = 2_u32;
    while taken(&name) {
        name = format!("{wanted} ({number})");
        number = number.saturating_add(1);
    }
    name
}

fn attach(network: &mut NetworkSpec, gateway: &str, express_route: bool, site: &str) {
    if !express_route {
        network.tunnels.push(TunnelSpec::new(gateway, site));
        return;
    }
    let mut circuits = network.circuits.iter_mut();
    match circuits.find(|one| one.gateways.iter().any(|name| name == gateway)) {
        Some(circuit) => circuit.sites.push(site.to_owned()),
        None => network.circuits.push(CircuitSpec {
            gateways: vec![gateway.to_owned()],
            sites: vec![site.to_owned()],
            ..CircuitSpec::new(&format!("circuit of {gateway}"))
        }),
    }
}
