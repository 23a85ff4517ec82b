//! What stands at the edge of Azure: sites, ExpressRoute circuits with the Microsoft edge, the Internet.
//!
//! The rule: they stand in one row above the regions, each as near as may be to what it hangs on. The Internet is drawn
//! where something leads to it: a default route to an appliance, a routing policy of a Virtual WAN hub, or the chosen
//! path.

use super::measure::{GAP, NAME, RANGE, TOP_H, chars, count};
use super::{Look, Node, NodeKey, Rect, Role, Scene, edge};
use interspoke_core::topology::Topology;

/// Room for lines under the row.
const LANES: f64 = 18.0;

/// Between two lines under the row.
pub(super) const LANE: f64 = 6.0;

/// Most lines that have a lane of their own.
pub(super) const MOST_LANES: usize = 6;

/// Whether the Internet is drawn.
pub(super) fn internet(topology: &Topology, look: &Look) -> bool {
    let routes = topology
        .route_tables()
        .iter()
        .flat_map(|table| &table.routes);
    let mut hops = routes.filter(|route| edge::is_way_out(route));
    let policy = topology.hubs().iter().any(|hub| hub.internet_policy);
    look.internet || policy || hops.next().is_some()
}

/// Height of the row with the lines under it.
pub(super) fn height(topology: &Topology, look: &Look) -> f64 {
    let out = if internet(topology, look) {
        edge::hangs_on(topology, NodeKey::Internet).len()
    } else {
        0
    };
    let lines = topology.tunnels().len() + topology.circuits().len() + out;
    let any =
        !topology.sites().is_empty() || !topology.circuits().is_empty() || internet(topology, look);
    if any {
        TOP_H + LANES + LANE * count(lines.min(MOST_LANES))
    } else {
        0.0
    }
}

/// Places the row over the boxes that stand already.
pub(super) fn place(topology: &Topology, look: &Look, scene: &mut Scene) {
    let width = scene
        .bands
        .iter()
        .map(|b| b.rect.right())
        .fold(0.0, f64::max);
    let middle = |key: NodeKey| {
        let xs: Vec<f64> = edge::hangs_on(topology, key)
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
            [] => String::from("on-premises"),
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
        let detail = String::from("Microsoft edge");
        (key, Role::Circuit, circuit.name.clone(), detail)
    });
    let internet = internet(topology, look).then(|| {
        let (title, detail) = (String::from("Internet"), String::from("0.0.0.0/0"));
        (NodeKey::Internet, Role::Internet, title, detail)
    });
    let mut found: Vec<(f64, NodeKey, Role, String, String)> = sites
        .chain(circuits)
        .chain(internet)
        .map(|(key, role, title, detail)| (middle(key), key, role, title, detail))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = (width / count(found.len().max(1)) - GAP).max(76.0);
    let widths: Vec<f64> = found
        .iter()
        .map(|(.., title, detail)| {
            let words = (chars(title) * NAME).max(chars(detail) * RANGE);
            (words + 42.0).clamp(76.0, 190.0).min(most)
        })
        .collect();
    let mut left: f64 = widths.iter().map(|w| w + GAP).sum();
    let mut free = f64::NEG_INFINITY;
    for ((middle, key, role, title, detail), w) in found.into_iter().zip(widths) {
        // Neither over the one before nor so far right that the rest finds no room.
        let x = (middle - w / 2.0)
            .min(width + GAP - left)
            .max(0.0)
            .max(free);
        left -= w + GAP;
        free = x + w + GAP;
        scene.nodes.push(Node {
            short: title.clone(),
            title,
            detail,
            ..Node::new(key, role, Rect::new(x, 0.0, w, TOP_H))
        });
    }
}
