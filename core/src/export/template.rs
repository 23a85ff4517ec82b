//! The graph as Azure Resource Manager deploys it: what ARM JSON and Bicep both write.
//!
//! The rule: a folded child (a subnet, a pool) stands in its parent's properties, so what it needs its parent needs. A
//! resource waits for the carriers of what it needs. What ARM has no type for (deployments of Virtual Network Manager
//! are an action) is no item; both languages say so at its place.
//!
//! | graph | item |
//! |---|---|
//! | VNet `hub` with subnets `app`, `GatewaySubnet` | one item with `properties.subnets` |
//! | a gateway in `GatewaySubnet` | waits for `hub` and its public address |

use super::graph::{Graph, ResourceId};
use super::kind::Kind;
use super::value::Value;
use std::collections::BTreeMap;

/// One resource of a template.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: ResourceId,
    pub(super) kind: Kind,
    /// Its name after those of its parents.
    pub(super) names: Vec<String>,
    pub(super) parent: Option<ResourceId>,
    pub(super) location: Option<String>,
    pub(super) body: Value,
    pub(super) depends: Vec<ResourceId>,
    pub(super) comments: Vec<String>,
    /// Whether it is a second write of a resource of this template, and so stands in a template inside of it.
    pub(super) second: bool,
}

/// The items of a graph, in its order.
pub(super) fn items(graph: &Graph) -> Vec<Item> {
    let mut inside: BTreeMap<ResourceId, Vec<ResourceId>> = BTreeMap::new();
    for id in graph.ids() {
        let carrier = graph.carrier(id);
        if carrier != id {
            inside.entry(carrier).or_default().push(id);
        }
    }
    let is_item = |id: &ResourceId| {
        graph.carrier(*id) == *id
            && graph
                .resource(*id)
                .is_some_and(|resource| !resource.kind.facts().arm.is_empty())
    };
    let ids = graph.ids().filter(is_item);
    ids.filter_map(|id| item(graph, id, inside.get(&id).map_or(&[], Vec::as_slice)))
        .collect()
}

fn item(graph: &Graph, id: ResourceId, inside: &[ResourceId]) -> Option<Item> {
    let resource = graph.resource(id)?;
    let mut body = resource.body.clone();
    let mut needs = graph.needs(id);
    let mut comments = comments(graph, id);
    for child in inside {
        needs.extend(graph.needs(*child));
        fold(graph, &mut body, *child);
        let name = graph.resource(*child).map_or("", |child| &child.name);
        let theirs = self::comments(graph, *child);
        comments.extend(theirs.into_iter().map(|text| format!("{name}: {text}")));
    }
    let mut depends: Vec<ResourceId> = needs.iter().map(|need| graph.carrier(*need)).collect();
    depends.sort_unstable();
    depends.dedup();
    depends.retain(|need| *need != id);
    let line = graph.line(id);
    let names = line.iter().filter_map(|id| graph.resource(*id));
    let table = resource.kind == Kind::HubTableRoutes;
    Some(Item {
        id,
        kind: resource.kind,
        names: names.map(|resource| resource.name.clone()).collect(),
        parent: resource.parent,
        location: resource.location.clone(),
        body,
        depends,
        comments,
        second: table && resource.name != "defaultRouteTable",
    })
}

/// What a reader should know of a resource: what it is called, and its remarks.
pub(super) fn comments(graph: &Graph, id: ResourceId) -> Vec<String> {
    let Some(resource) = graph.resource(id) else {
        return Vec::new();
    };
    let called = resource.called.iter().filter(|called| {
        let plain: String = called.chars().filter(char::is_ascii_alphanumeric).collect();
        let name: String = resource
            .name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        !name.ends_with(&plain)
    });
    let called = called.map(|called| format!("called {called:?} in the estate"));
    called.chain(resource.remarks.iter().cloned()).collect()
}

/// Writes a child into the list of its parent's properties.
fn fold(graph: &Graph, body: &mut Value, child: ResourceId) {
    let Some(resource) = graph.resource(child) else {
        return;
    };
    let Some(member) = resource.kind.facts().folded else {
        return;
    };
    let mut value = Value::object().with("name", &resource.name);
    if let (Value::Object(to), Value::Object(from)) = (&mut value, &resource.body) {
        to.extend(from.iter().cloned());
    }
    let Value::Object(members) = body else {
        return;
    };
    if !members.iter().any(|(key, _)| *key == "properties") {
        members.push(("properties", Value::object()));
    }
    let properties = members.iter_mut().find(|(key, _)| *key == "properties");
    let Some((_, Value::Object(properties))) = properties else {
        return;
    };
    match properties.iter_mut().find(|(key, _)| *key == member) {
        Some((_, Value::List(items))) => items.push(value),
        _ => properties.push((member, Value::List(vec![value]))),
    }
}

/// Type and names of what a link points to: those of the resource, and of its part.
pub(super) fn address(
    graph: &Graph,
    to: ResourceId,
    part: Option<(&str, &str)>,
) -> (String, Vec<String>) {
    let mut kind = graph.resource(to).map_or(String::new(), |resource| {
        resource.kind.facts().arm.to_owned()
    });
    let line = graph.line(to);
    let names = line.iter().filter_map(|id| graph.resource(*id));
    let mut names: Vec<String> = names.map(|resource| resource.name.clone()).collect();
    if let Some((segment, name)) = part {
        kind = format!("{kind}/{segment}");
        names.push(name.to_owned());
    }
    (kind, names)
}
