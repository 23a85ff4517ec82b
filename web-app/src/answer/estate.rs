//! Who reaches whom: what `reachability` answers.

use super::{SCHEMA, list, number, read, word, words};
use interspoke_core::estate::{ClassPair, Estate};
use interspoke_core::json::Value;
use interspoke_core::topology::SubnetId;
use serde_json::json;
use std::rc::Rc;

/// Classes of workload subnets that nothing tells apart, and what becomes of the flows of each pair of them.
///
/// # Errors
/// The text is not a document.
pub fn reachability(text: &str) -> Result<String, String> {
    let (document, answers) = read(text)?;
    let estate = Estate::new(Rc::clone(answers.routing.topology()), document.settings);
    let count = |arrives: bool| -> usize {
        let wanted = estate
            .answers()
            .filter(|(_, answer)| answer.reached || !arrives);
        wanted.map(|(pair, _)| estate.count(pair)).sum()
    };
    let classes = estate.class_ids().map(|class| {
        list(
            estate
                .members(class)
                .iter()
                .map(|subnet| named(&estate, *subnet)),
        )
    });
    let positions: Vec<_> = estate.class_ids().collect();
    let position = |class| {
        number(
            positions
                .iter()
                .position(|known| *known == class)
                .unwrap_or_default(),
        )
    };
    let pairs = estate
        .answers()
        .filter(|(pair, _)| estate.count(*pair) > 0)
        .map(|(pair, answer)| {
            let ClassPair { from, to, .. } = pair;
            json!({
                "from": position(from),
                "to": position(to),
                "flows": number(estate.count(pair)),
                "reached": answer.reached,
                "inspected": answer.inspected,
                "symmetric": answer.symmetric,
                "direct": answer.direct,
                "example": words(example(&estate, pair)),
            })
        });
    Ok(json!({
        "schema": SCHEMA,
        "flows": number(count(false)),
        "delivered": number(count(true)),
        "classes": list(classes),
        "pairs": list(pairs),
    })
    .to_string())
}

/// `VNet/subnet`.
fn named(estate: &Estate, subnet: SubnetId) -> Value {
    let topology = estate.topology();
    let subnet = topology.subnet(subnet);
    word(format!(
        "{}/{}",
        topology.vnet(subnet.vnet).name,
        subnet.name
    ))
}

/// The addresses of one flow of the pair.
fn example(estate: &Estate, pair: ClassPair) -> Vec<String> {
    let (from, to) = match estate.first_pair(pair) {
        Some(ends) => ends,
        None => return Vec::new(),
    };
    let flow = estate.flow_between(from, to);
    flow.map(|flow| vec![flow.source.to_string(), flow.destination.to_string()])
        .unwrap_or_default()
}
