//! The environments of a region's spokes, written by count, share, list or name pattern.
//!
//! The rule: parts are separated by commas. A pattern takes the spokes whose names it fits, a count and a share take the
//! next spokes that have none yet, and one environment alone takes the rest. Nothing but environments, as many as there are
//! spokes, is a list: one for each in turn.
//!
//! | text | of 4 spokes |
//! |---|---|
//! | `prod for 1, dev for 3` | prod, dev, dev, dev |
//! | `prod 50%, dev` | prod, prod, dev, dev |
//! | `dev for *spoke2, prod` | prod, dev, prod, prod |
//! | `prod, dev, dev, prod` | as listed |
//! | `prod for 1` | refused: 3 spokes have none |
//!
//! Left out: numbers from what stands in the field before; what is written replaces it.

use crate::text;

/// What one part says of its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Share<'t> {
    Rest,
    Count(usize),
    Percent(usize),
    Fits(&'t str),
}

/// The environment of each spoke.
///
/// # Errors
/// What was expected and what was found.
pub(super) fn read(text: &str, spokes: &[String], known: &[String]) -> Result<Vec<String>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let parts: Result<Vec<(&str, Share<'_>)>, String> =
        parts.map(|part| share(part, known)).collect();
    let parts = parts?;
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let listed = parts.iter().all(|(_, share)| *share == Share::Rest);
    if listed && parts.len() == spokes.len() {
        return Ok(parts.into_iter().map(|(name, _)| name.to_owned()).collect());
    }
    let mut given: Vec<Option<&str>> = vec![None; spokes.len()];
    for (name, share) in &parts {
        if let Share::Fits(pattern) = share {
            let fitting = spokes
                .iter()
                .zip(&mut given)
                .filter(|(spoke, _)| fits(pattern, spoke));
            let mut found = 0_usize;
            for (_, slot) in fitting {
                *slot = Some(name);
                found = found.saturating_add(1);
            }
            if found == 0 {
                return Err(text::environments_fit_nothing(pattern));
            }
        }
    }
    for (name, share) in &parts {
        let wanted = match share {
            Share::Count(count) => *count,
            Share::Percent(percent) => rounded(*percent, spokes.len()),
            Share::Rest | Share::Fits(_) => continue,
        };
        let open = given.iter_mut().filter(|slot| slot.is_none());
        open.take(wanted).for_each(|slot| *slot = Some(name));
    }
    rest(&parts, given)
}

fn rounded(percent: usize, of: usize) -> usize {
    percent
        .saturating_mul(of)
        .saturating_add(50)
        .checked_div(100)
        .unwrap_or_default()
}

/// One environment alone takes what is left.
fn rest<'t>(
    parts: &[(&'t str, Share<'_>)],
    mut given: Vec<Option<&'t str>>,
) -> Result<Vec<String>, String> {
    let mut alone = parts.iter().filter(|(_, share)| *share == Share::Rest);
    let open = given.iter().filter(|slot| slot.is_none()).count();
    let spokes = given.len();
    if let (Some((name, _)), None) = (alone.next(), alone.next()) {
        // A count that does not fit stays an error, also beside the rest.
        for slot in given.iter_mut().filter(|slot| slot.is_none()) {
            *slot = Some(name);
        }
    } else if open > 0 {
        return Err(text::environments_missing(open, spokes));
    }
    let counted = parts.iter().filter_map(|(_, share)| match share {
        Share::Count(count) => Some(*count),
        _ => None,
    });
    let wanted: usize = counted.sum();
    if wanted > spokes {
        return Err(text::environments_too_many(wanted, spokes));
    }
    Ok(given.into_iter().flatten().map(str::to_owned).collect())
}

/// `prod`, `prod for 4`, `prod 25%`, `25% prod`, `prod for *-dev-*`.
fn share<'t>(part: &'t str, known: &[String]) -> Result<(&'t str, Share<'t>), String> {
    let (name, share) = if let Some((name, of)) = part.split_once(" for ") {
        let of = of.trim();
        let share = of.parse().map_or(Share::Fits(of), Share::Count);
        (name.trim(), share)
    } else if let Some((a, b)) = part.split_once(' ').filter(|_| part.contains('%')) {
        let percent = |text: &str| text.trim().strip_suffix('%')?.trim().parse::<usize>().ok();
        match (percent(a), percent(b)) {
            (Some(percent), _) => (b.trim(), Share::Percent(percent)),
            (None, Some(percent)) => (a.trim(), Share::Percent(percent)),
            (None, None) => (part, Share::Rest),
        }
    } else {
        (part, Share::Rest)
    };
    if known.iter().any(|environment| environment == name) {
        Ok((name, share))
    } else {
        Err(text::no_environment(name, known))
    }
}

/// Whether a name fits a pattern in which `*` stands for any letters.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.into_iter()
                .any(|at| rest.get(at..).is_some_and(|rest| fits(after, rest)))
        }),
    }
}

/// Environments as they are read again: runs by count, one for all alone.
pub(super) fn written(each: &[String]) -> String {
    let mut runs: Vec<(&str, usize)> = Vec::new();
    for name in each {
        match runs.last_mut() {
            Some((last, count)) if last == name => *count = count.saturating_add(1),
            _ => runs.push((name, 1)),
        }
    }
    let short = runs.len().saturating_mul(2) <= each.len();
    if !short {
        return each.join(", ");
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|(name, count)| format!("{name} for {count}"))
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn check(text: &str, expected: Result<&[&str], &str>) {
        let spokes: Vec<String> = (1..=4).map(|n| format!("eastus-spoke{n}")).collect();
        let known = ["prod", "dev"].map(str::to_owned);
        let found = read(text, &spokes, &known);
        match expected {
            Ok(expected) => assert_eq!(found.unwrap(), expected, "{text}"),
            Err(part) => {
                let error = found.unwrap_err();
                assert!(error.contains(part), "{text}: {error}");
            }
        }
    }

    #[test]
    fn counts_shares_lists_and_patterns_are_read() {
        check("", Ok(&[]));
        check("prod", Ok(&["prod"; 4]));
        check("prod for 1, dev for 3", Ok(&["prod", "dev", "dev", "dev"]));
        check("prod 50%, dev", Ok(&["prod", "prod", "dev", "dev"]));
        check("25% dev, prod", Ok(&["dev", "prod", "prod", "prod"]));
        check(
            "dev for *spoke2, prod",
            Ok(&["prod", "dev", "prod", "prod"]),
        );
        check(
            "dev for eastus-spoke4, prod for 3",
            Ok(&["prod", "prod", "prod", "dev"]),
        );
        check("prod, dev, dev, prod", Ok(&["prod", "dev", "dev", "prod"]));
    }

    #[test]
    fn what_does_not_come_out_even_is_refused_with_numbers() {
        check("prod for 1", Err("3 of 4"));
        check("prod for 3, dev for 3", Err("found 6"));
        check("prod, dev", Err("4 of 4"));
        check("test for 4", Err("\"test\""));
        check("dev for *-dev-*, prod", Err("*-dev-*"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let each =
            |names: &[&str]| -> Vec<String> { names.iter().map(|n| (*n).to_owned()).collect() };
        assert_eq!(
            written(&each(&["prod", "dev", "dev", "dev"])),
            "prod for 1, dev for 3"
        );
        assert_eq!(
            written(&each(&["prod", "dev", "prod", "dev"])),
            "prod, dev, prod, dev"
        );
        assert_eq!(written(&[]), "");
    }
}
