//! What decides at each kind of stop.

use super::next::{deliver, follow};
use super::outside::{hub_that_publishes, public_end_of};
use super::standing::Standing;
use super::{Next, Step, owned};
use crate::address::is_private;
use crate::route::bgp::{Channel, Path, Speaker};
use crate::route::learned::external_best;
use crate::route::trace::{Decision, DropReason, Place};
use crate::route::{EffectiveRoute, EffectiveTable, Origin, Routing, walk_hub};
use crate::topology::{Appliance, Gateway, GatewayId, Party, SiteId, SubnetId, Topology, Via};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// What decides where a packet stands, and every equal-cost next hop.
pub(crate) fn step(routing: &Routing, standing: &Standing) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    match standing.place {
        Place::Subnet(subnet) => from_nic(routing, standing, subnet),
        Place::Appliance(id) => from_appliance(routing, standing, topology.appliance(id)),
        Place::Gateway(id) => from_gateway(routing, standing, id),
        Place::MicrosoftEdge(id) => from_speaker(routing, standing, Speaker::Edge(id)),
        Place::Site(id) => from_speaker(routing, standing, Speaker::Site(id)),
        Place::PrivateEndpoint(id) => {
            let endpoint = topology.private_endpoint(id);
            from_nic(routing, standing, endpoint.subnet)
        }
        Place::Internet => (None, from_internet(routing, standing)),
        Place::Hub(hub) | Place::HubFirewall(hub) | Place::HubGateway(hub) => {
            walk_hub::decide(routing, standing, hub)
        }
    }
}

/// From the Internet only a destination NAT rule leads inside. A public load balancer spreads what several machines
/// publish over those that run.
fn from_internet(routing: &Routing, standing: &Standing) -> Step {
    let topology = routing.topology().as_ref();
    let publishes = |nic: &&Appliance| topology.publishes(nic, standing.destination);
    let all: Vec<&Appliance> = topology.appliances().iter().filter(publishes).collect();
    let running = all.iter().any(|nic| nic.running);
    let takers = all.iter().filter(|nic| nic.running || !running);
    let next: Vec<Next> = takers
        .map(|nic| Next::to(Place::Appliance(nic.id), Some(nic.ip)))
        .collect();
    let hub = hub_that_publishes(topology, standing.destination);
    if let ([], Some(hub)) = (next.as_slice(), hub) {
        return Ok(vec![walk_hub::firewall(routing, hub)]);
    }
    if let ([], Some(choices)) = (
        next.as_slice(),
        public_end_of(topology, standing.destination),
    ) {
        return Ok(choices);
    }
    match next.as_slice() {
        [_, ..] => Ok(next),
        [] if owned(topology, standing.destination) || is_private(standing.destination) => {
            Err(DropReason::NoLearnedRoute)
        }
        [] => Ok(vec![
            Next::to(Place::Internet, Some(standing.destination)).arrives(),
        ]),
    }
}

fn by_table(table: Rc<EffectiveTable>, winner: Option<usize>, standing: &Standing) -> Decision {
    Decision::Effective {
        table,
        destination: standing.destination,
        winner,
    }
}

fn from_nic(routing: &Routing, standing: &Standing, subnet: SubnetId) -> (Option<Decision>, Step) {
    let table = routing.effective(subnet);
    let winner = table.winner(standing.destination);
    let step = match winner.and_then(|row| table.rows.get(row)) {
        Some(row) => follow(routing, standing, subnet, row),
        None => Err(DropReason::NoRoute),
    };
    (Some(by_table(table, winner, standing)), step)
}

/// An appliance sends what its guest routes point into tunnels there, and everything else by a NIC's table.
fn from_appliance(
    routing: &Routing,
    standing: &Standing,
    nic: &Appliance,
) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    if let Some((decision, next)) = into_tunnel(routing, standing, nic) {
        return (Some(decision), Ok(next));
    }
    let out = leaving(topology, nic, standing.destination);
    from_nic(routing, standing, out.subnet)
}

/// The NIC that an appliance's packets leave by: the one that its guest's routes choose, else the one they came in by.
pub(super) fn leaving<'t>(
    topology: &'t Topology,
    nic: &'t Appliance,
    destination: Ipv4Addr,
) -> &'t Appliance {
    let nics = &topology.device(nic.device).nics;
    let mut routes: Vec<(Ipv4Net, Ipv4Addr)> = Vec::new();
    for route in nics
        .iter()
        .flat_map(|id| &topology.appliance(*id).os_routes)
    {
        if let (Via::Address(via), true) = (&route.via, route.prefix.contains(&destination)) {
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
    out.unwrap_or(nic)
}

fn into_tunnel(
    routing: &Routing,
    standing: &Standing,
    nic: &Appliance,
) -> Option<(Decision, Vec<Next>)> {
    let topology = routing.topology().as_ref();
    let speaker = Speaker::Device(nic.device);
    let learned = routing
        .bgp()
        .lookup(topology, speaker, standing.destination);
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
        .filter(|route| route.prefix.contains(&standing.destination));
    let guest = guest.max_by_key(|route| route.prefix.prefix_len());
    if let Some(route) = guest {
        let longer = tunnelled
            .first()
            .is_none_or(|path| route.prefix.prefix_len() >= path.prefix.prefix_len());
        if longer {
            let Via::Object(party) = route.via else {
                return None;
            };
            let next = party_place(topology, party, standing)?;
            return Some((
                Decision::Guest {
                    prefix: route.prefix,
                },
                vec![next.encapsulated()],
            ));
        }
    }
    let first = tunnelled.first()?;
    let decision = learned_decision(standing.place, first);
    let next = tunnelled
        .iter()
        .filter_map(|path| neighbour_place(topology, path.from?.0, standing))
        .map(Next::encapsulated)
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

fn party_place(topology: &Topology, party: Party, standing: &Standing) -> Option<Next> {
    neighbour_place(topology, Speaker::from(party), standing)
}

pub(in crate::route) fn neighbour_place(
    topology: &Topology,
    neighbour: Speaker,
    standing: &Standing,
) -> Option<Next> {
    Some(match neighbour {
        Speaker::Gateway(id) => Next::to(
            Place::Gateway(id),
            topology.gateway(id).instance_ips.first().copied(),
        ),
        Speaker::Edge(id) => Next::to(Place::MicrosoftEdge(id), None),
        Speaker::Site(id) => Next::to(Place::Site(id), Some(standing.destination)),
        // Tunnels and circuits end at the hub's gateways.
        Speaker::Hub(id) => Next::to(Place::HubGateway(id), None),
        Speaker::Device(id) => {
            let nic = topology.appliance(*topology.device(id).nics.first()?);
            Next::to(Place::Appliance(nic.id), Some(nic.ip)).encapsulated()
        }
    })
}

/// Fellow sites of a private network that know a longer prefix for the destination than the site itself does: the
/// network brings the packet to the way out that a fellow has (published by kaysalawu/azure-network-terraform,
/// 4-hub-spoke-nva-dual-region: a branch reaches the other region's hub through the other branch).
fn over_wan(
    routing: &Routing,
    standing: &Standing,
    site: SiteId,
    own: Option<u8>,
) -> Option<(Decision, Vec<Next>)> {
    let topology = routing.topology().as_ref();
    let wan = topology.site(site).wan.as_ref()?;
    let mut fellows: Vec<(SiteId, &Path)> = Vec::new();
    for fellow in topology.sites() {
        if fellow.id == site || fellow.wan.as_ref() != Some(wan) {
            continue;
        }
        let speaker = Speaker::Site(fellow.id);
        let paths = routing
            .bgp()
            .lookup(topology, speaker, standing.destination);
        let Some(path) = paths.first() else { continue };
        if matches!(path.from, Some((_, channel)) if channel != Channel::Wan) {
            fellows.push((fellow.id, path));
        }
    }
    let length = |path: &Path| Some(path.prefix.prefix_len());
    let longest = fellows.iter().map(|(_, path)| length(path)).max()?;
    if longest <= own {
        return None;
    }
    fellows.retain(|(_, path)| length(path) == longest);
    let (first, path) = fellows.first()?;
    let decision = Decision::Learned {
        speaker: standing.place,
        prefix: path.prefix,
        from: Some(Party::Site(*first)),
        as_path: path.as_path.clone(),
        fixed: true,
    };
    let next = fellows
        .iter()
        .map(|(id, _)| Next::to(Place::Site(*id), Some(standing.destination)));
    Some((decision, next.collect()))
}

/// A site or edge: own prefixes are delivered, everything else goes the way it was learned.
fn from_speaker(
    routing: &Routing,
    standing: &Standing,
    speaker: Speaker,
) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let paths = routing
        .bgp()
        .lookup(topology, speaker, standing.destination);
    if let Speaker::Site(site) = speaker {
        let own = paths.first().map(|path| path.prefix.prefix_len());
        if let Some((decision, fellows)) = over_wan(routing, standing, site, own) {
            return (Some(decision), Ok(fellows));
        }
    }
    let Some(first) = paths.first() else {
        return (None, Err(DropReason::NoLearnedRoute));
    };
    let decision = learned_decision(standing.place, first);
    let Some((_, channel)) = first.from else {
        return (
            None,
            Ok(vec![
                Next::to(standing.place, Some(standing.destination)).arrives(),
            ]),
        );
    };
    let mut next: Vec<Next> = Vec::new();
    for (neighbour, _) in paths.iter().filter_map(|path| path.from) {
        match past_gateway(topology, (speaker, neighbour), standing.destination) {
            Some(Ok(found)) => next.extend(found),
            Some(Err(reason)) => return (Some(decision), Err(reason)),
            None => next.extend(neighbour_place(topology, neighbour, standing)),
        }
    }
    // Another site of the same WAN owns the prefix: it is delivered there.
    let lands = channel == Channel::Wan && matches!(first.origin, Speaker::Site(_));
    let next = next
        .into_iter()
        .map(|next| if lands { next.arrives() } else { next })
        .collect();
    (Some(decision), Ok(next))
}

/// FastPath: the edge sends what is for the gateway's own VNet straight to the machine, whatever the table of GatewaySubnet
/// says (published by jwrightazure/lab, FastPath, 2020-10: the traces pass no gateway).
fn past_gateway(
    topology: &Topology,
    (from, to): (Speaker, Speaker),
    destination: Ipv4Addr,
) -> Option<Step> {
    let (Speaker::Edge(_), Speaker::Gateway(id)) = (from, to) else {
        return None;
    };
    let gateway = topology.gateway(id);
    let fast = gateway.fast_path && topology.vnet(gateway.vnet).contains(destination);
    fast.then(|| deliver(topology, gateway.vnet, destination, None))
}

/// A gateway knows its VNet's ranges, those of transit spokes, and what it was told; no UDR changes that. What is inside,
/// what an appliance announced to the Route Server beside it, and what it knows nothing of, goes into the VNet by the
/// table of its subnet; everything else goes out the way it was learned.
fn from_gateway(routing: &Routing, standing: &Standing, id: GatewayId) -> (Option<Decision>, Step) {
    let topology = routing.topology().as_ref();
    let gateway = topology.gateway(id);
    let table = routing.effective(gateway.subnet);
    let winner = table.winner(standing.destination);
    let outside = outside_paths(routing, id, standing.destination);
    let inside = inside_length(routing, gateway, standing.destination);
    let goes_out = outside
        .first()
        .is_some_and(|path| inside.is_none_or(|inside| path.prefix.prefix_len() > inside));
    if let (true, Some(first)) = (goes_out, outside.first()) {
        let next = outside
            .iter()
            .filter_map(|path| neighbour_place(topology, path.from?.0, standing));
        return (
            Some(learned_decision(standing.place, first)),
            Ok(next.collect()),
        );
    }
    let row = winner.and_then(|row| table.rows.get(row));
    let step = match row {
        Some(row) if leads_inside(topology, id, row) => {
            follow(routing, standing, gateway.subnet, row)
        }
        _ => return (None, Err(DropReason::NoLearnedRoute)),
    };
    (Some(by_table(table, winner, standing)), step)
}

/// The longest range that a gateway knows inside: of its VNet, of a transit spoke, or from the Route Server beside it.
fn inside_length(routing: &Routing, gateway: &Gateway, destination: Ipv4Addr) -> Option<u8> {
    let topology = routing.topology().as_ref();
    let spokes = topology.transit_spokes(gateway.vnet);
    let ranges = std::iter::once(gateway.vnet)
        .chain(spokes)
        .flat_map(|id| topology.vnet(id).prefixes.iter())
        .copied();
    let rib = routing.bgp().rib(Speaker::Gateway(gateway.id));
    let announced = |paths: &[Path]| {
        paths.first().is_some_and(|best| {
            matches!(best.from, Some((_, Channel::Branch))) && best.next_hop.is_some()
        })
    };
    let beside = rib
        .into_iter()
        .flatten()
        .filter(|(_, paths)| announced(paths));
    let known = ranges
        .chain(beside.map(|(prefix, _)| *prefix))
        .filter(|prefix| prefix.contains(&destination));
    known.map(|prefix| prefix.prefix_len()).max()
}

/// Whether the subnet's table takes a packet onward: the gateway itself is no way to the Internet, and its own rows lead
/// back to it.
fn leads_inside(topology: &Topology, id: GatewayId, row: &EffectiveRoute) -> bool {
    match row.origin {
        Origin::SystemInternet | Origin::Reserved => false,
        Origin::Gateway(other) => {
            other != id && topology.gateway(other).vnet == topology.gateway(id).vnet
        }
        _ => true,
    }
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
