//! Tables of routes: subnets, gateways, Route Servers, hubs and their firewalls, in Azure's words.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::document::Document;
use interspoke_core::pattern::Pattern;
use interspoke_web::state::{AskMsg, Field, Msg, State, tables, update};
use interspoke_web::view::{self, Routes, Standing};
use std::rc::Rc;

fn named(state: Rc<State>, name: &str, packet: &str) -> Routes {
    let names: Vec<String> = tables(&state.answers).into_iter().map(|(_, n)| n).collect();
    assert!(names.iter().any(|known| known == name), "{names:#?}");
    let typed = |field, text: &str| Msg::Typed(field, text.into());
    let messages = [typed(Field::Table, name), typed(Field::Packet, packet)];
    let state = messages
        .into_iter()
        .fold(state, |state, msg| update(state, msg).0);
    view::routes(&state)
}

/// The network of a published scenario.
fn published(file: &str, id: &str) -> Rc<State> {
    let path = format!(
        "{}/../core/tests/scenarios/{file}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let case = text
        .split("```json case")
        .filter_map(|block| block.split_once('\n')?.1.split("\n```").next())
        .filter_map(|json| serde_json::from_str::<serde_json::Value>(json).ok())
        .find(|case| case["id"] == id)
        .unwrap();
    let document =
        serde_json::json!({ "schema": "interspoke/2", "name": id, "network": case["network"] });
    Rc::new(State::new(Document::parse(&document.to_string()).unwrap()))
}

fn lines(table: &Routes) -> Vec<String> {
    let line = |row: &view::RouteLine| {
        let note = row.note.as_deref().unwrap_or_default();
        format!("{} [{note}]", row.cells.join(" | "))
    };
    table.rows.iter().map(line).collect()
}

#[test]
fn a_gateway_prints_every_path_it_holds_and_why_it_uses_one() {
    let state = published("21-published-route-servers", "published-third-region");
    let table = named(Rc::clone(&state), "vpngw-onprem: learned", "10.31.0.4");
    assert_eq!(
        table.command,
        "az network vnet-gateway list-learned-routes -n vpngw-onprem"
    );
    let found = lines(&table);
    for expected in [
        "10.40.0.0/16 | Network | 10.40.0.4 |  | 32768 |  |  []",
        "10.10.0.0/16 | EBgp | 10.10.0.4 | 65515 | 32768 | 10.10.0.4 | vpngw-hub1 []",
        "10.31.0.0/24 | EBgp | 10.10.0.4 | 65515-65001 | 32768 | 10.10.0.4 | vpngw-hub1 [the packet takes this row]",
        "10.31.0.0/24 | EBgp | 10.20.0.4 | 65515-65002-65002-65002 | 32768 | 10.20.0.4 | vpngw-hub2 [not used: another AS path is shorter]",
    ] {
        assert!(
            found.iter().any(|row| row == expected),
            "{expected} in {found:#?}"
        );
    }
    assert_eq!(
        table.answer.unwrap().text,
        "10.31.0.4 takes 10.31.0.0/24 EBgp 10.10.0.4"
    );
    let table = named(state, "vpngw-onprem: advertised to vpngw-hub2", "10.31.0.4");
    assert_eq!(
        table.command,
        "az network vnet-gateway list-advertised-routes -n vpngw-onprem --peer vpngw-hub2"
    );
    assert_eq!(
        lines(&table)[0],
        "10.10.0.0/16 | 10.40.0.4 | Igp | 65000-65515 | 0 []"
    );
    assert!(table.answer.is_none(), "a packet takes no announcement");
}

#[test]
fn a_route_server_is_asked_peer_by_peer() {
    let state = published("21-published-route-servers", "published-third-region");
    let names: Vec<String> = tables(&state.answers).into_iter().map(|(_, n)| n).collect();
    let own = names.iter().filter(|name| name.starts_with("ars-poland"));
    assert_eq!(own.count(), 4, "{names:#?}");
    let table = named(
        Rc::clone(&state),
        "ars-hub1: learned from vm-nva1",
        "10.40.0.4",
    );
    assert_eq!(
        table.command,
        "az network routeserver peering list-learned-routes --routeserver ars-hub1 -n vm-nva1"
    );
    let found = lines(&table);
    assert!(found.contains(&"10.40.0.0/16 | EBgp | 10.10.1.4 | 65001-65000 | 32768 | 10.10.1.4 | vm-nva1 [not used: another AS path is shorter]".to_owned()), "{found:#?}");
    let table = named(state, "ars-hub1: advertised to vm-nva1", "");
    assert_eq!(
        lines(&table)[0],
        "10.10.0.0/16 | gateway instance | Igp | 65515 | 0 []"
    );
}

#[test]
fn a_hub_prints_its_table_and_what_lost() {
    let state = published("09-virtual-wan", "fact-113");
    let table = named(state, "hub1: defaultRouteTable", "10.61.1.4");
    assert_eq!(
        table.heads[..3],
        ["Address Prefixes", "Next Hop Type", "Next Hops"]
    );
    assert_eq!(
        lines(&table),
        [
            "10.1.0.0/16 | Virtual Network Connection | spoke1 |  | spoke1 []",
            "10.61.1.0/24 | ExpressRouteGateway | c4 | 12076-65301 | c4 [the packet takes this row]",
            "10.61.1.0/24 | VPN_S2S_Gateway | vpn1 | 65101-65102 | vpn1 [not used: the routing preference puts another source first]",
            "10.61.1.0/24 | ExpressRouteGateway | c3 | 12076-65201-65202 | c3 [not used: another AS path is shorter]",
            "10.61.1.0/24 | VPN_S2S_Gateway | vpn2 | 65111-65112-65113 | vpn2 [not used: another AS path is shorter]",
        ]
    );
    assert_eq!(
        table.answer.unwrap().text,
        "10.61.1.4 takes 10.61.1.0/24 ExpressRouteGateway c4"
    );
}

#[test]
fn under_a_policy_the_firewall_has_the_table_of_its_own() {
    let first = Rc::new(State::on_first_sample());
    let (state, _) = update(first, Msg::Ask(AskMsg::Draw(Pattern::VwanSecured)));
    let table = named(
        Rc::clone(&state),
        "eastus-vhub: defaultRouteTable",
        "10.1.128.4",
    );
    assert!(table.about.starts_with("routing intent fills"));
    assert_eq!(
        lines(&table)[1],
        "10.0.0.0/8 | Azure Firewall | eastus-vhub-firewall |  | defaultRouteTable [the packet takes this row]"
    );
    let table = named(state, "eastus-vhub: eastus-vhub-firewall", "10.1.128.4");
    assert_eq!(
        table.answer.unwrap().text,
        "10.1.128.4 takes 10.1.128.0/24 Remote Hub westus2-vhub"
    );
    assert!(
        table
            .rows
            .iter()
            .any(|row| row.standing == Standing::Beaten),
        "0.0.0.0/0"
    );
}

#[test]
fn a_text_that_names_no_table_says_what_was_expected() {
    let first = Rc::new(State::on_first_sample());
    let typed = |text: &str| Msg::Typed(Field::Table, text.into());
    let shown = view::routes(&first).search.text;
    assert_eq!(shown, "Spoke1 / Spoke1VMSubnet");
    let (state, _) = update(first, typed("vpngw"));
    let table = view::routes(&state);
    assert_eq!(
        (table.search.text.as_str(), table.search.error),
        ("vpngw", None)
    );
    let (state, _) = update(state, typed("nothing like it"));
    let table = view::routes(&state);
    assert!(
        table
            .search
            .error
            .unwrap()
            .starts_with("expected a subnet, gateway")
    );
    assert_eq!(table.options.len(), tables(&state.answers).len());
    let (state, _) = update(state, Msg::Left(Field::Table));
    assert_eq!(view::routes(&state).search.text, shown);
}
