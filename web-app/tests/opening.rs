//! A page and a large design open in turns: nothing is shown that is not known, nothing is lost, and what is known at the
//! end is what would have been known at once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod turns;

use interspoke_core::document::Document;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::export::Form;
use interspoke_web::form::Place;
use interspoke_web::scene::Viewport;
use interspoke_web::state::{
    Answers, BuildMsg, CanvasMsg, DesignMsg, Effect, FormMsg, Given, Kept, Memory, Msg, PARTS,
    Shelf, Shown, SpecMsg, State, StoreAsk, StoreMsg, Tab, Theme, link_to, update,
};
use interspoke_web::view;
use std::cell::RefCell;
use std::rc::Rc;
use turns::after;

const TODAY: &str = "2026-11-28";

/// Spokes behind firewalls in two regions.
fn large(spokes: usize) -> Document {
    let plan = Plan {
        spokes,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    Document::new("Large", plan.spec())
}

/// One message and nothing that it asks for.
fn one(state: Rc<State>, msg: Msg) -> (Rc<State>, Vec<Effect>) {
    update(state, msg)
}

fn question() -> Rc<State> {
    Rc::new(State::booting(Given::Question, TODAY).keeping("seed"))
}

/// What the place answers to the start, with these designs kept.
fn started(kept: &[Kept]) -> StoreMsg {
    let shelf = Memory::default();
    for one in kept {
        let mut designs = shelf.designs.borrow_mut();
        designs.insert(one.id.clone(), one.clone());
    }
    let answer: Rc<RefCell<Option<StoreMsg>>> = Rc::default();
    let into = Rc::clone(&answer);
    shelf.ask(
        StoreAsk::Start(true),
        Rc::new(move |msg| *into.borrow_mut() = Some(msg)),
    );
    answer.take().unwrap()
}

fn kept(name: &str) -> Kept {
    let document = Document {
        id: "00000000000001-00000000-00000000-0001".to_owned(),
        ..Document::new(name, large(4).network)
    };
    Kept {
        id: document.id.clone(),
        name: name.to_owned(),
        text: document.to_json().into(),
        ..Kept::default()
    }
}

#[test]
fn the_page_opens_part_by_part_on_what_it_would_open_on_at_once() {
    let mut state = question();
    let mut seen = Vec::new();
    let mut ready = 0;
    let mut next = Some(Msg::Room(state.drawing.viewport));
    while let Some(msg) = next.take() {
        let (after, effects) = one(state, msg);
        state = after;
        seen.push((
            state.coming.is_some(),
            state.settled,
            state.document.network.vnets.len(),
        ));
        ready += effects.iter().filter(|it| **it == Effect::Ready).count();
        next = effects.iter().any(Effect::is_turn).then_some(Msg::Turn);
    }
    // Nothing of the design is there before all of it is; then one part after the other takes it over.
    let vnets = State::opening().document.network.vnets.len();
    let empty = seen.iter().take_while(|(coming, ..)| *coming).count();
    assert!(empty >= 5, "{seen:?}");
    assert!(
        seen[..empty]
            .iter()
            .all(|(_, settled, all)| (*settled, *all) == (0, 0))
    );
    let settling: Vec<usize> = seen[empty..].iter().map(|it| it.1).collect();
    assert_eq!(settling[..=PARTS], [0, 1, 2, 3, 4]);
    assert!(seen[empty..].iter().all(|it| it.2 == vnets));
    assert_eq!(ready, 1, "told once");

    let (at_once, _) = after(Rc::new(State::opening()), [Msg::Turn]);
    assert_eq!(state.document, at_once.document);
    assert_eq!(
        (state.tab, state.drawn, state.side),
        (at_once.tab, at_once.drawn, at_once.side)
    );
    assert_eq!(state.choice, at_once.choice);
    assert_eq!(view::strip(&state), view::strip(&at_once));
    assert_eq!(view::findings(&state), view::findings(&at_once));
    assert_eq!(view::bill(&state), view::bill(&at_once));
}

#[test]
fn what_a_reader_does_meanwhile_meets_the_design_that_was_opened() {
    let (state, effects) = one(question(), Msg::Show(Tab::Cost));
    assert_eq!((state.tab, state.settled), (Tab::Cost, PARTS));
    assert!(state.coming.is_none() && effects.contains(&Effect::Ready));
    assert_eq!(state.document, State::opening().document);
    let kept = Effect::Keep(Rc::clone(&state.document));
    assert!(
        effects.contains(&kept),
        "it is at hand where the page breaks"
    );
    // What the browser tells by itself waits for nothing.
    let (state, _) = one(question(), Msg::Room(question().drawing.viewport));
    assert!(state.coming.is_some());
    let (state, _) = one(question(), Msg::Theme(Theme::Dark));
    assert_eq!((state.theme, state.settled), (Theme::Dark, PARTS));
}

#[test]
fn what_was_kept_comes_before_the_question_and_the_question_is_never_shown() {
    let mut state = question();
    let mut names = Vec::new();
    let mut next = Some(Msg::Store(started(&[kept("Mine")])));
    while let Some(msg) = next.take() {
        let (after, effects) = one(state, msg);
        state = after;
        names.push(state.document.name.clone());
        next = effects.iter().any(Effect::is_turn).then_some(Msg::Turn);
    }
    names.dedup();
    assert_eq!(names, ["Untitled", "Mine"], "nothing, then it");
    assert_eq!(state.store.cards.len(), 1);
}

#[test]
fn a_link_opens_beside_what_was_kept() {
    let linked = Document::new("Linked", large(3).network);
    let fragment = link_to(&linked).unwrap();
    let page = State::booting(Given::Link(fragment), TODAY).keeping("seed");
    let (state, _) = after(
        Rc::new(page),
        [Msg::Store(started(&[kept("Mine")])), Msg::Turn],
    );
    assert_eq!(state.document.name, "Linked");
    assert_eq!(state.store.cards.len(), 1, "what was kept is listed");
    // A link that cannot be read says why, and the page opens on the question.
    let newer = Given::Link("interspoke=99&x=y".to_owned());
    let (state, _) = after(Rc::new(State::booting(newer, TODAY)), [Msg::Turn]);
    let why = state.refused.as_deref().unwrap();
    assert!(why.contains("99"), "{why}");
    assert_eq!(state.document, State::opening().document);
}

#[test]
fn a_large_design_opens_in_turns_and_a_small_one_at_once() {
    let opened = |document: &Document| {
        let text = DesignMsg::Text("a.json".to_owned(), document.to_json());
        let start = Rc::new(State::on_first_sample().keeping("seed"));
        one(start, Msg::Design(text))
    };
    let (small, _) = opened(&large(20));
    assert!(small.coming.is_none());
    assert_eq!(small.document.name, "Large");

    let (state, effects) = opened(&large(300));
    let before = State::on_first_sample();
    assert_eq!(state.coming.as_ref().unwrap().name, "Large");
    assert_eq!(
        state.document.name, before.document.name,
        "shown until then"
    );
    assert!(effects.iter().any(Effect::is_turn));
    let (state, turns) = after(state, [Msg::Turn]);
    assert_eq!(state.document.network, large(300).network);
    assert!(turns > 10, "{turns}");
    // Undo leads back to what was there.
    let (state, _) = after(state, [Msg::Undo]);
    assert_eq!(state.document.network, before.document.network);
}

#[test]
fn findings_and_the_bill_of_a_large_design_come_in_turns_and_are_those_of_once() {
    let mut document = large(300);
    // A route to nowhere, so that there is something to find.
    document.network.route_tables[0].routes[0].next_hop_ip_address = Some("10.255.255.4".into());
    let document = Rc::new(document);
    let start = State::new((*document).clone());
    assert!(start.late.is_searching() && start.late.is_unbilled());
    assert_eq!(view::findings(&start).len(), start.answers.issues.len());
    assert_eq!(view::total(&start).0, "…");
    let (state, turns) = after(Rc::new(start), [Msg::Turn]);
    assert!(turns > 10, "{turns}");
    let answers = Answers::of(&document);
    assert_eq!(
        state.late.review.findings,
        answers.review(&document).findings
    );
    assert!(!state.late.review.findings.is_empty());
    assert_eq!(
        *state.cost.bill,
        answers.bill(&document, &state.cost.catalog)
    );

    // After an edit the old ones stay without their corrections until the new ones are known.
    let place = Place::parse("routeTables[0].routes[0].nextHopIpAddress").unwrap();
    let typed = Msg::Form(FormMsg::Typed(place, "10.0.0.4".to_owned()));
    let fixes = |state: &State| {
        view::findings(state)
            .iter()
            .filter(|it| it.fix.is_some())
            .count()
    };
    assert!(fixes(&state) > 0);
    let (edited, _) = one(state, typed);
    assert!(edited.late.is_searching());
    assert_eq!(fixes(&edited), 0);
    // A correction asked for meanwhile is one of the present network.
    let (known, _) = after(Rc::clone(&edited), [Msg::Turn]);
    let at = known
        .late
        .review
        .findings
        .iter()
        .position(|it| it.fix.is_some());
    if let Some(at) = at {
        let (fixed, _) = one(edited, Msg::Spec(SpecMsg::Fix(at)));
        let fix = known.late.review.findings[at].fix.as_ref().unwrap();
        assert_eq!(fixed.document.network, fix.apply(&known.document.network));
    }
}

#[test]
fn what_a_change_of_a_large_design_costs_is_told_when_it_is_known() {
    let start = Rc::new(State::new(large(300)));
    let (state, _) = after(start, [Msg::Turn]);
    let before = view::total(&state).0;
    let (state, _) = one(state, Msg::Canvas(CanvasMsg::MarkAll));
    let mesh = Msg::Canvas(CanvasMsg::JoinBy(
        interspoke_core::pattern::Pattern::AvnmMesh,
    ));
    let (state, _) = one(state, mesh);
    let did = state.effected.as_ref().unwrap();
    assert_eq!(
        (did.before.as_str(), did.after.as_deref()),
        (before.as_str(), None)
    );
    assert!(
        did.said().ends_with("the cost is being worked out."),
        "{}",
        did.said()
    );
    let (state, _) = after(state, [Msg::Turn]);
    let did = state.effected.as_ref().unwrap();
    assert_eq!(did.after.as_deref(), Some(view::total(&state).0.as_str()));
}

#[test]
fn a_large_design_is_written_as_code_in_a_turn_of_its_own() {
    let (state, _) = after(Rc::new(State::new(large(300))), [Msg::Turn]);
    let (state, effects) = one(state, Msg::Show(Tab::Build));
    let code = view::build(&state);
    assert!(code.writing && code.lines.is_empty());
    assert!(effects.iter().any(Effect::is_turn));
    let (state, _) = after(state, [Msg::Turn]);
    let code = view::build(&state);
    assert!(!code.writing && !code.lines.is_empty());
    // Who saves it before that has it whole.
    let (state, _) = one(state, Msg::Build(BuildMsg::Form(Form::Terraform)));
    let (_, effects) = one(state, Msg::Build(BuildMsg::Save));
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::Save(name, _, text) => Some((name.as_str(), text.lines().count())),
        _ => None,
    });
    let (name, lines) = saved.unwrap();
    assert!(name.ends_with(".tf") && lines > 1_000, "{name} {lines}");
}

#[test]
fn what_another_page_embeds_opens_in_turns_and_is_no_change_of_its_design() {
    let given = Document::new("Ours", large(4).network);
    let shown = Shown::read(r#"{"view": "cost", "mode": "read"}"#).unwrap();
    let booting = State::booting(Given::Document(Rc::new(given.clone())), TODAY).embedded(shown);
    assert!(booting.coming.is_some());

    let (mut state, mut told) = (Rc::new(booting), Vec::new());
    let mut next = Some(Msg::Room(Viewport::default()));
    while let Some(msg) = next.take() {
        let (after, effects) = one(state, msg);
        state = after;
        next = effects.iter().any(Effect::is_turn).then_some(Msg::Turn);
        told.extend(effects);
    }
    assert_eq!(state.document.network, given.network);
    assert_eq!((state.tab, state.shown), (Tab::Cost, shown));
    assert!(
        state.refused.is_none() && state.notice.is_none(),
        "{:?}",
        state.notice
    );
    let times = |effect: &Effect| told.iter().filter(|it| *it == effect).count();
    let opened = [Effect::Drawn, Effect::Ready].map(|effect| times(&effect));
    let changed = [Effect::Changed, Effect::Chose].map(|effect| times(&effect));
    assert_eq!((opened, changed), ([1, 1], [0, 0]));

    let (unchanged, effects) = one(state, Msg::Canvas(CanvasMsg::AddVnet(None)));
    assert_eq!(unchanged.document.network, given.network);
    assert!(!effects.contains(&Effect::Changed), "{effects:?}");
}

#[test]
fn a_view_draws_its_own_part_alone() {
    let parts = |words: &str| -> Vec<usize> {
        let shown = Shown::read(words).unwrap();
        (0..PARTS).filter(|part| shown.view.shows(*part)).collect()
    };
    assert_eq!(parts("{}"), [0, 1, 2, 3]);
    assert_eq!(parts(r#"{"view": "picture"}"#), [0]);
    assert_eq!(parts(r#"{"view": "routes"}"#), [2]);
    assert_eq!(parts(r#"{"view": "chart"}"#), [2]);
}
