//! The JavaScript surface: four functions, JSON strings in and out.
//!
//! | function | what it does |
//! |---|---|
//! | `workbench(element)` | draws the page with what this browser keeps, or with the design of the address |
//! | `mount(element, document?)` | draws the page inside an element, of a document or of a shadow root; keeps nothing |
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

use browser::{Adopted, Arrivals, Keeper, Leave, Mounted, Watched};
use components::{App, AppProps};
use interspoke_core::document::Document;
use state::{Effect, Msg, Shared, State, StoreAsk};
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
        _ => State::on_first_sample(),
    };
    draw(element, state, refused, None)
}

/// Draws the page inside `element` with everything that this browser keeps. A link in the address opens beside it.
#[wasm_bindgen]
pub fn workbench(element: Element) -> Handle {
    browser::show_panics();
    let fragment = browser::fragment();
    let linked = fragment.starts_with("interspoke=");
    let linked = linked.then(|| state::read_link(&fragment));
    let (state, refused) = match linked {
        Some(Ok(document)) => (State::dated(document, &browser::today()).linked(), None),
        Some(Err(why)) => (State::on_first_sample(), Some(why)),
        None => (State::on_first_sample(), None),
    };
    let state = state.keeping(&browser::seed());
    draw(element, state, refused, Some(Rc::default()))
}

fn draw(
    element: Element,
    state: State,
    refused: Option<String>,
    keeper: Option<Rc<Keeper>>,
) -> Handle {
    let state = State {
        theme: browser::theme(),
        today: browser::today(),
        ..state
    };
    let id = browser::fresh_id();
    let kept = Rc::clone(&state.document);
    let width = Rc::new(RefCell::new(None));
    let arrivals = Rc::default();
    let start = keeper
        .is_some()
        .then(|| starting(element.clone(), id, Rc::clone(&arrivals)));
    let into: Rc<RefCell<Callback<Msg>>> = Rc::default();
    let props = AppProps {
        start: Shared::new(state),
        uid: AttrValue::from(format!("interspoke-{id}")),
        refused: refused.map(AttrValue::from),
        run: effects(element.clone(), id, Rc::clone(&into)),
        ready: ready(element.clone(), into, Rc::clone(&width), start),
    };
    let style = Adopted::by(&element);
    browser::add(Mounted {
        id,
        element: element.clone(),
        document: kept,
        leave: None,
        style,
        width,
        keeper,
        arrivals,
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

/// A page that keeps designs asks for them, and hears what the document around it hears.
fn starting(
    element: Element,
    id: u32,
    arrivals: Rc<RefCell<Option<Arrivals>>>,
) -> Callback<Callback<Msg>> {
    Callback::from(move |dispatch: Callback<Msg>| {
        *arrivals.borrow_mut() = Some(Arrivals::at(&element, &dispatch));
        let ask = Effect::Store(StoreAsk::Start(true));
        browser::run(&element, id, ask, &dispatch);
    })
}

/// The page is drawn and takes messages: from now on its width is watched.
fn ready(
    element: Element,
    into: Rc<RefCell<Callback<Msg>>>,
    width: Rc<RefCell<Option<Watched>>>,
    start: Option<Callback<Callback<Msg>>>,
) -> Callback<Callback<Msg>> {
    Callback::from(move |dispatch: Callback<Msg>| {
        *into.borrow_mut() = dispatch.clone();
        if let Some(start) = &start {
            start.emit(dispatch.clone());
        }
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
