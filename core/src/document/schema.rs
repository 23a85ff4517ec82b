//! The saved file's form as JSON Schema, for editors and for tools that write designs.
//!
//! The rule: whatever [`Document::parse`](super::Document::parse) opens fits one of three forms, told apart by the member
//! `schema`: today's, version 1, a bare network. `schemars` derives it from the types and the same attributes that `serde`
//! reads them by. What it leaves to the reader: texts that must be prefixes, names that must exist. A list in place of an
//! object, which `serde` reads as the object's members, fits no form.

use super::{Saved, Saved1};
use crate::json::Value;
use crate::spec::NetworkSpec;
use schemars::generate::SchemaSettings;
use serde_json::json;

/// The schema, in the draft of 2020-12.
///
/// ```
/// let schema = interspoke_core::document::schema();
/// assert!(schema["$defs"]["NetworkSpec"]["properties"].get("vnets").is_some());
/// ```
#[must_use]
pub fn schema() -> Value {
    let mut forms = SchemaSettings::draft2020_12().into_generator();
    let saved = forms.subschema_for::<Saved>();
    let saved1 = forms.subschema_for::<Saved1>();
    let network = forms.subschema_for::<NetworkSpec>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:interspoke:document",
        "title": "A design of Interspoke",
        "if": { "required": ["schema"] },
        "then": {
            "if": has_schema("interspoke/1"),
            "then": saved1,
            "else": saved,
        },
        "else": {
            "allOf": [network, { "anyOf": [{ "required": ["vnets"] }, { "required": ["virtualWan"] }] }],
        },
        "$defs": forms.take_definitions(true),
    })
}

/// Whether the member `schema` has this value.
fn has_schema(value: &str) -> Value {
    json!({ "properties": { "schema": { "const": value } }, "required": ["schema"] })
}
