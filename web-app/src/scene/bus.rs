//! Where direct lines between spokes run: along a bus under each row, so that no box is crossed.
//!
//! | the two spokes stand | the line goes |
//! |---|---|
//! | in one row, in one region or two | down to the bus, along it, up |
//! | in two rows of a region | along both buses, joined at the right of the boxes |
//! | in two rows of two regions beside each other | the same, joined in the gap between the regions |
//! | in two regions under each other | the same, joined at the right edge of the regions |
//!
//! Lines share their bus: a mesh is seen as what joins all, and a path is drawn along its own part of it.

use super::{Arrangement, Node, Point, Role, Scene};

/// How far a bus runs under its row.
const UNDER: f64 = 12.0;

/// The corners of a line between two spokes.
pub(super) fn bus(scene: &Scene, a: &Node, b: &Node, arrangement: Arrangement) -> Vec<Point> {
    // Beside the middle, where the word for source or destination stands.
    let foot = |node: &Node| node.rect.center().x + node.rect.w * 0.36;
    let (from, to) = (foot(a), foot(b));
    let (own, other) = (a.rect.bottom() + UNDER, b.rect.bottom() + UNDER);
    let mut points = vec![Point::new(from, a.rect.bottom()), Point::new(from, own)];
    if (own - other).abs() > 0.5 {
        let x = joint(scene, a, b, arrangement);
        points.extend([Point::new(x, own), Point::new(x, other)]);
    }
    points.extend([Point::new(to, other), Point::new(to, b.rect.bottom())]);
    points
}

/// Where two buses are joined.
fn joint(scene: &Scene, a: &Node, b: &Node, arrangement: Arrangement) -> f64 {
    let band = |node: &Node| {
        let bands = scene.bands.iter();
        bands
            .enumerate()
            .find(|(_, band)| band.rect.contains(node.rect.center()))
    };
    let edge = |rect: &super::Rect| rect.right() - 8.0;
    match (band(a), band(b)) {
        (Some((one, _)), Some((two, other))) if one != two => match arrangement {
            // In the gap before the band of the other end, or behind it.
            Arrangement::Beside if one < two => other.rect.x - 14.0,
            Arrangement::Beside => other.rect.right() + 14.0,
            Arrangement::Stacked => {
                let all = scene.bands.iter().map(|band| edge(&band.rect));
                all.fold(0.0, f64::max)
            }
        },
        (Some((_, band)), _) => {
            let spokes = scene.nodes.iter();
            let inside = spokes
                .filter(|node| node.role == Role::Spoke && band.rect.contains(node.rect.center()));
            let right = inside.map(|node| node.rect.right()).fold(0.0, f64::max);
            (right + 10.0).min(edge(&band.rect))
        }
        _ => a.rect.right().max(b.rect.right()) + 10.0,
    }
}
