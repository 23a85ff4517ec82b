//! What is wrong or risky: problems of the document.

use super::Tone;
use crate::state::{Msg, State};
use interspoke_core::issue::{Severity, Source};

/// One thing to know.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingView {
    /// How bad it is.
    pub tone: Tone,
    /// The same in a word.
    pub severity: &'static str,
    /// What it is called.
    pub code: String,
    /// Where it is.
    pub subject: String,
    /// In a few words.
    pub title: String,
    /// What is wrong.
    pub message: String,
    /// Title, address and date of the rule's source.
    pub source: Option<(String, String, String)>,
    /// What the button of the correction says, and what it does.
    pub fix: Option<(String, Msg)>,
    /// Shows a flow that suffers from it.
    pub show: Option<Msg>,
}

/// Everything found, worst first.
#[must_use]
pub fn findings(state: &State) -> Vec<FindingView> {
    let issues = state.answers.issues.iter().map(|issue| FindingView {
        tone: tone(issue.severity()),
        severity: issue.severity().word(),
        code: issue.code.code().to_owned(),
        subject: issue.subject.clone(),
        message: issue.message.clone(),
        source: issue.code.source().map(cite),
        title: words(issue.code.code()),
        fix: None,
        show: None,
    });
    issues.collect()
}

/// How a severity looks.
fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Plain,
    }
}

fn cite(source: Source) -> (String, String, String) {
    (
        source.title.to_owned(),
        source.url.to_owned(),
        source.date.to_owned(),
    )
}

/// `RouteConflict` as `Route conflict`.
fn words(code: &str) -> String {
    let mut words = String::with_capacity(code.len() + 6);
    let mut before_upper = true;
    for letter in code.chars() {
        let upper = letter.is_ascii_uppercase();
        if upper && !before_upper {
            words.push(' ');
            words.push(letter.to_ascii_lowercase());
        } else {
            words.push(letter);
        }
        before_upper = upper;
    }
    words
}
