//! A hub with Azure's managed routing appliance: fast, stateless, private traffic only.
//!
//! The rule: spoke tables send the spokes of every region to the appliance of their hub; its subnet sends those of
//! other regions to theirs. It inspects nothing and carries nothing to the Internet: where that must pass an
//! appliance, an Azure Firewall or NVAs stand beside it and get 0.0.0.0/0.
//!
//! | subnet, two regions | routes | next hop |
//! |---|---|---|
//! | spokes of East US | 10.0.128.0/17, 10.1.128.0/17 | 10.0.0.164 |
//! | its own of East US | 10.1.128.0/17 | 10.1.0.164 |
//!
//! Newer than the article: generally available since August 2026. Source: "Azure Virtual Network Routing Appliance
//! overview", and captures of 2026-08.

use super::build::{Draft, Machine, route};
use super::egress::through_hub;
use super::source::ROUTING_APPLIANCE;
use super::{Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, follows, says};
use crate::intent::HubManagement;

pub(super) const PATTERN: Definition = Definition {
    id: "hub-routing-appliance",
    title: "Hub with the managed routing appliance",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, _, _| Way::Forwarded,
    outside: through_hub,
    says: |_| {
        vec![
            says(
                ROUTING_APPLIANCE,
                "fixed tiers of 50, 100 and 200 Gbps; stateless, private traffic only, no inspection and no way to the Internet",
            ),
            says(
                ROUTING_APPLIANCE,
                "generally available since August 2026, newer than the article",
            ),
            follows("no source says which tier has which price: an open line of the bill"),
        ]
    },
    passes: |_| &[Part::RoutingAppliance],
    bounds: |_| vec![("vnra.count", 1, "regions")],
    divides: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let hubs = draft.hubs();
    for hub in &hubs {
        draft.add_hub(hub);
        let crossing = draft.crossing(hub, &hubs, Machine::Routing);
        draft.machine(hub, Machine::Routing, crossing);
        draft.gateways(hub, Vec::new());
        let mut routes = draft.internet_route(hub);
        let next_hop = Machine::Routing.next_hop(hub.prefix);
        let ranges = draft.plan.regions.iter().flat_map(|region| &region.summary);
        routes.extend(ranges.map(|range| route(*range, next_hop)));
        let table = draft.table(format!("rt-{}-spokes", hub.region.name), true, routes);
        draft.spokes(hub.region, table.as_ref());
    }
    draft.connect_all(&hubs);
}

fn counts(shape: &Shape) -> Counts {
    let r = shape.regions();
    let mut counts = Counts::default();
    counts.hub_and_spoke(shape);
    counts.appliances(r, 1);
    if shape.internet {
        counts.appliances(r, if shape.nvas { shape.nva_count } else { 1 });
    }
    counts.crossing_tables(shape, 0, false);
    counts.spoke_tables(
        shape,
        shape
            .all_summaries()
            .saturating_add(u64::from(shape.internet)),
    );
    counts
}
