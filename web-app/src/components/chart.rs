//! Cost against traffic: the choice of patterns, the drawing, the same as sentences and as a table.

use super::amount::{Props, amount};
use super::send;
use crate::scene::tenths;
use crate::scene::{Plot, path_data};
use crate::state::{CostMsg, Msg};
use crate::{text, view};
use yew::prelude::*;

/// What lines are called in the drawing.
const LETTERS: [&str; 4] = ["A", "B", "C", "D"];

/// What a line is called.
pub(super) fn letter(series: usize) -> &'static str {
    LETTERS.get(series).copied().unwrap_or_default()
}

/// The chart with everything around it.
pub(super) fn chart(props: &Props) -> Html {
    let chart = &props.model.chart;
    html! {
        <section class="block" aria-label={text::CHART}>
            <h2>{ text::CHART }</h2>
            <p class="muted">{ &chart.about }</p>
            <details class="twin">
                <summary>{ text::CHART_PATTERNS }</summary>
                <div class="picks" role="group" aria-label={text::CHART_PATTERNS}>
                    { for chart.choices.iter().map(|one| choice(props, one)) }
                </div>
            </details>
            <div class="amounts">{ amount(props, &chart.up_to) }</div>
            if !chart.status.is_empty() { <p role="status">{ &chart.status }</p> }
            if let Some(plot) = &chart.plot {
                <figure class="plot">
                    { drawing(props, plot) }
                    <figcaption><ul class="series">{ for chart.sentences.iter().map(|(series, title, says)| html! {
                        <li key={*title}>{ key(*series) }<span><b>{ *title }</b>{ ": " }{ says }{ "." }</span></li>
                    }) }</ul></figcaption>
                </figure>
                <details class="twin">
                    <summary>{ text::CHART_TABLE }</summary>
                    { table(props) }
                </details>
            }
        </section>
    }
}

/// A line's letter in its colour.
pub(super) fn key(series: usize) -> Html {
    html! { <span class={classes!("letter", format!("series-{series}"))} aria-hidden="true">{ letter(series) }</span> }
}

fn choice(props: &Props, one: &view::ChartChoice) -> Html {
    let on = one.series.is_some();
    html! {
        <button type="button" class="pick-one" key={one.pattern.id()} aria-pressed={on.to_string()}
            onclick={send(&props.dispatch, Msg::Cost(CostMsg::Chart(one.pattern)))}>
            { for one.series.map(key) }{ one.pattern.title() }
        </button>
    }
}

/// One decimal is as fine as a screen.
pub(super) fn at(value: f64) -> String {
    tenths(value).to_string()
}

fn drawing(props: &Props, plot: &Plot) -> Html {
    let chart = &props.model.chart;
    let (left, right, top, bottom) = (
        at(plot.axes.frame.x),
        at(plot.axes.frame.right()),
        at(plot.axes.frame.y),
        at(plot.axes.frame.bottom()),
    );
    let thousands = plot.axes.across.last().is_some_and(|(_, gb)| *gb >= 5_000);
    let unit = if thousands {
        "TB a month"
    } else {
        "GB a month"
    };
    let across = |(x, gb): &(f64, u64)| {
        let gb = if thousands { gb / 1_000 } else { *gb };
        html! {
            <>
                <path class="grid" d={format!("M{} {top}V{bottom}", tenths(*x))} />
                <text class="tick" x={at(*x)} y={at(plot.axes.frame.bottom() + 18.0)}>{ text::grouped(gb) }</text>
            </>
        }
    };
    let up = |(y, cost): &(f64, u64)| {
        html! {
            <>
                <path class="grid" d={format!("M{left} {}H{right}", tenths(*y))} />
                <text class="tick end" x={at(plot.axes.frame.x - 8.0)} y={at(y + 4.0)}>{ text::grouped(*cost) }</text>
            </>
        }
    };
    let label: Vec<String> = chart
        .sentences
        .iter()
        .map(|(series, title, says)| format!("{}, {title}: {says}.", letter(*series)))
        .collect();
    html! {
        <svg class="chart" viewBox={format!("0 0 {} {}", tenths(plot.axes.size.0), tenths(plot.axes.size.1))} role="img"
            aria-label={format!("{}. {}", text::CHART, label.join(" "))}>
            { for plot.axes.across.iter().map(across) }
            { for plot.axes.up.iter().map(up) }
            <text class="axis" x={left.clone()} y={at(plot.axes.frame.y - 9.0)}>{ &props.model.currency }{ " a month" }</text>
            <text class="axis end" x={right.clone()} y={at(plot.axes.frame.bottom() + 36.0)}>{ unit }</text>
            { for chart.now.iter().map(|(x, says)| html! {
                <>
                    <path class="now" d={format!("M{} {top}V{bottom}", tenths(*x))} />
                    <text class="tick start" x={at(x + 5.0)} y={at(plot.axes.frame.y + 11.0)}>{ says }</text>
                </>
            }) }
            { for chart.lines.iter().map(|line| html! {
                <path class={classes!("curve", format!("series-{}", line.series), line.open.then_some("open"))} d={path_data(&line.points, 0.0)} />
            }) }
            { for chart.marks.iter().map(|mark| mark_of(mark, &bottom, plot)) }
            { for chart.lines.iter().map(|line| html! {
                <g class={classes!("curve-end", format!("series-{}", line.series))}>
                    <circle cx={at(line.end.x)} cy={at(line.end.y)} r="9" />
                    <text x={at(line.end.x)} y={at(line.end.y + 4.0)}>{ letter(line.series) }</text>
                </g>
            }) }
        </svg>
    }
}

fn mark_of(mark: &view::ChartMark, bottom: &str, plot: &Plot) -> Html {
    let (x, y) = (at(mark.at.x), at(mark.at.y));
    if !mark.cheapest {
        return html! { <circle class="crossing" cx={x} cy={y} r="3" /> };
    }
    html! {
        <g class="break-even">
            <path class="drop" d={format!("M{x} {y}V{bottom}")} />
            <circle cx={x.clone()} cy={y} r="5" />
            <text class="tick" {x} y={at(plot.axes.frame.bottom() - 7.0)}>{ &mark.text }</text>
        </g>
    }
}

fn table(props: &Props) -> Html {
    let chart = &props.model.chart;
    html! {
        <div class="tablebox" tabindex="0" role="region" aria-label={text::CHART_TABLE}>
            <table class="wide">
                <thead><tr>
                    <th scope="col">{ "Traffic a month" }</th>
                    { for chart.sentences.iter().map(|(series, title, _)| html! {
                        <th scope="col" class="n wrap" key={*title}>{ letter(*series) }{ ", " }{ *title }<span class="because">{ &props.model.currency }</span></th>
                    }) }
                </tr></thead>
                <tbody>{ for chart.rows.iter().enumerate().map(|(at, row)| html! {
                    <tr key={at}>
                        <th scope="row">{ &row.traffic }</th>
                        { for row.costs.iter().enumerate().map(|(at, cost)| html! {
                            <td class={classes!("n", (row.best == Some(at)).then_some("best"))} key={at}>{ cost }
                                if row.best == Some(at) { <span class="hidden">{ " cheapest" }</span> }
                            </td>
                        }) }
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
