//! The objects as they are made, changed, copied and deleted, each as one step that can be undone.
//!
//! The rule: a text that its field can read is taken over at once; one that it cannot read, a name that is taken and a
//! name that no object has stay in the field with what was expected, and the document keeps its last good value. A new
//! name is followed by every reference. What cannot be without a deleted object goes with it, and is told.
//!
//! | typed or pressed | document | said |
//! |---|---|---|
//! | `spoke1` over the name `spoke2`, which another VNet has | as it was | `DuplicateName` at the field |
//! | `app` there | renamed, references too: one step with the keystrokes before it | |
//! | *Delete* at a VNet with two peerings | without all three | what went with it |
//!
//! Left out: what two values mean together (overlaps, limits), which the topology says of the changed document.

use super::history::Cause;
use super::{Draft, Effect, FormMsg, State, Tab};
use crate::form::{self, Kind, Lost, Place, Shape, Slot, Step};
use crate::text;
use interspoke_core::document::Document;
use interspoke_core::issue::IssueCode;
use interspoke_core::json::Value;
use interspoke_core::spec::NetworkSpec;
use std::collections::BTreeMap;

/// What is open of the objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designer {
    /// The kind that is listed.
    pub kind: Kind,
    /// The object whose form is open.
    pub at: Option<usize>,
    /// What the list is searched for.
    pub search: String,
    /// The first row that is shown.
    pub from: usize,
    /// The first row that is shown of long lists of the form.
    pub rows: BTreeMap<Place, usize>,
}

impl Default for Designer {
    fn default() -> Self {
        Self {
            kind: Kind::Vnet,
            at: Some(0),
            search: String::new(),
            from: 0,
            rows: BTreeMap::new(),
        }
    }
}

impl State {
    /// What opens a form also gives it the focus.
    pub(super) fn form_and_focus(&mut self, msg: FormMsg) -> Vec<Effect> {
        let opens = matches!(msg, FormMsg::Open(..) | FormMsg::Add(_) | FormMsg::Copy(..));
        self.form(msg);
        opens.then_some(Effect::OpenForm).into_iter().collect()
    }

    pub(super) fn form(&mut self, msg: FormMsg) {
        match msg {
            FormMsg::List(kind) => {
                self.designer = Designer {
                    kind,
                    ..Designer::default()
                };
            }
            FormMsg::Open(kind, at) => self.open_object(kind, at),
            FormMsg::Search(typed) => {
                self.designer.search = typed;
                self.designer.from = 0;
            }
            FormMsg::From(row) => self.designer.from = row,
            FormMsg::Rows(place, row) => {
                self.designer.rows.insert(place, row);
            }
            FormMsg::Typed(place, typed) => {
                let cause = Cause::Typing(place.to_string());
                let error = self.write(&place, &typed, cause).err();
                let draft = Draft { text: typed, error };
                self.drafts.forms.insert(place, draft);
            }
            FormMsg::Left(place) => self.left_form(&place),
            FormMsg::Chosen(place, text) => match self.write(&place, &text, Cause::Deed) {
                Ok(()) => {
                    self.drafts.forms.remove(&place);
                }
                Err(error) => {
                    let error = Some(error);
                    self.drafts.forms.insert(place, Draft { text, error });
                }
            },
            FormMsg::AddRow(place) => self.add_row(&place),
            FormMsg::RemoveRow(place) => self.remove_row(&place),
            FormMsg::Add(kind) => {
                let node = form::made(&self.document.network, kind);
                self.insert(kind, &node);
            }
            FormMsg::Copy(kind, at) => {
                if let Some(node) = form::copy(&self.document.network, kind, at) {
                    self.insert(kind, &node);
                }
            }
            FormMsg::Delete(kind, at) => self.delete_object(kind, at),
        }
    }

    /// Opens the form of an object, with the page of the list that shows it.
    fn open_object(&mut self, kind: Kind, at: usize) {
        self.tab = Tab::Objects;
        if self.designer.kind != kind {
            self.designer = Designer {
                kind,
                ..Designer::default()
            };
        }
        self.designer.at = Some(at);
        self.designer.rows.clear();
    }

    fn left_form(&mut self, place: &Place) {
        self.history.settle();
        let read = self
            .drafts
            .forms
            .get(place)
            .is_some_and(|d| d.error.is_none());
        if read {
            self.drafts.forms.remove(place);
        }
    }

    /// Takes a text over into the document.
    fn write(&mut self, place: &Place, typed: &str, cause: Cause) -> Result<(), String> {
        let Some(slot) = place.slot() else {
            return Ok(());
        };
        let value = form::read(slot, typed)?;
        let network = &self.document.network;
        let Some(mut node) = node_of(network, place) else {
            return Ok(());
        };
        refuse(network, &node, place, slot, value.as_ref())?;
        let before = form::shown(&slot.shape, form::at(&node, &place.steps));
        let after = form::shown(&slot.shape, value.as_ref());
        form::put(&mut node, &place.steps, value);
        if matches!(slot.shape, Shape::Name) {
            follow_within(place, &mut node, &before, &after);
        }
        let mut done = Ok(());
        self.edit(cause, |document| {
            done = replace(document, place, &node);
            if done.is_ok() && matches!(slot.shape, Shape::Name) && before != after {
                follow(document, place, &node, &before, &after);
            }
        });
        done
    }

    fn add_row(&mut self, place: &Place) {
        let network = &self.document.network;
        let Some((mut node, slot)) = node_of(network, place).zip(place.slot()) else {
            return;
        };
        let row = form::made_row(network, place);
        let mut steps = place.steps.clone();
        if matches!(slot.shape, Shape::Rows(_)) {
            let rows = count(&node, &steps);
            if rows == 0 {
                form::put(&mut node, &steps, Some(Value::Array(Vec::new())));
            }
            steps.push(Step::Item(rows));
            // The page that shows the new row.
            self.designer.rows.insert(place.clone(), rows);
        }
        form::put(&mut node, &steps, Some(row));
        self.edit(Cause::Deed, |document| {
            replace(document, place, &node).unwrap_or_default();
        });
    }

    fn remove_row(&mut self, place: &Place) {
        let Some(mut node) = node_of(&self.document.network, place) else {
            return;
        };
        form::put(&mut node, &place.steps, None);
        // The rows behind it have other positions now.
        let list = place.parent().unwrap_or_else(|| place.clone());
        self.drafts.forms.retain(|own, _| !own.is_in(&list));
        self.edit(Cause::Deed, |document| {
            replace(document, place, &node).unwrap_or_default();
        });
    }

    fn insert(&mut self, kind: Kind, node: &Value) {
        let objects = form::list(&self.document.network, kind);
        let count = objects.map_or(0, form::Objects::count);
        if kind.is_single() && count > 0 {
            return;
        }
        self.edit(Cause::Deed, |document| {
            let objects = form::list_mut(&mut document.network, kind);
            objects.insert(count, node).unwrap_or_default();
        });
        self.designer.search.clear();
        self.open_object(kind, count);
        self.designer.from = count;
    }

    fn delete_object(&mut self, kind: Kind, at: usize) {
        let Some(title) = form::title(&self.document.network, kind, at) else {
            return;
        };
        let mut lost = Vec::new();
        self.edit(Cause::Deed, |document| {
            lost = take_away(&mut document.network, kind, at)
        });
        self.drafts.forms.clear();
        self.designer.at = at.checked_sub(1).or(Some(0));
        self.designer.rows.clear();
        self.keep_choice();
        self.notice = Some(text::form::deleted(&title, &counted(&lost)));
    }
}

/// Takes an object away with what cannot be without it.
pub(super) fn take_away(network: &mut NetworkSpec, kind: Kind, at: usize) -> Vec<Lost> {
    let objects = form::list_mut(network, kind);
    let name = objects.name(at).map(str::to_owned);
    objects.remove(at);
    name.map_or_else(Vec::new, |name| form::forget(network, kind, &name))
}

/// What would go with an object.
pub(crate) fn would_go(network: &NetworkSpec, kind: Kind, at: usize) -> Vec<Lost> {
    let mut without = network.clone();
    take_away(&mut without, kind, at)
}

/// What went, counted by kind: `2 peerings, 1 workload`.
pub(crate) fn counted(lost: &[Lost]) -> Vec<(usize, &'static str)> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for one in lost {
        *counts.entry(one.kind).or_default() += 1;
    }
    let kinds = counts.into_iter();
    kinds.map(|(kind, count)| (count, kind.path())).collect()
}

fn node_of(network: &NetworkSpec, place: &Place) -> Option<Value> {
    form::list(network, place.kind)?.node(place.at)
}

fn count(node: &Value, steps: &[Step]) -> usize {
    match form::at(node, steps) {
        Some(Value::Array(items)) => items.len(),
        _ => 0,
    }
}

/// Puts the changed tree of an object back into the document.
fn replace(document: &mut Document, place: &Place, node: &Value) -> Result<(), String> {
    let objects = form::list_mut(&mut document.network, place.kind);
    let done = objects.replace(place.at, node);
    done.map_err(|error| error.message)
}

/// References follow the new name of an object or of a subnet.
fn follow(document: &mut Document, place: &Place, node: &Value, before: &str, after: &str) {
    let network = &mut document.network;
    match place.steps.as_slice() {
        [Step::Member(_)] => form::rename(network, place.kind, before, after),
        [Step::Member("subnets"), ..] => {
            let vnet = form::shown(&Shape::Text, node.get("name"));
            form::renamed_subnet(network, &vnet, before, after);
        }
        _ => {}
    }
}

/// What refers to a row of the same object follows its new name.
fn follow_within(place: &Place, node: &mut Value, before: &str, after: &str) {
    if let [Step::Member(list), Step::Item(_), ..] = place.steps.as_slice() {
        form::renamed_within(place.kind.table(), node, list, before, after);
    }
}

/// Kinds among which a name is unique: what tunnels and circuits end on shares one space of names.
fn rivals(kind: Kind) -> &'static [Kind] {
    const PARTIES: &[Kind] = &[Kind::Gateway, Kind::Hub, Kind::Site, Kind::Appliance];
    if PARTIES.contains(&kind) {
        return PARTIES;
    }
    let at = Kind::ALL.iter().position(|own| *own == kind);
    at.and_then(|at| Kind::ALL.get(at..=at)).unwrap_or_default()
}

/// Refuses a name that is taken, and a reference to nothing.
fn refuse(
    network: &NetworkSpec,
    node: &Value,
    place: &Place,
    slot: &Slot,
    value: Option<&Value>,
) -> Result<(), String> {
    let typed = form::shown(&slot.shape, value);
    match slot.shape {
        Shape::Name if is_taken(network, node, place, &typed) => {
            let code = IssueCode::DuplicateName.code();
            return Err(text::form::taken(code, &typed));
        }
        Shape::Reference(kinds) | Shape::References(kinds) => {
            let known = |name: &str| form::names_of(network, kinds).any(|own| own == name);
            refer(kinds_words(kinds), value, slot, known)?;
        }
        Shape::SubnetOf(of) | Shape::SubnetsOf(of) => {
            let mut steps = place.steps.clone();
            steps.pop();
            steps.push(Step::Member(of));
            let vnet = form::shown(&Shape::Text, form::at(node, &steps));
            let known = |name: &str| subnets_of(network, &vnet).any(|own| own == name);
            refer(vec![text::form::kind("subnets")], value, slot, known)?;
        }
        _ => {}
    }
    Ok(())
}

fn kinds_words(kinds: &[Kind]) -> Vec<&'static str> {
    kinds
        .iter()
        .map(|kind| text::form::kind(kind.path()))
        .collect()
}

/// Names of the subnets of a VNet.
pub(crate) fn subnets_of<'n>(
    network: &'n NetworkSpec,
    vnet: &str,
) -> impl Iterator<Item = &'n str> {
    let vnet = network.vnets.iter().find(|own| own.name == vnet);
    let subnets = vnet.into_iter().flat_map(|vnet| &vnet.subnets);
    subnets.map(|subnet| subnet.name.as_str())
}

fn refer(
    what: Vec<&'static str>,
    value: Option<&Value>,
    slot: &Slot,
    known: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let code = IssueCode::UnknownReference.code();
    let one = |node: &Value| match node {
        Value::String(name) if name.is_empty() && slot.absent => Ok(()),
        Value::String(name) if !known(name) => Err(text::form::no_such(code, &what, name)),
        _ => Ok(()),
    };
    match value {
        Some(Value::Array(items)) => items.iter().try_for_each(one),
        Some(_) => value.map_or(Ok(()), one),
        None => Ok(()),
    }
}

/// Whether another object, or another row of the same list, has the name.
fn is_taken(network: &NetworkSpec, node: &Value, place: &Place, name: &str) -> bool {
    if place.steps.len() == 1 {
        return rivals(place.kind).iter().any(|kind| {
            let objects = form::list(network, *kind);
            objects.is_some_and(|objects| {
                let mut others =
                    (0..objects.count()).filter(|at| *kind != place.kind || *at != place.at);
                others.any(|at| objects.name(at) == Some(name))
            })
        });
    }
    let [list @ .., Step::Item(own), Step::Member(member)] = place.steps.as_slice() else {
        return false;
    };
    let rows = match form::at(node, list) {
        Some(Value::Array(rows)) => rows.as_slice(),
        _ => &[],
    };
    let mut others = rows.iter().enumerate().filter(|(at, _)| at != own);
    others.any(|(_, row)| form::shown(&Shape::Text, row.get(member)) == name)
}
