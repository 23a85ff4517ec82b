//! Chosen subnets of every spoke peered with chosen subnets of every other.
//!
//! The rule: one link a pair, as in a mesh of whole networks; each side gets rows for the chosen subnets of the other
//! alone. Here `app` of every spoke is chosen and `data` is not. The rows appear in every local subnet: `data` can
//! send to a remote `app`, and no answer comes back.
//!
//! Source: "Configure subnet peering", 2024-12-03, and captures of 2025-04.

use super::build::Draft;
use super::egress::{Seal, through_hub};
use super::peering_mesh::mesh_counts;
use super::source::{SUBNET_LAB, SUBNET_PEERING};
use super::{Definition, Family, Inspector, PLAIN, Way, follows, says};
use crate::intent::{HubManagement, SpokePlan};
use crate::spec::PeeringSpec;

pub(super) const PATTERN: Definition = Definition {
    id: "subnet-peering-mesh",
    title: "Full mesh of subnet peerings",
    family: Family::Direct,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts: mesh_counts,
    way: |_, _, _| Way::Direct,
    outside: through_hub,
    says: |_| {
        vec![
            follows("app of each spoke reaches app of every other; data reaches none"),
            says(
                SUBNET_LAB,
                "rows for a remote app appear in data too: it can send there, and the answer finds no way back",
            ),
            says(
                SUBNET_PEERING,
                "ranges may overlap where subnets are not chosen; one link joins a pair, with at most 200 subnets of both sides together",
            ),
        ]
    },
    bounds: |_| vec![("subnet_peering.subnets", 2, "regions")],
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    draft.service_hubs(Seal::Open);
    draft.data_subnets("data");
    let hubs = draft.hubs();
    draft.connect_all(&hubs);
    let spokes: Vec<&SpokePlan> = draft.plan.spokes().collect();
    for (position, spoke) in spokes.iter().enumerate() {
        for other in spokes.iter().skip(position + 1) {
            for (from, to) in [(spoke, other), (other, spoke)] {
                draft.spec.peerings.push(PeeringSpec {
                    peer_complete_vnets: false,
                    local_subnet_names: vec!["app".to_owned()],
                    remote_subnet_names: vec!["app".to_owned()],
                    ..PeeringSpec::new(&*from.name, &*to.name)
                });
            }
        }
    }
}
