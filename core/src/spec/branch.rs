//! How on-premises and other networks attach: sites, tunnels, ExpressRoute circuits.
//!
//! | object | joins |
//! |---|---|
//! | [`TunnelSpec`] | two of gateways, hubs, sites, appliances |
//! | [`CircuitSpec`] | sites with ExpressRoute gateways |
//! | [`SiteSpec`] | nothing by itself: the network behind |
//!
//! Left out: prices of plans (they are the bill's business; [`CircuitPlanSpec`] names the plan).

use crate::json::{record, words};

/// A tunnel.
#[derive(Debug, Clone, PartialEq)]
pub struct TunnelSpec {
    /// Name of one end: a gateway, Virtual WAN hub, site or appliance.
    pub a: String,
    /// Name of the other end.
    pub b: String,
    /// Whether BGP runs in it.
    pub bgp: bool,
    /// The one instance of `a` it ends on; absent: all.
    pub instance_ip: Option<String>,
    /// AS path of what `b` announces over this tunnel.
    pub as_path: Option<Vec<u32>>,
    /// Local network gateway prefixes at `a`.
    pub static_at_a: Vec<String>,
    /// Local network gateway prefixes at `b`.
    pub static_at_b: Vec<String>,
    /// What an appliance at `a` originates; of a site, what it announces here in place of all its prefixes.
    pub announced_by_a: Vec<String>,
    /// The same at `b`.
    pub announced_by_b: Vec<String>,
    /// Name of the route map of the hub at an end for what comes in (beyond the case format).
    pub inbound_route_map: Option<String>,
    /// The same for what goes out (beyond the case format).
    pub outbound_route_map: Option<String>,
    /// NAT rules of the connection (beyond the case format).
    pub nat_rules: Vec<NatRuleSpec>,
    /// Routes are translated like packets, which Azure does where it is switched on (beyond the case format).
    pub enable_bgp_route_translation_for_nat: bool,
}

record!(TunnelSpec, Self::new("", ""), |value, members| {
    members.required("a", &mut value.a);
    members.required("b", &mut value.b);
    members.usually("bgp", &mut value.bgp);
    members.optional("instanceIp", &mut value.instance_ip);
    members.optional("asPath", &mut value.as_path);
    members.optional("staticAtA", &mut value.static_at_a);
    members.optional("staticAtB", &mut value.static_at_b);
    members.optional("announcedByA", &mut value.announced_by_a);
    members.optional("announcedByB", &mut value.announced_by_b);
    members.optional("inboundRouteMap", &mut value.inbound_route_map);
    members.optional("outboundRouteMap", &mut value.outbound_route_map);
    members.optional("natRules", &mut value.nat_rules);
    members.optional(
        "enableBgpRouteTranslationForNat",
        &mut value.enable_bgp_route_translation_for_nat,
    );
});

impl TunnelSpec {
    /// A tunnel between two named ends, with BGP.
    #[must_use]
    pub fn new(a: &str, b: &str) -> Self {
        Self {
            a: a.to_owned(),
            b: b.to_owned(),
            bgp: true,
            instance_ip: None,
            as_path: None,
            static_at_a: Vec::new(),
            static_at_b: Vec::new(),
            announced_by_a: Vec::new(),
            announced_by_b: Vec::new(),
            inbound_route_map: None,
            outbound_route_map: None,
            nat_rules: Vec::new(),
            enable_bgp_route_translation_for_nat: false,
        }
    }
}

/// A NAT rule of a VPN gateway or hub, on one connection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NatRuleSpec {
    /// Name.
    pub name: Option<String>,
    /// The end that applies it; absent: the one that is a gateway or hub, `a` where both are.
    pub at: Option<String>,
    /// Whose addresses it changes.
    pub mode: NatMode,
    /// How.
    pub kind: NatType,
    /// Address space before the translation.
    pub internal_mapping: String,
    /// Address space after it.
    pub external_mapping: String,
}

record!(NatRuleSpec, Self::default(), |value, members| {
    members.optional("name", &mut value.name);
    members.optional("at", &mut value.at);
    members.required("mode", &mut value.mode);
    members.always("type", &mut value.kind);
    members.required("internalMapping", &mut value.internal_mapping);
    members.required("externalMapping", &mut value.external_mapping);
});

/// Whose addresses a NAT rule changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NatMode {
    /// Those of VNets, towards the site.
    #[default]
    EgressSnat,
    /// Those of the site, towards Azure.
    IngressSnat,
}

words!(NatMode, usual EgressSnat,
    EgressSnat "EgressSnat",
    IngressSnat "IngressSnat",
);

/// How a NAT rule maps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NatType {
    /// One to one.
    #[default]
    Static,
    /// Many behind few, by ports.
    Dynamic,
}

words!(NatType, usual Static,
    Static "Static",
    Dynamic "Dynamic",
);

/// An ExpressRoute circuit.
#[derive(Debug, Clone, PartialEq)]
pub struct CircuitSpec {
    /// Unique name.
    pub name: String,
    /// Gateways and Virtual WAN hubs connected to it.
    pub gateways: Vec<String>,
    /// Sites behind it.
    pub sites: Vec<String>,
    /// Circuits joined with it by Global Reach.
    pub global_reach_with: Vec<String>,
    /// How many of its two connections to the Microsoft edge are up.
    pub links_up: u8,
    /// What was bought, for the bill (beyond the case format).
    pub plan: Option<CircuitPlanSpec>,
    /// What its connections to gateways and hubs say (beyond the case format).
    pub connections: Vec<CircuitConnectionSpec>,
    /// Sites that announce something else over this circuit than all they have (beyond the case format).
    pub announcements: Vec<CircuitAnnouncementSpec>,
}

/// A connection of a circuit to a gateway or hub.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CircuitConnectionSpec {
    /// Name of the gateway or hub.
    pub gateway: String,
    /// `routingWeight`: of two connections with one prefix the heavier is taken.
    pub routing_weight: u32,
    /// Name of the hub's route map for what comes in.
    pub inbound_route_map: Option<String>,
    /// The same for what goes out.
    pub outbound_route_map: Option<String>,
}

record!(CircuitConnectionSpec, Self::default(), |value, members| {
    members.required("gateway", &mut value.gateway);
    members.always("routingWeight", &mut value.routing_weight);
    members.optional("inboundRouteMap", &mut value.inbound_route_map);
    members.optional("outboundRouteMap", &mut value.outbound_route_map);
});

/// What a site announces over one circuit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CircuitAnnouncementSpec {
    /// Name of the site.
    pub site: String,
    /// In place of all its prefixes.
    pub prefixes: Vec<String>,
}

record!(
    CircuitAnnouncementSpec,
    Self::default(),
    |value, members| {
        members.required("site", &mut value.site);
        members.required("prefixes", &mut value.prefixes);
    }
);

impl CircuitSpec {
    /// A circuit with both connections up and nothing on it.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            gateways: Vec::new(),
            sites: Vec::new(),
            global_reach_with: Vec::new(),
            links_up: 2,
            plan: None,
            connections: Vec::new(),
            announcements: Vec::new(),
        }
    }
}

record!(CircuitSpec, Self::new(""), |value, members| {
    members.required("name", &mut value.name);
    members.always("gateways", &mut value.gateways);
    members.always("sites", &mut value.sites);
    members.optional("globalReachWith", &mut value.global_reach_with);
    members.unless(value.links_up == 2, "linksUp", &mut value.links_up);
    members.optional("plan", &mut value.plan);
    members.optional("connections", &mut value.connections);
    members.optional("announcements", &mut value.announcements);
});

/// What was bought with a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircuitPlanSpec {
    /// Reach.
    pub tier: CircuitTier,
    /// How data is charged.
    pub family: CircuitFamily,
    /// Bandwidth, as 1000 for 1 Gbps.
    pub bandwidth_in_mbps: u32,
}

record!(
    CircuitPlanSpec,
    Self {
        tier: CircuitTier::Local,
        family: CircuitFamily::MeteredData,
        bandwidth_in_mbps: 0
    },
    |value, members| {
        members.required("tier", &mut value.tier);
        members.required("family", &mut value.family);
        members.required("bandwidthInMbps", &mut value.bandwidth_in_mbps);
    }
);

/// Tiers of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitTier {
    /// Regions of one metro.
    Local,
    /// Regions of one geopolitical area.
    Standard,
    /// Every region.
    Premium,
}

words!(CircuitTier, usual Local,
    Local "Local",
    Standard "Standard",
    Premium "Premium",
);

/// How a circuit's data is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CircuitFamily {
    /// Each GB that leaves Azure.
    MeteredData,
    /// With the circuit.
    UnlimitedData,
}

words!(CircuitFamily, usual MeteredData,
    MeteredData "MeteredData",
    UnlimitedData "UnlimitedData",
);

/// An on-premises network or branch.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteSpec {
    /// Unique name.
    pub name: String,
    /// Autonomous system number.
    pub asn: u32,
    /// What it announces or, without BGP, what is configured for it.
    pub prefixes: Vec<String>,
    /// AS path as seen by the first gateway, when published.
    pub as_path: Vec<u32>,
    /// Sites with the same value are one private network.
    pub wan: Option<String>,
}

record!(
    SiteSpec,
    Self {
        name: String::new(),
        asn: 65_001,
        prefixes: Vec::new(),
        as_path: Vec::new(),
        wan: None
    },
    |value, members| {
        members.required("name", &mut value.name);
        members.always("asn", &mut value.asn);
        members.required("prefixes", &mut value.prefixes);
        members.optional("asPath", &mut value.as_path);
        members.optional("wan", &mut value.wan);
    }
);
