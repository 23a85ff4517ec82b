//! Tables of routes in the CLI's form, and a packet against them.

use super::combo::Combo;
use super::field::{TextField, error, input};
use super::{ViewProps, chip, icon, send};
use crate::state::{Field, Msg, Shared};
use crate::view::{RouteLine, Standing};
use crate::{text, view};
use std::rc::Rc;
use yew::prelude::*;

const COPY: &str = "M5 5V2.5h8.5V11H11M2.5 5H11v8.5H2.5Z";

type Props = ViewProps<view::Routes>;

/// The tab.
pub(super) fn routes_tab(props: &Props) -> Html {
    let (model, dispatch) = (&props.model, &props.dispatch);
    let packet = TextField {
        id: format!("{}-packet", props.uid),
        draft: &model.packet,
        label: None,
        placeholder: text::PACKET_EXAMPLE,
        list: None,
        disabled: false,
        on_text: dispatch.reform(|typed| Msg::Typed(Field::Packet, typed)),
        on_leave: None,
        leave: None,
    };
    let copy = send(dispatch, Msg::Copy(model.tsv.clone(), text::COPIED));
    html! {
        <>
            <div class="row">
                <Combo name="table" field={Field::Table} label={text::TABLE} draft={model.search.clone()}
                    options={Shared::from(Rc::clone(&model.options))} dispatch={dispatch.clone()} uid={props.uid.clone()} />
                <label for={packet.id.clone()}>{ text::PACKET }</label>
                { input(&packet) }
                { error(&packet) }
                <span aria-live="polite">{ for model.answer.iter().map(|a| chip(a, true)) }</span>
                <button type="button" class="btn small" onclick={copy}>{ icon(COPY) }{ text::COPY_TSV }</button>
            </div>
            <p class="muted"><code>{ &model.command }</code>{ " " }{ &model.about }</p>
            if model.rows.is_empty() {
                <p>{ text::NO_ROUTES }</p>
            } else {
                { table(model) }
            }
        </>
    }
}

fn table(model: &view::Routes) -> Html {
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::TABLE}>
            <table>
                <thead><tr>{ for model.heads.iter().map(|h| html! { <th scope="col" key={*h}>{ *h }</th> }) }</tr></thead>
                <tbody>{ for model.rows.iter().enumerate().map(|(i, r)| row(i, r, model.destination)) }</tbody>
            </table>
        </div>
    }
}

fn row(key: usize, row: &RouteLine, destination: usize) -> Html {
    let class = match row.standing {
        Standing::Used => None,
        Standing::Unused => Some("invalid"),
        Standing::Won => Some("won"),
        Standing::Beaten => Some("beaten"),
    };
    let cell = |(at, text): (usize, &String)| {
        let number = text.starts_with(|first: char| first.is_ascii_digit());
        let class = number.then_some("k m");
        if at != destination {
            return html! { <td {class}>{ text }</td> };
        }
        html! {
            <td class="k m"><span class="px">{ text }</span>
                { for row.note.iter().map(|note| html! { <span class="because">{ note }</span> }) }
            </td>
        }
    };
    html! { <tr {key} {class}>{ for row.cells.iter().enumerate().map(cell) }</tr> }
}
