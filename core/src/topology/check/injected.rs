//! What services in subnets need of security groups and ways out.
//!
//! | service | refused |
//! |---|---|
//! | Application Gateway v2 | a group that keeps 65200 to 65535 closed, or denies TCP on the way out |
//! | Cache for Redis Premium, injected | a NAT gateway: its load balancer is a Basic one |
//!
//! An Application Gateway whose subnet is delegated has its management elsewhere and is asked nothing. What rules let pass is
//! read rule by rule, not from flows. Left out: what other services need of rules (they only stop working).

use super::subnet_place;
use crate::issue::{Issue, IssueCode};
use crate::occupant::Occupant;
use crate::spec::{Access, Direction, NetworkSpec, Protocol, SubnetSpec};
use crate::topology::{NetworkSecurityGroup, SecurityRule, Term, Topology};

/// Ports of the gateway's management: the first and the last.
const MANAGEMENT: [u16; 2] = [65_200, 65_535];

pub(super) fn check(topology: &Topology, spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    for vnet in &spec.vnets {
        for subnet in &vnet.subnets {
            let holds = |id: &str| {
                let mut kinds = Occupant::of(&subnet.name, &subnet.delegations, &subnet.occupants);
                kinds.any(|kind| kind.id == id)
            };
            if subnet.delegations.is_empty() && holds("applicationGateway") {
                application_gateway(topology, (&vnet.name, subnet), issues);
            } else if subnet.nat_gateway.is_some() && holds("redisPremium") {
                let place = format!("vnets[{}].subnets[{}].natGateway", vnet.name, subnet.name);
                let message =
                    "the cache's load balancer is a Basic one, beside which no NAT gateway stands";
                issues.push(Issue::new(IssueCode::NatGatewayBesideBasic, place, message));
            }
        }
    }
}

fn application_gateway(
    topology: &Topology,
    (vnet, subnet): (&str, &SubnetSpec),
    issues: &mut Vec<Issue>,
) {
    let Some(found) = topology.subnet_named(vnet, &subnet.name) else {
        return;
    };
    let Some(group) = found.nsg.map(|id| topology.nsg(id)) else {
        return;
    };
    let place = format!("{}.networkSecurityGroup", subnet_place(topology, found));
    if !lets_management_in(group) {
        let message = "Application Gateway v2 needs TCP 65200 to 65535 in from GatewayManager";
        issues.push(Issue::new(
            IssueCode::ApplicationGatewayInbound,
            &*place,
            message,
        ));
    }
    let denies = |rule: &&SecurityRule| {
        let traffic = &rule.traffic;
        let tcp = traffic.protocols.is_empty() || traffic.protocols.contains(&Protocol::Tcp);
        rule.direction == Direction::Outbound && rule.access == Access::Deny && tcp
    };
    if let Some(rule) = group.rules.iter().find(denies) {
        let message = format!("Application Gateway v2 takes no rule such as {}", rule.name);
        issues.push(Issue::new(
            IssueCode::ApplicationGatewayOutbound,
            place,
            message,
        ));
    }
}

/// Whether the first inbound rule that both ends of the range and the manager meet is one that allows.
fn lets_management_in(group: &NetworkSecurityGroup) -> bool {
    let from = |term: &Term| match term {
        Term::Any | Term::Internet => true,
        Term::Net(net) => net.prefix_len() == 0,
        Term::Tag(tag) => tag.eq_ignore_ascii_case("GatewayManager"),
        _ => false,
    };
    MANAGEMENT.iter().all(|port| {
        let mut rules = group.rules.iter();
        let first = rules.find(|rule| {
            rule.direction == Direction::Inbound
                && rule.traffic.serves(Protocol::Tcp, Some(*port))
                && rule.traffic.source.iter().any(from)
        });
        first.is_some_and(|rule| rule.access != Access::Deny)
    })
}
