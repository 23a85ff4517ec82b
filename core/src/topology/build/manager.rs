//! Virtual Network Manager: groups, connectivity, admin rules.

use super::Reader;
use super::region_key;
use crate::issue::IssueCode;
use crate::spec::{ConnectivityTopology, NetworkManagerSpec};
use crate::topology::link;
use crate::topology::{ConnectedGroup, ConnectedGroupId, Party, VnetId};
use std::collections::BTreeMap;

impl Reader {
    pub(super) fn network_manager(&mut self, spec: &NetworkManagerSpec) {
        let mut groups: BTreeMap<&str, Vec<VnetId>> = BTreeMap::new();
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
                members.extend(self.vnet_id(name, &format!("{subject}.members")));
            }
            groups.insert(&group.name, members);
        }
        for (position, configuration) in spec.configurations.iter().enumerate() {
            let subject = format!("avnm.configurations[{position}]");
            let deployed: Option<Vec<String>> = configuration
                .deployed_to
                .as_ref()
                .map(|regions| regions.iter().map(|r| region_key(r)).collect());
            let mut chosen: Vec<(String, Vec<VnetId>)> = Vec::new();
            for name in &configuration.groups {
                let Some(members) = groups.get(name.as_str()) else {
                    self.unknown(format!("{subject}.groups"), "network group", name);
                    continue;
                };
                let in_region = |id: &&VnetId| {
                    deployed
                        .as_ref()
                        .is_none_or(|regions| regions.contains(&self.topology.vnet(**id).region))
                };
                chosen.push((
                    name.clone(),
                    members.iter().filter(in_region).copied().collect(),
                ));
            }
            if configuration.topology == ConnectivityTopology::Mesh {
                let mut members: Vec<VnetId> = chosen
                    .iter()
                    .flat_map(|(_, members)| members.iter().copied())
                    .collect();
                members.sort_unstable();
                members.dedup();
                let name = configuration
                    .name
                    .clone()
                    .unwrap_or_else(|| configuration.groups.join(" + "));
                self.connected_group(
                    name,
                    members,
                    configuration.global_mesh,
                    configuration.topology,
                    spec,
                );
                continue;
            }
            let hub = configuration.hub.clone().unwrap_or_default();
            if self
                .parties
                .get(&hub)
                .is_some_and(|party| matches!(party, Party::Hub(_)))
            {
                self.issue(
                    IssueCode::NotSimulated,
                    format!("{subject}.hub"),
                    "a Virtual WAN hub as the hub is a preview",
                );
                continue;
            }
            let Some(hub) = self.vnet_id(&hub, &format!("{subject}.hub")) else {
                continue;
            };
            for (name, members) in chosen {
                for member in members.iter().filter(|member| **member != hub) {
                    link::managed(
                        &mut self.topology,
                        hub,
                        *member,
                        configuration.use_hub_gateway,
                    );
                }
                if configuration.direct_connectivity {
                    let members = members
                        .into_iter()
                        .filter(|member| *member != hub)
                        .collect();
                    self.connected_group(
                        name,
                        members,
                        configuration.global_mesh,
                        configuration.topology,
                        spec,
                    );
                }
            }
        }
        for (position, rule) in spec.security_admin_rules.iter().enumerate() {
            let mut members = Vec::new();
            for name in &rule.groups {
                match groups.get(name.as_str()) {
                    Some(ids) => members.extend(ids),
                    None => self.unknown(
                        format!("avnm.securityAdminRules[{position}].groups"),
                        "network group",
                        name,
                    ),
                }
            }
            self.topology.admin_rules.push((members, rule.rule.clone()));
        }
        self.topology
            .admin_rules
            .sort_by_key(|(_, rule)| rule.priority);
    }

    pub(super) fn connected_group(
        &mut self,
        name: String,
        members: Vec<VnetId>,
        global: bool,
        topology: ConnectivityTopology,
        spec: &NetworkManagerSpec,
    ) {
        let id = ConnectedGroupId::new(self.topology.connected_groups.len());
        let overlap = spec.address_overlap;
        self.topology.connected_groups.push(ConnectedGroup {
            id,
            name,
            members,
            global,
            topology,
            overlap,
        });
    }
}
