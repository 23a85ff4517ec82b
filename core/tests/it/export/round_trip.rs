//! Designs come back: written as code, evaluated, imported, an estate is the one that it was.
//!
//! | written as | read by |
//! |---|---|
//! | ARM JSON and a parameter file | the evaluator of templates in `import` |
//! | Terraform | a parser of HCL that others wrote; what `terraform show -json` would print of it, by `import` |
//!
//! What no file holds is taken out of the estate first, each with its reason: [`comes_back`].

use super::hcl_plan;
use crate::agreement::runner;
use crate::naive::estate::{Estate, exchanging};
use interspoke_core::export::{Form, Naming, Options, export};
use interspoke_core::import::{Import, Imported};
use interspoke_core::plan::change::in_order;
use interspoke_core::spec::*;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const AS_WRITTEN: Options = Options {
    naming: Naming::AsWritten,
    groups: interspoke_core::export::Groups::One,
};

/// The template and a file with every parameter that it asks for.
fn by_template(spec: &NetworkSpec) -> Imported {
    let bundle = export(spec, Form::Arm, AS_WRITTEN);
    let text = &bundle.files[0].text;
    let mut import = Import::new();
    import.add("azuredeploy.json", text.as_bytes());
    import.add(
        "azuredeploy.parameters.json",
        parameters(text).to_string().as_bytes(),
    );
    import.finish()
}

/// A value of its own for every parameter without a default: addresses where texts are asked for.
fn parameters(template: &str) -> Value {
    let template: Value = serde_json::from_str(template).unwrap();
    let mut given = Map::new();
    let asked = template["parameters"].as_object().unwrap();
    for (number, (name, about)) in asked.iter().enumerate() {
        if about.get("defaultValue").is_none() {
            let value = match about["type"].as_str().unwrap() {
                "int" => json!(64_600 + number),
                _ => json!(format!("203.0.113.{number}")),
            };
            given.insert(name.clone(), json!({ "value": value }));
        }
    }
    json!({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0", "parameters": given})
}

/// What Terraform would show of its plan.
fn by_terraform(spec: &NetworkSpec) -> Imported {
    let bundle = export(spec, Form::Terraform, AS_WRITTEN);
    let text: Vec<&str> = bundle.files.iter().map(|file| file.text.as_str()).collect();
    let text = text.join("\n");
    let mut import = Import::new();
    import.add("plan.json", hcl_plan::plan(&text).to_string().as_bytes());
    import.finish()
}

/// An estate with nothing but what its code holds.
fn comes_back(spec: &NetworkSpec) -> NetworkSpec {
    let mut spec = spec.clone();
    // Hosts, meters and the ranges of service tags are no part of the network: nothing is made for them.
    spec.workloads.clear();
    spec.further_meters.clear();
    spec.service_tags.clear();
    spec.appliances.iter_mut().for_each(guest);
    for session in &mut spec.bgp_peerings {
        // What an appliance announces is set inside its guest.
        session.advertises.clear();
    }
    outside(&mut spec);
    for gateway in &mut spec.gateways {
        // Azure gives these addresses.
        gateway.instance_ips.clear();
        gateway.public_ips.clear();
    }
    for peering in &mut spec.peerings {
        // Made anew, both sides know one another as they are.
        peering.peering_state = PeeringState::Connected.into();
        peering.remote_address_space = None;
    }
    let managers = spec.avnm.iter_mut();
    let routing = managers.flat_map(|manager| &mut manager.routing_configurations);
    for collection in routing.flat_map(|one| &mut one.rule_collections) {
        // The API has no word for it.
        collection.local_routing = LocalRouting::NotSpecified;
    }
    between_gateways(&mut spec);
    sizes(&mut spec);
    spec
}

/// What an estate leaves open is chosen: nothing is made without a size.
fn sizes(spec: &mut NetworkSpec) {
    let choose = |sku: &mut Option<String>, usual: &str| {
        sku.get_or_insert_with(|| usual.to_owned());
    };
    for appliance in &mut spec.appliances {
        let usual = match appliance.kind.or_usual() {
            ApplianceKind::Nva => "Standard_D2s_v5",
            ApplianceKind::AzureFirewall => "Standard",
            ApplianceKind::RoutingAppliance => "50 Gbps",
        };
        choose(&mut appliance.sku, usual);
    }
    for gateway in &mut spec.gateways {
        match gateway.kind.known().unwrap() {
            GatewayKind::Vpn => choose(&mut gateway.sku, "VpnGw1AZ"),
            GatewayKind::ExpressRoute => choose(&mut gateway.sku, "ErGw1AZ"),
            GatewayKind::RouteServer => {}
        }
    }
    for circuit in &mut spec.circuits {
        circuit.plan.get_or_insert(CircuitPlanSpec {
            tier: CircuitTier::Standard,
            family: CircuitFamily::MeteredData,
            bandwidth_in_mbps: 1_000,
        });
    }
}

/// What is set inside of an appliance stands in no resource.
fn guest(appliance: &mut ApplianceSpec) {
    appliance.stateful = None;
    appliance.snat_private = false;
    appliance.internet_egress = true;
    appliance.os_routes.clear();
    appliance.running = true;
    // What a firewall drops is a rule of the policy that is made for it.
    appliance.drops.clear();
    if appliance.kind == ApplianceKind::Nva {
        appliance.dnat.clear();
    }
}

/// What a provider or a branch sets: networks behind circuits, numbers and announcements of branches.
fn outside(spec: &mut NetworkSpec) {
    for circuit in &mut spec.circuits {
        circuit.sites.clear();
        circuit.links_up = 2;
    }
    let sites: BTreeMap<String, SiteSpec> = spec
        .sites
        .iter()
        .map(|site| (site.name.clone(), site.clone()))
        .collect();
    for tunnel in spec.tunnels.iter_mut() {
        if sites.contains_key(&tunnel.a) {
            turn(tunnel);
        }
        let Some(site) = sites.get(&tunnel.b) else {
            continue;
        };
        // What a branch's own device is told of Azure stands there.
        tunnel.static_at_b.clear();
        // Without BGP the ranges of a branch are configured.
        if !tunnel.bgp && tunnel.static_at_a.is_empty() {
            tunnel.static_at_a.clone_from(&site.prefixes);
        }
    }
    let tunnels = spec.tunnels.clone();
    spec.sites
        .retain(|site| tunnels.iter().any(|tunnel| tunnel.b == site.name));
    for site in &mut spec.sites {
        site.as_path.clear();
        site.wan = None;
        // A branch announces its ranges by BGP, and its number with them.
        let by_bgp = tunnels
            .iter()
            .any(|tunnel| tunnel.b == site.name && tunnel.bgp);
        if by_bgp {
            site.prefixes.clear();
        } else {
            site.asn = 65_001;
        }
    }
    for tunnel in &mut spec.tunnels {
        tunnel.as_path = None;
        tunnel.instance_ip = None;
    }
}

/// Between two gateways Azure itself configures what lies behind the other, as the simulator does where nothing is said.
fn between_gateways(spec: &mut NetworkSpec) {
    let gateways: BTreeSet<&String> = spec.gateways.iter().map(|gateway| &gateway.name).collect();
    let between =
        |tunnel: &&mut TunnelSpec| gateways.contains(&tunnel.a) && gateways.contains(&tunnel.b);
    for tunnel in spec.tunnels.iter_mut().filter(between) {
        tunnel.static_at_a.clear();
        tunnel.static_at_b.clear();
    }
}

/// Both sides in one order, with what Azure has and an estate may leave open.
fn settled(spec: &NetworkSpec) -> NetworkSpec {
    let mut spec = in_order(spec);
    for table in &mut spec.route_tables {
        for route in &mut table.routes {
            // No route is without a name.
            let name = || format!("to-{}", route.prefix.replace('/', "_"));
            route.name = Some(route.name.clone().unwrap_or_else(name));
        }
    }
    for gateway in &mut spec.gateways {
        // A Route Server always has two instances.
        gateway.active_active |= gateway.kind == GatewayKind::RouteServer;
    }
    let sites: BTreeSet<String> = spec.sites.iter().map(|site| site.name.clone()).collect();
    for tunnel in spec
        .tunnels
        .iter_mut()
        .filter(|tunnel| sites.contains(&tunnel.a))
    {
        turn(tunnel);
    }
    // Global Reach is one object of two circuits.
    let reached = spec.circuits.clone();
    for circuit in &mut spec.circuits {
        let others = reached
            .iter()
            .filter(|other| other.global_reach_with.contains(&circuit.name));
        circuit
            .global_reach_with
            .extend(others.map(|other| other.name.clone()));
        circuit.gateways.sort();
        circuit
            .connections
            .sort_by(|a, b| a.gateway.cmp(&b.gateway));
        circuit.global_reach_with.sort();
        circuit.global_reach_with.dedup();
    }
    // Connections say which two gateways have a tunnel, and not how often.
    let mut joined = BTreeSet::new();
    spec.tunnels.retain(|tunnel| {
        let ends = BTreeSet::from([tunnel.a.clone(), tunnel.b.clone()]);
        joined.insert(ends)
    });
    for tunnel in spec.tunnels.iter_mut().filter(|tunnel| tunnel.a > tunnel.b) {
        if !sites.contains(&tunnel.b) {
            turn(tunnel);
        }
    }
    everywhere(&mut spec);
    without_passing_policies(&mut spec);
    in_order(&spec)
}

/// A firewall is not made without a policy: where an estate has none, one that lets everything pass is made for it.
fn without_passing_policies(spec: &mut NetworkSpec) {
    let passes = |policy: &FirewallPolicySpec| {
        let groups = policy.rule_collection_groups.iter();
        let mut rules = groups.flat_map(|group| &group.rule_collections);
        rules.all(|rules| rules.name.as_deref() == Some("pass"))
    };
    let policies = std::mem::take(&mut spec.firewall_policies);
    let (passing, others): (Vec<_>, Vec<_>) = policies.into_iter().partition(passes);
    spec.firewall_policies = others;
    let passing: BTreeSet<String> = passing.into_iter().map(|policy| policy.name).collect();
    let hubs = spec.virtual_wan.iter_mut().flat_map(|wan| &mut wan.hubs);
    let in_hubs = hubs.filter_map(|hub| hub.firewall.as_mut());
    let appliances = spec.appliances.iter_mut();
    let named = appliances
        .map(|appliance| &mut appliance.firewall_policy)
        .chain(in_hubs.map(|firewall| &mut firewall.firewall_policy));
    for name in named {
        name.take_if(|name| passing.contains(name));
    }
}

/// A tunnel seen from its other end.
fn turn(tunnel: &mut TunnelSpec) {
    std::mem::swap(&mut tunnel.a, &mut tunnel.b);
    std::mem::swap(&mut tunnel.static_at_a, &mut tunnel.static_at_b);
    std::mem::swap(&mut tunnel.announced_by_a, &mut tunnel.announced_by_b);
}

/// A configuration without regions is in force everywhere; Terraform names each region.
fn everywhere(spec: &mut NetworkSpec) {
    let regions: BTreeSet<String> = spec.vnets.iter().map(|vnet| vnet.region.clone()).collect();
    let regions: Vec<String> = regions.into_iter().collect();
    let Some(manager) = &mut spec.avnm else {
        return;
    };
    let connectivity = manager
        .configurations
        .iter_mut()
        .map(|one| &mut one.deployed_to);
    let routing = manager
        .routing_configurations
        .iter_mut()
        .map(|one| &mut one.deployed_to);
    for deployed in connectivity.chain(routing) {
        let deployed = deployed.get_or_insert_with(|| regions.clone());
        deployed.sort();
    }
}

/// What differs between two estates, object by object.
fn difference(one: &NetworkSpec, other: &NetworkSpec) -> String {
    let value = |spec: &NetworkSpec| serde_json::to_value(spec).unwrap();
    let mut found = Vec::new();
    differ("", &value(one), &value(other), &mut found);
    found.join("\n")
}

fn differ(place: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                differ(&format!("{place}.{key}"), &of(a), &of(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                let name = a.get("name").and_then(Value::as_str);
                let at = name.map_or_else(|| at.to_string(), str::to_owned);
                differ(&format!("{place}[{at}]"), a, b, found);
            }
        }
        _ if one == other => {}
        _ => found.push(format!("{place}: {one} came back as {other}")),
    }
}

/// What a way through code makes otherwise, over many estates.
fn each_comes_back(by: fn(&NetworkSpec) -> Imported) {
    let mut wrong = Vec::new();
    for (name, spec) in super::named_estates() {
        let differs = difference(&settled(&comes_back(&spec)), &settled(&by(&spec).network));
        if !differs.is_empty() {
            wrong.push(format!("{name}\n{differs}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_pattern_figure_and_sample_comes_back_from_its_template() {
    each_comes_back(by_template);
}

#[test]
fn every_pattern_figure_and_sample_comes_back_from_its_terraform_plan() {
    each_comes_back(by_terraform);
}

/// An estate without routes to an address that nobody has: an import takes it for an appliance that the export lacks.
fn answered(spec: &NetworkSpec) -> NetworkSpec {
    let mut spec = spec.clone();
    let appliances = spec.appliances.iter();
    let known: BTreeSet<String> = appliances
        .flat_map(|nic| std::iter::once(nic.ip.clone()).chain(nic.load_balancer_ip.clone()))
        .collect();
    for table in &mut spec.route_tables {
        let routes = &mut table.routes;
        routes.retain(|route| {
            route
                .next_hop_ip_address
                .as_ref()
                .is_none_or(|hop| known.contains(hop))
        });
    }
    spec
}

/// Without the subnets that gateways and firewalls need and an estate by chance does not list.
fn without_made_subnets(mut back: NetworkSpec, spec: &NetworkSpec) -> NetworkSpec {
    const MADE: [&str; 3] = [
        "AzureFirewallManagementSubnet",
        "GatewaySubnet",
        "RouteServerSubnet",
    ];
    for vnet in &mut back.vnets {
        let listed = spec.vnets.iter().find(|known| known.name == vnet.name);
        let listed = listed.map_or(&[][..], |known| &known.subnets);
        let is_listed = |subnet: &SubnetSpec| listed.iter().any(|known| known.name == subnet.name);
        vnet.subnets
            .retain(|subnet| is_listed(subnet) || !MADE.contains(&subnet.name.as_str()));
    }
    back
}

#[test]
fn estates_by_chance_come_back_from_templates_and_plans() {
    runner(48)
        .run(&exchanging(), |Estate { seed, spec }| {
            let spec = answered(&spec);
            let expected = settled(&comes_back(&spec));
            for (by, name) in [
                (by_template as fn(&NetworkSpec) -> Imported, "template"),
                (by_terraform, "plan"),
            ] {
                let back = without_made_subnets(by(&spec).network, &spec);
                let differs = difference(&expected, &settled(&back));
                assert!(differs.is_empty(), "estate {seed} by its {name}\n{differs}");
            }
            Ok(())
        })
        .unwrap();
}

/// The estate that holds everything, without what no code says of it, each with its reason.
fn everything() -> NetworkSpec {
    let mut spec: NetworkSpec = serde_json::from_str(super::silence::EVERYTHING).unwrap();
    // Neither ports nor sessions of users are known.
    spec.public_load_balancers.clear();
    // What answers names at a machine or outside of Azure is set there.
    spec.dns_servers.clear();
    spec.sites
        .iter_mut()
        .for_each(|site| site.dns_servers.clear());
    for endpoint in &mut spec.private_endpoints {
        // The service gives them.
        endpoint.fqdns.clear();
    }
    for tunnel in &mut spec.tunnels {
        tunnel.nat_rules.clear();
    }
    // Of a branch without BGP the ranges that its tunnel names are known.
    for tunnel in &spec.tunnels {
        let site = spec.sites.iter_mut().find(|site| site.name == tunnel.b);
        if let Some(site) = site.filter(|_| !tunnel.static_at_a.is_empty()) {
            site.prefixes.clone_from(&tunnel.static_at_a);
        }
    }
    // What a firewall translates besides a policy becomes a policy.
    // The address of a routing appliance is Azure's choice.
    spec.appliances
        .retain(|one| one.name != "open" && one.kind != ApplianceKind::RoutingAppliance);
    for nic in &mut spec.appliances {
        // Guests and Azure give these; a machine of one NIC has its name.
        nic.loopback_ips.clear();
        nic.ranges_behind.clear();
        nic.public_ips.clear();
        nic.device = None;
    }
    for session in &mut spec.bgp_peerings {
        session.reannounces = false;
        session.route_map = None;
    }
    for circuit in &mut spec.circuits {
        circuit.announcements.clear();
    }
    for gateway in &mut spec.gateways {
        gateway.bgp_peer_ips = None;
        gateway.point_to_site_connections = None;
    }
    for hub in spec.virtual_wan.iter_mut().flat_map(|wan| &mut wan.hubs) {
        hub.router_ips.clear();
        hub.vpn_client_address_pools.clear();
        hub.scale.point_to_site_units = None;
        hub.scale.point_to_site_connections = None;
        hub.vpn.iter_mut().for_each(|vpn| vpn.instance_ips.clear());
        if let Some(firewall) = &mut hub.firewall {
            firewall.ip = None;
            firewall.capacity_units = None;
        }
    }
    for gateway in &mut spec.nat_gateways {
        gateway.public_ips.clear();
    }
    for subnet in spec.vnets.iter_mut().flat_map(|vnet| &mut vnet.subnets) {
        subnet.occupants.clear();
    }
    // A deployment is no resource of a template: its configurations come back as in force everywhere.
    if let Some(manager) = &mut spec.avnm {
        manager.address_overlap = AddressOverlap::default();
        manager
            .configurations
            .iter_mut()
            .for_each(|one| one.deployed_to = None);
        manager
            .routing_configurations
            .iter_mut()
            .for_each(|one| one.deployed_to = None);
    }
    spec
}

#[test]
fn policies_groups_maps_and_pools_come_back_from_a_template() {
    let spec = everything();
    let back = without_made_subnets(by_template(&spec).network, &spec);
    let differs = difference(&settled(&comes_back(&spec)), &settled(&back));
    assert!(differs.is_empty(), "{differs}");
}

/// What the provider has no argument for; the files say so.
fn without_word_in_terraform(spec: &mut NetworkSpec) {
    for appliance in &mut spec.appliances {
        appliance.capacity_units = None;
    }
    for gateway in &mut spec.gateways {
        gateway.scale_units = None;
    }
    for vnet in &mut spec.vnets {
        vnet.summarized_gateway_prefixes = None;
    }
    let managers = spec.avnm.iter_mut();
    for routing in managers.flat_map(|manager| &mut manager.routing_configurations) {
        routing.route_table_usage_mode = RouteTableUsageMode::default();
    }
}

#[test]
fn policies_groups_maps_and_pools_come_back_from_a_terraform_plan() {
    let mut spec = everything();
    without_word_in_terraform(&mut spec);
    let back = without_made_subnets(by_terraform(&spec).network, &spec);
    let differs = difference(&settled(&comes_back(&spec)), &settled(&back));
    assert!(differs.is_empty(), "{differs}");
}
