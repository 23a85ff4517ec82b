//! NVAs that tell a Route Server what to send them: spokes have no route table.
//!
//! The rule: Route Server learns 0.0.0.0/0 (or the private ranges that hold spokes) from the NVAs, with the load
//! balancer as next hop, and programs it into every spoke that uses it as a gateway. It never programs a range that is
//! as long as a peered one: spokes that are not peered with each other fall to the shorter route. The NVAs' own subnet
//! overrides what it would learn from itself.
//!
//! | subnet | routes | next hop |
//! |---|---|---|
//! | spokes | learned: 0.0.0.0/0 | the load balancer |
//! | NVAs | 0.0.0.0/0; the spokes of each other region | Internet; that region's load balancer |
//!
//! Traffic with on-premises takes the gateway directly, both ways. Newer practice than the article's. Source: "Azure
//! Route Server frequently asked questions", 2025-09.

use super::build::{Draft, Hub, Machine, typed_route};
use super::count::many;
use super::egress::through_hub;
use super::shape::attracted;
use super::source::{INJECTION, ROUTE_SERVER};
use super::{Counter, Counts, Definition, Family, Inspector, PLAIN, Part, Shape, Way, says};
use crate::address::{covered_by, default_route};
use crate::intent::{HubManagement, Slot};
use crate::spec::{AdvertisementSpec, BgpPeeringSpec, GatewayKind, UserNextHopType};
use ipnet::Ipv4Net;

/// Number of the NVAs.
const ASN: u32 = 65_010;

pub(super) const PATTERN: Definition = Definition {
    id: "hub-nva-route-server",
    title: "Hub with NVAs and Route Server",
    family: Family::Appliance,
    hub: HubManagement::SelfManaged,
    inspector: Inspector::Nvas,
    blueprint,
    counts,
    way: |_, _, _| Way::Inspected,
    outside: through_hub,
    says: |_| {
        vec![
            says(
                INJECTION,
                "newer practice than the article's: spokes learn the default route and need no route table",
            ),
            says(
                ROUTE_SERVER,
                "Route Server attracts with ranges shorter than the peered ones; it cannot pull traffic between networks that are peered, nor inside one",
            ),
            says(
                ROUTE_SERVER,
                "it takes 8 BGP peers and 1,000 routes of each; a route table with propagation off cuts a subnet off",
            ),
        ]
    },
    passes: |_| &[Part::Appliance],
    most_nvas: 8,
    bounds: |sizes| vec![("ars.peers", sizes.nva_count, "appliance.nvaCount")],
    divides: true,
    ..PLAIN
};

fn blueprint(draft: &mut Draft<'_>) {
    let hubs = draft.hubs();
    for hub in &hubs {
        draft.add_hub(hub);
        let routes = own_routes(draft, hub, &hubs);
        draft.machine(hub, Machine::Nvas, routes);
        draft.subnet(
            &hub.name,
            "RouteServerSubnet",
            Slot::RouteServer.of(hub.prefix),
            None,
        );
        draft.hub_gateway(hub, GatewayKind::RouteServer);
        sessions(draft, hub);
        draft.gateways(hub, Vec::new());
        draft.spokes(hub.region, None);
        draft.connect(hub, true);
    }
    draft.hub_mesh(&hubs);
}

/// The NVAs' own subnet: the other regions, and what would lead back to the NVAs.
fn own_routes(draft: &Draft<'_>, hub: &Hub<'_>, hubs: &[Hub<'_>]) -> Vec<crate::spec::RouteSpec> {
    let mut routes = if draft.intent.inspects_internet() {
        vec![typed_route(default_route(), UserNextHopType::Internet)]
    } else {
        attracted(draft.plan)
            .into_iter()
            .map(|range| typed_route(range, UserNextHopType::None))
            .collect()
    };
    routes.extend(draft.crossing(hub, hubs, Machine::Nvas));
    routes
}

fn sessions(draft: &mut Draft<'_>, hub: &Hub<'_>) {
    let ranges: Vec<Ipv4Net> = if draft.intent.inspects_internet() {
        vec![default_route()]
    } else {
        let mut ranges = attracted(draft.plan);
        let others = draft.plan.regions.iter().flat_map(|region| &region.summary);
        ranges.extend(others.filter(|range| !covered_by(range, &attracted(draft.plan))));
        ranges
    };
    let next_hop = Machine::Nvas.next_hop(hub.prefix).to_string();
    let advertises = ranges.iter().map(|range| AdvertisementSpec {
        prefix: range.to_string(),
        next_hop: Some(next_hop.clone()),
        as_path: None,
    });
    let advertises: Vec<AdvertisementSpec> = advertises.collect();
    let own = draft
        .spec
        .appliances
        .iter()
        .filter(|appliance| appliance.vnet == hub.name);
    let sessions = own.map(|appliance| BgpPeeringSpec {
        speaker: format!("{}-rs", hub.name),
        appliance: appliance.name.clone(),
        asn: ASN,
        advertises: advertises.clone(),
    });
    draft.spec.bgp_peerings.extend(sessions);
}

fn counts(shape: &Shape) -> Counts {
    let r = shape.regions();
    let mut counts = Counts::default();
    counts.hub_and_spoke(shape);
    counts.appliances(r, shape.nva_count);
    counts.add(Counter::Gateways, Some(r), |n| many(n, "Route Server"));
    counts.crossing_tables(
        shape,
        if shape.internet { 1 } else { shape.attracted },
        true,
    );
    counts
}
