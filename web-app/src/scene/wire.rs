//! Where the lines run.
//!
//! | between | line |
//! |---|---|
//! | a hub and its row of spokes | straight |
//! | a hub and its grid of spokes | along a bus over each row, so that no box is crossed |
//! | neighbouring hubs | straight |
//! | hubs further apart | over the hubs, or at the left where bands are stacked |
//! | spokes | along a bus under each row: see `bus` |
//! | a site or circuit and a gateway | down between the bands' heads |
//!
//! A peering is two objects and one line.

use super::bus::bus;
use super::measure::count;
use super::{
    Arrangement, Edge, EdgeKind, Label, MachineKey, Node, NodeKey, Point, Rect, Role, Scene, label,
};
use interspoke_core::topology::{Link, Party, Topology};

/// How many lines need room beside the boxes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lanes {
    /// Over the hubs of a band.
    pub(super) over: usize,
    /// At the left of stacked bands.
    pub(super) left: usize,
    /// Under the spokes.
    pub(super) under: usize,
    /// Between sites and bands.
    pub(super) tunnels: usize,
}

/// How far from the end of a machine's icon a line comes down: its name stands in the middle.
const BESIDE_NAME: f64 = 3.0;

/// Lines between spokes that are drawn one by one; a mesh beyond this is counted, not drawn.
const MOST_BETWEEN_SPOKES: usize = 400;

pub(super) fn lanes(topology: &Topology, arrangement: Arrangement) -> Lanes {
    let hub = |link: &&&Link| {
        super::group::is_hub(topology, link.from) && super::group::is_hub(topology, link.to)
    };
    let spoke = |link: &&&Link| {
        !super::group::is_hub(topology, link.from) && !super::group::is_hub(topology, link.to)
    };
    let hubs = topology
        .vnets()
        .iter()
        .filter(|v| super::group::is_hub(topology, v.id))
        .count();
    let wan = topology.hubs().len();
    let between_wan = wan * wan.saturating_sub(1) / 2;
    let between_hubs = pairs(topology).iter().filter(hub).count() + between_wan;
    let tunnels = (topology.tunnels().len() + topology.circuits().len()).min(6);
    let under = pairs(topology).iter().filter(spoke).count() + topology.connected_groups().len();
    match arrangement {
        Arrangement::Beside => {
            let over = if hubs + wan > 2 {
                between_hubs.saturating_sub(hubs + wan - 1)
            } else {
                0
            };
            Lanes {
                over,
                left: 0,
                under,
                tunnels,
            }
        }
        Arrangement::Stacked => Lanes {
            over: 0,
            left: between_hubs,
            under,
            tunnels,
        },
    }
}

/// One link of every peering: the one whose other object has the larger number, or that has none.
fn pairs(topology: &Topology) -> Vec<&Link> {
    let first = |link: &&Link| link.reverse.is_none_or(|reverse| link.id < reverse);
    topology.links().iter().filter(first).collect()
}

/// The boxes that a site or circuit is attached to.
pub(super) fn hangs_on(topology: &Topology, key: NodeKey) -> Vec<NodeKey> {
    let node = |party: Party| ends(topology, party).map(|(key, _)| key);
    let mut found = Vec::new();
    for tunnel in topology.tunnels() {
        if node(tunnel.a) == Some(key) {
            found.extend(node(tunnel.b));
        } else if node(tunnel.b) == Some(key) {
            found.extend(node(tunnel.a));
        }
    }
    for circuit in topology.circuits() {
        let own = NodeKey::Circuit(circuit.id) == key;
        let through = circuit.sites.iter().any(|site| NodeKey::Site(*site) == key);
        if own || through {
            found.extend(circuit.gateways.iter().filter_map(|party| node(*party)));
        }
    }
    found
}

/// The box of an end of a tunnel, and the machine in it.
fn ends(topology: &Topology, party: Party) -> Option<(NodeKey, Option<MachineKey>)> {
    Some(match party {
        Party::Gateway(id) => (
            NodeKey::Vnet(topology.gateway(id).vnet),
            Some(MachineKey::Gateway(id)),
        ),
        Party::Hub(id) => (NodeKey::Hub(id), None),
        Party::Site(id) => (NodeKey::Site(id), None),
        Party::Device(id) => {
            let nic = *topology.device(id).nics.first()?;
            (
                NodeKey::Vnet(topology.appliance(nic).vnet),
                Some(MachineKey::Appliance(nic)),
            )
        }
    })
}

/// Draws every line of the estate.
pub(super) fn wire(
    topology: &Topology,
    arrangement: Arrangement,
    lanes: &Lanes,
    scene: &mut Scene,
) {
    peerings(topology, arrangement, lanes, scene);
    for connection in topology.connections() {
        let (hub, vnet) = (NodeKey::Hub(connection.hub), NodeKey::Vnet(connection.vnet));
        if let (Some(a), Some(b)) = (scene.node(hub), scene.node(vnet)) {
            let points = down(scene, a, b);
            let ends = (hub, vnet);
            scene.edges.push(Edge {
                ends,
                kind: EdgeKind::Connection,
                link: None,
                up: true,
                points,
            });
        }
    }
    hubs_of_wan(topology, arrangement, lanes, scene);
    groups(topology, arrangement, scene);
    let mut lane = 0;
    let mut attach =
        |scene: &mut Scene, a: Party, b: Option<(NodeKey, Option<MachineKey>)>, kind| {
            if let (Some(a), Some(b)) = (ends(topology, a), b) {
                attach(scene, a, b, kind, lane, arrangement);
                lane += 1;
            }
        };
    for tunnel in topology.tunnels() {
        attach(scene, tunnel.a, ends(topology, tunnel.b), EdgeKind::Tunnel);
    }
    for circuit in topology.circuits() {
        let key = Some((NodeKey::Circuit(circuit.id), None));
        for gateway in &circuit.gateways {
            attach(scene, *gateway, key, EdgeKind::Circuit);
        }
        for site in &circuit.sites {
            attach(scene, Party::Site(*site), key, EdgeKind::Circuit);
        }
    }
}

/// Hubs of one Virtual WAN are joined, each with each; hubs further apart are joined over those between.
fn hubs_of_wan(topology: &Topology, arrangement: Arrangement, lanes: &Lanes, scene: &mut Scene) {
    let hubs = topology.hubs();
    let mut lane = 0;
    for (at, hub) in hubs.iter().enumerate() {
        for other in hubs.iter().skip(at + 1) {
            let ends = (NodeKey::Hub(hub.id), NodeKey::Hub(other.id));
            let (Some(a), Some(b)) = (scene.node(ends.0), scene.node(ends.1)) else {
                continue;
            };
            let points = match arrangement {
                Arrangement::Beside if neighbours(scene, a, b) => across(a, b),
                Arrangement::Beside => {
                    lane += 1;
                    around_top(a, b, lane)
                }
                Arrangement::Stacked => {
                    lane += 1;
                    around_left(a, b, lane, lanes.left)
                }
            };
            scene.edges.push(Edge {
                ends,
                kind: EdgeKind::Connection,
                link: None,
                up: true,
                points,
            });
        }
    }
}

/// Members of a connected group hang on one bus.
fn groups(topology: &Topology, arrangement: Arrangement, scene: &mut Scene) {
    for group in topology.connected_groups() {
        let keys = group.members.iter().map(|id| NodeKey::Vnet(*id));
        let members: Vec<NodeKey> = keys.filter(|key| scene.node(*key).is_some()).collect();
        for (one, next) in members.iter().zip(members.iter().skip(1)) {
            let ends = (*one, *next);
            let (Some(a), Some(b)) = (scene.node(ends.0), scene.node(ends.1)) else {
                continue;
            };
            if a.role != Role::Spoke
                || b.role != Role::Spoke
                || scene.between(*one, *next).is_some()
            {
                continue;
            }
            let points = bus(scene, a, b, arrangement);
            scene.edges.push(Edge {
                ends,
                kind: EdgeKind::Group,
                link: None,
                up: true,
                points,
            });
        }
    }
}

fn peerings(topology: &Topology, arrangement: Arrangement, lanes: &Lanes, scene: &mut Scene) {
    let (mut over, mut left, mut under, mut hidden) = (0, 0, 0, 0);
    for link in pairs(topology) {
        let ends = (NodeKey::Vnet(link.from), NodeKey::Vnet(link.to));
        let (Some(a), Some(b)) = (scene.node(ends.0), scene.node(ends.1)) else {
            continue;
        };
        let points = match (a.role, b.role) {
            (Role::Hub, Role::Hub) if neighbours(scene, a, b) => across(a, b),
            (Role::Hub, Role::Hub) if arrangement == Arrangement::Stacked => {
                left += 1;
                around_left(a, b, left, lanes.left)
            }
            (Role::Hub, Role::Hub) => {
                over += 1;
                around_top(a, b, over)
            }
            (Role::Hub, _) => down(scene, a, b),
            (_, Role::Hub) => down(scene, b, a).into_iter().rev().collect(),
            _ if under >= MOST_BETWEEN_SPOKES => {
                hidden += 1;
                continue;
            }
            _ => {
                under += 1;
                bus(scene, a, b, arrangement)
            }
        };
        let kind = if link.global {
            EdgeKind::GlobalPeering
        } else {
            EdgeKind::Peering
        };
        scene.edges.push(Edge {
            ends,
            kind,
            link: Some(link.id),
            up: link.up,
            points,
        });
    }
    label(scene);
    if hidden > 0 {
        let at = scene
            .bands
            .first()
            .map(|b| Point::new(b.rect.center().x, b.rect.bottom() - 6.0));
        let text = format!("{hidden} more links between spokes, not drawn");
        scene.labels.extend(at.map(|at| Label { at, text }));
    }
}

/// A word per global peering, and one per hub for the peerings with its spokes.
fn label(scene: &mut Scene) {
    let mut labels = Vec::new();
    // Lines between spokes share their bus and their word.
    let is_spoke = |key: NodeKey| scene.node(key).is_some_and(|node| node.role == Role::Spoke);
    let direct = |e: &&Edge| is_spoke(e.ends.0) && is_spoke(e.ends.1);
    let global = || {
        let edges = scene.edges.iter();
        edges.filter(|e| e.kind == EdgeKind::GlobalPeering)
    };
    let shared = global().filter(direct).count();
    let mut named = false;
    for edge in global() {
        let alike = if direct(&edge) { shared } else { 1 };
        if alike > 1 && named {
            continue;
        }
        let longest = edge
            .points
            .windows(2)
            .filter_map(|pair| Some((pair.first()?, pair.last()?)))
            .max_by(|a, b| a.0.distance(*a.1).total_cmp(&b.0.distance(*b.1)));
        let Some((a, b)) = longest else { continue };
        let text = match alike {
            1 => String::from("VNetGlobalPeering"),
            n => format!("{n} × VNetGlobalPeering"),
        };
        let middle = a.toward(*b, 0.5);
        let upright = (a.x - b.x).abs() < 1.0;
        // Where there is no room, the colour of the line says it, and the legend.
        let places = if upright {
            // Beside a lane at the left: in the gap between two bands, clear of the boxes.
            let gap = scene
                .bands
                .iter()
                .map(|band| band.rect.bottom() + 20.0)
                .find(|y| (a.y.min(b.y)..a.y.max(b.y)).contains(y));
            let right = scene.bands.first();
            let right = right.is_some_and(|band| middle.x > band.rect.center().x);
            let aside = if right { -66.0 } else { 66.0 };
            vec![Point::new(middle.x + aside, gap.unwrap_or(middle.y))]
        } else {
            [-14.0, 22.0, -20.0, 28.0]
                .map(|dy| Point::new(middle.x, middle.y + dy))
                .to_vec()
        };
        let Some(at) = label::clearest(scene, &labels, &text, &places, None) else {
            continue;
        };
        named |= alike > 1;
        labels.push(Label { at, text });
    }
    for hub in scene.nodes.iter().filter(|n| n.role == Role::Hub) {
        let own = own(scene, hub, &labels);
        labels.extend(own);
    }
    scene.labels.extend(labels);
}

/// The height at which lines between hubs run: through the middle of the machines, else under the name.
pub(super) fn level(hub: &Node) -> f64 {
    let machine = hub.machines.first().map(|m| m.rect.center().y);
    machine.unwrap_or_else(|| hub.rect.bottom() - 14.0)
}

/// The word for the peerings of a hub with the spokes under it, where there is room for it.
fn own(scene: &Scene, hub: &Node, labels: &[Label]) -> Option<Label> {
    let mut ends: Vec<Point> = scene
        .edges
        .iter()
        .filter(|e| e.kind == EdgeKind::Peering && (e.ends.0 == hub.key || e.ends.1 == hub.key))
        .filter_map(|e| {
            let (a, b) = (e.points.first()?, e.points.last()?);
            let end = if a.y > b.y { a } else { b };
            (end.y > hub.rect.bottom() + 1.0).then_some(*end)
        })
        .collect();
    ends.sort_by(|a, b| {
        (a.y, a.x)
            .partial_cmp(&(b.y, b.x))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let first = ends.first()?;
    let text = match ends.len() {
        1 => String::from("VNetPeering"),
        n => format!("{n} × VNetPeering"),
    };
    // Anywhere between the hub and its first row, where it is clearest of lines.
    let (top, bottom) = (hub.rect.bottom() + 14.0, first.y - 8.0);
    let mut places = Vec::new();
    let (mut y, middle) = (bottom, meeting(hub));
    while y >= top {
        let mut away = 0.0;
        while away <= 200.0 {
            places.push(Point::new(middle + away, y));
            places.push(Point::new(middle - away, y));
            away += 8.0;
        }
        y -= 8.0;
    }
    let band = scene
        .bands
        .iter()
        .find(|band| band.rect.contains(hub.rect.center()));
    let at = label::clearest(scene, labels, &text, &places, band.map(|band| band.rect))?;
    Some(Label { at, text })
}

/// Whether a straight line between two hubs meets no other box.
fn neighbours(scene: &Scene, a: &Node, b: &Node) -> bool {
    let (from, to) = (a.rect.center(), b.rect.center());
    let others = scene
        .nodes
        .iter()
        .filter(|n| n.key != a.key && n.key != b.key);
    (from.y - to.y).abs() < 0.5 && others.into_iter().all(|n| !n.rect.crossed_by(from, to))
}

fn straight(a: &Node, b: &Node) -> Vec<Point> {
    vec![
        a.rect.border_toward(b.rect.center()),
        b.rect.border_toward(a.rect.center()),
    ]
}

/// Between hubs that stand beside each other.
fn across(a: &Node, b: &Node) -> Vec<Point> {
    let y = level(a);
    let (from, to) = if a.rect.x < b.rect.x {
        (a.rect.right(), b.rect.x)
    } else {
        (a.rect.x, b.rect.right())
    };
    vec![Point::new(from, y), Point::new(to, y)]
}

/// Where the lines of a hub's spokes meet: under its firewall or NVA.
fn meeting(hub: &Node) -> f64 {
    let forwards = |m: &&super::Machine| !matches!(m.key, MachineKey::Gateway(_));
    let machine = hub
        .machines
        .iter()
        .find(forwards)
        .map(|m| m.rect.center().x);
    machine.unwrap_or_else(|| hub.rect.center().x)
}

fn around_top(a: &Node, b: &Node, lane: usize) -> Vec<Point> {
    let slot = count((lane - 1) % 8);
    let y = a.rect.y.min(b.rect.y) - 12.0 - 9.0 * slot;
    let (ax, bx) = (
        a.rect.center().x + slot * 7.0 - 24.0,
        b.rect.center().x + slot * 7.0 - 24.0,
    );
    vec![
        Point::new(ax, a.rect.y),
        Point::new(ax, y),
        Point::new(bx, y),
        Point::new(bx, b.rect.y),
    ]
}

fn around_left(a: &Node, b: &Node, lane: usize, lanes: usize) -> Vec<Point> {
    let slot = count((lane - 1) % 8);
    let x = 14.0 + 10.0 * (count(lanes.min(8)) - slot);
    let (ay, by) = (level(a) + slot * 4.0 - 8.0, level(b) + slot * 4.0 - 8.0);
    vec![
        Point::new(a.rect.x, ay),
        Point::new(x, ay),
        Point::new(x, by),
        Point::new(b.rect.x, by),
    ]
}

/// From a hub to a spoke under it.
fn down(scene: &Scene, hub: &Node, spoke: &Node) -> Vec<Point> {
    let under = spoke.rect.y >= hub.rect.bottom();
    let row = |node: &&Node| node.role == Role::Spoke && (node.rect.y - spoke.rect.y).abs() < 0.5;
    let band = scene
        .bands
        .iter()
        .find(|band| band.rect.contains(spoke.rect.center()));
    let inside = |node: &&Node| band.is_none_or(|band| band.rect.contains(node.rect.center()));
    let grid: Vec<&Node> = scene
        .nodes
        .iter()
        .filter(|n| n.role == Role::Spoke && aligned(n, spoke))
        .filter(inside)
        .collect();
    let first = grid.iter().map(|n| n.rect.y).fold(f64::INFINITY, f64::min);
    let one_row = grid.iter().all(row);
    let (from, to) = (meeting(hub), spoke.rect.center().x);
    if !under {
        return straight(hub, spoke);
    }
    let end = Point::new(to, spoke.rect.y);
    if one_row {
        let (left, right) = (hub.rect.x + 12.0 - from, hub.rect.right() - 12.0 - from);
        let lean = ((to - from) * 0.1).clamp(left, right);
        // Lines of several hubs end beside each other.
        let hubs = |node: &&Node| node.role == Role::Hub;
        let several = scene.nodes.iter().filter(hubs).filter(inside).count() > 1;
        let aside = if several {
            ((from - to) * 0.1).clamp(-16.0, 16.0)
        } else {
            0.0
        };
        let end = Point::new(to + aside, spoke.rect.y);
        return vec![Point::new(from + lean, hub.rect.bottom()), end];
    }
    let bus = first - 22.0;
    let start = [Point::new(from, hub.rect.bottom()), Point::new(from, bus)];
    if spoke.rect.y <= first + 0.5 {
        return [start.as_slice(), &[Point::new(to, bus), end]].concat();
    }
    let trunk = grid.iter().map(|n| n.rect.x).fold(f64::INFINITY, f64::min) - 14.0;
    let over = spoke.rect.y - 16.0;
    let rest = [
        Point::new(trunk, bus),
        Point::new(trunk, over),
        Point::new(to, over),
        end,
    ];
    [start.as_slice(), &rest].concat()
}

/// Spokes of one grid: they stand under each other, in columns of one width, near each other.
fn aligned(node: &Node, spoke: &Node) -> bool {
    let width = spoke.rect.w + super::measure::GAP;
    let columns = (node.rect.x - spoke.rect.x) / width;
    (columns - columns.round()).abs() < 0.02 && columns.abs() < 24.0
}

fn attach(
    scene: &mut Scene,
    a: (NodeKey, Option<MachineKey>),
    b: (NodeKey, Option<MachineKey>),
    kind: EdgeKind,
    lane: usize,
    arrangement: Arrangement,
) {
    let find = |(key, machine): (NodeKey, Option<MachineKey>)| {
        let node = scene.node(key)?;
        let inner = machine.and_then(|m| scene.machine(m)).map(|(_, m)| m.rect);
        Some((node, inner.unwrap_or(node.rect)))
    };
    let (Some((a_node, a_rect)), Some((b_node, b_rect))) = (find(a), find(b)) else {
        return;
    };
    let top = |node: &Node| matches!(node.role, Role::Site | Role::Circuit);
    let points = match (top(a_node), top(b_node)) {
        (false, true) => {
            let mut points = hang(scene, (b_node, b_rect), a_rect, lane, arrangement);
            points.reverse();
            points
        }
        (true, false) => hang(scene, (a_node, a_rect), b_rect, lane, arrangement),
        (true, true) => straight(a_node, b_node),
        (false, false) => {
            let y = a_rect.y.min(b_rect.y) - 30.0;
            let (ax, bx) = (a_rect.center().x, b_rect.center().x);
            let (up, down) = (Point::new(ax, a_rect.y), Point::new(bx, b_rect.y));
            vec![up, Point::new(ax, y), Point::new(bx, y), down]
        }
    };
    scene.edges.push(Edge {
        ends: (a.0, b.0),
        kind,
        link: None,
        up: true,
        points,
    });
}

/// From a site down to a machine: straight between the bands' heads, or at the right of stacked bands.
fn hang(
    scene: &Scene,
    (top, top_rect): (&Node, Rect),
    machine: Rect,
    lane: usize,
    arrangement: Arrangement,
) -> Vec<Point> {
    let slot = count(lane % 6);
    let x = machine.center().x;
    let first = scene
        .bands
        .first()
        .is_none_or(|band| band.rect.contains(machine.center()));
    if arrangement == Arrangement::Stacked && !first {
        let right = scene
            .bands
            .iter()
            .map(|b| b.rect.right())
            .fold(top.rect.right(), f64::max);
        let edge = right + 8.0 + 6.0 * slot;
        let (from, to) = (top_rect.center().y + slot * 4.0, machine.center().y);
        return vec![
            Point::new(top_rect.right(), from),
            Point::new(edge, from),
            Point::new(edge, to),
            Point::new(machine.right(), to),
        ];
    }
    // Down beside the machine's name, so that no word is crossed.
    let home = scene
        .nodes
        .iter()
        .find(|node| node.role == Role::Hub && node.rect.contains(machine.center()));
    let x = match home {
        Some(home) if home.rect != machine && x < home.rect.center().x => machine.x + BESIDE_NAME,
        Some(home) if home.rect != machine => machine.right() - BESIDE_NAME,
        _ => x,
    };
    if top_rect.x + 12.0 < x && x < top_rect.right() - 12.0 {
        return vec![Point::new(x, top_rect.bottom()), Point::new(x, machine.y)];
    }
    let side = if x < top_rect.center().x { -1.0 } else { 1.0 };
    let from = top_rect.center().x + side * (top_rect.w / 4.0);
    let y = top_rect.bottom() + 14.0 + 9.0 * if side < 0.0 { slot } else { slot - 1.0 }.max(0.0);
    vec![
        Point::new(from, top_rect.bottom()),
        Point::new(from, y),
        Point::new(x, y),
        Point::new(x, machine.y),
    ]
}
