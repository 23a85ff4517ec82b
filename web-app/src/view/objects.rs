//! The objects: the kinds with how many of each there are, those of one kind as a list, and the form of one.
//!
//! The rule: a list shows a page of those whose name has what is searched for, each with the worst that is wrong with
//! it. Only the page is made, so that a thousand objects cost what a hundred cost.

use super::Tone;
use super::form::{Form, form_of, page};
use crate::form::{self, Kind};
use crate::state::State;
use interspoke_core::issue::{Issue, Severity};
use interspoke_core::spec::NetworkSpec;
use std::collections::BTreeMap;

/// Objects on a page of the list.
pub const PAGE: usize = 60;

/// A kind with how many of it there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRow {
    /// The kind.
    pub kind: Kind,
    /// How many objects.
    pub count: usize,
    /// How many issues, and how bad the worst is.
    pub wrong: Option<(usize, Tone)>,
}

/// An object of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRow {
    /// Its position among its kind.
    pub at: usize,
    /// What it is called.
    pub title: String,
    /// How many issues, and how bad the worst is.
    pub wrong: Option<(usize, Tone)>,
    /// An import refers to it, and no file of it has it.
    pub stub: bool,
}

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objects {
    /// Every kind.
    pub kinds: Vec<KindRow>,
    /// The kind that is listed.
    pub kind: Kind,
    /// What is searched for.
    pub search: String,
    /// A page of those found.
    pub rows: Vec<ObjectRow>,
    /// The first of the page among those found.
    pub from: usize,
    /// How many were found.
    pub found: usize,
    /// Whether one can be added.
    pub may_add: bool,
    /// The open form.
    pub form: Option<Form>,
}

/// What can be changed.
#[must_use]
pub fn objects(state: &State) -> Objects {
    let network = &state.document.network;
    let designer = &state.designer;
    let kind = designer.kind;
    let wrong = by_object(network, &state.answers.issues);
    let found = found(network, kind, &designer.search);
    let wanted = match designer.at {
        Some(at) if designer.from == at => found.iter().position(|own| *own == at),
        _ => None,
    };
    let from = page(wanted.unwrap_or(designer.from), found.len(), PAGE);
    let stubs = state.stubs();
    let rows = found.iter().skip(from).take(PAGE).map(|at| {
        let title = form::title(network, kind, *at).unwrap_or_default();
        ObjectRow {
            at: *at,
            stub: kind == Kind::Vnet && stubs.contains(&title),
            title,
            wrong: wrong.get(&(kind, *at)).copied(),
        }
    });
    let count = |kind: Kind| form::list(network, kind).map_or(0, |objects| objects.count());
    let kinds = Kind::ALL.map(|kind| KindRow {
        kind,
        count: count(kind),
        wrong: sum(wrong
            .iter()
            .filter(|((own, _), _)| *own == kind)
            .map(|(_, wrong)| *wrong)),
    });
    Objects {
        kinds: kinds.to_vec(),
        kind,
        search: designer.search.clone(),
        rows: rows.collect(),
        from,
        found: found.len(),
        may_add: !(kind.is_single() && count(kind) > 0),
        form: designer.at.and_then(|at| form_of(state, kind, at)),
    }
}

/// Positions of the objects of a kind whose name has what is searched for.
fn found(network: &NetworkSpec, kind: Kind, search: &str) -> Vec<usize> {
    let wanted = search.trim().to_lowercase();
    let Some(objects) = form::list(network, kind) else {
        return Vec::new();
    };
    let has = |at: &usize| {
        wanted.is_empty()
            || objects
                .title(*at)
                .is_some_and(|title| title.to_lowercase().contains(&wanted))
    };
    (0..objects.count()).filter(has).collect()
}

/// The issues of every object: how many, and the worst.
fn by_object(network: &NetworkSpec, issues: &[Issue]) -> BTreeMap<(Kind, usize), (usize, Tone)> {
    let mut found: BTreeMap<(Kind, usize), (usize, Tone)> = BTreeMap::new();
    let mut named: BTreeMap<Kind, BTreeMap<String, usize>> = BTreeMap::new();
    for issue in issues {
        let Some((kind, rest)) = Kind::of_path(&issue.subject) else {
            continue;
        };
        let names = named.entry(kind).or_insert_with(|| names(network, kind));
        let inside = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split(']').next());
        let Some(at) = position(names, inside.unwrap_or("0")) else {
            continue;
        };
        let tone = match issue.severity() {
            Severity::Error => Tone::Bad,
            Severity::Warning => Tone::Warn,
            Severity::Note => continue,
        };
        let entry = found.entry((kind, at)).or_insert((0, tone));
        *entry = (entry.0.saturating_add(1), worse(entry.1, tone));
    }
    found
}

fn names(network: &NetworkSpec, kind: Kind) -> BTreeMap<String, usize> {
    let Some(objects) = form::list(network, kind) else {
        return BTreeMap::new();
    };
    (0..objects.count())
        .rev()
        .filter_map(|at| Some((objects.title(at)?, at)))
        .collect()
}

fn position(names: &BTreeMap<String, usize>, inside: &str) -> Option<usize> {
    names.get(inside).copied().or_else(|| inside.parse().ok())
}

fn worse(a: Tone, b: Tone) -> Tone {
    if a == Tone::Bad || b == Tone::Bad {
        Tone::Bad
    } else {
        Tone::Warn
    }
}

fn sum(all: impl Iterator<Item = (usize, Tone)>) -> Option<(usize, Tone)> {
    all.reduce(|(count, tone), (more, other)| (count.saturating_add(more), worse(tone, other)))
}
