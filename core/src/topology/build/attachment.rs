//! Gateways, tunnels, circuits and sites.

use super::Reader;
use crate::address::default_route;
use crate::issue::IssueCode;
use crate::spec::{
    CircuitSpec, GatewayKind, GatewaySpec, NatRuleSpec, NatType, NetworkSpec, TunnelSpec,
};
use crate::topology::{
    Circuit, CircuitConnection, CircuitId, Gateway, GatewayId, NatRule, Party, RouteMaps, Site,
    SiteId, Tunnel, TunnelId,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

impl Reader {
    pub(super) fn gateway(&mut self, spec: &GatewaySpec) {
        let subject = format!("gateways[{}]", spec.name);
        if !self.is_new(
            self.parties.contains_key(&spec.name),
            "gateway",
            &spec.name,
            &subject,
        ) {
            return;
        }
        let kind = self.word(&spec.kind, format!("{subject}.kind"));
        let preference = self.word(
            &spec.routing_preference,
            format!("{subject}.routingPreference"),
        );
        let Some(kind) = kind else {
            return;
        };
        let Some(vnet) = self.vnet_id(&spec.vnet, format_args!("{subject}.vnet")) else {
            return;
        };
        let home = match kind {
            GatewayKind::RouteServer => "RouteServerSubnet",
            GatewayKind::Vpn | GatewayKind::ExpressRoute => "GatewaySubnet",
        };
        let subnet = self.topology.subnet_named(&spec.vnet, home).map(|s| s.id);
        let subnet = subnet.unwrap_or_else(|| self.implicit_subnet(vnet, home));
        let id = GatewayId::new(self.topology.gateways.len());
        let instance_ips = self.ips(&spec.instance_ips, format_args!("{subject}.instanceIps"));
        let bgp_peer_ips = match &spec.bgp_peer_ips {
            Some(texts) => self.ips(texts, format_args!("{subject}.bgpPeerIps")),
            None => instance_ips.clone(),
        };
        let public_ips = self.ips(&spec.public_ips, format_args!("{subject}.publicIps"));
        let zones = self.zones(&spec.zones, &format!("{subject}.zones"));
        self.parties.insert(spec.name.clone(), Party::Gateway(id));
        self.topology.gateways.push(Gateway {
            id,
            name: spec.name.clone(),
            kind,
            vnet,
            subnet,
            asn: spec.asn,
            active_active: spec.active_active,
            instance_ips,
            bgp_peer_ips,
            public_ips,
            branch_to_branch: spec.branch_to_branch,
            routing_preference: preference.unwrap_or_default(),
            allow_remote_vnet_traffic: spec.allow_remote_vnet_traffic,
            allow_virtual_wan_traffic: spec.allow_virtual_wan_traffic,
            fast_path: spec.fast_path,
            zones,
        });
    }

    pub(super) fn sites(&mut self, spec: &NetworkSpec) {
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
            let prefixes = self.nets(&site.prefixes, format_args!("{subject}.prefixes"));
            let dns_servers = self.ips(&site.dns_servers, format_args!("{subject}.dnsServers"));
            self.parties.insert(site.name.clone(), Party::Site(id));
            self.sites.insert(site.name.clone(), id);
            self.topology.sites.push(Site {
                id,
                name: site.name.clone(),
                asn: site.asn,
                prefixes,
                as_path: site.as_path.clone(),
                wan: site.wan.clone(),
                dns_servers,
            });
        }
    }

    pub(super) fn tunnels(&mut self, spec: &NetworkSpec) {
        for (position, tunnel) in spec.tunnels.iter().enumerate() {
            self.tunnel(tunnel, &format!("tunnels[{position}]"));
        }
    }

    pub(super) fn tunnel(&mut self, spec: &TunnelSpec, subject: &str) {
        let a = self.party(&spec.a, &format!("{subject}.a"));
        let b = self.party(&spec.b, &format!("{subject}.b"));
        let (Some(a), Some(b)) = (a, b) else { return };
        let instance_ip = spec
            .instance_ip
            .as_ref()
            .and_then(|text| self.ip(text, format_args!("{subject}.instanceIp")));
        let static_at_a = self.nets(&spec.static_at_a, format_args!("{subject}.staticAtA"));
        let static_at_b = self.nets(&spec.static_at_b, format_args!("{subject}.staticAtB"));
        let announced_by_a =
            self.nets(&spec.announced_by_a, format_args!("{subject}.announcedByA"));
        let announced_by_b =
            self.nets(&spec.announced_by_b, format_args!("{subject}.announcedByB"));
        let route_maps = self.maps((&spec.inbound_route_map, &spec.outbound_route_map), subject);
        let nat = self.nat_rules(&spec.nat_rules, (a, b), subject);
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
            route_maps,
            nat,
            translates_routes: spec.enable_bgp_route_translation_for_nat,
            clients: false,
        });
    }

    /// NAT rules of a tunnel between two ends.
    fn nat_rules(
        &mut self,
        specs: &[NatRuleSpec],
        (a, b): (Party, Party),
        subject: &str,
    ) -> Vec<NatRule> {
        let mut rules = Vec::new();
        for (at, spec) in specs.iter().enumerate() {
            let place = format!("{subject}.natRules[{at}]");
            let internal = self.net(
                &spec.internal_mapping,
                format_args!("{place}.internalMapping"),
            );
            let external = self.net(
                &spec.external_mapping,
                format_args!("{place}.externalMapping"),
            );
            let translates = |party: &Party| matches!(party, Party::Gateway(_) | Party::Hub(_));
            let mut ends = [a, b].into_iter();
            let end = match &spec.at {
                Some(name) => {
                    let named = self.parties.get(name).copied();
                    named.filter(|party| translates(party) && (*party == a || *party == b))
                }
                None => ends.find(translates),
            };
            let Some(end) = end else {
                let name = spec.at.as_deref().unwrap_or_default();
                self.unknown(format!("{place}.at"), "gateway or hub at an end", name);
                continue;
            };
            if let (Some(internal), Some(external)) = (internal, external) {
                rules.push(NatRule {
                    at: end,
                    mode: spec.mode,
                    kind: spec.kind,
                    internal,
                    external,
                });
            }
        }
        let own = rules
            .iter()
            .filter(|rule| matches!(rule.at, Party::Gateway(_)));
        let dynamic = own.clone().any(|rule| rule.kind == NatType::Dynamic);
        if dynamic && own.count() > 1 {
            let message = "expected static rules alone, or one dynamic rule";
            self.issue(
                IssueCode::NatRulesShare,
                format!("{subject}.natRules"),
                message,
            );
        }
        rules
    }

    /// Point-to-site clients: a site without BGP behind the gateway or hub, whose prefixes are the pools. It is told what the
    /// gateway knows, and its custom routes.
    pub(super) fn clients(&mut self, spec: &NetworkSpec) {
        let gateways = spec.gateways.iter();
        let gateways = gateways.map(|gateway| {
            let place = format!("gateways[{}]", gateway.name);
            let told = gateway.custom_routes.as_slice();
            (
                &gateway.name,
                &gateway.vpn_client_address_pools,
                told,
                place,
            )
        });
        let hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let hubs = hubs.map(|hub| {
            let place = format!("virtualWan.hubs[{}]", hub.name);
            (&hub.name, &hub.vpn_client_address_pools, &[][..], place)
        });
        for (name, pools, told, place) in gateways.chain(hubs) {
            let told = self.nets(told, format_args!("{place}.customRoutes"));
            let prefixes = self.nets(pools, format_args!("{place}.vpnClientAddressPools"));
            let Some(party) = self
                .parties
                .get(name)
                .copied()
                .filter(|_| !prefixes.is_empty())
            else {
                continue;
            };
            let id = SiteId::new(self.topology.sites.len());
            self.topology.sites.push(Site {
                id,
                name: format!("clients of {name}"),
                asn: 0,
                prefixes: prefixes.clone(),
                as_path: Vec::new(),
                wan: None,
                dns_servers: Vec::new(),
            });
            self.topology.tunnels.push(Tunnel {
                id: TunnelId::new(self.topology.tunnels.len()),
                a: party,
                b: Party::Site(id),
                bgp: false,
                instance_ip: None,
                as_path: None,
                static_at_a: prefixes,
                static_at_b: told,
                announced_by_a: Vec::new(),
                announced_by_b: Vec::new(),
                route_maps: RouteMaps::default(),
                nat: Vec::new(),
                translates_routes: false,
                clients: true,
            });
        }
    }

    /// `gatewayDefaultSite`: 0.0.0.0/0 stands among the prefixes of the site's tunnel.
    pub(super) fn default_sites(&mut self, spec: &NetworkSpec) {
        for gateway in &spec.gateways {
            let Some(name) = &gateway.gateway_default_site else {
                continue;
            };
            let place = format!("gateways[{}].gatewayDefaultSite", gateway.name);
            let own = self.parties.get(&gateway.name).copied();
            let site = self.sites.get(name).map(|id| Party::Site(*id));
            let ends = own.zip(site);
            let mut tunnels = self.topology.tunnels.iter_mut();
            let found = ends.and_then(|(own, site)| {
                tunnels.find(|tunnel| {
                    (tunnel.a, tunnel.b) == (own, site) || (tunnel.b, tunnel.a) == (own, site)
                })
            });
            match (found, own) {
                (Some(tunnel), Some(own)) => {
                    let prefixes = if tunnel.a == own {
                        &mut tunnel.static_at_a
                    } else {
                        &mut tunnel.static_at_b
                    };
                    // Without BGP configured prefixes replace the site's own.
                    if let (Some(Party::Site(site)), true) =
                        (site, prefixes.is_empty() && !tunnel.bgp)
                    {
                        let own = self.topology.sites.get(site.index());
                        prefixes.extend(own.into_iter().flat_map(|site| &site.prefixes));
                    }
                    prefixes.push(default_route());
                }
                _ => self.unknown(place, "site with a tunnel to this gateway", name),
            }
        }
    }

    /// Route maps of a connection, by name.
    pub(super) fn maps(
        &mut self,
        (inbound, outbound): (&Option<String>, &Option<String>),
        subject: &str,
    ) -> RouteMaps {
        let place = format!("{subject}.inboundRouteMap");
        let inbound = self.route_map(inbound.as_ref(), &place);
        let place = format!("{subject}.outboundRouteMap");
        let outbound = self.route_map(outbound.as_ref(), &place);
        RouteMaps { inbound, outbound }
    }

    fn circuit_connections(&mut self, spec: &CircuitSpec, subject: &str) -> Vec<CircuitConnection> {
        let mut connections = Vec::new();
        for (at, one) in spec.connections.iter().enumerate() {
            let place = format!("{subject}.connections[{at}]");
            let known = spec.gateways.contains(&one.gateway);
            let party = self.parties.get(&one.gateway).copied().filter(|_| known);
            let Some(party) = party else {
                self.unknown(
                    format!("{place}.gateway"),
                    "gateway or hub on the circuit",
                    &one.gateway,
                );
                continue;
            };
            let maps = (&one.inbound_route_map, &one.outbound_route_map);
            connections.push(CircuitConnection {
                party,
                weight: one.routing_weight,
                route_maps: self.maps(maps, &place),
            });
        }
        connections
    }

    fn circuit_announcements(
        &mut self,
        spec: &CircuitSpec,
        subject: &str,
    ) -> Vec<(SiteId, Vec<Ipv4Net>)> {
        let mut told = Vec::new();
        for (at, one) in spec.announcements.iter().enumerate() {
            let place = format!("{subject}.announcements[{at}]");
            let prefixes = self.nets(&one.prefixes, format_args!("{place}.prefixes"));
            match self.sites.get(&one.site).copied() {
                Some(site) => told.push((site, prefixes)),
                None => self.unknown(format!("{place}.site"), "site", &one.site),
            }
        }
        told
    }

    pub(super) fn circuits(&mut self, spec: &NetworkSpec) {
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
            let connections = self.circuit_connections(circuit, &subject);
            let announcements = self.circuit_announcements(circuit, &subject);
            self.topology.circuits.push(Circuit {
                id: CircuitId::new(self.topology.circuits.len()),
                name: circuit.name.clone(),
                gateways,
                sites,
                global_reach,
                links_up: circuit.links_up.min(2),
                connections,
                announcements,
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
            if let Some(circuit) = self.topology.circuits.get_mut(circuit.index())
                && !circuit.global_reach.contains(&other)
            {
                circuit.global_reach.push(other);
            }
        }
    }
}
