//! Private DNS zones with links and records, resolvers with endpoints, forwarding rulesets, zone groups.
//!
//! | member | becomes |
//! |---|---|
//! | `aRecords[].ipv4Address` | a record of the zone |
//! | `customDnsConfigs[].fqdn`, a NIC's `fqdns`, `recordSets[].fqdn` | a name of the private endpoint |
//! | `targetDnsServers[].ipAddress` | whom a rule asks |
//!
//! Left out: records of other types, ports of targets, registration of machines.

use crate::import::fields::Fields;
use crate::import::gather::{Gathered, Head, InboundEndpoint};
use crate::import::id;
use crate::spec::{ForwardingRuleSpec, ForwardingRuleState};
use crate::word::{Word, find_word};

pub(in crate::import) fn zone(head: &Head, _: Fields<'_>, gathered: &mut Gathered) {
    gathered.dns.zones.push(head.clone());
}

pub(in crate::import) fn zone_link(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let policy = fields.owned("resolutionpolicy").unwrap_or_default();
    if let Some(vnet) = fields.reference("virtualnetwork") {
        gathered.dns.zone_links.push((head.clone(), vnet, policy));
    }
}

pub(in crate::import) fn record(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let items = fields.items("arecords");
    let mut ips: Vec<String> = items.filter_map(|item| item.owned("ipv4address")).collect();
    ips.extend(fields.texts("records"));
    if !ips.is_empty() {
        gathered.dns.records.push((head.clone(), ips));
    }
}

pub(in crate::import) fn resolver(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(vnet) = fields.reference("virtualnetwork") {
        gathered.dns.resolvers.push((head.clone(), vnet));
    }
}

pub(in crate::import) fn inbound(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let address = fields.items("ipconfigurations").next();
    let Some(subnet) = address.and_then(|item| item.reference("subnet")) else {
        return;
    };
    gathered.dns.inbound.push(InboundEndpoint {
        head: head.clone(),
        subnet,
        ip: address.and_then(|item| item.owned("privateipaddress")),
    });
}

pub(in crate::import) fn outbound(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(subnet) = fields.reference("subnet") {
        gathered.dns.outbound.push((head.clone(), subnet));
    }
}

pub(in crate::import) fn ruleset(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let outbound = fields.references("dnsresolveroutboundendpoints");
    gathered.dns.rulesets.push((head.clone(), outbound));
}

pub(in crate::import) fn ruleset_link(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(vnet) = fields.reference("virtualnetwork") {
        gathered.dns.ruleset_links.push((head.clone(), vnet));
    }
}

pub(in crate::import) fn rule(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let Some(domain_name) = fields.owned("domainname") else {
        return;
    };
    let state = match fields.flag("enabled") {
        Some(false) => "Disabled",
        _ => fields.text("forwardingrulestate").unwrap_or("Enabled"),
    };
    let targets = fields.items("targetdnsservers");
    let known: Option<ForwardingRuleState> = find_word(state);
    let rule = ForwardingRuleSpec {
        name: Some(head.name.clone()),
        domain_name,
        target_dns_servers: targets.filter_map(|item| item.owned("ipaddress")).collect(),
        forwarding_rule_state: known.map_or_else(|| Word::Unknown(state.to_owned()), Word::Known),
    };
    gathered.dns.rules.push((head.clone(), rule));
}

/// A zone group that stands on its own.
pub(in crate::import) fn zone_group(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let endpoint = id::parent_of(&head.id).to_owned();
    grouped(&endpoint, fields, gathered);
}

/// What a private endpoint says of its names and zones itself.
pub(in crate::import) fn of_endpoint(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let configs = fields.items("customdnsconfigs");
    let names: Vec<String> = configs.filter_map(|item| item.owned("fqdn")).collect();
    gathered
        .dns
        .names
        .extend(names.into_iter().map(|name| (id::key(&head.id), name)));
    for key in ["privatednszonegroup", "privatednszonegroups"] {
        for group in fields.items(key) {
            grouped(&head.id, group, gathered);
        }
    }
}

fn grouped(endpoint: &str, group: Fields<'_>, gathered: &mut Gathered) {
    let endpoint = id::key(endpoint);
    let mut zones = group.texts("privatednszoneids");
    for config in group.items("privatednszoneconfigs") {
        zones.extend(config.reference("privatednszoneid"));
        for set in config.items("recordsets") {
            let name = set.text("fqdn").map(public_name);
            gathered
                .dns
                .names
                .extend(name.map(|name| (endpoint.clone(), name)));
        }
    }
    let zones = zones.into_iter().map(|zone| (endpoint.clone(), zone));
    gathered.dns.zone_groups.extend(zones);
}

/// Names that Private Link gives the NIC of an endpoint.
pub(in crate::import) fn of_nic(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    for item in fields.items("ipconfigurations") {
        let link = item.get("privatelinkconnectionproperties");
        let names = link.map_or_else(Vec::new, |link| link.texts("fqdns"));
        let names = names.into_iter().map(|name| (id::key(&head.id), name));
        gathered.dns.names.extend(names);
    }
}

/// The name that leads to one in a zone of Private Link.
fn public_name(name: &str) -> String {
    let labels = name.trim_end_matches('.').split('.');
    labels
        .filter(|label| *label != "privatelink")
        .collect::<Vec<_>>()
        .join(".")
}
