//! F2 and F8: a stateful device that sees one half of a flow.
//!
//! A firewall that sees the request and not the reply, or the reply and not the request, drops the flow. Where the
//! two directions differ for every choice, some table skips the device: F2, at the first stop that both ways share
//! behind the device. Where only some equal-cost choices fail, the choice is the cause: F8, at the Route Server that
//! programs it.
//!
//! | request | reply | finding |
//! |---|---|---|
//! | S1 - F - S2 | S2 - S1 | F2 at S2: a route to S1's range over F is missing |
//! | S1 - S2 | S2 - F - S1 | F2 at S1: a route to S2's range over F is missing |
//! | S1 - F_A - F_B - S2 | S2 - F_B - S1, and F_A knows no way to S1 | F2 where the request takes F_A |
//! | S1 - N1 or N2 - S2 | S2 - N1 or N2 - S1 | F8 at the Route Server: half of the replies meet the other one |
//!
//! Left out: devices beyond Azure, and state that appliances share among themselves.
//!
//! Source: "Use Azure Firewall to route a multi hub and spoke topology" (2025-06-26) and "Deploy highly available
//! NVAs" (2025-03); reference 5.6 with the lab facts behind F2 and F8.

use super::fix::{Change, Fix};
use super::onward::knows;
use super::place::{
    appliance_at, decided, deciding_subnet, distinct, flow_name, front, front_of, is_adjacent,
    is_gateway_subnet, list, range_over, subnet_name, subnet_path,
};
use super::plan::{Plan, Wish};
use super::survey::{Survey, Trip, host_subnet};
use super::{Finding, FindingKind, Report};
use crate::route::{Branch, Drop, DropReason, Flow, Hop, Origin, Outcome, Place, Remark, Verdict};
use crate::topology::{ApplianceId, DeviceId, GatewayId, Party, SubnetId, Topology};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) fn report(survey: &Survey<'_>, report: &mut Report) {
    let mut skipped: BTreeMap<(SubnetId, bool), Vec<Skip>> = BTreeMap::new();
    let mut splits: BTreeMap<(GatewayId, Ipv4Net), Vec<Split>> = BTreeMap::new();
    for trip in survey.trips() {
        if let Some((key, split)) = split(survey.topology, trip) {
            splits.entry(key).or_default().push(split);
        } else if let Some(skip) = skip(survey, trip)
            && !report.blame(skip.subnet, skip.prefix, skip.flow)
        {
            let key = (skip.subnet, skip.astray);
            skipped.entry(key).or_default().push(skip);
        }
    }
    for ((subnet, _), skips) in skipped {
        let claims: Vec<_> = skips.iter().map(|skip| (subnet, skip.prefix)).collect();
        let position = report.add(asymmetric(survey, subnet, &skips));
        let claims = claims.into_iter().map(|claim| (claim, position));
        report.claims.extend(claims);
    }
    for ((server, prefix), splits) in splits {
        report.add(equal_cost(survey, server, prefix, &splits));
    }
}

/// A stop whose row makes only one direction pass a device.
struct Skip {
    flow: Flow,
    device: DeviceId,
    /// Whose table it is.
    subnet: SubnetId,
    /// Prefix of the row.
    prefix: Ipv4Net,
    /// What to change there.
    cure: Wish,
    /// The row leads to the device, which the other direction cannot use; else it skips the device.
    astray: bool,
    /// The row decides for the reply, else for the request.
    reply: bool,
}

/// A flow of which one direction passes a device and the other goes around it.
struct Half<'t> {
    device: DeviceId,
    through: &'t Branch,
    /// The device's position in `through`.
    at: usize,
    around: &'t Branch,
    /// The way around is the reply's.
    reply: bool,
}

fn skip(survey: &Survey<'_>, trip: &Trip) -> Option<Skip> {
    let (Verdict::Asymmetric(device) | Verdict::DeliveredAsymmetric(device)) = trip.trip.verdict
    else {
        return None;
    };
    let (there, back) = one_sided(survey.topology, trip, device)?;
    let reply = passes(survey.topology, there, device).is_some();
    let (through, around) = if reply { (there, back) } else { (back, there) };
    let at = passes(survey.topology, through, device)?;
    let half = Half {
        device,
        through,
        at,
        around,
        reply,
    };
    missed(survey, trip.flow(), &half).or_else(|| astray(survey.topology, trip.flow(), &half))
}

/// The stop of the way around that should have used the device, if the device could carry the packet on.
fn missed(survey: &Survey<'_>, flow: Flow, half: &Half<'_>) -> Option<Skip> {
    let topology = survey.topology;
    let front = nearest_front(topology, half.through.hops.get(half.at)?)?;
    let nic = appliance_at(topology, front)?;
    let carried_on = |hop: &&Hop| {
        let asking = device_of(topology, hop);
        knows(survey.routing, nic, hop.destination, asking)
    };
    let mut stops = half.around.hops.iter();
    let stop = match half.through.hops.get(half.at + 1) {
        Some(shared) => stops
            .find(|hop| same_stop(topology, hop, shared))
            .or_else(|| half.around.hops.first())
            .filter(carried_on),
        // The device dropped the reply: what it would have handed it to is a stop of the request.
        None => stops.rfind(|hop| may_use(topology, hop, front) && carried_on(hop)),
    };
    let stop = stop?;
    let subnet = deciding_subnet(stop)?;
    let (row, prefix) = decided(stop)?;
    let range = match row.origin {
        Origin::Vnet => own_subnet(topology, subnet, stop.destination)?,
        Origin::Peering(_) | Origin::ConnectedGroup(_) if !prefix.contains(&front) => prefix,
        Origin::Gateway(_) => prefix,
        _ => range_over(topology, stop.destination, front)?,
    };
    let cure = Wish::Over(range, front);
    Some(Skip {
        flow,
        device: half.device,
        subnet,
        prefix,
        cure,
        astray: false,
        reply: half.reply,
    })
}

/// The stop before the device, whose route leads astray: past the device, or straight to what follows.
fn astray(topology: &Topology, flow: Flow, half: &Half<'_>) -> Option<Skip> {
    let stop = half.through.hops.get(half.at.checked_sub(1)?)?;
    let (row, prefix) = decided(stop)?;
    let subnet = deciding_subnet(stop)?;
    let next = half
        .through
        .hops
        .get(half.at + 1)
        .and_then(|hop| front_of(topology, hop));
    let next = next.filter(|next| is_adjacent(topology, topology.subnet(subnet).vnet, *next));
    let cure = next.map_or(Wish::Without(prefix), |next| Wish::Over(prefix, next));
    let user = matches!(row.origin, Origin::User(..));
    let (device, reply) = (half.device, !half.reply);
    user.then_some(Skip {
        flow,
        device,
        subnet,
        prefix,
        cure,
        astray: true,
        reply,
    })
}

/// A request and its reply of which only one passes the device.
fn one_sided<'t>(
    topology: &Topology,
    trip: &'t Trip,
    device: DeviceId,
) -> Option<(&'t Branch, &'t Branch)> {
    let pairs = trip.trip.forward.iter().zip(&trip.trip.back);
    let mut pairs = pairs.flat_map(|(there, back)| back.iter().map(move |back| (there, back)));
    pairs.find(|(there, back)| {
        passes(topology, there, device).is_some() != passes(topology, back, device).is_some()
    })
}

/// The last stop of a branch at a device.
fn passes(topology: &Topology, branch: &Branch, device: DeviceId) -> Option<usize> {
    branch
        .hops
        .iter()
        .rposition(|hop| device_of(topology, hop) == Some(device))
}

fn device_of(topology: &Topology, hop: &Hop) -> Option<DeviceId> {
    match hop.place {
        Place::Appliance(id) => Some(topology.appliance(id).device),
        _ => None,
    }
}

/// The same machine, gateway or host subnet.
fn same_stop(topology: &Topology, a: &Hop, b: &Hop) -> bool {
    match (device_of(topology, a), device_of(topology, b)) {
        (None, None) => a.place == b.place,
        (a, b) => a == b,
    }
}

/// Whether a stop decides by a subnet's table and could hand packets to an address.
fn may_use(topology: &Topology, hop: &Hop, front: Ipv4Addr) -> bool {
    deciding_subnet(hop)
        .is_some_and(|subnet| is_adjacent(topology, topology.subnet(subnet).vnet, front))
}

/// For a host of the same VNet its subnet's range: the VNet's range would catch the sender's own subnet too.
fn own_subnet(topology: &Topology, from: SubnetId, address: Ipv4Addr) -> Option<Ipv4Net> {
    topology
        .subnet_of(topology.subnet(from).vnet, address)?
        .prefix
}

/// Where to send packets so that they enter a device on the side that the other direction leaves by.
fn nearest_front(topology: &Topology, hop: &Hop) -> Option<Ipv4Addr> {
    let arrived = front_of(topology, hop)?;
    let Place::Appliance(id) = hop.place else {
        return None;
    };
    let Some(out) = deciding_subnet(hop) else {
        return Some(arrived);
    };
    let nics = &topology.device(topology.appliance(id).device).nics;
    let mut nics = nics.iter().map(|id| topology.appliance(*id));
    let leaves = nics.find(|nic| nic.subnet == out);
    Some(leaves.filter(|nic| nic.id != id).map_or(arrived, front))
}

fn asymmetric(survey: &Survey<'_>, subnet: SubnetId, skips: &[Skip]) -> Finding {
    let topology = survey.topology;
    let name = subnet_name(topology, subnet);
    let devices = distinct(skips.iter().map(|skip| skip.device).collect());
    let devices = list(devices.iter().map(|id| &topology.device(*id).name));
    let mut finding = Finding::new(FindingKind::Asymmetric, subnet_path(topology, subnet));
    let astray = skips.iter().any(|skip| skip.astray);
    let what = match (astray, skips.iter().all(|skip| skip.reply)) {
        (true, _) => "Only one direction passes",
        (false, true) => "Replies skip",
        (false, false) => "Packets skip",
    };
    finding.title = format!("{what} {devices} at {name}");
    finding.shown_by(skips.iter().map(|skip| skip.flow));
    if let Some(first) = skips.first() {
        finding.explanation = explained(topology, &name, first);
    }
    if is_gateway_subnet(topology, subnet) && topology.subnet(subnet).implicit {
        finding
            .explanation
            .push_str(" List GatewaySubnet with its range to attach a route table to it.");
    }
    let mut plan = Plan::new(survey.routing);
    for skip in skips {
        plan.wish(subnet, skip.cure);
    }
    finding.fix = plan.fix(format!("Put both directions on one path at {name}"));
    finding
}

fn explained(topology: &Topology, name: &str, skip: &Skip) -> String {
    let (flow, prefix) = (flow_name(skip.flow), skip.prefix);
    let device = &topology.device(skip.device).name;
    let (this, other) = if skip.reply {
        ("reply", "request")
    } else {
        ("request", "reply")
    };
    if skip.astray {
        return format!(
            "Of {flow}, the {this} passes {device}, which is stateful, because the route for {prefix} at {name} leads \
             there; the {other} does not and cannot. {device} sees half of the flow and drops it.",
        );
    }
    let range = match skip.cure {
        Wish::Over(range, _) => range,
        _ => prefix,
    };
    format!(
        "Of {flow}, the {other} passes {device}, which is stateful, and the {this} does not: at {name} the row \
         {prefix} wins. {device} sees half of the flow and drops it. A route to exactly {range} over {device} at \
         {name} puts both directions on one path.",
    )
}

/// A flow that some equal-cost choices lose and others do not.
struct Split {
    flow: Flow,
    legs: Vec<ApplianceId>,
    lost: Vec<ApplianceId>,
}

fn split(topology: &Topology, trip: &Trip) -> Option<((GatewayId, Ipv4Net), Split)> {
    if trip.trip.verdict == Verdict::Delivered {
        return None;
    }
    let mut choices: Vec<(&Hop, ApplianceId)> = Vec::new();
    for branch in trip.branches() {
        choices.extend(chosen(branch));
    }
    let (hop, _) = choices.first()?;
    let (row, prefix) = decided(hop)?;
    let Origin::Gateway(server) = row.origin else {
        return None;
    };
    whole(topology, trip).then(|| {
        let legs = choices.iter().map(|(_, leg)| *leg).collect();
        let lost = trip.branches().filter(|branch| fails_alone(branch));
        let lost = lost.flat_map(chosen).map(|(_, leg)| leg).collect();
        let split = Split {
            flow: trip.flow(),
            legs: distinct(legs),
            lost: distinct(lost),
        };
        ((server, prefix), split)
    })
}

/// Stops of a branch with several equal-cost appliances, and the one that this branch takes.
fn chosen(branch: &Branch) -> impl Iterator<Item = (&Hop, ApplianceId)> {
    let pairs = branch.hops.iter().zip(branch.hops.iter().skip(1));
    pairs.filter_map(|(hop, next)| {
        let balanced = next
            .remarks
            .iter()
            .any(|remark| matches!(remark, Remark::LoadBalanced(_)));
        match next.place {
            Place::Appliance(leg) if hop.remarks.contains(&Remark::EqualCost) && !balanced => {
                Some((hop, leg))
            }
            _ => None,
        }
    })
}

/// A branch that is lost for a reason of its own, not for want of state.
fn fails_alone(branch: &Branch) -> bool {
    !matches!(
        branch.outcome,
        Outcome::Delivered
            | Outcome::Dropped(Drop {
                reason: DropReason::NoState(_)
            })
    )
}

/// Whether some choice carries request and reply over the same stateful devices.
fn whole(topology: &Topology, trip: &Trip) -> bool {
    let stateful = |branch: &Branch| {
        let nics = branch.hops.iter().filter_map(|hop| match hop.place {
            Place::Appliance(id) => Some(topology.appliance(id)),
            _ => None,
        });
        distinct(
            nics.filter(|nic| nic.stateful)
                .map(|nic| nic.device)
                .collect(),
        )
    };
    let pairs = trip.trip.forward.iter().zip(&trip.trip.back);
    let mut pairs = pairs.flat_map(|(there, back)| back.iter().map(move |back| (there, back)));
    pairs.any(|(there, back)| {
        there.delivered() && back.delivered() && stateful(there) == stateful(back)
    })
}

fn equal_cost(
    survey: &Survey<'_>,
    server: GatewayId,
    prefix: Ipv4Net,
    splits: &[Split],
) -> Finding {
    let topology = survey.topology;
    let name = &topology.gateway(server).name;
    let legs = distinct(splits.iter().flat_map(|split| split.legs.clone()).collect());
    let lost = distinct(splits.iter().flat_map(|split| split.lost.clone()).collect());
    let names = list(legs.iter().map(|id| &topology.appliance(*id).name));
    let mut finding = Finding::new(FindingKind::EqualCostState, format!("gateways[{name}]"));
    finding.title = format!("{prefix} over {names} loses part of the flows");
    finding.shown_by(splits.iter().map(|split| split.flow));
    let why = if lost.is_empty() {
        "they are stateful and translate no source address, so a reply that meets the other one is dropped".to_owned()
    } else if lost == legs {
        "each of them loses some of the flows".to_owned()
    } else {
        let lost = lost.iter().map(|id| &topology.appliance(*id).name);
        format!("the flows that meet {} are lost", list(lost))
    };
    finding.explanation = format!(
        "{name} programs {prefix} with equal AS paths over {names}; each NIC spreads its flows over them, and {why}. \
         A longer AS path on all but one makes one of them carry everything; source NAT on each, or one load balancer \
         as the announced next hop, keeps both in use."
    );
    finding.fix = prepend(topology, server, prefix, &legs, &lost);
    finding
}

/// Every leg but the first healthy one announces a longer path.
fn prepend(
    topology: &Topology,
    server: GatewayId,
    prefix: Ipv4Net,
    legs: &[ApplianceId],
    lost: &[ApplianceId],
) -> Option<Fix> {
    let kept = legs
        .iter()
        .find(|leg| !lost.contains(leg))
        .or(legs.first())?;
    let others = legs.iter().filter(|leg| *leg != kept);
    let announces = |leg: ApplianceId| {
        let address = topology.appliance(leg).ip;
        let mut sessions = topology.bgp_sessions().iter();
        sessions.find(|session| {
            session.speaker == Party::Gateway(server)
                && session
                    .advertises
                    .iter()
                    .any(|r| r.prefix == prefix && r.next_hop == address)
        })
    };
    let changes: Vec<Change> = others
        .filter_map(|leg| announces(*leg))
        .map(|session| Change::Prepend {
            speaker: topology.gateway(server).name.clone(),
            appliance: topology.appliance(session.appliance).name.clone(),
            prefix: prefix.to_string(),
        })
        .collect();
    let label = format!("Prefer {} for {prefix}", topology.appliance(*kept).name);
    (!changes.is_empty()).then_some(Fix { label, changes })
}

/// The subnet of the host that a branch starts at.
pub(super) fn first_subnet(branch: &Branch) -> Option<SubnetId> {
    branch.hops.first().and_then(|hop| host_subnet(hop.place))
}
