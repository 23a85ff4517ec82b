//! An appliance hub, and direct peerings for chosen pairs.
//!
//! The rule: the row of a peering is longer than the 0.0.0.0/0 or private range that leads to the appliance, so a
//! chosen pair bypasses it. A user-defined route with exactly the peer's range would win against the peering and send
//! the pair through the hub again.
//!
//! | n spokes, r regions, p pairs | links |
//! |---|---|
//! | 6, 2, 1 | 6 + 1 + 1 |
//!
//! Source: "Patterns for inter-spoke networking", mixed patterns and their note.

use super::build::Machine;
use super::hub_firewall::{hub_counts, inspected};
use super::source::ARTICLE;
use super::{Definition, Family, Inspector, PLAIN, Part, Pattern, Sentence, Way, follows, says};
use crate::intent::{HubManagement, Intent};

pub(super) const PATTERN: Definition = Definition {
    id: "hub-selective",
    title: "Appliance hub with chosen direct pairs",
    family: Family::Mixed,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::AsAsked,
    blueprint: |draft| {
        draft.inspecting_hubs(Machine::inspecting(draft.intent));
        draft.chosen_pairs();
    },
    counts: |shape| {
        let mut counts = hub_counts(shape, shape.nvas);
        counts.chosen_pairs(shape);
        counts
    },
    way: |intent, a, b| {
        if intent.is_chosen(a, b) {
            Way::Direct
        } else {
            Way::Inspected
        }
    },
    outside: inspected,
    says: selective_says,
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    divides: true,
    apart_by: "a chosen direct pair",
    with_pairs: Some(Pattern::HubSelective),
    ..PLAIN
};

pub(super) fn selective_says(intent: &Intent) -> Vec<Sentence> {
    if intent.direct_pairs.is_empty() {
        return vec![follows("no pair is chosen: this is the hub alone")];
    }
    vec![
        says(
            ARTICLE,
            "a chosen pair bypasses inspection: the range of a peering is longer than the route to the appliance",
        ),
        says(
            ARTICLE,
            "a user-defined route with exactly the peer's range wins against the peering and leads through the hub again",
        ),
    ]
}
