//! Cost against traffic for chosen patterns: lines, where the cheapest changes, and the same as sentences and a table.

use super::amount::{TrafficField, cents, field};
use super::compare::sentence;
use crate::scene::{Plot, Point};
use crate::state::{Charted, Field, State};
use crate::text;
use interspoke_core::pattern::Pattern;
use interspoke_core::price::{Cheapest, Curve, cheapest, volume};
use interspoke_core::units::{GbPerMonth, Money};

/// A pattern that may be in the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartChoice {
    /// The pattern.
    pub pattern: Pattern,
    /// Its line: the position of its letter and colour; none where it is not in the chart.
    pub series: Option<usize>,
}

/// A line of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// Its position.
    pub series: usize,
    /// Its corners.
    pub points: Vec<Point>,
    /// Where its letter stands.
    pub end: Point,
    /// Some of its prices are open: a lower bound.
    pub open: bool,
}

/// A traffic at which two lines cross.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartMark {
    /// Where.
    pub at: Point,
    /// The traffic, as `41 TB`; empty where another text stands near.
    pub text: String,
    /// The cheapest of all changes there.
    pub cheapest: bool,
}

/// A row of the table beside the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartRow {
    /// The traffic, and what it is.
    pub traffic: String,
    /// The cost of each pattern.
    pub costs: Vec<String>,
    /// The position of the cheapest.
    pub best: Option<usize>,
}

/// The chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartView {
    /// What it is of.
    pub about: String,
    /// Patterns that can be billed, in rank.
    pub choices: Vec<ChartChoice>,
    /// The end of the traffic.
    pub up_to: TrafficField,
    /// What is not computed yet, or cannot be.
    pub status: String,
    /// The axes; none where there is no curve.
    pub plot: Option<Plot>,
    /// Lines.
    pub lines: Vec<ChartLine>,
    /// Crossings.
    pub marks: Vec<ChartMark>,
    /// The traffic that is asked for.
    pub now: Option<(f64, String)>,
    /// Each pattern with where it is the cheapest.
    pub sentences: Vec<(usize, &'static str, String)>,
    /// The same as a table.
    pub rows: Vec<ChartRow>,
}

/// Cost against traffic.
pub(super) fn chart(state: &State) -> ChartView {
    let picked = state.charted_patterns();
    let series = |pattern: Pattern| picked.iter().position(|one| *one == pattern);
    let choices: Vec<ChartChoice> = state
        .billed_patterns()
        .into_iter()
        .map(|pattern| ChartChoice {
            pattern,
            series: series(pattern),
        })
        .collect();
    let end = state.chart_end();
    let mut view = ChartView {
        about: text::chart_of(&sentence(&state.intent())),
        status: status(state, &picked),
        choices,
        up_to: field(state, Field::ChartEnd, text::UP_TO, volume(end)),
        plot: None,
        lines: Vec::new(),
        marks: Vec::new(),
        now: None,
        sentences: Vec::new(),
        rows: Vec::new(),
    };
    let known: Vec<(usize, Pattern, &Charted)> = picked
        .iter()
        .enumerate()
        .filter_map(|(at, pattern)| Some((at, *pattern, state.charted(*pattern)?)))
        .collect();
    if known.is_empty() || known.len() < picked.len() {
        return view;
    }
    let curves: Vec<Curve> = known.iter().map(|(.., one)| one.curve.clone()).collect();
    let plot = Plot::of(&curves.iter().collect::<Vec<_>>(), end, state.arrangement);
    for ((series, _, one), (points, end)) in known.iter().zip(plot.lines.iter().zip(&plot.ends)) {
        view.lines.push(ChartLine {
            series: *series,
            points: points.clone(),
            end: *end,
            open: !one.curve.complete,
        });
    }
    let ranges = cheapest(&curves);
    view.marks = marks(&plot, &curves, &ranges);
    for (position, (series, pattern, one)) in known.iter().enumerate() {
        let mut before = known.iter().take(position);
        let same = before.find(|(.., other)| other.curve.points == one.curve.points);
        let says = match same {
            Some((_, pattern, _)) => text::costs_the_same(pattern.title()),
            None => says(&ranges, position, one, end),
        };
        view.sentences.push((*series, pattern.title(), says));
    }
    let now = known.first().map(|(.., one)| one.now);
    view.now = now.filter(|now| *now <= end).and_then(|now| {
        let cost = curves.first()?.cost_at(now)?;
        Some((plot.at(now, cost).x, text::asked_for(&volume(now))))
    });
    view.rows = rows(&curves, &ranges, now, end);
    view.plot = Some(plot);
    view
}

fn status(state: &State, picked: &[Pattern]) -> String {
    let Some(ranking) = &state.ranking else {
        return text::NO_PLAN.to_owned();
    };
    let (done, all) = ranking.progress();
    if done < all {
        return text::assessing(done, all);
    }
    let missing = picked.iter().filter(|one| state.charted(**one).is_none());
    match missing.count() {
        0 if picked.is_empty() => text::PICK_PATTERNS.to_owned(),
        0 => String::new(),
        missing => text::charting(picked.len() - missing, picked.len()),
    }
}

fn says(ranges: &[Cheapest], position: usize, one: &Charted, end: GbPerMonth) -> String {
    let mine = ranges.iter().filter(|range| range.position == position);
    let texts: Vec<String> = mine.map(Cheapest::text).collect();
    match (texts.is_empty(), one.curve.complete) {
        (false, true) => text::list(&texts),
        (false, false) => format!("{}, {}", text::list(&texts), text::KNOWN_PRICES),
        (true, true) => text::never_cheapest(&volume(end)),
        (true, false) => text::LOWER_BOUND.to_owned(),
    }
}

/// Where each two lines cross; those where the cheapest changes are named, unless two names would touch.
fn marks(plot: &Plot, curves: &[Curve], ranges: &[Cheapest]) -> Vec<ChartMark> {
    const ROOM: f64 = 52.0;
    let mut marks: Vec<ChartMark> = Vec::new();
    let mut last = f64::NEG_INFINITY;
    for range in ranges.iter().skip(1) {
        if let Some(cost) = curves
            .get(range.position)
            .and_then(|c| c.cost_at(range.from))
        {
            let at = plot.at(range.from, cost);
            let named = at.x - last > ROOM;
            last = if named { at.x } else { last };
            marks.push(ChartMark {
                at,
                text: if named {
                    volume(range.from)
                } else {
                    String::new()
                },
                cheapest: true,
            });
        }
    }
    for (traffic, cost) in crossings(curves) {
        let at = plot.at(traffic, cost);
        if marks.iter().all(|mark| mark.at.distance(at) > 1.0) {
            marks.push(ChartMark {
                at,
                text: String::new(),
                cheapest: false,
            });
        }
    }
    marks
}

/// Every crossing of two lines whose prices are all known.
fn crossings(curves: &[Curve]) -> Vec<(GbPerMonth, Money)> {
    let mut found = Vec::new();
    for (at, a) in curves.iter().enumerate() {
        for b in curves.iter().skip(at + 1) {
            if a.complete && b.complete {
                let pair = [a.clone(), b.clone()];
                let turns = cheapest(&pair);
                let turns = turns.iter().skip(1);
                found.extend(turns.filter_map(|turn| Some((turn.from, a.cost_at(turn.from)?))));
            }
        }
    }
    found
}

fn rows(
    curves: &[Curve],
    ranges: &[Cheapest],
    now: Option<GbPerMonth>,
    end: GbPerMonth,
) -> Vec<ChartRow> {
    let mut stops: Vec<GbPerMonth> = vec![GbPerMonth::ZERO, end];
    stops.extend(now.filter(|now| *now < end));
    stops.extend(crossings(curves).into_iter().map(|(traffic, _)| traffic));
    stops.sort_by(GbPerMonth::cmp);
    stops.dedup();
    let row = |traffic: GbPerMonth| {
        let costs = curves.iter().map(|curve| {
            let cost = curve.cost_at(traffic).map_or_else(String::new, cents);
            if curve.complete {
                cost
            } else {
                format!("{} {cost}", text::AT_LEAST)
            }
        });
        let turn = ranges.iter().skip(1).any(|range| range.from == traffic);
        let best = ranges.iter().rev().find(|range| range.from <= traffic);
        let what = match (turn, Some(traffic) == now) {
            (true, _) => text::BREAK_EVEN,
            (false, true) => text::ASKED_FOR,
            _ => "",
        };
        ChartRow {
            traffic: format!("{}{what}", volume(traffic)),
            costs: costs.collect(),
            best: best.map(|range| range.position),
        }
    };
    stops.into_iter().map(row).collect()
}
