//! What gateways, Route Servers, edges, sites and appliances learn from each other.
//!
//! Announcements spread between speakers until nothing changes: each round, every speaker's routes are its own plus
//! what each neighbour exported in the round before. The rules of export and acceptance are Azure's (reference 2.5,
//! 2.6, 7.1 to 7.4):
//!
//! | speaker | announces | accepts |
//! |---|---|---|
//! | VPN gateway | VNet and transit ranges, static prefixes, what it learned except 0.0.0.0/0, own number prepended | all but ranges inside its own VNets (from the Route Server: equal to them) and paths with its number |
//! | ExpressRoute gateway | VNet and transit ranges; with branch-to-branch what the Route Server learned | the same |
//! | Microsoft edge (12076) | sites to gateways; gateways to gateways only when all switches allow | all of sites; of gateways paths without its number |
//! | Route Server (65515) | VNet ranges to appliances; with branch-to-branch everything to everybody | paths without 65515 |
//! | site | its prefixes and those of its WAN | everything |
//! | appliance | what it is told to, and over tunnels what it learned | paths without its number |
//!
//! AS paths over the edge, as captured: a site's `65002-65200` is seen by a gateway as `12076-65002-65200`, over
//! Global Reach as `12076-12076-12076-65002-65200`; a VNet behind the same circuit as `12076-12076`, over Global Reach
//! as four times 12076. A hub that prefers short AS paths sees a range behind the same circuit as three times 12076.
//!
//! Left out: timers, communities, MED. The number of rounds is bounded; running out of them is reported.

mod exchange;
mod policy;
mod shown;

pub(crate) use exchange::mapped;
pub(crate) use policy::{SourceKind, best, has_route_server, source_rank};

use crate::route::session::Fallen;
use crate::topology::{
    BgpSessionId, CircuitId, ConnectionId, DeviceId, GatewayId, HubId, Party, SiteId, Topology,
    TunnelId,
};
use ipnet::Ipv4Net;
pub use shown::{PathLoss, RouteOrigin, ShownRoute, path_loss};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// The number of Microsoft's edge.
pub(crate) const EDGE_ASN: u32 = 12_076;

/// The number of Route Servers and Virtual WAN hubs.
pub(crate) const AZURE_ASN: u32 = 65_515;

/// More rounds than any loop-free exchange between the speakers of an estate needs.
const MAX_ROUNDS: usize = 64;

/// Somebody who exchanges routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Speaker {
    /// A VPN or ExpressRoute gateway, or a Route Server.
    Gateway(GatewayId),
    /// The Microsoft edge of a circuit.
    Edge(CircuitId),
    /// A site.
    Site(SiteId),
    /// An appliance.
    Device(DeviceId),
    /// A Virtual WAN hub.
    Hub(HubId),
}

impl Speaker {
    /// Its name in the estate.
    #[must_use]
    pub fn name(self, topology: &Topology) -> &str {
        match self {
            Self::Gateway(id) => &topology.gateway(id).name,
            Self::Edge(id) => &topology.circuit(id).name,
            Self::Site(id) => &topology.site(id).name,
            Self::Device(id) => &topology.device(id).name,
            Self::Hub(id) => &topology.hub(id).name,
        }
    }
}

impl From<Party> for Speaker {
    fn from(party: Party) -> Self {
        match party {
            Party::Gateway(id) => Self::Gateway(id),
            Party::Hub(id) => Self::Hub(id),
            Party::Site(id) => Self::Site(id),
            Party::Device(id) => Self::Device(id),
        }
    }
}

/// Over what two speakers talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// A tunnel.
    Tunnel(TunnelId),
    /// A connection to a circuit.
    Circuit(CircuitId),
    /// Global Reach between two circuits.
    GlobalReach,
    /// A BGP session of a Route Server or hub with an appliance.
    Session(BgpSessionId),
    /// Branch-to-branch between a Route Server and a gateway of its VNet.
    Branch,
    /// Two sites of one WAN.
    Wan,
    /// Two hubs of the Virtual WAN.
    HubMesh,
}

/// A route that a speaker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Where to.
    pub prefix: Ipv4Net,
    /// The AS path as the holder received it; empty for own and static prefixes.
    pub as_path: Vec<u32>,
    /// The neighbour and the channel it came by; `None` for an own prefix.
    pub from: Option<(Speaker, Channel)>,
    /// Who originated it.
    pub origin: Speaker,
    /// Configured at the holder, not learned.
    pub fixed: bool,
    /// The next hop that an appliance announced, or that a static route on a hub connection names.
    pub next_hop: Option<Ipv4Addr>,
    /// The Virtual WAN connection that it came in by.
    pub connection: Option<ConnectionId>,
}

impl Path {
    pub(crate) fn own(prefix: Ipv4Net, origin: Speaker) -> Self {
        Self {
            prefix,
            as_path: Vec::new(),
            from: None,
            origin,
            fixed: false,
            next_hop: None,
            connection: None,
        }
    }

    fn channel(&self) -> Option<Channel> {
        self.from.map(|(_, channel)| channel)
    }
}

/// The routes of one speaker: for each prefix every path it holds, the best first.
pub type Rib = BTreeMap<Ipv4Net, Vec<Path>>;

/// Every speaker's routes at the fixed point.
#[derive(Debug, Clone, Default)]
pub struct Bgp {
    ribs: BTreeMap<Speaker, Rib>,
    neighbours: BTreeMap<Speaker, Vec<(Speaker, Channel)>>,
    fallen: Vec<Fallen>,
    /// Rounds until nothing changed.
    pub rounds: usize,
    /// False: the bound on rounds was reached and the routes are those of the last one.
    pub converged: bool,
}
