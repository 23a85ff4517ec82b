//! Zones, resolvers and rulesets put together: children join their parents, ids become names.
//!
//! | read | made |
//! |---|---|
//! | a link whose zone stands in no file | a zone of that domain with this link alone |
//! | a link to a VNet that stands in no file | nothing, and it is said |
//! | an inbound endpoint without an address | the first that is free in its subnet, and it is said |
//!
//! Left out: zones that nothing refers to stay as they are, without links.

use super::Assembler;
use super::index::Index;
use super::names::unique;
use crate::import::gather::{Gathered, Head};
use crate::import::id;
use crate::import::report::Verdict;
use crate::spec::{
    DnsForwardingRulesetSpec, DnsRecordSpec, DnsResolverSpec, InboundEndpointSpec,
    OutboundEndpointSpec, PrivateDnsZoneSpec, ZoneLinkSpec,
};
use crate::word::{Word, find_word};
use std::collections::HashMap;

impl Assembler {
    pub(super) fn add_dns(&mut self, gathered: &mut Gathered) {
        self.add_zones(gathered);
        let outbound = self.add_resolvers(gathered);
        self.add_rulesets(gathered, &outbound);
    }

    fn add_zones(&mut self, gathered: &Gathered) {
        let dns = &gathered.dns;
        let linked = dns
            .zone_links
            .iter()
            .map(|(head, ..)| id::parent_of(&head.id));
        let recorded = dns.records.iter().map(|(head, _)| id::parent_of(&head.id));
        let grouped = dns.zone_groups.iter().map(|(_, zone)| zone.as_str());
        let heads = dns.zones.iter().map(|head| head.id.as_str());
        // The place of each zone in the list, by its id.
        let mut places: HashMap<String, String> = HashMap::new();
        for id in heads.chain(linked).chain(recorded) {
            self.zone_place(id, &mut places);
        }
        let known = Index::of(places.clone());
        for id in grouped {
            if known.name(id).is_none() {
                self.zone_place(id, &mut places);
            }
        }
        let places = Index::of(places);
        let place = |id: &str| places.name(id).and_then(|at| at.parse::<usize>().ok());
        for (head, vnet, policy) in &dns.zone_links {
            let at = place(id::parent_of(&head.id));
            let Some(vnet) = self.linked(head, vnet) else {
                continue;
            };
            let policy = if policy.is_empty() { "Default" } else { policy };
            let known = find_word(policy);
            let link = ZoneLinkSpec {
                vnet,
                resolution_policy: known
                    .map_or_else(|| Word::Unknown(policy.to_owned()), Word::Known),
            };
            let zone = at.and_then(|at| self.network.private_dns_zones.get_mut(at));
            if let Some(zone) = zone.filter(|zone| !zone.virtual_network_links.contains(&link)) {
                zone.virtual_network_links.push(link);
            }
        }
        for (head, ips) in &dns.records {
            let at = place(id::parent_of(&head.id));
            let record = DnsRecordSpec {
                name: head.name.clone(),
                ips: ips.clone(),
            };
            let zone = at.and_then(|at| self.network.private_dns_zones.get_mut(at));
            if let Some(zone) = zone.filter(|zone| !zone.records.contains(&record)) {
                zone.records.push(record);
            }
        }
    }

    /// Makes the zone of an id where there is none yet.
    fn zone_place(&mut self, id: &str, places: &mut HashMap<String, String>) {
        let zones = &mut self.network.private_dns_zones;
        places.entry(id::key(id)).or_insert_with(|| {
            zones.push(PrivateDnsZoneSpec {
                name: id::name_of(id).to_owned(),
                ..PrivateDnsZoneSpec::default()
            });
            zones.len().saturating_sub(1).to_string()
        });
    }

    /// The VNet of a link.
    fn linked(&mut self, head: &Head, vnet: &str) -> Option<String> {
        let known = self.vnets.name(vnet).map(str::to_owned);
        if known.is_none() {
            let vnet = id::name_of(vnet);
            let message = format!("a link to the VNet {vnet:?}, which no file has; it is left out");
            self.say(Verdict::Skipped, &head.place, message);
        }
        known
    }

    fn add_resolvers(&mut self, gathered: &Gathered) -> Index {
        let dns = &gathered.dns;
        let named = |heads: &mut dyn Iterator<Item = &Head>| {
            let all: Vec<_> = heads
                .map(|head| (head.id.clone(), head.name.clone()))
                .collect();
            Index::of(unique(&all))
        };
        let names = named(&mut dns.resolvers.iter().map(|(head, _)| head));
        let outbound = named(&mut dns.outbound.iter().map(|(head, _)| head));
        for (head, vnet) in &dns.resolvers {
            let name = names.name(&head.id).unwrap_or(&head.name).to_owned();
            if self
                .network
                .dns_resolvers
                .iter()
                .any(|known| known.name == name)
            {
                continue;
            }
            let vnet = self.vnet_or_stub(vnet, &[], &head.place);
            let mut resolver = DnsResolverSpec {
                name: name.clone(),
                vnet,
                ..DnsResolverSpec::default()
            };
            let of = |child: &Head| names.name(id::parent_of(&child.id)) == Some(name.as_str());
            for one in dns.inbound.iter().filter(|one| of(&one.head)) {
                let (place, what) = (&one.head.place, "the inbound endpoint");
                let Some(at) = self.subnet_of(&one.subnet, place, what) else {
                    continue;
                };
                let Some(ip) = self.address(one.ip.as_deref(), &at, place, what) else {
                    continue;
                };
                let name = one.head.name.clone();
                if !resolver
                    .inbound_endpoints
                    .iter()
                    .any(|known| known.name == name)
                {
                    resolver.inbound_endpoints.push(InboundEndpointSpec {
                        name,
                        subnet: at.1,
                        ip,
                    });
                }
            }
            for (child, subnet) in dns.outbound.iter().filter(|(child, _)| of(child)) {
                let at = self.subnet_of(subnet, &child.place, "the outbound endpoint");
                let name = outbound.name(&child.id).unwrap_or(&child.name).to_owned();
                let known = resolver
                    .outbound_endpoints
                    .iter()
                    .any(|one| one.name == name);
                if let Some((_, subnet)) = at.filter(|_| !known) {
                    let endpoint = OutboundEndpointSpec { name, subnet };
                    resolver.outbound_endpoints.push(endpoint);
                }
            }
            self.network.dns_resolvers.push(resolver);
        }
        outbound
    }

    fn add_rulesets(&mut self, gathered: &Gathered, outbound: &Index) {
        let dns = &gathered.dns;
        let all = dns
            .rulesets
            .iter()
            .map(|(head, _)| (head.id.clone(), head.name.clone()));
        let names = Index::of(unique(&all.collect::<Vec<_>>()));
        for (head, endpoints) in &dns.rulesets {
            let name = names.name(&head.id).unwrap_or(&head.name).to_owned();
            let mut known = self.network.dns_forwarding_rulesets.iter();
            if known.any(|known| known.name == name) {
                continue;
            }
            let of = |child: &Head| names.name(id::parent_of(&child.id)) == Some(name.as_str());
            let endpoints = endpoints.iter().filter_map(|id| outbound.name(id));
            let mut ruleset = DnsForwardingRulesetSpec {
                name: name.clone(),
                outbound_endpoints: endpoints.map(str::to_owned).collect(),
                ..DnsForwardingRulesetSpec::default()
            };
            for (child, vnet) in dns.ruleset_links.iter().filter(|(child, _)| of(child)) {
                let vnet = self.linked(child, vnet);
                let vnet = vnet.filter(|vnet| !ruleset.linked_vnets.contains(vnet));
                ruleset.linked_vnets.extend(vnet);
            }
            for (_, rule) in dns.rules.iter().filter(|(child, _)| of(child)) {
                if !ruleset.forwarding_rules.contains(rule) {
                    ruleset.forwarding_rules.push(rule.clone());
                }
            }
            self.network.dns_forwarding_rulesets.push(ruleset);
        }
    }

    /// Names of a private endpoint, and the domains of its zone group; the ids are those of the endpoint and its NICs.
    pub(super) fn names_of(gathered: &Gathered, ids: &[String]) -> (Vec<String>, Vec<String>) {
        let keys: Vec<String> = ids.iter().map(|id| id::key(id)).collect();
        let of = |all: &[(String, String)]| {
            let own = all.iter().filter(|(key, _)| keys.contains(key));
            let mut found: Vec<String> = Vec::new();
            for (_, text) in own {
                if !found.contains(text) {
                    found.push(text.clone());
                }
            }
            found
        };
        let zones = of(&gathered.dns.zone_groups);
        let mut domains: Vec<String> = zones.iter().map(|id| id::name_of(id).to_owned()).collect();
        domains.dedup();
        (of(&gathered.dns.names), domains)
    }
}
