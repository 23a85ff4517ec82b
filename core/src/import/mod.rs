//! From what Azure's tools print to an estate: exports, templates and captured routes, recognised by content.
//!
//! The rule: every text is taken apart into values, every value is recognised by what it holds, its spelling is folded into
//! one, and one reader a resource type takes what routing needs. Nothing is dropped silently: the [`Report`] counts what was
//! read and skipped and lists what was assumed, inferred, contradictory or absent.
//!
//! ```text
//! bytes ─text─▶ text ─pieces / table─▶ values ─fold─▶ one spelling ─kind, read─▶ gathered ─assemble─▶ NetworkSpec + Report
//!                                        └─ templates ─arm─▶ resources ─────────▲
//! ```
//!
//! | text | becomes |
//! |---|---|
//! | an answer of Azure Resource Graph, REST, Azure CLI or PowerShell | resources |
//! | a template of Azure Resource Manager, with parameter files | what it would deploy |
//! | `terraform show -json`, a state file | its resources |
//! | a topology file of CloudNetDraw | VNets and peerings |
//! | captured routes, as JSON or printed | a [`Capture`] |
//! | a document or case of this program | its network |
//!
//! Left out: asking Azure. Nobody signs in here; people paste what their tools printed.

mod arm;
mod assemble;
mod capture;
mod change;
mod cloudnetdraw;
mod compare;
mod fields;
mod fold;
mod gather;
mod grow;
mod id;
mod infer;
mod kind;
mod pieces;
mod query;
mod read;
mod report;
mod sanitise;
mod slice;
mod table;
mod terraform;
mod text;

pub use capture::{Capture, CaptureKind, CapturedRow};
pub use change::Change;
pub use compare::{ComparedRow, Comparison, Match, compare};
pub use pieces::SLICE;
pub use query::{cli_command, further, graph_query, powershell_command};
pub use report::{Entry, Place, Report, Verdict};
pub use sanitise::sanitise;
pub use slice::Finishing;
pub use text::{Decoded, Decoding, decode};

use crate::case::CaseNetwork;
use crate::document::Document;
use crate::json::Value;
use crate::spec::NetworkSpec;
use fields::Fields;
use gather::Gathered;
use pieces::Piece;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Longer texts are refused: a browser's memory is finite, and no estate needs more.
pub const LONGEST: usize = 256 * 1024 * 1024;

/// What an import made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// The estate.
    pub network: NetworkSpec,
    /// What was done.
    pub report: Report,
    /// Captured routes, to be laid beside our own.
    pub captures: Vec<Capture>,
    /// Resource ids in lower case and the names they have in the network.
    pub ids: BTreeMap<String, String>,
}

/// Reads files one after another; their order does not matter.
#[derive(Debug, Default)]
pub struct Import {
    gathered: Gathered,
    report: Report,
    captures: Vec<Capture>,
    networks: Vec<(Place, NetworkSpec)>,
    templates: Vec<(Place, Value)>,
    parameters: HashMap<String, Value>,
    open: Option<slice::Open>,
}

impl Import {
    /// Nothing read so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file. What cannot be read is an entry of the report.
    ///
    /// ```
    /// use interspoke_core::import::Import;
    /// let mut import = Import::new();
    /// import.add("vnets.json", br#"[{"type": "Microsoft.Network/virtualNetworks", "name": "hub", "location": "westeurope",
    ///     "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": []}]"#);
    /// let made = import.finish();
    /// assert_eq!(made.network.vnets[0].prefixes, ["10.0.0.0/16"]);
    /// assert_eq!(made.report.read["microsoft.network/virtualnetworks"], 1);
    /// ```
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        let file: Rc<str> = name.into();
        let place = Place::new(&file, "");
        if bytes.len() > LONGEST {
            let message = format!(
                "the file has {} MB, more than the {} MB that are read",
                bytes.len() >> 20,
                LONGEST >> 20
            );
            self.report.add(Verdict::Unreadable, place, message);
            return;
        }
        let decoded = decode(bytes);
        if let Some(encoding) = decoded.encoding {
            self.report
                .add(Verdict::Note, place.clone(), format!("read as {encoding}"));
        }
        if decoded.damaged {
            self.report.add(
                Verdict::Note,
                place,
                "some bytes are no text and were replaced",
            );
        }
        self.open(name, decoded.text.as_ref().into());
        while self.read_on() {}
    }

    fn add_piece(&mut self, file: &Rc<str>, text: &str, piece: Piece, rows: &mut Rows) {
        match pieces::parse(text, &piece.range) {
            Ok(node) => self.add_value(file, node, piece.group, rows),
            Err(error) => {
                let within = format!("line {} column {}", error.line, error.column);
                self.report
                    .add(Verdict::Unreadable, Place::new(file, within), error.message);
            }
        }
    }

    /// What stands beside the list of an answer may say that it is not all.
    fn add_beside(&mut self, file: &Rc<str>, name: &str, value: &str) {
        let says = !matches!(value.trim(), "null" | "\"\"" | "false");
        let (page, cut) = match name.to_ascii_lowercase().as_str() {
            "skip_token" | "skiptoken" | "$skiptoken" | "nextlink" | "@odata.nextlink" => {
                (says, false)
            }
            "resulttruncated" | "result_truncated" => (
                false,
                value.trim().trim_matches('"').eq_ignore_ascii_case("true"),
            ),
            _ => (false, false),
        };
        if page {
            self.report.add(Verdict::Truncated, Place::new(file, name), "this is one page of several; ask for the next with its token and add that file, too");
        } else if cut {
            self.report.add(
                Verdict::Truncated,
                Place::new(file, name),
                "the answer was cut: Resource Graph gives 1,000 rows at once; ask by pages",
            );
        }
    }

    fn add_tables(&mut self, file: &Rc<str>, text: &str, rows: &mut Rows) -> bool {
        /// No list of values has this number.
        const PRINTED: usize = usize::MAX;
        let tables = table::tables(text);
        for table in &tables {
            // The rows of two tables are two captures.
            rows.last = None;
            for row in &table.rows {
                self.add_value(file, row.clone(), PRINTED, rows);
            }
        }
        !tables.is_empty()
    }

    fn add_csv(&mut self, file: &Rc<str>, text: &str) -> bool {
        let rows = table::csv(text);
        let any = !rows.is_empty();
        let mut captured = Rows::default();
        for row in rows {
            self.add_value(file, row, 0, &mut captured);
        }
        self.captures.extend(captured.captures);
        any
    }

    /// Recognises one value.
    fn add_value(&mut self, file: &Rc<str>, node: Value, group: usize, rows: &mut Rows) {
        if self.add_own(file, &node) {
            return;
        }
        if arm::is_template(&node) {
            self.templates.push((Place::new(file, ""), node));
            return;
        }
        if let Some(parameters) = arm::parameter_file(&node) {
            self.parameters.extend(parameters);
            return;
        }
        if let Some(mut reading) = terraform::Reading::of(&node) {
            while let Some(resource) = reading.step(file, &mut self.report) {
                if let Some(resource) = resource {
                    self.add_folded(file, &resource, group, rows, 0);
                }
            }
            return;
        }
        let folded = fold::fold(node);
        self.add_folded(file, &folded, group, rows, 0);
    }

    /// A document or a case of this program.
    fn add_own(&mut self, file: &Rc<str>, node: &Value) -> bool {
        let is_ours = node.get("schema").is_some()
            || node
                .get("network")
                .is_some_and(|network| network.get("vnets").is_some());
        let is_bare = node.get("vnets").is_some() && node.get("peerings").is_some();
        if !is_ours && !is_bare {
            return false;
        }
        let text = node.to_string();
        let read = match CaseNetwork::of(node, &text) {
            Some(case) => case.map_err(Into::into).map(|case| case.network),
            None => Document::parse(&text).map(|document| document.network),
        };
        match read {
            Ok(network) => self.networks.push((Place::new(file, ""), network)),
            Err(error) if is_ours => {
                self.report
                    .add(Verdict::Unreadable, Place::new(file, ""), error.to_string())
            }
            Err(_) => return false,
        }
        true
    }

    fn add_folded(
        &mut self,
        file: &Rc<str>,
        folded: &Value,
        group: usize,
        rows: &mut Rows,
        depth: u8,
    ) {
        let fields = Fields(folded);
        if let Some((kind, row)) = capture::row(fields) {
            rows.push(file, group, kind, row);
        } else if let Some(items) = capture::by_instance(folded) {
            for item in items {
                self.add_folded(file, item, group, rows, depth);
            }
        } else if read::manager::deployment(fields, &mut self.gathered)
            || kind::read(fields, file, &mut self.gathered, &mut self.report)
            || cloudnetdraw::read(fields, file, &mut self.gathered, &mut self.report)
        {
        } else {
            self.add_inside(file, folded, group, rows, depth);
        }
    }

    /// An object that is nothing itself may hold lists of resources.
    fn add_inside(
        &mut self,
        file: &Rc<str>,
        folded: &Value,
        group: usize,
        rows: &mut Rows,
        depth: u8,
    ) {
        /// Wrappers around wrappers: no tool nests more.
        const DEEPEST: u8 = 6;
        if depth >= DEEPEST {
            return;
        }
        let children: Vec<&Value> = match folded {
            Value::Object(members) => members.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => {
                if depth == 0 {
                    self.report.add(
                        Verdict::Skipped,
                        Place::new(file, ""),
                        format!("{} is no resource", short(folded)),
                    );
                }
                return;
            }
        };
        let nested = |node: &&Value| node.is_object() || node.is_array();
        let before = self.progress(rows);
        for child in children.into_iter().filter(nested) {
            self.add_folded(file, child, group, rows, depth.saturating_add(1));
        }
        if depth == 0 && self.progress(rows) == before {
            self.report.add(
                Verdict::Skipped,
                Place::new(file, ""),
                format!("an object that is no resource: {}", short(folded)),
            );
        }
    }

    fn progress(&self, rows: &Rows) -> (usize, usize, usize, usize) {
        let total = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>();
        (
            total(&self.report.read),
            total(&self.report.skipped),
            self.gathered.managers.len(),
            rows.count,
        )
    }

    /// Templates wait for the parameter files, which may come after them.
    fn expanding(&mut self) -> arm::Expanding {
        let templates = std::mem::take(&mut self.templates);
        arm::Expanding::of(templates, std::mem::take(&mut self.parameters))
    }

    /// What templates made is read as any other resource.
    fn add_expanded(&mut self, expanded: arm::Expanded) {
        for (kind, count) in expanded.skipped {
            let known = self.report.skipped.entry(kind).or_default();
            *known = known.saturating_add(count);
        }
        let mut rows = Rows::default();
        for resource in expanded.resources {
            let folded = fold::fold(resource);
            self.add_folded(&expanded.file, &folded, 0, &mut rows, 0);
        }
    }

    /// Puts everything together.
    #[must_use]
    pub fn finish(self) -> Imported {
        let mut finishing = self.finishing();
        loop {
            if let Some(made) = finishing.step() {
                return made;
            }
        }
    }
}

impl Imported {
    /// Whether nothing of the texts was an export, a template or a capture.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let empty = self.network == NetworkSpec::default() && self.captures.is_empty();
        empty && self.report.read.is_empty()
    }

    /// Adds the network of a document; what has a name already is contradictory.
    fn join(&mut self, place: &Place, network: NetworkSpec) {
        if self.network == NetworkSpec::default() {
            self.network = network;
            return;
        }
        for vnet in &network.vnets {
            if self
                .network
                .vnets
                .iter()
                .any(|known| known.name == vnet.name)
            {
                self.report.add(
                    Verdict::Contradictory,
                    place.clone(),
                    format!("the VNet {:?} exists already", vnet.name),
                );
            }
        }
        join_lists(&mut self.network, network);
    }
}

fn join_lists(all: &mut NetworkSpec, more: NetworkSpec) {
    all.vnets.extend(more.vnets);
    all.peerings.extend(more.peerings);
    all.route_tables.extend(more.route_tables);
    all.appliances.extend(more.appliances);
    all.gateways.extend(more.gateways);
    all.tunnels.extend(more.tunnels);
    all.circuits.extend(more.circuits);
    all.sites.extend(more.sites);
    all.bgp_peerings.extend(more.bgp_peerings);
    all.private_endpoints.extend(more.private_endpoints);
    all.private_dns_zones.extend(more.private_dns_zones);
    all.dns_resolvers.extend(more.dns_resolvers);
    all.dns_forwarding_rulesets
        .extend(more.dns_forwarding_rulesets);
    all.dns_servers.extend(more.dns_servers);
    all.workloads.extend(more.workloads);
    all.network_security_groups
        .extend(more.network_security_groups);
    all.service_tags.extend(more.service_tags);
    all.further_meters.extend(more.further_meters);
    all.avnm = all.avnm.take().or(more.avnm);
    match (&mut all.virtual_wan, more.virtual_wan) {
        (Some(wan), Some(other)) => wan.hubs.extend(other.hubs),
        (wan, other) => *wan = wan.take().or(other),
    }
}

/// The beginning of a value, for a message.
fn short(node: &Value) -> String {
    const LONGEST: usize = 60;
    let text = node.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// A JSON string as its text.
fn said(value: &str) -> Option<String> {
    match crate::json::parse(value).ok()? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// Captured rows of one text, by list.
#[derive(Debug, Default)]
struct Rows {
    /// Whose the next table is, where the text says so.
    subject: Option<String>,
    captures: Vec<Capture>,
    last: Option<(usize, CaptureKind)>,
    count: usize,
}

impl Rows {
    fn push(&mut self, file: &Rc<str>, group: usize, kind: CaptureKind, row: CapturedRow) {
        self.count = self.count.saturating_add(1);
        match self.captures.last_mut() {
            Some(capture) if self.last == Some((group, kind)) => capture.rows.push(row),
            _ => {
                self.last = Some((group, kind));
                self.captures.push(Capture {
                    kind,
                    place: Place::new(file, ""),
                    subject: self.subject.take(),
                    rows: vec![row],
                });
            }
        }
    }
}
