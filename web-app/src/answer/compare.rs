//! Every pattern for an Intent: what `compare` answers.

use super::{SCHEMA, list, nothing, source, word, words};
use interspoke_core::intent::Intent;
use interspoke_core::json::Value;
use interspoke_core::pattern::select;
use interspoke_core::pattern::verdict::{Assessment, Reason};
use interspoke_core::price::Catalog;
use serde_json::json;

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
    Ok(json!({
        "schema": SCHEMA,
        "recommended": recommended.map_or_else(nothing, Value::from),
        "patterns": list(comparison.assessments.iter().map(pattern)),
        "notes": words(&comparison.notes),
    })
    .to_string())
}

fn pattern(assessment: &Assessment) -> Value {
    let counts = assessment.counts.iter().map(|count| {
        json!({
            "counter": word(count.counter.word()),
            "value": count.value.map_or_else(nothing, Value::from),
            "derivation": word(&count.derivation),
        })
    });
    let bill = assessment.bill.as_ref();
    json!({
        "pattern": assessment.pattern.id(),
        "title": assessment.pattern.title(),
        "verdict": assessment.verdict.word(),
        "reasons": list(assessment.reasons.iter().map(reason)),
        "change": assessment
                .change
                .as_deref()
                .map_or_else(nothing, Value::from),
        "counts": list(counts),
        "monthly": bill.map_or_else(nothing, |bill| word(bill.total_text())),
        "complete": bill.is_some_and(|bill| bill.is_complete()),
    })
}

fn reason(reason: &Reason) -> Value {
    json!({
        "text": reason.text.as_str(),
        "input": reason.input,
        "source": reason.source.as_ref().map_or_else(nothing, source),
    })
}
