//! One connected group of Virtual Network Manager that holds every spoke.
//!
//! The rule: members reach each other without a peering; over several regions the group is a global mesh. There is no
//! hub, so there is neither a gateway to share nor an appliance on the way out.
//!
//! | spokes | peering objects | members of the group |
//! |---|---|---|
//! | 3 | 0 | 3 |
//! | 250 | 0 | 250: the default limit; 3,000 and 5,000 on request |
//!
//! Source: "Connectivity configuration in Azure Virtual Network Manager", 2025-11-18.

use super::build::Draft;
use super::source::{MANAGER, MANAGER_LIMITS};
use super::{Counts, Definition, Family, Inspector, Outside, PLAIN, Shape, Way, says};
use crate::intent::{HubManagement, SpokePlan};

pub(super) const PATTERN: Definition = Definition {
    id: "avnm-mesh",
    title: "Virtual Network Manager: mesh",
    family: Family::Direct,
    hub: HubManagement::Either,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, _, _| Way::Direct,
    outside: |_| Outside::NOTHING,
    says: |intent| {
        let mut sentences = vec![
            says(
                MANAGER_LIMITS,
                "a group holds 250 VNets, 3,000 with the high-scale option and 5,000 on request; it exists in listed regions alone",
            ),
            says(
                MANAGER,
                "traffic to a range that two members share is dropped",
            ),
        ];
        if intent.regions.len() > 1 {
            sentences.push(says(
                MANAGER,
                "members of different regions reach each other because the mesh is global",
            ));
        }
        sentences
    },
    always_managed: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    for region in &draft.plan.regions {
        draft.spokes(region, None);
    }
    let spokes: Vec<&SpokePlan> = draft.plan.spokes().collect();
    draft.mesh("mesh", &spokes, true);
}

fn counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    counts.region_vnets(shape, 0);
    counts.groups(std::iter::once(shape.total()));
    counts
}
