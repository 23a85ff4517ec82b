//! What public addresses do to packets between hosts of one estate.
//!
//! A packet to a public address of the estate goes out by the sender's table, shows an address that the platform gives it
//! there, and comes in again like one of a stranger. Its reply must find the same address; where a table leads it elsewhere,
//! the flow is lost.
//!
//! | sender | shows |
//! |---|---|
//! | in a subnet with a NAT gateway | the first address of that |
//! | with a public address of its own | it |
//! | behind a load balancer with an outbound rule | the load balancer's |
//! | firewall or NVA | its first public address, whichever was called |
//! | anybody else | one of Azure's, nobody knows which |
//!
//! Sources: "Outbound connections in Azure" (Microsoft Learn, 2025-04); the firewall's first address: MicrosoftDocs/azure-docs,
//! issue 87987 (2022-02-13).
//!
//! Left out: ports of translations; what leaves to strangers, whose replies need no table.

use super::{Next, Step, Walker};
use crate::address::is_private;
use crate::route::trace::{Place, Remark};
use crate::topology::{HubId, Topology};
use std::net::Ipv4Addr;

/// Stands for an address that Azure gives by default.
const DEFAULT_OUTBOUND: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// A sender and the address that it showed outside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    place: Place,
    address: Option<Ipv4Addr>,
    inside: Ipv4Addr,
    outside: Ipv4Addr,
}

/// Out to the Internet: the end of the way, unless the estate itself has that public address.
pub(super) fn out(topology: &Topology, destination: Ipv4Addr) -> Next {
    let next = Next::to(Place::Internet, Some(destination));
    let mut nics = topology.appliances().iter();
    let published = nics.any(|nic| topology.publishes(nic, destination));
    let published = published || hub_that_publishes(topology, destination).is_some();
    if published || public_end_of(topology, destination).is_some() {
        next
    } else {
        next.arrives()
    }
}

/// The NICs that a public address leads to: the one that has it, or those behind a public load balancer.
pub(super) fn public_end_of(topology: &Topology, public: Ipv4Addr) -> Option<Vec<Next>> {
    let mut nics = topology.appliances().iter();
    let mut hosts = topology.workloads().iter();
    let nic = nics
        .find(|nic| nic.public_ips.contains(&public))
        .map(|nic| nic.ip);
    let own = nic.or_else(|| {
        hosts
            .find(|host| host.public_ip == Some(public))
            .map(|host| host.ip)
    });
    if let Some(own) = own {
        return Some(public_end(topology, own, true).into_iter().collect());
    }
    let mut balancers = topology.public_load_balancers().iter();
    let balancer = balancers.find(|balancer| balancer.public_ip == public)?;
    let ends = balancer.backends.iter();
    let ends = ends.filter_map(|ip| public_end(topology, *ip, !balancer.floating_ip));
    Some(
        ends.map(|next| next.remarked(Remark::LoadBalanced(public)))
            .collect(),
    )
}

/// The NIC with a private address, whose packet is translated to it.
fn public_end(topology: &Topology, private: Ipv4Addr, translated: bool) -> Option<Next> {
    let mut nics = topology.appliances().iter();
    let place = match nics.find(|nic| nic.ip == private) {
        Some(nic) => Place::Appliance(nic.id),
        None => Place::Subnet(topology.subnet_at(private)?.id),
    };
    let next = Next {
        private: translated.then_some(private),
        ..Next::to(place, Some(private))
    };
    // With a floating address the host knows the public one as its own.
    let ends = !translated && matches!(place, Place::Subnet(_));
    Some(if ends { next.arrives() } else { next })
}

/// The hub whose firewall has a rule for a public address.
pub(super) fn hub_that_publishes(topology: &Topology, public: Ipv4Addr) -> Option<HubId> {
    let mut hubs = topology.hubs().iter();
    let found = hubs.find(|hub| {
        let policy = hub.firewall.as_ref().and_then(|firewall| firewall.policy);
        topology.policy_publishes(policy, public)
    });
    found.map(|hub| hub.id)
}

impl Walker {
    /// What the platform makes of the source of a packet that goes out and comes in again.
    pub(super) fn show(&mut self, topology: &Topology) {
        if let Some(recalled) = &self.recalled {
            let mut entries = recalled.entered.iter().rev();
            let answered = entries.find(|(_, private)| *private == self.source);
            if let Some((public, _)) = answered {
                self.source = *public;
            }
            return;
        }
        let outside = if is_private(self.source) {
            shown_by(topology, self.place, self.address)
        } else {
            self.source
        };
        self.memory.shown.push(Shown {
            place: self.place,
            address: self.address,
            inside: self.source,
            outside,
        });
        self.source = outside;
    }

    /// A reply to the address that its caller showed outside comes back to the caller.
    pub(super) fn turn_inward(&self, step: &mut Step) {
        let recalled = self.recalled.as_ref();
        let mut shown = recalled.into_iter().flat_map(|memory| &memory.shown);
        let Some(caller) = shown.find(|shown| shown.outside == self.destination) else {
            return;
        };
        if self.place == Place::Internet {
            *step = Ok(vec![Next {
                private: Some(caller.inside),
                ..Next::to(caller.place, caller.address)
            }]);
        } else if let Ok(choices) = step {
            for choice in choices {
                choice.arrives &= choice.place != Place::Internet;
            }
        }
    }
}

/// The public address that a host or machine shows.
fn shown_by(topology: &Topology, place: Place, address: Option<Ipv4Addr>) -> Ipv4Addr {
    let (subnet, machine) = match place {
        Place::Subnet(id) => (topology.subnet(id), None),
        Place::Appliance(id) => {
            let nic = topology.appliance(id);
            (topology.subnet(nic.subnet), Some(nic))
        }
        _ => return DEFAULT_OUTBOUND,
    };
    let of_machine = || machine.and_then(|nic| nic.public_ips.first().copied());
    let of_host = || {
        let mut hosts = topology.workloads().iter();
        hosts.find(|host| Some(host.ip) == address)?.public_ip
    };
    let of_balancer = || {
        let mut balancers = topology.public_load_balancers().iter();
        let own = address?;
        let serving = balancers.find(|one| one.outbound_rule && one.backends.contains(&own));
        serving.map(|one| one.public_ip)
    };
    let first = subnet.nat_addresses.first().copied();
    let first = first
        .or_else(of_machine)
        .or_else(of_host)
        .or_else(of_balancer);
    first.unwrap_or(DEFAULT_OUTBOUND)
}
