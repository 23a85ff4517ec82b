//! Traffic between spokes turned round at the Microsoft edge of a shared ExpressRoute circuit.
//!
//! The rule: the ExpressRoute gateways of all hubs hang on one circuit and accept other VNets on it
//! (`allowRemoteVnetTraffic`, on every gateway). Spokes of one hub do not learn each other that way: the site behind
//! the circuit announces a range that covers them. Strongly discouraged.
//!
//! | pair | passes |
//! |---|---|
//! | spokes of two regions | the edge, the gateway of the other hub |
//! | spokes of one region | the edge, the gateway of their hub |
//!
//! Source: "Patterns for inter-spoke networking", pattern 2; "Configure an ExpressRoute gateway", 2025-11-10.

use super::build::Draft;
use super::count::many;
use super::egress::through_hub;
use super::source::{ARTICLE, HAIRPIN};
use super::{Advice, Counter, Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, says};
use crate::intent::{HubManagement, Slot};
use crate::spec::GatewayKind;
use ipnet::Ipv4Net;

pub(super) const PATTERN: Definition = Definition {
    id: "expressroute-hairpin",
    title: "ExpressRoute hairpin",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::None,
    blueprint,
    counts,
    way: |_, _, _| Way::Forwarded,
    outside: through_hub,
    says: |_| {
        vec![
            says(
                HAIRPIN,
                "allowRemoteVnetTraffic must be on at every gateway of the circuit; where one is off, routes are missing without an error",
            ),
            says(
                HAIRPIN,
                "a gateway announces 1,000 prefixes at most to the circuit",
            ),
        ]
    },
    advice: |_| {
        vec![Advice {
            sentence: says(
                ARTICLE,
                "strongly discouraged: the way to the edge and back adds latency, the circuit is a single point of failure, and gateways and edge routers carry what peerings would",
            ),
            input: "",
            change: "with an appliance in the hub (hub-firewall, hub-nva) or Virtual WAN",
        }]
    },
    passes: |_| &[Part::ExpressRouteGateway],
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    for hub in draft.hubs() {
        draft.add_hub(&hub);
        draft.subnet(
            &hub.name,
            "GatewaySubnet",
            Slot::Gateway.of(hub.prefix),
            None,
        );
        if let Some(gateway) = draft.hub_gateway(&hub, GatewayKind::ExpressRoute) {
            gateway.allow_remote_vnet_traffic = true;
        }
        draft.attach_circuit(format!("{}-er", hub.name));
        if draft.intent.wants_vpn() {
            draft.hub_gateway(&hub, GatewayKind::Vpn);
            draft.attach_vpn(format!("{}-vpn", hub.name));
        }
        let routes = draft.internet_route(&hub);
        let table = draft.table(format!("rt-{}-spokes", hub.region.name), true, routes);
        draft.spokes(hub.region, table.as_ref());
        draft.connect(&hub, true);
        let covering = hub
            .region
            .summary
            .iter()
            .map(|range| covering(draft, *range));
        let covering: Vec<Ipv4Net> = covering.collect();
        draft.announce(&covering);
    }
}

/// A range that holds spokes and is none of theirs: a gateway ignores what is exactly a spoke's.
fn covering(draft: &Draft<'_>, range: Ipv4Net) -> Ipv4Net {
    let taken = draft.plan.spokes().any(|spoke| spoke.prefix == range);
    if taken {
        range.supernet().unwrap_or(range)
    } else {
        range
    }
}

fn counts(shape: &Shape) -> Counts {
    let r = shape.regions();
    let mut counts = Counts::default();
    counts.spokes_of_hubs(shape);
    let vpn = u64::from(shape.tunnel_sites > 0);
    counts.add(Counter::Gateways, Some(r.saturating_mul(1 + vpn)), |_| {
        many(r, "hub")
    });
    counts.hub_tunnels(shape);
    counts.announced(shape);
    counts.internet_appliances(shape);
    counts
}
