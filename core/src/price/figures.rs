//! How much traffic there is, where one figure holds for each kind of pair.
//!
//! The rule: a figure is the sum over all pairs of its kind, for each direction; [`super::Kind`] says which pairs those are.
//!
//! | member | default, each direction |
//! |---|---|
//! | `withinRegionsGb` | 1,000 GB a month in each region |
//! | `betweenRegionsGb` | 1,000 GB a month |
//! | `toOnPremisesGb` | 0 |
//!
//! Left out: figures of single pairs, groups and the Internet; [`super::Demand`] has them.

use crate::units::GbPerMonth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Traffic figures, each for one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Traffic {
    /// Between the spokes of a region, in each region.
    pub within_regions_gb: GbPerMonth,
    /// Between spokes of different regions, over all regions.
    pub between_regions_gb: GbPerMonth,
    /// Between spokes and on-premises sites, over all of them.
    pub to_on_premises_gb: GbPerMonth,
}

impl Default for Traffic {
    /// 1,000 GB each way within each region and between the regions, nothing on-premises.
    fn default() -> Self {
        Self {
            within_regions_gb: GbPerMonth::whole(1_000),
            between_regions_gb: GbPerMonth::whole(1_000),
            to_on_premises_gb: GbPerMonth::ZERO,
        }
    }
}
