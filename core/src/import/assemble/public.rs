//! Public sides: NAT gateways, public load balancers, public addresses by their ids.
//!
//! | found | made |
//! |---|---|
//! | a NAT gateway | the same; its subnets name it |
//! | a load balancer with a public frontend whose address is known | a public load balancer before its machines |
//! | a public address that only Azure knows, as in a template | nothing, said by nobody: no route depends on it |
//!
//! Left out: ranges of public addresses (prefixes).

use super::Assembler;
use crate::import::gather::{Balancer, Gathered, IpConfiguration};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{NatGatewaySpec, PublicLoadBalancerSpec};
use std::collections::{HashMap, HashSet};

impl Assembler {
    pub(super) fn take_public_addresses(&mut self, gathered: &Gathered) {
        let addresses = gathered.public_addresses.iter();
        self.public_addresses = addresses
            .filter_map(|address| Some((id::key(&address.id), address.ip.clone()?)))
            .collect();
    }

    /// The addresses of public address resources, as far as they are known.
    pub(super) fn public_ips(&self, ids: &[String]) -> Vec<String> {
        let known = ids
            .iter()
            .filter_map(|id| self.public_addresses.get(&id::key(id)));
        known.cloned().collect()
    }

    pub(super) fn add_nat_gateways(&mut self, gathered: &Gathered) {
        let mut seen = HashSet::new();
        for (head, addresses) in &gathered.nat_gateways {
            if seen.insert(id::key(&head.id)) {
                let name = self.nat_gateways.name(&head.id).unwrap_or(&head.name);
                self.network.nat_gateways.push(NatGatewaySpec {
                    name: name.to_owned(),
                    public_ips: self.public_ips(addresses),
                });
            }
        }
    }

    /// The name of a NAT gateway; one that no file has becomes a stub.
    pub(super) fn nat_gateway(&mut self, id: Option<&str>, place: &Place) -> Option<String> {
        let id = id?;
        if let Some(name) = self.nat_gateways.name(id) {
            return Some(name.to_owned());
        }
        let name = self.nat_gateways.add(id, id::name_of(id));
        let message = format!("the NAT gateway {name:?} stands in no file");
        self.say(Verdict::Stub, place, message);
        self.network.nat_gateways.push(NatGatewaySpec {
            name: name.clone(),
            public_ips: Vec::new(),
        });
        Some(name)
    }

    /// Public frontends with the machines behind them; `machines` are names by IP configuration.
    pub(super) fn add_public_balancers(
        &mut self,
        gathered: &Gathered,
        machines: &HashMap<String, (String, IpConfiguration)>,
    ) {
        let mut seen = HashSet::new();
        for balancer in &gathered.balancers {
            if !seen.insert(id::key(&balancer.head.id)) {
                continue;
            }
            for frontend in &balancer.frontends {
                let public = frontend.public_address.as_ref();
                let ip = public.and_then(|id| self.public_addresses.get(&id::key(id)));
                if let Some(ip) = ip.cloned() {
                    self.add_public_frontend(balancer, frontend, ip, machines);
                }
            }
        }
    }

    fn add_public_frontend(
        &mut self,
        balancer: &Balancer,
        frontend: &IpConfiguration,
        public_ip: String,
        machines: &HashMap<String, (String, IpConfiguration)>,
    ) {
        let of_frontend =
            |rule: &&String| id::name_of(rule).eq_ignore_ascii_case(id::name_of(&frontend.id));
        let rules = balancer.rules.iter();
        let pools: HashSet<String> = rules
            .filter(|(rule, _)| of_frontend(&rule))
            .map(|(_, pool)| id::key(pool))
            .chain(balancer.outbound_pools.iter().map(|pool| id::key(pool)))
            .collect();
        let backends = behind(balancer, &pools, machines);
        if backends.is_empty() {
            return;
        }
        let mut name = self.party(&balancer.head.id, &balancer.head.name);
        let known = self.network.public_load_balancers.iter();
        if known.filter(|known| known.name == name).count() > 0 {
            name = format!("{name} {}", id::name_of(&frontend.id));
        }
        self.network
            .public_load_balancers
            .push(PublicLoadBalancerSpec {
                name,
                public_ip,
                backends,
                floating_ip: balancer.floating,
                outbound_rule: !balancer.outbound_pools.is_empty(),
            });
    }
}

/// The machines in some pools of a load balancer, by name.
fn behind(
    balancer: &Balancer,
    pools: &HashSet<String>,
    machines: &HashMap<String, (String, IpConfiguration)>,
) -> Vec<String> {
    let own = balancer.pools.iter();
    let own: Vec<_> = own
        .filter(|pool| pools.contains(&id::key(&pool.id)))
        .collect();
    let mut names: Vec<String> = Vec::new();
    let mut ids: Vec<&String> = machines.keys().collect();
    ids.sort();
    for (name, one) in ids.into_iter().filter_map(|id| machines.get(id)) {
        let says = one.pools.iter().any(|pool| pools.contains(&id::key(pool)));
        let is_said = own.iter().any(|pool| {
            let by_id = pool
                .members
                .iter()
                .any(|id| id::key(id) == id::key(&one.id));
            by_id
                || one
                    .ip
                    .as_ref()
                    .is_some_and(|ip| pool.addresses.contains(ip))
        });
        if (says || is_said) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
