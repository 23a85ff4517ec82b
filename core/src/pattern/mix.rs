//! Direct links that pay: single pairs that carry most of the traffic, each proved, accepted one by one.
//!
//! The rule: where a design sends traffic between spokes through an appliance or a router and can have chosen direct
//! pairs beside it, the pairs of the matrix that carry the most are tried one by one: the network with that link is
//! built, proved and billed. A link is proposed where it saves money or time, and it is said whether an appliance no
//! longer sees the pair. Never proposed: a pair whose traffic is to be inspected or kept apart, a pair of two
//! environments, which the sources advise against, and a pair that is direct already.
//!
//! | asked | proposed |
//! |---|---|
//! | `hub-firewall`, nothing to be inspected, 50,000 GB between two spokes of a region | their link: USD 3,600.00 a month less |
//! | the same with all traffic inspected | nothing |
//!
//! Left out: pairs of which no traffic of their own is named, since spread evenly none carries most of it.

use super::pace::{Pace, round_trip};
use super::proof::{Built, prove};
use super::sketch::MANY;
use super::{Pattern, Way};
use crate::intent::{AddressPlan, Demand, Intent, Pair};
use crate::price::{Bill, Catalog, bill_of};
use crate::units::{GbPerMonth, Money, Quantity};
use std::collections::BTreeMap;

/// Pairs that are tried, at most.
const MOST_PAIRS: usize = 6;

/// A direct link that pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The pair.
    pub pair: Pair,
    /// What it carries, both directions.
    pub gb: GbPerMonth,
    /// What the month costs less; none where a bill is a lower bound by other lines than before.
    pub saves: Option<Money>,
    /// The round trip before and after.
    pub round_trip: (Option<Pace>, Option<Pace>),
    /// An appliance saw the pair and no longer does.
    pub loses_inspection: bool,
}

/// Pairs worth a trial, those that carry the most first.
#[must_use]
pub fn candidates(intent: &Intent) -> Vec<(Pair, GbPerMonth)> {
    let mut sums: BTreeMap<Pair, u64> = BTreeMap::new();
    for entry in &intent.traffic.matrix {
        let pair = Pair::new((&entry.a).min(&entry.b), (&entry.a).max(&entry.b));
        let held = sums.entry(pair).or_default();
        *held = held.saturating_add(entry.gb.0.thousandths().saturating_mul(2));
    }
    let mut pairs: Vec<(Pair, u64)> = sums.into_iter().filter(|(_, gb)| *gb > 0).collect();
    pairs.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
    let gb = |gb| GbPerMonth(Quantity::from_thousandths(gb));
    let pairs = pairs.into_iter().take(MOST_PAIRS);
    pairs.map(|(pair, sum)| (pair, gb(sum))).collect()
}

/// What a direct link of a pair would bring to a design; none where it may not be, cannot be, or does not pay.
#[must_use]
pub fn suggest(
    pattern: Pattern,
    intent: &Intent,
    plan: &AddressPlan,
    catalog: &Catalog,
    pair: &Pair,
    gb: GbPerMonth,
) -> Option<Suggestion> {
    let mixed = pattern.definition().with_pairs?;
    let spoke = |name: &str| plan.spokes().find(|spoke| spoke.name == name);
    let (a, b) = (spoke(&pair.a)?, spoke(&pair.b)?);
    let forbidden = matches!(intent.demand(a, b), Demand::Inspected | Demand::Isolated);
    if forbidden || a.environment != b.environment || mixed.way(intent, a, b) == Way::Direct {
        return None;
    }
    let mut linked = intent.clone();
    linked.direct_pairs.push(pair.clone());
    let before = Trial::new(mixed, intent, plan, catalog);
    let after = Trial::new(mixed, &linked, plan, catalog);
    if !after.holds {
        return None;
    }
    let trip = |trial: &Trial| {
        let spoke = |name: &str| trial.plan.spokes().find(|spoke| spoke.name == name);
        round_trip(&trial.built, spoke(&pair.a)?, spoke(&pair.b)?)
    };
    let way = mixed.way(intent, a, b);
    let suggestion = Suggestion {
        pair: pair.clone(),
        gb,
        saves: saved(&before.bill, &after.bill),
        round_trip: (trip(&before), trip(&after)),
        loses_inspection: way == Way::Inspected,
    };
    suggestion.pays().then_some(suggestion)
}

impl Suggestion {
    /// Whether it saves money or time.
    #[must_use]
    pub fn pays(&self) -> bool {
        let faster = match self.round_trip {
            (Some((before, _)), Some((after, _))) => after < before,
            _ => false,
        };
        faster || self.saves.is_some_and(|saves| saves.nanos() > 0)
    }
}

/// A design with its bill.
struct Trial {
    built: Built,
    plan: AddressPlan,
    bill: Bill,
    holds: bool,
}

impl Trial {
    fn new(pattern: Pattern, intent: &Intent, plan: &AddressPlan, catalog: &Catalog) -> Self {
        let built = Built::new(pattern.sketch(intent, plan, MANY));
        let holds = prove(pattern, intent, plan, &built).holds();
        let bill = bill_of(
            built.estate.routing(),
            &built.sketch.spec,
            &intent.traffic_demand(),
            catalog,
        );
        Self {
            plan: pattern.plan(intent, plan),
            built,
            bill,
            holds,
        }
    }
}

/// What the second bill is less by, where both lack the same prices.
fn saved(before: &Bill, after: &Bill) -> Option<Money> {
    if before.open_lines().count() != after.open_lines().count() {
        return None;
    }
    let nanos = before.total.nanos().checked_sub(after.total.nanos())?;
    Some(Money::from_nanos(before.total.currency(), nanos))
}
