//! What to ask Azure: one query of Resource Graph for everything, and the commands for what it does not hold.
//!
//! Resource Graph holds tracked resources and few of their children. Hub connections, hub route tables, routing intents,
//! BGP sessions and the subnets of Route Servers have to be listed one by one; [`further`] writes a script for those that
//! an estate needs and has not.
//!
//! | estate | further commands |
//! |---|---|
//! | VNets, firewalls, gateways | none |
//! | a Virtual WAN hub without a connection | its connections, tables, intent and sessions |
//! | a Route Server without a session | its peerings |
//!
//! Left out: signing in. The commands run where the reader has signed in already.

use super::Imported;
use super::id;
use crate::spec::GatewayKind;

/// The types that the query asks for.
const TYPES: [&str; 30] = [
    "virtualnetworks",
    "routetables",
    "networksecuritygroups",
    "networkinterfaces",
    "loadbalancers",
    "azurefirewalls",
    "firewallpolicies",
    "virtualnetworkgateways",
    "localnetworkgateways",
    "connections",
    "expressroutecircuits",
    "virtualwans",
    "virtualhubs",
    "vpngateways",
    "vpnsites",
    "expressroutegateways",
    "p2svpngateways",
    "privateendpoints",
    "privatednszones",
    "privatednszones/virtualnetworklinks",
    "dnsresolvers",
    "dnsresolvers/inboundendpoints",
    "dnsresolvers/outboundendpoints",
    "dnsforwardingrulesets",
    "publicipaddresses",
    "natgateways",
    "bastionhosts",
    "applicationgateways",
    "networkmanagers",
    "virtualnetworkappliances",
];

/// The query for Azure Resource Graph.
///
/// ```
/// let query = interspoke_core::import::graph_query();
/// assert!(query.starts_with("resources | where type in~ ('microsoft.network/virtualnetworks'"));
/// ```
#[must_use]
pub fn graph_query() -> String {
    let types: Vec<String> = TYPES
        .iter()
        .map(|kind| format!("'microsoft.network/{kind}'"))
        .collect();
    format!(
        "resources | where type in~ ({}, 'microsoft.compute/virtualmachines') | project id, name, type, location, resourceGroup, subscriptionId, sku, zones, properties | order by id asc",
        types.join(", ")
    )
}

/// The query as a command of Azure CLI, page by page into one file.
#[must_use]
pub fn cli_command() -> String {
    format!(
        "az extension add --name resource-graph\nquery=\"{}\"\npage=$(az graph query -q \"$query\" --first 1000 -o json); echo \"$page\" > estate.json\nwhile token=$(echo \"$page\" | jq -r '.skip_token // empty'); [ -n \"$token\" ]; do\n  page=$(az graph query -q \"$query\" --first 1000 --skip-token \"$token\" -o json); echo \"$page\" >> estate.json\ndone",
        graph_query()
    )
}

/// The query as a command of Azure PowerShell.
#[must_use]
pub fn powershell_command() -> String {
    format!(
        "$query = \"{}\"\n$all = @(); $page = Search-AzGraph -Query $query -First 1000; $all += $page\nwhile ($page.SkipToken) {{ $page = Search-AzGraph -Query $query -First 1000 -SkipToken $page.SkipToken; $all += $page }}\n$all | ConvertTo-Json -Depth 100 | Out-File estate.json",
        graph_query()
    )
}

/// A script of Azure CLI that lists what Resource Graph does not hold and this estate needs; none where it needs nothing.
#[must_use]
pub fn further(made: &Imported) -> Option<String> {
    let mut lines = Vec::new();
    for (id, name) in made.ids.iter().filter(|(id, _)| {
        id::type_of(id).is_some_and(|kind| kind == "microsoft.network/virtualhubs")
    }) {
        let hub = made
            .network
            .virtual_wan
            .iter()
            .flat_map(|wan| &wan.hubs)
            .find(|hub| hub.name == *name);
        match hub {
            Some(hub) if hub.connections.is_empty() => lines.extend(of_hub(id)),
            Some(_) => {}
            None if has_no_session(made, name) => lines.extend(of_route_server(id)),
            None => {}
        }
    }
    for id in made.ids.keys().filter(|id| {
        id::type_of(id).is_some_and(|kind| kind == "microsoft.network/networkmanagers")
    }) {
        lines.push(format!(
            "az network manager list-deploy-status {} --network-manager-name {} -o json",
            place(id),
            id::name_of(id)
        ));
    }
    (!lines.is_empty()).then(|| format!("{{\n  {}\n}} > further.json", lines.join("\n  ")))
}

fn has_no_session(made: &Imported, name: &str) -> bool {
    let server = made.network.gateways.iter().find(|one| one.name == name);
    let is_server = server.is_none_or(|one| one.kind == GatewayKind::RouteServer);
    is_server
        && !made
            .network
            .bgp_peerings
            .iter()
            .any(|one| one.speaker == name)
}

fn place(id: &str) -> String {
    let part = |name| id::segment_after(id, name).unwrap_or("-");
    format!(
        "--subscription {} --resource-group {}",
        part("subscriptions"),
        part("resourceGroups")
    )
}

fn of_hub(id: &str) -> Vec<String> {
    let (place, hub) = (place(id), id::name_of(id));
    let list = |what: &str, option: &str| {
        format!("az network vhub {what} list {place} {option} {hub} -o json")
    };
    vec![
        list("connection", "--vhub-name"),
        list("route-table", "--vhub-name"),
        list("routing-intent", "--vhub"),
        list("bgpconnection", "--vhub-name"),
    ]
}

fn of_route_server(id: &str) -> Vec<String> {
    let (place, server) = (place(id), id::name_of(id));
    vec![
        format!("az network routeserver show {place} --name {server} -o json"),
        format!("az network routeserver peering list {place} --routeserver {server} -o json"),
    ]
}
