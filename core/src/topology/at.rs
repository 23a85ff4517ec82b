//! Which subnet and which VNet an address belongs to: asked for both ends of every packet.
//!
//! The rule: the first in the estate's order whose range contains the address; VNets that are not connected may
//! overlap, and the order decides. Ranges stand by length, so that an address is looked up once for each length in use.
//!
//! | subnets | 10.1.0.4 |
//! |---|---|
//! | a 10.1.0.0/24, b 10.2.0.0/24 | a |
//! | a 10.1.0.0/24, b 10.1.0.0/16 of another VNet | a, the first |
//!
//! Left out: inside one VNet the longest range counts ([`Topology::subnet_of`]).

use super::{Subnet, SubnetId, Topology, Vnet, VnetId};
use ipnet::Ipv4Net;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// Made when an address is first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    subnets: OnceCell<Ranges<SubnetId>>,
    vnets: OnceCell<Ranges<VnetId>>,
}

/// What has a range first, for each prefix length in use.
#[derive(Debug, Clone)]
struct Ranges<I>(Vec<(u8, HashMap<Ipv4Net, I>)>);

impl<I: Copy + Ord> Ranges<I> {
    fn of(all: impl Iterator<Item = (Ipv4Net, I)>) -> Self {
        let mut by_length: Vec<(u8, HashMap<Ipv4Net, I>)> = Vec::new();
        for (prefix, id) in all {
            let length = prefix.prefix_len();
            let known = by_length.iter_mut().find(|(known, _)| *known == length);
            match known {
                Some((_, ranges)) => {
                    ranges.entry(prefix.trunc()).or_insert(id);
                }
                None => by_length.push((length, HashMap::from([(prefix.trunc(), id)]))),
            }
        }
        Self(by_length)
    }

    fn first(&self, address: Ipv4Addr) -> Option<I> {
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
        let subnets = self.subnets.iter();
        let ranges = self.places.subnets.get_or_init(|| {
            Ranges::of(subnets.filter_map(|subnet| Some((subnet.prefix?, subnet.id))))
        });
        ranges.first(address).map(|id| self.subnet(id))
    }

    /// The first VNet in the estate's order whose address space contains an address.
    #[must_use]
    pub fn vnet_at(&self, address: Ipv4Addr) -> Option<&Vnet> {
        let vnets = self.vnets.iter();
        let ranges = self.places.vnets.get_or_init(|| {
            let each = |vnet: &Vnet| {
                let prefixes = vnet.prefixes.iter();
                prefixes
                    .map(|prefix| (*prefix, vnet.id))
                    .collect::<Vec<_>>()
            };
            Ranges::of(vnets.flat_map(each))
        });
        ranges.first(address).map(|id| self.vnet(id))
    }
}
