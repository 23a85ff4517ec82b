//! Geometry: no two boxes overlap, every line ends on the border of what it joins, everything lies inside the bounds,
//! whatever the estate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::pattern::preset::{PRESETS, Preset};
use interspoke_core::route::{Flow, Routing, Settings};
use interspoke_core::sample::Sample;
use interspoke_core::spec::Protocol;
use interspoke_core::spec::{
    ApplianceKind, ApplianceSpec, GatewayKind, GatewaySpec, NetworkSpec, PeeringSpec, SiteSpec,
    SubnetSpec, TunnelSpec, VnetSpec,
};
use interspoke_core::topology::{Topology, build};
use interspoke_web::scene::{
    Arrangement, EdgeKind, End, Node, Overlay, Point, Rect, Role, Scene, layout, overlay, room,
};
use interspoke_web::view::lost_word;
use std::rc::Rc;

fn vnet(name: String, region: usize, second: usize, third: usize) -> VnetSpec {
    let prefix = format!("10.{second}.{third}.0/24");
    let subnet = |name: &str, at: usize| SubnetSpec {
        name: name.to_owned(),
        prefix: format!("10.{second}.{third}.{}/26", at * 64),
        ..SubnetSpec::default()
    };
    VnetSpec {
        name,
        region: format!("region{region}"),
        prefixes: vec![prefix],
        subnets: vec![
            subnet("AzureFirewallSubnet", 0),
            subnet("default", 1),
            subnet("GatewaySubnet", 2),
        ],
        ..VnetSpec::default()
    }
}

/// Regions with a hub each, every hub peered with every other, with `spokes` spokes a hub and maybe a mesh of them.
fn estate(regions: usize, spokes: usize, mesh: bool, on_premises: bool) -> Topology {
    let mut spec = NetworkSpec::default();
    let join = |spec: &mut NetworkSpec, a: &str, b: &str| {
        spec.peerings.push(PeeringSpec::new(a, b));
        spec.peerings.push(PeeringSpec::new(b, a));
    };
    for region in 0..regions {
        let hub = format!("hub{region}");
        spec.vnets.push(vnet(hub.clone(), region, region, 0));
        let ip = format!("10.{region}.0.4");
        let firewall = format!("fw{region}");
        spec.appliances.push(ApplianceSpec::new(
            &firewall,
            ApplianceKind::AzureFirewall,
            &hub,
            "AzureFirewallSubnet",
            &ip,
        ));
        if on_premises {
            let gateway = format!("vpn{region}");
            spec.gateways
                .push(GatewaySpec::new(&gateway, GatewayKind::Vpn, &hub));
            spec.tunnels.push(TunnelSpec::new(&gateway, "office"));
        }
        for other in 0..region {
            join(&mut spec, &hub, &format!("hub{other}"));
        }
        for spoke in 0..spokes {
            let name = format!("spoke{region}-{spoke}");
            spec.vnets
                .push(vnet(name.clone(), region, region, spoke + 1));
            join(&mut spec, &name, &hub);
            for other in (0..spoke).filter(|_| mesh) {
                join(&mut spec, &name, &format!("spoke{region}-{other}"));
            }
        }
    }
    if on_premises {
        spec.sites.push(SiteSpec {
            name: "office".to_owned(),
            asn: 65_001,
            prefixes: vec!["192.168.0.0/16".to_owned()],
            as_path: Vec::new(),
            wan: None,
        });
    }
    build(&spec).value
}

fn on_border(rect: &Rect, p: Point) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    let across = p.x >= rect.x - 0.01 && p.x <= rect.right() + 0.01;
    let along = p.y >= rect.y - 0.01 && p.y <= rect.bottom() + 0.01;
    (across && (near(p.y, rect.y) || near(p.y, rect.bottom())))
        || (along && (near(p.x, rect.x) || near(p.x, rect.right())))
}

fn touches(node: &Node, p: Point) -> bool {
    on_border(&node.rect, p) || node.machines.iter().any(|m| on_border(&m.rect, p))
}

#[track_caller]
fn check(scene: &Scene, what: &str) {
    for (i, a) in scene.nodes.iter().enumerate() {
        for b in scene.nodes.iter().skip(i + 1) {
            assert!(
                !a.rect.overlaps(&b.rect),
                "{what}: {} and {} overlap",
                a.title,
                b.title
            );
        }
        for (j, machine) in a.machines.iter().enumerate() {
            let r = machine.rect;
            let inside = a.rect.contains(Point::new(r.x, r.y))
                && a.rect.contains(Point::new(r.right(), r.bottom()));
            assert!(
                inside,
                "{what}: {} stands outside {}",
                machine.name, a.title
            );
            assert!(
                a.machines.iter().skip(j + 1).all(|m| !m.rect.overlaps(&r)),
                "{what}: machines overlap"
            );
        }
        assert!(
            scene.bounds.union(&a.rect) == scene.bounds,
            "{what}: {} is out of bounds",
            a.title
        );
        let home = scene
            .bands
            .iter()
            .filter(|b| b.rect.overlaps(&a.rect))
            .count();
        assert_eq!(
            home,
            usize::from(matches!(a.role, Role::Hub | Role::Spoke)),
            "{what}: {}",
            a.title
        );
    }
    for (i, a) in scene.bands.iter().enumerate() {
        assert!(
            scene
                .bands
                .iter()
                .skip(i + 1)
                .all(|b| !a.rect.overlaps(&b.rect)),
            "{what}: bands overlap"
        );
    }
    for (i, label) in scene.labels.iter().enumerate() {
        // A count of what is not drawn stands where it must.
        if label.text.contains("not drawn") {
            continue;
        }
        let room = room(&label.text, label.at);
        let others = scene.labels.iter().skip(i + 1);
        assert!(
            others
                .into_iter()
                .all(|other| !room.overlaps(&interspoke_web::scene::room(&other.text, other.at))),
            "{what}: {label:?} touches another word"
        );
        assert!(
            scene.nodes.iter().all(|node| !room.overlaps(&node.rect)),
            "{what}: {label:?} touches a box"
        );
    }
    for edge in &scene.edges {
        let (a, b) = (
            scene.node(edge.ends.0).unwrap(),
            scene.node(edge.ends.1).unwrap(),
        );
        let (first, last) = (edge.points.first().unwrap(), edge.points.last().unwrap());
        assert!(
            touches(a, *first),
            "{what}: {} - {} leaves the air: {edge:?}",
            a.title,
            b.title
        );
        assert!(
            touches(b, *last),
            "{what}: {} - {} ends in the air: {edge:?}",
            a.title,
            b.title
        );
        assert!(
            edge.points.iter().all(|p| scene.bounds.contains(*p)),
            "{what}: {edge:?} is out of bounds"
        );
    }
}

fn everywhere(topology: &Topology, what: &str) {
    check(
        &layout(topology, Arrangement::Beside),
        &format!("{what}, beside"),
    );
    check(
        &layout(topology, Arrangement::Stacked),
        &format!("{what}, stacked"),
    );
}

#[test]
fn a_hub_with_1_to_40_spokes() {
    for spokes in 1..=40 {
        everywhere(
            &estate(1, spokes, false, spokes % 2 == 0),
            &format!("{spokes} spokes"),
        );
    }
}

#[test]
fn several_regions() {
    for regions in 1..=6 {
        for spokes in [0, 1, 2, 7, 13] {
            everywhere(
                &estate(regions, spokes, false, true),
                &format!("{regions} regions of {spokes}"),
            );
        }
    }
}

#[test]
fn spokes_that_are_peered_with_each_other() {
    for spokes in [2, 3, 6, 9] {
        everywhere(
            &estate(2, spokes, true, false),
            &format!("a mesh of {spokes}"),
        );
    }
}

#[test]
fn nothing_at_all() {
    let scene = layout(&build(&NetworkSpec::default()).value, Arrangement::Beside);
    assert!(scene.nodes.is_empty() && scene.bounds.w > 0.0);
}

#[test]
fn a_grid_of_spokes_is_reached_without_crossing_a_box() {
    let scene = layout(&estate(1, 30, false, false), Arrangement::Beside);
    for edge in &scene.edges {
        for pair in edge.points.windows(2) {
            for node in scene
                .nodes
                .iter()
                .filter(|n| n.key != edge.ends.0 && n.key != edge.ends.1)
            {
                assert!(
                    !node.rect.crossed_by(pair[0], pair[1]),
                    "{edge:?} crosses {}",
                    node.title
                );
            }
        }
    }
}

#[test]
fn the_arrow_keys_reach_every_box() {
    let scene = layout(&estate(2, 8, false, true), Arrangement::Beside);
    let mut reached = vec![scene.nodes[0].key];
    let ways = [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
    let mut at = 0;
    while let Some(key) = reached.get(at).copied() {
        for (x, y) in ways {
            let next = scene.step(key, Point::new(x, y));
            reached.extend(next.filter(|next| !reached.contains(next)));
        }
        at += 1;
    }
    assert_eq!(reached.len(), scene.nodes.len());
}

/// A flow of a sample over its picture.
fn drawn(sample: &str, from: &str, to: &str, arrangement: Arrangement) -> (Scene, Overlay) {
    let network = Sample::named(sample).unwrap().document().unwrap().network;
    let topology = Rc::new(build(&network).value);
    let routing = Routing::new(Rc::clone(&topology), Settings::default());
    let trip = routing.round_trip(Flow {
        source: from.parse().unwrap(),
        destination: to.parse().unwrap(),
        protocol: Protocol::Tcp,
        port: None,
    });
    let scene = layout(&topology, arrangement);
    let back = trip.back.first().and_then(|replies| replies.first());
    let shown = overlay(&scene, &topology, trip.forward.first(), back, lost_word);
    (scene, shown)
}

fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy).max(1e-9);
    p.distance(a.toward(b, along.clamp(0.0, 1.0)))
}

/// Words keep away from every line by more than a track is wide.
#[test]
fn words_of_the_samples_touch_no_line() {
    for sample in ["two-regions", "one-way"] {
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let network = Sample::named(sample).unwrap().document().unwrap().network;
            let scene = layout(&build(&network).value, arrangement);
            assert!(
                scene
                    .labels
                    .iter()
                    .any(|label| label.text.ends_with("× VNetPeering"))
            );
            let names = scene
                .bands
                .iter()
                .map(|band| (band.name.as_str(), band.name_at));
            let words = scene
                .labels
                .iter()
                .map(|label| (label.text.as_str(), label.at));
            for (text, at) in words.chain(names) {
                let mut rect = room(text, at);
                if scene.bands.iter().any(|band| band.name_at == at) {
                    rect.x = at.x;
                }
                for edge in &scene.edges {
                    for pair in edge.points.windows(2) {
                        assert!(
                            !rect.grown(5.0).crossed_by(pair[0], pair[1]),
                            "{sample} {arrangement:?}: {text} touches {edge:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn request_and_reply_take_the_place_of_the_line_they_share() {
    let (scene, shown) = drawn("two-regions", "10.10.1.4", "10.20.1.4", Arrangement::Beside);
    assert_eq!(shown.taken.len(), 6, "three lines there and three back");
    let line = &scene.edges[shown.taken[0]];
    let (there, back) = (shown.forward.unwrap(), shown.back.unwrap());
    let middle = line.points[0].toward(line.points[1], 0.5);
    let side = |points: &[Point]| {
        let nearest = points
            .windows(2)
            .map(|pair| distance(middle, pair[0], pair[1]));
        nearest.fold(f64::INFINITY, f64::min)
    };
    assert!((side(&there.points) - 3.2).abs() < 0.1 && (side(&back.points) - 3.2).abs() < 0.1);
}

#[test]
fn a_reply_lost_where_it_starts_is_drawn_out_of_its_box_to_the_cross() {
    for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
        let (scene, shown) = drawn("one-way", "10.1.1.5", "10.2.1.4", arrangement);
        let (there, back) = (shown.forward.unwrap(), shown.back.unwrap());
        assert_eq!((there.end, back.end), (End::Delivered, End::Lost));
        let (first, last) = (back.points[0], *back.points.last().unwrap());
        assert_eq!((Some(last), first.y - last.y), (back.cross, 28.0));
        let home = scene
            .nodes
            .iter()
            .find(|node| node.title == "myVnet2")
            .unwrap();
        assert!(on_border(&home.rect, first) && !home.rect.contains(last));
        let why = back.why.unwrap();
        assert_eq!(why.text, "next hop None");
        let rect = room(&why.text, why.at);
        assert!(
            scene.bounds.union(&rect) == scene.bounds,
            "{why:?} is out of bounds"
        );
        assert!(scene.nodes.iter().all(|node| !node.rect.overlaps(&rect)));
        // The request has its lines for itself: it runs on them.
        let line = &scene.edges[shown.taken[0]];
        let middle = line.points[0].toward(line.points[1], 0.5);
        let mut pairs = there.points.windows(2);
        assert!(pairs.any(|pair| distance(middle, pair[0], pair[1]) < 0.01));
    }
}

#[test]
fn every_figure_of_the_article_is_drawn_clear_of_its_boxes() {
    for preset in PRESETS {
        let topology = build(&preset.network()).value;
        for arrangement in [Arrangement::Beside, Arrangement::Stacked] {
            let scene = layout(&topology, arrangement);
            let what = format!("{} {arrangement:?}", preset.id);
            check(&scene, &what);
            let spoke = |key| scene.node(key).is_some_and(|node| node.role == Role::Spoke);
            let direct = scene
                .edges
                .iter()
                .filter(|e| spoke(e.ends.0) && spoke(e.ends.1));
            for edge in direct {
                for (from, to) in edge.points.iter().zip(edge.points.iter().skip(1)) {
                    for node in &scene.nodes {
                        assert!(
                            !node.rect.grown(-1.0).crossed_by(*from, *to),
                            "{what}: a line crosses {}",
                            node.title
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn hubs_that_share_their_spokes_stand_beside_each_other_and_the_joined_ones_face() {
    let topology = build(&Preset::named("split-2").unwrap().network()).value;
    let scene = layout(&topology, Arrangement::Beside);
    let mut hubs: Vec<&Node> = scene.nodes.iter().filter(|n| n.role == Role::Hub).collect();
    hubs.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    let names: Vec<&str> = hubs.iter().map(|hub| hub.title.as_str()).collect();
    assert_eq!(
        names,
        [
            "eastus-hub-internet",
            "eastus-hub",
            "westus-hub",
            "westus-hub-internet"
        ]
    );
    // Who stands in a hub does not repeat its name.
    assert!(hubs.iter().all(|hub| hub.machines[0].name == "firewall"));
}

#[test]
fn members_of_a_connected_group_and_hubs_of_a_virtual_wan_are_joined() {
    let drawn = |id: &str, kind| {
        let topology = build(&Preset::named(id).unwrap().network()).value;
        let scene = layout(&topology, Arrangement::Beside);
        scene.edges.iter().filter(|edge| edge.kind == kind).count()
    };
    // Three members on one bus; six connections and one line between two hubs.
    assert_eq!(drawn("manager-mesh", EdgeKind::Group), 2);
    assert_eq!(drawn("vwan-2", EdgeKind::Connection), 7);
}
