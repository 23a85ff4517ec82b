//! How much traffic there is, and between whom.
//!
//! The rule: a figure is the sum over all pairs of its kind, for each direction, and every pair carries the same.
//! A *hub* is a peered VNet with an appliance or a gateway; every other VNet with hosts is a *spoke* (one that owns
//! its gateway and has no peering is, too). Its ends are its listed workloads, one a subnet, or the first host of
//! each ordinary subnet where none is listed.
//!
//! | kind | pairs | default, each direction |
//! |---|---|---|
//! | within a region | two spokes of that region, for each region alone | 1,000 GB a month |
//! | between regions | two spokes of different regions, over all regions | 1,000 GB a month |
//! | on-premises | a spoke and a site | 0 |
//!
//! Two regions with two spokes each: one pair in each region carries 1,000 GB each way; four pairs between the
//! regions carry 250 GB each way. Groups, a matrix and the Internet stand in [`super::Demand`]. Left out: traffic inside
//! one VNet (free).

use super::demand::{Demand, INTERNET};
use super::figures::Traffic;
use crate::address::first_host;
use crate::spec::is_platform_subnet;
use crate::topology::{PrivateEndpointId, SiteId, SubnetId, Topology, VnetId, Workload};
use crate::units::GbPerMonth;
use std::collections::BTreeMap;
use std::fmt;
use std::net::Ipv4Addr;

impl Traffic {
    /// The figure of a kind of pair.
    ///
    /// ```
    /// use interspoke_core::price::{Kind, Traffic};
    /// assert_eq!(Traffic::default().figure(&Kind::Between).to_string(), "1,000 GB a month");
    /// ```
    #[must_use]
    pub const fn figure(&self, kind: &Kind) -> GbPerMonth {
        match kind {
            Kind::Within(_) => self.within_regions_gb,
            Kind::Between => self.between_regions_gb,
            Kind::OnPremises => self.to_on_premises_gb,
            Kind::Internet | Kind::Entry(..) => GbPerMonth::ZERO,
        }
    }
}

/// What two ends are to each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Spokes of one region.
    Within(String),
    /// Spokes of two regions.
    Between,
    /// A spoke and a site.
    OnPremises,
    /// A spoke and the Internet.
    Internet,
    /// The pairs of an entry of a [`super::Demand`]: its position and its name.
    Entry(u32, String),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(region) => write!(f, "within {region}"),
            Self::Between => f.write_str("between regions"),
            Self::OnPremises => f.write_str("to and from on-premises"),
            Self::Internet => f.write_str("to and from the Internet"),
            Self::Entry(_, name) => f.write_str(name),
        }
    }
}

/// Whose traffic it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    Spoke(VnetId),
    Site(SiteId),
    Endpoint(PrivateEndpointId),
    Internet,
}

/// One end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) owner: Owner,
    pub(crate) address: Ipv4Addr,
    /// Its subnet, where it is the first host of a subnet: whatever is alike then has one answer.
    pub(crate) subnet: Option<SubnetId>,
}

impl End {
    /// Its VNet, where it stands in one.
    pub(crate) const fn vnet(&self) -> Option<VnetId> {
        match self.owner {
            Owner::Spoke(vnet) => Some(vnet),
            _ => None,
        }
    }
}

/// An address of the Internet, for the flows that go there.
const OUTSIDE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 10);

/// The ends of spokes, then those of sites, then what a demand names besides.
pub(crate) fn ends(topology: &Topology, demand: &Demand) -> Vec<End> {
    let mut hubs = vec![false; topology.vnets().len()];
    let standing = topology.appliances().iter().map(|appliance| appliance.vnet);
    for vnet in standing.chain(topology.gateways().iter().map(|gateway| gateway.vnet)) {
        if let Some(hub) = hubs.get_mut(vnet.index()) {
            *hub = topology.links_of(vnet).next().is_some();
        }
    }
    let is_hub = |vnet: VnetId| hubs.get(vnet.index()) == Some(&true);
    let spokes = topology.vnets().iter().filter(|vnet| !is_hub(vnet.id));
    let mut machines: BTreeMap<VnetId, Vec<&Workload>> = BTreeMap::new();
    for workload in topology.workloads() {
        machines.entry(workload.vnet).or_default().push(workload);
    }
    let in_spokes = spokes.flat_map(|vnet| {
        let machines = machines.get(&vnet.id).map_or(&[][..], Vec::as_slice);
        let addresses = spoke_addresses(topology, vnet.id, machines);
        addresses.into_iter().map(|(address, subnet)| End {
            owner: Owner::Spoke(vnet.id),
            address,
            subnet,
        })
    });
    let in_azure = |address: &Ipv4Addr| topology.vnet_at(*address).is_some();
    let in_sites = topology.sites().iter().filter_map(|site| {
        // What a site announces for Azure's own ranges has no host there.
        let mut hosts = site.prefixes.iter().map(first_host);
        let address = hosts.find(|address| !in_azure(address))?;
        Some(End {
            owner: Owner::Site(site.id),
            address,
            subnet: None,
        })
    });
    let named = |name: &str| {
        let mut sides = demand
            .entries
            .iter()
            .flat_map(|e| e.from.iter().chain(&e.to));
        sides.any(|side| side == name)
    };
    let endpoints = topology.private_endpoints().iter();
    let endpoints = endpoints
        .filter(|endpoint| named(&endpoint.name))
        .map(|endpoint| End {
            owner: Owner::Endpoint(endpoint.id),
            address: endpoint.ip,
            subnet: None,
        });
    let internet = (demand.to_internet > GbPerMonth::ZERO || named(INTERNET)).then_some(End {
        owner: Owner::Internet,
        address: OUTSIDE,
        subnet: None,
    });
    in_spokes
        .chain(in_sites)
        .chain(endpoints)
        .chain(internet)
        .collect()
}

/// Addresses of a spoke that send and receive, each with its subnet where it is the first host of it.
fn spoke_addresses(
    topology: &Topology,
    vnet: VnetId,
    machines: &[&Workload],
) -> Vec<(Ipv4Addr, Option<SubnetId>)> {
    let mut subnets: Vec<SubnetId> = Vec::new();
    let mut listed: Vec<(Ipv4Addr, Option<SubnetId>)> = Vec::new();
    for workload in machines {
        if !subnets.contains(&workload.subnet) {
            subnets.push(workload.subnet);
            let first = topology
                .subnet(workload.subnet)
                .prefix
                .as_ref()
                .map(first_host);
            listed.push((
                workload.ip,
                (first == Some(workload.ip)).then_some(workload.subnet),
            ));
        }
    }
    if !listed.is_empty() {
        return listed;
    }
    let subnets = topology
        .vnet(vnet)
        .subnets
        .iter()
        .map(|id| topology.subnet(*id));
    let ordinary = subnets.filter(|subnet| !subnet.implicit && !is_platform_subnet(&subnet.name));
    ordinary
        .filter_map(|subnet| Some((first_host(subnet.prefix.as_ref()?), Some(subnet.id))))
        .collect()
}

/// What two ends are to each other; `None` where no uniform figure applies: one VNet, two sites, a private endpoint.
pub(crate) fn kind(topology: &Topology, a: Owner, b: Owner) -> Option<Kind> {
    match (a, b) {
        (Owner::Spoke(a), Owner::Spoke(b)) if a == b => None,
        (Owner::Spoke(a), Owner::Spoke(b)) => {
            let (here, there) = (&topology.vnet(a).region, &topology.vnet(b).region);
            Some(if here == there {
                Kind::Within(here.clone())
            } else {
                Kind::Between
            })
        }
        (Owner::Spoke(_), Owner::Site(_)) | (Owner::Site(_), Owner::Spoke(_)) => {
            Some(Kind::OnPremises)
        }
        (Owner::Spoke(_), Owner::Internet) | (Owner::Internet, Owner::Spoke(_)) => {
            Some(Kind::Internet)
        }
        _ => None,
    }
}
