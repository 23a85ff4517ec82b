//! Reading in slices: a long text and what is made of it, a bounded piece of work at a time, so that a page stays alive.
//!
//! The rule: a slice reads values until so many bytes are behind it; putting the estate together is one kind of thing a
//! slice. All at once is the same steps without a pause between them.
//!
//! | step | work |
//! |---|---|
//! | [`Import::read_on`] | values of the open text, about [`SLICE`] bytes |
//! | [`Finishing::step`] | templates, then VNets, peerings, machines, gateways, … one after another |
//!
//! Left out: one value that is longer than a slice, as a template or a plan; it is read in one go.

use super::assemble::Assembling;
use super::pieces::{self, Event, Pieces};
use super::report::{Place, Prose, Verdict};
use super::{Capture, Import, Imported, Rows, infer};
use crate::spec::NetworkSpec;
use std::rc::Rc;

/// Bytes that a slice reads: a few milliseconds of a browser's time.
pub const SLICE: usize = 256 * 1024;

/// A text that is being read.
#[derive(Debug)]
pub(super) struct Open {
    file: Rc<str>,
    text: Rc<str>,
    pieces: Pieces,
    rows: Rows,
    prose: Prose,
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
            });
        }
    }

    /// Reads a slice of the open text; whether there is more.
    pub fn read_on(&mut self) -> bool {
        let Some(mut open) = self.open.take() else {
            return false;
        };
        let end = open.pieces.at().saturating_add(SLICE);
        while open.pieces.at() < end {
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
        let share = open.pieces.at().saturating_mul(STEPS) / open.text.len().max(1);
        f64::from(u16::try_from(share).unwrap_or(u16::MAX)) / 1000.0
    }

    fn take_event(&mut self, open: &mut Open, event: Event) {
        match event {
            Event::Piece(piece) => {
                open.prose.anything = true;
                self.add_piece(&open.file, &open.text, piece, &mut open.rows);
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
                let (line, column) = pieces::line_and_column(&open.text, at);
                let place = Place::new(&open.file, format!("line {line} column {column}"));
                let message = format!("{message}; what stands before it was read");
                open.prose.anything = true;
                self.report.add(Verdict::Unreadable, place, message);
            }
        }
    }

    /// Puts everything together, a slice at a time.
    #[must_use]
    pub fn finishing(mut self) -> Finishing {
        while self.read_on() {}
        Finishing {
            captures: std::mem::take(&mut self.captures),
            networks: std::mem::take(&mut self.networks),
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
    assembling: Option<Assembling>,
}

impl Finishing {
    /// Does the next bounded work; what was made, after the last. Nothing more is made after that.
    pub fn step(&mut self) -> Option<Imported> {
        if let Some(mut import) = self.import.take() {
            import.expand_templates();
            self.assembling = Some(Assembling::new(import.gathered, import.report));
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
