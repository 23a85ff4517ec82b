//! What an estate costs a month, line by line, from flows that were traced.
//!
//! The rule: the bill is the metered work of traced flows (each peering crossed is charged on both sides, each
//! firewall passed meters its data) plus the hours of what exists. Each line has its meter, quantity with its
//! derivation, unit price, amount, and where and when the price was seen. The total is the sum of the lines to the
//! last digit; where a line's price is open it reads "at least".
//!
//! | step | module |
//! |---|---|
//! | how much traffic, between whom | [`Traffic`], or [`Demand`] for groups and a matrix |
//! | which meters each flow turns | [`Work`], by `charge` |
//! | what each is billed as | `tariff`, `flow_lines` |
//! | hours of what exists | `standing` |
//! | unit prices with their source and date | [`Catalog`], with [`Rules`] where charging is disputed |
//! | prices of one's own, from the Azure Retail Prices API | [`Import`] |
//! | the whole list, written and read back | [`Catalog::sheet`], [`Catalog::from_sheet`] |
//! | lines, groups, total | [`Bill`] |
//! | cost against traffic, who is cheapest where | [`Priced`], [`break_even()`] |
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
//! Left out: reservations and savings plans, workloads' own machines. The free 100 GB of data that leaves Azure count
//! once for regions with equal prices; an estate that shares a subscription with others may have used them.

mod break_even;
mod catalog;
mod charge;
mod csv;
mod curve;
mod demand;
mod figures;
mod flow_lines;
mod line;
mod list;
mod quote;
mod retail;
mod rules;
mod sheet;
mod standing;
mod tariff;
mod traffic;
mod work;

pub use break_even::{BreakEven, SpokeBreakEven, break_even, cheapest, spokes_break_even, volume};
pub use catalog::Catalog;
pub(crate) use csv::Csv;
pub use curve::{Cheapest, Curve, Point, Priced};
pub use demand::{Demand, Entry, INTERNET, TrafficUnit};
pub use figures::Traffic;
pub use line::{Bill, Group, Grouping, Line, Part, Share};
pub(crate) use list::one_continent;
pub use quote::{AssumedPrices, Basis, Meter, PriceSource, Quote, Tier, Unit};
pub use retail::{Import, ImportError, Matched, Unmatched};
pub use rules::{Dispute, Rules};
pub use sheet::SheetError;
pub use traffic::Kind;
pub use work::{LostFlow, Representative, Work};

use crate::route::Routing;
use crate::spec::NetworkSpec;
use crate::topology::Topology;
use crate::units::Quantity;
use flow_lines::count;
use standing::{Estate, unlisted};

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

/// The bill of an estate for traffic that differs between groups or pairs.
#[must_use]
pub fn bill_of(routing: &Routing, spec: &NetworkSpec, demand: &Demand, catalog: &Catalog) -> Bill {
    Work::of(routing, demand).bill_of(routing.topology(), spec, demand, catalog)
}

impl Work {
    /// The bill for uniform traffic: no flow is traced again.
    #[must_use]
    pub fn bill(
        &self,
        topology: &Topology,
        spec: &NetworkSpec,
        traffic: &Traffic,
        catalog: &Catalog,
    ) -> Bill {
        self.bill_of(topology, spec, &Demand::from(*traffic), catalog)
    }

    /// The bill for other figures of the demand that was traced: no flow is traced again.
    #[must_use]
    pub fn bill_of(
        &self,
        topology: &Topology,
        spec: &NetworkSpec,
        demand: &Demand,
        catalog: &Catalog,
    ) -> Bill {
        let estate = Estate::new(topology, spec);
        let mut lines = standing::standing(&estate, catalog);
        lines.extend(self.flow_lines(&estate, demand, catalog));
        lines.extend(zone_lines(catalog));
        lines.extend(self.untraced.map(untraced_line));
        Bill::new(
            lines,
            catalog.currency(),
            self.notes(demand),
            self.lost.clone(),
        )
    }

    fn notes(&self, demand: &Demand) -> Vec<String> {
        let mut notes = Vec::new();
        let lost: u64 = self.lost_by_kind.values().sum();
        if lost > 0 {
            let all: u64 = self.flows.values().sum();
            let (lost, all) = (count(lost), count(all));
            notes.push(format!(
                "{lost} of {all} flows are not delivered: they carry nothing and cost nothing"
            ));
        }
        let traffic = &demand.uniform;
        let within = self
            .flows
            .keys()
            .any(|kind| matches!(kind, Kind::Within(_)));
        let known = |kind: &Kind| self.flows.contains_key(kind);
        for (exists, figure, what) in [
            (within, traffic.within_regions_gb, "spokes in one region"),
            (
                known(&Kind::Between),
                traffic.between_regions_gb,
                "spokes in different regions",
            ),
            (
                known(&Kind::OnPremises),
                traffic.to_on_premises_gb,
                "on-premises sites",
            ),
        ] {
            if !exists && figure.0 > Quantity::ZERO && self.untraced.is_none() {
                notes.push(format!(
                    "the {figure} for {what} are not on the bill: there is no such pair"
                ));
            }
        }
        for (position, entry) in (0..).zip(&demand.entries) {
            let kind = Kind::Entry(position, entry.name.clone());
            if !known(&kind) && entry.gb.0 > Quantity::ZERO && self.untraced.is_none() {
                let (gb, name) = (entry.gb, &entry.name);
                notes.push(format!("the {gb} of {name} are not on the bill: there is no such pair, or an entry before it has them all"));
            }
        }
        notes
    }
}

/// Data between availability zones, where the rules charge it.
fn zone_lines(catalog: &Catalog) -> Vec<Line> {
    let rules = catalog.rules();
    let volume = rules.between_zones_gb;
    if !rules.between_zones || volume.0 == Quantity::ZERO {
        return Vec::new();
    }
    let line = |way: &str| {
        let meter = format!("Standard Inter-Availability Zone Data Transfer {way}");
        let quote = catalog.quote(["Bandwidth", "Rtn Preference: MGN", "Standard", &meter], "");
        let derivation = format!("{volume} from one availability zone to another, by the setting");
        Line::new(Group::Bandwidth, "all regions", volume.0, derivation, quote)
    };
    vec![line("Out"), line("In")]
}

fn untraced_line((flows, kinds): (usize, usize)) -> Line {
    let meter = unlisted("Virtual Network", "All data transfer", Unit::Gb);
    let why = format!(
        "{kinds} kinds of networks differ in their routes, 141 are traced against each other"
    );
    let quote = Quote::open(meter, why);
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

#[cfg(test)]
mod tests;
