//! What is referred to by name: firewall policies with IP groups, application security groups, route maps.
//!
//! | found | made |
//! |---|---|
//! | a policy and a group of rule collections, its own or its base's | the policy; its firewalls name it |
//! | a policy of which no group was read | nothing: its rules are not known, everything passes, said |
//! | an IP group that a rule names and no file has | an IP group without addresses, a stub |
//!
//! Left out: rules that look at names; they match no address.

use super::Assembler;
use crate::import::gather::{Gathered, Policy, Propagation};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{
    FirewallPolicySpec, IpGroupSpec, RouteMapSpec, RuleCollectionGroupSpec, SecurityRuleSpec,
};
use std::collections::{HashMap, HashSet};

impl Assembler {
    pub(super) fn add_rules(&mut self, gathered: &Gathered) {
        self.add_ip_groups(gathered);
        self.add_policies(gathered);
        self.add_route_maps(gathered);
    }

    fn add_ip_groups(&mut self, gathered: &Gathered) {
        let mut seen = HashSet::new();
        for (head, addresses) in &gathered.ip_groups {
            if seen.insert(id::key(&head.id)) {
                let name = self.ip_groups.name(&head.id).unwrap_or(&head.name);
                self.network.ip_groups.push(IpGroupSpec {
                    name: name.to_owned(),
                    ip_addresses: addresses.clone(),
                });
            }
        }
    }

    /// Policies with known rules, and the base policies that they name.
    fn add_policies(&mut self, gathered: &Gathered) {
        let mut groups: HashMap<String, Vec<&RuleCollectionGroupSpec>> = HashMap::new();
        for group in &gathered.policy_groups {
            groups
                .entry(id::key(&group.policy))
                .or_default()
                .push(&group.spec);
        }
        let by_id: HashMap<String, &Policy> = gathered
            .policies
            .iter()
            .map(|policy| (id::key(&policy.head.id), policy))
            .collect();
        let has_rules = |policy: &Policy| groups.contains_key(&id::key(&policy.head.id));
        let mut seen = HashSet::new();
        for policy in &gathered.policies {
            let key = id::key(&policy.head.id);
            let base = policy
                .base
                .as_deref()
                .and_then(|id| by_id.get(&id::key(id)));
            let known = has_rules(policy) || base.is_some_and(|base| has_rules(base));
            if !known || !seen.insert(key.clone()) {
                continue;
            }
            let base_name = base.filter(|base| has_rules(base));
            let base_name = base_name.map(|base| self.policy_name(&base.head.id, &base.head.name));
            let own = groups.get(&key).cloned().unwrap_or_default();
            let mut named: Vec<RuleCollectionGroupSpec> = Vec::with_capacity(own.len());
            for group in own {
                named.push(self.with_ip_groups(group, &policy.head.place));
            }
            named.sort_by_key(|group| group.priority);
            let name = self.policy_name(&policy.head.id, &policy.head.name);
            self.known_policies.insert(name.clone());
            self.network.firewall_policies.push(FirewallPolicySpec {
                name,
                base_policy: base_name,
                rule_collection_groups: named,
                dns_settings: policy.dns.clone(),
            });
        }
    }

    fn policy_name(&self, id: &str, name: &str) -> String {
        self.policies.name(id).unwrap_or(name).to_owned()
    }

    /// Rules refer to IP groups by id; the estate by name.
    fn with_ip_groups(
        &mut self,
        group: &RuleCollectionGroupSpec,
        place: &Place,
    ) -> RuleCollectionGroupSpec {
        let mut group = group.clone();
        let collections = group.rule_collections.iter_mut();
        for rule in collections.flat_map(|collection| collection.rules.iter_mut()) {
            let sources = rule.source_ip_groups.iter_mut();
            for of in sources.chain(rule.destination_ip_groups.iter_mut()) {
                *of = self.ip_group_name(of, place);
            }
        }
        group
    }

    fn ip_group_name(&mut self, id: &str, place: &Place) -> String {
        if let Some(name) = self.ip_groups.name(id) {
            return name.to_owned();
        }
        let name = self.ip_groups.add(id, id::name_of(id));
        let message = format!("the IP group {name:?} stands in no file; it is empty here");
        self.say(Verdict::Stub, place, message);
        self.network.ip_groups.push(IpGroupSpec {
            name: name.clone(),
            ip_addresses: Vec::new(),
        });
        name
    }

    /// The policy of a firewall, where its rules are known.
    pub(super) fn firewall_policy(&mut self, id: Option<&str>, place: &Place) -> Option<String> {
        let id = id?;
        let name = self.policy_name(id, id::name_of(id));
        if self.known_policies.contains(&name) {
            return Some(name);
        }
        let message = format!(
            "no rule of the firewall policy {name:?} stands in any file: every packet passes the firewall here"
        );
        self.say(Verdict::Assumed, place, message);
        None
    }

    fn add_route_maps(&mut self, gathered: &Gathered) {
        let mut seen = HashSet::new();
        for (head, spec) in &gathered.route_maps {
            if seen.insert(id::key(&head.id)) {
                let name = self.route_maps.name(&head.id).unwrap_or(&head.name);
                self.network.route_maps.push(RouteMapSpec {
                    name: name.to_owned(),
                    rules: spec.rules.clone(),
                });
            }
        }
    }

    /// The names of the route maps of a connection: for what comes in, and for what goes out.
    pub(super) fn route_maps_of(
        &mut self,
        routing: &Propagation,
        place: &Place,
    ) -> (Option<String>, Option<String>) {
        let inbound = self.route_map(routing.inbound.as_deref(), place);
        (inbound, self.route_map(routing.outbound.as_deref(), place))
    }

    /// The name of a route map; one that no file has is said and left out.
    fn route_map(&mut self, id: Option<&str>, place: &Place) -> Option<String> {
        let id = id?;
        let known = self.route_maps.name(id).map(str::to_owned);
        if known.is_none() {
            let message = format!(
                "the route map {:?} stands in no file; routes pass unchanged here",
                id::name_of(id)
            );
            self.say(Verdict::Stub, place, message);
        }
        known
    }

    /// Application security groups by name in place of their ids.
    pub(super) fn with_group_names(&self, rule: &SecurityRuleSpec) -> SecurityRuleSpec {
        let mut rule = rule.clone();
        let sources = rule.source_application_security_groups.iter_mut();
        let targets = rule.destination_application_security_groups.iter_mut();
        for of in sources.chain(targets) {
            *of = self.application_group(of);
        }
        rule
    }

    pub(super) fn application_group(&self, id: &str) -> String {
        let known = self.application_groups.name(id);
        known.unwrap_or_else(|| id::name_of(id)).to_owned()
    }
}
