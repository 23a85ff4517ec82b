//! Which BGP sessions have their packets delivered: a session that rides on routes falls with them.
//!
//! A Route Server talks TCP with the appliances it peers with and, branch to branch, with the gateways of its VNet. These
//! packets leave by the effective routes of the subnets they start in, like any others. Where a user-defined route takes
//! them to a machine that drops them, or nowhere, the session is down and brings no routes (MicrosoftDocs/azure-docs
//! issue 106695, 2023-03-15: a table on GatewaySubnet that leads the VNet's own range to a firewall).
//!
//! | table of GatewaySubnet, VNet 10.0.0.0/16 | session with the Route Server |
//! |---|---|
//! | none, or 10.1.0.0/16 to the firewall | up |
//! | 10.0.0.0/16 to a firewall that lets BGP through | up |
//! | 10.0.0.0/16 to a firewall that drops TCP, or to None | down |
//!
//! Security rules cut a session where neither end may begin it: one that begins is answered. Derived from how groups keep state; no
//! report of a session that a group cut was found.
//!
//! A Virtual WAN hub's routers have no table that anybody can write; the appliances they peer with have, and a route for the
//! hub's own range there cuts the session the same way.
//!
//! Routes that a session brings may change the way of another one. So sessions are asked again whenever one has fallen;
//! one that is down stays down, and the rounds end.
//!
//! Left out: a half of a session that alone passes a firewall.

use super::bgp::{Bgp, Speaker};
use super::trace::{Drop, DropReason, Flow, Outcome, Verdict};
use super::{HopAddress, NextHopType, RouteSource, Routing, Settings};
use crate::spec::{GatewayKind, Protocol};
use crate::topology::{Appliance, Destination, GatewayId, HubId, Party, SubnetId, Topology};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// The port of BGP.
const BGP: u16 = 179;

/// Machines that a session's packets pass at the most.
const MOST_MACHINES: usize = 8;

/// A session that is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fallen {
    /// The Route Server.
    pub(crate) server: Speaker,
    /// The appliance or gateway it would talk with.
    pub(crate) peer: Speaker,
    /// The subnet whose table leads the packets astray.
    pub(crate) subnet: SubnetId,
    /// The subnet they never arrive in; none for a hub.
    pub(crate) towards: Option<SubnetId>,
    /// The packets.
    pub(crate) flow: Flow,
}

/// One end of a session.
#[derive(Debug, Clone, Copy)]
struct End {
    speaker: Speaker,
    /// None for the routers of a hub.
    subnet: Option<SubnetId>,
    address: Ipv4Addr,
}

/// A TCP session between two ends.
#[derive(Debug, Clone, Copy)]
struct Session {
    near: End,
    far: End,
}

/// What every speaker knows once every session that cannot be is down.
pub(super) fn settled(topology: &Rc<Topology>, settings: Settings) -> Bgp {
    let mut open: Vec<Session> = sessions(topology)
        .into_iter()
        .filter(|session| session.is_led(topology) || session.is_guarded(topology))
        .collect();
    let mut fallen: Vec<Fallen> = Vec::new();
    loop {
        let bgp = Bgp::compute(topology, fallen.clone());
        if open.is_empty() {
            return bgp;
        }
        let routing = Routing::with(Rc::clone(topology), settings, bgp);
        let known = fallen.len();
        open.retain(|session| {
            let lost = session.lost(&routing);
            fallen.extend(lost);
            lost.is_none()
        });
        if fallen.len() == known {
            return routing.into_bgp();
        }
    }
}

/// Every session between places of subnets: Route Servers with appliances, and with the gateways beside them.
fn sessions(topology: &Topology) -> Vec<Session> {
    let mut all = Vec::new();
    for session in topology.bgp_sessions() {
        let nic = topology.appliance(session.appliance);
        let near = match session.speaker {
            Party::Gateway(server) => gateway_end(topology, server),
            Party::Hub(hub) => hub_end(topology, hub),
            _ => None,
        };
        let far = End {
            speaker: Speaker::Device(nic.device),
            subnet: Some(nic.subnet),
            address: nic.ip,
        };
        all.extend(near.map(|near| Session { near, far }));
    }
    let servers = topology.gateways().iter();
    for server in servers.filter(|g| g.kind == GatewayKind::RouteServer && g.branch_to_branch) {
        let beside = topology.gateways().iter();
        for gateway in beside.filter(|g| g.vnet == server.vnet && g.id != server.id) {
            let ends = gateway_end(topology, server.id).zip(gateway_end(topology, gateway.id));
            all.extend(ends.map(|(near, far)| Session { near, far }));
        }
    }
    all
}

/// A gateway's first instance; where no address is given, one of its subnet stands for it.
fn gateway_end(topology: &Topology, id: GatewayId) -> Option<End> {
    let gateway = topology.gateway(id);
    let inside = || topology.subnet(gateway.subnet).prefix?.hosts().nth(3);
    let address = gateway.instance_ips.first().copied().or_else(inside)?;
    Some(End {
        speaker: Speaker::Gateway(id),
        subnet: Some(gateway.subnet),
        address,
    })
}

/// A hub's routers; an address of its range stands for theirs.
fn hub_end(topology: &Topology, id: HubId) -> Option<End> {
    let address = topology.hub(id).prefix?.hosts().nth(3)?;
    Some(End {
        speaker: Speaker::Hub(id),
        subnet: None,
        address,
    })
}

impl Session {
    /// Whether a user-defined route has a say about its packets.
    fn is_led(&self, topology: &Topology) -> bool {
        leads(topology, self.near.subnet, self.far.address)
            || leads(topology, self.far.subnet, self.near.address)
    }

    /// Whether security rules or a peering without access have a say about its packets.
    fn is_guarded(&self, topology: &Topology) -> bool {
        let ends = [self.near, self.far].map(|end| end.subnet);
        let mut subnets = ends.iter().flatten().map(|id| topology.subnet(*id));
        let mut nics = topology.appliances().iter();
        let grouped = nics.any(|nic| nic.ip == self.far.address && nic.nsg.is_some());
        let crossed = match ends.map(|id| id.map(|id| topology.subnet(id).vnet)) {
            [Some(near), Some(far)] => topology.link_between(near, far),
            _ => None,
        };
        let closed = crossed.is_some_and(|link| {
            let reverse = link.reverse.map(|id| topology.link(id));
            !link.allow_access || reverse.is_some_and(|link| !link.allow_access)
        });
        grouped || closed || subnets.any(|subnet| subnet.nsg.is_some())
    }

    /// How it fell, if packets of either end are lost on the way, or rules let neither end begin.
    fn lost(&self, routing: &Routing) -> Option<Fallen> {
        let lost = |source: End, destination: End| {
            let subnet = source.subnet?;
            let flow = Flow {
                source: source.address,
                destination: destination.address,
                protocol: Protocol::Tcp,
                port: Some(BGP),
            };
            let (arrives, by_rule) = match destination.subnet {
                Some(_) => arrives(routing, flow),
                None => (reaches_hub(routing, subnet, destination.address), false),
            };
            let fallen = Fallen {
                server: self.near.speaker,
                peer: self.far.speaker,
                subnet,
                towards: destination.subnet,
                flow,
            };
            (!arrives).then_some((fallen, by_rule))
        };
        match (lost(self.near, self.far), lost(self.far, self.near)) {
            (Some((fallen, false)), _) | (_, Some((fallen, false))) => Some(fallen),
            // One end may begin, and its answers follow.
            (Some(_), Some((fallen, true))) => Some(fallen),
            _ => None,
        }
    }
}

/// Whether a request arrives, and whether a security rule is why it does not.
fn arrives(routing: &Routing, flow: Flow) -> (bool, bool) {
    let trip = routing.round_trip(flow);
    let Verdict::RequestLost(at) = trip.verdict else {
        return (true, false);
    };
    let end = trip.forward.get(at).map(|way| way.outcome);
    let by_rule = |drop: Drop| matches!(drop.reason, DropReason::SecurityRule(_));
    (
        false,
        matches!(end, Some(Outcome::Dropped(drop)) if by_rule(drop)),
    )
}

/// Whether TCP from a subnet comes to a hub's range: over machines that let it through, as far as user-defined routes lead.
fn reaches_hub(routing: &Routing, from: SubnetId, to: Ipv4Addr) -> bool {
    let topology = routing.topology().as_ref();
    let mut subnet = from;
    for _ in 0..MOST_MACHINES {
        let table = routing.effective(subnet);
        let Some(row) = table.winner(to).and_then(|row| table.rows.get(row)) else {
            return false;
        };
        if row.source != RouteSource::User {
            return row.next_hop_type != NextHopType::None;
        }
        let hop = row.next_hop_ips.first();
        let machine = topology.appliances().iter().find(|nic| {
            let at = |address: &HopAddress| {
                *address == HopAddress::Ip(nic.ip)
                    || nic.load_balancer_ip.map(HopAddress::Ip).as_ref() == Some(address)
            };
            hop.is_some_and(at)
        });
        let passes = |nic: &&Appliance| {
            nic.running && nic.ip_forwarding && !nic.drops.contains(&Protocol::Tcp)
        };
        match machine.filter(passes) {
            Some(nic) => subnet = nic.subnet,
            None => return false,
        }
    }
    false
}

fn leads(topology: &Topology, subnet: Option<SubnetId>, to: Ipv4Addr) -> bool {
    let table = subnet.and_then(|subnet| topology.subnet(subnet).route_table);
    let mut routes = table
        .iter()
        .flat_map(|table| &topology.route_table(*table).routes);
    routes.any(|route| matches!(&route.destination, Destination::Prefix(net) if net.contains(&to)))
}
