//! An estate's own VNets, joined by a pattern of the catalogue.
//!
//! The rule: the chosen VNets are the spokes of the pattern, by their own names, regions and ranges; hubs get ranges that
//! nothing in the estate has. What joined the chosen VNets before goes: peerings and group memberships among them, their
//! connections to Virtual WAN, and the route tables on their subnets, in whose place those of the pattern stand. Everything
//! else of the estate stays as it is.
//!
//! | estate | joined by | becomes |
//! |---|---|---|
//! | `a`, `b` peered | hub and firewall | a hub VNet with a firewall, both peered with it; the old peering gone |
//! | `a`, `b` with their own tables | mesh of peerings | peered with each other, no route table on their subnets |
//! | `a` with a subnet in the last quarter of its range | mesh of VPN gateways | refused: no room for its GatewaySubnet |
//!
//! Left out: what the Intent asks beside inspection and appliance (on-premises, environments, traffic), and VNets without
//! an IPv4 range.

use super::Pattern;
use crate::address::{Prefix, overlaps, parse_prefix};
use crate::intent::{
    AddressPlan, Intent, OnPremises, RegionIntent, RegionPlan, SpokePlan, free_ranges,
};
use crate::region;
use crate::spec::{NetworkSpec, SubnetSpec, VnetSpec, is_platform_subnet};
use ipnet::Ipv4Net;
use std::collections::BTreeSet;
use std::fmt;

/// Range of a hub.
const HUB_BITS: u8 = 22;
/// The subnet of workloads in a spoke that a pattern draws.
const APP: &str = "app";

/// Why VNets are not joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinError {
    /// Fewer than two of the chosen VNets exist.
    TooFew(usize),
    /// A VNet has no IPv4 range.
    NoRange(String),
    /// No private range is left for a hub.
    NoSpace,
    /// A VNet has no room for a subnet of the pattern, with the range that it would have.
    NoRoom(String, String),
    /// An object of the pattern has a name that another one has.
    Taken(&'static str, String),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew(found) => write!(f, "expected at least two VNets, found {found}"),
            Self::NoRange(vnet) => write!(f, "expected an IPv4 range of {vnet}, found none"),
            Self::NoSpace => write!(
                f,
                "expected room for a /{HUB_BITS} for each hub in private ranges, found none left"
            ),
            Self::NoRoom(vnet, range) => write!(
                f,
                "expected {range} of {vnet} to be free for a gateway, found a subnet there"
            ),
            Self::Taken(what, name) => write!(
                f,
                "expected no {what} named {name}: the pattern makes one; delete or rename it first"
            ),
        }
    }
}

impl std::error::Error for JoinError {}

impl Pattern {
    /// The estate with the chosen VNets joined by this pattern. Of the Intent only inspection and appliance count.
    ///
    /// ```
    /// use interspoke_core::intent::Intent;
    /// use interspoke_core::pattern::Pattern;
    /// use interspoke_core::spec::{NetworkSpec, VnetSpec};
    /// let vnet = |name: &str, range: &str| VnetSpec {
    ///     name: name.to_owned(),
    ///     prefixes: vec![range.to_owned()],
    ///     ..VnetSpec::default()
    /// };
    /// let estate = NetworkSpec {
    ///     vnets: vec![vnet("a", "10.0.0.0/16"), vnet("b", "10.1.0.0/16")],
    ///     ..NetworkSpec::default()
    /// };
    /// let chosen = ["a".to_owned(), "b".to_owned()];
    /// let mesh = Pattern::PeeringMesh.join(&estate, &chosen, &Intent::default()).unwrap();
    /// assert!(mesh.peerings.iter().any(|peering| (&*peering.from, &*peering.to) == ("a", "b")));
    /// ```
    ///
    /// # Errors
    /// Why the estate stays as it is.
    pub fn join(
        self,
        network: &NetworkSpec,
        chosen: &[String],
        intent: &Intent,
    ) -> Result<NetworkSpec, JoinError> {
        let spokes = spokes(network, chosen)?;
        let plan = plan(network, &spokes)?;
        let drawn = self.blueprint(&asked(intent, &plan), &plan);
        let mut joined = network.clone();
        let names: BTreeSet<&str> = spokes.iter().map(|vnet| vnet.name.as_str()).collect();
        part(&mut joined, &names);
        merge(&mut joined, drawn, &names)?;
        Ok(joined)
    }
}

fn spokes<'n>(network: &'n NetworkSpec, chosen: &[String]) -> Result<Vec<&'n VnetSpec>, JoinError> {
    let vnets = network.vnets.iter();
    let found: Vec<&VnetSpec> = vnets.filter(|vnet| chosen.contains(&vnet.name)).collect();
    if found.len() < 2 {
        return Err(JoinError::TooFew(found.len()));
    }
    Ok(found)
}

fn nets<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<Ipv4Net> {
    let read = texts.into_iter().map(|text| parse_prefix(text));
    read.filter_map(|read| match read {
        Ok(Prefix::V4(net)) => Some(net),
        _ => None,
    })
    .collect()
}

/// Every range that the estate has.
fn taken(network: &NetworkSpec) -> Vec<Ipv4Net> {
    let vnets = network.vnets.iter().flat_map(|vnet| &vnet.prefixes);
    let sites = network.sites.iter().flat_map(|site| &site.prefixes);
    let hubs = network.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    nets(
        vnets
            .chain(sites)
            .chain(hubs.filter_map(|hub| hub.prefix.as_ref())),
    )
}

/// The chosen VNets as spokes, region by region in the order of the estate.
fn plan(network: &NetworkSpec, spokes: &[&VnetSpec]) -> Result<AddressPlan, JoinError> {
    let mut regions: Vec<(String, Vec<&VnetSpec>)> = Vec::new();
    for vnet in spokes {
        let name = region::key(&vnet.region);
        match regions.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(vnet),
            None => regions.push((name, vec![vnet])),
        }
    }
    let wanted = regions.len().saturating_mul(2);
    let hubs = free_ranges(taken(network), HUB_BITS, wanted).ok_or(JoinError::NoSpace)?;
    let mut hubs = hubs.into_iter();
    let mut planned = Vec::new();
    for (position, (name, members)) in regions.iter().enumerate() {
        let (hub, second_hub) = hubs.next().zip(hubs.next()).ok_or(JoinError::NoSpace)?;
        let spokes: Result<Vec<SpokePlan>, JoinError> =
            members.iter().map(|vnet| spoke(vnet, position)).collect();
        let ranges: Vec<Ipv4Net> = members
            .iter()
            .flat_map(|vnet| nets(&vnet.prefixes))
            .collect();
        planned.push(RegionPlan {
            name: name.clone(),
            hub_space: hub,
            spoke_space: None,
            region: name.clone(),
            hub,
            second_hub,
            spokes: spokes?,
            summary: Ipv4Net::aggregate(&ranges),
            room: 0,
        });
    }
    Ok(AddressPlan {
        regions: planned,
        on_premises: Vec::new(),
        other_clouds: Vec::new(),
    })
}

fn spoke(vnet: &VnetSpec, region: usize) -> Result<SpokePlan, JoinError> {
    let ranges = nets(&vnet.prefixes);
    let prefix = ranges.first().copied();
    Ok(SpokePlan {
        name: vnet.name.clone(),
        region,
        environment: None,
        prefix: prefix.ok_or_else(|| JoinError::NoRange(vnet.name.clone()))?,
        owns_gateway: false,
    })
}

/// What the pattern is asked: the regions of the plan, inspection and appliance of the Intent, and nothing outside.
fn asked(intent: &Intent, plan: &AddressPlan) -> Intent {
    let region = |planned: &RegionPlan| {
        let spokes = u32::try_from(planned.spokes.len()).unwrap_or(u32::MAX);
        RegionIntent::new(&planned.region, spokes)
    };
    Intent {
        regions: plan.regions.iter().map(region).collect(),
        environments: Vec::new(),
        environment_rules: Vec::new(),
        direct_pairs: Vec::new(),
        spokes_with_gateway: Vec::new(),
        on_premises: OnPremises::None,
        other_clouds: false,
        ..intent.clone()
    }
}

/// Takes away what joins the chosen VNets.
fn part(network: &mut NetworkSpec, chosen: &BTreeSet<&str>) {
    let is_chosen = |name: &str| chosen.contains(name);
    network
        .peerings
        .retain(|peering| !(is_chosen(&peering.from) && is_chosen(&peering.to)));
    if let Some(manager) = &mut network.avnm {
        for group in &mut manager.groups {
            group.members.retain(|name| !is_chosen(name));
        }
    }
    if let Some(wan) = &mut network.virtual_wan {
        for hub in &mut wan.hubs {
            hub.connections
                .retain(|connection| !is_chosen(&connection.vnet));
        }
    }
}

/// Adds what the pattern draws; its spokes are the chosen VNets.
fn merge(
    network: &mut NetworkSpec,
    drawn: NetworkSpec,
    chosen: &BTreeSet<&str>,
) -> Result<(), JoinError> {
    free_names(network, &drawn, chosen)?;
    let mut peerings = drawn.peerings;
    for peering in &mut peerings {
        own_subnets(network, &peering.from, &mut peering.local_subnet_names);
        own_subnets(network, &peering.to, &mut peering.remote_subnet_names);
    }
    for vnet in drawn.vnets {
        match network.vnets.iter_mut().find(|own| own.name == vnet.name) {
            Some(own) => become_spoke(own, &vnet)?,
            None => network.vnets.push(vnet),
        }
    }
    network.peerings.extend(peerings);
    network.route_tables.extend(drawn.route_tables);
    network.appliances.extend(drawn.appliances);
    network.gateways.extend(drawn.gateways);
    network.tunnels.extend(drawn.tunnels);
    network.circuits.extend(drawn.circuits);
    network.sites.extend(drawn.sites);
    network.bgp_peerings.extend(drawn.bgp_peerings);
    if let Some(drawn) = drawn.avnm {
        let manager = network.avnm.get_or_insert_default();
        manager.groups.extend(drawn.groups);
        manager.configurations.extend(drawn.configurations);
        manager
            .routing_configurations
            .extend(drawn.routing_configurations);
    }
    if let Some(drawn) = drawn.virtual_wan {
        network
            .virtual_wan
            .get_or_insert_default()
            .hubs
            .extend(drawn.hubs);
    }
    Ok(())
}

/// Refuses names that stand already.
fn free_names(
    network: &NetworkSpec,
    drawn: &NetworkSpec,
    chosen: &BTreeSet<&str>,
) -> Result<(), JoinError> {
    fn taken<'a>(
        what: &'static str,
        own: impl Iterator<Item = &'a String>,
        drawn: impl Iterator<Item = &'a String>,
        chosen: &BTreeSet<&str>,
    ) -> Result<(), JoinError> {
        let own: BTreeSet<&str> = own.map(String::as_str).collect();
        let mut drawn = drawn.filter(|name| !chosen.contains(name.as_str()));
        match drawn.find(|name| own.contains(name.as_str())) {
            Some(name) => Err(JoinError::Taken(what, name.clone())),
            None => Ok(()),
        }
    }
    macro_rules! check {
        ($what:literal, |$network:ident| $list:expr) => {{
            let names = |$network: &'_ NetworkSpec| -> Vec<String> {
                $list.map(|one| one.name.clone()).collect()
            };
            taken($what, names(network).iter(), names(drawn).iter(), chosen)?;
        }};
    }
    check!("VNet", |n| n.vnets.iter());
    check!("route table", |n| n.route_tables.iter());
    check!("firewall or NVA", |n| n.appliances.iter());
    check!("gateway", |n| n.gateways.iter());
    check!("site", |n| n.sites.iter());
    check!("circuit", |n| n.circuits.iter());
    check!("network group", |n| n
        .avnm
        .iter()
        .flat_map(|manager| &manager.groups));
    check!("hub", |n| n.virtual_wan.iter().flat_map(|wan| &wan.hubs));
    Ok(())
}

/// The subnet of workloads that a pattern names is every ordinary subnet of an own VNet.
fn own_subnets(network: &NetworkSpec, vnet: &str, names: &mut Vec<String>) {
    let own = network.vnets.iter().find(|own| own.name == vnet);
    let own = own.filter(|own| !own.subnets.is_empty());
    let (Some(own), Some(at)) = (own, names.iter().position(|name| name == APP)) else {
        return;
    };
    let subnets = own.subnets.iter().map(|subnet| &subnet.name);
    names.splice(
        at..=at,
        subnets.filter(|name| !is_platform_subnet(name)).cloned(),
    );
}

/// Puts the pattern's route table on the VNet's own subnets, and adds the subnets that the pattern needs in it.
fn become_spoke(own: &mut VnetSpec, drawn: &VnetSpec) -> Result<(), JoinError> {
    let is_app = |subnet: &&SubnetSpec| subnet.name == APP;
    let table = drawn
        .subnets
        .iter()
        .find(is_app)
        .and_then(|subnet| subnet.route_table.clone());
    let empty = own.subnets.is_empty();
    for subnet in own
        .subnets
        .iter_mut()
        .filter(|own| !is_platform_subnet(&own.name))
    {
        subnet.route_table.clone_from(&table);
    }
    let ranges = nets(own.subnets.iter().map(|subnet| &subnet.prefix));
    for subnet in drawn.subnets.iter().filter(|one| empty || !is_app(one)) {
        if own.subnets.iter().any(|known| known.name == subnet.name) {
            continue;
        }
        let range = nets(std::iter::once(&subnet.prefix));
        if range
            .iter()
            .any(|net| ranges.iter().any(|known| overlaps(net, known)))
        {
            return Err(JoinError::NoRoom(own.name.clone(), subnet.prefix.clone()));
        }
        own.subnets.push(subnet.clone());
    }
    Ok(())
}
