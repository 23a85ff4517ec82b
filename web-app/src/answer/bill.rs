//! A month's cost, line by line: what `bill` answers.

use super::{SCHEMA, list, nothing, read, word, words};
use interspoke_core::json::Value;
use interspoke_core::price::{Catalog, Line};
use serde_json::json;

/// Every line with what it comes from. Amounts are texts, since no float holds them.
///
/// # Errors
/// The text is not a document.
pub fn bill(text: &str) -> Result<String, String> {
    let (document, answers) = read(text)?;
    let bill = answers.bill(&document, &Catalog::built_in());
    Ok(json!({
        "schema": SCHEMA,
        "total": word(bill.total_text()),
        "complete": bill.is_complete(),
        "lines": list(bill.lines.iter().map(line)),
        "notes": words(&bill.notes),
    })
    .to_string())
}

fn line(line: &Line) -> Value {
    let source = line.source.as_ref().map(|source| {
        json!({
            "title": word(&source.title),
            "url": word(&source.url),
            "date": line.date.as_str(),
        })
    });
    json!({
        "group": line.group.word(),
        "subject": line.subject.as_str(),
        "region": line.region.as_str(),
        "service": word(&line.meter.service),
        "meter": word(&line.meter.meter),
        "quantity": word(line.quantity),
        "unitPrice": line.unit_price.map_or_else(nothing, word),
        "amount": line.amount.map_or_else(nothing, word),
        "derivation": line.derivation.as_str(),
        "source": source.unwrap_or_else(nothing),
    })
}
