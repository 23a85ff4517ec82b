//! What the page asks of the browser, carried out. The only part that knows windows, storage and style sheets.
//!
//! Everything that must be undone when a page is taken away is a guard: dropping it undoes it. Where the browser
//! refuses (no storage in a sandboxed frame, no clipboard), the page works without.

mod address;
mod arrivals;
mod clipboard;
mod files;
mod idb;
mod indexed;
mod keeper;
mod mounts;
mod notice;
mod picture;
mod resize;
mod save;
mod storage;
mod style;
mod turn;

pub use address::{fragment, home};
pub use arrivals::Arrivals;
pub use keeper::Keeper;
pub use mounts::{Leave, Mounted, add, document, hold, remove};
pub use resize::Watched;
pub use storage::theme;
pub use style::Adopted;

use crate::state::{Effect, Msg, PictureFile, StoreAsk};
use js_sys::{Function, Reflect};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ShadowRoot};
use yew::Callback;

/// Carries out an effect of the page in `element`.
pub fn run(element: &Element, id: u32, effect: Effect, dispatch: &Callback<Msg>) {
    match effect {
        Effect::Copy(text) => clipboard::copy(&text, dispatch),
        Effect::Drawn => tell(element, "interspoke-drawn"),
        Effect::Ready => tell(element, "interspoke-ready"),
        Effect::Turn => turn::later(dispatch.clone()),
        Effect::Soon => turn::soon(dispatch),
        Effect::SaveTheme(theme) => storage::save_theme(theme),
        Effect::Focus(key) => focus(element, &format!("[data-node=\"{}\"]", key.word())),
        Effect::Save(name, kind, text) => {
            save::save(element, &name, kind, &text);
        }
        Effect::SaveBytes(name, kind, bytes) => {
            save::save_bytes(element, name, kind, &bytes);
        }
        Effect::SavePicture(PictureFile::Svg) => {
            picture::save_svg(element, crate::text::PICTURE_SVG);
        }
        Effect::SavePicture(PictureFile::Png) => {
            picture::save_png(element, crate::text::PICTURE_PNG);
        }
        Effect::SaveCopy(name, design) => save::save_page(element, &name, &design),
        Effect::ReadPrices => {
            files::read_prices(element, dispatch);
        }
        Effect::OpenForm => focus(element, "article.form"),
        Effect::Reveal => reveal(element),
        Effect::Changed => tell(element, "interspoke-change"),
        Effect::Chose => tell(element, "interspoke-choose"),
        Effect::Keep(document) => {
            mounts::keep(id, &document);
            title(element, &document.name);
            hold_focus(element);
        }
        Effect::Store(ask) => store(id, ask, dispatch),
        Effect::ChooseFile => click(element, files::FIELD),
        Effect::ReadFile => {
            files::read_chosen(element, dispatch);
        }
        Effect::List(open) => {
            show_list(element, open);
        }
        Effect::Link(fragment) => address::link(&fragment, dispatch),
        Effect::Unlink => address::unlink(),
        Effect::Pause(typed) => turn::pause(typed, dispatch.clone()),
    }
}

/// Tells the embedding page that something happened.
fn tell(element: &Element, name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = element.dispatch_event(&event);
    }
}

/// Names the tab of the browser after the design, where the page is the whole document.
pub fn title(element: &Element, name: &str) {
    let own =
        element.id() == crate::PAGE && element.get_root_node().dyn_ref::<ShadowRoot>().is_none();
    if let Some(document) = element.owner_document().filter(|_| own) {
        document.set_title(&crate::text::tab_title(name));
    }
}

/// Gives the focus to an element of the page. Boxes of the picture are SVG elements, which can have it too.
fn focus(element: &Element, selector: &str) {
    if let Ok(Some(found)) = element.query_selector(selector) {
        let found: HtmlElement = found.unchecked_into();
        let _ = found.focus();
    }
}

/// Scrolls to the panel at the side, whose open tab gets the focus.
fn reveal(element: &Element) {
    const TAB: &str = "aside [role=tab][aria-selected=true]";
    if let Ok(Some(tab)) = element.query_selector(TAB) {
        tab.scroll_into_view();
    }
    focus(element, TAB);
}

/// A change can take away what had the focus; keys would then reach nothing of the page. The answers get it instead.
fn hold_focus(element: &Element) {
    let root = element.get_root_node();
    let active = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => element.owner_document().and_then(|d| d.active_element()),
    };
    if active.is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body")) {
        focus(element, ".panel[role=tabpanel]");
    }
}

/// Asks the keeper of a page; one without a keeper keeps nothing.
fn store(id: u32, ask: StoreAsk, dispatch: &Callback<Msg>) {
    if let Some(keeper) = mounts::keeper(id) {
        let dispatch = dispatch.clone();
        keeper.ask(ask, Rc::new(move |msg| dispatch.emit(Msg::Store(msg))));
    }
}

/// Opens the list of designs over the page, or closes it.
fn show_list(element: &Element, open: bool) -> Option<()> {
    let dialog = element.query_selector("dialog.designs").ok()??;
    let word = if open { "showModal" } else { "close" };
    let deed = Reflect::get(&dialog, &word.into()).ok()?;
    deed.dyn_into::<Function>().ok()?.call0(&dialog).ok()?;
    Some(())
}

fn click(element: &Element, selector: &str) {
    if let Ok(Some(found)) = element.query_selector(selector) {
        let found: HtmlElement = found.unchecked_into();
        found.click();
    }
}

/// A word that no other page of any browser begins its ids with; always as long.
#[must_use]
pub fn seed() -> String {
    let chance = || format!("{:08.0}", js_sys::Math::random() * 99_999_999.0);
    format!("{:014.0}-{}-{}", js_sys::Date::now(), chance(), chance())
}

/// Makes a panic visible: see [`notice`].
pub fn show_panics() {
    notice::install();
}

/// The day in the reader's clock, as `2026-11-25`.
#[must_use]
pub fn today() -> String {
    files::today()
}

/// A number that no other page of this document has.
#[must_use]
pub fn fresh_id() -> u32 {
    mounts::fresh_id()
}
