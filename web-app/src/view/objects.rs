//! The objects that can be changed: route tables with their routes, and peering objects with their flags.

use crate::state::{Draft, Flag, RouteDraft, RouteKey, State};
use crate::text;
use interspoke_core::json::Word;
use interspoke_core::spec::UserNextHopType;

/// A route, as a row of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteRow {
    /// Which one.
    pub key: RouteKey,
    /// Its name, or its place where it has none.
    pub name: String,
    /// `addressPrefix`.
    pub prefix: Draft,
    /// `nextHopType`.
    pub kind: Word<UserNextHopType>,
    /// `nextHopIpAddress`.
    pub hop: Draft,
    /// Only an appliance has an address.
    pub has_hop: bool,
    /// Names the row for those who hear it.
    pub label: String,
}

/// A route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableView {
    /// Position.
    pub at: usize,
    /// Name.
    pub name: String,
    /// Subnets that carry it.
    pub attached: String,
    /// `disableBgpRoutePropagation`.
    pub disabled: bool,
    /// Its routes.
    pub rows: Vec<RouteRow>,
    /// The row being written.
    pub new: RouteRow,
}

/// A peering object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeeringRow {
    /// Position.
    pub at: usize,
    /// The VNet that stores it.
    pub from: String,
    /// The VNet it points to.
    pub to: String,
    /// Its flags, in Azure's order.
    pub flags: [(Flag, bool); 4],
}

/// A subnet and the table it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetRow {
    /// Positions of the VNet and of the subnet in it.
    pub at: (usize, usize),
    /// `spoke1 / default`.
    pub name: String,
    /// Range.
    pub prefix: String,
    /// Name of its route table.
    pub table: Option<String>,
}

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objects {
    /// Route tables.
    pub tables: Vec<TableView>,
    /// Peering objects.
    pub peerings: Vec<PeeringRow>,
    /// Subnets.
    pub subnets: Vec<SubnetRow>,
    /// Names of the tables that a subnet may carry.
    pub table_names: Vec<String>,
}

/// What can be changed.
#[must_use]
pub fn objects(state: &State) -> Objects {
    let network = &state.document.network;
    let tables = network
        .route_tables
        .iter()
        .enumerate()
        .map(|(at, table)| TableView {
            at,
            name: table.name.clone(),
            attached: attached(state, &table.name),
            disabled: table.disable_bgp_route_propagation,
            rows: (0..table.routes.len())
                .map(|route| row(state, at, &table.name, Some(route)))
                .collect(),
            new: row(state, at, &table.name, None),
        });
    let peerings = network
        .peerings
        .iter()
        .enumerate()
        .map(|(at, p)| PeeringRow {
            at,
            from: p.from.to_string(),
            to: p.to.to_string(),
            flags: [
                (Flag::Access, p.allow_virtual_network_access),
                (Flag::Forwarded, p.allow_forwarded_traffic),
                (Flag::Transit, p.allow_gateway_transit),
                (Flag::Remote, p.use_remote_gateways),
            ],
        });
    let table_names = network
        .route_tables
        .iter()
        .map(|t| t.name.clone())
        .collect();
    let (tables, peerings) = (tables.collect(), peerings.collect());
    Objects {
        tables,
        peerings,
        subnets: subnets(state),
        table_names,
    }
}

fn subnets(state: &State) -> Vec<SubnetRow> {
    let vnets = state.document.network.vnets.iter().enumerate();
    let rows = vnets.flat_map(|(v, vnet)| {
        vnet.subnets
            .iter()
            .enumerate()
            .map(move |(s, subnet)| SubnetRow {
                at: (v, s),
                name: format!("{} / {}", vnet.name, subnet.name),
                prefix: subnet.prefix.clone(),
                table: subnet.route_table.clone(),
            })
    });
    rows.collect()
}

fn attached(state: &State, table: &str) -> String {
    let subnets = state.document.network.vnets.iter().flat_map(|vnet| {
        let own = vnet
            .subnets
            .iter()
            .filter(|s| s.route_table.as_deref() == Some(table));
        own.map(|s| format!("{}/{}", vnet.name, s.name))
    });
    let names: Vec<String> = subnets.collect();
    if names.is_empty() {
        String::from("attached to no subnet")
    } else {
        text::list(&names)
    }
}

fn row(state: &State, table: usize, name: &str, route: Option<usize>) -> RouteRow {
    let key = RouteKey { table, route };
    let tables = &state.document.network.route_tables;
    let own = || {
        let route = tables.get(table)?.routes.get(route?)?;
        Some(RouteDraft::of(route))
    };
    let draft = state
        .drafts
        .routes
        .get(&key)
        .cloned()
        .or_else(own)
        .unwrap_or_else(RouteDraft::blank);
    RouteRow {
        key,
        has_hop: draft.kind == UserNextHopType::VirtualAppliance,
        prefix: draft.prefix,
        kind: draft.kind.clone(),
        hop: draft.hop,
        name: route.map_or_else(
            || text::NEW_ROUTE.to_owned(),
            |at| {
                let routes = tables.get(table).map(|table| &table.routes);
                let name = routes.and_then(|routes| routes.get(at)?.name.clone());
                name.unwrap_or_else(|| text::nth_route(at + 1))
            },
        ),
        label: match route {
            Some(at) => format!("{} of {name}", text::nth_route(at + 1)),
            None => format!("new route of {name}"),
        },
    }
}
