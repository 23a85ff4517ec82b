//! Reads ARM JSON into what Resource Manager is asked for, in the same form as the reader of Bicep.

use super::{Asked, id_of};
use serde_json::{Map, Value, json};

pub(super) fn read(text: &str) -> Asked {
    let template: Value = serde_json::from_str(text).unwrap();
    let mut asked = Asked::default();
    for name in template["parameters"].as_object().unwrap().keys() {
        asked.parameters.push(name.clone());
    }
    for resource in template["resources"].as_array().unwrap() {
        read_resource(resource.as_object().unwrap().clone(), &mut asked);
    }
    asked
}

fn read_resource(mut body: Map<String, Value>, asked: &mut Asked) {
    let kind = body.remove("type").unwrap().as_str().unwrap().to_owned();
    let name = body.remove("name").unwrap().as_str().unwrap().to_owned();
    let depends: Vec<String> = match body.remove("dependsOn") {
        Some(Value::Array(ids)) => ids
            .iter()
            .map(|id| expression(id.as_str().unwrap()))
            .collect(),
        _ => Vec::new(),
    };
    body.remove("comments");
    let api = body.remove("apiVersion").unwrap();
    if kind == "Microsoft.Resources/deployments" {
        let given = body["properties"]["parameters"].as_object().unwrap();
        let given = given
            .iter()
            .map(|(key, value)| (key.clone(), plain(&value["value"])));
        asked.add(&format!("id:deployments/{name}"), given.collect(), depends);
        return;
    }
    let names: Vec<String> = name.split('/').map(str::to_owned).collect();
    let mut read: Map<String, Value> = body
        .iter()
        .map(|(key, value)| (key.clone(), plain(value)))
        .collect();
    read.insert("api".to_owned(), api);
    asked.add(&id_of(&kind, &names), read, depends);
}

fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("[[") => json!(text[1..]),
        Value::String(text) if text.starts_with('[') => json!(expression(text)),
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// `[resourceId('TYPE', 'NAME')]`, `[parameters('NAME')]`, `[subscription().id]`.
fn expression(text: &str) -> String {
    let inside = text.strip_prefix('[').unwrap().strip_suffix(']').unwrap();
    if inside == "subscription().id" {
        return "subscription".to_owned();
    }
    let (function, arguments) = inside.split_once('(').unwrap();
    let arguments = arguments.strip_suffix(')').unwrap();
    let mut arguments = arguments
        .split(", ")
        .map(|argument| argument.trim_matches('\'').to_owned());
    let first = arguments.next().unwrap();
    match function {
        "parameters" => format!("parameter:{first}"),
        "resourceId" if first == "Microsoft.Resources/deployments" => {
            format!("id:deployments/{}", arguments.next().unwrap())
        }
        "resourceId" => id_of(&first, &arguments.collect::<Vec<_>>()),
        other => panic!("the function {other}"),
    }
}
