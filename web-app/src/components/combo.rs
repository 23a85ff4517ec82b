//! A search box with a list: type a name or any address, or choose from the list.

use crate::state::{Draft, Field, Msg, Shared};
use crate::view::Choosable;
use web_sys::{HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};
use yew::prelude::*;

/// What a search box needs.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct ComboProps {
    /// Ends its id, and is a class.
    pub(super) name: &'static str,
    pub(super) field: Field,
    pub(super) label: &'static str,
    pub(super) draft: Draft,
    /// Everything in the list; long lists are told apart as wholes.
    pub(super) options: Shared<Vec<Choosable>>,
    /// The next click on the picture chooses here.
    #[prop_or_default]
    pub(super) next: bool,
    pub(super) dispatch: Callback<Msg>,
    pub(super) uid: AttrValue,
}

/// The list: closed, or open at a row; filtered by what was typed, if anything was.
#[derive(Clone, Copy, PartialEq, Default)]
struct List {
    open: bool,
    active: usize,
    typed: bool,
}

/// The search box.
#[component]
pub(super) fn Combo(props: &ComboProps) -> Html {
    let list = use_state_eq(List::default);
    let (name, field) = (props.name, props.field);
    let id = format!("{}-{name}", props.uid);
    let shown = matching(props, list.typed);
    let typed = {
        let (list, dispatch) = (list.clone(), props.dispatch.clone());
        Callback::from(move |event: InputEvent| {
            list.set(List {
                open: true,
                active: 0,
                typed: true,
            });
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            dispatch.emit(Msg::Typed(field, text));
        })
    };
    let opened = {
        let list = list.clone();
        Callback::from(move |event: MouseEvent| {
            event.target_unchecked_into::<HtmlInputElement>().select();
            list.set(List {
                open: true,
                active: 0,
                typed: false,
            });
        })
    };
    let left = {
        let (list, dispatch) = (list.clone(), props.dispatch.clone());
        Callback::from(move |_: FocusEvent| {
            list.set(List::default());
            dispatch.emit(Msg::Left(field));
        })
    };
    let keys = {
        let (list, dispatch) = (list.clone(), props.dispatch.clone());
        let found: Vec<Choosable> = shown.clone();
        Callback::from(move |event: KeyboardEvent| pressed(&event, &list, &found, &dispatch))
    };
    let error = props.draft.error.as_ref();
    let open = list.open && !shown.is_empty();
    html! {
        <div class={classes!("combo", name, props.next.then_some("next"))}>
            <label for={id.clone()}>{ props.label }</label>
            <input type="text" class="input" id={id.clone()} role="combobox" autocomplete="off" spellcheck="false"
                aria-expanded={open.to_string()} aria-controls={format!("{id}-list")} aria-autocomplete="list"
                aria-activedescendant={open.then(|| format!("{id}-{}", list.active))}
                aria-invalid={error.map(|_| "true")} aria-describedby={error.map(|_| format!("{id}-error"))}
                value={props.draft.text.clone()} oninput={typed} onclick={opened} onkeydown={keys} onfocusout={left} />
            if open {
                <ul class="listbox" role="listbox" id={format!("{id}-list")} aria-label={props.label}>
                    { for shown.iter().enumerate().map(|(i, e)| option(props, &list, &id, i, e)) }
                </ul>
            }
            if let Some(error) = error {
                <p class="error" id={format!("{id}-error")}>{ error }</p>
            }
        </div>
    }
}

fn matching(props: &ComboProps, filtered: bool) -> Vec<Choosable> {
    let wanted = props.draft.text.trim().to_ascii_lowercase();
    let matches = |e: &&Choosable| {
        !filtered
            || e.name.to_ascii_lowercase().contains(&wanted)
            || e.note.starts_with(&wanted)
            || e.more.to_ascii_lowercase().contains(&wanted)
    };
    props
        .options
        .iter()
        .filter(matches)
        .take(60)
        .cloned()
        .collect()
}

fn option(
    props: &ComboProps,
    list: &UseStateHandle<List>,
    id: &str,
    at: usize,
    e: &Choosable,
) -> Html {
    let (dispatch, msg) = (props.dispatch.clone(), e.msg.clone());
    let closing = list.clone();
    // Pressing, not clicking: the input would lose the focus and close the list first.
    let take = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        closing.set(List::default());
        dispatch.emit(msg.clone());
    });
    let active = at == list.active;
    html! {
        <li role="option" key={e.name.clone()} id={format!("{id}-{at}")} class={active.then_some("active")}
            aria-selected={active.to_string()} onmousedown={take}>
            <span>{ &e.name }</span><span class="m">{ &e.note }</span>
        </li>
    }
}

fn pressed(
    event: &KeyboardEvent,
    list: &UseStateHandle<List>,
    found: &[Choosable],
    dispatch: &Callback<Msg>,
) {
    let last = found.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowDown" if !list.open => List {
            open: true,
            ..List::default()
        },
        "ArrowDown" => List {
            active: (list.active + 1).min(last),
            ..**list
        },
        "ArrowUp" => List {
            active: list.active.saturating_sub(1),
            ..**list
        },
        "Home" if list.open => List {
            active: 0,
            ..**list
        },
        "End" if list.open => List {
            active: last,
            ..**list
        },
        "Escape" if list.open => List::default(),
        "Enter" if list.open => {
            if let Some(one) = found.get(list.active) {
                dispatch.emit(one.msg.clone());
            }
            List::default()
        }
        _ => return,
    };
    event.prevent_default();
    list.set(next);
}
