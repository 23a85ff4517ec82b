//! Opening a design: at once where it is small, in turns where it is large or the page itself opens.
//!
//! The rule: what is opened in turns is read, checked and grouped in a turn each, while the page shows what it
//! showed before; then it is laid out and takes the page over, one part of the page a turn. A message of the reader's that comes meanwhile
//! waits for nothing: the opening is done at once, and the message meets the design that was opened.
//!
//! | opened | in turns |
//! |---|---|
//! | the page itself | always: its first parts are there before anything is computed |
//! | a design of at most [`LARGE`] VNets | no |
//! | a larger one, from the list, a file, an import | yes |
//!
//! Left out: an edit of the open design, which is never in turns but for what comes [late](super::late).

use super::answers::Answering;
use super::history::History;
use super::late::LARGE;
use super::shelf::Start;
use super::{
    Answers, DesignMsg, Drawn, Effect, Msg, PARTS, Shown, State, Tab, View, link, opening,
};
use interspoke_core::document::Document;
use interspoke_core::sample::SAMPLES;
use std::cell::RefCell;
use std::rc::Rc;

/// A design with its steps and what was half typed in it.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    pub(super) document: Rc<Document>,
    pub(super) history: History,
    pub(super) session: String,
}

impl Desk {
    /// A document without a past.
    pub(super) fn of(document: Document) -> Self {
        Self {
            history: History::of(&document.to_json()),
            document: Rc::new(document),
            session: String::new(),
        }
    }
}

/// How far the page is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opened {
    /// Nothing of the design is seen.
    Nothing,
    /// The picture is, or whatever is seen in its place.
    Drawn,
    /// Every part, and what is answered after the picture.
    Whole,
}

/// What the page opens on.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// The question: nothing was given.
    Question,
    /// The fragment of a link, without `#`.
    Link(String),
    /// The text of a document or a link, which the page carries in itself.
    Text(String),
    /// A document that the embedding page gave.
    Document(Rc<Document>),
}

/// What is done with the page once a design has taken it over.
type Then = Box<dyn FnOnce(&mut State) -> Vec<Effect>>;

/// How far an opening is.
enum Stage {
    Read(Given),
    Write(Box<Document>),
    Answer(Desk, Answering),
    Answered(Desk, Box<Answers>),
    Compared(Desk, Box<Answers>, Drawn),
}

impl Stage {
    /// Nothing is known of a design yet.
    fn of(desk: Desk) -> Self {
        let answering = Answering::of(&desk.document);
        Self::Answer(desk, answering)
    }

    /// Whether the next step is about the design alone.
    const fn is_quiet(&self) -> bool {
        matches!(self, Self::Write(_) | Self::Answer(..) | Self::Answered(..))
    }

    /// The next step of what is about the design alone; others stay.
    fn step(self) -> Self {
        match self {
            Self::Write(document) => Self::of(Desk::of(*document)),
            Self::Answer(desk, answering) => match answering.step() {
                Answering::Done(answers) => Self::Answered(desk, answers),
                going_on => Self::Answer(desk, going_on),
            },
            Self::Answered(desk, answers) => {
                let drawn = State::drawn_of(&desk.document, Drawn::Alone);
                Self::Compared(desk, answers, drawn)
            }
            other => other,
        }
    }
}

/// A design that is being opened. States share it; it only ever comes nearer.
#[derive(Clone)]
pub struct Coming {
    /// What it is called; empty while that is not known.
    pub name: String,
    /// The page opens on a link: what this browser kept is looked at after it.
    link: bool,
    kept: Option<Rc<Start>>,
    work: Rc<RefCell<Option<(Stage, Then)>>>,
}

impl std::fmt::Debug for Coming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Coming").field(&self.name).finish()
    }
}

impl Coming {
    fn of(name: &str, stage: Stage, then: Then) -> Self {
        Self {
            name: name.to_owned(),
            link: false,
            kept: None,
            work: Rc::new(RefCell::new(Some((stage, then)))),
        }
    }
}

impl State {
    /// The page before anything was opened; what is given opens in turns.
    #[must_use]
    pub fn booting(given: Given, today: &str) -> Self {
        let link = matches!(given, Given::Link(_) | Given::Text(_));
        let question = given == Given::Question;
        let then = move |state: &mut Self| {
            state.store.own = false;
            if question || link && state.refused.is_some() {
                state.ask_the_question();
            } else if link {
                state.store.linked = Some(Rc::clone(&state.document));
            }
            Vec::new()
        };
        let nothing = Rc::new(Document::default());
        let answers = Answers::of(&nothing);
        Self {
            coming: Some(Coming {
                link,
                ..Coming::of("", Stage::Read(given), Box::new(then))
            }),
            settled: 0,
            opened: Opened::Nothing,
            ..Self::with(nothing, answers, History::default(), today)
        }
    }

    /// The page as another page embeds it.
    #[must_use]
    pub fn embedded(self, shown: Shown) -> Self {
        let tab = match shown.view {
            View::Answer(tab) => tab,
            View::Chart => Tab::Peerings,
            View::Page | View::Picture => self.tab,
        };
        Self { tab, shown, ..self }
    }

    /// Whether a part of the page shows the present design, by its place among [`PARTS`].
    #[must_use]
    pub const fn is_settled(&self, part: usize) -> bool {
        part < self.settled
    }

    /// Whether an opening goes on.
    pub(super) const fn is_coming(&self) -> bool {
        self.coming.is_some() || self.settled < PARTS
    }

    /// Tells once that the first part that is seen shows the design, and once that everything does.
    pub(super) fn tell_opened(&mut self) -> Vec<Effect> {
        let now = if !self.is_coming() && !self.late.is_due() {
            Opened::Whole
        } else if self.coming.is_none() && self.is_settled(self.shown.view.first()) {
            Opened::Drawn
        } else {
            Opened::Nothing
        };
        let before = self.opened;
        self.opened = before.max(now);
        let told = [
            (Opened::Drawn, Effect::Drawn),
            (Opened::Whole, Effect::Ready),
        ];
        let passed = told
            .into_iter()
            .filter(|(at, _)| before < *at && *at <= now);
        passed.map(|(_, effect)| effect).collect()
    }

    /// A message of the reader's meets the design that is being opened; what the browser says by itself does not wait for it.
    pub(super) fn meet(&mut self, msg: &Msg) -> Vec<Effect> {
        let by_itself = matches!(
            msg,
            Msg::Turn
                | Msg::Store(_)
                | Msg::Arrange(_)
                | Msg::Room(_)
                | Msg::Design(DesignMsg::Paused(_))
        );
        let mut effects = Vec::new();
        if by_itself || !self.is_coming() {
            return effects;
        }
        while self.is_coming() {
            effects.extend(self.come_on());
        }
        self.work_out_small();
        effects
    }

    /// Shows a design: at once, or in turns where that takes long; then what follows from it is done.
    pub(super) fn sit(
        &mut self,
        desk: Desk,
        then: impl FnOnce(&mut Self) -> Vec<Effect> + 'static,
    ) -> Vec<Effect> {
        if self.comes_in_turns(&desk.document) {
            let name = desk.document.name.clone();
            self.coming = Some(Coming::of(&name, Stage::of(desk), Box::new(then)));
            return Vec::new();
        }
        let answers = Answers::of(&desk.document);
        let drawn = Self::drawn_of(&desk.document, Drawn::Alone);
        self.take_over(desk, answers, drawn);
        self.work_out();
        then(self)
    }

    /// Shows a document without a past, as [`Self::sit`] does.
    pub(super) fn sit_fresh(
        &mut self,
        document: Document,
        then: impl FnOnce(&mut Self) -> Vec<Effect> + 'static,
    ) -> Vec<Effect> {
        if !self.comes_in_turns(&document) {
            return self.sit(Desk::of(document), then);
        }
        let name = document.name.clone();
        self.coming = Some(Coming::of(
            &name,
            Stage::Write(Box::new(document)),
            Box::new(then),
        ));
        Vec::new()
    }

    /// Whether a design opens in turns: a large one, or any while the page itself opens.
    fn comes_in_turns(&self, document: &Document) -> bool {
        document.network.vnets.len() > LARGE || self.is_coming()
    }

    /// The next step of an opening.
    pub(super) fn come_on(&mut self) -> Vec<Effect> {
        let Some(coming) = self.coming.clone() else {
            self.settled += 1;
            return Vec::new();
        };
        let Some((stage, then)) = coming.work.take() else {
            self.coming = None;
            return Vec::new();
        };
        match stage.step() {
            Stage::Read(given) => {
                let stage = Stage::Write(Box::new(self.read(given)));
                coming.work.replace(Some((stage, then)));
                Vec::new()
            }
            Stage::Compared(desk, answers, drawn) => {
                (self.coming, self.settled) = (None, 0);
                self.take_over(desk, *answers, drawn);
                let mut effects = then(self);
                if let Some(kept) = coming.kept {
                    effects.extend(self.started(Rc::unwrap_or_clone(kept)));
                }
                effects
            }
            stage => {
                coming.work.replace(Some((stage, then)));
                Vec::new()
            }
        }
    }

    /// A step of an opening that the page shows nothing of; false where the next one changes the page.
    pub(super) fn come_quietly(&self) -> bool {
        let work = self.coming.as_ref().map(|coming| &coming.work);
        let quiet = |work: &&Rc<RefCell<Option<(Stage, Then)>>>| {
            let work = work.borrow();
            work.as_ref().is_some_and(|(stage, _)| stage.is_quiet())
        };
        let Some(work) = work.filter(quiet) else {
            return false;
        };
        let next = work.take().map(|(stage, then)| (stage.step(), then));
        work.replace(next);
        true
    }

    /// What this browser kept waits until a link is open; none where no link is being opened.
    pub(super) fn after_link(&mut self, kept: Start) -> Option<Start> {
        match self.coming.as_mut().filter(|coming| coming.link) {
            Some(coming) => {
                coming.kept = Some(Rc::new(kept));
                None
            }
            None => Some(kept),
        }
    }

    /// The page is about another design from now on; what is about the page stays.
    fn take_over(&mut self, desk: Desk, answers: Answers, drawn: Drawn) {
        let viewport = self.drawing.viewport;
        let document = &desk.document;
        let sample = SAMPLES
            .iter()
            .find(|sample| document.design.is_none() && sample.title == document.name)
            .map(|sample| sample.id);
        *self = Self {
            theme: self.theme,
            arrangement: self.arrangement,
            notice: self.notice.take(),
            turning: self.turning,
            tab: self.tab,
            home: self.home.take(),
            copies: self.copies,
            refused: self.refused.take(),
            shown: self.shown,
            settled: self.settled,
            opened: self.opened,
            store: std::mem::take(&mut self.store).beside(),
            drawn,
            sample,
            ..Self::with(desk.document, answers, desk.history, &self.today)
        };
        self.drawing.viewport = viewport;
        self.resume(&desk.session);
    }

    /// The document that the page opens on; where it cannot be read, the page says why and opens on the question.
    fn read(&mut self, given: Given) -> Document {
        let read = match given {
            Given::Question => return opening(),
            Given::Link(fragment) => link::read(&fragment),
            Given::Text(text) => read_any(&text),
            Given::Document(document) => return Rc::unwrap_or_clone(document),
        };
        read.unwrap_or_else(|why| {
            self.refused = Some(why);
            opening()
        })
    }
}

/// The design of a text: a document, or a link.
///
/// # Errors
/// What was expected and what was found.
pub fn read_any(text: &str) -> Result<Document, String> {
    match link::fragment_in(text) {
        Some(fragment) => link::read(fragment),
        None => Document::parse(text).map_err(|error| error.to_string()),
    }
}
