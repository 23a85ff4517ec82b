//! Ranges of VNets and subnets, and the addresses in them.
//!
//! | range or address | refused |
//! |---|---|
//! | 10.0.0.0/16 and 10.0.1.0/24 in one VNet | they overlap |
//! | 127.0.0.0/8 in a VNet | it is kept |
//! | subnet 10.1.0.0/24 of VNet 10.0.0.0/16 | it lies outside |
//! | subnet 10.0.0.0/30 | /29 is the least |
//! | 10.0.0.1, 10.0.0.255 in 10.0.0.0/24 | Azure keeps the first four and the last |
//!
//! Left out: overlap with other VNets, which a peering asks.

use super::{Nic, nics, subnet_place};
use crate::address::{covered_by, kept_ranges, overlaps};
use crate::issue::{Issue, IssueCode};
use crate::topology::{Topology, Vnet};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The longest prefix of a subnet.
const LONGEST_SUBNET: u8 = 29;
/// Addresses that Azure keeps at a subnet's start; the last one is kept, too.
const KEPT_AT_START: u32 = 4;

pub(super) fn check(topology: &Topology, issues: &mut Vec<Issue>) {
    for vnet in &topology.vnets {
        ranges(vnet, issues);
        subnets(topology, vnet, issues);
    }
    addresses(topology, issues);
}

fn ranges(vnet: &Vnet, issues: &mut Vec<Issue>) {
    for (position, range) in vnet.prefixes.iter().enumerate() {
        let place = format!("vnets[{}].prefixes[{position}]", vnet.name);
        let mut earlier = vnet.prefixes.iter().take(position);
        if let Some(other) = earlier.find(|other| overlaps(range, other)) {
            let message = format!("the ranges {other} and {range} overlap");
            issues.push(Issue::new(IssueCode::VnetPrefixesOverlap, &*place, message));
        }
        if let Some(kept) = kept_ranges().iter().find(|kept| overlaps(range, kept)) {
            let message = format!("{range} holds addresses of {kept}, which no VNet takes");
            issues.push(Issue::new(IssueCode::VnetRangeReserved, place, message));
        }
    }
}

fn subnets(topology: &Topology, vnet: &Vnet, issues: &mut Vec<Issue>) {
    let mut seen = Vec::new();
    for subnet in vnet.subnets.iter().map(|id| topology.subnet(*id)) {
        let Some(prefix) = subnet.prefix else {
            continue;
        };
        let place = || format!("{}.prefix", subnet_place(topology, subnet));
        let mut issue = |code, message| issues.push(Issue::new(code, place(), message));
        if !covered_by(&prefix, &vnet.prefixes) {
            let ranges: Vec<String> = vnet.prefixes.iter().map(ToString::to_string).collect();
            let message = format!(
                "expected a range inside {}, found {prefix}",
                ranges.join(", ")
            );
            issue(IssueCode::SubnetOutsideVnet, message);
        }
        if let Some((name, other)) = seen.iter().find(|(_, other)| overlaps(&prefix, other)) {
            let message = format!("{prefix} overlaps {other} of subnet {name}");
            issue(IssueCode::SubnetsOverlap, message);
        }
        if prefix.prefix_len() > LONGEST_SUBNET {
            let message = format!("expected /{LONGEST_SUBNET} or larger, found {prefix}");
            issue(IssueCode::SubnetTooSmall, message);
        }
        seen.push((&subnet.name, prefix));
    }
}

fn addresses(topology: &Topology, issues: &mut Vec<Issue>) {
    let all: Vec<Nic<'_>> = nics(topology).collect();
    let mut seen: HashMap<_, &Nic<'_>> = HashMap::with_capacity(all.len());
    for nic in &all {
        let place = |nic: &Nic<'_>| format!("{}.ip", nic.place());
        if let Some(message) = keeps(topology, nic) {
            issues.push(Issue::new(IssueCode::AddressReserved, place(nic), message));
        }
        match seen.entry((nic.vnet, nic.ip)) {
            Entry::Occupied(first) => {
                let message = format!(
                    "{} is already the address of {}",
                    nic.ip,
                    place(first.get())
                );
                issues.push(Issue::new(IssueCode::AddressInUse, place(nic), message));
            }
            Entry::Vacant(free) => {
                free.insert(nic);
            }
        }
    }
}

/// Why Azure keeps the address, if it does.
fn keeps(topology: &Topology, nic: &Nic<'_>) -> Option<String> {
    let prefix = topology.subnet(nic.subnet).prefix?;
    let counts = prefix.prefix_len() <= LONGEST_SUBNET && prefix.contains(&nic.ip);
    let first = nic.ip.to_bits().wrapping_sub(prefix.network().to_bits()) < KEPT_AT_START;
    (counts && (first || nic.ip == prefix.broadcast())).then(|| {
        format!(
            "Azure keeps the first {KEPT_AT_START} addresses and the last of {prefix}, found {}",
            nic.ip
        )
    })
}
