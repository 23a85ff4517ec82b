//! Every problem of an Intent at once: where it is, what was found, what was expected.
//!
//! The rule: an Intent that passes can be planned unless its ranges run out, which [`super::AddressPlan`] says.

use super::{ApplianceChoice, Demand, Inspection, Intent, Pair, RegionIntent};
use crate::address::{Prefix, overlaps, parse_prefix};
use crate::region::is_known;
use ipnet::Ipv4Net;
use std::collections::BTreeSet;
use std::fmt;

/// Hubs that can be asked for in a region.
const MOST_HUBS: u32 = 64;
/// Machines that can be asked for in a spoke: addresses of a VNet.
const MOST_MACHINES: u32 = 65_536;

/// Spokes of one Intent at most: past every limit of Azure.
const MOST_SPOKES: u64 = 20_000;

/// One problem of an Intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: a path into the Intent, as `regions[0].prefix`.
    pub path: String,
    /// What was expected and what was found, without a final dot.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Problems while they are gathered, and the ranges given so far.
struct Check {
    problems: Vec<Problem>,
    ranges: Vec<(String, Ipv4Net)>,
}

impl Check {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem {
            path: path.into(),
            message: message.into(),
        });
    }

    fn range(&mut self, path: String, text: &str) -> Option<Ipv4Net> {
        match read(text) {
            Ok(net) => Some(net),
            Err(message) => {
                self.add(path, message);
                None
            }
        }
    }

    /// Takes a range; reports those that it overlaps.
    fn place(&mut self, path: &str, net: Ipv4Net) {
        let clash = self.ranges.iter().find(|(_, other)| overlaps(&net, other));
        if let Some((other, found)) = clash {
            let message = format!(
                "expected a range of its own, found {net}, which overlaps {found} of {other}"
            );
            self.add(path, message);
        }
        self.ranges.push((path.to_owned(), net));
    }
}

/// An IPv4 range, or what is wrong with the text.
pub(super) fn read(text: &str) -> Result<Ipv4Net, String> {
    match parse_prefix(text) {
        Ok(Prefix::V4(net)) => Ok(net),
        Ok(Prefix::V6(net)) => Err(format!(
            "expected an IPv4 range, found {net}: IPv6 is not simulated"
        )),
        Err(error) => Err(error.to_string()),
    }
}

pub(super) fn problems(intent: &Intent) -> Vec<Problem> {
    let mut check = Check {
        problems: Vec::new(),
        ranges: Vec::new(),
    };
    regions(intent, &mut check);
    environments(intent, &mut check);
    outside(intent, &mut check);
    spokes_by_name(intent, &mut check);
    figures(intent, &mut check);
    check.problems
}

fn regions(intent: &Intent, check: &mut Check) {
    if intent.regions.is_empty() {
        check.add("regions", "expected at least one region, found none");
    }
    let mut names = BTreeSet::new();
    for (position, region) in intent.regions.iter().enumerate() {
        let path = |member: &str| format!("regions[{position}].{member}");
        let name = &region.region;
        if !is_known(name) {
            check.add(
                path("region"),
                format!("expected an Azure region such as westeurope, found {name:?}"),
            );
        } else if !names.insert(name) {
            check.add(
                path("region"),
                format!("expected each region once, found {name} again"),
            );
        }
        if region.spokes == 0 {
            check.add(path("spokes"), "expected at least 1 spoke, found 0");
        }
        ranges(region, position, check);
    }
    let all: u64 = intent
        .regions
        .iter()
        .map(|region| u64::from(region.spokes))
        .sum();
    if all > MOST_SPOKES {
        check.add(
            "regions",
            format!("expected at most {MOST_SPOKES} spokes in all, found {all}"),
        );
    }
    if !(8..=29).contains(&intent.spoke_prefix_length) {
        let message = format!(
            "expected a prefix length from 8 to 29, found {}",
            intent.spoke_prefix_length
        );
        check.add("spokePrefixLength", message);
    }
}

fn ranges(region: &RegionIntent, position: usize, check: &mut Check) {
    let path = format!("regions[{position}].prefix");
    let block = region
        .prefix
        .as_ref()
        .and_then(|text| check.range(path.clone(), text));
    if let Some(block) = block {
        check.place(&path, block);
    }
    let given = region.spoke_prefixes.len();
    let wanted = usize::try_from(region.spokes).unwrap_or(usize::MAX);
    if given != 0 && given != wanted {
        let message =
            format!("expected a range for each of {wanted} spokes or none, found {given}");
        check.add(format!("regions[{position}].spokePrefixes"), message);
    }
    for (index, text) in region.spoke_prefixes.iter().enumerate() {
        let path = format!("regions[{position}].spokePrefixes[{index}]");
        let Some(net) = check.range(path.clone(), text) else {
            continue;
        };
        if net.prefix_len() > 29 {
            check.add(
                path,
                format!("expected a range of at least 8 addresses, found {net}"),
            );
        } else if block.is_none_or(|block| !block.contains(&net)) {
            check.place(&path, net);
        } else if index > 0 {
            let earlier = region
                .spoke_prefixes
                .iter()
                .take(index)
                .filter_map(|text| read(text).ok());
            if let Some(clash) = { earlier }.find(|other| overlaps(other, &net)) {
                check.add(
                    path,
                    format!("expected a range of its own, found {net}, which overlaps {clash}"),
                );
            }
        }
    }
}

fn environments(intent: &Intent, check: &mut Check) {
    let mut known = BTreeSet::new();
    for (position, name) in intent.environments.iter().enumerate() {
        if name.is_empty() || !known.insert(name.as_str()) {
            let message = format!("expected a name of its own, found {name:?}");
            check.add(format!("environments[{position}]"), message);
        }
    }
    let unknown = |name: &str| format!("expected one of the environments, found {name:?}");
    for (position, region) in intent.regions.iter().enumerate() {
        let path = format!("regions[{position}].spokeEnvironments");
        let (given, wanted) = (region.spoke_environments.len(), region.spokes);
        if given != 0 && u32::try_from(given).ok() != Some(wanted) {
            check.add(
                path.clone(),
                format!("expected one for each of {wanted} spokes or none, found {given}"),
            );
        }
        if let Some(name) = region
            .spoke_environments
            .iter()
            .find(|name| !known.contains(name.as_str()))
        {
            check.add(path, unknown(name));
        }
    }
    let mut seen: Vec<Pair> = Vec::new();
    for (position, rule) in intent.environment_rules.iter().enumerate() {
        for (end, name) in [("a", &rule.a), ("b", &rule.b)] {
            if !known.contains(name.as_str()) {
                check.add(format!("environmentRules[{position}].{end}"), unknown(name));
            }
        }
        if seen.iter().any(|pair| pair.joins(&rule.a, &rule.b)) {
            let message = format!(
                "expected one rule for {} and {}, found another",
                rule.a, rule.b
            );
            check.add(format!("environmentRules[{position}]"), message);
        }
        seen.push(Pair::new(&rule.a, &rule.b));
    }
}

fn outside(intent: &Intent, check: &mut Check) {
    let on_premises = intent.wants_express_route() || intent.wants_vpn();
    for (wanted, member, list) in [
        (
            on_premises,
            "onPremisesPrefixes",
            &intent.on_premises_prefixes,
        ),
        (
            intent.other_clouds,
            "otherCloudPrefixes",
            &intent.other_cloud_prefixes,
        ),
    ] {
        if wanted && list.is_empty() {
            check.add(member, "expected at least one range, found none");
        }
        for (position, text) in list.iter().enumerate() {
            let path = format!("{member}[{position}]");
            if let Some(net) = check.range(path.clone(), text).filter(|_| wanted) {
                check.place(&path, net);
            }
        }
    }
}

fn spokes_by_name(intent: &Intent, check: &mut Check) {
    let expected = "expected a spoke such as eastus-spoke1";
    let pairs = intent.direct_pairs.iter().map(|pair| (&pair.a, &pair.b));
    let matrix = intent
        .traffic
        .matrix
        .iter()
        .map(|entry| (&entry.a, &entry.b));
    let pairs = pairs
        .enumerate()
        .map(|(at, ends)| (format!("directPairs[{at}]"), ends));
    let matrix = matrix
        .enumerate()
        .map(|(at, ends)| (format!("traffic.matrix[{at}]"), ends));
    for (path, (a, b)) in pairs.chain(matrix) {
        for (end, name) in [("a", a), ("b", b)] {
            if intent.region_of(name).is_none() {
                check.add(
                    format!("{path}.{end}"),
                    format!("{expected}, found {name:?}"),
                );
            }
        }
        if a == b {
            check.add(path, format!("expected two spokes, found {a} twice"));
        }
    }
    for (position, pair) in intent.direct_pairs.iter().enumerate() {
        let ends = intent
            .environment_of(&pair.a)
            .zip(intent.environment_of(&pair.b));
        let isolated = |(a, b): (&str, &str)| {
            let rules = intent.environment_rules.iter();
            let found = rules.filter(|rule| rule.talk == Demand::Isolated);
            found
                .map(|rule| Pair::new(&rule.a, &rule.b))
                .any(|rule| rule.joins(a, b))
        };
        if ends.is_some_and(isolated) {
            let message = format!(
                "expected a pair that may talk, found {} and {}, whose environments are isolated",
                pair.a, pair.b
            );
            check.add(format!("directPairs[{position}]"), message);
        }
    }
    for (position, name) in intent.spokes_with_gateway.iter().enumerate() {
        if intent.region_of(name).is_none() {
            check.add(
                format!("spokesWithGateway[{position}]"),
                format!("{expected}, found {name:?}"),
            );
        }
    }
}

fn figures(intent: &Intent, check: &mut Check) {
    let appliance = &intent.appliance;
    if appliance.nva_count == 0 || appliance.nva_count > 64 {
        let message = format!("expected 1 to 64 NVAs, found {}", appliance.nva_count);
        check.add("appliance.nvaCount", message);
    }
    if appliance.nva_size.is_empty() {
        check.add(
            "appliance.nvaSize",
            "expected a size such as D4s_v5, found none",
        );
    }
    let rules = intent
        .environment_rules
        .iter()
        .any(|rule| rule.talk == Demand::Inspected);
    let inspects = intent.inspection != Inspection::None || intent.inspects_internet() || rules;
    if appliance.kind == ApplianceChoice::None && inspects {
        check.add(
            "appliance.kind",
            "expected an appliance, since traffic is to be inspected; found none",
        );
    }
    if intent.hubs_per_region > MOST_HUBS {
        let message = format!(
            "expected at most {MOST_HUBS} hubs in a region, found {}",
            intent.hubs_per_region
        );
        check.add("hubsPerRegion", message);
    }
    if intent.machines_per_spoke > MOST_MACHINES {
        let message = format!(
            "expected at most {MOST_MACHINES} machines in a spoke, found {}",
            intent.machines_per_spoke
        );
        check.add("machinesPerSpoke", message);
    }
    if intent.growth_percent > 1_000 {
        let message = format!(
            "expected at most 1000 per cent a year, found {}",
            intent.growth_percent
        );
        check.add("growthPercent", message);
    }
}
