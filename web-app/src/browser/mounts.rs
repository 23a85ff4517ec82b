//! Every page of this document: what keeps it alive, and its last document.
//!
//! A page lives until it is taken away, whether its handle was kept or collected; and a panic, which ends them all,
//! must reach each of them. Both need this list. Pages share nothing through it.

use super::{Adopted, Arrivals, Keeper, Watched};
use interspoke_core::document::Document;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

/// What takes the components of a page away.
pub struct Leave(pub Box<dyn FnOnce()>);

impl std::fmt::Debug for Leave {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Leave")
    }
}

/// A page and what it holds of the browser.
#[derive(Debug)]
pub struct Mounted {
    /// Number of the page.
    pub id: u32,
    /// Where it stands.
    pub element: Element,
    /// Its document as of the last change.
    pub document: Rc<Document>,
    /// Takes its components away.
    pub leave: Option<Leave>,
    /// Its style sheet.
    pub style: Option<Adopted>,
    /// The watch on its width.
    pub width: Rc<RefCell<Option<Watched>>>,
    /// Who keeps its designs; none for a page on somebody else's.
    pub keeper: Option<Rc<Keeper>>,
    /// What it hears of the document around it.
    pub arrivals: Rc<RefCell<Option<Arrivals>>>,
}

thread_local! {
    static MOUNTS: RefCell<Vec<Mounted>> = const { RefCell::new(Vec::new()) };
}

/// Adds a page.
pub fn add(mounted: Mounted) {
    MOUNTS.with_borrow_mut(|mounts| mounts.push(mounted));
}

/// Says how the components of a page are taken away.
pub fn hold(id: u32, leave: Leave) {
    MOUNTS.with_borrow_mut(|mounts| {
        if let Some(mounted) = mounts.iter_mut().find(|m| m.id == id) {
            mounted.leave = Some(leave);
        }
    });
}

/// Takes a page away, with everything it holds.
pub fn remove(id: u32) {
    let found = MOUNTS.with_borrow_mut(|mounts| {
        let at = mounts.iter().position(|m| m.id == id)?;
        Some(mounts.remove(at))
    });
    if let Some(Leave(leave)) = found.and_then(|mut mounted| mounted.leave.take()) {
        leave();
    }
}

/// Remembers the document of a page.
pub(super) fn keep(id: u32, document: &Rc<Document>) {
    MOUNTS.with_borrow_mut(|mounts| {
        if let Some(mounted) = mounts.iter_mut().find(|m| m.id == id) {
            mounted.document = Rc::clone(document);
        }
    });
}

/// Who keeps the designs of a page.
pub(super) fn keeper(id: u32) -> Option<Rc<Keeper>> {
    MOUNTS.with_borrow(|mounts| mounts.iter().find(|m| m.id == id)?.keeper.clone())
}

/// A number that no page has.
pub(super) fn fresh_id() -> u32 {
    MOUNTS.with_borrow(|mounts| mounts.iter().map(|m| m.id).max().map_or(1, |id| id + 1))
}

/// Every page, unless the list is in use.
pub(super) fn each(mut visit: impl FnMut(&Element, &Document)) {
    MOUNTS.with(|mounts| {
        if let Ok(mounts) = mounts.try_borrow() {
            mounts.iter().for_each(|m| visit(&m.element, &m.document));
        }
    });
}
