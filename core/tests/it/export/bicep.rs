//! Reads Bicep by its grammar (tree-sitter) into what Resource Manager would be asked for.
//!
//! Resources by name, values as JSON with ids in the form `id:TYPE/NAME/NAME`, parameters as `parameter:NAME`.

use super::{Asked, id_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tree_sitter::{Node, Parser};

pub(super) fn read(text: &str) -> Asked {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_bicep::LANGUAGE.into())
        .unwrap();
    let tree = parser.parse(text, None).unwrap();
    let root = tree.root_node();
    assert!(
        !root.has_error(),
        "no Bicep: {}\n{text}",
        place_of_error(root, text)
    );
    let mut reader = Reader {
        text,
        symbols: BTreeMap::new(),
    };
    let declarations: Vec<Node<'_>> = children(root).collect();
    for node in &declarations {
        reader.declare(*node);
    }
    let mut asked = Asked::default();
    for node in declarations {
        reader.statement(node, &mut asked);
    }
    asked
}

fn place_of_error(node: Node<'_>, text: &str) -> String {
    if node.is_error() || node.is_missing() {
        return text
            .lines()
            .nth(node.start_position().row)
            .unwrap_or("")
            .to_owned();
    }
    children(node)
        .filter(Node::has_error)
        .map(|child| place_of_error(child, text))
        .next()
        .unwrap_or_default()
}

fn children(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    (0..).map_while(move |position| node.named_child(position))
}

/// What a symbol stands for.
enum Symbol {
    Resource { kind: String, names: Vec<String> },
    Parameter,
    Module(String),
}

struct Reader<'t> {
    text: &'t str,
    symbols: BTreeMap<String, Symbol>,
}

impl<'t> Reader<'t> {
    fn source(&self, node: Node<'_>) -> &'t str {
        &self.text[node.byte_range()]
    }

    fn part(&self, node: Node<'_>, kind: &str) -> Option<&'t str> {
        children(node)
            .find(|child| child.kind() == kind)
            .map(|child| self.source(child))
    }

    fn declare(&mut self, node: Node<'_>) {
        let symbol = self.part(node, "identifier").unwrap_or_default().to_owned();
        match node.kind() {
            "parameter_declaration" => {
                self.symbols.insert(symbol, Symbol::Parameter);
            }
            "resource_declaration" => {
                let kind = self.string(self.part(node, "string").unwrap());
                let (kind, _) = kind.split_once('@').unwrap();
                let object = self.object_of(node);
                let mut names = match object.get("parent") {
                    Some(Value::String(parent)) => match &self.symbols[parent] {
                        Symbol::Resource { names, .. } => names.clone(),
                        _ => panic!("a parent that is no resource"),
                    },
                    _ => Vec::new(),
                };
                names.push(object["name"].as_str().unwrap().to_owned());
                let kind = kind.to_owned();
                let known = self
                    .symbols
                    .insert(symbol.clone(), Symbol::Resource { kind, names });
                assert!(known.is_none(), "{symbol} is declared twice");
            }
            "module_declaration" => {
                let name = self.object_of(node)["name"].as_str().unwrap().to_owned();
                self.symbols.insert(symbol, Symbol::Module(name));
            }
            _ => {}
        }
    }

    fn object_of(&self, node: Node<'_>) -> Map<String, Value> {
        let object = children(node)
            .find(|child| child.kind() == "object")
            .unwrap();
        match self.value(object) {
            Value::Object(members) => members,
            _ => unreachable!(),
        }
    }

    fn statement(&self, node: Node<'_>, asked: &mut Asked) {
        match node.kind() {
            "parameter_declaration" => {
                let name = self.part(node, "identifier").unwrap();
                asked.parameters.push(name.to_owned());
            }
            "resource_declaration" => {
                let symbol = self.part(node, "identifier").unwrap();
                let api = self.string(self.part(node, "string").unwrap());
                let mut body = self.object_of(node);
                let Symbol::Resource { kind, names } = &self.symbols[symbol] else {
                    panic!("a resource");
                };
                let mut depends = Vec::new();
                ids(&Value::Object(body.clone()), &mut depends);
                if let Some(Value::String(parent)) = body.remove("parent") {
                    depends.push(self.id(&parent));
                }
                if let Some(Value::Array(symbols)) = body.remove("dependsOn") {
                    depends.extend(
                        symbols
                            .iter()
                            .map(|symbol| self.id(symbol.as_str().unwrap())),
                    );
                }
                body.remove("name");
                body.insert("api".to_owned(), json!(api.rsplit('@').next()));
                asked.add(&id_of(kind, names), body, depends);
            }
            "module_declaration" => {
                let mut body = self.object_of(node);
                let name = body.remove("name").unwrap();
                let mut depends = Vec::new();
                ids(&Value::Object(body.clone()), &mut depends);
                if let Some(Value::Array(symbols)) = body.remove("dependsOn") {
                    depends.extend(
                        symbols
                            .iter()
                            .map(|symbol| self.id(symbol.as_str().unwrap())),
                    );
                }
                let params = body.remove("params").unwrap();
                let name = format!("id:deployments/{}", name.as_str().unwrap());
                asked.add(&name, params.as_object().unwrap().clone(), depends);
            }
            _ => {}
        }
    }

    fn id(&self, symbol: &str) -> String {
        match &self.symbols[symbol] {
            Symbol::Resource { kind, names } => id_of(kind, names),
            Symbol::Module(name) => format!("id:deployments/{name}"),
            Symbol::Parameter => panic!("{symbol} is a parameter"),
        }
    }

    fn value(&self, node: Node<'_>) -> Value {
        let source = self.source(node);
        match node.kind() {
            "object" => {
                let members = children(node).filter(|child| child.kind() == "object_property");
                let members = members.map(|member| {
                    let mut parts = children(member);
                    let key = self.source(parts.next().unwrap()).to_owned();
                    (key, self.value(parts.next().unwrap()))
                });
                Value::Object(members.collect())
            }
            "array" => Value::Array(
                children(node)
                    .filter(|child| child.kind() != "comment")
                    .map(|child| self.value(child))
                    .collect(),
            ),
            "string" => json!(self.string(source)),
            "number" => json!(source.parse::<i64>().unwrap()),
            "boolean" => json!(source == "true"),
            "identifier" if source == "thisSubscription" => json!("subscription"),
            "identifier" => match self.symbols.get(source) {
                Some(Symbol::Parameter) => json!(format!("parameter:{source}")),
                _ => json!(source),
            },
            "member_expression" => {
                let symbol = source.strip_suffix(".id").unwrap();
                if self.symbols.contains_key(symbol) {
                    json!(self.id(symbol))
                } else {
                    json!(source)
                }
            }
            other => panic!("{other}: {source}"),
        }
    }

    /// What a string stands for; `${symbol.id}` becomes the id.
    fn string(&self, source: &str) -> String {
        let inside = source
            .strip_prefix('\'')
            .unwrap()
            .strip_suffix('\'')
            .unwrap();
        let mut value = String::new();
        let mut rest = inside.chars();
        while let Some(letter) = rest.next() {
            match letter {
                '\\' => value.push(match rest.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        assert_eq!(rest.next(), Some('{'));
                        let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
                        char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
                    }
                    other => other,
                }),
                '$' if rest.as_str().starts_with('{') => {
                    let symbol: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    value.push_str(&self.id_or_itself(symbol.strip_suffix(".id").unwrap()));
                }
                other => value.push(other),
            }
        }
        value
    }

    /// While symbols are declared an id may not be known yet, and nobody asks for it.
    fn id_or_itself(&self, symbol: &str) -> String {
        if self.symbols.contains_key(symbol) {
            self.id(symbol)
        } else {
            symbol.to_owned()
        }
    }
}

fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("id:") => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| *key != "parent" && *key != "dependsOn")
            .for_each(|(_, value)| ids(value, found)),
        _ => {}
    }
}
