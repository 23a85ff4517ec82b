//! The kinds of objects: where those of a kind stand in a network, and what one of them is called.
//!
//! The rule: a kind is a list of the network, or of its Network Manager or Virtual WAN; those two come into being with
//! their first object. An object is called by its name; one without a name by what it joins or by its position.

use interspoke_core::json::{self, JsonError, Value};
use interspoke_core::spec::{
    ApplianceSpec, BgpPeeringSpec, CircuitSpec, ConnectivitySpec, DnsForwardingRulesetSpec,
    DnsResolverSpec, DnsServerSpec, FirewallPolicySpec, FurtherMeterSpec, GatewaySpec, HubSpec,
    IpGroupSpec, NatGatewaySpec, NetworkGroupSpec, NetworkManagerSpec, NetworkSecurityGroupSpec,
    NetworkSpec, PeeringSpec, PrivateDnsZoneSpec, PrivateEndpointSpec, PublicLoadBalancerSpec,
    RouteMapSpec, RouteTableSpec, RoutingConfigurationSpec, SecurityAdminRuleSpec, ServiceTagSpec,
    SiteSpec, TunnelSpec, VnetSpec, WorkloadSpec,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Virtual networks.
    Vnet,
    /// Peering objects.
    Peering,
    /// Route tables.
    RouteTable,
    /// Firewalls and NVAs.
    Appliance,
    /// Gateways and Route Servers.
    Gateway,
    /// Tunnels.
    Tunnel,
    /// ExpressRoute circuits.
    Circuit,
    /// On-premises networks and branches.
    Site,
    /// BGP sessions with appliances.
    BgpPeering,
    /// Workloads.
    Workload,
    /// Private endpoints.
    PrivateEndpoint,
    /// Network security groups.
    NetworkSecurityGroup,
    /// Hubs of Virtual WAN.
    Hub,
    /// Network groups.
    NetworkGroup,
    /// Connectivity configurations.
    Connectivity,
    /// Security admin rules.
    AdminRule,
    /// Routing configurations.
    RoutingConfiguration,
    /// The Network Manager itself.
    Manager,
    /// Firewall policies.
    FirewallPolicy,
    /// IP groups of firewall policies.
    IpGroup,
    /// Route maps.
    RouteMap,
    /// NAT gateways.
    NatGateway,
    /// Public load balancers.
    PublicLoadBalancer,
    /// Private DNS zones.
    PrivateDnsZone,
    /// DNS private resolvers.
    DnsResolver,
    /// DNS forwarding rulesets.
    DnsRuleset,
    /// DNS servers of one's own.
    DnsServer,
    /// Service tags that are not built in.
    ServiceTag,
    /// Meters of the bill that no object stands for.
    Meter,
}

impl Kind {
    /// Every kind, in the order of the list.
    pub const ALL: [Self; 29] = [
        Self::Vnet,
        Self::Peering,
        Self::RouteTable,
        Self::Appliance,
        Self::Gateway,
        Self::Tunnel,
        Self::Circuit,
        Self::Site,
        Self::BgpPeering,
        Self::Workload,
        Self::PrivateEndpoint,
        Self::NetworkSecurityGroup,
        Self::Hub,
        Self::NetworkGroup,
        Self::Connectivity,
        Self::AdminRule,
        Self::RoutingConfiguration,
        Self::Manager,
        Self::FirewallPolicy,
        Self::IpGroup,
        Self::RouteMap,
        Self::NatGateway,
        Self::PublicLoadBalancer,
        Self::PrivateDnsZone,
        Self::DnsResolver,
        Self::DnsRuleset,
        Self::DnsServer,
        Self::ServiceTag,
        Self::Meter,
    ];

    /// Where the list stands, as issues name it.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Vnet => "vnets",
            Self::Peering => "peerings",
            Self::RouteTable => "routeTables",
            Self::Appliance => "appliances",
            Self::Gateway => "gateways",
            Self::Tunnel => "tunnels",
            Self::Circuit => "circuits",
            Self::Site => "sites",
            Self::BgpPeering => "bgpPeerings",
            Self::Workload => "workloads",
            Self::PrivateEndpoint => "privateEndpoints",
            Self::NetworkSecurityGroup => "networkSecurityGroups",
            Self::Hub => "virtualWan.hubs",
            Self::NetworkGroup => "avnm.groups",
            Self::Connectivity => "avnm.configurations",
            Self::AdminRule => "avnm.securityAdminRules",
            Self::RoutingConfiguration => "avnm.routingConfigurations",
            Self::Manager => "avnm",
            Self::FirewallPolicy => "firewallPolicies",
            Self::IpGroup => "ipGroups",
            Self::RouteMap => "routeMaps",
            Self::NatGateway => "natGateways",
            Self::PublicLoadBalancer => "publicLoadBalancers",
            Self::PrivateDnsZone => "privateDnsZones",
            Self::DnsResolver => "dnsResolvers",
            Self::DnsRuleset => "dnsForwardingRulesets",
            Self::DnsServer => "dnsServers",
            Self::ServiceTag => "serviceTags",
            Self::Meter => "furtherMeters",
        }
    }

    /// Whether there is at most one.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Manager)
    }
}

/// Objects of one kind.
pub trait Objects {
    /// How many there are.
    fn count(&self) -> usize;

    /// The tree of the one at a position.
    fn node(&self, at: usize) -> Option<Value>;

    /// What the one at a position is called.
    fn title(&self, at: usize) -> Option<String>;

    /// The name of the one at a position, where it has one.
    fn name(&self, at: usize) -> Option<&str>;

    /// Replaces the one at a position.
    ///
    /// # Errors
    /// What the tree has that the record cannot hold.
    fn replace(&mut self, at: usize, node: &Value) -> Result<(), JsonError>;

    /// Adds one at a position, or at the end.
    ///
    /// # Errors
    /// What the tree has that the record cannot hold.
    fn insert(&mut self, at: usize, node: &Value) -> Result<(), JsonError>;

    /// Takes the one at a position away.
    fn remove(&mut self, at: usize);
}

/// What a record is called.
trait Called {
    fn called(&self) -> Option<String>;

    fn own_name(&self) -> Option<&str> {
        None
    }
}

impl<T: Serialize + DeserializeOwned + Called> Objects for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn node(&self, at: usize) -> Option<Value> {
        self.get(at).map(json::tree)
    }

    fn title(&self, at: usize) -> Option<String> {
        let called = self.get(at)?.called().filter(|name| !name.is_empty());
        Some(called.unwrap_or_else(|| at.saturating_add(1).to_string()))
    }

    fn name(&self, at: usize) -> Option<&str> {
        self.get(at)?.own_name()
    }

    fn replace(&mut self, at: usize, node: &Value) -> Result<(), JsonError> {
        let record = json::read_tree(node)?;
        if let Some(slot) = self.get_mut(at) {
            *slot = record;
        }
        Ok(())
    }

    fn insert(&mut self, at: usize, node: &Value) -> Result<(), JsonError> {
        let record = json::read_tree(node)?;
        Vec::insert(self, at.min(self.len()), record);
        Ok(())
    }

    fn remove(&mut self, at: usize) {
        if at < self.len() {
            Vec::remove(self, at);
        }
    }
}

impl Objects for Option<NetworkManagerSpec> {
    fn count(&self) -> usize {
        usize::from(self.is_some())
    }

    fn node(&self, at: usize) -> Option<Value> {
        self.as_ref().filter(|_| at == 0).map(json::tree)
    }

    fn title(&self, at: usize) -> Option<String> {
        self.as_ref().filter(|_| at == 0).map(|_| "avnm".to_owned())
    }

    fn name(&self, _: usize) -> Option<&str> {
        None
    }

    fn replace(&mut self, _: usize, node: &Value) -> Result<(), JsonError> {
        *self = Some(json::read_tree(node)?);
        Ok(())
    }

    fn insert(&mut self, at: usize, node: &Value) -> Result<(), JsonError> {
        Objects::replace(self, at, node)
    }

    fn remove(&mut self, _: usize) {
        *self = None;
    }
}

macro_rules! named {
    ($($record:ty),*) => {
        $(impl Called for $record {
            fn called(&self) -> Option<String> {
                Some(self.name.clone())
            }

            fn own_name(&self) -> Option<&str> {
                Some(&self.name)
            }
        })*
    };
}

named!(
    VnetSpec,
    RouteTableSpec,
    ApplianceSpec,
    GatewaySpec,
    CircuitSpec,
    SiteSpec,
    WorkloadSpec,
    NetworkSecurityGroupSpec,
    HubSpec,
    NetworkGroupSpec,
    FirewallPolicySpec,
    IpGroupSpec,
    RouteMapSpec,
    NatGatewaySpec,
    PublicLoadBalancerSpec,
    PrivateDnsZoneSpec,
    DnsResolverSpec,
    DnsForwardingRulesetSpec,
    DnsServerSpec,
    ServiceTagSpec,
    FurtherMeterSpec
);

macro_rules! called {
    ($($record:ty, |$it:ident| $call:expr;)*) => {
        $(impl Called for $record {
            fn called(&self) -> Option<String> {
                let $it = self;
                $call
            }
        })*
    };
}

called! {
    PeeringSpec, |it| Some(joined(&it.from, " → ", &it.to));
    TunnelSpec, |it| Some(joined(&it.a, " – ", &it.b));
    BgpPeeringSpec, |it| Some(joined(&it.speaker, " – ", &it.appliance));
    PrivateEndpointSpec, |it| it.name.clone().or_else(|| Some(it.ip.clone()));
    ConnectivitySpec, |it| it.name.clone();
    SecurityAdminRuleSpec, |it| it.rule.name.clone();
    RoutingConfigurationSpec, |it| it.name.clone();
}

fn joined(a: &str, between: &str, b: &str) -> String {
    [a, between, b].concat()
}

/// The objects of a kind; none where the Network Manager or Virtual WAN that would hold them does not exist.
#[must_use]
pub fn list(network: &NetworkSpec, kind: Kind) -> Option<&dyn Objects> {
    let manager = network.avnm.as_ref();
    Some(match kind {
        Kind::Vnet => &network.vnets,
        Kind::Peering => &network.peerings,
        Kind::RouteTable => &network.route_tables,
        Kind::Appliance => &network.appliances,
        Kind::Gateway => &network.gateways,
        Kind::Tunnel => &network.tunnels,
        Kind::Circuit => &network.circuits,
        Kind::Site => &network.sites,
        Kind::BgpPeering => &network.bgp_peerings,
        Kind::Workload => &network.workloads,
        Kind::PrivateEndpoint => &network.private_endpoints,
        Kind::NetworkSecurityGroup => &network.network_security_groups,
        Kind::Hub => &network.virtual_wan.as_ref()?.hubs,
        Kind::NetworkGroup => &manager?.groups,
        Kind::Connectivity => &manager?.configurations,
        Kind::AdminRule => &manager?.security_admin_rules,
        Kind::RoutingConfiguration => &manager?.routing_configurations,
        Kind::Manager => &network.avnm,
        Kind::FirewallPolicy => &network.firewall_policies,
        Kind::IpGroup => &network.ip_groups,
        Kind::RouteMap => &network.route_maps,
        Kind::NatGateway => &network.nat_gateways,
        Kind::PublicLoadBalancer => &network.public_load_balancers,
        Kind::PrivateDnsZone => &network.private_dns_zones,
        Kind::DnsResolver => &network.dns_resolvers,
        Kind::DnsRuleset => &network.dns_forwarding_rulesets,
        Kind::DnsServer => &network.dns_servers,
        Kind::ServiceTag => &network.service_tags,
        Kind::Meter => &network.further_meters,
    })
}

/// The objects of a kind, to be changed. A Network Manager or Virtual WAN comes into being where there is none.
pub fn list_mut(network: &mut NetworkSpec, kind: Kind) -> &mut dyn Objects {
    match kind {
        Kind::Vnet => &mut network.vnets,
        Kind::Peering => &mut network.peerings,
        Kind::RouteTable => &mut network.route_tables,
        Kind::Appliance => &mut network.appliances,
        Kind::Gateway => &mut network.gateways,
        Kind::Tunnel => &mut network.tunnels,
        Kind::Circuit => &mut network.circuits,
        Kind::Site => &mut network.sites,
        Kind::BgpPeering => &mut network.bgp_peerings,
        Kind::Workload => &mut network.workloads,
        Kind::PrivateEndpoint => &mut network.private_endpoints,
        Kind::NetworkSecurityGroup => &mut network.network_security_groups,
        Kind::Hub => &mut network.virtual_wan.get_or_insert_default().hubs,
        Kind::NetworkGroup => &mut network.avnm.get_or_insert_default().groups,
        Kind::Connectivity => &mut network.avnm.get_or_insert_default().configurations,
        Kind::AdminRule => &mut network.avnm.get_or_insert_default().security_admin_rules,
        Kind::RoutingConfiguration => {
            &mut network.avnm.get_or_insert_default().routing_configurations
        }
        Kind::Manager => &mut network.avnm,
        Kind::FirewallPolicy => &mut network.firewall_policies,
        Kind::IpGroup => &mut network.ip_groups,
        Kind::RouteMap => &mut network.route_maps,
        Kind::NatGateway => &mut network.nat_gateways,
        Kind::PublicLoadBalancer => &mut network.public_load_balancers,
        Kind::PrivateDnsZone => &mut network.private_dns_zones,
        Kind::DnsResolver => &mut network.dns_resolvers,
        Kind::DnsRuleset => &mut network.dns_forwarding_rulesets,
        Kind::DnsServer => &mut network.dns_servers,
        Kind::ServiceTag => &mut network.service_tags,
        Kind::Meter => &mut network.further_meters,
    }
}

/// What an object is called.
#[must_use]
pub fn title(network: &NetworkSpec, kind: Kind, at: usize) -> Option<String> {
    list(network, kind)?.title(at)
}

/// The position of the object of a kind that has a name.
#[must_use]
pub fn position(network: &NetworkSpec, kind: Kind, name: &str) -> Option<usize> {
    let objects = list(network, kind)?;
    (0..objects.count()).find(|at| objects.name(*at) == Some(name))
}

/// The steps from a network to the list of a kind.
impl Kind {
    /// The kind whose list a path begins with, and the rest of the path.
    #[must_use]
    pub fn of_path(path: &str) -> Option<(Self, &str)> {
        // The longest path wins: `avnm.groups[a]` is a network group, not the Network Manager.
        let mut found: Option<(Self, &str)> = None;
        for kind in Self::ALL {
            let Some(rest) = path.strip_prefix(kind.path()) else {
                continue;
            };
            let whole = rest.is_empty() || rest.starts_with(['[', '.']);
            if whole && found.is_none_or(|(known, _)| known.path().len() < kind.path().len()) {
                found = Some((kind, rest));
            }
        }
        found
    }
}
