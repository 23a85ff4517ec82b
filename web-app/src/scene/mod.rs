//! The picture's geometry: an estate in, boxes and lines out. Plain numbers; no screen.
//!
//! Regions are bands. In a band each hub stands above the row of its spokes; sites and circuits stand above the bands.
//! Every line ends on the border of the box it touches, and no two boxes overlap: both are tests.
//!
//! | module | what it answers |
//! |---|---|
//! | `point` | points, rectangles, polylines |
//! | `group` | which VNet is a hub, and whose spoke each other one is |
//! | `layout` | where the boxes stand |
//! | `wire`, `bus` | where the lines run |
//! | `chart` | where a chart has its axes and lines |
//! | `label` | where words may stand |
//! | `overlay` | where a packet's path runs over them |
//!
//! Left out: grouping of many spokes into one box.

mod bus;
mod chart;
mod group;
mod label;
mod layout;
mod measure;
mod overlay;
mod point;
mod wire;

pub use chart::{Plot, step};
pub use label::room;
pub use layout::{NAME_ASIDE, gateways_at, layout};
pub use overlay::{End, Overlay, Stop, Track, overlay};
pub use point::{Point, Rect, path_data};

use interspoke_core::topology::{ApplianceId, CircuitId, GatewayId, HubId, LinkId, SiteId, VnetId};

/// Which way the bands run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side: a desk.
    #[default]
    Beside,
    /// One under the other: a phone.
    Stacked,
}

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKey {
    /// A VNet.
    Vnet(VnetId),
    /// A Virtual WAN hub.
    Hub(HubId),
    /// An on-premises network.
    Site(SiteId),
    /// An ExpressRoute circuit.
    Circuit(CircuitId),
}

/// How a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A VNet that others meet in.
    Hub,
    /// A VNet at the end of a peering.
    Spoke,
    /// On-premises.
    Site,
    /// A circuit.
    Circuit,
}

/// What stands inside a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MachineKey {
    /// A firewall or NVA.
    Appliance(ApplianceId),
    /// A gateway or Route Server.
    Gateway(GatewayId),
    /// The firewall of a Virtual WAN hub.
    HubFirewall(HubId),
}

/// The picture of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Bricks.
    Firewall,
    /// A machine that forwards.
    Nva,
    /// A VPN gateway.
    Vpn,
    /// An ExpressRoute gateway.
    ExpressRoute,
    /// A Route Server.
    RouteServer,
}

/// A machine in a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// What it is.
    pub key: MachineKey,
    /// How it looks.
    pub icon: Icon,
    /// Where the icon stands.
    pub rect: Rect,
    /// Written under the icon.
    pub label: String,
    /// Its name.
    pub name: String,
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub key: NodeKey,
    /// How it is drawn.
    pub role: Role,
    /// Where it stands.
    pub rect: Rect,
    /// First line.
    pub title: String,
    /// Second line.
    pub detail: String,
    /// What stands in it.
    pub machines: Vec<Machine>,
}

/// A region.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Azure's name of the region.
    pub name: String,
    /// Where the name begins.
    pub name_at: Point,
    /// Where it stands.
    pub rect: Rect,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// A peering inside a region.
    Peering,
    /// A peering between regions.
    GlobalPeering,
    /// An IPsec tunnel.
    Tunnel,
    /// An attachment of a circuit.
    Circuit,
    /// A connection of a Virtual WAN hub, to a VNet or to another hub of the Virtual WAN.
    Connection,
    /// Membership in a connected group: each member reaches each other.
    Group,
}

/// A line between two boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Where it begins and ends.
    pub ends: (NodeKey, NodeKey),
    /// What it is.
    pub kind: EdgeKind,
    /// The peering object it was drawn for.
    pub link: Option<LinkId>,
    /// Packets may cross: both objects exist and are connected.
    pub up: bool,
    /// Corners, from the first box's border to the second's.
    pub points: Vec<Point>,
}

/// A text beside lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its middle.
    pub at: Point,
    /// The words.
    pub text: String,
}

/// Everything drawn for an estate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Regions.
    pub bands: Vec<Band>,
    /// Boxes, in the order the arrow keys meet them.
    pub nodes: Vec<Node>,
    /// Lines.
    pub edges: Vec<Edge>,
    /// Texts.
    pub labels: Vec<Label>,
    /// How the bands run.
    pub arrangement: Arrangement,
    /// What contains it all.
    pub bounds: Rect,
}

impl Scene {
    /// The box of an object.
    #[must_use]
    pub fn node(&self, key: NodeKey) -> Option<&Node> {
        self.nodes.iter().find(|node| node.key == key)
    }

    /// A machine and the box it stands in.
    #[must_use]
    pub fn machine(&self, key: MachineKey) -> Option<(&Node, &Machine)> {
        self.nodes
            .iter()
            .find_map(|node| Some((node, node.machines.iter().find(|m| m.key == key)?)))
    }

    /// The line between two boxes, its corners in that direction.
    #[must_use]
    pub fn between(&self, from: NodeKey, to: NodeKey) -> Option<(&Edge, Vec<Point>)> {
        self.edges.iter().find_map(|edge| {
            if edge.ends == (from, to) {
                Some((edge, edge.points.clone()))
            } else if edge.ends == (to, from) {
                Some((edge, edge.points.iter().rev().copied().collect()))
            } else {
                None
            }
        })
    }

    /// The next box from `from` in a direction: the one that a line leads to, else the nearest one that way.
    #[must_use]
    pub fn step(&self, from: NodeKey, toward: Point) -> Option<NodeKey> {
        let start = self.node(from)?.rect.center();
        let score = |node: &Node| {
            let to = node.rect.center();
            let (dx, dy) = (to.x - start.x, to.y - start.y);
            let along = dx * toward.x + dy * toward.y;
            let aside = (dx * toward.y - dy * toward.x).abs();
            let linked = self.between(from, node.key).is_some();
            let bend = if linked { 1.0 } else { 2.0 };
            (along > 1.0 && (linked || aside <= along * 2.0)).then_some(along + aside * bend)
        };
        self.nodes
            .iter()
            .filter(|node| node.key != from)
            .filter_map(|node| Some((score(node)?, node.key)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, key)| key)
    }
}

impl NodeKey {
    /// A short name for attributes: `v3` is the fourth VNet.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Vnet(id) => format!("v{}", id.index()),
            Self::Hub(id) => format!("h{}", id.index()),
            Self::Site(id) => format!("s{}", id.index()),
            Self::Circuit(id) => format!("c{}", id.index()),
        }
    }
}

/// A length with one decimal: a finer one is not seen, and nothing has no sign.
#[must_use]
pub fn tenths(value: f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0 + 0.0)
}

/// A factor with three decimals.
#[must_use]
pub fn thousandths(value: f64) -> String {
    format!("{value:.3}")
}
