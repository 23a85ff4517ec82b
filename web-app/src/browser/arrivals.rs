//! What comes to the page from outside: dropped files, pasted texts, keys that nothing on the page has, followed links.
//!
//! Each is a listener that goes with the page. A text field keeps what is pasted or typed into it.

use super::{address, files};
use crate::state::{DesignMsg, Msg, shortcut};
use crate::text;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventTarget, KeyboardEvent};
use yew::Callback;

/// Listeners of a page. Dropping them ends them.
#[derive(Debug, Default)]
pub struct Arrivals(Vec<Listener>);

#[derive(Debug)]
struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, heard);
    }
}

impl Arrivals {
    /// Listens for a page that keeps designs and has the document for itself.
    #[must_use]
    pub fn at(element: &Element, dispatch: &Callback<Msg>) -> Self {
        let mut all = Self::default();
        let Some(window) = web_sys::window() else {
            return all;
        };
        let Some(document) = element.owner_document() else {
            return all;
        };
        all.listen(&document, "dragover", |event| {
            if has_files(&event) {
                event.prevent_default();
            }
        });
        let into = dispatch.clone();
        all.listen(&document, "drop", move |event| {
            dropped(&event, &into);
        });
        let into = dispatch.clone();
        all.listen(&document, "paste", move |event| {
            pasted(&event, &into);
        });
        let into = dispatch.clone();
        all.listen(&document, "keydown", move |event| {
            pressed(&event, &into);
        });
        let into = dispatch.clone();
        all.listen(&window, "hashchange", move |_| address::followed(&into));
        all
    }

    fn listen(
        &mut self,
        target: &EventTarget,
        name: &'static str,
        heard: impl FnMut(Event) + 'static,
    ) {
        let heard: Closure<dyn FnMut(Event)> = Closure::wrap(Box::new(heard));
        let function = heard.as_ref().unchecked_ref();
        if target
            .add_event_listener_with_callback(name, function)
            .is_ok()
        {
            let target = target.clone();
            self.0.push(Listener {
                target,
                name,
                heard,
            });
        }
    }
}

/// What an event carries: `dataTransfer` of a drop, `clipboardData` of a paste.
fn carried(event: &Event, name: &str) -> Option<JsValue> {
    let data = Reflect::get(event, &name.into()).ok()?;
    (!data.is_null() && !data.is_undefined()).then_some(data)
}

fn has_files(event: &Event) -> bool {
    let types = carried(event, "dataTransfer")
        .and_then(|data| Reflect::get(&data, &"types".into()).ok())
        .map(|types| Array::from(&types));
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

fn dropped(event: &Event, dispatch: &Callback<Msg>) -> Option<()> {
    if !has_files(event) {
        return None;
    }
    event.prevent_default();
    let data = carried(event, "dataTransfer")?;
    let list = Reflect::get(&data, &"files".into()).ok()?;
    files::read_designs(&list, dispatch)
}

fn pasted(event: &Event, dispatch: &Callback<Msg>) -> Option<()> {
    if in_text(event) {
        return None;
    }
    let data = carried(event, "clipboardData")?;
    let list = Reflect::get(&data, &"files".into()).ok()?;
    if Array::from(&list).length() > 0 {
        return files::read_designs(&list, dispatch);
    }
    let get: Function = Reflect::get(&data, &"getData".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let text = get.call1(&data, &"text/plain".into()).ok()?.as_string()?;
    let name = text::store::PASTED.to_owned();
    dispatch.emit(Msg::Design(DesignMsg::Text(name, text)));
    Some(())
}

/// Keys reach the page's own handler where something on it has the focus; the rest are heard here.
fn pressed(event: &Event, dispatch: &Callback<Msg>) -> Option<()> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    let target: Element = event.target()?.dyn_into().ok()?;
    if !target.tag_name().eq_ignore_ascii_case("body") {
        return None;
    }
    let held = event.ctrl_key() || event.meta_key();
    let msg = shortcut(&event.key(), held, event.shift_key(), event.alt_key())?;
    event.prevent_default();
    dispatch.emit(msg);
    Some(())
}

fn in_text(event: &Event) -> bool {
    let target = event.composed_path().get(0);
    let Ok(element) = target.dyn_into::<Element>() else {
        return false;
    };
    element
        .closest("input, textarea, [contenteditable]")
        .is_ok_and(|found| found.is_some())
}
