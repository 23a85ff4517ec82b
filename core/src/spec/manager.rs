//! Azure Virtual Network Manager as typed: groups, connectivity, security admin rules, routing configurations.
//!
//! | configuration | makes |
//! |---|---|
//! | [`ConnectivitySpec`] | connected groups, hub and spoke |
//! | [`RoutingConfigurationSpec`] | rows of managed route tables |
//! | admin rules (`security`) | rules before every security group |
//!
//! Left out: dynamic membership: members are written out.

use super::network::RouteSpec;
use super::security::SecurityAdminRuleSpec;
use crate::json::is_default;
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// Azure Virtual Network Manager.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoutingConfigurationSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether tables are made anew or added to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub route_table_usage_mode: RouteTableUsageMode,
    /// Rule collections.
    pub rule_collections: Vec<RuleCollectionSpec>,
    /// Regions it is deployed to; absent: everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployed_to: Option<Vec<String>>,
}

/// `routeTableUsageMode`.
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
pub enum RouteTableUsageMode {
    /// Tables that the manager makes replace a subnet's own.
    #[default]
    ManagedOnly,
    /// Rules are added to a subnet's own table.
    UseExisting,
}

/// A rule collection of a routing configuration.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleCollectionSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkGroupSpec {
    /// Unique name.
    pub name: String,
    /// Names of member VNets.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A connectivity configuration.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectivitySpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mesh or hub-and-spoke.
    pub topology: Word<ConnectivityTopology>,
    /// The hub VNet of a hub-and-spoke.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployed_to: Option<Vec<String>>,
}

/// Topology of a connectivity configuration.
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
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ConnectivityTopology {
    /// A connected group.
    #[default]
    Mesh,
    /// Real peerings between the hub and each member.
    HubAndSpoke,
}

/// `ConnectedGroupAddressOverlap`.
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
pub enum AddressOverlap {
    /// Members may overlap; traffic to the overlap is dropped.
    #[default]
    Allowed,
    /// Adding a member that overlaps is refused.
    Disallowed,
}
