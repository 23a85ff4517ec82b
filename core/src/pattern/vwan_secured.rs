//! Virtual WAN with Azure Firewall in each hub and routing intent.
//!
//! The rule: a private policy sends every private range through the hub's firewall, and what crosses hubs through
//! both; an Internet policy, where it is asked for, the default route. Ranges beside RFC 1918 are listed in every hub.
//!
//! | pair | passes |
//! |---|---|
//! | two spokes of a hub | its firewall |
//! | spokes of two hubs | both firewalls |
//!
//! Source: "How to configure Virtual WAN hub routing intent", 2025-08.

use super::egress::through_hub;
use super::source::INTENT;
use super::vwan::{wan_counts, wan_says};
use super::{Definition, Family, Inspector, PLAIN, Part, Pattern, Sentence, Way, says};
use crate::intent::{HubManagement, Intent};
use crate::spec::ApplianceKind;

pub(super) const PATTERN: Definition = Definition {
    id: "vwan-secured",
    title: "Virtual WAN with Azure Firewall",
    family: Family::Appliance,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::Firewall,
    blueprint: |draft| draft.virtual_wan(Some(ApplianceKind::AzureFirewall)),
    counts: |shape| wan_counts(shape, true),
    way: |_, _, _| Way::Inspected,
    outside: through_hub,
    says: secured_says,
    passes: |_| &[Part::Appliance, Part::Router],
    sites_inspected: true,
    routing_intent: |_| true,
    divides: true,
    with_pairs: Some(Pattern::VwanSelective),
    ..PLAIN
};

pub(super) fn secured_says(_: &Intent) -> Vec<Sentence> {
    let mut sentences = wan_says();
    sentences.push(says(
        INTENT,
        "every hub inspects; RFC 1918 is covered, other private ranges are listed in every hub",
    ));
    sentences.push(says(
        INTENT,
        "a hub with a private policy takes 600 prefixes of its spokes",
    ));
    sentences
}
