//! The map of designs by cost and by work, and the same as a table.

use super::send;
use crate::scene::tenths;
use crate::state::Msg;
use crate::text;
use crate::view::{BalanceMark, BalanceView};
use yew::prelude::*;

/// The map with everything around it.
pub(super) fn balance(dispatch: &Callback<Msg>, model: &BalanceView) -> Html {
    html! {
        <section class="block balance" aria-label={text::BALANCE}>
            <h3>{ text::BALANCE }</h3>
            <p class="muted">{ text::BALANCE_WHY }</p>
            <figure class="plot">{ drawing(dispatch, model) }</figure>
            <details class="twin"><summary>{ text::BALANCE_TABLE }</summary>{ table(model) }</details>
        </section>
    }
}

fn at(value: f64) -> String {
    tenths(value).to_string()
}

fn drawing(dispatch: &Callback<Msg>, model: &BalanceView) -> Html {
    let map = &model.map;
    let frame = &map.frame;
    let (left, right, top, bottom) = (
        at(frame.x),
        at(frame.right()),
        at(frame.y),
        at(frame.bottom()),
    );
    let [up, across] = text::BALANCE_AXES;
    html! {
        <svg class="chart" viewBox={format!("0 0 {} {}", tenths(map.size.0), tenths(map.size.1))} role="group" aria-label={text::BALANCE}>
            { for map.across.iter().map(|(x, cost)| html! {
                <>
                    <path class="grid" d={format!("M{} {top}V{bottom}", tenths(*x))} />
                    <text class="tick" x={at(*x)} y={at(frame.bottom() + 18.0)}>{ text::grouped(*cost) }</text>
                </>
            }) }
            { for map.up.iter().map(|(y, kept)| html! {
                <>
                    <path class="grid" d={format!("M{left} {}H{right}", tenths(*y))} />
                    <text class="tick end" x={at(frame.x - 8.0)} y={at(y + 4.0)}>{ text::grouped(*kept) }</text>
                </>
            }) }
            <text class="axis" x={left.clone()} y={at(frame.y - 10.0)}>{ up }</text>
            <text class="axis end" x={right.clone()} y={at(frame.bottom() + 36.0)}>{ across }</text>
            { for model.marks.iter().filter_map(name) }
            { for model.marks.iter().map(|mark| point(dispatch, mark)) }
        </svg>
    }
}

fn point(dispatch: &Callback<Msg>, mark: &BalanceMark) -> Html {
    let open = send(dispatch, Msg::Open(mark.pattern));
    let by_key: Callback<KeyboardEvent> = send(dispatch, Msg::Open(mark.pattern));
    let pressed = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            by_key.emit(event);
        }
    });
    let class = classes!(
        "design",
        mark.name.is_some().then_some("unbeaten-point"),
        mark.best.then_some("best-point"),
        mark.discouraged.then_some("against"),
        mark.open.then_some("open-bill")
    );
    html! {
        <g {class} key={mark.pattern.id()} role="button" tabindex="0" aria-label={mark.says.clone()}
            onclick={open} onkeydown={pressed}>
            <title>{ &mark.says }</title>
            <circle class="hit" cx={at(mark.at.x)} cy={at(mark.at.y)} r="12" />
            <circle cx={at(mark.at.x)} cy={at(mark.at.y)} r={if mark.name.is_some() { "7" } else { "4.5" }} />
        </g>
    }
}

/// The name beside a point, and how far its packets go, below every point; the point's own label says both.
fn name(mark: &BalanceMark) -> Option<Html> {
    let (to, is_left) = mark.name?;
    let class = if is_left { "end" } else { "start" };
    let from = mark.at;
    let lead = format!(
        "M{} {}L{} {}",
        tenths(from.x),
        tenths(from.y),
        tenths(to.x),
        tenths(to.y - 4.0)
    );
    Some(html! {
        <g class="said" key={mark.pattern.id()} aria-hidden="true">
            if (to.y - from.y).abs() > 9.0 { <path class="lead" d={lead} /> }
            <text class={classes!("name", class)} x={at(to.x)} y={at(to.y)}>{ mark.pattern.id() }</text>
            <text {class} x={at(to.x)} y={at(to.y + 13.0)}>{ &mark.figures[2] }</text>
        </g>
    })
}

fn table(model: &BalanceView) -> Html {
    let [who, cost, kept, pace, front] = text::BALANCE_HEADS;
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::BALANCE_TABLE}>
            <table class="wide">
                <thead><tr>
                    <th scope="col">{ who }</th><th scope="col" class="n">{ cost }</th><th scope="col" class="n">{ kept }</th>
                    <th scope="col" class="n">{ pace }</th><th scope="col"><span class="hidden">{ front }</span></th>
                </tr></thead>
                <tbody>{ for model.marks.iter().rev().map(|mark| {
                    let [cost, kept, pace] = &mark.figures;
                    html! {
                        <tr key={mark.pattern.id()}>
                            <th scope="row">{ mark.pattern.title() }</th>
                            <td class="n">{ cost }</td><td class="n">{ kept }</td><td class="n">{ pace }</td>
                            <td>{ if mark.name.is_some() { text::UNBEATEN } else { "" } }</td>
                        </tr>
                    }
                }) }</tbody>
            </table>
        </div>
    }
}
