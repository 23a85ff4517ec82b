//! Work that is done when the browser has time: after it has drawn and taken what was typed.

use crate::state::Msg;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::Callback;

/// Asks for [`Msg::Turn`] in a task of its own; without a window at once.
pub(super) fn later(dispatch: Callback<Msg>) {
    let Some(window) = web_sys::window() else {
        dispatch.emit(Msg::Turn);
        return;
    };
    let turn = Closure::once_into_js(move || dispatch.emit(Msg::Turn));
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(turn.unchecked_ref(), 0);
}
