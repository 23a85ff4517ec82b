//! Every spoke peered with every other, in one region or over several.
//!
//! The rule: a peering joins two VNets and no third, so n spokes take n(n-1)/2 links beside the n to their hubs. Hubs
//! hold what is shared: gateways, and the way out to the Internet.
//!
//! | n spokes, r regions | links | of one spoke |
//! |---|---|---|
//! | 3, 1 | 3 + 3 = 6 | 3 |
//! | 6, 2 | 15 + 6 + 1 = 22 | 6 |
//! | 500, 1 | 124,750 + 500 = 125,250 | 500: the limit |
//!
//! Source: "Patterns for inter-spoke networking", pattern 1, and its chart.

use super::build::Draft;
use super::egress::{Seal, through_hub};
use super::source::ARTICLE;
use super::{Counts, Definition, Family, Inspector, PLAIN, Shape, Way, follows, says};
use crate::intent::{HubManagement, Intent, SpokePlan};

pub(super) const PATTERN: Definition = Definition {
    id: "peering-mesh",
    title: "Full mesh of peerings",
    family: Family::Direct,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts: mesh_counts,
    way: |_, _, _| Way::Direct,
    outside: through_hub,
    says: |intent| {
        vec![
            says(
                ARTICLE,
                "beyond a few spokes let Virtual Network Manager make the connections",
            ),
            follows("a VNet holds 500 peerings: 500 spokes with a hub, 501 without one"),
            follows(format!(
                "nothing inspects traffic between spokes{}",
                between_environments(intent)
            )),
        ]
    },
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    draft.service_hubs(Seal::Open);
    let hubs = draft.hubs();
    draft.connect_all(&hubs);
    let spokes: Vec<&SpokePlan> = draft.plan.spokes().collect();
    draft.mesh("mesh", &spokes, false);
}

pub(super) fn mesh_counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    counts.hub_and_spoke(shape);
    counts.internet_appliances(shape);
    counts.meshes(std::iter::once(shape.total()));
    counts
}

fn between_environments(intent: &Intent) -> &'static str {
    if intent.environments.len() > 1 {
        ", of different environments neither"
    } else {
        ""
    }
}
