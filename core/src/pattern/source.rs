//! The documents that patterns cite.

use crate::issue::Source;

macro_rules! sources {
    ($($name:ident $title:literal $url:literal $date:literal;)*) => {
        $(pub(super) const $name: Source = Source { title: $title, url: $url, date: $date };)*
    };
}

sources! {
    ARTICLE "Patterns for inter-spoke networking" "https://learn.microsoft.com/azure/architecture/networking/guide/spoke-to-spoke-networking" "2025-06-16";
    VERSUS "Virtual network peering and VPN gateways (Azure Architecture Center)" "https://learn.microsoft.com/azure/architecture/reference-architectures/hybrid-networking/virtual-network-peering" "2025";
    TOPOLOGY "Traditional Azure networking topology (Cloud Adoption Framework)" "https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/traditional-azure-networking-topology" "2023-02-17";
    MULTI_HUB "Use Azure Firewall to route a multi hub and spoke topology" "https://learn.microsoft.com/azure/firewall/firewall-multi-hub-spoke" "2025-06-26";
    FIREWALL "Azure Firewall performance" "https://learn.microsoft.com/azure/firewall/firewall-performance" "2026-03-28";
    NVA "Deploy highly available network virtual appliances" "https://learn.microsoft.com/azure/architecture/networking/guide/network-virtual-appliance-high-availability" "2025-03";
    VM "Virtual machine network throughput" "https://learn.microsoft.com/azure/virtual-network/virtual-machine-network-throughput" "2023-03-30";
    ROUTE_SERVER "Azure Route Server frequently asked questions" "https://learn.microsoft.com/azure/route-server/route-server-faq" "2025-09";
    INJECTION "Default route injection in spoke virtual networks" "https://learn.microsoft.com/azure/route-server/route-injection-in-spokes" "2025-09";
    SUBNET_PEERING "Configure subnet peering" "https://learn.microsoft.com/azure/virtual-network/how-to-configure-subnet-peering" "2024-12-03";
    SUBNET_LAB "mddazure/subnet-peering" "https://github.com/mddazure/subnet-peering" "2025-04";
    MANAGER "Connectivity configuration in Azure Virtual Network Manager" "https://learn.microsoft.com/azure/virtual-network-manager/concept-connectivity-configuration" "2025-11-18";
    MANAGER_LIMITS "Limitations of Azure Virtual Network Manager" "https://learn.microsoft.com/azure/virtual-network-manager/concept-limitations" "2026-09-16";
    MANAGER_WAN "Virtual Network Manager with Virtual WAN" "https://learn.microsoft.com/azure/virtual-wan/virtual-network-manager-virtual-wan-overview" "2026-03";
    WAN_FAQ "Virtual WAN frequently asked questions" "https://learn.microsoft.com/azure/virtual-wan/virtual-wan-faq" "2025-09";
    WAN_SETTINGS "Virtual hub settings" "https://learn.microsoft.com/azure/virtual-wan/hub-settings" "2023-08-24";
    INTENT "How to configure Virtual WAN hub routing intent" "https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies" "2025-08";
    INDIRECT "Virtual WAN indirect spoke architecture" "https://learn.microsoft.com/azure/virtual-wan/indirect-spoke-architecture" "2026-04-28";
    ENCRYPTION "What is Azure Virtual Network encryption?" "https://learn.microsoft.com/azure/virtual-network/virtual-network-encryption-overview" "2025";
    ENCRYPTION_LIMITS "What is Azure Virtual Network encryption? (limitations, MicrosoftDocs/azure-docs pull request 128543)" "https://github.com/MicrosoftDocs/azure-docs/pull/128543" "2026-06-01";
    CROSS_TENANT "Cross-tenant support in Azure Virtual Network Manager" "https://learn.microsoft.com/azure/virtual-network-manager/concept-cross-tenant" "2022-09-12";
    WAN_TENANTS "Connect cross-tenant virtual networks to a Virtual WAN hub" "https://learn.microsoft.com/azure/virtual-wan/cross-tenant-vnet" "2023";
    VPN "VPN Gateway frequently asked questions" "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq" "2025-06-23";
    HAIRPIN "Configure an ExpressRoute gateway: VNet-to-VNet traffic" "https://learn.microsoft.com/azure/expressroute/expressroute-howto-add-gateway-portal-resource-manager" "2025-11-10";
    ROUTING_APPLIANCE "Azure Virtual Network Routing Appliance overview" "https://learn.microsoft.com/azure/virtual-network/virtual-network-routing-appliance-overview" "2026-08";
    PRIVATE_LINK "What is Azure Private Link service?" "https://learn.microsoft.com/azure/private-link/private-link-service-overview" "2025";
}
