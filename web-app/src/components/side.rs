//! The panel at the side: what is asked for, or what exists.

use super::estate::Estate;
use super::intent::Intent;
use super::send;
use crate::state::{Msg, Shared, Side as Shown, State};
use crate::{text, view};
use std::rc::Rc;
use web_sys::KeyboardEvent;
use yew::prelude::*;

#[derive(Properties, PartialEq, Debug)]
pub(super) struct SideProps {
    pub(super) state: Shared<State>,
    pub(super) dispatch: Callback<Msg>,
    pub(super) uid: AttrValue,
}

/// The panel.
#[component]
pub(super) fn Side(props: &SideProps) -> Html {
    let (dispatch, uid) = (props.dispatch.clone(), props.uid.clone());
    let side = props.state.side;
    let body = match side {
        Shown::Intent => {
            html! { <Intent model={Rc::new(view::intent(&props.state))} {dispatch} {uid} /> }
        }
        Shown::Estate => {
            html! { <Estate model={Rc::new(view::estate(&props.state))} {dispatch} {uid} /> }
        }
    };
    let tab = |one: Shown, name: &'static str, other: Shown| {
        let dispatch = props.dispatch.clone();
        let keys = Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                event.prevent_default();
                dispatch.emit(Msg::Side(other));
                super::answers::focus_neighbour(&event);
            }
        });
        html! {
            <button type="button" role="tab" aria-selected={(side == one).to_string()}
                tabindex={if side == one { "0" } else { "-1" }} aria-controls={format!("{}-side", props.uid)}
                onclick={send(&props.dispatch, Msg::Side(one))} onkeydown={keys}>{ name }</button>
        }
    };
    html! {
        <aside class="estate" aria-label={text::SIDE}>
            <div class="tabs" role="tablist" aria-label={text::SIDE}>
                { tab(Shown::Intent, text::INTENT, Shown::Estate) }
                { tab(Shown::Estate, text::ESTATE, Shown::Intent) }
            </div>
            <div class="side" role="tabpanel" id={format!("{}-side", props.uid)}
                aria-label={if side == Shown::Intent { text::INTENT } else { text::ESTATE }}>{ body }</div>
        </aside>
    }
}
