//! Bills of the samples, to the cent, and what must hold for any bill; worked examples are scenarios.

use super::*;
use crate::route::Settings;
use crate::route::Verdict;
use crate::sample::Sample;
use crate::spec::{
    ApplianceKind, ApplianceSpec, GatewayKind, GatewaySpec, PeeringSpec, RouteSpec, RouteTableSpec,
    SiteSpec, SubnetSpec, TunnelSpec, UserNextHopType, VnetSpec,
};
use crate::topology;
use crate::units::{GbPerMonth, Money};
use proptest::array::uniform3;
use proptest::prelude::*;

fn routing(spec: &NetworkSpec) -> Routing {
    Routing::new(topology::build(spec).value.into(), Settings::default())
}

fn bill_of(spec: &NetworkSpec, within: u32, between: u32, on_premises: u32) -> Bill {
    let traffic = Traffic {
        within_regions_gb: GbPerMonth::whole(within),
        between_regions_gb: GbPerMonth::whole(between),
        to_on_premises_gb: GbPerMonth::whole(on_premises),
    };
    bill(&routing(spec), spec, &traffic, &Catalog::built_in())
}

fn sample(id: &str) -> NetworkSpec {
    Sample::named(id).unwrap().document().unwrap().network
}

#[track_caller]
fn adds_up(bill: &Bill) {
    let nanos = |lines: &[Line]| {
        lines
            .iter()
            .filter_map(|line| line.amount)
            .map(Money::nanos)
            .sum::<i128>()
    };
    assert_eq!(bill.total.nanos(), nanos(&bill.lines));
    assert_eq!(
        bill.total.nanos(),
        bill.groups().map(|(_, _, sum)| sum.nanos()).sum::<i128>()
    );
    for line in &bill.lines {
        let product = line
            .unit_price
            .map(|price| price.checked_mul(line.quantity).unwrap());
        assert_eq!(line.amount, product, "{line:?}");
        assert_eq!(line.is_open(), matches!(line.basis, Basis::Open { .. }));
        assert_eq!(line.is_open(), line.source.is_none());
        assert!(!line.derivation.is_empty() && (line.is_open() || !line.date.is_empty()));
    }
}

fn rows(bill: &Bill) -> Vec<String> {
    let row = |line: &Line| {
        let price = line
            .unit_price
            .map_or_else(|| "?".to_owned(), |price| price.to_string());
        let amount = line
            .amount
            .map_or_else(|| "?".to_owned(), |amount| format!("{amount:.2}"));
        let (group, meter, quantity) = (line.group, &line.meter.meter, line.quantity);
        format!(
            "{group} | {meter} | {} | {quantity} x {price} = {amount} | {}",
            line.subject,
            line.basis.word()
        )
    };
    bill.lines.iter().map(row).collect()
}

/// Spokes and a hub of one region, without appliance or route.
fn vnets(region: &str, first: u8, count: u8) -> Vec<VnetSpec> {
    let vnet = |index: u8| {
        let prefix = format!("10.{index}.0.0/24");
        let subnets = vec![SubnetSpec {
            name: "vms".to_owned(),
            prefix: prefix.clone(),
            ..SubnetSpec::default()
        }];
        VnetSpec {
            name: format!("spoke{index}"),
            region: region.to_owned(),
            prefixes: vec![prefix],
            subnets,
            ..VnetSpec::default()
        }
    };
    (first..first + count).map(vnet).collect()
}

fn peer(spec: &mut NetworkSpec, a: &str, b: &str) {
    for (from, to) in [(a, b), (b, a)] {
        spec.peerings.push(PeeringSpec {
            allow_forwarded_traffic: true,
            ..PeeringSpec::new(from, to)
        });
    }
}

fn mesh(region: &str, count: u8) -> NetworkSpec {
    let mut spec = NetworkSpec {
        vnets: vnets(region, 1, count),
        ..NetworkSpec::default()
    };
    for a in 1..=count {
        for b in (a + 1)..=count {
            peer(&mut spec, &format!("spoke{a}"), &format!("spoke{b}"));
        }
    }
    spec
}

/// Spokes that send everything to an appliance in their hub.
fn star(region: &str, count: u8, appliance: ApplianceSpec) -> NetworkSpec {
    let mut spec = NetworkSpec {
        vnets: vnets(region, 1, count),
        ..NetworkSpec::default()
    };
    let subnets = vec![SubnetSpec {
        name: appliance.subnet.clone(),
        prefix: "10.0.0.0/26".to_owned(),
        ..SubnetSpec::default()
    }];
    spec.vnets.push(VnetSpec {
        name: "hub".to_owned(),
        region: region.to_owned(),
        prefixes: vec!["10.0.0.0/24".to_owned()],
        subnets,
        ..VnetSpec::default()
    });
    let next_hop = appliance
        .load_balancer_ip
        .clone()
        .unwrap_or_else(|| appliance.ip.clone());
    let default = RouteSpec {
        name: None,
        prefix: "0.0.0.0/0".to_owned(),
        next_hop_type: UserNextHopType::VirtualAppliance.into(),
        next_hop_ip_address: Some(next_hop),
    };
    let table = RouteTableSpec {
        name: "spokes".to_owned(),
        routes: vec![default],
        ..RouteTableSpec::default()
    };
    spec.route_tables.push(table);
    for index in 1..=count {
        peer(&mut spec, "hub", &format!("spoke{index}"));
    }
    for vnet in spec.vnets.iter_mut().filter(|vnet| vnet.name != "hub") {
        vnet.subnets[0].route_table = Some("spokes".to_owned());
    }
    spec.appliances.push(appliance);
    spec
}

fn firewall(tier: Option<&str>) -> ApplianceSpec {
    let kind = ApplianceKind::AzureFirewall;
    let firewall = ApplianceSpec::new("fw", kind, "hub", "AzureFirewallSubnet", "10.0.0.4");
    ApplianceSpec {
        sku: tier.map(str::to_owned),
        ..firewall
    }
}

#[test]
fn the_first_sample_costs_what_its_table_says() {
    let bill = bill_of(&sample("two-regions"), 1_000, 1_000, 0);
    adds_up(&bill);
    assert_eq!(
        rows(&bill),
        [
            "VNet peering | Intra-Region Egress | eastus | 6,000 x USD 0.01 = USD 60.00 | sourced",
            "VNet peering | Intra-Region Ingress | eastus | 6,000 x USD 0.01 = USD 60.00 | sourced",
            "VNet peering | Intra-Region Egress | westus2 | 6,000 x USD 0.01 = USD 60.00 | sourced",
            "VNet peering | Intra-Region Ingress | westus2 | 6,000 x USD 0.01 = USD 60.00 | sourced",
            "Global VNet peering | Inter-Region Egress | eastus | 1,000 x USD 0.035 = USD 35.00 | sourced",
            "Global VNet peering | Inter-Region Ingress | eastus | 1,000 x USD 0.035 = USD 35.00 | sourced",
            "Global VNet peering | Inter-Region Egress | westus2 | 1,000 x USD 0.035 = USD 35.00 | sourced",
            "Global VNet peering | Inter-Region Ingress | westus2 | 1,000 x USD 0.035 = USD 35.00 | sourced",
            "Azure Firewall | Standard Deployment | eastus | 730 x USD 1.25 = USD 912.50 | sourced",
            "Azure Firewall | Standard Deployment | westus2 | 730 x USD 1.25 = USD 912.50 | assumed",
            "Azure Firewall | Standard Data Processed | eastus | 4,000 x USD 0.016 = USD 64.00 | sourced",
            "Azure Firewall | Standard Data Processed | westus2 | 4,000 x USD 0.016 = USD 64.00 | assumed",
            "VPN Gateway | VpnGw1AZ | eastus | 730 x USD 0.21 = USD 153.30 | assumed",
            "VPN Gateway | VpnGw1AZ | westus2 | 730 x USD 0.21 = USD 153.30 | assumed",
            "Public IP addresses | Standard IPv4 Static Public IP | eastus | 1,460 x USD 0.005 = USD 7.30 | sourced",
            "Public IP addresses | Standard IPv4 Static Public IP | westus2 | 1,460 x USD 0.005 = USD 7.30 | sourced",
        ]
    );
    assert_eq!(bill.total_text(), "USD 2,654.20");
    assert_eq!(
        bill.lines[0].derivation,
        "within eastus: 4 crossings × 1,000 GB = 4,000 GB; between regions: 8 crossings × 1,000 GB ÷ 4 pairs = 2,000 GB"
    );
    assert_eq!(bill.lines[8].derivation, "1 firewall × 730 hours: AZFW2");
    assert_eq!(
        bill.lines[14].derivation,
        "2 addresses × 730 hours: AZFW2, VPNGW2"
    );
    assert_eq!((bill.notes.len(), bill.lost.len()), (0, 0));
}

#[test]
fn flows_that_do_not_arrive_carry_nothing_and_are_listed() {
    let bill = bill_of(&sample("one-way"), 1_000, 0, 0);
    adds_up(&bill);
    assert_eq!(
        rows(&bill),
        [
            "Network virtual appliances | D2s v5 | westeurope | 730 x USD 0.115 = USD 83.95 | sourced",
            "Network virtual appliances | Licence | westeurope | 730 x ? = ? | open"
        ]
    );
    assert_eq!(
        bill.notes,
        ["2 of 2 flows are not delivered: they carry nothing and cost nothing"]
    );
    assert_eq!(bill.lost[0].verdict, Verdict::ReplyLost(0, 0));
}

#[test]
fn a_firewall_without_a_tier_is_taken_as_standard_and_marked() {
    let bill = bill_of(&star("eastus", 2, firewall(None)), 0, 0, 0);
    assert_eq!(bill.lines[0].amount.unwrap().to_string(), "USD 912.50");
    assert_eq!(
        bill.lines[0].basis.why(),
        Some("the estate names no tier: Standard is taken")
    );
}

#[test]
fn with_assumed_prices_left_open_only_sourced_lines_count() {
    let spec = star("eastus", 2, firewall(None));
    let catalog = Catalog::built_in().with_assumed(AssumedPrices::LeaveOpen);
    let bill = bill(&routing(&spec), &spec, &Traffic::default(), &catalog);
    adds_up(&bill);
    // Four peering charges of 2,000 GB and a public address; neither meter of the firewall.
    assert_eq!(bill.total_text(), "at least USD 83.65");
}

#[test]
fn what_has_no_source_is_open_and_the_total_says_at_least() {
    let mut spec = sample("two-regions");
    spec.gateways[0].sku = Some("VpnGw2AZ".to_owned());
    spec.gateways[1].sku = None;
    let bill = bill_of(&spec, 1_000, 1_000, 0);
    adds_up(&bill);
    assert_eq!(bill.total_text(), "at least USD 2,347.60");
    let why: Vec<_> = bill
        .open_lines()
        .filter_map(|line| line.basis.why())
        .collect();
    assert_eq!(
        why,
        ["the estate names no gateway SKU", "no source gives a price"]
    );
}

#[test]
fn on_premises_traffic_pays_for_what_leaves_azure() {
    // A spoke beside a gateway: no appliance on the way, so the hub's side of the peering is not charged.
    let mut spec = NetworkSpec {
        vnets: vnets("eastus", 1, 1),
        ..NetworkSpec::default()
    };
    spec.vnets.push(VnetSpec {
        name: "hub".to_owned(),
        region: "eastus".to_owned(),
        prefixes: vec!["10.0.0.0/24".to_owned()],
        ..VnetSpec::default()
    });
    peer(&mut spec, "spoke1", "hub");
    spec.peerings[0].use_remote_gateways = true;
    spec.peerings[1].allow_gateway_transit = true;
    let gateway = GatewaySpec::new("gw", GatewayKind::Vpn, "hub");
    spec.gateways.push(GatewaySpec {
        sku: Some("VpnGw1".to_owned()),
        ..gateway
    });
    spec.sites.push(SiteSpec {
        name: "office".to_owned(),
        asn: 65_001,
        prefixes: vec!["192.168.0.0/24".to_owned()],
        as_path: Vec::new(),
        wan: None,
        dns_servers: Vec::new(),
    });
    spec.tunnels.push(TunnelSpec::new("gw", "office"));
    let bill = bill_of(&spec, 0, 0, 12_000);
    adds_up(&bill);
    assert_eq!(
        rows(&bill),
        [
            "VNet peering | Intra-Region Egress | eastus | 12,000 x USD 0.01 = USD 120.00 | sourced",
            "VNet peering | Intra-Region Ingress | eastus | 12,000 x USD 0.01 = USD 120.00 | sourced",
            "VPN Gateway | VpnGw1 | eastus | 730 x USD 0.19 = USD 138.70 | assumed",
            "Public IP addresses | Standard IPv4 Static Public IP | eastus | 730 x USD 0.005 = USD 3.65 | sourced",
            "Bandwidth | Standard Data Transfer Out | eastus | 100 x USD 0.00 = USD 0.00 | sourced",
            "Bandwidth | Standard Data Transfer Out | eastus | 10,235 x USD 0.087 = USD 890.44 | sourced",
            "Bandwidth | Standard Data Transfer Out | eastus | 1,665 x USD 0.083 = USD 138.20 | sourced",
        ]
    );
}

#[test]
fn traffic_without_a_pair_is_noted() {
    let bill = bill_of(&mesh("eastus", 2), 1_000, 1_000, 5);
    assert_eq!(
        bill.notes,
        [
            "the 1,000 GB a month for spokes in different regions are not on the bill: there is no such pair",
            "the 5 GB a month for on-premises sites are not on the bill: there is no such pair",
        ]
    );
}

#[test]
fn an_odd_figure_is_shared_exactly() {
    // 1 GB each way over three pairs: a third of a GB a pair, six crossings of both meters.
    let bill = bill_of(&mesh("eastus", 3), 1, 0, 0);
    assert_eq!(bill.lines[0].quantity, Quantity::whole(2));
    assert_eq!(
        bill.lines[0].derivation,
        "within eastus: 6 crossings × 1 GB ÷ 3 pairs = 2 GB"
    );
}

#[test]
fn direct_never_costs_more_a_gb_than_through_a_firewall() {
    for tier in ["Basic", "Standard", "Premium"] {
        for spokes in 2..5 {
            let through = star("eastus", spokes, firewall(Some(tier)));
            let a_gb = |spec: &NetworkSpec| {
                bill_of(spec, 1_000, 0, 0)
                    .total
                    .checked_sub(bill_of(spec, 0, 0, 0).total)
                    .unwrap()
                    .nanos()
            };
            assert!(
                a_gb(&mesh("eastus", spokes)) < a_gb(&through),
                "{tier}, {spokes} spokes"
            );
        }
    }
}

/// The same bill by walking every ordered pair on its own, with prices written here.
#[test]
fn a_naive_walk_over_all_pairs_gives_the_same_flow_costs() {
    let spec = sample("two-regions");
    let estate = routing(&spec);
    let topology = estate.topology();
    let mut nanos = 0_i128;
    for a in topology.workloads() {
        for b in topology.workloads().iter().filter(|b| b.vnet != a.vnet) {
            let (here, there) = (&topology.vnet(a.vnet).region, &topology.vnet(b.vnet).region);
            let gb: i128 = if here == there { 1_000 } else { 250 };
            let flow = crate::route::Flow {
                source: a.ip,
                destination: b.ip,
                protocol: crate::spec::Protocol::Tcp,
                port: None,
            };
            for hop in &estate.round_trip(flow).forward[0].hops {
                let crossing = |link| {
                    if topology.link(link).global {
                        70_000_000
                    } else {
                        20_000_000
                    }
                };
                nanos += gb * hop.crossed.map_or(0, crossing);
                let firewall = matches!(hop.place, crate::route::Place::Appliance(_));
                nanos += if firewall { gb * 16_000_000 } else { 0 };
            }
        }
    }
    let flows = bill_of(&spec, 1_000, 1_000, 0)
        .total
        .checked_sub(bill_of(&spec, 0, 0, 0).total)
        .unwrap();
    assert_eq!(flows.nanos(), nanos);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn more_traffic_never_costs_less(figures in uniform3(0_u64..1 << 40), more in uniform3(0_u64..1 << 40)) {
        let spec = sample("two-regions");
        let estate = routing(&spec);
        let (work, catalog) = (Work::trace(&estate), Catalog::built_in());
        let total = |figures: [u64; 3]| {
            let [within, between, premises] = figures.map(|t| GbPerMonth(Quantity::from_thousandths(t)));
            let traffic =
                Traffic { within_regions_gb: within, between_regions_gb: between, to_on_premises_gb: premises };
            let bill = work.bill(estate.topology(), &spec, &traffic, &catalog);
            adds_up(&bill);
            bill.total.nanos()
        };
        let sum = [figures[0] + more[0], figures[1] + more[1], figures[2] + more[2]];
        prop_assert!(total(sum) >= total(figures));
    }
}
