//! Private endpoints to services of other spokes: no routing between the networks at all.
//!
//! The rule: a consumer holds an endpoint in its own range for each service it uses; the provider sees nothing of the
//! consumer's network, so ranges may overlap and tenants may differ. The chosen pairs are connected, from the first of
//! each to the second; without any, every spoke uses a service of the first.
//!
//! | n spokes, p chosen pairs | endpoints | links |
//! |---|---|---|
//! | 6, 0 | 5 | 0 |
//! | 6, 2 | 2 | 0 |
//!
//! It stands beside the article. Source: "What is Azure Private Link service?".
use std::collections::BTreeMap;
use super::build::Draft;
use super::count::many;
use super::shape::chosen_pairs;
use super::source::PRIVATE_LINK;
use super::{Counter, Counts, Definition, Family, Inspector, Outside, PLAIN, Shape, Way, follows, says};
use crate::intent::{HubManagement, SpokePlan};
use crate::spec::PrivateEndpointSpec;
use std::net::Ipv4Addr;

pub(super) const PATTERN: Definition = Definition {
    id: "private-link",
    title: "Private Link between chosen spokes",
    family: Family::Direct,
    hub: HubManagement::Either,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, _, _| Way::Lost,
    outside: |_| Outside::NOTHING,
    says: |_| {
        vec![
            says(
                PRIVATE_LINK,
                "one way and service by service: a consumer reaches what the provider publishes behind a load balancer, never the other way",
            ),
            says(PRIVATE_LINK, "ranges may overlap and tenants may differ"),
            follows("there is no routing between the networks"),
        ]
    },
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    for region in &draft.plan.regions {
        draft.spokes(region, None);
    }
    draft.data_subnets("endpoints");
    let spokes: BTreeMap<&str, &SpokePlan> = draft
        .plan
        .spokes()
        .map(|spoke| (spoke.name.as_str(), spoke))
        .collect();
    let mut held: BTreeMap<String, u32> = BTreeMap::new();
    for (consumer, provider) in uses(draft) {
        let Some(subnet) = spokes.get(consumer.as_str()).and_then(|spoke| spoke.data()) else {
            continue;
        };
        let index = held.entry(consumer.clone()).or_default();
        let first = crate::address::first_host(&subnet).to_bits();
        draft.spec.private_endpoints.push(PrivateEndpointSpec {
            name: Some(format!("{consumer}-to-{provider}")),
            vnet: consumer,
            subnet: "endpoints".to_owned(),
            ip: Ipv4Addr::from_bits(first.saturating_add(*index)).to_string(),
fqdns: Vec::new(),
private_dns_zones: Vec::new(),
});
        *index += 1;
    }
}

/// Who uses whose service.
fn uses(draft: &Draft<'_>) -> Vec<(String, String)> {
    let chosen = chosen_pairs(draft.intent);
    if !chosen.is_empty() {
        return chosen.into_iter().map(|pair| (pair.a, pair.b)).collect();
    }
    let names: Vec<&String> = draft.plan.spokes().map(|spoke| &spoke.name).collect();
    let Some((first, others)) = names.split_first() else {
        return Vec::new();
    };
    others
        .iter()
        .map(|name| ((*name).clone(), (*first).clone()))
        .collect()
}

fn counts(shape: &Shape) -> Counts {
    let mut counts = Counts::default();
    counts.region_vnets(shape, 0);
    match shape.chosen.0 {
        0 => counts.add(
            Counter::Endpoints,
            Some(shape.total().saturating_sub(1)),
            |n| many(n, "consumer"),
        ),
        pairs => counts.add(Counter::Endpoints, Some(pairs), |n| many(n, "chosen pair")),
    }
    counts
}
