//! One line of a bill, and how a line's amount comes from its quantity.
//!
//! The rule: amount = quantity × unit price, rounded half to even once, to the billionth; a line without a price has
//! no amount. The derivation says in words where the quantity comes from, so that a reader can do it again by hand.
//!
//! | quantity | unit price | amount | derivation |
//! |---|---|---|---|
//! | 1,460 hours | USD 1.25 | USD 1,825.00 | 2 firewalls × 730 hours: fw1, fw2 |
//! | 6,000 GB | USD 0.01 | USD 60.00 | within eastus: 4 crossings × 1,000 GB = 4,000 GB; between regions: … |

use super::quote::{Basis, Meter, PriceSource, Quote};
use crate::units::{Currency, Hours, Money, Quantity};
use std::fmt;

/// What a line belongs to: the service, as people look for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Peering inside a region.
    Peering,
    /// Peering between regions.
    GlobalPeering,
    /// Azure Firewall.
    Firewall,
    /// NVAs and routing appliances.
    Appliance,
    /// Internal load balancers.
    LoadBalancer,
    /// VPN gateways and their tunnels.
    VpnGateway,
    /// ExpressRoute gateways and circuits.
    ExpressRoute,
    /// Route Servers.
    RouteServer,
    /// Virtual WAN.
    VirtualWan,
    /// Virtual Network Manager.
    NetworkManager,
    /// Private endpoints.
    PrivateLink,
    /// Public addresses.
    PublicAddress,
    /// Data that leaves Azure.
    Bandwidth,
    /// What no rule of this program prices.
    Other,
}

impl Group {
    /// Every group, in the order of a bill.
    pub const ALL: [Self; 14] = [
        Self::Peering,
        Self::GlobalPeering,
        Self::Firewall,
        Self::Appliance,
        Self::LoadBalancer,
        Self::VpnGateway,
        Self::ExpressRoute,
        Self::RouteServer,
        Self::VirtualWan,
        Self::NetworkManager,
        Self::PrivateLink,
        Self::PublicAddress,
        Self::Bandwidth,
        Self::Other,
    ];

    /// The heading shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Peering => "VNet peering",
            Self::GlobalPeering => "Global VNet peering",
            Self::Firewall => "Azure Firewall",
            Self::Appliance => "Network virtual appliances",
            Self::LoadBalancer => "Load Balancer",
            Self::VpnGateway => "VPN Gateway",
            Self::ExpressRoute => "ExpressRoute",
            Self::RouteServer => "Route Server",
            Self::VirtualWan => "Virtual WAN",
            Self::NetworkManager => "Virtual Network Manager",
            Self::PrivateLink => "Private Link",
            Self::PublicAddress => "Public IP addresses",
            Self::Bandwidth => "Bandwidth",
            Self::Other => "Other",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it belongs to.
    pub group: Group,
    /// The meter, by Azure's names.
    pub meter: Meter,
    /// What or where it is counted: a region, or a name where no region applies.
    pub subject: String,
    /// How much a month, in the meter's unit.
    pub quantity: Quantity,
    /// Where the quantity comes from.
    pub derivation: String,
    /// Price of one unit; none where it is open.
    pub unit_price: Option<Money>,
    /// Quantity times price; none where the price is open.
    pub amount: Option<Money>,
    /// How far the price can be trusted.
    pub basis: Basis,
    /// Where the price was seen.
    pub source: Option<PriceSource>,
    /// The newest day it was seen; empty where the price is open.
    pub date: String,
}

impl Line {
    /// A line at a quoted price.
    #[must_use]
    pub fn new(
        group: Group,
        subject: impl Into<String>,
        quantity: Quantity,
        derivation: String,
        quote: Quote,
    ) -> Self {
        let out_of_range = |price: Money| Money::from_nanos(price.currency(), i128::MAX);
        let times = |price: Money| {
            price
                .checked_mul(quantity)
                .unwrap_or_else(|| out_of_range(price))
        };
        Self {
            group,
            meter: quote.meter,
            subject: subject.into(),
            quantity,
            derivation,
            unit_price: quote.price,
            amount: quote.price.map(times),
            basis: quote.basis,
            source: quote.source,
            date: quote.date,
        }
    }

    /// A line for things that exist all month: `2 firewalls × 730 hours: fw1, fw2`.
    pub(crate) fn standing(
        group: Group,
        region: &str,
        count: u32,
        (one, several): (&str, &str),
        names: &[String],
        quote: Quote,
    ) -> Self {
        let what = if count == 1 { one } else { several };
        let names = if names.is_empty() {
            String::new()
        } else {
            format!(": {}", names.join(", "))
        };
        let derivation = format!("{count} {what} × {} hours{names}", Hours::MONTH.0);
        Self::new(group, region, Hours::MONTH.of(count), derivation, quote)
    }

    /// Whether its price is asked for.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.amount.is_none()
    }
}

/// A month's bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Its lines, by group.
    pub lines: Vec<Line>,
    /// The sum of the amounts of its lines, to the last digit.
    pub total: Money,
    /// What a reader must know besides, as sentences without a final dot.
    pub notes: Vec<String>,
    /// Flows that do not arrive and carry nothing.
    pub lost: Vec<super::work::LostFlow>,
}

impl Bill {
    pub(crate) fn new(
        mut lines: Vec<Line>,
        currency: Currency,
        notes: Vec<String>,
        lost: Vec<super::work::LostFlow>,
    ) -> Self {
        lines.sort_by_key(|line| line.group);
        let total = sum(currency, &lines);
        Self {
            lines,
            total,
            notes,
            lost,
        }
    }

    /// Lines whose price is asked for.
    pub fn open_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_open())
    }

    /// Whether every line has a price. If not, the total is a lower bound.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.open_lines().next().is_none()
    }

    /// The total to the cent, `at least` where a line is open.
    #[must_use]
    pub fn total_text(&self) -> String {
        let least = if self.is_complete() { "" } else { "at least " };
        format!("{least}{:.2}", self.total)
    }

    /// The lines of each group that has some, with their sum.
    pub fn groups(&self) -> impl Iterator<Item = (Group, &[Line], Money)> {
        let currency = self.total.currency();
        self.lines
            .chunk_by(|a, b| a.group == b.group)
            .filter_map(move |lines| {
                let group = lines.first()?.group;
                Some((group, lines, sum(currency, lines)))
            })
    }
}

fn sum(currency: Currency, lines: &[Line]) -> Money {
    let amounts = lines
        .iter()
        .filter_map(|line| line.amount)
        .filter(|amount| amount.currency() == currency);
    Money::sum(currency, amounts).unwrap_or(Money::zero(currency))
}
