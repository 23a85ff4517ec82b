//! Values of templates: reading and making them.
//!
//! | value | as a text |
//! |---|---|
//! | `true` | `True` |
//! | `5` | `5` |
//! | `{"a": 1}` | `{"a":1}` |
//!
//! Names of members are compared without regard to case, as Azure Resource Manager does. Left out: fractions.

use crate::json::{Member, Node, Value};
use std::cmp::Ordering;

pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => String::new(),
        _ => node.compact(),
    }
}

pub(super) fn number(number: i64) -> Node {
    Value::Number(number.to_string()).into()
}

pub(super) fn null() -> Node {
    Value::Null.into()
}

pub(super) fn list(items: Vec<Node>) -> Node {
    Value::List(items).into()
}

pub(super) fn member(key: impl Into<String>, node: Node) -> Member {
    Member {
        key: key.into(),
        key_end: 0,
        node,
    }
}

pub(super) fn as_number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(text) | Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub(super) fn as_bool(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Number(text) => Some(text != "0"),
        _ => None,
    }
}

pub(super) fn as_list(node: &Node) -> Option<&[Node]> {
    match &node.value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

pub(super) fn as_members(node: &Node) -> Option<&[Member]> {
    match &node.value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// A member of an object, whatever the case of its name.
pub(super) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let members = as_members(node)?;
    let exact = members.iter().find(|member| member.key == key);
    let found = exact.or_else(|| {
        members
            .iter()
            .find(|member| member.key.eq_ignore_ascii_case(key))
    });
    found.map(|member| &member.node)
}

/// A text member.
pub(super) fn get_text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &get(node, key)?.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

pub(super) fn set(node: &mut Node, key: &str, value: Node) {
    if let Value::Object(members) = &mut node.value {
        match members
            .iter_mut()
            .find(|member| member.key.eq_ignore_ascii_case(key))
        {
            Some(known) => known.node = value,
            None => members.push(member(key, value)),
        }
    }
}

pub(super) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Equality of values: places in texts do not matter, nor does the order of members.
pub(super) fn equal(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(members), Value::Object(others)) => {
            members.len() == others.len()
                && members.iter().all(|member| {
                    get(other, &member.key).is_some_and(|node| equal(&member.node, node))
                })
        }
        (one, other) => one == other,
    }
}

pub(super) fn compare(one: &Node, other: &Node) -> Ordering {
    match (as_number(one), as_number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => text_of(one).cmp(&text_of(other)),
    }
}

/// Members of both; of one name the second wins, and objects in objects are joined.
pub(super) fn union(one: &Node, other: &Node, deep: bool) -> Node {
    match (&one.value, &other.value) {
        (Value::Object(members), Value::Object(more)) => {
            let mut all: Node = Value::Object(members.clone()).into();
            for member in more {
                let joined = match get(&all, &member.key) {
                    Some(known) if deep && as_members(known).is_some() => {
                        union(known, &member.node, deep)
                    }
                    _ => member.node.clone(),
                };
                set(&mut all, &member.key, joined);
            }
            all
        }
        (Value::List(items), Value::List(more)) => {
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
