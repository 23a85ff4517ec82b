//! Sharing a design, and what the program is made of.

use crate::state::{DesignMsg, Embed, Msg, State};
use crate::text;
use interspoke_core::facts::{ALL, OLD_AFTER, old};

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// The version of the program.
    pub version: String,
    /// Codes for other pages.
    pub codes: Vec<Code>,
    /// Why a code is not there.
    pub note: Option<&'static str>,
    /// Saves a copy of the page; none where it cannot.
    pub copy: Option<Msg>,
    /// Address of the guide.
    pub guide: Option<String>,
    /// Address of the licences.
    pub licences: Option<String>,
    /// What is older than it should be.
    pub old: Vec<String>,
    /// Files of facts with their dates.
    pub facts: Vec<[&'static str; 2]>,
}

/// A code to copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// What it is.
    pub title: &'static str,
    /// The code.
    pub text: String,
    /// What the button is called.
    pub caption: &'static str,
    /// Copies it.
    pub msg: Msg,
}

fn code(title: &'static str, caption: &'static str, text: String) -> Code {
    Code {
        title,
        msg: Msg::Copy(text.clone(), text::about::COPIED),
        text,
        caption,
    }
}

/// The dialog, where it is open.
#[must_use]
pub fn about(state: &State) -> Option<About> {
    if !state.about_open {
        return None;
    }
    let Embed { element, frame } = state.embed();
    let note = frame.is_none().then_some(text::about::TOO_LARGE);
    let element = code(text::about::ELEMENT, text::about::COPY_ELEMENT, element);
    let frame = frame.map(|frame| code(text::about::FRAME, text::about::COPY_FRAME, frame));
    let beside = |name: &str| state.home.as_ref().map(|home| format!("{home}{name}"));
    Some(About {
        version: text::about::version(env!("CARGO_PKG_VERSION")),
        codes: std::iter::once(element).chain(frame).collect(),
        note,
        copy: state.copies.then_some(Msg::Design(DesignMsg::SavePage)),
        guide: beside("guide/index.html"),
        licences: beside("licences.html"),
        old: old(&state.today)
            .map(|facts| text::about::old(facts.what, facts.date, OLD_AFTER))
            .collect(),
        facts: ALL.iter().map(|facts| [facts.what, facts.date]).collect(),
    })
}
