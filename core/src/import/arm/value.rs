//! Values of templates: reading and making them.
//!
//! | value | as a text |
//! |---|---|
//! | `true` | `True` |
//! | `5` | `5` |
//! | `{"a": 1}` | `{"a":1}` |
//!
//! Names of members are compared without regard to case, as Azure Resource Manager does. Left out: fractions.

use crate::json::{Map, Value};
use std::cmp::Ordering;

pub(super) fn text_of(node: &Value) -> String {
    match node {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => String::new(),
        _ => node.to_string(),
    }
}

pub(super) fn number(number: i64) -> Value {
    number.into()
}

pub(super) fn null() -> Value {
    Value::Null
}

pub(super) fn list(items: Vec<Value>) -> Value {
    Value::Array(items)
}

pub(super) fn as_number(node: &Value) -> Option<i64> {
    match node {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub(super) fn as_bool(node: &Value) -> Option<bool> {
    match node {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Number(number) => Some(number.as_str() != "0"),
        _ => None,
    }
}

pub(super) fn as_list(node: &Value) -> Option<&[Value]> {
    match node {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

pub(super) fn as_members(node: &Value) -> Option<&Map<String, Value>> {
    match node {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// A member of an object, whatever the case of its name.
pub(super) fn get<'n>(node: &'n Value, key: &str) -> Option<&'n Value> {
    let members = as_members(node)?;
    members.get(key).or_else(|| {
        let mut members = members.iter();
        let found = members.find(|(name, _)| name.eq_ignore_ascii_case(key));
        found.map(|(_, value)| value)
    })
}

/// A text member.
pub(super) fn get_text<'n>(node: &'n Value, key: &str) -> Option<&'n str> {
    match get(node, key)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn set(node: &mut Value, key: &str, value: Value) {
    if let Value::Object(members) = node {
        let mut known = members.iter_mut();
        match known.find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            Some((_, known)) => *known = value,
            None => {
                members.insert(key.to_owned(), value);
            }
        }
    }
}

pub(super) fn is_empty(node: &Value) -> bool {
    match node {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Equality of values, whatever the case of the names of members.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(members), Value::Object(others)) => {
            members.len() == others.len()
                && members
                    .iter()
                    .all(|(key, own)| get(other, key).is_some_and(|node| equal(own, node)))
        }
        (one, other) => one == other,
    }
}

pub(super) fn compare(one: &Value, other: &Value) -> Ordering {
    match (as_number(one), as_number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => text_of(one).cmp(&text_of(other)),
    }
}

/// Members of both; of one name the second wins, and objects in objects are joined.
pub(super) fn union(one: &Value, other: &Value, deep: bool) -> Value {
    match (one, other) {
        (Value::Object(members), Value::Object(more)) => {
            let mut all = Value::Object(members.clone());
            for (key, value) in more {
                let joined = match get(&all, key) {
                    Some(known) if deep && as_members(known).is_some() => union(known, value, deep),
                    _ => value.clone(),
                };
                set(&mut all, key, joined);
            }
            all
        }
        (Value::Array(items), Value::Array(more)) => {
            let mut all = items.clone();
            for item in more {
                if !all.iter().any(|known| equal(known, item)) {
                    all.push(item.clone());
                }
            }
            list(all)
        }
        _ => other.clone(),
    }
}
