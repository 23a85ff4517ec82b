//! Route maps, and who uses them.

use super::Reader;
use crate::issue::IssueCode;
use crate::spec::NetworkSpec;
use crate::topology::route_map::{Action, Criterion};
use crate::topology::{RouteMap, RouteMapId, RouteMapRule};

impl Reader {
    pub(super) fn route_maps(&mut self, spec: &NetworkSpec) {
        for map in &spec.route_maps {
            let subject = format!("routeMaps[{}]", map.name);
            let known = self.route_maps.contains_key(&map.name);
            if !self.is_new(known, "route map", &map.name, &subject) {
                continue;
            }
            let mut rules = Vec::new();
            for (at, rule) in map.rules.iter().enumerate() {
                let place = format!("{subject}.rules[{at}]");
                let mut criteria = Vec::new();
                for (nth, criterion) in rule.match_criteria.iter().enumerate() {
                    let at = format!("{place}.matchCriteria[{nth}].routePrefix");
                    let prefixes = self.nets(&criterion.route_prefix, &at);
                    if criterion.route_prefix.is_empty() && criterion.as_path.is_empty() {
                        let message = "expected prefixes or AS numbers";
                        self.issue(IssueCode::MissingValue, at, message);
                        continue;
                    }
                    criteria.push(Criterion {
                        condition: criterion.match_condition,
                        prefixes,
                        as_path: criterion.as_path.clone(),
                    });
                }
                let mut actions = Vec::new();
                for (nth, action) in rule.actions.iter().enumerate() {
                    let at = format!("{place}.actions[{nth}].routePrefix");
                    actions.push(Action {
                        kind: action.kind,
                        prefixes: self.nets(&action.route_prefix, &at),
                        as_path: action.as_path.clone(),
                    });
                }
                rules.push(RouteMapRule {
                    criteria,
                    actions,
                    next: rule.next_step_if_matched,
                });
            }
            let id = RouteMapId::new(self.topology.route_maps.len());
            self.route_maps.insert(map.name.clone(), id);
            self.topology.route_maps.push(RouteMap {
                name: map.name.clone(),
                rules,
            });
        }
    }

    /// A route map by name.
    pub(super) fn route_map(&mut self, name: Option<&String>, subject: &str) -> Option<RouteMapId> {
        let name = name?;
        let found = self.route_maps.get(name).copied();
        if found.is_none() {
            self.unknown(subject, "route map", name);
        }
        found
    }
}
