//! Connected groups of Virtual Network Manager.
//!
//! | group | refused |
//! |---|---|
//! | members that overlap | where overlap is disallowed; else the overlap is dropped |
//! | 251 members | 250 are the most without the high-scale option |
//! | a VNet in a third group | two are the most |
//!
//! Left out: the high-scale option, which is a subscription's.

use crate::address::overlaps;
use crate::issue::{Issue, IssueCode};
use crate::limit::Limit;
use crate::spec::AddressOverlap;
use crate::topology::RangeSet;
use crate::topology::{ConnectedGroup, Topology, VnetId};
use std::collections::BTreeMap;

/// Connected groups of a VNet (Limitations of Azure Virtual Network Manager, 2026-09-16).
const GROUPS_PER_VNET: usize = 2;

pub(super) fn check(topology: &Topology, issues: &mut Vec<Issue>) {
    overlaps_within(topology, issues);
    sizes(topology, issues);
    memberships(topology, issues);
}

/// Groups that Virtual Network Manager makes.
fn managed(topology: &Topology) -> impl Iterator<Item = &ConnectedGroup> {
    let groups = topology.connected_groups.iter();
    groups.filter(|group| !group.peered)
}

fn sizes(topology: &Topology, issues: &mut Vec<Issue>) {
    let most = Limit::named("avnm.connected_group").map_or(u64::MAX, |limit| limit.value);
    for group in managed(topology) {
        let members = group.members.len();
        if u64::try_from(members).is_ok_and(|members| members > most) {
            let message = format!("{members} members; Azure allows {most} in a connected group");
            let place = format!("avnm.groups[{}]", group.name);
            issues.push(Issue::new(IssueCode::ConnectedGroupSize, place, message));
        }
    }
}

fn memberships(topology: &Topology, issues: &mut Vec<Issue>) {
    let mut groups: BTreeMap<VnetId, usize> = BTreeMap::new();
    let members = managed(topology).flat_map(|group| &group.members);
    for member in members {
        let count = groups.entry(*member).or_default();
        *count += 1;
        if *count == GROUPS_PER_VNET + 1 {
            let name = &topology.vnet(*member).name;
            let message = format!("{name} is in {GROUPS_PER_VNET} connected groups already");
            let place = format!("vnets[{name}]");
            issues.push(Issue::new(
                IssueCode::TooManyConnectedGroups,
                place,
                message,
            ));
        }
    }
}

fn overlaps_within(topology: &Topology, issues: &mut Vec<Issue>) {
    for group in managed(topology) {
        let code = match group.overlap {
            AddressOverlap::Allowed => IssueCode::ConnectedGroupOverlap,
            AddressOverlap::Disallowed => IssueCode::ConnectedGroupOverlapRefused,
        };
        let mut earlier = RangeSet::default();
        for (position, member) in group.members.iter().enumerate() {
            let member = topology.vnet(*member);
            let clashes = member.prefixes.iter().any(|range| earlier.touches(range));
            member.prefixes.iter().for_each(|range| earlier.add(range));
            if !clashes {
                continue;
            }
            for other in group
                .members
                .iter()
                .take(position)
                .map(|id| topology.vnet(*id))
            {
                if let Some(clash) = member
                    .prefixes
                    .iter()
                    .find(|a| other.prefixes.iter().any(|b| overlaps(a, b)))
                {
                    let message = format!(
                        "{clash} of {} overlaps {}: traffic to the overlap is dropped",
                        member.name, other.name
                    );
                    issues.push(Issue::new(
                        code,
                        format!("avnm.groups[{}]", group.name),
                        message,
                    ));
                }
            }
        }
    }
}
