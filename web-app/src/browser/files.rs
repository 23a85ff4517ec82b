//! Reading the files that somebody chose.
//!
//! A file is read as bytes, a piece at a time: a long one does not stop the page, and one in UTF-16, as Windows
//! PowerShell writes it, is read as what it is.

use crate::state::{CostMsg, DesignMsg, Msg};
use interspoke_core::import::Decoding;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Element};
use yew::Callback;

/// Bytes of a file that are read at once.
const PIECE: f64 = 2_000_000.0;

/// Reads every file of the page's file field and empties it, so that the same file can be chosen again.
pub(super) fn read_prices(page: &Element, dispatch: &Callback<Msg>) -> Option<()> {
    let field = page.query_selector(".ownprices input[type=file]").ok()??;
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

/// The page's field for a design.
pub(super) const FIELD: &str = "input.openfile";

/// Reads the designs that were chosen in the page's field, and empties it.
pub(super) fn read_chosen(page: &Element, dispatch: &Callback<Msg>) -> Option<()> {
    let field = page.query_selector(FIELD).ok()??;
    let list = Reflect::get(&field, &"files".into()).ok()?;
    read_designs(&list, dispatch)?;
    Reflect::set(&field, &"value".into(), &"".into()).ok()?;
    Some(())
}

/// Reads every file of a list as a design of its own.
pub(super) fn read_designs(list: &JsValue, dispatch: &Callback<Msg>) -> Option<()> {
    for file in Array::from(list).iter() {
        let name = Reflect::get(&file, &"name".into()).ok()?.as_string()?;
        let file: Blob = file.dyn_into().ok()?;
        let dispatch = dispatch.clone();
        spawn_local(async move {
            // A file that cannot be read is said to be no text that the page knows.
            let text = text_of(&file).await.unwrap_or_default();
            dispatch.emit(Msg::Design(DesignMsg::Text(name, text)));
        });
    }
    Some(())
}

async fn text_of(file: &Blob) -> Result<String, JsValue> {
    let mut decoding = Decoding::default();
    let mut at = 0.0;
    while at < file.size() {
        let piece = file.slice_with_f64_and_f64(at, at + PIECE)?;
        let bytes: Function = Reflect::get(&piece, &"arrayBuffer".into())?.dyn_into()?;
        let bytes: Promise = bytes.call0(&piece)?.dyn_into()?;
        let bytes = Uint8Array::new(&JsFuture::from(bytes).await?);
        decoding.push(&bytes.to_vec());
        at += PIECE;
    }
    Ok(decoding.finish())
}

/// The day in the reader's clock, as `2026-11-25`.
pub(super) fn today() -> String {
    let text = js_sys::Date::new_0().to_iso_string();
    text.as_string()
        .and_then(|text| text.get(..10).map(str::to_owned))
        .unwrap_or_default()
}
