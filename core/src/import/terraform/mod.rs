//! Terraform: the resources of `terraform show -json` of a plan or a state, and of a state file itself.
//!
//! The rule: a block of the `azurerm` provider says what Azure's own resource says, in other words; a table turns its names
//! into Azure's, those of versions 3, 4 and 5 alike, and the readers of Azure's types read it. A body of `azapi` is Azure's
//! own text. What a plan does not know yet, as ids of resources that are still to be made, is followed through the
//! `configuration` to the resource that it refers to; what cannot be followed is listed.
//!
//! | attribute | Azure's member |
//! |---|---|
//! | `address_space = [...]` | `addressSpace.addressPrefixes` |
//! | `bgp_route_propagation_enabled = false`, `disable_bgp_route_propagation = true` | `disableBgpRoutePropagation` |
//! | `ip_forwarding_enabled`, `enable_ip_forwarding` | `enableIPForwarding` |
//! | `virtual_network_name` of a subnet | the parent in its id |
//!
//! Left out: other providers, and data sources, which are somebody else's resources.

mod names;
mod plan;
mod types;

use super::report::{Place, Report, Verdict};
use crate::json::{Map, Value};
use plan::{Plan, Resource};
use std::rc::Rc;

/// A plan, a state or a state file that is read, a resource at a time.
#[derive(Debug)]
pub(super) struct Reading {
    plan: Plan,
    next: usize,
}

impl Reading {
    /// None where the value is something else.
    pub(super) fn of(node: &Value) -> Option<Self> {
        let plan = Plan::read(node)?;
        Some(Self { plan, next: 0 })
    }

    /// What the next resource becomes, folded: one, or nothing where it is not read; none after the last.
    pub(super) fn step(&mut self, file: &Rc<str>, report: &mut Report) -> Option<Option<Value>> {
        let resource = self.plan.resources.get(self.next)?;
        self.next = self.next.saturating_add(1);
        Some(folded(&self.plan, resource, file, report))
    }
}

fn folded(plan: &Plan, resource: &Resource, file: &Rc<str>, report: &mut Report) -> Option<Value> {
    if resource.kind == "azapi_resource" || resource.kind == "azapi_update_resource" {
        return azapi(plan, resource);
    }
    let Some(entry) = types::entry(&resource.kind) else {
        let is_group = resource.kind.starts_with("azurerm_resource_group");
        if resource.kind.starts_with("azurerm_") && !is_group {
            report.count_skipped(&resource.kind);
        }
        return None;
    };
    let mut lost = Vec::new();
    let values = plan.completed(resource, &mut lost);
    for path in lost.into_iter().filter(|path| names::matters(path)) {
        let place = Place::new(file, format!("{}.{path}", resource.address));
        report.add(
            Verdict::NotEvaluated,
            place,
            "the plan does not know it, and its configuration leads to no resource",
        );
    }
    Some(names::translated(entry, plan, resource, &values))
}

/// A resource whose body is Azure's own.
fn azapi(plan: &Plan, resource: &Resource) -> Option<Value> {
    let text = |key: &str| plan::text(&resource.values, key);
    let kind = text("type")?.split('@').next()?.to_owned();
    let name = text("name").unwrap_or_default();
    let parent = text("parent_id").unwrap_or_default();
    let (provider, types) = kind.split_once('/')?;
    let last = types.rsplit('/').next()?;
    let id = if types.contains('/') {
        format!("{parent}/{last}/{name}")
    } else {
        format!("{parent}/providers/{provider}/{types}/{name}")
    };
    let body = match resource.values.get("body") {
        Some(Value::String(text)) => crate::json::parse(text).ok()?,
        Some(Value::Object(members)) => Value::Object(members.clone()),
        _ => return None,
    };
    let mut body = super::fold::fold(body);
    refer(&mut body, &plan.referred(resource, "body"));
    let Value::Object(mut members) = body else {
        return None;
    };
    for (key, value) in [
        ("id", id.as_str()),
        ("type", &kind),
        ("name", name),
        ("location", text("location").unwrap_or_default()),
    ] {
        members.insert(key.to_owned(), Value::from(value));
    }
    Some(Value::Object(members))
}

/// Puts ids into the references of a body that a plan does not know yet: `subnet` is the one subnet that is referred to.
fn refer(node: &mut Value, ids: &[String]) {
    let Value::Object(members) = node else {
        return;
    };
    for (key, value) in members {
        let is_empty = value.as_object().is_some_and(Map::is_empty);
        if !is_empty {
            refer(value, ids);
            continue;
        }
        let named = |id: &&String| {
            let kind = super::id::type_of(id).unwrap_or_default();
            kind.rsplit('/').next() == Some(format!("{key}s").as_str())
        };
        if let Some(id) = ids.iter().find(named) {
            *value = Value::from_iter([("id", Value::from(id.as_str()))]);
        }
    }
}
