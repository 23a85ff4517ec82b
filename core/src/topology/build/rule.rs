//! Rules of security groups, security admin configurations and firewall policies: read once, so that packets meet no text.

use super::Reader;
use crate::address::parse_address;
use crate::issue::IssueCode;
use crate::spec::{
    FirewallAction, FirewallPolicySpec, FirewallRuleCollectionSpec, FirewallRuleSpec,
    FirewallRuleType, NetworkSpec, SecurityRuleSpec,
};
use crate::topology::{
    FirewallPolicy, FirewallRule, FirewallVerdict, NetworkSecurityGroup, NsgId, PolicyId,
    PortRange, SecurityRule, Term, Traffic,
};
use ipnet::{Ipv4Net, Ipv4Subnets};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::rc::Rc;

/// Lists of addresses under a name.
pub(super) type AddressGroups = BTreeMap<String, Rc<[Ipv4Net]>>;

impl Reader {
    /// IP groups, and the addresses of every application security group.
    pub(super) fn address_groups(&mut self, spec: &NetworkSpec) {
        for group in &spec.ip_groups {
            let subject = format!("ipGroups[{}]", group.name);
            let known = self.ip_groups.contains_key(&group.name);
            if self.is_new(known, "IP group", &group.name, &subject) {
                let place = format!("{subject}.ipAddresses");
                let nets = group.ip_addresses.iter().enumerate();
                let nets = nets.flat_map(|(at, text)| self.span(text, &format!("{place}[{at}]")));
                let nets: Rc<[Ipv4Net]> = nets.collect();
                self.ip_groups.insert(group.name.clone(), nets);
            }
        }
        let mut members: BTreeMap<&str, Vec<Ipv4Net>> = BTreeMap::new();
        let hosts = spec.workloads.iter();
        let hosts = hosts.map(|host| (&host.ip, &host.application_security_groups));
        let nics = spec.appliances.iter();
        let nics = nics.map(|nic| (&nic.ip, &nic.application_security_groups));
        for (ip, names) in hosts.chain(nics) {
            // An address that cannot be read is reported where it stands.
            let Ok(address) = parse_address(ip) else {
                continue;
            };
            for name in names {
                members.entry(name).or_default().push(address.into());
            }
        }
        let groups = members.into_iter();
        self.application_groups = groups
            .map(|(name, nets)| (name.to_owned(), nets.into()))
            .collect();
    }

    pub(super) fn security_groups(&mut self, spec: &NetworkSpec) {
        let mut groups = Vec::new();
        for group in &spec.network_security_groups {
            let subject = format!("networkSecurityGroups[{}]", group.name);
            let known = self.nsgs.contains_key(&group.name);
            if !self.is_new(known, "network security group", &group.name, &subject) {
                continue;
            }
            let id = NsgId::new(groups.len());
            self.nsgs.insert(group.name.clone(), id);
            let rules = group.rules.iter().enumerate();
            let mut rules: Vec<SecurityRule> = rules
                .map(|(at, rule)| self.security_rule(rule, &format!("{subject}.rules[{at}]")))
                .collect();
            rules.sort_by_key(|rule| rule.priority);
            groups.push(NetworkSecurityGroup {
                id,
                name: group.name.clone(),
                rules: rules.into(),
            });
        }
        self.topology.nsgs = Rc::new(groups);
    }

    pub(super) fn security_rule(&mut self, spec: &SecurityRuleSpec, subject: &str) -> SecurityRule {
        let source = self.terms(&spec.source, &format!("{subject}.source"));
        let destination = self.terms(&spec.destination, &format!("{subject}.destination"));
        let from = self.ports(
            &spec.source_port_ranges,
            &format!("{subject}.sourcePortRanges"),
        );
        let traffic = Traffic {
            protocols: spec.protocol.into_iter().collect(),
            ports: self.ports(
                &spec.destination_port_ranges,
                &format!("{subject}.destinationPortRanges"),
            ),
            any_source_port: from.is_empty() || from.iter().any(|range| range.contains(None)),
            source: self.with_groups(source, &spec.source_application_security_groups),
            destination: self
                .with_groups(destination, &spec.destination_application_security_groups),
        };
        SecurityRule {
            name: name_or_priority(spec.name.as_deref(), spec.priority),
            priority: spec.priority,
            direction: spec.direction,
            access: spec.access,
            traffic,
        }
    }

    /// A side that names application security groups means them alone, unless addresses are named too.
    fn with_groups(&self, terms: Vec<Term>, names: &[String]) -> Vec<Term> {
        if names.is_empty() {
            return terms;
        }
        let groups = names.iter().map(|name| {
            let nets = self.application_groups.get(name).cloned();
            Term::Group(name.clone(), nets.unwrap_or_default())
        });
        let addresses = terms.into_iter().filter(|term| *term != Term::Any);
        addresses.chain(groups).collect()
    }

    /// A single port; one that is too large is reported and left out.
    pub(super) fn port(&mut self, number: Option<u32>, subject: &str) -> Option<u16> {
        let port = u16::try_from(number?);
        if port.is_err() {
            let message = "expected a port up to 65535";
            self.issue(IssueCode::InvalidPort, subject, message);
        }
        port.ok()
    }

    /// A security group by name.
    pub(super) fn nsg(&mut self, name: Option<&String>, subject: impl Display) -> Option<NsgId> {
        let name = name?;
        let found = self.nsgs.get(name).copied();
        if found.is_none() {
            let subject = format!("{subject}.networkSecurityGroup");
            self.unknown(subject, "network security group", name);
        }
        found
    }

    /// A firewall policy by name.
    pub(super) fn policy(&mut self, name: Option<&String>, subject: &str) -> Option<PolicyId> {
        let name = name?;
        let found = self.policies.get(name).copied();
        if found.is_none() {
            self.unknown(format!("{subject}.firewallPolicy"), "firewall policy", name);
        }
        found
    }

    fn ports(&mut self, texts: &[String], subject: &str) -> Vec<PortRange> {
        let mut ranges = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match PortRange::parse(text) {
                Some(range) => ranges.push(range),
                None => self.issue(
                    IssueCode::InvalidPort,
                    format!("{subject}[{at}]"),
                    format!("expected a port such as 443, a range such as 8000-8080, or *, found {text:?}"),
                ),
            }
        }
        ranges
    }

    fn terms(&mut self, texts: &[String], subject: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match text.as_str() {
                "*" | "Any" => terms.push(Term::Any),
                "VirtualNetwork" => terms.push(Term::VirtualNetwork),
                "Internet" => terms.push(Term::Internet),
                "AzureLoadBalancer" => terms.push(Term::LoadBalancer),
                tag if tag.starts_with(|first: char| first.is_ascii_alphabetic())
                    && !tag.contains([':', '/']) =>
                {
                    terms.push(Term::Tag(tag.to_owned()));
                }
                address => {
                    let nets = self.span(address, &format!("{subject}[{at}]"));
                    terms.extend(nets.into_iter().map(Term::Net));
                }
            }
        }
        terms
    }

    /// The prefixes of `10.0.0.0/24`, `10.0.0.4` or `10.0.0.4-10.0.0.9`.
    fn span(&mut self, text: &str, subject: &str) -> Vec<Ipv4Net> {
        if let Ok(address) = parse_address(text) {
            return vec![address.into()];
        }
        let ends = text.split_once('-');
        let ends = ends.and_then(|(first, last)| {
            let ends = (parse_address(first.trim()), parse_address(last.trim()));
            ends.0.ok().zip(ends.1.ok())
        });
        match ends {
            Some((first, last)) if first <= last => Ipv4Subnets::new(first, last, 0).collect(),
            _ => self.net(text, subject).into_iter().collect(),
        }
    }
}

fn name_or_priority(name: Option<&str>, priority: u32) -> String {
    name.map_or_else(|| priority.to_string(), str::to_owned)
}

/// A rule on its way: what decides about its turn, then the rule.
type Turn = ((u8, u32, u32), FirewallRule);

impl Reader {
    /// Firewall policies, each with the rules of its base policies before its own.
    pub(super) fn firewall_policies(&mut self, spec: &NetworkSpec) {
        for policy in &spec.firewall_policies {
            let subject = format!("firewallPolicies[{}]", policy.name);
            let known = self.policies.contains_key(&policy.name);
            if !self.is_new(known, "firewall policy", &policy.name, &subject) {
                continue;
            }
            let mut rules: Vec<(u8, FirewallRule)> = Vec::new();
            for one in self.lineage(spec, policy) {
                let own = format!("firewallPolicies[{}]", one.name);
                // Mistakes of a base policy are reported once, where it stands.
                let before = self.issues.len();
                rules.extend(self.own_rules(one, &own));
                if one.name != policy.name {
                    self.issues.truncate(before);
                }
            }
            self.names_need_a_proxy(spec, policy, &subject);
            rules.sort_by_key(|(kind, _)| *kind);
            let id = PolicyId::new(self.topology.firewall_policies.len());
            self.policies.insert(policy.name.clone(), id);
            self.topology.firewall_policies.push(FirewallPolicy {
                id,
                name: policy.name.clone(),
                rules: rules.into_iter().map(|(_, rule)| rule).collect(),
            });
        }
    }

    /// A network rule that names domains needs a firewall that answers for names: whose answers it hears, their addresses it
    /// knows.
    fn names_need_a_proxy(&mut self, spec: &NetworkSpec, policy: &FirewallPolicySpec, place: &str) {
        let own = policy.rule_collection_groups.iter();
        let mut rules = own
            .flat_map(|group| &group.rule_collections)
            .flat_map(|collection| &collection.rules);
        let named = |rule: &FirewallRuleSpec| {
            rule.rule_type == FirewallRuleType::NetworkRule
                && rule.destination_fqdns.iter().any(|name| name != "*")
        };
        let proxies = |policy: &FirewallPolicySpec| {
            policy
                .dns_settings
                .as_ref()
                .is_some_and(|dns| dns.enable_proxy)
        };
        let mut users = spec.appliances.iter();
        let users = users.any(|nic| {
            nic.firewall_policy.as_ref() == Some(&policy.name)
                && nic
                    .dns_settings
                    .as_ref()
                    .is_some_and(|dns| dns.enable_proxy)
        });
        let line = self.lineage_quietly(spec, policy);
        if let Some(rule) = rules.find(|rule| named(rule))
            && !users
            && !line.iter().any(|one| proxies(one))
        {
            let name = rule.name.as_deref().unwrap_or("a rule");
            let message = format!("{name} names domains: expected enableProxy in dnsSettings");
            self.issue(IssueCode::FqdnRuleWithoutProxy, place, message);
        }
    }

    fn lineage_quietly<'s>(
        &mut self,
        spec: &'s NetworkSpec,
        policy: &'s FirewallPolicySpec,
    ) -> Vec<&'s FirewallPolicySpec> {
        let before = self.issues.len();
        let line = self.lineage(spec, policy);
        self.issues.truncate(before);
        line
    }

    /// A policy and those above it, the highest last in the text and first here.
    fn lineage<'s>(
        &mut self,
        spec: &'s NetworkSpec,
        policy: &'s FirewallPolicySpec,
    ) -> Vec<&'s FirewallPolicySpec> {
        let mut line = vec![policy];
        while let Some(base) = line.last().and_then(|last| last.base_policy.as_ref()) {
            let subject = format!("firewallPolicies[{}].basePolicy", policy.name);
            let found = spec.firewall_policies.iter().find(|one| one.name == *base);
            match found {
                Some(base) if line.iter().any(|known| known.name == base.name) => {
                    let message = format!("{} is its own base policy", base.name);
                    self.issue(IssueCode::UnknownReference, subject, message);
                    break;
                }
                Some(base) => line.push(base),
                None => {
                    self.unknown(subject, "firewall policy", base);
                    break;
                }
            }
        }
        line.reverse();
        line
    }

    fn own_rules(&mut self, policy: &FirewallPolicySpec, subject: &str) -> Vec<(u8, FirewallRule)> {
        let mut turns: Vec<Turn> = Vec::new();
        for (at, group) in policy.rule_collection_groups.iter().enumerate() {
            for (nth, collection) in group.rule_collections.iter().enumerate() {
                let place = format!("{subject}.ruleCollectionGroups[{at}].ruleCollections[{nth}]");
                for (rule, found) in self.collection(collection, &place) {
                    turns.push(((rule, group.priority, collection.priority), found));
                }
            }
        }
        turns.sort_by_key(|(turn, _)| *turn);
        let rules = turns.into_iter();
        rules.map(|((kind, ..), rule)| (kind, rule)).collect()
    }

    fn collection(
        &mut self,
        collection: &FirewallRuleCollectionSpec,
        subject: &str,
    ) -> Vec<(u8, FirewallRule)> {
        let name = name_or_priority(collection.name.as_deref(), collection.priority);
        let mut rules = Vec::new();
        for (at, rule) in collection.rules.iter().enumerate() {
            let place = format!("{subject}.rules[{at}]");
            let Some(verdict) = self.verdict(collection.action, rule, &place) else {
                continue;
            };
            let kind = match rule.rule_type {
                FirewallRuleType::NatRule => 0,
                FirewallRuleType::NetworkRule => 1,
                FirewallRuleType::ApplicationRule => 2,
            };
            let own = rule.name.clone().unwrap_or_else(|| (at + 1).to_string());
            let traffic = self.firewall_traffic(rule, &place);
            let name = format!("{name}/{own}");
            let rule = FirewallRule {
                name,
                verdict,
                traffic,
            };
            rules.push((kind, rule));
        }
        rules
    }

    fn verdict(
        &mut self,
        action: FirewallAction,
        rule: &FirewallRuleSpec,
        subject: &str,
    ) -> Option<FirewallVerdict> {
        let fits =
            (action == FirewallAction::Dnat) == (rule.rule_type == FirewallRuleType::NatRule);
        if !fits {
            let message =
                "a DNAT rule stands in a collection with the action DNAT, and no other rule does";
            self.issue(IssueCode::FirewallRuleKind, subject, message);
            return None;
        }
        Some(match (action, rule.rule_type) {
            (FirewallAction::Deny, _) => FirewallVerdict::Deny,
            (FirewallAction::Allow, FirewallRuleType::ApplicationRule) => FirewallVerdict::Proxy,
            (FirewallAction::Allow, _) => FirewallVerdict::Allow,
            (FirewallAction::Dnat, _) => {
                let place = format!("{subject}.translatedAddress");
                let text = rule.translated_address.as_deref().unwrap_or_default();
                let to = self.ip(text, &place)?;
                let port = self.port(rule.translated_port, &format!("{subject}.translatedPort"));
                FirewallVerdict::Translate(to, port)
            }
        })
    }

    fn firewall_traffic(&mut self, rule: &FirewallRuleSpec, subject: &str) -> Traffic {
        let source = self.terms(
            &rule.source_addresses,
            &format!("{subject}.sourceAddresses"),
        );
        let source = self.with_ip_groups(
            source,
            &rule.source_ip_groups,
            &format!("{subject}.sourceIpGroups"),
        );
        let destination = self.terms(
            &rule.destination_addresses,
            &format!("{subject}.destinationAddresses"),
        );
        let mut destination = self.with_ip_groups(
            destination,
            &rule.destination_ip_groups,
            &format!("{subject}.destinationIpGroups"),
        );
        let proxied = rule.rule_type == FirewallRuleType::ApplicationRule;
        let names = if proxied {
            &rule.target_fqdns
        } else {
            &rule.destination_fqdns
        };
        if names.iter().any(|name| name == "*") && destination.is_empty() {
            destination.push(Term::Any);
        }
        if proxied {
            let served = |port: u32| u16::try_from(port).ok();
            let ports = rule.protocols.iter().filter_map(|one| served(one.port));
            return Traffic {
                protocols: vec![crate::spec::Protocol::Tcp],
                ports: ports
                    .map(|port| PortRange {
                        first: port,
                        last: port,
                    })
                    .collect(),
                any_source_port: !rule.protocols.is_empty(),
                source,
                destination,
            };
        }
        let any = rule.ip_protocols.iter().any(|one| one.one().is_none());
        let protocols = rule.ip_protocols.iter().filter_map(|one| one.one());
        Traffic {
            protocols: if any { Vec::new() } else { protocols.collect() },
            ports: self.ports(
                &rule.destination_ports,
                &format!("{subject}.destinationPorts"),
            ),
            any_source_port: true,
            source,
            destination,
        }
    }

    fn with_ip_groups(&mut self, terms: Vec<Term>, names: &[String], subject: &str) -> Vec<Term> {
        let mut all = terms;
        for name in names {
            match self.ip_groups.get(name).cloned() {
                Some(nets) => all.push(Term::Group(name.clone(), nets)),
                None => self.unknown(subject, "IP group", name),
            }
        }
        all
    }
}
