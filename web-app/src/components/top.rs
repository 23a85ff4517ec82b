//! The head: name, document, undo, redo, colours.

use super::{ViewProps, icon, send};
use crate::state::{DesignMsg, Msg, PaletteMsg, Theme};
use crate::{text, view};
use web_sys::HtmlInputElement;
use yew::prelude::*;

const UNDO: &str = "M3 6h7a3.5 3.5 0 0 1 0 7H7M3 6l3-3M3 6l3 3";
const REDO: &str = "M13 6H6a3.5 3.5 0 0 0 0 7h3M13 6l-3-3M13 6l-3 3";
const DESIGNS: &str = "M2.5 3h4.5v4.5H2.5ZM9 3h4.5v4.5H9ZM2.5 9h4.5v4.5H2.5ZM9 9h4.5v4.5H9Z";
const OPEN: &str = "M1.5 12.5v-9h4l1.5 2h6v2M1.5 12.5l2-5h11l-2 5Z";
const SAVE: &str = "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 11v2.5h11V11";
const LINK: &str = "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.9-.9";
const SHARE: &str = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 7v4M8 4.8v.4";
const SYSTEM: &str = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M8 5l4-2M8 8h6M8 11l4 2";
const SUN: &str = "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1";
const MOON: &str = "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z";

/// The head.
pub(super) fn top(props: &ViewProps<view::Top>) -> Html {
    let model = &props.model;
    let theme = match model.theme {
        Theme::System => SYSTEM,
        Theme::Light => SUN,
        Theme::Dark => MOON,
    };
    html! {
        <header class="top">
            <div class="brand">{ logo() }<span>{ text::NAME }</span></div>
            { name(props) }
            <div class="spacer"></div>
            if model.keeps {
                { tool(props, DESIGNS, text::store::DESIGNS, DesignMsg::Show(true)) }
                { tool(props, OPEN, text::store::OPEN_FILE, DesignMsg::ChooseFile) }
            }
            { tool(props, SAVE, text::store::SAVE_FILE, DesignMsg::SaveFile) }
            if model.keeps { { tool(props, LINK, text::store::COPY_LINK, DesignMsg::Link) } }
            <button type="button" class="btn icon" aria-label={text::UNDO} title={text::UNDO} disabled={!model.can_undo}
                onclick={send(&props.dispatch, Msg::Undo)}>{ icon(UNDO) }</button>
            <button type="button" class="btn icon" aria-label={text::REDO} title={text::REDO} disabled={!model.can_redo}
                onclick={send(&props.dispatch, Msg::Redo)}>{ icon(REDO) }</button>
            if model.keeps {
                <button type="button" class="btn icon" aria-label={text::about::TITLE} title={text::about::TITLE}
                    onclick={send(&props.dispatch, Msg::Palette(PaletteMsg::About))}>{ icon(SHARE) }</button>
            }
            <button type="button" class="btn icon" aria-label={text::theme(model.theme)} title={text::theme(model.theme)}
                onclick={send(&props.dispatch, Msg::Theme(model.theme.next()))}>{ icon(theme) }</button>
        </header>
    }
}

/// The name of the design, to be changed where it stands.
fn name(props: &ViewProps<view::Top>) -> Html {
    let (dispatch, id) = (props.dispatch.clone(), props.model.id.clone());
    let renamed = Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            let msg = DesignMsg::Rename(id.clone(), field.value());
            dispatch.emit(Msg::Design(msg));
        }
    });
    html! {
        <input class="docname" type="text" aria-label={text::store::NAME_FIELD} title={props.model.name.clone()}
            value={props.model.name.clone()} onchange={renamed} />
    }
}

fn tool(
    props: &ViewProps<view::Top>,
    path: &'static str,
    label: &'static str,
    msg: DesignMsg,
) -> Html {
    html! {
        <button type="button" class="btn icon" aria-label={label} title={label}
            onclick={send(&props.dispatch, Msg::Design(msg))}>{ icon(path) }</button>
    }
}

/// A hub and its spokes.
fn logo() -> Html {
    html! {
        <svg viewBox="0 0 26 26" aria-hidden="true">
            <path class="ring" d="M5 5h16M5 5l8 17M21 5l-8 17" />
            <path class="spoke" d="M13 13 5 5M13 13l8-8M13 13v9" />
            <circle class="hubdot" cx="13" cy="13" r="4" />
            <circle class="dotend" cx="5" cy="5" r="3" />
            <circle class="dotend" cx="21" cy="5" r="3" />
            <circle class="dotend" cx="13" cy="22" r="3" />
        </svg>
    }
}
