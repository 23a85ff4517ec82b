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
//!
//! Left out: TLS inspection, IDPS, threat intelligence, web categories, FQDN tags; a name (FQDN) other than `*` matches no
//! address.

use super::appliance::Protocol;
use crate::json::{record, words};

/// A firewall policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FirewallPolicySpec {
    /// Unique name.
    pub name: String,
    /// Name of the policy whose rules go before its own.
    pub base_policy: Option<String>,
    /// Groups of collections.
    pub rule_collection_groups: Vec<RuleCollectionGroupSpec>,
}

record!(FirewallPolicySpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.optional("basePolicy", &mut value.base_policy);
    members.always("ruleCollectionGroups", &mut value.rule_collection_groups);
});

/// A group of rule collections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleCollectionGroupSpec {
    /// Name.
    pub name: Option<String>,
    /// Lower numbers first, 100 to 65000.
    pub priority: u32,
    /// Its collections.
    pub rule_collections: Vec<FirewallRuleCollectionSpec>,
}

record!(
    RuleCollectionGroupSpec,
    Self::default(),
    |value, members| {
        members.optional("name", &mut value.name);
        members.required("priority", &mut value.priority);
        members.always("ruleCollections", &mut value.rule_collections);
    }
);

/// A collection of firewall rules with one action.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FirewallRuleCollectionSpec {
    /// Name.
    pub name: Option<String>,
    /// Lower numbers first, 100 to 65000.
    pub priority: u32,
    /// What its rules do.
    pub action: FirewallAction,
    /// The rules, in order.
    pub rules: Vec<FirewallRuleSpec>,
}

record!(
    FirewallRuleCollectionSpec,
    Self::default(),
    |value, members| {
        members.optional("name", &mut value.name);
        members.required("priority", &mut value.priority);
        members.required("action", &mut value.action);
        members.always("rules", &mut value.rules);
    }
);

/// What the rules of a collection do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirewallAction {
    /// Pass.
    #[default]
    Allow,
    /// Drop.
    Deny,
    /// Translate the destination.
    Dnat,
}

words!(FirewallAction, usual Allow,
    Allow "Allow",
    Deny "Deny",
    Dnat "DNAT",
);

/// A firewall rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FirewallRuleSpec {
    /// Name.
    pub name: Option<String>,
    /// Its kind.
    pub rule_type: FirewallRuleType,
    /// Protocols of a network or DNAT rule.
    pub ip_protocols: Vec<FirewallProtocol>,
    /// Prefixes, addresses, ranges as `10.0.0.4-10.0.0.9`, or `*`.
    pub source_addresses: Vec<String>,
    /// Names of IP groups.
    pub source_ip_groups: Vec<String>,
    /// Prefixes, addresses, ranges, service tags, or `*`; of a DNAT rule an address of the firewall.
    pub destination_addresses: Vec<String>,
    /// Names of IP groups.
    pub destination_ip_groups: Vec<String>,
    /// Names (FQDN) of a network rule; none but `*` matches an address.
    pub destination_fqdns: Vec<String>,
    /// Ports, ranges, or `*`.
    pub destination_ports: Vec<String>,
    /// New destination of a DNAT rule.
    pub translated_address: Option<String>,
    /// New port of a DNAT rule; absent: the same.
    pub translated_port: Option<u32>,
    /// Protocols of an application rule.
    pub protocols: Vec<ApplicationProtocolSpec>,
    /// Names (FQDN) of an application rule.
    pub target_fqdns: Vec<String>,
}

record!(FirewallRuleSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("ruleType", &mut value.rule_type);
    members.optional("ipProtocols", &mut value.ip_protocols);
    members.optional("sourceAddresses", &mut value.source_addresses);
    members.optional("sourceIpGroups", &mut value.source_ip_groups);
    members.optional("destinationAddresses", &mut value.destination_addresses);
    members.optional("destinationIpGroups", &mut value.destination_ip_groups);
    members.optional("destinationFqdns", &mut value.destination_fqdns);
    members.optional("destinationPorts", &mut value.destination_ports);
    members.optional("translatedAddress", &mut value.translated_address);
    members.optional("translatedPort", &mut value.translated_port);
    members.optional("protocols", &mut value.protocols);
    members.optional("targetFqdns", &mut value.target_fqdns);
});

/// Kinds of firewall rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirewallRuleType {
    /// Addresses, ports and protocols.
    #[default]
    NetworkRule,
    /// Destination NAT.
    NatRule,
    /// Names; the firewall is a proxy.
    ApplicationRule,
}

words!(FirewallRuleType, usual NetworkRule,
    NetworkRule "NetworkRule",
    NatRule "NatRule",
    ApplicationRule "ApplicationRule",
);

/// Protocols of a firewall rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirewallProtocol {
    /// Every protocol.
    #[default]
    Any,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP.
    Icmp,
}

words!(FirewallProtocol, usual Any,
    Any "Any",
    Tcp "TCP",
    Udp "UDP",
    Icmp "ICMP",
);

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApplicationProtocolSpec {
    /// `Http`, `Https` or `Mssql`.
    pub protocol_type: String,
    /// Its port.
    pub port: u32,
}

record!(
    ApplicationProtocolSpec,
    Self::default(),
    |value, members| {
        members.required("protocolType", &mut value.protocol_type);
        members.required("port", &mut value.port);
    }
);

/// Addresses under a name, for firewall rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IpGroupSpec {
    /// Unique name.
    pub name: String,
    /// Prefixes, addresses or ranges.
    pub ip_addresses: Vec<String>,
}

record!(IpGroupSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always("ipAddresses", &mut value.ip_addresses);
});
