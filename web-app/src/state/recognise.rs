//! What a text is, by its content alone: the name of a file says nothing.
//!
//! The rule: the first of these that fits; what fits none is refused with what was expected.
//!
//! | text | is |
//! |---|---|
//! | begins with `#` or an address with `#interspoke=` | a link |
//! | the headings of a price sheet | prices of one's own |
//! | JSON with `Items` that are answers of the Retail Prices API | prices of one's own |
//! | JSON with the schema `interspoke-case/…` | a case: its network becomes a document |
//! | a document or bare network that reads | itself |
//! | an export of Azure's tools, a template, captured routes | an import |
//! | any other JSON | a saved document or a bare network, or refused by [`Document::parse`] |
//!
//! This is the seam for everything that is imported: what an export is, [`interspoke_core::import`] says.

use super::link;
use crate::text;
use interspoke_core::case::CaseNetwork;
use interspoke_core::document::{About, Document, DocumentError};
use interspoke_core::import::{Import, Imported};
use interspoke_core::json::{self, Value};

/// What a text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognised {
    /// A design.
    Document(Box<Document>),
    /// Prices of one's own.
    Prices,
    /// An export, a template or captured routes.
    Imported(Box<Imported>),
}

/// What a text is.
///
/// # Errors
/// Nothing that is known: what was expected and found, with its place.
pub fn recognise(text: &str) -> Result<Recognised, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(fragment) = link::fragment_in(text.trim()) {
        let document = link::read(fragment)?;
        return Ok(Recognised::Document(Box::new(document)));
    }
    if text.trim_start().starts_with("list,service,product") {
        return Ok(Recognised::Prices);
    }
    if !text.trim_start().starts_with(['{', '[', '"']) && !text.trim().is_empty() {
        return imported(text).ok_or_else(|| text::store::NOT_RECOGNISED.to_owned());
    }
    let mut ours = text.trim().is_empty();
    if let Ok(node) = json::parse(text) {
        if is_prices(&node) {
            return Ok(Recognised::Prices);
        }
        if let Some(document) = case(text, &node) {
            let document = document.map_err(|error| error.to_string())?;
            return Ok(Recognised::Document(Box::new(document)));
        }
        let member = |name: &str| node.get(name).is_some();
        ours |= member("schema") || member("vnets") || member("virtualWan");
    }
    // A text that was cut is no JSON, and still ours.
    if !ours && !text.contains("\"interspoke/") {
        return imported(text).ok_or_else(|| text::store::NOT_RECOGNISED.to_owned());
    }
    match Document::parse(text) {
        Ok(document) => Ok(Recognised::Document(Box::new(document))),
        Err(error) => imported(text).ok_or_else(|| error.to_string()),
    }
}

/// What an import makes of a text, if it makes anything.
fn imported(text: &str) -> Option<Recognised> {
    let mut import = Import::new();
    import.add(text::import::PASTED, text.as_bytes());
    let made = import.finish();
    (!made.is_nothing()).then(|| Recognised::Imported(Box::new(made)))
}

/// Answers of the API, one or several.
fn is_prices(node: &Value) -> bool {
    match node {
        Value::Array(items) => items
            .first()
            .is_some_and(|first| is_prices(first) || first.get("retailPrice").is_some()),
        Value::Object(_) => node.get("Items").is_some(),
        _ => false,
    }
}

/// The network of a case; its questions and states stay in the file.
fn case(text: &str, node: &Value) -> Option<Result<Document, DocumentError>> {
    let case = CaseNetwork::of(node, text)?;
    Some(case.map_err(Into::into).map(|case| Document {
        about: Some(About {
            summary: text::store::CASE.to_owned(),
            ..About::default()
        }),
        ..Document::new(&case.title, case.network)
    }))
}
