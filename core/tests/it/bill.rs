//! Bills: the reference's rates a GB for every path, a Virtual WAN with everything, and an independent bill that walks
//! every pair of hosts and knows its own prices.

use interspoke_core::intent::{
    AddressPlan, Intent, InternetPath, OnPremises, RegionIntent, TrafficUnit,
};
use interspoke_core::pattern::Pattern;
use interspoke_core::price::*;
use interspoke_core::route::{Flow, Hop, NextHopType, Place, Remark, Routing, Settings};
use interspoke_core::spec::*;
use interspoke_core::topology::{self, Topology, VnetId};
use interspoke_core::units::{GbPerMonth, Money, Quantity};
use proptest::prelude::*;

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(topology::build(spec).value.into(), Settings::default())
}

fn total(spec: &NetworkSpec, demand: &Demand, catalog: &Catalog) -> Bill {
    let bill = bill_of(&routing(spec), spec, demand, catalog);
    adds_up(&bill);
    bill
}

/// Every way to sum a bill gives its total, to the last digit.
#[track_caller]
pub(crate) fn adds_up(bill: &Bill) {
    let lines: i128 = bill
        .lines
        .iter()
        .filter_map(|line| line.amount)
        .map(Money::nanos)
        .sum();
    assert_eq!(bill.total.nanos(), lines);
    for grouping in [
        Grouping::Service,
        Grouping::Region,
        Grouping::Element,
        Grouping::Pair,
    ] {
        let shares: i128 = bill
            .by(grouping)
            .iter()
            .map(|share| share.amount.nanos())
            .sum();
        assert_eq!(shares, lines, "{grouping:?}");
    }
    for line in &bill.lines {
        let parts: u64 = line
            .parts
            .iter()
            .map(|part| part.quantity.thousandths())
            .sum();
        assert_eq!(parts, line.quantity.thousandths(), "{line:?}");
        assert_eq!(line.is_open(), line.source.is_none(), "{line:?}");
    }
}

fn blueprint(pattern: Pattern, regions: &[(&str, u32)]) -> NetworkSpec {
    let intent = Intent {
        regions: regions
            .iter()
            .map(|(region, spokes)| RegionIntent::new(region, *spokes))
            .collect(),
        internet: InternetPath::Any,
        ..Intent::default()
    };
    pattern.blueprint(&intent, &AddressPlan::new(&intent).unwrap())
}

fn one_way(from: &str, to: &str, gb: u32) -> Demand {
    Demand {
        uniform: nothing(),
        entries: vec![Entry::new(from, to, GbPerMonth::whole(gb))],
        ..Demand::default()
    }
}

fn nothing() -> Traffic {
    Traffic {
        within_regions_gb: GbPerMonth::ZERO,
        between_regions_gb: GbPerMonth::ZERO,
        to_on_premises_gb: GbPerMonth::ZERO,
    }
}

/// USD of 1,000 GB in one direction, without what exists anyway.
#[track_caller]
fn a_thousand_gb(spec: &NetworkSpec, from: &str, to: &str, rules: Rules, expected: &str) {
    let catalog = Catalog::built_in().with_rules(rules);
    let with = total(spec, &one_way(from, to, 1_000), &catalog);
    let without = total(spec, &one_way(from, to, 0), &catalog);
    let flow = with.total.checked_sub(without.total).unwrap();
    assert_eq!(
        flow.to_string(),
        format!("USD {expected}"),
        "{:#?}",
        with.lines
    );
    assert_eq!(with.open_lines().count(), without.open_lines().count());
}

#[test]
fn every_path_costs_the_reference_s_rate_a_gb() {
    let one = &[("eastus", 2)];
    let two = &[("eastus", 1), ("westus2", 1)];
    let (a, b, far) = ("eastus-spoke1", "eastus-spoke2", "westus2-spoke1");
    // The older text: one fee between VNets.
    let plain = Rules {
        router_at_destination: false,
        ..Rules::default()
    };
    let both = Rules {
        router_under_intent: true,
        ..Rules::default()
    };
    for (pattern, rules, expected) in [
        (Pattern::PeeringMesh, plain, "20.00"),
        (Pattern::AvnmMesh, plain, "20.00"),
        (Pattern::HubNva, plain, "45.00"),
        (Pattern::HubFirewall, plain, "56.00"),
        (Pattern::Vwan, plain, "40.00"),
        (Pattern::VwanSecured, plain, "36.00"),
        (Pattern::VwanSecured, both, "56.00"),
        (Pattern::VpnMesh, plain, "0.00"),
    ] {
        a_thousand_gb(&blueprint(pattern, one), a, b, rules, expected);
    }
    for (pattern, rules, expected) in [
        (Pattern::PeeringMesh, plain, "70.00"),
        (Pattern::HubNva, plain, "120.00"),
        (Pattern::HubFirewall, plain, "142.00"),
        (Pattern::Vwan, plain, "60.00"),
        (Pattern::Vwan, both, "80.00"),
        (Pattern::VwanSecured, plain, "72.00"),
        (Pattern::VpnMesh, plain, "35.00"),
    ] {
        a_thousand_gb(&blueprint(pattern, two), a, far, rules, expected);
    }
    for (other, expected) in [
        ("westeurope", "70.00"),
        ("japaneast", "125.00"),
        ("brazilsouth", "195.00"),
    ] {
        let spec = blueprint(Pattern::PeeringMesh, &[("eastus", 1), (other, 1)]);
        a_thousand_gb(&spec, a, &format!("{other}-spoke1"), plain, expected);
    }
    for (here, there, expected) in [
        ("japaneast", "koreacentral", "180.00"),
        ("japaneast", "brazilsouth", "250.00"),
        ("uaenorth", "brazilsouth", "320.00"),
    ] {
        let spec = blueprint(Pattern::PeeringMesh, &[(here, 1), (there, 1)]);
        a_thousand_gb(
            &spec,
            &format!("{here}-spoke1"),
            &format!("{there}-spoke1"),
            plain,
            expected,
        );
    }
    let mut basic = blueprint(Pattern::HubFirewall, one);
    basic.appliances[0].sku = Some("Basic".to_owned());
    a_thousand_gb(&basic, a, b, plain, "105.00");
}

#[test]
fn a_hairpin_pays_the_circuit_s_data_and_each_spoke_s_side() {
    let mut spec = blueprint(Pattern::ExpressrouteHairpin, &[("eastus", 2)]);
    spec.circuits[0].plan = Some(CircuitPlanSpec {
        tier: CircuitTier::Standard,
        family: CircuitFamily::MeteredData,
        bandwidth_in_mbps: 1_000,
    });
    let (a, b) = ("eastus-spoke1", "eastus-spoke2");
    a_thousand_gb(&spec, a, b, Rules::default(), "45.00");
    let bill = total(&spec, &one_way(a, b, 0), &Catalog::built_in());
    let circuit = bill
        .lines
        .iter()
        .find(|line| line.subject == "circuit")
        .unwrap();
    assert_eq!(circuit.amount.unwrap().to_string(), "USD 436.00");
    spec.circuits[0].plan.as_mut().unwrap().family = CircuitFamily::UnlimitedData;
    a_thousand_gb(&spec, a, b, Rules::default(), "20.00");
}

#[test]
fn a_virtual_wan_with_everything_has_no_open_line() {
    let mut spec = blueprint(Pattern::VwanSecured, &[("eastus", 3), ("westus2", 2)]);
    let hubs = &mut spec.virtual_wan.as_mut().unwrap().hubs;
    hubs[0].scale = HubScaleSpec {
        routing_units: Some(10),
        vpn_units: Some(2),
        express_route_units: Some(7),
        point_to_site_units: Some(1),
        point_to_site_connections: Some(100),
    };
    hubs[0].vpn = Some(HubVpnSpec {
        asn: 65_515,
        instance_ips: Vec::new(),
    });
    hubs[0].express_route = Some(HubExpressRouteSpec::default());
    let hub = hubs[0].name.clone();
    for site in ["office", "plant"] {
        let prefix = if site == "office" {
            "192.168.1.0/24"
        } else {
            "192.168.2.0/24"
        };
        spec.sites.push(SiteSpec {
            name: site.to_owned(),
            asn: 65_001,
            prefixes: vec![prefix.to_owned()],
            as_path: Vec::new(),
            wan: None,
            dns_servers: Vec::new(),
        });
        spec.tunnels.push(TunnelSpec::new(&hub, site));
    }
    spec.circuits.push(CircuitSpec {
        connections: Vec::new(),
        announcements: Vec::new(),
        name: "circuit".to_owned(),
        gateways: vec![hub],
        sites: Vec::new(),
        global_reach_with: Vec::new(),
        links_up: 2,
        plan: Some(CircuitPlanSpec {
            tier: CircuitTier::Premium,
            family: CircuitFamily::UnlimitedData,
            bandwidth_in_mbps: 2_000,
        }),
    });
    let bill = total(&spec, &Demand::from(nothing()), &Catalog::built_in());
    assert_eq!(bill.open_lines().count(), 0, "{:#?}", bill.lines);
    // Two hubs, two firewalls, 8 routing units, 2 VPN units, 2 branches, 5 full and 2 further ExpressRoute units, 1
    // circuit connection, 1 unit and 100 users of point to site; a circuit.
    let hourly = 2.0 * 0.25
        + 2.0 * 1.25
        + 8.0 * 0.1
        + 2.0 * 0.361
        + 2.0 * 0.05
        + 5.0 * 0.42
        + 2.0 * 0.25
        + 0.05
        + 0.361
        + 100.0 * 0.0125;
    let expected = format!("{:.2}", hourly * 730.0 + 12_900.0);
    assert_eq!(
        bill.total_text().replace(',', ""),
        format!("USD {expected}")
    );
}

#[test]
fn a_matrix_is_billed_pair_by_pair_and_direction_by_direction() {
    let spec = blueprint(Pattern::PeeringMesh, &[("eastus", 3)]);
    let mut demand = one_way("eastus-spoke1", "eastus-spoke2", 600);
    demand.entries.push(Entry::new(
        "eastus-spoke3",
        "eastus-spoke1",
        GbPerMonth::whole(400),
    ));
    demand.uniform.within_regions_gb = GbPerMonth::whole(100);
    let bill = total(&spec, &demand, &Catalog::built_in());
    // 600 + 400 GB of the matrix, and 100 GB each way of the one pair that it does not name.
    assert_eq!(bill.total_text(), "USD 24.00");
    let pairs: Vec<String> = bill
        .by(Grouping::Pair)
        .iter()
        .map(|share| format!("{} {}", share.name, share.amount))
        .collect();
    assert_eq!(
        pairs,
        [
            "eastus USD 4.00",
            "eastus-spoke1 to eastus-spoke2 USD 12.00",
            "eastus-spoke3 to eastus-spoke1 USD 8.00"
        ]
    );
    let halves = Demand {
        entries: demand
            .entries
            .iter()
            .map(|entry| Entry {
                from: vec!["eastus".to_owned()],
                ..entry.clone()
            })
            .collect(),
        ..demand
    };
    // A region as the source: every spoke of it but the destination itself, of which the first entry takes its pairs.
    let bill = total(&spec, &halves, &Catalog::built_in());
    assert_eq!(bill.total_text(), "USD 20.00");
}

#[test]
fn a_private_endpoint_pays_for_its_data_and_no_peering() {
    let spec = blueprint(Pattern::PrivateLink, &[("eastus", 2)]);
    let endpoint = spec.private_endpoints[0].name.clone().unwrap();
    let consumer = spec.private_endpoints[0].vnet.clone();
    let mut demand = one_way(&consumer, &endpoint, 2_000_000);
    demand
        .entries
        .push(Entry::new(&endpoint, &consumer, GbPerMonth::whole(1_000)));
    let bill = total(&spec, &demand, &Catalog::built_in());
    let flows: Vec<String> = bill
        .lines
        .iter()
        .filter(|line| line.meter.unit == Unit::Gb)
        .map(|line| line.amount.unwrap().to_string())
        .collect();
    assert_eq!(flows, ["USD 10.00", "USD 10,000.00", "USD 6,000.00"]);
}

#[test]
fn the_internet_is_billed_in_steps_and_through_the_firewall() {
    let intent = Intent {
        regions: vec![RegionIntent::new("eastus", 2)],
        ..Intent::default()
    };
    let spec = Pattern::HubFirewall.blueprint(&intent, &AddressPlan::new(&intent).unwrap());
    let demand = Demand {
        to_internet: GbPerMonth::whole(1_000),
        ..Demand::from(nothing())
    };
    let bill = total(&spec, &demand, &Catalog::built_in());
    let flows: Vec<String> = bill
        .lines
        .iter()
        .filter(|line| line.meter.unit == Unit::Gb)
        .map(|line| format!("{} {}", line.meter.meter, line.amount.unwrap()))
        .collect();
    assert_eq!(
        flows,
        [
            // Out and in over the peering, at both sides.
            "Intra-Region Egress USD 20.00",
            "Intra-Region Ingress USD 20.00",
            "Standard Data Processed USD 32.00",
            "Standard Data Transfer Out USD 0.00",
            "Standard Data Transfer Out USD 78.30",
        ]
    );
}

#[test]
fn zones_and_tunnels_are_charged_where_the_rules_say_so() {
    let spec = blueprint(Pattern::VpnMesh, &[("eastus", 3)]);
    let plain = Demand::from(nothing());
    let bill = |rules| total(&spec, &plain, &Catalog::built_in().with_rules(rules)).total;
    let base = bill(Rules::default());
    let rules = Rules {
        between_zones: true,
        between_zones_gb: GbPerMonth::whole(500),
        ..Rules::default()
    };
    assert_eq!(
        bill(rules).checked_sub(base).unwrap().to_string(),
        "USD 10.00"
    );
    // Three gateways with two tunnels each.
    let rules = Rules {
        included_tunnels: 0,
        ..Rules::default()
    };
    assert_eq!(
        bill(rules).checked_sub(base).unwrap().to_string(),
        "USD 65.70"
    );
    assert_eq!(Rules::DISPUTES.len(), 6);
}

// An independent bill: every ordered pair of hosts, followed on its own, with prices written here.

const FAR: [(&str, f64, f64); 4] = [
    ("eastus", 0.035, 0.02),
    ("westus2", 0.035, 0.02),
    ("japaneast", 0.09, 0.08),
    ("brazilsouth", 0.16, 0.16),
];

fn global(region: &str) -> f64 {
    FAR.iter().find(|(known, ..)| *known == region).unwrap().1
}

fn hosts(topology: &Topology, vnet: VnetId) -> Vec<std::net::Ipv4Addr> {
    let listed: Vec<_> = topology
        .workloads()
        .iter()
        .filter(|host| host.vnet == vnet)
        .map(|host| host.ip)
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let subnets = topology
        .vnet(vnet)
        .subnets
        .iter()
        .map(|id| topology.subnet(*id));
    let platform = [
        "GatewaySubnet",
        "AzureFirewallSubnet",
        "AzureFirewallManagementSubnet",
        "AzureBastionSubnet",
        "RouteServerSubnet",
        "VirtualNetworkApplianceSubnet",
    ];
    let ordinary =
        subnets.filter(|subnet| !subnet.implicit && !platform.contains(&subnet.name.as_str()));
    let host = |subnet: &topology::Subnet| {
        std::net::Ipv4Addr::from_bits(subnet.prefix.unwrap().network().to_bits() + 4)
    };
    ordinary.map(host).collect()
}

/// An end: the VNet it stands in, or none for a site.
type NaiveEnd = (Option<VnetId>, std::net::Ipv4Addr);

fn naive(spec: &NetworkSpec, within: f64, between: f64, premises: f64) -> f64 {
    let routing = routing(spec);
    let topology = routing.topology();
    let is_hub = |vnet: VnetId| {
        let holds = topology.appliances().iter().any(|a| a.vnet == vnet)
            || topology.gateways().iter().any(|g| g.vnet == vnet);
        holds && topology.links().iter().any(|link| link.from == vnet)
    };
    let region = |vnet: VnetId| topology.vnet(vnet).region.as_str();
    let spokes: Vec<VnetId> = topology
        .vnets()
        .iter()
        .map(|vnet| vnet.id)
        .filter(|vnet| !is_hub(*vnet))
        .collect();
    let mut ends: Vec<NaiveEnd> = spokes
        .iter()
        .flat_map(|vnet| {
            let hosts = hosts(topology, *vnet).into_iter();
            hosts.map(|host| (Some(*vnet), host))
        })
        .collect();
    for site in topology.sites() {
        let hosts = site.prefixes.iter();
        let mut hosts = hosts.map(|p| std::net::Ipv4Addr::from_bits(p.network().to_bits() + 4));
        let inside = |host: &std::net::Ipv4Addr| {
            let mut vnets = topology.vnets().iter();
            vnets.any(|vnet| vnet.prefixes.iter().any(|p| p.contains(host)))
        };
        // A site that tells on Azure's own ranges has no host there.
        if let Some(host) = hosts.find(|host| !inside(host)) {
            ends.push((None, host));
        }
    }
    let ordered = || {
        let pairs = ends.iter().flat_map(|a| ends.iter().map(move |b| (*a, *b)));
        pairs.filter(|(a, b)| a.0 != b.0)
    };
    let kind = |a: NaiveEnd, b: NaiveEnd| match (a.0, b.0) {
        (Some(a), Some(b)) if region(a) == region(b) => region(a),
        (Some(_), Some(_)) => "between",
        _ => "premises",
    };
    let mut sum = 0.0;
    // GB that leave Azure, by the peering rate of the region: it tells the three groups of steps apart.
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (a, b) in ordered() {
        let alike = ordered()
            .filter(|(x, y)| kind(*x, *y) == kind(a, b))
            .count();
        let figure = match kind(a, b) {
            "between" => between,
            "premises" => premises,
            _ => within,
        };
        let gb = figure / (alike as f64 / 2.0);
        let trip = routing.round_trip(Flow {
            source: a.1,
            destination: b.1,
            protocol: Protocol::Tcp,
            port: None,
        });
        if trip.verdict.reachable() {
            let each = gb / trip.forward.len() as f64;
            for branch in &trip.forward {
                let (cost, left) = walk(topology, spec, &branch.hops);
                sum += each * cost;
                out.extend(left.map(|zone| (zone, each)));
            }
        }
    }
    let steps: [(f64, [f64; 4]); 3] = [
        (0.035, [0.087, 0.083, 0.07, 0.05]),
        (0.09, [0.12, 0.085, 0.082, 0.08]),
        (0.16, [0.181, 0.175, 0.17, 0.16]),
    ];
    for (zone, prices) in steps {
        let gb: f64 = out
            .iter()
            .filter(|(z, _)| *z == zone)
            .map(|(_, gb)| gb)
            .sum();
        let from = [100.0, 10_335.0, 51_295.0, 153_695.0, f64::INFINITY];
        for (step, price) in prices.iter().enumerate() {
            sum += (gb.min(from[step + 1]) - from[step]).max(0.0) * price;
        }
    }
    sum
}

/// USD a GB of a way, and the zone of the region where it leaves Azure over the Internet.
fn walk(topology: &Topology, spec: &NetworkSpec, hops: &[Hop]) -> (f64, Option<f64>) {
    let vnet = |place: Place| match place {
        Place::Subnet(id) => Some(topology.subnet(id).vnet),
        Place::Appliance(id) => Some(topology.appliance(id).vnet),
        Place::Gateway(id) => Some(topology.gateway(id).vnet),
        _ => None,
    };
    let region = |id: VnetId| topology.vnet(id).region.as_str();
    let side = |here: &str, there: &str| if here == there { 0.01 } else { global(here) };
    let turns = hops
        .iter()
        .any(|hop| matches!(hop.place, Place::MicrosoftEdge(_) | Place::Site(_)));
    let mut left = None;
    let mut sum = 0.0;
    for (position, hop) in hops.iter().enumerate() {
        let Some(next) = hops.get(position + 1) else {
            break;
        };
        if hop
            .remarks
            .iter()
            .any(|remark| matches!(remark, Remark::LoadBalanced(_)))
        {
            sum += 0.005;
        }
        match hop.place {
            Place::Appliance(id) if topology.appliance(id).kind == ApplianceKind::AzureFirewall => {
                let sku = spec
                    .appliances
                    .iter()
                    .find(|a| a.name == topology.appliance(id).name)
                    .and_then(|a| a.sku.as_deref());
                sum += if sku == Some("Basic") { 0.065 } else { 0.016 };
            }
            Place::HubFirewall(id)
                if topology
                    .hub(id)
                    .firewall
                    .as_ref()
                    .is_some_and(|f| f.kind == ApplianceKind::AzureFirewall) =>
            {
                sum += 0.016
            }
            Place::Hub(_) if !turns && position > 0 && vnet(hops[position - 1].place).is_some() => {
                sum += 0.02
            }
            // The router of the destination's hub.
            Place::Hub(_)
                if !turns
                    && position > 0
                    && matches!(hops[position - 1].place, Place::Hub(_))
                    && vnet(next.place).is_some() =>
            {
                sum += 0.02
            }
            _ => {}
        }
        let hub = |place: Place| match place {
            Place::Hub(id) | Place::HubFirewall(id) | Place::HubGateway(id) => {
                Some(topology.hub(id).region.as_str())
            }
            _ => None,
        };
        let here = vnet(hop.place).map(region).or(match hop.place {
            Place::HubGateway(id) => Some(topology.hub(id).region.as_str()),
            place => hub(place),
        });
        match next.place {
            // Over a tunnel: what comes over a circuit came from the edge.
            Place::Site(_) if !matches!(hop.place, Place::MicrosoftEdge(_)) => {
                left = here.map(global).or(left);
            }
            Place::MicrosoftEdge(id) if !matches!(hop.place, Place::Site(_)) => {
                let end = &topology.circuit(id).gateways[0];
                let region = match end {
                    topology::Party::Gateway(id) => region(topology.gateway(*id).vnet),
                    topology::Party::Hub(id) => topology.hub(*id).region.as_str(),
                    other => panic!("{other:?} on a circuit"),
                };
                sum += [("japaneast", 0.05), ("brazilsouth", 0.14)]
                    .iter()
                    .find(|(known, _)| *known == region)
                    .map_or(0.025, |(_, rate)| *rate);
            }
            _ => {}
        }
        match (
            (vnet(hop.place), hub(hop.place)),
            (vnet(next.place), hub(next.place)),
        ) {
            ((Some(a), _), (Some(b), _)) if a != b => {
                let group = hop
                    .decision
                    .as_ref()
                    .and_then(|d| d.winner())
                    .is_some_and(|row| row.next_hop_type == NextHopType::ConnectedGroup);
                if hop.crossed.is_some() || group {
                    let gateway = |place| turns && matches!(place, Place::Gateway(_));
                    sum += if gateway(hop.place) {
                        0.0
                    } else {
                        side(region(a), region(b))
                    };
                    sum += if gateway(next.place) {
                        0.0
                    } else {
                        side(region(b), region(a))
                    };
                } else if region(a) != region(b) {
                    sum += global(region(a));
                }
            }
            // To the edge of a circuit on a hub the way goes over the VNet's connection.
            ((Some(a), _), (None, None))
                if hop.crossed.is_none()
                    && matches!(next.place, Place::MicrosoftEdge(_))
                    && !matches!(hop.place, Place::Gateway(_)) =>
            {
                // An appliance beside the gateway crosses nothing.
                if let Some(connection) = topology.connection_of(a) {
                    sum += side(region(a), &topology.hub(connection.hub).region);
                }
            }
            ((Some(a), _), (None, None)) if hop.crossed.is_some() => {
                sum += side(region(a), region(topology.link(hop.crossed.unwrap()).to))
            }
            ((Some(a), _), (_, Some(hub))) | ((_, Some(hub)), (Some(a), _)) => {
                sum += side(region(a), hub)
            }
            ((_, Some(a)), (_, Some(b))) if a != b => {
                // From North America to another continent.
                let near = |region: &str| ["eastus", "westus2"].contains(&region);
                sum += if near(a) && !near(b) {
                    0.05
                } else {
                    FAR.iter().find(|(known, ..)| *known == a).unwrap().2
                }
            }
            _ => {}
        }
    }
    (sum, left)
}

fn dollars(bill: &Bill) -> f64 {
    bill.total.nanos() as f64 / 1e9
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_bill_by_classes_is_the_naive_bill(
        pattern in 0..Pattern::ALL.len(),
        sizes in proptest::collection::vec(1_u32..4, 1..4),
        environments in 0_usize..3,
        internet in any::<bool>(),
        within in 0_u32..5_000,
        between in 0_u32..5_000,
        premises in 0_u32..5_000,
        attached in 0_usize..4,
    ) {
        let pattern = Pattern::ALL[pattern];
        let names = ["dev", "prod"];
        let mut intent = Intent {
            regions: FAR.iter().zip(&sizes).map(|((region, ..), size)| RegionIntent::new(region, *size)).collect(),
            environments: names[..environments].iter().map(|name| (*name).to_owned()).collect(),
            ..Intent::default()
        };
        if !internet {
            intent.internet = InternetPath::Any;
        }
        intent.on_premises = [OnPremises::None, OnPremises::Vpn, OnPremises::ExpressRoute, OnPremises::Both][attached];
        let spec = pattern.blueprint(&intent, &AddressPlan::new(&intent).unwrap());
        let traffic = |within, between, premises| Demand::from(Traffic {
            within_regions_gb: GbPerMonth::whole(within),
            between_regions_gb: GbPerMonth::whole(between),
            to_on_premises_gb: GbPerMonth::whole(premises),
        });
        let catalog = Catalog::built_in();
        let bill = total(&spec, &traffic(within, between, premises), &catalog);
        let flows = dollars(&bill) - dollars(&total(&spec, &traffic(0, 0, 0), &catalog));
        let expected = naive(&spec, f64::from(within), f64::from(between), f64::from(premises));
        prop_assert!((flows - expected).abs() < 0.01, "{}: {flows} by class, {expected} pair by pair", pattern.id());
    }

    #[test]
    fn a_flow_in_two_halves_costs_the_same_and_more_never_less(
        pattern in 0..Pattern::ALL.len(),
        gb in 1_u64..1 << 30,
        cut in 0_u64..1 << 30,
        more in 0_u64..1 << 30,
    ) {
        let spec = blueprint(Pattern::ALL[pattern], &[("eastus", 2), ("westus2", 2)]);
        let cut = cut % gb;
        let entry = |thousandths| Entry::new("eastus-spoke1", "westus2-spoke2", GbPerMonth(Quantity::from_thousandths(thousandths)));
        let bill = |entries: Vec<Entry>| {
            let demand = Demand { uniform: nothing(), entries, ..Demand::default() };
            total(&spec, &demand, &Catalog::built_in()).total.nanos()
        };
        // The halves go between the same regions by a spoke each: what nothing tells apart.
        let near = |thousandths| Entry { to: vec!["westus2-spoke1".to_owned()], name: "half".to_owned(), ..entry(thousandths) };
        let whole = bill(vec![entry(gb)]);
        let halves = bill(vec![entry(gb - cut), near(cut)]);
        prop_assert!((whole - halves).abs() <= 20, "{whole} {halves}");
        prop_assert!(bill(vec![entry(gb + more)]) >= whole);
    }

    #[test]
    fn direct_never_costs_more_a_gb_than_through_a_firewall(first in 0_usize..4, second in 0_usize..4, gb in 1_u32..100_000) {
        let (here, there) = (FAR[first].0, FAR[second].0);
        let regions: Vec<(&str, u32)> = if first == second { vec![(here, 2)] } else { vec![(here, 1), (there, 1)] };
        let to = if first == second { format!("{here}-spoke2") } else { format!("{there}-spoke1") };
        let from = format!("{here}-spoke1");
        let a_gb = |pattern| {
            let spec = blueprint(pattern, &regions);
            let at = |gb| total(&spec, &one_way(&from, &to, gb), &Catalog::built_in()).total.nanos();
            at(gb) - at(0)
        };
        prop_assert!(a_gb(Pattern::PeeringMesh) < a_gb(Pattern::HubFirewall));
    }
}

#[test]
fn a_figure_for_each_pair_is_its_sum() {
    let spec = blueprint(Pattern::PeeringMesh, &[("eastus", 2), ("westus2", 3)]);
    let mut each = one_way("eastus", "westus2", 10);
    each.entries[0].unit = TrafficUnit::PerPair;
    let sum = one_way("eastus", "westus2", 60);
    let catalog = Catalog::built_in();
    assert_eq!(
        total(&spec, &each, &catalog).total,
        total(&spec, &sum, &catalog).total
    );
    assert_eq!(total(&spec, &sum, &catalog).total_text(), "USD 4.20");
}

#[test]
fn a_thousand_spokes_are_billed_by_class() {
    let spec = blueprint(Pattern::HubFirewall, &[("eastus", 400), ("westus2", 400)]);
    let bill = total(&spec, &Demand::default(), &Catalog::built_in());
    let small = total(
        &blueprint(Pattern::HubFirewall, &[("eastus", 3), ("westus2", 3)]),
        &Demand::default(),
        &Catalog::built_in(),
    );
    assert_eq!(bill.total, small.total);
}

fn gb(whole: u32) -> GbPerMonth {
    GbPerMonth::whole(whole)
}

#[test]
fn a_curve_is_the_bill_at_every_traffic() {
    let intent = Intent {
        regions: vec![
            RegionIntent::new("eastus", 3),
            RegionIntent::new("japaneast", 2),
        ],
        ..Intent::default()
    };
    let catalog = Catalog::built_in();
    let demand = Demand {
        to_internet: gb(700),
        ..intent.traffic_demand()
    };
    for pattern in [
        Pattern::HubFirewall,
        Pattern::PeeringMesh,
        Pattern::VwanSecured,
    ] {
        let spec = pattern.blueprint(&intent, &AddressPlan::new(&intent).unwrap());
        let priced = Priced::new(&spec, &demand, &catalog);
        let curve = priced.curve(gb(3_000_000));
        // The steps of data that leaves the two regions; both leave by the same amount, by different steps.
        assert!(curve.points.len() > 5, "{:?}", curve.points);
        for pair in curve.points.windows(2) {
            let (a, b) = (
                pair[0].traffic.0.thousandths(),
                pair[1].traffic.0.thousandths(),
            );
            let middle = a.midpoint(b);
            let real = priced
                .at(GbPerMonth(Quantity::from_thousandths(middle)))
                .total
                .nanos();
            let (low, high) = (pair[0].cost.nanos(), pair[1].cost.nanos());
            let straight = low + (high - low) * i128::from(middle - a) / i128::from((b - a).max(1));
            assert!((real - straight).abs() < 1_000_000, "{real} {straight}");
            assert!(high >= low);
        }
    }
}

#[test]
fn break_even_points_are_billed_on_both_sides() {
    let catalog = Catalog::built_in();
    let regions = &[("eastus", 10)];
    let (wan, mesh) = (
        blueprint(Pattern::Vwan, regions),
        blueprint(Pattern::AvnmMesh, regions),
    );
    let demand = Demand::from(Traffic {
        within_regions_gb: gb(2_500),
        ..nothing()
    });
    let vpn = blueprint(Pattern::VpnMesh, regions);
    let [wan, mesh, vpn] = [&wan, &mesh, &vpn].map(|spec| Priced::new(spec, &demand, &catalog));
    assert_eq!(mesh.traffic(), gb(5_000));
    // A mesh of connected groups is cheaper than a hub at any traffic, a mesh of tunnels never below 78,775 GB:
    // ten gateways and addresses 1,569.50, nothing a GB; the group 146 + 0.02 a GB.
    assert_eq!(break_even(&wan, &mesh, gb(1_000_000)), []);
    let points = break_even(&mesh, &vpn, gb(1_000_000));
    let vpn_cost = vpn.at(gb(0)).total.nanos();
    let expected = (vpn_cost - 146_000_000_000) / 20_000;
    assert_eq!(points.len(), 1);
    let at = i128::from(points[0].at.0.thousandths());
    assert!((at - expected).abs() <= 1, "{at} {expected}");
    assert!(
        points[0].before.0.nanos() <= points[0].before.1.nanos()
            && points[0].after.0.nanos() > points[0].after.1.nanos()
    );
    assert_eq!(points[0].after.0, mesh.at(points[0].at).total);
    let curves = [&wan, &mesh, &vpn].map(|priced| priced.curve(gb(1_000_000)));
    let text: Vec<String> = cheapest(&curves)
        .iter()
        .map(|range| format!("{} {}", range.position, range.text()))
        .collect();
    assert_eq!(
        text,
        [
            "1 cheapest up to 71.18 TB a month",
            "2 cheapest from 71.18 TB a month on"
        ]
    );
}

#[test]
fn over_spokes_the_order_turns_between_neighbours() {
    let catalog = Catalog::built_in();
    let intent = Intent {
        regions: vec![RegionIntent::new("eastus", 4)],
        internet: InternetPath::Any,
        ..Intent::default()
    };
    // The group costs 14.60 a spoke; the hub 182.50 and 0.02 a GB more for 2,000 GB.
    let turns = interspoke_core::pattern::cost::spokes(
        Pattern::AvnmMesh,
        Pattern::Vwan,
        &intent,
        60,
        &catalog,
    );
    assert_eq!(turns.len(), 1);
    assert_eq!((turns[0].before, turns[0].after), (15, 16));
    assert!(turns[0].costs_before.0.nanos() < turns[0].costs_before.1.nanos());
    assert!(turns[0].costs_after.0.nanos() > turns[0].costs_after.1.nanos());
}

#[test]
fn a_bill_as_csv_has_a_record_a_line_and_the_total() {
    let mut spec = blueprint(Pattern::HubFirewall, &[("eastus", 2)]);
    spec.appliances[0].name = "=fw\"1\"".to_owned();
    let bill = total(&spec, &Demand::default(), &Catalog::built_in());
    let csv = bill.csv();
    let rows: Vec<&str> = csv.trim_end().split("\r\n").collect();
    assert_eq!(rows.len(), bill.lines.len() + 2);
    assert!(rows.iter().any(|row| row.starts_with("\"Azure Firewall\",\"Azure Firewall\",\"Azure Firewall\",\"Standard\",\"Standard Deployment\",\"eastus\",\"eastus\",730,\"hour\",1.25,912.50,\"USD\",0,\"sourced\"")), "{csv}");
    assert!(
        rows.last()
            .unwrap()
            .starts_with("\"Total\",,,,,,,,,,1028.15,\"USD\""),
        "{csv}"
    );
    assert!(csv.contains("=fw\"\"1\"\""));
}

#[test]
fn more_flows_than_are_traced_are_an_open_line_that_says_the_bound() {
    // Nothing treats two spokes with gateways of their own alike: 141 of them are 19,740 flows, 142 are too many.
    let spec = blueprint(Pattern::VpnMesh, &[("eastus", 142)]);
    let bill = total(&spec, &Demand::default(), &Catalog::built_in());
    let open: Vec<String> = bill
        .open_lines()
        .map(|line| {
            format!(
                "{}; {}",
                line.derivation,
                line.basis.why().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        open,
        [
            "20,022 flows; 142 kinds of networks differ in their routes, 141 are traced against each other"
        ]
    );
}

#[test]
fn two_hubs_with_appliances_cost_the_reference_s_rate_besides_their_load_balancers() {
    // Out and in at three peerings: 0.02 + 0.07 + 0.02 a GB; with two appliances a hub, 0.005 twice for what balances them.
    let mut spec = blueprint(Pattern::HubNva, &[("eastus", 1), ("westus2", 1)]);
    let (a, b) = ("eastus-spoke1", "westus2-spoke1");
    a_thousand_gb(&spec, a, b, Rules::default(), "120.00");
    // The same with one appliance a hub, which the routes name themselves.
    spec.appliances.retain(|nva| nva.name.ends_with('1'));
    for nva in &mut spec.appliances {
        let Some(frontend) = nva.load_balancer_ip.take() else {
            continue;
        };
        for route in spec
            .route_tables
            .iter_mut()
            .flat_map(|table| &mut table.routes)
        {
            if route.next_hop_ip_address.as_deref() == Some(&frontend) {
                route.next_hop_ip_address = Some(nva.ip.clone());
            }
        }
    }
    assert_eq!(spec.appliances.len(), 2);
    a_thousand_gb(&spec, a, b, Rules::default(), "110.00");
}
