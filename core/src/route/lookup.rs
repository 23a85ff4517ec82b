//! The winning row of a table in a few steps, whatever the table's length.
//!
//! [`select`](super::select()) reads every row and says why each other one lost; this answers the first half alone.
//! The prefixes of the active rows cut the address space into intervals, each with one winner. A first step takes the
//! top 8 bits of an address; where they do not decide, a further step takes as many bits as there are intervals to
//! tell apart there, at most 12.
//!
//! | rows | steps for 10.1.4.4 |
//! |---|---|
//! | 0.0.0.0/0 alone | 1: 10 |
//! | 0.0.0.0/0, 10.1.0.0/16, 10.2.0.0/16 | 2: 10, then the next 4 bits and so on until one row is left |
//!
//! Building sorts the prefixes once. Left out: changing a table; it is built anew.

use super::{EffectiveRoute, RouteSource, RouteState};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Bits of the first step.
const ROOT_BITS: u32 = 8;
/// Most bits of a further step.
const STEP_BITS: u32 = 12;
/// No row contains the address.
const NOTHING: u32 = STEP - 1;
/// Set in an entry that leads to a further step: 5 bits of shift, 4 bits of width, 22 bits of position follow.
const STEP: u32 = 1 << 31;
const POSITION_BITS: u32 = 22;

/// Longest-prefix match over the active rows of a table.
///
/// ```
/// use interspoke_core::route::lookup::Lookup;
/// let net = |text: &str| text.parse().unwrap();
/// let lookup = Lookup::of_prefixes([(net("0.0.0.0/0"), 0), (net("10.1.0.0/16"), 1), (net("10.1.4.0/24"), 2)]);
/// assert_eq!(lookup.winner("10.1.4.4".parse().unwrap()), Some(2));
/// assert_eq!(lookup.winner("10.1.5.4".parse().unwrap()), Some(1));
/// assert_eq!(lookup.winner("8.8.8.8".parse().unwrap()), Some(0));
/// ```
#[derive(Debug, Clone)]
pub struct Lookup {
    entries: Vec<u32>,
}

/// Addresses from `first` to before the next interval's belong to `row`.
#[derive(Debug, Clone, Copy)]
struct Interval {
    first: u32,
    row: u32,
}

impl Lookup {
    /// Of a table's rows: its answer is the position of [`select`](super::select())'s winner.
    #[must_use]
    pub fn new(rows: &[EffectiveRoute]) -> Self {
        let mut prefixes: Vec<(Ipv4Net, RouteSource, u32)> = Vec::with_capacity(rows.len());
        for (position, row) in (0..NOTHING).zip(rows) {
            if row.state == RouteState::Active {
                prefixes.extend(row.prefixes.iter().map(|net| (*net, row.source, position)));
            }
        }
        // Of one prefix the strongest source, then the first row, comes first and stays.
        prefixes.sort_by_key(|(net, source, row)| (*net, std::cmp::Reverse(*source), *row));
        prefixes.dedup_by_key(|(net, _, _)| *net);
        Self::of_sorted(prefixes.into_iter().map(|(net, _, row)| (net, row)))
    }

    /// Of prefixes with numbers below 2³¹ - 1; of one prefix the first counts.
    #[must_use]
    pub fn of_prefixes(prefixes: impl IntoIterator<Item = (Ipv4Net, u32)>) -> Self {
        let mut prefixes: Vec<(Ipv4Net, u32)> = prefixes.into_iter().collect();
        prefixes.sort_by_key(|(net, _)| *net);
        prefixes.dedup_by_key(|(net, _)| *net);
        Self::of_sorted(prefixes.into_iter())
    }

    fn of_sorted(prefixes: impl Iterator<Item = (Ipv4Net, u32)>) -> Self {
        let intervals = intervals(prefixes);
        let mut lookup = Self {
            entries: Vec::with_capacity(256 + 8 * intervals.len()),
        };
        lookup.step(&intervals, 0, 32, ROOT_BITS);
        lookup
    }

    /// The number of the longest prefix that contains an address.
    #[must_use]
    #[inline]
    pub fn winner(&self, address: Ipv4Addr) -> Option<usize> {
        let address = address.to_bits();
        let at = |position: u32| {
            self.entries
                .get(position as usize)
                .copied()
                .unwrap_or(NOTHING)
        };
        let mut entry = at(address >> (32 - ROOT_BITS));
        while entry & STEP != 0 {
            let shift = entry >> 26 & 31;
            let mask = !(u32::MAX << (entry >> POSITION_BITS & 15));
            let base = entry & !(u32::MAX << POSITION_BITS);
            entry = at(base + (address >> shift & mask));
        }
        (entry != NOTHING).then_some(entry as usize)
    }

    /// Adds the entries of one step over the block of `width` bits from `first`; returns where they begin.
    fn step(&mut self, intervals: &[Interval], first: u32, width: u32, bits: u32) -> u32 {
        let base = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let shift = width - bits;
        self.entries
            .resize(self.entries.len() + (1 << bits), NOTHING);
        let mut rest = intervals;
        for number in 0..1_u32 << bits {
            let start = first | number << shift;
            let last = start
                | ((1_u64 << shift) - 1)
                    .to_le_bytes()
                    .first_chunk()
                    .map_or(0, |b| u32::from_le_bytes(*b));
            // The interval that holds the block's first address, and those that begin inside the block.
            let before = rest
                .iter()
                .skip(1)
                .take_while(|next| next.first <= start)
                .count();
            rest = rest.get(before..).unwrap_or_default();
            let inside = 1 + rest
                .iter()
                .skip(1)
                .take_while(|next| next.first <= last)
                .count();
            let entry = match rest.get(..inside) {
                Some([only]) => only.row,
                Some(several) => {
                    let wanted =
                        u32::BITS - u32::try_from(inside).unwrap_or(u32::MAX).leading_zeros() + 1;
                    let bits = wanted.clamp(2, STEP_BITS).min(shift);
                    let child = self.step(several, start, shift, bits);
                    STEP | (shift - bits) << 26 | bits << POSITION_BITS | child
                }
                None => NOTHING,
            };
            if let Some(slot) = self.entries.get_mut((base + number) as usize) {
                *slot = entry;
            }
        }
        base
    }
}

/// The winner of every address, as intervals from 0 on.
fn intervals(prefixes: impl Iterator<Item = (Ipv4Net, u32)>) -> Vec<Interval> {
    let mut found = vec![Interval {
        first: 0,
        row: NOTHING,
    }];
    let mut open: Vec<(u32, u32)> = Vec::new();
    let begin = |found: &mut Vec<Interval>, first: u32, row: u32| match found.last_mut() {
        Some(last) if last.first == first => last.row = row,
        Some(last) if last.row == row => {}
        _ => found.push(Interval { first, row }),
    };
    let close = |found: &mut Vec<Interval>, open: &mut Vec<(u32, u32)>, before: Option<u32>| {
        while let Some((last, _)) = open.last().copied()
            && before.is_none_or(|before| last < before)
        {
            open.pop();
            if let Some(next) = last.checked_add(1) {
                begin(found, next, open.last().map_or(NOTHING, |(_, row)| *row));
            }
        }
    };
    for (net, row) in prefixes {
        let first = net.network().to_bits();
        close(&mut found, &mut open, Some(first));
        begin(&mut found, first, row);
        open.push((net.broadcast().to_bits(), row));
    }
    close(&mut found, &mut open, None);
    found
}
