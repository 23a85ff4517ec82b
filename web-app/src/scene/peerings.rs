//! Where the chart of peerings against spokes has its axes, lines, limits and the present design.
//!
//! The rule: both axes begin at zero and their steps are 1, 2 or 5 and zeros. A line is whole up to the most spokes that its
//! limit allows and broken past it. Limits at one number of spokes share one mark.
//!
//! | up to | full mesh, 1 region | hub and spoke |
//! |---|---|---|
//! | 20 spokes | bends up to 210 links | straight to 20 |
//! | 1,000 spokes, limit 500 | whole to 125,250, broken to 500,500 | the same, to 1,000 |
//!
//! Left out: how many objects a link has; it is two, everywhere.

use super::chart::{Axes, apart, step};
use super::{Arrangement, Point};
use interspoke_core::peering::{ChartPoint, MostSpokes, chart};

/// Corners of a bent line.
const CORNERS: u64 = 48;

/// Ways to join spokes, in the order of their letters.
const WAYS: usize = 4;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringLine {
    /// Up to its limit.
    pub whole: Vec<Point>,
    /// Past it.
    pub broken: Vec<Point>,
    /// Where its letter stands.
    pub end: Point,
}

/// A number of spokes that limits allow, and the ways that it is the most of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeeringLimit {
    /// The most spokes.
    pub spokes: u64,
    /// The ways.
    pub ways: Vec<usize>,
}

/// The chart, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringPlot {
    /// Its axes: spokes to the right, links upwards.
    pub axes: Axes,
    /// Each way's line.
    pub lines: Vec<PeeringLine>,
    /// Limits in sight, with where they are.
    pub limits: Vec<(f64, PeeringLimit)>,
}

/// Links of each way.
#[must_use]
pub const fn links(point: &ChartPoint) -> [u64; WAYS] {
    [
        point.full_mesh,
        point.regional_mesh,
        point.hub_and_spoke,
        point.groups,
    ]
}

/// The most spokes of each way.
#[must_use]
pub const fn most(most: &MostSpokes) -> [u64; WAYS] {
    [
        most.full_mesh,
        most.regional_mesh,
        most.hub_and_spoke,
        most.groups,
    ]
}

impl PeeringPlot {
    /// Lays the chart out up to so many spokes.
    #[must_use]
    pub fn of(up_to: u64, regions: u64, limits: &MostSpokes, arrangement: Arrangement) -> Self {
        let (size, steps) = match arrangement {
            Arrangement::Beside => ((900.0, 330.0), 10),
            Arrangement::Stacked => ((340.0, 300.0), 4),
        };
        let exact = |spokes: u64| chart(spokes, regions, 1).into_iter().next();
        let tallest = exact(up_to).map_or(1, |last| last.full_mesh).max(1);
        let each = step(tallest, 5);
        let top = tallest.div_ceil(each).saturating_mul(each);
        let axes = Axes::new(size, 66.0, (up_to, step(up_to, steps)), (top, each));
        let mut corners = chart(up_to, regions, CORNERS);
        let bounds = most(limits);
        corners.extend(
            bounds
                .into_iter()
                .filter(|most| *most < up_to)
                .filter_map(exact),
        );
        corners.sort_by_key(|corner| corner.spokes);
        corners.dedup_by_key(|corner| corner.spokes);
        let lines = bounds.into_iter().enumerate().map(|(way, most)| {
            let place = |corner: &ChartPoint| {
                let links = links(corner).get(way).copied().unwrap_or_default();
                axes.at(corner.spokes as f64, links as f64)
            };
            let inside = corners.iter().filter(|corner| corner.spokes <= most);
            let outside = corners
                .iter()
                .filter(|corner| corner.spokes >= most.min(up_to));
            let whole: Vec<Point> = std::iter::once(axes.at(0.0, 0.0))
                .chain(inside.map(place))
                .collect();
            let broken: Vec<Point> = if most < up_to {
                outside.map(place).collect()
            } else {
                Vec::new()
            };
            (whole, broken)
        });
        let lines: Vec<(Vec<Point>, Vec<Point>)> = lines.collect();
        let all: Vec<Vec<Point>> = lines
            .iter()
            .map(|(whole, broken)| [&whole[..], &broken[..]].concat())
            .collect();
        let ends = apart(&all, &axes.frame);
        let lines = lines.into_iter().zip(ends);
        Self {
            lines: lines
                .map(|((whole, broken), end)| PeeringLine { whole, broken, end })
                .collect(),
            limits: in_sight(bounds, up_to)
                .into_iter()
                .map(|limit| (axes.at(limit.spokes as f64, 0.0).x, limit))
                .collect(),
            axes,
        }
    }
}

/// Limits up to a number of spokes; equal ones are one.
fn in_sight(bounds: [u64; WAYS], up_to: u64) -> Vec<PeeringLimit> {
    let mut found: Vec<PeeringLimit> = Vec::new();
    for (way, spokes) in bounds
        .into_iter()
        .enumerate()
        .filter(|(_, most)| *most <= up_to)
    {
        match found.iter_mut().find(|known| known.spokes == spokes) {
            Some(known) => known.ways.push(way),
            None => found.push(PeeringLimit {
                spokes,
                ways: vec![way],
            }),
        }
    }
    found.sort_by_key(|limit| limit.spokes);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use interspoke_core::peering::most_spokes;

    #[test]
    fn a_line_is_whole_up_to_its_limit_and_broken_past_it() {
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let plot = PeeringPlot::of(1_000, 1, &most_spokes(1, 500, 250), arrangement);
            let known: Vec<(u64, Vec<usize>)> = plot
                .limits
                .iter()
                .map(|(_, limit)| (limit.spokes, limit.ways.clone()))
                .collect();
            assert_eq!(known, [(250, vec![3]), (500, vec![0, 1, 2])]);
            for line in &plot.lines {
                let (meets, goes_on) = (line.whole.last().unwrap(), line.broken.first().unwrap());
                assert!(meets.distance(*goes_on) < 0.01);
                let rises = [&line.whole[..], &line.broken[..]].concat();
                assert!(
                    rises
                        .windows(2)
                        .all(|pair| pair[0].x <= pair[1].x && pair[0].y >= pair[1].y - 0.01)
                );
                assert!(
                    rises
                        .iter()
                        .all(|point| plot.axes.frame.grown(0.1).contains(*point))
                );
            }
        }
    }

    #[test]
    fn nothing_is_broken_where_no_limit_is_in_sight() {
        let plot = PeeringPlot::of(100, 2, &most_spokes(2, 500, 250), Arrangement::Beside);
        assert!(plot.limits.is_empty());
        assert!(plot.lines.iter().all(|line| line.broken.is_empty()));
    }
}
