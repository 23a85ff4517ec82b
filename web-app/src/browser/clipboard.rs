//! Copying a text.

use crate::state::Msg;
use crate::text;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use yew::Callback;

/// Copies a text; says so where the browser does not allow it.
pub(super) fn copy(copied: &str, dispatch: &Callback<Msg>) {
    let refused = dispatch.clone();
    let on_refusal: JsValue =
        Closure::once_into_js(move |_: JsValue| refused.emit(Msg::Say(text::NOT_COPIED)));
    match write(copied) {
        Some(promise) => {
            // `catch` by its name: the closure frees itself when it is called, and is small when it is not.
            let catch =
                Reflect::get(&promise, &"catch".into()).and_then(JsCast::dyn_into::<Function>);
            let _ = catch.and_then(|catch| catch.call1(&promise, &on_refusal));
        }
        None => dispatch.emit(Msg::Say(text::NOT_COPIED)),
    }
}

fn write(copied: &str) -> Option<Promise> {
    let window = web_sys::window()?;
    let navigator = Reflect::get(&window, &"navigator".into()).ok()?;
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
    let write: Function = write.dyn_into().ok()?;
    write
        .call1(&clipboard, &copied.into())
        .ok()?
        .dyn_into()
        .ok()
}
