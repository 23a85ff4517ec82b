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
//! | encryption | it neither stays inside peerings (VNet encryption) nor in a tunnel |
//!
//! Up to 64 spokes every pair is followed; beyond, the first two and the last spoke of each region and environment,
//! and all chosen ones: spokes of one class are made alike. [`Proof::left_out`] says how many pairs were not.

use super::{Pattern, Way};
use crate::address::first_host;
use crate::intent::{AddressPlan, Demand, Intent, OnPremises, SpokePlan};
use crate::issue::{Issue, Severity};
use crate::route::{Branch, Flow, Place, RoundTrip, Routing, Settings, Verdict};
use crate::spec::{ApplianceKind, NetworkSpec, Protocol};
use crate::topology::{Topology, build};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// Every pair is followed up to so many spokes.
const EVERY_PAIR: usize = 64;
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
    /// Pairs of spokes that were followed.
    pub pairs: usize,
    /// Pairs that were not: there are too many.
    pub left_out: usize,
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

/// A built network with its routing.
#[derive(Debug)]
pub struct Built {
    /// The network.
    pub spec: NetworkSpec,
    /// What was found while it was built.
    pub issues: Vec<Issue>,
    /// Its routing.
    pub routing: Routing,
}

impl Built {
    /// Builds a network.
    #[must_use]
    pub fn new(spec: NetworkSpec) -> Self {
        let checked = build(&spec);
        Self {
            spec,
            issues: checked.issues,
            routing: Routing::new(checked.value.into(), Settings::default()),
        }
    }

    /// Follows a flow forward and back. The one place where proofs ask the simulator.
    fn follow(&self, source: Ipv4Addr, destination: Ipv4Addr) -> RoundTrip {
        self.routing.round_trip(Flow {
            source,
            destination,
            protocol: Protocol::Tcp,
        })
    }

    /// How a flow gets from one address to another, and what it passes by name.
    #[must_use]
    pub fn way(&self, source: Ipv4Addr, destination: Ipv4Addr) -> (Way, Vec<String>) {
        let trip = self.follow(source, destination);
        let topology = self.routing.topology();
        (way_of(topology, &trip), path_of(topology, &trip))
    }
}

/// Proves a pattern on its built network.
#[must_use]
pub fn prove(pattern: Pattern, intent: &Intent, plan: &AddressPlan, built: &Built) -> Proof {
    let mut examiner = Examiner {
        pattern,
        intent,
        built,
        outcomes: BTreeMap::new(),
        broken: Vec::new(),
    };
    let spokes = followed(intent, plan);
    let mut pairs = 0;
    for (position, a) in spokes.iter().enumerate() {
        for b in spokes.iter().skip(position + 1) {
            examiner.pair(a, b);
            pairs += 1;
        }
    }
    for spoke in &spokes {
        examiner.outside(plan, spoke);
    }
    let all = plan.spokes().count();
    Proof {
        issues: built.issues.clone(),
        outcomes: examiner.outcomes.into_values().collect(),
        broken: examiner.broken,
        pairs,
        left_out: (all * all.saturating_sub(1) / 2).saturating_sub(pairs),
    }
}

/// The spokes whose pairs are followed.
pub(super) fn followed<'a>(intent: &Intent, plan: &'a AddressPlan) -> Vec<&'a SpokePlan> {
    let all: Vec<&SpokePlan> = plan.spokes().collect();
    if all.len() <= EVERY_PAIR {
        return all;
    }
    let chosen: BTreeSet<&str> = intent
        .direct_pairs
        .iter()
        .flat_map(|pair| [pair.a.as_str(), &pair.b])
        .collect();
    let mut classes: BTreeMap<_, Vec<&SpokePlan>> = BTreeMap::new();
    for spoke in &all {
        let alone = chosen.contains(spoke.name.as_str()).then_some(&spoke.name);
        classes
            .entry((spoke.region, spoke.environment, spoke.owns_gateway, alone))
            .or_default()
            .push(spoke);
    }
    let names: BTreeSet<&str> = classes
        .values()
        .flat_map(|class| class.iter().take(2).chain(class.last()))
        .map(|spoke| spoke.name.as_str())
        .collect();
    all.into_iter()
        .filter(|spoke| names.contains(spoke.name.as_str()))
        .collect()
}

struct Examiner<'a> {
    pattern: Pattern,
    intent: &'a Intent,
    built: &'a Built,
    outcomes: BTreeMap<Property, Outcome>,
    broken: Vec<String>,
}

/// A followed flow with the names of its ends.
struct Seen<'a> {
    from: &'a str,
    to: &'a str,
    trip: RoundTrip,
    way: Way,
}

impl Examiner<'_> {
    fn see<'a>(
        &self,
        (from, source): (&'a str, Ipv4Addr),
        (to, destination): (&'a str, Ipv4Addr),
    ) -> Seen<'a> {
        let trip = self.built.follow(source, destination);
        let way = way_of(self.built.routing.topology(), &trip);
        Seen {
            from,
            to,
            trip,
            way,
        }
    }

    fn pair(&mut self, a: &SpokePlan, b: &SpokePlan) {
        let ends = [
            (a.name.as_str(), a.workload()),
            (b.name.as_str(), b.workload()),
        ];
        let seen = self.see(ends[0], ends[1]);
        let demand = self.intent.demand(a, b);
        let way = seen.way;
        if demand == Demand::Isolated {
            self.note(Property::Isolation, way == Way::Lost, &seen);
        } else {
            let arrives = way != Way::Lost;
            self.note(Property::Reachability, arrives, &seen);
            // What does not arrive is neither inspected nor direct: one property names it.
            if arrives {
                self.note(
                    Property::Symmetry,
                    seen.trip.verdict == Verdict::Delivered,
                    &seen,
                );
                if demand == Demand::Inspected {
                    self.note(Property::Inspection, way == Way::Inspected, &seen);
                }
                if demand == Demand::Direct {
                    self.note(Property::DirectPairs, way == Way::Direct, &seen);
                }
                if self.intent.encryption {
                    let encrypted = matches!(way, Way::Direct | Way::Tunnel);
                    self.note(Property::Encryption, encrypted, &seen);
                }
            }
        }
        let promised = self.pattern.way(self.intent, a, b);
        self.promise(promised, way, a.name.as_str(), b.name.as_str());
        // Request and reply were followed; who asks matters only where security groups judge who begins.
        if !self.built.spec.network_security_groups.is_empty() {
            let [a, b] = ends;
            let back = self.see(b, a);
            if back.way != way {
                let (there, back) = (way.word(), back.way.word());
                self.broken
                    .push(format!("{} -> {} is {there}, back {back}", a.0, b.0));
            }
        }
    }

    fn outside(&mut self, plan: &AddressPlan, spoke: &SpokePlan) {
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
                for seen in [self.see(own, site), self.see(site, own)] {
                    let arrives = seen.way != Way::Lost;
                    self.note(property, arrives, &seen);
                    if arrives != reached && !spoke.owns_gateway {
                        let (from, to, way) = (seen.from, seen.to, seen.way.word());
                        self.broken.push(format!("{from} -> {to} is {way}"));
                    }
                }
            }
        }
        let seen = self.see(own, ("the Internet", INTERNET));
        if self.intent.inspects_internet() {
            self.note(Property::Internet, seen.way == Way::Inspected, &seen);
        }
        self.promise(
            promised.internet,
            seen.way,
            spoke.name.as_str(),
            "the Internet",
        );
    }

    fn note(&mut self, property: Property, holds: bool, seen: &Seen<'_>) {
        let topology = self.built.routing.topology();
        let outcome = self.outcomes.entry(property).or_insert(Outcome {
            property,
            flows: 0,
            refuted: 0,
            refutation: None,
        });
        outcome.flows += 1;
        if !holds {
            outcome.refuted += 1;
            outcome.refutation.get_or_insert_with(|| Refutation {
                flow: seen.trip.flow,
                from: seen.from.to_owned(),
                to: seen.to.to_owned(),
                path: path_of(topology, &seen.trip),
                way: seen.way,
            });
        }
    }

    fn promise(&mut self, promised: Way, found: Way, from: &str, to: &str) {
        if promised != found {
            let (promised, found) = (promised.word(), found.word());
            self.broken
                .push(format!("{from} -> {to} is {found}, promised {promised}"));
        }
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
