//! From spec to topology: names resolved, prefixes read, wrong parts reported and left out.

use super::{
    Advertisement, Appliance, ApplianceId, BgpSession, BgpSessionId, Circuit, CircuitId,
    ConnectedGroup, ConnectedGroupId, Connection, ConnectionId, Destination, Device, DeviceId,
    Gateway, GatewayId, Hub, HubFirewall, HubId, HubNextHop, HubRouteTable, HubStaticRoute, HubVpn,
    NetworkSecurityGroup, NsgId, OsRoute, Party, PrivateEndpoint, PrivateEndpointId, RouteTable,
    RouteTableId, Site, SiteId, Subnet, SubnetId, Topology, Tunnel, TunnelId, UserRoute, Via, Vnet,
    VnetId, Workload, check, link, service_tag,
};
use crate::address::{Prefix, parse_address, parse_prefix, reserved_prefixes};
use crate::issue::{Checked, Issue, IssueCode};
use crate::spec::{
    ApplianceKind, ApplianceSpec, ConnectivityTopology, GatewayKind, GatewaySpec, HubSpec,
    NetworkManagerSpec, NetworkSpec, RouteSpec, RouteTableSpec, SubnetSpec, TunnelSpec,
    UserNextHopType, VnetSpec,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Name of the default route table of a Virtual WAN hub.
pub(crate) const DEFAULT_ROUTE_TABLE: &str = "defaultRouteTable";
/// Name of the table that means "no table".
pub(crate) const NONE_ROUTE_TABLE: &str = "noneRouteTable";

/// Reads a spec: every problem at once, and the best topology without the wrong parts.
///
/// ```
/// use interspoke_core::{spec::NetworkSpec, topology::build};
/// let spec: NetworkSpec = serde_json::from_str(r#"{"vnets":[{"name":"a","prefixes":["10.0.0.1/16"]}]}"#).unwrap();
/// let checked = build(&spec);
/// assert_eq!(checked.issues[0].message, "expected 10.0.0.0/16, found 10.0.0.1/16: bits are set after the mask");
/// assert_eq!(checked.value.vnets().len(), 1);
/// ```
#[must_use]
pub fn build(spec: &NetworkSpec) -> Checked<Topology> {
    let mut reader = Reader::default();
    reader.service_tags(spec);
    reader.route_tables(spec);
    reader.security_groups(spec);
    for vnet in &spec.vnets {
        reader.vnet(vnet);
    }
    link::peerings(&mut reader.topology, &mut reader.issues, spec);
    reader.appliances(spec);
    for gateway in &spec.gateways {
        reader.gateway(gateway);
    }
    reader.sites(spec);
    reader.virtual_wan(spec);
    reader.os_routes(spec);
    reader.tunnels(spec);
    reader.circuits(spec);
    reader.bgp_sessions(spec);
    reader.private_endpoints(spec);
    if let Some(avnm) = &spec.avnm {
        reader.network_manager(avnm);
    }
    reader.workloads(spec);
    link::transit(&mut reader.topology, &mut reader.issues);
    check::refusals(&reader.topology, spec, &mut reader.issues);
    let mut issues = reader.issues;
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.severity()));
    Checked {
        value: reader.topology,
        issues,
    }
}

#[derive(Default)]
struct Reader {
    topology: Topology,
    issues: Vec<Issue>,
    route_tables: BTreeMap<String, RouteTableId>,
    nsgs: BTreeMap<String, NsgId>,
    parties: BTreeMap<String, Party>,
    nics: BTreeMap<String, ApplianceId>,
    sites: BTreeMap<String, SiteId>,
}

impl Reader {
    fn issue(&mut self, code: IssueCode, subject: impl Into<String>, message: impl Into<String>) {
        self.issues.push(Issue::new(code, subject, message));
    }

    /// A name that must be new among its kind.
    fn is_new(&mut self, known: bool, what: &str, name: &str, subject: &str) -> bool {
        if name.is_empty() {
            self.issue(
                IssueCode::MissingValue,
                subject,
                format!("expected a name for the {what}, found nothing"),
            );
        } else if known {
            self.issue(
                IssueCode::DuplicateName,
                subject,
                format!("a {what} named {name:?} exists already; names must differ"),
            );
        }
        !name.is_empty() && !known
    }

    fn unknown(&mut self, subject: impl Into<String>, what: &str, name: &str) {
        self.issue(
            IssueCode::UnknownReference,
            subject,
            format!("no {what} is named {name:?}"),
        );
    }

    fn net(&mut self, text: &str, subject: &str) -> Option<Ipv4Net> {
        match parse_prefix(text) {
            Ok(Prefix::V4(net)) => Some(net),
            Ok(Prefix::V6(net)) => {
                self.issue(
                    IssueCode::Ipv6NotSimulated,
                    subject,
                    format!("{net} is carried and exported, not simulated"),
                );
                None
            }
            Err(error) => {
                self.issue(IssueCode::InvalidPrefix, subject, error.to_string());
                // A prefix with bits after the mask has one meaning; everything else has none.
                match error {
                    crate::address::AddressError::HostBits {
                        expected: Prefix::V4(net),
                        ..
                    } => Some(net),
                    _ => None,
                }
            }
        }
    }

    fn nets(&mut self, texts: &[String], subject: &str) -> Vec<Ipv4Net> {
        let read =
            |(position, text): (usize, &String)| self.net(text, &format!("{subject}[{position}]"));
        texts.iter().enumerate().filter_map(read).collect()
    }

    fn ip(&mut self, text: &str, subject: &str) -> Option<Ipv4Addr> {
        parse_address(text)
            .map_err(|error| self.issue(IssueCode::InvalidAddress, subject, error.to_string()))
            .ok()
    }

    fn ips(&mut self, texts: &[String], subject: &str) -> Vec<Ipv4Addr> {
        let read =
            |(position, text): (usize, &String)| self.ip(text, &format!("{subject}[{position}]"));
        texts.iter().enumerate().filter_map(read).collect()
    }

    fn vnet_id(&mut self, name: &str, subject: &str) -> Option<VnetId> {
        let found = self.topology.vnet_by_name.get(name).copied();
        if found.is_none() {
            self.unknown(subject, "VNet", name);
        }
        found
    }

    /// VNet and subnet by name, and the address if it lies in the subnet.
    fn nic(
        &mut self,
        vnet: &str,
        subnet: &str,
        ip: &str,
        subject: &str,
    ) -> Option<(VnetId, SubnetId, Ipv4Addr)> {
        let vnet_id = self.vnet_id(vnet, &format!("{subject}.vnet"))?;
        let Some(found) = self.topology.subnet_named(vnet, subnet) else {
            self.unknown(
                format!("{subject}.subnet"),
                &format!("subnet of {vnet}"),
                subnet,
            );
            return None;
        };
        let (subnet_id, prefix) = (found.id, found.prefix);
        let address = self.ip(ip, &format!("{subject}.ip"))?;
        if let Some(prefix) = prefix.filter(|prefix| !prefix.contains(&address)) {
            self.issue(
                IssueCode::AddressOutsideSubnet,
                format!("{subject}.ip"),
                format!("expected an address in {prefix} (subnet {subnet}), found {address}"),
            );
        }
        Some((vnet_id, subnet_id, address))
    }

    fn vnet(&mut self, spec: &VnetSpec) {
        let subject = format!("vnets[{}]", spec.name);
        if !self.is_new(
            self.topology.vnet_by_name.contains_key(&spec.name),
            "VNet",
            &spec.name,
            &subject,
        ) {
            return;
        }
        let id = VnetId::new(self.topology.vnets.len());
        let ipv6 = spec
            .prefixes
            .iter()
            .filter_map(|text| match parse_prefix(text) {
                Ok(Prefix::V6(net)) => Some(net),
                _ => None,
            });
        let ipv6 = ipv6.collect();
        let prefixes = self.nets(&spec.prefixes, &format!("{subject}.prefixes"));
        if prefixes.is_empty() {
            self.issue(
                IssueCode::VnetWithoutPrefix,
                format!("{subject}.prefixes"),
                "expected at least one IPv4 range",
            );
        }
        let summarized = spec.summarized_gateway_prefixes.as_ref();
        let summarized = summarized
            .map(|texts| self.nets(texts, &format!("{subject}.summarizedGatewayPrefixes")));
        self.topology.vnet_by_name.insert(spec.name.clone(), id);
        self.topology.vnets.push(Vnet {
            id,
            name: spec.name.clone(),
            region: region_key(&spec.region),
            prefixes,
            ipv6,
            summarized_gateway_prefixes: summarized,
            subnets: Vec::new(),
        });
        for subnet in &spec.subnets {
            self.subnet(id, subnet, &format!("{subject}.subnets[{}]", subnet.name));
        }
    }

    fn subnet(&mut self, vnet: VnetId, spec: &SubnetSpec, subject: &str) {
        let mut siblings = self
            .topology
            .vnet(vnet)
            .subnets
            .iter()
            .map(|id| self.topology.subnet(*id));
        let known = siblings.any(|s| s.name.eq_ignore_ascii_case(&spec.name));
        if !self.is_new(known, "subnet", &spec.name, subject) {
            return;
        }
        let route_table = spec.route_table.as_ref().and_then(|name| {
            let found = self.route_tables.get(name).copied();
            if found.is_none() {
                self.unknown(format!("{subject}.routeTable"), "route table", name);
            }
            found
        });
        let nsg = spec.network_security_group.as_ref().and_then(|name| {
            let found = self.nsgs.get(name).copied();
            if found.is_none() {
                self.unknown(
                    format!("{subject}.networkSecurityGroup"),
                    "network security group",
                    name,
                );
            }
            found
        });
        let Some(prefix) = self.net(&spec.prefix, &format!("{subject}.prefix")) else {
            return;
        };
        self.add_subnet(Subnet {
            id: SubnetId::new(self.topology.subnets.len()),
            vnet,
            name: spec.name.clone(),
            prefix: Some(prefix),
            route_table,
            private_endpoint_policies: spec.private_endpoint_network_policies,
            service_endpoints: spec.service_endpoints.clone(),
            default_outbound_access: spec.default_outbound_access,
            nsg,
            implicit: false,
        });
    }

    fn add_subnet(&mut self, subnet: Subnet) -> SubnetId {
        let id = subnet.id;
        if let Some(vnet) = self.topology.vnets.get_mut(subnet.vnet.index()) {
            vnet.subnets.push(id);
        }
        self.topology.subnets.push(subnet);
        id
    }

    fn implicit_subnet(&mut self, vnet: VnetId, name: &str) -> SubnetId {
        self.add_subnet(Subnet {
            id: SubnetId::new(self.topology.subnets.len()),
            vnet,
            name: name.to_owned(),
            prefix: None,
            route_table: None,
            private_endpoint_policies: crate::spec::PrivateEndpointPolicies::Disabled,
            service_endpoints: Vec::new(),
            default_outbound_access: true,
            nsg: None,
            implicit: true,
        })
    }

    fn route_tables(&mut self, spec: &NetworkSpec) {
        for table in &spec.route_tables {
            let subject = format!("routeTables[{}]", table.name);
            if !self.is_new(
                self.route_tables.contains_key(&table.name),
                "route table",
                &table.name,
                &subject,
            ) {
                continue;
            }
            let id = RouteTableId::new(self.topology.route_tables.len());
            self.route_tables.insert(table.name.clone(), id);
            let routes = self.user_routes(table, &subject);
            self.topology.route_tables.push(RouteTable {
                id,
                name: table.name.clone(),
                disable_bgp_route_propagation: table.disable_bgp_route_propagation,
                routes,
            });
        }
    }

    fn user_routes(&mut self, table: &RouteTableSpec, subject: &str) -> Vec<UserRoute> {
        let mut routes: Vec<UserRoute> = Vec::new();
        for (position, route) in table.routes.iter().enumerate() {
            let subject = format!("{subject}.routes[{position}]");
            let Some(read) = self.user_route(route, position, &subject) else {
                continue;
            };
            if routes
                .iter()
                .any(|known| known.destination == read.destination)
            {
                let message = format!("a route to {} exists in this table already", route.prefix);
                self.issue(
                    IssueCode::DuplicateRoute,
                    format!("{subject}.prefix"),
                    message,
                );
                continue;
            }
            routes.push(read);
        }
        routes
    }

    fn user_route(
        &mut self,
        route: &RouteSpec,
        position: usize,
        subject: &str,
    ) -> Option<UserRoute> {
        let text = route.prefix.trim();
        let is_tag =
            text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.contains([':', '/']);
        if is_tag && self.topology.service_tag(text).is_empty() {
            let message = format!(
                "the prefixes of the service tag {text:?} are not known here; list them in serviceTags"
            );
            self.issue(
                IssueCode::UnknownServiceTag,
                format!("{subject}.prefix"),
                message,
            );
        }
        let destination = if is_tag {
            Destination::Tag(text.to_owned())
        } else {
            Destination::Prefix(self.net(text, &format!("{subject}.prefix"))?)
        };
        let place = format!("{subject}.nextHopIpAddress");
        let next_hop = match (route.next_hop_type, &route.next_hop_ip_address) {
            (UserNextHopType::VirtualAppliance, Some(text)) => Some(self.ip(text, &place)?),
            (UserNextHopType::VirtualAppliance, None) => {
                self.issue(
                    IssueCode::NextHopAddress,
                    place,
                    "expected an address for VirtualAppliance, found nothing",
                );
                return None;
            }
            (_, Some(text)) if !text.is_empty() => {
                let message = format!("expected no address for this next-hop type, found {text:?}");
                self.issue(IssueCode::NextHopAddress, place, message);
                None
            }
            _ => None,
        };
        Some(UserRoute {
            name: route.name.clone(),
            destination,
            next_hop_type: route.next_hop_type,
            next_hop,
            spec_index: position,
        })
    }

    /// The estate's own lists replace the built-in ones.
    fn service_tags(&mut self, spec: &NetworkSpec) {
        self.topology.service_tags = service_tag::built_in();
        for tag in &spec.service_tags {
            let prefixes = self.nets(
                &tag.prefixes,
                &format!("serviceTags[{}].prefixes", tag.name),
            );
            self.topology
                .service_tags
                .insert(tag.name.to_ascii_lowercase(), prefixes);
        }
    }

    fn security_groups(&mut self, spec: &NetworkSpec) {
        for group in &spec.network_security_groups {
            let subject = format!("networkSecurityGroups[{}]", group.name);
            let known = self.nsgs.contains_key(&group.name);
            if !self.is_new(known, "network security group", &group.name, &subject) {
                continue;
            }
            let id = NsgId::new(self.topology.nsgs.len());
            self.nsgs.insert(group.name.clone(), id);
            let mut rules = group.rules.clone();
            rules.sort_by_key(|rule| rule.priority);
            self.topology.nsgs.push(NetworkSecurityGroup {
                id,
                name: group.name.clone(),
                rules,
            });
        }
    }

    fn appliances(&mut self, spec: &NetworkSpec) {
        let mut devices: BTreeMap<String, DeviceId> = BTreeMap::new();
        for appliance in &spec.appliances {
            let subject = format!("appliances[{}]", appliance.name);
            if !self.is_new(
                self.nics.contains_key(&appliance.name),
                "appliance",
                &appliance.name,
                &subject,
            ) {
                continue;
            }
            let Some(place) = self.nic(&appliance.vnet, &appliance.subnet, &appliance.ip, &subject)
            else {
                continue;
            };
            let device = *devices
                .entry(appliance.machine().to_owned())
                .or_insert_with(|| {
                    let id = DeviceId::new(self.topology.devices.len());
                    self.topology.devices.push(Device {
                        id,
                        name: appliance.machine().to_owned(),
                        nics: Vec::new(),
                    });
                    id
                });
            self.parties
                .insert(appliance.machine().to_owned(), Party::Device(device));
            self.parties
                .entry(appliance.name.clone())
                .or_insert(Party::Device(device));
            self.appliance(appliance, device, place, &subject);
        }
    }

    fn appliance(
        &mut self,
        spec: &ApplianceSpec,
        device: DeviceId,
        (vnet, subnet, ip): (VnetId, SubnetId, Ipv4Addr),
        subject: &str,
    ) {
        let id = ApplianceId::new(self.topology.appliances.len());
        let front = spec.load_balancer_ip.as_ref();
        let load_balancer_ip =
            front.and_then(|text| self.ip(text, &format!("{subject}.loadBalancerIp")));
        let private_ranges = match &spec.private_ranges {
            Some(texts) => self.nets(texts, &format!("{subject}.privateRanges")),
            None => reserved_prefixes().to_vec(),
        };
        let dnat = spec.dnat.iter().enumerate().filter_map(|(position, rule)| {
            let public = self.ip(
                &rule.public_ip,
                &format!("{subject}.dnat[{position}].publicIp"),
            )?;
            Some((
                public,
                self.ip(&rule.to, &format!("{subject}.dnat[{position}].to"))?,
            ))
        });
        let dnat = dnat.collect();
        self.nics.insert(spec.name.clone(), id);
        if let Some(device) = self.topology.devices.get_mut(device.index()) {
            device.nics.push(id);
        }
        self.topology.appliances.push(Appliance {
            id,
            name: spec.name.clone(),
            device,
            kind: spec.kind,
            vnet,
            subnet,
            ip,
            load_balancer_ip,
            ip_forwarding: spec.ip_forwarding || spec.kind != ApplianceKind::Nva,
            stateful: spec.is_stateful(),
            snat_private: spec.snat_private,
            internet_egress: spec.internet_egress,
            running: spec.running,
            drops: spec.drops.clone(),
            os_routes: Vec::new(),
            dnat,
            private_ranges,
        });
    }

    /// Guest routes come last: they may name any other object.
    fn os_routes(&mut self, spec: &NetworkSpec) {
        for appliance in &spec.appliances {
            let Some(id) = self.nics.get(&appliance.name).copied() else {
                continue;
            };
            let mut routes = Vec::new();
            for (position, route) in appliance.os_routes.iter().enumerate() {
                let subject = format!("appliances[{}].osRoutes[{position}]", appliance.name);
                let Some(prefix) = self.net(&route.prefix, &format!("{subject}.prefix")) else {
                    continue;
                };
                let via = match parse_address(&route.via) {
                    Ok(address) => Some(Via::Address(address)),
                    Err(_) => self.parties.get(&route.via).copied().map(Via::Object),
                };
                match via {
                    Some(via) => routes.push(OsRoute { prefix, via }),
                    None => self.unknown(format!("{subject}.via"), "address or object", &route.via),
                }
            }
            if let Some(appliance) = self.topology.appliances.get_mut(id.index()) {
                appliance.os_routes = routes;
            }
        }
    }

    fn gateway(&mut self, spec: &GatewaySpec) {
        let subject = format!("gateways[{}]", spec.name);
        if !self.is_new(
            self.parties.contains_key(&spec.name),
            "gateway",
            &spec.name,
            &subject,
        ) {
            return;
        }
        let Some(vnet) = self.vnet_id(&spec.vnet, &format!("{subject}.vnet")) else {
            return;
        };
        let home = match spec.kind {
            GatewayKind::RouteServer => "RouteServerSubnet",
            GatewayKind::Vpn | GatewayKind::ExpressRoute => "GatewaySubnet",
        };
        let subnet = self.topology.subnet_named(&spec.vnet, home).map(|s| s.id);
        let subnet = subnet.unwrap_or_else(|| self.implicit_subnet(vnet, home));
        let id = GatewayId::new(self.topology.gateways.len());
        let instance_ips = self.ips(&spec.instance_ips, &format!("{subject}.instanceIps"));
        let bgp_peer_ips = match &spec.bgp_peer_ips {
            Some(texts) => self.ips(texts, &format!("{subject}.bgpPeerIps")),
            None => instance_ips.clone(),
        };
        let public_ips = self.ips(&spec.public_ips, &format!("{subject}.publicIps"));
        self.parties.insert(spec.name.clone(), Party::Gateway(id));
        self.topology.gateways.push(Gateway {
            id,
            name: spec.name.clone(),
            kind: spec.kind,
            vnet,
            subnet,
            asn: spec.asn,
            active_active: spec.active_active,
            instance_ips,
            bgp_peer_ips,
            public_ips,
            branch_to_branch: spec.branch_to_branch,
            routing_preference: spec.routing_preference,
            allow_remote_vnet_traffic: spec.allow_remote_vnet_traffic,
            allow_virtual_wan_traffic: spec.allow_virtual_wan_traffic,
            fast_path: spec.fast_path,
        });
    }

    fn sites(&mut self, spec: &NetworkSpec) {
        for site in &spec.sites {
            let subject = format!("sites[{}]", site.name);
            if !self.is_new(
                self.parties.contains_key(&site.name),
                "site",
                &site.name,
                &subject,
            ) {
                continue;
            }
            let id = SiteId::new(self.topology.sites.len());
            let prefixes = self.nets(&site.prefixes, &format!("{subject}.prefixes"));
            self.parties.insert(site.name.clone(), Party::Site(id));
            self.sites.insert(site.name.clone(), id);
            self.topology.sites.push(Site {
                id,
                name: site.name.clone(),
                asn: site.asn,
                prefixes,
                as_path: site.as_path.clone(),
                wan: site.wan.clone(),
            });
        }
    }

    fn party(&mut self, name: &str, subject: &str) -> Option<Party> {
        let found = self.parties.get(name).copied();
        if found.is_none() {
            self.unknown(subject, "gateway, hub, site or appliance", name);
        }
        found
    }

    fn tunnels(&mut self, spec: &NetworkSpec) {
        for (position, tunnel) in spec.tunnels.iter().enumerate() {
            self.tunnel(tunnel, &format!("tunnels[{position}]"));
        }
    }

    fn tunnel(&mut self, spec: &TunnelSpec, subject: &str) {
        let a = self.party(&spec.a, &format!("{subject}.a"));
        let b = self.party(&spec.b, &format!("{subject}.b"));
        let (Some(a), Some(b)) = (a, b) else { return };
        let instance_ip = spec
            .instance_ip
            .as_ref()
            .and_then(|text| self.ip(text, &format!("{subject}.instanceIp")));
        let static_at_a = self.nets(&spec.static_at_a, &format!("{subject}.staticAtA"));
        let static_at_b = self.nets(&spec.static_at_b, &format!("{subject}.staticAtB"));
        let announced_by_a = self.nets(&spec.announced_by_a, &format!("{subject}.announcedByA"));
        let announced_by_b = self.nets(&spec.announced_by_b, &format!("{subject}.announcedByB"));
        self.topology.tunnels.push(Tunnel {
            id: TunnelId::new(self.topology.tunnels.len()),
            a,
            b,
            bgp: spec.bgp,
            instance_ip,
            as_path: spec.as_path.clone(),
            static_at_a,
            static_at_b,
            announced_by_a,
            announced_by_b,
        });
    }

    fn circuits(&mut self, spec: &NetworkSpec) {
        let ids: BTreeMap<&str, CircuitId> = spec
            .circuits
            .iter()
            .enumerate()
            .map(|(position, c)| (c.name.as_str(), CircuitId::new(position)))
            .collect();
        for circuit in &spec.circuits {
            let subject = format!("circuits[{}]", circuit.name);
            let mut gateways = Vec::new();
            for name in &circuit.gateways {
                match self.parties.get(name).copied() {
                    Some(party @ (Party::Gateway(_) | Party::Hub(_))) => gateways.push(party),
                    _ => self.unknown(format!("{subject}.gateways"), "gateway or hub", name),
                }
            }
            let mut sites = Vec::new();
            for name in &circuit.sites {
                match self.sites.get(name) {
                    Some(id) => sites.push(*id),
                    None => self.unknown(format!("{subject}.sites"), "site", name),
                }
            }
            let mut global_reach = Vec::new();
            for name in &circuit.global_reach_with {
                match ids.get(name.as_str()) {
                    Some(id) => global_reach.push(*id),
                    None => self.unknown(format!("{subject}.globalReachWith"), "circuit", name),
                }
            }
            self.topology.circuits.push(Circuit {
                id: CircuitId::new(self.topology.circuits.len()),
                name: circuit.name.clone(),
                gateways,
                sites,
                global_reach,
                links_up: circuit.links_up.min(2),
            });
        }
        // Global Reach joins both circuits whichever of them names it.
        let pairs: Vec<(CircuitId, CircuitId)> = self
            .topology
            .circuits
            .iter()
            .flat_map(|c| c.global_reach.iter().map(|other| (*other, c.id)))
            .collect();
        for (circuit, other) in pairs {
            if let Some(circuit) = self.topology.circuits.get_mut(circuit.index()) {
                if !circuit.global_reach.contains(&other) {
                    circuit.global_reach.push(other);
                }
            }
        }
    }

    fn bgp_sessions(&mut self, spec: &NetworkSpec) {
        for (position, session) in spec.bgp_peerings.iter().enumerate() {
            let subject = format!("bgpPeerings[{position}]");
            let speaker = self.party(&session.speaker, &format!("{subject}.speaker"));
            let nic = self.nics.get(&session.appliance).copied().or_else(|| {
                let device = self.parties.get(&session.appliance).copied();
                device.and_then(|party| match party {
                    Party::Device(id) => self.topology.device(id).nics.first().copied(),
                    _ => None,
                })
            });
            if nic.is_none() {
                self.unknown(
                    format!("{subject}.appliance"),
                    "appliance",
                    &session.appliance,
                );
            }
            let (Some(speaker), Some(appliance)) = (speaker, nic) else {
                continue;
            };
            let own = self.topology.appliance(appliance).ip;
            let mut advertises = Vec::new();
            for (position, advertisement) in session.advertises.iter().enumerate() {
                let subject = format!("{subject}.advertises[{position}]");
                let Some(prefix) = self.net(&advertisement.prefix, &format!("{subject}.prefix"))
                else {
                    continue;
                };
                let hop = advertisement.next_hop.as_ref();
                let hop = hop.and_then(|text| self.ip(text, &format!("{subject}.nextHop")));
                let as_path = advertisement
                    .as_path
                    .clone()
                    .unwrap_or_else(|| vec![session.asn]);
                advertises.push(Advertisement {
                    prefix,
                    next_hop: hop.unwrap_or(own),
                    as_path,
                });
            }
            let id = BgpSessionId::new(self.topology.bgp_sessions.len());
            self.topology.bgp_sessions.push(BgpSession {
                id,
                speaker,
                appliance,
                asn: session.asn,
                advertises,
            });
        }
    }

    fn private_endpoints(&mut self, spec: &NetworkSpec) {
        for (position, endpoint) in spec.private_endpoints.iter().enumerate() {
            let subject = format!("privateEndpoints[{position}]");
            let Some(place) = self.nic(&endpoint.vnet, &endpoint.subnet, &endpoint.ip, &subject)
            else {
                continue;
            };
            let (vnet, subnet, ip) = place;
            let id = PrivateEndpointId::new(self.topology.private_endpoints.len());
            let name = endpoint.name.clone().unwrap_or_else(|| ip.to_string());
            self.topology.private_endpoints.push(PrivateEndpoint {
                id,
                name,
                vnet,
                subnet,
                ip,
            });
        }
    }

    fn network_manager(&mut self, spec: &NetworkManagerSpec) {
        let mut groups: BTreeMap<&str, Vec<VnetId>> = BTreeMap::new();
        for group in &spec.groups {
            let subject = format!("avnm.groups[{}]", group.name);
            if !self.is_new(
                groups.contains_key(group.name.as_str()),
                "network group",
                &group.name,
                &subject,
            ) {
                continue;
            }
            let mut members = Vec::new();
            for name in &group.members {
                members.extend(self.vnet_id(name, &format!("{subject}.members")));
            }
            groups.insert(&group.name, members);
        }
        for (position, configuration) in spec.configurations.iter().enumerate() {
            let subject = format!("avnm.configurations[{position}]");
            let deployed: Option<Vec<String>> = configuration
                .deployed_to
                .as_ref()
                .map(|regions| regions.iter().map(|r| region_key(r)).collect());
            let mut chosen: Vec<(String, Vec<VnetId>)> = Vec::new();
            for name in &configuration.groups {
                let Some(members) = groups.get(name.as_str()) else {
                    self.unknown(format!("{subject}.groups"), "network group", name);
                    continue;
                };
                let in_region = |id: &&VnetId| {
                    deployed
                        .as_ref()
                        .is_none_or(|regions| regions.contains(&self.topology.vnet(**id).region))
                };
                chosen.push((
                    name.clone(),
                    members.iter().filter(in_region).copied().collect(),
                ));
            }
            if configuration.topology == ConnectivityTopology::Mesh {
                let mut members: Vec<VnetId> = chosen
                    .iter()
                    .flat_map(|(_, members)| members.iter().copied())
                    .collect();
                members.sort_unstable();
                members.dedup();
                let name = configuration
                    .name
                    .clone()
                    .unwrap_or_else(|| configuration.groups.join(" + "));
                self.connected_group(
                    name,
                    members,
                    configuration.global_mesh,
                    configuration.topology,
                    spec,
                );
                continue;
            }
            let hub = configuration.hub.clone().unwrap_or_default();
            if self
                .parties
                .get(&hub)
                .is_some_and(|party| matches!(party, Party::Hub(_)))
            {
                self.issue(
                    IssueCode::NotSimulated,
                    format!("{subject}.hub"),
                    "a Virtual WAN hub as the hub is a preview",
                );
                continue;
            }
            let Some(hub) = self.vnet_id(&hub, &format!("{subject}.hub")) else {
                continue;
            };
            for (name, members) in chosen {
                for member in members.iter().filter(|member| **member != hub) {
                    link::managed(
                        &mut self.topology,
                        hub,
                        *member,
                        configuration.use_hub_gateway,
                    );
                }
                if configuration.direct_connectivity {
                    let members = members
                        .into_iter()
                        .filter(|member| *member != hub)
                        .collect();
                    self.connected_group(
                        name,
                        members,
                        configuration.global_mesh,
                        configuration.topology,
                        spec,
                    );
                }
            }
        }
        for (position, rule) in spec.security_admin_rules.iter().enumerate() {
            let mut members = Vec::new();
            for name in &rule.groups {
                match groups.get(name.as_str()) {
                    Some(ids) => members.extend(ids),
                    None => self.unknown(
                        format!("avnm.securityAdminRules[{position}].groups"),
                        "network group",
                        name,
                    ),
                }
            }
            self.topology.admin_rules.push((members, rule.rule.clone()));
        }
        self.topology
            .admin_rules
            .sort_by_key(|(_, rule)| rule.priority);
    }

    fn connected_group(
        &mut self,
        name: String,
        members: Vec<VnetId>,
        global: bool,
        topology: ConnectivityTopology,
        spec: &NetworkManagerSpec,
    ) {
        let id = ConnectedGroupId::new(self.topology.connected_groups.len());
        let overlap = spec.address_overlap;
        self.topology.connected_groups.push(ConnectedGroup {
            id,
            name,
            members,
            global,
            topology,
            overlap,
        });
    }

    fn virtual_wan(&mut self, spec: &NetworkSpec) {
        let Some(wan) = &spec.virtual_wan else { return };
        for hub in &wan.hubs {
            self.hub(hub);
        }
        let names: BTreeMap<String, ConnectionId> = self
            .topology
            .connections
            .iter()
            .map(|connection| (connection.name.clone(), connection.id))
            .collect();
        for hub in &wan.hubs {
            let Some(Party::Hub(id)) = self.parties.get(&hub.name).copied() else {
                continue;
            };
            self.hub_statics(id, hub, &names);
        }
    }

    fn hub(&mut self, spec: &HubSpec) {
        let subject = format!("virtualWan.hubs[{}]", spec.name);
        if !self.is_new(
            self.parties.contains_key(&spec.name),
            "hub",
            &spec.name,
            &subject,
        ) {
            return;
        }
        let id = HubId::new(self.topology.hubs.len());
        self.parties.insert(spec.name.clone(), Party::Hub(id));
        let prefix = spec
            .prefix
            .as_ref()
            .and_then(|text| self.net(text, &format!("{subject}.prefix")));
        let router_ips = self.ips(&spec.router_ips, &format!("{subject}.routerIps"));
        let firewall = spec.firewall.as_ref().map(|firewall| HubFirewall {
            name: firewall.name.clone(),
            kind: firewall.kind,
            ip: firewall
                .ip
                .as_ref()
                .and_then(|text| self.ip(text, &format!("{subject}.firewall.ip"))),
        });
        let private_prefixes = self.nets(
            &spec.routing_intent.private_prefixes,
            &format!("{subject}.routingIntent.privatePrefixes"),
        );
        let vpn = spec.vpn.as_ref().map(|vpn| HubVpn {
            asn: vpn.asn,
            instance_ips: self.ips(&vpn.instance_ips, &format!("{subject}.vpn.instanceIps")),
        });
        let connections = self.hub_connections(id, spec, &subject);
        self.topology.hubs.push(Hub {
            id,
            name: spec.name.clone(),
            region: region_key(&spec.region),
            prefix,
            routing_preference: spec.routing_preference,
            router_ips,
            firewall,
            private_policy: spec.routing_intent.private,
            internet_policy: spec.routing_intent.internet,
            private_prefixes,
            route_tables: Vec::new(),
            connections,
            vpn,
            express_route: spec
                .express_route
                .as_ref()
                .map(|er| er.allow_non_virtual_wan_traffic),
            branch_tables: spec.branches.propagated_tables.clone(),
            branch_labels: spec.branches.propagated_labels.clone(),
        });
    }

    fn hub_connections(&mut self, hub: HubId, spec: &HubSpec, subject: &str) -> Vec<ConnectionId> {
        let mut connections = Vec::new();
        for connection in &spec.connections {
            let subject = format!("{subject}.connections[{}]", connection.name);
            let Some(vnet) = self.vnet_id(&connection.vnet, &format!("{subject}.vnet")) else {
                continue;
            };
            let mut statics = Vec::new();
            for (position, route) in connection.static_routes.iter().enumerate() {
                let subject = format!("{subject}.staticRoutes[{position}]");
                let prefixes = self.nets(&route.prefixes, &format!("{subject}.prefixes"));
                let hop = self.ip(&route.next_hop_ip, &format!("{subject}.nextHopIp"));
                statics.extend(hop.map(|hop| (prefixes, hop)));
            }
            let id = ConnectionId::new(self.topology.connections.len());
            connections.push(id);
            self.topology.connections.push(Connection {
                id,
                name: connection.name.clone(),
                hub,
                vnet,
                associated: connection.associated.clone(),
                propagated_tables: connection.propagated_tables.clone(),
                propagated_labels: connection.propagated_labels.clone(),
                enable_internet_security: connection.enable_internet_security,
                statics,
                propagate_statics: connection.propagate_static_routes,
                local_route_override: connection.local_route_override,
            });
        }
        connections
    }

    fn hub_statics(&mut self, id: HubId, spec: &HubSpec, names: &BTreeMap<String, ConnectionId>) {
        let default = HubRouteTable {
            name: DEFAULT_ROUTE_TABLE.to_owned(),
            labels: vec!["default".to_owned()],
            statics: Vec::new(),
        };
        let mut tables = vec![default];
        for table in &spec.route_tables {
            let subject = format!("virtualWan.hubs[{}].routeTables[{}]", spec.name, table.name);
            let mut statics = Vec::new();
            for (position, route) in table.static_routes.iter().enumerate() {
                let subject = format!("{subject}.staticRoutes[{position}]");
                let prefixes = self.nets(&route.prefixes, &format!("{subject}.prefixes"));
                let own_firewall = spec
                    .firewall
                    .as_ref()
                    .is_some_and(|firewall| firewall.name == route.next_hop);
                let next_hop = if own_firewall {
                    Some(HubNextHop::Firewall)
                } else {
                    names
                        .get(&route.next_hop)
                        .copied()
                        .map(HubNextHop::Connection)
                };
                match next_hop {
                    Some(next_hop) => statics.push(HubStaticRoute { prefixes, next_hop }),
                    None => self.unknown(
                        format!("{subject}.nextHop"),
                        "connection or firewall of this hub",
                        &route.next_hop,
                    ),
                }
            }
            match tables.iter_mut().find(|known| known.name == table.name) {
                Some(known) => {
                    known.labels.extend(table.labels.iter().cloned());
                    known.statics.extend(statics);
                }
                None => tables.push(HubRouteTable {
                    name: table.name.clone(),
                    labels: table.labels.clone(),
                    statics,
                }),
            }
        }
        self.hub_table_references(spec, &tables);
        if let Some(hub) = self.topology.hubs.get_mut(id.index()) {
            hub.route_tables = tables;
        }
    }

    fn hub_table_references(&mut self, spec: &HubSpec, tables: &[HubRouteTable]) {
        let known =
            |name: &str| name == NONE_ROUTE_TABLE || tables.iter().any(|table| table.name == name);
        for connection in &spec.connections {
            let subject = format!(
                "virtualWan.hubs[{}].connections[{}]",
                spec.name, connection.name
            );
            if !known(&connection.associated) {
                self.unknown(
                    format!("{subject}.associated"),
                    "route table of this hub",
                    &connection.associated,
                );
            }
            for name in connection
                .propagated_tables
                .iter()
                .filter(|name| !known(name))
            {
                self.unknown(
                    format!("{subject}.propagatedTables"),
                    "route table of this hub",
                    name,
                );
            }
        }
    }

    fn workloads(&mut self, spec: &NetworkSpec) {
        for workload in &spec.workloads {
            let subject = format!("workloads[{}]", workload.name);
            let known = self
                .topology
                .workloads
                .iter()
                .any(|w| w.name == workload.name);
            if !self.is_new(known, "workload", &workload.name, &subject) {
                continue;
            }
            let Some(place) = self.nic(&workload.vnet, &workload.subnet, &workload.ip, &subject)
            else {
                continue;
            };
            let (vnet, subnet, ip) = place;
            self.topology.workloads.push(Workload {
                name: workload.name.clone(),
                vnet,
                subnet,
                ip,
            });
        }
    }
}

/// `West Europe` and `westeurope` are one region.
pub(crate) fn region_key(region: &str) -> String {
    region
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_lowercase()
}
