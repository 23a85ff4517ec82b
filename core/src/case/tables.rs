//! What gateways, sites and Virtual WAN hubs hold and announce, in the format's rows.

use super::answer::Asking;
use super::{CaseError, GatewayRow, HubRow, TableDirection};
use crate::route::bgp::{Path, Speaker};
use crate::topology::{Circuit, Party};
use crate::vwan::{self, HubRoute};

impl Asking {
    fn speaker(&self, key: &str, name: &str) -> Result<Speaker, CaseError> {
        let found = self.topology().party_named(name).map(Speaker::from);
        found.ok_or_else(|| {
            self.error(
                key,
                format!("expected a gateway, site or appliance, found {name:?}"),
            )
        })
    }

    /// A peer by name, and the Microsoft edges through which the speaker talks to it.
    fn peers(&self, speaker: Speaker, name: &str) -> Result<(Speaker, Vec<Speaker>), CaseError> {
        let peer = self.speaker("peer", name)?;
        let topology = self.topology();
        let on = |circuit: &Circuit, who: Speaker| {
            let parties = circuit.gateways.iter().copied();
            let sites = circuit.sites.iter().map(|site| Party::Site(*site));
            parties
                .chain(sites)
                .any(|party| Speaker::from(party) == who)
        };
        let circuits = topology.circuits().iter();
        let shared = circuits.filter(|circuit| on(circuit, speaker) && on(circuit, peer));
        Ok((
            peer,
            shared.map(|circuit| Speaker::Edge(circuit.id)).collect(),
        ))
    }

    pub(crate) fn gateway_rows(
        &self,
        speaker: &str,
        direction: TableDirection,
        peer: Option<&str>,
    ) -> Result<Vec<GatewayRow>, CaseError> {
        let topology = self.topology();
        let speaker = self.speaker("gateway", speaker)?;
        let peers = peer.map(|name| self.peers(speaker, name)).transpose()?;
        let bgp = self.routing.bgp();
        let paths: Vec<Path> = match (direction, &peers) {
            (TableDirection::Advertised, None) => bgp.announced(topology, speaker, None),
            (TableDirection::Advertised, Some((peer, edges))) => {
                let to = |peer: &Speaker| bgp.announced(topology, speaker, Some(*peer));
                std::iter::once(peer).chain(edges).flat_map(to).collect()
            }
            (TableDirection::Learned, _) => {
                let held = bgp.rib(speaker).into_iter().flat_map(|rib| rib.values());
                let told = match speaker {
                    Speaker::Gateway(id) => bgp.told_by_vpn(topology, id),
                    _ => Vec::new(),
                };
                let from = |path: &Path| peers.as_ref().is_none_or(|peers| came_from(path, peers));
                held.flatten().cloned().chain(told).filter(from).collect()
            }
        };
        let row = |path: Path| GatewayRow {
            prefix: path.prefix.to_string(),
            as_path: Some(dashed(&path.as_path)),
            from: None,
            next_hop: path.next_hop.map(|hop| hop.to_string()),
        };
        Ok(paths.into_iter().map(row).collect())
    }

    pub(crate) fn hub_rows(&self, hub: &str, table: &str) -> Result<Vec<HubRow>, CaseError> {
        let topology = self.topology();
        let Some(Party::Hub(id)) = topology.party_named(hub) else {
            return Err(self.error("hub", format!("expected a Virtual WAN hub, found {hub:?}")));
        };
        let hub = topology.hub(id);
        let firewall = hub
            .firewall
            .as_ref()
            .is_some_and(|firewall| firewall.name == table);
        let known = hub.route_tables.iter().any(|known| known.name == table);
        if !firewall && !known {
            return Err(self.error(
                "table",
                format!("expected a route table or the firewall of the hub, found {table:?}"),
            ));
        }
        let rows = if firewall {
            vwan::firewall_table(&self.routing, id)
        } else {
            vwan::displayed_table(&self.routing, id, table)
        };
        let row = |row: HubRoute| HubRow {
            prefix: row.prefix.to_string(),
            next_hop_type: row.hop.word().to_owned(),
            as_path: dashed(&row.as_path),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

fn dashed(path: &[u32]) -> String {
    let numbers: Vec<String> = path.iter().map(ToString::to_string).collect();
    numbers.join("-")
}

/// Whether a path came from a peer, directly or through an edge that both stand on.
fn came_from(path: &Path, (peer, edges): &(Speaker, Vec<Speaker>)) -> bool {
    path.from
        .is_some_and(|(from, _)| from == *peer || (path.origin == *peer && edges.contains(&from)))
}
