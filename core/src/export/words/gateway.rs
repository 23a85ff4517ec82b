//! Words of gateways, their connections, Route Servers and circuits.

use super::{Change, Word, Words, blocks, kept, one, with, words};

pub(super) const GATEWAY: Words = kept(words(
    "azurerm_virtual_network_gateway",
    "",
    "network vnet-gateway",
    &[],
    &[
        one("properties.gatewayType", "type", "--gateway-type"),
        one("properties.vpnType", "vpn_type", "--vpn-type"),
        one("properties.sku.name", "sku", "--sku"),
        one("properties.sku.tier", "-", "-"),
        one("properties.activeActive", "active_active", "-"),
        one("properties.enableBgp", "enable_bgp", "-"),
        one("properties.bgpSettings.asn", "bgp_settings.asn", "--asn"),
        one(
            "properties.allowRemoteVnetTraffic",
            "remote_vnet_traffic_enabled",
            "--allow-remote-vnet-traffic",
        ),
        one(
            "properties.allowVirtualWanTraffic",
            "virtual_wan_traffic_enabled",
            "--allow-vwan-traffic",
        ),
        one(
            "properties.customRoutes.addressPrefixes",
            "custom_route.address_prefixes",
            "--custom-routes",
        ),
        one(
            "properties.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes",
            "vpn_client_configuration.address_space",
            "--address-prefixes",
        ),
        one(
            "properties.gatewayDefaultSite.id",
            "default_local_network_gateway_id",
            "--gateway-default-site",
        ),
        one(
            "properties.autoScaleConfiguration.bounds.min",
            "",
            "--min-scale-unit",
        ),
        one(
            "properties.autoScaleConfiguration.bounds.max",
            "",
            "--max-scale-unit",
        ),
        blocks(
            "properties.ipConfigurations[]",
            "ip_configuration",
            &[
                one("name", "name", "-"),
                one(
                    "properties.privateIPAllocationMethod",
                    "private_ip_address_allocation",
                    "-",
                ),
                one("properties.subnet.id", "subnet_id", "-"),
                one("properties.publicIPAddress.id", "public_ip_address_id", ""),
            ],
        ),
        with(
            "properties.ipConfigurations[0].properties.subnet.id",
            "",
            "--vnet",
            Change::Above,
        ),
        one("properties.ipConfigurations[].name", "", "-"),
        one(
            "properties.ipConfigurations[].properties.privateIPAllocationMethod",
            "",
            "-",
        ),
        one(
            "properties.ipConfigurations[].properties.subnet.id",
            "",
            "-",
        ),
        one(
            "properties.ipConfigurations[].properties.publicIPAddress.id",
            "",
            "--public-ip-addresses",
        ),
    ],
));

pub(super) const LOCAL_GATEWAY: Words = words(
    "azurerm_local_network_gateway",
    "",
    "network local-gateway",
    &[],
    &[
        one(
            "properties.gatewayIpAddress",
            "gateway_address",
            "--gateway-ip-address",
        ),
        one(
            "properties.localNetworkAddressSpace.addressPrefixes",
            "address_space",
            "--address-prefixes",
        ),
        one("properties.bgpSettings.asn", "bgp_settings.asn", "--asn"),
        one(
            "properties.bgpSettings.bgpPeeringAddress",
            "bgp_settings.bgp_peering_address",
            "--bgp-peering-address",
        ),
    ],
);

pub(super) const CONNECTION: Words = words(
    "azurerm_virtual_network_gateway_connection",
    "",
    "network vpn-connection",
    &[],
    &[
        one("properties.connectionType", "type", "-"),
        one(
            "properties.virtualNetworkGateway1.id",
            "virtual_network_gateway_id",
            "--vnet-gateway1",
        ),
        one(
            "properties.virtualNetworkGateway2.id",
            "peer_virtual_network_gateway_id",
            "--vnet-gateway2",
        ),
        one(
            "properties.localNetworkGateway2.id",
            "local_network_gateway_id",
            "--local-gateway2",
        ),
        one(
            "properties.peer.id",
            "express_route_circuit_id",
            "--express-route-circuit2",
        ),
        one("properties.sharedKey", "shared_key", "--shared-key"),
        one("properties.enableBgp", "enable_bgp", ""),
        with(
            "properties.enableBgp",
            "",
            "--enable-bgp",
            Change::Is("true"),
        ),
        one(
            "properties.routingWeight",
            "routing_weight",
            "--routing-weight",
        ),
        one(
            "properties.expressRouteGatewayBypass",
            "express_route_gateway_bypass",
            "",
        ),
        with(
            "properties.expressRouteGatewayBypass",
            "",
            "--express-route-gateway-bypass",
            Change::Same,
        ),
    ],
);

pub(super) const ROUTE_SERVER: Words = kept(words(
    "azurerm_route_server",
    "",
    "network routeserver",
    &[],
    &[
        one("properties.sku", "sku", "-"),
        one(
            "properties.allowBranchToBranchTraffic",
            "branch_to_branch_traffic_enabled",
            "",
        ),
        Word::Update {
            path: "properties.allowBranchToBranchTraffic",
            command: "network routeserver update",
            option: "--allow-b2b-traffic",
        },
        one(
            "properties.hubRoutingPreference",
            "hub_routing_preference",
            "--hub-routing-preference",
        ),
    ],
));

pub(super) const ROUTE_SERVER_ADDRESS: Words = words(
    "^",
    "",
    "^",
    &[],
    &[
        one("properties.subnet.id", "subnet_id", "--hosted-subnet"),
        one(
            "properties.publicIPAddress.id",
            "public_ip_address_id",
            "--public-ip-address",
        ),
    ],
);

pub(super) const ROUTE_SERVER_SESSION: Words = words(
    "azurerm_route_server_bgp_connection",
    "route_server_id",
    "network routeserver peering",
    &["--routeserver"],
    &[
        one("properties.peerAsn", "peer_asn", "--peer-asn"),
        one("properties.peerIp", "peer_ip", "--peer-ip"),
    ],
);

pub(super) const CIRCUIT: Words = words(
    "azurerm_express_route_circuit",
    "",
    "network express-route",
    &[],
    &[
        one("sku.name", "-", "-"),
        one("sku.tier", "sku.tier", "--sku-tier"),
        one("sku.family", "sku.family", "--sku-family"),
        one(
            "properties.serviceProviderProperties.serviceProviderName",
            "service_provider_name",
            "--provider",
        ),
        one(
            "properties.serviceProviderProperties.peeringLocation",
            "peering_location",
            "--peering-location",
        ),
        one(
            "properties.serviceProviderProperties.bandwidthInMbps",
            "bandwidth_in_mbps",
            "--bandwidth",
        ),
    ],
);

pub(super) const CIRCUIT_PEERING: Words = words(
    "azurerm_express_route_circuit_peering",
    "=express_route_circuit_name",
    "network express-route peering",
    &["--circuit-name"],
    &[
        one("properties.peeringType", "peering_type", "--peering-type"),
        one("properties.peerASN", "peer_asn", "--peer-asn"),
        one("properties.vlanId", "vlan_id", "--vlan-id"),
        one(
            "properties.primaryPeerAddressPrefix",
            "primary_peer_address_prefix",
            "--primary-peer-subnet",
        ),
        one(
            "properties.secondaryPeerAddressPrefix",
            "secondary_peer_address_prefix",
            "--secondary-peer-subnet",
        ),
    ],
);

pub(super) const GLOBAL_REACH: Words = words(
    "azurerm_express_route_circuit_connection",
    "peering_id",
    "network express-route peering connection",
    &["--circuit-name", "--peering-name"],
    &[
        one("properties.expressRouteCircuitPeering.id", "-", "-"),
        one(
            "properties.peerExpressRouteCircuitPeering.id",
            "peer_peering_id",
            "",
        ),
        with(
            "properties.peerExpressRouteCircuitPeering.id",
            "",
            "--peer-circuit",
            Change::Above,
        ),
        one(
            "properties.addressPrefix",
            "address_prefix_ipv4",
            "--address-prefix",
        ),
    ],
);
