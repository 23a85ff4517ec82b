//! Spokes behind transit VNets with an appliance; the transit VNets alone are connected to Virtual WAN.
//!
//! The rule: an indirect spoke is peered with the transit VNet of its region and sends everything to the appliance
//! there, since Virtual WAN cannot program it. A static route on the transit VNet's connection tells every hub where
//! the region's spokes are.
//!
//! | from, to | passes |
//! |---|---|
//! | two spokes of a region | the appliance |
//! | spokes of two regions | appliance, hub, hub, appliance |
//!
//! Source: "Virtual WAN indirect spoke architecture", 2026-04-28.

use super::build::{Draft, Machine};
use super::count::many;
use super::egress::through_hub;
use super::source::INDIRECT;
use super::vwan::connection;
use super::{Counter, Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, follows, says};
use crate::intent::HubManagement;
use crate::spec::{ConnectionStaticRouteSpec, HubConnectionSpec};

pub(super) const PATTERN: Definition = Definition {
    id: "vwan-transit",
    title: "Virtual WAN with transit VNets",
    family: Family::Appliance,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::AsAsked,
    blueprint,
    counts,
    way: |_, _, _| Way::Inspected,
    outside: through_hub,
    says: |_| {
        vec![
            says(
                INDIRECT,
                "every hub must know the static routes to indirect spokes; here they spread from the connections of the transit VNets",
            ),
            follows("each spoke adds a peering hop on either end, which is metered"),
        ]
    },
    passes: |_| &[Part::Appliance, Part::Router],
    sites_inspected: true,
    divides: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let machine = Machine::inspecting(draft.intent);
    for transit in draft.second_hubs("transit") {
        let next_hop = machine.next_hop(transit.prefix);
        draft.add_hub(&transit);
        draft.machine(&transit, machine, Vec::new());
        let routes = draft.inspected_routes(next_hop);
        let table = draft.table(
            format!("rt-{}-spokes", transit.region.name),
            false,
            routes,
        );
        draft.spokes(transit.region, table.as_ref());
        draft.connect(&transit, false);
        let mut hub = draft.virtual_hub(transit.region, None);
        hub.connections.push(HubConnectionSpec {
            static_routes: vec![ConnectionStaticRouteSpec {
                prefixes: transit
                    .region
                    .summary
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                next_hop_ip: next_hop.to_string(),
            }],
            ..connection(&transit.name)
        });
        draft
            .spec
            .virtual_wan
            .get_or_insert_default()
            .hubs
            .push(hub);
    }
}

fn counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    counts.spoke_links(shape, false);
    counts.most(Counter::HubObjects, Some(shape.largest()), |n| {
        many(n, "spoke")
    });
    counts.most(Counter::SpokeObjects, Some(1), |_| {
        "1 transit VNet".to_owned()
    });
    counts.region_vnets(shape, 1);
    counts.virtual_wan(shape, shape.spokes.iter().map(|_| 1));
    counts.appliances(
        shape.regions(),
        if shape.nvas { shape.nva_count } else { 1 },
    );
    counts.spoke_tables(shape, if shape.internet { 1 } else { shape.private });
    counts
}
