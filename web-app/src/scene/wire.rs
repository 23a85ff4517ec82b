//! Where the lines run.
//!
//! | between | line |
//! |---|---|
//! | a hub and its first row of spokes | straight |
//! | a hub and its further rows | down a channel through the rows, along over the row |
//! | neighbouring hubs | straight |
//! | hubs further apart | over the hubs; one blue body where they are more than four |
//! | hubs of a Virtual WAN | straight to the next one: their body joins the rest |
//! | spokes | see `join` |
//! | what stands at the edge and a hub | down between the regions, dotted |
//!
//! A peering is two objects and one line. Lines to a stack stand for all its members.

use super::direct;
use super::edge::{end, ways_out};
use super::grid::Spot;
use super::measure::{TOP_H, count};
use super::plan::Plan;
use super::rail::Rail;
use super::wiring::Wiring;
use super::{
    Edge, EdgeKind, Label, MachineKey, Mesh, MeshKind, Node, NodeKey, Point, Rect, Scene, join, top,
};
use interspoke_core::topology::{Link, LinkId, Party, Topology};
use std::collections::{BTreeMap, BTreeSet};

/// Lines between hubs that are not neighbours and have a lane of their own.
pub(super) const MOST_OVER: usize = 4;

/// How many links between hubs may need room over them.
pub(super) fn over(topology: &Topology, plan: &Plan) -> usize {
    let hubs: BTreeSet<_> = plan.vnet_hubs().collect();
    let between = pairs(topology)
        .filter(|link| hubs.contains(&link.from) && hubs.contains(&link.to))
        .count();
    if hubs.len() < 3 && plan.regions() < 2 {
        0
    } else {
        between
    }
}

/// Room over hubs for links between them.
pub(super) fn above(over: usize) -> f64 {
    match over {
        0 => 0.0,
        n if n <= MOST_OVER + 2 => 4.0 + 6.0 * count(n),
        _ => 18.0,
    }
}

/// One link of every peering: the one whose other object has the larger number, or that has none.
fn pairs(topology: &Topology) -> impl Iterator<Item = &Link> {
    let first = |link: &&Link| link.reverse.is_none_or(|reverse| link.id < reverse);
    topology.links().iter().filter(first)
}

/// Draws every line of the estate.
pub(super) fn wire(w: &Wiring, scene: &mut Scene) {
    rails(w, scene);
    between_hubs(w, scene);
    to_spokes(w, scene);
    join::join(w, scene);
    edge_of_azure(w, scene);
}

/// What is free around each box.
fn rails(w: &Wiring, scene: &mut Scene) {
    let down = scene.nodes.iter().find_map(|node| {
        let spot = w.spot(node.key)?;
        Some(node.rect.y - spot.rect.y)
    });
    let down = down.unwrap_or_default();
    let spine = scene
        .bands
        .iter()
        .map(|band| band.rect.right())
        .fold(0.0, f64::max)
        + 8.0;
    for node in &scene.nodes {
        let Some(spot) = w.spot(node.key) else {
            continue;
        };
        let floor = w.placed.floors.get(spot.line).copied().unwrap_or_default();
        let gap = w
            .placed
            .cells
            .get(spot.cell)
            .map_or(0.0, |cell| cell.band.x - 9.0);
        scene.rails.insert(
            node.key,
            Rail {
                x: node.rect.center().x,
                bottom: node.rect.bottom(),
                group: (spot.cell, spot.group),
                gutter: spot.gutter,
                floor: floor + down + 8.0,
                spine,
                gap,
            },
        );
    }
}

/// Lines between hubs and their spokes, one for each box.
fn to_spokes(w: &Wiring, scene: &mut Scene) {
    let mut seen: BTreeSet<(NodeKey, NodeKey)> = BTreeSet::new();
    let peerings = pairs(w.topology).filter_map(|link| {
        let hub = |vnet| w.known.is_hub(vnet);
        let (from, to) = match (hub(link.from), hub(link.to)) {
            (true, false) => (link.from, link.to),
            (false, true) => (link.to, link.from),
            _ => return None,
        };
        let kind = kind_of(link);
        let ends = (NodeKey::Vnet(from), w.plan.home(to)?);
        Some((ends, kind, Some(link.id), link.up))
    });
    let connections = w.topology.connections().iter().filter_map(|connection| {
        let ends = (NodeKey::Hub(connection.hub), w.plan.home(connection.vnet)?);
        Some((ends, EdgeKind::Connection, None, true))
    });
    let all: Vec<_> = peerings.chain(connections).collect();
    for (ends, kind, link, up) in all {
        if seen.insert(ends)
            && let Some(points) = to_spoke(w, scene, ends)
        {
            scene.edges.push(Edge {
                ends,
                kind,
                link,
                up,
                direct: false,
                points,
            });
        }
    }
}

fn kind_of(link: &Link) -> EdgeKind {
    if link.global {
        EdgeKind::GlobalPeering
    } else {
        EdgeKind::Peering
    }
}

/// From a hub down to a box: the first way that meets nothing else.
fn to_spoke(w: &Wiring, scene: &Scene, ends: (NodeKey, NodeKey)) -> Option<Vec<Point>> {
    let (hub, node) = (scene.node(ends.0)?, scene.node(ends.1)?);
    let (own, spot) = (w.spot(hub.key)?, w.spot(node.key)?);
    let to = Point::new(node.rect.center().x, node.rect.y);
    let from = Point::new(hub.rect.center().x, hub.rect.bottom());
    let over = node.rect.y - 9.0;
    let last = [Point::new(to.x, over), to];
    let mut ways: Vec<Vec<Point>> = Vec::new();
    if spot.first && to.y > from.y {
        ways.push(vec![from, to]);
    }
    if own.cell == spot.cell && to.y > from.y {
        ways.push(through_channel(spot, hub, node));
    }
    let gap = |spot: &Spot| {
        w.placed
            .cells
            .get(spot.cell)
            .map_or(0.0, |cell| cell.band.x)
    };
    // Under whatever stands beside the hub and reaches lower.
    let lower = scene.nodes.iter().filter(|n| n.rect.y < from.y + 9.0);
    let lower = lower.filter(|n| n.rect.bottom() < from.y + 60.0);
    let out = lower.map(|n| n.rect.bottom()).fold(from.y, f64::max) + 9.0;
    let inner = gap(spot) + 5.0;
    ways.push(vec![
        from,
        Point::new(from.x, out),
        Point::new(inner, out),
        Point::new(inner, over),
    ]);
    let (mine, theirs) = (scene.rails.get(&hub.key)?, scene.rails.get(&node.key)?);
    let mut around = vec![
        from,
        Point::new(from.x, out),
        Point::new(mine.gap, out),
        Point::new(mine.gap, mine.floor),
    ];
    if own.line != spot.line {
        around.extend([Point::new(-6.0, mine.floor), Point::new(-6.0, theirs.floor)]);
    }
    around.extend([
        Point::new(theirs.gap, theirs.floor),
        Point::new(theirs.gap, over),
    ]);
    ways.push(around);
    for way in &mut ways {
        if way.last() != Some(&to) {
            way.extend(last);
        }
    }
    let free = |way: &&Vec<Point>| is_clear(scene, way, &[hub.key, node.key]);
    ways.iter().find(free).or(ways.last()).cloned()
}

/// Down the channel of a group, along over the row.
fn through_channel(spot: &Spot, hub: &Node, node: &Node) -> Vec<Point> {
    let (x, entry) = (spot.channel, node.rect.y - spot.rect.y + spot.entry);
    let inside = hub.rect.x + 8.0 <= x && x <= hub.rect.right() - 8.0;
    let from = if inside { x } else { hub.rect.center().x };
    let over = node.rect.y - 9.0;
    vec![
        Point::new(from, hub.rect.bottom()),
        Point::new(x, entry),
        Point::new(x, over),
    ]
}

/// Whether a way meets no box but some.
pub(super) fn is_clear(scene: &Scene, way: &[Point], but: &[NodeKey]) -> bool {
    let pairs = || way.iter().zip(way.iter().skip(1));
    scene
        .nodes
        .iter()
        .filter(|node| !but.contains(&node.key))
        .all(|node| pairs().all(|(a, b)| !node.rect.grown(-0.5).crossed_by(*a, *b)))
}

fn hub_edge((ends, kind, link, up): HubLink, points: Vec<Point>) -> Edge {
    Edge {
        ends,
        kind,
        link,
        up,
        direct: false,
        points,
    }
}

/// Says how many links have no room: they stand in the table.
fn not_drawn(scene: &mut Scene, hidden: usize) {
    let text = format!("{hidden} more between hubs, not drawn");
    let tops = scene
        .bands
        .iter()
        .map(|band| Point::new(band.rect.center().x, band.rect.y + 14.0));
    let tops: Vec<Point> = tops.collect();
    if let Some(at) = super::label::clearest(scene, &[], &text, &tops, None) {
        scene.labels.push(Label {
            at,
            text,
            green: false,
        });
    }
}

type HubLink = ((NodeKey, NodeKey), EdgeKind, Option<LinkId>, bool);

fn between_hubs(w: &Wiring, scene: &mut Scene) {
    let both = |link: &&Link| w.known.is_hub(link.from) && w.known.is_hub(link.to);
    let mut links: Vec<HubLink> = pairs(w.topology)
        .filter(both)
        .map(|link| {
            let ends = (NodeKey::Vnet(link.from), NodeKey::Vnet(link.to));
            (ends, kind_of(link), Some(link.id), link.up)
        })
        .collect();
    links.extend(w.topology.tunnels().iter().filter_map(|tunnel| {
        let a = direct::vnet(w.topology, tunnel.a)?;
        let b = direct::vnet(w.topology, tunnel.b)?;
        let hubs = w.known.is_hub(a) || w.known.is_hub(b);
        let ends = (w.plan.home(a)?, w.plan.home(b)?);
        (hubs && a != b).then_some((ends, EdgeKind::Tunnel, None, true))
    }));
    let (straight, rest): (Vec<HubLink>, Vec<HubLink>) = links
        .into_iter()
        .partition(|(ends, ..)| beside(scene, *ends).is_some());
    let whole = || straight.iter().chain(&rest).cloned().collect::<Vec<_>>();
    if rest.len() > MOST_OVER && mesh_of_hubs(scene, &whole()) {
        neighbours_of_wan(w, scene);
        return;
    }
    for (ends, kind, link, up) in straight {
        let points = beside(scene, ends).unwrap_or_default();
        named(scene, &points, kind);
        scene.edges.push(hub_edge((ends, kind, link, up), points));
    }
    let (mut lane, mut hidden) = (0, 0);
    for link in rest {
        let points = over_hubs(scene, link.0, lane);
        let points = points
            .filter(|way| lane < 2 * MOST_OVER && is_clear(scene, way, &[link.0.0, link.0.1]));
        match points {
            Some(points) => scene.edges.push(hub_edge(link, points)),
            None => hidden += 1,
        }
        lane += 1;
    }
    if hidden > 0 {
        not_drawn(scene, hidden);
    }
    neighbours_of_wan(w, scene);
}

/// Hubs of a Virtual WAN that stand beside each other.
fn neighbours_of_wan(w: &Wiring, scene: &mut Scene) {
    let hubs = w.topology.hubs();
    for (at, hub) in hubs.iter().enumerate() {
        for other in hubs.iter().skip(at + 1) {
            let ends = (NodeKey::Hub(hub.id), NodeKey::Hub(other.id));
            let Some(points) = beside(scene, ends) else {
                continue;
            };
            scene.edges.push(Edge {
                ends,
                kind: EdgeKind::Wan,
                link: None,
                up: true,
                direct: false,
                points,
            });
        }
    }
}

/// A straight line between two hubs that stand beside each other with nothing between them.
fn beside(scene: &Scene, (a, b): (NodeKey, NodeKey)) -> Option<Vec<Point>> {
    let (a, b) = (scene.node(a)?, scene.node(b)?);
    let y = a.rect.center().y;
    let level = b.rect.y + 4.0 < y && y < b.rect.bottom() - 4.0;
    let (from, to) = if a.rect.x < b.rect.x {
        (a.rect.right(), b.rect.x)
    } else {
        (a.rect.x, b.rect.right())
    };
    let line = vec![Point::new(from, y), Point::new(to, y)];
    (level && is_clear(scene, &line, &[a.key, b.key])).then_some(line)
}

/// Writes on a line between two hubs what it is, where there is room.
fn named(scene: &mut Scene, points: &[Point], kind: EdgeKind) {
    let text = match kind {
        EdgeKind::GlobalPeering => "global peering",
        EdgeKind::Tunnel => "VPN tunnel",
        _ => return,
    };
    if let [a, b] = points
        && (a.x - b.x).abs() > 104.0
    {
        scene.labels.push(Label {
            at: Point::new((a.x + b.x) / 2.0, a.y - 6.0),
            text: text.to_owned(),
            green: false,
        });
    }
}

/// Over the hubs that stand between, or at the left where they stand in two lines.
pub(super) fn over_hubs(
    scene: &Scene,
    (a, b): (NodeKey, NodeKey),
    lane: usize,
) -> Option<Vec<Point>> {
    let (one, two) = (scene.node(a)?, scene.node(b)?);
    let aside = 6.0 * count(lane);
    let (ya, yb) = (one.rect.y - 7.0 - aside, two.rect.y - 7.0 - aside);
    let toward = if one.rect.x < two.rect.x { 1.0 } else { -1.0 };
    let ax = one.rect.center().x + toward * (8.0 + aside);
    let bx = two.rect.center().x - toward * (8.0 + aside);
    let mut points = vec![Point::new(ax, one.rect.y), Point::new(ax, ya)];
    if (one.rect.y - two.rect.y).abs() > 24.0 {
        let x = -4.0 + aside;
        points.extend([Point::new(x, ya), Point::new(x, yb)]);
    } else if (ya - yb).abs() > 0.5 {
        points.push(Point::new(bx, ya));
    }
    points.extend([Point::new(bx, yb), Point::new(bx, two.rect.y)]);
    Some(points)
}

/// Hubs joined by more links than can be drawn: one body over them, where it covers no box.
fn mesh_of_hubs(scene: &mut Scene, links: &[HubLink]) -> bool {
    let mut members: Vec<NodeKey> = Vec::new();
    for (a, b) in links.iter().map(|link| link.0) {
        for key in [a, b] {
            if !members.contains(&key) {
                members.push(key);
            }
        }
    }
    let nodes: Vec<&Node> = members.iter().filter_map(|key| scene.node(*key)).collect();
    let mut rows: BTreeMap<i64, Vec<Rect>> = BTreeMap::new();
    for node in &nodes {
        rows.entry(row_of(node.rect.center().y))
            .or_default()
            .push(node.rect);
    }
    let mut rects = Vec::new();
    let mut strips = Vec::new();
    for row in rows.into_values() {
        let top = row.iter().map(|rect| rect.y).fold(f64::INFINITY, f64::min) - 12.0;
        let stems = row
            .iter()
            .map(|rect| Rect::new(rect.center().x - 1.5, top, 3.0, rect.y - top));
        let stems: Vec<Rect> = stems.collect();
        let around = stems.iter().copied().reduce(|a, b| a.union(&b));
        strips.extend(around.map(|rect| Rect { h: 3.0, ..rect }));
        rects.extend(stems);
    }
    let several = strips.len() > 1;
    let first = strips.first().copied().unwrap_or_default();
    let last = strips.last().copied().unwrap_or_default();
    for mut strip in strips {
        if several {
            strip.w += strip.x + 4.0;
            strip.x = -4.0;
        }
        rects.push(strip);
    }
    if several {
        rects.push(Rect::new(-4.0, first.y, 3.0, last.bottom() - first.y));
    }
    let covered = |node: &Node| {
        rects
            .iter()
            .any(|part| part.overlaps(&node.rect.grown(-1.0)))
    };
    if scene.nodes.iter().any(covered) {
        return false;
    }
    let global = links
        .iter()
        .filter(|link| link.1 == EdgeKind::GlobalPeering)
        .count();
    let text = if global == links.len() {
        format!("{global} global peerings between hubs")
    } else {
        format!("{} links between hubs", links.len())
    };
    let label = Label {
        at: Point::new(first.center().x, first.y - 4.0),
        text,
        green: false,
    };
    scene.bodies.push(Mesh {
        kind: MeshKind::Hubs,
        rects,
        members,
        label,
        inside: false,
        lane: 0,
    });
    true
}

/// Boxes whose tops are near each other stand in one row.
fn row_of(y: f64) -> i64 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a coordinate of a picture is far from the limits of i64"
    )]
    let row = (y / 60.0).round() as i64;
    row
}

/// Tunnels to sites, circuits, and the ways to the Internet.
fn edge_of_azure(w: &Wiring, scene: &mut Scene) {
    let t = w.topology;
    let mut lane = 0;
    let mut attach = |scene: &mut Scene, top: NodeKey, to: (NodeKey, Option<MachineKey>), kind| {
        if let Some(points) = hang(w, scene, top, to, lane % top::MOST_LANES) {
            lane += 1;
            scene.edges.push(Edge {
                ends: (top, to.0),
                kind,
                link: None,
                up: true,
                direct: false,
                points,
            });
        }
    };
    for tunnel in t.tunnels() {
        match (tunnel.a, tunnel.b) {
            (Party::Site(site), other) | (other, Party::Site(site)) => {
                if let Some(to) = end(t, other) {
                    attach(scene, NodeKey::Site(site), to, EdgeKind::Tunnel);
                }
            }
            _ => {}
        }
    }
    for circuit in t.circuits() {
        let key = NodeKey::Circuit(circuit.id);
        for to in circuit.gateways.iter().filter_map(|party| end(t, *party)) {
            attach(scene, key, to, EdgeKind::Circuit);
        }
        for site in &circuit.sites {
            attach(scene, key, (NodeKey::Site(*site), None), EdgeKind::Circuit);
        }
        for other in circuit
            .global_reach
            .iter()
            .filter(|other| circuit.id < **other)
        {
            attach(
                scene,
                key,
                (NodeKey::Circuit(*other), None),
                EdgeKind::Circuit,
            );
        }
    }
    if scene.node(NodeKey::Internet).is_some() {
        for to in ways_out(t) {
            attach(scene, NodeKey::Internet, to, EdgeKind::NorthSouth);
        }
    }
}

/// From the row at the edge down to a hub: straight where it stands under it, else along a lane under the row; to
/// lower lines of regions at the right of all.
fn hang(
    w: &Wiring,
    scene: &Scene,
    top_key: NodeKey,
    (key, machine): (NodeKey, Option<MachineKey>),
    lane: usize,
) -> Option<Vec<Point>> {
    let (top, node) = (scene.node(top_key)?, scene.node(key)?);
    let Some(spot) = w.spot(key) else {
        return Some(along_edge(top, node));
    };
    let aside = count(lane) * top::LANE;
    let lane_y = TOP_H + 11.0 + aside;
    let x = machine
        .and_then(|machine| scene.machine(machine))
        .map_or(node.rect.center().x + 12.0 - aside, |(_, m)| {
            m.rect.center().x
        });
    let x = x.clamp(node.rect.x + 6.0, node.rect.right() - 6.0);
    let foot = Point::new(x, node.rect.y);
    let under = top.rect.x + 8.0 < x && x < top.rect.right() - 8.0;
    let out =
        (top.rect.center().x + (aside - 15.0)).clamp(top.rect.x + 6.0, top.rect.right() - 6.0);
    let start = [Point::new(out, top.rect.bottom()), Point::new(out, lane_y)];
    let mut ways: Vec<Vec<Point>> = Vec::new();
    if under {
        ways.push(vec![Point::new(x, top.rect.bottom()), foot]);
    }
    ways.push([start.as_slice(), &[Point::new(x, lane_y), foot]].concat());
    let rail = scene.rails.get(&key)?;
    let side = Point::new(rail.gap - aside / 3.0, lane_y);
    let level = node.rect.y + 12.0;
    ways.push(
        [
            start.as_slice(),
            &[
                side,
                Point::new(side.x, level),
                Point::new(node.rect.x, level),
            ],
        ]
        .concat(),
    );
    let spine = rail.spine + aside;
    let before = spot.line.checked_sub(1);
    if let Some(above) = before.and_then(|line| w.placed.floors.get(line)) {
        let floor = above + (node.rect.y - spot.rect.y) + 7.0 + aside / 2.0;
        let down = [
            Point::new(spine, lane_y),
            Point::new(spine, floor),
            Point::new(x, floor),
            foot,
        ];
        ways.push([start.as_slice(), &down].concat());
        let (gap, level) = (rail.gap, node.rect.y + 12.0);
        let down = [
            Point::new(spine, lane_y),
            Point::new(spine, floor),
            Point::new(gap, floor),
            Point::new(gap, level),
            Point::new(node.rect.x, level),
        ];
        ways.push([start.as_slice(), &down].concat());
    }
    let free = |way: &&Vec<Point>| is_clear(scene, way, &[top_key, key]);
    ways.iter().find(free).or(ways.last()).cloned()
}

/// Between two boxes of the row at the edge; over those between.
fn along_edge(a: &Node, b: &Node) -> Vec<Point> {
    let y = a.rect.center().y;
    let (from, to) = if a.rect.x < b.rect.x {
        (a.rect.right(), b.rect.x)
    } else {
        (a.rect.x, b.rect.right())
    };
    if (from - to).abs() < 40.0 {
        return vec![Point::new(from, y), Point::new(to, y)];
    }
    let over = -9.0;
    vec![
        Point::new(a.rect.center().x, a.rect.y),
        Point::new(a.rect.center().x, over),
        Point::new(b.rect.center().x, over),
        Point::new(b.rect.center().x, b.rect.y),
    ]
}
