//! What route tables and security groups say: by content where one VNet alone uses them, as a fact for all otherwise.

use super::super::mix::Mix;
use super::{Survey, name_of, relative, seed, set};
use crate::topology::{Destination, RouteTable, SecurityRule, Term, Traffic, VnetId};
use ipnet::Ipv4Net;

impl Survey<'_> {
    /// Route tables and security groups that subnets use.
    pub(super) fn holders(&mut self) {
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
        contents.sort();
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
pub(super) struct Entry {
    pub(super) net: Option<Ipv4Net>,
    pub(super) says: u64,
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

pub(super) fn rule_entries(rule: &SecurityRule, entries: &mut Vec<Entry>) {
    let head = Mix::new(seed::RULES)
        .with(rule.direction as u64)
        .with(rule.access as u64);
    traffic_entries(head, &rule.traffic, entries);
}

/// What a rule says of every prefix it names; `head` is what it does.
pub(super) fn traffic_entries(head: Mix, traffic: &Traffic, entries: &mut Vec<Entry>) {
    let head = head
        .and(&traffic.protocols)
        .and(&traffic.ports)
        .with(u64::from(traffic.any_source_port));
    entries.push(Entry {
        net: None,
        says: head.value(),
    });
    for (side, terms) in [(1, &traffic.source), (2, &traffic.destination)] {
        let head = head.with(side);
        for term in terms {
            match term {
                Term::Net(net) => entries.push(Entry {
                    net: Some(*net),
                    says: head.value(),
                }),
                Term::Group(name, nets) => {
                    let says = head.and(name).value();
                    entries.push(Entry { net: None, says });
                    let nets = nets.iter().map(|net| Entry {
                        net: Some(*net),
                        says,
                    });
                    entries.extend(nets);
                }
                _ => entries.push(Entry {
                    net: None,
                    says: head.and(term).value(),
                }),
            }
        }
    }
}
