//! The picture's geometry: an estate in, boxes and lines out. Plain numbers; no screen.
//!
//! The layout is made for one kind of graph: hubs above their spokes, in regions. One unit is one CSS pixel; nothing is
//! laid out wider than the viewport, and no text is smaller than 11 px. Spokes that routing cannot tell apart fold into
//! stacks where there is no room for all of them.
//!
//! | module | what it answers |
//! |---|---|
//! | `look` | how the picture is looked at: room, kinds, environments, what stands alone |
//! | `point`, `measure` | points, rectangles, polylines; sizes of words |
//! | `group` | which VNet is a hub, and whose spoke each other one is |
//! | `fold` | what stands singly and what is folded into a stack |
//! | `machine` | hubs and what stands in them |
//! | `direct` | which spokes are joined directly |
//! | `plan` | what is to be placed |
//! | `grid`, `layout`, `top` | where the boxes stand |
//! | `edge` | what hangs on what at the edge of Azure |
//! | `wiring`, `wire`, `join`, `rail` | where the lines run |
//! | `chart`, `balance` | where a chart has its axes and lines, a map of designs its points |
//! | `glyph` | a pattern drawn small |
//! | `label` | where words may stand |
//! | `overlay` | where a packet's path runs over them |
//! | `lost` | what is lost when something fails |
//!
//! That no two boxes overlap, that no line runs through a box that is not its end and that a change in one region moves
//! nothing in another are properties over random estates.

mod balance;
mod chart;
mod direct;
mod edge;
mod fold;
mod glyph;
mod grid;
mod group;
mod gutter;
mod join;
mod label;
mod layout;
mod look;
mod lost;
mod machine;
mod measure;
mod overlay;
mod peerings;
mod plan;
mod point;
mod rail;
mod top;
mod wire;
mod wiring;

pub use balance::{Balance, Placed};
pub use chart::{Axes, Plot, step};
pub use glyph::{Glyph, Stands, Stroke, glyph};
pub use label::room;
pub use layout::layout;
pub use look::{Environments, Look, Viewport};
pub use lost::{Lost, lost};
pub use measure::SMALLEST;
pub use overlay::{End, Overlay, Stop, Track, overlay};
pub use peerings::{PeeringLimit, PeeringLine, PeeringPlot, links, most};
pub use point::{Point, Rect, path_data};

use interspoke_core::topology::{ApplianceId, CircuitId, GatewayId, HubId, LinkId, SiteId, VnetId};
use std::collections::BTreeMap;

/// Pictures that are narrower stand on a phone.
const PHONE_WIDTH: f64 = 480.0;
/// The height of a large phone's window.
const PHONE_HEIGHT: f64 = 900.0;

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
    /// VNets that are drawn as one box, by the first of them.
    Stack(VnetId),
    /// The Internet.
    Internet,
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
    /// Spokes that are folded.
    Stack,
    /// The Internet.
    Internet,
}

/// What stands inside a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MachineKey {
    /// A firewall or NVA.
    Appliance(ApplianceId),
    /// A gateway or Route Server.
    Gateway(GatewayId),
    /// The router of a Virtual WAN hub.
    HubRouter(HubId),
    /// The firewall of a Virtual WAN hub.
    HubFirewall(HubId),
    /// The VPN gateway of a Virtual WAN hub.
    HubVpn(HubId),
    /// The ExpressRoute gateway of a Virtual WAN hub.
    HubExpressRoute(HubId),
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
    /// The router of a Virtual WAN hub.
    Router,
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
    /// Width of the icon and the words beside it; no more than the icon's where there is no room for words.
    pub wide: f64,
    /// Written beside the icon.
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
    /// The first line as it is drawn: what stands in a region need not repeat its name.
    pub short: String,
    /// Second line.
    pub detail: String,
    /// Third line of a stack.
    pub note: String,
    /// What is told when it is looked at closely: its subnets.
    pub more: Vec<String>,
    /// Both lines stand beside each other.
    pub one_line: bool,
    /// What stands in it.
    pub machines: Vec<Machine>,
    /// VNets it is drawn for; none for what is no spoke.
    pub members: Vec<VnetId>,
    /// Position of its environment.
    pub environment: Option<u8>,
}

impl Node {
    /// An empty box.
    #[must_use]
    pub fn new(key: NodeKey, role: Role, rect: Rect) -> Self {
        Self {
            key,
            role,
            rect,
            title: String::new(),
            short: String::new(),
            detail: String::new(),
            note: String::new(),
            more: Vec::new(),
            one_line: false,
            machines: Vec::new(),
            members: Vec::new(),
            environment: None,
        }
    }
}

/// The body of an environment in a region.
#[derive(Debug, Clone, PartialEq)]
pub struct Tint {
    /// Position of the environment.
    pub environment: u8,
    /// Its name.
    pub name: String,
    /// Where the name begins.
    pub name_at: Point,
    /// Where it stands.
    pub rect: Rect,
}

/// A region.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Azure's name of the region.
    pub name: String,
    /// How many spokes it has, where some are folded.
    pub note: String,
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
    /// A connection of a Virtual WAN hub to a VNet.
    Connection,
    /// Two hubs of one Virtual WAN.
    Wan,
    /// A way to the Internet.
    NorthSouth,
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
    /// Between two spokes.
    pub direct: bool,
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
    /// Of direct links.
    pub green: bool,
}

/// What many links are drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeshKind {
    /// Direct links between spokes.
    Direct,
    /// Links between hubs.
    Hubs,
}

/// Many links as one body that touches all members.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// What it stands for.
    pub kind: MeshKind,
    /// Its parts: one body where they overlap.
    pub rects: Vec<Rect>,
    /// Boxes it touches.
    pub members: Vec<NodeKey>,
    /// What it is, in words.
    pub label: Label,
    /// The words stand in it.
    pub inside: bool,
    /// The lane that its strips run in, from 0.
    lane: usize,
}

impl Mesh {
    /// How far from the middle of a box its stem stands.
    fn shift(&self) -> f64 {
        9.0 * measure::count(self.lane) - 6.0
    }
}

/// Everything drawn for an estate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Regions.
    pub bands: Vec<Band>,
    /// Environments in regions.
    pub tints: Vec<Tint>,
    /// The body of the Virtual WAN.
    pub wan: Vec<Rect>,
    /// Boxes, in the order the arrow keys meet them.
    pub nodes: Vec<Node>,
    /// Lines.
    pub edges: Vec<Edge>,
    /// Many links as one.
    pub bodies: Vec<Mesh>,
    /// Texts.
    pub labels: Vec<Label>,
    /// What contains it all.
    pub bounds: Rect,
    /// What is free around each box.
    rails: BTreeMap<NodeKey, rail::Rail>,
    /// The box that each VNet is drawn in.
    home: Vec<Option<NodeKey>>,
}

impl Scene {
    /// The box of an object.
    #[must_use]
    pub fn node(&self, key: NodeKey) -> Option<&Node> {
        self.nodes.iter().find(|node| node.key == key)
    }

    /// The box that a VNet is drawn in: its own, or a stack.
    #[must_use]
    pub fn home(&self, vnet: VnetId) -> Option<NodeKey> {
        self.home.get(vnet.index()).copied().flatten()
    }

    /// The part of it that is seen at first: as wide as the viewport, no higher than half as much again, on a phone, where
    /// the page scrolls anyway, no higher than a large one; the rest is reached by moving the picture.
    #[must_use]
    pub fn seen(&self, viewport: Viewport) -> Rect {
        let Rect { x, y, w, h } = self.bounds;
        let room = viewport.h * 1.5;
        let room = if viewport.w < PHONE_WIDTH {
            room.max(PHONE_HEIGHT)
        } else {
            room
        };
        Rect::new(x, y, w.min(viewport.w.max(200.0)), h.min(room))
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
            Self::Stack(id) => format!("k{}", id.index()),
            Self::Internet => String::from("i"),
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
