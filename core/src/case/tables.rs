//! What gateways, sites and Virtual WAN hubs hold and announce, in the format's rows.

use super::answer::Asking;
use super::{CaseError, GatewayRow, HubRow, TableDirection};
use crate::route::bgp::{Bgp, Channel, Path, Speaker};
use crate::spec::GatewayKind;
use crate::topology::{Circuit, Party, Topology};
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
                let told = told_by_vpn(topology, bgp, speaker);
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

/// What an ExpressRoute gateway lists besides: the best of what VPN gateways of its VNet and number learned by BGP or are
/// told of sites without it. They tell it within their number; it passes nothing of that to its circuits, and they learn
/// nothing but ranges from it (published by kaysalawu/azure-network-terraform, 01-ipsec-over-er and
/// 08-network-reliability, and by fabferri/az-pattern, er-vpn-coexistence).
fn told_by_vpn(topology: &Topology, bgp: &Bgp, speaker: Speaker) -> Vec<Path> {
    let Speaker::Gateway(id) = speaker else {
        return Vec::new();
    };
    let gateway = topology.gateway(id);
    if gateway.kind != GatewayKind::ExpressRoute {
        return Vec::new();
    }
    let beside = topology.gateways().iter().filter(|other| {
        other.kind == GatewayKind::Vpn && other.vnet == gateway.vnet && other.asn == gateway.asn
    });
    let best = beside.flat_map(|other| {
        let speaker = Speaker::Gateway(other.id);
        let paths = bgp.rib(speaker).into_iter().flat_map(|rib| rib.values());
        paths.filter_map(move |paths| {
            let path = paths.first()?;
            let (_, Channel::Tunnel(tunnel)) = path.from? else {
                return None;
            };
            // Beside BGP, configured prefixes are the peer's own addresses.
            let kept = !path.fixed || !topology.tunnel(tunnel).bgp;
            kept.then(|| Path {
                from: Some((speaker, Channel::Branch)),
                next_hop: None,
                ..path.clone()
            })
        })
    });
    best.collect()
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
