//! Stops inside a Virtual WAN: hub routers, hub firewalls, hub gateways (reference 6.3, 6.7).
//!
//! | packet | stops |
//! |---|---|
//! | spoke to spoke of one hub | the hub router |
//! | spoke to spoke of another hub | both hub routers |
//! | spoke to a branch of the hub | the hub's gateway; ExpressRoute leaves for the edge directly |
//! | spoke to a branch of another hub | the hub router, then the other hub's gateway |
//! | branch to branch | the gateways |
//! | anything that a private policy covers | the firewall of each hub with a policy, and no hub router |

use super::trace::{Decision, DropReason, Place};
use super::walk::{Came, Next, Standing, Step, appliance_in, deliver, neighbour_place};
use super::{HubView, Routing, bgp::Speaker};
use crate::address::is_private;
use crate::spec::LocalRouteOverride;
use crate::topology::{Connection, ConnectionId, DEFAULT_ROUTE_TABLE, HubId, Topology, VnetId};
use crate::vwan::{
    HubHop, HubRoute, HubRows, connection_around, connection_static, firewall_table, hub_rows,
    hub_table, internal_table,
};
use ipnet::Ipv4Net;

/// The next stop of a packet that a spoke's table sends to its hub.
pub(super) fn from_spoke(routing: &Routing, standing: &Standing, vnet: VnetId, hub: HubId) -> Step {
    let topology = routing.topology().as_ref();
    let connection = topology.connection_of(vnet).ok_or(DropReason::NoRoute)?;
    let rows = hub_rows(routing, hub, &connection.associated);
    let best = rows.map_or(&[][..], |rows| rows.best(standing.destination));
    let next = best.iter().map(|row| match row.hop {
        HubHop::Firewall => Ok(vec![firewall(routing, hub)]),
        HubHop::ExpressRoute(_) => onward(routing, standing, hub, row),
        HubHop::Bgp(id, hop) if id == connection.id => appliance_in(routing, standing, vnet, hop),
        HubHop::Vpn(_) => Ok(vec![Next::to(Place::HubGateway(hub), None)]),
        _ => Ok(vec![Next::to(Place::Hub(hub), None)]),
    });
    let mut all: Vec<Next> = Vec::new();
    for step in next {
        for next in step? {
            if !all.iter().any(|known| known.place == next.place) {
                all.push(next);
            }
        }
    }
    if all.is_empty() {
        Err(DropReason::NoRoute)
    } else {
        Ok(all)
    }
}

/// A hub's firewall as a stop.
pub(super) fn firewall(routing: &Routing, hub: HubId) -> Next {
    let own = routing
        .topology()
        .hub(hub)
        .firewall
        .as_ref()
        .and_then(|firewall| firewall.ip);
    Next::to(Place::HubFirewall(hub), own)
}

/// What a hub router, firewall or gateway decides.
pub(super) fn decide(
    routing: &Routing,
    standing: &Standing,
    hub: HubId,
) -> (Option<Decision>, Step) {
    let Came::By(view) = standing.came else {
        return (None, Err(DropReason::NoLearnedRoute));
    };
    let rows = view.and_then(|view| rows(routing, hub, view));
    let best = rows.map_or(&[][..], |rows| rows.best(standing.destination));
    let Some(first) = best.first() else {
        return (None, Err(DropReason::NoLearnedRoute));
    };
    let decision = Decision::Learned {
        speaker: standing.place,
        prefix: first.prefix,
        from: None,
        as_path: first.as_path.clone(),
        fixed: first.fixed,
    };
    let mut next = Vec::new();
    for row in best {
        match onward(routing, standing, hub, row) {
            Ok(found) => next.extend(found),
            Err(reason) => return (Some(decision), Err(reason)),
        }
    }
    (Some(decision), Ok(next))
}

/// Which rows apply: of a connection those of the associated table, of a branch the default one and the hub's other
/// branches, of another hub's or the firewall's packet everything the hub knows. A gateway that a connection's table
/// chose knows its tunnels, and no static route.
pub(super) fn view(
    topology: &Topology,
    hub: HubId,
    place: Place,
    previous: Option<Place>,
) -> Option<HubView> {
    let vnet = match previous {
        Some(Place::Subnet(id)) => Some(topology.subnet(id).vnet),
        Some(Place::Appliance(id)) => Some(topology.appliance(id).vnet),
        _ => None,
    };
    let connection = vnet
        .and_then(|vnet| topology.connection_of(vnet))
        .filter(|connection| connection.hub == hub);
    match (place, connection) {
        (Place::HubFirewall(_), _) => Some(HubView::Firewall),
        (Place::Hub(_), Some(connection)) => table_named(topology, hub, &connection.associated),
        (Place::HubGateway(_), None) if !is_in_a_hub(previous) => {
            if topology.hub(hub).private_policy {
                return table_named(topology, hub, DEFAULT_ROUTE_TABLE);
            }
            Some(match previous {
                Some(Place::MicrosoftEdge(_)) => HubView::Circuits,
                _ => HubView::Branches,
            })
        }
        (Place::HubGateway(_), Some(_)) => Some(HubView::Internal),
        _ => Some(HubView::Known),
    }
}

fn table_named(topology: &Topology, hub: HubId, name: &str) -> Option<HubView> {
    let mut tables = topology.hub(hub).route_tables.iter();
    tables
        .position(|table| table.name == name)
        .map(HubView::Table)
}

/// The rows of a view.
fn rows(routing: &Routing, hub: HubId, view: HubView) -> Option<&HubRows> {
    match view {
        HubView::Internal => internal_rows(routing, hub),
        HubView::Known => routing.hub_rows(hub, view, || known_here(routing, hub)),
        HubView::Firewall => routing.hub_rows(hub, view, || firewall_table(routing, hub)),
        HubView::Branches | HubView::Circuits => {
            routing.hub_rows(hub, view, || between_branches(routing, hub, view))
        }
        HubView::Table(at) => {
            let table = routing.topology().hub(hub).route_tables.get(at)?;
            hub_rows(routing, hub, &table.name)
        }
    }
}

fn internal_rows(routing: &Routing, hub: HubId) -> Option<&HubRows> {
    let rows = || internal_table(routing, hub);
    routing.hub_rows(hub, HubView::Internal, rows)
}

/// A hub's gateways know each other's branches whether or not the branches propagate into the default table; one
/// circuit never leads into another.
fn between_branches(routing: &Routing, hub: HubId, view: HubView) -> Vec<HubRoute> {
    let mut rows = hub_table(routing, hub, DEFAULT_ROUTE_TABLE).to_vec();
    for row in internal_table(routing, hub) {
        let is_branch = match row.hop {
            HubHop::Vpn(_) => true,
            HubHop::ExpressRoute(_) => view != HubView::Circuits,
            _ => false,
        };
        if is_branch && !rows.iter().any(|known| known.prefix == row.prefix) {
            rows.push(row);
        }
    }
    rows
}

fn is_in_a_hub(place: Option<Place>) -> bool {
    matches!(
        place,
        Some(Place::Hub(_) | Place::HubFirewall(_) | Place::HubGateway(_))
    )
}

/// Everything a hub knows, with the static routes of its tables that lead into its own connections.
fn known_here(routing: &Routing, id: HubId) -> Vec<HubRoute> {
    let topology = routing.topology().as_ref();
    let mut rows = internal_table(routing, id);
    let own = |row: &HubRoute| match row.hop {
        HubHop::Static(connection, _) | HubHop::Connection(connection) => {
            topology.connection(connection).hub == id
        }
        _ => false,
    };
    let tables = topology.hub(id).route_tables.iter();
    let typed = tables
        .flat_map(|table| hub_table(routing, id, &table.name))
        .filter(|row| row.fixed && own(row));
    for row in typed {
        rows.retain(|known| known.prefix != row.prefix);
        rows.push(row.clone());
    }
    rows
}

fn onward(routing: &Routing, standing: &Standing, hub: HubId, row: &HubRoute) -> Step {
    let topology = routing.topology().as_ref();
    let direct = match row.hop {
        HubHop::Bgp(..) => connection_around(topology, hub, &row.prefix),
        _ => None,
    };
    if let Some(id) = direct {
        return into_connection(routing, standing, id);
    }
    match row.hop {
        HubHop::Connection(id) => into_connection(routing, standing, id),
        HubHop::Static(id, hop) | HubHop::Bgp(id, hop) => {
            let connection = topology.connection(id);
            if connection.hub != hub
                && !matches!(standing.place, Place::Hub(other) if other == connection.hub)
            {
                return Ok(vec![Next::to(Place::Hub(connection.hub), None)]);
            }
            if matches!(row.hop, HubHop::Static(..)) && goes_direct(topology, standing, connection)
            {
                return deliver(topology, connection.vnet, standing.destination, None);
            }
            appliance_in(routing, standing, connection.vnet, hop)
        }
        HubHop::Vpn(peer) if matches!(standing.place, Place::HubGateway(_)) => {
            neighbour_place(topology, peer, standing)
                .map(|next| vec![next])
                .ok_or(DropReason::NoLearnedRoute)
        }
        HubHop::Vpn(_) => Ok(vec![Next::to(Place::HubGateway(hub), None)]),
        HubHop::ExpressRoute(circuit) => {
            let next = neighbour_place(topology, Speaker::Edge(circuit), standing);
            next.map(|next| vec![next])
                .ok_or(DropReason::NoLearnedRoute)
        }
        HubHop::RemoteHub(other) => Ok(vec![to_remote(routing, standing, other)]),
        HubHop::Firewall => Ok(vec![firewall(routing, hub)]),
        HubHop::Internet if is_private(standing.destination) => Err(DropReason::PrivateToInternet),
        HubHop::Internet => Ok(vec![
            Next::to(Place::Internet, Some(standing.destination)).arrives(),
        ]),
    }
}

/// Into another hub: its firewall where a private policy inspects, its gateway where a branch is behind it, else its
/// router.
fn to_remote(routing: &Routing, standing: &Standing, hub: HubId) -> Next {
    if routing.topology().hub(hub).private_policy {
        return firewall(routing, hub);
    }
    let branch =
        internal_rows(routing, hub).map_or(&[][..], |rows| rows.best(standing.destination));
    match branch.first().map(|row| row.hop) {
        Some(HubHop::Vpn(_) | HubHop::ExpressRoute(_)) => Next::to(Place::HubGateway(hub), None),
        _ => Next::to(Place::Hub(hub), None),
    }
}

/// Into a connected VNet. What a static route on the connection covers goes to the NVA first (reference 6.5).
fn into_connection(routing: &Routing, standing: &Standing, id: ConnectionId) -> Step {
    let topology = routing.topology().as_ref();
    let connection = topology.connection(id);
    match connection_static(connection, &Ipv4Net::from(standing.destination)) {
        Some(hop)
            if hop != standing.destination && !goes_direct(topology, standing, connection) =>
        {
            appliance_in(routing, standing, connection.vnet, hop)
        }
        _ => deliver(topology, connection.vnet, standing.destination, None),
    }
}

/// Whether a packet for the connected VNet itself bypasses the NVA: the connection lets a static route win over a range
/// of the VNet only where both are equal, or a routing policy is in force. What lies behind the VNet never does.
fn goes_direct(topology: &Topology, standing: &Standing, connection: &Connection) -> bool {
    let vnet = topology.vnet(connection.vnet);
    let mut statics = connection.statics.iter().flat_map(|(prefixes, _)| prefixes);
    let bypass = match connection.local_route_override {
        LocalRouteOverride::Equal => !statics
            .any(|known| known.contains(&standing.destination) && vnet.prefixes.contains(known)),
        LocalRouteOverride::Contains => false,
    };
    let policy = topology.hub(connection.hub).private_policy;
    (bypass || policy) && vnet.contains(standing.destination)
}
