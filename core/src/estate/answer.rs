//! What becomes of the traffic of one pair of subnets, in words that hold for every pair of its classes.

use crate::route::{Branch, DropReason, Outcome, Place, RoundTrip};
use crate::spec::ApplianceKind;
use crate::topology::Part;
use crate::topology::{DeviceId, HubId, LinkId, Topology};

/// How one way ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// At its destination.
    Arrives,
    /// Nowhere: it goes round in a circle.
    Circles,
    /// Dropped. A link named in the reason is the one of the pair that stands for the class.
    Lost(DropReason),
}

/// One way of a packet: what stands between its ends, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Way {
    /// Firewalls, NVAs, gateways, edges, sites and hubs, in order.
    pub stops: Vec<Place>,
    /// How it ends.
    pub end: End,
}

/// What becomes of a TCP flow and its reply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    /// Request and reply arrive on every equal-cost way.
    pub reached: bool,
    /// Every way of the request passes a firewall or NVA that keeps state.
    pub inspected: bool,
    /// Every reply passes the machines of its request, in reverse.
    pub symmetric: bool,
    /// Nothing stands between the ends, either way.
    pub direct: bool,
    /// Stops of the first way of the request, its ends included.
    pub hops: usize,
    /// Ways of the request.
    pub requests: Vec<Way>,
    /// Ways of the replies, in the order of their requests.
    pub replies: Vec<Way>,
}

impl Answer {
    /// Reads a round trip. Reasons that name links name those of `part`'s whole.
    pub(super) fn of(topology: &Topology, trip: &RoundTrip, part: Option<&Part>) -> Self {
        let reached = trip.verdict.reachable();
        let symmetric = reached
            && trip
                .forward
                .iter()
                .zip(&trip.back)
                .all(|(request, replies)| {
                    let mirrored = |reply: &Branch| {
                        machines(topology, reply)
                            .rev()
                            .eq(machines(topology, request))
                    };
                    replies.iter().all(mirrored)
                });
        let inspected = reached
            && trip
                .forward
                .iter()
                .all(|branch| branch.hops.iter().any(|hop| inspects(topology, hop.place)));
        let direct = reached
            && trip
                .forward
                .iter()
                .chain(trip.back.iter().flatten())
                .all(|branch| branch.hops.len() <= 2);
        Self {
            reached,
            inspected,
            symmetric,
            direct,
            hops: trip.forward.first().map_or(0, |branch| branch.hops.len()),
            requests: trip
                .forward
                .iter()
                .map(|branch| way(branch, part))
                .collect(),
            replies: trip
                .back
                .iter()
                .flatten()
                .map(|branch| way(branch, part))
                .collect(),
        }
    }

    /// Everything in one byte: reached, inspected, symmetric, direct from the lowest bit, then hops up to 15.
    #[must_use]
    pub fn byte(&self) -> u8 {
        let flags = u8::from(self.reached)
            | u8::from(self.inspected) << 1
            | u8::from(self.symmetric) << 2
            | u8::from(self.direct) << 3;
        flags | u8::try_from(self.hops.min(15)).unwrap_or(15) << 4
    }

    /// Whether another answer says the same: same stops, same ends, whatever links a reason names.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let ways = |a: &[Way], b: &[Way]| {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| a.stops == b.stops && same_end(a.end, b.end))
        };
        self.byte() == other.byte()
            && self.hops == other.hops
            && ways(&self.requests, &other.requests)
            && ways(&self.replies, &other.replies)
    }
}

fn same_end(a: End, b: End) -> bool {
    match (a, b) {
        (End::Lost(a), End::Lost(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
        _ => a == b,
    }
}

/// The machines of a way, whichever of their NICs: what forwards and may keep state.
fn machines(topology: &Topology, branch: &Branch) -> impl DoubleEndedIterator<Item = Machine> {
    branch.hops.iter().filter_map(|hop| match hop.place {
        Place::Appliance(id) => Some(Machine::Device(topology.appliance(id).device)),
        Place::HubFirewall(id) => Some(Machine::HubFirewall(id)),
        _ => None,
    })
}

#[derive(PartialEq, Eq)]
enum Machine {
    Device(DeviceId),
    HubFirewall(HubId),
}

pub(super) fn inspects(topology: &Topology, place: Place) -> bool {
    match place {
        Place::Appliance(id) => {
            let nic = topology.appliance(id);
            nic.stateful || nic.kind == ApplianceKind::AzureFirewall
        }
        Place::HubFirewall(_) => true,
        _ => false,
    }
}

fn way(branch: &Branch, part: Option<&Part>) -> Way {
    let between = branch.hops.iter().skip(1).map(|hop| hop.place);
    let stops = between.filter(|place| !matches!(place, Place::Subnet(_)));
    let stops = stops.map(|place| match (place, part) {
        (Place::PrivateEndpoint(id), Some(part)) => {
            let known = part.endpoints.get(id.index()).copied();
            Place::PrivateEndpoint(known.unwrap_or(id))
        }
        _ => place,
    });
    let end = match branch.outcome {
        Outcome::Delivered => End::Arrives,
        Outcome::Loop { .. } => End::Circles,
        Outcome::Dropped(drop) => End::Lost(in_the_whole(drop.reason, part)),
    };
    Way {
        stops: stops.collect(),
        end,
    }
}

fn in_the_whole(reason: DropReason, part: Option<&Part>) -> DropReason {
    let link = |id: LinkId| {
        let known = part.and_then(|part| part.links.get(id.index()).copied());
        known.unwrap_or(id)
    };
    match reason {
        DropReason::NotConnected(id) => DropReason::NotConnected(link(id)),
        DropReason::AccessNotAllowed(id) => DropReason::AccessNotAllowed(link(id)),
        DropReason::ForwardedNotAllowed(id) => DropReason::ForwardedNotAllowed(link(id)),
        _ => reason,
    }
}
