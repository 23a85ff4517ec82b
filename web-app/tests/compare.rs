//! Every pattern for what is asked for: turn by turn, in rank, drawn and left behind.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::pattern::Pattern;
use interspoke_web::state::{
    Ask, AskMsg, Column, Drawn, Effect, Field, Flag, Msg, SpecMsg, State, Tab, update,
};
use interspoke_web::view;
use std::rc::Rc;

/// After messages and every turn that they ask for; the second is how many turns that were.
fn after(messages: impl IntoIterator<Item = Msg>) -> (Rc<State>, usize) {
    let (mut state, mut turns) = (Rc::new(State::on_first_sample()), 0);
    for msg in messages {
        let mut next = Some(msg);
        while let Some(msg) = next.take() {
            let (after, effects) = update(state, msg);
            state = after;
            if effects.contains(&Effect::Turn) {
                turns += 1;
                next = Some(Msg::Turn);
            }
        }
    }
    (state, turns)
}

fn choose(ask: Ask, at: usize) -> Msg {
    Msg::Ask(AskMsg::Choose(ask, at))
}

#[test]
fn patterns_are_assessed_only_while_compare_is_shown_and_one_by_one() {
    let (state, turns) = after([Msg::Show(Tab::Path)]);
    assert_eq!((state.ranking.is_none(), turns), (true, 0));
    let (state, turns) = after([Msg::Show(Tab::Compare)]);
    assert_eq!(turns, 2 * Pattern::ALL.len());
    let table = view::compare(&state);
    assert_eq!(table.rows.len(), Pattern::ALL.len());
    assert_eq!(table.status, "Recommended: Hub with Azure Firewall");
    let first = &table.rows[0];
    assert_eq!(
        (first.pattern, first.chip.text.as_str(), first.hops.as_str()),
        (Pattern::HubFirewall, "Recommended", "2 · 3")
    );
    assert_eq!(first.survive, Some((3, 15)));
    let words: Vec<&str> = table.rows.iter().map(|r| r.chip.text.as_str()).collect();
    assert_eq!(words.iter().filter(|w| **w == "Recommended").count(), 1);
}

#[test]
fn another_column_sorts_and_a_second_press_turns_it_round() {
    let sort = || Msg::Sort(Column::Cost);
    let (up, _) = after([Msg::Show(Tab::Compare), sort()]);
    let (down, _) = after([Msg::Show(Tab::Compare), sort(), sort()]);
    let order = |state: &State| -> Vec<Pattern> {
        view::compare(state)
            .rows
            .iter()
            .map(|r| r.pattern)
            .collect()
    };
    assert_ne!(order(&up), order(&down));
    assert_eq!(view::compare(&down).sort, (Column::Cost, true));
}

#[test]
fn a_verdict_opens_to_reasons_and_what_would_change_it() {
    let (state, _) = after([Msg::Show(Tab::Compare), Msg::Open(Pattern::PeeringMesh)]);
    let table = view::compare(&state);
    let row = table.rows.iter().find(|r| r.detail.is_some()).unwrap();
    let detail = row.detail.as_ref().unwrap();
    assert_eq!(row.pattern, Pattern::PeeringMesh);
    assert_eq!(
        detail.change.as_deref(),
        Some("viable if traffic between spokes did not have to be inspected")
    );
    assert!(detail.reasons.iter().any(|r| r.input == "inspection"));
    assert!(
        detail
            .counts
            .iter()
            .any(|(name, value, _)| (*name, value.as_str()) == ("links", "22"))
    );
}

#[test]
fn a_pattern_that_is_drawn_follows_the_intent_until_it_is_changed_by_hand() {
    let draw = || Msg::Ask(AskMsg::Draw(Pattern::HubFirewall));
    let (state, _) = after([draw()]);
    assert_eq!(state.drawn, Drawn::Follows);
    assert_eq!(state.document.network.vnets.len(), 8);
    let more = Msg::Typed(Field::Ask(Ask::Spokes(0)), "5".to_owned());
    let (state, _) = after([draw(), more.clone()]);
    assert_eq!(
        (state.drawn, state.document.network.vnets.len()),
        (Drawn::Follows, 10)
    );
    let edit = || Msg::Spec(SpecMsg::Flag(0, Flag::Forwarded, false));
    let (state, _) = after([draw(), edit(), more.clone()]);
    assert_eq!(
        (state.drawn, state.document.network.vnets.len()),
        (Drawn::Left, 8)
    );
    let (state, _) = after([draw(), edit(), more, draw()]);
    assert_eq!(
        (state.drawn, state.document.network.vnets.len()),
        (Drawn::Follows, 10)
    );
    let (state, _) = after([draw(), Msg::Undo]);
    assert_eq!(state.drawn, Drawn::Alone);
    assert_eq!(state.document.name, "Two regions, a firewall in each hub");
}

#[test]
fn an_intent_that_cannot_be_planned_marks_its_field_and_keeps_the_comparison() {
    let (state, _) = after([
        Msg::Show(Tab::Compare),
        Msg::Typed(Field::Ask(Ask::Range(0)), "10.0.0.0/99".to_owned()),
    ]);
    let panel = view::intent(&state);
    let error = panel.regions[0].fields[2].draft.error.clone().unwrap();
    assert!(error.contains("expected"), "{error}");
    let table = view::compare(&state);
    assert!(table.older);
    assert_eq!(table.rows.len(), Pattern::ALL.len());
}

#[test]
fn every_choice_of_the_panel_can_be_made_and_is_shown() {
    for ask in [
        Ask::Inspection,
        Ask::Internet,
        Ask::OnPremises,
        Ask::Hub,
        Ask::Appliance,
        Ask::Tier,
        Ask::Peerings,
        Ask::Encryption,
        Ask::Tenants,
        Ask::Clouds,
    ] {
        let words = interspoke_web::text::words(ask).len().max(2);
        for at in 0..words {
            let (state, _) = after([choose(ask, at)]);
            let shown = interspoke_web::state::asked(&state.intent(), ask);
            assert_eq!(shown, Some(at), "{ask:?}");
        }
    }
    let (state, _) = after([
        Msg::Typed(Field::Ask(Ask::Environments), "dev, prod".to_owned()),
        choose(Ask::Rule(1), 4),
    ]);
    assert_eq!(view::intent(&state).rules[1].chosen, Some(4));
}

#[test]
fn every_figure_opens_and_follows_its_intent() {
    for (id, title) in view::intent(&State::on_first_sample()).figures {
        let (state, _) = after([Msg::Ask(AskMsg::Figure(id))]);
        assert_eq!(
            (state.drawn, state.document.name.as_str()),
            (Drawn::Follows, title)
        );
        let saved = state.document.to_json();
        let read = interspoke_core::document::Document::parse(&saved).unwrap();
        assert_eq!(read, *state.document);
    }
}
