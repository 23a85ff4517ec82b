//! What exists: the estate as a person typed it or an importer read it. Public fields, and it may be wrong.
//!
//! The JSON is a strict superset of the neutral case format's `network` (names of Azure's resource model in
//! `camelCase`; unknown keys are errors). Prefixes and addresses stay text here, so that nothing typed is lost;
//! [`crate::topology::build`] reads them and reports every problem at once.
//!
//! | member | what it is in Azure |
//! |---|---|
//! | `vnets` | virtual networks with address ranges and subnets |
//! | `peerings` | one object per direction, stored in `from` |
//! | `routeTables` | user-defined routes and the propagation switch |
//! | `appliances` | Azure Firewall, NVAs (one element per NIC), managed routing appliances |
//! | `gateways` | VPN and ExpressRoute gateways, Route Servers |
//! | `tunnels`, `circuits`, `sites` | how on-premises and other networks attach |
//! | `virtualWan` | Virtual WAN hubs, connections and route tables |
//!
//! Left out: prices and traffic (they are the bill's business) and anything only a diagram needs.

use crate::json::{Word, record, words};
use std::rc::Rc;

/// A whole estate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkSpec {
    /// Virtual networks.
    pub vnets: Vec<VnetSpec>,
    /// Peering objects, one per direction.
    pub peerings: Vec<PeeringSpec>,
    /// Route tables that subnets refer to by name.
    pub route_tables: Vec<RouteTableSpec>,
    /// Firewalls, NVAs and routing appliances, one element per NIC.
    pub appliances: Vec<ApplianceSpec>,
    /// VPN gateways, ExpressRoute gateways and Route Servers in VNets.
    pub gateways: Vec<GatewaySpec>,
    /// IPsec tunnels between gateways, hubs, sites and appliances.
    pub tunnels: Vec<TunnelSpec>,
    /// ExpressRoute circuits.
    pub circuits: Vec<CircuitSpec>,
    /// On-premises networks and branches.
    pub sites: Vec<SiteSpec>,
    /// BGP sessions of Route Servers and Virtual WAN hubs with appliances.
    pub bgp_peerings: Vec<BgpPeeringSpec>,
    /// Private endpoints.
    pub private_endpoints: Vec<PrivateEndpointSpec>,
    /// Azure Virtual Network Manager: groups and connectivity configurations.
    pub avnm: Option<NetworkManagerSpec>,
    /// Virtual WAN.
    pub virtual_wan: Option<VirtualWanSpec>,
    /// Hosts worth naming. Any address of a subnet is a host even when it is not listed.
    pub workloads: Vec<WorkloadSpec>,
    /// Network security groups that subnets refer to by name (beyond the case format).
    pub network_security_groups: Vec<NetworkSecurityGroupSpec>,
    /// Service tags with their prefixes; each replaces the built-in list of its name (beyond the case format).
    pub service_tags: Vec<ServiceTagSpec>,
    /// What else is billed, as a NAT gateway or a bastion (beyond the case format).
    pub further_meters: Vec<FurtherMeterSpec>,
}

record!(NetworkSpec, Self::default(), |value, members| {
    members.optional("vnets", &mut value.vnets);
    members.optional("peerings", &mut value.peerings);
    members.optional("routeTables", &mut value.route_tables);
    members.optional("appliances", &mut value.appliances);
    members.optional("gateways", &mut value.gateways);
    members.optional("tunnels", &mut value.tunnels);
    members.optional("circuits", &mut value.circuits);
    members.optional("sites", &mut value.sites);
    members.optional("bgpPeerings", &mut value.bgp_peerings);
    members.optional("privateEndpoints", &mut value.private_endpoints);
    members.optional("avnm", &mut value.avnm);
    members.optional("virtualWan", &mut value.virtual_wan);
    members.optional("workloads", &mut value.workloads);
    members.optional("networkSecurityGroups", &mut value.network_security_groups);
    members.optional("serviceTags", &mut value.service_tags);
    members.optional("furtherMeters", &mut value.further_meters);
});

/// Something that the estate has and no flow passes: for the bill alone.
#[derive(Debug, Clone, PartialEq)]
pub struct FurtherMeterSpec {
    /// What people call it.
    pub name: String,
    /// Azure region, as `westeurope`; empty where its price is the same everywhere.
    pub region: String,
    /// `serviceName` of the Azure Retail Prices API, as `NAT Gateway`.
    pub service: String,
    /// `productName`.
    pub product: String,
    /// `skuName`, as `Standard`; `*` for any.
    pub sku: String,
    /// `meterName`, as `Standard Gateway`.
    pub meter: String,
    /// How many exist all month; of a meter that counts GB, how many GB a month.
    pub count: u32,
}

record!(
    FurtherMeterSpec,
    Self {
        name: String::new(),
        region: String::new(),
        service: String::new(),
        product: String::new(),
        sku: "*".to_owned(),
        meter: String::new(),
        count: 1
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("region", &mut value.region);
        members.required("service", &mut value.service);
        members.required("product", &mut value.product);
        members.always("sku", &mut value.sku);
        members.required("meter", &mut value.meter);
        members.always("count", &mut value.count);
    }
);

/// A service tag: a name for a changing list of public prefixes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ServiceTagSpec {
    /// As `Storage.WestEurope`.
    pub name: String,
    /// Its prefixes.
    pub prefixes: Vec<String>,
}

record!(ServiceTagSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("prefixes", &mut value.prefixes);
});

/// A virtual network.
#[derive(Debug, Clone, PartialEq)]
pub struct VnetSpec {
    /// Unique name.
    pub name: String,
    /// Azure region, as `westeurope`.
    pub region: String,
    /// Address ranges in CIDR text; IPv6 ranges are carried and not simulated.
    pub prefixes: Vec<String>,
    /// Replaces covered ranges in what gateways announce (API 2025-07-01).
    pub summarized_gateway_prefixes: Option<Vec<String>>,
    /// Subnets.
    pub subnets: Vec<SubnetSpec>,
}

record!(VnetSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always("region", &mut value.region);
    members.required("prefixes", &mut value.prefixes);
    members.optional(
        "summarizedGatewayPrefixes",
        &mut value.summarized_gateway_prefixes,
    );
    members.always("subnets", &mut value.subnets);
});

fn default_region() -> String {
    "westeurope".to_owned()
}

impl Default for VnetSpec {
    /// A VNet without a name or ranges in the format's default region.
    fn default() -> Self {
        Self {
            name: String::new(),
            region: default_region(),
            prefixes: Vec::new(),
            summarized_gateway_prefixes: None,
            subnets: Vec::new(),
        }
    }
}

/// A subnet of a VNet.
#[derive(Debug, Clone, PartialEq)]
pub struct SubnetSpec {
    /// Name, unique within the VNet; Azure's platform names (`GatewaySubnet` …) have meaning.
    pub name: String,
    /// Range in CIDR text, inside one range of the VNet.
    pub prefix: String,
    /// Name of the attached route table.
    pub route_table: Option<String>,
    /// Whether UDRs and NSGs apply to private endpoints of this subnet.
    pub private_endpoint_network_policies: PrivateEndpointPolicies,
    /// Service endpoints, as `Microsoft.Storage`.
    pub service_endpoints: Vec<String>,
    /// False makes a private subnet: no implicit outbound address.
    pub default_outbound_access: bool,
    /// Name of the attached network security group (beyond the case format).
    pub network_security_group: Option<String>,
}

record!(SubnetSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("prefix", &mut value.prefix);
    members.optional("routeTable", &mut value.route_table);
    members.optional(
        "privateEndpointNetworkPolicies",
        &mut value.private_endpoint_network_policies,
    );
    members.optional("serviceEndpoints", &mut value.service_endpoints);
    members.usually("defaultOutboundAccess", &mut value.default_outbound_access);
    members.optional("networkSecurityGroup", &mut value.network_security_group);
});

impl Default for SubnetSpec {
    /// A subnet without a name or range, everything else as Azure creates it.
    fn default() -> Self {
        Self {
            name: String::new(),
            prefix: String::new(),
            route_table: None,
            private_endpoint_network_policies: PrivateEndpointPolicies::Disabled,
            service_endpoints: Vec::new(),
            default_outbound_access: true,
            network_security_group: None,
        }
    }
}

/// Azure's `privateEndpointNetworkPolicies`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PrivateEndpointPolicies {
    /// Neither route tables nor NSGs apply to private endpoints.
    #[default]
    Disabled,
    /// Both apply.
    Enabled,
    /// Only route tables apply.
    RouteTableEnabled,
    /// Only NSGs apply.
    NetworkSecurityGroupEnabled,
}

words!(PrivateEndpointPolicies, usual Disabled,
    Disabled "Disabled",
    Enabled "Enabled",
    RouteTableEnabled "RouteTableEnabled",
    NetworkSecurityGroupEnabled "NetworkSecurityGroupEnabled",
);

impl PrivateEndpointPolicies {
    /// Whether a UDR may override the endpoint's `/32` (with the length rule of golden facts 91 and 92).
    #[must_use]
    pub fn applies_route_tables(self) -> bool {
        matches!(self, Self::Enabled | Self::RouteTableEnabled)
    }
}

/// One peering object: the link stored in `from` towards `to`.
#[derive(Debug, Clone, PartialEq)]
pub struct PeeringSpec {
    /// The VNet that stores this object. The name is shared: a mesh of 500 VNets writes each of theirs a thousand times.
    pub from: Rc<str>,
    /// The VNet it points to.
    pub to: Rc<str>,
    /// `from`'s VirtualNetwork tag includes `to`.
    pub allow_virtual_network_access: bool,
    /// `from` accepts packets from `to` whose source lies elsewhere.
    pub allow_forwarded_traffic: bool,
    /// `from` lets `to` use its gateway.
    pub allow_gateway_transit: bool,
    /// `from` uses the gateway of `to`.
    pub use_remote_gateways: bool,
    /// State of this object.
    pub peering_state: PeeringState,
    /// False makes it a subnet peering.
    pub peer_complete_vnets: bool,
    /// Subnets of `from` that take part in a subnet peering.
    pub local_subnet_names: Vec<String>,
    /// Subnets of `to` that take part in a subnet peering.
    pub remote_subnet_names: Vec<String>,
    /// The ranges of `to` as of the last sync; absent: fully in sync (beyond the case format).
    pub remote_address_space: Option<Vec<String>>,
}

record!(PeeringSpec, Self::new("", ""), |value, members| {
    members.required("from", &mut value.from);
    members.required("to", &mut value.to);
    members.usually(
        "allowVirtualNetworkAccess",
        &mut value.allow_virtual_network_access,
    );
    members.always("allowForwardedTraffic", &mut value.allow_forwarded_traffic);
    members.always("allowGatewayTransit", &mut value.allow_gateway_transit);
    members.always("useRemoteGateways", &mut value.use_remote_gateways);
    members.optional("peeringState", &mut value.peering_state);
    members.usually("peerCompleteVnets", &mut value.peer_complete_vnets);
    members.optional("localSubnetNames", &mut value.local_subnet_names);
    members.optional("remoteSubnetNames", &mut value.remote_subnet_names);
    members.optional("remoteAddressSpace", &mut value.remote_address_space);
});

impl PeeringSpec {
    /// A link with Azure's default flags: access allowed, everything else off.
    ///
    /// ```
    /// let link = interspoke_core::spec::PeeringSpec::new("spoke1", "hub");
    /// assert!(link.allow_virtual_network_access && !link.allow_forwarded_traffic);
    /// ```
    #[must_use]
    pub fn new(from: impl Into<Rc<str>>, to: impl Into<Rc<str>>) -> Self {
        Self {
            from: from.into(),
            to: to.into(),
            allow_virtual_network_access: true,
            allow_forwarded_traffic: false,
            allow_gateway_transit: false,
            use_remote_gateways: false,
            peering_state: PeeringState::Connected,
            peer_complete_vnets: true,
            local_subnet_names: Vec::new(),
            remote_subnet_names: Vec::new(),
            remote_address_space: None,
        }
    }
}

/// State of a peering object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PeeringState {
    /// Only this object exists.
    Initiated,
    /// Both objects exist.
    #[default]
    Connected,
    /// The other object was deleted; both must be created again.
    Disconnected,
}

words!(PeeringState, usual Connected,
    Initiated "Initiated",
    Connected "Connected",
    Disconnected "Disconnected",
);

/// A route table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteTableSpec {
    /// Unique name.
    pub name: String,
    /// True: the portal's "Propagate gateway routes: No".
    pub disable_bgp_route_propagation: bool,
    /// User-defined routes.
    pub routes: Vec<RouteSpec>,
}

record!(RouteTableSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always(
        "disableBgpRoutePropagation",
        &mut value.disable_bgp_route_propagation,
    );
    members.always("routes", &mut value.routes);
});

/// One user-defined route.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteSpec {
    /// Name of the route.
    pub name: Option<String>,
    /// CIDR text or a service tag.
    pub prefix: String,
    /// Where the packet goes.
    pub next_hop_type: Word<UserNextHopType>,
    /// Address of the appliance, for `VirtualAppliance` only.
    pub next_hop_ip_address: Option<String>,
}

record!(RouteSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("prefix", &mut value.prefix);
    members.required("nextHopType", &mut value.next_hop_type);
    members.optional("nextHopIpAddress", &mut value.next_hop_ip_address);
});

/// The next-hop types that a UDR may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserNextHopType {
    /// An address: an NVA, a firewall or a load balancer's frontend.
    VirtualAppliance,
    /// The VPN gateway that this VNet uses.
    VirtualNetworkGateway,
    /// Ordinary delivery inside the VNet.
    VnetLocal,
    /// Straight to the Internet.
    Internet,
    /// Drop.
    #[default]
    None,
}

words!(UserNextHopType, usual None,
    VirtualAppliance "VirtualAppliance",
    VirtualNetworkGateway "VirtualNetworkGateway",
    VnetLocal "VnetLocal",
    Internet "Internet",
    None "None",
);

/// A firewall, NVA NIC or routing appliance.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplianceSpec {
    /// Unique name of this NIC or firewall.
    pub name: String,
    /// What it is.
    pub kind: ApplianceKind,
    /// VNet and subnet of the NIC.
    pub vnet: String,
    /// Subnet of the NIC.
    pub subnet: String,
    /// Private address of the NIC.
    pub ip: String,
    /// Frontend of the internal load balancer it stands behind.
    pub load_balancer_ip: Option<String>,
    /// `enableIPForwarding` of the Azure NIC.
    pub ip_forwarding: bool,
    /// Whether it tracks flows. Absent: true for Azure Firewall, false otherwise (the case format's rule).
    pub stateful: Option<bool>,
    /// Rewrites the source to its own address towards private destinations too.
    pub snat_private: bool,
    /// Can reach the Internet (a public address behind it).
    pub internet_egress: bool,
    /// False: stopped; it drops everything, its routes stay displayed.
    pub running: bool,
    /// Protocols that its policy drops.
    pub drops: Vec<Protocol>,
    /// Routes inside the guest; they only choose the NIC or tunnel that a packet leaves by.
    pub os_routes: Vec<OsRouteSpec>,
    /// Name shared by all NICs of one machine; it stands for the machine in paths.
    pub device: Option<String>,
    /// Destination NAT rules on public addresses (beyond the case format).
    pub dnat: Vec<DnatSpec>,
    /// Azure Firewall tier or NVA size, for the bill (beyond the case format).
    pub sku: Option<String>,
    /// Private ranges that Azure Firewall does not source-NAT; absent: RFC 1918 and RFC 6598 (beyond the case format).
    pub private_ranges: Option<Vec<String>>,
    /// Capacity units that an Azure Firewall is prescaled to (beyond the case format).
    pub capacity_units: Option<u32>,
    /// Number of public addresses; absent: one for an Azure Firewall, none for others (beyond the case format).
    pub public_addresses: Option<u32>,
    /// Availability zones, as `1`: one is zonal, several are zone-redundant, none is wherever Azure puts it (beyond the
    /// case format).
    pub zones: Vec<String>,
    /// The same of the frontend of its load balancer (beyond the case format).
    pub load_balancer_zones: Vec<String>,
}

record!(
    ApplianceSpec,
    Self::new("", ApplianceKind::Nva, "", "", ""),
    |value, members| {
        members.required("name", &mut value.name);
        members.required("kind", &mut value.kind);
        members.required("vnet", &mut value.vnet);
        members.required("subnet", &mut value.subnet);
        members.required("ip", &mut value.ip);
        members.optional("loadBalancerIp", &mut value.load_balancer_ip);
        members.usually("ipForwarding", &mut value.ip_forwarding);
        members.optional("stateful", &mut value.stateful);
        members.optional("snatPrivate", &mut value.snat_private);
        members.usually("internetEgress", &mut value.internet_egress);
        members.usually("running", &mut value.running);
        members.optional("drops", &mut value.drops);
        members.optional("osRoutes", &mut value.os_routes);
        members.optional("device", &mut value.device);
        members.optional("dnat", &mut value.dnat);
        members.optional("sku", &mut value.sku);
        members.optional("privateRanges", &mut value.private_ranges);
        members.optional("capacityUnits", &mut value.capacity_units);
        members.optional("publicAddresses", &mut value.public_addresses);
        members.optional("zones", &mut value.zones);
        members.optional("loadBalancerZones", &mut value.load_balancer_zones);
    }
);

impl ApplianceSpec {
    /// An appliance as Azure or the format creates it: running, forwarding, without a load balancer.
    #[must_use]
    pub fn new(name: &str, kind: ApplianceKind, vnet: &str, subnet: &str, ip: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            vnet: vnet.to_owned(),
            subnet: subnet.to_owned(),
            ip: ip.to_owned(),
            load_balancer_ip: None,
            ip_forwarding: true,
            stateful: None,
            snat_private: false,
            internet_egress: true,
            running: true,
            drops: Vec::new(),
            os_routes: Vec::new(),
            device: None,
            dnat: Vec::new(),
            sku: None,
            private_ranges: None,
            capacity_units: None,
            public_addresses: None,
            zones: Vec::new(),
            load_balancer_zones: Vec::new(),
        }
    }

    /// Whether it tracks flows, with the format's default.
    #[must_use]
    pub fn is_stateful(&self) -> bool {
        self.stateful
            .unwrap_or(self.kind == ApplianceKind::AzureFirewall)
    }

    /// The machine's name: `device` where several NICs share one, else the name.
    #[must_use]
    pub fn machine(&self) -> &str {
        self.device.as_deref().unwrap_or(&self.name)
    }
}

/// Kinds of appliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApplianceKind {
    /// A virtual machine that forwards.
    Nva,
    /// Azure Firewall.
    AzureFirewall,
    /// Azure Virtual Network Routing Appliance.
    RoutingAppliance,
}

words!(ApplianceKind, usual Nva,
    Nva "nva",
    AzureFirewall "azureFirewall",
    RoutingAppliance "routingAppliance",
);

/// A destination NAT rule of a firewall or NVA.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DnatSpec {
    /// The appliance's public address.
    pub public_ip: String,
    /// The private address that it is translated to.
    pub to: String,
}

record!(DnatSpec, Self::default(), |value, members| {
    members.required("publicIp", &mut value.public_ip);
    members.required("to", &mut value.to);
});

/// A route inside an appliance's guest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OsRouteSpec {
    /// Destination in CIDR text.
    pub prefix: String,
    /// An address, or the name of an object (a site or gateway at the other end of a tunnel, or a NIC).
    pub via: String,
}

record!(OsRouteSpec, Self::default(), |value, members| {
    members.required("prefix", &mut value.prefix);
    members.required("via", &mut value.via);
});

/// Protocols that questions and policies speak of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    /// Ping.
    #[default]
    Icmp,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

words!(Protocol, usual Icmp,
    Icmp "icmp",
    Tcp "tcp",
    Udp "udp",
);

/// A gateway in a VNet.
#[derive(Debug, Clone, PartialEq)]
pub struct GatewaySpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: GatewayKind,
    /// The VNet it stands in.
    pub vnet: String,
    /// Autonomous system number.
    pub asn: u32,
    /// Two active instances.
    pub active_active: bool,
    /// Private addresses of the instances.
    pub instance_ips: Vec<String>,
    /// BGP peering addresses; absent: the instance addresses.
    pub bgp_peer_ips: Option<Vec<String>>,
    /// Public addresses.
    pub public_ips: Vec<String>,
    /// Route Server: exchange routes between gateways and NVAs.
    pub branch_to_branch: bool,
    /// Route Server: preference between sources of one prefix.
    pub routing_preference: RoutingPreference,
    /// ExpressRoute: accept traffic from other VNets on the circuit.
    pub allow_remote_vnet_traffic: bool,
    /// ExpressRoute: accept traffic from Virtual WAN on the circuit.
    pub allow_virtual_wan_traffic: bool,
    /// SKU, as `VpnGw2AZ`, for the bill and limits (beyond the case format).
    pub sku: Option<String>,
    /// ExpressRoute FastPath (beyond the case format).
    pub fast_path: bool,
    /// Scale units of an `ErGwScale` gateway; 1 at least (beyond the case format).
    pub scale_units: Option<u32>,
    /// Users connected to a VPN gateway, on average over the month (beyond the case format).
    pub point_to_site_connections: Option<u32>,
    /// Availability zones, as those of an appliance (beyond the case format).
    pub zones: Vec<String>,
}

record!(
    GatewaySpec,
    Self::new("", GatewayKind::Vpn, ""),
    |value, members| {
        members.required("name", &mut value.name);
        members.required("kind", &mut value.kind);
        members.required("vnet", &mut value.vnet);
        members.always("asn", &mut value.asn);
        members.always("activeActive", &mut value.active_active);
        members.optional("instanceIps", &mut value.instance_ips);
        members.optional("bgpPeerIps", &mut value.bgp_peer_ips);
        members.optional("publicIps", &mut value.public_ips);
        members.always("branchToBranch", &mut value.branch_to_branch);
        members.always("routingPreference", &mut value.routing_preference);
        members.always(
            "allowRemoteVnetTraffic",
            &mut value.allow_remote_vnet_traffic,
        );
        members.always(
            "allowVirtualWanTraffic",
            &mut value.allow_virtual_wan_traffic,
        );
        members.optional("sku", &mut value.sku);
        members.optional("fastPath", &mut value.fast_path);
        members.optional("scaleUnits", &mut value.scale_units);
        members.optional("zones", &mut value.zones);
        members.optional(
            "pointToSiteConnections",
            &mut value.point_to_site_connections,
        );
    }
);

fn default_asn() -> u32 {
    65_515
}

impl GatewaySpec {
    /// A gateway as Azure creates it: ASN 65515, one instance, everything optional off.
    #[must_use]
    pub fn new(name: &str, kind: GatewayKind, vnet: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            vnet: vnet.to_owned(),
            asn: default_asn(),
            active_active: false,
            instance_ips: Vec::new(),
            bgp_peer_ips: None,
            public_ips: Vec::new(),
            branch_to_branch: false,
            routing_preference: RoutingPreference::ExpressRoute,
            allow_remote_vnet_traffic: false,
            allow_virtual_wan_traffic: false,
            sku: None,
            fast_path: false,
            scale_units: None,
            point_to_site_connections: None,
            zones: Vec::new(),
        }
    }
}

/// Kinds of gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GatewayKind {
    /// VPN gateway.
    Vpn,
    /// ExpressRoute gateway.
    ExpressRoute,
    /// Azure Route Server.
    RouteServer,
}

words!(GatewayKind, usual Vpn,
    Vpn "vpn",
    ExpressRoute "expressRoute",
    RouteServer "routeServer",
);

/// Preference between sources of one prefix, of a Route Server or a Virtual WAN hub.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RoutingPreference {
    /// ExpressRoute first.
    #[default]
    ExpressRoute,
    /// VPN first.
    VpnGateway,
    /// Shortest AS path first.
    AsPath,
}

words!(RoutingPreference, usual ExpressRoute,
    ExpressRoute "ExpressRoute",
    VpnGateway "VpnGateway",
    AsPath "ASPath",
);

/// A tunnel.
#[derive(Debug, Clone, PartialEq)]
pub struct TunnelSpec {
    /// Name of one end: a gateway, Virtual WAN hub, site or appliance.
    pub a: String,
    /// Name of the other end.
    pub b: String,
    /// Whether BGP runs in it.
    pub bgp: bool,
    /// The one instance of `a` it ends on; absent: all.
    pub instance_ip: Option<String>,
    /// AS path of what `b` announces over this tunnel.
    pub as_path: Option<Vec<u32>>,
    /// Local network gateway prefixes at `a`.
    pub static_at_a: Vec<String>,
    /// Local network gateway prefixes at `b`.
    pub static_at_b: Vec<String>,
    /// What an appliance at `a` originates.
    pub announced_by_a: Vec<String>,
    /// What an appliance at `b` originates.
    pub announced_by_b: Vec<String>,
}

record!(TunnelSpec, Self::new("", ""), |value, members| {
    members.required("a", &mut value.a);
    members.required("b", &mut value.b);
    members.usually("bgp", &mut value.bgp);
    members.optional("instanceIp", &mut value.instance_ip);
    members.optional("asPath", &mut value.as_path);
    members.optional("staticAtA", &mut value.static_at_a);
    members.optional("staticAtB", &mut value.static_at_b);
    members.optional("announcedByA", &mut value.announced_by_a);
    members.optional("announcedByB", &mut value.announced_by_b);
});

impl TunnelSpec {
    /// A tunnel between two named ends, with BGP.
    #[must_use]
    pub fn new(a: &str, b: &str) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
            bgp: true,
            instance_ip: None,
            as_path: None,
            static_at_a: Vec::new(),
            static_at_b: Vec::new(),
            announced_by_a: Vec::new(),
            announced_by_b: Vec::new(),
        }
    }
}

/// An ExpressRoute circuit.
#[derive(Debug, Clone, PartialEq)]
pub struct CircuitSpec {
    /// Unique name.
    pub name: String,
    /// Gateways and Virtual WAN hubs connected to it.
    pub gateways: Vec<String>,
    /// Sites behind it.
    pub sites: Vec<String>,
    /// Circuits joined with it by Global Reach.
    pub global_reach_with: Vec<String>,
    /// How many of its two connections to the Microsoft edge are up.
    pub links_up: u8,
    /// What was bought, for the bill (beyond the case format).
    pub plan: Option<CircuitPlanSpec>,
}

impl CircuitSpec {
    /// A circuit with both connections up and nothing on it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            gateways: Vec::new(),
            sites: Vec::new(),
            global_reach_with: Vec::new(),
            links_up: 2,
            plan: None,
        }
    }
}

record!(CircuitSpec, Self::new(""), |value, members| {
    members.required("name", &mut value.name);
    members.always("gateways", &mut value.gateways);
    members.always("sites", &mut value.sites);
    members.optional("globalReachWith", &mut value.global_reach_with);
    members.unless(value.links_up == 2, "linksUp", &mut value.links_up);
    members.optional("plan", &mut value.plan);
});

/// What was bought with a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitPlanSpec {
    /// Reach.
    pub tier: CircuitTier,
    /// How data is charged.
    pub family: CircuitFamily,
    /// Bandwidth, as 1000 for 1 Gbps.
    pub bandwidth_in_mbps: u32,
}

record!(
    CircuitPlanSpec,
    Self {
        tier: CircuitTier::Local,
        family: CircuitFamily::MeteredData,
        bandwidth_in_mbps: 0
    },
    |value, members| {
        members.required("tier", &mut value.tier);
        members.required("family", &mut value.family);
        members.required("bandwidthInMbps", &mut value.bandwidth_in_mbps);
    }
);

/// Tiers of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitTier {
    /// Regions of one metro.
    Local,
    /// Regions of one geopolitical area.
    Standard,
    /// Every region.
    Premium,
}

words!(CircuitTier, usual Local,
    Local "Local",
    Standard "Standard",
    Premium "Premium",
);

/// How a circuit's data is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitFamily {
    /// Each GB that leaves Azure.
    MeteredData,
    /// With the circuit.
    UnlimitedData,
}

words!(CircuitFamily, usual MeteredData,
    MeteredData "MeteredData",
    UnlimitedData "UnlimitedData",
);

/// An on-premises network or branch.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteSpec {
    /// Unique name.
    pub name: String,
    /// Autonomous system number.
    pub asn: u32,
    /// What it announces or, without BGP, what is configured for it.
    pub prefixes: Vec<String>,
    /// AS path as seen by the first gateway, when published.
    pub as_path: Vec<u32>,
    /// Sites with the same value are one private network.
    pub wan: Option<String>,
}

record!(
    SiteSpec,
    Self {
        name: String::new(),
        asn: 65_001,
        prefixes: Vec::new(),
        as_path: Vec::new(),
        wan: None
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("asn", &mut value.asn);
        members.required("prefixes", &mut value.prefixes);
        members.optional("asPath", &mut value.as_path);
        members.optional("wan", &mut value.wan);
    }
);

/// A BGP session with an appliance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BgpPeeringSpec {
    /// A Route Server or a Virtual WAN hub.
    pub speaker: String,
    /// The appliance.
    pub appliance: String,
    /// The appliance's autonomous system number.
    pub asn: u32,
    /// What the appliance announces.
    pub advertises: Vec<AdvertisementSpec>,
}

record!(BgpPeeringSpec, Self::default(), |value, members| {
    members.required("speaker", &mut value.speaker);
    members.required("appliance", &mut value.appliance);
    members.required("asn", &mut value.asn);
    members.always("advertises", &mut value.advertises);
});

/// One announced prefix.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AdvertisementSpec {
    /// CIDR text.
    pub prefix: String,
    /// Next hop; absent: the appliance's address.
    pub next_hop: Option<String>,
    /// Whole path as the speaker receives it; absent: the appliance's own number.
    pub as_path: Option<Vec<u32>>,
}

record!(AdvertisementSpec, Self::default(), |value, members| {
    members.required("prefix", &mut value.prefix);
    members.optional("nextHop", &mut value.next_hop);
    members.optional("asPath", &mut value.as_path);
});

/// A private endpoint.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrivateEndpointSpec {
    /// Name.
    pub name: Option<String>,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
}

record!(PrivateEndpointSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("vnet", &mut value.vnet);
    members.required("subnet", &mut value.subnet);
    members.required("ip", &mut value.ip);
});

/// Azure Virtual Network Manager.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkManagerSpec {
    /// Network groups.
    pub groups: Vec<NetworkGroupSpec>,
    /// Connectivity configurations that are deployed.
    pub configurations: Vec<ConnectivitySpec>,
    /// Security admin rules that are deployed (beyond the case format).
    pub security_admin_rules: Vec<SecurityAdminRuleSpec>,
    /// What happens when members overlap (beyond the case format).
    pub address_overlap: AddressOverlap,
    /// Routing configurations that are deployed: UDR management (beyond the case format).
    pub routing_configurations: Vec<RoutingConfigurationSpec>,
}

record!(NetworkManagerSpec, Self::default(), |value, members| {
    members.always("groups", &mut value.groups);
    members.always("configurations", &mut value.configurations);
    members.optional("securityAdminRules", &mut value.security_admin_rules);
    members.optional("addressOverlap", &mut value.address_overlap);
    members.optional("routingConfigurations", &mut value.routing_configurations);
});

/// A routing configuration: rules that become route tables on the subnets of groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingConfigurationSpec {
    /// Name.
    pub name: Option<String>,
    /// Whether tables are made anew or added to.
    pub route_table_usage_mode: RouteTableUsageMode,
    /// Rule collections.
    pub rule_collections: Vec<RuleCollectionSpec>,
    /// Regions it is deployed to; absent: everywhere.
    pub deployed_to: Option<Vec<String>>,
}

record!(
    RoutingConfigurationSpec,
    Self::default(),
    |value, members| {
        members.optional("name", &mut value.name);
        members.optional("routeTableUsageMode", &mut value.route_table_usage_mode);
        members.required("ruleCollections", &mut value.rule_collections);
        members.optional("deployedTo", &mut value.deployed_to);
    }
);

/// `routeTableUsageMode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RouteTableUsageMode {
    /// Tables that the manager makes replace a subnet's own.
    #[default]
    ManagedOnly,
    /// Rules are added to a subnet's own table.
    UseExisting,
}

words!(RouteTableUsageMode, usual ManagedOnly,
    ManagedOnly "ManagedOnly",
    UseExisting "UseExisting",
);

/// A rule collection of a routing configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleCollectionSpec {
    /// Name.
    pub name: Option<String>,
    /// Names of groups it applies to.
    pub groups: Vec<String>,
    /// The exception for the own VNet or subnet.
    pub local_routing: LocalRouting,
    /// The switch of the tables that are made.
    pub disable_bgp_route_propagation: bool,
    /// Destinations and next hops.
    pub rules: Vec<RouteSpec>,
}

record!(RuleCollectionSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("groups", &mut value.groups);
    members.optional("localRouting", &mut value.local_routing);
    members.always(
        "disableBgpRoutePropagation",
        &mut value.disable_bgp_route_propagation,
    );
    members.required("rules", &mut value.rules);
});

/// Local routing setting of a rule collection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LocalRouting {
    /// No exception.
    #[default]
    NotSpecified,
    /// A `VnetLocal` route for the VNet's ranges.
    DirectRoutingWithinVNet,
    /// A `VnetLocal` route for the subnet's range.
    DirectRoutingWithinSubnet,
}

words!(LocalRouting, usual NotSpecified,
    NotSpecified "NotSpecified",
    DirectRoutingWithinVNet "DirectRoutingWithinVNet",
    DirectRoutingWithinSubnet "DirectRoutingWithinSubnet",
);

/// A network group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkGroupSpec {
    /// Unique name.
    pub name: String,
    /// Names of member VNets.
    pub members: Vec<String>,
}

record!(NetworkGroupSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always("members", &mut value.members);
});

/// A connectivity configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectivitySpec {
    /// Name.
    pub name: Option<String>,
    /// Mesh or hub-and-spoke.
    pub topology: ConnectivityTopology,
    /// The hub VNet of a hub-and-spoke.
    pub hub: Option<String>,
    /// Names of groups.
    pub groups: Vec<String>,
    /// Hub-and-spoke: members of a group reach each other directly.
    pub direct_connectivity: bool,
    /// Members in different regions reach each other.
    pub global_mesh: bool,
    /// Sets the gateway flags of the peerings it makes.
    pub use_hub_gateway: bool,
    /// Regions it is deployed to; absent: everywhere (beyond the case format).
    pub deployed_to: Option<Vec<String>>,
}

record!(
    ConnectivitySpec,
    Self {
        name: None,
        topology: ConnectivityTopology::Mesh,
        hub: None,
        groups: Vec::new(),
        direct_connectivity: false,
        global_mesh: false,
        use_hub_gateway: false,
        deployed_to: None
    },
    |value, members| {
        members.optional("name", &mut value.name);
        members.required("topology", &mut value.topology);
        members.optional("hub", &mut value.hub);
        members.always("groups", &mut value.groups);
        members.always("directConnectivity", &mut value.direct_connectivity);
        members.always("globalMesh", &mut value.global_mesh);
        members.always("useHubGateway", &mut value.use_hub_gateway);
        members.optional("deployedTo", &mut value.deployed_to);
    }
);

/// Topology of a connectivity configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectivityTopology {
    /// A connected group.
    Mesh,
    /// Real peerings between the hub and each member.
    HubAndSpoke,
}

words!(ConnectivityTopology, usual Mesh,
    Mesh "mesh",
    HubAndSpoke "hubAndSpoke",
);

/// `ConnectedGroupAddressOverlap`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AddressOverlap {
    /// Members may overlap; traffic to the overlap is dropped.
    #[default]
    Allowed,
    /// Adding a member that overlaps is refused.
    Disallowed,
}

words!(AddressOverlap, usual Allowed,
    Allowed "Allowed",
    Disallowed "Disallowed",
);

/// A security admin rule of Virtual Network Manager.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityAdminRuleSpec {
    /// Names of the groups it applies to.
    pub groups: Vec<String>,
    /// The rule.
    pub rule: SecurityRuleSpec,
}

record!(
    SecurityAdminRuleSpec,
    Self {
        groups: Vec::new(),
        rule: SecurityRuleSpec::any()
    },
    |value, members| {
        members.required("groups", &mut value.groups);
        members.required("rule", &mut value.rule);
    }
);

/// A network security group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetworkSecurityGroupSpec {
    /// Unique name.
    pub name: String,
    /// Custom rules; the default rules always follow them.
    pub rules: Vec<SecurityRuleSpec>,
}

record!(
    NetworkSecurityGroupSpec,
    Self::default(),
    |value, members| {
        members.required("name", &mut value.name);
        members.always("rules", &mut value.rules);
    }
);

/// A rule of a network security group or a security admin rule. Ports are not simulated: a rule stands for all ports.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityRuleSpec {
    /// Name.
    pub name: Option<String>,
    /// Lower numbers first.
    pub priority: u32,
    /// Direction seen from the NIC.
    pub direction: Direction,
    /// What it does.
    pub access: Access,
    /// Absent: any protocol.
    pub protocol: Option<Protocol>,
    /// Prefixes, `*`, or a tag (`VirtualNetwork`, `Internet`, `AzureLoadBalancer`).
    pub source: Vec<String>,
    /// Prefixes, `*`, or a tag.
    pub destination: Vec<String>,
}

record!(SecurityRuleSpec, Self::any(), |value, members| {
    members.optional("name", &mut value.name);
    members.required("priority", &mut value.priority);
    members.required("direction", &mut value.direction);
    members.required("access", &mut value.access);
    members.optional("protocol", &mut value.protocol);
    members.always("source", &mut value.source);
    members.always("destination", &mut value.destination);
});

impl SecurityRuleSpec {
    /// A rule of the highest priority for everything, as one with nothing but what is required is read.
    fn any() -> Self {
        Self {
            name: None,
            priority: 0,
            direction: Direction::Inbound,
            access: Access::Allow,
            protocol: None,
            source: vec!["*".to_owned()],
            destination: vec!["*".to_owned()],
        }
    }
}

/// What a security rule does with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Passes; a security admin rule hands it on to the network security group.
    Allow,
    /// Passes whatever the network security group says (security admin rules only).
    AlwaysAllow,
    /// Dropped.
    Deny,
}

words!(Access, usual Allow,
    Allow "Allow",
    AlwaysAllow "AlwaysAllow",
    Deny "Deny",
);

/// Direction of a security rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Packets that arrive at the NIC.
    Inbound,
    /// Packets that leave it.
    Outbound,
}

words!(Direction, usual Inbound,
    Inbound "Inbound",
    Outbound "Outbound",
);

/// Virtual WAN.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualWanSpec {
    /// Hubs, all meshed.
    pub hubs: Vec<HubSpec>,
}

record!(VirtualWanSpec, Self::default(), |value, members| {
    members.always("hubs", &mut value.hubs);
});

/// A Virtual WAN hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HubSpec {
    /// Unique name.
    pub name: String,
    /// Azure region.
    pub region: String,
    /// Address range.
    pub prefix: Option<String>,
    /// Hub routing preference.
    pub routing_preference: RoutingPreference,
    /// Public addresses of the hub router.
    pub router_ips: Vec<String>,
    /// The firewall or NVA in the hub.
    pub firewall: Option<HubFirewallSpec>,
    /// Routing policies.
    pub routing_intent: RoutingIntentSpec,
    /// Route tables besides the default one (which may be listed to give it static routes or labels).
    pub route_tables: Vec<HubRouteTableSpec>,
    /// VNet connections.
    pub connections: Vec<HubConnectionSpec>,
    /// Site-to-site VPN gateway.
    pub vpn: Option<HubVpnSpec>,
    /// ExpressRoute gateway.
    pub express_route: Option<HubExpressRouteSpec>,
    /// Propagation of all branch connections.
    pub branches: HubBranchesSpec,
    /// Units bought, for the bill (beyond the case format).
    pub scale: HubScaleSpec,
}

record!(HubSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("region", &mut value.region);
    members.optional("prefix", &mut value.prefix);
    members.always("routingPreference", &mut value.routing_preference);
    members.optional("routerIps", &mut value.router_ips);
    members.optional("firewall", &mut value.firewall);
    let usual = value.routing_intent == RoutingIntentSpec::default();
    members.unless(usual, "routingIntent", &mut value.routing_intent);
    members.optional("routeTables", &mut value.route_tables);
    members.always("connections", &mut value.connections);
    members.optional("vpn", &mut value.vpn);
    members.optional("expressRoute", &mut value.express_route);
    let usual = value.branches == HubBranchesSpec::default();
    members.unless(usual, "branches", &mut value.branches);
    let usual = value.scale == HubScaleSpec::default();
    members.unless(usual, "scale", &mut value.scale);
});

/// Units of a hub and its gateways. What is absent is taken as the least that can be bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HubScaleSpec {
    /// Routing infrastructure units; 2 at least.
    pub routing_units: Option<u32>,
    /// Scale units of 500 Mbps of the site-to-site VPN gateway.
    pub vpn_units: Option<u32>,
    /// Scale units of 2 Gbps of the ExpressRoute gateway.
    pub express_route_units: Option<u32>,
    /// Scale units of 500 Mbps of the point-to-site gateway.
    pub point_to_site_units: Option<u32>,
    /// Users connected to the point-to-site gateway, on average over the month.
    pub point_to_site_connections: Option<u32>,
}

record!(HubScaleSpec, Self::default(), |value, members| {
    members.optional("routingUnits", &mut value.routing_units);
    members.optional("vpnUnits", &mut value.vpn_units);
    members.optional("expressRouteUnits", &mut value.express_route_units);
    members.optional("pointToSiteUnits", &mut value.point_to_site_units);
    members.optional(
        "pointToSiteConnections",
        &mut value.point_to_site_connections,
    );
});

/// The firewall of a hub.
#[derive(Debug, Clone, PartialEq)]
pub struct HubFirewallSpec {
    /// Unique name.
    pub name: String,
    /// What it is.
    pub kind: ApplianceKind,
    /// Private address.
    pub ip: Option<String>,
    /// Tier, for the bill (beyond the case format).
    pub sku: Option<String>,
}

record!(
    HubFirewallSpec,
    Self {
        name: String::new(),
        kind: ApplianceKind::AzureFirewall,
        ip: None,
        sku: None
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("kind", &mut value.kind);
        members.optional("ip", &mut value.ip);
        members.optional("sku", &mut value.sku);
    }
);

/// Routing policies of a hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingIntentSpec {
    /// Private traffic goes to the firewall.
    pub private: bool,
    /// Internet traffic goes to the firewall.
    pub internet: bool,
    /// Private prefixes beyond RFC 1918.
    pub private_prefixes: Vec<String>,
}

record!(RoutingIntentSpec, Self::default(), |value, members| {
    members.always("private", &mut value.private);
    members.always("internet", &mut value.internet);
    members.always("privatePrefixes", &mut value.private_prefixes);
});

/// A route table of a hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HubRouteTableSpec {
    /// Name within the hub.
    pub name: String,
    /// Labels that other connections may propagate to.
    pub labels: Vec<String>,
    /// Static routes.
    pub static_routes: Vec<HubStaticRouteSpec>,
}

record!(HubRouteTableSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always("labels", &mut value.labels);
    members.always("staticRoutes", &mut value.static_routes);
});

/// A static route in a hub route table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HubStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Name of a connection (of any hub) or of the hub's firewall.
    pub next_hop: String,
}

record!(HubStaticRouteSpec, Self::default(), |value, members| {
    members.required("prefixes", &mut value.prefixes);
    members.required("nextHop", &mut value.next_hop);
});

/// A VNet connection of a hub.
#[derive(Debug, Clone, PartialEq)]
pub struct HubConnectionSpec {
    /// Unique name.
    pub name: String,
    /// The connected VNet.
    pub vnet: String,
    /// The table whose routes apply to traffic from this connection.
    pub associated: String,
    /// Tables that learn this connection's ranges.
    pub propagated_tables: Vec<String>,
    /// Labels whose tables, in all hubs, learn this connection's ranges.
    pub propagated_labels: Vec<String>,
    /// Whether the connection accepts 0.0.0.0/0.
    pub enable_internet_security: bool,
    /// Static routes on the connection.
    pub static_routes: Vec<ConnectionStaticRouteSpec>,
    /// Whether those spread with the connection's propagation.
    pub propagate_static_routes: bool,
    /// Azure's `vnetLocalRouteOverrideCriteria`.
    pub local_route_override: LocalRouteOverride,
}

record!(
    HubConnectionSpec,
    Self {
        name: String::new(),
        vnet: String::new(),
        associated: default_route_table(),
        propagated_tables: default_route_tables(),
        propagated_labels: default_labels(),
        enable_internet_security: true,
        static_routes: Vec::new(),
        propagate_static_routes: true,
        local_route_override: LocalRouteOverride::Contains
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.required("vnet", &mut value.vnet);
        members.always("associated", &mut value.associated);
        members.always("propagatedTables", &mut value.propagated_tables);
        members.always("propagatedLabels", &mut value.propagated_labels);
        members.usually(
            "enableInternetSecurity",
            &mut value.enable_internet_security,
        );
        members.optional("staticRoutes", &mut value.static_routes);
        members.usually("propagateStaticRoutes", &mut value.propagate_static_routes);
        members.optional("localRouteOverride", &mut value.local_route_override);
    }
);

fn default_route_table() -> String {
    "defaultRouteTable".to_owned()
}
fn default_route_tables() -> Vec<String> {
    vec![default_route_table()]
}
fn default_labels() -> Vec<String> {
    vec!["default".to_owned()]
}

/// A static route on a connection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConnectionStaticRouteSpec {
    /// Destinations in CIDR text.
    pub prefixes: Vec<String>,
    /// Address of the NVA in the connected VNet.
    pub next_hop_ip: String,
}

record!(
    ConnectionStaticRouteSpec,
    Self::default(),
    |value, members| {
        members.required("prefixes", &mut value.prefixes);
        members.required("nextHopIp", &mut value.next_hop_ip);
    }
);

/// `vnetLocalRouteOverrideCriteria`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LocalRouteOverride {
    /// The static next hop is used even for the VNet's own addresses.
    #[default]
    Contains,
    /// The VNet's own addresses are delivered directly.
    Equal,
}

words!(LocalRouteOverride, usual Contains,
    Contains "Contains",
    Equal "Equal",
);

/// Site-to-site VPN gateway of a hub.
#[derive(Debug, Clone, PartialEq)]
pub struct HubVpnSpec {
    /// Autonomous system number.
    pub asn: u32,
    /// Private addresses of the instances.
    pub instance_ips: Vec<String>,
}

record!(
    HubVpnSpec,
    Self {
        asn: default_asn(),
        instance_ips: Vec::new()
    },
    |value, members| {
        members.always("asn", &mut value.asn);
        members.optional("instanceIps", &mut value.instance_ips);
    }
);

/// ExpressRoute gateway of a hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HubExpressRouteSpec {
    /// Accept traffic from VNets outside Virtual WAN on the circuit.
    pub allow_non_virtual_wan_traffic: bool,
}

record!(HubExpressRouteSpec, Self::default(), |value, members| {
    members.always(
        "allowNonVirtualWanTraffic",
        &mut value.allow_non_virtual_wan_traffic,
    );
});

/// Propagation of a hub's branch connections.
#[derive(Debug, Clone, PartialEq)]
pub struct HubBranchesSpec {
    /// Tables of the hub.
    pub propagated_tables: Vec<String>,
    /// Labels over all hubs.
    pub propagated_labels: Vec<String>,
}

record!(HubBranchesSpec, Self::default(), |value, members| {
    members.always("propagatedTables", &mut value.propagated_tables);
    members.always("propagatedLabels", &mut value.propagated_labels);
});

impl Default for HubBranchesSpec {
    /// To every default table.
    fn default() -> Self {
        Self {
            propagated_tables: default_route_tables(),
            propagated_labels: default_labels(),
        }
    }
}

/// A named host.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkloadSpec {
    /// Unique name.
    pub name: String,
    /// VNet it stands in.
    pub vnet: String,
    /// Subnet it stands in.
    pub subnet: String,
    /// Its address.
    pub ip: String,
}

record!(WorkloadSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.required("vnet", &mut value.vnet);
    members.required("subnet", &mut value.subnet);
    members.required("ip", &mut value.ip);
});
