//! Tables of routes in the CLI's own form, and which row a packet would take: of a subnet, a gateway, a Route Server, a
//! Virtual WAN hub and its firewall.
//!
//! The rule: a table shows Azure's columns in Azure's words. Rows that are held and not used stand after those that are,
//! each with why.

use super::{Chip, Choosable, Tone, place};
use crate::state::{Draft, Field, Msg, State, TableKey, read_endpoint, tables};
use crate::text;
use interspoke_core::route::bgp::{ShownRoute, Speaker};
use interspoke_core::route::{EffectiveTable, RouteState, select};
use interspoke_core::topology::{GatewayId, HubId, SubnetId, Topology};
use interspoke_core::vwan::{HubHop, HubRoute, displayed_table, firewall_table, hub_losers};
use std::net::Ipv4Addr;
use std::rc::Rc;

/// How a row stands to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It takes part.
    Used,
    /// It is held and not used.
    Unused,
    /// The typed packet takes it.
    Won,
    /// It contains the typed packet, which takes another one.
    Beaten,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// Its cells.
    pub cells: Vec<String>,
    /// How it stands to the others.
    pub standing: Standing,
    /// Why it is taken or not.
    pub note: Option<String>,
}

/// The tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes {
    /// Every table.
    pub options: Rc<Vec<Choosable>>,
    /// What stands in the search box.
    pub search: Draft,
    /// The command that prints this table.
    pub command: String,
    /// What else is to be said of it.
    pub about: String,
    /// Headings.
    pub heads: &'static [&'static str],
    /// The column with the destination.
    pub destination: usize,
    /// Its routes.
    pub rows: Vec<RouteLine>,
    /// What was typed for the packet.
    pub packet: Draft,
    /// What becomes of the packet.
    pub answer: Option<Chip>,
    /// The table, tab-separated.
    pub tsv: String,
}

/// A table before a packet is asked about.
struct Table {
    command: String,
    about: String,
    heads: &'static [&'static str],
    destination: usize,
    rows: Vec<RouteLine>,
    answer: Option<Chip>,
}

/// The chosen table.
#[must_use]
pub fn routes(state: &State) -> Routes {
    let all = tables(&state.answers);
    let chosen = all.iter().find(|(key, _)| Some(*key) == state.table);
    let name = chosen.map_or_else(String::new, |(_, name)| name.clone());
    let draft = |field: Field, own: String| {
        let typed = state.drafts.field(field).cloned();
        typed.unwrap_or(Draft {
            text: own,
            error: None,
        })
    };
    let to = state.choice.to.map(|ip| ip.to_string());
    let packet = draft(Field::Packet, to.unwrap_or_default());
    let ip = read_endpoint(&state.answers.endpoints, &packet.text).ok();
    let topology = state.answers.topology();
    let table = match state.table {
        None => Table {
            command: String::new(),
            about: String::new(),
            heads: &[],
            destination: 0,
            rows: Vec::new(),
            answer: None,
        },
        Some(TableKey::Subnet(id)) => of_subnet(state, id, ip),
        Some(TableKey::Learned(id, from)) => learned(state, id, from, ip),
        Some(TableKey::Advertised(id, to)) => advertised(state, id, to),
        Some(TableKey::Hub(id, at)) => {
            let found = topology.hub(id).route_tables.get(at);
            of_hub(state, id, found.map(|table| table.name.as_str()), ip)
        }
        Some(TableKey::HubFirewall(id)) => of_hub(state, id, None, ip),
    };
    let mut lines = vec![table.heads.join("\t")];
    lines.extend(table.rows.iter().map(|row| row.cells.join("\t")));
    let option = |(key, name): (TableKey, String)| Choosable {
        name,
        note: String::new(),
        more: String::new(),
        msg: Msg::Routes(key),
    };
    Routes {
        search: draft(Field::Table, name),
        options: Rc::new(all.into_iter().map(option).collect()),
        command: table.command,
        about: table.about,
        heads: table.heads,
        destination: table.destination,
        rows: table.rows,
        answer: table.answer,
        packet,
        tsv: lines.join("\n"),
    }
}

fn of_subnet(state: &State, id: SubnetId, ip: Option<Ipv4Addr>) -> Table {
    let topology = state.answers.topology();
    let table: &EffectiveTable = &state.answers.routing.effective(id);
    let selection = ip.map(|ip| (select(&table.rows, ip), ip));
    let mut rows = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.iter().enumerate() {
        let chosen = selection.as_ref().map(|(selection, _)| selection);
        let losers = chosen.map(|s| s.losers.as_slice()).unwrap_or_default();
        let lost = losers.iter().find(|(row, _)| *row == at);
        let standing = if chosen.is_some_and(|s| s.winner == Some(at)) {
            Standing::Won
        } else if row.state != RouteState::Active {
            Standing::Unused
        } else if lost.is_some() {
            Standing::Beaten
        } else {
            Standing::Used
        };
        let because = |(_, loss): &(usize, _)| format!("not taken: {}", place::loss(*loss));
        rows.push(RouteLine {
            cells: vec![
                row.source.word().to_owned(),
                row.state.word().to_owned(),
                place::prefixes(row),
                row.next_hop_type.word().to_owned(),
                place::addresses(row),
                place::origin(topology, &row.origin),
            ],
            standing,
            note: match standing {
                Standing::Won => Some(text::TAKES.to_owned()),
                _ => lost.map(because),
            },
        });
    }
    let answer = selection.map(|(selection, ip)| {
        let winner = selection.winner.and_then(|at| table.rows.get(at));
        taken(ip, winner.map(place::row))
    });
    Table {
        command: String::from("az network nic show-effective-route-table"),
        about: about(topology, id),
        heads: text::ROUTE_HEADS,
        destination: 2,
        rows,
        answer,
    }
}

fn taken(ip: Ipv4Addr, row: Option<String>) -> Chip {
    match row {
        Some(row) => Chip::new(Tone::Plain, format!("{ip} takes {row}")),
        None => Chip::new(Tone::Bad, format!("{ip}: no route contains it")),
    }
}

fn about(topology: &Topology, id: SubnetId) -> String {
    let subnet = topology.subnet(id);
    let range = subnet.prefix.map_or_else(String::new, |p| format!("{p}, "));
    match subnet.route_table.map(|table| topology.route_table(table)) {
        None => format!("{range}no route table"),
        Some(table) => {
            let off = table.disable_bgp_route_propagation;
            format!(
                "{range}route table {}, disableBgpRoutePropagation {off}",
                table.name
            )
        }
    }
}

/// Rows of gateways and hubs, and what a packet takes of them: the used rows of the longest prefix.
#[derive(Default)]
struct Lines {
    /// Each with the length of its prefix, where that holds the packet.
    rows: Vec<(Option<u8>, RouteLine)>,
}

impl Lines {
    fn add(&mut self, holds: Option<u8>, cells: Vec<String>, loss: Option<&'static str>) {
        let standing = match loss {
            None => Standing::Used,
            Some(_) => Standing::Unused,
        };
        // After the rows of its prefix that are there.
        let same = |(_, known): &(Option<u8>, RouteLine)| known.cells.first() == cells.first();
        let after = self.rows.iter().rposition(same);
        let at = after.map_or(self.rows.len(), |at| at + 1);
        let line = RouteLine {
            cells,
            standing,
            note: loss.map(str::to_owned),
        };
        self.rows.insert(at, (holds, line));
    }

    fn taking(self, ip: Option<Ipv4Addr>) -> (Vec<RouteLine>, Option<Chip>) {
        let used = |(_, line): &&(Option<u8>, RouteLine)| line.standing == Standing::Used;
        let longest = self.rows.iter().filter(used).filter_map(|row| row.0).max();
        let mut winner = None;
        let mut rows = Vec::with_capacity(self.rows.len());
        for (holds, mut line) in self.rows {
            if holds.is_some() && line.standing == Standing::Used {
                let (standing, note) = if holds == longest {
                    let row = line.cells.get(..3).unwrap_or_default().join(" ");
                    winner = winner.or(Some(row.trim_end().to_owned()));
                    (Standing::Won, text::TAKES)
                } else {
                    (Standing::Beaten, text::SHORTER)
                };
                (line.standing, line.note) = (standing, Some(note.to_owned()));
            }
            rows.push(line);
        }
        (rows, ip.map(|ip| taken(ip, winner)))
    }
}

fn dashed(path: &[u32]) -> String {
    let numbers: Vec<String> = path.iter().map(ToString::to_string).collect();
    numbers.join("-")
}

fn shown(ip: Option<Ipv4Addr>) -> String {
    ip.map_or_else(String::new, |ip| ip.to_string())
}

/// The peer's address; some are the platform's own and nobody can know them beforehand.
fn shown_peer(route: &ShownRoute) -> String {
    match (route.source_peer, route.peer) {
        (Some(ip), _) => ip.to_string(),
        (None, None) => String::from("gateway instance"),
        (None, Some(Speaker::Edge(_))) => String::from("Microsoft edge"),
        (None, Some(_)) => String::new(),
    }
}

fn is_route_server(topology: &Topology, id: GatewayId) -> bool {
    topology.gateway(id).kind == interspoke_core::spec::GatewayKind::RouteServer
}

fn learned(state: &State, id: GatewayId, from: Option<Speaker>, ip: Option<Ipv4Addr>) -> Table {
    let topology = state.answers.topology();
    let mut lines = Lines::default();
    for route in state
        .answers
        .routing
        .bgp()
        .learned_routes(topology, id, from)
    {
        let peer = route
            .peer
            .map_or_else(String::new, |peer| peer.name(topology).to_owned());
        let cells = vec![
            route.network.to_string(),
            route.origin.word().to_owned(),
            shown_peer(&route),
            dashed(&route.as_path),
            route.weight.to_string(),
            shown(route.next_hop),
            peer,
        ];
        let net = route.network;
        let holds = ip.filter(|ip| net.contains(ip)).map(|_| net.prefix_len());
        lines.add(holds, cells, route.loss.map(text::path_loss));
    }
    let name = &topology.gateway(id).name;
    let (rows, answer) = lines.taking(ip);
    let command = if is_route_server(topology, id) {
        let peer = from.map_or_else(String::new, |peer| peer.name(topology).to_owned());
        format!("az network routeserver peering list-learned-routes --routeserver {name} -n {peer}")
    } else {
        format!("az network vnet-gateway list-learned-routes -n {name}")
    };
    Table {
        command,
        about: String::new(),
        heads: text::GATEWAY_HEADS,
        destination: 0,
        rows,
        answer,
    }
}

fn advertised(state: &State, id: GatewayId, to: Speaker) -> Table {
    let topology = state.answers.topology();
    let row = |route: ShownRoute| RouteLine {
        cells: vec![
            route.network.to_string(),
            shown_peer(&route),
            route.origin.word().to_owned(),
            dashed(&route.as_path),
            route.weight.to_string(),
        ],
        standing: Standing::Used,
        note: None,
    };
    let sent = state
        .answers
        .routing
        .bgp()
        .advertised_routes(topology, id, to);
    let (name, peer) = (&topology.gateway(id).name, to.name(topology));
    let command = if is_route_server(topology, id) {
        format!(
            "az network routeserver peering list-advertised-routes --routeserver {name} -n {peer}"
        )
    } else {
        format!("az network vnet-gateway list-advertised-routes -n {name} --peer {peer}")
    };
    Table {
        command,
        about: String::new(),
        heads: text::ADVERTISED_HEADS,
        destination: 0,
        rows: sent.into_iter().map(row).collect(),
        answer: None,
    }
}

/// A table of a hub, or its firewall's where none is named.
fn of_hub(state: &State, id: HubId, table: Option<&str>, ip: Option<Ipv4Addr>) -> Table {
    let (routing, topology) = (&state.answers.routing, state.answers.topology());
    let hub = topology.hub(id);
    let found = match table {
        Some(name) => displayed_table(routing, id, name),
        None => firewall_table(routing, id),
    };
    let (kind, own) = match table {
        Some(name) => ("RouteTable", name),
        None => {
            let firewall = hub.firewall.as_ref();
            ("AzureFirewalls", firewall.map_or("", |f| f.name.as_str()))
        }
    };
    let mut lines = Lines::default();
    let add = |lines: &mut Lines, row: &HubRoute, loss: Option<&'static str>| {
        let next = hop_name(topology, id, row.hop);
        let origin = if row.fixed && table.is_some() {
            own.to_owned()
        } else {
            next.clone()
        };
        let cells = vec![
            row.prefix.to_string(),
            row.hop.word().to_owned(),
            next,
            dashed(&row.as_path),
            origin,
        ];
        let net = row.prefix;
        let holds = ip.filter(|ip| net.contains(ip)).map(|_| net.prefix_len());
        lines.add(holds, cells, loss);
    };
    for row in &found {
        add(&mut lines, row, None);
    }
    if !found.is_empty() {
        let mut known = found.clone();
        for (row, loss) in hub_losers(routing, id, table) {
            let same = |other: &HubRoute| (other.prefix, other.hop) == (row.prefix, row.hop);
            let shown = known
                .iter()
                .any(|other| same(other) && other.as_path == row.as_path);
            if !shown {
                add(&mut lines, &row, Some(text::path_loss(loss)));
                known.push(row);
            }
        }
    }
    let (rows, answer) = lines.taking(ip);
    let default = hub.route_tables.first().map(|table| table.name.as_str());
    let about = match table {
        Some(name) if hub.private_policy && default == Some(name) => text::UNDER_POLICY,
        Some(_) if found.is_empty() => text::NOT_ASSOCIATED,
        _ => "",
    };
    Table {
        command: format!(
            "az network vhub get-effective-routes -n {} --resource-type {kind} --resource-id …/{own}",
            hub.name
        ),
        about: about.to_owned(),
        heads: text::HUB_HEADS,
        destination: 0,
        rows,
        answer,
    }
}

/// The next hop of a hub's row by name.
fn hop_name(topology: &Topology, hub: HubId, hop: HubHop) -> String {
    match hop {
        HubHop::Connection(id) => topology.connection(id).name.clone(),
        HubHop::Static(id, ip) | HubHop::Bgp(id, ip) => {
            format!("{} {ip}", topology.connection(id).name)
        }
        HubHop::Vpn(peer) => peer.name(topology).to_owned(),
        HubHop::ExpressRoute(id) => topology.circuit(id).name.clone(),
        HubHop::RemoteHub(id) => topology.hub(id).name.clone(),
        HubHop::Firewall => {
            let firewall = topology.hub(hub).firewall.as_ref();
            firewall.map_or_else(String::new, |firewall| firewall.name.clone())
        }
        HubHop::Internet => String::new(),
    }
}
