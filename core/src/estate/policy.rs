//! What must hold for all traffic: proved, or refuted with one packet.
//!
//! All traffic is every protocol between every two addresses of workload subnets. The addresses of a subnet fall into
//! cells: between two neighbouring edges of prefixes that anything in the estate knows, all fare alike. So each pair
//! of classes is followed once for each pair of cells and each service (a protocol and port that no rule tells from
//! others), and what holds there holds everywhere.
//!
//! | policy | refuted by a packet that |
//! |---|---|
//! | `NoneReachesExceptInspected` | arrives without passing a firewall or NVA that keeps state |
//! | `EverySymmetric` | arrives, and whose reply passes other machines or is dropped for want of state |
//! | `NothingLeavesAzure` | passes a site, a Microsoft edge or the Internet, or whose reply does |
//! | `Direct`, `EveryDirect` | passes anything between its ends, does not arrive, or whose reply does so |
//! | `EveryReaches` | does not arrive, or whose reply does not |
//! | `OnlyReaches` | is of a service that is meant and does not arrive or is not answered, or of another one and arrives |
//!
//! A policy that means many classes is checked in steps ([`Check`]), so that whoever asks can do something else between.
//!
//! Left out: platform subnets, subnets of machines, and addresses in no subnet.

use super::answer::{Answer, inspects};
use super::service::{Service, services};
use super::{ClassId, ClassPair, Estate};
use crate::address::first_host;
use crate::route::{Branch, Flow, Place, RoundTrip, Verdict};
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
    /// Nothing stands between any subnet of the first group and any of the second, in whatever VNets.
    EveryDirect {
        /// Where flows start.
        from: Vec<VnetId>,
        /// Where they go.
        to: Vec<VnetId>,
    },
    /// Every subnet of the first group reaches every one of the second.
    EveryReaches {
        /// Where flows start.
        from: Vec<VnetId>,
        /// Where they go.
        to: Vec<VnetId>,
    },
    /// The services that are named reach every subnet of the second group from every one of the first, and no other does:
    /// "443 only".
    OnlyReaches {
        /// Where flows start.
        from: Vec<VnetId>,
        /// Where they go.
        to: Vec<VnetId>,
        /// What may pass.
        services: Vec<Service>,
    },
}

/// What became of a policy.
#[derive(Debug, Clone)]
pub enum Judgement {
    /// It holds for all traffic.
    Proved(Followed),
    /// It does not hold.
    Refuted {
        /// A flow that breaks it.
        flow: Flow,
        /// Its way, followed in the whole estate.
        round_trip: Box<RoundTrip>,
    },
}

/// Flows that were followed: each stands for all that nothing tells apart from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Followed {
    /// All of them.
    pub flows: usize,
    /// Those whose request and reply arrive: of the others a policy on the way says nothing.
    pub arrive: usize,
}

impl Judgement {
    /// Whether the policy holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        matches!(self, Self::Proved(_))
    }
}

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
            Self::Direct(_) | Self::EveryDirect { .. } => !Answer::of(topology, trip, None).direct,
            Self::EveryReaches { .. } => !trip.verdict.reachable(),
            Self::OnlyReaches { services, .. } => {
                let meant = services.contains(&Service::of(trip.flow));
                if meant {
                    !trip.verdict.reachable()
                } else {
                    trip.forward.iter().any(Branch::delivered)
                }
            }
        }
    }

    /// Services that it names.
    fn services(&self) -> &[Service] {
        match self {
            Self::OnlyReaches { services, .. } => services,
            _ => &[],
        }
    }

    /// The two groups of VNets that are meant, and whether pairs inside one VNet are.
    fn groups(&self) -> (&[VnetId], &[VnetId], bool) {
        match self {
            Self::NoneReachesExceptInspected { from, to }
            | Self::EveryReaches { from, to }
            | Self::EveryDirect { from, to }
            | Self::OnlyReaches { from, to, .. } => (from, to, true),
            Self::EverySymmetric(group) | Self::NothingLeavesAzure(group) => (group, group, false),
            Self::Direct(_) => (&[], &[], true),
        }
    }
}

fn of_class(all: &[Vec<SubnetId>], class: ClassId) -> &[SubnetId] {
    all.get(class.index()).map_or(&[], Vec::as_slice)
}

fn both_ways(trip: &RoundTrip) -> impl Iterator<Item = &Branch> {
    trip.forward.iter().chain(trip.back.iter().flatten())
}

/// A policy on its way to a judgement: see [`Estate::begin`].
#[derive(Debug, Clone)]
pub struct Check {
    policy: Policy,
    /// One of every kind.
    services: Vec<Service>,
    /// Pairs of classes, each with one pair of its subnets that is meant.
    meant: Vec<(ClassPair, (SubnetId, SubnetId))>,
    done: usize,
    followed: Followed,
}

impl Check {
    /// How many pairs of classes were followed, and how many are meant.
    #[must_use]
    pub const fn progress(&self) -> (usize, usize) {
        (self.done, self.meant.len())
    }

    /// Follows flows of up to so many more pairs of classes of the estate it was begun with; the judgement, once there
    /// is one.
    pub fn step(&mut self, estate: &Estate, most: usize) -> Option<Judgement> {
        let until = self.done.saturating_add(most).min(self.meant.len());
        while self.done < until {
            let (pair, meant) = self.meant.get(self.done)?;
            let (policy, services) = (&self.policy, &self.services);
            let refuted = estate.refuted(policy, services, *pair, *meant, &mut self.followed);
            if refuted.is_some() {
                return refuted;
            }
            self.done += 1;
        }
        (until == self.meant.len()).then_some(Judgement::Proved(self.followed))
    }
}

impl Estate {
    /// Whether a policy holds for all traffic.
    #[must_use]
    pub fn check(&self, policy: &Policy) -> Judgement {
        let judged = self.begin(policy.clone()).step(self, usize::MAX);
        judged.unwrap_or(Judgement::Proved(Followed::default()))
    }

    /// Begins to find out whether a policy holds for all traffic; nothing is followed yet.
    #[must_use]
    pub fn begin(&self, policy: Policy) -> Check {
        Check {
            meant: self.meant(&policy),
            services: services(&self.topology, policy.services()),
            policy,
            done: 0,
            followed: Followed::default(),
        }
    }

    /// A flow of a pair of classes that breaks a policy.
    fn refuted(
        &self,
        policy: &Policy,
        services: &[Service],
        pair: ClassPair,
        meant: (SubnetId, SubnetId),
        followed: &mut Followed,
    ) -> Option<Judgement> {
        let standing = self.standing_for(pair)?;
        for (source, destination) in self.cells(standing) {
            for service in services {
                followed.flows += 1;
                let Some(flow) = self.small_flow(standing, source, destination, *service) else {
                    continue;
                };
                let trip = self.small.round_trip(flow);
                followed.arrive += usize::from(trip.verdict.reachable());
                if policy.is_broken_by(self.small.topology(), &trip)
                    && let Some(flow) = self.flow(meant, source, destination, *service)
                {
                    let round_trip = Box::new(self.routing().round_trip(flow));
                    return Some(Judgement::Refuted { flow, round_trip });
                }
            }
        }
        None
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
        let (from, to, inside) = policy.groups();
        let (sources, destinations) = (self.by_class(from), self.by_class(to));
        let mut meant = Vec::new();
        for from in self.class_ids() {
            for to in self.class_ids() {
                let (a, b) = (of_class(&sources, from), of_class(&destinations, to));
                for same_vnet in [false, true] {
                    let pair = ClassPair {
                        from,
                        to,
                        same_vnet,
                    };
                    if same_vnet && !inside || self.standing_for(pair).is_none() {
                        continue;
                    }
                    let fits = |from: &SubnetId, to: &&SubnetId| {
                        from != *to && (self.vnet_of(*from) == self.vnet_of(**to)) == same_vnet
                    };
                    let found = a
                        .iter()
                        .find_map(|from| Some((*from, *b.iter().find(|to| fits(from, to))?)));
                    meant.extend(found.map(|found| (pair, found)));
                }
            }
        }
        meant
    }

    /// The workload subnets of some VNets, by class.
    fn by_class(&self, vnets: &[VnetId]) -> Vec<Vec<SubnetId>> {
        let mut all = vec![Vec::new(); self.classes.len()];
        let vnets: BTreeSet<VnetId> = vnets.iter().copied().collect();
        for vnet in vnets.iter() {
            for subnet in &self.topology.vnet(*vnet).subnets {
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
        service: Service,
    ) -> Option<Flow> {
        Some(Flow {
            source: self.address(from, source)?,
            destination: self.address(to, destination)?,
            protocol: service.protocol,
            port: service.port,
        })
    }

    /// The same in the small estate, which has the same addresses.
    fn small_flow(
        &self,
        standing: (SubnetId, SubnetId),
        source: u32,
        destination: u32,
        service: Service,
    ) -> Option<Flow> {
        self.part.subnet(standing.0)?;
        self.part.subnet(standing.1)?;
        self.flow(standing, source, destination, service)
    }

    fn pair_of(&self, from: SubnetId, to: SubnetId) -> Option<ClassPair> {
        Some(ClassPair {
            from: self.class_of(from)?,
            to: self.class_of(to)?,
            same_vnet: self.vnet_of(from) == self.vnet_of(to),
        })
    }
}
