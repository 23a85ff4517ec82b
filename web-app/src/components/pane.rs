//! One component for every part of the page that has no state of its own.
//!
//! A part is a function from what it shows to what is drawn. It is drawn again where what it shows has changed, as a
//! component of its own would be; in the WebAssembly it costs a tenth of one.

use std::any::Any;
use std::rc::Rc;
use yew::prelude::*;

/// A part of the page: drawn from these props, and again when they change.
pub(super) fn pane<P: PartialEq + 'static>(draw: fn(&P) -> Html, props: P) -> Html {
    // Another part in its place is drawn anew: nothing opened or typed there goes over to it.
    let key = draw as *const () as usize;
    let part: Rc<dyn Drawn> = Rc::new(Part { draw, props });
    html! { <Pane {key} {part} /> }
}

/// What a pane holds.
trait Drawn {
    fn draw(&self) -> Html;
    fn as_any(&self) -> &dyn Any;
    fn same(&self, other: &dyn Drawn) -> bool;
}

struct Part<P> {
    draw: fn(&P) -> Html,
    props: P,
}

impl<P: PartialEq + 'static> Drawn for Part<P> {
    fn draw(&self) -> Html {
        (self.draw)(&self.props)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Drawn) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| {
            std::ptr::fn_addr_eq(self.draw, other.draw) && self.props == other.props
        })
    }
}

#[derive(Properties)]
struct PaneProps {
    part: Rc<dyn Drawn>,
}

impl PartialEq for PaneProps {
    fn eq(&self, other: &Self) -> bool {
        self.part.same(&*other.part)
    }
}

struct Pane;

impl Component for Pane {
    type Message = ();
    type Properties = PaneProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().part.draw()
    }
}
