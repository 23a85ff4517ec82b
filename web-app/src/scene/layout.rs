//! Where the boxes stand: the best of some ways to draw, turned into a scene.
//!
//! | what is tried | which |
//! |---|---|
//! | boxes | roomy, close, narrow |
//! | regions | from all in one line to one under the other |
//! | spokes | singly; folded into stacks where that does not fit, or is more than `fold::MOST` boxes |
//!
//! Small estates are never folded: a picture of 24 spokes may be higher than its viewport.

use super::direct::Body;
use super::fold::{self, Folding, Item};
use super::grid::{self, HubBox, Placed, Sizes, Spot};
use super::group::{self, Known, Region};
use super::machine;
use super::measure::{GAP, LANE, NAME, RANGE, chars, count};
use super::plan::{Plan, plan};
use super::wire;
use super::wiring::Wiring;
use super::{Band, Look, Node, NodeKey, Point, Rect, Role, Scene, Tint};
use interspoke_core::topology::{Topology, VnetId};
use std::collections::BTreeMap;

/// As many spokes are never folded.
const FEW: usize = 24;

/// Around everything.
const EDGE: f64 = 6.0;

/// A way to draw.
struct Way {
    placed: Placed,
    hubs: Vec<Node>,
    /// For each body: its lane, or none where it is drawn by arcs.
    lanes: Vec<Option<usize>>,
    score: f64,
    over: f64,
}

/// Lays out a whole estate.
#[must_use]
pub fn layout(topology: &Topology, look: &Look) -> Scene {
    let known = Known::of(topology);
    let regions = group::regions(topology, &known);
    let spokes: usize = regions.iter().map(Region::spokes).sum();
    let drawn_by = |folding| {
        let plan = plan(topology, &known, &regions, look, folding);
        let way = best(topology, &plan, look);
        (plan, way)
    };
    let fits = |(_, way): &(Plan, Way)| way.over <= look.viewport.h * 0.3;
    let singly = (spokes <= fold::MOST).then(|| drawn_by(Folding::None));
    let singly = singly.filter(|found| spokes <= FEW || fits(found));
    let (plan, way) = singly.unwrap_or_else(|| {
        if look.kinds.is_empty() {
            return drawn_by(Folding::Environments);
        }
        let kinds = drawn_by(Folding::Kinds);
        if fits(&kinds) || !look.open.is_empty() {
            return kinds;
        }
        let few = drawn_by(Folding::Environments);
        if few.1.over < kinds.1.over {
            few
        } else {
            kinds
        }
    });
    let mut scene = drawn(topology, look, &regions, &plan, &way);
    super::top::place(topology, look, &mut scene);
    let wiring = Wiring::new(topology, &plan, &way.placed, &way.lanes, &known);
    wire::wire(&wiring, &mut scene);
    scene.bounds = bounds(&scene, look);
    scene
}

/// Room under a row for arcs and their words.
const ARCS: f64 = 62.0;

fn best(topology: &Topology, plan: &Plan, look: &Look) -> Way {
    let w = look.viewport.w;
    let mut whole: Vec<bool> = plan.bodies.iter().map(|body| !plan.few(body)).collect();
    loop {
        let lanes = plan.lanes(&whole);
        let mut way: Option<Way> = None;
        for (at, (box_w, gap)) in boxes(topology, plan, w).into_iter().enumerate() {
            for many in 1..=plan.cells.len().max(1) {
                let mut found = tried(topology, plan, look, &lanes, (box_w, gap, many));
                found.score += 12.0 * count(at);
                if way.as_ref().is_none_or(|way| found.score < way.score) {
                    way = Some(found);
                }
            }
        }
        let Some(way) = way else {
            return Way::empty(lanes);
        };
        // Arcs need their members in one row.
        let broken: Vec<usize> = plan
            .bodies
            .iter()
            .enumerate()
            .filter(|(at, body)| whole.get(*at) == Some(&false) && !in_a_row(body, &way.placed))
            .map(|(at, _)| at)
            .collect();
        if broken.is_empty() {
            return way;
        }
        for at in broken {
            if let Some(one) = whole.get_mut(at) {
                *one = true;
            }
        }
    }
}

impl Way {
    fn empty(lanes: Vec<Option<usize>>) -> Self {
        Self {
            placed: Placed::default(),
            hubs: Vec::new(),
            lanes,
            score: 0.0,
            over: 0.0,
        }
    }
}

/// Whether all members stand at one height with nothing under them.
fn in_a_row(body: &Body, placed: &Placed) -> bool {
    let of = |key: &NodeKey| placed.part.spots.iter().find(|spot| spot.key == *key);
    let spots: Vec<&Spot> = body.members.iter().filter_map(of).collect();
    let Some(first) = spots.first() else {
        return true;
    };
    let level = spots
        .iter()
        .all(|spot| (spot.rect.y - first.rect.y).abs() < 0.5);
    let left = spots
        .iter()
        .map(|spot| spot.rect.x)
        .fold(f64::INFINITY, f64::min);
    let right = spots
        .iter()
        .map(|spot| spot.rect.right())
        .fold(0.0, f64::max);
    let under = Rect::new(left, first.rect.bottom() + 0.5, right - left, ARCS);
    level
        && !placed
            .part
            .spots
            .iter()
            .any(|spot| spot.rect.overlaps(&under))
}

/// Widths of boxes and gaps to try: roomy first.
fn boxes(topology: &Topology, plan: &Plan, w: f64) -> Vec<(f64, f64)> {
    let (mut name, mut range) = (0.0_f64, 0.0_f64);
    for item in plan.items.values() {
        let (title, detail) = words(topology, item);
        name = name.max(chars(&title) * NAME);
        range = range.max(chars(&detail) * RANGE);
    }
    let need = name.max(range) + 18.0;
    let most = (w - 56.0).max(84.0);
    let roomy = (need + 22.0).clamp(104.0, 190.0).min(most);
    let close = need.clamp(96.0, 150.0).min(most);
    let narrow = need.clamp(84.0, 112.0).min(most);
    vec![(roomy, 24.0), (roomy, GAP), (close, GAP), (narrow, 10.0)]
}

/// Title and range of a box.
fn words(topology: &Topology, item: &Item) -> (String, String) {
    match item.members.as_slice() {
        [one] => (short(topology, *one), machine::ranges(topology, *one)),
        many => (format!("{} spokes", many.len()), cover(topology, many)),
    }
}

/// The name of a VNet without that of its region before it.
fn short(topology: &Topology, vnet: VnetId) -> String {
    let vnet = topology.vnet(vnet);
    let own = vnet.name.strip_prefix(&vnet.region);
    let own = own.map(|rest| rest.trim_start_matches(['-', '_']));
    own.filter(|rest| !rest.is_empty())
        .unwrap_or(&vnet.name)
        .to_owned()
}

/// The smallest range around those of all members; how many there are, where that would say nothing.
fn cover(topology: &Topology, members: &[VnetId]) -> String {
    let ranges = members
        .iter()
        .flat_map(|vnet| topology.vnet(*vnet).prefixes.iter().copied());
    let around = ranges.reduce(|a, b| {
        let mut wide = a;
        while !wide.contains(&b) {
            match wide.supernet() {
                Some(next) => wide = next,
                None => break,
            }
        }
        wide
    });
    match around {
        Some(net) if net.prefix_len() >= 8 => net.trunc().to_string(),
        _ => format!("{} ranges", members.len()),
    }
}

fn sizes(
    (box_w, gap): (f64, f64),
    box_h: f64,
    lanes: usize,
    arcs: bool,
    margins: (f64, f64),
) -> Sizes {
    let lanes_h = if lanes > 0 {
        count(lanes) * LANE + 8.0
    } else {
        0.0
    };
    Sizes {
        box_w,
        box_h,
        gap,
        row_gap: 22.0 + lanes_h,
        below: lanes_h.max(if arcs { ARCS } else { 0.0 }),
        gutter: if lanes > 0 {
            8.0 + 9.0 * count(lanes)
        } else {
            0.0
        },
        above: 0.0,
        line_gap: 22.0 + 10.0 * count(lanes),
        margins,
    }
}

fn tried(
    topology: &Topology,
    plan: &Plan,
    look: &Look,
    lanes: &[Option<usize>],
    (box_w, gap, many): (f64, f64, usize),
) -> Way {
    let stacks = plan.items.values().any(Item::is_stack);
    let spokes = plan.items.values().filter(|item| !item.is_stack());
    let machines = spokes
        .flat_map(|item| &item.members)
        .any(|vnet| !machine::in_spoke(topology, *vnet, &Rect::default()).is_empty());
    let mut box_h = machine::SPOKE_H;
    if stacks {
        box_h += 15.0;
    }
    if machines {
        box_h += machine::MACHINE_H;
    }
    let most = lanes.iter().flatten().map(|lane| lane + 1).max();
    let arcs = lanes.iter().any(Option::is_none);
    let several = many < plan.cells.len();
    let over = wire::over(topology, plan);
    let edge = topology.tunnels().len() + topology.circuits().len();
    let margins = if several {
        let right = 8.0 + 7.0 * count(edge.min(6)) + 9.0 * count(most.unwrap_or(0));
        let left = if topology.hubs().is_empty() {
            8.0 + 6.0 * count(over.min(wire::MOST_OVER))
        } else {
            18.0
        };
        (left, right)
    } else {
        (2.0, 2.0)
    };
    let mut sizes = sizes((box_w, gap), box_h, most.unwrap_or(0), arcs, margins);
    sizes.above = wire::above(over);
    let all_w = look.viewport.w - 2.0 * EDGE;
    let line_w = (all_w - margins.0 - margins.1) / count(many) - 40.0;
    let mut hubs: Vec<Node> = Vec::new();
    for cell in &plan.cells {
        let own = cell.groups.iter().flat_map(|group| &group.hubs);
        for all in [cell.wan.iter().collect::<Vec<_>>(), own.collect()] {
            // Hubs of a region share its width.
            let limit = line_w / count(all.len().max(1)) - 16.0;
            hubs.extend(
                all.into_iter()
                    .map(|key| machine::hub(topology, *key, limit)),
            );
        }
    }
    let boxes: Vec<HubBox> = hubs
        .iter()
        .map(|hub| (hub.key, hub.rect.w, hub.rect.h))
        .collect();
    let placed = grid::grid(&plan.cells, &boxes, many, all_w, &sizes);
    let high = placed.part.h + super::top::height(topology, look);
    let over = (high - look.viewport.h).max(0.0);
    let wide = (placed.part.w - all_w).max(0.0);
    let score = over * 2.0 + wide * 20.0 + 60.0 * count(placed.part.folds) + 0.3 * high;
    Way {
        placed,
        hubs,
        lanes: lanes.to_vec(),
        score,
        over,
    }
}

/// The scene's boxes, bands and tints.
fn drawn(topology: &Topology, look: &Look, regions: &[Region], plan: &Plan, way: &Way) -> Scene {
    let down = super::top::height(topology, look);
    let mut scene = Scene::default();
    let mut order: Vec<&Spot> = way.placed.part.spots.iter().collect();
    let rank = |spot: &Spot| !plan.items.contains_key(&spot.key);
    order.sort_by(|a, b| {
        let hub_first = rank(b).cmp(&rank(a));
        let place = a
            .rect
            .y
            .total_cmp(&b.rect.y)
            .then(a.rect.x.total_cmp(&b.rect.x));
        a.cell.cmp(&b.cell).then(hub_first).then(place)
    });
    for spot in order {
        let mut rect = spot.rect;
        rect.y += down;
        let hub = way.hubs.iter().find(|hub| hub.key == spot.key);
        scene.nodes.extend(match (hub, plan.items.get(&spot.key)) {
            (Some(hub), _) => {
                let mut hub = hub.clone();
                machine::moved(&mut hub, Point::new(rect.x, rect.y));
                Some(hub)
            }
            (None, Some(item)) => Some(spoke(topology, look, item, spot.key, rect)),
            (None, None) => None,
        });
    }
    for (environment, rect) in &way.placed.part.tints {
        let mut rect = *rect;
        rect.y += down;
        let name = look.environments.names.get(usize::from(*environment));
        scene.tints.push(Tint {
            environment: *environment,
            name: name.cloned().unwrap_or_default(),
            name_at: Point::new(rect.x + 11.0, rect.bottom() - 6.0),
            rect,
        });
    }
    for (region, cell) in regions.iter().zip(&way.placed.cells) {
        let mut rect = cell.band;
        rect.y += down;
        let folded = region.spokes() > FEW;
        let note = folded.then(|| format!("{} spokes", region.spokes()));
        let y = if cell.wan.is_some() {
            rect.bottom() - 8.0
        } else {
            rect.y + 20.0
        };
        scene.bands.push(Band {
            name: region.name.clone(),
            note: note.unwrap_or_default(),
            name_at: Point::new(rect.x + 14.0, y),
            rect,
        });
    }
    scene.wan = wan(&way.placed, down);
    scene.home.clone_from(&plan.home);
    scene
}

/// The body of a Virtual WAN: a band over each line of regions, joined at the left.
fn wan(placed: &Placed, down: f64) -> Vec<Rect> {
    let mut bands: BTreeMap<usize, Rect> = BTreeMap::new();
    for cell in &placed.cells {
        if let Some(mut rect) = cell.wan {
            rect.y += down;
            let band = bands.entry(cell.line).or_insert(rect);
            *band = band.union(&rect);
        }
    }
    let mut all: Vec<Rect> = bands.into_values().collect();
    if let (Some(first), Some(last)) = (all.first().copied(), all.last().copied())
        && all.len() > 1
    {
        for band in &mut all {
            band.w += band.x;
            band.x = 0.0;
        }
        all.push(Rect::new(0.0, first.y, 12.0, last.bottom() - first.y));
    }
    all
}

fn spoke(topology: &Topology, look: &Look, item: &Item, key: NodeKey, rect: Rect) -> Node {
    let (short, detail) = words(topology, item);
    let title = match item.members.as_slice() {
        [one] => topology.vnet(*one).name.clone(),
        _ => short.clone(),
    };
    let role = if item.is_stack() {
        Role::Stack
    } else {
        Role::Spoke
    };
    let machines = match item.members.as_slice() {
        [one] => machine::in_spoke(topology, *one, &rect),
        _ => Vec::new(),
    };
    let first = item.members.first().copied();
    let environment = first.and_then(|vnet| look.environments.at(vnet));
    let name = environment.and_then(|at| look.environments.names.get(usize::from(at)));
    let note = if item.is_stack() {
        let mut kinds: Vec<Option<u32>> = item.members.iter().map(|v| look.kind(*v)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let alike = match kinds.len() {
            1 => String::from("routed alike"),
            n => format!("{n} kinds"),
        };
        match name {
            Some(name) => format!("{name}, {alike}"),
            None => alike,
        }
    } else {
        String::new()
    };
    let more = match item.members.as_slice() {
        [one] => subnets(topology, *one),
        _ => Vec::new(),
    };
    Node {
        title,
        short,
        detail,
        note,
        more,
        machines,
        members: item.members.clone(),
        environment,
        ..Node::new(key, role, rect)
    }
}

/// The first subnets of a VNet, with their ranges.
fn subnets(topology: &Topology, vnet: VnetId) -> Vec<String> {
    let all = topology
        .vnet(vnet)
        .subnets
        .iter()
        .map(|id| topology.subnet(*id));
    let told = all.filter_map(|subnet| Some(format!("{} {}", subnet.name, subnet.prefix?)));
    told.take(4).collect()
}

fn bounds(scene: &Scene, look: &Look) -> Rect {
    let boxes = scene.bands.iter().map(|b| b.rect);
    let boxes = boxes
        .chain(scene.nodes.iter().map(|n| n.rect))
        .chain(scene.wan.iter().copied());
    let bodies = scene
        .bodies
        .iter()
        .flat_map(|body| body.rects.iter().copied());
    let corners = scene
        .edges
        .iter()
        .flat_map(|e| &e.points)
        .map(|p| Rect::new(p.x, p.y, 0.0, 0.0));
    let all = boxes
        .chain(bodies)
        .chain(corners)
        .reduce(|a, b| a.union(&b));
    let all = all.unwrap_or(Rect::new(0.0, 0.0, 320.0, 120.0)).grown(EDGE);
    let (w, h) = (look.viewport.w, 180.0_f64.min(look.viewport.h));
    let (more_w, more_h) = ((w - all.w).max(0.0), (h - all.h).max(0.0));
    Rect::new(
        all.x - more_w / 2.0,
        all.y - more_h / 2.0,
        all.w + more_w,
        all.h + more_h,
    )
}
