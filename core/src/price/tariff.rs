//! What a charge is billed as: its group, where and on what, and the steps of its price.
//!
//! The rule: a charge has one meter of the catalogue; where the estate does not say what the price depends on (a
//! circuit's plan, a firewall's tier), the line is open or the price is marked *assumed*.
//!
//! | charge | group | on |
//! |---|---|---|
//! | a peering, a connection to a hub | VNet peering, Global VNet peering | peerings, or the hub's connections |
//! | a hub's router, data between hubs | Virtual WAN | the hub |
//! | a circuit with unlimited data | none: nothing is charged | |
//!
//! Left out: hours of what exists; `standing` has them.

use super::catalog::Catalog;
use super::charge::Charge;
use super::line::Group;
use super::list;
use super::quote::{Quote, Tier, Unit};
use super::standing::{Estate, unlisted};
use crate::spec::CircuitFamily;

/// What a charge is billed as.
#[derive(Debug, Clone)]
pub(crate) struct Tariff {
    pub(crate) group: Group,
    /// What or where it is counted: a region, or a name where no region applies.
    pub(crate) subject: String,
    pub(crate) region: String,
    /// The part of the estate that it passes.
    pub(crate) element: String,
    pub(crate) tiers: Vec<Tier>,
}

impl Tariff {
    fn new(group: Group, region: &str, element: String, quote: Quote) -> Self {
        Self {
            group,
            subject: region.to_owned(),
            region: region.to_owned(),
            element,
            tiers: vec![Tier { from_gb: 0, quote }],
        }
    }
}

/// What a charge is billed as; `None` where it costs nothing.
pub(crate) fn tariff(charge: &Charge, estate: &Estate<'_>, catalog: &Catalog) -> Option<Tariff> {
    let topology = estate.topology;
    let rules = catalog.rules();
    Some(match charge {
        Charge::Peering {
            region,
            global,
            out,
            hub,
        } => {
            let (group, names, what) = match (global, out) {
                (false, true) => (
                    Group::Peering,
                    [
                        "Virtual Network Peering",
                        "Intra-Region",
                        "Intra-Region Egress",
                    ],
                    "peerings",
                ),
                (false, false) => (
                    Group::Peering,
                    [
                        "Virtual Network Peering",
                        "Intra-Region",
                        "Intra-Region Ingress",
                    ],
                    "peerings",
                ),
                (true, true) => (
                    Group::GlobalPeering,
                    [
                        "Global Virtual Network Peering",
                        "Inter-Region",
                        "Inter-Region Egress",
                    ],
                    "global peerings",
                ),
                (true, false) => (
                    Group::GlobalPeering,
                    [
                        "Global Virtual Network Peering",
                        "Inter-Region",
                        "Inter-Region Ingress",
                    ],
                    "global peerings",
                ),
            };
            let [product, sku, meter] = names;
            let element = hub.map_or_else(
                || format!("{what} of {region}"),
                |hub| format!("connections of {}", topology.hub(hub).name),
            );
            Tariff::new(
                group,
                region,
                element,
                catalog.quote(["Virtual Network", product, sku, meter], region),
            )
        }
        Charge::Firewall(id) => {
            let firewall = topology.appliance(*id);
            let region = &topology.vnet(firewall.vnet).region;
            let quote = estate.firewall(catalog, &firewall.name, "Data Processed", region);
            Tariff::new(Group::Firewall, region, firewall.name.clone(), quote)
        }
        Charge::HubFirewall(id) => {
            let hub = topology.hub(*id);
            let firewall = hub.firewall.as_ref()?;
            let quote = estate.hub_firewall(catalog, hub, "Data Processed")?;
            Tariff::new(Group::Firewall, &hub.region, firewall.name.clone(), quote)
        }
        Charge::LoadBalancer(region) => {
            let names = [
                "Load Balancer",
                "Load Balancer",
                "Standard",
                "Standard Data Processed",
            ];
            let element = format!("load balancers of {region}");
            Tariff::new(
                Group::LoadBalancer,
                region,
                element,
                catalog.quote(names, region),
            )
        }
        Charge::TunnelOut(region) => {
            let names = [
                "VPN Gateway",
                "VPN Gateway Bandwidth",
                "*",
                "Inter-Virtual Network Data Transfer Out",
            ];
            let element = format!("tunnels of {region}");
            Tariff::new(
                Group::VpnGateway,
                region,
                element,
                catalog.quote(names, region),
            )
        }
        Charge::InterRegion { from: region, to } => {
            let names = if rules.between_continents && list::other_continent(region, to) {
                [
                    "Bandwidth",
                    "Inter-Region",
                    "*",
                    "Inter Continent Data Transfer Out - NAM or EU To Any",
                ]
            } else {
                [
                    "Bandwidth",
                    "Rtn Preference: MGN",
                    "Standard",
                    "Standard Inter-Region Data Transfer",
                ]
            };
            let element = format!("between hubs or appliances, from {region}");
            Tariff::new(
                Group::Bandwidth,
                region,
                element,
                catalog.quote(names, region),
            )
        }
        Charge::Out { region, internet } => Tariff {
            group: Group::Bandwidth,
            subject: region.clone(),
            region: region.clone(),
            element: format!(
                "{} from {region}",
                if *internet {
                    "to the Internet"
                } else {
                    "to sites"
                }
            ),
            tiers: catalog.internet_egress(region),
        },
        Charge::CircuitOut(id) => {
            let circuit = topology.circuit(*id);
            let region = estate.circuit_region(*id);
            let names = [
                "ExpressRoute",
                "ExpressRoute",
                "*",
                "Metered Data - Data Transfer Out",
            ];
            let quote = match estate.circuit_plan(&circuit.name) {
                None => {
                    let meter = unlisted(names[0], names[3], Unit::Gb);
                    Quote::open(
                        meter,
                        "the estate names no plan: metered data is charged, unlimited data is not",
                    )
                }
                Some(plan) if plan.family == CircuitFamily::UnlimitedData => return None,
                Some(_) => catalog.circuit_quote(names, region),
            };
            let mut tariff = Tariff::new(Group::ExpressRoute, region, circuit.name.clone(), quote);
            tariff.subject.clone_from(&circuit.name);
            tariff
        }
        Charge::GlobalReach(id) => {
            let circuit = &topology.circuit(*id).name;
            let meter = unlisted("ExpressRoute", "Global Reach data transfer", Unit::Gb);
            let quote = Quote::open(meter, "no source gives a price of Global Reach");
            Tariff::new(Group::ExpressRoute, circuit, circuit.clone(), quote)
        }
        Charge::HubRouter {
            hub,
            under_intent,
            at_destination,
        } => {
            let charged = (!under_intent || rules.router_under_intent)
                && (!at_destination || rules.router_at_destination);
            let hub = topology.hub(*hub);
            let names = [
                "Virtual WAN",
                "Virtual WAN",
                "Standard Hub",
                "Standard Hub Data Processed",
            ];
            let tariff = || {
                Tariff::new(
                    Group::VirtualWan,
                    &hub.region,
                    hub.name.clone(),
                    catalog.quote(names, &hub.region),
                )
            };
            return charged.then(tariff);
        }
        Charge::PrivateLink { out } => {
            let meter = if *out {
                "Standard Data Processed - Egress"
            } else {
                "Standard Data Processed - Ingress"
            };
            let names = [
                "Virtual Network",
                "Virtual Network Private Link",
                "Standard",
                meter,
            ];
            Tariff {
                tiers: catalog.tiers(names, ""),
                ..Tariff::new(
                    Group::PrivateLink,
                    "all regions",
                    "private endpoints".to_owned(),
                    catalog.quote(names, ""),
                )
            }
        }
        Charge::NoRule(from, to) => {
            let subject = format!(
                "{} to {}",
                topology.vnet(*from).name,
                topology.vnet(*to).name
            );
            let meter = unlisted("Other", "Data transfer", Unit::Gb);
            let quote = Quote::open(meter, "no charging rule is known for this way");
            Tariff::new(Group::Other, &subject, subject.clone(), quote)
        }
    })
}
