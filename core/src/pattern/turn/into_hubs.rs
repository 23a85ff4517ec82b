//! Hubs of Virtual WAN become hub VNets.

use super::super::size::Sizes;
use super::super::{Draft, Pattern};
use super::{Form, TurnError, Turned, hubs, net, ranges, renamed, table_of};
use crate::address::overlaps;
use crate::intent::{
    AddressPlan, ApplianceChoice, HubManagement, Intent, InternetPath, OnPremises, RegionIntent,
    RegionPlan, SpokePlan, free_ranges,
};
use crate::spec::{
    ApplianceKind, GatewayKind, HubSpec, NetworkSpec, RouteTableSpec, VnetSpec, is_platform_subnet,
};
use ipnet::Ipv4Net;
use std::collections::BTreeMap;

/// Range of a hub VNet.
const HUB_BITS: u8 = 22;

pub(super) fn turned(network: &NetworkSpec) -> Result<Turned, TurnError> {
    let own: Vec<&HubSpec> = hubs(network)
        .filter(|hub| !hub.connections.is_empty())
        .collect();
    let plan = plan(network, &own)?;
    let intent = asked(network, &own);
    let drawn = drawn(&intent, &plan);
    let mut lost = Vec::new();
    own.iter().for_each(|hub| say(hub, &mut lost));
    let mut turned = network.clone();
    let names: Vec<String> = own.iter().map(|hub| hub.name.clone()).collect();
    if let Some(wan) = &mut turned.virtual_wan {
        wan.hubs.retain(|hub| !names.contains(&hub.name));
    }
    turned.virtual_wan = turned.virtual_wan.filter(|wan| !wan.hubs.is_empty());
    turned.bgp_peerings.retain(|one| {
        let kept = !names.contains(&one.speaker);
        if !kept {
            lost.push(format!(
                "the BGP session of {} with {}",
                one.speaker, one.appliance
            ));
        }
        kept
    });
    merge(&mut turned, drawn, &own);
    let bases: BTreeMap<String, String> = { own.iter() }
        .map(|hub| (hub.name.clone(), base(hub)))
        .collect();
    renamed(&mut turned, |end, circuit| {
        let suffix = if circuit { "er" } else { "vpn" };
        Some(format!("{}-hub-{suffix}", bases.get(end)?))
    });
    Ok(Turned {
        network: turned,
        form: Form::HubAndSpoke,
        lost,
    })
}

fn base(hub: &HubSpec) -> String {
    hub.name
        .strip_suffix("-vhub")
        .unwrap_or(&hub.name)
        .to_owned()
}

/// What a hub has that a hub VNet has not.
fn say(hub: &HubSpec, lost: &mut Vec<String>) {
    let name = &hub.name;
    let other = hub
        .route_tables
        .iter()
        .any(|table| !table.static_routes.is_empty() || table.name != "defaultRouteTable");
    if other {
        lost.push(format!(
            "route tables of {name}, with their labels and static routes"
        ));
    }
    for one in &hub.connections {
        if one.inbound_route_map.is_some() || one.outbound_route_map.is_some() {
            lost.push(format!("route maps of the connection of {}", one.vnet));
        }
        if !one.static_routes.is_empty() {
            lost.push(format!("static routes of the connection of {}", one.vnet));
        }
    }
    match &hub.firewall {
        Some(firewall) => lost.push(format!(
            "{}: the hub VNet's own has an address of its own",
            firewall.name
        )),
        None => lost.push(format!(
            "{name} forwards by itself: an Azure Firewall does it in the hub VNet"
        )),
    }
    if hub.scale.routing_units.is_some() {
        lost.push(format!("routing infrastructure units of {name}"));
    }
}

/// Connected VNets as spokes of a hub of their own.
fn plan(network: &NetworkSpec, own: &[&HubSpec]) -> Result<AddressPlan, TurnError> {
    let mut taken = ranges(network);
    let mut regions = Vec::new();
    for (at, hub) in own.iter().enumerate() {
        let range = range(hub, &taken)?;
        taken.push(range);
        let vnets = || {
            let connected =
                |vnet: &&VnetSpec| hub.connections.iter().any(|one| one.vnet == vnet.name);
            network.vnets.iter().filter(connected)
        };
        let nets = |vnet: &VnetSpec| {
            vnet.prefixes
                .iter()
                .filter_map(|text| net(text))
                .collect::<Vec<_>>()
        };
        let spokes = vnets().filter_map(|vnet| {
            Some(SpokePlan {
                name: vnet.name.clone(),
                region: at,
                environment: None,
                prefix: *nets(vnet).first()?,
                owns_gateway: false,
            })
        });
        regions.push(RegionPlan {
            name: base(hub),
            region: hub.region.clone(),
            hub_space: range,
            spoke_space: None,
            hub: range,
            second_hub: range,
            spokes: spokes.collect(),
            summary: Ipv4Net::aggregate(&vnets().flat_map(nets).collect()),
            room: 0,
        });
    }
    Ok(AddressPlan {
        regions,
        on_premises: Vec::new(),
        other_clouds: Vec::new(),
    })
}

/// The /22 around the hub's range where nothing else is in it, or a free one.
fn range(hub: &HubSpec, taken: &[Ipv4Net]) -> Result<Ipv4Net, TurnError> {
    let own = hub.prefix.as_deref().and_then(net);
    let around = own
        .and_then(|net| Ipv4Net::new(net.network(), HUB_BITS).ok())
        .map(|net| net.trunc());
    let others = |wanted: &Ipv4Net| {
        let mut rest = taken.iter().filter(|net| Some(**net) != own);
        !rest.any(|net| overlaps(net, wanted))
    };
    let free = || free_ranges(taken.to_vec(), HUB_BITS, 1)?.into_iter().next();
    around
        .filter(others)
        .or_else(free)
        .ok_or(TurnError::NoSpace)
}

/// What the pattern of hubs of one's own is asked.
fn asked(network: &NetworkSpec, own: &[&HubSpec]) -> Intent {
    let vpn = own.iter().any(|hub| hub.vpn.is_some());
    let circuit = own.iter().any(|hub| hub.express_route.is_some());
    let internet = own.iter().any(|hub| hub.routing_intent.internet);
    let mut intent = Intent {
        regions: own
            .iter()
            .map(|hub| RegionIntent::new(&hub.region, 1))
            .collect(),
        hub: HubManagement::SelfManaged,
        internet: if internet {
            InternetPath::Firewall
        } else {
            InternetPath::Any
        },
        on_premises: match (vpn, circuit) {
            (true, true) => OnPremises::Both,
            (true, false) => OnPremises::Vpn,
            (false, true) => OnPremises::ExpressRoute,
            (false, false) => OnPremises::None,
        },
        ..Intent::default()
    };
    intent.appliance.kind = if is_nva(network) {
        ApplianceChoice::Nva
    } else {
        ApplianceChoice::AzureFirewall
    };
    intent
}

fn is_nva(network: &NetworkSpec) -> bool {
    let kinds = hubs(network).filter_map(|hub| hub.firewall.as_ref());
    kinds
        .map(|firewall| firewall.kind)
        .any(|kind| kind == ApplianceKind::Nva)
}

fn drawn(intent: &Intent, plan: &AddressPlan) -> NetworkSpec {
    let pattern = match intent.appliance.kind {
        ApplianceChoice::Nva => Pattern::HubNva,
        _ => Pattern::HubFirewall,
    };
    let sizes = Sizes::asked(intent);
    pattern
        .finished(Draft::new(intent, plan, &sizes, usize::MAX))
        .spec
}

/// Adds hub VNets with what stands in them, and the routes towards it.
fn merge(turned: &mut NetworkSpec, drawn: NetworkSpec, own: &[&HubSpec]) {
    let hub_named = |vnet: &str| own.iter().find(|hub| format!("{}-hub", base(hub)) == *vnet);
    for vnet in drawn.vnets {
        if hub_named(&vnet.name).is_some() {
            turned.vnets.push(vnet);
        }
    }
    for mut one in drawn.appliances {
        let firewall = hub_named(&one.vnet).and_then(|hub| hub.firewall.as_ref());
        if let Some(firewall) = firewall.filter(|held| one.kind == held.kind) {
            one.firewall_policy.clone_from(&firewall.firewall_policy);
            one.sku = firewall.sku.clone().or(one.sku);
        }
        turned.appliances.push(one);
    }
    let wanted = |hub: &HubSpec, vpn: bool| {
        if vpn {
            hub.vpn.is_some()
        } else {
            hub.express_route.is_some()
        }
    };
    for mut one in drawn.gateways {
        let Some(hub) =
            hub_named(&one.vnet).filter(|hub| wanted(hub, one.kind == GatewayKind::Vpn))
        else {
            continue;
        };
        if one.kind == GatewayKind::Vpn {
            one.vpn_client_address_pools
                .clone_from(&hub.vpn_client_address_pools);
            one.point_to_site_connections = hub.scale.point_to_site_connections;
        }
        turned.gateways.push(one);
    }
    turned.peerings.extend(drawn.peerings);
    for hub in own {
        let made = table_of(&base(hub));
        let table = drawn.route_tables.iter().find(|table| table.name == made);
        if let Some(table) = table {
            attach(turned, hub, table);
        }
    }
    let tables = { drawn.route_tables.into_iter() }
        .filter(|table| own.iter().all(|hub| table.name != table_of(&base(hub))));
    turned.route_tables.extend(tables);
}

/// Puts the routes to a hub's machine into the tables of its spokes; where a subnet has none, the pattern's.
fn attach(turned: &mut NetworkSpec, hub: &HubSpec, table: &RouteTableSpec) {
    let mut own: Vec<String> = Vec::new();
    let connected = |vnet: &&mut VnetSpec| hub.connections.iter().any(|one| one.vnet == vnet.name);
    for vnet in turned.vnets.iter_mut().filter(connected) {
        for subnet in vnet
            .subnets
            .iter_mut()
            .filter(|one| !is_platform_subnet(&one.name))
        {
            let name = subnet.route_table.get_or_insert_with(|| table.name.clone());
            own.push(name.clone());
        }
    }
    for held in turned
        .route_tables
        .iter_mut()
        .filter(|held| own.contains(&held.name))
    {
        let known: Vec<String> = held
            .routes
            .iter()
            .map(|route| route.prefix.clone())
            .collect();
        let new = table
            .routes
            .iter()
            .filter(|route| !known.contains(&route.prefix));
        held.routes.extend(new.cloned());
        held.disable_bgp_route_propagation = table.disable_bgp_route_propagation;
    }
    let missing = own.contains(&table.name)
        && turned
            .route_tables
            .iter()
            .all(|held| held.name != table.name);
    if missing {
        turned.route_tables.push(table.clone());
    }
}
