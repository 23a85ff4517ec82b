//! NICs, virtual machines, load balancers, Azure Firewalls with their policies, routing appliances.
//!
//! | member | becomes |
//! |---|---|
//! | `instanceView.powerState`, `powerState` other than running | a machine that is stopped |
//! | a policy's `snat.privateRanges`, a firewall's `Network.SNAT.PrivateRanges` | ranges that are not source-NATed |
//! | `managementIpConfiguration` | forced tunnelling |
//!
//! Left out: disks, extensions, rules of a firewall, which decide ports and names and no routes.

use super::ip_configuration;
use crate::import::fields::Fields;
use crate::import::gather::{
    Balancer, Firewall, Gathered, Head, IpConfiguration, Machine, Nic, Policy, Pool,
    RoutingAppliance,
};

pub(in crate::import) fn nic(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.nics.push(Nic {
        head: head.clone(),
        forwards: fields.flag("enableipforwarding").unwrap_or(false),
        machine: fields.reference("virtualmachine"),
        endpoint: fields.get("privateendpoint").is_some(),
        configurations: configurations(head, fields, "ipConfigurations"),
    });
    for item in fields.items("ipconfigurations") {
        let ip = item.owned("privateipaddress");
        for group in item.references("applicationsecuritygroups") {
            gathered
                .group_members
                .extend(ip.clone().map(|ip| (group, ip)));
        }
    }
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
    let rule = |item: Fields<'_>| {
        let pool = item
            .reference("backendaddresspool")
            .or_else(|| item.references("backendaddresspools").into_iter().next());
        Some((item.reference("frontendipconfiguration")?, pool?))
    };
    gathered.balancers.push(Balancer {
        head: head.clone(),
        frontends: configurations(head, fields, "frontendIPConfigurations"),
        pools: fields
            .items("backendaddresspools")
            .map(|item| pool(head, item))
            .collect(),
        rules: fields
            .items("loadbalancingrules")
            .filter_map(rule)
            .collect(),
    });
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

pub(in crate::import) fn firewall(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let configurations = configurations(head, fields, "ipConfigurations");
    let in_hub = fields.get("hubipaddresses");
    let public = in_hub.and_then(|hub| hub.get("publicips"));
    let counted = public.and_then(|public| public.number("count"));
    let sku = fields.get("sku");
    gathered.firewalls.push(Firewall {
        head: head.clone(),
        tier: sku.and_then(|sku| sku.owned("tier")),
        hub: fields.reference("virtualhub"),
        subnet: configurations.iter().find_map(|one| one.subnet.clone()),
        ip: configurations
            .iter()
            .find_map(|one| one.ip.clone())
            .or_else(|| in_hub.and_then(|hub| hub.owned("privateipaddress"))),
        policy: fields.reference("firewallpolicy"),
        private_ranges: firewall_ranges(fields),
        public_addresses: counted.unwrap_or_else(|| count_public(&configurations)),
        zones: fields.texts("zones"),
        forced_tunnelling: fields.get("managementipconfiguration").is_some(),
    });
}

fn count_public(configurations: &[IpConfiguration]) -> u32 {
    let public = configurations
        .iter()
        .filter(|one| one.public_address.is_some());
    u32::try_from(public.count()).unwrap_or(u32::MAX)
}

/// A firewall without a policy keeps its ranges in `additionalProperties`, in one text; PowerShell in `PrivateRange`.
fn firewall_ranges(fields: Fields<'_>) -> Option<Vec<String>> {
    let further = fields.get("additionalproperties");
    let ranges = further.map(|further| further.texts("network.snat.privateranges"));
    ranges
        .filter(|ranges| !ranges.is_empty())
        .or_else(|| Some(fields.texts("privaterange")).filter(|ranges| !ranges.is_empty()))
}

pub(in crate::import) fn policy(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let ranges = fields.get("snat").map(|snat| snat.texts("privateranges"));
    let ranges = ranges.filter(|ranges| !ranges.is_empty());
    gathered.policies.push(Policy {
        id: head.id.clone(),
        private_ranges: ranges
            .or_else(|| Some(fields.texts("privaterange")).filter(|ranges| !ranges.is_empty())),
    });
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
        bandwidth: fields.owned("bandwidthingbps"),
    });
}
