//! F4 and F5: a direct link beside the way over an appliance.
//!
//! A peering row or connected group is longer than a default or summary UDR, so the appliance does not see the
//! traffic (F4). A UDR with exactly the peering's prefix beats it, so a direct link stands unused (F5). Either may be
//! meant; the finding says which of the two the tables do.
//!
//! | S1's table | direct link S1 - S2 (10.1.2.0/24) | finding |
//! |---|---|---|
//! | 0.0.0.0/0 -> F | 10.1.2.0/24 VNetPeering wins | F4 |
//! | 10.1.2.0/24 -> F | the UDR wins | F5, a note |
//! | 0.0.0.0/0 -> F | to the hub that hosts F | none: addresses of the hub are reached directly |
//!
//! Left out: a hub's own workloads towards its spokes, the same by design (reference 5.2).
//!
//! Source: "Azure spoke-to-spoke networking" (2025-06-16); reference 5.1, 5.6.

use super::bypass::shorter_route;
use super::fix::{Change, Fix};
use super::place::{
    appliance_at, distinct, hop_address, is_adjacent, is_over_appliance, link_name, link_path,
    list, subnet_name,
};
use super::plan::{Plan, Wish};
use super::survey::{End, Survey, Trip};
use super::{Finding, FindingKind, Report};
use crate::address::first_host;
use crate::route::{EffectiveRoute, Flow, Origin, RouteState};
use crate::spec::{ConnectivityTopology, Protocol};
use crate::topology::{
    ConnectedGroup, ConnectedGroupId, Destination, LinkId, SubnetId, Topology, VnetId,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut links: BTreeMap<LinkId, Sides> = BTreeMap::new();
    let mut groups: BTreeMap<ConnectedGroupId, Vec<Beside>> = BTreeMap::new();
    for subnet in survey.workload_subnets() {
        for (direct, beside) in besides(survey, subnet.id) {
            match direct {
                Direct::Link(link) => {
                    let sides = links.entry(link).or_default();
                    if beside.exact {
                        &mut sides.detours
                    } else {
                        &mut sides.bypasses
                    }
                    .push(beside);
                }
                Direct::Group(group) => groups.entry(group).or_default().push(beside),
            }
        }
    }
    let followed = by_pair(survey);
    for (link, sides) in links {
        let flows = flows(survey, &followed, link);
        if flows.is_empty() {
            // Nothing stands at one of its ends.
        } else if !sides.detours.is_empty() {
            report.add(detour(survey, link, flows, &sides.detours));
        } else if !sides
            .bypasses
            .iter()
            .any(|beside| beside.is_claimed(report))
        {
            report.add(bypass(survey, link, flows, &sides.bypasses));
        }
    }
    for (group, besides) in groups {
        if !besides.iter().any(|beside| beside.is_claimed(report)) {
            report.add(group_bypass(
                survey,
                survey.topology.connected_group(group),
                &besides,
            ));
        }
    }
}

#[derive(Default)]
struct Sides {
    bypasses: Vec<Beside>,
    detours: Vec<Beside>,
}

/// A direct way.
enum Direct {
    /// A peering, by the lower of its two objects.
    Link(LinkId),
    /// A connected group.
    Group(ConnectedGroupId),
}

/// A direct row and a UDR to an appliance that covers the same range.
struct Beside {
    subnet: SubnetId,
    range: Ipv4Net,
    route: Ipv4Net,
    hop: Ipv4Addr,
    /// The UDR has exactly the range.
    exact: bool,
}

impl Beside {
    fn is_claimed(&self, report: &Report) -> bool {
        report.claims.contains_key(&(self.subnet, self.range))
    }
}

fn besides(survey: &Survey<'_>, subnet: SubnetId) -> Vec<(Direct, Beside)> {
    let topology = survey.topology;
    let table = survey.routing.effective(subnet);
    let vnet = topology.subnet(subnet).vnet;
    let mut found = Vec::new();
    for row in &table.rows {
        for range in &row.prefixes {
            let Some((direct, far)) = direct(topology, row, *range) else {
                continue;
            };
            let shorter =
                shorter_route(survey, &table, *range).map(|(route, hop)| (route, hop, false));
            let exact = exact_route(&table.rows, *range).map(|hop| (*range, hop, true));
            // A row with several ranges stays active as a whole: there the exact route decides too.
            let Some((route, hop, exact)) = exact.or(shorter) else {
                continue;
            };
            let lost = row.state == RouteState::Invalid;
            if hosts_or_serves(topology, vnet, far, hop)
                || exact && !lost && row.prefixes.len() == 1
            {
                continue;
            }
            if !(exact && row.prefixes.len() > 1) {
                found.push((
                    direct,
                    Beside {
                        subnet,
                        range: *range,
                        route,
                        hop,
                        exact,
                    },
                ));
            }
        }
    }
    found
}

/// The direct way that a row is, and the VNet at its other end.
fn direct(topology: &Topology, row: &EffectiveRoute, range: Ipv4Net) -> Option<(Direct, VnetId)> {
    match row.origin {
        Origin::Peering(id) => {
            let link = topology.link(id);
            Some((
                Direct::Link(link.reverse.map_or(id, |other| other.min(id))),
                link.to,
            ))
        }
        Origin::ConnectedGroup(id) => {
            let members = &topology.connected_group(id).members;
            let holds = |id: &&VnetId| topology.vnet(**id).prefixes.contains(&range);
            Some((Direct::Group(id), *members.iter().find(holds)?))
        }
        _ => None,
    }
}

fn exact_route(rows: &[EffectiveRoute], range: Ipv4Net) -> Option<Ipv4Addr> {
    let exact = rows
        .iter()
        .find(|row| is_over_appliance(row) && row.prefixes.contains(&range));
    exact.and_then(hop_address)
}

/// Whether the far VNet hosts the appliance, or is a spoke of the appliance in this VNet; or the hop is of no
/// use.
fn hosts_or_serves(topology: &Topology, near: VnetId, far: VnetId, hop: Ipv4Addr) -> bool {
    let reachable = is_adjacent(topology, near, hop) && appliance_at(topology, hop).is_some();
    if topology.vnet(far).contains(hop) || !reachable {
        return true;
    }
    let here = topology.vnet(near);
    let subnets = topology
        .vnet(far)
        .subnets
        .iter()
        .map(|id| topology.subnet(*id));
    let tables = subnets.filter_map(|subnet| subnet.route_table);
    let mut hops = tables
        .flat_map(|id| &topology.route_table(id).routes)
        .filter_map(|route| route.next_hop);
    here.contains(hop) && hops.any(|hop| here.contains(hop))
}

/// The VNets that a flow goes between.
fn vnets(topology: &Topology, trip: &Trip) -> Option<(VnetId, VnetId)> {
    let vnet = |end| match end {
        End::Subnet(id) => Some(topology.subnet(id).vnet),
        _ => None,
    };
    vnet(trip.from).zip(vnet(trip.to))
}

/// Followed flows between VNets.
fn between<'t>(
    survey: &'t Survey<'_>,
    inside: impl Fn(VnetId, VnetId) -> bool + 't,
) -> impl Iterator<Item = Flow> + 't {
    let trips = survey.trips().filter(move |trip| {
        let ends = vnets(survey.topology, trip);
        ends.is_some_and(|(from, to)| inside(from, to))
    });
    trips.map(Trip::flow)
}

/// Followed flows by the VNets that they go between, the lower first.
fn by_pair(survey: &Survey<'_>) -> BTreeMap<(VnetId, VnetId), Vec<Flow>> {
    let mut pairs: BTreeMap<_, Vec<Flow>> = BTreeMap::new();
    for trip in survey.trips() {
        if let Some((from, to)) = vnets(survey.topology, trip) {
            let pair = (from.min(to), from.max(to));
            pairs.entry(pair).or_default().push(trip.flow());
        }
    }
    pairs
}

/// Flows over a peering: those that were followed, or in a thinned-out estate one between its first workloads.
fn flows(
    survey: &Survey<'_>,
    followed: &BTreeMap<(VnetId, VnetId), Vec<Flow>>,
    link: LinkId,
) -> Vec<Flow> {
    let (a, b) = pair(survey, link);
    if let Some(followed) = followed.get(&(a.min(b), a.max(b))) {
        return followed.clone();
    }
    let host = |vnet: VnetId| {
        let mut subnets = survey.workload_subnets_of(vnet);
        subnets.find_map(|subnet| subnet.prefix.map(|range| first_host(&range)))
    };
    let only = host(a).zip(host(b)).map(|(source, destination)| Flow {
        source,
        destination,
        protocol: Protocol::Tcp,
        port: None,
    });
    only.into_iter().collect()
}

fn pair(survey: &Survey<'_>, link: LinkId) -> (VnetId, VnetId) {
    let link = survey.topology.link(link);
    (link.from, link.to)
}

fn bypass(survey: &Survey<'_>, id: LinkId, flows: Vec<Flow>, besides: &[Beside]) -> Finding {
    let topology = survey.topology;
    let link = topology.link(id);
    let (a, b) = pair(survey, id);
    let mut finding = Finding::new(FindingKind::DirectBypass, link_path(topology, link));
    let (from, to) = (&topology.vnet(a).name, &topology.vnet(b).name);
    finding.title = format!("Traffic between {from} and {to} passes the appliance by");
    finding.shown_by(flows);
    let rows = besides.iter().map(|beside| {
        let name = subnet_name(topology, beside.subnet);
        format!(
            "at {name} {} goes to {}, and the peering row {} is longer",
            beside.route, beside.hop, beside.range
        )
    });
    finding.explanation = format!(
        "Of the two ways, the direct one wins: {}. If the appliance shall see this traffic, routes with exactly the other side's range are needed on both \
         sides; if not, nothing is to be done.",
        rows.collect::<Vec<_>>().join("; "),
    );
    finding.fix = over_appliance(survey, id, besides);
    finding
}

/// Exact routes on both sides, over the same appliance.
fn over_appliance(survey: &Survey<'_>, id: LinkId, besides: &[Beside]) -> Option<Fix> {
    let topology = survey.topology;
    let (a, b) = pair(survey, id);
    let first = besides.first()?;
    let mut plan = Plan::new(survey.routing);
    for subnet in [a, b]
        .into_iter()
        .flat_map(|vnet| survey.workload_subnets_of(vnet))
    {
        let far = if subnet.vnet == a { b } else { a };
        let link = topology.link_between(subnet.vnet, far)?;
        let own = besides
            .iter()
            .find(|beside| beside.subnet == subnet.id)
            .unwrap_or(first);
        if !is_adjacent(topology, subnet.vnet, own.hop) {
            return None;
        }
        for range in link.remote_prefixes.iter() {
            plan.wish(subnet.id, Wish::Over(*range, own.hop));
        }
    }
    plan.fix(format!(
        "Route {} over the appliance",
        link_name(topology, topology.link(id))
    ))
}

fn group_bypass(survey: &Survey<'_>, group: &ConnectedGroup, besides: &[Beside]) -> Finding {
    let topology = survey.topology;
    let subject = format!("avnm.groups[{}]", group.name);
    let mut finding = Finding::new(FindingKind::DirectBypass, subject);
    finding.title = format!("The members of {} pass the appliance by", group.name);
    let members = group.members.clone();
    finding.shown_by(between(survey, move |x, y| {
        x != y && members.contains(&x) && members.contains(&y)
    }));
    let subnets = distinct(besides.iter().map(|beside| beside.subnet).collect());
    let routes = distinct(
        besides
            .iter()
            .map(|beside| (beside.route, beside.hop))
            .collect(),
    );
    let routes = routes
        .iter()
        .map(|(route, hop)| format!("{route} goes to {hop}"));
    finding.explanation = format!(
        "On {} {}. The ConnectedGroup row of {} lists the exact ranges of the other members, which are longer, so \
         members reach each other directly.",
        list(subnets.iter().map(|id| subnet_name(topology, *id))),
        list(routes),
        group.name,
    );
    finding.fix = Some(Fix {
        label: format!("Switch direct connectivity of {} off", group.name),
        changes: vec![Change::SetDirectConnectivity {
            group: group.name.clone(),
            on: false,
        }],
    });
    if group.topology == ConnectivityTopology::Mesh {
        finding.fix = over_appliances(survey, besides);
    }
    finding
}

/// Exact routes for every member that a subnet reaches directly.
fn over_appliances(survey: &Survey<'_>, besides: &[Beside]) -> Option<Fix> {
    let mut plan = Plan::new(survey.routing);
    for beside in besides {
        plan.wish(beside.subnet, Wish::Over(beside.range, beside.hop));
    }
    plan.fix("Add exact routes for the members of the group")
}

fn detour(survey: &Survey<'_>, id: LinkId, flows: Vec<Flow>, detours: &[Beside]) -> Finding {
    let topology = survey.topology;
    let link = topology.link(id);
    let (a, b) = pair(survey, id);
    let mut finding = Finding::new(FindingKind::Detour, link_path(topology, link));
    let (from, to) = (&topology.vnet(a).name, &topology.vnet(b).name);
    finding.title = format!("{from} and {to} are peered, and their traffic takes another way");
    finding.shown_by(flows);
    let rows = detours.iter().map(|beside| {
        let name = subnet_name(topology, beside.subnet);
        format!(
            "at {name} the route {} -> {} beats the peering row of the same prefix",
            beside.range, beside.hop
        )
    });
    finding.explanation = format!(
        "Of the two ways, the direct one loses: {}. That is the way to have direct neighbours inspected; if it is not meant, the routes go and the peering \
         row becomes Active.",
        rows.collect::<Vec<_>>().join("; "),
    );
    finding.fix = straight(survey, detours);
    finding
}

/// Without the routes on either side.
fn straight(survey: &Survey<'_>, detours: &[Beside]) -> Option<Fix> {
    let mut plan = Plan::new(survey.routing);
    for beside in detours {
        if has_route(survey.topology, beside.subnet, beside.range) {
            plan.wish(beside.subnet, Wish::Without(beside.range));
        }
    }
    plan.fix("Use the direct peering")
}

fn has_route(topology: &Topology, subnet: SubnetId, range: Ipv4Net) -> bool {
    let table = topology
        .subnet(subnet)
        .route_table
        .map(|id| topology.route_table(id));
    let mut routes = table.into_iter().flat_map(|table| &table.routes);
    routes.any(|route| route.destination == Destination::Prefix(range))
}
