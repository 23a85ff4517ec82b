//! The path as sentences, to be read or heard.

use super::{ViewProps, chip};
use crate::{text, view};
use yew::prelude::*;

/// The tab.
pub(super) fn path_tab(props: &ViewProps<Option<view::PathView>>) -> Html {
    let Some(path) = props.model.as_ref() else {
        return html! { <p class="muted">{ text::CHOOSE_BOTH }</p> };
    };
    html! {
        <>
            <p class="row">{ chip(&path.chip, false) }<span>{ &path.sentence }{ "." }</span></p>
            <div class="twocol">
                { for path.forward.iter().map(|w| way(text::FORWARD, "forward", w)) }
                { for path.back.iter().map(|w| way(text::BACK, "back", w)) }
            </div>
        </>
    }
}

fn way(title: &'static str, class: &'static str, way: &view::WayView) -> Html {
    let choice =
        (way.branches > 1).then(|| format!(", choice {} of {}", way.chosen + 1, way.branches));
    html! {
        <section class={classes!("block", class)} aria-label={title}>
            <h2>{ title }{ choice.unwrap_or_default() }</h2>
            <ol class="speech">
                { for way.hops.iter().map(|hop| html! {
                    <li key={hop.number}>
                        <span class="no">{ hop.number }</span>
                        <span>{ &hop.sentence }
                            { for hop.losers.iter().map(|lost| html! {
                                <span class="because">{ "Not by " }{ &lost.row }{ ": " }{ &lost.why }{ "." }</span>
                            }) }
                            { for hop.remarks.iter().map(|remark| html! {
                                <span class="because">{ "Note: " }{ remark }{ "." }</span>
                            }) }
                        </span>
                    </li>
                }) }
            </ol>
        </section>
    }
}
