//! Resources, what they need, and the order in which Azure accepts them.
//!
//! The rule: a resource is made after its parent, after everything that its properties name by id, and after what it is
//! told to wait for ([`Resource::after`]). Resources that take turns (peerings of one VNet, children of one hub) wait
//! for the one before them in the order of the graph.
//!
//! | peerings | wait for |
//! |---|---|
//! | `hub` → `a` | |
//! | `a` → `hub` | `hub` → `a`: both ends are the same two VNets |
//! | `hub` → `b` | `a` → `hub`, the last that touched `hub` |
//! | `c` → `d` | nothing: no VNet in common |

use super::kind::{Kind, Turns};
pub use super::value::ResourceId;
use super::value::Value;
use std::collections::BTreeMap;

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// What it is.
    pub kind: Kind,
    /// Its name in Azure.
    pub name: String,
    /// What it is called in the estate, where Azure does not take that name.
    pub called: Option<String>,
    /// The resource that it is a child of.
    pub parent: Option<ResourceId>,
    /// Region; none for children and what is global.
    pub location: Option<String>,
    /// Region whose resource group it stands in.
    pub region: String,
    /// Everything else, in the shape of ARM: `properties`, `sku`, `zones`.
    pub body: Value,
    /// What it waits for besides what its body names.
    pub after: Vec<ResourceId>,
    /// What a reader should know at this place.
    pub remarks: Vec<String>,
}

/// Something that is asked for at deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What is taken where nothing is given; a secret has none.
    pub default: Option<Value>,
    /// Whether it is a number.
    pub number: bool,
    /// Whether it must not be shown.
    pub secret: bool,
}

/// Something that the text cannot say or that a person has to know.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Note {
    /// The resource or the part of the estate.
    pub place: String,
    /// What is to know.
    pub text: String,
}

/// All resources of an estate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// In an order in which Azure accepts them.
    pub resources: Vec<Resource>,
    /// What is asked for at deployment.
    pub parameters: Vec<Parameter>,
    /// What stands in no language.
    pub notes: Vec<Note>,
}

impl Graph {
    /// The resource of an id.
    #[must_use]
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0)
    }

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = ResourceId> + use<> {
        (0..self.resources.len()).map(ResourceId)
    }

    /// The resource and those above it, from the top.
    #[must_use]
    pub fn line(&self, id: ResourceId) -> Vec<ResourceId> {
        let mut line = vec![id];
        let mut at = id;
        while let Some(parent) = self.resource(at).and_then(|resource| resource.parent) {
            line.push(parent);
            at = parent;
        }
        line.reverse();
        line
    }

    /// The resource that carries another in ARM: itself, or the parent it is folded into.
    #[must_use]
    pub fn carrier(&self, id: ResourceId) -> ResourceId {
        let Some(resource) = self.resource(id) else {
            return id;
        };
        match (resource.kind.facts().folded, resource.parent) {
            (Some(_), Some(parent)) => parent,
            _ => id,
        }
    }

    /// The children that ARM writes inside of a resource, with the member that they stand in.
    pub fn folded(
        &self,
        parent: ResourceId,
    ) -> impl Iterator<Item = (&'static str, ResourceId)> + '_ {
        self.ids().filter_map(move |id| {
            let resource = self.resource(id)?;
            let member = resource.kind.facts().folded?;
            (resource.parent == Some(parent)).then_some((member, id))
        })
    }

    /// What a resource needs to be there before it: parent, ids in its body, what it waits for. In order, each once.
    #[must_use]
    pub fn needs(&self, id: ResourceId) -> Vec<ResourceId> {
        let Some(resource) = self.resource(id) else {
            return Vec::new();
        };
        let mut needs: Vec<ResourceId> = resource.parent.into_iter().collect();
        resource.body.each_link(&mut |link| needs.push(link.to));
        needs.extend(&resource.after);
        needs.sort_unstable();
        needs.dedup();
        needs.retain(|need| *need != id);
        needs
    }

    /// Puts resources into an order in which each follows what it needs, and lets them take turns.
    pub(super) fn put_in_order(&mut self) {
        let order = self.order();
        self.renumber(&order);
        self.take_turns();
    }

    /// Kahn's algorithm by the order of making: the first that is ready comes next.
    fn order(&self) -> Vec<ResourceId> {
        let mut missing: Vec<usize> = self.ids().map(|id| self.needs(id).len()).collect();
        let mut users: BTreeMap<ResourceId, Vec<ResourceId>> = BTreeMap::new();
        for id in self.ids() {
            for need in self.needs(id) {
                users.entry(need).or_default().push(id);
            }
        }
        let ready = self.ids().filter(|id| missing.get(id.0) == Some(&0));
        let mut ready: std::collections::BTreeSet<ResourceId> = ready.collect();
        let mut order = Vec::with_capacity(self.resources.len());
        while let Some(next) = ready.pop_first() {
            order.push(next);
            for user in users.get(&next).into_iter().flatten() {
                if let Some(count) = missing.get_mut(user.0) {
                    *count -= 1;
                    if *count == 0 {
                        ready.insert(*user);
                    }
                }
            }
        }
        // A circle cannot be drawn; were there one, its resources would follow in their own order rather than be lost.
        let placed: std::collections::BTreeSet<ResourceId> = order.iter().copied().collect();
        order.extend(self.ids().filter(|id| !placed.contains(id)));
        order
    }

    fn renumber(&mut self, order: &[ResourceId]) {
        let place: BTreeMap<ResourceId, ResourceId> = order
            .iter()
            .enumerate()
            .map(|(new, old)| (*old, ResourceId(new)))
            .collect();
        let moved = |id: &mut ResourceId| {
            if let Some(new) = place.get(id) {
                *id = *new;
            }
        };
        let mut old: BTreeMap<ResourceId, Resource> = self
            .ids()
            .zip(std::mem::take(&mut self.resources))
            .collect();
        for id in order {
            let Some(mut resource) = old.remove(id) else {
                continue;
            };
            resource.parent.iter_mut().for_each(moved);
            resource.after.iter_mut().for_each(moved);
            resource.after.sort_unstable();
            relink(&mut resource.body, &moved);
            self.resources.push(resource);
        }
    }

    /// Lets each resource that takes turns wait for the one before it.
    fn take_turns(&mut self) {
        let mut last: BTreeMap<ResourceId, ResourceId> = BTreeMap::new();
        for id in self.ids() {
            let before: Vec<ResourceId> = self
                .shares(id)
                .into_iter()
                .filter_map(|shared| last.insert(shared, id))
                .collect();
            if let Some(resource) = self.resources.get_mut(id.0) {
                resource.after.extend(before);
                resource.after.sort_unstable();
                resource.after.dedup();
            }
        }
    }

    /// The objects on which Azure does one operation at a time with this resource.
    fn shares(&self, id: ResourceId) -> Vec<ResourceId> {
        let Some(resource) = self.resource(id) else {
            return Vec::new();
        };
        match resource.kind.facts().turns {
            Turns::None => Vec::new(),
            Turns::Parent => resource.parent.into_iter().collect(),
            Turns::Ends => {
                let mut ends: Vec<ResourceId> = resource.parent.into_iter().collect();
                resource.body.each_link(&mut |link| ends.push(link.to));
                ends
            }
        }
    }
}

fn relink(value: &mut Value, moved: &dyn Fn(&mut ResourceId)) {
    match value {
        Value::Id(link) => moved(&mut link.to),
        Value::List(items) => items.iter_mut().for_each(|item| relink(item, moved)),
        Value::Object(members) => members
            .iter_mut()
            .for_each(|(_, value)| relink(value, moved)),
        _ => {}
    }
}
