//! The picture as tables, always in step with it.

use super::{ViewProps, send};
use crate::state::{Msg, PickMsg};
use crate::{text, view};
use yew::prelude::*;

/// The tables.
pub(super) fn twin_tables(props: &ViewProps<view::Twin>) -> Html {
    let twin = &props.model;
    html! {
        <details class="twin">
            <summary>{ text::TWIN }</summary>
            <div class="twocol">
                <div class="tablebox" tabindex="0" role="region" aria-label="Networks">
                    <table>
                        <caption>{ "Networks" }</caption>
                        <thead><tr>
                            <th scope="col">{ "Name" }</th><th scope="col">{ "Role" }</th><th scope="col">{ "Region" }</th>
                            <th scope="col">{ "Ranges" }</th><th scope="col">{ "In it" }</th>
                        </tr></thead>
                        <tbody>{ for twin.nodes.iter().map(|node| html! {
                            <tr key={node.key.word()}>
                                <td class="k">
                                    <button type="button" class="btn small"
                                        onclick={send(&props.dispatch, Msg::Pick(PickMsg::Node(node.key)))}>{ &node.name }</button>
                                </td>
                                <td>{ node.role }</td><td>{ &node.region }</td>
                                <td class="k m">{ &node.ranges }</td><td>{ &node.machines }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
                <div class="tablebox" tabindex="0" role="region" aria-label="Links">
                    <table>
                        <caption>{ "Links" }</caption>
                        <thead><tr>
                            <th scope="col">{ "From" }</th><th scope="col">{ "To" }</th><th scope="col">{ "Kind" }</th>
                            <th scope="col">{ "State" }</th><th scope="col">{ "Flags" }</th>
                        </tr></thead>
                        <tbody>{ for twin.links.iter().enumerate().map(|(i, link)| html! {
                            <tr key={i}>
                                <td class="k">{ &link.a }</td><td class="k">{ &link.b }</td><td>{ link.kind }</td>
                                <td>{ link.state }</td><td>{ &link.flags }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </div>
        </details>
    }
}
