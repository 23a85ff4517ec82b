//! Direct links that would pay, each with what it saves, what it loses, and a button that takes it.

use super::send;
use crate::state::{AskMsg, JudgeMsg, Msg};
use crate::text;
use crate::view::{LinkView, MixView};
use yew::prelude::*;

/// The links, or the button that asks for them.
pub(super) fn mix(dispatch: &Callback<Msg>, model: &MixView) -> Html {
    let asked = !model.links.is_empty() || !model.status.is_empty();
    if !model.can_ask && !asked {
        return html! {};
    }
    html! {
        <section class="mix" aria-label={text::MIX}>
            <h3>{ text::MIX }</h3>
            if model.can_ask {
                <button type="button" class="btn small" onclick={send(dispatch, Msg::Judge(JudgeMsg::Mix))}>{ text::ASK_MIX }</button>
            } else {
                <p class="muted">{ text::MIX_WHY }</p>
            }
            if !model.links.is_empty() { { table(dispatch, &model.links) } }
            if !model.status.is_empty() { <p class="muted" aria-live="polite">{ &model.status }</p> }
        </section>
    }
}

fn table(dispatch: &Callback<Msg>, links: &[LinkView]) -> Html {
    let [pairs, gb, saves, faster, loses, take] = text::MIX_HEADS;
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::MIX}>
            <table class="wide">
                <thead><tr>
                    <th scope="col">{ pairs }</th><th scope="col" class="n">{ gb }</th><th scope="col" class="n">{ saves }</th>
                    <th scope="col" class="n">{ faster }</th><th scope="col">{ loses }</th><th scope="col"><span class="hidden">{ take }</span></th>
                </tr></thead>
                <tbody>{ for links.iter().map(|link| row(dispatch, link)) }</tbody>
            </table>
        </div>
    }
}

fn row(dispatch: &Callback<Msg>, link: &LinkView) -> Html {
    let accept = Msg::Ask(AskMsg::Link(link.pairs.clone()));
    html! {
        <tr key={link.name.clone()}>
            <th scope="row">{ &link.name }</th>
            <td class="n">{ &link.gb }</td><td class="n">{ &link.saves }</td><td class="n">{ &link.faster }</td>
            <td>{ link.loses }</td>
            <td><button type="button" class="btn small" aria-label={format!("{}: {}", text::ACCEPT, link.name)}
                onclick={send(dispatch, accept)}>{ text::ACCEPT }</button></td>
        </tr>
    }
}
