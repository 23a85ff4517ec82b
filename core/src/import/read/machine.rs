//! NICs, virtual machines, load balancers, routing appliances.
//!
//! | member | becomes |
//! |---|---|
//! | `instanceView.powerState`, `powerState` other than running | a machine that is stopped |
//! | `outboundRules` of a load balancer | its machines go out by it |
//!
//! Left out: disks, extensions, health probes, inbound NAT rules.

use super::ip_configuration;
use crate::import::fields::Fields;
use crate::import::gather::{
    Association, Balancer, Gathered, Head, IpConfiguration, Machine, Nic, Pool, RoutingAppliance,
};
use crate::import::id;

pub(in crate::import) fn nic(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    super::dns::of_nic(head, fields, gathered);
    gathered.nics.push(Nic {
        head: head.clone(),
        forwards: fields.flag("enableipforwarding").unwrap_or(false),
        machine: fields.reference("virtualmachine"),
        endpoint: fields.get("privateendpoint").is_some(),
        security_group: fields.reference("networksecuritygroup"),
        application_groups: application_groups(fields),
        configurations: configurations(head, fields, "ipConfigurations"),
    });
}

fn application_groups(fields: Fields<'_>) -> Vec<String> {
    let configurations = fields.items("ipconfigurations");
    let mut ids: Vec<String> = configurations
        .flat_map(|item| item.references("applicationsecuritygroups"))
        .collect();
    ids.dedup();
    ids
}

/// What Terraform attaches to a NIC from outside: a security group, an application security group, a pool.
pub(in crate::import) fn association(_: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let Some(nic) = fields.reference("networkinterface") else {
        return;
    };
    if let Some(pool) = fields.reference("backendaddresspool") {
        let name = fields.text("ipconfigurationname").unwrap_or_default();
        let configuration = format!("{nic}/ipConfigurations/{name}");
        gathered.pool_members.push((configuration, pool));
    }
    gathered.associations.push(Association {
        to: nic,
        security_group: fields.reference("networksecuritygroup"),
        application_group: fields.reference("applicationsecuritygroup"),
        ..Association::default()
    });
}

fn configurations(head: &Head, fields: Fields<'_>, list: &str) -> Vec<IpConfiguration> {
    fields
        .items(&list.to_ascii_lowercase())
        .map(|item| ip_configuration(&head.id, list, item))
        .collect()
}

pub(in crate::import) fn machine(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let nics = fields
        .at(&["networkprofile"])
        .map(|profile| profile.references("networkinterfaces"));
    gathered.machines.push(Machine {
        head: head.clone(),
        nics: nics.unwrap_or_default(),
        running: is_running(fields),
        size: fields
            .at(&["hardwareprofile"])
            .and_then(|hardware| hardware.owned("vmsize")),
        zones: fields.texts("zones"),
    });
}

/// A machine whose state no export says is taken as running.
fn is_running(fields: Fields<'_>) -> bool {
    let graph = fields.at(&["extended", "instanceview", "powerstate"]);
    let state = graph
        .and_then(|state| state.text("code"))
        .or_else(|| fields.text("powerstate"))
        .unwrap_or("running");
    let state = state.to_ascii_lowercase();
    state.ends_with("running") || state.ends_with("starting")
}

pub(in crate::import) fn balancer(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.balancers.push(Balancer {
        head: head.clone(),
        frontends: configurations(head, fields, "frontendIPConfigurations"),
        pools: fields
            .items("backendaddresspools")
            .map(|item| pool(head, item))
            .collect(),
        rules: fields
            .items("loadbalancingrules")
            .filter_map(balancing_rule)
            .collect(),
        outbound_pools: fields
            .items("outboundrules")
            .filter_map(|item| item.reference("backendaddresspool"))
            .collect(),
        floating: fields
            .items("loadbalancingrules")
            .any(|item| item.flag("enablefloatingip") == Some(true)),
    });
}

/// What of a load balancer stands on its own: pools, their addresses and rules, as templates and Terraform have them.
pub(in crate::import) fn balancer_child(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let owner = Head {
        id: id::up_to(&head.id, "loadBalancers")
            .unwrap_or_default()
            .to_owned(),
        name: String::new(),
        ..head.clone()
    };
    let mut part = Balancer {
        head: owner,
        frontends: Vec::new(),
        pools: Vec::new(),
        rules: Vec::new(),
        outbound_pools: Vec::new(),
        floating: false,
    };
    let kind = id::type_of(&head.id).unwrap_or_default();
    match kind.rsplit('/').next().unwrap_or_default() {
        "backendaddresspools" => part.pools.push(Pool {
            id: head.id.clone(),
            ..pool(&part.head, fields)
        }),
        "addresses" => part.pools.push(Pool {
            id: id::parent_of(&head.id).to_owned(),
            members: Vec::new(),
            addresses: fields.owned("ipaddress").into_iter().collect(),
        }),
        "outboundrules" => part
            .outbound_pools
            .extend(fields.reference("backendaddresspool")),
        _ => {
            part.rules.extend(balancing_rule(fields));
            part.floating = fields.flag("enablefloatingip").unwrap_or(false);
        }
    }
    gathered.balancers.push(part);
}

/// Frontend and pool of a rule.
fn balancing_rule(fields: Fields<'_>) -> Option<(String, String)> {
    let pool = fields
        .reference("backendaddresspool")
        .or_else(|| fields.references("backendaddresspools").into_iter().next());
    let frontend = fields
        .reference("frontendipconfiguration")
        .or_else(|| fields.owned("frontendipconfigurationname"));
    Some((frontend?, pool?))
}

fn pool(head: &Head, fields: Fields<'_>) -> Pool {
    let addresses = fields.items("loadbalancerbackendaddresses");
    let name = fields.text("name").unwrap_or_default();
    Pool {
        id: fields
            .owned("id")
            .unwrap_or_else(|| format!("{}/backendAddressPools/{name}", head.id)),
        members: fields.references("backendipconfigurations"),
        addresses: addresses
            .filter_map(|item| item.owned("ipaddress"))
            .collect(),
    }
}

pub(in crate::import) fn routing_appliance(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let ip = fields
        .items("ipconfigurations")
        .find_map(|item| item.owned("privateipaddress"));
    gathered.routing_appliances.push(RoutingAppliance {
        head: head.clone(),
        subnet: fields.reference("subnet"),
        ip: ip.or_else(|| fields.owned("privateipaddress")),
        bandwidth: fields
            .owned("bandwidthingbps")
            .map(|gbps| format!("{gbps} Gbps")),
    });
}
