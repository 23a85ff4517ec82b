//! The addresses that what is asked for gives to its spokes, planned once for an Intent.
//!
//! The rule: a plan is made when it is first looked at, and kept until the Intent changes; states share it. An Intent that
//! cannot be planned has its problems instead.

use super::{Shared, State};
use interspoke_core::intent::{AddressPlan, Intent, Problem};
use std::cell::OnceCell;

/// An Intent with its plan, once somebody looked.
#[derive(Debug, Default)]
pub struct Planned {
    intent: Intent,
    plan: OnceCell<Result<AddressPlan, Vec<Problem>>>,
}

impl Planned {
    fn plan(&self) -> &Result<AddressPlan, Vec<Problem>> {
        self.plan.get_or_init(|| AddressPlan::new(&self.intent))
    }
}

impl State {
    /// The plan of another Intent is another.
    pub(super) fn plan_anew(&mut self) {
        let intent = self.intent();
        if *intent != self.planned.intent {
            self.planned = Shared::new(Planned {
                intent: intent.into_owned(),
                plan: OnceCell::new(),
            });
        }
    }

    /// The addresses of what is asked for; none where it cannot be planned.
    #[must_use]
    pub fn address_plan(&self) -> Option<&AddressPlan> {
        self.planned.plan().as_ref().ok()
    }

    /// Every problem of the Intent.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.planned
            .plan()
            .as_ref()
            .err()
            .map_or(&[], Vec::as_slice)
    }
}
