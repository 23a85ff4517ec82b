//! Service tags: names for lists of public prefixes that Azure changes every week.
//!
//! A few prefixes of the tags that routing texts use are carried, enough to show how a tag competes with prefixes and
//! with other tags. An estate may bring lists of its own, which replace these.
//!
//! Left out: the full lists, which have thousands of prefixes.
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// The data file: `name<TAB>prefix prefix …`, lines that start with `#` say where it comes from.
const DATA: &str = include_str!("../../data/service-tags.tsv");

/// The built-in lists by lower-case name.
pub(super) fn built_in() -> BTreeMap<String, Vec<Ipv4Net>> {
    let lines = DATA.lines().filter(|line| !line.starts_with('#'));
    let tags = lines.filter_map(|line| line.split_once('\t'));
    tags.map(|(name, list)| {
        let prefixes = list
            .split(' ')
            .filter_map(|text| text.parse().ok())
            .collect();
        (name.to_ascii_lowercase(), prefixes)
    })
    .collect()
}
