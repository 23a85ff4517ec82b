//! Long tables and lists: only the rows that are seen, and some around them, are elements of the page.
//!
//! The rule: up to [`WHOLE`] rows all are drawn; beyond that as many as are in sight with a margin, between two spacers that
//! keep the length of the whole, so that scrolling feels as if all stood there. Assistive technology is told how many
//! rows there are and which ones these are.

use web_sys::{Element, Event};
use yew::prelude::*;

/// Tables up to this length are drawn whole.
const WHOLE: usize = 80;

/// Rows drawn at once of a longer one.
const SEEN: usize = 48;

/// Rows before the first in sight.
const MARGIN: usize = 8;

/// Height of a row of a windowed table in pixels, as its styles have it.
const HIGH: usize = 30;

/// A long table.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct RowsProps {
    /// Its name.
    pub(super) label: AttrValue,
    /// Column headings.
    pub(super) head: Vec<&'static str>,
    /// How many rows there are.
    pub(super) count: usize,
    /// Draws the row at a position: its cells.
    pub(super) row: Callback<usize, Html>,
}

/// The table.
#[component]
pub(super) fn Rows(props: &RowsProps) -> Html {
    let first = use_state_eq(|| 0_usize);
    let windowed = props.count > WHOLE;
    let scrolled = {
        let first = first.clone();
        Callback::from(move |event: Event| {
            let top = event
                .target_dyn_into::<Element>()
                .map_or(0, |element| element.scroll_top());
            // In steps: a window that moves with every pixel would be drawn too often.
            let row = usize::try_from(top).unwrap_or(0) / HIGH;
            first.set(row / MARGIN * MARGIN);
        })
    };
    let (from, to) = if windowed {
        let from = first
            .saturating_sub(MARGIN)
            .min(props.count.saturating_sub(SEEN));
        (from, (from + SEEN).min(props.count))
    } else {
        (0, props.count)
    };
    let spacer = |key: &'static str, rows: usize| {
        let high = (rows * HIGH).to_string();
        html! {
            if rows > 0 {
                <tr {key} class="spacer" aria-hidden="true"><td colspan={props.head.len().to_string()} height={high}></td></tr>
            }
        }
    };
    let onscroll = windowed.then_some(scrolled);
    html! {
        <div class={classes!("tablebox", windowed.then_some("windowed"))} tabindex="0" role="region"
            aria-label={props.label.clone()} {onscroll}>
            <table aria-rowcount={windowed.then(|| (props.count + 1).to_string())}>
                <caption>{ &props.label }</caption>
                <thead><tr>{ for props.head.iter().map(|word| html! { <th scope="col" key={*word}>{ *word }</th> }) }</tr></thead>
                <tbody>
                    { spacer("before", from) }
                    { for (from..to).map(|at| html! {
                        <tr key={at} aria-rowindex={windowed.then(|| (at + 2).to_string())}>{ props.row.emit(at) }</tr>
                    }) }
                    { spacer("after", props.count - to) }
                </tbody>
            </table>
        </div>
    }
}
