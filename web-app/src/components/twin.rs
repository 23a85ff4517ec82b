//! The picture as tables, always in step with it. Rows are put into words when they are seen.

use super::rows::Rows;
use super::send;
use crate::scene::Scene;
use crate::state::{Answers, Msg, PickMsg, Shared};
use crate::{text, view};
use yew::prelude::*;

/// What the tables are made of.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct TwinProps {
    pub(super) answers: Shared<Answers>,
    pub(super) scene: Shared<Scene>,
    pub(super) dispatch: Callback<Msg>,
}

/// The tables.
#[component]
pub(super) fn Twin(props: &TwinProps) -> Html {
    let twin = use_memo(props.answers.clone(), |answers| {
        view::Twin::of(answers.topology())
    });
    let network = {
        let (twin, answers, scene) = (twin.clone(), props.answers.clone(), props.scene.clone());
        let dispatch = props.dispatch.clone();
        Callback::from(move |at: usize| {
            let row = twin.network(answers.topology(), &scene, at);
            row.map_or_else(Html::default, |row| network(&row, &dispatch))
        })
    };
    let link = {
        let (twin, answers) = (twin.clone(), props.answers.clone());
        Callback::from(move |at: usize| {
            let row = twin.link(answers.topology(), at);
            row.map_or_else(Html::default, |row| link(&row))
        })
    };
    let networks = ["Name", "Role", "Region", "Ranges", "In it"];
    let links = ["From", "To", "Kind", "State", "Flags"];
    html! {
        <details class="twin">
            <summary>{ text::TWIN }</summary>
            <div class="twocol">
                <Rows label="Networks" head={networks.to_vec()} count={twin.networks()} row={network} />
                <Rows label="Links" head={links.to_vec()} count={twin.links()} row={link} />
            </div>
        </details>
    }
}

fn network(row: &view::TwinVnet, dispatch: &Callback<Msg>) -> Html {
    let chosen = send(dispatch, Msg::Pick(PickMsg::Node(row.key)));
    html! {
        <>
            <td class="k"><button type="button" class="btn small" onclick={chosen}>{ &row.name }</button></td>
            <td>{ row.role }</td><td>{ &row.region }</td><td class="k m">{ &row.ranges }</td><td>{ &row.machines }</td>
        </>
    }
}

fn link(row: &view::TwinLink) -> Html {
    html! {
        <>
            <td class="k">{ &row.a }</td><td class="k">{ &row.b }</td><td>{ row.kind }</td>
            <td>{ row.state }</td><td>{ &row.flags }</td>
        </>
    }
}
