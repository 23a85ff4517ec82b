//! The answers under the picture, as tabs.

use super::build_tab::build_tab;
use super::compare_tab::compare_tab;
use super::cost_tab::cost_tab;
use super::findings_tab::findings_tab;
use super::objects_tab::objects_tab;
use super::path_tab::path_tab;
use super::peering_chart::peering_chart;
use super::peerings_tab::peerings_tab;
use super::reach_tab::reach_tab;
use super::routes_tab::routes_tab;
use super::{StateProps, send, view_pane};
use crate::state::{Msg, State, Tab, View};
use crate::view::Tone;
use crate::{text, view};
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// The tabs and the open one.
pub(super) fn answers(props: &StateProps) -> Html {
    let (state, uid) = (&props.state, &props.uid);
    if state.shown.view == View::Chart {
        let model = view::peerings(state);
        return html! {
            <section class="answers" aria-label="Answers">
                <div class="panel">{ peering_chart(&props.dispatch, &model.chart) }</div>
            </section>
        };
    }
    let tab = state.tab;
    // Compare says itself what it is of.
    let older = state.is_older() && tab != Tab::Compare;
    html! {
        <section class="answers" aria-label="Answers">
            <h2 class="hidden">{ text::ANSWERS }</h2>
            <div class="tabs" role="tablist" aria-label="Answers">
                { for Tab::ALL.map(|one| head(props, one)) }
            </div>
            <div class="panel" role="tabpanel" tabindex="-1" id={format!("{uid}-panel")} aria-labelledby={tab_id(uid, tab)}>
                if older { <p class="older">{ text::OLDER }</p> }
                { open(props) }
            </div>
        </section>
    }
}

fn open(props: &StateProps) -> Html {
    let state: &State = &props.state;
    let (dispatch, uid) = (&props.dispatch, &props.uid);
    match state.tab {
        Tab::Compare => view_pane(compare_tab, view::compare(state), dispatch, uid),
        Tab::Path => view_pane(path_tab, view::path(state), dispatch, uid),
        Tab::Routes => view_pane(routes_tab, view::routes(state), dispatch, uid),
        Tab::Reachability => view_pane(reach_tab, view::reach(state), dispatch, uid),
        Tab::Peerings => view_pane(peerings_tab, view::peerings(state), dispatch, uid),
        Tab::Cost => view_pane(cost_tab, view::bill(state), dispatch, uid),
        Tab::Findings => view_pane(findings_tab, view::found(state), dispatch, uid),
        Tab::Objects => view_pane(objects_tab, view::objects(state), dispatch, uid),
        Tab::Build => view_pane(build_tab, view::build(state), dispatch, uid),
    }
}

fn tab_id(uid: &AttrValue, tab: Tab) -> String {
    format!("{uid}-tab-{}", text::tab(tab).to_ascii_lowercase())
}

fn head(props: &StateProps, tab: Tab) -> Html {
    let selected = props.state.tab == tab;
    let keys = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = neighbour(tab, &event.key()) {
                event.prevent_default();
                dispatch.emit(Msg::Show(next));
                focus_at(
                    &event,
                    Tab::ALL.iter().position(|t| *t == next).unwrap_or_default(),
                );
            }
        })
    };
    let badge = (tab == Tab::Findings)
        .then(|| badge(&props.state))
        .flatten();
    html! {
        <button type="button" role="tab" key={text::tab(tab)} id={tab_id(&props.uid, tab)}
            aria-selected={selected.to_string()} aria-controls={format!("{}-panel", props.uid)}
            tabindex={if selected { "0" } else { "-1" }}
            onclick={send(&props.dispatch, Msg::Show(tab))} onkeydown={keys}>
            { text::tab(tab) }{ for badge }
        </button>
    }
}

/// How many findings there are, coloured by the worst.
fn badge(state: &State) -> Option<Html> {
    let findings = view::findings(state);
    let worst = findings.first().map(|f| f.tone)?;
    let class = match worst {
        Tone::Bad => Some("bad"),
        Tone::Warn => Some("warn"),
        Tone::Good | Tone::Plain => None,
    };
    Some(html! { <span class={classes!("n", class)}>{ findings.len() }</span> })
}

/// The tab that an arrow key leads to.
fn neighbour(tab: Tab, key: &str) -> Option<Tab> {
    let here = Tab::ALL.iter().position(|t| *t == tab)?;
    let last = Tab::ALL.len() - 1;
    let next = match key {
        "ArrowRight" => {
            if here == last {
                0
            } else {
                here + 1
            }
        }
        "ArrowLeft" => here.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Tab::ALL.get(next).copied()
}

/// Gives the focus to a tab of the list that the event came from.
fn focus_at(event: &KeyboardEvent, at: usize) {
    let list = event
        .target_dyn_into::<Element>()
        .and_then(|tab| tab.parent_element());
    let position = u32::try_from(at).unwrap_or_default();
    let tab = list.and_then(|list| list.children().item(position));
    if let Some(tab) = tab.and_then(|tab| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(tab).ok()) {
        let _ = tab.focus();
    }
}

/// Gives the focus to the other tab of a list of two.
pub(super) fn focus_neighbour(event: &KeyboardEvent) {
    let tab = event.target_dyn_into::<Element>();
    let first = tab.is_some_and(|tab| tab.previous_element_sibling().is_none());
    focus_at(event, usize::from(first));
}
