//! Imports as people have them: terminals with prompts and failures, tables of several tools, parts whose owner is elsewhere,
//! templates in several files, plans that know little, and the resources that decide ports, names and public sides.

use interspoke_core::import::{CaptureKind, Import, Imported, Verdict};
use interspoke_core::spec::*;

fn read(files: &[(&str, &str)]) -> Imported {
    let mut import = Import::new();
    for (name, text) in files {
        import.add(name, text.as_bytes());
    }
    import.finish()
}

fn alone(text: &str) -> Imported {
    read(&[("pasted", text)])
}

fn said(made: &Imported, verdict: Verdict) -> String {
    let lines: Vec<String> = made.report.of(verdict).map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn a_terminal_has_prompts_failures_json_and_tables() {
    let made = alone(
        r#"# routes of both machines, 2026-11-20
PS Azure:\> az network nic show-effective-route-table -g rg-orchard -n nic-pear -o json
{
  "value": [
    {"addressPrefix": ["10.40.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"},
    {"addressPrefix": ["0.0.0.0/0"], "nextHopIpAddress": [], "nextHopType": "Internet", "source": "Default", "state": "Active"}
  ]
}
[INFO] the next one is a table; 10.40.0.0/16 is [local]
Source    State    Address Prefix    Next Hop Type    Next Hop IP
--------  -------  ----------------  ---------------  -------------
Default   Active   10.41.0.0/16      VnetLocal
User      Active   0.0.0.0/0         VirtualAppliance 10.40.1.4

PS Azure:\> az network nic show-effective-route-table -g rg-orchard -n nic-plum
ERROR: (NicMustBeAttachedToRunningVmToGetEffectiveRoutes) the machine is stopped
"#,
    );
    let rows: Vec<usize> = made.captures.iter().map(|one| one.rows.len()).collect();
    assert_eq!(rows, [2, 2]);
    assert_eq!(made.captures[1].rows[1].next_hops, ["10.40.1.4"]);
    assert!(!made.report.has_unreadable(), "{:?}", made.report);
    assert!(said(&made, Verdict::Truncated).contains("NicMustBeAttached"));
    assert!(
        !said(&made, Verdict::Skipped).contains("10.40"),
        "what stands in brackets is no value"
    );
}

#[test]
fn a_failure_alone_is_unreadable_and_says_what_failed() {
    let made = alone("$ az network vnet list\nERROR: Please run 'az login' to setup account.\n");
    assert!(said(&made, Verdict::Unreadable).contains("az login"));
}

#[test]
fn rows_of_the_portal_and_of_markdown_are_captures_too() {
    let portal = "Source,State,Address Prefixes,Next Hop Type,Next Hop IP Address,User Defined Route Name\n\
        Default,Active,10.40.0.0/16,Virtual network,-,-\n\
        User,Active,0.0.0.0/0,Virtual appliance,10.40.1.4,all\n";
    let made = alone(portal);
    assert_eq!(made.captures[0].kind, CaptureKind::Nic);
    let kinds: Vec<&str> = made.captures[0]
        .rows
        .iter()
        .map(|row| row.next_hop_type.as_str())
        .collect();
    assert_eq!(kinds, ["VnetLocal", "VirtualAppliance"]);
    let markdown = "| Source | State | Address Prefix | Next Hop Type | Next Hop IP |\n\
        |---|:--|---|---|---|\n\
        | Default | Active | `10.40.0.0/16` | VNetPeering | |\n";
    let made = alone(markdown);
    assert_eq!(made.captures[0].rows[0].prefixes, ["10.40.0.0/16"]);
    let coloured = "\u{1b}[32;1mState  Source  AddressPrefix  NextHopType\u{1b}[0m\n\
        \u{1b}[32;1m-----  ------  -------------  -----------\u{1b}[0m\n\
        Active Default {10.40.0.0/16} VNETLocal\n";
    let made = alone(coloured);
    assert_eq!(made.captures[0].rows[0].next_hop_type, "VnetLocal");
}

const NETWORK: &str = "/subscriptions/s/resourceGroups/rg-orchard/providers/Microsoft.Network";

#[test]
fn a_part_whose_owner_stands_in_no_file_is_kept_with_a_stub() {
    let text = format!(
        r#"[
 {{"id": "{NETWORK}/routeTables/rt-pear/routes/out", "name": "out", "type": "Microsoft.Network/routeTables/routes", "addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}},
 {{"id": "{NETWORK}/networkSecurityGroups/nsg-pear/securityRules/web", "name": "web", "type": "Microsoft.Network/networkSecurityGroups/securityRules",
   "priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "Tcp", "sourceAddressPrefix": "*", "destinationAddressPrefix": "*", "destinationPortRange": "80"}},
 {{"id": "{NETWORK}/networkInterfaces/nic", "name": "nic", "type": "Microsoft.Network/networkInterfaces", "enableIPForwarding": true,
   "ipConfigurations": [{{"name": "c", "privateIPAddress": "10.40.1.4", "subnet": {{"id": "{NETWORK}/virtualNetworks/grove/subnets/nva"}}}}]}},
 {{"id": "{NETWORK}/connections/cn", "name": "cn", "type": "Microsoft.Network/connections", "enableBgp": true,
   "virtualNetworkGateway1": {{"id": "{NETWORK}/virtualNetworkGateways/vgw-a"}}, "virtualNetworkGateway2": {{"id": "{NETWORK}/virtualNetworkGateways/vgw-b"}}}},
 {{"id": "{NETWORK}/virtualHubs/vhub/hubVirtualNetworkConnections/to-grove", "name": "to-grove", "type": "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
   "remoteVirtualNetwork": {{"id": "{NETWORK}/virtualNetworks/grove"}}}}
]"#
    );
    let made = alone(&text);
    let network = &made.network;
    assert_eq!(network.route_tables[0].name, "rt-pear");
    assert_eq!(network.network_security_groups[0].rules.len(), 1);
    assert_eq!(network.appliances[0].vnet, "grove");
    let grove = network
        .vnets
        .iter()
        .find(|vnet| vnet.name == "grove")
        .unwrap();
    assert_eq!(grove.subnets[0].name, "nva");
    assert_eq!(network.gateways.len(), 2);
    assert_eq!(network.tunnels.len(), 1);
    assert_eq!(
        network.virtual_wan.as_ref().unwrap().hubs[0].connections[0].vnet,
        "grove"
    );
    assert!(
        made.report.of(Verdict::Stub).count() >= 6,
        "{:?}",
        made.report
    );
}

#[test]
fn a_template_links_to_a_file_that_was_given_too() {
    let main = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
      "variables": {"base": "[deployment().properties.templateLink.uri]"}, "resources": [
      {"type": "Microsoft.Resources/deployments", "name": "a", "properties": {"mode": "Incremental",
        "templateLink": {"uri": "[uri(variables('base'), 'linked/vnet.json')]"}, "parameters": {"name": {"value": "grove"}, "second": {"value": 40}}}},
      {"type": "Microsoft.Resources/deployments", "name": "b", "properties": {"mode": "Incremental",
        "templateLink": {"relativePath": "linked/vnet.json"}, "parameters": {"name": {"value": "meadow"}, "second": {"value": 41}}}}]}"#;
    let vnet = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
      "parameters": {"name": {"type": "string"}, "second": {"type": "int"}}, "resources": [
      {"type": "Microsoft.Network/virtualNetworks", "name": "[parameters('name')]", "properties": {"addressSpace": {"addressPrefixes": ["[format('10.{0}.0.0/16', parameters('second'))]"]}}}]}"#;
    for files in [
        [("main.json", main), ("vnet.json", vnet)],
        [("vnet.json", vnet), ("main.json", main)],
    ] {
        let made = read(&files);
        let mut names: Vec<&str> = made.network.vnets.iter().map(|one| &*one.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["grove", "meadow"], "{:?}", made.report);
        assert_eq!(made.report.of(Verdict::NotEvaluated).count(), 0);
    }
}

#[test]
fn a_loop_is_referred_to_by_symbol_and_number_and_a_type_may_be_nothing() {
    let made = alone(
        r##"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "languageVersion": "2.0", "contentVersion": "1.0.0.0",
      "definitions": {"extras": {"type": "array", "nullable": true}},
      "parameters": {"more": {"$ref": "#/definitions/extras"}},
      "resources": {
        "spokes": {"copy": {"name": "spokes", "count": 2}, "type": "Microsoft.Network/virtualNetworks", "name": "[format('grove-{0}', copyIndex())]",
          "properties": {"addressSpace": {"addressPrefixes": ["[format('10.{0}.0.0/16', copyIndex())]"]}}},
        "others": {"copy": {"name": "others", "count": "[length(coalesce(parameters('more'), createArray()))]"}, "type": "Microsoft.Network/virtualNetworks", "name": "x", "properties": {}},
        "rt": {"type": "Microsoft.Network/routeTables", "name": "rt", "properties": {"routes": [{"name": "second",
          "properties": {"addressPrefix": "[reference('spokes[1]').addressSpace.addressPrefixes[0]]", "nextHopType": "None"}}]}}}}"##,
    );
    assert_eq!(made.network.vnets.len(), 2);
    assert_eq!(made.network.route_tables[0].routes[0].prefix, "10.1.0.0/16");
    assert_eq!(said(&made, Verdict::NotEvaluated), "");
}

/// A plan as `terraform show -json` gives it: values that are known, and expressions for the rest.
fn plan(resources: &str, configuration: &str, further: &str) -> String {
    format!(
        r#"{{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {{"root_module": {{"resources": [{resources}]}}}},
        "configuration": {{"root_module": {{"resources": [{configuration}]}}}}{further}}}"#
    )
}

#[test]
fn a_plan_knows_what_data_sources_answered_and_lists_of_ids() {
    let text = plan(
        r#"{"address": "azurerm_virtual_network.a", "type": "azurerm_virtual_network", "name": "a", "values": {"name": "grove", "resource_group_name": "rg", "location": "westeurope", "address_space": ["10.40.0.0/16"]}},
           {"address": "azurerm_subnet.s", "type": "azurerm_subnet", "name": "s", "values": {"name": "vms", "resource_group_name": "rg", "virtual_network_name": "grove", "address_prefixes": ["10.40.1.0/24"]}},
           {"address": "azurerm_virtual_network_peering.p", "type": "azurerm_virtual_network_peering", "name": "p", "values": {"name": "p", "resource_group_name": "rg", "virtual_network_name": "grove"}},
           {"address": "azurerm_virtual_network_peering.q", "type": "azurerm_virtual_network_peering", "name": "q", "values": {"name": "q"}},
           {"address": "azurerm_network_interface.n[0]", "type": "azurerm_network_interface", "name": "n", "index": 0, "values": {"name": "n0", "resource_group_name": "rg", "ip_configuration": [{"name": "c", "private_ip_address": "10.40.1.4"}]}},
           {"address": "azurerm_network_interface.n[1]", "type": "azurerm_network_interface", "name": "n", "index": 1, "values": {"name": "n1", "resource_group_name": "rg", "ip_configuration": [{"name": "c", "private_ip_address": "10.40.1.5"}]}},
           {"address": "azurerm_linux_virtual_machine.v[0]", "type": "azurerm_linux_virtual_machine", "name": "v", "index": 0, "values": {"name": "v0", "resource_group_name": "rg"}},
           {"address": "azurerm_linux_virtual_machine.v[1]", "type": "azurerm_linux_virtual_machine", "name": "v", "index": 1, "values": {"name": "v1", "resource_group_name": "rg"}}"#,
        r#"{"type": "azurerm_virtual_network_peering", "name": "p", "expressions": {"remote_virtual_network_id": {"references": ["data.azurerm_resources.hub.resources[0].id", "data.azurerm_resources.hub"]}}},
           {"type": "azurerm_virtual_network_peering", "name": "q", "expressions": {"virtual_network_name": {"references": ["local.far"]}, "remote_virtual_network_id": {"references": ["azurerm_virtual_network.a.id", "azurerm_virtual_network.a"]}}},
           {"type": "azurerm_network_interface", "name": "n", "expressions": {"ip_configuration": [{"subnet_id": {"references": ["azurerm_subnet.s.id", "azurerm_subnet.s"]}}]}},
           {"type": "azurerm_linux_virtual_machine", "name": "v", "expressions": {"network_interface_ids": {"references": ["azurerm_network_interface.n", "count.index"]}}}"#,
        r#", "prior_state": {"values": {"root_module": {"resources": [{"mode": "data", "type": "azurerm_resources", "name": "hub",
            "values": {"resources": [{"id": "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/hub"}]}}]}}}"#,
    );
    let made = alone(&text);
    let peerings: Vec<(&str, &str)> = made
        .network
        .peerings
        .iter()
        .map(|one| (&*one.from, &*one.to))
        .collect();
    assert!(peerings.contains(&("grove", "hub")), "{peerings:?}");
    assert!(
        peerings.contains(&("<local.far>", "grove")),
        "an expression stands for what nobody knows: {peerings:?}"
    );
    let machines: Vec<(&str, &str)> = made
        .network
        .workloads
        .iter()
        .map(|one| (&*one.name, &*one.ip))
        .collect();
    assert_eq!(machines, [("v0", "10.40.1.4"), ("v1", "10.40.1.5")]);
}

#[test]
fn changes_of_a_plan_are_what_will_be_there() {
    let made = alone(
        r#"{"format_version": "1.2", "resource_changes": [
          {"address": "azurerm_virtual_network.a", "mode": "managed", "type": "azurerm_virtual_network", "name": "a",
           "change": {"actions": ["create"], "after": {"name": "grove", "resource_group_name": "rg", "location": "westeurope", "address_space": ["10.40.0.0/16"]}}},
          {"address": "azurerm_virtual_network.b", "mode": "managed", "type": "azurerm_virtual_network", "name": "b", "change": {"actions": ["delete"], "after": null}}]}"#,
    );
    assert_eq!(made.network.vnets.len(), 1);
}

#[test]
fn firewall_rules_of_terraform_are_those_of_azure() {
    let text = plan(
        r#"{"address": "azurerm_virtual_network.a", "type": "azurerm_virtual_network", "name": "a", "values": {"name": "grove", "resource_group_name": "rg", "location": "westeurope", "address_space": ["10.40.0.0/16"]}},
           {"address": "azurerm_subnet.s", "type": "azurerm_subnet", "name": "s", "values": {"name": "AzureFirewallSubnet", "resource_group_name": "rg", "virtual_network_name": "grove", "address_prefixes": ["10.40.0.0/26"]}},
           {"address": "azurerm_ip_group.g", "type": "azurerm_ip_group", "name": "g", "values": {"name": "farms", "resource_group_name": "rg", "cidrs": ["10.41.0.0/16"]}},
           {"address": "azurerm_firewall_policy.p", "type": "azurerm_firewall_policy", "name": "p", "values": {"name": "rules", "resource_group_name": "rg"}},
           {"address": "azurerm_firewall_policy_rule_collection_group.c", "type": "azurerm_firewall_policy_rule_collection_group", "name": "c", "values": {"name": "all", "priority": 200,
             "network_rule_collection": [{"name": "net", "priority": 400, "action": "Deny", "rule": [{"name": "ssh", "protocols": ["TCP"], "source_addresses": [], "destination_addresses": ["10.40.0.0/16"], "destination_ports": ["22"]}]}],
             "nat_rule_collection": [{"name": "in", "priority": 300, "action": "Dnat", "rule": [{"name": "web", "protocols": ["TCP"], "source_addresses": ["*"], "destination_address": "203.0.113.9", "destination_ports": ["443"], "translated_address": "10.40.1.4", "translated_port": 8443}]}],
             "application_rule_collection": [{"name": "names", "priority": 500, "action": "Allow", "rule": [{"name": "packages", "source_addresses": ["*"], "destination_fqdns": ["example.org"], "protocols": [{"type": "Https", "port": 443}]}]}]}},
           {"address": "azurerm_firewall.f", "type": "azurerm_firewall", "name": "f", "values": {"name": "fw", "resource_group_name": "rg", "sku_tier": "Standard", "ip_configuration": [{"name": "c", "private_ip_address": "10.40.0.4"}]}}"#,
        r#"{"type": "azurerm_firewall_policy_rule_collection_group", "name": "c", "expressions": {"firewall_policy_id": {"references": ["azurerm_firewall_policy.p.id", "azurerm_firewall_policy.p"]},
             "network_rule_collection": [{"rule": [{"source_ip_groups": {"references": ["azurerm_ip_group.g.id", "azurerm_ip_group.g"]}}]}]}},
           {"type": "azurerm_firewall", "name": "f", "expressions": {"firewall_policy_id": {"references": ["azurerm_firewall_policy.p.id", "azurerm_firewall_policy.p"]},
             "ip_configuration": [{"subnet_id": {"references": ["azurerm_subnet.s.id", "azurerm_subnet.s"]}}]}}"#,
        "",
    );
    let made = alone(&text);
    let policy = &made.network.firewall_policies[0];
    let collections = &policy.rule_collection_groups[0].rule_collections;
    let actions: Vec<FirewallAction> = collections.iter().map(|one| one.action).collect();
    assert_eq!(
        actions,
        [
            FirewallAction::Dnat,
            FirewallAction::Deny,
            FirewallAction::Allow
        ]
    );
    assert_eq!(
        collections[0].rules[0].destination_addresses,
        ["203.0.113.9"]
    );
    assert_eq!(collections[0].rules[0].translated_port, Some(8443));
    assert_eq!(collections[1].rules[0].source_ip_groups, ["farms"]);
    assert_eq!(collections[2].rules[0].target_fqdns, ["example.org"]);
    assert_eq!(collections[2].rules[0].protocols[0].port, 443);
}

#[test]
fn a_firewall_without_a_policy_has_rules_of_its_own_and_one_without_rules_lets_pass() {
    let firewall = |more: &str| {
        format!(
            r#"[{{"id": "{NETWORK}/virtualNetworks/grove", "name": "grove", "type": "Microsoft.Network/virtualNetworks", "addressSpace": {{"addressPrefixes": ["10.40.0.0/16"]}},
               "subnets": [{{"name": "AzureFirewallSubnet", "addressPrefix": "10.40.0.0/26"}}]}},
              {{"id": "{NETWORK}/azureFirewalls/fw", "name": "fw", "type": "Microsoft.Network/azureFirewalls", {more}
               "ipConfigurations": [{{"name": "c", "privateIPAddress": "10.40.0.4", "subnet": {{"id": "{NETWORK}/virtualNetworks/grove/subnets/AzureFirewallSubnet"}}}}]}}]"#
        )
    };
    let classic = alone(&firewall(
        r#""networkRuleCollections": [{"name": "net", "properties": {"priority": 100, "action": {"type": "Deny"},
           "rules": [{"name": "all", "protocols": ["Any"], "sourceAddresses": ["*"], "destinationAddresses": ["*"], "destinationPorts": ["*"]}]}}],"#,
    ));
    assert_eq!(
        classic.network.appliances[0].firewall_policy.as_deref(),
        Some("rules of fw")
    );
    let unknown = alone(&firewall(&format!(
        r#""firewallPolicy": {{"id": "{NETWORK}/firewallPolicies/central"}},"#
    )));
    assert_eq!(unknown.network.appliances[0].firewall_policy, None);
    assert!(said(&unknown, Verdict::Assumed).contains("central"));
}
