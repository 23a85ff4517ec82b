//! The saved file: a network with its traffic and settings, tagged with the version of its form.
//!
//! The rule: a document names its schema. This program writes `interspoke/2` and reads every version before it; a newer
//! one is refused with what was found and what is understood, and the text stays as it is. A bare network (the
//! `network` of a document or of a case file, without a schema) opens as a document with default traffic. An error says
//! where, by line, column and path, and what was expected there.
//!
//! | member | what it is | absent |
//! |---|---|---|
//! | `schema` | `interspoke/2` | a bare network is expected |
//! | `id` | what the design is called in a browser's storage | none yet |
//! | `name` | the title | `Untitled` |
//! | `about` | where it comes from: summary, sources, assumptions | none |
//! | `network` | a [`NetworkSpec`] | refused |
//! | `traffic` | GB a month, a number or a text such as `"0.5"` | 1,000 within, 1,000 between, 0 on-premises |
//! | `settings` | `strictForwardedTraffic` | false |
//! | `flow` | the source and destination last asked for | none |
//! | `design` | the Intent that the network was drawn for, and the pattern | none |
//! | `choices` | what the reader chose: [`Choices`] | nothing |
//!
//! | version | differs from today's by |
//! |---|---|
//! | `interspoke/1` | no `id`, no `choices` |
//!
//! Left out: what the page shows (theme, zoom, open panels) and anything computed.

mod choices;
mod error;
#[cfg(not(target_arch = "wasm32"))]
mod schema;

pub use choices::{
    Choices, ChosenPolicy, Discount, NamedEnvironment, OwnPrices, Place, PolicyKind, Sort,
};
pub use error::DocumentError;
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;

use crate::intent::{AddressPlan, Intent};
use crate::json::{self, Value, is_default};
use crate::pattern::Pattern;
use crate::price::Traffic;
use crate::route::{Flow, Settings};
use crate::spec::{NetworkSpec, Protocol};
use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// The version of the form that is written; every one before it is read, too.
pub const SCHEMA: &str = "interspoke/2";

/// The number in [`SCHEMA`].
const VERSION: u32 = 2;

const UNTITLED: &str = "Untitled";

/// A whole design, as it is saved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// What it is called in a browser's storage; empty for a document that was never kept in one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its title.
    pub name: String,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The estate.
    pub network: NetworkSpec,
    /// Traffic for the bill.
    pub traffic: Traffic,
    /// Choices of the simulator.
    pub settings: Settings,
    /// The flow to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<ChosenFlow>,
    /// What the network was drawn for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub design: Option<Design>,
    /// What the reader chose.
    #[serde(skip_serializing_if = "is_default")]
    pub choices: Choices,
}

impl Default for Document {
    /// An empty estate.
    fn default() -> Self {
        Self::new(UNTITLED, NetworkSpec::default())
    }
}

/// Where a document comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// VNets that it refers to and that stood in no file of an import: drawn with what is known of them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub stubs: BTreeSet<String>,
}

/// What is asked for, and the pattern that drew the network for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChosenFlow {
    /// Where it starts.
    pub source: Ipv4Addr,
    /// Where it goes.
    pub destination: Ipv4Addr,
    /// What it is.
    #[serde(default = "tcp")]
    pub protocol: Protocol,
    /// The port that is called; absent: one that no rule names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
}

fn tcp() -> Protocol {
    Protocol::Tcp
}

impl From<ChosenFlow> for Flow {
    fn from(chosen: ChosenFlow) -> Self {
        Self {
            source: chosen.source,
            destination: chosen.destination,
            protocol: chosen.protocol,
            port: chosen.port,
        }
    }
}

/// What is written: the schema, then the document.
#[derive(Serialize)]
struct Written<'d> {
    schema: &'static str,
    #[serde(flatten)]
    document: &'d Document,
}

/// What a text says of itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    schema: Option<Value>,
    vnets: Option<IgnoredAny>,
    virtual_wan: Option<IgnoredAny>,
}

/// The form of `interspoke/2`, to be read. Whoever reads it has looked at the schema before.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Saved {
    #[serde(rename = "schema")]
    #[schemars(extend("const" = SCHEMA))]
    _schema: String,
    #[serde(default)]
    id: String,
    #[serde(default = "untitled")]
    name: String,
    about: Option<About>,
    network: NetworkSpec,
    #[serde(default)]
    traffic: Traffic,
    #[serde(default)]
    settings: Settings,
    flow: Option<ChosenFlow>,
    design: Option<Design>,
    #[serde(default)]
    choices: Choices,
}

impl From<Saved> for Document {
    fn from(saved: Saved) -> Self {
        Self {
            id: saved.id,
            name: saved.name,
            about: saved.about,
            network: saved.network,
            traffic: saved.traffic,
            settings: saved.settings,
            flow: saved.flow,
            design: saved.design,
            choices: saved.choices,
        }
    }
}

/// The form of `interspoke/1`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Saved1 {
    #[serde(rename = "schema")]
    #[schemars(extend("const" = "interspoke/1"))]
    _schema: String,
    #[serde(default = "untitled")]
    name: String,
    about: Option<About>,
    network: NetworkSpec,
    #[serde(default)]
    traffic: Traffic,
    #[serde(default)]
    settings: Settings,
    flow: Option<ChosenFlow>,
    design: Option<Design>,
}

impl From<Saved1> for Document {
    fn from(saved: Saved1) -> Self {
        Self {
            about: saved.about,
            traffic: saved.traffic,
            settings: saved.settings,
            flow: saved.flow,
            design: saved.design,
            ..Self::new(&saved.name, saved.network)
        }
    }
}

fn untitled() -> String {
    UNTITLED.to_owned()
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
            id: String::new(),
            name: name.to_owned(),
            about: None,
            network,
            traffic: Traffic::default(),
            settings: Settings::default(),
            flow: None,
            design: None,
            choices: Choices::default(),
        }
    }

    /// Reads a saved file of any version so far.
    ///
    /// ```
    /// use interspoke_core::document::Document;
    /// let text = r#"{"schema": "interspoke/1", "name": "Lab", "network": {"vnets": []}}"#;
    /// assert_eq!(Document::parse(text).unwrap().name, "Lab");
    ///
    /// let newer = Document::parse(r#"{"schema": "interspoke/3"}"#).unwrap_err();
    /// assert!(newer.is_newer());
    /// assert!(newer.to_string().starts_with("this file has the form interspoke/3; this program reads interspoke/2"));
    /// ```
    ///
    /// # Errors
    /// The text is not JSON, has another schema, or something in it is not what was expected; the error says where.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(DocumentError::Empty);
        }
        let head = json::read::<Head>(text).map_err(|error| match error.syntax {
            true => DocumentError::from(error),
            false => DocumentError::NoSchema,
        })?;
        match head.schema {
            Some(Value::String(schema)) if schema == SCHEMA => {
                Ok(json::read::<Saved>(text)?.into())
            }
            Some(Value::String(schema)) if schema == "interspoke/1" => {
                Ok(json::read::<Saved1>(text)?.into())
            }
            Some(Value::String(found)) => Err(DocumentError::UnknownSchema { found }),
            Some(other) => Err(DocumentError::UnknownSchema {
                found: other.to_string(),
            }),
            None if head.vnets.is_some() || head.virtual_wan.is_some() => {
                Ok(Self::new(UNTITLED, json::read(text)?))
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
        let written = Written {
            schema: SCHEMA,
            document: self,
        };
        json::write(&written) + "\n"
    }
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
            "schema": "interspoke/2",
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
            r#"{"schema": "interspoke/3", "anything": 1}"#,
            "this file has the form interspoke/3; this program reads interspoke/2 and what came before it. Nothing was changed: a newer \
             Interspoke opens it",
        );
        refuses(
            r#"{"schema": "interspoke-case/1", "network": {}}"#,
            "this file has the form interspoke-case/1; this program reads interspoke/2 and what came before it. Nothing was changed: of a \
             case, the value of its network can be opened alone",
        );
        refuses(
            r#"{"schema": 7}"#,
            "this file has the form 7; this program reads interspoke/2 and what came before it. Nothing was changed: it may belong to \
             another program",
        );
        refuses(
            "{}",
            "expected a member \"schema\" with the value \"interspoke/2\", or a network with \"vnets\", found neither",
        );
        refuses("[1]", &DocumentError::NoSchema.to_string());
        refuses(
            "  ",
            "expected a saved design (interspoke/2), found an empty text",
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        refuses(
            "{\"schema\": \"interspoke/2\",\n \"network\": {",
            "expected JSON, found a mistake at line 2, column 13: EOF while parsing an object",
        );
        refuses(
            "{\"schema\": \"interspoke/2\", \"network\": {\"vnets\": [\n  {\"name\": \"a,\\\"b\", \"prefixes\": []},\n  \
             {\"name\": 5}]}}",
            "network.vnets[1].name (line 3, column 12): invalid type: integer `5`, expected a string",
        );
        refuses(
            "{\"schema\": \"interspoke/2\", \"network\": {},\n\"traffic\": {\"betweenRegionsGb\": \"lots\"}}",
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
