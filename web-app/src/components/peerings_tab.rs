//! Links with their two objects, and how many there are.

use super::ViewProps;
use crate::state::Flag;
use crate::view;
use yew::prelude::*;

/// The tab.
pub(super) fn peerings_tab(props: &ViewProps<view::Peerings>) -> Html {
    let model = &props.model;
    html! {
        <>
            <div class="row">
                <p><b>{ &model.links_count }</b>{ " links, " }<b>{ &model.objects_count }</b>{ " objects" }</p>
            </div>
            <ul class="bullets">{ for model.derivation.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            <div class="tablebox" tabindex="0" role="region" aria-label="Peerings">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Object" }</th><th scope="col">{ "State" }</th>
                        { for Flag::ALL.map(|flag| html! { <th scope="col" class="flag" key={flag.word()}>{ flag.word() }</th> }) }
                    </tr></thead>
                    { for model.links.iter().enumerate().map(|(i, l)| link(i, l)) }
                </table>
            </div>
        </>
    }
}

fn link(key: usize, link: &view::LinkView) -> Html {
    html! {
        <tbody {key}>
            <tr class="group">
                <td colspan="6">{ link.kind }{ ", " }{ &link.regions }
                    if !link.up { <span class="because">{ "not connected: no packet crosses" }</span> }
                </td>
            </tr>
            { for link.objects.iter().enumerate().map(|(i, object)| html! {
                <tr key={i}>
                    <td class="k">{ &object.from }{ " → " }{ &object.to }</td>
                    <td>{ object.state }</td>
                    { for object.flags.map(|(flag, on)| html! {
                        <td class="flag" key={flag.word()}>
                            { if on { html! { <span class="yes">{ "true" }</span> } }
                              else { html! { <span class="no-flag">{ "false" }</span> } } }
                        </td>
                    }) }
                </tr>
            }) }
        </tbody>
    }
}
