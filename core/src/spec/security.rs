//! Rules that let packets pass or not: security admin rules, network security groups.
//!
//! | asked first | then |
//! |---|---|
//! | [`SecurityAdminRuleSpec`] of Network Manager | [`NetworkSecurityGroupSpec`] of the subnet |
//!
//! Left out: what firewalls allow, which is in [`super::FirewallPolicySpec`].

use super::appliance::Protocol;
use crate::json::{record, words};

/// A security admin rule of Virtual Network Manager.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityAdminRuleSpec {
    /// Names of the groups it applies to.
    pub groups: Vec<String>,
    /// The rule.
    pub rule: SecurityRuleSpec,
}

record!(
    SecurityAdminRuleSpec,
    Self {
        groups: Vec::new(),
        rule: SecurityRuleSpec::any()
    },
    |value, members| {
        members.required("groups", &mut value.groups);
        members.required("rule", &mut value.rule);
    }
);

/// A network security group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkSecurityGroupSpec {
    /// Unique name.
    pub name: String,
    /// Custom rules; the default rules always follow them.
    pub rules: Vec<SecurityRuleSpec>,
}

record!(
    NetworkSecurityGroupSpec,
    Self::default(),
    |value, members| {
        members.required("name", &mut value.name);
        members.always("rules", &mut value.rules);
    }
);

/// A rule of a network security group or a security admin rule.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityRuleSpec {
    /// Name.
    pub name: Option<String>,
    /// Lower numbers first.
    pub priority: u32,
    /// Direction seen from the NIC.
    pub direction: Direction,
    /// What it does.
    pub access: Access,
    /// Absent: any protocol.
    pub protocol: Option<Protocol>,
    /// Prefixes, `*`, or a tag (`VirtualNetwork`, `Internet`, `AzureLoadBalancer`).
    pub source: Vec<String>,
    /// Prefixes, `*`, or a tag.
    pub destination: Vec<String>,
    /// Ports of the caller, as `1024-65535`; empty: every port. A caller's own port is nobody's choice, so a rule that names
    /// some matches no caller.
    pub source_port_ranges: Vec<String>,
    /// Ports that are called, as `443` or `8000-8080`; empty: every port.
    pub destination_port_ranges: Vec<String>,
    /// Names of application security groups; they stand in place of `*`.
    pub source_application_security_groups: Vec<String>,
    /// The same for the other side.
    pub destination_application_security_groups: Vec<String>,
}

record!(SecurityRuleSpec, Self::any(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("priority", &mut value.priority);
    members.required("direction", &mut value.direction);
    members.required("access", &mut value.access);
    members.optional("protocol", &mut value.protocol);
    members.always("source", &mut value.source);
    members.always("destination", &mut value.destination);
    members.optional("sourcePortRanges", &mut value.source_port_ranges);
    members.optional("destinationPortRanges", &mut value.destination_port_ranges);
    members.optional(
        "sourceApplicationSecurityGroups",
        &mut value.source_application_security_groups,
    );
    members.optional(
        "destinationApplicationSecurityGroups",
        &mut value.destination_application_security_groups,
    );
});

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
            source: vec!["*".to_owned()],
            destination: vec!["*".to_owned()],
            source_port_ranges: Vec::new(),
            destination_port_ranges: Vec::new(),
            source_application_security_groups: Vec::new(),
            destination_application_security_groups: Vec::new(),
        }
    }
}

/// What a security rule does with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Passes; a security admin rule hands it on to the network security group.
    Allow,
    /// Passes whatever the network security group says (security admin rules only).
    AlwaysAllow,
    /// Dropped.
    Deny,
}

words!(Access, usual Allow,
    Allow "Allow",
    AlwaysAllow "AlwaysAllow",
    Deny "Deny",
);

/// Direction of a security rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Packets that arrive at the NIC.
    Inbound,
    /// Packets that leave it.
    Outbound,
}

words!(Direction, usual Inbound,
    Inbound "Inbound",
    Outbound "Outbound",
);
