//! Points, rectangles and polylines.

use crate::scene::tenths;
use std::fmt::Write as _;

/// A point; y grows downwards.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// How far away another point is.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (other.x - self.x).hypot(other.y - self.y)
    }

    /// The point at a share of the way to another.
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
        )
    }
}

/// A rectangle with its sides along the axes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A rectangle.
    #[must_use]
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Right side.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower side.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// Middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = self.right().max(other.right());
        let bottom = self.bottom().max(other.bottom());
        Self::new(x, y, right - x, bottom - y)
    }

    /// The same with a margin on every side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.w + 2.0 * by,
            self.h + 2.0 * by,
        )
    }

    /// Whether they share an area.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether a point lies inside or on the border.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let near = 1e-6;
        point.x >= self.x - near
            && point.x <= self.right() + near
            && point.y >= self.y - near
            && point.y <= self.bottom() + near
    }

    /// Where the line from the middle towards `target` leaves the rectangle.
    #[must_use]
    pub fn border_toward(&self, target: Point) -> Point {
        let center = self.center();
        let (dx, dy) = (target.x - center.x, target.y - center.y);
        let share_x = if dx == 0.0 {
            f64::INFINITY
        } else {
            self.w / 2.0 / dx.abs()
        };
        let share_y = if dy == 0.0 {
            f64::INFINITY
        } else {
            self.h / 2.0 / dy.abs()
        };
        let share = share_x.min(share_y);
        if share.is_finite() {
            Point::new(center.x + dx * share, center.y + dy * share)
        } else {
            center
        }
    }

    /// Whether the segment between two points passes through the inside.
    #[must_use]
    pub fn crossed_by(&self, a: Point, b: Point) -> bool {
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        let sides = [
            (a.x - b.x, a.x - self.x),
            (b.x - a.x, self.right() - a.x),
            (a.y - b.y, a.y - self.y),
            (b.y - a.y, self.bottom() - a.y),
        ];
        for (step, room) in sides {
            if step == 0.0 {
                if room <= 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                low = low.max(room / step);
            } else {
                high = high.min(room / step);
            }
        }
        high - low > 1e-6
    }
}

/// A polyline without points that repeat the one before.
#[must_use]
pub(crate) fn without_repeats(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last().is_none_or(|last| last.distance(*point) > 0.5) {
            kept.push(*point);
        }
    }
    kept
}

/// The polyline moved to its left by a distance, corners kept sharp but never far away.
#[must_use]
pub(crate) fn beside(points: &[Point], distance: f64) -> Vec<Point> {
    let points = without_repeats(points);
    let normal = |a: Point, b: Point| {
        let length = a.distance(b).max(1e-9);
        Point::new((b.y - a.y) / length, (a.x - b.x) / length)
    };
    let before = |i: usize| {
        let a = i.checked_sub(1).and_then(|j| points.get(j))?;
        Some(normal(*a, *points.get(i)?))
    };
    let after = |i: usize| Some(normal(*points.get(i)?, *points.get(i + 1)?));
    points
        .iter()
        .enumerate()
        .map(|(i, point)| {
            let (n1, n2) = match (before(i), after(i)) {
                (Some(a), Some(b)) => (a, b),
                (Some(a), None) => (a, a),
                (None, Some(b)) => (b, b),
                (None, None) => return *point,
            };
            let (mx, my) = ((n1.x + n2.x) / 2.0, (n1.y + n2.y) / 2.0);
            let square = (mx * mx + my * my).max(0.2);
            Point::new(
                point.x + mx / square * distance,
                point.y + my / square * distance,
            )
        })
        .collect()
}

/// SVG path data of a polyline with rounded corners.
#[must_use]
pub fn path_data(points: &[Point], radius: f64) -> String {
    let mut data = String::new();
    for (i, point) in points.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| points.get(j));
        match (before, points.get(i + 1)) {
            (None, _) => {
                let _ = write!(data, "M{} {}", tenths(point.x), tenths(point.y));
            }
            (Some(before), Some(next)) => {
                let (back, on) = (before.distance(*point), point.distance(*next));
                let r = radius.min(back / 2.0).min(on / 2.0);
                let a = point.toward(*before, r / back.max(1e-9));
                let b = point.toward(*next, r / on.max(1e-9));
                let _ = write!(
                    data,
                    "L{} {}Q{} {} {} {}",
                    tenths(a.x),
                    tenths(a.y),
                    tenths(point.x),
                    tenths(point.y),
                    tenths(b.x),
                    tenths(b.y)
                );
            }
            (Some(_), None) => {
                let _ = write!(data, "L{} {}", tenths(point.x), tenths(point.y));
            }
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn border_lies_on_the_rectangle() {
        let rect = Rect::new(0.0, 0.0, 100.0, 40.0);
        assert_eq!(
            rect.border_toward(Point::new(50.0, 200.0)),
            Point::new(50.0, 40.0)
        );
        assert_eq!(
            rect.border_toward(Point::new(500.0, 20.0)),
            Point::new(100.0, 20.0)
        );
    }

    #[test]
    fn a_segment_through_a_rectangle_crosses_it() {
        let rect = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(rect.crossed_by(Point::new(-5.0, 5.0), Point::new(15.0, 5.0)));
        assert!(!rect.crossed_by(Point::new(-5.0, 12.0), Point::new(15.0, 12.0)));
        assert!(
            !rect.crossed_by(Point::new(-5.0, 10.0), Point::new(15.0, 10.0)),
            "along the border"
        );
    }

    #[test]
    fn there_and_back_run_on_different_sides() {
        let there = [Point::new(0.0, 0.0), Point::new(100.0, 0.0)];
        let back: Vec<Point> = there.iter().rev().copied().collect();
        let (a, b) = (beside(&there, 3.0), beside(&back, 3.0));
        assert_eq!(a.first().map(|p| p.y), Some(-3.0));
        assert_eq!(b.first().map(|p| p.y), Some(3.0));
    }
}
