//! Virtual Network Manager: groups with members, configurations with the regions they are deployed to.
//!
//! | found | made |
//! |---|---|
//! | a static member | a member; a VNet that no file has becomes a stub |
//! | a configuration and deployment rows that name it | deployed to those regions |
//! | a configuration without any deployment row in any file | assumed to be deployed everywhere |
//! | a configuration that the rows do not name | not deployed: left out, said |
//!
//! Left out: scopes and subscriptions that the manager does not see.

use super::Assembler;
use crate::import::gather::{Gathered, Manager};
use crate::import::id;
use crate::import::report::{Place, Verdict};
use crate::spec::{
    ConnectivitySpec, NetworkGroupSpec, NetworkManagerSpec, RoutingConfigurationSpec,
    RuleCollectionSpec, SecurityAdminRuleSpec,
};
use std::collections::HashMap;
use std::rc::Rc;

/// Where a configuration is deployed to.
enum Deployed {
    Everywhere,
    To(Vec<String>),
    Nowhere,
}

impl Assembler {
    pub(super) fn add_manager(&mut self, gathered: &Gathered) {
        if gathered.managers.is_empty() {
            return;
        }
        let file: Rc<str> = "network manager".into();
        let place = Place::new(&file, "");
        let mut spec = NetworkManagerSpec::default();
        let mut names: HashMap<String, String> = HashMap::new();
        for one in &gathered.managers {
            if let Manager::Group { id, name } = one
                && names.insert(id::key(id), name.clone()).is_none()
            {
                spec.groups.push(NetworkGroupSpec {
                    name: name.clone(),
                    members: Vec::new(),
                });
            }
        }
        self.add_members(gathered, &names, &mut spec, &place);
        let groups = |ids: &[String]| -> Vec<String> {
            ids.iter()
                .map(|id| {
                    names
                        .get(&id::key(id))
                        .cloned()
                        .unwrap_or_else(|| id::name_of(id).to_owned())
                })
                .collect()
        };
        for one in &gathered.managers {
            match one {
                Manager::Connectivity {
                    id,
                    groups: of,
                    hub,
                    spec: configuration,
                } => {
                    let Some(deployed_to) = self.deployed(id, gathered, &place) else {
                        continue;
                    };
                    let hub = hub.as_deref().and_then(|hub| self.managed_hub(hub, &place));
                    spec.configurations.push(ConnectivitySpec {
                        hub,
                        groups: groups(of),
                        deployed_to,
                        ..configuration.clone()
                    });
                }
                Manager::AdminRule { collection, rule } => {
                    let configuration = id::parent_of(collection);
                    if matches!(deployed(configuration, gathered), Deployed::Nowhere) {
                        let name = rule.name.as_deref().unwrap_or_default();
                        let message = format!(
                            "the admin rule {name:?} is of a configuration that is not deployed"
                        );
                        self.say(Verdict::Skipped, &place, message);
                        continue;
                    }
                    let of = gathered.managers.iter().find_map(|other| match other {
                        Manager::Collection { id, groups }
                            if id::key(id) == id::key(collection) =>
                        {
                            Some(groups)
                        }
                        _ => None,
                    });
                    let groups = groups(of.map(Vec::as_slice).unwrap_or_default());
                    spec.security_admin_rules.push(SecurityAdminRuleSpec {
                        groups,
                        rule: rule.clone(),
                    });
                }
                Manager::Routing {
                    id,
                    spec: configuration,
                } => {
                    let Some(deployed_to) = self.deployed(id, gathered, &place) else {
                        continue;
                    };
                    let rule_collections = collections(id, gathered, &groups);
                    spec.routing_configurations.push(RoutingConfigurationSpec {
                        rule_collections,
                        deployed_to,
                        ..configuration.clone()
                    });
                }
                _ => {}
            }
        }
        if spec != NetworkManagerSpec::default() {
            self.network.avnm = Some(spec);
        }
    }

    fn add_members(
        &mut self,
        gathered: &Gathered,
        names: &HashMap<String, String>,
        spec: &mut NetworkManagerSpec,
        place: &Place,
    ) {
        for one in &gathered.managers {
            let Manager::Member { group, vnet } = one else {
                continue;
            };
            if !id::key(vnet).contains("/virtualnetworks/") {
                continue;
            }
            let vnet = self.vnet_or_stub(vnet, &[], place);
            let name = names.get(&id::key(group));
            let mut groups = spec.groups.iter_mut();
            if let Some(group) = groups.find(|one| Some(&one.name) == name)
                && !group.members.contains(&vnet)
            {
                group.members.push(vnet);
            }
        }
        let empty: Vec<String> = spec
            .groups
            .iter()
            .filter(|group| group.members.is_empty())
            .map(|group| group.name.clone())
            .collect();
        for group in empty {
            self.say(Verdict::Assumed, place, format!("the network group {group:?} has no static member; what Azure Policy adds stands in no export"));
        }
    }

    /// The hub of a connectivity configuration; a hub of a Virtual WAN is none that is simulated.
    fn managed_hub(&mut self, hub: &str, place: &Place) -> Option<String> {
        if id::type_of(hub).is_some_and(|kind| kind != "microsoft.network/virtualnetworks") {
            let message = format!(
                "the hub {:?} of a connectivity configuration is no VNet; its connections are not made here",
                id::name_of(hub)
            );
            self.say(Verdict::Skipped, place, message);
            return None;
        }
        Some(self.vnet_or_stub(hub, &[], place))
    }

    /// Regions of a deployed configuration (none: everywhere); nothing for one that is not deployed.
    fn deployed(
        &mut self,
        id: &str,
        gathered: &Gathered,
        place: &Place,
    ) -> Option<Option<Vec<String>>> {
        match deployed(id, gathered) {
            Deployed::To(regions) => Some(Some(regions)),
            Deployed::Everywhere => {
                self.say(
                    Verdict::Assumed,
                    place,
                    format!(
                        "the configuration {:?} is deployed everywhere: no file lists deployments",
                        id::name_of(id)
                    ),
                );
                Some(None)
            }
            Deployed::Nowhere => {
                self.say(
                    Verdict::Skipped,
                    place,
                    format!("the configuration {:?} is not deployed", id::name_of(id)),
                );
                None
            }
        }
    }
}

fn deployed(configuration: &str, gathered: &Gathered) -> Deployed {
    let key = id::key(configuration);
    let (mut any, mut regions) = (false, Vec::new());
    for one in &gathered.managers {
        if let Manager::Deployment {
            regions: to,
            configurations,
        } = one
        {
            any = true;
            if configurations.iter().any(|id| id::key(id) == key) {
                regions.extend(to.iter().map(|region| crate::region::key(region)));
            }
        }
    }
    match (any, regions.is_empty()) {
        (false, _) => Deployed::Everywhere,
        (true, true) => Deployed::Nowhere,
        (true, false) => Deployed::To(regions),
    }
}

fn collections(
    configuration: &str,
    gathered: &Gathered,
    groups: &dyn Fn(&[String]) -> Vec<String>,
) -> Vec<RuleCollectionSpec> {
    let mut all = Vec::new();
    for one in &gathered.managers {
        let Manager::RoutingCollection {
            id,
            groups: of,
            spec,
        } = one
        else {
            continue;
        };
        if id::key(id::parent_of(id)) != id::key(configuration) {
            continue;
        }
        let rules = gathered.managers.iter().filter_map(|other| match other {
            Manager::RoutingRule { collection, rule } if id::key(collection) == id::key(id) => {
                Some(rule.clone())
            }
            _ => None,
        });
        all.push(RuleCollectionSpec {
            groups: groups(of),
            rules: rules.collect(),
            ..spec.clone()
        });
    }
    all
}
