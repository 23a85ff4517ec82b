//! What an estate costs a month, line by line, from flows that were traced.
//!
//! The rule: the bill is the metered work of traced flows (each peering crossed is charged on both sides, each
//! firewall passed meters its data) plus the hours of what exists. Each line has its meter, quantity with its
//! derivation, unit price, amount, and where and when the price was seen. The total is the sum of the lines to the
//! last digit; where a line's price is open it reads "at least".
//!
//! | step | module |
//! |---|---|
//! | how much traffic, between whom | [`Traffic`] |
//! | which meters each flow turns | [`Work`] |
//! | hours of what exists | `standing` |
//! | unit prices with their source and date | [`Catalog`] |
//! | lines, groups, total | [`Bill`] |
//!
//! Worked: two regions (East US, West US 2), a hub with Azure Firewall Standard in each and two spokes a hub, 1,000 GB
//! each way within each region and between them:
//!
//! | lines | USD |
//! |---|---|
//! | peering within: 2 regions × 2,000 GB × 2 crossings × (0.01 + 0.01) | 160.00 |
//! | peering at both ends of traffic between regions: 2,000 GB × 2 × 0.02 | 80.00 |
//! | global peering between the hubs, zones 1 and 1: 2,000 GB × (0.035 + 0.035) | 140.00 |
//! | firewall data: (2 × 2,000 GB × 1 + 2,000 GB × 2) × 0.016 | 128.00 |
//! | two firewalls: 2 × 730 × 1.25 | 1,825.00 |
//! | two VPN gateways VpnGw1AZ: 2 × 730 × 0.21 | 306.60 |
//! | four public addresses: 4 × 730 × 0.005 | 14.60 |
//! | **total** | **2,654.20** |
//!
//! Left out: discounts and reservations, Virtual WAN (its hubs are open lines), workloads' own machines, traffic to
//! the Internet, data between availability zones (not charged since 2024). The free 100 GB of data that leaves Azure
//! count once for regions with equal prices; an estate that shares a subscription with others may have used them.

mod catalog;
mod line;
mod quote;
mod standing;
mod traffic;
mod work;

pub use catalog::Catalog;
pub use line::{Bill, Group, Line};
pub use quote::{AssumedPrices, Basis, Meter, PriceSource, Quote, Tier, Unit};
pub use traffic::{Kind, Traffic};
pub use work::{LostFlow, Work};

use crate::route::Routing;
use crate::spec::NetworkSpec;
use crate::topology::Topology;
use crate::units::{Quantity, half_even};
use standing::{Skus, unlisted};
use std::collections::BTreeMap;
use work::{Charge, Crossings, PARTS};

/// The bill of an estate: traces its flows and prices them. `spec` names the SKUs.
///
/// ```
/// use interspoke_core::price::{bill, Catalog, Traffic};
/// use interspoke_core::route::{Routing, Settings};
/// use interspoke_core::{spec::NetworkSpec, topology};
///
/// let spec = NetworkSpec::default();
/// let routing = Routing::new(topology::build(&spec).value.into(), Settings::default());
/// let bill = bill(&routing, &spec, &Traffic::default(), &Catalog::built_in());
/// assert_eq!(bill.total_text(), "USD 0.00");
/// ```
#[must_use]
pub fn bill(routing: &Routing, spec: &NetworkSpec, traffic: &Traffic, catalog: &Catalog) -> Bill {
    Work::trace(routing).bill(routing.topology(), spec, traffic, catalog)
}

impl Work {
    /// The bill for a traffic figure: no flow is traced again.
    #[must_use]
    pub fn bill(
        &self,
        topology: &Topology,
        spec: &NetworkSpec,
        traffic: &Traffic,
        catalog: &Catalog,
    ) -> Bill {
        let skus = Skus::of(spec);
        let mut lines = standing::standing(topology, &skus, catalog);
        lines.extend(self.flow_lines(topology, &skus, traffic, catalog));
        lines.extend(self.egress_lines(traffic, catalog));
        lines.extend(self.untraced.map(untraced_line));
        Bill::new(
            lines,
            catalog.currency(),
            self.notes(traffic),
            self.lost.clone(),
        )
    }

    /// One line a meter and region.
    fn flow_lines(
        &self,
        topology: &Topology,
        skus: &Skus<'_>,
        traffic: &Traffic,
        catalog: &Catalog,
    ) -> Vec<Line> {
        let mut meters: BTreeMap<(Group, String, Meter), (Quote, Crossings)> = BTreeMap::new();
        for (charge, crossings) in &self.charges {
            let Some((group, subject, quote)) = quote(charge, topology, skus, catalog) else {
                continue;
            };
            let key = (group, subject, quote.meter.clone());
            let (_, sum) = meters
                .entry(key)
                .or_insert_with(|| (quote, Crossings::new()));
            merge(sum, crossings);
        }
        let line = |((group, subject, _), (quote, crossings)): (
            (Group, String, Meter),
            (Quote, Crossings),
        )| {
            let (quantity, derivation) = self.volume(traffic, &crossings);
            (quantity > Quantity::ZERO)
                .then(|| Line::new(group, subject, quantity, derivation, quote))
        };
        meters.into_iter().filter_map(line).collect()
    }

    /// Data that leaves Azure for sites: one line a step of the price.
    fn egress_lines(&self, traffic: &Traffic, catalog: &Catalog) -> Vec<Line> {
        let mut schedules: Vec<(Vec<Tier>, Vec<&str>, Crossings)> = Vec::new();
        for (charge, crossings) in &self.charges {
            let Charge::SiteOut(region) = charge else {
                continue;
            };
            let tiers = catalog.internet_egress(region);
            if let Some((_, regions, sum)) =
                schedules.iter_mut().find(|(known, ..)| *known == tiers)
            {
                regions.push(region);
                merge(sum, crossings);
            } else {
                schedules.push((tiers, vec![region], crossings.clone()));
            }
        }
        let mut lines = Vec::new();
        for (tiers, regions, crossings) in schedules {
            let (volume, derivation) = self.volume(traffic, &crossings);
            for (position, tier) in tiers.iter().enumerate() {
                let from = Quantity::whole(tier.from_gb);
                let next = tiers
                    .get(position.saturating_add(1))
                    .map(|next| Quantity::whole(next.from_gb));
                let quantity = next
                    .map_or(volume, |next| volume.min(next))
                    .saturating_sub(from);
                if quantity > Quantity::ZERO {
                    let end = next.map_or_else(|| "on".to_owned(), |next| format!("to {next} GB"));
                    let derivation = format!("{derivation}; of this, from {from} GB {end}");
                    lines.push(Line::new(
                        Group::Bandwidth,
                        regions.join(", "),
                        quantity,
                        derivation,
                        tier.quote.clone(),
                    ));
                }
            }
        }
        lines
    }

    /// The volume of crossings and where it comes from.
    fn volume(&self, traffic: &Traffic, crossings: &Crossings) -> (Quantity, String) {
        let mut volume = Quantity::ZERO;
        let mut derivation = Vec::new();
        for (kind, parts) in crossings {
            let figure = traffic.figure(kind).0;
            let pairs = self.pairs.get(kind).copied().unwrap_or(1).max(1);
            let part = share(figure, *parts, pairs);
            if part == Quantity::ZERO {
                continue;
            }
            let times = Quantity::from_thousandths(parts.saturating_mul(1_000) / PARTS);
            let over = if pairs == 1 {
                String::new()
            } else {
                format!(" ÷ {} pairs", count(pairs))
            };
            let plural = if times == Quantity::whole(1) { "" } else { "s" };
            derivation.push(format!(
                "{kind}: {times} crossing{plural} × {figure} GB{over} = {part} GB"
            ));
            volume = volume.saturating_add(part);
        }
        (volume, derivation.join("; "))
    }

    fn notes(&self, traffic: &Traffic) -> Vec<String> {
        let mut notes = Vec::new();
        let lost: u64 = self.lost_by_kind.values().sum();
        if lost > 0 {
            let all: u64 = self
                .pairs
                .values()
                .map(|pairs| pairs.saturating_mul(2))
                .sum();
            let (lost, all) = (count(lost), count(all));
            notes.push(format!(
                "{lost} of {all} flows are not delivered: they carry nothing and cost nothing"
            ));
        }
        let between = self.pairs.contains_key(&Kind::Between);
        let within = self
            .pairs
            .keys()
            .any(|kind| matches!(kind, Kind::Within(_)));
        let on_premises = self.pairs.contains_key(&Kind::OnPremises);
        for (exists, kind, what) in [
            (within, Kind::Within(String::new()), "spokes in one region"),
            (between, Kind::Between, "spokes in different regions"),
            (on_premises, Kind::OnPremises, "on-premises sites"),
        ] {
            let figure = traffic.figure(&kind);
            if !exists && figure.0 > Quantity::ZERO && self.untraced.is_none() {
                notes.push(format!(
                    "the {figure} for {what} are not on the bill: there is no such pair"
                ));
            }
        }
        notes
    }
}

/// What a charge is billed as: its group, its subject and its price. Data that leaves for sites has steps instead.
fn quote(
    charge: &Charge,
    topology: &Topology,
    skus: &Skus<'_>,
    catalog: &Catalog,
) -> Option<(Group, String, Quote)> {
    let local = |meter: &str, region: &str| {
        catalog.quote(
            [
                "Virtual Network",
                "Virtual Network Peering",
                "Intra-Region",
                meter,
            ],
            region,
        )
    };
    let global = |meter: &str, region: &str| {
        catalog.quote(
            [
                "Virtual Network",
                "Global Virtual Network Peering",
                "Inter-Region",
                meter,
            ],
            region,
        )
    };
    let answer = |group, subject: &str, quote| Some((group, subject.to_owned(), quote));
    match charge {
        Charge::PeeringOut(region) => {
            answer(Group::Peering, region, local("Intra-Region Egress", region))
        }
        Charge::PeeringIn(region) => answer(
            Group::Peering,
            region,
            local("Intra-Region Ingress", region),
        ),
        Charge::GlobalOut(region) => answer(
            Group::GlobalPeering,
            region,
            global("Inter-Region Egress", region),
        ),
        Charge::GlobalIn(region) => answer(
            Group::GlobalPeering,
            region,
            global("Inter-Region Ingress", region),
        ),
        Charge::Firewall(id) => {
            let firewall = topology.appliance(*id);
            let region = &topology.vnet(firewall.vnet).region;
            answer(
                Group::Firewall,
                region,
                skus.firewall(catalog, &firewall.name, "Data Processed", region),
            )
        }
        Charge::LoadBalancer(region) => {
            let names = [
                "Load Balancer",
                "Load Balancer",
                "Standard",
                "Standard Data Processed",
            ];
            answer(Group::LoadBalancer, region, catalog.quote(names, region))
        }
        Charge::TunnelOut(region) => {
            let names = [
                "VPN Gateway",
                "VPN Gateway Bandwidth",
                "*",
                "Inter-Virtual Network Data Transfer Out",
            ];
            answer(Group::VpnGateway, region, catalog.quote(names, region))
        }
        Charge::SiteOut(_) => None,
        Charge::CircuitOut(id) => {
            let why = "the estate names no plan: metered data is charged, unlimited data is not";
            let meter = unlisted("ExpressRoute", "Metered Data - Data Transfer Out", Unit::Gb);
            answer(
                Group::ExpressRoute,
                &topology.circuit(*id).name,
                Quote::open(meter, why),
            )
        }
        Charge::HubRouter(id) | Charge::HubFirewall(id) => {
            let meter = unlisted("Virtual WAN", "Data Processed", Unit::Gb);
            let why = "hubs of a Virtual WAN, and what passes them, are not billed yet";
            answer(
                Group::VirtualWan,
                &topology.hub(*id).name,
                Quote::open(meter, why),
            )
        }
        Charge::NoRule(from, to) => {
            let subject = format!(
                "{} to {}",
                topology.vnet(*from).name,
                topology.vnet(*to).name
            );
            let meter = unlisted("Other", "Data transfer", Unit::Gb);
            answer(
                Group::Other,
                &subject,
                Quote::open(meter, "no charging rule is known for this way"),
            )
        }
    }
}

fn untraced_line(flows: usize) -> Line {
    let meter = unlisted("Virtual Network", "All data transfer", Unit::Gb);
    let quote = Quote::open(meter, "more flows than this version traces one by one");
    let derivation = format!(
        "{} flows",
        Quantity::whole(u32::try_from(flows).unwrap_or(u32::MAX))
    );
    Line::new(
        Group::Other,
        "all spokes",
        Quantity::ZERO,
        derivation,
        quote,
    )
}

fn merge(sum: &mut Crossings, more: &Crossings) {
    for (kind, parts) in more {
        let held = sum.entry(kind.clone()).or_default();
        *held = held.saturating_add(*parts);
    }
}

/// `figure` × crossings ÷ pairs, rounded half to even to a thousandth.
fn share(figure: Quantity, parts: u64, pairs: u64) -> Quantity {
    let dividend = i128::from(figure.thousandths()).saturating_mul(i128::from(parts));
    let divisor = i128::from(PARTS).saturating_mul(i128::from(pairs));
    let rounded = half_even(dividend, divisor);
    Quantity::from_thousandths(u64::try_from(rounded).unwrap_or(u64::MAX))
}

/// A count as people read it.
fn count(number: u64) -> String {
    Quantity::from_thousandths(number.saturating_mul(1_000)).to_string()
}

#[cfg(test)]
mod tests;
