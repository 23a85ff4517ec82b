//! The JavaScript surface.
use wasm_bindgen::prelude::*;
use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <p>{ "Interspoke" }</p> }
}

/// Draws the page inside `element`.
#[wasm_bindgen]
pub fn mount(element: web_sys::Element, _document: Option<String>) {
    yew::Renderer::<App>::with_root(element).render();
}
