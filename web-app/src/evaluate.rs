//! One answer for a document, as JSON: for scripts and documentation pages that want numbers and no picture.

use crate::state::Answers;
use interspoke_core::document::Document;
use serde::Serialize;

#[derive(Serialize)]
struct Evaluation {
    issues: Vec<Problem>,
    flow: Option<Followed>,
    bill: Total,
}

#[derive(Serialize)]
struct Problem {
    code: &'static str,
    severity: &'static str,
    subject: String,
    message: String,
}

#[derive(Serialize)]
struct Followed {
    source: String,
    destination: String,
    reachable: bool,
}

#[derive(Serialize)]
struct Total {
    total: String,
    complete: bool,
    lines: usize,
}

/// Problems, the chosen flow and the bill's total.
///
/// # Errors
/// The text is not a document.
pub fn evaluate(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let answers = Answers::of(&document);
    let issues = answers.issues.iter().map(|issue| Problem {
        code: issue.code.code(),
        severity: issue.severity().word(),
        subject: issue.subject.clone(),
        message: issue.message.clone(),
    });
    let evaluation = Evaluation {
        issues: issues.collect(),
        flow: document.flow.map(|flow| Followed {
            source: flow.source.to_string(),
            destination: flow.destination.to_string(),
            reachable: answers.routing.round_trip(flow.into()).verdict.reachable(),
        }),
        bill: Total {
            total: answers.bill.total_text(),
            complete: answers.bill.is_complete(),
            lines: answers.bill.lines.len(),
        },
    };
    serde_json::to_string(&evaluation).map_err(|error| error.to_string())
}
