//! Answers, in the shape in which a case expects them.
//!
//! | kind | expected and given |
//! |---|---|
//! | `effectiveRoutes` | [`Row`]s |
//! | `nextHop` | [`NextHop`] |
//! | `reachability` | [`Reachability`] |
//! | `path` | [`PathHops`] |
//! | `hubRoutes`, `gatewayRoutes` | [`HubRow`]s, [`GatewayRow`]s |
//! | `peeringCount` | [`PeeringTotal`] |
//! | `validation` | [`Validation`] |
//! | `resolution` | [`Resolved`] |
//! | `text` | [`Text`] |
//!
//! Words stay text here: what a case quotes is what Azure printed, in the spelling of its day.

use serde::Deserialize;
use std::fmt;

/// An answer of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Rows of an effective-route table.
    Rows(Vec<Row>),
    /// The route that wins for one destination.
    NextHop(NextHop),
    /// Whether request and reply arrive.
    Reachability(Reachability),
    /// What forwards a packet.
    Path(PathHops),
    /// Rows of a Virtual WAN hub's table.
    HubRows(Vec<HubRow>),
    /// Rows of what a gateway or site learned or announces.
    GatewayRows(Vec<GatewayRow>),
    /// How many peerings.
    PeeringTotal(PeeringTotal),
    /// Whether Azure takes a change.
    Validation(Validation),
    /// The address of a name.
    Resolved(Resolved),
    /// Words.
    Text(Text),
}

/// A row of an effective-route table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Row {
    /// Destinations; `["*"]` stands for the ranges of a service endpoint.
    pub prefixes: Vec<String>,
    /// Next-hop type in the CLI's words.
    pub next_hop_type: String,
    /// Addresses; one `*` stands for any number of platform addresses that nobody can predict.
    #[serde(default)]
    pub next_hop_ips: Vec<String>,
    /// Where the row comes from.
    pub source: String,
    /// `Active` or `Invalid`.
    pub state: String,
    /// Whose address a `*` is: `hubRouter` or `msee`.
    #[serde(default)]
    pub via: Option<String>,
    /// Name of a user-defined route; never compared.
    #[serde(default)]
    pub name: Option<String>,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.prefixes.join("+"), self.next_hop_type)?;
        write_hops(f, &self.next_hop_ips, self.via.as_deref())?;
        write!(f, " {} {}", self.source, self.state)
    }
}

fn write_hops(f: &mut fmt::Formatter<'_>, ips: &[String], via: Option<&str>) -> fmt::Result {
    match (ips.is_empty(), via) {
        (true, _) => Ok(()),
        (false, None) => write!(f, " ({})", ips.join(", ")),
        (false, Some(via)) => write!(f, " ({} of {via})", ips.join(", ")),
    }
}

/// The route that wins for one destination.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NextHop {
    /// Its prefix, when published.
    #[serde(default)]
    pub prefix: Option<String>,
    /// Next-hop type in the CLI's or Network Watcher's words.
    pub next_hop_type: String,
    /// Addresses, as in [`Row`].
    #[serde(default)]
    pub next_hop_ips: Vec<String>,
    /// Whose address a `*` is.
    #[serde(default)]
    pub via: Option<String>,
}

impl fmt::Display for NextHop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(prefix) = &self.prefix {
            write!(f, "{prefix} ")?;
        }
        f.write_str(&self.next_hop_type)?;
        write_hops(f, &self.next_hop_ips, self.via.as_deref())
    }
}

/// Whether request and reply arrive on every equal-cost choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reachability {
    /// The answer.
    pub reachable: bool,
    /// Why, for people; never compared.
    #[serde(default)]
    pub because: Option<String>,
    /// The last rule that lets the request pass, or the one that drops it, in words; compared where it is given.
    #[serde(default)]
    pub rule: Option<String>,
}

impl fmt::Display for Reachability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.reachable {
            "reachable"
        } else {
            "not reachable"
        })?;
        self.because
            .iter()
            .try_for_each(|because| write!(f, " ({because})"))?;
        let mut rule = self.rule.iter();
        rule.try_for_each(|rule| write!(f, " by {rule}"))
    }
}

/// What forwards a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PathHops {
    /// Names of appliances, firewalls, gateways and hub routers in order; never a load balancer.
    pub hops: Vec<String>,
}

impl fmt::Display for PathHops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.hops.join(", "))
    }
}

/// A row of a Virtual WAN hub's table.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubRow {
    /// Destination.
    pub prefix: String,
    /// As `Virtual Network Connection`; `*`: not published.
    pub next_hop_type: String,
    /// As `65520-65520`; `*`: not published.
    #[serde(default)]
    pub as_path: String,
}

impl fmt::Display for HubRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.prefix, self.next_hop_type)?;
        if self.as_path.is_empty() {
            Ok(())
        } else {
            write!(f, " path {}", self.as_path)
        }
    }
}

/// A row of what a gateway or site learned or announces.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewayRow {
    /// Destination.
    pub prefix: String,
    /// As `65001-65001`; absent or `*`: not published.
    #[serde(default)]
    pub as_path: Option<String>,
    /// Peer it came from; never compared.
    #[serde(default)]
    pub from: Option<String>,
    /// Next hop; never compared.
    #[serde(default)]
    pub next_hop: Option<String>,
}

impl fmt::Display for GatewayRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)?;
        match self.as_path.as_deref() {
            None | Some("") => Ok(()),
            Some(path) => write!(f, " path {path}"),
        }
    }
}

/// How many peerings: a link is two objects, one in each VNet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeeringTotal {
    /// Links; absent: not asked.
    #[serde(default)]
    pub links: Option<u64>,
    /// Objects; absent: not asked.
    #[serde(default)]
    pub objects: Option<u64>,
}

impl fmt::Display for PeeringTotal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |count: Option<u64>, what: &str| count.map(|count| format!("{count} {what}"));
        let words: Vec<String> = [word(self.links, "links"), word(self.objects, "objects")]
            .into_iter()
            .flatten()
            .collect();
        f.write_str(&words.join(", "))
    }
}

/// Whether Azure takes a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Validation {
    /// The answer.
    pub accepted: bool,
    /// Expected: the published code. Given: the first of the new errors' codes.
    #[serde(default)]
    pub code: Option<String>,
    /// Given: the codes of all new errors.
    #[serde(skip)]
    pub codes: Vec<String>,
}

impl fmt::Display for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.accepted { "accepted" } else { "refused" })?;
        let code = if self.codes.is_empty() {
            self.code.clone()
        } else {
            Some(self.codes.join(", "))
        };
        code.iter().try_for_each(|code| write!(f, " ({code})"))
    }
}

/// What a name is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resolved {
    /// `record`, `public`, `noSuchName`, `noServer` or `circle`.
    pub answer: String,
    /// The addresses of a record.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Expected: steps that must be there, in this order. Given: all of them.
    #[serde(default)]
    pub by: Vec<String>,
}

impl fmt::Display for Resolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.answer, self.addresses.join(", "))?;
        write!(f, " by [{}]", self.by.join("; "))
    }
}

/// Words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Text {
    /// The words.
    pub answer: String,
}
