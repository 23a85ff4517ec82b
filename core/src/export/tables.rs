//! Every table of an estate as comma-separated values.
//!
//! The rule: what exists as it was typed, then what each subnet's NICs really carry. Texts stand in quotes; one that a
//! sheet would run as a formula begins with an apostrophe.
//!
//! | file | a row |
//! |---|---|
//! | `vnets.csv` | a VNet and its ranges |
//! | `subnets.csv` | a subnet with its table and security group |
//! | `peerings.csv` | a peering object with its flags |
//! | `routes.csv` | a user-defined route |
//! | `effective-routes.csv` | a row of a subnet's effective routes |
//! | `appliances.csv`, `gateways.csv`, `tunnels.csv`, `connections.csv` | one object |
//! | `findings.csv` | a finding with its fix |

use crate::finding::findings;
use crate::price::Csv;
use crate::route::{Routing, Settings};
use crate::spec::{ApplianceKind, GatewayKind, NetworkSpec};
use crate::topology;

/// Every table: its file name and its text.
pub(super) fn tables(spec: &NetworkSpec) -> Vec<(&'static str, String)> {
    let routing = Routing::new(topology::build(spec).value.into(), Settings::default());
    let all = [
        ("vnets.csv", vnets(spec)),
        ("subnets.csv", subnets(spec)),
        ("peerings.csv", peerings(spec)),
        ("routes.csv", routes(spec)),
        ("effective-routes.csv", effective(&routing)),
        ("appliances.csv", appliances(spec)),
        ("gateways.csv", gateways(spec)),
        ("tunnels.csv", tunnels(spec)),
        ("connections.csv", connections(spec)),
        ("findings.csv", found(&routing)),
    ];
    all.into_iter()
        .filter(|(_, table)| table.rows > 0)
        .map(|(name, table)| (name, table.csv.finish()))
        .collect()
}

struct Table {
    csv: Csv,
    rows: usize,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        Self {
            csv: Csv::new(&(head.join(",") + "\r\n")),
            rows: 0,
        }
    }

    fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            self.csv.text(cell.as_ref());
        }
        self.csv.end();
        self.rows += 1;
    }
}

fn switch(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

fn vnets(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&["vnet", "region", "ranges"]);
    for vnet in &spec.vnets {
        table.row([vnet.name.as_str(), &vnet.region, &vnet.prefixes.join(" ")]);
    }
    table
}

fn subnets(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&[
        "vnet",
        "subnet",
        "range",
        "route table",
        "network security group",
    ]);
    for vnet in &spec.vnets {
        for subnet in &vnet.subnets {
            table.row([
                vnet.name.as_str(),
                &subnet.name,
                &subnet.prefix,
                subnet.route_table.as_deref().unwrap_or_default(),
                subnet.network_security_group.as_deref().unwrap_or_default(),
            ]);
        }
    }
    table
}

fn peerings(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&[
        "from",
        "to",
        "allowVirtualNetworkAccess",
        "allowForwardedTraffic",
        "allowGatewayTransit",
        "useRemoteGateways",
    ]);
    for object in &spec.peerings {
        table.row([
            &*object.from,
            &*object.to,
            switch(object.allow_virtual_network_access),
            switch(object.allow_forwarded_traffic),
            switch(object.allow_gateway_transit),
            switch(object.use_remote_gateways),
        ]);
    }
    table
}

fn routes(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&[
        "route table",
        "route",
        "prefix",
        "next hop type",
        "next hop address",
    ]);
    for of in &spec.route_tables {
        for (route, number) in of.routes.iter().zip(1..) {
            table.row([
                of.name.as_str(),
                &super::draw::route_name(route, number),
                &route.prefix,
                &super::draw::next_hop_word(route),
                route.next_hop_ip_address.as_deref().unwrap_or_default(),
            ]);
        }
    }
    table
}

fn effective(routing: &Routing) -> Table {
    let mut table = Table::new(&[
        "vnet",
        "subnet",
        "prefix",
        "next hop type",
        "next hop address",
        "state",
    ]);
    let topology = routing.topology();
    for subnet in topology
        .subnets()
        .iter()
        .filter(|subnet| subnet.prefix.is_some())
    {
        let vnet = &topology.vnet(subnet.vnet).name;
        for row in &routing.effective(subnet.id).rows {
            let hops: Vec<String> = row.next_hop_ips.iter().map(ToString::to_string).collect();
            for prefix in &row.prefixes {
                table.row([
                    vnet.as_str(),
                    &subnet.name,
                    &prefix.to_string(),
                    row.next_hop_type.word(),
                    &hops.join(" "),
                    row.state.word(),
                ]);
            }
        }
    }
    table
}

fn appliances(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&[
        "appliance",
        "kind",
        "vnet",
        "subnet",
        "address",
        "load balancer",
        "ip forwarding",
    ]);
    for nic in &spec.appliances {
        let kind = match nic.kind.known() {
            Ok(ApplianceKind::AzureFirewall) => "Azure Firewall",
            Ok(ApplianceKind::Nva) => "NVA",
            Ok(ApplianceKind::RoutingAppliance) => "routing appliance",
            Err(word) => word,
        };
        table.row([
            nic.name.as_str(),
            kind,
            &nic.vnet,
            &nic.subnet,
            &nic.ip,
            nic.load_balancer_ip.as_deref().unwrap_or_default(),
            switch(nic.ip_forwarding),
        ]);
    }
    table
}

fn gateways(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&["gateway", "kind", "vnet", "asn", "sku"]);
    for gateway in &spec.gateways {
        let kind = match gateway.kind.known() {
            Ok(GatewayKind::Vpn) => "VPN",
            Ok(GatewayKind::ExpressRoute) => "ExpressRoute",
            Ok(GatewayKind::RouteServer) => "Route Server",
            Err(word) => word,
        };
        table.row([
            gateway.name.as_str(),
            kind,
            &gateway.vnet,
            &gateway.asn.to_string(),
            gateway.sku.as_deref().unwrap_or_default(),
        ]);
    }
    table
}

fn tunnels(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&["one end", "other end", "bgp"]);
    for tunnel in &spec.tunnels {
        table.row([tunnel.a.as_str(), &tunnel.b, switch(tunnel.bgp)]);
    }
    table
}

fn connections(spec: &NetworkSpec) -> Table {
    let mut table = Table::new(&[
        "hub",
        "connection",
        "vnet",
        "associated",
        "propagated tables",
        "propagated labels",
    ]);
    for hub in spec.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
        for connection in &hub.connections {
            table.row([
                hub.name.as_str(),
                &connection.name,
                &connection.vnet,
                &connection.associated,
                &connection.propagated_tables.join(" "),
                &connection.propagated_labels.join(" "),
            ]);
        }
    }
    table
}

fn found(routing: &Routing) -> Table {
    let mut table = Table::new(&["severity", "where", "finding", "why", "source", "date"]);
    for finding in findings(routing) {
        table.row([
            finding.severity.word(),
            &finding.subject,
            &finding.title,
            &finding.explanation,
            finding.source.url,
            finding.source.date,
        ]);
    }
    table
}
