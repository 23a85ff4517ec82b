//! Which limits bound a pattern, how much of each it uses, when growth reaches the first, and the largest instance.
//!
//! The rule: usages come from the closed formulas alone, so that a design past a limit is refused and never built.
//! Spokes grow by the yearly rate compounded monthly; peaks and traffic grow alike.
//!
//! | pattern | counter | limit |
//! |---|---|---|
//! | a mesh | peering objects of one spoke | 500 a VNet |
//! | a hub made by Virtual Network Manager | spokes of one hub | 1,000 |
//! | a hub with routes on GatewaySubnet | routes of the largest table | 1,000 |
//! | Virtual WAN | connections of one hub | 500 less the hubs; 600 prefixes with routing intent |
//! | a tunnel mesh | tunnels of one gateway | 30, 100 with VpnGw4 |
//! | whatever forwards | Mbps of its busiest hub | of the size that it takes: `size` |
//! | a hub, a mesh | machines in what is peered | 128,000 addresses |
//!
//! The limits of a hub are those of the largest of its hubs: `fit` says how many there are.

use super::fit::Fit;
use super::{Counter, Counts, Inspector, Pattern, Shape};
use crate::intent::{
    ApplianceChoice, HubManagement, Intent, TrafficFigure, TrafficIntent, TrafficUnit,
};
use crate::limit::{Bind, Limit, Usage};
use crate::units::{GbPerMonth, Quantity};

/// Growth is followed for so many months.
const MOST_MONTHS: u32 = 1_200;
/// No estate is larger.
const MOST_SPOKES: u64 = 1_000_000;

/// Every usage of a design of this shape, with as many hubs and parts as large as it takes.
#[must_use]
pub fn usages(pattern: Pattern, intent: &Intent, shape: &Shape) -> Vec<Usage> {
    Fit::new(pattern, intent, shape).usages
}

impl Pattern {
    /// Regions in which its connected groups do not exist.
    #[must_use]
    pub fn regions_without_groups(self, intent: &Intent, shape: &Shape) -> Vec<String> {
        let groups = self.counts(shape).value(Counter::Groups) != Some(0);
        let listed = Limit::named("avnm.cg_regions").map_or("", |limit| limit.tiers);
        let missing = intent.regions.iter().map(|region| &region.region);
        missing
            .filter(|region| groups && !listed.split(' ').any(|known| known == *region))
            .cloned()
            .collect()
    }

    /// Whether it differs from what the Intent says about the hub and the appliance.
    pub(super) fn differs(
        self,
        intent: &Intent,
        counts: &Counts,
    ) -> Vec<(&'static str, &'static str)> {
        let mut differences = Vec::new();
        if intent.hub != HubManagement::Either
            && self.hub() != HubManagement::Either
            && self.hub() != intent.hub
        {
            differences.push((
                "hub",
                match self.hub() {
                    HubManagement::MicrosoftManaged => "Microsoft runs its hubs",
                    _ => "its hubs are one's own to run",
                },
            ));
        }
        if counts.value(Counter::Appliances) == Some(0) {
            return differences;
        }
        let difference = match (self.inspector(), intent.appliance.kind) {
            (Inspector::Nvas, ApplianceChoice::AzureFirewall) => {
                "it inspects with NVAs, Azure Firewall is asked for"
            }
            (Inspector::Firewall, ApplianceChoice::Nva) => {
                "it inspects with Azure Firewall, NVAs are asked for"
            }
            (Inspector::Firewall | Inspector::Nvas | Inspector::AsAsked, ApplianceChoice::None) => {
                "it has an appliance, none is asked for"
            }
            _ => return differences,
        };
        differences.push(("appliance.kind", difference));
        differences
    }
}

/// When growth passes the first limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Months from now; 0: it is passed already.
    pub months: u32,
    /// Spokes in all by then.
    pub spokes: u64,
    /// The limit that is passed.
    pub usage: Usage,
}

/// When growth passes the first limit; `None` without growth, or within a hundred years.
#[must_use]
pub fn growth(pattern: Pattern, intent: &Intent, shape: &Shape) -> Option<Growth> {
    if intent.growth_percent == 0 {
        return None;
    }
    let passed = |months: u32| {
        let spokes = grown(intent, shape.total(), months).min(MOST_SPOKES);
        let later = later(intent, months);
        let larger = if months == 0 {
            shape.clone()
        } else {
            shape
                .with_total(spokes)
                .with_volumes(|gb| grown(intent, gb, months))
        };
        let usage = usages(pattern, &later, &larger)
            .into_iter()
            .find(Usage::exceeded)?;
        Some(Growth {
            months,
            spokes,
            usage,
        })
    };
    first(0, MOST_MONTHS, |months| passed(months).is_some()).and_then(passed)
}

/// The first month in which growth has passed so many spokes; `None` without growth, or within a hundred years.
///
/// ```
/// use interspoke_core::{intent::Intent, pattern::bounds::month_past};
/// let intent = Intent { growth_percent: 100, ..Intent::default() };
/// assert_eq!((month_past(&intent, 100, 200), month_past(&intent, 300, 200)), (Some(9), Some(0)));
/// ```
#[must_use]
pub fn month_past(intent: &Intent, spokes: u64, most: u64) -> Option<u32> {
    let passed = |months: u32| grown(intent, spokes, months) > most;
    if intent.growth_percent == 0 {
        return passed(0).then_some(0);
    }
    first(0, MOST_MONTHS, passed)
}

/// So much after so many months: (1 + yearly per cent / 12) each month.
pub(super) fn grown(intent: &Intent, start: u64, months: u32) -> u64 {
    // Billionths.
    let factor = 1_000_000_000 + u128::from(intent.growth_percent) * 1_000_000_000 / 1_200;
    let step = |value: u128| (value * factor / 1_000_000_000).min(1 << 90);
    let value = (0..months).fold(u128::from(start) * 1_000_000_000, |value, _| step(value));
    u64::try_from(value / 1_000_000_000).unwrap_or(u64::MAX)
}

/// The same question with the peaks and the traffic of then; a figure for each pair grows with the pairs.
fn later(intent: &Intent, months: u32) -> Intent {
    let peak =
        |mbps: u32| u32::try_from(grown(intent, u64::from(mbps), months)).unwrap_or(u32::MAX);
    let figure = |figure: TrafficFigure| match figure.unit {
        TrafficUnit::PerPair => figure,
        TrafficUnit::Total => {
            let gb = grown(intent, figure.gb.0.thousandths(), months);
            TrafficFigure::total(GbPerMonth(Quantity::from_thousandths(gb)))
        }
    };
    let asked = &intent.traffic;
    Intent {
        peak_pair_mbps: peak(intent.peak_pair_mbps),
        peak_region_mbps: peak(intent.peak_region_mbps),
        // The shape has what a matrix says.
        traffic: TrafficIntent {
            within_regions: figure(asked.within_regions),
            between_regions: figure(asked.between_regions),
            to_on_premises: figure(asked.to_on_premises),
            to_internet: figure(asked.to_internet),
            matrix: Vec::new(),
        },
        ..intent.clone()
    }
}

/// The largest number of spokes in all that no hard limit refuses, and the limit that refuses one more.
///
/// ```
/// use interspoke_core::intent::{AddressPlan, Intent, RegionIntent};
/// use interspoke_core::pattern::{Pattern, Shape, bounds::largest};
/// let mut intent = Intent::default();
/// intent.regions = vec![RegionIntent::new("eastus", 3)];
/// let shape = Shape::new(&intent, &AddressPlan::new(&intent).unwrap());
/// let (spokes, usage) = largest(Pattern::PeeringMesh, &intent, &shape).unwrap();
/// assert_eq!((spokes, usage.limit.id), (500, "vnet.peerings"));
/// ```
#[must_use]
pub fn largest(pattern: Pattern, intent: &Intent, shape: &Shape) -> Option<(u64, Usage)> {
    largest_under(pattern, intent, shape, |usage| {
        usage.limit.bind == Bind::Hard
    })
}

/// The same for the limits that are chosen.
#[must_use]
pub fn largest_under(
    pattern: Pattern,
    intent: &Intent,
    shape: &Shape,
    chosen: impl Fn(&Usage) -> bool,
) -> Option<(u64, Usage)> {
    let over = |total: u64| {
        let usages = usages(pattern, intent, &shape.with_total(total));
        usages
            .into_iter()
            .find(|usage| chosen(usage) && usage.exceeded())
    };
    // Whoever asks is over it already, as a rule.
    let present = shape.total().clamp(1, MOST_SPOKES);
    let most = if over(present).is_some() {
        present
    } else {
        MOST_SPOKES
    };
    let first = first(1, most, |total| over(total).is_some())?;
    Some((first.saturating_sub(1), over(first)?))
}

/// The first number for which a condition that stays true once it is true holds.
fn first<N>(low: N, high: N, holds: impl Fn(N) -> bool) -> Option<N>
where
    N: Copy
        + PartialOrd
        + From<u8>
        + std::ops::Add<Output = N>
        + std::ops::Sub<Output = N>
        + std::ops::Div<Output = N>,
{
    let (mut low, mut high) = (low, high);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / N::from(2);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + N::from(1);
        }
    }
    Some(low)
}
