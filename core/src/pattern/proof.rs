//! What a built network really does, held against what was asked and what the pattern promises.
//!
//! The rule: the network is built and every pair of spokes is followed forward and back, every spoke to every site and
//! to the Internet. A property that was asked for and that a flow refutes is named with that flow. A promise of the
//! pattern itself that a flow breaks is a bug and stands in [`Proof::broken`].
//!
//! | property | a flow refutes it when |
//! |---|---|
//! | reachability | request or reply is lost |
//! | isolation | both arrive |
//! | inspection | no Azure Firewall or NVA stands on the way |
//! | direct pairs | anything stands on the way |
//! | symmetry | request and reply pass different stateful appliances |
//! | encryption | it neither stays inside peerings (VNet encryption) nor in a tunnel; no source covers connected groups |
//!
//! Pairs are answered by class ([`crate::estate`]): spokes that nothing in the network tells apart have one answer, and
//! the counts are those of all pairs. Sites and the Internet are asked from one spoke of each class. A flow that
//! refutes something is followed stop by stop.

use super::sketch::Sketch;
use super::{Pattern, Way};
use crate::address::first_host;
use crate::estate::{Answer, Estate};
use crate::intent::{AddressPlan, Demand, Intent, OnPremises, SpokePlan};
use crate::issue::{Issue, Severity};
use crate::route::{Branch, Flow, Place, RoundTrip, Settings, Verdict};
use crate::spec::{ApplianceKind, Protocol};
use crate::topology::{SubnetId, Topology};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// An address of the Internet.
const INTERNET: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 10);

macro_rules! properties {
    ($($(#[$meta:meta])* $name:ident = $word:literal, $input:literal;)*) => {
        /// What can be asked of a network.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Property { $($(#[$meta])* $name,)* }

        impl Property {
            /// Every property.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What people call it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The member of the Intent that asks for it.
            #[must_use]
            pub const fn input(self) -> &'static str {
                match self { $(Self::$name => $input,)* }
            }
        }
    };
}

properties! {
    /// Pairs that are to reach each other do.
    Reachability = "spokes reach each other", "regions";
    /// Pairs that must not, do not.
    Isolation = "isolated environments stay apart", "environmentRules";
    /// Pairs whose traffic is to be inspected are.
    Inspection = "traffic between spokes is inspected", "inspection";
    /// Chosen pairs are direct.
    DirectPairs = "chosen pairs are direct", "directPairs";
    /// Replies take the way of requests.
    Symmetry = "replies pass the same stateful appliances", "regions";
    /// Spokes and on-premises networks reach each other.
    OnPremises = "on-premises networks are reached", "onPremises";
    /// Spokes and other clouds reach each other.
    OtherClouds = "other clouds are reached", "otherClouds";
    /// The Internet is reached through an appliance.
    Internet = "the Internet is reached through an appliance", "internet";
    /// Traffic between spokes can be encrypted.
    Encryption = "traffic between spokes can be encrypted", "encryption";
}

/// A flow that refutes a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refutation {
    /// The flow.
    pub flow: Flow,
    /// Who asks.
    pub from: String,
    /// Whom.
    pub to: String,
    /// What it passes, by name, the ends left out.
    pub path: Vec<String>,
    /// How it gets there.
    pub way: Way,
}

/// One property on one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The property.
    pub property: Property,
    /// Flows that were followed for it.
    pub flows: usize,
    /// Flows that refute it.
    pub refuted: usize,
    /// The first of them.
    pub refutation: Option<Refutation>,
}

impl Outcome {
    /// Whether it holds for every flow.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.refuted == 0
    }
}

/// What a network does.
#[derive(Debug, Clone)]
pub struct Proof {
    /// What Azure would refuse or a reader should know.
    pub issues: Vec<Issue>,
    /// Each property that is asked for.
    pub outcomes: Vec<Outcome>,
    /// Promises of the pattern that the network breaks: bugs.
    pub broken: Vec<String>,
    /// Pairs of spokes.
    pub pairs: usize,
}

impl Proof {
    /// Whether Azure accepts it and everything that is asked for holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.refusals().next().is_none() && self.outcomes.iter().all(Outcome::holds)
    }

    /// What Azure would refuse.
    pub fn refusals(&self) -> impl Iterator<Item = &Issue> {
        self.issues
            .iter()
            .filter(|issue| issue.severity() >= Severity::Error)
    }
}

/// A built network, answered by class.
#[derive(Debug)]
pub struct Built {
    /// The network.
    pub sketch: Rc<Sketch>,
    /// What was found while it was built.
    pub issues: Vec<Issue>,
    /// Its answers.
    pub estate: Estate,
}

impl Built {
    /// Builds a network and answers every pair.
    #[must_use]
    pub fn new(network: impl Into<Sketch>) -> Self {
        let sketch = network.into();
        let checked = sketch.join();
        Self {
            sketch: sketch.into(),
            issues: checked.issues,
            estate: Estate::new(checked.value.into(), Settings::default()),
        }
    }

    /// The network with every name resolved.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        self.estate.topology()
    }

    /// Follows a flow forward and back.
    fn follow(&self, source: Ipv4Addr, destination: Ipv4Addr) -> RoundTrip {
        follow(&self.estate, source, destination)
    }

    /// How a flow gets from one address to another, and what it passes by name.
    #[must_use]
    pub fn way(&self, source: Ipv4Addr, destination: Ipv4Addr) -> (Way, Vec<String>) {
        let trip = self.follow(source, destination);
        (
            way_of(self.topology(), &trip),
            path_of(self.topology(), &trip),
        )
    }
}

/// Follows a flow forward and back.
fn follow(estate: &Estate, source: Ipv4Addr, destination: Ipv4Addr) -> RoundTrip {
    estate.routing().round_trip(Flow {
        source,
        destination,
        protocol: Protocol::Tcp,
        port: None,
    })
}

/// Spokes by what tells them apart: their class, and what is asked and promised of them.
fn kinds<'a>(estate: &Estate, intent: &Intent, plan: &'a AddressPlan) -> Vec<Kind<'a>> {
    let chosen: BTreeSet<&str> = intent
        .direct_pairs
        .iter()
        .flat_map(|pair| [pair.a.as_str(), &pair.b])
        .collect();
    let mut kinds: BTreeMap<_, Kind<'a>> = BTreeMap::new();
    for spoke in plan.spokes() {
        let alone = chosen.contains(spoke.name.as_str()).then_some(&spoke.name);
        let subnet = estate
            .topology()
            .subnet_named(&spoke.name, "app")
            .map(|subnet| subnet.id);
        let class = subnet.and_then(|subnet| estate.class_of(subnet));
        let key = (
            class,
            spoke.region,
            spoke.environment,
            spoke.owns_gateway,
            alone,
        );
        let kind = kinds.entry(key).or_insert(Kind {
            members: 0,
            ends: [None, None],
        });
        let place = usize::from(kind.members > 0);
        if let Some(end) = kind.ends.get_mut(place).filter(|end| end.is_none()) {
            *end = Some((spoke, subnet));
        }
        kind.members += 1;
    }
    kinds.into_values().collect()
}

/// Every pair of spokes by kind: one that stands for them, how many they are, and their answer.
pub(super) fn spoke_pairs<'a>(
    estate: &Estate,
    intent: &Intent,
    plan: &'a AddressPlan,
) -> Vec<SpokePair<'a>> {
    pairs_of(estate, &kinds(estate, intent, plan))
}

fn pairs_of<'a>(estate: &Estate, kinds: &[Kind<'a>]) -> Vec<SpokePair<'a>> {
    let mut pairs = Vec::new();
    for (position, kind) in kinds.iter().enumerate() {
        let [first, second] = kind.ends;
        let own = (
            first,
            second,
            kind.members * kind.members.saturating_sub(1) / 2,
        );
        let others = kinds.iter().skip(position + 1);
        let others = others.map(|other| (first, other.ends[0], kind.members * other.members));
        for (a, b, count) in std::iter::once(own).chain(others) {
            if let (Some((a, from)), Some((b, to))) = (a, b) {
                let (way, symmetric) = pair_answer(estate, from, to, a, b);
                pairs.push(SpokePair {
                    a,
                    b,
                    count,
                    way,
                    symmetric,
                });
            }
        }
    }
    pairs
}

/// How two spokes reach each other, and whether replies pass the machines of requests.
fn pair_answer(
    estate: &Estate,
    from: Option<SubnetId>,
    to: Option<SubnetId>,
    a: &SpokePlan,
    b: &SpokePlan,
) -> (Way, bool) {
    let known = from.zip(to).and_then(|(from, to)| estate.answer(from, to));
    match known {
        Some(answer) => (
            answered(estate.topology(), answer, from, to),
            answer.symmetric,
        ),
        None => {
            let trip = follow(estate, a.workload(), b.workload());
            (
                way_of(estate.topology(), &trip),
                trip.verdict == Verdict::Delivered,
            )
        }
    }
}

/// Spokes that nothing tells apart, and two of them.
struct Kind<'a> {
    members: usize,
    ends: [Option<(&'a SpokePlan, Option<SubnetId>)>; 2],
}

/// A pair that stands for all of its kinds.
pub(super) struct SpokePair<'a> {
    pub(super) a: &'a SpokePlan,
    pub(super) b: &'a SpokePlan,
    /// How many pairs it stands for.
    pub(super) count: usize,
    pub(super) way: Way,
    symmetric: bool,
}

/// Proves a pattern on its built network; the addresses are the Intent's.
#[must_use]
pub fn prove(pattern: Pattern, intent: &Intent, plan: &AddressPlan, built: &Built) -> Proof {
    let plan = &pattern.plan(intent, plan);
    let mut examiner = Examiner {
        pattern,
        intent,
        built,
        outcomes: BTreeMap::new(),
        broken: Vec::new(),
    };
    let mut pairs = 0;
    let kinds = kinds(&built.estate, intent, plan);
    for pair in pairs_of(&built.estate, &kinds) {
        examiner.pair(&pair);
        pairs += pair.count;
    }
    for kind in kinds {
        if let [Some((spoke, _)), _] = kind.ends {
            examiner.outside(plan, spoke, kind.members);
        }
    }
    Proof {
        issues: built.issues.clone(),
        outcomes: examiner.outcomes.into_values().collect(),
        broken: examiner.broken,
        pairs,
    }
}

struct Examiner<'a> {
    pattern: Pattern,
    intent: &'a Intent,
    built: &'a Built,
    outcomes: BTreeMap<Property, Outcome>,
    broken: Vec<String>,
}

/// A flow with the names of its ends, and how many it stands for.
struct Seen<'a> {
    from: (&'a str, Ipv4Addr),
    to: (&'a str, Ipv4Addr),
    way: Way,
    count: usize,
}

impl Examiner<'_> {
    fn pair(&mut self, pair: &SpokePair<'_>) {
        let (a, b, way) = (pair.a, pair.b, pair.way);
        let seen = Seen {
            from: (a.name.as_str(), a.workload()),
            to: (b.name.as_str(), b.workload()),
            way,
            count: pair.count,
        };
        let demand = self.intent.demand(a, b);
        if demand == Demand::Isolated {
            self.note(Property::Isolation, way == Way::Lost, &seen);
        } else {
            let arrives = way != Way::Lost;
            self.note(Property::Reachability, arrives, &seen);
            // What does not arrive is neither inspected nor direct: one property names it.
            if arrives {
                self.note(Property::Symmetry, pair.symmetric, &seen);
                if demand == Demand::Inspected {
                    self.note(Property::Inspection, way == Way::Inspected, &seen);
                }
                if demand == Demand::Direct {
                    self.note(Property::DirectPairs, way == Way::Direct, &seen);
                }
                if self.intent.encryption {
                    let encrypted = way == Way::Tunnel
                        || way == Way::Direct && !self.in_one_group(&a.name, &b.name);
                    self.note(Property::Encryption, encrypted, &seen);
                }
            }
        }
        let promised = self.pattern.way(self.intent, a, b);
        self.promise(promised, way, &a.name, &b.name);
    }

    /// Whether two VNets are members of one connected group: no source says that encryption covers it.
    fn in_one_group(&self, a: &str, b: &str) -> bool {
        let topology = self.built.topology();
        let ends = topology.vnet_named(a).zip(topology.vnet_named(b));
        ends.is_some_and(|(a, b)| {
            let groups = topology.connected_groups().iter();
            { groups.filter(|g| !g.peered) }
                .any(|g| g.members.contains(&a.id) && g.members.contains(&b.id))
        })
    }

    fn outside(&mut self, plan: &AddressPlan, spoke: &SpokePlan, count: usize) {
        let promised = self.pattern.outside(self.intent);
        let own = (spoke.name.as_str(), spoke.workload());
        let sites = [
            (
                self.intent.on_premises != OnPremises::None,
                promised.on_premises,
                Property::OnPremises,
                "onpremises",
                &plan.on_premises,
            ),
            (
                self.intent.other_clouds,
                promised.other_clouds,
                Property::OtherClouds,
                "othercloud",
                &plan.other_clouds,
            ),
        ];
        for (asked, reached, property, name, prefixes) in sites {
            for prefix in prefixes.iter().filter(|_| asked) {
                let site = (name, first_host(prefix));
                for seen in [self.see(own, site, count), self.see(site, own, count)] {
                    let arrives = seen.way != Way::Lost;
                    self.note(property, arrives, &seen);
                    if arrives != reached && !spoke.owns_gateway {
                        let (from, to, way) = (seen.from.0, seen.to.0, seen.way.word());
                        self.broken.push(format!("{from} -> {to} is {way}"));
                    }
                }
            }
        }
        let seen = self.see(own, ("the Internet", INTERNET), count);
        if self.intent.inspects_internet() {
            self.note(Property::Internet, seen.way == Way::Inspected, &seen);
        }
        self.promise(promised.internet, seen.way, &spoke.name, "the Internet");
    }

    fn see<'a>(
        &self,
        from: (&'a str, Ipv4Addr),
        to: (&'a str, Ipv4Addr),
        count: usize,
    ) -> Seen<'a> {
        let trip = self.built.follow(from.1, to.1);
        let way = way_of(self.built.topology(), &trip);
        Seen {
            from,
            to,
            way,
            count,
        }
    }

    fn note(&mut self, property: Property, holds: bool, seen: &Seen<'_>) {
        let outcome = self.outcomes.entry(property).or_insert(Outcome {
            property,
            flows: 0,
            refuted: 0,
            refutation: None,
        });
        outcome.flows += seen.count;
        if holds || seen.count == 0 {
            return;
        }
        outcome.refuted += seen.count;
        let built = self.built;
        outcome.refutation.get_or_insert_with(|| {
            let trip = built.follow(seen.from.1, seen.to.1);
            Refutation {
                flow: trip.flow,
                from: seen.from.0.to_owned(),
                to: seen.to.0.to_owned(),
                path: path_of(built.topology(), &trip),
                way: seen.way,
            }
        });
    }

    fn promise(&mut self, promised: Way, found: Way, from: &str, to: &str) {
        if promised != found {
            let (promised, found) = (promised.word(), found.word());
            self.broken
                .push(format!("{from} -> {to} is {found}, promised {promised}"));
        }
    }
}

/// How an answer by class gets there.
fn answered(
    topology: &Topology,
    answer: &Answer,
    from: Option<SubnetId>,
    to: Option<SubnetId>,
) -> Way {
    let vnet = |subnet: Option<SubnetId>| subnet.map(|subnet| topology.subnet(subnet).vnet);
    let own = |stops: &[Place]| match stops {
        [Place::Gateway(a), Place::Gateway(b)] => {
            let gateways = [topology.gateway(*a).vnet, topology.gateway(*b).vnet];
            [vnet(from), vnet(to)] == gateways.map(Some)
        }
        _ => false,
    };
    match answer {
        Answer { reached: false, .. } => Way::Lost,
        Answer { direct: true, .. } => Way::Direct,
        Answer {
            inspected: true, ..
        } => Way::Inspected,
        _ if answer.requests.iter().all(|way| own(&way.stops)) => Way::Tunnel,
        _ => Way::Forwarded,
    }
}

/// How a flow gets there: what every equal-cost choice has in common.
fn way_of(topology: &Topology, trip: &RoundTrip) -> Way {
    if !trip.verdict.reachable() {
        return Way::Lost;
    }
    let mut ways = trip
        .forward
        .iter()
        .map(|branch| branch_way(topology, branch));
    let Some(first) = ways.next() else {
        return Way::Lost;
    };
    match ways.find(|way| *way != first) {
        None => first,
        Some(Way::Direct) => Way::Direct,
        Some(_) if first == Way::Direct => Way::Direct,
        Some(_) => Way::Forwarded,
    }
}

fn branch_way(topology: &Topology, branch: &Branch) -> Way {
    let (mut gateways, mut forwarded) = (0_usize, false);
    for hop in &branch.hops {
        match hop.place {
            Place::HubFirewall(_) => return Way::Inspected,
            Place::Appliance(id)
                if topology.appliance(id).kind != ApplianceKind::RoutingAppliance =>
            {
                return Way::Inspected;
            }
            Place::Appliance(_)
            | Place::Hub(_)
            | Place::HubGateway(_)
            | Place::MicrosoftEdge(_) => forwarded = true,
            Place::Gateway(_) => gateways += 1,
            Place::Subnet(_) | Place::Site(_) | Place::PrivateEndpoint(_) | Place::Internet => {}
        }
    }
    match (gateways, forwarded) {
        (0, false) => Way::Direct,
        (2, false) if own_gateways(topology, branch) => Way::Tunnel,
        _ => Way::Forwarded,
    }
}

/// Whether both gateways of a path stand in the VNets of its ends.
fn own_gateways(topology: &Topology, branch: &Branch) -> bool {
    let vnet = |place: Place| match place {
        Place::Subnet(id) => Some(topology.subnet(id).vnet),
        Place::Gateway(id) => Some(topology.gateway(id).vnet),
        _ => None,
    };
    let vnets: Vec<_> = branch.hops.iter().map(|hop| vnet(hop.place)).collect();
    matches!(vnets.as_slice(), [a, b, c, d] if a == b && c == d)
}

/// What a flow passes, by name, without its ends.
fn path_of(topology: &Topology, trip: &RoundTrip) -> Vec<String> {
    let hops = trip.forward.first().map_or(&[][..], |branch| &branch.hops);
    let mut places: Vec<Place> = hops.iter().skip(1).map(|hop| hop.place).collect();
    if trip.verdict.reachable() {
        let end = places.pop();
        while places.last().copied() == end && end.is_some() {
            places.pop();
        }
        // A site's network stands behind its gateway: both are the site.
        if matches!(end, Some(Place::Site(_))) {
            places.retain(|place| !matches!(place, Place::Site(_)));
        }
    }
    places
        .into_iter()
        .map(|place| place_name(topology, place))
        .collect()
}

fn place_name(topology: &Topology, place: Place) -> String {
    match place {
        Place::Subnet(id) => topology.vnet(topology.subnet(id).vnet).name.clone(),
        Place::Appliance(id) => topology.device(topology.appliance(id).device).name.clone(),
        Place::Gateway(id) => topology.gateway(id).name.clone(),
        Place::MicrosoftEdge(id) => format!("edge of {}", topology.circuit(id).name),
        Place::Site(id) => topology.site(id).name.clone(),
        Place::Hub(id) | Place::HubGateway(id) => topology.hub(id).name.clone(),
        Place::HubFirewall(id) => {
            let hub = topology.hub(id);
            hub.firewall
                .as_ref()
                .map_or_else(|| hub.name.clone(), |firewall| firewall.name.clone())
        }
        Place::PrivateEndpoint(id) => topology.private_endpoint(id).name.clone(),
        Place::Internet => "the Internet".to_owned(),
    }
}
