//! The address plan: a range for every hub and spoke, given or chosen, with room to grow.
//!
//! The rule: a region gets one block. Its first half holds the hubs (a /22 each, or what fits), its second half the
//! spokes, so that one route stands for all spokes of a region and never for a hub. Blocks are chosen in RFC 1918
//! space in order, beside what is given; twice as many spokes as asked for fit wherever there is room.
//!
//! | asked | block | hub, second hub | spokes |
//! |---|---|---|---|
//! | eastus, 3 spokes of /24 | 10.0.0.0/16 | 10.0.0.0/22, 10.0.4.0/22 | 10.0.128.0/24, 10.0.129.0/24, 10.0.130.0/24 |
//! | westus2, 3 spokes of /24 | 10.1.0.0/16 | 10.1.0.0/22, 10.1.4.0/22 | 10.1.128.0/24 … |
//!
//! Platform subnets stand at fixed places of a hub: [`Slot`]. Azure keeps five addresses of each subnet;
//! the first that it hands out is `.4`. Left out: IPv6.

use super::check::{Problem, read};
use super::{Intent, RegionIntent};
use crate::address::overlaps;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Shortest block of a region that is chosen.
const REGION_BITS: u8 = 16;
/// Range of a hub.
const HUB_BITS: u8 = 22;
/// The smallest hub, of Virtual WAN and of one's own.
const LEAST_HUB_BITS: u8 = 24;

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPlan {
    /// One for each region of the Intent, in its order.
    pub regions: Vec<RegionPlan>,
    /// Ranges on-premises; empty where nothing attaches them.
    pub on_premises: Vec<Ipv4Net>,
    /// Ranges of other clouds; empty where they are not asked for.
    pub other_clouds: Vec<Ipv4Net>,
}

/// A region's ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionPlan {
    /// The Azure region.
    pub region: String,
    /// What its hub, tables and groups are named after: the region, with a number from the second hub in it on.
    pub name: String,
    /// Where hubs of the region stand.
    pub hub_space: Ipv4Net,
    /// Where its spokes stand; none where each range is given.
    pub spoke_space: Option<Ipv4Net>,
    /// The hub, and the range of a Virtual WAN hub.
    pub hub: Ipv4Net,
    /// A second hub, for patterns that have two, or a transit VNet.
    pub second_hub: Ipv4Net,
    /// The spokes.
    pub spokes: Vec<SpokePlan>,
    /// The fewest ranges that stand for all spokes and for no hub.
    pub summary: Vec<Ipv4Net>,
    /// How many more spokes fit.
    pub room: u64,
}

impl RegionPlan {
    /// Hubs, of two ranges each, that find room in the region.
    #[must_use]
    pub fn hub_room(&self) -> u64 {
        let bits = HUB_BITS.saturating_sub(self.hub_space.prefix_len()).max(1);
        1_u64.checked_shl(u32::from(bits) - 1).unwrap_or(1)
    }

    /// Spokes in the order in which hubs take them: those with a gateway of their own, then by environment, those that
    /// exchange traffic of their own beside each other.
    #[must_use]
    pub fn order(&self, intent: &Intent) -> Vec<usize> {
        let groups = talking(self, intent);
        let mut order: Vec<usize> = (0..self.spokes.len()).collect();
        order.sort_by_cached_key(|at| {
            let spoke = self.spokes.get(*at);
            let group = groups.get(*at).copied().unwrap_or(*at);
            (
                spoke.is_none_or(|spoke| !spoke.owns_gateway),
                spoke.and_then(|spoke| spoke.environment),
                group,
                *at,
            )
        });
        order
    }

    /// The range of one of several hubs' spokes, where all of them find one.
    fn area(&self, hubs: usize, index: u32, most: u64, length: u8) -> Option<Ipv4Net> {
        let area = self.spoke_space?;
        let bits = bits_for(u64::try_from(hubs).ok()?);
        let slots = length.checked_sub(area.prefix_len().checked_add(bits)?)?;
        (1_u64.checked_shl(u32::from(slots))? >= most).then(|| part(area, bits, index))?
    }

    /// One of its hubs, with these of its spokes.
    fn with_hub(
        &self,
        at: usize,
        index: u32,
        first: u32,
        own: &[usize],
        area: Option<Ipv4Net>,
        intent: &Intent,
    ) -> Option<Self> {
        let bits = HUB_BITS.saturating_sub(self.hub_space.prefix_len()).max(1);
        let hub = |half: u32| {
            part(
                self.hub_space,
                bits,
                index.checked_mul(2)?.checked_add(half)?,
            )
            .filter(|net| self.hub_space.contains(net))
        };
        let mut spokes = Vec::new();
        for (position, spoke) in (0_u32..).zip(own) {
            let mut spoke = self.spokes.get(*spoke)?.clone();
            spoke.region = at;
            let (space, place) = match (area, self.spoke_space) {
                (Some(area), _) => (Some(area), position),
                (None, space) => (space, first.checked_add(position)?),
            };
            if let Some(space) = space {
                let bits = intent.spoke_prefix_length.checked_sub(space.prefix_len())?;
                spoke.prefix = part(space, bits, place)?;
            }
            spokes.push(spoke);
        }
        let prefixes: Vec<Ipv4Net> = spokes.iter().map(|spoke| spoke.prefix).collect();
        let name = match index {
            0 => self.name.clone(),
            _ => format!("{}-{}", self.name, index.checked_add(1)?),
        };
        Some(Self {
            region: self.region.clone(),
            name,
            hub_space: self.hub_space,
            spoke_space: area.or(self.spoke_space),
            hub: hub(0)?,
            second_hub: hub(1)?,
            summary: area.map_or_else(|| Ipv4Net::aggregate(&prefixes), |area| vec![area]),
            spokes,
            room: self.room,
        })
    }
}

/// For each spoke of a region the first spoke that it exchanges traffic of its own with, over others too.
fn talking(region: &RegionPlan, intent: &Intent) -> Vec<usize> {
    let places: std::collections::BTreeMap<&str, usize> = { region.spokes.iter().enumerate() }
        .map(|(at, spoke)| (spoke.name.as_str(), at))
        .collect();
    // Each points at an earlier one, the first of a group at itself.
    let mut parents: Vec<usize> = (0..region.spokes.len()).collect();
    for entry in &intent.traffic.matrix {
        if let (Some(a), Some(b)) = (places.get(entry.a.as_str()), places.get(entry.b.as_str())) {
            let (a, b) = (first_of(&parents, *a), first_of(&parents, *b));
            if let Some(parent) = parents.get_mut(a.max(b)) {
                *parent = a.min(b);
            }
        }
    }
    (0..parents.len())
        .map(|at| first_of(&parents, at))
        .collect()
}

fn first_of(parents: &[usize], mut at: usize) -> usize {
    while let Some(parent) = parents.get(at).filter(|parent| **parent != at) {
        at = *parent;
    }
    at
}

/// A spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokePlan {
    /// Unique name.
    pub name: String,
    /// Position of its region.
    pub region: usize,
    /// Position of its environment, where there are any.
    pub environment: Option<usize>,
    /// Its range.
    pub prefix: Ipv4Net,
    /// It owns a gateway or an SD-WAN device.
    pub owns_gateway: bool,
}

impl SpokePlan {
    /// The environment's name; empty where there are none.
    #[must_use]
    pub fn environment_name<'a>(&self, intent: &'a Intent) -> &'a str {
        self.environment
            .and_then(|at| intent.environments.get(at))
            .map_or("", String::as_str)
    }

    /// The subnet of its workloads: the first half, or all of a small one.
    #[must_use]
    pub fn app(&self) -> Ipv4Net {
        part(self.prefix, 1, 0)
            .filter(|net| net.prefix_len() <= 28)
            .unwrap_or(self.prefix)
    }

    /// A second subnet: the third quarter.
    #[must_use]
    pub fn data(&self) -> Option<Ipv4Net> {
        part(self.prefix, 2, 2).filter(|net| net.prefix_len() <= 29)
    }

    /// The range of a gateway of its own: the last quarter.
    #[must_use]
    pub fn gateway(&self) -> Option<Ipv4Net> {
        part(self.prefix, 2, 3).filter(|net| net.prefix_len() <= 29)
    }

    /// The address of its workload.
    #[must_use]
    pub fn workload(&self) -> Ipv4Addr {
        crate::address::first_host(&self.app())
    }
}

/// Places of platform subnets in a hub, as (length, offset) from its first address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// `AzureFirewallSubnet`, or the first NVAs where a hub has two sets.
    Firewall,
    /// `AzureFirewallManagementSubnet`.
    FirewallManagement,
    /// `GatewaySubnet`.
    Gateway,
    /// `RouteServerSubnet`, or `VirtualNetworkApplianceSubnet`: no pattern has both.
    RouteServer,
    /// NVAs.
    Nva,
    /// Frontend of their load balancer.
    LoadBalancer,
    /// NVAs towards the Internet, in a hub without Azure Firewall.
    SecondNva,
    /// Frontend of their load balancer.
    SecondLoadBalancer,
}

impl Slot {
    /// The range of this place in a hub.
    #[must_use]
    pub fn of(self, hub: Ipv4Net) -> Ipv4Net {
        let (length, offset) = match self {
            Self::Firewall => (26, 0),
            Self::FirewallManagement => (26, 64),
            Self::Gateway => (27, 128),
            Self::RouteServer => (27, 160),
            Self::Nva => (27, 192),
            Self::LoadBalancer => (27, 224),
            Self::SecondNva => (27, 0),
            Self::SecondLoadBalancer => (27, 32),
        };
        let address = Ipv4Addr::from_bits(hub.network().to_bits().saturating_add(offset));
        Ipv4Net::new(address, length).unwrap_or(hub)
    }
}

/// Part `index` of the 2^bits equal parts of a range.
fn part(net: Ipv4Net, bits: u8, index: u32) -> Option<Ipv4Net> {
    let length = net
        .prefix_len()
        .checked_add(bits)
        .filter(|length| *length <= 30)?;
    let step = 32_u8.checked_sub(length)?;
    let offset = index.checked_shl(u32::from(step))?;
    Ipv4Net::new(
        Ipv4Addr::from_bits(net.network().to_bits().checked_add(offset)?),
        length,
    )
    .ok()
}

/// The smallest number of bits that counts `things`.
pub(crate) fn bits_for(things: u64) -> u8 {
    let bits = u64::BITS - things.max(1).saturating_sub(1).leading_zeros();
    u8::try_from(bits).unwrap_or(u8::MAX)
}

/// RFC 1918 space with what is taken of it.
#[derive(Debug, Clone, Default)]
struct Space {
    taken: Vec<Ipv4Net>,
}

impl Space {
    /// The first free range of that length.
    fn take(&mut self, length: u8) -> Option<Ipv4Net> {
        let pools = crate::address::reserved_prefixes();
        let found = pools
            .iter()
            .take(3)
            .find_map(|pool| self.first_free(*pool, length))?;
        self.taken.push(found);
        Some(found)
    }

    fn first_free(&self, pool: Ipv4Net, length: u8) -> Option<Ipv4Net> {
        if length < pool.prefix_len() {
            return None;
        }
        let mut candidate = Ipv4Net::new(pool.network(), length).ok()?;
        while pool.contains(&candidate) {
            let Some(clash) = self.taken.iter().find(|net| overlaps(net, &candidate)) else {
                return Some(candidate);
            };
            let end = clash.broadcast().max(candidate.broadcast()).to_bits();
            candidate = Ipv4Net::new(Ipv4Addr::from_bits(end.checked_add(1)?), length).ok()?;
        }
        None
    }
}

/// So many ranges of a length in RFC 1918 space beside what is taken; none where they do not fit.
pub(crate) fn free_ranges(taken: Vec<Ipv4Net>, length: u8, count: usize) -> Option<Vec<Ipv4Net>> {
    let mut space = Space { taken };
    (0..count).map(|_| space.take(length)).collect()
}

impl AddressPlan {
    /// Plans an Intent.
    ///
    /// ```
    /// use interspoke_core::intent::{AddressPlan, Intent};
    /// let plan = AddressPlan::new(&Intent::default()).unwrap();
    /// assert_eq!(plan.regions[1].hub.to_string(), "10.1.0.0/22");
    /// assert_eq!(plan.regions[0].spokes[2].prefix.to_string(), "10.0.130.0/24");
    /// ```
    ///
    /// # Errors
    /// Every problem of the Intent, or the region for which no space is left.
    pub fn new(intent: &Intent) -> Result<Self, Vec<Problem>> {
        let problems = intent.check();
        if !problems.is_empty() {
            return Err(problems);
        }
        // Twice the spokes where space allows, else no room.
        Self::with_room(intent, 2).or_else(|_| Self::with_room(intent, 1))
    }

    fn with_room(intent: &Intent, factor: u64) -> Result<Self, Vec<Problem>> {
        let outside = |wanted: bool, list: &[String]| -> Vec<Ipv4Net> {
            list.iter()
                .filter(|_| wanted)
                .filter_map(|text| read(text).ok())
                .collect()
        };
        let attached = intent.wants_vpn() || intent.wants_express_route();
        let on_premises = outside(attached, &intent.on_premises_prefixes);
        let other_clouds = outside(intent.other_clouds, &intent.other_cloud_prefixes);
        let mut space = Space::default();
        space.taken.extend(on_premises.iter().chain(&other_clouds));
        for region in &intent.regions {
            let given = region.prefix.iter().chain(&region.spoke_prefixes);
            space.taken.extend(given.filter_map(|text| read(text).ok()));
        }
        let mut regions = Vec::new();
        for (position, region) in intent.regions.iter().enumerate() {
            let planned = region_plan(intent, position, region, factor, &mut space)
                .map_err(|problem| vec![problem])?;
            regions.push(planned);
        }
        Ok(Self {
            regions,
            on_premises,
            other_clouds,
        })
    }

    /// The same with several hubs in a region: for each region the spokes of each hub in turn, in the order of
    /// [`RegionPlan::order`]. A hub is planned as a region of its own that lies in the same Azure region; where ranges
    /// are chosen its spokes get one range that stands for all of them.
    ///
    /// `None` where the hubs find no room.
    #[must_use]
    pub fn divided(&self, intent: &Intent, hubs: &[Vec<u64>]) -> Option<Self> {
        let mut regions: Vec<RegionPlan> = Vec::new();
        for (region, sizes) in self.regions.iter().zip(hubs) {
            if let [] | [_] = sizes.as_slice() {
                let mut same = region.clone();
                let at = regions.len();
                same.spokes.iter_mut().for_each(|spoke| spoke.region = at);
                regions.push(same);
                continue;
            }
            let order = region.order(intent);
            let mut rest = order.as_slice();
            for (index, size) in (0_u32..).zip(sizes) {
                let (own, others) = rest.split_at_checked(usize::try_from(*size).ok()?)?;
                let before = order.len().checked_sub(rest.len())?;
                rest = others;
                let most = sizes.iter().max().copied().unwrap_or(0);
                let first = u32::try_from(before).ok()?;
                let area = region.area(sizes.len(), index, most, intent.spoke_prefix_length);
                regions.push(region.with_hub(regions.len(), index, first, own, area, intent)?);
            }
        }
        Some(Self {
            regions,
            on_premises: self.on_premises.clone(),
            other_clouds: self.other_clouds.clone(),
        })
    }

    /// Every spoke, region by region.
    pub fn spokes(&self) -> impl Iterator<Item = &SpokePlan> {
        self.regions.iter().flat_map(|region| &region.spokes)
    }
}

fn region_plan(
    intent: &Intent,
    position: usize,
    region: &RegionIntent,
    factor: u64,
    space: &mut Space,
) -> Result<RegionPlan, Problem> {
    let no_space = |message: String| Problem {
        path: format!("regions[{position}].prefix"),
        message,
    };
    let wanted = u64::from(region.spokes).saturating_mul(factor);
    let spoke_length = intent.spoke_prefix_length;
    let area_length = spoke_length.saturating_sub(bits_for(wanted));
    let block = match region.prefix.as_ref().map(|text| read(text)) {
        Some(Ok(block)) => block,
        Some(Err(message)) => return Err(no_space(message)),
        None => {
            let length = area_length.saturating_sub(1).min(REGION_BITS);
            space.take(length).ok_or_else(|| {
                no_space(format!(
                    "expected room for a /{length} in RFC 1918 space, found none left"
                ))
            })?
        }
    };
    let halves = part(block, 1, 0).zip(part(block, 1, 1));
    let Some((hubs, area)) = halves.filter(|(hubs, _)| hubs.prefix_len() < LEAST_HUB_BITS) else {
        let message = format!(
            "expected a range of at least a /22 for two hubs and the spokes, found {block}"
        );
        return Err(no_space(message));
    };
    let depth = HUB_BITS.saturating_sub(hubs.prefix_len()).max(1);
    let hub = |index| part(hubs, depth, index).unwrap_or(hubs);
    let given: Vec<Ipv4Net> = region
        .spoke_prefixes
        .iter()
        .filter_map(|text| read(text).ok())
        .collect();
    let prefixes = if given.is_empty() {
        let found: Option<Vec<Ipv4Net>> =
            spoke_length
                .checked_sub(area.prefix_len())
                .and_then(|bits| {
                    (0..region.spokes)
                        .map(|index| part(area, bits, index).filter(|net| area.contains(net)))
                        .collect()
                });
        found.ok_or_else(|| {
            let (spokes, area) = (region.spokes, area.to_string());
            no_space(format!("expected room for {spokes} spokes of /{spoke_length}, found {area}: it is too small"))
        })?
    } else {
        given
    };
    if let Some(clash) = prefixes
        .iter()
        .find(|net| overlaps(net, &hub(0)) || overlaps(net, &hub(1)))
    {
        let message = format!("expected spokes in {area}, found {clash} in the half of the hubs");
        return Err(no_space(message));
    }
    let chosen = region.spoke_prefixes.is_empty();
    let summary = if chosen {
        vec![area]
    } else {
        Ipv4Net::aggregate(&prefixes)
    };
    let fits = 1_u64
        .checked_shl(u32::from(spoke_length.saturating_sub(area.prefix_len())))
        .unwrap_or(0);
    let room = if chosen {
        fits.saturating_sub(u64::from(region.spokes))
    } else {
        0
    };
    let spokes = (0..region.spokes).zip(prefixes).map(|(index, prefix)| {
        let name = region.spoke_name(index);
        SpokePlan {
            region: position,
            environment: environment(intent, region, index),
            prefix,
            owns_gateway: intent.spokes_with_gateway.contains(&name),
            name,
        }
    });
    Ok(RegionPlan {
        region: region.region.clone(),
        name: region.region.clone(),
        hub_space: hubs,
        spoke_space: chosen.then_some(area),
        hub: hub(0),
        second_hub: hub(1),
        spokes: spokes.collect(),
        summary,
        room,
    })
}

impl Intent {
    /// Region and environment of a spoke by name, by position.
    pub(crate) fn spoke_at(&self, spoke: &str) -> Option<(usize, Option<usize>)> {
        let at = self.region_of(spoke)?;
        let region = self.regions.get(at)?;
        let number: u32 = spoke.rsplit_once("spoke")?.1.parse().ok()?;
        Some((at, environment(self, region, number.checked_sub(1)?)))
    }

    /// The environment of a spoke by name; `None` where it has none.
    pub(super) fn environment_of(&self, spoke: &str) -> Option<&str> {
        let region = self.regions.get(self.region_of(spoke)?)?;
        let position = (0..region.spokes).find(|position| region.spoke_name(*position) == spoke)?;
        let environment = environment(self, region, position)?;
        self.environments.get(environment).map(String::as_str)
    }
}

fn environment(intent: &Intent, region: &RegionIntent, index: u32) -> Option<usize> {
    let index = usize::try_from(index).ok()?;
    if let Some(name) = region.spoke_environments.get(index) {
        return intent.environments.iter().position(|known| known == name);
    }
    index.checked_rem(intent.environments.len())
}
