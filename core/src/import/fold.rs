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

use crate::json::{Member, Node, Value};

/// Folds a value; it costs no second tree.
pub(super) fn fold(node: Node) -> Node {
    let value = match node.value {
        Value::Object(members) => object(members),
        Value::List(items) => Value::List(items.into_iter().map(fold).collect()),
        other => other,
    };
    Node { value, ..node }
}

fn object(members: Vec<Member>) -> Value {
    if let Some(items) = wrapped_list(&members) {
        return Value::List(items.into_iter().map(fold).collect());
    }
    let mut folded: Vec<Member> = Vec::with_capacity(members.len());
    let mut inside = Vec::new();
    for member in members {
        let key = member.key.to_ascii_lowercase();
        match key.as_str() {
            "tags" | "etag" => {}
            "properties" => match fold(embedded(member.node)).value {
                Value::Object(members) => inside = members,
                other => folded.push(Member {
                    key,
                    node: other.into(),
                    key_end: 0,
                }),
            },
            _ => put(&mut folded, key, member),
        }
    }
    for member in inside {
        add(&mut folded, member);
    }
    Value::Object(folded)
}

/// Windows PowerShell writes some lists as an object of the list and its length.
fn wrapped_list(members: &[Member]) -> Option<Vec<Node>> {
    let counted = members.iter().any(|member| member.key == "Count");
    match members {
        [first, _] if counted && first.key.eq_ignore_ascii_case("value") => match &first.node.value
        {
            Value::List(items) => Some(items.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn put(folded: &mut Vec<Member>, key: String, member: Member) {
    let text_of = key.strip_suffix("text").map(str::to_owned);
    let node = embedded(member.node);
    match text_of {
        // PowerShell's `SubnetsText` says what `Subnets` says, in full.
        Some(plain) if !matches!(node.value, Value::Text(_)) => {
            folded.retain(|known| known.key != plain || !is_class_name(&known.node));
            add(
                folded,
                Member {
                    key: plain,
                    key_end: member.key_end,
                    node: fold(node),
                },
            );
        }
        _ => add(
            folded,
            Member {
                key,
                key_end: member.key_end,
                node: fold(node),
            },
        ),
    }
}

/// Adds a member unless one of its name says something already.
fn add(folded: &mut Vec<Member>, member: Member) {
    match folded.iter_mut().find(|known| known.key == member.key) {
        Some(known) if known.node.value == Value::Null || is_class_name(&known.node) => {
            known.node = member.node;
        }
        Some(_) => {}
        None => folded.push(member),
    }
}

/// A text that is JSON, as in a cell of a CSV file or a `…Text` member, becomes what it says.
fn embedded(node: Node) -> Node {
    match &node.value {
        Value::Text(text) if looks_like_json(text) => Node::parse(text).unwrap_or(node),
        _ => node,
    }
}

fn looks_like_json(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'))
}

/// What PowerShell writes for a value that lies deeper than it was asked to write.
pub(super) fn is_class_name(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => {
            text.starts_with("System.Collections.")
                || text.starts_with("Microsoft.Azure.Commands.")
                || text.starts_with("@{")
        }
        Value::List(items) => !items.is_empty() && items.iter().all(is_class_name),
        _ => false,
    }
}
