//! Words of private DNS zones, resolvers, forwarding rulesets and zone groups.

use super::{Change, Word, Words, blocks, commands, kept, one, with, words};

pub(super) const ZONE: Words = kept(words(
    "azurerm_private_dns_zone",
    "",
    "network private-dns zone",
    &[],
    &[one("location", "-", "-")],
));

pub(super) const ZONE_LINK: Words = kept(words(
    "azurerm_private_dns_zone_virtual_network_link",
    "=private_dns_zone_name",
    "network private-dns link vnet",
    &["--zone-name"],
    &[
        one("location", "-", "-"),
        one(
            "properties.virtualNetwork.id",
            "virtual_network_id",
            "--virtual-network",
        ),
        one(
            "properties.registrationEnabled",
            "registration_enabled",
            "--registration-enabled",
        ),
        one(
            "properties.resolutionPolicy",
            "resolution_policy",
            "--resolution-policy",
        ),
    ],
));

pub(super) const ZONE_RECORD: Words = kept(words(
    "azurerm_private_dns_a_record",
    "=zone_name",
    "network private-dns record-set a",
    &["--zone-name"],
    &[
        one("properties.ttl", "ttl", "--ttl"),
        one("properties.aRecords[].ipv4Address", "records", ""),
        commands(
            "properties.aRecords[]",
            "network private-dns record-set a add-record",
            "--record-set-name",
            &[one("ipv4Address", "", "--ipv4-address")],
        ),
    ],
));

pub(super) const RESOLVER: Words = kept(words(
    "azurerm_private_dns_resolver",
    "",
    "dns-resolver",
    &[],
    &[one(
        "properties.virtualNetwork.id",
        "virtual_network_id",
        "--id",
    )],
));

pub(super) const INBOUND_ENDPOINT: Words = kept(words(
    "azurerm_private_dns_resolver_inbound_endpoint",
    "private_dns_resolver_id",
    "dns-resolver inbound-endpoint",
    &["--dns-resolver-name"],
    &[
        blocks(
            "properties.ipConfigurations[]",
            "ip_configurations",
            &[
                one("subnet.id", "subnet_id", ""),
                one(
                    "privateIpAllocationMethod",
                    "private_ip_allocation_method",
                    "",
                ),
                one("privateIpAddress", "private_ip_address", ""),
            ],
        ),
        with(
            "properties.ipConfigurations",
            "",
            "--ip-configurations",
            Change::Keyed(&[
                ("subnet.id", "id"),
                ("privateIpAllocationMethod", "private-ip-allocation-method"),
                ("privateIpAddress", "private-ip-address"),
            ]),
        ),
    ],
));

pub(super) const OUTBOUND_ENDPOINT: Words = kept(words(
    "azurerm_private_dns_resolver_outbound_endpoint",
    "private_dns_resolver_id",
    "dns-resolver outbound-endpoint",
    &["--dns-resolver-name"],
    &[one("properties.subnet.id", "subnet_id", "--id")],
));

pub(super) const FORWARDING_RULESET: Words = kept(words(
    "azurerm_private_dns_resolver_dns_forwarding_ruleset",
    "",
    "dns-resolver forwarding-ruleset",
    &[],
    &[
        one(
            "properties.dnsResolverOutboundEndpoints[].id",
            "private_dns_resolver_outbound_endpoint_ids",
            "",
        ),
        with(
            "properties.dnsResolverOutboundEndpoints",
            "",
            "--outbound-endpoints",
            Change::Keyed(&[("id", "id")]),
        ),
    ],
));

pub(super) const RULESET_LINK: Words = kept(words(
    "azurerm_private_dns_resolver_virtual_network_link",
    "dns_forwarding_ruleset_id",
    "dns-resolver vnet-link",
    &["--ruleset-name"],
    &[one(
        "properties.virtualNetwork.id",
        "virtual_network_id",
        "--id",
    )],
));

pub(super) const FORWARDING_RULE: Words = kept(words(
    "azurerm_private_dns_resolver_forwarding_rule",
    "dns_forwarding_ruleset_id",
    "dns-resolver forwarding-rule",
    &["--ruleset-name"],
    &[
        one("properties.domainName", "domain_name", "--domain-name"),
        with(
            "properties.forwardingRuleState",
            "enabled",
            "",
            Change::Is("Enabled"),
        ),
        one(
            "properties.forwardingRuleState",
            "",
            "--forwarding-rule-state",
        ),
        blocks(
            "properties.targetDnsServers[]",
            "target_dns_servers",
            &[one("ipAddress", "ip_address", ""), one("port", "port", "")],
        ),
        with(
            "properties.targetDnsServers",
            "",
            "--target-dns-servers",
            Change::Keyed(&[("ipAddress", "ip-address"), ("port", "port")]),
        ),
    ],
));

/// A part of the endpoint in Terraform.
pub(super) const ZONE_GROUP: Words = kept(words(
    "^",
    "",
    "network private-endpoint dns-zone-group",
    &["--endpoint-name"],
    &[
        Word::Terraform("private_dns_zone_group.name", "\"default\""),
        one(
            "properties.privateDnsZoneConfigs[].properties.privateDnsZoneId",
            "private_dns_zone_group.private_dns_zone_ids",
            "",
        ),
        one("properties.privateDnsZoneConfigs[].name", "-", ""),
        one(
            "properties.privateDnsZoneConfigs[0].properties.privateDnsZoneId",
            "",
            "--private-dns-zone",
        ),
        one(
            "properties.privateDnsZoneConfigs[0].name",
            "",
            "--zone-name",
        ),
        commands(
            "properties.privateDnsZoneConfigs[1+]",
            "network private-endpoint dns-zone-group add",
            "--name",
            &[
                one("name", "", "--zone-name"),
                one("properties.privateDnsZoneId", "", "--private-dns-zone"),
            ],
        ),
    ],
));
