//! Bicep: the same template as the ARM JSON, in Azure's own language.
//!
//! The rule: each item of the template is a `resource` with a symbol; children name their `parent`; an id is `symbol.id`,
//! of a folded child or a part a path below it; what no reference implies stands in `dependsOn`. Remarks are comments.
//!
//! | value | text |
//! |---|---|
//! | the id of `vnet-hub` | `vnetHub.id` |
//! | the id of its subnet `app` | `'${vnetHub.id}/subnets/app'` |
//! | the text `it's ${x}` | `'it\'s \${x}'` |

use super::arm::deployment_name;
use super::escape::one_line;
use super::graph::{Graph, Note, ResourceId};
use super::kind::Kind;
use super::symbol::{Parameters, Symbols};
use super::template::{Item, items};
use super::value::{Link, Value};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The file of a second write of a hub's table.
pub(super) const HUB_ROUTES: &str = "hub-routes.bicep";

/// The variable of the subscription's id.
const SUBSCRIPTION: &str = "thisSubscription";

/// `main.bicep`, and whether it needs [`HUB_ROUTES`].
pub(super) fn main(graph: &Graph, notes: &[Note]) -> (String, bool) {
    let mut writer = Writer {
        graph,
        parameters: Parameters::camel(graph),
        symbols: Symbols::camel(graph),
        text: String::new(),
    };
    let items = items(graph);
    writer.notes(notes);
    writer.parameters();
    for item in &items {
        writer.item(item);
    }
    let second = items.iter().any(|item| item.second);
    (writer.text, second)
}

/// The text of [`HUB_ROUTES`].
pub(super) fn hub_routes() -> String {
    let api = Kind::HubTableRoutes.api();
    format!(
        "// Writes the routes of a hub's table once the connections that they name are there.\n\
         param hub string\nparam table string\nparam labels array\nparam routes array\n\n\
         resource parentHub 'Microsoft.Network/virtualHubs@{api}' existing = {{\n  name: hub\n}}\n\n\
         resource tableRoutes 'Microsoft.Network/virtualHubs/hubRouteTables@{api}' = {{\n  parent: parentHub\n  name: \
         table\n  properties: {{\n    labels: labels\n    routes: routes\n  }}\n}}\n"
    )
}

struct Writer<'g> {
    graph: &'g Graph,
    parameters: Parameters,
    symbols: Symbols,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{:1$}{text}", "", depth * 2);
    }

    fn comment(&mut self, text: &str) {
        self.line(0, &format!("// {}", one_line(text)));
    }

    fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            self.comment(&format!("{}: {}", note.place, note.text));
        }
        if !notes.is_empty() {
            self.text.push('\n');
        }
    }

    fn parameters(&mut self) {
        for parameter in &self.graph.parameters {
            let name = self.parameters.of(&parameter.name);
            self.line(0, &format!("@description({})", quoted(&parameter.about)));
            if parameter.secret {
                self.line(0, "@secure()");
            }
            let kind = if parameter.number { "int" } else { "string" };
            let default = match &parameter.default {
                Some(Value::Text(text)) => format!(" = {}", quoted(text)),
                Some(Value::Number(number)) => format!(" = {number}"),
                _ => String::new(),
            };
            self.line(0, &format!("param {name} {kind}{default}"));
            self.text.push('\n');
        }
        let managers = self.graph.resources.iter();
        if managers
            .into_iter()
            .any(|resource| resource.kind == Kind::Manager)
        {
            self.line(0, &format!("var {SUBSCRIPTION} = subscription().id\n"));
        }
    }

    fn item(&mut self, item: &Item) {
        for comment in &item.comments {
            self.comment(comment);
        }
        if item.second {
            self.module(item);
        } else {
            self.resource(item);
        }
        self.text.push('\n');
    }

    fn resource(&mut self, item: &Item) {
        let symbol = self.symbols.of(item.id).to_owned();
        let facts = item.kind.facts();
        let kind = format!("{}@{}", facts.arm, item.kind.api());
        self.line(0, &format!("resource {symbol} {} = {{", quoted(&kind)));
        if let Some(parent) = item.parent {
            let parent = self.symbols.of(parent).to_owned();
            self.line(1, &format!("parent: {parent}"));
        }
        let name = item.names.last().map_or("", String::as_str);
        self.line(1, &format!("name: {}", quoted(name)));
        if let Some(location) = &item.location {
            self.line(1, &format!("location: {}", quoted(location)));
        }
        if let Value::Object(members) = &item.body {
            for (key, value) in members {
                self.member(1, key, value);
            }
        }
        self.depends(item);
        self.line(0, "}");
    }

    fn module(&mut self, item: &Item) {
        let symbol = self.symbols.of(item.id).to_owned();
        self.line(0, &format!("module {symbol} '{HUB_ROUTES}' = {{"));
        self.line(
            1,
            &format!("name: {}", quoted(&deployment_name(&item.names))),
        );
        self.line(1, "params: {");
        if let [hub, table] = item.names.as_slice() {
            self.line(2, &format!("hub: {}", quoted(hub)));
            self.line(2, &format!("table: {}", quoted(table)));
        }
        if let Some(Value::Object(members)) = item.body.member("properties") {
            for (key, value) in members {
                self.member(2, key, value);
            }
        }
        self.line(1, "}");
        self.depends(item);
        self.line(0, "}");
    }

    /// What no reference in the text implies.
    fn depends(&mut self, item: &Item) {
        let mut implied: BTreeSet<ResourceId> = BTreeSet::new();
        if !item.second {
            implied.extend(item.parent);
        }
        item.body.each_link(&mut |link| {
            implied.insert(self.graph.carrier(link.to));
        });
        let open = item.depends.iter().filter(|need| !implied.contains(need));
        let open: Vec<String> = open.map(|need| self.symbols.of(*need).to_owned()).collect();
        if open.is_empty() {
            return;
        }
        self.line(1, "dependsOn: [");
        for symbol in open {
            self.line(2, &symbol);
        }
        self.line(1, "]");
    }

    fn member(&mut self, depth: usize, key: &str, value: &Value) {
        self.value(depth, &format!("{key}: "), value);
    }

    fn value(&mut self, depth: usize, before: &str, value: &Value) {
        match value {
            Value::Object(members) if members.is_empty() => {
                self.line(depth, &format!("{before}{{}}"))
            }
            Value::Object(members) => {
                self.line(depth, &format!("{before}{{"));
                for (key, value) in members {
                    self.member(depth + 1, key, value);
                }
                self.line(depth, "}");
            }
            Value::List(items) if items.is_empty() => self.line(depth, &format!("{before}[]")),
            Value::List(items) => {
                self.line(depth, &format!("{before}["));
                for item in items {
                    self.value(depth + 1, "", item);
                }
                self.line(depth, "]");
            }
            _ => {
                let text = self.plain(value);
                self.line(depth, &format!("{before}{text}"));
            }
        }
    }

    fn plain(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => quoted(text),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Id(link) => self.link(link),
            Value::Parameter(name) => self.parameters.of(name),
            Value::Subscription => SUBSCRIPTION.to_owned(),
            Value::List(_) | Value::Object(_) => String::new(),
        }
    }

    fn link(&self, link: &Link) -> String {
        let carrier = self.graph.carrier(link.to);
        let mut path = String::new();
        if carrier != link.to
            && let Some(folded) = self.graph.resource(link.to)
        {
            let _ = write!(path, "/{}/{}", folded.kind.word(), folded.name);
        }
        if let Some(part) = &link.part {
            let _ = write!(path, "/{}/{}", part.kind, part.name);
        }
        let symbol = self.symbols.of(carrier);
        if path.is_empty() {
            format!("{symbol}.id")
        } else {
            format!("'${{{symbol}.id}}{path}'")
        }
    }
}

/// A text as a string of Bicep.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' if letters.peek() == Some(&'{') => quoted.push_str("\\$"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}
