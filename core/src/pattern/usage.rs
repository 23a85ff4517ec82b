//! How much of each limit a design of exactly this shape uses.
//!
//! The rule: closed formulas against the limits of the data, and what each part carries against its size. What lowers a
//! limit here (hubs of one Virtual WAN) is taken off; a usage of nothing is left out.
//!
//! | counter | limit |
//! |---|---|
//! | connections of the largest hub, without routing intent | 500 less the hubs |
//! | machines of everything that is peered with a hub | 128,000 |
//! | Mbps of a firewall Premium | 100,000; 22,000 where its intrusion prevention denies |
//!
//! Left out: how many hubs there are; `fit` tries them.

use super::size::Sized;
use super::{Counter, Counts, Pattern, Shape};
use crate::intent::Intent;
use crate::limit::{Limit, Usage};

/// Every usage of a design of exactly this shape.
pub(super) fn usages_of(
    pattern: Pattern,
    intent: &Intent,
    shape: &Shape,
    counts: &Counts,
    sized: Sized,
) -> Vec<Usage> {
    let mut usages = Vec::new();
    let mut put = |id: &str, used: Option<u64>, less: u64, input: &'static str| {
        if let Some(limit) = Limit::named(id).filter(|_| used != Some(0)) {
            usages.push(Usage {
                limit,
                used,
                allowed: limit.value.saturating_sub(less),
                input,
            });
        }
    };
    let managed = shape.managed || pattern.definition().always_managed;
    let of = |counter| counts.value(counter);
    put(
        if managed {
            "avnm.hub_spokes"
        } else {
            "vnet.peerings"
        },
        of(Counter::HubObjects),
        0,
        "regions",
    );
    put("vnet.peerings", of(Counter::SpokeObjects), 0, "regions");
    put("udr.routes", of(Counter::LargestTable), 0, "regions");
    put("udr.tables", of(Counter::RegionTables), 0, "regions");
    put(
        "vnet.per_subscription",
        of(Counter::RegionVnets),
        0,
        "regions",
    );
    let group = intent.connected_groups.limit();
    put(group, of(Counter::GroupMembers), 0, "regions");
    put("ergw.advertised", of(Counter::Announced), 0, "regions");
    if pattern.has_routing_intent(shape) {
        put("vwan.vnets_intent", of(Counter::HubPrefixes), 0, "regions");
    } else {
        put(
            "vwan.vnets_no_intent",
            of(Counter::HubConnections),
            shape.regions(),
            "regions",
        );
    }
    let in_wan = of(Counter::Connections) != Some(0);
    let tunnels = format!("vpngw.tunnels.{}", sized.sizes.vpn);
    put(
        if in_wan { "vwan.branches" } else { &tunnels },
        of(Counter::GatewayTunnels),
        0,
        "regions",
    );
    let machines = u64::from(intent.machines_per_spoke);
    let neighbours = of(Counter::HubObjects)
        .max(of(Counter::SpokeObjects))
        .max(of(Counter::GroupMembers));
    let addresses = neighbours.and_then(|n| n.checked_mul(machines));
    put("vnet.group_addresses", addresses, 0, "machinesPerSpoke");
    if in_wan {
        let behind = shape.largest().checked_mul(machines);
        put("vwan.machines", behind, 0, "machinesPerSpoke");
    }
    for (id, used, input) in (pattern.definition().bounds)(&sized.sizes) {
        put(id, Some(used), 0, input);
    }
    usages.extend(sized.usages);
    usages
}

impl Pattern {
    /// Whether its Virtual WAN hubs have a private routing policy.
    pub(super) fn has_routing_intent(self, shape: &Shape) -> bool {
        (self.definition().routing_intent)(shape)
    }
}
