//! Private DNS as exports and plans write it: what both are read as is one estate, and names have its answers.

use interspoke_core::dns::{Answer, resolve};
use interspoke_core::import::{Import, Imported, Verdict};
use interspoke_core::route::{Routing, Settings};
use interspoke_core::spec::NetworkSpec;
use interspoke_core::topology::build;
use serde_json::{Value, json};

fn read(text: &str) -> Imported {
    let mut import = Import::new();
    import.add("file", text.as_bytes());
    import.finish()
}

fn expected() -> NetworkSpec {
    let estate = json!({
        "vnets": [
            {"name": "hub", "region": "westeurope", "prefixes": ["10.0.0.0/16"], "subnets": [
                {"name": "in", "prefix": "10.0.0.0/28"}, {"name": "out", "prefix": "10.0.1.0/28"}, {"name": "ends", "prefix": "10.0.2.0/24"}]},
            {"name": "spoke", "region": "westeurope", "prefixes": ["10.1.0.0/16"], "subnets": [{"name": "app", "prefix": "10.1.0.0/24"}],
             "dnsServers": ["10.0.0.4", "10.0.0.5"]}
        ],
        "privateEndpoints": [{"name": "files", "vnet": "hub", "subnet": "ends", "ip": "10.0.2.4",
            "fqdns": ["files1.blob.core.windows.net"], "privateDnsZones": ["privatelink.blob.core.windows.net"]}],
        "privateDnsZones": [{"name": "privatelink.blob.core.windows.net",
            "virtualNetworkLinks": [{"vnet": "hub", "resolutionPolicy": "NxDomainRedirect"}],
            "records": [{"name": "files1", "ips": ["10.0.2.4"]}]}],
        "dnsResolvers": [{"name": "resolver", "vnet": "hub", "inboundEndpoints": [{"name": "in", "subnet": "in", "ip": "10.0.0.4"}],
            "outboundEndpoints": [{"name": "out", "subnet": "out"}]}],
        "dnsForwardingRulesets": [{"name": "rules", "outboundEndpoints": ["out"], "linkedVnets": ["spoke"], "forwardingRules": [
            {"name": "corp", "domainName": "corp.example.", "targetDnsServers": ["10.9.0.4", "10.9.0.5"]},
            {"name": "old", "domainName": "old.example.", "targetDnsServers": ["10.9.0.4"], "forwardingRuleState": "Disabled"}]}]
    });
    serde_json::from_value(estate).unwrap()
}

/// What both texts say besides the peering, which neither has.
fn check(made: &Imported) {
    let (network, expected) = (&made.network, expected());
    assert_eq!(network.private_dns_zones, expected.private_dns_zones);
    assert_eq!(network.dns_resolvers, expected.dns_resolvers);
    assert_eq!(
        network.dns_forwarding_rulesets,
        expected.dns_forwarding_rulesets
    );
    assert_eq!(network.private_endpoints, expected.private_endpoints);
    assert_eq!(network.vnets[1].dns_servers, expected.vnets[1].dns_servers);
    assert_eq!(made.report.of(Verdict::Stub).count(), 0);
    let routing = Routing::new(build(network).value.into(), Settings::default());
    let found = resolve(
        &routing,
        "10.0.2.9".parse().unwrap(),
        "files1.blob.core.windows.net",
    );
    assert_eq!(
        found.answer,
        Answer::Record(vec!["10.0.2.4".parse().unwrap()])
    );
}

const ROOT: &str = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/";

fn id(path: &str) -> Value {
    json!({"id": format!("{ROOT}{path}")})
}

fn resource(path: &str, properties: Value) -> Value {
    let parts: Vec<&str> = path.split('/').collect();
    let kinds: Vec<&str> = parts.iter().step_by(2).copied().collect();
    json!({"id": format!("{ROOT}{path}"), "name": parts.last(), "type": format!("Microsoft.Network/{}", kinds.join("/")),
        "location": "westeurope", "properties": properties})
}

fn vnet(name: &str, prefix: &str, subnets: &[(&str, &str)], servers: &[&str]) -> Value {
    let subnets: Vec<Value> = subnets
        .iter()
        .map(|(name, prefix)| json!({"name": name, "properties": {"addressPrefix": prefix}}))
        .collect();
    let space = json!({"addressPrefixes": [prefix]});
    let options = json!({"dnsServers": servers});
    let properties = json!({"addressSpace": space, "subnets": subnets, "dhcpOptions": options});
    resource(&format!("virtualNetworks/{name}"), properties)
}

fn rule(name: &str, domain: &str, targets: &[&str], state: &str) -> Value {
    let targets: Vec<Value> = targets
        .iter()
        .map(|ip| json!({"ipAddress": ip, "port": 53}))
        .collect();
    resource(
        &format!("dnsForwardingRulesets/rules/forwardingRules/{name}"),
        json!({"domainName": domain, "targetDnsServers": targets, "forwardingRuleState": state}),
    )
}

#[test]
fn an_export_of_resources() {
    let zone = "privateDnsZones/privatelink.blob.core.windows.net";
    let subnet = |name: &str| id(&format!("virtualNetworks/hub/subnets/{name}"));
    let all = json!([
        vnet(
            "hub",
            "10.0.0.0/16",
            &[
                ("in", "10.0.0.0/28"),
                ("out", "10.0.1.0/28"),
                ("ends", "10.0.2.0/24")
            ],
            &[]
        ),
        vnet(
            "spoke",
            "10.1.0.0/16",
            &[("app", "10.1.0.0/24")],
            &["10.0.0.4", "10.0.0.5"]
        ),
        resource(
            "privateEndpoints/files",
            json!({"subnet": subnet("ends"), "customDnsConfigs": [],
            "networkInterfaces": [id("networkInterfaces/files-nic")]})
        ),
        resource(
            "networkInterfaces/files-nic",
            json!({"privateEndpoint": id("privateEndpoints/files"), "ipConfigurations": [
            {"name": "c", "properties": {"privateIPAddress": "10.0.2.4", "subnet": subnet("ends"),
                "privateLinkConnectionProperties": {"fqdns": ["files1.blob.core.windows.net"]}}}]})
        ),
        resource(
            "privateEndpoints/files/privateDnsZoneGroups/default",
            json!({"privateDnsZoneConfigs": [
            {"name": "blob", "properties": {"privateDnsZoneId": format!("{ROOT}{zone}"),
                "recordSets": [{"recordSetName": "files1", "fqdn": "files1.privatelink.blob.core.windows.net"}]}}]})
        ),
        resource(zone, json!({"numberOfRecordSets": 2})),
        resource(
            &format!("{zone}/virtualNetworkLinks/to-hub"),
            json!({"virtualNetwork": id("virtualNetworks/hub"),
            "resolutionPolicy": "NxDomainRedirect"})
        ),
        resource(
            &format!("{zone}/A/files1"),
            json!({"aRecords": [{"ipv4Address": "10.0.2.4"}]})
        ),
        resource(
            "dnsResolvers/resolver",
            json!({"virtualNetwork": id("virtualNetworks/hub")})
        ),
        resource(
            "dnsResolvers/resolver/inboundEndpoints/in",
            json!({"ipConfigurations": [
            {"privateIpAddress": "10.0.0.4", "subnet": subnet("in")}]})
        ),
        resource(
            "dnsResolvers/resolver/outboundEndpoints/out",
            json!({"subnet": subnet("out")})
        ),
        resource(
            "dnsForwardingRulesets/rules",
            json!({"dnsResolverOutboundEndpoints": [id("dnsResolvers/resolver/outboundEndpoints/out")]})
        ),
        resource(
            "dnsForwardingRulesets/rules/virtualNetworkLinks/l",
            json!({"virtualNetwork": id("virtualNetworks/spoke")})
        ),
        rule(
            "corp",
            "corp.example.",
            &["10.9.0.4", "10.9.0.5"],
            "Enabled"
        ),
        rule("old", "old.example.", &["10.9.0.4"], "Disabled"),
    ]);
    check(&read(&all.to_string()));
}

fn planned(kind: &str, name: &str, values: Value) -> Value {
    json!({"address": format!("azurerm_{kind}.{name}"), "mode": "managed", "type": format!("azurerm_{kind}"), "name": name, "values": values})
}

#[test]
fn a_plan_of_terraform() {
    let at = |path: &str| format!("{ROOT}{path}");
    let zone = "privateDnsZones/privatelink.blob.core.windows.net";
    let resources = json!([
        planned(
            "virtual_network",
            "hub",
            json!({"id": at("virtualNetworks/hub"), "name": "hub", "location": "westeurope",
            "address_space": ["10.0.0.0/16"], "subnet": [{"name": "in", "address_prefixes": ["10.0.0.0/28"]},
            {"name": "out", "address_prefixes": ["10.0.1.0/28"]}, {"name": "ends", "address_prefixes": ["10.0.2.0/24"]}]})
        ),
        planned(
            "virtual_network",
            "spoke",
            json!({"id": at("virtualNetworks/spoke"), "name": "spoke", "location": "westeurope",
            "address_space": ["10.1.0.0/16"], "dns_servers": ["10.0.0.4", "10.0.0.5"], "subnet": [{"name": "app", "address_prefixes": ["10.1.0.0/24"]}]})
        ),
        planned(
            "private_endpoint",
            "files",
            json!({"id": at("privateEndpoints/files"), "name": "files", "location": "westeurope",
            "subnet_id": at("virtualNetworks/hub/subnets/ends"), "ip_configuration": [{"name": "c", "private_ip_address": "10.0.2.4"}],
            "custom_dns_configs": [{"fqdn": "files1.blob.core.windows.net", "ip_addresses": ["10.0.2.4"]}],
            "private_dns_zone_group": [{"name": "default", "private_dns_zone_ids": [at(zone)]}]})
        ),
        planned(
            "private_dns_zone",
            "blob",
            json!({"id": at(zone), "name": "privatelink.blob.core.windows.net"})
        ),
        planned(
            "private_dns_zone_virtual_network_link",
            "hub",
            json!({"id": at(&format!("{zone}/virtualNetworkLinks/hub")), "name": "hub",
            "private_dns_zone_name": "privatelink.blob.core.windows.net", "virtual_network_id": at("virtualNetworks/hub"),
            "resolution_policy": "NxDomainRedirect"})
        ),
        planned(
            "private_dns_a_record",
            "files1",
            json!({"id": at(&format!("{zone}/A/files1")), "name": "files1",
            "zone_name": "privatelink.blob.core.windows.net", "records": ["10.0.2.4"], "ttl": 300})
        ),
        planned(
            "private_dns_resolver",
            "resolver",
            json!({"id": at("dnsResolvers/resolver"), "name": "resolver", "location": "westeurope",
            "virtual_network_id": at("virtualNetworks/hub")})
        ),
        planned(
            "private_dns_resolver_inbound_endpoint",
            "in",
            json!({"id": at("dnsResolvers/resolver/inboundEndpoints/in"), "name": "in",
            "private_dns_resolver_id": at("dnsResolvers/resolver"),
            "ip_configurations": [{"private_ip_address": "10.0.0.4", "subnet_id": at("virtualNetworks/hub/subnets/in")}]})
        ),
        planned(
            "private_dns_resolver_outbound_endpoint",
            "out",
            json!({"id": at("dnsResolvers/resolver/outboundEndpoints/out"), "name": "out",
            "private_dns_resolver_id": at("dnsResolvers/resolver"), "subnet_id": at("virtualNetworks/hub/subnets/out")})
        ),
        planned(
            "private_dns_resolver_dns_forwarding_ruleset",
            "rules",
            json!({"id": at("dnsForwardingRulesets/rules"), "name": "rules",
            "private_dns_resolver_outbound_endpoint_ids": [at("dnsResolvers/resolver/outboundEndpoints/out")]})
        ),
        planned(
            "private_dns_resolver_virtual_network_link",
            "l",
            json!({"id": at("dnsForwardingRulesets/rules/virtualNetworkLinks/l"), "name": "l",
            "dns_forwarding_ruleset_id": at("dnsForwardingRulesets/rules"), "virtual_network_id": at("virtualNetworks/spoke")})
        ),
        planned(
            "private_dns_resolver_forwarding_rule",
            "corp",
            json!({"id": at("dnsForwardingRulesets/rules/forwardingRules/corp"), "name": "corp",
            "dns_forwarding_ruleset_id": at("dnsForwardingRulesets/rules"), "domain_name": "corp.example.", "enabled": true,
            "target_dns_servers": [{"ip_address": "10.9.0.4", "port": 53}, {"ip_address": "10.9.0.5", "port": 53}]})
        ),
        planned(
            "private_dns_resolver_forwarding_rule",
            "old",
            json!({"id": at("dnsForwardingRulesets/rules/forwardingRules/old"), "name": "old",
            "dns_forwarding_ruleset_id": at("dnsForwardingRulesets/rules"), "domain_name": "old.example.", "enabled": false,
            "target_dns_servers": [{"ip_address": "10.9.0.4", "port": 53}]})
        ),
    ]);
    let plan = json!({"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {"resources": resources}}});
    check(&read(&plan.to_string()));
}

#[test]
fn what_an_export_lacks_is_said() {
    let zone = "privateDnsZones/corp.example";
    let made = read(
        &json!([
            vnet("hub", "10.0.0.0/16", &[("in", "10.0.0.0/28")], &[]),
            resource(
                &format!("{zone}/virtualNetworkLinks/a"),
                json!({"virtualNetwork": id("virtualNetworks/hub")})
            ),
            resource(
                &format!("{zone}/virtualNetworkLinks/b"),
                json!({"virtualNetwork": id("virtualNetworks/elsewhere")})
            ),
        ])
        .to_string(),
    );
    let zones = &made.network.private_dns_zones;
    assert_eq!(
        (zones[0].name.as_str(), zones[0].virtual_network_links.len()),
        ("corp.example", 1)
    );
    let skipped: Vec<String> = made
        .report
        .of(Verdict::Skipped)
        .map(ToString::to_string)
        .collect();
    assert!(
        skipped[0].contains("a link to the VNet \"elsewhere\", which no file has"),
        "{skipped:?}"
    );
}
