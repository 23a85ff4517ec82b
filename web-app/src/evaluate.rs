//! One answer for a document, as JSON: for scripts and documentation pages that want numbers and no picture.

use crate::state::Answers;
use interspoke_core::document::Document;
use interspoke_core::json::{Node, Value};
use interspoke_core::price::Catalog;
/// Problems, the chosen flow and the bill's total.
///
/// # Errors
/// The text is not a document.
pub fn evaluate(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let answers = Answers::of(&document);
    let bill = answers.bill(&document, &Catalog::built_in());
    let issues = answers.issues.iter().map(|issue| {
        Node::object([
            ("code", issue.code.code().into()),
            ("severity", issue.severity().word().into()),
            ("subject", issue.subject.as_str().into()),
            ("message", issue.message.as_str().into()),
        ])
    });
    let issues: Node = Value::List(issues.collect()).into();
    let flow = document.flow.map(|flow| {
        let verdict = answers.routing.round_trip(flow.into()).verdict;
        Node::object([
            ("source", flow.source.to_string().as_str().into()),
            ("destination", flow.destination.to_string().as_str().into()),
            ("reachable", verdict.reachable().into()),
        ])
    });
    let lines = u64::try_from(bill.lines.len()).unwrap_or(u64::MAX);
    let bill = Node::object([
        ("total", bill.total_text().as_str().into()),
        ("complete", bill.is_complete().into()),
        ("lines", lines.into()),
    ]);
    let evaluation = [
        ("issues", issues),
        ("flow", flow.unwrap_or(Value::Null.into())),
        ("bill", bill),
    ];
    Ok(Node::object(evaluation).compact())
}
