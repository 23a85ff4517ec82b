//! Rules that let packets pass or not: security admin rules, network security groups.
//!
//! | asked first | then |
//! |---|---|
//! | [`SecurityAdminRuleSpec`] of Network Manager | [`NetworkSecurityGroupSpec`] of the subnet |
//!
//! Left out: what firewalls allow, which is in [`super::FirewallPolicySpec`].

use super::appliance::Protocol;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A security admin rule of Virtual Network Manager.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityAdminRuleSpec {
    /// Names of the groups it applies to.
    pub groups: Vec<String>,
    /// The rule.
    pub rule: SecurityRuleSpec,
}

/// A network security group.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkSecurityGroupSpec {
    /// Unique name.
    pub name: String,
    /// Custom rules; the default rules always follow them.
    #[serde(default)]
    pub rules: Vec<SecurityRuleSpec>,
}

/// A rule of a network security group or a security admin rule.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityRuleSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Lower numbers first.
    pub priority: u32,
    /// Direction seen from the NIC.
    pub direction: Direction,
    /// What it does.
    pub access: Access,
    /// Absent: any protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Prefixes, `*`, or a tag (`VirtualNetwork`, `Internet`, `AzureLoadBalancer`).
    #[serde(default = "everything")]
    pub source: Vec<String>,
    /// Prefixes, `*`, or a tag.
    #[serde(default = "everything")]
    pub destination: Vec<String>,
    /// Ports of the caller, as `1024-65535`; empty: every port. A caller's own port is nobody's choice, so a rule that names
    /// some matches no caller.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_port_ranges: Vec<String>,
    /// Ports that are called, as `443` or `8000-8080`; empty: every port.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_port_ranges: Vec<String>,
    /// Names of application security groups; they stand in place of `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_application_security_groups: Vec<String>,
    /// The same for the other side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_application_security_groups: Vec<String>,
}

fn everything() -> Vec<String> {
    vec!["*".to_owned()]
}

impl SecurityRuleSpec {
    /// A rule of the highest priority for everything, as one with nothing but what is required is read.
    #[must_use]
    pub fn any() -> Self {
        Self {
            name: None,
            priority: 0,
            direction: Direction::Inbound,
            access: Access::Allow,
            protocol: None,
            source: everything(),
            destination: everything(),
            source_port_ranges: Vec::new(),
            destination_port_ranges: Vec::new(),
            source_application_security_groups: Vec::new(),
            destination_application_security_groups: Vec::new(),
        }
    }
}

/// What a security rule does with a packet.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, VariantNames,
)]
pub enum Access {
    /// Passes; a security admin rule hands it on to the network security group.
    Allow,
    /// Passes whatever the network security group says (security admin rules only).
    AlwaysAllow,
    /// Dropped.
    Deny,
}

/// Direction of a security rule.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, VariantNames,
)]
pub enum Direction {
    /// Packets that arrive at the NIC.
    Inbound,
    /// Packets that leave it.
    Outbound,
}
