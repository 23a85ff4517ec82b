//! What exists: the estate as a person typed it or an importer read it. Public fields, and it may be wrong.
//!
//! The JSON is a strict superset of the neutral case format's `network` (names of Azure's resource model in
//! `camelCase`; unknown keys are errors). Prefixes and addresses stay text here, so that nothing typed is lost;
//! [`crate::topology::build`] reads them and reports every problem at once.
//!
//! | member | what it is in Azure |
//! |---|---|
//! | `vnets` | virtual networks with address ranges and subnets |
//! | `peerings` | one object per direction, stored in `from` |
//! | `routeTables` | user-defined routes and the propagation switch |
//! | `appliances` | Azure Firewall, NVAs (one element per NIC), managed routing appliances |
//! | `gateways` | VPN and ExpressRoute gateways, Route Servers |
//! | `tunnels`, `circuits`, `sites` | how on-premises and other networks attach |
//! | `virtualWan` | Virtual WAN hubs, connections and route tables |
//!
//! Left out: prices and traffic (they are the bill's business) and anything only a diagram needs.

mod appliance;
mod branch;
mod dns;
mod firewall;
mod gateway;
mod hub;
mod manager;
mod network;
mod peering;
mod platform;
mod public;
mod route_map;
mod security;

pub use appliance::{
    ApplianceKind, ApplianceSpec, DnatSpec, OsRouteSpec, Protocol, RangeBehindSpec,
};
pub use branch::{
    CircuitAnnouncementSpec, CircuitConnectionSpec, CircuitFamily, CircuitPlanSpec, CircuitSpec,
    CircuitTier, NatMode, NatRuleSpec, NatType, SiteSpec, TunnelSpec,
};
pub use dns::{
    DnsForwardingRulesetSpec, DnsRecordSpec, DnsResolverSpec, DnsServerSpec, FirewallDnsSpec,
    ForwarderSpec, ForwardingRuleSpec, ForwardingRuleState, InboundEndpointSpec,
    OutboundEndpointSpec, PrivateDnsZoneSpec, ResolutionPolicy, ZoneLinkSpec,
};
pub use firewall::{
    ApplicationProtocolSpec, FirewallAction, FirewallPolicySpec, FirewallProtocol,
    FirewallRuleCollectionSpec, FirewallRuleSpec, FirewallRuleType, IpGroupSpec,
    RuleCollectionGroupSpec,
};
pub use gateway::{AdvertisementSpec, BgpPeeringSpec, GatewayKind, GatewaySpec, RoutingPreference};
pub use hub::{
    ConnectionStaticRouteSpec, HubBranchesSpec, HubConnectionSpec, HubExpressRouteSpec,
    HubFirewallSpec, HubRouteTableSpec, HubScaleSpec, HubSpec, HubStaticRouteSpec, HubVpnSpec,
    LocalRouteOverride, RoutingIntentSpec, VirtualWanSpec,
};
pub use manager::{
    AddressOverlap, ConnectivitySpec, ConnectivityTopology, LocalRouting, NetworkGroupSpec,
    NetworkManagerSpec, RouteTableUsageMode, RoutingConfigurationSpec, RuleCollectionSpec,
};
pub use network::{
    PrivateEndpointPolicies, PrivateEndpointSpec, PrivateEndpointVnetPolicies, RouteSpec,
    RouteTableSpec, ServiceTagSpec, SubnetSpec, UserNextHopType, VnetSpec,
};
pub use peering::{PeeringSpec, PeeringState};
pub use platform::{PLATFORM_SUBNETS, is_platform_subnet};
pub use public::{NatGatewaySpec, PublicLoadBalancerSpec};
pub use route_map::{
    MatchCondition, NextStep, RouteMapActionSpec, RouteMapActionType, RouteMapCriterionSpec,
    RouteMapRuleSpec, RouteMapSpec,
};
pub use security::{
    Access, Direction, NetworkSecurityGroupSpec, SecurityAdminRuleSpec, SecurityRuleSpec,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole estate.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NetworkSpec {
    /// Virtual networks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vnets: Vec<VnetSpec>,
    /// Peering objects, one per direction.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub peerings: Vec<PeeringSpec>,
    /// Route tables that subnets refer to by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route_tables: Vec<RouteTableSpec>,
    /// Firewalls, NVAs and routing appliances, one element per NIC.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub appliances: Vec<ApplianceSpec>,
    /// VPN gateways, ExpressRoute gateways and Route Servers in VNets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gateways: Vec<GatewaySpec>,
    /// IPsec tunnels between gateways, hubs, sites and appliances.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tunnels: Vec<TunnelSpec>,
    /// ExpressRoute circuits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub circuits: Vec<CircuitSpec>,
    /// On-premises networks and branches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteSpec>,
    /// BGP sessions of Route Servers and Virtual WAN hubs with appliances.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bgp_peerings: Vec<BgpPeeringSpec>,
    /// Private endpoints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub private_endpoints: Vec<PrivateEndpointSpec>,
    /// Private DNS zones (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub private_dns_zones: Vec<PrivateDnsZoneSpec>,
    /// DNS private resolvers (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dns_resolvers: Vec<DnsResolverSpec>,
    /// DNS forwarding rulesets (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dns_forwarding_rulesets: Vec<DnsForwardingRulesetSpec>,
    /// DNS servers of one's own (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dns_servers: Vec<DnsServerSpec>,
    /// Azure Virtual Network Manager: groups and connectivity configurations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avnm: Option<NetworkManagerSpec>,
    /// Virtual WAN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_wan: Option<VirtualWanSpec>,
    /// Hosts worth naming. Any address of a subnet is a host even when it is not listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workloads: Vec<WorkloadSpec>,
    /// Network security groups that subnets refer to by name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub network_security_groups: Vec<NetworkSecurityGroupSpec>,
    /// Firewall policies that firewalls refer to by name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub firewall_policies: Vec<FirewallPolicySpec>,
    /// Route maps that connections, tunnels, circuits and sessions refer to by name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub route_maps: Vec<RouteMapSpec>,
    /// NAT gateways that subnets refer to by name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nat_gateways: Vec<NatGatewaySpec>,
    /// Public load balancers (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub public_load_balancers: Vec<PublicLoadBalancerSpec>,
    /// IP groups that firewall policies refer to by name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ip_groups: Vec<IpGroupSpec>,
    /// Service tags with their prefixes; each replaces the built-in list of its name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service_tags: Vec<ServiceTagSpec>,
    /// What else is billed, as a NAT gateway or a bastion (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further_meters: Vec<FurtherMeterSpec>,
}

/// Something that the estate has and no flow passes: for the bill alone.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FurtherMeterSpec {
    /// What people call it.
    pub name: String,
    /// Azure region, as `westeurope`; empty where its price is the same everywhere.
    #[serde(default)]
    pub region: String,
    /// `serviceName` of the Azure Retail Prices API, as `NAT Gateway`.
    pub service: String,
    /// `productName`.
    pub product: String,
    /// `skuName`, as `Standard`; `*` for any.
    #[serde(default = "any_sku")]
    pub sku: String,
    /// `meterName`, as `Standard Gateway`.
    pub meter: String,
    /// How many exist all month; of a meter that counts GB, how many GB a month.
    #[serde(default = "one")]
    pub count: u32,
}

fn any_sku() -> String {
    "*".to_owned()
}

fn one() -> u32 {
    1
}

/// A named host.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkloadSpec {
    /// Unique name.
    pub name: String,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
    /// Public address of its NIC (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<String>,
    /// Frontend of the internal load balancer that it stands behind (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_ip: Option<String>,
    /// `enableFloatingIP` there: the packet keeps the frontend as its destination (beyond the case format).
    #[serde(default, skip_serializing_if = "crate::json::is_default")]
    pub floating_ip: bool,
    /// Name of the network security group of its NIC (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_security_group: Option<String>,
    /// Names of application security groups that its NIC belongs to (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub application_security_groups: Vec<String>,
}
