//! The page as HTML, drawn natively.
use interspoke_web::components::{App, AppProps};
use interspoke_web::state::{Shared, State};
use std::rc::Rc;

/// The markup of the whole page in a state; its ids begin with `t`.
pub(crate) fn render(state: Rc<State>) -> String {
    let props = move || AppProps {
        start: Shared::from(state),
        uid: "t".into(),
        run: yew::Callback::noop(),
        ready: yew::Callback::noop(),
    };
    let renderer = yew::LocalServerRenderer::<App>::with_props(props()).hydratable(false);
    pollster::block_on(renderer.render())
}
