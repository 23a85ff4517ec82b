//! A figure of the bill to change, and the buttons beside such figures.

use super::field::{TextField, error, input};
use super::{ViewProps, send};
use crate::state::{Field, Msg};
use crate::view;
use yew::prelude::*;

pub(super) type Props = ViewProps<view::BillView>;

/// A small button.
pub(super) fn press(props: &Props, label: &'static str, msg: Msg) -> Html {
    html! { <button type="button" class="btn small" onclick={send(&props.dispatch, msg)}>{ label }</button> }
}

/// An input for a figure.
pub(super) fn figure<'a>(
    props: &Props,
    figure: &'a view::TrafficField,
    label: Option<String>,
) -> TextField<'a> {
    let field = figure.field;
    TextField {
        id: format!("{}-{field:?}", props.uid)
            .to_ascii_lowercase()
            .replace(['(', ')'], "-"),
        draft: &figure.draft,
        label,
        placeholder: "",
        list: None,
        disabled: false,
        on_text: props.dispatch.reform(move |typed| Msg::Typed(field, typed)),
        on_leave: Some(props.dispatch.clone()),
        leave: Some(Msg::Left(field)),
    }
}

/// A figure with its label and unit.
pub(super) fn amount(props: &Props, traffic: &view::TrafficField) -> Html {
    let text = figure(props, traffic, None);
    let unit = match traffic.field {
        Field::Rate => props.model.currency.as_str(),
        _ if traffic.draft.text.ends_with('B') => "a month",
        _ => "GB a month",
    };
    html! {
        <div class="amount" key={traffic.label}>
            <label for={text.id.clone()}>{ traffic.label }</label>
            <span class="unit">{ input(&text) }<span>{ unit }</span></span>
            { error(&text) }
        </div>
    }
}
