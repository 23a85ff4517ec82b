//! Fields that keep what was typed and say what was expected.

use crate::state::{Draft, Msg};
use web_sys::{HtmlInputElement, HtmlSelectElement, InputEvent};
use yew::prelude::*;

/// What a text field needs.
pub(super) struct TextField<'a> {
    /// Its id, unique in the document.
    pub(super) id: String,
    /// What stands in it, and what was expected.
    pub(super) draft: &'a Draft,
    /// Its name for those who cannot see where it stands; nothing where a label is tied to the id.
    pub(super) label: Option<String>,
    /// An example.
    pub(super) placeholder: &'static str,
    /// The id of a list of what may be meant.
    pub(super) list: Option<String>,
    /// It has no meaning now.
    pub(super) disabled: bool,
    /// What typing means.
    pub(super) on_text: Callback<String>,
    /// What leaving means.
    pub(super) on_leave: Option<Callback<Msg>>,
    /// The message for leaving.
    pub(super) leave: Option<Msg>,
}

/// The input alone.
pub(super) fn input(field: &TextField) -> Html {
    let error = field.draft.error.is_some() && !field.disabled;
    let typed = field
        .on_text
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let left = field.on_leave.clone().zip(field.leave.clone());
    let left =
        left.map(|(dispatch, msg)| Callback::from(move |_: FocusEvent| dispatch.emit(msg.clone())));
    html! {
        <input type="text" class="input" id={field.id.clone()} value={field.draft.text.clone()}
            aria-label={field.label.clone()} placeholder={field.placeholder} disabled={field.disabled} list={field.list.clone()}
            aria-invalid={error.then_some("true")} aria-describedby={error.then(|| format!("{}-error", field.id))}
            autocomplete="off" autocapitalize="off" spellcheck="false" oninput={typed} onfocusout={left} />
    }
}

/// What was expected, tied to the input.
pub(super) fn error(field: &TextField) -> Html {
    match &field.draft.error {
        Some(error) if !field.disabled => {
            html! { <p class="error" id={format!("{}-error", field.id)}>{ error }</p> }
        }
        _ => html! {},
    }
}

/// The chosen value of a list.
pub(super) fn chosen(on: Callback<String>) -> Callback<Event> {
    on.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value())
}

/// Whether a box was ticked.
pub(super) fn ticked(on: Callback<bool>) -> Callback<Event> {
    on.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked())
}
