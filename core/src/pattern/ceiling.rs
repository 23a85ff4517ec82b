//! Whether a design's round trips stay under the Intent's ceiling.
//!
//! The rule: the ceiling is soft. A flow is over it where the published parts of its way alone take longer; what has no
//! published figure adds nothing and fails nothing, but is named. One flow stands for all that fare alike.
//!
//! | ceiling | way | says |
//! |---|---|---|
//! | 80 ms | eastus to westus2 through two Azure Firewalls: 71 ms, 0.5 to 2.5 ms twice | nothing |
//! | 60 ms | the same | takes at least 72 ms |
//! | 80 ms | the same over two Virtual WAN hubs: 71 ms, and twice a hub router | no published figure for hub router |
//!
//! Left out: flows that do not arrive; the verdict has them.

use crate::issue::Source;
use crate::latency::{Figure, RoundTripTime};
use crate::price::{Demand, Work};
use crate::route::Routing;
use crate::units::Quantity;

/// Representatives that are traced at most.
const MOST_TRACED: usize = 20_000;

/// How a design's round trips compare with a ceiling.
#[derive(Debug, Default)]
pub(super) struct Ceiling {
    /// Flows that arrive.
    flows: u64,
    /// Of them, flows over the ceiling.
    over: u64,
    /// The slowest of those, with what it takes at least, in microseconds.
    slowest: Option<(String, u32, RoundTripTime)>,
    /// Flows that are not over it by what is published, and have a part without a figure.
    unknown: u64,
    /// What has no published figure, each once.
    gaps: Vec<String>,
    /// Whether there are more flows than were traced.
    cut: bool,
}

impl Ceiling {
    /// Holds every flow of a demand against a ceiling in milliseconds.
    pub(super) fn new(routing: &Routing, demand: &Demand, ms: u32) -> Self {
        let mut held = Self::default();
        let flows = Work::representatives(routing, demand);
        held.cut = flows.len() >= MOST_TRACED;
        for flow in &flows {
            if !flow.trip.verdict.reachable() {
                continue;
            }
            held.flows = held.flows.saturating_add(flow.flows);
            let time = RoundTripTime::of(routing.topology(), flow);
            let least = time.at_least();
            if least > ms.saturating_mul(1_000) {
                held.over = held.over.saturating_add(flow.flows);
                if held
                    .slowest
                    .as_ref()
                    .is_none_or(|(_, most, _)| least > *most)
                {
                    let name = format!("{} to {}", flow.from, flow.to);
                    held.slowest = Some((name, least, time));
                }
            } else if !time.is_complete() {
                held.unknown = held.unknown.saturating_add(flow.flows);
                for part in time.parts.iter().filter(|part| !part.figure.is_known()) {
                    if !held.gaps.contains(&part.what) {
                        held.gaps.push(part.what.clone());
                    }
                }
            }
        }
        held
    }

    /// What is over the ceiling, with the source of the longest part.
    pub(super) fn over(&self, ms: u32) -> Option<(String, Option<Source>)> {
        let (name, least, time) = self.slowest.as_ref()?;
        let figure = |part: &crate::latency::Part| part.figure;
        let longest = time.parts.iter().map(figure).max_by_key(|f: &Figure| f.low);
        let (least, over, flows) = (
            Quantity::from_thousandths(u64::from(*least)),
            self.over,
            self.flows,
        );
        let way = time.text();
        let text = format!(
            "{name} takes at least {least} ms, {over} of {flows} flows take longer than {ms} ms: {way}"
        );
        Some((text, longest.map(|figure| figure.source)))
    }

    /// What no published figure tells.
    pub(super) fn unknown(&self) -> Option<String> {
        let cut = if self.cut {
            "; there are more flows than were traced"
        } else {
            ""
        };
        if self.unknown == 0 && !self.cut {
            return None;
        }
        let (unknown, flows, gaps) = (self.unknown, self.flows, self.gaps.join(", "));
        Some(format!(
            "round trips of {unknown} of {flows} flows are not known in full and fail nothing: no published figure for {gaps}{cut}"
        ))
    }
}
