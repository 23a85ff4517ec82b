//! What is done on the picture: boxes are chosen together, joined, added, deleted.
//!
//! The rule: chosen boxes are held by the names of their objects, so that they outlive a change; two VNets are joined by
//! both peering objects as Azure creates them, a VNet and a hub of Virtual WAN by a connection, a site and what has a VPN
//! gateway by a tunnel. Whatever is done is one step.
//!
//! | joined | becomes |
//! |---|---|
//! | VNet and VNet | two peering objects, `Connected`, with Azure's defaults |
//! | VNet and hub | a connection of the hub |
//! | site and a VNet with a VPN gateway | a tunnel with BGP |
//! | the same again | nothing: it says that they are joined |
//!
//! Left out: moving boxes: the picture arranges itself.

use super::history::Cause;
use super::{CanvasMsg, FormMsg, State};
use crate::form::{self, Kind};
use crate::scene::NodeKey;
use crate::text;
use interspoke_core::json;
use interspoke_core::pattern::Pattern;
use interspoke_core::pattern::turn::{Form, turn};
use interspoke_core::spec::{GatewayKind, NetworkSpec, PeeringSpec, TunnelSpec};
use serde_json::json;
use std::collections::BTreeSet;

/// An object that has a box.
pub type Boxed = (Kind, String);

/// What a change did to flows and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effected {
    /// What was done.
    pub title: String,
    /// Flows that arrive, of all: before and after. None where they are too many to follow at once.
    pub reach: Option<[(usize, usize); 2]>,
    /// A month's cost before.
    pub before: String,
    /// The same after; none until it is known.
    pub after: Option<String>,
    /// What could not be kept, a sentence each without a final dot.
    pub lost: Vec<String>,
}

impl Effected {
    /// The same in a sentence.
    #[must_use]
    pub fn said(&self) -> String {
        text::canvas::effected(&self.title, self.reach, &self.before, self.after.as_deref())
    }
}

impl State {
    pub(super) fn canvas(&mut self, msg: CanvasMsg) {
        match msg {
            CanvasMsg::Mark(key) => {
                if let Some(boxed) = self.boxed(key)
                    && !self.marked.remove(&boxed)
                {
                    self.marked.insert(boxed);
                }
            }
            CanvasMsg::MarkAll => {
                let names = self.document.network.vnets.iter();
                self.marked = names.map(|vnet| (Kind::Vnet, vnet.name.clone())).collect();
            }
            CanvasMsg::Unmark => self.marked.clear(),
            CanvasMsg::Join(a, b) => {
                if let Some((a, b)) = self.boxed(a).zip(self.boxed(b)) {
                    self.join(&a, &b);
                }
            }
            CanvasMsg::JoinMarked => {
                let pair: Vec<Boxed> = self.marked.iter().cloned().collect();
                match pair.as_slice() {
                    [a, b] => self.join(a, b),
                    _ => self.notice = Some(text::canvas::TWO.to_owned()),
                }
            }
            CanvasMsg::AddVnet(key) => {
                let region = key.and_then(|key| self.region_of(key));
                self.add_vnet(region);
            }
            CanvasMsg::AddVnetTo(region) => self.add_vnet(Some(region)),
            CanvasMsg::Delete(key) => self.delete_marked(key),
            CanvasMsg::Edit(key) => {
                if let Some((kind, name)) = self.boxed(key)
                    && let Some(at) = form::position(&self.document.network, kind, &name)
                {
                    self.form(FormMsg::Open(kind, at));
                }
            }
            CanvasMsg::JoinBy(pattern) => self.join_by(pattern),
            CanvasMsg::TurnInto => self.turn_into(),
            CanvasMsg::Clear => {
                self.edit(Cause::Deed, |document| {
                    document.network = NetworkSpec::default();
                    document.design = None;
                    document.flow = None;
                    document.about = None;
                    text::canvas::NEW_DESIGN.clone_into(&mut document.name);
                });
                self.marked.clear();
                self.designer = super::Designer::default();
                self.drafts = super::Drafts::default();
                self.keep_choice();
                self.tab = super::Tab::Objects;
            }
        }
    }

    /// The object that a box stands for.
    #[must_use]
    pub fn boxed(&self, key: NodeKey) -> Option<Boxed> {
        let topology = self.answers.topology();
        Some(match key {
            NodeKey::Vnet(id) => (Kind::Vnet, topology.vnet(id).name.clone()),
            NodeKey::Site(id) => (Kind::Site, topology.site(id).name.clone()),
            NodeKey::Hub(id) => (Kind::Hub, topology.hub(id).name.clone()),
            NodeKey::Circuit(id) => (Kind::Circuit, topology.circuit(id).name.clone()),
            // A stack is opened first: no single object stands for it.
            NodeKey::Stack(_) | NodeKey::Internet => return None,
        })
    }

    /// Whether a box is among the chosen ones.
    #[must_use]
    pub fn is_marked(&self, key: NodeKey) -> bool {
        !self.marked.is_empty()
            && self
                .boxed(key)
                .is_some_and(|boxed| self.marked.contains(&boxed))
    }

    /// Whether a box is a VNet that the open import refers to and no file of it has.
    #[must_use]
    pub fn is_stub(&self, key: NodeKey) -> bool {
        let stubs = self.stubs();
        !stubs.is_empty()
            && self
                .boxed(key)
                .is_some_and(|(kind, name)| kind == Kind::Vnet && stubs.contains(&name))
    }

    fn region_of(&self, key: NodeKey) -> Option<String> {
        let (kind, name) = self.boxed(key)?;
        let network = &self.document.network;
        let vnet = network.vnets.iter().find(|vnet| vnet.name == name);
        let hubs = network.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        match kind {
            Kind::Vnet => vnet.map(|vnet| vnet.region.clone()),
            Kind::Hub => hubs
                .into_iter()
                .find(|hub| hub.name == name)
                .map(|hub| hub.region.clone()),
            _ => None,
        }
    }

    fn add_vnet(&mut self, region: Option<String>) {
        let mut node = form::made(&self.document.network, Kind::Vnet);
        if let Some(region) = region {
            let steps = [form::Step::Member("region")];
            form::put(&mut node, &steps, Some(region.as_str().into()));
        }
        let Ok(vnet) = json::read_tree::<interspoke_core::spec::VnetSpec>(&node) else {
            return;
        };
        let name = vnet.name.clone();
        self.edit(Cause::Deed, |document| document.network.vnets.push(vnet));
        self.marked = BTreeSet::from([(Kind::Vnet, name.clone())]);
        self.stand_on(&name);
        self.notice = Some(text::canvas::added(&name));
    }

    /// The arrow keys stand on a VNet from now on.
    fn stand_on(&mut self, name: &str) {
        let vnets = self.answers.topology().vnets();
        if let Some(vnet) = vnets.iter().find(|vnet| vnet.name == name) {
            self.walker = Some(NodeKey::Vnet(vnet.id));
        }
    }

    fn join(&mut self, a: &Boxed, b: &Boxed) {
        let Some(joined) = joined(&self.document.network, a, b) else {
            self.notice = Some(text::canvas::not_joined(&a.1, &b.1));
            return;
        };
        if joined == self.document.network {
            self.notice = Some(text::canvas::joined_already(&a.1, &b.1));
            return;
        }
        self.changed(text::canvas::joined(&a.1, &b.1), |document| {
            document.network = joined
        });
    }

    fn delete_marked(&mut self, key: Option<NodeKey>) {
        let one = key.and_then(|key| self.boxed(key));
        let chosen: Vec<Boxed> = if self.marked.is_empty() {
            one.into_iter().collect()
        } else {
            self.marked.iter().cloned().collect()
        };
        if chosen.is_empty() {
            self.notice = Some(text::canvas::NOTHING_CHOSEN.to_owned());
            return;
        }
        let mut lost = Vec::new();
        self.edit(Cause::Deed, |document| {
            for (kind, name) in &chosen {
                if let Some(at) = form::position(&document.network, *kind, name) {
                    lost.extend(super::designer::take_away(&mut document.network, *kind, at));
                }
            }
        });
        self.marked.clear();
        self.drafts.forms.clear();
        self.walker = None;
        self.keep_choice();
        let names: Vec<String> = chosen.into_iter().map(|(_, name)| name).collect();
        let counts = super::designer::counted(&lost);
        self.notice = Some(text::form::deleted(&text::list(&names), &counts));
    }

    /// The VNets that a pattern would join: the chosen ones, else every spoke.
    #[must_use]
    pub fn to_join(&self) -> Vec<String> {
        let marked = self.marked.iter().filter(|(kind, _)| *kind == Kind::Vnet);
        let marked: Vec<String> = marked.map(|(_, name)| name.clone()).collect();
        if !marked.is_empty() {
            return marked;
        }
        let network = &self.document.network;
        let holds = |name: &str| {
            let machine = network.appliances.iter().any(|it| it.vnet == name);
            machine || network.gateways.iter().any(|it| it.vnet == name)
        };
        let vnets = network.vnets.iter().map(|vnet| vnet.name.clone());
        vnets.filter(|name| !holds(name)).collect()
    }

    fn join_by(&mut self, pattern: Pattern) {
        let chosen = self.to_join();
        let intent = self.intent().into_owned();
        match pattern.join(&self.document.network, &chosen, &intent) {
            Ok(network) => {
                let title = text::canvas::joined_by(chosen.len(), pattern.title());
                self.changed(title, |document| document.network = network);
            }
            Err(error) => {
                self.notice = Some(text::canvas::not_joined_by(
                    pattern.title(),
                    &error.to_string(),
                ))
            }
        }
    }

    /// What the network can be turned into; none where it has no hub with spokes.
    #[must_use]
    pub fn other_form(&self) -> Option<Form> {
        self.answers.other_form(&self.document)
    }

    fn turn_into(&mut self) {
        match turn(&self.document.network) {
            Ok(turned) => {
                let title = text::canvas::turned(turned.form == Form::VirtualWan);
                self.changed(title.to_owned(), |document| {
                    document.network = turned.network
                });
                if let Some(did) = &mut self.effected {
                    did.lost = turned.lost;
                }
            }
            Err(error) => self.notice = Some(text::canvas::not_turned(&error.to_string())),
        }
    }

    /// Changes the document in one step and tells what that does to flows and cost.
    fn changed(
        &mut self,
        title: String,
        change: impl FnOnce(&mut interspoke_core::document::Document),
    ) {
        self.work_out();
        let (reach, before) = (self.answers.reach, self.cost.bill.total_text());
        self.edit(Cause::Deed, change);
        self.keep_choice();
        let billed = !self.late.is_billing();
        let effected = Effected {
            title,
            reach: reach_of(reach)
                .zip(reach_of(self.answers.reach))
                .map(<[_; 2]>::from),
            before,
            after: billed.then(|| self.cost.bill.total_text()),
            lost: Vec::new(),
        };
        self.notice = Some(effected.said());
        self.effected = Some(effected);
    }
}

fn reach_of(reach: super::Reach) -> Option<(usize, usize)> {
    match reach {
        super::Reach::Counted { delivered, asked } => Some((delivered, asked)),
        super::Reach::NotCounted { .. } => None,
    }
}

/// The network with two objects joined; none where nothing joins such two.
fn joined(network: &NetworkSpec, a: &Boxed, b: &Boxed) -> Option<NetworkSpec> {
    let mut network = network.clone();
    match (a, b) {
        ((Kind::Vnet, a), (Kind::Vnet, b)) if a != b => peer(&mut network, a, b),
        ((Kind::Vnet, vnet), (Kind::Hub, hub)) | ((Kind::Hub, hub), (Kind::Vnet, vnet)) => {
            connect(&mut network, hub, vnet)?;
        }
        ((Kind::Site, site), (Kind::Vnet, vnet)) | ((Kind::Vnet, vnet), (Kind::Site, site)) => {
            let gateways = network.gateways.iter();
            let mut own = gateways.filter(|it| it.vnet == *vnet && it.kind == GatewayKind::Vpn);
            let end = own.next()?.name.clone();
            tunnel(&mut network, &end, site);
        }
        ((Kind::Site, site), (Kind::Hub, hub)) | ((Kind::Hub, hub), (Kind::Site, site)) => {
            tunnel(&mut network, hub, site);
        }
        ((Kind::Site, site), (Kind::Circuit, circuit))
        | ((Kind::Circuit, circuit), (Kind::Site, site)) => {
            let found = network.circuits.iter_mut().find(|it| it.name == *circuit)?;
            if !found.sites.contains(site) {
                found.sites.push(site.clone());
            }
        }
        _ => return None,
    }
    Some(network)
}

/// Both objects, where they do not stand.
fn peer(network: &mut NetworkSpec, a: &str, b: &str) {
    for (from, to) in [(a, b), (b, a)] {
        let mut known = network.peerings.iter();
        if !known.any(|peering| &*peering.from == from && &*peering.to == to) {
            network.peerings.push(PeeringSpec::new(from, to));
        }
    }
}

fn connect(network: &mut NetworkSpec, hub: &str, vnet: &str) -> Option<()> {
    let hubs = &mut network.virtual_wan.as_mut()?.hubs;
    let hub = hubs.iter_mut().find(|it| it.name == hub)?;
    if hub.connections.iter().all(|it| it.vnet != vnet) {
        let node = json!({"name": vnet, "vnet": vnet});
        hub.connections.push(json::read_tree(&node).ok()?);
    }
    Some(())
}

fn tunnel(network: &mut NetworkSpec, end: &str, site: &str) {
    let is_it = |it: &TunnelSpec| (it.a == end && it.b == site) || (it.a == site && it.b == end);
    if !network.tunnels.iter().any(is_it) {
        network.tunnels.push(TunnelSpec::new(end, site));
    }
}
