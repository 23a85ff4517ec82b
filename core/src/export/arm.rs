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
use crate::json::Value as Json;

const SCHEMA: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// The template of a graph.
pub(super) fn template(graph: &Graph, notes: &[String]) -> Json {
    let writer = Writer {
        graph,
        parameters: Parameters::camel(graph),
    };
    let resources = items(graph).into_iter().map(|item| writer.item(&item));
    let notes: Vec<Json> = notes.iter().map(|note| note.as_str().into()).collect();
    Json::from_iter([
        ("$schema", Json::from(SCHEMA)),
        ("contentVersion", "1.0.0.0".into()),
        ("metadata", Json::from_iter([("notes", list(notes))])),
        ("parameters", writer.parameters_node()),
        ("resources", list(resources.collect())),
    ])
}

fn list(items: Vec<Json>) -> Json {
    Json::Array(items)
}

struct Writer<'g> {
    graph: &'g Graph,
    parameters: Parameters,
}

impl Writer<'_> {
    fn parameters_node(&self) -> Json {
        let members = self.graph.parameters.iter().map(|parameter| {
            let kind = match (parameter.secret, parameter.number) {
                (true, _) => "securestring",
                (_, true) => "int",
                _ => "string",
            };
            let mut members = vec![("type", Json::from(kind))];
            if let Some(default) = &parameter.default {
                members.push(("defaultValue", self.value(default)));
            }
            let about = Json::from_iter([("description", text(plain(&parameter.about)))]);
            members.push(("metadata", about));
            (self.parameters.of(&parameter.name), object(members))
        });
        named(members.collect())
    }

    fn item(&self, item: &Item) -> Json {
        if item.second {
            return self.second(item);
        }
        let mut members = vec![("type", Json::from(item.kind.facts().arm))];
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

    fn depends(&self, item: &Item) -> Json {
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

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Text(words) => text(plain(words)),
            Value::Number(number) => (*number).into(),
            Value::Flag(flag) => (*flag).into(),
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

    fn second(&self, item: &Item) -> Json {
        let kind = item.kind.facts().arm;
        let [hub, table] = item.names.as_slice() else {
            return object(Vec::new());
        };
        let given = |value: Json| Json::from_iter([("value", value)]);
        let properties = item.body.member("properties");
        let part = |key| {
            let value = properties.and_then(|properties| properties.member(key));
            value.map_or_else(|| list(Vec::new()), |value| self.value(value))
        };
        let inner = Json::from_iter([
            ("type", Json::from(kind)),
            ("apiVersion", item.kind.api().into()),
            (
                "name",
                "[format('{0}/{1}', parameters('hub'), parameters('table'))]".into(),
            ),
            (
                "properties",
                Json::from_iter([
                    ("labels", Json::from("[parameters('labels')]")),
                    ("routes", "[parameters('routes')]".into()),
                ]),
            ),
        ]);
        let kinds = |kind: &str| Json::from_iter([("type", Json::from(kind))]);
        let template = Json::from_iter([
            ("$schema", Json::from(SCHEMA)),
            ("contentVersion", "1.0.0.0".into()),
            (
                "parameters",
                Json::from_iter([
                    ("hub", kinds("string")),
                    ("table", kinds("string")),
                    ("labels", kinds("array")),
                    ("routes", kinds("array")),
                ]),
            ),
            ("resources", list(vec![inner])),
        ]);
        let parameters = Json::from_iter([
            ("hub", given(Json::from(hub.as_str()))),
            ("table", given(Json::from(table.as_str()))),
            ("labels", given(part("labels"))),
            ("routes", given(part("routes"))),
        ]);
        Json::from_iter([
            ("type", Json::from("Microsoft.Resources/deployments")),
            ("apiVersion", "2022-09-01".into()),
            ("name", text(deployment_name(&item.names))),
            ("dependsOn", self.depends(item)),
            (
                "properties",
                Json::from_iter([
                    (
                        "expressionEvaluationOptions",
                        Json::from_iter([("scope", Json::from("inner"))]),
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

fn object(members: Vec<(&'static str, Json)>) -> Json {
    named(
        members
            .into_iter()
            .map(|(key, node)| (key.to_owned(), node))
            .collect(),
    )
}

fn named(members: Vec<(String, Json)>) -> Json {
    members.into_iter().collect()
}

fn text(text: String) -> Json {
    Json::String(text)
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
