//! What costs by the hour because it exists, whether or not traffic passes.
//!
//! The rule: each thing of the topology is billed for 730 hours; things of one SKU and region share a line. A SKU
//! that the estate does not name is asked for, except the tier of an Azure Firewall, which is taken as Standard and
//! marked *assumed*.
//!
//! | exists | billed | USD a month |
//! |---|---|---|
//! | Azure Firewall Standard, East US | 730 hours × 1.25, and one public address | 912.50 + 3.65 |
//! | Azure Firewall Basic | its hours, and a second address for management | |
//! | VPN gateway VpnGw1AZ | 730 hours × 0.21, and one public address an instance | 153.30 + 3.65 |
//! | its point-to-site connections | those beyond 128 × 730 hours × 0.01 | |
//! | its first ten tunnels | nothing: included, by the default of [`super::Rules`] | 0 |
//! | Virtual WAN hub, East US | 730 hours × 0.25; routing units beyond two × 0.10 | 182.50 |
//! | its VPN gateway of one scale unit, two branches | 730 × 0.361, 2 × 730 × 0.05 | 263.53 + 73.00 |
//! | circuit of 1 Gbps, standard, metered, zone 1 | 1 month × 436 | 436.00 |
//! | NVA of size D4s_v5, East US | 730 hours × 0.192; the vendor's licence is an open line | 140.16, at least |
//! | internal load balancer | 730 hours × 0.025, up to five rules | 18.25 |
//! | what is listed for the bill alone, as a NAT gateway | 730 hours × 0.045 | 32.85 |
//!
//! Left out: virtual machines of workloads, disks, logs, public addresses that the estate does not list besides those
//! of a firewall in a VNet and of VPN gateways.

mod estate;
mod gateways;
mod hubs;

use super::catalog::Catalog;
use super::line::{Group, Line};
use super::quote::{Meter, Quote, Unit};
use crate::spec::ApplianceKind;
use crate::topology::Topology;

pub(crate) use estate::Estate;

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
    gateways::gateways(estate, catalog, &mut all);
    gateways::circuits(estate, catalog, &mut all);
    hubs::virtual_wan(estate, catalog, &mut all);
    managed_vnets(estate.topology, catalog, &mut all);
    private_endpoints(estate, catalog, &mut all);
    further(estate, catalog, &mut all);
    let mut things = all.0;
    things.sort_by(|a, b| (a.group, &a.region).cmp(&(b.group, &b.region)));
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
        let least = least_addresses(appliance.kind, spec.and_then(|spec| spec.sku.as_deref()));
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

/// An Azure Firewall has a public address, Basic another one for its management.
fn least_addresses(kind: ApplianceKind, sku: Option<&str>) -> u32 {
    match (kind, sku) {
        (ApplianceKind::AzureFirewall, Some("Basic")) => 2,
        (ApplianceKind::AzureFirewall, _) => 1,
        _ => 0,
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
        if first.kind == ApplianceKind::Nva {
            licence(region, &device.name, catalog, all);
        }
    }
}

/// Service and meter of what a vendor charges.
const LICENCE: (&str, &str) = ("NVA", "Licence");

/// The vendor's licence of an NVA: no source gives one, so it is asked for.
fn licence(region: &str, name: &str, catalog: &Catalog, all: &mut Gathered) {
    let (service, meter) = LICENCE;
    let quote = catalog.quote([service, service, "*", meter], region);
    let quote = if quote.price.is_some() {
        quote
    } else {
        let why = "no source gives the price of a vendor's licence: give it, 0 where it is paid elsewhere";
        Quote::open(unlisted(LICENCE.0, LICENCE.1, Unit::Hour), why)
    };
    let what = ("licence", "licences");
    all.add(Group::Appliance, region, what, quote, name, 1);
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

fn managed_vnets(topology: &Topology, catalog: &Catalog, all: &mut Gathered) {
    let members = topology
        .connected_groups()
        .iter()
        .filter(|group| !group.peered)
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

/// What the estate lists for the bill alone.
fn further(estate: &Estate<'_>, catalog: &Catalog, all: &mut Gathered) {
    for item in estate.further {
        let names = [&item.service, &item.product, &item.sku, &item.meter].map(String::as_str);
        let quote = catalog.quote(names, &item.region);
        let what = match quote.meter.unit {
            Unit::Gb => ("GB", "GB"),
            Unit::Hour | Unit::Month => ("thing listed", "things listed"),
        };
        let place = match item.region.as_str() {
            "" => "all regions",
            region => region,
        };
        all.add(Group::Other, place, what, quote, &item.name, item.count);
    }
}
