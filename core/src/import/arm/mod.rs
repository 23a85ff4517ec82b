//! Azure Resource Manager templates and compiled Bicep: what a deployment would make, as resources.
//!
//! The rule: every resource is evaluated once all that it refers to is there; what waits in a circle or for something that
//! stands in no template is unknown, listed by path and left out, never guessed. Nested deployments have their own scope or
//! the outer one, as they say. A flag, choice or empty text that adds resources without taking any away is set, and
//! said: the template shows what it can deploy; a parameter file says otherwise.
//!
//! | template | resources |
//! |---|---|
//! | `"condition": "[parameters('gateway')]"`, default false | the gateway, assumed |
//! | `"copy": {"count": 3}` | three |
//! | a deployment with `template` inside | its resources |
//! | a deployment with a link whose file name another file has | that file's resources |
//! | a deployment with another link | nothing, listed |
//!
//! Left out: modes, locks, and types that routing does not need, which are only counted.

mod functions;
mod parse;
mod registry;
mod scope;
mod value;

use super::report::{Place, Report, Verdict};
use super::{id, kind};
use crate::json::Value;
use scope::{Around, Deployment, Gap, Holes, Parts, Scope, World};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use value::{as_bool, as_list, as_members, get, get_text, text_of};

/// Whether a value is a template.
pub(super) fn is_template(node: &Value) -> bool {
    let schema = get_text(node, "$schema")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let named = schema.contains("deploymenttemplate");
    let shaped = get(node, "contentVersion").is_some() || get(node, "languageVersion").is_some();
    let has = get(node, "resources")
        .is_some_and(|all| as_list(all).is_some() || as_members(all).is_some());
    has && (named || shaped)
}

/// Whether a value is a parameter file, and its values by name in lower case.
pub(super) fn parameter_file(node: &Value) -> Option<HashMap<String, Value>> {
    let schema = get_text(node, "$schema")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let shaped = get(node, "contentVersion").is_some() && get(node, "resources").is_none();
    if !schema.contains("deploymentparameters") && !shaped {
        return None;
    }
    Some(given(get(node, "parameters")?))
}

fn given(parameters: &Value) -> HashMap<String, Value> {
    let members = as_members(parameters).into_iter().flatten();
    let value = |one: &Value| get(one, "value").cloned();
    members
        .filter_map(|(key, one)| Some((key.to_ascii_lowercase(), value(one)?)))
        .collect()
}

/// What templates made.
#[derive(Debug)]
pub(super) struct Expanded {
    /// The file of the first.
    pub(super) file: Rc<str>,
    pub(super) resources: Vec<Value>,
    /// Types that routing does not need, with their numbers.
    pub(super) skipped: BTreeMap<String, usize>,
}

/// Templates that are expanded, an evaluation at a time.
#[derive(Debug)]
pub(super) struct Expanding {
    templates: std::vec::IntoIter<(Place, Value)>,
    given: HashMap<String, Value>,
    files: Rc<Files>,
    /// The template whose switches are tried.
    open: Option<(Place, Switches)>,
    made: Expanded,
}

impl Expanding {
    pub(super) fn of(templates: Vec<(Place, Value)>, given: HashMap<String, Value>) -> Self {
        Self {
            files: Rc::new(Files::of(&templates)),
            made: Expanded {
                file: templates
                    .first()
                    .map_or_else(|| "".into(), |(place, _)| Rc::clone(&place.file)),
                resources: Vec::new(),
                skipped: BTreeMap::new(),
            },
            templates: templates.into_iter(),
            given,
            open: None,
        }
    }

    /// Evaluates one template once; everything that the templates would deploy, after the last.
    pub(super) fn step(&mut self, report: &mut Report) -> Option<Expanded> {
        match self.open.take() {
            Some((place, mut switches)) => {
                if switches.step() {
                    self.open = Some((place, switches));
                } else {
                    self.close(&place, switches, report);
                }
            }
            None => {
                let Some((place, template)) = self.templates.next() else {
                    let none = Expanded {
                        file: Rc::clone(&self.made.file),
                        resources: Vec::new(),
                        skipped: BTreeMap::new(),
                    };
                    return Some(std::mem::replace(&mut self.made, none));
                };
                let switches = Switches::of(&Rc::new(template), &self.given, &self.files);
                self.open = Some((place, switches));
            }
        }
        None
    }

    /// A template's resources with its switches as they turned out; those of a linked one are its owner's.
    fn close(&mut self, place: &Place, switches: Switches, report: &mut Report) {
        let run = Run::of(&switches.template, switches.values, &self.files);
        if self.files.is_linked(&place.file) {
            return;
        }
        let mut say = |verdict: Verdict, within: String, message: String| {
            let file = Rc::clone(&place.file);
            report.add(verdict, Place { file, within }, message);
        };
        let whole = |message: String| (Verdict::Assumed, place.within.clone(), message);
        let assumed = switches.said.into_iter().map(whole);
        let holes = run.holes.into_iter();
        let holes = holes.map(|(path, why)| (Verdict::NotEvaluated, path, why));
        let said = assumed.chain(holes).chain(run.notes);
        for (verdict, within, message) in said.chain(run.assumed.into_iter().map(whole)) {
            say(verdict, within, message);
        }
        self.made.resources.extend(run.resources);
        for (kind, count) in run.skipped {
            let known = self.made.skipped.entry(kind).or_default();
            *known = known.saturating_add(count);
        }
    }
}

/// Templates by the names of their files: what a link may mean.
#[derive(Debug, Default)]
struct Files {
    templates: HashMap<String, Rc<Value>>,
    /// Files that some template links to: they are no templates of their own.
    linked: RefCell<HashSet<String>>,
    parts: Rc<Parts>,
}

impl Files {
    fn of(templates: &[(Place, Value)]) -> Self {
        let named = templates
            .iter()
            .map(|(place, node)| (file_name(&place.file), Rc::new(node.clone())));
        let templates: HashMap<String, Rc<Value>> = named.collect();
        let files = Self {
            templates,
            linked: RefCell::default(),
            parts: Rc::default(),
        };
        for template in files.templates.values() {
            files.note_links(template, 0);
        }
        files
    }

    /// Notes every file that a text of a template ends with.
    fn note_links(&self, node: &Value, depth: u8) {
        const DEEPEST: u8 = 40;
        match node {
            Value::String(text) => {
                let quoted = text
                    .split(['\'', '"', '?'])
                    .filter(|part| part.ends_with(".json"));
                let mut linked = self.linked.borrow_mut();
                linked.extend(
                    quoted
                        .map(file_name)
                        .filter(|name| self.templates.contains_key(name)),
                );
            }
            Value::Array(items) if depth < DEEPEST => {
                items
                    .iter()
                    .for_each(|item| self.note_links(item, depth.saturating_add(1)));
            }
            Value::Object(members) if depth < DEEPEST => {
                members
                    .values()
                    .for_each(|one| self.note_links(one, depth.saturating_add(1)));
            }
            _ => {}
        }
    }

    fn is_linked(&self, file: &str) -> bool {
        self.templates.len() > 1 && self.linked.borrow().contains(&file_name(file))
    }

    /// The template that a link means, by the last part of its path.
    fn get(&self, link: &str) -> Option<Rc<Value>> {
        let path = link.split('?').next()?;
        self.templates.get(&file_name(path)).cloned()
    }
}

fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.to_ascii_lowercase()
}

/// The values with which a template deploys the most, where that takes nothing away: every switch that only adds is set, a
/// flag that is off, a choice of several, a text that is empty.
#[derive(Debug)]
struct Switches {
    template: Rc<Value>,
    values: HashMap<String, Value>,
    /// What is deployed with them.
    ids: HashSet<String>,
    files: Rc<Files>,
    /// Steps that are left: a template that takes many is tried with few values.
    budget: u64,
    /// What is still to be tried.
    trials: VecDeque<Trial>,
    said: Vec<String>,
}

/// One evaluation with other values.
#[derive(Debug)]
enum Trial {
    /// Empty texts get a stand-in, for `not(empty(…))`.
    Fill(Vec<String>),
    Choose(String, Value),
    /// A stand-in that adds nothing is taken back.
    Empty(String),
}

impl Switches {
    fn of(template: &Rc<Value>, given: &HashMap<String, Value>, files: &Rc<Files>) -> Self {
        /// So many expressions are evaluated to find out what adds resources: a second of a browser's time.
        const STEPS: u64 = 300_000;
        let declared = get(template, "parameters").and_then(as_members);
        let declared = declared.into_iter().flatten();
        let open = declared.filter(|(key, _)| !given.contains_key(&key.to_ascii_lowercase()));
        let open: Vec<(&String, &Value)> = open.collect();
        let is_empty = |one: &Value| get(one, "defaultValue").is_some_and(|value| *value == "");
        let empty = open.iter().filter(|(_, one)| is_empty(one));
        let empty: Vec<String> = empty.map(|(key, _)| (*key).clone()).collect();
        // A switch may add something only once another one is set.
        let twice = open.iter().chain(&open);
        let twice = twice.flat_map(|(key, one)| choices(key, one));
        let mut trials: VecDeque<Trial> = twice
            .map(|(name, choice)| Trial::Choose(name, choice))
            .collect();
        if !empty.is_empty() {
            trials.push_front(Trial::Fill(empty));
        }
        let ids = match trials.is_empty() {
            true => HashSet::new(),
            false => Run::of(template, given.clone(), files).ids,
        };
        Self {
            template: Rc::clone(template),
            values: given.clone(),
            ids,
            files: Rc::clone(files),
            budget: STEPS,
            trials,
            said: Vec::new(),
        }
    }

    /// Tries the next values; whether there was one.
    fn step(&mut self) -> bool {
        match self.trials.pop_front() {
            Some(Trial::Fill(names)) => self.fill(names),
            Some(Trial::Choose(name, choice)) => self.choose(&name, &choice),
            Some(Trial::Empty(name)) => self.empty_again(&name),
            None => return false,
        }
        true
    }

    /// What is deployed with other values; none when enough was tried.
    fn tried(&mut self, values: &HashMap<String, Value>) -> Option<HashSet<String>> {
        if self.budget == 0 {
            return None;
        }
        let run = Run::of(&self.template, values.clone(), &self.files);
        self.budget = self.budget.saturating_sub(run.steps);
        Some(run.ids)
    }

    fn fill(&mut self, names: Vec<String>) {
        let mut values = self.values.clone();
        for name in &names {
            let stand_in = Value::from(format!("<{name}>").as_str());
            values.insert(name.to_ascii_lowercase(), stand_in);
        }
        if let Some(ids) = self.tried(&values)
            && ids.is_superset(&self.ids)
        {
            (self.values, self.ids) = (values, ids);
            self.trials.extend(names.into_iter().map(Trial::Empty));
        }
    }

    fn choose(&mut self, name: &str, choice: &Value) {
        let mut values = self.values.clone();
        values.insert(name.to_ascii_lowercase(), choice.clone());
        if let Some(ids) = self.tried(&values)
            && ids.len() > self.ids.len()
            && ids.is_superset(&self.ids)
        {
            (self.values, self.ids) = (values, ids);
            let shown = text_of(choice).to_ascii_lowercase();
            self.said.push(format!("{name} is {shown}: with it the template deploys more than by default; a parameter file says otherwise"));
        }
    }

    fn empty_again(&mut self, name: &str) {
        let mut values = self.values.clone();
        values.remove(&name.to_ascii_lowercase());
        match self.tried(&values) {
            Some(ids) if ids == self.ids => self.values = values,
            _ => self.said.push(format!("{name} is empty by default: <{name}> stands for it, since the template deploys more with it")),
        }
    }
}

/// The values of a parameter that its default is not.
fn choices(name: &str, declared: &Value) -> Vec<(String, Value)> {
    let default = get(declared, "defaultValue");
    let choices = match get(declared, "allowedValues").and_then(as_list) {
        Some(allowed) if allowed.len() > 1 => allowed.to_vec(),
        _ if default.is_some_and(|value| *value == false) => vec![true.into()],
        _ => Vec::new(),
    };
    let other = choices.into_iter().filter(|choice| Some(choice) != default);
    other.map(|choice| (name.to_owned(), choice)).collect()
}

/// A resource that is still to be made.
#[derive(Debug, Clone)]
struct Task {
    scope: Rc<Scope>,
    definition: Rc<Value>,
    around: Around,
    /// Type and name of the resource that it stands inside.
    parent: Option<(String, String)>,
    symbol: Option<String>,
    /// Whether the loop around it has been opened.
    opened: bool,
}

enum Step {
    Done,
    Waits,
}

/// One evaluation of one template.
#[derive(Debug, Default)]
struct Run {
    queue: Vec<Task>,
    resources: Vec<Value>,
    ids: HashSet<String>,
    skipped: BTreeMap<String, usize>,
    holes: Vec<(String, String)>,
    notes: Vec<(Verdict, String, String)>,
    assumed: Vec<String>,
    files: Rc<Files>,
    /// How many expressions were evaluated.
    steps: u64,
}

impl Run {
    fn of(template: &Rc<Value>, given: HashMap<String, Value>, files: &Rc<Files>) -> Self {
        let world = Rc::new(World {
            parts: Rc::clone(&files.parts),
            ..World::default()
        });
        let scope = Rc::new(Scope {
            world: Rc::clone(&world),
            template: Rc::clone(template),
            given,
            subscription: "00000000-0000-0000-0000-000000000000".to_owned(),
            group: "resource-group".to_owned(),
            deployment: "deployment".to_owned(),
            borrowed: false,
            symbols: RefCell::default(),
            cache: RefCell::default(),
        });
        let mut run = Self {
            queue: tasks(&scope, &Around::default(), template, None),
            files: Rc::clone(files),
            ..Self::default()
        };
        run.work(&world);
        run.steps = world.steps.get();
        run.assumed = world.assumed.take().into_iter().collect();
        let registry = world.registry.take();
        run.ids = registry.ids();
        run.resources = registry.into_resources();
        run
    }

    /// Rounds until nothing waits; when a round makes nothing, what waits is taken as it is.
    fn work(&mut self, world: &Rc<World>) {
        /// More resources than Azure deploys at once, by far.
        const MOST: usize = 20_000;
        let mut done = 0_usize;
        while !self.queue.is_empty() && done < MOST {
            let round = std::mem::take(&mut self.queue);
            let before = round.len();
            let mut waiting = Vec::new();
            for task in round {
                match self.make(&task) {
                    Step::Done => done = done.saturating_add(1),
                    Step::Waits => waiting.push(task),
                }
            }
            if waiting.len() == before {
                if world.last.replace(true) {
                    break;
                }
            } else {
                world.last.set(false);
            }
            waiting.append(&mut self.queue);
            self.queue = waiting;
        }
    }

    fn make(&mut self, task: &Task) -> Step {
        let definition = &task.definition;
        if let (false, Some(each)) = (
            task.opened,
            get(definition, "copy").filter(|each| get(each, "count").is_some()),
        ) {
            return self.open_loop(task, each);
        }
        let mut holes = Holes::default();
        let deployed = match self.condition(task) {
            Ok(deployed) => deployed,
            Err(Gap::Waiting(_)) => return Step::Waits,
            Err(Gap::Unknown(why)) => {
                self.notes.push((
                    Verdict::Assumed,
                    text_of(get(definition, "name").unwrap_or(definition)),
                    format!("its condition has no value ({why}): it is taken as deployed"),
                ));
                true
            }
        };
        let name =
            match get_text(definition, "name").map(|name| task.scope.text(name, &task.around)) {
                Some(Ok(name)) => text_of(&name),
                Some(Err(Gap::Waiting(_))) => return Step::Waits,
                Some(Err(Gap::Unknown(why))) => {
                    let written = get_text(definition, "name").unwrap_or_default();
                    holes
                        .0
                        .push((written.to_owned(), format!("the name: {why}")));
                    written.trim_matches(['[', ']']).replace('/', "-")
                }
                None => String::new(),
            };
        self.made(task, &name, deployed, holes)
    }

    fn condition(&self, task: &Task) -> Result<bool, Gap> {
        let value = match get(&task.definition, "condition") {
            None => return Ok(true),
            Some(Value::String(text)) => task.scope.text(text, &task.around)?,
            Some(other) => other.clone(),
        };
        as_bool(&value).ok_or_else(|| Gap::Unknown(format!("{value} is neither true nor false")))
    }

    fn open_loop(&mut self, task: &Task, each: &Value) -> Step {
        let count = match task.scope.count(each, &task.around) {
            Ok(count) => count,
            Err(Gap::Waiting(_)) => return Step::Waits,
            Err(Gap::Unknown(why)) => {
                let name = get_text(&task.definition, "name").unwrap_or_default();
                let kind = get_text(&task.definition, "type").unwrap_or_default();
                if is_deployment(kind) || kind::is_known(kind) {
                    self.holes
                        .push((name.to_owned(), format!("the loop: {why}")));
                }
                return Step::Done;
            }
        };
        let name = get_text(each, "name").unwrap_or_default();
        for index in 0..count {
            let mut one = Task {
                opened: true,
                ..task.clone()
            };
            one.around.copies.push((name.to_owned(), index));
            self.queue.push(one);
        }
        Step::Done
    }

    fn made(&mut self, task: &Task, name: &str, deployed: bool, mut holes: Holes) -> Step {
        let definition = &task.definition;
        let written = get_text(definition, "type").unwrap_or_default();
        let (kind, full_name) = match &task.parent {
            Some((parent, parent_name)) if !written.contains('.') => (
                format!("{parent}/{written}"),
                format!("{parent_name}/{name}"),
            ),
            _ => (written.to_owned(), name.to_owned()),
        };
        if let Some(why) = too_short(&kind, &full_name) {
            self.holes.push((full_name, why));
            return Step::Done;
        }
        let own_id = resource_id(&task.scope, definition, &task.around, &kind, &full_name);
        if let Some(symbol) = &task.symbol {
            let mut symbols = task.scope.symbols.borrow_mut();
            let ids = symbols.entry(symbol.clone()).or_default();
            if !ids.contains(&own_id) {
                ids.push(own_id.clone());
            }
        }
        if !deployed {
            task.scope.world.registry.borrow_mut().leave_out(&own_id);
            self.leave_out(&kind, &full_name);
            return Step::Done;
        }
        if get(definition, "existing").and_then(as_bool) == Some(true) {
            return Step::Done;
        }
        if kind.eq_ignore_ascii_case("Microsoft.Resources/deployments") {
            return self.nested(task, &own_id, name);
        }
        if kind::is_known(&kind) {
            match evaluated(task, &kind, &own_id, &full_name, &mut holes) {
                Ok(resource) => task.scope.world.registry.borrow_mut().add(resource),
                Err(_) => return Step::Waits,
            }
            let of = |path: &str| format!("{full_name}: {path}");
            self.holes.extend(
                holes
                    .0
                    .into_iter()
                    .filter(|(path, _)| matters(path))
                    .map(|(path, why)| (of(&path), why)),
            );
        } else {
            let count = self.skipped.entry(kind.to_ascii_lowercase()).or_default();
            *count = count.saturating_add(1);
        }
        self.queue.extend(tasks(
            &task.scope,
            &task.around,
            definition,
            Some((kind, full_name)),
        ));
        Step::Done
    }

    fn leave_out(&mut self, kind: &str, name: &str) {
        if is_deployment(kind) || kind::is_known(kind) {
            let message = format!("{kind} is not deployed: its condition is false");
            self.notes.push((Verdict::Note, name.to_owned(), message));
        }
    }

    /// A deployment inside a template.
    fn nested(&mut self, task: &Task, own_id: &str, name: &str) -> Step {
        let Some(properties) = get(&task.definition, "properties") else {
            return Step::Done;
        };
        let own = task.scope.world.parts.template(&task.definition);
        let is_linked = own.is_none();
        let Some(template) = own.or_else(|| self.linked(task, properties)) else {
            let link = get(properties, "templateLink")
                .map(Value::to_string)
                .unwrap_or_default();
            self.holes.push((
                name.to_owned(),
                format!("a linked template stands elsewhere: {link}; add that file, too"),
            ));
            return Step::Done;
        };
        let inner = is_linked
            || get(properties, "expressionEvaluationOptions")
                .and_then(|options| get_text(options, "scope"))
                .is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
        let template = if inner && task.scope.borrowed {
            Rc::new(once_unescaped(&template))
        } else {
            template
        };
        let Ok(given) = given_to(task, properties) else {
            return Step::Waits;
        };
        let text = |key: &str| {
            get_text(&task.definition, key)
                .and_then(|text| task.scope.text(text, &task.around).ok())
                .map(|node| text_of(&node))
        };
        let outer = &task.scope;
        let scope = Rc::new(Scope {
            world: Rc::clone(&outer.world),
            template: if inner {
                Rc::clone(&template)
            } else {
                Rc::clone(&outer.template)
            },
            given: if inner { given } else { outer.given.clone() },
            subscription: text("subscriptionId").unwrap_or_else(|| outer.subscription.clone()),
            group: text("resourceGroup").unwrap_or_else(|| outer.group.clone()),
            deployment: name.to_owned(),
            borrowed: !inner,
            symbols: RefCell::default(),
            cache: RefCell::default(),
        });
        let around = if inner {
            Around::default()
        } else {
            task.around.clone()
        };
        let outputs = get(&template, "outputs")
            .cloned()
            .unwrap_or_else(value::null);
        let deployment = Deployment {
            scope: Rc::clone(&scope),
            outputs,
        };
        outer
            .world
            .deployments
            .borrow_mut()
            .insert(id::key(own_id), deployment);
        self.queue.extend(tasks(&scope, &around, &template, None));
        Step::Done
    }
}

impl Run {
    /// The file that a deployment links to, where it was given, too.
    fn linked(&self, task: &Task, properties: &Value) -> Option<Rc<Value>> {
        let link = get(properties, "templateLink")?;
        let text = get_text(link, "uri").or_else(|| get_text(link, "relativePath"))?;
        let evaluated = task.scope.text(text, &task.around).ok();
        let found = evaluated.and_then(|node| self.files.get(&text_of(&node)));
        // The last file that the expression names, where it has no value.
        found.or_else(|| {
            let mut quoted = text.rsplit('\'').filter(|part| part.ends_with(".json"));
            self.files.get(quoted.next()?)
        })
    }
}

/// What is wrong with the name of a resource inside another one: it has a part for each part of its type.
fn too_short(kind: &str, name: &str) -> Option<String> {
    let parts = kind.split('/').skip(1).count();
    let known = kind::is_known(kind) && !name.is_empty();
    (known && name.split('/').count() < parts).then(|| {
        format!("the name of a {kind} has {parts} parts with `/` between them; this resource is left out")
    })
}

/// The values that an outer template gives to an inner one; those that are unknown are left to their defaults.
fn given_to(task: &Task, properties: &Value) -> Result<HashMap<String, Value>, Gap> {
    let mut given = HashMap::new();
    let Some(parameters) = get(properties, "parameters") else {
        return Ok(given);
    };
    let whole = whole_expression(task, parameters)?;
    let members = as_members(whole.as_ref().unwrap_or(parameters));
    for (key, one) in members.into_iter().flatten() {
        let entry = whole_expression(task, one)?;
        let Some(raw) = get(entry.as_ref().unwrap_or(one), "value") else {
            continue;
        };
        let mut holes = Holes::default();
        let value = if entry.is_some() || whole.is_some() {
            raw.clone()
        } else {
            task.scope.value(raw, &task.around, "", &mut holes)?
        };
        let is_hole = !holes.0.is_empty() && value.is_null();
        if !is_hole {
            given.insert(key.to_ascii_lowercase(), value);
        }
    }
    Ok(given)
}

/// What an expression that stands for a whole object gives, as compiled Bicep writes `if(…, createObject('value', …), …)`;
/// nothing where it is no expression or has no value.
fn whole_expression(task: &Task, node: &Value) -> Result<Option<Value>, Gap> {
    let Value::String(text) = node else {
        return Ok(None);
    };
    match task.scope.text(text, &task.around) {
        Ok(value) => Ok(Some(value)),
        Err(Gap::Unknown(_)) => Ok(None),
        Err(waiting) => Err(waiting),
    }
}

/// A template that stands inside one which its outer deployment evaluates: `[[` was written so that only it reads the
/// expression.
fn once_unescaped(node: &Value) -> Value {
    match node {
        Value::String(text) if text.starts_with("[[") => {
            Value::from(text.get(1..).unwrap_or_default())
        }
        Value::Array(items) => Value::Array(items.iter().map(once_unescaped).collect()),
        Value::Object(members) => {
            let inside = members.iter();
            let inside = inside.map(|(key, one)| (key.clone(), once_unescaped(one)));
            Value::Object(inside.collect())
        }
        other => other.clone(),
    }
}

/// The resources of a template, or those inside a resource.
fn tasks(
    scope: &Rc<Scope>,
    around: &Around,
    owner: &Rc<Value>,
    parent: Option<(String, String)>,
) -> Vec<Task> {
    let inside = scope.world.parts.inside(owner);
    let task = |(definition, symbol): &(Rc<Value>, Option<String>)| Task {
        scope: Rc::clone(scope),
        definition: Rc::clone(definition),
        around: around.clone(),
        parent: parent.clone(),
        symbol: symbol.clone(),
        opened: false,
    };
    inside.iter().map(task).collect()
}

fn is_deployment(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("Microsoft.Resources/deployments")
}

fn resource_id(
    scope: &Scope,
    definition: &Value,
    around: &Around,
    kind: &str,
    name: &str,
) -> String {
    let text = |key: &str| {
        get_text(definition, key)
            .and_then(|text| scope.text(text, around).ok())
            .map(|node| text_of(&node))
    };
    let group = text("resourceGroup").unwrap_or_else(|| scope.group.clone());
    let subscription = text("subscriptionId").unwrap_or_else(|| scope.subscription.clone());
    let (provider, types) = kind.split_once('/').unwrap_or((kind, ""));
    let mut id =
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}");
    for (kind, name) in types.split('/').zip(name.split('/')) {
        id.push('/');
        id.push_str(kind);
        id.push('/');
        id.push_str(name);
    }
    id
}

/// A resource with all its values.
fn evaluated(
    task: &Task,
    kind: &str,
    own_id: &str,
    name: &str,
    holes: &mut Holes,
) -> Result<Value, Gap> {
    const OWN: [&str; 9] = [
        "copy",
        "condition",
        "dependsOn",
        "resources",
        "comments",
        "apiVersion",
        "tags",
        "name",
        "type",
    ];
    let mut resource = Value::from_iter([
        ("id", Value::from(own_id)),
        ("type", Value::from(kind)),
        ("name", Value::from(name)),
    ]);
    for (key, raw) in as_members(&task.definition).into_iter().flatten() {
        if !OWN.iter().any(|own| own.eq_ignore_ascii_case(key)) {
            let value = task.scope.value(raw, &task.around, key, holes)?;
            value::set(&mut resource, key, value);
        }
    }
    Ok(resource)
}

/// Whether routing needs what stands at a path.
fn matters(path: &str) -> bool {
    const OTHER: [&str; 8] = [
        "osprofile",
        "storageprofile",
        "diagnosticsprofile",
        "identity",
        "sharedkey",
        "authorizationkey",
        "dnssettings",
        "publicipaddress",
    ];
    let path = path.to_ascii_lowercase();
    !OTHER.iter().any(|other| path.contains(other))
}
