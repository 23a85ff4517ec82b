//! What changed between two imports of one estate, by resource id.
//!
//! | resource | said |
//! |---|---|
//! | an id that only the later has | new |
//! | an id that only the earlier has | gone |
//! | an id of both, whose object differs | changed |
//! | a peering between the same VNets with other flags | changed |
//!
//! Left out: what changed in a resource; the list of objects shows it.

use crate::text::import as words;
use interspoke_core::json::{self, Value};
use interspoke_core::spec::NetworkSpec;
use std::collections::BTreeMap;

/// Ids in lower case and the names that they have in the network.
pub(super) type Ids = BTreeMap<String, String>;

/// More lines than these are counted.
const MOST: usize = 80;

/// What came, went and changed.
pub(super) fn since(before: (&NetworkSpec, &Ids), after: (&NetworkSpec, &Ids)) -> Vec<String> {
    let (old, new) = (objects(before.0), objects(after.0));
    let mut lines = Vec::new();
    for (id, name) in after.1 {
        let kind = kind_of(id);
        match before.1.get(id) {
            None => lines.push(words::new_one(&kind, name)),
            Some(known) if old.get(known) != new.get(name) => {
                lines.push(words::changed(&kind, name));
            }
            Some(_) => {}
        }
    }
    let gone = before.1.iter().filter(|(id, _)| !after.1.contains_key(*id));
    lines.extend(gone.map(|(id, name)| words::gone_one(&kind_of(id), name)));
    lines.extend(peerings(before.0, after.0));
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        lines.truncate(MOST);
        lines.push(crate::text::import::and_more(more));
    }
    lines
}

/// The last part of a resource's type: `virtualnetworks`.
fn kind_of(id: &str) -> String {
    let mut segments = id.rsplit('/');
    segments.next();
    segments.next().unwrap_or_default().to_owned()
}

/// Every named object of a network as text, by its name: objects of several kinds may share one.
fn objects(network: &NetworkSpec) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    collect(&json::tree(network), 0, &mut all);
    all
}

fn collect(node: &Value, depth: u8, all: &mut BTreeMap<String, Vec<String>>) {
    /// Hubs stand three deep; what is deeper is part of an object.
    const DEEPEST: u8 = 4;
    if depth > DEEPEST {
        return;
    }
    match node {
        Value::Array(items) => {
            for item in items {
                match item.get("name") {
                    Some(Value::String(name)) => {
                        all.entry(name.clone()).or_default().push(item.to_string());
                    }
                    _ => collect(item, depth.saturating_add(1), all),
                }
            }
        }
        Value::Object(members) => {
            for value in members.values() {
                collect(value, depth.saturating_add(1), all);
            }
        }
        _ => {}
    }
}

fn peerings(before: &NetworkSpec, after: &NetworkSpec) -> Vec<String> {
    let by_ends = |network: &NetworkSpec| -> BTreeMap<String, String> {
        let of = |one: &interspoke_core::spec::PeeringSpec| {
            (
                format!("{} – {}", one.from, one.to),
                json::tree(one).to_string(),
            )
        };
        network.peerings.iter().map(of).collect()
    };
    let (old, new) = (by_ends(before), by_ends(after));
    let mut lines = Vec::new();
    for (ends, text) in &new {
        match old.get(ends) {
            None => lines.push(words::new_one(words::PEERING, ends)),
            Some(known) if known != text => lines.push(words::changed(words::PEERING, ends)),
            Some(_) => {}
        }
    }
    let gone = old.keys().filter(|ends| !new.contains_key(*ends));
    lines.extend(gone.map(|ends| words::gone_one(words::PEERING, ends)));
    lines
}
