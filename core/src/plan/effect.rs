//! What a state between two estates does to traffic.
//!
//! The rule: a pair of subnets is *cut* where it arrives in both estates and not in the state between; it is *past the
//! firewall* where both estates inspect it and the state does not; it is *opened* where it arrives in the state and in
//! neither estate. Subnets are the same where their VNet and their own name are. Pairs are counted by class, so that a
//! thousand spokes cost what their differences cost. Flows between subnets and on-premises networks count alike.
//!
//! | before | between | after | counts as |
//! |---|---|---|---|
//! | arrives | lost | arrives | cut |
//! | lost | lost | arrives | nothing |
//! | inspected | direct | inspected | past the firewall |
//! | lost | arrives | lost | opened |

use crate::address::first_host;
use crate::estate::{Answer, ClassId, ClassPair, Estate};
use crate::issue::{Issue, Severity};
use crate::route::{Flow, Place, Settings};
use crate::spec::{NetworkSpec, Protocol};
use crate::topology::{self, Topology};
use std::collections::BTreeMap;
use std::rc::Rc;

/// An estate with its answers.
#[derive(Debug)]
pub(super) struct State {
    pub(super) estate: Estate,
    pub(super) errors: Vec<Issue>,
    /// Whether flows with each on-premises network arrive, by site and class: out and back in.
    outside: BTreeMap<(String, ClassId), (bool, bool)>,
}

impl State {
    /// Builds and answers an estate.
    pub(super) fn new(spec: &NetworkSpec, settings: Settings) -> Self {
        let (topology, errors) = build(spec);
        let estate = Estate::new(Rc::new(topology), settings);
        let outside = outside(&estate);
        Self {
            estate,
            errors,
            outside,
        }
    }

    fn answer(
        &self,
        from: Option<ClassId>,
        to: Option<ClassId>,
        same_vnet: bool,
    ) -> Option<&Answer> {
        self.estate.of_pair(ClassPair {
            from: from?,
            to: to?,
            same_vnet,
        })
    }
}

/// A topology and what Azure refuses of it.
pub(super) fn build(spec: &NetworkSpec) -> (Topology, Vec<Issue>) {
    let checked = topology::build(spec);
    let errors = checked.issues.into_iter();
    let errors = errors.filter(|issue| issue.severity() == Severity::Error);
    (checked.value, errors.collect())
}

/// One flow each way between every class and every on-premises network.
fn outside(estate: &Estate) -> BTreeMap<(String, ClassId), (bool, bool)> {
    let topology = estate.topology();
    let mut all = BTreeMap::new();
    for site in topology.sites() {
        let Some(prefix) = site.prefixes.first() else {
            continue;
        };
        let there = first_host(prefix);
        for class in estate.class_ids() {
            let members = estate.members(class);
            let Some(here) = members.first().and_then(|first| estate.host_of(*first)) else {
                continue;
            };
            let arrives = |source, destination| {
                let flow = Flow {
                    source,
                    destination,
                    protocol: Protocol::Tcp,
                    port: None,
                };
                estate.routing().round_trip(flow).verdict.reachable()
            };
            let both = (arrives(here, there), arrives(there, here));
            all.insert((site.name.clone(), class), both);
        }
    }
    all
}

/// What a state does, in ordered pairs of subnets and of subnets with on-premises networks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Pairs that arrive before and after, and not now.
    pub cut: usize,
    /// Some of them, as `spoke1/app to spoke2/app`.
    pub cut_flows: Vec<String>,
    /// Pairs that a firewall sees before and after, and not now.
    pub uninspected: usize,
    /// Some of them.
    pub uninspected_flows: Vec<String>,
    /// Pairs that arrive now, and neither before nor after.
    pub opened: usize,
    /// Some of them.
    pub opened_flows: Vec<String>,
}

/// Examples that are kept of each kind.
const EXAMPLES: usize = 8;

fn keep(list: &mut Vec<String>, example: impl FnOnce() -> String) {
    if list.len() < EXAMPLES {
        list.push(example());
    }
}

/// What a state does between two estates.
pub(super) fn effect(from: &State, to: &State, now: &State) -> Effect {
    let groups = groups(&[&from.estate, &to.estate, &now.estate]);
    let mut effect = Effect::default();
    groups.each_pair(|a, b, same_vnet, pairs| {
        let answer =
            |state: &State, at: usize| state.answer(a.class(at), b.class(at), same_vnet).cloned();
        let (before, after, now) = (answer(from, 0), answer(to, 1), answer(now, 2));
        let reached =
            |answer: &Option<Answer>| answer.as_ref().is_some_and(|answer| answer.reached);
        let inspected =
            |answer: &Option<Answer>| answer.as_ref().is_some_and(|answer| answer.inspected);
        let example = || format!("{} to {}", a.example(), b.other_example(a));
        if reached(&before) && reached(&after) && !reached(&now) {
            effect.cut += pairs;
            keep(&mut effect.cut_flows, example);
        } else if inspected(&before) && inspected(&after) && reached(&now) && !inspected(&now) {
            effect.uninspected += pairs;
            keep(&mut effect.uninspected_flows, example);
        } else if !reached(&before) && !reached(&after) && reached(&now) {
            effect.opened += pairs;
            keep(&mut effect.opened_flows, example);
        }
    });
    with_sites(&mut effect, &groups, [from, to, now]);
    effect
}

fn with_sites(effect: &mut Effect, groups: &Groups, [from, to, now]: [&State; 3]) {
    let sites = from.estate.topology().sites().iter();
    let sites: Vec<&String> = sites.map(|site| &site.name).collect();
    for group in &groups.all {
        let classes = (group.class(0), group.class(1), group.class(2));
        let (Some(a), Some(b)) = (classes.0, classes.1) else {
            continue;
        };
        for site in &sites {
            let of = |state: &State, class: ClassId| {
                state.outside.get(&((*site).clone(), class)).copied()
            };
            let (Some(before), Some(after)) = (of(from, a), of(to, b)) else {
                continue;
            };
            let here = classes
                .2
                .and_then(|class| of(now, class))
                .unwrap_or_default();
            if before.0 && after.0 && !here.0 {
                effect.cut += group.members.len();
                keep(&mut effect.cut_flows, || {
                    format!("{} to {site}", group.example())
                });
            }
            if before.1 && after.1 && !here.1 {
                effect.cut += group.members.len();
                keep(&mut effect.cut_flows, || {
                    format!("{site} to {}", group.example())
                });
            }
        }
    }
}

/// How many pairs take another way in the second state than in the first, with some of them.
pub(super) fn moved(before: &State, after: &State) -> (usize, Vec<String>) {
    let groups = groups(&[&before.estate, &after.estate]);
    let (mut count, mut examples) = (0, Vec::new());
    groups.each_pair(|a, b, same_vnet, pairs| {
        let old = before.answer(a.class(0), b.class(0), same_vnet);
        let new = after.answer(a.class(1), b.class(1), same_vnet);
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        if !old.reached || !new.reached {
            return;
        }
        let (old, new) = (way(&before.estate, old), way(&after.estate, new));
        if old != new {
            count += pairs;
            keep(&mut examples, || {
                format!(
                    "{} to {}: {new}, was {old}",
                    a.example(),
                    b.other_example(a)
                )
            });
        }
    });
    (count, examples)
}

/// The stops of the first way of the request, in words.
fn way(estate: &Estate, answer: &Answer) -> String {
    let stops = answer.requests.first().map_or(&[][..], |way| &way.stops);
    if stops.is_empty() {
        return "direct".to_owned();
    }
    let names = stops.iter().map(|place| called(estate.topology(), *place));
    format!("through {}", names.collect::<Vec<_>>().join(", "))
}

fn called(topology: &Topology, place: Place) -> String {
    match place {
        Place::Subnet(id) => topology.subnet(id).name.clone(),
        Place::Appliance(id) => topology.device(topology.appliance(id).device).name.clone(),
        Place::Gateway(id) => topology.gateway(id).name.clone(),
        Place::MicrosoftEdge(id) => topology.circuit(id).name.clone(),
        Place::Site(id) => topology.site(id).name.clone(),
        Place::Hub(id) | Place::HubGateway(id) => topology.hub(id).name.clone(),
        Place::HubFirewall(id) => {
            let hub = topology.hub(id);
            let firewall = hub.firewall.as_ref();
            firewall.map_or_else(|| hub.name.clone(), |firewall| firewall.name.clone())
        }
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).name.clone(),
        Place::Internet => "the Internet".to_owned(),
    }
}

/// Subnets that have the same class in each of several estates.
struct Group {
    classes: Vec<Option<ClassId>>,
    /// VNet and subnet.
    members: Vec<(String, String)>,
}

impl Group {
    fn class(&self, at: usize) -> Option<ClassId> {
        self.classes.get(at).copied().flatten()
    }

    fn example(&self) -> String {
        name(self.members.first())
    }

    /// A member, another one than the first where the other group is this one.
    fn other_example(&self, other: &Self) -> String {
        let first = other.members.first();
        name(self.members.iter().find(|member| Some(*member) != first))
    }
}

fn name(member: Option<&(String, String)>) -> String {
    member.map_or_else(String::new, |(vnet, subnet)| format!("{vnet}/{subnet}"))
}

struct Groups {
    all: Vec<Group>,
    /// Ordered pairs inside VNets, by the positions of their groups.
    together: BTreeMap<(usize, usize), usize>,
}

impl Groups {
    /// Every pair of groups with how many pairs of subnets it has, apart and inside VNets.
    fn each_pair(&self, mut act: impl FnMut(&Group, &Group, bool, usize)) {
        for (i, a) in self.all.iter().enumerate() {
            for (j, b) in self.all.iter().enumerate() {
                let inside = self.together.get(&(i, j)).copied().unwrap_or(0);
                let own = if i == j { a.members.len() } else { 0 };
                let all = a.members.len().saturating_mul(b.members.len());
                let apart = all.saturating_sub(own + inside);
                for (same_vnet, pairs) in [(false, apart), (true, inside)] {
                    if pairs > 0 {
                        act(a, b, same_vnet, pairs);
                    }
                }
            }
        }
    }
}

fn groups(estates: &[&Estate]) -> Groups {
    let mut subnets: BTreeMap<(String, String), Vec<Option<ClassId>>> = BTreeMap::new();
    for (at, estate) in estates.iter().enumerate() {
        let topology = estate.topology();
        for subnet in topology.subnets() {
            let Some(class) = estate.class_of(subnet.id) else {
                continue;
            };
            let vnet = topology.vnet(subnet.vnet).name.clone();
            let classes = subnets
                .entry((vnet, subnet.name.clone()))
                .or_insert_with(|| vec![None; estates.len()]);
            if let Some(slot) = classes.get_mut(at) {
                *slot = Some(class);
            }
        }
    }
    let mut at: BTreeMap<Vec<Option<ClassId>>, usize> = BTreeMap::new();
    let mut all: Vec<Group> = Vec::new();
    let mut by_vnet: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for ((vnet, subnet), classes) in subnets {
        let position = *at.entry(classes.clone()).or_insert(all.len());
        if position == all.len() {
            all.push(Group {
                classes,
                members: Vec::new(),
            });
        }
        if let Some(group) = all.get_mut(position) {
            group.members.push((vnet.clone(), subnet));
        }
        by_vnet.entry(vnet).or_default().push(position);
    }
    let mut together = BTreeMap::new();
    for members in by_vnet.values() {
        for (i, a) in members.iter().enumerate() {
            for (j, b) in members.iter().enumerate() {
                if i != j {
                    *together.entry((*a, *b)).or_insert(0) += 1;
                }
            }
        }
    }
    Groups { all, together }
}
