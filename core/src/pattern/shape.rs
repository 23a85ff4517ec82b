//! An Intent as numbers: what closed formulas take.
//!
//! The rule: a [`Shape`] holds counts alone. It can be made larger without an address plan, so that growth and the
//! largest instance under a limit are computed and never built.

use crate::address::{covered_by, reserved_prefixes};
use crate::intent::{
    AddressPlan, ApplianceChoice, Demand, Intent, OnPremises, Pair, RegionPlan, bits_for,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Counts of an Intent.
#[derive(Debug, Clone, PartialEq)]
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
    /// The same by environment.
    pub(super) owners: Vec<Vec<u64>>,
    /// The region of each hub, by position; hubs are what all lists count.
    pub(super) places: Vec<usize>,
    /// Hubs that find room in each region.
    pub(super) hub_room: Vec<u64>,
    /// Ranges of spokes where they are given, in the order of [`crate::intent::RegionPlan::order`].
    pub(super) given: Vec<Vec<Ipv4Net>>,
    /// Ranges that fit where spokes are, by region; none where they are given or more were added.
    pub(super) slots: Vec<Option<u64>>,
    /// What a matrix says of each region.
    pub(super) matrix: Option<Rc<MatrixVolumes>>,
    /// Who asks.
    pub(super) intent: Rc<Intent>,
}

/// Volumes of a matrix, by region.
pub(super) type MatrixVolumes = Vec<RegionVolumes>;

/// Thousandths of a GB a month of a region's spokes in one direction, by pair of environments.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RegionVolumes {
    pub(super) within: Vec<u64>,
    pub(super) between: Vec<u64>,
    /// Of chosen pairs.
    pub(super) chosen: u64,
}

/// An Azure region with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) spokes: u64,
    pub(super) hubs: usize,
    pub(super) environments: Vec<u64>,
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
            owners: { plan.regions.iter() }
                .map(|region| {
                    let of = |at: usize| {
                        let own = { region.spokes.iter() }.filter(|spoke| spoke.owns_gateway);
                        number(own.filter(|s| s.environment.unwrap_or(0) == at).count())
                    };
                    (0..kinds).map(of).collect()
                })
                .collect(),
            places: (0..plan.regions.len()).collect(),
            hub_room: plan.regions.iter().map(RegionPlan::hub_room).collect(),
            given: plan
                .regions
                .iter()
                .map(|region| given(intent, region))
                .collect(),
            slots: { plan.regions.iter() }
                .map(|region| {
                    let bits = intent
                        .spoke_prefix_length
                        .checked_sub(region.spoke_space?.prefix_len())?;
                    1_u64.checked_shl(u32::from(bits))
                })
                .collect(),
            matrix: matrix(intent, plan, kinds),
            intent: Rc::new(intent.clone()),
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

    /// The same with other volumes in the matrix.
    pub(super) fn with_volumes(mut self, volume: impl Fn(u64) -> u64) -> Self {
        let grown = |list: &Vec<u64>| list.iter().map(|gb| volume(*gb)).collect();
        self.matrix = self.matrix.map(|matrix| {
            let region = |region: &RegionVolumes| RegionVolumes {
                within: grown(&region.within),
                between: grown(&region.between),
                chosen: volume(region.chosen),
            };
            Rc::new(matrix.iter().map(region).collect())
        });
        self
    }

    /// Azure regions, each with what lies at its hubs.
    pub(super) fn by_region(&self) -> Vec<Region> {
        let mut regions: Vec<Region> = Vec::new();
        let hubs = self.spokes.iter().zip(&self.environments).zip(&self.places);
        for ((spokes, environments), place) in hubs {
            if *place >= regions.len() {
                regions.push(Region {
                    spokes: 0,
                    hubs: 0,
                    environments: vec![0; environments.len()],
                });
            }
            if let Some(region) = regions.last_mut() {
                region.spokes = region.spokes.saturating_add(*spokes);
                region.hubs += 1;
                for (sum, n) in region.environments.iter_mut().zip(environments) {
                    *sum = sum.saturating_add(*n);
                }
            }
        }
        regions
    }

    /// Whether some region has several hubs.
    pub(super) fn is_divided(&self) -> bool {
        self.places.windows(2).any(|two| two.first() == two.last())
    }

    /// The same with several hubs in a region: the spokes of each in turn.
    pub(super) fn divided(&self, hubs: &[Vec<u64>]) -> Self {
        let mut divided = Self {
            spokes: Vec::new(),
            environments: Vec::new(),
            summaries: Vec::new(),
            own_gateways: Vec::new(),
            owners: Vec::new(),
            places: Vec::new(),
            ..self.clone()
        };
        for (place, sizes) in hubs.iter().enumerate() {
            self.divide(place, sizes, &mut divided);
        }
        divided
    }

    fn divide(&self, place: usize, sizes: &[u64], divided: &mut Self) {
        let mut queue = self.queue(place);
        let mut first = 0_u64;
        for size in sizes {
            let (mut kinds, mut owners) = (vec![0_u64; self.kinds()], vec![0_u64; self.kinds()]);
            let mut rest = *size;
            for (owns, kind, left) in &mut queue {
                let taken = rest.min(*left);
                *left -= taken;
                rest -= taken;
                if let (Some(kind), Some(own)) = (kinds.get_mut(*kind), owners.get_mut(*kind)) {
                    *kind += taken;
                    *own += if *owns { taken } else { 0 };
                }
            }
            divided.spokes.push(*size);
            divided.own_gateways.push(owners.iter().sum());
            divided.environments.push(kinds);
            divided.owners.push(owners);
            divided.places.push(place);
            divided
                .summaries
                .push(self.ranges(place, sizes, first, *size));
            first = first.saturating_add(*size);
        }
    }

    /// Spokes of a region in the order in which hubs take them: whether they own a gateway, environment, how many.
    pub(super) fn queue(&self, place: usize) -> Vec<(bool, usize, u64)> {
        let kinds = self.environments.get(place).map_or(&[][..], Vec::as_slice);
        let owners = self.owners.get(place).map_or(&[][..], Vec::as_slice);
        let own = { owners.iter().enumerate() }.map(|(kind, n)| (true, kind, *n));
        let others = kinds.iter().enumerate().map(|(kind, n)| {
            (
                false,
                kind,
                n.saturating_sub(owners.get(kind).copied().unwrap_or(0)),
            )
        });
        own.chain(others).collect()
    }

    /// Ranges that stand for the spokes of one of several hubs.
    fn ranges(&self, place: usize, sizes: &[u64], first: u64, size: u64) -> u64 {
        let whole = || self.summaries.get(place).copied().unwrap_or(1);
        if sizes.len() < 2 {
            return whole();
        }
        let given = self.given.get(place).map_or(&[][..], Vec::as_slice);
        if !given.is_empty() {
            let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            let own = { given.iter() }
                .skip(place(first))
                .take(place(size))
                .copied();
            return number(Ipv4Net::aggregate(&own.collect()).len());
        }
        let bits = u32::from(bits_for(number(sizes.len())));
        let most = sizes.iter().max().copied().unwrap_or(0);
        match self.slots.get(place).copied().flatten() {
            Some(slots) if slots.checked_shr(bits).unwrap_or(0) < most => pieces(first, size),
            _ => 1,
        }
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
            slots: self.slots.iter().map(|_| None).collect(),
            hub_room: self
                .slots
                .iter()
                .zip(&self.hub_room)
                .map(|(slots, room)| slots.map_or(*room, |_| u64::MAX))
                .collect(),
            ..self.clone()
        }
    }
}

/// Ranges of spokes that are given, in the order in which hubs take them.
fn given(intent: &Intent, region: &RegionPlan) -> Vec<Ipv4Net> {
    if region.spoke_space.is_some() {
        return Vec::new();
    }
    let order = region.order(intent).into_iter();
    order
        .filter_map(|at| Some(region.spokes.get(at)?.prefix))
        .collect()
}

/// What a matrix says of each region; none without one.
fn matrix(intent: &Intent, plan: &AddressPlan, kinds: usize) -> Option<Rc<MatrixVolumes>> {
    let entries = &intent.traffic.matrix;
    if entries.is_empty() {
        return None;
    }
    let spokes: BTreeMap<&str, (usize, usize)> = plan
        .spokes()
        .map(|spoke| {
            (
                spoke.name.as_str(),
                (spoke.region, spoke.environment.unwrap_or(0)),
            )
        })
        .collect();
    let chosen = chosen_pairs(intent);
    let none = RegionVolumes {
        within: vec![0; kinds * kinds],
        between: vec![0; kinds * kinds],
        chosen: 0,
    };
    let mut volumes = vec![none; plan.regions.len()];
    for entry in entries {
        let ends = spokes
            .get(entry.a.as_str())
            .zip(spokes.get(entry.b.as_str()));
        let Some((&(a, kind), &(b, other))) = ends else {
            continue;
        };
        let pair = Pair::new((&entry.a).min(&entry.b), (&entry.a).max(&entry.b));
        let gb = entry.gb.0.thousandths();
        let direct = chosen.binary_search(&pair).is_ok();
        let regions = if a == b { vec![a] } else { vec![a, b] };
        for region in regions {
            let Some(volume) = volumes.get_mut(region) else {
                continue;
            };
            let table = if a == b {
                &mut volume.within
            } else {
                &mut volume.between
            };
            let held = match (direct, table.get_mut(kind * kinds + other)) {
                (false, Some(held)) => held,
                _ => &mut volume.chosen,
            };
            *held = held.saturating_add(gb);
        }
    }
    Some(Rc::new(volumes))
}

/// Aligned blocks of powers of two that make up so many places from the first one on.
fn pieces(first: u64, size: u64) -> u64 {
    let (mut at, end) = (first, first.saturating_add(size));
    let mut count = 0;
    while at < end {
        let mut step = if at == 0 {
            1 << 40
        } else {
            at & at.wrapping_neg()
        };
        while step > end - at {
            step /= 2;
        }
        at += step;
        count += 1;
    }
    count
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
