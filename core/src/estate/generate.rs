//! Big estates by rule, for benchmarks, tests and demonstrations: same plan, same spec, byte for byte.
//!
//! | design | what is made |
//! |---|---|
//! | firewalls | hubs with Azure Firewall, meshed; spokes send everything to their hub's firewall |
//! | virtual wan | hubs with default tables, one connection a spoke |
//! | mesh | no hub, every pair of spokes peered |
//!
//! Each region gets as many hubs as 500 peerings a VNet need (its spokes and all other hubs). Hub `h` owns the block
//! `10.(8h).0.0/13`: spokes of /22 from its start, the hub itself in the last /22. 32 hubs fit.

use crate::spec::{
    ApplianceKind, ApplianceSpec, HubConnectionSpec, HubSpec, LocalRouteOverride, NetworkSpec,
    PeeringSpec, RouteSpec, RouteTableSpec, RoutingPreference, SubnetSpec, UserNextHopType,
    VirtualWanSpec, VnetSpec,
};

/// Peerings of a VNet, and connections of a Virtual WAN hub together with the other hubs.
const NEIGHBOURS: usize = 500;

/// Blocks of spokes that the address plan has.
const MOST_HUBS: usize = 32;

/// Regions in the order in which they are used.
const REGIONS: [&str; 8] = [
    "westeurope",
    "northeurope",
    "eastus",
    "westus2",
    "southeastasia",
    "japaneast",
    "uksouth",
    "australiaeast",
];

/// How spokes are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Design {
    /// Meshed hubs with Azure Firewall.
    Firewalls,
    /// Virtual WAN hubs with default tables.
    VirtualWan,
    /// Every pair of spokes peered.
    Mesh,
}

/// What to make.
///
/// ```
/// use interspoke_core::estate::generate::{Design, Plan};
/// let spec = Plan { spokes: 10, regions: 2, ..Plan::new(Design::Firewalls) }.spec();
/// assert_eq!((spec.vnets.len(), spec.peerings.len()), (12, 22));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Plan {
    /// How spokes are joined.
    pub design: Design,
    /// Number of spokes, one workload subnet each.
    pub spokes: usize,
    /// Regions, 1 to 8; spokes are spread evenly.
    pub regions: usize,
    /// Spokes of a hub come in this many kinds, each with a route table of its own. 1: all alike.
    pub kinds: usize,
}

impl Plan {
    /// Two spokes alike in one region.
    #[must_use]
    pub const fn new(design: Design) -> Self {
        Self {
            design,
            spokes: 2,
            regions: 1,
            kinds: 1,
        }
    }

    /// Hubs that each region needs.
    #[must_use]
    pub fn hubs_a_region(&self) -> usize {
        if self.design == Design::Mesh {
            return 0;
        }
        let regions = self.regions.clamp(1, REGIONS.len());
        let spokes = self.spokes.div_ceil(regions);
        let fits = |hubs: &usize| {
            let others = hubs.saturating_mul(regions).saturating_sub(1);
            spokes.div_ceil(*hubs).saturating_add(others) <= NEIGHBOURS
        };
        let most = MOST_HUBS / regions;
        (1..most).find(fits).unwrap_or(most)
    }

    /// The estate.
    #[must_use]
    pub fn spec(&self) -> NetworkSpec {
        let regions = self.regions.clamp(1, REGIONS.len());
        let hubs = self.hubs_a_region().saturating_mul(regions);
        let mut spec = NetworkSpec::default();
        match self.design {
            Design::Mesh => mesh(&mut spec, self.spokes, regions),
            Design::Firewalls => {
                for hub in 0..hubs {
                    firewall_hub(&mut spec, hub, hubs, regions, self.kinds.max(1));
                }
                for spoke in 0..self.spokes {
                    firewall_spoke(&mut spec, spoke, hubs, regions, self.kinds.max(1));
                }
            }
            Design::VirtualWan => {
                let wan = (0..hubs).map(|hub| wan_hub(hub, regions)).collect();
                let mut wan = VirtualWanSpec { hubs: wan };
                for spoke in 0..self.spokes {
                    wan_spoke(&mut spec, &mut wan, spoke, hubs, regions, self.kinds.max(1));
                }
                spec.virtual_wan = Some(wan);
            }
        }
        spec
    }
}

fn region(position: usize, regions: usize) -> String {
    REGIONS
        .get(position % regions)
        .copied()
        .unwrap_or("westeurope")
        .to_owned()
}

/// The `index`th /22 of a hub's block, and the prefixes inside it.
fn block(hub: usize, index: usize) -> (usize, usize) {
    (hub * 8 + index / 64, index % 64 * 4)
}

fn spoke_vnet(
    name: &str,
    region: String,
    block: (usize, usize),
    table: Option<String>,
) -> VnetSpec {
    let (second, third) = block;
    VnetSpec {
        name: name.to_owned(),
        region,
        prefixes: vec![format!("10.{second}.{third}.0/22")],
        subnets: vec![SubnetSpec {
            name: "workload".to_owned(),
            prefix: format!("10.{second}.{third}.0/24"),
            route_table: table,
            ..SubnetSpec::default()
        }],
        ..VnetSpec::default()
    }
}

fn peer(spec: &mut NetworkSpec, a: &str, b: &str) {
    for (from, to) in [(a, b), (b, a)] {
        spec.peerings.push(PeeringSpec {
            allow_forwarded_traffic: true,
            ..PeeringSpec::new(from, to)
        });
    }
}

fn to_appliance(prefix: &str, hop: &str) -> RouteSpec {
    RouteSpec {
        name: None,
        prefix: prefix.to_owned(),
        next_hop_type: UserNextHopType::VirtualAppliance.into(),
        next_hop_ip_address: Some(hop.to_owned()),
    }
}

fn dropped(prefix: String) -> RouteSpec {
    RouteSpec {
        name: None,
        prefix,
        next_hop_type: UserNextHopType::None.into(),
        next_hop_ip_address: None,
    }
}

fn firewall_ip(hub: usize) -> String {
    format!("10.{}.252.4", hub * 8 + 7)
}

fn firewall_hub(spec: &mut NetworkSpec, hub: usize, hubs: usize, regions: usize, kinds: usize) {
    let name = format!("hub-{hub}");
    let second = hub * 8 + 7;
    spec.vnets.push(VnetSpec {
        name: name.clone(),
        region: region(hub, regions),
        prefixes: vec![format!("10.{second}.252.0/22")],
        subnets: vec![SubnetSpec {
            name: "AzureFirewallSubnet".to_owned(),
            prefix: format!("10.{second}.252.0/26"),
            route_table: Some(format!("firewall-{hub}")),
            ..SubnetSpec::default()
        }],
        ..VnetSpec::default()
    });
    for other in 0..hub {
        peer(spec, &name, &format!("hub-{other}"));
    }
    spec.appliances.push(ApplianceSpec::new(
        &format!("firewall-{hub}"),
        ApplianceKind::AzureFirewall,
        &name,
        "AzureFirewallSubnet",
        &firewall_ip(hub),
    ));
    let others = (0..hubs).filter(|other| *other != hub);
    let mut routes: Vec<RouteSpec> = others
        .map(|other| to_appliance(&format!("10.{}.0.0/13", other * 8), &firewall_ip(other)))
        .collect();
    routes.push(RouteSpec {
        name: None,
        prefix: "0.0.0.0/0".to_owned(),
        next_hop_type: UserNextHopType::Internet.into(),
        next_hop_ip_address: None,
    });
    spec.route_tables.push(RouteTableSpec {
        name: format!("firewall-{hub}"),
        disable_bgp_route_propagation: false,
        routes,
    });
    for kind in 0..kinds {
        let mut routes = vec![to_appliance("0.0.0.0/0", &firewall_ip(hub))];
        if kind > 0 {
            routes.push(dropped(format!("198.51.{}.{}/32", kind / 256, kind % 256)));
        }
        spec.route_tables.push(RouteTableSpec {
            name: format!("spokes-{hub}-{kind}"),
            disable_bgp_route_propagation: true,
            routes,
        });
    }
}

fn firewall_spoke(spec: &mut NetworkSpec, spoke: usize, hubs: usize, regions: usize, kinds: usize) {
    let (hub, index) = (spoke % hubs, spoke / hubs);
    let name = format!("spoke-{spoke}");
    let table = format!("spokes-{hub}-{}", index % kinds);
    spec.vnets.push(spoke_vnet(
        &name,
        region(hub, regions),
        block(hub, index),
        Some(table),
    ));
    peer(spec, &name, &format!("hub-{hub}"));
}

fn mesh(spec: &mut NetworkSpec, spokes: usize, regions: usize) {
    for spoke in 0..spokes {
        let name = format!("spoke-{spoke}");
        spec.vnets.push(spoke_vnet(
            &name,
            region(spoke, regions),
            block(0, spoke),
            None,
        ));
        for other in 0..spoke {
            peer(spec, &name, &format!("spoke-{other}"));
        }
    }
}

fn wan_hub(hub: usize, regions: usize) -> HubSpec {
    HubSpec {
        name: format!("hub-{hub}"),
        region: region(hub, regions),
        prefix: Some(format!("10.{}.252.0/23", hub * 8 + 7)),
        routing_preference: RoutingPreference::ExpressRoute.into(),
        ..HubSpec::default()
    }
}

fn wan_spoke(
    spec: &mut NetworkSpec,
    wan: &mut VirtualWanSpec,
    spoke: usize,
    hubs: usize,
    regions: usize,
    kinds: usize,
) {
    let (hub, index) = (spoke % hubs, spoke / hubs);
    let name = format!("spoke-{spoke}");
    spec.vnets.push(spoke_vnet(
        &name,
        region(hub, regions),
        block(hub, index),
        None,
    ));
    let labels = match index % kinds {
        0 => vec!["default".to_owned()],
        kind => vec!["default".to_owned(), format!("kind-{kind}")],
    };
    if let Some(hub) = wan.hubs.get_mut(hub) {
        hub.connections.push(HubConnectionSpec {
            inbound_route_map: None,
            outbound_route_map: None,
            name: format!("to-{name}"),
            vnet: name,
            associated: "defaultRouteTable".to_owned(),
            propagated_tables: vec!["defaultRouteTable".to_owned()],
            propagated_labels: labels,
            enable_internet_security: true,
            static_routes: Vec::new(),
            propagate_static_routes: true,
            local_route_override: LocalRouteOverride::Contains.into(),
        });
    }
}
