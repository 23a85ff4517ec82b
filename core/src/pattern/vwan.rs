//! Standard Virtual WAN: a hub in each region, every spoke connected to the hub of its region.
//!
//! The rule: n spokes take n connections and no peering, table or route of one's own; hubs are meshed by the platform.
//! The hub's router forwards between spokes, and nothing inspects.
//!
//! | n spokes, r regions | connections | of the largest hub, at most |
//! |---|---|---|
//! | 6, 2 | 6 | 500 - 2 hubs |
//!
//! Source: "Patterns for inter-spoke networking", pattern 2; Virtual WAN limits, 2026.

use super::build::Draft;
use super::source::{ARTICLE, WAN_FAQ, WAN_SETTINGS};
use super::{Counts, Definition, Family, Inspector, Outside, PLAIN, Part, Pattern, Sentence, Shape, Way, follows, says};
use crate::intent::{HubManagement, RegionPlan};
use crate::spec::{
    ApplianceKind, HubBranchesSpec, HubConnectionSpec, HubExpressRouteSpec, HubFirewallSpec,
    HubScaleSpec, HubSpec, HubVpnSpec, LocalRouteOverride, RoutingIntentSpec, RoutingPreference,
};

pub(super) const PATTERN: Definition = Definition {
    id: "vwan",
    title: "Virtual WAN",
    family: Family::Appliance,
    hub: HubManagement::MicrosoftManaged,
    inspector: Inspector::None,
    blueprint: |draft| draft.virtual_wan(None),
    counts: |shape| wan_counts(shape, false),
    way: |_, _, _| Way::Forwarded,
    outside: |_| Outside {
        on_premises: true,
        other_clouds: true,
        internet: Way::Direct,
    },
    says: |_| {
        let mut sentences = wan_says();
        sentences.push(follows("no inspection: the hub's router forwards between spokes and looks at nothing"));
        sentences
    },
    passes: |_| &[Part::Router],
    divides: true,
    with_pairs: Some(Pattern::VwanSelective),
    ..PLAIN
};

pub(super) fn wan_says() -> Vec<Sentence> {
    vec![
        says(
            ARTICLE,
            "Microsoft runs the hubs and the routing between them; spokes are connected, not peered",
        ),
        says(
            WAN_SETTINGS,
            "the hub's router carries as many Gbps as it has routing units: 3 at the start, 50 at most",
        ),
        says(WAN_FAQ, "a spoke that owns a gateway cannot be connected"),
    ]
}

impl Draft<'_> {
    /// Whether several hubs hang on one circuit: without the preference for the AS path, spokes of two hubs would talk
    /// over it.
    fn shares_circuit(&self) -> bool {
        self.intent.wants_express_route() && self.plan.regions.len() > 1
    }

    /// A Virtual WAN hub in each region with its spokes; with a firewall and routing intent where one is given.
    pub(super) fn virtual_wan(&mut self, inspector: Option<ApplianceKind>) {
        for region in &self.plan.regions {
            self.spokes(region, None);
            let mut hub = self.virtual_hub(region, inspector);
            hub.connections = region
                .spokes
                .iter()
                .map(|spoke| connection(&spoke.name))
                .collect();
            self.spec.virtual_wan.get_or_insert_default().hubs.push(hub);
        }
    }

    /// A hub with the gateways that the Intent asks for, not yet connected.
    pub(super) fn virtual_hub(
        &mut self,
        region: &RegionPlan,
        inspector: Option<ApplianceKind>,
    ) -> HubSpec {
        let name = format!("{}-vhub", region.name);
        if self.intent.wants_vpn() {
            self.attach_vpn(name.clone());
        }
        if self.intent.wants_express_route() {
            self.attach_circuit(name.clone());
        }
        let firewall = inspector.map(|kind| HubFirewallSpec {
            name: format!(
                "{name}-{}",
                if kind == ApplianceKind::Nva {
                    "nva"
                } else {
                    "firewall"
                }
            ),
            kind,
            firewall_policy: None,
            ip: None,
            sku: (kind == ApplianceKind::AzureFirewall)
                .then(|| self.sizes.firewall.word().to_owned()),
            capacity_units: self.sizes.hub_nva_units.filter(|_| kind == ApplianceKind::Nva),
        });
        let beside = super::shape::private_aggregates(self.plan)
            .into_iter()
            .skip(3);
        let routing_intent = RoutingIntentSpec {
            private: firewall.is_some(),
            internet: firewall.is_some() && self.intent.inspects_internet(),
            private_prefixes: beside
                .filter(|_| firewall.is_some())
                .map(|net| net.to_string())
                .collect(),
        };
        HubSpec {
            prefix: Some(hub_range(region).to_string()),
            name,
            region: region.region.clone(),
            firewall,
            routing_intent,
            vpn: self.intent.wants_vpn().then(|| HubVpnSpec {
                asn: 65_515,
                instance_ips: Vec::new(),
            }),
            express_route: self
                .intent
                .wants_express_route()
                .then(HubExpressRouteSpec::default),
            branches: HubBranchesSpec::default(),
            routing_preference: if self.shares_circuit() {
                RoutingPreference::AsPath
            } else {
                RoutingPreference::ExpressRoute
            }
            .into(),
            scale: HubScaleSpec {
                routing_units: self.sizes.routing_units,
                vpn_units: self.sizes.hub_vpn_units,
                express_route_units: self.sizes.hub_express_route_units,
                ..HubScaleSpec::default()
            },
            ..HubSpec::default()
        }
    }
}

/// A /23 of the hub's place, or all of it.
fn hub_range(region: &RegionPlan) -> ipnet::Ipv4Net {
    ipnet::Ipv4Net::new(region.hub.network(), region.hub.prefix_len().max(23)).unwrap_or(region.hub)
}

/// A connection with Azure's defaults.
pub(super) fn connection(vnet: &str) -> HubConnectionSpec {
    HubConnectionSpec {
        inbound_route_map: None,
        outbound_route_map: None,
        name: vnet.to_owned(),
        vnet: vnet.to_owned(),
        associated: "defaultRouteTable".to_owned(),
        propagated_tables: vec!["defaultRouteTable".to_owned()],
        propagated_labels: vec!["default".to_owned()],
        enable_internet_security: true,
        static_routes: Vec::new(),
        propagate_static_routes: true,
        local_route_override: LocalRouteOverride::Contains.into(),
    }
}

pub(super) fn wan_counts(shape: &Shape, secured: bool) -> Counts {
    let mut counts = Counts::default();
    counts.region_vnets(shape, 0);
    counts.virtual_wan(shape, shape.spokes.iter().copied());
    if secured {
        counts.appliances(shape.regions(), 1);
    }
    counts
}
