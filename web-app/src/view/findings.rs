//! What is wrong or risky: findings of the simulator, then problems of the document, worst first.

use super::Tone;
use crate::state::{Msg, PickMsg, SpecMsg, State};
use crate::text;
use interspoke_core::finding::Finding;
use interspoke_core::issue::{Issue, Severity, Source};

/// One thing to know.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingView {
    /// How bad it is.
    pub tone: Tone,
    /// The same in a word.
    pub severity: &'static str,
    /// What it is called.
    pub code: String,
    /// In a few words.
    pub title: String,
    /// Where it is.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// Title, address and date of the rule's source.
    pub source: Option<(String, String, String)>,
    /// What the button of the correction says, and what it does.
    pub fix: Option<(String, Msg)>,
    /// What the correction changes.
    pub changes: Vec<String>,
    /// Shows a flow that suffers from it.
    pub show: Option<Msg>,
}

/// What is found so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// More are being looked for.
    pub searching: bool,
    /// Those that are known, worst first.
    pub found: Vec<FindingView>,
}

/// What is found so far, and whether that is all.
#[must_use]
pub fn found(state: &State) -> Findings {
    Findings {
        searching: state.late.is_searching(),
        found: findings(state),
    }
}

/// Everything found, worst first. While findings are looked for they are those of the network before, without corrections.
#[must_use]
pub fn findings(state: &State) -> Vec<FindingView> {
    let review = &state.late.review;
    let searching = state.late.is_searching();
    let found = review.findings.iter().enumerate();
    let mut all: Vec<(Severity, FindingView)> = found
        .map(|(at, f)| (f.severity, finding(Some(at).filter(|_| !searching), f)))
        .chain(
            state
                .answers
                .issues
                .iter()
                .map(|i| (i.severity(), issue(i))),
        )
        .collect();
    all.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    all.into_iter().map(|(_, view)| view).collect()
}

fn finding(at: Option<usize>, finding: &Finding) -> FindingView {
    let flows = match finding.flows {
        0 => String::new(),
        n => format!(" ({})", text::counted(n, "flow", "flows")),
    };
    let fix = finding.fix.as_ref();
    FindingView {
        tone: tone(finding.severity),
        severity: finding.severity.word(),
        code: format!("{:?}", finding.kind),
        title: finding.title.clone(),
        subject: finding.subject.clone(),
        message: format!("{}{flows}", finding.explanation),
        source: Some(cite(finding.source)),
        changes: fix
            .iter()
            .flat_map(|f| &f.changes)
            .map(ToString::to_string)
            .collect(),
        fix: fix
            .zip(at)
            .map(|(f, at)| (f.label.clone(), Msg::Spec(SpecMsg::Fix(at)))),
        show: finding.flow.map(|flow| Msg::Pick(PickMsg::Flow(flow))),
    }
}

fn issue(issue: &Issue) -> FindingView {
    FindingView {
        tone: tone(issue.severity()),
        severity: issue.severity().word(),
        code: issue.code.code().to_owned(),
        title: words(issue.code.code()),
        subject: issue.subject.clone(),
        message: issue.message.clone(),
        source: issue.code.source().map(cite),
        changes: Vec::new(),
        fix: None,
        show: None,
    }
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
