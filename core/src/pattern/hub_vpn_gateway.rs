//! The hub's VPN gateway as the router between spokes.
//!
//! The rule: spokes use the gateway of their hub, and their tables send the region's spokes to it; between regions the
//! gateways of the hubs have a tunnel with BGP and tell each other their spokes. Not recommended: no bandwidth between
//! spokes is guaranteed.
//!
//! | n spokes, r regions | links | tunnels |
//! |---|---|---|
//! | 6, 2 | 6 | 1 |
//!
//! Beside an ExpressRoute gateway a route to the gateway is of no use (MicrosoftDocs/azure-docs issue 67804, 2020-12-17; "Virtual network
//! traffic routing", Microsoft Learn), so with ExpressRoute spokes of one region do not reach each other here.
//!
//! Source: "Patterns for inter-spoke networking", pattern 2; captures of 2026-04.

use super::build::{Draft, typed_route};
use super::count::{many, pairs, product};
use super::egress::through_hub;
use super::source::ARTICLE;
use super::{Advice, Counter, Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, says};
use crate::intent::{HubManagement, Slot};
use crate::spec::{GatewayKind, TunnelSpec, UserNextHopType};

/// Number of the first hub's gateway: each has its own, or they would refuse each other's routes.
const FIRST_ASN: u32 = 65_010;

pub(super) const PATTERN: Definition = Definition {
    id: "hub-vpn-gateway",
    title: "Hub with a VPN gateway as router",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |intent, a, b| {
        if intent.wants_express_route() && a.region == b.region {
            Way::Lost
        } else {
            Way::Forwarded
        }
    },
    outside: through_hub,
    says: |_| {
        vec![says(
            ARTICLE,
            "a VPN gateway can be the next hop of a user-defined route; it is made for traffic with sites and users",
        )]
    },
    advice: |_| {
        vec![Advice {
            sentence: says(
                ARTICLE,
                "routing between spokes through a VPN gateway is not recommended: no bandwidth between them is guaranteed",
            ),
            input: "",
            change: "with an appliance in the hub (hub-firewall, hub-nva)",
        }]
    },
    passes: |_| &[Part::VpnGateway],
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let hubs = draft.hubs();
    for (asn, hub) in (FIRST_ASN..).zip(&hubs) {
        draft.add_hub(hub);
        draft.subnet(
            &hub.name,
            "GatewaySubnet",
            Slot::Gateway.of(hub.prefix),
            None,
        );
        if let Some(gateway) = draft.hub_gateway(hub, GatewayKind::Vpn) {
            gateway.asn = asn;
        }
        if draft.intent.wants_vpn() {
            draft.attach_vpn(format!("{}-vpn", hub.name));
        }
        if draft.intent.wants_express_route() {
            draft.hub_gateway(hub, GatewayKind::ExpressRoute);
            draft.attach_circuit(format!("{}-er", hub.name));
        }
        let mut routes = draft.internet_route(hub);
        let own = hub.region.summary.iter();
        routes.extend(own.map(|range| typed_route(*range, UserNextHopType::VirtualNetworkGateway)));
        let table = draft.table(format!("rt-{}-spokes", hub.region.name), true, routes);
        draft.spokes(hub.region, table.as_ref());
        draft.connect(hub, true);
    }
    for (position, hub) in hubs.iter().enumerate() {
        for other in hubs.iter().skip(position + 1) {
            let tunnel =
                TunnelSpec::new(&format!("{}-vpn", hub.name), &format!("{}-vpn", other.name));
            draft.spec.tunnels.push(tunnel);
        }
    }
}

fn counts(shape: &Shape) -> Counts {
    let r = shape.regions();
    let mut counts = Counts::default();
    counts.spokes_of_hubs(shape);
    counts.add(
        Counter::Gateways,
        product(r, 1 + u64::from(shape.circuit)),
        |_| many(r, "hub"),
    );
    counts.add(Counter::Tunnels, pairs(r), |n| many(n, "hub pair"));
    counts.hub_tunnels(shape);
    let each = r.saturating_sub(1).checked_add(shape.tunnel_sites);
    counts.most(Counter::GatewayTunnels, each, |_| {
        format!(
            "{} other hubs + {}",
            r - 1,
            many(shape.tunnel_sites, "site")
        )
    });
    if shape.circuit {
        counts.announced(shape);
    }
    if shape.internet {
        counts.appliances(r, if shape.nvas { shape.nva_count } else { 1 });
    }
    let besides = u64::from(shape.internet);
    let routes = shape.summaries.iter().map(|n| n.saturating_add(besides));
    counts.tables(Some(r), Some(routes.clone().sum()), "spokes");
    counts.most(Counter::LargestTable, routes.max(), |n| {
        format!("{} of a spoke table", many(n, "route"))
    });
    counts.region_tables(shape, "spokes");
    counts
}
