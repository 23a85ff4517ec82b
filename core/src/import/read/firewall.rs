//! Azure Firewalls, their policies with rule collection groups, classic rules, IP groups.
//!
//! | member | becomes |
//! |---|---|
//! | a policy's `snat.privateRanges`, a firewall's `Network.SNAT.PrivateRanges` | ranges that are not source-NATed |
//! | `managementIpConfiguration` | forced tunnelling |
//! | a policy's `dnsSettings`, a firewall's `Network.DNS.…` | whom it asks for names, whether it is a proxy |
//! | `ruleCollections[].rules[]` of a group | rules of the policy that the group belongs to |
//! | `networkRuleCollections`, `natRuleCollections`, `applicationRuleCollections` of a firewall | a policy of its own |
//!
//! PowerShell's words (`RuleCollection`, `Protocols` of a network rule) and the classic ones are read alike. Left out: TLS
//! inspection, threat intelligence, web categories.

use super::ip_configuration;
use crate::import::fields::Fields;
use crate::import::gather::{Firewall, Gathered, Head, IpConfiguration, Policy, PolicyGroup};
use crate::import::id;
use crate::spec::{
    ApplicationProtocolSpec, FirewallAction, FirewallDnsSpec, FirewallProtocol,
    FirewallRuleCollectionSpec, FirewallRuleSpec, FirewallRuleType, RuleCollectionGroupSpec,
};
use crate::word::find_word;

pub(in crate::import) fn firewall(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let configurations: Vec<IpConfiguration> = fields
        .items("ipconfigurations")
        .map(|item| ip_configuration(&head.id, "ipConfigurations", item))
        .collect();
    let in_hub = fields.get("hubipaddresses");
    let public = in_hub.and_then(|hub| hub.get("publicips"));
    let counted = public.and_then(|public| public.number("count"));
    let sku = fields.get("sku");
    let classic = classic_rules(head, fields, gathered);
    gathered.firewalls.push(Firewall {
        head: head.clone(),
        tier: sku.and_then(|sku| sku.owned("tier")),
        hub: fields.reference("virtualhub"),
        subnet: configurations.iter().find_map(|one| one.subnet.clone()),
        ip: configurations
            .iter()
            .find_map(|one| one.ip.clone())
            .or_else(|| in_hub.and_then(|hub| hub.owned("privateipaddress"))),
        policy: fields.reference("firewallpolicy").or(classic),
        private_ranges: firewall_ranges(fields),
        public_addresses: counted.unwrap_or_else(|| count_public(&configurations)),
        public_ids: configurations
            .into_iter()
            .filter_map(|one| one.public_address)
            .collect(),
        zones: fields.texts("zones"),
        capacity_units: fields
            .get("autoscaleconfiguration")
            .and_then(|scale| scale.number("mincapacity")),
        forced_tunnelling: fields.get("managementipconfiguration").is_some(),
        dns: own_dns(fields),
    });
}

fn count_public(configurations: &[IpConfiguration]) -> u32 {
    let public = configurations
        .iter()
        .filter(|one| one.public_address.is_some());
    u32::try_from(public.count()).unwrap_or(u32::MAX)
}

/// A firewall without a policy keeps its ranges in `additionalProperties`, in one text; PowerShell in `PrivateRange`.
fn firewall_ranges(fields: Fields<'_>) -> Option<Vec<String>> {
    let further = fields.get("additionalproperties");
    let ranges = further.map(|further| further.texts("network.snat.privateranges"));
    ranges
        .filter(|ranges| !ranges.is_empty())
        .or_else(|| Some(fields.texts("privaterange")).filter(|ranges| !ranges.is_empty()))
}

/// A firewall without a policy keeps them in `additionalProperties`.
fn own_dns(fields: Fields<'_>) -> Option<FirewallDnsSpec> {
    let further = fields.get("additionalproperties");
    let own = further.and_then(|further| {
        let enable_proxy = further.flag("network.dns.enableproxy").unwrap_or_default();
        let servers = further.texts("network.dns.servers");
        told(FirewallDnsSpec {
            servers,
            enable_proxy,
        })
    });
    own.or_else(|| dns_settings(fields))
}

fn dns_settings(fields: Fields<'_>) -> Option<FirewallDnsSpec> {
    let settings = fields.get("dnssettings")?;
    told(FirewallDnsSpec {
        servers: settings.texts("servers"),
        enable_proxy: settings.flag("enableproxy").unwrap_or_default(),
    })
}

/// Settings that say something.
fn told(settings: FirewallDnsSpec) -> Option<FirewallDnsSpec> {
    let silent = settings.servers.is_empty() && !settings.enable_proxy;
    (!silent).then_some(settings)
}

pub(in crate::import) fn policy(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let ranges = fields.get("snat").map(|snat| snat.texts("privateranges"));
    let ranges = ranges.filter(|ranges| !ranges.is_empty());
    gathered.policies.push(Policy {
        head: head.clone(),
        base: fields.reference("basepolicy"),
        private_ranges: ranges
            .or_else(|| Some(fields.texts("privaterange")).filter(|ranges| !ranges.is_empty())),
        dns: dns_settings(fields),
    });
}

pub(in crate::import) fn policy_group(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let collections = ["rulecollections", "rulecollection"];
    let collections = collections.iter().flat_map(|list| fields.items(list));
    let spec = RuleCollectionGroupSpec {
        name: Some(head.name.clone()),
        priority: fields.number("priority").unwrap_or_default(),
        rule_collections: collections
            .map(|item| collection(item, FirewallRuleType::NetworkRule))
            .collect(),
    };
    gathered.policy_groups.push(PolicyGroup {
        policy: id::parent_of(&head.id).to_owned(),
        spec,
    });
}

/// The lists of a firewall without a policy, and the kind of their rules.
const CLASSIC: [(&str, FirewallRuleType); 3] = [
    ("natrulecollections", FirewallRuleType::NatRule),
    ("networkrulecollections", FirewallRuleType::NetworkRule),
    (
        "applicationrulecollections",
        FirewallRuleType::ApplicationRule,
    ),
];

/// The id of a policy that stands for the rules of a firewall itself; none where it has none.
fn classic_rules(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) -> Option<String> {
    let mut collections = Vec::new();
    for (list, kind) in CLASSIC {
        collections.extend(fields.items(list).map(|item| collection(item, kind)));
    }
    if collections.is_empty() {
        return None;
    }
    Some(add_classic(head, collections, gathered))
}

/// Rules of a firewall itself that stand on their own, as Terraform has them.
pub(in crate::import) fn classic_collection(
    head: &Head,
    fields: Fields<'_>,
    gathered: &mut Gathered,
) {
    let kind = fields.text("rulekind").and_then(find_word);
    let owner = Head {
        id: id::parent_of(&head.id).to_owned(),
        name: id::name_of(id::parent_of(&head.id)).to_owned(),
        ..head.clone()
    };
    add_classic(
        &owner,
        vec![collection(fields, kind.unwrap_or_default())],
        gathered,
    );
}

fn add_classic(
    firewall: &Head,
    rule_collections: Vec<FirewallRuleCollectionSpec>,
    gathered: &mut Gathered,
) -> String {
    /// One group is enough: its number says nothing.
    const PRIORITY: u32 = 100;
    let policy = format!("{}/firewallPolicies/rules", firewall.id);
    gathered.policies.push(Policy {
        head: Head {
            id: policy.clone(),
            name: format!("rules of {}", firewall.name),
            ..firewall.clone()
        },
        base: None,
        private_ranges: None,
        dns: None,
    });
    gathered.policy_groups.push(PolicyGroup {
        policy: policy.clone(),
        spec: RuleCollectionGroupSpec {
            name: None,
            priority: PRIORITY,
            rule_collections,
        },
    });
    policy
}

fn collection(fields: Fields<'_>, kind: FirewallRuleType) -> FirewallRuleCollectionSpec {
    let action = fields
        .at(&["action"])
        .and_then(|action| action.text("type").or_else(|| action.as_text()));
    let action = action.and_then(find_word::<FirewallAction>);
    let usual = match kind {
        FirewallRuleType::NatRule => FirewallAction::Dnat,
        _ => FirewallAction::Allow,
    };
    let action = action.unwrap_or(usual);
    FirewallRuleCollectionSpec {
        name: fields.text("name").map(|name| id::name_of(name).to_owned()),
        priority: fields.number("priority").unwrap_or_default(),
        action,
        rules: fields.items("rules").map(|item| rule(item, kind)).collect(),
    }
}

fn rule(fields: Fields<'_>, usual: FirewallRuleType) -> FirewallRuleSpec {
    let written = fields.text("ruletype").and_then(find_word);
    let rule_type = written.unwrap_or(usual);
    let by_name = rule_type == FirewallRuleType::ApplicationRule;
    let protocols = || fields.texts_or("ipprotocols", "protocols");
    let known = |text: &String| find_word::<FirewallProtocol>(text);
    FirewallRuleSpec {
        name: fields.text("name").map(|name| id::name_of(name).to_owned()),
        rule_type,
        ip_protocols: if by_name {
            Vec::new()
        } else {
            protocols().iter().filter_map(known).collect()
        },
        source_addresses: fields.texts("sourceaddresses"),
        source_ip_groups: fields.texts("sourceipgroups"),
        destination_addresses: fields.texts("destinationaddresses"),
        destination_ip_groups: fields.texts("destinationipgroups"),
        destination_fqdns: fields.texts("destinationfqdns"),
        destination_ports: fields.texts("destinationports"),
        translated_address: fields
            .owned("translatedaddress")
            .or_else(|| fields.owned("translatedfqdn")),
        translated_port: fields.number("translatedport"),
        protocols: if by_name {
            fields.items("protocols").filter_map(application).collect()
        } else {
            Vec::new()
        },
        target_fqdns: fields.texts("targetfqdns"),
    }
}

fn application(fields: Fields<'_>) -> Option<ApplicationProtocolSpec> {
    Some(ApplicationProtocolSpec {
        protocol_type: fields
            .owned("protocoltype")
            .or_else(|| fields.owned("type"))?,
        port: fields.number("port")?,
    })
}

pub(in crate::import) fn ip_group(head: &Head, fields: Fields<'_>, gathered: &mut Gathered) {
    let addresses = fields.texts("ipaddresses");
    gathered.ip_groups.push((head.clone(), addresses));
}
