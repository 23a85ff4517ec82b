//! What decides at each kind of stop.

use super::next::{deliver, follow};
use super::{Next, Step, Walker, owned};
use crate::address::is_private;
use crate::route::bgp::{Channel, Path, Speaker};
use crate::route::learned::external_best;
use crate::route::trace::{Decision, DropReason, Place};
use crate::route::{Origin, RouteSource, Routing, select, walk_hub};
use crate::topology::{Appliance, GatewayId, Party, SubnetId, Topology, Via};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// What decides at the walker's place, and where the packet goes.
pub(super) fn decide(routing: &Routing, walker: &Walker) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    match walker.place {
        Place::Subnet(subnet) => from_nic(routing, walker, subnet),
        Place::Appliance(id) => from_appliance(routing, walker, topology.appliance(id)),
        Place::Gateway(id) => from_gateway(routing, walker, id),
        Place::MicrosoftEdge(id) => from_speaker(routing, walker, Speaker::Edge(id)),
        Place::Site(id) => from_speaker(routing, walker, Speaker::Site(id)),
        Place::PrivateEndpoint(id) => {
            let endpoint = topology.private_endpoint(id);
            from_nic(routing, walker, endpoint.subnet)
        }
        Place::Internet => (None, from_internet(topology, walker)),
        Place::Hub(hub) | Place::HubFirewall(hub) | Place::HubGateway(hub) => {
            walk_hub::decide(routing, walker, hub)
        }
    }
}

/// From the Internet only a destination NAT rule leads inside.
fn from_internet(topology: &Topology, walker: &Walker) -> Step {
    let mut nics = topology.appliances().iter();
    let translated = nics.find(|nic| {
        nic.dnat
            .iter()
            .any(|(public, _)| *public == walker.destination)
    });
    match translated {
        Some(nic) => Ok(vec![Next::to(Place::Appliance(nic.id), Some(nic.ip))]),
        None if owned(topology, walker.destination) || is_private(walker.destination) => {
            Err(DropReason::NoLearnedRoute)
        }
        None => Ok(vec![
            Next::to(Place::Internet, Some(walker.destination)).arrives(),
        ]),
    }
}

fn from_nic(routing: &Routing, walker: &Walker, subnet: SubnetId) -> (Option<Decision>, Step) {
    let table = routing.effective(subnet);
    let selection = select(&table.rows, walker.destination);
    let step = match selection.winner.and_then(|row| table.rows.get(row)) {
        Some(row) => follow(routing, walker, subnet, row),
        None => Err(DropReason::NoRoute),
    };
    (Some(Decision::Effective { table, selection }), step)
}

/// An appliance sends what its guest routes point into tunnels there, and everything else by a NIC's table.
fn from_appliance(routing: &Routing, walker: &Walker, nic: &Appliance) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    if let Some((decision, next)) = into_tunnel(routing, walker, nic) {
        return (Some(decision), Ok(next));
    }
    let nics = &topology.device(nic.device).nics;
    let mut routes: Vec<(Ipv4Net, Ipv4Addr)> = Vec::new();
    for route in nics
        .iter()
        .flat_map(|id| &topology.appliance(*id).os_routes)
    {
        if let (Via::Address(via), true) = (&route.via, route.prefix.contains(&walker.destination))
        {
            routes.push((route.prefix, *via));
        }
    }
    let chosen = routes.iter().max_by_key(|(prefix, _)| prefix.prefix_len());
    let out = chosen.and_then(|(_, via)| {
        let mut nics = nics.iter().map(|id| topology.appliance(*id));
        nics.find(|nic| {
            topology
                .subnet(nic.subnet)
                .prefix
                .is_some_and(|prefix| prefix.contains(via))
        })
    });
    from_nic(routing, walker, out.unwrap_or(nic).subnet)
}

fn into_tunnel(
    routing: &Routing,
    walker: &Walker,
    nic: &Appliance,
) -> Option<(Decision, Vec<Next>)> {
    let topology = routing.topology().as_ref();
    let speaker = Speaker::Device(nic.device);
    let learned = routing.bgp().lookup(topology, speaker, walker.destination);
    let tunnelled: Vec<&Path> = learned
        .into_iter()
        .filter(|path| matches!(path.from, Some((_, Channel::Tunnel(_)))))
        .collect();
    let nics = topology
        .device(nic.device)
        .nics
        .iter()
        .map(|id| topology.appliance(*id));
    let guest = nics
        .flat_map(|nic| &nic.os_routes)
        .filter(|route| route.prefix.contains(&walker.destination));
    let guest = guest.max_by_key(|route| route.prefix.prefix_len());
    if let Some(route) = guest {
        let longer = tunnelled
            .first()
            .is_none_or(|path| route.prefix.prefix_len() >= path.prefix.prefix_len());
        if longer {
            let Via::Object(party) = route.via else {
                return None;
            };
            let next = party_place(topology, party, walker)?;
            return Some((
                Decision::Guest {
                    prefix: route.prefix,
                },
                vec![next],
            ));
        }
    }
    let first = tunnelled.first()?;
    let decision = learned_decision(walker.place, first);
    let next = tunnelled
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    Some((decision, next))
}

fn learned_decision(speaker: Place, path: &Path) -> Decision {
    let from = path.from.and_then(|(neighbour, _)| match neighbour {
        Speaker::Gateway(id) => Some(Party::Gateway(id)),
        Speaker::Site(id) => Some(Party::Site(id)),
        Speaker::Device(id) => Some(Party::Device(id)),
        Speaker::Hub(id) => Some(Party::Hub(id)),
        Speaker::Edge(_) => None,
    });
    Decision::Learned {
        speaker,
        prefix: path.prefix,
        from,
        as_path: path.as_path.clone(),
        fixed: path.fixed,
    }
}

fn party_place(topology: &Topology, party: Party, walker: &Walker) -> Option<Next> {
    neighbour_place(topology, Speaker::from(party), walker)
}

pub(in crate::route) fn neighbour_place(
    topology: &Topology,
    neighbour: Speaker,
    walker: &Walker,
) -> Option<Next> {
    Some(match neighbour {
        Speaker::Gateway(id) => Next::to(
            Place::Gateway(id),
            topology.gateway(id).instance_ips.first().copied(),
        ),
        Speaker::Edge(id) => Next::to(Place::MicrosoftEdge(id), None),
        Speaker::Site(id) => Next::to(Place::Site(id), Some(walker.destination)),
        // Tunnels and circuits end at the hub's gateways.
        Speaker::Hub(id) => Next::to(Place::HubGateway(id), None),
        Speaker::Device(id) => {
            let nic = topology.appliance(*topology.device(id).nics.first()?);
            Next::to(Place::Appliance(nic.id), Some(nic.ip))
        }
    })
}

/// A site or edge: own prefixes are delivered, everything else goes the way it was learned.
fn from_speaker(routing: &Routing, walker: &Walker, speaker: Speaker) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let paths = routing.bgp().lookup(topology, speaker, walker.destination);
    let Some(first) = paths.first() else {
        return (None, Err(DropReason::NoLearnedRoute));
    };
    let decision = learned_decision(walker.place, first);
    let Some((_, channel)) = first.from else {
        return (
            None,
            Ok(vec![
                Next::to(walker.place, Some(walker.destination)).arrives(),
            ]),
        );
    };
    let next: Vec<Next> = paths
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    // Another site of the same WAN owns the prefix: it is delivered there.
    let lands = channel == Channel::Wan && matches!(first.origin, Speaker::Site(_));
    let next = next
        .into_iter()
        .map(|next| if lands { next.arrives() } else { next })
        .collect();
    (Some(decision), Ok(next))
}

/// A gateway compares what it learned outside with what its subnet's table says about the inside.
fn from_gateway(routing: &Routing, walker: &Walker, id: GatewayId) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let table = routing.effective(gateway.subnet);
    let selection = select(&table.rows, walker.destination);
    let row = selection.winner.and_then(|row| table.rows.get(row));
    let inside = row.filter(|row| {
        !matches!(
            row.origin,
            Origin::SystemInternet | Origin::Reserved | Origin::Gateway(_)
        )
    });
    let inside = inside.zip(selection.prefix);
    let fast = gateway.fast_path
        && matches!(
            walker.hops.last().map(|hop| hop.place),
            Some(Place::MicrosoftEdge(_))
        )
        && topology.vnet(gateway.vnet).contains(walker.destination);
    if fast {
        return (
            Some(Decision::Effective { table, selection }),
            deliver(topology, gateway.vnet, walker.destination, None),
        );
    }
    let outside = outside_paths(routing, id, walker.destination);
    let longer = match (&inside, outside.first()) {
        (Some((row, prefix)), Some(path)) => {
            let (near, far) = (prefix.prefix_len(), path.prefix.prefix_len());
            near > far || near == far && row.source == RouteSource::User
        }
        (Some(_), None) => true,
        (None, _) => false,
    };
    if let (true, Some((row, _))) = (longer, inside) {
        let step = follow(routing, walker, gateway.subnet, row);
        return (Some(Decision::Effective { table, selection }), step);
    }
    let Some(first) = outside.first() else {
        return match row.map(|row| &row.origin) {
            Some(Origin::Gateway(other)) if *other != id => {
                let step = row.map_or(Err(DropReason::NoRoute), |row| {
                    follow(routing, walker, gateway.subnet, row)
                });
                (Some(Decision::Effective { table, selection }), step)
            }
            _ => (None, Err(DropReason::NoLearnedRoute)),
        };
    };
    let next: Vec<Next> = outside
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, walker))
        .collect();
    (Some(learned_decision(walker.place, first)), Ok(next))
}

/// The best paths to an address that a gateway learned from outside its VNet.
pub(super) fn outside_paths(routing: &Routing, id: GatewayId, destination: Ipv4Addr) -> Vec<&Path> {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let Some(rib) = routing.bgp().rib(Speaker::Gateway(id)) else {
        return Vec::new();
    };
    let mut held: Vec<(&Ipv4Net, &Vec<Path>)> = rib
        .iter()
        .filter(|(prefix, _)| prefix.contains(&destination))
        .collect();
    held.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.prefix_len()));
    let best = held
        .into_iter()
        .map(|(_, paths)| external_best(topology, gateway, paths));
    best.into_iter()
        .find(|paths| !paths.is_empty())
        .unwrap_or_default()
}
