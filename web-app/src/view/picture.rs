//! The picture in words: a label, and what can be chosen on it.

use super::Choosable;
use crate::state::{Endpoint, Msg, PickMsg, State, Turn};
use crate::text;

/// What the picture shows, in a sentence.
#[must_use]
pub fn picture_label(state: &State) -> String {
    let topology = state.answers.topology();
    let mut regions: Vec<&str> = topology.vnets().iter().map(|v| v.region.as_str()).collect();
    regions.dedup();
    regions.sort();
    regions.dedup();
    let links = topology
        .links()
        .iter()
        .filter(|l| l.reverse.is_none_or(|r| l.id < r))
        .count();
    format!(
        "{} in {}, {}, {}",
        text::counted(topology.vnets().len(), "VNet", "VNets"),
        text::counted(regions.len(), "region", "regions"),
        text::counted(links, "peering link", "peering links"),
        text::counted(topology.sites().len(), "site", "sites"),
    )
}

/// What can be chosen for an end of the flow.
#[must_use]
pub fn ends(endpoints: &[Endpoint], turn: Turn) -> Vec<Choosable> {
    let one = |endpoint: &Endpoint| Choosable {
        name: endpoint.name.clone(),
        note: endpoint.address.to_string(),
        more: endpoint.detail.clone(),
        msg: Msg::Pick(PickMsg::Address(turn, endpoint.address)),
    };
    endpoints.iter().map(one).collect()
}
