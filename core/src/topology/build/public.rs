//! Public load balancers and NAT gateways: names resolved.

use super::Reader;
use crate::spec::NetworkSpec;
use crate::topology::PublicLoadBalancer;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

impl Reader {
    pub(super) fn public_sides(&mut self, spec: &NetworkSpec) {
        self.nat_gateways(spec);
        let mut names = BTreeSet::new();
        for balancer in &spec.public_load_balancers {
            let subject = format!("publicLoadBalancers[{}]", balancer.name);
            let known = !names.insert(balancer.name.as_str());
            if !self.is_new(known, "public load balancer", &balancer.name, &subject) {
                continue;
            }
            let Some(public_ip) = self.ip(&balancer.public_ip, format_args!("{subject}.publicIp"))
            else {
                continue;
            };
            let mut backends = Vec::new();
            for (at, name) in balancer.backends.iter().enumerate() {
                match self.address_of(name) {
                    Some(ip) => backends.push(ip),
                    None => self.unknown(
                        format!("{subject}.backends[{at}]"),
                        "workload or appliance",
                        name,
                    ),
                }
            }
            self.topology
                .public_load_balancers
                .push(PublicLoadBalancer {
                    name: balancer.name.clone(),
                    public_ip,
                    backends,
                    floating_ip: balancer.floating_ip,
                    outbound_rule: balancer.outbound_rule,
                });
        }
    }

    fn nat_gateways(&mut self, spec: &NetworkSpec) {
        let mut known: BTreeMap<&str, Vec<Ipv4Addr>> = BTreeMap::new();
        for gateway in &spec.nat_gateways {
            let subject = format!("natGateways[{}]", gateway.name);
            let addresses = self.ips(&gateway.public_ips, format_args!("{subject}.publicIps"));
            let twice = known.insert(gateway.name.as_str(), addresses).is_some();
            self.is_new(twice, "NAT gateway", &gateway.name, &subject);
        }
        for vnet in &spec.vnets {
            for subnet in &vnet.subnets {
                let Some(name) = subnet.nat_gateway.as_deref() else {
                    continue;
                };
                match known.get(name) {
                    Some(addresses) => self.leaves_by(&vnet.name, &subnet.name, addresses),
                    None => {
                        let place =
                            format!("vnets[{}].subnets[{}].natGateway", vnet.name, subnet.name);
                        self.unknown(place, "NAT gateway", name);
                    }
                }
            }
        }
    }

    fn leaves_by(&mut self, vnet: &str, subnet: &str, addresses: &[Ipv4Addr]) {
        let topology = &mut self.topology;
        let home = topology.vnets.iter().find(|one| one.name == vnet);
        let Some(home) = home.map(|vnet| vnet.id) else {
            return;
        };
        let mut subnets = topology.subnets.iter_mut();
        if let Some(subnet) = subnets.find(|one| one.vnet == home && one.name == subnet) {
            subnet.nat_addresses = addresses.to_vec();
        }
    }

    /// The address of a workload or of an appliance's NIC.
    fn address_of(&self, name: &str) -> Option<Ipv4Addr> {
        let mut hosts = self.topology.workloads.iter();
        let host = hosts.find(|host| host.name == name).map(|host| host.ip);
        host.or_else(|| {
            let id = self.nics.get(name)?;
            Some(self.topology.appliance(*id).ip)
        })
    }
}
