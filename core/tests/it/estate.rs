//! Whole-estate answers: the answer by class is the answer pair by pair, on every estate at hand and on random ones.

use crate::dice::{Dice, network};
use interspoke_core::case::Case;
use interspoke_core::estate::generate::{Design, Plan};
use interspoke_core::estate::{
    ClassChange, End, Estate, Failure, Judgement, Policy, Service, Way, compare, diff,
};
use interspoke_core::route::{Flow, Place, Settings};
use interspoke_core::sample::SAMPLES;
use interspoke_core::spec::*;
use interspoke_core::topology::{SubnetId, Topology, VnetId, build};
use interspoke_core::word::Word;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::rc::Rc;

fn estate(spec: &NetworkSpec, settings: Settings) -> Estate {
    Estate::new(Rc::new(build(spec).value), settings)
}

fn workloads(estate: &Estate) -> Vec<SubnetId> {
    let mut all: Vec<SubnetId> = estate
        .classes()
        .iter()
        .flat_map(|class| class.members.iter().copied())
        .collect();
    all.sort_unstable();
    all
}

fn name(estate: &Estate, id: SubnetId) -> String {
    let subnet = estate.topology().subnet(id);
    format!(
        "{}/{}",
        estate.topology().vnet(subnet.vnet).name,
        subnet.name
    )
}

/// Every pair, followed on its own, says what its classes say; and so does the matrix.
pub(crate) fn by_class_is_pair_by_pair(
    spec: &NetworkSpec,
    settings: Settings,
) -> Result<(), String> {
    let estate = estate(spec, settings);
    let subnets = workloads(&estate);
    let mut stepwise = Estate::grouped(Rc::clone(estate.topology()), settings);
    while !stepwise.follow(3) {}
    assert!(stepwise.answers().eq(estate.answers()), "in steps of three");
    let counted: usize = estate.answers().map(|(pair, _)| estate.count(pair)).sum();
    assert_eq!(
        counted,
        subnets.len() * subnets.len().saturating_sub(1),
        "every pair stands in one pair of classes"
    );
    let matrix = estate.matrix();
    assert_eq!(matrix.subnets, subnets);
    for (row, from) in subnets.iter().enumerate() {
        for (column, to) in subnets.iter().enumerate() {
            if from == to {
                assert_eq!(matrix.row(row)[column], 0);
                continue;
            }
            let by_class = estate.answer(*from, *to);
            let by_pair = estate.followed(*from, *to).unwrap();
            let place = format!("{} to {}", name(&estate, *from), name(&estate, *to));
            let Some(by_class) = by_class else {
                return Err(format!("{place}: no answer by class"));
            };
            if !by_class.agrees(&by_pair) {
                return Err(format!(
                    "{place}\nby class {by_class:?}\nby pair  {by_pair:?}\nclasses {:?}",
                    estate
                        .classes()
                        .iter()
                        .map(|class| class.members.iter().map(|id| name(&estate, *id)).collect())
                        .collect::<Vec<Vec<String>>>()
                ));
            }
            assert_eq!(matrix.row(row)[column], by_pair.byte(), "{place}");
        }
    }
    Ok(())
}

#[track_caller]
fn check(what: &str, spec: &NetworkSpec) {
    for strict_forwarded_traffic in [false, true] {
        let settings = Settings {
            strict_forwarded_traffic,
        };
        if let Err(difference) = by_class_is_pair_by_pair(spec, settings) {
            panic!("{what}: {difference}");
        }
    }
}

#[test]
fn samples() {
    for sample in SAMPLES {
        check(sample.id, &sample.document().unwrap().network);
    }
}

#[test]
fn published_estates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut estates = 0;
    for entry in std::fs::read_dir(folder.join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let case = Case::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for network in std::iter::once(&case.network).chain(case.states.values()) {
            check(&case.id, network);
            estates += 1;
        }
    }
    for entry in std::fs::read_dir(folder.join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for block in text.split("```json case").skip(1) {
            let json = block
                .split_once('\n')
                .unwrap()
                .1
                .split("\n```")
                .next()
                .unwrap();
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            let Ok(network) = serde_json::from_value(value["network"].clone()) else {
                continue;
            };
            check(&format!("{} {}", path.display(), value["id"]), &network);
            estates += 1;
        }
    }
    assert!(estates > 100, "{estates} estates");
}

#[test]
fn generated_estates() {
    for design in [Design::Firewalls, Design::VirtualWan, Design::Mesh] {
        for (spokes, regions, kinds) in [(2, 1, 1), (7, 2, 1), (9, 2, 2), (12, 3, 3)] {
            let plan = Plan {
                spokes,
                regions,
                kinds,
                design,
            };
            check(&format!("{plan:?}"), &plan.spec());
        }
    }
}

#[test]
fn spokes_with_endpoints_at_the_same_places_are_one_class() {
    let plan = Plan {
        spokes: 48,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let mut spec = plan.spec();
    let spokes = spec
        .vnets
        .iter()
        .filter(|vnet| vnet.prefixes[0].ends_with("/22"));
    let endpoints = spokes.filter(|vnet| vnet.name.starts_with("spoke"));
    let endpoints = endpoints.map(|vnet| PrivateEndpointSpec {
        name: None,
        vnet: vnet.name.clone(),
        subnet: "workload".to_owned(),
        ip: vnet.subnets[0].prefix.replace(".0/24", ".4"),
        fqdns: Vec::new(),
        private_dns_zones: Vec::new(),
    });
    spec.private_endpoints = endpoints.collect();
    assert_eq!(spec.private_endpoints.len(), 48);
    let classes = |spec: &NetworkSpec| estate(spec, Settings::default()).classes().len();
    assert_eq!(classes(&spec), 2);
    spec.private_endpoints[7].ip = spec.private_endpoints[7].ip.replace(".4", ".9");
    assert_eq!(classes(&spec), 3);
}

#[test]
fn alike_spokes_are_one_class() {
    let classes = |plan: Plan| estate(&plan.spec(), Settings::default()).classes().len();
    for (design, regions, kinds, expected) in [
        (Design::Firewalls, 1, 1, 1),
        (Design::Firewalls, 2, 1, 2),
        (Design::Firewalls, 2, 4, 8),
        (Design::VirtualWan, 1, 1, 1),
        (Design::VirtualWan, 2, 3, 6),
        (Design::Mesh, 1, 1, 1),
        (Design::Mesh, 3, 1, 3),
    ] {
        let plan = Plan {
            spokes: 48,
            regions,
            kinds,
            design,
        };
        assert_eq!(classes(plan), expected, "{plan:?}");
    }
}

/// Decisions from bytes; when they run out every decision is the first choice, and first choices make alike spokes.
struct Chance(std::vec::IntoIter<u8>);

impl Chance {
    fn below(&mut self, limit: u8) -> u8 {
        self.0.next().unwrap_or(0) % limit
    }

    /// Seldom true: most things of an estate are alike.
    fn seldom(&mut self) -> bool {
        self.below(8) == 7
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[usize::from(self.0.next().unwrap_or(0)) % choices.len()]
    }

    fn one<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.0.next().unwrap_or(0)) % choices.len()]
    }
}

fn route(chance: &mut Chance, own: u8, spokes: u8) -> RouteSpec {
    let other = chance.below(spokes.max(1));
    let prefix = match chance.below(10) {
        0 | 1 => "0.0.0.0/0".to_owned(),
        2 => "10.0.0.0/8".to_owned(),
        3 => format!("10.{}.0.0/16", 10 + own),
        4 => format!("10.{}.0.0/16", 10 + other),
        5 => format!("10.{}.1.0/24", 10 + other),
        6 => format!("10.{}.0.0/17", 10 + own),
        7 => "10.8.0.0/13".to_owned(),
        8 => format!("10.{}.1.4/32", 10 + other),
        _ => "192.168.0.0/16".to_owned(),
    };
    let next_hop_type = chance.one(&[
        UserNextHopType::VirtualAppliance,
        UserNextHopType::VirtualAppliance,
        UserNextHopType::VirtualAppliance,
        UserNextHopType::VirtualNetworkGateway,
        UserNextHopType::None,
        UserNextHopType::VnetLocal,
        UserNextHopType::Internet,
    ]);
    let hop = (next_hop_type == UserNextHopType::VirtualAppliance).then(|| {
        chance
            .pick(&["10.0.1.4", "10.0.1.4", "10.0.2.4", "10.1.1.4", "10.10.1.9"])
            .to_owned()
    });
    RouteSpec {
        name: None,
        prefix,
        next_hop_type: next_hop_type.into(),
        next_hop_ip_address: hop,
    }
}

fn rule(chance: &mut Chance, priority: u32, own: u8, spokes: u8) -> SecurityRuleSpec {
    let mut side = || {
        let other = chance.below(spokes.max(1));
        vec![match chance.below(6) {
            0 => "*".to_owned(),
            1 => "VirtualNetwork".to_owned(),
            2 => format!("10.{}.0.0/16", 10 + own),
            3 => format!("10.{}.1.0/24", 10 + other),
            4 => "10.0.0.0/8".to_owned(),
            _ => format!("10.{}.2.4", 10 + other),
        }]
    };
    let (source, destination) = (side(), side());
    SecurityRuleSpec {
        name: None,
        priority,
        direction: chance.one(&[Direction::Inbound, Direction::Outbound]),
        access: chance.one(&[Access::Allow, Access::Deny, Access::AlwaysAllow]),
        protocol: chance.one(&[None, None, Some(Protocol::Tcp), Some(Protocol::Icmp)]),
        source,
        destination,
        destination_port_ranges: ports(chance),
        ..SecurityRuleSpec::any()
    }
}

fn ports(chance: &mut Chance) -> Vec<String> {
    match chance.below(6) {
        0 => vec!["443".to_owned()],
        1 => vec!["80".to_owned(), "8000-9000".to_owned()],
        _ => Vec::new(),
    }
}

/// A firewall policy with a few network rules, for the firewalls of the hubs.
fn firewall_policy(chance: &mut Chance, spokes: u8) -> FirewallPolicySpec {
    let group = |chance: &mut Chance| RuleCollectionGroupSpec {
        name: None,
        priority: 100 + u32::from(chance.below(3)),
        rule_collections: (0..1 + chance.below(2))
            .map(|_| rule_collection(chance, spokes))
            .collect(),
    };
    FirewallPolicySpec {
        name: "policy".to_owned(),
        base_policy: None,
        rule_collection_groups: (0..1 + chance.below(2)).map(|_| group(chance)).collect(),
        dns_settings: None,
    }
}

fn rule_collection(chance: &mut Chance, spokes: u8) -> FirewallRuleCollectionSpec {
    let rule = |chance: &mut Chance| {
        let side = |chance: &mut Chance| {
            let other = 10 + chance.below(spokes.max(1));
            vec![match chance.below(4) {
                0 => format!("10.{other}.0.0/16"),
                1 => format!("10.{other}.1.4-10.{other}.1.9"),
                _ => "*".to_owned(),
            }]
        };
        FirewallRuleSpec {
            rule_type: FirewallRuleType::NetworkRule,
            ip_protocols: vec![chance.one(&[FirewallProtocol::Any, FirewallProtocol::Tcp])],
            source_addresses: side(chance),
            destination_addresses: side(chance),
            destination_ports: ports(chance),
            ..FirewallRuleSpec::default()
        }
    };
    FirewallRuleCollectionSpec {
        name: None,
        priority: 100 + u32::from(chance.below(3)),
        action: chance.one(&[
            FirewallAction::Allow,
            FirewallAction::Allow,
            FirewallAction::Deny,
        ]),
        rules: (0..1 + chance.below(2)).map(|_| rule(chance)).collect(),
    }
}

/// Two hubs with machines, some gateways and sites, and spokes that are alike but for a few seldom differences.
fn random_estate(bytes: Vec<u8>) -> NetworkSpec {
    let chance = &mut Chance(bytes.into_iter());
    let spokes = 3 + chance.below(6);
    let mut spec = NetworkSpec::default();
    for hub in 0..2_u8 {
        let subnet = |name: &str, third: u8| SubnetSpec {
            name: name.to_owned(),
            prefix: format!("10.{hub}.{third}.0/24"),
            ..SubnetSpec::default()
        };
        spec.vnets.push(VnetSpec {
            name: format!("hub{hub}"),
            region: if hub == 1 {
                "northeurope".to_owned()
            } else {
                "westeurope".to_owned()
            },
            prefixes: vec![format!("10.{hub}.0.0/16")],
            subnets: vec![
                SubnetSpec {
                    route_table: chance.seldom().then(|| "shared1".to_owned()),
                    ..subnet("machines", 1)
                },
                subnet("more", 2),
                subnet("shared", 3),
            ],
            ..VnetSpec::default()
        });
        let mut machine = ApplianceSpec::new(
            &format!("fw{hub}"),
            chance.one(&[ApplianceKind::AzureFirewall, ApplianceKind::Nva]),
            &format!("hub{hub}"),
            "machines",
            &format!("10.{hub}.1.4"),
        );
        machine.stateful = Some(!chance.seldom());
        machine.running = !chance.seldom();
        machine.snat_private = chance.seldom();
        machine.firewall_policy = chance.seldom().then(|| "policy".to_owned());
        spec.appliances.push(machine);
    }
    spec.firewall_policies = vec![firewall_policy(chance, spokes)];
    if chance.below(3) == 0 {
        for position in 0..2 {
            let mut nva = ApplianceSpec::new(
                &format!("nva{position}"),
                ApplianceKind::Nva,
                "hub0",
                "more",
                &format!("10.0.2.{}", 5 + position),
            );
            nva.load_balancer_ip = Some("10.0.2.4".to_owned());
            nva.stateful = Some(true);
            spec.appliances.push(nva);
        }
    }
    let with_wan = chance.below(3) == 1;
    let gateway = !with_wan && chance.below(2) == 1;
    if gateway {
        spec.gateways
            .push(GatewaySpec::new("vpn0", GatewayKind::Vpn, "hub0"));
        let site = |name: &str, prefixes: &[&str]| SiteSpec {
            name: name.to_owned(),
            asn: 65_010,
            prefixes: prefixes.iter().map(|text| (*text).to_owned()).collect(),
            as_path: Vec::new(),
            wan: None,
            dns_servers: Vec::new(),
        };
        let inside = chance.pick(&[
            "192.168.0.0/16",
            "10.11.7.0/24",
            "10.12.0.0/16",
            "10.8.0.0/13",
            "0.0.0.0/0",
        ]);
        spec.sites.push(site("site", &["192.168.0.0/16", inside]));
        spec.tunnels.push(TunnelSpec::new("vpn0", "site"));
    }
    for number in 0..2 {
        let routes = (0..chance.below(4))
            .map(|_| route(chance, 0, spokes))
            .collect();
        spec.route_tables.push(RouteTableSpec {
            name: format!("shared{number}"),
            disable_bgp_route_propagation: chance.seldom(),
            routes,
        });
    }
    let own_tables = chance.below(3) == 0;
    let everybody = chance.below(2) == 0;
    let mesh = chance.below(4) == 0;
    let own_rules = chance.below(3) == 0;
    let own_seed: Vec<u8> = (0..8).map(|_| chance.below(255)).collect();
    let self_route = chance.below(2) == 0;
    for spoke in 0..spokes {
        let second = 10 + spoke;
        let table = if own_tables {
            let mut same = Chance(own_seed.clone().into_iter());
            let mut routes = vec![route(&mut same, spoke, 1)];
            if self_route {
                routes.push(RouteSpec {
                    prefix: format!("10.{second}.0.0/16"),
                    next_hop_type: UserNextHopType::VirtualAppliance.into(),
                    next_hop_ip_address: Some("10.0.1.4".to_owned()),
                    name: None,
                });
            }
            if everybody {
                let others = (0..spokes).filter(|other| *other != spoke);
                routes.extend(others.map(|other| RouteSpec {
                    prefix: format!("10.{}.0.0/16", 10 + other),
                    next_hop_type: UserNextHopType::VirtualAppliance.into(),
                    next_hop_ip_address: Some("10.0.1.4".to_owned()),
                    name: None,
                }));
            }
            if chance.seldom() {
                routes.push(route(chance, spoke, spokes));
            }
            spec.route_tables.push(RouteTableSpec {
                name: format!("own{spoke}"),
                disable_bgp_route_propagation: false,
                routes,
            });
            Some(format!("own{spoke}"))
        } else {
            match chance.below(5) {
                0..3 => Some("shared0".to_owned()),
                3 => Some("shared1".to_owned()),
                _ => None,
            }
        };
        if own_rules {
            let mut same = Chance(
                own_seed
                    .iter()
                    .rev()
                    .copied()
                    .collect::<Vec<u8>>()
                    .into_iter(),
            );
            spec.network_security_groups.push(NetworkSecurityGroupSpec {
                name: format!("rules{spoke}"),
                rules: vec![
                    rule(&mut same, 100, spoke, 1),
                    rule(&mut same, 200, spoke, 1),
                ],
            });
        }
        let subnet = |number: u8, table: Option<String>| SubnetSpec {
            name: format!("s{number}"),
            prefix: format!("10.{second}.{number}.0/24"),
            route_table: table,
            network_security_group: own_rules.then(|| format!("rules{spoke}")),
            ..SubnetSpec::default()
        };
        let mut subnets = vec![subnet(1, table.clone())];
        if chance.below(3) == 1 {
            subnets.push(subnet(2, if chance.seldom() { None } else { table }));
        }
        if chance.seldom() {
            subnets[0].network_security_group = None;
        }
        let mut prefixes = vec![format!("10.{second}.0.0/16")];
        if chance.seldom() {
            prefixes.push(format!("172.16.{second}.0/24"));
            subnets.push(SubnetSpec {
                name: "extra".to_owned(),
                prefix: format!("172.16.{second}.0/25"),
                ..SubnetSpec::default()
            });
        }
        if chance.below(20) == 19 {
            prefixes[0] = "10.8.0.0/13".to_owned();
        }
        spec.vnets.push(VnetSpec {
            name: format!("spoke{spoke}"),
            region: if chance.seldom() {
                "northeurope".to_owned()
            } else {
                "westeurope".to_owned()
            },
            prefixes,
            subnets,
            ..VnetSpec::default()
        });
    }
    let mut join = |a: &str, b: &str, chance: &mut Chance, transit: bool| {
        for (from, to) in [(a, b), (b, a)] {
            let mut peering = PeeringSpec::new(from, to);
            peering.allow_forwarded_traffic = !chance.seldom();
            peering.allow_virtual_network_access = chance.below(16) != 15;
            peering.allow_gateway_transit = transit && from.starts_with("hub");
            peering.use_remote_gateways = transit && !from.starts_with("hub");
            if chance.below(24) == 23 {
                peering.peering_state = PeeringState::Disconnected.into();
            }
            if chance.below(24) == 23 {
                peering.remote_address_space = Some(vec!["10.10.0.0/17".to_owned()]);
            }
            spec.peerings.push(peering);
        }
    };
    join("hub0", "hub1", chance, false);
    for spoke in 0..spokes {
        let hub = if chance.below(4) == 3 { 1 } else { 0 };
        let managed = chance.below(16) == 15;
        if !with_wan && !managed {
            join(
                &format!("spoke{spoke}"),
                &format!("hub{hub}"),
                chance,
                gateway && hub == 0,
            );
        }
        if mesh {
            for other in 0..spoke {
                join(
                    &format!("spoke{spoke}"),
                    &format!("spoke{other}"),
                    chance,
                    false,
                );
            }
        } else if chance.seldom() {
            let other = chance.below(spokes);
            join(
                &format!("spoke{spoke}"),
                &format!("spoke{other}"),
                chance,
                false,
            );
        }
    }
    if with_wan {
        spec.virtual_wan = Some(random_wan(chance, spokes));
    }
    if chance.below(3) == 0 {
        let members = (0..spokes)
            .filter(|_| !chance.seldom())
            .map(|spoke| format!("spoke{spoke}"));
        let members = members.collect();
        spec.avnm = Some(NetworkManagerSpec {
            groups: vec![NetworkGroupSpec {
                name: "group".to_owned(),
                members,
            }],
            configurations: vec![ConnectivitySpec {
                name: None,
                topology: Word::Known(chance.one(&[
                    ConnectivityTopology::Mesh,
                    ConnectivityTopology::HubAndSpoke,
                ])),
                hub: Some("hub1".to_owned()),
                groups: vec!["group".to_owned()],
                direct_connectivity: chance.below(2) == 0,
                global_mesh: chance.below(2) == 0,
                use_hub_gateway: false,
                deployed_to: None,
            }],
            security_admin_rules: (0..chance.below(3))
                .map(|number| SecurityAdminRuleSpec {
                    groups: vec!["group".to_owned()],
                    rule: rule(chance, 10 + u32::from(number), 0, spokes),
                })
                .collect(),
            ..NetworkManagerSpec::default()
        });
    }
    if chance.below(3) == 0 {
        let policies = chance.one(&[
            PrivateEndpointPolicies::Disabled,
            PrivateEndpointPolicies::Enabled,
            PrivateEndpointPolicies::RouteTableEnabled,
        ]);
        for spoke in 0..spokes {
            let vnet = &mut spec.vnets[2 + usize::from(spoke)];
            vnet.subnets[0].private_endpoint_network_policies = if chance.seldom() {
                PrivateEndpointPolicies::Disabled.into()
            } else {
                policies.into()
            };
            for host in [4, 5] {
                if chance.below(4) == 3 {
                    continue;
                }
                spec.private_endpoints.push(PrivateEndpointSpec {
                    name: None,
                    vnet: format!("spoke{spoke}"),
                    subnet: "s1".to_owned(),
                    ip: format!("10.{}.1.{}", 10 + spoke, host + chance.below(16) / 15),
                    fqdns: Vec::new(),
                    private_dns_zones: Vec::new(),
                });
            }
        }
    }
    if !with_wan {
        circuits(&mut spec, chance);
    }
    for nic in &mut spec.appliances {
        let zone = |chance: &mut Chance| match chance.below(3) {
            0 => Vec::new(),
            zone => vec![zone.to_string()],
        };
        nic.zones = zone(chance);
        nic.load_balancer_zones = zone(chance);
    }
    spec
}

/// Maybe ExpressRoute gateways in the hubs, on circuits with a site behind.
fn circuits(spec: &mut NetworkSpec, chance: &mut Chance) {
    let hubs: &[&str] = chance.one(&[&[], &["hub1"], &["hub0", "hub1"]]);
    if hubs.is_empty() {
        return;
    }
    for (position, hub) in hubs.iter().enumerate() {
        let mut gateway = GatewaySpec::new(&format!("er-{hub}"), GatewayKind::ExpressRoute, hub);
        gateway.allow_remote_vnet_traffic = !chance.seldom();
        gateway.zones = chance
            .one(&[&[][..], &["1"], &["1", "2"]])
            .iter()
            .map(|zone| (*zone).to_owned())
            .collect();
        spec.gateways.push(gateway);
        for peering in &mut spec.peerings {
            peering.use_remote_gateways |=
                *peering.to == **hub && peering.from.starts_with("spoke");
            peering.allow_gateway_transit |=
                *peering.from == **hub && peering.to.starts_with("spoke");
        }
        let two = position > 0 && chance.below(2) == 1;
        if position == 0 || two {
            let name = format!("circuit{position}");
            spec.circuits.push(CircuitSpec {
                gateways: vec![format!("er-{hub}")],
                links_up: 2 - chance.below(3) % 2,
                global_reach_with: if two {
                    vec!["circuit0".to_owned()]
                } else {
                    Vec::new()
                },
                ..CircuitSpec::new(&name)
            });
        } else {
            spec.circuits[0].gateways.push(format!("er-{hub}"));
        }
    }
    if hubs.len() > 1 && chance.below(2) == 1 {
        // Without it the way between the hubs is the circuit.
        spec.peerings
            .retain(|peering| !(peering.from.starts_with("hub") && peering.to.starts_with("hub")));
    }
    spec.sites.push(SiteSpec {
        name: "datacentre".to_owned(),
        asn: 65_020,
        prefixes: vec![
            "192.168.128.0/17".to_owned(),
            chance
                .pick(&["172.20.0.0/16", "10.11.7.0/24", "0.0.0.0/0"])
                .to_owned(),
        ],
        as_path: Vec::new(),
        wan: None,
        dns_servers: Vec::new(),
    });
    spec.circuits[0].sites.push("datacentre".to_owned());
}

fn random_wan(chance: &mut Chance, spokes: u8) -> VirtualWanSpec {
    let mut hubs: Vec<HubSpec> = (0..2)
        .map(|hub| HubSpec {
            name: format!("vhub{hub}"),
            region: if hub == 0 {
                "westeurope".to_owned()
            } else {
                "northeurope".to_owned()
            },
            prefix: Some(format!("10.250.{hub}.0/24")),
            firewall: Some(HubFirewallSpec {
                name: format!("vfw{hub}"),
                kind: ApplianceKind::AzureFirewall,
                ip: Some(format!("10.250.{hub}.132")),
                sku: None,
                capacity_units: None,
                firewall_policy: None,
            }),
            routing_intent: RoutingIntentSpec {
                private: chance.below(3) == 0,
                internet: chance.seldom(),
                ..RoutingIntentSpec::default()
            },
            route_tables: vec![HubRouteTableSpec {
                name: "isolated".to_owned(),
                labels: vec!["blue".to_owned()],
                static_routes: Vec::new(),
            }],
            ..HubSpec::default()
        })
        .collect();
    for spoke in 0..spokes {
        let hub = usize::from(chance.below(3) == 2);
        let associated = if chance.below(4) == 3 {
            "isolated"
        } else {
            "defaultRouteTable"
        };
        let label = if chance.below(4) == 3 {
            "blue"
        } else {
            "default"
        };
        hubs[hub].connections.push(HubConnectionSpec {
            inbound_route_map: None,
            outbound_route_map: None,
            name: format!("c{spoke}"),
            vnet: format!("spoke{spoke}"),
            associated: associated.to_owned(),
            propagated_tables: vec![
                if chance.seldom() {
                    "isolated"
                } else {
                    "defaultRouteTable"
                }
                .to_owned(),
            ],
            propagated_labels: vec![label.to_owned()],
            enable_internet_security: true,
            static_routes: Vec::new(),
            propagate_static_routes: true,
            local_route_override: LocalRouteOverride::Contains.into(),
        });
    }
    VirtualWanSpec { hubs }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn random_estates(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let spec = random_estate(bytes);
        if let Err(difference) = by_class_is_pair_by_pair(&spec, Settings::default()) {
            return Err(TestCaseError::fail(format!("{difference}\n{}", serde_json::to_string(&spec).unwrap())));
        }
    }

    /// Whatever a person types.
    #[test]
    fn typed_estates(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let spec = network(&mut Dice::new(bytes));
        if let Err(difference) = by_class_is_pair_by_pair(&spec, Settings::default()) {
            return Err(TestCaseError::fail(difference));
        }
    }
}

fn group(estate: &Estate, wanted: impl Fn(usize) -> bool) -> Vec<VnetId> {
    let vnets = estate.topology().vnets().iter();
    vnets
        .map(|vnet| vnet.id)
        .filter(|id| wanted(id.index()))
        .collect()
}

/// Some addresses of a subnet: its edges, its hosts, and those that random estates speak of.
fn addresses(topology: &Topology, subnet: SubnetId) -> Vec<Ipv4Addr> {
    let prefix = topology.subnet(subnet).prefix.unwrap();
    let (first, last) = (prefix.network().to_bits(), prefix.broadcast().to_bits());
    [first, first + 4, first + 5, first + 9, first + 77, last]
        .into_iter()
        .map(Ipv4Addr::from_bits)
        .collect()
}

/// What is sent between all addresses: services that rules of random estates name, and others.
const SERVICES: [(Protocol, Option<u16>); 5] = [
    (Protocol::Tcp, None),
    (Protocol::Tcp, Some(443)),
    (Protocol::Tcp, Some(8080)),
    (Protocol::Udp, Some(443)),
    (Protocol::Icmp, None),
];

/// A policy that is proved is broken by no packet; one that is refuted is broken by the packet shown.
fn policy_holds_as_judged(estate: &Estate, policy: &Policy) -> Result<(), String> {
    let topology = estate.topology();
    let judged = estate.check(policy);
    let (mut check, mut stepwise) = (estate.begin(policy.clone()), None);
    while stepwise.is_none() {
        stepwise = check.step(estate, 1);
    }
    assert_eq!(
        format!("{stepwise:?}"),
        format!("{:?}", Some(&judged)),
        "in steps of one"
    );
    if let Judgement::Refuted { flow, round_trip } = &judged {
        return if policy.is_broken_by(topology, round_trip) {
            Ok(())
        } else {
            Err(format!(
                "{policy:?}: refuted by {flow:?}, which does not break it: {round_trip:?}"
            ))
        };
    }
    let subnets = workloads(estate);
    for from in &subnets {
        for to in subnets.iter().filter(|to| *to != from) {
            let (a, b) = (topology.subnet(*from).vnet, topology.subnet(*to).vnet);
            let meant = match policy {
                Policy::NoneReachesExceptInspected { from, to }
                | Policy::EveryDirect { from, to }
                | Policy::OnlyReaches { from, to, .. }
                | Policy::EveryReaches { from, to } => from.contains(&a) && to.contains(&b),
                Policy::EverySymmetric(group) | Policy::NothingLeavesAzure(group) => {
                    a != b && group.contains(&a) && group.contains(&b)
                }
                Policy::Direct(pairs) => pairs.contains(&(*from, *to)),
            };
            if !meant {
                continue;
            }
            for source in addresses(topology, *from) {
                for destination in addresses(topology, *to) {
                    for (protocol, port) in SERVICES {
                        let flow = Flow {
                            source,
                            destination,
                            protocol,
                            port,
                        };
                        let trip = estate.routing().round_trip(flow);
                        if policy.is_broken_by(topology, &trip) {
                            return Err(format!(
                                "{policy:?}: proved, and broken by {flow:?}: {trip:?}"
                            ));
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

fn policies(estate: &Estate) -> Vec<Policy> {
    let (even, odd) = (group(estate, |i| i % 2 == 0), group(estate, |i| i % 2 == 1));
    let all = group(estate, |_| true);
    let subnets = workloads(estate);
    let pairs = subnets
        .iter()
        .zip(subnets.iter().skip(1))
        .map(|(a, b)| (*a, *b));
    vec![
        Policy::NoneReachesExceptInspected {
            from: even.clone(),
            to: odd.clone(),
        },
        Policy::EverySymmetric(all.clone()),
        Policy::NothingLeavesAzure(all),
        Policy::Direct(pairs.take(2).collect()),
        Policy::EveryDirect {
            from: even.iter().copied().take(1).collect(),
            to: even.clone(),
        },
        Policy::OnlyReaches {
            from: odd.clone(),
            to: even.clone(),
            services: vec![Service::tcp(443)],
        },
        Policy::EveryReaches {
            from: odd,
            to: even,
        },
    ]
}

/// A way in names, to compare two estates.
fn told(topology: &Topology, ways: &[Way]) -> Vec<String> {
    let stop = |place: &Place| match place {
        Place::Appliance(id) => topology.appliance(*id).name.clone(),
        Place::Gateway(id) => topology.gateway(*id).name.clone(),
        Place::MicrosoftEdge(id) => topology.circuit(*id).name.clone(),
        Place::Site(id) => topology.site(*id).name.clone(),
        Place::Hub(id) => format!("router {}", topology.hub(*id).name),
        Place::HubFirewall(id) => format!("firewall {}", topology.hub(*id).name),
        Place::HubGateway(id) => format!("gateway {}", topology.hub(*id).name),
        Place::PrivateEndpoint(id) => topology.private_endpoint(*id).name.clone(),
        Place::Subnet(_) | Place::Internet => "elsewhere".to_owned(),
    };
    let one = |way: &Way| {
        let stops: Vec<String> = way.stops.iter().map(stop).collect();
        let end = match way.end {
            End::Arrives => "arrives".to_owned(),
            End::Circles => "circles".to_owned(),
            End::Lost(reason) => format!("{:?}", std::mem::discriminant(&reason)),
        };
        format!("{} {end}", stops.join(" "))
    };
    ways.iter().map(one).collect()
}

/// Each pair stands in one change, and is changed exactly where its own answers differ.
fn changes_are_pair_by_pair(before: &Estate, after: &Estate) -> Result<(), String> {
    let ids = |estate: &Estate| -> BTreeMap<String, SubnetId> {
        workloads(estate)
            .into_iter()
            .map(|id| (name(estate, id), id))
            .collect()
    };
    let (old, new) = (ids(before), ids(after));
    let mut seen: BTreeMap<(String, String), bool> = BTreeMap::new();
    let vnet = |name: &str| name.split('/').next().unwrap().to_owned();
    for change in compare(before, after) {
        let ClassChange { from, to, .. } = &change;
        let mut pairs = 0;
        for a in from.iter() {
            for b in to
                .iter()
                .filter(|b| *b != a && (vnet(b) == vnet(a)) == change.same_vnet)
            {
                pairs += 1;
                if seen
                    .insert((a.clone(), b.clone()), change.changed)
                    .is_some()
                {
                    return Err(format!("{a} to {b} stands in two changes"));
                }
            }
        }
        if pairs != change.pairs {
            return Err(format!("{} pairs, not {pairs}: {change:?}", change.pairs));
        }
    }
    let names: Vec<&String> = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)))
        .collect();
    for a in &names {
        for b in names.iter().filter(|b| *b != a) {
            let told = |estate: &Estate, ids: &BTreeMap<String, SubnetId>| {
                let answer = estate.followed(*ids.get(*a)?, *ids.get(*b)?)?;
                let topology = estate.topology();
                Some((
                    answer.byte(),
                    told(topology, &answer.requests),
                    told(topology, &answer.replies),
                ))
            };
            let (there, here) = (told(before, &old), told(after, &new));
            let expected = there != here;
            let found = seen.get(&((*a).clone(), (*b).clone())).copied();
            if found.unwrap_or(false) != expected {
                return Err(format!(
                    "{a} to {b}: changed {found:?}, but {there:?} and {here:?}"
                ));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn policies_hold_as_judged(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let estate = estate(&random_estate(bytes), Settings::default());
        for policy in policies(&estate) {
            policy_holds_as_judged(&estate, &policy).map_err(TestCaseError::fail)?;
        }
    }

    #[test]
    fn changes_are_those_of_pairs(bytes in prop::collection::vec(any::<u8>(), 1..300), at in any::<prop::sample::Index>(), new in any::<u8>()) {
        let mut other = bytes.clone();
        *at.get_mut(&mut other) = new;
        let (before, after) = (random_estate(bytes), random_estate(other));
        let (before, after) = (estate(&before, Settings::default()), estate(&after, Settings::default()));
        changes_are_pair_by_pair(&before, &after).map_err(TestCaseError::fail)?;
    }

    /// What is left of an estate answers by class as it does pair by pair.
    #[test]
    fn failures_are_estates(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let whole = estate(&random_estate(bytes), Settings::default());
        let topology = whole.topology();
        let mut failures = vec![Failure::Region("northeurope".to_owned())];
        failures.extend(topology.devices().iter().map(|device| Failure::Machine(device.id)));
        failures.extend(topology.gateways().iter().map(|gateway| Failure::Gateway(gateway.id)));
        failures.extend(topology.hubs().iter().map(|hub| Failure::Hub(hub.id)));
        failures.extend(topology.circuits().iter().map(|circuit| Failure::Circuit(circuit.id)));
        for region in ["westeurope", "northeurope"] {
            let zones = Estate::zones(topology, region).into_iter();
            failures.extend(zones.map(|zone| Failure::Zone(region.to_owned(), zone)));
        }
        for failure in failures {
            let rest = whole.without(&failure);
            changes_are_pair_by_pair(&whole, &rest).map_err(|error| TestCaseError::fail(format!("{failure:?}: {error}")))?;
        }
    }
}

/// A subnet outside the ranges of its VNet, with endpoints in it: its cells are cut all the same.
#[test]
fn policies_hold_in_stray_subnets() {
    let mut bytes = vec![0; 76];
    for (at, byte) in [
        (0, 88),
        (12, 115),
        (13, 89),
        (16, 80),
        (18, 125),
        (21, 3),
        (37, 92),
        (43, 29),
        (48, 56),
        (49, 26),
        (55, 98),
        (61, 53),
        (67, 2),
        (69, 215),
        (72, 8),
        (73, 164),
        (76, 179),
    ] {
        bytes.resize(bytes.len().max(at + 1), 0);
        bytes[at] = byte;
    }
    let estate = estate(&random_estate(bytes), Settings::default());
    for policy in policies(&estate) {
        policy_holds_as_judged(&estate, &policy).unwrap();
    }
}

#[test]
fn spokes_behind_firewalls_keep_the_policies() {
    let plan = Plan {
        spokes: 40,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let estate = estate(&plan.spec(), Settings::default());
    let all = group(&estate, |_| true);
    let everybody = || (all.clone(), all.clone());
    let (from, to) = everybody();
    assert!(
        estate
            .check(&Policy::NoneReachesExceptInspected { from, to })
            .holds()
    );
    let (from, to) = everybody();
    assert!(estate.check(&Policy::EveryReaches { from, to }).holds());
    assert!(estate.check(&Policy::EverySymmetric(all.clone())).holds());
    assert!(estate.check(&Policy::NothingLeavesAzure(all)).holds());
    let subnets = workloads(&estate);
    let Judgement::Refuted { flow, round_trip } =
        estate.check(&Policy::Direct(vec![(subnets[0], subnets[2])]))
    else {
        panic!("spokes behind a firewall are not joined directly");
    };
    assert_eq!(flow.source.to_string(), "10.0.0.4");
    assert_eq!(round_trip.forward[0].hops.len(), 3);
}

#[test]
fn a_stopped_firewall_loses_its_spokes() {
    let plan = Plan {
        spokes: 40,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let estate = estate(&plan.spec(), Settings::default());
    let device = estate.topology().devices()[0].id;
    let what_if = estate.what_if(&Failure::Machine(device));
    let count = |changes: &[ClassChange]| -> usize { changes.iter().map(|one| one.pairs).sum() };
    // 20 spokes at each hub: those of the other hub still reach each other.
    assert_eq!(
        (count(&what_if.survive), count(&what_if.lost)),
        (20 * 19, 40 * 39 - 20 * 19)
    );
}

#[test]
fn a_route_that_changes_is_one_change_a_class() {
    let plan = Plan {
        spokes: 40,
        regions: 2,
        ..Plan::new(Design::Firewalls)
    };
    let mut spec = plan.spec();
    let before = estate(&spec, Settings::default());
    // The second hub's firewall no longer knows the way to the first hub's spokes.
    let table = spec
        .route_tables
        .iter_mut()
        .find(|table| table.name == "firewall-1")
        .unwrap();
    table.routes.retain(|route| route.prefix == "0.0.0.0/0");
    let after = estate(&spec, Settings::default());
    let changes = diff(&before, &after);
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(
        changes
            .iter()
            .all(|change| (change.from.len(), change.to.len()) == (20, 20))
    );
}

/// Two regions that meet on a circuit alone.
fn over_a_circuit() -> NetworkSpec {
    let mut spec = NetworkSpec::default();
    for (second, region) in [(0, "westeurope"), (8, "northeurope")] {
        let (hub, spoke) = (format!("hub{second}"), format!("spoke{second}"));
        for (name, at) in [(&hub, second), (&spoke, second + 1)] {
            spec.vnets.push(VnetSpec {
                name: name.clone(),
                region: region.to_owned(),
                prefixes: vec![format!("10.{at}.0.0/16")],
                subnets: vec![SubnetSpec {
                    name: "app".to_owned(),
                    prefix: format!("10.{at}.1.0/24"),
                    ..SubnetSpec::default()
                }],
                ..VnetSpec::default()
            });
        }
        let mut gateway = GatewaySpec::new(&format!("er{second}"), GatewayKind::ExpressRoute, &hub);
        gateway.allow_remote_vnet_traffic = true;
        spec.gateways.push(gateway);
        let mut there = PeeringSpec::new(spoke.as_str(), hub.as_str());
        there.use_remote_gateways = true;
        let mut back = PeeringSpec::new(hub.as_str(), spoke.as_str());
        back.allow_gateway_transit = true;
        spec.peerings.extend([there, back]);
    }
    spec.circuits.push(CircuitSpec {
        gateways: vec!["er0".to_owned(), "er8".to_owned()],
        ..CircuitSpec::new("circuit")
    });
    spec
}

#[test]
fn a_circuit_that_fails_loses_what_met_on_it() {
    let estate = estate(&over_a_circuit(), Settings::default());
    let circuit = estate.topology().circuits()[0].id;
    let what_if = estate.what_if(&Failure::Circuit(circuit));
    let count = |changes: &[ClassChange]| -> usize { changes.iter().map(|one| one.pairs).sum() };
    // Hub and spoke of a region stay joined; the four subnets of both regions do not.
    assert_eq!((count(&what_if.survive), count(&what_if.lost)), (4, 8));
    // Without the circuit in the spec the same pairs are left.
    let mut spec = over_a_circuit();
    spec.circuits.clear();
    let (rest, bare) = (
        estate.without(&Failure::Circuit(circuit)),
        self::estate(&spec, Settings::default()),
    );
    for from in workloads(&bare) {
        for to in workloads(&bare) {
            let reached = |estate: &Estate| estate.answer(from, to).map(|answer| answer.reached);
            assert_eq!(
                reached(&rest),
                reached(&bare),
                "{} to {}",
                name(&bare, from),
                name(&bare, to)
            );
        }
    }
}

/// A pair of NVAs behind a load balancer, with zones of the first, the second and the frontend.
fn pair_behind_a_load_balancer(zones: [&[&str]; 3]) -> Estate {
    let plan = Plan {
        spokes: 4,
        ..Plan::new(Design::Firewalls)
    };
    let mut spec = plan.spec();
    let firewall = spec.appliances[0].clone();
    let listed = |zones: &[&str]| {
        zones
            .iter()
            .map(|zone| (*zone).to_owned())
            .collect::<Vec<_>>()
    };
    spec.appliances.clear();
    let [first, second, front] = zones;
    for (position, own) in [first, second].into_iter().enumerate() {
        let prefix: Vec<&str> = firewall.ip.rsplitn(2, '.').collect();
        spec.appliances.push(ApplianceSpec {
            name: format!("nva{position}"),
            kind: ApplianceKind::Nva.into(),
            ip: format!("{}.{}", prefix[1], 10 + position),
            load_balancer_ip: Some(firewall.ip.clone()),
            stateful: Some(true),
            zones: listed(own),
            load_balancer_zones: listed(front),
            ..firewall.clone()
        });
    }
    estate(&spec, Settings::default())
}

#[test]
fn a_zone_that_fails_takes_what_stands_in_no_other() {
    let region = Plan::new(Design::Firewalls).spec().vnets[0].region.clone();
    let survive = |zones: [&[&str]; 3], failed: u8| -> usize {
        let estate = pair_behind_a_load_balancer(zones);
        let what_if = estate.what_if(&Failure::Zone(region.clone(), failed));
        what_if.survive.iter().map(|one| one.pairs).sum()
    };
    let redundant: &[&str] = &["1", "2", "3"];
    assert_eq!(
        survive([&["1"], &["2"], redundant], 1),
        12,
        "the other one takes over"
    );
    assert_eq!(
        survive([&["1"], &["1"], redundant], 1),
        0,
        "both stood there"
    );
    assert_eq!(survive([&["1"], &["1"], redundant], 2), 12, "another zone");
    assert_eq!(
        survive([&["2"], &["3"], &["1"]], 1),
        0,
        "the frontend stood there"
    );
    assert_eq!(
        survive([&[], &[], &[]], 1),
        12,
        "what names no zone is taken to stay"
    );
    let estate = pair_behind_a_load_balancer([&["1"], &[], redundant]);
    assert_eq!(Estate::zones(estate.topology(), &region), [1, 2, 3]);
    assert_eq!(estate.unplaced(&region), 1);
}

#[test]
fn a_zone_that_cannot_be_read_is_an_issue() {
    let mut spec = Plan::new(Design::Firewalls).spec();
    spec.appliances[0].zones = vec!["1".to_owned(), "north".to_owned()];
    let mut nva = spec.appliances[0].clone();
    (nva.name, nva.kind, nva.ip) = (
        "nva".to_owned(),
        ApplianceKind::Nva.into(),
        "10.7.252.9".to_owned(),
    );
    nva.zones = vec!["1".to_owned(), "2".to_owned()];
    spec.appliances.push(nva);
    let issues = interspoke_core::topology::build(&spec).issues;
    let subjects: Vec<&str> = issues
        .iter()
        .filter(|issue| issue.code == interspoke_core::issue::IssueCode::InvalidZone)
        .map(|issue| issue.subject.as_str())
        .collect();
    assert_eq!(
        subjects,
        ["appliances[firewall-0].zones[1]", "appliances[nva].zones"]
    );
}
