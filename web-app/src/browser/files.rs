//! Reading the files that somebody chose.

use crate::state::{CostMsg, Msg};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

/// Reads every file of the page's file field and empties it, so that the same file can be chosen again.
pub(super) fn read_prices(page: &Element, dispatch: &Callback<Msg>) -> Option<()> {
    let field = page.query_selector("input[type=file]").ok()??;
    let files = Array::from(&Reflect::get(&field, &"files".into()).ok()?);
    let texts = Array::new();
    for file in files.iter() {
        let text: Function = Reflect::get(&file, &"text".into()).ok()?.dyn_into().ok()?;
        texts.push(&text.call0(&file).ok()?);
    }
    Reflect::set(&field, &"value".into(), &"".into()).ok()?;
    let dispatch = dispatch.clone();
    let read: JsValue = Closure::once_into_js(move |texts: JsValue| {
        let texts = Array::from(&texts);
        let texts = texts.iter().filter_map(|text| text.as_string()).collect();
        dispatch.emit(Msg::Cost(CostMsg::Prices(texts)));
    });
    let all = Promise::all(&texts);
    // `then` by its name: the closure frees itself when it is called.
    let then: Function = Reflect::get(&all, &"then".into()).ok()?.dyn_into().ok()?;
    then.call1(&all, &read).ok()?;
    Some(())
}

/// The day in the reader's clock, as `2026-11-25`.
pub(super) fn today() -> String {
    let text = js_sys::Date::new_0().to_iso_string();
    text.as_string()
        .and_then(|text| text.get(..10).map(str::to_owned))
        .unwrap_or_default()
}
