//! What the reader chose, taken from the document: prices, rules, policies, what fails, the sorted column.
//!
//! The rule: a choice is changed in the document alone, as a step that can be undone, and taken over from there by what
//! computes with it. So undo, a reload, a file and a link bring it back the same way.
//!
//! | choice | taken over by |
//! |---|---|
//! | prices, discounts, rules | [`Cost`](super::Cost): the price list |
//! | policies, what fails | [`Reaching`](super::Reaching) |
//! | sort | the comparison |

use super::history::Cause;
use super::message::Column;
use super::{Checked, Failing, State};
use interspoke_core::document::{Choices, ChosenPolicy, Sort};

impl State {
    /// Takes over what differs from `old`; whether bills change.
    pub(super) fn take_choices(&mut self, old: &Choices) -> bool {
        let document = std::rc::Rc::clone(&self.document);
        let new = &document.choices;
        let bills = (
            &old.prices,
            &old.discounts,
            &old.rules,
            old.between_zones_gb,
        ) != (
            &new.prices,
            &new.discounts,
            &new.rules,
            new.between_zones_gb,
        );
        if bills {
            self.take_prices(new);
        }
        if old.policies != new.policies {
            let checks = std::mem::take(&mut self.reach.checks);
            self.reach.checks = policies(new.policies.as_deref(), &checks);
        }
        if old.fails != new.fails {
            self.reach.failing = new.fails.clone().map(Failing::of);
        }
        if old.sort != new.sort {
            self.sort = sort_of(new.sort.as_ref());
        }
        bills
    }

    /// Changes what the reader chose.
    pub(super) fn choose_for_document(&mut self, cause: Cause, change: impl FnOnce(&mut Choices)) {
        self.edit(cause, |document| change(&mut document.choices));
    }

    /// Policies as they are written.
    pub(super) fn chosen_policies(&self) -> Vec<ChosenPolicy> {
        let checks = self.reach.checks.iter();
        checks
            .map(|check| ChosenPolicy {
                kind: check.kind,
                from: check.from.clone(),
                to: check.to.clone(),
                services: check.services.clone(),
            })
            .collect()
    }

    /// Sorts by a column, or the other way round.
    pub(super) fn sort_by(&mut self, column: Column) {
        let largest_first = self.sort.0 == column && !self.sort.1;
        let sort = Sort {
            column: column.word().to_owned(),
            largest_first,
        };
        self.choose_for_document(Cause::Typing("sort".to_owned()), |choices| {
            choices.sort = Some(sort);
        });
    }
}

/// Checks of the chosen policies; those that were checked already stay.
fn policies(chosen: Option<&[ChosenPolicy]>, known: &[Checked]) -> Vec<Checked> {
    let Some(chosen) = chosen else {
        return super::Reaching::default().checks;
    };
    let of = |policy: &ChosenPolicy| {
        let fresh = Checked::new(policy.kind, &policy.from, &policy.to, &policy.services);
        let same = |one: &&Checked| {
            (one.kind, &one.from, &one.to, &one.services)
                == (fresh.kind, &fresh.from, &fresh.to, &fresh.services)
        };
        known.iter().find(same).cloned().unwrap_or(fresh)
    };
    chosen.iter().map(of).collect()
}

fn sort_of(sort: Option<&Sort>) -> (Column, bool) {
    let named = |sort: &Sort| {
        let mut columns = Column::ALL.into_iter();
        let column = columns.find(|column| column.word() == sort.column)?;
        Some((column, sort.largest_first))
    };
    sort.and_then(named).unwrap_or((Column::Verdict, false))
}
