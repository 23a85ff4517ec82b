//! Every pattern in one table; each row opens to its reasons.

use super::balance::balance;
use super::beside::beside;
use super::mix::mix;
use super::term::explained;
use super::{ViewProps, chip, cite, send};
use crate::scene::{Glyph, Rect, Stands, Stroke};
use crate::state::{AskMsg, Column, JudgeMsg, Msg};
use crate::text;
use crate::view::{
    Compare, LimitView, PatternDetail, PatternRow, RangeView, ReasonView, SourceView,
};
use interspoke_core::pattern::rank::{First, Rule};
use yew::prelude::*;

type Props = ViewProps<Compare>;

/// Columns of the table, with the one for drawing.
const COLUMNS: &str = "11";

/// The tab.
pub(super) fn compare_tab(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <>
            <div class="asked">
                <p aria-live="polite"><b>{ &model.status }</b></p>
                <p class="muted">{ &model.asked }</p>
                <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::ChangeIntent)}>{ text::CHANGE_INTENT }</button>
            </div>
            { for model.rule.iter().map(|rule| rule_bar(props, *rule)) }
            if model.older { <p class="older">{ text::COMPARE_OLDER }</p> }
            <div class="tablebox" tabindex="0" role="region" aria-label={text::tab(crate::state::Tab::Compare)}>
                <table class="compare" role="table">
                    <thead role="rowgroup"><tr role="row">{ for Column::ALL.map(|column| head(props, column)) }<th role="columnheader"><span class="hidden">{ text::DRAW }</span></th></tr></thead>
                    <tbody role="rowgroup">{ for body(props) }</tbody>
                </table>
            </div>
            { for model.beside.iter().map(|pinned| beside(&props.dispatch, pinned)) }
            { for model.balance.iter().map(|map| balance(&props.dispatch, map)) }
            { mix(&props.dispatch, &model.mix) }
            { ranges(props) }
            <ul class="bullets muted">
                <li>{ text::RANK }</li>
                { for model.notes.iter().map(|note| html! { <li>{ note }{ "." }</li> }) }
            </ul>
        </>
    }
}

/// Every row, each with its key: a row that is sorted away keeps its elements and the focus.
fn body(props: &Props) -> Vec<Html> {
    let model = &props.model;
    let folded = if model.unfolded {
        &model.impossible[..]
    } else {
        &[]
    };
    let rows = model.rows.iter().map(|one| row(props, one));
    let fold = (!model.impossible.is_empty()).then(|| fold(props));
    rows.chain(fold)
        .chain(folded.iter().map(|one| row(props, one)))
        .collect()
}

/// The line that stands for what cannot serve.
fn fold(props: &Props) -> Html {
    let (count, listed) = (props.model.impossible.len(), props.model.unfolded);
    html! {
        <tr role="row" key="rest" class="rest"><td role="cell" colspan={COLUMNS}>
            <button type="button" class="btn small" aria-expanded={listed.to_string()}
                onclick={send(&props.dispatch, Msg::Judge(JudgeMsg::Impossible))}>{ text::impossible(count, listed) }</button>
        </td></tr>
    }
}

/// What decides the rank, for the reader to change.
fn rule_bar(props: &Props, rule: Rule) -> Html {
    let judge = |msg| send(&props.dispatch, Msg::Judge(msg));
    let firsts = [First::Cost, First::Effort].into_iter().zip(text::FIRSTS);
    html! {
        <div class="judge" role="group" aria-label={text::FIRST}>
            <span class="muted">{ text::FIRST }</span>
            { for firsts.map(|(first, name)| html! {
                <button type="button" class="btn small" aria-pressed={(rule.first == first).to_string()}
                    onclick={judge(JudgeMsg::First(first))}>{ name }</button>
            }) }
            <span class="muted">{ text::BAND }</span>
            { for text::BANDS.into_iter().map(|band| html! {
                <button type="button" class="btn small" aria-pressed={(rule.band_percent == band).to_string()}
                    onclick={judge(JudgeMsg::Band(band))}>{ band }{ " %" }</button>
            }) }
            <button type="button" class="btn small record" onclick={judge(JudgeMsg::Record)}>{ text::RECORD }</button>
        </div>
    }
}

/// Ranges in which the recommendation stays, as bars.
fn ranges(props: &Props) -> Html {
    let model = &props.model;
    if model.ranges.is_empty() && model.probing.is_none() && !model.can_probe {
        return html! {};
    }
    html! {
        <section class="ranges" aria-label={text::RANGES}>
            <h3>{ text::RANGES }</h3>
            if model.can_probe {
                <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Judge(JudgeMsg::Ranges))}>{ text::ASK_RANGES }</button>
            } else {
                <p class="muted">{ text::RANGES_WHY }</p>
            }
            { for model.ranges.iter().map(range) }
            { for model.probing.iter().map(|far| html! { <p class="muted" aria-live="polite">{ far }</p> }) }
        </section>
    }
}

fn range(range: &RangeView) -> Html {
    let [low, now, high] = range.marks;
    let (x, width) = (low.to_string(), high.saturating_sub(low).max(8).to_string());
    let now = now.to_string();
    html! {
        <div class="range" key={range.name}>
            <b>{ range.name }</b>
            <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="whole" width="1000" height="10" />
                <rect class="used" {x} {width} height="10" />
                <rect class="now" x={now} width="4" height="10" />
            </svg>
            <span class="because">{ &range.sentence }{ "." }</span>
        </div>
    }
}

fn head(props: &Props, column: Column) -> Html {
    let (name, about) = text::column(column);
    let (sorted, reverse) = props.model.sort;
    let sort = match (sorted == column, reverse) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    html! {
        <th scope="col" role="columnheader" key={name} aria-sort={sort} class={figures(column)} title={about}>
            <button type="button" class="sort" onclick={send(&props.dispatch, Msg::Sort(column))}>{ name }</button>
        </th>
    }
}

const fn label(column: Column) -> &'static str {
    text::column(column).0
}

const fn figures(column: Column) -> Option<&'static str> {
    match column {
        Column::Pattern | Column::Verdict | Column::Limit => None,
        _ => Some("n"),
    }
}

fn row(props: &Props, row: &PatternRow) -> Html {
    let open = row.detail.is_some();
    let id = format!("{}-why-{}", props.uid, row.pattern.id());
    let class = classes!(
        "pattern",
        row.drawn.then_some("drawn"),
        row.stale.then_some("stale"),
        open.then_some("open")
    );
    html! {
        // Keyed as one: a row that is sorted away takes its elements and the focus along.
        <key={row.pattern.id()}>
            <tr role="row" {class}>
                <td role="cell" class="who">
                    <button type="button" class="opener" aria-expanded={open.to_string()} aria-controls={id.clone()}
                        onclick={send(&props.dispatch, Msg::Open(row.pattern))}>
                        { glyph(&row.glyph) }
                        <span><b>{ row.pattern.title() }</b>
                            <span class="id">
                                <span class="m">{ row.pattern.id() }</span>
                                { for row.aliases.iter().map(|[word, why]| html! { <span class="m" title={why.clone()}>{ word }</span> }) }
                                if row.unbeaten { <span class="unbeaten" title={text::UNBEATEN_WHY}>{ text::UNBEATEN }</span> }
                            </span>
                        </span>
                    </button>
                </td>
                <td role="cell" class="says">{ chip(&row.chip, false) }
                    <span class="because" title={row.because.clone()}>{ &row.because }</span></td>
                { two(Column::Links, &row.links) }
                <td role="cell" data-label={label(Column::Routes)} class="n">{ &row.routes }</td>
                <td role="cell" data-label={label(Column::Hops)} class="n">{ &row.hops }</td>
                { two(Column::Latency, &row.latency) }
                { two(Column::Rate, &row.rate) }
                <td role="cell" data-label={label(Column::Limit)}>{ for row.limit.iter().map(|l| limit(l, false)) }</td>
                <td role="cell" data-label={label(Column::Survive)} class="n">{ survive(row) }</td>
                <td role="cell" data-label={label(Column::Cost)} class="n always">{ for (!row.cost[1].is_empty()).then(|| html! { <span class="because least">{ &row.cost[1] }</span> }) }
                    <b>{ &row.cost[0] }</b></td>
                <td role="cell" class="act">{ draw(props, row) }</td>
            </tr>
            { for row.detail.iter().map(|one| html! {
                <tr class="detail" role="row" id={id.clone()}><td role="cell" colspan={COLUMNS}>{ pin(props, row) }{ detail(one, &row.aliases) }</td></tr>
            }) }
        </>
    }
}

/// Pins a pattern, or lets it go.
fn pin(props: &Props, row: &PatternRow) -> Html {
    let says = if row.pinned { text::PINNED } else { text::PIN };
    html! {
        <button type="button" class="btn small" aria-pressed={row.pinned.to_string()}
            onclick={send(&props.dispatch, Msg::Judge(JudgeMsg::Pin(row.pattern)))}>{ says }</button>
    }
}

/// A figure, and another under it.
fn two(column: Column, [first, second]: &[String; 2]) -> Html {
    html! {
        <td role="cell" data-label={label(column)} class={classes!("n", (column == Column::Links).then_some("always"))}>{ first }<span class="because">{ second }</span></td>
    }
}

/// Pairs that survive, of those that reach each other; a dash where none did before.
fn survive(row: &PatternRow) -> Html {
    match row.survive {
        None => html! {},
        Some((_, 0)) => html! { text::NONE },
        Some((after, before)) => {
            html! { <>{ after }<span class="of">{ " of " }{ before }</span></> }
        }
    }
}

fn draw(props: &Props, row: &PatternRow) -> Html {
    if row.drawn {
        return html! { <span class="isdrawn">{ text::IS_DRAWN }</span> };
    }
    let label = format!("{}: {}", text::DRAW, row.pattern.title());
    html! {
        <button type="button" class="btn small" aria-label={label}
            onclick={send(&props.dispatch, Msg::Ask(AskMsg::Draw(row.pattern)))}>{ text::DRAW }</button>
    }
}

/// A limit: a bar, and how much of it is used.
fn limit(limit: &LimitView, named: bool) -> Html {
    let percent = limit.percent.unwrap_or(101);
    let class = classes!(
        "bar",
        (percent > 100).then_some("over"),
        (80..=100).contains(&percent).then_some("near")
    );
    let width = percent.clamp(1, 100).to_string();
    html! {
        <div class="limit" key={limit.name} title={limit.name}>
            if named { <b>{ limit.name }</b> }
            <svg {class} viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">
                <rect class="whole" width="100" height="5" /><rect class="used" {width} height="5" />
            </svg>
            <span class="because">{ &limit.used }
                if named { { ". " }{ text::SOURCE }{ ": " }{ limit.source.0 }{ ", " }{ limit.source.1 } }
            </span>
        </div>
    }
}

fn detail(detail: &PatternDetail, aliases: &[[String; 2]]) -> Html {
    html! {
        <div class="grounds">
            <section>
                <h3>{ text::WHY }</h3>
                <ul class="reasons">{ for detail.reasons.iter().map(reason) }</ul>
                { for aliases.iter().map(|[_, why]| html! { <p class="change">{ why }{ "." }</p> }) }
                { for detail.before.iter().map(|before| html! { <p class="change"><b>{ text::column(Column::Verdict).0 }{ ": " }</b>{ before }{ "." }</p> }) }
                { for detail.change.iter().map(|change| html! { <p class="change"><b>{ text::CHANGE }{ ": " }</b>{ change }{ "." }</p> }) }
            </section>
            if !detail.says.is_empty() {
                <section>
                    <h3>{ text::KNOW }</h3>
                    <ul class="bullets">{ for detail.says.iter().map(|(says, source)| html! {
                        <li>{ explained(says) }{ "." }{ sourced(source.as_ref()) }</li>
                    }) }</ul>
                </section>
            }
            <section>
                <h3>{ text::COUNTS }</h3>
                { derived(detail.counts.iter().map(|(name, value, how)| (*name, value, how))) }
            </section>
            if !detail.efforts.is_empty() {
                <section>
                    <h3>{ text::EFFORT }</h3>
                    { derived(detail.efforts.iter().map(|(name, value, how)| (*name, value, how))) }
                </section>
            }
            if !detail.ways.is_empty() {
                <section>
                    <h3>{ text::WAY }</h3>
                    { derived(detail.ways.iter().map(|(name, value, how)| (name.as_str(), value, how))) }
                </section>
            }
            if !detail.limits.is_empty() {
                <section>
                    <h3>{ text::LIMITS }</h3>
                    { for detail.limits.iter().map(|l| limit(l, true)) }
                    { for detail.growth.iter().map(|growth| html! { <p>{ growth }</p> }) }
                </section>
            }
        </div>
    }
}

/// Names with a figure and its derivation.
fn derived<'a>(rows: impl Iterator<Item = (&'a str, &'a String, &'a String)>) -> Html {
    html! {
        <table class="counts"><tbody>{ for rows.map(|(name, value, how)| html! {
            <tr><td>{ name }</td><td class="n"><b>{ value }</b></td><td class="because">{ how }</td></tr>
        }) }</tbody></table>
    }
}

fn reason(reason: &ReasonView) -> Html {
    html! {
        <li class={classes!("reason", reason.tone.class())}>
            <span class="kind">{ reason.kind }</span>
            <span>{ explained(&reason.text) }{ "." }
                if !reason.input.is_empty() { <span class="m input-name">{ &reason.input }</span> }
                { sourced(reason.source.as_ref()) }
            </span>
        </li>
    }
}

/// Title and date of a source, linked where it has an address.
fn sourced(source: Option<&SourceView>) -> Html {
    source.map_or_else(Html::default, |(title, url, date)| {
        html! {
            <span class="cite">{ " " }{ if url.is_empty() { html! { *title } } else { cite(title, url) } }{ ", " }{ *date }</span>
        }
    })
}

/// How a pattern joins its spokes, drawn small.
pub(super) fn glyph(glyph: &Glyph) -> Html {
    let stroke = |stroke: Stroke| match stroke {
        Stroke::Link => "link",
        Stroke::Direct => "direct",
        Stroke::Subnets => "direct subnets",
        Stroke::Tunnel => "tunnel",
    };
    let stands = |stands: Stands| match stands {
        Stands::Nothing => "plain",
        Stands::Firewall => "firewall",
        Stands::Nva => "nva",
        Stands::NvaWithRouteServer => "nva routes",
        Stands::RoutingAppliance => "routing",
        Stands::Gateway => "gateway",
    };
    let rect = |class: &'static str, at: &Rect, round: &'static str| {
        let [x, y, w, h] = [at.x, at.y, at.w, at.h].map(|number| number.to_string());
        html! { <rect {class} {x} {y} width={w} height={h} rx={round} /> }
    };
    html! {
        <svg class="glyphic" viewBox="0 0 32 24" aria-hidden="true">
            { for glyph.bodies.iter().map(|at| rect("body", at, "3.2")) }
            { for glyph.lines.iter().map(|(kind, d)| html! { <path class={stroke(*kind)} d={d.clone()} /> }) }
            { for glyph.hubs.iter().map(|(at, kind, round)| rect(stands(*kind), at, if *round { "3" } else { "1" })) }
            { for glyph.spokes.iter().map(|at| html! { <circle cx={at.x.to_string()} cy={at.y.to_string()} r="2.3" /> }) }
        </svg>
    }
}
