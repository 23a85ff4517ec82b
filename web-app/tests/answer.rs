//! Answers without a page are the answers of the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::sample::Sample;
use interspoke_web::answer;
use serde_json::Value;

fn sample(id: &str) -> String {
    Sample::named(id).unwrap().document().unwrap().to_json()
}

fn read(answer: Result<String, String>) -> Value {
    let value: Value = serde_json::from_str(&answer.unwrap()).unwrap();
    assert_eq!(value["schema"], answer::SCHEMA);
    value
}

#[test]
fn a_lost_reply_is_said_with_the_place_and_the_reason() {
    let document = sample("one-way");
    let flow = read(answer::evaluate(&document))["flow"].clone();
    assert_eq!(flow["reachable"], false);
    let [source, destination] = ["source", "destination"].map(|end| flow[end].as_str().unwrap());
    let trace = read(answer::trace(&document, source, destination, "tcp"));
    assert_eq!(trace["requests"][0]["outcome"], "delivered");
    let reply = &trace["replies"][0][0];
    assert_eq!(reply["outcome"], "dropped");
    assert!(
        reply["reason"]
            .as_str()
            .unwrap()
            .contains("next hop type is None"),
        "{reply}"
    );
    let first = &trace["requests"][0]["stops"][0];
    assert_eq!(first["winner"]["nextHopType"], "VirtualAppliance");
    assert!(
        first["losers"]
            .as_array()
            .unwrap()
            .iter()
            .all(|loser| loser["why"] != "")
    );
}

#[test]
fn rows_are_those_of_the_azure_cli() {
    let table = read(answer::effective_routes(
        &sample("one-way"),
        "myVnet1",
        "myVnet1Subnet1",
    ));
    let rows = table["value"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| row["nextHopType"] == "VnetLocal" && row["state"] == "Active")
    );
    let refused = answer::effective_routes(&sample("one-way"), "myVnet1", "none").unwrap_err();
    assert!(refused.contains("no subnet \"none\""), "{refused}");
}

#[test]
fn every_flow_is_counted_once() {
    let reach = read(answer::reachability(&sample("two-regions")));
    let flows: u64 = reach["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| pair["flows"].as_u64().unwrap())
        .sum();
    assert_eq!(reach["flows"], flows);
    assert_eq!(reach["delivered"], 12);
}

#[test]
fn amounts_are_texts_that_add_up() {
    let bill = read(answer::bill(&sample("two-regions")));
    let cents = |text: &str| -> f64 {
        text.rsplit(' ')
            .next()
            .unwrap()
            .replace(',', "")
            .parse()
            .unwrap()
    };
    let lines = bill["lines"].as_array().unwrap();
    let sum: f64 = lines
        .iter()
        .filter_map(|line| line["amount"].as_str())
        .map(cents)
        .sum();
    assert!(
        (sum - cents(bill["total"].as_str().unwrap())).abs() < 0.01,
        "{sum} {}",
        bill["total"]
    );
    assert!(
        lines
            .iter()
            .all(|line| line["derivation"] != "" && !line["source"].is_null())
    );
}

#[test]
fn an_intent_is_answered_by_rank() {
    let comparison = read(answer::compare(
        r#"{"regions": [{"region": "westeurope", "spokes": 3}]}"#,
    ));
    assert_eq!(
        comparison["patterns"][0]["pattern"],
        comparison["recommended"]
    );
    let refused =
        answer::compare(r#"{"regions": [{"region": "atlantis", "spokes": 3}]}"#).unwrap_err();
    assert!(refused.contains("atlantis"), "{refused}");
}
