//! An Intent as numbers: what closed formulas take.
//!
//! The rule: a [`Shape`] holds counts alone. It can be made larger without an address plan, so that growth and the
//! largest instance under a limit are computed and never built.

use crate::address::{covered_by, reserved_prefixes};
use crate::intent::{AddressPlan, ApplianceChoice, Demand, Intent, OnPremises, Pair};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// Counts of an Intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Spokes of each region.
    pub spokes: Vec<u64>,
    /// Spokes of each region (outer) and environment (inner); one environment where none is named.
    pub environments: Vec<Vec<u64>>,
    /// Ranges that stand for the spokes of each region.
    pub summaries: Vec<u64>,
    /// VPN and ExpressRoute gateways of a hub.
    pub hub_gateways: u64,
    /// Sites that tunnels lead to.
    pub tunnel_sites: u64,
    /// An ExpressRoute circuit is asked for.
    pub circuit: bool,
    /// The Internet is reached through an appliance.
    pub internet: bool,
    /// Ranges that stand for every private network.
    pub private: u64,
    /// Ranges of RFC 1918 that hold spokes.
    pub attracted: u64,
    /// Something is to be inspected.
    pub inspects: bool,
    /// NVAs in place of one Azure Firewall.
    pub nvas: bool,
    /// NVAs of a set.
    pub nva_count: u64,
    /// Virtual Network Manager makes peerings and groups.
    pub managed: bool,
    /// Chosen direct pairs, and the most that one spoke has.
    pub chosen: (u64, u64),
    /// Spokes that own a gateway, by region.
    pub own_gateways: Vec<u64>,
}

impl Shape {
    /// The counts of an Intent and its plan.
    #[must_use]
    pub fn new(intent: &Intent, plan: &AddressPlan) -> Self {
        let kinds = intent.environments.len().max(1);
        let environments = plan.regions.iter().map(|region| {
            let of = |at: usize| {
                number(
                    region
                        .spokes
                        .iter()
                        .filter(|s| s.environment.unwrap_or(0) == at)
                        .count(),
                )
            };
            (0..kinds).map(of).collect()
        });
        let by_tunnel = matches!(intent.on_premises, OnPremises::Vpn | OnPremises::Both);
        let chosen = chosen_pairs(intent);
        let mut degree: BTreeMap<&str, u64> = BTreeMap::new();
        for end in chosen.iter().flat_map(|pair| [&pair.a, &pair.b]) {
            *degree.entry(end).or_default() += 1;
        }
        let own = |region: &crate::intent::RegionPlan| {
            number(
                region
                    .spokes
                    .iter()
                    .filter(|spoke| spoke.owns_gateway)
                    .count(),
            )
        };
        Self {
            spokes: plan
                .regions
                .iter()
                .map(|region| number(region.spokes.len()))
                .collect(),
            environments: environments.collect(),
            summaries: plan
                .regions
                .iter()
                .map(|region| number(region.summary.len()))
                .collect(),
            hub_gateways: u64::from(intent.wants_vpn()) + u64::from(intent.wants_express_route()),
            tunnel_sites: u64::from(by_tunnel) + u64::from(intent.other_clouds),
            circuit: intent.wants_express_route(),
            internet: intent.inspects_internet(),
            private: number(private_aggregates(plan).len()),
            attracted: number(attracted(plan).len()),
            inspects: wants_inspection(intent),
            nvas: intent.appliance.kind == ApplianceChoice::Nva,
            nva_count: u64::from(intent.appliance.nva_count),
            managed: intent.is_managed(),
            chosen: (
                number(chosen.len()),
                degree.values().max().copied().unwrap_or(0),
            ),
            own_gateways: plan.regions.iter().map(own).collect(),
        }
    }

    /// All spokes.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.spokes.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Regions, and hubs where there is one in each.
    #[must_use]
    pub fn regions(&self) -> u64 {
        number(self.spokes.len())
    }

    /// Ranges that stand for the spokes of every region.
    #[must_use]
    pub fn all_summaries(&self) -> u64 {
        self.summaries
            .iter()
            .fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Environments, 1 where none is named.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.environments.first().map_or(1, Vec::len).max(1)
    }

    /// Spokes of each environment over all regions.
    pub(super) fn by_environment(&self) -> impl Iterator<Item = u64> + '_ {
        let of = |at: usize| {
            self.environments
                .iter()
                .filter_map(|kinds| kinds.get(at))
                .sum()
        };
        (0..self.kinds()).map(of)
    }

    /// Spokes of the largest region.
    #[must_use]
    pub fn largest(&self) -> u64 {
        self.spokes.iter().max().copied().unwrap_or(0)
    }

    /// The same question with another number of spokes in all: regions keep their parts, the first ones take the rest;
    /// environments are taken in turn.
    #[must_use]
    pub fn with_total(&self, total: u64) -> Self {
        let (held, all) = (self.total().max(1), u128::from(total));
        let part =
            |n: &u64| u64::try_from(all * u128::from(*n) / u128::from(held)).unwrap_or(u64::MAX);
        let mut spokes: Vec<u64> = self.spokes.iter().map(part).collect();
        let mut rest = total.saturating_sub(spokes.iter().sum());
        for n in &mut spokes {
            let more = rest.min(1);
            *n += more;
            rest -= more;
        }
        let kinds_number = number(self.kinds());
        let split = |n: &u64| {
            let of = |at: u64| (n / kinds_number) + u64::from(at < n % kinds_number);
            (0..kinds_number).map(of).collect()
        };
        Self {
            environments: spokes.iter().map(split).collect(),
            spokes,
            ..self.clone()
        }
    }
}

pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// RFC 1918, and every range of the plan that lies outside it.
pub(super) fn private_aggregates(plan: &AddressPlan) -> Vec<Ipv4Net> {
    let [a, b, c, _] = reserved_prefixes();
    let mut aggregates = vec![a, b, c];
    let spokes = plan.regions.iter().flat_map(|region| &region.summary);
    for net in spokes.chain(&plan.on_premises).chain(&plan.other_clouds) {
        if !covered_by(net, &aggregates) {
            aggregates.push(*net);
        }
    }
    aggregates
}

/// The ranges of RFC 1918 that hold spokes: what stands for them where a longer prefix must not.
pub(super) fn attracted(plan: &AddressPlan) -> Vec<Ipv4Net> {
    let [a, b, c, _] = reserved_prefixes();
    let holds = |range: &Ipv4Net| plan.spokes().any(|spoke| range.contains(&spoke.prefix));
    [a, b, c].into_iter().filter(holds).collect()
}

/// The chosen pairs, each once.
pub(super) fn chosen_pairs(intent: &Intent) -> Vec<Pair> {
    let ordered = |pair: &Pair| Pair::new((&pair.a).min(&pair.b), (&pair.a).max(&pair.b));
    let mut pairs: Vec<Pair> = intent.direct_pairs.iter().map(ordered).collect();
    pairs.sort();
    pairs.dedup();
    pairs
}

/// Whether some environments must not reach others.
pub(super) fn isolates(intent: &Intent) -> bool {
    intent
        .environment_rules
        .iter()
        .any(|rule| rule.talk == Demand::Isolated)
}

/// Whether the Intent wants anything inspected: then mixed patterns secure their hubs.
pub(super) fn wants_inspection(intent: &Intent) -> bool {
    intent.inspection != crate::intent::Inspection::None
        || intent.inspects_internet()
        || intent
            .environment_rules
            .iter()
            .any(|rule| rule.talk == crate::intent::Demand::Inspected)
}
