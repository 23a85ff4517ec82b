//! Any estate, written in each spelling of Azure's tools, reads back as itself; and one made unrecognisable answers alike.
//!
//! The writer makes what Resource Graph would answer; the other spellings are made of that by rules that know no type:
//! Azure CLI flattens `properties`, PowerShell capitalises and takes single items out of their lists, a template has names
//! and types in place of ids.

use crate::import_parts;
use interspoke_core::import::{Import, sanitise};
use interspoke_core::route::{Flow, Routing, Settings};
use interspoke_core::spec::*;
use interspoke_core::topology;
use interspoke_core::word::Word;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const GROUP: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resource-group/providers/Microsoft.Network";

pub(crate) fn id(kind: &str, name: &str) -> String {
    format!("{GROUP}/{kind}/{name}")
}

pub(crate) struct Choices(std::vec::IntoIter<u8>);

impl Choices {
    pub(crate) fn below(&mut self, limit: u8) -> u8 {
        self.0.next().unwrap_or(0) % limit
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// An estate that Azure would accept: a hub, spokes, tables, groups, a firewall, an appliance, a gateway and sites.
fn estate(choices: &mut Choices) -> NetworkSpec {
    let mut network = NetworkSpec::default();
    let tables = choices.below(3);
    for table in 0..tables {
        let hop = choices.flag();
        network.route_tables.push(RouteTableSpec {
            name: format!("rt{table}"),
            disable_bgp_route_propagation: choices.flag(),
            routes: vec![RouteSpec {
                name: Some("r".to_owned()),
                prefix: "0.0.0.0/0".to_owned(),
                next_hop_type: Word::Known(if hop {
                    UserNextHopType::VirtualAppliance
                } else {
                    UserNextHopType::None
                }),
                next_hop_ip_address: hop.then(|| "10.0.1.4".to_owned()),
            }],
        });
    }
    for vnet in 0..=choices.below(4) {
        let table = choices.below(4);
        let mut subnets = vec![SubnetSpec {
            name: "vms".to_owned(),
            prefix: format!("10.{vnet}.1.0/24"),
            route_table: (vnet > 0 && table < tables).then(|| format!("rt{table}")),
            private_endpoint_network_policies: if choices.flag() {
                PrivateEndpointPolicies::Enabled.into()
            } else {
                PrivateEndpointPolicies::Disabled.into()
            },
            default_outbound_access: choices.flag(),
            ..SubnetSpec::default()
        }];
        if vnet == 0 {
            for (name, third) in [("GatewaySubnet", 2), ("AzureFirewallSubnet", 3)] {
                subnets.push(SubnetSpec {
                    name: name.to_owned(),
                    prefix: format!("10.0.{third}.0/26"),
                    ..SubnetSpec::default()
                });
            }
        }
        network.vnets.push(VnetSpec {
            name: format!("vnet{vnet}"),
            region: ["westeurope", "northeurope"][usize::from(choices.below(2))].to_owned(),
            prefixes: vec![format!("10.{vnet}.0.0/16")],
            subnets,
            ..VnetSpec::default()
        });
    }
    for spoke in 1..network.vnets.len() {
        for (from, to) in [(0, spoke), (spoke, 0)] {
            network.peerings.push(PeeringSpec {
                allow_virtual_network_access: choices.flag(),
                allow_forwarded_traffic: choices.flag(),
                allow_gateway_transit: from == 0,
                ..PeeringSpec::new(format!("vnet{from}"), format!("vnet{to}"))
            });
        }
    }
    // An export has the peerings of one VNet after another.
    network
        .peerings
        .sort_by(|one, other| one.from.cmp(&other.from));
    if choices.flag() {
        network.appliances.push(ApplianceSpec {
            sku: Some("Premium".to_owned()),
            zones: if choices.flag() {
                vec!["1".to_owned()]
            } else {
                Vec::new()
            },
            ..ApplianceSpec::new(
                "fw",
                ApplianceKind::AzureFirewall,
                "vnet0",
                "AzureFirewallSubnet",
                "10.0.3.4",
            )
        });
    }
    network.appliances.push(ApplianceSpec {
        ip_forwarding: true,
        ..ApplianceSpec::new("nva", ApplianceKind::Nva, "vnet0", "vms", "10.0.1.4")
    });
    if choices.flag() {
        network.gateways.push(GatewaySpec {
            asn: 65_010,
            active_active: choices.flag(),
            instance_ips: vec!["10.0.2.4".to_owned()],
            sku: Some("VpnGw2AZ".to_owned()),
            ..GatewaySpec::new("vgw", GatewayKind::Vpn, "vnet0")
        });
        let bgp = choices.flag();
        network.sites.push(SiteSpec {
            name: "lng".to_owned(),
            asn: 65_020,
            prefixes: vec!["192.168.0.0/16".to_owned()],
            as_path: Vec::new(),
            wan: None,
            dns_servers: Vec::new(),
        });
        network.tunnels.push(TunnelSpec {
            bgp,
            static_at_a: if bgp {
                Vec::new()
            } else {
                vec!["192.168.0.0/16".to_owned()]
            },
            ..TunnelSpec::new("vgw", "lng")
        });
    }
    import_parts::add(choices, &mut network);
    network
}

pub(crate) fn resource(kind: &str, name: &str, region: &str, properties: Value) -> Value {
    json!({"id": id(kind, name), "name": name, "type": format!("Microsoft.Network/{kind}"), "location": region, "properties": properties})
}

/// As Resource Graph would answer.
fn graph(network: &NetworkSpec) -> Vec<Value> {
    let mut all = Vec::new();
    for vnet in &network.vnets {
        let subnets: Vec<Value> = vnet.subnets.iter().map(subnet).collect();
        let own = network
            .peerings
            .iter()
            .filter(|one| *one.from == *vnet.name);
        let peerings: Vec<Value> = own
            .map(|one| json!({"name": format!("to-{}", one.to), "properties": {"peeringState": "Connected", "remoteVirtualNetwork": {"id": id("virtualNetworks", &one.to)},
                "allowVirtualNetworkAccess": one.allow_virtual_network_access, "allowForwardedTraffic": one.allow_forwarded_traffic,
                "allowGatewayTransit": one.allow_gateway_transit, "useRemoteGateways": one.use_remote_gateways}}))
            .collect();
        all.push(resource("virtualNetworks", &vnet.name, &vnet.region, json!({"addressSpace": {"addressPrefixes": vnet.prefixes}, "subnets": subnets, "virtualNetworkPeerings": peerings})));
    }
    for table in &network.route_tables {
        let routes: Vec<Value> = table.routes.iter().map(|one| {
            let kind = if one.next_hop_ip_address.is_some() { "VirtualAppliance" } else { "None" };
            json!({"name": one.name, "properties": {"addressPrefix": one.prefix, "nextHopType": kind, "nextHopIpAddress": one.next_hop_ip_address}})
        }).collect();
        all.push(resource("routeTables", &table.name, "westeurope", json!({"disableBgpRoutePropagation": table.disable_bgp_route_propagation, "routes": routes})));
    }
    for one in &network.appliances {
        let subnet =
            json!({"id": format!("{}/subnets/{}", id("virtualNetworks", &one.vnet), one.subnet)});
        let place =
            json!([{"name": "c", "properties": {"privateIPAddress": one.ip, "subnet": subnet}}]);
        if one.kind == ApplianceKind::AzureFirewall {
            let mut firewall = resource(
                "azureFirewalls",
                &one.name,
                "westeurope",
                json!({"sku": {"name": "AZFW_VNet", "tier": one.sku}, "ipConfigurations": place}),
            );
            if let Some(policy) = &one.firewall_policy {
                firewall["properties"]["firewallPolicy"] =
                    json!({"id": id("firewallPolicies", policy)});
            }
            for ip in &one.public_ips {
                let public = json!({"id": id("publicIPAddresses", &import_parts::public_name(ip))});
                firewall["properties"]["ipConfigurations"][0]["properties"]["publicIPAddress"] =
                    public;
            }
            firewall["zones"] = json!(one.zones);
            all.push(firewall);
        } else {
            all.push(resource(
                "networkInterfaces",
                &one.name,
                "westeurope",
                json!({"enableIPForwarding": one.ip_forwarding, "ipConfigurations": place}),
            ));
        }
    }
    for one in &network.gateways {
        let subnet =
            json!({"id": format!("{}/subnets/GatewaySubnet", id("virtualNetworks", &one.vnet))});
        all.push(resource("virtualNetworkGateways", &one.name, "westeurope", json!({"gatewayType": "Vpn", "activeActive": one.active_active, "sku": {"name": one.sku},
            "bgpSettings": {"asn": one.asn, "bgpPeeringAddresses": [{"defaultBgpIpAddresses": one.instance_ips}]},
            "vpnClientConfiguration": {"vpnClientAddressPool": {"addressPrefixes": one.vpn_client_address_pools}}, "ipConfigurations": [{"name": "c", "properties": {"subnet": subnet}}]})));
    }
    for one in &network.sites {
        all.push(resource("localNetworkGateways", &one.name, "westeurope", json!({"localNetworkAddressSpace": {"addressPrefixes": one.prefixes}, "bgpSettings": {"asn": one.asn}})));
    }
    for one in &network.tunnels {
        all.push(resource("connections", "cn", "westeurope", json!({"connectionType": "IPsec", "enableBgp": one.bgp,
            "virtualNetworkGateway1": {"id": id("virtualNetworkGateways", &one.a)}, "localNetworkGateway2": {"id": id("localNetworkGateways", &one.b)}})));
    }
    all.extend(import_parts::graph(network));
    all
}

fn subnet(one: &SubnetSpec) -> Value {
    let table = one
        .route_table
        .as_ref()
        .map(|name| json!({"id": id("routeTables", name)}));
    let policies = if one.private_endpoint_network_policies == PrivateEndpointPolicies::Enabled {
        "Enabled"
    } else {
        "Disabled"
    };
    let group = one
        .network_security_group
        .as_ref()
        .map(|name| json!({"id": id("networkSecurityGroups", name)}));
    let nat = one
        .nat_gateway
        .as_ref()
        .map(|name| json!({"id": id("natGateways", name)}));
    let delegations: Vec<Value> = one
        .delegations
        .iter()
        .map(|service| json!({"name": "d", "properties": {"serviceName": service}}))
        .collect();
    json!({"name": one.name, "properties": {"addressPrefix": one.prefix, "routeTable": table, "networkSecurityGroup": group, "natGateway": nat, "delegations": delegations, "privateEndpointNetworkPolicies": policies, "defaultOutboundAccess": one.default_outbound_access}})
}

/// As Azure CLI writes it: what stands in `properties` stands beside the rest.
fn cli(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(cli).collect()),
        Value::Object(members) => {
            let mut flat = Map::new();
            for (key, value) in members {
                match value {
                    Value::Object(inside) if key == "properties" => {
                        flat.extend(inside.iter().map(|(key, value)| (key.clone(), cli(value))))
                    }
                    other => {
                        flat.insert(key.clone(), cli(other));
                    }
                }
            }
            Value::Object(flat)
        }
        other => other.clone(),
    }
}

/// As PowerShell writes it: capitals, and a list of one item is the item.
fn powershell(value: &Value) -> Value {
    match value {
        Value::Array(items) => match items.as_slice() {
            [one] => powershell(one),
            _ => Value::Array(items.iter().map(powershell).collect()),
        },
        Value::Object(members) => {
            let capital = |key: &str| key[..1].to_uppercase() + &key[1..];
            Value::Object(
                members
                    .iter()
                    .map(|(key, value)| (capital(key), powershell(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// As a template: names and types, ids by a function.
fn template(resources: &[Value]) -> String {
    let mut all = Vec::new();
    for one in resources {
        let mut one = one.clone();
        let members = one.as_object_mut().unwrap();
        members.remove("id");
        members.insert("apiVersion".to_owned(), json!("2024-05-01"));
        all.push(by_function(&one));
    }
    json!({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": all}).to_string()
}

fn by_function(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(by_function).collect()),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, value)| (key.clone(), by_function(value)))
                .collect(),
        ),
        Value::String(text) => match text.strip_prefix(&format!("{GROUP}/")) {
            Some(rest) => {
                let parts: Vec<&str> = rest.split('/').collect();
                let kinds: Vec<&str> = parts.iter().step_by(2).copied().collect();
                let names: Vec<String> = parts
                    .iter()
                    .skip(1)
                    .step_by(2)
                    .map(|name| format!("'{name}'"))
                    .collect();
                json!(format!(
                    "[resourceId('Microsoft.Network/{}', {})]",
                    kinds.join("/"),
                    names.join(", ")
                ))
            }
            None => value.clone(),
        },
        other => other.clone(),
    }
}

/// What differs between two estates, by member.
fn difference(one: &NetworkSpec, other: &NetworkSpec) -> String {
    let (one, other) = (
        serde_json::to_value(one).unwrap(),
        serde_json::to_value(other).unwrap(),
    );
    let members = one
        .as_object()
        .unwrap()
        .iter()
        .chain(other.as_object().unwrap());
    let keys: std::collections::BTreeSet<&String> = members.map(|(key, _)| key).collect();
    let differs = keys
        .into_iter()
        .filter(|key| one.get(*key) != other.get(*key));
    differs
        .map(|key| format!("{key}: {:?} against {:?}", one.get(key), other.get(key)))
        .collect()
}

fn read(text: &str) -> NetworkSpec {
    let mut import = Import::new();
    import.add("export", text.as_bytes());
    let made = import.finish();
    assert!(!made.report.has_unreadable(), "{:?}", made.report);
    made.network
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_estate_reads_back_from_each_spelling(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
        let network = estate(&mut Choices(bytes.into_iter()));
        let graph = graph(&network);
        let list = Value::Array(graph.clone());
        let many: Vec<Value> = graph.iter().map(powershell).collect();
        prop_assert_eq!(difference(&read(&json!({"count": graph.len(), "data": list}).to_string()), &network), "", "Resource Graph");
        prop_assert_eq!(difference(&read(&json!({"value": list}).to_string()), &network), "", "REST");
        prop_assert_eq!(difference(&read(&cli(&list).to_string()), &network), "", "Azure CLI");
        prop_assert_eq!(difference(&read(&powershell(&cli(&list)).to_string()), &network), "", "PowerShell, flattened");
        prop_assert_eq!(difference(&read(&Value::Array(many).to_string()), &network), "", "PowerShell");
        prop_assert_eq!(difference(&read(&template(&graph)), &network), "", "template");
    }

    #[test]
    fn a_sanitised_estate_answers_alike(bytes in proptest::collection::vec(any::<u8>(), 0..160), key in any::<u64>()) {
        let network = estate(&mut Choices(bytes.into_iter()));
        let shown = sanitise(&network, key);
        let text = serde_json::to_string(&shown).unwrap();
        for name in ["\"vnet0\"", "\"rt0\"", "\"fw\"", "\"name\":\"nva\"", "\"vgw\"", "\"lng\"", "\"vms\"", "\"policy\"", "\"farms\"", "\"asg\"", "\"plb\"", "\"map\"", "example.org"] {
            prop_assert!(!text.contains(name), "{name} is left in {text}");
        }
        prop_assert_eq!(answers(&network), answers(&shown));
    }
}

/// What becomes of every pair of subnets, in the order of the estate.
fn answers(network: &NetworkSpec) -> Vec<String> {
    let hosts: Vec<std::net::Ipv4Addr> = network
        .vnets
        .iter()
        .flat_map(|vnet| &vnet.subnets)
        .map(|subnet| {
            let net: ipnet::Ipv4Net = subnet.prefix.parse().unwrap();
            std::net::Ipv4Addr::from(u32::from(net.network()) + 10)
        })
        .collect();
    let routing = Routing::new(topology::build(network).value.into(), Settings::default());
    let mut all = Vec::new();
    for source in &hosts {
        for destination in &hosts {
            let trip = routing.round_trip(Flow {
                source: *source,
                destination: *destination,
                protocol: Protocol::Tcp,
                port: None,
            });
            let stops: Vec<usize> = trip.forward.iter().map(|way| way.hops.len()).collect();
            all.push(format!("{:?} {stops:?}", trip.verdict));
        }
    }
    all
}
