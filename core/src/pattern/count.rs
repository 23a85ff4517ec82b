//! How many of everything: closed formulas with their derivation, and the count of what was built.
//!
//! The rule: a formula is a sum of terms that each say what they count. [`counted`] counts the built network; tests
//! hold the two equal. A sum past the range of 64 bits is `None` and exceeds every limit.
//!
//! | default Intent, `hub-firewall` | derivation | value |
//! |---|---|---|
//! | links | 6 spokes + 1 hub pair | 7 |
//! | objects, and those made by hand | two objects a link | 14 |
//! | route tables | 2 for spokes + 2 of appliance subnets | 4 |
//! | routes | 2 tables × 1 + 2 tables of appliance subnets | 6 |

use super::shape::{Region, Shape, number};
use crate::intent::AddressPlan;
use crate::peering;
use crate::spec::{GatewayKind, NetworkSpec};
use crate::topology::{Party, Topology, VnetId};
use std::collections::{BTreeMap, BTreeSet};

macro_rules! counters {
    ($($(#[$meta:meta])* $name:ident = $word:literal;)*) => {
        /// What is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Counter { $($(#[$meta])* $name,)* }

        impl Counter {
            /// Every counter, in the order of a sheet.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What people call it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

counters! {
    /// Pairs of peered VNets.
    Links = "links";
    /// Peering objects: two a link.
    Objects = "peering objects";
    /// Peering objects that nobody but a person makes.
    ByHand = "peering objects made by hand";
    /// Most objects in one hub.
    HubObjects = "peering objects of the largest hub";
    /// Most objects in one spoke.
    SpokeObjects = "peering objects of the fullest spoke";
    /// VNet connections of Virtual WAN.
    Connections = "VNet connections";
    /// Most connections of one hub.
    HubConnections = "VNet connections of the largest hub";
    /// Most prefixes behind one hub of Virtual WAN.
    HubPrefixes = "prefixes behind the largest hub";
    /// Tunnels.
    Tunnels = "tunnels";
    /// Most tunnels of one gateway.
    GatewayTunnels = "tunnels of the fullest gateway";
    /// Gateways and Route Servers.
    Gateways = "gateways and Route Servers";
    /// Prefixes that one ExpressRoute gateway announces at most.
    Announced = "prefixes that one ExpressRoute gateway announces";
    /// Firewalls, NVAs, routing appliances.
    Appliances = "appliances";
    /// Route tables.
    Tables = "route tables";
    /// Most route tables in one region.
    RegionTables = "route tables of the fullest region";
    /// User-defined routes.
    Routes = "user-defined routes";
    /// Most routes in one table.
    LargestTable = "routes of the largest table";
    /// Connected groups.
    Groups = "connected groups";
    /// Most members of one.
    GroupMembers = "members of the largest connected group";
    /// What Virtual Network Manager is told besides its members.
    Configured = "network groups and configurations";
    /// Memberships of network groups.
    Members = "members of network groups";
    /// Private endpoints.
    Endpoints = "private endpoints";
    /// Most VNets in one region.
    RegionVnets = "VNets of the largest region";
}

impl Counter {
    /// Objects that somebody has to run: what ranks designs of equal cost.
    pub const TO_RUN: &'static [Self] = &[
        Self::Objects,
        Self::Connections,
        Self::Tunnels,
        Self::Gateways,
        Self::Appliances,
        Self::Tables,
        Self::Groups,
        Self::Endpoints,
    ];
}

/// One formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What it counts.
    pub counter: Counter,
    /// The value; `None` past the range.
    pub value: Option<u64>,
    /// Where it comes from: terms that add up to it.
    pub derivation: String,
}

/// Every formula of a design. What is absent is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    held: BTreeMap<Counter, Count>,
    /// VNets of the largest mesh of peerings.
    largest_mesh: u64,
    /// Links that Virtual Network Manager makes.
    managed: u64,
}

impl Counts {
    /// The value of a counter; `None` past the range.
    #[must_use]
    pub fn value(&self, counter: Counter) -> Option<u64> {
        self.held.get(&counter).map_or(Some(0), |count| count.value)
    }

    /// Every formula with a value, in the order of [`Counter::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = &Count> {
        self.held.values().filter(|count| count.value != Some(0))
    }

    /// VNets of the largest mesh whose peerings are made one by one; 0 where there is none.
    #[must_use]
    pub const fn largest_mesh(&self) -> u64 {
        self.largest_mesh
    }

    /// Objects that somebody has to run.
    #[must_use]
    pub fn to_run(&self) -> Option<u64> {
        let mut values = Counter::TO_RUN.iter().map(|counter| self.value(*counter));
        values.try_fold(0_u64, |sum, value| sum.checked_add(value?))
    }

    /// Adds a term.
    pub(super) fn add(
        &mut self,
        counter: Counter,
        value: Option<u64>,
        term: impl FnOnce(u64) -> String,
    ) {
        self.put(counter, value, term, true);
    }

    /// Keeps the largest.
    pub(super) fn most(
        &mut self,
        counter: Counter,
        value: Option<u64>,
        term: impl FnOnce(u64) -> String,
    ) {
        if self
            .value(counter)
            .is_some_and(|held| value.is_none_or(|value| value > held))
        {
            self.put(counter, value, term, false);
        }
    }

    fn put(
        &mut self,
        counter: Counter,
        value: Option<u64>,
        term: impl FnOnce(u64) -> String,
        sum: bool,
    ) {
        if value == Some(0) {
            return;
        }
        let term = value.map_or_else(|| "more than can be counted".to_owned(), term);
        match self.held.get_mut(&counter) {
            Some(held) if sum => {
                held.value = held.value.zip(value).and_then(|(a, b)| a.checked_add(b));
                held.derivation.push_str(" + ");
                held.derivation.push_str(&term);
            }
            _ => {
                self.held.insert(
                    counter,
                    Count {
                        counter,
                        value,
                        derivation: term,
                    },
                );
            }
        }
    }

    /// Two objects a link, once all links are known.
    pub(super) fn finish(mut self) -> Self {
        let links = self.value(Counter::Links);
        self.add(
            Counter::Objects,
            links.and_then(|n| n.checked_mul(2)),
            |_| "two objects a link".to_owned(),
        );
        let managed = self.managed;
        let by_hand = links.map(|n| n.saturating_sub(managed));
        self.add(
            Counter::ByHand,
            by_hand.and_then(|n| n.checked_mul(2)),
            |_| match managed {
                0 => "two objects a link".to_owned(),
                _ => {
                    format!("two objects a link, but for {managed} made by Virtual Network Manager")
                }
            },
        );
        self
    }
}

/// n(n-1)/2.
pub(super) fn pairs(things: u64) -> Option<u64> {
    peering::full_mesh(things).map(|mesh| mesh.links)
}

pub(super) fn product(a: u64, b: u64) -> Option<u64> {
    a.checked_mul(b)
}

/// "6 spokes", "1 hub pair".
pub(super) fn many(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// The terms that several patterns share.
impl Counts {
    /// A hub VNet in each region, its spokes and the other hubs peered with it, its gateways and their tunnels.
    pub(super) fn hub_and_spoke(&mut self, shape: &Shape) {
        let (n, r) = (shape.total(), shape.regions());
        self.spoke_links(shape, shape.hub_gateways > 0);
        self.add(Counter::Links, pairs(r), |n| many(n, "hub pair"));
        let largest = shape.largest().checked_add(r.saturating_sub(1));
        self.most(Counter::HubObjects, largest, |_| {
            format!("{} + {} other hubs", many(shape.largest(), "spoke"), r - 1)
        });
        self.most(Counter::SpokeObjects, Some(n.min(1)), |_| {
            "1 hub".to_owned()
        });
        self.region_vnets(shape, 1);
        self.hub_gateways(shape);
    }

    /// Every spoke peered with its hub: one by one, or by a configuration of Virtual Network Manager for each hub. What
    /// owns a gateway, and may not use the hub's, is peered by hand.
    pub(super) fn spoke_links(&mut self, shape: &Shape, transit: bool) {
        self.add(Counter::Links, Some(shape.total()), |n| many(n, "spoke"));
        self.managed_hubs(shape, transit);
    }

    /// A configuration with its group for each hub, where Virtual Network Manager makes its peerings.
    pub(super) fn managed_hubs(&mut self, shape: &Shape, transit: bool) {
        let own = shape.own_gateways.iter();
        let own = own.map(|own| if transit { *own } else { 0 });
        let members = { shape.spokes.iter().zip(own) }
            .map(|(spokes, own)| spokes.saturating_sub(own))
            .filter(|members| *members > 0 && shape.managed);
        let members: Vec<u64> = members.collect();
        let (hubs, sum) = (number(members.len()), members.iter().sum());
        self.managed = self.managed.saturating_add(sum);
        self.told(hubs, hubs, "hub", Some(sum));
    }

    /// Network groups, configurations and members that Virtual Network Manager is told.
    fn told(&mut self, groups: u64, configurations: u64, of: &str, members: Option<u64>) {
        self.add(
            Counter::Configured,
            groups.checked_add(configurations),
            |_| {
                let configurations = many(configurations, "configuration");
                format!("{} and {configurations} of {of}s", many(groups, "group"))
            },
        );
        self.add(Counter::Members, members, |n| format!("{n} of {of}s"));
    }

    /// VNets of the largest region: its spokes and so many hubs.
    pub(super) fn region_vnets(&mut self, shape: &Shape, hubs: u64) {
        self.largest_region(shape, hubs);
        let own: u64 = shape.own_gateways.iter().sum();
        self.add(Counter::Gateways, Some(own), |n| {
            format!("{} of spokes", many(n, "gateway"))
        });
    }

    /// VNets of the largest region alone.
    pub(super) fn largest_region(&mut self, shape: &Shape, hubs: u64) {
        let regions = shape.by_region();
        let hubs_of = |region: &Region| number(region.hubs).saturating_mul(hubs);
        let all = |region: &&Region| region.spokes.saturating_add(hubs_of(region));
        if let Some(region) = regions.iter().max_by_key(all) {
            self.most(Counter::RegionVnets, Some(all(&region)), |_| {
                format!(
                    "{} + {}",
                    many(region.spokes, "spoke"),
                    many(hubs_of(region), "hub")
                )
            });
        }
    }

    /// Gateways of hubs, their tunnels and what they announce.
    pub(super) fn hub_gateways(&mut self, shape: &Shape) {
        let r = shape.regions();
        self.add(Counter::Gateways, product(r, shape.hub_gateways), |_| {
            format!(
                "{} × {}",
                many(r, "hub"),
                many(shape.hub_gateways, "gateway")
            )
        });
        self.hub_tunnels(shape);
        if shape.circuit {
            self.announced(shape);
        }
    }

    /// What the ExpressRoute gateway of the largest hub announces: the hub and the spokes that use it.
    pub(super) fn announced(&mut self, shape: &Shape) {
        let transit = shape.spokes.iter().zip(&shape.own_gateways);
        let transit = transit
            .map(|(n, own)| n.saturating_sub(*own))
            .max()
            .unwrap_or(0);
        self.most(Counter::Announced, transit.checked_add(1), |_| {
            format!("{} + the hub", many(transit, "spoke"))
        });
    }

    /// A hub VNet in each region with its spokes; hubs are not peered.
    pub(super) fn spokes_of_hubs(&mut self, shape: &Shape) {
        self.spoke_links(shape, true);
        self.most(Counter::HubObjects, Some(shape.largest()), |n| {
            many(n, "spoke")
        });
        self.most(Counter::SpokeObjects, Some(1), |_| "1 hub".to_owned());
        self.region_vnets(shape, 1);
    }

    /// Tunnels from each hub to each site.
    pub(super) fn hub_tunnels(&mut self, shape: &Shape) {
        let (r, sites) = (shape.regions(), shape.tunnel_sites);
        self.add(Counter::Tunnels, product(r, sites), |_| {
            format!("{} × {}", many(r, "hub"), many(sites, "site"))
        });
        self.most(Counter::GatewayTunnels, Some(sites), |n| many(n, "site"));
    }

    /// Inspecting appliances: one Azure Firewall or a set of NVAs in each of so many hubs.
    pub(super) fn appliances(&mut self, hubs: u64, each: u64) {
        self.add(Counter::Appliances, product(hubs, each), |_| {
            format!("{} × {each}", many(hubs, "hub"))
        });
    }

    /// A table for the spokes of each region, with so many routes.
    pub(super) fn spoke_tables(&mut self, shape: &Shape, routes: u64) {
        let r = shape.regions();
        if routes > 0 {
            self.tables(Some(r), product(r, routes), "spokes");
            self.most(Counter::LargestTable, Some(routes), |n| {
                format!("{} of a spoke table", many(n, "route"))
            });
            self.region_tables(shape, "spokes");
        }
    }

    /// A route for each spoke on each GatewaySubnet.
    pub(super) fn gateway_tables(&mut self, shape: &Shape) {
        if shape.hub_gateways > 0 {
            self.tables(Some(shape.regions()), Some(shape.total()), "GatewaySubnets");
            self.most(Counter::LargestTable, Some(shape.largest()), |n| {
                format!("{} on GatewaySubnet", many(n, "spoke"))
            });
            self.region_tables(shape, "GatewaySubnet");
        }
    }

    /// A route for each other region on the subnet of each appliance, and so many besides.
    pub(super) fn crossing_tables(&mut self, shape: &Shape, besides: u64, always: bool) {
        let r = shape.regions();
        let all = shape.all_summaries();
        let rows = |own: &u64| all.saturating_sub(*own).saturating_add(besides);
        let has_rows = r > 1 || always;
        if has_rows {
            let total = shape
                .summaries
                .iter()
                .map(rows)
                .fold(0_u64, u64::saturating_add);
            self.tables(Some(r), Some(total), "appliance subnets");
            let most = shape.summaries.iter().map(rows).max();
            self.most(Counter::LargestTable, most, |n| {
                format!("{} of an appliance subnet", many(n, "route"))
            });
            self.region_tables(shape, "the appliance's subnet");
        }
    }

    /// A table for each hub of the region with the most hubs.
    pub(super) fn region_tables(&mut self, shape: &Shape, what: &str) {
        let hubs = shape.by_region().iter().map(|region| region.hubs).max();
        self.add(Counter::RegionTables, hubs.map(number), |n| {
            format!("{n} for {what}")
        });
    }

    pub(super) fn tables(&mut self, tables: Option<u64>, routes: Option<u64>, what: &str) {
        self.add(Counter::Tables, tables, |n| format!("{n} of {what}"));
        self.add(Counter::Routes, routes, |n| format!("{n} on {what}"));
    }

    /// An inspecting appliance in each hub with every table around it.
    pub(super) fn inspecting_hubs(&mut self, shape: &Shape, nvas: bool) {
        self.hub_and_spoke(shape);
        self.appliances(shape.regions(), if nvas { shape.nva_count } else { 1 });
        self.gateway_tables(shape);
        self.crossing_tables(shape, u64::from(!nvas), false);
        self.spoke_tables(shape, if shape.internet { 1 } else { shape.private });
    }

    /// An appliance in each hub for the Internet alone, where it is asked for.
    pub(super) fn internet_appliances(&mut self, shape: &Shape) {
        if shape.internet {
            self.appliances(
                shape.regions(),
                if shape.nvas { shape.nva_count } else { 1 },
            );
            self.spoke_tables(shape, 1);
        }
    }

    /// The Internet's appliances, and spoke tables with so many routes besides 0.0.0.0/0.
    pub(super) fn sealed_appliances(&mut self, shape: &Shape) {
        if shape.internet {
            self.appliances(
                shape.regions(),
                if shape.nvas { shape.nva_count } else { 1 },
            );
            self.spoke_tables(shape, shape.all_summaries().saturating_add(1));
        }
    }

    /// Connected groups with these members, each with a configuration of its own.
    pub(super) fn groups(&mut self, members: impl Iterator<Item = u64>) {
        let (groups, sum) = self.connected(members);
        self.told(groups, groups, "connected group", sum);
    }

    /// Groups of one hub's configuration whose members reach each other directly.
    pub(super) fn direct_groups(&mut self, members: impl Iterator<Item = u64>) {
        let (groups, sum) = self.connected(members);
        self.managed = self.managed.saturating_add(sum.unwrap_or(0));
        self.told(groups, groups.min(1), "hub", sum);
    }

    /// Connected groups with these members: how many they are, and all members.
    fn connected(&mut self, members: impl Iterator<Item = u64>) -> (u64, Option<u64>) {
        let (mut groups, mut sum) = (0_u64, Some(0_u64));
        for n in members.filter(|n| *n > 0) {
            groups += 1;
            sum = sum.and_then(|sum| sum.checked_add(n));
            self.add(Counter::Groups, Some(1), |_| "1 group".to_owned());
            self.most(Counter::GroupMembers, Some(n), |n| many(n, "VNet"));
        }
        (groups, sum)
    }

    /// Peerings of every spoke with every other of its set.
    pub(super) fn meshes(&mut self, sets: impl Iterator<Item = u64>) {
        let sets: Vec<u64> = sets.collect();
        let links = sets
            .iter()
            .map(|n| pairs(*n))
            .try_fold(0_u64, |sum, links| sum.checked_add(links?));
        let text = sets
            .iter()
            .map(|n| format!("{n}·{}/2", n.saturating_sub(1)))
            .collect::<Vec<_>>();
        self.add(Counter::Links, links, |_| {
            format!("({}) spoke pairs", text.join(" + "))
        });
        let most = sets.iter().max().copied().unwrap_or(0);
        self.largest_mesh = self.largest_mesh.max(most);
        self.add(Counter::SpokeObjects, Some(most.saturating_sub(1)), |n| {
            many(n, "other spoke")
        });
    }

    /// Chosen direct pairs.
    pub(super) fn chosen_pairs(&mut self, shape: &Shape) {
        self.add(Counter::Links, Some(shape.chosen.0), |n| {
            many(n, "chosen pair")
        });
        self.add(Counter::SpokeObjects, Some(shape.chosen.1), |n| {
            many(n, "chosen peer")
        });
    }

    /// A Virtual WAN hub in each region with so many connections in each, one prefix each.
    pub(super) fn virtual_wan(&mut self, shape: &Shape, connections: impl Iterator<Item = u64>) {
        let each: Vec<u64> = connections.collect();
        let sum = each.iter().try_fold(0_u64, |sum, n| sum.checked_add(*n));
        self.add(Counter::Connections, sum, |n| many(n, "connected VNet"));
        let most = each.iter().max().copied();
        self.most(Counter::HubConnections, most, |n| many(n, "connected VNet"));
        self.most(Counter::HubPrefixes, most, |n| {
            format!("{} of one prefix", many(n, "connected VNet"))
        });
        self.add(
            Counter::Gateways,
            product(shape.regions(), shape.hub_gateways),
            |_| {
                format!(
                    "{} × {}",
                    many(shape.regions(), "hub"),
                    many(shape.hub_gateways, "gateway")
                )
            },
        );
        self.hub_tunnels(shape);
    }
}

/// What a built network has of everything.
#[must_use]
pub fn counted(
    spec: &NetworkSpec,
    topology: &Topology,
    plan: &AddressPlan,
) -> BTreeMap<Counter, u64> {
    let mut found = BTreeMap::new();
    let spokes: BTreeSet<VnetId> = plan
        .spokes()
        .filter_map(|spoke| Some(topology.vnet_named(&spoke.name)?.id))
        .collect();
    peerings(topology, &spokes, &mut found);
    virtual_wan(topology, &mut found);
    outside(topology, &mut found);
    tables(spec, topology, &mut found);
    let groups = topology.connected_groups();
    found.insert(Counter::Groups, number(groups.len()));
    let members = groups.iter().map(|group| number(group.members.len()));
    found.insert(Counter::GroupMembers, members.max().unwrap_or(0));
    found.insert(Counter::ByHand, number(spec.peerings.len()));
    if let Some(manager) = &spec.avnm {
        let told = manager.groups.len() + manager.configurations.len();
        found.insert(Counter::Configured, number(told));
        let members = manager.groups.iter().map(|group| group.members.len());
        found.insert(Counter::Members, number(members.sum()));
    }
    found.insert(
        Counter::Endpoints,
        number(topology.private_endpoints().len()),
    );
    let firewalls = topology
        .hubs()
        .iter()
        .filter(|hub| hub.firewall.is_some())
        .count();
    found.insert(
        Counter::Appliances,
        number(topology.devices().len().saturating_add(firewalls)),
    );
    found
}

fn peerings(topology: &Topology, spokes: &BTreeSet<VnetId>, found: &mut BTreeMap<Counter, u64>) {
    let count = peering::count(topology);
    found.insert(Counter::Links, count.links);
    found.insert(Counter::Objects, count.objects);
    for (vnet, objects) in count.per_vnet {
        let counter = if spokes.contains(&vnet) {
            Counter::SpokeObjects
        } else {
            Counter::HubObjects
        };
        raise(found, counter, objects);
    }
    let mut regions: BTreeMap<&str, u64> = BTreeMap::new();
    for vnet in topology.vnets() {
        *regions.entry(vnet.region.as_str()).or_default() += 1;
    }
    found.insert(
        Counter::RegionVnets,
        regions.values().max().copied().unwrap_or(0),
    );
}

fn virtual_wan(topology: &Topology, found: &mut BTreeMap<Counter, u64>) {
    found.insert(Counter::Connections, number(topology.connections().len()));
    for hub in topology.hubs() {
        raise(
            found,
            Counter::HubConnections,
            number(hub.connections.len()),
        );
        let vnets = hub
            .connections
            .iter()
            .map(|id| topology.vnet(topology.connection(*id).vnet));
        raise(
            found,
            Counter::HubPrefixes,
            vnets.map(|vnet| number(vnet.prefixes.len())).sum(),
        );
    }
}

fn outside(topology: &Topology, found: &mut BTreeMap<Counter, u64>) {
    found.insert(Counter::Tunnels, number(topology.tunnels().len()));
    let mut ends: BTreeMap<Party, u64> = BTreeMap::new();
    for end in topology
        .tunnels()
        .iter()
        .flat_map(|tunnel| [tunnel.a, tunnel.b])
    {
        *ends.entry(end).or_default() += 1;
    }
    let of_gateways = ends
        .iter()
        .filter(|(end, _)| matches!(end, Party::Gateway(_) | Party::Hub(_)));
    found.insert(
        Counter::GatewayTunnels,
        of_gateways.map(|(_, n)| *n).max().unwrap_or(0),
    );
    let of_hubs = topology
        .hubs()
        .iter()
        .map(|hub| u64::from(hub.vpn.is_some()) + u64::from(hub.express_route.is_some()));
    found.insert(
        Counter::Gateways,
        number(topology.gateways().len()) + of_hubs.sum::<u64>(),
    );
    for gateway in topology
        .gateways()
        .iter()
        .filter(|gateway| gateway.kind == GatewayKind::ExpressRoute)
    {
        raise(
            found,
            Counter::Announced,
            number(topology.transit_spokes(gateway.vnet).count()) + 1,
        );
    }
}

fn tables(spec: &NetworkSpec, topology: &Topology, found: &mut BTreeMap<Counter, u64>) {
    found.insert(Counter::Tables, number(spec.route_tables.len()));
    let routes = || {
        spec.route_tables
            .iter()
            .map(|table| number(table.routes.len()))
    };
    found.insert(Counter::Routes, routes().sum());
    found.insert(Counter::LargestTable, routes().max().unwrap_or(0));
    let mut regions: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for subnet in topology.subnets() {
        if let Some(table) = subnet.route_table {
            let region = topology.vnet(subnet.vnet).region.as_str();
            regions.entry(region).or_default().insert(table.index());
        }
    }
    found.insert(
        Counter::RegionTables,
        regions
            .values()
            .map(|tables| number(tables.len()))
            .max()
            .unwrap_or(0),
    );
}

fn raise(found: &mut BTreeMap<Counter, u64>, counter: Counter, value: u64) {
    let held = found.entry(counter).or_default();
    *held = (*held).max(value);
}
