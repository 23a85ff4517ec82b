//! The files of facts that the program carries, with their dates.
//!
//! The rule: every file of `core/data` is one line here; its date is the day that its own head names, and a test (`core/tests/it/computes.rs`) holds the
//! two together. Prices and limits age: half a year after their date they are old, and whoever shows them says so.
//!
//! | today | prices of 2026-11-22 |
//! |---|---|
//! | 2027-05-22 | in order |
//! | 2027-05-23 | old |
//!
//! Left out: the source of each single figure, which stands in its row.

/// A file of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it holds.
    pub what: &'static str,
    /// The day it was gathered or seen, as `2026-11-22`.
    pub date: &'static str,
    /// Its name in `core/data`.
    pub file: &'static str,
    /// Whether it is old half a year later.
    pub ages: bool,
}

/// Months after which prices and limits are old.
pub const OLD_AFTER: u32 = 6;

const fn facts(what: &'static str, date: &'static str, file: &'static str, ages: bool) -> Facts {
    Facts {
        what,
        date,
        file,
        ages,
    }
}

/// Every file of facts.
pub const ALL: &[Facts] = &[
    facts("Prices", "2026-11-22", "prices-2026-11.csv", true),
    facts(
        "Prices of ExpressRoute circuits",
        "2026-07-21",
        "circuits-2026-07.csv",
        true,
    ),
    facts(
        "Prices of data to the Internet",
        "2026-07-21",
        "internet-egress-2026-07.csv",
        true,
    ),
    facts(
        "Prices of virtual machines",
        "2026-06-18",
        "vm-hours-2026-06.csv",
        true,
    ),
    facts("Zones of peering", "2026-11-22", "peering-zones.csv", true),
    facts(
        "Continents of regions",
        "2026-11-22",
        "continents.csv",
        false,
    ),
    facts("Limits", "2026-11-22", "limits-2026-11.tsv", true),
    facts(
        "What gateways and hubs carry",
        "2026-11-22",
        "throughput-2026-11.tsv",
        true,
    ),
    facts(
        "Round trips between regions",
        "2026-07-30",
        "latency-p50-2026-07.txt",
        false,
    ),
    facts(
        "What Azure refuses",
        "2026-11",
        "refusals-2026-11.tsv",
        false,
    ),
    facts(
        "What stands in subnets",
        "2026-11-28",
        "subnet-occupants-2026-11.tsv",
        false,
    ),
    facts(
        "What words mean",
        "2026-11-28",
        "glossary-2026-11.tsv",
        false,
    ),
    facts("Service tags", "2026-11-22", "service-tags.tsv", false),
    facts(
        "Private zones of services",
        "2026-11-28",
        "private-link-zones-2026-11.tsv",
        false,
    ),
];

impl Facts {
    /// Whether it is old on a day.
    ///
    /// ```
    /// use interspoke_core::facts::ALL;
    /// assert!(!ALL[0].is_old("2027-05-22"));
    /// assert!(ALL[0].is_old("2027-05-23"));
    /// ```
    #[must_use]
    pub fn is_old(&self, today: &str) -> bool {
        let limit = parts(self.date).map(later);
        self.ages
            && limit
                .zip(parts(today))
                .is_some_and(|(limit, today)| today > limit)
    }
}

/// What is old on a day.
pub fn old(today: &str) -> impl Iterator<Item = &'static Facts> + '_ {
    ALL.iter().filter(move |facts| facts.is_old(today))
}

/// Year, month, day; a month without a day is its last.
fn parts(date: &str) -> Option<(u32, u32, u32)> {
    let mut parts = date.split('-').map(|part| part.parse().ok());
    let (year, month) = (parts.next()??, parts.next()??);
    Some((year, month, parts.next().flatten().unwrap_or(31)))
}

/// The same day, so many months later.
const fn later((year, month, day): (u32, u32, u32)) -> (u32, u32, u32) {
    let months = month.saturating_sub(1).saturating_add(OLD_AFTER);
    (year.saturating_add(months / 12), months % 12 + 1, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ages_grows_old() {
        assert_eq!(old("2026-11-28").count(), 0);
        let names: Vec<&str> = old("2026-12-20").map(|facts| facts.file).collect();
        assert_eq!(names, ["vm-hours-2026-06.csv"]);
        assert_eq!(
            old("2099-01-01").count(),
            ALL.iter().filter(|facts| facts.ages).count()
        );
        assert_eq!(old("no day").count(), 0);
    }
}
