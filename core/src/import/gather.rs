//! What the resources of an import say, before they are put together: one list a kind, references still by id.
//!
//! | list | Azure types |
//! |---|---|
//! | `vnets`, `subnets`, `peerings` | virtualNetworks and their children, embedded or on their own |
//! | `nics`, `machines`, `balancers` | what may be an appliance |
//! | `hubs` | Virtual WAN hubs and Route Servers, which are one type |
//!
//! A resource keeps only what routing needs, so that an export of 50 MB becomes a few MB here. Left out: names that are
//! unique, addresses that Azure gives by itself; [`super::assemble`] finds them.

use super::report::Place;
use crate::spec::{
    CircuitPlanSpec, ConnectionStaticRouteSpec, ConnectivitySpec, FirewallDnsSpec,
    ForwardingRuleSpec, GatewayKind, LocalRouteOverride, NetworkSecurityGroupSpec, PeeringSpec,
    PrivateEndpointPolicies, PrivateEndpointVnetPolicies, RouteMapSpec, RouteTableSpec,
    RoutingConfigurationSpec, RoutingPreference, RuleCollectionGroupSpec, SecurityRuleSpec,
};

/// What every resource has.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) place: Place,
}

impl Head {
    /// Of what is referred to and stands in no file: where it stands is not known.
    pub(super) fn of_stub(id: &str, name: String, place: &Place) -> Self {
        Self {
            id: id.to_owned(),
            name,
            region: String::new(),
            place: place.clone(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) vnets: Vec<Vnet>,
    pub(super) subnets: Vec<ChildSubnet>,
    pub(super) peerings: Vec<Peering>,
    pub(super) tables: Vec<Table>,
    pub(super) groups: Vec<Group>,
    pub(super) nics: Vec<Nic>,
    pub(super) machines: Vec<Machine>,
    pub(super) balancers: Vec<Balancer>,
    pub(super) firewalls: Vec<Firewall>,
    pub(super) policies: Vec<Policy>,
    pub(super) policy_groups: Vec<PolicyGroup>,
    pub(super) ip_groups: Vec<(Head, Vec<String>)>,
    /// NAT gateways with the ids of their public addresses.
    pub(super) nat_gateways: Vec<(Head, Vec<String>)>,
    pub(super) route_maps: Vec<(Head, RouteMapSpec)>,
    pub(super) routing_appliances: Vec<RoutingAppliance>,
    pub(super) gateways: Vec<Gateway>,
    pub(super) locals: Vec<Remote>,
    pub(super) connections: Vec<Connection>,
    pub(super) circuits: Vec<Circuit>,
    pub(super) public_addresses: Vec<PublicAddress>,
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) hubs: Vec<Hub>,
    pub(super) hub_subnets: Vec<(String, String)>,
    pub(super) hub_tables: Vec<HubTable>,
    pub(super) hub_connections: Vec<HubConnection>,
    /// NVAs in hubs, with the id of the hub.
    pub(super) hub_appliances: Vec<(Head, String)>,
    pub(super) intents: Vec<Intent>,
    pub(super) hub_vpns: Vec<HubVpn>,
    pub(super) hub_vpn_connections: Vec<(String, HubVpnConnection)>,
    pub(super) hub_circuits: Vec<HubExpressRoute>,
    pub(super) hub_clients: Vec<HubClients>,
    pub(super) vpn_sites: Vec<Remote>,
    pub(super) sessions: Vec<Session>,
    pub(super) managers: Vec<Manager>,
    /// IP configurations by id with a pool that they are put into from outside.
    pub(super) pool_members: Vec<(String, String)>,
    pub(super) dns: Dns,
    /// What is attached to subnets and NICs from outside.
    pub(super) associations: Vec<Association>,
    /// How many Virtual WANs were read.
    pub(super) wans: usize,
    /// A Virtual WAN says that branches do not learn each other.
    pub(super) branches_apart: bool,
}

/// What resolves names. Children are told by their own heads: the parent is in the id.
#[derive(Debug, Default)]
pub(super) struct Dns {
    pub(super) zones: Vec<Head>,
    /// The VNet's id and the policy.
    pub(super) zone_links: Vec<(Head, String, String)>,
    pub(super) records: Vec<(Head, Vec<String>)>,
    /// Names by the key of an endpoint or of its NIC.
    pub(super) names: Vec<(String, String)>,
    /// Ids of zones by the key of an endpoint.
    pub(super) zone_groups: Vec<(String, String)>,
    /// The VNet's id.
    pub(super) resolvers: Vec<(Head, String)>,
    pub(super) inbound: Vec<InboundEndpoint>,
    /// The subnet's id.
    pub(super) outbound: Vec<(Head, String)>,
    /// Ids of outbound endpoints.
    pub(super) rulesets: Vec<(Head, Vec<String>)>,
    /// The VNet's id.
    pub(super) ruleset_links: Vec<(Head, String)>,
    pub(super) rules: Vec<(Head, ForwardingRuleSpec)>,
}

#[derive(Debug)]
pub(super) struct InboundEndpoint {
    pub(super) head: Head,
    pub(super) subnet: String,
    pub(super) ip: Option<String>,
}

#[derive(Debug)]
pub(super) struct Vnet {
    pub(super) head: Head,
    pub(super) prefixes: Vec<String>,
    pub(super) summarized: Option<Vec<String>>,
    pub(super) dns_servers: Vec<String>,
    pub(super) endpoint_policies: PrivateEndpointVnetPolicies,
    pub(super) subnets: Vec<Subnet>,
    /// Whether the export had the whole resource, and no more than a list of it.
    pub(super) weight: usize,
}

#[derive(Debug, Clone)]
pub(super) struct Subnet {
    pub(super) name: String,
    pub(super) prefixes: Vec<String>,
    pub(super) route_table: Option<String>,
    pub(super) security_group: Option<String>,
    pub(super) policies: PrivateEndpointPolicies,
    pub(super) service_endpoints: Vec<String>,
    /// Services that it is delegated to.
    pub(super) delegations: Vec<String>,
    pub(super) default_outbound: bool,
    pub(super) nat_gateway: Option<String>,
    /// Ids of the IP configurations that stand in it.
    pub(super) holders: Vec<String>,
}

/// A subnet that stands on its own.
#[derive(Debug)]
pub(super) struct ChildSubnet {
    pub(super) vnet: String,
    pub(super) subnet: Subnet,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Peering {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    /// Flags and states; its ends are empty.
    pub(super) spec: PeeringSpec,
    /// The ranges of the other VNet as the export knows them.
    pub(super) remote_space: Vec<String>,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) head: Head,
    pub(super) spec: RouteTableSpec,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) head: Head,
    pub(super) spec: NetworkSecurityGroupSpec,
}

#[derive(Debug, Clone, Default)]
pub(super) struct IpConfiguration {
    pub(super) id: String,
    pub(super) ip: Option<String>,
    pub(super) subnet: Option<String>,
    pub(super) public_address: Option<String>,
    pub(super) pools: Vec<String>,
    pub(super) zones: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Nic {
    pub(super) head: Head,
    pub(super) forwards: bool,
    pub(super) machine: Option<String>,
    pub(super) endpoint: bool,
    pub(super) security_group: Option<String>,
    /// Ids of application security groups.
    pub(super) application_groups: Vec<String>,
    pub(super) configurations: Vec<IpConfiguration>,
}

#[derive(Debug)]
pub(super) struct Machine {
    pub(super) head: Head,
    pub(super) nics: Vec<String>,
    pub(super) running: bool,
    pub(super) size: Option<String>,
    pub(super) zones: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Balancer {
    pub(super) head: Head,
    pub(super) frontends: Vec<IpConfiguration>,
    pub(super) pools: Vec<Pool>,
    /// Frontend and pool of each rule.
    pub(super) rules: Vec<(String, String)>,
    /// Pools of outbound rules.
    pub(super) outbound_pools: Vec<String>,
    pub(super) floating: bool,
}

#[derive(Debug)]
pub(super) struct Pool {
    pub(super) id: String,
    pub(super) members: Vec<String>,
    pub(super) addresses: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Firewall {
    pub(super) head: Head,
    pub(super) tier: Option<String>,
    pub(super) hub: Option<String>,
    pub(super) subnet: Option<String>,
    pub(super) ip: Option<String>,
    pub(super) policy: Option<String>,
    pub(super) private_ranges: Option<Vec<String>>,
    pub(super) public_addresses: u32,
    pub(super) public_ids: Vec<String>,
    pub(super) zones: Vec<String>,
    /// The smallest number of capacity units that it scales to.
    pub(super) capacity_units: Option<u32>,
    pub(super) forced_tunnelling: bool,
    pub(super) dns: Option<FirewallDnsSpec>,
}

#[derive(Debug)]
pub(super) struct Policy {
    pub(super) head: Head,
    pub(super) base: Option<String>,
    pub(super) private_ranges: Option<Vec<String>>,
    pub(super) dns: Option<FirewallDnsSpec>,
}

/// A group of rule collections; IP groups are still ids.
#[derive(Debug)]
pub(super) struct PolicyGroup {
    pub(super) policy: String,
    pub(super) spec: RuleCollectionGroupSpec,
}

/// What is attached to a subnet or NIC from outside.
#[derive(Debug, Default)]
pub(super) struct Association {
    pub(super) to: String,
    pub(super) route_table: Option<String>,
    pub(super) security_group: Option<String>,
    pub(super) nat_gateway: Option<String>,
    pub(super) application_group: Option<String>,
}

#[derive(Debug)]
pub(super) struct RoutingAppliance {
    pub(super) head: Head,
    pub(super) subnet: Option<String>,
    pub(super) ip: Option<String>,
    pub(super) bandwidth: Option<String>,
}

#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) head: Head,
    pub(super) kind: GatewayKind,
    pub(super) subnets: Vec<String>,
    pub(super) asn: Option<u32>,
    pub(super) active_active: bool,
    pub(super) peer_ips: Vec<String>,
    pub(super) public_ips: Vec<String>,
    pub(super) public_ids: Vec<String>,
    pub(super) sku: Option<String>,
    pub(super) scale_units: Option<u32>,
    pub(super) allow_remote_vnet: bool,
    pub(super) allow_virtual_wan: bool,
    pub(super) client_pools: Vec<String>,
    pub(super) custom_routes: Vec<String>,
    pub(super) default_site: Option<String>,
    pub(super) zones: Vec<String>,
}

#[derive(Debug)]
pub(super) struct PublicAddress {
    pub(super) id: String,
    /// None while nobody knows it: in a template or plan.
    pub(super) ip: Option<String>,
    pub(super) zones: Vec<String>,
}

/// A network outside Azure as somebody configured it: a local network gateway or a VPN site.
#[derive(Debug)]
pub(super) struct Remote {
    pub(super) head: Head,
    pub(super) prefixes: Vec<String>,
    pub(super) asn: Option<u32>,
    pub(super) public_ip: Option<String>,
}

#[derive(Debug)]
pub(super) struct Connection {
    pub(super) head: Head,
    pub(super) first: Option<String>,
    pub(super) second: Option<String>,
    pub(super) local: Option<String>,
    pub(super) circuit: Option<String>,
    pub(super) bgp: bool,
    pub(super) fast_path: bool,
    pub(super) weight: u32,
}

#[derive(Debug)]
pub(super) struct Circuit {
    pub(super) head: Head,
    pub(super) plan: Option<CircuitPlanSpec>,
    pub(super) private_peering: bool,
    pub(super) peer_asn: Option<u32>,
    pub(super) global_reach: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) head: Head,
    pub(super) subnet: Option<String>,
    pub(super) ips: Vec<String>,
    pub(super) nics: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Hub {
    pub(super) head: Head,
    pub(super) wan: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) preference: RoutingPreference,
    pub(super) router_ips: Vec<String>,
    pub(super) asn: Option<u32>,
    pub(super) branch_to_branch: bool,
    pub(super) routing_units: Option<u32>,
}

#[derive(Debug, Clone)]
pub(super) struct HubTable {
    pub(super) hub: String,
    pub(super) name: String,
    pub(super) labels: Vec<String>,
    /// Destinations and the id of the next hop.
    pub(super) routes: Vec<(Vec<String>, String)>,
    pub(super) place: Place,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Propagation {
    pub(super) associated: Option<String>,
    pub(super) tables: Option<Vec<String>>,
    pub(super) labels: Option<Vec<String>>,
    /// Ids of route maps.
    pub(super) inbound: Option<String>,
    pub(super) outbound: Option<String>,
}

#[derive(Debug)]
pub(super) struct HubConnection {
    pub(super) id: String,
    pub(super) hub: String,
    pub(super) name: String,
    pub(super) vnet: Option<String>,
    pub(super) internet_security: bool,
    pub(super) propagation: Propagation,
    pub(super) routes: Vec<ConnectionStaticRouteSpec>,
    pub(super) propagate_routes: bool,
    pub(super) local_override: LocalRouteOverride,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct Intent {
    pub(super) hub: String,
    pub(super) private: bool,
    pub(super) internet: bool,
    pub(super) next_hop: Option<String>,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct HubVpn {
    pub(super) head: Head,
    pub(super) hub: Option<String>,
    pub(super) asn: Option<u32>,
    pub(super) instance_ips: Vec<String>,
    pub(super) units: Option<u32>,
}

#[derive(Debug)]
pub(super) struct HubVpnConnection {
    pub(super) site: Option<String>,
    pub(super) bgp: bool,
    pub(super) propagation: Propagation,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct HubExpressRoute {
    pub(super) head: Head,
    pub(super) hub: Option<String>,
    pub(super) units: Option<u32>,
    pub(super) allow_non_virtual_wan: bool,
    pub(super) circuits: Vec<HubCircuit>,
}

/// A connection of a hub's ExpressRoute gateway: the circuit's id, weight and routing.
#[derive(Debug)]
pub(super) struct HubCircuit {
    pub(super) id: String,
    pub(super) weight: u32,
    pub(super) propagation: Propagation,
}

/// A hub's point-to-site gateway.
#[derive(Debug)]
pub(super) struct HubClients {
    pub(super) hub: Option<String>,
    pub(super) pools: Vec<String>,
    pub(super) units: Option<u32>,
}

/// A BGP connection of a hub or Route Server with an appliance.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) hub: String,
    pub(super) asn: Option<u32>,
    pub(super) ip: Option<String>,
    pub(super) place: Place,
}

/// One resource of a network manager.
#[derive(Debug)]
pub(super) enum Manager {
    Group {
        id: String,
        name: String,
    },
    Member {
        group: String,
        vnet: String,
    },
    Connectivity {
        id: String,
        groups: Vec<String>,
        hub: Option<String>,
        spec: ConnectivitySpec,
    },
    /// A rule collection of a security configuration says which groups its rules apply to.
    Collection {
        id: String,
        groups: Vec<String>,
    },
    AdminRule {
        collection: String,
        rule: SecurityRuleSpec,
    },
    Routing {
        id: String,
        spec: RoutingConfigurationSpec,
    },
    RoutingCollection {
        id: String,
        groups: Vec<String>,
        spec: crate::spec::RuleCollectionSpec,
    },
    RoutingRule {
        collection: String,
        rule: crate::spec::RouteSpec,
    },
    Deployment {
        regions: Vec<String>,
        configurations: Vec<String>,
    },
}
