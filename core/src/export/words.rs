//! The words of Terraform and of the Azure command line for what Resource Manager says.
//!
//! The rule: one table a kind; a row names a place in the resource (`properties.routes[]` is every item of a list), the
//! argument of Terraform (`routing.labels` is `labels` in the block `routing`) and the option of the command. An empty
//! word means that the language cannot say it, and the writer says so; `-` means that the language says it by itself.
//!
//! | place | Terraform | command line |
//! |---|---|---|
//! | `properties.allowForwardedTraffic` | `allow_forwarded_traffic` | `--allow-forwarded-traffic` |
//! | `properties.routes[]` | block `route` | `network route-table route create` |
//! | `properties.autoscaleConfiguration.minCapacity` | none: a comment | none: a comment |
//!
//! Sources: azurerm provider 4 (typed package `@cdktf/provider-azurerm` 14.23), Azure CLI 2.91 with the extensions
//! `azure-firewall`, `virtual-wan`, `virtual-network-manager`.

use super::kind::Kind;

/// How a value changes on its way into a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    Same,
    /// One value becomes a list of one.
    Listed,
    /// A switch means the opposite.
    Not,
    /// The name of what an id points to.
    Name,
    /// The id of the parent of what an id points to.
    Above,
    /// The name of that parent.
    AboveName,
    /// `True` and `False` as texts become switches, in Terraform alone.
    Truth,
    /// A text that stands for a switch.
    Is(&'static str),
    /// Words that Terraform calls otherwise.
    Called(&'static [(&'static str, &'static str)]),
    /// The whole value as JSON, for the command line.
    Json,
    /// Objects of two members as `Https=443`, for the command line.
    Pairs,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    /// One value.
    One {
        path: &'static str,
        terraform: &'static str,
        option: &'static str,
        change: Change,
    },
    /// The items of a list: blocks in Terraform.
    Blocks {
        path: &'static str,
        /// Only items with this member.
        only: Option<(&'static str, &'static str)>,
        block: &'static str,
        words: &'static [Word],
    },
    /// The items of a list: resources of their own in Terraform.
    Resources {
        path: &'static str,
        resource: &'static str,
        owner: &'static str,
        words: &'static [Word],
    },
    /// The items of a list: commands of their own.
    Commands {
        path: &'static str,
        only: Option<(&'static str, &'static str)>,
        command: &'static str,
        owner: &'static str,
        words: &'static [Word],
    },
    /// An id that Terraform writes as a resource between two.
    Association {
        path: &'static str,
        resource: &'static str,
        own: &'static str,
        other: &'static str,
        further: &'static [(&'static str, &'static str)],
    },
    /// A value that a second command sets.
    Update {
        path: &'static str,
        command: &'static str,
        option: &'static str,
    },
    /// What Terraform wants besides, as written.
    Terraform(&'static str, &'static str),
    /// What the command wants besides, as written.
    Option(&'static str),
    /// A value that goes without saying where it is this one.
    Usual(&'static str, &'static str),
}

/// The words of a kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// Resource type; `^` for what its parent says, `+` for what is only resources of its items, empty for none.
    pub(super) terraform: &'static str,
    /// Argument that names the parent; by name where it begins with `=`.
    pub(super) parent: &'static str,
    /// Command without its verb; `^`, `+` and empty as for Terraform.
    pub(super) command: &'static str,
    /// Options that name what stands above, from the top; none for `-`.
    pub(super) above: &'static [&'static str],
    /// Whether the command is left out where the resource is there.
    pub(super) kept: bool,
    pub(super) rows: &'static [Word],
}

const fn one(path: &'static str, terraform: &'static str, option: &'static str) -> Word {
    with(path, terraform, option, Change::Same)
}

const fn with(
    path: &'static str,
    terraform: &'static str,
    option: &'static str,
    change: Change,
) -> Word {
    Word::One {
        path,
        terraform,
        option,
        change,
    }
}

const fn blocks(path: &'static str, block: &'static str, words: &'static [Word]) -> Word {
    Word::Blocks {
        path,
        only: None,
        block,
        words,
    }
}

const fn commands(
    path: &'static str,
    command: &'static str,
    owner: &'static str,
    words: &'static [Word],
) -> Word {
    Word::Commands {
        path,
        only: None,
        command,
        owner,
        words,
    }
}

const fn words(
    terraform: &'static str,
    parent: &'static str,
    command: &'static str,
    above: &'static [&'static str],
    rows: &'static [Word],
) -> Words {
    Words {
        terraform,
        parent,
        command,
        above,
        kept: false,
        rows,
    }
}

const fn kept(mut words: Words) -> Words {
    words.kept = true;
    words
}

const NAME: Word = one("name", "name", "--name");

const ROUTE_TABLE: Words = kept(words(
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

const SECURITY_GROUP: Words = kept(words(
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

const VNET: Words = kept(words(
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
    ],
));

const SUBNET: Words = words(
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

const PEERING: Words = words(
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

const PUBLIC_ADDRESS: Words = words(
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

const APPLICATION_GROUP: Words = words(
    "azurerm_application_security_group",
    "",
    "network asg",
    &[],
    &[],
);

const NAT_GATEWAY: Words = words(
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

const IP_GROUP: Words = words(
    "azurerm_ip_group",
    "",
    "network ip-group",
    &[],
    &[one("properties.ipAddresses", "cidrs", "--ip-addresses")],
);

const ROUTE_MAP: Words = words(
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

const FIREWALL_POLICY: Words = words(
    "azurerm_firewall_policy",
    "",
    "network firewall policy",
    &[],
    &[
        one("properties.sku.tier", "sku", "--sku"),
        one(
            "properties.snat.privateRanges",
            "private_ip_ranges",
            "--private-ranges",
        ),
        one(
            "properties.basePolicy.id",
            "base_policy_id",
            "--base-policy",
        ),
    ],
);

const FILTER: &str = "FirewallPolicyFilterRuleCollection";
const NAT: &str = "FirewallPolicyNatRuleCollection";
const COLLECTION_TYPE: Word = one("ruleCollectionType", "-", "-");
const COLLECTION_NAME: Word = one("name", "name", "");
const COLLECTION_PRIORITY: Word = one("priority", "priority", "");
const COLLECTION_ACTION: Word = one("action.type", "action", "");
/// The command that adds a further rule to a collection.
const ADD_RULE: &str = "network firewall policy rule-collection-group collection rule add";

const RULE_COLLECTION_GROUP: Words = words(
    "azurerm_firewall_policy_rule_collection_group",
    "firewall_policy_id",
    "network firewall policy rule-collection-group",
    &["--policy-name"],
    &[
        one("properties.priority", "priority", "--priority"),
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("rules[0].ruleType", "NetworkRule")),
            block: "network_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                COLLECTION_ACTION,
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        one("ipProtocols", "protocols", ""),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses", "destination_addresses", ""),
                        one("destinationIpGroups", "destination_ip_groups", ""),
                        one("destinationFqdns", "destination_fqdns", ""),
                        one("destinationPorts", "destination_ports", ""),
                    ],
                ),
            ],
        },
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("rules[0].ruleType", "ApplicationRule")),
            block: "application_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                COLLECTION_ACTION,
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        blocks(
                            "protocols[]",
                            "protocols",
                            &[one("protocolType", "type", ""), one("port", "port", "")],
                        ),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses", "destination_addresses", ""),
                        one("targetFqdns", "destination_fqdns", ""),
                    ],
                ),
            ],
        },
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", NAT)),
            block: "nat_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                with(
                    "action.type",
                    "action",
                    "",
                    Change::Called(&[("DNAT", "Dnat")]),
                ),
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        one("ipProtocols", "protocols", ""),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses[0]", "destination_address", ""),
                        one("destinationPorts", "destination_ports", ""),
                        one("translatedAddress", "translated_address", ""),
                        one("translatedPort", "translated_port", ""),
                    ],
                ),
            ],
        },
        Word::Commands {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", FILTER)),
            command: "network firewall policy rule-collection-group collection add-filter-collection",
            owner: "--rule-collection-group-name",
            words: &[
                NAME,
                COLLECTION_TYPE,
                one("priority", "", "--collection-priority"),
                one("action.type", "", "--action"),
                one("rules[0].ruleType", "", "--rule-type"),
                one("rules[0].name", "", "--rule-name"),
                one("rules[0].ipProtocols", "", "--ip-protocols"),
                with("rules[0].protocols", "", "--protocols", Change::Pairs),
                one("rules[0].sourceAddresses", "", "--source-addresses"),
                one("rules[0].sourceIpGroups", "", "--source-ip-groups"),
                one(
                    "rules[0].destinationAddresses",
                    "",
                    "--destination-addresses",
                ),
                one(
                    "rules[0].destinationIpGroups",
                    "",
                    "--destination-ip-groups",
                ),
                one("rules[0].destinationFqdns", "", "--destination-fqdns"),
                one("rules[0].targetFqdns", "", "--target-fqdns"),
                one("rules[0].destinationPorts", "", "--destination-ports"),
                commands(
                    "rules[1+]",
                    ADD_RULE,
                    "--collection-name",
                    &[
                        NAME,
                        one("ruleType", "", "--rule-type"),
                        one("ipProtocols", "", "--ip-protocols"),
                        with("protocols", "", "--protocols", Change::Pairs),
                        one("sourceAddresses", "", "--source-addresses"),
                        one("sourceIpGroups", "", "--source-ip-groups"),
                        one("destinationAddresses", "", "--destination-addresses"),
                        one("destinationIpGroups", "", "--destination-ip-groups"),
                        one("destinationFqdns", "", "--destination-fqdns"),
                        one("targetFqdns", "", "--target-fqdns"),
                        one("destinationPorts", "", "--destination-ports"),
                    ],
                ),
            ],
        },
        Word::Commands {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", NAT)),
            command: "network firewall policy rule-collection-group collection add-nat-collection",
            owner: "--rule-collection-group-name",
            words: &[
                NAME,
                COLLECTION_TYPE,
                one("priority", "", "--collection-priority"),
                one("action.type", "", "--action"),
                one("rules[0].ruleType", "-", "-"),
                one("rules[0].name", "", "--rule-name"),
                one("rules[0].ipProtocols", "", "--ip-protocols"),
                one("rules[0].sourceAddresses", "", "--source-addresses"),
                one("rules[0].sourceIpGroups", "", "--source-ip-groups"),
                one(
                    "rules[0].destinationAddresses",
                    "",
                    "--destination-addresses",
                ),
                one("rules[0].destinationPorts", "", "--destination-ports"),
                one("rules[0].translatedAddress", "", "--translated-address"),
                one("rules[0].translatedPort", "", "--translated-port"),
                commands(
                    "rules[1+]",
                    ADD_RULE,
                    "--collection-name",
                    &[
                        NAME,
                        one("ruleType", "", "--rule-type"),
                        one("ipProtocols", "", "--ip-protocols"),
                        one("sourceAddresses", "", "--source-addresses"),
                        one("sourceIpGroups", "", "--source-ip-groups"),
                        one("destinationAddresses", "", "--destination-addresses"),
                        one("destinationPorts", "", "--destination-ports"),
                        one("translatedAddress", "", "--translated-address"),
                        one("translatedPort", "", "--translated-port"),
                    ],
                ),
            ],
        },
    ],
);

const FIREWALL: Words = kept(words(
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
        one("zones", "zones", "--zones"),
        blocks(
            "properties.ipConfigurations[]",
            "ip_configuration",
            &[
                one("name", "name", ""),
                one("properties.subnet.id", "subnet_id", ""),
                one("properties.publicIPAddress.id", "public_ip_address_id", ""),
            ],
        ),
        one(
            "properties.managementIpConfiguration.name",
            "management_ip_configuration.name",
            "--m-conf-name",
        ),
        one(
            "properties.managementIpConfiguration.properties.subnet.id",
            "management_ip_configuration.subnet_id",
            "-",
        ),
        with(
            "properties.managementIpConfiguration.properties.publicIPAddress.id",
            "management_ip_configuration.public_ip_address_id",
            "",
            Change::Same,
        ),
        with(
            "properties.managementIpConfiguration.properties.publicIPAddress.id",
            "",
            "--m-public-ip",
            Change::Name,
        ),
        with(
            "properties.ipConfigurations[0].properties.subnet.id",
            "",
            "--vnet-name",
            Change::AboveName,
        ),
        one("properties.ipConfigurations[0].name", "", "--conf-name"),
        with(
            "properties.ipConfigurations[0].properties.publicIPAddress.id",
            "",
            "--public-ip",
            Change::Name,
        ),
        commands(
            "properties.ipConfigurations[1+]",
            "network firewall ip-config create",
            "--firewall-name",
            &[
                NAME,
                with(
                    "properties.publicIPAddress.id",
                    "",
                    "--public-ip-address",
                    Change::Name,
                ),
            ],
        ),
    ],
));

const HUB_FIREWALL: Words = kept(words(
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

const GATEWAY: Words = kept(words(
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

const LOCAL_GATEWAY: Words = words(
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

const CONNECTION: Words = words(
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

const ROUTE_SERVER: Words = kept(words(
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

const ROUTE_SERVER_ADDRESS: Words = words(
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

const ROUTE_SERVER_SESSION: Words = words(
    "azurerm_route_server_bgp_connection",
    "route_server_id",
    "network routeserver peering",
    &["--routeserver"],
    &[
        one("properties.peerAsn", "peer_asn", "--peer-asn"),
        one("properties.peerIp", "peer_ip", "--peer-ip"),
    ],
);

const LOAD_BALANCER: Words = kept(words(
    "azurerm_lb",
    "",
    "network lb",
    &[],
    &[
        one("sku.name", "sku", "--sku"),
        blocks(
            "properties.frontendIPConfigurations[]",
            "frontend_ip_configuration",
            &[
                one("name", "name", ""),
                one("zones", "zones", ""),
                one("properties.subnet.id", "subnet_id", ""),
                one(
                    "properties.privateIPAllocationMethod",
                    "private_ip_address_allocation",
                    "-",
                ),
                one("properties.privateIPAddress", "private_ip_address", ""),
            ],
        ),
        one(
            "properties.frontendIPConfigurations[].properties.privateIPAllocationMethod",
            "",
            "-",
        ),
        one(
            "properties.frontendIPConfigurations[0].name",
            "",
            "--frontend-ip-name",
        ),
        one(
            "properties.frontendIPConfigurations[0].zones",
            "",
            "--frontend-ip-zone",
        ),
        one(
            "properties.frontendIPConfigurations[0].properties.subnet.id",
            "",
            "--subnet",
        ),
        one(
            "properties.frontendIPConfigurations[0].properties.privateIPAddress",
            "",
            "--private-ip-address",
        ),
        Word::Option("--backend-pool-name machines"),
    ],
));

const BACKEND_POOL: Words = words(
    "azurerm_lb_backend_address_pool",
    "loadbalancer_id",
    "^",
    &[],
    &[],
);

const PROBE: Words = words(
    "azurerm_lb_probe",
    "loadbalancer_id",
    "network lb probe",
    &["--lb-name"],
    &[
        one("properties.protocol", "protocol", "--protocol"),
        one("properties.port", "port", "--port"),
    ],
);

const BALANCING_RULE: Words = words(
    "azurerm_lb_rule",
    "loadbalancer_id",
    "network lb rule",
    &["--lb-name"],
    &[
        with(
            "properties.frontendIPConfiguration.id",
            "frontend_ip_configuration_name",
            "--frontend-ip-name",
            Change::Name,
        ),
        with(
            "properties.backendAddressPool.id",
            "backend_address_pool_ids",
            "",
            Change::Listed,
        ),
        with(
            "properties.backendAddressPool.id",
            "",
            "--backend-pool-name",
            Change::Name,
        ),
        one("properties.probe.id", "probe_id", ""),
        with("properties.probe.id", "", "--probe-name", Change::Name),
        one("properties.protocol", "protocol", "--protocol"),
        one(
            "properties.frontendPort",
            "frontend_port",
            "--frontend-port",
        ),
        one("properties.backendPort", "backend_port", "--backend-port"),
        one(
            "properties.enableFloatingIP",
            "floating_ip_enabled",
            "--enable-floating-ip",
        ),
    ],
);

const NIC: Words = kept(words(
    "azurerm_network_interface",
    "",
    "network nic",
    &[],
    &[
        one(
            "properties.enableIPForwarding",
            "ip_forwarding_enabled",
            "--ip-forwarding",
        ),
        blocks(
            "properties.ipConfigurations[]",
            "ip_configuration",
            &[
                one("name", "name", "-"),
                one("properties.subnet.id", "subnet_id", ""),
                one(
                    "properties.privateIPAllocationMethod",
                    "private_ip_address_allocation",
                    "-",
                ),
                one("properties.privateIPAddress", "private_ip_address", ""),
                one("properties.publicIPAddress.id", "public_ip_address_id", ""),
            ],
        ),
        one("properties.ipConfigurations[].name", "", "-"),
        one(
            "properties.ipConfigurations[].properties.privateIPAllocationMethod",
            "",
            "-",
        ),
        Word::Association {
            path: "properties.networkSecurityGroup.id",
            resource: "azurerm_network_interface_security_group_association",
            own: "network_interface_id",
            other: "network_security_group_id",
            further: &[],
        },
        one(
            "properties.networkSecurityGroup.id",
            "",
            "--network-security-group",
        ),
        Word::Association {
            path: "properties.ipConfigurations[0].properties.applicationSecurityGroups[].id",
            resource: "azurerm_network_interface_application_security_group_association",
            own: "network_interface_id",
            other: "application_security_group_id",
            further: &[],
        },
        one(
            "properties.ipConfigurations[0].properties.applicationSecurityGroups[].id",
            "",
            "--application-security-groups",
        ),
        Word::Association {
            path: "properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools[0].id",
            resource: "azurerm_network_interface_backend_address_pool_association",
            own: "network_interface_id",
            other: "backend_address_pool_id",
            further: &[("ip_configuration_name", "\"address\"")],
        },
        one(
            "properties.ipConfigurations[0].properties.subnet.id",
            "",
            "--subnet",
        ),
        one(
            "properties.ipConfigurations[0].properties.privateIPAddress",
            "",
            "--private-ip-address",
        ),
        one(
            "properties.ipConfigurations[0].properties.publicIPAddress.id",
            "",
            "--public-ip-address",
        ),
        one(
            "properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools[0].id",
            "",
            "--lb-address-pools",
        ),
    ],
));

const MACHINE: Words = kept(words(
    "azurerm_linux_virtual_machine",
    "",
    "vm",
    &[],
    &[
        one("zones[0]", "zone", "--zone"),
        one("properties.hardwareProfile.vmSize", "size", "--size"),
        one(
            "properties.osProfile.computerName",
            "computer_name",
            "--computer-name",
        ),
        one(
            "properties.osProfile.adminUsername",
            "admin_username",
            "--admin-username",
        ),
        one(
            "properties.osProfile.adminUsername",
            "admin_ssh_key.username",
            "",
        ),
        one(
            "properties.osProfile.linuxConfiguration.disablePasswordAuthentication",
            "disable_password_authentication",
            "-",
        ),
        one(
            "properties.osProfile.linuxConfiguration.ssh.publicKeys[0].path",
            "-",
            "-",
        ),
        one(
            "properties.osProfile.linuxConfiguration.ssh.publicKeys[0].keyData",
            "admin_ssh_key.public_key",
            "--ssh-key-values",
        ),
        one(
            "properties.storageProfile.imageReference.publisher",
            "source_image_reference.publisher",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.offer",
            "source_image_reference.offer",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.sku",
            "source_image_reference.sku",
            "-",
        ),
        one(
            "properties.storageProfile.imageReference.version",
            "source_image_reference.version",
            "-",
        ),
        Word::Option(
            "--image \"$NVA_IMAGE_PUBLISHER:$NVA_IMAGE_OFFER:$NVA_IMAGE_SKU:$NVA_IMAGE_VERSION\"",
        ),
        one("properties.storageProfile.osDisk.createOption", "-", "-"),
        one(
            "properties.storageProfile.osDisk.caching",
            "os_disk.caching",
            "--os-disk-caching",
        ),
        one(
            "properties.storageProfile.osDisk.managedDisk.storageAccountType",
            "os_disk.storage_account_type",
            "--storage-sku",
        ),
        one(
            "properties.networkProfile.networkInterfaces[].id",
            "network_interface_ids",
            "--nics",
        ),
        one(
            "properties.networkProfile.networkInterfaces[].properties.primary",
            "-",
            "-",
        ),
    ],
));

const ROUTING_APPLIANCE: Words = words(
    "",
    "",
    "network virtual-network-appliance",
    &[],
    &[
        one("properties.bandwidthInGbps", "", "--bandwidth-in-gbps"),
        with("properties.subnet", "", "--subnet", Change::Json),
    ],
);

const CIRCUIT: Words = words(
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

const CIRCUIT_PEERING: Words = words(
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

const GLOBAL_REACH: Words = words(
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

const VIRTUAL_WAN: Words = words(
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

const HUB: Words = kept(words(
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

const HUB_TABLE: Words = words(
    "azurerm_virtual_hub_route_table",
    "virtual_hub_id",
    "network vhub route-table",
    &["--vhub-name"],
    &[one("properties.labels", "labels", "--labels")],
);

const HUB_TABLE_ROUTES: Words = words(
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

const HUB_CONNECTION: Words = words(
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

const HUB_SESSION: Words = words(
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

const HUB_APPLIANCE: Words = words(
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

const HUB_VPN: Words = kept(words(
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

const VPN_SITE: Words = words(
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

const VPN_CONNECTION: Words = words(
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

const HUB_EXPRESS_ROUTE: Words = kept(words(
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

const EXPRESS_ROUTE_CONNECTION: Words = words(
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

const ROUTING_INTENT: Words = words(
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

const MANAGER: Words = words(
    "azurerm_network_manager",
    "",
    "network manager",
    &[],
    &[
        one(
            "properties.networkManagerScopes.subscriptions",
            "scope.subscription_ids",
            "",
        ),
        with(
            "properties.networkManagerScopes",
            "",
            "--network-manager-scopes",
            Change::Json,
        ),
        one(
            "properties.networkManagerScopeAccesses",
            "scope_accesses",
            "--scope-accesses",
        ),
    ],
);

const GROUP: Words = words(
    "azurerm_network_manager_network_group",
    "network_manager_id",
    "network manager group",
    &["--network-manager-name"],
    &[one("properties.memberType", "-", "-")],
);

const MEMBER: Words = words(
    "azurerm_network_manager_static_member",
    "network_group_id",
    "network manager group static-member",
    &["--network-manager-name", "--network-group-name"],
    &[one(
        "properties.resourceId",
        "target_virtual_network_id",
        "--resource-id",
    )],
);

const CONNECTIVITY: Words = words(
    "azurerm_network_manager_connectivity_configuration",
    "network_manager_id",
    "network manager connect-config",
    &["--network-manager-name"],
    &[
        one(
            "properties.connectivityTopology",
            "connectivity_topology",
            "--connectivity-topology",
        ),
        blocks(
            "properties.hubs[]",
            "hub",
            &[
                one("resourceId", "resource_id", ""),
                one("resourceType", "resource_type", ""),
            ],
        ),
        with("properties.hubs", "", "--hubs", Change::Json),
        blocks(
            "properties.appliesToGroups[]",
            "applies_to_group",
            &[
                one("networkGroupId", "network_group_id", ""),
                one("groupConnectivity", "group_connectivity", ""),
                with("useHubGateway", "use_hub_gateway", "", Change::Truth),
                with("isGlobal", "global_mesh_enabled", "", Change::Truth),
            ],
        ),
        with(
            "properties.appliesToGroups",
            "",
            "--applies-to-groups",
            Change::Json,
        ),
        with(
            "properties.isGlobal",
            "global_mesh_enabled",
            "--is-global",
            Change::Truth,
        ),
        with(
            "properties.deleteExistingPeering",
            "delete_existing_peering_enabled",
            "--delete-existing-peering",
            Change::Truth,
        ),
        Word::Usual(
            "properties.connectivityCapabilities.connectedGroupAddressOverlap",
            "Allowed",
        ),
    ],
);

const ADMIN_CONFIGURATION: Words = words(
    "azurerm_network_manager_security_admin_configuration",
    "network_manager_id",
    "network manager security-admin-config",
    &["--network-manager-name"],
    &[],
);

const ADMIN_COLLECTION: Words = words(
    "azurerm_network_manager_admin_rule_collection",
    "security_admin_configuration_id",
    "network manager security-admin-config rule-collection",
    &["--network-manager-name", "--configuration-name"],
    &[
        one(
            "properties.appliesToGroups[].networkGroupId",
            "network_group_ids",
            "",
        ),
        with(
            "properties.appliesToGroups",
            "",
            "--applies-to-groups",
            Change::Json,
        ),
    ],
);

const ADMIN_RULE: Words = words(
    "azurerm_network_manager_admin_rule",
    "admin_rule_collection_id",
    "network manager security-admin-config rule-collection rule",
    &[
        "--network-manager-name",
        "--configuration-name",
        "--rule-collection-name",
    ],
    &[
        one("kind", "-", "--kind"),
        one("properties.access", "action", "--access"),
        one("properties.direction", "direction", "--direction"),
        one("properties.priority", "priority", "--priority"),
        one("properties.protocol", "protocol", "--protocol"),
        blocks(
            "properties.sources[]",
            "source",
            &[
                one("addressPrefixType", "address_prefix_type", ""),
                one("addressPrefix", "address_prefix", ""),
            ],
        ),
        blocks(
            "properties.destinations[]",
            "destination",
            &[
                one("addressPrefixType", "address_prefix_type", ""),
                one("addressPrefix", "address_prefix", ""),
            ],
        ),
        with("properties.sources", "", "--sources", Change::Json),
        with(
            "properties.destinations",
            "",
            "--destinations",
            Change::Json,
        ),
        one(
            "properties.sourcePortRanges",
            "source_port_ranges",
            "--source-port-ranges",
        ),
        one(
            "properties.destinationPortRanges",
            "destination_port_ranges",
            "--dest-port-ranges",
        ),
    ],
);

const ROUTING_CONFIGURATION: Words = words(
    "azurerm_network_manager_routing_configuration",
    "network_manager_id",
    "network manager routing-config",
    &["--manager-name"],
    &[
        one(
            "properties.routeTableUsageMode",
            "",
            "--route-table-usage-mode",
        ),
        Word::Usual("properties.routeTableUsageMode", "ManagedOnly"),
    ],
);

const ROUTING_COLLECTION: Words = words(
    "azurerm_network_manager_routing_rule_collection",
    "routing_configuration_id",
    "network manager routing-config rule-collection",
    &["--manager-name", "--config-name"],
    &[
        one(
            "properties.appliesTo[].networkGroupId",
            "network_group_ids",
            "",
        ),
        with("properties.appliesTo", "", "--applies-to", Change::Json),
        with(
            "properties.disableBgpRoutePropagation",
            "bgp_route_propagation_enabled",
            "",
            Change::Is("False"),
        ),
        one(
            "properties.disableBgpRoutePropagation",
            "",
            "--disable-bgp-route-propagation",
        ),
    ],
);

const ROUTING_RULE: Words = words(
    "azurerm_network_manager_routing_rule",
    "rule_collection_id",
    "network manager routing-config rule-collection rule",
    &["--manager-name", "--config-name", "--collection-name"],
    &[
        one(
            "properties.destination.destinationAddress",
            "destination.address",
            "",
        ),
        one("properties.destination.type", "destination.type", ""),
        with("properties.destination", "", "--destination", Change::Json),
        one("properties.nextHop.nextHopAddress", "next_hop.address", ""),
        one("properties.nextHop.nextHopType", "next_hop.type", ""),
        with("properties.nextHop", "", "--next-hop", Change::Json),
    ],
);

const DEPLOYMENT: Words = words(
    "azurerm_network_manager_deployment",
    "network_manager_id",
    "network manager post-commit",
    &[],
    &[
        one("location", "location", "--target-locations"),
        one("scopeAccess", "scope_access", "--commit-type"),
        one(
            "configurationIds",
            "configuration_ids",
            "--configuration-ids",
        ),
    ],
);

const PRIVATE_ENDPOINT: Words = words(
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

impl Kind {
    /// The words of a kind.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            Self::RouteTable => &ROUTE_TABLE,
            Self::SecurityGroup => &SECURITY_GROUP,
            Self::ApplicationGroup => &APPLICATION_GROUP,
            Self::NatGateway => &NAT_GATEWAY,
            Self::IpGroup => &IP_GROUP,
            Self::RouteMap => &ROUTE_MAP,
            Self::Vnet => &VNET,
            Self::Subnet => &SUBNET,
            Self::Peering => &PEERING,
            Self::PublicAddress => &PUBLIC_ADDRESS,
            Self::FirewallPolicy => &FIREWALL_POLICY,
            Self::RuleCollectionGroup => &RULE_COLLECTION_GROUP,
            Self::Firewall => &FIREWALL,
            Self::HubFirewall => &HUB_FIREWALL,
            Self::Gateway => &GATEWAY,
            Self::LocalGateway => &LOCAL_GATEWAY,
            Self::Connection => &CONNECTION,
            Self::RouteServer => &ROUTE_SERVER,
            Self::RouteServerAddress => &ROUTE_SERVER_ADDRESS,
            Self::RouteServerSession => &ROUTE_SERVER_SESSION,
            Self::LoadBalancer => &LOAD_BALANCER,
            Self::BackendPool => &BACKEND_POOL,
            Self::Probe => &PROBE,
            Self::BalancingRule => &BALANCING_RULE,
            Self::Nic => &NIC,
            Self::Machine => &MACHINE,
            Self::RoutingAppliance => &ROUTING_APPLIANCE,
            Self::Circuit => &CIRCUIT,
            Self::CircuitPeering => &CIRCUIT_PEERING,
            Self::GlobalReach => &GLOBAL_REACH,
            Self::VirtualWan => &VIRTUAL_WAN,
            Self::Hub => &HUB,
            Self::HubTable => &HUB_TABLE,
            Self::HubConnection => &HUB_CONNECTION,
            Self::HubSession => &HUB_SESSION,
            Self::HubAppliance => &HUB_APPLIANCE,
            Self::HubVpn => &HUB_VPN,
            Self::VpnSite => &VPN_SITE,
            Self::VpnConnection => &VPN_CONNECTION,
            Self::HubExpressRoute => &HUB_EXPRESS_ROUTE,
            Self::ExpressRouteConnection => &EXPRESS_ROUTE_CONNECTION,
            Self::RoutingIntent => &ROUTING_INTENT,
            Self::HubTableRoutes => &HUB_TABLE_ROUTES,
            Self::Manager => &MANAGER,
            Self::Group => &GROUP,
            Self::Member => &MEMBER,
            Self::Connectivity => &CONNECTIVITY,
            Self::AdminConfiguration => &ADMIN_CONFIGURATION,
            Self::AdminCollection => &ADMIN_COLLECTION,
            Self::AdminRule => &ADMIN_RULE,
            Self::RoutingConfiguration => &ROUTING_CONFIGURATION,
            Self::RoutingCollection => &ROUTING_COLLECTION,
            Self::RoutingRule => &ROUTING_RULE,
            Self::Deployment => &DEPLOYMENT,
            Self::PrivateEndpoint => &PRIVATE_ENDPOINT,
        }
    }
}
