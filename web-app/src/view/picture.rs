//! The picture in words: a label, and a table that says the same.

use super::Choosable;
use crate::scene::{NodeKey, Role, Scene};
use crate::state::{Endpoint, Msg, PickMsg, State, Turn};
use crate::text;
use interspoke_core::topology::Topology;

/// A box as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinVnet {
    /// Which box.
    pub key: NodeKey,
    /// Name.
    pub name: String,
    /// What it is.
    pub role: &'static str,
    /// Region, or nothing.
    pub region: String,
    /// Ranges.
    pub ranges: String,
    /// What stands in it.
    pub machines: String,
}

/// A line as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinLink {
    /// One end.
    pub a: String,
    /// The other.
    pub b: String,
    /// Azure's word.
    pub kind: &'static str,
    /// Flags that are on, per object.
    pub flags: String,
    /// Whether packets may cross.
    pub state: &'static str,
}

/// The picture as two tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Boxes.
    pub nodes: Vec<TwinVnet>,
    /// Lines.
    pub links: Vec<TwinLink>,
}

/// What the picture shows, in a sentence.
#[must_use]
pub fn picture_label(state: &State) -> String {
    let topology = state.answers.topology();
    let mut regions: Vec<&str> = topology.vnets().iter().map(|v| v.region.as_str()).collect();
    regions.dedup();
    regions.sort();
    regions.dedup();
    let links = topology
        .links()
        .iter()
        .filter(|l| l.reverse.is_none_or(|r| l.id < r))
        .count();
    format!(
        "{} in {}, {}, {}",
        text::counted(topology.vnets().len(), "VNet", "VNets"),
        text::counted(regions.len(), "region", "regions"),
        text::counted(links, "peering link", "peering links"),
        text::counted(topology.sites().len(), "site", "sites"),
    )
}

/// What can be chosen for an end of the flow.
#[must_use]
pub fn ends(endpoints: &[Endpoint], turn: Turn) -> Vec<Choosable> {
    let one = |endpoint: &Endpoint| Choosable {
        name: endpoint.name.clone(),
        note: endpoint.address.to_string(),
        more: endpoint.detail.clone(),
        msg: Msg::Pick(PickMsg::Address(turn, endpoint.address)),
    };
    endpoints.iter().map(one).collect()
}

/// The tables.
#[must_use]
pub fn twin(topology: &Topology, scene: &Scene) -> Twin {
    let nodes = scene.nodes.iter().map(|node| {
        let machines: Vec<String> = node
            .machines
            .iter()
            .map(|m| format!("{} {}", m.name, m.label))
            .collect();
        let (region, ranges) = match node.key {
            NodeKey::Vnet(id) => {
                let vnet = topology.vnet(id);
                let ranges: Vec<String> = vnet.prefixes.iter().map(ToString::to_string).collect();
                (vnet.region.clone(), ranges.join(", "))
            }
            NodeKey::Hub(id) => (topology.hub(id).region.clone(), node.detail.clone()),
            NodeKey::Stack(id) => (topology.vnet(id).region.clone(), node.detail.clone()),
            NodeKey::Site(_) | NodeKey::Circuit(_) | NodeKey::Internet => {
                (String::new(), node.detail.clone())
            }
        };
        let role = role(node.role);
        let machines = machines.join(", ");
        TwinVnet {
            key: node.key,
            name: node.title.clone(),
            role,
            region,
            ranges,
            machines,
        }
    });
    Twin {
        nodes: nodes.collect(),
        links: links(topology, scene),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Hub => "hub",
        Role::Spoke => "spoke",
        Role::Site => "on-premises",
        Role::Circuit => "ExpressRoute circuit",
        Role::Stack => "stack of spokes",
        Role::Internet => "outside Azure",
    }
}

fn links(topology: &Topology, scene: &Scene) -> Vec<TwinLink> {
    let name = |key: NodeKey| {
        scene
            .node(key)
            .map_or_else(String::new, |n| n.title.clone())
    };
    let kind = |kind| match kind {
        crate::scene::EdgeKind::Peering => "VNetPeering",
        crate::scene::EdgeKind::GlobalPeering => "VNetGlobalPeering",
        crate::scene::EdgeKind::Tunnel => "IPsec tunnel",
        crate::scene::EdgeKind::Circuit => "ExpressRoute",
        crate::scene::EdgeKind::Connection | crate::scene::EdgeKind::Wan => {
            "Virtual WAN connection"
        }
        crate::scene::EdgeKind::NorthSouth => "to the Internet",
        crate::scene::EdgeKind::Group => "connected group",
    };
    let row = |edge: &crate::scene::Edge| {
        let link = edge.link.map(|id| topology.link(id));
        let flags = link.map_or_else(String::new, |link| {
            let back = link.reverse.map(|id| topology.link(id));
            let both: Vec<String> = [Some(link), back]
                .into_iter()
                .flatten()
                .map(|l| flags(topology, l))
                .collect();
            both.join("; ")
        });
        TwinLink {
            a: name(edge.ends.0),
            b: name(edge.ends.1),
            kind: kind(edge.kind),
            flags,
            state: match link {
                Some(link) if !link.up => "not connected",
                Some(_) => "Connected",
                None => "",
            },
        }
    };
    scene.edges.iter().map(row).collect()
}

/// `spoke1 → hub1: allowVirtualNetworkAccess, useRemoteGateways`.
fn flags(topology: &Topology, link: &interspoke_core::topology::Link) -> String {
    let all = [
        (link.allow_access, "allowVirtualNetworkAccess"),
        (link.allow_forwarded, "allowForwardedTraffic"),
        (link.allow_gateway_transit, "allowGatewayTransit"),
        (link.use_remote_gateways, "useRemoteGateways"),
    ];
    let on: Vec<&str> = all
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, word)| word)
        .collect();
    let on = if on.is_empty() {
        String::from("no flags")
    } else {
        on.join(", ")
    };
    format!(
        "{} → {}: {on}",
        topology.vnet(link.from).name,
        topology.vnet(link.to).name
    )
}
