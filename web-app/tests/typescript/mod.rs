//! Interfaces of TypeScript as JSON Schema: as much of the language as the answers' types use.
//!
//! | TypeScript | JSON Schema |
//! |---|---|
//! | `interface A { b: string }` | `$defs/A`: an object with `b`, and nothing else |
//! | `"x" \| "y"`, `string \| null` | `anyOf` |
//! | `A[]`, `A` | an array, a reference |

use serde_json::{Map, Value, json};

/// Every interface by its name.
pub(crate) fn definitions(text: &str) -> Map<String, Value> {
    let mut parser = Parser {
        tokens: tokens(text),
        at: 0,
    };
    let mut all = Map::new();
    while parser.at < parser.tokens.len() {
        parser.expect("export");
        parser.expect("interface");
        let name = parser.next();
        all.insert(name, parser.object());
    }
    all
}

/// Names, texts in quotes, and single signs; comments are left out.
fn tokens(text: &str) -> Vec<String> {
    let text: String = text
        .split("/*")
        .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
        .collect();
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let end = match first {
            '"' => rest[1..].find('"').expect("a text that ends") + 2,
            c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    tokens
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        let token = self.peek().to_owned();
        self.at += 1;
        token
    }

    fn expect(&mut self, token: &str) {
        let found = self.next();
        assert_eq!(found, token, "token {}", self.at);
    }

    fn object(&mut self) -> Value {
        self.expect("{");
        let (mut properties, mut required) = (Map::new(), Vec::new());
        while self.peek() != "}" {
            let name = self.next();
            self.expect(":");
            properties.insert(name.clone(), self.union());
            required.push(name);
            if self.peek() == ";" {
                self.next();
            }
        }
        self.expect("}");
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    fn union(&mut self) -> Value {
        let mut all = vec![self.list()];
        while self.peek() == "|" {
            self.next();
            all.push(self.list());
        }
        match all.as_slice() {
            [only] => only.clone(),
            _ => json!({ "anyOf": all }),
        }
    }

    fn list(&mut self) -> Value {
        let mut one = self.single();
        while self.peek() == "[" {
            self.next();
            self.expect("]");
            one = json!({ "type": "array", "items": one });
        }
        one
    }

    fn single(&mut self) -> Value {
        if self.peek() == "{" {
            return self.object();
        }
        let token = self.next();
        match token.as_str() {
            "string" | "number" | "boolean" | "null" | "object" => json!({ "type": token }),
            text if text.starts_with('"') => json!({ "const": text.trim_matches('"') }),
            name => json!({ "$ref": format!("#/$defs/{name}") }),
        }
    }
}
