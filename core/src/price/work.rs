//! The metered work of traced flows: which meters a flow turns on its way.
//!
//! The rule: every ordered pair of ends is traced; the request's path of A to B carries A's volume to B. A flow
//! counts only when its request and its reply arrive; one that does not arrive carries nothing and is listed.
//!
//! | on the way | meter | charged |
//! |---|---|---|
//! | a peering inside a region | Intra-Region Egress and Ingress | both sides |
//! | a peering between regions | Inter-Region Egress and Ingress | both sides, each at its region's zone |
//! | a peering between a spoke and the hub's gateway, on-premises traffic | the same | the spoke's side only |
//! | an Azure Firewall | Data Processed of its tier | once a crossing |
//! | an internal load balancer | Standard Data Processed | once a crossing |
//! | a tunnel between VPN gateways of two regions | Inter-Virtual Network Data Transfer Out | the sender |
//! | a tunnel to a site | Bandwidth, Standard Data Transfer Out | data that leaves Azure |
//! | an ExpressRoute circuit, a Virtual WAN hub | no rule here yet | an open line |
//!
//! Spoke, hub firewall, spoke in one region: four peering charges of USD 0.01 and one of USD 0.016 are USD 0.056 a GB.
//! Where a flow has several equal-cost ways each carries the same part.
//!
//! Source of the rules: "A Guide to Azure Data Transfer Pricing", techcommunity.microsoft.com, 2025-05.

use super::traffic::{End, Kind, Owner, ends, kind};
use crate::route::{Branch, Decision, Flow, Hop, NextHopType, Place, Remark, Routing, Verdict};
use crate::spec::{ApplianceKind, GatewayKind, Protocol};
use crate::topology::{ApplianceId, CircuitId, HubId, LinkId, Topology, VnetId};
use std::collections::BTreeMap;

/// A flow's way counts as this many parts, so that 1 to 16 equal-cost ways share it exactly.
pub(crate) const PARTS: u64 = 720_720;

/// More ordered pairs than this are not traced one by one.
const MOST_FLOWS: usize = 20_000;

/// One meter that flows turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Charge {
    /// Leaves a VNet of the region over a peering inside it.
    PeeringOut(String),
    /// Enters a VNet of the region over a peering inside it.
    PeeringIn(String),
    /// Leaves a VNet of the region over a global peering.
    GlobalOut(String),
    /// Enters a VNet of the region over a global peering.
    GlobalIn(String),
    /// Passes an Azure Firewall.
    Firewall(ApplianceId),
    /// Passes an internal load balancer of the region.
    LoadBalancer(String),
    /// Leaves the region's VPN gateway for one in another region.
    TunnelOut(String),
    /// Leaves the region for a site, over a tunnel.
    SiteOut(String),
    /// Leaves for the Microsoft edge of a circuit.
    CircuitOut(CircuitId),
    /// Passes the router of a Virtual WAN hub.
    HubRouter(HubId),
    /// Passes the firewall of a Virtual WAN hub.
    HubFirewall(HubId),
    /// From a VNet to another one in a way for which there is no rule.
    NoRule(VnetId, VnetId),
}

/// What a kind of flows adds to one meter: crossings in [`PARTS`].
pub(crate) type Crossings = BTreeMap<Kind, u64>;

/// A flow that does not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostFlow {
    /// The flow.
    pub flow: Flow,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// The metered work of an estate's flows, whatever their volume: traced once, billed for any traffic figure.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Unordered pairs of each kind; half as many flows.
    pub(crate) pairs: BTreeMap<Kind, u64>,
    /// Flows of each kind that do not arrive.
    pub(crate) lost_by_kind: BTreeMap<Kind, u64>,
    pub(crate) charges: BTreeMap<Charge, Crossings>,
    pub(crate) lost: Vec<LostFlow>,
    /// Flows that are too many to trace.
    pub(crate) untraced: Option<usize>,
}

impl Work {
    /// Traces a TCP flow between every ordered pair of ends.
    #[must_use]
    pub fn trace(routing: &Routing) -> Self {
        let topology = routing.topology();
        let ends = ends(topology);
        let mut work = Self::default();
        let flows = ends.len().saturating_mul(ends.len().saturating_sub(1));
        if flows > MOST_FLOWS {
            work.untraced = Some(flows);
            return work;
        }
        for (position, a) in ends.iter().enumerate() {
            for b in ends.iter().skip(position.saturating_add(1)) {
                if let Some(kind) = kind(topology, a.owner, b.owner) {
                    *work.pairs.entry(kind.clone()).or_default() += 1;
                    work.follow(routing, &kind, *a, *b);
                    work.follow(routing, &kind, *b, *a);
                }
            }
        }
        work
    }

    fn follow(&mut self, routing: &Routing, kind: &Kind, from: End, to: End) {
        let flow = Flow {
            source: from.address,
            destination: to.address,
            protocol: Protocol::Tcp,
        };
        let trip = routing.round_trip(flow);
        if !trip.verdict.reachable() || trip.forward.is_empty() {
            *self.lost_by_kind.entry(kind.clone()).or_default() += 1;
            self.lost.push(LostFlow {
                flow,
                verdict: trip.verdict,
            });
            return;
        }
        let on_premises =
            matches!(from.owner, Owner::Site(_)) || matches!(to.owner, Owner::Site(_));
        let ways = u64::try_from(trip.forward.len()).unwrap_or(u64::MAX);
        for (way, branch) in (0_u64..).zip(&trip.forward) {
            // Differences of a running share: they add up to the whole flow whatever the number of ways.
            let share = |ways_before: u64| PARTS.saturating_mul(ways_before) / ways;
            let parts = share(way.saturating_add(1)).saturating_sub(share(way));
            for charge in charges(routing.topology(), branch, on_premises) {
                let crossings = self.charges.entry(charge).or_default();
                *crossings.entry(kind.clone()).or_default() += parts;
            }
        }
    }
}

/// What one packet's way turns, in order.
fn charges(topology: &Topology, branch: &Branch, on_premises: bool) -> Vec<Charge> {
    let mut charges = Vec::new();
    for (hop, next) in branch.hops.iter().zip(branch.hops.iter().skip(1)) {
        standing_at(topology, hop, &mut charges);
        moving(topology, hop, next, on_premises, &mut charges);
    }
    charges
}

/// What a stop that forwards turns.
fn standing_at(topology: &Topology, hop: &Hop, charges: &mut Vec<Charge>) {
    match hop.place {
        Place::Appliance(id) if topology.appliance(id).kind == ApplianceKind::AzureFirewall => {
            charges.push(Charge::Firewall(id));
        }
        Place::Hub(id) => charges.push(Charge::HubRouter(id)),
        Place::HubFirewall(id) => charges.push(Charge::HubFirewall(id)),
        _ => {}
    }
    let balanced = hop
        .remarks
        .iter()
        .any(|remark| matches!(remark, Remark::LoadBalanced(_)));
    if let (true, Some(vnet)) = (balanced, vnet_of(topology, hop.place)) {
        charges.push(Charge::LoadBalancer(topology.vnet(vnet).region.clone()));
    }
}

/// What the way between two stops turns.
fn moving(
    topology: &Topology,
    hop: &Hop,
    next: &Hop,
    on_premises: bool,
    charges: &mut Vec<Charge>,
) {
    if let Some(ends) = crossed_vnets(topology, hop, next) {
        let at_gateway = |place: Place| on_premises && matches!(place, Place::Gateway(_));
        peering(
            topology,
            ends,
            (!at_gateway(hop.place), !at_gateway(next.place)),
            charges,
        );
        return;
    }
    match (hop.place, next.place) {
        (Place::Gateway(a), Place::Gateway(b)) => {
            let (a, b) = (topology.gateway(a), topology.gateway(b));
            let (here, there) = (&topology.vnet(a.vnet).region, &topology.vnet(b.vnet).region);
            if a.kind != GatewayKind::Vpn || b.kind != GatewayKind::Vpn {
                charges.push(Charge::NoRule(a.vnet, b.vnet));
            } else if here != there {
                charges.push(Charge::TunnelOut(here.clone()));
            }
        }
        (Place::Gateway(_) | Place::Appliance(_), Place::Site(_)) => {
            let region =
                vnet_of(topology, hop.place).map(|vnet| topology.vnet(vnet).region.clone());
            charges.extend(region.map(Charge::SiteOut));
        }
        (Place::Gateway(_) | Place::Hub(_), Place::MicrosoftEdge(circuit)) => {
            charges.push(Charge::CircuitOut(circuit))
        }
        (a, b) => {
            let vnets = vnet_of(topology, a).zip(vnet_of(topology, b));
            charges.extend(
                vnets
                    .filter(|(a, b)| a != b)
                    .map(|(a, b)| Charge::NoRule(a, b)),
            );
        }
    }
}

/// The two VNets of a peering or connected group that the packet crosses.
fn crossed_vnets(topology: &Topology, hop: &Hop, next: &Hop) -> Option<(VnetId, VnetId)> {
    if let Some(link) = hop.crossed {
        return Some(link_ends(topology, link));
    }
    let winner = hop.decision.as_ref().and_then(Decision::winner)?;
    let vnets = vnet_of(topology, hop.place).zip(vnet_of(topology, next.place))?;
    // A connected group has no peering objects and is billed like a peering, once.
    (winner.next_hop_type == NextHopType::ConnectedGroup && vnets.0 != vnets.1).then_some(vnets)
}

fn link_ends(topology: &Topology, link: LinkId) -> (VnetId, VnetId) {
    let link = topology.link(link);
    (link.from, link.to)
}

fn peering(
    topology: &Topology,
    ends: (VnetId, VnetId),
    charged: (bool, bool),
    charges: &mut Vec<Charge>,
) {
    let (from, to) = (
        topology.vnet(ends.0).region.clone(),
        topology.vnet(ends.1).region.clone(),
    );
    let (out, into) = if from == to {
        (Charge::PeeringOut(from), Charge::PeeringIn(to))
    } else {
        (Charge::GlobalOut(from), Charge::GlobalIn(to))
    };
    charges.extend(charged.0.then_some(out));
    charges.extend(charged.1.then_some(into));
}

fn vnet_of(topology: &Topology, place: Place) -> Option<VnetId> {
    match place {
        Place::Subnet(id) => Some(topology.subnet(id).vnet),
        Place::Appliance(id) => Some(topology.appliance(id).vnet),
        Place::Gateway(id) => Some(topology.gateway(id).vnet),
        Place::PrivateEndpoint(id) => Some(topology.private_endpoint(id).vnet),
        // Sites, edges, hubs of a Virtual WAN and the Internet stand outside every VNet.
        _ => None,
    }
}
