//! Firewall policies and IP groups as a person typed them.
//!
//! A policy holds groups of rule collections; a lower priority number goes first, groups before collections. Rules of a
//! base policy go before its child's, and of each kind all are asked before the next: DNAT, then network rules, then
//! application rules ("Configure Azure Firewall rules", Microsoft Learn, read 2026-11). Its example has DNAT collections of
//! the base policy first; "Azure Firewall Manager policy overview" says that they are not inherited. An address belongs to
//! one firewall, so this matters only where a base policy names it, and then the example is followed.
//!
//! | member | in Azure |
//! |---|---|
//! | `basePolicy` | the parent policy, by name |
//! | `ruleCollectionGroups[].ruleCollections[].action` | `action.type` of a collection |
//! | `rules[].ruleType` | `NetworkRule`, `NatRule`, `ApplicationRule` |
//! | `sourceIpGroups`, `destinationIpGroups` | IP groups, by name |
//! | `dnsSettings` | the same; those of a base policy are not looked at |
//!
//! Left out: TLS inspection, IDPS, threat intelligence, web categories, FQDN tags; a name (FQDN) other than `*` matches no
//! address.

use super::appliance::Protocol;
use super::dns::FirewallDnsSpec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A firewall policy.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirewallPolicySpec {
    /// Unique name.
    pub name: String,
    /// Name of the policy whose rules go before its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_policy: Option<String>,
    /// Groups of collections.
    #[serde(default)]
    pub rule_collection_groups: Vec<RuleCollectionGroupSpec>,
    /// Whom its firewalls ask for names, and whether they answer for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_settings: Option<FirewallDnsSpec>,
}

/// A group of rule collections.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleCollectionGroupSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Lower numbers first, 100 to 65000.
    pub priority: u32,
    /// Its collections.
    #[serde(default)]
    pub rule_collections: Vec<FirewallRuleCollectionSpec>,
}

/// A collection of firewall rules with one action.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirewallRuleCollectionSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Lower numbers first, 100 to 65000.
    pub priority: u32,
    /// What its rules do.
    pub action: FirewallAction,
    /// The rules, in order.
    #[serde(default)]
    pub rules: Vec<FirewallRuleSpec>,
}

/// What the rules of a collection do.
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
pub enum FirewallAction {
    /// Pass.
    #[default]
    Allow,
    /// Drop.
    Deny,
    /// Translate the destination.
    #[serde(rename = "DNAT")]
    #[strum(serialize = "DNAT")]
    Dnat,
}

/// A firewall rule.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirewallRuleSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its kind.
    pub rule_type: FirewallRuleType,
    /// Protocols of a network or DNAT rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ip_protocols: Vec<FirewallProtocol>,
    /// Prefixes, addresses, ranges as `10.0.0.4-10.0.0.9`, or `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_addresses: Vec<String>,
    /// Names of IP groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_ip_groups: Vec<String>,
    /// Prefixes, addresses, ranges, service tags, or `*`; of a DNAT rule an address of the firewall.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_addresses: Vec<String>,
    /// Names of IP groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_ip_groups: Vec<String>,
    /// Names (FQDN) of a network rule; none but `*` matches an address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_fqdns: Vec<String>,
    /// Ports, ranges, or `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_ports: Vec<String>,
    /// New destination of a DNAT rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_address: Option<String>,
    /// New port of a DNAT rule; absent: the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_port: Option<u32>,
    /// Protocols of an application rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<ApplicationProtocolSpec>,
    /// Names (FQDN) of an application rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_fqdns: Vec<String>,
}

/// Kinds of firewall rule.
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
pub enum FirewallRuleType {
    /// Addresses, ports and protocols.
    #[default]
    NetworkRule,
    /// Destination NAT.
    NatRule,
    /// Names; the firewall is a proxy.
    ApplicationRule,
}

/// Protocols of a firewall rule.
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
pub enum FirewallProtocol {
    /// Every protocol.
    #[default]
    Any,
    /// TCP.
    #[serde(rename = "TCP")]
    #[strum(serialize = "TCP")]
    Tcp,
    /// UDP.
    #[serde(rename = "UDP")]
    #[strum(serialize = "UDP")]
    Udp,
    /// ICMP.
    #[serde(rename = "ICMP")]
    #[strum(serialize = "ICMP")]
    Icmp,
}

impl FirewallProtocol {
    /// The protocol that it stands for; `None` for every one.
    #[must_use]
    pub const fn one(self) -> Option<Protocol> {
        match self {
            Self::Any => None,
            Self::Tcp => Some(Protocol::Tcp),
            Self::Udp => Some(Protocol::Udp),
            Self::Icmp => Some(Protocol::Icmp),
        }
    }
}

/// A protocol of an application rule; all of them run over TCP.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplicationProtocolSpec {
    /// `Http`, `Https` or `Mssql`.
    pub protocol_type: String,
    /// Its port.
    pub port: u32,
}

/// Addresses under a name, for firewall rules.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IpGroupSpec {
    /// Unique name.
    pub name: String,
    /// Prefixes, addresses or ranges.
    #[serde(default)]
    pub ip_addresses: Vec<String>,
}
