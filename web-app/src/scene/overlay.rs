//! Where a packet's path runs over the picture.
//!
//! A track follows the lines between the boxes its packet visits and touches each machine that handles it. It takes the
//! place of the line it follows; where request and reply share one, each keeps to its own side of it.
//!
//! A packet that is lost where it starts leaves its box all the same, as far as the cross: so its direction is seen.

use super::bus::bus;
use super::label::clearest;
use super::measure::chars;
use super::point::{beside, without_repeats};
use super::wire::level;
use super::{Label, MachineKey, NodeKey, Point, Role, Scene};
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
    let places = [
        Point::new(at.x + half, at.y + 4.0),
        Point::new(at.x - half, at.y + 4.0),
        Point::new(at.x, at.y - 15.0),
        Point::new(at.x, at.y + 24.0),
    ];
    let at = clearest(scene, &[], &text, &places, Some(scene.bounds))?;
    Some(Label { at, text })
}

/// The box a packet stands in, and the machine that handles it there.
fn place(topology: &Topology, place: Place) -> Option<(NodeKey, Option<MachineKey>)> {
    Some(match place {
        Place::Subnet(id) => (NodeKey::Vnet(topology.subnet(id).vnet), None),
        Place::Appliance(id) => (
            NodeKey::Vnet(topology.appliance(id).vnet),
            Some(MachineKey::Appliance(id)),
        ),
        Place::Gateway(id) => (
            NodeKey::Vnet(topology.gateway(id).vnet),
            Some(MachineKey::Gateway(id)),
        ),
        Place::MicrosoftEdge(id) => (NodeKey::Circuit(id), None),
        Place::Site(id) => (NodeKey::Site(id), None),
        Place::Hub(id) | Place::HubGateway(id) => (NodeKey::Hub(id), None),
        Place::HubFirewall(id) => (NodeKey::Hub(id), Some(MachineKey::HubFirewall(id))),
        Place::PrivateEndpoint(id) => (NodeKey::Vnet(topology.private_endpoint(id).vnet), None),
        Place::Internet => return None,
    })
}

fn track(scene: &Scene, topology: &Topology, branch: &Branch) -> Option<Track> {
    let mut line: Vec<Point> = Vec::new();
    let mut stops: Vec<(usize, Point)> = Vec::new();
    let mut at: Option<NodeKey> = None;
    let mut taken = Vec::new();
    for (i, hop) in branch.hops.iter().enumerate() {
        let Some((key, machine)) = place(topology, hop.place) else {
            leave(&mut line, &mut stops, i);
            break;
        };
        let joint = at
            .filter(|from| *from != key)
            .and_then(|from| join(scene, from, key, &mut taken));
        if let Some(points) = &joint {
            line.extend(points);
        }
        if joint.is_some() && machine.is_none() && scene.node(key)?.role == Role::Hub {
            let hub = scene.node(key)?;
            line.push(Point::new(hub.rect.center().x, level(hub)));
        }
        let handled = machine.and_then(|m| scene.machine(m)).map(|(_, m)| m.rect);
        let node = scene.node(key)?;
        let stop = match (handled, joint) {
            (Some(rect), _) => {
                line.push(rect.center());
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

/// The line from one box to another, as it is drawn.
fn join(scene: &Scene, from: NodeKey, to: NodeKey, taken: &mut Vec<usize>) -> Option<Vec<Point>> {
    let drawn = scene.between(from, to).map(|(edge, points)| {
        let same = |one: &super::Edge| std::ptr::eq(one, edge);
        taken.extend(scene.edges.iter().position(same));
        points
    });
    drawn.or_else(|| {
        let (a, b) = (scene.node(from)?, scene.node(to)?);
        if a.role == Role::Spoke && b.role == Role::Spoke {
            return Some(bus(scene, a, b, scene.arrangement));
        }
        Some(vec![
            a.rect.border_toward(b.rect.center()),
            b.rect.border_toward(a.rect.center()),
        ])
    })
}

/// Where the first stop stands: on the border that the packet leaves by.
fn starts(scene: &Scene, topology: &Topology, next: Option<&Hop>, key: NodeKey) -> Option<Point> {
    let (next, _) = place(topology, next?.place)?;
    if next == key {
        return None;
    }
    join(scene, key, next, &mut Vec::new())?.first().copied()
}

/// Up and away: the Internet has no box.
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
