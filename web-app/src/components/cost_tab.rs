//! The bill, the traffic it is for, and what it is made with.

use super::amount::{Props, amount, press};
use super::chart::chart;
use super::field::ticked;
use super::prices::prices;
use super::{chip, cite, send};
use crate::state::{CostMsg, Msg, PickMsg};
use crate::{text, view};
use interspoke_core::price::Grouping;
use yew::prelude::*;

const GROUPINGS: [Grouping; 4] = [
    Grouping::Service,
    Grouping::Region,
    Grouping::Element,
    Grouping::Pair,
];

/// The tab.
pub(super) fn cost_tab(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <>
            <fieldset class="plainset">
                <legend>{ "Traffic, each direction" }</legend>
                <div class="amounts">{ for model.traffic.iter().map(|one| amount(props, one)) }</div>
            </fieldset>
            <section class="block" aria-label="Bill">
                <div class="row bar-row">
                    <span class="seg" role="group" aria-label="Summed by">
                        { for GROUPINGS.map(|by| html! {
                            <button type="button" aria-pressed={(model.grouping == by).to_string()}
                                onclick={send(&props.dispatch, Msg::Cost(CostMsg::Group(by)))}>{ text::grouping(by) }</button>
                        }) }
                    </span>
                    <span class="spacer"></span>
                    { press(props, text::SAVE_CSV, Msg::Cost(CostMsg::Csv(false))) }
                    { press(props, text::COPY_CSV, Msg::Cost(CostMsg::Csv(true))) }
                </div>
                <div class="tablebox" tabindex="0" role="region" aria-label="Lines of the bill">
                    <table class="bill">
                        if model.grouping == Grouping::Service { { lines(props) } } else { { shares(model) } }
                        <tbody>
                            <tr class="total">
                                <td colspan={if model.grouping == Grouping::Service { "5" } else { "1" }}>{ text::TOTAL }<span class="because">{ &model.caption }</span></td>
                                <td class="n">{ &model.currency }{ " " }{ &model.total }</td><td></td>
                            </tr>
                        </tbody>
                    </table>
                </div>
                <ul class="bullets muted">{ for model.notes.iter().map(|note| html! { <li>{ note }{ "." }</li> }) }</ul>
            </section>
            if !model.lost.is_empty() { { lost(props) } }
            { chart(props) }
            { prices(props) }
            { disputes(props) }
        </>
    }
}

/// The lines by service.
fn lines(props: &Props) -> Html {
    let model = &props.model;
    let [meter, subject, quantity, price] = text::BILL_HEADS;
    let amount = format!("{} a month", model.currency);
    html! {
        <>
            <thead><tr>
                <th scope="col">{ meter }</th><th scope="col">{ subject }</th>
                <th scope="col" class="n" colspan="2">{ quantity }</th><th scope="col" class="n">{ price }</th>
                <th scope="col" class="n">{ amount }</th><th scope="col">{ "Basis" }</th>
            </tr></thead>
            { for model.groups.iter().map(|group| html! {
                <tbody key={group.name}>
                    <tr class="group"><td colspan="5">{ group.name }</td><td class="n">{ &group.sum }</td><td></td></tr>
                    { for group.lines.iter().map(|one| line(props, one)) }
                </tbody>
            }) }
        </>
    }
}

fn line(props: &Props, line: &view::BillLine) -> Html {
    let id = format!("{}-line-{}", props.uid, line.at);
    let open = line.detail.is_some();
    let [quantity, unit, price, amount] = &line.figures;
    let toggle = send(&props.dispatch, Msg::Cost(CostMsg::Line(line.at)));
    html! {
        <key={id.clone()}>
            <tr class={classes!("line", open.then_some("open"))}>
                <td>
                    <button type="button" class="fold" aria-expanded={open.to_string()} aria-controls={id.clone()} onclick={toggle}>{ &line.meter }</button>
                </td>
                <td>{ &line.subject }</td>
                <td class="n q">{ quantity }</td><td class="u">{ unit }</td>
                <td class="n">{ price }</td>
                <td class="n">{ amount }</td>
                <td class="k">{ chip(&line.basis, false) }<span class="because">{ &line.date }</span></td>
            </tr>
            { for line.detail.iter().map(|one| html! {
                <tr class="detail"><td colspan="7" id={id.clone()}>{ detail(one, &line.date) }</td></tr>
            }) }
        </>
    }
}

fn detail(detail: &view::LineDetail, date: &str) -> Html {
    html! {
        <div class="how">
            <p><b>{ &detail.product }</b></p>
            <p>{ &detail.derivation }</p>
            if !detail.parts.is_empty() {
                <ul class="bullets">{ for detail.parts.iter().map(|part| html! { <li>{ part }</li> }) }</ul>
            }
            { for detail.why.iter().map(|why| html! { <p>{ why }</p> }) }
            { for detail.source.iter().map(|(title, url)| html! {
                <p class="cite">{ text::SOURCE }{ ": " }{ cite(title, url) }{ ", " }{ date }</p>
            }) }
        </div>
    }
}

/// The sums by anything else.
fn shares(model: &view::BillView) -> Html {
    let amount = format!("{} a month", model.currency);
    html! {
        <>
            <thead><tr>
                <th scope="col">{ text::grouping(model.grouping) }</th><th scope="col" class="n">{ amount }</th><th scope="col">{ "Share" }</th>
            </tr></thead>
            <tbody>{ for model.shares.iter().map(|share| html! {
                <tr key={share.name.clone()}>
                    <td><details>
                        <summary>{ &share.name }</summary>
                        <ul class="bullets how">{ for share.uses.iter().map(|one| html! { <li>{ one }</li> }) }</ul>
                    </details></td>
                    <td class="n">{ &share.amount }
                        if share.open > 0 { <span class="because">{ text::AT_LEAST }</span> }
                    </td>
                    <td class="share">
                        <svg class="bar" viewBox="0 0 1000 5" preserveAspectRatio="none" aria-hidden="true">
                            <rect class="whole" width="1000" height="5" /><rect class="used" width={share.permille.to_string()} height="5" />
                        </svg>
                        <span class="because">{ share.permille / 10 }{ "." }{ share.permille % 10 }{ " %" }</span>
                    </td>
                </tr>
            }) }</tbody>
        </>
    }
}

fn lost(props: &Props) -> Html {
    let show = |flow| send(&props.dispatch, Msg::Pick(PickMsg::Flow(flow)));
    html! {
        <section class="block" aria-label={text::LOST}>
            <h2>{ text::LOST }</h2>
            <p class="muted">{ text::LOST_WHY }</p>
            <ul class="lostflows">{ for props.model.lost.iter().map(|one| html! {
                <li key={one.title.clone()}>
                    { chip(&one.chip, false) }
                    <span><b>{ &one.title }</b>{ " " }{ &one.says }{ "." }
                        if one.flows != "1" { <span class="muted">{ " " }{ &one.flows }{ " flows fare alike." }</span> }
                    </span>
                    <button type="button" class="btn small" onclick={show(one.flow)}>{ text::SHOW_FLOW }</button>
                </li>
            }) }</ul>
        </section>
    }
}

fn disputes(props: &Props) -> Html {
    let model = &props.model;
    let one = |(at, dispute): (usize, &view::DisputeView)| {
        let side = |other: bool, says: &'static str| {
            let set = props
                .dispatch
                .reform(move |_: bool| Msg::Cost(CostMsg::Dispute(at, other)));
            html! {
                <label class="check">
                    <input type="radio" name={format!("{}-dispute-{at}", props.uid)} checked={dispute.other == other} onchange={ticked(set)} />
                    <span>{ says }</span>
                </label>
            }
        };
        let [default, other] = dispute.sides;
        html! {
            <fieldset class="plainset dispute" key={at}>
                <legend>{ dispute.question }</legend>
                { side(false, default) }{ side(true, other) }
            </fieldset>
        }
    };
    html! {
        <section class="block" aria-label={text::DISPUTES}>
            <h2>{ text::DISPUTES }</h2>
            <p class="muted">{ text::DISPUTES_WHY }</p>
            <div class="disputes"><>{ for model.disputes.iter().enumerate().map(one) }</>
                if let Some(zones) = &model.zones { { amount(props, zones) } }
            </div>
        </section>
    }
}
