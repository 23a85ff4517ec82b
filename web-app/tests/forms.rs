//! The description of forms: every member of a network is reached, and what a form shows it reads back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::intent::{AddressPlan, Intent};
use interspoke_core::json::{self, Value};
use interspoke_core::pattern::Pattern;
use interspoke_core::sample::SAMPLES;
use interspoke_core::spec::{
    ApplianceKind, ApplianceSpec, NetworkSpec, PeeringSpec, RouteTableSpec, SubnetSpec, VnetSpec,
    WorkloadSpec,
};
use interspoke_core::topology::build;
use interspoke_web::form::{
    Kind, Place, Shape, Step, Table, at, copy, forget, free_address, free_range, free_subnet, list,
    list_mut, made, put, read, rename, renamed_subnet, shown,
};
use interspoke_web::text;
use std::collections::BTreeSet;

/// The names that a refusal of an unknown member lists.
fn listed(message: &str) -> BTreeSet<String> {
    assert!(message.contains("unknown field `?`"), "{message}");
    message
        .split('`')
        .skip(3)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The members of the record at some steps into an object of a kind, as its own reader knows them.
fn known(kind: Kind, steps: &[Step]) -> BTreeSet<String> {
    let mut network = NetworkSpec::default();
    let mut node = made(&network, kind);
    list_mut(&mut network, kind).insert(0, &node).unwrap();
    let odd = Value::from_iter([("?", 0)]);
    match steps.split_last() {
        // A list is replaced whole: one odd row stands in it.
        Some((Step::Item(0), before)) => {
            let rows = Value::Array(vec![odd]);
            put(&mut node, before, Some(rows));
        }
        _ => put(&mut node, steps, Some(odd)),
    }
    let error = list_mut(&mut network, kind).replace(0, &node).unwrap_err();
    listed(&error.message)
}

/// The members that a table describes, and those of every table below it.
fn check(kind: Kind, table: &Table, steps: &[Step], also: &[&str]) {
    let described: BTreeSet<String> = table
        .slots
        .iter()
        .map(|slot| slot.member.to_owned())
        .chain(also.iter().map(|name| (*name).to_owned()))
        .collect();
    assert_eq!(described, known(kind, steps), "{kind:?} {}", table.noun);
    for slot in table.slots {
        let (label, help) = text::form::member(table.noun, slot.member);
        assert!(
            !label.is_empty() && !help.is_empty(),
            "{} {}",
            table.noun,
            slot.member
        );
        let Some(below) = slot.shape.table() else {
            continue;
        };
        let mut next = steps.to_vec();
        next.push(Step::Member(slot.member));
        if matches!(slot.shape, Shape::Rows(_)) {
            next.push(Step::Item(0));
        }
        check(kind, below, &next, &[]);
    }
}

#[test]
fn every_member_of_a_network_is_reached_by_a_form() {
    let error = json::read::<NetworkSpec>(r#"{"?": 0}"#).unwrap_err();
    let mut reached: BTreeSet<String> = BTreeSet::new();
    for kind in Kind::ALL {
        let first = kind.path().split('.').next().unwrap();
        reached.insert(first.to_owned());
        assert!(!text::form::kind(kind.path()).is_empty(), "{kind:?}");
        let lists: Vec<&str> = Kind::ALL
            .iter()
            .filter(|_| kind == Kind::Manager)
            .filter_map(|other| other.path().strip_prefix("avnm."))
            .collect();
        check(kind, kind.table(), &[], &lists);
    }
    assert_eq!(reached, listed(&error.message));
    // Virtual WAN holds its hubs and nothing else.
    let error = json::read::<NetworkSpec>(r#"{"virtualWan": {"?": 0}}"#).unwrap_err();
    assert_eq!(listed(&error.message), BTreeSet::from(["hubs".to_owned()]));
}

/// The networks of the samples and of every pattern of the catalogue.
fn networks() -> Vec<NetworkSpec> {
    let samples = SAMPLES
        .iter()
        .map(|sample| sample.document().unwrap().network);
    let intent = Intent::default();
    let plan = AddressPlan::new(&intent).unwrap();
    let drawn = Pattern::ALL
        .iter()
        .map(|pattern| pattern.blueprint(&intent, &plan));
    samples.chain(drawn).collect()
}

/// Every value that a form shows, with its place.
fn values(kind: Kind, node: &Value, at_object: usize) -> Vec<Place> {
    fn below(table: &Table, node: &Value, place: &Place, found: &mut Vec<Place>) {
        for slot in table.slots {
            let own = place.member(slot.member);
            let value = node.get(slot.member);
            match (&slot.shape, value) {
                (Shape::Rows(table), Some(Value::Array(rows))) => {
                    for (at, row) in rows.iter().enumerate() {
                        below(table, row, &own.item(at), found);
                    }
                }
                (Shape::Group(table) | Shape::Part(table), Some(_)) => {
                    below(table, value.unwrap(), &own, found);
                }
                (shape, _) if shape.table().is_some() => {}
                _ => found.push(own),
            }
        }
    }
    let mut found = Vec::new();
    below(
        kind.table(),
        node,
        &Place::object(kind, at_object),
        &mut found,
    );
    found
}

#[test]
fn what_a_form_shows_it_reads_back() {
    let mut count = 0;
    for mut network in networks() {
        let before = network.clone();
        for kind in Kind::ALL {
            let objects = list(&before, kind);
            for position in 0..objects.map_or(0, |objects| objects.count()) {
                let node = objects.unwrap().node(position).unwrap();
                for place in values(kind, &node, position) {
                    let slot = place.slot().unwrap();
                    let text = shown(&slot.shape, at(&node, &place.steps));
                    let value = read(slot, &text).unwrap_or_else(|e| panic!("{place}: {e}"));
                    let mut node = node.clone();
                    put(&mut node, &place.steps, value);
                    let replaced = list_mut(&mut network, kind).replace(position, &node);
                    replaced.unwrap_or_else(|e| panic!("{place} {text:?}: {e}"));
                    count += 1;
                }
            }
        }
        assert_eq!(network, before);
    }
    assert!(count > 1_000, "{count} values were shown");
}

#[test]
fn a_place_is_written_as_issues_write_it() {
    let place = Place::object(Kind::Vnet, 1)
        .member("subnets")
        .item(0)
        .member("prefix");
    assert_eq!(place.to_string(), "vnets[1].subnets[0].prefix");
    let tables = Place::object(Kind::Hub, 0).member("routeTables");
    assert_eq!(tables.to_string(), "virtualWan.hubs[0].routeTables");
    assert_eq!(Place::object(Kind::Manager, 0).to_string(), "avnm");
    assert_eq!(
        Kind::of_path("avnm.groups[a].members"),
        Some((Kind::NetworkGroup, "[a].members"))
    );
    assert_eq!(
        Kind::of_path("avnm.addressOverlap"),
        Some((Kind::Manager, ".addressOverlap"))
    );
    assert_eq!(Kind::of_path("settings"), None);
}

#[test]
fn a_text_is_read_or_refused_with_what_was_expected() {
    let slot =
        |kind: Kind, member: &'static str| Place::object(kind, 0).member(member).slot().unwrap();
    let route = |member: &'static str| {
        let routes = Place::object(Kind::RouteTable, 0).member("routes");
        routes.item(0).member(member).slot().unwrap()
    };
    let read = |slot, text: &str| read(slot, text).map(|node| node.map(|node| node.to_string()));
    let ok = |json: &str| Ok(Some(json.to_owned()));
    assert_eq!(
        read(slot(Kind::Vnet, "region"), " West Europe "),
        ok(r#""westeurope""#)
    );
    assert_eq!(
        read(slot(Kind::Vnet, "region"), "Europe"),
        Err("expected an Azure region such as West Europe or westeurope, found \"Europe\"".into())
    );
    assert_eq!(
        read(slot(Kind::Vnet, "prefixes"), "10.0.0.0/16,\n10.1.0.0/16"),
        ok(r#"["10.0.0.0/16","10.1.0.0/16"]"#)
    );
    assert!(read(slot(Kind::Vnet, "prefixes"), "10.0.0.0/16, 10.1").is_err());
    assert_eq!(
        read(slot(Kind::Vnet, "name"), " "),
        Err("expected a name".into())
    );
    assert_eq!(read(slot(Kind::Circuit, "linksUp"), "1"), ok("1"));
    assert_eq!(
        read(slot(Kind::Circuit, "linksUp"), "3"),
        Err("expected a number from 0 to 2, found \"3\"".into())
    );
    assert_eq!(
        read(slot(Kind::Site, "asn"), "4,200,000,000"),
        ok("4200000000")
    );
    assert_eq!(
        read(slot(Kind::Site, "asPath"), "65001, 65002"),
        ok("[65001,65002]")
    );
    assert_eq!(read(slot(Kind::Site, "asPath"), ""), Ok(None));
    assert_eq!(
        read(route("prefix"), "AzureCloud.WestEurope"),
        ok(r#""AzureCloud.WestEurope""#)
    );
    assert_eq!(read(route("prefix"), "fd00::/8"), ok(r#""fd00::/8""#));
    assert!(read(route("prefix"), "10.0.0").is_err());
    assert_eq!(read(route("nextHopType"), "internet"), ok(r#""Internet""#));
    assert!(
        read(route("nextHopType"), "VNetPeering")
            .unwrap_err()
            .contains("VirtualNetworkGateway")
    );
    assert_eq!(
        read(slot(Kind::Appliance, "drops"), "icmp, UDP"),
        ok(r#"["icmp","udp"]"#)
    );
}

fn vnet(name: &str, range: &str, subnet: &str) -> VnetSpec {
    VnetSpec {
        name: name.to_owned(),
        prefixes: vec![range.to_owned()],
        subnets: vec![SubnetSpec {
            name: "default".to_owned(),
            prefix: subnet.to_owned(),
            ..SubnetSpec::default()
        }],
        ..VnetSpec::default()
    }
}

fn hub_and_spoke() -> NetworkSpec {
    let mut network = NetworkSpec {
        vnets: vec![
            vnet("hub", "10.0.0.0/16", "10.0.0.0/24"),
            vnet("spoke1", "10.1.0.0/16", "10.1.0.0/24"),
        ],
        peerings: vec![
            PeeringSpec::new("hub", "spoke1"),
            PeeringSpec::new("spoke1", "hub"),
        ],
        route_tables: vec![RouteTableSpec {
            name: "rt".to_owned(),
            ..RouteTableSpec::default()
        }],
        appliances: vec![ApplianceSpec::new(
            "nva",
            ApplianceKind::Nva,
            "hub",
            "default",
            "10.0.0.4",
        )],
        workloads: vec![WorkloadSpec {
            name: "vm".to_owned(),
            vnet: "spoke1".to_owned(),
            subnet: "default".to_owned(),
            ip: "10.1.0.4".to_owned(),
            ..WorkloadSpec::default()
        }],
        ..NetworkSpec::default()
    };
    network.vnets[1].subnets[0].route_table = Some("rt".to_owned());
    network
}

#[test]
fn references_follow_a_new_name() {
    let mut network = hub_and_spoke();
    network.vnets[1].name = "app".to_owned();
    rename(&mut network, Kind::Vnet, "spoke1", "app");
    assert_eq!(
        (&*network.peerings[0].to, &*network.peerings[1].from),
        ("app", "app")
    );
    assert_eq!(network.workloads[0].vnet, "app");
    network.vnets[1].subnets[0].name = "web".to_owned();
    renamed_subnet(&mut network, "app", "default", "web");
    // The subnet of the same name in the hub is another one.
    assert_eq!(
        (
            network.workloads[0].subnet.as_str(),
            network.appliances[0].subnet.as_str()
        ),
        ("web", "default")
    );
    rename(&mut network, Kind::RouteTable, "rt", "udr");
    assert_eq!(
        network.vnets[1].subnets[0].route_table.as_deref(),
        Some("udr")
    );
    assert_eq!(
        build(&network)
            .issues
            .iter()
            .filter(|i| i.message.contains("spoke1"))
            .count(),
        0
    );
}

#[test]
fn what_cannot_be_without_it_goes_with_an_object() {
    let mut network = hub_and_spoke();
    network.vnets.remove(1);
    let lost = forget(&mut network, Kind::Vnet, "spoke1");
    let mut titles: Vec<&str> = lost.iter().map(|lost| lost.title.as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["hub → spoke1", "spoke1 → hub", "vm"]);
    assert!(network.peerings.is_empty() && network.workloads.is_empty());
    assert_eq!(network.appliances.len(), 1);

    let mut network = hub_and_spoke();
    network.route_tables.clear();
    assert_eq!(forget(&mut network, Kind::RouteTable, "rt"), []);
    assert_eq!(network.vnets[1].subnets[0].route_table, None);
}

#[test]
fn the_next_free_range_follows_the_last() {
    let next = |ranges: &[&str]| {
        let vnets = ranges.iter().map(|range| vnet("v", range, "0.0.0.0/32"));
        let network = NetworkSpec {
            vnets: vnets.collect(),
            ..NetworkSpec::default()
        };
        free_range(&network).map(|net| net.to_string())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(next(&[]), some("10.0.0.0/16"));
    assert_eq!(next(&["10.0.0.0/16", "10.1.0.0/16"]), some("10.2.0.0/16"));
    assert_eq!(next(&["10.0.0.0/16", "10.9.0.0/24"]), some("10.9.1.0/24"));
    // Behind the last one of the block there is nothing: the first gap.
    assert_eq!(next(&["10.0.0.0/16", "10.255.0.0/16"]), some("10.1.0.0/16"));
    assert_eq!(next(&["192.168.0.0/16"]), some("10.0.0.0/16"));
    assert_eq!(
        next(&[
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10"
        ]),
        None
    );
}

#[test]
fn the_next_subnet_and_address_are_free() {
    let network = hub_and_spoke();
    assert_eq!(
        free_subnet(&network.vnets[1])
            .map(|n| n.to_string())
            .as_deref(),
        Some("10.1.1.0/24")
    );
    assert_eq!(
        free_address(&network, "spoke1", "default")
            .map(|a| a.to_string())
            .as_deref(),
        Some("10.1.0.5")
    );
    assert_eq!(free_subnet(&vnet("v", "10.0.0.0/24", "10.0.0.0/24")), None);
    let mut small = hub_and_spoke();
    small.vnets[1].subnets[0].prefix = "10.1.0.0/29".to_owned();
    let taken = ["10.1.0.4", "10.1.0.5", "10.1.0.6"].map(|ip| WorkloadSpec {
        vnet: "spoke1".to_owned(),
        subnet: "default".to_owned(),
        ip: ip.to_owned(),
        ..WorkloadSpec::default()
    });
    small.workloads = taken.to_vec();
    assert_eq!(free_address(&small, "spoke1", "default"), None);
}

#[test]
fn a_new_object_and_a_copy_stand_without_an_error() {
    for kind in Kind::ALL {
        let mut network = hub_and_spoke();
        let errors = |network: &NetworkSpec| {
            let issues = build(network).issues;
            let errors = issues.into_iter().map(|issue| issue.to_string());
            errors
                .filter(|issue| issue.starts_with("error"))
                .collect::<Vec<_>>()
        };
        let node = made(&network, kind);
        list_mut(&mut network, kind)
            .insert(usize::MAX, &node)
            .unwrap();
        // These need what the estate has not: a site, a Route Server, a network group.
        let needs = [
            Kind::Tunnel,
            Kind::BgpPeering,
            Kind::Connectivity,
            Kind::AdminRule,
            Kind::Peering,
        ];
        if !needs.contains(&kind) {
            assert_eq!(errors(&network), Vec::<String>::new(), "{kind:?}");
        }
        if [Kind::Vnet, Kind::Workload, Kind::Site, Kind::RouteTable].contains(&kind) {
            let copied = copy(&network, kind, 0).unwrap();
            list_mut(&mut network, kind)
                .insert(usize::MAX, &copied)
                .unwrap();
            if kind != Kind::Site {
                assert_eq!(errors(&network), Vec::<String>::new(), "copy of {kind:?}");
            }
        }
    }
    let copied = copy(&hub_and_spoke(), Kind::Vnet, 1).unwrap();
    assert_eq!(
        shown(&Shape::Text, at(&copied, &[Step::Member("name")])),
        "spoke2"
    );
    let prefix = [
        Step::Member("subnets"),
        Step::Item(0),
        Step::Member("prefix"),
    ];
    assert_eq!(shown(&Shape::Prefix, at(&copied, &prefix)), "10.2.0.0/24");
}
