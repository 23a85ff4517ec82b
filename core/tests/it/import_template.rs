//! Imports of templates, Terraform and captures: what is made, what is assumed, what differs from Azure.

use interspoke_core::import::{Import, Imported, Match, Verdict, compare};
use interspoke_core::route::{Routing, Settings};
use interspoke_core::topology;

fn read(files: &[&str]) -> Imported {
    let mut import = Import::new();
    for (position, text) in files.iter().enumerate() {
        import.add(&format!("file {position}"), text.as_bytes());
    }
    import.finish()
}

fn said(made: &Imported, verdict: Verdict) -> Vec<String> {
    made.report.of(verdict).map(ToString::to_string).collect()
}

/// A hub with a firewall whose address only Azure knows, spokes in a loop, a gateway behind a flag, a nested deployment.
const TEMPLATE: &str = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {
    "prefix": {"type": "string", "defaultValue": "net"}, "range": {"type": "string", "defaultValue": "10.0.0.0/12"},
    "spokes": {"type": "int", "defaultValue": 2}, "withGateway": {"type": "bool", "defaultValue": false}, "owner": {"type": "string"}
  },
  "variables": {
    "hub": "[format('vnet-{0}-hub', parameters('prefix'))]", // the hub's name
    "copy": [{"name": "ranges", "count": "[parameters('spokes')]", "input": "[cidrSubnet(parameters('range'), 16, add(copyIndex('ranges'), 1))]"}],
  },
  "resources": [
    {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "[variables('hub')]", "location": "[resourceGroup().location]",
     "properties": {"addressSpace": {"addressPrefixes": ["[cidrSubnet(parameters('range'), 16, 0)]"]}, "subnets": [
        {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.0.0.0/26"}},
        {"name": "GatewaySubnet", "properties": {"addressPrefix": "[concat('10.0.1.0', '/27')]"}}]}},
    {"type": "Microsoft.Network/azureFirewalls", "name": "fw", "location": "[resourceGroup().location]", "properties": {"sku": {"name": "AZFW_VNet", "tier": "Premium"},
      "ipConfigurations": [{"name": "c", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('hub'), 'AzureFirewallSubnet')]"}}}]}},
    {"type": "Microsoft.Network/routeTables", "name": "to-hub", "location": "[resourceGroup().location]", "properties": {"routes": [{"name": "all", "properties": {
      "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
      "nextHopIpAddress": "[reference(resourceId('Microsoft.Network/azureFirewalls', 'fw')).ipConfigurations[0].properties.privateIPAddress]"}}]}},
    {"type": "Microsoft.Network/virtualNetworks", "name": "[format('vnet-{0}-{1}', parameters('prefix'), padLeft(add(copyIndex(), 1), 2, '0'))]",
     "copy": {"name": "spokes", "count": "[parameters('spokes')]"}, "location": "[resourceGroup().location]",
     "properties": {"addressSpace": {"addressPrefixes": ["[variables('ranges')[copyIndex()]]"]}, "subnets": [{"name": "vms", "properties": {
       "addressPrefix": "[cidrSubnet(variables('ranges')[copyIndex('spokes')], 24, 1)]",
       "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'to-hub')]"}}}]}},
    {"condition": "[parameters('withGateway')]", "type": "Microsoft.Network/virtualNetworkGateways", "name": "vgw", "location": "[resourceGroup().location]", "properties": {
      "gatewayType": "Vpn", "sku": {"name": "VpnGw2AZ"}, "ipConfigurations": [{"name": "c", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('hub'), 'GatewaySubnet')]"}}}]}},
    {"type": "Microsoft.Resources/deployments", "name": "peer", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
      "parameters": {"hub": {"value": "[variables('hub')]"}, "names": {"value": "[reference('names').outputs.all.value]"}},
      "template": {"$schema": "x", "contentVersion": "1.0.0.0", "parameters": {"hub": {"type": "string"}, "names": {"type": "array"}}, "resources": [
        {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "copy": {"name": "out", "count": "[length(parameters('names'))]"},
         "name": "[concat(parameters('hub'), '/to-', parameters('names')[copyIndex()])]", "properties": {"allowGatewayTransit": true,
         "remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', parameters('names')[copyIndex()])]"}}},
        {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "copy": {"name": "back", "count": "[length(parameters('names'))]"},
         "name": "[concat(parameters('names')[copyIndex()], '/to-hub')]", "properties": {"allowForwardedTraffic": true,
         "remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', parameters('hub'))]"}}}]}}},
    {"type": "Microsoft.Resources/deployments", "name": "names", "properties": {"mode": "Incremental", "template": {"contentVersion": "1.0.0.0", "resources": [],
      "outputs": {"all": {"type": "array", "value": "[map(range(1, parameters('spokes')), lambda('n', format('vnet-{0}-{1:D2}', parameters('prefix'), lambdaVariables('n'))))]"}}}}},
    {"type": "Microsoft.Network/networkSecurityGroups", "name": "[listKeys('x', '2020-01-01').keys[0]]", "properties": {"securityRules": []}},
    {"type": "Microsoft.Storage/storageAccounts", "name": "s", "properties": {}}
  ]
}"#;

#[test]
fn a_template_makes_what_it_would_deploy() {
    let made = read(&[TEMPLATE]);
    let network = &made.network;
    let vnets: Vec<(&str, &str)> = network
        .vnets
        .iter()
        .map(|vnet| (vnet.name.as_str(), vnet.prefixes[0].as_str()))
        .collect();
    assert_eq!(
        vnets,
        [
            ("vnet-net-hub", "10.0.0.0/16"),
            ("vnet-net-01", "10.1.0.0/16"),
            ("vnet-net-02", "10.2.0.0/16")
        ]
    );
    assert_eq!(network.vnets[2].subnets[0].prefix, "10.2.1.0/24");
    assert_eq!(network.peerings.len(), 4);
    assert_eq!(
        network.route_tables[0].routes[0]
            .next_hop_ip_address
            .as_deref(),
        Some("10.0.0.4"),
        "the firewall's first address"
    );
    assert_eq!(network.appliances[0].ip, "10.0.0.4");
    assert_eq!(network.gateways.len(), 1, "a flag that only adds is on");
    assert_eq!(made.report.skipped["microsoft.storage/storageaccounts"], 1);
    let assumed = said(&made, Verdict::Assumed).join("\n");
    assert!(assumed.contains("withGateway"), "{assumed}");
    let lost = said(&made, Verdict::NotEvaluated);
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert!(lost[0].contains("listKeys"), "{lost:?}");
}

#[test]
fn a_parameter_file_says_otherwise_wherever_it_stands() {
    let parameters = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
      "parameters": {"withGateway": {"value": false}, "spokes": {"value": 3}}}"#;
    for files in [[parameters, TEMPLATE], [TEMPLATE, parameters]] {
        let made = read(&files);
        assert_eq!(made.network.vnets.len(), 4);
        assert!(made.network.gateways.is_empty());
        assert!(
            said(&made, Verdict::Note)
                .iter()
                .any(|note| note.contains("vgw"))
        );
    }
}

#[test]
fn switches_that_exclude_one_another_stay_as_they_are() {
    let template = r#"{"contentVersion": "1.0.0.0", "parameters": {"useWan": {"type": "bool", "defaultValue": false}}, "resources": [
      {"condition": "[not(parameters('useWan'))]", "type": "Microsoft.Network/virtualNetworks", "name": "hub", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}},
      {"condition": "[parameters('useWan')]", "type": "Microsoft.Network/virtualHubs", "name": "vhub", "properties": {"addressPrefix": "10.0.0.0/23", "virtualWan": {"id": "x"}}}]}"#;
    let made = read(&[template]);
    assert_eq!(made.network.vnets.len(), 1);
    assert!(made.network.virtual_wan.is_none());
}

#[test]
fn a_value_that_nobody_gives_is_listed_and_not_guessed() {
    let template = r#"{"contentVersion": "1.0.0.0", "parameters": {"vnetName": {"type": "string"}, "range": {"type": "string"}}, "resources": [
      {"type": "Microsoft.Network/virtualNetworks", "name": "[parameters('vnetName')]", "properties": {"addressSpace": {"addressPrefixes": ["[parameters('range')]"]}}}]}"#;
    let made = read(&[template]);
    assert_eq!(made.network.vnets[0].name, "<vnetName>");
    assert!(made.network.vnets[0].prefixes.is_empty());
    let lost = said(&made, Verdict::NotEvaluated);
    assert!(lost[0].contains("addressPrefixes[0]"), "{lost:?}");
}

/// A plan that does not know its ids yet: the configuration leads to them, through a module.
const PLAN: &str = r#"{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {
  "resources": [
    {"address": "azurerm_virtual_network.hub", "mode": "managed", "type": "azurerm_virtual_network", "name": "hub", "values": {"name": "hub", "location": "westeurope", "resource_group_name": "rg", "address_space": ["10.0.0.0/16"], "subnet": []}},
    {"address": "azurerm_subnet.nva", "mode": "managed", "type": "azurerm_subnet", "name": "nva", "values": {"name": "nva", "resource_group_name": "rg", "virtual_network_name": "hub", "address_prefixes": ["10.0.1.0/24"]}},
    {"address": "azurerm_virtual_network_peering.out", "mode": "managed", "type": "azurerm_virtual_network_peering", "name": "out", "values": {"name": "out", "resource_group_name": "rg", "virtual_network_name": "hub", "allow_gateway_transit": true}},
    {"address": "azurerm_network_interface.nva", "mode": "managed", "type": "azurerm_network_interface", "name": "nva", "values": {"name": "nic-nva", "location": "westeurope", "resource_group_name": "rg", "ip_forwarding_enabled": true,
      "ip_configuration": [{"name": "c", "private_ip_address": "10.0.1.4", "private_ip_address_allocation": "Static"}]}},
    {"address": "azurerm_route_table.rt", "mode": "managed", "type": "azurerm_route_table", "name": "rt", "values": {"name": "rt", "location": "westeurope", "resource_group_name": "rg", "bgp_route_propagation_enabled": false,
      "route": [{"name": "all", "address_prefix": "0.0.0.0/0", "next_hop_type": "VirtualAppliance", "next_hop_in_ip_address": "10.0.1.4"}]}},
    {"address": "azurerm_subnet_route_table_association.vms", "mode": "managed", "type": "azurerm_subnet_route_table_association", "name": "vms", "values": {}},
    {"address": "azurerm_storage_account.s", "mode": "managed", "type": "azurerm_storage_account", "name": "s", "values": {"name": "s"}}],
  "child_modules": [{"address": "module.spoke", "resources": [
    {"address": "module.spoke.azurerm_virtual_network.this", "mode": "managed", "type": "azurerm_virtual_network", "name": "this", "values": {"name": "spoke", "location": "westeurope", "resource_group_name": "rg", "address_space": ["10.1.0.0/16"]}},
    {"address": "module.spoke.azurerm_subnet.vms", "mode": "managed", "type": "azurerm_subnet", "name": "vms", "values": {"name": "vms", "resource_group_name": "rg", "virtual_network_name": "spoke", "address_prefixes": ["10.1.1.0/24"]}},
    {"address": "module.spoke.azurerm_virtual_network_peering.back", "mode": "managed", "type": "azurerm_virtual_network_peering", "name": "back", "values": {"name": "back", "resource_group_name": "rg", "virtual_network_name": "spoke", "allow_forwarded_traffic": true}}]}]}},
 "configuration": {"root_module": {
  "resources": [
    {"address": "azurerm_virtual_network_peering.out", "type": "azurerm_virtual_network_peering", "name": "out", "expressions": {"remote_virtual_network_id": {"references": ["module.spoke.vnet_id", "module.spoke"]}}},
    {"address": "azurerm_network_interface.nva", "type": "azurerm_network_interface", "name": "nva", "expressions": {"ip_configuration": [{"name": {"constant_value": "c"}, "subnet_id": {"references": ["azurerm_subnet.nva.id", "azurerm_subnet.nva"]}}]}},
    {"address": "azurerm_subnet_route_table_association.vms", "type": "azurerm_subnet_route_table_association", "name": "vms", "expressions": {"subnet_id": {"references": ["module.spoke.subnet_id", "module.spoke"]}, "route_table_id": {"references": ["azurerm_route_table.rt.id", "azurerm_route_table.rt"]}}}],
  "module_calls": {"spoke": {"source": "./spoke", "expressions": {"hub_id": {"references": ["azurerm_virtual_network.hub.id", "azurerm_virtual_network.hub"]}}, "module": {
    "outputs": {"vnet_id": {"expression": {"references": ["azurerm_virtual_network.this.id", "azurerm_virtual_network.this"]}}, "subnet_id": {"expression": {"references": ["azurerm_subnet.vms.id", "azurerm_subnet.vms"]}}},
    "resources": [{"address": "azurerm_virtual_network_peering.back", "type": "azurerm_virtual_network_peering", "name": "back", "expressions": {"remote_virtual_network_id": {"references": ["var.hub_id"]}}}]}}}}}}"#;

#[test]
fn a_plan_is_followed_through_its_configuration() {
    let made = read(&[PLAN]);
    let network = &made.network;
    assert!(made.report.stubs.is_empty(), "{:?}", made.report);
    let peerings: Vec<(&str, &str)> = network
        .peerings
        .iter()
        .map(|one| (&*one.from, &*one.to))
        .collect();
    assert_eq!(peerings, [("hub", "spoke"), ("spoke", "hub")]);
    assert_eq!(
        network.vnets[1].subnets[0].route_table.as_deref(),
        Some("rt")
    );
    assert!(network.route_tables[0].disable_bgp_route_propagation);
    assert_eq!(network.appliances[0].ip, "10.0.1.4");
    assert_eq!(made.report.skipped["azurerm_storage_account"], 1);
    assert!(
        topology::build(network).is_accepted(),
        "{:?}",
        topology::build(network).issues
    );
}

fn compared(network: &str, capture: &str) -> Vec<interspoke_core::import::Comparison> {
    let estate = read(&[network]);
    let captures = read(&[capture]).captures;
    let routing = Routing::new(
        topology::build(&estate.network).value.into(),
        Settings::default(),
    );
    compare(&routing, &captures)
}

const ESTATE: &str = r#"{"vnets": [{"name": "hub", "region": "westeurope", "prefixes": ["10.0.0.0/16"], "subnets": [{"name": "nva", "prefix": "10.0.1.0/24"}]},
  {"name": "a", "region": "westeurope", "prefixes": ["10.1.0.0/16"], "subnets": [{"name": "vms", "prefix": "10.1.1.0/24", "routeTable": "rt"}]}],
  "peerings": [{"from": "hub", "to": "a", "allowForwardedTraffic": true, "allowGatewayTransit": false, "useRemoteGateways": false},
               {"from": "a", "to": "hub", "allowForwardedTraffic": true, "allowGatewayTransit": false, "useRemoteGateways": false}],
  "routeTables": [{"name": "rt", "disableBgpRoutePropagation": true, "routes": [{"name": "all", "prefix": "10.0.0.0/8", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4"}]}],
  "appliances": [{"name": "nva", "kind": "nva", "vnet": "hub", "subnet": "nva", "ip": "10.0.1.4"}]}"#;

#[test]
fn azure_beside_the_simulator_row_by_row() {
    let capture = r#"{"value": [
      {"addressPrefix": ["10.1.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"},
      {"addressPrefix": ["10.0.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VNetPeering", "source": "Default", "state": "Active"},
      {"addressPrefix": ["0.0.0.0/0"], "nextHopIpAddress": [], "nextHopType": "Internet", "source": "Default", "state": "Active"},
      {"addressPrefix": ["10.0.0.0/8"], "nextHopIpAddress": ["10.0.1.4"], "nextHopType": "None", "source": "User", "state": "Active"},
      {"addressPrefix": ["192.168.0.0/16"], "nextHopIpAddress": ["10.0.0.5"], "nextHopType": "VirtualNetworkGateway", "source": "VirtualNetworkGateway", "state": "Active"},
      {"addressPrefix": ["25.0.0.0/8"], "nextHopIpAddress": [], "nextHopType": "None", "source": "Default", "state": "Active"}]}"#;
    let compared = compared(ESTATE, capture);
    let one = &compared[0];
    assert_eq!(one.subject.as_deref(), Some("a / vms"));
    let of = |prefix: &str| one.rows.iter().find(|row| row.prefix == prefix).unwrap();
    assert_eq!(of("10.1.0.0/16").verdict, Match::Equal);
    let stopped = of("10.0.0.0/8");
    assert_eq!(stopped.verdict, Match::OtherNextHop);
    let hidden = of("192.168.0.0/16");
    assert_eq!(hidden.verdict, Match::Missing);
    assert!(
        hidden.change.is_some(),
        "propagation is off in the export, and on in Azure"
    );
    let mut network = read(&[ESTATE]).network;
    assert!(stopped.change.as_ref().unwrap().apply(&mut network));
    assert!(!network.appliances[0].running);
}

#[test]
fn what_is_hidden_is_inferred_from_captured_rows() {
    let hub = r#"[{"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualWans/w", "name": "w", "type": "Microsoft.Network/virtualWans"},
      {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualHubs/hub", "name": "hub", "type": "Microsoft.Network/virtualHubs", "location": "westeurope",
       "properties": {"addressPrefix": "10.100.0.0/23", "virtualWan": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualWans/w"}}},
      {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/expressRouteGateways/er", "name": "er", "type": "Microsoft.Network/expressRouteGateways",
       "properties": {"virtualHub": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualHubs/hub"}}}]"#;
    let rows = r#"{"value": [{"addressPrefixes": ["172.20.0.0/16", "172.21.0.0/16"], "asPath": "12076-65010", "nextHopType": "ExpressRouteGateway",
       "nextHops": ["/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/expressRouteGateways/er"],
       "routeOrigin": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/expressRouteGateways/er"}]}"#;
    let made = read(&[hub, rows]);
    let site = &made.network.sites[0];
    assert_eq!((site.asn, site.prefixes.len()), (65_010, 2));
    assert_eq!(made.network.circuits[0].sites, [site.name.as_str()]);
    assert!(said(&made, Verdict::Inferred)[0].contains("172.20.0.0/16"));
    let routing = Routing::new(
        topology::build(&made.network).value.into(),
        Settings::default(),
    );
    let compared = compare(&routing, &made.captures);
    assert_eq!(compared[0].score(), (2, 2), "{}", compared[0]);
}

fn vnets_and_peerings(made: &Imported) -> (Vec<&str>, Vec<(&str, &str)>) {
    let network = &made.network;
    let peerings = network.peerings.iter();
    (
        network.vnets.iter().map(|vnet| &*vnet.name).collect(),
        peerings.map(|one| (&*one.from, &*one.to)).collect(),
    )
}

/// As compiled Bicep of a subscription's deployment: a module that works out names, its output asked by an id without a
/// resource group, and parameters that are one expression each.
#[test]
fn outputs_of_a_subscriptions_deployment_name_what_another_one_makes() {
    let template = r#"{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "contentVersion": "1.0.0.0",
      "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "logic", "location": "westeurope", "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": {"contentVersion": "1.0.0.0", "resources": [],
          "outputs": {"tiers": {"type": "array", "value": [{"name": "hub", "range": "10.0.0.0/16"}, {"name": "data", "range": "10.1.0.0/16"}]}}}}},
        {"type": "Microsoft.Resources/deployments", "name": "nets", "resourceGroup": "rg", "properties": {"expressionEvaluationOptions": {"scope": "inner"},
          "parameters": {
            "tiers": {"value": "[reference(subscriptionResourceId('Microsoft.Resources/deployments', 'logic'), '2025-04-01').outputs.tiers.value]"},
            "suffix": "[if(equals(1, 1), createObject('value', '-prod'), createObject('value', '-test'))]"},
          "template": {"contentVersion": "1.0.0.0", "parameters": {"tiers": {"type": "array"}, "suffix": {"type": "string"}}, "resources": [
            {"copy": {"name": "each", "count": "[length(parameters('tiers'))]"}, "type": "Microsoft.Network/virtualNetworks",
             "name": "[concat(parameters('tiers')[copyIndex()].name, parameters('suffix'))]",
             "properties": {"addressSpace": {"addressPrefixes": ["[parameters('tiers')[copyIndex()].range]"]}}}]}}}]}"#;
    let made = read(&[template]);
    assert_eq!(vnets_and_peerings(&made).0, ["hub-prod", "data-prod"]);
    assert_eq!(made.network.vnets[1].prefixes, ["10.1.0.0/16"]);
    assert!(said(&made, Verdict::NotEvaluated).is_empty());
}

/// A spoke is peered with a hub of which only an id is known, and a deployment into the hub's group peers back: its name is
/// a part of that id, and the template around it has to read `[[` once.
#[test]
fn parts_of_an_id_that_nobody_gives_mean_one_stub() {
    let template = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
      "parameters": {"hubId": {"type": "string"}}, "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "outer", "properties": {"template": {"contentVersion": "1.0.0.0", "resources": [
          {"type": "Microsoft.Network/virtualNetworks", "name": "spoke", "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}},
          {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "name": "spoke/to-hub", "properties": {"remoteVirtualNetwork": {"id": "[parameters('hubId')]"}}},
          {"type": "Microsoft.Resources/deployments", "name": "back", "subscriptionId": "[split(parameters('hubId'), '/')[2]]", "resourceGroup": "[split(parameters('hubId'), '/')[4]]",
           "properties": {"expressionEvaluationOptions": {"scope": "inner"},
            "parameters": {"hub": {"value": "[split(parameters('hubId'), '/')[8]]"}, "spoke": {"value": "[resourceId('Microsoft.Network/virtualNetworks', 'spoke')]"}},
            "template": {"contentVersion": "1.0.0.0", "parameters": {"hub": {"type": "string", "defaultValue": ""}, "spoke": {"type": "string"}}, "resources": [
              {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "name": "[[concat(parameters('hub'), '/', last(split(parameters('spoke'), '/')))]",
               "properties": {"remoteVirtualNetwork": {"id": "[[parameters('spoke')]"}}}]}}}]}}}]}"#;
    let made = read(&[template]);
    let (vnets, peerings) = vnets_and_peerings(&made);
    assert_eq!(vnets, ["spoke", "<hubId>"]);
    assert_eq!(peerings, [("spoke", "<hubId>"), ("<hubId>", "spoke")]);
    assert_eq!(made.report.stubs, ["<hubId>"]);
}

/// Templates of one estate that name each other's resources in groups of which each knows only its own.
#[test]
fn a_resource_of_another_template_is_no_stub() {
    let hub = r#"{"contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "name": "Hub",
      "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}]}"#;
    let spoke = r#"{"contentVersion": "1.0.0.0", "parameters": {"hubGroup": {"type": "string"}, "hubSubscription": {"type": "string"}}, "resources": [
      {"type": "Microsoft.Network/virtualNetworks", "name": "spoke", "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, "virtualNetworkPeerings": [
        {"name": "to-hub", "properties": {"remoteVirtualNetwork": {"id": "[resourceId(parameters('hubSubscription'), parameters('hubGroup'), 'Microsoft.Network/virtualNetworks', 'hub')]"}}}]}}]}"#;
    for files in [[hub, spoke], [spoke, hub]] {
        let made = read(&files);
        assert!(made.report.stubs.is_empty(), "{:?}", made.report.stubs);
        assert!(vnets_and_peerings(&made).1.contains(&("spoke", "Hub")));
    }
}

#[test]
fn a_child_without_its_parents_name_is_listed() {
    let template = r#"{"contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks/subnets", "name": "alone", "properties": {"addressPrefix": "10.0.0.0/24"}}]}"#;
    let made = read(&[template]);
    assert!(made.network.vnets.is_empty());
    let lost = said(&made, Verdict::NotEvaluated);
    assert!(lost[0].contains("has 2 parts"), "{lost:?}");
}
