//! The objects: routes as fields that recalculate at once, switches and flags.

use super::field::{TextField, chosen, error, input, ticked};
use super::{ViewProps, icon, send};
use crate::state::{Flag, Msg, RouteKey, RoutePart, SpecMsg};
use crate::{text, view};
use interspoke_core::route::NextHopType;
use interspoke_core::spec::UserNextHopType;
use yew::prelude::*;

const CROSS: &str = "M4 4l8 8M12 4l-8 8";

type Props = ViewProps<view::Objects>;

/// The next-hop types that a route may have.
const KINDS: [UserNextHopType; 5] = [
    UserNextHopType::VirtualAppliance,
    UserNextHopType::VirtualNetworkGateway,
    UserNextHopType::VnetLocal,
    UserNextHopType::Internet,
    UserNextHopType::None,
];

/// The tab.
pub(super) fn objects_tab(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <>
            <section class="block" aria-label="Route tables">
                <h2>{ "Route tables" }</h2>
                if model.tables.is_empty() { <p class="muted">{ text::NO_TABLES }</p> }
                <div class="rtgrid">{ for model.tables.iter().map(|t| table(props, t)) }</div>
            </section>
            <section class="block" aria-label="Subnets">
                <h2>{ "Subnets and their route tables" }</h2>
                { subnets(props) }
            </section>
            <section class="block" aria-label="Peering objects">
                <h2>{ "Peering objects" }</h2>
                { peerings(props) }
            </section>
        </>
    }
}

fn table(props: &Props, table: &view::TableView) -> Html {
    let at = table.at;
    let propagation = props
        .dispatch
        .reform(move |off| Msg::Spec(SpecMsg::DisablePropagation(at, off)));
    html! {
        <article class="rt" key={at} aria-label={table.name.clone()}>
            <h3>{ &table.name }</h3>
            <p class="because">{ &table.attached }</p>
            <label class="check">
                <input type="checkbox" checked={table.disabled} onchange={ticked(propagation)} />
                <span class="m">{ "disableBgpRoutePropagation" }</span>
            </label>
            <div>
                { for table.rows.iter().map(|r| route(props, r)) }
                { route(props, &table.new) }
            </div>
        </article>
    }
}

fn route(props: &Props, row: &view::RouteRow) -> Html {
    let key = row.key;
    let name = match key.route {
        Some(at) => format!("{}-rt{}-{at}", props.uid, key.table),
        None => format!("{}-rt{}-new", props.uid, key.table),
    };
    let send_part = |make: fn(String) -> RoutePart| {
        props
            .dispatch
            .reform(move |typed| Msg::Spec(SpecMsg::Route(key, make(typed))))
    };
    let prefix = TextField {
        id: format!("{name}-prefix"),
        draft: &row.prefix,
        label: Some(format!("addressPrefix, {}", row.label)),
        placeholder: "10.0.0.0/16",
        disabled: false,
        on_text: send_part(RoutePart::Prefix),
        on_leave: None,
        leave: None,
    };
    let hop = TextField {
        id: format!("{name}-hop"),
        draft: &row.hop,
        label: Some(format!("nextHopIpAddress, {}", row.label)),
        placeholder: if row.has_hop {
            "10.10.0.4"
        } else {
            "no address"
        },
        disabled: !row.has_hop,
        on_text: send_part(RoutePart::Hop),
        on_leave: None,
        leave: None,
    };
    html! {
        <div class="route" key={name}>
            <span class="because">{ &row.name }</span>
            <div class="fields">
                <div>{ caption("addressPrefix") }{ input(&prefix) }{ error(&prefix) }</div>
                <div>{ caption("nextHopType") }{ kind(props, row) }</div>
                <div>{ caption("nextHopIpAddress") }{ input(&hop) }{ error(&hop) }</div>
            </div>
            { button(props, key, &row.label) }
        </div>
    }
}

/// The heading of a column, over the first row; on a phone over every field.
fn caption(word: &'static str) -> Html {
    html! { <span class="cap" aria-hidden="true">{ word }</span> }
}

fn kind(props: &Props, row: &view::RouteRow) -> Html {
    let key = row.key;
    let pick = props.dispatch.reform(move |word: String| {
        let found = KINDS
            .into_iter()
            .find(|k| NextHopType::from(*k).word() == word);
        Msg::Spec(SpecMsg::Route(
            key,
            RoutePart::Kind(found.unwrap_or_default()),
        ))
    });
    html! {
        <select class="input" aria-label={format!("nextHopType, {}", row.label)} onchange={chosen(pick)}>
            { for row.kind.known().err().map(|unknown| html! {
                <option key="unknown" value={unknown.to_owned()} selected={true}>{ unknown }</option>
            }) }
            { for KINDS.map(|kind| {
                let word = NextHopType::from(kind).word();
                html! { <option key={word} value={word} selected={row.kind == kind}>{ word }</option> }
            }) }
        </select>
    }
}

fn button(props: &Props, key: RouteKey, label: &str) -> Html {
    match key.route {
        Some(at) => html! {
            <button type="button" class="btn icon" aria-label={format!("Remove {label}")} title="Remove"
                onclick={send(&props.dispatch, Msg::Spec(SpecMsg::RemoveRoute(key.table, at)))}>{ icon(CROSS) }</button>
        },
        None => html! {
            <button type="button" class="btn icon" aria-label={format!("Add {label}")} title={text::ADD_ROUTE}
                onclick={send(&props.dispatch, Msg::Spec(SpecMsg::AddRoute(key.table)))}>{ icon("M8 3v10M3 8h10") }</button>
        },
    }
}

fn subnets(props: &Props) -> Html {
    let row = |subnet: &view::SubnetRow| {
        let (v, s) = subnet.at;
        let pick = props.dispatch.reform(move |name: String| {
            Msg::Spec(SpecMsg::Attach(v, s, (!name.is_empty()).then_some(name)))
        });
        html! {
            <tr key={format!("{v}-{s}")}>
                <td class="k">{ &subnet.name }</td>
                <td class="k m">{ &subnet.prefix }</td>
                <td>
                    <select class="input" aria-label={format!("Route table of {}", subnet.name)} onchange={chosen(pick)}>
                        <option value="" selected={subnet.table.is_none()}>{ "none" }</option>
                        { for props.model.table_names.iter().map(|name| html! {
                            <option key={name.clone()} value={name.clone()} selected={subnet.table.as_ref() == Some(name)}>
                                { name }
                            </option>
                        }) }
                    </select>
                </td>
            </tr>
        }
    };
    html! {
        <div class="tablebox">
            <table>
                <thead><tr>
                    <th scope="col">{ "Subnet" }</th><th scope="col">{ "Range" }</th><th scope="col">{ "Route table" }</th>
                </tr></thead>
                <tbody>{ for props.model.subnets.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn peerings(props: &Props) -> Html {
    html! {
        <div class="tablebox">
            <table>
                <thead><tr>
                    <th scope="col">{ "Object" }</th>
                    { for Flag::ALL.map(|flag| html! { <th scope="col" class="flag" key={flag.word()}>{ flag.word() }</th> }) }
                </tr></thead>
                <tbody>{ for props.model.peerings.iter().map(|p| peering(props, p)) }</tbody>
            </table>
        </div>
    }
}

fn peering(props: &Props, row: &view::PeeringRow) -> Html {
    let at = row.at;
    let flag = |(flag, on): (Flag, bool)| {
        let set = props
            .dispatch
            .reform(move |on| Msg::Spec(SpecMsg::Flag(at, flag, on)));
        let label = format!("{} of {} → {}", flag.word(), row.from, row.to);
        html! {
            <td class="flag" key={flag.word()}>
                <label><input type="checkbox" checked={on} aria-label={label} onchange={ticked(set)} /></label>
            </td>
        }
    };
    html! {
        <tr key={at}>
            <td class="k">{ &row.from }{ " → " }{ &row.to }</td>
            { for row.flags.map(flag) }
        </tr>
    }
}
