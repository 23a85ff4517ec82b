//! What goes wrong or surprises in an estate, each with the flow that shows it and a change that cures it.
//!
//! An [`crate::issue::Issue`] is what Azure refuses or what cannot be read. A finding is about traffic: every part is
//! accepted, and packets are lost, go round in a circle, or pass a firewall by. [`findings`] looks at two things:
//!
//! * the *tables*: rows that make a route to an appliance lose (`bypass`, `direct`, `endpoint`), next hops that
//!   nothing reaches (`requirement`), routes that a platform subnet does not bear (`platform`) or that cut a BGP session
//!   (`session`);
//! * the *names* of private endpoints, where there are any: a wrong answer leaves by another way (`names`);
//! * the *flows* of `survey`, followed forward and back: what becomes of them names the cause (`reply`,
//!   `asymmetry`, `circle`, `requirement`).
//!
//! What the Intent of a design asks for is noted once (`asked`).
//!
//! One cause is one finding, however many flows it breaks; where a row of a table explains a broken flow, the row is
//! the finding and the flow is its proof.
//!
//! | estate | finding | fix |
//! |---|---|---|
//! | S1 {0/0 -> F}, S2 without a table | F1 at S2: the reply falls to 10.0.0.0/8 None | S1's range -> F at S2 |
//! | S1 and S2 {0/0 -> F}, peered with each other | F4: the peering is longer than 0/0 | exact routes on both sides |
//! | S1 {0/0 -> F}, GatewaySubnet without a table | F2 at GatewaySubnet: the reply skips F | S1's range -> F there |
//!
//! Left out: Virtual WAN's own hubs, bandwidth and ports; what network security groups deny is their purpose.
//!
//! Source: reference section 5.6 with the documents that each [`FindingKind`] names.

mod asked;
mod asymmetry;
mod bypass;
mod circle;
mod direct;
mod endpoint;
#[cfg(test)]
mod faults;
mod fix;
mod kind;
mod names;
mod onward;
mod place;
mod plan;
mod platform;
mod reply;
mod requirement;
mod search;
mod session;
mod survey;
#[cfg(test)]
mod tests;

pub use fix::{Change, Fix, PeeringFlag};
pub use kind::FindingKind;
pub use search::Search;

use crate::issue::{Severity, Source};
use crate::route::{Flow, Routing};
use crate::topology::SubnetId;
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// Something that goes wrong or surprises.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind it is.
    pub kind: FindingKind,
    /// How bad it is here: a bypass that loses flows is an error.
    pub severity: Severity,
    /// Where the cause is: a path into the spec, as issues write it.
    pub subject: String,
    /// What happens, in one line.
    pub title: String,
    /// Why, with Azure's property names and the addresses concerned.
    pub explanation: String,
    /// How many of the followed flows show it.
    pub flows: usize,
    /// One flow that shows it.
    pub flow: Option<Flow>,
    /// What to change.
    pub fix: Option<Fix>,
    /// The document behind it.
    pub source: Source,
}

impl Finding {
    fn new(kind: FindingKind, subject: String) -> Self {
        Self {
            kind,
            severity: kind.severity(),
            subject,
            title: kind.title().to_owned(),
            explanation: String::new(),
            flows: 0,
            flow: None,
            fix: None,
            source: kind.source(),
        }
    }

    /// Counts flows and keeps the first as the one to show.
    fn shown_by(&mut self, flows: impl IntoIterator<Item = Flow>) {
        for flow in flows {
            self.flows += 1;
            self.flow = self.flow.or(Some(flow));
        }
    }
}

/// Findings with what they rest on.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Findings by severity, then kind, then subject.
    pub findings: Vec<Finding>,
    /// Flows that were followed.
    pub flows: usize,
    /// Flows that were left out to stay quick; findings that only they would show are missing.
    pub left_out: usize,
}

/// Every finding of an estate: by severity, then kind, then subject.
///
/// ```
/// use interspoke_core::{finding::findings, route::{Routing, Settings}, spec::NetworkSpec, topology::build};
/// let topology = build(&NetworkSpec::default()).value;
/// assert!(findings(&Routing::new(topology.into(), Settings::default())).is_empty());
/// ```
#[must_use]
pub fn findings(routing: &Routing) -> Vec<Finding> {
    review(routing).findings
}

/// Every finding, with how many flows were followed and how many were not.
#[must_use]
pub fn review(routing: &Routing) -> Review {
    let mut search = Search::default();
    while !search.step(routing) {}
    search.review()
}

/// Findings while they are gathered.
#[derive(Debug, Clone, Default)]
struct Report {
    findings: Vec<Finding>,
    /// Rows that are a finding already: a subnet, the prefix of the row, the finding's position.
    claims: BTreeMap<(SubnetId, Ipv4Net), usize>,
}

impl Report {
    fn add(&mut self, finding: Finding) -> usize {
        self.findings.push(finding);
        self.findings.len() - 1
    }

    /// Whether a row is a finding; then the flow that is lost by it makes it an error.
    fn blame(&mut self, subnet: SubnetId, prefix: Ipv4Net, flow: Flow) -> bool {
        let position = self.claims.get(&(subnet, prefix));
        let Some(finding) = position.and_then(|at| self.findings.get_mut(*at)) else {
            return false;
        };
        if finding.severity < Severity::Error {
            finding.severity = Severity::Error;
            finding.flow = Some(flow);
            finding.explanation.push_str(&format!(
                " The other direction passes the appliance, which sees half of the flow: {} is lost.",
                place::flow_name(flow)
            ));
        }
        true
    }
}
