//! Direct links between spokes, drawn: arcs under their row, or one green body that touches all members.
//!
//! An arc is a line of short pieces, deeper the farther its ends stand apart. A body is strips under the rows of its
//! members, stems up to each, and where there are several strips what joins them: down beside each group, along under
//! the line of regions, at the right of all.

use super::direct::{Body, Join};
use super::measure::{WORD, chars, count};
use super::rail::{Rail, under};
use super::wiring::Wiring;
use super::{Edge, Label, Mesh, MeshKind, NodeKey, Point, Rect, Scene};
use std::collections::BTreeMap;

/// Pieces of an arc.
const PIECES: usize = 16;
const SHALLOW: f64 = 13.0;
const DEEP: f64 = 43.0;
/// A strip, and the one that words stand in.
const STRIP: f64 = 7.0;
const WORDED: f64 = 15.0;
const THIN: f64 = 5.0;

/// Draws every body.
pub(super) fn join(w: &Wiring, scene: &mut Scene) {
    for (body, lane) in w.bodies() {
        match lane {
            None => arcs(body, scene),
            Some(lane) => whole(body, lane, scene),
        }
    }
}

/// An arc for each link.
fn arcs(body: &Body, scene: &mut Scene) {
    let place = |key: NodeKey| scene.node(key).map(|node| node.rect);
    let spans = body.joins.iter().filter_map(|join| {
        let (a, b) = (place(join.ends.0)?, place(join.ends.1)?);
        Some((a.center().x - b.center().x).abs())
    });
    let widest = spans.fold(1.0, f64::max);
    let anchors = anchors(body, scene);
    let mut edges = Vec::new();
    let (mut left, mut right, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);
    for (at, join) in body.joins.iter().enumerate() {
        let (Some(a), Some(b)) = (place(join.ends.0), place(join.ends.1)) else {
            continue;
        };
        let shift = |key: NodeKey| anchors.get(&(key, at)).copied().unwrap_or_default();
        let from = Point::new(a.center().x + shift(join.ends.0), a.bottom());
        let to = Point::new(b.center().x + shift(join.ends.1), b.bottom());
        let share = (a.center().x - b.center().x).abs() / widest;
        let depth = SHALLOW + (DEEP - SHALLOW) * share;
        left = left.min(from.x.min(to.x));
        right = right.max(from.x.max(to.x));
        bottom = bottom.max(from.y);
        edges.push(edge(join, arc(from, to, depth)));
    }
    scene.edges.extend(edges);
    if right > left {
        scene.labels.push(Label {
            at: Point::new((left + right) / 2.0, bottom + DEEP + 14.0),
            text: body.words.clone(),
            green: true,
        });
    }
}

fn edge(join: &Join, points: Vec<Point>) -> Edge {
    Edge {
        ends: join.ends,
        kind: join.kind,
        link: join.link,
        up: join.up,
        direct: true,
        points,
    }
}

/// How far from the middle of its box each link begins, so that arcs leave side by side and do not cross there.
fn anchors(body: &Body, scene: &Scene) -> BTreeMap<(NodeKey, usize), f64> {
    let mut found = BTreeMap::new();
    for key in &body.members {
        let Some(rect) = scene.node(*key).map(|node| node.rect) else {
            continue;
        };
        let mut own: Vec<(f64, usize)> = Vec::new();
        for (at, join) in body.joins.iter().enumerate() {
            let other = match join.ends {
                (a, b) if a == *key => b,
                (a, b) if b == *key => a,
                _ => continue,
            };
            let Some(to) = scene.node(other).map(|node| node.rect.center().x) else {
                continue;
            };
            // Left ones first, the near ones before the far; then right ones, the far ones before the near.
            own.push((-1.0 / (to - rect.center().x), at));
        }
        own.sort_by(|a, b| b.0.total_cmp(&a.0));
        let step = (rect.w * 0.6 / count(own.len().max(1))).min(7.0);
        let middle = (count(own.len()) - 1.0) / 2.0;
        for (place, (_, at)) in own.into_iter().enumerate() {
            found.insert((*key, at), (count(place) - middle) * step);
        }
    }
    found
}

/// Down, across and up, as a line of short pieces.
fn arc(from: Point, to: Point, depth: f64) -> Vec<Point> {
    (0..=PIECES)
        .map(|at| {
            let t = count(at) / count(PIECES);
            // Slow at both ends: the sides are steep.
            let along = t * t * (3.0 - 2.0 * t);
            let y = 1.0 - (2.0 * t - 1.0).abs().powi(3);
            let base = from.toward(to, along);
            Point::new(base.x, base.y + depth * y)
        })
        .collect()
}

/// A strip under a row of members.
struct Strip {
    rect: Rect,
    rail: Rail,
}

/// One body that touches all members.
fn whole(body: &Body, lane: usize, scene: &mut Scene) {
    let aside = 9.0 * count(lane);
    let shift = aside - 6.0;
    let mut rects = Vec::new();
    let mut strips: BTreeMap<(i64, (usize, usize)), Strip> = BTreeMap::new();
    for key in &body.members {
        let Some(rail) = scene.rails.get(key).copied() else {
            continue;
        };
        let y = under(&rail, lane);
        let x = rail.x + shift;
        rects.push(Rect::new(x - 2.5, rail.bottom, 5.0, y - rail.bottom));
        let here = Rect::new(x - 9.0, y - STRIP / 2.0, 18.0, STRIP);
        let strip = strips
            .entry((tenth(y), rail.group))
            .or_insert(Strip { rect: here, rail });
        strip.rect = strip.rect.union(&here);
    }
    let mut strips: Vec<Strip> = strips.into_values().collect();
    if !merged(scene, &mut strips) {
        connect(&strips, aside, &mut rects);
    }
    let widest = strips
        .iter()
        .map(|strip| strip.rect)
        .reduce(|a, b| if b.w > a.w { b } else { a });
    rects.extend(strips.iter().map(|strip| strip.rect));
    let Some(mut widest) = widest else { return };
    let inside = widest.w > chars(&body.words) * WORD + 14.0;
    if inside {
        widest = Rect::new(widest.x, widest.center().y - WORDED / 2.0, widest.w, WORDED);
        rects.push(widest);
    }
    let at = if inside {
        Point::new(widest.center().x, widest.bottom() - 3.8)
    } else {
        Point::new(widest.center().x, widest.bottom() + 12.0)
    };
    scene.bodies.push(Mesh {
        kind: MeshKind::Direct,
        rects,
        members: body.members.clone(),
        label: Label {
            at,
            text: body.words.clone(),
            green: true,
        },
        inside,
        lane,
    });
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a coordinate of a picture is far from the limits of i64"
)]
fn tenth(value: f64) -> i64 {
    (value * 10.0).round() as i64
}

/// Strips at one height with no box between them are one strip.
fn merged(scene: &Scene, strips: &mut Vec<Strip>) -> bool {
    let Some(all) = strips
        .iter()
        .map(|strip| strip.rect)
        .reduce(|a, b| a.union(&b))
    else {
        return true;
    };
    let free = !scene.nodes.iter().any(|node| node.rect.overlaps(&all));
    if all.h > STRIP + 0.5 || !free {
        return false;
    }
    if let Some(first) = strips.first_mut() {
        first.rect = all;
    }
    strips.truncate(1);
    true
}

/// What joins several strips.
fn connect(strips: &[Strip], aside: f64, rects: &mut Vec<Rect>) {
    let Some(first) = strips.first() else { return };
    let one_group = strips
        .iter()
        .all(|strip| strip.rail.group == first.rail.group);
    let mut floors: BTreeMap<i64, Rect> = BTreeMap::new();
    let mut side: Option<Rect> = None;
    for strip in strips {
        let x = strip.rail.gutter + aside;
        let y = strip.rect.center().y;
        let line = Rect::new(
            strip.rect.right() - 1.0,
            y - THIN / 2.0,
            x - strip.rect.right() + 3.5,
            THIN,
        );
        rects.push(line);
        let here = Rect::new(x - THIN / 2.0, y - THIN / 2.0, THIN, THIN);
        if one_group {
            side = Some(side.map_or(here, |side| side.union(&here)));
            continue;
        }
        let floor = strip.rail.floor + aside;
        rects.push(here.union(&Rect::new(here.x, floor, THIN, THIN / 2.0)));
        let foot = Rect::new(x - THIN / 2.0, floor - THIN / 2.0, THIN, THIN);
        let row = floors.entry(tenth(floor)).or_insert(foot);
        *row = row.union(&foot);
    }
    let several = floors.len() > 1;
    for mut floor in floors.into_values() {
        if several {
            let x = first.rail.spine + aside;
            let corner = Rect::new(x - THIN / 2.0, floor.y, THIN, THIN);
            floor = floor.union(&corner);
            side = Some(side.map_or(corner, |side| side.union(&corner)));
        }
        rects.push(floor);
    }
    rects.extend(side);
}
