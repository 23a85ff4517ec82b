//! What others printed, as a design: what `import` answers.

use super::{SCHEMA, list, number, word, words};
use interspoke_core::document::Document;
use interspoke_core::import::{Entry, Import};
use interspoke_core::json::{Node, Value};
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
    let document = Node::parse(&text).map_err(|error| error.to_string())?;
    Ok(Node::object([
        ("schema", SCHEMA.into()),
        ("document", document),
        ("read", counts(&made.report.read)),
        ("skipped", counts(&made.report.skipped)),
        ("stubs", words(&made.report.stubs)),
        ("entries", list(made.report.entries.iter().map(entry))),
    ])
    .compact())
}

/// Names and texts: of a list that says both, else the whole text.
fn files_of(files: &str) -> Result<Vec<(String, String)>, String> {
    let whole = || vec![("text".to_owned(), files.to_owned())];
    let Ok(Node {
        value: Value::List(items),
        ..
    }) = Node::parse(files)
    else {
        return Ok(whole());
    };
    let named: Option<Vec<(String, String)>> = items.iter().map(file).collect();
    Ok(named.filter(|all| !all.is_empty()).unwrap_or_else(whole))
}

/// An item that is a file and nothing else.
fn file(item: &Node) -> Option<(String, String)> {
    let Value::Object(members) = &item.value else {
        return None;
    };
    let text = |name: &str| match &item.member(name)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let is_file = members.len() == 2;
    is_file.then_some(())?;
    Some((text("name")?, text("text")?))
}

/// How many of each type.
fn counts(counts: &BTreeMap<String, usize>) -> Node {
    let one = |(kind, count): (&String, &usize)| {
        Node::object([("type", kind.as_str().into()), ("count", number(*count))])
    };
    list(counts.iter().map(one))
}

fn entry(entry: &Entry) -> Node {
    Node::object([
        ("verdict", entry.verdict.word().into()),
        ("place", word(&entry.place)),
        ("message", entry.message.as_str().into()),
    ])
}
