//! Which limits bound a pattern, how much of each it uses, when growth reaches the first, and the largest instance.
//!
//! The rule: usages come from the closed formulas alone, so that a design past a limit is refused and never built.
//! Spokes grow by the yearly rate compounded monthly; peaks of traffic grow alike.
//!
//! | pattern | counter | limit |
//! |---|---|---|
//! | a mesh | peering objects of one spoke | 500 a VNet |
//! | a hub made by Virtual Network Manager | spokes of one hub | 1,000 |
//! | a hub with routes on GatewaySubnet | routes of the largest table | 1,000 |
//! | Virtual WAN | connections of one hub | 500 less the hubs; 600 prefixes with routing intent |
//! | a tunnel mesh | tunnels of one gateway | 30, 100 with VpnGw4 |

use super::build::VPN_SKU;
use super::{Counter, Inspector, Pattern, Shape};
use crate::intent::{ApplianceChoice, HubManagement, Intent};
use crate::limit::{Bind, Limit, Usage};

/// Growth is followed for so many months.
const MOST_MONTHS: u32 = 1_200;
/// No estate is larger.
const MOST_SPOKES: u64 = 1_000_000;

/// Every usage of a design of this shape.
#[must_use]
pub fn usages(pattern: Pattern, intent: &Intent, shape: &Shape) -> Vec<Usage> {
    let counts = pattern.counts(shape);
    let mut usages = Vec::new();
    let mut put = |id: &str, used: Option<u64>, less: u64, input: &'static str| {
        if let Some(limit) = Limit::named(id).filter(|_| used != Some(0)) {
            usages.push(Usage {
                limit,
                used,
                allowed: limit.value.saturating_sub(less),
                input,
            });
        }
    };
    let managed = shape.managed || pattern.id().starts_with("avnm-");
    let of = |counter| counts.value(counter);
    put(
        if managed {
            "avnm.hub_spokes"
        } else {
            "vnet.peerings"
        },
        of(Counter::HubObjects),
        0,
        "regions",
    );
    put("vnet.peerings", of(Counter::SpokeObjects), 0, "regions");
    put("udr.routes", of(Counter::LargestTable), 0, "regions");
    put("udr.tables", of(Counter::RegionTables), 0, "regions");
    put(
        "vnet.per_subscription",
        of(Counter::RegionVnets),
        0,
        "regions",
    );
    put(
        "avnm.connected_group",
        of(Counter::GroupMembers),
        0,
        "regions",
    );
    put("ergw.advertised", of(Counter::Announced), 0, "regions");
    if pattern.has_routing_intent(shape) {
        put("vwan.vnets_intent", of(Counter::HubPrefixes), 0, "regions");
    } else {
        put(
            "vwan.vnets_no_intent",
            of(Counter::HubConnections),
            shape.regions(),
            "regions",
        );
    }
    let in_wan = of(Counter::Connections) != Some(0);
    let tunnels = format!("vpngw.tunnels.{VPN_SKU}");
    put(
        if in_wan { "vwan.branches" } else { &tunnels },
        of(Counter::GatewayTunnels),
        0,
        "regions",
    );
    if pattern == Pattern::HubNvaRouteServer {
        put("ars.peers", Some(shape.nva_count), 0, "appliance.nvaCount");
    }
    if pattern == Pattern::HubRoutingAppliance {
        put("vnra.count", Some(1), 0, "regions");
    }
    if pattern == Pattern::SubnetPeeringMesh {
        put("subnet_peering.subnets", Some(2), 0, "regions");
    }
    usages.extend(throughput(pattern, intent));
    usages
}

/// Peaks against what the pattern's machines carry.
fn throughput(pattern: Pattern, intent: &Intent) -> Vec<Usage> {
    let (pair, region) = (
        u64::from(intent.peak_pair_mbps),
        u64::from(intent.peak_region_mbps),
    );
    let wanted = &intent.appliance;
    let tier = wanted.tier.word().to_ascii_lowercase();
    let vm = format!("vm.{}", wanted.nva_size);
    let firewall = [
        (format!("azfw.{tier}.flow"), pair, 1),
        (format!("azfw.{tier}.throughput"), region, 1),
    ];
    // Both directions of a region's peak leave an NVA.
    let nvas = [(vm, region.saturating_mul(2), u64::from(wanted.nva_count))];
    let uses: Vec<(String, u64, u64)> = match (pattern.inspector(), pattern) {
        (_, Pattern::VpnMesh) => vec![
            ("vpngw.tunnel".to_owned(), pair, 1),
            (format!("vpngw.aggregate.{VPN_SKU}"), pair, 1),
        ],
        (_, Pattern::HubVpnGateway) => {
            vec![(format!("vpngw.aggregate.{VPN_SKU}"), region.max(pair), 1)]
        }
        (_, Pattern::HubRoutingAppliance) => vec![("vnra.tiers".to_owned(), region, 1)],
        (_, Pattern::Vwan) => {
            vec![
                ("vwan.single_flow".to_owned(), pair, 1),
                ("vwan.router_throughput".to_owned(), region, 1),
            ]
        }
        (Inspector::Firewall, _) => firewall.to_vec(),
        (Inspector::Nvas, Pattern::VwanNva) | (Inspector::None, _) => Vec::new(),
        (Inspector::Nvas, _) => nvas.to_vec(),
        (Inspector::AsAsked, _) if wanted.kind == ApplianceChoice::Nva => nvas.to_vec(),
        (Inspector::AsAsked, _) => firewall.to_vec(),
    };
    let usage = |(id, used, machines): (String, u64, u64)| {
        let limit = Limit::named(&id).filter(|_| used > 0)?;
        let input = if used == pair {
            "peakPairMbps"
        } else {
            "peakRegionMbps"
        };
        let allowed = limit.value.saturating_mul(machines);
        Some(Usage {
            limit,
            used: Some(used),
            allowed,
            input,
        })
    };
    uses.into_iter().filter_map(usage).collect()
}

impl Pattern {
    /// Whether its Virtual WAN hubs have a private routing policy.
    pub(super) fn has_routing_intent(self, shape: &Shape) -> bool {
        match self {
            Self::VwanSecured | Self::VwanNva => true,
            Self::VwanSelective | Self::VwanRegionalMesh => shape.inspects,
            _ => false,
        }
    }

    /// Regions in which its connected groups do not exist.
    #[must_use]
    pub fn regions_without_groups(self, intent: &Intent, shape: &Shape) -> Vec<String> {
        let groups = self.counts(shape).value(Counter::Groups) != Some(0);
        let listed = Limit::named("avnm.cg_regions").map_or("", |limit| limit.tiers);
        let missing = intent.regions.iter().map(|region| &region.region);
        missing
            .filter(|region| groups && !listed.split(' ').any(|known| known == *region))
            .cloned()
            .collect()
    }

    /// Whether it differs from what the Intent says about the hub and the appliance.
    pub(super) fn differs(self, intent: &Intent) -> Vec<(&'static str, &'static str)> {
        let mut differences = Vec::new();
        if intent.hub != HubManagement::Either
            && self.hub() != HubManagement::Either
            && self.hub() != intent.hub
        {
            differences.push((
                "hub",
                match self.hub() {
                    HubManagement::MicrosoftManaged => "Microsoft runs its hubs",
                    _ => "its hubs are one's own to run",
                },
            ));
        }
        let difference = match (self.inspector(), intent.appliance.kind) {
            (Inspector::Nvas, ApplianceChoice::AzureFirewall) => {
                "it inspects with NVAs, Azure Firewall is asked for"
            }
            (Inspector::Firewall, ApplianceChoice::Nva) => {
                "it inspects with Azure Firewall, NVAs are asked for"
            }
            (Inspector::Firewall | Inspector::Nvas | Inspector::AsAsked, ApplianceChoice::None) => {
                "it has an appliance, none is asked for"
            }
            _ => return differences,
        };
        differences.push(("appliance.kind", difference));
        differences
    }
}

/// When growth passes the first limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Months from now; 0: it is passed already.
    pub months: u32,
    /// Spokes in all by then.
    pub spokes: u64,
    /// The limit that is passed.
    pub usage: Usage,
}

/// When growth passes the first limit; `None` without growth, or within a hundred years.
#[must_use]
pub fn growth(pattern: Pattern, intent: &Intent, shape: &Shape) -> Option<Growth> {
    if intent.growth_percent == 0 {
        return None;
    }
    // Billionths: (1 + yearly per cent / 12) each month.
    let factor = 1_000_000_000 + u128::from(intent.growth_percent) * 1_000_000_000 / 1_200;
    let grown = |start: u64, months: u32| {
        let step = |value: u128| (value * factor / 1_000_000_000).min(1 << 80);
        let value = (0..months).fold(u128::from(start) * 1_000_000_000, |value, _| step(value));
        u64::try_from(value / 1_000_000_000)
            .unwrap_or(u64::MAX)
            .min(MOST_SPOKES)
    };
    let peak =
        |mbps: u32, months| u32::try_from(grown(u64::from(mbps), months)).unwrap_or(u32::MAX);
    let passed = |months: u32| {
        let spokes = grown(shape.total(), months);
        let later = Intent {
            peak_pair_mbps: peak(intent.peak_pair_mbps, months),
            peak_region_mbps: peak(intent.peak_region_mbps, months),
            ..intent.clone()
        };
        let larger = if months == 0 {
            shape.clone()
        } else {
            shape.with_total(spokes)
        };
        let usage = usages(pattern, &later, &larger)
            .into_iter()
            .find(Usage::exceeded)?;
        Some(Growth {
            months,
            spokes,
            usage,
        })
    };
    first(0, MOST_MONTHS, |months| passed(months).is_some()).and_then(passed)
}

/// The largest number of spokes in all that no hard limit refuses, and the limit that refuses one more.
///
/// ```
/// use interspoke_core::intent::{AddressPlan, Intent, RegionIntent};
/// use interspoke_core::pattern::{Pattern, Shape, bounds::largest};
/// let mut intent = Intent::default();
/// intent.regions = vec![RegionIntent::new("eastus", 3)];
/// let shape = Shape::new(&intent, &AddressPlan::new(&intent).unwrap());
/// let (spokes, usage) = largest(Pattern::PeeringMesh, &intent, &shape).unwrap();
/// assert_eq!((spokes, usage.limit.id), (500, "vnet.peerings"));
/// ```
#[must_use]
pub fn largest(pattern: Pattern, intent: &Intent, shape: &Shape) -> Option<(u64, Usage)> {
    largest_under(pattern, intent, shape, |usage| {
        usage.limit.bind == Bind::Hard
    })
}

/// The same for the limits that are chosen.
#[must_use]
pub fn largest_under(
    pattern: Pattern,
    intent: &Intent,
    shape: &Shape,
    chosen: impl Fn(&Usage) -> bool,
) -> Option<(u64, Usage)> {
    let over = |total: u64| {
        let usages = usages(pattern, intent, &shape.with_total(total));
        usages
            .into_iter()
            .find(|usage| chosen(usage) && usage.exceeded())
    };
    let first = first(1, MOST_SPOKES, |total| over(total).is_some())?;
    Some((first.saturating_sub(1), over(first)?))
}

/// The first number for which a condition that stays true once it is true holds.
fn first<N>(low: N, high: N, holds: impl Fn(N) -> bool) -> Option<N>
where
    N: Copy
        + PartialOrd
        + From<u8>
        + std::ops::Add<Output = N>
        + std::ops::Sub<Output = N>
        + std::ops::Div<Output = N>,
{
    let (mut low, mut high) = (low, high);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / N::from(2);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + N::from(1);
        }
    }
    Some(low)
}
