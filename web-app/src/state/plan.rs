//! The way from another estate to the present design, worked out in slices while it is looked at.
//!
//! The rule: a plan begins at the estate that was imported; without one, at the design that was there before a pattern was
//! drawn over it; or wherever the reader says. It is worked out anew when the design, the start or a setting is another.
//!
//! | happens | the plan begins at |
//! |---|---|
//! | an import | what was imported |
//! | a pattern is drawn over a network that no pattern drew | that network, unless something was imported |
//! | *Start here* | the present design |
//!
//! Left out: estates with errors that Azure would refuse as a goal; the plan says which.

use super::stage::Stage;
use super::{Effect, Msg, PickMsg, PlanMsg, Shared, State, Tab};
use interspoke_core::document::Document;
use interspoke_core::plan::{Obstacle, Plan, Planning, TRIES, differences};
use interspoke_core::spec::NetworkSpec;
use std::cell::RefCell;
use std::rc::Rc;

/// Where a plan begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// What exists there, and what it is called.
    pub document: Rc<Document>,
    /// Whether it was imported: that is what exists in Azure.
    imported: bool,
}

/// What is shown of the way to the present design.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    /// Whether it is shown in place of code.
    pub shown: bool,
    /// Where it begins.
    pub start: Option<Start>,
    /// The open step.
    pub step: Option<usize>,
    /// The estate after it, on the picture.
    pub(super) stage: Option<Stage>,
    work: Option<Work>,
}

/// A plan, or how far it is.
#[derive(Debug, Clone)]
struct Work {
    start: Rc<Document>,
    goal: Rc<Document>,
    differences: Shared<Vec<String>>,
    busy: Option<Rc<RefCell<Planning>>>,
    progress: (usize, usize, usize),
    ended: Option<Shared<Result<Plan, Obstacle>>>,
}

impl Work {
    fn new(start: &Rc<Document>, goal: &Rc<Document>) -> Self {
        Self {
            differences: Shared::new(differences(&start.network, &goal.network)),
            start: Rc::clone(start),
            goal: Rc::clone(goal),
            busy: None,
            progress: (0, 0, 0),
            ended: None,
        }
    }

    fn is_for(&self, start: &Rc<Document>, goal: &Rc<Document>) -> bool {
        let same = |a: &Document, b: &Document| a.network == b.network && a.settings == b.settings;
        Rc::ptr_eq(&self.start, start) && (Rc::ptr_eq(&self.goal, goal) || same(&self.goal, goal))
    }

    /// One slice: the estates at both ends, or some states between them.
    fn turn(&mut self) {
        let Some(planning) = &self.busy else {
            let network = &self.goal.network;
            let settings = self.goal.settings;
            match Planning::new(&self.start.network, network, settings, TRIES) {
                Ok(planning) => self.busy = Some(Rc::new(RefCell::new(planning))),
                Err(obstacle) => self.ended = Some(Shared::new(Err(obstacle))),
            }
            return;
        };
        let mut planning = planning.borrow_mut();
        for _ in 0..states_a_slice(&self.goal.network) {
            if let Some(ended) = planning.advance() {
                self.ended = Some(Shared::new(ended));
                break;
            }
        }
        self.progress = planning.progress();
    }
}

/// A state costs what its subnets cost; a slice is to stay far below what a person notices.
fn states_a_slice(network: &NetworkSpec) -> usize {
    const SUBNETS: usize = 40;
    let subnets: usize = network.vnets.iter().map(|vnet| vnet.subnets.len()).sum();
    (SUBNETS / subnets.max(1)).max(1)
}

impl Plans {
    /// What differs between the start and the present design.
    #[must_use]
    pub fn differences(&self) -> &[String] {
        self.work.as_ref().map_or(&[], |work| &work.differences)
    }

    /// How many states are followed, how many steps are told, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize, usize) {
        self.work.as_ref().map_or((0, 0, 0), |work| work.progress)
    }

    /// The plan, or why there is none.
    #[must_use]
    pub fn ended(&self) -> Option<&Result<Plan, Obstacle>> {
        self.work.as_ref()?.ended.as_deref()
    }
}

impl State {
    /// An import is what exists.
    pub(super) fn plan_from_import(&mut self) {
        self.plans.start = Some(Start {
            document: Rc::clone(&self.document),
            imported: true,
        });
    }

    /// A pattern is about to be drawn over the present network.
    pub(super) fn plan_from_here(&mut self) {
        let known = self.plans.start.as_ref();
        let imported = known.is_some_and(|start| start.imported);
        let drawn = self.drawn == super::Drawn::Follows && known.is_some();
        if !imported && !drawn && self.document.network != NetworkSpec::default() {
            self.start_here();
        }
    }

    fn start_here(&mut self) {
        self.plans.start = Some(Start {
            document: Rc::clone(&self.document),
            imported: false,
        });
    }

    pub(super) fn plan_msg(&mut self, msg: PlanMsg) -> Vec<Effect> {
        match msg {
            PlanMsg::Show(shown) => self.plans.shown = shown,
            PlanMsg::StartHere => self.start_here(),
            PlanMsg::Step(step) => {
                self.open_step(Some(step).filter(|_| self.plans.step != Some(step)))
            }
            PlanMsg::Leave => self.plans.stage = None,
            PlanMsg::Flow(words) => return self.choose_flow(&words),
            PlanMsg::Save => {
                if let Some(Ok(plan)) = self.plans.ended() {
                    let name = crate::text::PLAN_FILE.to_owned();
                    return vec![Effect::Save(name, "text/markdown", plan.markdown())];
                }
            }
        }
        Vec::new()
    }

    /// Opens a step, whose estate comes on the picture, or closes all.
    fn open_step(&mut self, step: Option<usize>) {
        self.plans.step = step;
        let plan = self.plans.ended().and_then(|ended| ended.as_ref().ok());
        let opened = step
            .zip(plan)
            .and_then(|(at, plan)| Some((at, plan.steps.get(at)?)));
        self.plans.stage = opened.map(|(at, step)| Stage::of(at, step, &self.document));
    }

    /// Chooses a flow on the picture, where what is shown there has both ends.
    fn choose_flow(&mut self, words: &str) -> Vec<Effect> {
        let shown = self.stage().map_or(&*self, |stage| stage);
        match shown.flow_called(words) {
            Some(flow) if self.stage().is_some() => {
                return self.tell_stage(Msg::Pick(PickMsg::Flow(flow)));
            }
            Some(flow) => self.pick(PickMsg::Flow(flow)),
            None => self.notice = Some(crate::text::no_such_flow(words)),
        }
        Vec::new()
    }

    /// Whether something of the plan is still to be worked out.
    pub(super) fn plan_on(&mut self) -> bool {
        if !self.plans.shown || self.tab != Tab::Build {
            return false;
        }
        let Some(start) = &self.plans.start else {
            return false;
        };
        let work = self.plans.work.as_ref();
        if !work.is_some_and(|work| work.is_for(&start.document, &self.document)) {
            self.plans.work = Some(Work::new(&start.document, &self.document));
            (self.plans.step, self.plans.stage) = (None, None);
        }
        if self.is_staging() {
            return true;
        }
        let work = self.plans.work.as_ref();
        work.is_some_and(|work| work.ended.is_none() && !work.differences.is_empty())
    }

    /// The turn came.
    pub(super) fn plan_turn(&mut self) {
        if !self.plan_on() {
            return;
        }
        if self.is_staging() {
            self.stage_turn();
        } else if let Some(work) = &mut self.plans.work {
            work.turn();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{AskMsg, Msg, update};
    use interspoke_core::pattern::Pattern;

    /// The page after messages and every turn that they ask for.
    fn after(state: Rc<State>, msgs: Vec<Msg>) -> Rc<State> {
        msgs.into_iter().fold(state, |state, msg| {
            let (mut state, mut effects) = update(state, msg);
            for _ in 0..5_000 {
                if !effects.iter().any(Effect::is_turn) {
                    return state;
                }
                (state, effects) = update(state, Msg::Turn);
            }
            panic!("it never ends");
        })
    }

    fn drawn_over(first: Pattern, second: Pattern) -> Rc<State> {
        let draw = |pattern| Msg::Ask(AskMsg::Draw(pattern));
        after(
            Rc::new(State::on_first_sample()),
            vec![
                Msg::Show(Tab::Path),
                draw(first),
                Msg::Plan(PlanMsg::StartHere),
                draw(second),
                Msg::Show(Tab::Build),
                Msg::Plan(PlanMsg::Show(true)),
            ],
        )
    }

    #[test]
    fn a_plan_is_worked_out_in_slices_and_ends_at_the_design() {
        let state = drawn_over(Pattern::HubVpnGateway, Pattern::HubFirewall);
        let Some(Ok(plan)) = state.plans.ended() else {
            panic!("{:?}", state.plans.ended());
        };
        let last = plan.steps.last().unwrap();
        let in_order = interspoke_core::plan::change::in_order;
        assert_eq!(in_order(&last.estate), in_order(&state.document.network));
        assert!(!state.plans.differences().is_empty());
    }

    #[test]
    fn an_estate_that_no_pattern_drew_is_where_the_plan_begins() {
        let first = Rc::new(State::on_first_sample());
        let before = first.document.network.clone();
        let state = after(
            first,
            vec![
                Msg::Ask(AskMsg::Draw(Pattern::HubFirewall)),
                Msg::Ask(AskMsg::Draw(Pattern::PeeringMesh)),
            ],
        );
        assert_eq!(state.plans.start.as_ref().unwrap().document.network, before);
    }

    #[test]
    fn without_a_difference_nothing_is_worked_out() {
        let state = after(
            Rc::new(State::on_first_sample()),
            vec![
                Msg::Show(Tab::Build),
                Msg::Plan(PlanMsg::StartHere),
                Msg::Plan(PlanMsg::Show(true)),
            ],
        );
        assert!(state.plans.ended().is_none() && state.plans.differences().is_empty());
    }
}
