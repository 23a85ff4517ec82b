//! Places in a value, as the tables of words name them.
//!
//! | path | meaning |
//! |---|---|
//! | `properties.sku.name` | members one below the other |
//! | `properties.routes[].name` | of every item; together a list |
//! | `zones[0]` | of the first item |
//! | `addresses[1+]` | of every item but the first |

use super::value::Value;

/// Which items of a list are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Items {
    Whole,
    All,
    First,
    Rest,
}

fn segment(text: &str) -> (&str, Items) {
    let cut = |end: &str| text.strip_suffix(end);
    if let Some(key) = cut("[]") {
        (key, Items::All)
    } else if let Some(key) = cut("[0]") {
        (key, Items::First)
    } else if let Some(key) = cut("[1+]") {
        (key, Items::Rest)
    } else {
        (text, Items::Whole)
    }
}

/// Every value at a path, in order.
pub(super) fn found<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    path.split('.').fold(vec![value], |values, text| {
        let (key, items) = segment(text);
        let members = values.into_iter().filter_map(|value| value.member(key));
        members.flat_map(|value| selected(value, items)).collect()
    })
}

fn selected(value: &Value, items: Items) -> Vec<&Value> {
    match (value, items) {
        (_, Items::Whole) => vec![value],
        (Value::List(list), Items::All) => list.iter().collect(),
        (Value::List(list), Items::First) => list.iter().take(1).collect(),
        (Value::List(list), Items::Rest) => list.iter().skip(1).collect(),
        _ => Vec::new(),
    }
}

/// The value at a path: a list where the path means every item.
pub(super) fn at(value: &Value, path: &str) -> Option<Value> {
    let found = found(value, path);
    if path.contains("[]") {
        let list: Vec<Value> = found.into_iter().cloned().collect();
        return (!list.is_empty()).then_some(Value::List(list));
    }
    found.first().map(|value| (*value).clone())
}

/// Whether an item has a word at a path; every item where none is asked for.
pub(super) fn says(item: &Value, word: Option<(&str, &str)>) -> bool {
    word.is_none_or(|(path, word)| at(item, path) == Some(Value::from(word)))
}

/// A value without members, and where it stands: a list of plain values is one.
pub(super) type Leaf<'v> = (Vec<(&'static str, Option<usize>)>, &'v Value);

/// Every leaf of a value.
pub(super) fn leaves(value: &Value) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    collect(value, &mut Vec::new(), &mut leaves);
    leaves
}

fn collect<'v>(
    value: &'v Value,
    place: &mut Vec<(&'static str, Option<usize>)>,
    leaves: &mut Vec<Leaf<'v>>,
) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                place.push((key, None));
                collect(value, place, leaves);
                place.pop();
            }
        }
        Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))) => {
            let Some((key, _)) = place.pop() else {
                return;
            };
            for (position, item) in items.iter().enumerate() {
                place.push((key, Some(position)));
                collect(item, place, leaves);
                place.pop();
            }
            place.push((key, None));
        }
        Value::List(items) if items.is_empty() => {}
        _ => leaves.push((place.clone(), value)),
    }
}

/// Whether a path covers a leaf: it leads to it, or to something that holds it.
pub(super) fn covers(path: &str, place: &[(&'static str, Option<usize>)]) -> bool {
    let mut place = place.iter();
    path.split('.').all(|text| {
        let (key, items) = segment(text);
        place.next().is_some_and(|(known, position)| {
            *known == key
                && match (items, position) {
                    (Items::First, Some(position)) => *position == 0,
                    (Items::Rest, Some(position)) => *position > 0,
                    _ => true,
                }
        })
    })
}

/// The place of a leaf in words.
pub(super) fn words(place: &[(&'static str, Option<usize>)]) -> String {
    let parts = place.iter().map(|(key, position)| match position {
        Some(position) => format!("{key}[{position}]"),
        None => (*key).to_owned(),
    });
    parts.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_every_item_the_first_or_the_others() {
        let item = |name: &str| Value::object().with("name", name);
        let value = Value::object().with("items", vec![item("a"), item("b"), item("c")]);
        let names = |path| -> Vec<Value> { found(&value, path).into_iter().cloned().collect() };
        let texts =
            |texts: &[&str]| -> Vec<Value> { texts.iter().map(|text| (*text).into()).collect() };
        assert_eq!(names("items[].name"), texts(&["a", "b", "c"]));
        assert_eq!(names("items[0].name"), texts(&["a"]));
        assert_eq!(names("items[1+].name"), texts(&["b", "c"]));
        let places: Vec<_> = leaves(&value).into_iter().map(|(place, _)| place).collect();
        let covered = |path| places.iter().filter(|place| covers(path, place)).count();
        assert_eq!(
            [
                covered("items[1+]"),
                covered("items[0].name"),
                covered("items[].other")
            ],
            [2, 1, 0]
        );
    }
}
