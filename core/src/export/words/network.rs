//! Words of VNets, subnets, peerings, route tables, security groups, NAT gateways, private endpoints.

use super::{Change, NAME, Word, Words, blocks, commands, kept, one, with, words};

pub(super) const ROUTE_TABLE: Words = kept(words(
    "azurerm_route_table",
    "",
    "network route-table",
    &[],
    &[
        with(
            "properties.disableBgpRoutePropagation",
            "bgp_route_propagation_enabled",
            "",
            Change::Not,
        ),
        one(
            "properties.disableBgpRoutePropagation",
            "",
            "--disable-bgp-route-propagation",
        ),
        blocks(
            "properties.routes[]",
            "route",
            &[
                one("name", "name", ""),
                one("properties.addressPrefix", "address_prefix", ""),
                one("properties.nextHopType", "next_hop_type", ""),
                one("properties.nextHopIpAddress", "next_hop_in_ip_address", ""),
            ],
        ),
        commands(
            "properties.routes[]",
            "network route-table route create",
            "--route-table-name",
            &[
                NAME,
                one("properties.addressPrefix", "", "--address-prefix"),
                one("properties.nextHopType", "", "--next-hop-type"),
                one("properties.nextHopIpAddress", "", "--next-hop-ip-address"),
            ],
        ),
    ],
));

pub(super) const SECURITY_GROUP: Words = kept(words(
    "azurerm_network_security_group",
    "",
    "network nsg",
    &[],
    &[
        blocks(
            "properties.securityRules[]",
            "security_rule",
            &[
                one("name", "name", ""),
                one("properties.priority", "priority", ""),
                one("properties.direction", "direction", ""),
                one("properties.access", "access", ""),
                one("properties.protocol", "protocol", ""),
                one("properties.sourcePortRange", "source_port_range", ""),
                one("properties.sourcePortRanges", "source_port_ranges", ""),
                one(
                    "properties.destinationPortRanges",
                    "destination_port_ranges",
                    "",
                ),
                one(
                    "properties.sourceApplicationSecurityGroups[].id",
                    "source_application_security_group_ids",
                    "",
                ),
                one(
                    "properties.destinationApplicationSecurityGroups[].id",
                    "destination_application_security_group_ids",
                    "",
                ),
                one(
                    "properties.destinationPortRange",
                    "destination_port_range",
                    "",
                ),
                one(
                    "properties.sourceAddressPrefix",
                    "source_address_prefix",
                    "",
                ),
                one(
                    "properties.sourceAddressPrefixes",
                    "source_address_prefixes",
                    "",
                ),
                one(
                    "properties.destinationAddressPrefix",
                    "destination_address_prefix",
                    "",
                ),
                one(
                    "properties.destinationAddressPrefixes",
                    "destination_address_prefixes",
                    "",
                ),
            ],
        ),
        commands(
            "properties.securityRules[]",
            "network nsg rule create",
            "--nsg-name",
            &[
                NAME,
                one("properties.priority", "", "--priority"),
                one("properties.direction", "", "--direction"),
                one("properties.access", "", "--access"),
                one("properties.protocol", "", "--protocol"),
                one("properties.sourcePortRange", "", "--source-port-ranges"),
                one("properties.sourcePortRanges", "", "--source-port-ranges"),
                one(
                    "properties.destinationPortRanges",
                    "",
                    "--destination-port-ranges",
                ),
                one(
                    "properties.sourceApplicationSecurityGroups[].id",
                    "",
                    "--source-asgs",
                ),
                one(
                    "properties.destinationApplicationSecurityGroups[].id",
                    "",
                    "--destination-asgs",
                ),
                one(
                    "properties.destinationPortRange",
                    "",
                    "--destination-port-ranges",
                ),
                one(
                    "properties.sourceAddressPrefix",
                    "",
                    "--source-address-prefixes",
                ),
                one(
                    "properties.sourceAddressPrefixes",
                    "",
                    "--source-address-prefixes",
                ),
                one(
                    "properties.destinationAddressPrefix",
                    "",
                    "--destination-address-prefixes",
                ),
                one(
                    "properties.destinationAddressPrefixes",
                    "",
                    "--destination-address-prefixes",
                ),
            ],
        ),
    ],
));

pub(super) const APPLICATION_GROUP: Words = words(
    "azurerm_application_security_group",
    "",
    "network asg",
    &[],
    &[],
);

pub(super) const NAT_GATEWAY: Words = words(
    "azurerm_nat_gateway",
    "",
    "network nat gateway",
    &[],
    &[
        one("sku.name", "sku_name", "-"),
        Word::Association {
            path: "properties.publicIpAddresses[].id",
            resource: "azurerm_nat_gateway_public_ip_association",
            own: "nat_gateway_id",
            other: "public_ip_address_id",
            further: &[],
        },
        one(
            "properties.publicIpAddresses[].id",
            "",
            "--public-ip-addresses",
        ),
    ],
);

pub(super) const VNET: Words = kept(words(
    "azurerm_virtual_network",
    "",
    "network vnet",
    &[],
    &[
        one(
            "properties.addressSpace.addressPrefixes",
            "address_space",
            "--address-prefixes",
        ),
        with(
            "properties.summarizedGatewayPrefixes",
            "",
            "--summarized-gateway-prefixes",
            Change::Json,
        ),
        one(
            "properties.dhcpOptions.dnsServers",
            "dns_servers",
            "--dns-servers",
        ),
        one(
            "properties.privateEndpointVNetPolicies",
            "private_endpoint_vnet_policies",
            "--private-endpoint-vnet-policies",
        ),
    ],
));

pub(super) const SUBNET: Words = words(
    "azurerm_subnet",
    "=virtual_network_name",
    "network vnet subnet",
    &["--vnet-name"],
    &[
        with(
            "properties.addressPrefix",
            "address_prefixes",
            "",
            Change::Listed,
        ),
        one("properties.addressPrefix", "", "--address-prefixes"),
        Word::Association {
            path: "properties.routeTable.id",
            resource: "azurerm_subnet_route_table_association",
            own: "subnet_id",
            other: "route_table_id",
            further: &[],
        },
        one("properties.routeTable.id", "", "--route-table"),
        Word::Association {
            path: "properties.networkSecurityGroup.id",
            resource: "azurerm_subnet_network_security_group_association",
            own: "subnet_id",
            other: "network_security_group_id",
            further: &[],
        },
        one(
            "properties.networkSecurityGroup.id",
            "",
            "--network-security-group",
        ),
        Word::Association {
            path: "properties.natGateway.id",
            resource: "azurerm_subnet_nat_gateway_association",
            own: "subnet_id",
            other: "nat_gateway_id",
            further: &[],
        },
        one("properties.natGateway.id", "", "--nat-gateway"),
        blocks(
            "properties.delegations[]",
            "delegation",
            &[
                one("name", "name", ""),
                one("properties.serviceName", "service_delegation.name", ""),
            ],
        ),
        one("properties.delegations[].name", "", "-"),
        one(
            "properties.delegations[].properties.serviceName",
            "",
            "--delegations",
        ),
        one(
            "properties.privateEndpointNetworkPolicies",
            "private_endpoint_network_policies",
            "--private-endpoint-network-policies",
        ),
        one(
            "properties.serviceEndpoints[].service",
            "service_endpoints",
            "--service-endpoints",
        ),
        one(
            "properties.defaultOutboundAccess",
            "default_outbound_access_enabled",
            "--default-outbound-access",
        ),
    ],
);

pub(super) const PEERING: Words = words(
    "azurerm_virtual_network_peering",
    "=virtual_network_name",
    "network vnet peering",
    &["--vnet-name"],
    &[
        one(
            "properties.remoteVirtualNetwork.id",
            "remote_virtual_network_id",
            "--remote-vnet",
        ),
        one(
            "properties.allowVirtualNetworkAccess",
            "allow_virtual_network_access",
            "--allow-vnet-access",
        ),
        one(
            "properties.allowForwardedTraffic",
            "allow_forwarded_traffic",
            "--allow-forwarded-traffic",
        ),
        one(
            "properties.allowGatewayTransit",
            "allow_gateway_transit",
            "--allow-gateway-transit",
        ),
        one(
            "properties.useRemoteGateways",
            "use_remote_gateways",
            "--use-remote-gateways",
        ),
        one(
            "properties.peerCompleteVnets",
            "peer_complete_virtual_networks_enabled",
            "--peer-complete-vnets",
        ),
        one(
            "properties.localSubnetNames",
            "local_subnet_names",
            "--local-subnet-names",
        ),
        one(
            "properties.remoteSubnetNames",
            "remote_subnet_names",
            "--remote-subnet-names",
        ),
    ],
);

pub(super) const PUBLIC_ADDRESS: Words = words(
    "azurerm_public_ip",
    "",
    "network public-ip",
    &[],
    &[
        one("sku.name", "sku", "--sku"),
        one(
            "properties.publicIPAllocationMethod",
            "allocation_method",
            "--allocation-method",
        ),
        one("zones", "zones", "--zone"),
    ],
);

pub(super) const PRIVATE_ENDPOINT: Words = words(
    "azurerm_private_endpoint",
    "",
    "network private-endpoint",
    &[],
    &[
        one("properties.subnet.id", "subnet_id", "--subnet"),
        one(
            "properties.privateLinkServiceConnections[0].name",
            "private_service_connection.name",
            "--connection-name",
        ),
        one(
            "properties.privateLinkServiceConnections[0].properties.privateLinkServiceId",
            "private_service_connection.private_connection_resource_id",
            "--private-connection-resource-id",
        ),
        one(
            "properties.privateLinkServiceConnections[0].properties.groupIds",
            "private_service_connection.subresource_names",
            "--group-ids",
        ),
        Word::Terraform("private_service_connection.is_manual_connection", "false"),
        one(
            "properties.ipConfigurations[0].name",
            "ip_configuration.name",
            "",
        ),
        one(
            "properties.ipConfigurations[0].properties.groupId",
            "ip_configuration.subresource_name",
            "",
        ),
        one(
            "properties.ipConfigurations[0].properties.memberName",
            "ip_configuration.member_name",
            "",
        ),
        one(
            "properties.ipConfigurations[0].properties.privateIPAddress",
            "ip_configuration.private_ip_address",
            "",
        ),
        with(
            "properties.ipConfigurations",
            "",
            "--ip-configs",
            Change::Json,
        ),
    ],
);
