//! Imports: one estate in each spelling of Azure's tools, texts as people paste them, and what the report says.

use interspoke_core::import::{CaptureKind, Import, Imported, Verdict};
use interspoke_core::spec::ApplianceKind;

const GROUP: &str = "/subscriptions/0000aaaa-0000-4000-8000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network";

fn read(text: &str) -> Imported {
    let mut import = Import::new();
    import.add("pasted", text.as_bytes());
    import.finish()
}

/// As Azure Resource Graph and REST write it: `properties` inside.
fn graph() -> String {
    format!(
        r#"{{"count": 3, "total_records": 3, "skip_token": null, "data": [
  {{"id": "{GROUP}/virtualNetworks/hub", "name": "hub", "type": "microsoft.network/virtualnetworks", "location": "westeurope",
    "tags": {{"owner": "net"}}, "properties": {{"addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}},
      "subnets": [{{"name": "nva", "properties": {{"addressPrefix": "10.0.1.0/24"}}}}],
      "virtualNetworkPeerings": [{{"name": "to-spoke", "properties": {{"peeringState": "Connected", "allowForwardedTraffic": false,
        "allowVirtualNetworkAccess": true, "allowGatewayTransit": true, "useRemoteGateways": false,
        "remoteVirtualNetwork": {{"id": "{GROUP}/virtualNetworks/Spoke"}}}}}}]}}}},
  {{"id": "{GROUP}/virtualNetworks/spoke", "name": "spoke", "type": "microsoft.network/virtualnetworks", "location": "westeurope",
    "properties": {{"addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}},
      "subnets": [{{"name": "vms", "properties": {{"addressPrefix": "10.1.1.0/24", "routeTable": {{"id": "{GROUP}/routeTables/to-hub"}}}}}}],
      "virtualNetworkPeerings": [{{"name": "to-hub", "properties": {{"peeringState": "Connected", "allowForwardedTraffic": true,
        "allowVirtualNetworkAccess": true, "allowGatewayTransit": false, "useRemoteGateways": false,
        "remoteVirtualNetwork": {{"id": "{GROUP}/virtualNetworks/hub"}}}}}}]}}}},
  {{"id": "{GROUP}/routeTables/to-hub", "name": "to-hub", "type": "microsoft.network/routetables", "location": "westeurope",
    "properties": {{"disableBgpRoutePropagation": true, "routes": [{{"name": "all", "properties":
      {{"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4"}}}}]}}}}
]}}"#
    )
}

/// As Azure CLI writes it: flattened, one list a command, texts one after another, and what people leave in.
fn cli() -> String {
    format!(
        r#"// az network vnet list
[
  {{"addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}}, "id": "{GROUP}/virtualNetworks/hub", "location": "westeurope", "name": "hub",
    "subnets": [{{"addressPrefix": "10.0.1.0/24", "name": "nva",}}], "type": "Microsoft.Network/virtualNetworks",
    "virtualNetworkPeerings": [{{"allowForwardedTraffic": false, "allowGatewayTransit": true, "name": "to-spoke", "peeringState": "Connected",
      "remoteVirtualNetwork": {{"id": "{GROUP}/virtualNetworks/spoke", "resourceGroup": "rg-net"}}}}]}},
  {{"addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}}, "id": "{GROUP}/virtualNetworks/spoke", "location": "westeurope", "name": "spoke",
    "subnets": [{{"addressPrefixes": ["10.1.1.0/24"], "name": "vms", "routeTable": {{"id": "{GROUP}/routeTables/to-hub"}}}}],
    "virtualNetworkPeerings": [{{"allowForwardedTraffic": true, "name": "to-hub", "peeringState": "Connected",
      "remoteVirtualNetwork": {{"id": "{GROUP}/virtualNetworks/hub"}}}}]}},
]
{{"value": [{{"disableBgpRoutePropagation": true, "id": "{GROUP}/routeTables/to-hub", "name": "to-hub",
  "routes": [{{"addressPrefix": "0.0.0.0/0", "name": "all", "nextHopIpAddress": "10.0.1.4", "nextHopType": "VirtualAppliance"}}]}}]}}"#
    )
}

/// As PowerShell writes it: capitals, a list of one as an object, a list as text, `…Text` beside what its depth cut.
fn powershell() -> String {
    format!(
        r#"[{{"Name": "hub", "Id": "{GROUP}/virtualNetworks/hub", "Location": "westeurope",
  "AddressSpace": {{"AddressPrefixes": "10.0.0.0/16"}},
  "Subnets": {{"Name": "nva", "AddressPrefix": ["10.0.1.0/24"]}},
  "VirtualNetworkPeerings": {{"value": [{{"Name": "to-spoke", "PeeringState": "Connected", "AllowGatewayTransit": true,
    "AllowVirtualNetworkAccess": "True", "RemoteVirtualNetwork": {{"Id": "{GROUP}/virtualNetworks/spoke"}}}}], "Count": 1}}}},
 {{"Name": "spoke", "Id": "{GROUP}/virtualNetworks/spoke", "Location": "West Europe",
  "AddressSpace": {{"AddressPrefixes": ["10.1.0.0/16"]}},
  "Subnets": "System.Collections.Generic.List`1[Microsoft.Azure.Commands.Network.Models.PSSubnet]",
  "SubnetsText": "[{{\"Name\": \"vms\", \"AddressPrefix\": [\"10.1.1.0/24\"], \"RouteTable\": {{\"Id\": \"{GROUP}/routeTables/to-hub\"}}}}]",
  "VirtualNetworkPeerings": [{{"Name": "to-hub", "PeeringState": "Connected", "AllowForwardedTraffic": true,
    "RemoteVirtualNetwork": {{"Id": "{GROUP}/virtualNetworks/hub"}}}}]}},
 {{"Name": "to-hub", "Id": "{GROUP}/routeTables/to-hub", "DisableBgpRoutePropagation": true,
  "Routes": [{{"Name": "all", "AddressPrefix": "0.0.0.0/0", "NextHopType": "VirtualAppliance", "NextHopIpAddress": "10.0.1.4"}}]}}]"#
    )
}

#[test]
fn one_estate_reads_alike_in_each_spelling() {
    let graph = read(&graph());
    assert_eq!(graph.network.vnets.len(), 2);
    assert_eq!(graph.network.peerings.len(), 2);
    assert!(graph.network.route_tables[0].disable_bgp_route_propagation);
    for (spelling, text) in [("cli", cli()), ("powershell", powershell())] {
        let other = read(&text);
        assert_eq!(other.network, graph.network, "{spelling}");
        assert!(
            !other.report.has_unreadable(),
            "{spelling}: {:?}",
            other.report
        );
    }
}

#[test]
fn bytes_of_windows_are_text() {
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(graph().encode_utf16().flat_map(u16::to_le_bytes));
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend(graph().bytes());
    for bytes in [utf16.clone(), utf16.split_off(2), marked] {
        let mut import = Import::new();
        import.add("export.json", &bytes);
        assert_eq!(import.finish().network, read(&graph()).network);
    }
}

#[test]
fn a_next_hop_that_no_file_has_is_an_appliance_and_said() {
    let made = read(&graph());
    let appliance = &made.network.appliances[0];
    assert_eq!(
        (
            appliance.kind.known(),
            appliance.ip.as_str(),
            appliance.vnet.as_str()
        ),
        (Ok(ApplianceKind::Nva), "10.0.1.4", "hub")
    );
    let said: Vec<String> = made
        .report
        .of(Verdict::Inferred)
        .map(ToString::to_string)
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("10.0.1.4"), "{said:?}");
}

#[test]
fn the_portals_csv_is_read() {
    let text = format!(
        "\"id\",\"name\",\"type\",\"location\",\"properties\"\n\"{GROUP}/virtualNetworks/a\",\"a\",\"microsoft.network/virtualnetworks\",\"westeurope\",\"{{\"\"addressSpace\"\":{{\"\"addressPrefixes\"\":[\"\"10.3.0.0/16\"\"]}},\"\"subnets\"\":[{{\"\"name\"\":\"\"s\"\",\"\"properties\"\":{{\"\"addressPrefix\"\":\"\"10.3.0.0/24\"\"}}}}]}}\"\n"
    );
    let made = read(&text);
    assert_eq!(made.network.vnets[0].subnets[0].prefix, "10.3.0.0/24");
}

#[test]
fn half_a_text_is_read_to_where_it_breaks() {
    let whole = graph();
    let half = &whole[..whole.find("microsoft.network/routetables").unwrap()];
    let made = read(half);
    assert_eq!(
        made.network.vnets.len(),
        2,
        "what stands before the break is kept"
    );
    assert!(made.report.has_unreadable());
    let said: Vec<String> = made
        .report
        .of(Verdict::Stub)
        .map(ToString::to_string)
        .collect();
    assert!(
        said.iter().any(|entry| entry.contains("to-hub")),
        "{said:?}"
    );
    let broken = read("this is no export");
    assert_eq!(broken.report.of(Verdict::Unreadable).count(), 1);
}

#[test]
fn a_page_of_several_and_a_cut_answer_are_said() {
    let text = graph().replace(
        "\"skip_token\": null",
        "\"skip_token\": \"abc\", \"resultTruncated\": \"true\"",
    );
    assert_eq!(read(&text).report.of(Verdict::Truncated).count(), 2);
}

#[test]
fn a_vnet_of_another_subscription_is_a_stub_with_its_ranges() {
    let text = format!(
        r#"{{"id": "{GROUP}/virtualNetworks/a", "name": "a", "type": "Microsoft.Network/virtualNetworks", "location": "westeurope",
        "addressSpace": {{"addressPrefixes": ["10.1.0.0/16"]}}, "subnets": [], "virtualNetworkPeerings": [{{"name": "p", "peeringState": "Connected",
        "useRemoteGateways": true, "remoteAddressSpace": {{"addressPrefixes": ["10.9.0.0/16"]}},
        "remoteVirtualNetwork": {{"id": "/subscriptions/other/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/far"}}}}]}}"#
    );
    let made = read(&text);
    assert_eq!(made.report.stubs, ["far"]);
    let far = made
        .network
        .vnets
        .iter()
        .find(|vnet| vnet.name == "far")
        .unwrap();
    assert_eq!(far.prefixes, ["10.9.0.0/16"]);
    let back = made
        .network
        .peerings
        .iter()
        .find(|peering| &*peering.from == "far")
        .unwrap();
    assert!(
        back.allow_gateway_transit,
        "a gateway is used, so it is let"
    );
    assert_eq!(made.report.of(Verdict::Assumed).count(), 1);
    assert_eq!(made.report.assumed_peerings, 1);
}

#[test]
fn the_same_name_in_two_groups_keeps_both_whatever_the_order() {
    let vnet = |group: &str, net: &str| {
        format!(
            r#"{{"id": "/subscriptions/s/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/net", "name": "net",
            "addressSpace": {{"addressPrefixes": ["{net}"]}}, "subnets": []}}"#
        )
    };
    let (east, west) = (vnet("east", "10.1.0.0/16"), vnet("west", "10.2.0.0/16"));
    let one = read(&format!("[{east},{west}]"));
    let other = read(&format!("{west}\n{east}"));
    let names = |made: &Imported| {
        let mut names: Vec<String> = made
            .network
            .vnets
            .iter()
            .map(|vnet| vnet.name.clone())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&one), ["net (east)", "net (west)"]);
    assert_eq!(names(&one), names(&other));
}

#[test]
fn captured_routes_read_alike_from_json_and_from_print() {
    let json = r#"{"nextLink": null, "value": [
      {"addressPrefix": ["10.1.0.0/16"], "disableBgpRoutePropagation": false, "nextHopIpAddress": [], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"},
      {"addressPrefix": ["0.0.0.0/0"], "nextHopIpAddress": ["10.0.1.4"], "nextHopType": "VirtualAppliance", "source": "User", "state": "Active"}]}"#;
    let az = "Source    State    Address Prefix    Next Hop Type     Next Hop IP\n--------  -------  ----------------  ----------------  -------------\nDefault   Active   10.1.0.0/16       VnetLocal\nUser      Active   0.0.0.0/0         VirtualAppliance  10.0.1.4\n";
    let table = "Name State  Source  AddressPrefix NextHopType      NextHopIpAddress\n---- -----  ------  ------------- -----------      ----------------\n     Active Default {10.1.0.0/16} VnetLocal        {}\n     Active User    {0.0.0.0/0}   VirtualAppliance {10.0.1.4}\n";
    let list = "Name             :\nState            : Active\nSource           : Default\nAddressPrefix    : {10.1.0.0/16}\nNextHopType      : VnetLocal\nNextHopIpAddress : {}\n\nName             :\nState            : Active\nSource           : User\nAddressPrefix    : {0.0.0.0/0}\nNextHopType      : VirtualAppliance\nNextHopIpAddress : {10.0.1.4}\n";
    let first = read(json).captures;
    assert_eq!(first[0].kind, CaptureKind::Nic);
    assert_eq!(first[0].rows[1].next_hops, ["10.0.1.4"]);
    for (what, text) in [("az", az), ("table", table), ("list", list)] {
        assert_eq!(read(text).captures[0].rows, first[0].rows, "{what}");
    }
}

#[test]
fn exchanged_routes_keep_their_paths() {
    let learned = r#"{"value": [{"asPath": "65010-65020", "localAddress": "10.0.0.4", "network": "192.168.0.0/16", "nextHop": "10.0.0.5", "origin": "EBgp", "sourcePeer": "10.0.0.5", "weight": 32768}]}"#;
    let server = r#"{"RouteServiceRole_IN_0": [{"asPath": "65010", "network": "172.16.0.0/12", "nextHop": "10.0.2.4", "origin": "EBgp", "weight": 32768}], "RouteServiceRole_IN_1": []}"#;
    let made = read(&format!("{learned}\n{server}"));
    let paths: Vec<Vec<u32>> = made
        .captures
        .iter()
        .flat_map(|one| &one.rows)
        .map(|row| row.as_path.clone())
        .collect();
    assert_eq!(paths, [vec![65010, 65020], vec![65010]]);
    assert!(
        made.captures
            .iter()
            .all(|one| one.kind == CaptureKind::Exchanged)
    );
}

/// Two machines behind the frontend 10.0.1.10, one of them stopped, beside the export of [`graph`].
fn behind_a_load_balancer() -> String {
    let nic = |name: &str, ip: &str| {
        format!(
            r#"{{"id": "{GROUP}/networkInterfaces/{name}-nic", "name": "{name}-nic", "type": "Microsoft.Network/networkInterfaces", "properties": {{"enableIPForwarding": true,
            "ipConfigurations": [{{"name": "c", "properties": {{"privateIPAddress": "{ip}", "subnet": {{"id": "{GROUP}/virtualNetworks/hub/subnets/nva"}},
            "loadBalancerBackendAddressPools": [{{"id": "{GROUP}/loadBalancers/lb/backendAddressPools/p"}}]}}}}]}}}}"#
        )
    };
    let vm = |name: &str, state: &str| {
        format!(
            r#"{{"id": "{}/virtualMachines/{name}", "name": "{name}", "type": "microsoft.compute/virtualmachines", "properties": {{"networkProfile": {{"networkInterfaces": [{{"id": "{GROUP}/networkInterfaces/{name}-nic"}}]}},
            "extended": {{"instanceView": {{"powerState": {{"code": "PowerState/{state}"}}}}}}}}}}"#,
            GROUP.replace("Microsoft.Network", "Microsoft.Compute")
        )
    };
    let balancer = format!(
        r#"{{"id": "{GROUP}/loadBalancers/lb", "name": "lb", "type": "Microsoft.Network/loadBalancers", "properties": {{
        "frontendIPConfigurations": [{{"id": "{GROUP}/loadBalancers/lb/frontendIPConfigurations/f", "name": "f", "properties": {{"privateIPAddress": "10.0.1.10", "subnet": {{"id": "{GROUP}/virtualNetworks/hub/subnets/nva"}}}}}}],
        "backendAddressPools": [{{"id": "{GROUP}/loadBalancers/lb/backendAddressPools/p", "name": "p"}}],
        "loadBalancingRules": [{{"properties": {{"frontendIPConfiguration": {{"id": "{GROUP}/loadBalancers/lb/frontendIPConfigurations/f"}}, "backendAddressPool": {{"id": "{GROUP}/loadBalancers/lb/backendAddressPools/p"}}}}}}]}}}}"#
    );
    format!(
        "{} {} {} {} {} {balancer}",
        graph(),
        nic("fw1", "10.0.1.5"),
        nic("fw2", "10.0.1.6"),
        vm("fw1", "running"),
        vm("fw2", "deallocated")
    )
}

#[test]
fn workloads_behind_a_load_balancer_that_is_no_next_hop() {
    let text = behind_a_load_balancer();
    let made = read(&text.replace(
        "\"enableIPForwarding\": true",
        "\"enableIPForwarding\": false",
    ));
    let hosts = made.network.workloads.iter();
    let behind = hosts.filter(|host| host.load_balancer_ip.as_deref() == Some("10.0.1.10"));
    let behind: Vec<&str> = behind.map(|host| host.ip.as_str()).collect();
    assert_eq!(behind, ["10.0.1.5", "10.0.1.6"]);
}

#[test]
fn an_appliance_behind_a_load_balancer_and_a_stopped_one() {
    let text = behind_a_load_balancer();
    let made = read(&text.replace(
        "\"nextHopIpAddress\": \"10.0.1.4\"",
        "\"nextHopIpAddress\": \"10.0.1.10\"",
    ));
    let seen: Vec<(&str, bool, Option<&str>)> = made
        .network
        .appliances
        .iter()
        .map(|one| {
            (
                one.name.as_str(),
                one.running,
                one.load_balancer_ip.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("fw1", true, Some("10.0.1.10")),
            ("fw2", false, Some("10.0.1.10"))
        ]
    );
}
