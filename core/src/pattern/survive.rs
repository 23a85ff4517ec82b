//! Which pairs of spokes still reach each other when a hub fails.
//!
//! The rule: the hub of one region loses what forwards in it: its firewalls and NVAs stop, its gateways, Route Servers
//! and their sessions are gone, its Virtual WAN hub is gone. The network is built again and every pair answered.
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
use super::proof::Built;
use crate::intent::{AddressPlan, Intent};
use crate::spec::NetworkSpec;
use std::collections::BTreeSet;

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
    let built = Built::new(pattern.blueprint(intent, plan));
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
    let failed = without_hub(built.spec.clone(), &region, plan);
    let reached = |built: &Built| -> usize {
        let pairs = built.spoke_pairs(intent, plan);
        pairs
            .iter()
            .filter(|pair| pair.way != Way::Lost)
            .map(|pair| pair.count)
            .sum()
    };
    Some(Survivors {
        before: reached(built),
        after: reached(&Built::new(failed)),
        region,
    })
}

/// The network when nothing forwards in the hub VNets and Virtual WAN hub of a region.
fn without_hub(mut network: NetworkSpec, region: &str, plan: &AddressPlan) -> NetworkSpec {
    let spokes: BTreeSet<&str> = plan.spokes().map(|spoke| spoke.name.as_str()).collect();
    let hubs: BTreeSet<String> = network
        .vnets
        .iter()
        .filter(|vnet| vnet.region == region && !spokes.contains(vnet.name.as_str()))
        .map(|vnet| vnet.name.clone())
        .collect();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for appliance in network
        .appliances
        .iter_mut()
        .filter(|appliance| hubs.contains(&appliance.vnet))
    {
        appliance.running = false;
        gone.insert(appliance.name.clone());
    }
    network.gateways.retain(|gateway| {
        let stays = !hubs.contains(&gateway.vnet);
        if !stays {
            gone.insert(gateway.name.clone());
        }
        stays
    });
    if let Some(wan) = &mut network.virtual_wan {
        wan.hubs.retain(|hub| {
            let stays = hub.region != region;
            if !stays {
                gone.insert(hub.name.clone());
            }
            stays
        });
    }
    network
        .bgp_peerings
        .retain(|session| !gone.contains(&session.appliance));
    network
        .tunnels
        .retain(|tunnel| !gone.contains(&tunnel.a) && !gone.contains(&tunnel.b));
    for circuit in &mut network.circuits {
        circuit.gateways.retain(|gateway| !gone.contains(gateway));
    }
    network
}
