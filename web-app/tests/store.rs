//! Designs that stay: kept before they are drawn, opened again with every step, never written over; and what is said
//! when the place is off, full, damaged or newer. The place is one in memory; the browser's own is walked in Chromium.
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
use interspoke_core::pattern::Pattern;
use interspoke_core::price::Rules;
use interspoke_web::form::{Kind, Place};
use interspoke_web::state::{
    Amount, Ask, AskMsg, CanvasMsg, Column, CostMsg, DesignMsg, Effect, Field, FormMsg, Kept,
    Memory, Msg, PolicyKind, ReachMsg, Shelf, SpecMsg, State, StoreAsk, StoreMsg, Tab, Trouble,
    link_to, read_link, update,
};
use interspoke_web::text;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// A tab of a browser: its page, and the place that every tab shares.
struct Page {
    state: Rc<State>,
    shelf: Rc<Memory>,
    /// Effects that no place answers.
    asked: Vec<Effect>,
}

impl Page {
    /// A tab that starts with what is kept.
    fn start(shelf: &Rc<Memory>, seed: &str) -> Self {
        Self::on(State::on_first_sample(), shelf, seed)
    }

    fn on(state: State, shelf: &Rc<Memory>, seed: &str) -> Self {
        let mut page = Self {
            state: Rc::new(state.keeping(seed)),
            shelf: Rc::clone(shelf),
            asked: Vec::new(),
        };
        page.run(vec![Effect::Store(StoreAsk::Start(true))]);
        page
    }

    fn send(&mut self, msg: Msg) {
        let (state, effects) = update(Rc::clone(&self.state), msg);
        self.state = state;
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        let answers: Rc<RefCell<VecDeque<StoreMsg>>> = Rc::default();
        for effect in effects {
            match effect {
                Effect::Store(ask) => {
                    let answers = Rc::clone(&answers);
                    self.shelf
                        .ask(ask, Rc::new(move |msg| answers.borrow_mut().push_back(msg)));
                }
                other => self.asked.push(other),
            }
        }
        loop {
            let Some(answer) = answers.borrow_mut().pop_front() else {
                break;
            };
            self.send(Msg::Store(answer));
        }
    }

    fn design(&mut self, msg: DesignMsg) {
        self.send(Msg::Design(msg));
    }

    fn text(&self) -> String {
        self.state.document.to_json()
    }

    fn notice(&self) -> &str {
        self.state.notice.as_deref().unwrap_or_default()
    }

    fn kept(&self) -> Kept {
        self.shelf.designs.borrow()[&self.state.document.id].clone()
    }

    fn names(&self) -> Vec<String> {
        let designs = self.shelf.designs.borrow();
        designs.values().map(|kept| kept.name.clone()).collect()
    }
}

fn place(text: &str) -> Place {
    Place::parse(text).unwrap()
}

fn flag(at: usize, on: bool) -> Msg {
    let place = place(&format!("peerings[{at}].allowForwardedTraffic"));
    Msg::Form(FormMsg::Chosen(place, on.to_string()))
}

fn prefix(text: &str) -> Msg {
    let place = place("routeTables[0].routes[1].prefix");
    Msg::Form(FormMsg::Typed(place, text.to_owned()))
}

/// Any change of objects, through their forms and on the picture.
fn any_object_edit() -> impl Strategy<Value = Msg> {
    let kind = || prop::sample::select(Kind::ALL.to_vec());
    let list = prop::sample::select(vec![
        "vnets[0].subnets",
        "routeTables[0].routes",
        "appliances[0].osRoutes",
        "virtualWan.hubs[0].connections",
        "virtualWan.hubs[0].firewall",
    ]);
    let name = prop::sample::select(vec!["Hub1", "Spoke1", "a", ""]);
    prop_oneof![
        kind().prop_map(FormMsg::Add),
        (kind(), 0_usize..3).prop_map(|(kind, at)| FormMsg::Copy(kind, at)),
        (kind(), 0_usize..3).prop_map(|(kind, at)| FormMsg::Delete(kind, at)),
        list.clone().prop_map(|at| FormMsg::AddRow(place(at))),
        list.prop_map(|at| FormMsg::RemoveRow(place(at).item(0))),
        (0_usize..4, name).prop_map(|(at, name)| {
            FormMsg::Typed(place(&format!("vnets[{at}].name")), name.to_owned())
        }),
        Just(FormMsg::Left(place("vnets[0].name"))),
    ]
    .prop_map(Msg::Form)
}

/// Any change that a reader can make.
fn any_edit() -> impl Strategy<Value = Msg> {
    let word = prop_oneof![
        Just("10.9.0.0/16"),
        Just("10.9."),
        Just("Internet"),
        Just("é")
    ];
    prop_oneof![
        (0_usize..8, any::<bool>()).prop_map(|(at, on)| flag(at, on)),
        word.clone().prop_map(prefix),
        any_object_edit(),
        any_object_edit(),
        any_object_edit(),
        Just(Msg::Canvas(CanvasMsg::JoinBy(Pattern::PeeringMesh))),
        Just(Msg::Canvas(CanvasMsg::AddVnet(None))),
        Just(Msg::Canvas(CanvasMsg::Clear)),
        any::<bool>().prop_map(|on| Msg::Spec(SpecMsg::Strict(on))),
        (0_usize..3).prop_map(|at| Msg::Spec(SpecMsg::Fix(at))),
        (0_u32..90_000).prop_map(|gb| Msg::Typed(Field::Traffic(Amount::Between), gb.to_string())),
        word.prop_map(|text| Msg::Typed(Field::Traffic(Amount::Within), text.to_owned())),
        Just(Msg::Left(Field::Traffic(Amount::Between))),
        (0_usize..6, any::<bool>()).prop_map(|(at, on)| Msg::Cost(CostMsg::Dispute(at, on))),
        any::<bool>().prop_map(|on| Msg::Cost(CostMsg::LeaveOpen(on))),
        "[0-9]{1,2}".prop_map(|percent| Msg::Typed(Field::Discount(0), percent)),
        Just(Msg::Typed(Field::Zones, "12".to_owned())),
        Just(Msg::Reach(ReachMsg::Kind(PolicyKind::Direct))),
        Just(Msg::Reach(ReachMsg::Add)),
        (0_usize..3).prop_map(|at| Msg::Reach(ReachMsg::Remove(at))),
        (0_usize..3).prop_map(|at| Msg::Reach(ReachMsg::Fail(Some(at)))),
        Just(Msg::Sort(Column::Cost)),
        Just(Msg::Sample("one-way")),
        Just(Msg::Sample("two-regions")),
        Just(Msg::Ask(AskMsg::Figure("manager-mesh"))),
        Just(Msg::Ask(AskMsg::Choose(Ask::Inspection, 1))),
        Just(Msg::Undo),
        Just(Msg::Redo),
        ".{0,6}".prop_map(|name| Msg::Design(DesignMsg::Rename(String::new(), name))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any edits undone give the first document byte for byte; redone, the last one. At every step what is kept opens
    /// in a new tab as it stands in this one, steps and half-typed fields too.
    #[test]
    fn edits_undone_give_the_first_document_and_what_is_kept_reads_back_equal(
        edits in prop::collection::vec(any_edit(), 1..14),
    ) {
        let shelf = Rc::new(Memory::default());
        let mut page = Page::start(&shelf, "first");
        page.send(flag(0, false));
        page.send(Msg::Undo);
        let first = page.text();
        for edit in edits {
            let edit = match edit {
                // The design that is open.
                Msg::Design(DesignMsg::Rename(_, name)) => {
                    Msg::Design(DesignMsg::Rename(page.state.document.id.clone(), name))
                }
                other => other,
            };
            page.send(edit);
            let again = Page::start(&shelf, "again");
            prop_assert_eq!(again.text(), page.text());
            prop_assert_eq!(&again.state.document, &page.state.document);
            prop_assert_eq!(&again.state.drafts, &page.state.drafts);
            prop_assert_eq!(again.state.history.steps(), page.state.history.steps());
            prop_assert_eq!(
                again.state.cost.bill.total_text(),
                page.state.cost.bill.total_text()
            );
            prop_assert_eq!(Document::parse(&page.text()).unwrap(), (*page.state.document).clone());
        }
        while page.state.history.can_redo() {
            page.send(Msg::Redo);
        }
        let last = page.text();
        // In another tab, with what was kept.
        let mut again = Page::start(&shelf, "again");
        let mut steps = 0;
        while again.state.history.can_undo() {
            again.send(Msg::Undo);
            steps += 1;
        }
        prop_assert_eq!(again.text(), first);
        for _ in 0..steps {
            again.send(Msg::Redo);
        }
        prop_assert_eq!(again.text(), last);
    }
}

#[test]
fn nothing_is_kept_before_something_happens_and_everything_from_then_on() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(Msg::Show(Tab::Cost));
    assert!(shelf.designs.borrow().is_empty());
    page.send(prefix("10.9."));
    // Half typed: the document is as it was, the text in the field is kept.
    let again = Page::start(&shelf, "b");
    assert_eq!(again.state.drafts, page.state.drafts);
    assert!(again.state.is_older());
    assert_eq!(again.state.tab, Tab::Cost);
}

#[test]
fn a_change_is_kept_before_it_is_drawn() {
    let shelf = Rc::new(Memory::default());
    let page = Page::start(&shelf, "a");
    let (_, effects) = update(Rc::clone(&page.state), flag(0, false));
    let first: Vec<&Effect> = effects
        .iter()
        .filter(|effect| effect.comes_first() && !effect.is_turn())
        .collect();
    assert!(
        matches!(first[..], [Effect::Store(StoreAsk::Write(_))]),
        "{effects:?}"
    );
}

#[test]
fn a_step_is_kept_once_and_a_new_one_takes_the_place_of_what_was_undone() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    page.send(flag(1, false));
    page.send(Msg::Undo);
    assert_eq!((page.kept().at, page.kept().steps.len()), (1, 2));
    let (_, effects) = update(Rc::clone(&page.state), flag(2, false));
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Store(StoreAsk::Write(write)) => Some(write.clone()),
        _ => None,
    });
    let written = written.unwrap();
    assert_eq!((written.record.steps.len(), written.end), (1, 2));
    assert_eq!(written.record.steps[0].0, 1);
}

#[test]
fn typing_is_one_step_until_it_pauses() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    let traffic = |gb: &str| Msg::Typed(Field::Traffic(Amount::Between), gb.to_owned());
    for gb in ["2", "20", "200"] {
        page.send(traffic(gb));
    }
    let pause = page.asked.iter().rev().find_map(|effect| match effect {
        Effect::Pause(typed) => Some(*typed),
        _ => None,
    });
    // An earlier keystroke's pause was overtaken by the last one.
    page.design(DesignMsg::Paused(pause.unwrap() - 1));
    page.send(traffic("2000"));
    assert_eq!(page.state.history.steps().1, 1);
    page.design(DesignMsg::Paused(pause.unwrap() + 1));
    page.send(traffic("20000"));
    assert_eq!(page.state.history.steps().1, 2);
    page.send(Msg::Undo);
    assert_eq!(
        page.state.document.traffic.between_regions_gb.to_string(),
        "2,000 GB a month"
    );
}

#[test]
fn designs_are_listed_opened_renamed_copied_deleted_and_brought_back() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let first = page.state.document.id.clone();
    page.design(DesignMsg::New);
    assert_eq!(page.state.document.name, "Untitled");
    assert!(page.state.document.network.vnets.is_empty());
    page.design(DesignMsg::Rename(
        page.state.document.id.clone(),
        "Lab".to_owned(),
    ));
    page.design(DesignMsg::Rename(first.clone(), "Two firewalls".to_owned()));
    page.design(DesignMsg::Duplicate(first.clone()));
    assert_eq!(
        page.names(),
        ["Two firewalls", "Lab", "Two firewalls (copy)"]
    );
    page.design(DesignMsg::Show(true));
    assert_eq!(page.state.store.cards.len(), 3);
    // Each has its small picture, drawn one by one.
    assert_eq!(page.state.store.pictures.len(), 3);
    let card = page
        .state
        .store
        .cards
        .iter()
        .find(|card| card.id == first)
        .unwrap();
    assert_eq!((card.vnets, card.links), (6, 5));

    page.design(DesignMsg::Open(first.clone()));
    assert_eq!(page.state.document.name, "Two firewalls");
    // A new name is a step, too: of a design that was not open.
    page.send(Msg::Undo);
    assert_eq!(
        page.state.document.name,
        "Two regions, a firewall in each hub"
    );
    page.send(Msg::Redo);

    page.design(DesignMsg::Delete(first.clone()));
    assert_ne!(
        page.state.document.id, first,
        "another design is open instead"
    );
    assert!(shelf.designs.borrow()[&first].deleted);
    let again = Page::start(&shelf, "b");
    assert_ne!(again.state.document.id, first);
    page.design(DesignMsg::Restore(first.clone()));
    page.design(DesignMsg::Open(first.clone()));
    assert_eq!(page.state.document.id, first);
    page.send(Msg::Undo);
    page.send(Msg::Undo);
    assert!(
        page.state.document.network.peerings[0].allow_forwarded_traffic,
        "every step is there"
    );
}

#[test]
fn what_was_deleted_long_ago_goes_and_what_cannot_be_read_never_does() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let kept = page.kept();
    let old = |id: &str, text: &str| Kept {
        id: id.to_owned(),
        text: text.into(),
        deleted: true,
        time: -31.0 * 86_400_000.0,
        ..kept.clone()
    };
    shelf
        .designs
        .borrow_mut()
        .insert("old".to_owned(), old("old", &kept.text));
    shelf
        .designs
        .borrow_mut()
        .insert("damaged".to_owned(), old("damaged", ""));
    let page = Page::start(&shelf, "b");
    assert_eq!(page.names().len(), 2);
    assert!(shelf.designs.borrow().contains_key("damaged"));
}

#[test]
fn a_file_opens_beside_the_design_and_undo_goes_back() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let (before, text) = (page.text(), page.text());
    page.design(DesignMsg::SaveFile);
    let saved = page.asked.iter().find_map(|effect| match effect {
        Effect::Save(name, _, text) => Some((name.clone(), text.clone())),
        _ => None,
    });
    let (name, saved) = saved.unwrap();
    assert_eq!(name, "Two-regions-a-firewall-in-each-hub.interspoke.json");
    page.design(DesignMsg::Text(name, saved.clone()));
    assert_ne!(page.state.document.id, Document::parse(&text).unwrap().id);
    assert_eq!(
        page.state.document.network,
        Document::parse(&saved).unwrap().network
    );
    assert_eq!(shelf.designs.borrow().len(), 2);
    page.send(Msg::Undo);
    assert_eq!(page.text(), before);
    page.send(Msg::Redo);
    assert_ne!(page.text(), before);
    assert_eq!(shelf.designs.borrow().len(), 2);
}

#[test]
fn what_a_text_is_is_told_by_its_content() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    let case = r#"{"schema": "interspoke-case/1", "id": "x", "title": "A case", "network": {"vnets": [{"name": "hub", "prefixes": ["10.0.0.0/16"]}]}, "questions": []}"#;
    page.design(DesignMsg::Text("case.json".to_owned(), case.to_owned()));
    assert_eq!(page.state.document.name, "A case");
    let sheet = page.state.cost.catalog.sheet();
    page.design(DesignMsg::Text("prices.csv".to_owned(), sheet));
    assert!(page.state.cost.own.sheet);
    let export = r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "hub", "location": "westeurope",
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": []}]"#;
    page.design(DesignMsg::Text("estate.json".to_owned(), export.to_owned()));
    assert_eq!(page.state.document.name, "estate");
    assert_eq!(page.state.document.network.vnets[0].region, "westeurope");
    let about = page.state.document.about.clone().unwrap();
    assert_eq!(about.summary, "Imported: 1 resource read.");
    let before = page.text();
    for (text, says) in [
        ("{\"schema\": \"interspoke/2\", \"netw", "mistake at line 1"),
        ("{}", text::store::NOT_RECOGNISED),
        ("hello", text::store::NOT_RECOGNISED),
        (
            "{\"schema\": \"interspoke/999\"}",
            "a newer Interspoke opens it",
        ),
        (
            "{\"schema\": \"interspoke/2\", \"network\": {\"vnets\": 5}}",
            "network.vnets (line 1",
        ),
        (
            "{\"schema\": \"interspoke-case/1\", \"network\": {\"vnets\": 5}}",
            "line 1",
        ),
        ("#interspoke=2&x", "version 2"),
        ("", "empty"),
    ] {
        page.design(DesignMsg::Text("it".to_owned(), text.to_owned()));
        assert!(page.notice().contains(says), "{text}: {}", page.notice());
        assert_eq!(page.text(), before);
    }
}

#[test]
fn a_linked_design_opens_beside_what_is_kept_and_never_over_it() {
    let shelf = Rc::new(Memory::default());
    let mut mine = Page::start(&shelf, "a");
    mine.send(flag(0, false));
    let own = mine.kept();
    mine.design(DesignMsg::Link);
    let linked = mine.asked.iter().find_map(|effect| match effect {
        Effect::Link(fragment) => Some(fragment.clone()),
        _ => None,
    });
    let fragment = linked.unwrap();
    // In another browser.
    let theirs = Rc::new(Memory::default());
    let mut page = Page::start(&theirs, "b");
    page.send(Msg::Sample("one-way"));
    let kept = page.kept();
    let document = read_link(&fragment).unwrap();
    let mut page = Page::on(State::new(document).linked(), &theirs, "c");
    assert_eq!(page.state.document.network, mine.state.document.network);
    assert_eq!(
        theirs.designs.borrow().len(),
        1,
        "nothing is kept until it changes"
    );
    page.send(flag(1, false));
    assert!(
        page.asked.contains(&Effect::Unlink),
        "the address bar is not older than the page"
    );
    assert_eq!(theirs.designs.borrow().len(), 2);
    assert_eq!(theirs.designs.borrow()[&kept.id].text, kept.text);
    // A reload of the tab that made the link goes on with its own steps.
    let again = Page::on(
        State::new(read_link(&fragment).unwrap()).linked(),
        &shelf,
        "d",
    );
    assert_eq!(again.state.document.id, own.id);
    assert!(again.state.history.can_undo());
}

#[test]
fn a_second_tab_works_on_a_copy() {
    let shelf = Rc::new(Memory::default());
    let mut first = Page::start(&shelf, "a");
    first.send(flag(0, false));
    let id = first.state.document.id.clone();
    shelf.held.borrow_mut().push(id.clone());
    let mut second = Page::start(&shelf, "b");
    assert!(second.state.store.elsewhere);
    second.send(Msg::Show(Tab::Cost));
    assert_eq!(shelf.designs.borrow().len(), 1, "looking is not changing");
    second.send(flag(1, false));
    assert!(!second.state.store.elsewhere);
    assert_eq!(second.notice(), text::store::ON_A_COPY);
    assert_eq!(shelf.designs.borrow()[&id].text, first.kept().text);
    assert_ne!(second.state.document.id, id);
    let name = text::store::copy_of(&first.state.document.name);
    assert_eq!(second.state.document.name, name);
    // The copy has the steps of the first.
    for _ in 0..3 {
        second.send(Msg::Undo);
    }
    assert!(second.state.document.network.peerings[0].allow_forwarded_traffic);
    // A third tab waits; the first one goes.
    let mut third = Page::start(&shelf, "c");
    third.design(DesignMsg::Open(id.clone()));
    assert!(third.state.store.elsewhere);
    first.send(flag(3, false));
    third.send(Msg::Store(StoreMsg::Elsewhere(false)));
    assert_eq!(third.text(), first.text());
}

#[test]
fn a_place_that_is_off_full_damaged_or_newer_says_so_and_nothing_is_lost() {
    // Off.
    let shelf = Rc::new(Memory::default());
    *shelf.trouble.borrow_mut() = Some(Trouble::Off("not allowed here".to_owned()));
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let trouble = page.state.store.trouble.clone().unwrap();
    assert_eq!(trouble.message(), text::store::off("not allowed here"));
    page.send(Msg::Undo);
    assert!(page.state.document.network.peerings[0].allow_forwarded_traffic);

    // Full, and then not any more: everything since is kept.
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let kept = page.kept();
    *shelf.trouble.borrow_mut() = Some(Trouble::Full);
    page.send(flag(1, false));
    page.send(flag(2, false));
    assert_eq!(page.state.store.trouble, Some(Trouble::Full));
    assert_eq!(page.kept(), kept, "what was kept before stays");
    *shelf.trouble.borrow_mut() = None;
    page.send(flag(3, false));
    assert_eq!(page.state.store.trouble, None);
    let mut again = Page::start(&shelf, "b");
    for _ in 0..4 {
        assert!(again.state.history.can_undo());
        again.send(Msg::Undo);
    }
    assert!(!again.state.history.can_undo());

    // Damaged and newer, the record or the text in it.
    for (change, says) in [
        (
            (|kept: &mut Kept| kept.text = "{\"schema\":".into()) as fn(&mut Kept),
            "It cannot be read",
        ),
        (|kept| kept.text = "".into(), text::store::NO_TEXT),
        (|kept| kept.form = 9, text::store::NEWER),
        (
            |kept| kept.text = "{\"schema\": \"interspoke/9\"}".into(),
            text::store::NEWER,
        ),
    ] {
        let shelf = Rc::new(Memory::default());
        let mut page = Page::start(&shelf, "a");
        page.send(flag(0, false));
        let id = page.state.document.id.clone();
        change(shelf.designs.borrow_mut().get_mut(&id).unwrap());
        let damaged = shelf.designs.borrow()[&id].clone();
        let mut page = Page::start(&shelf, "b");
        let unread = page.state.store.unread.clone().unwrap();
        assert!(unread.why().contains(says), "{}", unread.why());
        assert_eq!(page.state.sample, Some("two-regions"), "the page works");
        page.send(flag(2, false));
        page.design(DesignMsg::OpenUnread);
        page.design(DesignMsg::Delete(id.clone()));
        page.design(DesignMsg::Rename(id.clone(), "Other".to_owned()));
        let after = &shelf.designs.borrow()[&id];
        assert_eq!((&after.text, &after.steps), (&damaged.text, &damaged.steps));
        if !damaged.text.is_empty() {
            page.design(DesignMsg::Show(true));
            page.design(DesignMsg::Save(id.clone()));
            let saved = page.asked.iter().any(
                |effect| matches!(effect, Effect::Save(_, _, text) if **text == *damaged.text),
            );
            assert!(saved, "its text is offered as a file");
        }
    }
}

#[test]
fn steps_that_are_damaged_leave_the_design_whole() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    page.send(flag(1, false));
    let id = page.state.document.id.clone();
    shelf
        .designs
        .borrow_mut()
        .get_mut(&id)
        .unwrap()
        .steps
        .remove(0);
    let again = Page::start(&shelf, "b");
    assert_eq!(again.text(), page.text());
    assert!(!again.state.history.can_undo());
    assert_eq!(again.notice(), text::store::STEPS_LOST);
}

#[test]
fn what_broke_the_page_is_opened_only_when_asked() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    page.send(flag(0, false));
    let id = page.state.document.id.clone();
    *shelf.broken.borrow_mut() = id.clone();
    let mut page = Page::start(&shelf, "b");
    assert_ne!(page.state.document.id, id);
    let unread = page.state.store.unread.clone().unwrap();
    assert_eq!(unread.why(), text::store::BROKE);
    page.design(DesignMsg::OpenUnread);
    assert_eq!(page.state.document.id, id);
    assert_eq!(*shelf.broken.borrow(), "", "it opened well");
}

#[test]
fn a_kept_design_of_version_1_opens_and_is_kept_as_todays() {
    let text = include_str!("../../core/tests/documents/interspoke-1/two-regions.json");
    let shelf = Rc::new(Memory::default());
    let kept = Kept {
        form: 1,
        id: "old".to_owned(),
        name: "Old".to_owned(),
        text: text.into(),
        ..Kept::default()
    };
    shelf.designs.borrow_mut().insert("old".to_owned(), kept);
    let mut page = Page::start(&shelf, "a");
    assert_eq!(page.state.document.id, "old");
    page.send(flag(0, false));
    assert!(page.kept().text.contains("interspoke/2"));
    assert_eq!(page.names().len(), 1);
}

#[test]
fn choices_are_the_documents_and_undone_with_it() {
    let shelf = Rc::new(Memory::default());
    let mut page = Page::start(&shelf, "a");
    let total = |page: &Page| page.state.cost.bill.total_text();
    let before = total(&page);
    page.send(Msg::Cost(CostMsg::Dispute(3, true)));
    let disputed = total(&page);
    assert_eq!(
        page.state.document.choices.rules,
        [Rules::DISPUTES[3].member]
    );
    page.send(Msg::Typed(Field::Discount(0), "10".to_owned()));
    assert_ne!(total(&page), disputed);
    page.send(Msg::Sort(Column::Cost));
    page.send(Msg::Sort(Column::Cost));
    assert_eq!(page.state.sort, (Column::Cost, true));
    let mut again = Page::start(&shelf, "b");
    assert_eq!(total(&again), total(&page));
    assert_eq!(again.state.sort, (Column::Cost, true));
    again.send(Msg::Undo);
    again.send(Msg::Undo);
    assert_eq!(
        (total(&again), again.state.sort),
        (disputed, (Column::Verdict, false))
    );
    again.send(Msg::Undo);
    assert_eq!(total(&again), before);
}

#[test]
fn a_thousand_spokes_go_by_file_and_not_by_link() {
    let plan = Plan {
        spokes: 1_000,
        ..Plan::new(Design::Firewalls)
    };
    let document = Document::new("Many", plan.spec());
    let shelf = Rc::new(Memory::default());
    let mut page = Page::on(State::new(document.clone()), &shelf, "a");
    if let Err(bytes) = link_to(&document) {
        page.design(DesignMsg::Link);
        assert_eq!(page.notice(), text::store::link_too_large(bytes));
        assert!(
            page.asked
                .iter()
                .all(|effect| !matches!(effect, Effect::Link(_)))
        );
    } else {
        assert_eq!(
            read_link(&link_to(&document).unwrap()).unwrap().network,
            document.network
        );
    }
}
