//! What is answered after the picture: findings and the bill.
//!
//! The rule: of a network of at most [`LARGE`] VNets both stand at once. A larger one is drawn first; findings are looked
//! for and the bill is made in turns after it, and what they were before stays, marked, until they are known. Whatever
//! needs them before that (a correction, a report, a saved bill) works them out at once.
//!
//! | VNets | after a change | turns |
//! |--:|---|--:|
//! | 100 | known when it is drawn | 0 |
//! | 1,000 | drawn, then known | about 27 |

use super::{Shared, State};
use interspoke_core::finding::{Review, Search};
use std::cell::RefCell;

/// From more VNets on, what takes long is answered after the picture.
pub(super) const LARGE: usize = 150;

/// Findings, and what is still to be worked out. States share a search; it only ever becomes more complete.
#[derive(Debug, Clone, Default)]
pub struct Late {
    /// What goes wrong or surprises: of the present network where nothing is due.
    pub review: Shared<Review>,
    search: Option<Shared<RefCell<Search>>>,
    /// Nothing was ever found out about this design.
    first: bool,
    bill_due: bool,
}

impl Late {
    /// Of a design that nothing is known of yet.
    pub(super) fn new() -> Self {
        Self {
            first: true,
            ..Self::default()
        }
    }

    /// Whether findings are still looked for.
    #[must_use]
    pub const fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// Whether the bill is still to be made.
    #[must_use]
    pub const fn is_billing(&self) -> bool {
        self.bill_due
    }

    /// Whether there is no bill of this design at all yet.
    #[must_use]
    pub const fn is_unbilled(&self) -> bool {
        self.bill_due && self.first
    }

    /// Whether something is to be worked out.
    pub(super) const fn is_due(&self) -> bool {
        self.is_searching() || self.bill_due
    }
}

impl State {
    /// Findings of the present answers are looked for.
    pub(super) fn search_again(&mut self) {
        self.late.search = Some(Shared::default());
    }

    /// The bill of the present document is made.
    pub(super) fn bill_again(&mut self) {
        self.late.bill_due = true;
    }

    /// Whether the network is so large that what takes long has turns of its own.
    pub(super) fn is_large(&self) -> bool {
        self.answers.topology().vnets().len() > LARGE
    }

    /// Works out at once what is due of a small network.
    pub(super) fn work_out_small(&mut self) {
        if !self.is_large() {
            self.work_out();
        }
    }

    /// Works out at once what is due.
    pub(super) fn work_out(&mut self) {
        while self.late.is_due() {
            self.late_turn();
        }
    }

    /// A step of the search; false where there is none, or where it is at its end.
    pub(super) fn search_quietly(&self) -> bool {
        let search = self.late.search.as_ref();
        search.is_some_and(|search| !search.borrow_mut().step(&self.answers.routing))
    }

    /// The next step of what is due.
    pub(super) fn late_turn(&mut self) {
        if let Some(search) = self.late.search.take() {
            if !search.borrow_mut().step(&self.answers.routing) {
                self.late.search = Some(search);
                return;
            }
            let found = search.borrow().review();
            let review = self.answers.asked_for(found, &self.document);
            self.late.review = Shared::new(review);
        } else if self.late.bill_due {
            self.cost.bill = Shared::new(self.answers.bill(&self.document, &self.cost.catalog));
            (self.late.bill_due, self.late.first) = (false, false);
            self.tell_cost();
        }
    }

    /// What the last change did is told whole once the bill is known.
    fn tell_cost(&mut self) {
        let total = self.cost.bill.total_text();
        if let Some(did) = &mut self.effected {
            did.after.get_or_insert(total);
        }
    }
}
