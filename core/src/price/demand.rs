//! Traffic that is not the same everywhere: figures for groups of networks, or a matrix pair by pair.
//!
//! The rule: an entry is a sum over all ordered pairs from one side to the other, in that direction alone, or a figure
//! for each of them. A pair takes the first entry that names it; a pair that an entry names in either direction is no
//! longer part of the uniform figures. A side is a list of names: VNets, Azure regions, sites, private endpoints,
//! `Internet`.
//!
//! | entries | uniform | a → b carries | b → a carries |
//! |---|---|---|---|
//! | none | 1,000 GB within the region, 2 spokes | 1,000 GB | 1,000 GB |
//! | a → b 600 GB | the same | 600 GB | nothing |
//! | eastus → westus2 900 GB, 3 × 3 spokes | any | 100 GB a pair | nothing |
//! | eastus → westus2 9 GB each pair | any | 9 GB a pair | nothing |
//!
//! Left out: traffic between subnets of one VNet, which is not metered.

use super::figures::Traffic;
use crate::units::GbPerMonth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// The name of a side that stands for the Internet.
pub const INTERNET: &str = "Internet";

/// How much traffic there is between whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Demand {
    /// For pairs that no entry names.
    pub uniform: Traffic,
    /// Between spokes and the Internet, over all spokes, for each direction.
    pub to_internet: GbPerMonth,
    /// Groups and single pairs.
    pub entries: Vec<Entry>,
}

/// What a traffic figure counts.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum TrafficUnit {
    /// The sum over all pairs of its kind.
    #[default]
    Total,
    /// Each pair.
    PerPair,
}

/// Traffic from some networks to others, in that direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What people call it, as `dev to prod`.
    pub name: String,
    /// Where it starts: names of VNets, regions, sites, private endpoints, or [`INTERNET`].
    pub from: Vec<String>,
    /// Where it goes.
    pub to: Vec<String>,
    /// GB a month, in this direction.
    pub gb: GbPerMonth,
    /// Whether it is the sum over all its pairs, or each pair's.
    pub unit: TrafficUnit,
}

impl Entry {
    /// A sum from one named side to another.
    ///
    /// ```
    /// use interspoke_core::{price::Entry, units::GbPerMonth};
    /// assert_eq!(Entry::new("spoke1", "spoke2", GbPerMonth::whole(600)).name, "spoke1 to spoke2");
    /// ```
    #[must_use]
    pub fn new(from: &str, to: &str, gb: GbPerMonth) -> Self {
        Self {
            name: format!("{from} to {to}"),
            from: vec![from.to_owned()],
            to: vec![to.to_owned()],
            gb,
            unit: TrafficUnit::Total,
        }
    }
}

impl From<Traffic> for Demand {
    fn from(uniform: Traffic) -> Self {
        Self {
            uniform,
            to_internet: GbPerMonth::ZERO,
            entries: Vec::new(),
        }
    }
}
impl Demand {
    /// Every figure times a fraction, rounded to a thousandth of a GB.
    pub(super) fn scaled(&self, times: u64, of: u64) -> Self {
        let scale = |gb: GbPerMonth| {
            let product = u128::from(gb.0.thousandths()).saturating_mul(u128::from(times));
            let rounded = (product.saturating_add(u128::from(of / 2))) / u128::from(of.max(1));
            GbPerMonth(crate::units::Quantity::from_thousandths(
                u64::try_from(rounded).unwrap_or(u64::MAX),
            ))
        };
        let entries = self.entries.iter().map(|entry| Entry {
            gb: scale(entry.gb),
            ..entry.clone()
        });
        Self {
            uniform: Traffic {
                within_regions_gb: scale(self.uniform.within_regions_gb),
                between_regions_gb: scale(self.uniform.between_regions_gb),
                to_on_premises_gb: scale(self.uniform.to_on_premises_gb),
            },
            to_internet: scale(self.to_internet),
            entries: entries.collect(),
        }
    }
}
