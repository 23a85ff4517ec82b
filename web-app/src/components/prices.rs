//! Prices of one's own: reading them, what they change, discounts.

use super::amount::{Props, amount, press};
use super::field::{error, input, ticked};
use super::send;
use crate::state::{CostMsg, Msg};
use crate::text;
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

/// The section.
pub(super) fn prices(props: &Props) -> Html {
    let model = &props.model.prices;
    let id = |what: &str| format!("{}-prices-{what}", props.uid);
    let pasted = props.dispatch.reform(|event: InputEvent| {
        // A text area has its text where an input has it.
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Cost(CostMsg::Prices(vec![text]))
    });
    let leave = props
        .dispatch
        .reform(|leave| Msg::Cost(CostMsg::LeaveOpen(leave)));
    let invalid = model.error.is_some();
    html! {
        <section class="block" aria-label={text::PRICES}>
            <h2>{ text::PRICES }</h2>
            <p class="muted">{ text::PRICES_WHY }</p>
            <div class="ownprices">
                <label for={id("text")}>{ text::PRICES_TEXT }</label>
                <textarea class="input" id={id("text")} rows="3" spellcheck="false" autocomplete="off"
                    aria-invalid={invalid.then_some("true")} aria-describedby={invalid.then(|| id("error"))} oninput={pasted} />
                <label for={id("files")}>{ text::PRICES_FILES }</label>
                <input type="file" class="input" id={id("files")} multiple=true accept=".json,.csv,.txt" onchange={send(&props.dispatch, Msg::Cost(CostMsg::Files))} />
                if let Some(why) = &model.error { <p class="error" id={id("error")}>{ why }</p> }
            </div>
            <div class="row">
                <p role="status"><b>{ &model.status }</b></p>
                if model.own { { press(props, text::BACK_TO_BUILT_IN, Msg::Cost(CostMsg::BuiltIn)) } }
                { press(props, text::SAVE_SHEET, Msg::Cost(CostMsg::Sheet)) }
            </div>
            if !model.notes.is_empty() {
                <ul class="bullets">{ for model.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
            }
            if let Some(rate) = &model.rate { { amount(props, rate) } }
            { changed(props) }
            if !model.unmatched.is_empty() {
                <details class="twin">
                    <summary>{ text::UNMATCHED }{ ": " }{ model.unmatched.len() }</summary>
                    <ul class="bullets">{ for model.unmatched.iter().map(|one| html! { <li>{ one }</li> }) }</ul>
                </details>
            }
            <label class="check">
                <input type="checkbox" checked={model.leave_open} onchange={ticked(leave)} />
                <span>{ text::LEAVE_OPEN }<span class="because">{ text::LEAVE_OPEN_WHY }</span></span>
            </label>
            <details class="twin">
                <summary>{ text::DISCOUNTS }</summary>
                <div class="discounts">{ for model.discounts.iter().map(|(service, off)| discount(props, service, off)) }</div>
            </details>
        </section>
    }
}

fn changed(props: &Props) -> Html {
    let model = &props.model.prices;
    if model.changed.is_empty() && model.same == 0 {
        return html! {};
    }
    let [meter, place, known, own, change] = text::PRICE_HEADS;
    html! {
        <>
            <p>{ text::same_prices(model.changed.len(), model.same) }</p>
            if !model.changed.is_empty() {
                <div class="tablebox" tabindex="0" role="region" aria-label={text::PRICES}>
                    <table>
                        <thead><tr>
                            <th scope="col">{ meter }</th><th scope="col">{ place }</th><th scope="col" class="n">{ known }</th>
                            <th scope="col" class="n">{ own }</th><th scope="col" class="n">{ change }</th>
                        </tr></thead>
                        <tbody>{ for model.changed.iter().enumerate().map(|(at, row)| html! {
                            <tr key={at}>
                                <td>{ &row.meter }</td><td>{ &row.place }</td><td class="n">{ if row.known.is_empty() { text::OPEN } else { &row.known } }</td>
                                <td class="n">{ &row.price }</td><td class="n">{ &row.change }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            }
        </>
    }
}

/// What is taken off a service.
fn discount(props: &Props, service: &str, off: &crate::view::TrafficField) -> Html {
    let text = super::amount::figure(props, off, Some(format!("{}, {service}", off.label)));
    html! {
        <div class="traffic" key={service.to_owned()}>
            <label for={text.id.clone()}>{ service }</label>
            <span class="unit">{ input(&text) }<span>{ off.label }</span></span>
            { error(&text) }
        </div>
    }
}
