//! Azure Virtual Network Manager as typed: groups, connectivity, security admin rules, routing configurations.
//!
//! | configuration | makes |
//! |---|---|
//! | [`ConnectivitySpec`] | connected groups, hub and spoke |
//! | [`RoutingConfigurationSpec`] | rows of managed route tables |
//! | admin rules (`security`) | rules before every security group |
//!
//! Left out: dynamic membership: members are written out.

use super::network::RouteSpec;
use super::security::SecurityAdminRuleSpec;
use crate::json::{Strays, record, words};

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
    /// Words that Azure does not know, as they were typed.
    pub strays: Strays,
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
        deployed_to: None,
        strays: Strays::default()
    },
    strays,
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
