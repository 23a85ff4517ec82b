//! From the names of the `azurerm` provider to Azure's: types, parents in ids, attributes.
//!
//! The rule: an attribute's name without its underscores is Azure's in lower case, mostly; `…_id` is a reference without the
//! ending. What is otherwise stands in the tables.
//!
//! | attribute | folded member |
//! |---|---|
//! | `allow_forwarded_traffic` | `allowforwardedtraffic` |
//! | `virtual_hub_id` | `virtualhub` |
//! | `next_hop_in_ip_address` | `nexthopipaddress` |
//! | `sku`, a block | `sku`, an object |
//!
//! Left out: attributes that say nothing of routing; they are folded and nobody reads them.

use super::plan::{Plan, Resource, text};
use super::types::Entry;
use crate::json::{Map, Value};

/// Names that do not follow the rule, after underscores and `_id` are gone.
const RENAMED: &[(&str, &str)] = &[
    ("nexthopinipaddress", "nexthopipaddress"),
    ("ipforwardingenabled", "enableipforwarding"),
    ("ipconfiguration", "ipconfigurations"),
    ("frontendipconfiguration", "frontendipconfigurations"),
    ("route", "routes"),
    ("securityrule", "securityrules"),
    ("securitygroup", "networksecuritygroup"),
    ("peeringaddresses", "bgppeeringaddresses"),
    ("defaultaddresses", "defaultbgpipaddresses"),
    ("gatewayaddress", "gatewayipaddress"),
    ("virtualnetworkgateway", "virtualnetworkgateway1"),
    ("peervirtualnetworkgateway", "virtualnetworkgateway2"),
    ("localnetworkgateway", "localnetworkgateway2"),
    ("expressroutecircuit", "peer"),
    ("bgpenabled", "enablebgp"),
    (
        "expressroutegatewaybypassenabled",
        "expressroutegatewaybypass",
    ),
    ("internetsecurityenabled", "enableinternetsecurity"),
    ("routing", "routingconfiguration"),
    ("propagatedroutetable", "propagatedroutetables"),
    ("routetableids", "ids"),
    ("staticvnetroute", "staticroutes"),
    ("routingpolicy", "routingpolicies"),
    ("scaleunit", "vpngatewayscaleunit"),
    ("vpnlink", "vpnlinkconnections"),
    ("link", "vpnsitelinks"),
    ("bgp", "bgpproperties"),
    ("branchtobranchtrafficenabled", "allowbranchtobranchtraffic"),
    ("defaultoutboundaccessenabled", "defaultoutboundaccess"),
    ("remotevnettrafficenabled", "allowremotevnettraffic"),
    ("virtualwantrafficenabled", "allowvirtualwantraffic"),
    ("globalmeshenabled", "isglobal"),
    ("peerpeering", "peerexpressroutecircuitpeering"),
    ("networkinterfaceids", "networkinterfaces"),
    ("applicationsecuritygroupids", "applicationsecuritygroups"),
    (
        "sourceapplicationsecuritygroupids",
        "sourceapplicationsecuritygroups",
    ),
    (
        "destinationapplicationsecuritygroupids",
        "destinationapplicationsecuritygroups",
    ),
    (
        "loadbalancerbackendaddresspoolsids",
        "loadbalancerbackendaddresspools",
    ),
    ("backendaddresspoolids", "backendaddresspools"),
    (
        "privatednsresolveroutboundendpointids",
        "dnsresolveroutboundendpoints",
    ),
    ("publicipaddressids", "publicipaddresses"),
    ("floatingipenabled", "enablefloatingip"),
    ("defaultlocalnetworkgateway", "gatewaydefaultsite"),
    ("connectionconfiguration", "p2sconnectionconfigurations"),
    ("cidrs", "ipaddresses"),
    ("rule", "rules"),
    ("targetvirtualnetwork", "resourceid"),
    ("resource", "resourceid"),
    ("appliestogroup", "appliestogroups"),
    ("networkgroup", "networkgroupid"),
    ("hub", "hubs"),
    ("peercompletevirtualnetworksenabled", "peercompletevnets"),
    ("customroute", "customroutes"),
    ("delegation", "delegations"),
];

/// Blocks that there is one of at most: Azure has an object in their place.
const SINGLE: &[&str] = &[
    "sku",
    "bgpsettings",
    "routingconfiguration",
    "propagatedroutetables",
    "bgpproperties",
    "virtualhub",
    "vpnclientconfiguration",
    "vpnclientaddresspool",
    "customroutes",
];

/// Whether routing needs an attribute that is not known.
pub(super) fn matters(path: &str) -> bool {
    const NEEDED: [&str; 19] = [
        "address_space",
        "address_prefix",
        "virtual_network_name",
        "remote_virtual_network_id",
        "route_table",
        "subnet_id",
        "next_hop",
        "virtual_hub",
        "private_ip_address",
        "virtual_network_gateway_id",
        "local_network_gateway_id",
        "express_route_circuit_id",
        "virtual_wan_id",
        "peer_ip",
        "name",
        "network_interface_ids",
        "firewall_policy_id",
        "network_group_ids",
        "backend_address_pool_id",
    ];
    let last = path.rsplit('.').next().unwrap_or(path);
    NEEDED
        .iter()
        .any(|needed| last == *needed || (needed.len() > 5 && last.starts_with(needed)))
}

/// A resource in Azure's folded words.
pub(super) fn translated(entry: &Entry, plan: &Plan, resource: &Resource, values: &Value) -> Value {
    let mut members = Map::new();
    let known = text(values, "id").map(str::to_owned);
    let id = known
        .or_else(|| plan.made_id(resource, values, 0))
        .unwrap_or_default();
    put(&mut members, "id", Value::from(id.as_str()));
    let azure = if entry.azure.contains('.') {
        entry.azure.to_owned()
    } else {
        format!("Microsoft.Network/{}", entry.azure)
    };
    put(&mut members, "type", Value::from(azure.as_str()));
    put(
        &mut members,
        "name",
        Value::from(resource.own_name(values).as_str()),
    );
    if let Value::Object(attributes) = values {
        for (key, value) in attributes {
            attribute(&mut members, key, value);
        }
    }
    own_forms(entry.terraform, values, &mut members);
    Value::Object(members)
}

fn put(members: &mut Map<String, Value>, key: &str, value: Value) {
    members.insert(key.to_owned(), value);
}

fn put_new(members: &mut Map<String, Value>, key: &str, value: Value) {
    if members.get(key).is_none_or(Value::is_null) {
        put(members, key, value);
    }
}

/// One attribute under Azure's name.
fn attribute(members: &mut Map<String, Value>, key: &str, node: &Value) {
    if node.is_null() || matches!(key, "id" | "name" | "tags" | "timeouts") {
        return;
    }
    let plain = key.strip_suffix("_id").unwrap_or(key).replace('_', "");
    let renamed = RENAMED
        .iter()
        .find(|(from, _)| *from == plain)
        .map_or(plain.as_str(), |(_, to)| to);
    let mut value = translated_value(node);
    if SINGLE.contains(&renamed)
        && let Value::Array(items) = &value
        && items.len() <= 1
    {
        value = items.first().cloned().unwrap_or_default();
    }
    put_new(members, renamed, value);
}

fn translated_value(node: &Value) -> Value {
    match node {
        Value::Array(items) => items.iter().map(translated_value).collect(),
        Value::Object(attributes) => {
            let mut members = Map::new();
            if let Some(name) = node.get("name") {
                put(&mut members, "name", name.clone());
            }
            for (key, value) in attributes {
                attribute(&mut members, key, value);
            }
            own_forms("", node, &mut members);
            Value::Object(members)
        }
        _ => node.clone(),
    }
}

/// What has another form than a name.
fn own_forms(kind: &str, values: &Value, members: &mut Map<String, Value>) {
    let flag = |key: &str| match values.get(key) {
        Some(Value::Bool(flag)) => Some(*flag),
        _ => None,
    };
    if let Some(space) = values.get("address_space") {
        let key = if kind == "azurerm_local_network_gateway" {
            "localnetworkaddressspace"
        } else {
            "addressspace"
        };
        put(
            members,
            key,
            Value::from_iter([("addressprefixes", space.clone())]),
        );
    }
    if let Some(on) = flag("bgp_route_propagation_enabled") {
        put(members, "disablebgproutepropagation", (!on).into());
    }
    if let Some(Value::Array(services)) = values.get("service_endpoints") {
        let items = services
            .iter()
            .map(|service| Value::from_iter([("service", service.clone())]));
        put(members, "serviceendpoints", items.collect());
    }
    if let Some(service) = block(values, "service_delegation").and_then(|one| one.get("name")) {
        put(members, "servicename", service.clone());
    }
    match kind {
        "azurerm_virtual_network" => {
            if let Some(subnets) = values.get("subnet") {
                put(members, "subnets", translated_value(subnets));
            }
        }
        "azurerm_firewall" => firewall(values, members),
        "azurerm_firewall_policy" => {
            if let Some(dns) = block(values, "dns") {
                put(
                    members,
                    "dnssettings",
                    dns_settings(dns, "servers", "proxy_enabled"),
                );
            }
            if let Some(ranges) = values.get("private_ip_ranges") {
                put(
                    members,
                    "snat",
                    Value::from_iter([("privateranges", ranges.clone())]),
                );
            }
        }
        "azurerm_virtual_network_gateway" => {
            if let Some(kind) = values.get("type") {
                put(members, "gatewaytype", kind.clone());
            }
            if let Some(sku) = text(values, "sku") {
                put(
                    members,
                    "sku",
                    Value::from_iter([("name", Value::from(sku))]),
                );
            }
            client_pool(values, "address_space", members);
        }
        "azurerm_express_route_circuit" => {
            if let Some(mbps) = values.get("bandwidth_in_mbps") {
                put(
                    members,
                    "serviceproviderproperties",
                    Value::from_iter([("bandwidthinmbps", mbps.clone())]),
                );
            }
        }
        "azurerm_virtual_machine"
        | "azurerm_linux_virtual_machine"
        | "azurerm_windows_virtual_machine" => {
            if let Some(nics) = values.get("network_interface_ids") {
                put(
                    members,
                    "networkprofile",
                    Value::from_iter([("networkinterfaces", nics.clone())]),
                );
            }
            if let Some(zone) = text(values, "zone") {
                put(members, "zones", Value::Array(vec![zone.into()]));
            }
            if let Some(size) = values.get("size").or_else(|| values.get("vm_size")) {
                put(
                    members,
                    "hardwareprofile",
                    Value::from_iter([("vmsize", size.clone())]),
                );
            }
        }
        "azurerm_virtual_hub_connection" => vnet_routes(members),
        "azurerm_firewall_policy_rule_collection_group" => rule_collections(values, members),
        "azurerm_firewall_network_rule_collection"
        | "azurerm_firewall_nat_rule_collection"
        | "azurerm_firewall_application_rule_collection" => {
            classic_collection(kind, values, members)
        }
        "azurerm_virtual_hub" => {
            if let Some(units) = values.get("virtual_router_auto_scale_min_capacity") {
                let scale = Value::from_iter([("mincapacity", units.clone())]);
                put(members, "virtualrouterautoscaleconfiguration", scale);
            }
        }
        "azurerm_express_route_gateway" => {
            if let Some(units) = values.get("scale_units") {
                let bounds = Value::from_iter([("min", units.clone())]);
                let scale = Value::from_iter([("bounds", bounds)]);
                put(members, "autoscaleconfiguration", scale);
            }
        }
        "azurerm_network_manager_admin_rule" => admin_rule(values, members),
        "azurerm_network_manager_routing_rule" => managed_route(values, members),
        "azurerm_network_manager_admin_rule_collection" => {
            put(
                members,
                "appliestogroups",
                group_list(values, "network_group_ids"),
            );
        }
        "azurerm_network_manager_routing_rule_collection" => {
            put(
                members,
                "appliesto",
                group_list(values, "network_group_ids"),
            );
        }
        "azurerm_vpn_site" => {
            if let Some(ranges) = values.get("address_cidrs") {
                put(
                    members,
                    "addressspace",
                    Value::from_iter([("addressprefixes", ranges.clone())]),
                );
            }
        }
        "azurerm_route_server" => {
            if let Some(subnet) = values.get("subnet_id") {
                let one = Value::from_iter([
                    ("name", Value::from("ipconfig")),
                    ("subnet", subnet.clone()),
                ]);
                put(members, "ipconfigurations", Value::Array(vec![one]));
            }
        }
        "azurerm_network_manager_static_member" => {
            if let Some(vnet) = values.get("target_virtual_network_id") {
                put(members, "resourceid", vnet.clone());
            }
        }
        _ => {}
    }
}

/// The pool of point-to-site clients lies one level deeper in Azure's words.
fn client_pool(values: &Value, key: &str, members: &mut Map<String, Value>) {
    if let Some(Value::Array(blocks)) = values.get("vpn_client_configuration")
        && let Some(pool) = blocks.first().and_then(|block| block.get(key))
    {
        let pool = Value::from_iter([("addressprefixes", pool.clone())]);
        let clients = Value::from_iter([("vpnclientaddresspool", pool)]);
        put(members, "vpnclientconfiguration", clients);
    }
}

/// A list of groups by id is a list of objects in Azure's words.
fn group_list(values: &Value, key: &str) -> Value {
    let Some(Value::Array(ids)) = values.get(key) else {
        return Value::Null;
    };
    let group = |id: &Value| Value::from_iter([("networkgroupid", id.clone())]);
    ids.iter().map(group).collect()
}

/// The first of the blocks of a name.
fn block<'v>(values: &'v Value, key: &str) -> Option<&'v Value> {
    values.get(key)?.as_array()?.first()
}

/// What a rule does and between whom have other names, and their blocks other ones than lists.
fn admin_rule(values: &Value, members: &mut Map<String, Value>) {
    for (from, to) in [
        ("action", "access"),
        ("source", "sources"),
        ("destination", "destinations"),
    ] {
        if let Some(value) = values.get(from) {
            put(members, to, translated_value(value));
        }
    }
}

/// The three kinds of blocks of a group are one list in Azure's words.
fn rule_collections(values: &Value, members: &mut Map<String, Value>) {
    const KINDS: [(&str, &str); 3] = [
        ("nat_rule_collection", "NatRule"),
        ("network_rule_collection", "NetworkRule"),
        ("application_rule_collection", "ApplicationRule"),
    ];
    let mut all = Vec::new();
    for (key, kind) in KINDS {
        if let Some(Value::Array(blocks)) = values.get(key) {
            all.extend(blocks.iter().map(|block| collection(block, kind)));
        }
    }
    put(members, "rulecollections", Value::Array(all));
}

/// A block of rules, each with its kind and Azure's names.
fn collection(block: &Value, kind: &str) -> Value {
    let mut translated = translated_value(block);
    if let Value::Object(members) = &mut translated {
        let own = block.get("rule");
        let rules = match own {
            Some(Value::Array(rules)) => rules.iter().map(|one| rule(one, kind)).collect(),
            _ => Vec::new(),
        };
        put(members, "rules", Value::Array(rules));
    }
    translated
}

fn rule(block: &Value, kind: &str) -> Value {
    let mut translated = translated_value(block);
    if let Value::Object(members) = &mut translated {
        members.shift_remove("destinationfqdns");
        put(members, "ruletype", Value::from(kind));
        // A DNAT rule has one destination; a name stands in a list of its own.
        for (from, to) in [
            ("destination_address", "destinationaddresses"),
            (
                "destination_fqdns",
                if kind == "ApplicationRule" {
                    "targetfqdns"
                } else {
                    "destinationfqdns"
                },
            ),
        ] {
            if let Some(value) = block.get(from).filter(|node| !node.is_null()) {
                put(members, to, value.clone());
            }
        }
        if let Some(Value::Array(protocols)) = block.get("protocol") {
            put(members, "protocols", Value::Array(protocols.clone()));
        }
    }
    translated
}

/// A collection of a firewall without a policy.
fn classic_collection(kind: &str, values: &Value, members: &mut Map<String, Value>) {
    let rule_kind = match kind {
        "azurerm_firewall_nat_rule_collection" => "NatRule",
        "azurerm_firewall_application_rule_collection" => "ApplicationRule",
        _ => "NetworkRule",
    };
    put(members, "rulekind", Value::from(rule_kind));
    if let Some(rules) = collection(values, rule_kind).get("rules") {
        put(members, "rules", rules.clone());
    }
}

/// Destination and next hop of a managed route are objects in Azure's words.
fn managed_route(values: &Value, members: &mut Map<String, Value>) {
    let pick = |block: Option<&Value>, key: &str| {
        block
            .and_then(|block| block.get(key))
            .cloned()
            .unwrap_or_default()
    };
    let destination = pick(block(values, "destination"), "address");
    put(
        members,
        "destination",
        Value::from_iter([("destinationaddress", destination)]),
    );
    let hop = block(values, "next_hop");
    let hop = Value::from_iter([
        ("nexthoptype", pick(hop, "type")),
        ("nexthopaddress", pick(hop, "address")),
    ]);
    put(members, "nexthop", hop);
}

/// A firewall's DNS settings; servers alone make it a proxy, as the provider has it.
fn dns_settings(values: &Value, servers: &str, proxy: &str) -> Value {
    let servers = values.get(servers).cloned().unwrap_or_default();
    let enabled = values.get(proxy).cloned().unwrap_or_default();
    Value::from_iter([("servers", servers), ("enableproxy", enabled)])
}

fn firewall(values: &Value, members: &mut Map<String, Value>) {
    if let Some(tier) = text(values, "sku_tier") {
        put(
            members,
            "sku",
            Value::from_iter([("tier", Value::from(tier))]),
        );
    }
    if let Some(ranges) = values.get("private_ip_ranges") {
        put(members, "privaterange", ranges.clone());
    }
    put(
        members,
        "dnssettings",
        dns_settings(values, "dns_servers", "dns_proxy_enabled"),
    );
    let Some(Value::Array(hubs)) = values.get("virtual_hub") else {
        return;
    };
    if let Some(hub) = hubs.first() {
        put(
            members,
            "virtualhub",
            hub.get("virtual_hub_id").cloned().unwrap_or_default(),
        );
        let ip = hub.get("private_ip_address").cloned().unwrap_or_default();
        put(
            members,
            "hubipaddresses",
            Value::from_iter([("privateipaddress", ip)]),
        );
    }
    let managed = matches!(values.get("management_ip_configuration"), Some(Value::Array(items)) if items.is_empty());
    if managed {
        members.shift_remove("managementipconfiguration");
    }
}

/// Static routes of a connection, and what holds for them, lie one level deeper in Azure's words.
fn vnet_routes(members: &mut Map<String, Value>) {
    let Some(Value::Object(routing)) = members.get_mut("routingconfiguration") else {
        return;
    };
    let of = |name: &str| routing.get(name).cloned().unwrap_or_default();
    let configured = Value::from_iter([
        (
            "propagatestaticroutes",
            of("staticvnetpropagatestaticroutesenabled"),
        ),
        (
            "vnetlocalrouteoverridecriteria",
            of("staticvnetlocalrouteoverridecriteria"),
        ),
    ]);
    let routes = Value::from_iter([
        ("staticroutes", of("staticroutes")),
        ("staticroutesconfig", configured),
    ]);
    put(routing, "vnetroutes", routes);
}
