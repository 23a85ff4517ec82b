//! Virtual WAN as typed: hubs with their tables, connections, gateways, firewall and routing intent.
//!
//! | of a hub | says |
//! |---|---|
//! | [`HubConnectionSpec`] | which VNet is joined, its table, where it propagates |
//! | [`HubRouteTableSpec`] | labels and static routes of a table |
//! | [`RoutingIntentSpec`] | what passes the hub's firewall whatever the tables say |
//! | [`HubVpnSpec`], [`HubExpressRouteSpec`] | its gateways |
//!
//! Left out: VNets that serve as hubs (they are VNets).

use super::appliance::ApplianceKind;
use super::gateway::{RoutingPreference, default_asn};
use crate::json::{is_default, is_on, on};
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// Virtual WAN.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct VirtualWanSpec {
    /// Hubs, all meshed.
    pub hubs: Vec<HubSpec>,
}

/// A Virtual WAN hub.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubSpec {
    /// Unique name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// Address range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Hub routing preference.
    #[serde(default)]
    pub routing_preference: Word<RoutingPreference>,
    /// Public addresses of the hub router.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub router_ips: Vec<String>,
    /// The firewall or NVA in the hub.
    #[serde(skip_serializing_if = "Option::is_none")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpn: Option<HubVpnSpec>,
    /// ExpressRoute gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub express_route: Option<HubExpressRouteSpec>,
    /// Ranges of point-to-site clients (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vpn_client_address_pools: Vec<String>,
    /// Whether branches of different kinds or hubs learn each other: of the Virtual WAN, so the same in all its hubs (beyond the
    /// case format).
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub allow_branch_to_branch_traffic: bool,
    /// Propagation of all branch connections.
    #[serde(default, skip_serializing_if = "is_default")]
    pub branches: HubBranchesSpec,
    /// Units bought, for the bill (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub scale: HubScaleSpec,
}

impl Default for HubSpec {
    /// A hub without a name, as Azure creates it.
    fn default() -> Self {
        Self {
            name: String::new(),
            region: String::new(),
            prefix: None,
            routing_preference: Word::default(),
            router_ips: Vec::new(),
            firewall: None,
            routing_intent: RoutingIntentSpec::default(),
            route_tables: Vec::new(),
            connections: Vec::new(),
            vpn: None,
            express_route: None,
            vpn_client_address_pools: Vec::new(),
            allow_branch_to_branch_traffic: true,
            branches: HubBranchesSpec::default(),
            scale: HubScaleSpec::default(),
        }
    }
}

/// Units of a hub and its gateways. What is absent is taken as the least that can be bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubFirewallSpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    #[serde(default = "azure_firewall")]
    pub kind: ApplianceKind,
    /// Private address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Tier, for the bill (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Capacity units held ready, or infrastructure units of an NVA, for the bill (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_units: Option<u32>,
    /// Name of the firewall policy it follows; absent: it lets everything pass (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firewall_policy: Option<String>,
}

fn azure_firewall() -> ApplianceKind {
    ApplianceKind::AzureFirewall
}

/// Routing policies of a hub.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HubStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Name of a connection (of any hub) or of the hub's firewall.
    pub next_hop: String,
}

/// A VNet connection of a hub.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub enable_internet_security: bool,
    /// Static routes on the connection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_routes: Vec<ConnectionStaticRouteSpec>,
    /// Whether those spread with the connection's propagation.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub propagate_static_routes: bool,
    /// Azure's `vnetLocalRouteOverrideCriteria`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub local_route_override: Word<LocalRouteOverride>,
    /// Name of the route map for what the VNet brings (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbound_route_map: Option<String>,
    /// The same for what the VNet is told (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_route_map: Option<String>,
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Address of the NVA in the connected VNet.
    pub next_hop_ip: String,
}

/// `vnetLocalRouteOverrideCriteria`.
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
pub enum LocalRouteOverride {
    /// A static route wins over a range of the VNet that it contains: the next hop is used even for the VNet's own addresses.
    #[default]
    Contains,
    /// A static route wins only over a range that it equals; under a wider one the VNet's own addresses are delivered
    /// directly.
    Equal,
}

/// Site-to-site VPN gateway of a hub.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HubExpressRouteSpec {
    /// Accept traffic from VNets outside Virtual WAN on the circuit.
    pub allow_non_virtual_wan_traffic: bool,
}

/// Propagation of a hub's branch connections.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HubBranchesSpec {
    /// Tables of the hub.
    pub propagated_tables: Vec<String>,
    /// Labels over all hubs.
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
