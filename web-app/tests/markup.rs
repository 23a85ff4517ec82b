//! Markup of the components, drawn natively: roles, names, text equivalents and error texts.
#![cfg(not(target_arch = "wasm32"))]

use interspoke_web::components::{App, AppProps};
use interspoke_web::state::{
    Msg, PickMsg, RouteKey, RoutePart, Shared, SpecMsg, State, Tab, update,
};
use std::rc::Rc;

/// The page on the first sample after some messages.
fn page(messages: impl IntoIterator<Item = Msg>) -> String {
    let mut state = Rc::new(State::on_first_sample());
    for msg in messages {
        state = update(state, msg).0;
    }
    render(state)
}

fn render(state: Rc<State>) -> String {
    let props = move || AppProps {
        start: Shared::from(state),
        uid: "t".into(),
        refused: None,
        run: yew::Callback::noop(),
        ready: yew::Callback::noop(),
    };
    let renderer = yew::LocalServerRenderer::<App>::with_props(props()).hydratable(false);
    pollster::block_on(renderer.render())
}

#[track_caller]
fn shows(html: &str, wanted: &[&str]) {
    for text in wanted {
        assert!(html.contains(text), "{text:?} is missing in\n{html}");
    }
}

/// Writes what a headless browser can open, for people who want to look: see `look` in the folder of the build.
#[test]
fn the_page_can_be_looked_at() {
    let Ok(folder) = std::env::var("INTERSPOKE_LOOK") else {
        return;
    };
    let css = ["tokens", "base", "layout", "picture", "answers"].map(|name| {
        let path = format!("{}/../static/{name}.css", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    });
    let theme = |html: &str, theme: &str| {
        html.replacen(
            "data-theme=\"system\"",
            &format!("data-theme=\"{theme}\""),
            1,
        )
    };
    let write = |name: &str, html: String| {
        let page = format!(
            "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><style>body{{margin:0}}{}</style>{html}",
            css.concat()
        );
        std::fs::write(format!("{folder}/{name}.html"), page).unwrap();
    };
    for tab in Tab::ALL {
        let html = page([Msg::Show(tab)]);
        write(&format!("{tab:?}").to_lowercase(), theme(&html, "light"));
    }
    write("dark", theme(&page([]), "dark"));
    let narrow = Msg::Arrange(interspoke_web::scene::Arrangement::Stacked);
    write("narrow", theme(&page([narrow.clone()]), "light"));
    write("oneway", theme(&page([Msg::Sample("one-way")]), "light"));
    write(
        "onewaynarrow",
        theme(&page([Msg::Sample("one-way"), narrow]), "light"),
    );
    let bad = Msg::Spec(SpecMsg::Route(
        RouteKey {
            table: 0,
            route: Some(0),
        },
        RoutePart::Prefix("10.0.0.1/8".into()),
    ));
    write(
        "bad",
        theme(
            &page([Msg::Show(Tab::Objects), bad, Msg::Pick(PickMsg::Swap)]),
            "light",
        ),
    );
}

#[test]
fn the_page_opens_on_an_answer() {
    let html = page([]);
    shows(
        &html,
        &["Delivered", "role=\"tablist\"", "VNetGlobalPeering"],
    );
}
