//! Virtual WAN: hubs, tables, connections, routing intent, gateways of hubs.

use super::Draft;
use super::gateway::preference;
use super::machine::tier;
use super::route_map::Maps;
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    ApplianceKind, HubBranchesSpec, HubConnectionSpec, HubFirewallSpec, HubRouteTableSpec, HubSpec,
    LocalRouteOverride,
};

/// The table that every hub has.
const DEFAULT_TABLE: &str = "defaultRouteTable";
/// The table that means no table.
const NO_TABLE: &str = "noneRouteTable";
/// Name of the route that carries private prefixes beyond RFC 1918 beside routing intent ("How to configure Virtual WAN
/// hub routing intent", 2025-08).
const PRIVATE_TRAFFIC: &str = "private_traffic";
const RFC_1918: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

impl<'s> Draft<'s> {
    pub(super) fn virtual_wan(&mut self) {
        let Some(wan) = &self.spec.virtual_wan else {
            return;
        };
        let properties = Value::object().with("type", "Standard").with(
            "allowBranchToBranchTraffic",
            wan.hubs
                .iter()
                .all(|hub| hub.allow_branch_to_branch_traffic),
        );
        let region = self.main_region();
        let body = Value::object().with("properties", properties);
        self.virtual_wan = Some(self.add(Kind::VirtualWan, "estate", &region, body));
        for hub in &wan.hubs {
            self.hub(hub);
        }
        let firewalls: Vec<Option<ResourceId>> =
            wan.hubs.iter().map(|hub| self.hub_firewall(hub)).collect();
        for hub in &wan.hubs {
            self.hub_tables(hub);
        }
        for hub in &wan.hubs {
            self.missing_tables(hub);
        }
        for hub in &wan.hubs {
            for connection in &hub.connections {
                self.hub_connection(hub, connection);
            }
        }
        for (hub, firewall) in wan.hubs.iter().zip(firewalls) {
            self.hub_routes(hub, firewall);
            self.routing_intent(hub, firewall);
            if hub.vpn.is_some() {
                self.hub_vpn(&hub.name);
            }
            if hub.express_route.is_some() {
                self.hub_express_route(&hub.name);
            }
        }
    }

    fn hub_spec(&self, name: &str) -> Option<&'s HubSpec> {
        let mut hubs = self.spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        hubs.find(|hub| hub.name == name)
    }

    fn hub(&mut self, hub: &'s HubSpec) {
        let units = hub.scale.routing_units;
        let properties = Value::object()
            .maybe("virtualWan", self.virtual_wan.map(Value::reference))
            .with("sku", "Standard")
            .maybe("addressPrefix", hub.prefix.as_ref())
            .with(
                "hubRoutingPreference",
                preference(hub.routing_preference.or_usual()),
            )
            .maybe(
                "virtualRouterAutoScaleConfiguration",
                units.map(|units| Value::object().with("minCapacity", units)),
            );
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::Hub, &hub.name, &hub.region, body);
        if hub.prefix.is_none() {
            self.remark(id, "the estate names no range: a hub needs a /24 or larger");
        }
        self.given_addresses(id, &hub.router_ips);
        self.hubs.insert(&hub.name, id);
        if !hub.vpn_client_address_pools.is_empty() {
            let text =
                "how users sign in stands not in the estate: its point-to-site gateway is not made";
            self.note(format!("virtualWan.hubs[{}]", hub.name), text);
        }
    }

    fn hub_firewall(&mut self, hub: &'s HubSpec) -> Option<ResourceId> {
        let firewall = hub.firewall.as_ref()?;
        let id = self.hubs.get(hub.name.as_str()).copied()?;
        match firewall.kind {
            ApplianceKind::AzureFirewall => Some(self.hub_azure_firewall(hub, firewall, id)),
            _ => Some(self.hub_appliance(hub, firewall, id)),
        }
    }

    fn hub_azure_firewall(
        &mut self,
        hub: &'s HubSpec,
        firewall: &'s HubFirewallSpec,
        id: ResourceId,
    ) -> ResourceId {
        let tier = tier(firewall.sku.as_deref());
        let place = format!("virtualWan.hubs[{}].firewall", hub.name);
        let named = self.policy_named(firewall.firewall_policy.as_deref(), &place);
        let policy = named.unwrap_or_else(|| self.passing_policy(hub, firewall, tier));
        let addresses = Value::object().with("publicIPs", Value::object().with("count", 1_u32));
        let properties = Value::object()
            .with(
                "sku",
                Value::object().with("name", "AZFW_Hub").with("tier", tier),
            )
            .with("firewallPolicy", Value::reference(policy))
            .with("virtualHub", Value::reference(id))
            .with("hubIPAddresses", addresses);
        let body = Value::object().with("properties", properties);
        let made = self.add(Kind::HubFirewall, &firewall.name, &hub.region, body);
        self.given_addresses(made, &firewall.ip);
        if let Some(units) = firewall.capacity_units {
            let text = format!("{units} capacity units of the estate: Azure scales it in a hub");
            self.remark(made, text);
        }
        made
    }

    /// A policy of its own for a firewall that names none: everything passes.
    fn passing_policy(
        &mut self,
        hub: &'s HubSpec,
        firewall: &'s HubFirewallSpec,
        tier: &'static str,
    ) -> ResourceId {
        let properties = Value::object().with("sku", Value::object().with("tier", tier));
        let body = Value::object().with("properties", properties);
        let policy = self.add(Kind::FirewallPolicy, &firewall.name, &hub.region, body);
        self.rules(policy, &firewall.name, &["TCP", "UDP", "ICMP"], &[]);
        policy
    }

    fn hub_appliance(
        &mut self,
        hub: &'s HubSpec,
        firewall: &'s HubFirewallSpec,
        id: ResourceId,
    ) -> ResourceId {
        let name = &firewall.name;
        let vendor = self.ask(
            &format!("vendor_of_{name}"),
            &format!("Vendor of the hub's NVA {name}, as the marketplace calls it"),
            None,
        );
        let number = self.ask_number(
            &format!("asn_of_{name}"),
            &format!("Autonomous system number of the hub's NVA {name}"),
            None,
        );
        let units = firewall.capacity_units.unwrap_or(2);
        let sku = Value::object()
            .with("vendor", vendor)
            .with("bundledScaleUnit", units.to_string())
            .with("marketPlaceVersion", "latest");
        let properties = Value::object()
            .with("virtualHub", Value::reference(id))
            .with("nvaSku", sku)
            .with("virtualApplianceAsn", number);
        let body = Value::object().with("properties", properties);
        self.add(Kind::HubAppliance, name, &hub.region, body)
    }

    /// Custom tables; their routes come once what they name is there.
    fn hub_tables(&mut self, hub: &'s HubSpec) {
        let Some(id) = self.hubs.get(hub.name.as_str()).copied() else {
            return;
        };
        for table in hub
            .route_tables
            .iter()
            .filter(|table| table.name != DEFAULT_TABLE && table.name != NO_TABLE)
        {
            let properties = Value::object().with("labels", Value::texts(&table.labels));
            let body = Value::object().with("properties", properties);
            let made = self.child(Kind::HubTable, &table.name, id, body);
            self.hub_tables.insert((&hub.name, &table.name), made);
        }
    }

    fn table_id(&self, hub: &'s str, table: &'s str) -> Option<Value> {
        if let Some(known) = self.hub_tables.get(&(hub, table)) {
            return Some(Value::id(*known));
        }
        let id = self.hubs.get(hub).copied()?;
        let terraform = match table {
            DEFAULT_TABLE => ".default_route_table_id",
            NO_TABLE => "",
            _ => return None,
        };
        Some(Value::part(id, "hubRouteTables", table, terraform))
    }

    /// A note for every table that is named and does not exist.
    fn missing_tables(&mut self, hub: &'s HubSpec) {
        let associated = hub
            .connections
            .iter()
            .map(|connection| &connection.associated);
        let propagated = hub
            .connections
            .iter()
            .flat_map(|connection| &connection.propagated_tables);
        let branches = &hub.branches.propagated_tables;
        for table in associated.chain(propagated).chain(branches) {
            if self.table_id(&hub.name, table).is_none() {
                self.note(
                    format!("virtualWan.hubs[{}]", hub.name),
                    format!("names the route table {table}, which does not exist"),
                );
            }
        }
    }

    fn propagation(&self, hub: &'s str, tables: &'s [String], labels: &'s [String]) -> Value {
        let ids = tables
            .iter()
            .filter_map(|table| self.table_id(hub, table))
            .map(|id| Value::object().with("id", id));
        Value::object()
            .with("labels", Value::texts(labels))
            .with("ids", ids.collect::<Vec<_>>())
    }

    fn hub_connection(&mut self, hub: &'s HubSpec, connection: &'s HubConnectionSpec) {
        let place = format!(
            "virtualWan.hubs[{}].connections[{}]",
            hub.name, connection.name
        );
        let ends = (
            self.hubs.get(hub.name.as_str()).copied(),
            self.vnets.get(connection.vnet.as_str()).copied(),
        );
        let (Some(id), Some(vnet)) = ends else {
            self.note(
                place,
                format!("names the VNet {}, which does not exist", connection.vnet),
            );
            return;
        };
        let associated = self.table_id(&hub.name, &connection.associated);
        let routing = Value::object()
            .maybe(
                "associatedRouteTable",
                associated.map(|table| Value::object().with("id", table)),
            )
            .with(
                "propagatedRouteTables",
                self.propagation(
                    &hub.name,
                    &connection.propagated_tables,
                    &connection.propagated_labels,
                ),
            )
            .with("vnetRoutes", vnet_routes(connection));
        let maps = (
            connection.inbound_route_map.as_deref(),
            connection.outbound_route_map.as_deref(),
        );
        let routing = self.with_route_maps(routing, &hub.name, maps);
        let properties = Value::object()
            .with("remoteVirtualNetwork", Value::reference(vnet))
            .with(
                "enableInternetSecurity",
                connection.enable_internet_security,
            )
            .with("routingConfiguration", routing);
        let body = Value::object().with("properties", properties);
        let made = self.child(Kind::HubConnection, &connection.name, id, body);
        self.connections.insert(&connection.name, made);
    }

    pub(super) fn connection_of(&self, vnet: &str) -> Option<ResourceId> {
        let hubs = self.spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let mut connections = hubs.flat_map(|hub| &hub.connections);
        let connection = connections.find(|connection| connection.vnet == vnet)?;
        self.connections.get(connection.name.as_str()).copied()
    }

    /// Static routes of every table of a hub, and the private prefixes of its routing intent.
    fn hub_routes(&mut self, hub: &'s HubSpec, firewall: Option<ResourceId>) {
        for table in &hub.route_tables {
            let mut routes = self.static_routes(hub, table, firewall);
            if table.name == DEFAULT_TABLE {
                routes.extend(private_traffic(hub, firewall));
            }
            self.write_routes(hub, &table.name, &table.labels, routes);
        }
        if !hub
            .route_tables
            .iter()
            .any(|table| table.name == DEFAULT_TABLE)
        {
            let routes = private_traffic(hub, firewall).into_iter().collect();
            self.write_routes(hub, DEFAULT_TABLE, &[], routes);
        }
    }

    fn static_routes(
        &mut self,
        hub: &'s HubSpec,
        table: &'s HubRouteTableSpec,
        firewall: Option<ResourceId>,
    ) -> Vec<Value> {
        let mut routes = Vec::new();
        for (route, number) in table.static_routes.iter().zip(1..) {
            let is_firewall = hub
                .firewall
                .as_ref()
                .is_some_and(|known| known.name == route.next_hop);
            let connection = self.connections.get(route.next_hop.as_str()).copied();
            let Some(next_hop) = connection.or(firewall.filter(|_| is_firewall)) else {
                self.note(
                    format!("virtualWan.hubs[{}].routeTables[{}]", hub.name, table.name),
                    format!(
                        "a static route names {}, which does not exist",
                        route.next_hop
                    ),
                );
                continue;
            };
            routes.push(route_value(
                &format!("static-{number}"),
                &route.prefixes,
                next_hop,
            ));
        }
        routes
    }

    fn write_routes(
        &mut self,
        hub: &'s HubSpec,
        table: &'s str,
        labels: &[String],
        routes: Vec<Value>,
    ) {
        let custom = !labels.is_empty() && table == DEFAULT_TABLE;
        if routes.is_empty() && !custom {
            return;
        }
        let Some(id) = self.hubs.get(hub.name.as_str()).copied() else {
            return;
        };
        let made = self.hub_tables.get(&(hub.name.as_str(), table)).copied();
        let mut all: Vec<&str> = labels.iter().map(String::as_str).collect();
        if table == DEFAULT_TABLE && !all.contains(&"default") {
            all.insert(0, "default");
        }
        let properties = Value::object()
            .with("labels", Value::texts(all))
            .with("routes", routes);
        let name = made
            .and_then(|made| self.graph.resource(made))
            .map_or_else(|| table.to_owned(), |made| made.name.clone());
        let body = Value::object().with("properties", properties);
        let routes = self.child_named(Kind::HubTableRoutes, name, table, id, body);
        self.wait(routes, made);
    }

    fn routing_intent(&mut self, hub: &'s HubSpec, firewall: Option<ResourceId>) {
        let intent = &hub.routing_intent;
        if !intent.private && !intent.internet {
            return;
        }
        let (Some(id), Some(firewall)) = (self.hubs.get(hub.name.as_str()).copied(), firewall)
        else {
            self.note(
                format!("virtualWan.hubs[{}].routingIntent", hub.name),
                "routing intent needs a firewall in the hub: not made",
            );
            return;
        };
        let policies = [
            (intent.internet, "InternetTraffic", "Internet"),
            (intent.private, "PrivateTraffic", "PrivateTraffic"),
        ];
        let policies =
            policies
                .iter()
                .filter(|(wanted, ..)| *wanted)
                .map(|(_, name, destination)| {
                    Value::object()
                        .with("name", *name)
                        .with("destinations", Value::texts([destination]))
                        .with("nextHop", Value::id(firewall))
                });
        let properties = Value::object().with("routingPolicies", policies.collect::<Vec<_>>());
        let body = Value::object().with("properties", properties);
        self.child(Kind::RoutingIntent, "intent", id, body);
    }

    /// The VPN gateway of a hub; made where a tunnel needs it, too.
    pub(super) fn hub_vpn(&mut self, name: &'s str) -> Option<ResourceId> {
        if let Some(known) = self.hub_vpns.get(name) {
            return Some(*known);
        }
        let (hub, id) = (self.hub_spec(name)?, self.hubs.get(name).copied()?);
        let number = hub.vpn.as_ref().map_or(65_515, |vpn| vpn.asn);
        let properties = Value::object()
            .with("virtualHub", Value::reference(id))
            .with(
                "bgpSettings",
                Value::object()
                    .with("asn", number)
                    .with("peerWeight", 0_u32),
            )
            .with("vpnGatewayScaleUnit", hub.scale.vpn_units.unwrap_or(1));
        let body = Value::object().with("properties", properties);
        let made = self.add(Kind::HubVpn, name, &hub.region, body);
        if hub.scale.point_to_site_units.is_some() {
            self.note(
                format!("virtualWan.hubs[{name}]"),
                "how users sign in stands not in the estate: no point-to-site gateway",
            );
        }
        let vpn = hub.vpn.iter();
        self.given_addresses(made, vpn.flat_map(|vpn| &vpn.instance_ips));
        self.hub_vpns.insert(name, made);
        Some(made)
    }

    pub(super) fn hub_express_route(&mut self, name: &'s str) -> Option<ResourceId> {
        if let Some(known) = self.hub_express_routes.get(name) {
            return Some(*known);
        }
        let (hub, id) = (self.hub_spec(name)?, self.hubs.get(name).copied()?);
        let units = hub.scale.express_route_units.unwrap_or(1);
        let bounds = Value::object().with("min", units);
        let allow = hub
            .express_route
            .as_ref()
            .is_some_and(|gateway| gateway.allow_non_virtual_wan_traffic);
        let properties = Value::object()
            .with("virtualHub", Value::reference(id))
            .with("allowNonVirtualWanTraffic", allow)
            .with(
                "autoScaleConfiguration",
                Value::object().with("bounds", bounds),
            );
        let body = Value::object().with("properties", properties);
        let made = self.add(Kind::HubExpressRoute, name, &hub.region, body);
        self.hub_express_routes.insert(name, made);
        Some(made)
    }

    /// Association and propagation of branch connections; none where they are Azure's own.
    pub(super) fn branch_routing(&mut self, hub: &'s str, maps: Maps<'s>) -> Option<Value> {
        let spec = self.hub_spec(hub)?;
        if spec.branches == HubBranchesSpec::default() && maps == (None, None) {
            return None;
        }
        let associated = self.table_id(hub, DEFAULT_TABLE)?;
        let propagation = self.propagation(
            hub,
            &spec.branches.propagated_tables,
            &spec.branches.propagated_labels,
        );
        let routing = Value::object()
            .with(
                "associatedRouteTable",
                Value::object().with("id", associated),
            )
            .with("propagatedRouteTables", propagation);
        Some(self.with_route_maps(routing, hub, maps))
    }
}

fn vnet_routes(connection: &HubConnectionSpec) -> Value {
    let criteria = match connection.local_route_override.or_usual() {
        LocalRouteOverride::Contains => "Contains",
        LocalRouteOverride::Equal => "Equal",
    };
    let routes = connection
        .static_routes
        .iter()
        .zip(1..)
        .map(|(route, number)| {
            Value::object()
                .with("name", format!("static-{number}"))
                .with("addressPrefixes", Value::texts(&route.prefixes))
                .with("nextHopIpAddress", &route.next_hop_ip)
        });
    let config = Value::object()
        .with("vnetLocalRouteOverrideCriteria", criteria)
        .with("propagateStaticRoutes", connection.propagate_static_routes);
    Value::object()
        .with("staticRoutesConfig", config)
        .some("staticRoutes", routes.collect())
}

fn route_value(name: &str, prefixes: &[String], next_hop: ResourceId) -> Value {
    Value::object()
        .with("name", name)
        .with("destinationType", "CIDR")
        .with("destinations", Value::texts(prefixes))
        .with("nextHopType", "ResourceId")
        .with("nextHop", Value::id(next_hop))
}

fn private_traffic(hub: &HubSpec, firewall: Option<ResourceId>) -> Option<Value> {
    let intent = &hub.routing_intent;
    if !intent.private || intent.private_prefixes.is_empty() {
        return None;
    }
    let all = RFC_1918.iter().map(|prefix| (*prefix).to_owned());
    let all: Vec<String> = all.chain(intent.private_prefixes.iter().cloned()).collect();
    Some(route_value(PRIVATE_TRAFFIC, &all, firewall?))
}
