//! Where a packet's path runs over the picture.
//!
//! A track follows the lines between the boxes its packet visits and touches each machine that handles it. It takes the
//! place of the line it follows; where request and reply share one, each keeps to its own side of it.
//!
//! A packet that is lost where it starts leaves its box all the same, as far as the cross: so its direction is seen.

use super::gutter::Gutter;
use super::label::clearest;
use super::measure::chars;
use super::point::{beside, without_repeats};
use super::{Label, MachineKey, NodeKey, Point, Rect, Role, Scene, rail, wire};
use interspoke_core::route::{Branch, Hop, Outcome, Place};
use interspoke_core::topology::Topology;

/// How a drawn path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// An arrow.
    Delivered,
    /// A cross.
    Lost,
}

/// A numbered stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// From 1.
    pub number: usize,
    /// Where it stands.
    pub at: Point,
}

/// One direction of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Corners.
    pub points: Vec<Point>,
    /// Numbered stops.
    pub stops: Vec<Stop>,
    /// How it ends.
    pub end: End,
    /// Where the cross of a lost packet stands.
    pub cross: Option<Point>,
    /// Why it is lost, in a word, where there is room beside the cross.
    pub why: Option<Label>,
    /// Positions of the lines it follows.
    taken: Vec<usize>,
}

/// Both directions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// The request.
    pub forward: Option<Track>,
    /// The reply.
    pub back: Option<Track>,
    /// Positions of the lines whose place they take.
    pub taken: Vec<usize>,
}

/// Distance of a track from the line it follows.
const ASIDE: f64 = 3.2;

/// How far a packet that is lost where it starts is drawn.
const STUB: f64 = 28.0;

/// Where request and reply run; `why` says in a word why a way does not arrive.
#[must_use]
pub fn overlay(
    scene: &Scene,
    topology: &Topology,
    forward: Option<&Branch>,
    back: Option<&Branch>,
    why: impl Fn(&Branch) -> String,
) -> Overlay {
    let mut ways = [forward, back].map(|way| {
        let branch = way?;
        let mut track = track(scene, topology, branch)?;
        track.why = track.cross.and_then(|at| word(scene, at, why(branch)));
        Some(track)
    });
    let [request, reply] = &ways;
    let own = |track: &Option<Track>| track.as_ref().map(|track| track.taken.clone());
    let (mut taken, other) = (
        own(request).unwrap_or_default(),
        own(reply).unwrap_or_default(),
    );
    // Ways along no line of their own run along one bus.
    let shared = taken.iter().any(|line| other.contains(line)) || taken.is_empty();
    taken.extend(other);
    for track in ways.iter_mut().flatten() {
        let aside = if shared { ASIDE } else { 0.0 };
        track.points = beside(&track.points, aside);
    }
    let [forward, back] = ways;
    Overlay {
        forward,
        back,
        taken,
    }
}

/// The word beside a cross: where it touches no box, line or other word.
fn word(scene: &Scene, at: Point, text: String) -> Option<Label> {
    let half = chars(&text) * 3.5 + 18.0;
    let own = chars(&text) * 3.1 + 5.0;
    let inner =
        at.x.min(scene.bounds.right() - own)
            .max(scene.bounds.x + own);
    let places = [
        Point::new(at.x + half, at.y + 4.0),
        Point::new(at.x - half, at.y + 4.0),
        Point::new(at.x, at.y - 15.0),
        Point::new(at.x, at.y + 24.0),
        Point::new(at.x + half - 12.0, at.y - 14.0),
        Point::new(at.x - half + 12.0, at.y - 14.0),
        Point::new(at.x + half - 12.0, at.y + 22.0),
        Point::new(at.x - half + 12.0, at.y + 22.0),
        Point::new(inner, at.y - 15.0),
        Point::new(inner, at.y - 24.0),
        Point::new(inner, at.y - 34.0),
        Point::new(
            (at.x + own - 12.0).min(scene.bounds.right() - own),
            at.y - 15.0,
        ),
        Point::new((at.x - own + 12.0).max(scene.bounds.x + own), at.y - 15.0),
    ];
    let at = clearest(scene, &[], &text, &places, Some(scene.bounds))?;
    Some(Label {
        at,
        text,
        green: false,
    })
}

/// The box a packet stands in, and the machine that handles it there.
fn place(scene: &Scene, topology: &Topology, place: Place) -> (NodeKey, Option<MachineKey>) {
    let own = |vnet| scene.home(vnet).unwrap_or(NodeKey::Vnet(vnet));
    let here = |key: MachineKey| scene.machine(key).is_some();
    match place {
        Place::Subnet(id) => (own(topology.subnet(id).vnet), None),
        Place::Appliance(id) => (
            own(topology.appliance(id).vnet),
            Some(MachineKey::Appliance(id)),
        ),
        Place::Gateway(id) => (
            own(topology.gateway(id).vnet),
            Some(MachineKey::Gateway(id)),
        ),
        Place::MicrosoftEdge(id) => (NodeKey::Circuit(id), None),
        Place::Site(id) => (NodeKey::Site(id), None),
        Place::Hub(id) => (NodeKey::Hub(id), Some(MachineKey::HubRouter(id))),
        Place::HubGateway(id) => {
            let keys = [MachineKey::HubVpn(id), MachineKey::HubExpressRoute(id)];
            (NodeKey::Hub(id), keys.into_iter().find(|key| here(*key)))
        }
        Place::HubFirewall(id) => (NodeKey::Hub(id), Some(MachineKey::HubFirewall(id))),
        Place::PrivateEndpoint(id) => (own(topology.private_endpoint(id).vnet), None),
        Place::Internet => (NodeKey::Internet, None),
    }
}

fn track(scene: &Scene, topology: &Topology, branch: &Branch) -> Option<Track> {
    let mut line: Vec<Point> = Vec::new();
    let mut stops: Vec<(usize, Point)> = Vec::new();
    let mut at: Option<NodeKey> = None;
    let mut taken = Vec::new();
    let mut inside: Option<Inside> = None;
    for (i, hop) in branch.hops.iter().enumerate() {
        let (key, machine) = place(scene, topology, hop.place);
        if scene.node(key).is_none() {
            leave(&mut line, &mut stops, i);
            break;
        }
        let joint = at
            .filter(|from| *from != key)
            .and_then(|from| join(scene, from, key, &mut taken));
        if let Some(points) = &joint {
            if let Some(inside) = inside.take() {
                inside.leave(&mut line, points.first().copied());
            }
            line.extend(points);
        }
        if joint.is_some() && machine.is_none() && scene.node(key)?.role == Role::Hub {
            let hub = scene.node(key)?;
            line.push(hub.rect.center());
        }
        let handled = machine.and_then(|m| scene.machine(m)).map(|(_, m)| m.rect);
        let node = scene.node(key)?;
        let stop = match (handled, joint) {
            (Some(rect), _) => {
                inside = match node.role {
                    Role::Hub => Some(Inside::enter(&mut line, node.rect, rect, inside.take())),
                    _ => {
                        line.push(rect.center());
                        None
                    }
                };
                Point::new(rect.x, rect.bottom())
            }
            (None, Some(points)) => points.last().copied().unwrap_or_default(),
            // The same box again: a network and the host in it.
            (None, None) if at == Some(key) => {
                let before = stops.last().map_or_else(Point::default, |(_, stop)| *stop);
                Point::new(before.x + 21.0, before.y)
            }
            (None, None) => {
                starts(scene, topology, branch.hops.get(i + 1), key).unwrap_or_else(|| {
                    let start = Point::new(node.rect.right() - 24.0, node.rect.y);
                    line.push(start);
                    start
                })
            }
        };
        stops.push((i + 1, stop));
        at = Some(key);
    }
    let end = match branch.outcome {
        Outcome::Delivered => End::Delivered,
        Outcome::Dropped(_) | Outcome::Loop { .. } => End::Lost,
    };
    let last = stops.last().map(|(_, at)| *at);
    let cross = last.filter(|_| end == End::Lost).map(|last| {
        if branch.hops.len() == 1 && line.len() == 1 {
            let out = Point::new(last.x, last.y - STUB);
            line.push(out);
            out
        } else {
            Point::new(last.x + 21.0, last.y)
        }
    });
    let stops = stops
        .into_iter()
        .map(|(number, at)| Stop { number, at })
        .collect();
    Some(Track {
        points: without_repeats(&line),
        stops,
        end,
        cross,
        why: None,
        taken,
    })
}

/// Where a path stands inside a hub: in a machine, which it entered on one side of its middle.
#[derive(Debug, Clone, Copy)]
struct Inside {
    gutter: Gutter,
    machine: Rect,
    astride: f64,
}

impl Inside {
    /// Goes on to a machine of a hub: from another one in it, or from the border, where the line ends.
    fn enter(line: &mut Vec<Point>, hub: Rect, machine: Rect, before: Option<Self>) -> Self {
        let gutter = Gutter::of(hub);
        let here = before.filter(|before| before.gutter == gutter);
        match (here, line.last().copied()) {
            (Some(before), _) => line.extend(gutter.sink(before.machine, before.astride)),
            (None, Some(border)) => line.extend(gutter.down(border)),
            (None, None) => {}
        }
        let from = line.last().map_or(machine.x, |last| last.x);
        let (astride, rise) = gutter.rise(machine, from);
        line.extend(rise);
        Self {
            gutter,
            machine,
            astride,
        }
    }

    /// Goes out by a point of the border.
    fn leave(self, line: &mut Vec<Point>, border: Option<Point>) {
        line.extend(self.gutter.sink(self.machine, self.astride));
        if let Some(border) = border {
            line.extend(self.gutter.up(border));
        }
    }
}

/// The line from one box to another, as it is drawn: their own, else through a body that both touch, else over the
/// boxes between them.
fn join(scene: &Scene, from: NodeKey, to: NodeKey, taken: &mut Vec<usize>) -> Option<Vec<Point>> {
    if let Some(points) = drawn(scene, from, to, taken) {
        return Some(points);
    }
    let both = |members: &[NodeKey]| members.contains(&from) && members.contains(&to);
    let body = scene.bodies.iter().find(|body| both(&body.members));
    if let Some(body) = body.filter(|body| body.kind == super::MeshKind::Direct) {
        let (a, b) = (scene.rails.get(&from)?, scene.rails.get(&to)?);
        return Some(rail::way(a, b, body.lane, body.shift()));
    }
    let (a, b) = (scene.node(from)?, scene.node(to)?);
    if a.role == Role::Hub && b.role == Role::Hub {
        return wire::over_hubs(scene, (from, to), 0);
    }
    if let Some(via) = between(scene, from, to) {
        let middle = scene.node(via)?.rect.center();
        let mut points = drawn(scene, from, via, taken)?;
        points.push(middle);
        points.extend(drawn(scene, via, to, taken)?);
        return Some(points);
    }
    match (scene.rails.get(&from), scene.rails.get(&to)) {
        (Some(a), Some(b)) => Some(rail::way(a, b, 0, -6.0)),
        _ => Some(vec![
            a.rect.border_toward(b.rect.center()),
            b.rect.border_toward(a.rect.center()),
        ]),
    }
}

/// Their own line.
fn drawn(scene: &Scene, from: NodeKey, to: NodeKey, taken: &mut Vec<usize>) -> Option<Vec<Point>> {
    let (edge, points) = scene.between(from, to)?;
    let same = |one: &super::Edge| std::ptr::eq(one, edge);
    taken.extend(scene.edges.iter().position(same));
    Some(points)
}

/// The one box that has lines to both: a hub whose gateway is used from a spoke is not among the stops.
fn between(scene: &Scene, from: NodeKey, to: NodeKey) -> Option<NodeKey> {
    let beside = |key: NodeKey| {
        scene.edges.iter().filter_map(move |edge| match edge.ends {
            (a, b) if a == key => Some(b),
            (a, b) if b == key => Some(a),
            _ => None,
        })
    };
    beside(from).find(|via| beside(*via).any(|end| end == to))
}

/// Where the first stop stands: on the border that the packet leaves by.
fn starts(scene: &Scene, topology: &Topology, next: Option<&Hop>, key: NodeKey) -> Option<Point> {
    let (next, _) = place(scene, topology, next?.place);
    if next == key {
        return None;
    }
    join(scene, key, next, &mut Vec::new())?.first().copied()
}

/// Up and away: where the packet goes has no box.
fn leave(line: &mut Vec<Point>, stops: &mut Vec<(usize, Point)>, i: usize) {
    if let Some(last) = line
        .last()
        .copied()
        .or_else(|| stops.last().map(|(_, at)| *at))
    {
        let out = Point::new(last.x, last.y - 64.0);
        if line.is_empty() {
            line.push(last);
        }
        line.push(out);
        stops.push((i + 1, out));
    }
}
