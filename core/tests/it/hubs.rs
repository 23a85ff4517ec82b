//! Properties of Virtual WAN over random hubs, tables, labels, preferences and circuits.

use interspoke_core::issue::{Checked, IssueCode};
use interspoke_core::route::{Flow, Origin, Outcome, Place, Routing, Settings};
use interspoke_core::spec::{NetworkSpec, Protocol};
use interspoke_core::topology::{self, Topology};
use interspoke_core::vwan::hub_table;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Label and table of one name in every hub; the first is the default.
const TABLES: [(&str, &str); 3] = [
    ("defaultRouteTable", "default"),
    ("red", "red"),
    ("blue", "blue"),
];
const PREFERENCES: [&str; 3] = ["ExpressRoute", "VpnGateway", "ASPath"];

/// A VNet: its hub, the table it listens to, the labels it propagates to.
#[derive(Debug, Clone)]
struct Spoke {
    hub: usize,
    listens: usize,
    tells: [bool; 3],
    internet: bool,
}

/// A Virtual WAN by numbers; names come when it is written out.
#[derive(Debug, Clone)]
struct Wan {
    preferences: Vec<usize>,
    spokes: Vec<Spoke>,
    /// Hubs of each circuit.
    circuits: Vec<Vec<bool>>,
    global_reach: bool,
    /// Hubs whose branch also sits on the first circuit.
    both_ways: Vec<bool>,
}

fn spoke(hubs: usize, default_only: bool) -> impl Strategy<Value = Spoke> {
    let any = (0..hubs, 0usize..3, any::<[bool; 3]>(), any::<bool>());
    any.prop_map(move |(hub, listens, tells, internet)| Spoke {
        hub,
        listens: if default_only { 0 } else { listens },
        tells: if default_only {
            [true, false, false]
        } else {
            tells
        },
        internet,
    })
}

fn wan(default_only: bool) -> impl Strategy<Value = Wan> {
    (1usize..=3).prop_flat_map(move |hubs| {
        let circuits = prop::collection::vec(prop::collection::vec(any::<bool>(), hubs), 0..=2);
        (
            prop::collection::vec(0usize..3, hubs),
            prop::collection::vec(spoke(hubs, default_only), 1..=5),
            circuits,
            any::<bool>(),
            prop::collection::vec(any::<bool>(), hubs),
        )
            .prop_map(
                |(preferences, spokes, circuits, global_reach, both_ways)| Wan {
                    preferences,
                    spokes,
                    circuits,
                    global_reach,
                    both_ways,
                },
            )
    })
}

impl Wan {
    fn hub_name(&self, hub: usize, renamed: bool) -> String {
        if renamed {
            format!("z{}", self.preferences.len() - hub)
        } else {
            format!("hub{hub}")
        }
    }

    fn connection_name(&self, spoke: usize, renamed: bool) -> String {
        if renamed {
            format!("link-{}", self.spokes.len() - spoke)
        } else {
            format!("spoke{spoke}")
        }
    }

    fn connection(&self, position: usize, renamed: bool) -> Value {
        let spoke = &self.spokes[position];
        let told = TABLES.iter().zip(spoke.tells).filter(|(_, tells)| *tells);
        let labels: Vec<&str> = told.map(|((_, label), _)| *label).collect();
        json!({
            "name": self.connection_name(position, renamed),
            "vnet": format!("vnet{position}"),
            "associated": TABLES[spoke.listens].0,
            "propagatedTables": [],
            "propagatedLabels": labels,
            "enableInternetSecurity": spoke.internet,
        })
    }

    /// The estate, with branches and circuits or with VNets alone.
    fn estate(&self, branches: bool, renamed: bool) -> Value {
        let hubs = 0..self.preferences.len();
        let vnets: Vec<Value> = (0..self.spokes.len())
            .map(|i| {
                let prefix = format!("10.{i}.0.0/24");
                json!({"name": format!("vnet{i}"), "prefixes": [prefix], "subnets": [{"name": "app", "prefix": prefix}]})
            })
            .collect();
        let written: Vec<Value> = hubs
            .clone()
            .map(|hub| {
                let own = (0..self.spokes.len()).filter(|i| self.spokes[*i].hub == hub);
                let connections: Vec<Value> = own.map(|i| self.connection(i, renamed)).collect();
                let tables: Vec<Value> = TABLES[1..]
                    .iter()
                    .map(|(name, label)| json!({"name": name, "labels": [label]}))
                    .collect();
                json!({
                    "name": self.hub_name(hub, renamed),
                    "region": "westeurope",
                    "prefix": format!("192.168.{hub}.0/24"),
                    "routingPreference": PREFERENCES[self.preferences[hub]],
                    "routeTables": tables,
                    "connections": connections,
                    "vpn": {},
                    "expressRoute": {},
                })
            })
            .collect();
        let mut estate = json!({"vnets": vnets, "virtualWan": {"hubs": written}});
        if branches {
            self.add_branches(&mut estate, renamed);
        }
        estate
    }

    fn add_branches(&self, estate: &mut Value, renamed: bool) {
        let hubs = 0..self.preferences.len();
        let mut sites: Vec<Value> = hubs
            .clone()
            .map(|hub| json!({"name": format!("branch{hub}"), "asn": 65_100 + hub, "prefixes": [format!("10.10{hub}.0.0/16")]}))
            .collect();
        let tunnels: Vec<Value> = hubs
            .clone()
            .map(|hub| json!({"a": self.hub_name(hub, renamed), "b": format!("branch{hub}")}))
            .collect();
        let mut circuits = Vec::new();
        for (position, members) in self.circuits.iter().enumerate() {
            sites.push(json!({"name": format!("onprem{position}"), "asn": 65_200 + position, "prefixes": [format!("10.20{position}.0.0/16")]}));
            let gateways: Vec<String> = hubs
                .clone()
                .filter(|hub| members[*hub] || *hub == position % self.preferences.len())
                .map(|hub| self.hub_name(hub, renamed))
                .collect();
            let mut behind = vec![format!("onprem{position}")];
            if position == 0 {
                behind.extend(
                    hubs.clone()
                        .filter(|hub| self.both_ways[*hub])
                        .map(|hub| format!("branch{hub}")),
                );
            }
            let reach: Vec<&str> = if self.global_reach && self.circuits.len() == 2 && position == 0
            {
                vec!["circuit1"]
            } else {
                vec![]
            };
            circuits.push(json!({
                "name": format!("circuit{position}"), "gateways": gateways, "sites": behind, "globalReachWith": reach,
            }));
        }
        estate["sites"] = json!(sites);
        estate["tunnels"] = json!(tunnels);
        estate["circuits"] = json!(circuits);
    }

    /// An address in every VNet, and in every site where there are any.
    fn hosts(&self, branches: bool) -> Vec<Ipv4Addr> {
        let octet = |i: usize| u8::try_from(i).unwrap();
        let mut hosts: Vec<Ipv4Addr> = (0..self.spokes.len())
            .map(|i| Ipv4Addr::new(10, octet(i), 0, 4))
            .collect();
        if branches {
            hosts.extend(
                (0..self.preferences.len()).map(|hub| Ipv4Addr::new(10, 100 + octet(hub), 0, 4)),
            );
            hosts.extend((0..self.circuits.len()).map(|i| Ipv4Addr::new(10, 200 + octet(i), 0, 4)));
        }
        hosts
    }
}

fn build(estate: Value) -> Checked<Topology> {
    topology::build(&serde_json::from_value::<NetworkSpec>(estate).unwrap())
}

fn routing(estate: Value) -> Routing {
    Routing::new(Rc::new(build(estate).value), Settings::default())
}

fn flow(source: Ipv4Addr, destination: Ipv4Addr) -> Flow {
    Flow {
        source,
        destination,
        protocol: Protocol::Icmp,
        port: None,
    }
}

/// The rows of every table of every hub, without names.
fn tables(routing: &Routing) -> Vec<BTreeSet<(String, &'static str, Vec<u32>)>> {
    let mut all = Vec::new();
    for hub in routing.topology().hubs() {
        for (table, _) in TABLES {
            let rows = hub_table(routing, hub.id, table);
            all.push(
                rows.iter()
                    .map(|row| (row.prefix.to_string(), row.hop.word(), row.as_path.clone()))
                    .collect(),
            );
        }
    }
    all
}

/// The rows of every subnet, without names and addresses.
fn nics(routing: &Routing) -> Vec<BTreeSet<(String, &'static str, &'static str)>> {
    let subnets = routing
        .topology()
        .subnets()
        .iter()
        .map(|subnet| routing.effective(subnet.id));
    subnets
        .map(|table| {
            let rows = table.rows.iter();
            rows.map(|row| {
                (
                    format!("{:?}", row.prefixes),
                    row.next_hop_type.word(),
                    row.state.word(),
                )
            })
            .collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Two VNets reach each other exactly when each listens to a table that the other propagates to.
    #[test]
    fn association_and_propagation_decide_alone(wan in wan(false)) {
        let routing = routing(wan.estate(false, false));
        let hosts = wan.hosts(false);
        for (i, a) in wan.spokes.iter().enumerate() {
            for (j, b) in wan.spokes.iter().enumerate().filter(|(j, _)| *j != i) {
                let agree = a.tells[b.listens] && b.tells[a.listens];
                let trip = routing.round_trip(flow(hosts[i], hosts[j]));
                prop_assert_eq!(trip.verdict.reachable(), agree, "vnet{} to vnet{}", i, j);
            }
        }
    }

    /// The tables alone say it: a spoke's NIC has a row of another VNet exactly when that VNet propagates to the table
    /// that the spoke listens to. So where two spokes share their labels, both see each other or neither does.
    #[test]
    fn tables_are_symmetric_where_the_labels_are(wan in wan(false)) {
        let routing = routing(wan.estate(true, false));
        let subnets = routing.topology().subnets();
        let sees = |i: usize, j: usize| {
            let of_other = format!("10.{j}.0.0/24");
            let table = routing.effective(subnets[i].id);
            table.rows.iter().any(|row| {
                matches!(row.origin, Origin::Hub(_)) && row.prefixes.iter().any(|prefix| prefix.to_string() == of_other)
            })
        };
        for (i, a) in wan.spokes.iter().enumerate() {
            for (j, b) in wan.spokes.iter().enumerate().filter(|(j, _)| *j != i) {
                prop_assert_eq!(sees(i, j), b.tells[a.listens], "vnet{} sees vnet{}", i, j);
                if (a.listens, a.tells) == (b.listens, b.tells) {
                    prop_assert_eq!(sees(i, j), sees(j, i), "vnet{} and vnet{}", i, j);
                }
            }
        }
    }

    /// By class as pair by pair: branches, circuits, Global Reach, preferences, labels, and static routes in tables.
    #[test]
    fn by_class_is_pair_by_pair(wan in wan(false), fixed in prop::option::of((0usize..5, 0usize..5)), secured in any::<[bool; 3]>()) {
        let mut estate = wan.estate(true, false);
        if let Some((target, learned)) = fixed {
            let (target, learned) = (target % wan.spokes.len(), learned % wan.spokes.len());
            let route = json!([{"prefixes": [format!("10.{learned}.0.0/24")], "nextHop": wan.connection_name(target, false)}]);
            estate["virtualWan"]["hubs"][wan.spokes[target].hub]["routeTables"][0]["staticRoutes"] = route;
        } else {
            for hub in (0..wan.preferences.len()).filter(|hub| secured[*hub]) {
                let written = &mut estate["virtualWan"]["hubs"][hub];
                written["firewall"] = json!({"name": format!("fw{hub}")});
                written["routingIntent"] = json!({"private": true, "internet": secured[0]});
            }
        }
        let spec: NetworkSpec = serde_json::from_value(estate).unwrap();
        crate::estate::by_class_is_pair_by_pair(&spec, Settings::default()).map_err(TestCaseError::fail)?;
    }

    /// With default tables nothing loops and every VNet reaches every other, whatever the preferences and circuits.
    /// (A circuit may stay without a route to the VNets of another hub: where a second circuit bounces them to its hub,
    /// that is the hub's best route, and a hub does not join two circuits.)
    #[test]
    fn default_tables_have_no_loops(wan in wan(true)) {
        let routing = routing(wan.estate(true, false));
        prop_assert!(routing.bgp().converged);
        let hosts = wan.hosts(true);
        for (i, source) in hosts.iter().enumerate() {
            for (j, destination) in hosts.iter().enumerate().filter(|(j, _)| *j != i) {
                let trip = routing.round_trip(flow(*source, *destination));
                let mut ways = trip.forward.iter().chain(trip.back.iter().flatten());
                prop_assert!(
                    ways.all(|way| !matches!(way.outcome, Outcome::Loop { .. })),
                    "{} to {}: {:?}", source, destination, trip.verdict
                );
                let spokes = wan.spokes.len();
                prop_assert!(
                    trip.verdict.reachable() || i >= spokes || j >= spokes,
                    "{} to {}: {:?}", source, destination, trip.verdict
                );
            }
        }
    }

    /// Between VNets the firewall of every hub with a private policy is passed, in the order of the hubs, there and
    /// back; the routers of such hubs are not.
    #[test]
    fn private_policies_inspect(wan in wan(true), secured in any::<[bool; 3]>()) {
        let mut estate = wan.estate(false, false);
        for hub in 0..wan.preferences.len() {
            let written = &mut estate["virtualWan"]["hubs"][hub];
            written["routeTables"] = json!([]);
            if secured[hub] {
                written["firewall"] = json!({"name": format!("fw{hub}")});
                written["routingIntent"] = json!({"private": true});
            }
        }
        let routing = routing(estate);
        let hosts = wan.hosts(false);
        for (i, a) in wan.spokes.iter().enumerate() {
            for (j, b) in wan.spokes.iter().enumerate().filter(|(j, _)| *j != i) {
                let trip = routing.round_trip(flow(hosts[i], hosts[j]));
                prop_assert!(trip.verdict.reachable(), "vnet{} to vnet{}: {:?}", i, j, trip.verdict);
                let mut hubs = vec![a.hub];
                hubs.extend((b.hub != a.hub).then_some(b.hub));
                let id = |hub: usize| routing.topology().hubs()[hub].id;
                let stop = |hub: &usize| if secured[*hub] { Place::HubFirewall(id(*hub)) } else { Place::Hub(id(*hub)) };
                let stops: Vec<Place> = hubs.iter().map(stop).collect();
                let way = &trip.forward[0].hops;
                let passed: Vec<Place> = way[1..way.len() - 1].iter().map(|hop| hop.place).collect();
                prop_assert_eq!(passed, stops);
            }
        }
    }

    /// A static route stands alone in its table for its prefix, and in no table of another hub.
    #[test]
    fn a_static_route_wins(wan in wan(false), table in 0usize..3, target in 0usize..5, learned in 0usize..5) {
        let (target, learned) = (target % wan.spokes.len(), learned % wan.spokes.len());
        let hub = wan.spokes[target].hub;
        let prefix = format!("10.{learned}.0.0/24");
        let mut estate = wan.estate(true, false);
        let route = json!([{"prefixes": [prefix], "nextHop": wan.connection_name(target, false)}]);
        let written = &mut estate["virtualWan"]["hubs"][hub]["routeTables"];
        if table == 0 {
            let default = json!({"name": TABLES[0].0, "staticRoutes": route});
            written.as_array_mut().unwrap().push(default);
        } else {
            written[table - 1]["staticRoutes"] = route;
        }
        let routing = routing(estate);
        for known in routing.topology().hubs() {
            for (position, (name, _)) in TABLES.iter().enumerate() {
                let rows = hub_table(&routing, known.id, name);
                let rows: Vec<_> = rows.iter().filter(|row| row.prefix.to_string() == prefix).collect();
                if known.id.index() == hub && position == table {
                    prop_assert!(rows.len() == 1 && rows[0].fixed, "{:?}", rows);
                } else {
                    prop_assert!(rows.iter().all(|row| !row.fixed), "{:?}", rows);
                }
            }
        }
    }

    /// However a hub comes by 0.0.0.0/0, no other hub hears of it, and no connection that declines it.
    #[test]
    fn the_default_route_stays(wan in wan(false), source in 0usize..5, target in 0usize..5) {
        let target = target % wan.spokes.len();
        let hub = wan.spokes[target].hub;
        let mut estate = wan.estate(true, false);
        // Circuits may belong to several hubs, each of which then learns for itself.
        estate["circuits"] = json!([]);
        let nva = format!("10.{target}.0.9");
        estate["appliances"] = json!([
            {"name": "nva", "kind": "nva", "vnet": format!("vnet{target}"), "subnet": "app", "ip": nva},
        ]);
        let default = json!(["0.0.0.0/0"]);
        let name = wan.connection_name(target, false);
        let written = &mut estate["virtualWan"]["hubs"][hub];
        let own = written["connections"].as_array_mut().unwrap().iter_mut().find(|c| c["name"] == name).unwrap();
        match source {
            0 => own["staticRoutes"] = json!([{"prefixes": default, "nextHopIp": nva}]),
            1 => {
                let typed = json!({"name": TABLES[0].0, "staticRoutes": [{"prefixes": default, "nextHop": name}]});
                written["routeTables"].as_array_mut().unwrap().push(typed);
            }
            2 => {
                written["firewall"] = json!({"name": "fw"});
                written["routingIntent"] = json!({"internet": true});
            }
            3 => estate["sites"][hub]["prefixes"] = default,
            _ => {
                let advertises = json!([{"prefix": "0.0.0.0/0"}]);
                estate["bgpPeerings"] = json!([
                    {"speaker": wan.hub_name(hub, false), "appliance": "nva", "asn": 65_300, "advertises": advertises},
                ]);
            }
        }
        let routing = routing(estate);
        for known in routing.topology().hubs().iter().filter(|known| known.id.index() != hub) {
            for (table, _) in TABLES {
                let rows = hub_table(&routing, known.id, table);
                prop_assert!(rows.iter().all(|row| row.prefix.prefix_len() > 0), "{}: {:?}", known.name, rows);
            }
        }
        for (spoke, subnet) in wan.spokes.iter().zip(routing.topology().subnets()) {
            let table = routing.effective(subnet.id);
            let from_hub = |row: &&interspoke_core::route::EffectiveRoute| {
                matches!(row.origin, Origin::Hub(_)) && row.prefixes.iter().any(|prefix| prefix.prefix_len() == 0)
            };
            let learns = table.rows.iter().find(from_hub);
            prop_assert!(learns.is_none() || spoke.internet && spoke.hub == hub, "{:?}", learns);
        }
    }

    /// What hubs and connections are called changes nothing.
    #[test]
    fn names_do_not_matter(wan in wan(false)) {
        let (named, renamed) = (routing(wan.estate(true, false)), routing(wan.estate(true, true)));
        prop_assert_eq!(tables(&named), tables(&renamed));
        prop_assert_eq!(nics(&named), nics(&renamed));
        let hosts = wan.hosts(true);
        for source in &hosts {
            for destination in hosts.iter().filter(|host| *host != source) {
                let flow = flow(*source, *destination);
                prop_assert_eq!(
                    named.round_trip(flow).verdict.reachable(),
                    renamed.round_trip(flow).verdict.reachable()
                );
            }
        }
    }
}

#[test]
fn a_hub_that_network_manager_manages_is_not_simulated() {
    let estate = json!({
        "vnets": [{"name": "spoke", "prefixes": ["10.0.0.0/24"]}],
        "avnm": {
            "groups": [{"name": "all", "members": ["spoke"]}],
            "configurations": [{"topology": "hubAndSpoke", "hub": "hub", "groups": ["all"]}],
        },
        "virtualWan": {"hubs": [{"name": "hub", "region": "westeurope", "connections": []}]},
    });
    let codes: Vec<IssueCode> = build(estate)
        .issues
        .iter()
        .map(|issue| issue.code)
        .collect();
    assert_eq!(codes, [IssueCode::NotSimulated]);
}
