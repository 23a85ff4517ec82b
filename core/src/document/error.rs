//! Why a text does not open as a document: what was found, where, and what was expected.

use super::{SCHEMA, VERSION};
use crate::json::JsonError;
use std::fmt;

/// Why a text does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentError {
    /// There is nothing in it.
    Empty,
    /// It is not JSON.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was expected and found.
        message: String,
    },
    /// Something in it is not what was expected.
    Shape {
        /// Where: a path as `network.vnets[2].prefixes`; empty for the whole file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was expected and found.
        message: String,
    },
    /// It names another schema.
    UnknownSchema {
        /// The one it names.
        found: String,
    },
    /// It names no schema and is not a network.
    NoSchema,
}

impl DocumentError {
    /// Whether a newer program wrote the text.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        let Self::UnknownSchema { found } = self else {
            return false;
        };
        let version = found.strip_prefix("interspoke/");
        version.is_some_and(|version| version.parse::<u32>().is_ok_and(|v| v > VERSION))
    }
}

impl From<JsonError> for DocumentError {
    fn from(error: JsonError) -> Self {
        let JsonError {
            syntax,
            path,
            line,
            column,
            message,
        } = error;
        if syntax {
            Self::Syntax {
                line,
                column,
                message,
            }
        } else {
            Self::Shape {
                path,
                line,
                column,
                message,
            }
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "expected a saved design ({SCHEMA}), found an empty text"),
            Self::Syntax {
                line,
                column,
                message,
            } => {
                write!(
                    f,
                    "expected JSON, found a mistake at line {line}, column {column}: {message}"
                )
            }
            Self::Shape {
                path,
                line,
                column,
                message,
            } => {
                let path = if path.is_empty() { "the file" } else { path };
                write!(f, "{path} (line {line}, column {column}): {message}")
            }
            Self::UnknownSchema { found } => {
                write!(
                    f,
                    "this file has the form {found}; this program reads {SCHEMA} and what came before it. Nothing was \
                     changed: "
                )?;
                match found.as_str() {
                    case if case.starts_with("interspoke-case/") => {
                        f.write_str("of a case, the value of its network can be opened alone")
                    }
                    _ if self.is_newer() => f.write_str("a newer Interspoke opens it"),
                    _ => f.write_str("it may belong to another program"),
                }
            }
            Self::NoSchema => write!(
                f,
                "expected a member \"schema\" with the value \"{SCHEMA}\", or a network with \"vnets\", found neither"
            ),
        }
    }
}

impl std::error::Error for DocumentError {}
