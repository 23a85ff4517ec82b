//! What messages do: edits recalculate, can be undone, and bad texts leave the last answer in place.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::document::Document;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_web::form::Place;
use interspoke_web::scene::NodeKey;
use interspoke_web::state::{
    Amount, CameraMsg, Effect, Field, FormMsg, Msg, PickMsg, SpecMsg, State, Step, Theme, Turn,
    Way, update,
};
use interspoke_web::view;
use std::rc::Rc;

fn after(messages: impl IntoIterator<Item = Msg>) -> Rc<State> {
    messages
        .into_iter()
        .fold(Rc::new(State::on_first_sample()), |state, msg| {
            update(state, msg).0
        })
}

fn place(text: &str) -> Place {
    Place::parse(text).unwrap()
}

fn prefix(table: usize, route: usize, text: &str) -> Msg {
    let place = place(&format!("routeTables[{table}].routes[{route}].prefix"));
    Msg::Form(FormMsg::Typed(place, text.into()))
}

fn chosen(at: &str, text: &str) -> Msg {
    Msg::Form(FormMsg::Chosen(place(at), text.into()))
}

fn reachable(state: &State) -> bool {
    state.trip.as_ref().unwrap().verdict.reachable()
}

#[track_caller]
fn vnet(state: &State, name: &str) -> NodeKey {
    NodeKey::Vnet(state.answers.topology().vnet_named(name).unwrap().id)
}

#[test]
fn a_changed_route_changes_the_path_at_once_and_back_by_undo() {
    assert!(reachable(&after([])));
    let changed = after([prefix(0, 1, "10.99.0.0/16")]);
    assert!(!reachable(&changed));
    let strip = view::strip(&changed);
    assert!(strip.headline.contains("is lost"));
    // The bill falls, and says why.
    let caption = &strip.figures.last().unwrap().caption;
    assert!(
        caption.starts_with("a month, lost traffic not billed"),
        "{caption}"
    );
    let before = view::strip(&after([]));
    let caption = &before.figures.last().unwrap().caption;
    assert!(caption.starts_with("a month · "), "{caption}");
    let (undone, _) = update(changed, Msg::Undo);
    assert!(reachable(&undone) && undone.history.can_redo());
    let (redone, _) = update(undone, Msg::Redo);
    assert!(!reachable(&redone));
}

#[test]
fn typing_into_one_field_is_one_step() {
    let typed = ["10.9.0.0/1", "10.9.0.0/16", "10.98.0.0/16"].map(|t| prefix(0, 1, t));
    let state = after(typed);
    let (undone, _) = update(state, Msg::Undo);
    assert_eq!(
        undone.document.network.route_tables[0].routes[1].prefix,
        "10.20.0.0/16"
    );
    assert!(!undone.history.can_undo());
}

#[test]
fn a_bad_prefix_keeps_its_text_and_the_last_answer() {
    let state = after([prefix(0, 1, "10.20.0.0/33")]);
    assert!(state.is_older() && reachable(&state));
    let draft = &state.drafts.forms[&place("routeTables[0].routes[1].prefix")];
    assert_eq!(draft.text, "10.20.0.0/33");
    assert!(draft.error.as_ref().unwrap().starts_with("expected"));
    let (mended, _) = update(state, prefix(0, 1, "10.20.0.0/16"));
    assert!(!mended.is_older());
}

#[test]
fn a_route_to_an_appliance_without_an_address_is_refused_in_azures_words() {
    let kind = chosen("routeTables[0].routes[0].nextHopType", "VirtualAppliance");
    let state = after([kind]);
    let codes = |state: &State| -> Vec<&str> {
        state
            .answers
            .issues
            .iter()
            .map(|issue| issue.code.code())
            .collect()
    };
    assert!(
        codes(&state).contains(&"InvalidNextHopIpAddress"),
        "{:?}",
        codes(&state)
    );
    let hop = chosen("routeTables[0].routes[0].nextHopIpAddress", "10.10.0.4");
    let (state, _) = update(state, hop);
    let route = &state.document.network.route_tables[0].routes[0];
    assert_eq!(route.next_hop_ip_address.as_deref(), Some("10.10.0.4"));
    assert!(!codes(&state).contains(&"InvalidNextHopIpAddress"));
}

#[test]
fn routes_are_added_and_removed() {
    let routes = place("routeTables[2].routes");
    let state = after([Msg::Form(FormMsg::AddRow(routes.clone()))]);
    assert_eq!(state.document.network.route_tables[2].routes.len(), 2);
    let (state, _) = update(state, Msg::Form(FormMsg::RemoveRow(routes.item(0))));
    assert_eq!(state.document.network.route_tables[2].routes.len(), 1);
}

#[test]
fn attaching_a_table_mends_the_second_sample() {
    let state = after([Msg::Sample("one-way")]);
    assert!(!reachable(&state));
    assert_eq!(state.way, Way::Back, "the direction that fails is shown");
    let table = state.document.network.route_tables[0].name.clone();
    let (state, _) = update(state, chosen("vnets[1].subnets[0].routeTable", &table));
    assert!(reachable(&state));
    assert_eq!(state.way, Way::Forward);
}

#[test]
fn a_finding_corrects_what_it_found() {
    let state = after([Msg::Sample("one-way")]);
    let found = view::findings(&state);
    let fix = found
        .iter()
        .find_map(|f| f.fix.clone())
        .expect("the lost reply has a correction");
    let (state, _) = update(state, fix.1);
    assert!(reachable(&state));
    assert!(state.history.can_undo());
}

#[test]
fn flags_and_switches_are_edits() {
    let state = after([chosen("peerings[0].allowVirtualNetworkAccess", "false")]);
    assert!(!state.document.network.peerings[0].allow_virtual_network_access);
    let state = after([
        chosen("routeTables[0].disableBgpRoutePropagation", "true"),
        Msg::Spec(SpecMsg::Strict(true)),
    ]);
    assert!(state.document.network.route_tables[0].disable_bgp_route_propagation);
    assert!(state.document.settings.strict_forwarded_traffic);
}

#[test]
fn the_first_click_is_the_source_and_the_second_the_destination() {
    let state = after([]);
    let (from, to) = (vnet(&state, "Spoke2"), vnet(&state, "Spoke4"));
    let state = after([Msg::Pick(PickMsg::Node(from)), Msg::Pick(PickMsg::Node(to))]);
    assert_eq!(view::path(&state).unwrap().title, "Spoke2 → Spoke4");
    assert_eq!(state.choice.turn, Turn::From);
    let (state, _) = update(state, Msg::Pick(PickMsg::Swap));
    assert_eq!(view::path(&state).unwrap().title, "Spoke4 → Spoke2");
}

#[test]
fn any_address_is_taken_and_any_other_text_is_kept() {
    let state = after([Msg::Typed(Field::To, "10.20.2.77".into())]);
    assert_eq!(state.choice.to.unwrap().to_string(), "10.20.2.77");
    let state = after([Msg::Typed(Field::To, "Spoke9".into())]);
    assert!(state.is_older());
    let draft = state.drafts.field(Field::To).unwrap();
    assert_eq!(
        draft.error.as_deref(),
        Some("expected a name from the list or an address such as 10.10.1.4, found \"Spoke9\"")
    );
    assert_eq!(view::path(&state).unwrap().title, "Spoke1 → Spoke3");
}

#[test]
fn traffic_is_read_as_people_write_it() {
    let total = |state: &State| state.cost.bill.total.nanos();
    let before = total(&after([]));
    let state = after([Msg::Typed(Field::Traffic(Amount::Within), "2 TB".into())]);
    assert!(total(&state) > before);
    let (state, _) = update(state, Msg::Left(Field::Traffic(Amount::Within)));
    assert_eq!(view::bill(&state).traffic[0].draft.text, "2,000");
}

#[test]
fn effects_are_asked_for() {
    let ask = |msg| update(Rc::new(State::on_first_sample()), msg).1;
    assert_eq!(
        ask(Msg::Theme(Theme::Dark)),
        [Effect::SaveTheme(Theme::Dark)]
    );
    assert_eq!(
        ask(Msg::Copy("a".into(), "copied")),
        [Effect::Copy("a".into())]
    );
    assert!(matches!(
        ask(Msg::Walk(Step::Right)).as_slice(),
        [Effect::Focus(_)]
    ));
    assert!(matches!(
        ask(prefix(0, 1, "10.9.0.0/16")).as_slice(),
        [Effect::Pause(1), Effect::Keep(_), Effect::Changed]
    ));
}

#[test]
fn the_picture_moves_and_comes_back() {
    let moved = after([
        Msg::Camera(CameraMsg::Step(1.25)),
        Msg::Camera(CameraMsg::Pan(10.0, 0.0)),
    ]);
    assert!(moved.camera.scale > 1.2);
    let (back, _) = update(moved, Msg::Camera(CameraMsg::Fit));
    assert_eq!(back.camera, interspoke_web::state::Camera::default());
}

#[test]
fn what_passes_a_hub_or_a_gateway_is_not_called_direct() {
    let network = r#"{
        "vnets": [{"name": "a", "prefixes": ["10.1.0.0/16"], "subnets": [{"name": "app", "prefix": "10.1.0.0/24"}]},
                  {"name": "b", "prefixes": ["10.2.0.0/16"], "subnets": [{"name": "app", "prefix": "10.2.0.0/24"}]}],
        "virtualWan": {"hubs": [{"name": "weu", "region": "westeurope", "prefix": "10.9.0.0/23",
            "connections": [{"name": "a", "vnet": "a"}, {"name": "b", "vnet": "b"}]}]}}"#;
    let state = Rc::new(State::new(Document::parse(network).unwrap()));
    let typed = [(Field::From, "10.1.0.4"), (Field::To, "10.2.0.4")];
    let state = typed.into_iter().fold(state, |state, (field, text)| {
        update(state, Msg::Typed(field, text.into())).0
    });
    let strip = view::strip(&state);
    let headline = strip.headline;
    assert!(
        headline.contains("is delivered, through weu, "),
        "{headline}"
    );
    // No VNet is peered: what joins them are the hub's connections.
    let first = &strip.figures[0];
    assert_eq!((&*first.value, &*first.caption), ("2", "hub connections"));
}

#[test]
fn workloads_beside_gateways_are_counted_among_the_flows() {
    let network = r#"{
        "vnets": [{"name": "a", "prefixes": ["10.1.0.0/16"], "subnets": [{"name": "app", "prefix": "10.1.0.0/24"}, {"name": "GatewaySubnet", "prefix": "10.1.255.0/27"}]},
                  {"name": "b", "prefixes": ["10.2.0.0/16"], "subnets": [{"name": "app", "prefix": "10.2.0.0/24"}, {"name": "GatewaySubnet", "prefix": "10.2.255.0/27"}]}],
        "gateways": [{"name": "ga", "kind": "vpn", "vnet": "a", "asn": 65001}, {"name": "gb", "kind": "vpn", "vnet": "b", "asn": 65002}],
        "tunnels": [{"a": "ga", "b": "gb"}]}"#;
    let state = State::new(Document::parse(network).unwrap());
    let detail = view::strip(&state).detail;
    assert!(
        detail.starts_with("All 2 flows between workloads reach"),
        "{detail}"
    );
}

#[test]
fn a_thousand_spokes_are_counted_by_class() {
    let plan = Plan {
        spokes: 1_000,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let document = Document {
        network: plan.spec(),
        ..Document::default()
    };
    let detail = view::strip(&State::new(document)).detail;
    assert!(
        detail.starts_with("All 999,000 flows between workloads reach"),
        "{detail}"
    );
}
