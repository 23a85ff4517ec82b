//! How on-premises and other networks attach: sites, tunnels, ExpressRoute circuits.
//!
//! | object | joins |
//! |---|---|
//! | [`TunnelSpec`] | two of gateways, hubs, sites, appliances |
//! | [`CircuitSpec`] | sites with ExpressRoute gateways |
//! | [`SiteSpec`] | nothing by itself: the network behind |
//!
//! Left out: prices of plans (they are the bill's business; [`CircuitPlanSpec`] names the plan).

use crate::json::{is_default, is_on, on};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A tunnel.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TunnelSpec {
    /// Name of one end: a gateway, Virtual WAN hub, site or appliance.
    pub a: String,
    /// Name of the other end.
    pub b: String,
    /// Whether BGP runs in it.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub bgp: bool,
    /// The one instance of `a` it ends on; absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_ip: Option<String>,
    /// AS path of what `b` announces over this tunnel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_path: Option<Vec<u32>>,
    /// Local network gateway prefixes at `a`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_at_a: Vec<String>,
    /// Local network gateway prefixes at `b`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub static_at_b: Vec<String>,
    /// What an appliance at `a` originates; of a site, what it announces here in place of all its prefixes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by_a: Vec<String>,
    /// The same at `b`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by_b: Vec<String>,
    /// Name of the route map of the hub at an end for what comes in (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbound_route_map: Option<String>,
    /// The same for what goes out (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_route_map: Option<String>,
    /// NAT rules of the connection (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nat_rules: Vec<NatRuleSpec>,
    /// Routes are translated like packets, which Azure does where it is switched on (beyond the case format).
    #[serde(default, skip_serializing_if = "is_default")]
    pub enable_bgp_route_translation_for_nat: bool,
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
            inbound_route_map: None,
            outbound_route_map: None,
            nat_rules: Vec::new(),
            enable_bgp_route_translation_for_nat: false,
        }
    }
}

/// A NAT rule of a VPN gateway or hub, on one connection.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NatRuleSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The end that applies it; absent: the one that is a gateway or hub, `a` where both are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Whose addresses it changes.
    pub mode: NatMode,
    /// How.
    #[serde(default, rename = "type")]
    pub kind: NatType,
    /// Address space before the translation.
    pub internal_mapping: String,
    /// Address space after it.
    pub external_mapping: String,
}

/// Whose addresses a NAT rule changes.
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
pub enum NatMode {
    /// Those of VNets, towards the site.
    #[default]
    EgressSnat,
    /// Those of the site, towards Azure.
    IngressSnat,
}

/// How a NAT rule maps.
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
pub enum NatType {
    /// One to one.
    #[default]
    Static,
    /// Many behind few, by ports.
    Dynamic,
}

/// An ExpressRoute circuit.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
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
    #[serde(default = "both_links", skip_serializing_if = "is_both_links")]
    pub links_up: u8,
    /// What was bought, for the bill (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<CircuitPlanSpec>,
    /// What its connections to gateways and hubs say (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connections: Vec<CircuitConnectionSpec>,
    /// Sites that announce something else over this circuit than all they have (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announcements: Vec<CircuitAnnouncementSpec>,
}

/// A connection of a circuit to a gateway or hub.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CircuitConnectionSpec {
    /// Name of the gateway or hub.
    pub gateway: String,
    /// `routingWeight`: of two connections with one prefix the heavier is taken.
    #[serde(default)]
    pub routing_weight: u32,
    /// Name of the hub's route map for what comes in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbound_route_map: Option<String>,
    /// The same for what goes out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound_route_map: Option<String>,
}

/// What a site announces over one circuit.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CircuitAnnouncementSpec {
    /// Name of the site.
    pub site: String,
    /// In place of all its prefixes.
    pub prefixes: Vec<String>,
}

fn both_links() -> u8 {
    2
}

fn is_both_links(links: &u8) -> bool {
    *links == both_links()
}

impl CircuitSpec {
    /// A circuit with both connections up and nothing on it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            gateways: Vec::new(),
            sites: Vec::new(),
            global_reach_with: Vec::new(),
            links_up: both_links(),
            plan: None,
            connections: Vec::new(),
            announcements: Vec::new(),
        }
    }
}

/// What was bought with a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, VariantNames,
)]
pub enum CircuitTier {
    /// Regions of one metro.
    Local,
    /// Regions of one geopolitical area.
    Standard,
    /// Every region.
    Premium,
}

/// How a circuit's data is charged.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, VariantNames,
)]
pub enum CircuitFamily {
    /// Each GB that leaves Azure.
    MeteredData,
    /// With the circuit.
    UnlimitedData,
}

/// An on-premises network or branch.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SiteSpec {
    /// Unique name.
    pub name: String,
    /// Autonomous system number.
    #[serde(default = "usual_asn")]
    pub asn: u32,
    /// What it announces or, without BGP, what is configured for it.
    pub prefixes: Vec<String>,
    /// AS path as seen by the first gateway, when published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_path: Vec<u32>,
    /// Sites with the same value are one private network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wan: Option<String>,
    /// DNS servers that its machines ask, in this order; none: public DNS (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dns_servers: Vec<String>,
}

fn usual_asn() -> u32 {
    65_001
}
