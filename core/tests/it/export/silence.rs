//! Nothing is left out in silence: whatever a member of an estate says, the code or a note changes with it.
//!
//! The rule: every member of an estate that holds each of them is taken away or changed, one at a time; the code is
//! then another one, in a comment at least, or another note stands beside it. What is noted as a whole is listed with its place.
//!
//! | changed | then |
//! |---|---|
//! | `peerings[].allowForwardedTraffic` | the resource |
//! | `appliances[].osRoutes[].via` | a note: it is set inside the guest |
//! | `workloads[].ip` | nothing: hosts are noted as a whole |

use interspoke_core::export::{Bundle, Form, Options, export};
use interspoke_core::spec::NetworkSpec;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) const EVERYTHING: &str = include_str!("../../export/everything.json");

/// Places of which one note says that nothing of them is written.
const NOTED_AS_A_WHOLE: [&str; 8] = [
    "bgpPeerings[].advertises[]",
    "furtherMeters[]",
    "publicLoadBalancers[]",
    "serviceTags[]",
    "tunnels[].natRules[]",
    "virtualWan.hubs[].scale.pointToSite",
    "virtualWan.hubs[].vpnClientAddressPools",
    "workloads[]",
];

fn parse(tree: &Value) -> Option<NetworkSpec> {
    serde_json::from_str(&tree.to_string()).ok()
}

fn code(spec: &NetworkSpec) -> Bundle {
    export(spec, Form::Bicep, Options::default())
}

/// A place as JSON Pointers say it, and as people do.
#[derive(Clone)]
struct Place {
    pointer: String,
    words: String,
}

/// Every member of every object, and every item of every list of plain values.
fn places(tree: &Value, place: &Place, found: &mut Vec<Place>) {
    match tree {
        Value::Object(members) => {
            for (key, value) in members {
                let dot = if place.words.is_empty() { "" } else { "." };
                let inner = Place {
                    pointer: format!("{}/{key}", place.pointer),
                    words: format!("{}{dot}{key}", place.words),
                };
                found.push(inner.clone());
                places(value, &inner, found);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                let inner = Place {
                    pointer: format!("{}/{number}", place.pointer),
                    words: format!("{}[]", place.words),
                };
                places(item, &inner, found);
            }
        }
        _ => {}
    }
}

/// Another word of those that a member takes.
const OTHER_WORDS: [(&str, &str); 5] = [
    ("kind", "nva"),
    ("topology", "hubAndSpoke"),
    ("routingPreference", "ExpressRoute"),
    ("nextHopType", "None"),
    ("wan", "public"),
];

/// The estate without a member, and with another value of it: what of both can be read and is another estate.
fn changed(tree: &Value, place: &Place) -> Option<Vec<NetworkSpec>> {
    let before = parse(tree)?;
    let (above, key) = place.pointer.rsplit_once('/')?;
    let mut without = tree.clone();
    without.pointer_mut(above)?.as_object_mut()?.remove(key);
    let mut other = tree.clone();
    let value = other.pointer_mut(&place.pointer)?;
    *value = match &*value {
        Value::Bool(flag) => Value::from(!*flag),
        Value::Number(number) => Value::from(number.as_u64()? + 1),
        Value::String(text) => {
            let word = OTHER_WORDS.iter().find(|(of, _)| *of == key);
            word.map_or_else(|| format!("{text}9").into(), |(_, word)| (*word).into())
        }
        Value::Array(_) => Value::Array(Vec::new()),
        value => value.clone(),
    };
    let specs = [without, other];
    let specs = specs.iter().filter_map(parse);
    Some(specs.filter(|spec| *spec != before).collect())
}

#[test]
fn what_a_member_says_is_in_the_code_or_in_a_note() {
    let tree: Value = serde_json::from_str(EVERYTHING).unwrap();
    let usual = code(&serde_json::from_str(EVERYTHING).unwrap());
    let mut found = Vec::new();
    let root = Place {
        pointer: String::new(),
        words: String::new(),
    };
    places(&tree, &root, &mut found);
    // Where a member says nothing at one place (the hub of a mesh), it has to say something at another.
    let mut said: BTreeMap<&str, bool> = BTreeMap::new();
    let mut tried = 0;
    for place in &found {
        for spec in changed(&tree, place).unwrap_or_default() {
            tried += 1;
            *said.entry(&place.words).or_default() |= code(&spec) != usual;
        }
    }
    let is_noted = |words: &str| {
        NOTED_AS_A_WHOLE
            .iter()
            .any(|whole| words.starts_with(whole))
    };
    let silent = said
        .iter()
        .filter(|(words, said)| !**said && !is_noted(words));
    let silent: Vec<&&str> = silent.map(|(words, _)| words).collect();
    assert!(tried > 400 && said.len() > 200, "{tried} of {}", said.len());
    assert!(silent.is_empty(), "changed without a trace: {silent:#?}");
}
