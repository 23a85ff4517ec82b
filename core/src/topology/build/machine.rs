//! Firewalls and NVAs, their guest routes and BGP sessions.

use super::Reader;
use crate::address::{parse_address, reserved_prefixes};
use crate::issue::IssueCode;
use crate::spec::{ApplianceKind, ApplianceSpec, DnatSpec, NetworkSpec};
use crate::topology::{
    Advertisement, Appliance, ApplianceId, BgpSession, BgpSessionId, DestinationNat, Device,
    DeviceId, OsRoute, Party, SubnetId, Via, VnetId,
};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

impl Reader {
    pub(super) fn appliances(&mut self, spec: &NetworkSpec) {
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
            if self
                .word(&appliance.kind, format!("{subject}.kind"))
                .is_none()
            {
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

    pub(super) fn appliance(
        &mut self,
        spec: &ApplianceSpec,
        device: DeviceId,
        (vnet, subnet, ip): (VnetId, SubnetId, Ipv4Addr),
        subject: &str,
    ) {
        let id = ApplianceId::new(self.topology.appliances.len());
        let front = spec.load_balancer_ip.as_ref();
        let load_balancer_ip =
            front.and_then(|text| self.ip(text, format_args!("{subject}.loadBalancerIp")));
        let zones = self.zones(&spec.zones, &format!("{subject}.zones"));
        if spec.kind == ApplianceKind::Nva && spec.zones.len() > 1 {
            self.issue(
                crate::issue::IssueCode::InvalidZone,
                format!("{subject}.zones"),
                format!(
                    "expected one zone for a virtual machine, found {}",
                    spec.zones.len()
                ),
            );
        }
        let load_balancer_zones = self.zones(
            &spec.load_balancer_zones,
            &format!("{subject}.loadBalancerZones"),
        );
        let private_ranges = match &spec.private_ranges {
            Some(texts) => self.nets(texts, format_args!("{subject}.privateRanges")),
            None => reserved_prefixes().to_vec(),
        };
        let dnat = spec.dnat.iter().enumerate().filter_map(|(position, rule)| {
            self.destination_nat(rule, &format!("{subject}.dnat[{position}]"))
        });
        let dnat = dnat.collect();
        let mut ranges_behind = Vec::new();
        for (at, range) in spec.ranges_behind.iter().enumerate() {
            let net = self.net(
                &range.prefix,
                format_args!("{subject}.rangesBehind[{at}].prefix"),
            );
            ranges_behind.extend(net.map(|net| (net, range.snat)));
        }
        let loopback_ips = self.ips(&spec.loopback_ips, format_args!("{subject}.loopbackIps"));
        let public_ips = self.ips(&spec.public_ips, format_args!("{subject}.publicIps"));
        let policy = self.policy(spec.firewall_policy.as_ref(), subject);
        let nsg = self.nsg(spec.network_security_group.as_ref(), subject);
        self.nics.insert(spec.name.clone(), id);
        if let Some(device) = self.topology.devices.get_mut(device.index()) {
            device.nics.push(id);
        }
        self.topology.appliances.push(Appliance {
            id,
            name: spec.name.clone(),
            device,
            kind: spec.kind.or_usual(),
            vnet,
            subnet,
            ip,
            load_balancer_ip,
            zones,
            load_balancer_zones,
            ip_forwarding: spec.ip_forwarding || spec.kind != ApplianceKind::Nva,
            stateful: spec.is_stateful(),
            snat_private: spec.snat_private,
            internet_egress: spec.internet_egress,
            running: spec.running,
            drops: spec.drops.clone(),
            os_routes: Vec::new(),
            dnat,
            ranges_behind,
            loopback_ips,
            public_ips,
            policy,
            nsg,
            private_ranges,
        });
    }

    fn destination_nat(&mut self, rule: &DnatSpec, subject: &str) -> Option<DestinationNat> {
        Some(DestinationNat {
            public: self.ip(&rule.public_ip, format_args!("{subject}.publicIp"))?,
            to: self.ip(&rule.to, format_args!("{subject}.to"))?,
            protocol: rule.protocol,
            port: self.port(rule.port, &format!("{subject}.port")),
            translated_port: self.port(rule.translated_port, &format!("{subject}.translatedPort")),
        })
    }

    /// Guest routes come last: they may name any other object.
    pub(super) fn os_routes(&mut self, spec: &NetworkSpec) {
        for appliance in &spec.appliances {
            let Some(id) = self.nics.get(&appliance.name).copied() else {
                continue;
            };
            let mut routes = Vec::new();
            for (position, route) in appliance.os_routes.iter().enumerate() {
                let subject = format!("appliances[{}].osRoutes[{position}]", appliance.name);
                let Some(prefix) = self.net(&route.prefix, format_args!("{subject}.prefix")) else {
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

    pub(super) fn bgp_sessions(&mut self, spec: &NetworkSpec) {
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
                let Some(prefix) =
                    self.net(&advertisement.prefix, format_args!("{subject}.prefix"))
                else {
                    continue;
                };
                let hop = advertisement.next_hop.as_ref();
                let hop = hop.and_then(|text| self.ip(text, format_args!("{subject}.nextHop")));
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
            let map = session.route_map.as_ref();
            let route_map = self.route_map(map, &format!("{subject}.routeMap"));
            let instance = session.instance_ip.as_ref();
            let instance =
                instance.and_then(|ip| self.ip(ip, format_args!("{subject}.instanceIp")));
            if instance.is_some() {
                let message = "the appliance peers with one instance of the Route Server alone: when that one is serviced, its routes go";
                let place = format!("{subject}.instanceIp");
                self.issue(IssueCode::SingleInstanceSession, place, message);
            }
            let id = BgpSessionId::new(self.topology.bgp_sessions.len());
            self.topology.bgp_sessions.push(BgpSession {
                id,
                speaker,
                appliance,
                asn: session.asn,
                advertises,
                reannounces: session.reannounces,
                route_map,
            });
        }
    }
}
