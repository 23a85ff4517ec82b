//! The picture with its tools, legend, card and table twin.

use super::card::card;
use super::combo::Combo;
use super::field::{TextField, chosen, error, input};
use super::map::Map;
use super::twin::Twin;
use super::{StateProps, icon, send, view_pane};
use crate::scene::{self, NodeKey};
use crate::state::{
    Camera, CameraMsg, CanvasMsg, Draft, Field, Msg, PaletteMsg, PickMsg, PlanMsg, Shared, State,
    Turn, failures, has_ports,
};
use crate::{text, view};
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::turn::Form;
use interspoke_core::spec::Protocol;
use std::rc::Rc;
use yew::prelude::*;

const SWAP: &str = "M3 5h10M10 2l3 3-3 3M13 11H3M6 8l-3 3 3 3";
const PLUS: &str = "M8 3v10M3 8h10";
const MINUS: &str = "M3 8h10";
const FOLD: &str = "M3 4h10M3 8h10M3 12h10";
const FIT: &str = "M2 6V2h4M14 6V2h-4M2 10v4h4M14 10v4h-4";

/// The area of the picture.
#[component]
pub(super) fn Picture(props: &StateProps) -> Html {
    let state = &props.state;
    let scene = state.drawing.scene.clone();
    let options = use_memo(state.answers.clone(), |answers| {
        [Turn::From, Turn::To].map(|turn| Shared::new(view::ends(&answers.endpoints, turn)))
    });
    let topology = state.answers.topology();
    let trip = state.trip.as_ref();
    let forward = trip.and_then(|trip| trip.forward.get(state.forward));
    let back = trip.and_then(|trip| trip.back.get(state.forward)?.get(state.back));
    let overlay = Rc::new(scene::overlay(
        &scene,
        topology,
        forward,
        back,
        view::lost_word,
    ));
    let path = view::path(state);
    // Without a path the picture has the whole width.
    let class = classes!("picture", path.is_none().then_some("alone"));
    let node_at = |ip: Option<std::net::Ipv4Addr>| node_at(state, ip?);
    let (dispatch, uid) = (props.dispatch.clone(), props.uid.clone());
    let keys = scene.nodes.iter().map(|node| node.key);
    let stubs = keys.clone().filter(|key| state.is_stub(*key));
    let stubs: Rc<Vec<NodeKey>> = Rc::new(stubs.collect());
    let marked: Rc<Vec<NodeKey>> = Rc::new(keys.filter(|key| state.is_marked(*key)).collect());
    html! {
        <section {class} aria-label={text::PICTURE}>
            { tools(props, &options) }
            { if state.staged { stage(props) } else { changes(props) } }
            <div class="mapbox">
                <Map scene={scene.clone()} {overlay} lost={Rc::new(lost(state, &scene))} camera={state.camera} way={state.way} viewport={state.drawing.viewport}
                    from={node_at(state.choice.from)} to={node_at(state.choice.to)} walker={state.walker}
                    {stubs} marked={marked} single={state.single_keys}
                    label={view::picture_label(state)} dispatch={dispatch.clone()} uid={uid.clone()} />
                if state.is_older() { <p class="older">{ "older" }</p> }
                if let Some(coming) = &state.coming { <p class="coming" role="status">{ text::opening(&coming.name) }</p> }
                { zoom(state.camera, !state.drawing.open.is_empty(), &dispatch) }
                { legend(&scene, path.as_ref().and_then(view::PathView::lost)) }
            </div>
            { view_pane(card, path, &dispatch, &uid) }
            <Twin answers={state.answers.clone()} {scene} dispatch={dispatch.clone()} />
        </section>
    }
}

/// What of the picture is lost with what fails in Reachability.
fn lost(state: &State, scene: &scene::Scene) -> scene::Lost {
    let topology = state.answers.topology();
    let failing = state.reach.failing.as_ref();
    let failure = failing.and_then(|failing| {
        let mut all = failures(topology).into_iter();
        all.find(|(name, _)| *name == failing.name)
    });
    failure.map_or_else(scene::Lost::default, |(_, failure)| {
        scene::lost(scene, topology, &failure)
    })
}

/// The box that an address lies in.
fn node_at(state: &State, ip: std::net::Ipv4Addr) -> Option<NodeKey> {
    let topology = state.answers.topology();
    let vnet = topology
        .vnets()
        .iter()
        .find(|v| v.contains(ip))
        .map(|v| NodeKey::Vnet(v.id));
    let site = || {
        let holds =
            |s: &&interspoke_core::topology::Site| s.prefixes.iter().any(|p| p.contains(&ip));
        topology
            .sites()
            .iter()
            .find(holds)
            .map(|s| NodeKey::Site(s.id))
    };
    vnet.or_else(site)
}

fn tools(props: &StateProps, [from, to]: &[Shared<Vec<view::Choosable>>; 2]) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let combo = |turn: Turn,
                 field: Field,
                 label: &'static str,
                 options: &Shared<Vec<view::Choosable>>| {
        let own = || Draft {
            text: called(state, turn),
            error: None,
        };
        let draft = state.drafts.field(field).cloned().unwrap_or_else(own);
        let next = state.choice.turn == turn;
        html! {
            <Combo name={label} {field} {label} {draft} {next} options={options.clone()} dispatch={dispatch.clone()}
                uid={props.uid.clone()} />
        }
    };
    let protocols = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp];
    let pick = dispatch.reform(move |word: String| {
        let found = protocols.into_iter().find(|p| word_of(*p) == word);
        Msg::Pick(PickMsg::Protocol(found.unwrap_or_default()))
    });
    html! {
        <div class="tools">
            <div class="pick">
                { combo(Turn::From, Field::From, text::FROM, from) }
                <button type="button" class="btn icon" aria-label={text::SWAP} title={text::SWAP}
                    onclick={send(dispatch, Msg::Pick(PickMsg::Swap))}>{ icon(SWAP) }</button>
                { combo(Turn::To, Field::To, text::TO, to) }
                <select class="input" aria-label={text::PROTOCOL} onchange={chosen(pick)}>
                    { for protocols.iter().map(|p| html! {
                        <option key={word_of(*p)} value={word_of(*p)} selected={*p == state.choice.protocol}>
                            { word_of(*p) }
                        </option>
                    }) }
                </select>
                { port(props) }
            </div>
            <div class="row turn" role="group" aria-label={text::NEXT_CLICK}>
                <span class="muted">{ "next click:" }</span>
                <span class="seg">
                    { for [(Turn::From, text::FROM), (Turn::To, text::TO)].map(|(turn, word)| html! {
                        <button type="button" key={word} aria-pressed={(state.choice.turn == turn).to_string()}
                            onclick={send(dispatch, Msg::Pick(PickMsg::Turn(turn)))}>{ word }</button>
                    }) }
                </span>
            </div>
        </div>
    }
}

/// Which estate is shown in place of the design, and the way back.
fn stage(props: &StateProps) -> Html {
    let back = send(&props.dispatch, Msg::Plan(PlanMsg::Leave));
    html! {
        <p class="row staged" role="status">
            <span>{ &props.state.document.name }</span>
            <button type="button" class="btn small" onclick={back}>{ text::BACK_TO_DESIGN }</button>
        </p>
    }
}

/// What changes the network on the picture, and what the last such change did.
fn changes(props: &StateProps) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let button = |label: &'static str, msg: CanvasMsg, off: bool| {
        html! {
            <button type="button" class="btn small" disabled={off} onclick={send(dispatch, Msg::Canvas(msg))}>{ label }</button>
        }
    };
    let chosen_boxes = state.marked.len();
    let none = chosen_boxes == 0 && state.walker.is_none();
    let join = dispatch.reform(|id: String| {
        let pattern = Pattern::named(&id);
        pattern.map_or(Msg::Canvas(CanvasMsg::Unmark), |pattern| {
            Msg::Canvas(CanvasMsg::JoinBy(pattern))
        })
    });
    html! {
        <div class="row changes" role="group" aria-label={text::canvas::TOOLS}>
            { button(text::canvas::ADD_VNET, CanvasMsg::AddVnet(state.walker), false) }
            { button(text::canvas::CONNECT, CanvasMsg::JoinMarked, chosen_boxes != 2) }
            if let Some(key) = state.walker { { button(text::canvas::EDIT, CanvasMsg::Edit(key), false) } }
            { button(text::form::DELETE, CanvasMsg::Delete(state.walker), none) }
            <select class="input" aria-label={text::canvas::JOIN_BY} onchange={chosen(join)}>
                <option value="" selected={true}>{ text::canvas::JOIN_BY }</option>
                { for Pattern::ALL.iter().map(|pattern| html! {
                    <option key={pattern.id()} value={pattern.id()}>{ pattern.title() }</option>
                }) }
            </select>
            if let Some(form) = state.other_form() {
                { button(text::canvas::turn_into(form == Form::VirtualWan), CanvasMsg::TurnInto, false) }
            }
            <button type="button" class="btn small" onclick={send(dispatch, Msg::Palette(PaletteMsg::Toggle))}>{ text::canvas::MORE }</button>
            if chosen_boxes > 0 { <span class="muted">{ text::canvas::chosen(chosen_boxes) }</span> }
            { for view::broken(state).iter().map(|policy| html! {
                <p class="said bad" key={policy.says.clone()}>
                    { &policy.chip.text }{ ": " }{ &policy.says }{ ". " }{ &policy.because }{ " " }
                    { for policy.show.iter().map(|msg| html! {
                        <button type="button" class="btn small" onclick={send(dispatch, msg.clone())}>{ text::SHOW_PATH }</button>
                    }) }
                </p>
            }) }
            if let Some(did) = &state.effected {
                <p class="effected">{ did.said() }</p>
                if !did.lost.is_empty() {
                    <details class="because">
                        <summary>{ text::canvas::not_kept(did.lost.len()) }</summary>
                        <ul class="bullets">{ for did.lost.iter().map(|lost| html! { <li>{ lost }{ "." }</li> }) }</ul>
                    </details>
                }
            }
        </div>
    }
}

/// The port that is called, where the protocol has ports.
fn port(props: &StateProps) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let own = || Draft {
        text: state
            .choice
            .port
            .map(|port| port.to_string())
            .unwrap_or_default(),
        error: None,
    };
    let draft = state.drafts.field(Field::Port).cloned().unwrap_or_else(own);
    let field = TextField {
        id: format!("{}-port", props.uid),
        draft: &draft,
        label: Some(text::PORT.to_owned()),
        placeholder: text::ANY_PORT,
        list: None,
        disabled: !has_ports(state.choice.protocol),
        on_text: dispatch.reform(|typed| Msg::Typed(Field::Port, typed)),
        on_leave: Some(dispatch.clone()),
        leave: Some(Msg::Left(Field::Port)),
    };
    html! { <span class="port">{ input(&field) }{ error(&field) }</span> }
}

fn word_of(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
        Protocol::Esp => "ESP",
        Protocol::Ah => "AH",
        Protocol::Icmp => "ICMP",
    }
}

/// The name of an end, else its address.
fn called(state: &State, turn: Turn) -> String {
    let Some(ip) = state.choice.at(turn) else {
        return String::new();
    };
    let named = state.answers.endpoints.iter().find(|e| e.address == ip);
    named.map_or_else(|| ip.to_string(), |e| e.name.clone())
}

fn zoom(camera: Camera, open: bool, dispatch: &Callback<Msg>) -> Html {
    let button = |label: &'static str, path: &'static str, msg: CameraMsg, off: bool| {
        tool(label, path, Msg::Camera(msg), off, dispatch)
    };
    html! {
        <div class="zoom" role="group" aria-label="View">
            if open { { tool(text::FOLD_ALL, FOLD, Msg::FoldAll, false, dispatch) } }
            { button(text::ZOOM_OUT, MINUS, CameraMsg::Step(0.8), false) }
            { button(text::ZOOM_IN, PLUS, CameraMsg::Step(1.25), false) }
            { button(text::FIT, FIT, CameraMsg::Fit, camera == Camera::default()) }
        </div>
    }
}

fn tool(
    label: &'static str,
    path: &'static str,
    msg: Msg,
    off: bool,
    dispatch: &Callback<Msg>,
) -> Html {
    html! {
        <button type="button" class="btn icon small" aria-label={label} title={label} disabled={off}
            onclick={send(dispatch, msg)}>{ icon(path) }</button>
    }
}

fn legend(scene: &scene::Scene, lost: Option<String>) -> Html {
    use scene::EdgeKind;
    let has = |kind: EdgeKind| scene.edges.iter().any(|edge| edge.kind == kind);
    let peering = |kind: EdgeKind| scene.edges.iter().any(|e| e.kind == kind && !e.direct);
    let direct = scene.edges.iter().any(|edge| edge.direct)
        || scene
            .bodies
            .iter()
            .any(|body| body.kind == scene::MeshKind::Direct);
    let line = |class: &'static str, word: &'static str| {
        html! {
            <span key={word}>
                <svg viewBox="0 0 28 10" aria-hidden="true"><path class={class} d="M1 5h26" /></svg>{ word }
            </span>
        }
    };
    html! {
        <div class="legend">
            { line("track forward", "request") }
            { line("track back", "reply") }
            if peering(EdgeKind::Peering) { { line("edge", "VNetPeering") } }
            if peering(EdgeKind::GlobalPeering) { { line("edge global", "VNetGlobalPeering") } }
            if direct { { line("edge direct", "direct connectivity") } }
            if has(EdgeKind::NorthSouth) { { line("edge north", "to the Internet") } }
            if has(EdgeKind::Connection) { { line("edge", "Virtual WAN connection") } }
            if has(EdgeKind::Tunnel) { { line("edge tunnel", "IPsec tunnel") } }
            if has(EdgeKind::Circuit) { { line("edge circuit", "ExpressRoute") } }
            if scene.edges.iter().any(|edge| !edge.up) { { line("edge down", "not connected") } }
            { for lost.map(|why| html! {
                <span key="lost" class="why"><svg class="lost" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8" /><path d="M7 7l6 6m0-6-6 6" /></svg>{ why }</span>
            }) }
        </div>
    }
}
