//! Evaluation: what an expression means in one template, with its parameters and variables.
//!
//! The rule: a parameter has the value that a parameter file or the outer template gives, else its default, else a stand-in:
//! a text of its name in angle brackets, which cannot be mistaken for a value. What needs a resource that is not made yet
//! waits; what only Azure could answer is unknown, and its place is listed.
//!
//! | expression | value |
//! |---|---|
//! | `parameters('vnetName')` without value and default | `<vnetName>`, assumed |
//! | `resourceGroup().location` | `westeurope`, assumed |
//! | `subscription().subscriptionId` | zeros |
//! | `reference(…).outputs.x.value` | the output, in the scope of its deployment |
//! | `listKeys(…)` | unknown |
//!
//! Left out: what the functions do, which stands in `functions`.

use super::functions;
use super::parse::{Expression, Written, read};
use super::registry::Registry;
use super::value::{
    as_bool, as_list, as_members, as_number, get, get_text, list, null, number, text_of,
};
use crate::import::id;
use crate::json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gap {
    /// A resource or deployment that is not made yet.
    Waiting(String),
    /// Nobody here knows.
    Unknown(String),
}

pub(super) type Evaluated = Result<Value, Gap>;

fn unknown<T>(why: impl Into<String>) -> Result<T, Gap> {
    Err(Gap::Unknown(why.into()))
}

/// Where a deployment's outputs are evaluated.
#[derive(Debug, Clone)]
pub(super) struct Deployment {
    pub(super) scope: Rc<Scope>,
    pub(super) outputs: Value,
}

/// The resources inside an owner, each with its symbolic name.
type Inside = Rc<Vec<(Rc<Value>, Option<String>)>>;

/// What was found, by the place of its owner, beside the owner.
type ByOwner<T> = RefCell<HashMap<usize, (Rc<Value>, T)>>;

/// What stands inside templates and resources, by the place of their owner in memory: a loop over a large module takes it
/// apart once. Owners are kept, so that a place is never another's.
#[derive(Debug, Default)]
pub(super) struct Parts {
    inside: ByOwner<Inside>,
    templates: ByOwner<Rc<Value>>,
}

impl Parts {
    /// The resources of a template, or those inside a resource.
    pub(super) fn inside(&self, owner: &Rc<Value>) -> Inside {
        let place = Rc::as_ptr(owner).addr();
        if let Some((_, known)) = self.inside.borrow().get(&place) {
            return Rc::clone(known);
        }
        let found = match get(owner, "resources") {
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| (Rc::new(item.clone()), None))
                .collect(),
            Some(Value::Object(members)) => members
                .iter()
                .map(|(key, one)| (Rc::new(one.clone()), Some(key.clone())))
                .collect(),
            _ => Vec::new(),
        };
        let found = Rc::new(found);
        let kept = (Rc::clone(owner), Rc::clone(&found));
        self.inside.borrow_mut().insert(place, kept);
        found
    }

    /// The template inside a deployment.
    pub(super) fn template(&self, deployment: &Rc<Value>) -> Option<Rc<Value>> {
        let place = Rc::as_ptr(deployment).addr();
        if let Some((_, known)) = self.templates.borrow().get(&place) {
            return Some(Rc::clone(known));
        }
        let template = get(get(deployment, "properties")?, "template")?;
        as_members(template)?;
        let template = Rc::new(template.clone());
        let kept = (Rc::clone(deployment), Rc::clone(&template));
        self.templates.borrow_mut().insert(place, kept);
        Some(template)
    }
}

/// What all templates of an import share.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) registry: RefCell<Registry>,
    pub(super) deployments: RefCell<HashMap<String, Deployment>>,
    /// Nothing waits any more: what is not made is unknown.
    pub(super) last: std::cell::Cell<bool>,
    /// How many expressions were evaluated.
    pub(super) steps: std::cell::Cell<u64>,
    /// Parts of templates, taken apart once.
    pub(super) parts: Rc<Parts>,
    /// What was taken for granted.
    pub(super) assumed: RefCell<BTreeSet<String>>,
}

/// One template with its values.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) world: Rc<World>,
    pub(super) template: Rc<Value>,
    /// Values that were given, by name in lower case.
    pub(super) given: HashMap<String, Value>,
    pub(super) subscription: String,
    pub(super) group: String,
    pub(super) deployment: String,
    /// Whether its deployment has no scope of its own and is evaluated in the outer one.
    pub(super) borrowed: bool,
    /// Ids by symbolic name.
    pub(super) symbols: RefCell<HashMap<String, Vec<String>>>,
    pub(super) cache: RefCell<HashMap<String, Evaluated>>,
}

/// Loops and lambdas around an expression, the innermost last.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub(super) copies: Vec<(String, i64)>,
    lambdas: Vec<(String, Value)>,
    depth: u8,
}

/// Where a value stands that has none, and why.
#[derive(Debug, Default)]
pub(super) struct Holes(pub(super) Vec<(String, String)>);

/// The region that stands for the one that a deployment would have.
pub(super) const REGION: &str = "westeurope";

const DEEPEST: u8 = 120;

/// No template that Azure deploys needs so many, by far.
const MOST_STEPS: u64 = 5_000_000;

impl Scope {
    /// The value of everything below a node. What is unknown becomes nothing and is noted; what waits stops it.
    pub(super) fn value(
        &self,
        node: &Value,
        around: &Around,
        path: &str,
        holes: &mut Holes,
    ) -> Evaluated {
        match node {
            Value::String(text) => match self.text(text, around) {
                Err(Gap::Unknown(why)) => {
                    holes.0.push((path.to_owned(), why));
                    Ok(null())
                }
                other => other.map(|value| without_stand_ins(value, path, holes)),
            },
            Value::Array(items) => {
                let mut all = Vec::with_capacity(items.len());
                for (position, item) in items.iter().enumerate() {
                    all.push(self.value(item, around, &format!("{path}[{position}]"), holes)?);
                }
                Ok(list(all))
            }
            Value::Object(members) => self.object(members, around, path, holes),
            _ => Ok(node.clone()),
        }
    }

    fn object(
        &self,
        members: &Map<String, Value>,
        around: &Around,
        path: &str,
        holes: &mut Holes,
    ) -> Evaluated {
        let mut all = Map::with_capacity(members.len());
        for (key, value) in members {
            if let (true, Some(loops)) = (key.eq_ignore_ascii_case("copy"), as_list(value)) {
                for each in loops {
                    let Some(name) = get_text(each, "name") else {
                        continue;
                    };
                    let items = self.copied(each, name, around, path, holes)?;
                    all.insert(name.to_owned(), items);
                }
                continue;
            }
            let key = self
                .text(key, around)
                .map_or_else(|_| key.clone(), |key| text_of(&key));
            let below = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            all.insert(key, self.value(value, around, &below, holes)?);
        }
        Ok(Value::Object(all))
    }

    /// A loop over a property or a variable.
    fn copied(
        &self,
        each: &Value,
        name: &str,
        around: &Around,
        path: &str,
        holes: &mut Holes,
    ) -> Evaluated {
        let count = self.count(each, around)?;
        let Some(input) = get(each, "input") else {
            return Ok(list(Vec::new()));
        };
        let mut items = Vec::new();
        for index in 0..count {
            let mut inner = around.clone();
            inner.copies.push((name.to_owned(), index));
            items.push(self.value(input, &inner, &format!("{path}.{name}[{index}]"), holes)?);
        }
        Ok(list(items))
    }

    /// How often a loop runs.
    pub(super) fn count(&self, each: &Value, around: &Around) -> Result<i64, Gap> {
        /// Azure's own bound on copies: <https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources>.
        const MOST: i64 = 800;
        let count = get(each, "count").cloned().unwrap_or_else(|| number(0));
        let count = match count {
            Value::String(text) => self.text(&text, around)?,
            _ => count,
        };
        match as_number(&count) {
            Some(count) if (0..=MOST).contains(&count) => Ok(count),
            Some(count) => unknown(format!("a loop of {count}; 800 at most")),
            None => unknown(format!("the count of a loop is {count}")),
        }
    }

    /// The value of a text.
    pub(super) fn text(&self, text: &str, around: &Around) -> Evaluated {
        match read(text) {
            Ok(Written::Plain(text)) => Ok(Value::from(text.as_str())),
            Ok(Written::Expression(expression)) => self.evaluate(&expression, around),
            Err(why) => unknown(why),
        }
    }

    fn evaluate(&self, expression: &Expression, around: &Around) -> Evaluated {
        let mut around = around.clone();
        around.depth = around.depth.saturating_add(1);
        if around.depth > DEEPEST {
            return unknown("the expression goes too deep, perhaps in a circle");
        }
        let steps = self.world.steps.get().saturating_add(1);
        self.world.steps.set(steps);
        if steps > MOST_STEPS {
            return unknown("the template has more expressions than are evaluated");
        }
        match expression {
            Expression::Text(text) => Ok(Value::from(text.as_str())),
            Expression::Number(value) => Ok(number(*value)),
            Expression::Call(name, arguments) => self.call(name, arguments, &around, &[]),
            Expression::Member(..) | Expression::Index(..) => self.chain(expression, &around),
        }
    }

    /// `a.b[0].c`: members and items one after another.
    fn chain(&self, expression: &Expression, around: &Around) -> Evaluated {
        let mut steps = Vec::new();
        let mut base = expression;
        loop {
            match base {
                Expression::Member(inner, name) => {
                    steps.push(Value::from(name.as_str()));
                    base = inner;
                }
                Expression::Index(inner, index) => {
                    steps.push(self.evaluate(index, around)?);
                    base = inner;
                }
                _ => break,
            }
        }
        steps.reverse();
        match base {
            Expression::Call(name, arguments) => self.call(name, arguments, around, &steps),
            other => follow(self.evaluate(other, around)?, &steps),
        }
    }

    fn call(
        &self,
        name: &str,
        arguments: &[Expression],
        around: &Around,
        steps: &[Value],
    ) -> Evaluated {
        let lower = name.to_ascii_lowercase();
        let value = match lower.as_str() {
            "reference" => return self.reference(arguments, around, steps),
            "if" => self.choose(arguments, around),
            "and" | "or" => self.both(&lower, arguments, around),
            "parameters" => self.parameter(&self.first_text(arguments, around)?, around),
            "variables" => self.variable(&self.first_text(arguments, around)?, around),
            "copyindex" => self.copy_index(arguments, around),
            "lambdavariables" => self.lambda_variable(&self.first_text(arguments, around)?, around),
            "lambda" => unknown("a lambda stands alone"),
            "map" | "filter" | "reduce" | "sort" | "toobject" | "mapvalues" | "groupby" => {
                self.with_lambda(&lower, arguments, around)
            }
            "references" => self.references(arguments, around),
            "tryget" | "coalesce" | "contains" | "empty" => {
                self.pure_or_null(name, arguments, around)
            }
            _ => self.ordinary(name, &lower, arguments, around),
        };
        follow(value?, steps)
    }

    fn first_text(&self, arguments: &[Expression], around: &Around) -> Result<String, Gap> {
        match arguments.first() {
            Some(expression) => self.evaluate(expression, around).map(|node| text_of(&node)),
            None => unknown("a name is missing"),
        }
    }

    fn all(&self, arguments: &[Expression], around: &Around) -> Result<Vec<Value>, Gap> {
        arguments
            .iter()
            .map(|argument| self.evaluate(argument, around))
            .collect()
    }

    /// These may be asked about what is not there.
    fn pure_or_null(&self, name: &str, arguments: &[Expression], around: &Around) -> Evaluated {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(match self.evaluate(argument, around) {
                Err(Gap::Unknown(why)) if !why.contains(NO_MEMBER) => {
                    return Err(Gap::Unknown(why));
                }
                Err(Gap::Unknown(_)) => null(),
                other => other?,
            });
        }
        functions::call(name, &values)
            .map_or_else(|| unknown(name), |answer| answer.map_err(Gap::Unknown))
    }

    fn ordinary(
        &self,
        name: &str,
        lower: &str,
        arguments: &[Expression],
        around: &Around,
    ) -> Evaluated {
        let values = self.all(arguments, around)?;
        if let Some(answer) = functions::call(name, &values) {
            return answer.map_err(Gap::Unknown);
        }
        if let Some(answer) = self.place(lower, &values) {
            return answer;
        }
        match self.own_function(name, &values, around) {
            Some(answer) => answer,
            None if lower.starts_with("list") => unknown(format!("{name} asks Azure")),
            None => unknown(format!("the function {name} has no value here")),
        }
    }

    fn choose(&self, arguments: &[Expression], around: &Around) -> Evaluated {
        let [condition, yes, no] = arguments else {
            return unknown("`if` has three arguments");
        };
        let value = self.evaluate(condition, around)?;
        match as_bool(&value) {
            Some(true) => self.evaluate(yes, around),
            Some(false) => self.evaluate(no, around),
            None => unknown(format!("{value} is neither true nor false")),
        }
    }

    /// `and` stops at the first false, `or` at the first true; an unknown before it does not matter.
    fn both(&self, name: &str, arguments: &[Expression], around: &Around) -> Evaluated {
        let decides = name == "or";
        let mut gap = None;
        for argument in arguments {
            match self.evaluate(argument, around) {
                Ok(value) if as_bool(&value) == Some(decides) => return Ok(decides.into()),
                Ok(_) => {}
                Err(why) => gap = Some(why),
            }
        }
        gap.map_or_else(|| Ok((!decides).into()), Err)
    }

    /// A value that is found once for a template.
    fn cached(&self, key: String, find: impl FnOnce() -> Evaluated) -> Evaluated {
        if let Some(known) = self.cache.borrow().get(&key) {
            return known.clone();
        }
        let circle = unknown(format!("{key} depends on itself"));
        self.cache.borrow_mut().insert(key.clone(), circle);
        let value = find();
        if matches!(value, Err(Gap::Waiting(_))) {
            self.cache.borrow_mut().remove(&key);
        } else {
            self.cache.borrow_mut().insert(key, value.clone());
        }
        value
    }

    fn parameter(&self, name: &str, around: &Around) -> Evaluated {
        // A function of one's own has parameters of its own.
        if let Some((_, value)) = around
            .lambdas
            .iter()
            .rev()
            .find(|(known, _)| known.eq_ignore_ascii_case(&format!("parameter {name}")))
        {
            return Ok(value.clone());
        }
        let lower = name.to_ascii_lowercase();
        if let Some(given) = self.given.get(&lower) {
            return Ok(given.clone());
        }
        self.cached(format!("the parameter {name}"), || {
            let declared = get(&self.template, "parameters").and_then(|all| get(all, name));
            let Some(declared) = declared else {
                return unknown(format!("no parameter is named {name:?}"));
            };
            match get(declared, "defaultValue") {
                Some(default) => self.whole(default),
                None => self.stand_in(name, declared),
            }
        })
    }

    /// A value of which no part may be missing.
    fn whole(&self, node: &Value) -> Evaluated {
        let mut holes = Holes::default();
        let value = self.value(node, &Around::default(), "", &mut holes)?;
        match holes.0.into_iter().next() {
            Some((_, why)) if !(value.is_array() || value.is_object()) => unknown(why),
            _ => Ok(value),
        }
    }

    /// What a parameter's `$ref` among the definitions says; none where it has none.
    fn defined(&self, declared: &Value) -> Option<&Value> {
        let name = get_text(declared, "$ref")?.strip_prefix("#/definitions/")?;
        get(get(&self.template, "definitions")?, name)
    }

    fn stand_in(&self, name: &str, declared: &Value) -> Evaluated {
        let defined = self.defined(declared).unwrap_or(declared);
        let says = |key: &str| get(declared, key).or_else(|| get(defined, key));
        let kind = says("type")
            .map(text_of)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let allowed = says("allowedValues").and_then(as_list).unwrap_or_default();
        if let [only] = allowed {
            return Ok(only.clone());
        }
        if says("nullable").and_then(as_bool) == Some(true) {
            return Ok(null());
        }
        let lower = name.to_ascii_lowercase();
        match kind.as_str() {
            "string" if lower.contains("location") || lower.contains("region") => {
                self.assume(format!(
                    "the parameter {name} has no value: {REGION} stands for it"
                ));
                Ok(Value::from(REGION))
            }
            "string" => {
                self.assume(format!(
                    "the parameter {name} has no value: <{name}> stands for it"
                ));
                Ok(Value::from(format!("<{name}>").as_str()))
            }
            "securestring" => Ok(Value::from(format!("<{name}>").as_str())),
            _ => unknown(format!("the parameter {name} has no value")),
        }
    }

    fn assume(&self, what: String) {
        self.world.assumed.borrow_mut().insert(what);
    }

    fn variable(&self, name: &str, around: &Around) -> Evaluated {
        let Some(all) = get(&self.template, "variables") else {
            return unknown(format!("no variable is named {name:?}"));
        };
        if let Some(raw) = get(all, name) {
            return self.cached(format!("the variable {name}"), || self.whole(raw));
        }
        let loops = get(all, "copy").and_then(as_list).unwrap_or_default();
        let named = |each: &&Value| {
            get_text(each, "name").is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        match loops.iter().find(named) {
            Some(each) => self.copied(each, name, around, "", &mut Holes::default()),
            None => unknown(format!("no variable is named {name:?}")),
        }
    }

    fn copy_index(&self, arguments: &[Expression], around: &Around) -> Evaluated {
        let values = self.all(arguments, around)?;
        let named = values
            .first()
            .filter(|value| value.is_string())
            .map(text_of);
        let offset = values
            .iter()
            .find(|value| value.is_number())
            .and_then(as_number)
            .unwrap_or(0);
        let found = match &named {
            Some(name) => around
                .copies
                .iter()
                .rev()
                .find(|(known, _)| known.eq_ignore_ascii_case(name)),
            None => around.copies.last(),
        };
        found.map_or_else(
            || unknown("copyIndex() outside of a loop"),
            |(_, index)| Ok(number(index.saturating_add(offset))),
        )
    }

    fn lambda_variable(&self, name: &str, around: &Around) -> Evaluated {
        let found = around
            .lambdas
            .iter()
            .rev()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or_else(
            || unknown(format!("no lambda has {name:?}")),
            |(_, value)| Ok(value.clone()),
        )
    }

    /// Applies a lambda to values.
    fn apply(&self, lambda: &Expression, values: &[Value], around: &Around) -> Evaluated {
        let Expression::Call(_, parts) = lambda else {
            return unknown("expected a lambda");
        };
        let Some((body, names)) = parts.split_last() else {
            return unknown("a lambda without a body");
        };
        let mut inner = around.clone();
        for (name, value) in names.iter().zip(values) {
            let name = text_of(&self.evaluate(name, around)?);
            inner.lambdas.push((name, value.clone()));
        }
        self.evaluate(body, &inner)
    }

    fn with_lambda(&self, name: &str, arguments: &[Expression], around: &Around) -> Evaluated {
        let Some((source, lambdas)) = arguments.split_first() else {
            return unknown("an argument is missing");
        };
        let source = self.evaluate(source, around)?;
        let Some(lambda) = lambdas.iter().find(
            |one| matches!(one, Expression::Call(name, _) if name.eq_ignore_ascii_case("lambda")),
        ) else {
            return unknown(format!("{name} needs a lambda"));
        };
        let items = as_list(&source).unwrap_or_default();
        match name {
            "map" => {
                let each = |(index, item): (usize, &Value)| {
                    self.apply(lambda, &[item.clone(), index_node(index)], around)
                };
                items
                    .iter()
                    .enumerate()
                    .map(each)
                    .collect::<Result<_, _>>()
                    .map(list)
            }
            "filter" => {
                let mut kept = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    if as_bool(&self.apply(lambda, &[item.clone(), index_node(index)], around)?)
                        == Some(true)
                    {
                        kept.push(item.clone());
                    }
                }
                Ok(list(kept))
            }
            "reduce" => {
                let start = lambdas
                    .first()
                    .map(|start| self.evaluate(start, around))
                    .transpose()?
                    .unwrap_or_else(null);
                items.iter().try_fold(start, |value, item| {
                    self.apply(lambda, &[value, item.clone()], around)
                })
            }
            "toobject" => self.to_object(items, lambdas, around),
            "mapvalues" => {
                let mut all = Map::new();
                for (key, value) in as_members(&source).into_iter().flatten() {
                    let value = self.apply(lambda, std::slice::from_ref(value), around)?;
                    all.insert(key.clone(), value);
                }
                Ok(Value::Object(all))
            }
            "sort" => self.sorted(items, lambda, around),
            _ => unknown(format!("the function {name} has no value here")),
        }
    }

    fn to_object(&self, items: &[Value], lambdas: &[Expression], around: &Around) -> Evaluated {
        let mut all = Map::new();
        let [key, rest @ ..] = lambdas else {
            return unknown("toObject needs a lambda");
        };
        for item in items {
            let name = text_of(&self.apply(key, std::slice::from_ref(item), around)?);
            let value = match rest.first() {
                Some(value) => self.apply(value, std::slice::from_ref(item), around)?,
                None => item.clone(),
            };
            all.insert(name, value);
        }
        Ok(Value::Object(all))
    }

    /// Sorts by insertion: the lambda says whether the first comes before the second.
    fn sorted(&self, items: &[Value], lambda: &Expression, around: &Around) -> Evaluated {
        let mut sorted: Vec<Value> = Vec::with_capacity(items.len());
        for item in items {
            let mut at = sorted.len();
            for (position, other) in sorted.iter().enumerate() {
                if as_bool(&self.apply(lambda, &[item.clone(), other.clone()], around)?)
                    == Some(true)
                {
                    at = position;
                    break;
                }
            }
            sorted.insert(at, item.clone());
        }
        Ok(list(sorted))
    }

    /// A function that the template defines itself.
    fn own_function(&self, name: &str, values: &[Value], around: &Around) -> Option<Evaluated> {
        let (namespace, short) = name.split_once('.')?;
        let spaces = as_list(get(&self.template, "functions")?)?;
        let space = spaces.iter().find(|space| {
            get_text(space, "namespace").is_some_and(|own| own.eq_ignore_ascii_case(namespace))
        })?;
        let function = get(get(space, "members")?, short)?;
        let parameters = get(function, "parameters")
            .and_then(as_list)
            .unwrap_or_default();
        let mut inner = around.clone();
        for (parameter, value) in parameters.iter().zip(values) {
            let name = get_text(parameter, "name").unwrap_or_default();
            inner
                .lambdas
                .push((format!("parameter {name}"), value.clone()));
        }
        let output = get(get(function, "output")?, "value")?;
        Some(self.value(output, &inner, "", &mut Holes::default()))
    }

    /// Functions that say where a deployment runs.
    fn place(&self, name: &str, values: &[Value]) -> Option<Evaluated> {
        let group_id = || {
            format!(
                "/subscriptions/{}/resourceGroups/{}",
                self.subscription, self.group
            )
        };
        let texts: Vec<String> = values.iter().map(text_of).collect();
        let text = |text: &str| Value::from(text);
        Some(Ok(match name {
            "resourceid" => text(&self.resource_id(&texts)?),
            "subscriptionresourceid" | "tenantresourceid" | "managementgroupresourceid" => {
                let prefix = if name.starts_with('s') {
                    format!("/subscriptions/{}", self.subscription)
                } else {
                    String::new()
                };
                text(&format!(
                    "{prefix}/providers/{}",
                    typed(texts.iter().skip_while(|part| !part.contains('/')))?
                ))
            }
            "extensionresourceid" => {
                let (base, rest) = texts.split_first()?;
                text(&format!("{base}/providers/{}", typed(rest.iter())?))
            }
            "resourcegroup" => {
                self.assume(format!("resourceGroup().location is {REGION}"));
                Value::from_iter([
                    ("id", text(&group_id())),
                    ("name", text(&self.group)),
                    ("location", text(REGION)),
                    ("tags", Value::Object(Map::new())),
                ])
            }
            "subscription" => Value::from_iter([
                ("id", text(&format!("/subscriptions/{}", self.subscription))),
                ("subscriptionId", text(&self.subscription)),
                ("tenantId", text(ZEROS)),
                ("displayName", text("subscription")),
            ]),
            "tenant" | "managementgroup" => Value::from_iter([
                ("tenantId", text(ZEROS)),
                ("id", text("/")),
                ("name", text("tenant")),
                ("displayName", text("tenant")),
            ]),
            "deployment" => {
                let link = Value::from_iter([("uri", text(ITSELF))]);
                let properties = Value::from_iter([("templateLink", link)]);
                Value::from_iter([
                    ("name", text(&self.deployment)),
                    ("location", text(REGION)),
                    ("properties", properties),
                ])
            }
            "deployer" => Value::from_iter([("objectId", text(ZEROS)), ("tenantId", text(ZEROS))]),
            "environment" => environment(),
            "utcnow" => text("2000-01-01T00:00:00Z"),
            "resourceinfo" => {
                let id = self.symbol(texts.first()?)?;
                Value::from_iter([
                    ("id", text(&id)),
                    ("name", text(id::name_of(&id))),
                    ("type", text(&id::type_of(&id).unwrap_or_default())),
                ])
            }
            _ => return None,
        }))
    }

    fn resource_id(&self, texts: &[String]) -> Option<String> {
        let at = texts
            .iter()
            .position(|part| part.contains('/') && part.contains('.'))?;
        let scope: Vec<&String> = texts
            .get(..at)?
            .iter()
            .filter(|part| !part.is_empty())
            .collect();
        let (subscription, group) = match scope.as_slice() {
            [] => (self.subscription.as_str(), self.group.as_str()),
            [group] => (self.subscription.as_str(), group.as_str()),
            [subscription, group, ..] => (subscription.as_str(), group.as_str()),
        };
        let typed = typed(texts.get(at..)?.iter())?;
        Some(format!(
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/{typed}"
        ))
    }

    /// The id of a resource by its symbolic name; `spokes[2]` is the third of a loop.
    fn symbol(&self, written: &str) -> Option<String> {
        let (name, at) = indexed(written);
        let symbols = self.symbols.borrow();
        let found = symbols
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.and_then(|(_, ids)| ids.get(at).cloned())
    }

    /// Whether a resource of this symbolic name stands in the template.
    fn is_declared(&self, name: &str) -> bool {
        get(&self.template, "resources")
            .is_some_and(|all| as_members(all).is_some() && get(all, indexed(name).0).is_some())
    }

    fn references(&self, arguments: &[Expression], around: &Around) -> Evaluated {
        let name = self.first_text(arguments, around)?;
        let ids = self
            .symbols
            .borrow()
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(&name))
            .map(|(_, ids)| ids.clone());
        let Some(ids) = ids else {
            return self.not_there(&name);
        };
        let registry = self.world.registry.borrow();
        let all = ids.iter().filter_map(|id| {
            registry
                .get(id)
                .and_then(|node| get(node, "properties").cloned())
        });
        Ok(list(all.collect()))
    }

    fn not_there<T>(&self, what: &str) -> Result<T, Gap> {
        if self.world.last.get() {
            unknown(format!("{what:?} stands in no template"))
        } else {
            Err(Gap::Waiting(what.to_owned()))
        }
    }

    /// What Azure would answer of a resource or deployment.
    fn reference(&self, arguments: &[Expression], around: &Around, steps: &[Value]) -> Evaluated {
        let values = self.all(arguments, around)?;
        let wanted = values.first().map(text_of).unwrap_or_default();
        let full = values
            .get(2)
            .is_some_and(|value| text_of(value).eq_ignore_ascii_case("full"));
        let id = self.symbol(&wanted).unwrap_or_else(|| wanted.clone());
        if self.is_declared(&wanted) && self.symbol(&wanted).is_none() {
            return self.not_there(&wanted);
        }
        if let Some(deployment) = self.deployment_of(&id) {
            return self.output(&deployment, steps, full);
        }
        let properties = {
            let registry = self.world.registry.borrow();
            if registry.is_absent(&id) {
                return unknown(format!(
                    "{:?} is not deployed: its condition is false",
                    id::name_of(&id)
                ));
            }
            let found = registry.get(&id).or_else(|| registry.named(&id));
            found.map(|node| {
                (
                    get_text(node, "id").unwrap_or_default().to_owned(),
                    if full {
                        node.clone()
                    } else {
                        get(node, "properties").cloned().unwrap_or_else(null)
                    },
                )
            })
        };
        let Some((id, value)) = properties else {
            return self.not_there(&wanted);
        };
        let asked = steps.last().map(text_of).unwrap_or_default();
        match follow(value, steps) {
            Err(_) | Ok(Value::Null) if asked.eq_ignore_ascii_case("privateIPAddress") => {
                self.given_address(&id, steps, full)
            }
            other => other,
        }
    }

    /// The address that Azure would give by itself.
    fn given_address(&self, id: &str, steps: &[Value], full: bool) -> Evaluated {
        let given = self.world.registry.borrow_mut().give_addresses(id);
        if given {
            self.assume(format!(
                "the address of {} is the first of its subnet",
                id::name_of(id)
            ));
        }
        let registry = self.world.registry.borrow();
        let node = registry.get(id).cloned().unwrap_or_else(null);
        let value = if full {
            node
        } else {
            get(&node, "properties").cloned().unwrap_or_else(null)
        };
        follow(value, steps).map_err(|_| {
            Gap::Unknown(format!(
                "the address of {:?}, which Azure gives when it is deployed",
                id::name_of(id)
            ))
        })
    }

    fn deployment_of(&self, id: &str) -> Option<Deployment> {
        let deployments = self.world.deployments.borrow();
        if let Some(exact) = deployments.get(&id::key(id)) {
            return Some(exact.clone());
        }
        // One of a subscription or management group has no resource group in its id, and a name alone has no id.
        let is_one = !id.contains('/')
            || id::type_of(id).is_some_and(|kind| kind == "microsoft.resources/deployments");
        let name = id::name_of(id);
        let named = deployments
            .iter()
            .filter(|(known, _)| is_one && id::name_of(known).eq_ignore_ascii_case(name));
        named
            .min_by_key(|(known, _)| *known)
            .map(|(_, one)| one.clone())
    }

    /// `outputs.x.value…` of a deployment, in its own scope.
    fn output(&self, deployment: &Deployment, steps: &[Value], full: bool) -> Evaluated {
        let steps = if full {
            steps.get(1..).unwrap_or_default()
        } else {
            steps
        };
        let [outputs, name, rest @ ..] = steps else {
            return unknown("a deployment's state");
        };
        if !text_of(outputs).eq_ignore_ascii_case("outputs") {
            return unknown("a deployment's state");
        }
        let name = text_of(name);
        let Some(output) = get(&deployment.outputs, &name) else {
            return unknown(format!("{NO_MEMBER} {name:?} among the outputs"));
        };
        let rest = match rest.split_first() {
            Some((first, rest)) if text_of(first).eq_ignore_ascii_case("value") => rest,
            _ => rest,
        };
        let value = match (get(output, "value"), get(output, "copy")) {
            (Some(raw), _) => deployment.scope.whole_or_gap(raw)?,
            (None, Some(each)) => deployment.scope.copied(
                each,
                "output",
                &Around::default(),
                "",
                &mut Holes::default(),
            )?,
            (None, None) => null(),
        };
        follow(value, rest)
    }

    fn whole_or_gap(&self, raw: &Value) -> Evaluated {
        match raw {
            Value::String(text) => self.text(text, &Around::default()),
            _ => self.whole(raw),
        }
    }
}

/// Where a template says that it stands itself; only the last part of what is linked from there matters.
const ITSELF: &str = "https://template/azuredeploy.json";

const ZEROS: &str = "00000000-0000-0000-0000-000000000000";

/// How every message of a member that is not there begins.
const NO_MEMBER: &str = "nothing is named";

fn index_node(index: usize) -> Value {
    number(i64::try_from(index).unwrap_or(i64::MAX))
}

fn follow(value: Value, steps: &[Value]) -> Evaluated {
    steps
        .iter()
        .try_fold(value, |value, key| match functions::step(&value, key) {
            Some(next) => Ok(next),
            None => unknown(format!("{NO_MEMBER} {:?} there", text_of(key))),
        })
}

/// `spokes[2]` is `spokes` and 2; a name alone is the first.
fn indexed(name: &str) -> (&str, usize) {
    let inside = name.strip_suffix(']').and_then(|rest| rest.split_once('['));
    match inside.map(|(name, at)| (name, at.parse())) {
        Some((name, Ok(at))) => (name, at),
        _ => (name, 0),
    }
}

/// `a/b/c` of a type and `x`, `y` of names is `a/b/x/c/y`.
fn typed<'t>(parts: impl Iterator<Item = &'t String>) -> Option<String> {
    let mut parts = parts;
    let kind = parts.next()?;
    let names = parts.flat_map(|part| part.split('/')).collect::<Vec<_>>();
    let (provider, types) = kind.split_once('/')?;
    let mut id = provider.to_owned();
    for (position, kind) in types.split('/').enumerate() {
        id.push('/');
        id.push_str(kind);
        if let Some(name) = names.get(position) {
            id.push('/');
            id.push_str(name);
        }
    }
    Some(id)
}

fn environment() -> Value {
    let suffixes = Value::from_iter([
        ("storage", Value::from("core.windows.net")),
        ("keyvaultDns", Value::from(".vault.azure.net")),
        ("sqlServerHostname", Value::from(".database.windows.net")),
    ]);
    Value::from_iter([
        ("name", Value::from("AzureCloud")),
        (
            "resourceManager",
            Value::from("https://management.azure.com/"),
        ),
        ("suffixes", suffixes),
    ])
}

/// An address that a stand-in is part of is no address: its place is noted.
fn without_stand_ins(value: Value, path: &str, holes: &mut Holes) -> Value {
    const ADDRESSES: [&str; 5] = [
        "addressprefix",
        "addressprefixes",
        "nexthopipaddress",
        "privateipaddress",
        "peerip",
    ];
    let last = path.rsplit('.').next().unwrap_or_default();
    let last = last
        .split('[')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let text = text_of(&value);
    if ADDRESSES.contains(&last.as_str()) && text.contains('<') {
        holes
            .0
            .push((path.to_owned(), format!("{text} has no value")));
        return null();
    }
    value
}
