//! The room on the page: its width decides how charts stand, the picture's own box how wide that is laid out.
//!
//! It is looked at once before the first frame is shown. What changes later is answered in the next frame: whoever changes
//! sizes while a browser tells of sizes makes it complain of a loop.

use crate::scene::{Arrangement, Viewport};
use crate::state::Msg;
use js_sys::Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::Callback;

/// Below this many pixels charts stand upright.
const NARROW: f64 = 620.0;

/// Widths are told apart in steps of so many pixels: a picture is not laid out for every pixel.
const STEP: f64 = 10.0;

/// Part of the window's height that the picture may take.
const SHARE: f64 = 0.36;

/// A watched element. Dropping it ends the watch.
#[derive(Debug)]
pub struct Watched {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Watched {
    /// Watches the width of a page and of the picture in it.
    #[must_use]
    pub fn new(element: &Element, dispatch: Callback<Msg>) -> Option<Self> {
        let picture = element.query_selector(".mapbox").ok().flatten();
        let (watched, box_of) = (element.clone(), picture.clone());
        let (last, room) = (Cell::new(None), Cell::new(None));
        let look = Rc::new(move || {
            let narrow = watched.get_bounding_client_rect().width() < NARROW;
            let arrangement = if narrow {
                Arrangement::Stacked
            } else {
                Arrangement::Beside
            };
            if last.replace(Some(arrangement)) != Some(arrangement) {
                dispatch.emit(Msg::Arrange(arrangement));
            }
            let viewport = box_of.as_ref().map(viewport);
            if viewport.is_some() && room.replace(viewport) != viewport {
                dispatch.emit(Msg::Room(viewport.unwrap_or_default()));
            }
        });
        look();
        let callback = Closure::wrap(
            Box::new(move |_: Array| in_next_frame(look.clone())) as Box<dyn FnMut(Array)>
        );
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        if let Some(picture) = picture {
            observer.observe(&picture);
        }
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

fn in_next_frame(look: Rc<impl Fn() + 'static>) {
    let look = Closure::once_into_js(move || look());
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(look.unchecked_ref());
    }
}

/// The room that the picture's box has.
fn viewport(element: &Element) -> Viewport {
    let wide = element.get_bounding_client_rect().width();
    let window = web_sys::window().and_then(|w| w.inner_height().ok()?.as_f64());
    let high = window.unwrap_or(900.0) * SHARE;
    let step = |value: f64| (value / STEP).floor() * STEP;
    Viewport {
        w: step(wide.max(260.0) - 2.0),
        h: step(high.clamp(260.0, 560.0)),
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
