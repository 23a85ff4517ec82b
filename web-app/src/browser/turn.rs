//! Work that is done in tasks of its own: after the browser has drawn and taken what was typed, or at once where nothing
//! that is shown has changed.

use crate::state::{DesignMsg, Msg};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessagePort};
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

thread_local! {
    static TASKS: Option<Tasks> = Tasks::new();
}

/// Tasks that follow each other without the pause that browsers put between nested timers.
struct Tasks {
    next: MessagePort,
    waiting: Rc<RefCell<VecDeque<Callback<Msg>>>>,
    _turn: Closure<dyn FnMut()>,
}

impl Tasks {
    fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting: Rc<RefCell<VecDeque<Callback<Msg>>>> = Rc::default();
        let turn = {
            let waiting = Rc::clone(&waiting);
            Closure::new(move || {
                let next = waiting.borrow_mut().pop_front();
                if let Some(dispatch) = next {
                    dispatch.emit(Msg::Turn);
                }
            })
        };
        channel
            .port1()
            .set_onmessage(Some(turn.as_ref().unchecked_ref()));
        Some(Self {
            next: channel.port2(),
            waiting,
            _turn: turn,
        })
    }

    fn add(&self, dispatch: &Callback<Msg>) -> Option<()> {
        self.next.post_message(&JsValue::NULL).ok()?;
        self.waiting.borrow_mut().push_back(dispatch.clone());
        Some(())
    }
}

/// Asks for [`Msg::Turn`] in the next task.
pub(super) fn soon(dispatch: &Callback<Msg>) {
    let added = TASKS.with(|tasks| tasks.as_ref()?.add(dispatch));
    if added.is_none() {
        later(dispatch.clone());
    }
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
