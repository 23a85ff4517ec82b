//! The plan, ready to show: steps on a line, each with what it does to traffic, and the open one with everything else.
//!
//! | of a step | shown as |
//! |---|---|
//! | pairs cut | a bad chip, and the flows when it is open |
//! | pairs past the firewall, opened | a warning |
//! | pairs that take another way | a plain chip |
//! | none of these | a good chip |
//!
//! Left out: flows beyond the first few; the saved plan has no more either.

use super::code::{Line, MOST_LINES, pieces};
use super::{Chip, Tone};
use crate::state::State;
use crate::text;
use interspoke_core::export::Form;
use interspoke_core::plan::{Obstacle, Plan, Step};

/// The plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanView {
    /// Where it leads from and to; none without a start.
    pub way: Option<String>,
    /// What is to be said of it, or how far it is.
    pub said: String,
    /// Whether it is still being worked out.
    pub is_busy: bool,
    /// What stood in the way.
    pub obstacles: Vec<String>,
    /// Steps, in order.
    pub steps: Vec<StepView>,
    /// What differs between start and design.
    pub differences: Vec<String>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// What is done.
    pub title: String,
    /// What it does to traffic.
    pub effects: Vec<Chip>,
    /// Everything else, of the open one.
    pub open: Option<OpenStep>,
}

/// What is shown of an open step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    /// Flows by what becomes of them: title, and each with what is chosen on the picture.
    pub flows: Vec<(&'static str, Vec<(String, String)>)>,
    /// Titles, lines and texts of commands.
    pub code: Vec<(&'static str, Vec<Line>, String)>,
    /// What to look at afterwards.
    pub checks: Vec<String>,
}

/// The plan.
pub(super) fn plan(state: &State) -> PlanView {
    let plans = &state.plans;
    let Some(start) = &plans.start else {
        return PlanView {
            said: text::NO_START.to_owned(),
            ..PlanView::default()
        };
    };
    let view = PlanView {
        way: Some(text::plan_from(&start.document.name, &state.document.name)),
        differences: plans.differences().to_vec(),
        ..PlanView::default()
    };
    match plans.ended() {
        _ if view.differences.is_empty() => PlanView {
            said: text::NOTHING_TO_DO.to_owned(),
            ..view
        },
        None => PlanView {
            said: text::plan_progress(plans.progress()),
            is_busy: true,
            ..view
        },
        Some(Ok(plan)) => PlanView {
            said: text::plan_verdict(plan),
            steps: steps(plan, plans.step),
            ..view
        },
        Some(Err(obstacle)) => refused(obstacle, view),
    }
}

fn refused(obstacle: &Obstacle, view: PlanView) -> PlanView {
    let (said, issues) = match obstacle {
        Obstacle::Goal(issues) => (text::GOAL_REFUSED, issues),
        Obstacle::NoOrder(issues) => (text::NO_ORDER, issues),
    };
    PlanView {
        said: said.to_owned(),
        obstacles: issues.iter().map(ToString::to_string).collect(),
        ..view
    }
}

fn steps(plan: &Plan, open: Option<usize>) -> Vec<StepView> {
    let step = |(at, step): (usize, &Step)| StepView {
        title: step.title.clone(),
        effects: effects(step),
        open: (open == Some(at)).then(|| opened(step)),
    };
    plan.steps.iter().enumerate().map(step).collect()
}

fn effects(step: &Step) -> Vec<Chip> {
    let effect = &step.effect;
    let all = [
        (Tone::Bad, "cut", effect.cut),
        (Tone::Warn, "past the firewall", effect.uninspected),
        (Tone::Warn, "opened", effect.opened),
        (Tone::Plain, "other way", step.moved),
    ];
    let said = all.iter().filter(|(_, _, count)| *count > 0);
    let mut chips: Vec<Chip> = said
        .map(|(tone, word, count)| Chip::new(*tone, text::effect(word, *count)))
        .collect();
    if effect.cut == 0 && effect.uninspected == 0 && effect.opened == 0 {
        chips.insert(0, Chip::new(Tone::Good, text::NOTHING_CUT));
    }
    chips
}

fn opened(step: &Step) -> OpenStep {
    let effect = &step.effect;
    let all = [
        (text::CUT_FLOWS, &effect.cut_flows),
        (text::PAST_FLOWS, &effect.uninspected_flows),
        (text::OPENED_FLOWS, &effect.opened_flows),
        (text::MOVED_FLOWS, &step.moved_flows),
    ];
    // A flow that moved is said with its ways: `a to b: direct, was through fw`.
    let flow = |text: &String| {
        let ends = text.split(": ").next().unwrap_or(text).to_owned();
        (text.clone(), ends)
    };
    let flows = all.into_iter().filter(|(_, flows)| !flows.is_empty());
    let commands = [(text::STEP_CODE, &step.code), (text::STEP_UNDO, &step.undo)];
    let lines = |text: &str| -> Vec<Line> {
        let lines = text.lines().take(MOST_LINES);
        lines.map(|line| pieces(Form::CommandLine, line)).collect()
    };
    OpenStep {
        flows: flows
            .map(|(title, flows)| (title, flows.iter().map(flow).collect()))
            .collect(),
        code: commands
            .into_iter()
            .map(|(title, text)| (title, lines(text), text.clone()))
            .collect(),
        checks: step.check.clone(),
    }
}
