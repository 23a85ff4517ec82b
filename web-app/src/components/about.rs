//! Sharing, and what the program is made of, over the page.

use super::palette::{escape, stay, use_focus};
use super::send;
use super::term::glossary;
use crate::state::{Msg, PaletteMsg};
use crate::text;
use crate::view;
use yew::prelude::*;

/// What the dialog needs.
#[derive(Properties, PartialEq, Debug)]
pub(super) struct AboutProps {
    pub(super) model: view::About,
    pub(super) dispatch: Callback<Msg>,
}

/// The dialog: its closing button takes the focus when it opens.
#[component]
pub(super) fn About(props: &AboutProps) -> Html {
    let button = use_node_ref();
    use_focus(&button);
    let model = &props.model;
    let close = || send(&props.dispatch, Msg::Palette(PaletteMsg::Close));
    html! {
        <div class="over" onclick={close()}>
            <div class="palette keylist about" role="dialog" aria-modal="true" aria-label={text::about::TITLE} onclick={stay()} onkeydown={escape(&props.dispatch)}>
                <header>
                    <h2>{ text::about::TITLE }</h2>
                    <button ref={button} type="button" class="btn small" onclick={close()}>{ text::canvas::CLOSE }</button>
                </header>
                { for model.old.iter().map(|old| html! { <p class="said bad" role="alert" key={old.clone()}>{ old }</p> }) }
                { copy(props) }
                { codes(props) }
                <section>
                    <details>
                        <summary>{ text::about::WORDS }</summary>
                        { glossary() }
                    </details>
                </section>
                <section>
                    <h3>{ text::about::DATA }</h3>
                    <p>{ &model.version }</p>
                    { for model.guide.iter().map(|guide| html! {
                        <p><a href={guide.clone()} target="_blank" rel="noopener">{ text::about::GUIDE }</a>{ ": " }{ text::about::GUIDE_WHAT }</p>
                    }) }
                    <table>
                        <thead><tr>{ for text::about::HEADS.map(|head| html! { <th scope="col" key={head}>{ head }</th> }) }</tr></thead>
                        <tbody>{ for model.facts.iter().map(|[what, date]| html! { <tr key={*what}><td>{ *what }</td><td>{ *date }</td></tr> }) }</tbody>
                    </table>
                    { for model.licences.iter().map(|page| html! {
                        <p><a href={page.clone()} target="_blank" rel="noopener">{ text::about::LICENCES }</a></p>
                    }) }
                </section>
            </div>
        </div>
    }
}

/// The page as a file that carries the design.
fn copy(props: &AboutProps) -> Html {
    let button = |msg: &Msg| {
        html! {
            <section>
                <h3>{ text::about::COPY }</h3>
                <p>{ text::about::COPY_WHAT }</p>
                <button type="button" class="btn primary" onclick={send(&props.dispatch, msg.clone())}>{ text::about::SAVE_COPY }</button>
            </section>
        }
    };
    html! { <>{ for props.model.copy.iter().map(button) }</> }
}

/// What other pages need to show the design.
fn codes(props: &AboutProps) -> Html {
    let shown = |code: &view::EmbedCode| {
        html! {
            <div key={code.title}>
                <p>{ code.title }</p>
                <pre class="code" tabindex="0">{ &code.text }</pre>
                <button type="button" class="btn small" onclick={send(&props.dispatch, code.msg.clone())}>{ code.caption }</button>
            </div>
        }
    };
    html! {
        <section class="embed">
            <h3>{ text::about::EMBED }</h3>
            <p>{ text::about::EMBED_WHERE }</p>
            { for props.model.codes.iter().map(shown) }
            { for props.model.note.iter().map(|note| html! { <p class="muted">{ *note }</p> }) }
        </section>
    }
}
