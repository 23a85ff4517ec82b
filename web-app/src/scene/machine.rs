//! Hubs as boxes: a name, a range, and what stands in them, each with its picture at the left of its words.
//!
//! A box is as wide as its words need, up to a limit; beyond it machines are drawn without words, which appear as the
//! picture is looked at more closely.

use super::measure::{NAME, RANGE, WORD, chars, count};
use super::{Icon, Machine, MachineKey, Node, NodeKey, Point, Rect, Role};
use interspoke_core::spec::{ApplianceKind, GatewayKind};
use interspoke_core::topology::{HubId, Topology, VnetId};

/// Width and height of a machine's picture.
const ICON: (f64, f64) = (32.0, 26.0);

const PAD: f64 = 15.0;

/// Room under the machines of a hub, where paths run.
const FOOT: f64 = 13.0;
const APART: f64 = 14.0;

/// Height of a box with a name and a range under each other.
pub(super) const SPOKE_H: f64 = 42.0;

/// More height for what stands in a spoke.
pub(super) const MACHINE_H: f64 = 30.0;

/// The ranges of a VNet in one line.
pub(super) fn ranges(topology: &Topology, id: VnetId) -> String {
    match &*topology.vnet(id).prefixes {
        [] => String::from("no IPv4 range"),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} +{}", rest.len()),
    }
}

/// Moves a box with what stands in it.
pub(super) fn moved(node: &mut Node, to: Point) {
    let (dx, dy) = (to.x - node.rect.x, to.y - node.rect.y);
    let shift = |rect: &mut Rect| {
        rect.x += dx;
        rect.y += dy;
    };
    shift(&mut node.rect);
    node.machines.iter_mut().for_each(|m| shift(&mut m.rect));
}

/// A hub at the origin, no wider than a limit where its name allows.
pub(super) fn hub(topology: &Topology, key: NodeKey, limit: f64) -> Node {
    let (title, detail, found) = match key {
        NodeKey::Vnet(id) => (
            topology.vnet(id).name.clone(),
            ranges(topology, id),
            in_vnet(topology, id),
        ),
        NodeKey::Hub(id) => {
            let hub = topology.hub(id);
            let range = hub.prefix.map_or_else(String::new, |p| p.to_string());
            (hub.name.clone(), range, in_hub(topology, id))
        }
        _ => Default::default(),
    };
    let (name, range) = (chars(&title) * NAME, chars(&detail) * RANGE);
    let beside = name + range + 14.0 + 2.0 * PAD;
    let one_line = beside <= limit.max(120.0);
    let head = if one_line {
        beside
    } else {
        name.max(range) + 2.0 * PAD
    };
    let mut machines: Vec<Machine> = found
        .into_iter()
        .map(|found| machine(found, &title))
        .collect();
    let wide = |machines: &[Machine]| {
        let all: f64 = machines.iter().map(|m| m.wide).sum();
        all + (count(machines.len()) - 1.0).max(0.0) * APART + 2.0 * PAD
    };
    if wide(&machines) > limit {
        machines.iter_mut().for_each(|m| m.wide = ICON.0);
    }
    // A name that is too long is cut; the whole of it is in the label and in the table.
    let w = head.min(limit.max(130.0)).max(wide(&machines)).max(130.0);
    let top = if one_line { 32.0 } else { 46.0 };
    let mut x = (w - wide(&machines)) / 2.0 + PAD;
    for machine in &mut machines {
        machine.rect = Rect::new(x, top, ICON.0, ICON.1);
        x += machine.wide + APART;
    }
    let h = if machines.is_empty() {
        top + if one_line { 6.0 } else { 0.0 }
    } else {
        top + ICON.1 + FOOT
    };
    Node {
        short: title.clone(),
        title,
        detail,
        machines,
        one_line,
        ..Node::new(key, Role::Hub, Rect::new(0.0, 0.0, w, h))
    }
}

/// What stands in a spoke, under its range.
pub(super) fn in_spoke(topology: &Topology, id: VnetId, rect: &Rect) -> Vec<Machine> {
    let title = &topology.vnet(id).name;
    let mut machines: Vec<Machine> = in_vnet(topology, id)
        .into_iter()
        .map(|found| machine(found, title))
        .collect();
    let step = ICON.0 + 6.0;
    let mut x = rect.center().x - (step * count(machines.len()) - 6.0) / 2.0;
    for machine in &mut machines {
        machine.wide = ICON.0;
        machine.rect = Rect::new(x, rect.bottom() - ICON.1 - 5.0, ICON.0, ICON.1);
        x += step;
    }
    machines
}

struct Found {
    key: MachineKey,
    icon: Icon,
    label: String,
    name: String,
}

fn machine(found: Found, title: &str) -> Machine {
    // Who stands in a hub need not repeat its name.
    let own = found.name.strip_prefix(title);
    let own = own.and_then(|rest| rest.strip_prefix('-'));
    let name = own.map_or_else(|| found.name.clone(), str::to_owned);
    let words = (chars(&name).min(16.0) * WORD).max(chars(&found.label) * RANGE);
    Machine {
        key: found.key,
        icon: found.icon,
        rect: Rect::default(),
        wide: ICON.0 + 6.0 + words,
        label: found.label,
        name,
    }
}

fn in_vnet(topology: &Topology, vnet: VnetId) -> Vec<Found> {
    let appliances = topology.appliances().iter().filter(|a| a.vnet == vnet);
    let appliances = appliances.map(|a| Found {
        key: MachineKey::Appliance(a.id),
        icon: icon(a.kind),
        label: a.ip.to_string(),
        name: a.name.clone(),
    });
    let gateways = topology.gateways().iter().filter(|g| g.vnet == vnet);
    let gateways = gateways.map(|g| {
        let (icon, label) = match g.kind {
            GatewayKind::Vpn => (Icon::Vpn, "VPN gateway"),
            GatewayKind::ExpressRoute => (Icon::ExpressRoute, "ExpressRoute"),
            GatewayKind::RouteServer => (Icon::RouteServer, "Route Server"),
        };
        Found {
            key: MachineKey::Gateway(g.id),
            icon,
            label: label.to_owned(),
            name: g.name.clone(),
        }
    });
    appliances.chain(gateways).collect()
}

fn icon(kind: ApplianceKind) -> Icon {
    match kind {
        ApplianceKind::AzureFirewall => Icon::Firewall,
        ApplianceKind::Nva | ApplianceKind::RoutingAppliance => Icon::Nva,
    }
}

/// A Virtual WAN hub always holds its router.
fn in_hub(topology: &Topology, id: HubId) -> Vec<Found> {
    let hub = topology.hub(id);
    let found = |key, icon, name: &str, label: &str| Found {
        key,
        icon,
        label: label.to_owned(),
        name: name.to_owned(),
    };
    let mut all = vec![found(
        MachineKey::HubRouter(id),
        Icon::Router,
        "router",
        "managed",
    )];
    all.extend(hub.firewall.as_ref().map(|firewall| {
        let ip = firewall.ip.map_or_else(String::new, |ip| ip.to_string());
        let key = MachineKey::HubFirewall(id);
        found(key, icon(firewall.kind), &firewall.name, &ip)
    }));
    if hub.vpn.is_some() {
        all.push(found(MachineKey::HubVpn(id), Icon::Vpn, "VPN", "gateway"));
    }
    if hub.express_route.is_some() {
        let key = MachineKey::HubExpressRoute(id);
        all.push(found(key, Icon::ExpressRoute, "ExpressRoute", "gateway"));
    }
    all
}
