//! Texts that are being typed.
//!
//! A draft keeps what was typed, readable or not. With an error it is also why the answers are older.

use super::Field;
use crate::form::Place;
use std::collections::BTreeMap;

/// A text and what was expected instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// What was expected, when it cannot be read.
    pub error: Option<String>,
}

/// Every text that is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    /// Single fields.
    pub fields: BTreeMap<Field, Draft>,
    /// Fields of the forms of objects.
    pub forms: BTreeMap<Place, Draft>,
}

impl Drafts {
    /// Whether a text that the answers depend on cannot be read.     #[must_use]
    pub fn has_errors(&self) -> bool {
        let fields = self
            .fields
            .iter()
            .any(|(field, d)| !field.is_kept() && d.error.is_some());
        fields || self.forms.values().any(|d| d.error.is_some())
    }

    /// The draft of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&Draft> {
        self.fields.get(&field)
    }
}
