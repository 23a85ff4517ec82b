//! Every table of routes that Azure would print, and how a typed text finds one.
//!
//! | table | command |
//! |---|---|
//! | of a subnet | `az network nic show-effective-route-table` |
//! | of a gateway, what it learned and tells each peer | `az network vnet-gateway list-learned-routes`, `list-advertised-routes` |
//! | of a Route Server, with each peer | `az network routeserver peering list-learned-routes`, `list-advertised-routes` |
//! | of a Virtual WAN hub and its firewall | `az network vhub get-effective-routes` |

use super::Answers;
use crate::text;
use interspoke_core::route::bgp::Speaker;
use interspoke_core::spec::GatewayKind;
use interspoke_core::topology::{GatewayId, HubId, SubnetId};

/// A table of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKey {
    /// Effective routes of the NICs in a subnet.
    Subnet(SubnetId),
    /// What a gateway learned from everybody, or a Route Server from one peer.
    Learned(GatewayId, Option<Speaker>),
    /// What a gateway or Route Server tells a peer.
    Advertised(GatewayId, Speaker),
    /// A route table of a hub, by its position.
    Hub(HubId, usize),
    /// What the firewall of a hub knows.
    HubFirewall(HubId),
}

/// Every table with its name, subnets first.
#[must_use]
pub fn tables(answers: &Answers) -> Vec<(TableKey, String)> {
    let topology = answers.topology();
    let mut all: Vec<(TableKey, String)> = Vec::new();
    for subnet in topology.subnets() {
        let vnet = &topology.vnet(subnet.vnet).name;
        all.push((
            TableKey::Subnet(subnet.id),
            text::subnet_table(vnet, &subnet.name),
        ));
    }
    for gateway in topology.gateways() {
        let (id, name) = (gateway.id, gateway.name.as_str());
        let bgp = answers.routing.bgp();
        let server = gateway.kind == GatewayKind::RouteServer;
        if !server {
            all.push((TableKey::Learned(id, None), text::learned_table(name, None)));
        }
        for peer in bgp.peers(topology, id) {
            let told = peer.name(topology);
            if server && !matches!(peer, Speaker::Device(_)) {
                continue;
            }
            if server {
                let key = TableKey::Learned(id, Some(peer));
                all.push((key, text::learned_table(name, Some(told))));
            }
            all.push((
                TableKey::Advertised(id, peer),
                text::advertised_table(name, told),
            ));
        }
    }
    for hub in topology.hubs() {
        for (at, table) in hub.route_tables.iter().enumerate() {
            all.push((
                TableKey::Hub(hub.id, at),
                text::hub_table(&hub.name, &table.name),
            ));
        }
        if let Some(firewall) = &hub.firewall {
            all.push((
                TableKey::HubFirewall(hub.id),
                text::hub_table(&hub.name, &firewall.name),
            ));
        }
    }
    all
}

/// Whether an estate has a table.
pub(super) fn is_known(answers: &Answers, key: TableKey) -> bool {
    let topology = answers.topology();
    match key {
        TableKey::Subnet(id) => id.index() < topology.subnets().len(),
        TableKey::Learned(id, None) => id.index() < topology.gateways().len(),
        TableKey::Learned(id, Some(peer)) | TableKey::Advertised(id, peer) => {
            id.index() < topology.gateways().len()
                && answers.routing.bgp().peers(topology, id).contains(&peer)
        }
        TableKey::HubFirewall(id) => id.index() < topology.hubs().len(),
        TableKey::Hub(id, at) => {
            let hub = topology.hubs().get(id.index());
            hub.is_some_and(|hub| at < hub.route_tables.len())
        }
    }
}

/// The table that a text names, if it does so in full; else what was expected, if no name holds the text.
pub(super) fn named(answers: &Answers, text: &str) -> Result<Option<TableKey>, String> {
    let text = text.trim();
    let all = tables(answers);
    let whole = all.iter().find(|(_, name)| name.eq_ignore_ascii_case(text));
    if let Some((key, _)) = whole {
        return Ok(Some(*key));
    }
    let wanted = text.to_ascii_lowercase();
    if all
        .iter()
        .any(|(_, name)| name.to_ascii_lowercase().contains(&wanted))
    {
        return Ok(None);
    }
    Err(text::expected_table(text))
}
