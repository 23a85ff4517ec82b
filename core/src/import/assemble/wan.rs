//! Virtual WAN hubs with their tables, connections, policies, gateways and firewalls.
//!
//! | found | made |
//! |---|---|
//! | a hub's children, in any order and any file | one hub |
//! | a connection without `routingConfiguration` | associated with and propagated to the default table |
//! | static routes that routing policies put into the default table | nothing: the policies say it |
//! | a connection to a VNet that no file has | a stub |
//!
//! Left out: propagation to tables of other hubs by id, which labels stand for.

use super::Assembler;
use crate::import::gather::{
    Firewall, Gathered, Head, Hub, HubClients, HubConnection, HubTable, Intent, Propagation,
};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{
    ApplianceKind, CircuitConnectionSpec, HubBranchesSpec, HubConnectionSpec, HubExpressRouteSpec,
    HubFirewallSpec, HubRouteTableSpec, HubScaleSpec, HubSpec, HubStaticRouteSpec, HubVpnSpec,
    RoutingIntentSpec, TunnelSpec, VirtualWanSpec,
};
use std::collections::HashSet;

const DEFAULT_TABLE: &str = "defaultRouteTable";
const NO_TABLE: &str = "noneRouteTable";
/// What routing policies send without being told, each by its own policy.
const USUALLY_INSPECTED: [&str; 4] = ["0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

impl Assembler {
    pub(super) fn add_wan(&mut self, gathered: &Gathered) {
        let mut hubs = Vec::new();
        let mut seen = HashSet::new();
        for hub in gathered
            .hubs
            .iter()
            .filter(|hub| hub.wan.is_some() || hub.prefix.is_some())
        {
            if seen.insert(id::key(&hub.head.id)) {
                hubs.push(self.hub(hub, gathered));
            }
        }
        if !hubs.is_empty() {
            if gathered.hub_tables.is_empty() && gathered.hub_connections.is_empty() {
                let place = gathered.hubs.first().map(|hub| hub.head.place.clone());
                if let Some(place) = place {
                    self.say(Verdict::Assumed, &place, "no connection and no route table of a hub was read; Resource Graph does not hold them, further commands list them");
                }
            }
            self.network.virtual_wan = Some(VirtualWanSpec { hubs });
        }
        self.say_lost_children(gathered);
        self.add_hub_branches(gathered);
    }

    /// Children whose hub stands in no file.
    fn say_lost_children(&mut self, gathered: &Gathered) {
        let known: HashSet<String> = gathered
            .hubs
            .iter()
            .map(|hub| id::key(&hub.head.id))
            .collect();
        let connections = gathered
            .hub_connections
            .iter()
            .map(|one| (&one.hub, &one.place));
        let tables = gathered.hub_tables.iter().map(|one| (&one.hub, &one.place));
        let mut said = HashSet::new();
        for (hub, place) in connections.chain(tables) {
            let key = id::key(hub);
            if !known.contains(&key) && said.insert(key) {
                self.say(
                    Verdict::Stub,
                    place,
                    format!(
                        "the hub {:?} stands in no file; its tables and connections are left out",
                        id::name_of(hub)
                    ),
                );
            }
        }
    }

    fn hub(&mut self, hub: &Hub, gathered: &Gathered) -> HubSpec {
        let key = id::key(&hub.head.id);
        let is_own = |other: &str| id::key(other) == key;
        let name = self.party(&hub.head.id, &hub.head.name);
        let firewall = gathered
            .firewalls
            .iter()
            .find(|one| one.hub.as_deref().is_some_and(is_own));
        let appliance = gathered.hub_appliances.iter().find(|one| is_own(&one.1));
        let firewall = firewall
            .map(|one| self.hub_firewall(one))
            .or_else(|| appliance.map(|one| self.hub_appliance(&one.0)));
        let intent = gathered.intents.iter().find(|one| is_own(&one.hub));
        let mut connections = Vec::new();
        let mut seen = HashSet::new();
        for one in gathered
            .hub_connections
            .iter()
            .filter(|one| is_own(&one.hub))
        {
            if seen.insert(id::key(&one.id)) {
                connections.extend(self.hub_connection(one, hub));
            }
        }
        let tables = gathered.hub_tables.iter().filter(|one| is_own(&one.hub));
        let tables = one_a_name(tables);
        let route_tables = self.hub_tables(&tables, intent.is_some());
        let vpn = gathered
            .hub_vpns
            .iter()
            .find(|one| one.hub.as_deref().is_some_and(is_own));
        let circuits = gathered
            .hub_circuits
            .iter()
            .find(|one| one.hub.as_deref().is_some_and(is_own));
        let clients: Vec<&HubClients> = gathered
            .hub_clients
            .iter()
            .filter(|one| one.hub.as_deref().is_some_and(is_own))
            .collect();
        HubSpec {
            vpn_client_address_pools: clients
                .iter()
                .flat_map(|one| one.pools.iter().cloned())
                .collect(),
            allow_branch_to_branch_traffic: !gathered.branches_apart,
            name,
            region: hub.head.region.clone(),
            prefix: hub.prefix.clone(),
            routing_preference: hub.preference.into(),
            router_ips: hub.router_ips.clone(),
            routing_intent: self.intent(intent, firewall.as_ref(), &tables),
            firewall,
            route_tables,
            connections,
            vpn: vpn.map(|one| HubVpnSpec {
                asn: one.asn.unwrap_or(65_515),
                instance_ips: one.instance_ips.clone(),
            }),
            express_route: circuits.map(|one| HubExpressRouteSpec {
                allow_non_virtual_wan_traffic: one.allow_non_virtual_wan,
            }),
            branches: branches(hub, gathered),
            scale: HubScaleSpec {
                routing_units: hub.routing_units,
                vpn_units: vpn.and_then(|one| one.units),
                express_route_units: circuits.and_then(|one| one.units),
                point_to_site_units: clients.iter().find_map(|one| one.units),
                ..HubScaleSpec::default()
            },
        }
    }

    fn hub_firewall(&mut self, firewall: &Firewall) -> HubFirewallSpec {
        HubFirewallSpec {
            name: self.party(&firewall.head.id, &firewall.head.name),
            kind: ApplianceKind::AzureFirewall,
            ip: firewall.ip.clone(),
            sku: firewall.tier.clone(),
            capacity_units: None,
            firewall_policy: self.firewall_policy(firewall.policy.as_deref(), &firewall.head.place),
        }
    }

    fn hub_appliance(&self, head: &Head) -> HubFirewallSpec {
        HubFirewallSpec {
            name: self.party(&head.id, &head.name),
            kind: ApplianceKind::Nva,
            ip: None,
            sku: None,
            capacity_units: None,
            firewall_policy: None,
        }
    }

    fn intent(
        &mut self,
        intent: Option<&Intent>,
        firewall: Option<&HubFirewallSpec>,
        tables: &[HubTable],
    ) -> RoutingIntentSpec {
        let Some(intent) = intent else {
            return RoutingIntentSpec::default();
        };
        let hop = intent
            .next_hop
            .as_deref()
            .and_then(|hop| self.parties.name(hop));
        if hop.is_none() || firewall.is_none() {
            let hop = intent
                .next_hop
                .as_deref()
                .map_or("nothing", id::name_of)
                .to_owned();
            self.say(
                Verdict::Stub,
                &intent.place,
                format!("the routing policies send to {hop:?}, which stands in no file"),
            );
        }
        RoutingIntentSpec {
            private: intent.private,
            internet: intent.internet,
            private_prefixes: self.beyond_private(tables),
        }
    }

    /// Prefixes that routing intent takes for private besides the usual ones: the default table carries them in a route to
    /// what inspects ("How to configure Virtual WAN hub routing intent", `private_traffic`).
    fn beyond_private(&self, tables: &[HubTable]) -> Vec<String> {
        let default = tables
            .iter()
            .filter(|table| table.name.eq_ignore_ascii_case(DEFAULT_TABLE));
        let routes = default.flat_map(|table| &table.routes);
        let inspected = routes.filter(|(_, hop)| self.hub_connections.name(hop).is_none());
        let prefixes = inspected.flat_map(|(prefixes, _)| prefixes);
        let beyond = prefixes.filter(|prefix| !USUALLY_INSPECTED.contains(&prefix.as_str()));
        beyond.cloned().collect()
    }

    fn hub_connection(&mut self, one: &HubConnection, hub: &Hub) -> Option<HubConnectionSpec> {
        let Some(vnet) = &one.vnet else {
            self.say(Verdict::Skipped, &one.place, "the connection names no VNet");
            return None;
        };
        let vnet = self.vnet_or_stub(vnet, &[], &one.place);
        let name = self
            .hub_connections
            .name(&one.id)
            .unwrap_or(&one.name)
            .to_owned();
        let associated = one
            .propagation
            .associated
            .as_deref()
            .map_or(DEFAULT_TABLE, id::name_of);
        let (tables, labels) = self.propagated(&one.propagation, hub, &one.place);
        let (inbound_route_map, outbound_route_map) =
            self.route_maps_of(&one.propagation, &one.place);
        Some(HubConnectionSpec {
            inbound_route_map,
            outbound_route_map,
            name,
            vnet,
            associated: associated.to_owned(),
            propagated_tables: tables,
            propagated_labels: labels,
            enable_internet_security: one.internet_security,
            static_routes: one.routes.clone(),
            propagate_static_routes: one.propagate_routes,
            local_route_override: one.local_override.into(),
        })
    }

    fn propagated(
        &mut self,
        propagation: &Propagation,
        hub: &Hub,
        place: &Place,
    ) -> (Vec<String>, Vec<String>) {
        let HubBranchesSpec {
            propagated_tables,
            propagated_labels,
        } = HubBranchesSpec::default();
        let Some(ids) = &propagation.tables else {
            return (propagated_tables, propagated_labels);
        };
        let own = |id: &&String| {
            id::up_to(id, "virtualHubs").is_none_or(|of| id::key(of) == id::key(&hub.head.id))
        };
        let others = ids.iter().filter(|id| !own(id)).count();
        if others > 0 {
            self.say(Verdict::Skipped, place, format!("{others} tables of other hubs are propagated to by id; labels are read, these are not"));
        }
        let tables = ids
            .iter()
            .filter(own)
            .map(|id| id::name_of(id))
            .filter(|name| !name.eq_ignore_ascii_case(NO_TABLE));
        let labels = propagation
            .labels
            .iter()
            .flatten()
            .filter(|label| !label.eq_ignore_ascii_case("none"));
        (
            tables.map(str::to_owned).collect(),
            labels.cloned().collect(),
        )
    }

    fn hub_tables(&mut self, tables: &[HubTable], by_policy: bool) -> Vec<HubRouteTableSpec> {
        let mut all = Vec::new();
        for table in tables
            .iter()
            .filter(|table| !table.name.eq_ignore_ascii_case(NO_TABLE))
        {
            let is_default = table.name.eq_ignore_ascii_case(DEFAULT_TABLE);
            let mut static_routes = Vec::new();
            for (prefixes, hop) in &table.routes {
                static_routes.extend(self.hub_route(
                    prefixes,
                    hop,
                    is_default && by_policy,
                    &table.place,
                ));
            }
            let usual = table
                .labels
                .iter()
                .all(|label| label.eq_ignore_ascii_case("default"));
            if is_default && static_routes.is_empty() && usual {
                continue;
            }
            all.push(HubRouteTableSpec {
                name: if is_default {
                    DEFAULT_TABLE.to_owned()
                } else {
                    table.name.clone()
                },
                labels: table.labels.clone(),
                static_routes,
            });
        }
        all
    }

    fn hub_route(
        &mut self,
        prefixes: &[String],
        hop: &str,
        by_policy: bool,
        place: &Place,
    ) -> Option<HubStaticRouteSpec> {
        let connection = self.hub_connections.name(hop);
        let party = self.parties.name(hop);
        if by_policy && connection.is_none() {
            return None;
        }
        let Some(next_hop) = connection.or(party).map(str::to_owned) else {
            self.say(
                Verdict::Stub,
                place,
                format!(
                    "the next hop {:?} of {} stands in no file; the route is left out",
                    id::name_of(hop),
                    prefixes.join(" ")
                ),
            );
            return None;
        };
        Some(HubStaticRouteSpec {
            prefixes: prefixes.to_vec(),
            next_hop,
        })
    }

    /// Tunnels of a hub's VPN gateway and circuits of its ExpressRoute gateway.
    fn add_hub_branches(&mut self, gathered: &Gathered) {
        let mut sites = HashSet::new();
        for (gateway, connection) in &gathered.hub_vpn_connections {
            let vpn = gathered
                .hub_vpns
                .iter()
                .find(|one| id::key(&one.head.id) == id::key(gateway));
            let hub = vpn
                .and_then(|one| self.parties.name(one.hub.as_deref()?))
                .map(str::to_owned);
            let (Some(hub), Some(id)) = (hub, connection.site.as_deref()) else {
                self.say(
                    Verdict::Stub,
                    &connection.place,
                    "a VPN connection whose gateway stands in no file, or that names no site, is left out",
                );
                continue;
            };
            let mut known = gathered.vpn_sites.iter();
            let stub;
            let site = match known.find(|one| id::key(&one.head.id) == id::key(id)) {
                Some(site) => site,
                None => {
                    stub = self.stub_site(id, &connection.place);
                    &stub
                }
            };
            let prefixes = site.prefixes.clone();
            let b = self.site(site, connection.bgp, &mut sites);
            let (inbound, outbound) =
                self.route_maps_of(&connection.propagation, &connection.place);
            self.network.tunnels.push(TunnelSpec {
                bgp: connection.bgp,
                static_at_a: if connection.bgp { Vec::new() } else { prefixes },
                inbound_route_map: inbound,
                outbound_route_map: outbound,
                ..TunnelSpec::new(&hub, &b)
            });
        }
        for gateway in &gathered.hub_circuits {
            let with_hub = gathered.hub_circuits.iter().find(|one| {
                one.hub.is_some() && id::key(&one.head.id) == id::key(&gateway.head.id)
            });
            let hub = with_hub
                .and_then(|one| self.parties.name(one.hub.as_deref()?))
                .map(str::to_owned);
            for one in &gateway.circuits {
                let circuit = id::up_to(&one.id, "expressRouteCircuits")
                    .unwrap_or(&one.id)
                    .to_owned();
                let circuit = self.circuit(&circuit, &gateway.head.place);
                if let Some(hub) = &hub {
                    self.add_to_circuit(&circuit, hub);
                    let (inbound_route_map, outbound_route_map) =
                        self.route_maps_of(&one.propagation, &gateway.head.place);
                    let connection = CircuitConnectionSpec {
                        gateway: hub.clone(),
                        routing_weight: one.weight,
                        inbound_route_map,
                        outbound_route_map,
                    };
                    self.weigh(&circuit, connection);
                }
            }
        }
    }
}

/// Tables of one name are one table: routes that stand beside it, or a second text of it, are added.
fn one_a_name<'g>(tables: impl Iterator<Item = &'g HubTable>) -> Vec<HubTable> {
    let mut all: Vec<HubTable> = Vec::new();
    for table in tables {
        let same = |known: &&mut HubTable| known.name.eq_ignore_ascii_case(&table.name);
        let Some(known) = all.iter_mut().find(same) else {
            all.push(table.clone());
            continue;
        };
        for label in &table.labels {
            if !known.labels.contains(label) {
                known.labels.push(label.clone());
            }
        }
        for route in &table.routes {
            if !known.routes.contains(route) {
                known.routes.push(route.clone());
            }
        }
    }
    all
}

/// All branches of a hub propagate alike; the first connection that says it speaks for all.
fn branches(hub: &Hub, gathered: &Gathered) -> HubBranchesSpec {
    let key = id::key(&hub.head.id);
    let own = gathered
        .hub_vpns
        .iter()
        .filter(|one| one.hub.as_deref().is_some_and(|hub| id::key(hub) == key));
    let own: HashSet<String> = own.map(|one| id::key(&one.head.id)).collect();
    let mut connections = gathered
        .hub_vpn_connections
        .iter()
        .filter(|(gateway, _)| own.contains(&id::key(gateway)));
    let said = connections.find_map(|(_, one)| {
        one.propagation
            .tables
            .as_ref()
            .map(|tables| (tables, &one.propagation.labels))
    });
    match said {
        None => HubBranchesSpec::default(),
        Some((tables, labels)) => HubBranchesSpec {
            propagated_tables: tables
                .iter()
                .map(|id| id::name_of(id))
                .filter(|name| !name.eq_ignore_ascii_case(NO_TABLE))
                .map(str::to_owned)
                .collect(),
            propagated_labels: labels
                .iter()
                .flatten()
                .filter(|label| !label.eq_ignore_ascii_case("none"))
                .cloned()
                .collect(),
        },
    }
}
