//! Words of Virtual WAN: hubs, tables, route maps, connections, gateways of hubs, routing intent.

use super::{Change, NAME, Word, Words, blocks, commands, kept, one, with, words};

pub(super) const VIRTUAL_WAN: Words = words(
    "azurerm_virtual_wan",
    "",
    "network vwan",
    &[],
    &[
        one("properties.type", "type", "--type"),
        one(
            "properties.allowBranchToBranchTraffic",
            "allow_branch_to_branch_traffic",
            "--branch-to-branch-traffic",
        ),
    ],
);

pub(super) const HUB: Words = kept(words(
    "azurerm_virtual_hub",
    "",
    "network vhub",
    &[],
    &[
        one("properties.virtualWan.id", "virtual_wan_id", "--vwan"),
        one("properties.sku", "sku", "--sku"),
        one(
            "properties.addressPrefix",
            "address_prefix",
            "--address-prefix",
        ),
        one(
            "properties.hubRoutingPreference",
            "hub_routing_preference",
            "--hub-routing-preference",
        ),
        one(
            "properties.virtualRouterAutoScaleConfiguration.minCapacity",
            "virtual_router_auto_scale_min_capacity",
            "--auto-scale-configuration",
        ),
    ],
));

pub(super) const ROUTE_MAP: Words = words(
    "azurerm_route_map",
    "virtual_hub_id",
    "network vhub route-map",
    &["--vhub-name"],
    &[
        with("properties.rules", "", "--rules", Change::Json),
        blocks(
            "properties.rules[]",
            "rule",
            &[
                one("name", "name", ""),
                one("nextStepIfMatched", "next_step_if_matched", ""),
                blocks(
                    "matchCriteria[]",
                    "match_criterion",
                    &[
                        one("matchCondition", "match_condition", ""),
                        one("routePrefix", "route_prefix", ""),
                        one("asPath", "as_path", ""),
                    ],
                ),
                blocks(
                    "actions[]",
                    "action",
                    &[
                        one("type", "type", ""),
                        blocks(
                            "parameters[]",
                            "parameter",
                            &[
                                one("routePrefix", "route_prefix", ""),
                                one("asPath", "as_path", ""),
                            ],
                        ),
                    ],
                ),
            ],
        ),
    ],
);

pub(super) const HUB_FIREWALL: Words = kept(words(
    "azurerm_firewall",
    "",
    "network firewall",
    &[],
    &[
        one("properties.sku.name", "sku_name", "--sku"),
        one("properties.sku.tier", "sku_tier", "--tier"),
        one(
            "properties.firewallPolicy.id",
            "firewall_policy_id",
            "--firewall-policy",
        ),
        one(
            "properties.virtualHub.id",
            "virtual_hub.virtual_hub_id",
            "--vhub",
        ),
        one(
            "properties.hubIPAddresses.publicIPs.count",
            "virtual_hub.public_ip_count",
            "--public-ip-count",
        ),
    ],
));

pub(super) const HUB_APPLIANCE: Words = words(
    "",
    "",
    "network virtual-appliance",
    &[],
    &[
        one("properties.virtualHub.id", "", "--vhub"),
        one("properties.nvaSku.vendor", "", "--vendor"),
        one("properties.nvaSku.bundledScaleUnit", "", "--scale-unit"),
        one("properties.nvaSku.marketPlaceVersion", "", "--version"),
        one("properties.virtualApplianceAsn", "", "--asn"),
    ],
);

pub(super) const HUB_TABLE: Words = words(
    "azurerm_virtual_hub_route_table",
    "virtual_hub_id",
    "network vhub route-table",
    &["--vhub-name"],
    &[one("properties.labels", "labels", "--labels")],
);

pub(super) const HUB_TABLE_ROUTES: Words = words(
    "+",
    "",
    "+",
    &["--vhub-name"],
    &[
        one("properties.labels", "-", "-"),
        Word::Resources {
            path: "properties.routes[]",
            resource: "azurerm_virtual_hub_route_table_route",
            owner: "route_table_id",
            words: &[
                one("name", "name", ""),
                one("destinationType", "destinations_type", ""),
                one("destinations", "destinations", ""),
                one("nextHopType", "next_hop_type", ""),
                one("nextHop", "next_hop", ""),
            ],
        },
        commands(
            "properties.routes[]",
            "network vhub route-table route add",
            "--name",
            &[
                one("name", "", "--route-name"),
                one("destinationType", "", "--destination-type"),
                one("destinations", "", "--destinations"),
                one("nextHopType", "", "--next-hop-type"),
                one("nextHop", "", "--next-hop"),
            ],
        ),
    ],
);

pub(super) const HUB_CONNECTION: Words = words(
    "azurerm_virtual_hub_connection",
    "virtual_hub_id",
    "network vhub connection",
    &["--vhub-name"],
    &[
        one(
            "properties.remoteVirtualNetwork.id",
            "remote_virtual_network_id",
            "--remote-vnet",
        ),
        one(
            "properties.enableInternetSecurity",
            "internet_security_enabled",
            "--internet-security",
        ),
        one(
            "properties.routingConfiguration.associatedRouteTable.id",
            "routing.associated_route_table_id",
            "--associated-route-table",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.labels",
            "routing.propagated_route_table.labels",
            "--labels",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.ids[].id",
            "routing.propagated_route_table.route_table_ids",
            "--propagated-route-tables",
        ),
        one(
            INBOUND_MAP,
            "routing.inbound_route_map_id",
            "--inbound-route-map",
        ),
        one(
            OUTBOUND_MAP,
            "routing.outbound_route_map_id",
            "--outbound-route-map",
        ),
        one(
            "properties.routingConfiguration.vnetRoutes.staticRoutesConfig.vnetLocalRouteOverrideCriteria",
            "routing.static_vnet_local_route_override_criteria",
            "",
        ),
        one(
            "properties.routingConfiguration.vnetRoutes.staticRoutesConfig.propagateStaticRoutes",
            "routing.static_vnet_propagate_static_routes_enabled",
            "",
        ),
        Word::Usual(
            "properties.routingConfiguration.vnetRoutes.staticRoutesConfig.vnetLocalRouteOverrideCriteria",
            "Contains",
        ),
        Word::Usual(
            "properties.routingConfiguration.vnetRoutes.staticRoutesConfig.propagateStaticRoutes",
            "true",
        ),
        blocks(
            "properties.routingConfiguration.vnetRoutes.staticRoutes[]",
            "routing.static_vnet_route",
            &[
                one("name", "name", ""),
                one("addressPrefixes", "address_prefixes", ""),
                one("nextHopIpAddress", "next_hop_ip_address", ""),
            ],
        ),
        one(
            "properties.routingConfiguration.vnetRoutes.staticRoutes[0].name",
            "",
            "--route-name",
        ),
        one(
            "properties.routingConfiguration.vnetRoutes.staticRoutes[0].addressPrefixes",
            "",
            "--address-prefixes",
        ),
        one(
            "properties.routingConfiguration.vnetRoutes.staticRoutes[0].nextHopIpAddress",
            "",
            "--next-hop",
        ),
    ],
);

pub(super) const HUB_SESSION: Words = words(
    "azurerm_virtual_hub_bgp_connection",
    "virtual_hub_id",
    "network vhub bgpconnection",
    &["--vhub-name"],
    &[
        one("properties.peerAsn", "peer_asn", "--peer-asn"),
        one("properties.peerIp", "peer_ip", "--peer-ip"),
        one(
            "properties.hubVirtualNetworkConnection.id",
            "virtual_network_connection_id",
            "--vhub-conn",
        ),
    ],
);

pub(super) const HUB_VPN: Words = kept(words(
    "azurerm_vpn_gateway",
    "",
    "network vpn-gateway",
    &[],
    &[
        one("properties.virtualHub.id", "virtual_hub_id", "--vhub"),
        one("properties.bgpSettings.asn", "bgp_settings.asn", "--asn"),
        one(
            "properties.bgpSettings.peerWeight",
            "bgp_settings.peer_weight",
            "--peer-weight",
        ),
        one(
            "properties.vpnGatewayScaleUnit",
            "scale_unit",
            "--scale-unit",
        ),
    ],
));

pub(super) const VPN_SITE: Words = words(
    "azurerm_vpn_site",
    "",
    "network vpn-site",
    &[],
    &[
        one(
            "properties.virtualWan.id",
            "virtual_wan_id",
            "--virtual-wan",
        ),
        one(
            "properties.addressSpace.addressPrefixes",
            "address_cidrs",
            "--address-prefixes",
        ),
        blocks(
            "properties.vpnSiteLinks[]",
            "link",
            &[
                one("name", "name", ""),
                one("properties.ipAddress", "ip_address", ""),
                one("properties.bgpProperties.asn", "bgp.asn", ""),
                one(
                    "properties.bgpProperties.bgpPeeringAddress",
                    "bgp.peering_address",
                    "",
                ),
            ],
        ),
        one("properties.vpnSiteLinks[0].name", "", "-"),
        one("properties.vpnSiteLinks[0].properties.ipAddress", "", "-"),
        one(
            "properties.vpnSiteLinks[0].properties.bgpProperties.asn",
            "",
            "-",
        ),
        one(
            "properties.vpnSiteLinks[0].properties.bgpProperties.bgpPeeringAddress",
            "",
            "-",
        ),
        commands(
            "properties.vpnSiteLinks[]",
            "network vpn-site link add",
            "--site-name",
            &[
                NAME,
                one("properties.ipAddress", "", "--ip-address"),
                one("properties.bgpProperties.asn", "", "--asn"),
                one(
                    "properties.bgpProperties.bgpPeeringAddress",
                    "",
                    "--bgp-peering-address",
                ),
            ],
        ),
    ],
);

pub(super) const VPN_CONNECTION: Words = words(
    "azurerm_vpn_gateway_connection",
    "vpn_gateway_id",
    "network vpn-gateway connection",
    &["--gateway-name"],
    &[
        one(
            "properties.remoteVpnSite.id",
            "remote_vpn_site_id",
            "--remote-vpn-site",
        ),
        one(
            "properties.enableInternetSecurity",
            "internet_security_enabled",
            "--internet-security",
        ),
        one(
            "properties.routingConfiguration.associatedRouteTable.id",
            "routing.associated_route_table",
            "--associated-route-table",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.labels",
            "routing.propagated_route_table.labels",
            "--labels",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.ids[].id",
            "routing.propagated_route_table.route_table_ids",
            "--propagated-route-tables",
        ),
        one(INBOUND_MAP, "routing.inbound_route_map_id", ""),
        one(OUTBOUND_MAP, "routing.outbound_route_map_id", ""),
        blocks(
            "properties.vpnLinkConnections[]",
            "vpn_link",
            &[
                one("name", "name", "-"),
                one("properties.vpnSiteLink.id", "vpn_site_link_id", ""),
                one("properties.enableBgp", "bgp_enabled", ""),
                one("properties.sharedKey", "shared_key", ""),
            ],
        ),
        one("properties.vpnLinkConnections[].name", "", "-"),
        one(
            "properties.vpnLinkConnections[0].properties.vpnSiteLink.id",
            "",
            "--vpn-site-link",
        ),
        one(
            "properties.vpnLinkConnections[0].properties.enableBgp",
            "",
            "--enable-bgp",
        ),
        one(
            "properties.vpnLinkConnections[0].properties.sharedKey",
            "",
            "--shared-key",
        ),
    ],
);

pub(super) const HUB_EXPRESS_ROUTE: Words = kept(words(
    "azurerm_express_route_gateway",
    "",
    "network express-route gateway",
    &[],
    &[
        one(
            "properties.virtualHub.id",
            "virtual_hub_id",
            "--virtual-hub",
        ),
        one(
            "properties.allowNonVirtualWanTraffic",
            "allow_non_virtual_wan_traffic",
            "--allow-non-vwan-traffic",
        ),
        one(
            "properties.autoScaleConfiguration.bounds.min",
            "scale_units",
            "--min-val",
        ),
    ],
));

const INBOUND_MAP: &str = "properties.routingConfiguration.inboundRouteMap.id";

const OUTBOUND_MAP: &str = "properties.routingConfiguration.outboundRouteMap.id";

pub(super) const EXPRESS_ROUTE_CONNECTION: Words = words(
    "azurerm_express_route_connection",
    "express_route_gateway_id",
    "network express-route gateway connection",
    &["--gateway-name"],
    &[
        one(
            "properties.expressRouteCircuitPeering.id",
            "express_route_circuit_peering_id",
            "--peering",
        ),
        one(
            "properties.routingWeight",
            "routing_weight",
            "--routing-weight",
        ),
        one(
            INBOUND_MAP,
            "routing.inbound_route_map_id",
            "--inbound-route-map",
        ),
        one(
            OUTBOUND_MAP,
            "routing.outbound_route_map_id",
            "--outbound-route-map",
        ),
        one(
            "properties.routingConfiguration.associatedRouteTable.id",
            "routing.associated_route_table_id",
            "--associated-id",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.labels",
            "routing.propagated_route_table.labels",
            "--labels",
        ),
        one(
            "properties.routingConfiguration.propagatedRouteTables.ids[].id",
            "routing.propagated_route_table.route_table_ids",
            "--propagated-ids",
        ),
    ],
);

pub(super) const ROUTING_INTENT: Words = words(
    "azurerm_virtual_hub_routing_intent",
    "virtual_hub_id",
    "network vhub routing-intent",
    &["--vhub"],
    &[
        blocks(
            "properties.routingPolicies[]",
            "routing_policy",
            &[
                one("name", "name", ""),
                one("destinations", "destinations", ""),
                one("nextHop", "next_hop", ""),
            ],
        ),
        with(
            "properties.routingPolicies",
            "",
            "--routing-policies",
            Change::Json,
        ),
    ],
);
