//! Answers for a whole estate, by class: what its differences cost, not what its size does.
//!
//! Most spokes are alike. Two subnets that nothing in the estate tells apart belong to one class, and all pairs of two
//! classes have one answer. So an [`Estate`] groups the subnets (`view`, proportional to the size of the estate),
//! cuts out a small estate with one or two members of each class (`part`), and follows one flow for each ordered pair
//! of classes there, with the simulator that answers every other question.
//!
//! | 1,000 spokes behind the firewalls of two regions | count |
//! |---|---|
//! | ordered pairs of workload subnets | 999,000 |
//! | classes: the spokes of each of the four hubs | 4 |
//! | flows that are followed: 4 × 4 pairs of classes | 16 |
//!
//! A pair in one VNet is another question than a pair of the same classes in two, so it has an answer of its own.
//! What is looked at more closely is followed in the whole estate ([`Estate::round_trip`]).
//!
//! | for | see |
//! |---|---|
//! | one byte for every ordered pair | [`Matrix`] |
//! | what holds for all traffic, or one packet that shows it does not | [`Policy`] |
//! | what an edit changed | [`diff`] |
//! | what survives a failure | [`Failure`] |
//! | big estates by rule | [`generate`] |
//!
//! Left out: subnets of the platform and those that hold a machine are no workload and have no class.

pub mod generate;

mod answer;
mod change;
mod failure;
mod matrix;
mod mix;
mod policy;
mod probe;
mod service;
mod span;
mod view;

use crate::forward::{Course, End as Stand, Forward, Interned, Key};
use crate::route::{Flow, RoundTrip, Routing, Settings};
use crate::spec::Protocol;
pub use crate::topology::Failure;
use crate::topology::{Part, SubnetId, Topology, VnetId};
pub use answer::{Answer, End, Way};
pub use change::{ClassChange, compare, diff};
pub use failure::WhatIf;
pub use matrix::Matrix;
use mix::Mixed;
pub use policy::{Check, Followed, Judgement, Policy};
use probe::Probes;
pub use service::Service;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::rc::Rc;
use view::Views;

/// Subnets that nothing tells apart.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its subnets in the order of the estate.
    pub members: Vec<SubnetId>,
}

/// Position of a class in [`Estate::classes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(u32);

impl ClassId {
    /// Position in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// All pairs of two classes that have one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassPair {
    /// Where flows start.
    pub from: ClassId,
    /// Where they go.
    pub to: ClassId,
    /// Whether both ends stand in one VNet.
    pub same_vnet: bool,
}

/// A whole estate, answered by class.
#[derive(Debug)]
pub struct Estate {
    topology: Rc<Topology>,
    settings: Settings,
    classes: Vec<Class>,
    of_subnet: Vec<Option<ClassId>>,
    /// Every different answer.
    kept: Interned<Answer>,
    /// Answers of pairs by the courses of request and reply.
    by_course: HashMap<(Course, Course), Key<Answer>, Mixed>,
    forward: Forward,
    /// Answers of pairs in different VNets, by source class and then destination class; `None` where there is no pair.
    apart: Vec<Option<Key<Answer>>>,
    /// Answers of pairs inside one VNet, in the order of `chosen.together`.
    together: Vec<Option<Key<Answer>>>,
    /// How many pairs of classes were followed: first those in different VNets.
    followed: usize,
    routing: OnceCell<Routing>,
    /// The small estate that answers for the whole.
    small: Routing,
    part: Part,
    chosen: Chosen,
    /// First addresses of cells inside ranges.
    cuts: Vec<u32>,
    probes: Probes,
}

impl Estate {
    /// Groups the subnets of an estate and follows one TCP flow for every pair of classes.
    #[must_use]
    pub fn new(topology: Rc<Topology>, settings: Settings) -> Self {
        let mut estate = Self::grouped(topology, settings);
        estate.follow(usize::MAX);
        estate
    }

    /// Groups the subnets of an estate and follows nothing yet: see [`Estate::follow`].
    #[must_use]
    pub fn grouped(topology: Rc<Topology>, settings: Settings) -> Self {
        let probes = Probes::new(&topology);
        let views = Views::of(&topology, &probes);
        let (classes, of_subnet) = grouped(&views.of_subnet);
        let (chosen, keep) = Chosen::new(&topology, &classes, &of_subnet, views.alone);
        let part = topology.only(keep);
        let small = Routing::new(Rc::clone(&part.topology), settings);
        let pairs = classes.len().saturating_mul(classes.len());
        Self {
            topology,
            settings,
            classes,
            of_subnet,
            kept: Interned::default(),
            by_course: HashMap::default(),
            forward: Forward::new(small.topology()),
            apart: vec![None; pairs],
            together: vec![None; chosen.together.len()],
            followed: 0,
            routing: OnceCell::new(),
            small,
            part,
            chosen,
            cuts: views.cuts,
            probes,
        }
    }

    /// Follows up to so many more pairs of classes, and says whether every pair is followed. A pair that is not followed
    /// yet has no answer.
    pub fn follow(&mut self, most: usize) -> bool {
        let (width, (_, all)) = (self.chosen.members.len(), self.progress());
        let until = self.followed.saturating_add(most).min(all);
        for at in self.followed..until {
            let members = &self.chosen.members;
            if at < self.apart.len() {
                let pair = members.get(at / width).zip(members.get(at % width));
                let standing = pair.and_then(|(from, to)| from.apart_from(to));
                let answer = standing.and_then(|pair| self.ask(pair));
                if let Some(slot) = self.apart.get_mut(at) {
                    *slot = answer;
                }
                continue;
            }
            let at = at - self.apart.len();
            let joined = self.chosen.together.get(at);
            let standing = joined.map(|(_, joined)| joined.standing);
            let answer = standing.and_then(|pair| self.ask(pair));
            if let Some(slot) = self.together.get_mut(at) {
                *slot = answer;
            }
        }
        self.followed = until;
        until == all
    }

    /// What becomes of a flow between two subnets, in the small estate: by the courses of its ends, else by a walk.
    fn ask(&mut self, (from, to): (SubnetId, SubnetId)) -> Option<Key<Answer>> {
        let (from, to) = (self.stand(from)?, self.stand(to)?);
        let flow = Flow {
            source: from.address,
            destination: to.address,
            protocol: Protocol::Tcp,
            port: None,
        };
        let Some(courses) = self.forward.courses(&self.small, from, to) else {
            let trip = self.small.round_trip(flow);
            let answer = Answer::of(self.small.topology(), &trip, Some(&self.part));
            return Some(self.kept.keep(answer));
        };
        if let Some(known) = self.by_course.get(&courses) {
            return Some(*known);
        }
        let trip = self.forward.round_trip(&self.small, flow, courses);
        let answer = Answer::of(self.small.topology(), &trip, Some(&self.part));
        let key = self.kept.keep(answer);
        self.by_course.insert(courses, key);
        Some(key)
    }

    /// The end of flows that stands for a subnet, in the small estate.
    fn stand(&self, whole: SubnetId) -> Option<Stand> {
        let subnet = self.part.subnet(whole)?;
        let prefix = self.small.topology().subnet(subnet).prefix?;
        Some(Stand {
            subnet,
            address: self.probes.of(&prefix),
        })
    }

    /// How many pairs of classes are followed, and how many there are.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.followed, self.apart.len() + self.together.len())
    }

    /// The subnets that stand for a pair of classes.
    fn standing_for(&self, pair: ClassPair) -> Option<(SubnetId, SubnetId)> {
        if pair.same_vnet {
            let at = self.chosen.joined(pair.from, pair.to)?;
            let (_, joined) = self.chosen.together.get(at)?;
            return Some(joined.standing);
        }
        let from = self.chosen.members.get(pair.from.index())?;
        from.apart_from(self.chosen.members.get(pair.to.index())?)
    }

    /// The estate.
    #[must_use]
    pub fn topology(&self) -> &Rc<Topology> {
        &self.topology
    }

    /// The settings in force.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// Every class, in the order of their first members.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The ids of every class.
    pub fn class_ids(&self) -> impl Iterator<Item = ClassId> + use<> {
        (0..u32::try_from(self.classes.len()).unwrap_or(u32::MAX)).map(ClassId)
    }

    /// The class of a subnet; `None` for one that holds no workload.
    #[must_use]
    pub fn class_of(&self, subnet: SubnetId) -> Option<ClassId> {
        self.of_subnet.get(subnet.index()).copied().flatten()
    }

    /// What becomes of flows from one subnet to another one; `None` where either holds no workload, or for a subnet
    /// with itself.
    #[must_use]
    pub fn answer(&self, from: SubnetId, to: SubnetId) -> Option<&Answer> {
        if from == to {
            return None;
        }
        let same_vnet = self.vnet_of(from) == self.vnet_of(to);
        self.of_pair(ClassPair {
            from: self.class_of(from)?,
            to: self.class_of(to)?,
            same_vnet,
        })
    }

    /// What becomes of every pair of two classes; `None` where there is no such pair.
    #[must_use]
    pub fn of_pair(&self, pair: ClassPair) -> Option<&Answer> {
        if pair.same_vnet {
            let at = self.chosen.joined(pair.from, pair.to)?;
            return self.kept.get((*self.together.get(at)?)?);
        }
        let row = pair.from.index().checked_mul(self.classes.len())?;
        let key = *self.apart.get(row.checked_add(pair.to.index())?)?;
        self.kept.get(key?)
    }

    /// Every pair of classes that has subnets, with its answer: first those in different VNets.
    pub fn answers(&self) -> impl Iterator<Item = (ClassPair, &Answer)> {
        let ids = || self.class_ids();
        let pairs = ids().flat_map(move |from| ids().map(move |to| (from, to)));
        let apart = pairs
            .zip(&self.apart)
            .filter_map(move |((from, to), answer)| {
                let pair = ClassPair {
                    from,
                    to,
                    same_vnet: false,
                };
                Some((pair, self.kept.get((*answer)?)?))
            });
        let together = self.chosen.together.iter().zip(&self.together);
        apart.chain(together.filter_map(move |(((from, to), _), answer)| {
            let pair = ClassPair {
                from: *from,
                to: *to,
                same_vnet: true,
            };
            Some((pair, self.kept.get((*answer)?)?))
        }))
    }

    /// How many ordered pairs of subnets a pair of classes has.
    #[must_use]
    pub fn count(&self, pair: ClassPair) -> usize {
        let joined = self.chosen.joined(pair.from, pair.to);
        let joined = joined.and_then(|at| self.chosen.together.get(at));
        let inside = joined.map_or(0, |(_, joined)| joined.count);
        if pair.same_vnet {
            return inside;
        }
        let (from, to) = (self.members(pair.from).len(), self.members(pair.to).len());
        let own = if pair.from == pair.to { from } else { 0 };
        from.saturating_mul(to).saturating_sub(own + inside)
    }

    /// The members of a class.
    #[must_use]
    pub fn members(&self, class: ClassId) -> &[SubnetId] {
        self.classes
            .get(class.index())
            .map_or(&[], |class| &class.members)
    }

    /// The subnets of one pair of classes, pair by pair.
    pub fn pairs(&self, pair: ClassPair) -> impl Iterator<Item = (SubnetId, SubnetId)> {
        let to = self.members(pair.to);
        self.members(pair.from).iter().flat_map(move |from| {
            let vnet = self.vnet_of(*from);
            let fits = move |to: &&SubnetId| {
                *from != **to && (self.vnet_of(**to) == vnet) == pair.same_vnet
            };
            to.iter().filter(fits).map(|to| (*from, *to))
        })
    }

    /// A pair of subnets followed stop by stop in the whole estate, with every table on the way.
    #[must_use]
    pub fn round_trip(&self, from: SubnetId, to: SubnetId) -> Option<RoundTrip> {
        Some(self.routing().round_trip(self.flow_between(from, to)?))
    }

    /// The TCP flow that stands for a pair of subnets.
    #[must_use]
    pub fn flow_between(&self, from: SubnetId, to: SubnetId) -> Option<Flow> {
        let host = |subnet| Some(self.probes.of(&self.topology.subnet(subnet).prefix?));
        Some(Flow {
            source: host(from)?,
            destination: host(to)?,
            protocol: Protocol::Tcp,
            port: None,
        })
    }

    /// The host that stands for a subnet.
    #[must_use]
    pub fn host_of(&self, subnet: SubnetId) -> Option<std::net::Ipv4Addr> {
        let prefix = self.topology.subnet(subnet).prefix?;
        Some(self.probes.of(&prefix))
    }

    /// The first pair of subnets of a pair of classes.
    #[must_use]
    pub fn first_pair(&self, pair: ClassPair) -> Option<(SubnetId, SubnetId)> {
        self.standing_for(pair)
    }

    /// The answer for one pair, followed in the whole estate and not by class: what [`Estate::answer`] is held to.
    #[must_use]
    pub fn followed(&self, from: SubnetId, to: SubnetId) -> Option<Answer> {
        let trip = self.round_trip(from, to)?;
        Some(Answer::of(&self.topology, &trip, None))
    }

    /// Routing of the whole estate.
    #[must_use]
    pub fn routing(&self) -> &Routing {
        self.routing
            .get_or_init(|| Routing::new(Rc::clone(&self.topology), self.settings))
    }

    fn vnet_of(&self, subnet: SubnetId) -> VnetId {
        self.topology.subnet(subnet).vnet
    }
}

/// Subnets by view, in the order of their first members.
fn grouped(views: &[Option<u64>]) -> (Vec<Class>, Vec<Option<ClassId>>) {
    let mut known: HashMap<u64, ClassId, Mixed> = HashMap::default();
    let mut classes: Vec<Class> = Vec::new();
    let of_subnet = (0..).zip(views).map(|(position, view)| {
        let next = ClassId(u32::try_from(classes.len()).unwrap_or(u32::MAX));
        let id = *known.entry((*view)?).or_insert(next);
        if id == next {
            classes.push(Class {
                members: Vec::new(),
            });
        }
        if let Some(class) = classes.get_mut(id.index()) {
            class.members.push(SubnetId::new(position));
        }
        Some(id)
    });
    let of_subnet = of_subnet.collect();
    (classes, of_subnet)
}

/// A subnet that stands for its class.
#[derive(Debug, Clone, Copy)]
struct Member {
    subnet: SubnetId,
    vnet: VnetId,
}

/// Two members of a class, in different VNets where it has any.
#[derive(Debug, Clone, Copy)]
struct Members {
    first: Option<Member>,
    second: Option<Member>,
}

impl Members {
    /// Two subnets in different VNets that stand for a pair of classes.
    fn apart_from(&self, to: &Self) -> Option<(SubnetId, SubnetId)> {
        let pair = |a: Option<Member>, b: Option<Member>| match (a, b) {
            (Some(a), Some(b)) if a.vnet != b.vnet => Some((a.subnet, b.subnet)),
            _ => None,
        };
        pair(self.first, to.first)
            .or_else(|| pair(self.first, to.second))
            .or_else(|| pair(self.second, to.first))
    }
}

/// Two classes that have subnets in one VNet.
#[derive(Debug, Clone, Copy)]
struct Joined {
    /// The subnets that stand for them.
    standing: (SubnetId, SubnetId),
    /// Ordered pairs of subnets.
    count: usize,
}

/// Which subnets stand for their classes.
#[derive(Debug)]
struct Chosen {
    members: Vec<Members>,
    /// In order of the classes.
    together: Vec<((ClassId, ClassId), Joined)>,
}

impl Chosen {
    /// With the VNets that they need, besides those that are kept anyway.
    fn new(
        topology: &Topology,
        classes: &[Class],
        of_subnet: &[Option<ClassId>],
        mut keep: Vec<bool>,
    ) -> (Self, Vec<bool>) {
        let mut want = |vnet: VnetId| {
            if let Some(flag) = keep.get_mut(vnet.index()) {
                *flag = true;
            }
        };
        let member = |subnet: &SubnetId| Member {
            subnet: *subnet,
            vnet: topology.subnet(*subnet).vnet,
        };
        let members: Vec<Members> = classes
            .iter()
            .map(|class| {
                let first = class.members.first().map(member);
                let elsewhere = |other: &Member| Some(other.vnet) != first.map(|first| first.vnet);
                let second = class.members.iter().map(member).find(elsewhere);
                Members { first, second }
            })
            .collect();
        for member in members
            .iter()
            .flat_map(|both| both.first.iter().chain(&both.second))
        {
            want(member.vnet);
        }
        let mut together: BTreeMap<(ClassId, ClassId), Joined> = BTreeMap::new();
        let class_of = |subnet: &SubnetId| of_subnet.get(subnet.index()).copied().flatten();
        for vnet in topology
            .vnets()
            .iter()
            .filter(|vnet| vnet.subnets.len() > 1)
        {
            for from in &vnet.subnets {
                for to in vnet.subnets.iter().filter(|to| *to != from) {
                    if let (Some(a), Some(b)) = (class_of(from), class_of(to)) {
                        let joined = together.entry((a, b)).or_insert_with(|| {
                            want(vnet.id);
                            Joined {
                                standing: (*from, *to),
                                count: 0,
                            }
                        });
                        joined.count += 1;
                    }
                }
            }
        }
        let together = together.into_iter().collect();
        (Self { members, together }, keep)
    }

    /// Position of two classes among those that have subnets in one VNet.
    fn joined(&self, from: ClassId, to: ClassId) -> Option<usize> {
        let place = self
            .together
            .binary_search_by_key(&(from, to), |(classes, _)| *classes);
        place.ok()
    }
}

/// A number for every subnet, equal where nothing in the estate tells two apart; none for one that holds no workload.
pub(crate) fn class_numbers(topology: &Topology) -> Vec<Option<u32>> {
    let views = Views::of(topology, &Probes::new(topology));
    let (_, of_subnet) = grouped(&views.of_subnet);
    of_subnet
        .into_iter()
        .map(|class| class.map(|class| class.0))
        .collect()
}
