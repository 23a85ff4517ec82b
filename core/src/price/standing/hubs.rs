//! Hubs of Virtual WAN: the hub, units of its router and gateways, branches, circuits, users, its firewall.
//!
//! The rule: what a hub has is billed by the units that were bought, at least the least that can be; each branch and each
//! circuit is a connection.
//!
//! | exists | billed |
//! |---|---|
//! | a hub with ten routing units, two included | 730 hours of the hub, 8 × 730 of the unit |
//! | its VPN gateway of two units, three branches | 2 × 730, 3 × 730 |
//! | its ExpressRoute gateway of seven units | 5 × 730 at the full price, 2 × 730 at the further one |
//! | 100 users | 100 × 730 |
//! | an NVA whose units are not given | 2 × 730 of its unit, 730 of a licence |
//!
//! Left out: data; `charge` has it.

use super::super::catalog::Catalog;
use super::super::line::Group;
use super::Gathered;
use super::estate::Estate;
use crate::topology::{Hub, Party};

/// Scale units of an ExpressRoute gateway in a hub that have the full price.
const FULL_EXPRESSROUTE_UNITS: u32 = 5;
/// Infrastructure units of an NVA in a hub ("About NVAs in a Virtual WAN hub", 2023-11-02: 2 to 80).
const LEAST_NVA_UNITS: u32 = 2;

pub(super) fn virtual_wan(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    let service = "Virtual WAN";
    let topology = estate.topology;
    for hub in topology.hubs() {
        let scale = estate.scale(hub);
        let mut add = |what, sku: &str, meter: &str, count: u32| {
            let quote = catalog.quote([service, service, sku, meter], &hub.region);
            all.add(
                Group::VirtualWan,
                &hub.region,
                what,
                quote,
                &hub.name,
                count,
            );
        };
        add(("hub", "hubs"), "Standard Hub", "Standard Hub Unit", 1);
        let unit = "Routing Infrastructure Unit";
        let units = scale
            .routing_units
            .unwrap_or(2)
            .max(2)
            .saturating_sub(catalog.rules().included_routing_units);
        add(
            (
                "routing infrastructure unit",
                "routing infrastructure units",
            ),
            unit,
            unit,
            units,
        );
        let unit = ("scale unit", "scale units");
        let at_hub = |party: Party| party == Party::Hub(hub.id);
        if hub.vpn.is_some() {
            add(
                unit,
                "VPN S2S Scale Unit",
                "VPN S2S Scale Unit",
                scale.vpn_units.unwrap_or(1).max(1),
            );
            let mut branches: Vec<Party> = Vec::new();
            for tunnel in topology
                .tunnels()
                .iter()
                .filter(|tunnel| at_hub(tunnel.a) || at_hub(tunnel.b))
            {
                let other = if at_hub(tunnel.a) { tunnel.b } else { tunnel.a };
                if !branches.contains(&other) {
                    branches.push(other);
                }
            }
            let branches = u32::try_from(branches.len()).unwrap_or(u32::MAX);
            add(
                ("branch", "branches"),
                "VPN S2S Connection Unit",
                "VPN S2S Connection Unit",
                branches,
            );
        }
        if hub.express_route.is_some() {
            let units = scale.express_route_units.unwrap_or(1).max(1);
            let full = units.min(FULL_EXPRESSROUTE_UNITS);
            let sku = "ExpressRoute Scale Unit";
            add(unit, sku, sku, full);
            add(
                unit,
                sku,
                "ExpressRoute Additional Scale Unit",
                units.saturating_sub(full),
            );
            let circuits = topology
                .circuits()
                .iter()
                .filter(|circuit| circuit.gateways.iter().any(|party| at_hub(*party)));
            let circuits = u32::try_from(circuits.count()).unwrap_or(u32::MAX);
            add(
                ("circuit", "circuits"),
                "ExpressRoute Connection Unit",
                "ExpressRoute Connection Unit",
                circuits,
            );
        }
        let units = scale.point_to_site_units.unwrap_or(0);
        add(unit, "VPN P2S Scale Unit", "VPN P2S Scale Unit", units);
        let users = scale.point_to_site_connections.unwrap_or(0);
        add(
            ("connection", "connections"),
            "VPN P2S Connection Unit",
            "VPN P2S Connection Unit",
            users,
        );
        let Some(firewall) = &hub.firewall else {
            continue;
        };
        match estate.hub_firewall(catalog, hub, "Deployment") {
            Some(quote) => {
                let what = ("firewall", "firewalls");
                all.add(Group::Firewall, &hub.region, what, quote, &firewall.name, 1);
            }
            None => nva(estate, catalog, hub, &firewall.name, all),
        }
        if let Some(quote) = estate.hub_firewall(catalog, hub, "Capacity Unit") {
            let units = estate.hub_capacity_units(hub);
            let what = ("capacity unit", "capacity units");
            all.add(
                Group::Firewall,
                &hub.region,
                what,
                quote,
                &firewall.name,
                units,
            );
        }
    }
}

/// Infrastructure units of a hub's NVA, two at the least, and its vendor's licence.
fn nva(estate: &Estate<'_>, catalog: &Catalog, hub: &Hub, name: &str, all: &mut Gathered) {
    let (service, meter) = ("Virtual WAN", "NVA Infrastructure Unit");
    let quote = catalog.quote([service, service, meter, meter], &hub.region);
    let what = ("NVA infrastructure unit", "NVA infrastructure units");
    let units = estate.hub_capacity_units(hub).max(LEAST_NVA_UNITS);
    all.add(Group::Appliance, &hub.region, what, quote, name, units);
    super::licence(&hub.region, name, catalog, all);
}
