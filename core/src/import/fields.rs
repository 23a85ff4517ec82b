//! Reading a folded value: texts, flags, numbers, lists and references, in each of the forms that the tools give them.
//!
//! | member | forms |
//! |---|---|
//! | a list | `[…]`, one object that PowerShell took out of its list, nothing |
//! | a list of texts | the same, or one text with blanks or commas between |
//! | a flag | `true`, `"True"` |
//! | a reference | `{"id": "…"}`, `"…"` |
//!
//! Left out: what a member means. Nothing here fails: what has another form than these is absent.

use crate::json::Value;

/// A folded value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'n>(pub(super) &'n Value);

impl<'n> Fields<'n> {
    /// A member that is not null.
    pub(super) fn get(self, key: &str) -> Option<Fields<'n>> {
        let node = self.0.get(key)?;
        (!node.is_null()).then_some(Fields(node))
    }

    /// A member of a member.
    pub(super) fn at(self, path: &[&str]) -> Option<Fields<'n>> {
        path.iter().try_fold(self, |fields, key| fields.get(key))
    }

    /// The text of this value itself.
    pub(super) fn as_text(self) -> Option<&'n str> {
        match self.0 {
            Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.as_str()),
            _ => None,
        }
    }

    /// A text; a number is its digits.
    pub(super) fn text(self, key: &str) -> Option<&'n str> {
        self.get(key)?.as_text()
    }

    /// A text that is kept.
    pub(super) fn owned(self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    /// A flag.
    pub(super) fn flag(self, key: &str) -> Option<bool> {
        match self.get(key)?.0 {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// A number, if it fits.
    pub(super) fn number<T: std::str::FromStr>(self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    /// The items of a list.
    pub(super) fn list(self, key: &str) -> &'n [Value] {
        match self.get(key) {
            Some(Fields(Value::Array(items))) => items,
            Some(Fields(node)) if node.is_object() => std::slice::from_ref(node),
            _ => &[],
        }
    }

    /// The items of a list, each to be read on.
    pub(super) fn items(self, key: &str) -> impl Iterator<Item = Fields<'n>> {
        self.list(key).iter().map(Fields)
    }

    /// A list of texts.
    pub(super) fn texts(self, key: &str) -> Vec<String> {
        let Some(fields) = self.get(key) else {
            return Vec::new();
        };
        match fields.0 {
            Value::Array(items) => items
                .iter()
                .filter_map(|item| Fields(item).as_text())
                .map(str::to_owned)
                .collect(),
            Value::String(text) => split(text),
            _ => Vec::new(),
        }
    }

    /// A list of texts that may hold blanks.
    pub(super) fn texts_list(self, key: &str) -> Vec<String> {
        let items = self
            .list(key)
            .iter()
            .filter_map(|item| Fields(item).as_text());
        items.map(str::to_owned).collect()
    }

    /// The texts of a list, or the one of a member that says the same of one.
    pub(super) fn texts_or(self, many: &str, one: &str) -> Vec<String> {
        let mut texts = self.texts(many);
        if texts.is_empty() {
            texts = self.texts(one);
        }
        texts
    }

    /// The id that a member refers to.
    pub(super) fn reference(self, key: &str) -> Option<String> {
        self.get(key)?.as_reference()
    }

    /// The id that this value refers to.
    pub(super) fn as_reference(self) -> Option<String> {
        self.text("id")
            .or_else(|| self.as_text())
            .map(str::to_owned)
    }

    /// The ids of a list of references.
    pub(super) fn references(self, key: &str) -> Vec<String> {
        self.items(key).filter_map(Fields::as_reference).collect()
    }
}

fn split(text: &str) -> Vec<String> {
    text.split([' ', ',', ';'])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
