//! The metered work of an estate's flows: traced once by class, billed for any figure.
//!
//! The rule: every ordered pair of ends counts; pairs that nothing in the estate tells apart share one traced flow.
//! The request's path of A to B carries A's volume to B. A flow counts only when its request and its reply arrive; one
//! that does not arrive carries nothing and is listed. Where a flow has several equal-cost ways each carries the same
//! part.
//!
//! | 1,000 spokes behind the firewalls of two regions | count |
//! |---|---|
//! | ordered pairs that are billed | 999,000 |
//! | flows that are traced | 4 |
//!
//! What comes from the Internet or a private endpoint is the reply of a flow that goes there. Left out: pairs inside one
//! VNet, which cost nothing.

use super::charge::{Charge, charges};
use super::demand::Demand;
use super::traffic::{End, Kind, Owner, ends, kind};
use crate::estate::class_numbers;
use crate::route::{Branch, Flow, RoundTrip, Routing, Verdict};
use crate::spec::Protocol;
use crate::topology::{Topology, VnetId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A flow's way counts as this many parts, so that 1 to 16 equal-cost ways share it exactly.
pub(crate) const PARTS: u64 = 720_720;

/// More flows between networks that nothing treats alike are not traced: a second's work. 141 such networks have fewer.
const MOST_FLOWS: usize = 20_000;

/// What a kind of flows adds to one meter: crossings in [`PARTS`], by kind and by what the two ends are called.
pub(crate) type Crossings = BTreeMap<(Kind, String), u64>;

/// Flows that do not arrive, and fare alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostFlow {
    /// One of them.
    pub flow: Flow,
    /// What becomes of it.
    pub verdict: Verdict,
    /// How many there are.
    pub flows: u64,
}

/// The metered work of an estate's flows, whatever their volume: traced once, billed for any traffic figure.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Ordered pairs of each kind.
    pub(crate) flows: BTreeMap<Kind, u64>,
    /// Flows of each kind that do not arrive.
    pub(crate) lost_by_kind: BTreeMap<Kind, u64>,
    pub(crate) charges: BTreeMap<Charge, Crossings>,
    pub(crate) lost: Vec<LostFlow>,
    /// Flows that are too many to trace, and how many kinds of networks they are between.
    pub(crate) untraced: Option<(usize, usize)>,
}

/// A flow that stands for all that fare alike.
#[derive(Debug, Clone)]
pub struct Representative {
    /// The figure that they take.
    pub kind: Kind,
    /// Where it starts: a VNet or site.
    pub from: String,
    /// Where it goes.
    pub to: String,
    /// Region or site of both ends.
    pub places: (String, String),
    /// How many they are.
    pub flows: u64,
    /// Its way.
    pub trip: RoundTrip,
}

/// What becomes of a flow: its ways, each with its part and what it turns.
#[derive(Debug)]
struct Followed {
    flow: Flow,
    verdict: Verdict,
    ways: Vec<(u64, Vec<Charge>)>,
}

/// Ends that nothing tells apart and that the same entries name.
#[derive(Debug)]
struct Alike {
    /// Number of what routing tells apart.
    base: u32,
    /// What people call where they are: a region, a site.
    place: String,
    ends: Vec<End>,
    /// VNets in order, each with how many of the ends stand in it.
    vnets: BTreeMap<VnetId, u64>,
    /// Entries that name them as a source.
    from: Vec<u32>,
    /// Entries that name them as a destination.
    to: Vec<u32>,
}

impl Work {
    /// Traces TCP flows between every ordered pair of ends, with uniform traffic.
    #[must_use]
    pub fn trace(routing: &Routing) -> Self {
        Self::of(routing, &Demand::default())
    }

    /// Traces what a demand needs: its entries tell pairs apart, its figures do not.
    #[must_use]
    pub fn of(routing: &Routing, demand: &Demand) -> Self {
        let topology = routing.topology();
        let groups = alike(topology, demand);
        let mut work = Self::default();
        let mut known: BTreeMap<(u32, u32), Rc<Followed>> = BTreeMap::new();
        let count: usize = groups.iter().map(|group| group.ends.len()).sum();
        let bases = groups
            .iter()
            .map(|group| group.base)
            .max()
            .map_or(0, |last| last as usize + 1);
        if bases.saturating_mul(bases.saturating_sub(1)) > MOST_FLOWS {
            work.untraced = Some((count.saturating_mul(count.saturating_sub(1)), bases));
            return work;
        }
        for a in &groups {
            for b in &groups {
                let Some(kind) = asked(topology, demand, a, b) else {
                    continue;
                };
                let Some((flows, from, to)) = apart(a, b) else {
                    continue;
                };
                let followed = known
                    .entry((a.base, b.base))
                    .or_insert_with(|| Rc::new(follow(routing, from, to)));
                let label = label(&kind, &a.place, &b.place);
                work.count(&followed.clone(), kind, label, flows);
            }
        }
        work
    }

    /// One traced flow for all that fare alike, with how many they are: what has a round trip and a ceiling.
    #[must_use]
    pub fn representatives(routing: &Routing, demand: &Demand) -> Vec<Representative> {
        let topology = routing.topology();
        let groups = alike(topology, demand);
        let mut all = Vec::new();
        for (a, b) in groups
            .iter()
            .flat_map(|a| groups.iter().map(move |b| (a, b)))
        {
            let (Some(kind), Some((flows, from, to))) =
                (asked(topology, demand, a, b), apart(a, b))
            else {
                continue;
            };
            if all.len() >= MOST_FLOWS || matches!(from.owner, Owner::Internet | Owner::Endpoint(_))
            {
                continue;
            }
            let flow = Flow {
                source: from.address,
                destination: to.address,
                protocol: Protocol::Tcp,
                port: None,
            };
            all.push(Representative {
                kind,
                from: names(topology, from.owner).0,
                to: names(topology, to.owner).0,
                places: (a.place.clone(), b.place.clone()),
                flows,
                trip: routing.round_trip(flow),
            });
        }
        all
    }

    fn count(&mut self, followed: &Followed, kind: Kind, label: String, flows: u64) {
        *self.flows.entry(kind.clone()).or_default() += flows;
        if followed.ways.is_empty() {
            *self.lost_by_kind.entry(kind).or_default() += flows;
            self.lost.push(LostFlow {
                flow: followed.flow,
                verdict: followed.verdict,
                flows,
            });
            return;
        }
        let key = (kind, label);
        for (parts, charges) in &followed.ways {
            for charge in charges {
                let crossings = self.charges.entry(charge.clone()).or_default();
                let held = crossings.entry(key.clone()).or_default();
                *held = held.saturating_add(parts.saturating_mul(flows));
            }
        }
    }
}

/// Which figure the pairs of two groups take; none where they carry nothing.
fn asked(topology: &Topology, demand: &Demand, a: &Alike, b: &Alike) -> Option<Kind> {
    let common = |from: &[u32], to: &[u32]| from.iter().find(|entry| to.contains(entry)).copied();
    if let Some(entry) = common(&a.from, &b.to) {
        let name = demand.entries.get(entry as usize)?.name.clone();
        return Some(Kind::Entry(entry, name));
    }
    if common(&b.from, &a.to).is_some() {
        return None;
    }
    let (a, b) = (a.ends.first()?.owner, b.ends.first()?.owner);
    match (a, b) {
        // Two ends of one VNet were told apart by their subnets only; which pairs are in two VNets is counted apart.
        (Owner::Spoke(a), Owner::Spoke(b))
            if topology.vnet(a).region == topology.vnet(b).region =>
        {
            Some(Kind::Within(topology.vnet(a).region.clone()))
        }
        _ => kind(topology, a, b),
    }
}

/// How many ordered pairs of two groups are in different VNets, and one of them.
fn apart<'a>(a: &'a Alike, b: &'a Alike) -> Option<(u64, &'a End, &'a End)> {
    let size = |group: &Alike| u64::try_from(group.ends.len()).unwrap_or(u64::MAX);
    let together: u64 = a
        .vnets
        .iter()
        .map(|(vnet, here)| here.saturating_mul(b.vnets.get(vnet).copied().unwrap_or(0)))
        .sum();
    let flows = size(a).saturating_mul(size(b)).saturating_sub(together);
    let other = |from: &End| {
        b.ends
            .iter()
            .find(|to| to.vnet() != from.vnet() || to.vnet().is_none())
    };
    let pair = |from: &'a End| Some((from, other(from)?));
    let first = a.ends.first()?;
    let (from, to) = pair(first).or_else(|| {
        let elsewhere = a.ends.iter().find(|end| end.vnet() != first.vnet())?;
        pair(elsewhere)
    })?;
    (flows > 0).then_some((flows, from, to))
}

fn label(kind: &Kind, from: &str, to: &str) -> String {
    match kind {
        Kind::Entry(_, name) => name.clone(),
        Kind::Within(region) => region.clone(),
        _ if from <= to => format!("{from} and {to}"),
        _ => format!("{to} and {from}"),
    }
}

/// Ends by what routing and the demand's entries tell apart.
fn alike(topology: &Topology, demand: &Demand) -> Vec<Alike> {
    let classes = class_numbers(topology);
    let mut bases: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut positions: BTreeMap<(u32, Vec<u32>, Vec<u32>), usize> = BTreeMap::new();
    let mut groups: Vec<Alike> = Vec::new();
    for end in ends(topology, demand) {
        let class = end
            .subnet
            .and_then(|subnet| classes.get(subnet.index()).copied().flatten());
        let key = class.map_or((u32::MAX, end.address.to_bits()), |class| (class, 0));
        let next = u32::try_from(bases.len()).unwrap_or(u32::MAX);
        let base = *bases.entry(key).or_insert(next);
        let (name, place) = names(topology, end.owner);
        let entries = |of: fn(&super::Entry) -> &Vec<String>| -> Vec<u32> {
            let named =
                |entry: &super::Entry| of(entry).iter().any(|side| *side == name || *side == place);
            (0..)
                .zip(&demand.entries)
                .filter(|(_, entry)| named(entry))
                .map(|(position, _)| position)
                .collect()
        };
        let (from, to) = (entries(|entry| &entry.from), entries(|entry| &entry.to));
        let position = *positions
            .entry((base, from.clone(), to.clone()))
            .or_insert(groups.len());
        if position == groups.len() {
            groups.push(Alike {
                base,
                place,
                ends: Vec::new(),
                vnets: BTreeMap::new(),
                from,
                to,
            });
        }
        if let Some(group) = groups.get_mut(position) {
            if let Some(vnet) = end.vnet() {
                *group.vnets.entry(vnet).or_default() += 1;
            }
            group.ends.push(end);
        }
    }
    groups
}

/// What an end is called by its own name and by where it is.
fn names(topology: &Topology, owner: Owner) -> (String, String) {
    match owner {
        Owner::Spoke(id) => {
            let vnet = topology.vnet(id);
            (vnet.name.clone(), vnet.region.clone())
        }
        Owner::Site(id) => (
            topology.site(id).name.clone(),
            topology.site(id).name.clone(),
        ),
        Owner::Endpoint(id) => {
            let name = topology.private_endpoint(id).name.clone();
            (name.clone(), name)
        }
        Owner::Internet => {
            let name = super::demand::INTERNET.to_owned();
            (name.clone(), name)
        }
    }
}

fn follow(routing: &Routing, from: &End, to: &End) -> Followed {
    // Nothing starts at the Internet or a private endpoint: what comes from there is a reply.
    let replies = matches!(from.owner, Owner::Internet | Owner::Endpoint(_));
    let (source, destination) = if replies { (to, from) } else { (from, to) };
    let flow = Flow {
        source: source.address,
        destination: destination.address,
        protocol: Protocol::Tcp,
        port: None,
    };
    let trip = routing.round_trip(flow);
    let mut ways = Vec::new();
    if trip.verdict.reachable() {
        let requests = shares(PARTS, trip.forward.len());
        for (position, (parts, request)) in requests.zip(&trip.forward).enumerate() {
            let mut add = |parts: u64, branch: &Branch| {
                ways.push((parts, charges(routing.topology(), branch)))
            };
            match trip.back.get(position) {
                Some(back) if replies => {
                    shares(parts, back.len())
                        .zip(back)
                        .for_each(|(parts, reply)| add(parts, reply));
                }
                _ => add(parts, request),
            }
        }
    }
    Followed {
        flow,
        verdict: trip.verdict,
        ways,
    }
}

/// Differences of a running share: they add up to the whole whatever the number of ways.
fn shares(whole: u64, ways: usize) -> impl Iterator<Item = u64> {
    let ways = u64::try_from(ways).unwrap_or(u64::MAX);
    let share = move |before: u64| whole.saturating_mul(before) / ways.max(1);
    (0..ways).map(move |way| share(way.saturating_add(1)).saturating_sub(share(way)))
}
