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
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What is known of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// No order of these steps cuts less.
    Least,
    /// The search ended before it could tell.
    BestFound,
}

/// Steps that are done, by position.
pub(super) type Done = Vec<bool>;

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
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) way: Vec<usize>,
    pub(super) price: usize,
    pub(super) order: Order,
}

/// What a search needs next.
pub(super) enum Turn {
    /// The price of a state.
    Price(Done),
    /// Nothing: an order, or none where no order of the steps is accepted.
    Ended(Option<Found>),
}

/// A search, a state at a time.
#[derive(Debug)]
pub(super) struct Search {
    count: usize,
    /// Steps before a step, by position.
    before: Vec<Vec<usize>>,
    /// How many states may be priced before the best is taken.
    tries: usize,
    /// Prices; none of a state that Azure refuses.
    known: BTreeMap<Done, Option<usize>>,
    best: BTreeMap<Done, usize>,
    queue: BinaryHeap<Reverse<Entry>>,
    furthest: (Vec<usize>, usize),
    /// Ways that are finished step by step once the tries have run out, the one to go on with last.
    finishing: Option<Vec<(Vec<usize>, usize)>>,
    left: BTreeSet<Done>,
}

impl Search {
    /// A search for an order of so many steps.
    pub(super) fn new(count: usize, before: Vec<Vec<usize>>, tries: usize) -> Self {
        let start = Entry {
            price: 0,
            bound: false,
            open: count,
            way: Vec::new(),
        };
        Self {
            count,
            before,
            tries,
            known: BTreeMap::new(),
            best: BTreeMap::new(),
            queue: BinaryHeap::from([Reverse(start)]),
            furthest: (Vec::new(), 0),
            finishing: None,
            left: BTreeSet::new(),
        }
    }

    /// How many states have a price.
    pub(super) fn priced(&self) -> usize {
        self.known.len()
    }

    /// Says what a state costs.
    pub(super) fn know(&mut self, done: Done, price: Option<usize>) {
        self.known.insert(done, price);
    }

    /// Goes on until a price is needed or the search ends.
    pub(super) fn turn(&mut self) -> Turn {
        while self.finishing.is_none() {
            let Some(Reverse(entry)) = self.queue.pop() else {
                return Turn::Ended(None);
            };
            let done = done(self.count, &entry.way);
            if entry.bound {
                match self.known.get(&done) {
                    Some(Some(own)) => {
                        let price = entry.price + own;
                        self.queue.push(Reverse(Entry {
                            price,
                            bound: false,
                            ..entry
                        }));
                    }
                    Some(None) => {}
                    None if self.known.len() >= self.tries => {
                        self.finishing = Some(vec![self.furthest.clone()]);
                    }
                    None => {
                        self.queue.push(Reverse(entry));
                        return Turn::Price(done);
                    }
                }
            } else if let Some(found) = self.expand(entry, done) {
                return Turn::Ended(Some(found));
            }
        }
        self.finish()
    }

    /// Puts what may follow a state into the queue; an order where nothing is open.
    fn expand(&mut self, entry: Entry, done: Done) -> Option<Found> {
        if self
            .best
            .get(&done)
            .is_some_and(|known| *known <= entry.price)
        {
            return None;
        }
        if entry.way.len() > self.furthest.0.len() {
            self.furthest = (entry.way.clone(), entry.price);
        }
        if entry.open == 0 {
            return Some(Found {
                way: entry.way,
                price: entry.price,
                order: Order::Least,
            });
        }
        for next in self.nexts(&done) {
            let mut way = entry.way.clone();
            way.push(next);
            self.queue.push(Reverse(Entry {
                price: entry.price,
                bound: true,
                open: entry.open - 1,
                way,
            }));
        }
        self.best.insert(done, entry.price);
        None
    }

    /// Takes the cheapest accepted next step until none is open, going back where a way ends.
    fn finish(&mut self) -> Turn {
        let mut stack = self.finishing.take().unwrap_or_default();
        while let Some((way, price)) = stack.pop() {
            let state = done(self.count, &way);
            if way.len() == self.count {
                return Turn::Ended(Some(Found {
                    way,
                    price,
                    order: Order::BestFound,
                }));
            }
            if self.left.contains(&state) {
                continue;
            }
            match self.longer(&way, &state) {
                Ok(mut next) => {
                    self.left.insert(state);
                    next.sort_unstable();
                    for (own, step) in next.into_iter().rev() {
                        let mut longer = way.clone();
                        longer.push(step);
                        stack.push((longer, price + own));
                    }
                }
                Err(unknown) => {
                    stack.push((way, price));
                    self.finishing = Some(stack);
                    return Turn::Price(unknown);
                }
            }
        }
        Turn::Ended(None)
    }

    /// What each accepted next step costs, up to the first that costs nothing; else the state whose price is missing.
    fn longer(&self, way: &[usize], state: &Done) -> Result<Vec<(usize, usize)>, Done> {
        let mut next: Vec<(usize, usize)> = Vec::new();
        for step in self.nexts(state) {
            let longer: Vec<usize> = way.iter().copied().chain([step]).collect();
            let state = done(self.count, &longer);
            match self.known.get(&state) {
                None => return Err(state),
                Some(None) => {}
                Some(Some(own)) => {
                    next.push((*own, step));
                    if *own == 0 {
                        break;
                    }
                }
            }
        }
        Ok(next)
    }

    /// Steps that are not done and whose steps before are.
    fn nexts(&self, done: &Done) -> Vec<usize> {
        let is_done = |step: &usize| done.get(*step).copied().unwrap_or(false);
        let open = (0..self.count).filter(|step| !is_done(step));
        let before = |step: &usize| self.before.get(*step).map_or(&[][..], Vec::as_slice);
        open.filter(|step| before(step).iter().all(is_done))
            .collect()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(count: usize, tries: usize, price: impl Fn(&Done) -> Option<usize>) -> Option<Found> {
        let mut search = Search::new(count, vec![Vec::new(); count], tries);
        loop {
            match search.turn() {
                Turn::Price(done) => {
                    let price = price(&done);
                    search.know(done, price);
                }
                Turn::Ended(found) => return found,
            }
        }
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
