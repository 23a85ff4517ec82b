//! In which order designs stand, by a rule that the reader can change, and why each stands before the next.
//!
//! The rule: criteria in a row. Where two designs differ by the first, it decides; designs that are equal by it are told
//! apart by the next. Cost and objects kept by hand have bands: from the smallest on, everything within so many per cent
//! is equal. What is unknown comes behind everything known, and a lower bound behind every complete sum. Of two lower bounds
//! that lack the same prices the smaller is the better; where they lack different ones, only that bill is the better which
//! lacks nothing that the other has and is not more: it costs less whatever the prices are. Else cost tells nothing.
//!
//! | criterion | the better |
//! |---|---|
//! | requirements, advice of the sources | viable, discouraged, impossible |
//! | wishes (hub, appliance, ceiling of round trips) | fewer that are not met |
//! | completeness of the bill | complete |
//! | cost, in bands of 5 % | less a month |
//! | objects kept by hand over a year of growth, in bands of 5 % | fewer |
//! | work for one more spoke | fewer objects by hand, fewer of them elsewhere |
//! | slowest round trip, headroom | shorter, more |
//! | the order of the catalogue | |
//!
//! With effort first, objects kept by hand stand before cost. Left out: weights that would add money to minutes.

use super::Pattern;
use super::verdict::{Assessment, Verdict};
use crate::price::{Bill, Meter};
use crate::units::{Money, Quantity};
use std::collections::BTreeMap;

/// What decides first among designs that do what is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum First {
    /// Cost, then effort.
    #[default]
    Cost,
    /// Effort, then cost.
    Effort,
}

/// How designs are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What decides first.
    pub first: First,
    /// Designs within so many per cent are equal in cost, and in effort.
    pub band_percent: u32,
}

impl Default for Rule {
    /// Cost first, bands of 5 %.
    fn default() -> Self {
        Self {
            first: First::Cost,
            band_percent: 5,
        }
    }
}

/// What tells designs apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Criterion {
    Verdict,
    Wishes,
    Complete,
    Cost,
    Kept,
    Spoke,
    Elsewhere,
    Latency,
    Headroom,
    Catalogue,
}

impl Rule {
    pub(super) const fn criteria(self) -> [Criterion; 10] {
        use Criterion::{
            Catalogue, Complete, Cost, Elsewhere, Headroom, Kept, Latency, Spoke, Verdict, Wishes,
        };
        let [a, b, c] = match self.first {
            First::Cost => [Complete, Cost, Kept],
            First::Effort => [Kept, Complete, Cost],
        };
        [
            Verdict, Wishes, a, b, c, Spoke, Elsewhere, Latency, Headroom, Catalogue,
        ]
    }

    /// How far from the smallest value of a band a value may be.
    pub(super) fn within(self, criterion: Criterion, smallest: u128, value: u128) -> bool {
        match criterion {
            Criterion::Cost | Criterion::Kept => {
                value * 100 <= smallest * (100 + u128::from(self.band_percent))
            }
            _ => value == smallest,
        }
    }
}

/// What tells two designs apart: a criterion, with the smallest value of the band that ends between them.
pub(super) type By = Option<(Criterion, Option<u128>)>;

impl Rule {
    /// Why one design stands before another.
    pub(super) fn sentence(self, by: By, one: &Assessment, other: &Assessment) -> String {
        let name = other.pattern.id();
        let Some((criterion, smallest)) = by else {
            return format!(
                "before {name} because only the order of the catalogue tells them apart"
            );
        };
        let equal = self.equal(criterion, one, other);
        let band = self.band(criterion, smallest, one, other);
        let sentence = sentence(criterion, one, other);
        format!("before {name} because {equal}{sentence}{band}")
    }

    /// What did not decide, where cost or effort might have been expected to.
    fn equal(self, decides: Criterion, one: &Assessment, other: &Assessment) -> String {
        let before = |criterion: Criterion| {
            let known = |wanted| self.criteria().iter().position(|held| *held == wanted);
            known(criterion) < known(decides)
        };
        if before(Criterion::Cost) && lacks(one) != lacks(other) {
            return "their bills lack different prices, so that cost tells nothing: ".to_owned();
        }
        match decides {
            Criterion::Kept if self.first == First::Cost => {
                format!("equal in cost within {} %: ", self.band_percent)
            }
            Criterion::Cost if self.first == First::Effort => format!(
                "equal in objects kept by hand within {} %: ",
                self.band_percent
            ),
            _ => String::new(),
        }
    }

    /// Where two are near each other and a band ends between them: what it begins at.
    fn band(
        self,
        criterion: Criterion,
        smallest: Option<u128>,
        one: &Assessment,
        other: &Assessment,
    ) -> String {
        let near = value(one, criterion).zip(value(other, criterion));
        let near = near.is_some_and(|(a, b)| a < b && self.within(criterion, a, b));
        let banded = matches!(criterion, Criterion::Cost | Criterion::Kept);
        match smallest.filter(|_| near && banded) {
            None => String::new(),
            Some(least) => {
                let least = match (criterion, &one.bill) {
                    (Criterion::Cost, Some(bill)) => i128::try_from(least).map_or_else(
                        |_| String::new(),
                        |nanos| format!("{:.2}", Money::from_nanos(bill.total.currency(), nanos)),
                    ),
                    _ => least.to_string(),
                };
                format!(
                    ", more than {} % above the least of those before, {least}",
                    self.band_percent
                )
            }
        }
    }
}

/// Prices that a bill lacks: of which meter and for what, and of how much.
pub(super) type Lacks<'a> = BTreeMap<(&'a str, &'a Meter), u64>;

pub(super) fn lacks(row: &Assessment) -> Lacks<'_> {
    let mut lacks = Lacks::new();
    for line in row.bill.iter().flat_map(Bill::open_lines) {
        let what = (line.region.as_str(), &line.meter);
        let held = lacks.entry(what).or_default();
        *held = held.saturating_add(line.quantity.thousandths());
    }
    lacks
}

/// What a criterion compares: the smaller, the better; none where it is not known.
pub(super) fn value(row: &Assessment, criterion: Criterion) -> Option<u128> {
    let wide = |n: usize| u128::try_from(n).ok();
    match criterion {
        // Whether it is the first of the viable ones follows from the rank.
        Criterion::Verdict => Some(match row.verdict {
            Verdict::Recommended | Verdict::Viable => 0,
            Verdict::Discouraged => 1,
            Verdict::Impossible => 2,
        }),
        Criterion::Wishes => wide(row.misses),
        Criterion::Complete => {
            let bill = row.bill.as_ref()?;
            Some(u128::from(!bill.is_complete()))
        }
        Criterion::Cost => u128::try_from(row.bill.as_ref()?.total.nanos()).ok(),
        Criterion::Kept => row.upkeep.in_a_year.map(u128::from),
        Criterion::Spoke => row
            .efforts
            .spoke
            .as_ref()
            .map(|effort| effort.by_hand().into()),
        Criterion::Elsewhere => row
            .efforts
            .spoke
            .as_ref()
            .map(|effort| effort.elsewhere.into()),
        Criterion::Latency => row
            .slowest
            .filter(|(_, whole)| *whole)
            .map(|(least, _)| least.into()),
        Criterion::Headroom => row.fullest().map(u128::from),
        Criterion::Catalogue => wide(Pattern::ALL.iter().position(|one| *one == row.pattern)?),
    }
}

fn sentence(criterion: Criterion, one: &Assessment, other: &Assessment) -> String {
    let numbers = || (value(one, criterion), value(other, criterion));
    let pair = |what: &str, unit: &str| match numbers() {
        (Some(a), Some(b)) => format!("{what} {a}{unit} instead of {b}{unit}"),
        (Some(a), None) => format!("{what} {a}{unit}, the other's is not known"),
        _ => format!("{what} nothing known"),
    };
    match criterion {
        Criterion::Verdict => format!("it is {}, the other {}", word(one), word(other)),
        Criterion::Wishes => pair("wishes that it does not meet:", ""),
        Criterion::Complete => "its bill is complete, the other's a lower bound".to_owned(),
        Criterion::Cost => {
            let total = |row: &Assessment| {
                row.bill
                    .as_ref()
                    .map_or_else(|| "an unknown sum".to_owned(), Bill::total_text)
            };
            format!(
                "it costs {} a month instead of {}",
                total(one),
                total(other)
            )
        }
        Criterion::Kept => pair("objects kept by hand over a year:", ""),
        Criterion::Spoke => pair("objects by hand for one more spoke:", ""),
        Criterion::Elsewhere => pair("objects elsewhere that one more spoke touches:", ""),
        Criterion::Latency => slowest(one, other),
        Criterion::Headroom => pair("fullest limit:", " %"),
        Criterion::Catalogue => "only the order of the catalogue tells them apart".to_owned(),
    }
}

fn slowest(one: &Assessment, other: &Assessment) -> String {
    let ms = |row: &Assessment| {
        let micros = value(row, Criterion::Latency).and_then(|n| u64::try_from(n).ok())?;
        Some(format!("{} ms", Quantity::from_thousandths(micros)))
    };
    match (ms(one), ms(other)) {
        (Some(a), Some(b)) => format!("slowest round trip: {a} instead of {b}"),
        (Some(a), None) => format!("slowest round trip: {a}, the other's is not known in full"),
        _ => "slowest round trip: nothing known".to_owned(),
    }
}

const fn word(row: &Assessment) -> &'static str {
    match row.verdict {
        Verdict::Recommended => Verdict::Viable.word(),
        verdict => verdict.word(),
    }
}

/// Designs that no other one beats: none is as good in cost, objects kept by hand, slowest round trip and headroom, and
/// better in one of them. What is impossible is left out; a lower bound beats nothing, and is beaten by what is below it.
#[must_use]
pub fn unbeaten(rows: &[&Assessment]) -> Vec<Pattern> {
    let possible = || rows.iter().filter(|row| row.verdict != Verdict::Impossible);
    let beaten = |row: &Assessment| possible().any(|other| beats(other, row));
    { possible() }
        .filter(|row| !beaten(row))
        .map(|row| row.pattern)
        .collect()
}

/// Value and whether it is whole, on each axis.
fn axes(row: &Assessment) -> [Option<(u128, bool)>; 4] {
    let cost = row.bill.as_ref().and_then(|bill| {
        let nanos = u128::try_from(bill.total.nanos()).ok()?;
        Some((nanos, bill.is_complete()))
    });
    [
        cost,
        row.upkeep.in_a_year.map(|kept| (kept.into(), true)),
        row.slowest.map(|(least, whole)| (least.into(), whole)),
        row.fullest().map(|used| (used.into(), true)),
    ]
}

fn beats(one: &Assessment, other: &Assessment) -> bool {
    if one.pattern == other.pattern {
        return false;
    }
    let pairs = axes(one).into_iter().zip(axes(other));
    let mut better = false;
    for pair in pairs {
        match pair {
            (Some((a, true)), Some((b, _))) if a < b => better = true,
            (Some((a, true)), Some((b, _))) if a == b => {}
            (None, None) => {}
            _ => return false,
        }
    }
    better
}
