//! Which subnets are alike: one signature a subnet, computed once over the whole estate.
//!
//! Routing looks at addresses in one way only: which prefixes contain them. So two subnets are alike when every
//! prefix that anything in the estate knows (a table, a rule, a gateway, a hub, a site, a link) lies around both or
//! around neither, or speaks of the own range of each in the same words; and when everything else about them is
//! the same.
//!
//! | what | in the signature |
//! |---|---|
//! | VNet | region, groups, admin rules, hub connection, links by their other end with the flags of both sides |
//! | range | the smallest known prefix around it; what speaks of exactly it, by speaker and next hop |
//! | subnet | table and security group, service endpoints, outbound switch; what speaks of parts of the range |
//!
//! * A table or security group that only one VNet uses counts by its content, relative to the VNet's own ranges. What
//!   it says of another VNet's range joins the two like a link does.
//! * Links among alike VNets are all there or all missing: each VNet's links are summed once without and once with
//!   the VNet itself in place of its equals (open and closed neighbourhoods, both in one pass).
//! * A VNet with a machine or gateway, with overlapping ranges, or with an address that anything names, is like no
//!   other, and none of its subnets is like another.
//! * A private endpoint is a fact about its own address: VNets that hold theirs at the same places are alike.
//!
//! The cost is proportional to the size of the estate.

use super::mix::Mix;
use super::probe::Probes;
use super::span::{Span, Spans, bounds};
use crate::spec::is_platform_subnet;
use crate::topology::{NsgId, RouteTableId, Subnet, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

mod holder;
mod key;
mod mark;
mod speaker;

mod seed {
    pub(super) const VNET: u64 = 1;
    pub(super) const OWN: u64 = 2;
    pub(super) const FIXED: u64 = 3;
    pub(super) const OUT: u64 = 4;
    pub(super) const IN: u64 = 5;
    pub(super) const GROUP: u64 = 6;
    pub(super) const ADMIN: u64 = 7;
    pub(super) const CONNECTION: u64 = 8;
    pub(super) const LINK: u64 = 9;
    pub(super) const PART: u64 = 10;
    pub(super) const SUBNET: u64 = 11;
    pub(super) const ALONE: u64 = 12;
    pub(super) const TABLE: u64 = 13;
    pub(super) const RULES: u64 = 14;
    pub(super) const SITE: u64 = 15;
    pub(super) const TUNNEL: u64 = 16;
    pub(super) const SESSION: u64 = 17;
    pub(super) const MACHINE: u64 = 18;
    pub(super) const HUB: u64 = 19;
    pub(super) const SELF: u64 = 20;
    pub(super) const CLOSED: u64 = 21;
    pub(super) const ENDPOINT: u64 = 22;
    pub(super) const POLICY: u64 = 23;
}

/// The signature of every subnet, and which VNets are like no other.
#[derive(Debug)]
pub(super) struct Views {
    /// For each subnet of the topology: a number equal for equal subnets; `None` for one that holds no workload.
    pub(super) of_subnet: Vec<Option<u64>>,
    /// VNets that a part of the estate must keep.
    pub(super) alone: Vec<bool>,
    /// First addresses of cells: where a prefix inside a range begins, or the one after it ends. Sorted.
    pub(super) cuts: Vec<u32>,
}

impl Views {
    pub(super) fn of(topology: &Topology, probes: &Probes) -> Self {
        let mut survey = Survey::new(topology);
        survey.mark(probes);
        survey.holders();
        survey.speakers();
        survey.links();
        survey.memberships();
        let keys = survey.vnet_keys();
        survey.subnet_views(&keys)
    }
}

/// What is said of a part of a range.
struct PartFact {
    span: usize,
    first: u32,
    last: u32,
    says: u64,
}

struct Survey<'t> {
    topology: &'t Topology,
    spans: Spans,
    alone: Vec<bool>,
    /// Some subnet lies in no range of its VNet.
    stray: bool,
    /// Prefixes in no VNet's range.
    outside: Vec<Ipv4Net>,
    /// By span: the sum of what is said of exactly this range.
    said: Vec<u64>,
    parts: Vec<PartFact>,
    /// Where known prefixes inside ranges begin and end.
    cuts: Vec<u32>,
    /// By VNet: something is said of parts of its ranges, so the places of its subnets count.
    placed: Vec<bool>,
    /// By VNet: the sum over links and links in other words.
    open: Vec<u64>,
    /// By link.
    link_says: Vec<u64>,
    /// What one VNet's own table or rules say of another VNet's range.
    arcs: Vec<(VnetId, VnetId, u64)>,
    /// By VNet: groups, admin rules, connection.
    rest: Vec<u64>,
    tables: Vec<u64>,
    nsgs: Vec<u64>,
}

fn slot<T: Copy + Default>(list: &[T], index: usize) -> T {
    list.get(index).copied().unwrap_or_default()
}

fn add(list: &mut [u64], index: usize, value: u64) {
    if let Some(sum) = list.get_mut(index) {
        *sum = sum.wrapping_add(value);
    }
}

fn set(list: &mut [bool], index: usize) {
    if let Some(flag) = list.get_mut(index) {
        *flag = true;
    }
}

/// A VNet's weight in the sums of its neighbours.
fn weight(vnet: VnetId) -> u64 {
    Mix::new(seed::VNET).with(u64::from(vnet.0)).value() | 1
}

fn outward(says: u64) -> u64 {
    Mix::new(seed::OUT).with(says).value()
}

fn inward(says: u64) -> u64 {
    Mix::new(seed::IN).with(says).value()
}

/// Where a prefix lies in a range: the same number for the same place, whatever the range.
fn relative(net: &Ipv4Net, span: &Span) -> u64 {
    let (first, last) = bounds(net);
    if (first, last) == (span.first, span.last) {
        return 0;
    }
    Mix::new(seed::PART)
        .with(u64::from(first - span.first))
        .with(u64::from(last - first))
        .with(u64::from(span.last - span.first))
        .value()
}

fn name_of(net: &Ipv4Net) -> u64 {
    u64::from(net.network().to_bits()) << 8 | u64::from(net.prefix_len())
}

impl<'t> Survey<'t> {
    fn new(topology: &'t Topology) -> Self {
        let count = topology.vnets().len();
        let mut alone = vec![false; count];
        let spans = Spans::of(topology, |vnet| set(&mut alone, vnet.index()));
        let said = vec![0; spans.len()];
        Self {
            topology,
            spans,
            alone,
            stray: false,
            outside: Vec::new(),
            said,
            parts: Vec::new(),
            cuts: Vec::new(),
            placed: vec![false; count],
            open: vec![0; count],
            link_says: Vec::new(),
            arcs: Vec::new(),
            rest: vec![0; count],
            tables: Vec::new(),
            nsgs: Vec::new(),
        }
    }

    fn is_alone(&self, vnet: VnetId) -> bool {
        self.alone.get(vnet.index()).copied().unwrap_or(true)
    }

    fn mark_vnet(&mut self, vnet: VnetId) {
        set(&mut self.alone, vnet.index());
    }

    /// Something stands at, or points to, this very address.
    fn mark_address(&mut self, address: Ipv4Addr) {
        let host = Ipv4Net::from(address);
        match self.spans.holder(&host) {
            Some((_, span)) => {
                self.mark_vnet(span.vnet);
                self.cut(&host);
            }
            None => self.outside.push(host),
        }
    }

    /// A prefix inside a range: its addresses may fare otherwise than those around it.
    fn cut(&mut self, net: &Ipv4Net) {
        let (first, last) = bounds(net);
        self.cuts.push(first);
        self.cuts.extend(last.checked_add(1));
    }

    /// Something that is no VNet's own speaks of a prefix.
    fn fact(&mut self, net: &Ipv4Net, says: u64) {
        match self.spans.holder(net) {
            None => self.outside.push(*net),
            Some((position, span)) => self.fact_inside(net, position, &span, says),
        }
    }

    fn fact_inside(&mut self, net: &Ipv4Net, position: usize, span: &Span, says: u64) {
        let (first, last) = bounds(net);
        if (first, last) == (span.first, span.last) {
            add(
                &mut self.said,
                position,
                Mix::new(seed::FIXED).with(says).value(),
            );
            return;
        }
        self.cut(net);
        if !self.is_alone(span.vnet) {
            set(&mut self.placed, span.vnet.index());
            self.parts.push(PartFact {
                span: position,
                first,
                last,
                says,
            });
        }
    }

    fn subnet_views(mut self, keys: &[u64]) -> Views {
        let chains = self.spans.around(&mut self.outside);
        if self.stray {
            for net in std::mem::take(&mut self.outside) {
                self.cut(&net);
            }
        }
        self.parts.sort_by_key(|part| part.span);
        let hosts_machine: Vec<SubnetId> = {
            let mut all: Vec<SubnetId> = self
                .topology
                .appliances()
                .iter()
                .map(|nic| nic.subnet)
                .collect();
            all.sort();
            all
        };
        let views = self.topology.subnets().iter().map(|subnet| {
            let prefix = subnet.prefix?;
            let platform = is_platform_subnet(&subnet.name);
            if platform || hosts_machine.binary_search(&subnet.id).is_ok() {
                return None;
            }
            if self.is_alone(subnet.vnet) {
                return Some(
                    Mix::new(seed::ALONE)
                        .with(u64::from(subnet.id.0))
                        .with(1)
                        .value(),
                );
            }
            let (position, span) = self.spans.holder(&prefix)?;
            let mut view = Mix::new(seed::SUBNET)
                .with(slot(keys, subnet.vnet.index()))
                .with(slot(&chains, position))
                .with(slot(&self.said, position));
            view = view
                .with(self.table(subnet.route_table))
                .with(self.nsg(subnet.nsg))
                .with(u64::from(subnet.default_outbound_access))
                .with(u64::from(subnet.nat_gateway))
                .with(u64::from(subnet.regional));
            if !subnet.service_endpoints.is_empty() {
                view = view.and(&subnet.service_endpoints);
            }
            if slot(&self.placed, subnet.vnet.index()) {
                view = view
                    .with(u64::from(span.slot))
                    .with(relative(&prefix, &span));
                view = view.with(self.parts_of(subnet, &prefix, position));
            }
            Some(view.value())
        });
        let of_subnet = views.collect();
        self.cuts.sort();
        self.cuts.dedup();
        Views {
            of_subnet,
            alone: self.alone,
            cuts: self.cuts,
        }
    }

    fn table(&self, id: Option<RouteTableId>) -> u64 {
        id.map_or(0, |id| slot(&self.tables, id.index()))
    }

    fn nsg(&self, id: Option<NsgId>) -> u64 {
        id.map_or(0, |id| slot(&self.nsgs, id.index()))
    }

    /// What is said of prefixes around or inside a subnet, within the range of its VNet.
    fn parts_of(&self, _: &Subnet, prefix: &Ipv4Net, span: usize) -> u64 {
        let (first, last) = bounds(prefix);
        let from = self.parts.partition_point(|part| part.span < span);
        let near = self
            .parts
            .iter()
            .skip(from)
            .take_while(|part| part.span == span);
        let mut sum = 0_u64;
        for part in near.filter(|part| part.first <= last && part.last >= first) {
            let value = Mix::new(seed::PART)
                .with(part.says)
                .with(u64::from(part.first.wrapping_sub(first)))
                .with(u64::from(part.last.wrapping_sub(part.first)));
            sum = sum.wrapping_add(value.value());
        }
        sum
    }
}
