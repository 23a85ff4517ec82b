//! The parts that blueprints are made of: hubs, spokes, peerings, tables, appliances, gateways, groups, sites.
//!
//! The rule: names come from regions (`eastus-hub`, `eastus-spoke1`, `rt-eastus-spokes`), addresses from the plan, and
//! nothing depends on anything but the Intent, so that one Intent always gives the same bytes.
//!
//! | part | what it makes |
//! |---|---|
//! | [`Draft::machine`] | the subnets of an appliance, the appliance, its load balancer's address, its route table |
//! | [`Draft::connect`] | peerings of a hub with its spokes, with the gateway flags where the hub has a gateway |
//! | [`Draft::gateways`] | `GatewaySubnet`, the gateways that the Intent asks for, the routes towards an appliance |
//! | [`Draft::finish`] | sites with their tunnels and circuit, security groups of isolated environments |

use super::Sizes;
use super::shape::private_aggregates;
use super::sketch::Sketch;
use crate::intent::{
    AddressPlan, ApplianceChoice, Demand, Intent, OnPremises, RegionPlan, Slot, SpokePlan,
};
use crate::spec::{
    Access, ApplianceKind, ApplianceSpec, CircuitPlanSpec, CircuitSpec, ConnectivitySpec,
    ConnectivityTopology, Direction, GatewayKind, GatewaySpec, NetworkGroupSpec,
    NetworkSecurityGroupSpec, NetworkSpec, PeeringSpec, RouteSpec, RouteTableSpec,
    SecurityRuleSpec, SiteSpec, SubnetSpec, TunnelSpec, UserNextHopType, VnetSpec, WorkloadSpec,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Site of the Intent's on-premises networks.
pub(super) const ON_PREMISES: &str = "onpremises";
/// Site of the Intent's other clouds.
pub(super) const OTHER_CLOUD: &str = "othercloud";

/// A hub VNet.
#[derive(Debug, Clone)]
pub(super) struct Hub<'a> {
    pub(super) region: &'a RegionPlan,
    pub(super) name: String,
    pub(super) prefix: Ipv4Net,
}

/// What stands in a hub and forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Machine {
    /// Azure Firewall.
    Firewall,
    /// NVAs behind a load balancer.
    Nvas,
    /// A second set of NVAs in the same hub, towards the Internet.
    SecondNvas,
    /// Azure's routing appliance.
    Routing,
}

impl Machine {
    /// What the Intent wants traffic inspected by.
    pub(super) fn inspecting(intent: &Intent) -> Self {
        match intent.appliance.kind {
            ApplianceChoice::Nva => Self::Nvas,
            _ => Self::Firewall,
        }
    }

    const fn places(self) -> (&'static str, Slot, Slot) {
        match self {
            Self::Firewall => ("AzureFirewallSubnet", Slot::Firewall, Slot::Firewall),
            Self::Nvas => ("nva", Slot::Nva, Slot::LoadBalancer),
            Self::SecondNvas => ("nva-internet", Slot::SecondNva, Slot::SecondLoadBalancer),
            Self::Routing => (
                "VirtualNetworkApplianceSubnet",
                Slot::RouteServer,
                Slot::RouteServer,
            ),
        }
    }

    /// The address that routes name: its own, or its load balancer's.
    pub(super) fn next_hop(self, hub: Ipv4Net) -> Ipv4Addr {
        crate::address::first_host(&self.places().2.of(hub))
    }
}

/// A network while it is made.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) intent: &'a Intent,
    pub(super) plan: &'a AddressPlan,
    pub(super) sizes: &'a Sizes,
    /// Traffic to the Internet has an appliance of its own.
    pub(super) apart: bool,
    /// Spokes are not written, only what stands beside them.
    pub(super) outlined: bool,
    pub(super) spec: NetworkSpec,
    /// Ends of the tunnels to sites.
    vpn_ends: Vec<String>,
    /// Gateways on the circuit.
    circuit_ends: Vec<String>,
    /// What the site behind the circuit announces besides its own ranges.
    announced: Vec<Ipv4Net>,
    /// A mesh of peerings is one thing from so many members on.
    many: usize,
    meshes: Vec<Vec<String>>,
}

pub(super) fn route(prefix: Ipv4Net, next_hop: Ipv4Addr) -> RouteSpec {
    RouteSpec {
        next_hop_ip_address: Some(next_hop.to_string()),
        ..typed_route(prefix, UserNextHopType::VirtualAppliance)
    }
}

pub(super) fn typed_route(prefix: Ipv4Net, next_hop_type: UserNextHopType) -> RouteSpec {
    RouteSpec {
        name: None,
        prefix: prefix.to_string(),
        next_hop_type: next_hop_type.into(),
        next_hop_ip_address: None,
    }
}

fn host(net: Ipv4Net, index: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(
        crate::address::first_host(&net)
            .to_bits()
            .saturating_add(index),
    )
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        intent: &'a Intent,
        plan: &'a AddressPlan,
        sizes: &'a Sizes,
        many: usize,
    ) -> Self {
        Self {
            many,
            meshes: Vec::new(),
            intent,
            plan,
            sizes,
            apart: false,
            outlined: false,
            spec: NetworkSpec::default(),
            vpn_ends: Vec::new(),
            circuit_ends: Vec::new(),
            announced: Vec::new(),
        }
    }

    /// Whether hubs get a gateway.
    pub(super) fn has_gateway(&self) -> bool {
        self.intent.wants_vpn() || self.intent.wants_express_route()
    }

    /// One hub a region.
    pub(super) fn hubs(&self) -> Vec<Hub<'a>> {
        self.hubs_named("hub", |region| region.hub)
    }

    /// A second hub or transit VNet a region.
    pub(super) fn second_hubs(&self, suffix: &str) -> Vec<Hub<'a>> {
        self.hubs_named(suffix, |region| region.second_hub)
    }

    fn hubs_named(&self, suffix: &str, prefix: impl Fn(&RegionPlan) -> Ipv4Net) -> Vec<Hub<'a>> {
        let hub = |region: &'a RegionPlan| Hub {
            region,
            name: format!("{}-{suffix}", region.name),
            prefix: prefix(region),
        };
        self.plan.regions.iter().map(hub).collect()
    }

    pub(super) fn add_hub(&mut self, hub: &Hub<'_>) {
        self.spec.vnets.push(VnetSpec {
            name: hub.name.clone(),
            region: hub.region.region.clone(),
            prefixes: vec![hub.prefix.to_string()],
            ..VnetSpec::default()
        });
    }

    pub(super) fn subnet(
        &mut self,
        vnet: &str,
        name: &str,
        prefix: Ipv4Net,
        table: Option<String>,
    ) {
        if let Some(vnet) = self.spec.vnets.iter_mut().find(|known| known.name == vnet) {
            vnet.subnets.push(SubnetSpec {
                name: name.to_owned(),
                prefix: prefix.to_string(),
                route_table: table,
                ..SubnetSpec::default()
            });
        }
    }

    /// A route table and its name; none where there is nothing to put in.
    pub(super) fn table(
        &mut self,
        name: String,
        propagates: bool,
        routes: Vec<RouteSpec>,
    ) -> Option<String> {
        if routes.is_empty() {
            return None;
        }
        self.spec.route_tables.push(RouteTableSpec {
            name: name.clone(),
            disable_bgp_route_propagation: !propagates,
            routes,
        });
        Some(name)
    }

    /// Puts an appliance into a hub, with a table on its subnet where there are routes.
    pub(super) fn machine(&mut self, hub: &Hub<'_>, machine: Machine, mut routes: Vec<RouteSpec>) {
        let (subnet, place, frontend) = machine.places();
        if machine == Machine::Firewall && !routes.is_empty() {
            // A table on this subnet must say how the firewall itself leaves.
            routes.insert(
                0,
                typed_route(crate::address::default_route(), UserNextHopType::Internet),
            );
        }
        let table = self.table(
            format!("rt-{}-{}", hub.name, subnet.to_ascii_lowercase()),
            true,
            routes,
        );
        self.subnet(&hub.name, subnet, place.of(hub.prefix), table);
        let kind = match machine {
            Machine::Firewall => ApplianceKind::AzureFirewall,
            Machine::Nvas | Machine::SecondNvas => ApplianceKind::Nva,
            Machine::Routing => ApplianceKind::RoutingAppliance,
        };
        let sizes = self.sizes;
        let (count, sku) = match machine {
            Machine::Firewall => (1, sizes.firewall.word().to_owned()),
            Machine::Nvas | Machine::SecondNvas => (sizes.nva_count, sizes.nva_size.clone()),
            Machine::Routing => (1, format!("{} Gbps", sizes.routing_gbps)),
        };
        let basic = sizes.firewall == crate::intent::FirewallTier::Basic;
        if machine == Machine::Firewall && basic {
            let management = Slot::FirewallManagement.of(hub.prefix);
            self.subnet(&hub.name, "AzureFirewallManagementSubnet", management, None);
        }
        if place != frontend {
            let name = format!("{subnet}-frontend");
            self.subnet(&hub.name, &name, frontend.of(hub.prefix), None);
        }
        for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            let number = if count == 1 {
                String::new()
            } else {
                (index + 1).to_string()
            };
            let what = match machine {
                Machine::Firewall => "firewall",
                Machine::Routing => "router",
                _ => subnet,
            };
            let name = format!("{}-{what}{number}", hub.name);
            let ip = host(place.of(hub.prefix), index).to_string();
            let mut appliance = ApplianceSpec::new(&name, kind, &hub.name, subnet, &ip);
            appliance.sku = Some(sku.clone());
            if machine == Machine::Firewall && basic {
                // One of them for its management.
                appliance.public_addresses = Some(2);
            }
            if kind == ApplianceKind::Nva {
                appliance.public_addresses = self.leads_outside(machine).then_some(1);
                appliance.stateful = Some(true);
                appliance.load_balancer_ip = Some(machine.next_hop(hub.prefix).to_string());
            }
            self.spec.appliances.push(appliance);
        }
    }

    /// Whether spokes reach the Internet through NVAs: then each has a public address to leave from.
    fn leads_outside(&self, machine: Machine) -> bool {
        match machine {
            Machine::SecondNvas => true,
            _ => self.intent.inspects_internet() && !self.apart,
        }
    }

    /// Routes on an appliance's subnet: the spokes of every other region, towards the appliance of their hub.
    pub(super) fn crossing(
        &self,
        hub: &Hub<'_>,
        hubs: &[Hub<'_>],
        machine: Machine,
    ) -> Vec<RouteSpec> {
        let others = hubs.iter().filter(|other| other.name != hub.name);
        others
            .flat_map(|other| {
                let next_hop = machine.next_hop(other.prefix);
                other
                    .region
                    .summary
                    .iter()
                    .map(move |prefix| route(*prefix, next_hop))
            })
            .collect()
    }

    /// What a spoke's table sends to an inspecting appliance: everything, or every private range.
    pub(super) fn inspected_routes(&self, next_hop: Ipv4Addr) -> Vec<RouteSpec> {
        if self.intent.inspects_internet() {
            return vec![route(crate::address::default_route(), next_hop)];
        }
        self.private_routes(next_hop)
    }

    /// RFC 1918, and what is used beside it.
    pub(super) fn private_routes(&self, next_hop: Ipv4Addr) -> Vec<RouteSpec> {
        private_aggregates(self.plan)
            .into_iter()
            .map(|prefix| route(prefix, next_hop))
            .collect()
    }

    /// The spokes of a region, each with its workload.
    pub(super) fn spokes(&mut self, region: &RegionPlan, table: Option<&String>) {
        for spoke in &region.spokes {
            self.spoke(region, spoke, table.cloned());
        }
    }

    fn spoke(&mut self, region: &RegionPlan, spoke: &SpokePlan, table: Option<String>) {
        if self.outlined {
            self.security_group(spoke);
            if spoke.owns_gateway {
                self.own_gateway(spoke);
            }
            return;
        }
        let app = SubnetSpec {
            name: "app".to_owned(),
            prefix: spoke.app().to_string(),
            route_table: table,
            network_security_group: self.security_group(spoke),
            ..SubnetSpec::default()
        };
        self.spec.vnets.push(VnetSpec {
            name: spoke.name.clone(),
            region: region.region.clone(),
            prefixes: vec![spoke.prefix.to_string()],
            subnets: vec![app],
            ..VnetSpec::default()
        });
        if spoke.owns_gateway {
            self.own_gateway(spoke);
        }
        self.spec.workloads.push(WorkloadSpec {
            name: format!("{}-vm", spoke.name),
            vnet: spoke.name.clone(),
            subnet: "app".to_owned(),
            ip: spoke.workload().to_string(),
            ..WorkloadSpec::default()
        });
    }

    /// A VPN gateway in a spoke.
    pub(super) fn own_gateway(&mut self, spoke: &SpokePlan) {
        if let Some(range) = spoke.gateway().filter(|_| !self.outlined) {
            self.subnet(&spoke.name, "GatewaySubnet", range, None);
        }
        self.gateway(
            &format!("{}-vpn", spoke.name),
            GatewayKind::Vpn,
            &spoke.name,
        );
    }

    /// A second subnet in every spoke, with the table of the first.
    pub(super) fn data_subnets(&mut self, name: &str) {
        let plan = self.plan;
        let ranges: BTreeMap<&str, Option<Ipv4Net>> = { plan.spokes() }
            .filter(|_| !self.outlined)
            .map(|spoke| (spoke.name.as_str(), spoke.data()))
            .collect();
        for vnet in &mut self.spec.vnets {
            let Some(Some(range)) = ranges.get(vnet.name.as_str()) else {
                continue;
            };
            let first = vnet.subnets.first();
            let table = first.and_then(|subnet| subnet.route_table.clone());
            vnet.subnets.push(SubnetSpec {
                name: name.to_owned(),
                prefix: range.to_string(),
                route_table: table,
                ..SubnetSpec::default()
            });
        }
    }

    fn gateway(&mut self, name: &str, kind: GatewayKind, vnet: &str) {
        let mut gateway = GatewaySpec::new(name, kind, vnet);
        gateway.sku = match kind {
            GatewayKind::Vpn => Some(self.sizes.vpn.to_owned()),
            GatewayKind::ExpressRoute => Some(self.sizes.express_route.0.to_owned()),
            GatewayKind::RouteServer => None,
        };
        if kind == GatewayKind::ExpressRoute {
            gateway.scale_units = self.sizes.express_route.1;
        }
        self.spec.gateways.push(gateway);
    }

    /// A gateway of a hub; the caller may change it further.
    pub(super) fn hub_gateway(
        &mut self,
        hub: &Hub<'_>,
        kind: GatewayKind,
    ) -> Option<&mut GatewaySpec> {
        let suffix = match kind {
            GatewayKind::Vpn => "vpn",
            GatewayKind::ExpressRoute => "er",
            GatewayKind::RouteServer => "rs",
        };
        self.gateway(&format!("{}-{suffix}", hub.name), kind, &hub.name);
        self.spec.gateways.last_mut()
    }

    /// The gateways that the Intent asks for, and their subnet with a table where it has routes.
    pub(super) fn gateways(&mut self, hub: &Hub<'_>, routes: Vec<RouteSpec>) {
        if !self.has_gateway() {
            return;
        }
        let table = self.table(format!("rt-{}-gatewaysubnet", hub.name), true, routes);
        self.subnet(
            &hub.name,
            "GatewaySubnet",
            Slot::Gateway.of(hub.prefix),
            table,
        );
        if self.intent.wants_vpn() {
            self.hub_gateway(hub, GatewayKind::Vpn);
            self.attach_vpn(format!("{}-vpn", hub.name));
        }
        if self.intent.wants_express_route() {
            self.hub_gateway(hub, GatewayKind::ExpressRoute);
            self.attach_circuit(format!("{}-er", hub.name));
        }
    }

    /// Every spoke of a region towards an appliance: what GatewaySubnet needs, since its own rows are as long.
    pub(super) fn spoke_routes(hub: &Hub<'_>, next_hop: Ipv4Addr) -> Vec<RouteSpec> {
        hub.region
            .spokes
            .iter()
            .map(|spoke| route(spoke.prefix, next_hop))
            .collect()
    }

    /// An end of the tunnels to sites.
    pub(super) fn attach_vpn(&mut self, end: String) {
        self.vpn_ends.push(end);
    }

    /// What the site behind the circuit announces besides its own ranges.
    pub(super) fn announce(&mut self, prefixes: &[Ipv4Net]) {
        self.announced.extend(prefixes);
    }

    /// A gateway on the circuit.
    pub(super) fn attach_circuit(&mut self, end: String) {
        self.circuit_ends.push(end);
    }

    /// Peerings of a hub with the spokes of its region, using its gateway if `transit`.
    pub(super) fn connect(&mut self, hub: &Hub<'_>, transit: bool) {
        let (managed, by_hand): (Vec<&SpokePlan>, Vec<&SpokePlan>) = hub
            .region
            .spokes
            .iter()
            .partition(|spoke| self.intent.is_managed() && !(spoke.owns_gateway && transit));
        self.managed_hub(hub, transit, &managed);
        let home: Rc<str> = hub.name.as_str().into();
        for spoke in by_hand {
            self.link_to_hub(&home, &spoke.name, transit && !spoke.owns_gateway);
        }
    }

    /// Every hub with its spokes, using its gateways where it has some, and every hub with every other.
    pub(super) fn connect_all(&mut self, hubs: &[Hub<'_>]) {
        for hub in hubs {
            self.connect(hub, self.has_gateway());
        }
        self.hub_mesh(hubs);
    }

    /// A hub-and-spoke configuration of Virtual Network Manager.
    pub(super) fn managed_hub(&mut self, hub: &Hub<'_>, transit: bool, members: &[&SpokePlan]) {
        if members.is_empty() {
            return;
        }
        let group = format!("{}-spokes", hub.name);
        self.network_group(&group, members);
        let configuration = ConnectivitySpec {
            hub: Some(hub.name.clone()),
            use_hub_gateway: transit,
            ..configuration(&hub.name, ConnectivityTopology::HubAndSpoke, &group)
        };
        self.spec
            .avnm
            .get_or_insert_default()
            .configurations
            .push(configuration);
    }

    /// A connected group.
    pub(super) fn connected_group(&mut self, name: &str, members: &[&SpokePlan], global: bool) {
        self.network_group(name, members);
        let configuration = ConnectivitySpec {
            global_mesh: global,
            ..configuration(name, ConnectivityTopology::Mesh, name)
        };
        self.spec
            .avnm
            .get_or_insert_default()
            .configurations
            .push(configuration);
    }

    /// A hub-and-spoke configuration whose groups each have direct connectivity.
    pub(super) fn direct_groups(&mut self, hub: &Hub<'_>, groups: &[(String, Vec<&SpokePlan>)]) {
        for (name, members) in groups {
            self.network_group(name, members);
        }
        let configuration = ConnectivitySpec {
            hub: Some(hub.name.clone()),
            groups: groups.iter().map(|(name, _)| name.clone()).collect(),
            direct_connectivity: true,
            use_hub_gateway: self.has_gateway(),
            ..configuration(&hub.name, ConnectivityTopology::HubAndSpoke, "")
        };
        self.spec
            .avnm
            .get_or_insert_default()
            .configurations
            .push(configuration);
    }

    fn network_group(&mut self, name: &str, members: &[&SpokePlan]) {
        self.spec
            .avnm
            .get_or_insert_default()
            .groups
            .push(NetworkGroupSpec {
                name: name.to_owned(),
                members: members.iter().map(|spoke| spoke.name.clone()).collect(),
            });
    }

    /// Both objects between a hub and a spoke.
    pub(super) fn link_to_hub(&mut self, hub: &Rc<str>, spoke: &str, transit: bool) {
        let spoke: Rc<str> = spoke.into();
        self.spec.peerings.push(PeeringSpec {
            allow_forwarded_traffic: true,
            allow_gateway_transit: transit,
            ..PeeringSpec::new(Rc::clone(hub), Rc::clone(&spoke))
        });
        self.spec.peerings.push(PeeringSpec {
            allow_forwarded_traffic: true,
            use_remote_gateways: transit,
            ..PeeringSpec::new(spoke, Rc::clone(hub))
        });
    }

    /// Both objects between two VNets.
    pub(super) fn link(&mut self, a: &str, b: &str, forwarded: bool) {
        self.objects(&a.into(), &b.into(), forwarded);
    }

    fn objects(&mut self, a: &Rc<str>, b: &Rc<str>, forwarded: bool) {
        for (from, to) in [(a, b), (b, a)] {
            self.spec.peerings.push(PeeringSpec {
                allow_forwarded_traffic: forwarded,
                ..PeeringSpec::new(Rc::clone(from), Rc::clone(to))
            });
        }
    }

    /// Every hub with every other.
    pub(super) fn hub_mesh(&mut self, hubs: &[Hub<'_>]) {
        for (position, hub) in hubs.iter().enumerate() {
            for other in hubs.iter().skip(position + 1) {
                self.link(&hub.name, &other.name, true);
            }
        }
    }

    /// Every spoke with every other: peerings by hand, or a connected group.
    pub(super) fn mesh(&mut self, name: &str, members: &[&SpokePlan], managed: bool) {
        if managed {
            let regions = || { members.iter() }.filter_map(|s| self.plan.regions.get(s.region));
            let several = regions().map(|r| &r.region).min() != regions().map(|r| &r.region).max();
            self.connected_group(name, members, several);
            return;
        }
        if members.len() >= self.many {
            let names = members.iter().map(|spoke| spoke.name.clone());
            self.meshes.push(names.collect());
            return;
        }
        let objects = members.len() * members.len().saturating_sub(1);
        self.spec.peerings.reserve(objects);
        let names: Vec<Rc<str>> = members.iter().map(|spoke| (*spoke.name).into()).collect();
        for (position, name) in names.iter().enumerate() {
            for other in names.iter().skip(position + 1) {
                self.objects(name, other, false);
            }
        }
    }

    /// Direct peerings of the chosen pairs.
    pub(super) fn chosen_pairs(&mut self) {
        for pair in super::shape::chosen_pairs(self.intent) {
            self.link(&pair.a, &pair.b, false);
        }
    }

    /// The security group of a spoke from whose peers some are to be kept out.
    fn security_group(&mut self, spoke: &SpokePlan) -> Option<String> {
        let (intent, plan) = (self.intent, self.plan);
        let denied = |other: &&SpokePlan| {
            other.name != spoke.name && intent.demand(spoke, other) == Demand::Isolated
        };
        if !super::shape::isolates(intent) {
            return None;
        }
        let sources: Vec<String> = plan
            .spokes()
            .filter(denied)
            .map(|other| other.prefix.to_string())
            .collect();
        if sources.is_empty() {
            return None;
        }
        let environment = spoke.environment_name(intent);
        let alone = intent.environment_rules.iter().any(|rule| {
            rule.talk == Demand::Isolated && rule.a == environment && rule.b == environment
        });
        let name = format!("nsg-{}", if alone { &spoke.name } else { environment });
        let groups = &mut self.spec.network_security_groups;
        if !groups.iter().any(|known| known.name == name) {
            let spokes = plan.regions.iter().flat_map(|region| &region.summary);
            let others = spokes.chain(&plan.on_premises).chain(&plan.other_clouds);
            let rules = vec![
                rule("isolated", 100, Access::Deny, sources),
                rule(
                    "private",
                    200,
                    Access::Allow,
                    others.map(ToString::to_string).collect(),
                ),
            ];
            groups.push(NetworkSecurityGroupSpec {
                name: name.clone(),
                rules,
            });
        }
        Some(name)
    }

    /// Adds what lies outside Azure and hands the network out.
    pub(super) fn finish(mut self) -> Sketch {
        let intent = self.intent;
        let prefixes = |list: &[Ipv4Net]| list.iter().map(ToString::to_string).collect();
        let asked = intent.on_premises != OnPremises::None;
        if asked || !self.announced.is_empty() {
            let own = self.plan.on_premises.iter().filter(|_| asked);
            let all: Vec<Ipv4Net> = own.chain(&self.announced).copied().collect();
            self.site(ON_PREMISES, 65_001, prefixes(&all));
        }
        if intent.other_clouds {
            self.site(OTHER_CLOUD, 65_002, prefixes(&self.plan.other_clouds));
        }
        let by_tunnel = matches!(intent.on_premises, OnPremises::Vpn | OnPremises::Both);
        for end in std::mem::take(&mut self.vpn_ends) {
            for (wanted, site) in [(by_tunnel, ON_PREMISES), (intent.other_clouds, OTHER_CLOUD)] {
                if wanted {
                    self.spec.tunnels.push(TunnelSpec::new(&end, site));
                }
            }
        }
        if !self.circuit_ends.is_empty() {
            let sites = self
                .spec
                .sites
                .iter()
                .filter(|site| site.name == ON_PREMISES);
            self.spec.circuits.push(CircuitSpec {
                connections: Vec::new(),
                announcements: Vec::new(),
                name: "circuit".to_owned(),
                sites: sites.map(|site| site.name.clone()).collect(),
                gateways: std::mem::take(&mut self.circuit_ends),
                global_reach_with: Vec::new(),
                links_up: 2,
                plan: Some(CircuitPlanSpec {
                    bandwidth_in_mbps: self.sizes.circuit_mbps,
                    ..intent.circuit_plan()
                }),
            });
        }
        Sketch {
            spec: self.spec,
            meshes: self.meshes,
        }
    }

    pub(super) fn site(&mut self, name: &str, asn: u32, prefixes: Vec<String>) {
        self.spec.sites.push(SiteSpec {
            name: name.to_owned(),
            asn,
            prefixes,
            as_path: Vec::new(),
            wan: None,
            dns_servers: Vec::new(),
        });
    }
}

fn configuration(name: &str, topology: ConnectivityTopology, group: &str) -> ConnectivitySpec {
    ConnectivitySpec {
        name: Some(name.to_owned()),
        topology: topology.into(),
        hub: None,
        groups: vec![group.to_owned()],
        direct_connectivity: false,
        global_mesh: false,
        use_hub_gateway: false,
        deployed_to: None,
    }
}

fn rule(name: &str, priority: u32, access: Access, source: Vec<String>) -> SecurityRuleSpec {
    SecurityRuleSpec {
        name: Some(name.to_owned()),
        priority,
        direction: Direction::Inbound,
        access,
        protocol: None,
        source,
        ..SecurityRuleSpec::any()
    }
}
