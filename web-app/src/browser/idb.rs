//! The few words of IndexedDB that the page speaks: opening, one transaction, rows, and what its errors mean.

use crate::state::Trouble;
use crate::text;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbObjectStoreParameters,
    IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode, Storage,
};

const NAME: &str = "interspoke";
/// The version of the database; a greater one was made by a newer program.
const VERSION: u32 = 1;

/// Opens the database and makes its stores where they are missing.
pub(super) async fn open(stores: &'static [&'static str]) -> Result<IdbDatabase, Trouble> {
    let off = |error: JsValue| Trouble::Off(said(&error));
    let window = web_sys::window().ok_or_else(|| off(JsValue::UNDEFINED))?;
    let factory = Reflect::get(&window, &"indexedDB".into()).map_err(off)?;
    let factory: IdbFactory = factory.dyn_into().map_err(off)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, VERSION).map_err(off)?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let made: Option<IdbDatabase> = opening.result().ok().and_then(|it| it.dyn_into().ok());
        if let Some(database) = made {
            for store in stores {
                let _ = make(&database, store);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = wait(&request)
        .await
        .map_err(|error| match trouble(&error) {
            newer @ Trouble::Newer { .. } => newer,
            _ => off(error),
        })?;
    opened.dyn_into().map_err(off)
}

fn make(database: &IdbDatabase, store: &str) -> Result<IdbObjectStore, JsValue> {
    let parameters = IdbObjectStoreParameters::new();
    let key: JsValue = if store == "steps" {
        Array::of2(&"id".into(), &"number".into()).into()
    } else {
        "id".into()
    };
    parameters.set_key_path(&key);
    database.create_object_store_with_optional_parameters(store, &parameters)
}

/// The result of a request.
pub(super) async fn done(request: Result<IdbRequest, JsValue>) -> Result<JsValue, Trouble> {
    let request = request.map_err(|error| trouble(&error))?;
    wait(&request).await.map_err(|error| trouble(&error))
}

async fn wait(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result(),
        Err(event) => Err(request.error().ok().flatten().map_or(event, JsValue::from)),
    }
}

/// A transaction over some stores.
pub(super) fn begin(
    database: &IdbDatabase,
    stores: &[&str],
    mode: IdbTransactionMode,
) -> Result<IdbTransaction, Trouble> {
    let names: Array = stores.iter().copied().map(JsValue::from).collect();
    database
        .transaction_with_str_sequence_and_mode(&names, mode)
        .map_err(|error| trouble(&error))
}

/// A store of a transaction.
pub(super) fn of(all: &IdbTransaction, store: &str) -> Result<IdbObjectStore, Trouble> {
    all.object_store(store).map_err(|error| trouble(&error))
}

/// A store to read.
pub(super) fn store(database: &IdbDatabase, store: &str) -> Result<IdbObjectStore, Trouble> {
    of(
        &begin(database, &[store], IdbTransactionMode::Readonly)?,
        store,
    )
}

/// Puts a row; the transaction says whether it is kept.
pub(super) fn put(all: &IdbTransaction, store: &str, row: &Row) -> Result<(), Trouble> {
    let put = of(all, store)?.put(&row.0);
    put.map(drop).map_err(|error| trouble(&error))
}

/// Nothing more comes: a browser that knows the word need not wait for it.
pub(super) fn commit(all: &IdbTransaction) {
    let commit = Reflect::get(all, &"commit".into()).and_then(JsCast::dyn_into::<Function>);
    let _ = commit.and_then(|commit| commit.call0(all));
}

/// Steps of a design from one number to another.
pub(super) fn steps_of(id: &str, from: f64, to: f64) -> Result<JsValue, Trouble> {
    let key = |number: f64| JsValue::from(Array::of2(&id.into(), &number.into()));
    IdbKeyRange::bound(&key(from), &key(to))
        .map(JsValue::from)
        .map_err(|error| trouble(&error))
}

/// What an error of IndexedDB means.
pub(super) fn trouble(error: &JsValue) -> Trouble {
    let name = Reflect::get(error, &"name".into()).ok();
    match name.and_then(|name| name.as_string()).as_deref() {
        Some("QuotaExceededError") => Trouble::Full,
        Some("VersionError") => Trouble::Newer { text: "".into() },
        _ => Trouble::Failed(said(error)),
    }
}

/// The browser's own words.
fn said(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    let message = message.filter(|message| !message.is_empty());
    message.unwrap_or_else(|| text::store::NO_STORAGE.to_owned())
}

/// A row of a store.
#[derive(Debug)]
pub(super) struct Row(pub(super) JsValue);

impl Row {
    pub(super) fn new() -> Self {
        Self(Object::new().into())
    }

    pub(super) fn set(&self, name: &str, value: &JsValue) {
        let _ = Reflect::set(&self.0, &name.into(), value);
    }

    fn get(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }

    /// A text; empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        let value = self.get(name).and_then(|value| value.as_string());
        value.unwrap_or_default()
    }

    /// A number; 0 where there is none.
    pub(super) fn float(&self, name: &str) -> f64 {
        let value = self.get(name).and_then(|value| value.as_f64());
        value.unwrap_or_default()
    }

    /// A whole number; the greatest where it is none or too great, so that nothing takes it for a usual one.
    pub(super) fn whole<T: TryFrom<u64> + Default>(&self, name: &str) -> T {
        let digits = format!("{:.0}", self.float(name));
        let number: Option<u64> = digits.parse().ok();
        number
            .and_then(|number| T::try_from(number).ok())
            .unwrap_or_default()
    }

    /// Yes or no; no where there is nothing.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.is_truthy())
    }
}

/// A time in the reader's clock, as `2026-11-27 14:05`.
pub(super) fn local_time(time: f64) -> String {
    let date = js_sys::Date::new(&time.into());
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Remembers a word beside the database, or forgets it.
pub(super) fn remember(name: &str, word: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match word {
            Some(word) => storage.set_item(name, word),
            None => storage.remove_item(name),
        };
    }
}

/// A word that was remembered.
pub(super) fn remembered(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}
