//! Texts of the chart of peerings.

use super::{counted, grouped};
use interspoke_core::limit::Limit;

/// Heading of the chart.
pub const PEERING_CHART: &str = "Peerings against spokes";
/// What the axes count.
pub const PEERING_AXES: [&str; 2] = ["peering links", "spokes"];
/// Name of the choice of its end.
pub const PEERING_END: &str = "Chart up to";
/// The same as a table.
pub const PEERING_TABLE: &str = "The chart as a table";
/// Heading of the first column of that table.
pub const PEERING_HEAD: &str = "Spokes";
/// Ways to join spokes.
pub const PEERING_WAYS: [&str; 4] = [
    "Full mesh",
    "Mesh in each region",
    "Hub and spoke",
    "Connected group",
];

/// What the chart is of.
#[must_use]
pub fn peering_chart(regions: u64) -> String {
    match regions {
        0 | 1 => {
            "n spokes of one region beside their hub; a link is two peering objects.".to_owned()
        }
        _ => format!(
            "n spokes, spread evenly over r = {regions} regions with a hub each, the hubs joined; a link is two peering objects."
        ),
    }
}

/// How a way counts its links.
#[must_use]
pub const fn peering_formula(way: usize, one_region: bool) -> &'static str {
    match (way, one_region) {
        (0, true) => "n(n − 1)/2 + n links",
        (0, false) => "n(n − 1)/2 + n + r(r − 1)/2 links",
        (1, _) => "the sum over regions of m(m − 1)/2, m spokes each, + n + r(r − 1)/2 links",
        (2, true) => "n links",
        (2, false) => "n + r(r − 1)/2 links",
        _ => "no link beside those of hub and spoke",
    }
}

/// The most spokes of a way, and when growth passes them.
#[must_use]
pub fn most_spokes(spokes: u64, limit: &Limit, months: Option<u32>) -> String {
    let bound = format!(
        "at most {} ({} {} {}; {}, {})",
        counted(
            usize::try_from(spokes).unwrap_or(usize::MAX),
            "spoke",
            "spokes"
        ),
        grouped(limit.value),
        limit.unit,
        limit.scope,
        limit.source.title,
        limit.source.date
    );
    match months {
        None => bound,
        Some(0) => format!("{bound}: passed already"),
        Some(months) => format!("{bound}; growth passes that in {}", after(months)),
    }
}

/// So many months, as years where that is plainer.
fn after(months: u32) -> String {
    let (years, rest) = (months / 12, months % 12);
    let many = |count: u32, one: &str, several: &str| {
        counted(usize::try_from(count).unwrap_or(usize::MAX), one, several)
    };
    match (years, rest) {
        (0, _) => many(months, "month", "months"),
        (_, 0) => many(years, "year", "years"),
        _ => format!(
            "{} and {}",
            many(years, "year", "years"),
            many(rest, "month", "months")
        ),
    }
}

/// The present design in the chart.
#[must_use]
pub fn present(spokes: u64, links: u64) -> String {
    format!(
        "this design: {}, {}",
        counted(
            usize::try_from(spokes).unwrap_or(usize::MAX),
            "spoke",
            "spokes"
        ),
        counted(
            usize::try_from(links).unwrap_or(usize::MAX),
            "link",
            "links"
        )
    )
}

/// A limit in the chart: the number of spokes, and the letters of the ways.
#[must_use]
pub fn most_of(spokes: u64, letters: &[&str]) -> String {
    format!("{} at most: {}", grouped(spokes), letters.join(", "))
}
