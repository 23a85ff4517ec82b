//! Gateways and Route Servers in VNets, and the BGP sessions of Route Servers and hubs with appliances.
//!
//! | kind | subnet | learns by |
//! |---|---|---|
//! | VPN, ExpressRoute | `GatewaySubnet` | tunnels or circuits (`branch`) |
//! | Route Server | `RouteServerSubnet` | [`BgpPeeringSpec`] |
//!
//! Left out: gateways of Virtual WAN hubs (`hub`).

use crate::json::{Strays, record, words};

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
    /// Ranges of point-to-site clients: `vpnClientAddressPool` (beyond the case format).
    pub vpn_client_address_pools: Vec<String>,
    /// What clients of a VPN gateway are told besides its routes: `customRoutes` (beyond the case format).
    pub custom_routes: Vec<String>,
    /// Name of the site that 0.0.0.0/0 leads to: `gatewayDefaultSite` (beyond the case format).
    pub gateway_default_site: Option<String>,
    /// Users connected to a VPN gateway, on average over the month (beyond the case format).
    pub point_to_site_connections: Option<u32>,
    /// Availability zones, as those of an appliance (beyond the case format).
    pub zones: Vec<String>,
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
}

record!(
    GatewaySpec,
    Self::new("", GatewayKind::Vpn, ""),
    strays,
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
        members.optional("vpnClientAddressPools", &mut value.vpn_client_address_pools);
        members.optional("customRoutes", &mut value.custom_routes);
        members.optional("gatewayDefaultSite", &mut value.gateway_default_site);
        members.optional(
            "pointToSiteConnections",
            &mut value.point_to_site_connections,
        );
    }
);

pub(super) fn default_asn() -> u32 {
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
            vpn_client_address_pools: Vec::new(),
            custom_routes: Vec::new(),
            gateway_default_site: None,
            point_to_site_connections: None,
            zones: Vec::new(),
            strays: Strays::default(),
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
    /// The one instance of a Route Server it ends on; absent: both (beyond the case format).
    pub instance_ip: Option<String>,
    /// The appliance also announces what it learned elsewhere, with itself as the next hop (beyond the case format).
    pub reannounces: bool,
    /// Name of the route map that the appliance applies to what it announces (beyond the case format).
    pub route_map: Option<String>,
}

record!(BgpPeeringSpec, Self::default(), |value, members| {
    members.required("speaker", &mut value.speaker);
    members.required("appliance", &mut value.appliance);
    members.required("asn", &mut value.asn);
    members.always("advertises", &mut value.advertises);
    members.optional("instanceIp", &mut value.instance_ip);
    members.optional("reannounces", &mut value.reannounces);
    members.optional("routeMap", &mut value.route_map);
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
