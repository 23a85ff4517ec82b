//! Route maps as typed: what a Virtual WAN hub or an appliance changes in the routes it takes in or tells.
//!
//! | member | in Azure |
//! |---|---|
//! | `matchCriteria[].matchCondition` | `Contains`, `Equals`, `NotContains`, `NotEquals` |
//! | `actions[].type` | `Add`, `Drop`, `Remove`, `Replace` |
//! | `nextStepIfMatched` | `Continue`, `Terminate` |
//!
//! Left out: communities, which no rule of this program looks at.

use crate::json::{record, words};

/// A route map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteMapSpec {
    /// Unique name.
    pub name: String,
    /// Its rules, in order.
    pub rules: Vec<RouteMapRuleSpec>,
}

record!(RouteMapSpec, Self::default(), |value, members| {
    members.required("name", &mut value.name);
    members.always("rules", &mut value.rules);
});

/// A rule of a route map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteMapRuleSpec {
    /// Name.
    pub name: Option<String>,
    /// All must hold; none: every route.
    pub match_criteria: Vec<RouteMapCriterionSpec>,
    /// What is done with a route that matches; none: nothing.
    pub actions: Vec<RouteMapActionSpec>,
    /// Whether the rules after it are asked.
    pub next_step_if_matched: NextStep,
}

record!(RouteMapRuleSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.optional("matchCriteria", &mut value.match_criteria);
    members.optional("actions", &mut value.actions);
    members.always("nextStepIfMatched", &mut value.next_step_if_matched);
});

/// What a route must be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteMapCriterionSpec {
    /// How it is compared.
    pub match_condition: MatchCondition,
    /// Prefixes: equal to one, or in one.
    pub route_prefix: Vec<String>,
    /// AS numbers: the whole path, or one of them in it.
    pub as_path: Vec<u32>,
}

record!(RouteMapCriterionSpec, Self::default(), |value, members| {
    members.required("matchCondition", &mut value.match_condition);
    members.optional("routePrefix", &mut value.route_prefix);
    members.optional("asPath", &mut value.as_path);
});

/// How a criterion compares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

words!(MatchCondition, usual Contains,
    Contains "Contains",
    Equals "Equals",
    NotContains "NotContains",
    NotEquals "NotEquals",
);

/// What is done with a route.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteMapActionSpec {
    /// What.
    pub kind: RouteMapActionType,
    /// Prefixes that replace the route's own.
    pub route_prefix: Vec<String>,
    /// AS numbers that are put before the path, or in its place.
    pub as_path: Vec<u32>,
}

record!(RouteMapActionSpec, Self::default(), |value, members| {
    members.required("type", &mut value.kind);
    members.optional("routePrefix", &mut value.route_prefix);
    members.optional("asPath", &mut value.as_path);
});

/// Kinds of action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

words!(RouteMapActionType, usual Add,
    Add "Add",
    Drop "Drop",
    Remove "Remove",
    Replace "Replace",
);

/// What follows a rule that matched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NextStep {
    /// The next rule.
    #[default]
    Continue,
    /// Nothing.
    Terminate,
}

words!(NextStep, usual Continue,
    Continue "Continue",
    Terminate "Terminate",
);
