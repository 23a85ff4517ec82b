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
    PrivateEndpointPolicies, PrivateEndpointSpec, RouteSpec, RouteTableSpec, ServiceTagSpec,
    SubnetSpec, UserNextHopType, VnetSpec,
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

use crate::json::record;

/// A whole estate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkSpec {
    /// Virtual networks.
    pub vnets: Vec<VnetSpec>,
    /// Peering objects, one per direction.
    pub peerings: Vec<PeeringSpec>,
    /// Route tables that subnets refer to by name.
    pub route_tables: Vec<RouteTableSpec>,
    /// Firewalls, NVAs and routing appliances, one element per NIC.
    pub appliances: Vec<ApplianceSpec>,
    /// VPN gateways, ExpressRoute gateways and Route Servers in VNets.
    pub gateways: Vec<GatewaySpec>,
    /// IPsec tunnels between gateways, hubs, sites and appliances.
    pub tunnels: Vec<TunnelSpec>,
    /// ExpressRoute circuits.
    pub circuits: Vec<CircuitSpec>,
    /// On-premises networks and branches.
    pub sites: Vec<SiteSpec>,
    /// BGP sessions of Route Servers and Virtual WAN hubs with appliances.
    pub bgp_peerings: Vec<BgpPeeringSpec>,
    /// Private endpoints.
    pub private_endpoints: Vec<PrivateEndpointSpec>,
    /// Azure Virtual Network Manager: groups and connectivity configurations.
    pub avnm: Option<NetworkManagerSpec>,
    /// Virtual WAN.
    pub virtual_wan: Option<VirtualWanSpec>,
    /// Hosts worth naming. Any address of a subnet is a host even when it is not listed.
    pub workloads: Vec<WorkloadSpec>,
    /// Network security groups that subnets refer to by name (beyond the case format).
    pub network_security_groups: Vec<NetworkSecurityGroupSpec>,
    /// Firewall policies that firewalls refer to by name (beyond the case format).
    pub firewall_policies: Vec<FirewallPolicySpec>,
    /// Route maps that connections, tunnels, circuits and sessions refer to by name (beyond the case format).
    pub route_maps: Vec<RouteMapSpec>,
    /// NAT gateways that subnets refer to by name (beyond the case format).
    pub nat_gateways: Vec<NatGatewaySpec>,
    /// Public load balancers (beyond the case format).
    pub public_load_balancers: Vec<PublicLoadBalancerSpec>,
    /// IP groups that firewall policies refer to by name (beyond the case format).
    pub ip_groups: Vec<IpGroupSpec>,
    /// Service tags with their prefixes; each replaces the built-in list of its name (beyond the case format).
    pub service_tags: Vec<ServiceTagSpec>,
    /// What else is billed, as a NAT gateway or a bastion (beyond the case format).
    pub further_meters: Vec<FurtherMeterSpec>,
}

record!(NetworkSpec, Self::default(), |value, members| {
    members.optional("vnets", &mut value.vnets);
    members.optional("peerings", &mut value.peerings);
    members.optional("routeTables", &mut value.route_tables);
    members.optional("appliances", &mut value.appliances);
    members.optional("gateways", &mut value.gateways);
    members.optional("tunnels", &mut value.tunnels);
    members.optional("circuits", &mut value.circuits);
    members.optional("sites", &mut value.sites);
    members.optional("bgpPeerings", &mut value.bgp_peerings);
    members.optional("privateEndpoints", &mut value.private_endpoints);
    members.optional("avnm", &mut value.avnm);
    members.optional("virtualWan", &mut value.virtual_wan);
    members.optional("workloads", &mut value.workloads);
    members.optional("networkSecurityGroups", &mut value.network_security_groups);
    members.optional("firewallPolicies", &mut value.firewall_policies);
    members.optional("routeMaps", &mut value.route_maps);
    members.optional("natGateways", &mut value.nat_gateways);
    members.optional("publicLoadBalancers", &mut value.public_load_balancers);
    members.optional("ipGroups", &mut value.ip_groups);
    members.optional("serviceTags", &mut value.service_tags);
    members.optional("furtherMeters", &mut value.further_meters);
});

/// Something that the estate has and no flow passes: for the bill alone.
#[derive(Debug, Clone, PartialEq)]
pub struct FurtherMeterSpec {
    /// What people call it.
    pub name: String,
    /// Azure region, as `westeurope`; empty where its price is the same everywhere.
    pub region: String,
    /// `serviceName` of the Azure Retail Prices API, as `NAT Gateway`.
    pub service: String,
    /// `productName`.
    pub product: String,
    /// `skuName`, as `Standard`; `*` for any.
    pub sku: String,
    /// `meterName`, as `Standard Gateway`.
    pub meter: String,
    /// How many exist all month; of a meter that counts GB, how many GB a month.
    pub count: u32,
}

record!(
    FurtherMeterSpec,
    Self {
        name: String::new(),
        region: String::new(),
        service: String::new(),
        product: String::new(),
        sku: "*".to_owned(),
        meter: String::new(),
        count: 1
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("region", &mut value.region);
        members.required("service", &mut value.service);
        members.required("product", &mut value.product);
        members.always("sku", &mut value.sku);
        members.required("meter", &mut value.meter);
        members.always("count", &mut value.count);
    }
);

/// A named host.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkloadSpec {
    /// Unique name.
    pub name: String,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
    /// Name of the network security group of its NIC (beyond the case format).
    pub network_security_group: Option<String>,
    /// Public address of its NIC (beyond the case format).
    pub public_ip: Option<String>,
    /// Names of application security groups that its NIC belongs to (beyond the case format).
    pub application_security_groups: Vec<String>,
}

record!(WorkloadSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("vnet", &mut value.vnet);
    members.required("subnet", &mut value.subnet);
    members.required("ip", &mut value.ip);
    members.optional("publicIp", &mut value.public_ip);
    members.optional("networkSecurityGroup", &mut value.network_security_group);
    members.optional(
        "applicationSecurityGroups",
        &mut value.application_security_groups,
    );
});
