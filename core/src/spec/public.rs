//! Public sides as typed: NAT gateways and public load balancers.
//!
//! | object | way in | way out |
//! |---|---|---|
//! | public address of a NIC | to the NIC | from the NIC |
//! | [`PublicLoadBalancerSpec`] | to one of its machines | from all of them, with an outbound rule |
//! | [`NatGatewaySpec`] | none | from every subnet that names it |
//!
//! Left out: ports of load-balancing rules, health probes, inbound NAT rules.

use crate::json::record;

/// A NAT gateway.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NatGatewaySpec {
    /// Unique name.
    pub name: String,
    /// Its public addresses.
    pub public_ips: Vec<String>,
}

record!(NatGatewaySpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.optional("publicIps", &mut value.public_ips);
});

/// A public load balancer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublicLoadBalancerSpec {
    /// Unique name.
    pub name: String,
    /// Public address of its frontend.
    pub public_ip: String,
    /// Names of the workloads and appliance NICs behind it.
    pub backends: Vec<String>,
    /// `enableFloatingIP`: the packet keeps the public address as its destination.
    pub floating_ip: bool,
    /// Whether an outbound rule lets its machines out to the Internet.
    pub outbound_rule: bool,
}

record!(PublicLoadBalancerSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("publicIp", &mut value.public_ip);
    members.required("backends", &mut value.backends);
    members.always("floatingIp", &mut value.floating_ip);
    members.always("outboundRule", &mut value.outbound_rule);
});
