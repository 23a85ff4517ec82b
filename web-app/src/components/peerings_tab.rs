//! Peering objects, and how many there are.

use super::ViewProps;
use super::peering_chart::peering_chart;
use super::rows::Rows;
use crate::state::Flag;
use crate::view;
use yew::prelude::*;

/// The tab.
pub(super) fn peerings_tab(props: &ViewProps<view::Peerings>) -> Html {
    let model = &props.model;
    let mut head = vec!["Object", "Kind", "Regions", "State"];
    head.extend(Flag::ALL.map(Flag::word));
    let objects = model.objects.clone();
    let row = Callback::from(move |at: usize| objects.get(at).map_or_else(Html::default, object));
    html! {
        <>
            <div class="row">
                <p><b>{ &model.count.links }</b>{ " links, " }<b>{ &model.count.objects }</b>{ " objects" }</p>
            </div>
            <ul class="bullets">{ for model.count.derivation.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            { peering_chart(&props.dispatch, &model.chart) }
            <Rows label="Peerings" {head} count={model.objects.len()} {row} />
        </>
    }
}

fn object(object: &view::ObjectView) -> Html {
    html! {
        <>
            <td class="k">{ &object.from }{ " → " }{ &object.to }</td>
            <td>{ object.kind }</td>
            <td>{ &object.regions }</td>
            <td>{ object.state }
                if !object.up { <span class="because">{ "not connected: no packet crosses" }</span> }
            </td>
            { for object.flags.map(|(flag, on)| html! {
                <td class="flag" key={flag.word()}>
                    { if on { html! { <span class="yes">{ "true" }</span> } }
                      else { html! { <span class="no-flag">{ "false" }</span> } } }
                </td>
            }) }
        </>
    }
}
