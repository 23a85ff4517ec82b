//! JSON texts: read with the place of every value, written in one form.
//!
//! The rule: a text becomes a tree of [`Node`]s, which know where they end in it; a [`Record`] names its members once, in
//! the order in which they are written, and the same list reads them. All the work stands in functions that know
//! nothing of the types, so that a type costs its names and not a parser of its own in the WebAssembly.
//!
//! ```text
//! text ──Node::parse──▶ Node ──read──▶ a Record
//!                       Node ◀─write── a Record          Node ──pretty──▶ text
//! ```
//!
//! | text | expected | answer |
//! |---|---|---|
//! | `{"name": "a"}` | `name` | it is read |
//! | `{}` | `name`, required | missing field `name` |
//! | `{"nam": "a"}` | `name` | unknown field `nam`, expected `name` |
//! | `{"name": 5}` | `name`, a text | invalid type: integer `5`, expected a string |
//! | `{"name": "a",}` | | trailing comma |
//!
//! Of several mistakes in a text the first is named, by path, line and column. A number keeps its digits: nothing goes
//! through a float. Outside the page the types are read and written by `serde`, too, through the same tree.
//!
//! What a type takes can be asked as JSON Schema, from the same list (`shape`).
//!
//! Left out: comments, JSON Lines, reading while the text still arrives.

mod parse;
mod print;
mod record;
mod serde_tree;
#[cfg(not(target_arch = "wasm32"))]
mod shape;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use record::shape_of_record;
pub use record::{Field, Members, Reading, Record, Stray, Strays, Word, Words, read, write};
pub(crate) use record::{expected, node_of_record, record, take_record, take_word, words};
pub(crate) use serde_tree::by_serde;
pub use serde_tree::{from_tree, to_tree};
#[cfg(not(target_arch = "wasm32"))]
pub use shape::Shapes;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use shape::{any_of, one_of};

use std::fmt;

/// A value and where it ends in its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// How many bytes of the text end with it; 0 for a value that was made.
    pub end: usize,
}

/// What stands in a JSON text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number by its digits, as they stand in the text.
    Number(String),
    /// A string.
    Text(String),
    /// `[…]`.
    List(Vec<Node>),
    /// `{…}`, members in the order of the text.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub key: String,
    /// How many bytes of the text end with the name.
    pub key_end: usize,
    /// Its value.
    pub node: Node,
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, end: 0 }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned()).into()
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Value::Bool(value).into()
    }
}

impl From<u64> for Node {
    fn from(number: u64) -> Self {
        Value::Number(number.to_string()).into()
    }
}

impl Node {
    /// An object of these members.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// let node = Node::object([("name", "hub".into()), ("hosts", 3_u64.into())]);
    /// assert_eq!(node.compact(), r#"{"name":"hub","hosts":3}"#);
    /// ```
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        let mut all = Vec::with_capacity(N);
        for (key, node) in members {
            all.push(Member {
                key: key.to_owned(),
                key_end: 0,
                node,
            });
        }
        Value::Object(all).into()
    }

    /// The value of a member of an object.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// let node = Node::parse(r#"{"schema": 7}"#).unwrap();
    /// assert_eq!(node.member("schema").map(Node::compact), Some("7".to_owned()));
    /// assert_eq!(node.member("vnets"), None);
    /// ```
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Self> {
        let Value::Object(members) = &self.value else {
            return None;
        };
        members
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.node)
    }
}

/// Why a text is not what was expected, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// Whether the text is not JSON at all.
    pub syntax: bool,
    /// Where: a path as `network.vnets[2].prefixes`; empty for the whole text, and where it is not JSON.
    pub path: String,
    /// Line, from 1; 0 where there was no text.
    pub line: usize,
    /// Column, from 1, in bytes; 0 where there was no text.
    pub column: usize,
    /// What was expected and found.
    pub message: String,
}

impl JsonError {
    /// A mistake that ends after so many bytes of a text.
    fn at(text: &str, end: usize, syntax: bool, path: String, message: String) -> Self {
        let before = text.as_bytes().get(..end).unwrap_or_default();
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at.saturating_add(1));
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        Self {
            syntax,
            path,
            line: line.saturating_add(1),
            column: before.len().saturating_sub(line_start),
            message,
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests;
