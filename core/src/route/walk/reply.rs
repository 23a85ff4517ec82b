//! The way back, and what both ways together mean.

use super::{Memory, USUAL_HOPS, Walked, Walker, run};
use crate::route::Routing;
use crate::route::trace::{
    Branch, Decision, Drop, DropReason, Flow, Hop, Outcome, Place, RoundTrip, Verdict,
};
use crate::spec::Protocol;
use crate::topology::{DeviceId, HubId, Topology};

pub(super) fn reply(routing: &Routing, flow: Flow, request: &Walked) -> Vec<Branch> {
    let Some(last) = request.hops.last() else {
        return Vec::new();
    };
    let mut start = Walker {
        place: last.place,
        address: last.address,
        source: last.destination,
        destination: last.source,
        port: None,
        remarks: Vec::new(),
        hops: Vec::with_capacity(USUAL_HOPS),
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

/// The round trip of a plain request whose reply takes the ways of a plain request from the other end.
pub(crate) fn joined(
    routing: &Routing,
    flow: Flow,
    there: &[Walked],
    back: &[Walked],
) -> RoundTrip {
    let topology = routing.topology().as_ref();
    let replies = |request: &Walked| -> Vec<Branch> {
        if !request.delivered() {
            return Vec::new();
        }
        let mut ways: Vec<Branch> = Vec::new();
        for (way, is_cut) in back.iter().map(|back| as_reply(topology, request, back)) {
            // Ways that part behind the machine where they end are one way.
            if !is_cut || !ways.iter().any(|known| is_same(known, &way)) {
                ways.push(way);
            }
        }
        ways
    };
    let all: Vec<Vec<Branch>> = there.iter().map(replies).collect();
    RoundTrip {
        verdict: judge(routing, flow, there, &all),
        flow,
        forward: there.iter().map(|walked| walked.branch.clone()).collect(),
        back: all,
    }
}

/// A way as a reply takes it: up to the first machine that keeps state and did not see the request. What such a machine
/// refuses whatever the state, it refuses first. And whether the way ends before its own end.
fn as_reply(topology: &Topology, request: &Walked, way: &Walked) -> (Branch, bool) {
    let (devices, hubs) = request.states();
    let unseen = |hop: &Hop| match hop.place {
        Place::Appliance(id) => {
            let nic = topology.appliance(id);
            let known = !nic.stateful || devices.contains(&nic.device);
            (!known).then_some(DropReason::NoState(nic.device))
        }
        Place::HubFirewall(hub) => (!hubs.contains(&hub)).then_some(DropReason::NoStateAtHub(hub)),
        _ => None,
    };
    let mut hops = way.hops.iter().enumerate().skip(1);
    let met = hops.find_map(|(at, hop)| Some((at, unseen(hop)?)));
    match met {
        Some((at, reason)) if at + 1 < way.hops.len() || !refuses_first(way.outcome) => {
            let cut = Branch {
                hops: way.hops.iter().take(at + 1).cloned().collect(),
                outcome: Outcome::Dropped(Drop { reason }),
            };
            (cut, true)
        }
        _ => (way.branch.clone(), false),
    }
}

/// Whether two ways pass the same places to the same end.
fn is_same(a: &Branch, b: &Branch) -> bool {
    let places = |way: &Branch| way.hops.iter().map(|hop| hop.place).collect::<Vec<_>>();
    a.outcome == b.outcome && places(a) == places(b)
}

fn refuses_first(outcome: Outcome) -> bool {
    use DropReason::{FirewallRule, IpForwardingOff, NotForInternet, NotRunning, Policy};
    matches!(
        outcome,
        Outcome::Dropped(Drop {
            reason: FirewallRule(_)
                | IpForwardingOff(_)
                | NotForInternet(_)
                | NotRunning(_)
                | Policy(_)
        })
    )
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

/// What becomes of a flow, from all its branches.
pub(super) fn judge(
    routing: &Routing,
    flow: Flow,
    forward: &[Walked],
    back: &[Vec<Branch>],
) -> Verdict {
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
