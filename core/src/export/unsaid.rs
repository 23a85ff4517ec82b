//! What a language has no word for.
//!
//! The rule: every value of a resource is covered by a row of its kind's table, or it is said that it is not: nothing is
//! left out in silence.

use super::graph::{Graph, ResourceId};
use super::path::{Leaf, covers, leaves, words};
use super::value::Value;
use super::words::{Change, Word};

/// A language that is written by the tables of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Terraform,
    CommandLine,
}

/// The values of a resource that a language does not say, as `properties.x = y`.
pub(super) fn unsaid(graph: &Graph, id: ResourceId, tongue: Tongue) -> Vec<String> {
    let Some(resource) = graph.resource(id) else {
        return Vec::new();
    };
    let rows = resource.kind.words().rows;
    let open = leaves(&resource.body).into_iter().filter(|leaf| {
        let place = leaf.0.as_slice();
        !rows.iter().any(|row| says(row, place, leaf.1, tongue))
    });
    open.map(|leaf| said(&leaf)).collect()
}

fn said((place, value): &Leaf<'_>) -> String {
    let value = match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => format!("{} values", items.len()),
        _ => "a reference".to_owned(),
    };
    format!("{} = {value}", words(place))
}

fn says(
    row: &Word,
    place: &[(&'static str, Option<usize>)],
    value: &Value,
    tongue: Tongue,
) -> bool {
    match row {
        Word::One {
            path,
            terraform,
            option,
            ..
        } => {
            let word = match tongue {
                Tongue::Terraform => terraform,
                Tongue::CommandLine => option,
            };
            !word.is_empty() && covers(path, place)
        }
        Word::Blocks { path, words, .. } | Word::Resources { path, words, .. } => {
            tongue == Tongue::Terraform && inside(path, words, place, value, tongue)
        }
        Word::Commands { path, words, .. } => {
            tongue == Tongue::CommandLine && inside(path, words, place, value, tongue)
        }
        Word::Association { path, .. } => tongue == Tongue::Terraform && covers(path, place),
        Word::Update { path, .. } => tongue == Tongue::CommandLine && covers(path, place),
        Word::Usual(path, usual) => covers(path, place) && is_usual(value, usual),
        Word::Terraform(..) | Word::Option(_) => false,
    }
}

fn inside(
    path: &str,
    rows: &[Word],
    place: &[(&'static str, Option<usize>)],
    value: &Value,
    tongue: Tongue,
) -> bool {
    let depth = path.split('.').count();
    covers(path, place)
        && place
            .get(depth..)
            .is_some_and(|rest| rows.iter().any(|row| says(row, rest, value, tongue)))
}

fn is_usual(value: &Value, usual: &str) -> bool {
    match value {
        Value::Text(text) => text == usual,
        Value::Flag(flag) => flag.to_string() == usual,
        _ => false,
    }
}

/// The value after its change, where the change is one of values alone.
pub(super) fn changed(value: Value, change: Change, tongue: Tongue) -> Value {
    match (change, value) {
        (Change::Listed, value) => Value::List(vec![value]),
        (Change::Not, Value::Flag(flag)) => Value::Flag(!flag),
        (Change::Truth, Value::Text(text)) if tongue == Tongue::Terraform => {
            Value::Flag(text == "True")
        }
        (Change::Is(word), Value::Text(text)) => Value::Flag(text == word),
        (Change::Called(words), Value::Text(text)) => {
            let other = words.iter().find(|(from, _)| *from == text);
            Value::Text(other.map_or(text.clone(), |(_, to)| (*to).to_owned()))
        }
        (_, value) => value,
    }
}
