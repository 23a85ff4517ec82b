//! Public sides as typed: NAT gateways and public load balancers.
//!
//! | object | way in | way out |
//! |---|---|---|
//! | public address of a NIC | to the NIC | from the NIC |
//! | [`PublicLoadBalancerSpec`] | to one of its machines | from all of them, with an outbound rule |
//! | [`NatGatewaySpec`] | none | from every subnet that names it |
//!
//! Left out: ports of load-balancing rules, health probes, inbound NAT rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A NAT gateway.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NatGatewaySpec {
    /// Unique name.
    pub name: String,
    /// Its public addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_ips: Vec<String>,
}

/// A public load balancer.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublicLoadBalancerSpec {
    /// Unique name.
    pub name: String,
    /// Public address of its frontend.
    pub public_ip: String,
    /// Names of the workloads and appliance NICs behind it.
    pub backends: Vec<String>,
    /// `enableFloatingIP`: the packet keeps the public address as its destination.
    #[serde(default)]
    pub floating_ip: bool,
    /// Whether an outbound rule lets its machines out to the Internet.
    #[serde(default)]
    pub outbound_rule: bool,
}
