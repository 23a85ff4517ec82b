//! Virtual WAN, and a mesh inside each region.
//!
//! The rule: rows of the mesh win against what the hub teaches; traffic between regions passes the hubs. The mesh is
//! made of peerings by hand or of connected groups, never by the Virtual WAN.
//!
//! | n spokes, r regions | connections | links by hand |
//! |---|---|---|
//! | 6, 2 | 6 | 3 + 3 |
//!
//! Source: "Patterns for inter-spoke networking", mixed patterns; Virtual Network Manager with Virtual WAN, 2026-03.

use super::regional_mesh_hub::regional_counts;
use super::source::{ARTICLE, MANAGER_WAN};
use super::vwan::wan_counts;
use super::vwan_selective::{inspector, through_wan, wan_outside, wan_parts};
use super::{Definition, Family, Inspector, PLAIN, Way, says};
use crate::intent::HubManagement;

pub(super) const PATTERN: Definition = Definition {
    id: "vwan-regional-mesh",
    title: "Virtual WAN with a mesh inside regions",
    family: Family::Mixed,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::AsAsked,
    blueprint: |draft| {
        draft.virtual_wan(inspector(draft.intent));
        draft.regional_meshes();
    },
    counts: |shape| {
        let mut counts = wan_counts(shape, shape.inspects);
        regional_counts(shape, &mut counts);
        counts
    },
    way: |intent, a, b| {
        if a.region == b.region {
            Way::Direct
        } else {
            through_wan(intent)
        }
    },
    outside: wan_outside,
    says: |_| {
        vec![
            says(
                ARTICLE,
                "the mesh is made between the VNets themselves, not by the Virtual WAN",
            ),
            says(
                MANAGER_WAN,
                "Virtual Network Manager beside Virtual WAN is a preview; the article of 2025-06 says it is not supported",
            ),
        ]
    },
    passes: wan_parts,
    sites_inspected: true,
    nvas_in_hub: true,
    routing_intent: |shape| shape.inspects,
    divides: true,
    apart_by: "a second spoke in a region",
    ..PLAIN
};
