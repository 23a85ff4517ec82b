//! VNets, subnets, route tables, tags, rules, hosts.

use super::Reader;
use crate::address::{Prefix, kept_ranges, parse_prefix};
use crate::domain::Domain;
use crate::issue::IssueCode;
use crate::region;
use crate::spec::{NetworkSpec, RouteSpec, SubnetSpec, UserNextHopType, VnetSpec};
use crate::topology::service_tag;
use crate::topology::{
    Destination, PrivateEndpoint, PrivateEndpointId, RouteTable, RouteTableId, Subnet, SubnetId,
    UserRoute, Vnet, VnetId, Workload,
};
use std::collections::BTreeSet;
use std::fmt::Arguments;

impl Reader {
    pub(super) fn vnet(&mut self, spec: &VnetSpec) {
        let subject = format_args!("vnets[{}]", spec.name);
        if !self.is_new(
            self.topology.vnet_by_name.contains_key(&spec.name),
            "VNet",
            &spec.name,
            subject,
        ) {
            return;
        }
        let id = VnetId::new(self.topology.vnets.len());
        let ipv6 = spec
            .prefixes
            .iter()
            .filter_map(|text| match parse_prefix(text) {
                Ok(Prefix::V6(net)) => Some(net),
                _ => None,
            });
        let ipv6 = ipv6.collect();
        let prefixes = self.nets(&spec.prefixes, format_args!("{subject}.prefixes"));
        if prefixes.is_empty() {
            self.issue(
                IssueCode::VnetWithoutPrefix,
                format!("{subject}.prefixes"),
                "expected at least one IPv4 range",
            );
        }
        let summarized = spec.summarized_gateway_prefixes.as_ref();
        let summarized = summarized
            .map(|texts| self.nets(texts, format_args!("{subject}.summarizedGatewayPrefixes")));
        let dns_servers = self.ips(&spec.dns_servers, format_args!("{subject}.dnsServers"));
        let policies = self.word(
            &spec.private_endpoint_vnet_policies,
            format_args!("{subject}.privateEndpointVNetPolicies"),
        );
        self.topology.vnet_by_name.insert(spec.name.clone(), id);
        self.topology.vnets.push(Vnet {
            id,
            name: spec.name.clone(),
            region: region::key(&spec.region),
            prefixes: prefixes.into(),
            ipv6,
            summarized_gateway_prefixes: summarized,
            subnets: Vec::new(),
            dns_servers,
            private_endpoint_vnet_policies: policies.unwrap_or_default(),
        });
        for subnet in &spec.subnets {
            let place = format_args!("{subject}.subnets[{}]", subnet.name);
            self.subnet(id, subnet, place);
        }
    }

    pub(super) fn subnet(&mut self, vnet: VnetId, spec: &SubnetSpec, subject: Arguments<'_>) {
        let mut siblings = self
            .topology
            .vnet(vnet)
            .subnets
            .iter()
            .map(|id| self.topology.subnet(*id));
        let known = siblings.any(|s| s.name.eq_ignore_ascii_case(&spec.name));
        if !self.is_new(known, "subnet", &spec.name, subject) {
            return;
        }
        let policies = self.word(
            &spec.private_endpoint_network_policies,
            format_args!("{subject}.privateEndpointNetworkPolicies"),
        );
        let route_table = spec.route_table.as_ref().and_then(|name| {
            let found = self.route_tables.get(name).copied();
            if found.is_none() {
                self.unknown(format!("{subject}.routeTable"), "route table", name);
            }
            found
        });
        let nsg = self.nsg(spec.network_security_group.as_ref(), subject);
        let Some(prefix) = self.net(&spec.prefix, format_args!("{subject}.prefix")) else {
            return;
        };
        self.add_subnet(Subnet {
            id: SubnetId::new(self.topology.subnets.len()),
            vnet,
            name: spec.name.clone(),
            prefix: Some(prefix),
            route_table,
            private_endpoint_policies: policies.unwrap_or_default(),
            service_endpoints: spec.service_endpoints.clone(),
            default_outbound_access: spec.default_outbound_access,
            nsg,
            regional: Self::is_regional(spec),
            nat_gateway: spec.nat_gateway.is_some(),
            nat_addresses: Vec::new(),
            implicit: false,
        });
    }

    pub(super) fn add_subnet(&mut self, subnet: Subnet) -> SubnetId {
        let id = subnet.id;
        if let Some(vnet) = self.topology.vnets.get_mut(subnet.vnet.index()) {
            vnet.subnets.push(id);
        }
        self.topology.subnets.push(subnet);
        id
    }

    pub(super) fn implicit_subnet(&mut self, vnet: VnetId, name: &str) -> SubnetId {
        self.add_subnet(Subnet {
            id: SubnetId::new(self.topology.subnets.len()),
            vnet,
            name: name.to_owned(),
            prefix: None,
            route_table: None,
            private_endpoint_policies: crate::spec::PrivateEndpointPolicies::Disabled,
            service_endpoints: Vec::new(),
            default_outbound_access: true,
            nsg: None,
            regional: false,
            nat_gateway: false,
            nat_addresses: Vec::new(),
            implicit: true,
        })
    }

    pub(super) fn route_tables(&mut self, spec: &NetworkSpec) {
        for table in &spec.route_tables {
            let subject = format!("routeTables[{}]", table.name);
            if !self.is_new(
                self.route_tables.contains_key(&table.name),
                "route table",
                &table.name,
                &subject,
            ) {
                continue;
            }
            let id = RouteTableId::new(self.topology.route_tables.len());
            self.route_tables.insert(table.name.clone(), id);
            let routes = self.user_routes(&table.routes, &format!("{subject}.routes"));
            self.topology.route_tables.push(RouteTable {
                id,
                name: table.name.clone(),
                disable_bgp_route_propagation: table.disable_bgp_route_propagation,
                routes,
                managed: false,
            });
        }
    }

    pub(super) fn user_routes(
        &mut self,
        routes_spec: &[RouteSpec],
        subject: &str,
    ) -> Vec<UserRoute> {
        let mut routes: Vec<UserRoute> = Vec::new();
        for (position, route) in routes_spec.iter().enumerate() {
            let subject = format!("{subject}[{position}]");
            let Some(read) = self.user_route(route, position, &subject) else {
                continue;
            };
            if routes
                .iter()
                .any(|known| known.destination == read.destination)
            {
                let message = format!("a route to {} exists in this table already", route.prefix);
                self.issue(
                    IssueCode::DuplicateRoute,
                    format!("{subject}.prefix"),
                    message,
                );
                continue;
            }
            routes.push(read);
        }
        routes
    }

    pub(super) fn user_route(
        &mut self,
        route: &RouteSpec,
        position: usize,
        subject: &str,
    ) -> Option<UserRoute> {
        let text = route.prefix.trim();
        let is_tag =
            text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.contains([':', '/']);
        if is_tag && self.topology.service_tag(text).is_empty() {
            let message = format!(
                "the prefixes of the service tag {text:?} are not known here; list them in serviceTags"
            );
            self.issue(
                IssueCode::UnknownServiceTag,
                format!("{subject}.prefix"),
                message,
            );
        }
        let destination = if is_tag {
            Destination::Tag(text.to_owned())
        } else {
            Destination::Prefix(self.net(text, format_args!("{subject}.prefix"))?)
        };
        let kind = self.word(&route.next_hop_type, format!("{subject}.nextHopType"))?;
        let place = format!("{subject}.nextHopIpAddress");
        let next_hop = match (kind, &route.next_hop_ip_address) {
            (UserNextHopType::VirtualAppliance, Some(text)) => {
                let address = self.ip(text, &place)?;
                if let Some(kept) = kept_ranges().iter().find(|kept| kept.contains(&address)) {
                    let message = format!("no appliance has an address of {kept}, found {address}");
                    self.issue(IssueCode::NextHopAddressForbidden, place, message);
                    return None;
                }
                Some(address)
            }
            (UserNextHopType::VirtualAppliance, None) => {
                self.issue(
                    IssueCode::NextHopAddress,
                    place,
                    "expected an address for VirtualAppliance, found nothing",
                );
                return None;
            }
            (_, Some(text)) if !text.is_empty() => {
                let message = format!("expected no address for this next-hop type, found {text:?}");
                self.issue(IssueCode::NextHopAddress, place, message);
                None
            }
            _ => None,
        };
        Some(UserRoute {
            name: route.name.clone(),
            destination,
            next_hop_type: kind,
            next_hop,
            spec_index: position,
        })
    }

    /// The estate's own lists replace the built-in ones.
    pub(super) fn service_tags(&mut self, spec: &NetworkSpec) {
        self.topology.service_tags = service_tag::built_in();
        for tag in &spec.service_tags {
            let prefixes = self.nets(
                &tag.prefixes,
                format_args!("serviceTags[{}].prefixes", tag.name),
            );
            self.topology
                .service_tags
                .insert(tag.name.to_ascii_lowercase(), prefixes);
        }
    }

    pub(super) fn workloads(&mut self, spec: &NetworkSpec) {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for workload in &spec.workloads {
            let subject = format_args!("workloads[{}]", workload.name);
            let twice = known.contains(workload.name.as_str());
            if !self.is_new(twice, "workload", &workload.name, subject) {
                continue;
            }
            let Some(place) = self.nic(&workload.vnet, &workload.subnet, &workload.ip, subject)
            else {
                continue;
            };
            let (vnet, subnet, ip) = place;
            let nsg = self.nsg(workload.network_security_group.as_ref(), subject);
            let public = workload.public_ip.as_ref();
            let public_ip =
                public.and_then(|text| self.ip(text, format_args!("{subject}.publicIp")));
            let front = workload.load_balancer_ip.as_ref();
            let load_balancer_ip =
                front.and_then(|text| self.ip(text, format_args!("{subject}.loadBalancerIp")));
            known.insert(&workload.name);
            self.topology.workloads.push(Workload {
                name: workload.name.clone(),
                vnet,
                subnet,
                ip,
                public_ip,
                load_balancer_ip,
                floating_ip: workload.floating_ip,
                nsg,
            });
        }
    }

    pub(super) fn private_endpoints(&mut self, spec: &NetworkSpec) {
        for (position, endpoint) in spec.private_endpoints.iter().enumerate() {
            let subject = format!("privateEndpoints[{position}]");
            let Some(place) = self.nic(&endpoint.vnet, &endpoint.subnet, &endpoint.ip, &subject)
            else {
                continue;
            };
            let (vnet, subnet, ip) = place;
            let id = PrivateEndpointId::new(self.topology.private_endpoints.len());
            let name = endpoint.name.clone().unwrap_or_else(|| ip.to_string());
            self.topology.private_endpoints.push(PrivateEndpoint {
                id,
                name,
                vnet,
                subnet,
                ip,
                fqdns: endpoint.fqdns.iter().map(|name| Domain::of(name)).collect(),
            });
        }
    }
}
