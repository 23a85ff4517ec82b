//! Hub VNets become hubs of Virtual WAN.

use super::super::vwan::connection;
use super::{Form, TurnError, Turned, net, ranges, renamed, table_of};
use crate::intent::free_ranges;
use crate::spec::{
    ApplianceKind, ApplianceSpec, GatewayKind, HubExpressRouteSpec, HubFirewallSpec, HubScaleSpec,
    HubSpec, HubVpnSpec, NetworkSpec, RoutingIntentSpec, RoutingPreference, VnetSpec,
    is_platform_subnet,
};
use ipnet::Ipv4Net;
use std::collections::{BTreeMap, BTreeSet};

/// Range of a Virtual WAN hub.
const HUB_BITS: u8 = 23;

/// VNets that hold a machine or a gateway and no workload, and are peered with others.
pub(super) fn hub_vnets(network: &NetworkSpec) -> Vec<&VnetSpec> {
    let machines = network.appliances.iter().map(|one| one.vnet.as_str());
    let gateways = network.gateways.iter().map(|one| one.vnet.as_str());
    let holders: BTreeSet<&str> = machines.chain(gateways).collect();
    let workloads: BTreeSet<&str> = network.workloads.iter().map(|w| w.vnet.as_str()).collect();
    let is_hub = |vnet: &&VnetSpec| {
        let name = vnet.name.as_str();
        holders.contains(name) && !workloads.contains(name) && joins(network, name)
    };
    network.vnets.iter().filter(is_hub).collect()
}

fn joins(network: &NetworkSpec, hub: &str) -> bool {
    network.peerings.iter().any(|peering| &*peering.from == hub)
        || managed(network, hub).next().is_some()
}

/// Spokes that Virtual Network Manager joins with a hub.
fn managed<'n>(network: &'n NetworkSpec, hub: &'n str) -> impl Iterator<Item = &'n str> {
    network.avnm.iter().flat_map(move |manager| {
        let own =
            { manager.configurations.iter() }.filter(move |one| one.hub.as_deref() == Some(hub));
        let groups = own.flat_map(|one| &one.groups);
        let groups =
            groups.flat_map(|name| manager.groups.iter().filter(move |one| one.name == *name));
        groups.flat_map(|group| group.members.iter().map(String::as_str))
    })
}

/// A hub VNet, and what it becomes.
struct Turning {
    vnet: String,
    base: String,
    hub: HubSpec,
}

pub(super) fn turned(network: &NetworkSpec) -> Result<Turned, TurnError> {
    let own: Vec<&VnetSpec> = hub_vnets(network);
    let names: BTreeSet<&str> = own.iter().map(|vnet| vnet.name.as_str()).collect();
    let mut lost = Vec::new();
    let mut connected: BTreeSet<&str> = BTreeSet::new();
    let mut turnings = Vec::new();
    for vnet in &own {
        let spokes = spokes(network, &vnet.name, &names, &mut connected, &mut lost);
        turnings.push(turning(network, vnet, &spokes, &mut lost)?);
    }
    let mut turned = network.clone();
    for hub in &mut turnings {
        clear_tables(&mut turned, network, hub);
    }
    remove(&mut turned, network, &names, &mut lost);
    let by_gateway = gateways(network, &turnings);
    renamed(&mut turned, |end, _| by_gateway.get(end).cloned());
    for circuit in &mut turned.circuits {
        let mut seen = BTreeSet::new();
        circuit.gateways.retain(|name| seen.insert(name.clone()));
    }
    let hubs = turnings.into_iter().map(|one| one.hub);
    turned.virtual_wan.get_or_insert_default().hubs.extend(hubs);
    Ok(Turned {
        network: turned,
        form: Form::VirtualWan,
        lost,
    })
}

/// Spokes of a hub that can be connected: each once.
fn spokes<'n>(
    network: &'n NetworkSpec,
    hub: &'n str,
    hubs: &BTreeSet<&str>,
    connected: &mut BTreeSet<&'n str>,
    lost: &mut Vec<String>,
) -> Vec<&'n str> {
    let peered = network.peerings.iter().filter(|one| &*one.from == hub);
    let all: BTreeSet<&str> = peered
        .map(|one| &*one.to)
        .chain(managed(network, hub))
        .collect();
    let mut found = Vec::new();
    for vnet in network.vnets.iter().map(|vnet| vnet.name.as_str()) {
        if !all.contains(vnet) || hubs.contains(vnet) {
            continue;
        }
        if network.gateways.iter().any(|gateway| gateway.vnet == vnet) {
            lost.push(format!("{vnet} owns a gateway and cannot be connected to a hub: its peering with {hub} is gone"));
        } else if !connected.insert(vnet) {
            lost.push(format!(
                "{vnet} is connected to one hub alone: its peering with {hub} is gone"
            ));
        } else {
            found.push(vnet);
        }
    }
    found
}

fn turning(
    network: &NetworkSpec,
    vnet: &VnetSpec,
    spokes: &[&str],
    lost: &mut Vec<String>,
) -> Result<Turning, TurnError> {
    let base = vnet
        .name
        .strip_suffix("-hub")
        .unwrap_or(&vnet.name)
        .to_owned();
    let name = format!("{base}-vhub");
    let machines: Vec<&ApplianceSpec> = { network.appliances.iter() }
        .filter(|one| one.vnet == vnet.name)
        .collect();
    let firewall = firewall(&machines, &name, lost);
    let (private, internet) = inspects(network, &machines, spokes);
    let gateways = || network.gateways.iter().filter(|one| one.vnet == vnet.name);
    let has = |kind: GatewayKind| gateways().any(|one| one.kind == kind);
    for server in gateways().filter(|one| one.kind == GatewayKind::RouteServer) {
        lost.push(format!(
            "{}: the hub's router takes the place of a Route Server",
            server.name
        ));
    }
    let clients = gateways().flat_map(|one| one.vpn_client_address_pools.iter().cloned());
    let users = gateways().find_map(|one| one.point_to_site_connections);
    for gateway in gateways().filter(|one| !one.custom_routes.is_empty()) {
        lost.push(format!("custom routes of {}", gateway.name));
    }
    let several = network
        .circuits
        .iter()
        .any(|circuit| circuit.gateways.len() > 1);
    let hub = HubSpec {
        prefix: Some(range(network, vnet)?.to_string()),
        region: vnet.region.clone(),
        routing_intent: RoutingIntentSpec {
            private: private && firewall.is_some(),
            internet: internet && firewall.is_some(),
            private_prefixes: Vec::new(),
        },
        firewall,
        vpn: has(GatewayKind::Vpn).then(|| HubVpnSpec {
            asn: 65_515,
            instance_ips: Vec::new(),
        }),
        express_route: has(GatewayKind::ExpressRoute).then(HubExpressRouteSpec::default),
        routing_preference: if several {
            RoutingPreference::AsPath
        } else {
            RoutingPreference::ExpressRoute
        }
        .into(),
        vpn_client_address_pools: clients.collect(),
        connections: spokes.iter().map(|vnet| connection(vnet)).collect(),
        scale: HubScaleSpec {
            point_to_site_connections: users,
            ..HubScaleSpec::default()
        },
        name,
        ..HubSpec::default()
    };
    Ok(Turning {
        vnet: vnet.name.clone(),
        base,
        hub,
    })
}

/// A /23 of the hub's own range, or a free one.
fn range(network: &NetworkSpec, vnet: &VnetSpec) -> Result<Ipv4Net, TurnError> {
    let own = vnet.prefixes.iter().find_map(|text| net(text));
    let own = own.filter(|net| net.prefix_len() <= 24);
    let cut = own.and_then(|net| Ipv4Net::new(net.network(), net.prefix_len().max(HUB_BITS)).ok());
    let free = || {
        free_ranges(ranges(network), HUB_BITS, 1)?
            .into_iter()
            .next()
    };
    cut.or_else(free).ok_or(TurnError::NoSpace)
}

fn firewall(
    machines: &[&ApplianceSpec],
    hub: &str,
    lost: &mut Vec<String>,
) -> Option<HubFirewallSpec> {
    let of = |kind: ApplianceKind| machines.iter().copied().find(move |one| one.kind == kind);
    let inspects = of(ApplianceKind::AzureFirewall).or_else(|| of(ApplianceKind::Nva));
    for one in machines {
        let same = inspects.is_some_and(|held| held.kind == one.kind);
        let (name, ip) = (&one.name, &one.ip);
        lost.push(if same {
            format!("{name} at {ip}: the hub's own has addresses of the hub")
        } else {
            format!("{name}: a hub holds one firewall or NVA")
        });
        if !one.dnat.is_empty() {
            lost.push(format!(
                "{name}: destination NAT of {} addresses",
                one.dnat.len()
            ));
        }
    }
    let first = inspects?;
    let nva = first.kind == ApplianceKind::Nva;
    if nva {
        lost.push(format!(
            "{}: the NVA of a hub is a listed vendor's, in infrastructure units",
            first.name
        ));
    }
    Some(HubFirewallSpec {
        name: format!("{hub}-{}", if nva { "nva" } else { "firewall" }),
        kind: first.kind.or_usual(),
        ip: None,
        sku: first.sku.clone().filter(|_| !nva),
        capacity_units: None,
        firewall_policy: first.firewall_policy.clone(),
    })
}

/// Addresses that routes towards machines name.
fn addresses<'a>(machines: impl Iterator<Item = &'a ApplianceSpec>) -> BTreeSet<&'a str> {
    machines
        .flat_map(|one| [Some(&one.ip), one.load_balancer_ip.as_ref()])
        .flatten()
        .map(String::as_str)
        .collect()
}

/// Whether routes of spokes lead private traffic, and all of it, through the machines.
fn inspects(network: &NetworkSpec, machines: &[&ApplianceSpec], spokes: &[&str]) -> (bool, bool) {
    let hops = addresses(machines.iter().copied());
    let vnets = network
        .vnets
        .iter()
        .filter(|vnet| spokes.contains(&&*vnet.name));
    let tables: BTreeSet<&str> = vnets
        .flat_map(|vnet| &vnet.subnets)
        .filter_map(|subnet| subnet.route_table.as_deref())
        .collect();
    let tables = network
        .route_tables
        .iter()
        .filter(|one| tables.contains(&*one.name));
    let routes: Vec<bool> = tables
        .flat_map(|table| &table.routes)
        .filter(|route| {
            route
                .next_hop_ip_address
                .as_deref()
                .is_some_and(|ip| hops.contains(ip))
        })
        .map(|route| route.prefix == "0.0.0.0/0")
        .collect();
    (!routes.is_empty(), routes.contains(&true))
}

/// Takes the routes to a hub's machines out of the tables of spokes; a table of the pattern's goes with them.
fn clear_tables(turned: &mut NetworkSpec, network: &NetworkSpec, hub: &Turning) {
    let own = network.appliances.iter().filter(|one| one.vnet == hub.vnet);
    let hops = addresses(own);
    let made = table_of(&hub.base);
    for table in &mut turned.route_tables {
        let before = table.routes.len();
        table.routes.retain(|route| {
            let hop = route.next_hop_ip_address.as_deref();
            !hop.is_some_and(|ip| hops.contains(ip))
        });
        if table.routes.len() < before {
            table.disable_bgp_route_propagation = false;
        }
    }
    turned
        .route_tables
        .retain(|table| table.name != made || !table.routes.is_empty());
    if turned.route_tables.iter().all(|table| table.name != made) {
        for subnet in turned.vnets.iter_mut().flat_map(|vnet| &mut vnet.subnets) {
            subnet.route_table = subnet.route_table.take().filter(|name| *name != made);
        }
    }
}

/// Takes away hub VNets with everything in them.
fn remove(
    turned: &mut NetworkSpec,
    network: &NetworkSpec,
    hubs: &BTreeSet<&str>,
    lost: &mut Vec<String>,
) {
    let is_hub = |name: &str| hubs.contains(name);
    for vnet in network.vnets.iter().filter(|vnet| is_hub(&vnet.name)) {
        let others = vnet.subnets.iter().filter(|subnet| {
            !is_platform_subnet(&subnet.name)
                && !network
                    .appliances
                    .iter()
                    .any(|one| one.vnet == vnet.name && one.subnet == subnet.name)
                && !subnet.name.ends_with("-frontend")
        });
        lost.extend(others.map(|subnet| format!("subnet {} of {}", subnet.name, vnet.name)));
    }
    let tables: BTreeSet<&str> = { network.vnets.iter() }
        .filter(|vnet| is_hub(&vnet.name))
        .flat_map(|vnet| &vnet.subnets)
        .filter_map(|subnet| subnet.route_table.as_deref())
        .collect();
    turned.vnets.retain(|vnet| !is_hub(&vnet.name));
    turned
        .peerings
        .retain(|one| !is_hub(&one.from) && !is_hub(&one.to));
    let used: BTreeSet<String> = { turned.vnets.iter() }
        .flat_map(|vnet| &vnet.subnets)
        .filter_map(|subnet| subnet.route_table.clone())
        .collect();
    turned
        .route_tables
        .retain(|one| !tables.contains(&*one.name) || used.contains(&one.name));
    turned.appliances.retain(|one| !is_hub(&one.vnet));
    turned.gateways.retain(|one| !is_hub(&one.vnet));
    let gone: BTreeSet<&str> = {
        let machines = network.appliances.iter().filter(|one| is_hub(&one.vnet));
        let gateways = network.gateways.iter().filter(|one| is_hub(&one.vnet));
        let machines = machines.map(|one| one.name.as_str());
        machines
            .chain(gateways.map(|one| one.name.as_str()))
            .collect()
    };
    turned.bgp_peerings.retain(|one| {
        let kept = !gone.contains(&*one.speaker) && !gone.contains(&*one.appliance);
        if !kept {
            lost.push(format!(
                "the BGP session of {} with {}",
                one.speaker, one.appliance
            ));
        }
        kept
    });
    turned.private_endpoints.retain(|one| {
        let kept = !is_hub(&one.vnet);
        if !kept {
            lost.push(format!(
                "the private endpoint at {} of {}",
                one.ip, one.vnet
            ));
        }
        kept
    });
    turned.dns_resolvers.retain(|one| {
        let kept = !is_hub(&one.vnet);
        if !kept {
            lost.push(format!(
                "{}, which stood in {}: move it into a spoke",
                one.name, one.vnet
            ));
        }
        kept
    });
    for zone in &mut turned.private_dns_zones {
        zone.virtual_network_links
            .retain(|link| !is_hub(&link.vnet));
    }
    for ruleset in &mut turned.dns_forwarding_rulesets {
        ruleset.linked_vnets.retain(|vnet| !is_hub(vnet));
    }
    configurations(turned, hubs);
    let machines: BTreeSet<&str> = { network.appliances.iter() }
        .filter(|one| is_hub(&one.vnet))
        .map(|one| one.name.as_str())
        .collect();
    turned.tunnels.retain(|tunnel| {
        let ends = [tunnel.a.as_str(), tunnel.b.as_str()];
        let kept = !ends.iter().any(|end| machines.contains(end));
        if !kept {
            lost.push(format!("the tunnel of {} and {}", tunnel.a, tunnel.b));
        }
        kept
    });
}

/// Configurations of hubs that are gone: groups that were joined directly stay joined.
fn configurations(turned: &mut NetworkSpec, hubs: &BTreeSet<&str>) {
    let Some(manager) = &mut turned.avnm else {
        return;
    };
    for one in &mut manager.configurations {
        let gone = one.hub.as_deref().is_some_and(|hub| hubs.contains(hub));
        if gone && one.direct_connectivity {
            one.topology = crate::spec::ConnectivityTopology::Mesh.into();
            (one.hub, one.direct_connectivity, one.use_hub_gateway) = (None, false, false);
        }
    }
    let left = |hub: &Option<String>| !hub.as_deref().is_some_and(|hub| hubs.contains(hub));
    manager.configurations.retain(|one| left(&one.hub));
}

/// Hubs by the names of the gateways whose place they take.
fn gateways(network: &NetworkSpec, turnings: &[Turning]) -> BTreeMap<String, String> {
    let hub_of = |vnet: &str| turnings.iter().find(|one| one.vnet == vnet);
    let own = network.gateways.iter().filter_map(|gateway| {
        let hub = hub_of(&gateway.vnet)?;
        Some((gateway.name.clone(), hub.hub.name.clone()))
    });
    own.collect()
}
