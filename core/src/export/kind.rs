//! The kinds of resources that are written, and how Azure Resource Manager calls them.
//!
//! | column | meaning |
//! |---|---|
//! | type | the resource type; children carry the types of their parents |
//! | short | abbreviation of names (Cloud Adoption Framework, 2025-03); none where Azure or the parent gives the name |
//! | folded | the member of its parent's `properties` where ARM JSON and Bicep write it: Azure replaces the whole list with the parent |
//! | shared | whether it takes turns with others: `ends` of peerings, `parent` for children of one hub or gateway |

/// How a kind takes turns: Azure answers `AnotherOperationInProgress` to a second operation on one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turns {
    /// With nobody.
    None,
    /// With every other one of its parent and of what it points to.
    Ends,
    /// With every other child of its parent.
    Parent,
}

/// What is known of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Resource type, as `Microsoft.Network/virtualNetworks`.
    pub arm: &'static str,
    /// Abbreviation for names.
    pub short: &'static str,
    /// Member of the parent's properties that it is written in.
    pub folded: Option<&'static str>,
    pub(super) turns: Turns,
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident $arm:literal $short:literal $folded:expr, $turns:ident;)*) => {
        /// A kind of resource.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($(#[$meta])* $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What is known of it.
            #[must_use]
            pub const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => Facts { arm: $arm, short: $short, folded: $folded, turns: Turns::$turns },)*
                }
            }
        }
    };
}

kinds! {
    /// Route table.
    RouteTable "Microsoft.Network/routeTables" "rt" None, None;
    /// Network security group.
    SecurityGroup "Microsoft.Network/networkSecurityGroups" "nsg" None, None;
    /// Application security group.
    ApplicationGroup "Microsoft.Network/applicationSecurityGroups" "asg" None, None;
    /// NAT gateway.
    NatGateway "Microsoft.Network/natGateways" "ng" None, None;
    /// Virtual network.
    Vnet "Microsoft.Network/virtualNetworks" "vnet" None, None;
    /// Subnet.
    Subnet "Microsoft.Network/virtualNetworks/subnets" "snet" Some("subnets"), None;
    /// Peering object.
    Peering "Microsoft.Network/virtualNetworks/virtualNetworkPeerings" "peer" None, Ends;
    /// Public address.
    PublicAddress "Microsoft.Network/publicIPAddresses" "pip" None, None;
    /// IP group.
    IpGroup "Microsoft.Network/ipGroups" "ipg" None, None;
    /// Policy of an Azure Firewall.
    FirewallPolicy "Microsoft.Network/firewallPolicies" "afwp" None, None;
    /// Rules of a policy.
    RuleCollectionGroup "Microsoft.Network/firewallPolicies/ruleCollectionGroups" "" None, Parent;
    /// Azure Firewall in a VNet.
    Firewall "Microsoft.Network/azureFirewalls" "afw" None, None;
    /// Azure Firewall in a Virtual WAN hub.
    HubFirewall "Microsoft.Network/azureFirewalls" "afw" None, None;
    /// VPN or ExpressRoute gateway of a VNet.
    Gateway "Microsoft.Network/virtualNetworkGateways" "vgw" None, None;
    /// What stands at the other end of a tunnel.
    LocalGateway "Microsoft.Network/localNetworkGateways" "lgw" None, None;
    /// Connection of a gateway.
    Connection "Microsoft.Network/connections" "con" None, None;
    /// Route Server.
    RouteServer "Microsoft.Network/virtualHubs" "rtserv" None, None;
    /// Subnet and address of a Route Server.
    RouteServerAddress "Microsoft.Network/virtualHubs/ipConfigurations" "" None, Parent;
    /// BGP session of a Route Server.
    RouteServerSession "Microsoft.Network/virtualHubs/bgpConnections" "" None, Parent;
    /// Internal load balancer of NVAs.
    LoadBalancer "Microsoft.Network/loadBalancers" "lbi" None, None;
    /// Its machines.
    BackendPool "Microsoft.Network/loadBalancers/backendAddressPools" "" Some("backendAddressPools"), None;
    /// How it asks its machines.
    Probe "Microsoft.Network/loadBalancers/probes" "" Some("probes"), None;
    /// Rule for all ports.
    BalancingRule "Microsoft.Network/loadBalancers/loadBalancingRules" "rule" Some("loadBalancingRules"), None;
    /// NIC.
    Nic "Microsoft.Network/networkInterfaces" "nic" None, None;
    /// NVA.
    Machine "Microsoft.Compute/virtualMachines" "vm" None, None;
    /// Azure Virtual Network Routing Appliance.
    RoutingAppliance "Microsoft.Network/virtualNetworkAppliances" "vna" None, None;
    /// ExpressRoute circuit.
    Circuit "Microsoft.Network/expressRouteCircuits" "erc" None, None;
    /// Private peering of a circuit.
    CircuitPeering "Microsoft.Network/expressRouteCircuits/peerings" "" None, Parent;
    /// Global Reach.
    GlobalReach "Microsoft.Network/expressRouteCircuits/peerings/connections" "" None, Parent;
    /// Virtual WAN.
    VirtualWan "Microsoft.Network/virtualWans" "vwan" None, None;
    /// Virtual WAN hub.
    Hub "Microsoft.Network/virtualHubs" "vhub" None, None;
    /// Route map of a hub.
    RouteMap "Microsoft.Network/virtualHubs/routeMaps" "" None, Parent;
    /// Route table of a hub.
    HubTable "Microsoft.Network/virtualHubs/hubRouteTables" "" None, Parent;
    /// VNet connection of a hub.
    HubConnection "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections" "" None, Parent;
    /// BGP session of a hub.
    HubSession "Microsoft.Network/virtualHubs/bgpConnections" "" None, Parent;
    /// NVA in a hub.
    HubAppliance "Microsoft.Network/networkVirtualAppliances" "nva" None, None;
    /// Site-to-site VPN gateway of a hub.
    HubVpn "Microsoft.Network/vpnGateways" "vpng" None, None;
    /// Branch.
    VpnSite "Microsoft.Network/vpnSites" "vst" None, None;
    /// Connection of a branch.
    VpnConnection "Microsoft.Network/vpnGateways/vpnConnections" "vcn" None, Parent;
    /// ExpressRoute gateway of a hub.
    HubExpressRoute "Microsoft.Network/expressRouteGateways" "ergw" None, None;
    /// Connection of a circuit with a hub.
    ExpressRouteConnection "Microsoft.Network/expressRouteGateways/expressRouteConnections" "con" None, Parent;
    /// Routing intent.
    RoutingIntent "Microsoft.Network/virtualHubs/routingIntent" "" None, Parent;
    /// Routes of a hub's table that name what is made after the table.
    HubTableRoutes "Microsoft.Network/virtualHubs/hubRouteTables" "" None, Parent;
    /// Virtual Network Manager.
    Manager "Microsoft.Network/networkManagers" "vnm" None, None;
    /// Network group.
    Group "Microsoft.Network/networkManagers/networkGroups" "" None, None;
    /// Member of a network group.
    Member "Microsoft.Network/networkManagers/networkGroups/staticMembers" "" None, None;
    /// Connectivity configuration.
    Connectivity "Microsoft.Network/networkManagers/connectivityConfigurations" "" None, None;
    /// Security admin configuration.
    AdminConfiguration "Microsoft.Network/networkManagers/securityAdminConfigurations" "" None, None;
    /// Collection of security admin rules.
    AdminCollection "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections" "" None, None;
    /// Security admin rule.
    AdminRule "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules" "" None, None;
    /// Routing configuration.
    RoutingConfiguration "Microsoft.Network/networkManagers/routingConfigurations" "" None, None;
    /// Collection of routing rules.
    RoutingCollection "Microsoft.Network/networkManagers/routingConfigurations/ruleCollections" "" None, None;
    /// Routing rule.
    RoutingRule "Microsoft.Network/networkManagers/routingConfigurations/ruleCollections/rules" "" None, None;
    /// What brings configurations into force in a region. No resource of ARM: an action.
    Deployment "" "" None, None;
    /// Private endpoint.
    PrivateEndpoint "Microsoft.Network/privateEndpoints" "pep" None, None;
    /// Private DNS zones that an endpoint writes its records into.
    ZoneGroup "Microsoft.Network/privateEndpoints/privateDnsZoneGroups" "" None, None;
    /// Private DNS zone.
    DnsZone "Microsoft.Network/privateDnsZones" "" None, None;
    /// Link of a zone to a VNet.
    ZoneLink "Microsoft.Network/privateDnsZones/virtualNetworkLinks" "" None, Parent;
    /// A records of one name.
    ZoneRecord "Microsoft.Network/privateDnsZones/A" "" None, None;
    /// DNS private resolver.
    DnsResolver "Microsoft.Network/dnsResolvers" "dnspr" None, None;
    /// Where a resolver takes queries.
    InboundEndpoint "Microsoft.Network/dnsResolvers/inboundEndpoints" "in" None, Parent;
    /// From where a resolver sends them on.
    OutboundEndpoint "Microsoft.Network/dnsResolvers/outboundEndpoints" "out" None, Parent;
    /// DNS forwarding ruleset.
    ForwardingRuleset "Microsoft.Network/dnsForwardingRulesets" "dnsfrs" None, None;
    /// Link of a ruleset to a VNet.
    RulesetLink "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks" "" None, Parent;
    /// Rule of a ruleset.
    ForwardingRule "Microsoft.Network/dnsForwardingRulesets/forwardingRules" "" None, Parent;
}

impl Kind {
    /// API version of its type.
    #[must_use]
    pub const fn api(self) -> &'static str {
        match self {
            Self::Machine => "2024-07-01",
            Self::DnsZone | Self::ZoneLink | Self::ZoneRecord => "2024-06-01",
            Self::DnsResolver
            | Self::InboundEndpoint
            | Self::OutboundEndpoint
            | Self::ForwardingRuleset
            | Self::RulesetLink
            | Self::ForwardingRule => "2022-07-01",
            Self::Vnet | Self::RoutingAppliance => "2025-07-01",
            _ => "2025-01-01",
        }
    }

    /// The type as people say it: its last word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Deployment => "deployment",
            Self::HubTableRoutes => "hubRoutes",
            _ => self.facts().arm.rsplit('/').next().unwrap_or_default(),
        }
    }
}
