//! Peerings against spokes: the drawing with a readout at each number of spokes, the same as sentences and as a table.

use super::chart::{at, key, letter};
use super::send;
use crate::scene::{PeeringLimit, path_data, tenths};
use crate::state::Msg;
use crate::text;
use crate::view::{PeeringChart, PeeringStep};
use yew::prelude::*;

/// The chart with everything around it.
pub(super) fn peering_chart(dispatch: &Callback<Msg>, model: &PeeringChart) -> Html {
    html! {
        <section class="block peeringchart" aria-label={text::PEERING_CHART}>
            <h3>{ text::PEERING_CHART }</h3>
            <p class="muted">{ &model.about }</p>
            <div class="row">
                <span class="label">{ text::PEERING_END }</span>
                <span class="seg" role="group" aria-label={text::PEERING_END}>
                    { for model.ends.iter().map(|(end, chosen)| html! {
                        <button type="button" key={*end} aria-pressed={chosen.to_string()}
                            onclick={send(dispatch, Msg::PeeringEnd(*end))}>{ text::grouped(*end) }</button>
                    }) }
                </span>
            </div>
            <figure class="plot">
                { drawing(model) }
                <figcaption><ul class="series">{ for model.ways.iter().map(|one| html! {
                    <li key={one.title}>{ key(one.way) }<span><b>{ one.title }</b>{ ": " }{ &one.says }{ "." }</span></li>
                }) }</ul></figcaption>
            </figure>
            <details class="twin"><summary>{ text::PEERING_TABLE }</summary>{ table(model) }</details>
        </section>
    }
}

fn drawing(model: &PeeringChart) -> Html {
    let axes = &model.plot.axes;
    let frame = &axes.frame;
    let (left, right, top, bottom) = (
        at(frame.x),
        at(frame.right()),
        at(frame.y),
        at(frame.bottom()),
    );
    let [up, across] = text::PEERING_AXES;
    let shown = |way: &usize| model.ways.iter().any(|one| one.way == *way);
    let lines = model
        .plot
        .lines
        .iter()
        .enumerate()
        .filter(|(way, _)| shown(way));
    html! {
        <svg class="chart" viewBox={format!("0 0 {} {}", tenths(axes.size.0), tenths(axes.size.1))} role="group" aria-label={text::PEERING_CHART}>
            { for axes.across.iter().map(|(x, count)| html! {
                <>
                    <path class="grid" d={format!("M{} {top}V{bottom}", tenths(*x))} />
                    <text class="tick" x={at(*x)} y={at(frame.bottom() + 18.0)}>{ text::grouped(*count) }</text>
                </>
            }) }
            { for axes.up.iter().map(|(y, count)| html! {
                <>
                    <path class="grid" d={format!("M{left} {}H{right}", tenths(*y))} />
                    <text class="tick end" x={at(frame.x - 8.0)} y={at(y + 4.0)}>{ text::grouped(*count) }</text>
                </>
            }) }
            <text class="axis" x={left.clone()} y={at(frame.y - 9.0)}>{ up }</text>
            <text class="axis end" x={right.clone()} y={at(frame.bottom() + 36.0)}>{ across }</text>
            { for lines.clone().map(|(way, line)| html! {
                <g class={format!("series-{way}")}>
                    <path class="curve" d={path_data(&line.whole, 0.0)} />
                    if !line.broken.is_empty() { <path class="curve open" d={path_data(&line.broken, 0.0)} /> }
                </g>
            }) }
            { for model.plot.limits.iter().enumerate().map(|(row, (x, one))| {
                let ways: Vec<usize> = one.ways.iter().copied().filter(|way| shown(way)).collect();
                limit(*x, one, &ways, frame.right(), (frame.y, frame.bottom()), row)
            }) }
            { for model.now.iter().map(|(point, says)| html! {
                <g class="present">
                    <circle cx={at(point.x)} cy={at(point.y)} r="6" />
                    <text class="start" x={at(point.x + 10.0)} y={at(point.y - 9.0)}>{ says }</text>
                </g>
            }) }
            { for lines.map(|(way, line)| html! {
                <g class={classes!("curve-end", format!("series-{way}"))}>
                    <circle cx={at(line.end.x)} cy={at(line.end.y)} r="9" />
                    <text x={at(line.end.x)} y={at(line.end.y + 4.0)}>{ letter(way) }</text>
                </g>
            }) }
            { for model.steps.iter().map(|one| readout(one, model)) }
        </svg>
    }
}

/// The most spokes of some ways: a line with the number and the letters, on the side that has room.
fn limit(
    x: f64,
    one: &PeeringLimit,
    ways: &[usize],
    right: f64,
    (top, bottom): (f64, f64),
    row: usize,
) -> Html {
    let letters: Vec<&str> = ways.iter().map(|way| letter(*way)).collect();
    let (class, aside) = if right - x < 110.0 {
        ("end", -6.0)
    } else {
        ("start", 6.0)
    };
    html! {
        <g class="bound" key={one.spokes}>
            <path class="now" d={format!("M{} {}V{}", tenths(x), tenths(top), tenths(bottom))} />
            <text {class} x={at(x + aside)} y={at(top + 13.0 + 16.0 * row as f64)}>
                { text::most_of(one.spokes, &letters) }
            </text>
        </g>
    }
}

/// A strip over one number of spokes: pointed at or reached by keyboard, it says every count.
fn readout(one: &PeeringStep, model: &PeeringChart) -> Html {
    let axes = &model.plot.axes;
    let frame = &axes.frame;
    let width = axes.across.get(1).map_or(frame.w, |(x, _)| x - frame.x);
    let begin = (one.x - width / 2.0).max(frame.x);
    // Names have no room beside the axis of a phone: letters stand for them.
    let letters = model.ways.iter().zip(&one.links);
    let letters = letters.map(|(way, count)| format!("{} {count}", letter(way.way)));
    let says = if frame.w < 400.0 {
        letters.collect::<Vec<_>>().join(", ")
    } else {
        one.says.clone()
    };
    html! {
        <g class="readout" key={one.spokes.clone()} role="img" tabindex="0" aria-label={one.says.clone()}>
            <rect x={at(begin)} y={at(frame.y)} width={at((one.x + width / 2.0).min(frame.right()) - begin)} height={at(frame.h)} />
            <path d={format!("M{} {}V{}", tenths(one.x), tenths(frame.y), tenths(frame.bottom()))} />
            <text class="end" x={at(frame.right())} y={at(frame.y - 9.0)}>{ says }</text>
        </g>
    }
}

fn table(model: &PeeringChart) -> Html {
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::PEERING_TABLE}>
            <table class="wide">
                <thead><tr>
                    <th scope="col" class="n">{ text::PEERING_HEAD }</th>
                    { for model.ways.iter().map(|one| html! { <th scope="col" class="n" key={one.title}>{ one.title }</th> }) }
                </tr></thead>
                <tbody>{ for model.steps.iter().map(|one| html! {
                    <tr key={one.spokes.clone()}>
                        <th scope="row" class="n">{ &one.spokes }</th>
                        { for one.links.iter().map(|count| html! { <td class="n">{ count }</td> }) }
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
