//! Which resource is read by which reader: the table of types, and what a resource says of its type.
//!
//! The rule: `type` says it, else the id, else the members, as `az … --query` may have taken both away. A type that the
//! table does not have is counted as not needed for routing.
//!
//! | found | type |
//! |---|---|
//! | `"type": "Microsoft.Network/virtualNetworks"` | virtualNetworks |
//! | an id `…/virtualNetworks/hub/subnets/s` | virtualNetworks/subnets |
//! | `addressspace` and `subnets` | virtualNetworks |
//!
//! Left out: resources of other clouds.

use super::fields::Fields;
use super::gather::{Gathered, Head};
use super::report::{Place, Report, Verdict};
use super::{id, read};
use crate::json::Value;
use crate::region;
use std::rc::Rc;

/// Reads a resource of one type.
type Reader = fn(&Head, Fields<'_>, &mut Gathered);

const NETWORK: &str = "microsoft.network/";

/// Every type that is read. Names without a provider are those of `microsoft.network`.
const READERS: &[(&str, Reader)] = &[
    ("virtualnetworks", read::network::vnet),
    ("virtualnetworks/subnets", read::network::child_subnet),
    ("subnetassociations", read::network::association),
    ("nicassociations", read::machine::association),
    (
        "virtualnetworks/virtualnetworkpeerings",
        read::network::child_peering,
    ),
    ("routetables", read::network::route_table),
    ("routetables/routes", read::network::child_route),
    ("networksecuritygroups", read::network::security_group),
    (
        "networksecuritygroups/securityrules",
        read::network::child_security_rule,
    ),
    ("privateendpoints", read::network::private_endpoint),
    (
        "privateendpoints/privatednszonegroups",
        read::dns::zone_group,
    ),
    ("privatednszones", read::dns::zone),
    ("privatednszones/virtualnetworklinks", read::dns::zone_link),
    ("privatednszones/a", read::dns::record),
    ("dnsresolvers", read::dns::resolver),
    ("dnsresolvers/inboundendpoints", read::dns::inbound),
    ("dnsresolvers/outboundendpoints", read::dns::outbound),
    ("dnsforwardingrulesets", read::dns::ruleset),
    (
        "dnsforwardingrulesets/virtualnetworklinks",
        read::dns::ruleset_link,
    ),
    ("dnsforwardingrulesets/forwardingrules", read::dns::rule),
    ("publicipaddresses", read::network::public_address),
    ("natgateways", read::network::nat_gateway),
    ("applicationsecuritygroups", read::network::referred_to),
    ("networkinterfaces", read::machine::nic),
    ("microsoft.compute/virtualmachines", read::machine::machine),
    ("loadbalancers", read::machine::balancer),
    (
        "loadbalancers/backendaddresspools",
        read::machine::balancer_child,
    ),
    (
        "loadbalancers/backendaddresspools/addresses",
        read::machine::balancer_child,
    ),
    (
        "loadbalancers/loadbalancingrules",
        read::machine::balancer_child,
    ),
    ("loadbalancers/outboundrules", read::machine::balancer_child),
    ("azurefirewalls", read::firewall::firewall),
    (
        "azurefirewalls/rulecollections",
        read::firewall::classic_collection,
    ),
    ("firewallpolicies", read::firewall::policy),
    (
        "firewallpolicies/rulecollectiongroups",
        read::firewall::policy_group,
    ),
    ("ipgroups", read::firewall::ip_group),
    ("virtualnetworkappliances", read::machine::routing_appliance),
    ("virtualnetworkgateways", read::gateway::gateway),
    ("localnetworkgateways", read::gateway::local),
    ("connections", read::gateway::connection),
    ("expressroutecircuits", read::gateway::circuit),
    (
        "expressroutecircuits/peerings",
        read::gateway::circuit_peering,
    ),
    (
        "expressroutecircuits/peerings/connections",
        read::gateway::global_reach,
    ),
    ("virtualhubs", read::wan::hub),
    ("virtualhubs/ipconfigurations", read::wan::hub_address),
    ("virtualhubs/hubroutetables", read::wan::hub_table),
    ("virtualhubs/hubroutetables/routes", read::wan::hub_route),
    ("networkvirtualappliances", read::wan::hub_appliance),
    (
        "networkmanagers/deployments",
        read::manager::made_deployment,
    ),
    (
        "virtualhubs/hubvirtualnetworkconnections",
        read::wan::hub_connection,
    ),
    ("virtualhubs/routingintent", read::wan::routing_intent),
    ("virtualhubs/bgpconnections", read::wan::session),
    ("virtualhubs/routemaps", read::route_map::route_map),
    ("p2svpngateways", read::wan::point_to_site),
    ("vpngateways", read::wan::vpn_gateway),
    ("vpngateways/vpnconnections", read::wan::vpn_connection),
    ("expressroutegateways", read::wan::express_route_gateway),
    (
        "expressroutegateways/expressrouteconnections",
        read::wan::express_route_connection,
    ),
    ("vpnsites", read::wan::vpn_site),
    ("virtualwans", read::wan::virtual_wan),
    ("networkmanagers", read::manager::manager),
    ("networkmanagers/networkgroups", read::manager::group),
    (
        "networkmanagers/networkgroups/staticmembers",
        read::manager::member,
    ),
    (
        "networkmanagers/connectivityconfigurations",
        read::manager::connectivity,
    ),
    (
        "networkmanagers/securityadminconfigurations",
        read::manager::manager,
    ),
    (
        "networkmanagers/securityadminconfigurations/rulecollections",
        read::manager::collection,
    ),
    (
        "networkmanagers/securityadminconfigurations/rulecollections/rules",
        read::manager::admin_rule,
    ),
    (
        "networkmanagers/routingconfigurations",
        read::manager::routing,
    ),
    (
        "networkmanagers/routingconfigurations/rulecollections",
        read::manager::routing_collection,
    ),
    (
        "networkmanagers/routingconfigurations/rulecollections/rules",
        read::manager::routing_rule,
    ),
];

fn reader(kind: &str) -> Option<Reader> {
    let short = kind.strip_prefix(NETWORK).unwrap_or(kind);
    READERS
        .iter()
        .find(|(name, _)| *name == short)
        .map(|(_, reader)| *reader)
}

/// Whether a type, in any case, is read.
pub(super) fn is_known(kind: &str) -> bool {
    reader(&kind.to_ascii_lowercase()).is_some()
}

/// The type of a folded resource, in lower case.
pub(super) fn kind_of(fields: Fields<'_>) -> Option<String> {
    let written = fields.text("type").filter(|kind| kind.contains('/'));
    let by_type = written.map(str::to_ascii_lowercase);
    let by_id = fields.text("id").and_then(id::type_of);
    match (by_type, by_id) {
        // A list of children may carry the parent's type; the id is exact.
        (Some(kind), Some(by_id)) if by_id.starts_with(&kind) => Some(by_id),
        (Some(kind), _) => Some(kind),
        (None, Some(by_id)) => Some(by_id),
        (None, None) => by_members(fields),
    }
}

/// What the members say where neither type nor id was left.
fn by_members(fields: Fields<'_>) -> Option<String> {
    let has = |keys: &[&str]| keys.iter().all(|key| fields.get(key).is_some());
    let kind = if has(&["addressspace", "subnets"]) {
        "virtualnetworks"
    } else if has(&["remotevirtualnetwork", "allowvirtualnetworkaccess"]) {
        "virtualnetworks/virtualnetworkpeerings"
    } else if has(&["routes", "disablebgproutepropagation"]) {
        "routetables"
    } else if has(&["securityrules"]) {
        "networksecuritygroups"
    } else if has(&["ipconfigurations", "enableipforwarding"]) {
        "networkinterfaces"
    } else {
        return None;
    };
    Some(format!("{NETWORK}{kind}"))
}

/// Reads a folded resource into what is gathered; whether it is one.
pub(super) fn read(
    fields: Fields<'_>,
    file: &Rc<str>,
    gathered: &mut Gathered,
    report: &mut Report,
) -> bool {
    let Some(kind) = kind_of(fields) else {
        return false;
    };
    let Some(reader) = reader(&kind) else {
        report.count_skipped(&kind);
        return true;
    };
    let head = head(fields, &kind, file);
    if is_cut_short(fields) {
        report.add(
            Verdict::Truncated,
            head.place.clone(),
            "PowerShell wrote class names in place of what lies deep; export again with -Depth 100",
        );
    }
    report.count_read(&kind);
    reader(&head, fields, gathered);
    true
}

fn is_cut_short(fields: Fields<'_>) -> bool {
    match fields.0 {
        Value::Object(members) => members
            .values()
            .any(|value| super::fold::is_class_name(value) || is_cut_short(Fields(value))),
        Value::Array(items) => items.iter().any(|item| is_cut_short(Fields(item))),
        _ => false,
    }
}

fn head(fields: Fields<'_>, kind: &str, file: &Rc<str>) -> Head {
    let written = fields.text("name").unwrap_or_default();
    let id = fields.owned("id").unwrap_or_else(|| made_id(fields, kind));
    let name = match written.rsplit('/').next() {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => id::name_of(&id).to_owned(),
    };
    Head {
        region: region::key(fields.text("location").unwrap_or_default()),
        place: Place::new(
            file,
            if written.is_empty() {
                id.clone()
            } else {
                written.to_owned()
            },
        ),
        id,
        name,
    }
}

/// The id that a resource would have, from its group and name.
fn made_id(fields: Fields<'_>, kind: &str) -> String {
    let group = fields
        .text("resourcegroup")
        .or_else(|| fields.text("resourcegroupname"));
    let group = group.unwrap_or("-");
    let (provider, types) = kind.split_once('/').unwrap_or((kind, ""));
    let mut id = format!("/subscriptions/-/resourceGroups/{group}/providers/{provider}");
    let names = fields.text("name").unwrap_or_default();
    for (kind, name) in types.split('/').zip(names.split('/')) {
        id.push('/');
        id.push_str(kind);
        id.push('/');
        id.push_str(name);
    }
    id
}
