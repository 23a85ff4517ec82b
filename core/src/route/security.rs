//! Security admin rules, then network security groups, as far as reachability needs them.
//!
//! All are stateful: the request is judged where it leaves a NIC and where it arrives, its reply follows (reference
//! 4.5, 8.3). A packet that leaves is judged by the group of the NIC, then by the group of the subnet; one that arrives
//! the other way round, and both must let it pass ("How network security groups filter network
//! traffic", Microsoft Learn, read 2026-11).
//!
//! | step | rule | result |
//! |---|---|---|
//! | 1 | security admin rules of the VNet's groups by priority | `Deny` drops, `AlwaysAllow` ends the judgement, `Allow` goes on |
//! | 2 | custom rules of a group by priority | `Allow` or `Deny` ends the judgement |
//! | 3 | default rules | inside `VirtualNetwork`, and out to `Internet`, passes; the rest is dropped |
//!
//! The tag `VirtualNetwork` holds what the subnet's table routes: own and peered ranges (with
//! `allowVirtualNetworkAccess`), gateway routes, and the prefixes of UDRs, 0.0.0.0/0 among them.
//!
//! A firewall policy asks its rules in their order; where none matches, the packet is dropped. Its tag `VirtualNetwork` is
//! that of the firewall's subnet.
//!
//! Left out: flow timeouts; rules on what the platform itself sends.

use super::{NextHopType, Origin, RouteSource, Routing};
use crate::address::is_private;
use crate::spec::{Access, Direction};
use crate::topology::{
    FirewallVerdict, NsgId, Packet, PolicyId, RuleRef, SubnetId, Term, Topology, UsualRule,
};
use std::net::Ipv4Addr;

/// Subnets that security admin rules skip.
const SKIPPED: [&str; 6] = [
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "GatewaySubnet",
    "RouteServerSubnet",
    "VirtualNetworkApplianceSubnet",
];

/// What judges packets at a NIC.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    /// Where the NIC stands.
    pub(super) subnet: SubnetId,
    /// The group of the NIC itself.
    pub(super) nic: Option<NsgId>,
}

/// The last rule that lets a packet pass, `None` where nothing has a say; or the one that drops it.
pub(super) type Judged = Result<Option<RuleRef>, RuleRef>;

/// Whether a NIC lets a packet pass, and by which rule.
pub(super) fn judge(
    routing: &Routing,
    guard: Guard,
    packet: &Packet,
    direction: Direction,
) -> Judged {
    let admin = admin_rule(routing, guard.subnet, packet, direction);
    match admin {
        Some((rule, Access::Deny)) => return Err(rule),
        Some((rule, Access::AlwaysAllow)) => return Ok(Some(rule)),
        Some((_, Access::Allow)) | None => {}
    }
    let of_subnet = routing.topology().subnet(guard.subnet).nsg;
    let groups = match direction {
        Direction::Outbound => [guard.nic, of_subnet],
        Direction::Inbound => [of_subnet, guard.nic],
    };
    let mut last = admin.map(|(rule, _)| rule);
    for group in groups.into_iter().flatten() {
        last = Some(by_group(routing, guard.subnet, group, packet, direction)?);
    }
    Ok(last)
}

fn by_group(
    routing: &Routing,
    subnet: SubnetId,
    group: NsgId,
    packet: &Packet,
    direction: Direction,
) -> Result<RuleRef, RuleRef> {
    let custom = custom_rule(routing, subnet, group, packet, direction);
    let (rule, passes) = custom.map_or_else(
        || {
            let usual = usual_rule(routing, subnet, packet, direction);
            (RuleRef::Usual(group, usual), usual.allows())
        },
        |(rule, access)| (rule, access != Access::Deny),
    );
    if passes { Ok(rule) } else { Err(rule) }
}

fn custom_rule(
    routing: &Routing,
    subnet: SubnetId,
    group: NsgId,
    packet: &Packet,
    direction: Direction,
) -> Option<(RuleRef, Access)> {
    let covers = |term: &Term, address| covers(routing, subnet, term, address);
    let rules = routing.topology().nsg(group).rules.iter();
    let mut rules = (0_u32..).zip(rules);
    rules
        .find(|(_, rule)| rule.direction == direction && rule.traffic.matches(packet, &covers))
        .map(|(at, rule)| (RuleRef::Custom(group, at), rule.access))
}

/// Whether a custom rule of the subnet's group allows a packet: what lets it cross a peering without access.
pub(super) fn custom_rule_allows(
    routing: &Routing,
    subnet: SubnetId,
    packet: &Packet,
    direction: Direction,
) -> bool {
    let group = routing.topology().subnet(subnet).nsg;
    let custom = group.and_then(|group| custom_rule(routing, subnet, group, packet, direction));
    custom.is_some_and(|(_, access)| access == Access::Allow)
}

fn admin_rule(
    routing: &Routing,
    id: SubnetId,
    packet: &Packet,
    direction: Direction,
) -> Option<(RuleRef, Access)> {
    let topology = routing.topology();
    let subnet = topology.subnet(id);
    let mut skipped = SKIPPED.iter();
    if skipped.any(|name| subnet.name.eq_ignore_ascii_case(name)) {
        return None;
    }
    let covers = |term: &Term, address| covers(routing, id, term, address);
    let mut rules = (0_u32..).zip(topology.admin_rules());
    rules
        .find(|(_, (members, rule))| {
            members.contains(&subnet.vnet)
                && rule.direction == direction
                && rule.traffic.matches(packet, &covers)
        })
        .map(|(at, (_, rule))| (RuleRef::Admin(at), rule.access))
}

/// What a firewall policy does with a packet: the rule, and its verdict. DNAT rules are asked where `translates`.
pub(super) fn firewall(
    routing: &Routing,
    subnet: Option<SubnetId>,
    policy: PolicyId,
    packet: &Packet,
    translates: bool,
) -> (RuleRef, FirewallVerdict) {
    let topology = routing.topology().as_ref();
    let covers = |term: &Term, address| match subnet {
        Some(subnet) => covers(routing, subnet, term, address),
        None => covers_everywhere(topology, term, address)
            .unwrap_or_else(|| is_private(address) == (*term == Term::VirtualNetwork)),
    };
    let mut rules = (0_u32..).zip(topology.firewall_policy(policy).rules.iter());
    let found = rules.find(|(_, rule)| {
        let nat = matches!(rule.verdict, FirewallVerdict::Translate(..));
        nat == translates && rule.traffic.matches(packet, &covers)
    });
    match found {
        Some((at, rule)) => (RuleRef::Firewall(policy, at), rule.verdict),
        None => (RuleRef::FirewallDefault(policy), FirewallVerdict::Deny),
    }
}

fn covers(routing: &Routing, id: SubnetId, term: &Term, address: Ipv4Addr) -> bool {
    let everywhere = covers_everywhere(routing.topology(), term, address);
    everywhere.unwrap_or_else(|| match term {
        Term::VirtualNetwork => in_virtual_network(routing, id, address),
        _ => !is_private(address) && !in_a_vnet(routing, id, address),
    })
}

/// Whether a term covers an address; `None` where that depends on the subnet.
fn covers_everywhere(topology: &Topology, term: &Term, address: Ipv4Addr) -> Option<bool> {
    match term {
        Term::Any => Some(true),
        Term::Net(net) => Some(net.contains(&address)),
        Term::Group(_, nets) => Some(nets.iter().any(|net| net.contains(&address))),
        Term::Tag(tag) => {
            let nets = topology.service_tag(tag);
            Some(nets.iter().any(|net| net.contains(&address)))
        }
        Term::LoadBalancer => Some(false),
        Term::VirtualNetwork | Term::Internet => None,
    }
}

fn usual_rule(routing: &Routing, id: SubnetId, packet: &Packet, direction: Direction) -> UsualRule {
    let inside = |address| in_virtual_network(routing, id, address);
    let among = inside(packet.source) && inside(packet.destination);
    match direction {
        Direction::Inbound if among => UsualRule::AllowVnetInBound,
        Direction::Inbound => UsualRule::DenyAllInBound,
        Direction::Outbound if among => UsualRule::AllowVnetOutBound,
        Direction::Outbound if !is_private(packet.destination) => UsualRule::AllowInternetOutBound,
        Direction::Outbound => UsualRule::DenyAllOutBound,
    }
}

/// Whether an address lies in the VNet of a subnet or in one that it sees. What gateways bring and users route is in the tag
/// `VirtualNetwork`, and a public range there in `Internet`, too (MicrosoftDocs/azure-docs issue 81801, 2021-10-01).
fn in_a_vnet(routing: &Routing, id: SubnetId, address: Ipv4Addr) -> bool {
    let table = routing.effective(id);
    let networks = table.rows.iter().filter(|row| {
        matches!(
            row.next_hop_type,
            NextHopType::VnetLocal
                | NextHopType::VNetPeering
                | NextHopType::VNetGlobalPeering
                | NextHopType::ConnectedGroup
        ) && row.source == RouteSource::Default
    });
    let mut prefixes = networks.flat_map(|row| &row.prefixes);
    prefixes.any(|net| net.contains(&address))
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
