//! Imports, ready to show: commands, the report by kind, Azure beside the simulator.

use super::{Chip, Tone};
use crate::state::State;
use crate::text::import as words;
use interspoke_core::import::{
    Change, Comparison, Match, Report, Verdict, cli_command, graph_query, powershell_command,
};

/// The section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportView {
    /// Titles and commands.
    pub commands: Vec<(&'static str, String)>,
    /// Commands for what the export lacks.
    pub further: Option<String>,
    /// Types that were read, and those that routing does not need.
    pub counts: Vec<(&'static str, Vec<String>)>,
    /// Entries of the report by kind.
    pub entries: Vec<(&'static str, Vec<String>)>,
    /// What changed since the import before.
    pub since: Vec<String>,
    /// The score of all captured tables.
    pub score: Option<String>,
    /// Captured tables.
    pub comparisons: Vec<ComparedTable>,
}

/// A captured table beside ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedTable {
    /// Whose it is, and the score.
    pub title: String,
    /// The rows that differ.
    pub rows: Vec<ComparedLine>,
    /// The rows that are equal.
    pub equal: Vec<ComparedLine>,
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// The destination.
    pub prefix: String,
    /// The verdict.
    pub verdict: Chip,
    /// What Azure shows.
    pub captured: String,
    /// What is simulated.
    pub ours: String,
    /// Why.
    pub cause: String,
    /// What would make them equal.
    pub change: Option<Change>,
}

/// The section.
#[must_use]
pub fn import(state: &State) -> ImportView {
    let report = state.import.report.as_deref();
    ImportView {
        commands: vec![
            (words::CLI, cli_command()),
            (words::POWERSHELL, powershell_command()),
            (words::PORTAL, graph_query()),
        ],
        further: state.import.further.clone(),
        counts: report.map(counts).unwrap_or_default(),
        entries: report.map(entries).unwrap_or_default(),
        since: state.import.since.clone(),
        score: score(&state.import.comparisons),
        comparisons: state.import.comparisons.iter().map(compared).collect(),
    }
}

fn counts(report: &Report) -> Vec<(&'static str, Vec<String>)> {
    let lines = |counts: &std::collections::BTreeMap<String, usize>| -> Vec<String> {
        let line = |(kind, count): (&String, &usize)| {
            let short = kind.strip_prefix("microsoft.network/").unwrap_or(kind);
            format!("{count} {short}")
        };
        counts.iter().map(line).collect()
    };
    let all = [
        (words::READ, lines(&report.read)),
        (words::SKIPPED, lines(&report.skipped)),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect()
}

fn entries(report: &Report) -> Vec<(&'static str, Vec<String>)> {
    const KINDS: [Verdict; 9] = [
        Verdict::Unreadable,
        Verdict::Contradictory,
        Verdict::Truncated,
        Verdict::NotEvaluated,
        Verdict::Stub,
        Verdict::Inferred,
        Verdict::Assumed,
        Verdict::Skipped,
        Verdict::Note,
    ];
    let of = |verdict: Verdict| -> Vec<String> {
        let lines = report
            .of(verdict)
            .map(|entry| format!("{} ({})", entry.message, entry.place));
        lines.collect()
    };
    let all = KINDS
        .into_iter()
        .map(|verdict| (verdict.word(), of(verdict)));
    all.filter(|(_, lines)| !lines.is_empty()).collect()
}

const fn tone(verdict: Match) -> Tone {
    match verdict {
        Match::Equal => Tone::Good,
        Match::OtherNextHop => Tone::Bad,
        Match::Missing | Match::Besides => Tone::Warn,
    }
}

/// Of all captured tables together; none where there are none.
fn score(comparisons: &[Comparison]) -> Option<String> {
    let scores = comparisons.iter().map(Comparison::score);
    let (equal, all) = scores.fold((0_usize, 0_usize), |(equal, all), (more, of)| {
        (equal.saturating_add(more), all.saturating_add(of))
    });
    (!comparisons.is_empty()).then(|| words::score_of_all(equal, all, comparisons.len()))
}

fn compared(one: &Comparison) -> ComparedTable {
    let (equal, all) = one.score();
    let subject = one.subject.as_deref().unwrap_or(words::NO_SUBJECT);
    let line = |row: &interspoke_core::import::ComparedRow| ComparedLine {
        prefix: row.prefix.clone(),
        verdict: Chip::new(tone(row.verdict), row.verdict.word()),
        captured: row.captured.clone().unwrap_or_default(),
        ours: row.ours.clone().unwrap_or_default(),
        cause: row.cause.clone().unwrap_or_default(),
        change: row.change.clone(),
    };
    let (same, other): (Vec<_>, Vec<_>) =
        one.rows.iter().partition(|row| row.verdict == Match::Equal);
    ComparedTable {
        title: words::score(subject, equal, all),
        rows: other.into_iter().map(line).collect(),
        equal: same.into_iter().map(line).collect(),
    }
}
