//! Virtual WAN hubs, their tables and connections.

use super::Reader;
use crate::issue::{Issue, IssueCode};
use crate::region;
use crate::spec::{HubSpec, NetworkSpec};
use crate::topology::{
    Connection, ConnectionId, DEFAULT_ROUTE_TABLE, Hub, HubFirewall, HubId, HubNextHop,
    HubRouteTable, HubStaticRoute, HubVpn, NONE_ROUTE_TABLE, Party,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

impl Reader {
    pub(super) fn virtual_wan(&mut self, spec: &NetworkSpec) {
        let Some(wan) = &spec.virtual_wan else { return };
        for hub in &wan.hubs {
            self.hub(hub);
        }
        let names: BTreeMap<String, ConnectionId> = self
            .topology
            .connections
            .iter()
            .map(|connection| (connection.name.clone(), connection.id))
            .collect();
        for hub in &wan.hubs {
            let Some(Party::Hub(id)) = self.parties.get(&hub.name).copied() else {
                continue;
            };
            self.hub_statics(id, hub, &names);
        }
    }

    pub(super) fn hub(&mut self, spec: &HubSpec) {
        let subject = format!("virtualWan.hubs[{}]", spec.name);
        if !self.is_new(
            self.parties.contains_key(&spec.name),
            "hub",
            &spec.name,
            &subject,
        ) {
            return;
        }
        let preference = self.word(
            &spec.routing_preference,
            format!("{subject}.routingPreference"),
        );
        let id = HubId::new(self.topology.hubs.len());
        self.parties.insert(spec.name.clone(), Party::Hub(id));
        let prefix = spec
            .prefix
            .as_ref()
            .and_then(|text| self.net(text, format_args!("{subject}.prefix")));
        let router_ips = self.ips(&spec.router_ips, format_args!("{subject}.routerIps"));
        let firewall = spec.firewall.as_ref().map(|firewall| HubFirewall {
            name: firewall.name.clone(),
            kind: firewall.kind,
            ip: firewall
                .ip
                .as_ref()
                .and_then(|text| self.ip(text, format_args!("{subject}.firewall.ip"))),
            policy: self.policy(
                firewall.firewall_policy.as_ref(),
                &format!("{subject}.firewall"),
            ),
        });
        let private_prefixes = self.nets(
            &spec.routing_intent.private_prefixes,
            format_args!("{subject}.routingIntent.privatePrefixes"),
        );
        let vpn = spec.vpn.as_ref().map(|vpn| HubVpn {
            asn: vpn.asn,
            instance_ips: self.ips(&vpn.instance_ips, format_args!("{subject}.vpn.instanceIps")),
        });
        let connections = self.hub_connections(id, spec, &subject);
        self.topology.hubs.push(Hub {
            id,
            branch_to_branch: spec.allow_branch_to_branch_traffic,
            name: spec.name.clone(),
            region: region::key(&spec.region),
            prefix,
            routing_preference: preference.unwrap_or_default(),
            router_ips,
            firewall,
            private_policy: spec.routing_intent.private,
            internet_policy: spec.routing_intent.internet,
            private_prefixes,
            route_tables: Vec::new(),
            connections,
            vpn,
            express_route: spec
                .express_route
                .as_ref()
                .map(|er| er.allow_non_virtual_wan_traffic),
            branch_tables: spec.branches.propagated_tables.clone(),
            branch_labels: spec.branches.propagated_labels.clone(),
        });
    }

    pub(super) fn hub_connections(
        &mut self,
        hub: HubId,
        spec: &HubSpec,
        subject: &str,
    ) -> Vec<ConnectionId> {
        let mut connections = Vec::new();
        for connection in &spec.connections {
            let subject = format!("{subject}.connections[{}]", connection.name);
            let Some(vnet) = self.vnet_id(&connection.vnet, format_args!("{subject}.vnet")) else {
                continue;
            };
            let local_route_override = self.word(
                &connection.local_route_override,
                format!("{subject}.localRouteOverride"),
            );
            let mut statics = Vec::new();
            for (position, route) in connection.static_routes.iter().enumerate() {
                let subject = format!("{subject}.staticRoutes[{position}]");
                let prefixes = self.nets(&route.prefixes, format_args!("{subject}.prefixes"));
                let hop = self.ip(&route.next_hop_ip, format_args!("{subject}.nextHopIp"));
                statics.extend(hop.map(|hop| (prefixes, hop)));
            }
            let id = ConnectionId::new(self.topology.connections.len());
            connections.push(id);
            self.topology.connection_by_vnet.entry(vnet).or_insert(id);
            let maps = (
                &connection.inbound_route_map,
                &connection.outbound_route_map,
            );
            let route_maps = self.maps(maps, &subject);
            self.topology.connections.push(Connection {
                id,
                name: connection.name.clone(),
                hub,
                vnet,
                associated: connection.associated.clone(),
                propagated_tables: connection.propagated_tables.clone(),
                propagated_labels: connection.propagated_labels.clone(),
                enable_internet_security: connection.enable_internet_security,
                statics,
                propagate_statics: connection.propagate_static_routes,
                local_route_override: local_route_override.unwrap_or_default(),
                route_maps,
            });
        }
        connections
    }

    pub(super) fn hub_statics(
        &mut self,
        id: HubId,
        spec: &HubSpec,
        names: &BTreeMap<String, ConnectionId>,
    ) {
        let default = HubRouteTable {
            name: DEFAULT_ROUTE_TABLE.to_owned(),
            labels: vec!["default".to_owned()],
            statics: Vec::new(),
        };
        let mut tables = vec![default];
        for table in &spec.route_tables {
            let subject = format!("virtualWan.hubs[{}].routeTables[{}]", spec.name, table.name);
            let mut statics = Vec::new();
            for (position, route) in table.static_routes.iter().enumerate() {
                let subject = format!("{subject}.staticRoutes[{position}]");
                let prefixes = self.nets(&route.prefixes, format_args!("{subject}.prefixes"));
                let own_firewall = spec
                    .firewall
                    .as_ref()
                    .is_some_and(|firewall| firewall.name == route.next_hop);
                self.repeated_destinations(&statics, &prefixes, &subject);
                let next_hop = if own_firewall {
                    Some(HubNextHop::Firewall)
                } else {
                    names
                        .get(&route.next_hop)
                        .copied()
                        .map(HubNextHop::Connection)
                };
                match next_hop {
                    Some(next_hop) => statics.push(HubStaticRoute { prefixes, next_hop }),
                    None => self.unknown(
                        format!("{subject}.nextHop"),
                        "connection or firewall of this hub",
                        &route.next_hop,
                    ),
                }
            }
            match tables.iter_mut().find(|known| known.name == table.name) {
                Some(known) => {
                    known.labels.extend(table.labels.iter().cloned());
                    known.statics.extend(statics);
                }
                None => tables.push(HubRouteTable {
                    name: table.name.clone(),
                    labels: table.labels.clone(),
                    statics,
                }),
            }
        }
        self.hub_table_references(spec, &tables);
        if let Some(hub) = self.topology.hubs.get_mut(id.index()) {
            hub.route_tables = tables;
        }
    }

    /// A destination may stand once in a table, whatever its next hop.
    fn repeated_destinations(
        &mut self,
        earlier: &[HubStaticRoute],
        prefixes: &[Ipv4Net],
        subject: &str,
    ) {
        let mut known = earlier.iter().flat_map(|route| &route.prefixes);
        if let Some(twice) = known.find(|prefix| prefixes.contains(prefix)) {
            self.issues.push(Issue::new(
                IssueCode::DuplicateHubDestination,
                format!("{subject}.prefixes"),
                format!("{twice} stands in this table already"),
            ));
        }
    }

    pub(super) fn hub_table_references(&mut self, spec: &HubSpec, tables: &[HubRouteTable]) {
        let known =
            |name: &str| name == NONE_ROUTE_TABLE || tables.iter().any(|table| table.name == name);
        for connection in &spec.connections {
            let subject = format!(
                "virtualWan.hubs[{}].connections[{}]",
                spec.name, connection.name
            );
            if !known(&connection.associated) {
                self.unknown(
                    format!("{subject}.associated"),
                    "route table of this hub",
                    &connection.associated,
                );
            }
            for name in connection
                .propagated_tables
                .iter()
                .filter(|name| !known(name))
            {
                self.unknown(
                    format!("{subject}.propagatedTables"),
                    "route table of this hub",
                    name,
                );
            }
        }
    }
}
