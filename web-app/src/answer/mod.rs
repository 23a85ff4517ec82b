//! Answers as JSON, without a page: for scripts, pipelines and pages that want numbers and no picture.
//!
//! Text in, text out. Every answer is an object whose `schema` says its form; a member is never renamed within one schema,
//! and new ones may come.
//!
//! | function | asked of | answers |
//! |---|---|---|
//! | [`evaluate`] | a document | problems, findings, its flow, the bill's total |
//! | [`effective_routes`] | a document and a subnet | the rows in the words of the Azure CLI |
//! | [`trace`] | a document and a flow | every way of request and reply: stops, winning rows, reasons |
//! | [`reachability`] | a document | classes of subnets, and what becomes of each pair of them |
//! | [`compare`] | an Intent | every pattern: verdict, reasons, counts, cost |
//! | [`bill`] | a document | every line with quantity, price, source and date |
//! | [`lint`] | a document | problems of the design alone |
//! | [`judge`] | a document and policies | each proved, or refuted by a flow |
//! | [`import`] | what others printed | a document and a report |
//! | [`export`] | a document and a form | files, and what they cannot say |
//! | [`plan`] | two documents | steps, with what each does to traffic |
//!
//! Left out: anything that draws, and any state between two calls.

mod bill;
mod code;
mod compare;
mod estate;
mod flow;
mod import;
mod policy;
mod types;

pub use bill::bill;
pub use code::{export, plan};
pub use compare::compare;
pub use estate::reachability;
pub use flow::{effective_routes, trace};
pub use import::import;
pub use policy::{judge, lint};
pub use types::TYPES;

use crate::state::Answers;
use interspoke_core::document::Document;
use interspoke_core::finding::Finding;
use interspoke_core::issue::{Issue, Source};
use interspoke_core::json::Value;
use interspoke_core::price::Catalog;
use serde_json::json;
use std::rc::Rc;

/// The form of the answers.
pub const SCHEMA: &str = "interspoke-answer/1";

/// Problems, findings, the document's flow and the bill's total.
///
/// # Errors
/// The text is not a document.
pub fn evaluate(text: &str) -> Result<String, String> {
    let (document, answers) = read(text)?;
    let bill = answers.bill(&document, &Catalog::built_in());
    let flow = document.flow.map(|flow| {
        let verdict = answers.routing.round_trip(flow.into()).verdict;
        json!({
            "source": word(flow.source),
            "destination": word(flow.destination),
            "reachable": verdict.reachable(),
        })
    });
    let total = json!({
        "total": word(bill.total_text()),
        "complete": bill.is_complete(),
        "lines": number(bill.lines.len()),
    });
    Ok(json!({
        "schema": SCHEMA,
        "issues": list(answers.issues.iter().map(issue)),
        "findings": list(answers.review(&document).findings.iter().map(finding)),
        "flow": flow.unwrap_or_else(nothing),
        "bill": total,
    })
    .to_string())
}

/// The document of a text and everything that it answers.
fn read(text: &str) -> Result<(Rc<Document>, Answers), String> {
    let document = Rc::new(Document::parse(text).map_err(|error| error.to_string())?);
    let answers = Answers::of(&document);
    Ok((document, answers))
}

fn issue(issue: &Issue) -> Value {
    json!({
        "code": issue.code.code(),
        "severity": issue.severity().word(),
        "subject": issue.subject.as_str(),
        "message": issue.message.as_str(),
    })
}

fn finding(finding: &Finding) -> Value {
    let flow = finding
        .flow
        .map(|flow| json!({"source": word(flow.source), "destination": word(flow.destination)}));
    json!({
        "code": finding.kind.id(),
        "severity": finding.severity.word(),
        "subject": finding.subject.as_str(),
        "title": finding.title.as_str(),
        "message": finding.explanation.as_str(),
        "flows": number(finding.flows),
        "flow": flow.unwrap_or_else(nothing),
        "source": source(&finding.source),
    })
}

fn source(source: &Source) -> Value {
    json!({"title": source.title, "url": source.url, "date": source.date})
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    items.collect()
}

fn words<T: ToString>(items: impl IntoIterator<Item = T>) -> Value {
    list(items.into_iter().map(word))
}

fn word(value: impl ToString) -> Value {
    Value::String(value.to_string())
}

fn number(count: usize) -> Value {
    u64::try_from(count).unwrap_or(u64::MAX).into()
}

fn nothing() -> Value {
    Value::Null
}
