//! The tables of a hub, in the words of `az network vhub get-effective-routes`.
//!
//! | default table of hub1 (no policy) | next hop type | AS path |
//! |---|---|---|
//! | 172.16.1.0/24 | Virtual Network Connection | |
//! | 10.100.0.0/16 | ExpressRouteGateway | 12076-65001-65100 |
//! | 172.16.4.0/24 | Remote Hub | 65520-65520 |

use super::exchange::{self, policy_prefixes};
use crate::address::{covered_by, default_route};
use crate::route::bgp::{Channel, Path, PathLoss, Speaker, path_loss};
use crate::route::lookup::Lookup;
use crate::route::{
    EffectiveRoute, HopAddress, HubView, NextHopType, Origin, RouteSource, RouteState, Routing,
};
use crate::topology::{
    CircuitId, Connection, ConnectionId, DEFAULT_ROUTE_TABLE, Hub, HubId, HubNextHop,
    HubRouteTable, Topology, Vnet,
};
use ipnet::Ipv4Net;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Where a hub sends a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HubHop {
    /// Into a connected VNet.
    Connection(ConnectionId),
    /// To an NVA in a connected VNet, by a static route.
    Static(ConnectionId, Ipv4Addr),
    /// To an NVA in a connected VNet, by BGP.
    Bgp(ConnectionId, Ipv4Addr),
    /// Into a tunnel of the hub's VPN gateway.
    Vpn(Speaker),
    /// To a circuit.
    ExpressRoute(CircuitId),
    /// To another hub.
    RemoteHub(HubId),
    /// To the hub's firewall.
    Firewall,
    /// Out.
    Internet,
}

impl HubHop {
    /// The word of the CLI.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connection(_) | Self::Static(..) => "Virtual Network Connection",
            Self::Bgp(..) => "HubBgpConnection",
            Self::Vpn(_) => "VPN_S2S_Gateway",
            Self::ExpressRoute(_) => "ExpressRouteGateway",
            Self::RemoteHub(_) => "Remote Hub",
            Self::Firewall => "Azure Firewall",
            Self::Internet => "Internet",
        }
    }
}

/// A row of a hub's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubRoute {
    /// Destination.
    pub prefix: Ipv4Net,
    /// Where to.
    pub hop: HubHop,
    /// AS path as the hub holds it.
    pub as_path: Vec<u32>,
    /// Typed into the table or set by a policy.
    pub fixed: bool,
}

/// Rows of a hub, asked for the longest prefix of many addresses.
#[derive(Debug, Clone)]
pub(crate) struct HubRows {
    rows: Vec<HubRoute>,
    lookup: Lookup,
}

impl HubRows {
    /// Of rows in any order; those of one prefix keep theirs.
    pub(crate) fn new(mut rows: Vec<HubRoute>) -> Self {
        rows.sort_by_key(|row| row.prefix);
        let lookup = Lookup::of_prefixes(rows.iter().map(|row| row.prefix).zip(0..));
        Self { rows, lookup }
    }

    /// Every row, by prefix.
    pub(crate) fn all(&self) -> &[HubRoute] {
        &self.rows
    }

    /// The rows of the longest prefix that contains an address.
    pub(crate) fn best(&self, destination: Ipv4Addr) -> &[HubRoute] {
        let first = self.lookup.winner(destination);
        let rest = first
            .and_then(|first| self.rows.get(first..))
            .unwrap_or_default();
        let Some(prefix) = rest.first().map(|row| row.prefix) else {
            return &[];
        };
        let alike = rest.partition_point(|row| row.prefix == prefix);
        rest.get(..alike).unwrap_or_default()
    }
}

/// Whether a path that a hub holds is propagated to one of the hub's tables.
pub(crate) fn reaches(topology: &Topology, id: HubId, path: &Path, table: &str) -> bool {
    let hub = topology.hub(id);
    let entered = match path.from {
        Some((Speaker::Hub(other), Channel::HubMesh)) => topology.hub(other),
        _ => hub,
    };
    // Under a private policy every route is known to the firewalls, and the policy alone decides what is seen.
    let (tables, labels): (&[String], &[String]) =
        match path.connection.map(|id| topology.connection(id)) {
            Some(connection) => (&connection.propagated_tables, &connection.propagated_labels),
            None => (&entered.branch_tables, &entered.branch_labels),
        };
    let Some(target) = hub.route_tables.iter().find(|known| known.name == table) else {
        return false;
    };
    let policy = entered.private_policy && table == DEFAULT_ROUTE_TABLE;
    let local = entered.id == id && tables.iter().any(|name| name == table);
    policy || local || labels.iter().any(|label| target.labels.contains(label))
}

fn hop_of(path: &Path) -> Option<HubHop> {
    Some(match (path.from, path.connection) {
        (None, Some(connection)) => match path.next_hop {
            Some(hop) => HubHop::Static(connection, hop),
            None => HubHop::Connection(connection),
        },
        (Some((_, Channel::Session(_))), Some(connection)) => {
            HubHop::Bgp(connection, path.next_hop?)
        }
        (Some((Speaker::Hub(other), Channel::HubMesh)), _) => HubHop::RemoteHub(other),
        (Some((Speaker::Edge(circuit), _)), _) => HubHop::ExpressRoute(circuit),
        (Some((peer, Channel::Tunnel(_))), _) => HubHop::Vpn(peer),
        _ => return None,
    })
}

/// A path as a row, where the hub can use it.
fn row_of(path: &Path) -> Option<HubRoute> {
    Some(HubRoute {
        prefix: path.prefix,
        hop: hop_of(path)?,
        as_path: path.as_path.clone(),
        fixed: path.fixed,
    })
}

/// The best of the paths that are kept, as rows.
fn rows_from(
    topology: &Topology,
    hub: HubId,
    paths: &[Path],
    keep: impl Fn(&Path) -> bool,
) -> Vec<HubRoute> {
    let kept: Vec<&Path> = paths.iter().filter(|path| keep(path)).collect();
    let best = kept
        .iter()
        .map(|path| exchange::rank(topology, hub, path))
        .min();
    let chosen = kept
        .into_iter()
        .filter(|path| Some(exchange::rank(topology, hub, path)) == best);
    let mut rows: Vec<HubRoute> = chosen.filter_map(row_of).collect();
    rows.sort_by(|a, b| (a.hop, &a.as_path).cmp(&(b.hop, &b.as_path)));
    rows.dedup();
    rows
}

/// Paths that reach a table and are not in it, each with why: of the table of this name, or of the firewall's.
///
/// Under a policy nothing competes in the default table: it shows the policy's prefixes alone.
#[must_use]
pub fn hub_losers(routing: &Routing, id: HubId, table: Option<&str>) -> Vec<(HubRoute, PathLoss)> {
    let topology = routing.topology().as_ref();
    let hub = topology.hub(id);
    let policy = hub.private_policy && table == Some(DEFAULT_ROUTE_TABLE);
    let mut lost = Vec::new();
    let rib = routing.bgp().rib(Speaker::Hub(id)).filter(|_| !policy);
    let fixed: Vec<Ipv4Net> = hub
        .route_tables
        .iter()
        .filter(|known| Some(known.name.as_str()) == table)
        .flat_map(|known| static_rows(topology, known))
        .map(|row| row.prefix)
        .collect();
    for (prefix, paths) in rib.into_iter().flatten() {
        let kept: Vec<&Path> = paths
            .iter()
            .filter(|path| match table {
                Some(name) => reaches(topology, id, path, name),
                None => is_known(topology, id, path),
            })
            .collect();
        let best = kept
            .iter()
            .min_by_key(|path| exchange::rank(topology, id, path));
        for path in &kept {
            let loss = if fixed.contains(prefix) {
                Some(PathLoss::Configured)
            } else {
                best.and_then(|best| path_loss(topology, Speaker::Hub(id), path, best))
            };
            lost.extend(row_of(path).zip(loss));
        }
    }
    lost
}

fn static_hop(topology: &Topology, prefix: &Ipv4Net, next_hop: HubNextHop) -> HubHop {
    match next_hop {
        HubNextHop::Firewall => HubHop::Firewall,
        // The table names the connection, and the connection's own static route the address (reference 6.5, option 2).
        HubNextHop::Connection(id) => match connection_static(topology.connection(id), prefix) {
            Some(hop) => HubHop::Static(id, hop),
            None => HubHop::Connection(id),
        },
    }
}

/// The address that a connection's static routes name for a prefix: of the longest that covers it.
pub(crate) fn connection_static(connection: &Connection, prefix: &Ipv4Net) -> Option<Ipv4Addr> {
    let covering = connection.statics.iter().flat_map(|(prefixes, hop)| {
        let covering = prefixes.iter().filter(|known| known.contains(prefix));
        covering.map(move |known| (known.prefix_len(), *hop))
    });
    covering
        .max_by_key(|(length, _)| *length)
        .map(|(_, hop)| hop)
}

fn static_rows(topology: &Topology, table: &HubRouteTable) -> Vec<HubRoute> {
    let rows = table.statics.iter().flat_map(|route| {
        let row = |prefix: &Ipv4Net| HubRoute {
            prefix: *prefix,
            hop: static_hop(topology, prefix, route.next_hop),
            as_path: Vec::new(),
            fixed: true,
        };
        route.prefixes.iter().map(row)
    });
    rows.collect()
}

/// The effective routes of a hub's table.
#[must_use]
pub fn hub_table<'r>(routing: &'r Routing, id: HubId, name: &str) -> &'r [HubRoute] {
    hub_rows(routing, id, name).map_or(&[], HubRows::all)
}

/// The same, to be asked for an address; nothing for a table that the hub does not have.
pub(crate) fn hub_rows<'r>(routing: &'r Routing, id: HubId, name: &str) -> Option<&'r HubRows> {
    let hub = routing.topology().hub(id);
    let at = hub
        .route_tables
        .iter()
        .position(|table| table.name == name)?;
    let table = hub.route_tables.get(at)?;
    routing.hub_rows(id, HubView::Table(at), || computed(routing, hub, table))
}

fn computed(routing: &Routing, hub: &Hub, table: &HubRouteTable) -> Vec<HubRoute> {
    let topology = routing.topology().as_ref();
    let (id, name) = (hub.id, table.name.as_str());
    let mut rows: BTreeMap<Ipv4Net, Vec<HubRoute>> = BTreeMap::new();
    let policy = |prefix| HubRoute {
        prefix,
        hop: HubHop::Firewall,
        as_path: Vec::new(),
        fixed: true,
    };
    if hub.private_policy && name == DEFAULT_ROUTE_TABLE {
        for prefix in policy_prefixes(hub) {
            rows.insert(prefix, vec![policy(prefix)]);
        }
    } else {
        for (prefix, paths) in routing.bgp().rib(Speaker::Hub(id)).into_iter().flatten() {
            let learned = rows_from(topology, id, paths, |path| {
                reaches(topology, id, path, name)
            });
            if !learned.is_empty() {
                rows.insert(*prefix, learned);
            }
        }
    }
    for row in static_rows(topology, table) {
        rows.insert(row.prefix, vec![row]);
    }
    if hub.internet_policy && name == DEFAULT_ROUTE_TABLE {
        rows.insert(default_route(), vec![policy(default_route())]);
    }
    rows.into_values().flatten().collect()
}

/// What the portal and the CLI display of a table: one without an associated connection shows nothing.
#[must_use]
pub fn displayed_table(routing: &Routing, id: HubId, name: &str) -> Vec<HubRoute> {
    let topology = routing.topology().as_ref();
    if is_associated(topology, topology.hub(id), name) {
        hub_table(routing, id, name).to_vec()
    } else {
        Vec::new()
    }
}

fn is_associated(topology: &Topology, hub: &Hub, name: &str) -> bool {
    let branches = hub.vpn.is_some() || hub.express_route.is_some();
    let mut connections = hub.connections.iter().map(|id| topology.connection(*id));
    name == DEFAULT_ROUTE_TABLE && branches
        || connections.any(|connection| connection.associated == name)
}

/// Everything a hub knows, whatever the tables show: what its firewall and the hub router of another hub's packet use.
pub(crate) fn internal_table(routing: &Routing, id: HubId) -> Vec<HubRoute> {
    let topology = routing.topology().as_ref();
    let rib = routing.bgp().rib(Speaker::Hub(id));
    let rows = rib
        .into_iter()
        .flatten()
        .flat_map(|(_, paths)| rows_from(topology, id, paths, |path| is_known(topology, id, path)));
    rows.collect()
}

/// What came from another hub is known where some table takes it.
fn is_known(topology: &Topology, id: HubId, path: &Path) -> bool {
    let remote = matches!(path.from, Some((_, Channel::HubMesh)));
    let tables = &topology.hub(id).route_tables;
    !remote
        || tables
            .iter()
            .any(|table| reaches(topology, id, path, &table.name))
}

/// The effective routes of a hub's firewall.
#[must_use]
pub fn firewall_table(routing: &Routing, id: HubId) -> Vec<HubRoute> {
    let mut rows = internal_table(routing, id);
    if !rows.iter().any(|row| row.prefix == default_route()) {
        rows.push(HubRoute {
            prefix: default_route(),
            hop: HubHop::Internet,
            as_path: Vec::new(),
            fixed: true,
        });
    }
    rows
}

/// The addresses that the table of a connected VNet shows for a row. An NVA that speaks BGP is shown itself in its own
/// VNet and stands behind the hub router everywhere else.
fn addresses(hub: &Hub, connection: &Connection, hop: HubHop) -> Vec<HopAddress> {
    match hop {
        HubHop::Bgp(id, address) if id == connection.id => vec![HopAddress::Ip(address)],
        HubHop::ExpressRoute(_) => vec![HopAddress::MicrosoftEdge],
        HubHop::Vpn(_) => {
            let instances: Vec<HopAddress> = hub
                .vpn
                .iter()
                .flat_map(|vpn| &vpn.instance_ips)
                .copied()
                .map(HopAddress::Ip)
                .collect();
            if instances.is_empty() {
                vec![HopAddress::HubInstance(hub.id)]
            } else {
                instances
            }
        }
        HubHop::Firewall => {
            let own = hub.firewall.as_ref().and_then(|firewall| firewall.ip);
            vec![own.map_or(HopAddress::HubInstance(hub.id), HopAddress::Ip)]
        }
        _ if hub.router_ips.is_empty() => vec![HopAddress::HubRouter(hub.id)],
        _ => hub.router_ips.iter().copied().map(HopAddress::Ip).collect(),
    }
}

/// The rows of a table as a connection's route map lets a VNet see them.
fn told<'r>(
    topology: &Topology,
    connection: &Connection,
    rows: &'r [HubRoute],
) -> Cow<'r, [HubRoute]> {
    let Some(map) = connection.route_maps.outbound else {
        return Cow::Borrowed(rows);
    };
    let map = topology.route_map(map);
    let all = rows.iter().flat_map(|row| {
        let told = map.apply(row.prefix, &row.as_path).into_iter();
        told.map(|(prefix, as_path)| HubRoute {
            prefix,
            as_path,
            ..row.clone()
        })
    });
    Cow::Owned(all.collect())
}

/// The rows that a hub programs into a connected VNet (reference 6.2): only prefixes longer than nothing of the VNet's
/// own, and 0.0.0.0/0 only where the connection accepts it.
#[must_use]
pub fn spoke_rows(
    routing: &Routing,
    connection: &Connection,
    vnet: &Vnet,
    taken: &[Ipv4Net],
) -> Vec<EffectiveRoute> {
    let topology = routing.topology().as_ref();
    let hub = topology.hub(connection.hub);
    let mut rows: Vec<EffectiveRoute> = Vec::new();
    let table = hub_table(routing, hub.id, &connection.associated);
    let table = told(topology, connection, table);
    for route in table.iter() {
        let inside = covered_by(&route.prefix, &vnet.prefixes) || covered_by(&route.prefix, taken);
        let refused = route.prefix == default_route() && !connection.enable_internet_security;
        if inside || refused {
            continue;
        }
        let hops = addresses(hub, connection, route.hop);
        // Rows of one prefix stand together.
        let alike = |row: &&mut EffectiveRoute| row.prefixes.contains(&route.prefix);
        let near = if connection.route_maps.outbound.is_some() {
            rows.iter_mut()
                .find(|row| row.prefixes.contains(&route.prefix))
        } else {
            rows.last_mut().filter(alike)
        };
        if let Some(row) = near {
            let new: Vec<HopAddress> = hops
                .into_iter()
                .filter(|hop| !row.next_hop_ips.contains(hop))
                .collect();
            row.next_hop_ips.extend(new);
            continue;
        }
        rows.push(EffectiveRoute {
            prefixes: vec![route.prefix],
            next_hop_type: NextHopType::VirtualNetworkGateway,
            next_hop_ips: hops,
            source: RouteSource::VirtualNetworkGateway,
            state: RouteState::Active,
            name: None,
            origin: Origin::Hub(hub.id),
        });
    }
    rows
}
