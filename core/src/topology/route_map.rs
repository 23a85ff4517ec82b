//! Route maps: what becomes of a route that passes one.
//!
//! The rule ("About Route-maps", Microsoft Learn, 2024-03-04): rules are asked in order; a rule matches when all its criteria
//! hold, and one without criteria matches every route. Its actions are all done. A route that no rule drops goes on. Where
//! prefixes are replaced, the AS path is stripped.
//!
//! | route | rule | becomes |
//! |---|---|---|
//! | 10.2.1.0/24, 65001 | contains 10.2.0.0/16: replace by 10.2.0.0/16 | 10.2.0.0/16, no path |
//! | 10.2.1.0/24, 65001 | contains 65001: add 64600 | 10.2.1.0/24, 64600-65001 |
//! | 10.2.1.0/24, 65001 | equals 10.2.0.0/16: drop | itself: it is not equal |
//!
//! Left out: communities.

use crate::spec::{MatchCondition, NextStep, RouteMapActionType};
use ipnet::Ipv4Net;

/// A route map.
#[derive(Debug, Clone)]
pub struct RouteMap {
    /// Unique name.
    pub name: String,
    /// Its rules, in order.
    pub rules: Vec<RouteMapRule>,
}

/// A rule of a route map.
#[derive(Debug, Clone)]
pub struct RouteMapRule {
    /// All must hold.
    pub criteria: Vec<Criterion>,
    /// All are done.
    pub actions: Vec<Action>,
    /// What follows a match.
    pub next: NextStep,
}

/// What a route must be.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// How it is compared.
    pub condition: MatchCondition,
    /// With these prefixes, where there are some.
    pub prefixes: Vec<Ipv4Net>,
    /// With these AS numbers, where there are some.
    pub as_path: Vec<u32>,
}

/// What is done with a route.
#[derive(Debug, Clone)]
pub struct Action {
    /// What.
    pub kind: RouteMapActionType,
    /// Prefixes that replace the route's own.
    pub prefixes: Vec<Ipv4Net>,
    /// AS numbers.
    pub as_path: Vec<u32>,
}

impl Criterion {
    fn holds(&self, prefix: &Ipv4Net, as_path: &[u32]) -> bool {
        let equals = matches!(
            self.condition,
            MatchCondition::Equals | MatchCondition::NotEquals
        );
        let prefixes = |known: &Ipv4Net| {
            if equals {
                known == prefix
            } else {
                known.contains(prefix)
            }
        };
        let by_prefix = self.prefixes.is_empty() || self.prefixes.iter().any(prefixes);
        let numbers = if equals {
            self.as_path == as_path
        } else {
            self.as_path.iter().any(|number| as_path.contains(number))
        };
        let by_path = self.as_path.is_empty() || numbers;
        let holds = by_prefix && by_path;
        let negated = matches!(
            self.condition,
            MatchCondition::NotContains | MatchCondition::NotEquals
        );
        holds != negated
    }
}

impl RouteMap {
    /// What becomes of a route: nothing, itself changed or not, or several where prefixes replace it.
    #[must_use]
    pub fn apply(&self, prefix: Ipv4Net, as_path: &[u32]) -> Vec<(Ipv4Net, Vec<u32>)> {
        let mut routes = vec![(prefix, as_path.to_vec())];
        for rule in &self.rules {
            let matched = |(prefix, path): &(Ipv4Net, Vec<u32>)| {
                let mut criteria = rule.criteria.iter();
                criteria.all(|criterion| criterion.holds(prefix, path))
            };
            if !routes.iter().any(matched) {
                continue;
            }
            let changed = routes.iter().flat_map(|route| {
                if matched(route) {
                    rule.change(route)
                } else {
                    vec![route.clone()]
                }
            });
            routes = changed.collect();
            if rule.next == NextStep::Terminate {
                break;
            }
        }
        routes
    }
}

impl RouteMapRule {
    fn change(&self, (prefix, path): &(Ipv4Net, Vec<u32>)) -> Vec<(Ipv4Net, Vec<u32>)> {
        let (mut prefixes, mut path) = (vec![*prefix], path.clone());
        for action in &self.actions {
            match action.kind {
                RouteMapActionType::Drop => return Vec::new(),
                RouteMapActionType::Remove => {}
                RouteMapActionType::Add => {
                    path = action.as_path.iter().chain(&path).copied().collect();
                }
                RouteMapActionType::Replace if action.prefixes.is_empty() => {
                    path.clone_from(&action.as_path);
                }
                RouteMapActionType::Replace => {
                    prefixes.clone_from(&action.prefixes);
                    path.clone_from(&action.as_path);
                }
            }
        }
        prefixes
            .into_iter()
            .map(|prefix| (prefix, path.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> Ipv4Net {
        text.parse().unwrap()
    }

    fn map(
        condition: MatchCondition,
        prefixes: &[&str],
        kind: RouteMapActionType,
        to: &[&str],
        path: &[u32],
    ) -> RouteMap {
        RouteMap {
            name: "map".to_owned(),
            rules: vec![RouteMapRule {
                criteria: vec![Criterion {
                    condition,
                    prefixes: prefixes.iter().map(|text| net(text)).collect(),
                    as_path: Vec::new(),
                }],
                actions: vec![Action {
                    kind,
                    prefixes: to.iter().map(|text| net(text)).collect(),
                    as_path: path.to_vec(),
                }],
                next: NextStep::Continue,
            }],
        }
    }

    #[test]
    fn the_worked_table() {
        use MatchCondition::{Contains, Equals, NotContains};
        use RouteMapActionType::{Add, Drop, Replace};
        let route = net("10.2.1.0/24");
        let summary = map(Contains, &["10.2.0.0/16"], Replace, &["10.2.0.0/16"], &[]);
        assert_eq!(
            summary.apply(route, &[65_001]),
            [(net("10.2.0.0/16"), vec![])]
        );
        let longer = map(Contains, &["0.0.0.0/0"], Add, &[], &[64_600]);
        assert_eq!(
            longer.apply(route, &[65_001]),
            [(route, vec![64_600, 65_001])]
        );
        let exact = map(Equals, &["10.2.0.0/16"], Drop, &[], &[]);
        assert_eq!(exact.apply(route, &[65_001]), [(route, vec![65_001])]);
        let others = map(NotContains, &["10.2.0.0/16"], Drop, &[], &[]);
        assert_eq!(others.apply(net("10.3.0.0/16"), &[]), []);
        assert_eq!(others.apply(route, &[]).len(), 1);
    }
}
