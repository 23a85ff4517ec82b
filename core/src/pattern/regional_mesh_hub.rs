//! Direct inside each region, through appliances between regions.
//!
//! The rule: a mesh (or a connected group) in each region beside its appliance hub. Rows of the mesh are longer than
//! the route to the appliance; what lies in another region has no such row and passes both appliances.
//!
//! | n spokes, r regions of n/r | links by hand | links of a global mesh |
//! |---|---|---|
//! | 6, 2 | 3 + 3 + 6 + 1 = 13 | 22 |
//! | 100, 2 | 1,225 + 1,225 + 100 + 1 = 2,551 | 5,051 |
//!
//! Source: "Patterns for inter-spoke networking", mixed patterns.

use super::build::{Draft, Machine};
use super::egress::through_hub;
use super::hub_firewall::hub_counts;
use super::source::ARTICLE;
use super::{Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, says};
use crate::intent::{HubManagement, SpokePlan};

pub(super) const PATTERN: Definition = Definition {
    id: "regional-mesh-hub",
    title: "Mesh inside regions, appliances between them",
    family: Family::Mixed,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::AsAsked,
    blueprint: |draft| {
        draft.inspecting_hubs(Machine::inspecting(draft.intent));
        draft.regional_meshes();
    },
    counts: |shape| {
        let mut counts = hub_counts(shape, shape.nvas);
        regional_counts(shape, &mut counts);
        counts
    },
    way: |_, a, b| {
        if a.region == b.region {
            Way::Direct
        } else {
            Way::Inspected
        }
    },
    outside: through_hub,
    says: |_| {
        vec![
            says(ARTICLE, "fewer peerings than a global mesh"),
            says(
                ARTICLE,
                "traffic between regions crosses more peerings, each metered, and loads the appliances of both hubs",
            ),
        ]
    },
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    divides: true,
    apart_by: "a second region",
    ..PLAIN
};

impl Draft<'_> {
    /// Every spoke of a region with every other of it.
    pub(super) fn regional_meshes(&mut self) {
        for region in &self.plan.regions {
            let spokes: Vec<&SpokePlan> = region.spokes.iter().collect();
            self.mesh(
                &format!("{}-mesh", region.name),
                &spokes,
                self.intent.is_managed(),
            );
        }
    }
}

pub(super) fn regional_counts(shape: &Shape, counts: &mut Counts) {
    if shape.managed {
        counts.groups(shape.spokes.iter().copied());
    } else {
        counts.meshes(shape.spokes.iter().copied());
    }
}
