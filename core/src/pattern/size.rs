//! Which size each part of a pattern takes: the smallest that carries what is asked of it, never below what is asked for.
//!
//! The rule: parts come in ladders of published sizes. The first size of the ladder, from the one that is asked for on,
//! whose throughput is not passed is taken; where none is, the largest, and its limit is passed: the pattern is
//! impossible with that figure. NVAs are added first, up to what their subnet holds or the pattern allows, then made
//! larger.
//!
//! | asked of a part | takes |
//! |---|---|
//! | 20 Gbps of Azure Firewall Standard | Standard: 30 Gbps |
//! | 40 Gbps of it | Premium: 100 Gbps |
//! | 5 Gbps of a VPN gateway | VpnGw4AZ |
//! | 20 Gbps of a hub's router | 20 routing infrastructure units |
//! | 20 Gbps of NVAs of size D4s_v5, both directions added | four machines |
//! | 20 Gbps of an NVA in a hub of Virtual WAN | 40 infrastructure units |
//!
//! One flow through a firewall or router stays soft: a pair's peak may be several connections. A tunnel is not: a pair
//! has one.

use super::load::{Load, Loads};
use super::{Inspector, Part, Pattern, Sentence, Shape, follows};
use crate::intent::{FirewallTier, HubManagement, Intent, IntrusionPrevention, OnPremises};
use crate::limit::{Limit, Usage};
use crate::throughput::rate;

/// VPN gateways.
const VPN: [&str; 5] = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"];
/// ExpressRoute gateways; the last one by scale units.
const EXPRESS_ROUTE: [&str; 4] = ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ", SCALED];
const SCALED: &str = "ErGwScale";
/// Azure Firewall.
const FIREWALLS: [FirewallTier; 3] = [
    FirewallTier::Basic,
    FirewallTier::Standard,
    FirewallTier::Premium,
];
/// Routing appliances, in Gbps.
const ROUTING: [u64; 3] = [50, 100, 200];
/// Circuits of a provider, in Mbps.
const CIRCUITS: [u32; 8] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
/// Sizes of machines whose bandwidth is known, by bandwidth.
const MACHINES: [&str; 5] = ["D16s_v5", "D32s_v5", "D48s_v5", "D64s_v5", "D96s_v5"];
/// NVAs that the subnet of a blueprint holds.
pub(super) const SUBNET_HOLDS: u64 = 27;
/// What a scale unit or routing unit carries, and how many come at the least.
const ROUTER_UNIT: u64 = 1_000;
const LEAST_ROUTER: u64 = 3_000;
const LEAST_UNITS: u32 = 2;
const VPN_UNIT: u64 = 500;
const EXPRESS_ROUTE_UNIT: u64 = 2_000;
const GATEWAY_UNIT: u64 = 1_000;
const NVA_UNIT: u64 = 500;
const LEAST_NVA_UNITS: u32 = 2;
/// Machines behind each routing unit of a hub.
const UNIT_MACHINES: u64 = 1_000;

/// The size of every part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// Tier of each Azure Firewall.
    pub firewall: FirewallTier,
    /// Size of each NVA.
    pub nva_size: String,
    /// NVAs of a set.
    pub nva_count: u64,
    /// SKU of each VPN gateway.
    pub vpn: &'static str,
    /// SKU of each ExpressRoute gateway, and its scale units where it has some.
    pub express_route: (&'static str, Option<u32>),
    /// Bandwidth of the circuit, in Mbps.
    pub circuit_mbps: u32,
    /// Routing infrastructure units of each Virtual WAN hub, where more than those that come with it.
    pub routing_units: Option<u32>,
    /// Scale units of a hub's site-to-site gateway, where more than one.
    pub hub_vpn_units: Option<u32>,
    /// Scale units of a hub's ExpressRoute gateway, where more than one.
    pub hub_express_route_units: Option<u32>,
    /// Infrastructure units of a hub's NVA, where more than two.
    pub hub_nva_units: Option<u32>,
    /// Gbps of each routing appliance.
    pub routing_gbps: u64,
    /// What was raised above what is asked for, in sentences.
    pub raised: Vec<String>,
}

/// Sizes with what each part uses of its own.
#[derive(Debug, Clone)]
pub(super) struct Sized {
    pub(super) sizes: Sizes,
    pub(super) usages: Vec<Usage>,
}

/// The first rung from `least` on that carries a load, else the last.
fn rung<T: Copy>(ladder: &[T], least: usize, mbps: u64, carries: impl Fn(T) -> u64) -> Option<T> {
    let from = ladder.get(least..).unwrap_or_default();
    let first = from.iter().find(|size| carries(**size) >= mbps);
    first.or(ladder.last()).copied()
}

fn carries(id: &str) -> u64 {
    Limit::named(id).map_or(0, |limit| limit.value)
}

fn units(mbps: u64, unit: u64) -> u32 {
    u32::try_from(mbps.div_ceil(unit)).unwrap_or(u32::MAX)
}

/// The limit of a firewall's tier: `throughput` or `flow`.
fn firewall_limit(tier: FirewallTier, intent: &Intent, of: &str) -> String {
    let denies = tier == FirewallTier::Premium
        && intent.appliance.intrusion_prevention == IntrusionPrevention::Deny;
    let deny = if denies { ".deny" } else { "" };
    format!("azfw.{}{deny}.{of}", tier.word().to_ascii_lowercase())
}

impl Sizes {
    /// What is asked for, without any load.
    pub(super) fn asked(intent: &Intent) -> Self {
        let wanted = &intent.appliance;
        let premium = wanted.intrusion_prevention != IntrusionPrevention::Off;
        Self {
            firewall: if premium {
                FirewallTier::Premium
            } else {
                wanted.tier
            },
            nva_size: wanted.nva_size.clone(),
            nva_count: u64::from(wanted.nva_count),
            vpn: "VpnGw1AZ",
            express_route: ("ErGw1AZ", None),
            circuit_mbps: intent.circuit_plan().bandwidth_in_mbps,
            routing_units: None,
            hub_vpn_units: None,
            hub_express_route_units: None,
            hub_nva_units: None,
            routing_gbps: 50,
            raised: Vec::new(),
        }
    }
}

/// Finds sizes and what they use.
struct Sizing<'a> {
    intent: &'a Intent,
    sized: Sized,
}

impl Pattern {
    /// The size of every part for an Intent of this shape, and how much of each is used.
    pub(super) fn sized(self, intent: &Intent, shape: &Shape) -> Sized {
        let loads = Loads::new(self, intent, shape);
        let mut sizing = Sizing {
            intent,
            sized: Sized {
                sizes: Sizes::asked(intent),
                usages: Vec::new(),
            },
        };
        let passes = (self.definition().passes)(shape);
        for part in passes {
            sizing.part(*part, self, shape, &loads);
        }
        sizing.appliances(self, shape, &loads);
        sizing.gateways(self, shape, &loads);
        sizing.sized
    }

    /// Whether Azure Firewall or NVAs inspect for it, and which of them; none where nothing does.
    pub(super) fn inspects_by_nvas(self, shape: &Shape) -> bool {
        match self.inspector() {
            Inspector::Nvas => true,
            Inspector::Firewall => false,
            Inspector::AsAsked | Inspector::None => shape.nvas,
        }
    }
}

impl Sizing<'_> {
    fn uses(&mut self, id: &str, load: Load, machines: u64) {
        if let Some(limit) = Limit::named(id).filter(|_| load.mbps > 0) {
            self.sized.usages.push(Usage {
                limit,
                used: Some(load.mbps),
                allowed: limit.value.saturating_mul(machines),
                input: load.input,
            });
        }
    }

    fn raise(&mut self, what: String, load: Load) {
        let text = format!("{what}: {} are asked of it", rate(load.mbps));
        self.sized.sizes.raised.push(text);
    }

    /// What forwards between spokes, besides what inspects.
    fn part(&mut self, part: Part, pattern: Pattern, shape: &Shape, loads: &Loads) {
        let pair = Load {
            mbps: loads.pair,
            input: "peakPairMbps",
        };
        match part {
            Part::Appliance => {}
            Part::Router => {
                let machines = u64::from(self.intent.machines_per_spoke);
                self.router(loads.spokes, shape.largest().saturating_mul(machines));
                if !pattern.has_routing_intent(shape) {
                    self.uses("vwan.single_flow", pair, 1);
                }
            }
            Part::RoutingAppliance => {
                let limit = |gbps: u64| carries(&format!("vnra.{gbps}"));
                let load = loads.spokes;
                let gbps = rung(&ROUTING, 0, load.mbps, limit).unwrap_or(50);
                if gbps > self.sized.sizes.routing_gbps {
                    self.raise(format!("the routing appliance takes {gbps} Gbps"), load);
                }
                self.sized.sizes.routing_gbps = gbps;
                self.uses(&format!("vnra.{gbps}"), load, 1);
            }
            Part::SpokeGateways => self.spoke_gateways(pair, loads.spokes, shape),
            Part::VpnGateway => self.vpn(loads.spokes),
            Part::ExpressRouteGateway => {
                self.express_route(loads.spokes.plus(loads.on_premises));
                self.circuit(loads.spokes.plus(loads.on_premises));
            }
        }
    }

    /// A pair has one tunnel, and a gateway ends one for each pair of its spoke.
    fn spoke_gateways(&mut self, pair: Load, all: Load, shape: &Shape) {
        let spokes = shape.largest().max(2);
        let part = |parts: u64| Load {
            mbps: all.mbps.div_ceil(parts.max(1)),
            ..all
        };
        let (tunnels, gateways) = (spokes.saturating_mul(spokes - 1) / 2, spokes / 2);
        self.uses("vpngw.tunnel", part(tunnels).larger(pair), 1);
        self.vpn(part(gateways).larger(pair));
    }

    fn router(&mut self, load: Load, machines: u64) {
        let most = units(carries("vwan.router_throughput"), ROUTER_UNIT);
        let for_load = if load.mbps > LEAST_ROUTER {
            units(load.mbps, ROUTER_UNIT)
        } else {
            LEAST_UNITS
        };
        let for_machines = units(machines, UNIT_MACHINES);
        let needed = for_load.max(for_machines).min(most);
        if needed > LEAST_UNITS {
            let what = format!("each hub takes {needed} routing infrastructure units");
            if for_load >= for_machines {
                self.raise(what, load);
            } else {
                let text = format!("{what}: {machines} machines lie behind the largest");
                self.sized.sizes.raised.push(text);
            }
            self.sized.sizes.routing_units = Some(needed);
        }
        self.uses("vwan.router_throughput", load, 1);
    }

    fn vpn(&mut self, load: Load) {
        let limit = |sku: &str| carries(&format!("vpngw.aggregate.{sku}"));
        let sku = rung(&VPN, 0, load.mbps, limit).unwrap_or("VpnGw1AZ");
        let held = self.sized.sizes.vpn;
        if limit(sku) > limit(held) {
            self.raise(format!("VPN gateways take {sku}"), load);
            self.sized.sizes.vpn = sku;
        }
        let sku = self.sized.sizes.vpn;
        self.uses(&format!("vpngw.aggregate.{sku}"), load, 1);
    }

    fn express_route(&mut self, load: Load) {
        let limit = |sku: &str| carries(&format!("ergw.aggregate.{sku}"));
        let sku = rung(&EXPRESS_ROUTE, 0, load.mbps, limit).unwrap_or("ErGw1AZ");
        if limit(sku) > limit(self.sized.sizes.express_route.0) {
            let scaled = (sku == SCALED).then(|| {
                let most = units(limit(SCALED), GATEWAY_UNIT);
                units(load.mbps, GATEWAY_UNIT).min(most)
            });
            let of = scaled.map_or_else(String::new, |units| format!(" of {units} scale units"));
            self.raise(format!("ExpressRoute gateways take {sku}{of}"), load);
            self.sized.sizes.express_route = (sku, scaled);
        }
        let sku = self.sized.sizes.express_route.0;
        self.uses(&format!("ergw.aggregate.{sku}"), load, 1);
    }

    fn circuit(&mut self, load: Load) {
        let least = self.sized.sizes.circuit_mbps;
        let from = CIRCUITS.iter().position(|mbps| *mbps >= least).unwrap_or(0);
        if load.mbps > u64::from(least) {
            let mbps = rung(&CIRCUITS, from, load.mbps, u64::from).unwrap_or(least);
            self.raise(format!("the circuit takes {}", rate(u64::from(mbps))), load);
            self.sized.sizes.circuit_mbps = mbps.max(least);
        }
        // A circuit that is asked for may be larger than those of providers.
        if u64::from(least) <= carries("circuit.largest") {
            self.uses("circuit.largest", load, 1);
        }
    }

    /// What inspects, between spokes or towards the Internet.
    fn appliances(&mut self, pattern: Pattern, shape: &Shape, loads: &Loads) {
        let passes = (pattern.definition().passes)(shape);
        let between = passes.contains(&Part::Appliance);
        let internet = if shape.internet {
            loads.internet
        } else {
            Load::default()
        };
        let sites = if pattern.definition().sites_inspected {
            loads.on_premises
        } else {
            Load::default()
        };
        let load = match (between, pattern.definition().apart) {
            (true, true) => loads.spokes.plus(sites).larger(internet),
            (true, false) => loads.spokes.plus(sites).plus(internet),
            (false, _) => internet,
        };
        let pair = Load {
            mbps: if between { loads.pair } else { 0 },
            input: "peakPairMbps",
        };
        match (
            pattern.inspects_by_nvas(shape),
            pattern.definition().nvas_in_hub,
        ) {
            (true, true) => self.hub_nva(load),
            (true, false) => self.nvas(pattern, load),
            (false, _) => self.firewall(load, pair),
        }
    }

    /// An NVA in a hub of Virtual WAN is bought in units; what its software carries, its vendor knows.
    fn hub_nva(&mut self, load: Load) {
        let most = units(carries("vwan.nva"), NVA_UNIT);
        let needed = units(load.mbps, NVA_UNIT).min(most);
        if needed > LEAST_NVA_UNITS {
            let text = format!("the NVA of each hub takes {needed} infrastructure units");
            self.raise(text, load);
            self.sized.sizes.hub_nva_units = Some(needed);
        }
        self.uses("vwan.nva", load, 1);
    }

    fn firewall(&mut self, load: Load, pair: Load) {
        let intent = self.intent;
        let limit = |tier| carries(&firewall_limit(tier, intent, "throughput"));
        let asked = self.sized.sizes.firewall;
        let least = FIREWALLS
            .iter()
            .position(|tier| *tier == asked)
            .unwrap_or(1);
        let tier = rung(&FIREWALLS, least, load.mbps, limit).unwrap_or(asked);
        if tier > asked {
            self.raise(format!("Azure Firewall takes {}", tier.word()), load);
        }
        self.sized.sizes.firewall = tier;
        self.uses(&firewall_limit(tier, intent, "throughput"), load, 1);
        self.uses(&firewall_limit(tier, intent, "flow"), pair, 1);
    }

    fn nvas(&mut self, pattern: Pattern, load: Load) {
        // Both directions leave an NVA.
        let both = Load {
            mbps: load.mbps.saturating_mul(2),
            ..load
        };
        let limit = |size: &str| carries(&format!("vm.{size}"));
        let most = pattern.definition().most_nvas.min(SUBNET_HOLDS);
        let asked = self.sized.sizes.nva_count;
        let least = asked.max(1);
        let own = limit(&self.sized.sizes.nva_size);
        if own == 0 {
            return;
        }
        let needed = |each: u64| both.mbps.div_ceil(each.max(1));
        if needed(own) > least.max(most) {
            let larger = MACHINES.iter().filter(|size| limit(size) > own);
            let fits = larger.clone().find(|size| needed(limit(size)) <= most);
            if let Some(size) = fits.or(larger.max_by_key(|size| limit(size))) {
                self.raise(format!("NVAs take {size}"), both);
                self.sized.sizes.nva_size = (*size).to_owned();
            }
        }
        let each = limit(&self.sized.sizes.nva_size);
        let count = needed(each).min(most).max(least);
        if count > asked {
            self.raise(format!("each set takes {count} NVAs"), both);
            self.sized.sizes.nva_count = count;
        }
        let id = format!("vm.{}", self.sized.sizes.nva_size);
        self.uses(&id, both, count);
    }

    /// Gateways towards on-premises.
    fn gateways(&mut self, pattern: Pattern, shape: &Shape, loads: &Loads) {
        let load = loads.on_premises;
        if load.mbps == 0 || !(pattern.definition().outside)(self.intent).on_premises {
            return;
        }
        let passes = (pattern.definition().passes)(shape);
        let in_wan = pattern.definition().hub == HubManagement::MicrosoftManaged;
        let by_circuit = self.intent.wants_express_route();
        let by_vpn = self.intent.on_premises == OnPremises::Vpn;
        match (in_wan, by_circuit) {
            (true, true) => {
                let units = units(load.mbps, EXPRESS_ROUTE_UNIT).min(10);
                if units > 1 {
                    self.raise(
                        format!("ExpressRoute gateways of hubs take {units} scale units"),
                        load,
                    );
                    self.sized.sizes.hub_express_route_units = Some(units);
                }
                self.uses("vwan.er", load, 1);
                self.circuit(load);
            }
            (true, false) if by_vpn => {
                let units = units(load.mbps, VPN_UNIT).min(40);
                if units > 1 {
                    self.raise(
                        format!("VPN gateways of hubs take {units} scale units"),
                        load,
                    );
                    self.sized.sizes.hub_vpn_units = Some(units);
                }
                self.uses("vwan.s2s", load, 1);
            }
            (false, true) if !passes.contains(&Part::ExpressRouteGateway) => {
                self.express_route(load);
                self.circuit(load);
            }
            (false, false) if by_vpn && !passes.contains(&Part::SpokeGateways) => self.vpn(load),
            _ => {}
        }
    }
}

/// What is raised, as sentences.
pub(super) fn says(sizes: &Sizes) -> impl Iterator<Item = Sentence> + '_ {
    sizes.raised.iter().map(follows)
}
