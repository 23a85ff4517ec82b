//! The JavaScript surface: JSON strings in and out.
//!
//! | function | what it does |
//! |---|---|
//! | `workbench(element, carried?)` | draws the page with what this browser keeps, or with the design of the address or of the page itself |
//! | `mount(element, document?, options?)` | draws the page inside an element, of a document or of a shadow root; keeps nothing |
//! | `evaluate(document)` | answers without drawing: problems, findings, the chosen flow, the bill's total |
//! | `effectiveRoutes`, `trace`, `reachability`, `compare`, `bill` | the same for tables, ways, pairs, patterns, costs: [`answer`] |
//! | `lint`, `judge`, `importText`, `exportAs`, `plan` | the same for problems, policies, what others printed, code, steps |
//! | `linkTo(document)` | the fragment of a link that opens a design |
//! | `version()` | the version of this program |
//!
//! ```text
//! core ◀── form ◀── state, scene ◀── view ◀── components ──▶ effects ──▶ browser
//! ```
//!
//! State, view models and geometry are plain Rust and tested without a browser; components only place what view models
//! say; the browser layer carries effects out.

pub mod answer;
pub mod browser;
pub mod components;
pub mod form;
pub mod scene;
pub mod state;
pub mod text;
pub mod view;

use browser::{Adopted, Arrivals, Keeper, Leave, Mounted, Watched};
use components::{App, AppProps};
use interspoke_core::document::Document;
use state::{Effect, Given, Msg, Shared, Shown, State, StoreAsk};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AttrValue, Callback};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = answer::TYPES;

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

    /// The design as it is now, as the text of a saved file; nothing where it was taken away.
    #[must_use]
    pub fn document(&self) -> Option<String> {
        browser::document(self.id).map(|document| document.to_json())
    }
}

/// Id of the element that the page itself is drawn in.
const PAGE: &str = "interspoke";

/// Draws the page inside `element`: on a saved document, on the text of a link (`#interspoke=…`), or on the first sample.
/// `options` is an object as text, see [`state::Shown`]. What cannot be read is said on the page.
///
/// It is drawn in turns, the picture first. The element tells what happens inside by events: `interspoke-drawn` once its first
/// part is there, `interspoke-ready` once everything is, `interspoke-change` after the design changed, `interspoke-choose` after another flow was chosen.
#[wasm_bindgen]
pub fn mount(element: Element, document: Option<String>, options: Option<String>) -> Handle {
    browser::show_panics();
    let parsed = document.as_deref().map(state::read_any);
    let shown = options
        .as_deref()
        .map_or_else(|| Ok(Shown::default()), Shown::read);
    let refused = [
        parsed.as_ref().and_then(|read| read.as_ref().err()),
        shown.as_ref().err(),
    ];
    let refused = refused.into_iter().flatten().next().cloned();
    let given = match parsed {
        Some(Ok(document)) => Given::Document(Rc::new(document)),
        // The page itself opens on the question; in somebody else's page a network says more.
        _ if element.id() == PAGE => Given::Question,
        _ => Given::Document(Rc::new(state::first_sample())),
    };
    let today = browser::today();
    let kept = match &given {
        Given::Document(document) => Rc::clone(document),
        _ => Rc::default(),
    };
    let state = State::booting(given, &today).embedded(shown.unwrap_or_default());
    draw(element, State { refused, ..state }, kept, None)
}

/// Draws the page inside `element` with everything that this browser keeps. A link in the address opens beside it, and so
/// does a design that the page carries in itself. What is opened is there once the element tells `interspoke-ready`.
///
/// An element with the attribute `data-copies` can save a copy of its page: the event `interspoke-copy` has the copy's name and
/// the design's text as its detail.
#[wasm_bindgen]
pub fn workbench(element: Element, carried: Option<String>) -> Handle {
    browser::show_panics();
    let fragment = browser::fragment();
    let linked = fragment.starts_with("interspoke=");
    let given = match carried {
        _ if linked => Given::Link(fragment),
        Some(text) => Given::Text(text),
        None => Given::Question,
    };
    let state = State {
        home: browser::home(),
        copies: element.has_attribute("data-copies"),
        ..State::booting(given, &browser::today()).keeping(&browser::seed())
    };
    draw(element, state, Rc::default(), Some(Rc::default()))
}

fn draw(element: Element, state: State, kept: Rc<Document>, keeper: Option<Rc<Keeper>>) -> Handle {
    let state = State {
        theme: state.shown.theme.unwrap_or_else(browser::theme),
        today: browser::today(),
        ..state
    };
    let id = browser::fresh_id();
    let width = Rc::new(RefCell::new(None));
    let arrivals = Rc::default();
    let start = keeper
        .is_some()
        .then(|| starting(element.clone(), id, Rc::clone(&arrivals)));
    let into: Rc<RefCell<Callback<Msg>>> = Rc::default();
    let props = AppProps {
        start: Shared::new(state),
        uid: AttrValue::from(format!("interspoke-{id}")),
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

/// The fragment of a link that opens this design, with its `#`.
///
/// # Errors
/// The text is not a document, or the design is too large for a link.
#[wasm_bindgen(js_name = linkTo)]
pub fn link_to(document: &str) -> Result<String, JsError> {
    let document = state::read_any(document).map_err(|error| JsError::new(&error))?;
    let fragment = state::link_to(&document);
    said(
        fragment
            .map(|fragment| format!("#{fragment}"))
            .map_err(text::store::link_too_large),
    )
}

/// Answers a document without drawing it. See the type `Evaluation`.
///
/// # Errors
/// The text is not a document; the error says where and what was expected.
#[wasm_bindgen]
pub fn evaluate(document: &str) -> Result<String, JsError> {
    said(answer::evaluate(document))
}

/// The effective routes of a subnet, as the Azure CLI prints them. See the type `RouteTable`.
///
/// # Errors
/// The text is not a document, or it has no such subnet.
#[wasm_bindgen(js_name = effectiveRoutes)]
pub fn effective_routes(document: &str, vnet: &str, subnet: &str) -> Result<String, JsError> {
    said(answer::effective_routes(document, vnet, subnet))
}

/// Every way of a request and of its replies. See the type `Trace`.
///
/// # Errors
/// The text is not a document, an address is none, or the protocol is none of TCP, UDP and ICMP.
#[wasm_bindgen]
pub fn trace(
    document: &str,
    source: &str,
    destination: &str,
    protocol: &str,
) -> Result<String, JsError> {
    said(answer::trace(document, source, destination, protocol))
}

/// Who reaches whom, by class. See the type `ReachabilityAnswer`.
///
/// # Errors
/// The text is not a document.
#[wasm_bindgen]
pub fn reachability(document: &str) -> Result<String, JsError> {
    said(answer::reachability(document))
}

/// Every pattern for an Intent. See the type `Comparison`.
///
/// # Errors
/// The text is no Intent, or it asks for what cannot be planned.
#[wasm_bindgen]
pub fn compare(intent: &str) -> Result<String, JsError> {
    said(answer::compare(intent))
}

/// A month's cost, line by line. See the type `BillAnswer`.
///
/// # Errors
/// The text is not a document.
#[wasm_bindgen]
pub fn bill(document: &str) -> Result<String, JsError> {
    said(answer::bill(document))
}

/// Problems of the design alone. See the type `Lint`.
///
/// # Errors
/// The text is not a document.
#[wasm_bindgen]
pub fn lint(document: &str) -> Result<String, JsError> {
    said(answer::lint(document))
}

/// Each policy, proved or refuted. See the type `Judgements`.
///
/// # Errors
/// The text is not a document, or the policies cannot be read.
#[wasm_bindgen]
pub fn judge(document: &str, policies: &str) -> Result<String, JsError> {
    said(answer::judge(document, policies))
}

/// What others printed, as a design: one text, or a list of names and texts. See the type `ImportAnswer`.
///
/// # Errors
/// Nothing of a network was found.
#[wasm_bindgen(js_name = importText)]
pub fn import_text(files: &str) -> Result<String, JsError> {
    said(answer::import(files))
}

/// A design as code. See the type `ExportAnswer`.
///
/// # Errors
/// The text is not a document, or there is no such form.
#[wasm_bindgen(js_name = exportAs)]
pub fn export_as(document: &str, form: &str) -> Result<String, JsError> {
    said(answer::export(document, form))
}

/// The steps from one design to another. See the type `PlanAnswer`.
///
/// # Errors
/// A text is not a document, Azure refuses the goal, or no order of steps is accepted.
#[wasm_bindgen]
pub fn plan(from: &str, to: &str) -> Result<String, JsError> {
    said(answer::plan(from, to))
}

fn said(answer: Result<String, String>) -> Result<String, JsError> {
    answer.map_err(|error| JsError::new(&error))
}
