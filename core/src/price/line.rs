//! One line of a bill, and how a line's amount comes from its quantity.
//!
//! The rule: amount = quantity × unit price, rounded half to even once, to the billionth; a line without a price has
//! no amount. The derivation says in words where the quantity comes from, so that a reader can do it again by hand.
//!
//! | quantity | unit price | amount | derivation |
//! |---|---|---|---|
//! | 1,460 hours | USD 1.25 | USD 1,825.00 | 2 firewalls × 730 hours: fw1, fw2 |
//! | 6,000 GB | USD 0.01 | USD 60.00 | within eastus: 4 crossings × 1,000 GB = 4,000 GB; between regions: … |

use super::quote::{Basis, Meter, PriceSource, Quote, Unit};
use crate::units::{Currency, Hours, Money, Quantity};
use std::collections::BTreeMap;
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
    /// What is listed for the bill alone, and what no rule of this program prices.
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

/// What a bill is summed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Azure's service.
    Service,
    /// Azure region.
    Region,
    /// Part of the estate: a firewall, a gateway, the peerings of a region.
    Element,
    /// Whose traffic it is: two groups of networks; what exists whether or not traffic passes stands apart.
    Pair,
}

/// What a part of a line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The part of the estate.
    pub element: String,
    /// Whose traffic it is; empty for what exists whether or not traffic passes.
    pub pair: String,
    /// How much of the line's quantity.
    pub quantity: Quantity,
}

/// What a bill comes to for one name of a [`Grouping`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The name.
    pub name: String,
    /// The sum of its lines and parts of lines.
    pub amount: Money,
    /// Lines without a price: the sum is a lower bound where there are any.
    pub open: usize,
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
    /// What is off the listed price, in hundredths of a per cent.
    pub discount: u32,
    /// The region it is counted in; several where a step covers them; the subject where none applies.
    pub region: String,
    /// What its quantity is for; the parts add up to it.
    pub parts: Vec<Part>,
}

/// Names that a derivation lists at most.
const MOST_NAMES: usize = 12;

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
        let subject = subject.into();
        Self {
            group,
            region: subject.clone(),
            parts: vec![Part {
                element: subject.clone(),
                pair: String::new(),
                quantity,
            }],
            meter: quote.meter,
            subject,
            quantity,
            derivation,
            unit_price: quote.price,
            amount: quote.price.map(times),
            basis: quote.basis,
            source: quote.source,
            date: quote.date,
            discount: quote.discount,
        }
    }

    /// A line for things that exist all month, by name and how many: `2 firewalls × 730 hours: fw1, fw2`.
    pub(crate) fn standing(
        group: Group,
        region: &str,
        (one, several): (&str, &str),
        names: &[(String, u32)],
        quote: Quote,
    ) -> Self {
        let sum = names
            .iter()
            .map(|(_, count)| *count)
            .fold(0, u32::saturating_add);
        let what = if sum == 1 { one } else { several };
        let named = |(name, count): &(String, u32)| match count {
            1 => name.clone(),
            _ => format!("{name} ({count})"),
        };
        let mut text: Vec<String> = names.iter().take(MOST_NAMES).map(named).collect();
        if let Some(more) = names.len().checked_sub(MOST_NAMES).filter(|more| *more > 0) {
            text.push(format!("and {more} more"));
        }
        let hourly = quote.meter.unit == Unit::Hour;
        let hours = |count: u32| {
            if hourly {
                Hours::MONTH.of(count)
            } else {
                Quantity::whole(count)
            }
        };
        let times = if hourly {
            format!(" × {} hours", Hours::MONTH.0)
        } else {
            String::new()
        };
        let derivation = format!(
            "{} {what}{times}: {}",
            Quantity::whole(sum),
            text.join(", ")
        );
        let mut line = Self::new(group, region, hours(sum), derivation, quote);
        let part = |(name, count): &(String, u32)| Part {
            element: name.clone(),
            pair: String::new(),
            quantity: hours(*count),
        };
        line.parts = names.iter().map(part).collect();
        line
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

impl Default for Bill {
    /// Nothing is billed.
    fn default() -> Self {
        Self::new(Vec::new(), Currency::USD, Vec::new(), Vec::new())
    }
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

    /// The bill summed another way: the shares add up to the total to the last digit.
    ///
    /// What exists whether or not traffic passes stands under an empty name of [`Grouping::Pair`].
    #[must_use]
    pub fn by(&self, grouping: Grouping) -> Vec<Share> {
        let zero = Money::zero(self.total.currency());
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        let mut shares: Vec<Share> = Vec::new();
        let mut add = |name: &str, nanos: i128, open: bool| {
            let position = *positions.entry(name.to_owned()).or_insert(shares.len());
            if position == shares.len() {
                let name = name.to_owned();
                shares.push(Share {
                    name,
                    amount: zero,
                    open: 0,
                });
            }
            if let Some(share) = shares.get_mut(position) {
                let sum = share.amount.nanos().saturating_add(nanos);
                share.amount = Money::from_nanos(zero.currency(), sum);
                share.open += usize::from(open);
            }
        };
        for line in &self.lines {
            let nanos = line.amount.map_or(0, Money::nanos);
            let name = |part: &Part| match grouping {
                Grouping::Service => line.group.word().to_owned(),
                Grouping::Region => line.region.clone(),
                Grouping::Element => part.element.clone(),
                Grouping::Pair => part.pair.clone(),
            };
            let mut sums: BTreeMap<String, u64> = BTreeMap::new();
            for part in &line.parts {
                let held = sums.entry(name(part)).or_default();
                *held = held.saturating_add(part.quantity.thousandths());
            }
            let weights: Vec<u64> = sums.values().copied().collect();
            for (name, nanos) in sums.keys().zip(spread(nanos, &weights)) {
                add(name, nanos, line.is_open());
            }
        }
        shares
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

/// An amount divided by weights: differences of a running share, which add up to the whole. Without any weight the
/// first takes it all.
pub(crate) fn spread(whole: i128, weights: &[u64]) -> Vec<i128> {
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let mut before = 0_i128;
    let mut given = 0_i128;
    let share = |weight: &u64| {
        before += i128::from(*weight);
        let up_to = if all == 0 {
            whole
        } else {
            whole.saturating_mul(before) / all
        };
        let share = up_to.saturating_sub(given);
        given = up_to;
        share
    };
    weights.iter().map(share).collect()
}

fn sum(currency: Currency, lines: &[Line]) -> Money {
    let amounts = lines
        .iter()
        .filter_map(|line| line.amount)
        .filter(|amount| amount.currency() == currency);
    Money::sum(currency, amounts).unwrap_or(Money::zero(currency))
}
