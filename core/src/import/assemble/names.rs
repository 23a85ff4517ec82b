//! Names that are unique among their kind.
//!
//! | ids of one name | names |
//! |---|---|
//! | one | `hub` |
//! | in two resource groups | `hub (rg-east)`, `hub (rg-west)` |
//! | in one resource group of two subscriptions | `hub (rg, 1a2b3c4d)`, `hub (rg, 5e6f7a8b)` |
//!
//! The order of the files does not matter. Left out: names that are taken by hand later.

use crate::import::id;
use std::collections::{HashMap, HashSet};

/// A unique name for each id.
pub(super) fn unique(all: &[(String, String)]) -> HashMap<String, String> {
    let mut by_name: HashMap<String, Vec<(String, &str)>> = HashMap::new();
    let mut seen = HashSet::new();
    for (id, name) in all {
        let key = id::key(id);
        if seen.insert(key.clone()) {
            let same = by_name.entry(name.to_ascii_lowercase()).or_default();
            same.push((key, name));
        }
    }
    let mut names = HashMap::new();
    for mut same in by_name.into_values() {
        same.sort();
        let spellings = distinct(&same);
        names.extend(same.into_iter().map(|(key, _)| key).zip(spellings));
    }
    names
}

/// The shortest form in which all of them differ.
fn distinct(same: &[(String, &str)]) -> Vec<String> {
    let forms: [fn(&str, &str) -> String; 3] = [
        |_, name| name.to_owned(),
        |id, name| format!("{name} ({})", group(id)),
        |id, name| format!("{name} ({}, {})", group(id), subscription(id)),
    ];
    for form in forms {
        let names: Vec<String> = same.iter().map(|(id, name)| form(id, name)).collect();
        let different: HashSet<&String> = names.iter().collect();
        if different.len() == names.len() {
            return names;
        }
    }
    let numbered = |(position, (_, name)): (usize, &(String, &str))| {
        format!("{name} ({})", position.saturating_add(1))
    };
    same.iter().enumerate().map(numbered).collect()
}

fn group(id: &str) -> &str {
    id::segment_after(id, "resourceGroups").unwrap_or("-")
}

fn subscription(id: &str) -> &str {
    let subscription = id::segment_after(id, "subscriptions").unwrap_or("-");
    subscription.get(..8).unwrap_or(subscription)
}
