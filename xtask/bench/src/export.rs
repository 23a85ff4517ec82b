//! An export of 50 MB as Resource Graph would print it: 3,000 VNets with tables and peerings, 20,000 NICs, all the members
//! that a reader steps over.

use std::fmt::Write as _;

/// Spokes of one hub, and NICs.
const SPOKES: usize = 3_000;
const NICS: usize = 20_000;
const GROUP: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-network-production-westeurope/providers/Microsoft.Network";

/// The text, always the same.
#[must_use]
pub fn export() -> String {
    let mut text = String::with_capacity(60_000_000);
    text.push_str("{\n  \"count\": 26001,\n  \"data\": [\n");
    for spoke in 0..=SPOKES {
        vnet(&mut text, spoke);
        table(&mut text, spoke);
    }
    for nic in 0..NICS {
        network_interface(&mut text, nic);
    }
    text.push_str("  ],\n  \"skip_token\": null\n}\n");
    text
}

fn range(spoke: usize) -> String {
    format!("{}.{}", 10 + spoke / 256, spoke % 256)
}

/// What every resource of an export has beside what routing needs.
fn head(text: &mut String, kind: &str, name: &str) {
    let _ = writeln!(
        text,
        "    {{\n      \"id\": \"{GROUP}/{kind}/{name}\",\n      \"name\": \"{name}\",\n      \"type\": \"microsoft.network/{}\",\n      \"tenantId\": \"99999999-aaaa-4bbb-8ccc-dddddddddddd\",\n      \"kind\": \"\",\n      \"location\": \"westeurope\",\n      \"resourceGroup\": \"rg-network-production-westeurope\",\n      \"subscriptionId\": \"11111111-2222-4333-8444-555555555555\",\n      \"managedBy\": \"\",\n      \"sku\": null,\n      \"plan\": null,\n      \"tags\": {{\n        \"costCentre\": \"4711-network-platform\",\n        \"owner\": \"network-platform-team@orchard.example\",\n        \"environment\": \"production\",\n        \"criticality\": \"business-critical\"\n      }},",
        kind.to_lowercase()
    );
}

fn peering(text: &mut String, to: &str, more: bool) {
    let comma = if more { "," } else { "" };
    let _ = writeln!(
        text,
        "          {{\n            \"name\": \"to-{to}\",\n            \"properties\": {{\n              \"peeringState\": \"Connected\",\n              \"peeringSyncLevel\": \"FullyInSync\",\n              \"allowVirtualNetworkAccess\": true,\n              \"allowForwardedTraffic\": true,\n              \"allowGatewayTransit\": false,\n              \"useRemoteGateways\": false,\n              \"remoteVirtualNetwork\": {{\n                \"id\": \"{GROUP}/virtualNetworks/{to}\"\n              }}\n            }}\n          }}{comma}"
    );
}

fn vnet(text: &mut String, spoke: usize) {
    let name = format!("vnet-{spoke:04}");
    let range = range(spoke);
    head(text, "virtualNetworks", &name);
    let _ = writeln!(
        text,
        "      \"properties\": {{\n        \"provisioningState\": \"Succeeded\",\n        \"resourceGuid\": \"aaaaaaaa-bbbb-4ccc-8ddd-{spoke:012}\",\n        \"addressSpace\": {{\n          \"addressPrefixes\": [\n            \"{range}.0.0/16\"\n          ]\n        }},\n        \"subnets\": ["
    );
    for subnet in 0..4 {
        let comma = if subnet < 3 { "," } else { "" };
        let _ = writeln!(
            text,
            "          {{\n            \"id\": \"{GROUP}/virtualNetworks/{name}/subnets/snet-{subnet}\",\n            \"name\": \"snet-{subnet}\",\n            \"properties\": {{\n              \"addressPrefix\": \"{range}.{subnet}.0/24\",\n              \"privateEndpointNetworkPolicies\": \"Disabled\",\n              \"privateLinkServiceNetworkPolicies\": \"Enabled\",\n              \"provisioningState\": \"Succeeded\",\n              \"routeTable\": {{\n                \"id\": \"{GROUP}/routeTables/rt-{spoke:04}\"\n              }}\n            }}\n          }}{comma}"
        );
    }
    text.push_str("        ],\n        \"virtualNetworkPeerings\": [\n");
    if spoke == 0 {
        for other in 1..=SPOKES {
            peering(text, &format!("vnet-{other:04}"), other < SPOKES);
        }
    } else {
        peering(text, "vnet-0000", false);
    }
    text.push_str("        ]\n      }\n    },\n");
}

fn table(text: &mut String, spoke: usize) {
    let name = format!("rt-{spoke:04}");
    head(text, "routeTables", &name);
    let _ = writeln!(
        text,
        "      \"properties\": {{\n        \"provisioningState\": \"Succeeded\",\n        \"disableBgpRoutePropagation\": true,\n        \"routes\": [\n          {{\n            \"name\": \"default\",\n            \"properties\": {{\n              \"addressPrefix\": \"0.0.0.0/0\",\n              \"nextHopType\": \"VirtualAppliance\",\n              \"nextHopIpAddress\": \"10.0.0.4\"\n            }}\n          }}\n        ]\n      }}\n    }},"
    );
}

fn network_interface(text: &mut String, nic: usize) {
    let (spoke, host) = (1 + nic % SPOKES, 4 + nic / SPOKES);
    let name = format!("nic-{nic:05}");
    let range = range(spoke);
    head(text, "networkInterfaces", &name);
    let forwards = nic == 0;
    let (range, host) = if forwards {
        (String::from("10.0"), 4)
    } else {
        (range, host)
    };
    let vnet = if forwards { 0 } else { spoke };
    let comma = if nic + 1 < NICS { "," } else { "" };
    let _ = writeln!(
        text,
        "      \"properties\": {{\n        \"provisioningState\": \"Succeeded\",\n        \"resourceGuid\": \"eeeeeeee-ffff-4000-8111-{nic:012}\",\n        \"macAddress\": \"00-0D-3A-00-00-00\",\n        \"enableAcceleratedNetworking\": true,\n        \"enableIPForwarding\": {forwards},\n        \"nicType\": \"Standard\",\n        \"dnsSettings\": {{\n          \"dnsServers\": [],\n          \"appliedDnsServers\": [],\n          \"internalDomainNameSuffix\": \"abcdefghijklmnopqrstuvwxyz.ax.internal.cloudapp.example\"\n        }},\n        \"virtualMachine\": {{\n          \"id\": \"/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-network-production-westeurope/providers/Microsoft.Compute/virtualMachines/vm-{nic:05}\"\n        }},\n        \"ipConfigurations\": [\n          {{\n            \"id\": \"{GROUP}/networkInterfaces/{name}/ipConfigurations/ipconfig1\",\n            \"name\": \"ipconfig1\",\n            \"properties\": {{\n              \"primary\": true,\n              \"privateIPAddress\": \"{range}.0.{host}\",\n              \"privateIPAddressVersion\": \"IPv4\",\n              \"privateIPAllocationMethod\": \"Static\",\n              \"subnet\": {{\n                \"id\": \"{GROUP}/virtualNetworks/vnet-{vnet:04}/subnets/snet-0\"\n              }}\n            }}\n          }}\n        ]\n      }}\n    }}{comma}"
    );
}
