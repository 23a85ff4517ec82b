//! The list of designs: a dialog with a card for each, and notes about keeping them.

use super::marks::{BoxesProps, GroundProps, boxes, ground};
use super::pane::pane;
use super::{ViewProps, send};
use crate::scene::{Scene, tenths};
use crate::state::{DesignMsg, Msg, Shared};
use crate::{text, view};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

type Props = ViewProps<view::Designs>;

/// The dialog. The browser keeps the focus in it while it is open, and closes it on Escape.
pub(super) fn designs(props: &Props) -> Html {
    let model = &props.model;
    let title = format!("{}-designs", props.uid);
    let closed = {
        let (dispatch, open) = (props.dispatch.clone(), model.open);
        Callback::from(move |_: Event| {
            if open {
                dispatch.emit(Msg::Design(DesignMsg::Show(false)));
            }
        })
    };
    html! {
        <dialog class="designs" aria-labelledby={title.clone()} onclose={closed}>
            <header>
                <h2 id={title}>{ text::store::DESIGNS }</h2>
                <div class="deeds">
                    { deed(props, text::store::NEW, DesignMsg::New) }
                    { deed(props, text::store::OPEN_FILE, DesignMsg::ChooseFile) }
                    { deed(props, text::store::CLOSE, DesignMsg::Show(false)) }
                </div>
            </header>
            <p class="muted">{ text::store::DESIGNS_WHERE }</p>
            <p class="said" role="status" aria-live="polite">{ &model.notice }</p>
            if model.open {
                if model.cards.is_empty() { <p>{ text::store::NO_DESIGNS }</p> }
                <ul class="design-list">{ for model.cards.iter().map(|card| shown(props, card)) }</ul>
                if !model.deleted.is_empty() {
                    <h3>{ text::store::DELETED }</h3>
                    <ul class="design-list">{ for model.deleted.iter().map(|card| deleted(props, card)) }</ul>
                }
            }
        </dialog>
    }
}

fn deed(props: &Props, caption: &'static str, msg: DesignMsg) -> Html {
    html! {
        <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Design(msg))}>{ caption }</button>
    }
}

/// A deed of a design; its name belongs to what the button is called.
fn of(props: &Props, caption: &'static str, card: &view::DesignCard, msg: DesignMsg) -> Html {
    let label = format!("{caption}: {}", card.name);
    html! {
        <button type="button" class="btn small" aria-label={label} onclick={send(&props.dispatch, Msg::Design(msg))}>
            { caption }
        </button>
    }
}

fn shown(props: &Props, card: &view::DesignCard) -> Html {
    let id = || card.id.clone();
    let renamed = {
        let (dispatch, id) = (props.dispatch.clone(), id());
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                let msg = DesignMsg::Rename(id.clone(), field.value());
                dispatch.emit(Msg::Design(msg));
            }
        })
    };
    let label = format!("{}: {}", text::store::NAME_FIELD, card.name);
    html! {
        <li class="design" key={id()} aria-current={card.present.then_some("true")}>
            { picture(card.picture.as_ref()) }
            <div class="design-about">
                if card.trouble.is_none() {
                    <input class="input" type="text" aria-label={label} value={card.name.clone()} onchange={renamed} />
                } else {
                    <b>{ &card.name }</b>
                }
                <p class="muted">
                    { &card.counts }{ " · " }<span class="when">{ &card.when }</span>
                    if card.present { { " · " }<b>{ text::store::PRESENT }</b> }
                </p>
                if let Some(trouble) = &card.trouble { <p class="error">{ trouble }</p> }
                <div class="deeds">
                    if card.trouble.is_none() && !card.present { { of(props, text::store::OPEN, card, DesignMsg::Open(id())) } }
                    if card.trouble.is_none() { { of(props, text::store::DUPLICATE, card, DesignMsg::Duplicate(id())) } }
                    { of(props, text::store::DOWNLOAD, card, DesignMsg::Save(id())) }
                    { of(props, text::store::DELETE, card, DesignMsg::Delete(id())) }
                </div>
            </div>
        </li>
    }
}

fn deleted(props: &Props, card: &view::DesignCard) -> Html {
    html! {
        <li class="design" key={card.id.clone()}>
            <div class="design-about">
                <b>{ &card.name }</b>
                <p class="muted">{ &card.counts }{ " · " }<span class="when">{ &card.when }</span></p>
                <div class="deeds">{ of(props, text::store::RESTORE, card, DesignMsg::Restore(card.id.clone())) }</div>
            </div>
        </li>
    }
}

/// The page's own picture, small: bands, lines and boxes without words.
fn picture(scene: Option<&Shared<Scene>>) -> Html {
    let Some(scene) = scene else {
        return html! { <div class="tiny" aria-hidden="true"></div> };
    };
    let b = scene.bounds;
    let room = format!(
        "{} {} {} {}",
        tenths(b.x),
        tenths(b.y),
        tenths(b.w),
        tenths(b.h)
    );
    let scene = || scene.clone();
    html! {
        <svg class="map tiny" viewBox={room} aria-hidden="true" preserveAspectRatio="xMidYMid meet">
            { pane(ground, GroundProps { scene: scene(), taken: Vec::new(), lost: Rc::default() }) }
            { pane(boxes, BoxesProps { scene: scene(), from: None, to: None, lost: Rc::default(), stubs: Rc::default() }) }
        </svg>
    }
}

/// What the reader must know about keeping, above the answer.
pub(super) fn notes(props: &ViewProps<Vec<view::Note>>) -> Html {
    let note = |note: &view::Note| {
        let deed = |(caption, msg): &(&'static str, Msg)| {
            html! {
                <button type="button" class="btn small" onclick={send(&props.dispatch, msg.clone())}>{ *caption }</button>
            }
        };
        html! {
            <div class="keep-note" role="alert" key={note.text.clone()}>
                <p>{ &note.text }</p>
                <div class="deeds">{ for note.deeds.iter().map(deed) }</div>
            </div>
        }
    };
    html! { <>{ for props.model.iter().map(note) }</> }
}
