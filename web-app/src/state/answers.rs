//! What is computed from a document: at once and whole, or a step at a time.

use super::endpoint::{Endpoint, endpoints};
use interspoke_core::document::Document;
use interspoke_core::estate::{Class, ClassId, Estate};
use interspoke_core::finding::{Review, review};
use interspoke_core::issue::Issue;
use interspoke_core::pattern::turn::{Form, form_after};
use interspoke_core::peering::{PeeringCount, count};
use interspoke_core::price::{Bill, Catalog, bill_of};
use interspoke_core::route::Routing;
use interspoke_core::topology::{Building, Topology, Vnet};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many of the flows between workloads arrive, request and reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every ordered pair was followed, by class.
    Counted {
        /// Those that arrive.
        delivered: usize,
        /// All of them.
        asked: usize,
    },
    /// Too many kinds of pairs to follow at every keystroke.
    NotCounted {
        /// How many there are.
        asked: usize,
    },
}

/// What a document answers before its findings and its bill, which come [later](super::Late).
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
    /// For each VNet a number that it shares with those which routing cannot tell from it.
    pub kinds: Rc<[u32]>,
    peerings: OnceCell<PeeringCount>,
    other_form: OnceCell<Option<Form>>,
}

/// Answers in the making: each step is short enough for a turn of its own.
#[derive(Debug)]
pub(super) enum Answering {
    /// The estate is being read and checked.
    Begun(Rc<Document>, Box<Building>),
    /// It is.
    Built(Vec<Issue>, Routing),
    /// Places that can be chosen are known.
    Named(Vec<Issue>, Routing, Vec<Endpoint>),
    /// Subnets are grouped by what routing tells apart.
    Grouped(Box<Answers>, Box<Estate>),
    /// Everything is.
    Done(Box<Answers>),
}

impl Answering {
    /// Of a document, at its beginning.
    pub(super) fn of(document: &Rc<Document>) -> Self {
        Self::Begun(Rc::clone(document), Box::default())
    }

    /// Pairs of classes that are followed in a step.
    const A_STEP: usize = 200;

    /// Does the next step.
    pub(super) fn step(self) -> Self {
        match self {
            Self::Begun(document, mut building) => {
                if !building.step(&document.network) {
                    return Self::Begun(document, building);
                }
                let built = building.finish();
                let routing = Routing::new(Rc::new(built.value), document.settings);
                Self::Built(built.issues, routing)
            }
            Self::Built(issues, routing) => {
                let endpoints = endpoints(routing.topology());
                Self::Named(issues, routing, endpoints)
            }
            Self::Named(issues, routing, endpoints) => {
                let estate = Estate::grouped(Rc::clone(routing.topology()), routing.settings());
                let answers = Answers {
                    issues,
                    endpoints,
                    routing,
                    reach: reach(&estate),
                    kinds: kinds(&estate),
                    peerings: OnceCell::new(),
                    other_form: OnceCell::new(),
                };
                match answers.reach {
                    Reach::NotCounted { .. } => Self::Done(Box::new(answers)),
                    Reach::Counted { .. } => Self::Grouped(Box::new(answers), Box::new(estate)),
                }
            }
            Self::Grouped(mut answers, mut estate) => {
                let done = estate.follow(Self::A_STEP);
                answers.reach = reach(&estate);
                if done {
                    Self::Done(answers)
                } else {
                    Self::Grouped(answers, estate)
                }
            }
            Self::Done(answers) => Self::Done(answers),
        }
    }
}

impl Answers {
    /// Pairs of classes beyond this are not followed at every change.
    const MOST_PAIRS: usize = 1_600;

    /// Computes every answer.
    #[must_use]
    pub fn of(document: &Rc<Document>) -> Self {
        let mut answering = Answering::of(document);
        loop {
            answering = match answering.step() {
                Answering::Done(answers) => return *answers,
                going_on => going_on,
            }
        }
    }

    /// Every finding; what the Intent of the document asks for is noted once.
    #[must_use]
    pub fn review(&self, document: &Document) -> Review {
        self.asked_for(review(&self.routing), document)
    }

    /// Findings with what the Intent of the document asks for noted once.
    pub(super) fn asked_for(&self, found: Review, document: &Document) -> Review {
        match &document.design {
            Some(design) => found.asked_for(self.routing.topology(), &design.intent),
            None => found,
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

    /// What their document's network can be turned into, found once; none where it has no hub with spokes.
    #[must_use]
    pub fn other_form(&self, document: &Document) -> Option<Form> {
        let found = || form_after(&document.network);
        *self.other_form.get_or_init(found)
    }

    /// Peerings, counted once.
    #[must_use]
    pub fn peerings(&self) -> &PeeringCount {
        self.peerings.get_or_init(|| count(self.topology()))
    }

    /// The checked estate.
    #[must_use]
    pub fn topology(&self) -> &Topology {
        self.routing.topology()
    }
}

/// Of every ordered pair of workload subnets, by class: pairs of one kind are followed once, as in Reachability.
fn reach(estate: &Estate) -> Reach {
    let members = |class: &Class| class.members.len();
    let workloads: usize = estate.classes().iter().map(members).sum();
    let asked = workloads.saturating_mul(workloads.saturating_sub(1));
    let (_, pairs) = estate.progress();
    if pairs > Answers::MOST_PAIRS {
        return Reach::NotCounted { asked };
    }
    let arriving = estate.answers().filter(|(_, answer)| answer.reached);
    let delivered = arriving.map(|(pair, _)| estate.count(pair)).sum();
    Reach::Counted { delivered, asked }
}

/// VNets are of one kind where their workload subnets are of the same classes; one without is of its own.
fn kinds(estate: &Estate) -> Rc<[u32]> {
    let mut known: BTreeMap<Vec<ClassId>, u32> = BTreeMap::new();
    let mut next = 0;
    let mut number = || {
        next += 1;
        next
    };
    let topology = estate.topology();
    let of = |vnet: &Vnet| -> Vec<ClassId> {
        let subnets = vnet.subnets.iter();
        let mut classes: Vec<ClassId> = subnets.filter_map(|id| estate.class_of(*id)).collect();
        classes.sort_unstable();
        classes
    };
    let vnets = topology.vnets().iter();
    vnets
        .map(|vnet| match of(vnet) {
            classes if classes.is_empty() => number(),
            classes => *known.entry(classes).or_insert_with(&mut number),
        })
        .collect()
}
