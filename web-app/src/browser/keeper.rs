//! Who keeps the designs of a page: the database, and a lock on the design that the page works on.
//!
//! The rule: the first tab that works on a design holds the browser's lock of that name; a later one is told so, waits for
//! it, and is told again when it comes. A browser without locks knows no other tab.

use super::indexed::IndexedDb;
use crate::state::{Shelf, StoreAsk, StoreMsg};
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The database and the lock of a page.
#[derive(Debug, Default)]
pub struct Keeper {
    place: IndexedDb,
    lock: Rc<Lock>,
}

#[derive(Debug, Default)]
struct Lock {
    /// Which design it is about, counted.
    turn: Cell<u32>,
    /// Lets the lock go.
    release: RefCell<Option<Function>>,
}

impl Keeper {
    /// Does what is asked.
    pub(super) fn ask(&self, ask: StoreAsk, answer: Rc<dyn Fn(StoreMsg)>) {
        match ask {
            StoreAsk::Hold(id) => self.hold(&id, answer),
            other => self.place.ask(other, answer),
        }
    }

    fn hold(&self, id: &str, answer: Rc<dyn Fn(StoreMsg)>) {
        self.lock.release();
        if !id.is_empty() {
            let name = format!("interspoke {id}");
            Rc::clone(&self.lock).request(&name, self.lock.turn.get(), false, answer);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.lock.release();
    }
}

impl Lock {
    /// Lets go of what is held, and of what is waited for.
    fn release(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        if let Some(release) = self.release.borrow_mut().take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }

    fn request(
        self: Rc<Self>,
        name: &str,
        turn: u32,
        waits: bool,
        answer: Rc<dyn Fn(StoreMsg)>,
    ) -> Option<()> {
        let window = web_sys::window()?;
        let navigator = Reflect::get(&window, &"navigator".into()).ok()?;
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        let request = Reflect::get(&locks, &"request".into()).ok()?;
        let request: Function = request.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"ifAvailable".into(), &(!waits).into()).ok()?;
        let again = name.to_owned();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if self.turn.get() != turn {
                return JsValue::UNDEFINED;
            }
            if lock.is_null() {
                answer(StoreMsg::Elsewhere(true));
                self.request(&again, turn, true, answer);
                return JsValue::UNDEFINED;
            }
            if waits {
                answer(StoreMsg::Elsewhere(false));
            }
            Promise::new(&mut |resolve, _| *self.release.borrow_mut() = Some(resolve)).into()
        });
        request
            .call3(&locks, &name.into(), &options, &granted)
            .ok()?;
        Some(())
    }
}
