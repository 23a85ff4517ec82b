//! What a packet carries, and what devices and links do to it on the way.

use super::decide::leaving;
use super::standing::{Came, Standing};
use super::{Next, Translation, Walked, Walker, owned};
use crate::address::{covered_by, is_private, reserved_prefixes};
use crate::route::security::{self, Guard, Judged};
use crate::route::trace::{Branch, Decision, Drop, DropReason, Hop, Outcome, Place, Remark};
use crate::route::{EffectiveRoute, Routing};
use crate::spec::{ApplianceKind, Direction, Protocol};
use crate::topology::{
    Appliance, ApplianceId, DeviceId, FirewallVerdict, HubId, LinkId, Packet, PolicyId, RuleRef,
    SubnetId, Topology,
};
use std::net::Ipv4Addr;

/// A new destination, its port, and the rule of a firewall policy that gives them.
type Published = (Ipv4Addr, Option<u16>, Option<RuleRef>);

/// Whether what a firewall translates goes out again by its public side: neither private nor an address of a VNet.
fn leaves_azure(topology: &Topology, nic: &Appliance, to: Ipv4Addr) -> bool {
    let private = nic.private_ranges.iter().any(|range| range.contains(&to));
    !private && topology.vnet_at(to).is_none()
}

/// A network rule that denies what a DNAT rule made comes before the rule that Azure makes for it.
fn denied(
    routing: &Routing,
    subnet: Option<SubnetId>,
    policy: Option<PolicyId>,
    packet: &Packet,
) -> Result<(), DropReason> {
    let Some(policy) = policy else { return Ok(()) };
    match security::firewall(routing, subnet, policy, packet, false) {
        (rule @ RuleRef::Firewall(..), FirewallVerdict::Deny) => {
            Err(DropReason::FirewallRule(rule))
        }
        _ => Ok(()),
    }
}

impl Walker {
    /// The stop before this one.
    fn previous(&self) -> Option<Place> {
        self.hops.last().map(|hop| hop.place)
    }

    /// What decides here looks at this much of the packet.
    pub(super) fn standing(&self, topology: &Topology) -> Standing {
        Standing {
            place: self.place,
            came: Came::to(topology, self.place, self.previous()),
            destination: self.destination,
        }
    }

    /// The machine that a load balancer chose: for the request of a reply, or earlier on this way.
    pub(super) fn balanced(&self, front: Ipv4Addr) -> Option<ApplianceId> {
        let memories = self.recalled.iter().chain(std::iter::once(&self.memory));
        let mut known = memories.flat_map(|memory| &memory.balanced);
        known
            .find(|(address, _)| *address == front)
            .map(|(_, id)| *id)
    }

    pub(super) fn push(&mut self, decision: Option<Decision>) {
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

    pub(super) fn end(self, outcome: Outcome) -> Walked {
        let outcome = self.untranslated(outcome);
        Walked {
            branch: Branch {
                hops: self.hops,
                outcome,
            },
            memory: self.memory,
        }
    }

    /// A reply that passes the machine by that translated its request comes from an address that nobody asked.
    fn untranslated(&self, outcome: Outcome) -> Outcome {
        let recalled = self.recalled.as_ref();
        let left = recalled.and_then(|memory| memory.translations.first());
        match (outcome, left) {
            (Outcome::Delivered, Some(left)) => Outcome::Dropped(Drop {
                reason: DropReason::NoState(left.device),
            }),
            (Outcome::Delivered, None) if !self.answers_as_asked() => Outcome::Dropped(Drop {
                reason: DropReason::NoNatMapping,
            }),
            _ => outcome,
        }
    }

    /// Whether the packet stands where it wants to go.
    pub(super) fn is_home(&self, routing: &Routing, protocol: Protocol) -> bool {
        let topology = routing.topology().as_ref();
        match self.place {
            Place::Subnet(_) => self.address == Some(self.destination),
            Place::Appliance(id) => {
                let nic = topology.appliance(id);
                let published =
                    self.recalled.is_none() && self.published(routing, nic, protocol).is_some();
                let own =
                    nic.kind == ApplianceKind::Nva && nic.public_ips.contains(&self.destination);
                (own || topology.is_behind(id, self.destination))
                    && !published
                    && !self.is_translated(topology, id)
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
    pub(super) fn pass_through(
        &mut self,
        routing: &Routing,
        protocol: Protocol,
        origin: bool,
    ) -> Result<(), DropReason> {
        let topology = routing.topology().as_ref();
        if let Place::HubFirewall(hub) = self.place {
            // What it sends itself, as a DNS proxy does, it has seen.
            if origin {
                return Ok(());
            }
            return self.check_hub_firewall(routing, protocol, hub);
        }
        let Place::Appliance(id) = self.place else {
            return Ok(());
        };
        let nic = topology.appliance(id);
        if origin && self.recalled.is_none() {
            if self.needs_source_translation(nic, protocol) && topology.is_behind(id, self.source) {
                self.translate(nic, nic.ip, self.destination);
                self.remarks.push(Remark::SourceTranslated);
            }
            return Ok(());
        }
        if !nic.running {
            return Err(DropReason::NotRunning(id));
        }
        let answers_past = self.recalled.is_some() && self.previous() != Some(Place::Internet);
        let firewall = nic.kind == ApplianceKind::AzureFirewall;
        if firewall && answers_past && self.is_for_public_side(topology, nic) {
            return Err(DropReason::NoState(nic.device));
        }
        if let Some(entry) = self.translation_here(nic.device) {
            // Azure Firewall translates to an instance's own address; a reply that a UDR takes to its front door may
            // meet another instance (reference 5.2).
            let by_route = self
                .hops
                .last()
                .and_then(|hop| hop.decision.as_ref()?.winner());
            let front_door = by_route.is_some_and(EffectiveRoute::leads_to_appliance);
            if firewall && front_door {
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
        if self.recalled.is_some() {
            return Ok(());
        }
        if let Some((to, port, rule)) = self.published(routing, nic, protocol) {
            let asker = self.source;
            // An NVA that does not masquerade shows the machine behind it who asks.
            let source = if nic.kind == ApplianceKind::Nva && !nic.snat_private {
                self.source
            } else if firewall && leaves_azure(topology, nic, to) {
                nic.public_ips.first().copied().unwrap_or(self.destination)
            } else {
                leaving(topology, nic, to).ip
            };
            self.translate(nic, source, to);
            self.port = port;
            self.remarks.extend(rule.map(Remark::Allowed));
            self.remarks.push(Remark::DestinationTranslated);
            let packet = Packet {
                source: asker,
                ..self.packet(protocol)
            };
            return denied(routing, Some(nic.subnet), nic.policy, &packet);
        }
        let proxied = match nic.policy {
            Some(policy) => self.ask_policy(routing, Some(nic.subnet), policy, protocol)?,
            None => false,
        };
        if self.is_for_public_side(topology, nic) {
            return Err(DropReason::NotPublished(nic.id));
        }
        if proxied && self.source != nic.ip || self.needs_source_translation(nic, protocol) {
            self.translate(nic, nic.ip, self.destination);
            self.remarks.push(Remark::SourceTranslated);
        }
        Ok(())
    }

    /// What a destination NAT rule makes of the packet, a rule on any NIC of the machine: its new destination and port.
    fn published(
        &self,
        routing: &Routing,
        nic: &Appliance,
        protocol: Protocol,
    ) -> Option<Published> {
        let topology = routing.topology();
        let nics = topology.device(nic.device).nics.iter();
        let own = nics.flat_map(|id| &topology.appliance(*id).dnat);
        let mut own = own.filter(|rule| rule.serves(self.destination, protocol, self.port));
        if let Some(rule) = own.next() {
            return Some((rule.to, rule.translated_port.or(self.port), None));
        }
        let packet = self.packet(protocol);
        let (rule, verdict) =
            security::firewall(routing, Some(nic.subnet), nic.policy?, &packet, true);
        let FirewallVerdict::Translate(to, port) = verdict else {
            return None;
        };
        Some((to, port.or(self.port), Some(rule)))
    }

    /// What a firewall's policy says of a request: whether its proxy passes it on.
    fn ask_policy(
        &mut self,
        routing: &Routing,
        subnet: Option<SubnetId>,
        policy: PolicyId,
        protocol: Protocol,
    ) -> Result<bool, DropReason> {
        let packet = self.packet(protocol);
        let (rule, verdict) = security::firewall(routing, subnet, policy, &packet, false);
        if verdict == FirewallVerdict::Deny {
            return Err(DropReason::FirewallRule(rule));
        }
        self.remarks.push(Remark::Allowed(rule));
        Ok(verdict == FirewallVerdict::Proxy)
    }

    /// A hub's firewall keeps state like any other.
    fn check_hub_firewall(
        &mut self,
        routing: &Routing,
        protocol: Protocol,
        hub: HubId,
    ) -> Result<(), DropReason> {
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
        if self.recalled.is_none() && self.previous() == Some(Place::Internet) {
            return self.enter_by_hub(routing, protocol, hub);
        }
        let firewall = routing.topology().hub(hub).firewall.as_ref();
        if let (Some(policy), None) = (firewall.and_then(|one| one.policy), &self.recalled) {
            self.ask_policy(routing, None, policy, protocol)?;
        }
        Ok(())
    }

    /// By a rule of the hub's firewall, which shows its own address to the machine that it publishes.
    fn enter_by_hub(
        &mut self,
        routing: &Routing,
        protocol: Protocol,
        hub: HubId,
    ) -> Result<(), DropReason> {
        let topology = routing.topology().as_ref();
        let firewall = topology.hub(hub).firewall.as_ref();
        let policy = firewall.and_then(|one| one.policy);
        let policy = policy.ok_or(DropReason::NoLearnedRoute)?;
        let packet = self.packet(protocol);
        let (rule, verdict) = security::firewall(routing, None, policy, &packet, true);
        let FirewallVerdict::Translate(to, port) = verdict else {
            return Err(DropReason::FirewallRule(rule));
        };
        self.destination = to;
        self.port = port.or(self.port);
        self.remarks.push(Remark::Allowed(rule));
        self.remarks.push(Remark::DestinationTranslated);
        denied(routing, None, Some(policy), &self.packet(protocol))?;
        if let Some(own) = firewall.and_then(|one| one.ip) {
            self.source = own;
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

    /// Whether a packet is for a public address of the machine itself.
    fn is_for_public_side(&self, topology: &Topology, nic: &Appliance) -> bool {
        let own = nic.public_ips.contains(&self.destination);
        !is_private(self.destination) && (own || topology.publishes(nic, self.destination))
    }

    /// NVAs that masquerade, and Azure Firewall towards what it does not hold for private; a ping keeps to the ranges that
    /// are private by default (MicrosoftDocs/azure-docs issue 71600, 2021-03-04). Behind the row `Internet` a public address
    /// follows, which no table of the estate sees.
    fn needs_source_translation(&self, nic: &Appliance, protocol: Protocol) -> bool {
        let inside = if protocol == Protocol::Icmp {
            covered_by(&self.destination.into(), &reserved_prefixes())
        } else {
            let mut own = nic.private_ranges.iter();
            own.any(|range| range.contains(&self.destination))
        };
        let firewall = nic.kind == ApplianceKind::AzureFirewall && !inside;
        let mut behind = nic.ranges_behind.iter();
        let hidden = behind.any(|(range, snat)| *snat && range.contains(&self.source));
        self.source != nic.ip && (firewall || nic.snat_private || hidden)
    }

    pub(super) fn go(
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
        // The platform translates a public address to the private one of its NIC before anything else sees the packet.
        let inward = self.place == Place::Internet && !choice.arrives;
        let ends = (self.place, choice.place);
        if choice.place == Place::Internet && !inward && !choice.arrives {
            self.show(routing.topology());
        }
        self.place = choice.place;
        self.address = choice.address;
        self.remarks = choice.remarks;
        if let (true, Some(private)) = (inward, choice.private) {
            self.memory.entered.push((self.destination, private));
            self.destination = private;
        }
        let translated = self.cross_tunnel(routing.topology(), ends);
        let crossed =
            translated.and_then(|()| self.check_crossing(routing, protocol, choice.crossed));
        if let Err(reason) = crossed {
            // The packet is lost on the link: it never stands at the next place.
            done.push(self.end(Outcome::Dropped(Drop { reason })));
            return;
        }
        if let Err(reason) = self.check_front(routing.topology(), protocol) {
            self.push(None);
            done.push(self.end(Outcome::Dropped(Drop { reason })));
            return;
        }
        let arriving = self.as_its_nic_sees(routing.topology(), protocol);
        let judged = if choice.encapsulated {
            Ok(None)
        } else {
            self.judged(routing, &arriving, Direction::Inbound)
        };
        match judged {
            Err(rule) => {
                self.push(None);
                let reason = DropReason::SecurityRule(rule);
                done.push(self.end(Outcome::Dropped(Drop { reason })));
                return;
            }
            Ok(rule) => self.remarks.extend(rule.map(Remark::Allowed)),
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

    pub(super) fn packet(&self, protocol: Protocol) -> Packet {
        Packet {
            source: self.source,
            destination: self.destination,
            protocol,
            port: self.port,
        }
    }

    /// The packet with the private address of the NIC where it comes in by a published one.
    fn as_its_nic_sees(&self, topology: &Topology, protocol: Protocol) -> Packet {
        let packet = self.packet(protocol);
        match self.place {
            Place::Appliance(id) if self.previous() == Some(Place::Internet) => Packet {
                destination: topology.appliance(id).ip,
                ..packet
            },
            _ => self.behind_front(topology, packet),
        }
    }

    /// Security rules judge requests; replies follow the state that the request left behind.
    pub(super) fn judged(
        &self,
        routing: &Routing,
        packet: &Packet,
        direction: Direction,
    ) -> Judged {
        if self.recalled.is_some() {
            return Ok(None);
        }
        let topology = routing.topology();
        let guard = match self.place {
            Place::Subnet(subnet) => {
                let mut hosts = topology.workloads().iter();
                let host = hosts.find(|host| host.nsg.is_some() && Some(host.ip) == self.address);
                Guard {
                    subnet,
                    nic: host.and_then(|host| host.nsg),
                }
            }
            Place::Appliance(id) => {
                let nic = topology.appliance(id);
                Guard {
                    subnet: nic.subnet,
                    nic: nic.nsg,
                }
            }
            Place::PrivateEndpoint(id) if direction == Direction::Inbound => {
                let subnet = topology.private_endpoint(id).subnet;
                let policies = topology.subnet(subnet).private_endpoint_policies;
                if !policies.applies_security_groups() {
                    return Ok(None);
                }
                Guard { subnet, nic: None }
            }
            _ => return Ok(None),
        };
        security::judge(routing, guard, packet, direction)
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
                ..packet
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
            .is_some_and(|subnet| security::custom_rule_allows(routing, subnet, &packet, direction))
    }

    /// Whether the host here has a public address, or a load balancer with an outbound rule.
    pub(super) fn has_public_side(&self, topology: &Topology) -> bool {
        let mut hosts = topology.workloads().iter();
        let mut balancers = topology.public_load_balancers().iter();
        self.address.is_some_and(|own| {
            hosts.any(|host| host.ip == own && host.public_ip.is_some())
                || balancers.any(|one| one.outbound_rule && one.backends.contains(&own))
        })
    }

    /// An end of the packet in a subnet that is not reached over peerings between regions.
    fn regional_end(&self, topology: &Topology) -> Option<SubnetId> {
        let ends = [self.source, self.destination].into_iter();
        let mut subnets = ends.filter_map(|end| topology.subnet_at(end));
        subnets
            .find(|subnet| subnet.regional)
            .map(|subnet| subnet.id)
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
        if let Some(subnet) = self.regional_end(topology).filter(|_| link.global) {
            return Err(DropReason::NotOverRegions(subnet));
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
