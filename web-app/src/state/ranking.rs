//! Every pattern for an Intent, assessed one at a time, so that no turn of the browser takes long.
//!
//! The rule: one turn assesses a pattern, the next follows its hops and lets its hubs fail.
//! Rows of the Intent before stay, marked as stale, until their own turn comes. Sharing makes a copy cheap.

use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::pattern::proof::Built;
use interspoke_core::pattern::survive::{Survivors, survivors_of};
use interspoke_core::pattern::verdict::{Assessment, Verdict};
use interspoke_core::pattern::{Pattern, Way};
use interspoke_core::price::Catalog;
use interspoke_core::route::Flow;
use interspoke_core::spec::Protocol;
use std::rc::Rc;

/// A pattern with what was followed in its network.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// The assessment, without its network.
    pub assessment: Rc<Assessment>,
    /// What was followed; none until its turn.
    pub followed: Option<Followed>,
}

/// What was followed in the network of a pattern.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    /// Hops between two spokes of a region; none where they do not reach each other.
    pub within: Option<usize>,
    /// Hops between spokes of two regions.
    pub between: Option<usize>,
    /// Pairs that survive the failure of a hub: the worst of all hubs.
    pub survivors: Option<Survivors>,
}

/// Every pattern, as far as assessed.
#[derive(Debug, Clone)]
pub struct Ranking {
    asked: Rc<(Intent, AddressPlan, Catalog)>,
    rows: Vec<Option<Assessed>>,
    /// Half a pattern each.
    done: usize,
}

/// Hubs that fail in turn, at most.
const MOST_HUBS: usize = 4;

impl Ranking {
    /// A ranking to begin; rows of the one before are kept until theirs are known.
    #[must_use]
    pub(super) fn new(intent: &Intent, plan: AddressPlan, before: Option<&Self>) -> Self {
        let rows = before.map_or_else(
            || Pattern::ALL.iter().map(|_| None).collect(),
            |before| before.rows.clone(),
        );
        Self {
            asked: Rc::new((intent.clone(), plan, Catalog::built_in())),
            rows,
            done: 0,
        }
    }

    /// What was asked for.
    #[must_use]
    pub fn intent(&self) -> &Intent {
        &self.asked.0
    }

    /// Its addresses.
    #[must_use]
    pub fn plan(&self) -> &AddressPlan {
        &self.asked.1
    }

    /// Patterns that are assessed, and all of them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done / 2, self.rows.len())
    }

    /// Whether every pattern is assessed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done >= 2 * self.rows.len()
    }

    /// Rows with whether they are of an Intent before, in the order of the catalogue.
    pub fn rows(&self) -> impl Iterator<Item = (&Assessed, bool)> {
        let fresh = self.done.div_ceil(2);
        let rows = self.rows.iter().enumerate();
        rows.filter_map(move |(at, row)| Some((row.as_ref()?, at >= fresh)))
    }

    /// The recommended pattern, once all are assessed.
    #[must_use]
    pub fn recommended(&self) -> Option<&Assessed> {
        let viable = self
            .rows
            .iter()
            .flatten()
            .filter(|row| row.assessment.verdict == Verdict::Viable);
        viable
            .min_by_key(|row| row.assessment.rank())
            .filter(|_| self.is_complete())
    }

    /// One turn: half a pattern.
    pub(super) fn turn(&mut self) {
        let at = self.done / 2;
        let asked = Rc::clone(&self.asked);
        let (intent, plan, catalog) = &*asked;
        let (Some(pattern), Some(slot)) = (Pattern::ALL.get(at), self.rows.get_mut(at)) else {
            return;
        };
        if self.done.is_multiple_of(2) {
            let mut assessment = Assessment::new(*pattern, intent, plan, catalog);
            assessment.network = None;
            *slot = Some(Assessed {
                assessment: Rc::new(assessment),
                followed: None,
            });
        } else if let Some(row) = slot {
            // What a limit refuses is never built.
            let built = row.assessment.proof.is_some();
            row.followed = Some(if built {
                follow(*pattern, intent, plan)
            } else {
                Followed::default()
            });
        }
        self.done += 1;
    }
}

fn follow(pattern: Pattern, intent: &Intent, plan: &AddressPlan) -> Followed {
    let built = Built::new(pattern.blueprint(intent, plan));
    let spoke = |region: usize, at: usize| plan.regions.get(region)?.spokes.get(at);
    let hops = |a: (usize, usize), b: (usize, usize)| {
        let (from, to) = (spoke(a.0, a.1)?.workload(), spoke(b.0, b.1)?.workload());
        if built.way(from, to).0 == Way::Lost {
            return None;
        }
        let trip = built.estate.routing().round_trip(Flow {
            source: from,
            destination: to,
            protocol: Protocol::Tcp,
        });
        trip.forward.first()?.hops.len().checked_sub(1)
    };
    let hubs = 0..plan.regions.len().min(MOST_HUBS);
    let failures = hubs.filter_map(|region| survivors_of(&built, intent, plan, region));
    Followed {
        within: hops((0, 0), (0, 1)),
        between: hops((0, 0), (1, 0)),
        survivors: failures.min_by_key(|left| left.after),
    }
}
