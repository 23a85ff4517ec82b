//! The members of every record of a network.

use super::Kind;
use super::Shape::{
    Address, Addresses, AllWithin, Choice, Destination, Flag, Group, Name, Number, Numbers, Part,
    Prefix, Prefixes, Reference, References, Region, Regions, Rows, SubnetOf, SubnetsOf, Switch,
    Text, Texts, Within, Words,
};
use super::{Slot, Table, may, need};
use interspoke_core::spec::{
    Access, AddressOverlap, ApplianceKind, CircuitFamily, CircuitTier, ConnectivityTopology,
    Direction, FirewallAction, FirewallProtocol, FirewallRuleType, ForwardingRuleState,
    GatewayKind, LocalRouteOverride, LocalRouting, MatchCondition, NatMode, NatType, NextStep,
    PeeringState, PrivateEndpointPolicies, PrivateEndpointVnetPolicies, Protocol, ResolutionPolicy,
    RouteMapActionType, RouteTableUsageMode, RoutingPreference, UserNextHopType,
};
use interspoke_core::word::VariantNames;

const VNETS: &[Kind] = &[Kind::Vnet];
const GROUPS: &[Kind] = &[Kind::NetworkGroup];
const SPEAKERS: &[Kind] = &[Kind::Gateway, Kind::Hub];
const PARTIES: &[Kind] = &[Kind::Gateway, Kind::Hub, Kind::Site, Kind::Appliance];
const MAPS: &[Kind] = &[Kind::RouteMap];
const ZONES: &[&str] = &["1", "2", "3"];
const ASN: u32 = u32::MAX;
const MANY: u32 = 1_000_000;
const PORT: u32 = 65_535;

const fn words<T: VariantNames>(usual: &'static str) -> super::Shape {
    Choice(T::VARIANTS, usual)
}

const fn name() -> Slot {
    need("name", Name)
}

const fn propagation() -> Slot {
    need("disableBgpRoutePropagation", Flag(false))
}

/// `vnet`, `subnet` and `ip` of what stands in a subnet.
const fn vnet() -> Slot {
    need("vnet", Reference(VNETS))
}

const fn subnet() -> Slot {
    need("subnet", SubnetOf("vnet"))
}

impl Kind {
    /// The members that its objects have.
    #[must_use]
    pub fn table(self) -> &'static Table {
        match self {
            Self::Vnet => &VNET,
            Self::Peering => &PEERING,
            Self::RouteTable => &ROUTE_TABLE,
            Self::Appliance => &APPLIANCE,
            Self::Gateway => &GATEWAY,
            Self::Tunnel => &TUNNEL,
            Self::Circuit => &CIRCUIT,
            Self::Site => &SITE,
            Self::BgpPeering => &BGP_PEERING,
            Self::Workload => &WORKLOAD,
            Self::PrivateEndpoint => &PRIVATE_ENDPOINT,
            Self::NetworkSecurityGroup => &SECURITY_GROUP,
            Self::Hub => &HUB,
            Self::NetworkGroup => &NETWORK_GROUP,
            Self::Connectivity => &CONNECTIVITY,
            Self::AdminRule => &ADMIN_RULE,
            Self::RoutingConfiguration => &ROUTING_CONFIGURATION,
            Self::Manager => &MANAGER,
            Self::FirewallPolicy => &FIREWALL_POLICY,
            Self::IpGroup => &IP_GROUP,
            Self::RouteMap => &ROUTE_MAP,
            Self::NatGateway => &NAT_GATEWAY,
            Self::PublicLoadBalancer => &PUBLIC_LOAD_BALANCER,
            Self::PrivateDnsZone => &PRIVATE_DNS_ZONE,
            Self::DnsResolver => &DNS_RESOLVER,
            Self::DnsRuleset => &DNS_RULESET,
            Self::DnsServer => &DNS_SERVER,
            Self::ServiceTag => &SERVICE_TAG,
            Self::Meter => &METER,
        }
    }

    /// Whether its objects have a name by which others refer to them.
    #[must_use]
    pub fn is_named(self) -> bool {
        let named = |slot: &Slot| matches!(slot.shape, Name);
        self.table().slots.iter().any(named)
    }
}

pub(super) static VNET: Table = Table {
    noun: "VNet",
    slots: &[
        name(),
        need("region", Region),
        need("prefixes", Prefixes),
        may("summarizedGatewayPrefixes", Prefixes),
        need("subnets", Rows(&SUBNET)),
        may("dnsServers", Addresses),
        need(
            "privateEndpointVNetPolicies",
            words::<PrivateEndpointVnetPolicies>("Disabled"),
        ),
    ],
};

pub(super) static SUBNET: Table = Table {
    noun: "subnet",
    slots: &[
        name(),
        need("prefix", Prefix),
        may("routeTable", Reference(&[Kind::RouteTable])),
        may(
            "networkSecurityGroup",
            Reference(&[Kind::NetworkSecurityGroup]),
        ),
        need(
            "privateEndpointNetworkPolicies",
            words::<PrivateEndpointPolicies>("Disabled"),
        ),
        may("serviceEndpoints", Texts),
        need("defaultOutboundAccess", Flag(true)),
        may("natGateway", Reference(&[Kind::NatGateway])),
        may("delegations", Texts),
        may("occupants", Texts),
    ],
};

pub(super) static PEERING: Table = Table {
    noun: "peering",
    slots: &[
        need("from", Reference(VNETS)),
        need("to", Reference(VNETS)),
        need("allowVirtualNetworkAccess", Flag(true)),
        need("allowForwardedTraffic", Flag(false)),
        need("allowGatewayTransit", Flag(false)),
        need("useRemoteGateways", Flag(false)),
        need("peeringState", words::<PeeringState>("Connected")),
        may("remoteAddressSpace", Prefixes),
        need("peerCompleteVnets", Flag(true)),
        may("localSubnetNames", SubnetsOf("from")).when("peerCompleteVnets", &["false"]),
        may("remoteSubnetNames", SubnetsOf("to")).when("peerCompleteVnets", &["false"]),
    ],
};

pub(super) static ROUTE_TABLE: Table = Table {
    noun: "route table",
    slots: &[name(), propagation(), need("routes", Rows(&ROUTE))],
};

pub(super) static ROUTE: Table = Table {
    noun: "route",
    slots: &[
        may("name", Text),
        need("prefix", Destination),
        need("nextHopType", words::<UserNextHopType>("None")),
        may("nextHopIpAddress", Address).when("nextHopType", &["VirtualAppliance"]),
    ],
};

pub(super) static APPLIANCE: Table = Table {
    noun: "appliance",
    slots: &[
        name(),
        need("kind", words::<ApplianceKind>("nva")),
        vnet(),
        subnet(),
        need("ip", Address),
        may("loadBalancerIp", Address),
        need("ipForwarding", Flag(true)),
        may("stateful", Switch),
        need("snatPrivate", Flag(false)),
        need("internetEgress", Flag(true)),
        need("running", Flag(true)),
        may("drops", Words(Protocol::VARIANTS)),
        may("device", Text).when("kind", &["nva"]),
        may("osRoutes", Rows(&OS_ROUTE)).when("kind", &["nva"]),
        may("dnat", Rows(&DNAT)),
        may("rangesBehind", Rows(&RANGE_BEHIND)),
        may("loopbackIps", Addresses),
        may("publicIps", Addresses),
        may("firewallPolicy", Reference(&[Kind::FirewallPolicy])),
        may("dnsSettings", Part(&FIREWALL_DNS)),
        may(
            "networkSecurityGroup",
            Reference(&[Kind::NetworkSecurityGroup]),
        ),
        may("applicationSecurityGroups", Texts),
        may("privateRanges", Prefixes).when("kind", &["azureFirewall"]),
        may("sku", Text),
        may("capacityUnits", Number(0, MANY)).when("kind", &["azureFirewall"]),
        may("publicAddresses", Number(0, MANY)),
        may("zones", Words(ZONES)),
        may("loadBalancerZones", Words(ZONES)),
    ],
};

pub(super) static RANGE_BEHIND: Table = Table {
    noun: "range behind",
    slots: &[need("prefix", Prefix), need("snat", Flag(false))],
};

pub(super) static OS_ROUTE: Table = Table {
    noun: "guest route",
    slots: &[need("prefix", Prefix), need("via", Text)],
};

pub(super) static DNAT: Table = Table {
    noun: "DNAT rule",
    slots: &[
        need("publicIp", Address),
        need("to", Address),
        may("protocol", Choice(Protocol::VARIANTS, "")),
        may("port", Number(0, PORT)),
        may("translatedPort", Number(0, PORT)),
    ],
};

pub(super) static GATEWAY: Table = Table {
    noun: "gateway",
    slots: &[
        name(),
        need("kind", words::<GatewayKind>("vpn")),
        vnet(),
        need("asn", Number(1, ASN)),
        need("activeActive", Flag(false)).when("kind", &["vpn"]),
        may("instanceIps", Addresses),
        may("bgpPeerIps", Addresses),
        may("publicIps", Addresses),
        need("branchToBranch", Flag(false)).when("kind", &["routeServer"]),
        need(
            "routingPreference",
            words::<RoutingPreference>("ExpressRoute"),
        )
        .when("kind", &["routeServer"]),
        need("allowRemoteVnetTraffic", Flag(false)).when("kind", &["expressRoute"]),
        need("allowVirtualWanTraffic", Flag(false)).when("kind", &["expressRoute"]),
        need("fastPath", Flag(false)).when("kind", &["expressRoute"]),
        may("sku", Text),
        may("scaleUnits", Number(1, MANY)).when("kind", &["expressRoute"]),
        may("pointToSiteConnections", Number(0, MANY)).when("kind", &["vpn"]),
        may("vpnClientAddressPools", Prefixes).when("kind", &["vpn"]),
        may("customRoutes", Prefixes).when("kind", &["vpn"]),
        may("gatewayDefaultSite", Reference(&[Kind::Site])).when("kind", &["vpn"]),
        may("zones", Words(ZONES)),
    ],
};

pub(super) static TUNNEL: Table = Table {
    noun: "tunnel",
    slots: &[
        need("a", Reference(PARTIES)),
        need("b", Reference(PARTIES)),
        need("bgp", Flag(true)),
        may("instanceIp", Address),
        may("asPath", Numbers).when("bgp", &["true"]),
        may("staticAtA", Prefixes).when("bgp", &["false"]),
        may("staticAtB", Prefixes).when("bgp", &["false"]),
        may("announcedByA", Prefixes).when("bgp", &["true"]),
        may("announcedByB", Prefixes).when("bgp", &["true"]),
        may("inboundRouteMap", Reference(MAPS)),
        may("outboundRouteMap", Reference(MAPS)),
        may("natRules", Rows(&NAT_RULE)),
        need("enableBgpRouteTranslationForNat", Flag(false)),
    ],
};

pub(super) static FIREWALL_DNS: Table = Table {
    noun: "DNS settings",
    slots: &[may("servers", Addresses), need("enableProxy", Flag(false))],
};

pub(super) static NAT_RULE: Table = Table {
    noun: "NAT rule",
    slots: &[
        may("name", Text),
        may("at", Reference(SPEAKERS)),
        need("mode", words::<NatMode>("EgressSnat")),
        need("type", words::<NatType>("Static")),
        need("internalMapping", Prefix),
        need("externalMapping", Prefix),
    ],
};

pub(super) static CIRCUIT: Table = Table {
    noun: "circuit",
    slots: &[
        name(),
        need("gateways", References(SPEAKERS)),
        need("sites", References(&[Kind::Site])),
        may("globalReachWith", References(&[Kind::Circuit])),
        may("linksUp", Number(0, 2)),
        may("plan", Part(&PLAN)),
        may("connections", Rows(&CIRCUIT_CONNECTION)),
        may("announcements", Rows(&CIRCUIT_ANNOUNCEMENT)),
    ],
};

pub(super) static CIRCUIT_CONNECTION: Table = Table {
    noun: "circuit connection",
    slots: &[
        need("gateway", Reference(SPEAKERS)),
        need("routingWeight", Number(0, 32_000)),
        may("inboundRouteMap", Reference(MAPS)),
        may("outboundRouteMap", Reference(MAPS)),
    ],
};

pub(super) static CIRCUIT_ANNOUNCEMENT: Table = Table {
    noun: "circuit announcement",
    slots: &[
        need("site", Reference(&[Kind::Site])),
        need("prefixes", Prefixes),
    ],
};

pub(super) static PLAN: Table = Table {
    noun: "circuit plan",
    slots: &[
        need("tier", words::<CircuitTier>("Local")),
        need("family", words::<CircuitFamily>("MeteredData")),
        need("bandwidthInMbps", Number(0, MANY)),
    ],
};

pub(super) static SITE: Table = Table {
    noun: "site",
    slots: &[
        name(),
        need("prefixes", Prefixes),
        need("asn", Number(1, ASN)),
        may("asPath", Numbers),
        may("wan", Text),
        may("dnsServers", Addresses),
    ],
};

pub(super) static BGP_PEERING: Table = Table {
    noun: "BGP peering",
    slots: &[
        need("speaker", Reference(SPEAKERS)),
        need("appliance", Reference(&[Kind::Appliance])),
        need("asn", Number(1, ASN)),
        need("advertises", Rows(&ADVERTISEMENT)),
        may("instanceIp", Address),
        may("reannounces", Flag(false)),
        may("routeMap", Reference(MAPS)),
    ],
};

pub(super) static ADVERTISEMENT: Table = Table {
    noun: "advertisement",
    slots: &[
        need("prefix", Prefix),
        may("nextHop", Address),
        may("asPath", Numbers),
    ],
};

pub(super) static PRIVATE_ENDPOINT: Table = Table {
    noun: "private endpoint",
    slots: &[
        may("name", Text),
        vnet(),
        subnet(),
        need("ip", Address),
        may("fqdns", Texts),
        may("privateDnsZones", References(&[Kind::PrivateDnsZone])),
    ],
};

pub(super) static WORKLOAD: Table = Table {
    noun: "workload",
    slots: &[
        name(),
        vnet(),
        subnet(),
        need("ip", Address),
        may("publicIp", Address),
        may("loadBalancerIp", Address),
        may("floatingIp", Flag(false)),
        may(
            "networkSecurityGroup",
            Reference(&[Kind::NetworkSecurityGroup]),
        ),
        may("applicationSecurityGroups", Texts),
    ],
};

pub(super) static SECURITY_GROUP: Table = Table {
    noun: "network security group",
    slots: &[name(), need("rules", Rows(&RULE))],
};

pub(super) static RULE: Table = Table {
    noun: "security rule",
    slots: &[
        may("name", Text),
        need("priority", Number(1, 4_096)),
        need("direction", words::<Direction>("Inbound")),
        need("access", words::<Access>("Allow")),
        may("protocol", Choice(Protocol::VARIANTS, "")),
        need("source", Texts),
        need("destination", Texts),
        may("sourcePortRanges", Texts),
        may("destinationPortRanges", Texts),
        may("sourceApplicationSecurityGroups", Texts),
        may("destinationApplicationSecurityGroups", Texts),
    ],
};

pub(super) static FIREWALL_POLICY: Table = Table {
    noun: "firewall policy",
    slots: &[
        name(),
        may("basePolicy", Reference(&[Kind::FirewallPolicy])),
        may("dnsSettings", Part(&FIREWALL_DNS)),
        need("ruleCollectionGroups", Rows(&COLLECTION_GROUP)),
    ],
};

pub(super) static COLLECTION_GROUP: Table = Table {
    noun: "rule collection group",
    slots: &[
        may("name", Text),
        need("priority", Number(100, PORT)),
        need("ruleCollections", Rows(&FIREWALL_COLLECTION)),
    ],
};

pub(super) static FIREWALL_COLLECTION: Table = Table {
    noun: "firewall rule collection",
    slots: &[
        may("name", Text),
        need("priority", Number(100, PORT)),
        need("action", words::<FirewallAction>("Allow")),
        need("rules", Rows(&FIREWALL_RULE)),
    ],
};

const APPLICATION: &[&str] = &["ApplicationRule"];
const NAT: &[&str] = &["NatRule"];
const NETWORK: &[&str] = &["NetworkRule"];
const PACKETS: &[&str] = &["NetworkRule", "NatRule"];

pub(super) static FIREWALL_RULE: Table = Table {
    noun: "firewall rule",
    slots: &[
        may("name", Text),
        need("ruleType", words::<FirewallRuleType>("NetworkRule")),
        may("ipProtocols", Words(FirewallProtocol::VARIANTS)).when("ruleType", PACKETS),
        may("sourceAddresses", Texts),
        may("sourceIpGroups", References(&[Kind::IpGroup])),
        may("destinationAddresses", Texts),
        may("destinationIpGroups", References(&[Kind::IpGroup])),
        may("destinationFqdns", Texts).when("ruleType", NETWORK),
        may("destinationPorts", Texts).when("ruleType", PACKETS),
        may("translatedAddress", Address).when("ruleType", NAT),
        may("translatedPort", Number(0, PORT)).when("ruleType", NAT),
        may("protocols", Rows(&APPLICATION_PROTOCOL)).when("ruleType", APPLICATION),
        may("targetFqdns", Texts).when("ruleType", APPLICATION),
    ],
};

pub(super) static APPLICATION_PROTOCOL: Table = Table {
    noun: "application protocol",
    slots: &[need("protocolType", Text), need("port", Number(0, PORT))],
};

pub(super) static ROUTE_MAP: Table = Table {
    noun: "route map",
    slots: &[name(), need("rules", Rows(&MAP_RULE))],
};

pub(super) static MAP_RULE: Table = Table {
    noun: "route map rule",
    slots: &[
        may("name", Text),
        may("matchCriteria", Rows(&CRITERION)),
        may("actions", Rows(&MAP_ACTION)),
        need("nextStepIfMatched", words::<NextStep>("Continue")),
    ],
};

pub(super) static CRITERION: Table = Table {
    noun: "match criterion",
    slots: &[
        need("matchCondition", words::<MatchCondition>("Contains")),
        may("routePrefix", Prefixes),
        may("asPath", Numbers),
    ],
};

pub(super) static MAP_ACTION: Table = Table {
    noun: "route map action",
    slots: &[
        need("type", words::<RouteMapActionType>("Add")),
        may("routePrefix", Prefixes),
        may("asPath", Numbers),
    ],
};

pub(super) static NAT_GATEWAY: Table = Table {
    noun: "NAT gateway",
    slots: &[name(), may("publicIps", Addresses)],
};

pub(super) static PUBLIC_LOAD_BALANCER: Table = Table {
    noun: "public load balancer",
    slots: &[
        name(),
        need("publicIp", Address),
        need("backends", References(&[Kind::Workload, Kind::Appliance])),
        need("floatingIp", Flag(false)),
        need("outboundRule", Flag(false)),
    ],
};

pub(super) static PRIVATE_DNS_ZONE: Table = Table {
    noun: "private DNS zone",
    slots: &[
        name(),
        may("virtualNetworkLinks", Rows(&ZONE_LINK)),
        may("records", Rows(&DNS_RECORD)),
    ],
};

pub(super) static ZONE_LINK: Table = Table {
    noun: "zone link",
    slots: &[
        vnet(),
        need("resolutionPolicy", words::<ResolutionPolicy>("Default")),
    ],
};

pub(super) static DNS_RECORD: Table = Table {
    noun: "DNS record",
    slots: &[need("name", Text), need("ips", Addresses)],
};

pub(super) static DNS_RESOLVER: Table = Table {
    noun: "DNS resolver",
    slots: &[
        name(),
        vnet(),
        may("inboundEndpoints", Rows(&INBOUND_ENDPOINT)),
        may("outboundEndpoints", Rows(&OUTBOUND_ENDPOINT)),
    ],
};

pub(super) static INBOUND_ENDPOINT: Table = Table {
    noun: "inbound endpoint",
    slots: &[
        need("name", Text),
        need("subnet", Text),
        need("ip", Address),
    ],
};

pub(super) static OUTBOUND_ENDPOINT: Table = Table {
    noun: "outbound endpoint",
    slots: &[need("name", Text), need("subnet", Text)],
};

pub(super) static DNS_RULESET: Table = Table {
    noun: "DNS ruleset",
    slots: &[
        name(),
        may("outboundEndpoints", Texts),
        may("linkedVnets", References(VNETS)),
        may("forwardingRules", Rows(&FORWARDING_RULE)),
    ],
};

pub(super) static FORWARDING_RULE: Table = Table {
    noun: "forwarding rule",
    slots: &[
        may("name", Text),
        need("domainName", Text),
        need("targetDnsServers", Addresses),
        need(
            "forwardingRuleState",
            words::<ForwardingRuleState>("Enabled"),
        ),
    ],
};

pub(super) static DNS_SERVER: Table = Table {
    noun: "DNS server",
    slots: &[
        name(),
        need("ip", Address),
        may("forwarders", Rows(&FORWARDER)),
    ],
};

pub(super) static FORWARDER: Table = Table {
    noun: "forwarder",
    slots: &[need("domain", Text), need("servers", Addresses)],
};

pub(super) static IP_GROUP: Table = Table {
    noun: "IP group",
    slots: &[name(), need("ipAddresses", Texts)],
};

pub(super) static SERVICE_TAG: Table = Table {
    noun: "service tag",
    slots: &[name(), need("prefixes", Prefixes)],
};

pub(super) static METER: Table = Table {
    noun: "further meter",
    slots: &[
        name(),
        need("region", Text),
        need("service", Text),
        need("product", Text),
        need("sku", Text),
        need("meter", Text),
        need("count", Number(1, MANY)),
    ],
};

pub(super) static MANAGER: Table = Table {
    noun: "Network Manager",
    slots: &[need("addressOverlap", words::<AddressOverlap>("Allowed"))],
};

pub(super) static NETWORK_GROUP: Table = Table {
    noun: "network group",
    slots: &[name(), need("members", References(VNETS))],
};

pub(super) static CONNECTIVITY: Table = Table {
    noun: "connectivity configuration",
    slots: &[
        may("name", Text),
        need("topology", words::<ConnectivityTopology>("mesh")),
        may("hub", Reference(VNETS)).when("topology", &["hubAndSpoke"]),
        need("groups", References(GROUPS)),
        need("directConnectivity", Flag(false)).when("topology", &["hubAndSpoke"]),
        need("globalMesh", Flag(false)),
        need("useHubGateway", Flag(false)).when("topology", &["hubAndSpoke"]),
        may("deployedTo", Regions),
    ],
};

pub(super) static ADMIN_RULE: Table = Table {
    noun: "security admin rule",
    slots: &[
        need("groups", References(GROUPS)),
        need("rule", Group(&RULE)),
    ],
};

pub(super) static ROUTING_CONFIGURATION: Table = Table {
    noun: "routing configuration",
    slots: &[
        may("name", Text),
        need(
            "routeTableUsageMode",
            words::<RouteTableUsageMode>("ManagedOnly"),
        ),
        need("ruleCollections", Rows(&RULE_COLLECTION)),
        may("deployedTo", Regions),
    ],
};

pub(super) static RULE_COLLECTION: Table = Table {
    noun: "rule collection",
    slots: &[
        may("name", Text),
        need("groups", References(GROUPS)),
        need("localRouting", words::<LocalRouting>("NotSpecified")),
        propagation(),
        need("rules", Rows(&ROUTE)),
    ],
};

pub(super) static HUB: Table = Table {
    noun: "hub",
    slots: &[
        name(),
        need("region", Region),
        may("prefix", Prefix),
        need(
            "routingPreference",
            words::<RoutingPreference>("ExpressRoute"),
        ),
        may("routerIps", Addresses),
        may("firewall", Part(&HUB_FIREWALL)),
        need("routingIntent", Group(&ROUTING_INTENT)),
        need("connections", Rows(&CONNECTION)),
        may("routeTables", Rows(&HUB_TABLE)),
        may("vpn", Part(&HUB_VPN)),
        may("expressRoute", Part(&HUB_EXPRESS_ROUTE)),
        may("vpnClientAddressPools", Prefixes),
        need("allowBranchToBranchTraffic", Flag(true)),
        need("branches", Group(&BRANCHES)),
        need("scale", Group(&SCALE)),
    ],
};

pub(super) static HUB_FIREWALL: Table = Table {
    noun: "hub firewall",
    slots: &[
        need("name", Text),
        need("kind", words::<ApplianceKind>("azureFirewall")),
        may("ip", Address),
        may("sku", Text),
        may("capacityUnits", Number(0, MANY)).when("kind", &["azureFirewall"]),
        may("firewallPolicy", Reference(&[Kind::FirewallPolicy])),
    ],
};

pub(super) static ROUTING_INTENT: Table = Table {
    noun: "routing intent",
    slots: &[
        need("private", Flag(false)),
        need("internet", Flag(false)),
        need("privatePrefixes", Prefixes),
    ],
};

pub(super) static HUB_TABLE: Table = Table {
    noun: "hub route table",
    slots: &[
        name(),
        need("labels", Texts),
        need("staticRoutes", Rows(&HUB_STATIC_ROUTE)),
    ],
};

pub(super) static HUB_STATIC_ROUTE: Table = Table {
    noun: "static route",
    slots: &[need("prefixes", Prefixes), need("nextHop", Text)],
};

pub(super) static CONNECTION: Table = Table {
    noun: "connection",
    slots: &[
        name(),
        vnet(),
        need("associated", Within("routeTables")),
        need("propagatedTables", AllWithin("routeTables")),
        need("propagatedLabels", Texts),
        need("enableInternetSecurity", Flag(true)),
        may("staticRoutes", Rows(&CONNECTION_STATIC_ROUTE)),
        need("propagateStaticRoutes", Flag(true)),
        need(
            "localRouteOverride",
            words::<LocalRouteOverride>("Contains"),
        ),
        may("inboundRouteMap", Reference(MAPS)),
        may("outboundRouteMap", Reference(MAPS)),
    ],
};

pub(super) static CONNECTION_STATIC_ROUTE: Table = Table {
    noun: "connection static route",
    slots: &[need("prefixes", Prefixes), need("nextHopIp", Address)],
};

pub(super) static HUB_VPN: Table = Table {
    noun: "hub VPN gateway",
    slots: &[need("asn", Number(1, ASN)), may("instanceIps", Addresses)],
};

pub(super) static HUB_EXPRESS_ROUTE: Table = Table {
    noun: "hub ExpressRoute gateway",
    slots: &[need("allowNonVirtualWanTraffic", Flag(false))],
};

pub(super) static BRANCHES: Table = Table {
    noun: "branches",
    slots: &[
        need("propagatedTables", AllWithin("routeTables")),
        need("propagatedLabels", Texts),
    ],
};

pub(super) static SCALE: Table = Table {
    noun: "hub scale",
    slots: &[
        may("routingUnits", Number(0, MANY)),
        may("vpnUnits", Number(0, MANY)),
        may("expressRouteUnits", Number(0, MANY)),
        may("pointToSiteUnits", Number(0, MANY)),
        may("pointToSiteConnections", Number(0, MANY)),
    ],
};
