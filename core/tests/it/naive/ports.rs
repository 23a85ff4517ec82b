//! Which packets rules let pass: network security groups of subnets, policies of Azure Firewalls, by protocol and port
//! (reference 4.5, 8.3).
//!
//! Rules are asked by priority, the first that matches decides; the default rules follow a group's own, a firewall drops
//! what no rule matches. All keep state: only requests are judged. A packet without a port is on one that no rule names.

use super::net::{Net, is_private, net};
use super::{Naive, Row};
use interspoke_core::spec::{
    Access, Direction, FirewallAction, FirewallRuleCollectionSpec, FirewallRuleSpec,
    FirewallRuleType, NetworkSecurityGroupSpec, Protocol, SecurityRuleSpec,
};
use std::net::Ipv4Addr;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) source: Ipv4Addr,
    pub(super) destination: Ipv4Addr,
    pub(super) protocol: Protocol,
    pub(super) port: Option<u16>,
}

impl Naive<'_> {
    /// Whether the group of a subnet lets a packet leave or reach a NIC there.
    pub(super) fn group_lets(
        &self,
        (vnet, subnet): (&str, &str),
        direction: Direction,
        header: Header,
    ) -> bool {
        let name = self
            .subnet(vnet, subnet)
            .and_then(|subnet| subnet.network_security_group.as_deref());
        let Some(group) = name.and_then(|name| self.group(name)) else {
            return true;
        };
        let inside = |address| self.in_virtual_network(vnet, subnet, address);
        let mut rules: Vec<&SecurityRuleSpec> = group.rules.iter().collect();
        rules.sort_by_key(|rule| rule.priority);
        let mut rules = rules.into_iter();
        let own = rules.find(|rule| {
            rule.direction == direction
                && rule.protocol.is_none_or(|one| one == header.protocol)
                && ports_fit(&rule.destination_port_ranges, header.port)
                && rule
                    .source
                    .iter()
                    .any(|side| covers(side, header.source, &inside))
                && rule
                    .destination
                    .iter()
                    .any(|side| covers(side, header.destination, &inside))
        });
        if let Some(rule) = own {
            return rule.access != Access::Deny;
        }
        let among = inside(header.source) && inside(header.destination);
        among || direction == Direction::Outbound && !is_private(header.destination)
    }

    /// What a DNAT rule of a firewall's policy makes of a packet: the address and port that the first rule that fits names.
    pub(super) fn policy_translates(
        &self,
        policy: Option<&String>,
        header: Header,
    ) -> Option<(Ipv4Addr, Option<u16>)> {
        let collections = self.collections(policy)?;
        let rules = collections.iter().flat_map(|collection| &collection.rules);
        let mut rules = rules.filter(|rule| rule.rule_type == FirewallRuleType::NatRule);
        let rule = rules.find(|rule| fits(rule, header))?;
        let to = rule.translated_address.as_ref()?.parse().ok()?;
        let port = rule
            .translated_port
            .map(|port| u16::try_from(port).unwrap());
        Some((to, port.or(header.port)))
    }

    /// Whether a DNAT rule of a policy names an address.
    pub(super) fn policy_publishes(&self, policy: Option<&String>, address: Ipv4Addr) -> bool {
        let policies = self.spec.firewall_policies.iter();
        let own = policies.filter(|one| Some(&one.name) == policy);
        let groups = own.flat_map(|policy| &policy.rule_collection_groups);
        let mut rules = groups
            .flat_map(|group| &group.rule_collections)
            .flat_map(|collection| &collection.rules);
        rules.any(|rule| {
            rule.rule_type == FirewallRuleType::NatRule
                && rule.destination_addresses.contains(&address.to_string())
        })
    }

    fn group(&self, name: &str) -> Option<&NetworkSecurityGroupSpec> {
        let mut groups = self.spec.network_security_groups.iter();
        groups.find(|group| group.name == name)
    }

    /// The tag VirtualNetwork: the VNet and its peers, unless access is off, what gateways bring, what users route.
    fn in_virtual_network(&self, vnet: &str, subnet: &str, address: Ipv4Addr) -> bool {
        let counts = |row: &Row| match row.kind {
            "VNetPeering" | "VNetGlobalPeering" if row.source == "Default" => {
                let mut peers = self.peers(vnet);
                peers.any(|peer| {
                    let open = self.link(vnet, peer);
                    open.is_some_and(|link| link.allow_virtual_network_access)
                        && self.seen(vnet, peer).contains(&row.prefix)
                })
            }
            "VnetLocal" | "InterfaceEndpoint" => true,
            _ => row.source != "Default",
        };
        let rows = self.rows(vnet, subnet);
        rows.iter()
            .any(|row| row.prefix.has(address) && counts(row))
    }

    /// Whether a firewall's policy lets a packet pass; without a policy everything does.
    pub(super) fn policy_lets(&self, policy: Option<&String>, header: Header) -> bool {
        let mut policies = self.spec.firewall_policies.iter();
        let known = policies.any(|one| Some(&one.name) == policy);
        self.policy_says(policy, header).unwrap_or(!known)
    }

    /// What the first rule of a firewall's policy that fits a packet says.
    pub(super) fn policy_says(&self, policy: Option<&String>, header: Header) -> Option<bool> {
        for collection in self.collections(policy)? {
            let mut rules = collection.rules.iter();
            let asked = |rule: &FirewallRuleSpec| rule.rule_type == FirewallRuleType::NetworkRule;
            if rules.any(|rule| asked(rule) && fits(rule, header)) {
                return Some(collection.action == FirewallAction::Allow);
            }
        }
        None
    }

    /// The rule collections of a policy by the priority of their groups, each group's by their own.
    fn collections(&self, policy: Option<&String>) -> Option<Vec<&FirewallRuleCollectionSpec>> {
        let mut policies = self.spec.firewall_policies.iter();
        let policy = policies.find(|one| Some(&one.name) == policy)?;
        let mut groups: Vec<_> = policy.rule_collection_groups.iter().collect();
        groups.sort_by_key(|group| group.priority);
        let in_order = groups.into_iter().flat_map(|group| {
            let mut collections: Vec<_> = group.rule_collections.iter().collect();
            collections.sort_by_key(|collection| collection.priority);
            collections
        });
        Some(in_order.collect())
    }
}

fn fits(rule: &FirewallRuleSpec, header: Header) -> bool {
    let nowhere = |_: Ipv4Addr| false;
    let protocols = &rule.ip_protocols;
    let protocol = |one: &interspoke_core::spec::FirewallProtocol| {
        one.one().is_none_or(|known| known == header.protocol)
    };
    protocols.iter().any(protocol)
        && ports_fit(&rule.destination_ports, header.port)
        && rule
            .source_addresses
            .iter()
            .any(|side| covers(side, header.source, &nowhere))
        && rule
            .destination_addresses
            .iter()
            .any(|side| covers(side, header.destination, &nowhere))
}

fn ports_fit(ranges: &[String], port: Option<u16>) -> bool {
    ranges.is_empty()
        || ranges.iter().any(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            match (port, first.parse::<u16>(), last.parse::<u16>()) {
                (_, Err(_), _) => range == "*",
                (Some(port), Ok(first), Ok(last)) => first <= port && port <= last,
                _ => false,
            }
        })
}

fn covers(side: &str, address: Ipv4Addr, inside: &dyn Fn(Ipv4Addr) -> bool) -> bool {
    match side {
        "*" => true,
        "VirtualNetwork" => inside(address),
        // Random VNets have private ranges alone; what gateways and users lead to is the Internet all the same.
        "Internet" => !is_private(address),
        side => {
            let prefix = net(side).is_some_and(|net: Net| net.has(address));
            prefix || *side == address.to_string()
        }
    }
}
