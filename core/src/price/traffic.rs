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
//! regions carry 250 GB each way. Left out: a matrix, traffic to the Internet, and traffic inside one VNet (free).

use crate::address::first_host;
use crate::topology::{SiteId, Topology, VnetId};
use crate::units::GbPerMonth;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::net::Ipv4Addr;

/// Traffic figures, each for one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Traffic {
    /// Between the spokes of a region, in each region.
    pub within_regions_gb: GbPerMonth,
    /// Between spokes of different regions, over all regions.
    pub between_regions_gb: GbPerMonth,
    /// Between spokes and on-premises sites, over all of them.
    pub to_on_premises_gb: GbPerMonth,
}

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
        }
    }
}

impl Default for Traffic {
    /// 1,000 GB each way within each region and between the regions, nothing on-premises.
    fn default() -> Self {
        Self {
            within_regions_gb: GbPerMonth::whole(1_000),
            between_regions_gb: GbPerMonth::whole(1_000),
            to_on_premises_gb: GbPerMonth::ZERO,
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
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(region) => write!(f, "within {region}"),
            Self::Between => f.write_str("between regions"),
            Self::OnPremises => f.write_str("to and from on-premises"),
        }
    }
}

/// Whose traffic it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Owner {
    Spoke(VnetId),
    Site(SiteId),
}

/// One end of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) owner: Owner,
    pub(crate) address: Ipv4Addr,
}

/// Platform subnets: no workload of the estate stands in them.
const PLATFORM_SUBNETS: [&str; 6] = [
    "GatewaySubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "RouteServerSubnet",
    "VirtualNetworkApplianceSubnet",
];

/// The ends of spokes, then those of sites.
pub(crate) fn ends(topology: &Topology) -> Vec<End> {
    let hubs: BTreeSet<VnetId> = topology
        .appliances()
        .iter()
        .map(|appliance| appliance.vnet)
        .chain(topology.gateways().iter().map(|gateway| gateway.vnet))
        .filter(|vnet| topology.links_of(*vnet).next().is_some())
        .collect();
    let spokes = topology
        .vnets()
        .iter()
        .filter(|vnet| !hubs.contains(&vnet.id));
    let in_spokes = spokes.flat_map(|vnet| {
        let addresses = spoke_addresses(topology, vnet.id);
        addresses.into_iter().map(|address| End {
            owner: Owner::Spoke(vnet.id),
            address,
        })
    });
    let in_sites = topology.sites().iter().filter_map(|site| {
        let address = first_host(site.prefixes.first()?);
        Some(End {
            owner: Owner::Site(site.id),
            address,
        })
    });
    in_spokes.chain(in_sites).collect()
}

fn spoke_addresses(topology: &Topology, vnet: VnetId) -> Vec<Ipv4Addr> {
    let mut subnets = BTreeSet::new();
    let listed: Vec<Ipv4Addr> = topology
        .workloads()
        .iter()
        .filter(|workload| workload.vnet == vnet && subnets.insert(workload.subnet))
        .map(|workload| workload.ip)
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let subnets = topology
        .vnet(vnet)
        .subnets
        .iter()
        .map(|id| topology.subnet(*id));
    let ordinary = subnets.filter(|subnet| {
        !subnet.implicit
            && !PLATFORM_SUBNETS
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&subnet.name))
    });
    ordinary
        .filter_map(|subnet| subnet.prefix.as_ref().map(first_host))
        .collect()
}

/// What two ends are to each other; `None` where nothing is metered: one VNet, or two sites.
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
        (Owner::Site(_), Owner::Site(_)) => None,
        _ => Some(Kind::OnPremises),
    }
}
