//! Virtual WAN: hubs with their tables, connections, policies and gateways; Route Servers, which are hubs without a WAN.
//!
//! | member | becomes |
//! |---|---|
//! | a hub without `virtualWan` | a Route Server |
//! | `routingConfiguration` of a connection | associated table, propagated tables and labels, static routes |
//! | `routingPolicies` with `Internet`, `PrivateTraffic` | routing policies |
//!
//! Left out: security partner providers, hub route tables of the first kind (`virtualHubRouteTableV2s`).

use super::gateway::{bgp_addresses, client_pool};
use crate::import::fields::Fields;
use crate::import::gather::{
    Gathered, Head, Hub, HubCircuit, HubClients, HubConnection, HubExpressRoute, HubTable, HubVpn,
    HubVpnConnection, Intent, Propagation, Remote, Session,
};
use crate::import::id;
use crate::spec::{ConnectionStaticRouteSpec, RoutingPreference};
use crate::word::find_word;

pub(in crate::import) fn hub(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let units = fields.get("virtualrouterautoscaleconfiguration");
    gathered.hubs.push(Hub {
        head: head.clone(),
        wan: fields.reference("virtualwan"),
        prefix: fields.owned("addressprefix"),
        preference: preference(fields),
        router_ips: fields.texts("virtualrouterips"),
        asn: fields.number("virtualrouterasn"),
        branch_to_branch: fields.flag("allowbranchtobranchtraffic").unwrap_or(false),
        routing_units: units.and_then(|units| units.number("mincapacity")),
    });
    for item in fields.items("hubroutetables") {
        embedded(head, "hubRouteTables", item, hub_table, gathered);
    }
    for item in fields.items("virtualnetworkconnections") {
        embedded(
            head,
            "hubVirtualNetworkConnections",
            item,
            hub_connection,
            gathered,
        );
    }
    for item in fields.items("ipconfigurations") {
        let subnet = item.reference("subnet");
        gathered
            .hub_subnets
            .extend(subnet.map(|subnet| (head.id.clone(), subnet)));
    }
    for item in fields
        .items("bgpconnections")
        .filter(|item| item.get("peerip").is_some())
    {
        embedded(head, "bgpConnections", item, session, gathered);
    }
}

/// Reads a child that stands inside its hub; a bare reference says nothing.
fn embedded(
    hub: &Head,
    list: &str,
    fields: Fields<'_>,
    read: fn(&Head, Fields<'_>, &mut Gathered),
    gathered: &mut Gathered,
) {
    let Some(name) = fields.text("name").map(id::name_of) else {
        return;
    };
    let head = Head {
        id: fields
            .owned("id")
            .unwrap_or_else(|| format!("{}/{list}/{name}", hub.id)),
        name: name.to_owned(),
        ..hub.clone()
    };
    read(&head, fields, gathered);
}

fn preference(fields: Fields<'_>) -> RoutingPreference {
    let text = fields.text("hubroutingpreference").unwrap_or_default();
    find_word(text).unwrap_or_default()
}

/// The child that says which subnet a Route Server stands in.
pub(in crate::import) fn hub_address(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let subnet = fields.reference("subnet");
    let hub = id::parent_of(&head.id).to_owned();
    gathered
        .hub_subnets
        .extend(subnet.map(|subnet| (hub, subnet)));
}

/// An NVA in a hub; its instances and addresses stand in no export.
pub(in crate::import) fn hub_appliance(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let hub = fields.reference("virtualhub");
    gathered
        .hub_appliances
        .extend(hub.map(|hub| (head.clone(), hub)));
}

/// A route that stands beside its table; the table may be read later.
pub(in crate::import) fn hub_route(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let table = id::parent_of(&head.id);
    let next_hop = fields.owned("nexthop");
    gathered.hub_tables.push(HubTable {
        hub: id::parent_of(table).to_owned(),
        name: id::name_of(table).to_owned(),
        labels: Vec::new(),
        routes: next_hop
            .map(|next_hop| (fields.texts("destinations"), next_hop))
            .into_iter()
            .collect(),
        place: head.place.clone(),
    });
}

pub(in crate::import) fn hub_table(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let route = |item: Fields<'_>| {
        let hop = item
            .owned("nexthop")
            .or_else(|| item.texts("nexthops").into_iter().next());
        Some((item.texts("destinations"), hop?))
    };
    gathered.hub_tables.push(HubTable {
        hub: id::parent_of(&head.id).to_owned(),
        name: head.name.clone(),
        labels: fields.texts("labels"),
        routes: fields.items("routes").filter_map(route).collect(),
        place: head.place.clone(),
    });
}

pub(in crate::import) fn hub_connection(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let static_routes = fields.at(&["routingconfiguration", "vnetroutes"]);
    let configured = static_routes.and_then(|routes| routes.get("staticroutesconfig"));
    gathered.hub_connections.push(HubConnection {
        id: head.id.clone(),
        hub: id::parent_of(&head.id).to_owned(),
        name: head.name.clone(),
        vnet: fields.reference("remotevirtualnetwork"),
        internet_security: fields.flag("enableinternetsecurity").unwrap_or(false),
        propagation: propagation(fields),
        routes: static_routes.map(connection_routes).unwrap_or_default(),
        propagate_routes: configured
            .and_then(|set| set.flag("propagatestaticroutes"))
            .unwrap_or(true),
        local_override: configured
            .and_then(|set| set.text("vnetlocalrouteoverridecriteria"))
            .and_then(find_word)
            .unwrap_or_default(),
        place: head.place.clone(),
    });
}

fn connection_routes(fields: Fields<'_>) -> Vec<ConnectionStaticRouteSpec> {
    let route = |item: Fields<'_>| {
        Some(ConnectionStaticRouteSpec {
            prefixes: item.texts("addressprefixes"),
            next_hop_ip: item.owned("nexthopipaddress")?,
        })
    };
    fields.items("staticroutes").filter_map(route).collect()
}

fn propagation(fields: Fields<'_>) -> Propagation {
    let Some(routing) = fields.get("routingconfiguration") else {
        return Propagation::default();
    };
    let propagated = routing.get("propagatedroutetables");
    Propagation {
        associated: routing.reference("associatedroutetable"),
        tables: propagated.map(|tables| tables.references("ids")),
        labels: propagated.map(|tables| tables.texts("labels")),
        inbound: routing.reference("inboundroutemap"),
        outbound: routing.reference("outboundroutemap"),
    }
}

pub(in crate::import) fn routing_intent(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let (mut private, mut internet, mut next_hop) = (false, false, None);
    for policy in fields.items("routingpolicies") {
        for destination in policy.texts("destinations") {
            private |= destination.eq_ignore_ascii_case("PrivateTraffic");
            internet |= destination.eq_ignore_ascii_case("Internet");
        }
        next_hop = next_hop.or_else(|| policy.owned("nexthop"));
    }
    gathered.intents.push(Intent {
        hub: id::parent_of(&head.id).to_owned(),
        private,
        internet,
        next_hop,
        place: head.place.clone(),
    });
}

pub(in crate::import) fn session(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.sessions.push(Session {
        hub: id::parent_of(&head.id).to_owned(),
        asn: fields.number("peerasn"),
        ip: fields.owned("peerip"),
        place: head.place.clone(),
    });
}

pub(in crate::import) fn vpn_gateway(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.hub_vpns.push(HubVpn {
        head: head.clone(),
        hub: fields.reference("virtualhub"),
        asn: fields
            .at(&["bgpsettings"])
            .and_then(|bgp| bgp.number("asn")),
        instance_ips: bgp_addresses(fields).0,
        units: fields.number("vpngatewayscaleunit"),
    });
    for item in fields.items("connections") {
        add_vpn_connection(&head.id, head, item, gathered);
    }
}

pub(in crate::import) fn vpn_connection(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    add_vpn_connection(id::parent_of(&head.id), head, fields, gathered);
}

fn add_vpn_connection(gateway: &str, head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let links = || fields.items("vpnlinkconnections");
    let bgp = fields.flag("enablebgp").unwrap_or(false)
        || links().any(|link| link.flag("enablebgp") == Some(true));
    let connection = HubVpnConnection {
        site: fields.reference("remotevpnsite"),
        bgp,
        propagation: propagation(fields),
        place: head.place.clone(),
    };
    gathered
        .hub_vpn_connections
        .push((gateway.to_owned(), connection));
}

pub(in crate::import) fn express_route_gateway(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let bounds = fields.at(&["autoscaleconfiguration", "bounds"]);
    gathered.hub_circuits.push(HubExpressRoute {
        head: head.clone(),
        hub: fields.reference("virtualhub"),
        units: bounds.and_then(|bounds| bounds.number("min")),
        allow_non_virtual_wan: fields.flag("allownonvirtualwantraffic").unwrap_or(false),
        circuits: fields
            .items("expressrouteconnections")
            .filter_map(hub_circuit)
            .collect(),
    });
}

pub(in crate::import) fn express_route_connection(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let gateway = super::gateway::child(head, "expressRouteGateways");
    gathered.hub_circuits.push(HubExpressRoute {
        head: gateway,
        hub: None,
        units: None,
        allow_non_virtual_wan: false,
        circuits: hub_circuit(fields).into_iter().collect(),
    });
}

fn hub_circuit(fields: Fields<'_>) -> Option<HubCircuit> {
    Some(HubCircuit {
        id: fields.reference("expressroutecircuitpeering")?,
        weight: fields.number("routingweight").unwrap_or_default(),
        propagation: propagation(fields),
    })
}

pub(in crate::import) fn point_to_site(_: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let configurations = fields.items("p2sconnectionconfigurations");
    gathered.hub_clients.push(HubClients {
        hub: fields.reference("virtualhub"),
        pools: configurations.flat_map(client_pool).collect(),
        units: fields.number("vpngatewayscaleunit"),
    });
}

pub(in crate::import) fn vpn_site(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let space = fields.get("addressspace");
    let link = |key: &str| {
        let mut links = fields.items("vpnsitelinks");
        links.find_map(|link| link.at(&["bgpproperties"]).and_then(|bgp| bgp.number(key)))
    };
    let own = fields
        .at(&["bgpproperties"])
        .and_then(|bgp| bgp.number("asn"));
    let mut links = fields.items("vpnsitelinks");
    gathered.vpn_sites.push(Remote {
        head: head.clone(),
        prefixes: space
            .map(|space| space.texts("addressprefixes"))
            .unwrap_or_default(),
        asn: own.or_else(|| link("asn")),
        public_ip: fields
            .owned("ipaddress")
            .or_else(|| links.find_map(|link| link.owned("ipaddress"))),
    });
}

/// A WAN holds no routes of its own; its hubs name it.
pub(in crate::import) fn virtual_wan(_: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.wans = gathered.wans.saturating_add(1);
    gathered.branches_apart |= fields.flag("allowbranchtobranchtraffic") == Some(false);
}
