//! Peerings against spokes: what each way to join spokes takes, how far it goes, and where the design stands.

use crate::scene::{PeeringPlot, Point, links, most};
use crate::state::State;
use crate::text;
use interspoke_core::intent::ConnectedGroupSize;
use interspoke_core::limit::Limit;
use interspoke_core::pattern::bounds::month_past;
use interspoke_core::peering::{ChartPoint, PeeringCount, chart, most_spokes};

/// Ends of the axis of spokes that can be chosen.
const ENDS: [u64; 5] = [20, 100, 500, 1_000, 5_000];

/// A way to join spokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeeringWay {
    /// Its position: its letter and colour.
    pub way: usize,
    /// Its name.
    pub title: &'static str,
    /// Its formula, and the most spokes that its limit allows.
    pub says: String,
}

/// A number of spokes.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringStep {
    /// Where.
    pub x: f64,
    /// How many.
    pub spokes: String,
    /// Links of each way that has a line.
    pub links: Vec<String>,
    /// All of it in words.
    pub says: String,
}

/// The chart.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringChart {
    /// What it is of.
    pub about: String,
    /// Ends that can be chosen, and whether each is.
    pub ends: Vec<(u64, bool)>,
    /// Axes and lines.
    pub plot: PeeringPlot,
    /// Ways with a line.
    pub ways: Vec<PeeringWay>,
    /// The present design.
    pub now: Option<(Point, String)>,
    /// Numbers of spokes, from the left.
    pub steps: Vec<PeeringStep>,
}

/// The chart for the estate's regions, with the estate in it.
pub(super) fn peering_chart(state: &State, count: &PeeringCount) -> PeeringChart {
    let (spokes, regions) = (count.spokes.0, count.spokes.1.max(1));
    let up_to = state.peering_end.unwrap_or_else(|| usual_end(spokes));
    let objects = Limit::named("vnet.peerings");
    let intent = state.document.design.as_ref().map(|design| &design.intent);
    let size = intent.map_or(ConnectedGroupSize::Usual, |intent| intent.connected_groups);
    let members = Limit::named(size.limit());
    let value = |limit: Option<&Limit>| limit.map_or(u64::MAX, |limit| limit.value);
    let bounds = most_spokes(regions, value(objects), value(members));
    let plot = PeeringPlot::of(up_to, regions, &bounds, state.arrangement);
    // In one region a mesh of each region is the full mesh.
    let shown = |way: &usize| *way != 1 || regions > 1;
    let ways: Vec<usize> = (0..text::PEERING_WAYS.len()).filter(shown).collect();
    let growth = intent.filter(|intent| intent.growth_percent > 0);
    let way = |way: usize| {
        let most = most(&bounds).get(way).copied()?;
        let members = members.filter(|limit| way == 3 && most == limit.value);
        let months = growth.and_then(|intent| month_past(intent, spokes, most));
        let formula = text::peering_formula(way, regions == 1);
        let bound = text::most_spokes(most, members.or(objects)?, months);
        Some(PeeringWay {
            way,
            title: text::PEERING_WAYS.get(way)?,
            says: format!("{formula}; {bound}"),
        })
    };
    let now = (spokes > 0 && spokes <= up_to && count.links > 0).then(|| {
        let at = plot.axes.at(spokes as f64, count.links as f64);
        (at, text::present(spokes, count.links))
    });
    let axis = plot.axes.across.iter().filter(|(_, spokes)| *spokes > 0);
    let steps = axis.filter_map(|(x, spokes)| {
        let point = chart(*spokes, regions, 1).into_iter().next()?;
        Some(step(*x, &point, &ways))
    });
    PeeringChart {
        about: text::peering_chart(regions),
        ends: ENDS.map(|end| (end, end == up_to)).to_vec(),
        ways: ways.iter().filter_map(|at| way(*at)).collect(),
        // A design above the top of the chart is not in sight.
        now: now.filter(|(at, _)| at.y >= plot.axes.frame.y),
        steps: steps.collect(),
        plot,
    }
}

/// The smallest end with room for a quarter more.
fn usual_end(spokes: u64) -> u64 {
    let mut fitting = ENDS.into_iter();
    let fitting = fitting.find(|end| end.saturating_mul(4) >= spokes.saturating_mul(5));
    fitting.unwrap_or(5_000)
}

fn step(x: f64, point: &ChartPoint, ways: &[usize]) -> PeeringStep {
    let counts = links(point);
    let of = |way: &usize| text::grouped(counts.get(*way).copied().unwrap_or_default());
    let each = ways.iter().map(|way| {
        let title = text::PEERING_WAYS.get(*way).copied().unwrap_or_default();
        format!("{title} {}", of(way))
    });
    let spokes = text::grouped(point.spokes);
    PeeringStep {
        x,
        says: format!("{spokes} spokes: {}", each.collect::<Vec<_>>().join(", ")),
        links: ways.iter().map(of).collect(),
        spokes,
    }
}
