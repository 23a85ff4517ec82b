//! The topology files of CloudNetDraw, an open diagram tool: VNets with subnets and the names of their peers.
//!
//! The rule: `hub` or `hubs` beside `spokes`, or `vnets` with `address_space`. `Yes` and `No` say that a firewall, gateway,
//! route table or security group exists, and nothing of it.
//!
//! | member | becomes |
//! |---|---|
//! | `peerings`, names, or `peering_resource_ids` | one peering object each, with Azure's default flags, assumed |
//! | `"firewall": "Yes"` | an Azure Firewall in `AzureFirewallSubnet` |
//! | `"vpn_gateway": "Yes"`, `"expressroute": "Yes"` | a gateway |
//! | a subnet's `"udr": "Yes"` | an empty route table, said |
//!
//! Left out: colours and places of the drawing.

use super::fields::Fields;
use super::gather::{Firewall, Gateway, Gathered, Head, Peering, Subnet, Vnet};
use super::id;
use super::report::{Place, Report, Verdict};
use crate::spec::{GatewayKind, PeeringSpec, PrivateEndpointPolicies};
use std::collections::HashMap;
use std::rc::Rc;

/// The VNets of a folded topology file; none where it is something else.
fn vnets(fields: Fields<'_>) -> Vec<Fields<'_>> {
    let mut all: Vec<Fields<'_>> = Vec::new();
    for list in ["hub", "hubs", "spokes", "vnets"] {
        all.extend(
            fields
                .items(list)
                .filter(|vnet| vnet.get("address_space").is_some()),
        );
    }
    all
}

/// Reads a folded topology file; whether it is one.
pub(super) fn read(
    fields: Fields<'_>,
    file: &Rc<str>,
    gathered: &mut Gathered,
    report: &mut Report,
) -> bool {
    let all = vnets(fields);
    if all.is_empty() {
        return false;
    }
    let ids: HashMap<&str, String> = all
        .iter()
        .filter_map(|vnet| Some((vnet.text("name")?, vnet_id(*vnet)?)))
        .collect();
    report.add(
        Verdict::Assumed,
        Place::new(file, ""),
        "CloudNetDraw keeps no flags of peerings, no routes and no addresses: peerings have Azure's defaults, route tables are empty, security groups are left out",
    );
    for vnet in all {
        report.count_read("microsoft.network/virtualnetworks");
        read_vnet(vnet, &ids, file, gathered);
    }
    true
}

fn vnet_id(vnet: Fields<'_>) -> Option<String> {
    let name = vnet.text("name")?;
    let subscription = vnet
        .text("subscription_id")
        .or_else(|| vnet.text("subscription_name"))
        .unwrap_or("-");
    Some(
        vnet.owned("resource_id")
            .unwrap_or_else(|| made_id(subscription, name)),
    )
}

fn made_id(subscription: &str, name: &str) -> String {
    format!(
        "/subscriptions/{subscription}/resourceGroups/-/providers/Microsoft.Network/virtualNetworks/{name}"
    )
}

fn read_vnet(
    vnet: Fields<'_>,
    ids: &HashMap<&str, String>,
    file: &Rc<str>,
    gathered: &mut Gathered,
) {
    let (Some(name), Some(id)) = (vnet.text("name"), vnet_id(vnet)) else {
        return;
    };
    let head = Head {
        id: id.clone(),
        name: name.to_owned(),
        region: crate::region::key(vnet.text("location").unwrap_or_default()),
        place: Place::new(file, name),
    };
    let by_name = vnet.texts_list("peerings").into_iter().map(|peer| {
        ids.get(peer.as_str())
            .cloned()
            .unwrap_or_else(|| made_id("-", &peer))
    });
    let by_id = vnet.texts_list("peering_resource_ids");
    let mut peers: Vec<String> = if by_id.is_empty() {
        by_name.collect()
    } else {
        by_id
    };
    peers.dedup();
    for peer in peers {
        gathered.peerings.push(peering(&head, &peer));
    }
    let says = |key: &str| {
        vnet.text(key)
            .is_some_and(|text| text.eq_ignore_ascii_case("yes"))
    };
    if says("firewall") {
        gathered.firewalls.push(firewall(&head));
    }
    for (key, kind, short) in [
        ("vpn_gateway", GatewayKind::Vpn, "VPN"),
        ("expressroute", GatewayKind::ExpressRoute, "ExpressRoute"),
    ] {
        if says(key) {
            gathered.gateways.push(gateway(&head, kind, short));
        }
    }
    gathered.vnets.push(Vnet {
        prefixes: vnet.texts("address_space"),
        summarized: None,
        dns_servers: Vec::new(),
        endpoint_policies: crate::spec::PrivateEndpointVnetPolicies::Disabled,
        subnets: vnet
            .items("subnets")
            .filter_map(|subnet| read_subnet(&id, subnet))
            .collect(),
        weight: 1,
        head,
    });
}

fn read_subnet(vnet: &str, subnet: Fields<'_>) -> Option<Subnet> {
    let name = subnet.text("name")?;
    let says = |key: &str| {
        subnet
            .text(key)
            .is_some_and(|text| text.eq_ignore_ascii_case("yes"))
    };
    let owner = id::name_of(vnet);
    Some(Subnet {
        delegations: Vec::new(),
        name: name.to_owned(),
        prefixes: subnet.texts_or("addresses", "address"),
        route_table: says("udr").then(|| format!("{vnet}/routeTables/routes of {owner}, {name}")),
        security_group: None,
        policies: PrivateEndpointPolicies::Disabled,
        service_endpoints: Vec::new(),
        default_outbound: true,
        nat_gateway: None,
        holders: Vec::new(),
    })
}

fn peering(head: &Head, peer: &str) -> Peering {
    Peering {
        id: format!("{}/virtualNetworkPeerings/{peer}", head.id),
        from: head.id.clone(),
        to: peer.to_owned(),
        spec: PeeringSpec::new("", ""),
        remote_space: Vec::new(),
        place: head.place.clone(),
    }
}

fn child(head: &Head, kind: &str) -> Head {
    Head {
        id: format!("{}/{kind}", head.id),
        name: format!("{kind} of {}", head.name),
        ..head.clone()
    }
}

fn firewall(head: &Head) -> Firewall {
    Firewall {
        head: child(head, "firewall"),
        tier: None,
        hub: None,
        subnet: Some(format!("{}/subnets/AzureFirewallSubnet", head.id)),
        ip: None,
        policy: None,
        dns: None,
        private_ranges: None,
        public_addresses: 1,
        public_ids: Vec::new(),
        zones: Vec::new(),
        capacity_units: None,
        forced_tunnelling: false,
    }
}

fn gateway(head: &Head, kind: GatewayKind, short: &str) -> Gateway {
    Gateway {
        head: child(head, &format!("{short} gateway")),
        kind,
        subnets: vec![format!("{}/subnets/GatewaySubnet", head.id)],
        asn: None,
        active_active: false,
        peer_ips: Vec::new(),
        public_ips: Vec::new(),
        public_ids: Vec::new(),
        sku: None,
        scale_units: None,
        allow_remote_vnet: false,
        allow_virtual_wan: false,
        client_pools: Vec::new(),
        custom_routes: Vec::new(),
        default_site: None,
        zones: Vec::new(),
    }
}
