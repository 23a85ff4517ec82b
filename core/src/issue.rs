//! Every problem of an estate, reported at once.
//!
//! An [`Issue`] names what is wrong (a code with Azure's own error code where one is published), where (a path into
//! the [`crate::spec::NetworkSpec`]), what was expected, and the source of the rule. Errors are what Azure refuses or
//! what cannot be read; warnings are what Azure accepts and a reader should know. An issue never stops the
//! simulation: the best topology is built without the offending part.

use crate::refusal::Refusal;
pub use crate::refusal::{Severity, Source};
use std::fmt;
use std::sync::LazyLock;

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        /// What kind of problem it is. The table of refusals says when, and on whose word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum IssueCode { $($(#[$meta])* $name,)* }

        impl IssueCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The key of its row in the table of refusals.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }
        }
    };
}

codes! {
    /// A text is not a prefix in CIDR notation.
    InvalidPrefix,
    /// A prefix has bits set after its mask.
    HostBits,
    /// A text is not an address.
    InvalidAddress,
    /// A text is not an availability zone, or an NVA names several.
    InvalidZone,
    /// A text is neither a port nor a range of ports.
    InvalidPort,
    /// A rule of a firewall policy stands in a collection of another kind.
    FirewallRuleKind,
    /// A route table on a subnet whose occupant takes none.
    OccupantRouteTable,
    /// A network security group on a subnet whose occupant takes none.
    OccupantSecurityGroup,
    /// 0.0.0.0/0 leads where an occupant of the subnet does not bear it.
    OccupantDefaultRoute,
    /// A route table or network security group is missing that an occupant needs.
    OccupantPrerequisite,
    /// Something else stands in a subnet that an occupant wants for itself.
    OccupantNotAlone,
    /// A subnet is smaller than its occupant needs.
    OccupantTooSmall,
    /// The group before an Application Gateway v2 keeps its management out.
    ApplicationGatewayInbound,
    /// The group before an Application Gateway v2 denies TCP on the way out.
    ApplicationGatewayOutbound,
    /// A NAT gateway beside a load balancer Basic.
    NatGatewayBesideBasic,
    /// A subnet is delegated while machines stand in it.
    DelegationInUse,
    /// A subnet is delegated to another service than stands in it.
    DelegatedToAnother,
    /// 0.0.0.0/0 is missing where an occupant leaves by its table alone.
    OccupantDefaultRouteMissing,
    /// That 0.0.0.0/0 leads neither to an appliance nor to a gateway.
    OccupantDefaultRouteNextHop,
    /// An active-active VPN gateway with one public address.
    ActiveActiveAddresses,
    /// An active-active VPN gateway with clients and two public addresses.
    ActiveActiveClientAddresses,
    /// An appliance peers with one instance of a Route Server alone.
    SingleInstanceSession,
    /// A word that Azure does not know, as the next hop type `VNetPeering` of a user's route.
    UnknownWord,
    /// Two objects of one kind share a name.
    DuplicateName,
    /// A name that no object has.
    UnknownReference,
    /// A member is empty that must not be.
    MissingValue,
    /// IPv6 is carried, not simulated.
    Ipv6NotSimulated,
    /// The core does not simulate this yet: answers that touch it are not given.
    NotSimulated,
    /// A VNet without a readable range.
    VnetWithoutPrefix,
    /// Two ranges of one VNet overlap.
    VnetPrefixesOverlap,
    /// A VNet takes multicast, broadcast, loopback or link-local addresses, or 168.63.129.16.
    VnetRangeReserved,
    /// A subnet lies outside its VNet.
    SubnetOutsideVnet,
    /// Two subnets of one VNet overlap.
    SubnetsOverlap,
    /// A subnet smaller than /29.
    SubnetTooSmall,
    /// An object's address lies outside its subnet.
    AddressOutsideSubnet,
    /// An address is one of the first four or the last of its subnet.
    AddressReserved,
    /// Two NICs share an address.
    AddressInUse,
    /// A peering of a VNet with itself.
    PeeringWithItself,
    /// A second object between the same VNets.
    DuplicatePeering,
    /// The peered VNets overlap.
    PeeredVnetsOverlap,
    /// The new peer overlaps a VNet that is already peered with the other one.
    OverlapsPeeredVnet,
    /// Only one of the two peering objects exists.
    PeeringInitiated,
    /// The other object of a peering was deleted.
    PeeringDisconnected,
    /// An object is made while the other one still is `Disconnected`: that one must be deleted first.
    RemotePeeringDisconnected,
    /// The two objects of a peering disagree about the kind of peering.
    PeeringKindMismatch,
    /// A changed address range has not been synced.
    PeeringNotInSync,
    /// `useRemoteGateways` while the other object does not allow gateway transit.
    RemoteGatewayUnavailable,
    /// `useRemoteGateways` where the remote VNet has no gateway.
    RemoteVnetWithoutGateway,
    /// `useRemoteGateways` on a VNet that owns a gateway.
    GatewayAndRemoteGateway,
    /// `useRemoteGateways` on more than one link of a VNet.
    SecondRemoteGateway,
    /// More peerings on a VNet than Azure allows.
    TooManyPeerings,
    /// Two UDRs of one table share a prefix.
    DuplicateRoute,
    /// A `VirtualAppliance` UDR without an address, or an address on another type.
    NextHopAddress,
    /// A UDR names a loopback, multicast, broadcast or link-local address, or 168.63.129.16, as its appliance.
    NextHopAddressForbidden,
    /// A UDR's appliance is not in the VNet or a directly peered one.
    NextHopUnreachable,
    /// A UDR names an address where nothing forwards.
    NextHopNotAnAppliance,
    /// A UDR names a service tag whose prefixes are neither built in nor listed.
    UnknownServiceTag,
    /// More UDRs in a table than Azure allows.
    TooManyRoutes,
    /// More than 25 UDRs with service tags in a table.
    TooManyTagRoutes,
    /// An appliance forwards nothing: `enableIPForwarding` is off.
    IpForwardingOff,
    /// A table with 0.0.0.0/0 on GatewaySubnet.
    GatewaySubnetDefaultRoute,
    /// A table that switches propagation off on GatewaySubnet.
    GatewaySubnetPropagation,
    /// A network security group on GatewaySubnet.
    GatewaySubnetNsg,
    /// A NIC or private endpoint in GatewaySubnet.
    GatewaySubnetOccupied,
    /// A gateway in a GatewaySubnet smaller than /29.
    GatewaySubnetSize,
    /// A route table on AzureBastionSubnet.
    BastionSubnetRouteTable,
    /// A network security group on AzureBastionSubnet without the rules that Bastion needs.
    BastionSubnetNsg,
    /// AzureBastionSubnet smaller than /26.
    BastionSubnetSize,
    /// A NIC or private endpoint in AzureBastionSubnet.
    BastionSubnetOccupied,
    /// A table on AzureFirewallSubnet without 0.0.0.0/0 to the Internet, where the firewall has no management NIC.
    FirewallSubnetDefaultRoute,
    /// An Azure Firewall outside AzureFirewallSubnet.
    FirewallSubnetName,
    /// An Azure Firewall in an AzureFirewallSubnet smaller than /26.
    FirewallSubnetSize,
    /// A network security group on AzureFirewallSubnet.
    FirewallSubnetNsg,
    /// A NIC or private endpoint in AzureFirewallSubnet.
    FirewallSubnetOccupied,
    /// An Azure Firewall Basic in a VNet without AzureFirewallManagementSubnet.
    FirewallManagement,
    /// A second Azure Firewall in one VNet.
    SecondFirewall,
    /// A route table on RouteServerSubnet.
    RouteServerSubnetRouteTable,
    /// A network security group on RouteServerSubnet.
    RouteServerSubnetNsg,
    /// A Route Server in a RouteServerSubnet smaller than /27.
    RouteServerSubnetSize,
    /// A NIC or private endpoint in RouteServerSubnet.
    RouteServerSubnetOccupied,
    /// A routing appliance outside VirtualNetworkApplianceSubnet.
    RoutingApplianceSubnet,
    /// A second gateway of one kind in one VNet.
    SecondGateway,
    /// A VPN gateway VpnGw1 to VpnGw5 without zones is made since November 2025.
    GatewaySkuRetired,
    /// BGP in a tunnel of a Basic VPN gateway.
    BasicGatewayBgp,
    /// A Basic VPN gateway that is active-active.
    BasicGatewayActiveActive,
    /// A Basic VPN gateway beside an ExpressRoute gateway.
    BasicGatewayCoexists,
    /// FastPath on a gateway smaller than UltraPerformance, ErGw3AZ or ErGwScale.
    FastPathSku,
    /// A circuit is connected to a gateway that is not an ExpressRoute gateway.
    CircuitGatewayKind,
    /// A tunnel ends on a gateway that is not a VPN gateway.
    TunnelGatewayKind,
    /// More tunnels on a VPN gateway than its SKU allows.
    TooManyTunnels,
    /// More circuits on an ExpressRoute gateway than its SKU allows.
    TooManyCircuits,
    /// A site with BGP has a number that Azure or IANA keeps.
    ReservedAsn,
    /// BGP between two VPN gateways of one number.
    SameAsn,
    /// A peer of a Route Server or hub has a number that Azure or IANA keeps, or one of more than 16 bits.
    RouteServerPeerAsn,
    /// More than 8 peers of a Route Server.
    TooManyRouteServerPeers,
    /// Branch-to-branch needs an active-active VPN gateway with ASN 65515.
    BranchToBranchGateway,
    /// A VNet is connected to two hubs, or twice.
    SecondHubConnection,
    /// A VNet with a gateway or Route Server is connected to a hub.
    ConnectedVnetOwnsGateway,
    /// A VNet that uses the gateways of a peer is connected to a hub, or the other way round.
    ConnectedVnetUsesGateway,
    /// Two connected VNets overlap.
    ConnectedVnetsOverlap,
    /// A hub's range overlaps a connected VNet or another hub.
    HubRangeOverlap,
    /// A hub's range smaller than /24.
    HubRangeSize,
    /// A BGP session of a hub with a machine in a VNet that is not connected to it.
    HubBgpWithoutConnection,
    /// One destination stands twice in a table of a hub.
    DuplicateHubDestination,
    /// Routing intent beside custom tables or static routes to connections, or without a firewall.
    RoutingIntentConflict,
    /// A connection of a hub with routing intent has an association or propagation of its own.
    ConnectionRoutingConflict,
    /// Static routes of a connection to public ranges name several next hops.
    ConnectionNextHops,
    /// A rule's priority is not from 100 to 4096.
    RulePriorityInvalid,
    /// Two rules of one direction share a priority.
    RulePriorityTaken,
    /// A rule lists prefixes that overlap each other.
    RulePrefixesOverlap,
    /// Members of a connected group overlap.
    ConnectedGroupOverlap,
    /// Members of a connected group overlap where that is disallowed.
    ConnectedGroupOverlapRefused,
    /// More VNets in a connected group than Azure allows.
    ConnectedGroupSize,
    /// A VNet in more than two connected groups.
    TooManyConnectedGroups,
    /// A dynamic NAT rule shares a connection of a VPN gateway with another rule.
    NatRulesShare,
    /// A firewall asks a DNS server in its own subnet.
    FirewallDnsServerInSubnet,
    /// A network rule names domains, and the firewall is no DNS proxy.
    FqdnRuleWithoutProxy,
    /// A VNet is linked to two private DNS zones of one domain.
    PrivateDnsZonesOverlap,
    /// A second DNS private resolver in one VNet.
    SecondDnsResolver,
    /// The subnet of a resolver's endpoint is larger than /24 or smaller than /28.
    DnsResolverSubnetSize,
    /// A DNS forwarding ruleset is linked to a VNet of another region.
    RulesetRegion,
    /// A rule of a DNS forwarding ruleset forwards to 168.63.129.16.
    ForwardingToAzureDns,
    /// A DNS forwarding ruleset is linked to the VNet whose inbound endpoint it forwards to.
    RulesetLoop,
}

impl IssueCode {
    /// Its row in the table of refusals.
    ///
    /// ```
    /// use interspoke_core::issue::IssueCode;
    /// let row = IssueCode::SubnetOutsideVnet.refusal().unwrap();
    /// assert_eq!(row.codes().collect::<Vec<_>>(), ["NetcfgSubnetRangeOutsideVnet", "NetcfgInvalidSubnet"]);
    /// ```
    #[must_use]
    pub fn refusal(self) -> Option<&'static Refusal> {
        static ROWS: LazyLock<Vec<Option<&'static Refusal>>> = LazyLock::new(|| {
            let keys = IssueCode::ALL.iter().map(|code| code.key());
            keys.map(Refusal::named).collect()
        });
        ROWS.get(self as usize).copied().flatten()
    }

    /// Azure's error code where one is published, else ours in the same style.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.refusal().map_or(self.key(), |row| row.code)
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.refusal()
            .map_or(Severity::Error, |row| row.standing.severity())
    }

    /// Whether Azure takes no change that brings it.
    #[must_use]
    pub fn refuses(self) -> bool {
        self.refusal().is_none_or(|row| row.standing.refuses())
    }

    /// The rule's source.
    #[must_use]
    pub fn source(self) -> Option<Source> {
        self.refusal()?.source
    }
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
    pub fn severity(&self) -> Severity {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row_and_every_row_a_code() {
        let rows: Vec<_> = Refusal::all().iter().map(|row| row.key).collect();
        let keys: Vec<_> = IssueCode::ALL.iter().map(|code| code.key()).collect();
        assert_eq!(keys, rows, "the order of the table is that of the codes");
    }
}
