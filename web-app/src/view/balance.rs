//! Designs by cost and by work: a map in which those that no other design beats have their names, and the same as a table.

use crate::scene::{Arrangement, Balance, Placed, Point};
use crate::state::Ranking;
use crate::text;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::rank::unbeaten;
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::units::Quantity;

/// A design on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceMark {
    /// The design.
    pub pattern: Pattern,
    /// Where it is.
    pub at: Point,
    /// Where its name stands, and whether that lies left of it; none where another design beats it.
    pub name: Option<(Point, bool)>,
    /// It is the recommended one.
    pub best: bool,
    /// A source advises against it.
    pub discouraged: bool,
    /// Its bill is a lower bound.
    pub open: bool,
    /// USD a month, objects kept by hand over a year, slowest round trip.
    pub figures: [String; 3],
    /// All of it in a sentence.
    pub says: String,
}

/// The map.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceView {
    /// Axes.
    pub map: Balance,
    /// Designs, those that nothing beats last, so that they lie above the others.
    pub marks: Vec<BalanceMark>,
}

/// The map of a ranking whose designs are all known.
pub(super) fn balance(ranking: &Ranking, arrangement: Arrangement) -> Option<BalanceView> {
    if !ranking.is_complete() {
        return None;
    }
    let order = ranking.ranked();
    let front = unbeaten(&order);
    let best = ranking.recommended().map(|row| row.assessment.pattern);
    let mut prints = Vec::new();
    let mut rows: Vec<(&Assessment, u64, u64)> = Vec::new();
    for row in order {
        let same = row.fingerprint.is_some() && prints.contains(&row.fingerprint);
        if let Some((cost, kept)) = figures(row).filter(|_| !same) {
            prints.push(row.fingerprint);
            rows.push((row, cost, kept));
        }
    }
    rows.sort_by_key(|(row, ..)| front.contains(&row.pattern));
    let placed: Vec<Placed> = { rows.iter() }
        .map(|(row, cost, kept)| Placed {
            cost: *cost,
            kept: *kept,
            name: front.contains(&row.pattern).then(|| width(row.pattern)),
        })
        .collect();
    let map = Balance::of(&placed, arrangement);
    let marks = { rows.iter().zip(map.points.iter().zip(&map.names)) }
        .map(|((row, ..), (at, name))| mark(row, best, *at, *name))
        .collect();
    (!rows.is_empty()).then_some(BalanceView { map, marks })
}

/// How wide the name of a design is, or its round trip, which stands below.
fn width(pattern: Pattern) -> f64 {
    let letters = u32::try_from(pattern.id().len()).unwrap_or(0);
    f64::from(letters.max(14)) * 7.4
}

/// What it costs in whole units and what is kept by hand; none where either is not known or it cannot serve.
fn figures(row: &Assessment) -> Option<(u64, u64)> {
    let bill = row.bill.as_ref()?;
    let cost = u64::try_from(bill.total.nanos() / 1_000_000_000).ok()?;
    let kept = row.upkeep.in_a_year?;
    (row.verdict != Verdict::Impossible).then_some((cost, kept))
}

fn mark(
    row: &Assessment,
    best: Option<Pattern>,
    at: Point,
    name: Option<(Point, bool)>,
) -> BalanceMark {
    let bill = row.bill.as_ref();
    let whole = bill.is_some_and(|bill| bill.is_complete());
    let least = |whole: bool| if whole { "" } else { text::AT_LEAST_WORD };
    let cost = bill.map_or_else(String::new, |bill| bill.total.to_string());
    let cost = format!("{}{cost}", least(whole));
    let kept = row
        .upkeep
        .in_a_year
        .map_or_else(|| text::NONE.to_owned(), text::grouped);
    let pace = row.slowest.map_or_else(
        || text::NONE.to_owned(),
        |(micros, whole)| {
            let ms = Quantity::from_thousandths(micros.into());
            format!("{}{ms} ms", least(whole))
        },
    );
    let says = text::balance(row.pattern.title(), &cost, &kept, &pace, name.is_some());
    BalanceMark {
        pattern: row.pattern,
        at,
        name,
        best: best == Some(row.pattern),
        open: !whole,
        discouraged: row.verdict == Verdict::Discouraged,
        figures: [cost, kept, pace],
        says,
    }
}
