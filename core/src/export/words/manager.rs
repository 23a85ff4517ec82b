//! Words of Virtual Network Manager.

use super::{Change, Word, Words, blocks, one, with, words};

pub(super) const MANAGER: Words = words(
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

pub(super) const GROUP: Words = words(
    "azurerm_network_manager_network_group",
    "network_manager_id",
    "network manager group",
    &["--network-manager-name"],
    &[one("properties.memberType", "-", "-")],
);

pub(super) const MEMBER: Words = words(
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

pub(super) const CONNECTIVITY: Words = words(
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

pub(super) const ADMIN_CONFIGURATION: Words = words(
    "azurerm_network_manager_security_admin_configuration",
    "network_manager_id",
    "network manager security-admin-config",
    &["--network-manager-name"],
    &[],
);

pub(super) const ADMIN_COLLECTION: Words = words(
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

pub(super) const ADMIN_RULE: Words = words(
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

pub(super) const ROUTING_CONFIGURATION: Words = words(
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

pub(super) const ROUTING_COLLECTION: Words = words(
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

pub(super) const ROUTING_RULE: Words = words(
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

pub(super) const DEPLOYMENT: Words = words(
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
