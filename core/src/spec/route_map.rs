//! Route maps as typed: what a Virtual WAN hub or an appliance changes in the routes it takes in or tells.
//!
//! | member | in Azure |
//! |---|---|
//! | `matchCriteria[].matchCondition` | `Contains`, `Equals`, `NotContains`, `NotEquals` |
//! | `actions[].type` | `Add`, `Drop`, `Remove`, `Replace` |
//! | `nextStepIfMatched` | `Continue`, `Terminate` |
//!
//! Left out: communities, which no rule of this program looks at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantNames;

/// A route map.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteMapSpec {
    /// Unique name.
    pub name: String,
    /// Its rules, in order.
    #[serde(default)]
    pub rules: Vec<RouteMapRuleSpec>,
}

/// A rule of a route map.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RouteMapRuleSpec {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// All must hold; none: every route.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub match_criteria: Vec<RouteMapCriterionSpec>,
    /// What is done with a route that matches; none: nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<RouteMapActionSpec>,
    /// Whether the rules after it are asked.
    pub next_step_if_matched: NextStep,
}

/// What a route must be.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteMapCriterionSpec {
    /// How it is compared.
    pub match_condition: MatchCondition,
    /// Prefixes: equal to one, or in one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route_prefix: Vec<String>,
    /// AS numbers: the whole path, or one of them in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_path: Vec<u32>,
}

/// How a criterion compares.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum MatchCondition {
    /// In one of the prefixes; one of the numbers in the path.
    #[default]
    Contains,
    /// One of the prefixes; the path as it stands.
    Equals,
    /// Not so.
    NotContains,
    /// Not so.
    NotEquals,
}

/// What is done with a route.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteMapActionSpec {
    /// What.
    #[serde(rename = "type")]
    pub kind: RouteMapActionType,
    /// Prefixes that replace the route's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route_prefix: Vec<String>,
    /// AS numbers that are put before the path, or in its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_path: Vec<u32>,
}

/// Kinds of action.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum RouteMapActionType {
    /// Puts AS numbers before the path.
    #[default]
    Add,
    /// Drops the route.
    Drop,
    /// Takes communities away: nothing that is simulated.
    Remove,
    /// Puts prefixes or a path in place of the route's own.
    Replace,
}

/// What follows a rule that matched.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantNames,
)]
pub enum NextStep {
    /// The next rule.
    #[default]
    Continue,
    /// Nothing.
    Terminate,
}
