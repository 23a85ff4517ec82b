//! What hubs of direct patterns are for: gateways, and the way out to the Internet.
//!
//! The rule: spokes reach each other by rows longer than 0.0.0.0/0, so an appliance in the hub sees the traffic to the
//! Internet alone. Gateway routes still spread to spokes: what goes on-premises takes the gateway, not the appliance.

use super::build::{Draft, Hub, Machine, route, typed_route};
use super::{Outside, Way};
use crate::address::default_route;
use crate::intent::Intent;
use crate::spec::{RouteSpec, UserNextHopType};

/// What spokes send nowhere besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// Nothing: they reach each other directly.
    Open,
    /// Each other's ranges, so that the appliance towards the Internet does not join them.
    Sealed,
}

impl Draft<'_> {
    /// A hub in each region with gateways and, where it is asked for, an appliance towards the Internet; its spokes,
    /// not yet peered.
    pub(super) fn service_hubs(&mut self, seal: Seal) {
        for hub in self.hubs() {
            self.add_hub(&hub);
            self.gateways(&hub, Vec::new());
            let mut routes = self.internet_route(&hub);
            if seal == Seal::Sealed && !routes.is_empty() {
                let ranges = self.plan.regions.iter().flat_map(|region| &region.summary);
                routes.extend(ranges.map(|range| typed_route(*range, UserNextHopType::None)));
            }
            let table = self.table(format!("rt-{}-spokes", hub.region.name), true, routes);
            self.spokes(hub.region, table.as_ref());
        }
    }

    /// The appliance towards the Internet, and the route that leads there.
    pub(super) fn internet_route(&mut self, hub: &Hub<'_>) -> Vec<RouteSpec> {
        if !self.intent.inspects_internet() {
            return Vec::new();
        }
        let machine = Machine::inspecting(self.intent);
        self.machine(hub, machine, Vec::new());
        vec![route(default_route(), machine.next_hop(hub.prefix))]
    }
}

/// What a hub with gateways and an appliance for the Internet promises.
pub(super) fn through_hub(intent: &Intent) -> Outside {
    Outside {
        on_premises: true,
        other_clouds: true,
        internet: if intent.inspects_internet() {
            Way::Inspected
        } else {
            Way::Direct
        },
    }
}
