//! A hub with Azure Firewall in each region; everything that leaves a spoke passes it.
//!
//! The rule: spoke subnets send 0.0.0.0/0 (or every private range) to their hub's firewall and learn nothing from
//! gateways; GatewaySubnet has one route for each spoke; with several regions each AzureFirewallSubnet has one route
//! for the spokes of each other region, towards that region's firewall, and its own way out.
//!
//! | two regions, three spokes each | routes | next hop |
//! |---|---|---|
//! | spoke subnets of East US | 0.0.0.0/0 | 10.0.0.4 |
//! | AzureFirewallSubnet of East US | 10.1.128.0/17; 0.0.0.0/0 | 10.1.0.4; Internet |
//! | GatewaySubnet of East US, if there is one | 10.0.128.0/24, 10.0.129.0/24, 10.0.130.0/24 | 10.0.0.4 |
//!
//! Traffic between regions passes both firewalls. Sources: "Use Azure Firewall to route a multi hub and spoke
//! topology", 2025-06-26; "Patterns for inter-spoke networking", patterns 2a and 2b.

use super::build::{Draft, Hub, Machine};
use super::source::{ARTICLE, FIREWALL, MULTI_HUB};
use super::{Counts, Definition, Family, Inspector, Outside, PLAIN, Part, Pattern, Sentence, Shape, Sizes, Way, says};
use crate::intent::{FirewallTier, HubManagement, Intent, IntrusionPrevention};

pub(super) const PATTERN: Definition = Definition {
    id: "hub-firewall",
    title: "Hub with Azure Firewall",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::Firewall,
    blueprint: |draft| {
        draft.inspecting_hubs(Machine::Firewall);
    },
    counts: |shape| hub_counts(shape, false),
    way: |_, _, _| Way::Inspected,
    outside: inspected,
    says: firewall_says,
    passes: |_| &[Part::Appliance],
    sites_inspected: true,
    divides: true,
    with_pairs: Some(Pattern::HubSelective),
    ..PLAIN
};

impl Draft<'_> {
    /// A hub with an inspecting appliance in each region, its tables, its spokes and all peerings.
    pub(super) fn inspecting_hubs(&mut self, machine: Machine) {
        let hubs = self.hubs();
        for hub in &hubs {
            self.inspecting_hub(hub, &hubs, machine);
        }
        self.hub_mesh(&hubs);
    }

    fn inspecting_hub(&mut self, hub: &Hub<'_>, hubs: &[Hub<'_>], machine: Machine) {
        let next_hop = machine.next_hop(hub.prefix);
        self.add_hub(hub);
        let crossing = self.crossing(hub, hubs, machine);
        self.machine(hub, machine, crossing);
        self.gateways(hub, Self::spoke_routes(hub, next_hop));
        let routes = self.inspected_routes(next_hop);
        let table = self.table(format!("rt-{}-spokes", hub.region.name), false, routes);
        self.spokes(hub.region, table.as_ref());
        self.connect(hub, self.has_gateway());
    }
}

pub(super) fn hub_counts(shape: &Shape, nvas: bool) -> Counts {
    let mut counts = Counts::default();
    counts.inspecting_hubs(shape, nvas);
    counts
}

/// Sites through the hub, the Internet through its appliance where that is asked for.
pub(super) fn inspected(intent: &Intent) -> Outside {
    super::egress::through_hub(intent)
}

pub(super) fn firewall_says(intent: &Intent) -> Vec<Sentence> {
    let mut sentences = vec![tables_say(intent), scale_says(intent)];
    if intent.wants_vpn() || intent.wants_express_route() {
        sentences.push(says(
            MULTI_HUB,
            "GatewaySubnet has a route for each spoke of the hub, towards the firewall",
        ));
    }
    if intent.regions.len() > 1 {
        sentences.push(says(ARTICLE, "traffic between regions passes the firewalls of both regions; each firewall subnet needs routes to the other regions"));
    }
    sentences
}

/// What spoke tables send to the firewall.
fn tables_say(intent: &Intent) -> Sentence {
    let what = if intent.inspects_internet() {
        "0.0.0.0/0"
    } else {
        "every private range"
    };
    says(
        MULTI_HUB,
        format!("spoke tables send {what} to the firewall, with propagation off"),
    )
}

/// How much the firewall carries, and when.
fn scale_says(intent: &Intent) -> Sentence {
    let denies = intent.appliance.intrusion_prevention == IntrusionPrevention::Deny;
    says(
        FIREWALL,
        match Sizes::asked(intent).firewall {
            FirewallTier::Basic => "a firewall Basic carries 250 Mbps and does not scale out",
            FirewallTier::Standard => "a firewall Standard carries 3 Gbps before it scales out, 30 Gbps five to seven minutes later, one TCP connection 1.5 Gbps",
            FirewallTier::Premium if denies => "a firewall Premium whose intrusion prevention denies carries 22 Gbps, one TCP connection 0.6 Gbps",
            FirewallTier::Premium => "a firewall Premium carries 18 Gbps before it scales out, 100 Gbps five to seven minutes later, one TCP connection 9 Gbps",
        },
    )
}
