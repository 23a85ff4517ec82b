//! The saved file's form as JSON Schema, for editors and for tools that write designs.
//!
//! The rule: whatever [`Document::parse`](super::Document::parse) opens fits one of three forms, told apart by the member
//! `schema`: today's, version 1, a bare network. It is made from the lists of members that read the file (`json::shape`), so
//! it cannot say anything else than they do. What it leaves to the reader: texts that must be prefixes, names that must exist.

use super::{SCHEMA, Saved, Saved1};
use crate::json::{Field, Member, Node, Record as _, Shapes, Value, any_of, shape_of_record};
use crate::spec::NetworkSpec;

/// The schema, in the draft of 2020-12.
///
/// ```
/// let schema = interspoke_core::document::schema();
/// let network = schema.member("$defs").and_then(|all| all.member("NetworkSpec")).unwrap();
/// assert!(network.member("properties").unwrap().member("vnets").is_some());
/// ```
#[must_use]
pub fn schema() -> Node {
    let mut shapes = Shapes::default();
    let forms = [
        versioned(shape_of_record(&mut Saved::blank(), &mut shapes), SCHEMA),
        versioned(
            shape_of_record(&mut Saved1::blank(), &mut shapes),
            "interspoke/1",
        ),
        <NetworkSpec as Field>::blank().shape(&mut shapes),
    ];
    let [saved, saved1, network] = forms;
    Node::object([
        (
            "$schema",
            "https://json-schema.org/draft/2020-12/schema".into(),
        ),
        ("$id", "urn:interspoke:document".into()),
        ("title", "A design of Interspoke".into()),
        ("if", has_schema(None)),
        (
            "then",
            Node::object([
                ("if", has_schema(Some("interspoke/1"))),
                ("then", saved1),
                ("else", saved),
            ]),
        ),
        (
            "else",
            Node::object([("allOf", Value::List(vec![network, is_network()]).into())]),
        ),
        ("$defs", shapes.into_definitions()),
    ])
}

/// What tells a bare network from any other object.
fn is_network() -> Node {
    let has = |name: &str| {
        let required = Value::List(vec![name.into()]).into();
        Node::object([("required", required)])
    };
    any_of(vec![has("vnets"), has("virtualWan")])
}

/// Whether there is a member `schema`, with this value where one is given.
fn has_schema(value: Option<&str>) -> Node {
    let required = Value::List(vec!["schema".into()]).into();
    match value {
        None => Node::object([("required", required)]),
        Some(value) => {
            let fixed = Node::object([("const", value.into())]);
            let properties = Node::object([("schema", fixed)]);
            Node::object([("properties", properties), ("required", required)])
        }
    }
}

/// A form whose member `schema` has one value.
fn versioned(mut form: Node, value: &str) -> Node {
    if let Value::Object(members) = &mut form.value {
        let properties = members.iter_mut().find(|one| one.key == "properties");
        if let Some(Value::Object(inside)) = properties.map(|one| &mut one.node.value) {
            for Member { node, .. } in inside.iter_mut().filter(|one| one.key == "schema") {
                *node = Node::object([("const", value.into())]);
            }
        }
    }
    form
}
