//! Asking the core and collecting what went wrong, with the list of what may still go wrong.

use crate::pending::PENDING;
use interspoke_core::case::{Answer, Case, Question, answer, compare};
use interspoke_core::route::Settings;
use std::collections::BTreeSet;

/// Why an answer is not the published one; `None` where it is, or where it does not count.
pub(crate) fn difference(case: &Case, question: &Question, settings: Settings) -> Option<String> {
    if !question.counts() {
        return None;
    }
    match answer(case, question, settings) {
        Err(error) => Some(error.to_string()),
        Ok(Answer::Unsupported(reason)) => Some(format!("unsupported: {reason}")),
        Ok(Answer::Given(reply)) => compare(question, &reply)
            .err()
            .map(|difference| difference.to_string()),
    }
}

/// Failures of one run over many things, each with a name that the list of pending ones may hold.
#[derive(Default)]
pub(crate) struct Report {
    asked: BTreeSet<String>,
    failures: Vec<String>,
}

impl Report {
    /// One thing and how it went: `place` is for people, `name` for the list.
    pub(crate) fn add(&mut self, name: &str, place: &str, outcome: Result<(), String>) {
        assert!(
            self.asked.insert(name.to_owned()),
            "{place}: the name {name} is taken twice"
        );
        let pending = PENDING.iter().find(|(listed, _)| *listed == name);
        match (outcome, pending) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some(_)) => self
                .failures
                .push(format!("{place}: passes; strike {name:?} from PENDING")),
            (Err(difference), None) => self.failures.push(format!("{place}:\n    {difference}")),
        }
    }

    /// Fails with everything that went wrong, and for names of the list that belong here and exist nowhere.
    pub(crate) fn finish(mut self, belongs_here: impl Fn(&str) -> bool) {
        let listed = PENDING
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| belongs_here(name));
        let unknown = listed.filter(|name| !self.asked.contains(*name));
        self.failures
            .extend(unknown.map(|name| format!("PENDING holds {name:?}, which nothing has")));
        let count = self.failures.len();
        assert!(
            self.failures.is_empty(),
            "\n{}\n\n{count} of {}",
            self.failures.join("\n"),
            self.asked.len()
        );
    }
}
