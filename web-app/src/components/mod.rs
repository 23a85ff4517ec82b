//! What is drawn. Each component places a view model; none of them computes, formats or reaches the browser.
//!
//! | file | area |
//! |---|---|
//! | `app` | the whole page and its store |
//! | `top`, `strip` | the head and the answer |
//! | `side`: `intent`, `estate` | what is asked for, what exists |
//! | `picture`, `map`, `marks`, `tracks`, `combo`, `card`, `twin` | the picture |
//! | `answers` and `*_tab` | the answers under it |
//! | `chart`, `prices` | cost against traffic, prices of one's own |
//! | `pane` | the one component of every part without a state of its own |
//! | `palette` | every action and object by name; the list of keys |
//! | `form` | the form of an object, of every kind |
//! | `designs` | the list of designs, notes about keeping |
//! | `field` | fields that keep what was typed |

mod about;
mod amount;
mod answers;
mod app;
mod balance;
mod beside;
mod build_tab;
mod card;
mod chart;
mod combo;
mod compare_tab;
mod cost_tab;
mod designs;
mod estate;
mod field;
mod findings_tab;
mod form;
mod import;
mod intent;
mod map;
mod marks;
mod mix;
mod objects_tab;
mod palette;
mod pane;
mod path_tab;
mod peering_chart;
mod peerings_tab;
mod picture;
mod plan;
mod prices;
mod reach_tab;
mod routes_tab;
mod rows;
mod side;
mod strip;
mod term;
mod top;
mod tracks;
mod twin;

pub use app::{App, AppProps};

use crate::state::{Msg, Shared, State};
use crate::view::Chip;
use yew::prelude::*;

/// A view model and where messages go.
#[derive(Debug, PartialEq)]
pub(crate) struct ViewProps<T> {
    /// What to show.
    pub(crate) model: T,
    /// Where messages go.
    pub(crate) dispatch: Callback<Msg>,
    /// Begins every id of this page, so that two pages in one document never share one.
    pub(crate) uid: AttrValue,
}

/// The whole state and where messages go.
#[derive(Properties, Debug, Clone, PartialEq)]
pub(crate) struct StateProps {
    /// The state.
    pub(crate) state: Shared<State>,
    /// Where messages go.
    pub(crate) dispatch: Callback<Msg>,
    /// As in [`ViewProps`].
    pub(crate) uid: AttrValue,
}

/// A part that shows a view model.
fn view_pane<T: PartialEq + 'static>(
    draw: fn(&ViewProps<T>) -> Html,
    model: T,
    dispatch: &Callback<Msg>,
    uid: &AttrValue,
) -> Html {
    let props = ViewProps {
        model,
        dispatch: dispatch.clone(),
        uid: uid.clone(),
    };
    pane::pane(draw, props)
}

/// A verdict: a shape, a colour and a word.
pub(crate) fn chip(chip: &Chip, long: bool) -> Html {
    let long = long.then_some("long");
    html! { <span class={classes!("chip", chip.tone.class(), long)}>{ &chip.text }</span> }
}

/// An icon of lines in a 16 × 16 box.
pub(crate) fn icon(path: &'static str) -> Html {
    html! { <svg viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg> }
}

/// A link to a source, opened beside the page.
pub(crate) fn cite(title: &str, url: &str) -> Html {
    html! {
        <a href={url.to_owned()} target="_blank" rel="noopener noreferrer">{ title }</a>
    }
}

/// Words in the type of the page, addresses and prefixes among them in the fixed-width one.
pub(crate) fn words(text: &str) -> Html {
    let address =
        |word: &str| word.contains('.') && word.starts_with(|first: char| first.is_ascii_digit());
    let word = |word: &str| {
        if address(word) {
            let (own, gap) = word.split_at(word.trim_end().len());
            html! { <><span class="m">{ own }</span>{ gap }</> }
        } else {
            html! { { word } }
        }
    };
    text.split_inclusive(' ').map(word).collect::<Html>()
}

/// A callback that sends one message, whatever happened.
pub(crate) fn send<E: 'static>(dispatch: &Callback<Msg>, msg: Msg) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |_: E| dispatch.emit(msg.clone()))
}
