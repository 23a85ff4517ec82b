//! How much a flow can carry, what sets it, and how many units what is asked for takes.
//!
//! The rule: everything that forwards a flow has a published ceiling for one flow, for all of them together, or none.
//! The lowest on the way sets the flow's. Where nothing forwards, the machines at the ends set it. Demand is compared
//! with the ceiling of each part of the estate, and the units or instances that would carry it are counted.
//!
//! | on the way | one flow, Mbps | together, Mbps | more by |
//! |---|---|---|---|
//! | a peering | the machine's own | the machine's own | |
//! | Azure Firewall Standard | 1,500 | 30,000 | another tier |
//! | hub router of 2 units | 1,500 | 3,000 | one unit for each Gbps |
//! | VPN gateway VpnGw1AZ, one tunnel | 1,250 | 650 | another SKU |
//! | NVA of size D4s_v5, two behind a balancer | 12,500 | 25,000 out, both directions added | another machine |
//!
//! Left out: packets a second, new connections a second, queues. A gateway that forwards between spokes guarantees no
//! bandwidth, whatever its SKU.

use crate::issue::Source;
use crate::limit::Limit;
use crate::price::Representative;
use crate::route::Place;
use crate::spec::{ApplianceKind, GatewayKind, NetworkSpec};
use crate::topology::{Appliance, HubId, Topology};

const DATA: &str = include_str!("../data/throughput-2026-11.tsv");

/// A published figure, with where it stands.
fn published(id: &str) -> Option<(u64, Source)> {
    let row = DATA
        .lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let (known, rest) = line.split_once('\t')?;
            known.eq_ignore_ascii_case(id).then_some(rest)
        })?;
    let mut fields = row.split('\t');
    let mbps = fields.next()?.parse().ok()?;
    let _per = fields.next()?;
    let source = Source {
        title: fields.next()?,
        url: "",
        date: fields.next()?,
    };
    Some((mbps, source))
}

fn limit(id: &str) -> Option<(u64, Source)> {
    Limit::named(id).map(|limit| (limit.value, limit.source))
}

/// What a ceiling bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// One flow.
    Flow,
    /// Everything that passes, in one direction.
    Together,
    /// Everything that passes, both directions added.
    BothWays,
}

/// The ceiling of one part of the estate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    /// The part, by name.
    pub element: String,
    /// What sets it, as `Azure Firewall Standard`.
    pub what: String,
    /// What it bounds.
    pub bound: Bound,
    /// Mbps; none where no figure is published or the estate does not name what it depends on.
    pub mbps: Option<u64>,
    /// Mbps that one more unit carries; 0 where there are no units to add.
    pub unit_mbps: u64,
    /// What is added, as `scale unit`; empty where nothing is.
    pub unit: &'static str,
    /// Where the figure stands.
    pub source: Option<Source>,
}

/// A demand held against a ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The ceiling.
    pub ceiling: Ceiling,
    /// Mbps that are asked of it.
    pub mbps: u64,
    /// Units that would carry it, where more of them help.
    pub units: Option<u64>,
}

impl Load {
    /// Whether more is asked than it carries; an unknown ceiling is never passed.
    #[must_use]
    pub fn exceeded(&self) -> bool {
        self.ceiling.mbps.is_some_and(|most| self.mbps > most)
    }
}

/// Peaks that are asked for, in Mbps, one direction; 0: not said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peaks {
    /// Between two spokes.
    pub pair: u64,
    /// Of all spokes of one region.
    pub region: u64,
}

/// The ceilings along a flow's first way, in the order of its stops; empty where nothing forwards: then the machines
/// at the ends set it.
#[must_use]
pub fn ceilings(topology: &Topology, spec: &NetworkSpec, flow: &Representative) -> Vec<Ceiling> {
    let mut all = Vec::new();
    let hops = flow
        .trip
        .forward
        .first()
        .map_or(&[][..], |branch| branch.hops.as_slice());
    for (position, hop) in hops.iter().enumerate() {
        let next = hops.get(position.saturating_add(1)).map(|hop| hop.place);
        let tunnel = matches!(
            (hop.place, next),
            (Place::Gateway(_), Some(Place::Gateway(_) | Place::Site(_)))
        );
        match hop.place {
            Place::Appliance(id) => appliance(topology, spec, topology.appliance(id), &mut all),
            Place::Gateway(id) => {
                let gateway = topology.gateway(id);
                let known = spec
                    .gateways
                    .iter()
                    .find(|known| known.name == gateway.name);
                let sku = known.and_then(|known| known.sku.as_deref());
                let units = known
                    .and_then(|known| known.scale_units)
                    .unwrap_or(1)
                    .max(1);
                gateway_ceiling(&gateway.name, gateway.kind, sku, units, &mut all);
                if tunnel {
                    push(
                        &mut all,
                        &gateway.name,
                        "one IPsec tunnel",
                        Bound::Flow,
                        limit("vpngw.tunnel"),
                    );
                }
            }
            Place::Hub(id) => router(topology, spec, id, &mut all),
            Place::HubFirewall(id) => hub_firewall(topology, spec, id, &mut all),
            Place::HubGateway(id) => hub_gateway(topology, spec, id, &mut all),
            Place::MicrosoftEdge(id) => {
                let name = &topology.circuit(id).name;
                let plan = spec
                    .circuits
                    .iter()
                    .find(|known| known.name == *name)
                    .and_then(|known| known.plan);
                let mbps = plan.map(|plan| u64::from(plan.bandwidth_in_mbps));
                put(&mut all, name, "circuit", Bound::Together, (mbps, None));
            }
            Place::Subnet(_) | Place::Site(_) | Place::PrivateEndpoint(_) | Place::Internet => {}
        }
    }
    all
}

fn put(
    all: &mut Vec<Ceiling>,
    element: &str,
    what: &str,
    bound: Bound,
    (mbps, source): (Option<u64>, Option<Source>),
) {
    all.push(Ceiling {
        element: element.to_owned(),
        what: what.to_owned(),
        bound,
        mbps,
        unit_mbps: 0,
        unit: "",
        source,
    });
}

fn push(
    all: &mut Vec<Ceiling>,
    element: &str,
    what: &str,
    bound: Bound,
    figure: Option<(u64, Source)>,
) {
    put(
        all,
        element,
        what,
        bound,
        (
            figure.map(|(mbps, _)| mbps),
            figure.map(|(_, source)| source),
        ),
    );
}

/// A ceiling of so many units.
fn units(
    all: &mut Vec<Ceiling>,
    element: &str,
    what: &str,
    bound: Bound,
    figure: Option<(u64, Source)>,
    count: u64,
    unit: &'static str,
) {
    let together = figure.map(|(mbps, source)| (mbps.saturating_mul(count), source));
    push(all, element, what, bound, together);
    if let (Some(last), Some((mbps, _))) = (all.last_mut(), figure) {
        (last.unit_mbps, last.unit) = (mbps, unit);
    }
}

fn firewall(all: &mut Vec<Ceiling>, name: &str, tier: Option<&str>) {
    let tier = tier.unwrap_or("Standard");
    let what = format!("Azure Firewall {tier}");
    let id = |of: &str| format!("azfw.{}.{of}", tier.to_ascii_lowercase());
    push(all, name, &what, Bound::Flow, limit(&id("flow")));
    push(all, name, &what, Bound::Together, limit(&id("throughput")));
}

fn appliance(topology: &Topology, spec: &NetworkSpec, nic: &Appliance, all: &mut Vec<Ceiling>) {
    let sku_of = |name: &str| {
        spec.appliances
            .iter()
            .find(|known| known.name == name)
            .and_then(|known| known.sku.as_deref())
    };
    let device = &topology.device(nic.device).name;
    match nic.kind {
        ApplianceKind::AzureFirewall => firewall(all, device, sku_of(&nic.name)),
        ApplianceKind::RoutingAppliance => {
            let tier = sku_of(&nic.name).map_or("50", |sku| {
                sku.trim_end_matches(|letter: char| !letter.is_ascii_digit())
            });
            push(
                all,
                device,
                "routing appliance",
                Bound::Together,
                published(&format!("vnra.{tier}")),
            );
        }
        ApplianceKind::Nva => {
            let size = sku_of(&nic.name).map(|size| size.trim_start_matches("Standard_"));
            let figure = size.and_then(|size| limit(&format!("vm.{size}")));
            let what = size.map_or_else(
                || "machine of a size that is not given".to_owned(),
                |size| format!("machine of size {size}"),
            );
            push(all, device, &what, Bound::Flow, figure);
            // Machines behind one frontend share what passes.
            let sharing = |other: &&Appliance| {
                other.load_balancer_ip.is_some()
                    && other.load_balancer_ip == nic.load_balancer_ip
                    && other.vnet == nic.vnet
            };
            let machines = topology.appliances().iter().filter(sharing).count().max(1);
            let group = nic.load_balancer_ip.map_or_else(
                || device.clone(),
                |front| format!("machines behind {front}"),
            );
            units(
                all,
                &group,
                &what,
                Bound::BothWays,
                figure,
                u64::try_from(machines).unwrap_or(1),
                "machine",
            );
        }
    }
}

fn gateway_ceiling(
    name: &str,
    kind: GatewayKind,
    sku: Option<&str>,
    scale: u32,
    all: &mut Vec<Ceiling>,
) {
    let given = sku.unwrap_or("of a SKU that is not given");
    match kind {
        GatewayKind::RouteServer => {}
        GatewayKind::Vpn => {
            let figure =
                sku.and_then(|sku| published(&format!("vpn.{}", sku.trim_end_matches("AZ"))));
            push(
                all,
                name,
                &format!("VPN gateway {given}"),
                Bound::Together,
                figure,
            );
        }
        GatewayKind::ExpressRoute => {
            let figure = sku.and_then(|sku| published(&format!("er.{sku}")));
            let what = format!("ExpressRoute gateway {given}");
            if given.eq_ignore_ascii_case("ErGwScale") {
                units(
                    all,
                    name,
                    &what,
                    Bound::Together,
                    figure,
                    u64::from(scale),
                    "scale unit",
                );
            } else {
                push(all, name, &what, Bound::Together, figure);
            }
        }
    }
}

fn scale(topology: &Topology, spec: &NetworkSpec, hub: HubId) -> crate::spec::HubScaleSpec {
    let name = &topology.hub(hub).name;
    let mut hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    hubs.find(|known| known.name == *name)
        .map_or_else(Default::default, |known| known.scale)
}

fn router(topology: &Topology, spec: &NetworkSpec, hub: HubId, all: &mut Vec<Ceiling>) {
    let name = &topology.hub(hub).name;
    let bought = u64::from(scale(topology, spec, hub).routing_units.unwrap_or(2).max(2));
    push(all, name, "hub router", Bound::Flow, published("hub.flow"));
    // Two units carry as much as three.
    units(
        all,
        name,
        &format!("hub router of {bought} units"),
        Bound::Together,
        published("hub.router"),
        bought.max(3),
        "routing infrastructure unit",
    );
}

fn hub_firewall(topology: &Topology, spec: &NetworkSpec, hub: HubId, all: &mut Vec<Ceiling>) {
    let Some(own) = &topology.hub(hub).firewall else {
        return;
    };
    if own.kind != ApplianceKind::AzureFirewall {
        put(
            all,
            &own.name,
            "NVA in a hub",
            Bound::Together,
            (None, None),
        );
        return;
    }
    let mut hubs = spec.virtual_wan.iter().flat_map(|wan| &wan.hubs);
    let known = hubs.find_map(|hub| {
        hub.firewall
            .as_ref()
            .filter(|firewall| firewall.name == own.name)
    });
    firewall(
        all,
        &own.name,
        known.and_then(|firewall| firewall.sku.as_deref()),
    );
}

fn hub_gateway(topology: &Topology, spec: &NetworkSpec, hub: HubId, all: &mut Vec<Ceiling>) {
    let own = topology.hub(hub);
    let bought = scale(topology, spec, hub);
    if own.vpn.is_some() {
        push(
            all,
            &own.name,
            "one IPsec tunnel of a hub",
            Bound::Flow,
            published("hub.tunnel"),
        );
        let count = u64::from(bought.vpn_units.unwrap_or(1).max(1));
        units(
            all,
            &own.name,
            "site-to-site gateway of the hub",
            Bound::Together,
            published("hub.vpn"),
            count,
            "scale unit",
        );
    } else if own.express_route.is_some() {
        let count = u64::from(bought.express_route_units.unwrap_or(1).max(1));
        units(
            all,
            &own.name,
            "ExpressRoute gateway of the hub",
            Bound::Together,
            published("hub.er"),
            count,
            "scale unit",
        );
    }
}

/// The lowest known ceiling, and whether a part of the way has none: then it may be lower.
#[must_use]
pub fn lowest(ceilings: &[Ceiling]) -> (Option<&Ceiling>, bool) {
    let known = ceilings.iter().filter(|ceiling| ceiling.mbps.is_some());
    (
        known.min_by_key(|ceiling| ceiling.mbps),
        ceilings.iter().any(|ceiling| ceiling.mbps.is_none()),
    )
}

/// What peaks ask of every part that representative flows pass: a flow's ceiling bears a pair's peak, a part's bears the
/// peak of its region, or a pair's where only that is said.
#[must_use]
pub fn loads(
    topology: &Topology,
    spec: &NetworkSpec,
    flows: &[Representative],
    peaks: Peaks,
) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    for ceiling in flows.iter().flat_map(|flow| ceilings(topology, spec, flow)) {
        let known = |load: &Load| {
            load.ceiling.element == ceiling.element
                && load.ceiling.bound == ceiling.bound
                && load.ceiling.what == ceiling.what
        };
        if loads.iter().any(known) {
            continue;
        }
        let together = if peaks.region > 0 {
            peaks.region
        } else {
            peaks.pair
        };
        let mbps = match ceiling.bound {
            Bound::Flow => peaks.pair,
            Bound::Together => together,
            Bound::BothWays => together.saturating_mul(2),
        };
        let units = (ceiling.unit_mbps > 0).then(|| mbps.div_ceil(ceiling.unit_mbps.max(1)).max(1));
        loads.push(Load {
            ceiling,
            mbps,
            units,
        });
    }
    loads
}

/// Ports towards the Internet of an Azure Firewall with so many public addresses: on its least two instances.
///
/// ```
/// assert_eq!(interspoke_core::throughput::snat_ports(4).map(|(ports, _)| ports), Some(19_968));
/// ```
#[must_use]
pub fn snat_ports(public_addresses: u32) -> Option<(u64, Source)> {
    let (ports, source) = published("snat.firewall")?;
    Some((
        ports
            .saturating_mul(2)
            .saturating_mul(u64::from(public_addresses)),
        source,
    ))
}

/// A month's volume as an average rate: GB of 10^9 bytes over 730 hours, in kbps.
///
/// ```
/// use interspoke_core::units::GbPerMonth;
/// assert_eq!(interspoke_core::throughput::average_kbps(GbPerMonth::whole(1_000)), 3_044);
/// ```
#[must_use]
pub fn average_kbps(volume: crate::units::GbPerMonth) -> u64 {
    // Thousandths of a GB are megabytes: 8,000 kilobits each.
    volume.0.thousandths().saturating_mul(8_000) / (730 * 3_600)
}

/// Mbps as people read it.
///
/// ```
/// assert_eq!(interspoke_core::throughput::rate(1_250), "1.25 Gbps");
/// ```
#[must_use]
pub fn rate(mbps: u64) -> String {
    if mbps >= 1_000 {
        format!("{} Gbps", crate::units::Quantity::from_thousandths(mbps))
    } else {
        format!("{mbps} Mbps")
    }
}
