//! Undo and redo of everything: what each step changed in the document's text.
//!
//! The rule: a step is a [`Delta`] of the text, so a step undone gives the document before it byte for byte, and a
//! thousand steps of a large estate cost what was changed and not a thousand estates. Steps are numbered for good: what
//! storage holds of them is told apart by number. Typing into one place is one step until it pauses or the field is left.

use super::delta::Delta;
use std::rc::Rc;

/// What one keystroke after another changes is one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// Typing into one place, named by a text.
    Typing(String),
    /// Anything else.
    Deed,
}

/// The text of the present document, and the steps before and after it.
#[derive(Debug, Clone, Default)]
pub struct History {
    text: Rc<str>,
    steps: Vec<Rc<Delta>>,
    /// How many of the steps lie before the present document.
    at: usize,
    /// The number of the first step.
    first: u64,
    last: Option<Cause>,
}

impl History {
    /// More than anybody goes back.
    const STEPS: usize = 500;

    /// A document without a past.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A document with the steps that were kept of it.
    pub(super) fn kept(text: &str, steps: Vec<Rc<Delta>>, at: usize, first: u64) -> Self {
        Self {
            text: text.into(),
            at: at.min(steps.len()),
            steps,
            first,
            last: None,
        }
    }

    /// The text of the present document.
    #[must_use]
    pub const fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// The steps, how many of them lie before the present, and the number of the first.
    #[must_use]
    pub fn steps(&self) -> (&[Rc<Delta>], usize, u64) {
        (&self.steps, self.at, self.first)
    }

    /// Whether there is something to undo.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        self.at > 0
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.at < self.steps.len()
    }

    /// The document has become another; whether that is a step of its own.
    pub(super) fn record(&mut self, after: String, cause: Cause) -> bool {
        self.steps.truncate(self.at);
        let same = matches!(cause, Cause::Typing(_)) && self.last.as_ref() == Some(&cause);
        let base = if same { self.before_last() } else { None };
        let goes_on = base.is_some();
        if goes_on {
            self.steps.pop();
        }
        let delta = Delta::between(base.as_deref().unwrap_or(&self.text), &after);
        let changes = !delta.is_empty();
        if changes {
            self.steps.push(Rc::new(delta));
        }
        if self.steps.len() > Self::STEPS {
            self.steps.remove(0);
            self.first += 1;
        }
        self.at = self.steps.len();
        self.text = after.into();
        // Typed back to what it was: nothing is left to go on with.
        self.last = Some(cause).filter(|_| changes);
        !goes_on
    }

    fn before_last(&self) -> Option<String> {
        self.steps.last()?.backward(&self.text)
    }

    /// The text has another id; steps stay where both ids are equally long.
    pub(super) fn renamed(&mut self, text: String, fits: bool) {
        if !fits {
            (self.steps, self.at) = (Vec::new(), 0);
        }
        self.text = text.into();
    }

    /// Typing ended: the next keystroke is a step of its own.
    pub(super) fn settle(&mut self) {
        self.last = None;
    }

    /// One step back; none where there is none, or where its text does not fit.
    pub(super) fn undo(&mut self) -> Option<Rc<str>> {
        let at = self.at.checked_sub(1)?;
        let text: Rc<str> = self.steps.get(at)?.backward(&self.text)?.into();
        (self.at, self.text, self.last) = (at, Rc::clone(&text), None);
        Some(text)
    }

    /// One step forward again.
    pub(super) fn redo(&mut self) -> Option<Rc<str>> {
        let text: Rc<str> = self.steps.get(self.at)?.forward(&self.text)?.into();
        (self.at, self.text, self.last) = (self.at + 1, Rc::clone(&text), None);
        Some(text)
    }
}
