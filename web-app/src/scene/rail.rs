//! Ways between boxes where nothing stands: down beside a group, along under a line of regions, along the side.
//!
//! | from one box to another | the way |
//! |---|---|
//! | in one row of one group | under the row |
//! | in two rows of a group | under the one, beside the group, under the other |
//! | in two regions of a line | down beside each group, along under the line |
//! | in two lines | the same, joined at the right of all regions |

use super::Point;

/// What is free around a box.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Rail {
    /// Middle of the box.
    pub(super) x: f64,
    /// Its lower edge.
    pub(super) bottom: f64,
    /// Its region and the group in it.
    pub(super) group: (usize, usize),
    /// Right of its group.
    pub(super) gutter: f64,
    /// Under its line of regions.
    pub(super) floor: f64,
    /// Right of all regions.
    pub(super) spine: f64,
    /// In the gap at the left of its region.
    pub(super) gap: f64,
}

/// How far under a row a lane lies.
pub(super) fn under(rail: &Rail, lane: usize) -> f64 {
    rail.bottom + 13.0 + super::measure::LANE * super::measure::count(lane)
}

/// The corners of a way between two boxes, leaving and arriving from below.
pub(super) fn way(a: &Rail, b: &Rail, lane: usize, at: f64) -> Vec<Point> {
    let (own, other) = (under(a, lane), under(b, lane));
    let (ax, bx) = (a.x + at, b.x + at);
    let mut points = vec![Point::new(ax, a.bottom), Point::new(ax, own)];
    let aside = 9.0 * super::measure::count(lane);
    let (ga, gb) = (a.gutter + aside, b.gutter + aside);
    if a.group == b.group {
        if (own - other).abs() > 0.5 {
            points.extend([Point::new(ga, own), Point::new(ga, other)]);
        }
    } else {
        let (fa, fb) = (a.floor + aside, b.floor + aside);
        points.extend([Point::new(ga, own), Point::new(ga, fa)]);
        if (fa - fb).abs() > 0.5 {
            let x = a.spine + aside;
            points.extend([Point::new(x, fa), Point::new(x, fb)]);
        }
        points.extend([Point::new(gb, fb), Point::new(gb, other)]);
    }
    points.extend([Point::new(bx, other), Point::new(bx, b.bottom)]);
    points
}
