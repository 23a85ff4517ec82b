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
//! Left out: display names, availability zones, and which services a region offers.

const PEERING_ZONES: &str = include_str!("../data/peering-zones.csv");
const ROUND_TRIPS: &str = include_str!("../data/latency-p50-2026-07.txt");
const EGRESS: &str = include_str!("../data/internet-egress-2026-07.csv");

/// Whether a list of this program names the region.
///
/// ```
/// use interspoke_core::region::is_known;
/// assert!(is_known("westeurope"));
/// assert!(!is_known("abc"));
/// ```
#[must_use]
pub fn is_known(name: &str) -> bool {
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    let mut listed = lines(PEERING_ZONES)
        .chain(lines(EGRESS))
        .filter_map(|line| line.split_once(','))
        .flat_map(|(_, regions)| regions.split(' '));
    let mut measured = lines(ROUND_TRIPS).filter_map(|line| line.split(' ').next());
    let letters = name.starts_with(|first: char| first.is_ascii_lowercase());
    letters && (listed.any(|known| known == name) || measured.any(|known| known == name))
}

/// `West Europe` and `westeurope` are one region: the programmatic name of a region as typed.
pub(crate) fn key(region: &str) -> String {
    region
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}
