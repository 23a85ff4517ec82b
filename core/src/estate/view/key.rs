//! The signature of a VNet: what it is and how it is joined with others.
//!
//! Links among alike VNets are all there or all missing, so each VNet's links are summed without and with itself.

use super::super::mix::{Mix, Mixed};
use super::{Survey, add, inward, outward, relative, seed, set, slot, weight};
use crate::topology::{Link, VnetId};
use std::collections::HashMap;

impl Survey<'_> {
    pub(super) fn links(&mut self) {
        let topology = self.topology;
        self.link_says.reserve(topology.links().len());
        for link in topology.links() {
            let remote = topology.vnet(link.to);
            let flags = u64::from(link.up)
                | u64::from(link.allow_access) << 1
                | u64::from(link.allow_forwarded) << 2
                | u64::from(link.allow_gateway_transit) << 3
                | u64::from(link.use_remote_gateways) << 4;
            let whole = link.remote_prefixes == remote.prefixes;
            let mut says = Mix::new(seed::LINK).with(flags).with(u64::from(whole));
            if !whole {
                says = self.partial_link(link, says);
            }
            let says = says.value();
            self.link_says.push(says);
            let (from, to) = (link.from, link.to);
            add(
                &mut self.open,
                from.index(),
                weight(to).wrapping_mul(outward(says)),
            );
            add(
                &mut self.open,
                to.index(),
                weight(from).wrapping_mul(inward(says)),
            );
        }
        for (from, to, says) in &self.arcs {
            add(
                &mut self.open,
                from.index(),
                weight(*to).wrapping_mul(outward(*says)),
            );
            add(
                &mut self.open,
                to.index(),
                weight(*from).wrapping_mul(inward(*says)),
            );
        }
    }

    /// A link that shows chosen subnets, or the ranges of an earlier day.
    pub(super) fn partial_link(&mut self, link: &Link, mut says: Mix) -> Mix {
        set(&mut self.placed, link.to.index());
        for net in link.remote_prefixes.iter() {
            match self.spans.holder(net) {
                Some((_, span)) if span.vnet == link.to => {
                    says = says.with(u64::from(span.slot)).with(relative(net, &span));
                }
                other => {
                    self.mark_vnet(link.from);
                    self.mark_vnet(link.to);
                    match other {
                        Some((_, span)) => self.mark_vnet(span.vnet),
                        None => self.outside.push(*net),
                    }
                }
            }
        }
        says
    }

    /// The signature of every VNet: equal for VNets that can be exchanged.
    pub(super) fn vnet_keys(&self) -> Vec<u64> {
        let topology = self.topology;
        let base: Vec<u64> = topology
            .vnets()
            .iter()
            .zip(&self.rest)
            .map(|(vnet, rest)| Mix::new(seed::VNET).and(&vnet.region).with(*rest).value())
            .collect();
        let open_key = |vnet: usize| {
            Mix::new(slot(&base, vnet))
                .with(slot(&self.open, vnet))
                .value()
        };
        let mut keys: Vec<u64> = (0..base.len()).map(open_key).collect();
        let mut count: HashMap<u64, usize, Mixed> = HashMap::default();
        for (key, alone) in keys.iter().zip(&self.alone) {
            if !alone {
                *count.entry(*key).or_default() += 1;
            }
        }
        let single: Vec<bool> = keys
            .iter()
            .zip(&self.alone)
            .map(|(key, alone)| !alone && count.get(key) == Some(&1))
            .collect();
        self.closed_keys(&base, &single, &mut keys);
        for (index, (key, alone)) in (0_u64..).zip(keys.iter_mut().zip(&self.alone)) {
            if *alone {
                *key = Mix::new(seed::ALONE).with(index).value();
            }
        }
        keys
    }

    /// VNets that are joined with each of their equals: the sum with the VNet itself in its equals' place.
    pub(super) fn closed_keys(&self, base: &[u64], single: &[bool], keys: &mut [u64]) {
        let among = |vnet: VnetId| slot(single, vnet.index());
        let says = |link: &Link| slot(&self.link_says, link.id.index());
        let mut pairs: Vec<(VnetId, VnetId, u64)> = Vec::new();
        for link in self.topology.links() {
            if !among(link.from) || !among(link.to) {
                continue;
            }
            let back = link.reverse.map(|id| self.topology.link(id));
            let there = outward(says(link));
            match back {
                Some(back) => {
                    pairs.push((link.from, link.to, there.wrapping_add(inward(says(back)))));
                }
                None => {
                    pairs.push((link.from, link.to, there));
                    pairs.push((link.to, link.from, inward(says(link))));
                }
            }
        }
        let arcs = self
            .arcs
            .iter()
            .filter(|(from, to, _)| among(*from) && among(*to));
        let before = pairs.len();
        for (from, to, says) in arcs {
            pairs.push((*from, *to, outward(*says)));
            pairs.push((*to, *from, inward(*says)));
        }
        if pairs.len() > before {
            pairs.sort_unstable_by_key(|(from, to, _)| (*from, *to));
            pairs.dedup_by(|next, kept| {
                let same = (next.0, next.1) == (kept.0, kept.1);
                if same {
                    kept.2 = kept.2.wrapping_add(next.2);
                }
                same
            });
        }
        // Of each VNet the different ways in which it is joined with another one, its equals among them.
        let mut ways: Vec<Vec<u64>> = vec![Vec::new(); single.len()];
        for (from, _, joined) in &pairs {
            if let Some(known) = ways.get_mut(from.index())
                && known.last() != Some(joined)
                && !known.contains(joined)
            {
                known.push(*joined);
            }
        }
        let closed = |vnet: usize, joined: u64| {
            let sum = weight(VnetId::new(vnet)).wrapping_mul(joined);
            Mix::new(seed::CLOSED)
                .with(slot(base, vnet))
                .with(slot(&self.open, vnet).wrapping_add(sum))
                .value()
        };
        let mut count: HashMap<u64, usize, Mixed> = HashMap::default();
        for (vnet, ways) in ways.iter().enumerate() {
            for joined in ways {
                *count.entry(closed(vnet, *joined)).or_default() += 1;
            }
        }
        for (vnet, (ways, key)) in ways.iter().zip(keys.iter_mut()).enumerate() {
            let mut candidates = ways.iter().map(|joined| closed(vnet, *joined));
            if let Some(found) = candidates.find(|key| count.get(key).is_some_and(|n| *n > 1)) {
                *key = found;
            }
        }
    }
}
