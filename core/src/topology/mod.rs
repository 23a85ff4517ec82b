//! What the estate is: names resolved, prefixes read, every problem reported, wrong parts left out.
//!
//! [`build`] turns a [`NetworkSpec`](crate::spec::NetworkSpec) into a [`Topology`]. Nothing after it re-checks: a
//! [`Link`] is between two VNets that exist, a subnet lies in its VNet, a UDR has a readable destination.
//!
//! | spec | topology |
//! |---|---|
//! | two peering objects, both `Connected` | two [`Link`]s that know each other (`reverse`) and are `up` |
//! | one object alone | a [`Link`] that is not `up`, with the issue `PeeringInitiated` |
//! | a peering with an unknown VNet | no link, and the issue `InvalidResourceReference` |
//! | Virtual Network Manager hub-and-spoke | links like typed ones, marked `managed` |
//!
//! Left out: anything computed from routes. Routes are derived by [`crate::route`] and never stored here.

mod adjacency;
mod at;
mod build;
mod check;
mod dns;
mod link;
mod nat;
mod only;
mod range_set;
mod route_map;
mod rule;
mod service_tag;
mod transit;
mod without;
mod zone;

use crate::domain::Domain;
use crate::spec::{
    AddressOverlap, ApplianceKind, ConnectivityTopology, GatewayKind, LocalRouteOverride,
    PeeringState, PrivateEndpointPolicies, PrivateEndpointVnetPolicies, Protocol,
    RoutingPreference, UserNextHopType,
};
use adjacency::Adjacency;
pub(crate) use build::build_meshed;
pub use build::{Building, build};
pub use dns::{AZURE_DNS, Dns, DnsRuleset, DnsServer, DnsZone, Forwarder};
use ipnet::{Ipv4Net, Ipv6Net};
pub use nat::NatRule;
pub(crate) use only::Part;
pub(crate) use range_set::RangeSet;
pub use route_map::{Action, Criterion, RouteMap, RouteMapRule};
pub use rule::{
    FirewallPolicy, FirewallRule, FirewallVerdict, Packet, PortRange, RuleRef, SecurityRule, Term,
    Traffic, UsualRule,
};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;
pub use without::Failure;
pub use zone::Zones;

/// Name of the default route table of a Virtual WAN hub.
pub(crate) const DEFAULT_ROUTE_TABLE: &str = "defaultRouteTable";

/// Name of the table that means "no table".
pub(crate) const NONE_ROUTE_TABLE: &str = "noneRouteTable";

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u32);

        impl $name {
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Position in the topology's list.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A virtual network.
    VnetId;
    /// A subnet.
    SubnetId;
    /// One direction of a peering.
    LinkId;
    /// A route table.
    RouteTableId;
    /// One NIC of an appliance.
    ApplianceId;
    /// A machine: the NICs of an appliance that share a device name.
    DeviceId;
    /// A gateway or Route Server in a VNet.
    GatewayId;
    /// A tunnel.
    TunnelId;
    /// An ExpressRoute circuit.
    CircuitId;
    /// An on-premises network or branch.
    SiteId;
    /// A BGP session of a Route Server or hub with an appliance.
    BgpSessionId;
    /// A private endpoint.
    PrivateEndpointId;
    /// A connected group of Virtual Network Manager.
    ConnectedGroupId;
    /// A network security group.
    NsgId;
    /// A firewall policy.
    PolicyId;
    /// A route map.
    RouteMapId;
    /// A Virtual WAN hub.
    HubId;
    /// A VNet connection of a Virtual WAN hub.
    ConnectionId;
}

/// A virtual network.
#[derive(Debug, Clone)]
pub struct Vnet {
    /// Its id.
    pub id: VnetId,
    /// Unique name.
    pub name: String,
    /// Azure region in lower case without spaces.
    pub region: String,
    /// IPv4 ranges.
    pub prefixes: Rc<[Ipv4Net]>,
    /// IPv6 ranges: carried, not simulated.
    pub ipv6: Vec<Ipv6Net>,
    /// What gateways announce instead of the ranges it covers.
    pub summarized_gateway_prefixes: Option<Vec<Ipv4Net>>,
    /// Its subnets, the implicit ones last.
    pub subnets: Vec<SubnetId>,
    /// Custom DNS servers; none: Azure-provided DNS.
    pub dns_servers: Vec<Ipv4Addr>,
    /// Whether a route of type `VnetLocal` may lead to its private endpoints.
    pub private_endpoint_vnet_policies: PrivateEndpointVnetPolicies,
}

impl Vnet {
    /// Whether an address lies in one of the ranges.
    #[must_use]
    pub fn contains(&self, address: Ipv4Addr) -> bool {
        self.prefixes.iter().any(|net| net.contains(&address))
    }
}

/// A subnet.
#[derive(Debug, Clone)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Its VNet.
    pub vnet: VnetId,
    /// Name, unique in the VNet.
    pub name: String,
    /// Its range; `None` for an implicit subnet.
    pub prefix: Option<Ipv4Net>,
    /// Attached route table.
    pub route_table: Option<RouteTableId>,
    /// What applies to private endpoints in it.
    pub private_endpoint_policies: PrivateEndpointPolicies,
    /// Service endpoints, as `Microsoft.Storage`.
    pub service_endpoints: Vec<String>,
    /// False: a private subnet.
    pub default_outbound_access: bool,
    /// Attached network security group.
    pub nsg: Option<NsgId>,
    /// Something stands in it that is not reached over peerings between regions.
    pub regional: bool,
    /// A NAT gateway takes it out to the Internet.
    pub nat_gateway: bool,
    /// Public addresses of that NAT gateway.
    pub nat_addresses: Vec<Ipv4Addr>,
    /// Not in the spec: made because a gateway must stand somewhere.
    pub implicit: bool,
}

/// One direction of a peering: the object stored in `from`.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The VNet that stores it.
    pub from: VnetId,
    /// The VNet it points to.
    pub to: VnetId,
    /// The object of the other direction.
    pub reverse: Option<LinkId>,
    /// State as Azure shows it.
    pub state: PeeringState,
    /// Both objects exist and are connected: rows appear and packets pass.
    pub up: bool,
    /// `from`'s VirtualNetwork tag includes `to`.
    pub allow_access: bool,
    /// `from` accepts forwarded packets from `to`.
    pub allow_forwarded: bool,
    /// `from` lets `to` use its gateway.
    pub allow_gateway_transit: bool,
    /// `from` uses the gateway of `to`.
    pub use_remote_gateways: bool,
    /// What `from` sees of `to`: its ranges (as of the last sync), or the chosen subnets' ranges.
    pub remote_prefixes: Rc<[Ipv4Net]>,
    /// The remote subnets of a subnet peering; `None` for a full one.
    pub remote_subnets: Option<Vec<SubnetId>>,
    /// Different regions: `VNetGlobalPeering`.
    pub global: bool,
    /// Made by Virtual Network Manager.
    pub managed: bool,
    /// Position in the spec's `peerings`, unless managed.
    pub spec_index: Option<usize>,
}

/// A route table.
#[derive(Debug, Clone)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Unique name.
    pub name: String,
    /// Gateway routes do not reach subnets with this table.
    pub disable_bgp_route_propagation: bool,
    /// Routes with a readable destination.
    pub routes: Vec<UserRoute>,
    /// Made by Virtual Network Manager: not in the spec's list.
    pub managed: bool,
}

/// A user-defined route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRoute {
    /// Name, if given.
    pub name: Option<String>,
    /// Where it applies.
    pub destination: Destination,
    /// What happens.
    pub next_hop_type: UserNextHopType,
    /// Address of a `VirtualAppliance`.
    pub next_hop: Option<Ipv4Addr>,
    /// Position in the spec's table.
    pub spec_index: usize,
}

/// Destination of a UDR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A prefix.
    Prefix(Ipv4Net),
    /// A service tag by name; its prefixes are data.
    Tag(String),
}

/// One NIC of an appliance.
#[derive(Debug, Clone)]
pub struct Appliance {
    /// Its id.
    pub id: ApplianceId,
    /// Unique name of the NIC.
    pub name: String,
    /// The machine.
    pub device: DeviceId,
    /// What it is.
    pub kind: ApplianceKind,
    /// Its VNet.
    pub vnet: VnetId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its address.
    pub ip: Ipv4Addr,
    /// Frontend of its internal load balancer.
    pub load_balancer_ip: Option<Ipv4Addr>,
    /// Availability zones it stands in.
    pub zones: Zones,
    /// Availability zones of that frontend.
    pub load_balancer_zones: Zones,
    /// `enableIPForwarding`, or implied by the kind.
    pub ip_forwarding: bool,
    /// Tracks flows.
    pub stateful: bool,
    /// Source-NATs towards private destinations too.
    pub snat_private: bool,
    /// Can reach the Internet.
    pub internet_egress: bool,
    /// Up.
    pub running: bool,
    /// Protocols its policy drops.
    pub drops: Vec<Protocol>,
    /// Routes inside the guest.
    pub os_routes: Vec<OsRoute>,
    /// Destination NAT rules.
    pub dnat: Vec<DestinationNat>,
    /// Ranges behind the machine, and whether it shows its own address for them.
    pub ranges_behind: Vec<(Ipv4Net, bool)>,
    /// Addresses of the guest that belong to no NIC.
    pub loopback_ips: Vec<Ipv4Addr>,
    /// Public addresses of the NIC.
    pub public_ips: Vec<Ipv4Addr>,
    /// The firewall policy it follows.
    pub policy: Option<PolicyId>,
    /// Network security group of the NIC.
    pub nsg: Option<NsgId>,
    /// Ranges that Azure Firewall does not source-NAT towards.
    pub private_ranges: Vec<Ipv4Net>,
}

/// A destination NAT rule of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DestinationNat {
    /// The public address.
    pub public: Ipv4Addr,
    /// The address that it is translated to.
    pub to: Ipv4Addr,
    /// The protocol that it is for; `None` for any.
    pub protocol: Option<Protocol>,
    /// The port that it is for; `None` for every port.
    pub port: Option<u16>,
    /// The port that it is translated to; `None` for the same.
    pub translated_port: Option<u16>,
}

impl DestinationNat {
    /// Whether it translates a packet of this protocol and port to this address.
    #[must_use]
    pub fn serves(&self, destination: Ipv4Addr, protocol: Protocol, port: Option<u16>) -> bool {
        self.public == destination
            && self.protocol.is_none_or(|own| own == protocol)
            && (self.port.is_none() || self.port == port)
    }
}

/// A route inside a guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OsRoute {
    /// Destination.
    pub prefix: Ipv4Net,
    /// Where it points.
    pub via: Via,
}

/// What a guest route points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// An address on one of the machine's subnets.
    Address(Ipv4Addr),
    /// Another object: a NIC, or the other end of a tunnel.
    Object(Party),
}

/// A machine: one or more NICs.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// The name that stands for it in paths.
    pub name: String,
    /// Its NICs in the spec's order.
    pub nics: Vec<ApplianceId>,
}

/// A gateway or Route Server.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// Its id.
    pub id: GatewayId,
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: GatewayKind,
    /// Its VNet.
    pub vnet: VnetId,
    /// `GatewaySubnet` or `RouteServerSubnet`, implicit where the spec has none.
    pub subnet: SubnetId,
    /// Autonomous system number.
    pub asn: u32,
    /// Two active instances.
    pub active_active: bool,
    /// Private addresses of the instances.
    pub instance_ips: Vec<Ipv4Addr>,
    /// BGP peering addresses.
    pub bgp_peer_ips: Vec<Ipv4Addr>,
    /// Public addresses.
    pub public_ips: Vec<Ipv4Addr>,
    /// Route Server: exchanges routes between gateways and NVAs.
    pub branch_to_branch: bool,
    /// Route Server: preference between sources.
    pub routing_preference: RoutingPreference,
    /// ExpressRoute: accepts other VNets on the circuit.
    pub allow_remote_vnet_traffic: bool,
    /// ExpressRoute: accepts Virtual WAN on the circuit.
    pub allow_virtual_wan_traffic: bool,
    /// ExpressRoute FastPath.
    pub fast_path: bool,
    /// Availability zones it stands in.
    pub zones: Zones,
}

/// An object that can stand at an end of a tunnel or circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// A gateway in a VNet.
    Gateway(GatewayId),
    /// A Virtual WAN hub.
    Hub(HubId),
    /// A site.
    Site(SiteId),
    /// An appliance's machine.
    Device(DeviceId),
}

/// A tunnel.
#[derive(Debug, Clone)]
pub struct Tunnel {
    /// Its id.
    pub id: TunnelId,
    /// One end.
    pub a: Party,
    /// The other end.
    pub b: Party,
    /// BGP runs in it.
    pub bgp: bool,
    /// The one instance of `a` it ends on.
    pub instance_ip: Option<Ipv4Addr>,
    /// AS path of what `b` announces.
    pub as_path: Option<Vec<u32>>,
    /// Local network gateway prefixes at `a`.
    pub static_at_a: Vec<Ipv4Net>,
    /// Local network gateway prefixes at `b`.
    pub static_at_b: Vec<Ipv4Net>,
    /// What an appliance at `a` originates.
    pub announced_by_a: Vec<Ipv4Net>,
    /// What an appliance at `b` originates.
    pub announced_by_b: Vec<Ipv4Net>,
    /// Route maps of the hub at an end: for what comes in, and for what goes out.
    pub route_maps: RouteMaps,
    /// NAT rules of its ends.
    pub nat: Vec<NatRule>,
    /// Routes are translated by them, too.
    pub translates_routes: bool,
    /// `b` is the pool of point-to-site clients, who are told what the gateway or hub knows.
    pub clients: bool,
}

/// Route maps of a hub's connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RouteMaps {
    /// For what comes in.
    pub inbound: Option<RouteMapId>,
    /// For what goes out.
    pub outbound: Option<RouteMapId>,
}

/// What is said of a circuit's connection to a gateway or hub.
#[derive(Debug, Clone)]
pub struct CircuitConnection {
    /// The gateway or hub.
    pub party: Party,
    /// Of two connections with one prefix the heavier is taken.
    pub weight: u32,
    /// Route maps of the hub.
    pub route_maps: RouteMaps,
}

/// An ExpressRoute circuit.
#[derive(Debug, Clone)]
pub struct Circuit {
    /// Its id.
    pub id: CircuitId,
    /// Unique name.
    pub name: String,
    /// Gateways and hubs on it.
    pub gateways: Vec<Party>,
    /// Sites behind it.
    pub sites: Vec<SiteId>,
    /// Circuits joined by Global Reach (symmetric).
    pub global_reach: Vec<CircuitId>,
    /// Connections to the edge that are up, 0 to 2.
    pub links_up: u8,
    /// What is said of its connections.
    pub connections: Vec<CircuitConnection>,
    /// What sites announce over it in place of all they have.
    pub announcements: Vec<(SiteId, Vec<Ipv4Net>)>,
}

impl Circuit {
    /// What is said of the connection to a gateway or hub.
    #[must_use]
    pub fn connection(&self, party: Party) -> Option<&CircuitConnection> {
        self.connections.iter().find(|one| one.party == party)
    }
}

/// A site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Unique name.
    pub name: String,
    /// Autonomous system number.
    pub asn: u32,
    /// Its prefixes.
    pub prefixes: Vec<Ipv4Net>,
    /// AS path as seen by the first gateway.
    pub as_path: Vec<u32>,
    /// Name of the private network it shares with other sites.
    pub wan: Option<String>,
    /// DNS servers that its machines ask; none: public DNS.
    pub dns_servers: Vec<Ipv4Addr>,
}

/// A BGP session with an appliance.
#[derive(Debug, Clone)]
pub struct BgpSession {
    /// Its id.
    pub id: BgpSessionId,
    /// Route Server or hub.
    pub speaker: Party,
    /// The appliance NIC it runs with.
    pub appliance: ApplianceId,
    /// The appliance's number.
    pub asn: u32,
    /// What the appliance announces.
    pub advertises: Vec<Advertisement>,
    /// It also announces what it learned elsewhere.
    pub reannounces: bool,
    /// What it applies to all of that.
    pub route_map: Option<RouteMapId>,
}

/// One announced prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertisement {
    /// The prefix.
    pub prefix: Ipv4Net,
    /// Next hop, the appliance's address unless told otherwise.
    pub next_hop: Ipv4Addr,
    /// Whole path as the speaker receives it.
    pub as_path: Vec<u32>,
}

/// A private endpoint.
#[derive(Debug, Clone)]
pub struct PrivateEndpoint {
    /// Its id.
    pub id: PrivateEndpointId,
    /// Name, or its address.
    pub name: String,
    /// Its VNet.
    pub vnet: VnetId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its address.
    pub ip: Ipv4Addr,
    /// Names of the service that it leads to.
    pub fqdns: Vec<Domain>,
}

/// A connected group that is deployed.
#[derive(Debug, Clone)]
pub struct ConnectedGroup {
    /// Its id.
    pub id: ConnectedGroupId,
    /// Name of the network group or configuration.
    pub name: String,
    /// Members.
    pub members: Vec<VnetId>,
    /// Members in different regions reach each other.
    pub global: bool,
    /// What made it.
    pub topology: ConnectivityTopology,
    /// What happens to overlaps.
    pub overlap: AddressOverlap,
    /// Its members are peered each with each, and Virtual Network Manager has no part in it: a mesh that is not written
    /// object by object.
    pub peered: bool,
}

/// A network security group.
#[derive(Debug, Clone)]
pub struct NetworkSecurityGroup {
    /// Its id.
    pub id: NsgId,
    /// Unique name.
    pub name: String,
    /// Custom rules by priority.
    pub rules: Rc<[SecurityRule]>,
}

/// A Virtual WAN hub.
#[derive(Debug, Clone)]
pub struct Hub {
    /// Its id.
    pub id: HubId,
    /// Its branches and those of other hubs learn each other.
    pub branch_to_branch: bool,
    /// Unique name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// Address range.
    pub prefix: Option<Ipv4Net>,
    /// Hub routing preference.
    pub routing_preference: RoutingPreference,
    /// Public addresses of the router.
    pub router_ips: Vec<Ipv4Addr>,
    /// Firewall in the hub.
    pub firewall: Option<HubFirewall>,
    /// Private routing policy.
    pub private_policy: bool,
    /// Internet routing policy.
    pub internet_policy: bool,
    /// Private prefixes beyond RFC 1918.
    pub private_prefixes: Vec<Ipv4Net>,
    /// Route tables; the default one is always first.
    pub route_tables: Vec<HubRouteTable>,
    /// Its connections.
    pub connections: Vec<ConnectionId>,
    /// ASN of its VPN gateway.
    pub vpn: Option<HubVpn>,
    /// ExpressRoute gateway; the value is `allowNonVirtualWanTraffic`.
    pub express_route: Option<bool>,
    /// Tables of this hub that branches propagate to.
    pub branch_tables: Vec<String>,
    /// Labels that branches propagate to.
    pub branch_labels: Vec<String>,
}

/// The firewall of a hub.
#[derive(Debug, Clone)]
pub struct HubFirewall {
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: ApplianceKind,
    /// Private address.
    pub ip: Option<Ipv4Addr>,
    /// The firewall policy it follows.
    pub policy: Option<PolicyId>,
}

/// The VPN gateway of a hub.
#[derive(Debug, Clone)]
pub struct HubVpn {
    /// Autonomous system number.
    pub asn: u32,
    /// Private addresses of the instances.
    pub instance_ips: Vec<Ipv4Addr>,
}

/// A route table of a hub.
#[derive(Debug, Clone)]
pub struct HubRouteTable {
    /// Name in the hub.
    pub name: String,
    /// Labels.
    pub labels: Vec<String>,
    /// Static routes.
    pub statics: Vec<HubStaticRoute>,
}

/// A static route in a hub's table.
#[derive(Debug, Clone)]
pub struct HubStaticRoute {
    /// Destinations.
    pub prefixes: Vec<Ipv4Net>,
    /// Where to.
    pub next_hop: HubNextHop,
}

/// What a static route of a hub points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubNextHop {
    /// The hub's own firewall.
    Firewall,
    /// A VNet connection of this or another hub.
    Connection(ConnectionId),
}

/// A VNet connection.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Unique name.
    pub name: String,
    /// The hub.
    pub hub: HubId,
    /// The VNet.
    pub vnet: VnetId,
    /// Associated table.
    pub associated: String,
    /// Tables of this hub it propagates to.
    pub propagated_tables: Vec<String>,
    /// Labels it propagates to.
    pub propagated_labels: Vec<String>,
    /// Accepts 0.0.0.0/0.
    pub enable_internet_security: bool,
    /// Static routes on the connection.
    pub statics: Vec<(Vec<Ipv4Net>, Ipv4Addr)>,
    /// They spread with the propagation.
    pub propagate_statics: bool,
    /// `vnetLocalRouteOverrideCriteria`.
    pub local_route_override: LocalRouteOverride,
    /// Route maps for what the VNet brings, and for what it is told.
    pub route_maps: RouteMaps,
}

/// A named host.
#[derive(Debug, Clone)]
pub struct Workload {
    /// Unique name.
    pub name: String,
    /// Its VNet.
    pub vnet: VnetId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its address.
    pub ip: Ipv4Addr,
    /// Public address of its NIC.
    pub public_ip: Option<Ipv4Addr>,
    /// Frontend of its internal load balancer.
    pub load_balancer_ip: Option<Ipv4Addr>,
    /// Packets from there keep the frontend as their destination.
    pub floating_ip: bool,
    /// Network security group of its NIC.
    pub nsg: Option<NsgId>,
}

/// A public load balancer.
#[derive(Debug, Clone)]
pub struct PublicLoadBalancer {
    /// Unique name.
    pub name: String,
    /// Public address of its frontend.
    pub public_ip: Ipv4Addr,
    /// Private addresses of the machines behind it.
    pub backends: Vec<Ipv4Addr>,
    /// The packet keeps the public address as its destination.
    pub floating_ip: bool,
    /// An outbound rule lets its machines out to the Internet.
    pub outbound_rule: bool,
}

/// A checked estate: made by [`build`], or from another one as a part of it (`only`) or as what a failure leaves
/// ([`Topology::without`]). It never changes.
#[derive(Debug, Clone, Default)]
pub struct Topology {
    vnets: Vec<Vnet>,
    subnets: Vec<Subnet>,
    /// Shared: a what-if copies the estate, and its links are by far the most of it.
    links: Rc<Vec<Link>>,
    route_tables: Vec<RouteTable>,
    appliances: Vec<Appliance>,
    devices: Vec<Device>,
    gateways: Vec<Gateway>,
    tunnels: Vec<Tunnel>,
    circuits: Vec<Circuit>,
    sites: Vec<Site>,
    bgp_sessions: Vec<BgpSession>,
    private_endpoints: Vec<PrivateEndpoint>,
    connected_groups: Vec<ConnectedGroup>,
    /// Shared, with their ids, by every part of the estate.
    nsgs: Rc<Vec<NetworkSecurityGroup>>,
    admin_rules: Vec<(Vec<VnetId>, SecurityRule)>,
    firewall_policies: Vec<FirewallPolicy>,
    public_load_balancers: Vec<PublicLoadBalancer>,
    route_maps: Vec<RouteMap>,
    dns: Rc<Dns>,
    hubs: Vec<Hub>,
    connections: Vec<Connection>,
    workloads: Vec<Workload>,
    service_tags: BTreeMap<String, Vec<Ipv4Net>>,
    /// Links by VNet and by VNet pair: what every packet crossing asks.
    adjacency: Rc<Adjacency>,
    /// The first connection of each connected VNet.
    connection_by_vnet: BTreeMap<VnetId, ConnectionId>,
    vnet_by_name: BTreeMap<String, VnetId>,
    places: at::Places,
}

macro_rules! tables {
    ($($list:ident, $item:ident, $type:ident, $id:ident, $what:literal;)*) => {
        impl Topology {$(
            #[doc = concat!("Every ", $what, ", in the spec's order.")]
            #[must_use]
            pub fn $list(&self) -> &[$type] {
                &self.$list
            }

            #[doc = concat!("The ", $what, " with this id.")]
            ///
            /// # Panics
            /// If the id belongs to another topology.
            #[must_use]
            #[expect(clippy::indexing_slicing, reason = "ids are made by the build of this very topology")]
            pub fn $item(&self, id: $id) -> &$type {
                &self.$list[id.index()]
            }
        )*}
    };
}

tables! {
    vnets, vnet, Vnet, VnetId, "VNet";
    subnets, subnet, Subnet, SubnetId, "subnet";
    links, link, Link, LinkId, "peering object";
    route_tables, route_table, RouteTable, RouteTableId, "route table";
    appliances, appliance, Appliance, ApplianceId, "appliance NIC";
    devices, device, Device, DeviceId, "machine";
    gateways, gateway, Gateway, GatewayId, "gateway";
    tunnels, tunnel, Tunnel, TunnelId, "tunnel";
    circuits, circuit, Circuit, CircuitId, "circuit";
    sites, site, Site, SiteId, "site";
    bgp_sessions, bgp_session, BgpSession, BgpSessionId, "BGP session";
    private_endpoints, private_endpoint, PrivateEndpoint, PrivateEndpointId, "private endpoint";
    connected_groups, connected_group, ConnectedGroup, ConnectedGroupId, "connected group";
    nsgs, nsg, NetworkSecurityGroup, NsgId, "network security group";
    firewall_policies, firewall_policy, FirewallPolicy, PolicyId, "firewall policy";
    route_maps, route_map, RouteMap, RouteMapId, "route map";
    hubs, hub, Hub, HubId, "Virtual WAN hub";
    connections, connection, Connection, ConnectionId, "VNet connection";
}

impl Topology {
    /// Named hosts, in the spec's order.
    #[must_use]
    pub fn workloads(&self) -> &[Workload] {
        &self.workloads
    }

    /// Public load balancers, in the spec's order.
    #[must_use]
    pub fn public_load_balancers(&self) -> &[PublicLoadBalancer] {
        &self.public_load_balancers
    }

    /// Everything about names.
    #[must_use]
    pub fn dns(&self) -> &Dns {
        &self.dns
    }

    /// Security admin rules by priority, each with the VNets it applies to.
    #[must_use]
    pub fn admin_rules(&self) -> &[(Vec<VnetId>, SecurityRule)] {
        &self.admin_rules
    }

    /// The prefixes of a service tag: the estate's own list, else the built-in one; empty where neither has it.
    #[must_use]
    pub fn service_tag(&self, name: &str) -> &[Ipv4Net] {
        self.service_tags
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// Every service tag with its prefixes, by name in lower case.
    pub(crate) fn service_tags(&self) -> impl Iterator<Item = (&String, &Vec<Ipv4Net>)> {
        self.service_tags.iter()
    }

    /// The VNet of that name.
    #[must_use]
    pub fn vnet_named(&self, name: &str) -> Option<&Vnet> {
        self.vnet_by_name.get(name).map(|id| self.vnet(*id))
    }

    /// The subnet of that name in the VNet of that name.
    #[must_use]
    pub fn subnet_named(&self, vnet: &str, subnet: &str) -> Option<&Subnet> {
        let vnet = self.vnet_named(vnet)?;
        vnet.subnets
            .iter()
            .map(|id| self.subnet(*id))
            .find(|s| s.name.eq_ignore_ascii_case(subnet))
    }

    /// The subnet of a VNet that contains an address.
    #[must_use]
    pub fn subnet_of(&self, vnet: VnetId, address: Ipv4Addr) -> Option<&Subnet> {
        let subnets = self.vnet(vnet).subnets.iter().map(|id| self.subnet(*id));
        subnets
            .filter(|s| s.prefix.is_some_and(|net| net.contains(&address)))
            .max_by_key(|s| s.prefix.map(|p| p.prefix_len()))
    }

    /// The peering object stored in `from` towards `to`, up or not.
    #[must_use]
    pub fn link_between(&self, from: VnetId, to: VnetId) -> Option<&Link> {
        self.adjacency.between(from, to).map(|id| self.link(id))
    }

    /// Peering objects stored in a VNet.
    pub fn links_of(&self, vnet: VnetId) -> impl Iterator<Item = &Link> {
        self.adjacency.of(vnet).iter().map(|id| self.link(*id))
    }

    /// The VNet whose gateways this VNet uses: both transit flags are set on a connected peering.
    #[must_use]
    pub fn transit_hub(&self, vnet: VnetId) -> Option<VnetId> {
        self.links_of(vnet)
            .find(|link| self.is_transit(link))
            .map(|link| link.to)
    }

    /// Whether `link.from` uses the gateway of `link.to`.
    #[must_use]
    pub fn is_transit(&self, link: &Link) -> bool {
        let offered = link
            .reverse
            .is_some_and(|reverse| self.link(reverse).allow_gateway_transit);
        link.up && link.use_remote_gateways && offered
    }

    /// VNets that use the gateways of this one, in the order of their links.
    pub fn transit_spokes(&self, vnet: VnetId) -> impl Iterator<Item = VnetId> {
        self.transit_links(vnet).map(|link| link.to)
    }

    /// Links from a VNet to those that use its gateways.
    pub fn transit_links(&self, vnet: VnetId) -> impl Iterator<Item = &Link> {
        self.links_of(vnet).filter(|link| {
            link.reverse
                .is_some_and(|reverse| self.is_transit(self.link(reverse)))
        })
    }

    /// The connection of a VNet to a Virtual WAN hub.
    #[must_use]
    pub fn connection_of(&self, vnet: VnetId) -> Option<&Connection> {
        self.connection_by_vnet
            .get(&vnet)
            .map(|id| self.connection(*id))
    }

    /// The gateway, hub, site or machine of that name; a NIC's name stands for its machine.
    #[must_use]
    pub fn party_named(&self, name: &str) -> Option<Party> {
        let gateway = self
            .gateways
            .iter()
            .find(|gateway| gateway.name == name)
            .map(|g| Party::Gateway(g.id));
        let hub = || {
            self.hubs
                .iter()
                .find(|hub| hub.name == name)
                .map(|hub| Party::Hub(hub.id))
        };
        let site = || {
            self.sites
                .iter()
                .find(|site| site.name == name)
                .map(|site| Party::Site(site.id))
        };
        let device = || {
            self.devices
                .iter()
                .find(|device| device.name == name)
                .map(|device| Party::Device(device.id))
        };
        let nic = || {
            self.appliances
                .iter()
                .find(|nic| nic.name == name)
                .map(|nic| Party::Device(nic.device))
        };
        gateway
            .or_else(hub)
            .or_else(site)
            .or_else(device)
            .or_else(nic)
    }

    /// Name of an object at an end of a tunnel.
    #[must_use]
    pub fn party_name(&self, party: Party) -> &str {
        match party {
            Party::Gateway(id) => &self.gateway(id).name,
            Party::Hub(id) => &self.hub(id).name,
            Party::Site(id) => &self.site(id).name,
            Party::Device(id) => &self.device(id).name,
        }
    }
}
