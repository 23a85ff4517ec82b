//! Azure beside the simulator: captured routes and our own tables, row by row.
//!
//! The rule: a captured table belongs to the subnet, hub table, gateway or Route Server whose own table agrees with it best,
//! among those whose local ranges are the captured ones. Rows are matched by prefix and source. Each row that differs has a
//! likely cause and, where the estate explains it, a change of the estate that would make the two equal.
//!
//! | Azure shows | we have | verdict |
//! |---|---|---|
//! | 10.1.0.0/16 VNetPeering | the same | equal |
//! | 192.168.0.0/16 VirtualNetworkGateway | nothing | missing: a route that the export lacks |
//! | nothing | 10.9.0.0/16 VNetPeering | besides: the peering is not in sync |
//! | 0.0.0.0/0 None (User) | 0.0.0.0/0 VirtualAppliance | other next hop: the appliance is switched off |
//!
//! Left out: Azure's own rows that drop ranges of the platform, which change from year to year; they are not counted.

use super::capture::{Capture, CaptureKind, CapturedRow};
use super::change::Change;
use super::id;
use super::report::Place;
use crate::acceptance;
use crate::route::{EffectiveRoute, HopAddress, NextHopType, Origin, RouteState, Routing};
use crate::spec::GatewayKind;
use crate::topology::{HubId, Subnet, Topology};
use crate::vwan::{self, HubHop, HubRoute};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What two rows say of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Both have it, alike.
    Equal,
    /// Both have the prefix and send it elsewhere.
    OtherNextHop,
    /// Azure has it, we do not.
    Missing,
    /// We have it, Azure does not.
    Besides,
}

impl Match {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::OtherNextHop => "other next hop",
            Self::Missing => "missing",
            Self::Besides => "besides",
        }
    }
}

/// One prefix, as Azure shows it and as we compute it.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedRow {
    /// The destination.
    pub prefix: String,
    /// What Azure shows; none where it shows nothing.
    pub captured: Option<String>,
    /// What we compute; none where we compute nothing.
    pub ours: Option<String>,
    /// How they compare.
    pub verdict: Match,
    /// Why they differ, most likely.
    pub cause: Option<String>,
    /// What would make them equal.
    pub change: Option<Change>,
}

/// One captured table beside ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Where the capture was read.
    pub place: Place,
    /// What it shows.
    pub kind: CaptureKind,
    /// Whose table it is, by our own names; none where nothing of the estate is like it.
    pub subject: Option<String>,
    /// The rows, by prefix.
    pub rows: Vec<ComparedRow>,
}

impl Comparison {
    /// How many rows are equal, and how many there are.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let equal = self.rows.iter().filter(|row| row.verdict == Match::Equal);
        (equal.count(), self.rows.len())
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (equal, all) = self.score();
        let subject = self
            .subject
            .as_deref()
            .unwrap_or("nothing of the estate is like it");
        writeln!(
            f,
            "{} ({}): {subject}: {equal} of {all} rows equal",
            self.kind.word(),
            self.place
        )?;
        for row in &self.rows {
            let none = "-".to_owned();
            let (captured, ours) = (
                row.captured.as_ref().unwrap_or(&none),
                row.ours.as_ref().unwrap_or(&none),
            );
            write!(
                f,
                "  {:<15}{:<20}{captured} | {ours}",
                row.verdict.word(),
                row.prefix
            )?;
            if let Some(cause) = &row.cause {
                write!(f, "; {cause}")?;
            }
            if let Some(change) = &row.change {
                write!(f, "; {change}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// A row in the form in which both sides are compared.
#[derive(Debug, Clone)]
struct Plain {
    prefix: String,
    kind: String,
    hops: BTreeSet<String>,
    source: String,
    active: bool,
    origin: Option<Origin>,
}

impl Plain {
    fn shown(&self) -> String {
        let hops: Vec<&str> = self.hops.iter().map(String::as_str).collect();
        let state = if self.active { "" } else { " (invalid)" };
        [self.kind.as_str(), &hops.join(" ")]
            .join(" ")
            .trim()
            .to_owned()
            + state
    }

    fn key(&self) -> (String, String) {
        (self.prefix.clone(), self.source.to_ascii_lowercase())
    }
}

/// Lays captured tables beside our own.
#[must_use]
pub fn compare(routing: &Routing, captures: &[Capture]) -> Vec<Comparison> {
    captures
        .iter()
        .map(|capture| compare_one(routing, capture))
        .collect()
}

/// The tables of the one that the capture names; all where it names none of them.
fn of_subject(candidates: Vec<Candidate>, subject: Option<&str>) -> Vec<Candidate> {
    let is_named = |candidate: &Candidate| subject == Some(candidate.0.as_str());
    if candidates.iter().any(is_named) {
        return candidates.into_iter().filter(is_named).collect();
    }
    candidates
}

/// What Network Watcher says of one way beside what is computed.
fn compare_way(routing: &Routing, capture: &Capture) -> Comparison {
    let subject = capture.subject.clone().unwrap_or_default();
    let expected = acceptance::way_of(routing, &subject);
    let row = |captured: &CapturedRow| {
        let shown = way_shown(capture.kind, captured);
        let ours = expected.as_ref().map(|way| way_expected(capture.kind, way));
        let verdict = match &ours {
            None => Match::Missing,
            Some(ours) if ours.eq_ignore_ascii_case(&shown) => Match::Equal,
            Some(_) => Match::OtherNextHop,
        };
        ComparedRow {
            prefix: subject.clone(),
            captured: Some(shown),
            ours,
            verdict,
            cause: (verdict == Match::OtherNextHop).then(|| WAY_CAUSE.to_owned()),
            change: None,
        }
    };
    Comparison {
        place: capture.place.clone(),
        kind: capture.kind,
        subject: expected.as_ref().map(|_| subject.clone()),
        rows: capture.rows.iter().map(row).collect(),
    }
}

/// Why a way differs while the tables may be equal.
const WAY_CAUSE: &str = "a route, a rule or the guest's own firewall is other than in the design; the tables above show which";

fn way_shown(kind: CaptureKind, row: &CapturedRow) -> String {
    if kind == CaptureKind::Connection {
        return row.next_hop_type.clone();
    }
    let word = &row.next_hop_type;
    if word == NextHopType::VirtualAppliance.word() {
        return format!("{word} {}", row.next_hops.join(" "));
    }
    word.clone()
}

fn way_expected(kind: CaptureKind, way: &acceptance::Way) -> String {
    match kind {
        CaptureKind::Connection if way.connects => "Reachable".to_owned(),
        CaptureKind::Connection => "Unreachable".to_owned(),
        _ => format!("{} {}", way.next_hop, way.address)
            .trim()
            .to_owned(),
    }
}

fn compare_one(routing: &Routing, capture: &Capture) -> Comparison {
    if matches!(capture.kind, CaptureKind::NextHop | CaptureKind::Connection) {
        return compare_way(routing, capture);
    }
    let captured: Vec<Plain> = capture
        .rows
        .iter()
        .flat_map(|row| plain(row, capture.kind))
        .collect();
    let candidates = match capture.kind {
        CaptureKind::Nic => nic_candidates(routing, &captured),
        CaptureKind::Hub => hub_candidates(routing, capture),
        _ => gateway_candidates(routing),
    };
    let topology = routing.topology();
    let candidates = of_subject(candidates, capture.subject.as_deref());
    let compared = candidates
        .into_iter()
        .map(|(subject, ours)| (subject, rows(topology, &captured, &ours)));
    let best = compared.max_by_key(|(_, rows)| {
        rows.iter()
            .filter(|row| row.verdict == Match::Equal)
            .count()
    });
    let (subject, rows) = match best {
        Some((subject, rows)) => (Some(subject), rows),
        None => (None, rows(topology, &captured, &[])),
    };
    Comparison {
        place: capture.place.clone(),
        kind: capture.kind,
        subject,
        rows,
    }
}

fn plain(row: &CapturedRow, kind: CaptureKind) -> Vec<Plain> {
    let hops = row.next_hops.iter().map(|hop| id::name_of(hop).to_owned());
    let hops: BTreeSet<String> = if kind == CaptureKind::Exchanged {
        BTreeSet::new()
    } else {
        hops.collect()
    };
    let one = |prefix: &String| Plain {
        prefix: prefix.clone(),
        kind: if kind == CaptureKind::Exchanged {
            path_text(&row.as_path)
        } else {
            row.next_hop_type.clone()
        },
        hops: hops.clone(),
        source: if kind == CaptureKind::Nic {
            row.source.clone().unwrap_or_default()
        } else {
            String::new()
        },
        active: row.active,
        origin: None,
    };
    row.prefixes.iter().map(one).collect()
}

fn path_text(path: &[u32]) -> String {
    let numbers: Vec<String> = path.iter().map(u32::to_string).collect();
    if numbers.is_empty() {
        "own".to_owned()
    } else {
        numbers.join("-")
    }
}

type Candidate = (String, Vec<Plain>);

/// Subnets of the VNets whose own ranges the capture shows.
fn nic_candidates(routing: &Routing, captured: &[Plain]) -> Vec<Candidate> {
    let topology = routing.topology();
    let local: BTreeSet<&str> = captured
        .iter()
        .filter(|row| row.kind == NextHopType::VnetLocal.word())
        .map(|row| row.prefix.as_str())
        .collect();
    let is_local = |subnet: &&Subnet| {
        let own = &topology.vnet(subnet.vnet).prefixes;
        !local.is_empty()
            && own
                .iter()
                .any(|prefix| local.contains(prefix.to_string().as_str()))
    };
    let subnets = topology.subnets().iter().filter(is_local);
    subnets
        .map(|subnet| {
            let table = routing.effective(subnet.id);
            let name = format!("{} / {}", topology.vnet(subnet.vnet).name, subnet.name);
            (name, table.rows.iter().flat_map(own_rows).collect())
        })
        .collect()
}

fn own_rows(row: &EffectiveRoute) -> Vec<Plain> {
    let hop = |hop: &HopAddress| hop.to_string();
    let one = |prefix: &ipnet::Ipv4Net| Plain {
        prefix: prefix.to_string(),
        kind: row.next_hop_type.word().to_owned(),
        hops: row.next_hop_ips.iter().map(hop).collect(),
        source: row.source.to_string(),
        active: row.state == RouteState::Active,
        origin: Some(row.origin.clone()),
    };
    row.prefixes.iter().map(one).collect()
}

/// Tables of the hubs that the capture names; of all hubs where it names none.
fn hub_candidates(routing: &Routing, capture: &Capture) -> Vec<Candidate> {
    let topology = routing.topology();
    let texts = capture
        .rows
        .iter()
        .flat_map(|row| row.next_hops.iter().chain(&row.source));
    let named: BTreeSet<String> = texts
        .filter_map(|text| id::segment_after(text, "virtualHubs"))
        .map(str::to_ascii_lowercase)
        .collect();
    let is_named = |name: &str| named.contains(&name.to_ascii_lowercase());
    let any = topology.hubs().iter().any(|hub| is_named(&hub.name));
    let mut all = Vec::new();
    for hub in topology
        .hubs()
        .iter()
        .filter(|hub| !any || is_named(&hub.name))
    {
        for table in &hub.route_tables {
            let rows = vwan::displayed_table(routing, hub.id, &table.name);
            let name = format!("{} / {}", hub.name, table.name);
            all.push((
                name,
                rows.iter()
                    .map(|row| hub_row(topology, hub.id, row))
                    .collect(),
            ));
        }
    }
    all
}

fn hub_row(topology: &Topology, hub: HubId, row: &HubRoute) -> Plain {
    let name = match row.hop {
        HubHop::Connection(id) | HubHop::Static(id, _) => {
            Some(topology.connection(id).name.clone())
        }
        HubHop::Firewall => topology
            .hub(hub)
            .firewall
            .as_ref()
            .map(|firewall| firewall.name.clone()),
        _ => None,
    };
    Plain {
        prefix: row.prefix.to_string(),
        kind: row.hop.word().to_owned(),
        hops: name.into_iter().collect(),
        source: String::new(),
        active: true,
        origin: None,
    }
}

/// What every gateway and Route Server learned, and what it announces to each peer.
fn gateway_candidates(routing: &Routing) -> Vec<Candidate> {
    let topology = routing.topology();
    let bgp = routing.bgp();
    let mut all = Vec::new();
    for gateway in topology.gateways() {
        let rows = |shown: Vec<crate::route::bgp::ShownRoute>| {
            let row = |one: &crate::route::bgp::ShownRoute| Plain {
                prefix: one.network.to_string(),
                kind: path_text(&one.as_path),
                hops: BTreeSet::new(),
                source: String::new(),
                active: true,
                origin: None,
            };
            shown.iter().map(row).collect::<Vec<_>>()
        };
        let mut learned = bgp.learned_routes(topology, gateway.id, None);
        // A Route Server is asked peer by peer, and tells what they told it.
        learned.retain(|one| gateway.kind != GatewayKind::RouteServer || one.peer.is_some());
        all.push((format!("{} learned", gateway.name), rows(learned)));
        for peer in bgp.peers(topology, gateway.id) {
            let name = format!("{} advertised", gateway.name);
            all.push((
                name,
                rows(bgp.advertised_routes(topology, gateway.id, peer)),
            ));
        }
    }
    all
}

/// Matches rows by prefix and source, then by prefix alone.
fn rows(topology: &Topology, captured: &[Plain], ours: &[Plain]) -> Vec<ComparedRow> {
    let mut left: BTreeMap<(String, String), &Plain> =
        ours.iter().map(|row| (row.key(), row)).collect();
    let mut all = Vec::new();
    let mut unmatched = Vec::new();
    for row in captured {
        match left.remove(&row.key()) {
            Some(own) => all.push(both(topology, row, own)),
            None => unmatched.push(row),
        }
    }
    for row in unmatched {
        let is_same = |key: &&(String, String)| {
            let own = left.get(*key).and_then(|own| own.origin.as_ref());
            key.0 == row.prefix && own != Some(&Origin::Reserved)
        };
        let same = left.keys().find(is_same).cloned();
        match same.and_then(|key| left.remove(&key)) {
            Some(own) => all.push(both(topology, row, own)),
            None if is_of_platform(row) => {}
            None => all.push(missing(topology, row, ours)),
        }
    }
    let gateways_shown = captured
        .iter()
        .any(|row| row.kind == NextHopType::VirtualNetworkGateway.word());
    let peers_shown: BTreeSet<&str> = captured.iter().map(|row| row.prefix.as_str()).collect();
    let dropped_by_azure = |own: &&Plain| own.origin == Some(Origin::Reserved);
    for own in left.into_values().filter(|own| !dropped_by_azure(own)) {
        all.push(besides(topology, own, gateways_shown, &peers_shown));
    }
    all.sort_by(|one, other| {
        (one.verdict == Match::Equal, &one.prefix)
            .cmp(&(other.verdict == Match::Equal, &other.prefix))
    });
    all
}

/// Azure drops ranges of its own; which ones changes.
fn is_of_platform(row: &Plain) -> bool {
    row.source.eq_ignore_ascii_case("Default") && row.kind == NextHopType::None.word()
}

fn same_hops(captured: &Plain, own: &Plain) -> bool {
    let unknown = |hops: &BTreeSet<String>| hops.is_empty() || hops.contains("*");
    unknown(&captured.hops) || unknown(&own.hops) || captured.hops == own.hops
}

fn both(topology: &Topology, captured: &Plain, own: &Plain) -> ComparedRow {
    let alike = captured.kind.eq_ignore_ascii_case(&own.kind)
        && captured.active == own.active
        && same_hops(captured, own);
    let (cause, change) = if alike {
        (None, None)
    } else {
        why_other(topology, captured, own)
    };
    ComparedRow {
        prefix: captured.prefix.clone(),
        captured: Some(captured.shown()),
        ours: Some(own.shown()),
        verdict: if alike {
            Match::Equal
        } else {
            Match::OtherNextHop
        },
        cause,
        change,
    }
}

type Why = (Option<String>, Option<Change>);

fn because(cause: impl Into<String>) -> Why {
    (Some(cause.into()), None)
}

fn why_other(topology: &Topology, captured: &Plain, own: &Plain) -> Why {
    let stopped = captured.kind == NextHopType::None.word()
        && own.kind == NextHopType::VirtualAppliance.word();
    if stopped {
        let hop = own.hops.iter().next().and_then(|ip| ip.parse().ok());
        let machine = topology
            .appliances()
            .iter()
            .find(|one| hop.is_some_and(|ip: std::net::Ipv4Addr| one.ip == ip));
        let change = machine.map(|one| Change::SwitchOff(one.name.clone()));
        return (
            Some("the appliance is switched off, or its NIC is gone".to_owned()),
            change,
        );
    }
    match &own.origin {
        Some(Origin::User(table, _)) => {
            let table = &topology.route_table(*table).name;
            because(format!("the route of {table} was changed after the export"))
        }
        Some(Origin::Gateway(_) | Origin::Hub(_)) => {
            because("another gateway instance or path was chosen")
        }
        _ if captured.active != own.active => because("another row of this prefix wins there"),
        _ => because("the export and the capture are of different days, or a resource is missing"),
    }
}

fn missing(topology: &Topology, row: &Plain, ours: &[Plain]) -> ComparedRow {
    let (cause, change) = why_missing(topology, row, ours);
    ComparedRow {
        prefix: row.prefix.clone(),
        captured: Some(row.shown()),
        ours: None,
        verdict: Match::Missing,
        cause,
        change,
    }
}

fn why_missing(topology: &Topology, row: &Plain, ours: &[Plain]) -> Why {
    let of_gateway = row.kind == NextHopType::VirtualNetworkGateway.word();
    let ours_has_gateways = ours
        .iter()
        .any(|own| own.kind == NextHopType::VirtualNetworkGateway.word());
    if of_gateway && !ours_has_gateways {
        let table = ours.iter().find_map(|own| match &own.origin {
            Some(Origin::User(table, _)) => Some(topology.route_table(*table)),
            _ => None,
        });
        return match table.filter(|table| table.disable_bgp_route_propagation) {
            Some(table) => (
                Some("the export says that propagation is off; it is on".to_owned()),
                Some(Change::Propagation {
                    table: table.name.clone(),
                    off: false,
                }),
            ),
            None => because("a route of a gateway or on-premises network that the export lacks"),
        };
    }
    if of_gateway {
        return because("on-premises or an appliance announces it; no export holds that");
    }
    if row.kind.starts_with("VNet") {
        return because("a peering, or a range of a peered VNet, that the export lacks");
    }
    match row.source.as_str() {
        "User" => because("a route that was added after the export, or another table is attached"),
        _ if row.kind.is_empty() || row.kind.contains("Gateway") => {
            because("a branch announces it; no export holds that")
        }
        _ => because("a resource that the export lacks"),
    }
}

fn besides(
    topology: &Topology,
    own: &Plain,
    gateways_shown: bool,
    shown: &BTreeSet<&str>,
) -> ComparedRow {
    let (cause, change) = why_besides(topology, own, gateways_shown, shown);
    ComparedRow {
        prefix: own.prefix.clone(),
        captured: None,
        ours: Some(own.shown()),
        verdict: Match::Besides,
        cause,
        change,
    }
}

fn why_besides(
    topology: &Topology,
    own: &Plain,
    gateways_shown: bool,
    shown: &BTreeSet<&str>,
) -> Why {
    match &own.origin {
        Some(Origin::Gateway(_) | Origin::Hub(_))
            if !gateways_shown && own.kind == NextHopType::VirtualNetworkGateway.word() =>
        {
            because(
                "no row of a gateway is shown: propagation is off at the table that is attached, or the gateway is not used",
            )
        }
        Some(Origin::Gateway(_) | Origin::Hub(_)) => because("it is not announced any more"),
        Some(Origin::Peering(link)) => {
            let link = topology.link(*link);
            let known: Vec<String> = link
                .remote_prefixes
                .iter()
                .map(ToString::to_string)
                .filter(|prefix| shown.contains(prefix.as_str()))
                .collect();
            let (from, to) = (
                topology.vnet(link.from).name.clone(),
                topology.vnet(link.to).name.clone(),
            );
            if known.is_empty() {
                because(format!(
                    "the peering of {from} to {to} is not connected there"
                ))
            } else {
                let cause = format!("the range was added to {to} and the peering is not in sync");
                (
                    Some(cause),
                    Some(Change::LastSynced {
                        from,
                        to,
                        ranges: known,
                    }),
                )
            }
        }
        Some(Origin::User(table, _)) => because(format!(
            "the route of {} was taken away, or another table is attached",
            topology.route_table(*table).name
        )),
        _ => because("the export and the capture are of different days"),
    }
}
