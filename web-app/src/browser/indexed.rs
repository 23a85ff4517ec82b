//! Designs in the browser's IndexedDB.
//!
//! The rule: one write is one transaction over a design's card, its record and its steps, so that it is kept whole or
//! not at all; it is handed over before the call returns, where the database is open. A database of a newer version is
//! left alone. What a record lacks or has too much of is told by its readers; nothing is deleted but what
//! [`StoreAsk::Forget`] names.
//!
//! | store | key | holds |
//! |---|---|---|
//! | `cards` | id | what the list shows |
//! | `designs` | id | the document, half-typed fields, where undo stands |
//! | `steps` | id and number | what each step changed |

use super::idb::{self, Row, done};
use crate::state::{
    Card, FORM, Kept, Purpose, Shelf, Start, StoreAsk, StoreMsg, Trouble, Write, newest,
};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbTransaction, IdbTransactionMode};

const CARDS: &str = "cards";
const DESIGNS: &str = "designs";
const STEPS: &str = "steps";
const ALL: [&str; 3] = [CARDS, DESIGNS, STEPS];

/// The design that was being opened when the page was last seen.
const OPENING: &str = "interspoke-opening";

/// IndexedDB, opened when it is first asked.
#[derive(Debug, Clone, Default)]
pub(super) struct IndexedDb {
    open: Rc<RefCell<Option<IdbDatabase>>>,
}

type Answer = Rc<dyn Fn(StoreMsg)>;

impl Shelf for IndexedDb {
    fn ask(&self, ask: StoreAsk, answer: Answer) {
        match ask {
            StoreAsk::Write(write) => self.write(*write, answer),
            StoreAsk::Opened => idb::remember(OPENING, None),
            // Locks are the keeper's.
            StoreAsk::Hold(_) => {}
            other => {
                let place = self.clone();
                spawn_local(async move { place.read(other, answer).await });
            }
        }
    }
}

impl IndexedDb {
    /// Remembers that this design broke the page.
    pub(super) fn broke(id: &str) {
        if !id.is_empty() {
            idb::remember(OPENING, Some(id));
        }
    }

    async fn database(&self) -> Result<IdbDatabase, Trouble> {
        if let Some(database) = &*self.open.borrow() {
            return Ok(database.clone());
        }
        let database = idb::open(&ALL).await?;
        let open = Rc::clone(&self.open);
        // A newer page wants to change the database: it may.
        let leave = Closure::once_into_js(move || {
            if let Some(database) = open.borrow_mut().take() {
                database.close();
            }
        });
        database.set_onversionchange(Some(leave.unchecked_ref()));
        *self.open.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    fn write(&self, write: Write, answer: Answer) {
        let open = self.open.borrow().clone();
        if let Some(database) = open {
            put(&database, &write, answer);
            return;
        }
        let place = self.clone();
        spawn_local(async move {
            let id = write.record.id.clone();
            match place.database().await {
                Ok(database) => put(&database, &write, answer),
                Err(trouble) => answer(StoreMsg::Written(id, Err(trouble))),
            }
        });
    }

    async fn read(&self, ask: StoreAsk, answer: Answer) {
        match ask {
            StoreAsk::Start(wanted) => {
                let started = self.start(wanted).await.map(Box::new);
                answer(StoreMsg::Started(started));
            }
            StoreAsk::List => answer(StoreMsg::Listed(self.cards().await)),
            StoreAsk::Read(id, purpose) => {
                let kept = self.kept(&id, &purpose).await.and_then(Kept::readable);
                if let (Purpose::Open, Ok(kept)) = (&purpose, &kept) {
                    idb::remember(OPENING, Some(&kept.id));
                }
                answer(StoreMsg::Read(id, purpose, kept.map(Box::new)));
            }
            StoreAsk::Mark(id, deleted) => {
                let marked = self.mark(&id, deleted).await;
                let listed = match marked {
                    Ok(()) => self.cards().await,
                    Err(trouble) => Err(trouble),
                };
                answer(StoreMsg::Listed(listed));
            }
            StoreAsk::Forget(id) => {
                // What is not forgotten now is forgotten at the next start.
                let _ = self.forget(&id).await;
            }
            StoreAsk::Write(_) | StoreAsk::Hold(_) | StoreAsk::Opened => {}
        }
    }

    async fn start(&self, wanted: bool) -> Result<Start, Trouble> {
        let mut cards = self.cards().await?;
        let last = newest(&mut cards).filter(|_| wanted);
        let opening = idb::remembered(OPENING);
        let broke = last
            .as_ref()
            .is_some_and(|card| Some(&card.id) == opening.as_ref());
        let last = match last {
            None => None,
            Some(card) => {
                let kept = self.kept(&card.id, &Purpose::Open).await;
                let kept = kept.and_then(Kept::readable);
                if kept.is_ok() && !broke {
                    idb::remember(OPENING, Some(&card.id));
                }
                Some(kept.map_err(|trouble| (card, trouble)))
            }
        };
        Ok(Start {
            cards,
            last,
            broke,
            now: js_sys::Date::now(),
        })
    }

    async fn cards(&self) -> Result<Vec<Card>, Trouble> {
        let database = self.database().await?;
        let store = idb::store(&database, CARDS)?;
        let rows = done(store.get_all()).await?;
        let mut cards: Vec<Card> = js_sys::Array::from(&rows)
            .iter()
            .map(|row| card(&Row(row)))
            .collect();
        newest(&mut cards);
        Ok(cards)
    }

    /// A design; without its steps where only its text is wanted.
    async fn kept(&self, id: &str, purpose: &Purpose) -> Result<Kept, Trouble> {
        let database = self.database().await?;
        let all = idb::begin(&database, &ALL, IdbTransactionMode::Readonly)?;
        let row = done(idb::of(&all, CARDS)?.get(&id.into())).await?;
        let mut kept = Kept {
            id: id.to_owned(),
            ..Kept::default()
        };
        take_card(&mut kept, &card(&Row(row)));
        let row = Row(done(idb::of(&all, DESIGNS)?.get(&id.into())).await?);
        kept.form = row.whole("form");
        kept.text = row.text("text").into();
        kept.session = row.text("session");
        kept.at = row.whole("at");
        kept.first = row.whole("first");
        if !matches!(purpose, Purpose::Save | Purpose::Picture) {
            let range = idb::steps_of(id, 0.0, f64::INFINITY)?;
            let rows = done(idb::of(&all, STEPS)?.get_all_with_key(&range)).await?;
            let steps = js_sys::Array::from(&rows);
            let step = |row: JsValue| {
                let row = Row(row);
                let delta = serde_json::from_str(&row.text("delta")).ok()?;
                Some((row.whole("number"), Rc::new(delta)))
            };
            kept.steps = steps.iter().filter_map(step).collect();
        }
        Ok(kept)
    }

    async fn mark(&self, id: &str, deleted: bool) -> Result<(), Trouble> {
        let database = self.database().await?;
        let both = idb::begin(&database, &[CARDS], IdbTransactionMode::Readwrite)?;
        let cards = idb::of(&both, CARDS)?;
        let row = Row(done(cards.get(&id.into())).await?);
        if row.0.is_undefined() {
            return Ok(());
        }
        row.set("deleted", &deleted.into());
        // The time of the deletion; a design that comes back is the newest.
        row.set("time", &js_sys::Date::now().into());
        done(cards.put(&row.0)).await?;
        Ok(())
    }

    async fn forget(&self, id: &str) -> Result<(), Trouble> {
        let database = self.database().await?;
        let all = idb::begin(&database, &ALL, IdbTransactionMode::Readwrite)?;
        let range = idb::steps_of(id, 0.0, f64::INFINITY)?;
        done(idb::of(&all, STEPS)?.delete(&range)).await?;
        done(idb::of(&all, DESIGNS)?.delete(&id.into())).await?;
        done(idb::of(&all, CARDS)?.delete(&id.into())).await?;
        Ok(())
    }
}

/// Hands a write over; the transaction's end is the answer.
fn put(database: &IdbDatabase, write: &Write, answer: Answer) {
    let id = write.record.id.clone();
    match hand_over(database, write) {
        Ok(all) => {
            let (kept, named) = (Rc::clone(&answer), id.clone());
            let complete = Closure::once_into_js(move || kept(StoreMsg::Written(named, Ok(()))));
            all.set_oncomplete(Some(complete.unchecked_ref()));
            let failed = all.clone();
            let abort = Closure::once_into_js(move || {
                let error = failed.error().map_or(JsValue::UNDEFINED, JsValue::from);
                answer(StoreMsg::Written(id, Err(idb::trouble(&error))));
            });
            all.set_onabort(Some(abort.unchecked_ref()));
        }
        Err(trouble) => answer(StoreMsg::Written(id, Err(trouble))),
    }
}

fn hand_over(database: &IdbDatabase, write: &Write) -> Result<IdbTransaction, Trouble> {
    let all = idb::begin(database, &ALL, IdbTransactionMode::Readwrite)?;
    let Write { record, end } = write;
    let row = Row::new();
    row.set("id", &record.id.as_str().into());
    row.set("form", &FORM.into());
    row.set("name", &record.name.as_str().into());
    row.set("vnets", &number(record.vnets));
    row.set("links", &number(record.links));
    row.set("deleted", &false.into());
    row.set("time", &js_sys::Date::now().into());
    idb::put(&all, CARDS, &row)?;
    let row = Row::new();
    row.set("id", &record.id.as_str().into());
    row.set("form", &FORM.into());
    row.set("text", &(&*record.text).into());
    row.set("session", &record.session.as_str().into());
    row.set("at", &number(record.at));
    row.set("first", &step_number(record.first));
    idb::put(&all, DESIGNS, &row)?;
    let steps = idb::of(&all, STEPS)?;
    let (first, end) = (exact(record.first), exact(*end));
    for range in [
        idb::steps_of(&record.id, -1.0, first - 0.5)?,
        idb::steps_of(&record.id, end - 0.5, f64::INFINITY)?,
    ] {
        steps.delete(&range).map_err(|error| idb::trouble(&error))?;
    }
    for (number, delta) in &record.steps {
        let row = Row::new();
        row.set("id", &record.id.as_str().into());
        row.set("number", &step_number(*number));
        let delta = serde_json::to_string(&**delta).unwrap_or_default();
        row.set("delta", &delta.into());
        idb::put(&all, STEPS, &row)?;
    }
    idb::commit(&all);
    Ok(all)
}

fn exact(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

fn step_number(number: u64) -> JsValue {
    exact(number).into()
}

fn number(count: usize) -> JsValue {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

fn card(row: &Row) -> Card {
    let mut card = Card {
        id: row.text("id"),
        name: row.text("name"),
        vnets: row.whole("vnets"),
        links: row.whole("links"),
        deleted: row.flag("deleted"),
        time: row.float("time"),
        when: idb::local_time(row.float("time")),
        trouble: None,
    };
    if row.whole::<u32>("form") > FORM {
        card.trouble = Some(Trouble::Newer { text: "".into() });
    }
    card
}

fn take_card(kept: &mut Kept, card: &Card) {
    kept.name.clone_from(&card.name);
    kept.when.clone_from(&card.when);
    (kept.vnets, kept.links) = (card.vnets, card.links);
    (kept.deleted, kept.time) = (card.deleted, card.time);
}
