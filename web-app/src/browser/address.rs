//! The address bar: a link to the design stands in its fragment, which no server sees.

use super::clipboard;
use crate::state::{DesignMsg, Msg};
use crate::text;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use yew::Callback;

/// The fragment of the address, without `#`; empty where there is none.
#[must_use]
pub fn fragment() -> String {
    let hash = location("hash").unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The folder of a page that stands on a host, with a slash; none for a file.
#[must_use]
pub fn home() -> Option<String> {
    let whole = whole();
    let page = whole.split(['#', '?']).next()?;
    let (folder, _) = page.rsplit_once('/').filter(|_| page.starts_with("http"))?;
    Some(format!("{folder}/"))
}

/// The whole address.
pub(super) fn whole() -> String {
    location("href").unwrap_or_default()
}

/// Puts a fragment into the address bar, and the whole address into the clipboard.
pub(super) fn link(fragment: &str, dispatch: &Callback<Msg>) {
    replace(&format!("#{fragment}"));
    clipboard::copy(&whole(), dispatch);
}

/// Takes the fragment out of the address bar.
pub(super) fn unlink() {
    let path = location("pathname").unwrap_or_default();
    let search = location("search").unwrap_or_default();
    replace(&format!("{path}{search}"));
}

/// A link that was put into the address bar of an open page.
pub(super) fn followed(dispatch: &Callback<Msg>) {
    if fragment().starts_with("interspoke=") {
        let name = text::store::THE_LINK.to_owned();
        dispatch.emit(Msg::Design(DesignMsg::Text(name, whole())));
    }
}

fn location(part: &str) -> Option<String> {
    let window = web_sys::window()?;
    let location = Reflect::get(&window, &"location".into()).ok()?;
    Reflect::get(&location, &part.into()).ok()?.as_string()
}

fn replace(address: &str) -> Option<()> {
    let window = web_sys::window()?;
    let history = Reflect::get(&window, &"history".into()).ok()?;
    let replace = Reflect::get(&history, &"replaceState".into()).ok()?;
    let replace: js_sys::Function = replace.dyn_into().ok()?;
    replace
        .call3(&history, &JsValue::NULL, &"".into(), &address.into())
        .ok()?;
    Some(())
}
