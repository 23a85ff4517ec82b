//! Where a packet's path runs over the picture.
//!
//! A track follows the lines between the boxes its packet visits and touches each machine that handles it. Request and
//! reply keep to their own side of a line, so that both can be seen where they share it.

use super::point::{beside, without_repeats};
use super::{MachineKey, NodeKey, Point, Scene};
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
}

/// Both directions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// The request.
    pub forward: Option<Track>,
    /// The reply.
    pub back: Option<Track>,
}

/// Distance of a track from the line it follows.
const ASIDE: f64 = 3.2;

/// Where request and reply run.
#[must_use]
pub fn overlay(
    scene: &Scene,
    topology: &Topology,
    forward: Option<&Branch>,
    back: Option<&Branch>,
) -> Overlay {
    Overlay {
        forward: forward.and_then(|branch| track(scene, topology, branch)),
        back: back.and_then(|branch| track(scene, topology, branch)),
    }
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
    for (i, hop) in branch.hops.iter().enumerate() {
        let Some((key, machine)) = place(topology, hop.place) else {
            leave(&mut line, &mut stops, i);
            break;
        };
        let joint = at
            .filter(|from| *from != key)
            .and_then(|from| join(scene, from, key));
        if let Some(points) = &joint {
            line.extend(points);
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
                    let start = Point::new(node.rect.right() - 36.0, node.rect.y);
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
    let points = beside(&without_repeats(&line), ASIDE);
    let stops = stops
        .into_iter()
        .map(|(number, at)| Stop { number, at })
        .collect();
    Some(Track { points, stops, end })
}

/// The line from one box to another, as it is drawn.
fn join(scene: &Scene, from: NodeKey, to: NodeKey) -> Option<Vec<Point>> {
    let drawn = scene.between(from, to).map(|(_, points)| points);
    drawn.or_else(|| {
        let (a, b) = (scene.node(from)?, scene.node(to)?);
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
    join(scene, key, next)?.first().copied()
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
