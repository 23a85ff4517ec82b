//! JSON texts, by `serde` and `serde_json`: a type derives how it is read and written, a mistake says where it stands.
//!
//! The rule: a text is read into its type at once; the first mistake is named by its path, line and column, what was
//! found and what was expected. Where no type is known (exports, templates, trees of a form) a [`Value`] holds the
//! text, members in their order and numbers by their digits: nothing goes through a float.
//!
//! | text | a type with the name alone | answer |
//! |---|---|---|
//! | `{"name": "a"}` | | it is read |
//! | `{}` | the name is required | missing field `name` |
//! | `{"nam": "a"}` | | unknown field `nam`, expected `name` |
//! | `{"name": 5}` | | invalid type: number `5`, expected a string |
//! | `{"name": "a",}` | | trailing comma |
//!
//! Left out: comments and JSON Lines (`import` reads them), reading while the text still arrives. A list in place of an
//! object is read as its members in their order, as `serde` does.

mod path;

pub use serde_json::{Map, Value};

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

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

/// Reads a text.
///
/// ```
/// use interspoke_core::{json, spec::SiteSpec};
/// let error = json::read::<SiteSpec>(r#"{"name": "hq", "prefixes": [5]}"#).unwrap_err();
/// assert_eq!(error.path, "prefixes[0]");
/// assert_eq!(error.to_string(), "invalid type: integer `5`, expected a string at line 1 column 29");
/// ```
///
/// # Errors
/// The first mistake of the text, by its place.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|error| in_words(text, &error))
}

/// Reads a tree.
///
/// It is read from its text: by a second way each type would cost a second parser in the WebAssembly.
///
/// # Errors
/// The first mistake, by its path alone.
pub fn read_tree<T: DeserializeOwned>(tree: &Value) -> Result<T, JsonError> {
    read(&tree.to_string()).map_err(|error| JsonError {
        line: 0,
        column: 0,
        ..error
    })
}

/// The text of a value, a member a line. Names of members are texts, so none fails.
///
/// ```
/// assert_eq!(interspoke_core::json::write(&[1, 2]), "[\n  1,\n  2\n]");
/// ```
#[must_use]
pub fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The tree of a value, made from its text for the same reason as [`read_tree`] reads it.
///
/// ```
/// use interspoke_core::{json, spec::ServiceTagSpec};
/// let tag = ServiceTagSpec { name: "Sql".to_owned(), prefixes: Vec::new() };
/// assert_eq!(json::tree(&tag).to_string(), r#"{"name":"Sql","prefixes":[]}"#);
/// ```
#[must_use]
pub fn tree<T: Serialize>(value: &T) -> Value {
    serde_json::from_str(&write(value)).unwrap_or_default()
}

/// Reads a text without knowing what it holds.
///
/// ```
/// use interspoke_core::json;
/// assert_eq!(json::parse("[1.50, null]").unwrap().to_string(), "[1.50,null]");
/// assert_eq!(json::parse("[1,").unwrap_err().to_string(), "EOF while parsing a value at line 1 column 3");
/// ```
///
/// # Errors
/// The first place at which the text stops being JSON, and what was expected there.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    serde_json::from_str(text).map_err(|error| syntax(&error))
}

/// Reads texts that stand one after another.
///
/// ```
/// assert_eq!(interspoke_core::json::parse_all("[1] {}\n").unwrap().len(), 2);
/// ```
///
/// # Errors
/// The first place at which the text stops being JSON, and what was expected there.
pub fn parse_all(text: &str) -> Result<Vec<Value>, JsonError> {
    let values = serde_json::Deserializer::from_str(text).into_iter();
    let values: Result<_, serde_json::Error> = values.collect();
    values.map_err(|error| syntax(&error))
}

fn syntax(error: &serde_json::Error) -> JsonError {
    JsonError {
        syntax: true,
        path: String::new(),
        line: error.line(),
        column: error.column(),
        message: without_place(error),
    }
}

/// What is wrong with a text: that it is not JSON, or what stands at a path.
fn in_words(text: &str, error: &serde_json::Error) -> JsonError {
    if let Err(error) = parse(text) {
        return error;
    }
    let found = syntax(error);
    JsonError {
        syntax: false,
        path: path::up_to(text.get(..end_of(text, &found)).unwrap_or(text)),
        message: plainly(text, &found),
        ..found
    }
}

/// How many bytes of the text are read when the mistake is found.
fn end_of(text: &str, error: &JsonError) -> usize {
    let lines = text.split_inclusive('\n');
    let before = lines.take(error.line.saturating_sub(1)).map(str::len);
    before.sum::<usize>().saturating_add(error.column)
}

fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message
        .strip_suffix(&place)
        .map_or(message.clone(), str::to_owned)
}

/// The library's message, without names of Rust's and with the digits of a number.
fn plainly(text: &str, error: &JsonError) -> String {
    let message = error.message.as_str();
    if message == "expected value" {
        // What the library says of a number in place of a word.
        return "expected a word in quotes".to_owned();
    }
    if let Some((before, _)) = message.split_once(", expected struct ") {
        return format!("{before}, expected an object");
    }
    match message.strip_prefix("invalid type: number,") {
        Some(after) => format!(
            "invalid type: number `{}`,{after}",
            number_before(text, error)
        ),
        None => message.to_owned(),
    }
}

/// The number that ends at the place of an error.
fn number_before<'t>(text: &'t str, error: &JsonError) -> &'t str {
    let line = text.lines().nth(error.line.saturating_sub(1));
    let before = line.and_then(|line| line.get(..error.column));
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    let before = before.unwrap_or_default();
    let rest = before.trim_end_matches(is_part);
    before.get(rest.len()..).unwrap_or_default()
}

/// Whether a member says what is usual: then it is not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A switch that is on where it is absent.
pub(crate) const fn on() -> bool {
    true
}

/// Whether such a switch is on: then it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(crate) const fn is_on(switch: &bool) -> bool {
    *switch
}

#[cfg(test)]
mod tests;
