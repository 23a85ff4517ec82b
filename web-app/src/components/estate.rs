//! What exists: samples, VNets by region, the simulator's settings.

use super::field::ticked;
use super::import::import;
use super::{ViewProps, cite, send};
use crate::scene::NodeKey;
use crate::state::{Msg, PickMsg, SpecMsg};
use crate::{text, view};
use yew::prelude::*;

type Props = ViewProps<view::Estate>;

/// The panel.
pub(super) fn estate(props: &Props) -> Html {
    let model = &props.model;
    let strict = props.dispatch.reform(|on| Msg::Spec(SpecMsg::Strict(on)));
    html! {
        <>
            <section>
                <h2>{ text::SAMPLES }</h2>
                { for model.samples.iter().map(|s| sample(props, s)) }
                { for model.about.iter().map(about) }
            </section>
            { import(&model.import, &props.dispatch, &props.uid) }
            <section>
                <h2>{ text::ESTATE }</h2>
                { for model.regions.iter().map(|r| region(props, r)) }
            </section>
            <section>
                <h2>{ "Reading of the rules" }</h2>
                <label class="check">
                    <input type="checkbox" checked={model.strict} onchange={ticked(strict)} />
                    <span>{ text::STRICT }<span class="because">{ text::STRICT_WHY }</span></span>
                </label>
            </section>
        </>
    }
}

fn sample(props: &Props, sample: &view::SampleChoice) -> Html {
    html! {
        <button type="button" class="sample" key={sample.id} aria-pressed={sample.chosen.to_string()}
            onclick={send(&props.dispatch, Msg::Sample(sample.id))}>
            <b>{ sample.title }</b>
        </button>
    }
}

fn about(about: &interspoke_core::document::About) -> Html {
    let source = |source: &interspoke_core::document::DocumentSource| {
        html! {
            <li class="cite" key={source.url.clone()}>
                { text::SOURCE }{ ": " }
                { if source.url.is_empty() { html! { &source.title } } else { cite(&source.title, &source.url) } }
                if !source.version.is_empty() { { ", " }{ &source.version } }
            </li>
        }
    };
    html! {
        <div class="about">
            <p>{ &about.summary }</p>
            <ul>{ for about.sources.iter().map(source) }</ul>
            if !about.assumptions.is_empty() {
                <details class="cite">
                    <summary>{ "What was added or taken for granted" }</summary>
                    <ul class="bullets">{ for about.assumptions.iter().map(|a| html! { <li>{ a }</li> }) }</ul>
                </details>
            }
        </div>
    }
}

fn region(props: &Props, region: &view::EstateRegion) -> Html {
    let count = text::counted(region.vnets.len() + region.more, "VNet", "VNets");
    html! {
        <div key={region.name.clone()}>
            <p class="region-name"><span>{ &region.name }</span><span>{ count }</span></p>
            <ul class="vnets">{ for region.vnets.iter().map(|v| vnet(props, v)) }</ul>
            if region.more > 0 { <p class="muted">{ text::more_vnets(region.more) }</p> }
        </div>
    }
}

fn vnet(props: &Props, vnet: &view::EstateVnet) -> Html {
    let end = match (vnet.is_from, vnet.is_to) {
        (true, true) => Some("source and destination"),
        (true, false) => Some("source"),
        (false, true) => Some("destination"),
        (false, false) => None,
    };
    let msg = Msg::Pick(PickMsg::Node(NodeKey::Vnet(vnet.id)));
    html! {
        <li key={vnet.id.index()}>
            <button type="button" onclick={send(&props.dispatch, msg)}>
                <span>{ &vnet.name }{ for end.map(|end| html! { <span class="endmark">{ end }</span> }) }</span>
                <span class="m">{ &vnet.prefixes }</span>
            </button>
        </li>
    }
}
