//! A pattern drawn small, from what it really draws: four spokes in one region or in two, and what joins them.
//!
//! The rule: the pattern's own blueprint is checked like any estate; its hubs stand above their spokes, spokes without a
//! hub at the corners. A peering between spokes is drawn as a direct line, a connected group as one body over its members,
//! a tunnel dashed; a hub has the colour of what stands in it.
//!
//! | pattern | glyph |
//! |---|---|
//! | mesh of peerings | four dots, each joined with each |
//! | mesh by Network Manager | four dots in one body |
//! | hub with firewall | two red boxes, joined, two dots under each |
//! | Virtual WAN | two round boxes, joined, two dots under each |
//!
//! Left out: sites, the Internet, more than one hub of a kind in a region.

use super::{Point, Rect, direct};
use interspoke_core::intent::{AddressPlan, Inspection, Intent, InternetPath, Pair, RegionIntent};
use interspoke_core::pattern::{Family, Pattern};
use interspoke_core::spec::{ApplianceKind, GatewayKind};
use interspoke_core::topology::{HubId, Party, Topology, VnetId, build};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What stands in a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Nothing that forwards.
    Nothing,
    /// Azure Firewall.
    Firewall,
    /// A network virtual appliance.
    Nva,
    /// A network virtual appliance that tells its routes to a Route Server.
    NvaWithRouteServer,
    /// Azure's own routing appliance.
    RoutingAppliance,
    /// A gateway that routes.
    Gateway,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// A peering or connection of a hub.
    Link,
    /// A peering between spokes.
    Direct,
    /// A peering of some subnets of spokes.
    Subnets,
    /// A tunnel.
    Tunnel,
}

/// The region at the left.
const FIRST: &str = "westeurope";

/// A small drawing, 32 units wide and 24 high.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Glyph {
    /// Connected groups, as bodies over their members.
    pub bodies: Vec<Rect>,
    /// Lines as data of SVG paths.
    pub lines: Vec<(Stroke, String)>,
    /// Hubs; round ones are Virtual WAN's.
    pub hubs: Vec<(Rect, Stands, bool)>,
    /// Spokes.
    pub spokes: Vec<Point>,
}

thread_local! {
    static DRAWN: RefCell<BTreeMap<(&'static str, bool), Rc<Glyph>>> = RefCell::default();
}

/// The drawing of a pattern in one region or several, made once.
#[must_use]
pub fn glyph(pattern: Pattern, several: bool) -> Rc<Glyph> {
    DRAWN.with_borrow_mut(|drawn| {
        let known = drawn.entry((pattern.id(), several));
        Rc::clone(known.or_insert_with(|| Rc::new(draw(pattern, several))))
    })
}

/// Four spokes of two environments, the first two chosen to talk directly. Who joins spokes directly is asked for no
/// firewall, which would be there for the Internet alone.
fn asked(pattern: Pattern, several: bool) -> Intent {
    let region = |name: &str, spokes: u32| RegionIntent {
        region: name.to_owned(),
        spokes,
        ..RegionIntent::default()
    };
    let mut intent = Intent {
        regions: if several {
            vec![region(FIRST, 2), region("northeurope", 2)]
        } else {
            vec![region(FIRST, 4)]
        },
        environments: ["dev", "prod"].map(str::to_owned).to_vec(),
        ..Intent::default()
    };
    if pattern.family() == Family::Direct {
        (intent.inspection, intent.internet) = (Inspection::None, InternetPath::Any);
    }
    if let Ok(plan) = AddressPlan::new(&intent) {
        let mut names = plan.spokes().map(|spoke| spoke.name.clone());
        if let Some((a, b)) = names.next().zip(names.next()) {
            intent.direct_pairs = vec![Pair::new(&a, &b)];
        }
    }
    intent
}

fn draw(pattern: Pattern, several: bool) -> Glyph {
    let intent = asked(pattern, several);
    let Ok(plan) = AddressPlan::new(&intent) else {
        return Glyph::default();
    };
    let topology = build(&pattern.blueprint(&intent, &plan)).value;
    let spokes = plan.spokes().filter_map(|spoke| {
        let found = topology.vnets().iter().find(|vnet| vnet.name == spoke.name);
        found.map(|vnet| vnet.id)
    });
    let places = Places::of(&topology, &spokes.collect::<Vec<_>>());
    Glyph {
        bodies: bodies(&topology, &places),
        lines: lines(&topology, &places),
        hubs: places.boxes(&topology),
        spokes: places.spokes.values().copied().collect(),
    }
}

/// Where everything stands.
struct Places {
    spokes: BTreeMap<VnetId, Point>,
    hubs: BTreeMap<VnetId, Point>,
    wan: BTreeMap<HubId, Point>,
}

impl Places {
    fn of(topology: &Topology, spokes: &[VnetId]) -> Self {
        let region = |name: &str| if name == FIRST { 0.0 } else { 16.0 };
        let mut all: Vec<(f64, Result<VnetId, HubId>)> = Vec::new();
        let vnets = topology.vnets().iter();
        let own = vnets.filter(|vnet| !spokes.contains(&vnet.id));
        all.extend(own.map(|vnet| (region(&vnet.region), Ok(vnet.id))));
        all.extend(
            topology
                .hubs()
                .iter()
                .map(|hub| (region(&hub.region), Err(hub.id))),
        );
        let (mut hubs, mut wan) = (BTreeMap::new(), BTreeMap::new());
        for (at, (left, key)) in all.iter().enumerate() {
            let beside = all.iter().filter(|other| other.0 == *left).count();
            let before = all.iter().take(at).filter(|other| other.0 == *left).count();
            let step = if before == 0 { -1.0 } else { 1.0 };
            let aside = if beside > 1 { 4.2 * step } else { 0.0 };
            let alone = all.iter().all(|other| other.0 == *left);
            let middle = if alone { 16.0 } else { left + 8.0 };
            let point = Point::new(middle + aside, 6.0);
            match key {
                Ok(vnet) => hubs.insert(*vnet, point).map(drop),
                Err(hub) => wan.insert(*hub, point).map(drop),
            };
        }
        let corners = [(5.0, 5.0), (5.0, 19.0), (27.0, 5.0), (27.0, 19.0)];
        let row = [(3.5, 17.5), (12.5, 17.5), (19.5, 17.5), (28.5, 17.5)];
        let stand = if all.is_empty() { corners } else { row };
        let spokes = spokes.iter().zip(stand);
        Self {
            spokes: spokes.map(|(id, (x, y))| (*id, Point::new(x, y))).collect(),
            hubs,
            wan,
        }
    }

    fn vnet(&self, vnet: VnetId) -> Option<Point> {
        let spoke = self.spokes.get(&vnet).or_else(|| self.hubs.get(&vnet));
        spoke.copied()
    }

    fn party(&self, topology: &Topology, party: Party) -> Option<Point> {
        match party {
            Party::Hub(hub) => self.wan.get(&hub).copied(),
            other => self.vnet(direct::vnet(topology, other)?),
        }
    }

    fn boxes(&self, topology: &Topology) -> Vec<(Rect, Stands, bool)> {
        let around = |at: &Point| Rect::new(at.x - 3.6, at.y - 3.0, 7.2, 6.0);
        let own = self
            .hubs
            .iter()
            .map(|(id, at)| (around(at), stands_in(topology, *id), false));
        let wan = self.wan.iter().map(|(id, at)| {
            let hub = topology.hubs().get(id.index());
            let stands = hub.and_then(|hub| hub.firewall.as_ref());
            let stands = stands.map_or(Stands::Nothing, |it| standing(it.kind, false));
            (around(at), stands, true)
        });
        own.chain(wan).collect()
    }
}

fn stands_in(topology: &Topology, vnet: VnetId) -> Stands {
    let mut appliances = topology.appliances().iter().filter(|it| it.vnet == vnet);
    let mut gateways = topology.gateways().iter().filter(|it| it.vnet == vnet);
    match appliances.next().map(|it| it.kind) {
        Some(kind) => standing(kind, gateways.any(|it| it.kind == GatewayKind::RouteServer)),
        None if gateways.next().is_some() => Stands::Gateway,
        None => Stands::Nothing,
    }
}

fn standing(kind: ApplianceKind, tells_routes: bool) -> Stands {
    match kind {
        ApplianceKind::AzureFirewall => Stands::Firewall,
        ApplianceKind::RoutingAppliance => Stands::RoutingAppliance,
        ApplianceKind::Nva if tells_routes => Stands::NvaWithRouteServer,
        ApplianceKind::Nva => Stands::Nva,
    }
}

fn bodies(topology: &Topology, places: &Places) -> Vec<Rect> {
    let groups = topology
        .connected_groups()
        .iter()
        .filter(|group| !group.peered);
    let around = |members: &[VnetId]| {
        let points: Vec<Point> = members.iter().filter_map(|id| places.vnet(*id)).collect();
        let (xs, ys) = (points.iter().map(|p| p.x), points.iter().map(|p| p.y));
        let (left, right) = (xs.clone().reduce(f64::min)?, xs.reduce(f64::max)?);
        let (top, bottom) = (ys.clone().reduce(f64::min)?, ys.reduce(f64::max)?);
        let margin = 3.2;
        let size = (right - left + 2.0 * margin, bottom - top + 2.0 * margin);
        Some(Rect::new(left - margin, top - margin, size.0, size.1))
    };
    groups.filter_map(|group| around(&group.members)).collect()
}

fn lines(topology: &Topology, places: &Places) -> Vec<(Stroke, String)> {
    let mut lines = Vec::new();
    for link in topology.links() {
        let once = link.reverse.is_none_or(|reverse| link.id < reverse);
        let spokes = [link.from, link.to]
            .iter()
            .all(|id| places.spokes.contains_key(id));
        let stroke = match (spokes, &link.remote_subnets) {
            (false, _) => Stroke::Link,
            (true, None) => Stroke::Direct,
            (true, Some(_)) => Stroke::Subnets,
        };
        let ends = places.vnet(link.from).zip(places.vnet(link.to));
        lines.extend(ends.filter(|_| once).map(|ends| (stroke, path(ends))));
    }
    for group in topology
        .connected_groups()
        .iter()
        .filter(|group| group.peered)
    {
        let points: Vec<Point> = group
            .members
            .iter()
            .filter_map(|id| places.vnet(*id))
            .collect();
        for (at, a) in points.iter().enumerate() {
            let others = points.iter().skip(at + 1);
            lines.extend(others.map(|b| (Stroke::Direct, path((*a, *b)))));
        }
    }
    for connection in topology.connections() {
        let ends = places
            .wan
            .get(&connection.hub)
            .copied()
            .zip(places.vnet(connection.vnet));
        lines.extend(ends.map(|ends| (Stroke::Link, path(ends))));
    }
    let wan: Vec<Point> = places.wan.values().copied().collect();
    let joined = wan
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    lines.extend(joined.map(|ends| (Stroke::Link, path(ends))));
    for tunnel in topology.tunnels() {
        let ends = places
            .party(topology, tunnel.a)
            .zip(places.party(topology, tunnel.b));
        lines.extend(ends.map(|ends| (Stroke::Tunnel, path(ends))));
    }
    lines
}

/// A straight line; below a row of spokes an arc, so that it passes none of them.
fn path((a, b): (Point, Point)) -> String {
    const LOW: f64 = 15.0;
    let row = a.y > LOW && b.y > LOW && (a.y - b.y).abs() < 0.1 && a.y < 18.0;
    if row {
        let middle = f64::midpoint(a.x, b.x);
        return format!("M{} {}Q{middle} 26 {} {}", a.x, a.y, b.x, b.y);
    }
    format!("M{} {}L{} {}", a.x, a.y, b.x, b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_a_drawing_of_its_own_within_its_room() {
        for several in [false, true] {
            let mut known: Vec<Rc<Glyph>> = Vec::new();
            for pattern in Pattern::ALL.iter().copied() {
                let drawn = glyph(pattern, several);
                assert_eq!(drawn.spokes.len(), 4, "{pattern:?}");
                let inside = |rect: &Rect| {
                    let (right, low) = (rect.x + rect.w, rect.y + rect.h);
                    rect.x >= 0.0 && rect.y >= 0.0 && right <= 32.0 && low <= 24.0
                };
                let hubs = drawn.hubs.iter().map(|(rect, ..)| rect);
                let mut boxes = drawn.bodies.iter().chain(hubs);
                assert!(boxes.all(inside), "{pattern:?} {drawn:?}");
                let like = known.contains(&drawn);
                assert!(!like || !several, "{pattern:?} looks like another");
                known.push(drawn);
            }
        }
    }
}
