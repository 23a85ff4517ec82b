//! Where a word may stand: inside the picture, on no box, no other word, and as far from every line as there is room.
//!
//! Widths are estimates, as everywhere in the layout.

use super::measure::{WORD, chars};
use super::{Label, Point, Rect, Scene};

/// Distances from lines that are tried, the largest first. Nearer than the last, a word touches a track.
const MARGINS: [f64; 4] = [16.0, 12.0, 8.0, 5.0];

/// The room that a word takes, its middle and baseline at a point.
#[must_use]
pub fn room(text: &str, at: Point) -> Rect {
    let w = chars(text) * WORD;
    Rect::new(at.x - w / 2.0, at.y - 11.0, w, 14.0)
}

/// Of some places, all inside an area, the one that is clearest of lines; none where a word would touch something
/// everywhere.
pub(super) fn clearest(
    scene: &Scene,
    labels: &[Label],
    text: &str,
    places: &[Point],
    inside: Option<Rect>,
) -> Option<Point> {
    let rooms = places.iter().map(|at| room(text, *at));
    let near = rooms.reduce(|a, b| a.union(&b))?.grown(MARGINS[0]);
    let mut boxes: Vec<Rect> = scene.nodes.iter().map(|node| node.rect).collect();
    let words = scene.labels.iter().chain(labels);
    boxes.extend(words.map(|label| room(&label.text, label.at)));
    boxes.retain(|other| other.overlaps(&near));
    let mut lines: Vec<(Point, Point)> = Vec::new();
    for edge in &scene.edges {
        for pair in edge.points.iter().zip(edge.points.iter().skip(1)) {
            let pair = (*pair.0, *pair.1);
            // Lines to further rows share their beginning.
            if near.crossed_by(pair.0, pair.1) && !lines.contains(&pair) {
                lines.push(pair);
            }
        }
    }
    let mut best: Option<(f64, Point)> = None;
    for at in places {
        let rect = room(text, *at);
        let out = inside.is_some_and(|inside| inside.union(&rect.grown(4.0)) != inside);
        if out || boxes.iter().any(|other| other.overlaps(&rect.grown(2.0))) {
            continue;
        }
        let clear = |margin: &f64| {
            let wide = rect.grown(*margin);
            lines.iter().all(|(a, b)| !wide.crossed_by(*a, *b))
        };
        let margin = MARGINS.into_iter().find(clear);
        if margin > best.map(|(margin, _)| margin) {
            best = margin.map(|margin| (margin, *at));
        }
    }
    best.map(|(_, at)| at)
}
