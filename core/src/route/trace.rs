//! A packet from NIC to NIC, forward and return, until it is delivered, dropped or goes round in a circle.
//!
//! This module holds the words of an answer; [`super::walk`] finds it.
//!
//! | stop | decided by |
//! |---|---|
//! | a host, a firewall, an NVA | the effective routes of the NIC it leaves by |
//! | a gateway, an edge, a site | the routes it learned or was told |
//! | a private endpoint, the Internet | nothing: the packet arrives |

use super::{EffectiveRoute, EffectiveTable, Loss, select};
use crate::spec::Protocol;
use crate::topology::{
    ApplianceId, CircuitId, DeviceId, GatewayId, HubId, LinkId, Party, PrivateEndpointId, RuleRef,
    SiteId, SubnetId,
};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// What is asked: may a packet of this protocol go from here to there, and its answer come back?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flow {
    /// Where it starts.
    pub source: Ipv4Addr,
    /// Where it goes.
    pub destination: Ipv4Addr,
    /// What it is.
    pub protocol: Protocol,
    /// The port that is called; `None` for one that no rule names, and for what has no ports.
    pub port: Option<u16>,
}

/// Where a packet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A host's NIC in a subnet.
    Subnet(SubnetId),
    /// A NIC of a firewall or NVA.
    Appliance(ApplianceId),
    /// A gateway in a VNet.
    Gateway(GatewayId),
    /// The Microsoft edge of a circuit.
    MicrosoftEdge(CircuitId),
    /// An on-premises network or branch.
    Site(SiteId),
    /// The router of a Virtual WAN hub.
    Hub(HubId),
    /// The firewall of a Virtual WAN hub.
    HubFirewall(HubId),
    /// A VPN or ExpressRoute gateway of a Virtual WAN hub.
    HubGateway(HubId),
    /// A private endpoint.
    PrivateEndpoint(PrivateEndpointId),
    /// The Internet, or an Azure service with a public address.
    Internet,
}

/// One stop of a packet.
#[derive(Debug, Clone)]
pub struct Hop {
    /// Where it stands.
    pub place: Place,
    /// The address it stands at, where it has one.
    pub address: Option<Ipv4Addr>,
    /// Source in the header when it leaves this stop (after any source NAT).
    pub source: Ipv4Addr,
    /// Destination in the header when it leaves this stop (after any destination NAT).
    pub destination: Ipv4Addr,
    /// What decided where it goes next; `None` where it arrives or is dropped on arrival.
    pub decision: Option<Decision>,
    /// The peering object of this stop's VNet that it leaves over.
    pub crossed: Option<LinkId>,
    /// What else is worth knowing here.
    pub remarks: Vec<Remark>,
}

/// What decided the next stop.
#[derive(Debug, Clone)]
pub enum Decision {
    /// The effective routes of a NIC.
    Effective {
        /// The whole table.
        table: Rc<EffectiveTable>,
        /// Where the packet goes.
        destination: Ipv4Addr,
        /// Position of the row that won.
        winner: Option<usize>,
    },
    /// The routes a gateway, edge, site or hub holds.
    Learned {
        /// Whose routes.
        speaker: Place,
        /// The prefix that won.
        prefix: Ipv4Net,
        /// Where the route was learned from; `None` for a static or own prefix.
        from: Option<Party>,
        /// Its AS path.
        as_path: Vec<u32>,
        /// It was configured, not learned.
        fixed: bool,
    },
    /// A route inside an appliance's guest.
    Guest {
        /// The prefix that won.
        prefix: Ipv4Net,
    },
    /// The appliance answers from its flow table: an address it translated is translated back.
    FlowTable,
}

impl Decision {
    /// The winning row of an effective-route table.
    #[must_use]
    pub fn winner(&self) -> Option<&EffectiveRoute> {
        match self {
            Self::Effective { table, winner, .. } => winner.and_then(|row| table.rows.get(row)),
            _ => None,
        }
    }

    /// Rows that contain the destination and lost, with the reason: found when somebody asks.
    pub fn losers(&self) -> impl Iterator<Item = (&EffectiveRoute, Loss)> + use<'_> {
        let table = match self {
            Self::Effective {
                table, destination, ..
            } => Some((table, select(&table.rows, *destination))),
            _ => None,
        };
        table.into_iter().flat_map(|(table, selection)| {
            let losers = selection.losers.into_iter();
            losers.filter_map(|(row, loss)| Some((table.rows.get(row)?, loss)))
        })
    }
}

/// Something worth knowing at a stop, which does not end the path under the settings in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// The receiving link lacks `allowForwardedTraffic`; Azure often forwards anyway (reference U1).
    ForwardedTrafficNotAllowed(LinkId),
    /// One of several equal-cost next hops.
    EqualCost,
    /// A load balancer chose this machine.
    LoadBalanced(Ipv4Addr),
    /// The source was translated here.
    SourceTranslated,
    /// The destination was translated here.
    DestinationTranslated,
    /// A rule lets it pass here.
    Allowed(RuleRef),
}

/// Why a packet is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// No row contains the destination.
    NoRoute,
    /// The winning row's next hop is `None`.
    NextHopNone,
    /// A private address was sent to the Internet.
    PrivateToInternet,
    /// There is no way out to the Internet: private subnet, no public address.
    NoInternetEgress,
    /// The appliance's address is neither in this VNet nor in a directly peered one.
    NextHopUnreachable(Ipv4Addr),
    /// Nothing that forwards has that address.
    NoApplianceAt(Ipv4Addr),
    /// The NIC has `enableIPForwarding` off.
    IpForwardingOff(ApplianceId),
    /// The machine is stopped.
    NotRunning(ApplianceId),
    /// Its policy drops the protocol.
    Policy(ApplianceId),
    /// No rule publishes anything at that port of its public address.
    NotPublished(ApplianceId),
    /// The frontend of a load balancer chose the machine that called it: both halves of the flow look foreign to it.
    BackToItself(Ipv4Addr),
    /// A load balancer's rules are for TCP and UDP.
    NotBalanced(Ipv4Addr),
    /// No subnet has that address.
    NoHost(Ipv4Addr),
    /// `allowVirtualNetworkAccess` is false on this object or its reverse.
    AccessNotAllowed(LinkId),
    /// `allowForwardedTraffic` is false on the receiving object (strict setting).
    ForwardedNotAllowed(LinkId),
    /// The peering is not connected.
    NotConnected(LinkId),
    /// A stateful device sees a packet of a flow whose beginning it did not see.
    NoState(DeviceId),
    /// The same at the firewall of a hub.
    NoStateAtHub(HubId),
    /// The gateway, site or edge knows no way to the destination.
    NoLearnedRoute,
    /// The VNet uses no VPN gateway.
    NoGateway,
    /// The next hop is a gateway of a VNet with an ExpressRoute gateway, which a UDR must not name.
    ExpressRouteNextHop,
    /// Both ends of an overlap: the connected group drops it.
    GroupOverlap,
    /// A security admin rule or network security group denies it.
    SecurityRule(RuleRef),
    /// The policy of the firewall here denies it.
    FirewallRule(RuleRef),
    /// What stands in the subnet is not reached over peerings between regions.
    NotOverRegions(SubnetId),
    /// The routing appliance forwards no Internet traffic.
    NotForInternet(ApplianceId),
    /// A route of type `VnetLocal` does not lead to a private endpoint whose own row it replaced.
    EndpointNotLocal,
    /// The endpoint's reply bypasses the appliance that the request came through without source NAT.
    PrivateEndpointReply,
    /// A NAT rule of a tunnel hides the address from this side, or answers under another one.
    NoNatMapping,
    /// The source is neither a host of the estate nor an address of the Internet.
    NoSource,
    /// More stops than any real path has.
    TooManyHops,
}

/// A drop and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Drop {
    /// Why.
    pub reason: DropReason,
}

/// How a one-way path ends. The path itself is the branch's `hops`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The last stop is the destination.
    Delivered,
    /// The last stop drops it.
    Dropped(Drop),
    /// The last stop was seen before, at this position.
    Loop {
        /// Position in `hops` where the circle begins.
        first: usize,
    },
}

impl Outcome {
    /// The peering object that a drop names.
    pub(crate) const fn link(self) -> Option<LinkId> {
        let Self::Dropped(Drop { reason }) = self else {
            return None;
        };
        match reason {
            DropReason::AccessNotAllowed(link)
            | DropReason::ForwardedNotAllowed(link)
            | DropReason::NotConnected(link) => Some(link),
            _ => None,
        }
    }
}

/// One way a packet may take.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Stops in order; the first is the source.
    pub hops: Vec<Hop>,
    /// How it ends.
    pub outcome: Outcome,
}

impl Branch {
    /// Whether it arrives.
    #[must_use]
    pub fn delivered(&self) -> bool {
        self.outcome == Outcome::Delivered
    }
}

/// What becomes of a flow: request and reply on every equal-cost choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Request and reply arrive on every choice, over the same stateful devices.
    Delivered,
    /// They arrive, though a stateful device sees only the request.
    DeliveredAsymmetric(DeviceId),
    /// A request is lost: position of the branch in `forward`.
    RequestLost(usize),
    /// A reply is lost: position of the request's branch in `forward` and of the reply's in its `back`.
    ReplyLost(usize, usize),
    /// A stateful device sees half of the flow and drops it.
    Asymmetric(DeviceId),
    /// The same at the firewall of a hub.
    AsymmetricAtHub(HubId),
}

impl Verdict {
    /// Whether request and reply arrive on every choice.
    #[must_use]
    pub const fn reachable(self) -> bool {
        matches!(self, Self::Delivered | Self::DeliveredAsymmetric(_))
    }
}

/// A flow followed forward and back.
#[derive(Debug, Clone)]
pub struct RoundTrip {
    /// What was asked.
    pub flow: Flow,
    /// Every equal-cost way of the request; the first is the one to draw.
    pub forward: Vec<Branch>,
    /// For each branch of `forward` that delivers, every way of the reply.
    pub back: Vec<Vec<Branch>>,
    /// What becomes of it.
    pub verdict: Verdict,
}
