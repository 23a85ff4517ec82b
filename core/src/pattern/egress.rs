//! What hubs of direct patterns are for: gateways, and the way out to the Internet.
//!
//! The rule: spokes reach each other by rows longer than 0.0.0.0/0, so an appliance in the hub sees the traffic to the
//! Internet alone. Gateway routes still spread to spokes: what goes on-premises takes the gateway, not the appliance.

use super::build::{Draft, Hub, Machine, route};
use super::{Outside, Way};
use crate::address::default_route;
use crate::intent::Intent;

impl Draft<'_> {
    /// A hub in each region with gateways and, where it is asked for, an appliance towards the Internet; its spokes,
    /// not yet peered.
    pub(super) fn service_hubs(&mut self) -> Vec<Hub<'_>> {
        let hubs = self.hubs();
        for hub in &hubs {
            self.add_hub(hub);
            let table = self.internet_appliance(hub);
            self.gateways(hub, Vec::new());
            self.spokes(hub.region, table.as_ref());
        }
        self.hubs()
    }

    /// The appliance towards the Internet, and the name of the table that leads there.
    pub(super) fn internet_appliance(&mut self, hub: &Hub<'_>) -> Option<String> {
        if !self.intent.inspects_internet() {
            return None;
        }
        let machine = Machine::inspecting(self.intent);
        self.machine(hub, machine, Vec::new());
        let out = route(default_route(), machine.next_hop(hub.prefix));
        self.table(format!("rt-{}-spokes", hub.region.region), true, vec![out])
    }
}

/// What a hub with gateways and an appliance for the Internet promises.
pub(super) fn through_hub(intent: &Intent) -> Outside {
    Outside {
        sites: true,
        internet: if intent.inspects_internet() {
            Way::Inspected
        } else {
            Way::Direct
        },
    }
}
