//! Which types of the `azurerm` provider are which of Azure's, and whose children they are.
//!
//! | Terraform | Azure | parent |
//! |---|---|---|
//! | `azurerm_subnet` | virtualNetworks/subnets | the VNet that `virtual_network_name` names |
//! | `azurerm_route_server` | virtualHubs | none |
//!
//! Left out: types that routing does not need; they are counted.

/// How a Terraform type is one of Azure's.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) terraform: &'static str,
    pub(super) azure: &'static str,
    /// The attribute that names or refers to the parent, and the parent's Terraform type.
    pub(super) parent: Option<(&'static str, &'static str)>,
}

const fn entry_of(terraform: &'static str, azure: &'static str) -> Entry {
    Entry {
        terraform,
        azure,
        parent: None,
    }
}

const fn child(
    terraform: &'static str,
    azure: &'static str,
    attribute: &'static str,
    parent: &'static str,
) -> Entry {
    Entry {
        terraform,
        azure,
        parent: Some((attribute, parent)),
    }
}

const ENTRIES: &[Entry] = &[
    entry_of("azurerm_virtual_network", "virtualNetworks"),
    child(
        "azurerm_subnet",
        "virtualNetworks/subnets",
        "virtual_network_name",
        "azurerm_virtual_network",
    ),
    child(
        "azurerm_virtual_network_peering",
        "virtualNetworks/virtualNetworkPeerings",
        "virtual_network_name",
        "azurerm_virtual_network",
    ),
    child(
        "azurerm_subnet_route_table_association",
        "subnetAssociations",
        "subnet_id",
        "azurerm_subnet",
    ),
    child(
        "azurerm_subnet_network_security_group_association",
        "subnetAssociations",
        "subnet_id",
        "azurerm_subnet",
    ),
    entry_of("azurerm_route_table", "routeTables"),
    child(
        "azurerm_route",
        "routeTables/routes",
        "route_table_name",
        "azurerm_route_table",
    ),
    entry_of("azurerm_network_security_group", "networkSecurityGroups"),
    child(
        "azurerm_network_security_rule",
        "networkSecurityGroups/securityRules",
        "network_security_group_name",
        "azurerm_network_security_group",
    ),
    entry_of("azurerm_network_interface", "networkInterfaces"),
    entry_of(
        "azurerm_linux_virtual_machine",
        "Microsoft.Compute/virtualMachines",
    ),
    entry_of(
        "azurerm_windows_virtual_machine",
        "Microsoft.Compute/virtualMachines",
    ),
    entry_of(
        "azurerm_virtual_machine",
        "Microsoft.Compute/virtualMachines",
    ),
    entry_of("azurerm_lb", "loadBalancers"),
    entry_of("azurerm_public_ip", "publicIPAddresses"),
    entry_of("azurerm_firewall", "azureFirewalls"),
    entry_of("azurerm_firewall_policy", "firewallPolicies"),
    entry_of("azurerm_virtual_network_gateway", "virtualNetworkGateways"),
    entry_of("azurerm_local_network_gateway", "localNetworkGateways"),
    entry_of("azurerm_virtual_network_gateway_connection", "connections"),
    entry_of("azurerm_express_route_circuit", "expressRouteCircuits"),
    child(
        "azurerm_express_route_circuit_peering",
        "expressRouteCircuits/peerings",
        "express_route_circuit_name",
        "azurerm_express_route_circuit",
    ),
    entry_of("azurerm_virtual_wan", "virtualWans"),
    entry_of("azurerm_virtual_hub", "virtualHubs"),
    entry_of("azurerm_route_server", "virtualHubs"),
    child(
        "azurerm_virtual_hub_connection",
        "virtualHubs/hubVirtualNetworkConnections",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    child(
        "azurerm_virtual_hub_route_table",
        "virtualHubs/hubRouteTables",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    child(
        "azurerm_virtual_hub_routing_intent",
        "virtualHubs/routingIntent",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    child(
        "azurerm_virtual_hub_bgp_connection",
        "virtualHubs/bgpConnections",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    child(
        "azurerm_route_server_bgp_connection",
        "virtualHubs/bgpConnections",
        "route_server_id",
        "azurerm_route_server",
    ),
    entry_of("azurerm_vpn_gateway", "vpnGateways"),
    child(
        "azurerm_vpn_gateway_connection",
        "vpnGateways/vpnConnections",
        "vpn_gateway_id",
        "azurerm_vpn_gateway",
    ),
    entry_of("azurerm_vpn_site", "vpnSites"),
    entry_of("azurerm_express_route_gateway", "expressRouteGateways"),
    child(
        "azurerm_express_route_connection",
        "expressRouteGateways/expressRouteConnections",
        "express_route_gateway_id",
        "azurerm_express_route_gateway",
    ),
    entry_of("azurerm_private_endpoint", "privateEndpoints"),
    entry_of("azurerm_private_dns_zone", "privateDnsZones"),
    child(
        "azurerm_private_dns_zone_virtual_network_link",
        "privateDnsZones/virtualNetworkLinks",
        "private_dns_zone_name",
        "azurerm_private_dns_zone",
    ),
    child(
        "azurerm_private_dns_a_record",
        "privateDnsZones/A",
        "zone_name",
        "azurerm_private_dns_zone",
    ),
    entry_of("azurerm_private_dns_resolver", "dnsResolvers"),
    child(
        "azurerm_private_dns_resolver_inbound_endpoint",
        "dnsResolvers/inboundEndpoints",
        "private_dns_resolver_id",
        "azurerm_private_dns_resolver",
    ),
    child(
        "azurerm_private_dns_resolver_outbound_endpoint",
        "dnsResolvers/outboundEndpoints",
        "private_dns_resolver_id",
        "azurerm_private_dns_resolver",
    ),
    entry_of(
        "azurerm_private_dns_resolver_dns_forwarding_ruleset",
        "dnsForwardingRulesets",
    ),
    child(
        "azurerm_private_dns_resolver_virtual_network_link",
        "dnsForwardingRulesets/virtualNetworkLinks",
        "dns_forwarding_ruleset_id",
        "azurerm_private_dns_resolver_dns_forwarding_ruleset",
    ),
    child(
        "azurerm_private_dns_resolver_forwarding_rule",
        "dnsForwardingRulesets/forwardingRules",
        "dns_forwarding_ruleset_id",
        "azurerm_private_dns_resolver_dns_forwarding_ruleset",
    ),
    entry_of("azurerm_network_manager", "networkManagers"),
    child(
        "azurerm_network_manager_network_group",
        "networkManagers/networkGroups",
        "network_manager_id",
        "azurerm_network_manager",
    ),
    child(
        "azurerm_network_manager_static_member",
        "networkManagers/networkGroups/staticMembers",
        "network_group_id",
        "azurerm_network_manager_network_group",
    ),
    child(
        "azurerm_network_manager_connectivity_configuration",
        "networkManagers/connectivityConfigurations",
        "network_manager_id",
        "azurerm_network_manager",
    ),
    child(
        "azurerm_subnet_nat_gateway_association",
        "subnetAssociations",
        "subnet_id",
        "azurerm_subnet",
    ),
    child(
        "azurerm_network_interface_security_group_association",
        "nicAssociations",
        "network_interface_id",
        "azurerm_network_interface",
    ),
    child(
        "azurerm_network_interface_application_security_group_association",
        "nicAssociations",
        "network_interface_id",
        "azurerm_network_interface",
    ),
    child(
        "azurerm_network_interface_backend_address_pool_association",
        "nicAssociations",
        "network_interface_id",
        "azurerm_network_interface",
    ),
    child(
        "azurerm_lb_backend_address_pool",
        "loadBalancers/backendAddressPools",
        "loadbalancer_id",
        "azurerm_lb",
    ),
    child(
        "azurerm_lb_backend_address_pool_address",
        "loadBalancers/backendAddressPools/addresses",
        "backend_address_pool_id",
        "azurerm_lb_backend_address_pool",
    ),
    child(
        "azurerm_lb_rule",
        "loadBalancers/loadBalancingRules",
        "loadbalancer_id",
        "azurerm_lb",
    ),
    child(
        "azurerm_lb_outbound_rule",
        "loadBalancers/outboundRules",
        "loadbalancer_id",
        "azurerm_lb",
    ),
    entry_of("azurerm_nat_gateway", "natGateways"),
    entry_of(
        "azurerm_application_security_group",
        "applicationSecurityGroups",
    ),
    entry_of("azurerm_ip_group", "ipGroups"),
    child(
        "azurerm_firewall_policy_rule_collection_group",
        "firewallPolicies/ruleCollectionGroups",
        "firewall_policy_id",
        "azurerm_firewall_policy",
    ),
    child(
        "azurerm_firewall_network_rule_collection",
        "azureFirewalls/ruleCollections",
        "azure_firewall_name",
        "azurerm_firewall",
    ),
    child(
        "azurerm_firewall_nat_rule_collection",
        "azureFirewalls/ruleCollections",
        "azure_firewall_name",
        "azurerm_firewall",
    ),
    child(
        "azurerm_firewall_application_rule_collection",
        "azureFirewalls/ruleCollections",
        "azure_firewall_name",
        "azurerm_firewall",
    ),
    child(
        "azurerm_route_map",
        "virtualHubs/routeMaps",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    entry_of("azurerm_point_to_site_vpn_gateway", "p2sVpnGateways"),
    child(
        "azurerm_virtual_hub_ip",
        "virtualHubs/ipConfigurations",
        "virtual_hub_id",
        "azurerm_virtual_hub",
    ),
    child(
        "azurerm_virtual_hub_route_table_route",
        "virtualHubs/hubRouteTables/routes",
        "route_table_id",
        "azurerm_virtual_hub_route_table",
    ),
    child(
        "azurerm_express_route_circuit_connection",
        "expressRouteCircuits/peerings/connections",
        "peering_id",
        "azurerm_express_route_circuit_peering",
    ),
    child(
        "azurerm_network_manager_security_admin_configuration",
        "networkManagers/securityAdminConfigurations",
        "network_manager_id",
        "azurerm_network_manager",
    ),
    child(
        "azurerm_network_manager_admin_rule_collection",
        "networkManagers/securityAdminConfigurations/ruleCollections",
        "security_admin_configuration_id",
        "azurerm_network_manager_security_admin_configuration",
    ),
    child(
        "azurerm_network_manager_admin_rule",
        "networkManagers/securityAdminConfigurations/ruleCollections/rules",
        "admin_rule_collection_id",
        "azurerm_network_manager_admin_rule_collection",
    ),
    child(
        "azurerm_network_manager_routing_configuration",
        "networkManagers/routingConfigurations",
        "network_manager_id",
        "azurerm_network_manager",
    ),
    child(
        "azurerm_network_manager_routing_rule_collection",
        "networkManagers/routingConfigurations/ruleCollections",
        "routing_configuration_id",
        "azurerm_network_manager_routing_configuration",
    ),
    child(
        "azurerm_network_manager_routing_rule",
        "networkManagers/routingConfigurations/ruleCollections/rules",
        "rule_collection_id",
        "azurerm_network_manager_routing_rule_collection",
    ),
    child(
        "azurerm_network_manager_deployment",
        "networkManagers/deployments",
        "network_manager_id",
        "azurerm_network_manager",
    ),
];

pub(super) fn entry(kind: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.terraform == kind)
}
