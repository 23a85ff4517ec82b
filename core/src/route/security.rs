//! Security admin rules, then network security groups, as far as reachability needs them.
//!
//! Both are stateful: the request is judged where it leaves a NIC and where it arrives, its reply follows (reference
//! 4.5, 8.3).
//!
//! | step | rule | result |
//! |---|---|---|
//! | 1 | security admin rules of the VNet's groups by priority | `Deny` drops, `AlwaysAllow` ends the judgement, `Allow` goes on |
//! | 2 | custom rules of the subnet's group by priority | `Allow` or `Deny` ends the judgement |
//! | 3 | default rules | inside `VirtualNetwork`, and out to `Internet`, passes; the rest is dropped |
//!
//! The tag `VirtualNetwork` holds what the subnet's table routes: own and peered ranges (with
//! `allowVirtualNetworkAccess`), gateway routes, and the prefixes of UDRs, 0.0.0.0/0 among them.
//!
//! Left out: ports, application security groups, flow timeouts.

use super::{NextHopType, Origin, RouteSource, Routing};
use crate::address::{Prefix, is_private, parse_prefix};
use crate::spec::{Access, Direction, Protocol, SecurityRuleSpec};
use crate::topology::{SubnetId, Topology};
use std::net::Ipv4Addr;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packet {
    pub(super) source: Ipv4Addr,
    pub(super) destination: Ipv4Addr,
    pub(super) protocol: Protocol,
}

/// Subnets that security admin rules skip.
const SKIPPED: [&str; 6] = [
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "GatewaySubnet",
    "RouteServerSubnet",
    "VirtualNetworkApplianceSubnet",
];

/// Whether a NIC of a subnet lets a packet pass.
pub(super) fn passes(
    routing: &Routing,
    id: SubnetId,
    packet: Packet,
    direction: Direction,
) -> bool {
    let topology = routing.topology().as_ref();
    let subnet = topology.subnet(id);
    match admin_access(routing, id, packet, direction) {
        Some(Access::Deny) => return false,
        Some(Access::AlwaysAllow) => return true,
        Some(Access::Allow) | None => {}
    }
    let Some(group) = subnet.nsg.map(|id| topology.nsg(id)) else {
        return true;
    };
    let custom = group
        .rules
        .iter()
        .find(|rule| matches(routing, id, rule, packet, direction));
    match custom {
        Some(rule) => rule.access != Access::Deny,
        None => default_rules(routing, id, packet, direction),
    }
}

/// Whether a custom rule of the subnet's group allows a packet: what lets it cross a peering without access.
pub(super) fn custom_rule_allows(
    routing: &Routing,
    id: SubnetId,
    packet: Packet,
    direction: Direction,
) -> bool {
    let topology = routing.topology();
    let Some(group) = topology.subnet(id).nsg.map(|id| topology.nsg(id)) else {
        return false;
    };
    let custom = group
        .rules
        .iter()
        .find(|rule| matches(routing, id, rule, packet, direction));
    custom.is_some_and(|rule| rule.access == Access::Allow)
}

fn admin_access(
    routing: &Routing,
    id: SubnetId,
    packet: Packet,
    direction: Direction,
) -> Option<Access> {
    let topology = routing.topology();
    let subnet = topology.subnet(id);
    if SKIPPED
        .iter()
        .any(|name| subnet.name.eq_ignore_ascii_case(name))
    {
        return None;
    }
    let mut rules = topology
        .admin_rules()
        .iter()
        .filter(|(members, _)| members.contains(&subnet.vnet));
    rules
        .find(|(_, rule)| matches(routing, id, rule, packet, direction))
        .map(|(_, rule)| rule.access)
}

fn matches(
    routing: &Routing,
    id: SubnetId,
    rule: &SecurityRuleSpec,
    packet: Packet,
    direction: Direction,
) -> bool {
    let covers = |texts: &[String], address| {
        texts
            .iter()
            .any(|text| term_covers(routing, id, text, address))
    };
    rule.direction == direction
        && rule
            .protocol
            .is_none_or(|protocol| protocol == packet.protocol)
        && covers(&rule.source, packet.source)
        && covers(&rule.destination, packet.destination)
}

fn term_covers(routing: &Routing, id: SubnetId, text: &str, address: Ipv4Addr) -> bool {
    match text {
        "*" => true,
        "VirtualNetwork" => in_virtual_network(routing, id, address),
        "Internet" => !is_private(address) && !in_virtual_network(routing, id, address),
        "AzureLoadBalancer" => false,
        _ => match parse_prefix(text) {
            Ok(Prefix::V4(net)) => net.contains(&address),
            Ok(Prefix::V6(_)) => false,
            Err(_) => text.parse() == Ok(address) || tag_covers(routing.topology(), text, address),
        },
    }
}

fn tag_covers(topology: &Topology, tag: &str, address: Ipv4Addr) -> bool {
    topology
        .service_tag(tag)
        .iter()
        .any(|net| net.contains(&address))
}

fn default_rules(routing: &Routing, id: SubnetId, packet: Packet, direction: Direction) -> bool {
    let inside = |address| in_virtual_network(routing, id, address);
    let among = inside(packet.source) && inside(packet.destination);
    let outward = direction == Direction::Outbound && !is_private(packet.destination);
    among || outward
}

/// The tag `VirtualNetwork` of a subnet.
fn in_virtual_network(routing: &Routing, id: SubnetId, address: Ipv4Addr) -> bool {
    let topology = routing.topology();
    let table = routing.effective(id);
    let counts = |row: &super::EffectiveRoute| match (&row.origin, row.next_hop_type) {
        (Origin::Peering(link), _) => topology.link(*link).allow_access,
        (
            _,
            NextHopType::VnetLocal | NextHopType::ConnectedGroup | NextHopType::InterfaceEndpoint,
        ) => true,
        (Origin::Hub(_), _) => true,
        _ => row.source != RouteSource::Default,
    };
    table
        .rows
        .iter()
        .filter(|row| counts(row))
        .any(|row| row.prefixes.iter().any(|net| net.contains(&address)))
}
