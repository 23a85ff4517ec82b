//! Firewall policies with their rules, and the IP groups that they name.
//!
//! | in the estate | resources |
//! |---|---|
//! | an IP group | an IP group |
//! | a policy | policy, a rule collection group each of its own |
//! | a firewall that names a policy | refers to it |
//! | a firewall that names none | a policy of its own, which lets pass what is not dropped |
//!
//! Left out: names of web categories, TLS inspection and intrusion detection, which no estate has.

use super::Draft;
use super::machine::{dns_settings, private, tier};
use super::network::valid;
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    ApplianceKind, FirewallAction, FirewallPolicySpec, FirewallProtocol,
    FirewallRuleCollectionSpec, FirewallRuleSpec, FirewallRuleType, RuleCollectionGroupSpec,
};

impl<'s> Draft<'s> {
    pub(super) fn policies(&mut self) {
        let region = self.main_region();
        for group in &self.spec.ip_groups {
            let addresses = Value::texts(&group.ip_addresses);
            let body =
                Value::object().with("properties", Value::object().with("ipAddresses", addresses));
            let id = self.add(Kind::IpGroup, &group.name, &region, body);
            self.ip_groups.insert(&group.name, id);
        }
        // A base policy is there before what is built on it; a circle of them ends with the last one.
        let mut waiting: Vec<&'s FirewallPolicySpec> = self.spec.firewall_policies.iter().collect();
        while !waiting.is_empty() {
            let names: Vec<&str> = waiting.iter().map(|policy| policy.name.as_str()).collect();
            let is_ready = |policy: &&FirewallPolicySpec| {
                let base = policy.base_policy.as_deref();
                base.is_none_or(|base| base == policy.name || !names.contains(&base))
            };
            let at = waiting.iter().position(is_ready).unwrap_or_default();
            self.policy(waiting.remove(at), &region);
        }
    }

    fn policy(&mut self, policy: &'s FirewallPolicySpec, region: &str) {
        let place = format!("firewallPolicies[{}]", policy.name);
        let base = policy.base_policy.as_deref().and_then(|name| {
            let known = self.policies.get(name).copied();
            if known.is_none() {
                self.note(&place, format!("its base policy {name} does not exist"));
            }
            known
        });
        let properties = Value::object()
            .with("sku", Value::object().with("tier", self.tier_of(policy)))
            .maybe("basePolicy", base.map(Value::reference))
            .maybe("snat", self.private_ranges(policy).map(private))
            .maybe(
                "dnsSettings",
                policy.dns_settings.as_ref().map(dns_settings),
            );
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::FirewallPolicy, &policy.name, region, body);
        for (group, number) in policy.rule_collection_groups.iter().zip(1..) {
            self.rule_collection_group(&place, id, group, number);
        }
        self.policies.insert(&policy.name, id);
    }

    /// The largest tier of the firewalls that name a policy, or one that is built on it.
    fn tier_of(&self, policy: &FirewallPolicySpec) -> &'static str {
        let built = |name: &str| {
            let mut all = self.spec.firewall_policies.iter();
            let found = all.find(|known| known.name == name);
            found.is_some_and(|known| known.base_policy.as_deref() == Some(&policy.name))
        };
        let names = |named: Option<&str>| named.is_some_and(|n| n == policy.name || built(n));
        let appliances = self.spec.appliances.iter();
        let firewalls = appliances.filter(|one| one.kind == ApplianceKind::AzureFirewall);
        let in_vnets = firewalls.map(|one| (one.firewall_policy.as_deref(), one.sku.as_deref()));
        let hubs = self.spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
        let in_hubs = hubs.filter_map(|hub| hub.firewall.as_ref());
        let in_hubs = in_hubs.map(|one| (one.firewall_policy.as_deref(), one.sku.as_deref()));
        let users = in_vnets.chain(in_hubs).filter(|(named, _)| names(*named));
        let tiers = users.map(|(_, sku)| tier(sku));
        let order = ["Basic", "Standard", "Premium"];
        tiers
            .max_by_key(|tier| order.iter().position(|known| known == tier))
            .unwrap_or("Standard")
    }

    /// What the first firewall that names a policy does not translate: in Azure the policy says it.
    fn private_ranges(&self, policy: &FirewallPolicySpec) -> Option<&'s Vec<String>> {
        let mut firewalls = self.spec.appliances.iter();
        let first = firewalls.find(|one| one.firewall_policy.as_ref() == Some(&policy.name));
        first.and_then(|firewall| firewall.private_ranges.as_ref())
    }

    /// The policy that a firewall names, where it is there.
    pub(super) fn policy_named(&mut self, name: Option<&str>, place: &str) -> Option<ResourceId> {
        let name = name?;
        let known = self.policies.get(name).copied();
        if known.is_none() {
            let text = format!("names the firewall policy {name}, which does not exist");
            self.note(place, text);
        }
        known
    }

    fn rule_collection_group(
        &mut self,
        place: &str,
        policy: ResourceId,
        group: &'s RuleCollectionGroupSpec,
        number: u32,
    ) {
        let called = part_name(group.name.as_deref(), "group", number);
        let collections = group.rule_collections.iter().zip(1..);
        let collections: Vec<Value> = collections
            .map(|(collection, number)| self.rule_collection(place, collection, number))
            .collect();
        let properties = Value::object()
            .with("priority", group.priority)
            .with("ruleCollections", collections);
        let body = Value::object().with("properties", properties);
        self.child(Kind::RuleCollectionGroup, &called, policy, body);
    }

    fn rule_collection(
        &mut self,
        place: &str,
        collection: &'s FirewallRuleCollectionSpec,
        number: u32,
    ) -> Value {
        let (kind, action) = match collection.action {
            FirewallAction::Dnat => ("FirewallPolicyNatRuleCollection", "DNAT"),
            FirewallAction::Allow => ("FirewallPolicyFilterRuleCollection", "Allow"),
            FirewallAction::Deny => ("FirewallPolicyFilterRuleCollection", "Deny"),
        };
        let rules = collection.rules.iter().zip(1..);
        let rules: Vec<Value> = rules
            .map(|(rule, number)| self.firewall_rule(place, rule, number))
            .collect();
        Value::object()
            .with("ruleCollectionType", kind)
            .with(
                "name",
                part_name(collection.name.as_deref(), "collection", number),
            )
            .with("priority", collection.priority)
            .with("action", Value::object().with("type", action))
            .with("rules", rules)
    }

    fn firewall_rule(&mut self, place: &str, rule: &'s FirewallRuleSpec, number: u32) -> Value {
        let value = Value::object()
            .with("ruleType", rule_type(rule.rule_type))
            .with("name", part_name(rule.name.as_deref(), "rule", number));
        let value = match rule.rule_type {
            FirewallRuleType::ApplicationRule => {
                let protocols = rule.protocols.iter().map(|protocol| {
                    Value::object()
                        .with("protocolType", &protocol.protocol_type)
                        .with("port", protocol.port)
                });
                value.with("protocols", protocols.collect::<Vec<_>>())
            }
            _ => {
                let protocols = rule.ip_protocols.iter().map(|known| protocol(*known));
                value.with("ipProtocols", Value::texts(protocols))
            }
        };
        let texts = |texts: &[String]| texts.iter().map(Value::from).collect::<Vec<_>>();
        value
            .some("sourceAddresses", texts(&rule.source_addresses))
            .some(
                "sourceIpGroups",
                self.ip_groups_of(place, &rule.source_ip_groups),
            )
            .some("destinationAddresses", texts(&rule.destination_addresses))
            .some(
                "destinationIpGroups",
                self.ip_groups_of(place, &rule.destination_ip_groups),
            )
            .some("destinationFqdns", texts(&rule.destination_fqdns))
            .some("targetFqdns", texts(&rule.target_fqdns))
            .some("destinationPorts", texts(&rule.destination_ports))
            .maybe("translatedAddress", rule.translated_address.as_ref())
            .maybe("translatedPort", translated_port(rule))
    }

    fn ip_groups_of(&mut self, place: &str, names: &[String]) -> Vec<Value> {
        let mut ids = Vec::new();
        for name in names {
            match self.ip_groups.get(name.as_str()) {
                Some(id) => ids.push(Value::id(*id)),
                None => self.note(
                    place,
                    format!("names the IP group {name}, which does not exist"),
                ),
            }
        }
        ids
    }
}

/// The port behind a translation; Azure wants one, and takes the called port where the estate names none.
fn translated_port(rule: &FirewallRuleSpec) -> Option<Value> {
    let is_translated = rule.rule_type == FirewallRuleType::NatRule;
    let port = rule.translated_port.map(|port| port.to_string());
    let port = port.or_else(|| is_translated.then(|| rule.destination_ports.first().cloned())?);
    port.map(Value::from)
}

fn part_name(name: Option<&str>, noun: &str, number: u32) -> String {
    match name {
        Some(name) if !name.is_empty() => valid(name),
        _ => format!("{noun}-{number}"),
    }
}

const fn rule_type(kind: FirewallRuleType) -> &'static str {
    match kind {
        FirewallRuleType::NetworkRule => "NetworkRule",
        FirewallRuleType::NatRule => "NatRule",
        FirewallRuleType::ApplicationRule => "ApplicationRule",
    }
}

const fn protocol(protocol: FirewallProtocol) -> &'static str {
    match protocol {
        FirewallProtocol::Any => "Any",
        FirewallProtocol::Tcp => "TCP",
        FirewallProtocol::Udp => "UDP",
        FirewallProtocol::Icmp => "ICMP",
    }
}
