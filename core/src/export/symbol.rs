//! What languages call resources and parameters inside of a file.
//!
//! | resource | Bicep | Terraform |
//! |---|---|---|
//! | `vnet-hub` | `vnetHub` | `azurerm_virtual_network.vnet_hub` |
//! | `peer-hub-to-a` of `vnet-hub` | `vnetHubPeerHubToA` | `azurerm_virtual_network_peering.vnet_hub_peer_hub_to_a` |

use super::graph::{Graph, ResourceId};
use super::name::Identifiers;
use std::collections::BTreeMap;

/// Parameters by their name in the graph.
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// In `camelCase`, for ARM and Bicep.
    pub(super) fn camel(graph: &Graph) -> Self {
        let mut identifiers = Identifiers::default();
        let names = graph.parameters.iter();
        Self(
            names
                .map(|parameter| (parameter.name.clone(), identifiers.camel(&parameter.name)))
                .collect(),
        )
    }

    /// What a language calls a parameter.
    pub(super) fn of(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }
}

/// Resources by id.
pub(super) struct Symbols(Vec<String>);

impl Symbols {
    /// In `camelCase`, apart from what is taken for parameters.
    pub(super) fn camel(graph: &Graph) -> Self {
        let mut identifiers = Identifiers::default();
        for word in RESERVED {
            identifiers.camel(word);
        }
        for parameter in &graph.parameters {
            identifiers.camel(&parameter.name);
        }
        Self(
            graph
                .ids()
                .map(|id| identifiers.camel(&words(graph, id)))
                .collect(),
        )
    }

    /// In `snake_case`, each once among all.
    pub(super) fn snake(graph: &Graph) -> Self {
        let mut identifiers = Identifiers::default();
        Self(
            graph
                .ids()
                .map(|id| identifiers.snake(&words(graph, id)))
                .collect(),
        )
    }

    /// What a language calls a resource.
    pub(super) fn of(&self, id: ResourceId) -> &str {
        self.0.get(id.index()).map_or("", String::as_str)
    }
}

/// Words that Bicep keeps for itself, and the variable that the writer declares.
const RESERVED: [&str; 9] = [
    "thisSubscription",
    "param",
    "var",
    "resource",
    "module",
    "output",
    "existing",
    "subscription",
    "resourceGroup",
];

fn words(graph: &Graph, id: ResourceId) -> String {
    let line = graph.line(id);
    let names = line.iter().filter_map(|id| graph.resource(*id));
    let names: Vec<&str> = names.map(|resource| resource.name.as_str()).collect();
    names.join(" ")
}
