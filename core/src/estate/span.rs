//! Whose range a prefix lies in, and which prefix lies around a range.
//!
//! The outermost ranges of all VNets are disjoint: one sorted list, one binary search. Ranges that overlap stand
//! under their outermost one, and their VNets are marked.
use crate::topology::{Topology, VnetId};
use ipnet::Ipv4Net;

/// An outermost range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) vnet: VnetId,
    /// Position among the ranges of its VNet.
    pub(super) slot: u32,
}

/// First and last address of a prefix.
pub(super) fn bounds(net: &Ipv4Net) -> (u32, u32) {
    let first = net.network().to_bits();
    (
        first,
        first
            | u32::MAX
                .checked_shr(u32::from(net.prefix_len()))
                .unwrap_or(0),
    )
}

/// Every outermost range, by first address.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    /// The spans of an estate; `overlapped` hears of every VNet that has a range inside another, or around one.
    pub(super) fn of(topology: &Topology, mut overlapped: impl FnMut(VnetId)) -> Self {
        let mut ranges: Vec<Span> = Vec::with_capacity(topology.vnets().len());
        for vnet in topology.vnets() {
            for (slot, range) in (0..).zip(vnet.prefixes.iter()) {
                let (first, last) = bounds(range);
                ranges.push(Span {
                    first,
                    last,
                    vnet: vnet.id,
                    slot,
                });
            }
        }
        ranges.sort_by_key(|span| (span.first, u32::MAX - span.last));
        let mut spans: Vec<Span> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match spans.last() {
                Some(outer) if outer.last >= range.first => {
                    overlapped(outer.vnet);
                    overlapped(range.vnet);
                }
                _ => spans.push(range),
            }
        }
        Self(spans)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Position and span of the outermost range that holds a prefix whole.
    pub(super) fn holder(&self, net: &Ipv4Net) -> Option<(usize, Span)> {
        let (first, last) = bounds(net);
        let position = self
            .0
            .partition_point(|span| span.first <= first)
            .checked_sub(1)?;
        let span = self.0.get(position)?;
        (span.last >= last).then_some((position, *span))
    }

    /// For each span the smallest of the given prefixes that lies around it, as a number.
    pub(super) fn around(&self, prefixes: &mut Vec<Ipv4Net>) -> Vec<u64> {
        prefixes.sort();
        prefixes.dedup();
        let mut next = prefixes.iter().peekable();
        let mut open: Vec<(u32, u64)> = Vec::new();
        let mut chains = Vec::with_capacity(self.0.len());
        for span in &self.0 {
            while let Some(net) = next.next_if(|net| net.network().to_bits() <= span.first) {
                let (first, last) = bounds(net);
                while open.last().is_some_and(|(end, _)| *end < first) {
                    open.pop();
                }
                open.push((last, u64::from(first) << 8 | u64::from(net.prefix_len())));
            }
            while open.last().is_some_and(|(end, _)| *end < span.last) {
                open.pop();
            }
            chains.push(open.last().map_or(0, |(_, name)| name + 1));
        }
        chains
    }
}
