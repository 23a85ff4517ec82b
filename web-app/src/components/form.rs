//! The form of an object: every kind by the same few controls, from the description of its fields.

use super::field::{chosen, ticked};
use super::{ViewProps, icon, send};
use crate::form::Place;
use crate::state::{FormMsg, Msg};
use crate::view::{Control, FieldView, Form, Objects, Row, Rows, Said};
use crate::{text, view};
use web_sys::{HtmlInputElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

type Props = ViewProps<Objects>;

const CROSS: &str = "M4 4l8 8M12 4l-8 8";
const PLUS: &str = "M8 3v10M3 8h10";

/// The open form with what can be done to the object.
pub(super) fn form(props: &Props, form: &Form) -> Html {
    let deed = |label: &'static str, msg: FormMsg| {
        html! {
            <button type="button" class="btn small" aria-label={format!("{label} {}", form.title)}
                onclick={send(&props.dispatch, Msg::Form(msg))}>{ label }</button>
        }
    };
    html! {
        <article class="form" tabindex="-1" aria-label={format!("{} {}", form.noun, form.title)}>
            <header>
                <h3><span class="because">{ form.noun }</span>{ &form.title }</h3>
                <div class="row">
                    { deed(text::form::COPY, FormMsg::Copy(form.kind, form.at)) }
                    { deed(text::form::DELETE, FormMsg::Delete(form.kind, form.at)) }
                </div>
            </header>
            if let Some(goes) = &form.goes { <p class="because">{ goes }</p> }
            { for form.said.iter().map(said) }
            { fields(props, &form.fields) }
        </article>
    }
}

fn fields(props: &Props, all: &[FieldView]) -> Html {
    html! { <div class="fields">{ for all.iter().map(|one| field(props, one)) }</div> }
}

fn id_of(props: &Props, place: &Place) -> String {
    let word = place.to_string().replace(['.', '[', ']'], "-");
    format!("{}-{word}", props.uid)
}

fn field(props: &Props, field: &FieldView) -> Html {
    let key = field.place.to_string();
    match &field.control {
        Control::Group(below) => html! {
            <fieldset class="part" {key}><legend>{ field.label }</legend>
                <p class="because">{ field.help }</p>{ fields(props, below) }</fieldset>
        },
        Control::Part(noun, below) => html! {
            <fieldset class="part" {key}><legend>{ field.label }</legend>
                <p class="because">{ field.help }</p>
                { part(props, field, noun, below.as_deref()) }</fieldset>
        },
        Control::Rows(list) => html! { <div class="list" {key}>{ rows(props, field, list) }</div> },
        Control::Flag(on) => html! { <div class="one" {key}>{ flag(props, field, *on) }</div> },
        _ => html! { <div class="one" {key}>{ value(props, field) }</div> },
    }
}

/// A labelled value with its help and what is wrong with it.
fn value(props: &Props, field: &FieldView) -> Html {
    let id = id_of(props, &field.place);
    html! {
        <>
            <label for={id.clone()}>{ field.label }</label>
            { control(props, field, &id) }
            { below(props, field, &id) }
        </>
    }
}

fn wrong(field: &FieldView) -> bool {
    field.draft.error.is_some() || field.said.iter().any(|said| said.tone == view::Tone::Bad)
}

fn control(props: &Props, field: &FieldView, id: &str) -> Html {
    let invalid = wrong(field).then_some("true");
    let described = format!("{id}-help");
    let name = field.name.clone();
    let place = field.place.clone();
    match &field.control {
        Control::Choice(all) => {
            let set = props
                .dispatch
                .reform(move |word| Msg::Form(FormMsg::Chosen(place.clone(), word)));
            html! {
                <select class="input" id={id.to_owned()} aria-label={name} aria-invalid={invalid}
                    aria-describedby={described} onchange={chosen(set)}>
                    { for all.iter().map(|(word, shown)| html! {
                        <option key={word.clone()} value={word.clone()} selected={*word == field.draft.text}>{ shown }</option>
                    }) }
                </select>
            }
        }
        Control::Lines(lines) => {
            let typed = typing(props, place, |event| {
                event.target_unchecked_into::<HtmlTextAreaElement>().value()
            });
            html! {
                <textarea class="input" id={id.to_owned()} rows={lines.to_string()} aria-label={name} aria-invalid={invalid}
                    aria-describedby={described} autocomplete="off" spellcheck="false"
                    value={field.draft.text.clone()} oninput={typed} onfocusout={left(props, field)} />
            }
        }
        Control::Text(suggested) => {
            let typed = typing(props, place, |event| {
                event.target_unchecked_into::<HtmlInputElement>().value()
            });
            let list = format!("{id}-list");
            html! {
                <>
                    <input type="text" class="input" id={id.to_owned()} aria-label={name} aria-invalid={invalid}
                        list={(!suggested.is_empty()).then(|| list.clone())}
                        aria-describedby={described} autocomplete="off" autocapitalize="off" spellcheck="false"
                        value={field.draft.text.clone()} oninput={typed} onfocusout={left(props, field)} />
                    if !suggested.is_empty() {
                        <datalist id={list}>{ for suggested.iter().map(|(one, word)| html! { <option key={one.clone()} value={one.clone()}>{ word }</option> }) }</datalist>
                    }
                </>
            }
        }
        _ => html! {},
    }
}

fn typing(props: &Props, place: Place, value: fn(&InputEvent) -> String) -> Callback<InputEvent> {
    let dispatch = props.dispatch.clone();
    Callback::from(move |event: InputEvent| {
        dispatch.emit(Msg::Form(FormMsg::Typed(place.clone(), value(&event))));
    })
}

fn left(props: &Props, field: &FieldView) -> Callback<FocusEvent> {
    send(
        &props.dispatch,
        Msg::Form(FormMsg::Left(field.place.clone())),
    )
}

/// Help, or what was expected instead; what the topology says; a value that would be right.
fn below(props: &Props, field: &FieldView, id: &str) -> Html {
    html! {
        <div class="below" id={format!("{id}-help")}>
            if let Some(error) = &field.draft.error {
                <p class="error">{ error }</p>
            } else if field.said.is_empty() {
                <p class="because">{ field.help }</p>
            }
            { for field.said.iter().map(said) }
            if let Some(offer) = &field.offer {
                <button type="button" class="btn small offer"
                    onclick={send(&props.dispatch, Msg::Form(FormMsg::Chosen(field.place.clone(), offer.clone())))}>
                    { text::form::NEXT_FREE }{ " " }<span class="m">{ offer }</span>
                </button>
            }
        </div>
    }
}

fn said(said: &Said) -> Html {
    let class = classes!("said", said.tone.class());
    html! { <p {class}><span class="m">{ said.code }</span>{ " " }{ &said.message }</p> }
}

fn flag(props: &Props, field: &FieldView, on: bool) -> Html {
    let place = field.place.clone();
    let set = props
        .dispatch
        .reform(move |on: bool| Msg::Form(FormMsg::Chosen(place.clone(), on.to_string())));
    let id = id_of(props, &field.place);
    html! {
        <>
            <label class="check">
                <input type="checkbox" id={id.clone()} checked={on} aria-label={field.name.clone()}
                    aria-describedby={format!("{id}-help")} onchange={ticked(set)} />
                <span>{ field.label }</span>
            </label>
            { below(props, field, &id) }
        </>
    }
}

fn part(props: &Props, field: &FieldView, noun: &str, below: Option<&[FieldView]>) -> Html {
    let (label, path, msg) = match below {
        Some(_) => (
            text::form::remove(noun),
            CROSS,
            FormMsg::RemoveRow(field.place.clone()),
        ),
        None => (
            text::form::add(noun),
            PLUS,
            FormMsg::AddRow(field.place.clone()),
        ),
    };
    html! {
        <>
            { for below.map(|below| fields(props, below)) }
            <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Form(msg))}>
                { icon(path) }{ label }</button>
        </>
    }
}

fn rows(props: &Props, field: &FieldView, list: &Rows) -> Html {
    let add = FormMsg::AddRow(field.place.clone());
    html! {
        <>
            <div class="listhead">
                <h4>{ field.label }{ " " }<span class="n">{ list.total }</span></h4>
                <p class="because">{ field.help }</p>
            </div>
            { for field.said.iter().map(said) }
            { for list.rows.iter().map(|one| row(props, list.noun, one)) }
            { pages(props, list.from, view::ROWS, list.total, field.label, |from| FormMsg::Rows(field.place.clone(), from)) }
            <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Form(add))}>
                { icon(PLUS) }{ text::form::add(list.noun) }</button>
        </>
    }
}

fn row(props: &Props, noun: &str, row: &Row) -> Html {
    let remove = FormMsg::RemoveRow(row.place.clone());
    html! {
        <section class="line" key={row.place.to_string()} aria-label={row.title.clone()}>
            { fields(props, &row.fields) }
            <button type="button" class="btn icon" aria-label={text::form::remove(&row.title)}
                title={text::form::remove(noun)} onclick={send(&props.dispatch, Msg::Form(remove))}>{ icon(CROSS) }</button>
        </section>
    }
}

/// Earlier and later rows of a long list.
pub(super) fn pages(
    props: &Props,
    from: usize,
    size: usize,
    total: usize,
    what: &str,
    turn: impl Fn(usize) -> FormMsg,
) -> Html {
    if total <= size {
        return html! {};
    }
    let past = from.saturating_add(size).min(total);
    let button = |label: &'static str, to: usize, off: bool| {
        html! {
            <button type="button" class="btn small" disabled={off} aria-label={format!("{label}, {what}")}
                onclick={send(&props.dispatch, Msg::Form(turn(to)))}>{ label }</button>
        }
    };
    html! {
        <nav class="row pages" aria-label={what.to_owned()}>
            { button(text::form::EARLIER, from.saturating_sub(size), from == 0) }
            <span class="muted">{ text::form::page(from.saturating_add(1), past, total) }</span>
            { button(text::form::LATER, past, past >= total) }
        </nav>
    }
}
