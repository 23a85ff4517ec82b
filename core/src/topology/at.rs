//! Which subnet an address belongs to: asked for both ends of every packet.
//!
//! The rule: the first subnet in the estate's order whose range contains the address; VNets that are not connected may
//! overlap, and the order decides. Ranges stand by length, so that an address is looked up once for each length in use.
//!
//! | subnets | 10.1.0.4 |
//! |---|---|
//! | a 10.1.0.0/24, b 10.2.0.0/24 | a |
//! | a 10.1.0.0/24, b 10.1.0.0/16 of another VNet | a, the first |
//!
//! Left out: inside one VNet the longest range counts ([`Topology::subnet_of`]).

use super::{Subnet, SubnetId, Topology};
use ipnet::Ipv4Net;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// Subnets by range, for each prefix length in use.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranges(Vec<(u8, HashMap<Ipv4Net, SubnetId>)>);

impl Ranges {
    fn of(subnets: &[Subnet]) -> Self {
        let mut by_length: Vec<(u8, HashMap<Ipv4Net, SubnetId>)> = Vec::new();
        for subnet in subnets {
            let Some(prefix) = subnet.prefix else {
                continue;
            };
            let length = prefix.prefix_len();
            let known = by_length.iter_mut().find(|(known, _)| *known == length);
            match known {
                Some((_, ranges)) => {
                    ranges.entry(prefix.trunc()).or_insert(subnet.id);
                }
                None => by_length.push((length, HashMap::from([(prefix.trunc(), subnet.id)]))),
            }
        }
        Self(by_length)
    }

    fn first(&self, address: Ipv4Addr) -> Option<SubnetId> {
        let holding = self.0.iter().filter_map(|(length, ranges)| {
            let range = Ipv4Net::new(address, *length).ok()?.trunc();
            ranges.get(&range).copied()
        });
        holding.min()
    }
}

impl Topology {
    /// The first subnet in the estate's order whose range contains an address.
    #[must_use]
    pub fn subnet_at(&self, address: Ipv4Addr) -> Option<&Subnet> {
        let ranges = self.ranges.get_or_init(|| Ranges::of(&self.subnets));
        ranges.first(address).map(|id| self.subnet(id))
    }
}
