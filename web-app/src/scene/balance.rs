//! Where a map of designs by cost and by work has its axes, points and names.
//!
//! The rule: cost runs to the right from zero in even steps, objects kept by hand upwards in tens, since designs differ by
//! powers of ten. What no other design beats has its name beside it; names that would lie on each other are moved apart.
//!
//! | objects by hand | height |
//! |---|---|
//! | 0 | at the bottom |
//! | 9, 99, 999 | one, two, three equal steps above |
//!
//! Left out: designs whose cost or work is not known; the table has them.

use super::chart::step;
use super::{Arrangement, Point, Rect};

/// Room between two names.
const LINE: f64 = 29.0;
/// From a point to its name.
const ASIDE: f64 = 12.0;
/// Half of what a point takes.
const DOT: f64 = 8.0;

/// A design to be placed: USD a month, objects by hand, and how wide the name beside it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// USD a month.
    pub cost: u64,
    /// Objects kept by hand.
    pub kept: u64,
    /// The width of its name; none where it has none.
    pub name: Option<f64>,
}

/// The map, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// Its size.
    pub size: (f64, f64),
    /// The area of the points.
    pub frame: Rect,
    /// Steps of cost: where, and how many.
    pub across: Vec<(f64, u64)>,
    /// Steps of objects: where, and how many.
    pub up: Vec<(f64, u64)>,
    /// Where each design is.
    pub points: Vec<Point>,
    /// Where its name begins, or ends where that lies left of it, and whether it does.
    pub names: Vec<Option<(Point, bool)>>,
}

impl Balance {
    /// Lays designs out.
    #[must_use]
    pub fn of(designs: &[Placed], arrangement: Arrangement) -> Self {
        let (size, times) = match arrangement {
            Arrangement::Beside => ((900.0, 340.0), 6),
            Arrangement::Stacked => ((340.0, 310.0), 3),
        };
        let frame = Rect::new(58.0, 26.0, size.0 - 58.0 - 22.0, size.1 - 26.0 - 46.0);
        let dearest = designs.iter().map(|one| one.cost).max().unwrap_or(0).max(1);
        let most = designs.iter().map(|one| one.kept).max().unwrap_or(0).max(9);
        let each = step(dearest, times);
        let right = dearest.div_ceil(each).saturating_mul(each);
        let tens = height(most).ceil();
        let x = |cost: u64| frame.x + frame.w * (cost as f64) / (right as f64);
        let y = |kept: u64| frame.bottom() - frame.h * height(kept) / tens;
        let points: Vec<Point> = { designs.iter() }
            .map(|one| Point::new(x(one.cost), y(one.kept)))
            .collect();
        let marks = std::iter::successors(Some(10_u64), |n| n.checked_mul(10));
        let marks = marks.take_while(|n| height(*n) <= tens + 0.05);
        Self {
            size,
            frame,
            across: (0..=right / each)
                .map(|n| (x(n * each), n * each))
                .collect(),
            up: std::iter::once(0).chain(marks).map(|n| (y(n), n)).collect(),
            names: names(designs, &points, &frame),
            points,
        }
    }
}

/// Tens of a number, of one more than it.
fn height(kept: u64) -> f64 {
    (kept as f64 + 1.0).log10()
}

/// Names right of their points, or left where the right edge is near; moved up or down until they lie on no name and no point.
fn names(designs: &[Placed], points: &[Point], frame: &Rect) -> Vec<Option<(Point, bool)>> {
    let dots = points
        .iter()
        .map(|at| Rect::new(at.x - DOT, at.y - DOT, 2.0 * DOT, 2.0 * DOT));
    let mut taken: Vec<Rect> = dots.collect();
    let mut order: Vec<(usize, Point, f64)> = { designs.iter().zip(points).enumerate() }
        .filter_map(|(at, (one, point))| Some((at, *point, one.name?)))
        .collect();
    order.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut found = vec![None; designs.len()];
    for (at, point, width) in order {
        let left = point.x + ASIDE + width > frame.right() && point.x - ASIDE - width > frame.x;
        let x = if left {
            point.x - ASIDE
        } else {
            (point.x + ASIDE).min(frame.right() + ASIDE - width)
        };
        let from = if left { x - width } else { x };
        let room = |y: f64| Rect::new(from, y - 11.0, width, LINE - 2.0);
        let free = |y: &f64| {
            let inside = *y > frame.y + 10.0 && *y < frame.bottom() - 16.0;
            inside && !taken.iter().any(|other| overlap(other, &room(*y)))
        };
        // The nearest place above or below that is free.
        let steps = (0..60)
            .map(|step| point.y + f64::from(step / 2) * if step % 2 == 0 { 4.0 } else { -4.0 });
        let y = { steps }.find(free).unwrap_or(point.y);
        taken.push(room(y));
        if let Some(slot) = found.get_mut(at) {
            *slot = Some((Point::new(x, y), left));
        }
    }
    found
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(cost: u64, kept: u64, named: bool) -> Placed {
        let name = named.then_some(90.0);
        Placed { cost, kept, name }
    }

    #[test]
    fn cost_runs_right_work_runs_up_and_names_stand_apart() {
        let designs = [
            placed(100, 0, true),
            placed(2_000, 9, true),
            placed(2_010, 9, true),
            placed(4_900, 990, false),
        ];
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let map = Balance::of(&designs, arrangement);
            let inside = |point: &Point| map.frame.grown(0.1).contains(*point);
            assert!(map.points.iter().all(inside), "{map:?}");
            assert!(map.points[0].x < map.points[1].x && map.points[0].y > map.points[1].y);
            assert!((map.points[0].y - map.frame.bottom()).abs() < 0.01);
            let name = |at: usize| map.names[at].unwrap().0;
            assert!((name(1).y - name(2).y).abs() >= LINE - 2.01);
            assert_eq!(map.names[3], None);
            let marks: Vec<u64> = map.up.iter().map(|(_, n)| *n).collect();
            assert_eq!(marks, [0, 10, 100, 1_000]);
        }
    }

    #[test]
    fn nothing_to_place_is_an_empty_map() {
        let map = Balance::of(&[], Arrangement::Beside);
        assert_eq!((map.points.len(), map.up.len()), (0, 2));
    }
}
