//! Where charts have their axes, and the one of cost against traffic its lines.
//!
//! The rule: both axes begin at zero and their steps are 1, 2 or 5 and zeros. Names of lines stand at their right ends,
//! moved apart where they would lie on each other.
//!
//! | most | steps asked for | step |
//! |---|---|---|
//! | 100,000 GB | 5 | 20,000 |
//! | USD 3,120 | 5 | 1,000 |
//!
//! Left out: anything but straight pieces.

use super::{Arrangement, Point, Rect};
use interspoke_core::price::Curve;
use interspoke_core::units::{GbPerMonth, Money};

/// Room between names at the ends of lines.
const APART: f64 = 19.0;

/// The axes of a chart: both begin at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// The size of the chart.
    pub size: (f64, f64),
    /// The area of the lines.
    pub frame: Rect,
    /// Steps to the right: where, and how many.
    pub across: Vec<(f64, u64)>,
    /// Steps upwards: where, and how many.
    pub up: Vec<(f64, u64)>,
    most: (f64, f64),
}

impl Axes {
    /// Axes in a size, with room for the numbers at the left; each axis by its end and its step.
    pub(super) fn new(size: (f64, f64), left: f64, across: (u64, u64), up: (u64, u64)) -> Self {
        let frame = Rect::new(left, 22.0, size.0 - left - 34.0, size.1 - 22.0 - 46.0);
        let mut axes = Self {
            size,
            frame,
            across: Vec::new(),
            up: Vec::new(),
            most: (across.0 as f64, up.0 as f64),
        };
        let steps = steps_of(across.1, across.0);
        axes.across = steps
            .map(|count| (axes.at(count as f64, 0.0).x, count))
            .collect();
        let steps = steps_of(up.1, up.0);
        axes.up = steps
            .map(|count| (axes.at(0.0, count as f64).y, count))
            .collect();
        axes
    }

    /// Where so many to the right and so many upwards are.
    #[must_use]
    pub fn at(&self, across: f64, up: f64) -> Point {
        let (x, y) = (across / self.most.0, up / self.most.1);
        Point::new(
            self.frame.x + self.frame.w * x,
            self.frame.bottom() - self.frame.h * y,
        )
    }
}

/// A chart of cost against traffic, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Its axes: GB to the right, units of the currency upwards.
    pub axes: Axes,
    /// The corners of each line.
    pub lines: Vec<Vec<Point>>,
    /// Where the name of each line stands.
    pub ends: Vec<Point>,
}

impl Plot {
    /// Lays curves out up to a traffic.
    #[must_use]
    pub fn of(curves: &[&Curve], up_to: GbPerMonth, arrangement: Arrangement) -> Self {
        let (size, steps) = match arrangement {
            Arrangement::Beside => ((900.0, 350.0), 6),
            Arrangement::Stacked => ((340.0, 300.0), 4),
        };
        let dearest = curves.iter().flat_map(|curve| &curve.points);
        let dearest = dearest.map(|point| point.cost.nanos()).max().unwrap_or(0);
        let dearest = u64::try_from(dearest / 1_000_000_000).unwrap_or(0).max(1);
        let gb = (up_to.0.thousandths() / 1_000).max(1);
        let each = step(dearest, 6);
        let top = dearest.div_ceil(each).saturating_mul(each);
        let mut plot = Self {
            axes: Axes::new(size, 58.0, (gb, step(gb, steps)), (top, each)),
            lines: Vec::new(),
            ends: Vec::new(),
        };
        for curve in curves {
            let points = curve.points.iter();
            let corners = points.map(|point| plot.at(point.traffic, point.cost));
            plot.lines.push(corners.collect());
        }
        plot.ends = apart(&plot.lines, &plot.axes.frame);
        plot
    }

    /// Where a traffic and a cost are.
    #[must_use]
    pub fn at(&self, traffic: GbPerMonth, cost: Money) -> Point {
        let gb = traffic.0.thousandths() as f64 / 1e3;
        self.axes.at(gb, cost.nanos() as f64 / 1e9)
    }
}

fn steps_of(step: u64, most: u64) -> impl Iterator<Item = u64> {
    (0..=most / step).map(move |times| times * step)
}

/// The smallest step of 1, 2 or 5 and zeros that needs at most so many to pass a figure.
#[must_use]
pub fn step(most: u64, times: u64) -> u64 {
    let (mut step, mut turn) = (1_u64, 0_u32);
    while step.saturating_mul(times) < most && step < u64::MAX / 5 {
        step = if turn % 3 == 1 {
            step / 2 * 5
        } else {
            step * 2
        };
        turn += 1;
    }
    step
}

/// A place for the name of each line at its right end, none on another.
pub(super) fn apart(lines: &[Vec<Point>], frame: &Rect) -> Vec<Point> {
    let mut ends: Vec<(usize, Point)> = lines
        .iter()
        .map(|line| line.last().copied().unwrap_or(frame.center()))
        .enumerate()
        .collect();
    ends.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    // From the top down, then what left the frame is pushed up again.
    let mut free = f64::NEG_INFINITY;
    for (_, end) in &mut ends {
        end.y = end.y.max(free);
        free = end.y + APART;
    }
    let mut room = frame.bottom();
    for (_, end) in ends.iter_mut().rev() {
        end.y = end.y.min(room);
        room = end.y - APART;
    }
    ends.sort_by_key(|a| a.0);
    let aside = |(_, end): (usize, Point)| Point::new(frame.right() + 17.0, end.y);
    ends.into_iter().map(aside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interspoke_core::price::Point as Corner;

    fn curve(points: &[(u32, &str)]) -> Curve {
        let corner = |(gb, cost): &(u32, &str)| Corner {
            traffic: GbPerMonth::whole(*gb),
            cost: cost.parse().unwrap(),
        };
        Curve {
            points: points.iter().map(corner).collect(),
            complete: true,
        }
    }

    #[test]
    fn steps_are_round_and_few() {
        for (most, times, expected) in [
            (100_000, 6, 20_000),
            (3_120, 5, 1_000),
            (1, 5, 1),
            (7, 5, 2),
        ] {
            assert_eq!(step(most, times), expected, "{most}");
        }
    }

    #[test]
    fn lines_begin_on_the_left_edge_and_end_on_the_right_one_and_names_stand_apart() {
        let (a, b) = (
            curve(&[(0, "USD 0"), (100, "USD 500")]),
            curve(&[(0, "USD 400"), (100, "USD 501")]),
        );
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let plot = Plot::of(&[&a, &b], GbPerMonth::whole(100), arrangement);
            for line in &plot.lines {
                assert!((line[0].x - plot.axes.frame.x).abs() < 0.01);
                assert!((line[1].x - plot.axes.frame.right()).abs() < 0.01);
                assert!(
                    line.iter()
                        .all(|point| plot.axes.frame.grown(0.1).contains(*point))
                );
            }
            assert!((plot.ends[0].y - plot.ends[1].y).abs() >= APART - 0.01);
        }
    }
}
