//! Reading in slices: a long text and what is made of it, a bounded piece of work at a time, so that a page stays alive.
//!
//! The rule: a slice reads values until so many bytes are behind it; putting the estate together is one kind of thing a
//! slice. All at once is the same steps without a pause between them.
//!
//! | step | work |
//! |---|---|
//! | [`Import::read_on`] | values of the open text, about [`SLICE`] bytes; one value that is longer than a slice grows |
//! | the same | then its parts: so many resources of a plan, values of a list |
//! | [`Finishing::step`] | one evaluation of a template, then VNets, peerings, machines, gateways, … one after another |
//!
//! Left out: one evaluation of one template, and one kind of thing of a whole estate; each is done in one go.

use super::assemble::Assembling;
use super::grow::{Growing, Grown};
use super::pieces::{self, Event, Pieces, SLICE};
use super::report::{Place, Prose, Verdict};
use super::{Capture, Import, Imported, Rows, arm, infer, terraform};
use crate::json::{Map, Value};
use crate::spec::NetworkSpec;
use std::rc::Rc;

/// A text that is being read.
#[derive(Debug)]
pub(super) struct Open {
    file: Rc<str>,
    text: Rc<str>,
    pieces: Pieces,
    rows: Rows,
    prose: Prose,
    long: Option<Long>,
}

/// Resources of a plan or values of a list in one slice.
const AT_ONCE: usize = 100;

/// Wrappers around wrappers: no tool nests more.
const DEEPEST: u8 = 6;

/// Whether a long value is one thing, whatever it holds: a resource, a document, a topology of CloudNetDraw.
fn is_one(node: &Value) -> bool {
    const MARKS: [&str; 8] = [
        "id", "Id", "type", "Type", "schema", "network", "vnets", "hub",
    ];
    MARKS.iter().any(|mark| node.get(mark).is_some())
}

/// Whether an object says nothing itself.
fn holds_only(members: &Map<String, Value>) -> bool {
    let nested = |one: &Value| one.is_object() || one.is_array();
    members.values().all(nested)
}

/// A value that is longer than a slice.
#[derive(Debug)]
enum Long {
    /// Its tree is not whole yet; the group of its list.
    Grows(Growing, usize),
    /// It is a plan or a state of Terraform.
    Plan(terraform::Reading),
    /// It is a wrapper: what it holds, with the depth, the last first.
    Parts(Vec<(Value, u8)>, Wrapped),
}

/// What is known of a wrapper.
#[derive(Debug)]
struct Wrapped {
    group: usize,
    /// How much was read before it.
    before: (usize, usize, usize, usize),
}

impl Import {
    /// Opens a text that [`Import::read_on`] reads; it is empty, CSV and small things are read at once.
    ///
    /// ```
    /// use interspoke_core::import::Import;
    /// let mut import = Import::new();
    /// import.open("vnets.json", r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "hub",
    ///     "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}]"#.into());
    /// while import.read_on() {}
    /// let mut finishing = import.finishing();
    /// let made = loop {
    ///     if let Some(made) = finishing.step() {
    ///         break made;
    ///     }
    /// };
    /// assert_eq!(made.network.vnets[0].name, "hub");
    /// ```
    pub fn open(&mut self, name: &str, text: Rc<str>) {
        while self.read_on() {}
        let file: Rc<str> = name.into();
        let start = text.trim_start();
        if start.is_empty() {
            let place = Place::new(&file, "");
            self.report
                .add(Verdict::Unreadable, place, "the text is empty");
        } else if start.starts_with(['{', '[', '/']) || !self.add_csv(&file, &text) {
            self.open = Some(Open {
                file,
                text,
                pieces: Pieces::default(),
                rows: Rows::default(),
                prose: Prose::default(),
                long: None,
            });
        }
    }

    /// Reads a slice of the open text; whether there is more.
    pub fn read_on(&mut self) -> bool {
        let Some(mut open) = self.open.take() else {
            return false;
        };
        if let Some(long) = open.long.take() {
            open.long = self.go_on(long, &mut open);
            self.open = Some(open);
            return true;
        }
        let end = open.pieces.at().saturating_add(SLICE);
        while open.long.is_none() && open.pieces.at() < end {
            let Some(event) = open.pieces.next(&open.text) else {
                self.captures.extend(open.rows.captures);
                self.report.entries.extend(open.prose.entry(&open.file));
                return false;
            };
            self.take_event(&mut open, event);
        }
        self.open = Some(open);
        true
    }

    /// How much of the open text is read, from 0 to 1.
    #[must_use]
    pub fn progress_made(&self) -> f64 {
        /// A share of so many is exact enough for a person.
        const STEPS: usize = 1000;
        let Some(open) = &self.open else {
            return 1.0;
        };
        let at = match &open.long {
            Some(Long::Grows(growing, _)) => growing.place(),
            _ => open.pieces.at(),
        };
        let share = at.saturating_mul(STEPS) / open.text.len().max(1);
        f64::from(u16::try_from(share).unwrap_or(u16::MAX)) / 1000.0
    }

    fn take_event(&mut self, open: &mut Open, event: Event) {
        match event {
            Event::Piece(piece) => {
                open.prose.anything = true;
                self.add_piece(&open.file, &open.text, piece, &mut open.rows);
            }
            Event::Long(piece) => {
                open.prose.anything = true;
                let growing = Growing::at(piece.range.start);
                open.long = Some(Long::Grows(growing, piece.group));
            }
            Event::Beside(name, range) => {
                let value = open.text.get(range).unwrap_or_default();
                if name.eq_ignore_ascii_case("captureOf") {
                    open.rows.subject = super::said(value);
                } else {
                    self.add_beside(&open.file, &name, value);
                }
            }
            Event::Prose(range) => {
                let said = open.text.get(range).unwrap_or_default();
                let any = self.add_tables(&open.file, said, &mut open.rows);
                open.prose.add(said, any);
            }
            Event::Broken(at, message) => {
                let place = pieces::line_and_column(&open.text, at);
                open.prose.anything = true;
                self.say_broken(&open.file, place, message);
            }
        }
    }

    fn say_broken(&mut self, file: &Rc<str>, (line, column): (usize, usize), message: &str) {
        let place = Place::new(file, format!("line {line} column {column}"));
        let message = format!("{message}; what stands before it was read");
        self.report.add(Verdict::Unreadable, place, message);
    }

    /// A slice of a long value; what is left of it.
    fn go_on(&mut self, long: Long, open: &mut Open) -> Option<Long> {
        match long {
            Long::Grows(growing, group) => self.grow(growing, group, open),
            Long::Plan(reading) => self.read_plan(reading, open),
            Long::Parts(parts, wrapped) => self.read_parts(parts, wrapped, open),
        }
    }

    fn grow(&mut self, mut growing: Growing, group: usize, open: &mut Open) -> Option<Long> {
        match growing.step(&open.text) {
            Grown::More => Some(Long::Grows(growing, group)),
            Grown::Whole(node, end) => {
                open.pieces.resume(end);
                self.take_long(node, group, open)
            }
            Grown::Broken(place, message) => {
                open.pieces.resume(open.text.len());
                open.pieces.close();
                self.say_broken(&open.file, place, &message);
                None
            }
        }
    }

    /// Recognises a long value.
    fn take_long(&mut self, node: Value, group: usize, open: &mut Open) -> Option<Long> {
        if let Some(reading) = terraform::Reading::of(&node) {
            return Some(Long::Plan(reading));
        }
        if arm::is_template(&node) || is_one(&node) {
            self.add_value(&open.file, node, group, &mut open.rows);
            return None;
        }
        let before = self.progress(&open.rows);
        Some(Long::Parts(vec![(node, 0)], Wrapped { group, before }))
    }

    fn read_plan(&mut self, mut reading: terraform::Reading, open: &mut Open) -> Option<Long> {
        for _ in 0..AT_ONCE {
            let resource = reading.step(&open.file, &mut self.report)?;
            if let Some(resource) = resource {
                self.add_folded(&open.file, &resource, 0, &mut open.rows, 0);
            }
        }
        Some(Long::Plan(reading))
    }

    fn read_parts(
        &mut self,
        mut parts: Vec<(Value, u8)>,
        wrapped: Wrapped,
        open: &mut Open,
    ) -> Option<Long> {
        for _ in 0..AT_ONCE {
            let Some((node, depth)) = parts.pop() else {
                if self.progress(&open.rows) == wrapped.before {
                    let place = Place::new(&open.file, "");
                    let message = "an object that is no resource and holds none";
                    self.report.add(Verdict::Skipped, place, message);
                }
                return None;
            };
            let below = depth.saturating_add(1);
            match node {
                Value::Array(items) if depth < DEEPEST => {
                    parts.extend(items.into_iter().rev().map(|item| (item, below)));
                }
                Value::Object(members) if depth == 0 || holds_only(&members) => {
                    let nodes: Vec<Value> = members.into_iter().map(|(_, node)| node).collect();
                    parts.extend(nodes.into_iter().rev().map(|node| (node, below)));
                }
                node @ Value::Object(_) => {
                    let folded = super::fold::fold(node);
                    let rows = &mut open.rows;
                    self.add_folded(&open.file, &folded, wrapped.group, rows, below);
                }
                _ => {}
            }
        }
        Some(Long::Parts(parts, wrapped))
    }

    /// Puts everything together, a slice at a time.
    #[must_use]
    pub fn finishing(mut self) -> Finishing {
        while self.read_on() {}
        Finishing {
            captures: std::mem::take(&mut self.captures),
            networks: std::mem::take(&mut self.networks),
            expanding: self.expanding(),
            import: Some(self),
            assembling: None,
        }
    }
}

/// An import whose texts are all read.
#[derive(Debug)]
pub struct Finishing {
    import: Option<Import>,
    captures: Vec<Capture>,
    networks: Vec<(Place, NetworkSpec)>,
    expanding: arm::Expanding,
    assembling: Option<Assembling>,
}

impl Finishing {
    /// Does the next bounded work; what was made, after the last. Nothing more is made after that.
    pub fn step(&mut self) -> Option<Imported> {
        if let Some(mut import) = self.import.take() {
            match self.expanding.step(&mut import.report) {
                None => self.import = Some(import),
                Some(expanded) => {
                    import.add_expanded(expanded);
                    self.assembling = Some(Assembling::new(import.gathered, import.report));
                }
            }
            return None;
        }
        if self.assembling.as_mut()?.step() {
            return None;
        }
        let assembled = self.assembling.take()?.done();
        let mut made = Imported {
            network: assembled.network,
            report: assembled.report,
            captures: std::mem::take(&mut self.captures),
            ids: assembled.ids.into_iter().collect(),
        };
        for (place, network) in std::mem::take(&mut self.networks) {
            made.join(&place, network);
        }
        infer::infer(&mut made.network, &made.captures, &mut made.report);
        Some(made)
    }
}
