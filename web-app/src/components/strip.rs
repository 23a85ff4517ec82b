//! The answer in one sentence, with the figures of the estate.

use super::{ViewProps, chip};
use crate::{text, view};
use yew::prelude::*;

/// The strip.
pub(super) fn strip(props: &ViewProps<view::Strip>) -> Html {
    let model = &props.model;
    html! {
        <section class="strip" aria-label="Answer">
            <div class="says" aria-live="polite" aria-atomic="true">
                <div class="line">{ chip(&model.chip, false) }<h1>{ &model.headline }</h1></div>
                if model.older {
                    <p class="older">{ text::OLDER }</p>
                } else {
                    <p>{ &model.detail }</p>
                }
            </div>
            <div class="figures">{ for model.figures.iter().map(figure) }</div>
        </section>
    }
}

fn figure(figure: &view::Figure) -> Html {
    let number =
        html! { <><b>{ &figure.value }</b><span class="caption">{ &figure.caption }</span></> };
    if figure.derivation.is_empty() {
        return html! { <div class="figure" key={figure.caption.clone()}>{ number }</div> };
    }
    html! {
        <details class="figure" key={figure.caption.clone()}>
            <summary>{ number }</summary>
            <div class="how">{ for figure.derivation.iter().map(|line| html! { <p>{ line }</p> }) }</div>
        </details>
    }
}
