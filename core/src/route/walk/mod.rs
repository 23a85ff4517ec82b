//! Follows a packet, stop by stop (reference section 1, 3 and 4).
//!
//! At every stop something decides (a NIC's effective routes, a gateway's learned ones), the decision is resolved to
//! the next stop, and crossing a peering is checked against its flags. Equal-cost choices make branches. The reply is
//! a walk of its own with the tables of the other side; it knows only what the devices on the way remember: an
//! address translation, or the state of a flow.
//!
//! Two verdicts stay apart: a row can be `Active` while the packet is dropped by a flag.

mod decide;
mod front;
mod nat;
mod next;
mod outside;
mod reply;
mod standing;
mod walker;

pub(super) use decide::neighbour_place;
pub(crate) use decide::step;
pub(crate) use next::{Lead, lead};
pub(super) use next::{appliance_in, deliver};
pub(crate) use reply::joined;
pub(crate) use standing::{Came, Standing, keep_balanced};

use super::Routing;
use super::trace::{Branch, Drop, DropReason, Flow, Hop, Outcome, Place, Remark, RoundTrip};
use crate::address::is_private;
use crate::spec::{Direction, Protocol};
use crate::topology::{ApplianceId, DeviceId, HubId, LinkId, Topology};
use ipnet::Ipv4Net;
use reply::{judge, reply};
use std::net::Ipv4Addr;

/// More stops than any real path has.
const MAX_HOPS: usize = 32;

/// As many as most paths have.
const USUAL_HOPS: usize = 6;

/// Site prefixes shorter than this stand for the Internet.
const SHORTEST_OWN_PREFIX: u8 = 8;
/// More branches than anybody reads.
const MAX_BRANCHES: usize = 64;

/// Follows a flow forward and back.
pub(crate) fn round_trip(routing: &Routing, flow: Flow) -> RoundTrip {
    let forward = request(routing, flow);
    let back: Vec<Vec<Branch>> = forward
        .iter()
        .map(|branch| {
            if branch.delivered() {
                reply(routing, flow, branch)
            } else {
                Vec::new()
            }
        })
        .collect();
    let verdict = judge(routing, flow, &forward, &back);
    let forward = forward.into_iter().map(|walked| walked.branch).collect();
    RoundTrip {
        flow,
        forward,
        back,
        verdict,
    }
}

/// A finished walk with what its devices remember.
#[derive(Debug, Clone)]
pub(crate) struct Walked {
    branch: Branch,
    memory: Memory,
}

impl Walked {
    /// Nothing was rewritten and no load balancer chose: only machines that keep state remember the packet.
    pub(crate) fn is_plain(&self) -> bool {
        self.memory.translations.is_empty()
            && self.memory.balanced.is_empty()
            && !self.memory.fronted
            && self.memory.mappings.is_empty()
            && self.memory.shown.is_empty()
    }

    /// Machines and hub firewalls that keep state and saw it.
    pub(crate) fn states(&self) -> (&[DeviceId], &[HubId]) {
        (&self.memory.states, &self.memory.hub_states)
    }
}

impl std::ops::Deref for Walked {
    type Target = Branch;

    fn deref(&self) -> &Branch {
        &self.branch
    }
}

/// What the devices on the way know of a flow.
#[derive(Debug, Clone, Default)]
struct Memory {
    /// Address translations, in the order they were made.
    translations: Vec<Translation>,
    /// Stateful devices that saw the request.
    states: Vec<DeviceId>,
    /// Hub firewalls that saw it.
    hub_states: Vec<HubId>,
    /// Which machine a load balancer chose for the flow.
    balanced: Vec<(Ipv4Addr, ApplianceId)>,
    /// A load balancer chose the host that answers.
    fronted: bool,
    /// What NAT rules of tunnels changed.
    mappings: Vec<nat::Mapping>,
    /// Senders and the public addresses that they showed.
    shown: Vec<outside::Shown>,
    /// Public addresses that became private ones on the way in.
    entered: Vec<(Ipv4Addr, Ipv4Addr)>,
    /// The address that was asked.
    asked: Option<Ipv4Addr>,
}

/// A flow-table entry of a device that rewrote addresses.
#[derive(Debug, Clone, Copy)]
struct Translation {
    device: DeviceId,
    inside: (Ipv4Addr, Ipv4Addr),
    outside: (Ipv4Addr, Ipv4Addr),
}

/// A packet under way.
#[derive(Debug, Clone)]
struct Walker {
    place: Place,
    address: Option<Ipv4Addr>,
    source: Ipv4Addr,
    destination: Ipv4Addr,
    /// The port that is called, as the packet carries it here.
    port: Option<u16>,
    remarks: Vec<Remark>,
    hops: Vec<Hop>,
    memory: Memory,
    /// What devices remember from the request while a reply walks.
    recalled: Option<Memory>,
}

/// Where a packet goes next.
#[derive(Debug, Clone)]
pub(super) struct Next {
    pub(super) place: Place,
    address: Option<Ipv4Addr>,
    crossed: Option<LinkId>,
    remarks: Vec<Remark>,
    /// The place is where the packet ends.
    arrives: bool,
    /// The private address that the platform puts in place of the public one.
    private: Option<Ipv4Addr>,
    /// It travels inside a tunnel that ends in a guest. Security rules there see the outer packet, which passes as long
    /// as the tunnel is up, and that the estate says (MicrosoftDocs/azure-docs issue 124192, 2024-08-21).
    encapsulated: bool,
}

impl Next {
    pub(super) fn to(place: Place, address: Option<Ipv4Addr>) -> Self {
        Self {
            place,
            address,
            crossed: None,
            remarks: Vec::new(),
            arrives: false,
            private: None,
            encapsulated: false,
        }
    }

    fn encapsulated(self) -> Self {
        Self {
            encapsulated: true,
            ..self
        }
    }

    fn remarked(mut self, remark: Remark) -> Self {
        self.remarks.push(remark);
        self
    }

    pub(super) fn arrives(self) -> Self {
        Self {
            arrives: true,
            ..self
        }
    }
}

pub(super) type Step = Result<Vec<Next>, DropReason>;

/// Follows a request alone, over every equal-cost choice.
pub(crate) fn request(routing: &Routing, flow: Flow) -> Vec<Walked> {
    let topology = routing.topology().as_ref();
    let Some((place, address)) = locate(topology, flow.source) else {
        return vec![finish_nowhere(flow)];
    };
    let start = Walker {
        place,
        address: Some(address),
        source: flow.source,
        destination: flow.destination,
        port: flow.port,
        remarks: Vec::new(),
        hops: Vec::with_capacity(USUAL_HOPS),
        memory: Memory {
            asked: Some(flow.destination),
            ..Memory::default()
        },
        recalled: None,
    };
    run(routing, flow.protocol, start)
}

fn finish_nowhere(_flow: Flow) -> Walked {
    let outcome = Outcome::Dropped(Drop {
        reason: DropReason::NoSource,
    });
    Walked {
        branch: Branch {
            hops: Vec::new(),
            outcome,
        },
        memory: Memory::default(),
    }
}

/// The place of an address of the estate, or the Internet.
pub(crate) fn place_of(topology: &Topology, address: Ipv4Addr) -> Option<Place> {
    locate(topology, address).map(|(place, _)| place)
}

/// The place of an address: a named host or NIC first, then a subnet, then a site, then the Internet.
fn locate(topology: &Topology, address: Ipv4Addr) -> Option<(Place, Ipv4Addr)> {
    if let Some(workload) = topology
        .workloads()
        .iter()
        .find(|workload| workload.ip == address)
    {
        return Some((Place::Subnet(workload.subnet), address));
    }
    if let Some(nic) = topology.appliances().iter().find(|nic| nic.ip == address) {
        return Some((Place::Appliance(nic.id), address));
    }
    if let Some(endpoint) = topology
        .private_endpoints()
        .iter()
        .find(|endpoint| endpoint.ip == address)
    {
        return Some((Place::PrivateEndpoint(endpoint.id), address));
    }
    if let Some(subnet) = topology.subnet_at(address) {
        return Some((Place::Subnet(subnet.id), address));
    }
    if let Some(nic) = topology.behind(address) {
        return Some((Place::Appliance(nic), address));
    }
    let sites = topology.sites().iter();
    let site = sites.filter_map(|site| {
        Some((
            site,
            site.prefixes
                .iter()
                .filter(|p| p.contains(&address))
                .map(Ipv4Net::prefix_len)
                .max()?,
        ))
    });
    if let Some((site, _)) = site.max_by_key(|(_, length)| *length) {
        return Some((Place::Site(site.id), address));
    }
    (!is_private(address)).then_some((Place::Internet, address))
}

/// Walks every branch to its end.
fn run(routing: &Routing, protocol: Protocol, start: Walker) -> Vec<Walked> {
    let mut open = vec![start];
    let mut done = Vec::new();
    while let Some(walker) = open.pop() {
        if done.len() >= MAX_BRANCHES {
            break;
        }
        advance(routing, protocol, walker, &mut open, &mut done);
    }
    done
}

fn advance(
    routing: &Routing,
    protocol: Protocol,
    mut walker: Walker,
    open: &mut Vec<Walker>,
    done: &mut Vec<Walked>,
) {
    let topology = routing.topology().as_ref();
    // A stop is written down as it leaves; where the machine translated, it came as the stop before it left.
    let is = |hop: &Hop| hop.source == walker.source && hop.destination == walker.destination;
    let mut before = None;
    let seen = walker.hops.iter().position(|hop| {
        let came = before.replace(hop).is_some_and(is);
        hop.place == walker.place && (came || is(hop))
    });
    if let Some(first) = seen {
        walker.push(None);
        done.push(walker.end(Outcome::Loop { first }));
        return;
    }
    if walker.hops.len() >= MAX_HOPS {
        done.push(walker.end(Outcome::Dropped(Drop {
            reason: DropReason::TooManyHops,
        })));
        return;
    }
    if walker.is_home(routing, protocol) {
        walker.push(None);
        done.push(walker.end(Outcome::Delivered));
        return;
    }
    let origin = walker.hops.is_empty();
    if let Err(reason) = walker.pass_through(routing, protocol, origin) {
        walker.push(None);
        done.push(walker.end(Outcome::Dropped(Drop { reason })));
        return;
    }
    // What a machine translated may be for itself, or for a range behind it.
    if !origin && walker.is_home(routing, protocol) {
        walker.push(None);
        done.push(walker.end(Outcome::Delivered));
        return;
    }
    let (decision, mut step) = step(routing, &walker.standing(topology));
    if step.as_ref().err() == Some(&DropReason::NoInternetEgress)
        && walker.has_public_side(topology)
    {
        step = Ok(vec![outside::out(topology, walker.destination)]);
    }
    walker.turn_inward(&mut step);
    walker.push(decision);
    if let Ok(choices) = &mut step {
        keep_balanced(choices, |front| walker.balanced(front), topology);
    }
    let leaves = walker.packet(protocol);
    let outer = |next: &Next| next.encapsulated;
    let encapsulated = step.as_ref().is_ok_and(|choices| choices.iter().all(outer));
    let judged = if encapsulated {
        Ok(None)
    } else {
        walker.judged(routing, &leaves, Direction::Outbound)
    };
    match judged {
        Err(rule) => {
            let reason = DropReason::SecurityRule(rule);
            done.push(walker.end(Outcome::Dropped(Drop { reason })));
            return;
        }
        Ok(rule) => {
            if let Some(hop) = walker.hops.last_mut() {
                hop.remarks.extend(rule.map(Remark::Allowed));
            }
        }
    }
    match step {
        Err(reason) => done.push(walker.end(Outcome::Dropped(Drop { reason }))),
        Ok(choices) => {
            let several = choices.len() > 1;
            let mut choices = choices.into_iter();
            // The first choice is followed first: it goes onto the stack last.
            let first = choices.next();
            for choice in choices.rev() {
                let other = walker.clone();
                other.go(routing, protocol, choice, several, open, done);
            }
            if let Some(first) = first {
                walker.go(routing, protocol, first, several, open, done);
            }
        }
    }
}

/// Whether an address belongs to the estate. A site that announces 0.0.0.0/0 or a large part of the Internet does not own
/// what lies there.
fn owned(topology: &Topology, address: Ipv4Addr) -> bool {
    let own =
        |prefix: &Ipv4Net| prefix.prefix_len() >= SHORTEST_OWN_PREFIX && prefix.contains(&address);
    topology.vnet_at(address).is_some()
        || topology
            .sites()
            .iter()
            .any(|site| site.prefixes.iter().any(own))
        || topology.behind(address).is_some()
}
