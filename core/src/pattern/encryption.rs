//! Why what is asked to be encrypted is not, way by way.
//!
//! The rule: virtual network encryption works from one machine to another, inside a network and over peerings, and is set on
//! virtual networks. What stands between the two ends it: Azure Firewall is not supported in a network that has it on, a hub
//! of Virtual WAN is no network of one's own, and no source says that packets which an NVA forwards stay encrypted. So
//! nothing that inspects meets it; who needs both encrypts in the workloads, which no design of networks shows.
//!
//! | way | says |
//! |---|---|
//! | through Azure Firewall in a hub | not supported there |
//! | through NVAs | nobody says so |
//! | through a hub of Virtual WAN | set on virtual networks alone |
//! | direct, in a connected group | no source names it |
//!
//! Left out: VPN to an appliance from each machine; ways that are encrypted, of which `advice` says what they cover.

use super::source::{ENCRYPTION, ENCRYPTION_LIMITS};
use super::{Inspector, Pattern, Sentence, Way, says};
use crate::intent::{ApplianceChoice, HubManagement, Intent};

/// Why a way of a pattern does not count as encrypted, as the end of a sentence.
pub(super) fn unencrypted(pattern: Pattern, intent: &Intent, way: Way) -> Sentence {
    let in_wan = pattern.hub() == HubManagement::MicrosoftManaged;
    let firewall = match pattern.inspector() {
        Inspector::Firewall => true,
        Inspector::Nvas => false,
        Inspector::AsAsked | Inspector::None => intent.appliance.kind != ApplianceChoice::Nva,
    };
    match way {
        Way::Direct => says(
            ENCRYPTION,
            ": it is in a connected group, for which no source names encryption",
        ),
        _ if in_wan => says(
            ENCRYPTION,
            ": encryption is set on virtual networks, and a hub of Virtual WAN is none of one's own",
        ),
        Way::Inspected if firewall => says(
            ENCRYPTION_LIMITS,
            ": a virtual network with encryption on does not support Azure Firewall",
        ),
        Way::Inspected => says(
            ENCRYPTION,
            ": encryption works from machine to machine, and no source says that it covers what an NVA forwards",
        ),
        _ => says(
            ENCRYPTION,
            ": encryption works from machine to machine, and what forwards here is neither end",
        ),
    }
}
