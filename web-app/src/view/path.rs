//! The path: hop by hop, with the route that won, those that lost and why; and the same as sentences.

use super::{Chip, Tone, place};
use crate::state::{State, Way};
use crate::text;
use interspoke_core::estate::Service;
use interspoke_core::route::{Branch, Decision, Hop, Outcome, RoundTrip, Verdict};
use interspoke_core::topology::Topology;

/// A row that lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostRow {
    /// The row.
    pub row: String,
    /// Why.
    pub why: String,
}

/// A stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopView {
    /// From 1.
    pub number: usize,
    /// Name of the place.
    pub title: String,
    /// What the place is.
    pub kind: String,
    /// Its address.
    pub address: String,
    /// The route that won, or what else decided; nothing where the path ends.
    pub why: Option<String>,
    /// Where the winning route comes from.
    pub origin: Option<String>,
    /// Rows that lost.
    pub losers: Vec<LostRow>,
    /// The peering it leaves over.
    pub crossed: Option<String>,
    /// What else is worth knowing.
    pub remarks: Vec<String>,
    /// The stop as a sentence.
    pub sentence: String,
}

/// One direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayView {
    /// Stops.
    pub hops: Vec<HopView>,
    /// How it ends.
    pub end: Chip,
    /// How many equal-cost choices there are.
    pub branches: usize,
    /// The one shown.
    pub chosen: usize,
}

/// Both directions of the chosen flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathView {
    /// `spoke1 → spoke3`.
    pub title: String,
    /// Addresses and protocol.
    pub sub: String,
    /// The verdict in a word.
    pub chip: Chip,
    /// The verdict as a sentence.
    pub sentence: String,
    /// The request.
    pub forward: Option<WayView>,
    /// The reply; absent where no request arrives.
    pub back: Option<WayView>,
    /// The one the card shows.
    pub way: Way,
}

impl PathView {
    /// Which way is lost, and why.
    #[must_use]
    pub fn lost(&self) -> Option<String> {
        let ways = [self.back.as_ref(), self.forward.as_ref()];
        let lost = ways
            .into_iter()
            .flatten()
            .find(|way| way.end.tone == Tone::Bad)?;
        let stop = lost.hops.last().map(|hop| hop.title.as_str());
        Some(format!(
            "{} at {}: {}",
            self.chip.text,
            stop.unwrap_or_default(),
            lost.end.text
        ))
    }
}

/// Why a way does not arrive, in a word or two.
#[must_use]
pub fn lost_word(branch: &Branch) -> String {
    let word = match branch.outcome {
        Outcome::Delivered => "",
        Outcome::Loop { .. } => "in a circle",
        Outcome::Dropped(drop) => place::drop_word(drop.reason),
    };
    word.to_owned()
}

/// The chosen flow, where there is one.
#[must_use]
pub fn path(state: &State) -> Option<PathView> {
    let trip = state.trip.as_ref()?;
    let topology = state.answers.topology();
    let forward = trip.forward.get(state.forward);
    let replies = trip
        .back
        .get(state.forward)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let back = replies.get(state.back);
    let view = |branch: &Branch, branches, chosen| way(topology, branch, branches, chosen);
    let title = format!(
        "{} → {}",
        called(state, trip, true),
        called(state, trip, false)
    );
    let (chip, says) = verdict(topology, trip);
    let back_view = back.map(|branch| view(branch, replies.len(), state.back));
    Some(PathView {
        sentence: format!("{title} {says}"),
        title,
        sub: format!(
            "{} to {}, {}",
            trip.flow.source,
            trip.flow.destination,
            Service::of(trip.flow)
        ),
        chip,
        forward: forward.map(|branch| view(branch, trip.forward.len(), state.forward)),
        way: if back_view.is_some() {
            state.way
        } else {
            Way::Forward
        },
        back: back_view,
    })
}

/// A flow that may be lost: from where to where, the verdict in a word, and why.
pub(super) fn lost(state: &State, flow: interspoke_core::route::Flow) -> (String, Chip, String) {
    let trip = state.answers.routing.round_trip(flow);
    let title = format!(
        "{} → {}",
        called(state, &trip, true),
        called(state, &trip, false)
    );
    let (chip, says) = verdict(state.answers.topology(), &trip);
    (title, chip, says)
}

/// The name of an end of the flow, else its address.
fn called(state: &State, trip: &RoundTrip, source: bool) -> String {
    let ip = if source {
        trip.flow.source
    } else {
        trip.flow.destination
    };
    let named = state.answers.endpoints.iter().find(|e| e.address == ip);
    named.map_or_else(|| ip.to_string(), |e| e.name.clone())
}

/// Names of the firewalls and NVAs on a branch, in order.
fn machines(topology: &Topology, branch: &Branch) -> Vec<String> {
    let through = branch
        .hops
        .iter()
        .filter(|hop| place::is_machine(hop.place));
    through.map(|hop| place::name(topology, hop)).collect()
}

/// Names of all that stands between the ends of a branch, in order: machines, gateways, hubs, edges, networks.
fn between(topology: &Topology, branch: &Branch) -> Vec<String> {
    let last = branch.hops.len().saturating_sub(1);
    let inner = branch.hops.iter().take(last).skip(1);
    let mut names: Vec<String> = inner.map(|hop| place::name(topology, hop)).collect();
    names.dedup();
    names
}

pub(super) fn verdict(topology: &Topology, trip: &RoundTrip) -> (Chip, String) {
    let forward = trip.forward.first();
    let there = forward
        .map(|branch| machines(topology, branch))
        .unwrap_or_default();
    let through = match forward.map(|branch| between(topology, branch)) {
        Some(stops) if !stops.is_empty() => format!("through {}", text::list(&stops)),
        _ => String::from("directly"),
    };
    let lost = |branch: Option<&Branch>| branch.map_or_else(String::new, |b| why_lost(topology, b));
    let device = |id| topology.device(id).name.clone();
    match trip.verdict {
        Verdict::Delivered => {
            let reply = trip.back.first().and_then(|replies| replies.first());
            let mut back = reply
                .map(|branch| machines(topology, branch))
                .unwrap_or_default();
            back.reverse();
            let same = if back == there {
                "and returns the way it came"
            } else {
                "and returns another way"
            };
            (
                Chip::new(Tone::Good, "Delivered"),
                format!("is delivered, {through}, {same}"),
            )
        }
        Verdict::DeliveredAsymmetric(id) => (
            Chip::new(Tone::Warn, "Asymmetric"),
            format!(
                "is delivered, {through}; the reply does not pass {}",
                device(id)
            ),
        ),
        Verdict::RequestLost(at) => {
            let why = lost(trip.forward.get(at));
            (
                Chip::new(Tone::Bad, "Request lost"),
                format!("is lost: {why}"),
            )
        }
        Verdict::ReplyLost(at, reply) => {
            let why = lost(trip.back.get(at).and_then(|replies| replies.get(reply)));
            (
                Chip::new(Tone::Bad, "Reply lost"),
                format!("arrives, {through}; the reply is lost: {why}"),
            )
        }
        Verdict::Asymmetric(id) => (
            Chip::new(Tone::Bad, "Asymmetric"),
            format!(
                "fails: {} sees only half of the flow and drops it",
                device(id)
            ),
        ),
        Verdict::AsymmetricAtHub(id) => (
            Chip::new(Tone::Bad, "Asymmetric"),
            format!(
                "fails: the firewall of {} sees only half of the flow and drops it",
                topology.hub(id).name
            ),
        ),
    }
}

/// `at fw1, no route contains the destination`.
fn why_lost(topology: &Topology, branch: &Branch) -> String {
    let at = branch
        .hops
        .last()
        .map_or_else(String::new, |hop| place::called(topology, hop.place));
    match branch.outcome {
        Outcome::Delivered => String::new(),
        Outcome::Dropped(drop) => format!("at {at}, {}", place::drop_reason(topology, drop.reason)),
        Outcome::Loop { first } => format!("it goes in a circle from stop {}", first + 1),
    }
}

fn way(topology: &Topology, branch: &Branch, branches: usize, chosen: usize) -> WayView {
    let end = match branch.outcome {
        Outcome::Delivered => Chip::new(Tone::Good, "Delivered"),
        Outcome::Dropped(drop) => {
            let why = place::drop_reason(topology, drop.reason);
            Chip::new(Tone::Bad, format!("Dropped: {why}"))
        }
        Outcome::Loop { first } => {
            Chip::new(Tone::Bad, format!("Loop: back at stop {}", first + 1))
        }
    };
    let last = branch.hops.len();
    let hops = branch.hops.iter().enumerate();
    let hops = hops
        .map(|(i, hop)| hop_view(topology, branch, hop, i + 1, i + 1 == last))
        .collect();
    WayView {
        hops,
        end,
        branches,
        chosen,
    }
}

fn hop_view(topology: &Topology, branch: &Branch, hop: &Hop, number: usize, last: bool) -> HopView {
    let title = place::name(topology, hop);
    let address = hop.address.map_or_else(String::new, |ip| ip.to_string());
    let why = hop
        .decision
        .as_ref()
        .map(|decision| decided(topology, decision));
    let origin = hop
        .decision
        .as_ref()
        .and_then(Decision::winner)
        .map(|row| place::origin(topology, &row.origin));
    let losers = hop.decision.iter().flat_map(Decision::losers);
    let losers = losers
        .map(|(row, loss)| LostRow {
            row: place::row(row),
            why: place::loss(loss).to_owned(),
        })
        .collect();
    let crossed = hop.crossed.map(|id| {
        let (ends, word) = place::link(topology, id);
        format!("{word} {ends}")
    });
    let remarks: Vec<String> = hop
        .remarks
        .iter()
        .map(|r| place::remark(topology, *r))
        .collect();
    let sentence = sentence(
        topology,
        branch,
        &title,
        &address,
        why.as_deref(),
        crossed.as_deref(),
        last,
    );
    HopView {
        number,
        kind: place::kind(topology, hop.place),
        title,
        address,
        why,
        origin,
        losers,
        crossed,
        remarks,
        sentence,
    }
}

/// What decided, in one line.
fn decided(topology: &Topology, decision: &Decision) -> String {
    match decision {
        Decision::Effective { .. } => decision
            .winner()
            .map_or_else(|| String::from("no route"), place::row),
        Decision::Learned {
            prefix,
            from,
            fixed,
            as_path,
            ..
        } => {
            let how = if *fixed {
                "configured"
            } else {
                "learned by BGP"
            };
            let via = from.map_or_else(String::new, |party| {
                format!(" from {}", party_name(topology, party))
            });
            let path: Vec<String> = as_path.iter().map(ToString::to_string).collect();
            let path = if path.is_empty() {
                String::new()
            } else {
                format!(", AS path {}", path.join("-"))
            };
            format!("{prefix} {how}{via}{path}")
        }
        Decision::Guest { prefix } => format!("{prefix} in the guest’s own routes"),
        Decision::FlowTable => String::from("its flow table: the address is translated back"),
    }
}

fn party_name(topology: &Topology, party: interspoke_core::topology::Party) -> String {
    use interspoke_core::topology::Party;
    match party {
        Party::Gateway(id) => topology.gateway(id).name.clone(),
        Party::Hub(id) => topology.hub(id).name.clone(),
        Party::Site(id) => topology.site(id).name.clone(),
        Party::Device(id) => topology.device(id).name.clone(),
    }
}

fn sentence(
    topology: &Topology,
    branch: &Branch,
    title: &str,
    address: &str,
    why: Option<&str>,
    crossed: Option<&str>,
    last: bool,
) -> String {
    let who = if address.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({address})")
    };
    let over = crossed.map_or_else(String::new, |link| format!(", over {link}"));
    let leaves = why.map(|why| format!("leaves by {why}{over}"));
    if !last {
        let leaves = leaves.unwrap_or_else(|| String::from("hands it to the host"));
        return format!("{who} {leaves}.");
    }
    match branch.outcome {
        Outcome::Delivered => format!("{who} receives it."),
        Outcome::Dropped(drop) => {
            let asked = leaves.map_or_else(String::new, |leaves| format!("{leaves} and "));
            format!(
                "{who} {asked}loses it: {}.",
                place::drop_reason(topology, drop.reason)
            )
        }
        Outcome::Loop { first } => {
            format!("{who} was stop {} already: it goes in a circle.", first + 1)
        }
    }
}
