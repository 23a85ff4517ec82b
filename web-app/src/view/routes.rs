//! The effective routes of a subnet in the CLI's own form, and which row a packet would take.

use super::{Chip, Tone, place};
use crate::state::{Draft, Field, State, read_endpoint};
use crate::text;
use interspoke_core::route::{EffectiveTable, RouteState, Selection, select};
use interspoke_core::topology::SubnetId;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveRow {
    /// The CLI's columns and the origin.
    pub cells: [String; 6],
    /// The row takes part.
    pub active: bool,
    /// The typed packet takes this row.
    pub won: bool,
    /// Why the typed packet does not take this row, though it contains the destination.
    pub lost: Option<&'static str>,
}

/// The tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routes {
    /// Every subnet.
    pub subnets: Vec<(SubnetId, String)>,
    /// The chosen one.
    pub chosen: Option<SubnetId>,
    /// Attached table and switch, as a sentence.
    pub about: String,
    /// Its routes.
    pub rows: Vec<EffectiveRow>,
    /// What was typed for the packet.
    pub packet: Draft,
    /// What becomes of the packet.
    pub answer: Option<Chip>,
    /// The table, tab-separated.
    pub tsv: String,
}

/// The effective routes of the chosen subnet.
#[must_use]
pub fn routes(state: &State) -> Routes {
    let topology = state.answers.topology();
    let subnets = topology
        .subnets()
        .iter()
        .map(|s| (s.id, format!("{} / {}", topology.vnet(s.vnet).name, s.name)))
        .collect();
    let destination = || Draft {
        text: state
            .choice
            .to
            .map_or_else(String::new, |ip| ip.to_string()),
        error: None,
    };
    let packet = state
        .drafts
        .field(Field::Packet)
        .cloned()
        .unwrap_or_else(destination);
    let table = state.subnet.map(|id| state.answers.routing.effective(id));
    let target = read_endpoint(&state.answers.endpoints, &packet.text).ok();
    let chosen = table
        .as_ref()
        .zip(target)
        .map(|(table, ip)| (select(&table.rows, ip), ip));
    let selection = chosen.as_ref().map(|(selection, _)| selection);
    let rows = table
        .as_ref()
        .map(|table| rows(state, table, selection))
        .unwrap_or_default();
    let answer =
        chosen
            .as_ref()
            .zip(table.as_ref())
            .map(|((selection, ip), table)| {
                match selection.winner.and_then(|at| table.rows.get(at)) {
                    Some(row) => Chip::new(Tone::Plain, format!("{ip} takes {}", place::row(row))),
                    None => Chip::new(Tone::Bad, format!("{ip}: no route contains it")),
                }
            });
    let about = state.subnet.map_or_else(String::new, |id| about(state, id));
    let tsv = tsv(&rows);
    Routes {
        subnets,
        chosen: state.subnet,
        about,
        rows,
        packet,
        answer,
        tsv,
    }
}

fn about(state: &State, id: SubnetId) -> String {
    let topology = state.answers.topology();
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

fn rows(state: &State, table: &EffectiveTable, selection: Option<&Selection>) -> Vec<EffectiveRow> {
    let topology = state.answers.topology();
    let lost = |at: usize| {
        let losers = selection.map(|s| s.losers.as_slice()).unwrap_or_default();
        losers
            .iter()
            .find(|(row, _)| *row == at)
            .map(|(_, loss)| place::loss(*loss))
    };
    let row = |(at, row): (usize, &interspoke_core::route::EffectiveRoute)| EffectiveRow {
        cells: [
            row.source.word().to_owned(),
            row.state.word().to_owned(),
            place::prefixes(row),
            row.next_hop_type.word().to_owned(),
            place::addresses(row),
            place::origin(topology, &row.origin),
        ],
        active: row.state == RouteState::Active,
        won: selection.is_some_and(|s| s.winner == Some(at)),
        lost: lost(at),
    };
    table.rows.iter().enumerate().map(row).collect()
}

fn tsv(rows: &[EffectiveRow]) -> String {
    let mut lines = vec![text::ROUTE_HEADS.join("\t")];
    lines.extend(rows.iter().map(|row| row.cells.join("\t")));
    lines.join("\n")
}
