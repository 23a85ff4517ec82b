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
//! | its first ten tunnels | nothing: included (where sources disagree, that is the reference's default) | 0 |
//! | NVA of size D4s_v5, East US | 730 hours × 0.192, without the vendor's licence | 140.16 |
//! | internal load balancer | open: the price of its first five rules has no source | |
//!
//! Left out: virtual machines of workloads, disks, logs, the second address of a firewall in forced tunnelling or of
//! the Basic tier, public addresses of NVAs, NVA licences.

use super::catalog::Catalog;
use super::line::{Group, Line};
use super::quote::{Meter, Quote, Unit};
use crate::spec::{ApplianceKind, GatewayKind, NetworkSpec};
use crate::topology::{Gateway, Party, Topology, VnetId};
use std::collections::{BTreeMap, BTreeSet};

/// Tunnels that the price of a VPN gateway includes.
const INCLUDED_TUNNELS: usize = 10;

/// SKUs of an estate by name: the topology carries none.
pub(crate) struct Skus<'a> {
    appliances: BTreeMap<&'a str, &'a str>,
    gateways: BTreeMap<&'a str, &'a str>,
}

impl<'a> Skus<'a> {
    pub(crate) fn of(spec: &'a NetworkSpec) -> Self {
        let appliances = spec
            .appliances
            .iter()
            .filter_map(|a| Some((a.name.as_str(), a.sku.as_deref()?)));
        let gateways = spec
            .gateways
            .iter()
            .filter_map(|g| Some((g.name.as_str(), g.sku.as_deref()?)));
        Self {
            appliances: appliances.collect(),
            gateways: gateways.collect(),
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
        let service = "Azure Firewall";
        let quote = |tier: &str| {
            catalog.quote([service, service, tier, &format!("{tier} {meter}")], region)
        };
        match self.appliances.get(name) {
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
}

/// Things of one meter and region, by name.
type Things = BTreeMap<(Group, String, Meter), (Quote, Vec<String>)>;

fn add(things: &mut Things, group: Group, region: &str, quote: Quote, name: &str) {
    let key = (group, region.to_owned(), quote.meter.clone());
    things
        .entry(key)
        .or_insert_with(|| (quote, Vec::new()))
        .1
        .push(name.to_owned());
}

fn lines(things: Things, what: (&'static str, &'static str)) -> impl Iterator<Item = Line> {
    things
        .into_iter()
        .map(move |((group, region, _), (quote, names))| {
            Line::standing(group, &region, count(names.len()), what, &names, quote)
        })
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
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

/// Every standing line of an estate.
pub(crate) fn standing(topology: &Topology, skus: &Skus<'_>, catalog: &Catalog) -> Vec<Line> {
    let mut all = Vec::new();
    all.extend(firewalls(topology, skus, catalog));
    all.extend(appliances(topology, skus, catalog));
    all.extend(load_balancers(topology));
    all.extend(gateways(topology, skus, catalog));
    all.extend(tunnels(topology, skus, catalog));
    all.extend(circuits(topology));
    all.extend(virtual_wan(topology));
    all.extend(managed_vnets(topology, catalog));
    all.extend(private_endpoints(topology, catalog));
    all.extend(public_addresses(topology, catalog));
    all
}

fn region(topology: &Topology, vnet: VnetId) -> &str {
    &topology.vnet(vnet).region
}

fn firewalls(
    topology: &Topology,
    skus: &Skus<'_>,
    catalog: &Catalog,
) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    for firewall in topology
        .appliances()
        .iter()
        .filter(|a| a.kind == ApplianceKind::AzureFirewall)
    {
        let region = region(topology, firewall.vnet);
        let quote = skus.firewall(catalog, &firewall.name, "Deployment", region);
        add(&mut things, Group::Firewall, region, quote, &firewall.name);
    }
    lines(things, ("firewall", "firewalls"))
}

fn appliances(
    topology: &Topology,
    skus: &Skus<'_>,
    catalog: &Catalog,
) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    for device in topology.devices() {
        let nics: Vec<_> = device
            .nics
            .iter()
            .map(|id| topology.appliance(*id))
            .collect();
        let Some(first) = nics.first() else { continue };
        let region = region(topology, first.vnet);
        let size = nics
            .iter()
            .find_map(|nic| skus.appliances.get(nic.name.as_str()));
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
        add(&mut things, Group::Appliance, region, quote, &device.name);
    }
    lines(things, ("appliance", "appliances"))
}

fn load_balancers(topology: &Topology) -> impl Iterator<Item = Line> {
    let frontends: BTreeSet<_> = topology
        .appliances()
        .iter()
        .filter_map(|a| Some((region(topology, a.vnet), a.load_balancer_ip?)))
        .collect();
    let mut things = Things::new();
    for (region, frontend) in frontends {
        let meter = unlisted(
            "Load Balancer",
            "Standard Included LB Rules and Outbound Rules",
            Unit::Hour,
        );
        let quote = Quote::open(meter, "no source gives the price of the first five rules");
        add(
            &mut things,
            Group::LoadBalancer,
            region,
            quote,
            &frontend.to_string(),
        );
    }
    lines(things, ("frontend", "frontends"))
}

fn gateways(topology: &Topology, skus: &Skus<'_>, catalog: &Catalog) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    for gateway in topology.gateways() {
        let region = region(topology, gateway.vnet);
        let sku = skus.gateways.get(gateway.name.as_str()).copied();
        let (group, quote) = gateway_quote(gateway, sku, region, catalog);
        add(&mut things, group, region, quote, &gateway.name);
    }
    lines(things, ("gateway", "gateways"))
}

fn gateway_quote(
    gateway: &Gateway,
    sku: Option<&str>,
    region: &str,
    catalog: &Catalog,
) -> (Group, Quote) {
    let unnamed = |service: &str| {
        Quote::open(
            unlisted(service, "SKU not given", Unit::Hour),
            "the estate names no gateway SKU",
        )
    };
    match (gateway.kind, sku) {
        (GatewayKind::RouteServer, _) => {
            let service = "Azure Route Server";
            (
                Group::RouteServer,
                catalog.quote([service, service, "*", "Route Server"], region),
            )
        }
        (GatewayKind::Vpn, None) => (Group::VpnGateway, unnamed("VPN Gateway")),
        (GatewayKind::Vpn, Some(sku)) => {
            let meter = if sku.eq_ignore_ascii_case("Basic") {
                "Basic Gateway"
            } else {
                sku
            };
            (
                Group::VpnGateway,
                catalog.quote(["VPN Gateway", "VPN Gateway", sku, meter], region),
            )
        }
        (GatewayKind::ExpressRoute, None) => (Group::ExpressRoute, unnamed("ExpressRoute")),
        (GatewayKind::ExpressRoute, Some(sku)) => {
            let (product, meter) = match sku {
                "Standard" => (
                    "ExpressRoute Standard Gateway",
                    "Standard Gateway".to_owned(),
                ),
                "HighPerformance" => (
                    "ExpressRoute High Performance Gateway",
                    "High Performance Gateway".to_owned(),
                ),
                "ErGwScale" => ("ExpressRoute Gateway", "ErGwScale Unit".to_owned()),
                _ => ("ExpressRoute Gateway", format!("{sku} Gateway")),
            };
            (
                Group::ExpressRoute,
                catalog.quote(["ExpressRoute", product, sku, &meter], region),
            )
        }
    }
}

fn tunnels(topology: &Topology, skus: &Skus<'_>, catalog: &Catalog) -> Vec<Line> {
    let vpn = topology
        .gateways()
        .iter()
        .filter(|gateway| gateway.kind == GatewayKind::Vpn);
    let beyond = vpn.filter_map(|gateway| {
        let party = Party::Gateway(gateway.id);
        let tunnels = topology
            .tunnels()
            .iter()
            .filter(|tunnel| tunnel.a == party || tunnel.b == party)
            .count();
        let beyond = tunnels
            .checked_sub(INCLUDED_TUNNELS)
            .filter(|beyond| *beyond > 0)?;
        let region = region(topology, gateway.vnet);
        let sku = skus
            .gateways
            .get(gateway.name.as_str())
            .copied()
            .unwrap_or("*");
        let quote = catalog.quote(
            ["VPN Gateway", "VPN Gateway", sku, "S2S Connection"],
            region,
        );
        let names = [format!("{tunnels} of {}, ten are included", gateway.name)];
        Some(Line::standing(
            Group::VpnGateway,
            region,
            count(beyond),
            ("tunnel", "tunnels"),
            &names,
            quote,
        ))
    });
    beyond.collect()
}

fn circuits(topology: &Topology) -> impl Iterator<Item = Line> + '_ {
    topology.circuits().iter().map(|circuit| {
        let meter = unlisted("ExpressRoute", "Circuit", Unit::Month);
        let quote = Quote::open(meter, "the estate names neither bandwidth nor plan");
        Line::new(
            Group::ExpressRoute,
            circuit.name.clone(),
            crate::units::Quantity::whole(1),
            "1 circuit".to_owned(),
            quote,
        )
    })
}

fn virtual_wan(topology: &Topology) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    for hub in topology.hubs() {
        let meter = unlisted("Virtual WAN", "Standard Hub", Unit::Hour);
        let quote = Quote::open(
            meter,
            "hubs of a Virtual WAN, and what passes them, are not billed yet",
        );
        add(
            &mut things,
            Group::VirtualWan,
            &hub.region,
            quote,
            &hub.name,
        );
    }
    lines(things, ("hub", "hubs"))
}

fn managed_vnets(topology: &Topology, catalog: &Catalog) -> Option<Line> {
    let members = topology
        .connected_groups()
        .iter()
        .flat_map(|group| group.members.iter().copied());
    let linked = topology
        .links()
        .iter()
        .filter(|link| link.managed)
        .flat_map(|link| [link.from, link.to]);
    let managed: BTreeSet<VnetId> = members.chain(linked).collect();
    let names = [
        "Virtual Network",
        "Azure Virtual Network Manager",
        "Standard",
        "Standard Virtual Network",
    ];
    let quote = catalog.quote(names, "");
    let line = || {
        Line::standing(
            Group::NetworkManager,
            "all regions",
            count(managed.len()),
            ("VNet", "VNets"),
            &[],
            quote,
        )
    };
    (!managed.is_empty()).then(line)
}

fn private_endpoints(topology: &Topology, catalog: &Catalog) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    for endpoint in topology.private_endpoints() {
        let region = region(topology, endpoint.vnet);
        let names = [
            "Virtual Network",
            "Virtual Network Private Link",
            "Standard",
            "Standard Private Endpoint",
        ];
        add(
            &mut things,
            Group::PrivateLink,
            region,
            catalog.quote(names, region),
            &endpoint.name,
        );
    }
    lines(things, ("private endpoint", "private endpoints"))
}

fn public_addresses(topology: &Topology, catalog: &Catalog) -> impl Iterator<Item = Line> {
    let mut things = Things::new();
    let quote = |region: &str| {
        catalog.quote(
            [
                "Virtual Network",
                "IP Addresses",
                "Standard",
                "Standard IPv4 Static Public IP",
            ],
            region,
        )
    };
    for firewall in topology
        .appliances()
        .iter()
        .filter(|a| a.kind == ApplianceKind::AzureFirewall)
    {
        let region = region(topology, firewall.vnet);
        add(
            &mut things,
            Group::PublicAddress,
            region,
            quote(region),
            &firewall.name,
        );
    }
    for gateway in topology
        .gateways()
        .iter()
        .filter(|gateway| gateway.kind == GatewayKind::Vpn)
    {
        let region = region(topology, gateway.vnet);
        let instances = if gateway.active_active { 2 } else { 1 };
        for _ in 0..gateway.public_ips.len().max(instances) {
            add(
                &mut things,
                Group::PublicAddress,
                region,
                quote(region),
                &gateway.name,
            );
        }
    }
    lines(things, ("address", "addresses"))
}
