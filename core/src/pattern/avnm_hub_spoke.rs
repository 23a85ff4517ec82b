//! Hub-and-spoke made by Virtual Network Manager, and nothing else: the baseline in which spokes do not reach each other.
//!
//! The rule: n spokes take n links and r hubs r(r-1)/2 among them; a spoke has rows for its hub alone. Where an
//! appliance leads to the Internet, spoke tables drop the ranges of spokes, so that it joins none of them.
//!
//! Source: "Patterns for inter-spoke networking", pattern 1.

use super::egress::{Seal, through_hub};
use super::source::{ARTICLE, MANAGER_LIMITS};
use super::{Counts, Definition, Family, Inspector, PLAIN, Shape, Way, says};
use crate::intent::HubManagement;

pub(super) const PATTERN: Definition = Definition {
    id: "avnm-hub-spoke",
    title: "Virtual Network Manager: hub and spoke",
    family: Family::Direct,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint: |draft| {
        draft.service_hubs(Seal::Sealed);
        draft.managed_hubs();
    },
    counts,
    way: |_, _, _| Way::Lost,
    outside: through_hub,
    says: |_| {
        vec![
            says(
                ARTICLE,
                "spokes of this topology are not connected to each other",
            ),
            says(MANAGER_LIMITS, "a hub takes 1,000 spokes"),
        ]
    },
    always_managed: true,
    divides: true,
    ..PLAIN
};

fn counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    counts.hub_and_spoke(&Shape {
        managed: true,
        ..shape.clone()
    });
    counts.sealed_appliances(shape);
    counts
}
