//! The flows that findings are looked for in.
//!
//! Ordered pairs of workload subnets, every site with every workload subnet in both directions, and every workload
//! subnet towards the private endpoints and the Internet, as TCP. Subnets (and endpoints) that no table of the estate
//! can tell apart (same VNet, same attached objects, inside the same prefixes of routes) stand for each other.
//!
//! | estate | subnets | flows |
//! |---|--:|--:|
//! | 2 spokes of one subnet each, 1 site | 2 | 2 + 4 + 2 = 8 |
//! | 1 spoke of 3 alike subnets, no site | 1 | 0 + 0 + 1 = 1 |
//!
//! Past [`MOST_FLOWS`] the pairs of subnets are thinned out evenly; [`Flows::left_out`] says how many. A platform
//! subnet (`GatewaySubnet` …) is no workload subnet; neither is one that holds appliances or private endpoints,
//! unless a workload is named in it.

use crate::address::first_host;
use crate::route::{Branch, Flow, Place, RoundTrip, Routing};
use crate::spec::{Protocol, is_platform_subnet};
use crate::topology::{Destination, PrivateEndpointId, SiteId, Subnet, SubnetId, Topology, VnetId};
use ipnet::Ipv4Net;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Flows followed at most.
pub(super) const MOST_FLOWS: usize = 1_500;

/// Public addresses that documents use and nobody owns (RFC 5737).
const PUBLIC: [Ipv4Addr; 3] = [
    Ipv4Addr::new(203, 0, 113, 10),
    Ipv4Addr::new(198, 51, 100, 10),
    Ipv4Addr::new(192, 0, 2, 10),
];

/// Where a flow starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// A workload subnet.
    Subnet(SubnetId),
    /// A site.
    Site(SiteId),
    /// A private endpoint, as a destination only.
    Endpoint(PrivateEndpointId),
    /// A public address.
    Internet,
}

/// A flow that was followed.
#[derive(Debug, Clone)]
pub(super) struct Trip {
    pub(super) from: End,
    pub(super) to: End,
    pub(super) trip: RoundTrip,
}

impl Trip {
    pub(super) fn flow(&self) -> Flow {
        self.trip.flow
    }

    /// Every way that the request or a reply may take.
    pub(super) fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.trip
            .forward
            .iter()
            .chain(self.trip.back.iter().flatten())
    }
}

/// The flows to follow, and those that were followed.
#[derive(Debug, Clone, Default)]
pub(super) struct Flows {
    workload_subnets: BTreeSet<SubnetId>,
    pairs: Vec<(Point, Point)>,
    trips: Vec<Rc<Trip>>,
    /// Flows that are not followed, to stay quick.
    pub(super) left_out: usize,
}

impl Flows {
    /// The flows of an estate, none followed yet.
    pub(super) fn of(topology: &Topology) -> Self {
        let workload_subnets = workload_subnets(topology);
        let (pairs, left_out) = pairs(topology, &workload_subnets);
        Self {
            workload_subnets,
            pairs,
            trips: Vec::new(),
            left_out,
        }
    }

    /// How many were followed.
    pub(super) fn followed(&self) -> usize {
        self.trips.len()
    }

    /// Follows some more, so many at most; whether all were followed.
    pub(super) fn follow(&mut self, routing: &Routing, most: usize) -> bool {
        let next = self.pairs.iter().skip(self.trips.len()).take(most);
        let trips = next.map(|(from, to)| {
            Rc::new(Trip {
                from: from.end,
                to: to.end,
                trip: routing.round_trip(Flow {
                    source: from.address,
                    destination: to.address,
                    protocol: Protocol::Tcp,
                    port: None,
                }),
            })
        });
        self.trips.extend(trips);
        self.trips.len() == self.pairs.len()
    }
}

/// Flows that were followed, with the estate that they are of.
pub(super) struct Survey<'r> {
    pub(super) routing: &'r Routing,
    pub(super) topology: &'r Topology,
    workload_subnets: &'r BTreeSet<SubnetId>,
    trips: &'r [Rc<Trip>],
}

impl<'r> Survey<'r> {
    /// What was followed of an estate.
    pub(super) fn new(routing: &'r Routing, flows: &'r Flows) -> Self {
        Self {
            routing,
            topology: routing.topology(),
            workload_subnets: &flows.workload_subnets,
            trips: &flows.trips,
        }
    }

    /// What was followed.
    pub(super) fn trips(&self) -> impl Iterator<Item = &'r Trip> + use<'r> {
        self.trips.iter().map(Rc::as_ref)
    }

    /// Subnets where machines of the estate's owner stand.
    pub(super) fn workload_subnets(&self) -> impl Iterator<Item = &'r Subnet> {
        let topology = self.topology;
        let ids = self.workload_subnets.iter();
        ids.map(move |id| topology.subnet(*id))
    }

    /// Those of one VNet.
    pub(super) fn workload_subnets_of(&self, vnet: VnetId) -> impl Iterator<Item = &'r Subnet> {
        let topology = self.topology;
        let ids = topology.vnet(vnet).subnets.iter();
        ids.filter(|id| self.is_workload(**id))
            .map(move |id| topology.subnet(*id))
    }

    pub(super) fn is_workload(&self, subnet: SubnetId) -> bool {
        self.workload_subnets.contains(&subnet)
    }
}

#[derive(Debug, Clone, Copy)]
struct Point {
    end: End,
    address: Ipv4Addr,
    vnet: Option<VnetId>,
}

/// The pairs to follow, and how many more there are.
fn pairs(topology: &Topology, workloads: &BTreeSet<SubnetId>) -> (Vec<(Point, Point)>, usize) {
    let subnets = representatives(topology, workloads);
    let sites = sites(topology);
    let mut chosen = Vec::new();
    for site in &sites {
        for subnet in &subnets {
            chosen.push((*site, *subnet));
            chosen.push((*subnet, *site));
        }
    }
    if let Some(internet) = internet(topology) {
        chosen.extend(subnets.iter().map(|subnet| (*subnet, internet)));
    }
    for endpoint in endpoints(topology) {
        chosen.extend(subnets.iter().map(|subnet| (*subnet, endpoint)));
    }
    let fixed = chosen.len();
    chosen.truncate(MOST_FLOWS);
    let mut all = between(&subnets, MOST_FLOWS.saturating_sub(chosen.len()));
    all.append(&mut chosen);
    let possible = fixed + subnets.len() * subnets.len().saturating_sub(1);
    let left_out = possible.saturating_sub(all.len());
    (all, left_out)
}

/// Ordered pairs of subnets: where there is no room for all, every n-th partner of each, beginning at another one for
/// each.
fn between(subnets: &[Point], room: usize) -> Vec<(Point, Point)> {
    let all = subnets.len() * subnets.len().saturating_sub(1);
    let step = all.div_ceil(room.max(1)).max(1);
    let mut chosen = Vec::new();
    for (row, from) in subnets.iter().enumerate() {
        let others = subnets.iter().enumerate();
        let taken = others.filter(|(column, _)| *column != row && (row + column) % step == 0);
        chosen.extend(taken.map(|(_, to)| (*from, *to)));
    }
    chosen.truncate(room);
    chosen
}

/// One point for each set of subnets that no table can tell apart.
fn representatives(topology: &Topology, workloads: &BTreeSet<SubnetId>) -> Vec<Point> {
    let prefixes = told_apart_by(topology);
    let mut named: BTreeMap<SubnetId, Ipv4Addr> = BTreeMap::new();
    for workload in topology.workloads() {
        named.entry(workload.subnet).or_insert(workload.ip);
    }
    let mut seen = BTreeMap::new();
    for subnet in workloads.iter().map(|id| topology.subnet(*id)) {
        let Some(range) = subnet.prefix else { continue };
        let near = overlapping(&prefixes, range);
        let key = (subnet.vnet, subnet.route_table, subnet.nsg, near);
        // A named host, else the first address that Azure hands out.
        let address = named.get(&subnet.id).copied();
        let address = address.unwrap_or_else(|| first_host(&range));
        seen.entry(key).or_insert(Point {
            end: End::Subnet(subnet.id),
            address,
            vnet: Some(subnet.vnet),
        });
    }
    let mut points: Vec<Point> = seen.into_values().collect();
    points.sort_by_key(|point| (point.vnet, point.end));
    points
}

/// Those of sorted prefixes that overlap a range: what holds it, longest last, then what lies in it.
fn overlapping(prefixes: &[Ipv4Net], range: Ipv4Net) -> Vec<Ipv4Net> {
    let wider = (0..range.prefix_len()).filter_map(|length| {
        let holder = Ipv4Net::new(range.addr(), length).ok()?.trunc();
        prefixes.binary_search(&holder).is_ok().then_some(holder)
    });
    let first = prefixes.partition_point(|prefix| *prefix < range.trunc());
    let inside = prefixes.iter().skip(first);
    let inside = inside.take_while(|prefix| range.contains(*prefix));
    wider.chain(inside.copied()).collect()
}

/// Prefixes, each once and in order, that appear in some table and may treat two subnets of a VNet differently.
fn told_apart_by(topology: &Topology) -> Vec<Ipv4Net> {
    let tables = topology
        .route_tables()
        .iter()
        .flat_map(|table| &table.routes);
    let routes = tables.filter_map(|route| match route.destination {
        Destination::Prefix(prefix) => Some(prefix),
        Destination::Tag(_) => None,
    });
    let peered = topology
        .links()
        .iter()
        .filter(|link| link.remote_subnets.is_some());
    let chosen = peered.flat_map(|link| link.remote_prefixes.iter().copied());
    let sessions = topology
        .bgp_sessions()
        .iter()
        .flat_map(|session| &session.advertises);
    let announced = sessions.map(|route| route.prefix);
    let all = routes.chain(chosen).chain(announced);
    let mut prefixes: Vec<Ipv4Net> = all.map(|prefix| prefix.trunc()).collect();
    prefixes.sort();
    prefixes.dedup();
    prefixes
}

/// Whether a subnet belongs to a service of Azure by its name.
pub(super) fn is_platform(subnet: &Subnet) -> bool {
    is_platform_subnet(&subnet.name)
}

/// Whether a firewall or NVA has a NIC in a subnet.
pub(super) fn hosts_appliance(topology: &Topology, subnet: SubnetId) -> bool {
    topology.appliances().iter().any(|nic| nic.subnet == subnet)
}

fn workload_subnets(topology: &Topology) -> BTreeSet<SubnetId> {
    let workloads = topology.workloads().iter();
    let named: BTreeSet<SubnetId> = workloads.map(|workload| workload.subnet).collect();
    let appliances = topology.appliances().iter().map(|nic| nic.subnet);
    let endpoints = topology.private_endpoints().iter();
    let others: BTreeSet<SubnetId> = appliances
        .chain(endpoints.map(|endpoint| endpoint.subnet))
        .collect();
    let ordinary = topology
        .subnets()
        .iter()
        .filter(|subnet| !(subnet.implicit || is_platform(subnet) || others.contains(&subnet.id)));
    let mut found: BTreeSet<SubnetId> = ordinary.map(|subnet| subnet.id).collect();
    found.extend(named);
    found
}

fn sites(topology: &Topology) -> Vec<Point> {
    let point = |site: &crate::topology::Site| {
        let prefix = site
            .prefixes
            .iter()
            .find(|prefix| prefix.prefix_len() > 0)?;
        Some(Point {
            end: End::Site(site.id),
            address: first_host(prefix),
            vnet: None,
        })
    };
    topology.sites().iter().filter_map(point).collect()
}

/// One point for each set of private endpoints that no table can tell apart.
fn endpoints(topology: &Topology) -> Vec<Point> {
    let prefixes = told_apart_by(topology);
    let mut seen = BTreeMap::new();
    for endpoint in topology.private_endpoints() {
        let near = prefixes.iter().filter(|p| p.contains(&endpoint.ip));
        let near: Vec<Ipv4Net> = near.copied().collect();
        seen.entry((endpoint.subnet, near)).or_insert(Point {
            end: End::Endpoint(endpoint.id),
            address: endpoint.ip,
            vnet: Some(endpoint.vnet),
        });
    }
    seen.into_values().collect()
}

fn internet(topology: &Topology) -> Option<Point> {
    let address = public_address(topology)?;
    Some(Point {
        end: End::Internet,
        address,
        vnet: None,
    })
}

/// A public address that no VNet or site of the estate owns.
pub(super) fn public_address(topology: &Topology) -> Option<Ipv4Addr> {
    let owned = |address: &Ipv4Addr| {
        let sites = topology.sites().iter().flat_map(|site| &site.prefixes);
        let mut sites = sites.filter(|prefix| prefix.prefix_len() > 0);
        topology.vnet_at(*address).is_some() || sites.any(|prefix| prefix.contains(address))
    };
    PUBLIC.into_iter().find(|address| !owned(address))
}

/// The subnet where a host stands.
pub(super) fn host_subnet(place: Place) -> Option<SubnetId> {
    match place {
        Place::Subnet(id) => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::overlaps;

    #[test]
    fn overlapping_prefixes_are_those_that_every_one_is_asked_for() {
        let addresses = [
            "10.0.0.0",
            "10.0.1.0",
            "10.0.1.128",
            "10.1.0.0",
            "192.168.0.0",
        ];
        let nets = addresses.iter().flat_map(|address| {
            let address: Ipv4Addr = address.parse().unwrap_or(Ipv4Addr::UNSPECIFIED);
            (0..=32).filter_map(move |length| Some(Ipv4Net::new(address, length).ok()?.trunc()))
        });
        let mut all: Vec<Ipv4Net> = nets.collect();
        all.sort();
        all.dedup();
        let some: Vec<Ipv4Net> = all.iter().step_by(3).copied().collect();
        for range in all {
            let asked = some.iter().filter(|prefix| overlaps(prefix, &range));
            let asked: Vec<Ipv4Net> = asked.copied().collect();
            let mut found = overlapping(&some, range);
            found.sort();
            assert_eq!(found, asked, "{range}");
        }
    }
}
