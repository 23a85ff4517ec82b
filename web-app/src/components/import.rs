//! Importing: commands to copy, a field to paste into, the report, Azure beside the simulator.

use super::{chip, send};
use crate::state::{DesignMsg, Msg};
use crate::text::import as words;
use crate::view;
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

/// The section.
pub(super) fn import(model: &view::ImportView, dispatch: &Callback<Msg>, uid: &str) -> Html {
    let pasted = dispatch.reform(|event: InputEvent| {
        // A text area has its text where an input has it.
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Design(DesignMsg::Text("pasted".to_owned(), text))
    });
    let id = format!("{uid}-import");
    html! {
        <section class="imports" aria-label={words::IMPORT}>
            <h2>{ words::IMPORT }</h2>
            <p class="muted">{ words::WHERE }</p>
            <details>
                <summary>{ words::COMMANDS }</summary>
                { for model.commands.iter().map(|(title, text)| command(title, text, dispatch)) }
                <p class="muted">{ words::LACKS }</p>
            </details>
            <label for={id.clone()}>{ words::PASTE }</label>
            <textarea class="input" id={id} rows="2" spellcheck="false" autocomplete="off" oninput={pasted} />
            { for model.further.iter().map(|text| command(words::FURTHER, text, dispatch)) }
            if let Some(score) = &model.score {
                <h3>{ words::BESIDE }</h3>
                <p class="score"><b>{ score }</b></p>
            }
            { for model.comparisons.iter().map(|table| comparison(table, dispatch)) }
            if !model.since.is_empty() { { lines(words::SINCE, &model.since, true) } }
            if !model.counts.is_empty() {
                <h3>{ words::REPORT }</h3>
                { for model.counts.iter().map(|(title, all)| lines(title, all, false)) }
                { for model.entries.iter().map(|(title, all)| lines(title, all, false)) }
            }
        </section>
    }
}

fn command(title: &str, text: &str, dispatch: &Callback<Msg>) -> Html {
    let copy = send(dispatch, Msg::Copy(text.to_owned(), words::COPIED));
    html! {
        <div class="command">
            <p class="row"><b>{ title }</b><button type="button" class="btn small" onclick={copy}>{ words::COPY }</button></p>
            <pre tabindex="0" class="m">{ text }</pre>
        </div>
    }
}

fn lines(title: &str, all: &[String], open: bool) -> Html {
    html! {
        <details {open}>
            <summary>{ title }{ ": " }{ all.len() }</summary>
            <ul class="bullets">{ for all.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </details>
    }
}

fn comparison(table: &view::ComparedTable, dispatch: &Callback<Msg>) -> Html {
    let line = |one: &view::ComparedLine| row(one, dispatch);
    html! {
        <>
            <p>{ &table.title }</p>
            if !table.rows.is_empty() { <ul class="compared" aria-label={words::BESIDE}>{ for table.rows.iter().map(line) }</ul> }
            if !table.equal.is_empty() {
                <details>
                    <summary>{ words::equal_rows(table.equal.len()) }</summary>
                    <ul class="compared">{ for table.equal.iter().map(line) }</ul>
                </details>
            }
        </>
    }
}

fn row(line: &view::ComparedLine, dispatch: &Callback<Msg>) -> Html {
    let side = |title: &str, text: &str| html! { <span>{ title }{ " " }<b>{ if text.is_empty() { words::NOTHING } else { text } }</b></span> };
    html! {
        <li>
            <p class="row"><span class="m">{ &line.prefix }</span>{ chip(&line.verdict, false) }</p>
            <p class="row">{ side(words::AZURE, &line.captured) }{ side(words::OURS, &line.ours) }</p>
            if !line.cause.is_empty() { <p>{ &line.cause }</p> }
            if let Some(change) = &line.change {
                <p class="row"><span>{ change.to_string() }</span>
                    <button type="button" class="btn small" onclick={send(dispatch, Msg::Apply(change.clone()))}>{ words::APPLY }</button></p>
            }
        </li>
    }
}
