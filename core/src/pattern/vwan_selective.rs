//! Virtual WAN, and direct peerings for chosen pairs.
//!
//! The rule: a peering between two connected spokes has the range that the hub would teach, and a peering wins against
//! what is learned: the pair bypasses the hub and its firewall. Hubs have Azure Firewall where inspection is asked for.
//!
//! Source: "Patterns for inter-spoke networking", mixed patterns; Virtual WAN frequently asked questions, 2025-09.

use super::source::{ARTICLE, WAN_FAQ};
use super::shape::wants_inspection;
use super::vwan::wan_counts;
use super::{Definition, Family, Inspector, Outside, PLAIN, Part, Pattern, Shape, Way, follows, says};
use crate::intent::{ApplianceChoice, HubManagement, Intent};
use crate::spec::ApplianceKind;

pub(super) const PATTERN: Definition = Definition {
    id: "vwan-selective",
    title: "Virtual WAN with chosen direct pairs",
    family: Family::Mixed,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::AsAsked,
    blueprint: |draft| {
        draft.virtual_wan(inspector(draft.intent));
        draft.chosen_pairs();
    },
    counts: |shape| {
        let mut counts = wan_counts(shape, shape.inspects);
        counts.chosen_pairs(shape);
        counts
    },
    way: |intent, a, b| {
        if intent.is_chosen(a, b) {
            Way::Direct
        } else {
            through_wan(intent)
        }
    },
    outside: wan_outside,
    says: |intent| {
        if intent.direct_pairs.is_empty() {
            return vec![follows("no pair is chosen: this is the Virtual WAN alone")];
        }
        vec![
            says(
                ARTICLE,
                "direct peerings are made by hand between the VNets, not through the Virtual WAN",
            ),
            says(WAN_FAQ, "a chosen pair bypasses the hub and its firewall"),
        ]
    },
    passes: wan_parts,
    sites_inspected: true,
    nvas_in_hub: true,
    routing_intent: |shape| shape.inspects,
    divides: true,
    apart_by: "a chosen direct pair",
    with_pairs: Some(Pattern::VwanSelective),
    ..PLAIN
};

/// What forwards in the hubs of a mixed pattern.
pub(super) fn wan_parts(shape: &Shape) -> &'static [Part] {
    if shape.inspects {
        &[Part::Appliance, Part::Router]
    } else {
        &[Part::Router]
    }
}

/// What stands in the hubs of a mixed pattern.
pub(super) fn inspector(intent: &Intent) -> Option<ApplianceKind> {
    wants_inspection(intent).then_some(match intent.appliance.kind {
        ApplianceChoice::Nva => ApplianceKind::Nva,
        _ => ApplianceKind::AzureFirewall,
    })
}

/// How two spokes reach each other through the hubs of a mixed pattern.
pub(super) fn through_wan(intent: &Intent) -> Way {
    if wants_inspection(intent) {
        Way::Inspected
    } else {
        Way::Forwarded
    }
}

/// What the hubs of a mixed pattern promise towards the outside.
pub(super) fn wan_outside(intent: &Intent) -> Outside {
    super::egress::through_hub(intent)
}
