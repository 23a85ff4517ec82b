//! What if something fails: the same estate without it, and the pairs that survive, as classes.
//!
//! What each failure takes away stands in [`Topology::without`](crate::topology::Topology::without).
//!
//! A machine that names no zone stands wherever Azure puts it, and is taken to survive; [`Estate::unplaced`] counts them.
//! Hubs of Virtual WAN and circuits are zone-redundant, subnets belong to no zone.
//!
//! Left out: the workloads' own zones.

use super::change::{ClassChange, compare};
use super::{Answer, Estate};
use crate::topology::{Failure, Topology, VnetId, Zones};
use std::rc::Rc;

/// What a failure does to the pairs that were reached before, as classes.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// Still reached, on the same way or on another one.
    pub survive: Vec<ClassChange>,
    /// No longer reached.
    pub lost: Vec<ClassChange>,
}

impl Estate {
    /// The estate without something.
    #[must_use]
    pub fn without(&self, failure: &Failure) -> Self {
        self.without_all(std::slice::from_ref(failure))
    }

    /// The estate without several things at once.
    #[must_use]
    pub fn without_all(&self, failures: &[Failure]) -> Self {
        let mut rest = self.begin_without(failures);
        rest.follow(usize::MAX);
        rest
    }

    /// The same with nothing followed yet: see [`Estate::follow`].
    #[must_use]
    pub fn begin_without(&self, failures: &[Failure]) -> Self {
        let topology = self.topology().without(failures);
        Self::grouped(Rc::new(topology), self.settings())
    }

    /// Every zone of a region that something names, in order.
    #[must_use]
    pub fn zones(topology: &Topology, region: &str) -> Vec<u8> {
        let here = |vnet: VnetId| topology.vnet(vnet).region == region;
        let mut named = Vec::new();
        for nic in topology.appliances().iter().filter(|nic| here(nic.vnet)) {
            named.extend([nic.zones, nic.load_balancer_zones]);
        }
        let gateways = topology.gateways().iter();
        named.extend(gateways.filter(|g| here(g.vnet)).map(|g| g.zones));
        let is_named = |zone: &u8| named.iter().any(|zones| zones.contains(*zone));
        (1..=Zones::MOST).filter(is_named).collect()
    }

    /// Firewalls, NVAs and gateways of a region that name no zone.
    #[must_use]
    pub fn unplaced(&self, region: &str) -> usize {
        let topology = self.topology();
        let here = |vnet: VnetId| topology.vnet(vnet).region == region;
        let nics = topology.appliances().iter();
        let nics = nics.filter(|nic| here(nic.vnet) && nic.zones.is_empty());
        let gateways = topology.gateways().iter();
        let gateways = gateways.filter(|g| here(g.vnet) && g.zones.is_empty());
        nics.count() + gateways.count()
    }

    /// The pairs that survive a failure, and those that do not.
    #[must_use]
    pub fn what_if(&self, failure: &Failure) -> WhatIf {
        let reached =
            |answer: &Option<Answer>| answer.as_ref().is_some_and(|answer| answer.reached);
        let all = compare(self, &self.without(failure)).into_iter();
        let (survive, lost) = all
            .filter(|change| reached(&change.before))
            .partition(|change| reached(&change.after));
        WhatIf { survive, lost }
    }
}
