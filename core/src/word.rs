//! Words of Azure's, and texts in their place that Azure does not know.
//!
//! The rule: a member that says what an object is or how it is set (`kind`, `nextHopType`, `peeringState` …) keeps an
//! unknown word as it was typed. The rest of the file is read, `topology::build` reports the word at its place, and it
//! is written again until another one is chosen.
//!
//! | `nextHopType` | is |
//! |---|---|
//! | `"Internet"` | `Word::Known(UserNextHopType::Internet)` |
//! | `"VNetPeering"` | `Word::Unknown("VNetPeering")` |
//! | `5` | a mistake: a text is expected |
//!
//! Left out: words in lists, and members of rules (`access`, `direction` …), where an unknown word is a mistake.

/// The words of a type, as they stand in a file.
pub use strum::VariantNames;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// A word, or a text that is none.
///
/// ```
/// use interspoke_core::{spec::UserNextHopType, word::Word};
/// let word: Word<UserNextHopType> = UserNextHopType::Internet.into();
/// assert_eq!(word.known(), Ok(UserNextHopType::Internet));
/// assert_eq!(Word::<UserNextHopType>::Unknown("VNetPeering".to_owned()).known(), Err("VNetPeering"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Word<T> {
    /// One of the type's words.
    Known(T),
    /// A text that is none of them.
    Unknown(String),
}

impl<T: Copy> Word<T> {
    /// What it means.
    ///
    /// # Errors
    /// The text, if it is none of the type's words.
    pub fn known(&self) -> Result<T, &str> {
        match self {
            Self::Known(value) => Ok(*value),
            Self::Unknown(text) => Err(text),
        }
    }
}

impl<T: Copy + Default> Word<T> {
    /// What it means; an unknown word means what is usual.
    #[must_use]
    pub fn or_usual(&self) -> T {
        self.known().unwrap_or_default()
    }
}

impl<T: Default> Default for Word<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

impl<T> From<T> for Word<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: PartialEq> PartialEq<T> for Word<T> {
    fn eq(&self, other: &T) -> bool {
        matches!(self, Self::Known(value) if value == other)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(exactly(&text).map_or(Self::Unknown(text), Self::Known))
    }
}

/// The words of the type: the schema of a file names those that Azure knows.
impl<T: JsonSchema> JsonSchema for Word<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

fn exactly<T: DeserializeOwned>(word: &str) -> Option<T> {
    let reader: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(reader).ok()
}

/// The word that a text is, whatever its case.
///
/// ```
/// use interspoke_core::{spec::Access, word::find_word};
/// assert_eq!(find_word("allow"), Some(Access::Allow));
/// assert_eq!(find_word::<Access>("perhaps"), None);
/// ```
#[must_use]
pub fn find_word<T: VariantNames + DeserializeOwned>(text: &str) -> Option<T> {
    let words = T::VARIANTS.iter();
    let found = words.copied().find(|word| word.eq_ignore_ascii_case(text));
    exactly(found?)
}

/// What a message says of a text that is none of a type's words.
pub(crate) fn mistake<T: VariantNames>(text: &str) -> String {
    let words: Vec<String> = T::VARIANTS.iter().map(|word| format!("`{word}`")).collect();
    let expected = match words.as_slice() {
        [] | [_] | [_, _] => words.join(" or "),
        _ => format!("one of {}", words.join(", ")),
    };
    format!("expected {expected}, found {text:?}")
}
