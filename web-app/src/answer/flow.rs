//! Tables and ways: what `effectiveRoutes` and `trace` answer.

use super::{SCHEMA, list, nothing, read, word, words};
use crate::view::{path, place};
use interspoke_core::json::Value;
use interspoke_core::route::{Branch, Decision, EffectiveRoute, Flow, Hop, Loss, Outcome};
use interspoke_core::spec::Protocol;
use interspoke_core::topology::Topology;
use interspoke_core::word::{VariantNames as _, find_word};
use serde_json::json;
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
    Ok(json!({
        "schema": SCHEMA,
        "vnet": vnet,
        "subnet": subnet,
        "value": list(table.rows.iter().map(row)),
    })
    .to_string())
}

fn row(row: &EffectiveRoute) -> Value {
    json!({
        "name": row.name.as_deref().map_or_else(nothing, Value::from),
        "source": word(row.source),
        "state": word(row.state),
        "addressPrefix": words(&row.prefixes),
        "nextHopType": word(row.next_hop_type),
        "nextHopIpAddress": words(&row.next_hop_ips),
    })
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
    Ok(json!({
        "schema": SCHEMA,
        "source": word(flow.source),
        "destination": word(flow.destination),
        "reachable": trip.verdict.reachable(),
        "verdict": word(path::verdict(topology, &trip).1),
        "requests": list(trip.forward.iter().map(|way| branch(topology, way))),
        "replies": list(replies),
    })
    .to_string())
}

fn address(name: &str, text: &str) -> Result<Ipv4Addr, String> {
    text.parse()
        .map_err(|_| format!("{name}: expected an IPv4 address such as 10.0.1.4, found {text:?}"))
}

fn known(protocol: &str) -> Result<Protocol, String> {
    find_word(protocol).ok_or_else(|| {
        let known = Protocol::VARIANTS.join(", ");
        format!("protocol: expected one of {known}, found {protocol:?}")
    })
}

fn branch(topology: &Topology, branch: &Branch) -> Value {
    let (outcome, reason) = match branch.outcome {
        Outcome::Delivered => ("delivered", None),
        Outcome::Loop { .. } => ("loop", None),
        Outcome::Dropped(drop) => ("dropped", Some(place::drop_reason(topology, drop.reason))),
    };
    json!({
        "outcome": outcome,
        "reason": reason.as_deref().map_or_else(nothing, Value::from),
        "stops": list(branch.hops.iter().map(|hop| stop(topology, hop))),
    })
}

fn stop(topology: &Topology, hop: &Hop) -> Value {
    let decision = hop.decision.as_ref();
    let losers = decision
        .into_iter()
        .flat_map(Decision::losers)
        .map(|(row, loss)| lost(row, loss));
    let remarks = hop
        .remarks
        .iter()
        .map(|remark| place::remark(topology, *remark));
    json!({
        "name": word(place::name(topology, hop)),
        "kind": word(place::kind(topology, hop.place)),
        "address": hop.address.map_or_else(nothing, word),
        "source": word(hop.source),
        "destination": word(hop.destination),
        "winner": decision.map_or_else(nothing, winner),
        "losers": list(losers),
        "remarks": words(remarks),
    })
}

fn winner(decision: &Decision) -> Value {
    match decision {
        Decision::Effective { .. } => decision.winner().map_or_else(nothing, row),
        Decision::Learned {
            prefix,
            as_path,
            fixed,
            ..
        } => json!({
            "addressPrefix": words([prefix]),
            "origin": if *fixed { "configured" } else { "learned" },
            "asPath": words(as_path),
        }),
        Decision::Guest { prefix } => json!({
            "addressPrefix": words([prefix]),
            "origin": "the guest's own route",
            "asPath": words::<u32>([]),
        }),
        Decision::FlowTable => nothing(),
    }
}

fn lost(loser: &EffectiveRoute, loss: Loss) -> Value {
    json!({"route": row(loser), "why": place::loss(loss)})
}
