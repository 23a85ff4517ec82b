//! A fix as changes to the [`NetworkSpec`], each small enough to be read aloud.
//!
//! Changes name objects as the spec does; a change whose object does not exist does nothing, so a fix may be applied
//! to an estate that was edited meanwhile. Adding a route replaces the one of the same prefix, since a table holds
//! one route for a prefix.
//!
//! | change | reads |
//! |---|---|
//! | `SetPeeringFlag` | `peering spoke1 -> hub: allowForwardedTraffic = true` |
//! | `AddRoute` | `route table rt-spoke1: 10.1.2.0/24 -> VirtualAppliance 10.1.0.4` |
//! | `AttachRouteTable` | `subnet spoke1/app: routeTable = rt-spoke1` |

use crate::address::parse_prefix;
use crate::domain::Domain;
use crate::route::NextHopType;
use crate::spec::{
    NetworkSpec, PeeringSpec, PeeringState, PrivateEndpointPolicies, RouteSpec, RouteTableSpec,
    SubnetSpec, ZoneLinkSpec,
};
use std::fmt;

/// What to change so that the finding goes away.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, for a button.
    pub label: String,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

impl Fix {
    /// The estate with every change made; the given one stays as it is.
    ///
    /// ```
    /// use interspoke_core::finding::{Change, Fix, PeeringFlag};
    /// use interspoke_core::spec::{NetworkSpec, PeeringSpec};
    /// let spec = NetworkSpec { peerings: vec![PeeringSpec::new("spoke1", "hub")], ..NetworkSpec::default() };
    /// let change = Change::SetPeeringFlag {
    ///     from: "spoke1".to_owned(),
    ///     to: "hub".to_owned(),
    ///     flag: PeeringFlag::AllowForwardedTraffic,
    ///     on: true,
    /// };
    /// assert_eq!(change.to_string(), "peering spoke1 -> hub: allowForwardedTraffic = true");
    /// let fix = Fix { label: "Allow it".to_owned(), changes: vec![change] };
    /// assert!(fix.apply(&spec).peerings[0].allow_forwarded_traffic);
    /// ```
    #[must_use]
    pub fn apply(&self, spec: &NetworkSpec) -> NetworkSpec {
        let mut changed = spec.clone();
        for change in &self.changes {
            change.make(&mut changed);
        }
        changed
    }
}

/// A flag of a peering object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeeringFlag {
    /// `allowVirtualNetworkAccess`.
    AllowVirtualNetworkAccess,
    /// `allowForwardedTraffic`.
    AllowForwardedTraffic,
    /// `allowGatewayTransit`.
    AllowGatewayTransit,
    /// `useRemoteGateways`.
    UseRemoteGateways,
}

impl PeeringFlag {
    /// Azure's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AllowVirtualNetworkAccess => "allowVirtualNetworkAccess",
            Self::AllowForwardedTraffic => "allowForwardedTraffic",
            Self::AllowGatewayTransit => "allowGatewayTransit",
            Self::UseRemoteGateways => "useRemoteGateways",
        }
    }
}

/// One change to an estate.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Sets a flag of the peering object stored in `from`.
    SetPeeringFlag {
        /// The VNet that stores the object.
        from: String,
        /// The VNet it points to.
        to: String,
        /// The flag.
        flag: PeeringFlag,
        /// Its new value.
        on: bool,
    },
    /// Peers two VNets completely, both objects connected and forwarded traffic allowed; objects that exist are
    /// connected.
    AddPeering {
        /// One VNet.
        a: String,
        /// The other.
        b: String,
    },
    /// Lets a subnet take part in the subnet peering of its VNet with another one, in both objects.
    PeerSubnet {
        /// The VNet of the subnet.
        vnet: String,
        /// The subnet.
        subnet: String,
        /// The other VNet.
        with: String,
    },
    /// Adds a route, or replaces the one of its prefix.
    AddRoute {
        /// The table.
        table: String,
        /// The route.
        route: RouteSpec,
    },
    /// Removes the route of a prefix.
    RemoveRoute {
        /// The table.
        table: String,
        /// The prefix.
        prefix: String,
    },
    /// Adds a route table.
    AddRouteTable {
        /// The table, complete.
        table: RouteTableSpec,
    },
    /// Attaches a route table to a subnet, or none.
    AttachRouteTable {
        /// The VNet.
        vnet: String,
        /// The subnet.
        subnet: String,
        /// The table; `None` detaches.
        table: Option<String>,
    },
    /// Sets `disableBgpRoutePropagation` of a table.
    SetPropagation {
        /// The table.
        table: String,
        /// Its new value: true stops gateway routes.
        disabled: bool,
    },
    /// Sets `enableIPForwarding` of an appliance's NIC.
    SetIpForwarding {
        /// The appliance.
        appliance: String,
        /// Its new value.
        on: bool,
    },
    /// Sets whether an appliance translates the source towards private destinations.
    SetSourceTranslation {
        /// The appliance.
        appliance: String,
        /// Its new value.
        on: bool,
    },
    /// Sets `privateEndpointNetworkPolicies` of a subnet.
    SetPrivateEndpointPolicies {
        /// The VNet.
        vnet: String,
        /// The subnet.
        subnet: String,
        /// Its new value.
        policies: PrivateEndpointPolicies,
    },
    /// Makes an appliance prepend its own number to what it announces to a Route Server.
    Prepend {
        /// The Route Server.
        speaker: String,
        /// The appliance.
        appliance: String,
        /// The announced prefix.
        prefix: String,
    },
    /// Switches FastPath of an ExpressRoute gateway.
    SetFastPath {
        /// The gateway.
        gateway: String,
        /// Its new value.
        on: bool,
    },
    /// Links a private DNS zone to a VNet.
    LinkPrivateDnsZone {
        /// Its domain.
        zone: String,
        /// The VNet.
        vnet: String,
    },
    /// Adds a private DNS zone to the zone group of a private endpoint.
    JoinZoneGroup {
        /// The endpoint, by its address.
        endpoint: String,
        /// The zone's domain.
        zone: String,
    },
    /// Switches direct connectivity of the Virtual Network Manager configurations of a network group.
    SetDirectConnectivity {
        /// The network group.
        group: String,
        /// Its new value.
        on: bool,
    },
}

impl Change {
    fn make(&self, spec: &mut NetworkSpec) {
        match self {
            Self::SetPeeringFlag { from, to, flag, on } => set_flag(spec, from, to, *flag, *on),
            Self::AddPeering { a, b } => {
                connect(spec, a, b);
                connect(spec, b, a);
            }
            Self::PeerSubnet { vnet, subnet, with } => peer_subnet(spec, vnet, subnet, with),
            Self::AddRoute { table, route } => with_table(spec, table, |table| {
                table
                    .routes
                    .retain(|known| !same_prefix(&known.prefix, &route.prefix));
                table.routes.push(route.clone());
            }),
            Self::RemoveRoute { table, prefix } => with_table(spec, table, |table| {
                table
                    .routes
                    .retain(|known| !same_prefix(&known.prefix, prefix));
            }),
            Self::AddRouteTable { table } => spec.route_tables.push(table.clone()),
            Self::AttachRouteTable {
                vnet,
                subnet,
                table,
            } => {
                with_subnet(spec, vnet, subnet, |subnet| {
                    subnet.route_table.clone_from(table)
                });
            }
            Self::SetPropagation { table, disabled } => with_table(spec, table, |table| {
                table.disable_bgp_route_propagation = *disabled;
            }),
            Self::SetPrivateEndpointPolicies {
                vnet,
                subnet,
                policies,
            } => {
                with_subnet(spec, vnet, subnet, |subnet| {
                    subnet.private_endpoint_network_policies = (*policies).into();
                });
            }
            Self::LinkPrivateDnsZone { zone, vnet } => link_zone(spec, zone, vnet),
            Self::JoinZoneGroup { endpoint, zone } => {
                let mut endpoints = spec.private_endpoints.iter_mut();
                if let Some(known) = endpoints.find(|known| known.ip == *endpoint) {
                    known.private_dns_zones.push(zone.clone());
                }
            }
            _ => self.make_at_device(spec),
        }
    }

    fn make_at_device(&self, spec: &mut NetworkSpec) {
        match self {
            Self::SetIpForwarding { appliance, on } => {
                for nic in spec
                    .appliances
                    .iter_mut()
                    .filter(|nic| nic.name == *appliance)
                {
                    nic.ip_forwarding = *on;
                }
            }
            Self::SetSourceTranslation { appliance, on } => {
                for nic in spec
                    .appliances
                    .iter_mut()
                    .filter(|nic| nic.name == *appliance)
                {
                    nic.snat_private = *on;
                }
            }
            Self::Prepend {
                speaker,
                appliance,
                prefix,
            } => {
                prepend(spec, speaker, appliance, prefix);
            }
            Self::SetFastPath { gateway, on } => {
                for known in spec
                    .gateways
                    .iter_mut()
                    .filter(|known| known.name == *gateway)
                {
                    known.fast_path = *on;
                }
            }
            Self::SetDirectConnectivity { group, on } => {
                let configurations = spec
                    .avnm
                    .iter_mut()
                    .flat_map(|avnm| &mut avnm.configurations);
                for found in configurations.filter(|known| known.groups.contains(group)) {
                    found.direct_connectivity = *on;
                }
            }
            _ => {}
        }
    }
}

fn set_flag(spec: &mut NetworkSpec, from: &str, to: &str, flag: PeeringFlag, on: bool) {
    let link = spec
        .peerings
        .iter_mut()
        .find(|link| *link.from == *from && *link.to == *to);
    if let Some(link) = link {
        match flag {
            PeeringFlag::AllowVirtualNetworkAccess => link.allow_virtual_network_access = on,
            PeeringFlag::AllowForwardedTraffic => link.allow_forwarded_traffic = on,
            PeeringFlag::AllowGatewayTransit => link.allow_gateway_transit = on,
            PeeringFlag::UseRemoteGateways => link.use_remote_gateways = on,
        }
    }
}

fn connect(spec: &mut NetworkSpec, from: &str, to: &str) {
    match spec
        .peerings
        .iter_mut()
        .find(|link| *link.from == *from && *link.to == *to)
    {
        Some(link) => link.peering_state = PeeringState::Connected.into(),
        None => {
            let mut link = PeeringSpec::new(from, to);
            link.allow_forwarded_traffic = true;
            spec.peerings.push(link);
        }
    }
}

fn peer_subnet(spec: &mut NetworkSpec, vnet: &str, subnet: &str, with: &str) {
    for link in &mut spec.peerings {
        let names = if *link.from == *vnet && *link.to == *with {
            &mut link.local_subnet_names
        } else if *link.from == *with && *link.to == *vnet {
            &mut link.remote_subnet_names
        } else {
            continue;
        };
        if !names.iter().any(|name| name == subnet) {
            names.push(subnet.to_owned());
        }
    }
}

fn with_table(spec: &mut NetworkSpec, name: &str, change: impl FnOnce(&mut RouteTableSpec)) {
    if let Some(table) = spec
        .route_tables
        .iter_mut()
        .find(|table| table.name == name)
    {
        change(table);
    }
}

fn with_subnet(
    spec: &mut NetworkSpec,
    vnet: &str,
    name: &str,
    change: impl FnOnce(&mut SubnetSpec),
) {
    let vnets = spec.vnets.iter_mut().filter(|known| known.name == vnet);
    let subnet = vnets
        .flat_map(|vnet| &mut vnet.subnets)
        .find(|subnet| subnet.name.eq_ignore_ascii_case(name));
    if let Some(subnet) = subnet {
        change(subnet);
    }
}

fn prepend(spec: &mut NetworkSpec, speaker: &str, appliance: &str, prefix: &str) {
    let sessions = spec
        .bgp_peerings
        .iter_mut()
        .filter(|session| session.speaker == speaker && session.appliance == appliance);
    for session in sessions {
        let asn = session.asn;
        for route in session
            .advertises
            .iter_mut()
            .filter(|r| same_prefix(&r.prefix, prefix))
        {
            route
                .as_path
                .get_or_insert_with(|| vec![asn])
                .insert(0, asn);
        }
    }
}

/// Whether two texts are one prefix; service tags compare as text.
fn link_zone(spec: &mut NetworkSpec, zone: &str, vnet: &str) {
    let mut zones = spec.private_dns_zones.iter_mut();
    let Some(zone) = zones.find(|known| Domain::of(&known.name) == Domain::of(zone)) else {
        return;
    };
    let links = &mut zone.virtual_network_links;
    if !links.iter().any(|link| link.vnet == vnet) {
        links.push(ZoneLinkSpec {
            vnet: vnet.to_owned(),
            ..ZoneLinkSpec::default()
        });
    }
}

fn same_prefix(a: &str, b: &str) -> bool {
    match (parse_prefix(a), parse_prefix(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a.trim().eq_ignore_ascii_case(b.trim()),
    }
}

/// `10.1.2.0/24 -> VirtualAppliance 10.1.0.4`.
fn route_text(route: &RouteSpec) -> String {
    let hop = match route.next_hop_type.known() {
        Ok(kind) => NextHopType::from(kind).word().to_owned(),
        Err(text) => text.to_owned(),
    };
    let address = route.next_hop_ip_address.iter().map(|ip| format!(" {ip}"));
    format!("{} -> {hop}{}", route.prefix, address.collect::<String>())
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetPeeringFlag { from, to, flag, on } => {
                write!(f, "peering {from} -> {to}: {} = {on}", flag.word())
            }
            Self::AddPeering { a, b } => {
                write!(f, "peer {a} and {b}, allowForwardedTraffic = true on both")
            }
            Self::PeerSubnet { vnet, subnet, with } => {
                write!(
                    f,
                    "subnet peering of {vnet} and {with}: add {vnet}/{subnet}"
                )
            }
            Self::AddRoute { table, route } => {
                write!(f, "route table {table}: {}", route_text(route))
            }
            Self::RemoveRoute { table, prefix } => {
                write!(f, "route table {table}: remove {prefix}")
            }
            Self::AddRouteTable { table } => {
                let routes: Vec<String> = table.routes.iter().map(route_text).collect();
                let switch = if table.disable_bgp_route_propagation {
                    ", propagation off"
                } else {
                    ""
                };
                write!(
                    f,
                    "new route table {}: {}{switch}",
                    table.name,
                    routes.join("; ")
                )
            }
            Self::AttachRouteTable {
                vnet,
                subnet,
                table,
            } => {
                let table = table.as_deref().unwrap_or("none");
                write!(f, "subnet {vnet}/{subnet}: routeTable = {table}")
            }
            Self::SetPropagation { table, disabled } => {
                write!(
                    f,
                    "route table {table}: disableBgpRoutePropagation = {disabled}"
                )
            }
            Self::SetPrivateEndpointPolicies {
                vnet,
                subnet,
                policies,
            } => {
                write!(
                    f,
                    "subnet {vnet}/{subnet}: privateEndpointNetworkPolicies = {policies:?}"
                )
            }
            Self::SetIpForwarding { appliance, on } => {
                write!(f, "appliance {appliance}: enableIPForwarding = {on}")
            }
            Self::SetSourceTranslation { appliance, on } => {
                write!(
                    f,
                    "appliance {appliance}: source NAT towards private ranges = {on}"
                )
            }
            Self::Prepend {
                speaker,
                appliance,
                prefix,
            } => {
                write!(
                    f,
                    "appliance {appliance}: prepend its AS number to {prefix} towards {speaker}"
                )
            }
            Self::LinkPrivateDnsZone { zone, vnet } => {
                write!(f, "private DNS zone {zone}: link {vnet}")
            }
            Self::JoinZoneGroup { endpoint, zone } => {
                write!(
                    f,
                    "zone group of the private endpoint {endpoint}: add {zone}"
                )
            }
            Self::SetFastPath { gateway, on } => write!(f, "gateway {gateway}: FastPath = {on}"),
            Self::SetDirectConnectivity { group, on } => {
                write!(f, "network group {group}: directConnectivity = {on}")
            }
        }
    }
}
