//! The recommendation as a page of Markdown in the form that architects file: context, options, decision, consequences.
//!
//! The rule: every sentence is one that the comparison says itself, with its source and date; nothing is added. Options
//! stand in rank, each with its verdict, its cost, what is kept by hand and why it stands where it stands.
//!
//! | part | from |
//! |---|---|
//! | Context | the Intent: spokes, inspection, traffic, peaks |
//! | Decision, Consequences | the recommended pattern: what it shows, what a reader must know, limits and growth |
//! | What would change it | the ranges of sensitivity, where they are known, and what other patterns say of themselves |
//! | Sources | each document once |

use super::order::Ranked;
use super::rank::Rule;
use super::sensitivity::Range;
use super::verdict::{Assessment, Ground, Verdict};
use crate::intent::{Inspection, Intent};
use crate::issue::Source;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The page; `rows` are in rank.
#[must_use]
pub fn record(intent: &Intent, rows: &[&Assessment], rule: Rule, ranges: &[Range]) -> String {
    let mut page = String::new();
    let best = rows.first().filter(|row| row.verdict >= Verdict::Viable);
    let title = best.map_or("No pattern does all that is asked for", |row| {
        row.pattern.title()
    });
    let _ = writeln!(page, "# Network between spokes: {title}\n");
    let _ = writeln!(page, "## Context\n");
    context(&mut page, intent);
    let ranked = rule.ranked(rows);
    options(&mut page, rows, &ranked);
    if let Some(best) = best {
        decision(&mut page, best, &ranked);
        consequences(&mut page, best);
    }
    changes(&mut page, rows, ranges);
    sources(&mut page, rows);
    page
}

fn context(page: &mut String, intent: &Intent) {
    for region in &intent.regions {
        let _ = writeln!(page, "* {} spokes in {}", region.spokes, region.region);
    }
    let inspected = match intent.inspection {
        Inspection::None => "Nothing between spokes has to be inspected",
        Inspection::BetweenEnvironments => "Traffic between environments has to be inspected",
        Inspection::All => "All traffic between spokes has to be inspected",
    };
    let _ = writeln!(page, "* {inspected}");
    let traffic = &intent.traffic;
    let figures = [
        ("in each region", traffic.within_regions),
        ("between regions", traffic.between_regions),
        ("with on-premises", traffic.to_on_premises),
        ("to the Internet", traffic.to_internet),
    ];
    for (what, figure) in figures
        .into_iter()
        .filter(|(_, figure)| figure.gb.0.thousandths() > 0)
    {
        let _ = writeln!(page, "* {} {what}, each direction", figure.gb);
    }
    let peaks = [
        ("a pair", intent.peak_pair_mbps),
        ("a region", intent.peak_region_mbps),
    ];
    for (what, mbps) in peaks.into_iter().filter(|(_, mbps)| *mbps > 0) {
        let _ = writeln!(
            page,
            "* A peak of {} of {what}",
            crate::throughput::rate(mbps.into())
        );
    }
    if intent.growth_percent > 0 {
        let _ = writeln!(page, "* Growth of {} % a year", intent.growth_percent);
    }
}

fn cost(row: &Assessment) -> String {
    row.bill.as_ref().map_or_else(
        || "not built".to_owned(),
        |bill| {
            let least = if bill.is_complete() { "" } else { "at least " };
            format!("{least}{}", bill.total)
        },
    )
}

fn options(page: &mut String, rows: &[&Assessment], ranked: &Ranked<'_>) {
    let _ = writeln!(page, "\n## Options\n");
    let _ = writeln!(
        page,
        "| option | verdict | a month | kept by hand | rank |\n|---|---|---|---|---|"
    );
    for (at, row) in rows.iter().enumerate() {
        let why = ranked.because(at, at + 1).unwrap_or_default();
        let kept = row
            .upkeep
            .now
            .map_or_else(|| "?".to_owned(), |kept| kept.to_string());
        let _ = writeln!(
            page,
            "| {} (`{}`) | {} | {} | {kept} | {why} |",
            row.pattern.title(),
            row.pattern.id(),
            row.verdict.word(),
            cost(row)
        );
    }
}

fn cited(source: Option<Source>) -> String {
    source.map_or_else(String::new, |source| {
        format!(" ({}, {})", source.title, source.date)
    })
}

fn decision(page: &mut String, best: &Assessment, ranked: &Ranked<'_>) {
    let _ = writeln!(
        page,
        "\n## Decision\n\n{}, at {} a month.",
        best.pattern.title(),
        cost(best)
    );
    if let Some(why) = ranked.because(0, 1) {
        let _ = writeln!(page, "It stands {why}.");
    }
    let _ = writeln!(page);
    for reason in &best.reasons {
        let _ = writeln!(page, "* {}{}", reason.text, cited(reason.source));
    }
}

fn consequences(page: &mut String, best: &Assessment) {
    let _ = writeln!(page, "\n## Consequences\n");
    for says in &best.says {
        let _ = writeln!(page, "* {}{}", says.text, cited(says.source));
    }
    for (more, effort) in best.efforts.iter() {
        let _ = writeln!(
            page,
            "* {}: {} objects made, {} changed, {} of them elsewhere, {} by hand",
            more.word(),
            effort.made,
            effort.changed,
            effort.elsewhere,
            effort.by_hand()
        );
    }
    if let Some(growth) = &best.growth {
        let _ = writeln!(
            page,
            "* after {} months of growth, with {} spokes, a limit is passed: {}",
            growth.months, growth.spokes, growth.usage.limit.name
        );
    }
}

fn changes(page: &mut String, rows: &[&Assessment], ranges: &[Range]) {
    let _ = writeln!(page, "\n## What would change it\n");
    for range in ranges {
        let _ = writeln!(page, "* {}", range.sentence());
    }
    for row in rows.iter().filter(|row| row.verdict < Verdict::Viable) {
        if let Some(change) = &row.change {
            let _ = writeln!(page, "* `{}`: {change}", row.pattern.id());
        }
    }
}

fn sources(page: &mut String, rows: &[&Assessment]) {
    let _ = writeln!(page, "\n## Sources\n");
    let mut known = BTreeSet::new();
    for row in rows {
        let reasons = row
            .reasons
            .iter()
            .filter(|reason| !matches!(reason.ground, Ground::Holds(_)));
        let says = row.says.iter().filter_map(|says| says.source);
        for source in reasons.filter_map(|reason| reason.source).chain(says) {
            known.insert((source.title, source.date, source.url));
        }
    }
    for (title, date, url) in known {
        let _ = writeln!(
            page,
            "* {title}, {date}{}",
            if url.is_empty() {
                String::new()
            } else {
                format!(": {url}")
            }
        );
    }
}
