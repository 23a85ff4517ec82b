//! What patterns cost against traffic and against spokes, and where their order turns.
//!
//! The rule: over traffic the Intent's mix is kept and its sum grows; over spokes the Intent's regions keep their
//! proportions and its figures stay (a figure for each pair grows with the pairs). Every number is a bill of the built
//! network.
//!
//! | patterns | question |
//! |---|---|
//! | `peering-mesh`, `hub-firewall` | from which traffic on is the firewall's hub the cheaper one? never: it costs more a GB |
//! | `vwan`, `hub-nva` | from how many spokes on … |
//!
//! Left out: patterns that a limit refuses at a size; there is no bill of them.

use super::sketch::MANY;
use super::{Pattern, Shape};
use crate::intent::{AddressPlan, Intent};
use crate::price::{Bill, Catalog, Curve, Priced, SpokeBreakEven, bill_of, spokes_break_even};
use crate::spec::NetworkSpec;
use crate::units::GbPerMonth;

/// A pattern's network with its Intent's traffic; bill it with [`Priced::at`], draw it with [`Priced::curve`].
#[must_use]
pub fn curve(
    network: &NetworkSpec,
    intent: &Intent,
    catalog: &Catalog,
    up_to: GbPerMonth,
) -> Curve {
    Priced::new(network, &intent.traffic_demand(), catalog).curve(up_to)
}

/// The bill of a pattern when the Intent's regions have so many spokes together; none where no address plan fits.
#[must_use]
pub fn bill_with_spokes(
    pattern: Pattern,
    intent: &Intent,
    spokes: u32,
    catalog: &Catalog,
) -> Option<Bill> {
    let sized = with_spokes(intent, spokes)?;
    let plan = AddressPlan::new(&sized).ok()?;
    let sketch = pattern.sketch(&sized, &plan, MANY);
    let topology = sketch.join().value;
    let routing = crate::route::Routing::new(topology.into(), crate::route::Settings::default());
    Some(bill_of(
        &routing,
        &sketch.spec,
        &sized.traffic_demand(),
        catalog,
    ))
}

/// Where the cheaper of two patterns changes with the number of spokes, from two up to this many.
///
/// ```
/// use interspoke_core::intent::Intent;
/// use interspoke_core::pattern::{Pattern, cost};
/// use interspoke_core::price::Catalog;
/// let turns = cost::spokes(Pattern::HubNva, Pattern::HubFirewall, &Intent::default(), 8, &Catalog::built_in());
/// assert!(turns.is_empty());
/// ```
#[must_use]
pub fn spokes(
    a: Pattern,
    b: Pattern,
    intent: &Intent,
    up_to: u32,
    catalog: &Catalog,
) -> Vec<SpokeBreakEven> {
    spokes_break_even(2, up_to, |spokes| {
        let total = |pattern| Some(bill_with_spokes(pattern, intent, spokes, catalog)?.total);
        Some((total(a)?, total(b)?))
    })
}

/// The same Intent with so many spokes.
pub(super) fn with_spokes(intent: &Intent, spokes: u32) -> Option<Intent> {
    let plan = AddressPlan::new(intent).ok()?;
    let sizes = Shape::new(intent, &plan)
        .with_total(u64::from(spokes))
        .spokes;
    let mut sized = intent.clone();
    for (region, size) in sized.regions.iter_mut().zip(sizes) {
        region.spokes = u32::try_from(size).ok()?;
        region.spoke_prefixes.clear();
        region.spoke_environments.clear();
    }
    Some(sized)
}
