//! Who refers to whom by name: what follows a new name, and what goes with an object that goes.
//!
//! The rule: a renamed object keeps every reference to it. Where an object goes, a reference that may be absent is taken
//! away, one of several is struck from its list, and what cannot be without it goes, too, with everything that refers
//! to that in turn.
//!
//! | gone | reference | what happens |
//! |---|---|---|
//! | route table `rt` | `subnets[0].routeTable` | the member is taken away |
//! | VNet `spoke1` | network group with `members` | it is struck from the list |
//! | VNet `spoke1` | peering `hub → spoke1` | the peering goes |
//! | NVA `nva` in it | BGP peering of `nva` | it goes, since the NVA goes |

use super::kind::{Kind, list, list_mut};
use super::{Shape, Slot, Table};
use interspoke_core::json::Value;
use interspoke_core::spec::NetworkSpec;

/// An object that went with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What it is.
    pub kind: Kind,
    /// What it was called.
    pub title: String,
}

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Changed,
    Gone,
}

/// What to do with a value that may be a reference: its slot, the texts of its siblings, the value.
type Act<'a> = dyn FnMut(&Slot, &dyn Fn(&str) -> String, &mut Value) -> Fate + 'a;

/// Walks the references of a record.
fn walk(table: &Table, node: &mut Value, act: &mut Act<'_>) -> Fate {
    let mut fate = Fate::Kept;
    let siblings = node.clone();
    let sibling = |member: &str| super::shown(&Shape::Text, siblings.get(member));
    let Value::Object(members) = node else {
        return fate;
    };
    for slot in table.slots {
        let Some(value) = members.get_mut(slot.member) else {
            continue;
        };
        let own = match &slot.shape {
            Shape::Group(table) | Shape::Part(table) => walk(table, value, act),
            Shape::Rows(table) => rows(table, value, act),
            _ => act(slot, &sibling, value),
        };
        match own {
            Fate::Kept => {}
            Fate::Changed => fate = Fate::Changed,
            Fate::Gone if slot.absent => {
                members.shift_remove(slot.member);
                fate = Fate::Changed;
            }
            Fate::Gone => return Fate::Gone,
        }
    }
    fate
}

fn rows(table: &Table, node: &mut Value, act: &mut Act<'_>) -> Fate {
    let Value::Array(items) = node else {
        return Fate::Kept;
    };
    let mut fate = Fate::Kept;
    items.retain_mut(|item| {
        let own = walk(table, item, act);
        if own != Fate::Kept {
            fate = Fate::Changed;
        }
        own != Fate::Gone
    });
    fate
}

/// Whether any member of a table, or below it, has a shape.
fn mentions(table: &Table, wanted: &dyn Fn(&Shape) -> bool) -> bool {
    table.slots.iter().any(|slot| {
        let below = slot.shape.table();
        wanted(&slot.shape) || below.is_some_and(|table| mentions(table, wanted))
    })
}

/// Changes every object whose table has a shape; those that go are told.
fn sweep(
    network: &mut NetworkSpec,
    wanted: &dyn Fn(&Shape) -> bool,
    act: &mut Act<'_>,
) -> Vec<Gone> {
    let mut gone = Vec::new();
    for kind in Kind::ALL {
        if !mentions(kind.table(), wanted) || list(network, kind).is_none() {
            continue;
        }
        let objects = list_mut(network, kind);
        for at in (0..objects.count()).rev() {
            let Some(mut node) = objects.node(at) else {
                continue;
            };
            match walk(kind.table(), &mut node, act) {
                Fate::Kept => {}
                // Only names were changed or struck: the record reads back.
                Fate::Changed => objects.replace(at, &node).unwrap_or_default(),
                Fate::Gone => {
                    gone.push(Gone {
                        name: objects.name(at).map(str::to_owned),
                        lost: Lost {
                            kind,
                            title: objects.title(at).unwrap_or_default(),
                        },
                    });
                    objects.remove(at);
                }
            }
        }
    }
    gone
}

struct Gone {
    name: Option<String>,
    lost: Lost,
}

/// Lets every reference to an object follow its new name.
pub fn rename(network: &mut NetworkSpec, kind: Kind, from: &str, to: &str) {
    let wanted = |shape: &Shape| refers(shape, kind);
    sweep(network, &wanted, &mut |slot, _, value| {
        if refers(&slot.shape, kind) {
            replaced(value, from, to)
        } else {
            Fate::Kept
        }
    });
}

fn refers(shape: &Shape, kind: Kind) -> bool {
    matches!(shape, Shape::Reference(kinds) | Shape::References(kinds) if kinds.contains(&kind))
}

/// Lets every reference to a subnet follow its new name.
pub fn renamed_subnet(network: &mut NetworkSpec, vnet: &str, from: &str, to: &str) {
    let wanted = |shape: &Shape| matches!(shape, Shape::SubnetOf(_) | Shape::SubnetsOf(_));
    sweep(
        network,
        &wanted,
        &mut |slot, sibling, value| match slot.shape {
            Shape::SubnetOf(of) | Shape::SubnetsOf(of) if sibling(of) == vnet => {
                replaced(value, from, to)
            }
            _ => Fate::Kept,
        },
    );
}

/// Lets what refers to a row of the same object follow its new name.
pub fn renamed_within(table: &Table, node: &mut Value, member: &str, from: &str, to: &str) {
    walk(table, node, &mut |slot, _, value| match slot.shape {
        Shape::Within(of) | Shape::AllWithin(of) if of == member => replaced(value, from, to),
        _ => Fate::Kept,
    });
}

fn replaced(value: &mut Value, from: &str, to: &str) -> Fate {
    match value {
        Value::String(text) if text == from => {
            to.clone_into(text);
            Fate::Changed
        }
        Value::Array(items) => {
            let mut fate = Fate::Kept;
            for item in items {
                if replaced(item, from, to) == Fate::Changed {
                    fate = Fate::Changed;
                }
            }
            fate
        }
        _ => Fate::Kept,
    }
}

/// Takes every reference to an object that went away; what went with it.
pub fn forget(network: &mut NetworkSpec, kind: Kind, name: &str) -> Vec<Lost> {
    let mut lost = Vec::new();
    let mut open = vec![(kind, name.to_owned())];
    while let Some((kind, name)) = open.pop() {
        let wanted = |shape: &Shape| refers(shape, kind);
        let gone = sweep(network, &wanted, &mut |slot, _, value| {
            if refers(&slot.shape, kind) {
                struck(value, &name)
            } else {
                Fate::Kept
            }
        });
        for Gone { name, lost: one } in gone {
            open.extend(name.map(|name| (one.kind, name)));
            lost.push(one);
        }
    }
    lost
}

fn struck(value: &mut Value, name: &str) -> Fate {
    let is_it = |node: &Value| matches!(node, Value::String(text) if text == name);
    if is_it(value) {
        return Fate::Gone;
    }
    let Value::Array(items) = value else {
        return Fate::Kept;
    };
    let before = items.len();
    items.retain(|item| !is_it(item));
    if items.len() == before {
        Fate::Kept
    } else {
        Fate::Changed
    }
}

/// The names of every object of some kinds.
pub fn names_of<'n>(
    network: &'n NetworkSpec,
    kinds: &'n [Kind],
) -> impl Iterator<Item = &'n str> + 'n {
    kinds.iter().flat_map(|kind| {
        let objects = list(network, *kind);
        objects
            .into_iter()
            .flat_map(|objects| (0..objects.count()).filter_map(|at| objects.name(at)))
    })
}
