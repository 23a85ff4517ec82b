//! What is computed from a document, at once and whole.

use super::endpoint::{Endpoint, endpoints};
use interspoke_core::document::Document;
use interspoke_core::finding::{Review, review};
use interspoke_core::issue::Issue;
use interspoke_core::price::{Bill, Catalog, bill_of};
use interspoke_core::route::{Flow, Routing};
use interspoke_core::spec::Protocol;
use interspoke_core::topology::{Topology, build};
use std::rc::Rc;

/// How many of the flows between workloads arrive, request and reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every ordered pair was followed.
    Counted {
        /// Those that arrive.
        delivered: usize,
        /// All of them.
        asked: usize,
    },
    /// Too many to follow at every keystroke.
    NotCounted {
        /// How many there are.
        asked: usize,
    },
}

/// Everything that a document answers.
#[derive(Debug)]
pub struct Answers {
    /// Every problem of the document, errors first.
    pub issues: Vec<Issue>,
    /// The simulator on it.
    pub routing: Routing,
    /// What can be a source or destination.
    pub endpoints: Vec<Endpoint>,
    /// Flows between workloads.
    pub reach: Reach,
    /// What goes wrong or surprises.
    pub review: Review,
}

impl Answers {
    /// Pairs beyond this are not followed at every change.
    const MOST_PAIRS: usize = 1_600;

    /// Computes every answer.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let built = build(&document.network);
        let routing = Routing::new(Rc::new(built.value), document.settings);
        let endpoints = endpoints(routing.topology());
        let reach = reach(&routing, &endpoints);
        let review = review(&routing);
        Self {
            issues: built.issues,
            routing,
            endpoints,
            reach,
            review,
        }
    }

    /// A month's cost of the document that they are of, by a price list. What a pattern drew carries the traffic of its
    /// Intent, pair by pair where that says so: the bill is the one that Compare ranks by.
    #[must_use]
    pub fn bill(&self, document: &Document, catalog: &Catalog) -> Bill {
        let design = document.design.as_ref();
        let drawn = design.filter(|design| design.pattern().is_some());
        let demand = drawn.map_or_else(
            || document.traffic.into(),
            |design| design.intent.traffic_demand(),
        );
        bill_of(&self.routing, &document.network, &demand, catalog)
    }

    /// The checked estate.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        self.routing.topology()
    }
}

fn reach(routing: &Routing, endpoints: &[Endpoint]) -> Reach {
    let workloads: Vec<_> = endpoints
        .iter()
        .filter(|e| e.workload)
        .map(|e| e.address)
        .collect();
    let asked = workloads.len() * workloads.len().saturating_sub(1);
    if asked > Answers::MOST_PAIRS {
        return Reach::NotCounted { asked };
    }
    let pairs = workloads
        .iter()
        .flat_map(|a| workloads.iter().map(move |b| (*a, *b)));
    let arrives = |(source, destination)| {
        let flow = Flow {
            source,
            destination,
            protocol: Protocol::Tcp,
        };
        routing.round_trip(flow).verdict.reachable()
    };
    let delivered = pairs
        .filter(|(a, b)| a != b)
        .filter(|pair| arrives(*pair))
        .count();
    Reach::Counted { delivered, asked }
}
