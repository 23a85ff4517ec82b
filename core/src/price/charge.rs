//! Which meters a packet turns on its way, hop by hop.
//!
//! The rule: a flow is charged where it crosses something that Azure meters, in the order of its stops.
//!
//! | on the way | meter | charged |
//! |---|---|---|
//! | a peering inside a region | Intra-Region Egress and Ingress | both sides |
//! | a peering between regions | Inter-Region Egress and Ingress | both sides, each at its region's zone |
//! | a peering between a spoke and a gateway, of a flow that leaves Azure | the same | the spoke's side only |
//! | a connection to a Virtual WAN hub | the same | the spoke's side only |
//! | an Azure Firewall, in a VNet or a hub | Data Processed of its tier | once a crossing |
//! | a hub router | Standard Hub Data Processed | VNet to VNet, in the hub where it comes from; by a setting in the destination's hub too |
//! | from one hub to another | Standard Inter-Region Data Transfer | the sender's region |
//! | an internal load balancer | Standard Data Processed | once a crossing |
//! | a tunnel between VPN gateways of two regions | Inter-Virtual Network Data Transfer Out | the sender |
//! | a tunnel between appliances of two regions | Standard Inter-Region Data Transfer | the sender |
//! | a tunnel to a site, or the Internet | Standard Data Transfer Out | data that leaves Azure |
//! | a circuit | Metered Data - Data Transfer Out, by its plan | data that leaves Azure |
//! | a private endpoint | Data Processed - Ingress or Egress | once, and no peering between it and the nearest appliance or machine |
//! | two circuits joined by Global Reach | open | |
//!
//! Spoke, hub firewall, spoke in one region: four peering charges of USD 0.01 and one of USD 0.016 are USD 0.056 a GB.
//! Spoke, hub router, spoke: two of USD 0.01 and one of USD 0.02 are USD 0.04 a GB.
//!
//! Left out: NVA licences by volume. Sources: "A Guide to Azure Data Transfer Pricing", techcommunity.microsoft.com,
//! 2025-05; "About Virtual WAN pricing", learn.microsoft.com, 2025-03-26; workbook LargeScaleHnS 1.2, 2026-01-23.

use crate::route::{Branch, Decision, Hop, NextHopType, Place, Remark};
use crate::spec::{ApplianceKind, GatewayKind};
use crate::topology::{ApplianceId, CircuitId, HubId, LinkId, Topology, VnetId};

/// One meter that flows turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Charge {
    /// Leaves or enters a VNet of the region over a peering or a connection to a hub.
    Peering {
        region: String,
        global: bool,
        out: bool,
        /// The Virtual WAN hub at the other side.
        hub: Option<HubId>,
    },
    /// Passes an Azure Firewall.
    Firewall(ApplianceId),
    /// Passes an internal load balancer of the region.
    LoadBalancer(String),
    /// Leaves the region's VPN gateway for one in another region.
    TunnelOut(String),
    /// Leaves a region for another one, not over a peering.
    InterRegion { from: String, to: String },
    /// Leaves Azure in the region: for a site, over a tunnel, or for the Internet.
    Out { region: String, internet: bool },
    /// Leaves for the Microsoft edge of a circuit.
    CircuitOut(CircuitId),
    /// Leaves one circuit for another.
    GlobalReach(CircuitId),
    /// Passes the router of a Virtual WAN hub, or the firewall that routing intent put in its place.
    HubRouter {
        hub: HubId,
        under_intent: bool,
        at_destination: bool,
    },
    /// Passes the firewall of a Virtual WAN hub.
    HubFirewall(HubId),
    /// Enters or leaves a private endpoint.
    PrivateLink { out: bool },
    /// From a VNet to another one in a way for which there is no rule.
    NoRule(VnetId, VnetId),
}

/// What one packet's way turns, in order.
pub(crate) fn charges(topology: &Topology, branch: &Branch) -> Vec<Charge> {
    let mut charges = Vec::new();
    let hops = || branch.hops.iter();
    let outside = |hop: &Hop| matches!(hop.place, Place::Site(_) | Place::MicrosoftEdge(_));
    let leaves = hops().any(outside);
    let between_vnets = !leaves && !hops().any(|hop| hop.place == Place::Internet);
    // From outside to a VNet of another hub, that hub's router counts as it does for what comes from a VNet.
    let enters = hops().next().is_some_and(outside) && !hops().last().is_some_and(outside);
    let mut before = None;
    // How many charges there were when the packet came to each appliance of a VNet.
    let mut appliances: Vec<usize> = Vec::new();
    for (hop, next) in hops().zip(hops().skip(1)) {
        if let Some(hub) = hub_of(hop.place) {
            let at_destination = before.and_then(hub_of).is_some_and(|other| other != hub);
            let charge = Charge::HubRouter {
                hub,
                under_intent: matches!(hop.place, Place::HubFirewall(_)),
                at_destination,
            };
            let again = before.and_then(hub_of) == Some(hub);
            let routed = matches!(hop.place, Place::Hub(_) | Place::HubFirewall(_));
            let counted = between_vnets || (enters && at_destination);
            charges.extend((counted && routed && !again).then_some(charge));
        }
        if matches!(hop.place, Place::Appliance(_)) {
            appliances.push(charges.len());
        }
        standing_at(topology, hop, &mut charges);
        moving(topology, hop, next, leaves, &mut charges);
        before = Some(hop.place);
    }
    let endpoint =
        |hop: Option<&Hop>| hop.is_some_and(|hop| matches!(hop.place, Place::PrivateEndpoint(_)));
    let peering = |charge: &Charge| matches!(charge, Charge::Peering { .. } | Charge::NoRule(..));
    if endpoint(branch.hops.last()) {
        // Up to an appliance it is traffic between machines.
        let direct = charges.split_off(appliances.last().copied().unwrap_or(0));
        charges.extend(direct.into_iter().filter(|charge| !peering(charge)));
        charges.push(Charge::PrivateLink { out: false });
    }
    if endpoint(branch.hops.first()) {
        let direct = appliances.first().copied().unwrap_or(charges.len());
        let mut position = 0;
        charges.retain(|charge| {
            position += 1;
            position > direct || !peering(charge)
        });
        charges.push(Charge::PrivateLink { out: true });
    }
    charges
}

const fn hub_of(place: Place) -> Option<HubId> {
    match place {
        Place::Hub(id) | Place::HubFirewall(id) | Place::HubGateway(id) => Some(id),
        _ => None,
    }
}

/// What a stop that forwards turns.
fn standing_at(topology: &Topology, hop: &Hop, charges: &mut Vec<Charge>) {
    match hop.place {
        Place::Appliance(id) if topology.appliance(id).kind == ApplianceKind::AzureFirewall => {
            charges.push(Charge::Firewall(id));
        }
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
fn moving(topology: &Topology, hop: &Hop, next: &Hop, leaves: bool, charges: &mut Vec<Charge>) {
    if let Some(ends) = crossed_vnets(topology, hop, next) {
        // What leaves over a circuit goes to the edge past the gateway.
        let transit =
            |place: Place| leaves && matches!(place, Place::Gateway(_) | Place::MicrosoftEdge(_));
        let charged = (!transit(hop.place), !transit(next.place));
        peering(topology, ends, charged, charges);
        if let Place::MicrosoftEdge(circuit) = next.place {
            charges.push(Charge::CircuitOut(circuit));
        }
        return;
    }
    let region = |vnet: VnetId| topology.vnet(vnet).region.clone();
    let here = vnet_of(topology, hop.place);
    let (from_hub, to_hub) = (hub_of(hop.place), hub_of(next.place));
    match (hop.place, next.place) {
        (Place::Gateway(a), Place::Gateway(b)) => {
            let (a, b) = (topology.gateway(a), topology.gateway(b));
            if a.kind != GatewayKind::Vpn || b.kind != GatewayKind::Vpn {
                charges.push(Charge::NoRule(a.vnet, b.vnet));
            } else if region(a.vnet) != region(b.vnet) {
                charges.push(Charge::TunnelOut(region(a.vnet)));
            }
        }
        (Place::Appliance(a), Place::Appliance(b))
            if topology.appliance(a).vnet != topology.appliance(b).vnet =>
        {
            let (a, b) = (
                region(topology.appliance(a).vnet),
                region(topology.appliance(b).vnet),
            );
            if a != b {
                charges.push(Charge::InterRegion { from: a, to: b });
            }
        }
        (Place::MicrosoftEdge(a), Place::MicrosoftEdge(_)) => charges.push(Charge::GlobalReach(a)),
        (Place::MicrosoftEdge(_) | Place::Site(_) | Place::Internet, _) => {}
        (_, Place::Site(_) | Place::Internet) => {
            let hub = from_hub.map(|hub| topology.hub(hub).region.clone());
            let internet = next.place == Place::Internet;
            charges.extend(
                hub.or_else(|| here.map(region))
                    .map(|region| Charge::Out { region, internet }),
            );
        }
        (_, Place::MicrosoftEdge(circuit)) => {
            // An appliance beside the gateway crosses nothing; over a hub's gateway it goes by its connection.
            let joined = here
                .filter(|_| !matches!(hop.place, Place::Gateway(_)))
                .and_then(|vnet| topology.connection_of(vnet));
            if let Some(joined) = joined {
                connection(topology, joined.vnet, Some(joined.hub), true, charges);
            }
            charges.push(Charge::CircuitOut(circuit));
        }
        _ => match (
            here.zip(to_hub),
            from_hub.zip(vnet_of(topology, next.place)),
            from_hub.zip(to_hub),
        ) {
            (Some((vnet, hub)), ..) => connection(topology, vnet, Some(hub), true, charges),
            (_, Some((hub, vnet)), _) => connection(topology, vnet, Some(hub), false, charges),
            (.., Some((a, b))) => {
                let (a, b) = (&topology.hub(a).region, &topology.hub(b).region);
                charges.extend((a != b).then(|| Charge::InterRegion {
                    from: a.clone(),
                    to: b.clone(),
                }));
            }
            _ => {
                let vnets = here.zip(vnet_of(topology, next.place));
                charges.extend(
                    vnets
                        .filter(|(a, b)| a != b)
                        .map(|(a, b)| Charge::NoRule(a, b)),
                );
            }
        },
    }
}

/// A VNet's side of its connection to a hub.
fn connection(
    topology: &Topology,
    vnet: VnetId,
    hub: Option<HubId>,
    out: bool,
    charges: &mut Vec<Charge>,
) {
    let region = topology.vnet(vnet).region.clone();
    let global = hub.is_some_and(|hub| topology.hub(hub).region != region);
    charges.push(Charge::Peering {
        region,
        global,
        out,
        hub,
    });
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
    let region = |vnet: VnetId| topology.vnet(vnet).region.clone();
    let (from, to) = (region(ends.0), region(ends.1));
    let global = from != to;
    let side = |region, out| Charge::Peering {
        region,
        global,
        out,
        hub: None,
    };
    charges.extend(charged.0.then(|| side(from, true)));
    charges.extend(charged.1.then(|| side(to, false)));
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
