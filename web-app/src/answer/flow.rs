//! Tables and ways: what `effectiveRoutes` and `trace` answer.

use super::{SCHEMA, list, nothing, read, word, words};
use crate::view::{path, place};
use interspoke_core::json::{Node, Words as _};
use interspoke_core::route::{Branch, Decision, EffectiveRoute, Flow, Hop, Loss, Outcome};
use interspoke_core::spec::Protocol;
use interspoke_core::topology::Topology;
use std::net::Ipv4Addr;

/// The effective routes of a subnet, as `az network nic show-effective-route-table` prints them.
///
/// # Errors
/// The text is not a document, or it has no such subnet.
pub fn effective_routes(text: &str, vnet: &str, subnet: &str) -> Result<String, String> {
    let (_, answers) = read(text)?;
    let found = answers.topology().subnet_named(vnet, subnet);
    let id = found
        .ok_or_else(|| format!("the document has no subnet {subnet:?} in a VNet {vnet:?}"))?
        .id;
    let table = answers.routing.effective(id);
    Ok(Node::object([
        ("schema", SCHEMA.into()),
        ("vnet", vnet.into()),
        ("subnet", subnet.into()),
        ("value", list(table.rows.iter().map(row))),
    ])
    .compact())
}

fn row(row: &EffectiveRoute) -> Node {
    Node::object([
        ("name", row.name.as_deref().map_or_else(nothing, Node::from)),
        ("source", word(row.source)),
        ("state", word(row.state)),
        ("addressPrefix", words(&row.prefixes)),
        ("nextHopType", word(row.next_hop_type)),
        ("nextHopIpAddress", words(&row.next_hop_ips)),
    ])
}

/// Every way of a request and of its replies. Protocol: `TCP`, `UDP` or `ICMP`.
///
/// # Errors
/// The text is not a document, an address is none, or the protocol is not known.
pub fn trace(
    text: &str,
    source: &str,
    destination: &str,
    protocol: &str,
) -> Result<String, String> {
    let (_, answers) = read(text)?;
    let flow = Flow {
        source: address("source", source)?,
        destination: address("destination", destination)?,
        protocol: known(protocol)?,
        port: None,
    };
    let topology = answers.topology();
    let trip = answers.routing.round_trip(flow);
    let replies = trip
        .back
        .iter()
        .map(|ways| list(ways.iter().map(|way| branch(topology, way))));
    Ok(Node::object([
        ("schema", SCHEMA.into()),
        ("source", word(flow.source)),
        ("destination", word(flow.destination)),
        ("reachable", trip.verdict.reachable().into()),
        ("verdict", word(path::verdict(topology, &trip).1)),
        (
            "requests",
            list(trip.forward.iter().map(|way| branch(topology, way))),
        ),
        ("replies", list(replies)),
    ])
    .compact())
}

fn address(name: &str, text: &str) -> Result<Ipv4Addr, String> {
    text.parse()
        .map_err(|_| format!("{name}: expected an IPv4 address such as 10.0.1.4, found {text:?}"))
}

fn known(protocol: &str) -> Result<Protocol, String> {
    let words = Protocol::WORDS.iter().zip(Protocol::VALUES);
    let found = words
        .filter(|(word, _)| word.eq_ignore_ascii_case(protocol))
        .map(|(_, value)| *value)
        .next();
    found.ok_or_else(|| {
        let known = Protocol::WORDS.join(", ");
        format!("protocol: expected one of {known}, found {protocol:?}")
    })
}

fn branch(topology: &Topology, branch: &Branch) -> Node {
    let (outcome, reason) = match branch.outcome {
        Outcome::Delivered => ("delivered", None),
        Outcome::Loop { .. } => ("loop", None),
        Outcome::Dropped(drop) => ("dropped", Some(place::drop_reason(topology, drop.reason))),
    };
    Node::object([
        ("outcome", outcome.into()),
        ("reason", reason.as_deref().map_or_else(nothing, Node::from)),
        (
            "stops",
            list(branch.hops.iter().map(|hop| stop(topology, hop))),
        ),
    ])
}

fn stop(topology: &Topology, hop: &Hop) -> Node {
    let decision = hop.decision.as_ref();
    let losers = decision
        .into_iter()
        .flat_map(Decision::losers)
        .map(|(row, loss)| lost(row, loss));
    let remarks = hop
        .remarks
        .iter()
        .map(|remark| place::remark(topology, *remark));
    Node::object([
        ("name", word(place::name(topology, hop))),
        ("kind", word(place::kind(topology, hop.place))),
        ("address", hop.address.map_or_else(nothing, word)),
        ("source", word(hop.source)),
        ("destination", word(hop.destination)),
        ("winner", decision.map_or_else(nothing, winner)),
        ("losers", list(losers)),
        ("remarks", words(remarks)),
    ])
}

fn winner(decision: &Decision) -> Node {
    match decision {
        Decision::Effective { .. } => decision.winner().map_or_else(nothing, row),
        Decision::Learned {
            prefix,
            as_path,
            fixed,
            ..
        } => Node::object([
            ("addressPrefix", words([prefix])),
            (
                "origin",
                if *fixed { "configured" } else { "learned" }.into(),
            ),
            ("asPath", words(as_path)),
        ]),
        Decision::Guest { prefix } => Node::object([
            ("addressPrefix", words([prefix])),
            ("origin", "the guest's own route".into()),
            ("asPath", words::<u32>([])),
        ]),
        Decision::FlowTable => nothing(),
    }
}

fn lost(loser: &EffectiveRoute, loss: Loss) -> Node {
    Node::object([("route", row(loser)), ("why", place::loss(loss).into())])
}
