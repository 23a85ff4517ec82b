//! Every problem of an estate, reported at once.
//!
//! An [`Issue`] names what is wrong (a code with Azure's own error code where one is published), where (a path into
//! the [`crate::spec::NetworkSpec`]), what was expected, and the source of the rule. Errors are what Azure refuses or
//! what cannot be read; warnings are what Azure accepts and a reader should know. An issue never stops the
//! simulation: the best topology is built without the offending part.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Accepted by Azure, and risky or surprising.
    Warning,
    /// Refused by Azure, unreadable, or certain to fail.
    Error,
}

impl Severity {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a rule stands in the reference, and the document behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source {
    /// Title of the document.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
    /// The day the text carries or was read, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: &'static str,
}

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal, $severity:ident, $source:expr;)*) => {
        /// What kind of problem it is. The text form is Azure's error code where one is published.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum IssueCode { $($(#[$meta])* $name,)* }

        impl IssueCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Azure's error code where one is published, else ours in the same style.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The rule's source.
            #[must_use]
            pub const fn source(self) -> Option<Source> {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

const UDR: Option<Source> = Some(Source {
    title: "Virtual network traffic routing",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    date: "2023-05",
});
const PEERING: Option<Source> = Some(Source {
    title: "Create, change, or delete a virtual network peering",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
    date: "2025-06",
});
const PEERING_DISCONNECTED: Option<Source> = Some(Source {
    title: "terraform-provider-azurerm, issue 14051: RemotePeeringIsDisconnected",
    url: "https://github.com/hashicorp/terraform-provider-azurerm/issues/14051",
    date: "2021-11-05",
});
const BASTION: Option<Source> = Some(Source {
    title: "terraform-azurerm-hubnetworking, issue 81: RouteTableCannotBeAttachedForAzureBastionSubnet",
    url: "https://github.com/Azure/terraform-azurerm-hubnetworking/issues/81",
    date: "2024-07-21",
});
const HUB_TABLE: Option<Source> = Some(Source {
    title: "terraform-provider-azurerm, pull request 31258: DuplicateDestinations",
    url: "https://github.com/hashicorp/terraform-provider-azurerm/pull/31258",
    date: "2025-12-03",
});
const SUBNET_PEERING: Option<Source> = Some(Source {
    title: "Configure subnet peering",
    url: "https://learn.microsoft.com/azure/virtual-network/how-to-configure-subnet-peering",
    date: "2025-04",
});
const GATEWAY_SUBNET: Option<Source> = Some(Source {
    title: "VPN Gateway settings: GatewaySubnet",
    url: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub",
    date: "2023-09-26",
});
const FIREWALL: Option<Source> = Some(Source {
    title: "Azure Firewall forced tunneling",
    url: "https://learn.microsoft.com/azure/firewall/forced-tunneling",
    date: "2024-03",
});
const SPOKES: Option<Source> = Some(Source {
    title: "Azure spoke-to-spoke networking",
    url: "https://learn.microsoft.com/azure/architecture/networking/guide/spoke-to-spoke-networking",
    date: "2025-06-16",
});
const ROUTE_SERVER: Option<Source> = Some(Source {
    title: "Azure Route Server frequently asked questions",
    url: "https://learn.microsoft.com/azure/route-server/route-server-faq",
    date: "2025-09",
});
const VIRTUAL_WAN: Option<Source> = Some(Source {
    title: "Virtual WAN frequently asked questions",
    url: "https://learn.microsoft.com/azure/virtual-wan/virtual-wan-faq",
    date: "2025-09",
});
const ROUTING_INTENT: Option<Source> = Some(Source {
    title: "How to configure Virtual WAN hub routing intent",
    url: "https://learn.microsoft.com/azure/virtual-wan/how-to-routing-policies",
    date: "2025-08",
});
const ZONES: Option<Source> = Some(Source {
    title: "What are availability zones?",
    url: "https://learn.microsoft.com/azure/reliability/availability-zones-overview",
    date: "2025-08",
});
const CONNECTED_GROUP: Option<Source> = Some(Source {
    title: "Connectivity configuration in Azure Virtual Network Manager",
    url: "https://learn.microsoft.com/azure/virtual-network-manager/concept-connectivity-configuration",
    date: "2025-11-18",
});

codes! {
    /// A text is not a prefix.
    InvalidPrefix = "InvalidAddressPrefixFormat", Error, None;
    /// A text is not an address.
    InvalidAddress = "InvalidIPAddress", Error, None;
    /// A text is not an availability zone, or an NVA names several.
    InvalidZone = "InvalidAvailabilityZone", Error, ZONES;
    /// A word that Azure does not know, as a next hop type `VNetPeering` of a user's route.
    UnknownWord = "InvalidRequestFormat", Error, None;
    /// Two objects of one kind share a name.
    DuplicateName = "DuplicateName", Error, None;
    /// A name that no object has.
    UnknownReference = "InvalidResourceReference", Error, None;
    /// A member is empty that must not be.
    MissingValue = "MissingValue", Error, None;
    /// A VNet without a readable range.
    VnetWithoutPrefix = "VnetAddressSpaceEmpty", Error, None;
    /// IPv6 is carried, not simulated.
    Ipv6NotSimulated = "Ipv6NotSimulated", Note, None;
    /// Two ranges of one VNet overlap.
    VnetPrefixesOverlap = "AddressPrefixesOverlap", Error, None;
    /// A subnet lies outside its VNet.
    SubnetOutsideVnet = "NetcfgInvalidSubnet", Error, None;
    /// Two subnets of one VNet overlap.
    SubnetsOverlap = "NetcfgSubnetRangesOverlap", Error, None;
    /// An object's address lies outside its subnet.
    AddressOutsideSubnet = "PrivateIPAddressNotInSubnet", Error, None;
    /// Two NICs share an address.
    AddressInUse = "PrivateIPAddressIsAllocated", Error, None;
    /// A peering of a VNet with itself.
    PeeringWithItself = "RemotePeeringIsSelf", Error, PEERING;
    /// A second object between the same VNets.
    DuplicatePeering = "AnotherPeeringAlreadyReferencesRemoteVnet", Error, PEERING;
    /// The peered VNets overlap.
    PeeredVnetsOverlap = "VnetAddressSpacesOverlap", Error, PEERING;
    /// The new peer overlaps a VNet that is already peered with the other one.
    OverlapsPeeredVnet = "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet", Error, PEERING;
    /// Only one of the two peering objects exists.
    PeeringInitiated = "PeeringInitiated", Warning, PEERING;
    /// The other object of a peering was deleted.
    PeeringDisconnected = "PeeringDisconnected", Warning, PEERING;
    /// An object is made while the other one still is `Disconnected`: that one must be deleted first.
    RemotePeeringDisconnected = "RemotePeeringIsDisconnected", Error, PEERING_DISCONNECTED;
    /// The two objects of a peering disagree about the kind of peering.
    PeeringKindMismatch = "PeeringKindMismatch", Error, SUBNET_PEERING;
    /// A changed address range has not been synced.
    PeeringNotInSync = "RemoteNotInSync", Warning, PEERING;
    /// `useRemoteGateways` without `allowGatewayTransit` or without a gateway there.
    RemoteGatewayUnavailable = "RemotePeeringAllowGatewayTransitNotEnabled", Error, PEERING;
    /// `useRemoteGateways` where the remote VNet has no gateway.
    RemoteVnetWithoutGateway = "RemoteVnetHasNoGateways", Error, PEERING;
    /// `useRemoteGateways` on a VNet that owns a gateway.
    GatewayAndRemoteGateway = "VnetHasGatewayAndUsesRemoteGateways", Error, PEERING;
    /// `useRemoteGateways` on more than one link.
    SecondRemoteGateway = "VnetUsesMoreThanOneRemoteGateway", Error, PEERING;
    /// Two UDRs of one table share a prefix.
    DuplicateRoute = "RouteConflict", Error, UDR;
    /// A `VirtualAppliance` UDR without an address, or an address on another type.
    NextHopAddress = "InvalidNextHopIpAddress", Error, UDR;
    /// A UDR's appliance is not in the VNet or a directly peered one.
    NextHopUnreachable = "NextHopUnreachable", Warning, UDR;
    /// A UDR names an address where nothing forwards.
    NextHopNotAnAppliance = "NextHopNotAnAppliance", Warning, UDR;
    /// A UDR names a service tag whose prefixes are neither built in nor listed.
    UnknownServiceTag = "UnknownServiceTag", Warning, UDR;
    /// 0.0.0.0/0 on GatewaySubnet.
    GatewaySubnetDefaultRoute = "GatewaySubnetDefaultRoute", Error, GATEWAY_SUBNET;
    /// Propagation switched off on GatewaySubnet.
    GatewaySubnetPropagation = "GatewaySubnetPropagationDisabled", Error, GATEWAY_SUBNET;
    /// A network security group on GatewaySubnet.
    GatewaySubnetNsg = "GatewaySubnetNetworkSecurityGroup", Error, GATEWAY_SUBNET;
    /// A route table on AzureBastionSubnet.
    BastionSubnetRouteTable = "RouteTableCannotBeAttachedForAzureBastionSubnet", Error, BASTION;
    /// A table on AzureFirewallSubnet without 0.0.0.0/0 to the Internet.
    FirewallSubnetDefaultRoute = "AzureFirewallSubnetDefaultRoute", Warning, FIREWALL;
    /// A second Azure Firewall in one VNet.
    SecondFirewall = "AzureFirewallSubnetAlreadyUsed", Error, SPOKES;
    /// A second gateway of one kind in one VNet.
    SecondGateway = "VnetAlreadyHasGateway", Error, GATEWAY_SUBNET;
    /// More UDRs in a table than Azure allows.
    TooManyRoutes = "RouteTableRouteLimit", Error, UDR;
    /// More peerings on a VNet than Azure allows.
    TooManyPeerings = "VnetPeeringLimit", Error, SPOKES;
    /// An appliance forwards nothing: `enableIPForwarding` is off.
    IpForwardingOff = "IpForwardingOff", Warning, UDR;
    /// Branch-to-branch needs an active-active VPN gateway with ASN 65515.
    BranchToBranchGateway = "RouteServerBranchToBranchVpnGateway", Warning, ROUTE_SERVER;
    /// A VNet is connected to two hubs, or twice.
    SecondHubConnection = "VnetAlreadyConnectedToHub", Error, VIRTUAL_WAN;
    /// A VNet with a gateway or Route Server is connected to a hub.
    ConnectedVnetOwnsGateway = "ConnectedVnetOwnsGateway", Error, VIRTUAL_WAN;
    /// Two connected VNets overlap.
    ConnectedVnetsOverlap = "HubConnectionAddressSpaceOverlap", Error, VIRTUAL_WAN;
    /// One destination stands twice in a table of a hub.
    DuplicateHubDestination = "DuplicateDestinations", Error, HUB_TABLE;
    /// Routing intent beside custom tables or static routes to connections.
    RoutingIntentConflict = "RoutingIntentPrerequisite", Error, ROUTING_INTENT;
    /// Members of a connected group overlap.
    ConnectedGroupOverlap = "ConnectedGroupAddressOverlap", Warning, CONNECTED_GROUP;
    /// Members of a connected group overlap where that is disallowed.
    ConnectedGroupOverlapRefused = "ConnectedGroupAddressOverlapDisallowed", Error, CONNECTED_GROUP;
    /// The core does not simulate this yet: answers that touch it are not given.
    NotSimulated = "NotSimulated", Warning, None;
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What kind it is.
    pub code: IssueCode,
    /// Where: a path into the spec, as `vnets[spoke1].subnets[app].prefix`.
    pub subject: String,
    /// What is wrong and what was expected, as a sentence without a final dot.
    pub message: String,
}

impl Issue {
    /// A problem at a place.
    #[must_use]
    pub fn new(code: IssueCode, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            subject: subject.into(),
            message: message.into(),
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} at {}: {}",
            self.severity().word(),
            self.code.code(),
            self.subject,
            self.message
        )
    }
}

/// A value with every problem found while making it. The value is usable whatever the issues are.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// Every problem, errors first.
    pub issues: Vec<Issue>,
}

impl<T> Checked<T> {
    /// Whether nothing of severity error was found.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.issues
            .iter()
            .all(|issue| issue.severity() < Severity::Error)
    }
}
