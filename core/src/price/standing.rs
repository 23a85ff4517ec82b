//! What costs by the hour because it exists, whether or not traffic passes.
//!
//! The rule: each thing of the topology is billed for 730 hours; things of one SKU and region share a line. A SKU
//! that the estate does not name is asked for, except the tier of an Azure Firewall, which is taken as Standard and
//! marked *assumed*.
//!
//! | exists | billed | USD a month |
//! |---|---|---|
//! | Azure Firewall Standard, East US | 730 hours × 1.25, and one public address | 912.50 + 3.65 |
//! | VPN gateway VpnGw1AZ | 730 hours × 0.21, and one public address an instance | 153.30 + 3.65 |
//! | its point-to-site connections | those beyond 128 × 730 hours × 0.01 | |
//! | its first ten tunnels | nothing: included, by the default of [`super::Rules`] | 0 |
//! | Virtual WAN hub, East US | 730 hours × 0.25; routing units beyond two × 0.10 | 182.50 |
//! | its VPN gateway of one scale unit, two branches | 730 × 0.361, 2 × 730 × 0.05 | 263.53 + 73.00 |
//! | circuit of 1 Gbps, standard, metered, zone 1 | 1 month × 436 | 436.00 |
//! | NVA of size D4s_v5, East US | 730 hours × 0.192, without the vendor's licence | 140.16 |
//! | internal load balancer | 730 hours × 0.025, up to five rules | 18.25 |
//!
//! Left out: virtual machines of workloads, disks, logs, public addresses that the estate does not list besides the one
//! of a firewall in a VNet and those of VPN gateways, NVA licences.

use super::catalog::Catalog;
use super::line::{Group, Line};
use super::quote::{Meter, Quote, Unit};
use crate::order::{Map, sort_by};
use crate::spec::{
    ApplianceKind, ApplianceSpec, CircuitPlanSpec, GatewayKind, GatewaySpec, HubScaleSpec, HubSpec,
    NetworkSpec,
};
use crate::topology::{CircuitId, Gateway, Hub, Party, Topology, VnetId};

/// Scale units of an ExpressRoute gateway in a hub that have the full price.
const FULL_EXPRESSROUTE_UNITS: u32 = 5;

/// Point-to-site connections in the price of a VPN gateway.
const INCLUDED_USERS: u32 = 128;

/// An estate and what the topology does not carry of it: SKUs, units and plans, by name.
pub(crate) struct Estate<'a> {
    pub(crate) topology: &'a Topology,
    appliances: Map<&'a str, &'a ApplianceSpec>,
    gateways: Map<&'a str, &'a GatewaySpec>,
    hubs: Map<&'a str, &'a HubSpec>,
    plans: Map<&'a str, CircuitPlanSpec>,
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

    fn hub(&self, hub: &Hub) -> Option<&'a HubSpec> {
        self.hubs.get(hub.name.as_str()).copied()
    }

    fn scale(&self, hub: &Hub) -> HubScaleSpec {
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

    fn region(&self, vnet: VnetId) -> &'a str {
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

/// A meter that the price list does not know, by what people call it.
pub(crate) fn unlisted(service: &str, meter: &str, unit: Unit) -> Meter {
    let [service, product] = [service, service].map(str::to_owned);
    Meter {
        service,
        product,
        sku: "*".to_owned(),
        meter: meter.to_owned(),
        unit,
    }
}

/// Things of one meter and region, by name.
struct Things {
    group: Group,
    region: String,
    what: (&'static str, &'static str),
    quote: Quote,
    names: Vec<(String, u32)>,
}

/// Everything that exists, gathered into lines.
#[derive(Default)]
struct Gathered(Vec<Things>);

impl Gathered {
    fn add(
        &mut self,
        group: Group,
        region: &str,
        what: (&'static str, &'static str),
        quote: Quote,
        name: &str,
        count: u32,
    ) {
        if count == 0 {
            return;
        }
        let named = (name.to_owned(), count);
        let same = |things: &&mut Things| {
            things.group == group && things.region == region && things.quote.meter == quote.meter
        };
        if let Some(things) = self.0.iter_mut().find(same) {
            things.names.push(named);
        } else {
            let (region, names) = (region.to_owned(), vec![named]);
            self.0.push(Things {
                group,
                region,
                what,
                quote,
                names,
            });
        }
    }
}

/// Every standing line of an estate.
pub(crate) fn standing(estate: &Estate<'_>, catalog: &Catalog) -> Vec<Line> {
    let mut all = Gathered::default();
    firewalls(estate, catalog, &mut all);
    appliances(estate, catalog, &mut all);
    load_balancers(estate.topology, catalog, &mut all);
    gateways(estate, catalog, &mut all);
    circuits(estate, catalog, &mut all);
    virtual_wan(estate, catalog, &mut all);
    managed_vnets(estate.topology, catalog, &mut all);
    private_endpoints(estate, catalog, &mut all);
    let mut things = all.0;
    sort_by(&mut things, |a, b| {
        (a.group, &a.region).cmp(&(b.group, &b.region))
    });
    things.into_iter().map(line).collect()
}

fn line(things: Things) -> Line {
    let Things {
        group,
        region,
        what,
        quote,
        names,
    } = things;
    Line::standing(group, &region, what, &names, quote)
}

fn firewalls(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    let firewalls = estate
        .topology
        .appliances()
        .iter()
        .filter(|a| a.kind == ApplianceKind::AzureFirewall);
    for firewall in firewalls {
        let region = estate.region(firewall.vnet);
        let quote = |meter| estate.firewall(catalog, &firewall.name, meter, region);
        let spec = estate.appliances.get(firewall.name.as_str());
        let what = ("firewall", "firewalls");
        all.add(
            Group::Firewall,
            region,
            what,
            quote("Deployment"),
            &firewall.name,
            1,
        );
        let units = spec.and_then(|spec| spec.capacity_units).unwrap_or(0);
        let what = ("capacity unit", "capacity units");
        all.add(
            Group::Firewall,
            region,
            what,
            quote("Capacity Unit"),
            &firewall.name,
            units,
        );
    }
    // The addresses of firewalls come before those of gateways.
    for appliance in estate.topology.appliances() {
        let spec = estate.appliances.get(appliance.name.as_str());
        let least = u32::from(appliance.kind == ApplianceKind::AzureFirewall);
        let count = spec.and_then(|spec| spec.public_addresses).unwrap_or(least);
        addresses(
            estate.region(appliance.vnet),
            catalog,
            &appliance.name,
            count,
            all,
        );
    }
}

fn addresses(region: &str, catalog: &Catalog, name: &str, count: u32, all: &mut Gathered) {
    let names = [
        "Virtual Network",
        "IP Addresses",
        "Standard",
        "Standard IPv4 Static Public IP",
    ];
    all.add(
        Group::PublicAddress,
        region,
        ("address", "addresses"),
        catalog.quote(names, region),
        name,
        count,
    );
}

fn appliances(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    let topology = estate.topology;
    for device in topology.devices() {
        let nics = || device.nics.iter().map(|id| topology.appliance(*id));
        let Some(first) = nics().next() else { continue };
        let region = estate.region(first.vnet);
        let size = nics().find_map(|nic| estate.appliances.get(nic.name.as_str())?.sku.as_deref());
        let quote = match (first.kind, size) {
            (ApplianceKind::AzureFirewall, _) => continue,
            (ApplianceKind::RoutingAppliance, _) => {
                let meter = unlisted("Virtual Network Routing Appliance", "Appliance", Unit::Hour);
                Quote::open(meter, "no source says which capacity has which price")
            }
            (ApplianceKind::Nva, Some(size)) => catalog.virtual_machine(size, region),
            (ApplianceKind::Nva, None) => {
                let meter = unlisted("Virtual Machines", "size not given", Unit::Hour);
                Quote::open(meter, "the estate names no virtual machine size")
            }
        };
        all.add(
            Group::Appliance,
            region,
            ("appliance", "appliances"),
            quote,
            &device.name,
            1,
        );
    }
}

fn load_balancers(topology: &Topology, catalog: &Catalog, all: &mut Gathered) {
    let mut known = Vec::new();
    for appliance in topology.appliances() {
        let Some(frontend) = appliance.load_balancer_ip else {
            continue;
        };
        let key = (appliance.vnet, frontend);
        if known.contains(&key) {
            continue;
        }
        known.push(key);
        let region = &topology.vnet(appliance.vnet).region;
        let service = "Load Balancer";
        let meter = "Standard Included LB Rules and Outbound Rules";
        let quote = catalog.quote([service, service, "Standard", meter], region);
        all.add(
            Group::LoadBalancer,
            region,
            ("frontend", "frontends"),
            quote,
            &frontend.to_string(),
            1,
        );
    }
}

fn gateways(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
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

fn circuits(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
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

fn virtual_wan(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
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
        let (group, quote, what) = match estate.hub_firewall(catalog, hub, "Deployment") {
            Some(quote) => (Group::Firewall, quote, ("firewall", "firewalls")),
            None => {
                let quote = catalog.quote(
                    [
                        service,
                        service,
                        "NVA Infrastructure Unit",
                        "NVA Infrastructure Unit",
                    ],
                    &hub.region,
                );
                (
                    Group::Appliance,
                    quote,
                    (
                        "NVA infrastructure unit, at least",
                        "NVA infrastructure units, at least",
                    ),
                )
            }
        };
        all.add(group, &hub.region, what, quote, &firewall.name, 1);
    }
}

fn managed_vnets(topology: &Topology, catalog: &Catalog, all: &mut Gathered) {
    let members = topology
        .connected_groups()
        .iter()
        .flat_map(|group| group.members.iter().copied());
    let linked = topology
        .links()
        .iter()
        .filter(|link| link.managed)
        .flat_map(|link| [link.from, link.to]);
    let mut managed = vec![false; topology.vnets().len()];
    for vnet in members.chain(linked) {
        if let Some(flag) = managed.get_mut(vnet.index()) {
            *flag = true;
        }
    }
    let count = managed.iter().filter(|managed| **managed).count();
    let names = [
        "Virtual Network",
        "Azure Virtual Network Manager",
        "Standard",
        "Standard Virtual Network",
    ];
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let quote = catalog.quote(names, "");
    all.add(
        Group::NetworkManager,
        "all regions",
        ("VNet", "VNets"),
        quote,
        "Virtual Network Manager",
        count,
    );
}

fn private_endpoints(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    for endpoint in estate.topology.private_endpoints() {
        let region = estate.region(endpoint.vnet);
        let names = [
            "Virtual Network",
            "Virtual Network Private Link",
            "Standard",
            "Standard Private Endpoint",
        ];
        let what = ("private endpoint", "private endpoints");
        all.add(
            Group::PrivateLink,
            region,
            what,
            catalog.quote(names, region),
            &endpoint.name,
            1,
        );
    }
}
