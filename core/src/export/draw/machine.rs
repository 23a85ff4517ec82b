//! Azure Firewall with its policy, NVAs with their load balancers, routing appliances.

use super::Draft;
use crate::address::{Prefix, default_route, parse_prefix};
use crate::export::graph::ResourceId;
use crate::export::kind::Kind;
use crate::export::value::Value;
use crate::spec::{
    ApplianceKind, ApplianceSpec, DnatSpec, FirewallDnsSpec, Protocol, UserNextHopType,
};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

/// Who may sign in at an NVA.
const USER: &str = "azureuser";
/// Smallest machine that forwards for a test; a parameter's default.
const MACHINE_SIZE: &str = "Standard_D2s_v5";

impl<'s> Draft<'s> {
    pub(super) fn machines(&mut self) {
        let spec = self.spec;
        for appliance in &spec.appliances {
            match appliance.kind.known() {
                Ok(ApplianceKind::AzureFirewall) => self.firewall(appliance),
                Ok(ApplianceKind::RoutingAppliance) => self.routing_appliance(appliance),
                Ok(ApplianceKind::Nva) => {}
                Err(word) => {
                    let place = format!("appliances[{}]", appliance.name);
                    self.note(place, format!("{word:?} is no kind of appliance: not made"));
                }
            }
        }
        self.nvas();
    }

    fn firewall(&mut self, firewall: &'s ApplianceSpec) {
        let place = format!("appliances[{}]", firewall.name);
        let Some(subnet) = self.platform_subnet(&firewall.vnet, "AzureFirewallSubnet", 26) else {
            self.note(place, "no AzureFirewallSubnet to stand in: not made");
            return;
        };
        if !firewall.subnet.eq_ignore_ascii_case("AzureFirewallSubnet") {
            let text = format!(
                "stands in {} in the estate; Azure puts it into AzureFirewallSubnet",
                firewall.subnet
            );
            self.note(&place, text);
        }
        let region = self.region_of(&firewall.vnet);
        let tier = tier(firewall.sku.as_deref());
        let policy = match self.policy_named(firewall.firewall_policy.as_deref(), &place) {
            Some(policy) => {
                self.beside_a_policy(&place, firewall);
                policy
            }
            None => self.firewall_policy(firewall, &region, tier),
        };
        let count = firewall.public_addresses.unwrap_or(1).max(1);
        let mut configurations = Vec::new();
        for number in 1..=count {
            let address = self.public_address(
                &numbered(&firewall.name, number, count),
                &region,
                &firewall.zones,
            );
            let properties = Value::object()
                .maybe("subnet", (number == 1).then(|| Value::reference(subnet)))
                .with("publicIPAddress", Value::reference(address));
            configurations.push(named(&format!("address-{number}"), properties));
        }
        let management = self.management(firewall, &region, tier);
        let properties = Value::object()
            .with(
                "sku",
                Value::object().with("name", "AZFW_VNet").with("tier", tier),
            )
            .with("firewallPolicy", Value::reference(policy))
            .with("ipConfigurations", configurations)
            .maybe("managementIpConfiguration", management)
            .maybe(
                "autoscaleConfiguration",
                firewall.capacity_units.map(capacity),
            );
        let body = Value::object()
            .some("zones", firewall.zones.iter().map(Value::from).collect())
            .with("properties", properties);
        let id = self.add(Kind::Firewall, &firewall.name, &region, body);
        let rules: Vec<ResourceId> = self.children(policy).collect();
        self.wait(id, rules);
        self.firewall_remarks(id, firewall);
    }

    fn firewall_remarks(&mut self, id: ResourceId, firewall: &ApplianceSpec) {
        self.remark(
            id,
            format!(
                "Azure chooses its private address; routes of the estate name {}",
                firewall.ip
            ),
        );
        if !firewall.running {
            self.remark(id, "stopped in the estate; made, it runs");
        }
    }

    fn children(&self, parent: ResourceId) -> impl Iterator<Item = ResourceId> + '_ {
        self.graph.ids().filter(move |id| {
            self.graph
                .resource(*id)
                .is_some_and(|resource| resource.parent == Some(parent))
        })
    }

    /// A second subnet and address, where tier Basic or forced tunnelling needs them.
    fn management(
        &mut self,
        firewall: &'s ApplianceSpec,
        region: &str,
        tier: &str,
    ) -> Option<Value> {
        let listed = self.subnets.keys().any(|(vnet, subnet)| {
            *vnet == firewall.vnet && subnet == "AzureFirewallManagementSubnet"
        });
        if tier != "Basic" && !listed && !self.is_tunnelled(firewall) {
            return None;
        }
        let subnet = self.platform_subnet(&firewall.vnet, "AzureFirewallManagementSubnet", 26)?;
        let address = self.public_address(
            &format!("{}-management", firewall.name),
            region,
            &firewall.zones,
        );
        let properties = Value::object()
            .with("subnet", Value::reference(subnet))
            .with("publicIPAddress", Value::reference(address));
        Some(named("management", properties))
    }

    /// Whether the table of its subnet sends everything elsewhere than to the Internet.
    fn is_tunnelled(&self, firewall: &ApplianceSpec) -> bool {
        let vnet = self
            .spec
            .vnets
            .iter()
            .find(|vnet| vnet.name == firewall.vnet);
        let subnet = vnet.and_then(|vnet| {
            let mut subnets = vnet.subnets.iter();
            subnets.find(|subnet| subnet.name.eq_ignore_ascii_case("AzureFirewallSubnet"))
        });
        let table = subnet.and_then(|subnet| subnet.route_table.as_ref());
        let mut tables = self.spec.route_tables.iter();
        let table = table.and_then(|name| tables.find(|table| table.name == *name));
        let everything = Ok(Prefix::V4(default_route()));
        table.is_some_and(|table| {
            table.routes.iter().any(|route| {
                parse_prefix(&route.prefix) == everything
                    && route.next_hop_type.known() != Ok(UserNextHopType::Internet)
            })
        })
    }

    /// What an estate says of a firewall besides its policy.
    fn beside_a_policy(&mut self, place: &str, firewall: &ApplianceSpec) {
        if !firewall.drops.is_empty() || !firewall.dnat.is_empty() {
            let text =
                "what it drops or translates besides its policy is not written: make rules of it";
            self.note(place, text);
        }
        if firewall.dns_settings.is_some() {
            self.note(
                place,
                "its own DNS settings are not written: its policy says them",
            );
        }
    }

    /// A policy of its own for a firewall that names none.
    fn firewall_policy(
        &mut self,
        firewall: &'s ApplianceSpec,
        region: &str,
        tier: &'static str,
    ) -> ResourceId {
        let ranges = firewall.private_ranges.as_ref().map(private);
        let properties = Value::object()
            .with("sku", Value::object().with("tier", tier))
            .maybe("snat", ranges)
            .maybe(
                "dnsSettings",
                firewall.dns_settings.as_ref().map(dns_settings),
            );
        let body = Value::object().with("properties", properties);
        let policy = self.add(Kind::FirewallPolicy, &firewall.name, region, body);
        let allowed = allowed(&firewall.drops);
        self.rules(policy, &firewall.name, &allowed, &firewall.dnat);
        policy
    }

    /// What the estate says of a policy: which protocols pass.
    pub(super) fn rules(
        &mut self,
        policy: ResourceId,
        firewall: &str,
        protocols: &[&str],
        translations: &[DnatSpec],
    ) {
        let mut collections = Vec::new();
        if !translations.is_empty() {
            let port = self.ask(
                &format!("port_of_{firewall}"),
                &format!("Port that {firewall} translates; the estate knows none"),
                Some("443"),
            );
            collections.push(translation(translations, &port));
        }
        if !protocols.is_empty() {
            collections.push(pass(protocols));
        }
        if collections.is_empty() {
            return;
        }
        let properties = Value::object()
            .with("priority", 1_000_u32)
            .with("ruleCollections", collections);
        let group = self.child(
            Kind::RuleCollectionGroup,
            "estate",
            policy,
            Value::object().with("properties", properties),
        );
        self.remark(
            group,
            "as simulated, everything but the named protocols passes: replace it by your own rules",
        );
    }

    fn routing_appliance(&mut self, appliance: &'s ApplianceSpec) {
        let place = format!("appliances[{}]", appliance.name);
        let Some(subnet) = self.subnet_named(&appliance.vnet, &appliance.subnet, &place) else {
            return;
        };
        let bandwidth = self.ask_number(
            &format!("gbps_of_{}", appliance.name),
            &format!(
                "Bandwidth of the routing appliance {} in Gbps",
                appliance.name
            ),
            bandwidth(appliance.sku.as_deref()).or(Some(50)),
        );
        let properties = Value::object()
            .with("bandwidthInGbps", bandwidth)
            .with("subnet", Value::reference(subnet));
        let region = self.region_of(&appliance.vnet);
        let body = Value::object().with("properties", properties);
        self.add(Kind::RoutingAppliance, &appliance.name, &region, body);
    }

    fn nvas(&mut self) {
        let mut machines: Vec<(&'s str, Vec<&'s ApplianceSpec>)> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let spec = self.spec;
        for nic in spec
            .appliances
            .iter()
            .filter(|nic| nic.kind == ApplianceKind::Nva)
        {
            let place = *at.entry(nic.machine()).or_insert(machines.len());
            match machines.get_mut(place) {
                Some((_, nics)) => nics.push(nic),
                None => machines.push((nic.machine(), vec![nic])),
            }
        }
        let mut pools: BTreeMap<(&str, &str), ResourceId> = BTreeMap::new();
        for (machine, nics) in machines {
            let mut ids = Vec::new();
            for nic in &nics {
                ids.extend(self.nic(nic, &mut pools));
            }
            if let Some(first) = nics.first() {
                self.machine(machine, first, &ids);
            }
        }
    }

    fn nic(
        &mut self,
        nic: &'s ApplianceSpec,
        pools: &mut BTreeMap<(&'s str, &'s str), ResourceId>,
    ) -> Option<ResourceId> {
        let place = format!("appliances[{}]", nic.name);
        let subnet = self.subnet_named(&nic.vnet, &nic.subnet, &place)?;
        let region = self.region_of(&nic.vnet);
        let pool = nic.load_balancer_ip.as_deref().map(|frontend| {
            let key = (nic.vnet.as_str(), frontend);
            match pools.get(&key) {
                Some(known) => *known,
                None => {
                    let pool = self.load_balancer(nic, frontend, subnet);
                    pools.insert(key, pool);
                    pool
                }
            }
        });
        let address = (nic.public_addresses.unwrap_or(0) > 0)
            .then(|| self.public_address(&nic.name, &region, &nic.zones));
        let configuration = Value::object()
            .with("subnet", Value::reference(subnet))
            .with("privateIPAllocationMethod", "Static")
            .with("privateIPAddress", &nic.ip)
            .maybe("publicIPAddress", address.map(Value::reference))
            .some(
                "applicationSecurityGroups",
                self.application_groups_of(&nic.application_security_groups, &region),
            )
            .some(
                "loadBalancerBackendAddressPools",
                pool.into_iter().map(Value::reference).collect(),
            );
        let group = nic.network_security_group.as_deref();
        let group = self.security_group_named(group, &region, &place);
        let properties = Value::object()
            .with("enableIPForwarding", nic.ip_forwarding)
            .maybe("networkSecurityGroup", group.map(Value::reference))
            .with("ipConfigurations", vec![named("address", configuration)]);
        let body = Value::object().with("properties", properties);
        let id = self.add(Kind::Nic, &nic.name, &region, body);
        self.given_addresses(id, &nic.public_ips);
        self.guest_notes(&place, nic);
        Some(id)
    }

    fn guest_notes(&mut self, place: &str, nic: &ApplianceSpec) {
        if !nic.os_routes.is_empty() {
            let routes: Vec<String> = nic
                .os_routes
                .iter()
                .map(|route| format!("{} via {}", route.prefix, route.via))
                .collect();
            self.note(
                place,
                format!(
                    "routes inside the guest are set there: {}",
                    routes.join(", ")
                ),
            );
        }
        let said = [
            (!nic.drops.is_empty(), "what it drops"),
            (!nic.dnat.is_empty(), "the destinations that it translates"),
            (nic.snat_private, "that it hides private sources"),
            (!nic.internet_egress, "that it is no way to the Internet"),
            (nic.stateful == Some(true), "that it follows connections"),
            (
                nic.stateful == Some(false),
                "that it follows no connections",
            ),
        ];
        let said: Vec<&str> = said
            .iter()
            .filter_map(|(is_said, words)| is_said.then_some(*words))
            .collect();
        if !said.is_empty() {
            self.note(place, format!("set inside the guest: {}", said.join(", ")));
        }
        let ranges = nic.ranges_behind.iter().map(|range| {
            let hidden = if range.snat { " (hidden)" } else { "" };
            format!("{}{hidden}", range.prefix)
        });
        let behind: Vec<String> = ranges.chain(nic.loopback_ips.iter().cloned()).collect();
        if !behind.is_empty() {
            let text = format!(
                "addresses behind it are set inside the guest: {}",
                behind.join(", ")
            );
            self.note(place, text);
        }
        if !nic.running {
            self.note(place, "stopped in the estate; made, it runs");
        }
    }

    /// An internal load balancer for all ports; gives its pool.
    fn load_balancer(
        &mut self,
        nic: &'s ApplianceSpec,
        frontend: &'s str,
        beside: ResourceId,
    ) -> ResourceId {
        let subnet = self.subnet_around(&nic.vnet, frontend).unwrap_or(beside);
        let region = self.region_of(&nic.vnet);
        let address = Value::object()
            .with("subnet", Value::reference(subnet))
            .with("privateIPAllocationMethod", "Static")
            .with("privateIPAddress", frontend);
        let configuration = Value::object()
            .with("name", "frontend")
            .some(
                "zones",
                nic.load_balancer_zones.iter().map(Value::from).collect(),
            )
            .with("properties", address);
        let body = Value::object()
            .with("sku", Value::object().with("name", "Standard"))
            .with(
                "properties",
                Value::object().with("frontendIPConfigurations", vec![configuration]),
            );
        let called = format!("{}-{}", nic.vnet, nic.subnet);
        let balancer = self.add(Kind::LoadBalancer, &called, &region, body);
        let pool = self.child(Kind::BackendPool, "machines", balancer, Value::object());
        let port = self.ask_number(
            &format!("probe_port_of_{called}"),
            &format!("Port on which the NVAs of {called} answer the load balancer's probe"),
            Some(22),
        );
        let probe = Value::object().with("protocol", "Tcp").with("port", port);
        let probe = self.child(
            Kind::Probe,
            "probe",
            balancer,
            Value::object().with("properties", probe),
        );
        let frontend = Value::part(balancer, "frontendIPConfigurations", "frontend", ".name");
        let rule = Value::object()
            .with(
                "frontendIPConfiguration",
                Value::object().with("id", frontend),
            )
            .with("backendAddressPool", Value::reference(pool))
            .with("probe", Value::reference(probe))
            .with("protocol", "All")
            .with("frontendPort", 0_u32)
            .with("backendPort", 0_u32)
            .with("enableFloatingIP", true);
        self.child(
            Kind::BalancingRule,
            "all-ports",
            balancer,
            Value::object().with("properties", rule),
        );
        pool
    }

    /// The subnet of a VNet that an address lies in.
    fn subnet_around(&self, vnet: &'s str, address: &str) -> Option<ResourceId> {
        let address: Ipv4Addr = address.parse().ok()?;
        let spec = self.spec.vnets.iter().find(|known| known.name == vnet)?;
        let around = spec.subnets.iter().find(|subnet| {
            matches!(parse_prefix(&subnet.prefix), Ok(Prefix::V4(net)) if net.contains(&address))
        })?;
        self.subnets.get(&(vnet, around.name.clone())).copied()
    }

    fn machine(&mut self, called: &str, first: &'s ApplianceSpec, nics: &[ResourceId]) {
        if nics.is_empty() {
            return;
        }
        let size = first.sku.as_deref().unwrap_or(MACHINE_SIZE);
        let size = self
            .ask_once(
                "nva_size",
                "Size of the NVAs that name none",
                Some(MACHINE_SIZE),
            )
            .or_text(first.sku.as_deref().map(|_| size));
        let key = self.ask_once("nva_ssh_key", "Public SSH key of the NVAs' user", None);
        let key = Value::object()
            .with("path", format!("/{}/{USER}/.ssh/authorized_keys", "home"))
            .with("keyData", key);
        let linux = Value::object()
            .with("disablePasswordAuthentication", true)
            .with("ssh", Value::object().with("publicKeys", vec![key]));
        let system = Value::object()
            .with("computerName", super::network::valid(called))
            .with("adminUsername", USER)
            .with("linuxConfiguration", linux);
        let interfaces = nics.iter().enumerate().map(|(position, nic)| {
            Value::reference(*nic)
                .with("properties", Value::object().with("primary", position == 0))
        });
        let properties = Value::object()
            .with("hardwareProfile", Value::object().with("vmSize", size))
            .with("osProfile", system)
            .with("storageProfile", self.image())
            .with(
                "networkProfile",
                Value::object().with("networkInterfaces", interfaces.collect::<Vec<_>>()),
            );
        let zones = first.zones.iter().take(1).map(Value::from).collect();
        let body = Value::object()
            .some("zones", zones)
            .with("properties", properties);
        let region = self.region_of(&first.vnet);
        let id = self.add(Kind::Machine, called, &region, body);
        self.remark(
            id,
            "a stand-in: put your vendor's image here; inside, the guest has to forward",
        );
    }

    fn image(&mut self) -> Value {
        let mut part = |name: &str, default: &str| {
            self.ask_once(
                &format!("nva_image_{name}"),
                &format!("Image of the NVAs: {name}"),
                Some(default),
            )
        };
        let image = Value::object()
            .with("publisher", part("publisher", "Canonical"))
            .with("offer", part("offer", "ubuntu-24_04-lts"))
            .with("sku", part("sku", "server"))
            .with("version", part("version", "latest"));
        let disk = Value::object()
            .with("createOption", "FromImage")
            .with("caching", "ReadWrite")
            .with(
                "managedDisk",
                Value::object().with("storageAccountType", "Premium_LRS"),
            );
        Value::object()
            .with("imageReference", image)
            .with("osDisk", disk)
    }
}

impl Value {
    /// Another text where there is one.
    fn or_text(self, text: Option<&str>) -> Self {
        text.map_or(self, Self::from)
    }
}

/// The number of `50 Gbps`.
fn bandwidth(sku: Option<&str>) -> Option<u32> {
    sku?.strip_suffix("Gbps")?.trim().parse().ok()
}

fn numbered(name: &str, number: u32, count: u32) -> String {
    if count == 1 {
        name.to_owned()
    } else {
        format!("{name}-{number}")
    }
}

fn named(name: &str, properties: Value) -> Value {
    Value::object()
        .with("name", name)
        .with("properties", properties)
}

/// Azure's word of a tier; Standard where the estate names none.
pub(super) fn tier(sku: Option<&str>) -> &'static str {
    let sku = sku.unwrap_or_default().to_ascii_lowercase();
    if sku.contains("basic") {
        "Basic"
    } else if sku.contains("premium") {
        "Premium"
    } else {
        "Standard"
    }
}

/// DNS settings as a policy has them.
pub(super) fn dns_settings(settings: &FirewallDnsSpec) -> Value {
    Value::object()
        .some(
            "servers",
            settings
                .servers
                .iter()
                .map(|one| one.as_str().into())
                .collect(),
        )
        .with("enableProxy", settings.enable_proxy)
}

/// Ranges that a firewall does not translate.
pub(super) fn private(ranges: &Vec<String>) -> Value {
    Value::object().with("privateRanges", Value::texts(ranges))
}

fn capacity(units: u32) -> Value {
    Value::object()
        .with("minCapacity", units)
        .with("maxCapacity", units)
}

fn allowed(drops: &[Protocol]) -> Vec<&'static str> {
    let all = [
        (Protocol::Tcp, "TCP"),
        (Protocol::Udp, "UDP"),
        (Protocol::Icmp, "ICMP"),
    ];
    let passing = all.iter().filter(|(protocol, _)| !drops.contains(protocol));
    passing.map(|(_, word)| *word).collect()
}

fn pass(protocols: &[&str]) -> Value {
    let rule = Value::object()
        .with("ruleType", "NetworkRule")
        .with("name", "pass")
        .with("ipProtocols", Value::texts(protocols))
        .with("sourceAddresses", Value::texts(["*"]))
        .with("destinationAddresses", Value::texts(["*"]))
        .with("destinationPorts", Value::texts(["*"]));
    Value::object()
        .with("ruleCollectionType", "FirewallPolicyFilterRuleCollection")
        .with("name", "pass")
        .with("priority", 1_000_u32)
        .with("action", Value::object().with("type", "Allow"))
        .with("rules", vec![rule])
}

/// Rules of translation; `port` stands where the estate names none.
fn translation(translations: &[DnatSpec], port: &Value) -> Value {
    let known = |port: Option<u32>| port.map(|port| Value::from(port.to_string()));
    let rules = translations.iter().zip(1..).map(|(rule, number)| {
        let called = known(rule.port).unwrap_or_else(|| port.clone());
        let own = known(rule.translated_port).unwrap_or_else(|| called.clone());
        let protocol = match rule.protocol {
            Some(Protocol::Udp) => "UDP",
            _ => "TCP",
        };
        Value::object()
            .with("ruleType", "NatRule")
            .with("name", format!("translate-{number}"))
            .with("ipProtocols", Value::texts([protocol]))
            .with("sourceAddresses", Value::texts(["*"]))
            .with("destinationAddresses", Value::texts([&rule.public_ip]))
            .with("destinationPorts", vec![called])
            .with("translatedAddress", &rule.to)
            .with("translatedPort", own)
    });
    Value::object()
        .with("ruleCollectionType", "FirewallPolicyNatRuleCollection")
        .with("name", "translate")
        .with("priority", 500_u32)
        .with("action", Value::object().with("type", "DNAT"))
        .with("rules", rules.collect::<Vec<_>>())
}
