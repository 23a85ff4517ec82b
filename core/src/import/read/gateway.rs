//! VPN and ExpressRoute gateways, their connections, local network gateways, circuits.
//!
//! | member | becomes |
//! |---|---|
//! | `bgpSettings.bgpPeeringAddresses` | private addresses of the instances, public ones of the tunnels |
//! | a connection's `peer`, an id of a circuit | the circuit and the gateway are joined |
//! | a circuit peering's `connections`, `peeredConnections` | Global Reach |
//! | `vpnClientConfiguration.vpnClientAddressPool` | the addresses of point-to-site clients |
//!
//! Left out: shared keys, policies of IPsec, point-to-site certificates.

use super::ip_configuration;
use crate::import::fields::Fields;
use crate::import::gather::{
    Circuit, Connection, Gateway, Gathered, Head, IpConfiguration, Remote,
};
use crate::import::id;
use crate::spec::{CircuitPlanSpec, GatewayKind};
use crate::word::find_word;

pub(in crate::import) fn gateway(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let express_route = fields
        .text("gatewaytype")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("ExpressRoute"));
    let configurations: Vec<IpConfiguration> = fields
        .items("ipconfigurations")
        .map(|item| ip_configuration(&head.id, "ipConfigurations", item))
        .collect();
    let (peer_ips, public_ips) = bgp_addresses(fields);
    let sku = fields.get("sku");
    let scale = fields.at(&["autoscaleconfiguration", "bounds"]);
    gathered.gateways.push(Gateway {
        head: head.clone(),
        kind: if express_route {
            GatewayKind::ExpressRoute
        } else {
            GatewayKind::Vpn
        },
        subnets: configurations
            .iter()
            .filter_map(|one| one.subnet.clone())
            .collect(),
        asn: fields
            .at(&["bgpsettings"])
            .and_then(|bgp| bgp.number("asn")),
        active_active: active_active(fields),
        peer_ips,
        public_ips,
        public_ids: configurations
            .into_iter()
            .filter_map(|one| one.public_address)
            .collect(),
        sku: sku.and_then(|sku| sku.owned("name")),
        scale_units: scale.and_then(|bounds| bounds.number("min")),
        allow_remote_vnet: fields.flag("allowremotevnettraffic").unwrap_or(false),
        allow_virtual_wan: fields.flag("allowvirtualwantraffic").unwrap_or(false),
        client_pools: fields
            .at(&["vpnclientconfiguration"])
            .map(client_pool)
            .unwrap_or_default(),
        custom_routes: fields
            .get("customroutes")
            .map(|routes| routes.texts("addressprefixes"))
            .unwrap_or_default(),
        default_site: fields.reference("gatewaydefaultsite"),
        zones: fields.texts("zones"),
    });
}

/// The addresses of point-to-site clients, as a gateway or a connection configuration of a hub's gateway has them.
pub(super) fn client_pool(fields: Fields<'_>) -> Vec<String> {
    match fields.get("vpnclientaddresspool") {
        Some(pool) => pool.texts("addressprefixes"),
        None => Vec::new(),
    }
}

/// REST and ARM say `activeActive`, older CLI `active`, PowerShell `ActiveActive`.
fn active_active(fields: Fields<'_>) -> bool {
    fields
        .flag("activeactive")
        .or_else(|| fields.flag("active"))
        .unwrap_or(false)
}

/// Private addresses of the instances, and the public ones of their tunnels.
pub(super) fn bgp_addresses(fields: Fields<'_>) -> (Vec<String>, Vec<String>) {
    let (mut private, mut public) = (Vec::new(), Vec::new());
    let Some(bgp) = fields.get("bgpsettings") else {
        return (private, public);
    };
    for item in bgp.items("bgppeeringaddresses") {
        private.extend(item.texts("defaultbgpipaddresses"));
        public.extend(item.texts("tunnelipaddresses"));
    }
    if private.is_empty() {
        private = bgp.texts("bgppeeringaddress");
    }
    (private, public)
}

pub(in crate::import) fn local(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let space = fields.get("localnetworkaddressspace");
    gathered.locals.push(Remote {
        head: head.clone(),
        prefixes: space
            .map(|space| space.texts("addressprefixes"))
            .unwrap_or_default(),
        asn: fields
            .at(&["bgpsettings"])
            .and_then(|bgp| bgp.number("asn")),
        public_ip: fields
            .owned("gatewayipaddress")
            .or_else(|| fields.owned("fqdn")),
    });
}

pub(in crate::import) fn connection(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.connections.push(Connection {
        head: head.clone(),
        first: fields.reference("virtualnetworkgateway1"),
        second: fields.reference("virtualnetworkgateway2"),
        local: fields.reference("localnetworkgateway2"),
        circuit: fields.reference("peer"),
        bgp: fields.flag("enablebgp").unwrap_or(false),
        fast_path: fields.flag("expressroutegatewaybypass").unwrap_or(false),
        weight: fields.number("routingweight").unwrap_or_default(),
    });
}

pub(in crate::import) fn circuit(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let mut circuit = empty(head.clone());
    circuit.plan = plan(fields);
    for peering in fields.items("peerings") {
        add_peering(&mut circuit, peering);
    }
    gathered.circuits.push(circuit);
}

fn empty(head: Head) -> Circuit {
    Circuit {
        head,
        plan: None,
        private_peering: false,
        peer_asn: None,
        global_reach: Vec::new(),
    }
}

fn plan(fields: Fields<'_>) -> Option<CircuitPlanSpec> {
    let sku = fields.get("sku")?;
    let provider = fields.get("serviceproviderproperties");
    let gbps: Option<u32> = fields.number("bandwidthingbps");
    let mbps = provider
        .and_then(|provider| provider.number("bandwidthinmbps"))
        .or_else(|| gbps.map(|gbps| gbps.saturating_mul(1000)))?;
    Some(CircuitPlanSpec {
        tier: find_word(sku.text("tier")?)?,
        family: find_word(sku.text("family")?)?,
        bandwidth_in_mbps: mbps,
    })
}

fn add_peering(circuit: &mut Circuit, fields: Fields<'_>) {
    let kind = fields
        .text("peeringtype")
        .or_else(|| fields.text("name"))
        .unwrap_or_default();
    if !kind.eq_ignore_ascii_case("AzurePrivatePeering") {
        return;
    }
    circuit.private_peering = true;
    circuit.peer_asn = fields.number("peerasn");
    for list in ["connections", "peeredconnections"] {
        for item in fields.items(list) {
            circuit
                .global_reach
                .extend(item.reference("peerexpressroutecircuitpeering"));
        }
    }
}

/// A peering on its own adds to its circuit.
pub(in crate::import) fn circuit_peering(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let mut circuit = empty(child(head, "expressRouteCircuits"));
    add_peering(&mut circuit, fields);
    gathered.circuits.push(circuit);
}

pub(in crate::import) fn global_reach(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let mut circuit = empty(child(head, "expressRouteCircuits"));
    circuit
        .global_reach
        .extend(fields.reference("peerexpressroutecircuitpeering"));
    gathered.circuits.push(circuit);
}

/// The head of a resource of which a child says something: its name is not known here.
pub(super) fn child(head: &Head, parent: &str) -> Head {
    let id = id::up_to(&head.id, parent).unwrap_or(&head.id).to_owned();
    Head {
        id,
        name: String::new(),
        ..head.clone()
    }
}
