//! The panel at the side: what is asked for, or what exists.

use super::estate::estate;
use super::intent::intent;
use super::{StateProps, send, view_pane};
use crate::scene::Arrangement;
use crate::state::{Msg, Side as Shown};
use crate::{text, view};
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// The panel.
pub(super) fn side(props: &StateProps) -> Html {
    let (dispatch, uid) = (&props.dispatch, &props.uid);
    let side = props.state.side;
    let open = props.state.is_side_open();
    let body = match side {
        _ if !open => html! {},
        Shown::Intent => view_pane(intent, view::intent(&props.state), dispatch, uid),
        Shown::Estate => view_pane(estate, view::estate(&props.state), dispatch, uid),
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
            if props.state.arrangement == Arrangement::Stacked {
                <button type="button" class="btn small foldside" aria-expanded={open.to_string()} aria-controls={format!("{}-side", props.uid)}
                    onclick={send(dispatch, Msg::FoldSide)}>{ if open { text::FOLD_SIDE } else { text::OPEN_SIDE } }</button>
            }
            <div class="side" role="tabpanel" hidden={!open} id={format!("{}-side", props.uid)}
                aria-label={if side == Shown::Intent { text::INTENT } else { text::ESTATE }}>{ body }</div>
        </aside>
    }
}
