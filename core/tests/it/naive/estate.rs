//! Random estates that look like estates: regions with a hub and spokes, appliances, a gateway with sites, tables
//! whose routes name prefixes and addresses that exist; now and then something odd.
//!
//! An estate is a function of one number, so a failure is reported by its number and shrunk by [`super::shrink`].

use super::net::{self, Net, net, nets};
use interspoke_core::spec::*;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt;
use std::net::Ipv4Addr;

/// Chance from one number: the same number makes the same estate for ever.
pub(crate) struct Luck(u64);

impl Luck {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    /// True in so many of a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() {
            None
        } else {
            items.get(self.below(items.len()))
        }
    }

    /// Puts a list into any order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for position in (1..items.len()).rev() {
            items.swap(position, self.below(position + 1));
        }
    }
}

/// A question: may this packet pass, and its answer come back?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) source: Ipv4Addr,
    pub(crate) destination: Ipv4Addr,
    pub(crate) protocol: Protocol,
    pub(crate) port: Option<u16>,
}

impl Ask {
    /// The question in words.
    pub(crate) fn place(&self) -> String {
        format!(
            "{} to {} ({:?} {:?})",
            self.source, self.destination, self.protocol, self.port
        )
    }
}

/// An element of the spec from its JSON, with the format's defaults.
fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// An estate and the number that makes it.
#[derive(Clone)]
pub(crate) struct Estate {
    pub(crate) seed: u64,
    pub(crate) spec: NetworkSpec,
}

impl fmt::Debug for Estate {
    /// The number says it all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "estate {}", self.seed)
    }
}

/// Random estates.
pub(crate) fn estates() -> impl Strategy<Value = Estate> {
    any::<u64>().prop_map(|seed| Estate {
        seed,
        spec: estate(seed),
    })
}

/// The same with rules, in every other one.
pub(crate) fn guarded(seed: u64) -> NetworkSpec {
    let mut spec = estate(seed);
    rules(&mut Luck::new(seed.rotate_left(23)), &mut spec);
    publish(&mut Luck::new(seed.rotate_left(41)), &mut spec);
    publish_by_policy(&mut Luck::new(seed.rotate_left(47)), &mut spec);
    spec
}

/// Hosts of the estate's own subnets.
fn hosts(spec: &NetworkSpec) -> Vec<Ipv4Addr> {
    let subnets = spec.vnets.iter().flat_map(|vnet| &vnet.subnets);
    let own = subnets.filter(|subnet| ["app", "data"].contains(&subnet.name.as_str()));
    own.filter_map(|subnet| net(&subnet.prefix))
        .map(|prefix| prefix.at(6))
        .collect()
}

/// What firewalls and machines with state publish of hosts anywhere.
fn publish(luck: &mut Luck, spec: &mut NetworkSpec) {
    let hosts = hosts(spec);
    for (at, nic) in spec.appliances.iter_mut().enumerate() {
        let may = nic.is_stateful() && nic.kind != ApplianceKind::RoutingAppliance;
        if !may || !luck.percent(50) {
            continue;
        }
        for _ in 0..1 + luck.below(2) {
            nic.dnat.push(DnatSpec {
                public_ip: format!("20.60.{at}.1"),
                to: luck.pick(&hosts).unwrap().to_string(),
                protocol: *luck
                    .pick(&[None, Some(Protocol::Tcp), Some(Protocol::Udp)])
                    .unwrap(),
                port: *luck.pick(&[None, Some(443), Some(80)]).unwrap(),
                translated_port: *luck.pick(&[None, Some(8080)]).unwrap(),
            });
        }
    }
}

/// What policies of firewalls publish: DNAT rules in collections of their own, in any order and for some callers.
fn publish_by_policy(luck: &mut Luck, spec: &mut NetworkSpec) {
    let hosts = hosts(spec);
    let sources = ["*", "198.51.100.0/24", "203.0.113.0/24"];
    for (at, policy) in spec.firewall_policies.iter_mut().enumerate() {
        if !luck.percent(60) {
            continue;
        }
        let collections = (0..1 + luck.below(2)).map(|nth| {
            let rules = (0..1 + luck.below(2)).map(|number| {
                let to = luck.pick(&hosts).unwrap().to_string();
                let port = *luck.pick(&["443", "80", "8000-9000"]).unwrap();
                let moved = *luck.pick(&[8080, 443]).unwrap();
                let protocol = *luck.pick(&["TCP", "UDP"]).unwrap();
                read(json!({
                    "name": format!("dnat{number}"), "ruleType": "NatRule", "ipProtocols": [protocol],
                    "sourceAddresses": [luck.pick(&sources).unwrap()], "destinationAddresses": [format!("20.61.{at}.1")],
                    "destinationPorts": [port], "translatedAddress": to, "translatedPort": moved,
                }))
            });
            FirewallRuleCollectionSpec {
                name: Some(format!("dnat{nth}")),
                priority: u32::try_from(400 - 100 * nth).unwrap(),
                action: FirewallAction::Dnat,
                rules: rules.collect(),
            }
        });
        let group = RuleCollectionGroupSpec {
            name: Some("dnat".to_owned()),
            priority: 300,
            rule_collections: collections.collect(),
        };
        policy.rule_collection_groups.push(group);
    }
}

/// A stranger at each published address.
pub(crate) fn strangers(luck: &mut Luck, spec: &NetworkSpec) -> Vec<Ask> {
    let mut asks = Vec::new();
    let policies = spec.firewall_policies.iter();
    let groups = policies.flat_map(|policy| &policy.rule_collection_groups);
    let rules = groups.flat_map(|group| &group.rule_collections);
    for rule in rules.flat_map(|collection| &collection.rules) {
        if rule.rule_type != FirewallRuleType::NatRule {
            continue;
        }
        for protocol in [Protocol::Tcp, Protocol::Udp] {
            asks.push(Ask {
                source: Ipv4Addr::new(198, 51, 100, 7),
                destination: rule.destination_addresses[0].parse().unwrap(),
                protocol,
                port: *luck.pick(&[Some(443), Some(80), Some(8080), None]).unwrap(),
            });
        }
    }
    for rule in spec.appliances.iter().flat_map(|nic| &nic.dnat) {
        let own = rule.port.map(|port| u16::try_from(port).unwrap());
        for protocol in [Protocol::Tcp, Protocol::Udp] {
            asks.push(Ask {
                source: Ipv4Addr::new(198, 51, 100, 7),
                destination: rule.public_ip.parse().unwrap(),
                protocol,
                port: *luck.pick(&[own, own, Some(443), None]).unwrap(),
            });
        }
    }
    asks
}

/// The estate of a number with a Route Server in its first hub, which speaks with every machine there and in peered VNets;
/// each tells a prefix of its own.
pub(crate) fn speaking(seed: u64) -> NetworkSpec {
    let mut spec = guarded(seed);
    let hub = spec.vnets[0].name.clone();
    let made = subnet("RouteServerSubnet", "10.0.7.0/26".to_owned());
    spec.vnets[0].subnets.push(made);
    let mut server = GatewaySpec::new("rs", GatewayKind::RouteServer, &hub);
    server.instance_ips = vec!["10.0.7.4".to_owned(), "10.0.7.5".to_owned()];
    spec.gateways.push(server);
    let linked = |vnet: &str| {
        let is = |from: &str, to: &str| {
            let mut links = spec.peerings.iter();
            links.any(|link| {
                *link.from == *from
                    && *link.to == *to
                    && link.peer_complete_vnets
                    && link.peering_state == PeeringState::Connected
            })
        };
        vnet == hub || is(vnet, &hub) && is(&hub, vnet)
    };
    // What a site is known for by its gateway has no second way here: which one wins is a preference.
    let sites = spec.sites.iter().flat_map(|site| &site.prefixes);
    let taken: Vec<String> = sites.cloned().collect();
    let mut luck = Luck::new(seed.rotate_left(53));
    let nics = spec.appliances.iter().enumerate();
    let speakers =
        nics.filter(|(_, nic)| nic.kind == ApplianceKind::Nva && nic.running && linked(&nic.vnet));
    spec.bgp_peerings = speakers
        .map(|(at, nic)| BgpPeeringSpec {
            speaker: "rs".to_owned(),
            appliance: nic.name.clone(),
            asn: 65001,
            advertises: announced(&mut luck, at, &taken),
            ..BgpPeeringSpec::default()
        })
        .collect();
    spec
}

/// What an appliance announces: a prefix of its own, and now and then one that others announce, too. Each appliance has a longer
/// path than the one before.
fn announced(luck: &mut Luck, at: usize, taken: &[String]) -> Vec<AdvertisementSpec> {
    let wide = *luck
        .pick(&["0.0.0.0/0", "10.0.0.0/8", "172.30.0.0/16", "10.32.0.0/12"])
        .unwrap();
    let shared = luck.percent(50) && !taken.iter().any(|prefix| prefix == wide);
    let prefixes = std::iter::once(told(at)).chain(shared.then(|| wide.to_owned()));
    let announced = prefixes.map(|prefix| AdvertisementSpec {
        prefix,
        as_path: Some(vec![65001; at + 1]),
        ..AdvertisementSpec::default()
    });
    announced.collect()
}

/// What the appliance at a position tells.
pub(crate) fn told(at: usize) -> String {
    format!("100.127.{at}.0/24")
}

/// The same questions at ports that rules name.
pub(crate) fn at_ports(luck: &mut Luck, asks: Vec<Ask>) -> Vec<Ask> {
    let ports = [None, Some(443), Some(443), Some(80), Some(8080)];
    let at = |ask: Ask| match ask.protocol {
        Protocol::Icmp => ask,
        _ => Ask {
            port: *luck.pick(&ports).unwrap(),
            ..ask
        },
    };
    asks.into_iter().map(at).collect()
}

/// The estate of a number.
pub(crate) fn estate(seed: u64) -> NetworkSpec {
    let mut luck = Luck::new(seed);
    let mut spec = NetworkSpec::default();
    let regions = 1 + luck.below(3);
    for region in 0..regions {
        a_region(&mut luck, &mut spec, region);
    }
    if luck.percent(10) {
        odd_vnet(&mut luck, &mut spec);
    }
    links(&mut luck, &mut spec);
    sites(&mut luck, &mut spec);
    tables(&mut luck, &mut spec);
    tunnels_between_gateways(&mut Luck::new(seed.rotate_left(31)), &mut spec);
    spec
}

fn subnet(name: &str, prefix: String) -> SubnetSpec {
    SubnetSpec {
        name: name.to_owned(),
        prefix,
        ..SubnetSpec::default()
    }
}

/// Region `n` lives in 10.(16n).0.0/12: the hub first, then its spokes.
fn a_region(luck: &mut Luck, spec: &mut NetworkSpec, region: usize) {
    let name = ["westeurope", "northeurope", "eastus"][region];
    let spokes = if region == 0 {
        luck.below(7)
    } else {
        luck.below(4)
    };
    for number in 0..=spokes {
        let second = 16 * region + number;
        let vnet = if number == 0 {
            format!("hub{region}")
        } else {
            format!("spoke{region}{number}")
        };
        let length = if luck.percent(70) { 16 } else { 20 };
        let mut made = VnetSpec {
            name: vnet.clone(),
            region: name.to_owned(),
            prefixes: vec![format!("10.{second}.0.0/{length}")],
            ..VnetSpec::default()
        };
        made.subnets
            .push(subnet("app", format!("10.{second}.1.0/24")));
        if luck.percent(40) {
            made.subnets
                .push(subnet("data", format!("10.{second}.2.0/24")));
        }
        if luck.percent(20) {
            let extra = format!("172.{}.{second}.0/24", 16 + region);
            made.prefixes.push(extra.clone());
            if luck.percent(70) {
                made.subnets.push(subnet("extra", extra));
            }
        }
        for subnet in &mut made.subnets {
            subnet.default_outbound_access = luck.percent(85);
        }
        spec.vnets.push(made);
        appliances(luck, spec, second, number == 0);
        if luck.percent(if number == 0 { 45 } else { 4 }) {
            gateway(luck, spec, second);
        }
        if luck.percent(if number == 0 { 15 } else { 25 }) {
            endpoints(luck, spec, second);
        }
    }
}

fn last_vnet(spec: &mut NetworkSpec) -> &mut VnetSpec {
    spec.vnets.last_mut().unwrap()
}

fn appliances(luck: &mut Luck, spec: &mut NetworkSpec, second: usize, hub: bool) {
    let vnet = last_vnet(spec).name.clone();
    if hub && luck.percent(50) {
        last_vnet(spec)
            .subnets
            .push(subnet("AzureFirewallSubnet", format!("10.{second}.4.0/26")));
        let ip = format!("10.{second}.4.4");
        let name = format!("fw-{vnet}");
        let mut firewall = ApplianceSpec::new(
            &name,
            ApplianceKind::AzureFirewall,
            &vnet,
            "AzureFirewallSubnet",
            &ip,
        );
        odds(luck, &mut firewall);
        spec.appliances.push(firewall);
    }
    let count = if hub {
        luck.below(3)
    } else {
        usize::from(luck.percent(8))
    };
    if count == 0 {
        return;
    }
    last_vnet(spec)
        .subnets
        .push(subnet("nva", format!("10.{second}.3.0/24")));
    for number in 0..count {
        let ip = format!("10.{second}.3.{}", 4 + number);
        let name = format!("nva{number}-{vnet}");
        let kind = if luck.percent(8) {
            ApplianceKind::RoutingAppliance
        } else {
            ApplianceKind::Nva
        };
        let mut nva = ApplianceSpec::new(&name, kind, &vnet, "nva", &ip);
        if kind == ApplianceKind::Nva {
            nva.stateful = Some(luck.percent(60));
            nva.ip_forwarding = luck.percent(93);
            nva.load_balancer_ip = luck
                .percent(25)
                .then(|| format!("10.{second}.3.{}", 104 + number));
            // Translation without a flow table does not exist.
            nva.snat_private = nva.is_stateful() && luck.percent(20);
            nva.internet_egress = luck.percent(70);
        }
        odds(luck, &mut nva);
        spec.appliances.push(nva);
    }
}

fn odds(luck: &mut Luck, appliance: &mut ApplianceSpec) {
    appliance.running = luck.percent(96);
    if luck.percent(5) {
        appliance.drops = vec![
            *luck
                .pick(&[Protocol::Icmp, Protocol::Tcp, Protocol::Udp])
                .unwrap(),
        ];
    }
}

fn gateway(luck: &mut Luck, spec: &mut NetworkSpec, second: usize) {
    let vnet = last_vnet(spec).name.clone();
    if luck.percent(85) {
        last_vnet(spec)
            .subnets
            .push(subnet("GatewaySubnet", format!("10.{second}.0.0/27")));
    }
    let mut gateway = GatewaySpec::new(&format!("gw-{vnet}"), GatewayKind::Vpn, &vnet);
    gateway.active_active = luck.percent(40);
    let instances = 1 + usize::from(gateway.active_active);
    if luck.percent(80) {
        gateway.instance_ips = (0..instances)
            .map(|n| format!("10.{second}.0.{}", 4 + n))
            .collect();
        gateway.public_ips = (0..instances)
            .map(|n| format!("20.50.{second}.{}", 4 + n))
            .collect();
    }
    spec.gateways.push(gateway);
}

fn endpoints(luck: &mut Luck, spec: &mut NetworkSpec, second: usize) {
    use PrivateEndpointPolicies::{
        Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled,
    };
    let vnet = last_vnet(spec).name.clone();
    let mut made = subnet("endpoints", format!("10.{second}.5.0/24"));
    let policies = [
        Disabled,
        RouteTableEnabled,
        Enabled,
        NetworkSecurityGroupEnabled,
    ];
    made.private_endpoint_network_policies = (*luck.pick(&policies).unwrap()).into();
    last_vnet(spec).subnets.push(made);
    for number in 0..1 + luck.below(2) {
        let ip = format!("10.{second}.5.{}", 4 + number);
        spec.private_endpoints.push(PrivateEndpointSpec {
            name: Some(format!("pe{number}-{vnet}")),
            vnet: vnet.clone(),
            subnet: "endpoints".to_owned(),
            ip,
            fqdns: Vec::new(),
            private_dns_zones: Vec::new(),
        });
    }
}

/// A VNet whose range is one of Azure's reserved ones, contains one, or overlaps a spoke.
fn odd_vnet(luck: &mut Luck, spec: &mut NetworkSpec) {
    let ranges = [
        ("192.168.0.0/16", "192.168.1.0/24"),
        ("172.0.0.0/8", "172.200.1.0/24"),
        ("100.64.0.0/10", "100.64.1.0/24"),
    ];
    let (range, inside) = *luck.pick(&ranges).unwrap();
    spec.vnets.push(VnetSpec {
        name: "odd".to_owned(),
        prefixes: vec![range.to_owned()],
        subnets: vec![subnet("app", inside.to_owned())],
        ..VnetSpec::default()
    });
}

fn links(luck: &mut Luck, spec: &mut NetworkSpec) {
    let names: Vec<String> = spec.vnets.iter().map(|vnet| vnet.name.clone()).collect();
    for (position, near) in names.iter().enumerate() {
        for far in names.iter().take(position) {
            let is_hub = |name: &str| name.starts_with("hub");
            let region = |name: &str| name.chars().find(char::is_ascii_digit);
            let chance = match (is_hub(near), is_hub(far)) {
                (true, true) => 75,
                (false, false) => 12,
                _ if region(near) == region(far) => 92,
                _ => 12,
            };
            // `peered-reserved-range`: the simulator keeps the None row beside the peering's.
            let reserved = |name: &str| {
                let vnet = spec.vnets.iter().find(|vnet| vnet.name == name);
                vnet.is_some_and(|vnet| {
                    nets(&vnet.prefixes)
                        .iter()
                        .any(|p| net::reserved().contains(p))
                })
            };
            if reserved(near) || reserved(far) {
                continue;
            }
            if luck.percent(chance) {
                let (hub, spoke) = if is_hub(near) {
                    (near, far)
                } else {
                    (far, near)
                };
                pair(luck, spec, spoke, hub);
            }
        }
    }
}

fn pair(luck: &mut Luck, spec: &mut NetworkSpec, spoke: &str, hub: &str) {
    let owns = |name: &str| spec.gateways.iter().any(|gateway| gateway.vnet == name);
    let uses_one = spec
        .peerings
        .iter()
        .any(|link| *link.from == *spoke && link.use_remote_gateways);
    let transit = owns(hub) && !owns(spoke) && !uses_one && luck.percent(70);
    let mut down = PeeringSpec::new(hub, spoke);
    let mut up = PeeringSpec::new(spoke, hub);
    for link in [&mut down, &mut up] {
        link.allow_forwarded_traffic = luck.percent(60);
        link.allow_virtual_network_access = luck.percent(97);
    }
    up.use_remote_gateways = transit;
    down.allow_gateway_transit = if transit {
        luck.percent(92)
    } else {
        luck.percent(30)
    };
    if !transit && luck.percent(10) {
        chosen_subnets(luck, spec, &mut up, &mut down);
    }
    let trouble = luck.below(100);
    if trouble < 3 {
        up.peering_state = PeeringState::Disconnected.into();
    } else if trouble < 5 {
        down.peering_state = PeeringState::Initiated.into();
    }
    if trouble != 7 {
        spec.peerings.push(down);
    }
    spec.peerings.push(up);
}

fn chosen_subnets(
    luck: &mut Luck,
    spec: &NetworkSpec,
    up: &mut PeeringSpec,
    down: &mut PeeringSpec,
) {
    let mut some = |name: &str| -> Vec<String> {
        let vnet = spec.vnets.iter().find(|vnet| vnet.name == name).unwrap();
        let mut names: Vec<String> = vnet
            .subnets
            .iter()
            .map(|subnet| subnet.name.clone())
            .collect();
        names.retain(|name| name == "app" || luck.percent(50));
        names
    };
    let (near, far) = (some(&up.from), some(&up.to));
    for link in [&mut *up, &mut *down] {
        link.peer_complete_vnets = false;
    }
    (up.local_subnet_names, up.remote_subnet_names) = (near.clone(), far.clone());
    (down.local_subnet_names, down.remote_subnet_names) = (far, near);
}

fn sites(luck: &mut Luck, spec: &mut NetworkSpec) {
    let gateways: Vec<String> = spec
        .gateways
        .iter()
        .map(|gateway| gateway.name.clone())
        .collect();
    for (number, gateway) in gateways.iter().enumerate() {
        if !luck.percent(85) {
            continue;
        }
        let mut prefixes = vec![format!("192.168.{}.0/24", 10 * (number + 1))];
        if luck.percent(30) {
            prefixes.push(format!("172.{}.0.0/16", 28 + number));
        }
        if number == 0 && luck.percent(25) {
            let wide = [
                "10.0.0.0/8",
                "0.0.0.0/0",
                "10.0.0.0/9",
                "192.168.0.0/16",
                "172.16.0.0/12",
            ];
            prefixes.push((*luck.pick(&wide).unwrap()).to_owned());
        }
        if luck.percent(15) {
            // Inside a VNet, where none of its subnets is.
            prefixes.push(format!("10.{}.12.0/24", 16 * luck.below(2) + luck.below(3)));
        }
        let name = format!("site{number}");
        spec.sites
            .push(read(json!({ "name": name, "prefixes": prefixes })));
        let mut tunnel = if luck.percent(70) {
            TunnelSpec::new(gateway, &name)
        } else {
            TunnelSpec::new(&name, gateway)
        };
        tunnel.bgp = false;
        spec.tunnels.push(tunnel);
    }
}

/// VNet-to-VNet without BGP.
fn tunnels_between_gateways(luck: &mut Luck, spec: &mut NetworkSpec) {
    let gateways = &spec.gateways;
    for (position, near) in gateways.iter().enumerate() {
        for far in gateways.iter().skip(position + 1) {
            if luck.percent(35) {
                let mut tunnel = TunnelSpec::new(&near.name, &far.name);
                tunnel.bgp = false;
                spec.tunnels.push(tunnel);
            }
        }
    }
}

const PORTS: [&[&str]; 5] = [&[], &["443"], &["80", "443"], &["8000-9000"], &["*"]];

/// Security groups on subnets and policies of firewalls.
fn rules(luck: &mut Luck, spec: &mut NetworkSpec) {
    if !luck.percent(50) {
        return;
    }
    let sides = interesting(spec);
    // A rule that allows lets packets over a peering without access, which the naive simulator does not know.
    let open = spec
        .peerings
        .iter()
        .all(|link| link.allow_virtual_network_access);
    for at in 0..spec.vnets.len() {
        for position in 0..spec.vnets[at].subnets.len() {
            let name = spec.vnets[at].subnets[position].name.clone();
            let takes = ["app", "data", "extra", "nva"].contains(&name.as_str());
            if !takes || !luck.percent(25) {
                continue;
            }
            let group = NetworkSecurityGroupSpec {
                name: format!("nsg-{at}-{name}"),
                rules: (0..1 + luck.below(4))
                    .map(|number| rule(luck, &sides, open, number))
                    .collect(),
            };
            spec.vnets[at].subnets[position].network_security_group = Some(group.name.clone());
            spec.network_security_groups.push(group);
        }
    }
    for at in 0..spec.appliances.len() {
        if spec.appliances[at].kind == ApplianceKind::AzureFirewall && luck.percent(60) {
            let name = format!("policy-{at}");
            spec.firewall_policies.push(policy(luck, &sides, &name));
            spec.appliances[at].firewall_policy = Some(name);
        }
    }
}

fn side(luck: &mut Luck, sides: &[String], tags: &[&str]) -> String {
    if luck.percent(60) {
        (*luck.pick(tags).unwrap()).to_owned()
    } else {
        luck.pick(sides).unwrap().clone()
    }
}

fn ports(luck: &mut Luck) -> Vec<String> {
    let ports = luck.pick(&PORTS).unwrap();
    ports.iter().map(|port| (*port).to_owned()).collect()
}

fn rule(luck: &mut Luck, sides: &[String], open: bool, number: usize) -> SecurityRuleSpec {
    let tags = ["*", "*", "VirtualNetwork", "Internet"];
    let protocols = [
        None,
        Some(Protocol::Tcp),
        Some(Protocol::Udp),
        Some(Protocol::Icmp),
    ];
    let allow = open && luck.percent(65);
    SecurityRuleSpec {
        name: Some(format!("rule{number}")),
        priority: u32::try_from(400 - 10 * number + luck.below(3)).unwrap(),
        direction: *luck
            .pick(&[Direction::Inbound, Direction::Outbound])
            .unwrap(),
        access: if allow { Access::Allow } else { Access::Deny },
        protocol: *luck.pick(&protocols).unwrap(),
        source: vec![side(luck, sides, &tags)],
        destination: vec![side(luck, sides, &tags)],
        destination_port_ranges: ports(luck),
        ..SecurityRuleSpec::any()
    }
}

fn policy(luck: &mut Luck, sides: &[String], name: &str) -> FirewallPolicySpec {
    use FirewallProtocol::{Any, Icmp, Tcp, Udp};
    let groups = (0..1 + luck.below(2)).map(|group| {
        let collections = (0..1 + luck.below(3)).map(|collection| {
            let allow = luck.percent(75);
            let rules = (0..1 + luck.below(2)).map(|number| FirewallRuleSpec {
                name: Some(format!("r{number}")),
                rule_type: FirewallRuleType::NetworkRule,
                ip_protocols: vec![*luck.pick(&[Any, Any, Tcp, Udp, Icmp]).unwrap()],
                source_addresses: vec![side(luck, sides, &["*"])],
                destination_addresses: vec![side(luck, sides, &["*"])],
                destination_ports: ports(luck),
                ..read(json!({"ruleType": "NetworkRule"}))
            });
            let rules = rules.collect();
            FirewallRuleCollectionSpec {
                name: Some(format!("c{collection}")),
                priority: u32::try_from(900 - 100 * collection).unwrap(),
                action: if allow {
                    FirewallAction::Allow
                } else {
                    FirewallAction::Deny
                },
                rules,
            }
        });
        RuleCollectionGroupSpec {
            name: Some(format!("g{group}")),
            priority: u32::try_from(900 - 100 * group).unwrap(),
            rule_collections: collections.collect(),
        }
    });
    FirewallPolicySpec {
        name: name.to_owned(),
        base_policy: None,
        rule_collection_groups: groups.collect(),
        dns_settings: None,
    }
}

/// Prefixes worth a route: everything that exists, what contains it and what lies in it.
pub(crate) fn interesting(spec: &NetworkSpec) -> Vec<String> {
    let mut found: Vec<String> = [
        "0.0.0.0/0",
        "0.0.0.0/0",
        "0.0.0.0/0",
        "10.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "10.0.0.0/12",
        "10.16.0.0/12",
        "10.32.0.0/12",
        "0.0.0.0/1",
        "8.8.8.0/24",
        "10.99.0.0/16",
        "172.0.0.0/8",
    ]
    .map(str::to_owned)
    .to_vec();
    for vnet in &spec.vnets {
        // Ranges of VNets count twice: that is what people route.
        found.extend(vnet.prefixes.iter().cloned());
        found.extend(vnet.prefixes.iter().cloned());
        found.extend(vnet.subnets.iter().map(|subnet| subnet.prefix.clone()));
        found.extend(
            nets(&vnet.prefixes)
                .iter()
                .map(|range| format!("{}/{}", range.at(0), range.length + 1)),
        );
        found.extend(
            vnet.subnets
                .iter()
                .filter_map(|s| net(&s.prefix))
                .map(|p| format!("{}/32", p.at(5))),
        );
    }
    found.extend(
        spec.sites
            .iter()
            .flat_map(|site| site.prefixes.iter().cloned()),
    );
    found.extend(
        spec.private_endpoints
            .iter()
            .map(|endpoint| format!("{}/32", endpoint.ip)),
    );
    found
}

fn tables(luck: &mut Luck, spec: &mut NetworkSpec) {
    let prefixes = interesting(spec);
    for position in 0..spec.vnets.len() {
        let vnet = spec.vnets[position].clone();
        let hops = hops_for(spec, &vnet.name);
        let near = peered_appliances(spec, &vnet.name);
        for (number, subnet) in vnet.subnets.iter().enumerate() {
            let chance = match subnet.name.as_str() {
                "app" => 75,
                "GatewaySubnet" => 35,
                "endpoints" => 30,
                _ => 50,
            };
            if !luck.percent(chance) {
                continue;
            }
            let earlier: Vec<&String> = vnet.subnets.iter().take(number).map(|s| &s.name).collect();
            let shared = earlier
                .last()
                .map(|name| format!("rt-{}-{name}", vnet.name));
            let known = |name: &String| spec.route_tables.iter().any(|table| table.name == *name);
            let name = match shared.filter(|name| known(name)) {
                Some(name) if subnet.name != "GatewaySubnet" && luck.percent(20) => name,
                _ => format!("rt-{}-{}", vnet.name, subnet.name),
            };
            if !spec.route_tables.iter().any(|table| table.name == name) {
                let mut table = RouteTableSpec {
                    name: name.clone(),
                    ..RouteTableSpec::default()
                };
                let gateway = subnet.name == "GatewaySubnet";
                table.disable_bgp_route_propagation = !gateway && luck.percent(30);
                table.routes = routes(luck, &prefixes, &hops, &near, &subnet.name);
                spec.route_tables.push(table);
            }
            spec.vnets[position].subnets[number].route_table = Some(name);
        }
    }
}

/// Next-hop addresses that make sense in a VNet: near appliances many times, far ones and junk once.
fn hops_for(spec: &NetworkSpec, vnet: &str) -> Vec<String> {
    let near = |name: &str| {
        name == vnet
            || spec
                .peerings
                .iter()
                .any(|link| *link.from == *vnet && *link.to == *name)
    };
    let mut hops = vec!["10.99.9.9".to_owned()];
    for nic in &spec.appliances {
        let address = nic.load_balancer_ip.as_ref().unwrap_or(&nic.ip);
        let times = if nic.vnet == vnet {
            4
        } else if near(&nic.vnet) {
            8
        } else {
            1
        };
        hops.extend(std::iter::repeat_n(address.clone(), times));
        hops.push(nic.ip.clone());
    }
    hops.extend(
        spec.gateways
            .iter()
            .filter(|g| near(&g.vnet))
            .flat_map(|g| g.instance_ips.clone()),
    );
    let other = spec
        .vnets
        .iter()
        .find(|other| other.name == vnet)
        .and_then(|other| net(&other.subnets[0].prefix));
    hops.extend(other.map(|prefix: Net| prefix.at(77).to_string()));
    hops
}

/// Addresses of the appliances of peered VNets, those of the own region's hub first.
fn peered_appliances(spec: &NetworkSpec, vnet: &str) -> Vec<Ipv4Addr> {
    let region = |name: &str| name.chars().find(char::is_ascii_digit);
    let link = |name: &str| {
        spec.peerings
            .iter()
            .any(|link| *link.from == *vnet && *link.to == *name)
    };
    let mut nics: Vec<&ApplianceSpec> = spec
        .appliances
        .iter()
        .filter(|nic| link(&nic.vnet))
        .collect();
    nics.sort_by_key(|nic| region(&nic.vnet) != region(vnet));
    let address = |nic: &ApplianceSpec| nic.load_balancer_ip.as_ref().unwrap_or(&nic.ip).parse();
    nics.into_iter()
        .filter_map(|nic| address(nic).ok())
        .collect()
}

fn routes(
    luck: &mut Luck,
    prefixes: &[String],
    hops: &[String],
    near: &[Ipv4Addr],
    subnet: &str,
) -> Vec<RouteSpec> {
    use UserNextHopType::{Internet, None, VirtualAppliance, VirtualNetworkGateway, VnetLocal};
    let gateway = subnet == "GatewaySubnet";
    let forwards = subnet == "nva" || subnet == "AzureFirewallSubnet";
    let near = if gateway { &[] } else { near };
    let mut routes: Vec<RouteSpec> = Vec::new();
    if let Some(hop) = near
        .first()
        .filter(|_| luck.percent(if forwards { 80 } else { 55 }))
    {
        // What people write first: everything to the hub's appliance, another region to that region's.
        let hop = if luck.percent(75) {
            hop
        } else {
            luck.pick(near).unwrap()
        };
        let wide = ["0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8"];
        let summary = format!("10.{}.0.0/12", hop.octets()[1] / 16 * 16);
        routes.push(RouteSpec {
            name: Some("wide".to_owned()),
            prefix: if forwards {
                summary
            } else {
                (*luck.pick(&wide).unwrap()).to_owned()
            },
            next_hop_type: VirtualAppliance.into(),
            next_hop_ip_address: Some(hop.to_string()),
        });
    }
    for number in 0..1 + luck.below(5) {
        let prefix = luck.pick(prefixes).unwrap().clone();
        let taken = routes.iter().any(|route| route.prefix == prefix);
        if taken || gateway && prefix == "0.0.0.0/0" {
            continue;
        }
        let kind = match luck.below(100) {
            0..72 => VirtualAppliance,
            72..82 => VirtualNetworkGateway,
            82..88 => VnetLocal,
            88..94 => Internet,
            _ => None,
        };
        // A gateway that is its own next hop says nothing about routing.
        let kind = if gateway && kind == VirtualNetworkGateway {
            VirtualAppliance
        } else {
            kind
        };
        routes.push(RouteSpec {
            name: Some(format!("r{number}")),
            prefix,
            next_hop_type: kind.into(),
            next_hop_ip_address: (kind == VirtualAppliance)
                .then(|| luck.pick(hops).unwrap().clone()),
        });
    }
    routes
}

/// Addresses worth asking about.
pub(crate) fn addresses(spec: &NetworkSpec) -> Vec<Ipv4Addr> {
    let mut found = vec![
        Ipv4Addr::new(8, 8, 8, 8),
        Ipv4Addr::new(10, 99, 0, 4),
        Ipv4Addr::new(172, 31, 255, 4),
        Ipv4Addr::new(192, 168, 254, 4),
        Ipv4Addr::new(100, 64, 9, 9),
    ];
    for vnet in &spec.vnets {
        found.extend(nets(&vnet.prefixes).iter().map(|range| range.at(0x0fa0)));
        let asked = vnet
            .subnets
            .iter()
            .filter(|s| s.name != "GatewaySubnet" && s.name != "AzureFirewallSubnet");
        found.extend(
            asked
                .filter_map(|s| net(&s.prefix))
                .flat_map(|prefix| [prefix.at(5), prefix.at(9)]),
        );
    }
    found.extend(
        spec.sites
            .iter()
            .flat_map(|site| nets(&site.prefixes))
            .filter(|prefix| prefix.length > 0)
            .map(|prefix| prefix.at(20)),
    );
    found.extend(
        spec.private_endpoints
            .iter()
            .filter_map(|endpoint| endpoint.ip.parse::<Ipv4Addr>().ok()),
    );
    found.extend(
        spec.appliances
            .iter()
            .filter_map(|nic| nic.ip.parse::<Ipv4Addr>().ok()),
    );
    found
}

/// Flows from hosts and sites to anything.
pub(crate) fn asks(luck: &mut Luck, spec: &NetworkSpec, count: usize) -> Vec<Ask> {
    let everywhere = addresses(spec);
    let hosts = |wanted: &[&str]| -> Vec<Ipv4Addr> {
        let subnets = spec.vnets.iter().flat_map(|vnet| &vnet.subnets);
        let asked = subnets.filter(|subnet| wanted.contains(&subnet.name.as_str()));
        asked
            .filter_map(|subnet| net(&subnet.prefix))
            .map(|prefix| prefix.at(6))
            .collect()
    };
    let apps = hosts(&["app", "data", "extra"]);
    let mut sources = hosts(&["app", "app", "data", "extra", "nva", "endpoints"]);
    sources.extend(
        spec.sites
            .iter()
            .filter_map(|site| net(&site.prefixes[0]))
            .map(|prefix| prefix.at(20)),
    );
    let mut asks = Vec::new();
    for _ in 0..count {
        let source = *luck.pick(&sources).unwrap();
        // Half of the flows go between hosts: they are the ones that travel.
        let among = if luck.percent(55) { &apps } else { &everywhere };
        let destination = *luck.pick(among).unwrap();
        let protocol = *luck
            .pick(&[Protocol::Icmp, Protocol::Tcp, Protocol::Tcp, Protocol::Udp])
            .unwrap();
        if source != destination {
            asks.push(Ask {
                source,
                destination,
                protocol,
                port: None,
            });
        }
    }
    asks
}

/// Random estates that also exchange routes: ExpressRoute, Route Servers, tunnels with BGP between gateways and to
/// sites. The naive simulator knows nothing of these.
pub(crate) fn exchanging() -> impl Strategy<Value = Estate> {
    any::<u64>().prop_map(|seed| {
        let mut spec = estate(seed);
        exchange(&mut Luck::new(seed.rotate_left(17)), &mut spec);
        Estate { seed, spec }
    })
}

fn exchange(luck: &mut Luck, spec: &mut NetworkSpec) {
    for (number, tunnel) in spec.tunnels.iter_mut().enumerate() {
        tunnel.bgp = luck.percent(60);
        tunnel.as_path = luck
            .percent(20)
            .then(|| vec![65_001, 65_200 + u32::try_from(number).unwrap()]);
    }
    for (number, gateway) in spec.gateways.iter_mut().enumerate() {
        gateway.asn = if luck.percent(50) {
            65_515
        } else {
            65_010 + u32::try_from(number).unwrap()
        };
    }
    for (number, site) in spec.sites.iter_mut().enumerate() {
        site.asn = 65_001 + u32::try_from(luck.below(3) * number).unwrap();
        site.wan = luck.percent(40).then(|| "wan".to_owned());
    }
    let vpn: Vec<String> = spec
        .gateways
        .iter()
        .map(|gateway| gateway.name.clone())
        .collect();
    for (position, near) in vpn.iter().enumerate() {
        for far in vpn.iter().skip(position + 1) {
            if luck.percent(40) {
                spec.tunnels.push(TunnelSpec::new(near, far));
            }
        }
    }
    let hubs: Vec<String> = spec
        .vnets
        .iter()
        .map(|v| v.name.clone())
        .filter(|n| n.starts_with("hub"))
        .collect();
    for hub in &hubs {
        if luck.percent(45) {
            let mut gateway =
                GatewaySpec::new(&format!("er-{hub}"), GatewayKind::ExpressRoute, hub);
            gateway.allow_remote_vnet_traffic = luck.percent(70);
            spec.gateways.push(gateway);
        }
        let nvas: Vec<String> = spec
            .appliances
            .iter()
            .filter(|nic| nic.vnet == *hub)
            .map(|nic| nic.name.clone())
            .collect();
        if !nvas.is_empty() && luck.percent(45) {
            let mut server = GatewaySpec::new(&format!("rs-{hub}"), GatewayKind::RouteServer, hub);
            server.branch_to_branch = luck.percent(60);
            let preferences = [
                RoutingPreference::ExpressRoute,
                RoutingPreference::VpnGateway,
                RoutingPreference::AsPath,
            ];
            server.routing_preference = (*luck.pick(&preferences).unwrap()).into();
            spec.gateways.push(server);
            for (number, nva) in nvas.iter().enumerate() {
                spec.bgp_peerings.push(session(luck, hub, nva, number));
            }
        }
    }
    circuits(luck, spec);
}

fn session(luck: &mut Luck, hub: &str, nva: &str, number: usize) -> BgpPeeringSpec {
    let asn = 65_100 + u32::try_from(number * luck.below(2)).unwrap();
    let prefixes = [
        "0.0.0.0/0",
        "10.0.0.0/8",
        "192.168.77.0/24",
        "10.0.0.0/16",
        "192.168.10.0/24",
    ];
    let advertises = (0..luck.below(3)).map(|_| AdvertisementSpec {
        prefix: (*luck.pick(&prefixes).unwrap()).to_owned(),
        next_hop: None,
        as_path: luck.percent(30).then(|| vec![asn, asn, 65_300]),
    });
    let mut advertises: Vec<AdvertisementSpec> = advertises.collect();
    advertises.dedup_by(|a, b| a.prefix == b.prefix);
    BgpPeeringSpec {
        instance_ip: None,
        reannounces: false,
        route_map: None,
        speaker: format!("rs-{hub}"),
        appliance: nva.to_owned(),
        asn,
        advertises,
    }
}

fn circuits(luck: &mut Luck, spec: &mut NetworkSpec) {
    let express: Vec<String> = spec
        .gateways
        .iter()
        .filter(|g| g.kind == GatewayKind::ExpressRoute)
        .map(|g| g.name.clone())
        .collect();
    if express.is_empty() {
        return;
    }
    for number in 0..1 + luck.below(2) {
        let site = format!("branch{number}");
        let prefixes = vec![
            format!("192.168.{}.0/24", 200 + number),
            "192.168.10.0/24".to_owned(),
        ];
        let prefixes: Vec<String> = prefixes.into_iter().take(1 + luck.below(2)).collect();
        let wan = luck.percent(40).then(|| "wan".to_owned());
        spec.sites.push(read(
            json!({ "name": site, "asn": 65_050, "prefixes": prefixes, "wan": wan }),
        ));
        let gateways: Vec<&String> = express.iter().filter(|_| luck.percent(75)).collect();
        let joined: &[&str] = if number == 1 { &["circuit0"] } else { &[] };
        spec.circuits.push(read(json!({
            "name": format!("circuit{number}"), "gateways": gateways, "sites": [site], "globalReachWith": joined,
        })));
    }
}
