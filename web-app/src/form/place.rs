//! Where a value stands, and the value there in the tree of its object.
//!
//! | place | as text |
//! |---|---|
//! | the second VNet | `vnets[1]` |
//! | the range of its first subnet | `vnets[1].subnets[0].prefix` |

use super::{Kind, Slot};
use interspoke_core::json::{Map, Value};
use std::fmt;

/// One step into the tree of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into a member.
    Member(&'static str),
    /// Into an item of a list.
    Item(usize),
}

/// A value of an object, or the object itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The kind of the object.
    pub kind: Kind,
    /// Its position among its kind.
    pub at: usize,
    /// From the object to the value.
    pub steps: Vec<Step>,
}

impl Place {
    /// A whole object.
    #[must_use]
    pub const fn object(kind: Kind, at: usize) -> Self {
        Self {
            kind,
            at,
            steps: Vec::new(),
        }
    }

    /// A member of what stands here.
    #[must_use]
    pub fn member(&self, name: &'static str) -> Self {
        self.step(Step::Member(name))
    }

    /// An item of the list that stands here.
    #[must_use]
    pub fn item(&self, at: usize) -> Self {
        self.step(Step::Item(at))
    }

    fn step(&self, step: Step) -> Self {
        let mut next = self.clone();
        next.steps.push(step);
        next
    }

    /// What this value is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let mut parent = self.clone();
        parent.steps.pop().map(|_| parent)
    }

    /// The description of the member that stands here, or that the item here belongs to.
    #[must_use]
    pub fn slot(&self) -> Option<&'static Slot> {
        let mut table = Some(self.kind.table());
        let mut found = None;
        for step in &self.steps {
            if let Step::Member(name) = step {
                let slot = table?.slot(name)?;
                table = slot.shape.table();
                found = Some(slot);
            }
        }
        found
    }

    /// Whether it lies in what stands at another place.
    #[must_use]
    pub fn is_in(&self, other: &Self) -> bool {
        self.kind == other.kind && self.at == other.at && self.steps.starts_with(&other.steps)
    }
}

impl Place {
    /// The place of a text, as it is written; none where no form has such a place.
    ///
    /// ```
    /// use interspoke_web::form::Place;
    /// let text = "vnets[1].subnets[0].prefix";
    /// assert_eq!(Place::parse(text).map(|place| place.to_string()).as_deref(), Some(text));
    /// assert_eq!(Place::parse("vnets[1].colour"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = Kind::of_path(text)?;
        let mut place = Self::object(kind, 0);
        let mut table = Some(kind.table());
        let mut open = !kind.is_single();
        for part in rest.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
            match part.parse::<usize>() {
                Ok(at) if open => place.at = at,
                Ok(at) => place.steps.push(Step::Item(at)),
                Err(_) => {
                    let slot = table?.slot(part)?;
                    table = slot.shape.table();
                    place.steps.push(Step::Member(slot.member));
                }
            }
            open = false;
        }
        Some(place)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind.path())?;
        if !self.kind.is_single() {
            write!(f, "[{}]", self.at)?;
        }
        for step in &self.steps {
            match step {
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

/// The value at the end of some steps.
#[must_use]
pub fn at<'n>(node: &'n Value, steps: &[Step]) -> Option<&'n Value> {
    let mut here = node;
    for step in steps {
        here = match (step, here) {
            (Step::Member(name), _) => here.get(name)?,
            (Step::Item(at), Value::Array(items)) => items.get(*at)?,
            (Step::Item(_), _) => return None,
        };
    }
    Some(here)
}

/// Puts a value at the end of some steps, or takes away what stands there. Objects on the way come into being; items
/// of a list do not, but one at its end is added.
pub fn put(node: &mut Value, steps: &[Step], value: Option<Value>) {
    let Some((first, rest)) = steps.split_first() else {
        if let Some(value) = value {
            *node = value;
        }
        return;
    };
    match first {
        Step::Member(name) => put_member(node, name, rest, value),
        Step::Item(at) => put_item(node, *at, rest, value),
    }
}

fn put_member(node: &mut Value, name: &str, rest: &[Step], value: Option<Value>) {
    if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    let Value::Object(members) = node else {
        return;
    };
    if rest.is_empty() && value.is_none() {
        members.shift_remove(name);
        return;
    }
    if let Some(member) = members.get_mut(name) {
        return put(member, rest, value);
    }
    let mut fresh = if matches!(rest.first(), Some(Step::Item(_))) {
        Value::Array(Vec::new())
    } else {
        Value::Object(Map::new())
    };
    put(&mut fresh, rest, value);
    members.insert(name.to_owned(), fresh);
}

fn put_item(node: &mut Value, at: usize, rest: &[Step], value: Option<Value>) {
    let Value::Array(items) = node else {
        return;
    };
    if rest.is_empty() && value.is_none() {
        if at < items.len() {
            items.remove(at);
        }
    } else if let Some(item) = items.get_mut(at) {
        put(item, rest, value);
    } else if at == items.len() {
        let mut fresh = Value::Object(Map::new());
        put(&mut fresh, rest, value);
        items.push(fresh);
    }
}
