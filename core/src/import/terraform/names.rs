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
use crate::json::{Member, Node, Value};

/// Names that do not follow the rule, after underscores and `_id` are gone.
const RENAMED: &[(&str, &str)] = &[
    ("nexthopinipaddress", "nexthopipaddress"),
    ("ipforwardingenabled", "enableipforwarding"),
    ("ipconfiguration", "ipconfigurations"),
    ("frontendipconfiguration", "frontendipconfigurations"),
    ("route", "routes"),
    ("securityrule", "securityrules"),
    ("securitygroup", "networksecuritygroup"),
    ("type", "gatewaytype"),
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
    ("networkinterfaceids", "networkinterfaces"),
    ("targetvirtualnetwork", "resourceid"),
    ("resource", "resourceid"),
    ("appliestogroup", "appliestogroups"),
    ("networkgroup", "networkgroupid"),
    ("hub", "hubs"),
    ("peercompletevirtualnetworksenabled", "peercompletevnets"),
];

/// Blocks that there is one of at most: Azure has an object in their place.
const SINGLE: &[&str] = &[
    "sku",
    "bgpsettings",
    "routingconfiguration",
    "propagatedroutetables",
    "bgpproperties",
    "virtualhub",
];

/// Whether routing needs an attribute that is not known.
pub(super) fn matters(path: &str) -> bool {
    const NEEDED: [&str; 16] = [
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
    ];
    let last = path.rsplit('.').next().unwrap_or(path);
    NEEDED
        .iter()
        .any(|needed| last == *needed || (needed.len() > 5 && last.starts_with(needed)))
}

/// A resource in Azure's folded words.
pub(super) fn translated(entry: &Entry, plan: &Plan, resource: &Resource, values: &Node) -> Node {
    let mut members = Vec::new();
    let known = text(values, "id").map(str::to_owned);
    let id = known
        .or_else(|| plan.made_id(resource, values, 0))
        .unwrap_or_default();
    put(&mut members, "id", Node::from(id.as_str()));
    let azure = if entry.azure.contains('.') {
        entry.azure.to_owned()
    } else {
        format!("Microsoft.Network/{}", entry.azure)
    };
    put(&mut members, "type", Node::from(azure.as_str()));
    put(
        &mut members,
        "name",
        Node::from(text(values, "name").unwrap_or(&resource.name)),
    );
    if let Value::Object(attributes) = &values.value {
        for one in attributes {
            attribute(&mut members, &one.key, &one.node);
        }
    }
    own_forms(entry.terraform, values, &mut members);
    Value::Object(members).into()
}

fn put(members: &mut Vec<Member>, key: &str, node: Node) {
    match members.iter_mut().find(|member| member.key == key) {
        Some(known) => known.node = node,
        None => members.push(Member {
            key: key.to_owned(),
            key_end: 0,
            node,
        }),
    }
}

fn put_new(members: &mut Vec<Member>, key: &str, node: Node) {
    if !members
        .iter()
        .any(|member| member.key == key && member.node.value != Value::Null)
    {
        put(members, key, node);
    }
}

/// One attribute under Azure's name.
fn attribute(members: &mut Vec<Member>, key: &str, node: &Node) {
    if node.value == Value::Null || matches!(key, "id" | "name" | "tags" | "timeouts") {
        return;
    }
    let plain = key.strip_suffix("_id").unwrap_or(key).replace('_', "");
    let renamed = RENAMED
        .iter()
        .find(|(from, _)| *from == plain)
        .map_or(plain.as_str(), |(_, to)| to);
    let mut value = translated_value(node);
    if SINGLE.contains(&renamed)
        && let Value::List(items) = &value.value
        && items.len() <= 1
    {
        value = items.first().cloned().unwrap_or_else(|| Value::Null.into());
    }
    put_new(members, renamed, value);
}

fn translated_value(node: &Node) -> Node {
    match &node.value {
        Value::List(items) => Value::List(items.iter().map(translated_value).collect()).into(),
        Value::Object(attributes) => {
            let mut members = Vec::new();
            if let Some(name) = node.member("name") {
                put(&mut members, "name", name.clone());
            }
            for one in attributes {
                attribute(&mut members, &one.key, &one.node);
            }
            own_forms("", node, &mut members);
            Value::Object(members).into()
        }
        _ => node.clone(),
    }
}

/// What has another form than a name.
fn own_forms(kind: &str, values: &Node, members: &mut Vec<Member>) {
    let flag = |key: &str| match values.member(key).map(|node| &node.value) {
        Some(Value::Bool(flag)) => Some(*flag),
        _ => None,
    };
    if let Some(space) = values.member("address_space") {
        let key = if kind == "azurerm_local_network_gateway" {
            "localnetworkaddressspace"
        } else {
            "addressspace"
        };
        put(
            members,
            key,
            Node::object([("addressprefixes", space.clone())]),
        );
    }
    if let Some(on) = flag("bgp_route_propagation_enabled") {
        put(members, "disablebgproutepropagation", (!on).into());
    }
    if let Some(Value::List(services)) = values.member("service_endpoints").map(|node| &node.value)
    {
        let items = services
            .iter()
            .map(|service| Node::object([("service", service.clone())]));
        put(
            members,
            "serviceendpoints",
            Value::List(items.collect()).into(),
        );
    }
    match kind {
        "azurerm_virtual_network" => {
            if let Some(subnets) = values.member("subnet") {
                put(members, "subnets", translated_value(subnets));
            }
        }
        "azurerm_firewall" => firewall(values, members),
        "azurerm_firewall_policy" => {
            if let Some(ranges) = values.member("private_ip_ranges") {
                put(
                    members,
                    "snat",
                    Node::object([("privateranges", ranges.clone())]),
                );
            }
        }
        "azurerm_virtual_network_gateway" => {
            if let Some(sku) = text(values, "sku") {
                put(members, "sku", Node::object([("name", Node::from(sku))]));
            }
        }
        "azurerm_express_route_circuit" => {
            if let Some(mbps) = values.member("bandwidth_in_mbps") {
                put(
                    members,
                    "serviceproviderproperties",
                    Node::object([("bandwidthinmbps", mbps.clone())]),
                );
            }
        }
        "azurerm_virtual_machine"
        | "azurerm_linux_virtual_machine"
        | "azurerm_windows_virtual_machine" => {
            if let Some(nics) = values.member("network_interface_ids") {
                put(
                    members,
                    "networkprofile",
                    Node::object([("networkinterfaces", nics.clone())]),
                );
            }
            if let Some(size) = values.member("size").or_else(|| values.member("vm_size")) {
                put(
                    members,
                    "hardwareprofile",
                    Node::object([("vmsize", size.clone())]),
                );
            }
        }
        "azurerm_virtual_hub_connection" => vnet_routes(members),
        "azurerm_vpn_site" => {
            if let Some(ranges) = values.member("address_cidrs") {
                put(
                    members,
                    "addressspace",
                    Node::object([("addressprefixes", ranges.clone())]),
                );
            }
        }
        "azurerm_route_server" => {
            if let Some(subnet) = values.member("subnet_id") {
                let one =
                    Node::object([("name", Node::from("ipconfig")), ("subnet", subnet.clone())]);
                put(members, "ipconfigurations", Value::List(vec![one]).into());
            }
        }
        "azurerm_network_manager_static_member" => {
            if let Some(vnet) = values.member("target_virtual_network_id") {
                put(members, "resourceid", vnet.clone());
            }
        }
        _ => {}
    }
}

fn firewall(values: &Node, members: &mut Vec<Member>) {
    if let Some(tier) = text(values, "sku_tier") {
        put(members, "sku", Node::object([("tier", Node::from(tier))]));
    }
    if let Some(ranges) = values.member("private_ip_ranges") {
        put(members, "privaterange", ranges.clone());
    }
    let Some(Value::List(hubs)) = values.member("virtual_hub").map(|node| &node.value) else {
        return;
    };
    if let Some(hub) = hubs.first() {
        put(
            members,
            "virtualhub",
            hub.member("virtual_hub_id")
                .cloned()
                .unwrap_or_else(|| Value::Null.into()),
        );
        let ip = hub
            .member("private_ip_address")
            .cloned()
            .unwrap_or_else(|| Value::Null.into());
        put(
            members,
            "hubipaddresses",
            Node::object([("privateipaddress", ip)]),
        );
    }
    let managed = matches!(values.member("management_ip_configuration").map(|node| &node.value), Some(Value::List(items)) if items.is_empty());
    if managed {
        members.retain(|member| member.key != "managementipconfiguration");
    }
}

/// Static routes of a connection lie one level deeper in Azure's words.
fn vnet_routes(members: &mut [Member]) {
    let routing = members
        .iter_mut()
        .find(|member| member.key == "routingconfiguration");
    if let Some(Member {
        node: Node {
            value: Value::Object(routing),
            ..
        },
        ..
    }) = routing
        && let Some(routes) = routing
            .iter()
            .find(|member| member.key == "staticroutes")
            .map(|member| member.node.clone())
    {
        put(
            routing,
            "vnetroutes",
            Node::object([("staticroutes", routes)]),
        );
    }
}
