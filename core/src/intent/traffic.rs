//! How much traffic is asked for, and the figures that the bill takes.
//!
//! The rule: a figure is the sum over all pairs of its kind, for each direction; "per pair" is another unit of the
//! same figure and is multiplied by the number of pairs. A matrix replaces the figures between spokes.
//!
//! | asked | regions | figure for the bill |
//! |---|---|---|
//! | within regions 1,000 GB | 3 and 3 spokes | 1,000 GB in each region |
//! | within regions 10 GB per pair | 3 and 3 spokes: 3 pairs each | 30 GB in each region |
//! | between regions 10 GB per pair | 9 pairs | 90 GB |
//!
//! A pattern is billed for all of it ([`Intent::traffic_demand`]). A document's bill has one figure for every region and
//! spreads it evenly over the pairs ([`Intent::bill_traffic`]): where regions differ in size, or a matrix is given, the
//! sum over all regions is divided by their number, and a note says so. Left out of that one: traffic to the Internet.

use super::Intent;
use crate::price::{Demand, Entry, Traffic, TrafficUnit};
use crate::units::{GbPerMonth, Quantity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Traffic, for each direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TrafficIntent {
    /// Between the spokes of a region, in each region.
    pub within_regions: TrafficFigure,
    /// Between spokes of different regions.
    pub between_regions: TrafficFigure,
    /// To and from on-premises.
    pub to_on_premises: TrafficFigure,
    /// To the Internet.
    pub to_internet: TrafficFigure,
    /// Pairs of spokes one by one; it replaces the figures within and between regions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matrix: Vec<MatrixEntry>,
}

impl Default for TrafficIntent {
    /// 1,000 GB in each region between its spokes, 1,000 GB between the regions.
    fn default() -> Self {
        Self {
            within_regions: TrafficFigure::total(GbPerMonth::whole(1_000)),
            between_regions: TrafficFigure::total(GbPerMonth::whole(1_000)),
            to_on_premises: TrafficFigure::default(),
            to_internet: TrafficFigure::default(),
            matrix: Vec::new(),
        }
    }
}

/// A figure and what it counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TrafficFigure {
    /// GB a month, each direction.
    pub gb: GbPerMonth,
    /// Whether it is a sum or each pair's.
    pub unit: TrafficUnit,
}

impl TrafficFigure {
    /// A sum over all pairs.
    #[must_use]
    pub const fn total(gb: GbPerMonth) -> Self {
        Self {
            gb,
            unit: TrafficUnit::Total,
        }
    }

    fn thousandths(self, pairs: u64) -> u64 {
        let each = self.gb.0.thousandths();
        match self.unit {
            TrafficUnit::Total => each,
            TrafficUnit::PerPair => each.saturating_mul(pairs),
        }
    }
}

/// Traffic of one pair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MatrixEntry {
    /// A spoke.
    pub a: String,
    /// Another.
    pub b: String,
    /// GB a month, each direction.
    pub gb: GbPerMonth,
}

impl Intent {
    /// The figures for the bill, and what a reader must know about them.
    ///
    /// ```
    /// let (traffic, notes) = interspoke_core::intent::Intent::default().bill_traffic();
    /// assert_eq!(traffic.within_regions_gb.to_string(), "1,000 GB a month");
    /// assert!(notes.is_empty());
    /// ```
    #[must_use]
    pub fn bill_traffic(&self) -> (Traffic, Vec<String>) {
        let mut notes = Vec::new();
        let spokes: Vec<u64> = self
            .regions
            .iter()
            .map(|region| u64::from(region.spokes))
            .collect();
        let regions = u64::try_from(spokes.len()).unwrap_or(1).max(1);
        let own_pairs: Vec<u64> = spokes
            .iter()
            .map(|n| n.saturating_mul(n.saturating_sub(1)) / 2)
            .collect();
        let all: u64 = spokes.iter().sum();
        let pairs = all.saturating_mul(all.saturating_sub(1)) / 2;
        let within_pairs: u64 = own_pairs.iter().sum();
        let asked = &self.traffic;
        let mut within = match asked.within_regions.unit {
            TrafficUnit::Total => asked.within_regions.thousandths(0),
            TrafficUnit::PerPair => asked.within_regions.thousandths(within_pairs) / regions,
        };
        let uneven = own_pairs.windows(2).any(|two| two.first() != two.last());
        if asked.within_regions.unit == TrafficUnit::PerPair && uneven {
            notes.push(
                "traffic within regions of different sizes is spread evenly over the regions"
                    .to_owned(),
            );
        }
        let mut between = asked
            .between_regions
            .thousandths(pairs.saturating_sub(within_pairs));
        if !asked.matrix.is_empty() {
            (within, between) = self.matrix_sums(regions);
            notes.push(
                "the matrix is summed within and between regions and spread evenly over the pairs"
                    .to_owned(),
            );
        }
        if asked.to_internet.gb > GbPerMonth::ZERO {
            notes.push(format!(
                "the {} to the Internet are not on the bill",
                asked.to_internet.gb
            ));
        }
        let gb = |thousandths| GbPerMonth(Quantity::from_thousandths(thousandths));
        let traffic = Traffic {
            within_regions_gb: gb(within),
            between_regions_gb: gb(between),
            to_on_premises_gb: gb(asked.to_on_premises.thousandths(all)),
        };
        (traffic, notes)
    }

    /// Everything that is asked for, pair by pair where the Intent says so: what a pattern is billed for.
    ///
    /// ```
    /// let demand = interspoke_core::intent::Intent::default().traffic_demand();
    /// assert_eq!((demand.uniform.between_regions_gb.to_string().as_str(), demand.entries.len()), ("1,000 GB a month", 0));
    /// ```
    #[must_use]
    pub fn traffic_demand(&self) -> Demand {
        let asked = &self.traffic;
        let sum = |figure: TrafficFigure| {
            let spokes = self
                .regions
                .iter()
                .map(|region| u64::from(region.spokes))
                .sum();
            GbPerMonth(Quantity::from_thousandths(figure.thousandths(spokes)))
        };
        let mut demand = Demand {
            to_internet: sum(asked.to_internet),
            ..Demand::default()
        };
        demand.uniform.to_on_premises_gb = sum(asked.to_on_premises);
        let entry = |from: &str, to: &str, figure: TrafficFigure| Entry {
            unit: figure.unit,
            ..Entry::new(from, to, figure.gb)
        };
        let uniform = &mut demand.uniform;
        (uniform.within_regions_gb, uniform.between_regions_gb) =
            (GbPerMonth::ZERO, GbPerMonth::ZERO);
        if !asked.matrix.is_empty() {
            let both = |pair: &MatrixEntry| {
                let figure = TrafficFigure::total(pair.gb);
                [
                    entry(&pair.a, &pair.b, figure),
                    entry(&pair.b, &pair.a, figure),
                ]
            };
            demand.entries = asked.matrix.iter().flat_map(both).collect();
            return demand;
        }
        let names = || self.regions.iter().map(|region| region.region.as_str());
        match asked.within_regions.unit {
            TrafficUnit::Total => uniform.within_regions_gb = asked.within_regions.gb,
            TrafficUnit::PerPair => {
                demand
                    .entries
                    .extend(names().map(|name| entry(name, name, asked.within_regions)));
            }
        }
        match asked.between_regions.unit {
            TrafficUnit::Total => demand.uniform.between_regions_gb = asked.between_regions.gb,
            TrafficUnit::PerPair => {
                let others = |name| {
                    names()
                        .filter(move |other| *other != name)
                        .map(move |other| (name, other))
                };
                let pairs = names().flat_map(others);
                demand
                    .entries
                    .extend(pairs.map(|(from, to)| entry(from, to, asked.between_regions)));
            }
        }
        demand
    }

    fn matrix_sums(&self, regions: u64) -> (u64, u64) {
        let (mut within, mut between) = (0_u64, 0_u64);
        for entry in &self.traffic.matrix {
            let sum = if self.region_of(&entry.a) == self.region_of(&entry.b) {
                &mut within
            } else {
                &mut between
            };
            *sum = sum.saturating_add(entry.gb.0.thousandths());
        }
        (within / regions, between)
    }

    /// Position of the region that has a spoke of that name.
    pub(super) fn region_of(&self, spoke: &str) -> Option<usize> {
        self.regions.iter().position(|region| {
            let number = spoke
                .strip_prefix(region.region.as_str())
                .and_then(|rest| rest.strip_prefix("-spoke"));
            let number = number.and_then(|text| text.parse::<u32>().ok());
            number.is_some_and(|number| {
                number > 0 && number <= region.spokes && region.spoke_name(number - 1) == spoke
            })
        })
    }
}
