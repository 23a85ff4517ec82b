//! What a price list answers: a meter, its price, and how far the price can be trusted.
//!
//! The rule: a price is *sourced*, *assumed* with a reason, or *open* with what is missing. An open price is no price:
//! never a zero.
//!
//! | basis | price | source and date | reason |
//! |---|---|---|---|
//! | sourced | yes | yes | |
//! | assumed | yes | yes | `seen for eastus` |
//! | open | no | no | `no source gives a price` |
//!
//! Left out: which prices there are; [`super::Catalog`] knows.

use crate::units::Money;
use std::fmt;

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// 10^9 bytes.
    Gb,
    /// An hour of one thing's existence.
    Hour,
    /// A month of one thing's existence.
    Month,
}

impl Unit {
    /// The word shown to people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gb => "GB",
            Self::Hour => "hour",
            Self::Month => "month",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A meter by its names in the Azure Retail Prices API; `*` stands for every SKU.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meter {
    /// `serviceName`, as `Virtual Network`.
    pub service: String,
    /// `productName`, as `Global Virtual Network Peering`.
    pub product: String,
    /// `skuName`, as `Inter-Region`.
    pub sku: String,
    /// `meterName`, as `Inter-Region Egress`.
    pub meter: String,
    /// What is counted.
    pub unit: Unit,
}

impl Meter {
    /// Its four names.
    pub(super) fn names(&self) -> [&str; 4] {
        [&self.service, &self.product, &self.sku, &self.meter]
    }
}

/// Where a price was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PriceSource {
    /// Title of the list.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// How far a price can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Seen for this region and recently.
    Sourced,
    /// Used, though seen for another region or long ago.
    Assumed {
        /// The reason, as `seen for eastus`.
        why: String,
    },
    /// No source: a price is asked for.
    Open {
        /// What is missing.
        why: String,
    },
}

impl Basis {
    /// The word shown to people.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Assumed { .. } => "assumed",
            Self::Open { .. } => "open",
        }
    }

    /// The reason, where there is one to give.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Sourced => None,
            Self::Assumed { why } | Self::Open { why } => Some(why),
        }
    }
}

/// What the list answers for a meter and a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The meter.
    pub meter: Meter,
    /// Price of one unit; none where it is open.
    pub price: Option<Money>,
    /// How far it can be trusted.
    pub basis: Basis,
    /// Where it was seen.
    pub source: Option<PriceSource>,
    /// The newest day it was seen, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty where it is open.
    pub date: String,
    /// What was taken off, in hundredths of a per cent.
    pub discount: u32,
}

impl Quote {
    /// An open question.
    #[must_use]
    pub fn open(meter: Meter, why: impl Into<String>) -> Self {
        Self {
            meter,
            price: None,
            basis: Basis::Open { why: why.into() },
            source: None,
            date: String::new(),
            discount: 0,
        }
    }
}

/// One step of a price that falls with the quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The first GB of a month that it applies to, counted from zero.
    pub from_gb: u32,
    /// Its price.
    pub quote: Quote,
}

/// What happens to assumed prices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AssumedPrices {
    /// They are used and marked.
    #[default]
    Use,
    /// They are left open.
    LeaveOpen,
}
