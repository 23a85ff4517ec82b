//! Direct links that pay: pairs, and groups of them, that carry most of the traffic; each proved, accepted one by one.
//!
//! The rule: where a design sends traffic between spokes through an appliance or a router and can have chosen direct
//! pairs beside it, the pairs of the matrix that carry the most are tried one by one: the network with that link is
//! drawn, proved and billed. Pairs that hang together are tried as a group besides. A link is proposed where it saves money
//! or time, and it is said whether an appliance no longer sees the pair. Never proposed: a pair whose traffic is to be
//! inspected or kept apart, a pair of two environments, which the sources advise against, and a pair that is direct already.
//!
//! | asked | proposed |
//! |---|---|
//! | `hub-firewall`, nothing to be inspected, 50,000 GB between two spokes of a region | their link: USD 3,600.00 a month less |
//! | the same with a third spoke in it | each link, and all of them together |
//! | the same with all traffic inspected | nothing |
//!
//! Whoever must not block takes one step at a time ([`Search::step`]). Left out: pairs of which no traffic of their own
//! is named, since spread evenly none carries most of it.

use super::pace::{Pace, round_trip};
use super::steps::Steps;
use super::verdict::{Assessment, Verdict};
use super::{Pattern, Way};
use crate::intent::{AddressPlan, Demand, Intent, Pair};
use crate::price::{Bill, Catalog};
use crate::units::{GbPerMonth, Money, Quantity};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Pairs that are tried, at most.
const MOST_PAIRS: usize = 6;

/// Direct links that pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The pair, or the pairs of a group.
    pub pairs: Vec<Pair>,
    /// What they carry, both directions.
    pub gb: GbPerMonth,
    /// What the month costs less; none where a bill is a lower bound by other lines than before.
    pub saves: Option<Money>,
    /// The round trip of the first pair before and after.
    pub round_trip: (Option<Pace>, Option<Pace>),
    /// An appliance saw them and no longer does.
    pub loses_inspection: bool,
}

impl Suggestion {
    /// Whether it saves money or time.
    #[must_use]
    pub fn pays(&self) -> bool {
        let faster = self.faster().is_some_and(|saved| saved > 0);
        faster || self.saves.is_some_and(|saves| saves.nanos() > 0)
    }

    /// Microseconds that a round trip is shorter by, as far as published; none where either is not known.
    #[must_use]
    pub fn faster(&self) -> Option<u32> {
        let ((before, _), (after, _)) = self.round_trip.0.zip(self.round_trip.1)?;
        before.checked_sub(after)
    }
}

/// Links to be tried together.
type Links = (Vec<Pair>, u64);

/// A search for links that pay, on its way. Copies are cheap.
#[derive(Debug, Clone)]
pub struct Search {
    mixed: Pattern,
    /// How the pairs of the design go now.
    way: Way,
    /// The design as it is.
    before: Steps,
    left: Vec<Links>,
    all: usize,
    trial: Option<Trial>,
    found: Vec<Suggestion>,
}

/// Links that are being tried.
#[derive(Debug, Clone)]
struct Trial {
    links: Links,
    intent: Rc<Intent>,
    steps: Steps,
}

impl Search {
    /// A search beside a design; none where it cannot have direct pairs, or no pair may be one.
    #[must_use]
    pub fn new(pattern: Pattern, intent: &Intent, plan: &AddressPlan) -> Option<Self> {
        let mixed = pattern.definition().with_pairs?;
        let mut left = candidates(mixed, intent, plan);
        let (first, _) = left.first()?;
        let pair = first.first()?;
        let (a, b) = spokes(plan, pair)?;
        left.reverse();
        Some(Self {
            mixed,
            way: mixed.way(intent, a, b),
            before: Steps::new(mixed, intent, plan),
            all: left.len(),
            left,
            trial: None,
            found: Vec::new(),
        })
    }

    /// Whether everything is tried.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.left.is_empty() && self.trial.is_none()
    }

    /// How many are tried, of all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let busy = self.left.len() + usize::from(self.trial.is_some());
        (self.all.saturating_sub(busy), self.all)
    }

    /// Those that pay so far.
    #[must_use]
    pub fn found(&self) -> &[Suggestion] {
        &self.found
    }

    /// One step, for the same Intent, addresses and prices.
    pub fn step(&mut self, intent: &Intent, plan: &AddressPlan, catalog: &Catalog) {
        if self.before.done().is_none() {
            self.before = self.before.next(intent, plan, catalog);
            return;
        }
        match self.trial.take() {
            None => {
                self.trial = self.left.pop().map(|links| {
                    let mut linked = intent.clone();
                    linked.direct_pairs.extend(links.0.iter().cloned());
                    Trial {
                        links,
                        steps: Steps::new(self.mixed, &linked, plan),
                        intent: linked.into(),
                    }
                });
            }
            Some(trial) if trial.steps.done().is_none() => {
                let steps = trial.steps.next(&trial.intent, plan, catalog);
                self.trial = Some(Trial { steps, ..trial });
            }
            Some(trial) => {
                let suggestion = self.judged(&trial);
                self.found.extend(suggestion.filter(Suggestion::pays));
            }
        }
    }

    /// What the links bring; none where the design with them does not do all that is asked.
    fn judged(&self, trial: &Trial) -> Option<Suggestion> {
        let (before, after) = (self.before.assessment(), trial.steps.assessment());
        if after.verdict == Verdict::Impossible {
            return None;
        }
        let (pairs, gb) = &trial.links;
        let first = pairs.first()?;
        let trip = |steps: &Steps| {
            let (a, b) = spokes(&steps.assessment().plan, first)?;
            round_trip(steps.done()??, a, b)
        };
        let bill = |row: &Assessment| row.bill.clone();
        let saves = bill(before).zip(bill(after));
        Some(Suggestion {
            pairs: pairs.clone(),
            gb: GbPerMonth(Quantity::from_thousandths(*gb)),
            saves: saves.and_then(|(before, after)| saved(&before, &after)),
            round_trip: (trip(&self.before), trip(&trial.steps)),
            loses_inspection: self.way == Way::Inspected,
        })
    }
}

/// Every direct link that pays, without a stop.
#[must_use]
pub fn suggest(
    pattern: Pattern,
    intent: &Intent,
    plan: &AddressPlan,
    catalog: &Catalog,
) -> Vec<Suggestion> {
    let Some(mut search) = Search::new(pattern, intent, plan) else {
        return Vec::new();
    };
    while !search.is_done() {
        search.step(intent, plan, catalog);
    }
    search.found
}

fn spokes<'p>(
    plan: &'p AddressPlan,
    pair: &Pair,
) -> Option<(&'p crate::intent::SpokePlan, &'p crate::intent::SpokePlan)> {
    let spoke = |name: &str| plan.spokes().find(|spoke| spoke.name == name);
    spoke(&pair.a).zip(spoke(&pair.b))
}

/// Links worth a trial: pairs, those that carry the most first, then groups of those that hang together.
fn candidates(mixed: Pattern, intent: &Intent, plan: &AddressPlan) -> Vec<Links> {
    let mut sums: BTreeMap<Pair, u64> = BTreeMap::new();
    for entry in &intent.traffic.matrix {
        let pair = Pair::new((&entry.a).min(&entry.b), (&entry.a).max(&entry.b));
        let held = sums.entry(pair).or_default();
        *held = held.saturating_add(entry.gb.0.thousandths().saturating_mul(2));
    }
    let may = |pair: &Pair| {
        spokes(plan, pair).is_some_and(|(a, b)| {
            let forbidden = matches!(intent.demand(a, b), Demand::Inspected | Demand::Isolated);
            !forbidden && a.environment == b.environment && mixed.way(intent, a, b) != Way::Direct
        })
    };
    let mut pairs: Vec<(Pair, u64)> = sums.into_iter().collect();
    pairs.retain(|(pair, gb)| *gb > 0 && may(pair));
    pairs.sort_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
    pairs.truncate(MOST_PAIRS);
    let groups = groups(&pairs);
    let alone = pairs.into_iter().map(|(pair, gb)| (vec![pair], gb));
    alone.chain(groups).collect()
}

/// Pairs that share a spoke, together.
fn groups(pairs: &[(Pair, u64)]) -> Vec<Links> {
    let mut groups: Vec<(BTreeSet<&str>, Links)> = Vec::new();
    for (pair, gb) in pairs {
        let ends = [pair.a.as_str(), &pair.b];
        let (touched, mut others): (Vec<_>, Vec<_>) = { groups.into_iter() }
            .partition(|(spokes, _)| ends.iter().any(|end| spokes.contains(end)));
        let mut whole = (BTreeSet::from(ends), (vec![pair.clone()], *gb));
        for (spokes, (more, sum)) in touched {
            whole.0.extend(spokes);
            whole.1.0.extend(more);
            whole.1.1 = whole.1.1.saturating_add(sum);
        }
        others.push(whole);
        groups = others;
    }
    let links = groups.into_iter().map(|(_, (mut pairs, gb))| {
        pairs.sort();
        (pairs, gb)
    });
    links.filter(|(pairs, _)| pairs.len() > 1).collect()
}

/// What the second bill is less by, where both lack the same prices.
fn saved(before: &Bill, after: &Bill) -> Option<Money> {
    if before.open_lines().count() != after.open_lines().count() {
        return None;
    }
    let nanos = before.total.nanos().checked_sub(after.total.nanos())?;
    Some(Money::from_nanos(before.total.currency(), nanos))
}
