//! Which regions Azure has, by their programmatic names.
//!
//! The rule: a region is known if one of the dated lists of `data/` names it: the peering zones, the published round trips,
//! or the prices of Internet egress. A name that none of them has is refused where it is typed, since nothing could be said
//! of it: no zone, no price, no round trip.
//!
//! | text | known |
//! |---|---|
//! | `westeurope`, `usgovvirginia` | yes |
//! | `abc`, `0`, `West Europe` | no |
//!
//! As typed in an estate, `West Europe` and `westeurope` are one region: `key` takes out spaces and capitals.
//!
//! A display name is made of the words of the programmatic one: `westeurope` is West Europe.
//!
//! Left out: availability zones, and which services a region offers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const PEERING_ZONES: &str = include_str!("../data/peering-zones.csv");
const ROUND_TRIPS: &str = include_str!("../data/latency-p50-2026-07.txt");
const EGRESS: &str = include_str!("../data/internet-egress-2026-07.csv");

/// The lists, read once.
static ALL: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    let listed = lines(PEERING_ZONES)
        .chain(lines(EGRESS))
        .filter_map(|line| line.split_once(','))
        .flat_map(|(_, regions)| regions.split(' '));
    let measured = lines(ROUND_TRIPS).filter_map(|line| line.split(' ').next());
    let letters = |name: &&str| name.starts_with(|first: char| first.is_ascii_lowercase());
    listed.chain(measured).filter(letters).collect()
});

/// Every region of the lists, by its programmatic name, in the order of the alphabet.
pub fn all() -> impl Iterator<Item = &'static str> {
    ALL.iter().copied()
}

/// Whether a list of this program names the region.
///
/// ```
/// use interspoke_core::region::is_known;
/// assert!(is_known("westeurope"));
/// assert!(!is_known("abc"));
/// ```
#[must_use]
pub fn is_known(name: &str) -> bool {
    ALL.contains(name)
}

/// The region of a text: its programmatic name, or as Azure displays it.
///
/// ```
/// use interspoke_core::region::named;
/// assert_eq!(named("West Europe"), Some("westeurope"));
/// assert_eq!(named("Europe"), None);
/// ```
#[must_use]
pub fn named(text: &str) -> Option<&'static str> {
    let wanted = key(text);
    all().find(|known| *known == wanted)
}

/// Words that programmatic names are joined of, and how Azure displays them. A longer word stands before its beginning.
const WORDS: [(&str, &str); 46] = [
    ("southeast", "Southeast"),
    ("northcentral", "North Central"),
    ("southcentral", "South Central"),
    ("westcentral", "West Central"),
    ("east", "East"),
    ("west", "West"),
    ("north", "North"),
    ("southafrica", "South Africa"),
    ("south", "South"),
    ("central", "Central"),
    ("australia", "Australia"),
    ("austria", "Austria"),
    ("belgium", "Belgium"),
    ("brazil", "Brazil"),
    ("canada", "Canada"),
    ("chile", "Chile"),
    ("china", "China"),
    ("denmark", "Denmark"),
    ("europe", "Europe"),
    ("asia", "Asia"),
    ("france", "France"),
    ("germany", "Germany"),
    ("jioindia", "Jio India"),
    ("india", "India"),
    ("indonesia", "Indonesia"),
    ("israel", "Israel"),
    ("italy", "Italy"),
    ("japan", "Japan"),
    ("korea", "Korea"),
    ("malaysia", "Malaysia"),
    ("mexico", "Mexico"),
    ("newzealand", "New Zealand"),
    ("norway", "Norway"),
    ("poland", "Poland"),
    ("qatar", "Qatar"),
    ("spain", "Spain"),
    ("sweden", "Sweden"),
    ("switzerland", "Switzerland"),
    ("uae", "UAE"),
    ("uk", "UK"),
    ("usgov", "USGov"),
    ("us", "US"),
    ("arizona", "Arizona"),
    ("texas", "Texas"),
    ("virginia", "Virginia"),
    ("iowa", "Iowa"),
];

/// A region as Azure displays it, made from its programmatic name.
///
/// ```
/// use interspoke_core::region::display;
/// assert_eq!(display("westeurope"), "West Europe");
/// assert_eq!(display("eastus2"), "East US 2");
/// ```
#[must_use]
pub fn display(name: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let word = WORDS
            .iter()
            .find_map(|(word, shown)| Some((*shown, rest.strip_prefix(word)?)));
        // What no word begins, a number above all, is shown as it stands.
        let (shown, after) = word.unwrap_or((rest, ""));
        words.push(shown);
        rest = after;
    }
    words.join(" ")
}

/// The regions that a search finds: those whose name has the text, as programmatic name, as Azure displays it, or by the
/// first letters of its words.
///
/// ```
/// use interspoke_core::region::like;
/// assert_eq!(like("West Eur").collect::<Vec<_>>(), ["westeurope"]);
/// assert!(like("WE").any(|found| found == "westeurope"));
/// ```
pub fn like(text: &str) -> impl Iterator<Item = &'static str> {
    let wanted = key(text);
    all().filter(move |name| {
        let shown = display(name);
        let words = shown.split(' ').filter_map(|word| word.chars().next());
        let initials: String = words.flat_map(char::to_lowercase).collect();
        name.contains(&wanted) || initials == wanted
    })
}

/// `West Europe` and `westeurope` are one region: the programmatic name of a region as typed.
pub(crate) fn key(region: &str) -> String {
    region
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_displayed_in_words_and_found_by_them() {
        for name in all() {
            let shown = display(name);
            assert!(shown.contains(' '), "{name}: {shown}");
            assert_eq!(named(&shown), Some(name), "{shown}");
            assert!(like(&shown).any(|found| found == name), "{shown}");
        }
    }
}
