//! Virtual networks as typed: ranges, subnets, route tables, private endpoints, service tags.
//!
//! | object | refers to | by |
//! |---|---|---|
//! | [`SubnetSpec`] | a [`RouteTableSpec`], a security group | its name |
//! | [`PrivateEndpointSpec`] | a VNet and its subnet | their names |
//! | [`ServiceTagSpec`] | nothing; replaces the built-in list of its name | |
//!
//! Left out: what connects VNets (`peering`, `gateway`, `hub`).

use crate::json::{is_default, is_on, on};
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A service tag: a name for a changing list of public prefixes.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceTagSpec {
    /// As `Storage.WestEurope`.
    pub name: String,
    /// Its prefixes.
    pub prefixes: Vec<String>,
}

/// A virtual network.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summarized_gateway_prefixes: Option<Vec<String>>,
    /// Subnets.
    #[serde(default)]
    pub subnets: Vec<SubnetSpec>,
    /// Custom DNS servers, asked in this order; none: Azure-provided DNS (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dns_servers: Vec<String>,
    /// Whether a route of type `VnetLocal` may lead to private endpoints of the VNet (beyond the case format).
    #[serde(
        default,
        rename = "privateEndpointVNetPolicies",
        skip_serializing_if = "is_default"
    )]
    pub private_endpoint_vnet_policies: Word<PrivateEndpointVnetPolicies>,
}

/// Azure's `privateEndpointVNetPolicies`.
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
pub enum PrivateEndpointVnetPolicies {
    /// A `/32` for each private endpoint.
    #[default]
    Disabled,
    /// More private endpoints than usual, and routes of type `VnetLocal` that reach them.
    Basic,
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
            dns_servers: Vec::new(),
            private_endpoint_vnet_policies: PrivateEndpointVnetPolicies::Disabled.into(),
        }
    }
}

/// A subnet of a VNet.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubnetSpec {
    /// Name, unique within the VNet; Azure's platform names (`GatewaySubnet` …) have meaning.
    pub name: String,
    /// Range in CIDR text, inside one range of the VNet.
    pub prefix: String,
    /// Name of the attached route table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_table: Option<String>,
    /// Whether UDRs and NSGs apply to private endpoints of this subnet.
    #[serde(default, skip_serializing_if = "is_default")]
    pub private_endpoint_network_policies: Word<PrivateEndpointPolicies>,
    /// Service endpoints, as `Microsoft.Storage`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service_endpoints: Vec<String>,
    /// False makes a private subnet: no implicit outbound address.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub default_outbound_access: bool,
    /// Name of the attached network security group (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_security_group: Option<String>,
    /// Services that it is delegated to, as `Microsoft.Web/serverFarms` (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<String>,
    /// What stands in it, by the words of [`crate::occupant::Occupant`] (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occupants: Vec<String>,
    /// Name of the attached NAT gateway (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nat_gateway: Option<String>,
}

impl Default for SubnetSpec {
    /// A subnet without a name or range, everything else as Azure creates it.
    fn default() -> Self {
        Self {
            name: String::new(),
            prefix: String::new(),
            route_table: None,
            private_endpoint_network_policies: PrivateEndpointPolicies::Disabled.into(),
            service_endpoints: Vec::new(),
            default_outbound_access: true,
            network_security_group: None,
            delegations: Vec::new(),
            occupants: Vec::new(),
            nat_gateway: None,
        }
    }
}

/// Azure's `privateEndpointNetworkPolicies`.
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

    /// Whether the subnet's network security group judges what comes to its private endpoints.
    #[must_use]
    pub fn applies_security_groups(self) -> bool {
        matches!(self, Self::Enabled | Self::NetworkSecurityGroupEnabled)
    }
}

/// A route table.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteSpec {
    /// Name of the route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// CIDR text or a service tag.
    pub prefix: String,
    /// Where the packet goes.
    pub next_hop_type: Word<UserNextHopType>,
    /// Address of the appliance, for `VirtualAppliance` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hop_ip_address: Option<String>,
}

/// The next-hop types that a UDR may have.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
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

/// A private endpoint.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivateEndpointSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
    /// Names of the service that it leads to, as `files1.blob.core.windows.net` (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fqdns: Vec<String>,
    /// Private DNS zones that its zone group writes records into, by their domains (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private_dns_zones: Vec<String>,
}
