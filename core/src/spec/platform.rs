//! Subnets that Azure keeps for its own services, by their names.
//!
//! | subnet | holds |
//! |---|---|
//! | `GatewaySubnet` | VPN and ExpressRoute gateways |
//! | `AzureFirewallSubnet`, `AzureFirewallManagementSubnet` | Azure Firewall |
//! | `AzureBastionSubnet` | Azure Bastion |
//! | `RouteServerSubnet` | Route Server |
//! | `VirtualNetworkApplianceSubnet` | a virtual network routing appliance |
//!
//! No workload of the estate's owner stands in one. Left out: subnets that are delegated to a service (`occupant`).

/// Their names, as Azure writes them.
pub const PLATFORM_SUBNETS: [&str; 6] = [
    "GatewaySubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "RouteServerSubnet",
    "VirtualNetworkApplianceSubnet",
];

/// Whether a subnet of this name is one of them. Azure takes no notice of case.
///
/// ```
/// use interspoke_core::spec::is_platform_subnet;
/// assert!(is_platform_subnet("gatewaysubnet"));
/// assert!(!is_platform_subnet("app"));
/// ```
#[must_use]
pub fn is_platform_subnet(name: &str) -> bool {
    let mut known = PLATFORM_SUBNETS.iter();
    known.any(|known| name.eq_ignore_ascii_case(known))
}
