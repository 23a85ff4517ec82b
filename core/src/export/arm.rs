//! ARM JSON: the template that Azure Resource Manager deploys.
//!
//! The rule: every reference is an expression (`[resourceId(…)]`), every order is a `dependsOn`, every remark is the
//! `comments` of its resource; a text that begins with `[` is written with `[[`.
//!
//! | value | text |
//! |---|---|
//! | the id of `vnet-hub` | `[resourceId('Microsoft.Network/virtualNetworks', 'vnet-hub')]` |
//! | the parameter `shared_key` | `[parameters('sharedKey')]` |
//! | the text `[x]` | `[[x]` |

use super::graph::{Graph, ResourceId};
use super::symbol::Parameters;
use super::template::{Item, address, items};
use super::value::{Link, Value};
use crate::json::Node;

const SCHEMA: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// The template of a graph.
pub(super) fn template(graph: &Graph, notes: &[String]) -> Node {
    let writer = Writer {
        graph,
        parameters: Parameters::camel(graph),
    };
    let resources = items(graph).into_iter().map(|item| writer.item(&item));
    let notes: Vec<Node> = notes.iter().map(|note| note.as_str().into()).collect();
    Node::object([
        ("$schema", SCHEMA.into()),
        ("contentVersion", "1.0.0.0".into()),
        ("metadata", Node::object([("notes", list(notes))])),
        ("parameters", writer.parameters_node()),
        ("resources", list(resources.collect())),
    ])
}

fn list(items: Vec<Node>) -> Node {
    crate::json::Value::List(items).into()
}

struct Writer<'g> {
    graph: &'g Graph,
    parameters: Parameters,
}

impl Writer<'_> {
    fn parameters_node(&self) -> Node {
        let members = self.graph.parameters.iter().map(|parameter| {
            let kind = match (parameter.secret, parameter.number) {
                (true, _) => "securestring",
                (_, true) => "int",
                _ => "string",
            };
            let mut members = vec![("type", Node::from(kind))];
            if let Some(default) = &parameter.default {
                members.push(("defaultValue", self.value(default)));
            }
            let about = Node::object([("description", text(plain(&parameter.about)))]);
            members.push(("metadata", about));
            (self.parameters.of(&parameter.name), object(members))
        });
        named(members.collect())
    }

    fn item(&self, item: &Item) -> Node {
        if item.second {
            return self.second(item);
        }
        let mut members = vec![("type", Node::from(item.kind.facts().arm))];
        members.push(("apiVersion", item.kind.api().into()));
        members.push(("name", text(item.names.join("/"))));
        if !item.comments.is_empty() {
            members.push(("comments", text(plain(&item.comments.join("; ")))));
        }
        if let Some(location) = &item.location {
            members.push(("location", text(plain(location))));
        }
        if !item.depends.is_empty() {
            members.push(("dependsOn", self.depends(item)));
        }
        if let Value::Object(body) = &item.body {
            members.extend(body.iter().map(|(key, value)| (*key, self.value(value))));
        }
        object(members)
    }

    fn depends(&self, item: &Item) -> Node {
        let ids = item.depends.iter();
        list(ids.map(|id| text(self.waits_for(*id))).collect())
    }

    /// A second write of a resource is deployed by a template inside of this one.
    fn waits_for(&self, id: ResourceId) -> String {
        let nested = self.graph.resource(id).is_some_and(|resource| {
            resource.kind == super::kind::Kind::HubTableRoutes
                && resource.name != "defaultRouteTable"
        });
        if nested {
            let (_, names) = address(self.graph, id, None);
            let name = deployment_name(&names);
            return format!("[resourceId('Microsoft.Resources/deployments', '{name}')]");
        }
        self.resource_id(id, None)
    }

    fn resource_id(&self, to: ResourceId, part: Option<(&str, &str)>) -> String {
        let (kind, names) = address(self.graph, to, part);
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!("[resourceId({}, {})]", quoted(&kind), names.join(", "))
    }

    fn value(&self, value: &Value) -> Node {
        match value {
            Value::Text(words) => text(plain(words)),
            Value::Number(number) => crate::json::Value::Number(number.to_string()).into(),
            Value::Flag(flag) => crate::json::Value::Bool(*flag).into(),
            Value::List(items) => list(items.iter().map(|item| self.value(item)).collect()),
            Value::Object(members) => object(
                members
                    .iter()
                    .map(|(key, value)| (*key, self.value(value)))
                    .collect(),
            ),
            Value::Id(link) => text(self.link(link)),
            Value::Parameter(name) => text(format!("[parameters('{}')]", self.parameters.of(name))),
            Value::Subscription => "[subscription().id]".into(),
        }
    }

    fn link(&self, link: &Link) -> String {
        let part = link.part.as_ref();
        self.resource_id(link.to, part.map(|part| (part.kind, part.name.as_str())))
    }

    fn second(&self, item: &Item) -> Node {
        let kind = item.kind.facts().arm;
        let [hub, table] = item.names.as_slice() else {
            return object(Vec::new());
        };
        let given = |value: Node| Node::object([("value", value)]);
        let properties = item.body.member("properties");
        let part = |key| {
            let value = properties.and_then(|properties| properties.member(key));
            value.map_or_else(|| list(Vec::new()), |value| self.value(value))
        };
        let inner = Node::object([
            ("type", Node::from(kind)),
            ("apiVersion", item.kind.api().into()),
            (
                "name",
                "[format('{0}/{1}', parameters('hub'), parameters('table'))]".into(),
            ),
            (
                "properties",
                Node::object([
                    ("labels", "[parameters('labels')]".into()),
                    ("routes", "[parameters('routes')]".into()),
                ]),
            ),
        ]);
        let kinds = |kind: &str| Node::object([("type", kind.into())]);
        let template = Node::object([
            ("$schema", SCHEMA.into()),
            ("contentVersion", "1.0.0.0".into()),
            (
                "parameters",
                Node::object([
                    ("hub", kinds("string")),
                    ("table", kinds("string")),
                    ("labels", kinds("array")),
                    ("routes", kinds("array")),
                ]),
            ),
            ("resources", list(vec![inner])),
        ]);
        let parameters = Node::object([
            ("hub", given(Node::from(hub.as_str()))),
            ("table", given(Node::from(table.as_str()))),
            ("labels", given(part("labels"))),
            ("routes", given(part("routes"))),
        ]);
        Node::object([
            ("type", "Microsoft.Resources/deployments".into()),
            ("apiVersion", "2022-09-01".into()),
            ("name", text(deployment_name(&item.names))),
            ("dependsOn", self.depends(item)),
            (
                "properties",
                Node::object([
                    (
                        "expressionEvaluationOptions",
                        Node::object([("scope", "inner".into())]),
                    ),
                    ("mode", "Incremental".into()),
                    ("parameters", parameters),
                    ("template", template),
                ]),
            ),
        ])
    }
}

/// Name of the deployment that writes the routes of a hub's table.
pub(super) fn deployment_name(names: &[String]) -> String {
    let name = format!("routes-{}", names.join("-"));
    name.chars().take(64).collect()
}

fn object(members: Vec<(&'static str, Node)>) -> Node {
    named(
        members
            .into_iter()
            .map(|(key, node)| (key.to_owned(), node))
            .collect(),
    )
}

fn named(members: Vec<(String, Node)>) -> Node {
    let members = members.into_iter().map(|(key, node)| crate::json::Member {
        key,
        key_end: 0,
        node,
    });
    crate::json::Value::Object(members.collect()).into()
}

fn text(text: String) -> Node {
    crate::json::Value::Text(text).into()
}

/// A text that is no expression.
fn plain(text: &str) -> String {
    if text.starts_with('[') {
        format!("[{text}")
    } else {
        text.to_owned()
    }
}

/// A text inside of an expression.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
