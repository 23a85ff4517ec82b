//! What the Intent of a design asks for is no warning.
//!
//! The rule: a direct way that passes an appliance by (F4) is a warning where the traffic is to be inspected. Where the
//! design's Intent lets the two spokes reach each other without an appliance, or chose their pair for a direct link, it is
//! what was asked for: all of these are one note, without a correction that would undo them.
//!
//! | Intent | direct link | finding |
//! |---|---|---|
//! | inspection of all traffic | dev1 - dev2 | a warning, with its correction |
//! | inspection of all traffic, the pair chosen | dev1 - dev2 | a note |
//! | inspection between environments | dev1 - dev2 | a note |
//! | inspection between environments | dev1 - prod1 | a warning |
//!
//! Left out: a link that loses replies is an error, whoever asked for it.

use super::{Finding, FindingKind, Review};
use crate::intent::{AddressPlan, Demand, Intent, SpokePlan};
use crate::issue::Severity;
use crate::topology::{ConnectedGroup, Topology, Vnet};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

impl Review {
    /// Notes once what the Intent asks for, in the place of its warnings.
    #[must_use]
    pub fn asked_for(mut self, topology: &Topology, intent: &Intent) -> Self {
        let Ok(plan) = AddressPlan::new(intent) else {
            return self;
        };
        let asked = Asked {
            topology,
            intent,
            spokes: plan
                .spokes()
                .map(|spoke| (spoke.name.as_str(), spoke))
                .collect(),
        };
        let (meant, mut others): (Vec<Finding>, Vec<Finding>) = self
            .findings
            .into_iter()
            .partition(|finding| asked.covers(finding));
        others.extend(note(&meant));
        others.sort_by_key(|finding| (Reverse(finding.severity), finding.kind));
        self.findings = others;
        self
    }
}

/// One note for all of them.
fn note(meant: &[Finding]) -> Option<Finding> {
    let first = meant.first()?;
    let titles = meant.iter().map(|finding| finding.title.as_str());
    let listed: Vec<&str> = titles.take(LISTED).collect();
    let more = match meant.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Some(Finding {
        severity: Severity::Note,
        title: match meant.len() {
            1 => "A direct way passes the appliance by, as asked for".to_owned(),
            count => format!("{count} direct ways pass the appliance by, as asked for"),
        },
        explanation: format!(
            "What this design is asked for lets these spokes reach each other without an appliance: {}{more}.",
            listed.join("; ")
        ),
        flows: meant.iter().map(|finding| finding.flows).sum(),
        fix: None,
        ..first.clone()
    })
}

/// Titles that a note repeats.
const LISTED: usize = 3;

/// What the Intent asks of which spokes.
struct Asked<'a> {
    topology: &'a Topology,
    intent: &'a Intent,
    spokes: BTreeMap<&'a str, &'a SpokePlan>,
}

impl Asked<'_> {
    fn covers(&self, finding: &Finding) -> bool {
        if finding.kind != FindingKind::DirectBypass || finding.severity >= Severity::Error {
            return false;
        }
        let groups = self.topology.connected_groups().iter();
        let mut groups =
            groups.filter(|group| finding.subject == format!("avnm.groups[{}]", group.name));
        match (groups.next(), finding.flow) {
            (Some(group), _) => self.group(group),
            (None, Some(flow)) => self.pair(flow.source, flow.destination),
            (None, None) => false,
        }
    }

    fn pair(&self, one: Ipv4Addr, other: Ipv4Addr) -> bool {
        let spoke = |address| self.spoke(self.topology.vnet_at(address)?);
        let pair = spoke(one).zip(spoke(other));
        pair.is_some_and(|(a, b)| self.may_pass(a, b))
    }

    /// Members of one environment are alike; two of each stand for all.
    fn group(&self, group: &ConnectedGroup) -> bool {
        let mut kinds: BTreeMap<Option<usize>, Vec<&SpokePlan>> = BTreeMap::new();
        for vnet in &group.members {
            let Some(spoke) = self.spoke(self.topology.vnet(*vnet)) else {
                return false;
            };
            let alike = kinds.entry(spoke.environment).or_default();
            if alike.len() < 2 {
                alike.push(spoke);
            }
        }
        let members: Vec<&SpokePlan> = kinds.into_values().flatten().collect();
        members
            .iter()
            .enumerate()
            .all(|(at, a)| members.iter().skip(at + 1).all(|b| self.may_pass(a, b)))
    }

    fn spoke(&self, vnet: &Vnet) -> Option<&SpokePlan> {
        self.spokes.get(vnet.name.as_str()).copied()
    }

    fn may_pass(&self, a: &SpokePlan, b: &SpokePlan) -> bool {
        matches!(self.intent.demand(a, b), Demand::Reachable | Demand::Direct)
    }
}
