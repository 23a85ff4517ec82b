//! What a case asks, and the answer it expects.
//!
//! Every question has an id, a kind, the question in words and an expected answer; each kind has keys of its own.
//! Keys of another kind are errors: a question that says more than its kind can hold was misunderstood by somebody.

use super::{
    GatewayRow, HubRow, NextHop, PathHops, PeeringTotal, Reachability, Resolved, Row, Text,
    Validation,
};
use crate::spec::{NetworkSpec, Protocol};
use serde::Deserialize;
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
    /// The address of a name.
    Resolution,
    /// Words.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::EffectiveRoutes,
        Self::NextHop,
        Self::Reachability,
        Self::Path,
        Self::HubRoutes,
        Self::GatewayRoutes,
        Self::PeeringCount,
        Self::Validation,
        Self::Resolution,
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
            Self::Resolution => "resolution",
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
        /// The port that is called.
        port: Option<u16>,
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
    /// The address of a name.
    Resolution {
        /// Address of who asks.
        from: String,
        /// The name.
        name: String,
        /// The published answer.
        expect: Resolved,
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
            Self::Resolution { .. } => Kind::Resolution,
            Self::Text { .. } => Kind::Text,
        }
    }
}
