//! Who reaches whom, what must hold, what fails, what changed.

use super::field::{TextField, chosen, error, input};
use super::{ViewProps, chip, icon, send, words};
use crate::state::{Axis, Field, Msg, PolicyKind, ReachField, ReachMsg};
use crate::text;
use crate::view::{Cell, ChangeRow, Changes, Line, Mark, PolicyView, ReachView, expand};
use yew::prelude::*;

const CROSS: &str = "M4 4l8 8M12 4l-8 8";

type Props = ViewProps<ReachView>;

/// The tab.
pub(super) fn reach_tab(props: &Props) -> Html {
    html! {
        <>
            { block(text::MATRIX, matrix(props)) }
            { block(text::POLICIES, policies(props)) }
            { block(text::WHAT_IF, what_if(props)) }
            { block(text::CHANGED, changed(props)) }
        </>
    }
}

fn block(title: &'static str, body: Html) -> Html {
    html! { <section class="block reach" aria-label={title}><h2>{ title }</h2>{ body }</section> }
}

/// The sign of a mark: its shape alone tells it from every other one.
const fn path(mark: Mark) -> &'static str {
    match mark {
        Mark::Direct => "M2 8h11M9 4l4 4-4 4",
        Mark::Inspected => "M8 1.8l5 2v4c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4v-4zM5.5 7.8l2 2 3.2-3.6",
        Mark::Through => "M1 8h3.5M11.5 8h3M5 4.5h6v7H5z",
        Mark::Asymmetric => "M2 5h10M9 2l3 3-3 3M14 11.5c-5 3-9 1.5-11-.5M3 14.5V11h3.5",
        Mark::Refused => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M3.8 3.8l8.4 8.4",
        Mark::ReplyLost => "M14 5H4M7 2L4 5l3 3M6 10l4 4M10 10l-4 4",
        Mark::Lost => "M3.5 3.5l9 9M12.5 3.5l-9 9",
    }
}

fn sign(mark: Mark) -> Html {
    html! { <span class={classes!("sign", mark.tone().class())}>{ icon(path(mark)) }</span> }
}

fn field<'a>(
    props: &'a Props,
    at: ReachField,
    draft: &'a crate::state::Draft,
    example: &'static str,
) -> TextField<'a> {
    TextField {
        id: format!("{}-reach-{}", props.uid, at as usize),
        draft,
        label: None,
        placeholder: example,
        list: None,
        disabled: false,
        on_text: props
            .dispatch
            .reform(move |typed| Msg::Typed(Field::Reach(at), typed)),
        on_leave: None,
        leave: None,
    }
}

fn matrix(props: &Props) -> Html {
    let model = &props.model;
    let filter = field(
        props,
        ReachField::Filter,
        &model.filter,
        text::FILTER_EXAMPLE,
    );
    let worded = model.columns.len() <= 6;
    let empty = if model.filter.text.is_empty() {
        text::NO_PAIRS
    } else {
        text::NO_MATCH
    };
    html! {
        <>
            <p aria-live="polite"><b>{ &model.headline }</b>{ for model.working.iter().map(|w| html! { <>{ " " }{ w }</> }) }</p>
            <ul class="keys">{ for model.legend.iter().map(|(mark, count)| {
                let (word, means) = text::mark(*mark);
                html! { <li key={word} title={means}>{ sign(*mark) }<span>{ word }</span><span class="muted">{ count }</span></li> }
            }) }</ul>
            <div class="row">
                <label for={filter.id.clone()}>{ text::FILTER }</label>{ input(&filter) }
                <span class="muted">{ text::MATRIX_HINT }</span>
            </div>
            if model.rows.is_empty() {
                <p class="muted">{ empty }</p>
            } else {
                <div class="tablebox" tabindex="0" role="region" aria-label={text::MATRIX_TABLE}>
                    <table class={classes!("matrix", (!worded).then_some("dense"))}>
                        <thead><tr>
                            <td class="corner muted">{ text::FROM_TO }</td>
                            { for model.columns.iter().map(|line| head(props, Axis::To, line)) }
                        </tr></thead>
                        <tbody>{ for model.rows.iter().zip(&model.cells).map(|(line, cells)| html! {
                            <tr class={line.inner.then_some("member")}>
                                { head(props, Axis::From, line) }
                                { for cells.iter().map(|pair| html! { <td>{ for pair.iter().map(|one| cell(props, one, worded)) }</td> }) }
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            }
            { for model.hidden.iter().map(|hidden| more(props, hidden)) }
        </>
    }
}

fn more(props: &Props, hidden: &str) -> Html {
    html! {
        <p class="row"><span class="muted">{ hidden }</span>
            <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Reach(ReachMsg::More))}>{ text::MORE }</button>
        </p>
    }
}

fn head(props: &Props, axis: Axis, line: &Line) -> Html {
    let scope = if axis == Axis::From { "row" } else { "col" };
    let name = html! {
        <span class="name"><span class="label">{ &line.label }</span>
            if !line.detail.is_empty() { <span class="because">{ &line.detail }</span> }</span>
    };
    html! {
        <th {scope}>{
            match line.open {
                None => name,
                Some(open) => html! {
                    <button type="button" class="fold" aria-expanded={open.to_string()}
                        onclick={send(&props.dispatch, expand(axis, line))}>{ name }</button>
                },
            }
        }</th>
    }
}

fn cell(props: &Props, cell: &Cell, worded: bool) -> Html {
    let word = if cell.inside {
        format!("in one VNet: {}", cell.word)
    } else {
        cell.word.clone()
    };
    let name = if worded {
        format!("{}: {word}", cell.says)
    } else {
        cell.says.clone()
    };
    let inner = html! {
        <>{ icon(path(cell.mark)) }if worded { <span>{ word }</span> }</>
    };
    let class = classes!("cell", cell.mark.tone().class());
    match &cell.show {
        None => html! { <span {class} title={cell.says.clone()}>{ inner }</span> },
        Some(msg) => html! {
            <button type="button" {class} aria-label={name} title={cell.says.clone()}
                onclick={send(&props.dispatch, msg.clone())}>{ inner }</button>
        },
    }
}

fn policies(props: &Props) -> Html {
    let model = &props.model;
    let [from, to] = &model.groups;
    let kinds = PolicyKind::ALL;
    let pick = props.dispatch.reform(move |word: String| {
        let found = word
            .parse::<usize>()
            .ok()
            .and_then(|at| kinds.get(at).copied());
        Msg::Reach(ReachMsg::Kind(found.unwrap_or(PolicyKind::Inspected)))
    });
    let group = |at: ReachField, draft, name: &'static str| {
        let one = field(props, at, draft, "dev*");
        html! {
            <div class="group"><label class="hidden" for={one.id.clone()}>{ name }</label>{ input(&one) }{ error(&one) }</div>
        }
    };
    let [before, between, after] = text::policy(model.kind);
    let [first, second] = text::GROUPS;
    html! {
        <>
            <p class="muted">{ text::POLICIES_HINT }</p>
            <ul class="policies">{ for model.policies.iter().enumerate().map(|(at, one)| policy(props, at, one)) }</ul>
            <div class="row">
                <select class="input" aria-label={text::POLICY} onchange={chosen(pick)}>
                    { for kinds.iter().enumerate().map(|(at, kind)| html! {
                        <option key={at} value={at.to_string()} selected={*kind == model.kind}>{ text::policy_choice(*kind) }</option>
                    }) }
                </select>
                <span>{ before }</span>{ group(ReachField::From, from, first) }
                if model.kind.has_two() { <span>{ between }</span>{ group(ReachField::To, to, second) } }
                <span>{ after }</span>
                if model.kind.has_services() { { group(ReachField::Services, &model.services, text::SERVICES_NAME) } }
                <button type="button" class="btn small primary" onclick={send(&props.dispatch, Msg::Reach(ReachMsg::Add))}>{ text::CHECK }</button>
            </div>
            <p class="because">{ text::GROUP_HINT }</p>
        </>
    }
}

fn policy(props: &Props, at: usize, policy: &PolicyView) -> Html {
    html! {
        <li key={at}>
            { chip(&policy.chip, false) }
            <span><b>{ &policy.says }</b><span class="because">{ words(&policy.because) }</span></span>
            <span class="row">
                { for policy.show.iter().map(|msg| html! {
                    <button type="button" class="btn small" onclick={send(&props.dispatch, msg.clone())}>{ text::SHOW_PATH }</button>
                }) }
                <button type="button" class="btn icon small" aria-label={format!("{}: {}", text::REMOVE_POLICY, policy.says)} title={text::REMOVE_POLICY}
                    onclick={send(&props.dispatch, Msg::Reach(ReachMsg::Remove(at)))}>{ icon(CROSS) }</button>
            </span>
        </li>
    }
}

fn what_if(props: &Props) -> Html {
    let model = &props.model;
    let pick = props
        .dispatch
        .reform(|word: String| Msg::Reach(ReachMsg::Fail(word.parse().ok())));
    html! {
        <>
            <div class="row"><label>{ text::FAILS }
                <select class="input" onchange={chosen(pick)}>
                    <option value="" selected={model.failing.is_none()}>{ text::NOTHING_FAILS }</option>
                    { for model.failures.iter().enumerate().map(|(at, name)| html! {
                        <option key={at} value={at.to_string()} selected={model.failing == Some(at)}>{ name }</option>
                    }) }
                </select>
            </label></div>
            { for model.unplaced.iter().map(|told| html! { <p class="muted">{ told }</p> }) }
            { for model.what_if.iter().flatten().map(|list| changes(props, list)) }
            if model.failing.is_some() && model.what_if.is_none() { <p class="muted">{ text::WORKING }</p> }
        </>
    }
}

fn changed(props: &Props) -> Html {
    let model = &props.model;
    let (since, label) = if model.held {
        (text::SINCE_HELD, text::LET_GO)
    } else {
        (text::SINCE_LAST, text::HOLD)
    };
    html! {
        <>
            <div class="row"><span class="muted">{ if model.compares { since } else { text::NOT_CHANGED } }</span>
                <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Reach(ReachMsg::Hold(!model.held)))}>{ label }</button></div>
            { for model.changed.iter().map(|list| changes(props, list)) }
            if model.compares && model.changed.is_none() { <p class="muted">{ text::WORKING }</p> }
        </>
    }
}

fn changes(props: &Props, list: &Changes) -> Html {
    html! {
        <>
            <h3 aria-live="polite">{ &list.title }</h3>
            if !list.rows.is_empty() {
                <div class="tablebox" tabindex="0" role="region" aria-label={list.title.clone()}>
                    <table class="changes">
                        <thead><tr>
                            { for text::CHANGE_HEADS.map(|head| html! { <th scope="col" key={head}>{ head }</th> }) }
                            <th scope="col"><span class="hidden">{ text::SHOW_PAIR }</span></th>
                        </tr></thead>
                        <tbody>{ for list.rows.iter().map(|row| change(props, row)) }</tbody>
                    </table>
                </div>
            }
            if list.more > 0 { { more(props, &text::more_rows(list.more)) } }
        </>
    }
}

fn change(props: &Props, row: &ChangeRow) -> Html {
    let side = |side: &Option<(Mark, String)>| match side {
        None => html! { <td class="muted">{ text::NOT_THERE }</td> },
        Some((mark, says)) => {
            html! { <td><span class="told">{ sign(*mark) }<span>{ says }</span></span></td> }
        }
    };
    html! {
        <tr>
            <td>{ &row.from }</td><td>{ &row.to }</td><td class="k">{ &row.pairs }</td>
            { side(&row.before) }{ side(&row.after) }
            <td>{ for row.show.iter().map(|msg| html! {
                <button type="button" class="btn small" onclick={send(&props.dispatch, msg.clone())}>{ text::SHOW_PAIR }</button>
            }) }</td>
        </tr>
    }
}
