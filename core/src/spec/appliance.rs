//! What packets are sent through: Azure Firewall, NVAs (one element a NIC), managed routing appliances.
//!
//! | of an appliance | says |
//! |---|---|
//! | [`OsRouteSpec`] | what its own system sends where |
//! | [`DnatSpec`] | which address it publishes for which |
//! | [`ApplianceKind`] | who runs it, and whether it keeps state |
//!
//! Left out: firewalls inside Virtual WAN hubs (`hub`) and BGP sessions (`gateway`).

use super::dns::FirewallDnsSpec;
use crate::json::{is_default, is_on, on};
use crate::word::Word;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A firewall, NVA NIC or routing appliance.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplianceSpec {
    /// Unique name of this NIC or firewall.
    pub name: String,
    /// What it is.
    pub kind: Word<ApplianceKind>,
    /// VNet and subnet of the NIC.
    pub vnet: String,
    /// Subnet of the NIC.
    pub subnet: String,
    /// Private address of the NIC.
    pub ip: String,
    /// Frontend of the internal load balancer it stands behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_ip: Option<String>,
    /// `enableIPForwarding` of the Azure NIC.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub ip_forwarding: bool,
    /// Whether it tracks flows. Absent: true for Azure Firewall, false otherwise (the case format's rule).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stateful: Option<bool>,
    /// Rewrites the source to its own address towards private destinations too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub snat_private: bool,
    /// Can reach the Internet (a public address behind it).
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub internet_egress: bool,
    /// False: stopped; it drops everything, its routes stay displayed.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub running: bool,
    /// Protocols that its policy drops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drops: Vec<Protocol>,
    /// Routes inside the guest; they only choose the NIC or tunnel that a packet leaves by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub os_routes: Vec<OsRouteSpec>,
    /// Name shared by all NICs of one machine; it stands for the machine in paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Destination NAT rules on public addresses (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dnat: Vec<DnatSpec>,
    /// Ranges behind the machine: pods, VPN clients, networks of its own (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges_behind: Vec<RangeBehindSpec>,
    /// Addresses of the guest itself that belong to no NIC (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loopback_ips: Vec<String>,
    /// Public addresses of the NIC (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_ips: Vec<String>,
    /// Name of the firewall policy it follows; absent: it lets everything pass (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firewall_policy: Option<String>,
    /// DNS settings of an Azure Firewall whose policy has none (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_settings: Option<FirewallDnsSpec>,
    /// Name of the network security group of the NIC (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_security_group: Option<String>,
    /// Names of application security groups that the NIC belongs to (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub application_security_groups: Vec<String>,
    /// Azure Firewall tier or NVA size, for the bill (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Private ranges that Azure Firewall does not source-NAT; absent: RFC 1918 and RFC 6598 (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_ranges: Option<Vec<String>>,
    /// Capacity units that an Azure Firewall is prescaled to (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_units: Option<u32>,
    /// Number of public addresses; absent: one for an Azure Firewall, none for others (beyond the case format).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_addresses: Option<u32>,
    /// Availability zones, as `1`: one is zonal, several are zone-redundant, none is wherever Azure puts it (beyond the
    /// case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
    /// The same of the frontend of its load balancer (beyond the case format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub load_balancer_zones: Vec<String>,
}

impl ApplianceSpec {
    /// An appliance as Azure or the format creates it: running, forwarding, without a load balancer.
    #[must_use]
    pub fn new(name: &str, kind: ApplianceKind, vnet: &str, subnet: &str, ip: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.into(),
            vnet: vnet.to_owned(),
            subnet: subnet.to_owned(),
            ip: ip.to_owned(),
            load_balancer_ip: None,
            ip_forwarding: true,
            stateful: None,
            snat_private: false,
            internet_egress: true,
            running: true,
            drops: Vec::new(),
            os_routes: Vec::new(),
            device: None,
            dnat: Vec::new(),
            ranges_behind: Vec::new(),
            loopback_ips: Vec::new(),
            public_ips: Vec::new(),
            firewall_policy: None,
            dns_settings: None,
            network_security_group: None,
            application_security_groups: Vec::new(),
            sku: None,
            private_ranges: None,
            capacity_units: None,
            public_addresses: None,
            zones: Vec::new(),
            load_balancer_zones: Vec::new(),
        }
    }

    /// Whether it tracks flows, with the format's default.
    #[must_use]
    pub fn is_stateful(&self) -> bool {
        self.stateful
            .unwrap_or(self.kind == ApplianceKind::AzureFirewall)
    }

    /// The machine's name: `device` where several NICs share one, else the name.
    #[must_use]
    pub fn machine(&self) -> &str {
        self.device.as_deref().unwrap_or(&self.name)
    }
}

/// Kinds of appliance.
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
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ApplianceKind {
    /// A virtual machine that forwards.
    #[default]
    Nva,
    /// Azure Firewall.
    AzureFirewall,
    /// Azure Virtual Network Routing Appliance.
    RoutingAppliance,
}

/// A destination NAT rule of a firewall or NVA.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DnatSpec {
    /// The appliance's public address.
    pub public_ip: String,
    /// The private address that it is translated to.
    pub to: String,
    /// The protocol that it is for; absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// The port that it is for; absent: every port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u32>,
    /// The port that it is translated to; absent: the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_port: Option<u32>,
}

/// A range behind a machine.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RangeBehindSpec {
    /// CIDR text.
    pub prefix: String,
    /// The machine shows its own address for what comes from the range, as nodes of an overlay cluster do.
    #[serde(default)]
    pub snat: bool,
}

/// A route inside an appliance's guest.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OsRouteSpec {
    /// Destination in CIDR text.
    pub prefix: String,
    /// An address, or the name of an object (a site or gateway at the other end of a tunnel, or a NIC).
    pub via: String,
}

/// Protocols that questions and policies speak of.
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
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Protocol {
    /// Ping.
    #[default]
    Icmp,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// The payload of IPsec.
    Esp,
    /// The authentication header of IPsec.
    Ah,
}
