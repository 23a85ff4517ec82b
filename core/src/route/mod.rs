//! Which way a packet goes: effective routes, the one that wins, the path hop by hop.
//!
//! Azure has no routers between VNets. Every NIC carries a finished table, computed per subnet from four origins, and
//! it is consulted only when a packet leaves a NIC (reference sections 1 to 3):
//!
//! | step | module |
//! |---|---|
//! | what gateways and Route Servers learned | `bgp` |
//! | the rows of one subnet, `Active` and `Invalid` | `table` |
//! | the longest active prefix wins; why each other row lost | `select` |
//! | from NIC to NIC until delivered, dropped or looping | `trace` |
//!
//! Everything is derived from a [`Topology`] and [`Settings`]; nothing is stored in it.

pub mod bgp;
mod learned;
pub mod lookup;
mod security;
mod select;
pub(crate) mod session;
mod table;
mod trace;
mod walk;

pub(crate) use walk::{Lead, Walked, joined, lead, place_of, request};
mod walk_hub;

pub use select::{Loss, Selection, select};
pub use trace::{
    Branch, Decision, Drop, DropReason, Flow, Hop, Outcome, Place, Remark, RoundTrip, Verdict,
};

use crate::spec::UserNextHopType;
use crate::topology::{
    ConnectedGroupId, GatewayId, HubId, LinkId, PrivateEndpointId, RouteTableId, SubnetId, Topology,
};
use ipnet::Ipv4Net;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::fmt;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::str::FromStr;

/// Choices where sources disagree and an outcome changes with the answer (reference section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Settings {
    /// U1: drop forwarded packets where the receiving link lacks `allowForwardedTraffic`, as documented. Default
    /// false: they pass, as captures show, and a finding of severity error says so.
    pub strict_forwarded_traffic: bool,
}

impl Default for Settings {
    /// What published captures show.
    fn default() -> Self {
        Self {
            strict_forwarded_traffic: false,
        }
    }
}

/// Next-hop types in the words of the Azure CLI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NextHopType {
    /// Inside the VNet.
    VnetLocal,
    /// A peered VNet of the same region.
    VNetPeering,
    /// A peered VNet of another region.
    VNetGlobalPeering,
    /// A connected group of Virtual Network Manager.
    ConnectedGroup,
    /// Learned from a gateway, Route Server or Virtual WAN hub.
    VirtualNetworkGateway,
    /// An appliance's address.
    VirtualAppliance,
    /// Out.
    Internet,
    /// Dropped.
    None,
    /// A service endpoint.
    VirtualNetworkServiceEndpoint,
    /// A private endpoint.
    InterfaceEndpoint,
}

impl NextHopType {
    /// Every type.
    pub const ALL: [Self; 10] = [
        Self::VnetLocal,
        Self::VNetPeering,
        Self::VNetGlobalPeering,
        Self::ConnectedGroup,
        Self::VirtualNetworkGateway,
        Self::VirtualAppliance,
        Self::Internet,
        Self::None,
        Self::VirtualNetworkServiceEndpoint,
        Self::InterfaceEndpoint,
    ];

    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::VnetLocal => "VnetLocal",
            Self::VNetPeering => "VNetPeering",
            Self::VNetGlobalPeering => "VNetGlobalPeering",
            Self::ConnectedGroup => "ConnectedGroup",
            Self::VirtualNetworkGateway => "VirtualNetworkGateway",
            Self::VirtualAppliance => "VirtualAppliance",
            Self::Internet => "Internet",
            Self::None => "None",
            Self::VirtualNetworkServiceEndpoint => "VirtualNetworkServiceEndpoint",
            Self::InterfaceEndpoint => "InterfaceEndpoint",
        }
    }
}

impl From<UserNextHopType> for NextHopType {
    fn from(value: UserNextHopType) -> Self {
        match value {
            UserNextHopType::VirtualAppliance => Self::VirtualAppliance,
            UserNextHopType::VirtualNetworkGateway => Self::VirtualNetworkGateway,
            UserNextHopType::VnetLocal => Self::VnetLocal,
            UserNextHopType::Internet => Self::Internet,
            UserNextHopType::None => Self::None,
        }
    }
}

/// Where a row comes from, in the CLI's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteSource {
    /// Azure itself.
    Default,
    /// A gateway, Route Server or hub.
    VirtualNetworkGateway,
    /// A user-defined route.
    User,
}

impl RouteSource {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Default, Self::VirtualNetworkGateway, Self::User];

    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::VirtualNetworkGateway => "VirtualNetworkGateway",
            Self::User => "User",
        }
    }
}

/// Whether a row takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteState {
    /// It takes part.
    Active,
    /// Another row of its prefix beats it; it stays listed.
    Invalid,
}

impl RouteState {
    /// Every state.
    pub const ALL: [Self; 2] = [Self::Active, Self::Invalid];

    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Invalid => "Invalid",
        }
    }
}

macro_rules! words {
    ($($type:ty, $what:literal;)*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl FromStr for $type {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let found = Self::ALL.into_iter().find(|value| value.word() == text);
                found.ok_or_else(|| UnknownWord { what: $what, text: text.to_owned() })
            }
        }
    )*};
}

words! {
    NextHopType, "a next-hop type such as VNetPeering";
    RouteSource, "a route source such as User";
    RouteState, "Active or Invalid";
}

/// A text that is none of Azure's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    what: &'static str,
    text: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {:?}", self.what, self.text)
    }
}

impl std::error::Error for UnknownWord {}

/// A next-hop address. Some belong to Azure's platform and cannot be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HopAddress {
    /// An address of the estate.
    Ip(Ipv4Addr),
    /// The Microsoft edge of an ExpressRoute circuit.
    MicrosoftEdge,
    /// The router of a Virtual WAN hub.
    HubRouter(HubId),
    /// A gateway instance whose address the estate does not give.
    GatewayInstance(GatewayId),
    /// A VPN gateway instance of a hub, or the hub's firewall, whose address the estate does not give.
    HubInstance(HubId),
}

impl fmt::Display for HopAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(ip) => ip.fmt(f),
            _ => f.write_str("*"),
        }
    }
}

/// Why a row exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A range of the VNet itself.
    Vnet,
    /// Azure's 0.0.0.0/0.
    SystemInternet,
    /// A reserved range that Azure drops.
    Reserved,
    /// A peering.
    Peering(LinkId),
    /// A connected group.
    ConnectedGroup(ConnectedGroupId),
    /// A gateway or Route Server, of this VNet or of the transit hub.
    Gateway(GatewayId),
    /// A Virtual WAN hub.
    Hub(HubId),
    /// A user-defined route: the table and the position in it.
    User(RouteTableId, usize),
    /// A service endpoint, by name.
    ServiceEndpoint(String),
    /// A private endpoint.
    PrivateEndpoint(PrivateEndpointId),
}

/// One row of an effective-route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveRoute {
    /// Destinations: one, or several for `ConnectedGroup`; empty for a service endpoint without known prefixes.
    pub prefixes: Vec<Ipv4Net>,
    /// Where packets go.
    pub next_hop_type: NextHopType,
    /// Addresses: empty for system rows, several for equal-cost choices.
    pub next_hop_ips: Vec<HopAddress>,
    /// Where the row comes from.
    pub source: RouteSource,
    /// Whether it takes part.
    pub state: RouteState,
    /// Name of a user-defined route or service tag.
    pub name: Option<String>,
    /// Why it exists.
    pub origin: Origin,
}

impl EffectiveRoute {
    /// Whether it leads to an appliance: one that is switched off leaves `None` with its address.
    #[must_use]
    pub fn leads_to_appliance(&self) -> bool {
        self.next_hop_type == NextHopType::VirtualAppliance
            || (self.next_hop_type == NextHopType::None && !self.next_hop_ips.is_empty())
    }
}

/// The effective routes of a subnet.
#[derive(Debug, Clone)]
pub struct EffectiveTable {
    /// The subnet whose NICs carry it.
    pub subnet: SubnetId,
    /// The attached table's switch; the CLI repeats it on every row.
    pub disable_bgp_route_propagation: bool,
    /// Rows in the order the CLI prints them.
    pub rows: Vec<EffectiveRoute>,
    /// Made when a long table is first asked.
    lookup: OnceCell<lookup::Lookup>,
}

/// Rows from which on intervals answer sooner than a scan.
const LONG_TABLE: usize = 6;

impl EffectiveTable {
    /// Position of the row that wins for a destination: [`select()`]'s winner, without the reasons of the others.
    #[must_use]
    pub fn winner(&self, destination: Ipv4Addr) -> Option<usize> {
        if self.rows.len() < LONG_TABLE {
            return select::winning(&self.rows, destination).map(|(row, _)| row);
        }
        let lookup = self.lookup.get_or_init(|| lookup::Lookup::new(&self.rows));
        lookup.winner(destination)
    }
}

/// Which rows of a hub decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum HubView {
    /// Everything it knows.
    Internal,
    /// The same with the static routes into its own connections.
    Known,
    /// What its firewall knows.
    Firewall,
    /// What its gateways know of a packet from a site's tunnel.
    Branches,
    /// What its gateways know of a packet from a circuit.
    Circuits,
    /// A table, by its position.
    Table(usize),
}

impl HubView {
    const fn place(self) -> usize {
        match self {
            Self::Internal => 0,
            Self::Known => 1,
            Self::Firewall => 2,
            Self::Branches => 3,
            Self::Circuits => 4,
            Self::Table(at) => 5_usize.saturating_add(at),
        }
    }
}

/// Routing of a whole estate: effective tables are computed when first asked for.
#[derive(Debug)]
pub struct Routing {
    topology: Rc<Topology>,
    settings: Settings,
    tables: Vec<OnceCell<Rc<EffectiveTable>>>,
    bgp: OnceCell<bgp::Bgp>,
    /// By hub: its views but the tables, then the tables.
    hub_rows: Vec<Vec<OnceCell<crate::vwan::HubRows>>>,
}

impl Routing {
    /// Routing of an estate under the given settings.
    #[must_use]
    pub fn new(topology: Rc<Topology>, settings: Settings) -> Self {
        let tables = topology.subnets().iter().map(|_| OnceCell::new()).collect();
        let hubs = topology.hubs().iter();
        let views = |tables: usize| HubView::Table(tables).place();
        let hub_rows = hubs.map(|hub| vec![OnceCell::new(); views(hub.route_tables.len())]);
        let hub_rows = hub_rows.collect();
        Self {
            topology,
            settings,
            tables,
            bgp: OnceCell::new(),
            hub_rows,
        }
    }

    /// Routing of an estate whose speakers know so much.
    fn with(topology: Rc<Topology>, settings: Settings, bgp: bgp::Bgp) -> Self {
        Self {
            bgp: OnceCell::from(bgp),
            ..Self::new(topology, settings)
        }
    }

    fn into_bgp(self) -> bgp::Bgp {
        self.bgp.into_inner().unwrap_or_default()
    }

    /// The estate.
    #[must_use]
    pub fn topology(&self) -> &Rc<Topology> {
        &self.topology
    }

    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// What every speaker learned: computed when first asked for.
    #[must_use]
    pub fn bgp(&self) -> &bgp::Bgp {
        self.bgp
            .get_or_init(|| session::settled(&self.topology, self.settings))
    }

    /// BGP sessions that are down since their packets do not arrive.
    pub(crate) fn fallen_sessions(&self) -> &[session::Fallen] {
        self.bgp().fallen()
    }

    /// Rows of a hub, computed when first asked for.
    pub(crate) fn hub_rows(
        &self,
        hub: HubId,
        view: HubView,
        compute: impl FnOnce() -> Vec<crate::vwan::HubRoute>,
    ) -> Option<&crate::vwan::HubRows> {
        let cell = self.hub_rows.get(hub.index())?.get(view.place())?;
        Some(cell.get_or_init(|| crate::vwan::HubRows::new(compute())))
    }

    /// The effective routes of every NIC in a subnet.
    #[must_use]
    pub fn effective(&self, subnet: SubnetId) -> Rc<EffectiveTable> {
        let compute = || Rc::new(table::effective_table(self, subnet));
        self.tables
            .get(subnet.index())
            .map_or_else(compute, |cell| Rc::clone(cell.get_or_init(compute)))
    }

    /// Follows a flow forward and back over every equal-cost choice.
    #[must_use]
    pub fn round_trip(&self, flow: Flow) -> RoundTrip {
        walk::round_trip(self, flow)
    }
}
