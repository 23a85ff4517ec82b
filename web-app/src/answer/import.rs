//! What others printed, as a design: what `import` answers.

use super::{SCHEMA, list, number, word, words};
use interspoke_core::document::Document;
use interspoke_core::import::{Entry, Import};
use interspoke_core::json::{self, Value};
use serde_json::json;
use std::collections::BTreeMap;

/// Exports, templates, plans and captures of one estate, given as a list of `{"name": …, "text": …}` or as one text, made
/// into a design; the report says what was read, skipped, assumed and absent.
///
/// # Errors
/// Nothing in them is a network.
pub fn import(files: &str) -> Result<String, String> {
    let mut import = Import::new();
    for (name, text) in files_of(files)? {
        import.add(&name, text.as_bytes());
    }
    let made = import.finish();
    if made.is_nothing() {
        let entries: Vec<String> = made
            .report
            .entries
            .iter()
            .map(ToString::to_string)
            .collect();
        return Err(format!(
            "nothing of a network was found\n{}",
            entries.join("\n")
        ));
    }
    let text = Document::new("Imported", made.network).to_json();
    let document = json::parse(&text).map_err(|error| error.to_string())?;
    Ok(json!({
        "schema": SCHEMA,
        "document": document,
        "read": counts(&made.report.read),
        "skipped": counts(&made.report.skipped),
        "stubs": words(&made.report.stubs),
        "entries": list(made.report.entries.iter().map(entry)),
    })
    .to_string())
}

/// Names and texts: of a list that says both, else the whole text.
fn files_of(files: &str) -> Result<Vec<(String, String)>, String> {
    let whole = || vec![("text".to_owned(), files.to_owned())];
    let Ok(Value::Array(items)) = json::parse(files) else {
        return Ok(whole());
    };
    let named: Option<Vec<(String, String)>> = items.iter().map(file).collect();
    Ok(named.filter(|all| !all.is_empty()).unwrap_or_else(whole))
}

/// An item that is a file and nothing else.
fn file(item: &Value) -> Option<(String, String)> {
    let members = item.as_object().filter(|members| members.len() == 2)?;
    let text = |name: &str| members.get(name)?.as_str().map(str::to_owned);
    Some((text("name")?, text("text")?))
}

/// How many of each type.
fn counts(counts: &BTreeMap<String, usize>) -> Value {
    let one =
        |(kind, count): (&String, &usize)| json!({"type": kind.as_str(), "count": number(*count)});
    list(counts.iter().map(one))
}

fn entry(entry: &Entry) -> Value {
    json!({
        "verdict": entry.verdict.word(),
        "place": word(&entry.place),
        "message": entry.message.as_str(),
    })
}
