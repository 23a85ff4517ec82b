//! Route maps of Virtual WAN hubs: an estate's map is made in each hub where a connection names it.
//!
//! | in the estate | resource |
//! |---|---|
//! | a map that connections of two hubs name | one in each hub |
//! | a map of a session with an appliance | none: it is set inside the guest |

use super::Draft;
use super::network::valid;
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    MatchCondition, NextStep, RouteMapActionSpec, RouteMapActionType, RouteMapCriterionSpec,
    RouteMapRuleSpec,
};

/// What a connection does with routes: the names of its maps, inward and outward.
pub(super) type Maps<'s> = (Option<&'s str>, Option<&'s str>);

impl<'s> Draft<'s> {
    /// The configuration with its route maps.
    pub(super) fn with_route_maps(
        &mut self,
        routing: Value,
        hub: &'s str,
        (inbound, outbound): Maps<'s>,
    ) -> Value {
        let inbound = inbound.and_then(|name| self.route_map(hub, name));
        let outbound = outbound.and_then(|name| self.route_map(hub, name));
        routing
            .maybe("inboundRouteMap", inbound.map(Value::reference))
            .maybe("outboundRouteMap", outbound.map(Value::reference))
    }

    /// The map of that name in a hub, made where it is first named.
    fn route_map(&mut self, hub: &'s str, name: &'s str) -> Option<ResourceId> {
        if let Some(known) = self.route_maps.get(&(hub, name)) {
            return Some(*known);
        }
        let parent = self.hubs.get(hub).copied()?;
        let Some(map) = self.spec.route_maps.iter().find(|map| map.name == name) else {
            let text = format!("a connection names the route map {name}, which does not exist");
            self.note(format!("virtualWan.hubs[{hub}]"), text);
            return None;
        };
        let rules = map.rules.iter().zip(1..);
        let rules: Vec<Value> = rules
            .map(|(rule, number)| rule_value(rule, number))
            .collect();
        let body = Value::object().with("properties", Value::object().with("rules", rules));
        let id = self.child(Kind::RouteMap, name, parent, body);
        self.route_maps.insert((hub, name), id);
        Some(id)
    }
}

fn rule_value(rule: &RouteMapRuleSpec, number: u32) -> Value {
    let name = match rule.name.as_deref() {
        Some(name) if !name.is_empty() => valid(name),
        _ => format!("rule-{number}"),
    };
    let next = match rule.next_step_if_matched {
        NextStep::Continue => "Continue",
        NextStep::Terminate => "Terminate",
    };
    Value::object()
        .with("name", name)
        .some(
            "matchCriteria",
            rule.match_criteria.iter().map(criterion).collect(),
        )
        .some("actions", rule.actions.iter().map(action).collect())
        .with("nextStepIfMatched", next)
}

fn criterion(criterion: &RouteMapCriterionSpec) -> Value {
    let condition = match criterion.match_condition {
        MatchCondition::Contains => "Contains",
        MatchCondition::Equals => "Equals",
        MatchCondition::NotContains => "NotContains",
        MatchCondition::NotEquals => "NotEquals",
    };
    said(&criterion.route_prefix, &criterion.as_path).with("matchCondition", condition)
}

fn action(action: &RouteMapActionSpec) -> Value {
    let kind = match action.kind {
        RouteMapActionType::Add => "Add",
        RouteMapActionType::Drop => "Drop",
        RouteMapActionType::Remove => "Remove",
        RouteMapActionType::Replace => "Replace",
    };
    let is_bare = action.route_prefix.is_empty() && action.as_path.is_empty();
    let parameters = (!is_bare).then(|| vec![said(&action.route_prefix, &action.as_path)]);
    Value::object()
        .with("type", kind)
        .maybe("parameters", parameters)
}

fn said(prefixes: &[String], path: &[u32]) -> Value {
    let numbers = path.iter().map(|number| Value::from(number.to_string()));
    Value::object()
        .some("routePrefix", prefixes.iter().map(Value::from).collect())
        .some("asPath", numbers.collect())
}
