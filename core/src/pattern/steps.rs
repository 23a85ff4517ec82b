//! The assessment of a pattern in steps, so that whoever must not block for long can stop between them.
//!
//! The rule: each step does one thing to the whole network, and a step never changes what an earlier one gave: what is
//! kept of the old value stays good. Steps in a row give what [`Assessment::new`] gives, which is made of them.
//!
//! | step | gives | `regional-mesh-hub`, 1,000 spokes in 4 regions, native, a busy machine |
//! |---|---|---|
//! | first | formulas, limits | under 1 ms, 23 ms where the largest instance is searched; a design over a hard limit ends here |
//! | draw | the network, meshes as one thing each | 7 ms |
//! | join | its topology, with what Azure refuses | 16 ms |
//! | group | its classes, one flow followed for each pair | under 1 ms |
//! | announce | who tells whom which routes, until nothing changes | nothing without a gateway or a hub of Virtual WAN |
//! | prove | the properties asked for | under 1 ms |
//! | bill | the bill, round trips where a ceiling is set, the verdict | 16 ms |
//! | spoke, region, environment | what one more of each asks for: drawn again, and compared | about as much as draw and join |
//!
//! Left out: a step of its own for each flow; no network has many classes.

use super::Pattern;
use super::alias::fingerprint;
use super::ceiling::Ceiling;
use super::effort::{More, effort};
use super::pace::slowest;
use super::proof::{Built, Proof, prove};
use super::sketch::{MANY, Sketch};
use super::verdict::Assessment;
use crate::estate::Estate;
use crate::intent::{AddressPlan, Intent};
use crate::issue::Issue;
use crate::price::{Catalog, bill_of};
use crate::route::Settings;
use crate::topology::Topology;
use std::rc::Rc;

/// An assessment on its way. Copies are cheap.
#[derive(Debug, Clone)]
pub struct Steps {
    assessment: Rc<Assessment>,
    stage: Stage,
}

#[derive(Debug, Clone)]
enum Stage {
    Planned,
    Drawn(Rc<Sketch>),
    Joined(Rc<Sketch>, Rc<Topology>, Rc<Vec<Issue>>),
    Grouped(Rc<Built>),
    Announced(Rc<Built>),
    Proved(Rc<Built>, Rc<Proof>),
    Billed(Rc<Built>, usize),
    Done(Option<Rc<Built>>),
}

impl Steps {
    /// The first step: formulas and limits.
    #[must_use]
    pub fn new(pattern: Pattern, intent: &Intent, plan: &AddressPlan) -> Self {
        let mut assessment = Assessment::planned(pattern, intent, plan);
        let stage = if assessment.is_refused() {
            assessment.finish(intent);
            Stage::Done(None)
        } else {
            Stage::Planned
        };
        Self {
            assessment: Rc::new(assessment),
            stage,
        }
    }

    /// The next step, for the same Intent, addresses and prices; the same again when all are done.
    #[must_use]
    pub fn next(&self, intent: &Intent, plan: &AddressPlan, catalog: &Catalog) -> Self {
        let mut assessment = Rc::clone(&self.assessment);
        let stage = match &self.stage {
            Stage::Planned => {
                let (plan, sizes) = (&assessment.plan, &assessment.fit.sizes);
                let sketch = assessment.pattern.drawn(intent, plan, sizes, MANY);
                Stage::Drawn(Rc::new(sketch))
            }
            Stage::Drawn(sketch) => {
                let joined = sketch.join();
                Stage::Joined(Rc::clone(sketch), joined.value.into(), joined.issues.into())
            }
            Stage::Joined(sketch, topology, issues) => Stage::Grouped(Rc::new(Built {
                sketch: Rc::clone(sketch),
                issues: issues.to_vec(),
                estate: Estate::new(Rc::clone(topology), Settings::default()),
            })),
            Stage::Grouped(built) => {
                let _known = built.estate.routing().bgp();
                Stage::Announced(Rc::clone(built))
            }
            Stage::Announced(built) => {
                let proof = prove(assessment.pattern, intent, plan, built);
                Stage::Proved(Rc::clone(built), Rc::new(proof))
            }
            Stage::Proved(built, proof) => {
                let demand = intent.traffic_demand();
                let bill = bill_of(built.estate.routing(), &built.sketch.spec, &demand, catalog);
                let whole = Rc::make_mut(&mut assessment);
                whole.proved(Proof::clone(proof), bill, intent);
                let ms = intent.latency_ceiling_ms;
                if ms > 0 {
                    whole.timed(&Ceiling::new(built.estate.routing(), &demand, ms), ms);
                }
                whole.slowest = slowest(built, &whole.plan);
                whole.fingerprint = Some(fingerprint(&built.sketch));
                whole.finish(intent);
                Stage::Billed(Rc::clone(built), 0)
            }
            Stage::Billed(built, known) => match More::ALL.get(*known) {
                Some(more) => {
                    let whole = Rc::make_mut(&mut assessment);
                    let place = (&*whole.plan, &whole.fit.sizes);
                    let found = effort(whole.pattern, intent, place, &built.sketch, *more);
                    whole.efforts.put(*more, found);
                    Stage::Billed(Rc::clone(built), known + 1)
                }
                None => Stage::Done(Some(Rc::clone(built))),
            },
            Stage::Done(_) => self.stage.clone(),
        };
        Self { assessment, stage }
    }

    /// The assessment, whole once it is done.
    #[must_use]
    pub const fn assessment(&self) -> &Rc<Assessment> {
        &self.assessment
    }

    /// The built network once all is done; `Some(None)` where a limit refuses it and nothing was built.
    #[must_use]
    pub fn done(&self) -> Option<Option<&Rc<Built>>> {
        match &self.stage {
            Stage::Done(built) => Some(built.as_ref()),
            _ => None,
        }
    }
}

impl Assessment {
    /// Assesses a pattern; whether it is recommended is known only beside the others.
    #[must_use]
    pub fn new(pattern: Pattern, intent: &Intent, plan: &AddressPlan, catalog: &Catalog) -> Self {
        let mut steps = Steps::new(pattern, intent, plan);
        while steps.done().is_none() {
            steps = steps.next(intent, plan, catalog);
        }
        Self::clone(steps.assessment())
    }
}
