//! What was imported: texts of Azure's tools, read together, and what the import had to say.
//!
//! The rule: the first text that is an export opens as a design of its own, so that one undo goes back. While that design is
//! open, a further text joins the earlier ones and all are read anew, in one step that undo takes back: resources meet by
//! their ids, in whatever order they came. Captured routes alone are laid beside the present design and change nothing.
//!
//! | text | present design | what happens |
//! |---|---|---|
//! | an export | any | a design of its own |
//! | a further export | the imported one | one design of both |
//! | captured routes | any | a comparison; a change that a row calls for is made by a button |
//!
//! A long text is read in slices, one between two frames; the newest text says what is there now.
//!
//! Left out: what is not imported any more. A resource that a later export lacks stays until that design is closed.

use super::history::Cause;
use super::reading::{Reading, SHORT};
use super::since::{Ids, since};
use super::{Effect, Shared, State};
use crate::text;
use interspoke_core::document::{About, Document};
use interspoke_core::import::{self, Capture, Change, Comparison, Imported, Report, Verdict};
use interspoke_core::spec::NetworkSpec;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// What the last import had to say, and what it was made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportDesk {
    /// Names and texts, in the order in which they came.
    files: Vec<(String, Rc<str>)>,
    /// The design that they became.
    design: String,
    /// What the resources are called, by their ids.
    ids: Rc<Ids>,
    /// Texts that are being read.
    reading: Option<Shared<RefCell<Reading>>>,
    /// The texts that they will be.
    waiting: Vec<(String, Rc<str>)>,
    /// Captured routes, for a comparison anew.
    captures: Rc<Vec<Capture>>,
    /// What was done.
    pub report: Option<Rc<Report>>,
    /// Commands for what the export lacks.
    pub further: Option<String>,
    /// Azure beside the simulator.
    pub comparisons: Rc<Vec<Comparison>>,
    /// What is new, changed and gone since the import before.
    pub since: Vec<String>,
}

impl ImportDesk {
    /// Whether a text is being read.
    #[must_use]
    pub const fn is_reading(&self) -> bool {
        self.reading.is_some()
    }
}

/// Whether a text is too long to be read at once, and no design of this program or price list by its beginning.
pub(super) fn is_long(text: &str) -> bool {
    const HEAD: usize = 4096;
    const OWN: [&str; 4] = ["interspoke", "\"vnets\"", "\"Items\"", "retailPrice"];
    let end = (0..=HEAD.min(text.len())).rfind(|at| text.is_char_boundary(*at));
    let head = text.get(..end.unwrap_or_default()).unwrap_or_default();
    text.len() > SHORT && !OWN.iter().any(|own| head.contains(own))
}

impl State {
    /// VNets that the design refers to and that stood in no file, by name.
    #[must_use]
    pub fn stubs(&self) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.document
            .about
            .as_ref()
            .map_or(&NONE, |about| &about.stubs)
    }

    /// A text that is an export or a capture.
    pub(super) fn import_text(&mut self, name: &str, text: &str, alone: Imported) -> Vec<Effect> {
        let Some(files) = self.files_with(name, text) else {
            return Vec::new();
        };
        let is_capture = alone.network == NetworkSpec::default() && !alone.captures.is_empty();
        if is_capture && self.import.files.is_empty() {
            return self.lay_beside(&alone);
        }
        let again = files.len() > 1;
        if again && files.iter().any(|(_, text)| text.len() > SHORT) {
            return self.read_in_slices(files);
        }
        let made = if again {
            Reading::of(&files).whole()
        } else {
            alone
        };
        self.take_import(files, made)
    }

    /// A long text: nothing is known of it until it is read.
    pub(super) fn import_long(&mut self, name: &str, text: &str) -> Vec<Effect> {
        match self.files_with(name, text) {
            Some(files) => self.read_in_slices(files),
            None => Vec::new(),
        }
    }

    /// The texts of the open import with one more; none where it has the text already.
    fn files_with(&self, name: &str, text: &str) -> Option<Vec<(String, Rc<str>)>> {
        let mut files = Vec::new();
        if self.import.design == self.document.id {
            files.clone_from(&self.import.files);
        }
        if files.iter().any(|(_, known)| **known == *text) {
            return None;
        }
        files.push((name.to_owned(), Rc::from(text)));
        Some(files)
    }

    fn read_in_slices(&mut self, files: Vec<(String, Rc<str>)>) -> Vec<Effect> {
        let reading = Reading::of(&files);
        let name = files.last().map_or("", |(name, _)| name);
        self.notice = Some(text::import::reading(name, 0));
        self.import.reading = Some(Shared::new(RefCell::new(reading)));
        self.import.waiting = files;
        Vec::new()
    }

    /// A slice that brings the reading no further in what is said of it; false where the next one is to be shown.
    pub(super) fn read_quietly(&self) -> bool {
        let reading = self.import.reading.as_ref();
        reading.is_some_and(|reading| reading.borrow_mut().step_quietly())
    }

    /// The next slice.
    pub(super) fn read_on(&mut self) -> Vec<Effect> {
        let Some(reading) = self.import.reading.clone() else {
            return Vec::new();
        };
        let made = reading.borrow_mut().step();
        let name = self.import.waiting.last().map_or("", |(name, _)| name);
        match made {
            None => {
                let percent = reading.borrow().percent();
                self.notice = Some(text::import::reading(name, percent));
            }
            Some(made) => {
                self.import.reading = None;
                let files = std::mem::take(&mut self.import.waiting);
                if made.is_nothing() {
                    let name = files.last().map_or("", |(name, _)| name);
                    let why = made.report.entries.first();
                    let why = why.map_or_else(
                        || text::store::NOT_RECOGNISED.to_owned(),
                        ToString::to_string,
                    );
                    self.notice = Some(text::store::not_opened(name, &why));
                } else {
                    return self.take_import(files, made);
                }
            }
        }
        Vec::new()
    }

    fn take_import(&mut self, files: Vec<(String, Rc<str>)>, made: Imported) -> Vec<Effect> {
        let about = about(&made.report);
        let further = import::further(&made);
        let name = files.last().map_or("", |(name, _)| name);
        let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let title = title.to_owned();
        let Imported {
            network,
            report,
            captures,
            ids,
        } = made;
        let mut desk = ImportDesk {
            files,
            further,
            report: Some(Rc::new(report)),
            captures: Rc::new(captures),
            ..ImportDesk::default()
        };
        if desk.files.len() > 1 && self.import.design == self.document.id {
            let before = (&self.document.network, &*self.import.ids);
            desk.since = since(before, (&network, &ids));
            desk.ids = Rc::new(ids);
            self.edit(Cause::Deed, |document| {
                document.network = network;
                document.about = Some(about);
            });
            self.keep_import(desk);
            return Vec::new();
        }
        desk.ids = Rc::new(ids);
        let document = Document {
            about: Some(about),
            ..Document::new(&title, network)
        };
        self.open_beside(document, |state| state.keep_import(desk))
    }

    /// The present design was made of these texts.
    fn keep_import(&mut self, desk: ImportDesk) {
        let comparisons = import::compare(&self.answers.routing, &desk.captures);
        let entries = desk
            .report
            .as_ref()
            .map_or(0, |report| report.entries.len());
        self.import = ImportDesk {
            design: self.document.id.clone(),
            comparisons: Rc::new(comparisons),
            ..desk
        };
        self.plan_from_import();
        let vnets = self.document.network.vnets.len();
        self.notice = Some(text::import::imported(vnets, entries));
    }

    /// Makes the change that a captured row calls for, and compares anew.
    pub(super) fn apply_change(&mut self, change: &Change) {
        let mut network = self.document.network.clone();
        if !change.apply(&mut network) {
            return;
        }
        self.edit(Cause::Deed, |document| document.network = network);
        let captures = Rc::clone(&self.import.captures);
        self.import.comparisons = Rc::new(import::compare(&self.answers.routing, &captures));
        self.notice = Some(text::import::applied(&change.to_string()));
    }

    /// Captured routes beside the present design.
    fn lay_beside(&mut self, captured: &Imported) -> Vec<Effect> {
        let comparisons = import::compare(&self.answers.routing, &captured.captures);
        let scores = comparisons.iter().map(Comparison::score);
        let (equal, all) = scores.fold((0_usize, 0_usize), |(equal, all), (more, of)| {
            (equal.saturating_add(more), all.saturating_add(of))
        });
        self.notice = Some(text::import::compared(equal, all));
        self.import.report = Some(Rc::new(captured.report.clone()));
        self.import.captures = Rc::new(captured.captures.clone());
        self.import.comparisons = Rc::new(comparisons);
        Vec::new()
    }
}

/// Where an imported design comes from: what the design keeps of the report.
fn about(report: &Report) -> About {
    /// A design is no archive of reports.
    const MOST: usize = 60;
    let kept = |verdict: Verdict| !matches!(verdict, Verdict::Note | Verdict::Skipped);
    let lines: Vec<String> = report
        .entries
        .iter()
        .filter(|entry| kept(entry.verdict))
        .map(ToString::to_string)
        .collect();
    let more = lines.len().saturating_sub(MOST);
    let mut assumptions: Vec<String> = lines.into_iter().take(MOST).collect();
    if more > 0 {
        assumptions.push(text::import::and_more(more));
    }
    About {
        summary: text::import::summary(report.read.values().sum()),
        sources: Vec::new(),
        assumptions,
        stubs: report.stubs.iter().cloned().collect(),
    }
}
