//! Two pinned patterns side by side.

use super::send;
use crate::state::{JudgeMsg, Msg};
use crate::text;
use crate::view::Beside;
use yew::prelude::*;

/// What differs, or what is still to be pinned.
pub(super) fn beside(dispatch: &Callback<Msg>, model: &Beside) -> Html {
    let heads = model.titles.join(text::BESIDE_AND);
    html! {
        <section class="block beside" aria-label={text::BESIDE}>
            <div class="row">
                <h3>{ text::BESIDE }{ ": " }{ heads }</h3>
                <button type="button" class="btn small" onclick={send(dispatch, Msg::Judge(JudgeMsg::Unpin))}>{ text::UNPIN }</button>
            </div>
            if model.titles.len() < 2 {
                <p class="muted">{ text::PIN_ANOTHER }</p>
            } else {
                { table(model) }
            }
        </section>
    }
}

fn table(model: &Beside) -> Html {
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::BESIDE}>
            <table class="wide">
                <thead><tr>
                    <th scope="col">{ text::BESIDE_WHAT[0] }</th>
                    { for model.titles.iter().map(|title| html! { <th scope="col" class="n wrap" key={*title}>{ *title }</th> }) }
                    <th scope="col">{ text::BESIDE_WHAT[1] }</th>
                </tr></thead>
                <tbody>{ for model.differences.iter().map(|one| html! {
                    <tr key={one.what}>
                        <th scope="row">{ one.what }</th>
                        { for one.values.iter().map(|value| html! { <td class="n">{ value }</td> }) }
                        <td class="sentence">{ &one.says }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
