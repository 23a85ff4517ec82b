//! Names as typed: private DNS zones, DNS private resolvers, forwarding rulesets, DNS servers of one's own.
//!
//! | object | refers to | by |
//! |---|---|---|
//! | [`PrivateDnsZoneSpec`] | VNets that are linked | their names |
//! | [`DnsResolverSpec`] | a VNet and its subnets | their names |
//! | [`DnsForwardingRulesetSpec`] | outbound endpoints, VNets that are linked | their names |
//! | [`DnsServerSpec`] | nothing: it stands at an address of a VNet or site | |
//!
//! Left out: records that hold no IPv4 address, ports of targets, names that VMs register by themselves.

use crate::json::is_default;
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A private DNS zone.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivateDnsZoneSpec {
    /// Its domain, as `privatelink.blob.core.windows.net`. Two zones may share it.
    pub name: String,
    /// VNets whose Azure-provided DNS asks it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub virtual_network_links: Vec<ZoneLinkSpec>,
    /// A records beyond those that private endpoints bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<DnsRecordSpec>,
}

/// A link of a private DNS zone to a VNet.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ZoneLinkSpec {
    /// The VNet.
    pub vnet: String,
    /// What happens to a name that the zone does not have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub resolution_policy: Word<ResolutionPolicy>,
}

/// Azure's `resolutionPolicy`.
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
pub enum ResolutionPolicy {
    /// The name does not exist.
    #[default]
    Default,
    /// Public DNS is asked, for zones of Private Link: "fallback to Internet".
    NxDomainRedirect,
}

/// A records of one name.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnsRecordSpec {
    /// Name within the zone; `@` for the zone itself, `*` for every name that has no record.
    pub name: String,
    /// Its addresses.
    pub ips: Vec<String>,
}

/// A DNS private resolver.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnsResolverSpec {
    /// Unique name.
    pub name: String,
    /// The VNet whose Azure-provided DNS answers at its inbound endpoints.
    pub vnet: String,
    /// Where it takes queries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inbound_endpoints: Vec<InboundEndpointSpec>,
    /// From where it sends what a ruleset forwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbound_endpoints: Vec<OutboundEndpointSpec>,
}

/// An inbound endpoint of a DNS private resolver.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InboundEndpointSpec {
    /// Name.
    pub name: String,
    /// Subnet of the resolver's VNet.
    pub subnet: String,
    /// Its address.
    pub ip: String,
}

/// An outbound endpoint of a DNS private resolver.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutboundEndpointSpec {
    /// Name, unique among outbound endpoints: rulesets refer to it.
    pub name: String,
    /// Subnet of the resolver's VNet.
    pub subnet: String,
}

/// A DNS forwarding ruleset.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnsForwardingRulesetSpec {
    /// Unique name.
    pub name: String,
    /// Names of the outbound endpoints by which its queries leave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbound_endpoints: Vec<String>,
    /// VNets whose Azure-provided DNS follows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_vnets: Vec<String>,
    /// Its rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forwarding_rules: Vec<ForwardingRuleSpec>,
}

/// A rule of a DNS forwarding ruleset.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForwardingRuleSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Names that end so, as `corp.example.`; `.` for all.
    pub domain_name: String,
    /// Servers that are asked, in this order.
    pub target_dns_servers: Vec<String>,
    /// Whether it counts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub forwarding_rule_state: Word<ForwardingRuleState>,
}

/// Azure's `forwardingRuleState`.
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
pub enum ForwardingRuleState {
    /// It counts.
    #[default]
    Enabled,
    /// It is ignored.
    Disabled,
}

/// A DNS server of one's own: a machine, a firewall that is a DNS proxy, a server of a site.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnsServerSpec {
    /// Unique name.
    pub name: String,
    /// Where it takes queries, in a VNet or site.
    pub ip: String,
    /// Whom it asks for what; for other names it asks public DNS itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forwarders: Vec<ForwarderSpec>,
}

/// A forwarder of a DNS server.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForwarderSpec {
    /// Names that end so; `.` for all.
    pub domain: String,
    /// Servers that are asked, in this order; 168.63.129.16 is the Azure-provided DNS of the server's own VNet.
    pub servers: Vec<String>,
}

/// DNS settings of an Azure Firewall.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirewallDnsSpec {
    /// Servers that it asks, in this order; none: Azure-provided DNS of its own VNet, whatever servers the VNet names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<String>,
    /// Whether it takes queries at its private address: a DNS proxy.
    #[serde(default)]
    pub enable_proxy: bool,
}
