//! What to ask Azure once a design is made, and the answers that are expected.
//!
//! The rule: one machine of each kind of subnet is asked for its effective routes; each asks the others' addresses for the
//! next hop and for a connection. Subnets are of one kind where their table, their security group, their region and the
//! number of peerings of their VNet are alike. Every table of a hub, every gateway and Route Server is asked.
//!
//! | question | expected |
//! |---|---|
//! | effective routes of `spoke1 / app` | the rows of its table |
//! | next hop from `spoke1 / app` to `spoke2 / app` | the row that wins there |
//! | connection between the two | whether a ping arrives and is answered |
//! | routes of `hub / defaultRouteTable` | the rows that the hub shows |
//! | what a gateway learned | prefixes with their AS paths |
//!
//! Left out: addresses that Azure gives (next hops of gateways), rows by which Azure drops ranges of its own, ports.

use crate::address::first_host;
use crate::route::{EffectiveRoute, Flow, NextHopType, RouteSource, RouteState, Routing};
use crate::spec::{GatewayKind, Protocol, is_platform_subnet};
use crate::topology::{Subnet, SubnetId, Topology};
use crate::vwan::{self, HubHop};
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// Machines that are asked at most; every pair of them is.
const MOST: usize = 8;

/// A machine that is asked: the NIC of a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// VNet and subnet, as `spoke1 / app`.
    pub place: String,
    /// The VNet.
    pub vnet: String,
    /// The subnet.
    pub subnet: String,
    /// The machine by its name, where the estate names one there.
    pub name: Option<String>,
    id: SubnetId,
    address: Ipv4Addr,
}

/// A row of an effective route table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Destination.
    pub prefix: String,
    /// `Default`, `User` or `VirtualNetworkGateway`.
    pub source: String,
    /// Azure's word of the next hop.
    pub next_hop: String,
    /// Address of an appliance; empty for everything else.
    pub address: String,
    /// `Active` or `Invalid`.
    pub state: &'static str,
}

/// A pair of machines, by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Who sends.
    pub from: usize,
    /// Who is called.
    pub to: usize,
    /// Azure's word of the next hop.
    pub next_hop: String,
    /// Address of an appliance; empty for everything else.
    pub address: String,
    /// Whether a ping arrives and is answered.
    pub connects: bool,
}

/// A list of short rows under a name: a hub's table, what a gateway learned or tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The hub, gateway or Route Server.
    pub of: String,
    /// The table of a hub; empty for a gateway.
    pub table: String,
    /// Whether it is a Route Server.
    pub is_route_server: bool,
    /// Rows, each as columns.
    pub rows: BTreeSet<Vec<String>>,
}

/// Everything that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// Machines.
    pub machines: Vec<Machine>,
    /// Kinds of subnets that nobody is asked for.
    pub not_asked: usize,
    /// The effective routes of each machine.
    pub routes: Vec<BTreeSet<Row>>,
    /// Every ordered pair of machines.
    pub ways: Vec<Way>,
    /// Tables of hubs: prefix, type of the next hop, its name.
    pub hub_tables: Vec<Table>,
    /// What gateways learned: prefix and AS path.
    pub learned: Vec<Table>,
}

/// What to ask of an estate.
#[must_use]
pub fn questions(routing: &Routing) -> Questions {
    let topology = routing.topology();
    let all = machines(topology);
    let not_asked = all.len().saturating_sub(MOST);
    let machines: Vec<Machine> = all.into_iter().take(MOST).collect();
    let routes = machines
        .iter()
        .map(|machine| rows(routing, machine.id))
        .collect();
    Questions {
        routes,
        ways: ways(routing, &machines),
        not_asked,
        hub_tables: hub_tables(routing),
        learned: learned(routing),
        machines,
    }
}

/// One machine of each kind of subnet.
fn machines(topology: &Topology) -> Vec<Machine> {
    let mut peerings: BTreeMap<&str, usize> = BTreeMap::new();
    for link in topology.links() {
        *peerings.entry(&topology.vnet(link.from).name).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for subnet in topology.subnets() {
        let Some(machine) = machine(topology, subnet) else {
            continue;
        };
        let vnet = topology.vnet(subnet.vnet);
        let look = (
            subnet.route_table,
            subnet.nsg,
            vnet.region.clone(),
            peerings.get(vnet.name.as_str()).copied(),
            machine.name.is_some(),
        );
        if seen.insert(look) {
            all.push(machine);
        }
    }
    all
}

/// The machine of a subnet: the first that the estate names there, else whoever has the first address.
fn machine(topology: &Topology, subnet: &Subnet) -> Option<Machine> {
    let prefix = subnet.prefix?;
    if is_platform_subnet(&subnet.name) {
        return None;
    }
    let mut named = topology.workloads().iter();
    let named = named.find(|host| host.subnet == subnet.id);
    let vnet = topology.vnet(subnet.vnet);
    Some(Machine {
        place: place(&vnet.name, &subnet.name),
        vnet: vnet.name.clone(),
        subnet: subnet.name.clone(),
        name: named.map(|host| host.name.clone()),
        id: subnet.id,
        address: named.map_or_else(|| first_host(&prefix), |host| host.ip),
    })
}

/// How a subnet is called in answers.
#[must_use]
pub fn place(vnet: &str, subnet: &str) -> String {
    format!("{vnet} / {subnet}")
}

fn rows(routing: &Routing, subnet: SubnetId) -> BTreeSet<Row> {
    let table = routing.effective(subnet);
    let shown = table.rows.iter().filter(|row| !drops_for_azure(row));
    shown.flat_map(row).collect()
}

/// Azure drops ranges of its own; which ones changes from year to year.
fn drops_for_azure(row: &EffectiveRoute) -> bool {
    row.source == RouteSource::Default && row.next_hop_type == NextHopType::None
}

fn row(row: &EffectiveRoute) -> Vec<Row> {
    let one = |prefix: &ipnet::Ipv4Net| Row {
        prefix: prefix.to_string(),
        source: row.source.to_string(),
        next_hop: row.next_hop_type.word().to_owned(),
        address: address(row),
        state: match row.state {
            RouteState::Active => "Active",
            RouteState::Invalid => "Invalid",
        },
    };
    row.prefixes.iter().map(one).collect()
}

/// The address of an appliance. Those of gateways are Azure's own choice.
fn address(row: &EffectiveRoute) -> String {
    if row.next_hop_type != NextHopType::VirtualAppliance {
        return String::new();
    }
    let hops = row.next_hop_ips.iter().map(ToString::to_string);
    hops.collect::<Vec<_>>().join(",")
}

fn ways(routing: &Routing, machines: &[Machine]) -> Vec<Way> {
    let mut all = Vec::new();
    for (from, sender) in machines.iter().enumerate() {
        for (to, called) in machines.iter().enumerate() {
            if from != to {
                let (next_hop, address) = next_hop(routing, sender, called);
                let connects = connects(routing, sender, called);
                all.push(Way {
                    from,
                    to,
                    next_hop,
                    address,
                    connects,
                });
            }
        }
    }
    all
}

/// Type and address of the row that wins.
fn next_hop(routing: &Routing, from: &Machine, to: &Machine) -> (String, String) {
    let table = routing.effective(from.id);
    let won = table.winner(to.address).and_then(|at| table.rows.get(at));
    match won {
        Some(row) => (row.next_hop_type.word().to_owned(), address(row)),
        None => (NextHopType::None.word().to_owned(), String::new()),
    }
}

fn connects(routing: &Routing, from: &Machine, to: &Machine) -> bool {
    let flow = Flow {
        source: from.address,
        destination: to.address,
        protocol: Protocol::Icmp,
        port: None,
    };
    routing.round_trip(flow).verdict.reachable()
}

/// What is expected between two places, as `spoke1 / app to spoke2 / app` names them.
#[must_use]
pub fn way_of(routing: &Routing, words: &str) -> Option<Way> {
    let topology = routing.topology();
    let (from, to) = words.split_once(" to ")?;
    let find = |words: &str| {
        let mut all = topology.subnets().iter();
        let subnet =
            all.find(|subnet| place(&topology.vnet(subnet.vnet).name, &subnet.name) == words)?;
        machine(topology, subnet)
    };
    let ends = [find(from)?, find(to)?];
    ways(routing, &ends).into_iter().next()
}

fn hub_tables(routing: &Routing) -> Vec<Table> {
    let topology = routing.topology();
    let mut all = Vec::new();
    for hub in topology.hubs() {
        for table in &hub.route_tables {
            let rows = vwan::displayed_table(routing, hub.id, &table.name);
            let rows = rows.iter().map(|row| {
                let name = match row.hop {
                    HubHop::Connection(id) | HubHop::Static(id, _) => {
                        topology.connection(id).name.clone()
                    }
                    HubHop::Firewall => hub
                        .firewall
                        .as_ref()
                        .map_or(String::new(), |firewall| firewall.name.clone()),
                    _ => String::new(),
                };
                vec![row.prefix.to_string(), row.hop.word().to_owned(), name]
            });
            all.push(Table {
                of: hub.name.clone(),
                table: table.name.clone(),
                is_route_server: false,
                rows: rows.collect(),
            });
        }
    }
    all
}

/// What gateways learned. A Route Server is asked peer by peer: it tells what they told it, and not its own ranges.
fn learned(routing: &Routing) -> Vec<Table> {
    let topology = routing.topology();
    let bgp = routing.bgp();
    let mut all = Vec::new();
    for gateway in topology.gateways() {
        let shown = bgp.learned_routes(topology, gateway.id, None);
        let is_route_server = gateway.kind == GatewayKind::RouteServer;
        let row = |one: &crate::route::bgp::ShownRoute| {
            let path: Vec<String> = one.as_path.iter().map(u32::to_string).collect();
            vec![one.network.to_string(), path.join("-")]
        };
        all.push(Table {
            of: gateway.name.clone(),
            table: String::new(),
            is_route_server,
            rows: shown
                .iter()
                .filter(|one| !is_route_server || one.peer.is_some())
                .map(row)
                .collect(),
        });
    }
    all
}
