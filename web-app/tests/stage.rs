//! A step of a plan opens to the estate after it on the picture: with the flow that it cuts, to be looked at and not changed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod page;
mod turns;

use interspoke_core::pattern::Pattern;
use interspoke_core::plan::Plan;
use interspoke_web::scene::NodeKey;
use interspoke_web::state::{AskMsg, CameraMsg, CanvasMsg, Msg, PlanMsg, State, Tab, update};
use interspoke_web::view;
use page::render;
use std::rc::Rc;
use turns::after;

/// A plan from spokes behind a firewall to Virtual WAN, which cannot be had without cutting something for a while.
fn planned() -> Rc<State> {
    let draw = |pattern| Msg::Ask(AskMsg::Draw(pattern));
    let messages = [
        draw(Pattern::HubFirewall),
        Msg::Plan(PlanMsg::StartHere),
        draw(Pattern::VwanSecured),
        Msg::Show(Tab::Build),
        Msg::Plan(PlanMsg::Show(true)),
    ];
    after(Rc::new(State::on_first_sample()), messages).0
}

fn plan(state: &State) -> &Plan {
    state.plans.ended().unwrap().as_ref().unwrap()
}

/// The first step that cuts a flow, and that flow.
fn cutting(state: &State) -> (usize, String) {
    let mut steps = plan(state).steps.iter().enumerate();
    let found = steps.find(|(_, step)| !step.effect.cut_flows.is_empty());
    let (at, step) = found.expect("a step that cuts something");
    (at, step.effect.cut_flows[0].clone())
}

/// A flow as a path is titled: `spoke1/app to spoke2/app` goes between two VNets.
fn titled(flow: &str) -> String {
    let (from, to) = flow.split_once(" to ").unwrap();
    let vnet = |end: &str| end.split('/').next().unwrap().to_owned();
    format!("{} → {}", vnet(from), vnet(to))
}

fn open(state: Rc<State>, at: usize) -> Rc<State> {
    after(state, [Msg::Plan(PlanMsg::Step(at))]).0
}

#[test]
fn a_step_opens_to_its_estate_with_the_flow_that_it_cuts() {
    let state = planned();
    let (at, flow) = cutting(&state);
    let design = Rc::clone(&state.document);

    let state = open(state, at);
    let stage = state.stage().expect("the picture shows the step");
    assert_eq!(stage.document.network, plan(&state).steps[at].estate);
    let path = view::path(stage).expect("a flow is chosen");
    assert_eq!(path.title, titled(&flow));
    assert!(
        !stage.trip.as_ref().unwrap().verdict.reachable(),
        "{flow} is cut there"
    );
    assert!(!stage.drawing.scene.nodes.is_empty());

    assert!(
        Rc::ptr_eq(&state.document, &design),
        "the design is as it was"
    );
    let (closed, _) = after(Rc::clone(&state), [Msg::Plan(PlanMsg::Step(at))]);
    assert!(closed.stage().is_none());
    let (left, _) = after(Rc::clone(&state), [Msg::Plan(PlanMsg::Leave)]);
    assert_eq!((left.stage().is_none(), left.plans.step), (true, Some(at)));
    let (elsewhere, _) = after(state, [Msg::Show(Tab::Path)]);
    assert!(
        elsewhere.stage().is_none(),
        "another answer is about the design"
    );
}

#[test]
fn what_is_done_on_that_picture_reaches_it_alone_and_changes_nothing() {
    let state = planned();
    let (at, _) = cutting(&state);
    let state = open(state, at);
    let estate = plan(&state).steps[at].estate.clone();
    let tell = |state: Rc<State>, msg| update(state, Msg::Stage(Box::new(msg)));

    let (state, effects) = tell(state, Msg::Camera(CameraMsg::Step(2.0)));
    assert_eq!(effects, []);
    assert!(state.stage().unwrap().camera.scale > state.camera.scale);
    let first = state.stage().unwrap().drawing.scene.nodes[0].key;
    let (state, _) = tell(state, Msg::Canvas(CanvasMsg::AddVnet(None)));
    let said = state.notice.as_deref().unwrap_or_default();
    assert!(said.contains("go back to the design"), "{said:?}");
    let (state, _) = tell(state, Msg::Canvas(CanvasMsg::Delete(Some(first))));
    assert_eq!(state.stage().unwrap().document.network, estate);
    assert!(matches!(
        first,
        NodeKey::Vnet(_) | NodeKey::Site(_) | NodeKey::Hub(_)
    ));

    let (state, _) = after(state, [Msg::Undo]);
    assert!(
        state.stage().is_none(),
        "the plan leads to another design now"
    );
}

#[test]
fn a_flow_of_the_step_is_chosen_where_it_is_cut() {
    let state = planned();
    let (at, flow) = cutting(&state);
    let flows = plan(&state).steps[at].effect.cut_flows.clone();
    let other = flows.iter().find(|other| **other != flow).unwrap_or(&flow);
    let state = open(state, at);
    let before = state.choice;
    let (state, _) = after(state, [Msg::Plan(PlanMsg::Flow(other.clone()))]);
    let stage = state.stage().unwrap();
    assert_eq!(view::path(stage).unwrap().title, titled(other));
    assert_eq!(state.choice, before, "the flow of the design stays");

    let choose = [
        Msg::Plan(PlanMsg::Leave),
        Msg::Plan(PlanMsg::Flow(flow.clone())),
    ];
    let (state, _) = after(state, choose);
    let of_the_design = view::path(&state).unwrap().title;
    assert_eq!(
        of_the_design,
        titled(&flow),
        "without it the design shows the flow"
    );
}

#[test]
fn the_picture_says_which_estate_it_shows() {
    let state = planned();
    let (at, _) = cutting(&state);
    let title = plan(&state).steps[at].title.clone();
    let state = open(state, at);
    let staged = render(Rc::clone(&state));
    assert!(
        staged.contains(&format!("After step {}: ", at + 1)),
        "{title}"
    );
    assert!(staged.contains("Back to the design") && !staged.contains("Add VNet"));
    let back = render(after(state, [Msg::Plan(PlanMsg::Leave)]).0);
    assert!(!back.contains("Back to the design") && back.contains("Add VNet"));
}
