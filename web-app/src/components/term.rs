//! Words of Azure's in a text: each, where it stands first, says what it means to whoever points at it.

use interspoke_core::glossary::{terms, within};
use yew::prelude::*;

/// A text whose words of Azure's are explained.
pub(super) fn explained(text: &str) -> Html {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, term) in within(text) {
        let (before, word) = (text.get(from..at.start), text.get(at.clone()));
        parts.push(html! {
            <>{ before.unwrap_or_default() }<abbr class="term" title={term.says}>{ word.unwrap_or_default() }</abbr></>
        });
        from = at.end;
    }
    html! { <>{ for parts }{ text.get(from..).unwrap_or_default() }</> }
}

/// Every word with its meaning and source, for readers without a pointer.
pub(super) fn glossary() -> Html {
    html! {
        <dl class="glossary">{ for terms().iter().map(|term| html! {
            <div key={term.word}>
                <dt>{ term.word }</dt>
                <dd>{ term.says }<span class="because">{ super::cite(term.source.title, term.source.url) }{ ", " }{ term.source.date }</span></dd>
            </div>
        }) }</dl>
    }
}
