//! The parts of `terraform show -json`: resources with their values, and the configuration that says what refers to what.
//!
//! | reference in a configuration | is |
//! |---|---|
//! | `azurerm_virtual_network.hub.id` | the resource of that name in the same module |
//! | `module.network.vnet_id` | the expression of that output, in that module |
//! | `var.vnet_id` | the expression of the call of this module, one module up |
//! | `data.azurerm_virtual_network.hub.id` | what the plan read before it was made |
//! | `azurerm_network_interface.vm` in a list of ids | the ids of all that there are, or the one of the same index |
//!
//! A plan without `planned_values` is read from its `resource_changes`.
//! Left out: local values, which the file does not hold.

use super::types::entry;
use crate::json::Value;
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) address: String,
    /// The address of its module; empty for the root.
    pub(super) module: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) index: String,
    pub(super) values: Value,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) resources: Vec<Resource>,
    /// Places in `resources` by module, type and name.
    at: HashMap<(String, String, String), Vec<usize>>,
    configuration: Option<Value>,
    /// Values of data sources by module, type and name.
    data: HashMap<(String, String, String), Value>,
}

/// Who asks for a reference, and for what.
#[derive(Debug, Clone, Copy)]
struct Ask<'a> {
    /// The attribute that is to be filled.
    key: &'a str,
    /// The index of the resource that has it.
    index: &'a str,
    /// Whether the expression picks the resource of its own index.
    picks: bool,
}

impl Ask<'_> {
    fn wants_list(self) -> bool {
        self.key.ends_with("_ids") || self.key.ends_with("_ip_groups")
    }
}

impl Resource {
    /// Its name in Azure; where the plan does not know it, the one of the block and its module.
    pub(super) fn own_name(&self, values: &Value) -> String {
        if let Some(name) = text(values, "name") {
            return name.to_owned();
        }
        let module = self.module.replace("module.", "");
        let index = if self.index.is_empty() || self.index == "null" {
            String::new()
        } else {
            format!("[{}]", self.index.trim_matches('"'))
        };
        let parts = [module.as_str(), &self.name].join(".");
        format!("{}{index}", parts.trim_start_matches('.'))
    }

    /// The resource group, or one that nobody else has where the plan does not know it.
    fn group(&self, values: &Value) -> String {
        let known = text(values, "resource_group_name").map(str::to_owned);
        known.unwrap_or_else(|| match self.module.is_empty() {
            true => "resource-group".to_owned(),
            false => format!("resource-group of {}", self.module.replace("module.", "")),
        })
    }
}

pub(super) fn text<'n>(node: &'n Value, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str().filter(|text| !text.is_empty())
}

fn items(node: Option<&Value>) -> &[Value] {
    match node {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

/// Deeper chains of modules are not followed.
const DEEPEST: u8 = 12;

impl Plan {
    pub(super) fn read(node: &Value) -> Option<Self> {
        let mut plan = Self {
            configuration: node.get("configuration").cloned(),
            ..Self::default()
        };
        let is_shown =
            node.get("format_version").is_some() || node.get("terraform_version").is_some();
        if !is_shown {
            return None;
        }
        let root = ["planned_values", "values"]
            .iter()
            .find_map(|key| node.get(key)?.get("root_module"));
        match root {
            Some(root) => plan.add_module(root, 0),
            None if node.get("resource_changes").is_some() => plan.add_changes(node),
            None => plan.add_state(node),
        }
        let before = node
            .get("prior_state")
            .and_then(|state| state.get("values"));
        if let Some(root) = before.and_then(|values| values.get("root_module")) {
            plan.add_data(root, 0);
        }
        for (position, one) in plan.resources.iter().enumerate() {
            let key = (one.module.clone(), one.kind.clone(), one.name.clone());
            plan.at.entry(key).or_default().push(position);
        }
        Some(plan)
    }

    fn add_module(&mut self, module: &Value, depth: u8) {
        let address = text(module, "address").unwrap_or_default();
        for one in items(module.get("resources")) {
            if text(one, "mode") == Some("data") {
                continue;
            }
            self.resources.push(Resource {
                address: text(one, "address").unwrap_or_default().to_owned(),
                module: address.to_owned(),
                kind: text(one, "type").unwrap_or_default().to_owned(),
                name: text(one, "name").unwrap_or_default().to_owned(),
                index: one.get("index").map(Value::to_string).unwrap_or_default(),
                values: one.get("values").cloned().unwrap_or_else(|| Value::Null),
            });
        }
        if depth < DEEPEST {
            for child in items(module.get("child_modules")) {
                self.add_module(child, depth.saturating_add(1));
            }
        }
    }

    /// What data sources answered.
    fn add_data(&mut self, module: &Value, depth: u8) {
        let address = text(module, "address").unwrap_or_default();
        for one in items(module.get("resources")) {
            if let (Some("data"), Some(values)) = (text(one, "mode"), one.get("values")) {
                let part = |key| text(one, key).unwrap_or_default().to_owned();
                let key = (address.to_owned(), part("type"), part("name"));
                self.data.entry(key).or_insert_with(|| values.clone());
            }
        }
        if depth < DEEPEST {
            for child in items(module.get("child_modules")) {
                self.add_data(child, depth.saturating_add(1));
            }
        }
    }

    /// What will be there after the changes.
    fn add_changes(&mut self, node: &Value) {
        for one in items(node.get("resource_changes")) {
            let after = one.get("change").and_then(|change| change.get("after"));
            let Some(values) = after.filter(|after| after.is_object()) else {
                continue;
            };
            if text(one, "mode") == Some("data") {
                continue;
            }
            let part = |key| text(one, key).unwrap_or_default().to_owned();
            self.resources.push(Resource {
                address: part("address"),
                module: part("module_address"),
                kind: part("type"),
                name: part("name"),
                index: one.get("index").map(Value::to_string).unwrap_or_default(),
                values: values.clone(),
            });
        }
    }

    /// A state file has instances with attributes.
    fn add_state(&mut self, node: &Value) {
        for one in items(node.get("resources")) {
            if text(one, "mode") == Some("data") {
                continue;
            }
            let (kind, name) = (
                text(one, "type").unwrap_or_default(),
                text(one, "name").unwrap_or_default(),
            );
            let module = text(one, "module").unwrap_or_default();
            for instance in items(one.get("instances")) {
                self.resources.push(Resource {
                    address: format!("{kind}.{name}"),
                    module: module.to_owned(),
                    kind: kind.to_owned(),
                    name: name.to_owned(),
                    index: instance
                        .get("index_key")
                        .map(Value::to_string)
                        .unwrap_or_default(),
                    values: instance
                        .get("attributes")
                        .cloned()
                        .unwrap_or_else(|| Value::Null),
                });
            }
        }
    }

    /// The values of a resource with what its configuration refers to; `lost` has the paths that lead nowhere.
    pub(super) fn completed(&self, resource: &Resource, lost: &mut Vec<String>) -> Value {
        let mut values = resource.values.clone();
        if let Some(expressions) = self.declared(resource) {
            self.complete(&mut values, expressions, resource, "", lost);
        }
        values
    }

    /// The ids that an argument of a resource refers to, in order.
    pub(super) fn referred(&self, resource: &Resource, argument: &str) -> Vec<String> {
        let declared = self.declared(resource);
        let argument = declared.and_then(|expressions| expressions.get(argument));
        let ask = Ask {
            key: "resource_id",
            index: &resource.index,
            picks: false,
        };
        let references = items(argument.and_then(|argument| argument.get("references")));
        let found = references.iter().filter_map(|reference| match reference {
            Value::String(text) => self.reference(&resource.module, text, ask, 0),
            _ => None,
        });
        found
            .filter_map(|node| match node {
                Value::String(id) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// The expressions of a resource in the configuration.
    fn declared(&self, resource: &Resource) -> Option<&Value> {
        let module = self.module_configuration(&resource.module)?;
        let mut all = items(module.get("resources")).iter();
        let declared = all.find(|one| {
            text(one, "type") == Some(&resource.kind) && text(one, "name") == Some(&resource.name)
        });
        declared?.get("expressions")
    }

    fn complete(
        &self,
        values: &mut Value,
        expressions: &Value,
        resource: &Resource,
        path: &str,
        lost: &mut Vec<String>,
    ) {
        let (Value::Object(members), Value::Object(declared)) = (values, expressions) else {
            return;
        };
        for (key, expression) in declared {
            let below = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            let is_known = members.get(key).is_some_and(is_known);
            if let Value::Array(blocks) = expression {
                if let Some(Value::Array(own)) = members.get_mut(key).filter(|_| is_known) {
                    for (own, block) in own.iter_mut().zip(blocks) {
                        self.complete(own, block, resource, &below, lost);
                    }
                }
                continue;
            }
            if is_known || expression.get("references").is_none() {
                continue;
            }
            let ask = Ask {
                key,
                index: &resource.index,
                picks: picks(expression),
            };
            let found = self.followed(&resource.module, expression, ask, 0);
            if found.is_none() {
                lost.push(below);
            }
            // The expression itself stands for a name or an id that leads nowhere, so that who has it is not lost.
            let found = found.or_else(|| stand_in(key, expression));
            if let Some(value) = found {
                members.insert(key.clone(), value);
            }
        }
    }

    /// What an expression refers to: the first reference that leads to a value; a list where there are several resources.
    fn followed(&self, module: &str, expression: &Value, ask: Ask<'_>, depth: u8) -> Option<Value> {
        if let Some(constant) = expression.get("constant_value") {
            return Some(constant.clone());
        }
        if depth > DEEPEST {
            return None;
        }
        let references = items(expression.get("references"));
        let texts = references.iter().filter_map(|one| match one {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        });
        // Terraform names the hub after its default table: it is no second value.
        let all: Vec<&str> = texts.collect();
        let is_whole = |text: &&str| {
            let table = format!("{text}.default_route_table_id");
            !all.contains(&table.as_str())
        };
        let texts = all.iter().copied().filter(is_whole);
        let mut found = texts.filter_map(|reference| self.reference(module, reference, ask, depth));
        if !ask.wants_list() {
            return found.next();
        }
        let mut all: Vec<Value> = Vec::new();
        for node in found {
            let ids = match node {
                Value::Array(ids) => ids,
                one => vec![one],
            };
            for id in ids {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        (!all.is_empty()).then(|| Value::Array(all))
    }

    fn reference(&self, module: &str, reference: &str, ask: Ask<'_>, depth: u8) -> Option<Value> {
        let parts: Vec<&str> = reference.split('.').collect();
        match parts.as_slice() {
            ["module", call, output, ..] => {
                let call = call.split('[').next()?;
                let child = self.child_module(module, call)?;
                let configuration = self.module_configuration(&child)?;
                let output = configuration
                    .get("outputs")?
                    .get(output.split('[').next()?)?
                    .get("expression")?;
                self.followed(&child, output, ask, depth.saturating_add(1))
            }
            ["var", name, ..] => {
                let (parent, call) = parent_module(module)?;
                let configuration = self.module_configuration(parent)?;
                let call = configuration.get("module_calls")?.get(call)?;
                let expression = call.get("expressions")?.get(name.split('[').next()?)?;
                self.followed(parent, expression, ask, depth.saturating_add(1))
            }
            ["data", kind, name, rest @ ..] => {
                let name = name.split('[').next()?;
                let key = (module.to_owned(), (*kind).to_owned(), name.to_owned());
                known_member(self.data.get(&key)?, rest)
            }
            [kind, name, rest @ ..] if kind.contains('_') => {
                self.attribute(module, kind, name, rest, ask)
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
        ask: Ask<'_>,
    ) -> Option<Value> {
        let name = name.split('[').next()?;
        let places = self
            .at
            .get(&(module.to_owned(), kind.to_owned(), name.to_owned()))?;
        let same = places.iter().find(|at| {
            self.resources
                .get(**at)
                .is_some_and(|one| one.index == ask.index)
        });
        if rest.is_empty() && ask.wants_list() && !(ask.picks && same.is_some()) {
            let all = places.iter().filter_map(|at| self.resources.get(*at));
            let ids = all.filter_map(|one| Some(Value::from(self.id_of(one)?.as_str())));
            return Some(ids.collect());
        }
        let found = self.resources.get(*same.or(places.first())?)?;
        match rest {
            [] if ask.key.ends_with("_id") || ask.wants_list() => {
                Some(Value::from(self.id_of(found)?.as_str()))
            }
            [] => None,
            ["id", ..] => Some(Value::from(self.id_of(found)?.as_str())),
            ["default_route_table_id", ..] => {
                let table = format!("{}/hubRouteTables/defaultRouteTable", self.id_of(found)?);
                Some(Value::from(table.as_str()))
            }
            [attribute, ..] => {
                let known = found.values.get(attribute.split('[').next()?)?;
                (!known.is_null()).then(|| known.clone())
            }
        }
    }

    /// The resource of a type and name: of several the one of the same resource group, then the one of the same module.
    fn named(&self, kind: &str, name: &str, child: &Resource, values: &Value) -> Option<&Resource> {
        let all = || {
            self.resources
                .iter()
                .filter(|one| one.kind == kind && text(&one.values, "name") == Some(name))
        };
        let group = text(values, "resource_group_name");
        let same_group =
            all().find(|one| group.is_some() && text(&one.values, "resource_group_name") == group);
        let same_module = || all().find(|one| one.module == child.module);
        same_group.or_else(same_module).or_else(|| all().next())
    }

    /// The id that a resource has or will have.
    fn id_of(&self, resource: &Resource) -> Option<String> {
        if let Some(id) = text(&resource.values, "id") {
            return Some(id.to_owned());
        }
        self.made_id(resource, &resource.values, 0)
    }

    pub(super) fn made_id(&self, resource: &Resource, values: &Value, depth: u8) -> Option<String> {
        /// Children of children of children.
        const DEEPEST: u8 = 4;
        let entry = entry(&resource.kind)?;
        let name = resource.own_name(values);
        let group = resource.group(values);
        let Some((attribute, parent)) = entry.parent else {
            let (provider, kind) = entry
                .azure
                .split_once('/')
                .filter(|(provider, _)| provider.contains('.'))
                .unwrap_or(("Microsoft.Network", entry.azure));
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
            Some(name) => match self.named(parent, name, resource, values) {
                Some(found) => text(&found.values, "id")
                    .map(str::to_owned)
                    .or_else(|| self.made_id(found, &found.values, depth.saturating_add(1)))?,
                None => {
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
    fn module_configuration(&self, address: &str) -> Option<&Value> {
        let mut module = self.configuration.as_ref()?.get("root_module")?;
        for call in calls(address) {
            module = module.get("module_calls")?.get(&call)?.get("module")?;
        }
        Some(module)
    }
}

/// Whether a plan knows a value; a list with an item that it does not know has `null` there.
fn is_known(node: &Value) -> bool {
    !node.is_null() && !items(Some(node)).iter().any(Value::is_null)
}

/// Whether an expression says which of several resources it means by the index of its own.
fn picks(expression: &Value) -> bool {
    items(expression.get("references")).iter().any(|one| {
        matches!(one, Value::String(text) if text.starts_with("count.") || text.starts_with("each."))
    })
}

/// What stands for a name or an id that no reference leads to: the reference, in angle brackets.
fn stand_in(key: &str, expression: &Value) -> Option<Value> {
    if !key.ends_with("_name") && !key.ends_with("_id") {
        return None;
    }
    let first = items(expression.get("references")).first()?;
    let Value::String(reference) = first else {
        return None;
    };
    let plain = reference.replace('/', "-");
    Some(Value::from(format!("<{plain}>").as_str()))
}

/// `resources[0].name` of what a data source answered.
fn known_member(values: &Value, path: &[&str]) -> Option<Value> {
    let mut node = values;
    for part in path {
        let (name, index) = part.split_once('[').unwrap_or((part, ""));
        node = node.get(name)?;
        if let Ok(index) = index.trim_end_matches(']').parse::<usize>() {
            node = items(Some(node)).get(index)?;
        }
    }
    (!path.is_empty() && !node.is_null()).then(|| node.clone())
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
