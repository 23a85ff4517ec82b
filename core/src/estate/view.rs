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
//! * A VNet with a machine, gateway or private endpoint, with overlapping ranges, or with an address that anything
//!   names, is like no other, and none of its subnets is like another.
//!
//! The cost is proportional to the size of the estate.

use super::mix::{Mix, Mixed};
use super::span::{Span, Spans, bounds};
use crate::address::{Prefix, default_route, parse_prefix, reserved_prefixes};
use crate::spec::SecurityRuleSpec;
use crate::topology::{
    Destination, HubNextHop, Link, NsgId, RouteTable, RouteTableId, Subnet, SubnetId, Topology,
    VnetId,
};
use ipnet::Ipv4Net;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// Platform subnets: no workload of the estate stands in them.
const PLATFORM_SUBNETS: [&str; 6] = [
    "GatewaySubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "RouteServerSubnet",
    "VirtualNetworkApplianceSubnet",
];

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
    pub(super) fn of(topology: &Topology) -> Self {
        let mut survey = Survey::new(topology);
        survey.mark();
        survey.holders();
        survey.speakers();
        survey.links();
        survey.memberships();
        let keys = survey.vnet_keys();
        survey.subnet_views(&keys)
    }
}

/// Who uses a table or security group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Users {
    Nobody,
    One(VnetId),
    Several,
}

impl Users {
    fn and(self, vnet: VnetId) -> Self {
        match self {
            Self::Nobody => Self::One(vnet),
            Self::One(known) if known == vnet => self,
            _ => Self::Several,
        }
    }
}

/// One prefix that a table or security group speaks of, and what it says.
struct Entry {
    net: Option<Ipv4Net>,
    says: u64,
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
        if let Some((_, span)) = self.spans.holder(&Ipv4Net::from(address)) {
            self.mark_vnet(span.vnet);
            self.cut(&Ipv4Net::from(address));
        }
    }

    /// A prefix inside a range: its addresses may fare otherwise than those around it.
    fn cut(&mut self, net: &Ipv4Net) {
        let (first, last) = bounds(net);
        self.cuts.push(first);
        self.cuts.extend(last.checked_add(1));
    }

    /// VNets that are like no other.
    fn mark(&mut self) {
        let topology = self.topology;
        for range in topology.vnets().iter().flat_map(|vnet| &vnet.prefixes) {
            let whole = |(_, span): &(usize, Span)| (span.first, span.last) == bounds(range);
            if self.spans.holder(range).is_some_and(|held| !whole(&held)) {
                self.cut(range);
            }
        }
        for nic in topology.appliances() {
            self.mark_vnet(nic.vnet);
            self.mark_address(nic.ip);
            nic.load_balancer_ip
                .into_iter()
                .for_each(|ip| self.mark_address(ip));
            for (public, to) in &nic.dnat {
                self.mark_address(*public);
                self.mark_address(*to);
            }
        }
        for gateway in topology.gateways() {
            self.mark_vnet(gateway.vnet);
            let addresses = gateway.instance_ips.iter().chain(&gateway.bgp_peer_ips);
            addresses.for_each(|ip| self.mark_address(*ip));
        }
        for endpoint in topology.private_endpoints() {
            self.mark_vnet(endpoint.vnet);
            self.mark_address(endpoint.ip);
        }
        for session in topology.bgp_sessions() {
            session
                .advertises
                .iter()
                .for_each(|a| self.mark_address(a.next_hop));
        }
        for hub in topology.hubs() {
            let firewall = hub.firewall.iter().filter_map(|firewall| firewall.ip);
            let instances = hub
                .vpn
                .iter()
                .flat_map(|vpn| vpn.instance_ips.iter().copied());
            let own = hub
                .router_ips
                .iter()
                .copied()
                .chain(firewall)
                .chain(instances);
            own.for_each(|ip| self.mark_address(ip));
            for table in &hub.route_tables {
                for route in &table.statics {
                    if let HubNextHop::Connection(id) = route.next_hop {
                        self.mark_vnet(topology.connection(id).vnet);
                    }
                }
            }
        }
        let mut connected = vec![false; topology.vnets().len()];
        for connection in topology.connections() {
            if slot(&connected, connection.vnet.index()) || !connection.statics.is_empty() {
                self.mark_vnet(connection.vnet);
            }
            set(&mut connected, connection.vnet.index());
            connection
                .statics
                .iter()
                .for_each(|(_, hop)| self.mark_address(*hop));
        }
        for workload in topology.workloads() {
            let prefix = topology.subnet(workload.subnet).prefix;
            if prefix.is_none_or(|prefix| !prefix.contains(&workload.ip)) {
                self.mark_vnet(workload.vnet);
                self.mark_address(workload.ip);
            }
        }
        self.mark_subnets();
        let mut last = None;
        for route in topology
            .route_tables()
            .iter()
            .flat_map(|table| &table.routes)
        {
            if let Some(hop) = route.next_hop.filter(|hop| last != Some(*hop)) {
                self.mark_address(hop);
                last = Some(hop);
            }
        }
    }

    /// Subnets belong into a range of their VNet and beside each other.
    fn mark_subnets(&mut self) {
        let topology = self.topology;
        let mut inside: Vec<(u32, u32)> = Vec::new();
        for vnet in topology.vnets() {
            inside.clear();
            for subnet in vnet.subnets.iter().map(|id| topology.subnet(*id)) {
                let Some(prefix) = subnet.prefix else {
                    self.mark_vnet(vnet.id);
                    continue;
                };
                match self.spans.holder(&prefix) {
                    Some((_, span)) if span.vnet == vnet.id => inside.push(bounds(&prefix)),
                    other => {
                        self.mark_vnet(vnet.id);
                        other
                            .into_iter()
                            .for_each(|(_, span)| self.mark_vnet(span.vnet));
                        self.outside.push(prefix);
                    }
                }
            }
            inside.sort_unstable();
            let overlaps = |pair: &[(u32, u32)]| matches!(pair, [a, b] if a.1 >= b.0);
            if inside.windows(2).any(overlaps) {
                self.mark_vnet(vnet.id);
            }
        }
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

    /// Route tables and security groups that subnets use.
    fn holders(&mut self) {
        let topology = self.topology;
        let mut tables = vec![Users::Nobody; topology.route_tables().len()];
        let mut nsgs = vec![Users::Nobody; topology.nsgs().len()];
        let note = |users: &mut [Users], index: usize, vnet: VnetId| {
            if let Some(users) = users.get_mut(index) {
                *users = users.and(vnet);
            }
        };
        for subnet in topology.subnets() {
            if let Some(id) = subnet.route_table {
                note(&mut tables, id.index(), subnet.vnet);
            }
            if let Some(id) = subnet.nsg {
                note(&mut nsgs, id.index(), subnet.vnet);
            }
        }
        // By owner: the contents of own tables and groups that speak of other VNets.
        let mut speaking: Vec<(VnetId, u64)> = Vec::new();
        let mut contents: Vec<(VnetId, u64)> = Vec::new();
        let mut entries = Vec::new();
        for (users, table) in tables.iter().zip(topology.route_tables()) {
            entries.clear();
            table_entries(table, &mut entries);
            let start = Mix::new(seed::TABLE).with(u64::from(table.disable_bgp_route_propagation));
            let content = self.holder(*users, start, &entries, &mut contents, &mut speaking);
            self.tables.push(content);
        }
        for (users, nsg) in nsgs.iter().zip(topology.nsgs()) {
            entries.clear();
            nsg.rules
                .iter()
                .for_each(|rule| rule_entries(rule, &mut entries));
            let start = Mix::new(seed::RULES);
            let content = self.holder(*users, start, &entries, &mut contents, &mut speaking);
            self.nsgs.push(content);
        }
        // Two own tables of one content that speak of different VNets cannot be told apart by content.
        contents.sort_unstable();
        for own in &speaking {
            let from = contents.partition_point(|known| known < own);
            let to = contents.partition_point(|known| known <= own);
            if to - from > 1 {
                self.mark_vnet(own.0);
            }
        }
    }

    /// The number that stands for a table or group in the signatures of its subnets.
    fn holder(
        &mut self,
        users: Users,
        start: Mix,
        entries: &[Entry],
        contents: &mut Vec<(VnetId, u64)>,
        speaking: &mut Vec<(VnetId, u64)>,
    ) -> u64 {
        match users {
            Users::Nobody => 0,
            Users::One(owner) if !self.is_alone(owner) => {
                let content = self.own_content(owner, start, entries);
                contents.push((owner, content));
                let mut speaks = false;
                for entry in entries {
                    let Some(net) = &entry.net else { continue };
                    match self.spans.holder(net) {
                        None => self.outside.push(*net),
                        Some((position, span)) if span.vnet == owner => {
                            let says = Mix::new(seed::SELF).with(content).with(entry.says);
                            self.fact_inside(net, position, &span, says.value());
                        }
                        Some((_, span)) if self.is_alone(span.vnet) => self.cut(net),
                        Some((_, span)) => {
                            speaks = true;
                            let place = relative(net, &span);
                            if place != 0 {
                                self.cut(net);
                                set(&mut self.placed, span.vnet.index());
                            }
                            let says = Mix::new(content)
                                .with(entry.says)
                                .with(u64::from(span.slot))
                                .with(place);
                            self.arcs.push((owner, span.vnet, says.value()));
                        }
                    }
                }
                if speaks {
                    speaking.push((owner, content));
                }
                content
            }
            Users::One(_) | Users::Several => {
                // Tables of one content say the same, whatever their names.
                let mut content = start.with(seed::FIXED);
                for entry in entries {
                    content = content.with(entry.says);
                    if let Some(net) = &entry.net {
                        content = content.with(name_of(net));
                    }
                }
                let content = content.value();
                for entry in entries {
                    if let Some(net) = &entry.net {
                        self.fact(net, Mix::new(content).with(entry.says).value());
                    }
                }
                content
            }
        }
    }

    /// What a table says, with the owner's ranges as "own" and other VNets' left to the arcs.
    fn own_content(&self, owner: VnetId, start: Mix, entries: &[Entry]) -> u64 {
        let mut content = start.with(seed::OWN);
        for entry in entries {
            let Some(net) = &entry.net else {
                content = content.with(entry.says);
                continue;
            };
            match self.spans.holder(net) {
                Some((_, span)) if span.vnet == owner => {
                    content = content
                        .with(entry.says)
                        .with(u64::from(span.slot))
                        .with(relative(net, &span));
                }
                Some((_, span)) if !self.is_alone(span.vnet) => {}
                _ => content = content.with(entry.says).with(name_of(net)),
            }
        }
        content.value()
    }

    /// Prefixes that gateways, hubs, sites and machines know.
    fn speakers(&mut self) {
        let topology = self.topology;
        self.outside.extend(reserved_prefixes());
        self.outside.push(default_route());
        for site in topology.sites() {
            let says = Mix::new(seed::SITE).with(u64::from(site.id.0)).value();
            site.prefixes.iter().for_each(|net| self.fact(net, says));
        }
        for tunnel in topology.tunnels() {
            let lists = [
                &tunnel.static_at_a,
                &tunnel.static_at_b,
                &tunnel.announced_by_a,
                &tunnel.announced_by_b,
            ];
            for (which, list) in (0_u64..).zip(lists) {
                let says = Mix::new(seed::TUNNEL)
                    .with(u64::from(tunnel.id.0))
                    .with(which);
                list.iter().for_each(|net| self.fact(net, says.value()));
            }
        }
        for session in topology.bgp_sessions() {
            for advertisement in &session.advertises {
                let says = Mix::new(seed::SESSION)
                    .with(u64::from(session.id.0))
                    .and(advertisement.next_hop)
                    .and(&advertisement.as_path);
                self.fact(&advertisement.prefix, says.value());
            }
        }
        for nic in topology.appliances() {
            let says = Mix::new(seed::MACHINE).with(u64::from(nic.id.0));
            nic.private_ranges
                .iter()
                .for_each(|net| self.fact(net, says.value()));
            for (position, route) in (1_u64..).zip(&nic.os_routes) {
                self.fact(&route.prefix, says.with(position).value());
            }
        }
        for hub in topology.hubs() {
            let says = Mix::new(seed::HUB).with(u64::from(hub.id.0));
            hub.prefix
                .iter()
                .chain(&hub.private_prefixes)
                .for_each(|net| self.fact(net, says.value()));
            let statics = hub.route_tables.iter().flat_map(|table| &table.statics);
            for (position, route) in (1_u64..).zip(statics) {
                let says = says.with(position).value();
                route.prefixes.iter().for_each(|net| self.fact(net, says));
            }
        }
        for connection in topology.connections() {
            for (position, (prefixes, _)) in (0_u64..).zip(&connection.statics) {
                let says = Mix::new(seed::CONNECTION)
                    .with(u64::from(connection.id.0))
                    .with(position);
                prefixes.iter().for_each(|net| self.fact(net, says.value()));
            }
        }
        for vnet in topology.vnets() {
            let says = Mix::new(seed::SITE)
                .with(u64::from(vnet.id.0))
                .with(1)
                .value();
            let summaries = vnet.summarized_gateway_prefixes.iter().flatten();
            summaries.for_each(|net| self.fact(net, says));
        }
        for (tag, prefixes) in &topology.service_tags {
            let says = Mix::new(seed::SITE).and(tag).value();
            prefixes.iter().for_each(|net| self.fact(net, says));
        }
        for (position, (_, rule)) in (0_u64..).zip(topology.admin_rules()) {
            let mut entries = Vec::new();
            rule_entries(rule, &mut entries);
            for entry in entries {
                let says = Mix::new(seed::ADMIN)
                    .with(position)
                    .with(entry.says)
                    .value();
                entry.net.iter().for_each(|net| self.fact(net, says));
            }
        }
    }

    fn links(&mut self) {
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
    fn partial_link(&mut self, link: &Link, mut says: Mix) -> Mix {
        set(&mut self.placed, link.to.index());
        for net in &link.remote_prefixes {
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

    fn memberships(&mut self) {
        let topology = self.topology;
        for group in topology.connected_groups() {
            let value = Mix::new(seed::GROUP).with(u64::from(group.id.0)).value();
            group
                .members
                .iter()
                .for_each(|vnet| add(&mut self.rest, vnet.index(), value));
        }
        for (position, (members, _)) in (0_u64..).zip(topology.admin_rules()) {
            let value = Mix::new(seed::ADMIN).with(position).value();
            members
                .iter()
                .for_each(|vnet| add(&mut self.rest, vnet.index(), value));
        }
        for connection in topology.connections() {
            let value = Mix::new(seed::CONNECTION)
                .with(u64::from(connection.hub.0))
                .with(u64::from(connection.enable_internet_security))
                .with(u64::from(connection.propagate_statics))
                .with(u64::from(
                    connection.local_route_override == crate::spec::LocalRouteOverride::Equal,
                ))
                .and(&connection.associated)
                .and(&connection.propagated_tables)
                .and(&connection.propagated_labels);
            add(&mut self.rest, connection.vnet.index(), value.value());
        }
    }

    /// The signature of every VNet: equal for VNets that can be exchanged.
    fn vnet_keys(&self) -> Vec<u64> {
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
    fn closed_keys(&self, base: &[u64], single: &[bool], keys: &mut [u64]) {
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

    fn subnet_views(mut self, keys: &[u64]) -> Views {
        let chains = self.spans.around(&mut self.outside);
        self.parts.sort_unstable_by_key(|part| part.span);
        let hosts_machine: Vec<SubnetId> = {
            let mut all: Vec<SubnetId> = self
                .topology
                .appliances()
                .iter()
                .map(|nic| nic.subnet)
                .collect();
            all.sort_unstable();
            all
        };
        let views = self.topology.subnets().iter().map(|subnet| {
            let prefix = subnet.prefix?;
            let platform = is_platform(&subnet.name);
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
                .with(u64::from(subnet.default_outbound_access));
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
        self.cuts.sort_unstable();
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

/// Whether no workload stands in a subnet of that name.
pub(super) fn is_platform(name: &str) -> bool {
    PLATFORM_SUBNETS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn table_entries(table: &RouteTable, entries: &mut Vec<Entry>) {
    for route in &table.routes {
        let says = Mix::new(seed::TABLE)
            .and(route.next_hop_type)
            .and(route.next_hop);
        match &route.destination {
            Destination::Prefix(net) => entries.push(Entry {
                net: Some(*net),
                says: says.value(),
            }),
            Destination::Tag(tag) => entries.push(Entry {
                net: None,
                says: says.and(tag).value(),
            }),
        }
    }
}

fn rule_entries(rule: &SecurityRuleSpec, entries: &mut Vec<Entry>) {
    let head = Mix::new(seed::RULES)
        .with(rule.direction as u64)
        .with(rule.access as u64)
        .and(rule.protocol);
    entries.push(Entry {
        net: None,
        says: head.value(),
    });
    for (side, texts) in [(1, &rule.source), (2, &rule.destination)] {
        for text in texts {
            let head = head.with(side);
            let net = match parse_prefix(text) {
                Ok(Prefix::V4(net)) => Some(net),
                _ => text.parse::<Ipv4Addr>().ok().map(Ipv4Net::from),
            };
            let says = if net.is_some() { head } else { head.and(text) };
            entries.push(Entry {
                net,
                says: says.value(),
            });
        }
    }
}
