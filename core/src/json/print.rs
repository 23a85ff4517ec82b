//! From a tree to its text: compact, or indented by two spaces.

use super::{Node, Value};

impl Node {
    /// The text without white space.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// assert_eq!(Node::from("a\"b\n").compact(), r#""a\"b\n""#);
    /// ```
    #[must_use]
    pub fn compact(&self) -> String {
        let mut text = String::new();
        print(self, &mut text, None);
        text
    }

    /// The text with a line for each value, indented by two spaces for each level.
    ///
    /// ```
    /// use interspoke_core::json::Node;
    /// assert_eq!(Node::parse(r#"{"a":[1],"b":{}}"#).unwrap().pretty(), "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
    /// ```
    #[must_use]
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        print(self, &mut text, Some(0));
        text
    }
}

/// Prints a value at a level of indentation; without one all stands on a line.
fn print(node: &Node, text: &mut String, level: Option<usize>) {
    let inside = level.map(|level| level.saturating_add(1));
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(digits) => text.push_str(digits),
        Value::Text(string) => quote(string, text),
        Value::List(items) => {
            text.push('[');
            for (position, item) in items.iter().enumerate() {
                separate(text, position, inside);
                print(item, text, inside);
            }
            close(text, ']', items.len(), level);
        }
        Value::Object(members) => {
            text.push('{');
            for (position, member) in members.iter().enumerate() {
                separate(text, position, inside);
                quote(&member.key, text);
                text.push_str(if level.is_some() { ": " } else { ":" });
                print(&member.node, text, inside);
            }
            close(text, '}', members.len(), level);
        }
    }
}

fn separate(text: &mut String, position: usize, level: Option<usize>) {
    if position > 0 {
        text.push(',');
    }
    line_break(text, level);
}

fn close(text: &mut String, bracket: char, items: usize, level: Option<usize>) {
    if items > 0 {
        line_break(text, level);
    }
    text.push(bracket);
}

fn line_break(text: &mut String, level: Option<usize>) {
    let Some(level) = level else {
        return;
    };
    text.push('\n');
    for _ in 0..level {
        text.push_str("  ");
    }
}

fn quote(string: &str, text: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    text.push('"');
    for letter in string.chars() {
        let short = match letter {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => "",
        };
        if !short.is_empty() {
            text.push_str(short);
        } else if letter < ' ' {
            let low = HEX.get(letter as usize % 16).copied().unwrap_or_default();
            text.push_str(if letter < '\u{10}' {
                "\\u000"
            } else {
                "\\u001"
            });
            text.push(char::from(low));
        } else {
            text.push(letter);
        }
    }
    text.push('"');
}
