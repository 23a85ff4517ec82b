//! Gateways and Route Servers in VNets, and the BGP sessions of Route Servers and hubs with appliances.
//!
//! | kind | subnet | learns by |
//! |---|---|---|
//! | VPN, ExpressRoute | `GatewaySubnet` | tunnels or circuits (`branch`) |
//! | Route Server | `RouteServerSubnet` | [`BgpPeeringSpec`] |
//!
//! Left out: gateways of Virtual WAN hubs (`hub`).

use crate::json::is_default;
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A gateway in a VNet.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatewaySpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: Word<GatewayKind>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bgp_peer_ips: Option<Vec<String>>,
    /// Public addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_ips: Vec<String>,
    /// Route Server: exchange routes between gateways and NVAs.
    #[serde(default)]
    pub branch_to_branch: bool,
    /// Route Server: preference between sources of one prefix.
    #[serde(default)]
    pub routing_preference: Word<RoutingPreference>,
    /// ExpressRoute: accept traffic from other VNets on the circuit.
    #[serde(default)]
    pub allow_remote_vnet_traffic: bool,
    /// ExpressRoute: accept traffic from Virtual WAN on the circuit.
    #[serde(default)]
    pub allow_virtual_wan_traffic: bool,
    /// SKU, as `VpnGw2AZ`, for the bill and limits (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// ExpressRoute FastPath (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub fast_path: bool,
    /// Scale units of an `ErGwScale` gateway; 1 at least (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale_units: Option<u32>,
    /// Availability zones, as those of an appliance (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
    /// Ranges of point-to-site clients: `vpnClientAddressPool` (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vpn_client_address_pools: Vec<String>,
    /// What clients of a VPN gateway are told besides its routes: `customRoutes` (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_routes: Vec<String>,
    /// Name of the site that 0.0.0.0/0 leads to: `gatewayDefaultSite` (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_default_site: Option<String>,
    /// Users connected to a VPN gateway, on average over the month (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_to_site_connections: Option<u32>,
}

pub(super) fn default_asn() -> u32 {
    65_515
}

impl GatewaySpec {
    /// A gateway as Azure creates it: ASN 65515, one instance, everything optional off.
    #[must_use]
    pub fn new(name: &str, kind: GatewayKind, vnet: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.into(),
            vnet: vnet.to_owned(),
            asn: default_asn(),
            active_active: false,
            instance_ips: Vec::new(),
            bgp_peer_ips: None,
            public_ips: Vec::new(),
            branch_to_branch: false,
            routing_preference: RoutingPreference::ExpressRoute.into(),
            allow_remote_vnet_traffic: false,
            allow_virtual_wan_traffic: false,
            sku: None,
            fast_path: false,
            scale_units: None,
            vpn_client_address_pools: Vec::new(),
            custom_routes: Vec::new(),
            gateway_default_site: None,
            point_to_site_connections: None,
            zones: Vec::new(),
        }
    }
}

/// Kinds of gateway.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum GatewayKind {
    /// VPN gateway.
    Vpn,
    /// ExpressRoute gateway.
    ExpressRoute,
    /// Azure Route Server.
    RouteServer,
}

/// Preference between sources of one prefix, of a Route Server or a Virtual WAN hub.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum RoutingPreference {
    /// ExpressRoute first.
    #[default]
    ExpressRoute,
    /// VPN first.
    VpnGateway,
    /// Shortest AS path first.
    #[serde(rename = "ASPath")]
    #[strum(serialize = "ASPath")]
    AsPath,
}

/// A BGP session with an appliance.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
    /// The one instance of a Route Server it ends on; absent: both (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_ip: Option<String>,
    /// The appliance also announces what it learned elsewhere, with itself as the next hop (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub reannounces: bool,
    /// Name of the route map that the appliance applies to what it announces (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_map: Option<String>,
}

/// One announced prefix.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdvertisementSpec {
    /// CIDR text.
    pub prefix: String,
    /// Next hop; absent: the appliance's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hop: Option<String>,
    /// Whole path as the speaker receives it; absent: the appliance's own number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_path: Option<Vec<u32>>,
}
