//! The parts of a random estate that decide ports, names and public sides: how they are made, and how Resource Graph would
//! answer them. `import_spellings` writes the other spellings of both.

use crate::import_spellings::{Choices, id, resource};
use interspoke_core::spec::*;
use serde_json::{Value, json};

/// A child of a resource: types and names alternate in its id.
fn child(kinds: &str, names: &str, properties: Value) -> Value {
    let pairs = kinds.split('/').zip(names.split('/'));
    let path: Vec<String> = pairs.map(|(kind, name)| format!("{kind}/{name}")).collect();
    let path = path.join("/");
    let (kind, name) = path.split_once('/').unwrap();
    json!({"id": id(kind, name), "name": names, "type": format!("Microsoft.Network/{kinds}"), "properties": properties})
}

/// Adds the parts to an estate that has `vnet0`, its subnet `vms` and perhaps a firewall and a gateway.
pub(crate) fn add(choices: &mut Choices, network: &mut NetworkSpec) {
    if choices.flag() {
        network.nat_gateways.push(NatGatewaySpec {
            name: "nat".to_owned(),
            public_ips: vec!["203.0.113.10".to_owned()],
        });
        network.vnets[0].subnets[0].nat_gateway = Some("nat".to_owned());
    }
    if choices.flag() {
        let last = network.vnets.last_mut().unwrap();
        last.subnets[0].delegations = vec!["Microsoft.Web/serverFarms".to_owned()];
    }
    let group = choices.flag();
    if group {
        let rules = (0..=choices.below(3)).map(|number| rule(choices, number));
        let rules = rules.collect();
        network
            .network_security_groups
            .push(NetworkSecurityGroupSpec {
                name: "nsg".to_owned(),
                rules,
            });
        network.vnets[0].subnets[0].network_security_group = Some("nsg".to_owned());
    }
    let web = WorkloadSpec {
        name: "web".to_owned(),
        vnet: "vnet0".to_owned(),
        subnet: "vms".to_owned(),
        ip: "10.0.1.10".to_owned(),
        network_security_group: (group && choices.flag()).then(|| "nsg".to_owned()),
        public_ip: choices.flag().then(|| "203.0.113.11".to_owned()),
        application_security_groups: if choices.flag() {
            vec!["asg".to_owned()]
        } else {
            Vec::new()
        },
        ..WorkloadSpec::default()
    };
    network.workloads.push(web);
    if choices.flag() {
        network.public_load_balancers.push(PublicLoadBalancerSpec {
            name: "plb".to_owned(),
            public_ip: "203.0.113.12".to_owned(),
            backends: vec!["web".to_owned()],
            floating_ip: choices.flag(),
            outbound_rule: choices.flag(),
        });
    }
    add_policy(choices, network);
    if let Some(gateway) = network.gateways.first_mut()
        && choices.flag()
    {
        gateway.vpn_client_address_pools = vec!["172.16.0.0/24".to_owned()];
    }
    if choices.flag() {
        add_hub(choices, network);
    }
    if choices.flag() {
        network.avnm = Some(NetworkManagerSpec {
            groups: vec![NetworkGroupSpec {
                name: "all".to_owned(),
                members: vec!["vnet0".to_owned()],
            }],
            security_admin_rules: vec![SecurityAdminRuleSpec {
                groups: vec!["all".to_owned()],
                rule: SecurityRuleSpec {
                    source_application_security_groups: Vec::new(),
                    source: vec!["10.0.0.0/8".to_owned()],
                    access: Access::AlwaysAllow,
                    ..rule(choices, 7)
                },
            }],
            ..NetworkManagerSpec::default()
        });
    }
}

fn rule(choices: &mut Choices, number: u8) -> SecurityRuleSpec {
    let by_group = choices.flag();
    SecurityRuleSpec {
        name: Some(format!("rule{number}")),
        priority: 100 + u32::from(number),
        direction: if choices.flag() {
            Direction::Inbound
        } else {
            Direction::Outbound
        },
        access: if choices.flag() {
            Access::Allow
        } else {
            Access::Deny
        },
        protocol: [None, Some(Protocol::Tcp), Some(Protocol::Udp)][usize::from(choices.below(3))],
        source: if by_group {
            vec!["*".to_owned()]
        } else {
            vec!["10.0.0.0/16".to_owned(), "10.1.0.0/16".to_owned()]
        },
        destination: vec!["VirtualNetwork".to_owned()],
        source_port_ranges: Vec::new(),
        destination_port_ranges: [vec![], vec!["443"], vec!["22", "8000-8080"]]
            [usize::from(choices.below(3))]
        .iter()
        .map(|port| (*port).to_owned())
        .collect(),
        source_application_security_groups: if by_group {
            vec!["asg".to_owned()]
        } else {
            Vec::new()
        },
        destination_application_security_groups: Vec::new(),
    }
}

fn add_policy(choices: &mut Choices, network: &mut NetworkSpec) {
    let firewall = network
        .appliances
        .iter_mut()
        .find(|one| one.kind == ApplianceKind::AzureFirewall);
    let (Some(firewall), true) = (firewall, choices.flag()) else {
        return;
    };
    firewall.firewall_policy = Some("policy".to_owned());
    firewall.public_ips = vec!["203.0.113.13".to_owned()];
    network.ip_groups.push(IpGroupSpec {
        name: "farms".to_owned(),
        ip_addresses: vec!["10.1.0.0/16".to_owned(), "10.2.0.0/16".to_owned()],
    });
    let named = choices.flag();
    let network_rule = FirewallRuleSpec {
        name: Some("ports".to_owned()),
        rule_type: FirewallRuleType::NetworkRule,
        ip_protocols: vec![FirewallProtocol::Tcp, FirewallProtocol::Udp],
        source_addresses: if named {
            Vec::new()
        } else {
            vec!["*".to_owned()]
        },
        source_ip_groups: if named {
            vec!["farms".to_owned()]
        } else {
            Vec::new()
        },
        destination_addresses: vec!["10.0.0.0/8".to_owned()],
        destination_ports: vec!["443".to_owned(), "8000-8080".to_owned()],
        ..FirewallRuleSpec::default()
    };
    let translation = FirewallRuleSpec {
        name: Some("in".to_owned()),
        rule_type: FirewallRuleType::NatRule,
        ip_protocols: vec![FirewallProtocol::Tcp],
        source_addresses: vec!["*".to_owned()],
        destination_addresses: vec!["203.0.113.13".to_owned()],
        destination_ports: vec!["443".to_owned()],
        translated_address: Some("10.0.1.10".to_owned()),
        translated_port: Some(8443),
        ..FirewallRuleSpec::default()
    };
    let names = FirewallRuleSpec {
        name: Some("names".to_owned()),
        rule_type: FirewallRuleType::ApplicationRule,
        source_addresses: vec!["10.0.0.0/8".to_owned()],
        protocols: vec![ApplicationProtocolSpec {
            protocol_type: "Https".to_owned(),
            port: 443,
        }],
        target_fqdns: vec!["example.org".to_owned()],
        ..FirewallRuleSpec::default()
    };
    let collection = |priority, action, rules| FirewallRuleCollectionSpec {
        name: Some(format!("c{priority}")),
        priority,
        action,
        rules,
    };
    network.firewall_policies.push(FirewallPolicySpec {
        name: "policy".to_owned(),
        base_policy: None,
        dns_settings: Some(FirewallDnsSpec {
            servers: vec!["10.0.0.5".to_owned()],
            enable_proxy: true,
        }),
        rule_collection_groups: vec![RuleCollectionGroupSpec {
            name: Some("g".to_owned()),
            priority: 200,
            rule_collections: vec![
                collection(300, FirewallAction::Dnat, vec![translation]),
                collection(400, FirewallAction::Deny, vec![network_rule]),
                collection(500, FirewallAction::Allow, vec![names]),
            ],
        }],
    });
}

fn add_hub(choices: &mut Choices, network: &mut NetworkSpec) {
    let drops = choices.flag();
    network.route_maps.push(RouteMapSpec {
        name: "map".to_owned(),
        rules: vec![RouteMapRuleSpec {
            name: Some("first".to_owned()),
            match_criteria: vec![RouteMapCriterionSpec {
                match_condition: MatchCondition::Contains,
                route_prefix: vec!["10.0.0.0/8".to_owned()],
                as_path: Vec::new(),
            }],
            actions: vec![RouteMapActionSpec {
                kind: if drops {
                    RouteMapActionType::Drop
                } else {
                    RouteMapActionType::Add
                },
                route_prefix: Vec::new(),
                as_path: if drops { Vec::new() } else { vec![64_600] },
            }],
            next_step_if_matched: NextStep::Terminate,
        }],
    });
    let last = network.vnets.last().unwrap().name.clone();
    let inbound = choices.flag();
    network.virtual_wan = Some(VirtualWanSpec {
        hubs: vec![HubSpec {
            name: "vhub".to_owned(),
            region: "westeurope".to_owned(),
            prefix: Some("10.200.0.0/23".to_owned()),
            connections: vec![HubConnectionSpec {
                name: "c".to_owned(),
                vnet: last,
                associated: "defaultRouteTable".to_owned(),
                propagated_tables: vec!["defaultRouteTable".to_owned()],
                propagated_labels: vec!["default".to_owned()],
                enable_internet_security: choices.flag(),
                static_routes: Vec::new(),
                propagate_static_routes: true,
                local_route_override: LocalRouteOverride::Contains.into(),
                inbound_route_map: inbound.then(|| "map".to_owned()),
                outbound_route_map: (!inbound).then(|| "map".to_owned()),
            }],
            vpn_client_address_pools: vec!["172.17.0.0/24".to_owned()],
            scale: HubScaleSpec {
                point_to_site_units: Some(2),
                ..HubScaleSpec::default()
            },
            ..HubSpec::default()
        }],
    });
}

fn references(kind: &str, names: &[String]) -> Value {
    names
        .iter()
        .map(|name| json!({"id": id(kind, name)}))
        .collect()
}

/// The resource of a public address, by its last number.
pub(crate) fn public_name(ip: &str) -> String {
    format!("pip-{}", ip.rsplit('.').next().unwrap())
}

fn pip(ip: &str) -> Value {
    resource(
        "publicIPAddresses",
        &public_name(ip),
        "westeurope",
        json!({"ipAddress": ip, "publicIPAllocationMethod": "Static"}),
    )
}

fn protocol(protocol: Option<Protocol>) -> &'static str {
    match protocol {
        Some(Protocol::Tcp) => "Tcp",
        Some(Protocol::Udp) => "Udp",
        _ => "*",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "Inbound",
        Direction::Outbound => "Outbound",
    }
}

/// As Resource Graph would answer the parts.
pub(crate) fn graph(network: &NetworkSpec) -> Vec<Value> {
    let mut all = Vec::new();
    for one in &network.nat_gateways {
        all.extend(one.public_ips.iter().map(|ip| pip(ip)));
        let addresses: Vec<String> = one.public_ips.iter().map(|ip| public_name(ip)).collect();
        all.push(resource(
            "natGateways",
            &one.name,
            "westeurope",
            json!({"publicIpAddresses": references("publicIPAddresses", &addresses)}),
        ));
    }
    for group in &network.network_security_groups {
        let rules: Vec<Value> = group.rules.iter().map(security_rule).collect();
        all.push(resource(
            "networkSecurityGroups",
            &group.name,
            "westeurope",
            json!({"securityRules": rules}),
        ));
    }
    all.extend(
        network
            .workloads
            .iter()
            .flat_map(|one| workload(one, network)),
    );
    all.extend(network.public_load_balancers.iter().flat_map(balancer));
    all.extend(policies(network));
    for map in &network.route_maps {
        let rules: Vec<Value> = map.rules.iter().map(map_rule).collect();
        all.push(child(
            "virtualHubs/routeMaps",
            &format!("vhub/{}", map.name),
            json!({"rules": rules}),
        ));
    }
    for hub in network.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
        all.extend(written_hub(hub));
    }
    if let Some(manager) = &network.avnm {
        all.extend(written_manager(manager));
    }
    all
}

fn security_rule(rule: &SecurityRuleSpec) -> Value {
    let mut properties = json!({
        "priority": rule.priority, "direction": direction(rule.direction), "access": if rule.access == Access::Deny { "Deny" } else { "Allow" },
        "protocol": protocol(rule.protocol), "sourcePortRange": "*", "destinationAddressPrefix": rule.destination[0],
        "sourceApplicationSecurityGroups": references("applicationSecurityGroups", &rule.source_application_security_groups),
    });
    match rule.source_application_security_groups.as_slice() {
        [] => properties["sourceAddressPrefixes"] = json!(rule.source),
        _ => properties["sourceAddressPrefixes"] = json!([]),
    }
    match rule.destination_port_ranges.as_slice() {
        [] => properties["destinationPortRange"] = json!("*"),
        [one] => properties["destinationPortRange"] = json!(one),
        many => properties["destinationPortRanges"] = json!(many),
    }
    json!({"name": rule.name, "properties": properties})
}

fn workload(one: &WorkloadSpec, network: &NetworkSpec) -> Vec<Value> {
    let subnet = format!(
        "{}/subnets/{}",
        id("virtualNetworks", &one.vnet),
        one.subnet
    );
    let pools: Vec<Value> = network
        .public_load_balancers
        .iter()
        .map(|lb| json!({"id": format!("{}/backendAddressPools/p", id("loadBalancers", &lb.name))}))
        .collect();
    let public = one
        .public_ip
        .as_ref()
        .map(|ip| json!({"id": id("publicIPAddresses", &public_name(ip))}));
    let group = one
        .network_security_group
        .as_ref()
        .map(|name| json!({"id": id("networkSecurityGroups", name)}));
    let configuration = json!([{"name": "c", "properties": {"privateIPAddress": one.ip, "subnet": {"id": subnet}, "publicIPAddress": public,
        "loadBalancerBackendAddressPools": pools, "applicationSecurityGroups": references("applicationSecurityGroups", &one.application_security_groups)}}]);
    let machine = format!(
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/{}",
        one.name
    );
    let nic = resource(
        "networkInterfaces",
        &format!("{}-nic", one.name),
        "westeurope",
        json!({"virtualMachine": {"id": machine}, "networkSecurityGroup": group, "ipConfigurations": configuration}),
    );
    one.public_ip
        .iter()
        .map(|ip| pip(ip))
        .chain([nic])
        .collect()
}

fn balancer(one: &PublicLoadBalancerSpec) -> Vec<Value> {
    let own = id("loadBalancers", &one.name);
    let pool = json!({"id": format!("{own}/backendAddressPools/p")});
    let frontend = json!({"id": format!("{own}/frontendIPConfigurations/f")});
    let outbound = if one.outbound_rule {
        json!([{"name": "out", "properties": {"backendAddressPool": pool, "frontendIPConfigurations": [frontend]}}])
    } else {
        json!([])
    };
    let properties = json!({
        "frontendIPConfigurations": [{"name": "f", "properties": {"publicIPAddress": {"id": id("publicIPAddresses", &public_name(&one.public_ip))}}}],
        "backendAddressPools": [{"name": "p", "properties": {}}],
        "loadBalancingRules": [{"name": "r", "properties": {"frontendIPConfiguration": frontend, "backendAddressPool": pool, "enableFloatingIP": one.floating_ip}}],
        "outboundRules": outbound,
    });
    vec![
        pip(&one.public_ip),
        resource("loadBalancers", &one.name, "westeurope", properties),
    ]
}

fn policies(network: &NetworkSpec) -> Vec<Value> {
    let mut all = Vec::new();
    for group in &network.ip_groups {
        all.push(resource(
            "ipGroups",
            &group.name,
            "westeurope",
            json!({"ipAddresses": group.ip_addresses}),
        ));
    }
    for policy in &network.firewall_policies {
        all.push(pip("203.0.113.13"));
        all.push(resource(
            "firewallPolicies",
            &policy.name,
            "westeurope",
            json!({"sku": {"tier": "Premium"}, "dnsSettings": policy.dns_settings}),
        ));
        for group in &policy.rule_collection_groups {
            let collections: Vec<Value> = group.rule_collections.iter().map(collection).collect();
            let name = format!("{}/{}", policy.name, group.name.as_deref().unwrap());
            all.push(child(
                "firewallPolicies/ruleCollectionGroups",
                &name,
                json!({"priority": group.priority, "ruleCollections": collections}),
            ));
        }
    }
    all
}

fn collection(one: &FirewallRuleCollectionSpec) -> Value {
    let action = match one.action {
        FirewallAction::Allow => "Allow",
        FirewallAction::Deny => "Deny",
        FirewallAction::Dnat => "DNAT",
    };
    let rules: Vec<Value> = one.rules.iter().map(firewall_rule).collect();
    json!({"name": one.name, "priority": one.priority, "action": {"type": action}, "rules": rules})
}

fn firewall_rule(rule: &FirewallRuleSpec) -> Value {
    let mut value = serde_json::to_value(rule).unwrap();
    let groups = references("ipGroups", &rule.source_ip_groups);
    let ids: Vec<Value> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    value["sourceIpGroups"] = json!(ids);
    if let Some(port) = rule.translated_port {
        value["translatedPort"] = json!(port.to_string());
    }
    value
}

fn map_rule(rule: &RouteMapRuleSpec) -> Value {
    let criteria: Vec<Value> = rule
        .match_criteria
        .iter()
        .map(|one| json!({"matchCondition": "Contains", "routePrefix": one.route_prefix, "asPath": [], "community": []}))
        .collect();
    let actions: Vec<Value> = rule
        .actions
        .iter()
        .map(|one| {
            let numbers: Vec<String> = one.as_path.iter().map(u32::to_string).collect();
            match one.kind {
                RouteMapActionType::Drop => json!({"type": "Drop", "parameters": []}),
                _ => json!({"type": "Add", "parameters": [{"asPath": numbers, "routePrefix": [], "community": []}]}),
            }
        })
        .collect();
    json!({"name": rule.name, "matchCriteria": criteria, "actions": actions, "nextStepIfMatched": "Terminate"})
}

fn written_hub(hub: &HubSpec) -> Vec<Value> {
    let mut all = vec![resource(
        "virtualHubs",
        &hub.name,
        &hub.region,
        json!({"virtualWan": {"id": id("virtualWans", "wan")}, "addressPrefix": hub.prefix}),
    )];
    for one in &hub.connections {
        let map = |name: &Option<String>| {
            name.as_ref().map(
                |name| json!({"id": format!("{}/routeMaps/{name}", id("virtualHubs", &hub.name))}),
            )
        };
        let table = json!({"id": format!("{}/hubRouteTables/defaultRouteTable", id("virtualHubs", &hub.name))});
        all.push(child(
            "virtualHubs/hubVirtualNetworkConnections",
            &format!("{}/{}", hub.name, one.name),
            json!({"remoteVirtualNetwork": {"id": id("virtualNetworks", &one.vnet)}, "enableInternetSecurity": one.enable_internet_security,
                "routingConfiguration": {"associatedRouteTable": table, "propagatedRouteTables": {"ids": [table], "labels": one.propagated_labels},
                    "inboundRouteMap": map(&one.inbound_route_map), "outboundRouteMap": map(&one.outbound_route_map)}}),
        ));
    }
    all.push(resource(
        "p2sVpnGateways",
        "clients",
        &hub.region,
        json!({"virtualHub": {"id": id("virtualHubs", &hub.name)}, "vpnGatewayScaleUnit": hub.scale.point_to_site_units,
            "p2SConnectionConfigurations": [{"name": "p", "properties": {"vpnClientAddressPool": {"addressPrefixes": hub.vpn_client_address_pools}}}]}),
    ));
    all
}

fn written_manager(manager: &NetworkManagerSpec) -> Vec<Value> {
    let mut all = Vec::new();
    let group_id = |name: &str| format!("{}/networkGroups/{name}", id("networkManagers", "m"));
    for group in &manager.groups {
        all.push(child(
            "networkManagers/networkGroups",
            &format!("m/{}", group.name),
            json!({}),
        ));
        for vnet in &group.members {
            all.push(child(
                "networkManagers/networkGroups/staticMembers",
                &format!("m/{}/{vnet}", group.name),
                json!({"resourceId": id("virtualNetworks", vnet)}),
            ));
        }
    }
    for one in &manager.security_admin_rules {
        let groups: Vec<Value> = one
            .groups
            .iter()
            .map(|name| json!({"networkGroupId": group_id(name)}))
            .collect();
        let base = "networkManagers/securityAdminConfigurations";
        all.push(child(
            &format!("{base}/ruleCollections"),
            "m/security/ports",
            json!({"appliesToGroups": groups}),
        ));
        let rule = &one.rule;
        let end = |prefixes: &[String]| -> Vec<Value> {
            prefixes
                .iter()
                .map(|prefix| json!({"addressPrefix": prefix, "addressPrefixType": "IPPrefix"}))
                .collect()
        };
        all.push(child(
            &format!("{base}/ruleCollections/rules"),
            &format!("m/security/ports/{}", rule.name.as_deref().unwrap()),
            json!({"priority": rule.priority, "direction": direction(rule.direction), "access": "AlwaysAllow",
                "protocol": if rule.protocol.is_none() { "Any" } else { protocol(rule.protocol) },
                "sources": end(&rule.source), "destinations": end(&rule.destination), "destinationPortRanges": rule.destination_port_ranges}),
        ));
    }
    all
}
