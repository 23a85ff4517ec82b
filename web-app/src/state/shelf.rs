//! Where designs are kept: what is asked of the place, what it answers, and a place in memory.
//!
//! The rule: state asks with [`StoreAsk`], an effect as data; whoever keeps designs ([`Shelf`]: the browser's IndexedDB, or
//! [`Memory`] in tests) answers with [`StoreMsg`], at once or later. A write holds a whole design: its record, and the
//! steps that the place does not have yet. Nothing that cannot be read is deleted: only [`StoreAsk::Forget`] deletes, and
//! state asks for it only for what a reader deleted some time ago and can be read.
//!
//! | asked | answer |
//! |---|---|
//! | `Start` | every design in short, and the last one whole unless it failed the last time |
//! | `Write` | whether it is kept |
//! | `Read` | a design with its steps |
//! | `Mark` | the list, with the design deleted or back |
//! | `Hold` | whether another tab has the design |
//!
//! Left out: when something was kept. State has no clock; the place notes the time.

use super::delta::Delta;
use crate::text;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The form of a record. A greater one was written by a newer program.
pub const FORM: u32 = 1;

/// A design as it is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The form of the record.
    pub form: u32,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The document.
    pub text: Rc<str>,
    /// Half-typed fields and what is shown, as JSON.
    pub session: String,
    /// How many steps lie before the present document.
    pub at: usize,
    /// The number of the first step.
    pub first: u64,
    /// Steps by number.
    pub steps: Vec<(u64, Rc<Delta>)>,
    /// VNets in it.
    pub vnets: usize,
    /// Peering links in it.
    pub links: usize,
    /// It was deleted and can come back.
    pub deleted: bool,
    /// When it was kept: milliseconds since 1970.
    pub time: f64,
    /// The same in the reader's clock.
    pub when: String,
}

/// A design in short.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// VNets in it.
    pub vnets: usize,
    /// Peering links in it.
    pub links: usize,
    /// It was deleted and can come back.
    pub deleted: bool,
    /// When it was kept: milliseconds since 1970.
    pub time: f64,
    /// The same in the reader's clock.
    pub when: String,
    /// The record is of a newer form, or not whole.
    pub trouble: Option<Trouble>,
}

/// What is to be kept of a design.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The record; its `steps` are those that the place does not have.
    pub record: Kept,
    /// One past the number of the last step; what lies beyond is gone.
    pub end: u64,
}

/// What a design is read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// It is opened.
    Open,
    /// It is copied to a design of its own.
    Duplicate,
    /// It gets another name.
    Rename(String),
    /// Its text is saved as a file.
    Save,
    /// Its picture is drawn small.
    Picture,
}

/// What is asked of the place.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreAsk {
    /// The page starts; whether it wants the last design.
    Start(bool),
    /// Every design in short.
    List,
    /// A design whole.
    Read(String, Purpose),
    /// Keep a design.
    Write(Box<Write>),
    /// A design is deleted, or back.
    Mark(String, bool),
    /// A design goes for good.
    Forget(String),
    /// The page works on this design and on no other from now on; nothing while it has no id.
    Hold(String),
    /// The page shows the design: it opened well.
    Opened,
}

/// What the page starts with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Start {
    /// Every design.
    pub cards: Vec<Card>,
    /// The last one, if it was wanted and there is one.
    pub last: Option<Result<Kept, (Card, Trouble)>>,
    /// The page broke when it last showed that design.
    pub broke: bool,
    /// The time of the start: milliseconds since 1970.
    pub now: f64,
}

/// What the place answers.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreMsg {
    /// The page may start.
    Started(Result<Box<Start>, Trouble>),
    /// Every design in short.
    Listed(Result<Vec<Card>, Trouble>),
    /// A design, or why it cannot be read, with as much of its text as there is.
    Read(String, Purpose, Result<Box<Kept>, Trouble>),
    /// A design is kept, or why not.
    Written(String, Result<(), Trouble>),
    /// Another tab had the design first, or has let it go.
    Elsewhere(bool),
}

/// What a reader does with designs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DesignMsg {
    /// The list opens or closes.
    Show(bool),
    /// A design without anything in it.
    New,
    /// A design of the list is opened.
    Open(String),
    /// It is copied.
    Duplicate(String),
    /// It gets another name.
    Rename(String, String),
    /// It is deleted; it can come back.
    Delete(String),
    /// It comes back.
    Restore(String),
    /// Its text is saved as a file, readable or not.
    Save(String),
    /// The present design is saved as a file.
    SaveFile,
    /// The page saves a copy of itself with the present design.
    SavePage,
    /// A file is to be chosen.
    ChooseFile,
    /// Files were chosen.
    Chosen,
    /// A text came by a file, by drop or by paste: its name and the text.
    Text(String, String),
    /// A link to the present design is to be copied.
    Link,
    /// A design that was not opened at the start is opened all the same.
    OpenUnread,
    /// Its text is saved as a file.
    SaveUnread,
    /// What is said about it goes.
    Dismiss,
    /// From now on the page works on a copy of the design that another tab has.
    Copy,
    /// Nothing was typed for a while, since so many keystrokes.
    Paused(u32),
}

/// Why something is not kept or cannot be read. Each has its plain message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The browser gives no storage: why.
    Off(String),
    /// There is no room.
    Full,
    /// A newer program wrote it.
    Newer {
        /// What there is of its text.
        text: Rc<str>,
    },
    /// It is not what was written.
    Damaged {
        /// What was found.
        found: String,
        /// What there is of its text.
        text: Rc<str>,
    },
    /// Something else: the browser's words.
    Failed(String),
}

impl Trouble {
    /// The plain message.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Off(why) => text::store::off(why),
            Self::Full => text::store::FULL.to_owned(),
            Self::Newer { text } if text.is_empty() => text::store::NEWER_STORE.to_owned(),
            Self::Newer { .. } => text::store::NEWER.to_owned(),
            Self::Damaged { found, .. } => text::store::damaged(found),
            Self::Failed(why) => text::store::failed(why),
        }
    }

    /// The text that can be saved as a file.
    #[must_use]
    pub fn text(&self) -> Option<&Rc<str>> {
        match self {
            Self::Newer { text } | Self::Damaged { text, .. } => {
                Some(text).filter(|t| !t.is_empty())
            }
            Self::Off(_) | Self::Full | Self::Failed(_) => None,
        }
    }
}

impl Kept {
    /// The design in short.
    #[must_use]
    pub fn card(&self) -> Card {
        Card {
            id: self.id.clone(),
            name: self.name.clone(),
            vnets: self.vnets,
            links: self.links,
            deleted: self.deleted,
            time: self.time,
            when: self.when.clone(),
            trouble: self.trouble(),
        }
    }

    /// Why the record as such cannot be read.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        let text = Rc::clone(&self.text);
        if self.form > FORM {
            Some(Trouble::Newer { text })
        } else if self.text.is_empty() {
            let found = text::store::NO_TEXT.to_owned();
            Some(Trouble::Damaged { found, text })
        } else {
            None
        }
    }

    /// The record, if it can be read.
    ///
    /// # Errors
    /// See [`Kept::trouble`].
    pub fn readable(self) -> Result<Self, Trouble> {
        self.trouble().map_or(Ok(self), Err)
    }
}

/// Sorts cards, the newest first, and says which design is the last one that was not deleted.
pub fn newest(cards: &mut [Card]) -> Option<Card> {
    cards.sort_by(|a, b| b.time.total_cmp(&a.time));
    cards.iter().find(|card| !card.deleted).cloned()
}

/// Keeps designs.
pub trait Shelf {
    /// Does what is asked; the answer goes to `answer`, at once or later.
    fn ask(&self, ask: StoreAsk, answer: Rc<dyn Fn(StoreMsg)>);
}

/// A place in memory, for tests: it can be full or off, and holds damaged records as they are.
#[derive(Debug, Default)]
pub struct Memory {
    /// What is kept, by id.
    pub designs: RefCell<BTreeMap<String, Kept>>,
    /// Every write and every start fails with it.
    pub trouble: RefCell<Option<Trouble>>,
    /// Designs that another tab holds.
    pub held: RefCell<Vec<String>>,
    /// The design that broke the page.
    pub broken: RefCell<String>,
    clock: RefCell<u32>,
}

impl Memory {
    fn write(&self, write: Write) -> Result<(), Trouble> {
        if let Some(trouble) = &*self.trouble.borrow() {
            return Err(trouble.clone());
        }
        *self.clock.borrow_mut() += 1;
        let mut designs = self.designs.borrow_mut();
        let Write { mut record, end } = write;
        let old = designs.remove(&record.id).unwrap_or_default();
        let mut steps: BTreeMap<u64, Rc<Delta>> = old.steps.into_iter().collect();
        steps.extend(record.steps);
        steps.retain(|number, _| (record.first..end).contains(number));
        record.steps = steps.into_iter().collect();
        record.time = f64::from(*self.clock.borrow());
        designs.insert(record.id.clone(), record);
        Ok(())
    }

    fn cards(&self) -> Result<Vec<Card>, Trouble> {
        Ok(self.start(false)?.cards)
    }

    fn start(&self, wanted: bool) -> Result<Start, Trouble> {
        match &*self.trouble.borrow() {
            Some(trouble @ (Trouble::Off(_) | Trouble::Newer { .. })) => Err(trouble.clone()),
            _ => {
                let designs = self.designs.borrow();
                let mut cards: Vec<Card> = designs.values().map(Kept::card).collect();
                let last = newest(&mut cards).filter(|_| wanted);
                Ok(Start {
                    broke: last.as_ref().is_some_and(|c| c.id == *self.broken.borrow()),
                    last: last.and_then(|card| {
                        let kept = designs.get(&card.id)?.clone();
                        Some(kept.readable().map_err(|trouble| (card, trouble)))
                    }),
                    cards,
                    now: f64::from(*self.clock.borrow()),
                })
            }
        }
    }
}

impl Shelf for Memory {
    fn ask(&self, ask: StoreAsk, answer: Rc<dyn Fn(StoreMsg)>) {
        match ask {
            StoreAsk::Start(wanted) => answer(StoreMsg::Started(self.start(wanted).map(Box::new))),
            StoreAsk::List => answer(StoreMsg::Listed(self.cards())),
            StoreAsk::Read(id, purpose) => {
                let found = self.designs.borrow().get(&id).cloned().unwrap_or_default();
                answer(StoreMsg::Read(id, purpose, found.readable().map(Box::new)));
            }
            StoreAsk::Write(write) => {
                let id = write.record.id.clone();
                answer(StoreMsg::Written(id, self.write(*write)));
            }
            StoreAsk::Mark(id, deleted) => {
                if let Some(kept) = self.designs.borrow_mut().get_mut(&id) {
                    kept.deleted = deleted;
                }
                answer(StoreMsg::Listed(self.cards()));
            }
            StoreAsk::Forget(id) => {
                self.designs.borrow_mut().remove(&id);
            }
            StoreAsk::Hold(id) => {
                answer(StoreMsg::Elsewhere(self.held.borrow().contains(&id)));
            }
            StoreAsk::Opened => self.broken.borrow_mut().clear(),
        }
    }
}
