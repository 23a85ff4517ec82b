//! Hub-and-spoke made by Virtual Network Manager, with direct connectivity inside each group.
//!
//! The rule: a configuration for each hub peers it with the spokes of its region; each environment (or all spokes,
//! where none is named) is a group whose members reach each other. In one region that is the configuration's own
//! direct connectivity; over several, a global mesh for each environment, since a configuration has one hub. Spokes
//! of different environments do not reach each other: where an appliance leads to the Internet, spoke tables drop
//! each other's ranges, which the rows of the group are longer than.
//!
//! | n spokes, r regions | links | groups |
//! |---|---|---|
//! | 3, 1 | 3 | 1 |
//! | 6, 2, two environments | 6 + 1 | 2 |
//!
//! Source: "Patterns for inter-spoke networking", pattern 1; Virtual Network Manager, 2025-11-18.

use super::build::Draft;
use super::egress::{Seal, through_hub};
use super::source::{ARTICLE, MANAGER, MANAGER_LIMITS};
use super::{Counts, Definition, Family, Inspector, PLAIN, Shape, Way, says};
use crate::intent::{HubManagement, SpokePlan};

pub(super) const PATTERN: Definition = Definition {
    id: "avnm-hub-spoke-direct",
    title: "Virtual Network Manager: hub and spoke, direct inside groups",
    family: Family::Direct,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, a, b| {
        if a.environment == b.environment {
            Way::Direct
        } else {
            Way::Lost
        }
    },
    outside: through_hub,
    says: |_| {
        vec![
            says(
                ARTICLE,
                "each group is a set of spokes that reach each other directly: several groups keep environments apart",
            ),
            says(
                MANAGER,
                "spokes use the gateways of the hub; members of a group bypass it, and any appliance in it",
            ),
            says(
                MANAGER_LIMITS,
                "a hub takes 1,000 spokes, a group 250 by default, and a VNet is in two groups at most",
            ),
        ]
    },
    always_managed: true,
    divides: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let several = draft.intent.environments.len() > 1;
    draft.service_hubs(if several { Seal::Sealed } else { Seal::Open });
    let groups = draft.by_environment();
    match draft.hubs().as_slice() {
        [hub] if !draft.plan.spokes().any(|spoke| spoke.owns_gateway) => {
            draft.direct_groups(hub, &groups)
        }
        _ => {
            draft.managed_hubs();
            for (name, members) in groups {
                draft.mesh(&name, &members, true);
            }
        }
    }
}

impl<'a> Draft<'a> {
    /// A configuration of Virtual Network Manager for each hub, and the hubs peered.
    pub(super) fn managed_hubs(&mut self) {
        let hubs = self.hubs();
        let transit = self.has_gateway();
        for hub in &hubs {
            let (own, members): (Vec<&SpokePlan>, Vec<&SpokePlan>) = hub
                .region
                .spokes
                .iter()
                .partition(|spoke| spoke.owns_gateway && transit);
            self.managed_hub(hub, transit, &members);
            for spoke in own {
                self.link_to_hub(&hub.name.as_str().into(), &spoke.name, false);
            }
        }
        self.hub_mesh(&hubs);
    }

    /// Spokes by environment, all of them where none is named.
    pub(super) fn by_environment(&self) -> Vec<(String, Vec<&'a SpokePlan>)> {
        let plan = self.plan;
        let kinds = self.intent.environments.len().max(1);
        let group = |at: usize| {
            let members: Vec<&SpokePlan> = plan
                .spokes()
                .filter(|spoke| spoke.environment.unwrap_or(0) == at)
                .collect();
            let name = self
                .intent
                .environments
                .get(at)
                .map_or("all", String::as_str);
            (format!("environment-{name}"), members)
        };
        (0..kinds)
            .map(group)
            .filter(|(_, members)| !members.is_empty())
            .collect()
    }
}

fn counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    let owned: u64 = shape.own_gateways.iter().sum();
    let one_hub = shape.regions() == 1 && owned == 0;
    // The groups of one hub are those that are joined directly.
    let hubs = Shape {
        managed: !one_hub,
        ..shape.clone()
    };
    counts.hub_and_spoke(&hubs);
    if shape.kinds() > 1 {
        counts.sealed_appliances(shape);
    } else {
        counts.internet_appliances(shape);
    }
    if one_hub {
        counts.direct_groups(shape.by_environment());
    } else {
        counts.groups(shape.by_environment());
    }
    counts
}
