//! A script of the Azure command line: bash that stops at the first error and may be run again.
//!
//! The rule: one command after another, in the order of the graph, so nothing runs at once. What Azure creates again
//! without harm is created again; what takes long or would lose its parts is kept where it is there. Everything that is
//! asked for comes from the environment; a secret never stands in the text.
//!
//! | value | word |
//! |---|---|
//! | the name `vnet-hub` | `vnet-hub` |
//! | the text `it's $x` | `'it'\''s $x'` |
//! | the parameter `nva_size` | `"$NVA_SIZE"` |
//! | the id of `vnet-hub` | `"/subscriptions/$SUBSCRIPTION/resourceGroups/$RESOURCE_GROUP"/providers/…/vnet-hub` |

use super::escape::one_line;
use super::graph::{Graph, Note, Resource, ResourceId};
use super::kind::Kind;
use super::name::Identifiers;
use super::path::{at, found, says};
use super::template::{address, comments};
use super::unsaid::{Tongue, changed, unsaid};
use super::value::{Link, Value};
use super::words::{Change, Word};
use super::{Groups, group_names};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Extensions, by the beginning of the commands that need them.
const EXTENSIONS: [(&str, &str); 7] = [
    ("dns-resolver", "dns-resolver"),
    ("network firewall", "azure-firewall"),
    ("network manager", "virtual-network-manager"),
    ("network vhub", "virtual-wan"),
    ("network vpn-gateway", "virtual-wan"),
    ("network vpn-site", "virtual-wan"),
    ("network vwan", "virtual-wan"),
];

const HEAD: &str = r#"#!/usr/bin/env bash
# Makes the estate with the Azure command line. It stops at the first error and may be run again.
set -euo pipefail

need() { if [ -z "${!1:-}" ]; then echo "$1 is not set: $2" >&2; exit 64; fi; }
missing() { ! az "$@" --output none 2>/dev/null; }
"#;

/// The script of a graph.
pub(super) fn script(graph: &Graph, notes: &[Note], groups: Groups) -> String {
    let mut writer = Writer::new(graph, groups);
    HEAD.clone_into(&mut writer.text);
    for note in notes {
        writer.comment(&format!("{}: {}", note.place, note.text));
    }
    writer.settings(groups);
    for id in graph.ids() {
        writer.resource(id);
    }
    writer.text
}

/// Commands that make one estate of another: what is new is created, what differs is created again or updated, what is
/// gone is deleted, last things first. Peerings of a VNet whose ranges change are synced.
pub(super) fn difference(before: &Graph, after: &Graph, groups: Groups) -> String {
    let old = Writer::new(before, groups);
    let new = Writer::new(after, groups);
    let known: BTreeMap<Key, Rendered> = old.rendered().map(|r| (r.key.clone(), r)).collect();
    let mut text = String::new();
    let mut resized: Vec<String> = Vec::new();
    for made in new.rendered() {
        let earlier = known.get(&made.key);
        text.push_str(&made.against(earlier));
        if made.key.0 == Kind::Vnet && earlier.is_some_and(|earlier| earlier.own != made.own) {
            resized.extend(made.key.1.last().cloned());
        }
    }
    text.push_str(&new.syncs(&resized));
    let stays: BTreeMap<Key, Rendered> = new.rendered().map(|r| (r.key.clone(), r)).collect();
    let mut gone: Vec<&Rendered> = known
        .values()
        .filter(|r| !stays.contains_key(&r.key))
        .collect();
    gone.sort_by_key(|rendered| std::cmp::Reverse(rendered.place));
    for rendered in gone {
        let above = rendered
            .key
            .1
            .split_last()
            .map_or(&[][..], |(_, above)| above);
        let with_parent = !above.is_empty()
            && known
                .keys()
                .any(|key| key.1 == above && !stays.contains_key(key));
        if !with_parent {
            text.push_str(&rendered.delete);
        }
    }
    text
}

/// Kind and names of a resource, the same in two graphs.
type Key = (Kind, Vec<String>);

/// The commands of one resource.
#[derive(Debug)]
struct Rendered {
    key: Key,
    /// Position in its graph.
    place: usize,
    /// What creates it; empty where its items alone are made.
    own: String,
    /// What makes it what it should be where it is there.
    update: String,
    /// Its items: name, what creates it, what deletes it.
    items: Vec<(String, String, String)>,
    delete: String,
}

impl Rendered {
    fn against(&self, earlier: Option<&Self>) -> String {
        let mut text = String::new();
        match earlier {
            None => text.push_str(&self.own),
            Some(earlier) if earlier.own != self.own => text.push_str(&self.update),
            Some(_) => {}
        }
        let known = earlier.map_or(&[][..], |earlier| &earlier.items);
        for (name, create, _) in &self.items {
            let same = known
                .iter()
                .any(|(other, text, _)| other == name && text == create);
            if !same {
                text.push_str(create);
            }
        }
        for (name, _, delete) in known {
            if !self.items.iter().any(|(other, ..)| other == name) {
                text.push_str(delete);
            }
        }
        text
    }
}

/// The variable of the resource group of each region.
fn group_variables(graph: &Graph, groups: Groups) -> BTreeMap<String, String> {
    let mut identifiers = Identifiers::default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut variables = BTreeMap::new();
    for (region, name) in group_names(graph, groups) {
        let variable = known.entry(name.clone()).or_insert_with(|| match groups {
            Groups::One => "RESOURCE_GROUP".to_owned(),
            Groups::PerRegion => identifiers
                .snake(&format!("resource_group_{region}"))
                .to_ascii_uppercase(),
        });
        variables.insert(region, variable.clone());
    }
    variables
}

struct Writer<'g> {
    graph: &'g Graph,
    groups: BTreeMap<String, String>,
    text: String,
}

impl<'g> Writer<'g> {
    fn new(graph: &'g Graph, groups: Groups) -> Self {
        Self {
            graph,
            groups: group_variables(graph, groups),
            text: String::new(),
        }
    }
}

/// A command while it is written.
struct Command(String);

impl Command {
    fn new(command: &str) -> Self {
        Self(format!("az {command}"))
    }

    /// An option with what follows it, already written for the shell.
    fn option(&mut self, option: &str, word: &str) {
        let _ = write!(self.0, " \\\n  {option} {word}");
    }
}

impl Writer<'_> {
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {}", one_line(text));
    }

    fn settings(&mut self, groups: Groups) {
        self.text.push('\n');
        for parameter in &self.graph.parameters {
            let variable = parameter.name.to_ascii_uppercase();
            let about = one_line(&parameter.about);
            let line = match &parameter.default {
                Some(Value::Text(text)) => set_unless(&variable, text, &about),
                Some(Value::Number(number)) => set_unless(&variable, &number.to_string(), &about),
                _ => format!("need {variable} {}\n", quoted(&about)),
            };
            self.text.push_str(&line);
        }
        self.text
            .push_str("SUBSCRIPTION=$(az account show --query id --output tsv)\n");
        for extension in self.extensions() {
            let _ = writeln!(
                self.text,
                "az extension add --upgrade --name {extension} --output none"
            );
        }
        let names = group_names(self.graph, groups);
        let mut seen = Vec::new();
        for (region, name) in names {
            let Some(variable) = self.groups.get(&region).cloned() else {
                continue;
            };
            if seen.contains(&variable) {
                continue;
            }
            let line = set_unless(&variable, &name, "resource group");
            let location = quoted(&region);
            let _ = writeln!(
                self.text,
                "{line}az group create --name \"${variable}\" --location {location} --output none"
            );
            seen.push(variable);
        }
    }

    fn extensions(&self) -> Vec<&'static str> {
        let uses = |beginning: &str| {
            self.graph
                .resources
                .iter()
                .any(|resource| resource.kind.words().command.starts_with(beginning))
        };
        let mut needed: Vec<&str> = EXTENSIONS
            .iter()
            .filter(|(beginning, _)| uses(beginning))
            .map(|(_, extension)| *extension)
            .collect();
        needed.dedup();
        needed
    }

    fn resource(&mut self, id: ResourceId) {
        let Some(resource) = self.graph.resource(id) else {
            return;
        };
        let words = resource.kind.words();
        if words.command == "^" {
            return;
        }
        self.text.push('\n');
        for comment in comments(self.graph, id) {
            self.comment(&comment);
        }
        for open in unsaid(self.graph, id, Tongue::CommandLine) {
            self.comment(&format!("the command line has no word for {open}"));
        }
        if words.command != "+" {
            self.create(id, resource);
        }
        for row in words.rows {
            self.beside(id, resource, row);
        }
    }

    fn create(&mut self, id: ResourceId, resource: &Resource) {
        let words = resource.kind.words();
        let is_action = resource.kind == Kind::Deployment;
        let create = self.command(id, resource, if is_action { "" } else { " create" });
        if words.kept {
            let mut show = Command::new("");
            self.place(&mut show, id, resource, true);
            let test = show.0.replace(" \\\n ", "");
            let test = test.trim_start_matches("az ");
            let command = words.command;
            let _ = write!(
                self.text,
                "if missing {command} show {test}; then\n{create}\nfi\n"
            );
        } else {
            let _ = writeln!(self.text, "{create}");
        }
    }

    /// The whole command of a resource, with a verb.
    fn command(&self, id: ResourceId, resource: &Resource, verb: &str) -> String {
        let words = resource.kind.words();
        let mut command = Command::new(&format!("{}{verb}", words.command));
        self.place(&mut command, id, resource, true);
        if let Some(location) = resource.location.as_ref().filter(|_| verb != " update") {
            command.option("--location", &quoted(location));
        }
        self.fill(&mut command, &resource.body, words.rows);
        for child in self.merged(id) {
            self.fill(&mut command, &child.body, child.kind.words().rows);
        }
        command.option("--output", "none");
        command.0
    }

    /// Every resource that has commands.
    fn rendered(&self) -> impl Iterator<Item = Rendered> {
        self.graph.ids().filter_map(|id| {
            let resource = self.graph.resource(id)?;
            (resource.kind.words().command != "^").then(|| self.render(id, resource))
        })
    }

    fn render(&self, id: ResourceId, resource: &Resource) -> Rendered {
        let words = resource.kind.words();
        let line = self.graph.line(id);
        let names = line.iter().filter_map(|id| self.graph.resource(*id));
        let is_own = words.command != "+";
        let is_action = resource.kind == Kind::Deployment;
        let with = |verb: &str| self.command(id, resource, verb) + "\n";
        let own = match (is_own, is_action) {
            (false, _) => String::new(),
            (_, true) => with(""),
            _ => with(" create"),
        };
        let update = if words.kept {
            with(" update")
        } else {
            own.clone()
        };
        let mut delete = Command::new(&format!("{} delete", words.command));
        self.place(&mut delete, id, resource, true);
        if asks(resource.kind) {
            let _ = write!(delete.0, " \\\n  --yes");
        }
        let delete = if is_own && !is_action {
            delete.0 + "\n"
        } else {
            String::new()
        };
        Rendered {
            key: (
                resource.kind,
                names.map(|resource| resource.name.clone()).collect(),
            ),
            place: id.index(),
            own,
            update,
            items: words
                .rows
                .iter()
                .flat_map(|row| self.items(id, resource, row))
                .collect(),
            delete,
        }
    }

    /// The items that a row makes by commands of their own.
    fn items(
        &self,
        id: ResourceId,
        resource: &Resource,
        row: &Word,
    ) -> Vec<(String, String, String)> {
        match row {
            Word::Commands {
                path,
                only,
                command,
                owner,
                words,
            } => {
                let items = found(&resource.body, path).into_iter();
                let meant = items.filter(|item| says(item, *only));
                let item = |item: &Value| self.item(id, resource, (command, owner), item, words);
                meant.map(item).collect()
            }
            Word::Update {
                path,
                command,
                option,
            } => {
                let Some(value) = at(&resource.body, path) else {
                    return Vec::new();
                };
                let mut made = Command::new(command);
                self.place(&mut made, id, resource, true);
                made.option(option, &self.word(value, Change::Same));
                made.option("--output", "none");
                vec![((*option).to_owned(), made.0 + "\n", String::new())]
            }
            _ => Vec::new(),
        }
    }

    fn item(
        &self,
        id: ResourceId,
        resource: &Resource,
        (command, owner): (&str, &str),
        item: &Value,
        words: &[Word],
    ) -> (String, String, String) {
        let begin = |name: &str| {
            let mut command = Command::new(name);
            self.place(&mut command, id, resource, false);
            command.option(owner, &quoted(&resource.name));
            command
        };
        let mut create = begin(command);
        self.fill(&mut create, item, words);
        create.option("--output", "none");
        create.0.push('\n');
        let name = match item.member("name") {
            Some(Value::Text(name)) => name.clone(),
            _ => String::new(),
        };
        let mut delete = begin(&opposite(command));
        delete.option("--name", &quoted(&name));
        self.parts(&mut create, begin, (item, &name), words);
        (name, create.0, delete.0 + "\n")
    }

    /// Commands that make the parts of an item which its own command takes no more than one of.
    fn parts(
        &self,
        made: &mut Command,
        begin: impl Fn(&str) -> Command,
        (item, name): (&Value, &str),
        words: &[Word],
    ) {
        for row in words {
            let Word::Commands {
                path,
                command,
                owner,
                words,
                ..
            } = row
            else {
                continue;
            };
            for part in found(item, path) {
                let mut create = begin(command);
                create.option(owner, &quoted(name));
                self.fill(&mut create, part, words);
                create.option("--output", "none");
                made.0.push_str(&create.0);
                made.0.push('\n');
            }
        }
    }

    /// Syncs what points to VNets whose ranges changed.
    fn syncs(&self, resized: &[String]) -> String {
        let mut text = String::new();
        for id in self.graph.ids() {
            let Some(resource) = self.graph.resource(id) else {
                continue;
            };
            let Some(Value::Id(to)) = resource.body.at("properties.remoteVirtualNetwork.id") else {
                continue;
            };
            let to = self.graph.resource(to.to).map_or("", |vnet| &vnet.name);
            if resource.kind == Kind::Peering && resized.iter().any(|name| name == to) {
                let mut sync = Command::new("network vnet peering sync");
                self.place(&mut sync, id, resource, true);
                sync.option("--output", "none");
                text.push_str(&sync.0);
                text.push('\n');
            }
        }
        text
    }

    /// Group, name, and the names of what stands above.
    fn place(&self, command: &mut Command, id: ResourceId, resource: &Resource, named: bool) {
        if let Some(group) = self.groups.get(&resource.region) {
            command.option("--resource-group", &format!("\"${group}\""));
        }
        if named && resource.kind != Kind::Deployment {
            command.option("--name", &quoted(&resource.name));
        }
        self.above(command, id, resource);
    }

    fn above(&self, command: &mut Command, id: ResourceId, resource: &Resource) {
        let line = self.graph.line(id);
        for (option, above) in resource.kind.words().above.iter().zip(line) {
            if let Some(above) = self.graph.resource(above) {
                command.option(option, &quoted(&above.name));
            }
        }
    }

    fn merged(&self, id: ResourceId) -> impl Iterator<Item = &Resource> {
        self.graph
            .resources
            .iter()
            .filter(move |child| child.parent == Some(id) && child.kind.words().command == "^")
    }

    fn fill(&self, command: &mut Command, value: &Value, rows: &[Word]) {
        for row in rows {
            match row {
                Word::One {
                    path,
                    option,
                    change,
                    ..
                } if !option.is_empty() && *option != "-" => {
                    if let Some(value) = at(value, path) {
                        command.option(option, &self.word(value, *change));
                    }
                }
                Word::Option(text) => {
                    let _ = write!(command.0, " \\\n  {text}");
                }
                _ => {}
            }
        }
    }

    /// Commands that follow the one of a resource.
    fn beside(&mut self, id: ResourceId, resource: &Resource, row: &Word) {
        for (_, create, _) in self.items(id, resource, row) {
            self.text.push_str(&create);
        }
    }

    /// A value as words of the shell; a list as several.
    fn word(&self, value: Value, change: Change) -> String {
        match (change, &value) {
            (Change::Json, value) => self.json(value).written(),
            (Change::Keyed(keys), Value::List(items)) => {
                let items = items.iter().map(|item| self.keyed(item, keys));
                Text::joined("[", items, "]").written()
            }
            (Change::Pairs, Value::Object(members)) => {
                let words = members.iter().map(|(_, value)| self.plain(value));
                let pair = words.reduce(|first, second| first.and(Text::literal("=")).and(second));
                pair.unwrap_or_default().written()
            }
            (Change::Name, Value::Id(link)) => quoted(&self.name(link)),
            (Change::Above, Value::Id(link)) => {
                let above = self
                    .graph
                    .resource(link.to)
                    .and_then(|resource| resource.parent);
                above.map_or_else(String::new, |above| self.id(above, None).written())
            }
            (Change::AboveName, Value::Id(link)) => {
                let above = self
                    .graph
                    .resource(link.to)
                    .and_then(|resource| resource.parent);
                let above = above.and_then(|above| self.graph.resource(above));
                above.map_or_else(String::new, |above| quoted(&above.name))
            }
            (_, Value::List(items)) if items.is_empty() => "''".to_owned(),
            (_, Value::List(items)) => {
                let words = items.iter().map(|item| self.word(item.clone(), change));
                words.collect::<Vec<_>>().join(" ")
            }
            _ => self
                .plain(&changed(value, change, Tongue::CommandLine))
                .written(),
        }
    }

    fn name(&self, link: &Link) -> String {
        let resource = self.graph.resource(link.to);
        let name = resource.map_or("", |resource| &resource.name);
        link.part
            .as_ref()
            .map_or(name, |part| &part.name)
            .to_owned()
    }

    fn plain(&self, value: &Value) -> Text {
        match value {
            Value::Text(text) => Text::literal(text),
            Value::Number(number) => Text::literal(&number.to_string()),
            Value::Flag(flag) => Text::literal(&flag.to_string()),
            Value::Parameter(name) => Text::variable(&name.to_ascii_uppercase()),
            Value::Subscription => {
                Text::literal("/subscriptions/").and(Text::variable("SUBSCRIPTION"))
            }
            Value::Id(link) => {
                let part = link.part.as_ref();
                self.id(link.to, part.map(|part| (part.kind, part.name.as_str())))
            }
            Value::List(_) | Value::Object(_) => self.json(value),
        }
    }

    fn id(&self, to: ResourceId, part: Option<(&str, &str)>) -> Text {
        let (kind, names) = address(self.graph, to, part);
        let region = self
            .graph
            .resource(to)
            .map_or("", |resource| &resource.region);
        let group = self
            .groups
            .get(region)
            .map_or("RESOURCE_GROUP", String::as_str);
        let mut path = String::from("/providers/");
        let mut segments = kind.split('/');
        path.push_str(segments.next().unwrap_or_default());
        for (segment, name) in segments.zip(&names) {
            let _ = write!(path, "/{segment}/{name}");
        }
        Text::literal("/subscriptions/")
            .and(Text::variable("SUBSCRIPTION"))
            .and(Text::literal("/resourceGroups/"))
            .and(Text::variable(group))
            .and(Text::literal(&path))
    }

    /// An object with the members that the command line calls so.
    fn keyed(&self, item: &Value, keys: &[(&str, &str)]) -> Text {
        let members = keys.iter().filter_map(|(path, key)| {
            let value = at(item, path)?;
            Some(Text::literal(&format!("\"{key}\":")).and(self.json(&value)))
        });
        Text::joined("{", members, "}")
    }

    /// A value as JSON, with variables in it.
    fn json(&self, value: &Value) -> Text {
        match value {
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| {
                    Text::literal(&format!("\"{key}\":")).and(self.json(value))
                });
                Text::joined("{", members, "}")
            }
            Value::List(items) => Text::joined("[", items.iter().map(|item| self.json(item)), "]"),
            Value::Text(text) => {
                let quoted = crate::json::Value::from(text.as_str());
                Text::literal(&quoted.to_string())
            }
            Value::Number(_) | Value::Flag(_) => self.plain(value),
            _ => Text::literal("\"")
                .and(self.plain(value))
                .and(Text::literal("\"")),
        }
    }
}

/// A text with variables in it.
#[derive(Debug, Default)]
struct Text(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Literal(String),
    Variable(String),
}

impl Text {
    fn literal(text: &str) -> Self {
        Self(vec![Piece::Literal(text.to_owned())])
    }

    fn variable(name: &str) -> Self {
        Self(vec![Piece::Variable(name.to_owned())])
    }

    fn and(mut self, other: Self) -> Self {
        for piece in other.0 {
            match (self.0.last_mut(), piece) {
                (Some(Piece::Literal(text)), Piece::Literal(more)) => text.push_str(&more),
                (_, piece) => self.0.push(piece),
            }
        }
        self
    }

    fn joined(begin: &str, items: impl Iterator<Item = Self>, end: &str) -> Self {
        let mut text = Self::literal(begin);
        for (position, item) in items.enumerate() {
            if position > 0 {
                text = text.and(Self::literal(","));
            }
            text = text.and(item);
        }
        text.and(Self::literal(end))
    }

    /// As one word of the shell.
    fn written(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Literal(text) => quoted(text),
            Piece::Variable(name) => format!("\"${name}\""),
        });
        let word: String = pieces.collect();
        // The command line reads a file where a word begins with @, and an option where it begins with -.
        match self.0.first() {
            Some(Piece::Literal(text)) if text.starts_with(['@', '-']) => format!("' '{word}"),
            _ => word,
        }
    }
}

/// Whether the command line asks before it deletes.
const fn asks(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Machine
            | Kind::VirtualWan
            | Kind::Hub
            | Kind::HubTable
            | Kind::HubConnection
            | Kind::HubSession
            | Kind::RoutingIntent
            | Kind::HubVpn
            | Kind::VpnSite
            | Kind::VpnConnection
            | Kind::Manager
            | Kind::Group
            | Kind::Member
            | Kind::Connectivity
            | Kind::AdminConfiguration
            | Kind::AdminCollection
            | Kind::AdminRule
            | Kind::RoutingConfiguration
            | Kind::RoutingCollection
            | Kind::RoutingRule
            | Kind::HubExpressRoute
            | Kind::RouteServer
            | Kind::RouteServerSession
            | Kind::RoutingAppliance
            | Kind::HubAppliance
    )
}

/// The command that takes away what another makes.
fn opposite(command: &str) -> String {
    if let Some((group, _)) = command.split_once(" add-") {
        return format!("{group} remove");
    }
    match command.rsplit_once(' ') {
        Some((group, "add")) => format!("{group} remove"),
        Some((group, _)) => format!("{group} delete"),
        None => command.to_owned(),
    }
}

fn set_unless(variable: &str, text: &str, about: &str) -> String {
    let value = quoted(text);
    format!(
        "{variable}=${{{variable}:-}} # {about}\nif [ -z \"${variable}\" ]; then {variable}={value}; fi\n"
    )
}

/// A text as a word of the shell.
pub(super) fn quoted(text: &str) -> String {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':' | ',');
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let inside: String = text.chars().filter(|c| *c != '\0').collect();
    format!("'{}'", inside.replace('\'', "'\\''"))
}
