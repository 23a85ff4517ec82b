//! From "these subnets need these routes" to changes of route tables.
//!
//! A table is shared by subnets that may not all want the change. Where it would hurt one of them, those that want it
//! get a copy of the table:
//!
//! | table `rt`, attached to | wanted | changes |
//! |---|---|---|
//! | a1 | a1: 10.2.0.0/16 -> F | the route is added to `rt` |
//! | a1, b1 (VNet b is 10.2.0.0/16) | a1: 10.2.0.0/16 -> F | a copy `rt-a` with the route, attached to a1 |
//! | nothing (subnet a1 has no table) | a1: 10.2.0.0/16 -> F | a new table `rt-a-a1`, attached to a1 |
//!
//! A new table for a subnet with an Azure Firewall also gets 0.0.0.0/0 -> Internet, which Azure asks for. A subnet
//! that the estate does not list (an implied `GatewaySubnet`) cannot be changed: then there is no plan.

use super::fix::{Change, Fix};
use super::survey::{hosts_appliance, is_platform};
use crate::address::{default_route, first_host};
use crate::route::{NextHopType, RouteSource, Routing, select};
use crate::spec::{ApplianceKind, RouteSpec, RouteTableSpec, UserNextHopType};
use crate::topology::{Destination, RouteTable, RouteTableId, Subnet, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// What one subnet needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wish {
    /// This destination over an appliance.
    Over(Ipv4Net, Ipv4Addr),
    /// This destination over the VPN gateway that the VNet uses.
    Gateway(Ipv4Net),
    /// This destination straight to the Internet.
    Internet(Ipv4Net),
    /// This destination delivered inside the VNet.
    Local(Ipv4Net),
    /// No user-defined route for this destination.
    Without(Ipv4Net),
    /// Gateway routes on (true) or off.
    Propagation(bool),
}

impl Wish {
    fn route(self) -> Option<RouteSpec> {
        let (prefix, next_hop_type, hop) = match self {
            Self::Over(prefix, hop) => (prefix, UserNextHopType::VirtualAppliance, Some(hop)),
            Self::Gateway(prefix) => (prefix, UserNextHopType::VirtualNetworkGateway, None),
            Self::Internet(prefix) => (prefix, UserNextHopType::Internet, None),
            Self::Local(prefix) => (prefix, UserNextHopType::VnetLocal, None),
            Self::Without(_) | Self::Propagation(_) => return None,
        };
        Some(RouteSpec {
            name: None,
            prefix: prefix.to_string(),
            next_hop_type: next_hop_type.into(),
            next_hop_ip_address: hop.map(|hop| hop.to_string()),
        })
    }

    fn prefix(self) -> Option<Ipv4Net> {
        match self {
            Self::Over(prefix, _)
            | Self::Gateway(prefix)
            | Self::Internet(prefix)
            | Self::Local(prefix)
            | Self::Without(prefix) => Some(prefix),
            Self::Propagation(_) => None,
        }
    }

    fn change(self, table: &str) -> Change {
        let table = table.to_owned();
        match (self.route(), self.prefix()) {
            (Some(route), _) => Change::AddRoute { table, route },
            (None, Some(prefix)) => Change::RemoveRoute {
                table,
                prefix: prefix.to_string(),
            },
            (None, None) => Change::SetPropagation {
                table,
                disabled: self == Self::Propagation(false),
            },
        }
    }

    fn make(self, table: &mut RouteTableSpec) {
        match self.prefix().map(|prefix| prefix.to_string()) {
            Some(gone) => {
                table.routes.retain(|route| route.prefix != gone);
                table.routes.extend(self.route());
            }
            None => table.disable_bgp_route_propagation = self == Self::Propagation(false),
        }
    }
}

/// Wishes of subnets, gathered and then turned into changes.
pub(super) struct Plan<'r> {
    routing: &'r Routing,
    topology: &'r Topology,
    wishes: BTreeMap<SubnetId, Vec<Wish>>,
    names: Vec<String>,
}

impl<'r> Plan<'r> {
    pub(super) fn new(routing: &'r Routing) -> Self {
        let topology: &Topology = routing.topology();
        Self {
            routing,
            topology,
            wishes: BTreeMap::new(),
            names: topology
                .route_tables()
                .iter()
                .map(|table| table.name.clone())
                .collect(),
        }
    }

    /// Adds a wish; the first one for a prefix stands.
    pub(super) fn wish(&mut self, subnet: SubnetId, wish: Wish) {
        let wishes = self.wishes.entry(subnet).or_default();
        let known = wish
            .prefix()
            .is_some_and(|prefix| wishes.iter().any(|known| known.prefix() == Some(prefix)));
        if !known && !wishes.contains(&wish) {
            wishes.push(wish);
        }
    }

    /// The changes, or none where a subnet cannot be changed or nothing was wished.
    pub(super) fn changes(mut self) -> Option<Vec<Change>> {
        let subnets = self.wishes.keys().map(|id| self.topology.subnet(*id));
        let mut tables: Vec<Option<RouteTableId>> = Vec::new();
        for subnet in subnets {
            if subnet.implicit {
                return None;
            }
            tables.push(subnet.route_table);
        }
        tables.sort();
        tables.dedup();
        let mut changes = Vec::new();
        for table in tables {
            match table.map(|id| self.topology.route_table(id)) {
                Some(table) => self.change_table(table, &mut changes),
                None => self.new_tables(&mut changes),
            }
        }
        (!changes.is_empty()).then_some(changes)
    }

    /// The changes with a label.
    pub(super) fn fix(self, label: impl Into<String>) -> Option<Fix> {
        let changes = self.changes()?;
        Some(Fix {
            label: label.into(),
            changes,
        })
    }

    /// Subnets with wishes and this table, grouped where VNet and wishes are the same.
    fn groups(&self, table: Option<RouteTableId>) -> Vec<(VnetId, Vec<Wish>, Vec<SubnetId>)> {
        let mut groups: BTreeMap<(VnetId, Vec<Wish>), Vec<SubnetId>> = BTreeMap::new();
        for (id, wishes) in &self.wishes {
            let subnet = self.topology.subnet(*id);
            if subnet.route_table == table {
                groups
                    .entry((subnet.vnet, wishes.clone()))
                    .or_default()
                    .push(*id);
            }
        }
        groups
            .into_iter()
            .map(|((vnet, wishes), ids)| (vnet, wishes, ids))
            .collect()
    }

    fn change_table(&mut self, table: &RouteTable, changes: &mut Vec<Change>) {
        let groups = self.groups(Some(table.id));
        let mut all: Vec<Wish> = groups
            .iter()
            .flat_map(|(_, wishes, _)| wishes.clone())
            .collect();
        all.sort();
        all.dedup();
        let attached = self.topology.subnets().iter();
        let mut attached = attached.filter(|subnet| subnet.route_table == Some(table.id));
        if attached.all(|subnet| all.iter().all(|wish| self.bears(subnet, *wish))) {
            changes.extend(all.into_iter().map(|wish| wish.change(&table.name)));
            return;
        }
        for (vnet, wishes, subnets) in groups {
            let name = self.new_name(&format!("{}-{}", table.name, self.topology.vnet(vnet).name));
            let mut copy = spec_of(table);
            copy.name = name;
            self.add_and_attach(copy, wishes, subnets, changes);
        }
    }

    fn new_tables(&mut self, changes: &mut Vec<Change>) {
        for (vnet, wishes, subnets) in self.groups(None) {
            let vnet = &self.topology.vnet(vnet).name;
            let first = subnets
                .first()
                .map(|id| self.topology.subnet(*id).name.as_str());
            let name = self.new_name(&format!("rt-{vnet}-{}", first.unwrap_or_default()));
            let mut table = RouteTableSpec {
                name,
                ..RouteTableSpec::default()
            };
            if subnets.iter().any(|id| hosts_firewall(self.topology, *id)) {
                Wish::Internet(default_route()).make(&mut table);
            }
            self.add_and_attach(table, wishes, subnets, changes);
        }
    }

    fn add_and_attach(
        &self,
        mut table: RouteTableSpec,
        wishes: Vec<Wish>,
        subnets: Vec<SubnetId>,
        changes: &mut Vec<Change>,
    ) {
        for wish in wishes {
            wish.make(&mut table);
        }
        let name = table.name.clone();
        changes.push(Change::AddRouteTable { table });
        for id in subnets {
            let subnet = self.topology.subnet(id);
            changes.push(Change::AttachRouteTable {
                vnet: self.topology.vnet(subnet.vnet).name.clone(),
                subnet: subnet.name.clone(),
                table: Some(name.clone()),
            });
        }
    }

    fn new_name(&mut self, wanted: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{wanted}-{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        let free = names
            .find(|name| !self.names.contains(name))
            .unwrap_or_default();
        self.names.push(free.clone());
        free
    }

    /// Whether a subnet wants a change or does not mind it.
    fn bears(&self, subnet: &Subnet, wish: Wish) -> bool {
        let wanted = self
            .wishes
            .get(&subnet.id)
            .is_some_and(|wishes| wishes.contains(&wish));
        let special = is_platform(subnet) || hosts_appliance(self.topology, subnet.id);
        wanted
            || !special
                && match wish {
                    Wish::Over(prefix, _) | Wish::Gateway(prefix) => {
                        !self.goes_direct(subnet.id, prefix)
                    }
                    Wish::Local(prefix) => self.goes_direct(subnet.id, prefix),
                    Wish::Internet(_) | Wish::Without(_) => false,
                    Wish::Propagation(_) => true,
                }
    }

    /// Whether a subnet reaches a range inside its VNet, over a peering or a connected group.
    fn goes_direct(&self, subnet: SubnetId, prefix: Ipv4Net) -> bool {
        let table = self.routing.effective(subnet);
        let winner = select(&table.rows, first_host(&prefix)).winner;
        winner
            .and_then(|row| table.rows.get(row))
            .is_some_and(|row| {
                row.source == RouteSource::Default
                    && !matches!(row.next_hop_type, NextHopType::None | NextHopType::Internet)
            })
    }
}

fn hosts_firewall(topology: &Topology, subnet: SubnetId) -> bool {
    let mut nics = topology.appliances().iter();
    nics.any(|nic| nic.subnet == subnet && nic.kind == ApplianceKind::AzureFirewall)
}

/// A table as the spec writes it.
fn spec_of(table: &RouteTable) -> RouteTableSpec {
    let routes = table.routes.iter().map(|route| RouteSpec {
        name: route.name.clone(),
        prefix: match &route.destination {
            Destination::Prefix(prefix) => prefix.to_string(),
            Destination::Tag(tag) => tag.clone(),
        },
        next_hop_type: route.next_hop_type.into(),
        next_hop_ip_address: route.next_hop.map(|hop| hop.to_string()),
    });
    RouteTableSpec {
        name: table.name.clone(),
        disable_bgp_route_propagation: table.disable_bgp_route_propagation,
        routes: routes.collect(),
    }
}
