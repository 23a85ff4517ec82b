//! The objects: kinds, those of one kind, and the form of one.

use super::form::{form, pages};
use super::{ViewProps, icon, send};
use crate::state::{FormMsg, Msg};
use crate::view::{KindRow, ObjectRow, Objects, Tone};
use crate::{text, view};
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

type Props = ViewProps<Objects>;

/// The tab.
pub(super) fn objects_tab(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <section class="objects" aria-label={text::form::OBJECTS}>
            <nav class="kinds" aria-label={text::form::KINDS}>
                { for model.kinds.iter().map(|one| kind(props, one)) }
            </nav>
            <div class="master">
                { head(props) }
                if model.found == 0 { <p class="muted">{ empty(model) }</p> }
                <ul aria-label={text::form::kind(model.kind.path())}>{ for model.rows.iter().map(|one| object(props, one)) }</ul>
                { pages(props, model.from, view::PAGE, model.found, text::form::kind(model.kind.path()), FormMsg::From) }
            </div>
            <div class="detail">
                if let Some(open) = &model.form { { form(props, open) } }
            </div>
        </section>
    }
}

fn empty(model: &Objects) -> String {
    if model.search.trim().is_empty() {
        text::form::none_yet(model.kind.path())
    } else {
        text::form::none_found(&model.search)
    }
}

/// How many issues, with the worst as colour, shape and word.
fn wrong(wrong: Option<(usize, Tone)>) -> Html {
    let Some((count, tone)) = wrong else {
        return html! {};
    };
    html! { <span class={classes!("chip", tone.class())}>{ text::form::issues(count) }</span> }
}

fn kind(props: &Props, row: &KindRow) -> Html {
    let open = row.kind == props.model.kind;
    html! {
        <button type="button" key={row.kind.path()} class={(row.count == 0).then_some("none")}
            aria-current={open.then_some("true")}
            onclick={send(&props.dispatch, Msg::Form(FormMsg::List(row.kind)))}>
            <span>{ text::form::kind(row.kind.path()) }</span>{ wrong(row.wrong) }<span class="n">{ row.count }</span>
        </button>
    }
}

fn head(props: &Props) -> Html {
    let model = &props.model;
    let dispatch = props.dispatch.clone();
    let search = Callback::from(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatch.emit(Msg::Form(FormMsg::Search(typed)));
    });
    let noun = model.kind.table().noun;
    html! {
        <div class="row">
            <input type="search" class="input" aria-label={text::form::SEARCH} placeholder={text::form::SEARCH}
                autocomplete="off" spellcheck="false" value={model.search.clone()} oninput={search} />
            if model.may_add {
                <button type="button" class="btn primary" onclick={send(&props.dispatch, Msg::Form(FormMsg::Add(model.kind)))}>
                    { icon("M8 3v10M3 8h10") }{ text::form::add(noun) }</button>
            }
        </div>
    }
}

fn object(props: &Props, row: &ObjectRow) -> Html {
    let kind = props.model.kind;
    let open = props
        .model
        .form
        .as_ref()
        .is_some_and(|form| form.at == row.at);
    html! {
        <li key={row.at}>
            <button type="button" aria-current={open.then_some("true")}
                onclick={send(&props.dispatch, Msg::Form(FormMsg::Open(kind, row.at)))}>
                <span>{ &row.title }</span>
                if row.stub { <span class="chip" title={text::import::STUB_LONG}>{ text::import::STUB }</span> }
                { wrong(row.wrong) }
            </button>
        </li>
    }
}
