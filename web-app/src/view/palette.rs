//! The lines of the command palette: every action of the page and every object, found by name.
//!
//! The rule: a line is found where every word that was typed stands in its name or in what it is; lines whose name
//! begins with what was typed come first, actions before objects. No more than a screenful is made.

use crate::form::{self, Kind};
use crate::state::{
    AskMsg, CameraMsg, CanvasMsg, FormMsg, Msg, PaletteMsg, Side, State, Tab, Theme,
};
use crate::text;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::turn::Form;
use interspoke_core::sample::SAMPLES;

/// Lines that are shown.
const SHOWN: usize = 40;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// What it is called.
    pub name: String,
    /// What it is: an action, or a kind of object.
    pub note: &'static str,
    /// What it does.
    pub msg: Msg,
}

/// The open palette.
#[derive(Debug, Clone, PartialEq)]
pub struct PaletteView {
    /// What is typed.
    pub typed: String,
    /// The line that Enter takes.
    pub active: usize,
    /// The lines that are found.
    pub found: Vec<Command>,
}

/// What the palette shows, where it is open.
#[must_use]
pub fn palette(state: &State) -> Option<PaletteView> {
    let open = state.palette.as_ref()?;
    let wanted = open.typed.trim().to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut found: Vec<Command> = Vec::new();
    for command in actions(state).into_iter().filter(|one| has(&words, one)) {
        found.push(command);
    }
    found.extend(objects(state, &words));
    found.sort_by_key(|one| !one.name.to_lowercase().starts_with(&wanted));
    found.truncate(SHOWN);
    Some(PaletteView {
        typed: open.typed.clone(),
        active: open.active.min(found.len().saturating_sub(1)),
        found,
    })
}

fn has(words: &[&str], command: &Command) -> bool {
    let name = format!("{} {}", command.name, command.note).to_lowercase();
    words.iter().all(|word| name.contains(word))
}

/// Every action of the page.
fn actions(state: &State) -> Vec<Command> {
    let action = |name: String, msg: Msg| Command {
        name,
        note: text::canvas::ACTION,
        msg,
    };
    let mut all = vec![
        action(text::UNDO.to_owned(), Msg::Undo),
        action(text::REDO.to_owned(), Msg::Redo),
        action(text::FIT.to_owned(), Msg::Camera(CameraMsg::Fit)),
        action(text::ZOOM_IN.to_owned(), Msg::Camera(CameraMsg::Step(1.25))),
        action(text::ZOOM_OUT.to_owned(), Msg::Camera(CameraMsg::Step(0.8))),
        action(
            text::canvas::KEYS.to_owned(),
            Msg::Palette(PaletteMsg::Keys),
        ),
        action(
            text::about::TITLE.to_owned(),
            Msg::Palette(PaletteMsg::About),
        ),
        action(
            text::canvas::CLEAR.to_owned(),
            Msg::Canvas(CanvasMsg::Clear),
        ),
        action(
            text::canvas::MARK_ALL.to_owned(),
            Msg::Canvas(CanvasMsg::MarkAll),
        ),
        action(
            text::canvas::UNMARK.to_owned(),
            Msg::Canvas(CanvasMsg::Unmark),
        ),
        action(
            text::canvas::JOIN.to_owned(),
            Msg::Canvas(CanvasMsg::JoinMarked),
        ),
        action(
            text::canvas::DELETE.to_owned(),
            Msg::Canvas(CanvasMsg::Delete(state.walker)),
        ),
        action(text::canvas::INTENT.to_owned(), Msg::Side(Side::Intent)),
        action(text::ESTATE.to_owned(), Msg::Side(Side::Estate)),
    ];
    let tabs = Tab::ALL.iter();
    all.extend(tabs.map(|tab| action(text::canvas::show(text::tab(*tab)), Msg::Show(*tab))));
    let kinds = Kind::ALL.iter();
    all.extend(kinds.map(|kind| {
        let name = text::form::add(kind.table().noun);
        action(name, Msg::Form(FormMsg::Add(*kind)))
    }));
    let themes = [Theme::System, Theme::Light, Theme::Dark];
    all.extend(themes.map(|theme| action(text::canvas::theme(theme.word()), Msg::Theme(theme))));
    all.extend(state.other_form().map(|form| {
        let name = text::canvas::turn_into(form == Form::VirtualWan);
        action(name.to_owned(), Msg::Canvas(CanvasMsg::TurnInto))
    }));
    let patterns = Pattern::ALL.iter();
    all.extend(patterns.clone().map(|pattern| {
        let msg = Msg::Canvas(CanvasMsg::JoinBy(*pattern));
        action(text::canvas::join_by(pattern.title()), msg)
    }));
    all.extend(patterns.map(|pattern| {
        let msg = Msg::Ask(AskMsg::Draw(*pattern));
        action(text::canvas::draw(pattern.title()), msg)
    }));
    let samples = SAMPLES.iter();
    all.extend(
        samples.map(|sample| action(text::canvas::open(sample.title), Msg::Sample(sample.id))),
    );
    all
}

/// Objects whose name or kind has the words.
fn objects(state: &State, words: &[&str]) -> Vec<Command> {
    let network = &state.document.network;
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let Some(objects) = form::list(network, kind) else {
            continue;
        };
        for at in 0..objects.count() {
            let Some(name) = objects.title(at) else {
                continue;
            };
            let command = Command {
                name,
                note: text::form::kind(kind.path()),
                msg: Msg::Form(FormMsg::Open(kind, at)),
            };
            if has(words, &command) {
                found.push(command);
            }
            if found.len() >= SHOWN {
                return found;
            }
        }
    }
    found
}
