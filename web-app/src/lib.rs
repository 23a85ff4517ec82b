//! The JavaScript surface: three functions, JSON strings in and out.
//!
//! | function | what it does |
//! |---|---|
//! | `mount(element, document?)` | draws the page inside an element, of a document or of a shadow root |
//! | `evaluate(document)` | answers without drawing: problems, the chosen flow, the bill's total |
//! | `version()` | the version of this program |
//!
//! ```text
//! core ◀── form ◀── state, scene ◀── view ◀── components ──▶ effects ──▶ browser
//! ```
//!
//! State, view models and geometry are plain Rust and tested without a browser; components only place what view models
//! say; the browser layer carries effects out.

pub mod browser;
pub mod components;
pub mod evaluate;
pub mod form;
pub mod scene;
pub mod state;
pub mod text;
pub mod view;

use browser::{Adopted, Leave, Mounted, Watched};
use components::{App, AppProps};
use interspoke_core::document::Document;
use state::{Effect, Msg, Shared, State};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AttrValue, Callback};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What `evaluate` answers, as JSON. */
export interface Evaluation {
  issues: { code: string; severity: "note" | "warning" | "error"; subject: string; message: string }[];
  flow: { source: string; destination: string; reachable: boolean } | null;
  bill: { total: string; complete: boolean; lines: number };
}
"#;

/// A page that was drawn. It lives until `unmount`, also when nobody keeps this handle.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    id: u32,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the page away: its elements, its listeners and its style sheet.
    pub fn unmount(&self) {
        browser::remove(self.id);
    }
}

/// Id of the element that the page itself is drawn in.
const PAGE: &str = "interspoke";

/// Draws the page inside `element`, on a saved document or on the first sample. What cannot be read is said on the
/// page.
#[wasm_bindgen]
pub fn mount(element: Element, document: Option<String>) -> Handle {
    browser::show_panics();
    let parsed = document.as_deref().map(Document::parse);
    let refused = parsed
        .as_ref()
        .and_then(|read| read.as_ref().err())
        .map(ToString::to_string);
    let state = match parsed {
        Some(Ok(document)) => State::new(document),
        // The page itself opens on the question; in somebody else's page a network says more.
        _ if element.id() == PAGE => State::opening(),
        _ => State::on_first_sample(),
    };
    let state = State {
        theme: browser::theme(),
        today: browser::today(),
        ..state
    };
    browser::title(&element, &state.document.name);
    let id = browser::fresh_id();
    let kept = Rc::clone(&state.document);
    let width = Rc::new(RefCell::new(None));
    let into: Rc<RefCell<Callback<Msg>>> = Rc::default();
    let props = AppProps {
        start: Shared::new(state),
        uid: AttrValue::from(format!("interspoke-{id}")),
        refused: refused.map(AttrValue::from),
        run: effects(element.clone(), id, Rc::clone(&into)),
        ready: ready(element.clone(), into, Rc::clone(&width)),
    };
    let style = Adopted::by(&element);
    browser::add(Mounted {
        id,
        element: element.clone(),
        document: kept,
        leave: None,
        style,
        width,
    });
    let app = yew::Renderer::<App>::with_root_and_props(element, props).render();
    browser::hold(id, Leave(Box::new(move || app.destroy())));
    Handle { id }
}

fn effects(element: Element, id: u32, into: Rc<RefCell<Callback<Msg>>>) -> Callback<Effect> {
    Callback::from(move |effect| {
        let dispatch = into.borrow().clone();
        browser::run(&element, id, effect, &dispatch);
    })
}

/// The page is drawn and takes messages: from now on its width is watched.
fn ready(
    element: Element,
    into: Rc<RefCell<Callback<Msg>>>,
    width: Rc<RefCell<Option<Watched>>>,
) -> Callback<Callback<Msg>> {
    Callback::from(move |dispatch: Callback<Msg>| {
        *into.borrow_mut() = dispatch.clone();
        *width.borrow_mut() = Watched::new(&element, dispatch);
    })
}

/// The version of this program.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Answers a document without drawing it. See the type `Evaluation`.
///
/// # Errors
/// The text is not a document; the error says where and what was expected.
#[wasm_bindgen]
pub fn evaluate(document: &str) -> Result<String, JsError> {
    evaluate::evaluate(document).map_err(|error| JsError::new(&error))
}
