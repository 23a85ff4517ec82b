//! Hub and spoke turned into Virtual WAN, and back.

use interspoke_core::intent::*;
use interspoke_core::issue::Severity;
use interspoke_core::pattern::proof::Built;
use interspoke_core::pattern::turn::{Form, TurnError, form_after, turn};
use interspoke_core::pattern::{Pattern, Way};
use interspoke_core::spec::{
    FirewallPolicySpec, NetworkSpec, RouteSpec, RouteTableSpec, UserNextHopType, VnetSpec,
};
use interspoke_core::topology::build;
use std::net::Ipv4Addr;

fn drawn(pattern: Pattern, intent: &Intent) -> NetworkSpec {
    let plan = AddressPlan::new(intent).unwrap();
    pattern.blueprint(intent, &plan)
}

/// Spokes: VNets with a workload.
fn spokes(network: &NetworkSpec) -> Vec<VnetSpec> {
    let has = |vnet: &&VnetSpec| network.workloads.iter().any(|one| one.vnet == vnet.name);
    network.vnets.iter().filter(has).cloned().collect()
}

/// How workloads reach each other, and whether they reach the sites and back.
fn reach(network: &NetworkSpec) -> (Vec<Way>, Vec<bool>) {
    let checked = build(network);
    let mut issues = checked.issues.iter();
    let wrong = issues.find(|issue| issue.severity() >= Severity::Error);
    assert!(wrong.is_none(), "{wrong:?}");
    let built = Built::new(network.clone());
    let sites: Vec<Ipv4Addr> = { network.sites.iter() }
        .flat_map(|site| &site.prefixes)
        .map(|text| text.split('/').next().unwrap().parse::<Ipv4Addr>().unwrap())
        .map(|first| Ipv4Addr::from_bits(first.to_bits() + 4))
        .collect();
    let own = { network.workloads.iter() }.map(|one| one.ip.parse().unwrap());
    let own: Vec<Ipv4Addr> = own.collect();
    let pairs = own.iter().flat_map(|a| own.iter().map(move |b| (*a, *b)));
    let between = pairs.filter(|(a, b)| a != b);
    let between = between.map(|(a, b)| built.way(a, b).0).collect();
    let ends = |a: &Ipv4Addr, b: &Ipv4Addr| [(*a, *b), (*b, *a)];
    let ways = { own.iter() }.flat_map(|a| sites.iter().flat_map(move |b| ends(a, b)));
    let outside = ways.map(|(a, b)| built.way(a, b).0 != Way::Lost).collect();
    (between, outside)
}

fn intents() -> Vec<(Pattern, Intent)> {
    let mut all = vec![(Pattern::HubFirewall, Intent::default())];
    for on_premises in [OnPremises::Vpn, OnPremises::ExpressRoute, OnPremises::Both] {
        let intent = Intent {
            on_premises,
            ..Intent::default()
        };
        all.push((Pattern::HubFirewall, intent));
    }
    let mut nvas = Intent {
        on_premises: OnPremises::Vpn,
        internet: InternetPath::Any,
        ..Intent::default()
    };
    nvas.appliance.kind = ApplianceChoice::Nva;
    all.push((Pattern::HubNva, nvas));
    let managed = Intent {
        peerings: PeeringManagement::NetworkManagerStatic,
        ..Intent::default()
    };
    all.push((Pattern::HubFirewall, managed));
    all
}

#[test]
fn hub_and_spoke_becomes_virtual_wan_and_comes_back_with_the_same_spokes() {
    for (pattern, intent) in intents() {
        let own = drawn(pattern, &intent);
        let what = format!("{} {:?}", pattern.id(), intent.on_premises);
        let there = turn(&own).unwrap();
        assert_eq!(there.form, Form::VirtualWan, "{what}");
        let bare = |network: &NetworkSpec| -> Vec<VnetSpec> {
            let mut all = spokes(network);
            let subnets = all.iter_mut().flat_map(|vnet| &mut vnet.subnets);
            subnets.for_each(|subnet| subnet.route_table = None);
            all
        };
        assert_eq!(bare(&there.network), bare(&own), "{what}");
        assert_eq!(there.network.sites, own.sites, "{what}");
        assert_eq!(
            reach(&there.network),
            reach(&own),
            "{what}: {:?}",
            there.lost
        );
        let back = turn(&there.network).unwrap();
        assert_eq!(back.form, Form::HubAndSpoke, "{what}");
        assert_eq!(spokes(&back.network), spokes(&own), "{what}");
        assert_eq!(back.network.sites, own.sites, "{what}");
        assert_eq!(reach(&back.network), reach(&own), "{what}: {:?}", back.lost);
        assert!(back.network.virtual_wan.is_none(), "{what}");
    }
}

#[test]
fn virtual_wan_becomes_hub_and_spoke_and_comes_back_with_the_same_spokes() {
    for on_premises in [OnPremises::None, OnPremises::Vpn] {
        let intent = Intent {
            on_premises,
            ..Intent::default()
        };
        let own = drawn(Pattern::VwanSecured, &intent);
        let there = turn(&own).unwrap();
        assert_eq!(reach(&there.network), reach(&own), "{:?}", there.lost);
        let back = turn(&there.network).unwrap();
        assert_eq!(spokes(&back.network), spokes(&own));
        assert_eq!(reach(&back.network), reach(&own), "{:?}", back.lost);
    }
}

#[test]
fn a_table_of_one_s_own_stays_with_its_own_routes_and_a_policy_with_its_firewall() {
    let mut own = drawn(Pattern::HubFirewall, &Intent::default());
    let made = own
        .route_tables
        .iter()
        .find(|table| table.name == "rt-eastus-spokes")
        .unwrap();
    let mut table = RouteTableSpec {
        name: "of-mine".to_owned(),
        ..made.clone()
    };
    table.routes.push(RouteSpec {
        prefix: "203.0.113.0/24".to_owned(),
        next_hop_type: UserNextHopType::None.into(),
        ..RouteSpec::default()
    });
    own.route_tables.push(table);
    let spoke = own
        .vnets
        .iter_mut()
        .find(|vnet| vnet.name == "eastus-spoke1")
        .unwrap();
    spoke.subnets[0].route_table = Some("of-mine".to_owned());
    own.firewall_policies.push(FirewallPolicySpec {
        name: "house".to_owned(),
        ..FirewallPolicySpec::default()
    });
    own.appliances[0].firewall_policy = Some("house".to_owned());
    let there = turn(&own).unwrap().network;
    let table = there
        .route_tables
        .iter()
        .find(|table| table.name == "of-mine")
        .unwrap();
    assert_eq!(
        (table.routes.len(), table.disable_bgp_route_propagation),
        (1, false)
    );
    let policies = there.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let policies = policies.filter_map(|hub| hub.firewall.as_ref()?.firewall_policy.as_deref());
    assert_eq!(policies.collect::<Vec<_>>(), ["house"]);
    let back = turn(&there).unwrap().network;
    let routes = |network: &NetworkSpec| {
        let table = network
            .route_tables
            .iter()
            .find(|table| table.name == "of-mine")
            .unwrap();
        let mut prefixes: Vec<String> = table
            .routes
            .iter()
            .map(|route| route.prefix.clone())
            .collect();
        prefixes.sort();
        (prefixes, table.disable_bgp_route_propagation)
    };
    assert_eq!(routes(&back), routes(&own));
    assert_eq!(spokes(&back), spokes(&own));
    assert_eq!(back.firewall_policies, own.firewall_policies);
}

#[test]
fn what_cannot_be_kept_is_said() {
    let intent = Intent {
        on_premises: OnPremises::Vpn,
        ..Intent::default()
    };
    let mut own = drawn(Pattern::HubNvaRouteServer, &intent);
    own.gateways[0].custom_routes = vec!["10.0.0.0/8".to_owned()];
    let lost = turn(&own).unwrap().lost;
    for words in [
        "Route Server",
        "BGP session",
        "custom routes of",
        "infrastructure units",
    ] {
        assert!(
            lost.iter().any(|text| text.contains(words)),
            "{words}: {lost:?}"
        );
    }
    let bare = Intent {
        inspection: Inspection::None,
        internet: InternetPath::Any,
        ..Intent::default()
    };
    let lost = turn(&drawn(Pattern::Vwan, &bare)).unwrap().lost;
    assert!(
        lost.iter().any(|text| text.contains("forwards by itself")),
        "{lost:?}"
    );
}

#[test]
fn an_estate_without_a_hub_stays_as_it_is() {
    let mesh = Intent {
        inspection: Inspection::None,
        internet: InternetPath::Any,
        ..Intent::default()
    };
    let network = drawn(Pattern::AvnmMesh, &mesh);
    assert_eq!(form_after(&network), None);
    assert_eq!(turn(&network), Err(TurnError::NoHub));
}
