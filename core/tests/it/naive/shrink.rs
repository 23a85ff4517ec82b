//! The smallest estate that still shows what a larger one shows.
//!
//! Works on the JSON: elements of lists are taken away and members put back to their defaults, greedily, for as long
//! as the estate can be read and `shows` holds.

use interspoke_core::spec::NetworkSpec;
use serde_json::Value;

/// Shrinks an estate; `shows` holds for the result as it held for the estate.
pub(crate) fn smallest(spec: &NetworkSpec, shows: impl Fn(&NetworkSpec) -> bool) -> NetworkSpec {
    let mut best = serde_json::to_value(spec).unwrap();
    let read = |value: &Value| serde_json::from_value::<NetworkSpec>(value.clone()).ok();
    loop {
        let mut places = Vec::new();
        collect(&best, &mut Vec::new(), &mut places);
        // Whole objects first, and later ones before earlier ones so that positions stay right.
        places.sort_by_key(|place| (place.len(), std::cmp::Reverse(place.clone())));
        let mut better = false;
        for place in &places {
            let mut smaller = best.clone();
            if take(&mut smaller, place)
                && smaller != best
                && read(&smaller).is_some_and(|spec| shows(&spec))
            {
                best = smaller;
                better = true;
            }
        }
        if !better {
            return read(&best).unwrap();
        }
    }
}

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item(usize),
}

fn collect(value: &Value, path: &mut Vec<Step>, places: &mut Vec<Vec<Step>>) {
    let children: Vec<(Step, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (Step::Key(key.clone()), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, value)| (Step::Item(at), value))
            .collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        path.push(step);
        places.push(path.clone());
        collect(child, path, places);
        path.pop();
    }
}

fn take(value: &mut Value, place: &[Step]) -> bool {
    match (place, value) {
        ([Step::Key(key)], Value::Object(members)) => members.remove(key).is_some(),
        ([Step::Item(at)], Value::Array(items)) if *at < items.len() => {
            items.remove(*at);
            true
        }
        ([Step::Key(key), rest @ ..], Value::Object(members)) => {
            members.get_mut(key).is_some_and(|inner| take(inner, rest))
        }
        ([Step::Item(at), rest @ ..], Value::Array(items)) => {
            items.get_mut(*at).is_some_and(|inner| take(inner, rest))
        }
        _ => false,
    }
}
