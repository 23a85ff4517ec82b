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

use interspoke_core::document::Document;
use interspoke_core::estate::generate::{Design, Plan};
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
    EdgeKind, End, Environments, Look, Mesh, MeshKind, Node, NodeKey, Overlay, Point, Rect, Role,
    SMALLEST, Scene, Viewport, layout, overlay, room,
};
use interspoke_web::state::State;
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
            dns_servers: Vec::new(),
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
        assert!(
            a.rect.w >= 60.0 && a.rect.h >= 30.0,
            "{what}: {} has no room for text",
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
        for (from, to) in edge.points.iter().zip(edge.points.iter().skip(1)) {
            for node in &scene.nodes {
                assert!(
                    node.key == edge.ends.0
                        || node.key == edge.ends.1
                        || !node.rect.grown(-1.0).crossed_by(*from, *to),
                    "{what}: a line from {} to {} crosses {}: {:?}",
                    a.title,
                    b.title,
                    node.title,
                    edge.points
                );
            }
        }
    }
    for body in &scene.bodies {
        bodies(scene, body, what);
    }
}

/// A body touches each of its members and covers no other box.
#[track_caller]
fn bodies(scene: &Scene, body: &Mesh, what: &str) {
    for key in &body.members {
        let rect = scene.node(*key).unwrap().rect.grown(0.5);
        assert!(
            body.rects.iter().any(|part| part.overlaps(&rect)),
            "{what}: {:?} does not touch {key:?}",
            body.label
        );
    }
    for node in &scene.nodes {
        let inside = node.rect.grown(-1.0);
        assert!(
            body.rects.iter().all(|part| !part.overlaps(&inside)),
            "{what}: {:?} covers {} at {:?}: {:?}",
            body.label,
            node.title,
            node.rect,
            body.rects
        );
    }
}

/// Viewports of a wide desk, a desk, a tablet and two phones.
const ROOMS: [(f64, f64); 5] = [
    (1090.0, 410.0),
    (760.0, 410.0),
    (700.0, 520.0),
    (350.0, 460.0),
    (290.0, 420.0),
];

fn desk() -> Look {
    Look::through(Viewport::DESK)
}

fn phone() -> Look {
    Look::through(Viewport::PHONE)
}

fn everywhere(topology: &Topology, what: &str) {
    for (w, h) in ROOMS {
        check(
            &layout(topology, &Look::through(Viewport { w, h })),
            &format!("{what}, {w} wide"),
        );
    }
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
    let scene = layout(&build(&NetworkSpec::default()).value, &desk());
    assert!(scene.nodes.is_empty() && scene.bounds.w > 0.0);
}

#[test]
fn the_arrow_keys_reach_every_box() {
    let scene = layout(&estate(2, 8, false, true), &desk());
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
fn drawn(sample: &str, from: &str, to: &str, look: &Look) -> (Scene, Overlay) {
    let network = Sample::named(sample).unwrap().document().unwrap().network;
    let topology = Rc::new(build(&network).value);
    let routing = Routing::new(Rc::clone(&topology), Settings::default());
    let trip = routing.round_trip(Flow {
        source: from.parse().unwrap(),
        destination: to.parse().unwrap(),
        protocol: Protocol::Tcp,
        port: None,
    });
    let scene = layout(&topology, look);
    let back = trip.back.first().and_then(|replies| replies.first());
    let shown = overlay(&scene, &topology, trip.forward.first(), back, lost_word);
    (scene, shown)
}

fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy).max(1e-9);
    p.distance(a.toward(b, along.clamp(0.0, 1.0)))
}

#[test]
fn request_and_reply_take_the_place_of_the_line_they_share() {
    let (scene, shown) = drawn("two-regions", "10.10.1.4", "10.20.1.4", &desk());
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
    // Where a way turns back sharply its corner is cut, and the next piece runs a little nearer.
    let near = |points: &[Point]| (2.4..=3.3).contains(&side(points));
    assert!(near(&there.points) && near(&back.points));
}

#[test]
fn a_reply_lost_where_it_starts_is_drawn_out_of_its_box_to_the_cross() {
    for look in [desk(), phone()] {
        let (scene, shown) = drawn("one-way", "10.1.1.5", "10.2.1.4", &look);
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
        everywhere(&build(&preset.network()).value, preset.id);
    }
}

#[test]
fn hubs_that_share_their_spokes_stand_beside_each_other_and_the_joined_ones_face() {
    let topology = build(&Preset::named("split-2").unwrap().network()).value;
    let scene = layout(&topology, &desk());
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
        let scene = layout(&topology, &desk());
        scene.edges.iter().filter(|edge| edge.kind == kind).count()
    };
    // Each of three members reaches the two others; six connections and one line between two hubs.
    assert_eq!(drawn("manager-mesh", EdgeKind::Group), 3);
    assert_eq!(drawn("vwan-2", EdgeKind::Connection), 6);
    assert_eq!(drawn("vwan-2", EdgeKind::Wan), 1);
}

/// Chance that is the same on every machine: a linear congruential generator.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// Some estate: hubs with and without firewalls, spokes with and without a hub, direct links, sites.
fn random(seed: u64) -> (Topology, Look) {
    let mut chance = Chance(seed);
    let regions = 1 + chance.below(5);
    let mut spec = NetworkSpec::default();
    let mut spokes: Vec<String> = Vec::new();
    let join = |spec: &mut NetworkSpec, a: &str, b: &str| {
        spec.peerings.push(PeeringSpec::new(a, b));
        spec.peerings.push(PeeringSpec::new(b, a));
    };
    let mut hubs: Vec<String> = Vec::new();
    for region in 0..regions {
        for hub in 0..chance.below(3) {
            let name = format!("hub{region}-{hub}");
            spec.vnets
                .push(vnet(name.clone(), region, region * 8 + hub, 0));
            for other in hubs.iter().filter(|_| chance.below(2) == 0) {
                join(&mut spec, &name, other);
            }
            for spoke in 0..chance.below(12) {
                let own = format!("spoke{region}-{hub}-{spoke}");
                spec.vnets
                    .push(vnet(own.clone(), region, region * 8 + hub, spoke + 1));
                join(&mut spec, &own, &name);
                spokes.push(own);
            }
            if chance.below(2) == 0 {
                let gateway = format!("vpn-{name}");
                spec.gateways
                    .push(GatewaySpec::new(&gateway, GatewayKind::Vpn, &name));
                spec.tunnels.push(TunnelSpec::new(&gateway, "office"));
            }
            hubs.push(name);
        }
        for lone in 0..chance.below(4) {
            let name = format!("lone{region}-{lone}");
            spec.vnets
                .push(vnet(name.clone(), region, region * 8 + 7, lone + 1));
            spokes.push(name);
        }
    }
    for _ in 0..chance.below(14) {
        let (a, b) = (chance.below(spokes.len()), chance.below(spokes.len()));
        if a != b && !spokes.is_empty() {
            join(&mut spec, &spokes[a].clone(), &spokes[b].clone());
        }
    }
    spec.sites.push(SiteSpec {
        name: "office".to_owned(),
        asn: 65_001,
        prefixes: vec!["192.168.0.0/16".to_owned()],
        as_path: Vec::new(),
        wan: None,
        dns_servers: Vec::new(),
    });
    let topology = build(&spec).value;
    let (w, h) = ROOMS[chance.below(3)];
    let mut look = Look::through(Viewport { w, h });
    if chance.below(2) == 0 {
        let of = topology.vnets().iter().map(|v| {
            let spoke = v.name.starts_with("spoke");
            spoke.then(|| u8::try_from(chance.below(3)).unwrap())
        });
        look.environments = Rc::new(Environments {
            names: ["dev", "test", "prod"].map(str::to_owned).to_vec(),
            of: of.collect(),
        });
    }
    (topology, look)
}

#[test]
fn random_estates_are_drawn_without_overlap_or_crossing() {
    for seed in 0..150 {
        let (topology, look) = random(seed);
        let scene = layout(&topology, &look);
        check(&scene, &format!("seed {seed}"));
    }
}

fn spokes_of(scene: &Scene, region: usize) -> Vec<(String, f64, f64)> {
    let nodes = scene.nodes.iter();
    let own = nodes.filter(|node| node.title.starts_with(&format!("spoke{region}-")));
    let all: Vec<(String, f64, f64)> = own
        .map(|node| (node.title.clone(), node.rect.x, node.rect.y))
        .collect();
    let (x, y) = all.first().map_or((0.0, 0.0), |one| (one.1, one.2));
    all.into_iter()
        .map(|(name, ax, ay)| (name, ax - x, ay - y))
        .collect()
}

#[test]
fn a_spoke_more_in_one_region_moves_nothing_in_another() {
    let wide = Look::through(Viewport {
        w: 1090.0,
        h: 600.0,
    });
    let change = |more: usize| {
        let mut spec = NetworkSpec::default();
        for (region, spokes) in [(0, 4), (1, 2 + more)] {
            spec.vnets
                .push(vnet(format!("hub{region}"), region, region, 0));
            for spoke in 0..spokes {
                let name = format!("spoke{region}-{spoke}");
                spec.vnets
                    .push(vnet(name.clone(), region, region, spoke + 1));
                let hub = format!("hub{region}");
                spec.peerings
                    .push(PeeringSpec::new(name.as_str(), hub.as_str()));
                spec.peerings
                    .push(PeeringSpec::new(hub.as_str(), name.as_str()));
            }
        }
        layout(&build(&spec).value, &wide)
    };
    assert_eq!(spokes_of(&change(0), 0), spokes_of(&change(1), 0));
    assert_eq!(spokes_of(&change(0), 0).len(), 4);
}

#[test]
fn spokes_stand_in_the_order_people_count() {
    let scene = layout(&estate(1, 12, false, false), &desk());
    let spokes = scene.nodes.iter().filter(|node| node.role == Role::Spoke);
    let names: Vec<&str> = spokes.map(|node| node.title.as_str()).collect();
    assert_eq!(
        names.get(8..11),
        Some(["spoke0-8", "spoke0-9", "spoke0-10"].as_slice())
    );
}

/// The picture of an estate by rule, its spokes told apart by their route tables.
fn by_rule(design: Design, spokes: usize, regions: usize, kinds: usize) -> (Topology, Look) {
    let plan = Plan {
        spokes,
        regions,
        kinds,
        ..Plan::new(design)
    };
    let state = State::new(Document {
        network: plan.spec(),
        ..Document::default()
    });
    let look = Look {
        kinds: Rc::clone(&state.answers.kinds),
        ..Look::through(Viewport {
            w: 1090.0,
            h: 410.0,
        })
    };
    (state.answers.topology().clone(), look)
}

#[test]
fn a_thousand_spokes_are_a_few_stacks_and_what_is_chosen_stands_alone() {
    let (topology, mut look) = by_rule(Design::Firewalls, 1_000, 2, 3);
    let scene = layout(&topology, &look);
    check(&scene, "folded");
    let counted: usize = scene
        .nodes
        .iter()
        .filter(|n| n.role == Role::Stack)
        .map(|n| n.members.len())
        .sum();
    assert_eq!(counted, 1_000);
    assert!(scene.nodes.len() < 30, "{} boxes", scene.nodes.len());
    let chosen = topology.vnet_named("spoke-17").unwrap().id;
    look.alone.insert(chosen);
    let scene = layout(&topology, &look);
    check(&scene, "one chosen");
    assert_eq!(
        scene.node(NodeKey::Vnet(chosen)).map(|node| node.role),
        Some(Role::Spoke)
    );
    assert_eq!(scene.home(chosen), Some(NodeKey::Vnet(chosen)));
}

#[test]
fn a_stack_opens_in_place_and_no_more_than_150_boxes_are_ever_drawn() {
    for (design, spokes, regions) in [
        (Design::Firewalls, 1_000, 8),
        (Design::VirtualWan, 300, 2),
        (Design::Mesh, 100, 1),
    ] {
        let (topology, mut look) = by_rule(design, spokes, regions, 3);
        let scene = layout(&topology, &look);
        let stack = scene.nodes.iter().find(|n| n.role == Role::Stack).unwrap();
        let NodeKey::Stack(first) = stack.key else {
            panic!("{stack:?}")
        };
        look.open.insert(first);
        let opened = layout(&topology, &look);
        check(&opened, "opened");
        assert!(opened.node(NodeKey::Vnet(first)).is_some());
        assert!(opened.nodes.len() > scene.nodes.len() && opened.nodes.len() <= 150);
    }
}

#[test]
fn a_mesh_beyond_eight_is_one_green_body_that_counts_its_links() {
    let scene = layout(&estate(1, 10, true, false), &desk());
    let body = scene
        .bodies
        .iter()
        .find(|body| body.kind == MeshKind::Direct)
        .unwrap();
    assert_eq!(
        (body.label.text.as_str(), body.members.len()),
        ("45 direct peerings", 10)
    );
    assert!(scene.edges.iter().all(|edge| !edge.direct));
    let small = layout(&estate(1, 4, true, false), &desk());
    assert_eq!(small.edges.iter().filter(|edge| edge.direct).count(), 6);
    assert_eq!(
        small
            .labels
            .iter()
            .filter(|label| label.text == "6 direct peerings")
            .count(),
        1
    );
}

/// The sizes of all texts of the picture, as its styles have them: none is too small to read.
#[test]
fn no_text_of_the_picture_is_smaller_than_eleven_pixels() {
    let styles = include_str!("../../static/picture.css");
    let mut seen = 0;
    for rule in styles.split('}') {
        let Some((selector, body)) = rule.rsplit_once('{') else {
            continue;
        };
        if !selector.contains(".map") || selector.contains("near") {
            continue;
        }
        let sizes = body
            .split_whitespace()
            .filter_map(|word| word.strip_suffix("px")?.parse::<f64>().ok());
        for size in sizes
            .filter(|_| body.contains("font:"))
            .filter(|size| *size > 8.0)
        {
            assert!(size >= SMALLEST, "{selector}: {size}");
            seen += 1;
        }
    }
    assert!(seen >= 7, "{seen}");
    // What is told when the picture is looked at closely is drawn smaller by less than it is shown larger.
    for (size, from) in [(6.2, 1.9), (7.0, 1.9), (3.7, 3.4), (4.2, 3.4)] {
        assert!(size * from >= SMALLEST, "{size} at {from}");
    }
}
