//! A long text that is read in slices: one between two frames, so that the page stays alive.
//!
//! | slice | work |
//! |---|---|
//! | while there is text | about [`interspoke_core::import::SLICE`] bytes |
//! | then | the estate, one kind of thing after another |
//!
//! Left out: a single value that is longer than a slice, as a template; it is read in one go.

use interspoke_core::import::{Finishing, Import, Imported};
use std::rc::Rc;

/// Texts below this are read at once: nobody waits for them.
pub(super) const SHORT: usize = 512 * 1024;

/// Texts that are being read, the newest first.
#[derive(Debug)]
pub(super) struct Reading {
    files: Vec<(String, Rc<str>)>,
    next: usize,
    import: Import,
    finishing: Option<Finishing>,
    /// What was made, until it is asked for.
    made: Option<Imported>,
    /// What was last said of it, in percent.
    said: u8,
}

impl Reading {
    pub(super) fn of(files: &[(String, Rc<str>)]) -> Self {
        Self {
            // What was read last says what is there now.
            files: files.iter().rev().cloned().collect(),
            next: 0,
            import: Import::new(),
            finishing: None,
            made: None,
            said: 0,
        }
    }

    /// Does one slice; false where something is to be said of it: so many percent more, or the end.
    pub(super) fn step_quietly(&mut self) -> bool {
        /// Percent between two sayings.
        const SAY: u8 = 5;
        if self.made.is_some() || self.percent() >= self.said.saturating_add(SAY) {
            return false;
        }
        self.made = self.advance();
        true
    }

    /// Does one slice; what was made, after the last.
    pub(super) fn step(&mut self) -> Option<Imported> {
        let made = self.made.take().or_else(|| self.advance());
        self.said = self.percent();
        made
    }

    fn advance(&mut self) -> Option<Imported> {
        if let Some(finishing) = &mut self.finishing {
            return finishing.step();
        }
        if self.import.read_on() {
            return None;
        }
        match self.files.get(self.next) {
            Some((name, text)) => {
                self.import.open(name, Rc::clone(text));
                self.next = self.next.saturating_add(1);
            }
            None => self.finishing = Some(std::mem::take(&mut self.import).finishing()),
        }
        None
    }

    /// Everything at once.
    pub(super) fn whole(mut self) -> Imported {
        loop {
            if let Some(made) = self.step() {
                return made;
            }
        }
    }

    /// How much of the present text is read, in percent.
    pub(super) fn percent(&self) -> u8 {
        let share = (self.import.progress_made() * 100.0).round();
        (0..=100_u8)
            .find(|percent| f64::from(*percent) >= share)
            .unwrap_or(100)
    }
}
