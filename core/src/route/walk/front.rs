//! Internal load balancers before workloads.
//!
//! The rule: a packet for a frontend goes to one of the machines behind it, wherever in the VNet they stand, and their reply
//! leaves by the table of *their* subnet. The platform rewrites the address at the machine and back again, so everybody on
//! the way sees the frontend, and a security group at the machine sees the machine's own address.
//!
//! | packet | what becomes of it |
//! |---|---|
//! | TCP or UDP from elsewhere | one machine behind the frontend answers |
//! | from a machine behind it, to itself | lost: the two halves of the flow do not fit each other |
//! | the same with floating IP | the machine has the address itself, and answers |
//! | a ping | lost: rules are for TCP and UDP |
//!
//! Sources: "What is Azure Load Balancer?", limitations (Microsoft Learn, 2019-08) and cloudnetsec, "Azure Internal Load
//! Balancer (ILB) hairpin" (2019-08), which measured it.
//!
//! Left out: ports of rules, health probes, session affinity. Frontends of appliances are next hops (`next`).

use super::{Next, Walker};
use crate::route::trace::{DropReason, Place, Remark};
use crate::spec::Protocol;
use crate::topology::{LinkId, Packet, Topology, VnetId, Workload};
use std::net::Ipv4Addr;

/// The hosts behind a frontend of a VNet; none where it is no frontend.
pub(super) fn hosts_behind(
    topology: &Topology,
    vnet: VnetId,
    front: Ipv4Addr,
    crossed: Option<LinkId>,
) -> Vec<Next> {
    let hosts = topology.workloads().iter();
    let behind = hosts.filter(|host| host.vnet == vnet && host.load_balancer_ip == Some(front));
    let next = |host: &Workload| Next {
        crossed,
        ..Next::to(Place::Subnet(host.subnet), Some(host.ip))
    };
    behind
        .map(|host| next(host).remarked(Remark::LoadBalanced(front)).arrives())
        .collect()
}

impl Walker {
    /// The host behind the frontend that the packet is for, if one was chosen.
    fn host_behind<'t>(&self, topology: &'t Topology) -> Option<&'t Workload> {
        let Place::Subnet(subnet) = self.place else {
            return None;
        };
        let mut hosts = topology.workloads().iter();
        hosts.find(|host| {
            host.subnet == subnet
                && Some(host.ip) == self.address
                && host.load_balancer_ip == Some(self.destination)
        })
    }

    /// What a load balancer does not pass on, though it chose a host.
    pub(super) fn check_front(
        &mut self,
        topology: &Topology,
        protocol: Protocol,
    ) -> Result<(), DropReason> {
        let Some(host) = self.host_behind(topology) else {
            return Ok(());
        };
        self.memory.fronted = true;
        if protocol == Protocol::Icmp {
            return Err(DropReason::NotBalanced(self.destination));
        }
        if host.ip == self.source && !host.floating_ip {
            return Err(DropReason::BackToItself(self.destination));
        }
        Ok(())
    }

    /// The packet as the NIC of the chosen host sees it.
    pub(super) fn behind_front(&self, topology: &Topology, packet: Packet) -> Packet {
        match self.host_behind(topology) {
            Some(host) if !host.floating_ip => Packet {
                destination: host.ip,
                ..packet
            },
            _ => packet,
        }
    }
}
