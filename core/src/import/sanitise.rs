//! An estate that can be shown to strangers: names, prefixes and addresses replaced, one for one, and the answers unchanged.
//!
//! The rule: a name becomes its kind and a number, the same everywhere; Azure's own names stay, since they have meaning.
//! Addresses keep how many leading bits they share with one another (prefix-preserving), whether they are private, and
//! their place within their subnet. Everything else, as regions, numbers of autonomous systems and flags, stays.
//!
//! | before | after |
//! |---|---|
//! | `vnet-payroll-prod` | `vnet-3` |
//! | `GatewaySubnet` | `GatewaySubnet` |
//! | 10.20.0.0/16 and 10.20.1.0/24 | 10.147.0.0/16 and 10.147.1.0/24 |
//! | 0.0.0.0/0, 10.0.0.0/8 | themselves |
//!
//! The bits depend on a key, so that two exports of one estate look alike and a stranger cannot turn them back by trying.
//! Left out: IPv6, which becomes nothing that can be told from another.

use crate::domain::is_shared;
use crate::json::{self, Value};
use crate::spec::{NetworkSpec, is_platform_subnet};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Members whose texts name something, by what it is.
const NAMED: [(&str, &str); 33] = [
    ("vnets", "vnet"),
    ("subnets", "subnet"),
    ("routeTables", "table"),
    ("routes", "route"),
    ("appliances", "appliance"),
    ("gateways", "gateway"),
    ("circuits", "circuit"),
    ("sites", "site"),
    ("privateEndpoints", "endpoint"),
    ("workloads", "workload"),
    ("networkSecurityGroups", "group"),
    ("rules", "rule"),
    ("hubs", "hub"),
    ("connections", "connection"),
    ("firewall", "firewall"),
    ("groups", "members"),
    ("configurations", "configuration"),
    ("ruleCollections", "collection"),
    ("ruleCollectionGroups", "collections"),
    ("firewallPolicies", "policy"),
    ("ipGroups", "addresses"),
    ("routeMaps", "map"),
    ("natGateways", "nat"),
    ("dnsResolvers", "resolver"),
    ("inboundEndpoints", "in"),
    ("outboundEndpoints", "out"),
    ("dnsForwardingRulesets", "ruleset"),
    ("forwardingRules", "forward"),
    ("dnsServers", "dns"),
    ("publicLoadBalancers", "balancer"),
    ("applicationSecurityGroups", "machines"),
    ("targetFqdns", "host"),
    ("destinationFqdns", "host"),
];

/// Members that refer to a name.
const REFERRING: [&str; 48] = [
    "name",
    "from",
    "to",
    "vnet",
    "subnet",
    "routeTable",
    "networkSecurityGroup",
    "device",
    "a",
    "b",
    "gateways",
    "sites",
    "globalReachWith",
    "speaker",
    "appliance",
    "members",
    "groups",
    "hub",
    "nextHop",
    "associated",
    "propagatedTables",
    "propagatedLabels",
    "labels",
    "localSubnetNames",
    "remoteSubnetNames",
    "wan",
    "via",
    "rule",
    "collection",
    "connection",
    "firewallPolicy",
    "basePolicy",
    "sourceIpGroups",
    "destinationIpGroups",
    "natGateway",
    "inboundRouteMap",
    "outboundRouteMap",
    "routeMap",
    "backends",
    "applicationSecurityGroups",
    "sourceApplicationSecurityGroups",
    "destinationApplicationSecurityGroups",
    "gatewayDefaultSite",
    "targetFqdns",
    "destinationFqdns",
    "gateway",
    "linkedVnets",
    "outboundEndpoints",
];

/// Lists whose texts are names themselves; `*` is none.
const LISTS_OF_NAMES: [&str; 5] = [
    "applicationSecurityGroups",
    "sourceApplicationSecurityGroups",
    "destinationApplicationSecurityGroups",
    "targetFqdns",
    "destinationFqdns",
];

/// Names with a meaning of their own.
const KEPT: [&str; 6] = [
    "defaultRouteTable",
    "noneRouteTable",
    "default",
    "none",
    "*",
    "",
];

/// An estate with other names and addresses and the same answers.
///
/// ```
/// use interspoke_core::document::Document;
/// use interspoke_core::import::sanitise;
/// let estate = Document::parse(r#"{"vnets": [{"name": "payroll", "prefixes": ["10.20.0.0/16"],
///     "subnets": [{"name": "GatewaySubnet", "prefix": "10.20.1.0/24"}]}]}"#)?.network;
/// let shown = sanitise(&estate, 7);
/// assert_eq!(shown.vnets[0].name, "vnet-1");
/// assert_eq!(shown.vnets[0].subnets[0].name, "GatewaySubnet");
/// assert!(shown.vnets[0].prefixes[0].starts_with("10."));
/// # Ok::<(), interspoke_core::document::DocumentError>(())
/// ```
#[must_use]
pub fn sanitise(network: &NetworkSpec, key: u64) -> NetworkSpec {
    let mut tree = json::tree(network);
    let mut names = Names::default();
    names.collect(&tree, "");
    let addresses = Addresses {
        key,
        depth: depth(network),
    };
    Labels::default().replace(&mut tree, "", "");
    replace(&mut tree, "", &names, &addresses);
    json::read_tree(&tree).unwrap_or_default()
}

/// Members that hold names of DNS, with the list of the objects whose `name` is one.
const DOMAINS: [&str; 4] = ["fqdns", "privateDnsZones", "domainName", "domain"];
const LISTS_OF_DOMAINS: [&str; 2] = ["privateDnsZones", "records"];

/// A name of DNS label by label: those that every tenant shares stay, each other one becomes another word.
#[derive(Debug, Default)]
struct Labels(BTreeMap<String, String>);

impl Labels {
    fn replace(&mut self, node: &mut Value, key: &str, list: &str) {
        match node {
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.replace(item, key, key)),
            Value::Object(members) => {
                for (member, value) in members {
                    self.replace(value, member, key);
                }
            }
            Value::String(text)
                if DOMAINS.contains(&key)
                    || (key == "name" && LISTS_OF_DOMAINS.contains(&list)) =>
            {
                let labels = text.split('.').map(|label| self.label(label));
                *text = labels.collect::<Vec<_>>().join(".");
            }
            _ => {}
        }
    }

    fn label(&mut self, label: &str) -> String {
        let label = label.to_ascii_lowercase();
        if matches!(label.as_str(), "" | "@" | "*") || is_shared(&label) {
            return label;
        }
        let next = self.0.len().saturating_add(1);
        let other = self.0.entry(label);
        other.or_insert_with(|| format!("label-{next}")).clone()
    }
}

/// New names by old ones.
#[derive(Debug, Default)]
struct Names {
    new: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, usize>,
}

impl Names {
    /// Gives every `name` of a list a new one.
    fn collect(&mut self, node: &Value, list: &str) {
        match node {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, list)),
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::String(name)
                            if matches!(key.as_str(), "name" | "device" | "wan")
                                && !LISTS_OF_DOMAINS.contains(&list) =>
                        {
                            self.add(name, list)
                        }
                        Value::Array(items) if key.ends_with("abels") => {
                            self.add_texts(items, "labels");
                        }
                        Value::Array(items) if LISTS_OF_NAMES.contains(&key.as_str()) => {
                            let is_group = key.ends_with("Groups");
                            self.add_texts(
                                items,
                                if is_group {
                                    "applicationSecurityGroups"
                                } else {
                                    key
                                },
                            );
                        }
                        _ => self.collect(value, key),
                    }
                }
            }
            _ => {}
        }
    }

    fn add_texts(&mut self, items: &[Value], list: &str) {
        for item in items {
            if let Value::String(name) = item {
                self.add(name, list);
            }
        }
    }

    fn add(&mut self, name: &str, list: &str) {
        if KEPT.contains(&name) || is_platform_subnet(name) || self.new.contains_key(name) {
            return;
        }
        let kind = NAMED
            .iter()
            .find(|(known, _)| *known == list)
            .map_or("object", |(_, kind)| kind);
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        self.new.insert(name.to_owned(), format!("{kind}-{count}"));
    }
}

fn replace(node: &mut Value, key: &str, names: &Names, addresses: &Addresses) {
    match node {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| replace(item, key, names, addresses)),
        Value::Object(members) => {
            for (key, value) in members {
                replace(value, key, names, addresses);
            }
        }
        Value::String(text) => {
            let other = addresses.text(text).or_else(|| {
                let refers = REFERRING.contains(&key) || key == "device";
                names.new.get(text.as_str()).filter(|_| refers).cloned()
            });
            if let Some(other) = other {
                *text = other;
            }
        }
        _ => {}
    }
}

/// How many bits may change: all addresses of a subnet share them, so that each keeps its place in it.
fn depth(network: &NetworkSpec) -> u8 {
    const DEEPEST: u8 = 24;
    let subnets = network.vnets.iter().flat_map(|vnet| &vnet.subnets);
    let lengths = subnets
        .filter_map(|subnet| subnet.prefix.parse::<Ipv4Net>().ok())
        .map(|net| net.prefix_len());
    lengths.min().unwrap_or(DEEPEST).min(DEEPEST)
}

/// Replaces addresses, bit by bit.
#[derive(Debug)]
struct Addresses {
    key: u64,
    depth: u8,
}

impl Addresses {
    /// The replacement of a text that is an address or a prefix.
    fn text(&self, text: &str) -> Option<String> {
        if let Ok(ip) = text.parse::<Ipv4Addr>() {
            return Some(self.address(ip, 32).to_string());
        }
        let net: Ipv4Net = text.parse().ok()?;
        let ip = self.address(net.addr(), net.prefix_len());
        Some(format!("{ip}/{}", net.prefix_len()))
    }

    fn address(&self, ip: Ipv4Addr, length: u8) -> Ipv4Addr {
        let bits = u32::from(ip);
        let mut made = bits;
        for position in kept(ip)..self.depth.min(length) {
            let before = if position == 0 {
                0
            } else {
                bits >> (32_u32.saturating_sub(u32::from(position)))
            };
            if self.turns(before, position) {
                made ^= 1_u32 << 31_u32.saturating_sub(u32::from(position));
            }
        }
        Ipv4Addr::from(made)
    }

    /// Whether the bit after these is turned over: a hash of the bits before it.
    fn turns(&self, before: u32, position: u8) -> bool {
        let mut hash = self.key
            ^ u64::from(before).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (u64::from(position) << 56);
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (hash ^ (hash >> 31)) & 1 == 1
    }
}

/// How many leading bits have a meaning: those of the private and the reserved ranges.
fn kept(ip: Ipv4Addr) -> u8 {
    match ip.octets() {
        [172, ..] => 12,
        [192, ..] | [169, 254, ..] | [168, 63, ..] => {
            32_u8.min(if ip.octets().starts_with(&[192]) {
                16
            } else {
                32
            })
        }
        [100, ..] => 10,
        [0 | 127, ..] => 32,
        _ => 8,
    }
}
