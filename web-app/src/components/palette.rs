//! The command palette and the list of keys, over the page.

use super::field::ticked;
use super::send;
use crate::state::{Msg, PaletteMsg};
use crate::text;
use crate::view::{Command, PaletteView};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};
use yew::prelude::*;

/// What the palette needs.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct PaletteProps {
    pub(super) model: PaletteView,
    pub(super) dispatch: Callback<Msg>,
    pub(super) uid: AttrValue,
}

/// The palette: it takes the focus when it opens.
#[component]
pub(super) fn Palette(props: &PaletteProps) -> Html {
    let field = use_node_ref();
    use_focus(&field);
    let model = &props.model;
    let id = format!("{}-palette", props.uid);
    let typed = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            dispatch.emit(Msg::Palette(PaletteMsg::Typed(typed)));
        })
    };
    let keys = {
        let (model, dispatch) = (model.clone(), props.dispatch.clone());
        Callback::from(move |event: KeyboardEvent| pressed(&event, &model, &dispatch))
    };
    let close = send(&props.dispatch, Msg::Palette(PaletteMsg::Close));
    html! {
        <div class="over" onclick={close}>
            <div class="palette" role="dialog" aria-modal="true" aria-label={text::canvas::PALETTE} onclick={stay()} onkeydown={keys}>
                <input ref={field} type="text" class="input" role="combobox" aria-label={text::canvas::PALETTE}
                    placeholder={text::canvas::PALETTE_HINT} aria-expanded="true" aria-autocomplete="list"
                    aria-controls={format!("{id}-list")} autocomplete="off" spellcheck="false"
                    aria-activedescendant={(!model.found.is_empty()).then(|| format!("{id}-{}", model.active))}
                    value={model.typed.clone()} oninput={typed} />
                <ul role="listbox" id={format!("{id}-list")} aria-label={text::canvas::PALETTE}>
                    { for model.found.iter().enumerate().map(|(at, one)| line(props, &id, at, one)) }
                </ul>
                if model.found.is_empty() { <p class="muted">{ text::canvas::NOTHING_FOUND }</p> }
            </div>
        </div>
    }
}

fn line(props: &PaletteProps, id: &str, at: usize, command: &Command) -> Html {
    let active = at == props.model.active;
    let take = {
        let (dispatch, msg) = (props.dispatch.clone(), command.msg.clone());
        Callback::from(move |_: MouseEvent| run(&dispatch, &msg))
    };
    html! {
        <li role="option" key={format!("{} {}", command.note, command.name)} id={format!("{id}-{at}")}
            class={active.then_some("active")} aria-selected={active.to_string()} onclick={take}>
            <span>{ &command.name }</span><span class="because">{ command.note }</span>
        </li>
    }
}

/// The palette closes before what was chosen happens: it may open something else.
fn run(dispatch: &Callback<Msg>, msg: &Msg) {
    dispatch.emit(Msg::Palette(PaletteMsg::Close));
    dispatch.emit(msg.clone());
}

fn pressed(event: &KeyboardEvent, model: &PaletteView, dispatch: &Callback<Msg>) {
    let last = model.found.len().saturating_sub(1);
    let stand = |at: usize| Msg::Palette(PaletteMsg::Stand(at));
    let msg = match event.key().as_str() {
        "Escape" => Msg::Palette(PaletteMsg::Close),
        "ArrowDown" => stand((model.active + 1).min(last)),
        "ArrowUp" => stand(model.active.saturating_sub(1)),
        "Enter" => {
            event.prevent_default();
            event.stop_propagation();
            if let Some(one) = model.found.get(model.active) {
                run(dispatch, &one.msg);
            }
            return;
        }
        // Nothing else here takes the focus: it stays in the field.
        "Tab" => {
            event.prevent_default();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    dispatch.emit(msg);
}

/// Escape closes what is over the page.
pub(super) fn escape(dispatch: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            dispatch.emit(Msg::Palette(PaletteMsg::Close));
        }
    })
}

/// A press inside does not close what is around.
pub(super) fn stay() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| event.stop_propagation())
}

/// Takes the focus, and gives it back to what had it, else to the page.
#[hook]
pub(super) fn use_focus(element: &NodeRef) {
    let element = element.clone();
    use_effect_with((), move |()| {
        let before = element.cast::<Element>().and_then(|own| before(&own));
        if let Some(element) = element.cast::<HtmlElement>() {
            let _ = element.focus();
        }
        move || {
            if let Some(before) = before.filter(|one| one.is_connected()) {
                let _ = before.focus();
            }
        }
    });
}

/// What has the focus in the page of an element; the page itself where nothing has.
fn before(own: &Element) -> Option<HtmlElement> {
    let page = own.closest(".interspoke").ok().flatten()?;
    let focused = page.query_selector(":focus").ok().flatten();
    focused.unwrap_or(page).dyn_into::<HtmlElement>().ok()
}

/// What the list of keys needs.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct KeysProps {
    /// Whether single keys act on the picture.
    pub(super) single: bool,
    pub(super) dispatch: Callback<Msg>,
}

/// The list of keys.
#[component]
pub(super) fn Keys(props: &KeysProps) -> Html {
    let button = use_node_ref();
    use_focus(&button);
    let close = || send(&props.dispatch, Msg::Palette(PaletteMsg::Close));
    let single = props
        .dispatch
        .reform(|on| Msg::Palette(PaletteMsg::SingleKeys(on)));
    html! {
        <div class="over" onclick={close()}>
            <div class="palette keylist" role="dialog" aria-modal="true" aria-label={text::canvas::KEYS} onclick={stay()} onkeydown={escape(&props.dispatch)}>
                <h2>{ text::canvas::KEYS }</h2>
                { for text::canvas::KEY_GROUPS.iter().map(|(title, keys)| html! {
                    <section key={*title}>
                        <h3>{ *title }</h3>
                        <dl>{ for keys.iter().map(|(key, what)| html! { <div key={*key}><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }) }</dl>
                    </section>
                }) }
                <label class="check">
                    <input type="checkbox" checked={props.single} onchange={ticked(single)} />
                    <span>{ text::canvas::SINGLE_KEYS }</span>
                </label>
                <button ref={button} type="button" class="btn" onclick={close()}>{ text::canvas::CLOSE }</button>
            </div>
        </div>
    }
}
