//! Direct inside an environment, through the appliance between environments.
//!
//! The rule: the spokes of each environment are a mesh (or a connected group, global over several regions) beside an
//! appliance hub. A spoke has rows for its own environment alone; everything else falls to the appliance.
//!
//! | environments | pair | way |
//! |---|---|---|
//! | dev, prod | two dev spokes | direct |
//! | dev, prod | a dev and a prod spoke | inspected |
//!
//! Source: "Patterns for inter-spoke networking", mixed patterns.

use super::build::Machine;
use super::egress::through_hub;
use super::hub_firewall::hub_counts;
use super::source::ARTICLE;
use super::{Definition, Family, Inspector, PLAIN, Part, Way, follows, says};
use crate::intent::HubManagement;

pub(super) const PATTERN: Definition = Definition {
    id: "environment-groups",
    title: "Direct inside environments, appliance between them",
    family: Family::Mixed,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::AsAsked,
    blueprint: |draft| {
        draft.inspecting_hubs(Machine::inspecting(draft.intent));
        for (name, members) in draft.by_environment() {
            draft.mesh(&name, &members, draft.intent.is_managed());
        }
    },
    counts: |shape| {
        let mut counts = hub_counts(shape, shape.nvas);
        if shape.managed {
            counts.groups(shape.by_environment());
        } else {
            counts.meshes(shape.by_environment());
        }
        counts
    },
    way: |_, a, b| {
        if a.environment == b.environment {
            Way::Direct
        } else {
            Way::Inspected
        }
    },
    outside: through_hub,
    says: |intent| {
        let mut sentences = vec![says(
            ARTICLE,
            "spokes of one environment connect directly; between environments the appliance stands, followed for every pair",
        )];
        if intent.environments.len() < 2 {
            sentences.push(follows(
                "no two environments are named: every pair is direct",
            ));
        }
        sentences
    },
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    divides: true,
    apart_by: "two environments",
    ..PLAIN
};
