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
        Node::from(resource.own_name(values).as_str()),
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
            if let Some(kind) = values.member("type") {
                put(members, "gatewaytype", kind.clone());
            }
            if let Some(sku) = text(values, "sku") {
                put(members, "sku", Node::object([("name", Node::from(sku))]));
            }
            client_pool(values, "address_space", members);
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
        "azurerm_firewall_policy_rule_collection_group" => rule_collections(values, members),
        "azurerm_firewall_network_rule_collection"
        | "azurerm_firewall_nat_rule_collection"
        | "azurerm_firewall_application_rule_collection" => {
            classic_collection(kind, values, members)
        }
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

/// The pool of point-to-site clients lies one level deeper in Azure's words.
fn client_pool(values: &Node, key: &str, members: &mut Vec<Member>) {
    if let Some(Value::List(blocks)) = values
        .member("vpn_client_configuration")
        .map(|node| &node.value)
        && let Some(pool) = blocks.first().and_then(|block| block.member(key))
    {
        let pool = Node::object([("addressprefixes", pool.clone())]);
        let clients = Node::object([("vpnclientaddresspool", pool)]);
        put(members, "vpnclientconfiguration", clients);
    }
}

/// A list of groups by id is a list of objects in Azure's words.
fn group_list(values: &Node, key: &str) -> Node {
    let Some(Value::List(ids)) = values.member(key).map(|node| &node.value) else {
        return Value::Null.into();
    };
    let group = |id: &Node| Node::object([("networkgroupid", id.clone())]);
    Value::List(ids.iter().map(group).collect()).into()
}

/// The three kinds of blocks of a group are one list in Azure's words.
fn rule_collections(values: &Node, members: &mut Vec<Member>) {
    const KINDS: [(&str, &str); 3] = [
        ("nat_rule_collection", "NatRule"),
        ("network_rule_collection", "NetworkRule"),
        ("application_rule_collection", "ApplicationRule"),
    ];
    let mut all = Vec::new();
    for (key, kind) in KINDS {
        if let Some(Value::List(blocks)) = values.member(key).map(|node| &node.value) {
            all.extend(blocks.iter().map(|block| collection(block, kind)));
        }
    }
    put(members, "rulecollections", Value::List(all).into());
}

/// A block of rules, each with its kind and Azure's names.
fn collection(block: &Node, kind: &str) -> Node {
    let mut translated = translated_value(block);
    if let Value::Object(members) = &mut translated.value {
        let own = block.member("rule").map(|node| &node.value);
        let rules = match own {
            Some(Value::List(rules)) => rules.iter().map(|one| rule(one, kind)).collect(),
            _ => Vec::new(),
        };
        put(members, "rules", Value::List(rules).into());
    }
    translated
}

fn rule(block: &Node, kind: &str) -> Node {
    let mut translated = translated_value(block);
    if let Value::Object(members) = &mut translated.value {
        put(members, "ruletype", Node::from(kind));
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
            if let Some(value) = block.member(from).filter(|node| node.value != Value::Null) {
                put(members, to, value.clone());
            }
        }
        if let Some(Value::List(protocols)) = block.member("protocol").map(|node| &node.value) {
            put(members, "protocols", Value::List(protocols.clone()).into());
        }
    }
    translated
}

/// A collection of a firewall without a policy.
fn classic_collection(kind: &str, values: &Node, members: &mut Vec<Member>) {
    let rule_kind = match kind {
        "azurerm_firewall_nat_rule_collection" => "NatRule",
        "azurerm_firewall_application_rule_collection" => "ApplicationRule",
        _ => "NetworkRule",
    };
    put(members, "rulekind", Node::from(rule_kind));
    if let Value::Object(own) = collection(values, rule_kind).value
        && let Some(rules) = own.into_iter().find(|member| member.key == "rules")
    {
        put(members, "rules", rules.node);
    }
}

/// Destination and next hop of a managed route are objects in Azure's words.
fn managed_route(values: &Node, members: &mut Vec<Member>) {
    let block = |key: &str| match values.member(key).map(|node| &node.value) {
        Some(Value::List(items)) => items.first(),
        _ => None,
    };
    let pick = |block: Option<&Node>, key: &str| {
        block
            .and_then(|block| block.member(key))
            .cloned()
            .unwrap_or_else(|| Value::Null.into())
    };
    let destination = pick(block("destination"), "address");
    put(
        members,
        "destination",
        Node::object([("destinationaddress", destination)]),
    );
    let hop = block("next_hop");
    let hop = Node::object([
        ("nexthoptype", pick(hop, "type")),
        ("nexthopaddress", pick(hop, "address")),
    ]);
    put(members, "nexthop", hop);
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
