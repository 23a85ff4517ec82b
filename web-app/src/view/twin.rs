//! The picture as two tables: every network and every link of the estate, folded or not.
//!
//! The rule: what the tables hold is counted at once, a row is put into words when it is shown.

use crate::scene::{NodeKey, Role, Scene};
use interspoke_core::topology::{
    ConnectedGroupId, ConnectionId, HubId, Link, LinkId, Party, SiteId, Topology, TunnelId, VnetId,
};

/// A network as a row.
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

/// What a row of the second table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Peering(LinkId),
    Connection(ConnectionId),
    Wan(HubId, HubId),
    Group(ConnectedGroupId),
    Tunnel(TunnelId),
    Circuit(interspoke_core::topology::CircuitId, Party),
    Behind(interspoke_core::topology::CircuitId, SiteId),
}

/// The rows of both tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Twin {
    nodes: Vec<NodeKey>,
    lines: Vec<Line>,
}

impl Twin {
    /// The rows for an estate.
    #[must_use]
    pub fn of(topology: &Topology) -> Self {
        let vnets = topology.vnets().iter().map(|v| NodeKey::Vnet(v.id));
        let hubs = topology.hubs().iter().map(|h| NodeKey::Hub(h.id));
        let sites = topology.sites().iter().map(|s| NodeKey::Site(s.id));
        let circuits = topology.circuits().iter().map(|c| NodeKey::Circuit(c.id));
        Self {
            nodes: vnets.chain(hubs).chain(sites).chain(circuits).collect(),
            lines: lines(topology),
        }
    }

    /// How many networks there are.
    #[must_use]
    pub fn networks(&self) -> usize {
        self.nodes.len()
    }

    /// How many links there are.
    #[must_use]
    pub fn links(&self) -> usize {
        self.lines.len()
    }

    /// A row of the first table.
    #[must_use]
    pub fn network(&self, topology: &Topology, scene: &Scene, at: usize) -> Option<TwinVnet> {
        let key = *self.nodes.get(at)?;
        let node = scene.node(key);
        let machines = node.into_iter().flat_map(|node| &node.machines);
        let machines: Vec<String> = machines
            .map(|machine| format!("{} {}", machine.name, machine.label))
            .collect();
        let list = |ranges: &[_]| {
            let words: Vec<String> = ranges.iter().map(ToString::to_string).collect();
            words.join(", ")
        };
        let (name, region, ranges) = match key {
            NodeKey::Vnet(id) | NodeKey::Stack(id) => {
                let vnet = topology.vnet(id);
                (vnet.name.clone(), vnet.region.clone(), list(&vnet.prefixes))
            }
            NodeKey::Hub(id) => {
                let hub = topology.hub(id);
                let range = hub
                    .prefix
                    .map_or_else(String::new, |prefix| prefix.to_string());
                (hub.name.clone(), hub.region.clone(), range)
            }
            NodeKey::Site(id) => {
                let site = topology.site(id);
                (site.name.clone(), String::new(), list(&site.prefixes))
            }
            NodeKey::Circuit(id) => (
                topology.circuit(id).name.clone(),
                String::new(),
                String::new(),
            ),
            NodeKey::Internet => return None,
        };
        let role = node.map_or("spoke, in a stack", |node| role(node.role));
        Some(TwinVnet {
            key,
            name,
            role,
            region,
            ranges,
            machines: machines.join(", "),
        })
    }

    /// A row of the second table.
    #[must_use]
    pub fn link(&self, topology: &Topology, at: usize) -> Option<TwinLink> {
        let line = *self.lines.get(at)?;
        let row = |a: &str, b: &str, kind| TwinLink {
            a: a.to_owned(),
            b: b.to_owned(),
            kind,
            flags: String::new(),
            state: "",
        };
        Some(match line {
            Line::Peering(id) => peering(topology, topology.link(id)),
            Line::Connection(id) => {
                let connection = topology.connection(id);
                let (hub, vnet) = (topology.hub(connection.hub), topology.vnet(connection.vnet));
                row(&hub.name, &vnet.name, "Virtual WAN connection")
            }
            Line::Wan(a, b) => row(&topology.hub(a).name, &topology.hub(b).name, "Virtual WAN"),
            Line::Group(id) => {
                let group = topology.connected_group(id);
                let all = crate::text::counted(group.members.len(), "member", "members");
                row(&group.name, &all, "connected group")
            }
            Line::Tunnel(id) => {
                let tunnel = topology.tunnel(id);
                let (a, b) = (topology.party_name(tunnel.a), topology.party_name(tunnel.b));
                row(a, b, "IPsec tunnel")
            }
            Line::Circuit(id, party) => {
                let name = topology.party_name(party);
                row(&topology.circuit(id).name, name, "ExpressRoute")
            }
            Line::Behind(id, site) => {
                let name = &topology.site(site).name;
                row(&topology.circuit(id).name, name, "ExpressRoute")
            }
        })
    }
}

fn lines(topology: &Topology) -> Vec<Line> {
    let first = |link: &&Link| link.reverse.is_none_or(|reverse| link.id < reverse);
    let peerings = topology.links().iter().filter(first);
    let mut all: Vec<Line> = peerings.map(|link| Line::Peering(link.id)).collect();
    all.extend(
        topology
            .connections()
            .iter()
            .map(|c| Line::Connection(c.id)),
    );
    for (at, hub) in topology.hubs().iter().enumerate() {
        let rest = topology.hubs().iter().skip(at + 1);
        all.extend(rest.map(|other| Line::Wan(hub.id, other.id)));
    }
    all.extend(
        topology
            .connected_groups()
            .iter()
            .map(|g| Line::Group(g.id)),
    );
    all.extend(topology.tunnels().iter().map(|t| Line::Tunnel(t.id)));
    for circuit in topology.circuits() {
        all.extend(
            circuit
                .gateways
                .iter()
                .map(|party| Line::Circuit(circuit.id, *party)),
        );
        all.extend(
            circuit
                .sites
                .iter()
                .map(|site| Line::Behind(circuit.id, *site)),
        );
    }
    all
}

fn peering(topology: &Topology, link: &Link) -> TwinLink {
    let back = link.reverse.map(|id| topology.link(id));
    let both: Vec<String> = [Some(link), back]
        .into_iter()
        .flatten()
        .map(|one| flags(topology, one))
        .collect();
    let name = |id: VnetId| topology.vnet(id).name.clone();
    TwinLink {
        a: name(link.from),
        b: name(link.to),
        kind: if link.global {
            "VNetGlobalPeering"
        } else {
            "VNetPeering"
        },
        flags: both.join("; "),
        state: if link.up {
            "Connected"
        } else {
            "not connected"
        },
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

/// `spoke1 → hub1: allowVirtualNetworkAccess, useRemoteGateways`.
fn flags(topology: &Topology, link: &Link) -> String {
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
