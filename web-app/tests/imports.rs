//! Imports on the page, drawn natively: an export becomes a design that undo takes back, a further one joins it, captured
//! routes stand beside the simulator, and what cannot be read is said.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod page;

use interspoke_core::document::Document;
use interspoke_web::state::{DesignMsg, Msg, State, update};
use page::render;
use std::rc::Rc;

const GROUP: &str =
    "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks";

fn vnet(name: &str, range: u8, peer: &str) -> String {
    format!(
        r#"{{"id": "{GROUP}/{name}", "name": "{name}", "type": "microsoft.network/virtualnetworks", "location": "westeurope",
        "properties": {{"addressSpace": {{"addressPrefixes": ["10.{range}.0.0/16"]}},
        "subnets": [{{"name": "vms", "properties": {{"addressPrefix": "10.{range}.1.0/24"}}}}],
        "virtualNetworkPeerings": [{{"name": "p", "properties": {{"peeringState": "Connected", "remoteVirtualNetwork": {{"id": "{GROUP}/{peer}"}},
        "remoteAddressSpace": {{"addressPrefixes": ["10.9.0.0/16"]}}}}}}]}}}}"#
    )
}

fn send(state: Rc<State>, name: &str, text: &str) -> Rc<State> {
    let msg = Msg::Design(DesignMsg::Text(name.to_owned(), text.to_owned()));
    update(state, msg).0
}

fn names(state: &State) -> Vec<&str> {
    let vnets = state.document.network.vnets.iter();
    vnets.map(|vnet| vnet.name.as_str()).collect()
}

fn opened() -> Rc<State> {
    let export = format!("{{\"data\": [{}]}}", vnet("hub", 0, "far"));
    send(Rc::new(State::on_first_sample()), "estate.json", &export)
}

#[test]
fn a_pasted_export_is_a_design_that_undo_takes_back() {
    let before = State::on_first_sample();
    let state = opened();
    assert_eq!(names(&state), ["hub", "far"]);
    assert_eq!(state.document.name, "estate");
    let shown = render(Rc::clone(&state));
    for text in [
        "Import from Azure",
        "What was read",
        "1 virtualnetworks",
        "stub: 1",
        "assumed: 1",
    ] {
        assert!(shown.contains(text), "{text:?} is missing in\n{shown}");
    }
    // The mark is the design's own: it stays over a reload.
    let again = Document::parse(&state.document.to_json()).unwrap();
    let stubs: Vec<String> = State::new(again).stubs().iter().cloned().collect();
    assert_eq!(stubs, ["far"]);
    let (back, _) = update(state, Msg::Undo);
    assert_eq!(back.document.network, before.document.network);
}

#[test]
fn a_further_export_joins_the_first_by_resource_id() {
    let state = send(opened(), "far.json", &vnet("far", 9, "hub"));
    assert_eq!(names(&state), ["far", "hub"], "the newest text first");
    assert_eq!(
        state.document.network.vnets[0].subnets.len(),
        1,
        "the stub became the VNet"
    );
    assert!(state.stubs().is_empty());
    assert_eq!(state.document.network.peerings.len(), 2);
    let (back, _) = update(state, Msg::Undo);
    assert!(
        back.document.network.vnets[1].subnets.is_empty(),
        "one undo takes the further export back"
    );
}

#[test]
fn a_newer_export_of_a_resource_counts_and_is_said() {
    let state = send(opened(), "later.json", &vnet("hub", 1, "far"));
    let mut vnets = state.document.network.vnets.iter();
    let hub = vnets.find(|vnet| vnet.name == "hub").unwrap();
    assert_eq!(hub.prefixes, ["10.1.0.0/16"]);
    let said = state.import.since.join("\n");
    assert!(said.contains("changed: virtualnetworks hub"), "{said}");
}

#[test]
fn captured_routes_stand_beside_the_simulator_and_change_nothing() {
    let state = opened();
    let capture = r#"{"value": [
      {"addressPrefix": ["10.0.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"},
      {"addressPrefix": ["172.20.0.0/16"], "nextHopIpAddress": ["10.0.2.4"], "nextHopType": "VirtualNetworkGateway", "source": "VirtualNetworkGateway", "state": "Active"}]}"#;
    let after = send(Rc::clone(&state), "pasted", capture);
    assert_eq!(after.document.network.vnets, state.document.network.vnets);
    assert_eq!(
        after.import.comparisons[0].subject.as_deref(),
        Some("hub / vms")
    );
    let shown = render(after);
    for text in ["Azure beside the simulator", "172.20.0.0/16", "missing"] {
        assert!(shown.contains(text), "{text:?} is missing in\n{shown}");
    }
}

#[test]
fn an_unreadable_text_is_refused_and_half_a_text_is_kept() {
    let before = Rc::new(State::on_first_sample());
    let refused = send(Rc::clone(&before), "notes.txt", "nothing of Azure's");
    assert_eq!(refused.document.network, before.document.network);
    assert!(refused.notice.is_some());
    let half = format!("[{}, {{\"id\": \"{GROUP}/sp", vnet("hub", 0, "far"));
    let state = send(before, "half.json", &half);
    assert_eq!(names(&state), ["hub", "far"]);
    let shown = render(state);
    assert!(shown.contains("unreadable: 1"), "{shown}");
}

#[test]
fn what_resource_graph_lacks_is_asked_for_by_name() {
    let id = "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualHubs/vhub";
    let hub = format!(
        r#"{{"id": "{id}", "name": "vhub", "type": "microsoft.network/virtualhubs", "location": "westeurope",
        "properties": {{"addressPrefix": "10.100.0.0/23", "virtualWan": {{"id": "w"}}}}}}"#
    );
    let state = send(Rc::new(State::on_first_sample()), "estate.json", &hub);
    let further = state.import.further.as_deref().unwrap();
    assert!(
        further.contains("az network vhub connection list"),
        "{further}"
    );
    assert!(further.contains("--vhub-name vhub"), "{further}");
}
