//! How long the slowest round trip between two spokes takes, as far as it is published.
//!
//! The rule: one flow is followed inside each region and between each two, from the first spoke; the slowest stands for
//! the design, by the parts of its way that are published. Where a part of any of them has no figure, it is a lower bound.
//!
//! | default Intent | slowest |
//! |---|---|
//! | `peering-mesh` | 73 ms, whole |
//! | `vwan` | 73 ms, at least: nobody has published a hub router's |

use super::proof::Built;
use crate::intent::{AddressPlan, SpokePlan};
use crate::latency::RoundTripTime;
use crate::price::{Kind, Representative};
use crate::route::Flow;
use crate::spec::Protocol;

/// Regions between which flows are followed, at most.
const MOST_REGIONS: usize = 8;

/// Microseconds at least, and whether that is all.
pub type Pace = (u32, bool);

/// The round trip between two spokes; none where they do not reach each other.
#[must_use]
pub fn round_trip(built: &Built, from: &SpokePlan, to: &SpokePlan) -> Option<Pace> {
    let trip = built.estate.routing().round_trip(Flow {
        source: from.workload(),
        destination: to.workload(),
        protocol: Protocol::Tcp,
        port: None,
    });
    if !trip.verdict.reachable() {
        return None;
    }
    let flow = Representative {
        kind: Kind::Between,
        from: from.name.clone(),
        to: to.name.clone(),
        places: (String::new(), String::new()),
        flows: 1,
        trip,
    };
    let time = RoundTripTime::of(built.topology(), &flow);
    Some((time.at_least(), time.is_complete()))
}

/// The slowest round trip of a design; none where no pair of spokes reaches each other.
#[must_use]
pub fn slowest(built: &Built, plan: &AddressPlan) -> Option<Pace> {
    let regions: Vec<_> = plan.regions.iter().take(MOST_REGIONS).collect();
    let mut paces = Vec::new();
    for (at, region) in regions.iter().enumerate() {
        let mut own = region.spokes.iter();
        let (Some(first), second) = (own.next(), own.next()) else {
            continue;
        };
        let others = regions
            .iter()
            .skip(at + 1)
            .filter_map(|other| other.spokes.first());
        for other in others.chain(second) {
            // Both ways: the table's two directions differ.
            paces.extend(round_trip(built, first, other));
            paces.extend(round_trip(built, other, first));
        }
    }
    let whole = paces.iter().all(|(_, whole)| *whole);
    let (least, _) = paces.into_iter().max()?;
    Some((least, whole))
}
