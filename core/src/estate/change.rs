//! Two estates beside each other: which pairs fare otherwise, as classes.
//!
//! Subnets are the same in both when their VNet and their own name are. They are grouped by their class here and
//! there, and each pair of groups is compared once; machines, gateways, hubs and sites are compared by name.

use super::answer::{End, Way};
use super::{Answer, ClassId, ClassPair, Estate};
use crate::route::Place;
use crate::topology::Topology;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Pairs of subnets that fare alike in one estate and alike in the other.
#[derive(Debug, Clone)]
pub struct ClassChange {
    /// Where flows start, as `vnet/subnet`.
    pub from: Rc<[String]>,
    /// Where they go.
    pub to: Rc<[String]>,
    /// How many ordered pairs of subnets.
    pub pairs: usize,
    /// Whether both ends stand in one VNet.
    pub same_vnet: bool,
    /// Before; `None` where the pair was not there.
    pub before: Option<Answer>,
    /// After; `None` where it is no longer there.
    pub after: Option<Answer>,
    /// Whether outcome or path differ.
    pub changed: bool,
}

/// Pairs whose outcome or path changed, as classes.
#[must_use]
pub fn diff(before: &Estate, after: &Estate) -> Vec<ClassChange> {
    let mut all = compare(before, after);
    all.retain(|change| change.changed);
    all
}

type Key = (Option<ClassId>, Option<ClassId>);

/// Subnets of one class before and one class after.
struct Group {
    key: Key,
    names: Rc<[String]>,
}

/// Every pair of classes, changed or not.
#[must_use]
pub fn compare(before: &Estate, after: &Estate) -> Vec<ClassChange> {
    let (groups, together) = groups(before, after);
    let places = Places::between(before.topology(), after.topology());
    let mut changes = Vec::new();
    for (a, from) in groups.iter().enumerate() {
        for (b, to) in groups.iter().enumerate() {
            let inside = together.get(&(a, b)).copied().unwrap_or(0);
            let own = if a == b { from.names.len() } else { 0 };
            let all = from.names.len().saturating_mul(to.names.len());
            for (same_vnet, pairs) in [(false, all.saturating_sub(own + inside)), (true, inside)] {
                if pairs == 0 {
                    continue;
                }
                let answer = |estate: &Estate, from: Option<ClassId>, to: Option<ClassId>| {
                    let pair = ClassPair {
                        from: from?,
                        to: to?,
                        same_vnet,
                    };
                    estate.of_pair(pair).cloned()
                };
                let old = answer(before, from.key.0, to.key.0);
                let new = answer(after, from.key.1, to.key.1);
                let changed = match (&old, &new) {
                    (Some(old), Some(new)) => !places.same(old, new),
                    (None, None) => continue,
                    _ => true,
                };
                changes.push(ClassChange {
                    from: Rc::clone(&from.names),
                    to: Rc::clone(&to.names),
                    pairs,
                    same_vnet,
                    before: old,
                    after: new,
                    changed,
                });
            }
        }
    }
    changes
}

/// Groups, and for each two of them how many ordered pairs they have inside VNets.
fn groups(before: &Estate, after: &Estate) -> (Vec<Group>, BTreeMap<(usize, usize), usize>) {
    let mut subnets: BTreeMap<(&str, &str), Key> = BTreeMap::new();
    for (estate, is_after) in [(before, false), (after, true)] {
        let topology = estate.topology();
        for subnet in topology.subnets() {
            let Some(class) = estate.class_of(subnet.id) else {
                continue;
            };
            let name = (
                topology.vnet(subnet.vnet).name.as_str(),
                subnet.name.as_str(),
            );
            let key = subnets.entry(name).or_default();
            if is_after {
                key.1 = Some(class);
            } else {
                key.0 = Some(class);
            }
        }
    }
    let mut found: Vec<(Key, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    let mut together = BTreeMap::new();
    let (mut vnet, mut members): (&str, Vec<usize>) = ("", Vec::new());
    for ((of, subnet), key) in subnets {
        let position = *known.entry(key).or_insert(found.len());
        if position == found.len() {
            found.push((key, Vec::new()));
        }
        if let Some((_, names)) = found.get_mut(position) {
            names.push(format!("{of}/{subnet}"));
        }
        // Subnets come VNet by VNet.
        if of != vnet {
            (vnet, members) = (of, Vec::new());
        }
        for other in &members {
            for pair in [(position, *other), (*other, position)] {
                *together.entry(pair).or_insert(0) += 1;
            }
        }
        members.push(position);
    }
    let groups = found.into_iter().map(|(key, names)| Group {
        key,
        names: names.into(),
    });
    (groups.collect(), together)
}

/// Which place of the second estate has the name of one of the first.
struct Places(BTreeMap<Place, Place>);

impl Places {
    fn between(before: &Topology, after: &Topology) -> Self {
        let names: BTreeMap<(u8, &str), Place> = named(after).collect();
        let pairs = named(before).filter_map(|(name, place)| Some((place, *names.get(&name)?)));
        Self(pairs.collect())
    }

    fn same(&self, old: &Answer, new: &Answer) -> bool {
        let ways = |old: &[Way], new: &[Way]| {
            old.len() == new.len() && old.iter().zip(new).all(|(a, b)| self.same_way(a, b))
        };
        old.byte() == new.byte()
            && old.hops == new.hops
            && ways(&old.requests, &new.requests)
            && ways(&old.replies, &new.replies)
    }

    fn same_way(&self, old: &Way, new: &Way) -> bool {
        let same = |(a, b): (&Place, &Place)| match a {
            Place::Internet => a == b,
            _ => self.0.get(a) == Some(b),
        };
        let ends = match (old.end, new.end) {
            (End::Lost(a), End::Lost(b)) => {
                std::mem::discriminant(&a) == std::mem::discriminant(&b)
            }
            (a, b) => a == b,
        };
        ends && old.stops.len() == new.stops.len() && old.stops.iter().zip(&new.stops).all(same)
    }
}

/// Every place that has a name, by kind and name.
fn named(topology: &Topology) -> impl Iterator<Item = ((u8, &str), Place)> {
    let nics = topology.appliances().iter();
    let nics = nics.map(|nic| ((0, nic.name.as_str()), Place::Appliance(nic.id)));
    let gateways = topology.gateways().iter();
    let gateways = gateways.map(|gateway| ((1, gateway.name.as_str()), Place::Gateway(gateway.id)));
    let edges = topology.circuits().iter();
    let edges = edges.map(|edge| ((2, edge.name.as_str()), Place::MicrosoftEdge(edge.id)));
    let sites = topology.sites().iter();
    let sites = sites.map(|site| ((3, site.name.as_str()), Place::Site(site.id)));
    let hubs = topology.hubs().iter().flat_map(|hub| {
        let name = hub.name.as_str();
        [
            ((4, name), Place::Hub(hub.id)),
            ((5, name), Place::HubFirewall(hub.id)),
            ((6, name), Place::HubGateway(hub.id)),
        ]
    });
    let endpoints = topology.private_endpoints().iter();
    let endpoints = endpoints.map(|endpoint| {
        (
            (7, endpoint.name.as_str()),
            Place::PrivateEndpoint(endpoint.id),
        )
    });
    nics.chain(gateways)
        .chain(edges)
        .chain(sites)
        .chain(hubs)
        .chain(endpoints)
}
