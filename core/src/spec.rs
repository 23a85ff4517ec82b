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

use serde::{Deserialize, Serialize};

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn yes() -> bool {
    true
}
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_yes(value: &bool) -> bool {
    *value
}

/// A whole estate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// Service tags with their prefixes; each replaces the built-in list of its name (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service_tags: Vec<ServiceTagSpec>,
}

/// A service tag: a name for a changing list of public prefixes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceTagSpec {
    /// As `Storage.WestEurope`.
    pub name: String,
    /// Its prefixes.
    pub prefixes: Vec<String>,
}

/// A virtual network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VnetSpec {
    /// Unique name.
    pub name: String,
    /// Azure region, as `westeurope`.
    #[serde(default = "default_region")]
    pub region: String,
    /// Address ranges in CIDR text; IPv6 ranges are carried and not simulated.
    pub prefixes: Vec<String>,
    /// Replaces covered ranges in what gateways announce (API 2025-07-01).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summarized_gateway_prefixes: Option<Vec<String>>,
    /// Subnets.
    #[serde(default)]
    pub subnets: Vec<SubnetSpec>,
}

fn default_region() -> String {
    "westeurope".to_owned()
}

impl Default for VnetSpec {
    /// A VNet without a name or ranges in the format's default region.
    fn default() -> Self {
        Self {
            name: String::new(),
            region: default_region(),
            prefixes: Vec::new(),
            summarized_gateway_prefixes: None,
            subnets: Vec::new(),
        }
    }
}

/// A subnet of a VNet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubnetSpec {
    /// Name, unique within the VNet; Azure's platform names (`GatewaySubnet` …) have meaning.
    pub name: String,
    /// Range in CIDR text, inside one range of the VNet.
    pub prefix: String,
    /// Name of the attached route table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_table: Option<String>,
    /// Whether UDRs and NSGs apply to private endpoints of this subnet.
    #[serde(default, skip_serializing_if = "is_default")]
    pub private_endpoint_network_policies: PrivateEndpointPolicies,
    /// Service endpoints, as `Microsoft.Storage`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_endpoints: Vec<String>,
    /// False makes a private subnet: no implicit outbound address.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub default_outbound_access: bool,
    /// Name of the attached network security group (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_security_group: Option<String>,
}

impl Default for SubnetSpec {
    /// A subnet without a name or range, everything else as Azure creates it.
    fn default() -> Self {
        Self {
            name: String::new(),
            prefix: String::new(),
            route_table: None,
            private_endpoint_network_policies: PrivateEndpointPolicies::Disabled,
            service_endpoints: Vec::new(),
            default_outbound_access: true,
            network_security_group: None,
        }
    }
}

/// Azure's `privateEndpointNetworkPolicies`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrivateEndpointPolicies {
    /// Neither route tables nor NSGs apply to private endpoints.
    #[default]
    Disabled,
    /// Both apply.
    Enabled,
    /// Only route tables apply.
    RouteTableEnabled,
    /// Only NSGs apply.
    NetworkSecurityGroupEnabled,
}

impl PrivateEndpointPolicies {
    /// Whether a UDR may override the endpoint's `/32` (with the length rule of golden facts 91 and 92).
    #[must_use]
    pub fn applies_route_tables(self) -> bool {
        matches!(self, Self::Enabled | Self::RouteTableEnabled)
    }
}

/// One peering object: the link stored in `from` towards `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeeringSpec {
    /// The VNet that stores this object.
    pub from: String,
    /// The VNet it points to.
    pub to: String,
    /// `from`'s VirtualNetwork tag includes `to`.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub allow_virtual_network_access: bool,
    /// `from` accepts packets from `to` whose source lies elsewhere.
    #[serde(default)]
    pub allow_forwarded_traffic: bool,
    /// `from` lets `to` use its gateway.
    #[serde(default)]
    pub allow_gateway_transit: bool,
    /// `from` uses the gateway of `to`.
    #[serde(default)]
    pub use_remote_gateways: bool,
    /// State of this object.
    #[serde(default, skip_serializing_if = "is_default")]
    pub peering_state: PeeringState,
    /// False makes it a subnet peering.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub peer_complete_vnets: bool,
    /// Subnets of `from` that take part in a subnet peering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_subnet_names: Vec<String>,
    /// Subnets of `to` that take part in a subnet peering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remote_subnet_names: Vec<String>,
    /// The ranges of `to` as of the last sync; absent: fully in sync (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote_address_space: Option<Vec<String>>,
}

impl PeeringSpec {
    /// A link with Azure's default flags: access allowed, everything else off.
    ///
    /// ```
    /// let link = interspoke_core::spec::PeeringSpec::new("spoke1", "hub");
    /// assert!(link.allow_virtual_network_access && !link.allow_forwarded_traffic);
    /// ```
    #[must_use]
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            allow_virtual_network_access: true,
            allow_forwarded_traffic: false,
            allow_gateway_transit: false,
            use_remote_gateways: false,
            peering_state: PeeringState::Connected,
            peer_complete_vnets: true,
            local_subnet_names: Vec::new(),
            remote_subnet_names: Vec::new(),
            remote_address_space: None,
        }
    }
}

/// State of a peering object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeeringState {
    /// Only this object exists.
    Initiated,
    /// Both objects exist.
    #[default]
    Connected,
    /// The other object was deleted; both must be created again.
    Disconnected,
}

/// A route table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteTableSpec {
    /// Unique name.
    pub name: String,
    /// True: the portal's "Propagate gateway routes: No".
    #[serde(default)]
    pub disable_bgp_route_propagation: bool,
    /// User-defined routes.
    #[serde(default)]
    pub routes: Vec<RouteSpec>,
}

/// One user-defined route.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteSpec {
    /// Name of the route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// CIDR text or a service tag.
    pub prefix: String,
    /// Where the packet goes.
    pub next_hop_type: UserNextHopType,
    /// Address of the appliance, for `VirtualAppliance` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_hop_ip_address: Option<String>,
}

/// The next-hop types that a UDR may have.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum UserNextHopType {
    /// An address: an NVA, a firewall or a load balancer's frontend.
    VirtualAppliance,
    /// The VPN gateway that this VNet uses.
    VirtualNetworkGateway,
    /// Ordinary delivery inside the VNet.
    VnetLocal,
    /// Straight to the Internet.
    Internet,
    /// Drop.
    #[default]
    None,
}

/// A firewall, NVA NIC or routing appliance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplianceSpec {
    /// Unique name of this NIC or firewall.
    pub name: String,
    /// What it is.
    pub kind: ApplianceKind,
    /// VNet and subnet of the NIC.
    pub vnet: String,
    /// Subnet of the NIC.
    pub subnet: String,
    /// Private address of the NIC.
    pub ip: String,
    /// Frontend of the internal load balancer it stands behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load_balancer_ip: Option<String>,
    /// `enableIPForwarding` of the Azure NIC.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub ip_forwarding: bool,
    /// Whether it tracks flows. Absent: true for Azure Firewall, false otherwise (the case format's rule).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stateful: Option<bool>,
    /// Rewrites the source to its own address towards private destinations too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub snat_private: bool,
    /// Can reach the Internet (a public address behind it).
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub internet_egress: bool,
    /// False: stopped; it drops everything, its routes stay displayed.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub running: bool,
    /// Protocols that its policy drops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drops: Vec<Protocol>,
    /// Routes inside the guest; they only choose the NIC or tunnel that a packet leaves by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub os_routes: Vec<OsRouteSpec>,
    /// Name shared by all NICs of one machine; it stands for the machine in paths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Destination NAT rules on public addresses (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dnat: Vec<DnatSpec>,
    /// Azure Firewall tier or NVA size, for the bill (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Private ranges that Azure Firewall does not source-NAT; absent: RFC 1918 and RFC 6598 (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ranges: Option<Vec<String>>,
    /// Capacity units that an Azure Firewall is prescaled to (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_units: Option<u32>,
    /// Number of public addresses; absent: one for an Azure Firewall, none for others (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_addresses: Option<u32>,
}

impl ApplianceSpec {
    /// An appliance as Azure or the format creates it: running, forwarding, without a load balancer.
    #[must_use]
    pub fn new(name: &str, kind: ApplianceKind, vnet: &str, subnet: &str, ip: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            vnet: vnet.to_owned(),
            subnet: subnet.to_owned(),
            ip: ip.to_owned(),
            load_balancer_ip: None,
            ip_forwarding: true,
            stateful: None,
            snat_private: false,
            internet_egress: true,
            running: true,
            drops: Vec::new(),
            os_routes: Vec::new(),
            device: None,
            dnat: Vec::new(),
            sku: None,
            private_ranges: None,
            capacity_units: None,
            public_addresses: None,
        }
    }

    /// Whether it tracks flows, with the format's default.
    #[must_use]
    pub fn is_stateful(&self) -> bool {
        self.stateful
            .unwrap_or(self.kind == ApplianceKind::AzureFirewall)
    }

    /// The machine's name: `device` where several NICs share one, else the name.
    #[must_use]
    pub fn machine(&self) -> &str {
        self.device.as_deref().unwrap_or(&self.name)
    }
}

/// Kinds of appliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApplianceKind {
    /// A virtual machine that forwards.
    Nva,
    /// Azure Firewall.
    AzureFirewall,
    /// Azure Virtual Network Routing Appliance.
    RoutingAppliance,
}

/// A destination NAT rule of a firewall or NVA.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnatSpec {
    /// The appliance's public address.
    pub public_ip: String,
    /// The private address that it is translated to.
    pub to: String,
}

/// A route inside an appliance's guest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OsRouteSpec {
    /// Destination in CIDR text.
    pub prefix: String,
    /// An address, or the name of an object (a site or gateway at the other end of a tunnel, or a NIC).
    pub via: String,
}

/// Protocols that questions and policies speak of.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Ping.
    #[default]
    Icmp,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

/// A gateway in a VNet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewaySpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: GatewayKind,
    /// The VNet it stands in.
    pub vnet: String,
    /// Autonomous system number.
    #[serde(default = "default_asn")]
    pub asn: u32,
    /// Two active instances.
    #[serde(default)]
    pub active_active: bool,
    /// Private addresses of the instances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance_ips: Vec<String>,
    /// BGP peering addresses; absent: the instance addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bgp_peer_ips: Option<Vec<String>>,
    /// Public addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_ips: Vec<String>,
    /// Route Server: exchange routes between gateways and NVAs.
    #[serde(default)]
    pub branch_to_branch: bool,
    /// Route Server: preference between sources of one prefix.
    #[serde(default)]
    pub routing_preference: RoutingPreference,
    /// ExpressRoute: accept traffic from other VNets on the circuit.
    #[serde(default)]
    pub allow_remote_vnet_traffic: bool,
    /// ExpressRoute: accept traffic from Virtual WAN on the circuit.
    #[serde(default)]
    pub allow_virtual_wan_traffic: bool,
    /// SKU, as `VpnGw2AZ`, for the bill and limits (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// ExpressRoute FastPath (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub fast_path: bool,
    /// Scale units of an `ErGwScale` gateway; 1 at least (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_units: Option<u32>,
}

fn default_asn() -> u32 {
    65_515
}

impl GatewaySpec {
    /// A gateway as Azure creates it: ASN 65515, one instance, everything optional off.
    #[must_use]
    pub fn new(name: &str, kind: GatewayKind, vnet: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            vnet: vnet.to_owned(),
            asn: default_asn(),
            active_active: false,
            instance_ips: Vec::new(),
            bgp_peer_ips: None,
            public_ips: Vec::new(),
            branch_to_branch: false,
            routing_preference: RoutingPreference::ExpressRoute,
            allow_remote_vnet_traffic: false,
            allow_virtual_wan_traffic: false,
            sku: None,
            fast_path: false,
            scale_units: None,
        }
    }
}

/// Kinds of gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GatewayKind {
    /// VPN gateway.
    Vpn,
    /// ExpressRoute gateway.
    ExpressRoute,
    /// Azure Route Server.
    RouteServer,
}

/// Preference between sources of one prefix, of a Route Server or a Virtual WAN hub.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoutingPreference {
    /// ExpressRoute first.
    #[default]
    ExpressRoute,
    /// VPN first.
    VpnGateway,
    /// Shortest AS path first.
    #[serde(rename = "ASPath")]
    AsPath,
}

/// A tunnel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TunnelSpec {
    /// Name of one end: a gateway, Virtual WAN hub, site or appliance.
    pub a: String,
    /// Name of the other end.
    pub b: String,
    /// Whether BGP runs in it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub bgp: bool,
    /// The one instance of `a` it ends on; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_ip: Option<String>,
    /// AS path of what `b` announces over this tunnel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_path: Option<Vec<u32>>,
    /// Local network gateway prefixes at `a`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_at_a: Vec<String>,
    /// Local network gateway prefixes at `b`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_at_b: Vec<String>,
    /// What an appliance at `a` originates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by_a: Vec<String>,
    /// What an appliance at `b` originates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by_b: Vec<String>,
}

impl TunnelSpec {
    /// A tunnel between two named ends, with BGP.
    #[must_use]
    pub fn new(a: &str, b: &str) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
            bgp: true,
            instance_ip: None,
            as_path: None,
            static_at_a: Vec::new(),
            static_at_b: Vec::new(),
            announced_by_a: Vec::new(),
            announced_by_b: Vec::new(),
        }
    }
}

/// An ExpressRoute circuit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CircuitSpec {
    /// Unique name.
    pub name: String,
    /// Gateways and Virtual WAN hubs connected to it.
    #[serde(default)]
    pub gateways: Vec<String>,
    /// Sites behind it.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Circuits joined with it by Global Reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub global_reach_with: Vec<String>,
    /// How many of its two connections to the Microsoft edge are up.
    #[serde(default = "two", skip_serializing_if = "is_two")]
    pub links_up: u8,
    /// What was bought, for the bill (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<CircuitPlanSpec>,
}

/// What was bought with a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CircuitPlanSpec {
    /// Reach.
    pub tier: CircuitTier,
    /// How data is charged.
    pub family: CircuitFamily,
    /// Bandwidth, as 1000 for 1 Gbps.
    pub bandwidth_in_mbps: u32,
}

/// Tiers of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CircuitTier {
    /// Regions of one metro.
    Local,
    /// Regions of one geopolitical area.
    Standard,
    /// Every region.
    Premium,
}

/// How a circuit's data is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CircuitFamily {
    /// Each GB that leaves Azure.
    MeteredData,
    /// With the circuit.
    UnlimitedData,
}

fn two() -> u8 {
    2
}
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_two(value: &u8) -> bool {
    *value == 2
}

/// An on-premises network or branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteSpec {
    /// Unique name.
    pub name: String,
    /// Autonomous system number.
    #[serde(default = "default_site_asn")]
    pub asn: u32,
    /// What it announces or, without BGP, what is configured for it.
    pub prefixes: Vec<String>,
    /// AS path as seen by the first gateway, when published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_path: Vec<u32>,
    /// Sites with the same value are one private network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wan: Option<String>,
}

fn default_site_asn() -> u32 {
    65_001
}

/// A BGP session with an appliance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BgpPeeringSpec {
    /// A Route Server or a Virtual WAN hub.
    pub speaker: String,
    /// The appliance.
    pub appliance: String,
    /// The appliance's autonomous system number.
    pub asn: u32,
    /// What the appliance announces.
    #[serde(default)]
    pub advertises: Vec<AdvertisementSpec>,
}

/// One announced prefix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdvertisementSpec {
    /// CIDR text.
    pub prefix: String,
    /// Next hop; absent: the appliance's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_hop: Option<String>,
    /// Whole path as the speaker receives it; absent: the appliance's own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_path: Option<Vec<u32>>,
}

/// A private endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivateEndpointSpec {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
}

/// Azure Virtual Network Manager.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NetworkManagerSpec {
    /// Network groups.
    pub groups: Vec<NetworkGroupSpec>,
    /// Connectivity configurations that are deployed.
    pub configurations: Vec<ConnectivitySpec>,
    /// Security admin rules that are deployed (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security_admin_rules: Vec<SecurityAdminRuleSpec>,
    /// What happens when members overlap (beyond the case format).
    #[serde(skip_serializing_if = "is_default")]
    pub address_overlap: AddressOverlap,
    /// Routing configurations that are deployed: UDR management (beyond the case format).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routing_configurations: Vec<RoutingConfigurationSpec>,
}

/// A routing configuration: rules that become route tables on the subnets of groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoutingConfigurationSpec {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether tables are made anew or added to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub route_table_usage_mode: RouteTableUsageMode,
    /// Rule collections.
    pub rule_collections: Vec<RuleCollectionSpec>,
    /// Regions it is deployed to; absent: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed_to: Option<Vec<String>>,
}

/// `routeTableUsageMode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RouteTableUsageMode {
    /// Tables that the manager makes replace a subnet's own.
    #[default]
    ManagedOnly,
    /// Rules are added to a subnet's own table.
    UseExisting,
}

/// A rule collection of a routing configuration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleCollectionSpec {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Names of groups it applies to.
    pub groups: Vec<String>,
    /// The exception for the own VNet or subnet.
    #[serde(default, skip_serializing_if = "is_default")]
    pub local_routing: LocalRouting,
    /// The switch of the tables that are made.
    #[serde(default)]
    pub disable_bgp_route_propagation: bool,
    /// Destinations and next hops.
    pub rules: Vec<RouteSpec>,
}

/// Local routing setting of a rule collection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LocalRouting {
    /// No exception.
    #[default]
    NotSpecified,
    /// A `VnetLocal` route for the VNet's ranges.
    DirectRoutingWithinVNet,
    /// A `VnetLocal` route for the subnet's range.
    DirectRoutingWithinSubnet,
}

/// A network group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkGroupSpec {
    /// Unique name.
    pub name: String,
    /// Names of member VNets.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A connectivity configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectivitySpec {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mesh or hub-and-spoke.
    pub topology: ConnectivityTopology,
    /// The hub VNet of a hub-and-spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<String>,
    /// Names of groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Hub-and-spoke: members of a group reach each other directly.
    #[serde(default)]
    pub direct_connectivity: bool,
    /// Members in different regions reach each other.
    #[serde(default)]
    pub global_mesh: bool,
    /// Sets the gateway flags of the peerings it makes.
    #[serde(default)]
    pub use_hub_gateway: bool,
    /// Regions it is deployed to; absent: everywhere (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed_to: Option<Vec<String>>,
}

/// Topology of a connectivity configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConnectivityTopology {
    /// A connected group.
    Mesh,
    /// Real peerings between the hub and each member.
    HubAndSpoke,
}

/// `ConnectedGroupAddressOverlap`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressOverlap {
    /// Members may overlap; traffic to the overlap is dropped.
    #[default]
    Allowed,
    /// Adding a member that overlaps is refused.
    Disallowed,
}

/// A security admin rule of Virtual Network Manager.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityAdminRuleSpec {
    /// Names of the groups it applies to.
    pub groups: Vec<String>,
    /// The rule.
    pub rule: SecurityRuleSpec,
}

/// A network security group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkSecurityGroupSpec {
    /// Unique name.
    pub name: String,
    /// Custom rules; the default rules always follow them.
    #[serde(default)]
    pub rules: Vec<SecurityRuleSpec>,
}

/// A rule of a network security group or a security admin rule. Ports are not simulated: a rule stands for all ports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityRuleSpec {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Lower numbers first.
    pub priority: u32,
    /// Direction seen from the NIC.
    pub direction: Direction,
    /// What it does.
    pub access: Access,
    /// Absent: any protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Prefixes, `*`, or a tag (`VirtualNetwork`, `Internet`, `AzureLoadBalancer`).
    #[serde(default = "any")]
    pub source: Vec<String>,
    /// Prefixes, `*`, or a tag.
    #[serde(default = "any")]
    pub destination: Vec<String>,
}

fn any() -> Vec<String> {
    vec!["*".to_owned()]
}

/// What a security rule does with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Passes; a security admin rule hands it on to the network security group.
    Allow,
    /// Passes whatever the network security group says (security admin rules only).
    AlwaysAllow,
    /// Dropped.
    Deny,
}

/// Direction of a security rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Packets that arrive at the NIC.
    Inbound,
    /// Packets that leave it.
    Outbound,
}

/// Virtual WAN.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct VirtualWanSpec {
    /// Hubs, all meshed.
    pub hubs: Vec<HubSpec>,
}

/// A Virtual WAN hub.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubSpec {
    /// Unique name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// Address range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Hub routing preference.
    #[serde(default)]
    pub routing_preference: RoutingPreference,
    /// Public addresses of the hub router.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub router_ips: Vec<String>,
    /// The firewall or NVA in the hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firewall: Option<HubFirewallSpec>,
    /// Routing policies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_intent: RoutingIntentSpec,
    /// Route tables besides the default one (which may be listed to give it static routes or labels).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route_tables: Vec<HubRouteTableSpec>,
    /// VNet connections.
    #[serde(default)]
    pub connections: Vec<HubConnectionSpec>,
    /// Site-to-site VPN gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpn: Option<HubVpnSpec>,
    /// ExpressRoute gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub express_route: Option<HubExpressRouteSpec>,
    /// Propagation of all branch connections.
    #[serde(default, skip_serializing_if = "is_default")]
    pub branches: HubBranchesSpec,
    /// Units bought, for the bill (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub scale: HubScaleSpec,
}

/// Units of a hub and its gateways. What is absent is taken as the least that can be bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HubScaleSpec {
    /// Routing infrastructure units; 2 at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_units: Option<u32>,
    /// Scale units of 500 Mbps of the site-to-site VPN gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpn_units: Option<u32>,
    /// Scale units of 2 Gbps of the ExpressRoute gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub express_route_units: Option<u32>,
    /// Scale units of 500 Mbps of the point-to-site gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_to_site_units: Option<u32>,
    /// Users connected to the point-to-site gateway, on average over the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_to_site_connections: Option<u32>,
}

/// The firewall of a hub.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubFirewallSpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    #[serde(default = "azure_firewall")]
    pub kind: ApplianceKind,
    /// Private address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Tier, for the bill (beyond the case format).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
}

fn azure_firewall() -> ApplianceKind {
    ApplianceKind::AzureFirewall
}

/// Routing policies of a hub.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RoutingIntentSpec {
    /// Private traffic goes to the firewall.
    pub private: bool,
    /// Internet traffic goes to the firewall.
    pub internet: bool,
    /// Private prefixes beyond RFC 1918.
    pub private_prefixes: Vec<String>,
}

/// A route table of a hub.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubRouteTableSpec {
    /// Name within the hub.
    pub name: String,
    /// Labels that other connections may propagate to.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Static routes.
    #[serde(default)]
    pub static_routes: Vec<HubStaticRouteSpec>,
}

/// A static route in a hub route table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Name of a connection (of any hub) or of the hub's firewall.
    pub next_hop: String,
}

/// A VNet connection of a hub.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubConnectionSpec {
    /// Unique name.
    pub name: String,
    /// The connected VNet.
    pub vnet: String,
    /// The table whose routes apply to traffic from this connection.
    #[serde(default = "default_route_table")]
    pub associated: String,
    /// Tables that learn this connection's ranges.
    #[serde(default = "default_route_tables")]
    pub propagated_tables: Vec<String>,
    /// Labels whose tables, in all hubs, learn this connection's ranges.
    #[serde(default = "default_labels")]
    pub propagated_labels: Vec<String>,
    /// Whether the connection accepts 0.0.0.0/0.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enable_internet_security: bool,
    /// Static routes on the connection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_routes: Vec<ConnectionStaticRouteSpec>,
    /// Whether those spread with the connection's propagation.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub propagate_static_routes: bool,
    /// Azure's `vnetLocalRouteOverrideCriteria`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub local_route_override: LocalRouteOverride,
}

fn default_route_table() -> String {
    "defaultRouteTable".to_owned()
}
fn default_route_tables() -> Vec<String> {
    vec![default_route_table()]
}
fn default_labels() -> Vec<String> {
    vec!["default".to_owned()]
}

/// A static route on a connection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Address of the NVA in the connected VNet.
    pub next_hop_ip: String,
}

/// `vnetLocalRouteOverrideCriteria`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LocalRouteOverride {
    /// The static next hop is used even for the VNet's own addresses.
    #[default]
    Contains,
    /// The VNet's own addresses are delivered directly.
    Equal,
}

/// Site-to-site VPN gateway of a hub.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubVpnSpec {
    /// Autonomous system number.
    #[serde(default = "default_asn")]
    pub asn: u32,
    /// Private addresses of the instances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance_ips: Vec<String>,
}

/// ExpressRoute gateway of a hub.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubExpressRouteSpec {
    /// Accept traffic from VNets outside Virtual WAN on the circuit.
    #[serde(default)]
    pub allow_non_virtual_wan_traffic: bool,
}

/// Propagation of a hub's branch connections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubBranchesSpec {
    /// Tables of the hub.
    #[serde(default = "default_route_tables")]
    pub propagated_tables: Vec<String>,
    /// Labels over all hubs.
    #[serde(default = "default_labels")]
    pub propagated_labels: Vec<String>,
}

impl Default for HubBranchesSpec {
    /// To every default table.
    fn default() -> Self {
        Self {
            propagated_tables: default_route_tables(),
            propagated_labels: default_labels(),
        }
    }
}

/// A named host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}
