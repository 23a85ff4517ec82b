//! What Azure refuses, and what is told besides: code, condition, source and date of each kind of problem.
//!
//! The rule: a kind of problem has one row of `core/data/refusals-2026-11.tsv`. Where somebody has published what Azure's API
//! answered, the code is Azure's; where only a document says that Azure does not take it, the code is ours in the same style.
//! Older versions of the API answered other codes for the same; they stand beside it.
//!
//! | standing | who says so | severity | a change that brings it |
//! |---|---|---|---|
//! | `refused` | the API, in public, with this code | error | is refused |
//! | `documented` | a document; the code is ours | error | is refused |
//! | `new` | the API, for new objects; those that exist stay | warning | is refused |
//! | `unreadable` | nobody: the file cannot be read so | error | is refused |
//! | `warning`, `note` | nobody: Azure accepts it | warning, note | is accepted |
//!
//! Left out: what Azure refuses by quota, policy, permission or region, and while another operation runs.

use std::sync::LazyLock;

const DATA: &str = include_str!("../data/refusals-2026-11.tsv");

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Accepted by Azure, and risky or surprising.
    Warning,
    /// Refused by Azure, unreadable, or certain to fail.
    Error,
}

impl Severity {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a rule stands in the reference, and the document behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source {
    /// Title of the document.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
    /// The day the text carries or was read, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: &'static str,
}

/// Who refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Azure's API, which answered the code in public.
    Refused,
    /// Azure by its documents; no code is published.
    Documented,
    /// Azure's API for new objects; what exists stays.
    New,
    /// Nobody: the file says what cannot be.
    Unreadable,
    /// Accepted, with a warning of ours.
    Warning,
    /// Accepted, and good to know.
    Note,
}

impl Standing {
    /// How bad it is where it stands.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Refused | Self::Documented | Self::Unreadable => Severity::Error,
            Self::New | Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }

    /// Whether Azure takes no change that brings it.
    #[must_use]
    pub const fn refuses(self) -> bool {
        !matches!(self, Self::Warning | Self::Note)
    }
}

/// A kind of problem, as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its key: the name of the code's variant.
    pub key: &'static str,
    /// Azure's code where one is published, else ours in the same style.
    pub code: &'static str,
    /// Codes of other versions of the API for the same.
    pub formerly: Vec<&'static str>,
    /// Who refuses it.
    pub standing: Standing,
    /// When, as a part of a sentence.
    pub condition: &'static str,
    /// Where that stands; none for what only our files know.
    pub source: Option<Source>,
}

impl Refusal {
    /// The whole table.
    ///
    /// ```
    /// use interspoke_core::refusal::{Refusal, Standing};
    /// let refused = Refusal::all().iter().filter(|row| row.standing == Standing::Refused).count();
    /// assert!(refused >= 25);
    /// ```
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Refusal>> = LazyLock::new(|| {
            let lines = DATA.lines().filter(|line| !line.starts_with('#'));
            lines.filter_map(read).collect()
        });
        &ALL
    }

    /// The row of a key.
    #[must_use]
    pub fn named(key: &str) -> Option<&'static Self> {
        Self::all().iter().find(|row| row.key == key)
    }

    /// Every code that the API has answered for it, the newest first.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.code).chain(self.formerly.iter().copied())
    }
}

fn read(line: &'static str) -> Option<Refusal> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (key, code, formerly) = (next()?, next()?, next()?);
    let standing = standing(next()?)?;
    let condition = next()?;
    let source = Source {
        title: next()?,
        url: next()?,
        date: next()?,
    };
    Some(Refusal {
        key,
        code,
        formerly: formerly
            .split(',')
            .filter(|code| !code.is_empty())
            .collect(),
        standing,
        condition,
        source: (!source.title.is_empty()).then_some(source),
    })
}

fn standing(word: &str) -> Option<Standing> {
    Some(match word {
        "refused" => Standing::Refused,
        "documented" => Standing::Documented,
        "new" => Standing::New,
        "unreadable" => Standing::Unreadable,
        "warning" => Standing::Warning,
        "note" => Standing::Note,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_says_where_it_stands() {
        let lines = DATA.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(Refusal::all().len(), lines);
        for row in Refusal::all() {
            let told = matches!(
                row.standing,
                Standing::Refused | Standing::Documented | Standing::New
            );
            assert!(!told || row.source.is_some(), "{} has no source", row.key);
            let dated = row
                .source
                .is_none_or(|source| source.date.starts_with("20"));
            assert!(dated, "{} has no date", row.key);
        }
    }
}
