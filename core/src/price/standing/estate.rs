//! An estate as a bill needs it: the topology, and the SKUs, units and plans that the topology does not carry.
//!
//! The rule: everything is found by name. An Azure Firewall without a tier is taken as Standard, marked *assumed*; whatever
//! else is not named is asked for.
//!
//! | asked | answer |
//! |---|---|
//! | the price of a firewall's hours, tier Premium | Premium Deployment of its region |
//! | of a hub's firewall, tier Standard | Standard Secure Virtual Hub Deployment, written without a d |
//! | the region that prices a circuit | that of the first gateway or hub on it |
//!
//! Left out: counting; `standing` does it.

use super::super::catalog::Catalog;
use super::super::quote::Quote;
use crate::spec::{
    ApplianceKind, ApplianceSpec, CircuitPlanSpec, FurtherMeterSpec, GatewaySpec, HubScaleSpec,
    HubSpec, NetworkSpec,
};
use crate::topology::{CircuitId, Hub, Party, Topology, VnetId};
use std::collections::BTreeMap;

/// An estate and what the topology does not carry of it: SKUs, units and plans, by name.
pub(crate) struct Estate<'a> {
    pub(crate) topology: &'a Topology,
    pub(super) appliances: BTreeMap<&'a str, &'a ApplianceSpec>,
    pub(super) gateways: BTreeMap<&'a str, &'a GatewaySpec>,
    hubs: BTreeMap<&'a str, &'a HubSpec>,
    plans: BTreeMap<&'a str, CircuitPlanSpec>,
    pub(super) further: &'a [FurtherMeterSpec],
}

impl<'a> Estate<'a> {
    pub(crate) fn new(topology: &'a Topology, spec: &'a NetworkSpec) -> Self {
        let hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let plans = spec
            .circuits
            .iter()
            .filter_map(|circuit| Some((circuit.name.as_str(), circuit.plan?)));
        Self {
            topology,
            appliances: spec
                .appliances
                .iter()
                .map(|a| (a.name.as_str(), a))
                .collect(),
            gateways: spec.gateways.iter().map(|g| (g.name.as_str(), g)).collect(),
            hubs: hubs.map(|hub| (hub.name.as_str(), hub)).collect(),
            plans: plans.collect(),
            further: &spec.further_meters,
        }
    }

    /// The price of an Azure Firewall's meter (`Deployment`, `Data Processed`) in a region.
    pub(crate) fn firewall(
        &self,
        catalog: &Catalog,
        name: &str,
        meter: &str,
        region: &str,
    ) -> Quote {
        let given = self
            .appliances
            .get(name)
            .and_then(|spec| spec.sku.as_deref());
        firewall_quote(catalog, given, |tier| tier.to_owned(), meter, region)
    }

    /// The same of a hub's firewall; `None` where it is a virtual machine of a vendor.
    pub(crate) fn hub_firewall(&self, catalog: &Catalog, hub: &Hub, meter: &str) -> Option<Quote> {
        let firewall = hub
            .firewall
            .as_ref()
            .filter(|firewall| firewall.kind == ApplianceKind::AzureFirewall)?;
        debug_assert!(!firewall.name.is_empty());
        let given = self
            .hub(hub)
            .and_then(|spec| spec.firewall.as_ref()?.sku.as_deref());
        // The Retail Prices API writes it without a d for the Standard tier.
        let sku = |tier: &str| match tier {
            "Standard" => "Standard Secure Virtual Hub".to_owned(),
            _ => format!("{tier} Secured Virtual Hub"),
        };
        Some(firewall_quote(catalog, given, sku, meter, &hub.region))
    }

    /// Capacity units that a hub's firewall holds ready.
    pub(super) fn hub_capacity_units(&self, hub: &Hub) -> u32 {
        let own = self.hub(hub).and_then(|spec| spec.firewall.as_ref());
        own.and_then(|firewall| firewall.capacity_units)
            .unwrap_or(0)
    }

    fn hub(&self, hub: &Hub) -> Option<&'a HubSpec> {
        self.hubs.get(hub.name.as_str()).copied()
    }

    pub(super) fn scale(&self, hub: &Hub) -> HubScaleSpec {
        self.hub(hub)
            .map_or_else(HubScaleSpec::default, |spec| spec.scale)
    }

    /// What was bought with a circuit.
    pub(crate) fn circuit_plan(&self, name: &str) -> Option<CircuitPlanSpec> {
        self.plans.get(name).copied()
    }

    /// The region of the first gateway or hub on a circuit; empty where it has none.
    pub(crate) fn circuit_region(&self, id: CircuitId) -> &'a str {
        let region = |party: &Party| match party {
            Party::Gateway(id) => Some(self.region(self.topology.gateway(*id).vnet)),
            Party::Hub(id) => Some(self.topology.hub(*id).region.as_str()),
            _ => None,
        };
        self.topology
            .circuit(id)
            .gateways
            .iter()
            .find_map(region)
            .unwrap_or_default()
    }

    pub(super) fn region(&self, vnet: VnetId) -> &'a str {
        &self.topology.vnet(vnet).region
    }
}

fn firewall_quote(
    catalog: &Catalog,
    given: Option<&str>,
    sku: impl Fn(&str) -> String,
    meter: &str,
    region: &str,
) -> Quote {
    let service = "Azure Firewall";
    let quote = |tier: &str| {
        let sku = sku(tier);
        catalog.quote([service, service, &sku, &format!("{sku} {meter}")], region)
    };
    match given {
        None => catalog.assuming(
            quote("Standard"),
            "the estate names no tier: Standard is taken",
        ),
        Some(given) => {
            let known = ["Basic", "Standard", "Premium"]
                .into_iter()
                .find(|tier| tier.eq_ignore_ascii_case(given));
            quote(known.unwrap_or(given))
        }
    }
}
