//! Undo and redo over whole documents. Shared, so a step costs a pointer.

use interspoke_core::document::Document;
use std::rc::Rc;

/// What one keystroke after another changes is one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// Typing into one place, named by a text.
    Typing(String),
    /// Anything else.
    Deed,
}

/// Documents before and after the present one.
#[derive(Debug, Clone, Default)]
pub struct History {
    past: Vec<Rc<Document>>,
    future: Vec<Rc<Document>>,
    last: Option<Cause>,
}

impl History {
    /// More than anybody goes back.
    const STEPS: usize = 500;

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The document is about to change; whether that is a step of its own.
    pub(super) fn record(&mut self, present: &Rc<Document>, cause: Cause) -> bool {
        self.future.clear();
        let same = matches!(cause, Cause::Typing(_)) && self.last.as_ref() == Some(&cause);
        if !same {
            self.past.push(Rc::clone(present));
            if self.past.len() > Self::STEPS {
                self.past.remove(0);
            }
        }
        self.last = Some(cause);
        !same
    }

    /// Typing ended: the next keystroke is a step of its own.
    pub(super) fn settle(&mut self) {
        self.last = None;
    }

    pub(super) fn undo(&mut self, present: &Rc<Document>) -> Option<Rc<Document>> {
        let before = self.past.pop()?;
        self.future.push(Rc::clone(present));
        self.last = None;
        Some(before)
    }

    pub(super) fn redo(&mut self, present: &Rc<Document>) -> Option<Rc<Document>> {
        let after = self.future.pop()?;
        self.past.push(Rc::clone(present));
        self.last = None;
        Some(after)
    }
}
