//! The saved file: a network with its traffic and settings, tagged with the version of its form.
//!
//! The rule: a document names its schema. This program reads `interspoke/1`; any other version is refused with what
//! was found and what is understood, and the text stays as it is. A bare network (the `network` of a document or of a
//! case file, without a schema) opens as a document with default traffic. An error says where, by line, column and
//! path, and what was expected there.
//!
//! | member | what it is | absent |
//! |---|---|---|
//! | `schema` | `interspoke/1` | a bare network is expected |
//! | `name` | the title | `Untitled` |
//! | `about` | where it comes from: summary, sources, assumptions | none |
//! | `network` | a [`NetworkSpec`] | refused |
//! | `traffic` | GB a month, a number or a text such as `"0.5"` | 1,000 within, 1,000 between, 0 on-premises |
//! | `settings` | `strictForwardedTraffic` | false |
//! | `flow` | the source and destination last asked for | none |
//! | `design` | the Intent that the network was drawn for, and the pattern | none |
//!
//! Left out: what the page shows (theme, zoom, open panels) and anything computed.

use crate::intent::{AddressPlan, Intent};
use crate::pattern::Pattern;
use crate::price::Traffic;
use crate::route::{Flow, Settings};
use crate::spec::{NetworkSpec, Protocol};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::Ipv4Addr;

/// The version of the form that is written, and the only one that is read so far.
pub const SCHEMA: &str = "interspoke/1";

const UNTITLED: &str = "Untitled";

/// A whole design, as it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its title.
    pub name: String,
    /// Where it comes from.
    pub about: Option<About>,
    /// The estate.
    pub network: NetworkSpec,
    /// Traffic for the bill.
    pub traffic: Traffic,
    /// Choices of the simulator.
    pub settings: Settings,
    /// The flow to show.
    pub flow: Option<ChosenFlow>,
    /// What the network was drawn for.
    pub design: Option<Design>,
}

impl Default for Document {
    /// An empty estate.
    fn default() -> Self {
        Self::new(UNTITLED, NetworkSpec::default())
    }
}

/// Where a document comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct About {
    /// What it shows, in a sentence or two.
    pub summary: String,
    /// What it was taken from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<DocumentSource>,
    /// What was added, left out or taken for granted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

/// What is asked for, and the pattern that drew the network for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Design {
    /// What is asked for.
    pub intent: Intent,
    /// The short name of the pattern; empty where none drew the network.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pattern: String,
}

impl Design {
    /// The pattern that drew the network.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        Pattern::named(&self.pattern)
    }

    /// The network that the pattern draws for the Intent; none where there is no pattern or no plan.
    #[must_use]
    pub fn network(&self) -> Option<NetworkSpec> {
        let plan = AddressPlan::new(&self.intent).ok()?;
        Some(self.pattern()?.blueprint(&self.intent, &plan))
    }
}

/// A publication that a document was taken from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DocumentSource {
    /// Its title.
    pub title: String,
    /// Repository and path, where it has them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Its version: a commit or a date.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Its address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// A flow that somebody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChosenFlow {
    /// Where it starts.
    pub source: Ipv4Addr,
    /// Where it goes.
    pub destination: Ipv4Addr,
    /// What it is.
    #[serde(default = "tcp")]
    pub protocol: Protocol,
}

const fn tcp() -> Protocol {
    Protocol::Tcp
}

impl From<ChosenFlow> for Flow {
    fn from(chosen: ChosenFlow) -> Self {
        Self {
            source: chosen.source,
            destination: chosen.destination,
            protocol: chosen.protocol,
        }
    }
}

/// The text's own form. Only this module knows it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Saved {
    schema: String,
    #[serde(default = "untitled")]
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<About>,
    network: NetworkSpec,
    #[serde(default)]
    traffic: Traffic,
    #[serde(default)]
    settings: SavedSettings,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flow: Option<ChosenFlow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    design: Option<Design>,
}

fn untitled() -> String {
    UNTITLED.to_owned()
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct SavedSettings {
    strict_forwarded_traffic: bool,
}

/// What tells one kind of file from another, whatever else it holds.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: Option<serde_json::Value>,
    #[serde(default)]
    vnets: Option<serde::de::IgnoredAny>,
    #[serde(default, rename = "virtualWan")]
    virtual_wan: Option<serde::de::IgnoredAny>,
}

impl Document {
    /// A document around a network, with default traffic and settings.
    ///
    /// ```
    /// use interspoke_core::{document::Document, spec::NetworkSpec};
    /// assert_eq!(Document::new("Two hubs", NetworkSpec::default()).name, "Two hubs");
    /// ```
    #[must_use]
    pub fn new(name: &str, network: NetworkSpec) -> Self {
        Self {
            name: name.to_owned(),
            about: None,
            network,
            traffic: Traffic::default(),
            settings: Settings::default(),
            flow: None,
            design: None,
        }
    }

    /// Reads a saved file.
    ///
    /// ```
    /// use interspoke_core::document::Document;
    /// let text = r#"{"schema": "interspoke/1", "name": "Lab", "network": {"vnets": []}}"#;
    /// assert_eq!(Document::parse(text).unwrap().name, "Lab");
    ///
    /// let newer = Document::parse(r#"{"schema": "interspoke/2"}"#).unwrap_err();
    /// assert!(newer.to_string().starts_with("this file has the form interspoke/2; this program reads interspoke/1"));
    /// ```
    ///
    /// # Errors
    /// The text is not JSON, has another schema, or something in it is not what was expected; the error says where.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(DocumentError::Empty);
        }
        // A list would be read as the members in their order.
        if text.trim_start().starts_with('[') {
            return Err(DocumentError::NoSchema);
        }
        let head: Head =
            serde_json::from_str(text).map_err(|error| DocumentError::reading(text, &error))?;
        match head.schema {
            Some(serde_json::Value::String(schema)) if schema == SCHEMA => {
                let saved: Saved = serde_json::from_str(text)
                    .map_err(|error| DocumentError::reading(text, &error))?;
                Ok(saved.into())
            }
            Some(serde_json::Value::String(schema)) => {
                Err(DocumentError::UnknownSchema { found: schema })
            }
            Some(other) => Err(DocumentError::UnknownSchema {
                found: other.to_string(),
            }),
            None if head.vnets.is_some() || head.virtual_wan.is_some() => {
                let network = serde_json::from_str(text)
                    .map_err(|error| DocumentError::reading(text, &error))?;
                Ok(Self::new(UNTITLED, network))
            }
            None => Err(DocumentError::NoSchema),
        }
    }

    /// The text of this document: indented, members in a fixed order, a line break at the end. Equal documents have
    /// equal texts.
    ///
    /// ```
    /// use interspoke_core::document::Document;
    /// let document = Document::default();
    /// assert_eq!(Document::parse(&document.to_json()).unwrap(), document);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let saved = Saved {
            schema: SCHEMA.to_owned(),
            name: self.name.clone(),
            about: self.about.clone(),
            network: self.network.clone(),
            traffic: self.traffic,
            settings: SavedSettings {
                strict_forwarded_traffic: self.settings.strict_forwarded_traffic,
            },
            flow: self.flow,
            design: self.design.clone(),
        };
        // Text keys and no failing serializer: writing to a String cannot fail.
        let text = serde_json::to_string_pretty(&saved).unwrap_or_default();
        text + "\n"
    }
}

impl From<Saved> for Document {
    fn from(saved: Saved) -> Self {
        let settings = Settings {
            strict_forwarded_traffic: saved.settings.strict_forwarded_traffic,
        };
        Self {
            name: saved.name,
            about: saved.about,
            network: saved.network,
            traffic: saved.traffic,
            settings,
            flow: saved.flow,
            design: saved.design,
        }
    }
}

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
    fn reading(text: &str, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let whole = error.to_string();
        let place = format!(" at line {line} column {column}");
        let message = whole.strip_suffix(&place).unwrap_or(&whole).to_owned();
        if error.is_data() {
            Self::Shape {
                path: path_at(text, line, column),
                line,
                column,
                message,
            }
        } else {
            Self::Syntax {
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
                let newer = found
                    .strip_prefix("interspoke/")
                    .is_some_and(|version| version.parse::<u32>().is_ok());
                write!(
                    f,
                    "this file has the form {found}; this program reads {SCHEMA}. Nothing was changed: "
                )?;
                match found.as_str() {
                    case if case.starts_with("interspoke-case/") => {
                        f.write_str("of a case, the value of its network can be opened alone")
                    }
                    _ if newer => f.write_str("a newer Interspoke opens it"),
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

/// One level of a JSON text on the way to a place.
enum Level {
    Object { key: Option<String> },
    Array { item: usize },
}

/// The path of the value that a place in a valid JSON text belongs to.
fn path_at(text: &str, line: usize, column: usize) -> String {
    let before = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let end = before.saturating_add(column);
    let mut levels: Vec<Level> = Vec::new();
    let mut bytes = text
        .bytes()
        .enumerate()
        .take_while(|(position, _)| *position < end)
        .peekable();
    let mut expects_key = false;
    while let Some((position, byte)) = bytes.next() {
        match byte {
            b'{' => {
                levels.push(Level::Object { key: None });
                expects_key = true;
            }
            b'[' => {
                levels.push(Level::Array { item: 0 });
                expects_key = false;
            }
            // At the very place, a closing bracket still belongs to the value it closes.
            b'}' | b']' if bytes.peek().is_some() => {
                levels.pop();
            }
            b',' => match levels.last_mut() {
                Some(Level::Array { item }) => *item = item.saturating_add(1),
                _ => expects_key = true,
            },
            b'"' => {
                let string = string_from(text, position);
                let after = position.saturating_add(string.len()).saturating_add(1);
                while bytes.next_if(|(next, _)| *next <= after).is_some() {}
                if let (true, Some(Level::Object { key })) = (expects_key, levels.last_mut()) {
                    *key = Some(string.to_owned());
                    expects_key = false;
                }
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for level in &levels {
        match level {
            Level::Object { key: Some(key) } if path.is_empty() => path.push_str(key),
            Level::Object { key: Some(key) } => path.push_str(&format!(".{key}")),
            Level::Object { key: None } => {}
            Level::Array { item } => path.push_str(&format!("[{item}]")),
        }
    }
    path
}

/// The inside of the string that opens at a position, as it is written.
fn string_from(text: &str, position: usize) -> &str {
    let inside = text.get(position.saturating_add(1)..).unwrap_or_default();
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    end.and_then(|end| inside.get(..end)).unwrap_or(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn refuses(text: &str, message: &str) {
        assert_eq!(Document::parse(text).unwrap_err().to_string(), message);
    }

    #[test]
    fn a_document_reads_what_it_writes() {
        let text = r#"{
            "schema": "interspoke/1",
            "name": "Lab",
            "network": {"vnets": [{"name": "hub", "prefixes": ["10.0.0.0/24"]}]},
            "traffic": {"withinRegionsGb": "0.5"},
            "settings": {"strictForwardedTraffic": true},
            "flow": {"source": "10.0.0.4", "destination": "10.0.1.4"}
        }"#;
        let document = Document::parse(text).unwrap();
        assert_eq!(
            document.traffic.within_regions_gb.to_string(),
            "0.5 GB a month"
        );
        assert_eq!(
            document.traffic.between_regions_gb.to_string(),
            "1,000 GB a month"
        );
        assert!(document.settings.strict_forwarded_traffic);
        assert_eq!(document.flow.map(|flow| flow.protocol), Some(Protocol::Tcp));
        let written = document.to_json();
        assert_eq!(Document::parse(&written).unwrap(), document);
        assert_eq!(Document::parse(&written).unwrap().to_json(), written);
    }

    #[test]
    fn a_bare_network_opens() {
        let document = Document::parse(r#"{"vnets": [{"name": "hub", "prefixes": []}]}"#).unwrap();
        assert_eq!(
            (document.name.as_str(), document.network.vnets.len()),
            ("Untitled", 1)
        );
    }

    #[test]
    fn other_files_are_refused_kindly() {
        refuses(
            r#"{"schema": "interspoke/2", "anything": 1}"#,
            "this file has the form interspoke/2; this program reads interspoke/1. Nothing was changed: a newer \
             Interspoke opens it",
        );
        refuses(
            r#"{"schema": "interspoke-case/1", "network": {}}"#,
            "this file has the form interspoke-case/1; this program reads interspoke/1. Nothing was changed: of a \
             case, the value of its network can be opened alone",
        );
        refuses(
            r#"{"schema": 7}"#,
            "this file has the form 7; this program reads interspoke/1. Nothing was changed: it may belong to \
             another program",
        );
        refuses(
            "{}",
            "expected a member \"schema\" with the value \"interspoke/1\", or a network with \"vnets\", found neither",
        );
        refuses("[1]", &DocumentError::NoSchema.to_string());
        refuses(
            "  ",
            "expected a saved design (interspoke/1), found an empty text",
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        refuses(
            "{\"schema\": \"interspoke/1\",\n \"network\": {",
            "expected JSON, found a mistake at line 2, column 13: EOF while parsing an object",
        );
        refuses(
            "{\"schema\": \"interspoke/1\", \"network\": {\"vnets\": [\n  {\"name\": \"a,\\\"b\", \"prefixes\": []},\n  \
             {\"name\": 5}]}}",
            "network.vnets[1].name (line 3, column 12): invalid type: integer `5`, expected a string",
        );
        refuses(
            "{\"schema\": \"interspoke/1\", \"network\": {},\n\"traffic\": {\"betweenRegionsGb\": \"lots\"}}",
            "traffic.betweenRegionsGb (line 2, column 38): expected traffic in GB a month such as 1,000 or 2.5 TB, \
             found \"lots\"",
        );
    }

    proptest! {
        #[test]
        fn a_damaged_file_is_refused_or_read_and_never_a_panic(
            at in 0_usize..4_000,
            with in "[\\[\\]{},:\"\\\\a0\u{e9}-]{0,3}",
            cut: bool,
        ) {
            let mut text = crate::sample::SAMPLES[1].text.to_owned();
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            if cut {
                text.truncate(at);
            }
            text.insert_str(at, &with);
            if let Err(error) = Document::parse(&text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
