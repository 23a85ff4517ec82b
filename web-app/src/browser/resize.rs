//! The width of the page decides how the bands of the picture run.

use crate::scene::Arrangement;
use crate::state::Msg;
use js_sys::Array;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::Callback;

/// Below this many pixels bands stand one under the other.
const NARROW: f64 = 620.0;

/// A watched element. Dropping it ends the watch.
#[derive(Debug)]
pub struct Watched {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Watched {
    /// Watches the width of an element.
    #[must_use]
    pub fn new(element: &Element, dispatch: Callback<Msg>) -> Option<Self> {
        let (watched, last) = (element.clone(), Cell::new(None));
        let callback = Closure::wrap(Box::new(move |_: Array| {
            let narrow = watched.get_bounding_client_rect().width() < NARROW;
            let arrangement = if narrow {
                Arrangement::Stacked
            } else {
                Arrangement::Beside
            };
            if last.replace(Some(arrangement)) != Some(arrangement) {
                dispatch.emit(Msg::Arrange(arrangement));
            }
        }) as Box<dyn FnMut(Array)>);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
