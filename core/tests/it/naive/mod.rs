//! A second simulator, as simple as it can be: what the real one is held against on random estates.
//!
//! Written from sections 1 to 5 of the routing reference alone, straight from a [`NetworkSpec`] with linear scans.
//! It shares nothing with `core/src/route` but the spec types, and it explains nothing.
//!
//! | module | what it does |
//! |---|---|
//! | `net` | prefixes |
//! | here | effective routes of a subnet and the row that wins (sections 2 and 3, link states of section 4) |
//! | `ports` | what rules let pass (4.5, 8.3) |
//! | `walk` | packets and round trips (sections 1, 4 and 5) |
//! | `estate` | the random estates and what is asked of them |
//! | `shrink` | the smallest estate that still shows a disagreement |
//!
//! Modelled: VNets, peerings of both kinds with flags and states, UDRs of every type, the propagation switch, VPN
//! gateways with transit, tunnels without BGP to sites and between gateways, appliances with one machine each, private endpoints,
//! security groups of subnets and network rules of Azure Firewalls by protocol and port, what machines and policies publish of hosts
//! (DNAT), whether the packets of a Route Server's sessions arrive and what the sessions bring then.
//! **Not modelled:** what other BGP brings, ExpressRoute, Virtual WAN, Network Manager, service tags and endpoints, application groups,
//! groups of NICs, a custom rule that lets a packet over a peering without access, guests' own routes.

pub(crate) mod estate;
pub(crate) mod net;
mod ports;
pub(crate) mod shrink;
pub(crate) mod walk;

use interspoke_core::spec::{
    ApplianceKind, GatewayKind, GatewaySpec, NetworkSpec, PeeringSpec, PeeringState, RouteSpec,
    RouteTableSpec, SubnetSpec, UserNextHopType, VnetSpec,
};
use net::{DEFAULT, Net, net, nets, reserved};
use std::net::Ipv4Addr;

/// A row of a subnet, in Azure's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) prefix: Net,
    pub(crate) kind: &'static str,
    /// `*` where the estate does not give the address.
    pub(crate) ips: Vec<String>,
    pub(crate) source: &'static str,
    pub(crate) state: &'static str,
}

/// The other end of a gateway's tunnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Far<'a> {
    Site(&'a str),
    Gateway(&'a str),
}

/// The oracle over one estate.
pub(crate) struct Naive<'a> {
    spec: &'a NetworkSpec,
    /// Pairs of VNets whose peering Azure accepted and that are connected on both sides.
    connected: Vec<(&'a str, &'a str)>,
    /// Leaves open what kept disagreements are about, so that random estates can ask for more; see `EXPECTED` of
    /// [`crate::agreement`].
    lenient: bool,
    /// Appliances whose sessions with a Route Server are up; none where BGP is left out.
    speakers: Vec<&'a str>,
}

impl<'a> Naive<'a> {
    pub(crate) fn new(spec: &'a NetworkSpec) -> Self {
        let mut naive = Self {
            spec,
            connected: Vec::new(),
            lenient: false,
            speakers: Vec::new(),
        };
        for (position, link) in spec.peerings.iter().enumerate() {
            // A pair exists from its second object on.
            let earlier = spec.peerings.iter().take(position);
            let Some(other) = earlier
                .rev()
                .find(|other| other.from == link.to && other.to == link.from)
            else {
                continue;
            };
            let both = [link, other]
                .iter()
                .all(|l| l.peering_state == PeeringState::Connected);
            if both && link.peer_complete_vnets == other.peer_complete_vnets && !naive.refused(link)
            {
                naive.connected.push((&link.from, &link.to));
                naive.connected.push((&link.to, &link.from));
            }
        }
        naive
    }

    /// The same, silent where a kept disagreement is expected.
    pub(crate) fn lenient(spec: &'a NetworkSpec) -> Self {
        Self {
            lenient: true,
            ..Self::new(spec)
        }
    }

    /// The same with what appliances announce to Route Servers. `None` where it is left open whether a session is up.
    pub(crate) fn speaking(spec: &'a NetworkSpec) -> Option<Self> {
        let mut naive = Self::lenient(spec);
        let sessions = naive.all_sessions();
        let mut up = Vec::new();
        for (name, is_up) in sessions {
            if is_up? {
                up.push(name);
            }
        }
        naive.speakers = up;
        Some(naive)
    }

    /// What Route Servers bring to a subnet: of each prefix the announcement with the shortest path, from sessions that are
    /// up (6.1); nothing where propagation is off, nothing equal to or inside a VNet or peering prefix (3.1.1).
    fn announced(&self, vnet: &str, subnet: &str, system: &[Net]) -> Vec<(Net, String)> {
        let off = self
            .table(vnet, subnet)
            .is_some_and(|table| table.disable_bgp_route_propagation);
        let near = |home: &str| home == vnet || self.is_transit(vnet, home);
        let mut gateways = self.spec.gateways.iter();
        let server = gateways.find(|one| one.kind == GatewayKind::RouteServer && near(&one.vnet));
        let Some(server) = server.filter(|_| !off) else {
            return Vec::new();
        };
        let mut best: Vec<(Net, usize, String)> = Vec::new();
        for session in &self.spec.bgp_peerings {
            let up = self.speakers.contains(&session.appliance.as_str());
            if !up || session.speaker != server.name {
                continue;
            }
            let mut nics = self.spec.appliances.iter();
            let ip = &nics.find(|nic| nic.name == session.appliance).unwrap().ip;
            for one in &session.advertises {
                let prefix = net(&one.prefix).unwrap();
                let length = one.as_path.as_ref().map_or(1, Vec::len);
                if system.iter().any(|known| known.covers(prefix)) {
                    continue;
                }
                match best.iter_mut().find(|(known, ..)| *known == prefix) {
                    Some(known) if known.1 > length => *known = (prefix, length, ip.clone()),
                    Some(_) => {}
                    None => best.push((prefix, length, ip.clone())),
                }
            }
        }
        best.into_iter().map(|(net, _, ip)| (net, ip)).collect()
    }

    /// Section 4.1: the VNets overlap, or one overlaps a VNet that the other is peered with already. Chosen subnets
    /// must not lie in the other VNet's ranges (2.3.4, as its laboratory shows it).
    fn refused(&self, link: &PeeringSpec) -> bool {
        let clash = |a: &[Net], b: &[Net]| a.iter().any(|a| b.iter().any(|b| a.overlaps(*b)));
        if !link.peer_complete_vnets {
            return clash(&self.seen(&link.from, &link.to), &self.ranges(&link.from))
                || clash(&self.seen(&link.to, &link.from), &self.ranges(&link.to));
        }
        let known = |vnet: &str, other: &str| {
            let peers = self
                .connected
                .iter()
                .filter(|(from, to)| *from == vnet && *to != other)
                .filter(|(from, to)| self.link(from, to).is_some_and(|l| l.peer_complete_vnets));
            peers
                .flat_map(|(_, to)| self.ranges(to))
                .collect::<Vec<_>>()
        };
        clash(&self.ranges(&link.from), &self.ranges(&link.to))
            || clash(&known(&link.from, &link.to), &self.ranges(&link.to))
            || clash(&known(&link.to, &link.from), &self.ranges(&link.from))
    }

    pub(crate) fn vnet(&self, name: &str) -> Option<&'a VnetSpec> {
        self.spec.vnets.iter().find(|vnet| vnet.name == name)
    }

    fn ranges(&self, vnet: &str) -> Vec<Net> {
        self.vnet(vnet)
            .map(|vnet| nets(&vnet.prefixes))
            .unwrap_or_default()
    }

    fn subnet(&self, vnet: &str, subnet: &str) -> Option<&'a SubnetSpec> {
        self.vnet(vnet)?.subnets.iter().find(|s| s.name == subnet)
    }

    fn link(&self, from: &str, to: &str) -> Option<&'a PeeringSpec> {
        self.spec
            .peerings
            .iter()
            .find(|link| *link.from == *from && *link.to == *to)
    }

    fn is_connected(&self, from: &str, to: &str) -> bool {
        self.connected.contains(&(from, to))
    }

    fn peers(&self, vnet: &str) -> impl Iterator<Item = &'a str> {
        self.connected
            .iter()
            .filter(move |(from, _)| *from == vnet)
            .map(|(_, to)| *to)
    }

    /// What `from` sees of `to`: its ranges as of the last sync, or the chosen subnets (2.2, 2.3.1).
    fn seen(&self, from: &str, to: &str) -> Vec<Net> {
        let Some(link) = self.link(from, to) else {
            return Vec::new();
        };
        if link.peer_complete_vnets {
            return link
                .remote_address_space
                .as_ref()
                .map_or_else(|| self.ranges(to), |synced| nets(synced));
        }
        let chosen = link
            .remote_subnet_names
            .iter()
            .filter_map(|name| self.subnet(to, name));
        chosen.filter_map(|subnet| net(&subnet.prefix)).collect()
    }

    fn table(&self, vnet: &str, subnet: &str) -> Option<&'a RouteTableSpec> {
        let name = self.subnet(vnet, subnet)?.route_table.as_deref()?;
        self.spec
            .route_tables
            .iter()
            .find(|table| table.name == name)
    }

    /// The VPN gateway that a VNet uses: its own, or that of a peered VNet when both flags are set (2.6).
    fn gateway_of(&self, vnet: &str) -> Option<&'a GatewaySpec> {
        let in_vnet = |vnet: &str| {
            self.spec
                .gateways
                .iter()
                .find(|gateway| gateway.vnet == vnet && gateway.kind == GatewayKind::Vpn)
        };
        in_vnet(vnet).or_else(|| in_vnet(self.peers(vnet).find(|hub| self.is_transit(vnet, hub))?))
    }

    /// Whether `spoke` uses the gateway of `hub`.
    fn is_transit(&self, spoke: &str, hub: &str) -> bool {
        let uses = self
            .link(spoke, hub)
            .is_some_and(|link| link.use_remote_gateways);
        let lets = self
            .link(hub, spoke)
            .is_some_and(|link| link.allow_gateway_transit);
        let owns = |vnet: &str| {
            self.spec
                .gateways
                .iter()
                .any(|gateway| gateway.vnet == vnet)
        };
        self.is_connected(spoke, hub) && uses && lets && owns(hub) && !owns(spoke)
    }

    /// VNets that use the gateways of this one.
    fn transit_spokes(&self, hub: &'a str) -> impl Iterator<Item = &'a str> {
        self.peers(hub)
            .filter(move |spoke| self.is_transit(spoke, hub))
    }

    /// The static prefixes of a gateway's tunnels with who is behind each. Prefixes equal to or inside a range of its
    /// VNet or of a transit spoke are ignored (2.5).
    pub(crate) fn told(&self, gateway: &'a GatewaySpec) -> Vec<(Net, Far<'a>)> {
        let ignored = self.home(gateway);
        let mut told = self.configured(gateway);
        told.retain(|(prefix, _)| !ignored.iter().any(|range| range.covers(*prefix)));
        told
    }

    /// What a gateway is there for: the ranges of its VNet and of the spokes that use it.
    pub(crate) fn home(&self, gateway: &'a GatewaySpec) -> Vec<Net> {
        let mut home = self.ranges(&gateway.vnet);
        let spokes = self.transit_spokes(&gateway.vnet);
        home.extend(spokes.flat_map(|spoke| self.ranges(spoke)));
        home
    }

    /// The same before anything is ignored. A gateway at the other end is known for what it is there for.
    pub(crate) fn configured(&self, gateway: &GatewaySpec) -> Vec<(Net, Far<'a>)> {
        let mut told = Vec::new();
        for tunnel in &self.spec.tunnels {
            let (there, fixed) = if tunnel.a == gateway.name {
                (&tunnel.b, &tunnel.static_at_a)
            } else if tunnel.b == gateway.name {
                (&tunnel.a, &tunnel.static_at_b)
            } else {
                continue;
            };
            let sites = &self.spec.sites;
            let gateways = &self.spec.gateways;
            let (known, far) = if let Some(site) = sites.iter().find(|site| site.name == *there) {
                (nets(&site.prefixes), Far::Site(&site.name))
            } else if let Some(other) = gateways.iter().find(|other| other.name == *there) {
                (self.home(other), Far::Gateway(&other.name))
            } else {
                continue;
            };
            let prefixes = if fixed.is_empty() { known } else { nets(fixed) };
            told.extend(prefixes.into_iter().map(|prefix| (prefix, far)));
        }
        told
    }

    /// The effective routes of a subnet (section 2).
    pub(crate) fn rows(&self, vnet: &str, subnet: &str) -> Vec<Row> {
        let own = self.ranges(vnet);
        let routes = self
            .table(vnet, subnet)
            .map_or(&[][..], |table| table.routes.as_slice());
        let user = |prefix: Net| {
            routes
                .iter()
                .find(|route| net(&route.prefix) == Some(prefix))
        };
        let mut rows = Vec::new();
        let mut add = |prefix, kind, ips, source, overridden: bool| {
            let state = if overridden { "Invalid" } else { "Active" };
            rows.push(Row {
                prefix,
                kind,
                ips,
                source,
                state,
            });
        };
        for range in &own {
            add(
                *range,
                "VnetLocal",
                vec![],
                "Default",
                user(*range).is_some(),
            );
        }
        let mut system = own.clone();
        for peer in self.peers(vnet) {
            let region = |name| self.vnet(name).map(|vnet| vnet.region.as_str());
            let kind = if region(vnet) == region(peer) {
                "VNetPeering"
            } else {
                "VNetGlobalPeering"
            };
            for prefix in self.seen(vnet, peer) {
                add(prefix, kind, vec![], "Default", user(prefix).is_some());
                system.push(prefix);
            }
        }
        let learned = self.gateway_prefixes(vnet, subnet, &system);
        if let Some(gateway) = self.gateway_of(vnet) {
            for prefix in &learned {
                add(
                    *prefix,
                    "VirtualNetworkGateway",
                    shown(gateway),
                    "VirtualNetworkGateway",
                    user(*prefix).is_some(),
                );
            }
        }
        let mut learned = learned;
        for (prefix, ip) in self.announced(vnet, subnet, &system) {
            let beaten = user(prefix).is_some();
            let kind = "VirtualNetworkGateway";
            add(prefix, kind, vec![ip], kind, beaten);
            learned.push(prefix);
        }
        let default_learned = learned.contains(&DEFAULT);
        if !default_learned {
            add(
                DEFAULT,
                "Internet",
                vec![],
                "Default",
                user(DEFAULT).is_some(),
            );
        }
        let keeps = [UserNextHopType::Internet, UserNextHopType::None];
        let replaced = user(DEFAULT)
            .is_some_and(|route| !keeps.iter().any(|kind| route.next_hop_type == *kind));
        for dropped in reserved() {
            let inside = own.iter().any(|range| range.covers(dropped));
            let beaten =
                user(dropped).is_some() || learned.contains(&dropped) || system.contains(&dropped);
            if !(inside || beaten || default_learned || replaced) {
                add(dropped, "None", vec![], "Default", false);
            }
        }
        for (ip, steered) in self.endpoints(vnet) {
            let covered = |route: &RouteSpec| {
                net(&route.prefix).is_some_and(|prefix| {
                    prefix == Net::host(ip)
                        || steered.is_some_and(|range| prefix.has(ip) && prefix.length >= range)
                })
            };
            add(
                Net::host(ip),
                "InterfaceEndpoint",
                vec![],
                "Default",
                routes.iter().any(covered),
            );
        }
        for route in routes {
            let Some(prefix) = net(&route.prefix) else {
                continue;
            };
            let hop = route.next_hop_ip_address.as_ref();
            let off =
                self.spec.appliances.iter().any(|nic| {
                    !nic.running && nic.kind == ApplianceKind::Nva && Some(&nic.ip) == hop
                });
            let near = |range: &Net| range.covers(prefix) || prefix.covers(*range);
            let Ok(kind) = route.next_hop_type.known() else {
                continue;
            };
            let kind = match kind {
                UserNextHopType::VirtualAppliance if off => "None",
                UserNextHopType::VnetLocal if !system.iter().any(near) => "None",
                UserNextHopType::VirtualAppliance => "VirtualAppliance",
                UserNextHopType::VirtualNetworkGateway => "VirtualNetworkGateway",
                UserNextHopType::VnetLocal => "VnetLocal",
                UserNextHopType::Internet => "Internet",
                UserNextHopType::None => "None",
            };
            add(
                prefix,
                kind,
                route.next_hop_ip_address.iter().cloned().collect(),
                "User",
                false,
            );
        }
        rows
    }

    /// What gateways bring to a subnet: nothing where propagation is off (2.7), nothing equal to or inside a VNet or
    /// peering prefix (3.1.1).
    fn gateway_prefixes(&self, vnet: &str, subnet: &str, system: &[Net]) -> Vec<Net> {
        let off = self
            .table(vnet, subnet)
            .is_some_and(|table| table.disable_bgp_route_propagation);
        let Some(gateway) = self.gateway_of(vnet).filter(|_| !off) else {
            return Vec::new();
        };
        let mut prefixes: Vec<Net> = self
            .told(gateway)
            .into_iter()
            .map(|(prefix, _)| prefix)
            .collect();
        prefixes.retain(|prefix| !system.iter().any(|known| known.covers(*prefix)));
        prefixes.sort();
        prefixes.dedup();
        prefixes
    }

    /// Private endpoints of the VNet and of directly peered ones (2.9.1). Where route tables apply, the length from
    /// which on a UDR overrides the /32 (2.9.3).
    fn endpoints(&self, vnet: &str) -> Vec<(Ipv4Addr, Option<u8>)> {
        let mut found = Vec::new();
        for endpoint in &self.spec.private_endpoints {
            let ip: Ipv4Addr = endpoint.ip.parse().unwrap();
            let near = endpoint.vnet == vnet
                || self.is_connected(vnet, &endpoint.vnet)
                    && self
                        .seen(vnet, &endpoint.vnet)
                        .iter()
                        .any(|prefix| prefix.has(ip));
            if !near {
                continue;
            }
            let subnet = self.subnet(&endpoint.vnet, &endpoint.subnet);
            let policies = subnet.map(|s| s.private_endpoint_network_policies.or_usual());
            let steered = policies.is_some_and(|policies| policies.applies_route_tables());
            let range = self
                .ranges(&endpoint.vnet)
                .into_iter()
                .find(|range| range.has(ip));
            found.push((ip, range.filter(|_| steered).map(|range| range.length)));
        }
        found
    }

    /// The row that carries a destination.
    pub(crate) fn winner(&self, vnet: &str, subnet: &str, destination: Ipv4Addr) -> Option<Row> {
        longest(&self.rows(vnet, subnet), destination).cloned()
    }
}

/// The longest active prefix that contains the destination (3.1).
pub(crate) fn longest(rows: &[Row], destination: Ipv4Addr) -> Option<&Row> {
    let candidates = rows
        .iter()
        .filter(|row| row.state == "Active" && row.prefix.has(destination));
    candidates.max_by_key(|row| row.prefix.length)
}

/// The next-hop addresses of a gateway's rows (2.5): the public address, or the instances' private ones.
fn shown(gateway: &GatewaySpec) -> Vec<String> {
    let shown = if gateway.active_active {
        &gateway.instance_ips
    } else {
        &gateway.public_ips
    };
    if shown.is_empty() {
        vec!["*".to_owned()]
    } else {
        shown.clone()
    }
}
