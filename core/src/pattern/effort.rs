//! What one more spoke, one more region, one more environment asks for: the difference of two blueprints.
//!
//! The rule: the network of the Intent is drawn, and drawn again with one thing more; hubs, sizes and addresses of what
//! there was stay. What the second has and the first has not is *made*; what both have and is not the same is
//! *changed*. What is made or changed at something that was there before is *elsewhere*: whoever runs it must act. The
//! new spoke's own VNet and subnets count nothing, since every pattern has them.
//!
//! | default Intent, one more spoke | made | changed | elsewhere | by hand |
//! |---|---|---|---|---|
//! | `peering-mesh` | 14 peerings, one for each side of 7 links | | 7 | 14 |
//! | `hub-firewall` | 2 peerings | | 1 | 2 |
//! | the same with VPN to on-premises | 2 peerings | a table, of GatewaySubnet | 2 | 3 |
//! | `avnm-mesh` | a member, its connectivity | | 1 | 1 |
//! | `vwan` | a connection | | 1 | 1 |
//!
//! Virtual Network Manager makes what its configurations imply, and finds members itself where they are found by
//! policy; Virtual WAN joins its hubs. Everything else is made by hand, or by a template that somebody keeps. Left out:
//! firewall rules, which are the same work in every pattern that inspects.

use super::bounds::grown;
pub use super::inventory::By;
use super::inventory::{Object, hub_vnets, objects};
use super::sketch::Sketch;
use super::{Counter, Counts, Pattern, Shape, Sizes};
use crate::intent::{AddressPlan, Intent, PeeringManagement, RegionPlan, SpokePlan};
use crate::spec::{NetworkSpec, PeeringSpec};
use ipnet::Ipv4Net;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum More {
    /// One more spoke, in the region that has the most.
    Spoke,
    /// One more region, with one spoke.
    Region,
    /// One more environment, with one spoke in the region that has the most.
    Environment,
}

impl More {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Spoke, Self::Region, Self::Environment];

    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spoke => "one more spoke",
            Self::Region => "one more region",
            Self::Environment => "one more environment",
        }
    }
}

/// Work that one thing more asks for, in objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effort {
    /// Objects that are new.
    pub made: u64,
    /// Objects that are no longer the same.
    pub changed: u64,
    /// Of both, those at something that was there before.
    pub elsewhere: u64,
    /// Of both, by whom.
    pub by: BTreeMap<By, u64>,
    /// Of both, by kind, the most first.
    pub what: Vec<(&'static str, u64)>,
}

impl Effort {
    /// Objects that somebody makes or changes by hand.
    #[must_use]
    pub fn by_hand(&self) -> u64 {
        self.by.get(&By::Hand).copied().unwrap_or(0)
    }

    /// All objects.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.made.saturating_add(self.changed)
    }
}

/// What each thing more asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Efforts {
    /// One more spoke.
    pub spoke: Option<Effort>,
    /// One more region.
    pub region: Option<Effort>,
    /// One more environment.
    pub environment: Option<Effort>,
}

impl Efforts {
    /// Those that are known.
    pub fn iter(&self) -> impl Iterator<Item = (More, &Effort)> {
        let all = [&self.spoke, &self.region, &self.environment];
        let known = More::ALL.into_iter().zip(all);
        known.filter_map(|(more, effort)| Some((more, effort.as_ref()?)))
    }

    /// Keeps what one thing more asks for.
    pub fn put(&mut self, more: More, effort: Option<Effort>) {
        match more {
            More::Spoke => self.spoke = effort,
            More::Region => self.region = effort,
            More::Environment => self.environment = effort,
        }
    }
}

/// Objects that are kept by hand: peerings, connections, tunnels, route tables and private endpoints; and what Virtual
/// Network Manager is told, which is one more thing to run: itself, its groups and configurations, and listed members.
///
/// | default Intent | now |
/// |---|---|
/// | `hub-firewall` | 18: 14 peerings, 4 tables |
/// | the same, peerings by Network Manager | 17: 2 peerings between hubs, 4 tables, and the Manager: 1, with 2 groups, 2 configurations and 6 listed members |
/// | `avnm-mesh` | 9: the Manager with a group, a configuration and 6 listed members |
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// Of the Intent.
    pub now: Option<u64>,
    /// After a year of its growth.
    pub in_a_year: Option<u64>,
}

impl Upkeep {
    /// What a pattern asks for.
    ///
    /// ```
    /// use interspoke_core::intent::{AddressPlan, Intent};
    /// use interspoke_core::pattern::{Pattern, Shape, effort::Upkeep};
    /// let intent = Intent { growth_percent: 100, ..Intent::default() };
    /// let shape = Shape::new(&intent, &AddressPlan::new(&intent).unwrap());
    /// let kept = Upkeep::new(Pattern::HubFirewall, &intent, &shape);
    /// assert_eq!((kept.now, kept.in_a_year), (Some(18), Some(36)));
    /// ```
    #[must_use]
    pub fn new(pattern: Pattern, intent: &Intent, shape: &Shape) -> Self {
        Self::of(pattern, intent, shape, &pattern.counts(shape))
    }

    /// The same where its counts are known.
    pub(super) fn of(pattern: Pattern, intent: &Intent, shape: &Shape, counts: &Counts) -> Self {
        let now = by_hand(intent, counts);
        let later = || {
            let larger = shape.with_total(grown(intent, shape.total(), 12));
            by_hand(intent, &pattern.counts(&larger))
        };
        Self {
            now,
            in_a_year: if intent.growth_percent == 0 {
                now
            } else {
                later()
            },
        }
    }
}

/// What somebody makes one by one; of Virtual Network Manager itself, its groups, its configurations, and its members
/// where they are listed.
fn by_hand(intent: &Intent, counts: &Counts) -> Option<u64> {
    const ONE_BY_ONE: [Counter; 5] = [
        Counter::ByHand,
        Counter::Connections,
        Counter::Tunnels,
        Counter::Tables,
        Counter::Endpoints,
    ];
    let mut values = ONE_BY_ONE.iter().map(|counter| counts.value(*counter));
    let peerings = values.try_fold(0_u64, |sum, value| sum.checked_add(value?))?;
    let configured = counts.value(Counter::Configured)?;
    let listed = if intent.peerings == PeeringManagement::NetworkManagerDynamic {
        0
    } else {
        counts.value(Counter::Members)?
    };
    let manager = u64::from(configured > 0);
    let told = manager.checked_add(configured)?.checked_add(listed)?;
    peerings.checked_add(told)
}

/// What one thing more asks of a pattern, whose network, addresses and sizes are given; none where no range is left.
#[must_use]
pub fn effort(
    pattern: Pattern,
    intent: &Intent,
    (plan, sizes): (&AddressPlan, &Sizes),
    network: &Sketch,
    more: More,
) -> Option<Effort> {
    let (before, (larger, plan_after)) = match more {
        More::Spoke => (None, (intent.clone(), with_spoke(plan, None)?)),
        More::Region => (None, (intent.clone(), with_region(plan)?)),
        More::Environment => {
            let named = named(intent);
            let place = intent.environments.len().max(1);
            let present = in_environment(plan, intent);
            let drawn = intent
                .environments
                .is_empty()
                .then(|| pattern.outline(&named, &present, sizes));
            let mut larger = named;
            larger.environments.push("another".to_owned());
            (drawn, (larger, with_spoke(&present, Some(place))?))
        }
    };
    let after = pattern.outline(&larger, &plan_after, sizes);
    let before = before.as_ref().unwrap_or(network);
    let by_policy = intent.peerings == PeeringManagement::NetworkManagerDynamic;
    let mut news = new_names(hubs(&before.spec), hubs(&after.spec));
    news.extend(new_names(spokes(plan), spokes(&plan_after)));
    Some(told(before, &after, &news, by_policy))
}

fn spokes(plan: &AddressPlan) -> impl Iterator<Item = &str> {
    plan.spokes().map(|spoke| spoke.name.as_str())
}

/// The Intent with an environment, where it names none.
fn named(intent: &Intent) -> Intent {
    let mut named = intent.clone();
    if named.environments.is_empty() {
        named.environments.push("present".to_owned());
    }
    named
}

fn in_environment(plan: &AddressPlan, intent: &Intent) -> AddressPlan {
    let mut named = plan.clone();
    if intent.environments.is_empty() {
        let spokes = named
            .regions
            .iter_mut()
            .flat_map(|region| &mut region.spokes);
        spokes.for_each(|spoke| spoke.environment = Some(0));
    }
    named
}

/// One more spoke at the last hub of the region that has the most spokes.
fn with_spoke(plan: &AddressPlan, environment: Option<usize>) -> Option<AddressPlan> {
    let mut spokes: BTreeMap<&str, usize> = BTreeMap::new();
    for region in &plan.regions {
        *spokes.entry(&region.region).or_default() += region.spokes.len();
    }
    let most = spokes.values().max()?;
    let (name, count) = spokes.iter().find(|(_, count)| *count == most)?;
    let at = plan
        .regions
        .iter()
        .rposition(|region| region.region == **name)?;
    let name = format!("{name}-spoke{}", count.checked_add(1)?);
    let mut larger = plan.clone();
    let region = larger.regions.get_mut(at)?;
    let last = region.spokes.iter().max_by_key(|spoke| spoke.prefix)?;
    let spoke = SpokePlan {
        name,
        region: at,
        environment: environment.or(last.environment),
        prefix: next(last.prefix)?,
        owns_gateway: false,
    };
    region.spokes.push(spoke);
    Some(larger)
}

/// The range after a range, of its length.
fn next(net: Ipv4Net) -> Option<Ipv4Net> {
    let last = net.broadcast().to_bits().checked_add(1)?;
    Ipv4Net::new(Ipv4Addr::from_bits(last), net.prefix_len()).ok()
}

/// One more region with one spoke, in a free range of RFC 1918.
fn with_region(plan: &AddressPlan) -> Option<AddressPlan> {
    let taken: Vec<Ipv4Net> = { plan.regions.iter() }
        .flat_map(|region| {
            let spokes = region.spokes.iter().map(|spoke| spoke.prefix);
            // Where spokes have a space, it holds all of them.
            let spokes = spokes.filter(|_| region.spoke_space.is_none());
            let spaces = region.spoke_space.into_iter().chain([region.hub_space]);
            spokes.chain(spaces).collect::<Vec<_>>()
        })
        .chain(plan.on_premises.iter().copied())
        .chain(plan.other_clouds.iter().copied())
        .collect();
    let pools = crate::address::reserved_prefixes();
    let mut blocks = { pools.iter() }
        .take(3)
        .filter_map(|pool| pool.subnets(20.max(pool.prefix_len())).ok())
        .flatten();
    let block =
        blocks.find(|block| !taken.iter().any(|net| crate::address::overlaps(net, block)))?;
    let mut parts = block.subnets(22).ok()?;
    let (hub, second_hub, space) = (parts.next()?, parts.next()?, parts.next()?);
    let length = plan.spokes().next()?.prefix.prefix_len().clamp(22, 29);
    let region = "another".to_owned();
    let mut larger = plan.clone();
    larger.regions.push(RegionPlan {
        name: region.clone(),
        hub_space: hub,
        spoke_space: Some(space),
        hub,
        second_hub,
        spokes: vec![SpokePlan {
            name: format!("{region}-spoke1"),
            region: plan.regions.len(),
            environment: plan.spokes().next()?.environment,
            prefix: Ipv4Net::new(space.network(), length).ok()?,
            owns_gateway: false,
        }],
        summary: vec![space],
        room: 0,
        region,
    });
    Some(larger)
}

/// What one network has that another has not, or otherwise.
#[must_use]
pub fn difference(before: &Sketch, after: &Sketch, by_policy: bool) -> Effort {
    let vnets = |sketch: &Sketch| -> Vec<String> {
        let vnets = sketch.spec.vnets.iter();
        vnets.map(|vnet| vnet.name.clone()).collect()
    };
    let (one, other) = (vnets(before), vnets(after));
    let mut news = new_names(hubs(&before.spec), hubs(&after.spec));
    news.extend(new_names(
        one.iter().map(String::as_str),
        other.iter().map(String::as_str),
    ));
    told(before, after, &news, by_policy)
}

/// The same, where the names of VNets and hubs that are new are known.
fn told(before: &Sketch, after: &Sketch, news: &BTreeSet<&str>, by_policy: bool) -> Effort {
    let (one, other) = (&before.spec, &after.spec);
    let (old, new) = (objects(one, by_policy), objects(other, by_policy));
    let mut tally = Tally::default();
    for (object, held) in paired(&old, &new, Object::key) {
        let elsewhere = object
            .owners
            .iter()
            .any(|owner| !owner.is_empty() && !news.contains(owner));
        match held {
            None => tally.add(object.kind, object.by, true, elsewhere, 1),
            Some(held) if held.says != object.says => {
                tally.add(object.kind, object.by, false, true, 1);
            }
            Some(_) => {}
        }
    }
    for (peering, held) in paired(&one.peerings, &other.peerings, ends) {
        if held.is_none() {
            tally.add("peering", By::Hand, true, !news.contains(&*peering.from), 1);
        }
    }
    for (member, count) in new_in_meshes(before, after) {
        tally.add("peering", By::Hand, true, !news.contains(member), count);
    }
    tally.finish()
}

/// VNets of hubs, and hubs of Virtual WAN.
fn hubs(spec: &NetworkSpec) -> impl Iterator<Item = &str> {
    let hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let vnets = hub_vnets(spec).map(|vnet| vnet.name.as_str());
    vnets.chain(hubs.map(|hub| hub.name.as_str()))
}

/// Names of the second list that the first has not.
fn new_names<'a>(
    before: impl Iterator<Item = &'a str>,
    after: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.collect(), after.collect());
    let pairs = paired(&old, &new, |name| *name);
    let unknown = pairs.into_iter().filter(|(_, held)| held.is_none());
    unknown.map(|(name, _)| *name).collect()
}

#[derive(Default)]
struct Tally {
    effort: Effort,
    kinds: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn add(&mut self, kind: &'static str, by: By, made: bool, elsewhere: bool, count: u64) {
        let effort = &mut self.effort;
        if made {
            effort.made += count;
        } else {
            effort.changed += count;
        }
        effort.elsewhere += if elsewhere { count } else { 0 };
        *effort.by.entry(by).or_default() += count;
        *self.kinds.entry(kind).or_default() += count;
    }

    fn finish(mut self) -> Effort {
        let mut what: Vec<(&'static str, u64)> = self.kinds.into_iter().collect();
        what.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        self.effort.what = what;
        self.effort
    }
}

/// The two VNets of a peering.
fn ends(peering: &PeeringSpec) -> (&str, &str) {
    (&peering.from, &peering.to)
}

/// Each of the second list beside the one of the first that has its key. Where both are in one order, and the second has
/// only more, one walk finds them; else each is looked up.
fn paired<'a, T, K: Ord>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<(&'a T, Option<&'a T>)> {
    let mut old = before.iter().peekable();
    let in_order = after.iter().map(|one| {
        let own = key(one);
        (one, old.next_if(|held| key(held) == own))
    });
    let found: Vec<_> = in_order.collect();
    if old.peek().is_none() {
        return found;
    }
    let known: BTreeMap<K, &T> = before.iter().map(|one| (key(one), one)).collect();
    let looked_up = |one| (one, known.get(&key(one)).copied());
    after.iter().map(looked_up).collect()
}

/// Objects that each member of the second network's meshes stores and that the first has not.
fn new_in_meshes<'a>(before: &Sketch, after: &'a Sketch) -> Vec<(&'a str, u64)> {
    let homes = before.meshes.iter().enumerate();
    let home: BTreeMap<&str, usize> = homes
        .flat_map(|(at, mesh)| mesh.iter().map(move |name| (&**name, at)))
        .collect();
    let mut found = Vec::new();
    for mesh in &after.meshes {
        let members: BTreeSet<&str> = mesh.iter().map(String::as_str).collect();
        let mut together: BTreeMap<usize, u64> = BTreeMap::new();
        for at in members.iter().filter_map(|name| home.get(name)) {
            *together.entry(*at).or_default() += 1;
        }
        let mut alone: BTreeMap<&str, u64> = BTreeMap::new();
        let inside =
            |one: &&PeeringSpec| members.contains(&*one.from) && members.contains(&*one.to);
        for peering in before.spec.peerings.iter().filter(inside) {
            *alone.entry(&peering.from).or_default() += 1;
        }
        let others = super::shape::number(members.len()).saturating_sub(1);
        found.extend(members.iter().filter_map(|name| {
            let joined = home.get(name).and_then(|at| together.get(at));
            let held = joined.map_or(0, |n| n - 1) + alone.get(name).copied().unwrap_or(0);
            let new = others.saturating_sub(held);
            (new > 0).then_some((*name, new))
        }));
    }
    found
}
