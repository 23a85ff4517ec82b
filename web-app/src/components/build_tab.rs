//! The design as code: forms as tabs, files, the text, what to know.

use super::{ViewProps, send};
use crate::state::{BuildMsg, Msg, PictureFile, PlanMsg};
use crate::{text, view};
use interspoke_core::export::{Groups, Naming};
use yew::prelude::*;

/// The tab.
pub(super) fn build_tab(props: &ViewProps<view::Build>) -> Html {
    let model = &props.model;
    if let Some(plan) = &model.plan {
        return html! { <>{ switch(props, true) }{ super::plan::plan(props, plan) }</> };
    }
    html! {
        <>
            { switch(props, false) }
            <div class="row">
                <span class="seg" role="group" aria-label={text::FORMS}>
                    { for model.forms.iter().map(|(form, name, on)| {
                        button(props, name, *on, BuildMsg::Form(*form))
                    }) }
                </span>
                { choices(props) }
            </div>
            { files(props) }
            { code(model) }
            { notes(model) }
        </>
    }
}

/// Code or the plan.
fn switch(props: &ViewProps<view::Build>, plan: bool) -> Html {
    let one = |name: &'static str, shown: bool| {
        html! {
            <button type="button" aria-pressed={(shown == plan).to_string()}
                onclick={send(&props.dispatch, Msg::Plan(PlanMsg::Show(shown)))}>{ name }</button>
        }
    };
    html! {
        <div class="row">
            <span class="seg" role="group" aria-label={text::CODE_OR_PLAN}>
                { one(text::AS_CODE, false) }
                { one(text::PLAN, true) }
            </span>
        </div>
    }
}

fn button(props: &ViewProps<view::Build>, name: &str, on: bool, msg: BuildMsg) -> Html {
    html! {
        <button type="button" key={name.to_owned()} aria-pressed={on.to_string()}
            onclick={send(&props.dispatch, Msg::Build(msg))}>{ name.to_owned() }</button>
    }
}

fn choices(props: &ViewProps<view::Build>) -> Html {
    let model = &props.model;
    let naming = |naming| (naming == model.naming, BuildMsg::Naming(naming));
    let (short, plain) = (naming(Naming::Abbreviated), naming(Naming::AsWritten));
    html! {
        <>
            <span class="seg" role="group" aria-label={text::NAMES}>
                { button(props, text::NAMES_SHORT, short.0, short.1) }
                { button(props, text::NAMES_PLAIN, plain.0, plain.1) }
            </span>
            if let Some(groups) = model.groups {
                <span class="seg" role="group" aria-label={text::RESOURCE_GROUPS}>
                    { button(props, text::GROUP_ONE, groups == Groups::One, BuildMsg::Groups(Groups::One)) }
                    { button(props, text::GROUP_REGION, groups == Groups::PerRegion, BuildMsg::Groups(Groups::PerRegion)) }
                </span>
            }
        </>
    }
}

fn files(props: &ViewProps<view::Build>) -> Html {
    let act = |name: &'static str, msg| {
        html! {
            <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Build(msg))}>{ name }</button>
        }
    };
    html! {
        <div class="row files">
            <span class="names" role="group" aria-label={text::FILES}>
                { for props.model.files.iter().enumerate().map(|(at, (name, on))| {
                    button(props, name, *on, BuildMsg::File(at))
                }) }
            </span>
            { act(text::COPY_FILE, BuildMsg::Copy) }
            { act(text::SAVE_FILE, BuildMsg::Save) }
            { act(text::SAVE_ALL, BuildMsg::SaveAll) }
            { act(text::SAVE_REPORT, BuildMsg::Report) }
            { act(text::SAVE_SVG, BuildMsg::Picture(PictureFile::Svg)) }
            { act(text::SAVE_PNG, BuildMsg::Picture(PictureFile::Png)) }
        </div>
    }
}

fn code(model: &view::Build) -> Html {
    html! {
        <div class="code" tabindex="0" role="region" aria-label={text::CODE}>
            if model.writing { <p class="more" role="status">{ text::WRITING }</p> }
            <pre>{ for model.lines.iter().map(line) }</pre>
            if let Some(more) = &model.more { <p class="more">{ more }</p> }
        </div>
    }
}

/// A line in its pieces.
pub(super) fn line(pieces: &view::CodeLine) -> Html {
    html! {
        <code>
            { for pieces.iter().map(|(piece, text)| html! { <span class={piece.class()}>{ text }</span> }) }
            { "\n" }
        </code>
    }
}

fn notes(model: &view::Build) -> Html {
    if model.notes.is_empty() {
        return html! {};
    }
    html! {
        <details class="notes" open=true>
            <summary>{ text::to_know(model.notes.len()) }</summary>
            <ul class="bullets">
                { for model.notes.iter().map(|(place, note)| html! {
                    <li><b>{ place }</b>{ ": " }{ note }</li>
                }) }
            </ul>
        </details>
    }
}
