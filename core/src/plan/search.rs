//! The order of steps that cuts least.
//!
//! The rule: a state is a set of steps that are done; the price of an order is the sum of the pairs cut in its states,
//! between the first step and the last. The search takes the cheapest state first and, among equals, the one that is
//! furthest (uniform cost, so the first order that reaches the end is the least). A state that Azure refuses is no
//! state. Alike steps are taken in the order of their names: to exchange two of them changes nothing. Where the tries
//! run out the furthest state is finished step by step, the cheapest next step first, and the order is the best found.
//!
//! | tries left | answer |
//! |---|---|
//! | yes | [`Order::Least`] |
//! | no | [`Order::BestFound`] |

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What is known of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// No order of these steps cuts less.
    Least,
    /// The search ended before it could tell.
    BestFound,
}

/// Steps that are done, by position.
type Done = Vec<bool>;

/// What is searched: how many steps, which may come next, and what a state costs.
pub(super) struct Problem<'p> {
    pub(super) count: usize,
    /// Steps before a step, by position.
    pub(super) before: Vec<Vec<usize>>,
    /// What a state costs; none where Azure refuses it.
    pub(super) price: &'p mut dyn FnMut(&Done) -> Option<usize>,
    /// How many states may be priced.
    pub(super) tries: usize,
}

/// One state in the queue: its price so far, whether its own part is in it, how many steps are open, and its way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    price: usize,
    /// Priced states come before those whose price is only a bound.
    bound: bool,
    open: usize,
    way: Vec<usize>,
}

/// An order of every step, with its price.
pub(super) struct Found {
    pub(super) way: Vec<usize>,
    pub(super) price: usize,
    pub(super) order: Order,
}

/// Searches; none where no order of the steps is accepted.
pub(super) fn search(mut problem: Problem<'_>) -> Option<Found> {
    let mut known: BTreeMap<Done, Option<usize>> = BTreeMap::new();
    let mut best: BTreeMap<Done, usize> = BTreeMap::new();
    let mut queue = BinaryHeap::new();
    let mut furthest: Vec<usize> = Vec::new();
    let mut furthest_price = 0;
    queue.push(Reverse(Entry {
        price: 0,
        bound: false,
        open: problem.count,
        way: Vec::new(),
    }));
    while let Some(Reverse(entry)) = queue.pop() {
        let done = done(problem.count, &entry.way);
        if entry.bound {
            if known.len() >= problem.tries && !known.contains_key(&done) {
                return finish(&mut problem, furthest, furthest_price, &mut known);
            }
            let Some(own) = priced(&mut problem, &mut known, &done) else {
                continue;
            };
            queue.push(Reverse(Entry {
                price: entry.price + own,
                bound: false,
                ..entry
            }));
            continue;
        }
        if best.get(&done).is_some_and(|known| *known <= entry.price) {
            continue;
        }
        best.insert(done.clone(), entry.price);
        if entry.way.len() > furthest.len() {
            furthest.clone_from(&entry.way);
            furthest_price = entry.price;
        }
        if entry.open == 0 {
            return Some(Found {
                way: entry.way,
                price: entry.price,
                order: Order::Least,
            });
        }
        for next in nexts(&problem, &done) {
            let mut way = entry.way.clone();
            way.push(next);
            queue.push(Reverse(Entry {
                price: entry.price,
                bound: true,
                open: entry.open - 1,
                way,
            }));
        }
    }
    None
}

fn done(count: usize, way: &[usize]) -> Done {
    let mut done = vec![false; count];
    for step in way {
        if let Some(flag) = done.get_mut(*step) {
            *flag = true;
        }
    }
    done
}

/// Steps that are not done and whose steps before are.
fn nexts(problem: &Problem<'_>, done: &Done) -> Vec<usize> {
    let is_done = |step: &usize| done.get(*step).copied().unwrap_or(false);
    let open = (0..problem.count).filter(|step| !is_done(step));
    let ready = open.filter(|step| {
        problem
            .before
            .get(*step)
            .is_none_or(|before| before.iter().all(is_done))
    });
    ready.collect()
}

fn priced(
    problem: &mut Problem<'_>,
    known: &mut BTreeMap<Done, Option<usize>>,
    done: &Done,
) -> Option<usize> {
    if let Some(price) = known.get(done) {
        return *price;
    }
    let price = (problem.price)(done);
    known.insert(done.clone(), price);
    price
}

/// Takes the cheapest accepted next step until none is open, going back where a way ends.
fn finish(
    problem: &mut Problem<'_>,
    way: Vec<usize>,
    price: usize,
    known: &mut BTreeMap<Done, Option<usize>>,
) -> Option<Found> {
    let mut stack = vec![(way, price)];
    let mut seen: std::collections::BTreeSet<Done> = std::collections::BTreeSet::new();
    while let Some((way, price)) = stack.pop() {
        let state = done(problem.count, &way);
        if way.len() == problem.count {
            return Some(Found {
                way,
                price,
                order: Order::BestFound,
            });
        }
        if !seen.insert(state.clone()) {
            continue;
        }
        let mut next: Vec<(usize, usize)> = Vec::new();
        for step in nexts(problem, &state) {
            let mut longer = way.clone();
            longer.push(step);
            let state = done(problem.count, &longer);
            if let Some(own) = priced(problem, known, &state) {
                next.push((own, step));
                if own == 0 {
                    break;
                }
            }
        }
        next.sort_unstable();
        for (own, step) in next.into_iter().rev() {
            let mut longer = way.clone();
            longer.push(step);
            stack.push((longer, price + own));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(count: usize, tries: usize, price: impl Fn(&Done) -> Option<usize>) -> Option<Found> {
        let mut price = |done: &Done| price(done);
        search(Problem {
            count,
            before: vec![Vec::new(); count],
            price: &mut price,
            tries,
        })
    }

    #[test]
    fn the_least_is_found_though_it_begins_dearer() {
        // Step 1 first costs 2 at once; step 0 first costs 1 and then 9.
        let price = |done: &Done| match done.as_slice() {
            [true, false, false] => Some(1),
            [false, true, false] => Some(2),
            [false, false, true] => None,
            [true, _, _] if !done.iter().all(|flag| *flag) => Some(9),
            _ => Some(0),
        };
        let found = found(3, 100, price).unwrap();
        assert_eq!(
            (found.way, found.price, found.order),
            (vec![1, 2, 0], 2, Order::Least)
        );
    }

    #[test]
    fn an_order_that_azure_refuses_is_none() {
        assert!(found(2, 100, |done| done.iter().all(|flag| *flag).then_some(0)).is_none());
    }

    #[test]
    fn without_tries_a_way_is_found_and_not_called_the_least() {
        let found = found(6, 1, |_| Some(0)).unwrap();
        assert_eq!((found.way.len(), found.order), (6, Order::BestFound));
    }
}
