//! Captured routes: what Azure itself shows of a NIC, a hub, a gateway's or a Route Server's peer.
//!
//! | command | rows |
//! |---|---|
//! | `az network nic show-effective-route-table`, `Get-AzEffectiveRouteTable` | source, state, prefixes, next hop type, addresses |
//! | `az network vhub get-effective-routes` | prefixes, next hop type, next hops, AS path, origin |
//! | `az network vnet-gateway list-learned-routes`, `list-advertised-routes` | network, next hop, AS path, source peer, origin |
//! | `az network routeserver peering list-learned-routes` | the same, by instance |
//! | `az network watcher show-next-hop`, `test-connectivity` | one word about one way |
//!
//! Rows of one list are one capture. Whose it is, Azure's output does not say; answers of an acceptance script do, by
//! `captureOf`. Left out: the comparison with our own tables.

use super::fields::Fields;
use super::report::Place;
use crate::json::Value;
use crate::route::NextHopType;

/// What a capture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaptureKind {
    /// The effective routes of a NIC.
    Nic,
    /// The effective routes of a hub's route table or connection.
    Hub,
    /// What a gateway, hub or Route Server learned from its peers or announces to one.
    Exchanged,
    /// The next hop from one machine to another, as Network Watcher tells it.
    NextHop,
    /// Whether one machine reaches another, as Network Watcher tried it.
    Connection,
}

impl CaptureKind {
    /// The words shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nic => "effective routes of a NIC",
            Self::Hub => "effective routes of a hub",
            Self::Exchanged => "exchanged routes",
            Self::NextHop => "next hop",
            Self::Connection => "connection",
        }
    }
}

/// One captured row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedRow {
    /// Destinations.
    pub prefixes: Vec<String>,
    /// Azure's word for where the packet goes; empty for exchanged routes.
    pub next_hop_type: String,
    /// Addresses or ids.
    pub next_hops: Vec<String>,
    /// `Default`, `User`, `VirtualNetworkGateway`, or the origin's id.
    pub source: Option<String>,
    /// Whether the row is active; rows of hubs always are.
    pub active: bool,
    /// AS path, first the nearest.
    pub as_path: Vec<u32>,
    /// The peer that it came from.
    pub peer: Option<String>,
}

/// One table as Azure showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// What it shows.
    pub kind: CaptureKind,
    /// Where it was read.
    pub place: Place,
    /// Whose it is by our names, where the text says so, as answers of an acceptance script do.
    pub subject: Option<String>,
    /// Its rows, in the order of the text.
    pub rows: Vec<CapturedRow>,
}

/// A folded value as a captured row; none where it is something else.
pub(super) fn row(fields: Fields<'_>) -> Option<(CaptureKind, CapturedRow)> {
    nic_row(fields)
        .map(|row| (CaptureKind::Nic, row))
        .or_else(|| hub_row(fields).map(|row| (CaptureKind::Hub, row)))
        .or_else(|| exchanged_row(fields).map(|row| (CaptureKind::Exchanged, row)))
        .or_else(|| next_hop_row(fields).map(|row| (CaptureKind::NextHop, row)))
        .or_else(|| connection_row(fields).map(|row| (CaptureKind::Connection, row)))
}

fn next_hop_row(fields: Fields<'_>) -> Option<CapturedRow> {
    fields.get("routetableid")?;
    let next_hop_type = azures_word(fields.text("nexthoptype")?);
    Some(answer(next_hop_type, fields.texts("nexthopipaddress")))
}

fn connection_row(fields: Fields<'_>) -> Option<CapturedRow> {
    Some(answer(fields.owned("connectionstatus")?, Vec::new()))
}

/// One word of Network Watcher, about one way.
const fn answer(word: String, next_hops: Vec<String>) -> CapturedRow {
    CapturedRow {
        prefixes: Vec::new(),
        next_hop_type: word,
        next_hops,
        source: None,
        active: true,
        as_path: Vec::new(),
        peer: None,
    }
}

fn nic_row(fields: Fields<'_>) -> Option<CapturedRow> {
    let kind = fields.text("nexthoptype")?;
    let state = fields.text("state").or_else(|| fields.text("status"))?;
    let prefixes = either(fields, "addressprefix", "addressprefixes");
    let is_row = fields.get("id").is_none() && !prefixes.is_empty();
    is_row.then(|| CapturedRow {
        prefixes,
        next_hop_type: azures_word(kind),
        next_hops: either(fields, "nexthopipaddress", "nexthopip"),
        source: fields.text("source").map(azures_word),
        active: state.eq_ignore_ascii_case("Active"),
        as_path: Vec::new(),
        peer: None,
    })
}

/// The portal writes words with blanks and has one of its own; older tools differ in case.
fn azures_word(shown: &str) -> String {
    let plain: String = shown.split_whitespace().collect();
    if plain.eq_ignore_ascii_case("VirtualNetwork") {
        return NextHopType::VnetLocal.word().to_owned();
    }
    if plain.eq_ignore_ascii_case("VirtualNetworkPeering") {
        return NextHopType::VNetPeering.word().to_owned();
    }
    let known = NextHopType::ALL.iter().map(|kind| kind.word());
    let same = |word: &&str| word.eq_ignore_ascii_case(&plain);
    known
        .into_iter()
        .find(same)
        .map_or(plain.clone(), str::to_owned)
}

fn either(fields: Fields<'_>, key: &str, other: &str) -> Vec<String> {
    let texts = fields.texts(key);
    if texts.is_empty() {
        fields.texts(other)
    } else {
        texts
    }
}

fn hub_row(fields: Fields<'_>) -> Option<CapturedRow> {
    let kind = fields.text("nexthoptype")?;
    let prefixes = either(fields, "addressprefixes", "addressprefix");
    let next_hops = either(fields, "nexthops", "nexthop");
    let is_row =
        !prefixes.is_empty() && (!next_hops.is_empty() || fields.get("routeorigin").is_some());
    is_row.then(|| CapturedRow {
        prefixes,
        next_hop_type: kind.to_owned(),
        next_hops,
        source: fields
            .owned("routeorigin")
            .or_else(|| fields.owned("origin")),
        active: true,
        as_path: as_path(fields.text("aspath").unwrap_or_default()),
        peer: None,
    })
}

fn exchanged_row(fields: Fields<'_>) -> Option<CapturedRow> {
    let network = fields.text("network").filter(|text| text.contains('/'))?;
    let known = [
        "nexthop",
        "aspath",
        "origin",
        "sourcepeer",
        "localaddress",
        "weight",
    ];
    known
        .iter()
        .any(|key| fields.0.get(key).is_some())
        .then(|| CapturedRow {
            prefixes: vec![network.to_owned()],
            next_hop_type: String::new(),
            next_hops: fields.texts("nexthop"),
            source: fields.owned("origin"),
            active: true,
            as_path: as_path(fields.text("aspath").unwrap_or_default()),
            peer: fields.owned("sourcepeer"),
        })
}

/// `65001-65002` or `65001 65002`.
fn as_path(text: &str) -> Vec<u32> {
    text.split(['-', ' ', ','])
        .filter_map(|part| part.trim().parse().ok())
        .collect()
}

/// Whether an object holds lists of captured rows by instance, as a Route Server's answer does.
pub(super) fn by_instance(node: &Value) -> Option<Vec<&Value>> {
    let Value::Object(members) = node else {
        return None;
    };
    let lists: Vec<&Value> = members
        .iter()
        .filter(|(key, _)| key.starts_with("routeservicerole") || key.starts_with("instance"))
        .filter_map(|(_, value)| value.as_array())
        .flatten()
        .collect();
    (!lists.is_empty()).then_some(lists)
}
