//! Every pattern for an Intent: what `compare` answers.

use super::{SCHEMA, list, nothing, source, word, words};
use interspoke_core::intent::Intent;
use interspoke_core::json::Node;
use interspoke_core::pattern::select;
use interspoke_core::pattern::verdict::{Assessment, Reason};
use interspoke_core::price::Catalog;

/// The patterns in the order of their rank.
///
/// # Errors
/// The text is no Intent, or asks for what cannot be planned; every problem is named.
pub fn compare(text: &str) -> Result<String, String> {
    let intent = Intent::from_json(text).map_err(|error| error.to_string())?;
    let comparison = select::compare(&intent, &Catalog::built_in()).map_err(|problems| {
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        all.join("; ")
    })?;
    let recommended = comparison
        .recommended()
        .map(|assessment| assessment.pattern.id());
    Ok(Node::object([
        ("schema", SCHEMA.into()),
        ("recommended", recommended.map_or_else(nothing, Node::from)),
        ("patterns", list(comparison.assessments.iter().map(pattern))),
        ("notes", words(&comparison.notes)),
    ])
    .compact())
}

fn pattern(assessment: &Assessment) -> Node {
    let counts = assessment.counts.iter().map(|count| {
        Node::object([
            ("counter", word(count.counter.word())),
            ("value", count.value.map_or_else(nothing, Node::from)),
            ("derivation", word(&count.derivation)),
        ])
    });
    let bill = assessment.bill.as_ref();
    Node::object([
        ("pattern", assessment.pattern.id().into()),
        ("title", assessment.pattern.title().into()),
        ("verdict", assessment.verdict.word().into()),
        ("reasons", list(assessment.reasons.iter().map(reason))),
        (
            "change",
            assessment
                .change
                .as_deref()
                .map_or_else(nothing, Node::from),
        ),
        ("counts", list(counts)),
        (
            "monthly",
            bill.map_or_else(nothing, |bill| word(bill.total_text())),
        ),
        (
            "complete",
            bill.is_some_and(|bill| bill.is_complete()).into(),
        ),
    ])
}

fn reason(reason: &Reason) -> Node {
    Node::object([
        ("text", reason.text.as_str().into()),
        ("input", reason.input.into()),
        (
            "source",
            reason.source.as_ref().map_or_else(nothing, source),
        ),
    ])
}
