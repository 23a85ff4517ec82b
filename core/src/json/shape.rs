//! What a type takes, as JSON Schema, from the same list of members that reads and writes it.
//!
//! The rule: a record is a definition that other shapes refer to by its name; a member that must be there is required, and no
//! other member is allowed, since the reader refuses what it does not know. Words are an enumeration. The schema asks for no
//! more than the reader does: whether a text is a prefix says the topology.
//!
//! | type | shape |
//! |---|---|
//! | `String` | `{"type": "string"}` |
//! | `Option<u8>` | `{"anyOf": [{"type": "integer", "minimum": 0, "maximum": 255}, {"type": "null"}]}` |
//! | `Vec<PeeringSpec>` | `{"type": "array", "items": {"$ref": "#/$defs/PeeringSpec"}}` |
//!
//! Not in the WebAssembly: the page reads and writes without it. Left out: words that a record keeps although it does not know
//! them; the schema names those that Azure knows.

use super::{Member, Node, Value};

/// The definitions so far.
#[derive(Debug, Default)]
pub struct Shapes {
    known: Vec<&'static str>,
    definitions: Vec<Member>,
}

impl Shapes {
    /// A reference to a record, which is defined where it is not yet.
    pub fn record(&mut self, name: &'static str, object: &dyn Fn(&mut Self) -> Node) -> Node {
        if !self.known.contains(&name) {
            self.known.push(name);
            let object = object(self);
            self.definitions.push(member(name, object));
        }
        let reference = format!("#/$defs/{name}");
        Node::object([("$ref", reference.as_str().into())])
    }

    /// Every definition, by name.
    #[must_use]
    pub fn into_definitions(mut self) -> Node {
        self.definitions.sort_by(|a, b| a.key.cmp(&b.key));
        Value::Object(self.definitions).into()
    }
}

fn member(key: &str, node: Node) -> Member {
    Member {
        key: key.to_owned(),
        key_end: 0,
        node,
    }
}

/// A type by its name in JSON Schema.
pub(super) fn plain(name: &str) -> Node {
    Node::object([("type", name.into())])
}

/// A whole number between two bounds.
pub(super) fn whole(least: i64, most: i64) -> Node {
    let number = |value: i64| Node::from(Value::Number(value.to_string()));
    Node::object([
        ("type", "integer".into()),
        ("minimum", number(least)),
        ("maximum", number(most)),
    ])
}

/// One of these words.
pub(crate) fn one_of(words: &[&str]) -> Node {
    let words = words.iter().map(|word| Node::from(*word)).collect();
    Node::object([("enum", Value::List(words).into())])
}

/// One of these shapes.
pub(crate) fn any_of(shapes: Vec<Node>) -> Node {
    Node::object([("anyOf", Value::List(shapes).into())])
}

/// A list of this shape.
pub(super) fn list(items: Node) -> Node {
    Node::object([("type", "array".into()), ("items", items)])
}

/// An object of these members and no others; each says whether it must be there.
pub(super) fn object(members: Vec<(&'static str, Node, bool)>) -> Node {
    let (mut properties, mut required) = (Vec::new(), Vec::new());
    for (name, shape, must) in members {
        properties.push(member(name, shape));
        required.extend(must.then(|| Node::from(name)));
    }
    let mut keywords = vec![
        member("type", "object".into()),
        member("properties", Value::Object(properties).into()),
    ];
    if !required.is_empty() {
        keywords.push(member("required", Value::List(required).into()));
    }
    keywords.push(member("additionalProperties", false.into()));
    Value::Object(keywords).into()
}
