//! Where the boxes stand.
//!
//! A hub stands above its spokes, which fill one row up to six and a grid beyond. Groups stand beside each other in the
//! band of their region; hubs of all bands stand on one line, so that peerings between hubs are straight.

use super::group::{self, Group, Region};
use super::measure::{GAP, chars, count};
use super::wire::{self, Lanes};
use super::{
    Arrangement, Band, Icon, Machine, MachineKey, Node, NodeKey, Point, Rect, Role, Scene,
};
use interspoke_core::spec::{ApplianceKind, GatewayKind};
use interspoke_core::topology::{Topology, VnetId};

const SPOKE_H: f64 = 50.0;
const SPOKE_MIN: f64 = 128.0;
const SPOKE_MAX: f64 = 220.0;
const HUB_H: f64 = 112.0;
const BARE_HUB_H: f64 = 56.0;
const DROP: f64 = 86.0;
const ROW_GAP: f64 = 36.0;
const GUTTER: f64 = 26.0;
const PAD: f64 = 20.0;
const BAND_HEAD: f64 = 42.0;
const BAND_GAP: f64 = 44.0;
const TOP_H: f64 = 48.0;
const MACHINE_H: f64 = 34.0;

/// A hub and its spokes, measured.
struct Measured<'a> {
    group: &'a Group,
    hubs: Vec<Node>,
    columns: usize,
    rows: usize,
    spoke_w: f64,
    width: f64,
}

impl Measured<'_> {
    fn grid_w(&self) -> f64 {
        let columns = count(self.columns);
        (columns * self.spoke_w + (columns - 1.0).max(0.0) * GAP).max(0.0)
    }

    fn gutter(&self) -> f64 {
        if self.rows > 1 && !self.hubs.is_empty() {
            GUTTER
        } else {
            0.0
        }
    }

    fn hubs_w(&self) -> f64 {
        let gaps = (count(self.hubs.len()) - 1.0).max(0.0) * GAP;
        self.hubs.iter().map(|hub| hub.rect.w).sum::<f64>() + gaps
    }

    fn rows_h(&self) -> f64 {
        let rows = count(self.rows);
        rows * SPOKE_H + (rows - 1.0).max(0.0) * ROW_GAP
    }
}

/// How wide a picture may be for its height before it is better folded.
const WIDE: f64 = 1.8;

/// Lays out a whole estate: with the number of columns that lets it be shown largest.
#[must_use]
pub fn layout(topology: &Topology, arrangement: Arrangement) -> Scene {
    let row = laid_out(topology, arrangement, 6);
    if arrangement == Arrangement::Stacked || row.bounds.w <= row.bounds.h * WIDE * 1.3 {
        return row;
    }
    let size = |scene: &Scene| (scene.bounds.w / WIDE).max(scene.bounds.h);
    let folded = [5, 4, 3, 2].map(|columns| laid_out(topology, arrangement, columns));
    let best = folded
        .into_iter()
        .min_by(|a, b| size(a).total_cmp(&size(b)));
    best.filter(|best| size(best) < size(&row) * 0.85)
        .unwrap_or(row)
}

fn laid_out(topology: &Topology, arrangement: Arrangement, most: usize) -> Scene {
    let regions = group::regions(topology);
    let measured: Vec<(&Region, Vec<Measured>)> = regions
        .iter()
        .enumerate()
        .map(|(at, r)| {
            // Gateways stand at the outer side, so that lines between hubs meet the firewalls first.
            let outer_left = arrangement == Arrangement::Beside && at * 2 + 1 < regions.len();
            (
                r,
                measure(topology, r, columns_for(arrangement, most), outer_left),
            )
        })
        .collect();
    let level =
        arrangement == Arrangement::Beside && measured.iter().any(|(_, groups)| has_hubs(groups));
    let lanes = wire::lanes(topology, arrangement);
    let has_top = !topology.sites().is_empty() || !topology.circuits().is_empty();
    let top = if has_top {
        TOP_H + 34.0 + 9.0 * count(lanes.tunnels)
    } else {
        0.0
    };
    let mut scene = Scene {
        arrangement,
        ..Scene::default()
    };
    let mut at = Point::new(0.0, top);
    let tallest = measured
        .iter()
        .map(|(_, groups)| inner_height(groups, level))
        .fold(0.0, f64::max);
    let widest = measured
        .iter()
        .map(|(_, groups)| inner_width(groups))
        .fold(0.0, f64::max);
    for (region, groups) in &measured {
        let (own_w, own_h) = (inner_width(groups), inner_height(groups, level));
        let (w, h) = match arrangement {
            Arrangement::Beside => (own_w, tallest),
            Arrangement::Stacked => (widest, own_h),
        };
        let side = lanes.aside();
        let rect = Rect::new(
            at.x,
            at.y,
            w + 2.0 * PAD + side,
            h + BAND_HEAD + lanes.above() + PAD + lanes.below(),
        );
        let origin = Point::new(
            at.x + PAD + side + (w - own_w) / 2.0,
            at.y + BAND_HEAD + lanes.above(),
        );
        place_groups(topology, groups, origin, level, &mut scene.nodes);
        scene.bands.push(Band {
            name: region.name.clone(),
            name_at: Point::new(rect.x + side + 18.0, rect.y + 25.0),
            rect,
        });
        match arrangement {
            Arrangement::Beside => at.x += rect.w + BAND_GAP,
            Arrangement::Stacked => at.y += rect.h + BAND_GAP * 0.7,
        }
    }
    place_top(topology, &mut scene);
    wire::wire(topology, arrangement, &lanes, &mut scene);
    super::label::region_names(&mut scene);
    scene.bounds = roomy(bounds(&scene), arrangement);
    scene
}

/// A small estate is not blown up: it stands in the middle of some room.
fn roomy(bounds: Rect, arrangement: Arrangement) -> Rect {
    let (w, h) = match arrangement {
        Arrangement::Beside => (720.0, 380.0),
        Arrangement::Stacked => (300.0, 0.0),
    };
    let (more_w, more_h) = ((w - bounds.w).max(0.0), (h - bounds.h).max(0.0));
    Rect::new(
        bounds.x - more_w / 2.0,
        bounds.y - more_h / 2.0,
        bounds.w + more_w,
        bounds.h + more_h,
    )
}

fn bounds(scene: &Scene) -> Rect {
    let boxes = scene
        .bands
        .iter()
        .map(|b| b.rect)
        .chain(scene.nodes.iter().map(|n| n.rect));
    let corners = scene
        .edges
        .iter()
        .flat_map(|e| &e.points)
        .map(|p| Rect::new(p.x, p.y, 0.0, 0.0));
    let all = boxes.chain(corners).reduce(|a, b| a.union(&b));
    all.unwrap_or(Rect::new(0.0, 0.0, 320.0, 160.0)).grown(14.0)
}

fn inner_width(groups: &[Measured]) -> f64 {
    let gaps = (count(groups.len()) - 1.0).max(0.0) * GAP * 2.0;
    (groups.iter().map(|g| g.width).sum::<f64>() + gaps).max(180.0)
}

fn has_hubs(groups: &[Measured]) -> bool {
    groups.iter().any(|group| !group.hubs.is_empty())
}

/// Room for hubs; where bands are level, one without hubs leaves it free.
fn head(groups: &[Measured], level: bool) -> f64 {
    if level || has_hubs(groups) {
        HUB_H
    } else {
        0.0
    }
}

fn inner_height(groups: &[Measured], level: bool) -> f64 {
    let rows = groups.iter().map(Measured::rows_h).fold(0.0, f64::max);
    let head = head(groups, level);
    if rows > 0.0 && head > 0.0 {
        head + DROP + rows
    } else {
        head + rows
    }
}

fn measure<'a>(
    topology: &Topology,
    region: &'a Region,
    most: usize,
    gateways_first: bool,
) -> Vec<Measured<'a>> {
    let spoke_w = region
        .groups
        .iter()
        .flat_map(|g| &g.spokes)
        .map(|id| topology.vnet(*id))
        .map(|v| (chars(&v.name) * 7.9).max(chars(&prefixes(topology, v.id)) * 6.6) + 48.0)
        .fold(SPOKE_MIN, f64::max)
        .min(SPOKE_MAX);
    let measure = |group: &'a Group| {
        let n = group.spokes.len();
        let columns = columns(n, most);
        let rows = if columns == 0 { 0 } else { n.div_ceil(columns) };
        let mut hubs: Vec<Node> = group
            .hubs
            .iter()
            .map(|key| hub_node(topology, *key, gateways_first))
            .collect();
        // Of several, the one that is joined to other regions stands at the inner side.
        let inner = |hub: &Node| match hub.key {
            NodeKey::Vnet(id) => topology.links_of(id).any(|link| link.global),
            _ => true,
        };
        hubs.sort_by(|a, b| {
            let sides = inner(a).cmp(&inner(b));
            if gateways_first {
                sides
            } else {
                sides.reverse()
            }
        });
        let mut measured = Measured {
            group,
            hubs,
            columns,
            rows,
            spoke_w,
            width: 0.0,
        };
        measured.width = (measured.grid_w() + measured.gutter()).max(measured.hubs_w());
        measured
    };
    region.groups.iter().map(measure).collect()
}

/// Columns that a grid may begin with: a phone has room for two.
fn columns_for(arrangement: Arrangement, most: usize) -> usize {
    match arrangement {
        Arrangement::Beside => most,
        Arrangement::Stacked => 2,
    }
}

/// Columns of a grid of spokes: one row up to `most`, then a grid that grows in both directions where there is room.
fn columns(n: usize, most: usize) -> usize {
    if n <= most || most < 6 {
        return n.min(most);
    }
    (most..24)
        .find(|columns| columns * columns >= n * 2)
        .unwrap_or(24)
}

/// The ranges of a VNet in one line.
fn prefixes(topology: &Topology, id: VnetId) -> String {
    let vnet = topology.vnet(id);
    match &*vnet.prefixes {
        [] => String::from("no IPv4 range"),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} +{}", rest.len()),
    }
}

fn place_groups(
    topology: &Topology,
    groups: &[Measured],
    origin: Point,
    level: bool,
    nodes: &mut Vec<Node>,
) {
    let head = head(groups, level);
    let row0 = origin.y + if head > 0.0 { head + DROP } else { 0.0 };
    let mut x = origin.x;
    for group in groups {
        let left = x + (group.width - group.grid_w() - group.gutter()) / 2.0 + group.gutter();
        let (center, wide) = (left + group.grid_w() / 2.0, group.hubs_w());
        let mut near = x.max((center - wide / 2.0).min(x + group.width - wide));
        for hub in &group.hubs {
            let down = (HUB_H - hub.rect.h) / 2.0;
            nodes.push(moved(hub, Point::new(near, origin.y + down)));
            near += hub.rect.w + GAP;
        }
        for (i, spoke) in group.group.spokes.iter().enumerate() {
            let (row, column) = (i / group.columns.max(1), i % group.columns.max(1));
            let last = group.group.spokes.len() - row * group.columns;
            let lone = count(group.columns.saturating_sub(last)) * (group.spoke_w + GAP) / 2.0;
            let shift = if row > 0 { 0.0 } else { lone };
            let rect = Rect::new(
                left + shift + count(column) * (group.spoke_w + GAP),
                row0 + count(row) * (SPOKE_H + ROW_GAP),
                group.spoke_w,
                SPOKE_H,
            );
            nodes.push(spoke_node(topology, *spoke, rect));
        }
        x += group.width + GAP * 2.0;
    }
}

fn moved(node: &Node, to: Point) -> Node {
    let mut node = node.clone();
    let (dx, dy) = (to.x - node.rect.x, to.y - node.rect.y);
    let shift = |rect: &mut Rect| {
        rect.x += dx;
        rect.y += dy;
    };
    shift(&mut node.rect);
    node.machines.iter_mut().for_each(|m| shift(&mut m.rect));
    node
}

fn spoke_node(topology: &Topology, id: VnetId, rect: Rect) -> Node {
    Node {
        key: NodeKey::Vnet(id),
        role: Role::Spoke,
        rect,
        title: topology.vnet(id).name.clone(),
        detail: prefixes(topology, id),
        machines: Vec::new(),
    }
}

/// A hub at the origin, its machines beside its name.
fn hub_node(topology: &Topology, key: NodeKey, gateways_first: bool) -> Node {
    let (title, detail, found) = match key {
        NodeKey::Vnet(id) => (
            topology.vnet(id).name.clone(),
            prefixes(topology, id),
            vnet_machines(topology, id, gateways_first),
        ),
        NodeKey::Hub(id) => {
            let hub = topology.hub(id);
            let prefix = hub.prefix.map_or_else(String::new, |p| p.to_string());
            let firewall = hub.firewall.as_ref().map(|f| {
                let ip = f.ip.map_or_else(|| f.name.clone(), |ip| ip.to_string());
                (
                    MachineKey::HubFirewall(id),
                    Icon::Firewall,
                    ip,
                    f.name.clone(),
                )
            });
            (hub.name.clone(), prefix, firewall.into_iter().collect())
        }
        NodeKey::Site(_) | NodeKey::Circuit(_) => (String::new(), String::new(), Vec::new()),
    };
    let head = chars(&title) * 7.8 + chars(&detail) * 6.6 + 44.0 + NAME_ASIDE;
    let is_gateway = |one: Option<&Found>| one.is_some_and(|one| is_gateway(one.0));
    let outer = (is_gateway(found.first()), is_gateway(found.last()));
    let mut x = 16.0;
    let mut machines = Vec::with_capacity(found.len());
    for (key, icon, label, name) in found {
        // Who stands in a hub need not repeat its name.
        let own = name.strip_prefix(title.as_str());
        let own = own.and_then(|rest| rest.strip_prefix('-'));
        let name = own.map(str::to_owned).unwrap_or(name);
        let wide = chars(&label).max(chars(&name).min(16.0));
        let w = (wide * 6.5 + 20.0).clamp(66.0, 124.0);
        let rect = Rect::new(x, HUB_H - MACHINE_H - 14.0, w, MACHINE_H);
        machines.push(Machine {
            key,
            icon,
            rect,
            label,
            name,
        });
        x += w + 22.0;
    }
    let inner = (x - 22.0 + 16.0).max(head).max(170.0);
    // A gateway stands at its side of the box: lines from above come down there, beside the names.
    let room = (inner - (x - 22.0 + 16.0)).max(0.0);
    let shift = match outer {
        (true, false) => 0.0,
        (false, true) => room,
        _ => room / 2.0,
    };
    machines.iter_mut().for_each(|m| m.rect.x += shift);
    // Without a machine its name is all that needs room.
    let high = if machines.is_empty() {
        BARE_HUB_H
    } else {
        HUB_H
    };
    Node {
        key,
        role: Role::Hub,
        rect: Rect::new(0.0, 0.0, inner, high),
        title,
        detail,
        machines,
    }
}

type Found = (MachineKey, Icon, String, String);

/// How far a hub's name moves aside for what comes down to a gateway at its side.
pub const NAME_ASIDE: f64 = 16.0;

fn is_gateway(key: MachineKey) -> bool {
    matches!(key, MachineKey::Gateway(_))
}

/// Whether gateways stand at the left and at the right of a hub.
#[must_use]
pub fn gateways_at(node: &Node) -> (bool, bool) {
    let gateway = |machine: Option<&Machine>| machine.is_some_and(|m| is_gateway(m.key));
    (
        gateway(node.machines.first()),
        gateway(node.machines.last()),
    )
}

fn vnet_machines(topology: &Topology, vnet: VnetId, gateways_first: bool) -> Vec<Found> {
    let appliances = topology
        .appliances()
        .iter()
        .filter(|a| a.vnet == vnet)
        .map(|a| {
            let icon = match a.kind {
                ApplianceKind::AzureFirewall => Icon::Firewall,
                ApplianceKind::Nva | ApplianceKind::RoutingAppliance => Icon::Nva,
            };
            (
                MachineKey::Appliance(a.id),
                icon,
                a.ip.to_string(),
                a.name.clone(),
            )
        });
    let gateways = topology
        .gateways()
        .iter()
        .filter(|g| g.vnet == vnet)
        .map(|g| {
            let (icon, label) = match g.kind {
                GatewayKind::Vpn => (Icon::Vpn, "VPN gateway"),
                GatewayKind::ExpressRoute => (Icon::ExpressRoute, "ExpressRoute"),
                GatewayKind::RouteServer => (Icon::RouteServer, "Route Server"),
            };
            (
                MachineKey::Gateway(g.id),
                icon,
                label.to_owned(),
                g.name.clone(),
            )
        });
    if gateways_first {
        gateways.chain(appliances).collect()
    } else {
        appliances.chain(gateways).collect()
    }
}

/// Sites and circuits above the bands, each over what it hangs on.
fn place_top(topology: &Topology, scene: &mut Scene) {
    let width = scene
        .bands
        .iter()
        .map(|b| b.rect.right())
        .fold(0.0, f64::max);
    let middle = |key: NodeKey| {
        let xs = wire::hangs_on(topology, key);
        let xs: Vec<f64> = xs
            .iter()
            .filter_map(|k| scene.node(*k))
            .map(|n| n.rect.center().x)
            .collect();
        if xs.is_empty() {
            width / 2.0
        } else {
            xs.iter().sum::<f64>() / count(xs.len())
        }
    };
    let sites = topology.sites().iter().map(|site| {
        let detail = match site.prefixes.as_slice() {
            [] => String::new(),
            [one] => one.to_string(),
            [first, rest @ ..] => format!("{first} +{}", rest.len()),
        };
        (
            NodeKey::Site(site.id),
            Role::Site,
            site.name.clone(),
            detail,
        )
    });
    let circuits = topology.circuits().iter().map(|circuit| {
        let key = NodeKey::Circuit(circuit.id);
        (
            key,
            Role::Circuit,
            circuit.name.clone(),
            String::from("ExpressRoute circuit"),
        )
    });
    let mut found: Vec<(f64, NodeKey, Role, String, String)> = sites
        .chain(circuits)
        .map(|(key, role, title, detail)| (middle(key), key, role, title, detail))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::NEG_INFINITY;
    for (middle, key, role, title, detail) in found {
        let w = (chars(&title) * 7.4)
            .max(chars(&detail) * 6.6)
            .clamp(84.0, 190.0)
            + 44.0;
        let x = (middle - w / 2.0).max(free);
        free = x + w + GAP;
        let rect = Rect::new(x, 0.0, w, TOP_H);
        scene.nodes.push(Node {
            key,
            role,
            rect,
            title,
            detail,
            machines: Vec::new(),
        });
    }
}

impl Lanes {
    /// Room above the hubs of a band.
    fn above(&self) -> f64 {
        9.0 * count(self.over.min(8))
    }

    /// Room at the left of the boxes of a band.
    fn aside(&self) -> f64 {
        if self.left > 0 {
            14.0 + 10.0 * count(self.left.min(8))
        } else {
            0.0
        }
    }

    /// Room under the last row of a band.
    fn below(&self) -> f64 {
        if self.under > 0 { 6.0 } else { 0.0 }
    }
}
