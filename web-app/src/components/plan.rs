//! The plan: where it leads, steps on a line, the open one with its flows, commands, undo and checks.

use super::build_tab::line;
use super::{ViewProps, chip, send};
use crate::state::{Msg, PlanMsg};
use crate::{text, view};
use yew::prelude::*;

/// The plan in the tab.
pub(super) fn plan(props: &ViewProps<view::Build>, model: &view::PlanView) -> Html {
    let act = |name: &'static str, msg| {
        html! {
            <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Plan(msg))}>{ name }</button>
        }
    };
    html! {
        <section class="plan" aria-label={text::PLAN}>
            <div class="row">
                { for model.way.iter().map(|way| html! { <h2>{ way }</h2> }) }
                { act(text::START_HERE, PlanMsg::StartHere) }
                if !model.steps.is_empty() { { act(text::SAVE_PLAN, PlanMsg::Save) } }
            </div>
            <p role="status" class={model.is_busy.then_some("muted")}>{ &model.said }</p>
            if !model.obstacles.is_empty() {
                <ul class="bullets">{ for model.obstacles.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            }
            if !model.steps.is_empty() {
                <ol class="steps" aria-label={text::STEPS}>
                    { for model.steps.iter().enumerate().map(|(at, one)| step(props, at, one)) }
                </ol>
            }
            { differences(&model.differences) }
        </section>
    }
}

fn step(props: &ViewProps<view::Build>, at: usize, step: &view::StepView) -> Html {
    let expanded = step.open.is_some();
    html! {
        <li key={at} class={expanded.then_some("open")}>
            <button type="button" aria-expanded={expanded.to_string()} onclick={send(&props.dispatch, Msg::Plan(PlanMsg::Step(at)))}>
                <span class="at">{ at + 1 }</span><span>{ &step.title }</span>
            </button>
            <span class="effects">{ for step.effects.iter().map(|effect| chip(effect, false)) }</span>
            { for step.open.iter().map(|open| opened(props, open)) }
        </li>
    }
}

fn opened(props: &ViewProps<view::Build>, open: &view::OpenStep) -> Html {
    html! {
        <div class="opened">
            { for open.flows.iter().map(|(title, flows)| html! {
                <>
                    <h3>{ *title }</h3>
                    <ul class="bullets">{ for flows.iter().map(|(words, ends)| flow(props, words, ends)) }</ul>
                </>
            }) }
            { for open.code.iter().map(|(title, lines, text)| commands(props, title, lines, text)) }
            if !open.checks.is_empty() {
                <h3>{ text::STEP_CHECK }</h3>
                <ul class="bullets">{ for open.checks.iter().map(|check| html! { <li>{ check }</li> }) }</ul>
            }
        </div>
    }
}

/// A flow that a press chooses on the picture.
fn flow(props: &ViewProps<view::Build>, words: &str, ends: &str) -> Html {
    let choose = send(&props.dispatch, Msg::Plan(PlanMsg::Flow(ends.to_owned())));
    html! { <li><button type="button" class="flow-link" onclick={choose}>{ words.to_owned() }</button></li> }
}

fn commands(
    props: &ViewProps<view::Build>,
    title: &'static str,
    lines: &[view::CodeLine],
    text: &str,
) -> Html {
    if lines.is_empty() {
        return html! { <><h3>{ title }</h3><p class="muted">{ text::NO_COMMANDS }</p></> };
    }
    let copy = send(
        &props.dispatch,
        Msg::Copy(text.to_owned(), text::STEP_COPIED),
    );
    html! {
        <>
            <p class="row"><b>{ title }</b><button type="button" class="btn small" onclick={copy}>{ text::COPY_STEP }</button></p>
            <div class="code" tabindex="0" role="region" aria-label={title}>
                <pre>{ for lines.iter().map(line) }</pre>
            </div>
        </>
    }
}

fn differences(all: &[String]) -> Html {
    if all.is_empty() {
        return html! {};
    }
    html! {
        <details class="notes">
            <summary>{ text::differences(all.len()) }</summary>
            <ul class="bullets">{ for all.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </details>
    }
}
