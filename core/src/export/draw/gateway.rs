//! Gateways and Route Servers in VNets, tunnels, circuits, sessions of Route Servers.

use super::Draft;
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    CircuitFamily, CircuitSpec, CircuitTier, GatewayKind, GatewaySpec, RoutingPreference,
    TunnelSpec,
};

/// One end of a tunnel, seen from the other.
struct End<'t> {
    near: &'t str,
    far: &'t str,
    /// Prefixes that stand for the far end in a local network gateway.
    statics: &'t [String],
}

/// The resource of a far end, which any gateway of the subscription may name.
pub(super) struct LocalGateway<'s> {
    far: &'s str,
    id: ResourceId,
}

/// A remark of a tunnel.
const FAR_PATH: &str = "the AS path announced in it is set at its far end";

impl<'s> Draft<'s> {
    pub(super) fn gateways(&mut self) {
        let spec = self.spec;
        for gateway in &spec.gateways {
            match gateway.kind.known() {
                Ok(GatewayKind::RouteServer) => self.route_server(gateway),
                Ok(GatewayKind::Vpn | GatewayKind::ExpressRoute) => self.gateway(gateway),
                Err(word) => {
                    let place = format!("gateways[{}]", gateway.name);
                    self.note(place, format!("{word:?} is no kind of gateway: not made"));
                }
            }
        }
        self.order_transit();
    }

    fn gateway(&mut self, gateway: &'s GatewaySpec) {
        let Some(subnet) = self.platform_subnet(&gateway.vnet, "GatewaySubnet", 27) else {
            let place = format!("gateways[{}]", gateway.name);
            self.note(place, "no GatewaySubnet to stand in: not made");
            return;
        };
        let region = self.region_of(&gateway.vnet);
        let is_vpn = gateway.kind == GatewayKind::Vpn;
        let count = if is_vpn && gateway.active_active {
            2
        } else {
            1
        };
        let mut configurations = Vec::new();
        for number in 1..=count {
            let called = if count == 1 {
                gateway.name.clone()
            } else {
                format!("{}-{number}", gateway.name)
            };
            let address = self.public_address(&called, &region, &gateway.zones);
            let properties = Value::object()
                .with("privateIPAllocationMethod", "Dynamic")
                .with("subnet", Value::reference(subnet))
                .with("publicIPAddress", Value::reference(address));
            configurations.push(
                Value::object()
                    .with("name", format!("address-{number}"))
                    .with("properties", properties),
            );
        }
        let properties = if is_vpn {
            vpn_properties(gateway)
        } else {
            express_route_properties(gateway)
        };
        let properties = properties.with("ipConfigurations", configurations);
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::Gateway, &gateway.name, &region, body);
        self.gateways.insert(&gateway.name, id);
        self.gateway_remarks(id, gateway);
    }

    fn gateway_remarks(&mut self, id: ResourceId, gateway: &GatewaySpec) {
        if gateway.sku.is_none() {
            self.remark(id, "the estate names no size: the smallest was taken");
        }
        let users = gateway.point_to_site_connections;
        if users.is_some() || !gateway.vpn_client_address_pools.is_empty() {
            self.remark(
                id,
                "how users sign in stands not in the estate: add certificates or Microsoft Entra ID",
            );
        }
        if let Some(users) = users {
            self.remark(id, format!("{users} users are counted in the bill alone"));
        }
        let own = gateway.instance_ips.iter().chain(&gateway.public_ips);
        self.given_addresses(id, own.chain(gateway.bgp_peer_ips.iter().flatten()));
    }

    fn route_server(&mut self, server: &'s GatewaySpec) {
        let Some(subnet) = self.platform_subnet(&server.vnet, "RouteServerSubnet", 27) else {
            let place = format!("gateways[{}]", server.name);
            self.note(place, "no RouteServerSubnet to stand in: not made");
            return;
        };
        let region = self.region_of(&server.vnet);
        let address = self.public_address(&server.name, &region, &[]);
        let properties = Value::object()
            .with("sku", "Standard")
            .with("allowBranchToBranchTraffic", server.branch_to_branch)
            .with(
                "hubRoutingPreference",
                preference(server.routing_preference.or_usual()),
            );
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::RouteServer, &server.name, &region, body);
        let own = server.instance_ips.iter();
        self.given_addresses(id, own.chain(server.bgp_peer_ips.iter().flatten()));
        let properties = Value::object()
            .with("subnet", Value::reference(subnet))
            .with("publicIPAddress", Value::reference(address));
        let body = Value::object().with("properties", properties);
        self.child(Kind::RouteServerAddress, "address", id, body);
        self.route_servers.insert(&server.name, id);
    }

    pub(super) fn attachments(&mut self) {
        let spec = self.spec;
        for tunnel in &spec.tunnels {
            self.tunnel(tunnel);
        }
        for gateway in &spec.gateways {
            self.default_site(gateway);
        }
        for circuit in &spec.circuits {
            self.circuit(circuit);
        }
        for circuit in &spec.circuits {
            self.global_reach(circuit);
        }
    }

    /// Forced tunnelling: the local gateway that a VPN gateway sends 0.0.0.0/0 to.
    fn default_site(&mut self, gateway: &'s GatewaySpec) {
        let Some(site) = gateway.gateway_default_site.as_deref() else {
            return;
        };
        let far = self.local_gateways.iter().find(|known| known.far == site);
        let far = far.map(|known| Value::reference(known.id));
        let made = self.gateways.get(gateway.name.as_str()).copied();
        let resource = made.and_then(|id| self.graph.resources.get_mut(id.0));
        match (resource, far) {
            (Some(resource), Some(far)) => {
                resource.body.put("properties", "gatewayDefaultSite", far)
            }
            _ => {
                let text = format!("its default site {site} has no tunnel to it: not set");
                self.note(format!("gateways[{}]", gateway.name), text);
            }
        }
    }

    fn tunnel(&mut self, tunnel: &'s TunnelSpec) {
        let key = self.ask_secret(
            &format!("key_of_{}_{}", tunnel.a, tunnel.b),
            &format!("Key of the tunnel between {} and {}", tunnel.a, tunnel.b),
        );
        let ends = [
            End {
                near: &tunnel.a,
                far: &tunnel.b,
                statics: &tunnel.static_at_a,
            },
            End {
                near: &tunnel.b,
                far: &tunnel.a,
                statics: &tunnel.static_at_b,
            },
        ];
        let before = self.graph.resources.len();
        for end in &ends {
            if let Some(gateway) = self.gateways.get(end.near).copied() {
                self.gateway_tunnel(tunnel, end, gateway, &key);
            } else if self.hubs.contains_key(end.near) {
                self.hub_tunnel(tunnel, end, &key);
            }
        }
        if self.graph.resources.len() == before {
            self.graph.parameters.pop();
            self.note(
                format!("tunnels[{} to {}]", tunnel.a, tunnel.b),
                "neither end is a gateway of Azure: it is set inside the guests",
            );
        }
    }

    fn gateway_tunnel(
        &mut self,
        tunnel: &'s TunnelSpec,
        end: &End<'s>,
        gateway: ResourceId,
        key: &Value,
    ) {
        let region = self
            .graph
            .resource(gateway)
            .map_or(String::new(), |gateway| gateway.region.clone());
        let far = self.gateways.get(end.far).copied();
        let (kind, other) = match far {
            Some(far) => ("Vnet2Vnet", ("virtualNetworkGateway2", far)),
            None => {
                let local = self.local_gateway(tunnel, end, &region);
                ("IPsec", ("localNetworkGateway2", local))
            }
        };
        let properties = Value::object()
            .with("connectionType", kind)
            .with("virtualNetworkGateway1", Value::reference(gateway))
            .with(other.0, Value::reference(other.1))
            .with("enableBgp", tunnel.bgp)
            .with("sharedKey", key.clone());
        let body = Value::object().with("properties", properties);
        let called = format!("{}-to-{}", end.near, end.far);
        let id = self.add(Kind::Connection, &called, &region, body);
        if let Some(instance) = &tunnel.instance_ip {
            self.remark(
                id,
                format!("in the estate it ends on {instance} alone; Azure connects every instance"),
            );
        }
        if far.is_some() && !tunnel.bgp {
            self.remark_ranges(id, end);
        }
        let is_site = self.spec.sites.iter().any(|site| site.name == end.far);
        let told = [&tunnel.static_at_a, &tunnel.static_at_b]
            .into_iter()
            .find(|told| !std::ptr::eq(told.as_slice(), end.statics));
        if let Some(told) = told.filter(|told| is_site && !told.is_empty()) {
            let text = format!(
                "{} is told of {} on its own device",
                end.far,
                told.join(", ")
            );
            self.remark(id, text);
        }
        if tunnel.as_path.is_some() {
            self.remark(id, FAR_PATH);
        }
    }

    /// Between two gateways Azure itself configures what lies behind the other.
    fn remark_ranges(&mut self, id: ResourceId, end: &End<'s>) {
        let gateway = self
            .spec
            .gateways
            .iter()
            .find(|known| known.name == end.far);
        let vnet = gateway.and_then(|gateway| self.vnets.get(gateway.vnet.as_str()));
        let ranges = vnet
            .and_then(|vnet| self.graph.resource(*vnet))
            .and_then(|vnet| vnet.body.at("properties.addressSpace.addressPrefixes"));
        let same = ranges == Some(&Value::texts(end.statics));
        if !same && !end.statics.is_empty() {
            let text = format!(
                "Azure itself configures what lies behind {}; the estate has {}",
                end.far,
                end.statics.join(", ")
            );
            self.remark(id, text);
        }
    }

    /// One for every gateway that is to know the same of a far end.
    fn local_gateway(&mut self, tunnel: &'s TunnelSpec, end: &End<'s>, region: &str) -> ResourceId {
        let address = self.far_address(end.far);
        let prefixes = self.far_prefixes(tunnel, end);
        let speaker = tunnel.bgp.then(|| self.far_speaker(end.far));
        let properties = Value::object()
            .with("gatewayIpAddress", address)
            .with(
                "localNetworkAddressSpace",
                Value::object().with("addressPrefixes", Value::texts(prefixes)),
            )
            .maybe("bgpSettings", speaker);
        let body = Value::object().with("properties", properties);
        let known = self
            .local_gateways
            .iter()
            .find(|known| known.far == end.far);
        let called = match known {
            Some(known) if self.says(known.id, &body) => return known.id,
            Some(_) => format!("{}-at-{}", end.far, end.near),
            None => end.far.to_owned(),
        };
        let id = self.add(Kind::LocalGateway, &called, region, body);
        self.local_gateways.push(LocalGateway { far: end.far, id });
        id
    }

    fn says(&self, id: ResourceId, body: &Value) -> bool {
        self.graph
            .resource(id)
            .is_some_and(|known| known.body == *body)
    }

    fn far_address(&mut self, far: &str) -> Value {
        let name = format!("address_of_{far}");
        let about = format!("Public address of {far}");
        self.ask_shared(&name, &about)
    }

    /// Number and address of the far end's BGP speaker.
    fn far_speaker(&mut self, far: &'s str) -> Value {
        let site = self.spec.sites.iter().find(|site| site.name == far);
        let number = match site {
            Some(site) => Value::from(site.asn),
            None if self.hubs.contains_key(far) => Value::from(65_515_u32),
            None => self.ask_number(
                &format!("asn_of_{far}"),
                &format!("Autonomous system number of {far}"),
                None,
            ),
        };
        let address = self.ask_shared(
            &format!("bgp_address_of_{far}"),
            &format!("BGP peering address of {far}"),
        );
        Value::object()
            .with("asn", number)
            .with("bgpPeeringAddress", address)
    }

    /// A text about a far end, asked for once.
    fn ask_shared(&mut self, words: &str, about: &str) -> Value {
        let known = self
            .graph
            .parameters
            .iter()
            .find(|known| known.about == about)
            .map(|known| known.name.clone());
        match known {
            Some(name) => Value::Parameter(name),
            None => self.ask(words, about, None),
        }
    }

    fn far_prefixes(&self, tunnel: &TunnelSpec, end: &End<'s>) -> Vec<String> {
        if !end.statics.is_empty() || tunnel.bgp {
            return end.statics.to_vec();
        }
        let site = self.spec.sites.iter().find(|site| site.name == end.far);
        site.map_or_else(Vec::new, |site| site.prefixes.clone())
    }

    fn hub_tunnel(&mut self, tunnel: &'s TunnelSpec, end: &End<'s>, key: &Value) {
        let (Some(gateway), Some(site)) = (self.hub_vpn(end.near), self.vpn_site(tunnel, end))
        else {
            return;
        };
        let link = Value::part(site, "vpnSiteLinks", "link", ".link[0].id");
        let properties = Value::object()
            .with("vpnSiteLink", Value::object().with("id", link))
            .with("enableBgp", tunnel.bgp)
            .with("sharedKey", key.clone());
        let link = Value::object()
            .with("name", "link")
            .with("properties", properties);
        let maps = (
            tunnel.inbound_route_map.as_deref(),
            tunnel.outbound_route_map.as_deref(),
        );
        let properties = Value::object()
            .with("remoteVpnSite", Value::reference(site))
            .with("enableInternetSecurity", true)
            .maybe("routingConfiguration", self.branch_routing(end.near, maps))
            .with("vpnLinkConnections", vec![link]);
        let body = Value::object().with("properties", properties);
        let called = format!("{}-to-{}", end.near, end.far);
        let id = self.child(Kind::VpnConnection, &called, gateway, body);
        if tunnel.as_path.is_some() {
            self.remark(id, FAR_PATH);
        }
    }

    /// The branch that stands for a far end; one for all hubs.
    fn vpn_site(&mut self, tunnel: &'s TunnelSpec, end: &End<'s>) -> Option<ResourceId> {
        if let Some(known) = self.vpn_sites.get(end.far) {
            return Some(*known);
        }
        let wan = self.virtual_wan?;
        let prefixes = self.far_prefixes(tunnel, end);
        let address = self.far_address(end.far);
        let speaker = tunnel.bgp.then(|| self.far_speaker(end.far));
        let link = Value::object()
            .with("ipAddress", address)
            .maybe("bgpProperties", speaker);
        let link = Value::object()
            .with("name", "link")
            .with("properties", link);
        let space = (!prefixes.is_empty())
            .then(|| Value::object().with("addressPrefixes", Value::texts(prefixes)));
        let properties = Value::object()
            .with("virtualWan", Value::reference(wan))
            .maybe("addressSpace", space)
            .with("vpnSiteLinks", vec![link]);
        let region = self.main_region();
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::VpnSite, end.far, &region, body);
        self.vpn_sites.insert(end.far, id);
        Some(id)
    }

    fn circuit(&mut self, circuit: &'s CircuitSpec) {
        let region = self.circuit_region(circuit);
        let name = &circuit.name;
        let mut ask = |what: &str, about: &str| {
            self.ask(
                &format!("{what}_of_{name}"),
                &format!("{about} of the circuit {name}"),
                None,
            )
        };
        let provider = ask("provider", "Service provider");
        let location = ask("location", "Peering location");
        let primary = ask("primary_range", "Primary /30 of the private peering");
        let secondary = ask("secondary_range", "Secondary /30 of the private peering");
        let (tier, family, bandwidth) = plan(circuit);
        let sku = Value::object()
            .with("name", format!("{tier}_{family}"))
            .with("tier", tier)
            .with("family", family);
        let service = Value::object()
            .with("serviceProviderName", provider)
            .with("peeringLocation", location)
            .with("bandwidthInMbps", bandwidth);
        let body = Value::object().with("sku", sku).with(
            "properties",
            Value::object().with("serviceProviderProperties", service),
        );
        let id = self.add(Kind::Circuit, name, &region, body);
        self.remark(
            id,
            "its provider has to provision it before anything can be connected",
        );
        if circuit.links_up < 2 {
            self.remark(id, "in the estate not both of its links are up");
        }
        for said in &circuit.announcements {
            let (site, prefixes) = (&said.site, said.prefixes.join(", "));
            let text = format!("{site} announces {prefixes} over it: set on its own router");
            self.remark(id, text);
        }
        let vlan = self.ask_number(
            &format!("vlan_of_{name}"),
            &format!("VLAN of the private peering of the circuit {name}"),
            None,
        );
        let sites = self.spec.sites.iter();
        let number = sites
            .filter(|site| circuit.sites.contains(&site.name))
            .map(|site| site.asn)
            .next();
        let number = match number {
            Some(number) => Value::from(number),
            None => self.ask_number(
                &format!("asn_behind_{name}"),
                &format!("Autonomous system number behind the circuit {name}"),
                None,
            ),
        };
        let properties = Value::object()
            .with("peeringType", "AzurePrivatePeering")
            .with("peerASN", number)
            .with("vlanId", vlan)
            .with("primaryPeerAddressPrefix", primary)
            .with("secondaryPeerAddressPrefix", secondary);
        let peering = self.child_named(
            Kind::CircuitPeering,
            "AzurePrivatePeering".to_owned(),
            "",
            id,
            Value::object().with("properties", properties),
        );
        self.circuits.insert(name, (id, peering));
        for gateway in &circuit.gateways {
            self.circuit_connection(circuit, gateway, id, peering);
        }
    }

    fn circuit_region(&self, circuit: &CircuitSpec) -> String {
        let of_gateway = |name: &String| {
            let known = self
                .gateways
                .get(name.as_str())
                .or_else(|| self.hubs.get(name.as_str()));
            let resource = known.and_then(|id| self.graph.resource(*id));
            resource.map(|resource| resource.region.clone())
        };
        let mut regions = circuit.gateways.iter().filter_map(of_gateway);
        regions.next().unwrap_or_else(|| self.main_region())
    }

    fn circuit_connection(
        &mut self,
        circuit: &'s CircuitSpec,
        end: &'s str,
        id: ResourceId,
        peering: ResourceId,
    ) {
        let called = format!("{}-to-{end}", circuit.name);
        let said = circuit.connections.iter().find(|said| said.gateway == end);
        let weight = said
            .map(|said| said.routing_weight)
            .filter(|weight| *weight > 0);
        let maps = said.map_or((None, None), |said| {
            let outbound = said.outbound_route_map.as_deref();
            (said.inbound_route_map.as_deref(), outbound)
        });
        if let Some(gateway) = self.gateways.get(end).copied() {
            let spec = self.spec.gateways.iter().find(|known| known.name == end);
            let properties = Value::object()
                .with("connectionType", "ExpressRoute")
                .with("virtualNetworkGateway1", Value::reference(gateway))
                .with("peer", Value::reference(id))
                .with(
                    "expressRouteGatewayBypass",
                    spec.is_some_and(|gateway| gateway.fast_path),
                )
                .maybe("routingWeight", weight);
            let region = spec.map_or_else(|| self.main_region(), |spec| self.region_of(&spec.vnet));
            let body = Value::object().with("properties", properties);
            let connection = self.add(Kind::Connection, &called, &region, body);
            self.wait(connection, [peering]);
            return;
        }
        let Some(gateway) = self.hub_express_route(end) else {
            self.note(
                format!("circuits[{}]", circuit.name),
                format!(
                    "names {end}, which is neither an ExpressRoute gateway nor a Virtual WAN hub"
                ),
            );
            return;
        };
        let properties = Value::object()
            .with("expressRouteCircuitPeering", Value::reference(peering))
            .maybe("routingConfiguration", self.branch_routing(end, maps))
            .maybe("routingWeight", weight);
        let body = Value::object().with("properties", properties);
        self.child(Kind::ExpressRouteConnection, &called, gateway, body);
    }

    /// Global Reach, written at the circuit whose name comes first.
    fn global_reach(&mut self, circuit: &'s CircuitSpec) {
        let names = |a: &CircuitSpec, b: &str| a.global_reach_with.iter().any(|name| name == b);
        for other in &self.spec.circuits {
            let joined = names(circuit, &other.name) || names(other, &circuit.name);
            if !joined || circuit.name >= other.name {
                continue;
            }
            let ends = (
                self.circuits.get(circuit.name.as_str()).copied(),
                self.circuits.get(other.name.as_str()).copied(),
            );
            let (Some((_, here)), Some((_, there))) = ends else {
                continue;
            };
            let range = self.ask(
                &format!("reach_range_of_{}_{}", circuit.name, other.name),
                &format!(
                    "/29 of the Global Reach between {} and {}",
                    circuit.name, other.name
                ),
                None,
            );
            let properties = Value::object()
                .with("expressRouteCircuitPeering", Value::reference(here))
                .with("peerExpressRouteCircuitPeering", Value::reference(there))
                .with("addressPrefix", range);
            let body = Value::object().with("properties", properties);
            let called = format!("{}-to-{}", circuit.name, other.name);
            self.child(Kind::GlobalReach, &called, here, body);
        }
    }

    /// BGP sessions of Route Servers and hubs.
    pub(super) fn sessions(&mut self) {
        let spec = self.spec;
        for session in &spec.bgp_peerings {
            let place = format!(
                "bgpPeerings[{} with {}]",
                session.speaker, session.appliance
            );
            let nic = spec
                .appliances
                .iter()
                .find(|nic| nic.name == session.appliance);
            let Some(nic) = nic else {
                self.note(place, "names an appliance that does not exist");
                continue;
            };
            if session.reannounces {
                self.note(
                    &place,
                    "that it passes on what it learns is set inside the guest",
                );
            }
            if let Some(map) = &session.route_map {
                let text = format!("its route map {map} is set inside the guest");
                self.note(&place, text);
            }
            let properties = Value::object()
                .with("peerAsn", session.asn)
                .with("peerIp", &nic.ip);
            if let Some(server) = self.route_servers.get(session.speaker.as_str()).copied() {
                let body = Value::object().with("properties", properties);
                self.child(Kind::RouteServerSession, &session.appliance, server, body);
            } else if let Some(hub) = self.hubs.get(session.speaker.as_str()).copied() {
                let connection = self.connection_of(&nic.vnet);
                let properties = properties.maybe(
                    "hubVirtualNetworkConnection",
                    connection.map(Value::reference),
                );
                let body = Value::object().with("properties", properties);
                self.child(Kind::HubSession, &session.appliance, hub, body);
            } else {
                self.note(
                    &place,
                    "names a speaker that is neither a Route Server nor a hub",
                );
            }
            if !session.advertises.is_empty() {
                self.note(
                    place,
                    "what the appliance announces is set inside the guest",
                );
            }
        }
    }
}

/// Azure's word of a preference.
pub(super) const fn preference(preference: RoutingPreference) -> &'static str {
    match preference {
        RoutingPreference::ExpressRoute => "ExpressRoute",
        RoutingPreference::VpnGateway => "VpnGateway",
        RoutingPreference::AsPath => "ASPath",
    }
}

fn sku(gateway: &GatewaySpec, usual: &str) -> Value {
    let name = gateway.sku.as_deref().unwrap_or(usual);
    Value::object().with("name", name).with("tier", name)
}

fn vpn_properties(gateway: &GatewaySpec) -> Value {
    Value::object()
        .with("gatewayType", "Vpn")
        .with("vpnType", "RouteBased")
        .with("sku", sku(gateway, "VpnGw1AZ"))
        .with("activeActive", gateway.active_active)
        .with("enableBgp", true)
        .with("bgpSettings", Value::object().with("asn", gateway.asn))
        .some_prefixes("customRoutes", &gateway.custom_routes)
        .maybe(
            "vpnClientConfiguration",
            clients(&gateway.vpn_client_address_pools),
        )
}

/// Where users of a gateway get their addresses; how they sign in stands in no estate.
fn clients(pools: &[String]) -> Option<Value> {
    let pool = Value::object().with("addressPrefixes", Value::texts(pools));
    (!pools.is_empty()).then(|| Value::object().with("vpnClientAddressPool", pool))
}

impl Value {
    /// The object with an object of prefixes, where there are some.
    fn some_prefixes(self, key: &'static str, prefixes: &[String]) -> Self {
        let value = Value::object().with("addressPrefixes", Value::texts(prefixes));
        self.maybe(key, (!prefixes.is_empty()).then_some(value))
    }
}

fn express_route_properties(gateway: &GatewaySpec) -> Value {
    let bounds = gateway.scale_units.map(|units| {
        let bounds = Value::object().with("min", units).with("max", units);
        Value::object().with("bounds", bounds)
    });
    Value::object()
        .with("gatewayType", "ExpressRoute")
        .with("sku", sku(gateway, "ErGw1AZ"))
        .with("allowRemoteVnetTraffic", gateway.allow_remote_vnet_traffic)
        .with("allowVirtualWanTraffic", gateway.allow_virtual_wan_traffic)
        .maybe("autoScaleConfiguration", bounds)
}

fn plan(circuit: &CircuitSpec) -> (&'static str, &'static str, u32) {
    let Some(plan) = circuit.plan else {
        return ("Standard", "MeteredData", 1_000);
    };
    let tier = match plan.tier {
        CircuitTier::Local => "Local",
        CircuitTier::Standard => "Standard",
        CircuitTier::Premium => "Premium",
    };
    let family = match plan.family {
        CircuitFamily::MeteredData => "MeteredData",
        CircuitFamily::UnlimitedData => "UnlimitedData",
    };
    (tier, family, plan.bandwidth_in_mbps)
}
