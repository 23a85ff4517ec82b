//! Private traffic through one appliance, the Internet's through another.
//!
//! The rule: spoke tables send every private range to the east-west appliance and 0.0.0.0/0 to the north-south one. A
//! VNet takes one Azure Firewall: two need two hubs a region, each peered with every spoke of it. NVAs share a hub.
//!
//! | n spokes, r regions | links, Azure Firewall | links, NVAs |
//! |---|---|---|
//! | 3, 1 | 6 | 3 |
//! | 6, 2 | 12 + 1 | 6 + 1 |
//!
//! Gateways stand in the east-west hub. Source: "Patterns for inter-spoke networking", patterns 2a and 2b.

use super::build::{Draft, Hub, Machine, route};
use super::count::many;
use super::source::ARTICLE;
use super::{Counter, Counts, Definition, Family, Inspector, Outside, PLAIN, Part, Shape, Way, says};
use crate::address::default_route;
use crate::intent::{ApplianceChoice, HubManagement};

pub(super) const PATTERN: Definition = Definition {
    id: "hub-split",
    title: "Separate appliances for east-west and north-south",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::AsAsked,
    blueprint,
    counts,
    way: |_, _, _| Way::Inspected,
    outside: |_| Outside {
        on_premises: true,
        other_clouds: true,
        internet: Way::Inspected,
    },
    says: |intent| {
        let hubs = if intent.appliance.kind == ApplianceChoice::Nva {
            "NVAs of both kinds share one hub VNet"
        } else {
            "a VNet takes one Azure Firewall: two need two hub VNets in each region, and every spoke two peerings; NVAs of both kinds would share one hub VNet"
        };
        vec![
            says(
                ARTICLE,
                "private ranges go to one appliance and 0.0.0.0/0 to the other, so that each scales for itself",
            ),
            says(ARTICLE, hubs),
        ]
    },
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    apart: true,
    divides: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let hubs = draft.hubs();
    let seconds = draft.second_hubs("hub-internet");
    for (hub, second) in hubs.iter().zip(&seconds) {
        match Machine::inspecting(draft.intent) {
            Machine::Firewall => {
                draft.add_hub(second);
                draft.machine(second, Machine::Firewall, Vec::new());
                let out = Machine::Firewall.next_hop(second.prefix);
                east_west(draft, hub, &hubs, Machine::Firewall, out);
                draft.connect(second, false);
            }
            machine => {
                let out = Machine::SecondNvas.next_hop(hub.prefix);
                east_west(draft, hub, &hubs, machine, out);
                draft.machine(hub, Machine::SecondNvas, Vec::new());
            }
        }
    }
    draft.hub_mesh(&hubs);
}

fn east_west(
    draft: &mut Draft<'_>,
    hub: &Hub<'_>,
    hubs: &[Hub<'_>],
    machine: Machine,
    out: std::net::Ipv4Addr,
) {
    let next_hop = machine.next_hop(hub.prefix);
    draft.add_hub(hub);
    let crossing = draft.crossing(hub, hubs, machine);
    draft.machine(hub, machine, crossing);
    draft.gateways(hub, Draft::spoke_routes(hub, next_hop));
    let mut routes = draft.private_routes(next_hop);
    routes.push(route(default_route(), out));
    let table = draft.table(format!("rt-{}-spokes", hub.region.name), false, routes);
    draft.spokes(hub.region, table.as_ref());
    draft.connect(hub, draft.has_gateway());
}

fn counts(shape: &Shape) -> Counts {
    let r = shape.regions();
    let mut counts = Counts::default();
    counts.hub_and_spoke(shape);
    if shape.nvas {
        counts.appliances(r, shape.nva_count.saturating_mul(2));
    } else {
        counts.appliances(r.saturating_mul(2), 1);
        counts.add(Counter::Links, Some(shape.total()), |n| {
            format!("{} to the second hub", many(n, "spoke"))
        });
        counts.managed_hubs(shape, false);
        counts.add(Counter::SpokeObjects, Some(1), |_| {
            "1 second hub".to_owned()
        });
        counts.largest_region(shape, 2);
    }
    counts.gateway_tables(shape);
    counts.crossing_tables(shape, u64::from(!shape.nvas), false);
    counts.spoke_tables(shape, shape.private.saturating_add(1));
    counts
}
