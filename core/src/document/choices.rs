//! What the reader chose besides the network: prices, rules, policies, what fails, what is shown and where.
//!
//! The rule: a choice is kept as it was made (a price sheet as its text, a policy as its words), so that a saved design
//! answers as it did when it was saved. A choice that says what is usual is not written.
//!
//! | choice | kept as | absent |
//! |---|---|---|
//! | prices of one's own | the texts that were read, the rate | the built-in list |
//! | discounts | hundredths of a per cent off a service | none |
//! | disputed rules | the names of those taken as the other side says | the usual side of each |
//! | policies | kind and two groups of VNets, as typed | those of every sound design |
//! | what fails | its name | nothing |
//! | columns | the sorted one, the hidden ones | by verdict, none |
//! | environments | names for groups of VNets | as the Intent says |
//! | moved boxes | tenths of a unit of the picture | where the layout puts them |
//!
//! Left out: what a choice leads to (the bill, a judgement): it is computed.

use crate::json::is_default;
use crate::units::GbPerMonth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use strum::VariantNames;

/// Everything that the reader chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Choices {
    /// Prices of one's own.
    #[serde(skip_serializing_if = "is_default")]
    pub prices: OwnPrices,
    /// Per cent off services.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// Disputed rules that are taken as the other side says, by the names of
    /// [`Rules::DISPUTES`](crate::price::Rules::DISPUTES).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// GB a month between availability zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between_zones_gb: Option<GbPerMonth>,
    /// Policies that are checked; none where the reader never changed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<ChosenPolicy>>,
    /// What fails, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
    /// The column that patterns are sorted by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Columns that are not shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden_columns: Vec<String>,
    /// Names of environments for groups of VNets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<NamedEnvironment>,
    /// Boxes that were moved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

/// Where prices come from besides the built-in list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OwnPrices {
    /// A price sheet, as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Rc<str>>,
    /// Answers of the Azure Retail Prices API, as they were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Rc<str>>,
    /// What a dollar costs, as `EUR 0.92`, where it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dollar: Option<String>,
    /// Assumed prices are left open.
    #[serde(skip_serializing_if = "is_default")]
    pub leave_open: bool,
}

/// What is taken off the prices of a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Discount {
    /// The service, in the words of the price list.
    pub service: String,
    /// Hundredths of a per cent.
    #[serde(rename = "hundredthsOfPercent")]
    pub hundredths: u32,
}

/// What a policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantNames)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum PolicyKind {
    /// None of the first group reaches the second, except through an inspecting device.
    Inspected,
    /// Every flow of the group is symmetric.
    Symmetric,
    /// Nothing of the group leaves Azure.
    Inside,
    /// The pairs of both groups are direct.
    Direct,
    /// Everybody of the first group reaches the second.
    Reaches,
    /// From the first group to the second the services that are named pass, and no other.
    Only,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Inspected,
        Self::Symmetric,
        Self::Inside,
        Self::Direct,
        Self::Reaches,
        Self::Only,
    ];

    /// Whether it speaks of two groups.
    #[must_use]
    pub const fn has_two(self) -> bool {
        !matches!(self, Self::Symmetric | Self::Inside)
    }

    /// Whether it names services.
    #[must_use]
    pub const fn has_services(self) -> bool {
        matches!(self, Self::Only)
    }
}

/// A policy as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChosenPolicy {
    /// What it says.
    pub kind: PolicyKind,
    /// The first group, as typed.
    pub from: String,
    /// The second group, as typed; empty where the kind speaks of one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The services, as typed; empty where the kind names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub services: String,
}

/// How patterns are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sort {
    /// The column's name.
    pub column: String,
    /// The largest comes first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub largest_first: bool,
}

/// A group of VNets and the environment that they belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamedEnvironment {
    /// Names of VNets, with commas between; `*` stands for any letters.
    pub vnets: String,
    /// The environment.
    pub name: String,
}

/// Where a box was moved to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// The object's name.
    pub of: String,
    /// Tenths of a unit from the left edge of the picture.
    pub x: i32,
    /// Tenths of a unit from its upper edge.
    pub y: i32,
}
