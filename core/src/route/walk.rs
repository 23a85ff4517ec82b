//! Follows a packet, stop by stop (reference section 1, 3 and 4).
//!
//! At every stop something decides (a NIC's effective routes, a gateway's learned ones), the decision is resolved to
//! the next stop, and crossing a peering is checked against its flags. Equal-cost choices make branches. The reply is
//! a walk of its own with the tables of the other side; it knows only what the devices on the way remember: an
//! address translation, or the state of a flow.
//!
//! Two verdicts stay apart: a row can be `Active` while the packet is dropped by a flag.

use super::bgp::{Channel, Path, Speaker};
use super::learned::{external_best, gateway_home};
use super::security::{self, Packet};
use super::trace::{
    Branch, Decision, Drop, DropReason, Flow, Hop, Outcome, Place, Remark, RoundTrip, Verdict,
};
use super::{
    EffectiveRoute, HopAddress, NextHopType, Origin, RouteSource, Routing, select, table, walk_hub,
};
use crate::address::is_private;
use crate::spec::{ApplianceKind, Direction, GatewayKind, Protocol};
use crate::topology::{
    Appliance, ApplianceId, DeviceId, GatewayId, Hub, HubId, LinkId, Party, SubnetId, Topology,
    Via, VnetId,
};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// More stops than any real path has.
const MAX_HOPS: usize = 32;
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
struct Walked {
    branch: Branch,
    memory: Memory,
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
pub(super) struct Walker {
    pub(super) place: Place,
    address: Option<Ipv4Addr>,
    source: Ipv4Addr,
    pub(super) destination: Ipv4Addr,
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
}

impl Next {
    pub(super) fn to(place: Place, address: Option<Ipv4Addr>) -> Self {
        Self {
            place,
            address,
            crossed: None,
            remarks: Vec::new(),
            arrives: false,
        }
    }

    pub(super) fn arrives(self) -> Self {
        Self {
            arrives: true,
            ..self
        }
    }
}

pub(super) type Step = Result<Vec<Next>, DropReason>;

fn request(routing: &Routing, flow: Flow) -> Vec<Walked> {
    let topology = routing.topology().as_ref();
    let Some((place, address)) = locate(topology, flow.source) else {
        return vec![finish_nowhere(flow)];
    };
    let start = Walker {
        place,
        address: Some(address),
        source: flow.source,
        destination: flow.destination,
        remarks: Vec::new(),
        hops: Vec::new(),
        memory: Memory::default(),
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
    let holds = |prefix: Option<Ipv4Net>| prefix.is_some_and(|prefix| prefix.contains(&address));
    if let Some(subnet) = topology
        .subnets()
        .iter()
        .find(|subnet| holds(subnet.prefix))
    {
        return Some((Place::Subnet(subnet.id), address));
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

fn reply(routing: &Routing, flow: Flow, request: &Walked) -> Vec<Branch> {
    let Some(last) = request.hops.last() else {
        return Vec::new();
    };
    let mut start = Walker {
        place: last.place,
        address: last.address,
        source: last.destination,
        destination: last.source,
        remarks: Vec::new(),
        hops: Vec::new(),
        memory: Memory::default(),
        recalled: Some(request.memory.clone()),
    };
    // The Internet and private endpoints have no table: their replies return to whoever sent the request out.
    let platform = matches!(last.place, Place::Internet | Place::PrivateEndpoint(_));
    if platform && request.hops.len() > 1 {
        let hop = |place, decision| Hop {
            place,
            address: last.address,
            source: start.source,
            destination: start.destination,
            decision,
            crossed: None,
            remarks: Vec::new(),
        };
        if endpoint_bypasses(routing, request) {
            let outcome = Outcome::Dropped(Drop {
                reason: DropReason::PrivateEndpointReply,
            });
            return vec![Branch {
                hops: vec![hop(last.place, None)],
                outcome,
            }];
        }
        let sender = request
            .hops
            .iter()
            .rev()
            .skip(1)
            .find(|hop| can_receive(hop.place));
        let Some(sender) = sender else {
            return Vec::new();
        };
        start.hops.push(hop(last.place, Some(Decision::FlowTable)));
        start.place = sender.place;
        start.address = sender.address;
        if matches!(sender.place, Place::Subnet(_)) {
            start.hops.push(hop(sender.place, None));
            return vec![Branch {
                hops: start.hops,
                outcome: Outcome::Delivered,
            }];
        }
    }
    run(routing, flow.protocol, start)
        .into_iter()
        .map(|walked| walked.branch)
        .collect()
}

fn can_receive(place: Place) -> bool {
    !matches!(place, Place::Internet | Place::PrivateEndpoint(_))
}

/// Without source NAT, an appliance in its client's own VNet loses the endpoint's replies (reference 2.9.5).
fn endpoint_bypasses(routing: &Routing, request: &Walked) -> bool {
    let topology = routing.topology().as_ref();
    let vnet_of = |place: Place| match place {
        Place::Subnet(id) => Some(topology.subnet(id).vnet),
        Place::Appliance(id) => Some(topology.appliance(id).vnet),
        _ => None,
    };
    let (Some(first), Some(last)) = (request.hops.first(), request.hops.last()) else {
        return false;
    };
    let via = request
        .hops
        .iter()
        .rev()
        .skip(1)
        .find(|hop| matches!(hop.place, Place::Appliance(_)));
    let untranslated = request.memory.translations.is_empty();
    matches!(last.place, Place::PrivateEndpoint(_))
        && untranslated
        && via.is_some_and(|via| {
            via.place != first.place && vnet_of(via.place) == vnet_of(first.place)
        })
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
    let seen = walker.hops.iter().position(|hop| {
        hop.place == walker.place
            && hop.source == walker.source
            && hop.destination == walker.destination
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
    if walker.is_home(topology) {
        walker.push(None);
        done.push(walker.end(Outcome::Delivered));
        return;
    }
    let origin = walker.hops.is_empty();
    if let Err(reason) = walker.pass_through(topology, protocol, origin) {
        walker.push(None);
        done.push(walker.end(Outcome::Dropped(Drop { reason })));
        return;
    }
    let (decision, step) = decide(routing, &walker);
    walker.push(decision);
    let leaves = walker.packet(protocol);
    if !walker.is_let_through(routing, walker.place, leaves, Direction::Outbound) {
        done.push(walker.end(Outcome::Dropped(Drop {
            reason: DropReason::SecurityRule,
        })));
        return;
    }
    match step {
        Err(reason) => done.push(walker.end(Outcome::Dropped(Drop { reason }))),
        Ok(choices) => {
            let several = choices.len() > 1;
            for choice in choices.into_iter().rev() {
                walker
                    .clone()
                    .go(routing, protocol, choice, several, open, done);
            }
        }
    }
}

impl Walker {
    /// The stop before this one.
    pub(super) fn previous(&self) -> Option<Place> {
        self.hops.last().map(|hop| hop.place)
    }

    fn push(&mut self, decision: Option<Decision>) {
        self.hops.push(Hop {
            place: self.place,
            address: self.address,
            source: self.source,
            destination: self.destination,
            decision,
            crossed: None,
            remarks: std::mem::take(&mut self.remarks),
        });
    }

    fn end(self, outcome: Outcome) -> Walked {
        Walked {
            branch: Branch {
                hops: self.hops,
                outcome,
            },
            memory: self.memory,
        }
    }

    /// Whether the packet stands where it wants to go.
    fn is_home(&self, topology: &Topology) -> bool {
        match self.place {
            Place::Subnet(_) => self.address == Some(self.destination),
            Place::Appliance(id) => {
                topology.appliance(id).ip == self.destination && !self.is_translated(topology, id)
            }
            _ => false,
        }
    }

    fn is_translated(&self, topology: &Topology, id: ApplianceId) -> bool {
        self.translation_here(topology.appliance(id).device)
            .is_some()
    }

    /// The entry of this machine that a reply matches.
    fn translation_here(&self, device: DeviceId) -> Option<Translation> {
        let recalled = self.recalled.as_ref()?;
        let mut entries = recalled.translations.iter().rev();
        entries
            .find(|t| t.device == device && t.outside == (self.destination, self.source))
            .copied()
    }

    /// What an appliance does with a packet before it routes it.
    fn pass_through(
        &mut self,
        topology: &Topology,
        protocol: Protocol,
        origin: bool,
    ) -> Result<(), DropReason> {
        if let Place::HubFirewall(hub) = self.place {
            return self.check_hub_firewall(hub);
        }
        let Place::Appliance(id) = self.place else {
            return Ok(());
        };
        let nic = topology.appliance(id);
        if origin && self.recalled.is_none() {
            return Ok(());
        }
        if !nic.running {
            return Err(DropReason::NotRunning(id));
        }
        if let Some(entry) = self.translation_here(nic.device) {
            // Azure Firewall translates to an instance's own address; a reply that a UDR takes to its front door may
            // meet another instance (reference 5.2).
            let by_route = self
                .hops
                .last()
                .and_then(|hop| hop.decision.as_ref()?.winner());
            let front_door =
                by_route.is_some_and(|row| row.next_hop_type == NextHopType::VirtualAppliance);
            if nic.kind == ApplianceKind::AzureFirewall && front_door {
                return Err(DropReason::NoState(nic.device));
            }
            (self.source, self.destination) = (entry.inside.1, entry.inside.0);
            self.remarks.push(Remark::DestinationTranslated);
            if let Some(recalled) = &mut self.recalled {
                recalled
                    .translations
                    .retain(|t| t.device != entry.device || t.outside != entry.outside);
            }
            self.memory.states.push(nic.device);
            return Ok(());
        }
        if origin {
            return Ok(());
        }
        self.check_forwarder(topology, nic, protocol)?;
        let translated = nic
            .dnat
            .iter()
            .find(|(public, _)| *public == self.destination);
        if let (Some((_, to)), None) = (translated, &self.recalled) {
            self.translate(nic, nic.ip, *to);
            self.remarks.push(Remark::DestinationTranslated);
        } else if self.recalled.is_none() && self.needs_source_translation(topology, nic) {
            self.translate(nic, nic.ip, self.destination);
            self.remarks.push(Remark::SourceTranslated);
        }
        Ok(())
    }

    /// A hub's firewall keeps state like any other.
    fn check_hub_firewall(&mut self, hub: HubId) -> Result<(), DropReason> {
        if self
            .recalled
            .as_ref()
            .is_some_and(|memory| !memory.hub_states.contains(&hub))
        {
            return Err(DropReason::NoStateAtHub(hub));
        }
        if !self.memory.hub_states.contains(&hub) {
            self.memory.hub_states.push(hub);
        }
        Ok(())
    }

    fn check_forwarder(
        &mut self,
        topology: &Topology,
        nic: &Appliance,
        protocol: Protocol,
    ) -> Result<(), DropReason> {
        if !nic.ip_forwarding {
            return Err(DropReason::IpForwardingOff(nic.id));
        }
        let outside = !is_private(self.destination) && !owned(topology, self.destination);
        if nic.kind == ApplianceKind::RoutingAppliance && outside {
            return Err(DropReason::NotForInternet(nic.id));
        }
        if nic.drops.contains(&protocol) {
            return Err(DropReason::Policy(nic.id));
        }
        if nic.stateful {
            let known = self
                .recalled
                .as_ref()
                .is_none_or(|memory| memory.states.contains(&nic.device));
            if !known {
                return Err(DropReason::NoState(nic.device));
            }
        }
        if nic.stateful && !self.memory.states.contains(&nic.device) {
            self.memory.states.push(nic.device);
        }
        Ok(())
    }

    fn translate(&mut self, nic: &Appliance, source: Ipv4Addr, destination: Ipv4Addr) {
        let inside = (self.source, self.destination);
        let outside = (source, destination);
        self.memory.translations.push(Translation {
            device: nic.device,
            inside,
            outside,
        });
        (self.source, self.destination) = outside;
    }

    /// NVAs that masquerade, and Azure Firewall towards what it does not hold for private. Traffic to the Internet is
    /// translated too, to a public address that no table of the estate sees.
    fn needs_source_translation(&self, topology: &Topology, nic: &Appliance) -> bool {
        let inside = nic
            .private_ranges
            .iter()
            .any(|range| range.contains(&self.destination));
        let firewall = nic.kind == ApplianceKind::AzureFirewall
            && !inside
            && owned(topology, self.destination);
        let own = self.source == nic.ip;
        !own && (firewall
            || nic.snat_private
                && (is_private(self.destination) || owned(topology, self.destination)))
    }

    fn go(
        mut self,
        routing: &Routing,
        protocol: Protocol,
        choice: Next,
        several: bool,
        open: &mut Vec<Self>,
        done: &mut Vec<Walked>,
    ) {
        if let Some(hop) = self.hops.last_mut() {
            hop.crossed = choice.crossed;
            hop.remarks.extend(several.then_some(Remark::EqualCost));
        }
        self.place = choice.place;
        self.address = choice.address;
        self.remarks = choice.remarks;
        if let Err(reason) = self.check_crossing(routing, protocol, choice.crossed) {
            // The packet is lost on the link: it never stands at the next place.
            done.push(self.end(Outcome::Dropped(Drop { reason })));
            return;
        }
        if !self.is_let_through(
            routing,
            self.place,
            self.packet(protocol),
            Direction::Inbound,
        ) {
            self.push(None);
            done.push(self.end(Outcome::Dropped(Drop {
                reason: DropReason::SecurityRule,
            })));
            return;
        }
        for remark in &self.remarks {
            if let (Remark::LoadBalanced(front), Place::Appliance(id)) = (remark, self.place) {
                self.memory.balanced.push((*front, id));
            }
        }
        if choice.arrives {
            self.push(None);
            done.push(self.end(Outcome::Delivered));
        } else {
            open.push(self);
        }
    }

    fn packet(&self, protocol: Protocol) -> Packet {
        Packet {
            source: self.source,
            destination: self.destination,
            protocol,
        }
    }

    /// Security rules judge requests; replies follow the state that the request left behind.
    fn is_let_through(
        &self,
        routing: &Routing,
        place: Place,
        packet: Packet,
        direction: Direction,
    ) -> bool {
        let topology = routing.topology();
        let subnet = match place {
            Place::Subnet(id) => id,
            Place::Appliance(id) => topology.appliance(id).subnet,
            _ => return true,
        };
        self.recalled.is_some() || security::passes(routing, subnet, packet, direction)
    }

    /// Whether a custom rule lets the packet over a link whose access flag is off (reference 4.2): at the sender's NIC
    /// for its own link, at the receiver's for the other. A reply passes where its request did.
    fn access_by_rule(&self, routing: &Routing, protocol: Protocol, own_link: bool) -> bool {
        let topology = routing.topology();
        let subnet_of = |place: Place| match place {
            Place::Subnet(id) => Some(id),
            Place::Appliance(id) => Some(topology.appliance(id).subnet),
            _ => None,
        };
        let packet = self.packet(protocol);
        let reply = self.recalled.is_some();
        let packet = if reply {
            Packet {
                source: packet.destination,
                destination: packet.source,
                protocol,
            }
        } else {
            packet
        };
        let place = if own_link {
            self.previous()
        } else {
            Some(self.place)
        };
        let direction = if own_link == reply {
            Direction::Inbound
        } else {
            Direction::Outbound
        };
        let subnet = place.and_then(subnet_of);
        subnet
            .is_some_and(|subnet| security::custom_rule_allows(routing, subnet, packet, direction))
    }

    /// The flags of a peering that the packet crosses (reference 4.2, 4.3).
    fn check_crossing(
        &mut self,
        routing: &Routing,
        protocol: Protocol,
        crossed: Option<LinkId>,
    ) -> Result<(), DropReason> {
        let topology = routing.topology().as_ref();
        let Some(id) = crossed else { return Ok(()) };
        let link = topology.link(id);
        let Some(reverse) = link.reverse.map(|reverse| topology.link(reverse)) else {
            return Err(DropReason::NotConnected(id));
        };
        if !link.up {
            return Err(DropReason::NotConnected(id));
        }
        for direction in [link, reverse] {
            if !direction.allow_access
                && !self.access_by_rule(routing, protocol, direction.id == id)
            {
                return Err(DropReason::AccessNotAllowed(direction.id));
            }
        }
        let sender_is_gateway = matches!(
            self.hops.last().map(|hop| hop.place),
            Some(Place::Gateway(_))
        );
        let forwarded = !topology.vnet(link.from).contains(self.source) && !sender_is_gateway;
        if forwarded && !reverse.allow_forwarded {
            if routing.settings().strict_forwarded_traffic {
                return Err(DropReason::ForwardedNotAllowed(reverse.id));
            }
            self.remarks
                .push(Remark::ForwardedTrafficNotAllowed(reverse.id));
        }
        Ok(())
    }
}

/// Whether an address belongs to the estate.
fn owned(topology: &Topology, address: Ipv4Addr) -> bool {
    topology.vnets().iter().any(|vnet| vnet.contains(address))
        || topology
            .sites()
            .iter()
            .any(|site| site.prefixes.iter().any(|prefix| prefix.contains(&address)))
}

/// What decides at the walker's place, and where the packet goes.
fn decide(routing: &Routing, walker: &Walker) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    match walker.place {
        Place::Subnet(subnet) => from_nic(routing, walker, subnet),
        Place::Appliance(id) => from_appliance(routing, walker, topology.appliance(id)),
        Place::Gateway(id) => from_gateway(routing, walker, id),
        Place::MicrosoftEdge(id) => from_speaker(routing, walker, Speaker::Edge(id)),
        Place::Site(id) => from_speaker(routing, walker, Speaker::Site(id)),
        Place::PrivateEndpoint(id) => {
            let endpoint = topology.private_endpoint(id);
            from_nic(routing, walker, endpoint.subnet)
        }
        Place::Internet => (None, from_internet(topology, walker)),
        Place::Hub(hub) | Place::HubFirewall(hub) | Place::HubGateway(hub) => {
            walk_hub::decide(routing, walker, hub)
        }
    }
}

/// From the Internet only a destination NAT rule leads inside.
fn from_internet(topology: &Topology, walker: &Walker) -> Step {
    let mut nics = topology.appliances().iter();
    let translated = nics.find(|nic| {
        nic.dnat
            .iter()
            .any(|(public, _)| *public == walker.destination)
    });
    match translated {
        Some(nic) => Ok(vec![Next::to(Place::Appliance(nic.id), Some(nic.ip))]),
        None if owned(topology, walker.destination) || is_private(walker.destination) => {
            Err(DropReason::NoLearnedRoute)
        }
        None => Ok(vec![
            Next::to(Place::Internet, Some(walker.destination)).arrives(),
        ]),
    }
}

fn from_nic(routing: &Routing, walker: &Walker, subnet: SubnetId) -> (Option<Decision>, Step) {
    let table = routing.effective(subnet);
    let selection = select(&table.rows, walker.destination);
    let step = match selection.winner.and_then(|row| table.rows.get(row)) {
        Some(row) => follow(routing, walker, subnet, row),
        None => Err(DropReason::NoRoute),
    };
    (Some(Decision::Effective { table, selection }), step)
}

/// An appliance sends what its guest routes point into tunnels there, and everything else by a NIC's table.
fn from_appliance(routing: &Routing, walker: &Walker, nic: &Appliance) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    if let Some((decision, next)) = into_tunnel(routing, walker, nic) {
        return (Some(decision), Ok(next));
    }
    let nics = &topology.device(nic.device).nics;
    let mut routes: Vec<(Ipv4Net, Ipv4Addr)> = Vec::new();
    for route in nics
        .iter()
        .flat_map(|id| &topology.appliance(*id).os_routes)
    {
        if let (Via::Address(via), true) = (&route.via, route.prefix.contains(&walker.destination))
        {
            routes.push((route.prefix, *via));
        }
    }
    let chosen = routes.iter().max_by_key(|(prefix, _)| prefix.prefix_len());
    let out = chosen.and_then(|(_, via)| {
        let mut nics = nics.iter().map(|id| topology.appliance(*id));
        nics.find(|nic| {
            topology
                .subnet(nic.subnet)
                .prefix
                .is_some_and(|prefix| prefix.contains(via))
        })
    });
    from_nic(routing, walker, out.unwrap_or(nic).subnet)
}

fn into_tunnel(
    routing: &Routing,
    walker: &Walker,
    nic: &Appliance,
) -> Option<(Decision, Vec<Next>)> {
    let topology = routing.topology().as_ref();
    let speaker = Speaker::Device(nic.device);
    let learned = routing.bgp().lookup(topology, speaker, walker.destination);
    let tunnelled: Vec<&Path> = learned
        .into_iter()
        .filter(|path| matches!(path.from, Some((_, Channel::Tunnel(_)))))
        .collect();
    let nics = topology
        .device(nic.device)
        .nics
        .iter()
        .map(|id| topology.appliance(*id));
    let guest = nics
        .flat_map(|nic| &nic.os_routes)
        .filter(|route| route.prefix.contains(&walker.destination));
    let guest = guest.max_by_key(|route| route.prefix.prefix_len());
    if let Some(route) = guest {
        let longer = tunnelled
            .first()
            .is_none_or(|path| route.prefix.prefix_len() >= path.prefix.prefix_len());
        if longer {
            let Via::Object(party) = route.via else {
                return None;
            };
            let next = party_place(topology, party, walker)?;
            return Some((
                Decision::Guest {
                    prefix: route.prefix,
                },
                vec![next],
            ));
        }
    }
    let first = tunnelled.first()?;
    let decision = learned_decision(walker.place, first);
    let next = tunnelled
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    Some((decision, next))
}

fn learned_decision(speaker: Place, path: &Path) -> Decision {
    let from = path.from.and_then(|(neighbour, _)| match neighbour {
        Speaker::Gateway(id) => Some(Party::Gateway(id)),
        Speaker::Site(id) => Some(Party::Site(id)),
        Speaker::Device(id) => Some(Party::Device(id)),
        Speaker::Hub(id) => Some(Party::Hub(id)),
        Speaker::Edge(_) => None,
    });
    Decision::Learned {
        speaker,
        prefix: path.prefix,
        from,
        as_path: path.as_path.clone(),
        fixed: path.fixed,
    }
}

fn party_place(topology: &Topology, party: Party, walker: &Walker) -> Option<Next> {
    neighbour_place(topology, Speaker::from(party), walker)
}

pub(super) fn neighbour_place(
    topology: &Topology,
    neighbour: Speaker,
    walker: &Walker,
) -> Option<Next> {
    Some(match neighbour {
        Speaker::Gateway(id) => Next::to(
            Place::Gateway(id),
            topology.gateway(id).instance_ips.first().copied(),
        ),
        Speaker::Edge(id) => Next::to(Place::MicrosoftEdge(id), None),
        Speaker::Site(id) => Next::to(Place::Site(id), Some(walker.destination)),
        // Tunnels and circuits end at the hub's gateways.
        Speaker::Hub(id) => Next::to(Place::HubGateway(id), None),
        Speaker::Device(id) => {
            let nic = topology.appliance(*topology.device(id).nics.first()?);
            Next::to(Place::Appliance(nic.id), Some(nic.ip))
        }
    })
}

/// A site or edge: own prefixes are delivered, everything else goes the way it was learned.
fn from_speaker(routing: &Routing, walker: &Walker, speaker: Speaker) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let paths = routing.bgp().lookup(topology, speaker, walker.destination);
    let Some(first) = paths.first() else {
        return (None, Err(DropReason::NoLearnedRoute));
    };
    let decision = learned_decision(walker.place, first);
    let Some((_, channel)) = first.from else {
        return (
            None,
            Ok(vec![
                Next::to(walker.place, Some(walker.destination)).arrives(),
            ]),
        );
    };
    let next: Vec<Next> = paths
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    // Another site of the same WAN owns the prefix: it is delivered there.
    let lands = channel == Channel::Wan && matches!(first.origin, Speaker::Site(_));
    let next = next
        .into_iter()
        .map(|next| if lands { next.arrives() } else { next })
        .collect();
    (Some(decision), Ok(next))
}

/// A gateway compares what it learned outside with what its subnet's table says about the inside.
fn from_gateway(routing: &Routing, walker: &Walker, id: GatewayId) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let table = routing.effective(gateway.subnet);
    let selection = select(&table.rows, walker.destination);
    let row = selection.winner.and_then(|row| table.rows.get(row));
    let inside = row.filter(|row| {
        !matches!(
            row.origin,
            Origin::SystemInternet | Origin::Reserved | Origin::Gateway(_)
        )
    });
    let inside = inside.zip(selection.prefix);
    let fast = gateway.fast_path
        && matches!(
            walker.hops.last().map(|hop| hop.place),
            Some(Place::MicrosoftEdge(_))
        )
        && topology.vnet(gateway.vnet).contains(walker.destination);
    if fast {
        return (
            Some(Decision::Effective { table, selection }),
            deliver(topology, gateway.vnet, walker.destination, None),
        );
    }
    let outside = outside_paths(routing, id, walker.destination);
    let longer = match (&inside, outside.first()) {
        (Some((row, prefix)), Some(path)) => {
            let (near, far) = (prefix.prefix_len(), path.prefix.prefix_len());
            near > far || near == far && row.source == RouteSource::User
        }
        (Some(_), None) => true,
        (None, _) => false,
    };
    if let (true, Some((row, _))) = (longer, inside) {
        let step = follow(routing, walker, gateway.subnet, row);
        return (Some(Decision::Effective { table, selection }), step);
    }
    let Some(first) = outside.first() else {
        return match row.map(|row| &row.origin) {
            Some(Origin::Gateway(other)) if *other != id => {
                let step = row.map_or(Err(DropReason::NoRoute), |row| {
                    follow(routing, walker, gateway.subnet, row)
                });
                (Some(Decision::Effective { table, selection }), step)
            }
            _ => (None, Err(DropReason::NoLearnedRoute)),
        };
    };
    let next: Vec<Next> = outside
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    (Some(learned_decision(walker.place, first)), Ok(next))
}

/// The best paths to an address that a gateway learned from outside its VNet.
fn outside_paths(routing: &Routing, id: GatewayId, destination: Ipv4Addr) -> Vec<&Path> {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let Some(rib) = routing.bgp().rib(Speaker::Gateway(id)) else {
        return Vec::new();
    };
    let mut held: Vec<(&Ipv4Net, &Vec<Path>)> = rib
        .iter()
        .filter(|(prefix, _)| prefix.contains(&destination))
        .collect();
    held.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.prefix_len()));
    let best = held
        .into_iter()
        .map(|(_, paths)| external_best(topology, gateway, paths));
    best.into_iter()
        .find(|paths| !paths.is_empty())
        .unwrap_or_default()
}

/// From a winning row to the next stop.
fn follow(routing: &Routing, walker: &Walker, subnet: SubnetId, row: &EffectiveRoute) -> Step {
    let topology = routing.topology().as_ref();
    let vnet = topology.subnet(subnet).vnet;
    let destination = walker.destination;
    match (row.next_hop_type, &row.origin) {
        (NextHopType::None, _) => Err(DropReason::NextHopNone),
        (NextHopType::VnetLocal, _) => deliver(topology, vnet, destination, None),
        (NextHopType::VNetPeering | NextHopType::VNetGlobalPeering, Origin::Peering(link)) => {
            deliver(topology, topology.link(*link).to, destination, Some(*link))
        }
        (NextHopType::ConnectedGroup, Origin::ConnectedGroup(group)) => {
            let group = topology.connected_group(*group);
            let members = table::group_members(topology, group, topology.vnet(vnet));
            let holders: Vec<VnetId> = members
                .filter(|member| member.contains(destination))
                .map(|m| m.id)
                .collect();
            let overlapped = group
                .members
                .iter()
                .filter(|id| topology.vnet(**id).contains(destination))
                .count()
                > 1;
            match holders.as_slice() {
                [only]
                    if !overlapped
                        && !outside_overlap(topology, *only, &group.members, destination) =>
                {
                    deliver(topology, *only, destination, None)
                }
                _ => Err(DropReason::GroupOverlap),
            }
        }
        (NextHopType::VirtualAppliance, _) => appliances(routing, walker, vnet, &row.next_hop_ips),
        (NextHopType::VirtualNetworkGateway, Origin::Gateway(id)) => {
            gateway_row(routing, walker, vnet, *id, row)
        }
        (NextHopType::VirtualNetworkGateway, Origin::Hub(hub)) => {
            walk_hub::from_spoke(routing, walker, vnet, *hub)
        }
        (NextHopType::VNetPeering | NextHopType::VNetGlobalPeering, Origin::Hub(hub)) => {
            let own = topology
                .hub(*hub)
                .firewall
                .as_ref()
                .and_then(|firewall| firewall.ip);
            if own == Some(destination) {
                return Ok(vec![walk_hub::firewall(routing, *hub).arrives()]);
            }
            Err(DropReason::NoHost(destination))
        }
        (NextHopType::VirtualNetworkGateway, _) => user_gateway(topology, vnet),
        (NextHopType::InterfaceEndpoint, Origin::PrivateEndpoint(id)) => {
            let endpoint = topology.private_endpoint(*id);
            let crossed = topology
                .link_between(vnet, endpoint.vnet)
                .map(|link| link.id);
            Ok(vec![
                Next {
                    crossed,
                    ..Next::to(Place::PrivateEndpoint(*id), Some(endpoint.ip))
                }
                .arrives(),
            ])
        }
        (NextHopType::VirtualNetworkServiceEndpoint, _) => {
            Ok(vec![Next::to(Place::Internet, Some(destination)).arrives()])
        }
        _ => internet(topology, walker, subnet),
    }
}

/// Whether a member is peered with a VNet outside the group that overlaps the destination: traffic of the other
/// members to the overlap is dropped (reference 2.4).
fn outside_overlap(
    topology: &Topology,
    holder: VnetId,
    members: &[VnetId],
    destination: Ipv4Addr,
) -> bool {
    let mut near = members
        .iter()
        .filter(|member| **member != holder)
        .flat_map(|member| topology.links_of(*member));
    near.any(|link| {
        link.up && !members.contains(&link.to) && topology.vnet(link.to).contains(destination)
    })
}

/// Delivery inside a VNet: a NIC, endpoint, gateway or any host of a subnet.
pub(super) fn deliver(
    topology: &Topology,
    vnet: VnetId,
    destination: Ipv4Addr,
    crossed: Option<LinkId>,
) -> Step {
    let next = |place| Next {
        crossed,
        ..Next::to(place, Some(destination))
    };
    if let Some(nic) = topology
        .appliances()
        .iter()
        .find(|nic| nic.vnet == vnet && nic.ip == destination)
    {
        return Ok(vec![next(Place::Appliance(nic.id))]);
    }
    if let Some(endpoint) = topology
        .private_endpoints()
        .iter()
        .find(|e| e.vnet == vnet && e.ip == destination)
    {
        return Ok(vec![next(Place::PrivateEndpoint(endpoint.id)).arrives()]);
    }
    if let Some(gateway) = topology
        .gateways()
        .iter()
        .find(|g| g.vnet == vnet && g.instance_ips.contains(&destination))
    {
        return Ok(vec![next(Place::Gateway(gateway.id)).arrives()]);
    }
    match topology.subnet_of(vnet, destination) {
        Some(subnet) => Ok(vec![next(Place::Subnet(subnet.id)).arrives()]),
        None => Err(DropReason::NoHost(destination)),
    }
}

/// The machines behind next-hop addresses.
fn appliances(routing: &Routing, walker: &Walker, vnet: VnetId, addresses: &[HopAddress]) -> Step {
    let mut next = Vec::new();
    for address in addresses {
        let HopAddress::Ip(address) = address else {
            continue;
        };
        next.extend(appliance(routing, walker, vnet, *address)?);
    }
    if next.is_empty() {
        Err(DropReason::NoRoute)
    } else {
        Ok(next)
    }
}

/// Azure delivers to a next hop in the VNet itself or in one that is directly peered; it looks nothing up again
/// (reference 1.4, 3.2).
fn appliance(routing: &Routing, walker: &Walker, vnet: VnetId, address: Ipv4Addr) -> Step {
    let topology = routing.topology().as_ref();
    let hub = topology
        .connection_of(vnet)
        .map(|connection| topology.hub(connection.hub));
    let own = |hub: &&Hub| hub.firewall.as_ref().and_then(|firewall| firewall.ip) == Some(address);
    if let Some(hub) = hub.filter(own) {
        return Ok(vec![walk_hub::firewall(routing, hub.id)]);
    }
    let found = next_hop_vnet(topology, vnet, address);
    let (target, crossed) = found.ok_or(DropReason::NextHopUnreachable(address))?;
    appliance_at(topology, walker, target, address, crossed)
}

/// The machine at an address of a connected VNet, as a hub reaches it.
pub(super) fn appliance_in(
    routing: &Routing,
    walker: &Walker,
    vnet: VnetId,
    address: Ipv4Addr,
) -> Step {
    appliance_at(routing.topology(), walker, vnet, address, None)
}

fn appliance_at(
    topology: &Topology,
    walker: &Walker,
    target: VnetId,
    address: Ipv4Addr,
    crossed: Option<LinkId>,
) -> Step {
    let nics = || {
        topology
            .appliances()
            .iter()
            .filter(|nic| nic.vnet == target)
    };
    if let Some(nic) = nics().find(|nic| nic.ip == address) {
        return Ok(vec![Next {
            crossed,
            ..Next::to(Place::Appliance(nic.id), Some(address))
        }]);
    }
    let pool: Vec<&Appliance> = nics()
        .filter(|nic| nic.load_balancer_ip == Some(address))
        .collect();
    if !pool.is_empty() {
        return Ok(balance(topology, walker, address, &pool, crossed));
    }
    let mut gateways = topology.gateways().iter();
    if let Some(gateway) = gateways.find(|g| {
        g.vnet == target && g.kind == GatewayKind::Vpn && g.instance_ips.contains(&address)
    }) {
        return Ok(vec![Next {
            crossed,
            ..Next::to(Place::Gateway(gateway.id), Some(address))
        }]);
    }
    Err(DropReason::NoApplianceAt(address))
}

/// The VNet that holds a next-hop address, and the link to it.
pub(crate) fn next_hop_vnet(
    topology: &Topology,
    vnet: VnetId,
    address: Ipv4Addr,
) -> Option<(VnetId, Option<LinkId>)> {
    if topology.vnet(vnet).contains(address) {
        return Some((vnet, None));
    }
    let mut links = topology.links_of(vnet).filter(|link| link.up);
    if let Some(link) = links.find(|link| {
        link.remote_prefixes
            .iter()
            .any(|prefix| prefix.contains(&address))
    }) {
        return Some((link.to, Some(link.id)));
    }
    let groups = topology
        .connected_groups()
        .iter()
        .filter(|group| group.members.contains(&vnet));
    let mut members =
        groups.flat_map(|group| table::group_members(topology, group, topology.vnet(vnet)));
    members
        .find(|member| member.contains(address))
        .map(|member| (member.id, None))
}

/// A load balancer keeps both directions of a flow on one healthy machine (reference 5.6).
fn balance(
    topology: &Topology,
    walker: &Walker,
    front: Ipv4Addr,
    pool: &[&Appliance],
    crossed: Option<LinkId>,
) -> Vec<Next> {
    let next = |nic: &Appliance| Next {
        crossed,
        remarks: vec![Remark::LoadBalanced(front)],
        ..Next::to(Place::Appliance(nic.id), Some(nic.ip))
    };
    let memories = walker
        .recalled
        .iter()
        .chain(std::iter::once(&walker.memory));
    let known = memories
        .flat_map(|memory| &memory.balanced)
        .find(|(address, _)| *address == front);
    if let Some((_, id)) = known {
        return vec![next(topology.appliance(*id))];
    }
    let healthy: Vec<Next> = pool
        .iter()
        .filter(|nic| nic.running)
        .map(|nic| next(nic))
        .collect();
    if healthy.is_empty() {
        pool.iter().take(1).map(|nic| next(nic)).collect()
    } else {
        healthy
    }
}

/// A row that a gateway or Route Server put there.
fn gateway_row(
    routing: &Routing,
    walker: &Walker,
    vnet: VnetId,
    id: GatewayId,
    row: &EffectiveRoute,
) -> Step {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let crossed = topology
        .link_between(vnet, gateway.vnet)
        .map(|link| link.id)
        .filter(|_| vnet != gateway.vnet);
    match gateway.kind {
        GatewayKind::RouteServer => appliances(routing, walker, vnet, &row.next_hop_ips),
        GatewayKind::Vpn => {
            let address = gateway.instance_ips.first().copied();
            Ok(vec![Next {
                crossed,
                ..Next::to(Place::Gateway(id), address)
            }])
        }
        // Packets to ExpressRoute leave for the edge without passing the gateway (reference 6.3).
        GatewayKind::ExpressRoute => {
            let paths = outside_paths(routing, id, walker.destination);
            let next = paths
                .iter()
                .filter_map(|path| neighbour_place(topology, path.from?.0, walker));
            let next: Vec<Next> = next.map(|next| Next { crossed, ..next }).collect();
            if next.is_empty() {
                Err(DropReason::NoLearnedRoute)
            } else {
                Ok(next)
            }
        }
    }
}

/// A UDR with next hop `VirtualNetworkGateway`: the VPN gateway that this VNet uses (reference 3.2, 7.1).
fn user_gateway(topology: &Topology, vnet: VnetId) -> Step {
    let home = gateway_home(topology, vnet).ok_or(DropReason::NoGateway)?;
    let here = || {
        topology
            .gateways()
            .iter()
            .filter(|gateway| gateway.vnet == home)
    };
    let crossed = topology.link_between(vnet, home).map(|link| link.id);
    match here().find(|gateway| gateway.kind == GatewayKind::Vpn) {
        Some(gateway) => {
            let address = gateway.instance_ips.first().copied();
            Ok(vec![Next {
                crossed,
                ..Next::to(Place::Gateway(gateway.id), address)
            }])
        }
        None if here().any(|gateway| gateway.kind == GatewayKind::ExpressRoute) => {
            Err(DropReason::ExpressRouteNextHop)
        }
        None => Err(DropReason::NoGateway),
    }
}

/// Out to the Internet: private addresses mean nothing there, and the sender needs a public path.
fn internet(topology: &Topology, walker: &Walker, subnet: SubnetId) -> Step {
    if is_private(walker.destination) || owned(topology, walker.destination) {
        return Err(DropReason::PrivateToInternet);
    }
    if let Place::Appliance(id) = walker.place {
        let nic = topology.appliance(id);
        if nic.kind == ApplianceKind::RoutingAppliance {
            return Err(DropReason::NotForInternet(id));
        }
        if !nic.internet_egress {
            return Err(DropReason::NoInternetEgress);
        }
    } else if !topology.subnet(subnet).default_outbound_access {
        return Err(DropReason::NoInternetEgress);
    }
    Ok(vec![
        Next::to(Place::Internet, Some(walker.destination)).arrives(),
    ])
}

/// What becomes of a flow, from all its branches.
fn judge(routing: &Routing, flow: Flow, forward: &[Walked], back: &[Vec<Branch>]) -> Verdict {
    if let Some(lost) = forward.iter().position(|branch| !branch.delivered()) {
        return Verdict::RequestLost(lost);
    }
    let mut half = None;
    for (position, (request, replies)) in forward.iter().zip(back).enumerate() {
        for (reply_position, reply) in replies.iter().enumerate() {
            match reply.outcome {
                Outcome::Delivered => {}
                Outcome::Dropped(Drop {
                    reason: DropReason::NoState(device),
                }) => return Verdict::Asymmetric(device),
                Outcome::Dropped(Drop {
                    reason: DropReason::NoStateAtHub(hub),
                }) => return Verdict::AsymmetricAtHub(hub),
                _ => return Verdict::ReplyLost(position, reply_position),
            }
            half = half.or_else(|| unanswered(routing.topology(), request, reply));
            let answered = |hub: &HubId| {
                reply
                    .hops
                    .iter()
                    .any(|hop| hop.place == Place::HubFirewall(*hub))
            };
            let lonely = request.memory.hub_states.iter().find(|hub| !answered(hub));
            if let (Some(hub), Protocol::Tcp) = (lonely, flow.protocol) {
                return Verdict::AsymmetricAtHub(*hub);
            }
        }
    }
    match half {
        // A handshake needs both directions at the device that keeps its state; a ping does not.
        Some(device) if flow.protocol == Protocol::Tcp => Verdict::Asymmetric(device),
        Some(device) => Verdict::DeliveredAsymmetric(device),
        None => Verdict::Delivered,
    }
}

/// A stateful device that saw the request and not the reply.
fn unanswered(topology: &Topology, request: &Walked, reply: &Branch) -> Option<DeviceId> {
    let seen = |device: DeviceId| {
        reply.hops.iter().any(|hop| matches!(hop.place, Place::Appliance(id) if topology.appliance(id).device == device))
    };
    request
        .memory
        .states
        .iter()
        .copied()
        .find(|device| !seen(*device))
}
