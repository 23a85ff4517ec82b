//! VNets, subnets, peerings, route tables, security groups, NAT gateways, private endpoints.

use super::Draft;
use crate::address::{Prefix, overlaps, parse_prefix};
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::region;
use crate::spec::{
    Access, Direction, NatGatewaySpec, NetworkSecurityGroupSpec, PeeringSpec, PeeringState,
    PrivateEndpointPolicies, PrivateEndpointSpec, PrivateEndpointVnetPolicies, Protocol, RouteSpec,
    RouteTableSpec, SecurityRuleSpec, SubnetSpec, UserNextHopType, VnetSpec,
};
use ipnet::Ipv4Net;

impl<'s> Draft<'s> {
    pub(super) fn networks(&mut self) {
        let spec = self.spec;
        for table in &spec.route_tables {
            self.route_table(table);
        }
        for group in &spec.network_security_groups {
            self.security_group(group);
        }
        for gateway in &spec.nat_gateways {
            self.nat_gateway(gateway);
        }
        for vnet in &spec.vnets {
            self.vnet(vnet);
        }
        for peering in &spec.peerings {
            self.peering(peering);
        }
    }

    /// Regions of the subnets that use something.
    fn regions_using(&self, uses: impl Fn(&SubnetSpec) -> bool) -> Vec<String> {
        let users = self
            .spec
            .vnets
            .iter()
            .filter(|vnet| vnet.subnets.iter().any(&uses));
        users.map(|vnet| region::key(&vnet.region)).collect()
    }

    fn route_table(&mut self, table: &'s RouteTableSpec) {
        let regions = self.regions_using(|subnet| subnet.route_table.as_ref() == Some(&table.name));
        let regions = or_main(regions, || self.main_region());
        let several = regions.len() > 1;
        for region in regions {
            let called = called(&table.name, &region, several);
            let routes = table.routes.iter().zip(1..);
            let routes = routes.map(|(route, number)| route_value(route, number));
            let properties = Value::object()
                .with(
                    "disableBgpRoutePropagation",
                    table.disable_bgp_route_propagation,
                )
                .with("routes", routes.collect::<Vec<_>>());
            let body = Value::object().with("properties", properties);
            let id = self.add(Kind::RouteTable, &called, &region, body);
            if several {
                self.remark(
                    id,
                    "one table a region: Azure takes a table only in its own region",
                );
            }
            self.tables.insert((&table.name, region), id);
        }
    }

    fn security_group(&mut self, group: &'s NetworkSecurityGroupSpec) {
        let mut regions = self
            .regions_using(|subnet| subnet.network_security_group.as_ref() == Some(&group.name));
        let nics = self.spec.appliances.iter();
        let nics = nics.filter(|nic| nic.network_security_group.as_ref() == Some(&group.name));
        regions.extend(nics.map(|nic| self.region_of(&nic.vnet)));
        let regions = or_main(regions, || self.main_region());
        let several = regions.len() > 1;
        for region in regions {
            let called = called(&group.name, &region, several);
            let rules = group.rules.iter().zip(1..);
            let rules: Vec<Value> = rules
                .map(|(rule, number)| self.rule_value(rule, number, &region))
                .collect();
            let properties = Value::object().with("securityRules", rules);
            let body = Value::object().with("properties", properties);
            let id = self.add(Kind::SecurityGroup, &called, &region, body);
            if group
                .rules
                .iter()
                .any(|rule| rule.access == Access::AlwaysAllow)
            {
                self.remark(
                    id,
                    "AlwaysAllow is a word of security admin rules: written as Allow",
                );
            }
            self.security_groups.insert((&group.name, region), id);
        }
    }

    /// One a region: subnets take one of their own region alone.
    fn nat_gateway(&mut self, gateway: &'s NatGatewaySpec) {
        let regions =
            self.regions_using(|subnet| subnet.nat_gateway.as_ref() == Some(&gateway.name));
        let regions = or_main(regions, || self.main_region());
        let several = regions.len() > 1;
        for region in regions {
            let called = called(&gateway.name, &region, several);
            let count = gateway.public_ips.len().max(1);
            let addresses = (1..=count).map(|number| {
                let called = if count == 1 {
                    called.clone()
                } else {
                    format!("{called}-{number}")
                };
                Value::reference(self.public_address(&called, &region, &[]))
            });
            let properties =
                Value::object().with("publicIpAddresses", addresses.collect::<Vec<_>>());
            let body = Value::object()
                .with("sku", Value::object().with("name", "Standard"))
                .with("properties", properties);
            let id = self.add(Kind::NatGateway, &called, &region, body);
            self.given_addresses(id, &gateway.public_ips);
            self.nat_gateways.insert((&gateway.name, region), id);
        }
    }

    /// An application security group in a region, made where it is first named.
    pub(super) fn application_group(&mut self, name: &'s str, region: &str) -> ResourceId {
        if let Some(known) = self.application_groups.get(&(name, region.to_owned())) {
            return *known;
        }
        let elsewhere = self
            .application_groups
            .keys()
            .any(|(known, _)| *known == name);
        let called = called(name, region, elsewhere);
        let body = Value::object().with("properties", Value::object());
        let id = self.add(Kind::ApplicationGroup, &called, region, body);
        self.application_groups
            .insert((name, region.to_owned()), id);
        id
    }

    pub(super) fn application_groups_of(
        &mut self,
        names: &'s [String],
        region: &str,
    ) -> Vec<Value> {
        let groups = names
            .iter()
            .map(|name| self.application_group(name, region));
        groups.map(Value::reference).collect()
    }

    /// The security group of that name in a region; a note where there is none.
    pub(super) fn security_group_named(
        &mut self,
        name: Option<&'s str>,
        region: &str,
        place: &str,
    ) -> Option<ResourceId> {
        let name = name?;
        let known = self
            .security_groups
            .get(&(name, region.to_owned()))
            .copied();
        if known.is_none() {
            let text = format!("names the network security group {name}, which does not exist");
            self.note(place, text);
        }
        known
    }

    fn vnet(&mut self, vnet: &'s VnetSpec) {
        let space = Value::object().with("addressPrefixes", Value::texts(&vnet.prefixes));
        let summarized = vnet
            .summarized_gateway_prefixes
            .as_ref()
            .map(|texts| Value::object().with("addressPrefixes", Value::texts(texts)));
        let servers = (!vnet.dns_servers.is_empty())
            .then(|| Value::object().with("dnsServers", Value::texts(&vnet.dns_servers)));
        let basic = (vnet.private_endpoint_vnet_policies == PrivateEndpointVnetPolicies::Basic)
            .then_some("Basic");
        let properties = Value::object()
            .with("addressSpace", space)
            .maybe("summarizedGatewayPrefixes", summarized)
            .maybe("dhcpOptions", servers)
            .maybe("privateEndpointVNetPolicies", basic);
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::Vnet, &vnet.name, &vnet.region, body);
        self.vnets.insert(&vnet.name, id);
        for subnet in &vnet.subnets {
            self.subnet(vnet, id, subnet);
        }
    }

    fn subnet(&mut self, vnet: &'s VnetSpec, parent: ResourceId, subnet: &'s SubnetSpec) {
        let region = region::key(&vnet.region);
        let place = format!("vnets[{}].subnets[{}]", vnet.name, subnet.name);
        let table = subnet.route_table.as_deref();
        let table = table.and_then(|name| {
            let known = self.tables.get(&(name, region.clone())).copied();
            if known.is_none() {
                self.note(
                    &place,
                    format!("names the route table {name}, which does not exist"),
                );
            }
            known
        });
        let group = subnet.network_security_group.as_deref();
        let group = self.security_group_named(group, &region, &place);
        let gateway = subnet.nat_gateway.as_deref();
        let gateway = gateway.and_then(|name| {
            let known = self.nat_gateways.get(&(name, region.clone())).copied();
            if known.is_none() {
                let text = format!("names the NAT gateway {name}, which does not exist");
                self.note(&place, text);
            }
            known
        });
        if !subnet.occupants.is_empty() {
            let text = format!("its {} is not made", subnet.occupants.join(", "));
            self.note(&place, text);
        }
        let body = subnet_body(subnet, [table, group, gateway]);
        let id = self.child(Kind::Subnet, &subnet.name, parent, body);
        self.subnets.insert((&vnet.name, subnet.name.clone()), id);
    }

    /// The subnet that Azure wants for a service; made in free space where the estate does not list it.
    pub(super) fn platform_subnet(
        &mut self,
        vnet: &'s str,
        name: &'static str,
        length: u8,
    ) -> Option<ResourceId> {
        let known = self
            .subnets
            .iter()
            .find(|((of, subnet), _)| *of == vnet && subnet.eq_ignore_ascii_case(name));
        if let Some((_, id)) = known {
            return Some(*id);
        }
        let parent = self.vnets.get(vnet).copied()?;
        let spec = self.spec.vnets.iter().find(|known| known.name == vnet)?;
        let place = format!("vnets[{vnet}]");
        let Some(free) = free_range(spec, length) else {
            let text = format!("{name} is needed and no /{length} is free");
            self.note(place, text);
            return None;
        };
        let subnet = SubnetSpec {
            name: name.to_owned(),
            prefix: free.to_string(),
            ..SubnetSpec::default()
        };
        let body = subnet_body(&subnet, [None; 3]);
        let id = self.child(Kind::Subnet, name, parent, body);
        self.remark(id, "not in the estate; the first free range was taken");
        self.subnets.insert((vnet, name.to_owned()), id);
        Some(id)
    }

    /// A subnet by its names; a note where it is missing.
    pub(super) fn subnet_named(
        &mut self,
        vnet: &'s str,
        subnet: &str,
        place: &str,
    ) -> Option<ResourceId> {
        let known = self.subnets.get(&(vnet, subnet.to_owned())).copied();
        if known.is_none() {
            self.note(
                place,
                format!("names the subnet {vnet}/{subnet}, which does not exist"),
            );
        }
        known
    }

    fn peering(&mut self, peering: &'s PeeringSpec) {
        let place = format!("peerings[{} to {}]", peering.from, peering.to);
        let ends = (
            self.vnets.get(&*peering.from).copied(),
            self.vnets.get(&*peering.to).copied(),
        );
        let (Some(from), Some(to)) = ends else {
            self.note(place, "names a VNet that does not exist");
            return;
        };
        let id = self.child(
            Kind::Peering,
            &format!("{}-to-{}", peering.from, peering.to),
            from,
            Value::object().with("properties", peering_properties(peering, to)),
        );
        if peering.peering_state == PeeringState::Disconnected {
            self.remark(
                id,
                "Disconnected in the estate: both objects have to be deleted before they are made again",
            );
        }
        if peering.remote_address_space.is_some() {
            self.remark(
                id,
                "not in sync in the estate: made anew it knows the ranges of today",
            );
        }
    }

    /// Gateway transit is granted before it is used, and a gateway is there before it is used.
    pub(super) fn order_transit(&mut self) {
        let spec = self.spec;
        let find = |draft: &Self, from: &str, to: &str| {
            let name = (draft.vnets.get(from).copied(), draft.vnets.get(to).copied());
            let (Some(from), Some(to)) = name else {
                return None;
            };
            draft.graph.ids().find(|id| {
                draft.graph.resource(*id).is_some_and(|resource| {
                    resource.kind == Kind::Peering
                        && resource.parent == Some(from)
                        && resource.body.at("properties.remoteVirtualNetwork.id")
                            == Some(&Value::id(to))
                })
            })
        };
        for user in spec
            .peerings
            .iter()
            .filter(|peering| peering.use_remote_gateways)
        {
            let (Some(user_id), lender) = (
                find(self, &user.from, &user.to),
                find(self, &user.to, &user.from),
            ) else {
                continue;
            };
            let owned = spec
                .gateways
                .iter()
                .filter(|gateway| gateway.vnet == *user.to)
                .filter_map(|gateway| {
                    let name = gateway.name.as_str();
                    let known = self
                        .gateways
                        .get(name)
                        .or_else(|| self.route_servers.get(name));
                    known.copied()
                });
            let before: Vec<ResourceId> = owned.chain(lender).collect();
            self.wait(user_id, before);
        }
    }

    pub(super) fn private_endpoints(&mut self) {
        let spec = self.spec;
        for endpoint in &spec.private_endpoints {
            self.private_endpoint(endpoint);
        }
    }

    fn private_endpoint(&mut self, endpoint: &'s PrivateEndpointSpec) {
        let called = endpoint.name.as_deref().unwrap_or(&endpoint.ip);
        let place = format!("privateEndpoints[{called}]");
        let Some(subnet) = self.subnet_named(&endpoint.vnet, &endpoint.subnet, &place) else {
            return;
        };
        let service = self.ask(
            &format!("service_of_{called}"),
            &format!("Resource id of the service behind the private endpoint {called}"),
            None,
        );
        let group = self.ask(
            &format!("subresource_of_{called}"),
            &format!("Subresource of the service behind {called}, as blob"),
            None,
        );
        let connection = Value::object().with("name", "connection").with(
            "properties",
            Value::object()
                .with("privateLinkServiceId", service)
                .with("groupIds", vec![group.clone()]),
        );
        let address = Value::object().with("name", "address").with(
            "properties",
            Value::object()
                .with("groupId", group.clone())
                .with("memberName", group)
                .with("privateIPAddress", &endpoint.ip),
        );
        let properties = Value::object()
            .with("subnet", Value::reference(subnet))
            .with("privateLinkServiceConnections", vec![connection])
            .with("ipConfigurations", vec![address]);
        let region = self.region_of(&endpoint.vnet);
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::PrivateEndpoint, called, &region, body);
        self.zone_group(endpoint, id, &place);
    }
}

/// Each region once; the main one where there is none.
fn or_main(mut regions: Vec<String>, main: impl FnOnce() -> String) -> Vec<String> {
    regions.sort();
    regions.dedup();
    if regions.is_empty() {
        regions.push(main());
    }
    regions
}

fn called(name: &str, region: &str, several: bool) -> String {
    if several {
        format!("{name}-{region}")
    } else {
        name.to_owned()
    }
}

/// A subnet with its route table, its network security group and its NAT gateway.
fn subnet_body(subnet: &SubnetSpec, [table, group, gateway]: [Option<ResourceId>; 3]) -> Value {
    let delegations = subnet.delegations.iter().map(|service| {
        Value::object()
            .with("name", valid(&service.replace('/', "-")))
            .with("properties", Value::object().with("serviceName", service))
    });
    let endpoints = subnet
        .service_endpoints
        .iter()
        .map(|service| Value::object().with("service", service));
    let properties = Value::object()
        .with("addressPrefix", &subnet.prefix)
        .maybe("routeTable", table.map(Value::reference))
        .maybe("networkSecurityGroup", group.map(Value::reference))
        .maybe("natGateway", gateway.map(Value::reference))
        .some("delegations", delegations.collect())
        .with(
            "privateEndpointNetworkPolicies",
            policies(subnet.private_endpoint_network_policies.or_usual()),
        )
        .some("serviceEndpoints", endpoints.collect())
        .with("defaultOutboundAccess", subnet.default_outbound_access);
    Value::object().with("properties", properties)
}

const fn policies_word(policies: PrivateEndpointPolicies) -> &'static str {
    match policies {
        PrivateEndpointPolicies::Disabled => "Disabled",
        PrivateEndpointPolicies::Enabled => "Enabled",
        PrivateEndpointPolicies::RouteTableEnabled => "RouteTableEnabled",
        PrivateEndpointPolicies::NetworkSecurityGroupEnabled => "NetworkSecurityGroupEnabled",
    }
}

fn policies(policies: PrivateEndpointPolicies) -> Value {
    policies_word(policies).into()
}

fn peering_properties(peering: &PeeringSpec, to: ResourceId) -> Value {
    let properties = Value::object()
        .with("remoteVirtualNetwork", Value::reference(to))
        .with(
            "allowVirtualNetworkAccess",
            peering.allow_virtual_network_access,
        )
        .with("allowForwardedTraffic", peering.allow_forwarded_traffic)
        .with("allowGatewayTransit", peering.allow_gateway_transit)
        .with("useRemoteGateways", peering.use_remote_gateways)
        .with("peerCompleteVnets", peering.peer_complete_vnets);
    let names = |names: &[String]| names.iter().map(Value::from).collect();
    properties
        .some("localSubnetNames", names(&peering.local_subnet_names))
        .some("remoteSubnetNames", names(&peering.remote_subnet_names))
}

/// The word of a next hop type.
pub(crate) fn next_hop_word(route: &RouteSpec) -> String {
    match route.next_hop_type.known() {
        Ok(UserNextHopType::VirtualAppliance) => "VirtualAppliance".to_owned(),
        Ok(UserNextHopType::VirtualNetworkGateway) => "VirtualNetworkGateway".to_owned(),
        Ok(UserNextHopType::VnetLocal) => "VnetLocal".to_owned(),
        Ok(UserNextHopType::Internet) => "Internet".to_owned(),
        Ok(UserNextHopType::None) => "None".to_owned(),
        Err(text) => text.to_owned(),
    }
}

/// A route's own name, or one of its destination.
pub(in crate::export) fn route_name(route: &RouteSpec, number: u32) -> String {
    match route.name.as_deref() {
        Some(name) if !name.is_empty() => valid(name),
        _ if route.prefix.is_empty() => format!("route-{number}"),
        _ => format!("to-{}", valid(&route.prefix.replace('/', "_"))),
    }
}

/// Only what Azure takes in the name of a part.
pub(super) fn valid(name: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') => c,
        _ => '-',
    };
    let text: String = name.chars().take(80).map(letter).collect();
    let text = text.trim_matches(['-', '.', '_']);
    if text.is_empty() { "unnamed" } else { text }.to_owned()
}

fn route_value(route: &RouteSpec, number: u32) -> Value {
    let properties = Value::object()
        .with("addressPrefix", &route.prefix)
        .with("nextHopType", next_hop_word(route))
        .maybe("nextHopIpAddress", route.next_hop_ip_address.as_ref());
    Value::object()
        .with("name", route_name(route, number))
        .with("properties", properties)
}

pub(super) fn rule_name(rule: &SecurityRuleSpec, number: u32) -> String {
    match rule.name.as_deref() {
        Some(name) if !name.is_empty() => valid(name),
        _ => format!("rule-{number}"),
    }
}

pub(super) const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "Inbound",
        Direction::Outbound => "Outbound",
    }
}

pub(super) const fn protocol(protocol: Option<Protocol>, any: &'static str) -> &'static str {
    match protocol {
        None => any,
        Some(Protocol::Icmp) => "Icmp",
        Some(Protocol::Tcp) => "Tcp",
        Some(Protocol::Udp) => "Udp",
        Some(Protocol::Esp) => "Esp",
        Some(Protocol::Ah) => "Ah",
    }
}

impl<'s> Draft<'s> {
    fn rule_value(&mut self, rule: &'s SecurityRuleSpec, number: u32, region: &str) -> Value {
        let access = match rule.access {
            Access::Deny => "Deny",
            Access::Allow | Access::AlwaysAllow => "Allow",
        };
        let mut properties = Value::object()
            .with("priority", rule.priority)
            .with("direction", direction(rule.direction))
            .with("access", access)
            .with("protocol", protocol(rule.protocol, "*"));
        properties = match rule.source_port_ranges.as_slice() {
            [] => properties.with("sourcePortRange", "*"),
            [one] => properties.with("sourcePortRange", one),
            many => properties.with("sourcePortRanges", Value::texts(many)),
        };
        properties = match rule.destination_port_ranges.as_slice() {
            [] => properties.with("destinationPortRange", "*"),
            [one] => properties.with("destinationPortRange", one),
            many => properties.with("destinationPortRanges", Value::texts(many)),
        };
        let groups = self.application_groups_of(&rule.source_application_security_groups, region);
        properties = match rule.source.as_slice() {
            _ if !groups.is_empty() => properties.with("sourceApplicationSecurityGroups", groups),
            [one] => properties.with("sourceAddressPrefix", one),
            many => properties.with("sourceAddressPrefixes", Value::texts(many)),
        };
        let groups =
            self.application_groups_of(&rule.destination_application_security_groups, region);
        properties = match rule.destination.as_slice() {
            _ if !groups.is_empty() => {
                properties.with("destinationApplicationSecurityGroups", groups)
            }
            [one] => properties.with("destinationAddressPrefix", one),
            many => properties.with("destinationAddressPrefixes", Value::texts(many)),
        };
        Value::object()
            .with("name", rule_name(rule, number))
            .with("properties", properties)
    }
}

/// The first range of that length in a VNet that no subnet touches.
fn free_range(vnet: &VnetSpec, length: u8) -> Option<Ipv4Net> {
    let read = |text: &String| match parse_prefix(text) {
        Ok(Prefix::V4(net)) => Some(net),
        _ => None,
    };
    let taken: Vec<Ipv4Net> = vnet
        .subnets
        .iter()
        .filter_map(|subnet| read(&subnet.prefix))
        .collect();
    let ranges = vnet.prefixes.iter().filter_map(read);
    ranges
        .filter_map(|range| range.subnets(length).ok())
        .flat_map(|candidates| candidates.take(4_096))
        .find(|candidate| !taken.iter().any(|other| overlaps(candidate, other)))
}
