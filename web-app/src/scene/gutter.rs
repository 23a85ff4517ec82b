//! How a path runs inside a hub: along its foot, so that it crosses no text.
//!
//! A hub has its names above and its machines in one row below them, each with its words at its right. A path that crossed
//! it straight would strike through them. So there is a gutter under the machines: a path comes down to it along the nearer
//! side, follows it, rises into the picture of each machine that handles the packet, and sinks back on the other side of
//! that picture.
//!
//! | comes from | way to the foot |
//! |---|---|
//! | below | straight up |
//! | the left or right | down along that side |
//! | above | under the upper border to the nearer side, then down |

use super::{Point, Rect};

/// Distance of the gutter, and of the way to it, from the border of the hub.
const INSET: f64 = 5.0;

/// How far left and right of a machine's middle a path rises and sinks.
const ASTRIDE: f64 = 5.0;

/// The room for paths in one hub.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gutter {
    hub: Rect,
}

impl Gutter {
    /// The gutter of a hub.
    pub(super) fn of(hub: Rect) -> Self {
        Self { hub }
    }

    fn foot(&self) -> f64 {
        self.hub.bottom() - INSET
    }

    /// From a point on the border to the foot.
    pub(super) fn down(&self, border: Point) -> Vec<Point> {
        let foot = self.foot();
        if border.y > foot {
            return vec![border, Point::new(border.x, foot)];
        }
        let side = if border.x < self.hub.center().x {
            self.hub.x + INSET
        } else {
            self.hub.right() - INSET
        };
        let under = border.y.max(self.hub.y + INSET);
        vec![
            border,
            Point::new(border.x, under),
            Point::new(side, under),
            Point::new(side, foot),
        ]
    }

    /// From the foot to a point on the border.
    pub(super) fn up(&self, border: Point) -> Vec<Point> {
        let mut way = self.down(border);
        way.reverse();
        way
    }

    /// From the foot into a machine, on the side that is nearer to where the path comes from. Says which side that was.
    pub(super) fn rise(&self, machine: Rect, from: f64) -> (f64, [Point; 2]) {
        let middle = machine.center();
        let astride = if from > middle.x { ASTRIDE } else { -ASTRIDE };
        let x = middle.x + astride;
        (
            astride,
            [Point::new(x, self.foot()), Point::new(x, middle.y)],
        )
    }

    /// Out of a machine to the foot, on the other side than the one it came by.
    pub(super) fn sink(&self, machine: Rect, astride: f64) -> [Point; 2] {
        let middle = machine.center();
        let x = middle.x - astride;
        [Point::new(x, middle.y), Point::new(x, self.foot())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: Rect = Rect::new(0.0, 0.0, 200.0, 80.0);
    /// What stands above the machines.
    const TEXTS: Rect = Rect::new(10.0, 8.0, 180.0, 30.0);

    #[test]
    fn no_way_to_the_foot_crosses_a_text() {
        let around = [(100.0, 80.0), (0.0, 40.0), (200.0, 20.0), (60.0, 0.0)];
        for (x, y) in around {
            let way = Gutter::of(HUB).down(Point::new(x, y));
            assert_eq!(way.last().map(|end| end.y), Some(75.0));
            let mut pieces = way.windows(2);
            assert!(
                pieces.all(|pair| !TEXTS.crossed_by(pair[0], pair[1])),
                "from {x}, {y}: {way:?}"
            );
        }
    }

    #[test]
    fn a_machine_is_left_on_the_other_side() {
        let machine = Rect::new(20.0, 44.0, 32.0, 26.0);
        let gutter = Gutter::of(HUB);
        let (astride, rise) = gutter.rise(machine, 0.0);
        let sink = gutter.sink(machine, astride);
        assert_eq!((rise[0].x, sink[1].x), (31.0, 41.0));
    }
}
