//! Which pairs of spokes still reach each other when a hub fails.
//!
//! The rule: the hub of one region loses what forwards in it: its firewalls and NVAs stop, its gateways, Route Servers
//! and their sessions are gone, its Virtual WAN hub is gone. Every pair is answered again.
//!
//! | default Intent, the hub of East US fails | pairs that survive, of 15 |
//! |---|---|
//! | `peering-mesh` | 15 |
//! | `hub-firewall` | 3: those inside West US 2 |
//! | `regional-mesh-hub` | 6: those inside a region |
//!
//! Left out: the failure of a whole region, or of one machine of several.

use super::Pattern;
use super::Way;
use super::proof::{Built, spoke_pairs};
use super::sketch::MANY;
use crate::estate::{Estate, Failure};
use crate::intent::{AddressPlan, Intent};
use crate::topology::{Topology, VnetId};

/// What is left of the pairs of spokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivors {
    /// The region whose hub fails.
    pub region: String,
    /// Pairs that reached each other before.
    pub before: usize,
    /// Those that still do.
    pub after: usize,
}

/// Pairs that survive the failure of the hub of one region, by its position in the Intent; `None` without that region.
///
/// ```
/// use interspoke_core::intent::{AddressPlan, Intent};
/// use interspoke_core::pattern::{Pattern, survive::survivors};
/// let intent = Intent::default();
/// let plan = AddressPlan::new(&intent).unwrap();
/// let left = survivors(Pattern::HubFirewall, &intent, &plan, 0).unwrap();
/// assert_eq!((left.before, left.after), (15, 3));
/// ```
#[must_use]
pub fn survivors(
    pattern: Pattern,
    intent: &Intent,
    plan: &AddressPlan,
    region: usize,
) -> Option<Survivors> {
    let built = Built::new(pattern.sketch(intent, plan, MANY));
    survivors_of(&built, intent, plan, region)
}

/// The same for a network that is built already.
#[must_use]
pub fn survivors_of(
    built: &Built,
    intent: &Intent,
    plan: &AddressPlan,
    region: usize,
) -> Option<Survivors> {
    let region = plan.regions.get(region)?.region.clone();
    let reached = |estate: &Estate| -> usize {
        let pairs = spoke_pairs(estate, intent, plan);
        pairs
            .iter()
            .filter(|pair| pair.way != Way::Lost)
            .map(|pair| pair.count)
            .sum()
    };
    let before = reached(&built.estate);
    let failures = of_hub(built.topology(), &region, plan);
    Some(Survivors {
        before,
        after: if failures.is_empty() {
            before
        } else {
            reached(&built.estate.without_all(&failures))
        },
        region,
    })
}

/// What forwards in the hub VNets and the Virtual WAN hub of a region.
fn of_hub(topology: &Topology, region: &str, plan: &AddressPlan) -> Vec<Failure> {
    let is_hub = |vnet: VnetId| {
        let vnet = topology.vnet(vnet);
        vnet.region == region && !plan.spokes().any(|spoke| spoke.name == vnet.name)
    };
    let mut failures = Vec::new();
    for nic in topology.appliances() {
        if is_hub(nic.vnet) {
            failures.push(Failure::Machine(nic.device));
        }
    }
    for gateway in topology.gateways() {
        if is_hub(gateway.vnet) {
            failures.push(Failure::Gateway(gateway.id));
        }
    }
    for hub in topology.hubs() {
        if hub.region == region {
            failures.push(Failure::Hub(hub.id));
        }
    }
    failures
}
