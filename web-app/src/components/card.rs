//! The card beside the picture: the stops of one direction, each opening to the route that won and those that lost.

use super::{ViewProps, chip, send, words};
use crate::state::{Msg, Way};
use crate::{text, view};
use web_sys::KeyboardEvent;
use yew::prelude::*;

type Props = ViewProps<Option<view::PathView>>;

/// The card.
pub(super) fn card(props: &Props) -> Html {
    let Some(path) = props.model.as_ref() else {
        return html! { <div class="card"><p class="muted">{ text::CHOOSE_BOTH }</p></div> };
    };
    let (shown, class) = match path.way {
        Way::Forward => (path.forward.as_ref(), "forward"),
        Way::Back => (path.back.as_ref(), "back"),
    };
    let panel = format!("{}-hops", props.uid);
    html! {
        <section class="card" aria-label="Hops">
            <h2>{ &path.title }</h2>
            <p class="sub">{ words(&path.sub) }</p>
            <div class="seg" role="tablist" aria-label="Direction">
                { way(props, path, Way::Forward, text::FORWARD) }
                { way(props, path, Way::Back, text::BACK) }
            </div>
            <div id={panel} role="tabpanel" aria-label="Hops" class={class}>
                { for shown.map(|shown| direction(props, path.way, shown)) }
            </div>
        </section>
    }
}

fn way(props: &Props, path: &view::PathView, way: Way, word: &'static str) -> Html {
    let exists = match way {
        Way::Forward => path.forward.is_some(),
        Way::Back => path.back.is_some(),
    };
    let selected = path.way == way;
    let other = if way == Way::Forward {
        Way::Back
    } else {
        Way::Forward
    };
    let both = path.back.is_some();
    let keys = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if both
                && matches!(
                    event.key().as_str(),
                    "ArrowLeft" | "ArrowRight" | "Home" | "End"
                )
            {
                event.prevent_default();
                dispatch.emit(Msg::Look(other));
                super::answers::focus_neighbour(&event);
            }
        })
    };
    html! {
        <button type="button" role="tab" key={word} aria-selected={selected.to_string()} disabled={!exists}
            aria-controls={format!("{}-hops", props.uid)} tabindex={if selected { "0" } else { "-1" }}
            onclick={send(&props.dispatch, Msg::Look(way))} onkeydown={keys}>{ word }</button>
    }
}

fn direction(props: &Props, way: Way, shown: &view::WayView) -> Html {
    html! {
        <>
            if shown.branches > 1 {
                <div class="branches" role="group" aria-label="Equal-cost choices">
                    <span>{ "Equal-cost choices" }</span>
                    <span class="seg">
                        { for (0..shown.branches).map(|at| html! {
                            <button type="button" key={at} aria-pressed={(at == shown.chosen).to_string()}
                                onclick={send(&props.dispatch, Msg::Branch(way, at))}>{ at + 1 }</button>
                        }) }
                    </span>
                </div>
            }
            <ol>{ for shown.hops.iter().map(|hop| html! { <li class="hop" key={hop.number}>{ stop(hop) }</li> }) }</ol>
            <div class="verdict">{ chip(&shown.end, true) }</div>
        </>
    }
}

fn stop(hop: &view::HopView) -> Html {
    let head = html! {
        <>
            <span class="no">{ hop.number }</span>
            <span class="place">
                <b>{ &hop.title }</b>{ " " }<span class="m">{ &hop.address }</span>
                <span class="why">{
                    match &hop.why {
                        Some(why) => words(why),
                        None => html! { &hop.kind },
                    }
                }</span>
            </span>
        </>
    };
    let has_more = hop.why.is_some() || !hop.remarks.is_empty();
    if !has_more {
        return html! { <div class="head">{ head }</div> };
    }
    html! {
        <details>
            <summary>{ head }</summary>
            <dl class="more">
                <div><dt>{ "Where" }</dt><dd>{ &hop.kind }</dd></div>
                { for hop.why.iter().map(|why| html! {
                    <div>
                        <dt>{ "Wins" }</dt>
                        <dd>{ words(why) }
                            { for hop.origin.iter().map(|o| html! { <span class="because">{ o }</span> }) }</dd>
                    </div>
                }) }
                if !hop.losers.is_empty() {
                    <div>
                        <dt>{ "Loses" }</dt>
                        <dd>{ for hop.losers.iter().map(lost) }</dd>
                    </div>
                }
                { for hop.crossed.iter().map(|link| html! { <div><dt>{ "Crosses" }</dt><dd>{ link }</dd></div> }) }
                if !hop.remarks.is_empty() {
                    <div>
                        <dt>{ "Note" }</dt>
                        <dd>{ for hop.remarks.iter().map(|r| html! { <p>{ r }</p> }) }</dd>
                    </div>
                }
            </dl>
        </details>
    }
}

fn lost(row: &view::LostRow) -> Html {
    html! {
        <span class="lostrow"><del>{ words(&row.row) }</del><span class="because">{ &row.why }</span></span>
    }
}
