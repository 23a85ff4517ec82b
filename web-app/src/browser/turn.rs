//! Work that is done when the browser has time: after it has drawn and taken what was typed.

use crate::state::{DesignMsg, Msg};
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

/// How long nothing is typed before the next keystroke is a step of its own, in milliseconds.
const PAUSE: i32 = 1_500;

/// Says after a while that so many keystrokes had come.
pub(super) fn pause(typed: u32, dispatch: Callback<Msg>) {
    let over = Closure::once_into_js(move || {
        dispatch.emit(Msg::Design(DesignMsg::Paused(typed)));
    });
    if let Some(window) = web_sys::window() {
        let over = over.unchecked_ref();
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(over, PAUSE);
    }
}
