//! Designs put in order by the criteria of a rule, each with what tells it from the next.
//!
//! The rule: a group is parted into bands by the first criterion, each band by the next, and so on; between two neighbours
//! stands the criterion that parted them. Lower bounds that lack the same prices are a queue in order of what is known; of
//! the first of all queues the next is the one of which none costs less whatever the prices are, and then the best by the
//! criteria after cost.
//!
//! | lower bounds | in order |
//! |---|---|
//! | at least 100, at least 90; both lack a licence's price | 90, 100 |
//! | 100 without two licences, 90 without one | 90: less, and it lacks less |
//! | 100 without a licence, 90 without a routing appliance | by objects kept by hand: neither is known to cost less |
//!
//! Left out: what criteria compare, and their sentences: `rank`.

use super::rank::{By, Criterion, Lacks, Rule, lacks, value};
use super::verdict::Assessment;
use std::collections::VecDeque;

/// A position, and what tells it from the next.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    by: By,
}

/// Designs that are equal by a criterion.
struct Band {
    members: Vec<usize>,
    /// The smallest value of the band before; none where it is the first.
    after: Option<Option<u128>>,
}

impl Rule {
    /// Designs, the best first, and what tells each from the next.
    #[must_use]
    pub fn ranked<'a>(self, rows: &[&'a Assessment]) -> Ranked<'a> {
        let mut places = Vec::new();
        let group = (0..rows.len()).collect();
        self.refine(rows, group, &self.criteria(), &mut places);
        let found = |place: &Place| Some((*rows.get(place.at)?, place.by));
        Ranked {
            rule: self,
            places: places.iter().filter_map(found).collect(),
        }
    }

    /// Positions of designs, the best first.
    #[must_use]
    pub fn order(self, rows: &[&Assessment]) -> Vec<usize> {
        let mut places = Vec::new();
        let group = (0..rows.len()).collect();
        self.refine(rows, group, &self.criteria(), &mut places);
        places.iter().map(|place| place.at).collect()
    }

    /// Puts a group in order by the criteria in turn.
    fn refine(
        self,
        rows: &[&Assessment],
        mut group: Vec<usize>,
        criteria: &[Criterion],
        places: &mut Vec<Place>,
    ) {
        let Some((criterion, rest)) = criteria.split_first().filter(|_| group.len() > 1) else {
            places.extend(group.into_iter().map(Place::of));
            return;
        };
        let of = |at: &usize| rows.get(*at).and_then(|row| value(row, *criterion));
        // What is unknown comes last.
        group.sort_by_key(|at| of(at).map_or((1, 0), |value| (0, value)));
        if *criterion == Criterion::Cost && group.iter().all(|at| is_bound(rows, *at)) {
            self.merge(rows, &group, rest, places);
            return;
        }
        self.part(rows, *criterion, group, rest, places);
    }

    /// Puts a group that a criterion has sorted in order: its bands, each by the rest.
    fn part(
        self,
        rows: &[&Assessment],
        criterion: Criterion,
        group: Vec<usize>,
        rest: &[Criterion],
        places: &mut Vec<Place>,
    ) {
        let of = |at: &usize| rows.get(*at).and_then(|row| value(row, criterion));
        for band in self.bands(criterion, group, of) {
            if let (Some(smallest), Some(last)) = (band.after, places.last_mut()) {
                last.by = Some((criterion, smallest));
            }
            self.refine(rows, band.members, rest, places);
        }
    }

    fn bands(
        self,
        criterion: Criterion,
        group: Vec<usize>,
        of: impl Fn(&usize) -> Option<u128>,
    ) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        for at in group {
            let smallest = bands.last().and_then(|band| band.members.first()).map(&of);
            let same = match (smallest, of(&at)) {
                (Some(Some(smallest)), Some(value)) => self.within(criterion, smallest, value),
                (Some(None), None) => true,
                _ => false,
            };
            match bands.last_mut().filter(|_| same) {
                Some(band) => band.members.push(at),
                None => bands.push(Band {
                    members: vec![at],
                    after: smallest,
                }),
            }
        }
        bands
    }

    /// Lower bounds, sorted by what is known of them. Those that lack the same prices are told apart by it; of others the
    /// one goes first that costs less whatever the prices are, and where none does, cost tells nothing.
    fn merge(
        self,
        rows: &[&Assessment],
        group: &[usize],
        rest: &[Criterion],
        places: &mut Vec<Place>,
    ) {
        let mut queues = self.queues(rows, group, rest);
        while let Some((at, place)) = self.foremost(rows, &queues, rest) {
            queues.get_mut(at).map(VecDeque::pop_front);
            let next = self.foremost(rows, &queues, rest);
            let by = next.and_then(|(queue, next)| {
                if queue == at {
                    place.by
                } else {
                    self.parted(rows, place.at, next.at, rest)
                }
            });
            places.push(Place { at: place.at, by });
        }
    }

    /// Lower bounds by the prices that they lack, each queue in order.
    fn queues(
        self,
        rows: &[&Assessment],
        group: &[usize],
        rest: &[Criterion],
    ) -> Vec<VecDeque<Place>> {
        let mut alike: Vec<(Lacks<'_>, Vec<usize>)> = Vec::new();
        for at in group {
            let lacks = rows.get(*at).map(|row| lacks(row)).unwrap_or_default();
            match alike.iter_mut().find(|(held, _)| *held == lacks) {
                Some((_, members)) => members.push(*at),
                None => alike.push((lacks, vec![*at])),
            }
        }
        let in_order = alike.into_iter().map(|(_, members)| {
            let mut own = Vec::new();
            self.part(rows, Criterion::Cost, members, rest, &mut own);
            own.into()
        });
        in_order.collect()
    }

    /// What tells two lower bounds apart that lack different prices.
    fn parted(self, rows: &[&Assessment], one: usize, other: usize, rest: &[Criterion]) -> By {
        if self.is_cheaper(rows, one, other) {
            return Some((Criterion::Cost, None));
        }
        let mut two = Vec::new();
        self.refine(rows, vec![one, other], rest, &mut two);
        two.first()?.by
    }

    /// The queue whose first goes first: none of the others costs less whatever the prices are, and the rest decides.
    fn foremost(
        self,
        rows: &[&Assessment],
        queues: &[VecDeque<Place>],
        rest: &[Criterion],
    ) -> Option<(usize, Place)> {
        let heads: Vec<usize> = queues.iter().filter_map(|q| Some(q.front()?.at)).collect();
        let open = |at: &usize| !heads.iter().any(|other| self.is_cheaper(rows, *other, *at));
        let mut best = Vec::new();
        let group = heads.iter().copied().filter(open).collect();
        self.refine(rows, group, rest, &mut best);
        let first = best.first()?.at;
        let at =
            { queues.iter() }.position(|q| q.front().is_some_and(|place| place.at == first))?;
        Some((at, *queues.get(at)?.front()?))
    }

    /// Whether a lower bound stands for less than another whatever the prices are that they lack.
    fn is_cheaper(self, rows: &[&Assessment], one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (rows.get(one), rows.get(other)) else {
            return false;
        };
        let costs = value(one, Criterion::Cost).zip(value(other, Criterion::Cost));
        let (few, many) = (lacks(one), lacks(other));
        let less = few
            .iter()
            .all(|(what, n)| many.get(what).is_some_and(|more| n <= more));
        costs.is_some_and(|(a, b)| {
            less && a <= b && (few != many || !self.within(Criterion::Cost, a, b))
        })
    }
}

impl Place {
    const fn of(at: usize) -> Self {
        Self { at, by: None }
    }
}

/// Designs in rank.
#[derive(Debug, Clone)]
pub struct Ranked<'a> {
    rule: Rule,
    places: Vec<(&'a Assessment, By)>,
}

impl<'a> Ranked<'a> {
    /// The best first.
    #[must_use]
    pub fn rows(&self) -> Vec<&'a Assessment> {
        self.places.iter().map(|(row, _)| *row).collect()
    }

    /// Why the design at a place stands before one at a later place: the gravest of what parts them; none where either is not there.
    #[must_use]
    pub fn because(&self, at: usize, later: usize) -> Option<String> {
        let ((one, _), (other, _)) = (self.places.get(at)?, self.places.get(later)?);
        let between = self.places.get(at..later)?.iter();
        let criteria = self.rule.criteria();
        let rank = |criterion: Criterion| criteria.iter().position(|known| *known == criterion);
        let by = between
            .filter_map(|(_, by)| *by)
            .min_by_key(|(criterion, _)| rank(*criterion));
        Some(self.rule.sentence(by, one, other))
    }
}

/// Whether the bill of a row is a lower bound.
fn is_bound(rows: &[&Assessment], at: usize) -> bool {
    let bill = rows.get(at).and_then(|row| row.bill.as_ref());
    bill.is_some_and(|bill| !bill.is_complete())
}
