//! VNets with subnets and peerings, route tables, security groups, private endpoints, public addresses.
//!
//! | member | becomes |
//! |---|---|
//! | `peeringSyncLevel` other than `FullyInSync` | the peering keeps its last-synced `remoteAddressSpace` |
//! | a rule's `destinationAddressPrefix` or `…Prefixes` | one list |
//!
//! | a rule's application security groups | their ids, which become names later |
//!
//! Left out: DDoS plans.

use crate::import::fields::Fields;
use crate::import::gather::{
    Association, ChildSubnet, Endpoint, Gathered, Group, Head, Peering, PublicAddress, Subnet,
    Table, Vnet,
};
use crate::import::id;
use crate::json::Value;
use crate::spec::{
    Access, Direction, NetworkSecurityGroupSpec, PeeringSpec, PeeringState,
    PrivateEndpointVnetPolicies, Protocol, RouteSpec, RouteTableSpec, SecurityRuleSpec,
};
use crate::word::{Word, find_word};
use serde::de::DeserializeOwned;
use strum::VariantNames;

pub(in crate::import) fn vnet(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let prefixes = match fields.get("addressspace") {
        Some(space) if space.0.is_object() => space.texts("addressprefixes"),
        _ => fields.texts_or("addressspace", "addressprefix"),
    };
    for item in fields.items("virtualnetworkpeerings") {
        peering(&head.id, head, item, gathered);
    }
    gathered.vnets.push(Vnet {
        head: head.clone(),
        prefixes,
        summarized: summarized(fields),
        dns_servers: dns_servers(fields),
        endpoint_policies: endpoint_policies(fields),
        subnets: fields.items("subnets").filter_map(subnet).collect(),
        weight: weight(fields),
    });
}

fn summarized(fields: Fields<'_>) -> Option<Vec<String>> {
    let texts = fields
        .at(&["summarizedgatewayprefixes"])
        .map(|space| match space.0 {
            Value::Object(_) => space.texts("addressprefixes"),
            _ => fields.texts("summarizedgatewayprefixes"),
        })?;
    (!texts.is_empty()).then_some(texts)
}

fn endpoint_policies(fields: Fields<'_>) -> PrivateEndpointVnetPolicies {
    let own = fields.text("privateendpointvnetpolicies");
    let is_basic = own.is_some_and(|word| word.eq_ignore_ascii_case("basic"));
    if is_basic {
        PrivateEndpointVnetPolicies::Basic
    } else {
        PrivateEndpointVnetPolicies::Disabled
    }
}

fn dns_servers(fields: Fields<'_>) -> Vec<String> {
    let options = fields.at(&["dhcpoptions"]);
    options.map_or_else(
        || fields.texts("dnsservers"),
        |options| options.texts("dnsservers"),
    )
}

/// How much an export says of a resource: the fuller of two wins.
fn weight(fields: Fields<'_>) -> usize {
    match fields.0 {
        Value::Object(members) => members
            .values()
            .map(|value| weight(Fields(value)).saturating_add(1))
            .sum(),
        Value::Array(items) => items.iter().map(|item| weight(Fields(item))).sum(),
        _ => 1,
    }
}

fn subnet(fields: Fields<'_>) -> Option<Subnet> {
    Some(Subnet {
        name: id::name_of(fields.text("name").or_else(|| fields.text("id"))?).to_owned(),
        prefixes: fields.texts_or("addressprefixes", "addressprefix"),
        route_table: fields.reference("routetable"),
        security_group: fields.reference("networksecuritygroup"),
        policies: word(fields, "privateendpointnetworkpolicies"),
        service_endpoints: service_endpoints(fields),
        delegations: delegations(fields),
        default_outbound: fields.flag("defaultoutboundaccess").unwrap_or(true),
        nat_gateway: fields.reference("natgateway"),
        holders: fields.references("ipconfigurations"),
    })
}

fn delegations(fields: Fields<'_>) -> Vec<String> {
    let services = fields.items("delegations");
    services
        .filter_map(|item| item.owned("servicename"))
        .collect()
}

fn service_endpoints(fields: Fields<'_>) -> Vec<String> {
    let services = fields.items("serviceendpoints");
    services.filter_map(|item| item.owned("service")).collect()
}

/// A word of Azure's, or its usual value.
pub(in crate::import) fn word<W: VariantNames + DeserializeOwned + Default>(
    fields: Fields<'_>,
    key: &str,
) -> W {
    let text = fields.text(key).unwrap_or_default();
    find_word(text).unwrap_or_default()
}

pub(in crate::import) fn child_subnet(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(subnet) = subnet(fields) {
        gathered.subnets.push(ChildSubnet {
            vnet: id::parent_of(&head.id).to_owned(),
            subnet: Subnet {
                name: head.name.clone(),
                ..subnet
            },
            place: head.place.clone(),
        });
    }
}

/// What Terraform attaches to a subnet from outside.
pub(in crate::import) fn association(_: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(subnet) = fields.reference("subnet") {
        gathered.associations.push(Association {
            to: subnet,
            route_table: fields.reference("routetable"),
            security_group: fields.reference("networksecuritygroup"),
            nat_gateway: fields.reference("natgateway"),
            application_group: None,
        });
    }
}

pub(in crate::import) fn child_peering(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    peering(id::parent_of(&head.id), head, fields, gathered);
}

fn peering(vnet: &str, head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let Some(to) = fields.reference("remotevirtualnetwork") else {
        return;
    };
    let space = |key| fields.get(key).map(|space| space.texts("addressprefixes"));
    let synced = space("remoteaddressspace");
    let current = space("remotevirtualnetworkaddressspace");
    let name = fields.text("name").unwrap_or_default();
    let stale = fields
        .text("peeringsynclevel")
        .is_some_and(|level| !level.eq_ignore_ascii_case("FullyInSync"));
    gathered.peerings.push(Peering {
        id: fields
            .owned("id")
            .unwrap_or_else(|| format!("{vnet}/virtualNetworkPeerings/{}", id::name_of(name))),
        from: vnet.to_owned(),
        to,
        spec: PeeringSpec {
            remote_address_space: synced.clone().filter(|_| stale),
            ..flags(fields)
        },
        remote_space: current.or(synced).unwrap_or_default(),
        place: head.place.clone(),
    });
}

fn flags(fields: Fields<'_>) -> PeeringSpec {
    let flag = |key| fields.flag(key).unwrap_or(false);
    PeeringSpec {
        allow_virtual_network_access: fields.flag("allowvirtualnetworkaccess").unwrap_or(true),
        allow_forwarded_traffic: flag("allowforwardedtraffic"),
        allow_gateway_transit: flag("allowgatewaytransit"),
        use_remote_gateways: flag("useremotegateways"),
        peering_state: word::<PeeringState>(fields, "peeringstate").into(),
        peer_complete_vnets: fields.flag("peercompletevnets").unwrap_or(true),
        local_subnet_names: fields.texts("localsubnetnames"),
        remote_subnet_names: fields.texts("remotesubnetnames"),
        ..PeeringSpec::new("", "")
    }
}

pub(in crate::import) fn route_table(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.tables.push(Table {
        head: head.clone(),
        spec: RouteTableSpec {
            name: String::new(),
            disable_bgp_route_propagation: fields
                .flag("disablebgproutepropagation")
                .unwrap_or(false),
            routes: fields.items("routes").filter_map(route).collect(),
        },
    });
}

/// A route of a route table or of a rule collection of the network manager.
fn route(fields: Fields<'_>) -> Option<RouteSpec> {
    let written = fields.text("nexthoptype").unwrap_or("None");
    let hop = find_word(written).map_or_else(|| Word::Unknown(written.to_owned()), Word::Known);
    Some(RouteSpec {
        name: fields.text("name").map(|name| id::name_of(name).to_owned()),
        prefix: fields.owned("addressprefix")?,
        next_hop_type: hop,
        next_hop_ip_address: fields.owned("nexthopipaddress"),
    })
}

/// A route on its own is added to its table, which may be read later.
pub(in crate::import) fn child_route(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(route) = route(fields) {
        gathered.tables.push(Table {
            head: Head {
                id: id::parent_of(&head.id).to_owned(),
                name: String::new(),
                ..head.clone()
            },
            spec: RouteTableSpec {
                routes: vec![route],
                ..RouteTableSpec::default()
            },
        });
    }
}

pub(in crate::import) fn security_group(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.groups.push(Group {
        head: head.clone(),
        spec: NetworkSecurityGroupSpec {
            name: String::new(),
            rules: fields
                .items("securityrules")
                .filter_map(security_rule)
                .collect(),
        },
    });
}

pub(in crate::import) fn child_security_rule(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    if let Some(rule) = security_rule(fields) {
        gathered.groups.push(Group {
            head: Head {
                id: id::parent_of(&head.id).to_owned(),
                name: String::new(),
                ..head.clone()
            },
            spec: NetworkSecurityGroupSpec {
                name: String::new(),
                rules: vec![rule],
            },
        });
    }
}

/// A rule of a security group or of the network manager, whose ends are lists of objects.
pub(in crate::import) fn security_rule(fields: Fields<'_>) -> Option<SecurityRuleSpec> {
    Some(SecurityRuleSpec {
        name: fields.text("name").map(|name| id::name_of(name).to_owned()),
        priority: fields.number("priority")?,
        direction: find_word::<Direction>(fields.text("direction")?)?,
        access: find_word::<Access>(fields.text("access")?)?,
        protocol: fields.text("protocol").and_then(find_word::<Protocol>),
        source: ends(fields, "source"),
        destination: ends(fields, "destination"),
        source_port_ranges: port_ranges(fields, "source"),
        destination_port_ranges: port_ranges(fields, "destination"),
        source_application_security_groups: fields.references("sourceapplicationsecuritygroups"),
        destination_application_security_groups: fields
            .references("destinationapplicationsecuritygroups"),
    })
}

/// Ports of one side; none where it is every port.
fn port_ranges(fields: Fields<'_>, side: &str) -> Vec<String> {
    let texts = fields.texts_or(&format!("{side}portranges"), &format!("{side}portrange"));
    let every = texts.iter().any(|text| text == "*");
    if every { Vec::new() } else { texts }
}

fn ends(fields: Fields<'_>, side: &str) -> Vec<String> {
    let mut texts = fields.texts_or(
        &format!("{side}addressprefixes"),
        &format!("{side}addressprefix"),
    );
    let of_manager = if side == "source" {
        "sources"
    } else {
        "destinations"
    };
    texts.extend(
        fields
            .items(of_manager)
            .filter_map(|item| item.owned("addressprefix")),
    );
    if texts.is_empty() {
        texts.push("*".to_owned());
    }
    texts
}

pub(in crate::import) fn private_endpoint(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let mut ips: Vec<String> = fields
        .items("ipconfigurations")
        .filter_map(|item| item.owned("privateipaddress"))
        .collect();
    for item in fields.items("customdnsconfigs") {
        ips.extend(item.texts("ipaddresses"));
    }
    super::dns::of_endpoint(head, fields, gathered);
    gathered.endpoints.push(Endpoint {
        head: head.clone(),
        subnet: fields.reference("subnet"),
        ips,
        nics: fields.references("networkinterfaces"),
    });
}

pub(in crate::import) fn public_address(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.public_addresses.push(PublicAddress {
        id: head.id.clone(),
        ip: fields.owned("ipaddress"),
        zones: fields.texts("zones"),
    });
}

/// A NAT gateway with the ids of its public addresses.
pub(in crate::import) fn nat_gateway(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let addresses = fields.references("publicipaddresses");
    gathered.nat_gateways.push((head.clone(), addresses));
}

/// What another list refers to and what says nothing by itself: it is read where it is referred to.
pub(in crate::import) fn referred_to(_: &Head, _: Fields<'_>, _: &mut Gathered) {}

/// A rule of a routing configuration: destination and next hop are objects.
pub(in crate::import) fn managed_route(fields: Fields<'_>) -> Option<RouteSpec> {
    let hop = fields.at(&["nexthop"])?;
    let kind = hop.text("nexthoptype").unwrap_or("NoNextHop");
    let kind = if kind.eq_ignore_ascii_case("NoNextHop") {
        "None"
    } else {
        kind
    };
    Some(RouteSpec {
        name: fields.text("name").map(|name| id::name_of(name).to_owned()),
        prefix: fields.at(&["destination"])?.owned("destinationaddress")?,
        next_hop_type: find_word(kind).map_or_else(|| Word::Unknown(kind.to_owned()), Word::Known),
        next_hop_ip_address: hop.owned("nexthopaddress"),
    })
}
