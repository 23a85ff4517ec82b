//! Virtual networks as typed: ranges, subnets, route tables, private endpoints, service tags.
//!
//! | object | refers to | by |
//! |---|---|---|
//! | [`SubnetSpec`] | a [`RouteTableSpec`], a security group | its name |
//! | [`PrivateEndpointSpec`] | a VNet and its subnet | their names |
//! | [`ServiceTagSpec`] | nothing; replaces the built-in list of its name | |
//!
//! Left out: what connects VNets (`peering`, `gateway`, `hub`).

use crate::json::{Strays, Word, record, words};

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
    /// Services that it is delegated to, as `Microsoft.Web/serverFarms` (beyond the case format).
    pub delegations: Vec<String>,
    /// What stands in it, by the words of [`crate::occupant::Occupant`] (beyond the case format).
    pub occupants: Vec<String>,
    /// Name of the attached NAT gateway (beyond the case format).
    pub nat_gateway: Option<String>,
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
}

record!(SubnetSpec, Self::default(), strays, |value, members| {
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
    members.optional("delegations", &mut value.delegations);
    members.optional("occupants", &mut value.occupants);
    members.optional("natGateway", &mut value.nat_gateway);
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
            delegations: Vec::new(),
            occupants: Vec::new(),
            nat_gateway: None,
            strays: Strays::default(),
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
