//! Route maps of Virtual WAN hubs and Route Servers.
//!
//! | member | becomes |
//! |---|---|
//! | `matchCriteria[].routePrefix`, `asPath` | a criterion; communities are not looked at |
//! | `actions[].parameters[]` | one action a parameter; `Drop` has none |
//!
//! Left out: criteria and actions that speak of communities alone.

use super::network::word;
use crate::import::fields::Fields;
use crate::import::gather::{Gathered, Head};
use crate::spec::{
    RouteMapActionSpec, RouteMapActionType, RouteMapCriterionSpec, RouteMapRuleSpec, RouteMapSpec,
};
use crate::word::find_word;

pub(in crate::import) fn route_map(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let spec = RouteMapSpec {
        name: String::new(),
        rules: fields.items("rules").map(rule).collect(),
    };
    gathered.route_maps.push((head.clone(), spec));
}

fn rule(fields: Fields<'_>) -> RouteMapRuleSpec {
    let criteria = fields
        .items("matchcriteria")
        .chain(fields.items("matchcriterion"));
    let actions = fields.items("actions").chain(fields.items("action"));
    RouteMapRuleSpec {
        name: fields.owned("name"),
        match_criteria: criteria.filter_map(criterion).collect(),
        actions: actions.flat_map(action).collect(),
        next_step_if_matched: word(fields, "nextstepifmatched"),
    }
}

fn numbers(fields: Fields<'_>) -> Vec<u32> {
    let texts = fields.texts("aspath");
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

fn criterion(fields: Fields<'_>) -> Option<RouteMapCriterionSpec> {
    let of = RouteMapCriterionSpec {
        match_condition: word(fields, "matchcondition"),
        route_prefix: fields.texts("routeprefix"),
        as_path: numbers(fields),
    };
    (!of.route_prefix.is_empty() || !of.as_path.is_empty()).then_some(of)
}

fn action(fields: Fields<'_>) -> Vec<RouteMapActionSpec> {
    let Some(kind) = fields
        .text("type")
        .and_then(find_word::<RouteMapActionType>)
    else {
        return Vec::new();
    };
    let of = |parameter: Fields<'_>| RouteMapActionSpec {
        kind,
        route_prefix: parameter.texts("routeprefix"),
        as_path: numbers(parameter),
    };
    let parameters = fields
        .items("parameters")
        .chain(fields.items("parameter"))
        .map(of);
    let parameters: Vec<RouteMapActionSpec> = parameters.collect();
    if kind == RouteMapActionType::Drop && parameters.is_empty() {
        let drop = RouteMapActionSpec {
            kind,
            ..RouteMapActionSpec::default()
        };
        return vec![drop];
    }
    let says = |one: &RouteMapActionSpec| {
        kind == RouteMapActionType::Drop || !one.route_prefix.is_empty() || !one.as_path.is_empty()
    };
    parameters.into_iter().filter(says).collect()
}
