//! The address that stands for a subnet: its first host that is no private endpoint's.
//!
//! | 10.0.1.0/24 with an endpoint at | address |
//! |---|---|
//! | nowhere | 10.0.1.4 |
//! | 10.0.1.4 and 10.0.1.5 | 10.0.1.6 |
//!
//! Left out: a subnet whose every host is an endpoint. Its first host stands for it, and its VNet is like no other.

use super::span::bounds;
use crate::address::first_host;
use crate::topology::Topology;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Addresses of private endpoints, in order.
#[derive(Debug)]
pub(super) struct Probes(Vec<Ipv4Addr>);

impl Probes {
    pub(super) fn new(topology: &Topology) -> Self {
        let endpoints = topology.private_endpoints().iter();
        let mut all: Vec<Ipv4Addr> = endpoints.map(|endpoint| endpoint.ip).collect();
        all.sort();
        Self(all)
    }

    pub(super) fn is_endpoint(&self, address: Ipv4Addr) -> bool {
        self.0.binary_search(&address).is_ok()
    }

    /// The address that stands for a subnet.
    pub(super) fn of(&self, prefix: &Ipv4Net) -> Ipv4Addr {
        let first = first_host(prefix);
        let (_, last) = bounds(prefix);
        let mut hosts = (first.to_bits()..last).map(Ipv4Addr::from_bits);
        let free = hosts.find(|host| !self.is_endpoint(*host));
        free.unwrap_or(first)
    }
}
