//! VNets that are like no other: something stands in them, points to an address of theirs, or overlaps them.

use super::super::probe::Probes;
use super::super::span::{Span, bounds};
use super::{Survey, set, slot};
use crate::topology::{FirewallVerdict, HubNextHop, Term, Workload};
use ipnet::Ipv4Net;

impl Survey<'_> {
    /// VNets that are like no other.
    pub(super) fn mark(&mut self, probes: &Probes) {
        let topology = self.topology;
        for range in topology
            .vnets()
            .iter()
            .flat_map(|vnet| vnet.prefixes.iter())
        {
            let whole = |(_, span): &(usize, Span)| (span.first, span.last) == bounds(range);
            if self.spans.holder(range).is_some_and(|held| !whole(&held)) {
                self.cut(range);
            }
        }
        for nic in topology.appliances() {
            self.mark_vnet(nic.vnet);
            self.mark_address(nic.ip);
            nic.load_balancer_ip
                .into_iter()
                .for_each(|ip| self.mark_address(ip));
            nic.loopback_ips
                .iter()
                .for_each(|ip| self.mark_address(*ip));
            for (range, _) in &nic.ranges_behind {
                self.fact(range, u64::from(nic.id.0));
            }
            for rule in &nic.dnat {
                self.mark_address(rule.public);
                self.mark_address(rule.to);
            }
        }
        for gateway in topology.gateways() {
            self.mark_vnet(gateway.vnet);
            let addresses = gateway.instance_ips.iter().chain(&gateway.bgp_peer_ips);
            addresses.for_each(|ip| self.mark_address(*ip));
        }
        for session in topology.bgp_sessions() {
            session
                .advertises
                .iter()
                .for_each(|a| self.mark_address(a.next_hop));
        }
        for hub in topology.hubs() {
            let firewall = hub.firewall.iter().filter_map(|firewall| firewall.ip);
            let instances = hub
                .vpn
                .iter()
                .flat_map(|vpn| vpn.instance_ips.iter().copied());
            let own = hub
                .router_ips
                .iter()
                .copied()
                .chain(firewall)
                .chain(instances);
            own.for_each(|ip| self.mark_address(ip));
            for table in &hub.route_tables {
                for route in &table.statics {
                    if let HubNextHop::Connection(id) = route.next_hop {
                        self.mark_vnet(topology.connection(id).vnet);
                    }
                }
            }
        }
        let mut connected = vec![false; topology.vnets().len()];
        for connection in topology.connections() {
            if slot(&connected, connection.vnet.index()) || !connection.statics.is_empty() {
                self.mark_vnet(connection.vnet);
            }
            set(&mut connected, connection.vnet.index());
            connection
                .statics
                .iter()
                .for_each(|(_, hop)| self.mark_address(*hop));
        }
        for workload in topology.workloads() {
            let prefix = topology.subnet(workload.subnet).prefix;
            if prefix.is_none_or(|prefix| !prefix.contains(&workload.ip)) {
                self.mark_vnet(workload.vnet);
                self.mark_address(workload.ip);
            }
        }
        self.mark_ruled();
        self.mark_subnets();
        self.mark_endpoints(probes);
        let mut last = None;
        for route in topology
            .route_tables()
            .iter()
            .flat_map(|table| &table.routes)
        {
            if let Some(hop) = route.next_hop.filter(|hop| last != Some(*hop)) {
                self.mark_address(hop);
                last = Some(hop);
            }
        }
    }

    /// Hosts that a rule knows by its group, whose NIC has a security group, that stand behind a load balancer, or that a
    /// firewall publishes.
    fn mark_ruled(&mut self) {
        let topology = self.topology;
        let hosts = topology.workloads().iter();
        for balancer in topology.public_load_balancers() {
            balancer
                .backends
                .iter()
                .for_each(|ip| self.mark_address(*ip));
        }
        for front in hosts.clone().filter_map(|host| host.load_balancer_ip) {
            self.mark_address(front);
        }
        let apart = |host: &&Workload| {
            host.nsg.is_some() || host.public_ip.is_some() || host.load_balancer_ip.is_some()
        };
        for host in hosts.filter(apart) {
            self.mark_vnet(host.vnet);
            self.mark_address(host.ip);
        }
        let of_groups = topology.nsgs().iter().flat_map(|nsg| nsg.rules.iter());
        let rules = of_groups.chain(topology.admin_rules().iter().map(|(_, rule)| rule));
        for term in rules.flat_map(|rule| rule.traffic.terms()) {
            if let Term::Group(_, nets) = term {
                nets.iter().for_each(|net| self.mark_address(net.addr()));
            }
        }
        let policies = topology.firewall_policies().iter();
        for rule in policies.flat_map(|policy| policy.rules.iter()) {
            if let FirewallVerdict::Translate(to, _) = rule.verdict {
                self.mark_address(to);
            }
        }
    }

    /// Subnets belong into a range of their VNet and beside each other.
    pub(super) fn mark_subnets(&mut self) {
        let topology = self.topology;
        let mut inside: Vec<(u32, u32)> = Vec::new();
        for vnet in topology.vnets() {
            inside.clear();
            for subnet in vnet.subnets.iter().map(|id| topology.subnet(*id)) {
                let Some(prefix) = subnet.prefix else {
                    self.mark_vnet(vnet.id);
                    continue;
                };
                match self.spans.holder(&prefix) {
                    Some((_, span)) if span.vnet == vnet.id => inside.push(bounds(&prefix)),
                    other => {
                        self.stray = true;
                        self.mark_vnet(vnet.id);
                        other
                            .into_iter()
                            .for_each(|(_, span)| self.mark_vnet(span.vnet));
                        self.outside.push(prefix);
                    }
                }
            }
            inside.sort();
            let overlaps = |pair: &[(u32, u32)]| matches!(pair, [a, b] if a.1 >= b.0);
            if inside.windows(2).any(overlaps) {
                self.mark_vnet(vnet.id);
            }
        }
    }

    /// A private endpoint outside its own VNet, or in a subnet that has no other address.
    fn mark_endpoints(&mut self, probes: &Probes) {
        let topology = self.topology;
        for endpoint in topology.private_endpoints() {
            let host = Ipv4Net::from(endpoint.ip);
            let at_home = self
                .spans
                .holder(&host)
                .is_some_and(|(_, span)| span.vnet == endpoint.vnet);
            let subnet = topology.subnet(endpoint.subnet);
            let inside = subnet
                .prefix
                .is_some_and(|prefix| prefix.contains(&endpoint.ip));
            if !at_home || !inside {
                self.mark_vnet(endpoint.vnet);
                self.mark_address(endpoint.ip);
            }
            if subnet
                .prefix
                .is_some_and(|prefix| probes.is_endpoint(probes.of(&prefix)))
            {
                self.mark_vnet(endpoint.vnet);
            }
        }
    }
}
