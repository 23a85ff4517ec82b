//! What the parts of a pattern have to carry, in Mbps: the larger of what is said of peaks and what a month's traffic is
//! on average.
//!
//! The rule: only what passes a part loads it. Pairs of spokes that the pattern joins directly pass nothing; all others
//! pass what forwards in the hub of both ends. A peak counts in whole where any pair of spokes is forwarded; a month's
//! GB count as their average over 730 hours, which no peak can be below. A hub of several in a region bears the part of
//! the region's traffic that has an end at it: of b equal hubs (2b - 1) / b².
//!
//! | asked | `hub-firewall` | `regional-mesh-hub`, one region |
//! |---|---|---|
//! | 20,000 Mbps of a region | 20,000 by the peak | nothing: every pair is direct |
//! | 10,000,000 GB inside a region | 30,442 by the month's traffic | nothing |
//! | 60,000 Mbps of a region, two hubs in it | 45,000 | nothing |
//!
//! Left out: bursts above the average where no peak is said.

use super::shape::{MatrixVolumes, Region, Shape};
use super::{Pattern, Way};
use crate::intent::{Intent, SpokePlan, TrafficFigure, TrafficUnit};
use crate::throughput::average_kbps;
use crate::units::{GbPerMonth, Quantity};
use ipnet::Ipv4Net;

/// What is asked of a part, in one direction, and the member of the Intent that asks it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) mbps: u64,
    pub(super) input: &'static str,
}

impl Load {
    const fn new(mbps: u64, input: &'static str) -> Self {
        Self { mbps, input }
    }

    pub(super) fn larger(self, other: Self) -> Self {
        if other.mbps > self.mbps { other } else { self }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let larger = self.larger(other);
        Self::new(self.mbps.saturating_add(other.mbps), larger.input)
    }
}

/// What the busiest hub has to carry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Loads {
    /// Between spokes, and not directly.
    pub(super) spokes: Load,
    /// To and from the Internet.
    pub(super) internet: Load,
    /// To and from on-premises.
    pub(super) on_premises: Load,
    /// Of one pair of spokes that is not direct.
    pub(super) pair: u64,
}

impl Loads {
    /// What a pattern's parts have to carry for an Intent of this shape.
    pub(super) fn new(pattern: Pattern, intent: &Intent, shape: &Shape) -> Self {
        let ways = Ways::new(pattern, intent, shape.kinds());
        let forwarded = ways.forwarded(shape);
        let mut loads = Self::default();
        let total = shape.total().max(1);
        let regions = shape.by_region();
        for (at, region) in regions.iter().enumerate() {
            let hubs = u64::try_from(region.hubs).unwrap_or(1).max(1);
            let of_spokes = |figure: TrafficFigure| {
                let all = thousandths(figure, total);
                mbps(scaled(all, region.spokes, total))
            };
            let volume = ways.volume(intent, shape, at, &regions);
            let share = |mbps: u64| scaled(mbps, hubs.saturating_mul(2) - 1, hubs * hubs);
            let spokes = Load::new(share(mbps(volume)), "traffic");
            let each = |figure| Load::new(of_spokes(figure).div_ceil(hubs), "traffic");
            let peak = Load::new(share(u64::from(intent.peak_region_mbps)), "peakRegionMbps");
            if forwarded {
                loads.spokes = loads.spokes.larger(spokes).larger(peak);
            }
            loads.internet = loads.internet.larger(each(intent.traffic.to_internet));
            loads.on_premises = loads
                .on_premises
                .larger(each(intent.traffic.to_on_premises));
        }
        if forwarded {
            let pair = u64::from(intent.peak_pair_mbps);
            loads.spokes = loads.spokes.larger(Load::new(pair, "peakPairMbps"));
            loads.pair = pair;
        }
        loads
    }
}

fn thousandths(figure: TrafficFigure, pairs: u64) -> u64 {
    let each = figure.gb.0.thousandths();
    match figure.unit {
        TrafficUnit::Total => each,
        TrafficUnit::PerPair => each.saturating_mul(pairs),
    }
}

/// A month's thousandths of a GB as an average rate, rounded up.
fn mbps(thousandths: u64) -> u64 {
    average_kbps(GbPerMonth(Quantity::from_thousandths(thousandths))).div_ceil(1_000)
}

fn scaled(value: u64, part: u64, whole: u64) -> u64 {
    let product = u128::from(value) * u128::from(part);
    u64::try_from(product.div_ceil(u128::from(whole.max(1)))).unwrap_or(u64::MAX)
}

/// Which pairs of environments a pattern forwards, inside a region and between regions.
struct Ways {
    kinds: usize,
    within: Vec<bool>,
    between: Vec<bool>,
    /// Chosen pairs are direct.
    chosen_direct: bool,
}

/// Somebody of an environment in a region.
fn somebody(name: &str, region: usize, environment: usize, intent: &Intent) -> SpokePlan {
    SpokePlan {
        name: name.to_owned(),
        region,
        environment: (!intent.environments.is_empty()).then_some(environment),
        prefix: Ipv4Net::default(),
        owns_gateway: false,
    }
}

impl Ways {
    fn new(pattern: Pattern, intent: &Intent, kinds: usize) -> Self {
        let table = |region: usize| -> Vec<bool> {
            let pairs = (0..kinds).flat_map(|a| (0..kinds).map(move |b| (a, b)));
            let forwards = |(a, b)| {
                let way = pattern.way(
                    intent,
                    &somebody("", 0, a, intent),
                    &somebody("", region, b, intent),
                );
                !matches!(way, Way::Direct | Way::Lost)
            };
            pairs.map(forwards).collect()
        };
        let chosen_direct = intent.direct_pairs.first().is_some_and(|pair| {
            let (a, b) = (
                somebody(&pair.a, 0, 0, intent),
                somebody(&pair.b, 1, 0, intent),
            );
            pattern.way(intent, &a, &b) == Way::Direct
        });
        Self {
            kinds,
            within: table(0),
            between: table(1),
            chosen_direct,
        }
    }

    fn passes(&self, table: &[bool], a: usize, b: usize) -> bool {
        table.get(a * self.kinds + b).copied().unwrap_or(false)
    }

    /// Whether any pair of spokes is forwarded.
    fn forwarded(&self, shape: &Shape) -> bool {
        let mut pairs = 0_u128;
        let regions = shape.by_region();
        for (at, region) in regions.iter().enumerate() {
            pairs += self.pairs_within(&region.environments).0;
            for other in regions.iter().skip(at + 1) {
                pairs += self
                    .pairs_between(&region.environments, &other.environments)
                    .0;
            }
        }
        let chosen = if self.chosen_direct {
            shape.chosen.0
        } else {
            0
        };
        pairs > u128::from(chosen)
    }

    /// Pairs inside a region: forwarded, and all.
    fn pairs_within(&self, kinds: &[u64]) -> (u128, u128) {
        let (mut forwarded, mut all) = (0, 0);
        for (a, n) in kinds.iter().enumerate() {
            for (b, m) in kinds.iter().enumerate().skip(a) {
                let (n, m) = (u128::from(*n), u128::from(*m));
                let pairs = if a == b {
                    n * n.saturating_sub(1) / 2
                } else {
                    n * m
                };
                all += pairs;
                forwarded += if self.passes(&self.within, a, b) {
                    pairs
                } else {
                    0
                };
            }
        }
        (forwarded, all)
    }

    fn pairs_between(&self, kinds: &[u64], others: &[u64]) -> (u128, u128) {
        let (mut forwarded, mut all) = (0, 0);
        for (a, n) in kinds.iter().enumerate() {
            for (b, m) in others.iter().enumerate() {
                let pairs = u128::from(*n) * u128::from(*m);
                all += pairs;
                forwarded += if self.passes(&self.between, a, b) {
                    pairs
                } else {
                    0
                };
            }
        }
        (forwarded, all)
    }

    /// What the hubs of a region forward between spokes a month, in thousandths of a GB.
    fn volume(&self, intent: &Intent, shape: &Shape, at: usize, regions: &[Region]) -> u64 {
        if let Some(matrix) = &shape.matrix {
            return self.matrix_volume(matrix, at);
        }
        let Some(region) = regions.get(at) else {
            return 0;
        };
        let asked = &intent.traffic;
        let part = |all: u64, (forwarded, pairs): (u128, u128)| {
            u64::try_from(u128::from(all) * forwarded / pairs.max(1)).unwrap_or(u64::MAX)
        };
        let own = self.pairs_within(&region.environments);
        let own_pairs = u64::try_from(own.1).unwrap_or(u64::MAX);
        let within = part(thousandths(asked.within_regions, own_pairs), own);
        let mut forwarded = 0;
        let mut all = 0;
        for (position, one) in regions.iter().enumerate() {
            for other in regions.iter().skip(position + 1) {
                all += u128::from(one.spokes) * u128::from(other.spokes);
            }
            if position != at {
                forwarded += self
                    .pairs_between(&region.environments, &one.environments)
                    .0;
            }
        }
        let pairs = u64::try_from(all).unwrap_or(u64::MAX);
        let between = part(thousandths(asked.between_regions, pairs), (forwarded, all));
        within.saturating_add(between)
    }

    fn matrix_volume(&self, matrix: &MatrixVolumes, at: usize) -> u64 {
        let Some(region) = matrix.get(at) else {
            return 0;
        };
        let sum = |volumes: &[u64], table: &[bool]| {
            let passing = volumes.iter().zip(table).filter(|(_, passes)| **passes);
            passing.fold(0_u64, |sum, (volume, _)| sum.saturating_add(*volume))
        };
        let chosen = if self.chosen_direct { 0 } else { region.chosen };
        sum(&region.within, &self.within)
            .saturating_add(sum(&region.between, &self.between))
            .saturating_add(chosen)
    }
}
