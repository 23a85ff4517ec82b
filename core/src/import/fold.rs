//! Four spellings of one resource become one: names of members in lower case, what stands in `properties` beside the rest.
//!
//! Azure Resource Graph and REST keep a resource's own members in `properties`; Azure CLI flattens them; PowerShell
//! capitalises them and writes what its depth does not reach as text. They say the same.
//!
//! | text | folded |
//! |---|---|
//! | `{"properties": {"addressSpace": {"addressPrefixes": […]}}}` | `{"addressspace": {"addressprefixes": […]}}` |
//! | `{"AddressSpace": {"AddressPrefixes": […]}}` | the same |
//! | `{"AddressSpaceText": "{ \"AddressPrefixes\": [ … ] }"}` | the same |
//! | `{"properties": "{\"addressSpace\": …}"}`, a cell of the portal's CSV | the same |
//! | `{"Subnets": {"value": […], "Count": 2}}` | `{"subnets": […]}` |
//!
//! A member beside `properties` wins over one of the same name inside. Left out: tags and the hidden `etag`, which say
//! nothing of routing.

use crate::json::{self, Map, Value};

/// Folds a value; it costs no second tree.
pub(super) fn fold(value: Value) -> Value {
    match value {
        Value::Object(members) => object(members),
        Value::Array(items) => items.into_iter().map(fold).collect(),
        other => other,
    }
}

fn object(mut members: Map<String, Value>) -> Value {
    if let Some(items) = wrapped_list(&mut members) {
        return items.into_iter().map(fold).collect();
    }
    let mut folded = Map::with_capacity(members.len());
    let mut inside = Map::new();
    for (key, value) in members {
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "tags" | "etag" => {}
            "properties" => match fold(embedded(value)) {
                Value::Object(members) => inside = members,
                other => {
                    folded.insert(key, other);
                }
            },
            _ => put(&mut folded, key, value),
        }
    }
    for (key, value) in inside {
        add(&mut folded, key, value);
    }
    Value::Object(folded)
}

/// Windows PowerShell writes some lists as an object of the list and its length.
fn wrapped_list(members: &mut Map<String, Value>) -> Option<Vec<Value>> {
    if members.len() != 2 || !members.contains_key("Count") {
        return None;
    }
    match members.iter_mut().next()? {
        (key, Value::Array(items)) if key.eq_ignore_ascii_case("value") => {
            Some(std::mem::take(items))
        }
        _ => None,
    }
}

fn put(folded: &mut Map<String, Value>, key: String, value: Value) {
    let value = embedded(value);
    match key.strip_suffix("text") {
        // PowerShell's `SubnetsText` says what `Subnets` says, in full.
        Some(plain) if !value.is_string() => {
            if folded.get(plain).is_some_and(is_class_name) {
                folded.shift_remove(plain);
            }
            add(folded, plain.to_owned(), fold(value));
        }
        _ => add(folded, key, fold(value)),
    }
}

/// Adds a member unless one of its name says something already.
fn add(folded: &mut Map<String, Value>, key: String, value: Value) {
    match folded.get_mut(&key) {
        Some(known) if known.is_null() || is_class_name(known) => *known = value,
        Some(_) => {}
        None => {
            folded.insert(key, value);
        }
    }
}

/// A text that is JSON, as in a cell of a CSV file or a `…Text` member, becomes what it says.
fn embedded(node: Value) -> Value {
    match &node {
        Value::String(text) if looks_like_json(text) => json::parse(text).unwrap_or(node),
        _ => node,
    }
}

fn looks_like_json(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'))
}

/// What PowerShell writes for a value that lies deeper than it was asked to write.
pub(super) fn is_class_name(node: &Value) -> bool {
    match node {
        Value::String(text) => {
            text.starts_with("System.Collections.")
                || text.starts_with("Microsoft.Azure.Commands.")
                || text.starts_with("@{")
        }
        Value::Array(items) => !items.is_empty() && items.iter().all(is_class_name),
        _ => false,
    }
}
