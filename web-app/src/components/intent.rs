//! What is asked for: fields, and how the network stands to them.

use super::compare_tab::glyph as drawn;
use super::field::{TextField, chosen, error, input, ticked};
use super::{ViewProps, icon, send};
use crate::state::{Ask, AskMsg, Drawn, Field, Msg, Tab};
use crate::view::{Choose, IntentView, RegionAsk, Write};
use crate::{text, view};
use yew::prelude::*;

/// A cross.
const REMOVE: &str = "M4 4l8 8M12 4l-8 8";

type Props = ViewProps<IntentView>;

/// The panel.
pub(super) fn intent(props: &Props) -> Html {
    let model = &props.model;
    html! {
        <>
            { stands(props) }
            if model.problems > 0 {
                <div class="stands left" role="status">
                    <p>{ text::problems(model.problems) }</p>
                    { for model.elsewhere.iter().map(|says| html! { <p class="error">{ says }</p> }) }
                </div>
            }
            <section>
                <h2>{ "Regions" }</h2>
                <datalist id={regions_id(props)}>{ for view::regions().iter().map(|(name, shown)| html! {
                    <option key={name.clone()} value={name.clone()}>{ shown }</option>
                }) }</datalist>
                <>{ for model.regions.iter().enumerate().map(|(at, one)| region(props, at, one)) }</>
                if let Some(e) = &model.regions_error { <p class="error">{ e }</p> }
                { add(props, text::ADD_REGION, AskMsg::AddRegion) }
                { write(props, &model.prefix_length) }
            </section>
            // A list of its own: what comes and goes in it must not take the focus from its neighbours.
            <>{ for model.choices.iter().map(|one| choose(props, one)) }</>
            if !model.appliance.is_empty() {
                <section>{ for model.appliance.iter().map(|one| write(props, one)) }</section>
            }
            <section>
                <h2>{ "Traffic, each direction" }</h2>
                <>{ for model.traffic.iter().map(|one| write(props, one)) }</>
            </section>
            <section>
                <h2>{ text::PAIR_FLOWS }</h2>
                if !model.matrix.is_empty() { <p class="note">{ text::PAIR_FLOWS_WHY }</p> }
                <>{ for model.matrix.iter().enumerate().map(|(at, one)| flow(props, at, one)) }</>
                { add(props, text::ADD_FLOW, AskMsg::AddFlow) }
            </section>
            <section>
                { environments(props) }
            </section>
            <section>
                <h2>{ text::DIRECT_PAIRS }</h2>
                <>{ for model.pairs.iter().enumerate().map(|(at, one)| pair(props, at, one)) }</>
                { add(props, text::ADD_PAIR, AskMsg::AddPair) }
            </section>
            <section>
                <h2>{ "Also" }</h2>
                <>{ for model.switches.iter().map(|one| switch(props, one)) }</>
                <>{ for model.lists.iter().map(|one| line(props, one, if one.ask == Ask::Gateways { text::SPOKES_EXAMPLE } else { text::RANGES_EXAMPLE })) }</>
                { for model.bounds.iter().map(|one| write(props, one)) }
            </section>
            <section>
                <h2>{ text::USES }</h2>
                <ul class="figs">{ for model.uses.iter().map(|(id, [title, says], glyph)| html! {
                    <li key={*id}>
                        <button type="button" onclick={send(&props.dispatch, Msg::Ask(AskMsg::Use(id)))}>
                            { drawn(glyph) }<span>{ *title }<span class="because">{ *says }</span></span>
                        </button>
                    </li>
                }) }</ul>
            </section>
            <section>
                <h2>{ text::FIGURES }</h2>
                <ul class="figs">{ for model.figures.iter().map(|(id, title, glyph)| html! {
                    <li key={*id}>
                        <button type="button" onclick={send(&props.dispatch, Msg::Ask(AskMsg::Figure(id)))}>
                            { drawn(glyph) }<span>{ *title }</span>
                        </button>
                    </li>
                }) }
                    <li key="chart">
                        <button type="button" onclick={send(&props.dispatch, Msg::Show(Tab::Peerings))}>
                            <svg class="glyphic" viewBox="0 0 34 26" aria-hidden="true"><path d="M5 2v21h27M7 21C17 20 25 15 30 4" /></svg>
                            <span>{ text::PEERING_CHART }</span>
                        </button>
                    </li>
                </ul>
            </section>
        </>
    }
}

/// How the network stands to what is asked for.
fn stands(props: &Props) -> Html {
    let model = &props.model;
    let (class, says) = match model.drawn {
        Drawn::Alone => ("stands", text::ALONE.to_owned()),
        Drawn::Follows => match model.better {
            None => ("stands follows", text::FOLLOWS.to_owned()),
            Some(best) => ("stands left", text::better(best.title())),
        },
        Drawn::Left => ("stands left", text::LEFT.to_owned()),
    };
    let draw = match (model.drawn, model.pattern, model.better) {
        (Drawn::Left, Some((pattern, _)), _) => Some((pattern, text::DRAW_AGAIN.to_owned())),
        (Drawn::Follows, _, Some(best)) => Some((best, text::draw_instead(best.title()))),
        _ => None,
    };
    html! {
        <div {class}>
            if let (Some((_, title)), Drawn::Follows | Drawn::Left) = (model.pattern, model.drawn) { <b>{ title }</b> }
            <p>{ says }</p>
            <div class="row">
                { for draw.map(|(pattern, label)| html! {
                    <button type="button" class="btn small primary" onclick={send(&props.dispatch, Msg::Ask(AskMsg::Draw(pattern)))}>{ label }</button>
                }) }
                <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Show(Tab::Compare))}>{ text::OPEN_COMPARE }</button>
            </div>
        </div>
    }
}

fn add(props: &Props, label: &'static str, msg: AskMsg) -> Html {
    html! { <button type="button" class="btn small" onclick={send(&props.dispatch, Msg::Ask(msg))}>{ "+ " }{ label }</button> }
}

fn remove(props: &Props, what: &str, msg: AskMsg) -> Html {
    let label = format!("{} {what}", text::REMOVE_REGION);
    html! {
        <button type="button" class="btn icon small" aria-label={label.clone()} title={label}
            onclick={send(&props.dispatch, Msg::Ask(msg))}>{ icon(REMOVE) }</button>
    }
}

/// The list of regions that may be meant.
fn regions_id(props: &Props) -> String {
    format!("{}-regions", props.uid)
}

/// An input for a text of the Intent.
fn field<'a>(
    props: &Props,
    one: &'a Write,
    label: Option<String>,
    placeholder: &'static str,
) -> TextField<'a> {
    let ask = Field::Ask(one.ask);
    let id = format!("{}-{:?}", props.uid, one.ask).to_ascii_lowercase();
    TextField {
        id: id.replace(['(', ')'], "-"),
        draft: &one.draft,
        label,
        placeholder,
        list: None,
        disabled: false,
        on_text: props.dispatch.reform(move |typed| Msg::Typed(ask, typed)),
        on_leave: Some(props.dispatch.clone()),
        leave: Some(Msg::Left(ask)),
    }
}

fn region(props: &Props, at: usize, region: &RegionAsk) -> Html {
    let [name, spokes, range] = &region.fields;
    let title = &name.draft.text;
    let mut name = field(
        props,
        name,
        Some(format!("Azure region {}", at + 1)),
        "eastus",
    );
    name.list = Some(regions_id(props));
    let spokes = field(props, spokes, Some(format!("Spokes in {title}")), "3");
    let range = field(
        props,
        range,
        Some(format!("Range of {title}")),
        text::RANGE_EXAMPLE,
    );
    html! {
        <div class="askregion" key={at} role="group" aria-label={title.clone()}>
            { input(&name) }
            <span class="unit">{ input(&spokes) }<span>{ "spokes" }</span></span>
            { remove(props, title, AskMsg::RemoveRegion(at)) }
            { input(&range) }
            <p class="note">{ &region.note }</p>
            { error(&name) }{ error(&spokes) }{ error(&range) }
            <details class="each" open={region.each.iter().any(|one| one.draft.error.is_some())}>
                <summary>{ text::EACH_SPOKE }</summary>
                { line(props, &region.each[0], text::RANGES_EXAMPLE) }
                { line(props, &region.each[1], text::ENVIRONMENTS_EXAMPLE) }
            </details>
        </div>
    }
}

/// A word of several: a row of buttons, or a list where they do not fit.
fn choose(props: &Props, one: &Choose) -> Html {
    let words = text::words(one.ask);
    let long = words.iter().map(|word| word.len()).sum::<usize>() > 34;
    html! {
        <section key={one.caption.clone()} role="group" aria-label={one.caption.clone()}>
            <h2>{ &one.caption }</h2>
            <div class={classes!("seg", "wide", long.then_some("tall"))}>
                { for words.iter().enumerate().map(|(at, word)| html! {
                    <button type="button" key={*word} aria-pressed={(one.chosen == Some(at)).to_string()}
                        onclick={send(&props.dispatch, Msg::Ask(AskMsg::Choose(one.ask, at)))}>{ *word }</button>
                }) }
            </div>
            if let Some(e) = &one.error { <p class="error">{ e }</p> }
        </section>
    }
}

fn write(props: &Props, one: &Write) -> Html {
    let (caption, unit) = text::ask(one.ask);
    let text = field(props, one, None, "–");
    html! {
        <div class="traffic" key={caption}>
            <label for={text.id.clone()}>{ caption }</label>
            <span class="unit">{ input(&text) }{ match &one.unit {
                Some(unit) => words(props, unit, Some(unit.caption.clone())),
                None => html! { <span>{ unit }</span> },
            } }</span>
            { error(&text) }
        </div>
    }
}

/// A list as one text, over the whole line.
fn line(props: &Props, one: &Write, example: &'static str) -> Html {
    let text = field(props, one, None, example);
    html! {
        <div class="wholeline" key={text.id.clone()}>
            <label for={text.id.clone()}>{ text::ask(one.ask).0 }</label>
            { input(&text) }{ error(&text) }
        </div>
    }
}

fn environments(props: &Props) -> Html {
    let model = &props.model;
    let (caption, _) = text::ask(Ask::Environments);
    let names = field(props, &model.environments, None, text::ENVIRONMENTS_EXAMPLE);
    html! {
        <>
            <h2><label for={names.id.clone()}>{ caption }</label></h2>
            <div class="wholeline">{ input(&names) }</div>
            { error(&names) }
            <>{ for model.rules.iter().map(|rule| list(props, rule)) }</>
        </>
    }
}

fn list(props: &Props, one: &Choose) -> Html {
    html! {
        <label class="traffic" key={one.caption.clone()}>
            <span>{ &one.caption }</span>
            { words(props, one, None) }
        </label>
    }
}

/// The words of a field as a list.
fn words(props: &Props, one: &Choose, label: Option<String>) -> Html {
    let ask = one.ask;
    let pick = props.dispatch.reform(move |word: String| {
        Msg::Ask(AskMsg::Choose(ask, word.parse().unwrap_or_default()))
    });
    html! {
        <select class="input" aria-label={label} onchange={chosen(pick)}>
            { for text::words(ask).iter().enumerate().map(|(at, word)| html! {
                <option value={at.to_string()} selected={one.chosen == Some(at)}>{ *word }</option>
            }) }
        </select>
    }
}

fn switch(props: &Props, one: &Choose) -> Html {
    let ask = one.ask;
    let set = props
        .dispatch
        .reform(move |on: bool| Msg::Ask(AskMsg::Choose(ask, usize::from(on))));
    html! {
        <label class="check" key={one.caption.clone()}>
            <input type="checkbox" checked={one.chosen == Some(1)} onchange={ticked(set)} />
            <span>{ &one.caption }</span>
        </label>
    }
}

/// A spoke, from the list of all.
fn spoke(props: &Props, one: &Write) -> Html {
    let ask = one.ask;
    let pick = props
        .dispatch
        .reform(move |name| Msg::Ask(AskMsg::Pick(ask, name)));
    html! {
        <select class="input" aria-label={text::ask(ask).0} onchange={chosen(pick)}>
            { for props.model.spokes.iter().map(|name| html! {
                <option value={name.clone()} selected={*name == one.draft.text}>{ name }</option>
            }) }
        </select>
    }
}

fn pair(props: &Props, at: usize, ends: &[Write; 2]) -> Html {
    let [a, b] = ends;
    html! {
        <div class="askpair" key={at}>
            { spoke(props, a) }{ spoke(props, b) }
            { remove(props, &view::pair_name(a, b), AskMsg::RemovePair(at)) }
            if let Some(e) = &a.draft.error { <p class="error">{ e }</p> }
        </div>
    }
}

/// A pair with traffic of its own.
fn flow(props: &Props, at: usize, [a, b, gb]: &[Write; 3]) -> Html {
    let name = view::pair_name(a, b);
    let figure = field(
        props,
        gb,
        Some(format!("{} of {name}", text::ask(gb.ask).0)),
        "100",
    );
    html! {
        <div class="askpair" key={at}>
            { spoke(props, a) }{ spoke(props, b) }
            { remove(props, &name, AskMsg::RemoveFlow(at)) }
            <span class="unit">{ input(&figure) }<span>{ text::ask(gb.ask).1 }</span></span>
            if let Some(e) = &a.draft.error { <p class="error">{ e }</p> }
            { error(&figure) }
        </div>
    }
}
