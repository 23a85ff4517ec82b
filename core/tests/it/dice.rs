//! Estates by chance: every member of the spec, every enum, every option, decided by bytes.
//!
//! They are not estates that Azure would accept; they are what a person might have typed.

use interspoke_core::spec::*;
use interspoke_core::word::Word;

/// A supply of decisions. When the bytes run out every decision is the first choice, so a shorter supply makes a
/// smaller estate.
pub(crate) struct Dice {
    bytes: std::vec::IntoIter<u8>,
}

impl Dice {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes: bytes.into_iter(),
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or(0)) % limit
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of the words, or now and then a text that is none.
    fn word<T: Copy>(&mut self, choices: &[T]) -> Word<T> {
        if self.below(8) == 0 {
            Word::Unknown(self.text())
        } else {
            Word::Known(self.pick(choices))
        }
    }

    fn text(&mut self) -> String {
        self.pick(&[
            "hub",
            "spoke1",
            "",
            "GatewaySubnet",
            "Größe 中",
            "a\"b\\c",
            "10.0.0.4",
            "10.1.0.0/16",
        ])
        .to_owned()
    }

    fn number(&mut self) -> u32 {
        self.pick(&[0, 65_515, 65_001, 12_076, u32::MAX])
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| item(self)).collect()
    }

    fn texts(&mut self) -> Vec<String> {
        self.list(Self::text)
    }

    fn maybe<T>(&mut self, item: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| item(self))
    }
}

/// An estate.
pub(crate) fn network(dice: &mut Dice) -> NetworkSpec {
    NetworkSpec {
        further_meters: Vec::new(),
        vnets: dice.list(vnet),
        peerings: dice.list(peering),
        route_tables: dice.list(route_table),
        appliances: dice.list(appliance),
        gateways: dice.list(gateway),
        tunnels: dice.list(tunnel),
        circuits: dice.list(circuit),
        sites: dice.list(site),
        bgp_peerings: dice.list(bgp_peering),
        private_endpoints: dice.list(private_endpoint),
        avnm: dice.maybe(network_manager),
        virtual_wan: dice.maybe(virtual_wan),
        workloads: dice.list(workload),
        network_security_groups: dice.list(security_group),
        service_tags: dice.list(service_tag),
        firewall_policies: dice.list(firewall_policy),
        ip_groups: dice.list(ip_group),
        nat_gateways: dice.list(nat_gateway),
        route_maps: dice.list(route_map),
        public_load_balancers: dice.list(public_load_balancer),
        private_dns_zones: dice.list(private_dns_zone),
        dns_resolvers: dice.list(dns_resolver),
        dns_forwarding_rulesets: dice.list(dns_ruleset),
        dns_servers: dice.list(dns_server),
    }
}

fn vnet(dice: &mut Dice) -> VnetSpec {
    VnetSpec {
        name: dice.text(),
        region: dice.text(),
        prefixes: dice.texts(),
        summarized_gateway_prefixes: dice.maybe(Dice::texts),
        subnets: dice.list(subnet),
        dns_servers: dice.texts(),
        private_endpoint_vnet_policies: dice.word(&[
            PrivateEndpointVnetPolicies::Disabled,
            PrivateEndpointVnetPolicies::Basic,
        ]),
    }
}

fn subnet(dice: &mut Dice) -> SubnetSpec {
    use PrivateEndpointPolicies::{
        Disabled, Enabled, NetworkSecurityGroupEnabled, RouteTableEnabled,
    };
    SubnetSpec {
        name: dice.text(),
        prefix: dice.text(),
        route_table: dice.maybe(Dice::text),
        private_endpoint_network_policies: dice.word(&[
            Disabled,
            Enabled,
            RouteTableEnabled,
            NetworkSecurityGroupEnabled,
        ]),
        service_endpoints: dice.texts(),
        default_outbound_access: dice.flag(),
        network_security_group: dice.maybe(Dice::text),
        delegations: dice.texts(),
        occupants: dice.texts(),
        nat_gateway: dice.maybe(Dice::text),
    }
}

fn peering(dice: &mut Dice) -> PeeringSpec {
    use PeeringState::{Connected, Disconnected, Initiated};
    PeeringSpec {
        allow_virtual_network_access: dice.flag(),
        allow_forwarded_traffic: dice.flag(),
        allow_gateway_transit: dice.flag(),
        use_remote_gateways: dice.flag(),
        peering_state: dice.word(&[Connected, Initiated, Disconnected]),
        peer_complete_vnets: dice.flag(),
        local_subnet_names: dice.texts(),
        remote_subnet_names: dice.texts(),
        remote_address_space: dice.maybe(Dice::texts),
        ..PeeringSpec::new(dice.text(), dice.text())
    }
}

fn user_route(dice: &mut Dice) -> RouteSpec {
    use UserNextHopType::{Internet, None, VirtualAppliance, VirtualNetworkGateway, VnetLocal};
    RouteSpec {
        name: dice.maybe(Dice::text),
        prefix: dice.text(),
        next_hop_type: dice.word(&[
            VirtualAppliance,
            VirtualNetworkGateway,
            VnetLocal,
            Internet,
            None,
        ]),
        next_hop_ip_address: dice.maybe(Dice::text),
    }
}

fn route_table(dice: &mut Dice) -> RouteTableSpec {
    RouteTableSpec {
        name: dice.text(),
        disable_bgp_route_propagation: dice.flag(),
        routes: dice.list(user_route),
    }
}

fn protocol(dice: &mut Dice) -> Protocol {
    dice.pick(&[Protocol::Icmp, Protocol::Tcp, Protocol::Udp])
}

fn appliance_kind(dice: &mut Dice) -> ApplianceKind {
    dice.pick(&[
        ApplianceKind::Nva,
        ApplianceKind::AzureFirewall,
        ApplianceKind::RoutingAppliance,
    ])
}

fn appliance(dice: &mut Dice) -> ApplianceSpec {
    let os_route = |dice: &mut Dice| OsRouteSpec {
        prefix: dice.text(),
        via: dice.text(),
    };
    let range_behind = |dice: &mut Dice| RangeBehindSpec {
        prefix: dice.text(),
        snat: dice.flag(),
    };
    let dnat = |dice: &mut Dice| DnatSpec {
        public_ip: dice.text(),
        to: dice.text(),
        protocol: dice.maybe(protocol),
        port: dice.maybe(Dice::number),
        translated_port: dice.maybe(Dice::number),
    };
    let kind = appliance_kind(dice);
    let (name, vnet, subnet, ip) = (dice.text(), dice.text(), dice.text(), dice.text());
    ApplianceSpec {
        load_balancer_ip: dice.maybe(Dice::text),
        ip_forwarding: dice.flag(),
        stateful: dice.maybe(Dice::flag),
        snat_private: dice.flag(),
        internet_egress: dice.flag(),
        running: dice.flag(),
        drops: dice.list(protocol),
        os_routes: dice.list(os_route),
        device: dice.maybe(Dice::text),
        ranges_behind: dice.list(range_behind),
        loopback_ips: dice.texts(),
        public_ips: dice.texts(),
        dnat: dice.list(dnat),
        firewall_policy: dice.maybe(Dice::text),
        network_security_group: dice.maybe(Dice::text),
        application_security_groups: dice.texts(),
        sku: dice.maybe(Dice::text),
        private_ranges: dice.maybe(Dice::texts),
        dns_settings: dice.maybe(firewall_dns),
        ..ApplianceSpec::new(&name, kind, &vnet, &subnet, &ip)
    }
}

fn preference(dice: &mut Dice) -> Word<RoutingPreference> {
    dice.word(&[
        RoutingPreference::ExpressRoute,
        RoutingPreference::VpnGateway,
        RoutingPreference::AsPath,
    ])
}

fn gateway(dice: &mut Dice) -> GatewaySpec {
    let kind = dice.pick(&[
        GatewayKind::Vpn,
        GatewayKind::ExpressRoute,
        GatewayKind::RouteServer,
    ]);
    let (name, vnet) = (dice.text(), dice.text());
    GatewaySpec {
        vpn_client_address_pools: dice.texts(),
        custom_routes: dice.texts(),
        gateway_default_site: dice.maybe(Dice::text),
        asn: dice.number(),
        active_active: dice.flag(),
        instance_ips: dice.texts(),
        bgp_peer_ips: dice.maybe(Dice::texts),
        public_ips: dice.texts(),
        branch_to_branch: dice.flag(),
        routing_preference: preference(dice),
        allow_remote_vnet_traffic: dice.flag(),
        allow_virtual_wan_traffic: dice.flag(),
        sku: dice.maybe(Dice::text),
        fast_path: dice.flag(),
        ..GatewaySpec::new(&name, kind, &vnet)
    }
}

fn tunnel(dice: &mut Dice) -> TunnelSpec {
    let (a, b) = (dice.text(), dice.text());
    TunnelSpec {
        inbound_route_map: dice.maybe(Dice::text),
        outbound_route_map: dice.maybe(Dice::text),
        bgp: dice.flag(),
        instance_ip: dice.maybe(Dice::text),
        as_path: dice.maybe(|dice| dice.list(Dice::number)),
        static_at_a: dice.texts(),
        static_at_b: dice.texts(),
        announced_by_a: dice.texts(),
        announced_by_b: dice.texts(),
        nat_rules: dice.list(nat_rule),
        enable_bgp_route_translation_for_nat: dice.flag(),
        ..TunnelSpec::new(&a, &b)
    }
}

fn nat_rule(dice: &mut Dice) -> NatRuleSpec {
    NatRuleSpec {
        name: dice.maybe(Dice::text),
        at: dice.maybe(Dice::text),
        mode: dice.pick(&[NatMode::EgressSnat, NatMode::IngressSnat]),
        kind: dice.pick(&[NatType::Static, NatType::Dynamic]),
        internal_mapping: dice.text(),
        external_mapping: dice.text(),
    }
}

fn circuit_connection(dice: &mut Dice) -> CircuitConnectionSpec {
    CircuitConnectionSpec {
        gateway: dice.text(),
        routing_weight: dice.number(),
        inbound_route_map: dice.maybe(Dice::text),
        outbound_route_map: dice.maybe(Dice::text),
    }
}

fn circuit_announcement(dice: &mut Dice) -> CircuitAnnouncementSpec {
    CircuitAnnouncementSpec {
        site: dice.text(),
        prefixes: dice.texts(),
    }
}

fn circuit(dice: &mut Dice) -> CircuitSpec {
    CircuitSpec {
        connections: dice.list(circuit_connection),
        announcements: dice.list(circuit_announcement),
        name: dice.text(),
        gateways: dice.texts(),
        sites: dice.texts(),
        global_reach_with: dice.texts(),
        links_up: dice.pick(&[2, 1, 0]),
        plan: dice.maybe(|dice| CircuitPlanSpec {
            tier: dice.pick(&[
                CircuitTier::Local,
                CircuitTier::Standard,
                CircuitTier::Premium,
            ]),
            family: dice.pick(&[CircuitFamily::MeteredData, CircuitFamily::UnlimitedData]),
            bandwidth_in_mbps: dice.number(),
        }),
    }
}

fn site(dice: &mut Dice) -> SiteSpec {
    SiteSpec {
        name: dice.text(),
        asn: dice.number(),
        prefixes: dice.texts(),
        as_path: dice.list(Dice::number),
        wan: dice.maybe(Dice::text),
        dns_servers: dice.texts(),
    }
}

fn bgp_peering(dice: &mut Dice) -> BgpPeeringSpec {
    let advertisement = |dice: &mut Dice| AdvertisementSpec {
        prefix: dice.text(),
        next_hop: dice.maybe(Dice::text),
        as_path: dice.maybe(|dice| dice.list(Dice::number)),
    };
    BgpPeeringSpec {
        instance_ip: dice.maybe(Dice::text),
        reannounces: dice.flag(),
        route_map: dice.maybe(Dice::text),
        speaker: dice.text(),
        appliance: dice.text(),
        asn: dice.number(),
        advertises: dice.list(advertisement),
    }
}

fn private_endpoint(dice: &mut Dice) -> PrivateEndpointSpec {
    PrivateEndpointSpec {
        name: dice.maybe(Dice::text),
        vnet: dice.text(),
        subnet: dice.text(),
        ip: dice.text(),
        fqdns: dice.texts(),
        private_dns_zones: dice.texts(),
    }
}

fn private_dns_zone(dice: &mut Dice) -> PrivateDnsZoneSpec {
    use ResolutionPolicy::{Default, NxDomainRedirect};
    PrivateDnsZoneSpec {
        name: dice.text(),
        virtual_network_links: dice.list(|dice| ZoneLinkSpec {
            vnet: dice.text(),
            resolution_policy: dice.word(&[Default, NxDomainRedirect]),
        }),
        records: dice.list(|dice| DnsRecordSpec {
            name: dice.text(),
            ips: dice.texts(),
        }),
    }
}

fn dns_resolver(dice: &mut Dice) -> DnsResolverSpec {
    DnsResolverSpec {
        name: dice.text(),
        vnet: dice.text(),
        inbound_endpoints: dice.list(|dice| InboundEndpointSpec {
            name: dice.text(),
            subnet: dice.text(),
            ip: dice.text(),
        }),
        outbound_endpoints: dice.list(|dice| OutboundEndpointSpec {
            name: dice.text(),
            subnet: dice.text(),
        }),
    }
}

fn dns_ruleset(dice: &mut Dice) -> DnsForwardingRulesetSpec {
    use ForwardingRuleState::{Disabled, Enabled};
    DnsForwardingRulesetSpec {
        name: dice.text(),
        outbound_endpoints: dice.texts(),
        linked_vnets: dice.texts(),
        forwarding_rules: dice.list(|dice| ForwardingRuleSpec {
            name: dice.maybe(Dice::text),
            domain_name: dice.text(),
            target_dns_servers: dice.texts(),
            forwarding_rule_state: dice.word(&[Enabled, Disabled]),
        }),
    }
}

fn dns_server(dice: &mut Dice) -> DnsServerSpec {
    DnsServerSpec {
        name: dice.text(),
        ip: dice.text(),
        forwarders: dice.list(|dice| ForwarderSpec {
            domain: dice.text(),
            servers: dice.texts(),
        }),
    }
}

fn security_rule(dice: &mut Dice) -> SecurityRuleSpec {
    SecurityRuleSpec {
        name: dice.maybe(Dice::text),
        priority: dice.number(),
        direction: dice.pick(&[Direction::Inbound, Direction::Outbound]),
        access: dice.pick(&[Access::Allow, Access::AlwaysAllow, Access::Deny]),
        protocol: dice.maybe(protocol),
        source: dice.texts(),
        destination: dice.texts(),
        source_port_ranges: dice.texts(),
        destination_port_ranges: dice.texts(),
        source_application_security_groups: dice.texts(),
        destination_application_security_groups: dice.texts(),
    }
}

fn security_group(dice: &mut Dice) -> NetworkSecurityGroupSpec {
    NetworkSecurityGroupSpec {
        name: dice.text(),
        rules: dice.list(security_rule),
    }
}

fn route_map(dice: &mut Dice) -> RouteMapSpec {
    let numbers = |dice: &mut Dice| dice.list(Dice::number);
    let criterion = move |dice: &mut Dice| RouteMapCriterionSpec {
        match_condition: dice.pick(&[
            MatchCondition::Contains,
            MatchCondition::Equals,
            MatchCondition::NotContains,
            MatchCondition::NotEquals,
        ]),
        route_prefix: dice.texts(),
        as_path: numbers(dice),
    };
    let action = move |dice: &mut Dice| RouteMapActionSpec {
        kind: dice.pick(&[
            RouteMapActionType::Add,
            RouteMapActionType::Drop,
            RouteMapActionType::Remove,
            RouteMapActionType::Replace,
        ]),
        route_prefix: dice.texts(),
        as_path: numbers(dice),
    };
    let rule = move |dice: &mut Dice| RouteMapRuleSpec {
        name: dice.maybe(Dice::text),
        match_criteria: dice.list(criterion),
        actions: dice.list(action),
        next_step_if_matched: dice.pick(&[NextStep::Continue, NextStep::Terminate]),
    };
    RouteMapSpec {
        name: dice.text(),
        rules: dice.list(rule),
    }
}

fn nat_gateway(dice: &mut Dice) -> NatGatewaySpec {
    NatGatewaySpec {
        name: dice.text(),
        public_ips: dice.texts(),
    }
}

fn public_load_balancer(dice: &mut Dice) -> PublicLoadBalancerSpec {
    PublicLoadBalancerSpec {
        name: dice.text(),
        public_ip: dice.text(),
        backends: dice.texts(),
        floating_ip: dice.flag(),
        outbound_rule: dice.flag(),
    }
}

fn ip_group(dice: &mut Dice) -> IpGroupSpec {
    IpGroupSpec {
        name: dice.text(),
        ip_addresses: dice.texts(),
    }
}

fn firewall_policy(dice: &mut Dice) -> FirewallPolicySpec {
    let group = |dice: &mut Dice| RuleCollectionGroupSpec {
        name: dice.maybe(Dice::text),
        priority: dice.number(),
        rule_collections: dice.list(rule_collection),
    };
    FirewallPolicySpec {
        name: dice.text(),
        base_policy: dice.maybe(Dice::text),
        rule_collection_groups: dice.list(group),
        dns_settings: dice.maybe(firewall_dns),
    }
}

fn firewall_dns(dice: &mut Dice) -> FirewallDnsSpec {
    FirewallDnsSpec {
        servers: dice.texts(),
        enable_proxy: dice.flag(),
    }
}

fn rule_collection(dice: &mut Dice) -> FirewallRuleCollectionSpec {
    let actions = [
        FirewallAction::Allow,
        FirewallAction::Deny,
        FirewallAction::Dnat,
    ];
    FirewallRuleCollectionSpec {
        name: dice.maybe(Dice::text),
        priority: dice.number(),
        action: dice.pick(&actions),
        rules: dice.list(firewall_rule),
    }
}

fn firewall_rule(dice: &mut Dice) -> FirewallRuleSpec {
    let kinds = [
        FirewallRuleType::NetworkRule,
        FirewallRuleType::NatRule,
        FirewallRuleType::ApplicationRule,
    ];
    let protocol = |dice: &mut Dice| {
        dice.pick(&[
            FirewallProtocol::Any,
            FirewallProtocol::Tcp,
            FirewallProtocol::Udp,
            FirewallProtocol::Icmp,
        ])
    };
    let application = |dice: &mut Dice| ApplicationProtocolSpec {
        protocol_type: dice.text(),
        port: dice.number(),
    };
    FirewallRuleSpec {
        name: dice.maybe(Dice::text),
        rule_type: dice.pick(&kinds),
        ip_protocols: dice.list(protocol),
        source_addresses: dice.texts(),
        source_ip_groups: dice.texts(),
        destination_addresses: dice.texts(),
        destination_ip_groups: dice.texts(),
        destination_fqdns: dice.texts(),
        destination_ports: dice.texts(),
        translated_address: dice.maybe(Dice::text),
        translated_port: dice.maybe(Dice::number),
        protocols: dice.list(application),
        target_fqdns: dice.texts(),
    }
}

fn service_tag(dice: &mut Dice) -> ServiceTagSpec {
    ServiceTagSpec {
        name: dice.text(),
        prefixes: dice.texts(),
    }
}

fn network_manager(dice: &mut Dice) -> NetworkManagerSpec {
    let group = |dice: &mut Dice| NetworkGroupSpec {
        name: dice.text(),
        members: dice.texts(),
    };
    let connectivity = |dice: &mut Dice| ConnectivitySpec {
        name: dice.maybe(Dice::text),
        topology: dice.word(&[
            ConnectivityTopology::Mesh,
            ConnectivityTopology::HubAndSpoke,
        ]),
        hub: dice.maybe(Dice::text),
        groups: dice.texts(),
        direct_connectivity: dice.flag(),
        global_mesh: dice.flag(),
        use_hub_gateway: dice.flag(),
        deployed_to: dice.maybe(Dice::texts),
    };
    let admin = |dice: &mut Dice| SecurityAdminRuleSpec {
        groups: dice.texts(),
        rule: security_rule(dice),
    };
    NetworkManagerSpec {
        groups: dice.list(group),
        configurations: dice.list(connectivity),
        security_admin_rules: dice.list(admin),
        address_overlap: dice.pick(&[AddressOverlap::Allowed, AddressOverlap::Disallowed]),
        routing_configurations: dice.list(routing_configuration),
    }
}

fn routing_configuration(dice: &mut Dice) -> RoutingConfigurationSpec {
    let collection = |dice: &mut Dice| RuleCollectionSpec {
        name: dice.maybe(Dice::text),
        groups: dice.texts(),
        local_routing: dice.pick(&[
            LocalRouting::NotSpecified,
            LocalRouting::DirectRoutingWithinVNet,
            LocalRouting::DirectRoutingWithinSubnet,
        ]),
        disable_bgp_route_propagation: dice.flag(),
        rules: dice.list(user_route),
    };
    RoutingConfigurationSpec {
        name: dice.maybe(Dice::text),
        route_table_usage_mode: dice.pick(&[
            RouteTableUsageMode::ManagedOnly,
            RouteTableUsageMode::UseExisting,
        ]),
        rule_collections: dice.list(collection),
        deployed_to: dice.maybe(Dice::texts),
    }
}

fn virtual_wan(dice: &mut Dice) -> VirtualWanSpec {
    VirtualWanSpec {
        hubs: dice.list(hub),
    }
}

fn hub(dice: &mut Dice) -> HubSpec {
    HubSpec {
        vpn_client_address_pools: dice.texts(),
        allow_branch_to_branch_traffic: dice.flag(),
        name: dice.text(),
        region: dice.text(),
        prefix: dice.maybe(Dice::text),
        routing_preference: preference(dice),
        router_ips: dice.texts(),
        firewall: dice.maybe(hub_firewall),
        routing_intent: RoutingIntentSpec {
            private: dice.flag(),
            internet: dice.flag(),
            private_prefixes: dice.texts(),
        },
        route_tables: dice.list(hub_route_table),
        connections: dice.list(connection),
        vpn: dice.maybe(|dice| HubVpnSpec {
            asn: dice.number(),
            instance_ips: dice.texts(),
        }),
        express_route: dice.maybe(|dice| HubExpressRouteSpec {
            allow_non_virtual_wan_traffic: dice.flag(),
        }),
        branches: HubBranchesSpec {
            propagated_tables: dice.texts(),
            propagated_labels: dice.texts(),
        },
        scale: HubScaleSpec {
            routing_units: dice.maybe(Dice::number),
            vpn_units: dice.maybe(Dice::number),
            ..HubScaleSpec::default()
        },
    }
}

fn hub_firewall(dice: &mut Dice) -> HubFirewallSpec {
    HubFirewallSpec {
        name: dice.text(),
        kind: appliance_kind(dice),
        ip: dice.maybe(Dice::text),
        sku: dice.maybe(Dice::text),
        capacity_units: None,
        firewall_policy: dice.maybe(Dice::text),
    }
}

fn hub_route_table(dice: &mut Dice) -> HubRouteTableSpec {
    let route = |dice: &mut Dice| HubStaticRouteSpec {
        prefixes: dice.texts(),
        next_hop: dice.text(),
    };
    HubRouteTableSpec {
        name: dice.text(),
        labels: dice.texts(),
        static_routes: dice.list(route),
    }
}

fn connection(dice: &mut Dice) -> HubConnectionSpec {
    let route = |dice: &mut Dice| ConnectionStaticRouteSpec {
        prefixes: dice.texts(),
        next_hop_ip: dice.text(),
    };
    HubConnectionSpec {
        inbound_route_map: dice.maybe(Dice::text),
        outbound_route_map: dice.maybe(Dice::text),
        name: dice.text(),
        vnet: dice.text(),
        associated: dice.text(),
        propagated_tables: dice.texts(),
        propagated_labels: dice.texts(),
        enable_internet_security: dice.flag(),
        static_routes: dice.list(route),
        propagate_static_routes: dice.flag(),
        local_route_override: dice.word(&[LocalRouteOverride::Contains, LocalRouteOverride::Equal]),
    }
}

fn workload(dice: &mut Dice) -> WorkloadSpec {
    WorkloadSpec {
        name: dice.text(),
        vnet: dice.text(),
        subnet: dice.text(),
        ip: dice.text(),
        network_security_group: dice.maybe(Dice::text),
        application_security_groups: dice.texts(),
        public_ip: dice.maybe(Dice::text),
        load_balancer_ip: dice.maybe(Dice::text),
        floating_ip: dice.flag(),
    }
}
