//! The same trees by `serde`: for tools, tests and formats around the page. The page itself does not use this.

use super::{Field, Member, Node, Reading, Value};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// Reads a field from any format of `serde`.
///
/// # Errors
/// What the format reports, or the first mistake of the tree.
pub fn from_tree<'de, T: Field, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut node = Node::deserialize(deserializer)?;
    number(&mut node, &mut 0);
    let mut value = T::blank();
    let mut reading = Reading::default();
    value.take(&node, &mut reading);
    match reading.into_message() {
        None => Ok(value),
        Some(message) => Err(D::Error::custom(message)),
    }
}

/// Ends in the order of a text, so that of several mistakes the first is named.
fn number(node: &mut Node, next: &mut usize) {
    match &mut node.value {
        Value::List(items) => {
            for item in items {
                number(item, next);
            }
        }
        Value::Object(members) => {
            for member in members {
                *next = next.saturating_add(1);
                member.key_end = *next;
                number(&mut member.node, next);
            }
        }
        _ => {}
    }
    *next = next.saturating_add(1);
    node.end = *next;
}

/// Writes a field into any format of `serde`.
///
/// # Errors
/// What the format reports.
pub fn to_tree<T: Field + Clone, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.clone().node().serialize(serializer)
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(digits) => match (digits.parse(), digits.parse(), digits.parse()) {
                (Ok(number), _, _) => serializer.serialize_u64(number),
                (_, Ok(number), _) => serializer.serialize_i64(number),
                (_, _, Ok(number)) => serializer.serialize_f64(number),
                _ => Err(S::Error::custom("number out of range")),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for Member { key, node, .. } in members {
                    object.serialize_entry(key, node)?;
                }
                object.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree).map(Self::from)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        // The shortest digits that stand for it; with a point, so that it is told from a whole number.
        Ok(Value::Number(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some((key, node)) = object.next_entry()? {
            members.push(Member {
                key,
                key_end: 0,
                node,
            });
        }
        Ok(Value::Object(members))
    }
}

/// `by_serde!(Type)`: a field that `serde` reads and writes, too.
macro_rules! by_serde {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::json::to_tree(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::from_tree(deserializer)
            }
        }
    };
}
pub(crate) use by_serde;
