//! The whole page: one store, and the areas drawn from it.

use super::about::About;
use super::answers::answers;
use super::designs::{designs, notes};
use super::palette::{Keys, Palette};
use super::pane::pane;
use super::picture::Picture;
use super::side::side;
use super::strip::strip;
use super::top::top;
use super::{StateProps, view_pane};
use crate::state::{DesignMsg, Effect, Msg, PARTS, Shared, State, View, shortcut, update};
use crate::{text, view};
use std::rc::Rc;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// What the page starts with.
#[derive(Properties, PartialEq, Debug)]
pub struct AppProps {
    /// The first state.
    pub start: Shared<State>,
    /// Begins every id of this page.
    pub uid: AttrValue,
    /// Carries effects out.
    #[prop_or_default]
    pub run: Callback<Effect>,
    /// Called once with the way in for messages from the browser.
    #[prop_or_default]
    pub ready: Callback<Callback<Msg>>,
}

/// The state, and the effects that no render has run yet, numbered.
#[derive(Debug)]
struct Store {
    state: Rc<State>,
    outbox: Vec<(u64, Effect)>,
    sent: u64,
    /// Carries out what comes before drawing.
    run: Callback<Effect>,
}

impl PartialEq for Store {
    /// Stores of one page: a state is one thing, and effects are told apart by their numbers.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.sent == other.sent
    }
}

/// Effects kept for a render that has not come yet; more never happen between two renders.
const OUTBOX: usize = 64;

impl Reducible for Store {
    type Action = Msg;

    fn reduce(self: Rc<Self>, msg: Msg) -> Rc<Self> {
        let (state, effects) = update(Rc::clone(&self.state), msg);
        let mut outbox = self.outbox.clone();
        let mut sent = self.sent;
        for effect in effects {
            if effect.comes_first() {
                self.run.emit(effect);
                continue;
            }
            sent += 1;
            outbox.push((sent, effect));
        }
        let old = outbox.len().saturating_sub(OUTBOX);
        outbox.drain(..old);
        Rc::new(Self {
            state,
            outbox,
            sent,
            run: self.run.clone(),
        })
    }
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = {
        let (start, run) = (props.start.clone(), props.run.clone());
        use_reducer_eq(move || Store {
            state: Rc::new((*start).clone()),
            outbox: Vec::new(),
            sent: 0,
            run,
        })
    };
    let dispatch: Callback<Msg> = {
        let dispatcher = store.dispatcher();
        use_callback((), move |msg: Msg, ()| dispatcher.dispatch(msg))
    };
    let done = use_mut_ref(|| 0_u64);
    {
        let (outbox, run) = (store.outbox.clone(), props.run.clone());
        use_effect_with(store.sent, move |_| {
            let last = outbox.last().map(|(number, _)| *number);
            let before = done.replace(last.unwrap_or_default());
            for (_, effect) in outbox.into_iter().filter(|(number, _)| *number > before) {
                run.emit(effect);
            }
        });
    }
    {
        let (ready, dispatch) = (props.ready.clone(), dispatch.clone());
        use_effect_with((), move |()| ready.emit(dispatch));
    }
    let state = Rc::clone(&store.state);
    let keys = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| page_keys(&event, &dispatch))
    };
    // The list of designs covers the page and says it itself.
    let said = state.notice.clone().filter(|_| !state.store.listed);
    let said = said.unwrap_or_default();
    let chosen = dispatch.reform(|_: Event| Msg::Design(DesignMsg::Chosen));
    let uid = props.uid.clone();
    let whole = StateProps {
        state: Shared::from(Rc::clone(&state)),
        dispatch: dispatch.clone(),
        uid: uid.clone(),
    };
    let shown = state.shown.view;
    // A part whose turn has not come shows what it showed.
    let lagging = use_mut_ref(|| [const { None }; PARTS]);
    let seen = |part: usize| -> Option<StateProps> {
        let mut lagging = lagging.borrow_mut();
        let last = lagging.get_mut(part)?;
        // The picture is there from the beginning: its room is measured before it is laid out.
        if state.is_settled(part) || part == 0 && last.is_none() {
            *last = Some(whole.clone());
        }
        last.clone().filter(|_| shown.shows(part))
    };
    html! {
        <div class="interspoke" tabindex="-1" data-theme={state.theme.word()} data-view={shown.areas()} onkeydown={keys}>
            <div class="frame">
                if shown == View::Page { { view_pane(top, view::top(&state), &dispatch, &uid) } }
                if let Some(why) = &state.refused {
                    <p class="older" role="alert">{ text::NOT_READ }{ " " }{ why }</p>
                }
                { view_pane(notes, view::notes(&state), &dispatch, &uid) }
                { seen(1).map_or_else(Html::default, |of| view_pane(strip, view::strip(&of.state), &dispatch, &uid)) }
                <div class="desk">
                    // The panel's room is kept from the beginning.
                    if shown == View::Page { { seen(3).map_or_else(|| html! { <aside class="estate"></aside> }, |of| pane(side, of)) } }
                    <main class="stage" aria-label={text::NAME}>
                        { seen(0).map_or_else(Html::default, |of| html! { <Picture ..staged(of) /> }) }
                        { seen(2).map_or_else(Html::default, |of| pane(answers, of)) }
                    </main>
                </div>
                if let Some(model) = view::palette(&state) {
                    <Palette {model} dispatch={dispatch.clone()} uid={uid.clone()} />
                }
                if state.keys_open { <Keys single={state.single_keys} dispatch={dispatch.clone()} /> }
                if let Some(model) = view::about(&state) { <About {model} dispatch={dispatch.clone()} /> }
                <div class="toast" role="status" aria-live="polite">{ said }</div>
                if state.keeps() { { view_pane(designs, view::designs(&state), &dispatch, &uid) } }
                <input type="file" class="openfile" hidden=true multiple=true onchange={chosen} />
            </div>
        </div>
    }
}

/// The picture of the estate after a step of a plan, where that is what is looked at.
fn staged(of: StateProps) -> StateProps {
    let Some(stage) = of.state.stage().cloned() else {
        return of;
    };
    StateProps {
        state: stage,
        dispatch: of.dispatch.reform(|msg| match msg {
            Msg::Plan(_) | Msg::Palette(_) => msg,
            msg => Msg::Stage(Box::new(msg)),
        }),
        uid: of.uid,
    }
}

/// Keys that act anywhere on the page. Undo and redo of a text are the text's own.
fn page_keys(event: &KeyboardEvent, dispatch: &Callback<Msg>) {
    let held = event.ctrl_key() || event.meta_key();
    let in_text = event
        .target_dyn_into::<HtmlElement>()
        .is_some_and(|element| {
            let typed = element
                .get_attribute("type")
                .is_none_or(|kind| kind == "text");
            let tag = element.tag_name();
            tag.eq_ignore_ascii_case("textarea") || tag.eq_ignore_ascii_case("input") && typed
        });
    let msg = shortcut(&event.key(), held, event.shift_key(), event.alt_key());
    let Some(msg) = msg.filter(|msg| !in_text || !matches!(msg, Msg::Undo | Msg::Redo)) else {
        return;
    };
    event.prevent_default();
    dispatch.emit(msg);
}
