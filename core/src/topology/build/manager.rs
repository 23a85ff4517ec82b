//! Virtual Network Manager: groups, connectivity, UDR management, admin rules.

use super::Reader;
use crate::issue::IssueCode;
use crate::region;
use crate::spec::{
    AddressOverlap, ConnectivitySpec, ConnectivityTopology, LocalRouting, NetworkManagerSpec,
    RouteTableUsageMode, RoutingConfigurationSpec, RuleCollectionSpec, UserNextHopType,
};
use crate::topology::{
    ConnectedGroup, ConnectedGroupId, Destination, Party, RouteTable, RouteTableId, SubnetId,
    UserRoute, VnetId, link,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// Members of each network group.
type Groups<'s> = BTreeMap<&'s str, Vec<VnetId>>;

impl Reader {
    pub(super) fn network_manager(&mut self, spec: &NetworkManagerSpec) {
        let groups = self.network_groups(spec);
        for (position, configuration) in spec.configurations.iter().enumerate() {
            let subject = format!("avnm.configurations[{position}]");
            let place = format!("{subject}.topology");
            if self.word(&configuration.topology, place).is_none() {
                continue;
            }
            let chosen = self.deployed(
                &groups,
                &configuration.groups,
                configuration.deployed_to.as_deref(),
                &subject,
            );
            self.connectivity(configuration, chosen, spec, &subject);
        }
        for (position, configuration) in spec.routing_configurations.iter().enumerate() {
            self.routing_configuration(
                configuration,
                &groups,
                &format!("avnm.routingConfigurations[{position}]"),
            );
        }
        for (position, rule) in spec.security_admin_rules.iter().enumerate() {
            let subject = format!("avnm.securityAdminRules[{position}]");
            let chosen = self.deployed(&groups, &rule.groups, None, &subject);
            let members = chosen
                .into_iter()
                .flat_map(|(_, members)| members)
                .collect();
            let rule = self.security_rule(&rule.rule, &format!("{subject}.rule"));
            self.topology.admin_rules.push((members, rule));
        }
        self.topology
            .admin_rules
            .sort_by_key(|(_, rule)| rule.priority);
    }

    fn network_groups<'s>(&mut self, spec: &'s NetworkManagerSpec) -> Groups<'s> {
        let mut groups = Groups::new();
        for group in &spec.groups {
            let subject = format!("avnm.groups[{}]", group.name);
            if !self.is_new(
                groups.contains_key(group.name.as_str()),
                "network group",
                &group.name,
                &subject,
            ) {
                continue;
            }
            let mut members = Vec::new();
            for name in &group.members {
                members.extend(self.vnet_id(name, format_args!("{subject}.members")));
            }
            groups.insert(&group.name, members);
        }
        groups
    }

    /// The members of named groups in the regions that a configuration is deployed to: the goal state of each region.
    fn deployed(
        &mut self,
        groups: &Groups<'_>,
        names: &[String],
        regions: Option<&[String]>,
        subject: &str,
    ) -> Vec<(String, Vec<VnetId>)> {
        let regions: Option<Vec<String>> =
            regions.map(|regions| regions.iter().map(|r| region::key(r)).collect());
        let mut chosen = Vec::new();
        for name in names {
            let Some(members) = groups.get(name.as_str()) else {
                self.unknown(format!("{subject}.groups"), "network group", name);
                continue;
            };
            let here = |id: &&VnetId| {
                regions
                    .as_ref()
                    .is_none_or(|regions| regions.contains(&self.topology.vnet(**id).region))
            };
            chosen.push((name.clone(), members.iter().filter(here).copied().collect()));
        }
        chosen
    }

    fn connectivity(
        &mut self,
        configuration: &ConnectivitySpec,
        chosen: Vec<(String, Vec<VnetId>)>,
        spec: &NetworkManagerSpec,
        subject: &str,
    ) {
        if configuration.topology == ConnectivityTopology::Mesh {
            let mut members: Vec<VnetId> = chosen
                .into_iter()
                .flat_map(|(_, members)| members)
                .collect();
            members.sort();
            members.dedup();
            let name = configuration
                .name
                .clone()
                .unwrap_or_else(|| configuration.groups.join(" + "));
            self.connected_group(name, members, configuration, spec);
            return;
        }
        let hub = configuration.hub.clone().unwrap_or_default();
        if matches!(self.parties.get(&hub), Some(Party::Hub(_))) {
            let message = "a Virtual WAN hub as the hub is a preview";
            self.issue(IssueCode::NotSimulated, format!("{subject}.hub"), message);
            return;
        }
        let Some(hub) = self.vnet_id(&hub, format_args!("{subject}.hub")) else {
            return;
        };
        let mut gateways = self.topology.gateways.iter();
        if configuration.use_hub_gateway && !gateways.any(|gateway| gateway.vnet == hub) {
            let message = format!("{} has no gateway to use", self.topology.vnet(hub).name);
            let code = IssueCode::RemoteVnetWithoutGateway;
            self.issue(code, format!("{subject}.useHubGateway"), message);
        }
        for (name, members) in chosen {
            let members: Vec<VnetId> = members
                .into_iter()
                .filter(|member| *member != hub)
                .collect();
            for member in &members {
                link::managed(
                    &mut self.topology,
                    hub,
                    *member,
                    configuration.use_hub_gateway,
                );
            }
            if configuration.direct_connectivity {
                self.connected_group(name, members, configuration, spec);
            }
        }
    }

    /// Meshes of peerings, each as one group.
    pub(super) fn meshes(&mut self) {
        for names in std::mem::take(&mut self.meshed) {
            let known = |name: &String| self.topology.vnet_by_name.get(name).copied();
            let members = names.iter().filter_map(known).collect();
            self.topology.connected_groups.push(ConnectedGroup {
                id: ConnectedGroupId::new(self.topology.connected_groups.len()),
                name: "mesh".to_owned(),
                members,
                global: true,
                topology: ConnectivityTopology::Mesh,
                overlap: AddressOverlap::Allowed,
                peered: true,
            });
        }
    }

    fn connected_group(
        &mut self,
        name: String,
        members: Vec<VnetId>,
        configuration: &ConnectivitySpec,
        spec: &NetworkManagerSpec,
    ) {
        let id = ConnectedGroupId::new(self.topology.connected_groups.len());
        self.topology.connected_groups.push(ConnectedGroup {
            id,
            name,
            members,
            global: configuration.global_mesh,
            topology: configuration.topology.or_usual(),
            overlap: spec.address_overlap,
            peered: false,
        });
    }

    /// UDR management: rules become the tables of the members' subnets (reference 8.2).
    fn routing_configuration(
        &mut self,
        configuration: &RoutingConfigurationSpec,
        groups: &Groups<'_>,
        subject: &str,
    ) {
        for (position, collection) in configuration.rule_collections.iter().enumerate() {
            let subject = format!("{subject}.ruleCollections[{position}]");
            let chosen = self.deployed(
                groups,
                &collection.groups,
                configuration.deployed_to.as_deref(),
                &subject,
            );
            let rules = self.user_routes(&collection.rules, &subject);
            let vnets = chosen.into_iter().flat_map(|(_, members)| members);
            let subnets: Vec<SubnetId> = vnets
                .flat_map(|id| self.topology.vnet(id).subnets.clone())
                .collect();
            for subnet in subnets {
                self.managed_table(
                    subnet,
                    collection,
                    configuration.route_table_usage_mode,
                    &rules,
                );
            }
        }
    }

    /// The table of one subnet: its own, unless the manager's replace it; the exception for local traffic; the rules. Of
    /// two routes to one destination the first stays, since Azure leaves that undefined.
    fn managed_table(
        &mut self,
        id: SubnetId,
        collection: &RuleCollectionSpec,
        mode: RouteTableUsageMode,
        rules: &[UserRoute],
    ) {
        let subnet = self.topology.subnet(id);
        let own = subnet.route_table.map(|id| self.topology.route_table(id));
        let managed = own.filter(|table| table.managed);
        let kept = match mode {
            RouteTableUsageMode::ManagedOnly => managed,
            RouteTableUsageMode::UseExisting => own,
        };
        let mut routes: Vec<UserRoute> = kept.map(|table| table.routes.clone()).unwrap_or_default();
        let local = |prefix: &Ipv4Net| UserRoute {
            name: Some("local".to_owned()),
            destination: Destination::Prefix(*prefix),
            next_hop_type: UserNextHopType::VnetLocal,
            next_hop: None,
            spec_index: 0,
        };
        let exceptions: Vec<UserRoute> = match collection.local_routing {
            LocalRouting::NotSpecified => Vec::new(),
            LocalRouting::DirectRoutingWithinVNet => self
                .topology
                .vnet(subnet.vnet)
                .prefixes
                .iter()
                .map(local)
                .collect(),
            LocalRouting::DirectRoutingWithinSubnet => subnet.prefix.iter().map(local).collect(),
        };
        for route in exceptions.iter().chain(rules) {
            if !routes
                .iter()
                .any(|known| known.destination == route.destination)
            {
                routes.push(route.clone());
            }
        }
        let disabled = collection.disable_bgp_route_propagation
            || kept.is_some_and(|table| table.disable_bgp_route_propagation);
        let table = RouteTable {
            id: RouteTableId::new(self.topology.route_tables.len()),
            name: format!(
                "{}/{} (Virtual Network Manager)",
                self.topology.vnet(subnet.vnet).name,
                subnet.name
            ),
            disable_bgp_route_propagation: disabled,
            routes,
            managed: true,
        };
        if let Some(subnet) = self.topology.subnets.get_mut(id.index()) {
            subnet.route_table = Some(table.id);
        }
        self.topology.route_tables.push(table);
    }
}
