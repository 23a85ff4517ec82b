//! The form of one object: its members as fields, with what is wrong said at the field that it is about.
//!
//! The rule: fields come from the description of the kind alone. A member that means nothing beside its siblings is
//! left out unless something stands in it. An issue is said at the deepest field that its subject names, else at the
//! head of the form. A list longer than a page shows one page.
//!
//! | issue at | said at |
//! |---|---|
//! | `vnets[spoke1].subnets[app].prefix` | the range of that subnet |
//! | `vnets[spoke1]`, `peerings[3] hub -> spoke1` | the head of the form |
//!
//! Left out: what to do about it, which the findings offer.

use super::Tone;
use crate::form::{self, Kind, Place, Shape, Slot, Table};
use crate::state::{Draft, State, subnets_of};
use crate::text;
use interspoke_core::issue::{Issue, Severity};
use interspoke_core::json::{Map, Value};
use interspoke_core::region;
use interspoke_core::spec::NetworkSpec;

/// A list of a form longer than this is shown page by page.
pub const ROWS: usize = 20;
/// Names beyond this are searched, not listed.
const LISTED: usize = 60;
/// Suggestions under a field.
const SUGGESTED: usize = 20;

/// What is wrong, said beside a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How bad.
    pub tone: Tone,
    /// Azure's code where there is one.
    pub code: &'static str,
    /// The sentence.
    pub message: String,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// Where its value stands.
    pub place: Place,
    /// Its label.
    pub label: &'static str,
    /// Its name where it stands in a row: `addressPrefix, route 2 of rt`.
    pub name: Option<String>,
    /// What it means.
    pub help: &'static str,
    /// What stands in it, and what was expected.
    pub draft: Draft,
    /// How it is changed.
    pub control: Control,
    /// What the topology says of it.
    pub said: Vec<Said>,
    /// A value that would be right, to be taken over.
    pub offer: Option<String>,
}

/// How a field is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// A line of text, with what may be meant, each with its word.
    Text(Vec<(String, String)>),
    /// Several values in some lines of text.
    Lines(usize),
    /// One of these values, each with its word.
    Choice(Vec<(String, String)>),
    /// On or off.
    Flag(bool),
    /// A record.
    Group(Vec<FieldView>),
    /// A record that may be absent.
    Part(&'static str, Option<Vec<FieldView>>),
    /// A list of records.
    Rows(Rows),
}

/// A list of records: one page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// What one is.
    pub noun: &'static str,
    /// Those of the page.
    pub rows: Vec<Row>,
    /// The first of the page.
    pub from: usize,
    /// All of them.
    pub total: usize,
}

/// One record of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// `route 2 of rt`.
    pub title: String,
    /// Its members.
    pub fields: Vec<FieldView>,
}

/// The form of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The kind.
    pub kind: Kind,
    /// The position.
    pub at: usize,
    /// What it is: `VNet`.
    pub noun: &'static str,
    /// What it is called.
    pub title: String,
    /// What is wrong and belongs to no field.
    pub said: Vec<Said>,
    /// Its members.
    pub fields: Vec<FieldView>,
    /// What would go with it, counted.
    pub goes: Option<String>,
}

/// The form of the object at a position.
#[must_use]
pub(super) fn form_of(state: &State, kind: Kind, at: usize) -> Option<Form> {
    let network = &state.document.network;
    let objects = form::list(network, kind)?;
    let node = objects.node(at)?;
    let title = objects.title(at)?;
    let maker = Maker {
        state,
        network,
        kind,
        at,
        title: &title,
        object: &node,
    };
    let subjects = maker.subjects(objects.name(at));
    let own = state.answers.issues.iter();
    let own: Vec<&Issue> = own
        .filter(|issue| {
            subjects
                .iter()
                .any(|subject| is_at(&issue.subject, subject))
        })
        .collect();
    let place = Place::object(kind, at);
    let issues = Issues {
        own: &own,
        subjects: &subjects,
    };
    let fields = maker.fields(kind.table(), &node, &place, &issues, None);
    let shown: usize = fields.iter().map(said_in).sum();
    let said = if shown < own.len() {
        issues.head(&fields)
    } else {
        Vec::new()
    };
    Some(Form {
        kind,
        at,
        noun: kind.table().noun,
        said,
        fields,
        goes: goes(network, kind, at),
        title,
    })
}

/// What would go with an object. Where the estate is large it is told afterwards only.
fn goes(network: &NetworkSpec, kind: Kind, at: usize) -> Option<String> {
    const MOST: usize = 300;
    if network.vnets.len() > MOST || network.peerings.len() > MOST {
        return None;
    }
    let lost = crate::state::would_go(network, kind, at);
    let said = crate::state::counted(&lost);
    (!said.is_empty()).then(|| text::form::goes(&said))
}

/// The issues of an object, and the ways in which they name it or a part of it.
struct Issues<'a> {
    own: &'a [&'a Issue],
    subjects: &'a [String],
}

impl Issues<'_> {
    /// Those at this very value, or in a list that is written as one text.
    fn at(&self) -> Vec<Said> {
        let here = |issue: &&&Issue| {
            let mut subjects = self.subjects.iter();
            subjects.any(|subject| {
                let rest = issue.subject.strip_prefix(subject.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', ' ']))
            })
        };
        self.own
            .iter()
            .filter(here)
            .map(|issue| said(issue))
            .collect()
    }

    /// Those that no field shows.
    fn head(&self, fields: &[FieldView]) -> Vec<Said> {
        let mut shown = Vec::new();
        collect(fields, &mut shown);
        let all = self.own.iter().map(|issue| said(issue));
        all.filter(|one| !shown.contains(&one)).collect()
    }

    fn below(&self, step: &str) -> Vec<String> {
        self.subjects
            .iter()
            .map(|own| format!("{own}{step}"))
            .collect()
    }
}

fn is_at(subject: &str, prefix: &str) -> bool {
    let rest = subject.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', ' ']))
}

fn collect<'f>(fields: &'f [FieldView], found: &mut Vec<&'f Said>) {
    for field in fields {
        found.extend(&field.said);
        match &field.control {
            Control::Group(below) | Control::Part(_, Some(below)) => collect(below, found),
            Control::Rows(rows) => {
                for row in &rows.rows {
                    collect(&row.fields, found);
                }
            }
            _ => {}
        }
    }
}

fn said_in(field: &FieldView) -> usize {
    let mut found = Vec::new();
    collect(std::slice::from_ref(field), &mut found);
    found.len()
}

fn said(issue: &Issue) -> Said {
    Said {
        tone: match issue.severity() {
            Severity::Error => Tone::Bad,
            Severity::Warning => Tone::Warn,
            Severity::Note => Tone::Plain,
        },
        code: issue.code.code(),
        message: issue.message.clone(),
    }
}

struct Maker<'a> {
    state: &'a State,
    network: &'a NetworkSpec,
    kind: Kind,
    at: usize,
    title: &'a str,
    object: &'a Value,
}

impl Maker<'_> {
    /// How issues name the object: by its name, or by its position.
    fn subjects(&self, name: Option<&str>) -> Vec<String> {
        let path = self.kind.path();
        if self.kind.is_single() {
            return vec![path.to_owned()];
        }
        let by_name = format!("{path}[{}]", name.unwrap_or(self.title));
        vec![by_name, format!("{path}[{}]", self.at)]
    }

    fn fields(
        &self,
        table: &'static Table,
        node: &Value,
        place: &Place,
        issues: &Issues,
        row: Option<&str>,
    ) -> Vec<FieldView> {
        let slots = table.slots.iter();
        let slots = slots.filter(|slot| applies(table, slot, node));
        slots
            .map(|slot| self.field(table, slot, node, place, issues, row))
            .collect()
    }

    fn field(
        &self,
        table: &'static Table,
        slot: &'static Slot,
        record: &Value,
        parent: &Place,
        issues: &Issues,
        row: Option<&str>,
    ) -> FieldView {
        let place = parent.member(slot.member);
        let value = record.get(slot.member);
        let (label, help) = text::form::member(table.noun, slot.member);
        let subjects = issues.below(&format!(".{}", slot.member));
        let below = Issues {
            own: issues.own,
            subjects: &subjects,
        };
        let own = || Draft {
            text: form::shown(&slot.shape, value),
            error: None,
        };
        let draft = self.state.drafts.forms.get(&place).cloned();
        let draft = draft.unwrap_or_else(own);
        let control = self.control(slot, value, record, &place, &below, &draft.text);
        let said = match control {
            Control::Group(_) | Control::Part(..) => Vec::new(),
            _ => below.at(),
        };
        let wrong = draft.error.is_some() || !said.is_empty() || draft.text.trim().is_empty();
        let mut said = said;
        let offer = match self.next(slot, &place, record).filter(|_| wrong) {
            Some(Next::Free(offer)) => Some(offer).filter(|offer| *offer != draft.text),
            Some(Next::Full(full)) => {
                said.push(full);
                None
            }
            None => None,
        };
        FieldView {
            label,
            help,
            name: row.map(|row| format!("{label}, {row}")),
            control,
            said,
            offer,
            draft,
            place,
        }
    }

    fn control(
        &self,
        slot: &'static Slot,
        value: Option<&Value>,
        record: &Value,
        place: &Place,
        issues: &Issues,
        typed: &str,
    ) -> Control {
        match slot.shape {
            Shape::Group(table) => {
                let empty = Value::Object(Map::new());
                Control::Group(self.fields(table, value.unwrap_or(&empty), place, issues, None))
            }
            Shape::Part(table) => {
                let fields = value.map(|value| self.fields(table, value, place, issues, None));
                Control::Part(table.noun, fields)
            }
            Shape::Rows(table) => Control::Rows(self.rows(table, value, place, issues)),
            Shape::Flag(_) => Control::Flag(typed == "true"),
            Shape::Switch => Control::Choice(text::form::switch()),
            Shape::Choice(words, usual) => Control::Choice(words_of(words, usual, slot, typed)),
            Shape::Reference(kinds) => {
                let names: Vec<&str> = form::names_of(self.network, kinds).collect();
                names_control(&names, typed, slot.absent)
            }
            Shape::SubnetOf(of) => {
                let vnet = form::shown(&Shape::Text, record.get(of));
                let names: Vec<&str> = subnets_of(self.network, &vnet).collect();
                names_control(&names, typed, slot.absent)
            }
            Shape::Within(list) => Control::Text(alone(self.rows_named(list))),
            Shape::Region => Control::Text(regions_like(typed)),
            shape if shape.is_list() => Control::Lines(typed.split(',').count().clamp(1, 6)),
            _ => Control::Text(Vec::new()),
        }
    }

    /// Names of the rows of a list of the object.
    fn rows_named(&self, list: &str) -> Vec<String> {
        let rows = match self.object.get(list) {
            Some(Value::Array(rows)) => rows.as_slice(),
            _ => &[],
        };
        let names = rows
            .iter()
            .map(|row| form::shown(&Shape::Text, row.get("name")));
        let built_in = ["defaultRouteTable", "noneRouteTable"];
        built_in
            .into_iter()
            .map(str::to_owned)
            .chain(names)
            .collect()
    }

    fn rows(
        &self,
        table: &'static Table,
        value: Option<&Value>,
        place: &Place,
        issues: &Issues,
    ) -> Rows {
        let all = match value {
            Some(Value::Array(rows)) => rows.as_slice(),
            _ => &[],
        };
        let wanted = self.state.designer.rows.get(place).copied().unwrap_or(0);
        let from = page(wanted, all.len(), ROWS);
        let shown = all.iter().enumerate().skip(from).take(ROWS);
        let rows = shown.map(|(at, row)| {
            let name = form::shown(&Shape::Text, row.get("name"));
            let mut subjects = issues.below(&format!("[{at}]"));
            if !name.is_empty() {
                subjects.extend(issues.below(&format!("[{name}]")));
            }
            let below = Issues {
                own: issues.own,
                subjects: &subjects,
            };
            let title = text::form::row(table.noun, at.saturating_add(1), self.title);
            let place = place.item(at);
            let fields = self.fields(table, row, &place, &below, Some(&title));
            Row {
                place,
                title,
                fields,
            }
        });
        Rows {
            noun: table.noun,
            rows: rows.collect(),
            from,
            total: all.len(),
        }
    }

    /// What a field for a range or an address could hold.
    fn next(&self, slot: &Slot, place: &Place, record: &Value) -> Option<Next> {
        let text = |member: &str| form::shown(&Shape::Text, record.get(member));
        match (self.kind, place.steps.len(), slot.member) {
            (Kind::Vnet, 1, "prefixes") | (Kind::Hub, 1, "prefix") => {
                let free = form::free_range(self.network);
                Some(Next::of(free, "", || text::form::NO_RANGE.to_owned()))
            }
            (Kind::Vnet, 3, "prefix") => {
                let vnet = self.network.vnets.get(self.at)?;
                let free = form::free_subnet(vnet);
                Some(Next::of(free, "", || text::form::vnet_is_full(&vnet.name)))
            }
            (_, 1, "ip") => {
                let (vnet, subnet) = (text("vnet"), text("subnet"));
                let known = subnets_of(self.network, &vnet).any(|name| name == subnet);
                let free = form::free_address(self.network, &vnet, &subnet);
                let full = || text::form::subnet_is_full(&subnet);
                known.then(|| Next::of(free, "SubnetIsFull", full))
            }
            _ => None,
        }
    }
}

/// What comes next in a range: something free, or that it is full.
enum Next {
    Free(String),
    Full(Said),
}

impl Next {
    fn of(free: Option<impl ToString>, code: &'static str, full: impl Fn() -> String) -> Self {
        match free {
            Some(free) => Self::Free(free.to_string()),
            None => Self::Full(Said {
                tone: Tone::Warn,
                code,
                message: full(),
            }),
        }
    }
}

/// The first row of the page that has a wanted row.
#[must_use]
pub(super) fn page(wanted: usize, total: usize, size: usize) -> usize {
    let last = total.saturating_sub(1);
    let at = wanted.min(last);
    at.saturating_sub(at.checked_rem(size).unwrap_or_default())
}

/// Whether a member means something here, or stands here nevertheless.
fn applies(table: &Table, slot: &Slot, node: &Value) -> bool {
    let Some((sibling, texts)) = slot.when else {
        return true;
    };
    let shape = table.slot(sibling).map(|slot| &slot.shape);
    let text = form::shown(shape.unwrap_or(&Shape::Text), node.get(sibling));
    let means = texts.iter().any(|one| *one == text);
    means || slot.absent && node.get(slot.member).is_some()
}

fn words_of(words: &[&str], usual: &str, slot: &Slot, typed: &str) -> Vec<(String, String)> {
    let both = |word: &str| (word.to_owned(), word.to_owned());
    let none =
        (slot.absent && usual.is_empty()).then(|| (String::new(), text::form::ANY.to_owned()));
    let mut all: Vec<_> = none
        .into_iter()
        .chain(words.iter().map(|word| both(word)))
        .collect();
    // A word that Azure does not know stays as it was written.
    if all.iter().all(|(word, _)| word != typed) {
        all.push(both(typed));
    }
    all
}

/// A list where there are few names, a searched text where there are many.
fn names_control(names: &[&str], typed: &str, absent: bool) -> Control {
    if names.len() > LISTED {
        let wanted = typed.to_lowercase();
        let found = names
            .iter()
            .filter(|name| name.to_lowercase().contains(&wanted));
        return Control::Text(alone(found.take(SUGGESTED).map(|name| (*name).to_owned())));
    }
    let mut all: Vec<(String, String)> = Vec::new();
    if absent {
        all.push((String::new(), text::form::NONE.to_owned()));
    }
    all.extend(
        names
            .iter()
            .map(|name| ((*name).to_owned(), (*name).to_owned())),
    );
    if all.iter().all(|(name, _)| name != typed) {
        let word = if typed.is_empty() {
            text::form::CHOOSE
        } else {
            typed
        };
        all.insert(0, (typed.to_owned(), word.to_owned()));
    }
    Control::Choice(all)
}

/// Suggestions that need no word beside them.
fn alone(names: impl IntoIterator<Item = String>) -> Vec<(String, String)> {
    let names = names.into_iter();
    names.map(|name| (name, String::new())).collect()
}

/// Regions whose name has what was typed; all of them where it is one.
fn regions_like(typed: &str) -> Vec<(String, String)> {
    let typed = if region::is_known(typed) { "" } else { typed };
    let found = region::like(typed);
    found
        .map(|name| (name.to_owned(), region::display(name)))
        .collect()
}

/// Every region by its programmatic name, and as Azure displays it.
#[must_use]
pub fn regions() -> Vec<(String, String)> {
    regions_like("")
}
