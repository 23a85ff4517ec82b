//! What `terraform show -json` prints of a plan of our Terraform: read by a parser of HCL that others wrote.
//!
//! The rule: a value that stands in the text, in a variable or in the name of a resource is known; an id is not known
//! before it is made: an object lacks it, a list has `null` in its place. The configuration says what each argument
//! refers to, in order and without saying where.
//!
//! | argument | `planned_values` | `configuration` |
//! |---|---|---|
//! | `name = "hub"` | `"hub"` | `constant_value` |
//! | `virtual_network_name = azurerm_virtual_network.hub.name` | `"hub"` | `references` |
//! | `subnet_id = azurerm_subnet.hub_app.id` | nothing | `references` |
//! | `ids = [azurerm_subnet.hub_app.id]` | `[null]` | `references` |

use hcl::expr::{Expression, Traversal, TraversalOperator};
use hcl::structure::{Block, Body};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The plan of the files of an export; a variable without a default is an address or a number of its own.
pub(super) fn plan(text: &str) -> Value {
    let body = hcl::parse(text).unwrap();
    let mut known = Known::default();
    known.declare(&body);
    let (mut values, mut declared) = (Vec::new(), Vec::new());
    for block in blocks(&body, "resource") {
        let (kind, name) = address(block);
        let address = format!("{kind}.{name}");
        let (value, expression) = known.block(block.body());
        values.push(json!({"address": address, "mode": "managed", "type": kind, "name": name, "values": value}));
        declared.push(json!({"address": address, "mode": "managed", "type": kind, "name": name, "expressions": expression}));
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": values}},
        "configuration": {"root_module": {"resources": declared}},
    })
}

fn blocks<'b>(body: &'b Body, kind: &'b str) -> impl Iterator<Item = &'b Block> {
    body.blocks()
        .filter(move |block| block.identifier() == kind)
}

fn address(block: &Block) -> (String, String) {
    let labels: Vec<&str> = block.labels().iter().map(|label| label.as_str()).collect();
    (labels[0].to_owned(), labels[1].to_owned())
}

/// What is known before anything is made.
#[derive(Default)]
struct Known {
    variables: BTreeMap<String, Value>,
    /// Names of resources by address.
    names: BTreeMap<String, Value>,
}

impl Known {
    fn declare(&mut self, body: &Body) {
        for block in blocks(body, "variable") {
            let name = block.labels()[0].as_str().to_owned();
            let argument = |key: &str| block.body().attributes().find(|one| one.key() == key);
            let default = argument("default").and_then(|one| self.value(one.expr()));
            let is_number = argument("type").is_some_and(|one| one.expr().to_string() == "number");
            let number = self.variables.len();
            let given = || match is_number {
                true => json!(64_600 + number),
                false => json!(format!("203.0.113.{number}")),
            };
            self.variables.insert(name, default.unwrap_or_else(given));
        }
        for block in blocks(body, "resource") {
            let (kind, name) = address(block);
            let named = block.body().attributes().find(|one| one.key() == "name");
            if let Some(value) = named.and_then(|one| self.value(one.expr())) {
                self.names.insert(format!("{kind}.{name}"), value);
            }
        }
    }

    /// Known values and expressions of a block.
    fn block(&self, body: &Body) -> (Value, Value) {
        let (mut values, mut expressions) = (Map::new(), Map::new());
        for one in body.attributes() {
            let mut references = Vec::new();
            refers(one.expr(), &mut references);
            let value = self.value(one.expr());
            let expression = match (&value, references.is_empty()) {
                (Some(value), true) => json!({ "constant_value": value }),
                _ => json!({ "references": references }),
            };
            if one.key() == "depends_on" {
                continue;
            }
            expressions.insert(one.key().to_owned(), expression);
            if let Some(value) = value {
                values.insert(one.key().to_owned(), value);
            }
        }
        for block in body.blocks() {
            let (value, expression) = self.block(block.body());
            for (all, one) in [(&mut values, value), (&mut expressions, expression)] {
                let list = all.entry(block.identifier()).or_insert_with(|| json!([]));
                list.as_array_mut().unwrap().push(one);
            }
        }
        (Value::Object(values), Value::Object(expressions))
    }

    /// The value of an expression, where it is known.
    fn value(&self, expression: &Expression) -> Option<Value> {
        match expression {
            Expression::Bool(flag) => Some(json!(flag)),
            Expression::Number(number) => Some(serde_json::from_str(&number.to_string()).unwrap()),
            Expression::String(text) => Some(json!(text)),
            Expression::Array(items) => {
                let items = items
                    .iter()
                    .map(|item| self.value(item).unwrap_or(Value::Null));
                Some(Value::Array(items.collect()))
            }
            Expression::Object(members) => {
                let member = |(key, value): (&hcl::expr::ObjectKey, &Expression)| {
                    Some((key.to_string(), self.value(value)?))
                };
                Some(Value::Object(members.iter().filter_map(member).collect()))
            }
            Expression::Traversal(traversal) => self.followed(&words(traversal)),
            Expression::TemplateExpr(_) => None,
            other => panic!("the expression {other:?}"),
        }
    }

    fn followed(&self, words: &[String]) -> Option<Value> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["var", name] => Some(self.variables[*name].clone()),
            [kind, name, "name"] => self.names.get(&format!("{kind}.{name}")).cloned(),
            _ => None,
        }
    }
}

/// `a`, `b`, `c` of `a.b.c`; an index stays with the word before it.
fn words(traversal: &Traversal) -> Vec<String> {
    let Expression::Variable(first) = &traversal.expr else {
        panic!("the reference {traversal:?}");
    };
    let mut words = vec![first.as_str().to_owned()];
    for operator in &traversal.operators {
        match operator {
            TraversalOperator::GetAttr(word) => words.push(word.as_str().to_owned()),
            TraversalOperator::Index(at) => {
                words.last_mut().unwrap().push_str(&format!("[{at}]"));
            }
            other => panic!("the operator {other:?}"),
        }
    }
    words
}

/// As Terraform lists it: the attribute, then the resource.
fn refers(expression: &Expression, found: &mut Vec<String>) {
    match expression {
        Expression::Traversal(traversal) => {
            let words = words(traversal);
            found.push(words.join("."));
            if words.len() > 2 {
                found.push(words[..2].join("."));
            }
        }
        Expression::Array(items) => items.iter().for_each(|item| refers(item, found)),
        Expression::Object(members) => members.values().for_each(|value| refers(value, found)),
        Expression::TemplateExpr(template) => {
            let template = hcl::Template::from_expr(template).unwrap();
            for element in template.elements() {
                if let hcl::template::Element::Interpolation(inside) = element {
                    refers(&inside.expr, found);
                }
            }
        }
        _ => {}
    }
}
