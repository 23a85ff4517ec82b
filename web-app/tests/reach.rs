//! Reachability: the matrix by class, policies, what fails and what changed, slice by slice.
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

use interspoke_core::document::Document;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::spec::{RouteSpec, RouteTableSpec, UserNextHopType};
use interspoke_web::form::Place;
use interspoke_web::state::{
    Axis, Field, FormMsg, Msg, PolicyKind, ReachField, ReachMsg, State, Tab, update,
};
use interspoke_web::view::{self, Mark, ReachView};
use page::render;
use std::rc::Rc;
use turns::after;

fn shown(messages: impl IntoIterator<Item = Msg>) -> Rc<State> {
    let start = Rc::new(State::on_first_sample());
    let messages = std::iter::once(Msg::Show(Tab::Reachability)).chain(messages);
    after(start, messages).0
}

fn saw(messages: impl IntoIterator<Item = Msg>) -> ReachView {
    view::reach(&shown(messages))
}

/// The range of the second route of the first table.
fn second_route(prefix: &str) -> Msg {
    let place = Place::parse("routeTables[0].routes[1].prefix").unwrap();
    Msg::Form(FormMsg::Typed(place, prefix.to_owned()))
}

/// The second hub's firewall forgets the first hub's spokes.
fn forget() -> Msg {
    second_route("10.99.0.0/16")
}

fn typed(field: ReachField, text: &str) -> Msg {
    Msg::Typed(Field::Reach(field), text.into())
}

fn generated(spokes: usize, design: Design) -> Rc<State> {
    let plan = Plan {
        spokes,
        regions: 2,
        ..Plan::new(design)
    };
    Rc::new(State::new(Document {
        network: plan.spec(),
        ..Document::default()
    }))
}

#[test]
fn nothing_is_followed_until_it_is_shown_or_an_edit_may_break_a_policy() {
    let start = Rc::new(State::on_first_sample());
    let (state, _) = after(start, [Msg::Show(Tab::Path)]);
    assert!(state.reach.now.is_none());
    let (edited, _) = after(Rc::clone(&state), [forget()]);
    assert!(edited.reach.now.is_some() && edited.reach.changes.is_none());
    let (_, turns) = after(state, [Msg::Show(Tab::Reachability)]);
    assert_eq!(turns, 0, "a small estate is answered at once");
}

#[test]
fn the_matrix_says_who_reaches_whom_and_opens_a_pair() {
    let state = shown([]);
    let table = view::reach(&state);
    assert_eq!(
        table.headline,
        "4 workload subnets in 2 classes. Of 12 ordered pairs all reach each other."
    );
    let legend: Vec<_> = table.legend.iter().map(|(m, n)| (*m, n.as_str())).collect();
    assert_eq!(legend, [(Mark::Inspected, "12 pairs")]);
    let labels: Vec<&str> = table.rows.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(labels, ["Spoke1, Spoke2", "Spoke3, Spoke4"]);
    let open = [Axis::From, Axis::To].map(|axis| view::expand(axis, &table.rows[0]));
    let (state, _) = after(state, open);
    let table = view::reach(&state);
    let labels: Vec<&str> = table.rows.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(
        labels,
        ["Spoke1, Spoke2", "Spoke1", "Spoke2", "Spoke3, Spoke4"]
    );
    let inner: Vec<bool> = table.rows.iter().map(|line| line.inner).collect();
    assert_eq!(inner, [false, true, true, false]);
    assert!(table.cells[1][1].is_empty(), "a subnet with itself");
    assert_eq!(table.cells[1][2][0].word, "AZFW1");
    let cell = &table.cells[1][3][0];
    assert_eq!(
        (cell.mark, cell.word.as_str()),
        (Mark::Inspected, "AZFW1 · AZFW2")
    );
    assert_eq!(
        cell.says,
        "Spoke1 → Spoke3, Spoke4: reached through AZFW1 and AZFW2, inspected, and back the same way"
    );
    let (state, _) = after(state, [table.cells[2][3][0].show.clone().unwrap()]);
    assert_eq!(state.tab, Tab::Path);
    assert!(
        view::strip(&state)
            .headline
            .starts_with("Spoke2 → Spoke3 is delivered")
    );
}

#[test]
fn what_changed_stands_as_classes_and_is_counted_from_the_last_change() {
    assert!(saw([]).changed.is_none());
    let table = saw([forget()]);
    let changed = table.changed.unwrap();
    assert_eq!(changed.title, "8 pairs changed, in 2 pairs of classes");
    let row = &changed.rows[0];
    let (before, after_it) = (row.before.clone().unwrap(), row.after.clone().unwrap());
    assert_eq!((before.0, after_it.0), (Mark::Inspected, Mark::Lost));
    assert_eq!(
        after_it.1,
        "lost at AZFW1: the winning route’s next hop type is None"
    );
    assert_eq!(table.legend.last().map(|(m, _)| *m), Some(Mark::Lost));
    // Typing on in the same field counts from before the first letter.
    let back = || second_route("10.20.0.0/16");
    let again = saw([forget(), back()]).changed.unwrap();
    assert_eq!(again.title, "No pair changed its outcome or path.");
    // Undo is a change of its own.
    let undone = saw([forget(), Msg::Undo]).changed.unwrap();
    assert_eq!(undone.title, "8 pairs changed, in 2 pairs of classes");
    // What is held stays.
    let held = saw([Msg::Reach(ReachMsg::Hold(true)), forget(), Msg::Undo]);
    assert!(held.held);
    assert_eq!(
        held.changed.unwrap().title,
        "No pair changed its outcome or path."
    );
}

#[test]
fn what_fails_splits_pairs_into_lost_and_surviving() {
    let table = saw([Msg::Reach(ReachMsg::Fail(Some(0)))]);
    assert_eq!(table.failures[table.failing.unwrap()], "AZFW1");
    let [lost, survive] = table.what_if.unwrap();
    assert_eq!(lost.title, "10 pairs lost, in 3 pairs of classes");
    assert_eq!(survive.title, "2 pairs survive, in 1 pair of classes");
    assert_eq!(
        (survive.rows[0].from.as_str(), survive.rows.len()),
        ("Spoke3, Spoke4", 1)
    );
    // An edit leaves the failure in place.
    let edited = saw([Msg::Reach(ReachMsg::Fail(Some(0))), forget()]);
    assert_eq!(
        edited.what_if.unwrap()[0].title,
        "2 pairs lost, in 1 pair of classes"
    );
    let nothing = saw([
        Msg::Reach(ReachMsg::Fail(Some(0))),
        Msg::Reach(ReachMsg::Fail(None)),
    ]);
    assert!(nothing.what_if.is_none() && nothing.failing.is_none());
}

#[test]
fn a_zone_fails_and_what_names_none_is_said() {
    let failures = saw([]).failures;
    let at = failures.iter().position(|name| name == "zone 1 of westus2");
    let table = saw([Msg::Reach(ReachMsg::Fail(at))]);
    let [lost, survive] = table.what_if.unwrap();
    assert_eq!(lost.title, "No pair is lost.");
    assert_eq!(survive.title, "12 pairs survive, in 4 pairs of classes");
    assert_eq!(
        table.unplaced.unwrap(),
        "Named no zone, taken to survive: 1 machine or gateway of the region."
    );
    assert_eq!(saw([Msg::Reach(ReachMsg::Fail(Some(0)))]).unplaced, None);
}

#[test]
fn a_policy_names_the_services_that_pass() {
    let write = |services: &str| {
        let state = shown([
            Msg::Reach(ReachMsg::Kind(PolicyKind::Only)),
            typed(ReachField::From, "Spoke1"),
            typed(ReachField::To, "Spoke2"),
            typed(ReachField::Services, services),
            Msg::Reach(ReachMsg::Add),
        ]);
        view::reach(&state).policies
    };
    let policies = write("443, UDP 53");
    assert_eq!(
        policies[2].says,
        "From Spoke1 to Spoke2 only this passes: 443, UDP 53"
    );
    assert_eq!(policies[2].chip.text, "Refuted");
    assert_eq!(write("https").len(), 2, "what cannot be read is not added");
}

#[test]
fn policies_are_proved_or_refuted_with_a_packet_that_opens() {
    let table = saw([]);
    let told: Vec<_> = table
        .policies
        .iter()
        .map(|p| (p.says.as_str(), p.chip.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Every flow between spokes is symmetric", "Proved"),
            ("Nothing between spokes leaves Azure", "Proved"),
        ]
    );
    let messages = [
        Msg::Reach(ReachMsg::Kind(PolicyKind::Direct)),
        typed(ReachField::From, "Spoke1, Spoke2"),
        typed(ReachField::To, "Spoke3"),
        Msg::Reach(ReachMsg::Add),
    ];
    let state = shown(messages);
    let table = view::reach(&state);
    let refuted = &table.policies[2];
    assert_eq!(
        refuted.says,
        "Every flow from Spoke1, Spoke2 to Spoke3 is direct"
    );
    assert_eq!(refuted.chip.text, "Refuted");
    assert!(
        refuted
            .because
            .starts_with("TCP 10.10.1.4 → 10.20.1.4 is delivered, through AZFW1 and AZFW2"),
        "{}",
        refuted.because
    );
    let (opened, _) = after(Rc::clone(&state), [refuted.show.clone().unwrap()]);
    assert_eq!(opened.tab, Tab::Path);
    assert!(view::strip(&opened).headline.starts_with("Spoke1 → Spoke3"));
    // An edit checks every policy anew.
    let (edited, _) = after(state, [forget(), Msg::Reach(ReachMsg::Remove(2))]);
    assert_eq!(view::reach(&edited).policies.len(), 2);
}

#[test]
fn a_group_that_cannot_be_read_says_what_was_expected() {
    let state = shown([
        typed(ReachField::From, "spoke1, nobody"),
        Msg::Reach(ReachMsg::Add),
    ]);
    let table = view::reach(&state);
    assert_eq!(table.policies.len(), 2, "not added");
    assert!(
        table.groups[0]
            .error
            .as_ref()
            .unwrap()
            .contains("found \"nobody\"")
    );
    assert!(
        !state.is_older(),
        "a group is nothing that answers depend on"
    );
    // A policy whose group is no longer there says so.
    let messages = [
        typed(ReachField::From, "Spoke1"),
        Msg::Reach(ReachMsg::Add),
        Msg::Sample("one-way"),
    ];
    let table = saw(messages);
    assert_eq!(table.policies[2].chip.text, "not checked");
    assert!(table.policies[2].because.starts_with("expected"));
}

#[test]
fn a_thousand_spokes_are_a_few_classes_that_open_to_their_members() {
    // Findings and the bill of so many come in turns of their own.
    let (start, _) = after(generated(1_000, Design::Firewalls), [Msg::Turn]);
    let (state, turns) = after(start, [Msg::Show(Tab::Reachability)]);
    let table = view::reach(&state);
    assert_eq!(
        table.headline,
        "1,000 workload subnets in 4 classes. Of 999,000 ordered pairs all reach each other."
    );
    assert_eq!(
        (table.rows.len(), table.hidden.clone(), turns),
        (4, None, 0)
    );
    assert_eq!(table.rows[0].detail, "250 subnets");
    let open = view::expand(Axis::From, &table.rows[0]);
    let (state, _) = after(state, [open, typed(ReachField::Filter, "spoke-49")]);
    let table = view::reach(&state);
    let members: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
    assert!(table.rows.len() > 2 && table.rows.len() < 24, "{members:?}");
    let cell = &table.cells[1][0][0];
    assert!(cell.says.contains("reached through"), "{}", cell.says);
    let (state, _) = after(state, [cell.show.clone().unwrap()]);
    assert!(state.trip.as_ref().unwrap().verdict.reachable());
}

/// A route table of its own makes every spoke a class of its own.
fn all_different(spokes: usize) -> Rc<State> {
    let plan = Plan {
        spokes,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let mut network = plan.spec();
    let tables = network.route_tables.clone();
    for (at, vnet) in network.vnets.iter_mut().enumerate() {
        for subnet in &mut vnet.subnets {
            let Some(own) = tables
                .iter()
                .find(|t| Some(&t.name) == subnet.route_table.as_ref())
            else {
                continue;
            };
            let mut routes = own.routes.clone();
            routes.push(RouteSpec {
                name: None,
                prefix: format!("100.{}.{}.0/24", 64 + at / 256, at % 256),
                next_hop_type: UserNextHopType::None.into(),
                next_hop_ip_address: None,
            });
            let name = format!("own-{at}-{}", subnet.name);
            network.route_tables.push(RouteTableSpec {
                name: name.clone(),
                routes,
                ..own.clone()
            });
            subnet.route_table = Some(name);
        }
    }
    Rc::new(State::new(Document {
        network,
        ..Document::default()
    }))
}

#[test]
fn many_classes_come_in_slices_and_are_cut_with_a_count() {
    let (state, turns) = after(all_different(60), [Msg::Show(Tab::Reachability)]);
    assert!(turns > 5, "{turns} turns");
    let table = view::reach(&state);
    assert_eq!(table.working, None);
    assert_eq!((table.rows.len(), table.columns.len()), (24, 12));
    assert_eq!(table.hidden.unwrap(), "Not shown: 36 rows and 48 columns.");
    assert!(table.policies.iter().all(|p| p.chip.text == "Proved"));
    let (state, _) = after(state, [Msg::Reach(ReachMsg::More)]);
    assert_eq!(view::reach(&state).rows.len(), 48);
}

#[test]
fn a_half_followed_estate_says_how_far_it_is() {
    let (state, _) = update(all_different(60), Msg::Show(Tab::Reachability));
    let table = view::reach(&state);
    assert!(table.working.unwrap().ends_with("of 3,600 followed"));
    assert_eq!(table.policies[0].chip.text, "checking");
}

#[test]
fn cells_have_a_sign_and_a_sentence_beside_the_colour() {
    let html = render(shown([forget(), Msg::Reach(ReachMsg::Fail(Some(0)))]));
    for text in [
        "aria-label=\"Spoke1, Spoke2 → Spoke1, Spoke2: reached through AZFW1, inspected, and back the same way: AZFW1\"",
        "aria-label=\"Spoke1, Spoke2 → Spoke3, Spoke4: lost at AZFW1",
        "class=\"cell bad\"",
        "<th scope=\"row\">",
        "<th scope=\"col\">",
        "aria-label=\"Policy\"",
        "8 pairs changed",
        "Show a pair",
    ] {
        assert!(html.contains(text), "{text:?} is missing");
    }
}

#[test]
fn a_policy_that_holds_says_how_many_flows_arrive() {
    let whole = &view::reach(&shown([])).policies[0];
    assert!(!whole.because.contains("lost"), "{}", whole.because);
    let broken = &view::reach(&shown([forget()])).policies[0];
    assert_eq!(broken.chip.text, "Proved");
    assert!(
        broken.because.contains(" arrive with their reply, "),
        "{}",
        broken.because
    );
    assert!(broken.because.ends_with(" are lost"), "{}", broken.because);
}
