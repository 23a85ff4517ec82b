//! Where packets go, answered once for all sources that meet on the way.
//!
//! A packet's source decides little: which row of its subnet's table wins, the flags of the peering it leaves over, and
//! whether it comes from the VNet of a machine on the way. Sources that are alike in this meet at the first stop and share
//! every further one. So a request is walked once for each *start* and destination, and whoever starts alike takes its
//! stops. The reply of a flow takes the stops of the request the other way, up to the first machine that keeps state and
//! saw no request.
//!
//! | 1,000 spokes of 1,000 kinds behind the firewalls of two regions | count |
//! |---|---|
//! | ordered pairs, both directions asked | 999,000 |
//! | starts: the firewall of each of the four hubs | 4 |
//! | requests that are walked: starts times destinations | 4,000 |
//! | answers: pairs of hubs | 16 |
//!
//! Shared is what nothing but this decides. A pair whose way rewrites addresses or goes through a load balancer is walked
//! alone, and so is every pair of an estate with security rules, which look at the source themselves. The walk stays the
//! explanation of each packet and the oracle of these answers (a property test).
//!
//! Left out: destinations that are no workload.

mod interned;

pub(crate) use interned::{Interned, Key};

use crate::route::{
    Flow, Lead, NextHopType, Origin, Outcome, Place, RoundTrip, Routing, Walked, joined, lead,
    request,
};
use crate::spec::Protocol;
use crate::topology::{DeviceId, HubId, SubnetId, Topology, VnetId};
use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// A subnet and the address that stands for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    pub(crate) subnet: SubnetId,
    pub(crate) address: Ipv4Addr,
}

/// Requests over every equal-cost choice that have the same stops and leave the same memory, wherever they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Course(u32);

/// What decides about a packet besides its destination.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Start {
    lead: Lead,
    /// The source lies in the ranges of its own VNet.
    at_home: bool,
    /// VNets with a machine or gateway whose ranges contain the source.
    beside: Vec<VnetId>,
}

/// The course of a start towards one destination.
#[derive(Debug, Clone, Copy)]
enum Known {
    NotYet,
    Shared(Course),
    /// Every source is walked for itself.
    Alone,
}

/// What makes two branches one: their stops but subnets, how many they are, how they end, what machines remember.
type Shape = Vec<(Vec<Place>, usize, Outcome, Vec<DeviceId>, Vec<HubId>)>;

/// The courses of an estate, found as they are asked for.
#[derive(Debug)]
pub(crate) struct Forward {
    /// Whether sources can share at all.
    shares: bool,
    machines: Vec<VnetId>,
    /// By subnet, then by row of its table, and besides for no row and for all of a hub: the number of the start.
    rows: Vec<Vec<Option<Option<u32>>>>,
    starts: HashMap<Start, u32>,
    /// By start, then by subnet of the destination.
    known: Vec<Vec<Known>>,
    shapes: HashMap<Shape, Course>,
    courses: Vec<Rc<[Walked]>>,
}

impl Forward {
    pub(crate) fn new(topology: &Topology) -> Self {
        let hosts = topology.workloads().iter().map(|host| host.nsg);
        let nics = topology.appliances().iter().map(|nic| nic.nsg);
        let subnets = topology.subnets().iter().map(|subnet| subnet.nsg);
        let regional = topology.subnets().iter().any(|subnet| subnet.regional);
        let ruled = subnets.chain(hosts).chain(nics).any(|nsg| nsg.is_some());
        let machines = topology.appliances().iter().map(|nic| nic.vnet);
        let mut machines: Vec<VnetId> = machines
            .chain(topology.gateways().iter().map(|gateway| gateway.vnet))
            .collect();
        machines.sort();
        machines.dedup();
        Self {
            shares: !ruled && !topology.has_rules() && !regional,
            machines,
            rows: vec![Vec::new(); topology.subnets().len()],
            starts: HashMap::new(),
            known: Vec::new(),
            shapes: HashMap::new(),
            courses: Vec::new(),
        }
    }

    /// The courses of a flow and of its reply; nothing where the pair must be walked.
    pub(crate) fn courses(
        &mut self,
        routing: &Routing,
        from: End,
        to: End,
    ) -> Option<(Course, Course)> {
        if !self.shares {
            return None;
        }
        Some((
            self.course(routing, from, to)?,
            self.course(routing, to, from)?,
        ))
    }

    /// The round trip of a flow from its courses.
    pub(crate) fn round_trip(
        &self,
        routing: &Routing,
        flow: Flow,
        (there, back): (Course, Course),
    ) -> RoundTrip {
        joined(routing, flow, self.walked(there), self.walked(back))
    }

    fn walked(&self, course: Course) -> &[Walked] {
        let walked = usize::try_from(course.0)
            .ok()
            .and_then(|at| self.courses.get(at));
        walked.map_or(&[], |walked| walked)
    }

    fn course(&mut self, routing: &Routing, from: End, to: End) -> Option<Course> {
        let table = routing.effective(from.subnet);
        let start = self.start(routing, from, table.winner(to.address));
        let subnets = self.rows.len();
        let slot = start.and_then(|start| {
            let known = self.known.get_mut(usize::try_from(start).ok()?)?;
            known.resize(subnets, Known::NotYet);
            known.get_mut(to.subnet.index())
        });
        match slot {
            Some(Known::Shared(course)) => Some(*course),
            Some(slot @ Known::NotYet) => {
                // Until it is known to be shared.
                *slot = Known::Alone;
                let walked = walk(routing, from, to)?;
                let shared = walked.iter().all(|walked| !names_a_link(walked));
                let course = self.intern(walked);
                if shared {
                    self.share(start, to.subnet, course);
                }
                Some(course)
            }
            Some(Known::Alone) | None => Some(self.intern(walk(routing, from, to)?)),
        }
    }

    fn share(&mut self, start: Option<u32>, to: SubnetId, course: Course) {
        let known = start.and_then(|start| self.known.get_mut(usize::try_from(start).ok()?));
        if let Some(slot) = known.and_then(|known| known.get_mut(to.index())) {
            *slot = Known::Shared(course);
        }
    }

    /// The number of a start; nothing where each source goes its own way.
    fn start(&mut self, routing: &Routing, from: End, row: Option<usize>) -> Option<u32> {
        let table = routing.effective(from.subnet);
        // All rows that a hub programs mean one thing; they share the place after that of no row.
        let of_hub = |row: usize| {
            let row = table.rows.get(row);
            row.is_some_and(|row| {
                row.next_hop_type == NextHopType::VirtualNetworkGateway
                    && matches!(row.origin, Origin::Hub(_))
            })
        };
        let at = match row {
            None => table.rows.len(),
            Some(row) if of_hub(row) => table.rows.len().saturating_add(1),
            Some(row) => row,
        };
        let rows = self.rows.get_mut(from.subnet.index())?;
        rows.resize(table.rows.len().saturating_add(2), None);
        if let Some(Some(start)) = rows.get(at) {
            return *start;
        }
        let start = lead(
            routing,
            from.subnet,
            row.and_then(|row| table.rows.get(row)),
        );
        let start = start.and_then(|lead| self.numbered(routing.topology(), from, lead));
        let rows = self.rows.get_mut(from.subnet.index())?;
        if let Some(slot) = rows.get_mut(at) {
            *slot = Some(start);
        }
        start
    }

    fn numbered(&mut self, topology: &Topology, from: End, lead: Lead) -> Option<u32> {
        let holds = |vnet: &VnetId| topology.vnet(*vnet).contains(from.address);
        let start = Start {
            lead,
            at_home: holds(&topology.subnet(from.subnet).vnet),
            beside: self.machines.iter().copied().filter(holds).collect(),
        };
        let next = u32::try_from(self.known.len()).ok()?;
        let number = *self.starts.entry(start).or_insert(next);
        if number == next {
            self.known.push(Vec::new());
        }
        Some(number)
    }

    fn intern(&mut self, walked: Vec<Walked>) -> Course {
        let next = Course(u32::try_from(self.courses.len()).unwrap_or(u32::MAX));
        let shape = walked.iter().map(shape_of).collect();
        let course = *self.shapes.entry(shape).or_insert(next);
        if course == next {
            self.courses.push(walked.into());
        }
        course
    }
}

/// Every branch of a request, unless something on the way makes it a matter of this pair alone: an address that is
/// rewritten or that stands elsewhere, a machine that a load balancer chose.
fn walk(routing: &Routing, from: End, to: End) -> Option<Vec<Walked>> {
    let flow = Flow {
        source: from.address,
        destination: to.address,
        protocol: Protocol::Tcp,
        port: None,
    };
    let walked = request(routing, flow);
    let plain = |walked: &Walked| {
        let first = walked.hops.first().map(|hop| hop.place);
        let last = walked.hops.last().map(|hop| hop.place);
        walked.is_plain()
            && first == Some(Place::Subnet(from.subnet))
            && (!walked.delivered() || last == Some(Place::Subnet(to.subnet)))
    };
    walked.iter().all(plain).then_some(walked)
}

fn shape_of(walked: &Walked) -> (Vec<Place>, usize, Outcome, Vec<DeviceId>, Vec<HubId>) {
    let places = walked.hops.iter().map(|hop| hop.place);
    let stops = places.filter(|place| !matches!(place, Place::Subnet(_)));
    let (states, hub_states) = walked.states();
    (
        stops.collect(),
        walked.hops.len(),
        walked.outcome,
        states.to_vec(),
        hub_states.to_vec(),
    )
}

fn names_a_link(walked: &Walked) -> bool {
    walked.outcome.link().is_some()
}
