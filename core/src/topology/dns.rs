//! Names of the estate: zones and who asks them, rulesets and whom they forward to, servers and where they stand.
//!
//! | typed | here |
//! |---|---|
//! | `Corp.Example.` | [`Domain`] `corp.example` |
//! | an endpoint's name with a zone group | a record of the zone |
//! | an inbound endpoint | an address at which the Azure-provided DNS of its VNet answers |
//!
//! Left out: resolving a name ([`crate::dns`]).

use super::{SubnetId, VnetId};
use crate::domain::Domain;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// The address of Azure-provided DNS in every VNet.
pub const AZURE_DNS: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

/// A private DNS zone.
#[derive(Debug, Clone)]
pub struct DnsZone {
    /// Its domain.
    pub domain: Domain,
    /// Linked VNets, and whether a name that it does not have is asked of public DNS.
    pub links: BTreeMap<VnetId, bool>,
    /// Names within it and their addresses: those of private endpoints, too.
    pub records: Vec<(String, Vec<Ipv4Addr>)>,
}

impl DnsZone {
    /// The addresses of a name that ends with its domain; none where it has no record.
    #[must_use]
    pub fn addresses(&self, name: &Domain) -> Option<&[Ipv4Addr]> {
        let within = self.domain.within(name)?;
        let label = if within.is_empty() { "@" } else { within };
        let find = |label: &str| self.records.iter().find(|(known, _)| known == label);
        let any = || find("*").filter(|_| label != "@");
        find(label).or_else(any).map(|(_, ips)| ips.as_slice())
    }
}

/// A forwarding ruleset.
#[derive(Debug, Clone)]
pub struct DnsRuleset {
    /// Unique name.
    pub name: String,
    /// Linked VNets.
    pub vnets: Vec<VnetId>,
    /// Subnets of its outbound endpoints.
    pub outbound: Vec<SubnetId>,
    /// Its enabled rules.
    pub rules: Vec<Forwarder>,
}

/// Whom to ask for names of a domain.
#[derive(Debug, Clone)]
pub struct Forwarder {
    /// The domain.
    pub domain: Domain,
    /// Servers in the order in which they are asked.
    pub servers: Vec<Ipv4Addr>,
}

impl Forwarder {
    /// Of those that cover a name the one with the longest domain.
    pub(crate) fn longest<'f>(
        all: impl Iterator<Item = &'f Self>,
        name: &Domain,
    ) -> Option<&'f Self> {
        let fitting = all.filter(|one| one.domain.covers(name));
        fitting.max_by_key(|one| one.domain.len())
    }
}

/// A DNS server of one's own.
#[derive(Debug, Clone)]
pub struct DnsServer {
    /// Unique name.
    pub name: String,
    /// Where it takes queries.
    pub ip: Ipv4Addr,
    /// Whom it asks for what.
    pub forwarders: Vec<Forwarder>,
}

/// Everything about names.
#[derive(Debug, Clone, Default)]
pub struct Dns {
    /// Private DNS zones, in the spec's order.
    pub zones: Vec<DnsZone>,
    /// Inbound endpoints of resolvers: the address and the VNet.
    pub inbound: Vec<(Ipv4Addr, VnetId)>,
    /// Forwarding rulesets, in the spec's order.
    pub rulesets: Vec<DnsRuleset>,
    /// DNS servers of one's own, in the spec's order.
    pub servers: Vec<DnsServer>,
}

impl Dns {
    /// The zone with the longest domain that a VNet is linked to and that a name ends with, and whether what it does not
    /// have is asked of public DNS.
    #[must_use]
    pub fn zone_of(&self, vnet: VnetId, name: &Domain) -> Option<(&DnsZone, bool)> {
        let linked = self.zones.iter().filter_map(|zone| {
            let falls_back = zone.links.get(&vnet)?;
            zone.domain.covers(name).then_some((zone, *falls_back))
        });
        linked.max_by_key(|(zone, _)| zone.domain.len())
    }
}
