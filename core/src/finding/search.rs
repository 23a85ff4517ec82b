//! Findings of a large estate, looked for a piece at a time, so that whoever draws meanwhile is never held up.
//!
//! The rule: flows are followed some at a time, then each kind of finding is looked for in a step of its own. The steps
//! together give what [`review`](super::review) gives, which is made of them.
//!
//! | estate | steps |
//! |---|--:|
//! | none | 13: flows are chosen, none is followed, 10 kinds, the end |
//! | 1,000 spokes, 1,500 flows | 27 |
//!
//! Left out: pieces of a kind; a search is of one estate and is begun anew when that changes.

use super::survey::{Flows, Survey};
use super::{Finding, Report, Review};
use super::{
    asymmetry, bypass, circle, direct, endpoint, names, platform, reply, requirement, session,
};
use crate::route::Routing;
use std::cmp::Reverse;

/// Flows followed in a step.
const A_STEP: usize = 100;

/// What is looked for, in this order. Rows first: they claim the flows that they explain.
const KINDS: [fn(&Survey<'_>, &mut Report); 10] = [
    bypass::report,
    endpoint::report,
    asymmetry::report,
    direct::report,
    reply::report,
    circle::report,
    requirement::report,
    platform::report,
    session::report,
    names::report,
];

/// A review in the making, of one estate.
#[derive(Debug, Clone, Default)]
pub struct Search {
    flows: Flows,
    report: Report,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    /// Flows are to be chosen.
    #[default]
    Choose,
    Follow,
    /// So many kinds were looked for.
    Look(usize),
}

impl Search {
    /// Does one step, always in the same estate; whether it was the last.
    pub fn step(&mut self, routing: &Routing) -> bool {
        match self.stage {
            Stage::Choose => {
                self.flows = Flows::of(routing.topology());
                self.stage = Stage::Follow;
            }
            Stage::Follow => {
                if self.flows.follow(routing, A_STEP) {
                    self.stage = Stage::Look(0);
                }
            }
            Stage::Look(done) => {
                let Some(look) = KINDS.get(done) else {
                    return true;
                };
                look(&Survey::new(routing, &self.flows), &mut self.report);
                self.stage = Stage::Look(done + 1);
            }
        }
        false
    }

    /// What was found so far, sorted.
    #[must_use]
    pub fn review(&self) -> Review {
        let mut findings = self.report.findings.clone();
        let key = |finding: &Finding| (Reverse(finding.severity), finding.kind);
        findings.sort_by(|a, b| {
            key(a)
                .cmp(&key(b))
                .then_with(|| a.subject.cmp(&b.subject))
                .then_with(|| a.title.cmp(&b.title))
        });
        Review {
            findings,
            flows: self.flows.followed(),
            left_out: self.flows.left_out,
        }
    }
}
