//! Rules of network security groups.
//!
//! | rules | refused |
//! |---|---|
//! | priority 99 or 4097 | from 100 to 4096 |
//! | two inbound rules of priority 200 | one a direction |
//! | sources 10.0.0.0/8 and 10.1.0.0/16 in one rule | they overlap |
//!
//! Left out: security admin rules, whose priorities start at 1; rules by application groups.

use crate::address::{Prefix, overlaps, parse_prefix};
use crate::issue::{Issue, IssueCode};
use crate::spec::{NetworkSecurityGroupSpec, NetworkSpec, SecurityRuleSpec};
use ipnet::Ipv4Net;

const PRIORITIES: std::ops::RangeInclusive<u32> = 100..=4_096;

pub(super) fn check(spec: &NetworkSpec, issues: &mut Vec<Issue>) {
    for group in &spec.network_security_groups {
        for (position, rule) in group.rules.iter().enumerate() {
            let place = format!("networkSecurityGroups[{}].rules[{position}]", group.name);
            priority(group, position, rule, &place, issues);
            prefixes(rule, &place, issues);
        }
    }
}

fn priority(
    group: &NetworkSecurityGroupSpec,
    position: usize,
    rule: &SecurityRuleSpec,
    place: &str,
    issues: &mut Vec<Issue>,
) {
    let place = format!("{place}.priority");
    if !PRIORITIES.contains(&rule.priority) {
        let (least, most) = (PRIORITIES.start(), PRIORITIES.end());
        let message = format!("expected {least} to {most}, found {}", rule.priority);
        issues.push(Issue::new(IssueCode::RulePriorityInvalid, &*place, message));
    }
    let mut earlier = group.rules.iter().take(position);
    let same = |other: &SecurityRuleSpec| {
        other.priority == rule.priority && other.direction == rule.direction
    };
    if earlier.any(same) {
        let message = format!(
            "another rule of this direction has priority {}",
            rule.priority
        );
        issues.push(Issue::new(IssueCode::RulePriorityTaken, place, message));
    }
}

fn prefixes(rule: &SecurityRuleSpec, place: &str, issues: &mut Vec<Issue>) {
    for (texts, member) in [(&rule.source, "source"), (&rule.destination, "destination")] {
        let nets: Vec<Ipv4Net> = texts.iter().filter_map(|text| net(text)).collect();
        let clash = nets.iter().enumerate().find_map(|(position, net)| {
            let mut earlier = nets.iter().take(position);
            Some((earlier.find(|other| overlaps(net, other))?, net))
        });
        if let Some((one, other)) = clash {
            let message = format!("{one} and {other} overlap");
            let place = format!("{place}.{member}");
            issues.push(Issue::new(IssueCode::RulePrefixesOverlap, place, message));
        }
    }
}

fn net(text: &str) -> Option<Ipv4Net> {
    match parse_prefix(text) {
        Ok(Prefix::V4(net)) => Some(net),
        _ => None,
    }
}
