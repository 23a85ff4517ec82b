//! What a network consists of besides its spokes: each object by kind and name, whose it is, and who makes it.
//!
//! The rule: spokes' own VNets and subnets are left out, since every pattern has them. Virtual Network Manager makes what
//! its configurations imply, Virtual WAN the links between its hubs; everything else is made by hand.
//!
//! | in the network | objects |
//! |---|---|
//! | a hub with a firewall | hub VNet, appliance, route tables |
//! | a configuration of hub and spoke with 3 members | configuration, group, 3 members, 6 peerings of the Manager |
//! | a Virtual WAN hub with 3 spokes | hub, 3 connections |
//!
//! Left out: peerings by hand, of which there may be many more: `effort` reads them in the network.

use crate::spec::{
    ApplianceSpec, ConnectivityTopology, GatewaySpec, HubConnectionSpec, HubSpec,
    NetworkSecurityGroupSpec, NetworkSpec, PrivateEndpointSpec, RouteTableSpec, TunnelSpec,
    VnetSpec,
};
use std::collections::{BTreeMap, HashSet};

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// A person, or a template that somebody keeps.
    Hand,
    /// Virtual Network Manager.
    NetworkManager,
    /// Virtual WAN.
    VirtualWan,
}

/// An object: its kind and the one or two names that tell it apart, whose it is, who makes it, and what it says.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub(super) kind: &'static str,
    names: [&'a str; 2],
    /// VNets and hubs that it belongs to; empty where none.
    pub(super) owners: [&'a str; 2],
    pub(super) by: By,
    pub(super) says: Says<'a>,
}

impl<'a> Object<'a> {
    pub(super) const fn key(&self) -> (&'static str, [&'a str; 2]) {
        (self.kind, self.names)
    }
}

/// What an object says; two of one key that say the same are the same.
#[derive(Debug, PartialEq)]
pub(super) enum Says<'a> {
    /// That it exists.
    Nothing,
    Vnet(&'a VnetSpec),
    Table(&'a RouteTableSpec),
    Appliance(&'a ApplianceSpec),
    Gateway(&'a GatewaySpec),
    Tunnel(&'a TunnelSpec),
    SecurityGroup(&'a NetworkSecurityGroupSpec),
    Endpoint(&'a PrivateEndpointSpec),
    Groups(&'a [String]),
    Hub(OwnOf<'a>),
    Connection(&'a HubConnectionSpec),
}

/// A Virtual WAN hub without its connections.
#[derive(Debug)]
pub(super) struct OwnOf<'a>(&'a HubSpec);

impl PartialEq for OwnOf<'_> {
    fn eq(&self, other: &Self) -> bool {
        let own = |Self(hub): &Self| {
            let parts = (&hub.scale, &hub.routing_intent, &hub.firewall);
            (parts, &hub.routing_preference)
        };
        own(self) == own(other)
    }
}

/// VNets without a workload.
pub(super) fn hub_vnets(spec: &NetworkSpec) -> impl Iterator<Item = &VnetSpec> {
    let spokes: HashSet<&str> = spec.workloads.iter().map(|one| one.vnet.as_str()).collect();
    let is_hub = move |vnet: &&VnetSpec| !spokes.contains(vnet.name.as_str());
    spec.vnets.iter().filter(is_hub)
}

/// Everything but peerings by hand, and VNets of spokes with their subnets.
pub(super) fn objects(spec: &NetworkSpec, by_policy: bool) -> Vec<Object<'_>> {
    let mut all = Vec::new();
    let mut by_hand = |kind, names, owners, says| {
        all.push(Object {
            kind,
            names,
            owners,
            by: By::Hand,
            says,
        });
    };
    for vnet in hub_vnets(spec) {
        let own = [&*vnet.name, ""];
        by_hand("hub VNet", own, own, Says::Vnet(vnet));
    }
    for table in &spec.route_tables {
        let own = [&*table.name, ""];
        by_hand("route table", own, ["", ""], Says::Table(table));
    }
    for one in &spec.appliances {
        let own = [&*one.name, ""];
        by_hand("appliance", own, [&one.vnet, ""], Says::Appliance(one));
    }
    let homes: BTreeMap<&str, &str> = { spec.gateways.iter() }
        .map(|gateway| (gateway.name.as_str(), gateway.vnet.as_str()))
        .collect();
    for one in &spec.gateways {
        let own = [&*one.name, ""];
        by_hand("gateway", own, [&one.vnet, ""], Says::Gateway(one));
    }
    for one in &spec.tunnels {
        let home = |end: &'_ str| homes.get(end).copied().unwrap_or("");
        let owners = [home(&one.a), home(&one.b)];
        by_hand("tunnel", [&*one.a, &*one.b], owners, Says::Tunnel(one));
    }
    for one in &spec.circuits {
        for gateway in &one.gateways {
            let home = homes.get(gateway.as_str()).copied().unwrap_or(gateway);
            let own = [&*one.name, &**gateway];
            by_hand("circuit connection", own, [home, ""], Says::Nothing);
        }
    }
    for one in &spec.network_security_groups {
        let own = [&*one.name, ""];
        by_hand("security group", own, ["", ""], Says::SecurityGroup(one));
    }
    for one in &spec.private_endpoints {
        let own = [&*one.vnet, &*one.ip];
        by_hand(
            "private endpoint",
            own,
            [&one.vnet, ""],
            Says::Endpoint(one),
        );
    }
    managed(spec, by_policy, &mut all);
    wan(spec, &mut all);
    all
}

/// What Virtual Network Manager makes, and what it is told.
fn managed<'a>(spec: &'a NetworkSpec, by_policy: bool, all: &mut Vec<Object<'a>>) {
    let Some(manager) = &spec.avnm else {
        return;
    };
    let mut put = |kind, names, owners, by, says| {
        all.push(Object {
            kind,
            names,
            owners,
            by,
            says,
        });
    };
    let listed = if by_policy {
        By::NetworkManager
    } else {
        By::Hand
    };
    for group in &manager.groups {
        let own = [&*group.name, ""];
        put("network group", own, ["", ""], By::Hand, Says::Nothing);
        for member in &group.members {
            let key = [&*group.name, &**member];
            put("group member", key, key, listed, Says::Nothing);
        }
    }
    for one in &manager.configurations {
        let name = one.name.as_deref().unwrap_or_default();
        let groups = Says::Groups(&one.groups);
        put("configuration", [name, ""], ["", ""], By::Hand, groups);
        let groups = manager.groups.iter();
        let groups = groups.filter(|group| one.groups.contains(&group.name));
        for member in groups.flat_map(|group| &group.members) {
            let (by, nothing) = (By::NetworkManager, || Says::Nothing);
            if let Some(hub) = &one.hub {
                put("peering", [hub, member], [hub, ""], by, nothing());
                put("peering", [member, hub], [member, ""], by, nothing());
            }
            if one.topology == ConnectivityTopology::Mesh || one.direct_connectivity {
                let key = [name, member];
                put("direct connectivity", key, [member, ""], by, nothing());
            }
        }
    }
}

/// Hubs of Virtual WAN with their connections.
fn wan<'a>(spec: &'a NetworkSpec, all: &mut Vec<Object<'a>>) {
    let hubs = || spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let mut put = |kind, names, owners, by, says| {
        all.push(Object {
            kind,
            names,
            owners,
            by,
            says,
        });
    };
    for (at, hub) in hubs().enumerate() {
        let (own, says) = ([&*hub.name, ""], Says::Hub(OwnOf(hub)));
        put("Virtual WAN hub", own, own, By::Hand, says);
        for other in hubs().skip(at + 1) {
            let key = [&*hub.name, &*other.name];
            put("link of hubs", key, key, By::VirtualWan, Says::Nothing);
        }
        for one in &hub.connections {
            let (key, says) = ([&*hub.name, &*one.name], Says::Connection(one));
            put("VNet connection", key, [&hub.name, ""], By::Hand, says);
        }
    }
}
