//! Zones, resolvers, rulesets and DNS servers: names resolved, records of zone groups written.

use super::Reader;
use crate::domain::{Domain, alias};
use crate::issue::IssueCode;
use crate::spec::{
    ApplianceKind, DnsForwardingRulesetSpec, DnsResolverSpec, FirewallDnsSpec, ForwardingRuleState,
    NetworkSpec, PrivateDnsZoneSpec, ResolutionPolicy,
};
use crate::topology::{AZURE_DNS, DnsRuleset, DnsServer, DnsZone, Forwarder, SubnetId, VnetId};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// Sizes that the subnet of an endpoint may have.
const ENDPOINT_SUBNET: std::ops::RangeInclusive<u8> = 24..=28;

impl Reader {
    pub(super) fn names(&mut self, spec: &NetworkSpec) {
        let mut linked: BTreeMap<(Domain, VnetId), usize> = BTreeMap::new();
        for (at, zone) in spec.private_dns_zones.iter().enumerate() {
            let place = format!("privateDnsZones[{}]", zone.name);
            let zone = self.zone(zone, &place);
            for vnet in zone.links.keys() {
                let first = *linked.entry((zone.domain.clone(), *vnet)).or_insert(at);
                if first != at {
                    let vnet = &self.topology.vnet(*vnet).name;
                    let message =
                        format!("{vnet} is linked to another zone {} already", zone.domain);
                    self.issue(IssueCode::PrivateDnsZonesOverlap, &place, message);
                }
            }
            self.dns().zones.push(zone);
        }
        self.zone_groups(spec);
        let mut outbound: BTreeMap<&str, SubnetId> = BTreeMap::new();
        let mut homes: BTreeSet<&str> = BTreeSet::new();
        for resolver in &spec.dns_resolvers {
            let place = format!("dnsResolvers[{}]", resolver.name);
            if !homes.insert(&resolver.vnet) {
                let message = format!("{} has a DNS private resolver already", resolver.vnet);
                self.issue(IssueCode::SecondDnsResolver, &place, message);
            }
            self.resolver(resolver, &place, &mut outbound);
        }
        for ruleset in &spec.dns_forwarding_rulesets {
            self.ruleset(ruleset, &outbound);
        }
        self.dns_servers(spec);
        self.firewall_proxies(spec);
    }

    fn dns(&mut self) -> &mut crate::topology::Dns {
        Rc::make_mut(&mut self.topology.dns)
    }

    fn zone(&mut self, spec: &PrivateDnsZoneSpec, place: &str) -> DnsZone {
        let domain = Domain::of(&spec.name);
        if domain.is_every() {
            let message =
                "expected a domain such as privatelink.blob.core.windows.net, found nothing";
            self.issue(IssueCode::MissingValue, format!("{place}.name"), message);
        }
        let mut links = BTreeMap::new();
        for (at, link) in spec.virtual_network_links.iter().enumerate() {
            let place = format!("{place}.virtualNetworkLinks[{at}]");
            let policy = self.word(&link.resolution_policy, format!("{place}.resolutionPolicy"));
            if let Some(vnet) = self.vnet_id(&link.vnet, format_args!("{place}.vnet")) {
                links.insert(vnet, policy == Some(ResolutionPolicy::NxDomainRedirect));
            }
        }
        let records = spec.records.iter().enumerate().map(|(at, record)| {
            let ips = self.ips(&record.ips, format_args!("{place}.records[{at}].ips"));
            (record.name.trim().to_ascii_lowercase(), ips)
        });
        let records = records.collect();
        DnsZone {
            domain,
            links,
            records,
        }
    }

    /// What private endpoints write into the zones of their zone groups.
    fn zone_groups(&mut self, spec: &NetworkSpec) {
        for (at, endpoint) in spec.private_endpoints.iter().enumerate() {
            let Ok(ip) = endpoint.ip.parse::<Ipv4Addr>() else {
                continue;
            };
            for zone in &endpoint.private_dns_zones {
                let domain = Domain::of(zone);
                let zones = &mut self.dns().zones;
                if !zones.iter().any(|known| known.domain == domain) {
                    let place = format!("privateEndpoints[{at}].privateDnsZones");
                    self.unknown(place, "private DNS zone", zone);
                    continue;
                }
                for name in endpoint.fqdns.iter().map(|name| Domain::of(name)) {
                    let name = alias(&name).unwrap_or(name);
                    let Some(label) = domain.within(&name).filter(|label| !label.is_empty()) else {
                        continue;
                    };
                    let same = self.dns().zones.iter_mut();
                    for zone in same.filter(|known| known.domain == domain) {
                        record(&mut zone.records, label, ip);
                    }
                }
            }
        }
    }

    fn resolver<'s>(
        &mut self,
        spec: &'s DnsResolverSpec,
        place: &str,
        outbound: &mut BTreeMap<&'s str, SubnetId>,
    ) {
        for endpoint in &spec.inbound_endpoints {
            let place = format!("{place}.inboundEndpoints[{}]", endpoint.name);
            if let Some((vnet, subnet, ip)) =
                self.nic(&spec.vnet, &endpoint.subnet, &endpoint.ip, &place)
            {
                self.endpoint_subnet(subnet, &place);
                self.dns().inbound.push((ip, vnet));
            }
        }
        for endpoint in &spec.outbound_endpoints {
            let place = format!("{place}.outboundEndpoints[{}]", endpoint.name);
            let known = outbound.contains_key(endpoint.name.as_str());
            if !self.is_new(known, "outbound endpoint", &endpoint.name, &place) {
                continue;
            }
            match self.topology.subnet_named(&spec.vnet, &endpoint.subnet) {
                Some(subnet) => {
                    let subnet = subnet.id;
                    outbound.insert(&endpoint.name, subnet);
                    self.endpoint_subnet(subnet, &place);
                }
                None => {
                    let what = format!("subnet of {}", spec.vnet);
                    self.unknown(format!("{place}.subnet"), &what, &endpoint.subnet);
                }
            }
        }
    }

    fn endpoint_subnet(&mut self, subnet: SubnetId, place: &str) {
        let prefix = self.topology.subnet(subnet).prefix;
        let wrong = prefix.filter(|net| !ENDPOINT_SUBNET.contains(&net.prefix_len()));
        if let Some(net) = wrong {
            let message = format!("expected a subnet from /24 to /28, found {net}");
            self.issue(IssueCode::DnsResolverSubnetSize, place, message);
        }
    }

    fn ruleset(&mut self, spec: &DnsForwardingRulesetSpec, known: &BTreeMap<&str, SubnetId>) {
        let place = format!("dnsForwardingRulesets[{}]", spec.name);
        let mut outbound = Vec::new();
        for name in &spec.outbound_endpoints {
            match known.get(name.as_str()) {
                Some(subnet) => outbound.push(*subnet),
                None => {
                    let place = format!("{place}.outboundEndpoints");
                    self.unknown(place, "outbound endpoint", name);
                }
            }
        }
        let mut vnets = Vec::new();
        for name in &spec.linked_vnets {
            vnets.extend(self.vnet_id(name, format_args!("{place}.linkedVnets")));
        }
        let region = outbound.first().map(|subnet| {
            let home = self.topology.subnet(*subnet).vnet;
            self.topology.vnet(home).region.clone()
        });
        for vnet in &vnets {
            let vnet = self.topology.vnet(*vnet);
            if region.as_ref().is_some_and(|region| *region != vnet.region) {
                let message = format!("{} stands in another region, {}", vnet.name, vnet.region);
                self.issue(IssueCode::RulesetRegion, &place, message);
            }
        }
        let mut rules = Vec::new();
        for (at, rule) in spec.forwarding_rules.iter().enumerate() {
            let place = format!("{place}.forwardingRules[{at}]");
            let forwarder = self.forwarder(&rule.domain_name, &rule.target_dns_servers, &place);
            if forwarder.servers.contains(&AZURE_DNS) {
                let message = format!("{AZURE_DNS} cannot be the target of a rule");
                self.issue(IssueCode::ForwardingToAzureDns, &place, message);
            }
            let state = self.word(
                &rule.forwarding_rule_state,
                format!("{place}.forwardingRuleState"),
            );
            if state != Some(ForwardingRuleState::Disabled) {
                rules.push(forwarder);
            }
        }
        self.circle(&vnets, &rules, &place);
        self.dns().rulesets.push(DnsRuleset {
            name: spec.name.clone(),
            vnets,
            outbound,
            rules,
        });
    }

    /// A ruleset that sends names of a VNet back to an inbound endpoint of the same VNet.
    fn circle(&mut self, vnets: &[VnetId], rules: &[Forwarder], place: &str) {
        let inbound = &self.topology.dns.inbound;
        let back = inbound.iter().find(|(ip, vnet)| {
            vnets.contains(vnet) && rules.iter().any(|rule| rule.servers.contains(ip))
        });
        if let Some((ip, vnet)) = back {
            let vnet = &self.topology.vnet(*vnet).name;
            let message = format!("a rule asks {ip}, which answers by the rules of {vnet} itself");
            self.issue(IssueCode::RulesetLoop, place, message);
        }
    }

    fn dns_servers(&mut self, spec: &NetworkSpec) {
        let mut names = BTreeSet::new();
        for server in &spec.dns_servers {
            let place = format!("dnsServers[{}]", server.name);
            let known = !names.insert(server.name.as_str());
            if !self.is_new(known, "DNS server", &server.name, &place) {
                continue;
            }
            let Some(ip) = self.ip(&server.ip, format_args!("{place}.ip")) else {
                continue;
            };
            let forwarders = server.forwarders.iter().enumerate();
            let forwarders = forwarders.map(|(at, one)| {
                self.forwarder(
                    &one.domain,
                    &one.servers,
                    &format!("{place}.forwarders[{at}]"),
                )
            });
            let forwarders = forwarders.collect();
            self.dns().servers.push(DnsServer {
                name: server.name.clone(),
                ip,
                forwarders,
            });
        }
    }

    /// Firewalls that answer for others: servers that forward every name.
    fn firewall_proxies(&mut self, spec: &NetworkSpec) {
        let policies = spec.firewall_policies.iter();
        let policies = policies
            .map(|policy| (policy.name.as_str(), &policy.dns_settings))
            .collect::<BTreeMap<_, _>>();
        let of_policy = |name: Option<&str>| policies.get(name?).and_then(|one| one.as_ref());
        for nic in &spec.appliances {
            let policy = of_policy(nic.firewall_policy.as_deref());
            let own = policy.or(nic.dns_settings.as_ref());
            if let Some(settings) = own.filter(|_| nic.kind == ApplianceKind::AzureFirewall) {
                self.firewall_proxy((&nic.name, Some(&nic.ip)), settings, "appliances");
            }
        }
        for hub in spec.virtual_wan.iter().flat_map(|wan| &wan.hubs) {
            let firewall = hub.firewall.as_ref();
            let policy = firewall.and_then(|one| of_policy(one.firewall_policy.as_deref()));
            if let (Some(one), Some(settings)) = (firewall, policy) {
                self.firewall_proxy((&one.name, one.ip.as_ref()), settings, "virtualWan.hubs");
            }
        }
    }

    fn firewall_proxy(
        &mut self,
        (name, ip): (&str, Option<&String>),
        settings: &FirewallDnsSpec,
        list: &str,
    ) {
        let place = format!("{list}[{name}].dnsSettings.servers");
        let mut servers = self.ips(&settings.servers, &place);
        let Some(ip) = ip.and_then(|ip| ip.parse::<Ipv4Addr>().ok()) else {
            return;
        };
        let home = self.topology.subnet_at(ip).and_then(|subnet| subnet.prefix);
        let inside = |server: &&Ipv4Addr| home.is_some_and(|range| range.contains(*server));
        if let Some(server) = servers.iter().find(inside) {
            let message = format!("{server} stands in the firewall's own subnet");
            self.issue(IssueCode::FirewallDnsServerInSubnet, &place, message);
        }
        if servers.is_empty() {
            servers.push(AZURE_DNS);
        }
        if settings.enable_proxy {
            let forwarder = Forwarder {
                domain: Domain::of("."),
                servers,
            };
            self.dns().servers.push(DnsServer {
                name: name.to_owned(),
                ip,
                forwarders: vec![forwarder],
            });
        }
    }

    fn forwarder(&mut self, domain: &str, servers: &[String], place: &str) -> Forwarder {
        if servers.is_empty() {
            let message = "expected the address of a DNS server, found nothing";
            self.issue(IssueCode::MissingValue, place, message);
        }
        Forwarder {
            domain: Domain::of(domain),
            servers: self.ips(servers, place),
        }
    }
}

/// Adds an address to a record, which comes into being where it is not.
fn record(records: &mut Vec<(String, Vec<Ipv4Addr>)>, label: &str, ip: Ipv4Addr) {
    match records.iter_mut().find(|(known, _)| known == label) {
        Some((_, ips)) if !ips.contains(&ip) => ips.push(ip),
        Some(_) => {}
        None => records.push((label.to_owned(), vec![ip])),
    }
}
