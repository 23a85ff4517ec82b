//! Sharing a design, and what the program says of its data.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use interspoke_core::document::Document;
use interspoke_core::facts::ALL;
use interspoke_web::state::{DesignMsg, Effect, Msg, PaletteMsg, State, update};
use interspoke_web::view;
use std::rc::Rc;

fn opened(state: State) -> Rc<State> {
    let (state, effects) = update(Rc::new(state), Msg::Palette(PaletteMsg::About));
    assert_eq!(effects, []);
    state
}

#[test]
fn the_dialog_opens_with_what_the_page_can_do() {
    let page = State::on_first_sample();
    assert_eq!(view::about(&page), None);
    let file = State {
        copies: true,
        ..page.clone()
    };
    let site = State {
        home: Some("https://docs.example/interspoke/".to_owned()),
        ..page
    };
    let (file, site) = (opened(file), opened(site));
    let (of_file, of_site) = (view::about(&file).unwrap(), view::about(&site).unwrap());
    assert_eq!(of_file.copy, Some(Msg::Design(DesignMsg::SavePage)));
    assert_eq!((of_file.guide, of_site.copy), (None, None));
    assert_eq!(
        of_site.guide.as_deref(),
        Some("https://docs.example/interspoke/guide/index.html")
    );
    assert_eq!(of_site.codes.len(), 2);
    assert_eq!(of_site.facts.len(), ALL.len());
    let (closed, _) = update(site, Msg::Palette(PaletteMsg::Close));
    assert_eq!(view::about(&closed), None);
}

#[test]
fn a_copy_of_the_page_gets_the_design_with_its_flow_and_without_its_id() {
    let (state, effects) = update(
        Rc::new(State::on_first_sample()),
        Msg::Design(DesignMsg::SavePage),
    );
    let [Effect::SaveCopy(name, text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert!(name.ends_with(".interspoke.html"), "{name}");
    let document = Document::parse(text).unwrap();
    assert_eq!(document.network, state.document.network);
    assert!(document.flow.is_some() && document.id.is_empty());
    assert!(state.notice.is_some());
}

#[test]
fn prices_and_limits_older_than_half_a_year_are_said() {
    let old = |today: &str| {
        let state = State {
            today: today.to_owned(),
            ..State::on_first_sample()
        };
        view::about(&opened(state)).unwrap().old
    };
    assert_eq!(old("2026-11-28"), Vec::<String>::new());
    let said = old("2027-06-01");
    assert!(
        said.iter()
            .any(|line| line.starts_with("Prices are of 2026-11-22, older than 6 months")),
        "{said:?}"
    );
    assert!(
        said.iter().any(|line| line.starts_with("Limits are of ")),
        "{said:?}"
    );
}
