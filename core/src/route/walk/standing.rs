//! What decides looks at: where a packet stands, how it came there, and where it wants to go.
//!
//! The same three always lead to the same next hops, whatever the packet passed before. So they are the nodes of a
//! forwarding graph, and the walk of one packet and the graph of all packets ask the same [`step`](super::step).
//!
//! | place | how the packet came | why that matters |
//! |---|---|---|
//! | a gateway | from a Microsoft edge | a fast path delivers by the VNet's range |
//! | a hub's router, firewall or gateway | from a connection, a branch, another hub | which of the hub's tables decides |
//! | anywhere else | anyhow | it does not |
//!
//! Left out: what the packet's source changes (flags of peerings, security rules), what devices do to a packet before
//! it is routed, and what a load balancer remembers. A walk looks at these itself; all machines behind a load balancer
//! are next hops here.

use super::Next;
use crate::route::trace::{Place, Remark};
use crate::route::{HubView, walk_hub};
use crate::topology::{ApplianceId, Topology};
use std::net::Ipv4Addr;

/// How a packet came to a place, where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Came {
    /// It does not matter.
    Anyhow,
    /// To a hub, some of whose rows decide; `None` where it has none of that name.
    By(Option<HubView>),
}

impl Came {
    /// How a packet came to a place from the one before.
    pub(crate) fn to(topology: &Topology, place: Place, previous: Option<Place>) -> Self {
        match place {
            Place::Hub(hub) | Place::HubFirewall(hub) | Place::HubGateway(hub) => {
                Self::By(walk_hub::view(topology, hub, place, previous))
            }
            _ => Self::Anyhow,
        }
    }
}

/// Where a packet stands, and where it wants to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    pub(crate) place: Place,
    pub(crate) came: Came,
    pub(crate) destination: Ipv4Addr,
}

/// What load balancers remember of a flow: a choice that is made stays (reference 5.6).
pub(crate) fn keep_balanced(
    choices: &mut Vec<Next>,
    known: impl Fn(Ipv4Addr) -> Option<ApplianceId>,
    topology: &Topology,
) {
    let front = |next: &Next| {
        next.remarks.iter().find_map(|remark| match remark {
            Remark::LoadBalanced(front) => Some(*front),
            _ => None,
        })
    };
    let mut kept: Vec<Next> = Vec::with_capacity(choices.len());
    for choice in choices.drain(..) {
        let Some((front, id)) = front(&choice).and_then(|front| Some((front, known(front)?)))
        else {
            kept.push(choice);
            continue;
        };
        let place = Place::Appliance(id);
        let held = |next: &Next| {
            next.place == place && next.remarks.contains(&Remark::LoadBalanced(front))
        };
        if !kept.iter().any(held) {
            kept.push(Next {
                place,
                address: Some(topology.appliance(id).ip),
                ..choice
            });
        }
    }
    *choices = kept;
}
