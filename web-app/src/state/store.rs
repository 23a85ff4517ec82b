//! Designs that stay: kept at every step, opened, copied, deleted and brought back.
//!
//! The rule: a design gets an id with its first change and is kept from then on, at every message that changes it or what
//! is half typed in it, before the change is drawn. What is opened from a link, a page or a file becomes a design beside
//! the others; nothing is ever kept over another design. Undo at the first step of a design goes back to the one before.
//! A design that another tab keeps is shown, and a change of it becomes a copy.
//!
//! | happens | the design | kept |
//! |---|---|---|
//! | the page opens, nothing was kept | a sample, without an id | nothing |
//! | a field is half typed | gets an id | it, with the text in the field |
//! | a link is opened | without an id | nothing, until it changes |
//! | a file is opened | gets an id | at once |
//! | storage is full | stays on the page | the last change not; the page says so |
//!
//! Left out: where designs are kept: [`Shelf`](super::shelf::Shelf).

use super::coming::Desk;
use super::delta::Delta;
use super::history::{Cause, History};
use super::message::Effect;
use super::recognise::{Recognised, recognise};
use super::shelf::{
    Card, DesignMsg, FORM, Kept, Purpose, Start, StoreAsk, StoreMsg, Trouble, Write,
};
use super::{CostMsg, Drafts, Shared, State, link};
use crate::scene::{Look, Scene, Viewport, layout};
use crate::text;
use interspoke_core::document::Document;
use interspoke_core::sample::SAMPLES;
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology::{Topology, build};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the page knows of the place where designs are kept.
#[derive(Debug, Clone, Default)]
pub struct Store {
    /// Begins every id that this page gives; none: nothing is kept.
    seed: Option<String>,
    /// Ids given so far.
    given: u32,
    /// Every design in short.
    pub cards: Vec<Card>,
    /// The list is open.
    pub listed: bool,
    /// Why the last change is not kept.
    pub trouble: Option<Trouble>,
    /// The last design was not opened: why.
    pub unread: Option<Unread>,
    /// Another tab keeps the design.
    pub elsewhere: bool,
    /// Small pictures, by id and time.
    pub pictures: BTreeMap<String, (f64, Shared<Scene>)>,
    /// What the place has of the present design.
    written: Written,
    /// The design that the page said it works on.
    held: String,
    /// Designs before and after this one, for undo at the first step and redo at the last.
    back: Option<Box<Desk>>,
    forth: Option<Box<Desk>>,
    /// The address bar holds a link to the document as it was then.
    pub(super) linked: Option<Rc<Document>>,
    /// The reader opened it: it is kept although nothing was changed yet.
    pub(super) own: bool,
    /// Keystrokes so far, to notice a pause.
    pub(super) typed: u32,
}

/// A design that was not opened at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// The design.
    pub card: Card,
    /// Why, and its text. None: the page broke with it.
    pub trouble: Option<Trouble>,
}

impl Unread {
    /// Why, in a sentence.
    #[must_use]
    pub fn why(&self) -> String {
        match &self.trouble {
            Some(trouble) => trouble.message(),
            None => text::store::BROKE.to_owned(),
        }
    }
}

/// What the place has of a design.
#[derive(Debug, Clone, Default)]
struct Written {
    id: String,
    text: Rc<str>,
    session: String,
    drafts: Drafts,
    steps: Vec<Rc<Delta>>,
    first: u64,
}

impl Store {
    /// For another design, that the reader opened: what is known of the place stays.
    pub(super) fn beside(self) -> Self {
        Self {
            written: Written::default(),
            elsewhere: false,
            own: true,
            ..self
        }
    }
}

impl Written {
    /// How many of the steps the place has already.
    fn known(&self, same: bool, steps: &[Rc<Delta>], first: u64) -> usize {
        if !same || first < self.first {
            return 0;
        }
        let gone = usize::try_from(first - self.first).unwrap_or(usize::MAX);
        let kept = self.steps.get(gone..).unwrap_or_default();
        let pairs = steps.iter().zip(kept);
        pairs.take_while(|(a, b)| Rc::ptr_eq(a, b)).count()
    }
}

/// Thirty days in milliseconds.
const DELETED_STAYS: f64 = 30.0 * 86_400_000.0;

impl State {
    /// The page keeps designs; `seed` begins the ids that it gives and is like no other page's.
    #[must_use]
    pub fn keeping(mut self, seed: &str) -> Self {
        self.store.seed = Some(seed.to_owned());
        self
    }

    /// Whether this page keeps designs.
    #[must_use]
    pub const fn keeps(&self) -> bool {
        self.store.seed.is_some()
    }

    /// Whether the reader did nothing to the design yet.
    fn is_untouched(&self) -> bool {
        let (steps, ..) = self.history.steps();
        steps.is_empty() && self.drafts == Drafts::default() && !self.store.own
    }

    fn fresh_id(&mut self) -> Option<String> {
        let store = &mut self.store;
        let seed = store.seed.as_ref()?;
        store.given += 1;
        Some(format!("{seed}-{:04x}", store.given))
    }

    /// Gives the design an id. Steps see the id as a part of the text; every id is as long as any other.
    fn name_id(&mut self, id: String) {
        let document = Rc::make_mut(&mut self.document);
        let old = std::mem::replace(&mut document.id, id);
        let text = document.to_json();
        self.history.renamed(text, old.len() == document.id.len());
    }

    /// Before a change: the design has an id of its own.
    pub(super) fn own_id(&mut self) {
        if self.store.elsewhere {
            self.copy_here();
        } else if self.document.id.is_empty()
            && let Some(id) = self.fresh_id()
        {
            self.name_id(id);
        }
    }

    /// From now on the page works on a copy.
    fn copy_here(&mut self) {
        if let Some(id) = self.fresh_id() {
            self.name_id(id);
            self.store.elsewhere = false;
            let document = Rc::make_mut(&mut self.document);
            document.name = text::store::copy_of(&document.name);
            self.history.record(document.to_json(), Cause::Deed);
            self.store.own = true;
            self.store.written = Written::default();
            self.notice = Some(text::store::ON_A_COPY.to_owned());
        }
    }

    /// Keeps what changed. Called after every message; costs a comparison where nothing did.
    pub(super) fn keep(&mut self) -> Vec<Effect> {
        let mut effects = self.address();
        if self.store.seed.is_none() || self.is_untouched() {
            effects.extend(self.hold());
            return effects;
        }
        if self.document.id.is_empty() {
            self.own_id();
        } else if self.store.elsewhere {
            let written = &self.store.written;
            if written.text == *self.history.text() && written.drafts == self.drafts {
                return effects;
            }
            self.copy_here();
        }
        effects.extend(self.hold());
        let session = self.session();
        let text = Rc::clone(self.history.text());
        let written = &self.store.written;
        let (steps, at, first) = self.history.steps();
        let same = written.id == self.document.id;
        if same && written.text == text && written.session == session {
            return effects;
        }
        let known = written.known(same, steps, first);
        let numbered = (first..).zip(steps).skip(known);
        let topology = self.answers.topology();
        let record = Kept {
            form: FORM,
            id: self.document.id.clone(),
            name: self.document.name.clone(),
            text: Rc::clone(&text),
            session: session.clone(),
            at,
            first,
            steps: numbered.map(|(n, step)| (n, Rc::clone(step))).collect(),
            vnets: topology.vnets().len(),
            links: links_of(topology),
            ..Kept::default()
        };
        let end = first.saturating_add(u64::try_from(steps.len()).unwrap_or_default());
        self.store.written = Written {
            id: self.document.id.clone(),
            text,
            session,
            drafts: self.drafts.clone(),
            steps: steps.to_vec(),
            first,
        };
        let write = Write { record, end };
        effects.push(Effect::Store(StoreAsk::Write(Box::new(write))));
        effects
    }

    /// Says which design the page works on, when that changes.
    fn hold(&mut self) -> Option<Effect> {
        if self.store.held == self.document.id {
            return None;
        }
        self.store.held.clone_from(&self.document.id);
        let id = self.document.id.clone();
        Some(Effect::Store(StoreAsk::Hold(id)))
    }

    /// The address bar holds a link to what is shown, or none.
    fn address(&mut self) -> Vec<Effect> {
        let kept = self.store.seed.is_some() && !self.is_untouched();
        let stale = |linked: &Rc<Document>| {
            !same_design(linked, &self.document) || kept && linked.id != self.document.id
        };
        if !self.store.linked.as_ref().is_some_and(stale) {
            return Vec::new();
        }
        self.store.linked = None;
        vec![Effect::Unlink]
    }

    /// The page opened on a link: the address bar holds it.
    #[must_use]
    pub fn linked(mut self) -> Self {
        self.store.linked = Some(Rc::clone(&self.document));
        self
    }

    /// An answer of the place.
    pub(super) fn stored(&mut self, msg: StoreMsg) -> Vec<Effect> {
        match msg {
            StoreMsg::Started(Ok(start)) => self.started(*start),
            StoreMsg::Started(Err(trouble)) => {
                self.store.trouble = Some(trouble);
                Vec::new()
            }
            StoreMsg::Listed(Ok(cards)) => {
                self.store.cards = cards;
                self.next_picture().into_iter().collect()
            }
            StoreMsg::Listed(Err(trouble)) => {
                self.store.trouble = Some(trouble);
                Vec::new()
            }
            StoreMsg::Read(id, purpose, kept) => self.read_design(&id, purpose, kept),
            StoreMsg::Written(id, Ok(())) => {
                if id == self.document.id {
                    self.store.trouble = None;
                }
                self.list_again()
            }
            StoreMsg::Written(id, Err(trouble)) => {
                // What is not kept is written whole the next time.
                if id == self.store.written.id {
                    self.store.written = Written::default();
                    self.store.written.id.clone_from(&id);
                    self.store.written.text = Rc::clone(self.history.text());
                    self.store.written.session = self.session();
                }
                self.store.trouble = Some(trouble);
                Vec::new()
            }
            StoreMsg::Elsewhere(elsewhere) => self.elsewhere(elsewhere),
        }
    }

    pub(super) fn started(&mut self, start: Start) -> Vec<Effect> {
        let Some(start) = self.after_link(start) else {
            return Vec::new();
        };
        let Start {
            cards,
            last,
            broke,
            now,
        } = start;
        let old = |card: &&Card| {
            card.deleted && card.trouble.is_none() && now - card.time > DELETED_STAYS
        };
        let forget = cards.iter().filter(old).map(|card| card.id.clone());
        let mut effects: Vec<Effect> = forget
            .map(|id| Effect::Store(StoreAsk::Forget(id)))
            .collect();
        self.store.cards = cards.iter().filter(|card| !old(card)).cloned().collect();
        if let Some(linked) = &self.store.linked {
            // A link opens beside; only the design that it was made of goes on with its steps.
            let same = |kept: &&Kept| {
                Document::parse(&kept.text).is_ok_and(|known| is_same(&known, linked))
            };
            if let Some(Ok(kept)) = &last
                && Some(kept).filter(same).is_some()
                && let Ok(more) = self.open_kept(kept, |state| {
                    state.store.linked = Some(Rc::clone(&state.document));
                    Vec::new()
                })
            {
                effects.extend(more);
            }
            return effects;
        }
        let (card, trouble) = match last {
            Some(Ok(kept)) if !broke && self.is_untouched() => {
                match self.open_kept(&kept, |_| vec![Effect::Store(StoreAsk::Opened)]) {
                    Ok(more) => {
                        effects.extend(more);
                        return effects;
                    }
                    Err(trouble) => (kept.card(), Some(trouble)),
                }
            }
            Some(Ok(kept)) if broke => (kept.card(), None),
            Some(Err((card, trouble))) => (card, Some(trouble)),
            _ => return effects,
        };
        self.store.unread = Some(Unread { card, trouble });
        effects
    }

    /// Opens a design with its steps, half-typed fields and all; then what follows from it is done.
    fn open_kept(
        &mut self,
        kept: &Kept,
        then: impl FnOnce(&mut Self) -> Vec<Effect> + 'static,
    ) -> Result<Vec<Effect>, Trouble> {
        let document = Document {
            id: kept.id.clone(),
            ..kept.document()?
        };
        let written = document.to_json();
        // Steps fit the text that they were kept with; an older version's text is another.
        let fits = *written == *kept.text && kept.numbers_fit();
        let history = if fits {
            let steps = kept.steps.iter().map(|(_, step)| Rc::clone(step));
            History::kept(&written, steps.collect(), kept.at, kept.first)
        } else {
            History::of(&written)
        };
        let (steps, _, first) = history.steps();
        let has = fits.then(|| Written {
            id: kept.id.clone(),
            text: Rc::clone(history.text()),
            session: kept.session.clone(),
            drafts: Drafts::default(),
            steps: steps.to_vec(),
            first,
        });
        let lost = !fits && !kept.steps.is_empty();
        let desk = Desk {
            document: Rc::new(document),
            history,
            session: kept.session.clone(),
        };
        Ok(self.sit(desk, move |state| {
            if let Some(has) = has {
                let drafts = state.drafts.clone();
                state.store.written = Written { drafts, ..has };
            } else if lost {
                state.notice = Some(text::store::STEPS_LOST.to_owned());
            }
            then(state)
        }))
    }

    fn desk(&self) -> Desk {
        Desk {
            document: Rc::clone(&self.document),
            history: self.history.clone(),
            session: self.session(),
        }
    }

    /// Opens a document beside the others; then what follows from it is done.
    pub(super) fn open_beside(
        &mut self,
        document: Document,
        then: impl FnOnce(&mut Self) + 'static,
    ) -> Vec<Effect> {
        let from = self.desk();
        let mut document = document;
        document.id = self.fresh_id().unwrap_or_default();
        if document.name.trim().is_empty() {
            text::store::UNTITLED.clone_into(&mut document.name);
        }
        self.sit_fresh(document, |state| {
            (state.store.back, state.store.forth) = (Some(Box::new(from)), None);
            state.notice = Some(text::store::opened(&state.document.name));
            then(state);
            Vec::new()
        })
    }

    /// Whether undo goes back to another design, or redo forward to one.
    #[must_use]
    pub fn can_leave(&self, back: bool) -> bool {
        let beside = if back {
            &self.store.back
        } else {
            &self.store.forth
        };
        beside.is_some()
    }

    /// Goes back to the design before this one, or forward again.
    pub(super) fn leave(&mut self, back: bool) -> Vec<Effect> {
        let store = &mut self.store;
        let beside = if back {
            store.back.take()
        } else {
            store.forth.take()
        };
        let Some(desk) = beside else {
            return Vec::new();
        };
        let here = Some(Box::new(self.desk()));
        self.sit(*desk, move |state| {
            state.store.own = !state.document.id.is_empty();
            if back {
                state.store.forth = here;
            } else {
                state.store.back = here;
            }
            state.notice = Some(text::store::back_to(&state.document.name));
            Vec::new()
        })
    }

    fn read_design(
        &mut self,
        id: &str,
        purpose: Purpose,
        kept: Result<Box<Kept>, Trouble>,
    ) -> Vec<Effect> {
        match (purpose, kept) {
            (Purpose::Picture, kept) => return self.draw_small(id, kept.ok().as_deref()),
            (Purpose::Save, Ok(kept)) => return vec![save(&kept.name, &kept.text)],
            (Purpose::Save, Err(trouble)) if trouble.text().is_some() => {
                let text = trouble.text().cloned().unwrap_or_default();
                return vec![save(id, &text)];
            }
            (Purpose::Open, Ok(kept)) => {
                let from = self.desk();
                let opened = self.open_kept(&kept, |state| {
                    (state.store.listed, state.store.unread) = (false, None);
                    if from.document.id != state.document.id {
                        (state.store.back, state.store.forth) = (Some(Box::new(from)), None);
                    }
                    vec![Effect::Store(StoreAsk::Opened)]
                });
                match opened {
                    Ok(effects) => return effects,
                    Err(trouble) => self.refuse_card(id, trouble),
                }
            }
            (Purpose::Duplicate, Ok(kept)) => match self.copied(&kept) {
                Ok(write) => {
                    self.notice = Some(text::store::DUPLICATED.to_owned());
                    return vec![Effect::Store(StoreAsk::Write(Box::new(write)))];
                }
                Err(trouble) => self.refuse_card(id, trouble),
            },
            (Purpose::Rename(name), Ok(kept)) => match kept.renamed(&name) {
                Ok(write) => return vec![Effect::Store(StoreAsk::Write(Box::new(write)))],
                Err(trouble) => self.refuse_card(id, trouble),
            },
            (_, Err(trouble)) => self.refuse_card(id, trouble),
        }
        Vec::new()
    }

    fn refuse_card(&mut self, id: &str, trouble: Trouble) {
        self.notice = Some(trouble.message());
        if let Some(card) = self.store.cards.iter_mut().find(|card| card.id == id) {
            card.trouble = Some(trouble);
        }
    }

    fn copied(&mut self, kept: &Kept) -> Result<Write, Trouble> {
        let id = self.fresh_id().unwrap_or_default();
        kept.with_id(&id)?
            .renamed(&text::store::copy_of(&kept.name))
    }

    /// What a reader does with designs.
    pub(super) fn design_msg(&mut self, msg: DesignMsg) -> Vec<Effect> {
        match msg {
            DesignMsg::Show(listed) => {
                self.store.listed = listed;
                return self.list_again();
            }
            DesignMsg::New => return self.open_beside(Document::default(), |_| {}),
            DesignMsg::Open(id) => return vec![read(id, Purpose::Open)],
            DesignMsg::Duplicate(id) => return vec![read(id, Purpose::Duplicate)],
            DesignMsg::Rename(id, name) => return self.rename(id, &name),
            DesignMsg::Delete(id) => return self.delete(id),
            DesignMsg::Restore(id) => {
                return vec![Effect::Store(StoreAsk::Mark(id, false))];
            }
            DesignMsg::Save(id) => return self.save_card(id),
            DesignMsg::SaveFile => {
                self.notice = Some(text::store::SAVED_FILE.to_owned());
                return vec![save(&self.document.name, &self.told().to_json())];
            }
            DesignMsg::SavePage => {
                self.notice = Some(text::about::COPY_SAVED.to_owned());
                let name = file_name(&self.document.name).replace(".json", ".html");
                return vec![Effect::SaveCopy(name, self.told().to_json())];
            }
            DesignMsg::ChooseFile => return vec![Effect::ChooseFile],
            DesignMsg::Chosen => return vec![Effect::ReadFile],
            DesignMsg::Text(name, text) => return self.open_text(&name, &text),
            DesignMsg::Link => return self.link(),
            DesignMsg::OpenUnread => {
                let unread = self.store.unread.take();
                return unread
                    .map(|unread| read(unread.card.id, Purpose::Open))
                    .into_iter()
                    .collect();
            }
            DesignMsg::SaveUnread => {
                let unread = self.store.unread.clone();
                return unread
                    .map(|unread| read(unread.card.id, Purpose::Save))
                    .into_iter()
                    .collect();
            }
            DesignMsg::Dismiss => self.store.unread = None,
            DesignMsg::Copy => self.copy_here(),
            DesignMsg::Paused(typed) => {
                if typed == self.store.typed {
                    self.history.settle();
                }
            }
        }
        Vec::new()
    }

    /// The document as files and links carry it: with the flow that is shown, without the reader's own id.
    pub(crate) fn told(&self) -> Document {
        let flow = self.choice.flow();
        Document {
            id: String::new(),
            flow: flow.map(|flow| interspoke_core::document::ChosenFlow {
                source: flow.source,
                destination: flow.destination,
                protocol: flow.protocol,
                port: flow.port,
            }),
            ..(*self.document).clone()
        }
    }

    fn link(&mut self) -> Vec<Effect> {
        match link::fragment(&self.told()) {
            Ok(fragment) => {
                let long = fragment.len() > link::SAFE;
                let said = if long {
                    text::store::LONG_LINK_COPIED
                } else {
                    text::store::LINK_COPIED
                };
                self.notice = Some(said.to_owned());
                self.store.linked = Some(Rc::clone(&self.document));
                vec![Effect::Link(fragment)]
            }
            Err(bytes) => {
                self.notice = Some(text::store::link_too_large(bytes));
                Vec::new()
            }
        }
    }

    fn open_text(&mut self, name: &str, text: &str) -> Vec<Effect> {
        if super::import::is_long(text) {
            return self.import_long(name, text);
        }
        match recognise(text) {
            Ok(Recognised::Document(document)) => {
                self.store.listed = false;
                self.open_beside(*document, |_| {})
            }
            Ok(Recognised::Imported(made)) => self.import_text(name, text, *made),
            Ok(Recognised::Prices) => self.cost_msg(CostMsg::Prices(vec![text.to_owned()])),
            Err(why) => {
                self.notice = Some(text::store::not_opened(name, &why));
                Vec::new()
            }
        }
    }

    fn save_card(&mut self, id: String) -> Vec<Effect> {
        let card = self.store.cards.iter().find(|card| card.id == id);
        let text = card.and_then(|card| card.trouble.as_ref()?.text());
        match (card, text) {
            (Some(card), Some(text)) => vec![save(&card.name, text)],
            _ => vec![read(id, Purpose::Save)],
        }
    }

    fn rename(&mut self, id: String, name: &str) -> Vec<Effect> {
        let name = name.trim();
        if name.is_empty() {
            return Vec::new();
        }
        if id == self.document.id {
            self.edit(Cause::Deed, |document| {
                name.clone_into(&mut document.name);
            });
            return Vec::new();
        }
        vec![read(id, Purpose::Rename(name.to_owned()))]
    }

    /// Deletes a design; the present one makes room for the next.
    fn delete(&mut self, id: String) -> Vec<Effect> {
        let card = self.store.cards.iter().find(|card| card.id == id);
        let name = card.map_or_else(String::new, |card| card.name.clone());
        let mut effects = vec![Effect::Store(StoreAsk::Mark(id.clone(), true))];
        if id == self.document.id {
            let mut others = self.store.cards.iter();
            let next = others.find(|card| card.id != id && !card.deleted && card.trouble.is_none());
            match next {
                Some(next) => effects.push(read(next.id.clone(), Purpose::Open)),
                None => {
                    let document = SAMPLES.first().and_then(|sample| sample.document().ok());
                    effects.extend(self.sit_fresh(document.unwrap_or_default(), |state| {
                        state.store.own = false;
                        Vec::new()
                    }));
                }
            }
        }
        (self.store.back, self.store.forth) = (None, None);
        self.notice = Some(text::store::deleted(&name));
        effects
    }

    fn elsewhere(&mut self, elsewhere: bool) -> Vec<Effect> {
        let was = std::mem::replace(&mut self.store.elsewhere, elsewhere);
        if was && !elsewhere && !self.document.id.is_empty() {
            // The other tab let it go: what it kept last is what goes on.
            return vec![read(self.document.id.clone(), Purpose::Open)];
        }
        Vec::new()
    }

    fn list_again(&self) -> Vec<Effect> {
        if self.store.listed {
            vec![Effect::Store(StoreAsk::List)]
        } else {
            Vec::new()
        }
    }

    /// Asks for the next design whose small picture is missing or older.
    fn next_picture(&self) -> Option<Effect> {
        let drawn = |card: &Card| {
            let known = self.store.pictures.get(&card.id);
            known.is_some_and(|(time, _)| time.total_cmp(&card.time).is_eq())
        };
        let mut cards = self.store.cards.iter();
        let next = cards.find(|card| card.trouble.is_none() && !card.deleted && !drawn(card))?;
        self.store
            .listed
            .then(|| read(next.id.clone(), Purpose::Picture))
    }

    fn draw_small(&mut self, id: &str, kept: Option<&Kept>) -> Vec<Effect> {
        let card = self.store.cards.iter().find(|card| card.id == id);
        let time = card.map_or(0.0, |card| card.time);
        let network = match kept.map(Kept::document) {
            Some(Ok(document)) => document.network,
            Some(Err(trouble)) => {
                if let Some(card) = self.store.cards.iter_mut().find(|card| card.id == id) {
                    card.trouble = Some(trouble);
                }
                return self.next_picture().into_iter().collect();
            }
            None => NetworkSpec::default(),
        };
        let scene = layout(&build(&network).value, &Look::through(Viewport::DESK));
        let picture = (time, Shared::new(scene));
        self.store.pictures.insert(id.to_owned(), picture);
        self.next_picture().into_iter().collect()
    }
}

impl Kept {
    /// Whether its steps are whole.
    fn numbers_fit(&self) -> bool {
        let numbers = self.steps.iter().map(|(number, _)| *number);
        (self.first..).zip(numbers).all(|(a, b)| a == b) && self.at <= self.steps.len()
    }

    fn document(&self) -> Result<Document, Trouble> {
        Document::parse(&self.text).map_err(|error| {
            let text = Rc::clone(&self.text);
            if error.is_newer() {
                return Trouble::Newer { text };
            }
            let found = error.to_string();
            Trouble::Damaged { found, text }
        })
    }

    /// The same design under another id, with its steps where they fit.
    fn with_id(&self, id: &str) -> Result<Self, Trouble> {
        let document = self.document()?;
        let fits = document.id.len() == id.len() && *document.to_json() == *self.text;
        let text = Document {
            id: id.to_owned(),
            ..document
        };
        let mut copy = self.clone();
        (copy.id, copy.text) = (id.to_owned(), text.to_json().into());
        if !fits {
            (copy.steps, copy.at, copy.first) = (Vec::new(), 0, 0);
        }
        Ok(copy)
    }

    /// The same design under another name, as a step that can be undone.
    fn renamed(&self, name: &str) -> Result<Write, Trouble> {
        let mut record = self.clone();
        let document = Document {
            name: name.to_owned(),
            ..self.document()?
        };
        let text = document.to_json();
        let steps = self.steps.iter().map(|(_, step)| Rc::clone(step));
        let mut history = History::kept(&self.text, steps.collect(), self.at, self.first);
        history.record(text, Cause::Deed);
        let (steps, at, first) = history.steps();
        record.steps = (first..).zip(steps.iter().cloned()).collect();
        (record.at, record.first) = (at, first);
        record.text = Rc::clone(history.text());
        name.clone_into(&mut record.name);
        let end = first.saturating_add(u64::try_from(steps.len()).unwrap_or_default());
        Ok(Write { record, end })
    }
}

/// Whether two documents are one design, whatever a browser calls them and whichever flow they show.
fn same_design(a: &Rc<Document>, b: &Rc<Document>) -> bool {
    Rc::ptr_eq(a, b) || is_same(a, b)
}

fn is_same(a: &Document, b: &Document) -> bool {
    a.network == b.network
        && (&a.name, &a.about, a.traffic, a.settings) == (&b.name, &b.about, b.traffic, b.settings)
        && (&a.design, &a.choices) == (&b.design, &b.choices)
}

/// Peering links, each once.
fn links_of(topology: &Topology) -> usize {
    let links = topology.links().iter();
    links
        .filter(|link| link.reverse.is_none_or(|reverse| link.id < reverse))
        .count()
}

fn read(id: String, purpose: Purpose) -> Effect {
    Effect::Store(StoreAsk::Read(id, purpose))
}

fn save(name: &str, text: &str) -> Effect {
    Effect::Save(file_name(name), "application/json", text.to_owned())
}

/// A name that every system takes.
fn file_name(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).take(60).collect();
    let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
    let name = if words.is_empty() {
        "design".to_owned()
    } else {
        words.join("-")
    };
    format!("{name}.interspoke.json")
}
