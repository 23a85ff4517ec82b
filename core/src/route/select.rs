//! Which row wins, and why the others did not.
//!
//! The longest active prefix that contains the destination wins. Of rows with one prefix, [`super::table`] has
//! already left only one kind active: user-defined before gateway before system (reference section 3.1).
//!
//! | rows containing 10.1.4.4 | state | result |
//! |---|---|---|
//! | 10.1.0.0/16 VNetPeering | Invalid | lost: a user route has the same prefix |
//! | 10.1.0.0/16 None (User) | Active | wins |
//! | 0.0.0.0/0 VirtualAppliance (User) | Active | lost: shorter |
//!
//! This is the scan that explains; it reads every row. A packet that is followed asks its table for the winner alone
//! ([`super::EffectiveTable::winner`]): intervals answer where a table is long.

use super::{EffectiveRoute, RouteSource, RouteState};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Why a row that contains the destination does not carry the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loss {
    /// Its prefix is shorter than the winner's.
    Shorter,
    /// A user-defined route has the same prefix.
    UserRoute,
    /// A gateway route has the same prefix.
    GatewayRoute,
    /// Invalid for another reason: a user-defined route overrides a private endpoint.
    Overridden,
}

/// The row that wins for a destination and those that lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Position of the winner in the table's rows.
    pub winner: Option<usize>,
    /// The prefix of the winner that contains the destination.
    pub prefix: Option<Ipv4Net>,
    /// Positions of the other rows that contain the destination, longest prefix first.
    pub losers: Vec<(usize, Loss)>,
}

/// The longest prefix of a row that contains the destination.
pub(crate) fn matching_prefix(row: &EffectiveRoute, destination: Ipv4Addr) -> Option<Ipv4Net> {
    row.prefixes
        .iter()
        .filter(|net| net.contains(&destination))
        .max_by_key(|net| net.prefix_len())
        .copied()
}

/// Chooses among rows.
///
/// Of two active rows of one prefix (a row with several prefixes stays active as a whole) the user's wins, then the
/// gateway's; the first of two alike.
#[must_use]
pub fn select(rows: &[EffectiveRoute], destination: Ipv4Addr) -> Selection {
    let best = winning(rows, destination);
    let mut losers: Vec<(usize, Ipv4Net)> = matching(rows, destination)
        .filter(|(position, _)| best.is_none_or(|(winner, _)| winner != *position))
        .collect();
    losers.sort_by_key(|(position, prefix)| (std::cmp::Reverse(prefix.prefix_len()), *position));
    Selection {
        winner: best.map(|(position, _)| position),
        prefix: best.map(|(_, prefix)| prefix),
        losers: losers
            .iter()
            .map(|(position, prefix)| (*position, loss(rows, *position, *prefix)))
            .collect(),
    }
}

/// Rows that contain the destination, each with its longest prefix that does.
fn matching(
    rows: &[EffectiveRoute],
    destination: Ipv4Addr,
) -> impl Iterator<Item = (usize, Ipv4Net)> {
    rows.iter()
        .enumerate()
        .filter_map(move |(position, row)| Some((position, matching_prefix(row, destination)?)))
}

/// The row that [`select`] chooses, and its prefix.
pub(super) fn winning(rows: &[EffectiveRoute], destination: Ipv4Addr) -> Option<(usize, Ipv4Net)> {
    // Rows with several prefixes stay active as a whole, so the source decides between equals here once more.
    let mut best: Option<(usize, Ipv4Net, RouteSource)> = None;
    for (position, prefix) in matching(rows, destination) {
        let Some(row) = rows
            .get(position)
            .filter(|row| row.state == RouteState::Active)
        else {
            continue;
        };
        let strength = (prefix.prefix_len(), row.source);
        if best.is_none_or(|(_, held, source)| strength > (held.prefix_len(), source)) {
            best = Some((position, prefix, row.source));
        }
    }
    best.map(|(position, prefix, _)| (position, prefix))
}

fn loss(rows: &[EffectiveRoute], position: usize, prefix: Ipv4Net) -> Loss {
    let active_of = |source: RouteSource| {
        rows.iter().any(|row| {
            row.state == RouteState::Active
                && row.source == source
                && row.prefixes.contains(&prefix)
        })
    };
    let row = rows.get(position);
    let active = row.is_none_or(|row| row.state == RouteState::Active);
    if active
        && row.is_none_or(|row| row.source == RouteSource::User || !active_of(RouteSource::User))
    {
        Loss::Shorter
    } else if active_of(RouteSource::User) {
        Loss::UserRoute
    } else if active_of(RouteSource::VirtualNetworkGateway) {
        Loss::GatewayRoute
    } else {
        Loss::Overridden
    }
}
