//! Where the end of a text's beginning stands in its JSON: the path of what is read last.
//!
//! | beginning | path |
//! |---|---|
//! | `{"vnets": [{"name": "hub"}, {"name": 5` | `vnets[1].name` |
//! | `{"vnets": [{"name": "hub"}` | `vnets[0]` |
//! | `{"vnets": [], "peering"` | `peering` |
//!
//! Left out: beginnings of texts that are not JSON; an escape in a member's name stays as it is written.

use std::str::CharIndices;

/// A bracket that is open, and what is read in it.
enum Open<'t> {
    Object(Option<&'t str>),
    List(Option<usize>),
}

/// The path of what is read last, as `network.vnets[2].prefixes`.
pub(super) fn up_to(text: &str) -> String {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '}' | ']' => drop(open.pop()),
            ',' => match open.last_mut() {
                Some(Open::Object(key)) => *key = None,
                Some(Open::List(item)) => *item = item.map(|item| item.saturating_add(1)),
                None => {}
            },
            ':' => {}
            _ if letter.is_ascii_whitespace() => {}
            _ => {
                let quoted = (letter == '"').then(|| quoted(text, at, &mut letters));
                match (open.last_mut(), quoted) {
                    (Some(Open::Object(key @ None)), Some(name)) => *key = Some(name),
                    (Some(Open::List(item @ None)), _) => *item = Some(0),
                    _ => {}
                }
                match letter {
                    '{' => open.push(Open::Object(None)),
                    '[' => open.push(Open::List(None)),
                    _ => {}
                }
            }
        }
    }
    dotted(&open)
}

/// What stands between the quotation mark at a byte and the next one.
fn quoted<'t>(text: &'t str, at: usize, letters: &mut CharIndices<'t>) -> &'t str {
    while let Some((end, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '"' => return text.get(at.saturating_add(1)..end).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

fn dotted(open: &[Open<'_>]) -> String {
    let mut text = String::new();
    for bracket in open {
        match bracket {
            Open::Object(Some(key)) if text.is_empty() => text.push_str(key),
            Open::Object(Some(key)) => text.extend([".", key]),
            Open::List(Some(item)) => text.push_str(&format!("[{item}]")),
            Open::Object(None) | Open::List(None) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::up_to;

    #[test]
    fn a_path_leads_through_members_and_items() {
        for (beginning, path) in [
            ("7", ""),
            (r#"{"a""#, "a"),
            (r#"{"a": 1, "#, ""),
            (r#"{"a": [1, {"b\"": "x,]", "c": ["#, "a[1].c"),
            (r#"{"a": [1, {"b": {}}"#, "a[1]"),
            (r#"{"a": [[], [[2, "x"], "y""#, "a[1][1]"),
            (r#"{"a": [1, 2], "é""#, "é"),
            (r#"{"a": [1, 2]}"#, ""),
        ] {
            assert_eq!(up_to(beginning), path, "{beginning}");
        }
    }
}
