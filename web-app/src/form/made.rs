//! A new object, a new row of one, and a copy: whole enough to be simulated at once.
//!
//! The rule: a new object gets a free name, a free range or address, and stands where the last one of its kind would:
//! in the region and size of the last VNet, in the first subnet that there is. What it must name and does not exist
//! stays empty, and the topology says so.
//!
//! | made | beside | is |
//! |---|---|---|
//! | VNet | `hub` 10.0.0.0/16 in westeurope | `vnet1` 10.1.0.0/16 there, with a subnet 10.1.0.0/24 |
//! | subnet of it | subnet 10.1.0.0/24 | `subnet1` 10.1.1.0/24 |
//! | route | a firewall at 10.0.0.4 | 0.0.0.0/0 to 10.0.0.4 |

use super::free::{free_address, free_name, free_range, free_subnet, free_word};
use super::kind::{Kind, list};
use super::{Place, Step, Table, at, names_of, put, tables};
use interspoke_core::json::Value;
use interspoke_core::spec::{ApplianceKind, ApplianceSpec, NetworkSpec, VnetSpec};
use serde_json::json;

/// The tree of a new object.
#[must_use]
pub fn made(network: &NetworkSpec, kind: Kind) -> Value {
    let word = crate::text::form::fresh_name(kind.path());
    let name = free_name(network, kind, word);
    let first =
        |kinds: &[Kind]| -> Value { names_of(network, kinds).next().unwrap_or_default().into() };
    let first_group = || {
        texts(
            names_of(network, &[Kind::NetworkGroup])
                .next()
                .map(str::to_owned),
        )
    };
    let mut node = match kind {
        Kind::Vnet => vnet(network),
        Kind::Peering => peering(network),
        Kind::Appliance => in_subnet(network, &[("kind", "nva".into())]),
        Kind::Workload | Kind::PrivateEndpoint => in_subnet(network, &[]),
        Kind::Gateway => json!({"kind": "vpn", "vnet": first(&[Kind::Vnet])}),
        Kind::Tunnel => json!({"a": first(&[Kind::Gateway, Kind::Hub]), "b": first(&[Kind::Site])}),
        Kind::Circuit => json!({"gateways": texts([]), "sites": texts([])}),
        Kind::Site => json!({"prefixes": texts(free_range(network).map(|n| n.to_string()))}),
        Kind::BgpPeering => json!({
            "speaker": speaker(network),
            "appliance": first(&[Kind::Appliance]),
            "asn": 65_002,
        }),
        Kind::Hub => hub(network),
        Kind::Connectivity => json!({
            "topology": "mesh",
            "groups": first_group(),
        }),
        Kind::AdminRule => json!({
            "groups": first_group(),
            "rule": rule(100),
        }),
        Kind::RoutingConfiguration => {
            json!({"ruleCollections": []})
        }
        Kind::FirewallPolicy => json!({"ruleCollectionGroups": texts([])}),
        Kind::RouteMap | Kind::NatGateway | Kind::PrivateDnsZone | Kind::DnsRuleset => json!({}),
        Kind::DnsResolver => json!({"vnet": first(&[Kind::Vnet])}),
        Kind::DnsServer => json!({"ip": in_subnet(network, &[]).get("ip")}),
        Kind::PublicLoadBalancer => {
            json!({"publicIp": "203.0.113.1", "backends": texts([])})
        }
        Kind::IpGroup => json!({"ipAddresses": texts([])}),
        Kind::ServiceTag => json!({"prefixes": texts([])}),
        Kind::Meter => json!({"service": "", "product": "", "meter": ""}),
        Kind::RouteTable | Kind::NetworkSecurityGroup | Kind::NetworkGroup | Kind::Manager => {
            json!({})
        }
    };
    if kind.is_named() {
        put(
            &mut node,
            &[Step::Member("name")],
            Some(name.as_str().into()),
        );
    }
    node
}

fn texts(items: impl IntoIterator<Item = String>) -> Value {
    items.into_iter().collect()
}

fn vnet(network: &NetworkSpec) -> Value {
    let region = network.vnets.last().map(|vnet| vnet.region.as_str());
    let range = free_range(network);
    let spec = VnetSpec {
        prefixes: range.iter().map(ToString::to_string).collect(),
        ..VnetSpec::default()
    };
    let subnet =
        free_subnet(&spec).map(|net| json!({"name": "default", "prefix": net.to_string()}));
    json!({
        "region": region.unwrap_or(&spec.region),
        "prefixes": texts(spec.prefixes),
        "subnets": subnet.as_slice(),
    })
}

/// From the last VNet to the first one that it has no peering to.
fn peering(network: &NetworkSpec) -> Value {
    let is_peered = |a: &str, b: &str| {
        let mut own = network.peerings.iter();
        own.any(|peering| &*peering.from == a && &*peering.to == b)
    };
    let names = || network.vnets.iter().map(|vnet| vnet.name.as_str());
    let open = names()
        .rev()
        .take(50)
        .find_map(|a| Some((a, names().find(|b| *b != a && !is_peered(a, b))?)));
    let (from, to) = open.unwrap_or_default();
    json!({"from": from, "to": to})
}

/// Where the first subnet has an address left.
fn in_subnet(network: &NetworkSpec, more: &[(&'static str, Value)]) -> Value {
    let mut subnets = network.vnets.iter().flat_map(|vnet| {
        let own = vnet.subnets.iter();
        own.map(|subnet| (vnet.name.as_str(), subnet.name.as_str()))
    });
    let special = |name: &str| name.starts_with("Azure") || name == "GatewaySubnet";
    let home = subnets.find(|(_, subnet)| !special(subnet));
    let (vnet, subnet) = home.unwrap_or_default();
    let ip = free_address(network, vnet, subnet).map(|ip| ip.to_string());
    let mut node = json!({"vnet": vnet, "subnet": subnet, "ip": ip.unwrap_or_default().as_str()});
    for (member, value) in more {
        put(&mut node, &[Step::Member(member)], Some(value.clone()));
    }
    node
}

/// A Route Server, else a hub.
fn speaker(network: &NetworkSpec) -> &str {
    use interspoke_core::spec::GatewayKind::RouteServer;
    let server = network.gateways.iter().find(|it| it.kind == RouteServer);
    let hub = || names_of(network, &[Kind::Hub]).next();
    server
        .map(|it| it.name.as_str())
        .or_else(hub)
        .unwrap_or_default()
}

fn hub(network: &NetworkSpec) -> Value {
    let region = network
        .vnets
        .last()
        .map_or("westeurope", |vnet| &vnet.region);
    let range = free_range(network).and_then(|net| {
        let short = net.prefix_len().max(23);
        net.subnets(short).ok()?.next()
    });
    let range = range.map(|net| net.to_string()).unwrap_or_default();
    json!({"region": region, "prefix": range.as_str()})
}

fn rule(priority: u64) -> Value {
    json!({"priority": priority, "direction": "Inbound", "access": "Deny"})
}

/// The tree of a new row of the list, or of the part, at a place.
#[must_use]
pub fn made_row(network: &NetworkSpec, place: &Place) -> Value {
    let Some(table) = place.slot().and_then(|slot| slot.shape.table()) else {
        return json!({});
    };
    let object = list(network, place.kind).and_then(|objects| objects.node(place.at));
    let rows = object.as_ref().and_then(|node| at(node, &place.steps));
    let rows = match rows {
        Some(Value::Array(rows)) => rows.as_slice(),
        _ => &[],
    };
    let mut node = row(network, place, table, rows);
    if table.slot("name").is_some_and(|slot| !slot.absent) {
        let taken = |name: &str| {
            let mut names = rows.iter().filter_map(|row| row.get("name"));
            names.any(|own| own == name)
        };
        let name = free_word(&crate::text::form::fresh_row(table.noun), taken);
        put(
            &mut node,
            &[Step::Member("name")],
            Some(name.as_str().into()),
        );
    }
    node
}

fn row(network: &NetworkSpec, place: &Place, table: &Table, rows: &[Value]) -> Value {
    let is = |one: &Table| std::ptr::eq(table, one);
    if is(&tables::SUBNET) {
        let vnet = network.vnets.get(place.at);
        let range = vnet.and_then(free_subnet).map(|net| net.to_string());
        return json!({"prefix": range.unwrap_or_default().as_str()});
    }
    if is(&tables::ROUTE) {
        return route(network, rows);
    }
    if is(&tables::RULE) {
        let priority = rows.iter().filter_map(|row| row.get("priority")?.as_u64());
        return rule(priority.max().map_or(100, |last| last.saturating_add(10)));
    }
    if is(&tables::CONNECTION) {
        let connected = |name: &&str| {
            let mut vnets = rows.iter().filter_map(|row| row.get("vnet"));
            !vnets.any(|own| own == name)
        };
        let vnet = names_of(network, &[Kind::Vnet]).find(connected);
        return json!({"vnet": vnet.unwrap_or_default()});
    }
    blank(table)
}

/// Every member that must stand, empty.
fn blank(table: &Table) -> Value {
    use super::Shape;
    let mut node = json!({});
    for slot in table.slots.iter().filter(|slot| !slot.absent) {
        let value: Option<Value> = match slot.shape {
            Shape::Choice(_, usual) => Some(usual.into()),
            Shape::Number(least, _) => Some(u64::from(least).into()),
            Shape::Flag(_) | Shape::Switch | Shape::Group(_) | Shape::Part(_) => None,
            Shape::Texts | Shape::AllWithin(_) | Shape::Within(_) => None,
            Shape::Rows(_) => Some(Value::Array(Vec::new())),
            shape if shape.is_list() => Some(Value::Array(Vec::new())),
            _ => Some("".into()),
        };
        if let Some(value) = value {
            put(&mut node, &[Step::Member(slot.member)], Some(value));
        }
    }
    node
}

/// To the first firewall, for a destination that the table has not yet.
fn route(network: &NetworkSpec, rows: &[Value]) -> Value {
    let firewalls = network.appliances.iter();
    let is_firewall = |it: &&ApplianceSpec| it.kind == ApplianceKind::AzureFirewall;
    let firewall = firewalls.clone().find(is_firewall);
    let ip = firewall
        .or_else(|| network.appliances.first())
        .map(|it| it.load_balancer_ip.as_ref().unwrap_or(&it.ip).as_str());
    let is_taken = |prefix: &&str| {
        let mut prefixes = rows.iter().filter_map(|row| row.get("prefix"));
        prefixes.any(|own| own == prefix)
    };
    let ranges = network.vnets.iter().flat_map(|vnet| &vnet.prefixes);
    let mut prefixes = ["0.0.0.0/0", "10.0.0.0/8"]
        .into_iter()
        .chain(ranges.map(String::as_str));
    let prefix = prefixes
        .find(|prefix| !is_taken(prefix))
        .unwrap_or_default();
    let mut node = json!({"prefix": prefix, "nextHopType": "VirtualAppliance"});
    if let Some(ip) = ip {
        put(
            &mut node,
            &[Step::Member("nextHopIpAddress")],
            Some(ip.into()),
        );
    }
    node
}

/// The tree of a copy of an object: with a free name, and free ranges or addresses where two may not share them.
#[must_use]
pub fn copy(network: &NetworkSpec, kind: Kind, from: usize) -> Option<Value> {
    let objects = list(network, kind)?;
    let mut node = objects.node(from)?;
    if let Some(name) = objects.name(from) {
        let name = free_name(network, kind, name);
        put(
            &mut node,
            &[Step::Member("name")],
            Some(name.as_str().into()),
        );
    }
    match kind {
        Kind::Vnet => moved_vnet(network, from, &mut node),
        Kind::Appliance | Kind::Workload | Kind::PrivateEndpoint => {
            let text = |member: &str| super::shown(&super::Shape::Text, node.get(member));
            let ip = free_address(network, &text("vnet"), &text("subnet"));
            let ip = ip.map(|ip| ip.to_string()).unwrap_or_default();
            put(&mut node, &[Step::Member("ip")], Some(ip.as_str().into()));
        }
        _ => {}
    }
    Some(node)
}

/// The first range of the VNet becomes a free one, and its subnets keep their places in it.
fn moved_vnet(network: &NetworkSpec, from: usize, node: &mut Value) {
    let Some(vnet) = network.vnets.get(from) else {
        return;
    };
    let old = vnet
        .prefixes
        .first()
        .and_then(|text| text.parse::<ipnet::Ipv4Net>().ok());
    let size = |net: ipnet::Ipv4Net| net.prefix_len();
    let like = NetworkSpec {
        vnets: network
            .vnets
            .iter()
            .cloned()
            .chain([vnet.clone()])
            .collect(),
        virtual_wan: network.virtual_wan.clone(),
        sites: network.sites.clone(),
        ..NetworkSpec::default()
    };
    let (Some(old), Some(new)) = (old, free_range(&like)) else {
        return;
    };
    if size(old) != size(new) {
        return;
    }
    put(
        node,
        &[Step::Member("prefixes")],
        Some(texts([new.to_string()])),
    );
    let moved = |net: ipnet::Ipv4Net| {
        let offset = u32::from(net.network()).checked_sub(u32::from(old.network()))?;
        let first = u32::from(new.network()).checked_add(offset)?;
        ipnet::Ipv4Net::new(first.into(), net.prefix_len()).ok()
    };
    for (at, subnet) in vnet.subnets.iter().enumerate() {
        let net = subnet.prefix.parse::<ipnet::Ipv4Net>().ok();
        let net = net.filter(|net| old.contains(net)).and_then(moved);
        if let Some(net) = net {
            let steps = [
                Step::Member("subnets"),
                Step::Item(at),
                Step::Member("prefix"),
            ];
            put(node, &steps, Some(net.to_string().as_str().into()));
        }
    }
}
