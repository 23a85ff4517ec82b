//! Prefixes that gateways, hubs, sites, machines and rules know, and what VNets belong to.

use super::super::mix::Mix;
use super::holder::{rule_entries, traffic_entries};
use super::{Survey, add, seed};
use crate::address::{default_route, reserved_prefixes};
use ipnet::Ipv4Net;

impl Survey<'_> {
    /// Prefixes that gateways, hubs, sites and machines know.
    pub(super) fn speakers(&mut self) {
        let topology = self.topology;
        self.outside.extend(reserved_prefixes());
        self.outside.push(default_route());
        for site in topology.sites() {
            let says = Mix::new(seed::SITE).with(u64::from(site.id.0)).value();
            site.prefixes.iter().for_each(|net| self.fact(net, says));
        }
        for tunnel in topology.tunnels() {
            let lists = [
                &tunnel.static_at_a,
                &tunnel.static_at_b,
                &tunnel.announced_by_a,
                &tunnel.announced_by_b,
            ];
            for (which, list) in (0_u64..).zip(lists) {
                let says = Mix::new(seed::TUNNEL)
                    .with(u64::from(tunnel.id.0))
                    .with(which);
                list.iter().for_each(|net| self.fact(net, says.value()));
            }
        }
        for session in topology.bgp_sessions() {
            for advertisement in &session.advertises {
                let says = Mix::new(seed::SESSION)
                    .with(u64::from(session.id.0))
                    .and(advertisement.next_hop)
                    .and(&advertisement.as_path);
                self.fact(&advertisement.prefix, says.value());
            }
        }
        for nic in topology.appliances() {
            let says = Mix::new(seed::MACHINE).with(u64::from(nic.id.0));
            nic.private_ranges
                .iter()
                .for_each(|net| self.fact(net, says.value()));
            for (position, route) in (1_u64..).zip(&nic.os_routes) {
                self.fact(&route.prefix, says.with(position).value());
            }
        }
        for hub in topology.hubs() {
            let says = Mix::new(seed::HUB).with(u64::from(hub.id.0));
            hub.prefix
                .iter()
                .chain(&hub.private_prefixes)
                .for_each(|net| self.fact(net, says.value()));
            let statics = hub.route_tables.iter().flat_map(|table| &table.statics);
            for (position, route) in (1_u64..).zip(statics) {
                let says = says.with(position).value();
                route.prefixes.iter().for_each(|net| self.fact(net, says));
            }
        }
        for connection in topology.connections() {
            for (position, (prefixes, _)) in (0_u64..).zip(&connection.statics) {
                let says = Mix::new(seed::CONNECTION)
                    .with(u64::from(connection.id.0))
                    .with(position);
                prefixes.iter().for_each(|net| self.fact(net, says.value()));
            }
        }
        for vnet in topology.vnets() {
            let says = Mix::new(seed::SITE)
                .with(u64::from(vnet.id.0))
                .with(1)
                .value();
            let summaries = vnet.summarized_gateway_prefixes.iter().flatten();
            summaries.for_each(|net| self.fact(net, says));
        }
        for endpoint in topology.private_endpoints() {
            let policies = topology.subnet(endpoint.subnet).private_endpoint_policies;
            let says = Mix::new(seed::ENDPOINT).with(policies as u64).value();
            self.fact(&Ipv4Net::from(endpoint.ip), says);
        }
        for (tag, prefixes) in topology.service_tags() {
            let says = Mix::new(seed::SITE).and(tag).value();
            prefixes.iter().for_each(|net| self.fact(net, says));
        }
        for (position, (_, rule)) in (0_u64..).zip(topology.admin_rules()) {
            let mut entries = Vec::new();
            rule_entries(rule, &mut entries);
            for entry in entries {
                let says = Mix::new(seed::ADMIN)
                    .with(position)
                    .with(entry.says)
                    .value();
                entry.net.iter().for_each(|net| self.fact(net, says));
            }
        }
        self.policies();
    }

    /// What firewall policies say: whoever passes the firewall is judged by them.
    fn policies(&mut self) {
        let topology = self.topology;
        for policy in topology.firewall_policies() {
            for (position, rule) in (0_u64..).zip(policy.rules.iter()) {
                let head = Mix::new(seed::POLICY)
                    .with(u64::from(policy.id.0))
                    .with(position)
                    .and(rule.verdict);
                let mut entries = Vec::new();
                traffic_entries(head, &rule.traffic, &mut entries);
                for entry in entries {
                    entry.net.iter().for_each(|net| self.fact(net, entry.says));
                }
            }
        }
    }

    pub(super) fn memberships(&mut self) {
        let topology = self.topology;
        for group in topology.connected_groups() {
            let value = Mix::new(seed::GROUP).with(u64::from(group.id.0)).value();
            group
                .members
                .iter()
                .for_each(|vnet| add(&mut self.rest, vnet.index(), value));
        }
        for (position, (members, _)) in (0_u64..).zip(topology.admin_rules()) {
            let value = Mix::new(seed::ADMIN).with(position).value();
            members
                .iter()
                .for_each(|vnet| add(&mut self.rest, vnet.index(), value));
        }
        for connection in topology.connections() {
            let value = Mix::new(seed::CONNECTION)
                .with(u64::from(connection.hub.0))
                .with(u64::from(connection.enable_internet_security))
                .with(u64::from(connection.propagate_statics))
                .with(u64::from(
                    connection.local_route_override == crate::spec::LocalRouteOverride::Equal,
                ))
                .and(&connection.associated)
                .and(&connection.propagated_tables)
                .and(&connection.propagated_labels);
            add(&mut self.rest, connection.vnet.index(), value.value());
        }
    }
}
