//! Words of firewall policies, their rules and IP groups.

use super::{Change, NAME, Word, Words, blocks, commands, one, with, words};

pub(super) const IP_GROUP: Words = words(
    "azurerm_ip_group",
    "",
    "network ip-group",
    &[],
    &[one("properties.ipAddresses", "cidrs", "--ip-addresses")],
);

pub(super) const FIREWALL_POLICY: Words = words(
    "azurerm_firewall_policy",
    "",
    "network firewall policy",
    &[],
    &[
        one("properties.sku.tier", "sku", "--sku"),
        one(
            "properties.snat.privateRanges",
            "private_ip_ranges",
            "--private-ranges",
        ),
        one(
            "properties.dnsSettings.servers",
            "dns.servers",
            "--dns-servers",
        ),
        one(
            "properties.dnsSettings.enableProxy",
            "dns.proxy_enabled",
            "--enable-dns-proxy",
        ),
        one(
            "properties.basePolicy.id",
            "base_policy_id",
            "--base-policy",
        ),
    ],
);

const FILTER: &str = "FirewallPolicyFilterRuleCollection";

const NAT: &str = "FirewallPolicyNatRuleCollection";

const COLLECTION_TYPE: Word = one("ruleCollectionType", "-", "-");

const COLLECTION_NAME: Word = one("name", "name", "");

const COLLECTION_PRIORITY: Word = one("priority", "priority", "");

const COLLECTION_ACTION: Word = one("action.type", "action", "");

/// A collection is made with its first rule; the others are added to it.
const FURTHER_RULES: Word = commands(
    "rules[1+]",
    "network firewall policy rule-collection-group collection rule add",
    "--collection-name",
    &[
        NAME,
        one("ruleType", "", "--rule-type"),
        one("ipProtocols", "", "--ip-protocols"),
        with("protocols", "", "--protocols", Change::Pairs),
        one("sourceAddresses", "", "--source-addresses"),
        one("sourceIpGroups", "", "--source-ip-groups"),
        one("destinationAddresses", "", "--destination-addresses"),
        one("destinationIpGroups", "", "--destination-ip-groups"),
        one("destinationFqdns", "", "--destination-fqdns"),
        one("targetFqdns", "", "--target-fqdns"),
        one("destinationPorts", "", "--destination-ports"),
        one("translatedAddress", "", "--translated-address"),
        one("translatedPort", "", "--translated-port"),
    ],
);

pub(super) const RULE_COLLECTION_GROUP: Words = words(
    "azurerm_firewall_policy_rule_collection_group",
    "firewall_policy_id",
    "network firewall policy rule-collection-group",
    &["--policy-name"],
    &[
        one("properties.priority", "priority", "--priority"),
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("rules[0].ruleType", "NetworkRule")),
            block: "network_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                COLLECTION_ACTION,
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        one("ipProtocols", "protocols", ""),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses", "destination_addresses", ""),
                        one("destinationIpGroups", "destination_ip_groups", ""),
                        one("destinationFqdns", "destination_fqdns", ""),
                        one("destinationPorts", "destination_ports", ""),
                    ],
                ),
            ],
        },
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("rules[0].ruleType", "ApplicationRule")),
            block: "application_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                COLLECTION_ACTION,
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        blocks(
                            "protocols[]",
                            "protocols",
                            &[one("protocolType", "type", ""), one("port", "port", "")],
                        ),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses", "destination_addresses", ""),
                        one("targetFqdns", "destination_fqdns", ""),
                    ],
                ),
            ],
        },
        Word::Blocks {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", NAT)),
            block: "nat_rule_collection",
            words: &[
                COLLECTION_TYPE,
                COLLECTION_NAME,
                COLLECTION_PRIORITY,
                with(
                    "action.type",
                    "action",
                    "",
                    Change::Called(&[("DNAT", "Dnat")]),
                ),
                blocks(
                    "rules[]",
                    "rule",
                    &[
                        one("ruleType", "-", "-"),
                        one("name", "name", ""),
                        one("ipProtocols", "protocols", ""),
                        one("sourceAddresses", "source_addresses", ""),
                        one("sourceIpGroups", "source_ip_groups", ""),
                        one("destinationAddresses[0]", "destination_address", ""),
                        one("destinationPorts", "destination_ports", ""),
                        one("translatedAddress", "translated_address", ""),
                        one("translatedPort", "translated_port", ""),
                    ],
                ),
            ],
        },
        Word::Commands {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", FILTER)),
            command: "network firewall policy rule-collection-group collection add-filter-collection",
            owner: "--rule-collection-group-name",
            words: &[
                NAME,
                COLLECTION_TYPE,
                one("priority", "", "--collection-priority"),
                one("action.type", "", "--action"),
                one("rules[0].ruleType", "", "--rule-type"),
                one("rules[0].name", "", "--rule-name"),
                one("rules[0].ipProtocols", "", "--ip-protocols"),
                with("rules[0].protocols", "", "--protocols", Change::Pairs),
                one("rules[0].sourceAddresses", "", "--source-addresses"),
                one("rules[0].sourceIpGroups", "", "--source-ip-groups"),
                one(
                    "rules[0].destinationAddresses",
                    "",
                    "--destination-addresses",
                ),
                one(
                    "rules[0].destinationIpGroups",
                    "",
                    "--destination-ip-groups",
                ),
                one("rules[0].destinationFqdns", "", "--destination-fqdns"),
                one("rules[0].targetFqdns", "", "--target-fqdns"),
                one("rules[0].destinationPorts", "", "--destination-ports"),
                FURTHER_RULES,
            ],
        },
        Word::Commands {
            path: "properties.ruleCollections[]",
            only: Some(("ruleCollectionType", NAT)),
            command: "network firewall policy rule-collection-group collection add-nat-collection",
            owner: "--rule-collection-group-name",
            words: &[
                NAME,
                COLLECTION_TYPE,
                one("priority", "", "--collection-priority"),
                one("action.type", "", "--action"),
                one("rules[0].ruleType", "-", "-"),
                one("rules[0].name", "", "--rule-name"),
                one("rules[0].ipProtocols", "", "--ip-protocols"),
                one("rules[0].sourceAddresses", "", "--source-addresses"),
                one("rules[0].sourceIpGroups", "", "--source-ip-groups"),
                one(
                    "rules[0].destinationAddresses",
                    "",
                    "--destination-addresses",
                ),
                one("rules[0].destinationPorts", "", "--destination-ports"),
                one("rules[0].translatedAddress", "", "--translated-address"),
                one("rules[0].translatedPort", "", "--translated-port"),
                FURTHER_RULES,
            ],
        },
    ],
);
