//! How many peerings an estate takes: links, objects, and the formula beside the count.
//!
//! The rule: a *link* joins two VNets; Azure stores it as two *objects*, one in each VNet, and counts objects against
//! the limit of a VNet. Closed formulas say how many an estate needs:
//!
//! * every VNet with every other: each of n VNets has n-1 partners, and each link is counted from both its ends, so
//!   n(n-1)/2 links;
//! * hub and spoke: each of n spokes has one link to its hub, and each of r hubs one to every other hub:
//!   n + r(r-1)/2 links;
//! * both at once: n(n-1)/2 + n + r(r-1)/2;
//! * a mesh in each region beside hub and spoke: the n of each region in the place of the first n.
//!
//! | n spokes, r hubs | full mesh of n: links, objects | hub and spoke: links, objects |
//! |---|---|---|
//! | 4, 2 | 6, 12 | 5, 10 |
//! | 10, 1 | 45, 90 | 10, 20 |
//! | 100, 2 | 4,950, 9,900 | 101, 202 |
//! | 500, 4 | 124,750, 249,500 | 506, 1,012 |
//!
//! [`count`] counts what a topology really has, and names the formula that the count meets. Left out: connections to
//! a Virtual WAN hub (they are not peerings, and are counted apart) and connected groups (they have no objects).
//!
//! Source: "Azure spoke-to-spoke networking", learn.microsoft.com, 2025-06-16.
use crate::topology::{Link, Topology, VnetId};
use crate::units::Quantity;
use std::collections::{BTreeMap, BTreeSet};

/// Links, and the objects that Azure stores for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Peerings {
    /// Pairs of VNets.
    pub links: u64,
    /// Two objects a link.
    pub objects: u64,
}

impl Peerings {
    /// Complete links: two objects each. `None` past the range.
    fn complete(links: u64) -> Option<Self> {
        Some(Self {
            links,
            objects: links.checked_mul(2)?,
        })
    }
}

/// n VNets, each peered with every other: n(n-1)/2 links. `None` past the range of the counts.
///
/// ```
/// use interspoke_core::peering::full_mesh;
/// let mesh = full_mesh(10).unwrap();
/// assert_eq!((mesh.links, mesh.objects), (45, 90));
/// assert_eq!(full_mesh(u64::MAX), None);
/// ```
#[must_use]
pub fn full_mesh(vnets: u64) -> Option<Peerings> {
    Peerings::complete(pairs(vnets)?)
}

/// n spokes, each peered with the hub of its region, and r hubs peered with each other: n + r(r-1)/2 links. `None`
/// past the range of the counts.
///
/// ```
/// use interspoke_core::peering::hub_and_spoke;
/// let two_regions = hub_and_spoke(4, 2).unwrap();
/// assert_eq!((two_regions.links, two_regions.objects), (5, 10));
/// ```
#[must_use]
pub fn hub_and_spoke(spokes: u64, hubs: u64) -> Option<Peerings> {
    Peerings::complete(spokes.checked_add(pairs(hubs)?)?)
}

/// Both at once: spokes peered with each other and with their hub, hubs with each other. `None` past the range.
///
/// ```
/// use interspoke_core::peering::mesh_with_hubs;
/// assert_eq!(mesh_with_hubs(6, 2).unwrap().links, 15 + 6 + 1);
/// ```
#[must_use]
pub fn mesh_with_hubs(spokes: u64, hubs: u64) -> Option<Peerings> {
    Peerings::complete(
        pairs(spokes)?
            .checked_add(spokes)?
            .checked_add(pairs(hubs)?)?,
    )
}

/// Spokes peered with every other of their region and with its hub, hubs with each other: the sum of n(n-1)/2 over the
/// regions, n, and r(r-1)/2. `None` past the range.
///
/// ```
/// use interspoke_core::peering::{mesh_with_hubs, regional_mesh};
/// assert_eq!(regional_mesh(&[3, 3]).unwrap().links, 3 + 3 + 6 + 1);
/// assert_eq!(regional_mesh(&[50, 50]).unwrap().links, 2_551);
/// assert_eq!(mesh_with_hubs(100, 2).unwrap().links, 5_051);
/// ```
#[must_use]
pub fn regional_mesh(spokes: &[u64]) -> Option<Peerings> {
    let meshes = spokes
        .iter()
        .try_fold(0_u64, |sum, n| sum.checked_add(pairs(*n)?))?;
    let all = spokes
        .iter()
        .try_fold(0_u64, |sum, n| sum.checked_add(*n))?;
    let hubs = u64::try_from(spokes.len()).ok()?;
    Peerings::complete(meshes.checked_add(all)?.checked_add(pairs(hubs)?)?)
}

/// Two hubs a region, each peered with every spoke of it, and one of them with its likes in other regions:
/// 2n + r(r-1)/2 links. `None` past the range.
///
/// ```
/// assert_eq!(interspoke_core::peering::double_hubs(6, 2).unwrap().links, 13);
/// ```
#[must_use]
pub fn double_hubs(spokes: u64, regions: u64) -> Option<Peerings> {
    Peerings::complete(spokes.checked_mul(2)?.checked_add(pairs(regions)?)?)
}

/// Links for so many spokes, each way: one point of the chart of peerings against spokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartPoint {
    /// Spokes in all.
    pub spokes: u64,
    /// Every spoke with every other and its hub.
    pub full_mesh: u64,
    /// Every spoke with its hub.
    pub hub_and_spoke: u64,
    /// A mesh in each region beside hub-and-spoke.
    pub regional_mesh: u64,
    /// Connected groups beside hub-and-spoke: they add no peering.
    pub groups: u64,
}

/// The chart of links against spokes, from 1 to `most` spokes in even steps of at most `points`, spread over the
/// regions as evenly as can be.
///
/// ```
/// let chart = interspoke_core::peering::chart(100, 2, 10);
/// let last = chart.last().unwrap();
/// assert_eq!((last.spokes, last.full_mesh, last.hub_and_spoke, last.regional_mesh), (100, 5_051, 101, 2_551));
/// ```
#[must_use]
pub fn chart(most: u64, regions: u64, points: u64) -> Vec<ChartPoint> {
    let (regions, points) = (regions.max(1), points.max(1));
    let totals = (1..=points).map(|point| {
        u64::try_from(u128::from(most) * u128::from(point) / u128::from(points)).unwrap_or(most)
    });
    let point = |spokes: u64| {
        let part = |region: u64| spokes / regions + u64::from(region < spokes % regions);
        let parts: Vec<u64> = (0..regions).map(part).collect();
        let star = hub_and_spoke(spokes, regions)?.links;
        Some(ChartPoint {
            spokes,
            full_mesh: mesh_with_hubs(spokes, regions)?.links,
            hub_and_spoke: star,
            regional_mesh: regional_mesh(&parts)?.links,
            groups: star,
        })
    };
    totals.filter_map(point).collect()
}

/// The most spokes, each way, that limits allow: `objects` in one VNet, `members` in one connected group.
///
/// A spoke of a mesh has one object for each partner and one for its hub; a hub one for each of its spokes and for each
/// other hub; a group of all spokes has no objects, beside those of hub-and-spoke.
///
/// ```
/// use interspoke_core::peering::most_spokes;
/// let most = most_spokes(2, 500, 250);
/// assert_eq!((most.full_mesh, most.hub_and_spoke, most.regional_mesh, most.groups), (500, 998, 998, 250));
/// ```
#[must_use]
pub fn most_spokes(regions: u64, objects: u64, members: u64) -> MostSpokes {
    let regions = regions.max(1);
    let a_region = objects.saturating_sub(regions - 1);
    let star = regions.saturating_mul(a_region);
    MostSpokes {
        full_mesh: objects.min(star),
        hub_and_spoke: star,
        regional_mesh: regions.saturating_mul(objects).min(star),
        groups: members.min(star),
    }
}

/// The most spokes, each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MostSpokes {
    /// Every spoke with every other and its hub.
    pub full_mesh: u64,
    /// Every spoke with its hub.
    pub hub_and_spoke: u64,
    /// A mesh in each region beside hub-and-spoke.
    pub regional_mesh: u64,
    /// One connected group beside hub-and-spoke.
    pub groups: u64,
}

/// Unordered pairs of n things. The even one of n and n-1 is halved first, so that only the result can be too large.
fn pairs(things: u64) -> Option<u64> {
    let others = things.saturating_sub(1);
    if things.is_multiple_of(2) {
        (things / 2).checked_mul(others)
    } else {
        things.checked_mul(others / 2)
    }
}

/// What a topology has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeeringCount {
    /// Pairs of VNets with at least one object between them.
    pub links: u64,
    /// Objects stored in all VNets.
    pub objects: u64,
    /// Links between different regions.
    pub global_links: u64,
    /// VNet connections of Virtual WAN hubs: not peerings, counted apart.
    pub connections: u64,
    /// VNets that are no hub, and the regions that they are in.
    pub spokes: (u64, u64),
    /// Objects stored in each VNet, in the topology's order.
    pub per_vnet: Vec<(VnetId, u64)>,
    /// The count as a formula: `4 spokes + 1 hub pair = 5 links, two objects each = 10`.
    pub formula: String,
}

impl PeeringCount {
    /// Objects stored in one VNet.
    ///
    /// ```
    /// use interspoke_core::{peering, sample::SAMPLES, topology};
    /// let topology = topology::build(&SAMPLES[0].document().unwrap().network).value;
    /// let count = peering::count(&topology);
    /// assert_eq!(count.stored_in(topology.vnet_named("Hub1").unwrap().id), 3);
    /// ```
    #[must_use]
    pub fn stored_in(&self, vnet: VnetId) -> u64 {
        self.per_vnet
            .iter()
            .find(|(id, _)| *id == vnet)
            .map_or(0, |(_, objects)| *objects)
    }
}

/// Counts the peerings of a topology and names the formula.
///
/// A hub, for the formula, is a VNet with an appliance or gateway; without any, one that is peered with more VNets
/// than any other.
///
/// ```
/// use interspoke_core::{peering, sample::SAMPLES, topology};
/// let topology = topology::build(&SAMPLES[0].document().unwrap().network).value;
/// let count = peering::count(&topology);
/// assert_eq!((count.links, count.objects, count.global_links), (5, 10, 1));
/// assert_eq!(count.formula, "4 spokes + 1 hub pair = 5 links, two objects each = 10");
/// ```
#[must_use]
pub fn count(topology: &Topology) -> PeeringCount {
    let pairs: BTreeSet<(VnetId, VnetId)> = topology.links().iter().map(ends).collect();
    let global: BTreeSet<(VnetId, VnetId)> = topology
        .links()
        .iter()
        .filter(|link| link.global)
        .map(ends)
        .collect();
    let stored = |vnet: VnetId| number(topology.links_of(vnet).count());
    let mut count = PeeringCount {
        links: number(pairs.len()),
        objects: number(topology.links().len()),
        global_links: number(global.len()),
        connections: number(topology.connections().len()),
        spokes: (0, 0),
        per_vnet: topology
            .vnets()
            .iter()
            .map(|vnet| (vnet.id, stored(vnet.id)))
            .collect(),
        formula: String::new(),
    };
    let hubs = hubs(topology, &pairs);
    let spokes = { topology.vnets().iter() }.filter(|vnet| !hubs.contains(&vnet.id));
    let regions: BTreeSet<&str> = spokes.clone().map(|vnet| &*vnet.region).collect();
    count.spokes = (number(spokes.count()), number(regions.len()));
    count.formula = formula(&hubs, &pairs, count.objects);
    count
}

fn ends(link: &Link) -> (VnetId, VnetId) {
    (link.from.min(link.to), link.from.max(link.to))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The links by what they join, and the objects they make.
fn formula(hubs: &BTreeSet<VnetId>, pairs: &BTreeSet<(VnetId, VnetId)>, objects: u64) -> String {
    let links = number(pairs.len());
    let (mut to_spokes, mut between_hubs, mut between_spokes) = (0_u64, 0_u64, 0_u64);
    let mut hubs_of: BTreeMap<VnetId, u64> = BTreeMap::new();
    for (a, b) in pairs.iter() {
        match (hubs.contains(a), hubs.contains(b)) {
            (true, true) => between_hubs += 1,
            (false, false) => between_spokes += 1,
            (a_is_hub, _) => {
                *hubs_of.entry(if a_is_hub { *b } else { *a }).or_default() += 1;
                to_spokes += 1;
            }
        }
    }
    let spokes = number(hubs_of.len());
    let spoke_part = if spokes == to_spokes {
        many(spokes, "spoke", "spokes")
    } else {
        format!(
            "{} of {}",
            many(to_spokes, "hub link", "hub links"),
            many(spokes, "spoke", "spokes")
        )
    };
    let parts = [
        (to_spokes, spoke_part),
        (between_hubs, many(between_hubs, "hub pair", "hub pairs")),
        (
            between_spokes,
            many(between_spokes, "spoke pair", "spoke pairs"),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, text)| text)
        .collect();
    let sum = if parts.is_empty() {
        "no peerings".to_owned()
    } else {
        parts.join(" + ")
    };
    let links_text = many(links, "link", "links");
    if objects == links.saturating_mul(2) {
        return format!(
            "{sum} = {links_text}, two objects each = {}",
            grouped(objects)
        );
    }
    let missing = links.saturating_mul(2).saturating_sub(objects);
    format!(
        "{sum} = {links_text}, two objects each less {} that is missing = {}",
        grouped(missing),
        grouped(objects)
    )
}

/// VNets that others are peered with to be joined.
fn hubs(topology: &Topology, pairs: &BTreeSet<(VnetId, VnetId)>) -> BTreeSet<VnetId> {
    let with_appliance = topology.appliances().iter().map(|appliance| appliance.vnet);
    let with_gateway = topology.gateways().iter().map(|gateway| gateway.vnet);
    let hubs: BTreeSet<VnetId> = with_appliance.chain(with_gateway).collect();
    if !hubs.is_empty() {
        return hubs;
    }
    let mut degree: BTreeMap<VnetId, u64> = BTreeMap::new();
    for (a, b) in pairs.iter() {
        *degree.entry(*a).or_default() += 1;
        *degree.entry(*b).or_default() += 1;
    }
    let most = degree.values().max().copied().unwrap_or_default();
    let alone = degree.values().filter(|links| **links == most).count() == 1;
    degree
        .into_iter()
        .filter(|(_, links)| alone && *links == most && most > 1)
        .map(|(vnet, _)| vnet)
        .collect()
}

fn many(count: u64, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        grouped(count),
        if count == 1 { one } else { several }
    )
}

fn grouped(number: u64) -> String {
    Quantity::from_thousandths(number.saturating_mul(1_000)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{NetworkSpec, PeeringSpec, VnetSpec};
    use crate::topology::build;
    use proptest::prelude::*;

    /// n spokes and r hubs; each spoke is peered with a hub, hubs with each other, spokes too if asked.
    fn estate(spokes: u8, hubs: u8, mesh: bool) -> NetworkSpec {
        let mut spec = NetworkSpec::default();
        let name = |index: u8| {
            if index < hubs {
                format!("hub{index}")
            } else {
                format!("spoke{index}")
            }
        };
        let all = hubs + spokes;
        for index in 0..all {
            let prefixes = vec![format!("10.{index}.0.0/16")];
            spec.vnets.push(VnetSpec {
                name: name(index),
                prefixes,
                ..VnetSpec::default()
            });
        }
        for a in 0..all {
            for b in (a + 1)..all {
                let both_hubs = b < hubs;
                let own_hub = hubs > 0 && a == b % hubs && b >= hubs;
                if both_hubs || own_hub || (mesh && a >= hubs) {
                    spec.peerings.push(PeeringSpec::new(name(a), name(b)));
                    spec.peerings.push(PeeringSpec::new(name(b), name(a)));
                }
            }
        }
        spec
    }

    #[track_caller]
    fn check(spokes: u8, hubs: u8, mesh: bool, expected: Option<Peerings>) {
        let counted = count(&build(&estate(spokes, hubs, mesh)).value);
        let counted_peerings = Peerings {
            links: counted.links,
            objects: counted.objects,
        };
        assert_eq!(
            Some(counted_peerings),
            expected,
            "{spokes} spokes, {hubs} hubs: {}",
            counted.formula
        );
        assert_eq!(
            counted
                .per_vnet
                .iter()
                .map(|(_, objects)| objects)
                .sum::<u64>(),
            counted.objects
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn formulas_meet_the_count(spokes in 0_u8..12, hubs in 1_u8..5) {
            check(spokes, 0, true, full_mesh(spokes.into()));
            check(spokes, hubs, false, hub_and_spoke(spokes.into(), hubs.into()));
            check(spokes, hubs, true, mesh_with_hubs(spokes.into(), hubs.into()));
        }
    }

    /// Objects of the fullest VNet, counted in an estate that is built, and whether it passes.
    fn fits(spokes: u8, hubs: u8, mesh: bool, objects: u64) -> bool {
        let counted = count(&build(&estate(spokes, hubs, mesh)).value);
        let fullest = counted.per_vnet.iter().map(|(_, stored)| *stored).max();
        fullest.unwrap_or(0) <= objects
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn one_spoke_more_than_the_most_passes_the_limit(hubs in 1_u8..4, objects in 4_u8..9, members in 1_u64..40) {
            let limit = u64::from(objects);
            let most = most_spokes(hubs.into(), limit, members);
            let of = |spokes: u64| u8::try_from(spokes).unwrap();
            for (spokes, mesh) in [(most.hub_and_spoke, false), (most.full_mesh, true)] {
                prop_assert!(fits(of(spokes), hubs, mesh, limit));
                prop_assert!(!fits(of(spokes + 1), hubs, mesh, limit));
            }
            prop_assert_eq!(most.groups, members.min(most.hub_and_spoke));
            // A region alone is a full mesh with its hub, and its hub has the other hubs besides.
            prop_assert_eq!(most.regional_mesh, most.hub_and_spoke);
        }
    }

    #[test]
    fn large_counts_end_in_none_and_not_in_a_wrap() {
        assert_eq!(full_mesh(0).map(|mesh| mesh.links), Some(0));
        assert_eq!(
            full_mesh(500).map(|mesh| (mesh.links, mesh.objects)),
            Some((124_750, 249_500))
        );
        assert_eq!(
            full_mesh(1 << 32).map(|mesh| mesh.links),
            Some(((1 << 32) - 1) << 31)
        );
        assert_eq!(full_mesh(1 << 33), None);
        assert_eq!(hub_and_spoke(u64::MAX, 2), None);
        assert_eq!(mesh_with_hubs(1 << 33, 1), None);
    }

    #[track_caller]
    fn formula_of(spec: &NetworkSpec, expected: &str) {
        assert_eq!(count(&build(spec).value).formula, expected);
    }

    #[test]
    fn the_formula_stands_beside_the_count() {
        formula_of(
            &estate(3, 1, false),
            "3 spokes = 3 links, two objects each = 6",
        );
        formula_of(
            &estate(5, 0, true),
            "10 spoke pairs = 10 links, two objects each = 20",
        );
        formula_of(
            &NetworkSpec::default(),
            "no peerings = 0 links, two objects each = 0",
        );
        let mut half = estate(3, 1, false);
        half.peerings.pop();
        formula_of(
            &half,
            "3 spokes = 3 links, two objects each less 1 that is missing = 5",
        );
    }
}
