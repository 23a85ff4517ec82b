//! A hub with NVAs behind an internal load balancer in each region; everything that leaves a spoke passes them.
//!
//! The rule: the routes are those of a hub with Azure Firewall, with the load balancer's address as next hop. A load
//! balancer with one rule for all ports keeps both directions of a flow on one machine. The NVAs' subnet has a route
//! for the spokes of each other region.
//!
//! | default Intent | subnet | next hop of spokes |
//! |---|---|---|
//! | East US | `nva` 10.0.0.192/27: .196 and .197 | 10.0.0.228 |
//!
//! Source: "Deploy highly available network virtual appliances", 2025-03.

use super::build::Machine;
use super::hub_firewall::{hub_counts, inspected};
use super::source::{NVA, VM};
use super::{Definition, Family, Inspector, PLAIN, Part, Pattern, Sentence, Way, says};
use crate::intent::{HubManagement, Intent};

pub(super) const PATTERN: Definition = Definition {
    id: "hub-nva",
    title: "Hub with NVAs",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::Nvas,
    blueprint: |draft| draft.inspecting_hubs(Machine::Nvas),
    counts: |shape| hub_counts(shape, true),
    way: |_, _, _| Way::Inspected,
    outside: inspected,
    says: nva_says,
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    divides: true,
    with_pairs: Some(Pattern::HubSelective),
    ..PLAIN
};

pub(super) fn nva_says(_: &Intent) -> Vec<Sentence> {
    vec![
        says(
            VM,
            "a machine's bandwidth counts what it sends: a forwarding NVA carries the sum of both directions",
        ),
        says(
            NVA,
            "an internal load balancer with one rule for all ports keeps both directions of a flow on one NVA",
        ),
        says(
            NVA,
            "towards the Internet the NVA translates the source, so that the answer comes back to it",
        ),
    ]
}
