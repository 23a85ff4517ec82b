//! Virtual WAN as typed: hubs with their tables, connections, gateways, firewall and routing intent.
//!
//! | of a hub | says |
//! |---|---|
//! | [`HubConnectionSpec`] | which VNet is joined, its table, where it propagates |
//! | [`HubRouteTableSpec`] | labels and static routes of a table |
//! | [`RoutingIntentSpec`] | what passes the hub's firewall whatever the tables say |
//! | [`HubVpnSpec`], [`HubExpressRouteSpec`] | its gateways |
//!
//! Left out: VNets that serve as hubs (they are VNets).

use super::appliance::ApplianceKind;
use super::gateway::{RoutingPreference, default_asn};
use crate::json::{Strays, record, words};

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
#[derive(Debug, Clone, PartialEq)]
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
    /// Ranges of point-to-site clients (beyond the case format).
    pub vpn_client_address_pools: Vec<String>,
    /// Whether branches of different kinds or hubs learn each other: of the Virtual WAN, so the same in all its hubs (beyond the
    /// case format).
    pub allow_branch_to_branch_traffic: bool,
    /// Propagation of all branch connections.
    pub branches: HubBranchesSpec,
    /// Units bought, for the bill (beyond the case format).
    pub scale: HubScaleSpec,
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
}

impl Default for HubSpec {
    /// A hub without a name, as Azure creates it.
    fn default() -> Self {
        Self {
            name: String::new(),
            region: String::new(),
            prefix: None,
            routing_preference: RoutingPreference::default(),
            router_ips: Vec::new(),
            firewall: None,
            routing_intent: RoutingIntentSpec::default(),
            route_tables: Vec::new(),
            connections: Vec::new(),
            vpn: None,
            express_route: None,
            vpn_client_address_pools: Vec::new(),
            allow_branch_to_branch_traffic: true,
            branches: HubBranchesSpec::default(),
            scale: HubScaleSpec::default(),
            strays: Strays::default(),
        }
    }
}

record!(HubSpec, Self::default(), strays, |value, members| {
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
    members.optional("vpnClientAddressPools", &mut value.vpn_client_address_pools);
    members.usually(
        "allowBranchToBranchTraffic",
        &mut value.allow_branch_to_branch_traffic,
    );
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
    /// Capacity units held ready, for the bill (beyond the case format).
    pub capacity_units: Option<u32>,
    /// Name of the firewall policy it follows; absent: it lets everything pass (beyond the case format).
    pub firewall_policy: Option<String>,
}

record!(
    HubFirewallSpec,
    Self {
        name: String::new(),
        kind: ApplianceKind::AzureFirewall,
        ip: None,
        sku: None,
        capacity_units: None,
        firewall_policy: None
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("kind", &mut value.kind);
        members.optional("ip", &mut value.ip);
        members.optional("sku", &mut value.sku);
        members.optional("capacityUnits", &mut value.capacity_units);
        members.optional("firewallPolicy", &mut value.firewall_policy);
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
    /// Name of the route map for what the VNet brings (beyond the case format).
    pub inbound_route_map: Option<String>,
    /// The same for what the VNet is told (beyond the case format).
    pub outbound_route_map: Option<String>,
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
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
        local_route_override: LocalRouteOverride::Contains,
        inbound_route_map: None,
        outbound_route_map: None,
        strays: Strays::default()
    },
    strays,
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
        members.optional("inboundRouteMap", &mut value.inbound_route_map);
        members.optional("outboundRouteMap", &mut value.outbound_route_map);
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
    /// A static route wins over a range of the VNet that it contains: the next hop is used even for the VNet's own addresses.
    #[default]
    Contains,
    /// A static route wins only over a range that it equals; under a wider one the VNet's own addresses are delivered
    /// directly.
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
