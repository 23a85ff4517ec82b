//! In which order designs stand, by a rule that the reader can change, and why each stands before the next.
//!
//! The rule: criteria in a row. Where two designs differ by the first, it decides; designs that are equal by it are told
//! apart by the next. Cost and objects kept by hand have bands: from the smallest on, everything within so many per cent
//! is equal. What is unknown comes behind everything known, and a lower bound behind every complete sum.
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
use crate::price::Bill;

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
enum Criterion {
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
    const fn criteria(self) -> [Criterion; 10] {
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
    fn within(self, criterion: Criterion, smallest: u128, value: u128) -> bool {
        match criterion {
            Criterion::Cost | Criterion::Kept => {
                value * 100 <= smallest * (100 + u128::from(self.band_percent))
            }
            _ => value == smallest,
        }
    }

    /// Positions of designs, the best first.
    #[must_use]
    pub fn order(self, rows: &[&Assessment]) -> Vec<usize> {
        let all = (0..rows.len()).collect();
        let mut order = Vec::new();
        self.refine(rows, all, &self.criteria(), &mut order);
        order
    }

    fn refine(
        self,
        rows: &[&Assessment],
        mut group: Vec<usize>,
        criteria: &[Criterion],
        order: &mut Vec<usize>,
    ) {
        let Some((criterion, rest)) = criteria.split_first().filter(|_| group.len() > 1) else {
            order.extend(group);
            return;
        };
        let of = |at: &usize| rows.get(*at).and_then(|row| value(row, *criterion));
        // What is unknown comes last.
        group.sort_by_key(|at| of(at).map_or((1, 0), |value| (0, value)));
        let mut band: Vec<usize> = Vec::new();
        for at in group {
            let smallest = band.first().map(&of);
            let same = match (smallest, of(&at)) {
                (Some(Some(smallest)), Some(value)) => self.within(*criterion, smallest, value),
                (Some(None), None) | (None, _) => true,
                _ => false,
            };
            if !same {
                self.refine(rows, std::mem::take(&mut band), rest, order);
            }
            band.push(at);
        }
        self.refine(rows, band, rest, order);
    }

    /// Why one design stands before another: the first criterion by which they differ.
    #[must_use]
    pub fn because(self, one: &Assessment, other: &Assessment) -> String {
        let differs =
            |criterion: &Criterion| match (value(one, *criterion), value(other, *criterion)) {
                (Some(a), Some(b)) => !self.within(*criterion, a.min(b), a.max(b)),
                (None, None) => false,
                _ => true,
            };
        let criteria = self.criteria();
        let decides = criteria.iter().find(|criterion| differs(criterion));
        let name = other.pattern.id();
        let equal = match decides {
            Some(Criterion::Kept) if self.first == First::Cost => {
                format!("equal in cost within {} %: ", self.band_percent)
            }
            Some(Criterion::Cost) if self.first == First::Effort => {
                format!(
                    "equal in objects kept by hand within {} %: ",
                    self.band_percent
                )
            }
            _ => String::new(),
        };
        let sentence = decides.map_or_else(
            || "the order of the catalogue alone tells them apart".to_owned(),
            |criterion| sentence(*criterion, one, other),
        );
        format!("before {name} because {equal}{sentence}")
    }
}

/// What a criterion compares: the smaller, the better; none where it is not known.
fn value(row: &Assessment, criterion: Criterion) -> Option<u128> {
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
        Criterion::Latency => pair("slowest round trip:", " microseconds"),
        Criterion::Headroom => pair("fullest limit:", " %"),
        Criterion::Catalogue => "only the order of the catalogue tells them apart".to_owned(),
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
