//! The JavaScript surface: JSON strings in and out.
//!
//! | function | what it does |
//! |---|---|
//! | `workbench(element)` | draws the page with what this browser keeps, or with the design of the address |
//! | `mount(element, document?, options?)` | draws the page inside an element, of a document or of a shadow root; keeps nothing |
//! | `evaluate(document)` | answers without drawing: problems, findings, the chosen flow, the bill's total |
//! | `effectiveRoutes`, `trace`, `reachability`, `compare`, `bill` | the same for tables, ways, pairs, patterns, costs: [`answer`] |
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
use state::{Effect, Msg, Shared, Shown, State, StoreAsk, View};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AttrValue, Callback};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Where a rule or a price stands. */
export interface Source { title: string; url: string; date: string }
/** What `evaluate` answers, as JSON. */
export interface Evaluation {
  schema: "interspoke-answer/1";
  issues: { code: string; severity: "note" | "warning" | "error"; subject: string; message: string }[];
  findings: {
    code: string; severity: "note" | "warning" | "error"; subject: string; title: string; message: string; flows: number;
    flow: { source: string; destination: string } | null; source: Source;
  }[];
  flow: { source: string; destination: string; reachable: boolean } | null;
  bill: { total: string; complete: boolean; lines: number };
}
/** A row in the words of the Azure CLI. */
export interface Route {
  name: string | null; source: string; state: string; addressPrefix: string[]; nextHopType: string; nextHopIpAddress: string[];
}
/** What `effectiveRoutes` answers, as JSON. */
export interface RouteTable { schema: "interspoke-answer/1"; vnet: string; subnet: string; value: Route[] }
/** One stop of a packet, with the row that won and those that lost. */
export interface Stop {
  name: string; kind: string; address: string | null; source: string; destination: string;
  winner: Route | { addressPrefix: string[]; origin: string; asPath: string[] } | null;
  losers: { route: Route; why: string }[]; remarks: string[];
}
/** One way of a packet. */
export interface Way { outcome: "delivered" | "dropped" | "loop"; reason: string | null; stops: Stop[] }
/** What `trace` answers, as JSON: the replies of each request in the order of the requests. */
export interface Trace {
  schema: "interspoke-answer/1"; source: string; destination: string; reachable: boolean; verdict: string;
  requests: Way[]; replies: Way[][];
}
/** What `reachability` answers, as JSON; `from` and `to` are positions in `classes`. */
export interface ReachabilityAnswer {
  schema: "interspoke-answer/1"; flows: number; delivered: number; classes: string[][];
  pairs: {
    from: number; to: number; flows: number; reached: boolean; inspected: boolean; symmetric: boolean; direct: boolean;
    example: string[];
  }[];
}
/** What `compare` answers, as JSON, by rank. */
export interface Comparison {
  schema: "interspoke-answer/1"; recommended: string | null;
  patterns: {
    pattern: string; title: string; verdict: string; reasons: { text: string; input: string; source: Source | null }[];
    change: string | null; counts: { counter: string; value: number | null; derivation: string }[];
    monthly: string | null; complete: boolean;
  }[];
  notes: string[];
}
/** What `bill` answers, as JSON. Amounts are texts: no float holds them. */
export interface BillAnswer {
  schema: "interspoke-answer/1"; total: string; complete: boolean;
  lines: {
    group: string; subject: string; region: string; service: string; meter: string; quantity: string;
    unitPrice: string | null; amount: string | null; derivation: string; source: Source | null;
  }[];
  notes: string[];
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
/// The element tells what happens inside by events: `interspoke-change` after the design changed, `interspoke-choose` after
/// another flow was chosen.
#[wasm_bindgen]
pub fn mount(element: Element, document: Option<String>, options: Option<String>) -> Handle {
    browser::show_panics();
    let parsed = document.as_deref().map(given);
    let shown = options
        .as_deref()
        .map_or_else(|| Ok(Shown::default()), Shown::read);
    let refused = [
        parsed.as_ref().and_then(|read| read.as_ref().err()),
        shown.as_ref().err(),
    ];
    let refused = refused.into_iter().flatten().next().cloned();
    let shown = shown.unwrap_or_default();
    let state = match parsed {
        Some(Ok(document)) => State::new(document),
        // The page itself opens on the question; in somebody else's page a network says more.
        _ if element.id() == PAGE => State::opening(),
        _ => State::on_first_sample(),
    };
    let state = State {
        tab: match shown.view {
            View::Answer(tab) => tab,
            View::Page | View::Picture => state.tab,
        },
        shown,
        ..state
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
        theme: state.shown.theme.unwrap_or_else(browser::theme),
        today: browser::today(),
        ..state
    };
    browser::title(&element, &state.document.name);
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

/// The design of a text: a document, or a link.
fn given(text: &str) -> Result<Document, String> {
    match state::fragment_in(text) {
        Some(fragment) => state::read_link(fragment),
        None => Document::parse(text).map_err(|error| error.to_string()),
    }
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
    let document = given(document).map_err(|error| JsError::new(&error))?;
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

fn said(answer: Result<String, String>) -> Result<String, JsError> {
    answer.map_err(|error| JsError::new(&error))
}
