//! What resolves names, noted: no resource is made of it.
//!
//! The rule: the DNS servers of a VNet are written with the VNet; zones, resolvers and rulesets with all they say are noted,
//! so that whoever deploys the code knows what is missing.

use super::Draft;
use crate::spec::{DnsServerSpec, ForwardingRuleState, PrivateEndpointSpec};

impl Draft<'_> {
    pub(super) fn names_left_out(&mut self) {
        let spec = self.spec;
        for zone in &spec.private_dns_zones {
            let links = zone.virtual_network_links.iter().map(|link| {
                let policy = link.resolution_policy.known();
                let policy = policy.map_or_else(str::to_owned, |policy| format!("{policy:?}"));
                format!("{} ({policy})", link.vnet)
            });
            let records = zone.records.iter();
            let records = records.map(|one| format!("{} {}", one.name, one.ips.join(" ")));
            let text = format!(
                "the zone is not made; links: {}; records: {}",
                listed(links),
                listed(records)
            );
            self.note(format!("privateDnsZones[{}]", zone.name), text);
        }
        self.resolvers_left_out();
        for server in &spec.dns_servers {
            self.note(format!("dnsServers[{}]", server.name), at_server(server));
        }
        for site in spec
            .sites
            .iter()
            .filter(|site| !site.dns_servers.is_empty())
        {
            let text = format!(
                "its DNS servers are set outside Azure: {}",
                site.dns_servers.join(", ")
            );
            self.note(format!("sites[{}]", site.name), text);
        }
        for endpoint in &spec.private_endpoints {
            self.zone_group_left_out(endpoint);
        }
    }

    fn resolvers_left_out(&mut self) {
        let spec = self.spec;
        for resolver in &spec.dns_resolvers {
            let inbound = resolver.inbound_endpoints.iter();
            let inbound =
                inbound.map(|one| format!("{} at {} in {}", one.name, one.ip, one.subnet));
            let outbound = resolver.outbound_endpoints.iter();
            let outbound = outbound.map(|one| format!("{} in {}", one.name, one.subnet));
            let text = format!(
                "the resolver of {} is not made; inbound: {}; outbound: {}",
                resolver.vnet,
                listed(inbound),
                listed(outbound)
            );
            self.note(format!("dnsResolvers[{}]", resolver.name), text);
        }
        for ruleset in &spec.dns_forwarding_rulesets {
            let rules = ruleset.forwarding_rules.iter().map(|rule| {
                let name = rule.name.as_deref().unwrap_or("rule");
                let off = rule.forwarding_rule_state != ForwardingRuleState::Enabled;
                let off = if off { ", off" } else { "" };
                let to = rule.target_dns_servers.join(" ");
                format!("{name} {} to {to}{off}", rule.domain_name)
            });
            let text = format!(
                "the ruleset is not made; outbound endpoints: {}; links: {}; rules: {}",
                listed(ruleset.outbound_endpoints.iter().cloned()),
                listed(ruleset.linked_vnets.iter().cloned()),
                listed(rules)
            );
            self.note(format!("dnsForwardingRulesets[{}]", ruleset.name), text);
        }
    }

    fn zone_group_left_out(&mut self, endpoint: &PrivateEndpointSpec) {
        if endpoint.fqdns.is_empty() && endpoint.private_dns_zones.is_empty() {
            return;
        }
        let called = endpoint.name.as_deref().unwrap_or(&endpoint.ip);
        let text = format!(
            "its zone group is not made; names: {}; zones: {}",
            listed(endpoint.fqdns.iter().cloned()),
            listed(endpoint.private_dns_zones.iter().cloned())
        );
        self.note(format!("privateEndpoints[{called}]"), text);
    }
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
