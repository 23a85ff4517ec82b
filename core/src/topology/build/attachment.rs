//! Gateways, tunnels, circuits and sites.

use super::Reader;
use crate::spec::{GatewayKind, GatewaySpec, NetworkSpec, TunnelSpec};
use crate::topology::{
    Circuit, CircuitId, Gateway, GatewayId, Party, Site, SiteId, Tunnel, TunnelId,
};
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
        if self.unknown_words(&spec.strays, &subject) {
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
        let zones = self.zones(&spec.zones, &format!("{subject}.zones"));
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
            if let Some(circuit) = self.topology.circuits.get_mut(circuit.index())
                && !circuit.global_reach.contains(&other)
            {
                circuit.global_reach.push(other);
            }
        }
    }
}
