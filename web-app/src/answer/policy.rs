//! What must hold of a design: what `lint` and `judge` answer.

use super::{SCHEMA, issue, list, nothing, number, read, word};
use crate::state::Checked;
use interspoke_core::document::{ChosenPolicy, Document};
use interspoke_core::estate::{Estate, Judgement};
use interspoke_core::json::{self, Value};
use interspoke_core::topology;
use serde_json::json;
use std::rc::Rc;

/// Problems of the design alone, before any traffic: what Azure refuses, what leads nowhere, words that nobody knows.
///
/// # Errors
/// The text is not a document.
pub fn lint(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let issues = topology::build(&document.network).issues;
    Ok(json!({"schema": SCHEMA, "issues": list(issues.iter().map(issue))}).to_string())
}

/// Each policy of a list, proved for all traffic or refuted by one flow. A policy has the form of those in a document's
/// `choices`: `{"kind": "inspected", "from": "dev*", "to": "prod*"}`; the list stands alone or as the member `policies`.
///
/// # Errors
/// One of the texts cannot be read, or a group means no VNet; the error says which.
pub fn judge(text: &str, policies: &str) -> Result<String, String> {
    let (document, answers) = read(text)?;
    let estate = Estate::new(Rc::clone(answers.routing.topology()), document.settings);
    let judged: Result<Vec<Value>, String> = chosen(policies)?
        .iter()
        .enumerate()
        .map(|(at, policy)| judged(&estate, policy).map_err(|why| format!("policies[{at}]: {why}")))
        .collect();
    Ok(json!({"schema": SCHEMA, "policies": Value::Array(judged?)}).to_string())
}

/// The policies of a file.
fn chosen(text: &str) -> Result<Vec<ChosenPolicy>, String> {
    let node = json::parse(text).map_err(|error| error.to_string())?;
    let list = node.get("policies").unwrap_or(&node);
    let Value::Array(items) = list else {
        let expected = "policies: expected a list, or an object with the member `policies`";
        return Err(expected.to_owned());
    };
    let items = items.iter().enumerate();
    items
        .map(|(at, item)| json::read_tree(item).map_err(|error| format!("policies[{at}]: {error}")))
        .collect()
}

fn judged(estate: &Estate, chosen: &ChosenPolicy) -> Result<Value, String> {
    let checked = Checked::new(chosen.kind, &chosen.from, &chosen.to, &chosen.services);
    let policy = checked.policy(estate.topology())?;
    let judgement = estate.check(&policy);
    let flows = match &judgement {
        Judgement::Proved(followed) => followed.flows,
        Judgement::Refuted { .. } => 0,
    };
    let against = match &judgement {
        Judgement::Proved(_) => nothing(),
        Judgement::Refuted { flow, .. } => {
            json!({"source": word(flow.source), "destination": word(flow.destination)})
        }
    };
    Ok(json!({
        "kind": chosen.kind,
        "from": chosen.from.as_str(),
        "to": chosen.to.as_str(),
        "holds": judgement.holds(),
        "flows": number(flows),
        "against": against,
    }))
}
