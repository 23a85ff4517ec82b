//! What is wrong or risky.

use super::term::explained;
use super::{ViewProps, chip, cite, send, words};
use crate::text;
use crate::view::{Chip, FindingView, Findings};
use yew::prelude::*;

type Props = ViewProps<Findings>;

/// The tab.
pub(super) fn findings_tab(props: &Props) -> Html {
    let Findings { searching, found } = &props.model;
    html! {
        <>
            if *searching {
                <p role="status">{ text::SEARCHING }</p>
            } else if found.is_empty() {
                <p>{ text::NO_FINDINGS }</p>
            }
            <ul>{ for found.iter().enumerate().map(|(i, f)| finding(props, i, f)) }</ul>
        </>
    }
}

fn finding(props: &Props, key: usize, finding: &FindingView) -> Html {
    let severity = Chip::new(finding.tone, finding.severity);
    html! {
        <li {key} class={classes!("finding", finding.tone.class())}>
            <p class="head">{ chip(&severity, false) }<b>{ &finding.title }</b></p>
            <p>{ explained(&finding.message) }</p>
            <p class="because">
                <span class="m">{ &finding.code }</span>
                if !finding.subject.is_empty() { { " at " }<span class="m">{ &finding.subject }</span> }
                { for finding.source.iter().map(|(title, url, date)| html! {
                    <>{ ". " }{ text::SOURCE }{ ": " }{ cite(title, url) }{ ", " }{ date }</>
                }) }
            </p>
            if !finding.changes.is_empty() {
                <details class="because">
                    <summary>{ "What the correction changes" }</summary>
                    <ul class="bullets">{ for finding.changes.iter().map(|c| html! { <li>{ words(c) }</li> }) }</ul>
                </details>
            }
            <div class="row">
                { for finding.fix.iter().map(|(label, msg)| html! {
                    <button type="button" class="btn small primary" onclick={send(&props.dispatch, msg.clone())}>{ label }</button>
                }) }
                { for finding.show.iter().map(|msg| html! {
                    <button type="button" class="btn small" onclick={send(&props.dispatch, msg.clone())}>{ text::SHOW_FLOW }</button>
                }) }
            </div>
        </li>
    }
}
