//! The estate after a step of a plan, as the picture shows it in place of the design.
//!
//! The rule: the open step of a plan is shown as a page of its own that can be looked at and not changed. It is answered in
//! turns; until it is there the picture stays as it was. What is done on its picture reaches it and nothing else; of what it
//! asks for, the focus alone is given.
//!
//! | the step cuts | shown |
//! |---|---|
//! | a flow | that flow, with the place where it is lost |
//! | none, but moves one | that flow on its new way |
//! | nothing | the flow that is chosen, where both ends exist |
//!
//! Left out: findings and the bill of that estate.

use super::answers::Answering;
use super::history::History;
use super::{Answers, Effect, Msg, PickMsg, Shared, Shown, State, Tab, read_endpoint, update};
use interspoke_core::document::Document;
use interspoke_core::plan::Step;
use interspoke_core::route::Flow;
use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// The estate after the open step.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    /// It is being answered; the flow that it is opened for.
    Coming {
        document: Rc<Document>,
        answering: Rc<RefCell<Option<Answering>>>,
        flow: Option<String>,
    },
    /// It is there.
    Set(Shared<State>),
}

impl Stage {
    /// Of a step of a plan for a design.
    pub(super) fn of(at: usize, step: &Step, design: &Document) -> Self {
        let called = crate::text::after_step(at + 1, &step.title);
        let document = Rc::new(Document {
            settings: design.settings,
            ..Document::new(&called, step.estate.clone())
        });
        let cut = step.effect.cut_flows.first();
        let flow = cut.or_else(|| step.moved_flows.first());
        Self::Coming {
            answering: Rc::new(RefCell::new(Some(Answering::of(&document)))),
            document,
            flow: flow.cloned(),
        }
    }
}

/// The two ends of a flow as a plan says it: `spoke1/app to spoke2/app`, and what it says more after a colon.
fn ends(words: &str) -> Option<(&str, &str)> {
    words.split(": ").next()?.split_once(" to ")
}

impl State {
    /// What the picture shows in place of the design.
    #[must_use]
    pub fn stage(&self) -> Option<&Shared<Self>> {
        match &self.plans.stage {
            Some(Stage::Set(state)) if self.tab == Tab::Build && self.plans.shown => Some(state),
            _ => None,
        }
    }

    /// Whether the estate after a step is still being answered.
    pub(super) const fn is_staging(&self) -> bool {
        matches!(self.plans.stage, Some(Stage::Coming { .. }))
    }

    /// The next step of that.
    pub(super) fn stage_turn(&mut self) {
        let Some(Stage::Coming {
            document,
            answering,
            flow,
        }) = &self.plans.stage
        else {
            return;
        };
        let next = answering.take().map(Answering::step);
        match next {
            Some(Answering::Done(answers)) => {
                let (document, flow) = (Rc::clone(document), flow.clone());
                let set = self.set_stage(document, *answers, flow.as_deref());
                self.plans.stage = Some(Stage::Set(Shared::new(set)));
            }
            going_on => {
                answering.replace(going_on);
            }
        }
    }

    /// A page of its own on that estate, of the room that this one has.
    fn set_stage(&self, document: Rc<Document>, answers: Answers, flow: Option<&str>) -> Self {
        let mut stage = Self {
            shown: Shown {
                read_only: true,
                ..Shown::default()
            },
            theme: self.theme,
            arrangement: self.arrangement,
            staged: true,
            ..Self::with(document, answers, History::default(), &self.today)
        };
        stage.drawing.viewport = self.drawing.viewport;
        let known = |ip| stage.answers.topology().subnet_at(ip).is_some();
        if self.choice.from.is_some_and(known) && self.choice.to.is_some_and(known) {
            stage.choice = self.choice;
            stage.follow();
        }
        let chosen = flow.and_then(|words| stage.flow_called(words));
        if let Some(flow) = chosen {
            stage.pick(PickMsg::Flow(flow));
        }
        stage.redraw();
        stage
    }

    /// A flow between two ends that a plan names; none where an end is missing.
    pub(super) fn flow_called(&self, words: &str) -> Option<Flow> {
        let (from, to) = ends(words)?;
        Some(Flow {
            source: self.end_called(from)?,
            destination: self.end_called(to)?,
            protocol: self.choice.protocol,
            port: None,
        })
    }

    /// The address of an end as a plan names it: a site, or `spoke1/app`, whatever the page calls that subnet.
    fn end_called(&self, name: &str) -> Option<Ipv4Addr> {
        let endpoints = &self.answers.endpoints;
        if let Ok(address) = read_endpoint(endpoints, name) {
            return Some(address);
        }
        let topology = self.answers.topology();
        let is_it = |address: Ipv4Addr| {
            topology.subnet_at(address).is_some_and(|subnet| {
                let vnet = &topology.vnet(subnet.vnet).name;
                name.strip_prefix(vnet.as_str())
                    .and_then(|rest| rest.strip_prefix('/'))
                    == Some(subnet.name.as_str())
            })
        };
        let mut all = endpoints.iter().map(|end| end.address);
        all.find(|address| is_it(*address))
    }

    /// A message of the picture that shows a stage.
    pub(super) fn tell_stage(&mut self, msg: Msg) -> Vec<Effect> {
        let Some(stage) = self.stage().cloned() else {
            return Vec::new();
        };
        if matches!(msg, Msg::Canvas(_)) {
            self.notice = Some(crate::text::LOOKED_AT.to_owned());
            return Vec::new();
        }
        let (next, effects) = update(Rc::new((*stage).clone()), msg);
        self.plans.stage = Some(Stage::Set(Shared::from(next)));
        let given = |effect: &Effect| matches!(effect, Effect::Focus(_));
        effects.into_iter().filter(given).collect()
    }
}
