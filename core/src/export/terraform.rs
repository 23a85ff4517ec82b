//! Terraform: the provider azurerm, and azapi for what azurerm has no resource for.
//!
//! The rule: a resource becomes a block whose references are expressions, so Terraform finds most of the order by itself;
//! `depends_on` says the rest. Variables carry what is asked for; a secret is `sensitive`.
//!
//! | value | text |
//! |---|---|
//! | the id of `vnet-hub` | `azurerm_virtual_network.vnet_hub.id` |
//! | the default table of a hub | `azurerm_virtual_hub.vhub_a.default_route_table_id` |
//! | the text `a ${b} %{c}` | `"a $${b} %%{c}"` |

use super::escape::one_line;
use super::graph::{Graph, Note, Resource, ResourceId};
use super::kind::Kind;
use super::name::Identifiers;
use super::path::{at, found, says};
use super::symbol::Symbols;
use super::template::comments;
use super::unsaid::{Tongue, changed, unsaid};
use super::value::{Link, Value};
use super::words::{Change, Word};
use super::{Groups, group_names};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Provider versions that the words belong to.
const AZURERM: &str = "~> 4.0";
const AZAPI: &str = "~> 2.0";

/// `main.tf` and `variables.tf`.
pub(super) fn files(graph: &Graph, notes: &[Note], groups: Groups) -> (String, String) {
    let mut writer = Writer {
        graph,
        symbols: Symbols::snake(graph),
        groups: group_symbols(graph, groups),
        text: String::new(),
    };
    for note in notes {
        writer.comment(&format!("{}: {}", note.place, note.text));
    }
    writer.providers();
    writer.resource_groups();
    for id in graph.ids() {
        writer.resource(id);
    }
    let variables = variables(graph, groups);
    (writer.text, variables)
}

/// Symbol of the resource group of each region.
fn group_symbols(graph: &Graph, groups: Groups) -> BTreeMap<String, String> {
    let mut identifiers = Identifiers::default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut symbols = BTreeMap::new();
    for (region, name) in group_names(graph, groups) {
        let symbol = known
            .entry(name.clone())
            .or_insert_with(|| identifiers.snake(&name));
        symbols.insert(region, symbol.clone());
    }
    symbols
}

/// A block while it is filled.
#[derive(Debug, Default)]
struct Block {
    arguments: Vec<(String, String)>,
    blocks: Vec<(String, Block)>,
}

impl Block {
    /// Sets an argument; dots name blocks inside.
    fn set(&mut self, name: &str, text: String) {
        match name.split_once('.') {
            None => self.arguments.push((name.to_owned(), text)),
            Some((block, rest)) => self.within(block, |inner| inner.set(rest, text)),
        }
    }

    /// Adds a block; dots name blocks around it.
    fn add(&mut self, name: &str, block: Self) {
        match name.split_once('.') {
            None => self.blocks.push((name.to_owned(), block)),
            Some((outer, rest)) => self.within(outer, |inner| inner.add(rest, block)),
        }
    }

    /// Does something in the block of a name, made where it is missing.
    fn within(&mut self, name: &str, act: impl FnOnce(&mut Self)) {
        if let Some((_, block)) = self.blocks.iter_mut().find(|(known, _)| known == name) {
            act(block);
            return;
        }
        let mut block = Self::default();
        act(&mut block);
        self.blocks.push((name.to_owned(), block));
    }

    fn write(&self, depth: usize, text: &mut String) {
        let width = self.arguments.iter().map(|(name, _)| name.len()).max();
        let width = width.unwrap_or(0);
        for (name, value) in &self.arguments {
            let _ = writeln!(text, "{:1$}{name:2$} = {value}", "", depth * 2, width);
        }
        for (position, (name, block)) in self.blocks.iter().enumerate() {
            if position > 0 || !self.arguments.is_empty() {
                text.push('\n');
            }
            let _ = writeln!(text, "{:1$}{name} {{", "", depth * 2);
            block.write(depth + 1, text);
            let _ = writeln!(text, "{:1$}}}", "", depth * 2);
        }
    }
}

struct Writer<'g> {
    graph: &'g Graph,
    symbols: Symbols,
    groups: BTreeMap<String, String>,
    text: String,
}

impl Writer<'_> {
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {}", one_line(text));
    }

    fn providers(&mut self) {
        let uses_azapi = self
            .graph
            .resources
            .iter()
            .any(|resource| is_azapi(resource.kind));
        let mut required = vec![("azurerm", "hashicorp/azurerm", AZURERM)];
        if uses_azapi {
            required.insert(0, ("azapi", "Azure/azapi", AZAPI));
        }
        self.text
            .push_str("\nterraform {\n  required_version = \">= 1.5\"\n\n  required_providers {\n");
        for (name, source, version) in required {
            let _ = write!(
                self.text,
                "    {name} = {{\n      source  = \"{source}\"\n      version = \"{version}\"\n    }}\n"
            );
        }
        self.text
            .push_str("  }\n}\n\nprovider \"azurerm\" {\n  features {}\n}\n");
        let manages = self
            .graph
            .resources
            .iter()
            .any(|resource| resource.kind == Kind::Manager);
        if manages {
            self.text
                .push_str("\ndata \"azurerm_subscription\" \"this\" {}\n");
        }
    }

    fn resource_groups(&mut self) {
        let mut seen: BTreeMap<&String, &String> = BTreeMap::new();
        for (region, symbol) in &self.groups {
            seen.entry(symbol).or_insert(region);
        }
        let mut text = String::new();
        for (symbol, region) in seen {
            let _ = write!(
                text,
                "\nresource \"azurerm_resource_group\" \"{symbol}\" {{\n  name     = var.{symbol}\n  location = {}\n}}\n",
                quoted(region)
            );
        }
        self.text.push_str(&text);
    }

    fn resource(&mut self, id: ResourceId) {
        let Some(resource) = self.graph.resource(id) else {
            return;
        };
        let words = resource.kind.words();
        match words.terraform {
            "^" => return,
            "+" => {}
            "" => self.azapi(id, resource),
            kind => {
                let block = self.block(id, resource, words.rows);
                self.write(id, kind, "", &block);
            }
        }
        for row in words.rows {
            self.beside(id, resource, row);
        }
    }

    fn write(&mut self, id: ResourceId, kind: &str, suffix: &str, block: &Block) {
        self.text.push('\n');
        if suffix.is_empty() {
            self.remarks(id);
        }
        let symbol = self.symbols.of(id);
        let _ = writeln!(self.text, "resource \"{kind}\" \"{symbol}{suffix}\" {{");
        block.write(1, &mut self.text);
        self.text.push_str("}\n");
    }

    fn remarks(&mut self, id: ResourceId) {
        for comment in comments(self.graph, id) {
            self.comment(&comment);
        }
        for open in self.all_unsaid(id) {
            self.comment(&format!("Terraform has no word for {open}"));
        }
    }

    /// What neither the resource nor what is written into it says.
    fn all_unsaid(&self, id: ResourceId) -> Vec<String> {
        let is_azapi = self
            .graph
            .resource(id)
            .is_some_and(|resource| is_azapi(resource.kind));
        if is_azapi {
            return Vec::new();
        }
        unsaid(self.graph, id, Tongue::Terraform)
    }

    fn block(&self, id: ResourceId, resource: &Resource, rows: &[Word]) -> Block {
        let mut block = Block::default();
        if !matches!(resource.kind, Kind::Deployment | Kind::CircuitPeering) {
            block.set("name", quoted(&resource.name));
        }
        let words = resource.kind.words();
        let by_name = words.parent.strip_prefix('=');
        if (resource.parent.is_none() || by_name.is_some())
            && let Some(group) = self.groups.get(&resource.region)
        {
            block.set(
                "resource_group_name",
                format!("azurerm_resource_group.{group}.name"),
            );
        }
        if let Some(location) = &resource.location {
            block.set("location", quoted(location));
        }
        if let Some(parent) = resource.parent {
            match by_name {
                Some(argument) => block.set(argument, format!("{}.name", self.reference(parent))),
                None => block.set(words.parent, format!("{}.id", self.reference(parent))),
            }
        }
        self.fill(&mut block, &resource.body, rows);
        for child in self.merged(id) {
            self.fill(&mut block, &child.body, child.kind.words().rows);
        }
        self.depends(&mut block, id);
        block
    }

    /// Children that Terraform writes as a part of their parent.
    fn merged(&self, id: ResourceId) -> impl Iterator<Item = &Resource> {
        self.graph
            .resources
            .iter()
            .filter(move |child| child.parent == Some(id) && child.kind.words().terraform == "^")
    }

    fn depends(&self, block: &mut Block, id: ResourceId) {
        let Some(resource) = self.graph.resource(id) else {
            return;
        };
        let after = resource
            .after
            .iter()
            .filter_map(|other| self.address(*other));
        let mut after: Vec<String> = after.collect();
        after.dedup();
        if !after.is_empty() {
            block.set("depends_on", format!("[{}]", after.join(", ")));
        }
    }

    /// What `depends_on` names for a resource.
    fn address(&self, id: ResourceId) -> Option<String> {
        let resource = self.graph.resource(id)?;
        match resource.kind.words().terraform {
            "+" => found(&resource.body, "properties.routes[]")
                .first()
                .map(|_| {
                    format!(
                        "azurerm_virtual_hub_route_table_route.{}_1",
                        self.symbols.of(id)
                    )
                }),
            _ => Some(self.reference(id)),
        }
    }

    fn fill(&self, block: &mut Block, value: &Value, rows: &[Word]) {
        for row in rows {
            match row {
                Word::One {
                    path,
                    terraform,
                    change,
                    ..
                } if !terraform.is_empty() && *terraform != "-" => {
                    if let Some(value) = at(value, path) {
                        block.set(terraform, self.expression(value, *change));
                    }
                }
                Word::Blocks {
                    path,
                    only,
                    block: name,
                    words,
                } => {
                    for item in found(value, path) {
                        if says(item, *only) {
                            let mut inner = Block::default();
                            self.fill(&mut inner, item, words);
                            block.add(name, inner);
                        }
                    }
                }
                Word::Terraform(name, text) => block.set(name, (*text).to_owned()),
                _ => {}
            }
        }
    }

    /// Resources that Terraform wants beside a resource.
    fn beside(&mut self, id: ResourceId, resource: &Resource, row: &Word) {
        match row {
            Word::Association {
                path,
                resource: kind,
                own,
                other,
                further,
            } => {
                for (value, number) in found(&resource.body, path).into_iter().zip(1..) {
                    let mut block = Block::default();
                    block.set(own, format!("{}.id", self.reference(id)));
                    for (name, text) in *further {
                        block.set(name, (*text).to_owned());
                    }
                    block.set(other, self.expression(value.clone(), Change::Same));
                    let suffix = if number == 1 {
                        String::new()
                    } else {
                        format!("_{number}")
                    };
                    self.write(id, kind, &suffix, &block);
                }
            }
            Word::Resources {
                path,
                resource: kind,
                owner,
                words,
            } => {
                for (item, number) in found(&resource.body, path).into_iter().zip(1..) {
                    let mut block = Block::default();
                    block.set(owner, self.table(id, resource));
                    self.fill(&mut block, item, words);
                    if number > 1 {
                        let before = format!("{kind}.{}_{}", self.symbols.of(id), number - 1);
                        block.set("depends_on", format!("[{before}]"));
                    } else {
                        self.depends(&mut block, id);
                    }
                    self.write(id, kind, &format!("_{number}"), &block);
                }
            }
            _ => {}
        }
    }

    /// The table that routes are written into: one of the graph, or the hub's own.
    fn table(&self, id: ResourceId, resource: &Resource) -> String {
        let made = self.graph.ids().find(|other| {
            *other != id
                && self.graph.resource(*other).is_some_and(|table| {
                    table.kind == Kind::HubTable
                        && table.parent == resource.parent
                        && table.name == resource.name
                })
        });
        match (made, resource.parent) {
            (Some(table), _) => format!("{}.id", self.reference(table)),
            (None, Some(hub)) => format!("{}.default_route_table_id", self.reference(hub)),
            (None, None) => "null".to_owned(),
        }
    }

    fn azapi(&mut self, id: ResourceId, resource: &Resource) {
        let facts = resource.kind.facts();
        let mut block = Block::default();
        let kind = format!("{}@{}", facts.arm, resource.kind.api());
        block.set("type", quoted(&kind));
        block.set("name", quoted(&resource.name));
        if let Some(group) = self.groups.get(&resource.region) {
            block.set("parent_id", format!("azurerm_resource_group.{group}.id"));
        }
        if let Some(location) = &resource.location {
            block.set("location", quoted(location));
        }
        block.set("body", self.plain(&resource.body));
        self.depends(&mut block, id);
        self.write(id, "azapi_resource", "", &block);
    }

    /// What Terraform calls a resource.
    fn reference(&self, id: ResourceId) -> String {
        let Some(resource) = self.graph.resource(id) else {
            return String::new();
        };
        match (resource.kind.words().terraform, resource.parent) {
            ("^", Some(parent)) => self.reference(parent),
            ("", _) => format!("azapi_resource.{}", self.symbols.of(id)),
            (kind, _) => format!("{kind}.{}", self.symbols.of(id)),
        }
    }

    fn expression(&self, value: Value, change: Change) -> String {
        match (change, &value) {
            (Change::Name, Value::Id(link)) => match &link.part {
                Some(part) => quoted(&part.name),
                None => format!("{}.name", self.reference(link.to)),
            },
            _ => self.plain(&changed(value, change, Tongue::Terraform)),
        }
    }

    fn plain(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => quoted(text),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.plain(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| format!("{key} = {}", self.plain(value)));
                format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
            Value::Id(link) => self.link(link),
            Value::Parameter(name) => format!("var.{name}"),
            Value::Subscription => "data.azurerm_subscription.this.id".to_owned(),
        }
    }

    fn link(&self, link: &Link) -> String {
        let reference = self.reference(link.to);
        match &link.part {
            None => format!("{reference}.id"),
            Some(part) if part.terraform.is_empty() => {
                format!("\"${{{reference}.id}}/{}/{}\"", part.kind, part.name)
            }
            Some(part) => format!("{reference}{}", part.terraform),
        }
    }
}

fn is_azapi(kind: Kind) -> bool {
    kind.words().terraform.is_empty()
}

fn variables(graph: &Graph, groups: Groups) -> String {
    let mut text = String::new();
    let mut seen = Vec::new();
    let symbols = group_symbols(graph, groups);
    for (region, name) in group_names(graph, groups) {
        let Some(symbol) = symbols.get(&region) else {
            continue;
        };
        if !seen.contains(symbol) {
            variable(
                &mut text,
                symbol,
                "Name of the resource group",
                "string",
                false,
                Some(&quoted(&name)),
            );
            seen.push(symbol.clone());
        }
    }
    for parameter in &graph.parameters {
        let kind = if parameter.number { "number" } else { "string" };
        let default = match &parameter.default {
            Some(Value::Text(text)) => Some(quoted(text)),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        variable(
            &mut text,
            &parameter.name,
            &parameter.about,
            kind,
            parameter.secret,
            default.as_deref(),
        );
    }
    text
}

fn variable(
    text: &mut String,
    name: &str,
    about: &str,
    kind: &str,
    secret: bool,
    default: Option<&str>,
) {
    let mut block = Block::default();
    block.set("description", quoted(about));
    block.set("type", kind.to_owned());
    if secret {
        block.set("sensitive", "true".to_owned());
    }
    if let Some(default) = default {
        block.set("default", default.to_owned());
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "variable \"{name}\" {{");
    block.write(1, text);
    text.push_str("}\n");
}

/// A text as a string of HCL.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' if letters.peek() == Some(&'{') => quoted.push_str("$$"),
            '%' if letters.peek() == Some(&'{') => quoted.push_str("%%"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
