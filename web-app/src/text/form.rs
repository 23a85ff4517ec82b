//! Words of the forms: what an object is called, and for every member its label and what it means.
//!
//! Left out: Azure's own property names, which stand in labels as they are where Azure has one.

/// Every private range is taken.
pub const NO_RANGE: &str = "no private range of this length is free: choose a longer prefix, or public addresses of your own";

/// A VNet has no room for a subnet.
#[must_use]
pub fn vnet_is_full(vnet: &str) -> String {
    format!(
        "the ranges of {vnet} are full: no subnet of this length is free; give it a further range"
    )
}

/// A subnet has no address left: Azure refuses a NIC there with `SubnetIsFull` (MicrosoftDocs/azure-docs issue 88211, 2022-02-16); which
/// addresses it keeps: `AddressReserved` of the table of refusals.
#[must_use]
pub fn subnet_is_full(subnet: &str) -> String {
    format!(
        "subnet {subnet} has no address left for one more machine: Azure keeps the first four and the last for itself"
    )
}

/// Refused where a name must stand.
pub const EXPECTED_NAME: &str = "expected a name";

/// A number that is none, or out of bounds.
#[must_use]
pub fn expected_number(found: &str, least: u32, most: u32) -> String {
    format!("expected a number from {least} to {most}, found {found:?}")
}

/// A word that is none of those possible.
#[must_use]
pub fn expected_word(words: &[&str], found: &str) -> String {
    format!("expected one of {}, found {found:?}", words.join(", "))
}

/// A region that Azure does not have.
#[must_use]
pub fn expected_region(found: &str) -> String {
    format!("expected an Azure region such as West Europe or westeurope, found {found:?}")
}

/// What the objects of a kind are called, by where their list stands.
#[must_use]
pub fn kind(path: &str) -> &'static str {
    match path {
        "vnets" => "VNets",
        "subnets" => "subnets of the VNet",
        "peerings" => "Peerings",
        "routeTables" => "Route tables",
        "appliances" => "Firewalls and NVAs",
        "gateways" => "Gateways and Route Servers",
        "tunnels" => "Tunnels",
        "circuits" => "ExpressRoute circuits",
        "sites" => "On-premises sites",
        "bgpPeerings" => "BGP peerings",
        "workloads" => "Workloads",
        "privateEndpoints" => "Private endpoints",
        "networkSecurityGroups" => "Network security groups",
        "virtualWan.hubs" => "Virtual WAN hubs",
        "avnm.groups" => "Network groups",
        "avnm.configurations" => "Connectivity configurations",
        "avnm.securityAdminRules" => "Security admin rules",
        "avnm.routingConfigurations" => "Routing configurations",
        "avnm" => "Network Manager",
        "firewallPolicies" => "Firewall policies",
        "ipGroups" => "IP groups",
        "routeMaps" => "Route maps",
        "natGateways" => "NAT gateways",
        "publicLoadBalancers" => "Public load balancers",
        "privateDnsZones" => "Private DNS zones",
        "dnsResolvers" => "DNS private resolvers",
        "dnsForwardingRulesets" => "DNS forwarding rulesets",
        "dnsServers" => "DNS servers",
        "serviceTags" => "Service tags",
        "furtherMeters" => "Further meters",
        _ => "",
    }
}

/// The name that a new object of a kind begins with.
#[must_use]
pub fn fresh_name(path: &str) -> &'static str {
    match path {
        "vnets" => "vnet1",
        "routeTables" => "rt1",
        "appliances" => "nva1",
        "gateways" => "gateway1",
        "circuits" => "circuit1",
        "sites" => "onprem1",
        "workloads" => "vm1",
        "networkSecurityGroups" => "nsg1",
        "virtualWan.hubs" => "hub1",
        "avnm.groups" => "group1",
        "firewallPolicies" => "policy1",
        "ipGroups" => "ipgroup1",
        "routeMaps" => "map1",
        "natGateways" => "nat1",
        "publicLoadBalancers" => "lb1",
        "privateDnsZones" => "privatelink.blob.core.windows.net",
        "dnsResolvers" => "resolver1",
        "dnsForwardingRulesets" => "ruleset1",
        "dnsServers" => "dns1",
        "serviceTags" => "Tag1",
        "furtherMeters" => "meter1",
        _ => "",
    }
}

/// The name that a new row begins with.
#[must_use]
pub fn fresh_row(noun: &str) -> String {
    let word = match noun {
        "hub route table" => "table",
        other => other,
    };
    format!("{word}1")
}

/// The label of a member of a record, and what it means.
#[must_use]
pub fn member(noun: &str, member: &str) -> (&'static str, &'static str) {
    special(noun, member)
        .or_else(|| anywhere(member))
        .unwrap_or(("", ""))
}

/// What a member means in one record.
fn special(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    super::form_names::names(noun, member)
        .or_else(|| network(noun, member))
        .or_else(|| device(noun, member))
        .or_else(|| firewall(noun, member))
        .or_else(|| route_map(noun, member))
        .or_else(|| branch(noun, member))
        .or_else(|| manager(noun, member))
        .or_else(|| hub(noun, member))
}

fn network(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("VNet", "prefixes") => ("Address space", "Ranges of the VNet, separated by commas."),
        ("VNet", "summarizedGatewayPrefixes") => (
            "Summarized gateway prefixes",
            "Announced by its gateways instead of its own ranges.",
        ),
        ("VNet", "subnets") => ("Subnets", "Ranges in the VNet that objects stand in."),
        ("appliance" | "firewall policy", "dnsSettings") => (
            "DNS settings",
            "Whom the firewall asks for names, and whether it answers for others.",
        ),
        ("DNS settings", "servers") => (
            "DNS servers",
            "Whom the firewall asks for names; without any, Azure of its own VNet.",
        ),
        ("DNS settings", "enableProxy") => (
            "DNS proxy",
            "Whether the firewall takes queries at its private address.",
        ),
        ("VNet", "privateEndpointVNetPolicies") => (
            "privateEndpointVNetPolicies",
            "Basic: routes of type VnetLocal reach private endpoints of the VNet.",
        ),
        ("subnet", "prefix") => ("Range", "Part of the VNet that no other subnet has."),
        ("subnet", "routeTable") => (
            "Route table",
            "Its user-defined routes apply to what leaves the subnet.",
        ),
        ("subnet", "networkSecurityGroup") => (
            "Network security group",
            "Filters what enters and leaves the subnet.",
        ),
        ("subnet", "privateEndpointNetworkPolicies") => (
            "privateEndpointNetworkPolicies",
            "Whether route tables and network security groups apply to private endpoints here.",
        ),
        ("subnet", "serviceEndpoints") => (
            "Service endpoints",
            "Services reached directly, as Microsoft.Storage.",
        ),
        ("subnet", "defaultOutboundAccess") => (
            "defaultOutboundAccess",
            "Whether machines without a public address still reach the Internet.",
        ),
        ("subnet", "natGateway") => ("NAT gateway", "Takes the subnet out to the Internet."),
        ("subnet", "delegations") => (
            "Delegations",
            "Services it is delegated to, as Microsoft.Web/serverFarms.",
        ),
        ("subnet", "occupants") => (
            "Occupants",
            "What stands in it, as applicationGateway or netAppBasic.",
        ),
        ("peering", "from") => ("From", "The VNet that stores this object."),
        ("peering", "to") => ("To", "The VNet that it points to."),
        ("peering", "allowVirtualNetworkAccess") => (
            "allowVirtualNetworkAccess",
            "The two VNets reach each other.",
        ),
        ("peering", "allowForwardedTraffic") => (
            "allowForwardedTraffic",
            "What did not start in the remote VNet may come in.",
        ),
        ("peering", "allowGatewayTransit") => (
            "allowGatewayTransit",
            "The remote VNet may use the gateway here.",
        ),
        ("peering", "useRemoteGateways") => (
            "useRemoteGateways",
            "This VNet uses the gateway of the remote one.",
        ),
        ("peering", "peeringState") => ("peeringState", "Connected once both objects exist."),
        ("peering", "remoteAddressSpace") => (
            "remoteAddressSpace",
            "The remote ranges as of the last sync; empty: in sync.",
        ),
        ("peering", "peerCompleteVnets") => (
            "peerCompleteVnets",
            "Off: subnet peering, only the subnets named below are joined.",
        ),
        ("peering", "localSubnetNames") => {
            ("localSubnetNames", "Subnets of this VNet that are joined.")
        }
        ("peering", "remoteSubnetNames") => (
            "remoteSubnetNames",
            "Subnets of the remote VNet that are joined.",
        ),
        ("route table", "routes") => ("Routes", "User-defined routes; the longest prefix wins."),
        ("route", "prefix") => (
            "addressPrefix",
            "Destination: a range, or the name of a service tag.",
        ),
        ("route", "nextHopType") => ("nextHopType", "Where a packet for it goes."),
        ("route", "nextHopIpAddress") => (
            "nextHopIpAddress",
            "Address of the firewall, NVA or load balancer.",
        ),
        ("network security group", "rules") => {
            ("Rules", "The first that matches by priority decides.")
        }
        ("security rule", "priority") => ("Priority", "The lowest number is asked first."),
        ("security rule", "direction") => ("Direction", "Into or out of the subnet."),
        ("security rule", "access") => ("Access", "AlwaysAllow only in security admin rules."),
        ("security rule", "protocol") => ("Protocol", "Empty: any."),
        ("security rule", "source") => ("Source", "Ranges or service tags; * is any."),
        ("security rule", "destination") => ("Destination", "Ranges or service tags; * is any."),
        ("security rule", "sourcePortRanges") => (
            "Source ports",
            "Of the caller, who uses one of its own: a rule that names some matches no caller. Empty: every port.",
        ),
        ("security rule", "destinationPortRanges") => (
            "Destination ports",
            "As 443 or 8000-8080. Empty: every port.",
        ),
        ("security rule", "sourceApplicationSecurityGroups") => (
            "Source groups",
            "Application security groups; they stand in place of *.",
        ),
        ("security rule", "destinationApplicationSecurityGroups") => (
            "Destination groups",
            "Application security groups; they stand in place of *.",
        ),
        ("service tag", "prefixes") => ("Prefixes", "The ranges that the tag stands for."),
        _ => return None,
    })
}

fn route_map(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("route map", "rules") => ("Rules", "Asked in order; what no rule drops goes on."),
        ("route map rule", "matchCriteria") => (
            "Match criteria",
            "All must hold; none: every route matches.",
        ),
        ("route map rule", "actions") => ("Actions", "All are done with a route that matches."),
        ("route map rule", "nextStepIfMatched") => {
            ("nextStepIfMatched", "Whether the rules after it are asked.")
        }
        ("match criterion", "matchCondition") => (
            "matchCondition",
            "Contains: in a prefix, or a number in the path; Equals: exactly so.",
        ),
        ("match criterion", "routePrefix") => ("Prefixes", "That a route is compared with."),
        ("match criterion", "asPath") => ("AS path", "Numbers that a path is compared with."),
        ("route map action", "type") => (
            "Type",
            "Add puts numbers before the path, Replace takes the place of prefix or path.",
        ),
        ("route map action", "routePrefix") => (
            "Prefixes",
            "In place of the route's own; its path is stripped.",
        ),
        ("route map action", "asPath") => ("AS path", "Numbers that are added or put in place."),
        ("tunnel" | "circuit connection" | "connection", "inboundRouteMap") => (
            "Inbound route map",
            "What the hub makes of routes that come in.",
        ),
        ("tunnel" | "circuit connection" | "connection", "outboundRouteMap") => (
            "Outbound route map",
            "What the hub makes of routes that go out.",
        ),
        ("tunnel", "natRules") => ("NAT rules", "Of the gateway or hub, on this connection."),
        ("tunnel", "enableBgpRouteTranslationForNat") => (
            "Routes are translated",
            "BGP tells ranges as the NAT rules show them.",
        ),
        ("NAT rule", "name") => ("Name", "Of the rule."),
        ("NAT rule", "at") => ("At", "The end that applies it; empty: the gateway or hub."),
        ("NAT rule", "mode") => (
            "Mode",
            "Egress changes addresses of VNets, ingress those of the site.",
        ),
        ("NAT rule", "type") => (
            "Type",
            "Static maps one to one; behind Dynamic only the internal side begins.",
        ),
        ("NAT rule", "internalMapping") => ("Internal", "Before the translation."),
        ("NAT rule", "externalMapping") => ("External", "After it."),
        ("BGP peering", "instanceIp") => (
            "Instance",
            "The one instance of the Route Server it ends on; empty: both.",
        ),
        ("BGP peering", "reannounces") => (
            "Passes on",
            "The appliance also announces what it learned elsewhere.",
        ),
        ("BGP peering", "routeMap") => (
            "Route map",
            "What the appliance makes of all that it announces.",
        ),
        ("circuit", "connections") => (
            "Connections",
            "Weights and route maps of gateways and hubs.",
        ),
        ("circuit", "announcements") => (
            "Announcements",
            "What a site tells over this circuit in place of all its prefixes.",
        ),
        ("circuit connection", "gateway") => ("Gateway", "A gateway or hub on the circuit."),
        ("circuit connection", "routingWeight") => (
            "routingWeight",
            "Of two connections with one prefix the heavier is taken.",
        ),
        ("circuit announcement", "site") => ("Site", "Behind the circuit."),
        ("circuit announcement", "prefixes") => ("Prefixes", "What it tells here."),
        _ => return None,
    })
}

fn firewall(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("firewall policy", "basePolicy") => (
            "Base policy",
            "Its rules of a kind are asked before those of this policy.",
        ),
        ("firewall policy", "ruleCollectionGroups") => (
            "Rule collection groups",
            "The lowest priority number is asked first.",
        ),
        ("rule collection group", "ruleCollections") => (
            "Rule collections",
            "The lowest priority number is asked first.",
        ),
        ("rule collection group" | "firewall rule collection", "priority") => {
            ("Priority", "The lowest number is asked first.")
        }
        ("firewall rule collection", "action") => ("Action", "What its rules do."),
        ("firewall rule collection", "rules") => ("Rules", "The first that matches decides."),
        ("firewall rule", "ruleType") => (
            "Kind",
            "DNAT rules are asked first, then network rules, then application rules.",
        ),
        ("firewall rule", "ipProtocols") => ("Protocols", "Empty or Any: every protocol."),
        ("firewall rule", "sourceAddresses") => ("Sources", "Addresses or ranges; * is any."),
        ("firewall rule", "sourceIpGroups") => ("Source IP groups", "In addition to the sources."),
        ("firewall rule", "destinationAddresses") => (
            "Destinations",
            "Addresses, ranges or service tags; of a DNAT rule an address of the firewall.",
        ),
        ("firewall rule", "destinationIpGroups") => {
            ("Destination IP groups", "In addition to the destinations.")
        }
        ("firewall rule", "destinationFqdns") => {
            ("Destination names", "None but * matches an address.")
        }
        ("firewall rule", "destinationPorts") => (
            "Destination ports",
            "As 443 or 8000-8080. Empty: every port.",
        ),
        ("firewall rule", "translatedAddress") => (
            "Translated address",
            "The private address that a request is sent on to.",
        ),
        ("firewall rule", "translatedPort") => ("Translated port", "Empty: the same."),
        ("firewall rule", "protocols") => (
            "Protocols",
            "What the firewall's proxy passes on, with its own address.",
        ),
        ("firewall rule", "targetFqdns") => ("Target names", "None but * matches an address."),
        ("application protocol", "protocolType") => ("Protocol", "Http, Https or Mssql."),
        ("application protocol", "port") => ("Port", "The port that is called."),
        ("IP group", "ipAddresses") => (
            "Addresses",
            "Addresses, ranges, or spans as 10.0.0.4-10.0.0.9.",
        ),
        _ => return None,
    })
}

fn device(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("appliance", "kind") => (
            "Kind",
            "An NVA, Azure Firewall, or a managed routing appliance.",
        ),
        ("appliance", "ip") => ("Address", "Private address of this NIC or firewall."),
        ("appliance", "loadBalancerIp") => (
            "Load balancer address",
            "Internal load balancer in front of it; NVAs with the same one share the load.",
        ),
        ("appliance", "ipForwarding") => (
            "enableIPForwarding",
            "The NIC passes on what is not addressed to it.",
        ),
        ("appliance", "stateful") => ("Stateful", "Drops a reply whose request it has not seen."),
        ("appliance", "snatPrivate") => (
            "SNAT of private traffic",
            "Replaces private sources by its own address.",
        ),
        ("appliance", "internetEgress") => (
            "Internet egress",
            "Lets traffic out to the Internet, with SNAT.",
        ),
        ("appliance", "running") => ("Running", "Off: it has failed or is stopped."),
        ("appliance", "drops") => ("Drops", "Protocols that it does not pass."),
        ("appliance", "device") => ("Machine", "NICs with the same name are one machine."),
        ("appliance", "osRoutes") => (
            "Guest routes",
            "Routes inside the guest: which NIC or tunnel a packet leaves by.",
        ),
        ("appliance", "dnat") => ("DNAT rules", "Public addresses that lead to private ones."),
        ("appliance", "rangesBehind") => (
            "Ranges behind it",
            "Pods, VPN clients or networks that only this machine reaches.",
        ),
        ("range behind", "prefix") => ("Range", "What lies behind the machine."),
        ("range behind", "snat") => ("SNAT", "The machine shows its own address for them."),
        ("appliance", "loopbackIps") => ("Loopback addresses", "Of the guest itself, on no NIC."),
        ("appliance", "publicIps") => ("Public addresses", "That lead to this NIC."),
        ("workload", "publicIp") => ("Public address", "That leads to this NIC."),
        ("public load balancer", "publicIp") => ("Public address", "Of its frontend."),
        ("public load balancer", "backends") => ("Backends", "Machines behind it."),
        ("public load balancer", "floatingIp") => (
            "Floating IP",
            "The packet keeps the public address as its destination.",
        ),
        ("public load balancer", "outboundRule") => (
            "Outbound rule",
            "Its machines get out to the Internet by it.",
        ),
        ("NAT gateway", "publicIps") => ("Public addresses", "What the Internet sees."),
        ("gateway" | "hub", "vpnClientAddressPools") => {
            ("Point-to-site pools", "Ranges of VPN clients.")
        }
        ("hub", "allowBranchToBranchTraffic") => (
            "Branches learn each other",
            "Of the Virtual WAN: the same in all its hubs.",
        ),
        ("gateway", "customRoutes") => ("Told to clients", "Ranges besides the gateway's routes."),
        ("gateway", "gatewayDefaultSite") => ("Default site", "Where 0.0.0.0/0 leads."),
        ("appliance" | "hub firewall", "firewallPolicy") => {
            ("Firewall policy", "What it lets pass; empty: everything.")
        }
        ("workload", "loadBalancerIp") => (
            "Load balancer address",
            "Frontend of the internal load balancer before it; workloads with the same one share the load.",
        ),
        ("workload", "floatingIp") => (
            "Floating IP",
            "Packets keep the load balancer’s address; the machine has it, too.",
        ),
        ("appliance" | "workload", "networkSecurityGroup") => (
            "Network security group",
            "Of the NIC; that of the subnet is asked, too.",
        ),
        ("appliance" | "workload", "applicationSecurityGroups") => (
            "Application security groups",
            "Names by which security rules mean this NIC.",
        ),
        ("appliance", "privateRanges") => (
            "Private ranges",
            "Not translated on the way out; empty: the private ranges of RFC 1918 and 6598.",
        ),
        ("appliance" | "hub firewall", "capacityUnits") => {
            ("Capacity units", "For the bill of Azure Firewall.")
        }
        ("appliance", "publicAddresses") => (
            "Public addresses",
            "How many, for the bill and for SNAT ports.",
        ),
        ("appliance", "loadBalancerZones") => (
            "Zones of the load balancer",
            "Its front end is redundant over these.",
        ),
        ("guest route", "prefix") => ("Destination", "A range."),
        ("guest route", "via") => ("Via", "An address, or the name of a site, gateway or NIC."),
        ("DNAT rule", "protocol") => ("Protocol", "Empty: any."),
        ("DNAT rule", "port") => ("Port", "Empty: every port."),
        ("DNAT rule", "translatedPort") => ("Translated port", "Empty: the same."),
        ("DNAT rule", "publicIp") => ("Public address", "Where the request arrives."),
        ("DNAT rule", "to") => ("To", "The private address it is sent on to."),
        ("gateway", "kind") => ("Kind", "VPN gateway, ExpressRoute gateway or Route Server."),
        ("gateway", "activeActive") => ("activeActive", "Both instances carry traffic."),
        ("gateway", "instanceIps") => (
            "Instance addresses",
            "In GatewaySubnet or RouteServerSubnet.",
        ),
        ("gateway", "bgpPeerIps") => ("BGP peer addresses", "Empty: the instance addresses."),
        ("gateway", "publicIps") => ("Public addresses", "Where tunnels end."),
        ("gateway", "branchToBranch") => (
            "allowBranchToBranchTraffic",
            "Gateways and NVAs learn each other's routes.",
        ),
        ("gateway", "routingPreference") => (
            "hubRoutingPreference",
            "Which source of one prefix is preferred.",
        ),
        ("gateway", "allowRemoteVnetTraffic") => (
            "allowRemoteVnetTraffic",
            "Takes traffic from other VNets on its circuit.",
        ),
        ("gateway", "allowVirtualWanTraffic") => (
            "allowVirtualWanTraffic",
            "Takes traffic from Virtual WAN on its circuit.",
        ),
        ("gateway", "fastPath") => ("FastPath", "Traffic from the circuit bypasses the gateway."),
        ("gateway", "scaleUnits") => ("Scale units", "Of an ErGwScale gateway."),
        ("gateway", "pointToSiteConnections") => (
            "Point-to-site connections",
            "Users on average, for the bill.",
        ),
        ("BGP peering", "speaker") => ("Speaker", "The Route Server or Virtual WAN hub."),
        ("BGP peering", "appliance") => ("NVA", "The other end of the session."),
        ("BGP peering", "advertises") => ("Advertisements", "What the NVA announces."),
        ("advertisement", "prefix") => ("Prefix", "A range."),
        ("advertisement", "nextHop") => ("Next hop", "Empty: the NVA itself."),
        ("advertisement", "asPath") => (
            "AS path",
            "As the speaker receives it; empty: the NVA's own number.",
        ),
        ("workload" | "private endpoint", "ip") => ("Address", "Free in its subnet."),
        _ => return None,
    })
}

fn branch(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("tunnel", "a") => ("One end", "A gateway, Virtual WAN hub, site or NVA."),
        ("tunnel", "b") => ("Other end", "A gateway, Virtual WAN hub, site or NVA."),
        ("tunnel", "bgp") => (
            "BGP",
            "Off: the prefixes of the local network gateways count.",
        ),
        ("tunnel", "instanceIp") => ("Instance", "The one instance of the first end; empty: all."),
        ("tunnel", "asPath") => (
            "AS path",
            "Of what the other end announces; empty: its own number.",
        ),
        ("tunnel", "staticAtA") => (
            "Static prefixes at the first end",
            "What is behind the other end.",
        ),
        ("tunnel", "staticAtB") => (
            "Static prefixes at the other end",
            "What is behind the first end.",
        ),
        ("tunnel", "announcedByA") => (
            "Announced by the first end",
            "What an NVA there originates.",
        ),
        ("tunnel", "announcedByB") => (
            "Announced by the other end",
            "What an NVA there originates.",
        ),
        ("circuit", "gateways") => (
            "Gateways",
            "ExpressRoute gateways and Virtual WAN hubs connected to it.",
        ),
        ("circuit", "sites") => ("Sites", "On-premises networks behind it."),
        ("circuit", "globalReachWith") => ("Global Reach", "Circuits that it is joined with."),
        ("circuit", "linksUp") => (
            "Connections up",
            "Of its two to the Microsoft edge; empty: both.",
        ),
        ("circuit", "plan") => ("Plan", "What was bought, for the bill."),
        ("circuit plan", "tier") => ("Tier", "How far it reaches."),
        ("circuit plan", "family") => ("Data", "Charged for each GB, or with the circuit."),
        ("circuit plan", "bandwidthInMbps") => ("bandwidthInMbps", "1000 is 1 Gbps."),
        ("site", "prefixes") => (
            "Ranges",
            "What it announces or, without BGP, what is set for it.",
        ),
        ("site", "asPath") => (
            "AS path",
            "As the first gateway sees it; empty: its own number.",
        ),
        ("site", "wan") => (
            "Private network",
            "Sites with the same word here reach each other without Azure.",
        ),
        ("further meter", "region") => ("Region", "Region of the price list; empty: any."),
        ("further meter", "service") => ("Service", "serviceName of the price list."),
        ("further meter", "product") => ("Product", "productName of the price list."),
        ("further meter", "sku") => ("SKU", "skuName of the price list; * is any."),
        ("further meter", "meter") => ("Meter", "meterName of the price list."),
        ("further meter", "count") => ("Count", "How many."),
        _ => return None,
    })
}

fn manager(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("Network Manager", "addressOverlap") => (
            "connectedGroupAddressOverlap",
            "Whether members of a connected group may overlap.",
        ),
        ("network group", "members") => ("Members", "VNets of the group."),
        ("connectivity configuration", "topology") => ("Topology", "A mesh, or hub-and-spoke."),
        ("connectivity configuration", "hub") => ("Hub", "The VNet that the groups are joined to."),
        ("connectivity configuration", "directConnectivity") => (
            "directConnectivity",
            "Spokes of a group reach each other directly.",
        ),
        ("connectivity configuration", "globalMesh") => ("isGlobal", "Across regions, too."),
        ("connectivity configuration", "useHubGateway") => {
            ("useHubGateway", "Spokes use the gateway of the hub.")
        }
        ("security admin rule", "rule") => ("Rule", "Asked before any network security group."),
        ("routing configuration", "routeTableUsageMode") => (
            "routeTableUsageMode",
            "Whether route tables of one's own are kept.",
        ),
        ("routing configuration", "ruleCollections") => {
            ("Rule collections", "Rules for some groups.")
        }
        ("rule collection", "localRouting") => (
            "localRouteSetting",
            "Direct routes inside the VNet or the subnet.",
        ),
        ("rule collection", "rules") => ("Rules", "As the routes of a route table."),
        _ => return None,
    })
}

fn hub(noun: &str, member: &str) -> Option<(&'static str, &'static str)> {
    Some(match (noun, member) {
        ("hub", "prefix") => ("Hub address space", "A range of its own, /24 at least."),
        ("hub", "routingPreference") => (
            "hubRoutingPreference",
            "Which source of one prefix is preferred.",
        ),
        ("hub", "routerIps") => ("Router addresses", "Where NVAs peer with the hub."),
        ("hub", "firewall") => ("Firewall", "Azure Firewall or an NVA in the hub."),
        ("hub", "routingIntent") => (
            "Routing intent",
            "What the firewall of the hub gets to see.",
        ),
        ("hub", "connections") => ("Connections", "VNets connected to the hub."),
        ("hub", "routeTables") => (
            "Route tables",
            "Beside defaultRouteTable and noneRouteTable.",
        ),
        ("hub", "vpn") => ("VPN gateway", "For branches with tunnels."),
        ("hub", "expressRoute") => ("ExpressRoute gateway", "For circuits."),
        ("hub", "branches") => ("Branches", "Where routes of branches go."),
        ("hub", "scale") => ("Scale", "Units of the hub and its gateways, for the bill."),
        ("hub firewall", "kind") => ("Kind", "Azure Firewall or an NVA."),
        ("hub firewall", "ip") => ("Address", "Empty: one in the hub's range."),
        ("routing intent", "private") => (
            "Private traffic",
            "Between VNets and branches, through the firewall.",
        ),
        ("routing intent", "internet") => ("Internet traffic", "Through the firewall."),
        ("routing intent", "privatePrefixes") => (
            "Private traffic prefixes",
            "Ranges beyond RFC 1918 that count as private.",
        ),
        ("hub route table", "labels") => {
            ("Labels", "Connections propagate to all tables of a label.")
        }
        ("hub route table", "staticRoutes") => {
            ("Static routes", "To a connection or the firewall.")
        }
        ("static route", "nextHop") => {
            ("Next hop", "Name of a connection or of the hub's firewall.")
        }
        ("connection", "associated") => (
            "associatedRouteTable",
            "The table that the VNet's traffic follows.",
        ),
        ("connection", "propagatedTables") => (
            "propagatedRouteTables",
            "Tables that learn the VNet's ranges.",
        ),
        ("connection", "enableInternetSecurity") => (
            "enableInternetSecurity",
            "The VNet takes 0.0.0.0/0 from the hub.",
        ),
        ("connection", "staticRoutes") => ("Static routes", "Ranges behind an NVA in the VNet."),
        ("connection", "propagateStaticRoutes") => {
            ("propagateStaticRoutes", "Other tables learn them.")
        }
        ("connection", "localRouteOverride") => (
            "vnetLocalRouteOverrideCriteria",
            "When the next hop of a static route is passed over inside the VNet.",
        ),
        ("connection static route", "nextHopIp") => ("nextHopIpAddress", "The NVA in the VNet."),
        ("branches", "propagatedTables") => (
            "propagatedRouteTables",
            "Tables that learn the branches' ranges.",
        ),
        ("hub ExpressRoute gateway", "allowNonVirtualWanTraffic") => (
            "allowNonVirtualWanTraffic",
            "Takes traffic from VNets outside Virtual WAN on its circuits.",
        ),
        ("hub VPN gateway", "instanceIps") => ("Instance addresses", "In the hub's range."),
        ("hub scale", "routingUnits") => (
            "Routing infrastructure units",
            "Above the two that are included.",
        ),
        ("hub scale", "vpnUnits") => ("VPN scale units", "Of the site-to-site gateway."),
        ("hub scale", "expressRouteUnits") => {
            ("ExpressRoute scale units", "Of the ExpressRoute gateway.")
        }
        ("hub scale", "pointToSiteUnits") => {
            ("Point-to-site scale units", "Of the user VPN gateway.")
        }
        ("hub scale", "pointToSiteConnections") => {
            ("Point-to-site connections", "Users on average.")
        }
        _ => return None,
    })
}

/// What a member means wherever it stands.
fn anywhere(member: &str) -> Option<(&'static str, &'static str)> {
    Some(match member {
        "name" => ("Name", "Others refer to it by this."),
        "region" => ("Region", "West Europe or westeurope."),
        "kind" => ("Kind", "What it is."),
        "vnet" => ("VNet", "The VNet it stands in."),
        "subnet" => ("Subnet", "The subnet it stands in."),
        "ip" => ("Address", "Its private address."),
        "asn" => ("ASN", "Autonomous system number."),
        "sku" => ("SKU", "For the bill and limits."),
        "zones" => ("Availability zones", "1, 2, 3; empty: none."),
        "groups" => ("Network groups", "The groups it applies to."),
        "deployedTo" => ("Deployed to", "Regions; empty: every region."),
        "disableBgpRoutePropagation" => (
            "disableBgpRoutePropagation",
            "Routes of gateways are not taken over.",
        ),
        "prefixes" => ("Prefixes", "Ranges, separated by commas."),
        "propagatedLabels" => ("Propagated labels", "Labels whose tables learn them."),
        _ => return None,
    })
}

/// The tab of the objects.
pub const OBJECTS: &str = "Objects";
/// Kinds of objects.
pub const KINDS: &str = "Kinds of objects";
/// Searches the list.
pub const SEARCH: &str = "Search by name";
/// Makes a copy.
pub const COPY: &str = "Duplicate";
/// Deletes an object.
pub const DELETE: &str = "Delete";
/// Rows before those shown.
pub const EARLIER: &str = "Earlier";
/// Rows behind those shown.
pub const LATER: &str = "Later";
/// No choice made.
pub const NONE: &str = "none";
/// Nothing in particular.
pub const ANY: &str = "any";
/// A choice must be made.
pub const CHOOSE: &str = "choose …";
/// Before a free range or address.
pub const NEXT_FREE: &str = "Next free:";

/// A switch that may be left to the kind of object.
#[must_use]
pub fn switch() -> Vec<(String, String)> {
    let both = |value: &str, word: &str| (value.to_owned(), word.to_owned());
    vec![
        both("", "as its kind"),
        both("true", "yes"),
        both("false", "no"),
    ]
}

/// Which rows are shown.
#[must_use]
pub fn page(first: usize, last: usize, total: usize) -> String {
    format!("{first} to {last} of {total}")
}

/// How many issues.
#[must_use]
pub fn issues(count: usize) -> String {
    super::counted(count, "issue", "issues")
}

/// Adds one.
#[must_use]
pub fn add(noun: &str) -> String {
    format!("Add {noun}")
}

/// Removes one.
#[must_use]
pub fn remove(noun: &str) -> String {
    format!("Remove {noun}")
}

/// Names a row: `route 2 of rt`.
#[must_use]
pub fn row(noun: &str, number: usize, owner: &str) -> String {
    format!("{noun} {number} of {owner}")
}

/// There is no object of a kind.
#[must_use]
pub fn none_yet(path: &str) -> String {
    format!("No {} yet.", few(path))
}

/// No object has what is searched for.
#[must_use]
pub fn none_found(search: &str) -> String {
    format!("No name has {:?} in it.", search.trim())
}

/// A name that another object has.
#[must_use]
pub fn taken(code: &str, name: &str) -> String {
    format!("{code}: {name:?} is taken; expected a name that no other object of this kind has")
}

/// A name that no object has.
#[must_use]
pub fn no_such(code: &str, kinds: &[&str], name: &str) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| lowered(kind)).collect();
    format!(
        "{code}: none of the {} is named {name:?}",
        kinds.join(" or ")
    )
}

/// An object went, and what went with it.
#[must_use]
pub fn deleted(title: &str, lost: &[(usize, &str)]) -> String {
    if lost.is_empty() {
        return format!("{title} was deleted.");
    }
    format!("{title} was deleted, with {}.", counts(lost))
}

/// What goes with an object.
#[must_use]
pub fn goes(lost: &[(usize, &str)]) -> String {
    format!("Goes with it: {}.", counts(lost))
}

fn counts(lost: &[(usize, &str)]) -> String {
    let counts: Vec<String> = lost
        .iter()
        .map(|(count, path)| super::counted(*count, one(path), &few(path)))
        .collect();
    super::list(&counts)
}

/// What one object of a kind is called.
fn one(path: &str) -> &'static str {
    match path {
        "vnets" => "VNet",
        "peerings" => "peering",
        "routeTables" => "route table",
        "appliances" => "firewall or NVA",
        "gateways" => "gateway",
        "tunnels" => "tunnel",
        "circuits" => "circuit",
        "sites" => "site",
        "bgpPeerings" => "BGP peering",
        "workloads" => "workload",
        "privateEndpoints" => "private endpoint",
        "networkSecurityGroups" => "network security group",
        "virtualWan.hubs" => "hub",
        "privateDnsZones" => "private DNS zone",
        "dnsResolvers" => "DNS private resolver",
        "dnsForwardingRulesets" => "DNS forwarding ruleset",
        "dnsServers" => "DNS server",
        "avnm.groups" => "network group",
        "avnm.configurations" => "connectivity configuration",
        "avnm.securityAdminRules" => "security admin rule",
        "avnm.routingConfigurations" => "routing configuration",
        _ => "object",
    }
}

fn few(path: &str) -> String {
    lowered(kind(path))
}

/// Without a capital at the beginning, but for names and acronyms.
fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let proper = [
        "VNet",
        "BGP",
        "DNS",
        "Express",
        "Virtual",
        "Network Manager",
    ];
    if proper.iter().any(|name| words.starts_with(name)) {
        return words.to_owned();
    }
    first
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}
