//! What is drawn: the scene, and how it is looked at.
//!
//! The rule: a scene is laid out anew when the network, the room for it, what stands alone or what is open changed, and
//! never otherwise. A change of the chosen flow draws again only where an end of it was folded.

use super::{Answers, Shared, State};
use crate::scene::{Environments, Look, Scene, Viewport, layout};
use interspoke_core::document::{Document, NamedEnvironment};
use interspoke_core::route::Place;
use interspoke_core::topology::{Topology, VnetId};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The picture as it is laid out.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// Boxes and lines.
    pub scene: Shared<Scene>,
    /// The room for them.
    pub viewport: Viewport,
    /// Stacks that stand open, by their first members.
    pub open: BTreeSet<VnetId>,
    environments: Rc<Environments>,
    /// The document that they are of.
    document: Option<Rc<Document>>,
    /// What the scene was laid out for.
    of: Option<(Shared<Answers>, Look)>,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            scene: Shared::new(Scene::default()),
            viewport: Viewport::default(),
            open: BTreeSet::new(),
            environments: Rc::default(),
            document: None,
            of: None,
        }
    }
}

impl State {
    /// Opens a stack, or folds it again.
    pub(super) fn unfold(&mut self, stack: VnetId) {
        if !self.drawing.open.remove(&stack) {
            self.drawing.open.insert(stack);
        }
    }

    fn name_environments(&mut self) {
        let environments = environments(self);
        self.drawing.environments = Rc::new(environments);
        self.drawing.document = Some(Rc::clone(&self.document));
    }

    /// Lays the picture out where that is needed, once the present design has the picture.
    pub(super) fn redraw(&mut self) {
        if !self.is_settled(0) {
            return;
        }
        let same = |(answers, _): &(Shared<Answers>, Look)| *answers == self.answers;
        let fresh = self.drawing.of.as_ref().is_some_and(same);
        let document = self.drawing.document.as_ref();
        if !fresh || document.is_none_or(|known| !Rc::ptr_eq(known, &self.document)) {
            self.name_environments();
        }
        if !fresh {
            let all = self.answers.topology().vnets().len();
            self.drawing.open.retain(|vnet| vnet.index() < all);
        }
        let look = self.looked_at();
        if fresh && self.drawing.of.as_ref().is_some_and(|of| of.1 == look) {
            return;
        }
        let scene = layout(self.answers.topology(), &look);
        self.drawing.scene = Shared::new(scene);
        self.drawing.of = Some((self.answers.clone(), look));
    }

    fn looked_at(&self) -> Look {
        let topology = self.answers.topology();
        let ends = [self.choice.from, self.choice.to];
        let alone = ends.into_iter().flatten();
        let alone = alone.filter_map(|ip| Some(topology.subnet_at(ip)?.vnet));
        let trip = self.trip.as_ref();
        let hops = trip.into_iter().flat_map(|trip| &trip.forward);
        let internet = hops
            .flat_map(|branch| &branch.hops)
            .any(|hop| hop.place == Place::Internet);
        Look {
            viewport: self.drawing.viewport,
            kinds: Rc::clone(&self.answers.kinds),
            environments: Rc::clone(&self.drawing.environments),
            alone: alone.collect(),
            open: self.drawing.open.clone(),
            internet,
        }
    }
}

/// The environments of the VNets: those that a document names, else those that its Intent gives its spokes.
fn environments(state: &State) -> Environments {
    let (document, topology) = (&state.document, state.answers.topology());
    let named = &document.choices.environments;
    if !named.is_empty() {
        return of_names(named, topology);
    }
    let Some(design) = &document.design else {
        return Environments::default();
    };
    let names = &design.intent.environments;
    if names.is_empty() {
        return Environments::default();
    }
    let Some(plan) = state.address_plan() else {
        return Environments::default();
    };
    let of: BTreeMap<&str, u8> = plan
        .spokes()
        .filter_map(|spoke| {
            let at = u8::try_from(spoke.environment?).ok()?;
            Some((spoke.name.as_str(), at))
        })
        .collect();
    let vnets = topology.vnets().iter();
    Environments {
        names: names.clone(),
        of: vnets
            .map(|vnet| of.get(vnet.name.as_str()).copied())
            .collect(),
    }
}

fn of_names(named: &[NamedEnvironment], topology: &Topology) -> Environments {
    let mut environments = Environments {
        names: Vec::new(),
        of: vec![None; topology.vnets().len()],
    };
    for one in named {
        let known = environments.names.iter().position(|name| *name == one.name);
        let at = known.unwrap_or(environments.names.len());
        let Ok(number) = u8::try_from(at) else {
            continue;
        };
        if known.is_none() {
            environments.names.push(one.name.clone());
        }
        // A group that names nothing of this network tints nothing.
        for vnet in super::group(topology, &one.vnets).unwrap_or_default() {
            if let Some(of) = environments.of.get_mut(vnet.index()) {
                *of = Some(number);
            }
        }
    }
    environments
}
