//! Azure Virtual Network Manager: groups, configurations, rules, and what brings them into force.

use super::Draft;
use super::network::{direction, next_hop_word, protocol, route_name, rule_name};
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    Access, ConnectivitySpec, ConnectivityTopology, LocalRouting, NetworkManagerSpec,
    RouteTableUsageMode, RoutingConfigurationSpec, RuleCollectionSpec, SecurityAdminRuleSpec,
    UserNextHopType,
};
use std::collections::BTreeMap;

/// Network groups by the name that rules use.
type Groups<'s> = BTreeMap<&'s str, ResourceId>;

impl<'s> Draft<'s> {
    pub(super) fn network_manager(&mut self) {
        let Some(spec) = &self.spec.avnm else {
            return;
        };
        let manager = self.manager(spec);
        let groups = self.groups(spec, manager);
        let mut deployed: Vec<(&'static str, ResourceId, Option<&'s Vec<String>>)> = Vec::new();
        for (configuration, number) in spec.configurations.iter().zip(1..) {
            let made = self.connectivity(spec, configuration, number, manager, &groups);
            deployed.push(("Connectivity", made, configuration.deployed_to.as_ref()));
        }
        if !spec.security_admin_rules.is_empty() {
            let made = self.admin_rules(&spec.security_admin_rules, manager, &groups);
            deployed.push(("SecurityAdmin", made, None));
        }
        for (configuration, number) in spec.routing_configurations.iter().zip(1..) {
            let made = self.routing(configuration, number, manager, &groups);
            deployed.push(("Routing", made, configuration.deployed_to.as_ref()));
        }
        self.deployments(manager, &deployed);
    }

    fn manager(&mut self, spec: &NetworkManagerSpec) -> ResourceId {
        let accesses = [
            (!spec.configurations.is_empty(), "Connectivity"),
            (!spec.security_admin_rules.is_empty(), "SecurityAdmin"),
            (!spec.routing_configurations.is_empty(), "Routing"),
        ];
        let accesses = accesses.iter().filter(|(used, _)| *used);
        let scopes = Value::object().with("subscriptions", vec![Value::Subscription]);
        let properties = Value::object().with("networkManagerScopes", scopes).with(
            "networkManagerScopeAccesses",
            Value::texts(accesses.map(|(_, word)| *word)),
        );
        let region = self.main_region();
        let body = Value::object().with("properties", properties);
        self.add(Kind::Manager, "estate", &region, body)
    }

    fn groups(&mut self, spec: &'s NetworkManagerSpec, manager: ResourceId) -> Groups<'s> {
        let mut groups = Groups::new();
        for group in &spec.groups {
            let properties = Value::object().with("memberType", "VirtualNetwork");
            let body = Value::object().with("properties", properties);
            let id = self.child(Kind::Group, &group.name, manager, body);
            for member in &group.members {
                let Some(vnet) = self.vnets.get(member.as_str()).copied() else {
                    self.note(
                        format!("avnm.groups[{}]", group.name),
                        format!("names the VNet {member}, which does not exist"),
                    );
                    continue;
                };
                let properties = Value::object().with("resourceId", Value::id(vnet));
                let body = Value::object().with("properties", properties);
                self.child(Kind::Member, member, id, body);
            }
            groups.insert(&group.name, id);
        }
        groups
    }

    /// Groups by name, with a note for each that is missing.
    fn known(&mut self, names: &'s [String], groups: &Groups<'s>, place: &str) -> Vec<ResourceId> {
        let mut known = Vec::new();
        for name in names {
            match groups.get(name.as_str()) {
                Some(id) => known.push(*id),
                None => self.note(
                    place,
                    format!("names the group {name}, which does not exist"),
                ),
            }
        }
        known
    }

    fn connectivity(
        &mut self,
        spec: &NetworkManagerSpec,
        configuration: &'s ConnectivitySpec,
        number: u32,
        manager: ResourceId,
        groups: &Groups<'s>,
    ) -> ResourceId {
        let called = configuration
            .name
            .clone()
            .unwrap_or_else(|| format!("connectivity-{number}"));
        let place = format!("avnm.configurations[{called}]");
        let is_mesh = configuration.topology == ConnectivityTopology::Mesh;
        let connected = is_mesh || configuration.direct_connectivity;
        let applied = self.known(&configuration.groups, groups, &place);
        let applied = applied.into_iter().map(|group| {
            Value::object()
                .with("networkGroupId", Value::id(group))
                .with(
                    "groupConnectivity",
                    if connected {
                        "DirectlyConnected"
                    } else {
                        "None"
                    },
                )
                .with("useHubGateway", switch(configuration.use_hub_gateway))
                .with("isGlobal", switch(configuration.global_mesh))
        });
        let hub = configuration.hub.as_deref();
        let hub = hub.and_then(|hub| self.vnets.get(hub).copied());
        let hubs = hub.map(|hub| {
            Value::object()
                .with("resourceId", Value::id(hub))
                .with("resourceType", "Microsoft.Network/virtualNetworks")
        });
        let overlap = match spec.address_overlap {
            crate::spec::AddressOverlap::Allowed => "Allowed",
            crate::spec::AddressOverlap::Disallowed => "Disallowed",
        };
        let capabilities = Value::object().with("connectedGroupAddressOverlap", overlap);
        let properties = Value::object()
            .with(
                "connectivityTopology",
                if is_mesh { "Mesh" } else { "HubAndSpoke" },
            )
            .some("hubs", hubs.into_iter().collect())
            .with("appliesToGroups", applied.collect::<Vec<_>>())
            .with("isGlobal", switch(configuration.global_mesh))
            .with("deleteExistingPeering", "False")
            .with("connectivityCapabilities", capabilities);
        let body = Value::object().with("properties", properties);
        let id = self.child(Kind::Connectivity, &called, manager, body);
        self.wait_for_gateways(id, configuration);
        id
    }

    /// A configuration that uses the hub's gateway comes after it.
    fn wait_for_gateways(&mut self, id: ResourceId, configuration: &ConnectivitySpec) {
        if !configuration.use_hub_gateway {
            return;
        }
        let hub = configuration.hub.as_ref();
        let owned = self
            .spec
            .gateways
            .iter()
            .filter(|gateway| Some(&gateway.vnet) == hub);
        let before: Vec<ResourceId> = owned
            .filter_map(|gateway| self.gateways.get(gateway.name.as_str()).copied())
            .collect();
        self.wait(id, before);
    }

    fn admin_rules(
        &mut self,
        rules: &'s [SecurityAdminRuleSpec],
        manager: ResourceId,
        groups: &Groups<'s>,
    ) -> ResourceId {
        let configuration = self.child(
            Kind::AdminConfiguration,
            "security",
            manager,
            Value::object().with("properties", Value::object()),
        );
        let mut collections: Vec<(&'s [String], Vec<&'s SecurityAdminRuleSpec>)> = Vec::new();
        for rule in rules {
            match collections
                .iter_mut()
                .find(|(known, _)| *known == rule.groups)
            {
                Some((_, of)) => of.push(rule),
                None => collections.push((&rule.groups, vec![rule])),
            }
        }
        for ((names, rules), number) in collections.into_iter().zip(1_u32..) {
            let applied = self.known(names, groups, "avnm.securityAdminRules");
            let properties = Value::object().with("appliesToGroups", group_ids(&applied));
            let collection = self.child(
                Kind::AdminCollection,
                &format!("rules-{number}"),
                configuration,
                Value::object().with("properties", properties),
            );
            for (rule, number) in rules.into_iter().zip(1..) {
                self.child(
                    Kind::AdminRule,
                    &rule_name(&rule.rule, number),
                    collection,
                    admin_rule(rule),
                );
            }
        }
        configuration
    }

    fn routing(
        &mut self,
        spec: &'s RoutingConfigurationSpec,
        number: u32,
        manager: ResourceId,
        groups: &Groups<'s>,
    ) -> ResourceId {
        let called = spec
            .name
            .clone()
            .unwrap_or_else(|| format!("routing-{number}"));
        let mode = match spec.route_table_usage_mode {
            RouteTableUsageMode::ManagedOnly => "ManagedOnly",
            RouteTableUsageMode::UseExisting => "UseExisting",
        };
        let properties = Value::object().with("routeTableUsageMode", mode);
        let body = Value::object().with("properties", properties);
        let id = self.child(Kind::RoutingConfiguration, &called, manager, body);
        for (collection, number) in spec.rule_collections.iter().zip(1..) {
            self.routing_collection(collection, number, id, groups);
        }
        id
    }

    fn routing_collection(
        &mut self,
        spec: &'s RuleCollectionSpec,
        number: u32,
        configuration: ResourceId,
        groups: &Groups<'s>,
    ) {
        let called = spec
            .name
            .clone()
            .unwrap_or_else(|| format!("rules-{number}"));
        let place = format!("avnm.routingConfigurations[{called}]");
        let applied = self.known(&spec.groups, groups, &place);
        let properties = Value::object().with("appliesTo", group_ids(&applied)).with(
            "disableBgpRoutePropagation",
            switch(spec.disable_bgp_route_propagation),
        );
        let body = Value::object().with("properties", properties);
        let id = self.child(Kind::RoutingCollection, &called, configuration, body);
        let local = match spec.local_routing {
            LocalRouting::NotSpecified => None,
            LocalRouting::DirectRoutingWithinVNet => Some("virtual network"),
            LocalRouting::DirectRoutingWithinSubnet => Some("subnet"),
        };
        if let Some(within) = local {
            // `localRouteSetting` is a member of the API of 2023-03-01-preview alone.
            let text = format!(
                "direct routing within its {within}: set it in the portal, the API has no word for it"
            );
            self.remark(id, text);
        }
        for (rule, number) in spec.rules.iter().zip(1..) {
            let is_tag = rule.prefix.starts_with(|c: char| c.is_ascii_alphabetic());
            let destination = Value::object()
                .with("destinationAddress", &rule.prefix)
                .with(
                    "type",
                    if is_tag {
                        "ServiceTag"
                    } else {
                        "AddressPrefix"
                    },
                );
            let word = match rule.next_hop_type.known() {
                Ok(UserNextHopType::None) => "NoNextHop".to_owned(),
                Ok(UserNextHopType::VnetLocal) => "VnetLocal".to_owned(),
                _ => next_hop_word(rule),
            };
            let next_hop = Value::object()
                .maybe("nextHopAddress", rule.next_hop_ip_address.as_ref())
                .with("nextHopType", word);
            let properties = Value::object()
                .with("destination", destination)
                .with("nextHop", next_hop);
            let body = Value::object().with("properties", properties);
            self.child(Kind::RoutingRule, &route_name(rule, number), id, body);
        }
    }

    /// One deployment a region and kind of configuration, after everything of the manager.
    fn deployments(
        &mut self,
        manager: ResourceId,
        deployed: &[(&'static str, ResourceId, Option<&'s Vec<String>>)],
    ) {
        let mut by_place: BTreeMap<(&'static str, String), Vec<ResourceId>> = BTreeMap::new();
        for (access, configuration, regions) in deployed {
            let regions = regions.map_or_else(
                || self.all_regions(),
                |regions| {
                    regions
                        .iter()
                        .map(|region| crate::region::key(region))
                        .collect()
                },
            );
            for region in regions {
                by_place
                    .entry((*access, region))
                    .or_default()
                    .push(*configuration);
            }
        }
        let parts: Vec<ResourceId> = self
            .graph
            .ids()
            .filter(|id| self.graph.line(*id).first() == Some(&manager))
            .collect();
        for ((access, region), configurations) in by_place {
            let ids = configurations
                .into_iter()
                .map(Value::id)
                .collect::<Vec<_>>();
            let body = Value::object()
                .with("location", &region)
                .with("scopeAccess", access)
                .with("configurationIds", ids);
            let called = format!("{access}-{region}");
            let id = self.child_named(Kind::Deployment, called.clone(), &called, manager, body);
            self.wait(id, parts.iter().copied());
        }
    }

    fn all_regions(&self) -> Vec<String> {
        let regions = self
            .spec
            .vnets
            .iter()
            .map(|vnet| crate::region::key(&vnet.region));
        let mut regions: Vec<String> = regions.collect();
        regions.sort();
        regions.dedup();
        regions
    }
}

const fn switch(on: bool) -> &'static str {
    if on { "True" } else { "False" }
}

fn group_ids(groups: &[ResourceId]) -> Vec<Value> {
    let item = |group: &ResourceId| Value::object().with("networkGroupId", Value::id(*group));
    groups.iter().map(item).collect()
}

/// Ports of an admin rule: all of them where it names none.
fn ports(ranges: &[String]) -> Value {
    if ranges.is_empty() {
        Value::texts(["0-65535"])
    } else {
        Value::texts(ranges)
    }
}

fn admin_rule(spec: &SecurityAdminRuleSpec) -> Value {
    let rule = &spec.rule;
    let access = match rule.access {
        Access::Allow => "Allow",
        Access::AlwaysAllow => "AlwaysAllow",
        Access::Deny => "Deny",
    };
    let addresses = |texts: &[String]| {
        let item = |text: &String| {
            let is_tag = text.starts_with(|c: char| c.is_ascii_alphabetic());
            Value::object()
                .with(
                    "addressPrefixType",
                    if is_tag { "ServiceTag" } else { "IPPrefix" },
                )
                .with("addressPrefix", text)
        };
        texts.iter().map(item).collect::<Vec<_>>()
    };
    let properties = Value::object()
        .with("access", access)
        .with("direction", direction(rule.direction))
        .with("priority", rule.priority)
        .with("protocol", protocol(rule.protocol, "Any"))
        .with("sources", addresses(&rule.source))
        .with("destinations", addresses(&rule.destination))
        .with("sourcePortRanges", ports(&rule.source_port_ranges))
        .with(
            "destinationPortRanges",
            ports(&rule.destination_port_ranges),
        );
    Value::object()
        .with("kind", "Custom")
        .with("properties", properties)
}
