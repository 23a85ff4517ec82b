//! Gateways and Route Servers, tunnels with sites, circuits, BGP sessions.
//!
//! | found | made |
//! |---|---|
//! | a connection to a local network gateway | a site and a tunnel |
//! | a local network gateway with the public address of a gateway that was read | a tunnel between the two |
//! | two connections of two gateways with one another | one tunnel, whose ranges Azure itself configures |
//! | a circuit of another subscription | a circuit without a plan |
//! | a connection with BGP | what the site announces stands in no export: what is configured is assumed |
//!
//! Left out: what on-premises announces, until captured routes show it.

use super::Assembler;
use crate::import::gather::{Circuit, Connection, Gateway, Gathered, Hub, Remote};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{
    BgpPeeringSpec, CircuitConnectionSpec, CircuitSpec, GatewayKind, GatewaySpec, SiteSpec,
    TunnelSpec,
};
use std::collections::HashSet;

impl Assembler {
    pub(super) fn add_gateways(&mut self, gathered: &Gathered) {
        let mut seen = HashSet::new();
        for gateway in &gathered.gateways {
            if seen.insert(id::key(&gateway.head.id)) {
                let zones = zones(gateway, gathered);
                self.add_gateway(gateway, zones);
            }
        }
        for hub in gathered.hubs.iter().filter(|hub| is_route_server(hub)) {
            if seen.insert(id::key(&hub.head.id)) {
                self.add_route_server(hub, gathered);
            }
        }
    }

    fn add_gateway(&mut self, gateway: &Gateway, zones: Vec<String>) {
        let place = &gateway.head.place;
        let Some(subnet) = gateway.subnets.first() else {
            self.say(Verdict::Skipped, place, "the gateway names no subnet");
            return;
        };
        let vnet = id::up_to(subnet, "virtualNetworks").unwrap_or_default();
        let vnet = self.vnet_or_stub(vnet, &[], place);
        let mut public_ips = gateway.public_ips.clone();
        public_ips.extend(self.public_ips(&gateway.public_ids));
        public_ips.sort();
        public_ips.dedup();
        let name = self.party(&gateway.head.id, &gateway.head.name);
        self.network.gateways.push(GatewaySpec {
            asn: gateway.asn.unwrap_or(65_515),
            active_active: gateway.active_active,
            instance_ips: gateway.peer_ips.clone(),
            public_ips,
            allow_remote_vnet_traffic: gateway.allow_remote_vnet,
            allow_virtual_wan_traffic: gateway.allow_virtual_wan,
            sku: gateway.sku.clone(),
            scale_units: gateway.scale_units,
            zones,
            vpn_client_address_pools: gateway.client_pools.clone(),
            custom_routes: gateway.custom_routes.clone(),
            gateway_default_site: gateway
                .default_site
                .as_deref()
                .map(|site| self.party(site, id::name_of(site))),
            ..GatewaySpec::new(&name, gateway.kind, &vnet)
        });
    }

    fn add_route_server(&mut self, hub: &Hub, gathered: &Gathered) {
        let place = &hub.head.place;
        let Some(vnet) = route_server_vnet(hub, gathered) else {
            self.say(Verdict::Skipped, place, "the Route Server's VNet stands in no file: its IP configuration is a child resource");
            return;
        };
        let vnet = self.vnet_or_stub(&vnet, &[], place);
        let name = self.party(&hub.head.id, &hub.head.name);
        self.network.gateways.push(GatewaySpec {
            asn: hub.asn.unwrap_or(65_515),
            active_active: true,
            instance_ips: hub.router_ips.clone(),
            branch_to_branch: hub.branch_to_branch,
            routing_preference: hub.preference.into(),
            ..GatewaySpec::new(&name, GatewayKind::RouteServer, &vnet)
        });
    }

    pub(super) fn add_connections(&mut self, gathered: &Gathered) {
        let mut sites = HashSet::new();
        for connection in &gathered.connections {
            match (
                &connection.first,
                &connection.second,
                &connection.local,
                &connection.circuit,
            ) {
                (Some(gateway), _, _, Some(circuit)) => {
                    self.join_circuit(gateway, circuit, connection)
                }
                (Some(a), Some(b), _, _) => self.add_tunnel_between(a, b, connection),
                (Some(a), None, Some(local), _) => {
                    let remote = gathered
                        .locals
                        .iter()
                        .find(|one| id::key(&one.head.id) == id::key(local));
                    self.add_tunnel_to_site(a, local, remote, connection, &mut sites);
                }
                _ => self.say(
                    Verdict::Skipped,
                    &connection.head.place,
                    "the connection names only one end",
                ),
            }
        }
    }

    fn add_tunnel_between(&mut self, a: &str, b: &str, connection: &Connection) {
        let (Some(a), Some(b)) = (
            self.known_party(a, connection),
            self.known_party(b, connection),
        ) else {
            return;
        };
        let joins = |one: &TunnelSpec, a: &str, b: &str| one.a == a && one.b == b;
        if self
            .network
            .tunnels
            .iter()
            .any(|one| joins(one, &a, &b) || joins(one, &b, &a))
        {
            return;
        }
        self.network.tunnels.push(TunnelSpec {
            bgp: connection.bgp,
            ..TunnelSpec::new(&a, &b)
        });
    }

    fn known_party(&mut self, id: &str, connection: &Connection) -> Option<String> {
        let known = self.parties.name(id).map(str::to_owned);
        if known.is_none() {
            self.say(
                Verdict::Stub,
                &connection.head.place,
                format!("{:?} at the other end of the connection stands in no file; the connection is left out", id::name_of(id)),
            );
        }
        known
    }

    fn add_tunnel_to_site(
        &mut self,
        a: &str,
        local: &str,
        remote: Option<&Remote>,
        connection: &Connection,
        sites: &mut HashSet<String>,
    ) {
        let Some(a) = self.known_party(a, connection) else {
            return;
        };
        let place = &connection.head.place;
        let stub;
        let remote = match remote {
            Some(remote) => remote,
            None => {
                stub = self.stub_site(local, place);
                &stub
            }
        };
        let prefixes = if connection.bgp {
            Vec::new()
        } else {
            remote.prefixes.clone()
        };
        let azure = remote
            .public_ip
            .as_ref()
            .and_then(|ip| self.gateway_with_public(ip));
        let b = match azure {
            Some(gateway) => {
                self.say(Verdict::Inferred, place, format!("the local network gateway has the public address of {gateway:?}: the tunnel joins the two"));
                gateway
            }
            None => self.site(remote, connection.bgp, sites),
        };
        let mut tunnels = self.network.tunnels.iter_mut();
        if let Some(known) = tunnels.find(|one| one.a == b && one.b == a) {
            known.static_at_b = prefixes;
        } else if !self
            .network
            .tunnels
            .iter()
            .any(|one| one.a == a && one.b == b)
        {
            self.network.tunnels.push(TunnelSpec {
                bgp: connection.bgp,
                static_at_a: prefixes,
                ..TunnelSpec::new(&a, &b)
            });
        }
    }

    fn gateway_with_public(&self, ip: &str) -> Option<String> {
        let mut gateways = self.network.gateways.iter();
        let found = gateways.find(|gateway| gateway.public_ips.iter().any(|own| own == ip))?;
        Some(found.name.clone())
    }

    /// The site that a local network gateway or a VPN site stands for.
    pub(super) fn site(
        &mut self,
        remote: &Remote,
        bgp: bool,
        sites: &mut HashSet<String>,
    ) -> String {
        let name = self.party(&remote.head.id, &remote.head.name);
        if !sites.insert(id::key(&remote.head.id)) {
            return name;
        }
        let configured: Vec<String> = remote
            .prefixes
            .iter()
            .filter(|prefix| !bgp || !prefix.ends_with("/32"))
            .cloned()
            .collect();
        if bgp {
            let known = if configured.is_empty() {
                "nothing is known of it".to_owned()
            } else {
                format!("{} is assumed, which is configured", configured.join(" "))
            };
            self.say(
                Verdict::Assumed,
                &remote.head.place,
                format!("what {name:?} announces over BGP stands in no export; {known}; captured routes would show it"),
            );
        }
        self.network.sites.push(SiteSpec {
            name: name.clone(),
            asn: remote.asn.unwrap_or(65_001),
            prefixes: configured,
            as_path: Vec::new(),
            wan: None,
            dns_servers: Vec::new(),
        });
        name
    }

    /// A circuit's own resource and its peerings are one circuit.
    pub(super) fn add_circuits(&mut self, circuits: &[Circuit]) {
        for circuit in circuits
            .iter()
            .filter(|circuit| !circuit.head.name.is_empty())
        {
            let name = self
                .circuits
                .name(&circuit.head.id)
                .unwrap_or(&circuit.head.name)
                .to_owned();
            if !self.network.circuits.iter().any(|known| known.name == name) {
                self.network.circuits.push(CircuitSpec {
                    plan: circuit.plan,
                    ..CircuitSpec::new(&name)
                });
            }
        }
        for circuit in circuits {
            for peering in &circuit.global_reach {
                let other = id::up_to(peering, "expressRouteCircuits").unwrap_or(peering);
                let a = self.circuit(&circuit.head.id, &circuit.head.place);
                let b = self.circuit(other, &circuit.head.place);
                self.join_by_global_reach(&a, &b);
            }
        }
    }

    fn join_by_global_reach(&mut self, a: &str, b: &str) {
        for (one, other) in [(a, b), (b, a)] {
            let mut circuits = self.network.circuits.iter_mut();
            if let Some(circuit) = circuits.find(|circuit| circuit.name == one)
                && !circuit.global_reach_with.iter().any(|known| known == other)
            {
                circuit.global_reach_with.push(other.to_owned());
            }
        }
    }

    /// The name of a circuit; one that no file has becomes a circuit of which nothing else is known.
    pub(super) fn circuit(&mut self, id: &str, place: &Place) -> String {
        if let Some(name) = self.circuits.name(id) {
            return name.to_owned();
        }
        let name = self.circuits.add(id, id::name_of(id));
        self.say(
            Verdict::Stub,
            place,
            format!("the circuit {name:?} stands in no file; its plan is not known"),
        );
        self.network.circuits.push(CircuitSpec::new(&name));
        name
    }

    fn join_circuit(&mut self, gateway: &str, circuit: &str, connection: &Connection) {
        let Some(gateway) = self.known_party(gateway, connection) else {
            return;
        };
        let circuit = id::up_to(circuit, "expressRouteCircuits").unwrap_or(circuit);
        let circuit = self.circuit(circuit, &connection.head.place);
        self.add_to_circuit(&circuit, &gateway);
        self.weigh(
            &circuit,
            CircuitConnectionSpec {
                gateway: gateway.clone(),
                routing_weight: connection.weight,
                ..CircuitConnectionSpec::default()
            },
        );
        let mut gateways = self.network.gateways.iter_mut();
        if let Some(spec) = gateways.find(|spec| spec.name == gateway) {
            spec.fast_path |= connection.fast_path;
        }
    }

    pub(super) fn add_to_circuit(&mut self, circuit: &str, party: &str) {
        let mut circuits = self.network.circuits.iter_mut();
        if let Some(spec) = circuits.find(|spec| spec.name == circuit)
            && !spec.gateways.iter().any(|known| known == party)
        {
            spec.gateways.push(party.to_owned());
        }
    }

    /// What a connection to a circuit says beside that it is there; nothing where it says the usual.
    pub(super) fn weigh(&mut self, circuit: &str, connection: CircuitConnectionSpec) {
        let usual = connection.routing_weight == 0
            && connection.inbound_route_map.is_none()
            && connection.outbound_route_map.is_none();
        let mut circuits = self.network.circuits.iter_mut();
        if let (false, Some(spec)) = (usual, circuits.find(|spec| spec.name == circuit)) {
            spec.connections.push(connection);
        }
    }

    pub(super) fn add_sessions(&mut self, gathered: &Gathered) {
        for session in &gathered.sessions {
            let Some(speaker) = self.parties.name(&session.hub).map(str::to_owned) else {
                self.say(
                    Verdict::Stub,
                    &session.place,
                    "the BGP connection's hub stands in no file; it is left out",
                );
                continue;
            };
            let Some(ip) = &session.ip else {
                continue;
            };
            let Some(appliance) = self.holder(ip, None).map(|holder| holder.name.clone()) else {
                self.say(
                    Verdict::Stub,
                    &session.place,
                    format!("nobody has the peer's address {ip}; the session is left out"),
                );
                continue;
            };
            let mut known = self.network.bgp_peerings.iter();
            if known.any(|one| one.speaker == speaker && one.appliance == appliance) {
                continue;
            }
            self.say(
                Verdict::Assumed,
                &session.place,
                format!("what {appliance:?} announces to {speaker:?} stands in no export; nothing is assumed; captured routes would show it"),
            );
            self.network.bgp_peerings.push(BgpPeeringSpec {
                instance_ip: None,
                reannounces: false,
                route_map: None,
                speaker,
                appliance,
                asn: session.asn.unwrap_or(65_001),
                advertises: Vec::new(),
            });
        }
    }
}

/// A gateway stands in the zones of its addresses; few exports say them twice.
fn zones(gateway: &Gateway, gathered: &Gathered) -> Vec<String> {
    if !gateway.zones.is_empty() {
        return gateway.zones.clone();
    }
    let first = gateway.public_ids.first().map(|id| id::key(id));
    let mut addresses = gathered.public_addresses.iter();
    let address = addresses.find(|address| first.as_ref() == Some(&id::key(&address.id)));
    address.map_or_else(Vec::new, |address| address.zones.clone())
}

/// A hub without a Virtual WAN is a Route Server.
fn is_route_server(hub: &Hub) -> bool {
    hub.wan.is_none() && hub.prefix.is_none()
}

/// The VNet of a Route Server: its own child says it, or the subnet that holds its IP configuration.
fn route_server_vnet(hub: &Hub, gathered: &Gathered) -> Option<String> {
    let key = id::key(&hub.head.id);
    let child = gathered
        .hub_subnets
        .iter()
        .find(|(id, _)| id::key(id) == key);
    let by_child = child
        .and_then(|(_, subnet)| id::up_to(subnet, "virtualNetworks"))
        .map(str::to_owned);
    by_child.or_else(|| {
        let mut vnets = gathered.vnets.iter();
        let holds = |holder: &String| id::key(holder).starts_with(&format!("{key}/"));
        let found = vnets.find(|vnet| {
            vnet.subnets
                .iter()
                .any(|subnet| subnet.holders.iter().any(holds))
        })?;
        Some(found.head.id.clone())
    })
}
