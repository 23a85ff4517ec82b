//! `cargo xtask dated`: which prices and limits are older than half a year. The exit code is 1 where one is, so that a monthly
//! run of it is noticed; `cargo xtask release` says it and goes on.
use std::time::{SystemTime, UNIX_EPOCH};

use interspoke_core::facts::{OLD_AFTER, old};

use crate::failure::{Failure, Result};

/// The command.
pub(crate) fn command_line() -> Result<()> {
    let found = warnings();
    if found.is_empty() {
        println!("prices and limits are younger than {OLD_AFTER} months");
        return Ok(());
    }
    Err(Failure::new(found.join("\n")))
}

/// A line for each file of facts that is old today.
pub(crate) fn warnings() -> Vec<String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    let today = day(days);
    old(&today)
        .map(|facts| {
            format!(
                "{} ({}) are of {}, older than {OLD_AFTER} months on {today}",
                facts.what, facts.file, facts.date
            )
        })
        .collect()
}

/// The day so many days after 1970-01-01, as `2026-11-28`: years are counted from March, so that the leap day is the last.
fn day(days: u64) -> String {
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, after) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970_are_dates() {
        // From `date -u -d @$((DAYS * 86400)) +%F`.
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_785, "2026-11-28"),
            (20_818, "2026-12-31"),
        ] {
            assert_eq!(day(days), expected);
        }
    }
}
