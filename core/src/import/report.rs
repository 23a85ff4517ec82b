//! What an import did: what was read, what was skipped, assumed, inferred or contradicted itself, by file and place.
//!
//! | entry | example |
//! |---|---|
//! | unreadable | the text stops being JSON at line 12 column 3 |
//! | skipped | 4 of type microsoft.compute/disks: not needed for routing |
//! | assumed | the firewall's address stands in no template: the first of its subnet |
//! | inferred | 10.2.0.4 is the next hop of two route tables: an appliance |
//! | contradictory | the VNet was read twice, with two address spaces |
//! | stub | a peering points to a VNet that no file has |
//! | not evaluated | an expression of a template, by path |
//! | truncated | a tool left out what lies deep or comes late |
//!
//! Nothing is dropped without an entry. Left out: what is wrong with the estate itself, which
//! [`crate::topology::build`] and [`crate::finding`] say.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// Kinds of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// A text or a part of it that nothing can be made of.
    Unreadable,
    /// Two places that say different things of one resource.
    Contradictory,
    /// A tool cut the export short.
    Truncated,
    /// An expression of a template that has no value here.
    NotEvaluated,
    /// Something that is referred to and stands in no file.
    Stub,
    /// Worked out from other members of the estate or from captured routes.
    Inferred,
    /// Taken for granted.
    Assumed,
    /// Not needed, or not simulated.
    Skipped,
    /// Good to know.
    Note,
}

impl Verdict {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Contradictory => "contradictory",
            Self::Truncated => "cut short",
            Self::NotEvaluated => "not evaluated",
            Self::Stub => "stub",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
            Self::Skipped => "skipped",
            Self::Note => "note",
        }
    }
}

/// Where something stands: a file and a place in it, an id or a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file's name as it was given.
    pub file: Rc<str>,
    /// The resource's id or name, a path, or a line; empty for the whole file.
    pub within: String,
}

impl Place {
    /// A place in a file.
    #[must_use]
    pub fn new(file: &Rc<str>, within: impl Into<String>) -> Self {
        Self {
            file: Rc::clone(file),
            within: within.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.within.is_empty() {
            write!(f, ", {}", self.within)?;
        }
        Ok(())
    }
}

/// One thing that the import did or could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind it is.
    pub verdict: Verdict,
    /// Where.
    pub place: Place,
    /// What, in a sentence.
    pub message: String,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.verdict.word(),
            self.message,
            self.place
        )
    }
}

/// Everything that an import has to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many resources of each type were read, by Azure's type in lower case.
    pub read: BTreeMap<String, usize>,
    /// How many resources of each type were skipped as not needed for routing.
    pub skipped: BTreeMap<String, usize>,
    /// The names of VNets that are referred to and stand in no file, as they stand in the network.
    pub stubs: Vec<String>,
    /// Peering objects that stood in no file and must be there, since the other side is connected.
    pub assumed_peerings: usize,
    /// The rest, in the order in which it was found.
    pub entries: Vec<Entry>,
}

impl Report {
    /// Adds an entry.
    pub fn add(&mut self, verdict: Verdict, place: Place, message: impl Into<String>) {
        self.entries.push(Entry {
            verdict,
            place,
            message: message.into(),
        });
    }

    /// The entries of a kind.
    pub fn of(&self, verdict: Verdict) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| entry.verdict == verdict)
    }

    /// Whether some text could not be read.
    #[must_use]
    pub fn has_unreadable(&self) -> bool {
        self.of(Verdict::Unreadable).next().is_some()
    }

    pub(super) fn count_read(&mut self, kind: &str) {
        count(&mut self.read, kind);
    }

    pub(super) fn count_skipped(&mut self, kind: &str) {
        count(&mut self.skipped, kind);
    }
}

/// The lines of a text that are neither JSON nor a printed table.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// The one to be shown: what a tool complains of, else the first.
    line: String,
    /// Whether the text has anything else.
    pub(super) anything: bool,
}

impl Prose {
    pub(super) fn add(&mut self, text: &str, has_table: bool) {
        self.anything |= has_table;
        let mut lines = text.lines().map(str::trim);
        let complaint = lines.clone().find(|line| is_complaint(line));
        let first = lines.find(|line| !line.is_empty());
        let shown = complaint.or(first).unwrap_or_default();
        if self.line.is_empty() || (is_complaint(shown) && !is_complaint(&self.line)) {
            self.line = shown.chars().take(Self::LONGEST).collect();
        }
    }

    const LONGEST: usize = 120;

    /// What the report says of it; nothing where there is none, or only tables.
    pub(super) fn entry(self, file: &Rc<str>) -> Option<Entry> {
        let complains = is_complaint(&self.line);
        let (verdict, message) = match (self.anything, complains) {
            (true, _) if self.line.is_empty() => return None,
            (true, false) => (
                Verdict::Note,
                "lines that are neither JSON nor a table were stepped over".to_owned(),
            ),
            (true, true) => (
                Verdict::Truncated,
                format!("a command failed: {}", self.line),
            ),
            (false, true) => (
                Verdict::Unreadable,
                format!("the command failed and printed no rows: {}", self.line),
            ),
            (false, false) => (
                Verdict::Unreadable,
                format!(
                    "expected JSON, CSV or a printed table; found {:?}",
                    self.line
                ),
            ),
        };
        Some(Entry {
            verdict,
            place: Place::new(file, ""),
            message,
        })
    }
}

/// How Azure's tools begin the line that says what went wrong.
fn is_complaint(line: &str) -> bool {
    line.starts_with("ERROR:") || line.starts_with("Error:")
}

fn count(counts: &mut BTreeMap<String, usize>, kind: &str) {
    match counts.get_mut(kind) {
        Some(count) => *count = count.saturating_add(1),
        None => {
            counts.insert(kind.to_owned(), 1);
        }
    }
}
