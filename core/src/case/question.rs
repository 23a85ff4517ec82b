//! What a case asks, and the answer it expects.
//!
//! Every question has an id, a kind, the question in words and an expected answer; each kind has keys of its own.
//! Keys of another kind are errors: a question that says more than its kind can hold was misunderstood by somebody.

use super::{
    Case, CaseError, GatewayRow, HubRow, NextHop, PathHops, PeeringTotal, Reachability, Row, Text,
    Validation, patched,
};
use crate::spec::{NetworkSpec, Protocol};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Unique in the case.
    pub id: String,
    /// The state it is asked in.
    pub state: Option<String>,
    /// The question in words.
    pub ask: String,
    /// A remark on the published answer.
    pub note: Option<String>,
    /// False: the answer was published in other words.
    pub verbatim: bool,
    /// False: published, and by its own caveat not to be held against a program.
    pub scored: bool,
    /// What is asked and expected.
    pub asked: Asked,
}

impl Question {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.asked.kind()
    }

    /// Whether it counts: it is scored, and not asked in words.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.scored && self.kind() != Kind::Text
    }

    /// Where it stands in the case.
    pub(crate) fn place(&self) -> String {
        format!("questions[{}]", self.id)
    }
}

/// Kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The rows of a subnet.
    EffectiveRoutes,
    /// The row that wins.
    NextHop,
    /// Whether a flow works.
    Reachability,
    /// What forwards it.
    Path,
    /// A Virtual WAN hub's table.
    HubRoutes,
    /// A gateway's or site's table.
    GatewayRoutes,
    /// How many peerings.
    PeeringCount,
    /// Whether Azure takes a change.
    Validation,
    /// Words.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::EffectiveRoutes,
        Self::NextHop,
        Self::Reachability,
        Self::Path,
        Self::HubRoutes,
        Self::GatewayRoutes,
        Self::PeeringCount,
        Self::Validation,
        Self::Text,
    ];

    /// The format's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::EffectiveRoutes => "effectiveRoutes",
            Self::NextHop => "nextHop",
            Self::Reachability => "reachability",
            Self::Path => "path",
            Self::HubRoutes => "hubRoutes",
            Self::GatewayRoutes => "gatewayRoutes",
            Self::PeeringCount => "peeringCount",
            Self::Validation => "validation",
            Self::Text => "text",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == text);
        found.ok_or_else(|| {
            format!(
                "expected one of {}, found {text:?}",
                Self::ALL.map(Self::word).join(", ")
            )
        })
    }
}

/// A subnet by name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct At {
    /// Its VNet.
    pub vnet: String,
    /// Its name.
    pub subnet: String,
}

/// How much of a table was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Completeness {
    /// Every row.
    Full,
    /// Every row but those with next hop `None`; one that is listed must be there.
    NoNone,
    /// Some rows.
    Subset,
}

/// Which of a gateway's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TableDirection {
    /// What it holds.
    Learned,
    /// What it tells others.
    Advertised,
}

/// What is asked and expected, by kind.
#[derive(Debug, Clone)]
pub enum Asked {
    /// The rows of a subnet.
    EffectiveRoutes {
        /// The subnet.
        at: At,
        /// How much was published.
        complete: Completeness,
        /// Prefixes that are not compared.
        ignore: Vec<String>,
        /// The published rows.
        expect: Vec<Row>,
    },
    /// The row that wins.
    NextHop {
        /// The subnet.
        at: At,
        /// The destination.
        to: String,
        /// The published answer.
        expect: NextHop,
    },
    /// Whether a flow works.
    Reachability {
        /// Source address.
        from: String,
        /// Destination address.
        to: String,
        /// What is sent.
        protocol: Protocol,
        /// The published answer.
        expect: Reachability,
    },
    /// What forwards a packet.
    Path {
        /// Source address.
        from: String,
        /// Destination address.
        to: String,
        /// The published answer.
        expect: PathHops,
    },
    /// A Virtual WAN hub's table.
    HubRoutes {
        /// The hub.
        hub: String,
        /// Its table, or its firewall's name: what the firewall sees.
        table: String,
        /// How much was published.
        complete: Completeness,
        /// The published rows.
        expect: Vec<HubRow>,
    },
    /// What a gateway or site learned or announces.
    GatewayRoutes {
        /// The gateway or site.
        speaker: String,
        /// Which table.
        direction: TableDirection,
        /// Only from or to this one.
        peer: Option<String>,
        /// How much was published.
        complete: Completeness,
        /// The published rows.
        expect: Vec<GatewayRow>,
    },
    /// How many peerings.
    PeeringCount {
        /// Only what this VNet stores.
        vnet: Option<String>,
        /// So many VNets, each peered with every other, instead of the network.
        full_mesh_of: Option<u64>,
        /// The published numbers.
        expect: PeeringTotal,
    },
    /// Whether Azure takes a change.
    Validation {
        /// The change in words.
        change: String,
        /// The network with the change made.
        changed: Box<NetworkSpec>,
        /// The published answer.
        expect: Validation,
    },
    /// Words.
    Text {
        /// The published answer.
        expect: Text,
    },
}

impl Asked {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::EffectiveRoutes { .. } => Kind::EffectiveRoutes,
            Self::NextHop { .. } => Kind::NextHop,
            Self::Reachability { .. } => Kind::Reachability,
            Self::Path { .. } => Kind::Path,
            Self::HubRoutes { .. } => Kind::HubRoutes,
            Self::GatewayRoutes { .. } => Kind::GatewayRoutes,
            Self::PeeringCount { .. } => Kind::PeeringCount,
            Self::Validation { .. } => Kind::Validation,
            Self::Text { .. } => Kind::Text,
        }
    }
}

/// The keys that every kind has.
#[derive(Deserialize)]
struct Common {
    id: String,
    kind: String,
    #[serde(default)]
    state: Option<String>,
    ask: String,
    expect: Value,
    #[serde(default)]
    note: Option<String>,
    #[serde(default = "yes")]
    verbatim: bool,
    #[serde(default = "yes")]
    scored: bool,
}

const COMMON_KEYS: [&str; 8] = [
    "id", "kind", "state", "ask", "expect", "note", "verbatim", "scored",
];

fn yes() -> bool {
    true
}

fn default_table() -> String {
    "defaultRouteTable".to_owned()
}

/// Reads one question of a case whose network and states are already there.
pub(crate) fn read(
    case: &Case,
    position: usize,
    mut members: Map<String, Value>,
) -> Result<Question, CaseError> {
    let name = members
        .get("id")
        .and_then(Value::as_str)
        .map_or_else(|| position.to_string(), str::to_owned);
    let place = format!("questions[{name}]");
    let mut common = Map::new();
    for key in COMMON_KEYS {
        if let Some(value) = members.remove(key) {
            common.insert(key.to_owned(), value);
        }
    }
    let common: Common = from(Value::Object(common), &place)?;
    let kind: Kind = common
        .kind
        .parse()
        .map_err(|error| CaseError::new(format!("{place}.kind"), error))?;
    let network = case.network_in(common.state.as_deref()).ok_or_else(|| {
        let known: Vec<&str> = case.states.keys().map(String::as_str).collect();
        let state = common.state.as_deref().unwrap_or_default();
        CaseError::new(
            format!("{place}.state"),
            format!("expected one of [{}], found {state:?}", known.join(", ")),
        )
    })?;
    let asked = Reader {
        network,
        place: &place,
        keys: members,
        expect: common.expect,
    }
    .read(kind)?;
    Ok(Question {
        id: common.id,
        state: common.state,
        ask: common.ask,
        note: common.note,
        verbatim: common.verbatim,
        scored: common.scored,
        asked,
    })
}

fn from<T: DeserializeOwned>(value: Value, place: &str) -> Result<T, CaseError> {
    serde_json::from_value(value).map_err(|error| CaseError::new(place, error))
}

/// The keys of one question's own kind, on their way to [`Asked`].
struct Reader<'a> {
    network: &'a NetworkSpec,
    place: &'a str,
    keys: Map<String, Value>,
    expect: Value,
}

impl Reader<'_> {
    fn read(self, kind: Kind) -> Result<Asked, CaseError> {
        match kind {
            Kind::EffectiveRoutes => self.effective_routes(),
            Kind::NextHop => self.next_hop(),
            Kind::Reachability => self.reachability(),
            Kind::Path => self.path(),
            Kind::HubRoutes => self.hub_routes(),
            Kind::GatewayRoutes => self.gateway_routes(),
            Kind::PeeringCount => self.peering_count(),
            Kind::Validation => self.validation(),
            Kind::Text => self.text(),
        }
    }

    fn split<K: DeserializeOwned, E: DeserializeOwned>(self) -> Result<(K, E), CaseError> {
        let keys = from(Value::Object(self.keys), self.place)?;
        Ok((keys, from(self.expect, &format!("{}.expect", self.place))?))
    }

    fn effective_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            at: At,
            complete: Completeness,
            #[serde(default)]
            ignore: Vec<String>,
        }
        let (
            Keys {
                at,
                complete,
                ignore,
            },
            expect,
        ) = self.split()?;
        Ok(Asked::EffectiveRoutes {
            at,
            complete,
            ignore,
            expect,
        })
    }

    fn next_hop(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            at: At,
            to: String,
        }
        let (Keys { at, to }, expect) = self.split()?;
        Ok(Asked::NextHop { at, to, expect })
    }

    fn reachability(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            from: String,
            to: String,
            #[serde(default)]
            protocol: Protocol,
        }
        let (Keys { from, to, protocol }, expect) = self.split()?;
        Ok(Asked::Reachability {
            from,
            to,
            protocol,
            expect,
        })
    }

    fn path(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            from: String,
            to: String,
        }
        let (Keys { from, to }, expect) = self.split()?;
        Ok(Asked::Path { from, to, expect })
    }

    fn hub_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            hub: String,
            #[serde(default = "default_table")]
            table: String,
            complete: Completeness,
        }
        let (
            Keys {
                hub,
                table,
                complete,
            },
            expect,
        ) = self.split()?;
        Ok(Asked::HubRoutes {
            hub,
            table,
            complete,
            expect,
        })
    }

    fn gateway_routes(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            #[serde(default)]
            gateway: Option<String>,
            #[serde(default)]
            site: Option<String>,
            direction: TableDirection,
            #[serde(default)]
            peer: Option<String>,
            complete: Completeness,
        }
        let place = self.place;
        let (keys, expect): (Keys, _) = self.split()?;
        let speaker = match (keys.gateway, keys.site) {
            (Some(name), None) | (None, Some(name)) => name,
            (None, None) => {
                return Err(CaseError::new(
                    place,
                    "expected `gateway` or `site`, found neither",
                ));
            }
            (Some(_), Some(_)) => {
                return Err(CaseError::new(
                    place,
                    "expected `gateway` or `site`, found both",
                ));
            }
        };
        let Keys {
            direction,
            peer,
            complete,
            ..
        } = keys;
        Ok(Asked::GatewayRoutes {
            speaker,
            direction,
            peer,
            complete,
            expect,
        })
    }

    fn peering_count(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            #[serde(default)]
            vnet: Option<String>,
            #[serde(default)]
            full_mesh_of: Option<u64>,
        }
        let (Keys { vnet, full_mesh_of }, expect) = self.split()?;
        Ok(Asked::PeeringCount {
            vnet,
            full_mesh_of,
            expect,
        })
    }

    fn validation(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct Keys {
            change: String,
            patch: Map<String, Value>,
        }
        let (network, place) = (self.network, self.place);
        let (Keys { change, patch }, expect) = self.split()?;
        let changed = patched(network, &patch, &format!("{place}.patch"))?;
        Ok(Asked::Validation {
            change,
            changed: Box::new(changed),
            expect,
        })
    }

    fn text(self) -> Result<Asked, CaseError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {}
        let (Keys {}, expect) = self.split()?;
        Ok(Asked::Text { expect })
    }
}
