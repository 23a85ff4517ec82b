//! The parts of `terraform show -json`: resources with their values, and the configuration that says what refers to what.
//!
//! | reference in a configuration | is |
//! |---|---|
//! | `azurerm_virtual_network.hub.id` | the resource of that name in the same module |
//! | `module.network.vnet_id` | the expression of that output, in that module |
//! | `var.vnet_id` | the expression of the call of this module, one module up |
//!
//! Left out: local values, which the file does not hold.

use super::types::entry;
use crate::json::{Member, Node, Value};
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) address: String,
    /// The address of its module; empty for the root.
    pub(super) module: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) index: String,
    pub(super) values: Node,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) resources: Vec<Resource>,
    /// Places in `resources` by module, type and name.
    at: HashMap<(String, String, String), Vec<usize>>,
    configuration: Option<Node>,
}

pub(super) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.member(key)?.value {
        Value::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Deeper chains of modules are not followed.
const DEEPEST: u8 = 12;

impl Plan {
    pub(super) fn read(node: &Node) -> Option<Self> {
        let mut plan = Self {
            configuration: node.member("configuration").cloned(),
            ..Self::default()
        };
        let is_shown =
            node.member("format_version").is_some() || node.member("terraform_version").is_some();
        if !is_shown {
            return None;
        }
        let root = ["planned_values", "values"]
            .iter()
            .find_map(|key| node.member(key)?.member("root_module"));
        match root {
            Some(root) => plan.add_module(root, 0),
            None => plan.add_state(node),
        }
        for (position, one) in plan.resources.iter().enumerate() {
            let key = (one.module.clone(), one.kind.clone(), one.name.clone());
            plan.at.entry(key).or_default().push(position);
        }
        Some(plan)
    }

    fn add_module(&mut self, module: &Node, depth: u8) {
        let address = text(module, "address").unwrap_or_default();
        for one in items(module.member("resources")) {
            if text(one, "mode") == Some("data") {
                continue;
            }
            self.resources.push(Resource {
                address: text(one, "address").unwrap_or_default().to_owned(),
                module: address.to_owned(),
                kind: text(one, "type").unwrap_or_default().to_owned(),
                name: text(one, "name").unwrap_or_default().to_owned(),
                index: one.member("index").map(Node::compact).unwrap_or_default(),
                values: one
                    .member("values")
                    .cloned()
                    .unwrap_or_else(|| Value::Null.into()),
            });
        }
        if depth < DEEPEST {
            for child in items(module.member("child_modules")) {
                self.add_module(child, depth.saturating_add(1));
            }
        }
    }

    /// A state file has instances with attributes.
    fn add_state(&mut self, node: &Node) {
        for one in items(node.member("resources")) {
            if text(one, "mode") == Some("data") {
                continue;
            }
            let (kind, name) = (
                text(one, "type").unwrap_or_default(),
                text(one, "name").unwrap_or_default(),
            );
            let module = text(one, "module").unwrap_or_default();
            for instance in items(one.member("instances")) {
                self.resources.push(Resource {
                    address: format!("{kind}.{name}"),
                    module: module.to_owned(),
                    kind: kind.to_owned(),
                    name: name.to_owned(),
                    index: instance
                        .member("index_key")
                        .map(Node::compact)
                        .unwrap_or_default(),
                    values: instance
                        .member("attributes")
                        .cloned()
                        .unwrap_or_else(|| Value::Null.into()),
                });
            }
        }
    }

    /// The values of a resource with what its configuration refers to; `lost` has the paths that lead nowhere.
    pub(super) fn completed(&self, resource: &Resource, lost: &mut Vec<String>) -> Node {
        let mut values = resource.values.clone();
        let module = self.module_configuration(&resource.module);
        let declared = module.and_then(|module| {
            let mut all = items(module.member("resources")).iter();
            all.find(|one| {
                text(one, "type") == Some(&resource.kind)
                    && text(one, "name") == Some(&resource.name)
            })
        });
        if let Some(expressions) = declared.and_then(|one| one.member("expressions")) {
            self.complete(&mut values, expressions, resource, "", lost);
        }
        values
    }

    fn complete(
        &self,
        values: &mut Node,
        expressions: &Node,
        resource: &Resource,
        path: &str,
        lost: &mut Vec<String>,
    ) {
        let (Value::Object(members), Value::Object(declared)) =
            (&mut values.value, &expressions.value)
        else {
            return;
        };
        for one in declared {
            let below = if path.is_empty() {
                one.key.clone()
            } else {
                format!("{path}.{}", one.key)
            };
            let known = members
                .iter()
                .position(|member| member.key == one.key && member.node.value != Value::Null);
            if let Value::List(blocks) = &one.node.value {
                let own = known.and_then(|at| members.get_mut(at));
                if let Some(Member {
                    node:
                        Node {
                            value: Value::List(own),
                            ..
                        },
                    ..
                }) = own
                {
                    for (own, block) in own.iter_mut().zip(blocks) {
                        self.complete(own, block, resource, &below, lost);
                    }
                }
                continue;
            }
            if known.is_some() || one.node.member("references").is_none() {
                continue;
            }
            match self.followed(&resource.module, &one.node, &resource.index, 0) {
                Some(node) => {
                    members.retain(|member| member.key != one.key);
                    members.push(Member {
                        key: one.key.clone(),
                        key_end: 0,
                        node,
                    });
                }
                None => lost.push(below),
            }
        }
    }

    /// What an expression refers to: the first reference that leads to a value; a list where there are several resources.
    fn followed(&self, module: &str, expression: &Node, index: &str, depth: u8) -> Option<Node> {
        if let Some(constant) = expression.member("constant_value") {
            return Some(constant.clone());
        }
        if depth > DEEPEST {
            return None;
        }
        let references = items(expression.member("references"));
        let texts = references.iter().filter_map(|one| match &one.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts
            .filter_map(|reference| self.reference(module, reference, index, depth))
            .next()
    }

    fn reference(&self, module: &str, reference: &str, index: &str, depth: u8) -> Option<Node> {
        let parts: Vec<&str> = reference.split('.').collect();
        match parts.as_slice() {
            ["module", call, output, ..] => {
                let call = call.split('[').next()?;
                let child = self.child_module(module, call)?;
                let configuration = self.module_configuration(&child)?;
                let output = configuration
                    .member("outputs")?
                    .member(output.split('[').next()?)?
                    .member("expression")?;
                self.followed(&child, output, index, depth.saturating_add(1))
            }
            ["var", name, ..] => {
                let (parent, call) = parent_module(module)?;
                let configuration = self.module_configuration(parent)?;
                let call = configuration.member("module_calls")?.member(call)?;
                let expression = call
                    .member("expressions")?
                    .member(name.split('[').next()?)?;
                self.followed(parent, expression, index, depth.saturating_add(1))
            }
            [kind, name, rest @ ..] if kind.contains('_') => {
                self.attribute(module, kind, name, rest, index)
            }
            _ => None,
        }
    }

    fn attribute(
        &self,
        module: &str,
        kind: &str,
        name: &str,
        rest: &[&str],
        index: &str,
    ) -> Option<Node> {
        let name = name.split('[').next()?;
        let places = self
            .at
            .get(&(module.to_owned(), kind.to_owned(), name.to_owned()))?;
        let same = places.iter().find(|at| {
            self.resources
                .get(**at)
                .is_some_and(|one| one.index == index)
        });
        let found = self.resources.get(*same.or(places.first())?)?;
        match rest {
            [] => None,
            ["id", ..] => Some(Node::from(self.id_of(found)?.as_str())),
            [attribute, ..] => {
                let known = found.values.member(attribute.split('[').next()?)?;
                (known.value != Value::Null).then(|| known.clone())
            }
        }
    }

    /// The resource of a type whose own name is known, anywhere.
    pub(super) fn named(&self, kind: &str, name: &str) -> Option<&Resource> {
        self.resources
            .iter()
            .find(|one| one.kind == kind && text(&one.values, "name") == Some(name))
    }

    /// The id that a resource has or will have.
    fn id_of(&self, resource: &Resource) -> Option<String> {
        if let Some(id) = text(&resource.values, "id") {
            return Some(id.to_owned());
        }
        self.made_id(resource, &resource.values, 0)
    }

    pub(super) fn made_id(&self, resource: &Resource, values: &Node, depth: u8) -> Option<String> {
        /// Children of children of children.
        const DEEPEST: u8 = 4;
        let entry = entry(&resource.kind)?;
        let name = text(values, "name").unwrap_or(&resource.name);
        let Some((attribute, parent)) = entry.parent else {
            let (provider, kind) = entry
                .azure
                .split_once('/')
                .filter(|(provider, _)| provider.contains('.'))
                .unwrap_or(("Microsoft.Network", entry.azure));
            let group = text(values, "resource_group_name").unwrap_or("resource-group");
            return Some(format!(
                "/subscriptions/-/resourceGroups/{group}/providers/{provider}/{kind}/{name}"
            ));
        };
        if depth > DEEPEST {
            return None;
        }
        let last = entry.azure.rsplit('/').next()?;
        let completed = self.completed(resource, &mut Vec::new());
        let owner = text(values, attribute).or_else(|| text(&completed, attribute));
        let owner = match owner {
            Some(id) if id.contains('/') => id.to_owned(),
            Some(name) => match self.named(parent, name) {
                Some(found) => text(&found.values, "id")
                    .map(str::to_owned)
                    .or_else(|| self.made_id(found, &found.values, depth.saturating_add(1)))?,
                None => {
                    let group = text(values, "resource_group_name").unwrap_or("resource-group");
                    let kind = entry.azure.split('/').next()?;
                    format!(
                        "/subscriptions/-/resourceGroups/{group}/providers/Microsoft.Network/{kind}/{name}"
                    )
                }
            },
            None => return None,
        };
        Some(format!("{owner}/{last}/{name}"))
    }

    /// The address of a called module that has resources.
    fn child_module(&self, module: &str, call: &str) -> Option<String> {
        let wanted = if module.is_empty() {
            format!("module.{call}")
        } else {
            format!("{module}.module.{call}")
        };
        let begins = |address: &str| {
            address
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        let found = self.resources.iter().find(|one| begins(&one.module))?;
        let rest = found.module.strip_prefix(wanted.as_str())?;
        let key = rest
            .find("].")
            .map_or(rest.len(), |at| at.saturating_add(1));
        let own = if rest.starts_with('[') {
            rest.get(..key)?
        } else {
            ""
        };
        Some(format!("{wanted}{own}"))
    }

    /// The configuration of a module by its address.
    fn module_configuration(&self, address: &str) -> Option<&Node> {
        let mut module = self.configuration.as_ref()?.member("root_module")?;
        for call in calls(address) {
            module = module
                .member("module_calls")?
                .member(&call)?
                .member("module")?;
        }
        Some(module)
    }
}

/// The names of the calls in an address: `module.a["x"].module.b` has `a` and `b`.
fn calls(address: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    let mut plain = String::new();
    for letter in address.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            other if !inside => plain.push(other),
            _ => {}
        }
    }
    let mut parts = plain.split('.');
    while let (Some("module"), Some(name)) = (parts.next(), parts.next()) {
        names.push(name.to_owned());
    }
    names
}

/// The module that calls this one, and the name of the call.
fn parent_module(address: &str) -> Option<(&str, &str)> {
    let at = address.rfind("module.")?;
    let parent = address.get(..at)?.trim_end_matches('.');
    let call = address.get(at..)?.strip_prefix("module.")?;
    Some((parent, call.split('[').next()?))
}
