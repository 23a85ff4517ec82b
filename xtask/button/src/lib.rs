//! A page of one button that counts, in Yew: `cargo xtask bench --start` opens it beside the calculator.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;

#[component]
fn Button() -> Html {
    let count = use_state(|| 0_u32);
    let counted = {
        let count = count.clone();
        Callback::from(move |_: MouseEvent| count.set(*count + 1))
    };
    html! { <button type="button" onclick={counted}>{ "pressed " }{ *count }</button> }
}

/// Draws the button into the page.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<Button>::new().render();
}
