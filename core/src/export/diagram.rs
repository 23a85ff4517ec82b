//! The estate as nodes and edges, for languages of pictures: Mermaid and draw.io.
//!
//! The rule: a VNet, hub, site or circuit is a node, in the frame of its region; a peering link is one edge whatever its
//! objects are, with what its flags say; connections, tunnels and circuits are edges. What stands in a VNet (firewall,
//! gateway, NVA) is a line in its node.
//!
//! | in the estate | node or edge |
//! |---|---|
//! | VNet `hub` with an Azure Firewall | `hub`, its ranges, `Azure Firewall fw` |
//! | two peering objects, gateway transit on one | one edge `gateway transit` |
//! | one object | one broken edge `one side only` |
//!
//! Left out: routes and flows; the page's own picture shows them.

use crate::region;
use crate::spec::{ApplianceKind, GatewayKind, NetworkSpec, PeeringSpec};
use std::collections::BTreeMap;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Vnet,
    Hub,
    Site,
    Circuit,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) shape: Shape,
    pub(super) name: String,
    /// What stands below its name.
    pub(super) lines: Vec<String>,
    /// Its region; empty outside of Azure.
    pub(super) region: String,
}

/// An edge between two nodes, by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    /// Whether packets cross it.
    pub(super) whole: bool,
}

/// Nodes and edges.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Diagram {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

impl Diagram {
    /// The picture of an estate.
    pub(super) fn of(spec: &NetworkSpec) -> Self {
        let mut diagram = Self::default();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        diagram.networks(spec, &mut at);
        diagram.outside(spec, &mut at);
        for gateway in &spec.gateways {
            if let Some(vnet) = at.get(gateway.vnet.as_str()).copied() {
                at.insert(&gateway.name, vnet);
            }
        }
        for nic in &spec.appliances {
            if let Some(vnet) = at.get(nic.vnet.as_str()).copied() {
                at.insert(&nic.name, vnet);
            }
        }
        diagram.links(spec, &at);
        diagram.attachments(spec, &at);
        diagram
    }

    /// Regions of the nodes, those outside of Azure as the empty one.
    pub(super) fn regions(&self) -> Vec<&str> {
        let mut regions: Vec<&str> = self.nodes.iter().map(|node| node.region.as_str()).collect();
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    fn networks<'s>(&mut self, spec: &'s NetworkSpec, at: &mut BTreeMap<&'s str, usize>) {
        for vnet in &spec.vnets {
            let mut lines = vec![vnet.prefixes.join(", ")];
            lines.extend(machines(spec, &vnet.name));
            at.insert(&vnet.name, self.nodes.len());
            self.nodes.push(Node {
                shape: Shape::Vnet,
                name: vnet.name.clone(),
                lines,
                region: region::key(&vnet.region),
            });
        }
        for hub in spec.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
            let mut lines: Vec<String> = hub.prefix.iter().cloned().collect();
            lines.extend(
                hub.firewall
                    .iter()
                    .map(|firewall| format!("firewall {}", firewall.name)),
            );
            if hub.routing_intent.private || hub.routing_intent.internet {
                lines.push("routing intent".to_owned());
            }
            at.insert(&hub.name, self.nodes.len());
            self.nodes.push(Node {
                shape: Shape::Hub,
                name: hub.name.clone(),
                lines,
                region: region::key(&hub.region),
            });
        }
    }

    fn outside<'s>(&mut self, spec: &'s NetworkSpec, at: &mut BTreeMap<&'s str, usize>) {
        for site in &spec.sites {
            at.insert(&site.name, self.nodes.len());
            self.nodes.push(Node {
                shape: Shape::Site,
                name: site.name.clone(),
                lines: vec![site.prefixes.join(", ")],
                region: String::new(),
            });
        }
        for circuit in &spec.circuits {
            at.insert(&circuit.name, self.nodes.len());
            self.nodes.push(Node {
                shape: Shape::Circuit,
                name: circuit.name.clone(),
                lines: vec!["ExpressRoute".to_owned()],
                region: String::new(),
            });
        }
    }

    fn links(&mut self, spec: &NetworkSpec, at: &BTreeMap<&str, usize>) {
        let mut seen: BTreeMap<(usize, usize), Vec<&PeeringSpec>> = BTreeMap::new();
        for object in &spec.peerings {
            let (Some(a), Some(b)) = (at.get(&*object.from), at.get(&*object.to)) else {
                continue;
            };
            seen.entry((*a.min(b), *a.max(b))).or_default().push(object);
        }
        for ((from, to), objects) in seen {
            let transit = objects.iter().any(|object| object.use_remote_gateways);
            let whole = objects.len() > 1;
            let label = match (whole, transit) {
                (false, _) => "one side only",
                (true, true) => "gateway transit",
                (true, false) => "",
            };
            self.edge(Some(from), Some(to), label, whole);
        }
        for hub in spec.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
            for connection in &hub.connections {
                let ends = (at.get(hub.name.as_str()), at.get(connection.vnet.as_str()));
                self.edge(ends.0.copied(), ends.1.copied(), "connection", true);
            }
        }
        let hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let hubs: Vec<usize> = hubs
            .filter_map(|hub| at.get(hub.name.as_str()).copied())
            .collect();
        for (position, hub) in hubs.iter().enumerate() {
            for other in hubs.iter().skip(position + 1) {
                self.edge(Some(*hub), Some(*other), "hub to hub", true);
            }
        }
    }

    fn attachments(&mut self, spec: &NetworkSpec, at: &BTreeMap<&str, usize>) {
        let of = |name: &String| at.get(name.as_str()).copied();
        for tunnel in &spec.tunnels {
            self.edge(of(&tunnel.a), of(&tunnel.b), "VPN", true);
        }
        for circuit in &spec.circuits {
            for gateway in &circuit.gateways {
                self.edge(of(gateway), of(&circuit.name), "ExpressRoute", true);
            }
            for site in &circuit.sites {
                self.edge(of(&circuit.name), of(site), "", true);
            }
        }
    }

    fn edge(&mut self, from: Option<usize>, to: Option<usize>, label: &str, whole: bool) {
        if let (Some(from), Some(to)) = (from, to) {
            self.edges.push(Edge {
                from,
                to,
                label: label.to_owned(),
                whole,
            });
        }
    }
}

/// Firewalls, NVAs and gateways of a VNet, in words.
fn machines(spec: &NetworkSpec, vnet: &str) -> Vec<String> {
    let appliances = spec.appliances.iter().filter(|nic| nic.vnet == vnet);
    let appliances = appliances.map(|nic| {
        let word = match nic.kind.known() {
            Ok(ApplianceKind::AzureFirewall) => "Azure Firewall",
            Ok(ApplianceKind::Nva) => "NVA",
            Ok(ApplianceKind::RoutingAppliance) => "routing appliance",
            Err(word) => word,
        };
        format!("{word} {}", nic.machine())
    });
    let gateways = spec.gateways.iter().filter(|gateway| gateway.vnet == vnet);
    let gateways = gateways.map(|gateway| {
        let word = match gateway.kind.known() {
            Ok(GatewayKind::Vpn) => "VPN gateway",
            Ok(GatewayKind::ExpressRoute) => "ExpressRoute gateway",
            Ok(GatewayKind::RouteServer) => "Route Server",
            Err(word) => word,
        };
        format!("{word} {}", gateway.name)
    });
    let mut lines: Vec<String> = appliances.chain(gateways).collect();
    lines.dedup();
    lines
}
