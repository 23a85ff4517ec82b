//! Where two designs cost the same: over traffic and over spokes.
//!
//! The rule: between two corners both bills are straight, so their difference is, and it is zero at most once; that
//! point is found by division and then confirmed by billing both designs on both sides of it. Over spokes every bill
//! is a whole number's: the sizes between which the order turns are found and both are billed.
//!
//! | A | B | crossing |
//! |---|---|---|
//! | 912.50 + 0.056 a GB | 182.50 + 0.09 a GB | 730 ÷ 0.034 = 21,470.588 GB |
//!
//! Left out: two turns of the order between two neighbouring sizes that are looked at, where bills over spokes are not
//! straight (tunnels grow with the square of the spokes).

use super::curve::{Cheapest, Curve, Priced};
use crate::units::{GbPerMonth, Money, Quantity};

/// A traffic at which the cheaper of two designs changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakEven {
    /// The first thousandth of a GB at which the order is the other way round.
    pub at: GbPerMonth,
    /// What the two cost a thousandth of a GB before.
    pub before: (Money, Money),
    /// What they cost there.
    pub after: (Money, Money),
}

/// A number of spokes at which the cheaper of two designs changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokeBreakEven {
    /// The last number with the former order.
    pub before: u32,
    /// What the two cost there.
    pub costs_before: (Money, Money),
    /// The first number with the new order.
    pub after: u32,
    /// What the two cost there.
    pub costs_after: (Money, Money),
}

/// How far around a computed crossing the bills are asked, in thousandths of a GB: what rounding may shift.
const ROUNDING: u64 = 16;

/// Where two designs cost the same, from no traffic up to this much; both are billed on both sides.
#[must_use]
pub fn break_even(a: &Priced<'_>, b: &Priced<'_>, up_to: GbPerMonth) -> Vec<BreakEven> {
    let (curve_a, curve_b) = (a.curve(up_to), b.curve(up_to));
    let traffic = |thousandths| GbPerMonth(Quantity::from_thousandths(thousandths));
    let costs = |thousandths| {
        (
            a.at(traffic(thousandths)).total,
            b.at(traffic(thousandths)).total,
        )
    };
    let order = |(a, b): (Money, Money)| a.nanos().cmp(&b.nanos());
    let confirm = |near: u64| {
        let mut at = near.saturating_sub(ROUNDING);
        let end = near.saturating_add(ROUNDING);
        let mut before = costs(at);
        let first = order(before);
        while at < end {
            at += 1;
            let after = costs(at);
            if order(after) == first.reverse() && first.is_ne() {
                let at = traffic(at);
                return Some(BreakEven { at, before, after });
            }
            if order(after) == first {
                before = after;
            }
        }
        None
    };
    crossings(&curve_a, &curve_b)
        .into_iter()
        .filter_map(confirm)
        .collect()
}

/// Where two curves cross, in thousandths of a GB rounded up.
fn crossings(a: &Curve, b: &Curve) -> Vec<u64> {
    let mut corners: Vec<u64> = a.corners().chain(b.corners()).collect();
    corners.sort_by(u64::cmp);
    corners.dedup();
    let difference = |at: u64| a.nanos_at(at).saturating_sub(b.nanos_at(at));
    let mut found = Vec::new();
    let mut last: Option<(u64, i128)> = None;
    let mut equal = None;
    for at in corners {
        let now = difference(at);
        if now == 0 {
            equal.get_or_insert(at);
            continue;
        }
        if let Some((from, before)) = last
            && before.signum() != now.signum()
        {
            let width = i128::from(at.saturating_sub(from));
            let part = before.abs().saturating_mul(width);
            let offset = crate::units::half_even(part, before.abs().saturating_add(now.abs()));
            let straight = from.saturating_add(u64::try_from(offset).unwrap_or(0));
            // A corner at which both cost the same is the crossing itself.
            found.push(equal.unwrap_or(straight));
        }
        (last, equal) = (Some((at, now)), None);
    }
    found
}

/// Which of several designs is the cheapest where, from no traffic up to the end of their curves. Those with an open
/// line stand back while another is complete; of equals the first counts.
#[must_use]
pub fn cheapest(curves: &[Curve]) -> Vec<Cheapest> {
    let all_open = curves.iter().all(|curve| !curve.complete);
    let known: Vec<(usize, &Curve)> = curves
        .iter()
        .enumerate()
        .filter(|(_, curve)| curve.complete || all_open)
        .collect();
    let mut turns: Vec<u64> = vec![0];
    for (index, (_, a)) in known.iter().enumerate() {
        for (_, b) in known.iter().skip(index.saturating_add(1)) {
            turns.extend(crossings(a, b));
        }
        turns.extend(a.corners());
    }
    turns.sort_by(u64::cmp);
    turns.dedup();
    let mut ranges: Vec<Cheapest> = Vec::new();
    for (position, from) in turns.iter().enumerate() {
        let Some(to) = turns.get(position.saturating_add(1)) else {
            break;
        };
        // Doubled, so that the middle of a piece of a thousandth is not one of its ends.
        let at = |curve: &Curve| curve.nanos_at(*from).saturating_add(curve.nanos_at(*to));
        let Some((best, _)) = known
            .iter()
            .min_by_key(|(position, curve)| (at(curve), *position))
        else {
            break;
        };
        let from = GbPerMonth(Quantity::from_thousandths(*from));
        match ranges.last_mut() {
            Some(last) if last.position == *best => {}
            last => {
                if let Some(last) = last {
                    last.to = Some(from);
                }
                ranges.push(Cheapest {
                    position: *best,
                    from,
                    to: None,
                });
            }
        }
    }
    ranges
}

impl Cheapest {
    /// `cheapest from 41 TB to 96 TB a month`.
    #[must_use]
    pub fn text(&self) -> String {
        let from = self.from.0 > Quantity::ZERO;
        match (from, self.to) {
            (false, None) => "cheapest at any traffic".to_owned(),
            (true, None) => format!("cheapest from {} a month on", volume(self.from)),
            (false, Some(to)) => format!("cheapest up to {} a month", volume(to)),
            (true, Some(to)) => format!(
                "cheapest from {} to {} a month",
                volume(self.from),
                volume(to)
            ),
        }
    }
}

/// `41 TB`, `41.25 TB`, `970.5 GB`: four digits are enough for a sentence.
///
/// ```
/// use interspoke_core::{price::volume, units::GbPerMonth};
/// assert_eq!(volume(GbPerMonth::whole(41_250)), "41.25 TB");
/// ```
#[must_use]
pub fn volume(traffic: GbPerMonth) -> String {
    let thousandths = traffic.0.thousandths();
    if thousandths < 1_000_000 {
        return format!("{} GB", Quantity::from_thousandths(thousandths));
    }
    let tens = thousandths.saturating_add(5_000) / 10_000;
    format!("{} TB", Quantity::from_thousandths(tens.saturating_mul(10)))
}

/// Where the cheaper of two designs changes with the number of spokes. `costs` bills both for a number of spokes; none
/// where either cannot be built. Sizes grow by a quarter between looks, and a turn is then narrowed to neighbours.
pub fn spokes_break_even(
    from: u32,
    up_to: u32,
    mut costs: impl FnMut(u32) -> Option<(Money, Money)>,
) -> Vec<SpokeBreakEven> {
    let costs: &mut dyn FnMut(u32) -> Option<(Money, Money)> = &mut costs;
    let order = |(a, b): (Money, Money)| a.nanos().cmp(&b.nanos());
    let mut found = Vec::new();
    let mut last: Option<(u32, (Money, Money))> = None;
    let mut at = from;
    while at <= up_to {
        let Some(now) = costs(at) else { break };
        if let Some((mut low, mut costs_low)) = last
            && order(costs_low) == order(now).reverse()
            && order(now).is_ne()
        {
            let (mut high, mut costs_high) = (at, now);
            while high.saturating_sub(low) > 1 {
                let middle = low.saturating_add(high.saturating_sub(low) / 2);
                let Some(here) = costs(middle) else { break };
                if order(here) == order(costs_low) {
                    (low, costs_low) = (middle, here);
                } else {
                    (high, costs_high) = (middle, here);
                }
            }
            found.push(SpokeBreakEven {
                before: low,
                costs_before: costs_low,
                after: high,
                costs_after: costs_high,
            });
        }
        if order(now).is_ne() {
            last = Some((at, now));
        }
        if at == up_to {
            break;
        }
        at = at.saturating_add((at / 4).max(1)).min(up_to);
    }
    found
}
