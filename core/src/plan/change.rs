//! What differs between two estates, as changes that can be made one by one and in any order that Azure accepts.
//!
//! The rule: an object that is new or gone is one change. Lists that live inside of an object (ranges, routes, subnets,
//! connections) change item by item, and what is added is a change of its own before what is taken away, so that both
//! may stand side by side for a while. Changes of different objects never touch the same value: their order does not
//! matter for what they make.
//!
//! | from | to | changes |
//! |---|---|---|
//! | route table with 10.1.0.0/16 | with 10.9.0.0/16 | add the route to 10.9.0.0/16; remove the one to 10.1.0.0/16 |
//! | VNet with 10.1.0.0/16 | with 10.9.0.0/16 | add 10.9.0.0/16; remove 10.1.0.0/16 |
//! | subnet without a table | with `rt-spokes` | attach `rt-spokes` |

use crate::spec::{
    ApplianceSpec, BgpPeeringSpec, CircuitSpec, DnsForwardingRulesetSpec, DnsResolverSpec,
    DnsServerSpec, FirewallPolicySpec, FurtherMeterSpec, GatewaySpec, HubConnectionSpec, HubSpec,
    IpGroupSpec, NatGatewaySpec, NetworkManagerSpec, NetworkSecurityGroupSpec, NetworkSpec,
    PeeringSpec, PrivateDnsZoneSpec, PrivateEndpointSpec, PublicLoadBalancerSpec, RouteMapSpec,
    RouteSpec, RouteTableSpec, RoutingIntentSpec, ServiceTagSpec, SiteSpec, SubnetSpec, TunnelSpec,
    VirtualWanSpec, VnetSpec, WorkloadSpec,
};
use std::collections::BTreeSet;

/// Something that has a name among its kind.
trait Keyed: Clone + PartialEq {
    fn key(&self) -> String;
}

macro_rules! keyed {
    ($($type:ty, |$value:ident| $key:expr;)*) => {
        $(impl Keyed for $type {
            fn key(&self) -> String {
                let $value = self;
                $key
            }
        })*
    };
}

keyed! {
    VnetSpec, |value| value.name.clone();
    PeeringSpec, |value| format!("{}\n{}", value.from, value.to);
    RouteTableSpec, |value| value.name.clone();
    ApplianceSpec, |value| value.name.clone();
    GatewaySpec, |value| value.name.clone();
    TunnelSpec, |value| format!("{}\n{}", value.a, value.b);
    CircuitSpec, |value| value.name.clone();
    SiteSpec, |value| value.name.clone();
    BgpPeeringSpec, |value| format!("{}\n{}", value.speaker, value.appliance);
    PrivateEndpointSpec, |value| value.name.clone().unwrap_or_else(|| format!("{}\n{}", value.vnet, value.ip));
    WorkloadSpec, |value| value.name.clone();
    NetworkSecurityGroupSpec, |value| value.name.clone();
    ServiceTagSpec, |value| value.name.clone();
    FirewallPolicySpec, |value| value.name.clone();
    IpGroupSpec, |value| value.name.clone();
    RouteMapSpec, |value| value.name.clone();
    NatGatewaySpec, |value| value.name.clone();
    PublicLoadBalancerSpec, |value| value.name.clone();
    FurtherMeterSpec, |value| value.name.clone();
    PrivateDnsZoneSpec, |value| value.name.clone();
    DnsResolverSpec, |value| value.name.clone();
    DnsForwardingRulesetSpec, |value| value.name.clone();
    DnsServerSpec, |value| value.name.clone();
    HubSpec, |value| value.name.clone();
    HubConnectionSpec, |value| value.name.clone();
    SubnetSpec, |value| value.name.clone();
}

/// An object before and after; none where it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap<T> {
    /// Before.
    pub before: Option<T>,
    /// After.
    pub after: Option<T>,
}

/// One change of an estate.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A whole VNet.
    Vnet(Swap<VnetSpec>),
    /// What a VNet says besides ranges and subnets.
    VnetSettings(Swap<VnetSpec>),
    /// Ranges of a VNet that come and go.
    Ranges {
        /// The VNet.
        vnet: String,
        /// New ranges.
        add: Vec<String>,
        /// Ranges that go.
        remove: Vec<String>,
    },
    /// A subnet; its route table is a change of its own where the subnet stays.
    Subnet(String, Swap<SubnetSpec>),
    /// The route table of a subnet.
    Attach {
        /// The VNet.
        vnet: String,
        /// The subnet.
        subnet: String,
        /// The table before.
        before: Option<String>,
        /// The table after.
        after: Option<String>,
    },
    /// A peering object.
    Peering(Swap<PeeringSpec>),
    /// A whole route table.
    RouteTable(Swap<RouteTableSpec>),
    /// Whether a table takes gateway routes.
    Propagation {
        /// The table.
        table: String,
        /// Whether it refuses them after.
        disabled: bool,
    },
    /// Routes of a table that come and go.
    Routes {
        /// The table.
        table: String,
        /// New routes.
        add: Vec<RouteSpec>,
        /// Routes that go.
        remove: Vec<RouteSpec>,
    },
    /// A firewall, NVA or routing appliance.
    Appliance(Swap<ApplianceSpec>),
    /// A gateway or Route Server.
    Gateway(Swap<GatewaySpec>),
    /// A tunnel.
    Tunnel(Swap<TunnelSpec>),
    /// A circuit.
    Circuit(Swap<CircuitSpec>),
    /// An on-premises network.
    Site(Swap<SiteSpec>),
    /// A BGP session.
    Session(Swap<BgpPeeringSpec>),
    /// A private endpoint.
    Endpoint(Swap<PrivateEndpointSpec>),
    /// A named host.
    Host(Swap<WorkloadSpec>),
    /// A network security group.
    SecurityGroup(Swap<NetworkSecurityGroupSpec>),
    /// A firewall policy.
    Policy(Swap<FirewallPolicySpec>),
    /// An IP group.
    IpGroup(Swap<IpGroupSpec>),
    /// A route map.
    RouteMap(Swap<RouteMapSpec>),
    /// A NAT gateway.
    NatGateway(Swap<NatGatewaySpec>),
    /// A public load balancer.
    PublicBalancer(Swap<PublicLoadBalancerSpec>),
    /// A private DNS zone.
    Zone(Swap<PrivateDnsZoneSpec>),
    /// A DNS private resolver.
    Resolver(Swap<DnsResolverSpec>),
    /// A DNS forwarding ruleset.
    Ruleset(Swap<DnsForwardingRulesetSpec>),
    /// A DNS server of one's own.
    DnsServer(Swap<DnsServerSpec>),
    /// A service tag.
    Tag(Swap<ServiceTagSpec>),
    /// A further meter.
    Meter(Swap<FurtherMeterSpec>),
    /// Everything of Virtual Network Manager.
    Manager(Swap<NetworkManagerSpec>),
    /// A Virtual WAN hub without its connections and its routing intent.
    Hub(Swap<HubSpec>),
    /// Routing intent of a hub.
    Intent {
        /// The hub.
        hub: String,
        /// After.
        after: RoutingIntentSpec,
    },
    /// A VNet connection of a hub.
    Connection(String, Swap<HubConnectionSpec>),
}

/// Every change from one estate to another.
pub(super) fn changes(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    let mut all = Vec::new();
    let mut add = |changes: Vec<Change>| all.extend(changes);
    add(swaps(
        &from.network_security_groups,
        &to.network_security_groups,
        Change::SecurityGroup,
    ));
    add(swaps(&from.ip_groups, &to.ip_groups, Change::IpGroup));
    add(swaps(
        &from.firewall_policies,
        &to.firewall_policies,
        Change::Policy,
    ));
    add(swaps(&from.route_maps, &to.route_maps, Change::RouteMap));
    add(swaps(
        &from.nat_gateways,
        &to.nat_gateways,
        Change::NatGateway,
    ));
    add(swaps(
        &from.public_load_balancers,
        &to.public_load_balancers,
        Change::PublicBalancer,
    ));
    add(swaps(&from.service_tags, &to.service_tags, Change::Tag));
    add(swaps(
        &from.further_meters,
        &to.further_meters,
        Change::Meter,
    ));
    add(swaps(&from.sites, &to.sites, Change::Site));
    add(tables(from, to));
    add(vnets(from, to));
    add(swaps(&from.peerings, &to.peerings, Change::Peering));
    add(swaps(&from.appliances, &to.appliances, Change::Appliance));
    add(swaps(&from.gateways, &to.gateways, Change::Gateway));
    add(swaps(&from.tunnels, &to.tunnels, Change::Tunnel));
    add(swaps(&from.circuits, &to.circuits, Change::Circuit));
    add(swaps(&from.bgp_peerings, &to.bgp_peerings, Change::Session));
    add(swaps(
        &from.private_endpoints,
        &to.private_endpoints,
        Change::Endpoint,
    ));
    add(swaps(&from.workloads, &to.workloads, Change::Host));
    add(names(from, to));
    add(hubs(from, to));
    add(manager(from, to));
    all
}

/// Zones, resolvers, rulesets and servers.
fn names(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    let zones = (&from.private_dns_zones, &to.private_dns_zones);
    let rulesets = (&from.dns_forwarding_rulesets, &to.dns_forwarding_rulesets);
    let mut all = swaps(zones.0, zones.1, Change::Zone);
    all.extend(swaps(
        &from.dns_resolvers,
        &to.dns_resolvers,
        Change::Resolver,
    ));
    all.extend(swaps(rulesets.0, rulesets.1, Change::Ruleset));
    all.extend(swaps(&from.dns_servers, &to.dns_servers, Change::DnsServer));
    all
}

/// Objects of one list that differ. Objects that share a name are compared in their order.
fn swaps<T: Keyed>(from: &[T], to: &[T], change: fn(Swap<T>) -> Change) -> Vec<Change> {
    let mut open: Vec<Option<&T>> = to.iter().map(Some).collect();
    let mut changes = Vec::new();
    for before in from {
        let after = open
            .iter_mut()
            .find(|other| other.is_some_and(|other| other.key() == before.key()))
            .and_then(Option::take);
        if after != Some(before) {
            changes.push(change(Swap {
                before: Some(before.clone()),
                after: after.cloned(),
            }));
        }
    }
    let new = open.into_iter().flatten();
    changes.extend(new.map(|after| {
        change(Swap {
            before: None,
            after: Some(after.clone()),
        })
    }));
    changes
}

/// What one list has and another lacks.
fn besides<T: Clone + PartialEq>(of: &[T], other: &[T]) -> Vec<T> {
    of.iter()
        .filter(|item| !other.contains(item))
        .cloned()
        .collect()
}

fn pair<'a, T: Keyed>(from: &'a [T], to: &'a [T]) -> impl Iterator<Item = (&'a T, &'a T)> {
    from.iter().filter_map(|before| {
        let after = to.iter().find(|other| other.key() == before.key())?;
        Some((before, after))
    })
}

/// Only whole objects: those that stay are compared part by part.
fn whole<T: Keyed>(from: &[T], to: &[T], change: fn(Swap<T>) -> Change) -> Vec<Change> {
    let has = |list: &[T], key: &str| list.iter().any(|item| item.key() == key);
    let gone = from.iter().filter(|item| !has(to, &item.key()));
    let gone = gone.map(|item| (Some(item.clone()), None));
    let new = to.iter().filter(|item| !has(from, &item.key()));
    let new = new.map(|item| (None, Some(item.clone())));
    let both = new.chain(gone);
    both.map(|(before, after)| change(Swap { before, after }))
        .collect()
}

fn tables(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    let mut changes = whole(&from.route_tables, &to.route_tables, Change::RouteTable);
    for (before, after) in pair(&from.route_tables, &to.route_tables) {
        if before.disable_bgp_route_propagation != after.disable_bgp_route_propagation {
            changes.push(Change::Propagation {
                table: before.name.clone(),
                disabled: after.disable_bgp_route_propagation,
            });
        }
        changes.extend(routes(before, after));
    }
    changes
}

/// Routes that come, routes to one prefix that change, routes that go: three changes.
fn routes(before: &RouteTableSpec, after: &RouteTableSpec) -> Vec<Change> {
    let gone = besides(&before.routes, &after.routes);
    let new = besides(&after.routes, &before.routes);
    let same = |a: &RouteSpec, b: &RouteSpec| {
        a.prefix == b.prefix || (a.name.is_some() && a.name == b.name)
    };
    let split = |of: &[RouteSpec], other: &[RouteSpec]| -> (Vec<RouteSpec>, Vec<RouteSpec>) {
        let known = |route: &&RouteSpec| other.iter().any(|other| same(other, route));
        let (changed, alone): (Vec<&RouteSpec>, Vec<&RouteSpec>) = of.iter().partition(known);
        (
            changed.into_iter().cloned().collect(),
            alone.into_iter().cloned().collect(),
        )
    };
    let (new_changed, new_alone) = split(&new, &gone);
    let (gone_changed, gone_alone) = split(&gone, &new);
    let parts = [
        (new_alone, Vec::new()),
        (new_changed, gone_changed),
        (Vec::new(), gone_alone),
    ];
    let table = &before.name;
    let parts = parts
        .into_iter()
        .filter(|(add, remove)| !add.is_empty() || !remove.is_empty());
    parts
        .map(|(add, remove)| Change::Routes {
            table: table.clone(),
            add,
            remove,
        })
        .collect()
}

fn vnets(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    let mut changes = whole(&from.vnets, &to.vnets, Change::Vnet);
    for (before, after) in pair(&from.vnets, &to.vnets) {
        changes.extend(vnet(before, after));
    }
    changes
}

fn vnet(before: &VnetSpec, after: &VnetSpec) -> Vec<Change> {
    let mut changes = Vec::new();
    let bare = |vnet: &VnetSpec| VnetSpec {
        prefixes: Vec::new(),
        subnets: Vec::new(),
        ..vnet.clone()
    };
    if bare(before) != bare(after) {
        changes.push(Change::VnetSettings(Swap {
            before: Some(bare(before)),
            after: Some(bare(after)),
        }));
    }
    let new = besides(&after.prefixes, &before.prefixes);
    let gone = besides(&before.prefixes, &after.prefixes);
    for (add, remove) in [(new, Vec::new()), (Vec::new(), gone)] {
        if !add.is_empty() || !remove.is_empty() {
            changes.push(Change::Ranges {
                vnet: before.name.clone(),
                add,
                remove,
            });
        }
    }
    let name = &before.name;
    let subnets = whole(&before.subnets, &after.subnets, |swap| {
        Change::Subnet(String::new(), swap)
    });
    changes.extend(subnets.into_iter().map(|change| match change {
        Change::Subnet(_, swap) => Change::Subnet(name.clone(), swap),
        other => other,
    }));
    for (old, new) in pair(&before.subnets, &after.subnets) {
        changes.extend(subnet(name, old, new));
    }
    changes
}

fn subnet(vnet: &str, before: &SubnetSpec, after: &SubnetSpec) -> Vec<Change> {
    let mut changes = Vec::new();
    let kept = SubnetSpec {
        route_table: before.route_table.clone(),
        ..after.clone()
    };
    if *before != kept {
        changes.push(Change::Subnet(
            vnet.to_owned(),
            Swap {
                before: Some(before.clone()),
                after: Some(kept),
            },
        ));
    }
    if before.route_table != after.route_table {
        changes.push(Change::Attach {
            vnet: vnet.to_owned(),
            subnet: before.name.clone(),
            before: before.route_table.clone(),
            after: after.route_table.clone(),
        });
    }
    changes
}

fn hub_list(spec: &NetworkSpec) -> &[HubSpec] {
    spec.virtual_wan.as_ref().map_or(&[], |wan| &wan.hubs)
}

/// A hub without its connections and its intent.
fn bare_hub(hub: &HubSpec) -> HubSpec {
    HubSpec {
        connections: Vec::new(),
        routing_intent: RoutingIntentSpec::default(),
        ..hub.clone()
    }
}

fn hubs(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    let (from, to) = (hub_list(from), hub_list(to));
    let bare = |hubs: &[HubSpec]| hubs.iter().map(bare_hub).collect::<Vec<_>>();
    let mut changes = swaps(&bare(from), &bare(to), Change::Hub);
    for after in to {
        let before = from.iter().find(|hub| hub.name == after.name);
        let intent = before
            .map(|hub| hub.routing_intent.clone())
            .unwrap_or_default();
        if intent != after.routing_intent {
            changes.push(Change::Intent {
                hub: after.name.clone(),
                after: after.routing_intent.clone(),
            });
        }
    }
    let names: BTreeSet<&String> = from.iter().chain(to).map(|hub| &hub.name).collect();
    for name in names {
        let of = |hubs: &[HubSpec]| {
            let hub = hubs.iter().find(|hub| hub.name == *name);
            hub.map_or_else(Vec::new, |hub| hub.connections.clone())
        };
        let connections = swaps(&of(from), &of(to), |swap| {
            Change::Connection(String::new(), swap)
        });
        changes.extend(connections.into_iter().map(|change| match change {
            Change::Connection(_, swap) => Change::Connection(name.clone(), swap),
            other => other,
        }));
    }
    changes
}

/// Virtual Network Manager in two changes where something comes and something goes: both stand side by side between.
fn manager(from: &NetworkSpec, to: &NetworkSpec) -> Vec<Change> {
    if from.avnm == to.avnm {
        return Vec::new();
    }
    let step = |before: &Option<NetworkManagerSpec>, after: &Option<NetworkManagerSpec>| {
        Change::Manager(Swap {
            before: before.clone(),
            after: after.clone(),
        })
    };
    let (Some(old), Some(new)) = (&from.avnm, &to.avnm) else {
        return vec![step(&from.avnm, &to.avnm)];
    };
    let both = Some(side_by_side(old, new));
    if both == from.avnm || both == to.avnm {
        return vec![step(&from.avnm, &to.avnm)];
    }
    vec![step(&from.avnm, &both), step(&both, &to.avnm)]
}

fn side_by_side(old: &NetworkManagerSpec, new: &NetworkManagerSpec) -> NetworkManagerSpec {
    let mut both = new.clone();
    for group in &old.groups {
        match both
            .groups
            .iter_mut()
            .find(|known| known.name == group.name)
        {
            Some(known) => known
                .members
                .extend(besides(&group.members, &known.members.clone())),
            None => both.groups.push(group.clone()),
        }
    }
    both.configurations
        .extend(besides(&old.configurations, &new.configurations));
    both.security_admin_rules.extend(besides(
        &old.security_admin_rules,
        &new.security_admin_rules,
    ));
    both.routing_configurations.extend(besides(
        &old.routing_configurations,
        &new.routing_configurations,
    ));
    both
}

impl Change {
    /// Makes the change.
    pub(super) fn apply(&self, spec: &mut NetworkSpec) {
        match self {
            Self::Vnet(swap) => put(&mut spec.vnets, swap),
            Self::VnetSettings(swap) => self::settings(spec, swap),
            Self::Ranges { vnet, add, remove } => {
                if let Some(vnet) = spec.vnets.iter_mut().find(|known| known.name == *vnet) {
                    mix(&mut vnet.prefixes, add, remove);
                }
            }
            Self::Subnet(vnet, swap) => put_subnet(spec, vnet, swap),
            Self::Attach {
                vnet,
                subnet,
                after,
                ..
            } => {
                let mut vnets = spec.vnets.iter_mut();
                let vnet = vnets.find(|known| known.name == *vnet);
                let subnet = vnet
                    .and_then(|vnet| vnet.subnets.iter_mut().find(|known| known.name == *subnet));
                if let Some(subnet) = subnet {
                    subnet.route_table.clone_from(after);
                }
            }
            Self::Peering(swap) => put(&mut spec.peerings, swap),
            Self::RouteTable(swap) => put(&mut spec.route_tables, swap),
            Self::Propagation { table, disabled } => {
                if let Some(table) = table_mut(spec, table) {
                    table.disable_bgp_route_propagation = *disabled;
                }
            }
            Self::Routes { table, add, remove } => {
                if let Some(table) = table_mut(spec, table) {
                    mix(&mut table.routes, add, remove);
                }
            }
            Self::Appliance(swap) => put(&mut spec.appliances, swap),
            Self::Gateway(swap) => put(&mut spec.gateways, swap),
            Self::Tunnel(swap) => put(&mut spec.tunnels, swap),
            Self::Circuit(swap) => put(&mut spec.circuits, swap),
            Self::Site(swap) => put(&mut spec.sites, swap),
            Self::Session(swap) => put(&mut spec.bgp_peerings, swap),
            Self::Endpoint(swap) => put(&mut spec.private_endpoints, swap),
            Self::Host(swap) => put(&mut spec.workloads, swap),
            Self::SecurityGroup(swap) => put(&mut spec.network_security_groups, swap),
            Self::Policy(swap) => put(&mut spec.firewall_policies, swap),
            Self::IpGroup(swap) => put(&mut spec.ip_groups, swap),
            Self::RouteMap(swap) => put(&mut spec.route_maps, swap),
            Self::NatGateway(swap) => put(&mut spec.nat_gateways, swap),
            Self::PublicBalancer(swap) => put(&mut spec.public_load_balancers, swap),
            Self::Zone(swap) => put(&mut spec.private_dns_zones, swap),
            Self::Resolver(swap) => put(&mut spec.dns_resolvers, swap),
            Self::Ruleset(swap) => put(&mut spec.dns_forwarding_rulesets, swap),
            Self::DnsServer(swap) => put(&mut spec.dns_servers, swap),
            Self::Tag(swap) => put(&mut spec.service_tags, swap),
            Self::Meter(swap) => put(&mut spec.further_meters, swap),
            Self::Manager(swap) => spec.avnm.clone_from(&swap.after),
            Self::Hub(swap) => put_hub(spec, swap),
            Self::Intent { hub, after } => {
                if let Some(hub) = hub_mut(spec, hub) {
                    hub.routing_intent = after.clone();
                }
            }
            Self::Connection(hub, swap) => {
                if let Some(hub) = hub_mut(spec, hub) {
                    put(&mut hub.connections, swap);
                }
            }
        }
    }
}

fn table_mut<'s>(spec: &'s mut NetworkSpec, name: &str) -> Option<&'s mut RouteTableSpec> {
    spec.route_tables
        .iter_mut()
        .find(|table| table.name == name)
}

fn hub_mut<'s>(spec: &'s mut NetworkSpec, name: &str) -> Option<&'s mut HubSpec> {
    let hubs = spec.virtual_wan.as_mut().map(|wan| &mut wan.hubs);
    hubs?.iter_mut().find(|hub| hub.name == name)
}

fn mix<T: Clone + PartialEq>(list: &mut Vec<T>, add: &[T], remove: &[T]) {
    list.retain(|item| !remove.contains(item));
    list.extend(add.iter().cloned());
}

/// Replaces the object that was there before, adds the new one, or takes the old one away.
fn put<T: Keyed>(list: &mut Vec<T>, swap: &Swap<T>) {
    let place = swap
        .before
        .as_ref()
        .and_then(|before| list.iter().position(|item| item.key() == before.key()));
    match (place, &swap.after) {
        (Some(place), Some(after)) => {
            if let Some(item) = list.get_mut(place) {
                *item = after.clone();
            }
        }
        (None, Some(after)) => list.push(after.clone()),
        (Some(place), None) => {
            list.remove(place);
        }
        (None, None) => {}
    }
}

fn settings(spec: &mut NetworkSpec, swap: &Swap<VnetSpec>) {
    let Some(after) = &swap.after else {
        return;
    };
    if let Some(vnet) = spec.vnets.iter_mut().find(|known| known.name == after.name) {
        *vnet = VnetSpec {
            prefixes: std::mem::take(&mut vnet.prefixes),
            subnets: std::mem::take(&mut vnet.subnets),
            ..after.clone()
        };
    }
}

fn put_subnet(spec: &mut NetworkSpec, vnet: &str, swap: &Swap<SubnetSpec>) {
    let Some(vnet) = spec.vnets.iter_mut().find(|known| known.name == vnet) else {
        return;
    };
    let both = swap.before.as_ref().zip(swap.after.as_ref());
    let Some((before, after)) = both else {
        put(&mut vnet.subnets, swap);
        return;
    };
    if let Some(subnet) = vnet
        .subnets
        .iter_mut()
        .find(|known| known.name == before.name)
    {
        *subnet = SubnetSpec {
            route_table: subnet.route_table.take(),
            ..after.clone()
        };
    }
}

fn put_hub(spec: &mut NetworkSpec, swap: &Swap<HubSpec>) {
    let wan = spec.virtual_wan.get_or_insert_with(VirtualWanSpec::default);
    let known = swap
        .before
        .as_ref()
        .and_then(|before| wan.hubs.iter_mut().find(|hub| hub.name == before.name));
    match (known, &swap.after) {
        (Some(hub), Some(after)) => {
            *hub = HubSpec {
                connections: std::mem::take(&mut hub.connections),
                routing_intent: std::mem::take(&mut hub.routing_intent),
                ..after.clone()
            };
        }
        _ => put(&mut wan.hubs, swap),
    }
    if wan.hubs.is_empty() {
        spec.virtual_wan = None;
    }
}

/// An estate with its lists in an order of their own: equal where two estates have the same objects.
#[must_use]
pub fn in_order(spec: &NetworkSpec) -> NetworkSpec {
    let mut spec = spec.clone();
    sort(&mut spec.vnets);
    for vnet in &mut spec.vnets {
        vnet.prefixes.sort();
        sort(&mut vnet.subnets);
    }
    sort(&mut spec.peerings);
    sort(&mut spec.route_tables);
    for table in &mut spec.route_tables {
        table
            .routes
            .sort_by(|a, b| (&a.prefix, &a.name).cmp(&(&b.prefix, &b.name)));
    }
    sort(&mut spec.appliances);
    sort(&mut spec.gateways);
    sort(&mut spec.tunnels);
    sort(&mut spec.circuits);
    sort(&mut spec.sites);
    sort(&mut spec.bgp_peerings);
    sort(&mut spec.private_endpoints);
    sort(&mut spec.workloads);
    sort(&mut spec.network_security_groups);
    sort(&mut spec.firewall_policies);
    sort(&mut spec.ip_groups);
    sort(&mut spec.route_maps);
    sort(&mut spec.nat_gateways);
    sort(&mut spec.public_load_balancers);
    sort(&mut spec.service_tags);
    sort(&mut spec.private_dns_zones);
    sort(&mut spec.dns_resolvers);
    sort(&mut spec.dns_forwarding_rulesets);
    sort(&mut spec.dns_servers);
    sort(&mut spec.further_meters);
    if let Some(wan) = &mut spec.virtual_wan {
        sort(&mut wan.hubs);
        wan.hubs
            .iter_mut()
            .for_each(|hub| sort(&mut hub.connections));
    }
    spec.virtual_wan = spec.virtual_wan.filter(|wan| !wan.hubs.is_empty());
    spec
}

fn sort<T: Keyed>(list: &mut [T]) {
    list.sort_by_cached_key(Keyed::key);
}
