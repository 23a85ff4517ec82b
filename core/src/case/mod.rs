//! Cases: published behaviour of real Azure in a form that a program can check.
//!
//! A case is one JSON object: an estate (`network`, the same type as everywhere: [`NetworkSpec`]), named variations
//! of it (`states`), and questions with the answers that somebody published. [`Case::parse`] reads one,
//! [`answer`] asks the simulator, [`compare`] judges.
//!
//! ```text
//! text ──Case::parse──▶ Case ──answer(case, question, settings)──▶ Answer::Given(reply) ──compare──▶ Ok or Difference
//!                                                                  Answer::Unsupported(why)
//! ```
//!
//! A state replaces whole top-level members of `network` by name; an unknown member or key anywhere is an error that
//! says where it stands. What the core does not simulate is never guessed.
//!
//! Left out: files and folders (`cargo xtask cases` reads them) and any judgement of the sources.

mod answer;
mod compare;
mod question;
mod read;
mod reply;
mod tables;

pub use answer::{Answer, answer};
pub use compare::{Difference, compare};
pub use question::{Asked, At, Completeness, Kind, Question, TableDirection};
pub use reply::{
    GatewayRow, HubRow, NextHop, PathHops, PeeringTotal, Reachability, Reply, Resolved, Row, Text,
    Validation,
};

use crate::json::{self, JsonError, Map, Value};
use crate::spec::NetworkSpec;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The value of `schema` that this module reads.
pub const SCHEMA: &str = "interspoke-case/1";

/// A case, read and consistent in itself: every state exists and is complete.
#[derive(Debug, Clone)]
pub struct Case {
    /// Unique id, usually the file's name.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// How sure the published answers are.
    pub confidence: Confidence,
    /// Where they were published.
    pub source: Vec<Citation>,
    /// The estate.
    pub network: NetworkSpec,
    /// The estate in each named state, patch applied.
    pub states: BTreeMap<String, NetworkSpec>,
    /// What the source does not say and the case takes for granted.
    pub assumptions: Vec<String>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// How sure the published answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Confidence {
    /// Printed output or saved JSON.
    #[default]
    High,
    /// Anything weaker.
    Medium,
}

/// Where something was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Citation {
    /// Repository.
    pub repo: String,
    /// Path in it.
    pub path: String,
    /// Commit.
    pub commit: String,
    /// Address of the page.
    #[serde(default)]
    pub url: Option<String>,
    /// Lines, as `60-297` or a number.
    #[serde(default)]
    pub lines: Option<Value>,
}

/// Why a text is not a case, or a question does not fit its network: where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseError {
    /// A path into the case, as `questions[reach].from`.
    pub place: String,
    /// What was expected and what was found.
    pub message: String,
}

impl CaseError {
    pub(crate) fn new(place: impl Into<String>, message: impl fmt::Display) -> Self {
        Self {
            place: place.into(),
            message: message.to_string(),
        }
    }

    /// What is wrong with a part of a case.
    fn within(place: &str, error: JsonError) -> Self {
        let dot = match place.is_empty() || error.path.is_empty() {
            true => "",
            false => ".",
        };
        Self::new(format!("{place}{dot}{}", error.path), error)
    }
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.place, self.message)
        }
    }
}

impl std::error::Error for CaseError {}

/// What can be opened of a case as a design; its questions and states stay in the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CaseNetwork {
    /// One line for people.
    #[serde(default)]
    pub title: String,
    /// The estate.
    pub network: NetworkSpec,
}

impl CaseNetwork {
    /// Reads it of a case of any version; `None` where the tree is no case. The text is the tree's.
    ///
    /// # Errors
    /// The first mistake, by its place.
    #[must_use]
    pub fn of(tree: &Value, text: &str) -> Option<Result<Self, JsonError>> {
        let schema = tree.get("schema")?.as_str()?;
        let is_case = schema.starts_with("interspoke-case/") && tree.get("network").is_some();
        is_case.then(|| json::read(text))
    }
}

/// The file as it stands; questions are read one by one so that an error names the question.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Raw {
    schema: String,
    id: String,
    title: String,
    #[serde(default)]
    confidence: Confidence,
    #[serde(default)]
    source: Vec<Citation>,
    network: NetworkSpec,
    #[serde(default)]
    states: BTreeMap<String, Map<String, Value>>,
    #[serde(default)]
    assumptions: Vec<String>,
    questions: Vec<Map<String, Value>>,
}

impl Case {
    /// Reads a case.
    ///
    /// ```
    /// let error = interspoke_core::case::Case::parse(r#"{
    ///   "schema": "interspoke-case/1", "id": "x", "title": "x", "network": {"vnets": []},
    ///   "questions": [{"id": "a", "kind": "reachability", "ask": "?", "from": "10.0.0.4", "expect": {"reachable": true}}]
    /// }"#).unwrap_err();
    /// assert_eq!(error.to_string(), "questions[a]: missing field `to`");
    /// ```
    ///
    /// # Errors
    /// Says where the first mistake stands and what was expected there.
    pub fn parse(text: &str) -> Result<Self, CaseError> {
        let raw: Raw = json::read(text).map_err(|error| CaseError::within("", error))?;
        if raw.schema != SCHEMA {
            return Err(CaseError::new(
                "schema",
                format!("expected {SCHEMA:?}, found {:?}", raw.schema),
            ));
        }
        let mut states = BTreeMap::new();
        for (name, patch) in raw.states {
            let patched = patched(&raw.network, &patch, &format!("states[{name}]"))?;
            states.insert(name, patched);
        }
        let mut case = Self {
            id: raw.id,
            title: raw.title,
            confidence: raw.confidence,
            source: raw.source,
            network: raw.network,
            states,
            assumptions: raw.assumptions,
            questions: Vec::new(),
        };
        let mut ids = BTreeSet::new();
        for (position, members) in raw.questions.into_iter().enumerate() {
            let question = read::question(&case, position, members)?;
            if !ids.insert(question.id.clone()) {
                return Err(CaseError::new(
                    question.place(),
                    "expected a unique id, found it a second time",
                ));
            }
            case.questions.push(question);
        }
        Ok(case)
    }

    /// The estate in a state; `None` stands for the state without a name.
    #[must_use]
    pub fn network_in(&self, state: Option<&str>) -> Option<&NetworkSpec> {
        match state {
            None => Some(&self.network),
            Some(name) => self.states.get(name),
        }
    }
}

/// A network with whole members replaced by those of a patch.
pub(crate) fn patched(
    network: &NetworkSpec,
    patch: &Map<String, Value>,
    place: &str,
) -> Result<NetworkSpec, CaseError> {
    let mut whole = json::tree(network);
    if let Some(members) = whole.as_object_mut() {
        members.extend(patch.clone());
    }
    json::read_tree(&whole).map_err(|error| CaseError::within(place, error))
}
