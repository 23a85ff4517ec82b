//! Effective routes in the CLI's form, and a packet against them.

use super::field::{TextField, chosen, error, input};
use super::{ViewProps, chip, icon, send};
use crate::state::{Field, Msg};
use crate::{text, view};
use yew::prelude::*;

const COPY: &str = "M5 5V2.5h8.5V11H11M2.5 5H11v8.5H2.5Z";

type Props = ViewProps<view::Routes>;

/// The tab.
#[component]
pub(super) fn RoutesTab(props: &Props) -> Html {
    let (model, dispatch) = (&props.model, &props.dispatch);
    let subnets = model.subnets.clone();
    let pick = Callback::from({
        let dispatch = dispatch.clone();
        move |word: String| {
            let found = subnets
                .iter()
                .find(|(id, _)| id.index().to_string() == word);
            if let Some((id, _)) = found {
                dispatch.emit(Msg::Routes(*id));
            }
        }
    });
    let packet = TextField {
        id: format!("{}-packet", props.uid),
        draft: &model.packet,
        label: None,
        placeholder: text::PACKET_EXAMPLE,
        disabled: false,
        on_text: dispatch.reform(|typed| Msg::Typed(Field::Packet, typed)),
        on_leave: None,
        leave: None,
    };
    let copy = send(dispatch, Msg::Copy(model.tsv.clone(), text::COPIED));
    html! {
        <>
            <div class="row">
                <label>{ text::SUBNET }
                    <select class="input" onchange={chosen(pick)}>
                        { for model.subnets.iter().map(|(id, name)| html! {
                            <option key={id.index()} value={id.index().to_string()} selected={Some(*id) == model.chosen}>
                                { name }
                            </option>
                        }) }
                    </select>
                </label>
                <label for={packet.id.clone()}>{ text::PACKET }</label>
                { input(&packet) }
                { error(&packet) }
                <span aria-live="polite">{ for model.answer.iter().map(|a| chip(a, true)) }</span>
                <button type="button" class="btn small" onclick={copy}>{ icon(COPY) }{ text::COPY_TSV }</button>
            </div>
            <p class="muted">{ &model.about }</p>
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
        <div class="tablebox" tabindex="0" role="region" aria-label={text::SUBNET}>
            <table>
                <thead><tr>{ for text::ROUTE_HEADS.map(|h| html! { <th scope="col" key={h}>{ h }</th> }) }</tr></thead>
                <tbody>{ for model.rows.iter().enumerate().map(|(i, r)| row(i, r)) }</tbody>
            </table>
        </div>
    }
}

fn row(key: usize, row: &view::EffectiveRow) -> Html {
    let class = classes!(
        row.won.then_some("won"),
        (!row.active).then_some("invalid"),
        row.lost.map(|_| "beaten"),
    );
    let [source, state, prefix, kind, ip, origin] = &row.cells;
    html! {
        <tr {key} {class}>
            <td>{ source }</td>
            <td>{ state }</td>
            <td class="k m"><span class="px">{ prefix }</span>
                if row.won { <span class="because">{ "the packet takes this row" }</span> }
                { for row.lost.map(|why| html! { <span class="because">{ "not taken: " }{ why }</span> }) }
            </td>
            <td class="k">{ kind }</td>
            <td class="k m">{ ip }</td>
            <td>{ origin }</td>
        </tr>
    }
}
