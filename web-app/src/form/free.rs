//! Names, ranges and addresses that nothing has yet.
//!
//! The rule: the next range is as long as the one it follows and lies in the same private block, behind the last range
//! of the estate there, else in the first gap; Azure keeps the first three addresses of a subnet, so the fourth is the
//! first that is offered.
//!
//! | what stands | the next |
//! |---|---|
//! | names `spoke1`, `spoke2` | `spoke3` |
//! | VNets 10.0.0.0/16 and 10.1.0.0/16 | 10.2.0.0/16 |
//! | a subnet 10.1.0.0/24 of 10.1.0.0/16 | 10.1.1.0/24 |
//! | 10.1.0.4 in 10.1.0.0/24 | 10.1.0.5 |

use super::{Kind, list};
use interspoke_core::address::{Prefix, first_host, overlaps, parse_prefix, reserved_prefixes};
use interspoke_core::spec::{NetworkSpec, VnetSpec};
use ipnet::Ipv4Net;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// The first of `word`, `word2`, `word3` … that no object of the kind is called; a number at the end of the word is
/// counted on.
#[must_use]
pub fn free_name(network: &NetworkSpec, kind: Kind, word: &str) -> String {
    let objects = list(network, kind);
    let count = objects.map_or(0, super::Objects::count);
    let taken: BTreeSet<&str> = objects
        .into_iter()
        .flat_map(|objects| (0..count).filter_map(move |at| objects.name(at)))
        .collect();
    free_word(word, |name| taken.contains(name))
}

/// The same among any names.
pub(super) fn free_word(word: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(word) {
        return word.to_owned();
    }
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let first = word
        .get(stem.len()..)
        .and_then(|digits| digits.parse::<u32>().ok());
    let mut number = first.unwrap_or(1);
    loop {
        number = number.saturating_add(1);
        let name = format!("{stem}{number}");
        if !is_taken(&name) || number == u32::MAX {
            return name;
        }
    }
}

/// Every IPv4 range that VNets, hubs and sites have.
fn ranges(network: &NetworkSpec) -> Vec<Ipv4Net> {
    let vnets = network.vnets.iter().flat_map(|vnet| &vnet.prefixes);
    let sites = network.sites.iter().flat_map(|site| &site.prefixes);
    let hubs = network.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let hubs = hubs.filter_map(|hub| hub.prefix.as_ref());
    nets(vnets.chain(hubs).chain(sites))
}

fn nets<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<Ipv4Net> {
    texts
        .filter_map(|text| match parse_prefix(text) {
            Ok(Prefix::V4(net)) => Some(net),
            _ => None,
        })
        .collect()
}

/// The next range for a VNet: as long as the last VNet's, 10.0.0.0/16 where there is none. None where all are taken.
#[must_use]
pub fn free_range(network: &NetworkSpec) -> Option<Ipv4Net> {
    let taken = ranges(network);
    let vnets = network.vnets.iter().rev();
    let last = nets(vnets.flat_map(|vnet| vnet.prefixes.first()))
        .first()
        .copied();
    let length = last.map_or(16, |net| net.prefix_len());
    let blocks = reserved_prefixes();
    let home = last.and_then(|net| blocks.iter().find(|block| block.contains(&net)));
    let mut blocks: Vec<Ipv4Net> = home.into_iter().chain(&blocks).copied().collect();
    blocks.retain(|block| block.prefix_len() <= length);
    blocks
        .into_iter()
        .find_map(|block| free_in(block, length, &taken, last))
}

/// The first free range of a length in a block: behind the last one, else the first gap.
fn free_in(
    block: Ipv4Net,
    length: u8,
    taken: &[Ipv4Net],
    after: Option<Ipv4Net>,
) -> Option<Ipv4Net> {
    let first = u64::from(u32::from(block.network()));
    let end = u64::from(u32::from(block.broadcast())).saturating_add(1);
    let size = 1_u64 << 32_u8.saturating_sub(length);
    let own: Vec<(u64, u64)> = spans(block, taken);
    let from = after
        .filter(|net| block.contains(net))
        .map_or(first, |net| {
            u64::from(u32::from(net.broadcast())).saturating_add(1)
        });
    let fit = |from: u64| {
        let mut at = from.next_multiple_of(size);
        for (start, past) in &own {
            if *start < at.saturating_add(size) && *past > at {
                at = past.next_multiple_of(size);
            }
        }
        (at.saturating_add(size) <= end).then_some(at)
    };
    let at = fit(from).or_else(|| fit(first))?;
    let address = Ipv4Addr::from(u32::try_from(at).ok()?);
    Ipv4Net::new(address, length).ok()
}

/// What is taken of a block, from low to high: first address, and the one behind the last.
fn spans(block: Ipv4Net, taken: &[Ipv4Net]) -> Vec<(u64, u64)> {
    let mut spans: Vec<(u64, u64)> = taken
        .iter()
        .filter(|net| overlaps(net, &block))
        .map(|net| {
            let first = u64::from(u32::from(net.network()));
            (
                first,
                u64::from(u32::from(net.broadcast())).saturating_add(1),
            )
        })
        .collect();
    spans.sort_unstable();
    spans
}

/// The next range for a subnet of a VNet: as long as its last subnet, else /24, or half of the VNet where that is no
/// longer. None where the VNet is full.
#[must_use]
pub fn free_subnet(vnet: &VnetSpec) -> Option<Ipv4Net> {
    let taken = nets(vnet.subnets.iter().map(|subnet| &subnet.prefix));
    let last = taken.last().copied();
    let homes = nets(vnet.prefixes.iter());
    homes.into_iter().find_map(|home| {
        let length = last.map_or(24, |net| net.prefix_len());
        let length = length.max(home.prefix_len().saturating_add(1).min(29));
        free_in(home, length, &taken, last)
    })
}

/// The first address of a subnet that nothing in the estate has.
#[must_use]
pub fn free_address(network: &NetworkSpec, vnet: &str, subnet: &str) -> Option<Ipv4Addr> {
    let vnet = network.vnets.iter().find(|own| own.name == vnet)?;
    let subnet = vnet.subnets.iter().find(|own| own.name == subnet)?;
    let net = nets(std::iter::once(&subnet.prefix)).into_iter().next()?;
    let taken = addresses(network);
    let mut at = first_host(&net);
    while taken.contains(&at) {
        at = Ipv4Addr::from(u32::from(at).checked_add(1)?);
    }
    (at < net.broadcast()).then_some(at)
}

fn addresses(network: &NetworkSpec) -> BTreeSet<Ipv4Addr> {
    let appliances = network.appliances.iter();
    let fronts = appliances
        .clone()
        .filter_map(|it| it.load_balancer_ip.as_ref());
    let workloads = network.workloads.iter().map(|it| &it.ip);
    let endpoints = network.private_endpoints.iter().map(|it| &it.ip);
    let gateways = network.gateways.iter().flat_map(|it| &it.instance_ips);
    appliances
        .map(|it| &it.ip)
        .chain(fronts)
        .chain(workloads)
        .chain(endpoints)
        .chain(gateways)
        .filter_map(|text| text.parse().ok())
        .collect()
}
