//! What resolves names: private DNS zones, resolvers, forwarding rulesets, zone groups of private endpoints.
//!
//! The rule: the DNS servers of a VNet are written with the VNet; zones, links and A records, resolvers with their endpoints and
//! rulesets with links and rules are resources. What answers outside of Azure, or at a machine of one's own, is noted.
//!
//! | in the estate | resources |
//! |---|---|
//! | a zone with two links and a record | zone, two links, a record set, all global |
//! | a private endpoint that writes into it | a zone group `default` of the endpoint |
//! | a resolver | resolver and an endpoint each, in the region of its VNet |
//! | a second zone of one domain | a note: Azure takes one of a name in a resource group |
//!
//! Left out: links that register machines, records that hold no IPv4 address.

use super::Draft;
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    DnsForwardingRulesetSpec, DnsResolverSpec, DnsServerSpec, ForwardingRuleSpec,
    PrivateDnsZoneSpec, PrivateEndpointSpec, ZoneLinkSpec,
};
use std::collections::BTreeMap;

/// The name of the one zone group that an endpoint can have.
const ZONE_GROUP: &str = "default";
/// Azure's name for what stands in no region.
const GLOBAL: &str = "global";
/// Seconds that an answer may be kept, as the portal proposes them.
const SECONDS: u32 = 3_600;
const PORT: u32 = 53;

impl<'s> Draft<'s> {
    pub(super) fn names(&mut self) {
        let spec = self.spec;
        for zone in &spec.private_dns_zones {
            self.zone(zone);
        }
        let mut outbound: BTreeMap<&str, (ResourceId, String)> = BTreeMap::new();
        for resolver in &spec.dns_resolvers {
            self.resolver(resolver, &mut outbound);
        }
        for ruleset in &spec.dns_forwarding_rulesets {
            self.ruleset(ruleset, &outbound);
        }
        for server in &spec.dns_servers {
            self.note(format!("dnsServers[{}]", server.name), at_server(server));
        }
        let asked = spec
            .sites
            .iter()
            .filter(|site| !site.dns_servers.is_empty());
        for site in asked {
            let servers = site.dns_servers.join(", ");
            let text = format!("its DNS servers are set outside Azure: {servers}");
            self.note(format!("sites[{}]", site.name), text);
        }
    }

    fn zone(&mut self, zone: &'s PrivateDnsZoneSpec) {
        let place = format!("privateDnsZones[{}]", zone.name);
        if self.zones.contains_key(zone.name.as_str()) {
            let text = format!(
                "a second zone of this domain needs a resource group of its own: not made; links: {}; records: {}",
                listed(
                    zone.virtual_network_links
                        .iter()
                        .map(|link| said(&link.vnet, link))
                ),
                listed(zone.records.iter().map(|one| format!(
                    "{} {}",
                    one.name,
                    one.ips.join(" ")
                ))),
            );
            self.note(place, text);
            return;
        }
        let region = self.main_region();
        let body = Value::object().with("location", GLOBAL);
        let id = self.add(Kind::DnsZone, &zone.name, &region, body);
        self.is_global(id);
        self.zones.insert(&zone.name, id);
        for link in &zone.virtual_network_links {
            self.zone_link((&zone.name, id), link, &place);
        }
        for record in &zone.records {
            let addresses = record.ips.iter();
            let addresses = addresses.map(|ip| Value::object().with("ipv4Address", ip));
            let properties = Value::object()
                .with("ttl", SECONDS)
                .with("aRecords", addresses.collect::<Vec<_>>());
            let body = Value::object().with("properties", properties);
            // `@` and `*` are names here.
            self.child_named(
                Kind::ZoneRecord,
                record.name.clone(),
                &record.name,
                id,
                body,
            );
        }
    }

    fn zone_link(&mut self, (name, zone): (&str, ResourceId), link: &'s ZoneLinkSpec, place: &str) {
        let Some(vnet) = self.vnet_of_link(&link.vnet, place) else {
            return;
        };
        // Zones of Private Link alone have one.
        let has_policy = name.starts_with("privatelink.");
        let policy = link
            .resolution_policy
            .known()
            .map(|policy| format!("{policy:?}"));
        if let Err(word) = &policy {
            self.note(
                place,
                format!("{word:?} is no resolution policy: the default is written"),
            );
        }
        let properties = Value::object()
            .with("virtualNetwork", Value::reference(vnet))
            .with("registrationEnabled", false)
            .maybe("resolutionPolicy", policy.ok().filter(|_| has_policy));
        let body = Value::object()
            .with("location", GLOBAL)
            .with("properties", properties);
        self.child(Kind::ZoneLink, &link.vnet, zone, body);
    }

    fn vnet_of_link(&mut self, vnet: &str, place: &str) -> Option<ResourceId> {
        let known = self.vnets.get(vnet).copied();
        if known.is_none() {
            self.note(
                place,
                format!("linked to {vnet}, a VNet that does not exist"),
            );
        }
        known
    }

    fn resolver(
        &mut self,
        resolver: &'s DnsResolverSpec,
        outbound: &mut BTreeMap<&'s str, (ResourceId, String)>,
    ) {
        let place = format!("dnsResolvers[{}]", resolver.name);
        let Some(vnet) = self.vnet_of_link(&resolver.vnet, &place) else {
            return;
        };
        let region = self.region_of(&resolver.vnet);
        let properties = Value::object().with("virtualNetwork", Value::reference(vnet));
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::DnsResolver, &resolver.name, &region, body);
        for one in &resolver.inbound_endpoints {
            let Some(subnet) = self.subnet_named(&resolver.vnet, &one.subnet, &place) else {
                continue;
            };
            let address = Value::object()
                .with("subnet", Value::reference(subnet))
                .with("privateIpAllocationMethod", "Static")
                .with("privateIpAddress", &one.ip);
            let body = Value::object().with(
                "properties",
                Value::object().with("ipConfigurations", vec![address]),
            );
            let endpoint = self.child(Kind::InboundEndpoint, &one.name, id, body);
            self.stands_in(endpoint, &region);
        }
        for one in &resolver.outbound_endpoints {
            let Some(subnet) = self.subnet_named(&resolver.vnet, &one.subnet, &place) else {
                continue;
            };
            let properties = Value::object().with("subnet", Value::reference(subnet));
            let body = Value::object().with("properties", properties);
            let endpoint = self.child(Kind::OutboundEndpoint, &one.name, id, body);
            self.stands_in(endpoint, &region);
            outbound.insert(&one.name, (endpoint, region.clone()));
        }
    }

    fn ruleset(
        &mut self,
        ruleset: &'s DnsForwardingRulesetSpec,
        outbound: &BTreeMap<&str, (ResourceId, String)>,
    ) {
        let place = format!("dnsForwardingRulesets[{}]", ruleset.name);
        let mut endpoints = Vec::new();
        let mut region = None;
        for name in &ruleset.outbound_endpoints {
            match outbound.get(name.as_str()) {
                Some((endpoint, at)) => {
                    endpoints.push(Value::reference(*endpoint));
                    region.get_or_insert_with(|| at.clone());
                }
                None => self.note(
                    &place,
                    format!("names {name}, an outbound endpoint that does not exist"),
                ),
            }
        }
        let region = region.unwrap_or_else(|| self.main_region());
        let properties = Value::object().with("dnsResolverOutboundEndpoints", endpoints);
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::ForwardingRuleset, &ruleset.name, &region, body);
        for vnet in &ruleset.linked_vnets {
            let Some(linked) = self.vnet_of_link(vnet, &place) else {
                continue;
            };
            let properties = Value::object().with("virtualNetwork", Value::reference(linked));
            let body = Value::object().with("properties", properties);
            self.child(Kind::RulesetLink, vnet, id, body);
        }
        for (rule, number) in ruleset.forwarding_rules.iter().zip(1_u32..) {
            self.forwarding_rule(id, rule, number, &place);
        }
    }

    fn forwarding_rule(
        &mut self,
        ruleset: ResourceId,
        rule: &ForwardingRuleSpec,
        number: u32,
        place: &str,
    ) {
        let called = rule
            .name
            .clone()
            .unwrap_or_else(|| format!("rule-{number}"));
        let servers = rule.target_dns_servers.iter();
        let servers = servers.map(|ip| Value::object().with("ipAddress", ip).with("port", PORT));
        let state = rule
            .forwarding_rule_state
            .known()
            .map(|state| format!("{state:?}"));
        if let Err(word) = &state {
            self.note(
                place,
                format!("{word:?} is no state of a rule: {called} counts"),
            );
        }
        let properties = Value::object()
            .with("domainName", &rule.domain_name)
            .maybe("forwardingRuleState", state.ok())
            .with("targetDnsServers", servers.collect::<Vec<_>>());
        let body = Value::object().with("properties", properties);
        self.child(Kind::ForwardingRule, &called, ruleset, body);
    }

    /// The zones that an endpoint writes its records into.
    pub(super) fn zone_group(
        &mut self,
        endpoint: &PrivateEndpointSpec,
        id: ResourceId,
        place: &str,
    ) {
        if !endpoint.fqdns.is_empty() {
            let text = format!(
                "the service gives its names: {}",
                listed(endpoint.fqdns.iter().cloned())
            );
            self.note(place, text);
        }
        let mut zones = Vec::new();
        for name in &endpoint.private_dns_zones {
            match self.zones.get(name.as_str()) {
                Some(zone) => {
                    zones.push(Value::object().with("name", name.replace('.', "-")).with(
                        "properties",
                        Value::object().with("privateDnsZoneId", Value::id(*zone)),
                    ))
                }
                None => self.note(
                    place,
                    format!("writes into {name}, a zone that does not exist"),
                ),
            }
        }
        if zones.is_empty() {
            return;
        }
        let properties = Value::object().with("privateDnsZoneConfigs", zones);
        let body = Value::object().with("properties", properties);
        self.child_named(Kind::ZoneGroup, ZONE_GROUP.to_owned(), ZONE_GROUP, id, body);
    }

    /// A resource that stands in no region says so itself.
    fn is_global(&mut self, id: ResourceId) {
        if let Some(resource) = self.graph.resources.get_mut(id.index()) {
            resource.location = None;
        }
    }

    /// A child that has a region of its own.
    fn stands_in(&mut self, id: ResourceId, region: &str) {
        if let Some(resource) = self.graph.resources.get_mut(id.index()) {
            resource.location = Some(region.to_owned());
        }
    }
}

fn said(vnet: &str, link: &ZoneLinkSpec) -> String {
    let policy = link.resolution_policy.known();
    let policy = policy.map_or_else(str::to_owned, |policy| format!("{policy:?}"));
    format!("{vnet} ({policy})")
}

fn at_server(server: &DnsServerSpec) -> String {
    let forwarders = server.forwarders.iter();
    let forwarders = forwarders.map(|one| format!("{} to {}", one.domain, one.servers.join(" ")));
    format!(
        "set at the server itself at {}: forwarders {}",
        server.ip,
        listed(forwarders)
    )
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}
