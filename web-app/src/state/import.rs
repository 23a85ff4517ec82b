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
//! | captured routes | any | a comparison |
//!
//! Left out: reading in slices; a text is read in one go.

use super::history::Cause;
use super::{Effect, State};
use crate::text;
use interspoke_core::document::{About, Document};
use interspoke_core::import::{self, Comparison, Import, Imported, Report, Verdict};
use interspoke_core::spec::NetworkSpec;
use std::rc::Rc;

/// What the last import had to say, and what it was made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportDesk {
    /// Names and texts, in the order in which they came.
    files: Vec<(String, Rc<str>)>,
    /// The design that they became.
    design: String,
    /// What was done.
    pub report: Option<Rc<Report>>,
    /// Commands for what the export lacks.
    pub further: Option<String>,
    /// Azure beside the simulator.
    pub comparisons: Rc<Vec<Comparison>>,
    /// What is new and what is gone since the import before.
    pub since: Vec<String>,
}

fn read(files: &[(String, Rc<str>)]) -> Imported {
    let mut import = Import::new();
    for (name, text) in files {
        import.add(name, text.as_bytes());
    }
    import.finish()
}

impl State {
    /// A text that is an export or a capture.
    pub(super) fn import_text(&mut self, name: &str, text: &str, alone: Imported) -> Vec<Effect> {
        let file = (name.to_owned(), Rc::from(text));
        if self.import.files.iter().any(|(_, known)| **known == *text)
            && self.import.design == self.document.id
        {
            return Vec::new();
        }
        if alone.network == NetworkSpec::default()
            && !alone.captures.is_empty()
            && self.import.files.is_empty()
        {
            return self.lay_beside(&alone);
        }
        let again = !self.import.files.is_empty() && self.import.design == self.document.id;
        let mut files = if again {
            std::mem::take(&mut self.import.files)
        } else {
            Vec::new()
        };
        files.push(file);
        let made = if again { read(&files) } else { alone };
        self.take_import(name, &made, again);
        self.import.files = files;
        Vec::new()
    }

    fn take_import(&mut self, name: &str, made: &Imported, again: bool) {
        let about = about(&made.report);
        self.import.since = if again {
            since(&self.document.network, &made.network)
        } else {
            Vec::new()
        };
        if again {
            let network = made.network.clone();
            self.edit(Cause::Deed, |document| {
                document.network = network;
                document.about = Some(about);
            });
        } else {
            let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            self.open_beside(Document {
                about: Some(about),
                ..Document::new(title, made.network.clone())
            });
        }
        self.import.design.clone_from(&self.document.id);
        self.import.report = Some(Rc::new(made.report.clone()));
        self.import.further = import::further(made);
        self.import.comparisons = Rc::new(import::compare(&self.answers.routing, &made.captures));
        self.notice = Some(text::import::imported(
            made.network.vnets.len(),
            made.report.entries.len(),
        ));
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
    }
}

/// What came and went between two imports.
fn since(before: &NetworkSpec, after: &NetworkSpec) -> Vec<String> {
    let names = |network: &NetworkSpec| -> Vec<String> {
        network.vnets.iter().map(|vnet| vnet.name.clone()).collect()
    };
    let (old, new) = (names(before), names(after));
    let came = new
        .iter()
        .filter(|name| !old.contains(name))
        .map(|name| text::import::came(name));
    let went = old
        .iter()
        .filter(|name| !new.contains(name))
        .map(|name| text::import::went(name));
    let mut lines: Vec<String> = came.chain(went).collect();
    let counts = [
        (
            text::import::PEERINGS,
            before.peerings.len(),
            after.peerings.len(),
        ),
        (
            text::import::TABLES,
            before.route_tables.len(),
            after.route_tables.len(),
        ),
        (
            text::import::APPLIANCES,
            before.appliances.len(),
            after.appliances.len(),
        ),
    ];
    let changed = counts.into_iter().filter(|(_, old, new)| old != new);
    lines.extend(changed.map(|(what, old, new)| text::import::counted(what, old, new)));
    lines
}
