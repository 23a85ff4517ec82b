//! One reader a resource type: what routing needs of it, from its folded members.
//!
//! | module | types |
//! |---|---|
//! | `network` | VNets, subnets, peerings, route tables, security groups, private endpoints |
//! | `dns` | private DNS zones, resolvers, forwarding rulesets, zone groups |
//! | `machine` | NICs, virtual machines, load balancers, routing appliances |
//! | `firewall` | firewalls, their policies and rules, IP groups |
//! | `route_map` | route maps |
//! | `gateway` | gateways, connections, local network gateways, circuits |
//! | `wan` | hubs, their tables, connections, policies and gateways; Route Servers |
//! | `manager` | Virtual Network Manager |
//!
//! A reader never fails: a member that is missing has Azure's default. Left out: references, which stay ids.

pub(super) mod dns;
pub(super) mod firewall;
pub(super) mod gateway;
pub(super) mod machine;
pub(super) mod manager;
pub(super) mod network;
pub(super) mod route_map;
pub(super) mod wan;

use super::fields::Fields;
use super::gather::IpConfiguration;

/// An IP configuration of a NIC, gateway or load balancer's frontend.
fn ip_configuration(owner: &str, list: &str, fields: Fields<'_>) -> IpConfiguration {
    let named = || format!("{owner}/{list}/{}", fields.text("name").unwrap_or_default());
    IpConfiguration {
        id: fields.owned("id").unwrap_or_else(named),
        ip: fields.owned("privateipaddress"),
        subnet: fields.reference("subnet"),
        public_address: fields
            .reference("publicipaddress")
            .or_else(|| fields.get("publicipaddress").map(|_| String::new())),
        pools: fields.references("loadbalancerbackendaddresspools"),
        zones: fields.texts("zones"),
    }
}
