//! What must hold for all traffic: proved, or refuted with one packet.
//!
//! All traffic is every protocol between every two addresses of workload subnets. The addresses of a subnet fall into
//! cells: between two neighbouring edges of prefixes that anything in the estate knows, all fare alike. So each pair
//! of classes is followed once for each pair of cells and each protocol, and what holds there holds everywhere.
//!
//! | policy | refuted by a packet that |
//! |---|---|
//! | `NoneReachesExceptInspected` | arrives without passing a firewall or NVA that keeps state |
//! | `EverySymmetric` | arrives, and whose reply passes other machines or is dropped for want of state |
//! | `NothingLeavesAzure` | passes a site, a Microsoft edge or the Internet, or whose reply does |
//! | `Direct` | passes anything between its ends, does not arrive, or whose reply does so |
//! | `EveryReaches` | does not arrive, or whose reply does not |
//!
//! Left out: platform subnets, subnets of machines, and addresses in no subnet.

use super::answer::{Answer, inspects};
use super::{ClassPair, Estate};
use crate::address::first_host;
use crate::route::{Branch, Flow, Place, RoundTrip, Verdict};
use crate::spec::Protocol;
use crate::topology::{SubnetId, Topology, VnetId};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// Something that must hold for all traffic. VNets stand for their workload subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// No packet of the first group arrives in the second unless an inspecting machine has passed it on.
    NoneReachesExceptInspected {
        /// Where packets start.
        from: Vec<VnetId>,
        /// Where they must not arrive unseen.
        to: Vec<VnetId>,
    },
    /// Replies between different VNets of the group pass the machines of their requests.
    EverySymmetric(Vec<VnetId>),
    /// Traffic between different VNets of the group stays in Azure.
    NothingLeavesAzure(Vec<VnetId>),
    /// Nothing stands between the subnets of these pairs.
    Direct(Vec<(SubnetId, SubnetId)>),
    /// Every subnet of the first group reaches every one of the second.
    EveryReaches {
        /// Where flows start.
        from: Vec<VnetId>,
        /// Where they go.
        to: Vec<VnetId>,
    },
}

/// What became of a policy.
#[derive(Debug, Clone)]
pub enum Judgement {
    /// It holds for all traffic.
    Proved {
        /// Flows that were followed: each stands for all that nothing tells apart from it.
        followed: usize,
    },
    /// It does not hold.
    Refuted {
        /// A flow that breaks it.
        flow: Flow,
        /// Its way, followed in the whole estate.
        round_trip: Box<RoundTrip>,
    },
}

impl Judgement {
    /// Whether the policy holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        matches!(self, Self::Proved { .. })
    }
}

const PROTOCOLS: [Protocol; 3] = [Protocol::Tcp, Protocol::Udp, Protocol::Icmp];

impl Policy {
    /// Whether a followed flow breaks it.
    #[must_use]
    pub fn is_broken_by(&self, topology: &Topology, trip: &RoundTrip) -> bool {
        match self {
            Self::NoneReachesExceptInspected { .. } => trip.forward.iter().any(|branch| {
                let seen = branch.hops.iter().any(|hop| inspects(topology, hop.place));
                branch.delivered() && !seen
            }),
            Self::EverySymmetric(_) => match trip.verdict {
                Verdict::Delivered => !Answer::of(topology, trip, None).symmetric,
                Verdict::RequestLost(_) | Verdict::ReplyLost(..) => false,
                _ => true,
            },
            Self::NothingLeavesAzure(_) => both_ways(trip).any(|branch| {
                let outside = |place: Place| {
                    matches!(
                        place,
                        Place::Site(_) | Place::MicrosoftEdge(_) | Place::Internet
                    )
                };
                branch.hops.iter().any(|hop| outside(hop.place))
            }),
            Self::Direct(_) => !Answer::of(topology, trip, None).direct,
            Self::EveryReaches { .. } => !trip.verdict.reachable(),
        }
    }

    /// Whether a pair of subnets is meant.
    fn means(&self, topology: &Topology, from: SubnetId, to: SubnetId) -> bool {
        let vnet = |subnet: SubnetId| topology.subnet(subnet).vnet;
        let (a, b) = (vnet(from), vnet(to));
        match self {
            Self::NoneReachesExceptInspected { from, to } | Self::EveryReaches { from, to } => {
                from.contains(&a) && to.contains(&b)
            }
            Self::EverySymmetric(group) | Self::NothingLeavesAzure(group) => {
                a != b && group.contains(&a) && group.contains(&b)
            }
            Self::Direct(pairs) => pairs.contains(&(from, to)),
        }
    }
}

fn both_ways(trip: &RoundTrip) -> impl Iterator<Item = &Branch> {
    trip.forward.iter().chain(trip.back.iter().flatten())
}

impl Estate {
    /// Whether a policy holds for all traffic.
    #[must_use]
    pub fn check(&self, policy: &Policy) -> Judgement {
        let mut followed = 0_usize;
        for (pair, meant) in self.meant(policy) {
            let Some(standing) = self.standing_for(pair) else {
                continue;
            };
            for (source, destination) in self.cells(standing) {
                for protocol in PROTOCOLS {
                    followed = followed.saturating_add(1);
                    let Some(flow) = self.small_flow(standing, source, destination, protocol)
                    else {
                        continue;
                    };
                    let trip = self.small.round_trip(flow);
                    if policy.is_broken_by(self.small.topology(), &trip) {
                        let flow = self.flow(meant, source, destination, protocol);
                        if let Some(flow) = flow {
                            let round_trip = Box::new(self.routing().round_trip(flow));
                            return Judgement::Refuted { flow, round_trip };
                        }
                    }
                }
            }
        }
        Judgement::Proved { followed }
    }

    /// Pairs of classes that a policy means, each with one pair of its subnets that is meant.
    fn meant(&self, policy: &Policy) -> Vec<(ClassPair, (SubnetId, SubnetId))> {
        if let Policy::Direct(pairs) = policy {
            let mut seen = BTreeSet::new();
            let known = pairs.iter().filter_map(|(from, to)| {
                let pair = self.pair_of(*from, *to)?;
                seen.insert(pair).then_some((pair, (*from, *to)))
            });
            return known.collect();
        }
        let (sources, destinations) = match policy {
            Policy::NoneReachesExceptInspected { from, to } | Policy::EveryReaches { from, to } => {
                (self.by_class(from), self.by_class(to))
            }
            Policy::EverySymmetric(group) | Policy::NothingLeavesAzure(group) => {
                (self.by_class(group), self.by_class(group))
            }
            Policy::Direct(_) => (Vec::new(), Vec::new()),
        };
        let mut meant = Vec::new();
        for (pair, _) in self.answers() {
            let of =
                |all: &[Vec<SubnetId>], class: usize| all.get(class).cloned().unwrap_or_default();
            let from = of(&sources, pair.from.index());
            let to = of(&destinations, pair.to.index());
            let fits = |a: &SubnetId, b: &SubnetId| {
                a != b
                    && (self.vnet_of(*a) == self.vnet_of(*b)) == pair.same_vnet
                    && policy.means(&self.topology, *a, *b)
            };
            let found = from
                .iter()
                .find_map(|a| to.iter().find(|b| fits(a, b)).map(|b| (*a, *b)));
            meant.extend(found.map(|found| (pair, found)));
        }
        meant
    }

    /// The workload subnets of some VNets, by class.
    fn by_class(&self, vnets: &[VnetId]) -> Vec<Vec<SubnetId>> {
        let mut all = vec![Vec::new(); self.classes.len()];
        let vnets: BTreeSet<VnetId> = vnets.iter().copied().collect();
        for vnet in vnets {
            for subnet in &self.topology.vnet(vnet).subnets {
                let class = self.class_of(*subnet);
                if let Some(list) = class.and_then(|class| all.get_mut(class.index())) {
                    list.push(*subnet);
                }
            }
        }
        all
    }

    /// One address of every cell of both subnets, as distances from their first addresses.
    fn cells(&self, (from, to): (SubnetId, SubnetId)) -> Vec<(u32, u32)> {
        let (from, to) = (self.cells_of(from), self.cells_of(to));
        let pairs = from.iter().flat_map(|a| to.iter().map(|b| (*a, *b)));
        pairs.collect()
    }

    fn cells_of(&self, subnet: SubnetId) -> Vec<u32> {
        let Some(prefix) = self.topology.subnet(subnet).prefix else {
            return Vec::new();
        };
        let (first, last) = super::span::bounds(&prefix);
        let host = first_host(&prefix).to_bits();
        let from = self.cuts.partition_point(|cut| *cut <= first);
        let inside = self
            .cuts
            .iter()
            .skip(from)
            .take_while(|cut| **cut <= last)
            .copied();
        let mut starts: Vec<u32> = std::iter::once(first).chain(inside).collect();
        starts.push(last.saturating_add(1));
        let cells = starts.iter().zip(starts.iter().skip(1));
        // The first host stands for its cell, the first address for every other one.
        let one = |(start, next): (&u32, &u32)| {
            if (*start..*next).contains(&host) {
                host
            } else {
                *start
            }
        };
        cells
            .map(one)
            .map(|address| address.wrapping_sub(first))
            .collect()
    }

    fn address(&self, subnet: SubnetId, distance: u32) -> Option<Ipv4Addr> {
        let prefix = self.topology.subnet(subnet).prefix?;
        // Where nothing lies inside the subnets of a class their lengths may differ, and the first host is asked.
        let whole = self.cells_of(subnet).len() == 1;
        let address = prefix.network().to_bits().checked_add(distance)?;
        Some(if whole {
            first_host(&prefix)
        } else {
            Ipv4Addr::from_bits(address)
        })
    }

    fn flow(
        &self,
        (from, to): (SubnetId, SubnetId),
        source: u32,
        destination: u32,
        protocol: Protocol,
    ) -> Option<Flow> {
        Some(Flow {
            source: self.address(from, source)?,
            destination: self.address(to, destination)?,
            protocol,
        })
    }

    /// The same in the small estate, which has the same addresses.
    fn small_flow(
        &self,
        standing: (SubnetId, SubnetId),
        source: u32,
        destination: u32,
        protocol: Protocol,
    ) -> Option<Flow> {
        self.part.subnet(standing.0)?;
        self.part.subnet(standing.1)?;
        self.flow(standing, source, destination, protocol)
    }

    fn pair_of(&self, from: SubnetId, to: SubnetId) -> Option<ClassPair> {
        Some(ClassPair {
            from: self.class_of(from)?,
            to: self.class_of(to)?,
            same_vnet: self.vnet_of(from) == self.vnet_of(to),
        })
    }
}
