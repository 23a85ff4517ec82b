//! Virtual WAN with an integrated NVA in each hub and routing intent.
//!
//! The rule: the policies of a secured hub, with a vendor's NVA as next hop. Its capacity is bought in infrastructure units
//! of 500 Mbps, two at the least and 80 at the most; the vendor's licence is an open line.
//!
//! Sources: "How to configure Virtual WAN hub routing intent", 2025-08; "About NVAs in a Virtual WAN hub", 2023-11-02.

use super::egress::through_hub;
use super::source::{ARTICLE, INTENT};
use super::vwan::{wan_counts, wan_says};
use super::{Definition, Family, Inspector, PLAIN, Part, Way, says};
use crate::intent::HubManagement;
use crate::spec::ApplianceKind;

pub(super) const PATTERN: Definition = Definition {
    id: "vwan-nva",
    title: "Virtual WAN with an NVA in the hub",
    family: Family::Appliance,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::Nvas,
    blueprint: |draft| draft.virtual_wan(Some(ApplianceKind::Nva)),
    counts: |shape| wan_counts(shape, true),
    way: |_, _, _| Way::Inspected,
    outside: through_hub,
    says: |_| {
        let mut sentences = wan_says();
        sentences.push(says(
            INTENT,
            "listed vendors alone: Check Point, Cisco and Fortinet as NVAs",
        ));
        sentences.push(says(
            ARTICLE,
            "the NVA's units must carry the traffic between spokes",
        ));
        sentences
    },
    passes: |_| &[Part::Appliance, Part::Router],
    nvas_in_hub: true,
    routing_intent: |_| true,
    divides: true,
    ..PLAIN
};
