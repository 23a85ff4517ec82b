//! Objects are made, changed, copied and deleted, each as one step; forms say what is wrong at the field.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod page;

use interspoke_core::document::Document;
use interspoke_core::pattern::Pattern;
use interspoke_core::spec::{NetworkSpec, UserNextHopType};
use interspoke_web::form::{Kind, Place, list};
use interspoke_web::scene::NodeKey;
use interspoke_web::state::{
    AskMsg, CanvasMsg, Drawn, Effect, Field, FormMsg, Msg, PaletteMsg, PolicyKind, ReachField,
    ReachMsg, State, Tab, update,
};
use interspoke_web::view::{Control, FieldView, broken, objects, palette};
use page::render;
use std::rc::Rc;

fn empty() -> Rc<State> {
    Rc::new(State::new(Document::default()))
}

fn after(state: Rc<State>, messages: impl IntoIterator<Item = FormMsg>) -> Rc<State> {
    let apply = |state, msg| update(state, Msg::Form(msg)).0;
    messages.into_iter().fold(state, apply)
}

fn undone(state: Rc<State>) -> Rc<State> {
    update(state, Msg::Undo).0
}

/// A place from its text, as `vnets[0].subnets[1].prefix`.
fn place(text: &str) -> Place {
    let place = Place::parse(text).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(place.to_string(), text);
    place
}

fn typed(at: &str, text: &str) -> FormMsg {
    FormMsg::Typed(place(at), text.to_owned())
}

fn chosen(at: &str, text: &str) -> FormMsg {
    FormMsg::Chosen(place(at), text.to_owned())
}

fn network(state: &State) -> &NetworkSpec {
    &state.document.network
}

/// The field of the open form at a place.
fn field(state: &State, at: &str) -> FieldView {
    fn find(fields: &[FieldView], wanted: &Place) -> Option<FieldView> {
        fields.iter().find_map(|field| {
            if field.place == *wanted {
                return Some(field.clone());
            }
            match &field.control {
                Control::Group(below) | Control::Part(_, Some(below)) => find(below, wanted),
                Control::Rows(rows) => rows.rows.iter().find_map(|row| find(&row.fields, wanted)),
                _ => None,
            }
        })
    }
    let form = objects(state).form.expect("a form is open");
    find(&form.fields, &place(at)).unwrap_or_else(|| panic!("{at} has no field in {form:#?}"))
}

#[test]
fn an_estate_is_drawn_from_an_empty_page_and_every_step_is_undone() {
    let start = empty();
    let steps = [
        FormMsg::Add(Kind::Vnet),
        typed("vnets[0].name", "hub"),
        FormMsg::AddRow(place("vnets[0].subnets")),
        typed("vnets[0].subnets[1].name", "AzureFirewallSubnet"),
        FormMsg::Add(Kind::Vnet),
        FormMsg::Copy(Kind::Vnet, 1),
        FormMsg::Add(Kind::Appliance),
        chosen("appliances[0].kind", "azureFirewall"),
        chosen("appliances[0].subnet", "AzureFirewallSubnet"),
        chosen("appliances[0].ip", "10.0.1.4"),
        FormMsg::Add(Kind::Peering),
        FormMsg::Add(Kind::RouteTable),
        FormMsg::AddRow(place("routeTables[0].routes")),
        chosen("vnets[1].subnets[0].routeTable", "rt1"),
    ];
    let count = steps.len();
    let state = after(Rc::clone(&start), steps);
    let network = network(&state);
    let names: Vec<&str> = network.vnets.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["hub", "vnet1", "vnet2"]);
    assert_eq!(network.vnets[2].prefixes, ["10.2.0.0/16"]);
    assert_eq!(network.vnets[0].subnets[1].prefix, "10.0.1.0/24");
    let route = &network.route_tables[0].routes[0];
    assert_eq!(route.next_hop_type, UserNextHopType::VirtualAppliance);
    assert_eq!(route.next_hop_ip_address.as_deref(), Some("10.0.1.4"));
    assert_eq!(
        network.vnets[1].subnets[0].route_table.as_deref(),
        Some("rt1")
    );
    let mut back = state;
    for _ in 0..count {
        back = undone(back);
    }
    assert_eq!(back.document, start.document);
    assert!(!back.history.can_undo());
}

#[test]
fn typing_a_name_is_one_step_and_references_follow_every_letter() {
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::Peering),
        ],
    );
    let before = Rc::clone(&state.document);
    assert_eq!(&*network(&state).peerings[0].from, "vnet2");
    let state = after(
        state,
        ["s", "sp", "spo"].map(|text| typed("vnets[1].name", text)),
    );
    assert_eq!(&*network(&state).peerings[0].from, "spo");
    assert_eq!(undone(state).document, before);
}

#[test]
fn a_taken_name_stays_in_the_field_with_azures_word() {
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::Vnet),
            FormMsg::Open(Kind::Vnet, 1),
        ],
    );
    let before = Rc::clone(&state.document);
    let state = after(state, [typed("vnets[1].name", "vnet1")]);
    assert_eq!(state.document, before);
    assert!(state.is_older());
    let draft = field(&state, "vnets[1].name").draft;
    assert_eq!(draft.text, "vnet1");
    assert!(
        draft
            .error
            .unwrap()
            .starts_with("DuplicateName: \"vnet1\" is taken")
    );
    // What tunnels end on shares one space of names.
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Site),
            FormMsg::Add(Kind::Hub),
            typed("virtualWan.hubs[0].name", "onprem1"),
        ],
    );
    assert!(
        field(&state, "virtualWan.hubs[0].name")
            .draft
            .error
            .is_some()
    );
    // A subnet's name is taken within its VNet only.
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::AddRow(place("vnets[0].subnets")),
            typed("vnets[0].subnets[1].name", "default"),
        ],
    );
    assert!(
        field(&state, "vnets[0].subnets[1].name")
            .draft
            .error
            .is_some()
    );
}

#[test]
fn an_overlap_is_said_at_the_field_with_azures_code_and_the_next_free_range() {
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::AddRow(place("vnets[0].subnets")),
            typed("vnets[0].subnets[1].prefix", "10.0.0.0/24"),
        ],
    );
    let field = field(&state, "vnets[0].subnets[1].prefix");
    let codes: Vec<&str> = field.said.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["NetcfgSubnetRangesOverlap"]);
    assert_eq!(field.offer.as_deref(), Some("10.0.1.0/24"));
    let html = render(Rc::clone(&state));
    assert!(html.contains("NetcfgSubnetRangesOverlap"), "{html}");
    let state = after(state, [chosen("vnets[0].subnets[1].prefix", "10.0.1.0/24")]);
    assert!(
        state.answers.issues.is_empty(),
        "{:?}",
        state.answers.issues
    );
}

#[test]
fn a_reference_to_nothing_is_refused_at_the_field() {
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::NetworkGroup),
            typed("avnm.groups[0].members", "vnet1, spoke9"),
        ],
    );
    let draft = field(&state, "avnm.groups[0].members").draft;
    assert_eq!(
        draft.error.as_deref(),
        Some("InvalidResourceReference: none of the VNets is named \"spoke9\"")
    );
    let members = &network(&state).avnm.as_ref().unwrap().groups[0].members;
    assert_eq!(*members, Vec::<String>::new());
    let state = after(state, [typed("avnm.groups[0].members", "vnet1")]);
    assert_eq!(
        network(&state).avnm.as_ref().unwrap().groups[0].members,
        ["vnet1"]
    );
}

#[test]
fn what_goes_with_an_object_is_told_before_and_after() {
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::Vnet),
            FormMsg::Add(Kind::Workload),
            FormMsg::Add(Kind::Peering),
            FormMsg::Open(Kind::Vnet, 0),
        ],
    );
    let before = Rc::clone(&state.document);
    let form = objects(&state).form.unwrap();
    assert_eq!(
        form.goes.as_deref(),
        Some("Goes with it: 1 peering and 1 workload.")
    );
    let state = after(state, [FormMsg::Delete(Kind::Vnet, 0)]);
    assert_eq!(
        state.notice.as_deref(),
        Some("vnet1 was deleted, with 1 peering and 1 workload.")
    );
    assert!(network(&state).peerings.is_empty() && network(&state).workloads.is_empty());
    assert_eq!(undone(state).document, before);
}

#[test]
fn every_kind_is_added_shown_and_deleted_through_its_form() {
    for kind in Kind::ALL {
        let state = after(empty(), [FormMsg::Add(Kind::Vnet), FormMsg::Add(kind)]);
        let at = list(network(&state), kind).unwrap().count() - 1;
        let form = objects(&state)
            .form
            .unwrap_or_else(|| panic!("{kind:?} has no form"));
        assert_eq!((form.kind, form.at), (kind, at));
        let html = render(Rc::clone(&state));
        assert!(
            html.contains(&format!("aria-label=\"{} {}\"", form.noun, form.title)),
            "{kind:?}"
        );
        assert!(!html.contains(" style="), "{kind:?}");
        let state = after(state, [FormMsg::Delete(kind, at)]);
        assert_eq!(
            list(network(&state), kind).map_or(0, |all| all.count()),
            at,
            "{kind:?}"
        );
    }
}

#[test]
fn rows_and_parts_of_every_form_come_and_go() {
    let rows = [
        (Kind::Vnet, "vnets[0].subnets"),
        (Kind::RouteTable, "routeTables[0].routes"),
        (Kind::Appliance, "appliances[0].osRoutes"),
        (Kind::Appliance, "appliances[0].dnat"),
        (Kind::Circuit, "circuits[0].plan"),
        (Kind::BgpPeering, "bgpPeerings[0].advertises"),
        (Kind::NetworkSecurityGroup, "networkSecurityGroups[0].rules"),
        (
            Kind::RoutingConfiguration,
            "avnm.routingConfigurations[0].ruleCollections",
        ),
        (Kind::Hub, "virtualWan.hubs[0].firewall"),
        (Kind::Hub, "virtualWan.hubs[0].vpn"),
        (Kind::Hub, "virtualWan.hubs[0].expressRoute"),
        (Kind::Hub, "virtualWan.hubs[0].routeTables"),
        (Kind::Hub, "virtualWan.hubs[0].connections"),
    ];
    for (kind, at) in rows {
        let mut state = empty();
        if kind != Kind::Vnet {
            state = after(state, [FormMsg::Add(Kind::Vnet)]);
        }
        let state = after(state, [FormMsg::Add(kind)]);
        let before = Rc::clone(&state.document);
        let place = place(at);
        let state = after(state, [FormMsg::AddRow(place.clone())]);
        assert_ne!(state.document, before, "{at}");
        let row = match field(&state, at).control {
            Control::Rows(rows) => rows.rows.last().unwrap().place.clone(),
            Control::Part(_, Some(_)) => place,
            other => panic!("{at}: {other:?}"),
        };
        let state = after(state, [FormMsg::RemoveRow(row)]);
        assert_eq!(state.document.network, before.network, "{at}");
    }
}

#[test]
fn a_member_that_means_nothing_beside_its_siblings_is_left_out() {
    let state = after(
        empty(),
        [FormMsg::Add(Kind::Vnet), FormMsg::Add(Kind::Gateway)],
    );
    let has = |state: &State, member: &str| {
        let form = objects(state).form.unwrap();
        form.fields
            .iter()
            .any(|field| field.place.steps.last() == place(member).steps.last())
    };
    assert!(has(&state, "gateways[0].activeActive") && !has(&state, "gateways[0].fastPath"));
    let state = after(state, [chosen("gateways[0].kind", "expressRoute")]);
    assert!(!has(&state, "gateways[0].activeActive") && has(&state, "gateways[0].fastPath"));
}

#[test]
fn a_thousand_objects_show_a_page_and_are_searched() {
    let mut state = empty();
    let mut document = (*state.document).clone();
    let intent = interspoke_core::intent::Intent {
        regions: vec![interspoke_core::intent::RegionIntent::new(
            "westeurope",
            1_000,
        )],
        ..interspoke_core::intent::Intent::default()
    };
    let plan = interspoke_core::intent::AddressPlan::new(&intent).unwrap();
    document.network = Pattern::HubFirewall.blueprint(&intent, &plan);
    state = Rc::new(State {
        tab: Tab::Objects,
        ..State::new(document)
    });
    let model = objects(&state);
    assert_eq!((model.found, model.rows.len()), (1_003, 60));
    let state = after(state, [FormMsg::Search("spoke99".into())]);
    let model = objects(&state);
    assert_eq!(model.found, 11);
    assert_eq!(model.rows[0].title, "westeurope-spoke99");
    let state = after(state, [FormMsg::Search(String::new()), FormMsg::From(960)]);
    let model = objects(&state);
    assert_eq!((model.from, model.rows.len()), (960, 43));
    let html = render(state);
    let html = html
        .split_once("<section aria-label=\"Objects\"")
        .unwrap()
        .1;
    let rows = html.matches("<option").count() + html.matches("<li").count();
    assert!(rows < 600, "{rows} rows stand in the page");
}

#[test]
fn the_form_of_a_drawn_pattern_shows_what_the_pattern_drew() {
    let (state, _) = update(empty(), Msg::Ask(AskMsg::Draw(Pattern::HubFirewall)));
    let state = after(state, [FormMsg::Open(Kind::RouteTable, 0)]);
    let html = render(state);
    for text in [
        "addressPrefix, route 1 of ",
        "nextHopIpAddress, route ",
        "disableBgpRoutePropagation",
    ] {
        assert!(html.contains(text), "{text}");
    }
}

/// After some messages and every turn that they ask for.
fn settled(state: Rc<State>, messages: impl IntoIterator<Item = Msg>) -> Rc<State> {
    let mut state = state;
    for msg in messages {
        let mut next = Some(msg);
        while let Some(msg) = next.take() {
            let (after, effects) = update(state, msg);
            state = after;
            next = effects.iter().any(Effect::is_turn).then_some(Msg::Turn);
        }
    }
    state
}

fn canvas(msg: CanvasMsg) -> Msg {
    Msg::Canvas(msg)
}

/// The box of a VNet.
fn vnet(state: &State, name: &str) -> NodeKey {
    NodeKey::Vnet(state.answers.topology().vnet_named(name).unwrap().id)
}

#[test]
fn boxes_are_chosen_joined_and_deleted_on_the_picture() {
    let state = settled(
        empty(),
        [
            canvas(CanvasMsg::AddVnetTo("eastus".into())),
            canvas(CanvasMsg::AddVnet(None)),
        ],
    );
    assert_eq!(network(&state).vnets[1].region, "eastus");
    let (a, b) = (vnet(&state, "vnet1"), vnet(&state, "vnet2"));
    let state = settled(
        state,
        [canvas(CanvasMsg::Unmark), canvas(CanvasMsg::JoinMarked)],
    );
    assert!(
        state
            .notice
            .as_ref()
            .unwrap()
            .starts_with("Choose two boxes")
    );
    let before = Rc::clone(&state.document);
    let state = settled(
        state,
        [
            CanvasMsg::Mark(a),
            CanvasMsg::Mark(b),
            CanvasMsg::JoinMarked,
        ]
        .map(canvas),
    );
    assert_eq!(network(&state).peerings.len(), 2);
    let notice = state.notice.clone().unwrap();
    assert!(
        notice.starts_with("vnet1 and vnet2 are connected; 2 of 2 flows arrive, 0 of 2 before"),
        "{notice}"
    );
    assert_eq!(settled(Rc::clone(&state), [Msg::Undo]).document, before);
    let state = settled(state, [canvas(CanvasMsg::Join(a, b))]);
    assert!(state.notice.as_ref().unwrap().contains("connected already"));
    let state = settled(state, [canvas(CanvasMsg::Delete(None))]);
    assert!(network(&state).vnets.is_empty() && network(&state).peerings.is_empty());
    assert!(state.marked.is_empty());
}

#[test]
fn spokes_are_joined_by_a_pattern_in_one_step_told_with_flows_and_cost() {
    let three = [
        FormMsg::Add(Kind::Vnet),
        FormMsg::Copy(Kind::Vnet, 0),
        FormMsg::Copy(Kind::Vnet, 1),
    ];
    let state = after(empty(), three);
    let before = Rc::clone(&state.document);
    let state = settled(state, [canvas(CanvasMsg::JoinBy(Pattern::HubFirewall))]);
    let did = state.effected.clone().unwrap();
    assert_eq!(did.reach, Some([(0, 6), (6, 6)]));
    assert_ne!(did.after.as_ref(), Some(&did.before));
    assert!(
        network(&state)
            .appliances
            .iter()
            .any(|it| it.vnet == "westeurope-hub")
    );
    let html = render(Rc::clone(&state));
    assert!(html.contains("6 of 6 flows arrive, 0 of 6 before"));
    let state = settled(state, [Msg::Undo]);
    assert_eq!(state.document, before);
    assert_eq!(state.effected, None);
    let (state, _) = update(empty(), canvas(CanvasMsg::JoinBy(Pattern::PeeringMesh)));
    let notice = state.notice.clone().unwrap();
    assert!(
        notice.contains("expected at least two VNets, found 0"),
        "{notice}"
    );
}

#[test]
fn a_policy_is_checked_after_every_edit_and_a_broken_one_shows_its_packet() {
    let policy = [
        Msg::Reach(ReachMsg::Kind(PolicyKind::Reaches)),
        Msg::Typed(Field::Reach(ReachField::From), "vnet1".into()),
        Msg::Typed(Field::Reach(ReachField::To), "vnet2".into()),
    ];
    let state = after(
        empty(),
        [FormMsg::Add(Kind::Vnet), FormMsg::Add(Kind::Vnet)],
    );
    let state = settled(state, policy.into_iter().chain([Msg::Reach(ReachMsg::Add)]));
    let says = |state: &State| -> Vec<String> {
        broken(state)
            .into_iter()
            .map(|policy| policy.says)
            .collect()
    };
    let all = says(&state);
    assert!(
        all.iter()
            .any(|says| says.contains("vnet1") && says.contains("vnet2")),
        "{all:?}"
    );
    let html = render(Rc::clone(&state));
    assert!(html.contains("Show its path"));
    let (a, b) = (vnet(&state, "vnet1"), vnet(&state, "vnet2"));
    let state = settled(state, [canvas(CanvasMsg::Join(a, b))]);
    assert!(
        says(&state).iter().all(|says| !says.contains("vnet2")),
        "{:?}",
        says(&state)
    );
}

#[test]
fn the_palette_finds_every_action_and_every_object() {
    let state = after(
        empty(),
        [FormMsg::Add(Kind::Vnet), typed("vnets[0].name", "payroll")],
    );
    let found = |state: &Rc<State>, text: &str| {
        let typed = Msg::Palette(PaletteMsg::Typed(text.to_owned()));
        let (state, _) = update(Rc::clone(state), typed);
        palette(&state).unwrap().found
    };
    let names = |text: &str| -> Vec<String> {
        found(&state, text)
            .into_iter()
            .map(|one| one.name)
            .collect()
    };
    assert_eq!(names("payroll"), ["payroll"]);
    assert_eq!(names("add gateway"), ["Add gateway", "Add NAT gateway"]);
    assert!(names("").len() > 20);
    assert!(names("nothing like that").is_empty());
    let open = found(&state, "payroll").remove(0).msg;
    let (state, effects) = update(Rc::clone(&state), open);
    assert!(effects.contains(&Effect::OpenForm));
    assert_eq!(
        (state.designer.kind, state.designer.at),
        (Kind::Vnet, Some(0))
    );
    let (state, _) = update(state, Msg::Palette(PaletteMsg::Keys));
    let html = render(state);
    assert!(html.contains("Ctrl+K") && html.contains("Single keys act"));
}

#[test]
fn a_full_range_is_said_at_the_field() {
    // A /29 of a VNet of one subnet: three machines fit, a fourth has no address, a second subnet no range.
    let state = after(
        empty(),
        [
            FormMsg::Add(Kind::Vnet),
            typed("vnets[0].prefixes", "10.0.0.0/29"),
            typed("vnets[0].subnets[0].prefix", "10.0.0.0/29"),
            FormMsg::AddRow(place("vnets[0].subnets")),
        ],
    );
    let prefix = field(&state, "vnets[0].subnets[1].prefix");
    assert_eq!(prefix.offer, None);
    let said = prefix.said.last().unwrap();
    assert!(
        said.message.starts_with("the ranges of vnet1 are full"),
        "{said:?}"
    );

    let state = after(
        state,
        [
            FormMsg::RemoveRow(place("vnets[0].subnets[1]")),
            FormMsg::Add(Kind::Workload),
            FormMsg::Add(Kind::Workload),
            FormMsg::Add(Kind::Workload),
            FormMsg::Add(Kind::Workload),
        ],
    );
    assert_eq!(state.document.network.workloads[2].ip, "10.0.0.6");
    let ip = field(&state, "workloads[3].ip");
    let said = ip.said.last().unwrap();
    assert_eq!((ip.offer, said.code), (None, "SubnetIsFull"));
    assert!(
        said.message.contains("the first four and the last"),
        "{said:?}"
    );
}

#[test]
fn hub_and_spoke_becomes_virtual_wan_and_back_in_one_step_each() {
    let start = Rc::new(State::opening());
    assert!(render(Rc::clone(&start)).contains("Turn into Virtual WAN"));
    let turn = || Msg::Canvas(CanvasMsg::TurnInto);
    let (wan, _) = update(Rc::clone(&start), turn());
    let hubs = |state: &State| {
        state
            .document
            .network
            .virtual_wan
            .as_ref()
            .map_or(0, |wan| wan.hubs.len())
    };
    assert_eq!((hubs(&start), hubs(&wan)), (0, 2));
    assert_eq!(
        wan.drawn,
        Drawn::Left,
        "it is no longer what the pattern draws"
    );
    let did = wan.effected.as_ref().unwrap();
    let said = did.said();
    assert!(
        said.starts_with("Hub and spoke is Virtual WAN now; 30 of 30 flows arrive, as before"),
        "{said}"
    );
    assert!(said.contains("a month instead of USD 2,340.30"), "{said}");
    let html = render(Rc::clone(&wan));
    assert!(html.contains("Turn into hub and spoke"));
    let not_kept = !did.lost.is_empty();
    assert_eq!(html.contains("not kept"), not_kept);

    let (back, _) = update(Rc::clone(&wan), turn());
    assert_eq!(hubs(&back), 0);
    let (undone, _) = update(wan, Msg::Undo);
    assert_eq!(undone.document.network, start.document.network);
    // An estate without a hub has nothing to turn.
    assert!(!render(empty()).contains("Turn into"));
    let (none, _) = update(empty(), turn());
    assert!(none.notice.as_deref().unwrap().starts_with("Not turned: "));
}
