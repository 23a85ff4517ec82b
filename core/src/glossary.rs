//! What Azure's words mean, for somebody who is new to them.
//!
//! The rule: a word is found as it stands, its first letter small or large, and in the plural; where two words begin at one
//! place the longer one is meant. Each is explained where a text has it first, and once.
//!
//! | text | words |
//! |---|---|
//! | `Route Servers and an NVA` | `Route Servers`: Route Server; `NVA` |
//! | `a global peering` | global peering |
//! | `rt-nva`, `NVAX` | none |
//! | `a hub and its spokes` | none: every page is full of them, and the list explains them |
//!
//! Left out: words of Azure's API, which the forms and findings explain at their place.

use crate::issue::Source;
use std::ops::Range;
use std::sync::LazyLock;

const DATA: &str = include_str!("../data/glossary-2026-11.tsv");

/// A word of Azure's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub word: &'static str,
    /// What it means, in plain sentences.
    pub says: &'static str,
    /// The document behind it.
    pub source: Source,
    /// Whether it is found in texts; else it stands in the list alone.
    pub in_texts: bool,
}

/// Every word, in the order of the file: what is joined, then how, then by what.
///
/// ```
/// use interspoke_core::glossary::terms;
/// assert!(terms().iter().any(|term| term.word == "routing intent"));
/// ```
#[must_use]
pub fn terms() -> &'static [Term] {
    static ALL: LazyLock<Vec<Term>> = LazyLock::new(|| {
        let lines = DATA.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(read).collect()
    });
    &ALL
}

fn read(line: &'static str) -> Option<Term> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(Term {
        word: next()?,
        says: next()?,
        source: Source {
            title: next()?,
            url: next()?,
            date: next()?,
        },
        in_texts: next()? == "text",
    })
}

/// The words of a text with where each stands first.
///
/// ```
/// use interspoke_core::glossary::within;
/// let text = "Route Servers, an NVA and a global peering; the NVA";
/// let found: Vec<_> = within(text).into_iter().map(|(at, term)| (&text[at], term.word)).collect();
/// assert_eq!(found, [("Route Servers", "Route Server"), ("NVA", "NVA"), ("global peering", "global peering")]);
/// ```
#[must_use]
pub fn within(text: &str) -> Vec<(Range<usize>, &'static Term)> {
    let mut found: Vec<(Range<usize>, &'static Term)> = Vec::new();
    let mut end = 0;
    for at in beginnings(text) {
        let Some(rest) = text.get(at..).filter(|_| at >= end) else {
            continue;
        };
        let here = terms().iter().filter(|term| term.in_texts);
        let here = here.filter_map(|term| Some((length(rest, term.word)?, term)));
        if let Some((length, term)) = here.max_by_key(|(length, _)| *length) {
            end = at.saturating_add(length);
            if found.iter().all(|(_, known)| known.word != term.word) {
                found.push((at..end, term));
            }
        }
    }
    found
}

/// Where words begin.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, letter)| {
        let begins = letter.is_alphanumeric() && !is_inside(before);
        before = letter;
        begins.then_some(at)
    })
}

/// Whether a letter belongs to the word that it stands beside: names of resources have hyphens and dots.
fn is_inside(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | '[')
}

/// How much of the beginning of a text is a word, its plural included.
fn length(text: &str, word: &str) -> Option<usize> {
    let (first, others) = word.split_at_checked(1)?;
    let (begin, rest) = text.split_at_checked(1)?;
    let same = begin == first || begin.to_ascii_lowercase() == first;
    let after = rest.strip_prefix(others).filter(|_| same)?;
    let ends = |text: &str| {
        // A full stop ends a sentence; a dot goes on.
        let rest = text.strip_prefix('.').unwrap_or(text);
        !rest.starts_with(is_inside)
    };
    if ends(after) {
        return Some(word.len());
    }
    let after = after
        .strip_prefix("es")
        .filter(|rest| ends(rest))
        .or_else(|| after.strip_prefix('s'))?;
    ends(after).then(|| text.len().saturating_sub(after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn words(text: &str) -> Vec<(&str, &'static str)> {
        let found = within(text).into_iter();
        found.map(|(at, term)| (&text[at], term.word)).collect()
    }

    #[test]
    fn every_word_is_explained_once_with_its_source() {
        let mut known = BTreeSet::new();
        for term in terms() {
            assert!(known.insert(term.word), "{} twice", term.word);
            assert!(
                term.says.ends_with('.') && term.source.url.starts_with("https://"),
                "{term:?}"
            );
            assert!(term.source.date.starts_with("20"), "{term:?}");
            let found = words(term.word);
            assert_eq!(
                found,
                Vec::from_iter(term.in_texts.then_some((term.word, term.word)))
            );
        }
        assert!(known.len() >= 30);
    }

    #[test]
    fn names_of_resources_are_no_words() {
        assert_eq!(
            words("NVA-1, rt-NVA, NVA_1, NVA.example, NVAX and nics[NVA]"),
            []
        );
        assert_eq!(words("the NVA. An NVA, NVAs"), [("NVA", "NVA")]);
        assert_eq!(words("UDRs and NVAs"), [("UDRs", "UDR"), ("NVAs", "NVA")]);
        assert_eq!(words("Zürich’s BGP"), [("BGP", "BGP")]);
    }
}
