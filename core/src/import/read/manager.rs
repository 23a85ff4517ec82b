//! Virtual Network Manager: groups and their members, connectivity, security admin and routing configurations, deployments.
//!
//! | resource | becomes |
//! |---|---|
//! | networkGroups/staticMembers | a member of a group |
//! | connectivityConfigurations | mesh or hub-and-spoke of groups |
//! | a deployment status | the regions that a configuration is deployed to |
//!
//! Left out: members that Azure Policy adds, which stand in no export unless the answer lists them as static.

use super::network::{managed_route, security_rule};
use crate::import::fields::Fields;
use crate::import::gather::{Gathered, Head, Manager};
use crate::import::id;
use crate::spec::{
    ConnectivitySpec, ConnectivityTopology, RoutingConfigurationSpec, RuleCollectionSpec,
};
use crate::word::find_word;

/// What has no routing of its own; its children have.
pub(in crate::import) fn manager(_: &Head, _: Fields<'_>, _: &mut Gathered) {}

pub(in crate::import) fn group(head: &Head, _: Fields<'_>, gathered: &mut Gathered) {
    gathered.managers.push(Manager::Group {
        id: head.id.clone(),
        name: head.name.clone(),
    });
}

pub(in crate::import) fn member(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(vnet) = fields.owned("resourceid") {
        let group = id::parent_of(&head.id).to_owned();
        gathered.managers.push(Manager::Member { group, vnet });
    }
}

pub(in crate::import) fn connectivity(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let groups: Vec<Fields<'_>> = fields.items("appliestogroups").collect();
    let says = |key: &str, word: &str| {
        let is = |group: &Fields<'_>| {
            let said = group
                .text(key)
                .is_some_and(|text| text.eq_ignore_ascii_case(word));
            said || (word == "True" && group.flag(key) == Some(true))
        };
        groups.iter().any(is)
    };
    let hub_and_spoke = fields
        .text("connectivitytopology")
        .is_some_and(|topology| topology.eq_ignore_ascii_case("HubAndSpoke"));
    let global = fields
        .text("isglobal")
        .is_some_and(|text| text.eq_ignore_ascii_case("True"))
        || fields.flag("isglobal") == Some(true)
        || says("isglobal", "True");
    gathered.managers.push(Manager::Connectivity {
        id: head.id.clone(),
        groups: groups
            .iter()
            .filter_map(|group| group.owned("networkgroupid"))
            .collect(),
        hub: fields.items("hubs").find_map(|hub| hub.owned("resourceid")),
        spec: ConnectivitySpec {
            name: Some(head.name.clone()),
            topology: if hub_and_spoke {
                ConnectivityTopology::HubAndSpoke
            } else {
                ConnectivityTopology::Mesh
            }
            .into(),
            hub: None,
            groups: Vec::new(),
            // The groups of a mesh always say so.
            direct_connectivity: hub_and_spoke && says("groupconnectivity", "DirectlyConnected"),
            global_mesh: global,
            use_hub_gateway: says("usehubgateway", "True"),
            deployed_to: None,
        },
    });
}

fn groups_of(fields: Fields<'_>, list: &str) -> Vec<String> {
    let groups = fields.items(list);
    let groups: Vec<String> = groups
        .filter_map(|group| group.owned("networkgroupid"))
        .collect();
    if groups.is_empty() {
        return fields.texts("networkgroupids");
    }
    groups
}

pub(in crate::import) fn collection(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let groups = groups_of(fields, "appliestogroups");
    gathered.managers.push(Manager::Collection {
        id: head.id.clone(),
        groups,
    });
}

pub(in crate::import) fn admin_rule(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(rule) = security_rule(fields) {
        let collection = id::parent_of(&head.id).to_owned();
        gathered
            .managers
            .push(Manager::AdminRule { collection, rule });
    }
}

pub(in crate::import) fn routing(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let mode = fields.text("routetableusagemode").unwrap_or_default();
    gathered.managers.push(Manager::Routing {
        id: head.id.clone(),
        spec: RoutingConfigurationSpec {
            name: Some(head.name.clone()),
            route_table_usage_mode: find_word(mode).unwrap_or_default(),
            ..RoutingConfigurationSpec::default()
        },
    });
}

pub(in crate::import) fn routing_collection(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let local = fields
        .text("localroutesetting")
        .or_else(|| fields.text("localroutingsetting"));
    gathered.managers.push(Manager::RoutingCollection {
        id: head.id.clone(),
        groups: groups_of(fields, "appliesto"),
        spec: RuleCollectionSpec {
            name: Some(head.name.clone()),
            local_routing: local.and_then(find_word).unwrap_or_default(),
            disable_bgp_route_propagation: fields
                .flag("disablebgproutepropagation")
                .unwrap_or(false),
            ..RuleCollectionSpec::default()
        },
    });
}

pub(in crate::import) fn routing_rule(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    if let Some(rule) = managed_route(fields) {
        let collection = id::parent_of(&head.id).to_owned();
        gathered
            .managers
            .push(Manager::RoutingRule { collection, rule });
    }
}

/// What Terraform makes of a deployment, which is an action and no resource of Azure's.
pub(in crate::import) fn made_deployment(_: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    gathered.managers.push(Manager::Deployment {
        regions: fields.owned("location").into_iter().collect(),
        configurations: fields.texts("configurationids"),
    });
}

/// A row of `az network manager list-deploy-status`.
pub(in crate::import) fn deployment(fields: Fields<'_>, gathered: &mut Gathered) -> bool {
    let configurations = fields.texts("configurationids");
    let is_one = fields.get("deploymentstatus").is_some() && !configurations.is_empty();
    if is_one {
        let regions = fields.owned("region").into_iter().collect();
        gathered.managers.push(Manager::Deployment {
            regions,
            configurations,
        });
    }
    is_one
}
