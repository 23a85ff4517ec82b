//! The bill, and the traffic it is for.

use super::field::{TextField, error, input};
use super::{ViewProps, chip, cite};
use crate::state::{Field, Msg};
use crate::{text, view};
use yew::prelude::*;

type Props = ViewProps<view::BillView>;

/// The tab.
#[component]
pub(super) fn CostTab(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <>
            <fieldset class="plainset">
                <legend>{ "Traffic, each direction" }</legend>
                <div class="amounts">{ for model.traffic.iter().map(|t| amount(props, t)) }</div>
            </fieldset>
            <div class="tablebox" tabindex="0" role="region" aria-label="Bill">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Meter" }</th><th scope="col">{ "For" }</th>
                        <th scope="col" class="n">{ "Quantity" }</th><th scope="col" class="n">{ "Unit price" }</th>
                        <th scope="col" class="n">{ "A month" }</th><th scope="col">{ "Price" }</th>
                    </tr></thead>
                    { for model.groups.iter().map(group) }
                    <tbody>
                        <tr class="total">
                            <td colspan="4">{ text::TOTAL }<span class="because">{ &model.caption }</span></td>
                            <td class="n">{ &model.total }</td><td></td>
                        </tr>
                    </tbody>
                </table>
            </div>
            <ul class="bullets muted">{ for model.notes.iter().map(|note| html! { <li>{ note }{ "." }</li> }) }</ul>
        </>
    }
}

fn amount(props: &Props, traffic: &view::TrafficField) -> Html {
    let field = Field::Traffic(traffic.amount);
    let text = TextField {
        id: format!("{}-traffic-{:?}", props.uid, traffic.amount).to_lowercase(),
        draft: &traffic.draft,
        label: None,
        placeholder: "1,000",
        disabled: false,
        on_text: props.dispatch.reform(move |typed| Msg::Typed(field, typed)),
        on_leave: Some(props.dispatch.clone()),
        leave: Some(Msg::Left(field)),
    };
    html! {
        <div class="amount" key={traffic.label}>
            <label for={text.id.clone()}>{ traffic.label }</label>
            <span class="unit">{ input(&text) }<span>{ "GB a month" }</span></span>
            { error(&text) }
        </div>
    }
}

fn group(group: &view::BillGroup) -> Html {
    html! {
        <tbody key={group.name}>
            <tr class="group"><td colspan="4">{ group.name }</td><td class="n">{ &group.sum }</td><td></td></tr>
            { for group.lines.iter().enumerate().map(|(i, l)| line(i, l)) }
        </tbody>
    }
}

fn line(key: usize, line: &view::BillLine) -> Html {
    html! {
        <tr {key}>
            <td>
                <details>
                    <summary>{ &line.meter }</summary>
                    <div class="how">
                        <p>{ &line.derivation }</p>
                        { for line.why.iter().map(|why| html! { <p>{ why }</p> }) }
                        { for line.source.iter().map(|(title, url)| html! {
                            <p class="cite">{ text::SOURCE }{ ": " }{ cite(title, url) }{ ", " }{ &line.date }</p>
                        }) }
                    </div>
                </details>
            </td>
            <td>{ &line.subject }</td>
            <td class="n">{ &line.quantity }</td>
            <td class="n">{ &line.unit_price }</td>
            <td class="n">{ &line.amount }</td>
            <td class="k">{ chip(&line.basis, false) }<span class="because">{ &line.date }</span></td>
        </tr>
    }
}
